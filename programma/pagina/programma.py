"""The page of one programme, ready to place: everything a reader sees, computed from plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from programma.inhoud import Programmastuk
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.aansluiting import Aansluiting, aansluiting
from programma.pagina.adres import Adres, Link
from programma.pagina.autorisatie import naar_autorisatie
from programma.pagina.benaming import Begrip
from programma.pagina.grafiek import Grafiekblok, grafiekblok
from programma.pagina.herkomst import Herkomst, Status, herkomst, status
from programma.pagina.indicator import Indicatorblok, indicatorblok
from programma.pagina.keuze import Keuze, Weergavelink, herkomstlink, herkomstzin, jarenlink, weergavelinks
from programma.pagina.pakket import Blok, Pakketblok, blokken, pakketblokken
from programma.pagina.partijfeiten import Feit, feiten
from programma.pagina.som import Duiding, Som, duiding, focuskolom, som
from programma.pagina.versies import Vasteversie, nieuwste
from programma.raming import Meerjarenraming
from programma.uitvoer.selectie import Selectie
from veiligheid.alineas import alineas
from veiligheid.formatting import telwoord

TABEL = "tabel1"


@dataclass(frozen=True, slots=True)
class Partij:
    """A connected party on the page: its name, legal kind, the pakket it belongs to, and its task.

    `href` is the address of its own page, or "". What that page tells, `feiten` tell of the year of the document: for
    print, and for a version from which there is no way to that page.
    """

    naam: str
    soort: str
    hoort_bij: Link | None
    taak: str
    href: str = ""
    feiten: tuple[Feit, ...] = ()


@dataclass(frozen=True, slots=True)
class Tabelbalk:
    """What stands around the money table: the choices, the download (if any) and the words it uses."""

    weergaven: tuple[Weergavelink, ...]
    jaren: Link | None
    alles: bool
    csv: Link | None
    begrippen: tuple[Begrip, ...]
    herkomstzin: str = ""
    herkomst: Link | None = None


@dataclass(frozen=True, slots=True)
class Programmapagina:
    """The page of a programme. A part that has nothing to show is None or empty, and is not printed."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    bovenkop: str
    naam: str
    onderdeel: str
    inleiding: tuple[str, ...]
    status: Status
    versie: str
    portefeuillehouder: str
    vaste_versie: Vasteversie | None
    som: Som | None
    duiding: Duiding | None
    inhoud: tuple[Link, ...]
    algemeen: tuple[Blok, ...]
    pakketten: tuple[Pakketblok, ...]
    grafiek: Grafiekblok | None
    tabel: Tabelbalk
    aansluiting: Aansluiting | None
    indicatoren: Indicatorblok | None
    partijenzin: str
    partijen: tuple[Partij, ...]
    autorisatie: Link | None
    herkomst: Herkomst
    vorige: Link | None
    volgende: Link | None


def programmapagina(
    stuk: Programmastuk, keuze: Keuze, optelling: Meerjarenraming, adres: Adres | None = None
) -> Programmapagina:
    """Return the page of a programme.

    `optelling` is `tel_op(stuk.cellen)`; `adres` says under which root the page lives (the current version by default).
    """
    adres = adres or adressen.actueel(stuk.uitgave)
    uitgave, eigen = stuk.uitgave, stuk.programma
    hier = adres.programma(eigen.slug)
    focus = focuskolom(stuk.kolommen, uitgave.jaar)
    raming = optelling.programmas.get(eigen.code)
    pakketten = pakketblokken(stuk, optelling, focus, adres)
    indicatoren = indicatorblok(stuk.reeksen, adres)
    partijen = partijen_van(stuk, adres)
    volledig = benaming.volledig(eigen)
    vorige, volgende = _buren(stuk, adres)
    return Programmapagina(
        titel=f"{volledig} – {uitgave.titel} – Gemeente {stuk.gemeente}",
        omschrijving=f"{volledig} in de {uitgave.titel} van de gemeente {stuk.gemeente}: doelen, kosten en herkomst.",
        canoniek=hier,
        kruimels=(Link("Home", "/"), Link(uitgave.titel, adres.wortel), Link(volledig, hier)),
        bovenkop=benaming.bovenkop(eigen),
        naam=eigen.naam,
        onderdeel=benaming.onderdeel(eigen),
        inleiding=alineas(eigen.inleiding),
        status=status(uitgave),
        versie=f"Versie {uitgave.nummer}",
        portefeuillehouder=eigen.portefeuillehouder,
        vaste_versie=nieuwste(adres, adressen.actueel(uitgave).programma(eigen.slug)),
        som=som(raming[focus], focus.jaar) if raming and focus else None,
        duiding=duiding(raming, stuk.kolommen, focus, stuk.inwoners) if raming and focus else None,
        inhoud=_inhoud(pakketten, bool(indicatoren), bool(partijen)),
        algemeen=blokken([rij for rij in stuk.secties if not rij.pakket]),
        pakketten=pakketten,
        grafiek=grafiekblok(stuk, optelling, focus),
        tabel=tabelbalk(
            stuk,
            keuze,
            hier,
            [cel.soort for cel in stuk.cellen],
            Link("CSV", f"{hier}tabel.csv{replace(keuze, herkomst=False).query()}"),
        ),
        aansluiting=aansluiting(stuk.gedrukt, optelling, stuk.cellen, "deze tabel", adres.rapport),
        indicatoren=indicatoren,
        partijenzin=_partijenzin(len(partijen)),
        partijen=partijen,
        autorisatie=naar_autorisatie(uitgave, adres, eigen.slug),
        herkomst=herkomst(
            uitgave,
            adres,
            adressen.vast(uitgave).programma(eigen.slug),
            () if stuk.bestanden else (Link("Alle regels van dit programma", f"{hier}begroting.csv", "CSV"),),
            stuk.bestanden,
            max((reeks.peildatum for reeks in stuk.reeksen if reeks.peildatum), default=None),
            stuk.bronnen,
            adres.uitvoer(Selectie(programma=(eigen.code,)).vraag()),
        ),
        vorige=vorige,
        volgende=volgende,
    )


def tabelbalk(
    stuk: Programmastuk, keuze: Keuze, hier: str, soorten: Sequence[str], csv: Link | None = None
) -> Tabelbalk:
    """Return what stands around the money table on the page at `hier`."""
    focus = focuskolom(stuk.kolommen, stuk.uitgave.jaar)
    anker = f"{TABEL}-titel"
    return Tabelbalk(
        weergavelinks(keuze, stuk.inwoners, hier, anker),
        jarenlink(keuze, stuk.kolommen, focus, hier, anker),
        keuze.alles,
        csv,
        benaming.begrippen(soorten, stuk.kolommen),
        herkomstzin(keuze, focus),
        herkomstlink(keuze, focus, hier, anker),
    )


def _inhoud(pakketten: Sequence[Pakketblok], indicatoren: bool, partijen: bool) -> tuple[Link, ...]:
    """Return the links to the sections that the page has."""
    links: Iterable[tuple[Link, bool]] = (
        *((Link(pakket.titel, f"#{pakket.anker}"), True) for pakket in pakketten),
        (Link("Wat kost het?", "#kosten"), True),
        (Link("Beleidsindicatoren", "#indicatoren"), indicatoren),
        (Link("Verbonden partijen", "#partijen"), partijen),
        (Link("Herkomst en downloads", "#herkomst"), True),
    )
    return tuple(link for link, bestaat in links if bestaat)


def partijen_van(stuk: Programmastuk, adres: Adres) -> tuple[Partij, ...]:
    """Return the connected parties of a programme."""
    links = {
        pakket.code: Link(f"Pakket {pakket.code} {pakket.naam}", f"#{adressen.anker(pakket.code)}")
        for pakket in stuk.pakketten
        if not pakket.restpost
    }
    return tuple(
        Partij(
            benaming.partij(rij.naam, rij.afkorting),
            benaming.PARTIJSOORTEN.get(rij.soort, rij.soort),
            links.get(rij.pakket),
            rij.taak,
            adres.partij(rij.slug),
            feiten(rij, stuk.partijcijfers, stuk.uitgave),
        )
        for rij in stuk.partijen
    )


def _partijenzin(aantal: int) -> str:
    if not aantal:
        return ""
    hoort = "hoort één verbonden partij" if aantal == 1 else f"horen {telwoord(aantal)} verbonden partijen"
    return f"De gemeente voert taken uit samen met andere organisaties. Bij dit programma {hoort}."


def _buren(stuk: Programmastuk, adres: Adres) -> tuple[Link | None, Link | None]:
    """Return the links to the programme before and after this one."""
    codes = [rij.code for rij in stuk.programmas]
    if stuk.programma.code not in codes:
        return None, None
    plaats = codes.index(stuk.programma.code)
    buren = [
        Link(benaming.volledig(rij), adres.programma(rij.slug))
        for rij in (*stuk.programmas[max(0, plaats - 1) : plaats], *stuk.programmas[plaats + 1 : plaats + 2])
    ]
    vorige = buren[0] if plaats else None
    return vorige, buren[-1] if plaats + 1 < len(codes) else None
