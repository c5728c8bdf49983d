"""The page of one pakket, ready to place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from programma.cijfer import GROOTHEDEN
from programma.inhoud.opbouw import Pakketstuk
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.adres import Adres, Link
from programma.pagina.cijfer import KOSTEN, WOORDEN, kolomzin
from programma.pagina.grafiek import Grafiekblok, bericht
from programma.pagina.herkomst import Herkomst, Status, herkomst, status
from programma.pagina.keuze import Keuze
from programma.pagina.pakket import Pakketblok, pakketblok
from programma.pagina.programma import Partij, Tabelbalk, partijen_van, tabelbalk
from programma.pagina.som import Duiding, Som, duiding, focuskolom, som
from programma.pagina.versies import Vasteversie, nieuwste
from programma.pagina.wijziging import besluitnaam, wijzigingsnaam
from programma.raming import EXACT, NUL, Grootheid, Kolom, Meerjarenraming, Raming, Soort
from veiligheid.charts import Kop, Serie, kolomgrafiek
from veiligheid.formatting import duizenden, euro


@dataclass(frozen=True, slots=True)
class Taakveldregel:
    """A taakveld that lines of the pakket belong to, with what they cost and yield in the document year."""

    naam: str
    bedragen: str


@dataclass(frozen=True, slots=True)
class Pakketpagina:
    """The page of a pakket. A part that has nothing to show is None or empty, and is not printed."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    bovenkop: str
    naam: str
    onderdeel: str
    restpost: bool
    status: Status
    versie: str
    vaste_versie: Vasteversie | None
    som: Som | None
    duiding: Duiding | None
    inhoud: tuple[Link, ...]
    blok: Pakketblok
    grafiek: Grafiekblok | None
    tabel: Tabelbalk
    taakvelden: tuple[Taakveldregel, ...]
    wijzigingen: tuple[str, ...]
    partijen: tuple[Partij, ...]
    herkomst: Herkomst
    programma: Link
    vorige: Link | None
    volgende: Link | None


def pakketpagina(stuk: Pakketstuk, keuze: Keuze, optelling: Meerjarenraming, adres: Adres) -> Pakketpagina:
    """Return the page of a pakket; `optelling` is `tel_op(stuk.programma.cellen)`."""
    geheel, eigen = stuk.programma, stuk.pakket
    uitgave, slug = geheel.uitgave, geheel.programma.slug
    hier = adres.pakket(slug, eigen.code)
    focus = focuskolom(geheel.kolommen, uitgave.jaar)
    raming = optelling.pakketten.get((geheel.programma.code, eigen.code))
    naam = f"{eigen.code} {eigen.naam}"
    programma = Link(benaming.volledig(geheel.programma), adres.programma(slug))
    csv = Link("Alle regels van dit programma", f"{programma.href}begroting.csv", "CSV")
    blok = pakketblok(geheel, eigen, optelling, focus, adres)
    grafiek = _grafiek(stuk, raming, focus) if raming else None
    taakvelden = _taakvelden(stuk, focus) if focus else ()
    wijzigingen = _wijzigingen(stuk)
    partijen = _partijen(stuk, adres)
    vorige, volgende = _buren(stuk, adres)
    return Pakketpagina(
        titel=f"{naam} – {programma.tekst} – {uitgave.titel} – Gemeente {geheel.gemeente}",
        omschrijving=f"Pakket {naam} in de {uitgave.titel} van de gemeente {geheel.gemeente}: doelen en regels.",
        canoniek=hier,
        kruimels=(Link("Home", "/"), Link(uitgave.titel, adres.wortel), programma, Link(naam, hier)),
        bovenkop=programma.tekst,
        naam=naam,
        onderdeel=f"pakket {eigen.code}",
        restpost=eigen.restpost,
        status=status(uitgave),
        versie=f"Versie {uitgave.nummer}",
        vaste_versie=nieuwste(adres, adressen.actueel(uitgave).pakket(slug, eigen.code)),
        som=som(raming[focus], focus.jaar) if raming and focus else None,
        duiding=duiding(raming, geheel.kolommen, focus, geheel.inwoners) if raming and focus else None,
        inhoud=_inhoud(bool(blok.blokken), bool(taakvelden), bool(wijzigingen), bool(partijen)),
        blok=blok,
        grafiek=grafiek,
        tabel=tabelbalk(geheel, keuze, hier, [rij.soort for rij in stuk.inhoud.regels]),
        taakvelden=taakvelden,
        wijzigingen=wijzigingen,
        partijen=partijen,
        herkomst=herkomst(
            uitgave,
            adres,
            adressen.vast(uitgave).pakket(slug, eigen.code),
            () if geheel.bestanden else (csv,),
            geheel.bestanden,
            bronnen=geheel.bronnen,
        ),
        programma=programma,
        vorige=vorige,
        volgende=volgende,
    )


def _inhoud(tekst: bool, taakvelden: bool, wijzigingen: bool, partijen: bool) -> tuple[Link, ...]:
    """Return the links to the sections that the page has."""
    links = (
        (Link("Wat doen we?", "#tekst"), tekst),
        (Link("Wat kost het?", "#kosten"), True),
        (Link("Taakvelden", "#taakvelden"), taakvelden),
        (Link("Wat veranderde de raad?", "#wijzigingen"), wijzigingen),
        (Link("Verbonden partijen", "#partijen"), partijen),
        (Link("Herkomst en downloads", "#herkomst"), True),
    )
    return tuple(link for link, bestaat in links if bestaat)


def _grafiek(stuk: Pakketstuk, raming: Raming, focus: Kolom | None) -> Grafiekblok | None:
    """Return the lasten of the pakket per year, or None if there are none."""
    kolommen, jaar = stuk.programma.kolommen, stuk.programma.uitgave.jaar
    waarden = [-raming[kolom].lasten for kolom in kolommen]
    if not any(waarden):
        return None
    koppen = [Kop(str(kolom.jaar), benaming.kolom_kort(kolom, kolommen, jaar)) for kolom in kolommen]
    plaats = list(kolommen).index(focus) if focus in kolommen and focus else None
    in_woorden = ", ".join(
        f"{kop.boven} {kop.onder.lower()} {duizenden(waarde)}" for kop, waarde in zip(koppen, waarden, strict=True)
    )
    return Grafiekblok(
        bericht([kolom.jaar for kolom in kolommen], waarden),
        (),
        kolomgrafiek([Serie("Lasten", waarden)], koppen, duizenden, plaats),
        f"Kolomgrafiek: lasten van pakket {stuk.pakket.code} per jaar",
        f"Lasten in duizenden euro’s: {in_woorden}. Alle bedragen staan in tabel 1.",
    )


def _taakvelden(stuk: Pakketstuk, focus: Kolom) -> tuple[Taakveldregel, ...]:
    """Return the taakvelden of the lines, by code, each with its amounts per soort in the document year."""
    regels = {rij.sleutel: rij for rij in stuk.inhoud.regels}
    sommen: dict[str, dict[Soort, Decimal]] = {
        f"{rij.taakveld.code} {rij.taakveld.naam}": {} for rij in stuk.inhoud.regels if rij.taakveld
    }
    for bedrag in stuk.inhoud.bedragen:
        regel = regels[bedrag.regel]
        if bedrag.kolom == focus and regel.taakveld:
            som_ = sommen[f"{regel.taakveld.code} {regel.taakveld.naam}"]
            som_[Soort(regel.soort)] = EXACT.add(som_.get(Soort(regel.soort), NUL), bedrag.euro)
    return tuple(Taakveldregel(naam, _per_soort(delen, focus)) for naam, delen in sorted(sommen.items()))


def _per_soort(delen: dict[Soort, Decimal], focus: Kolom) -> str:
    if not any(delen.values()):
        return f"geen bedragen in {focus.jaar}"
    teksten = [
        f"{WOORDEN[grootheid]} {_euro(-bedrag if grootheid in KOSTEN else bedrag)}"
        for soort, grootheid in GROOTHEDEN.items()
        if (bedrag := delen.get(soort))
    ]
    return f"{', '.join(teksten)} in {focus.jaar}"


def _euro(bedrag: Decimal) -> str:
    return euro(bedrag, centen=bool(bedrag % 1))


def _wijzigingen(stuk: Pakketstuk) -> tuple[str, ...]:
    """Return what changes by the council did to the pakket, a sentence for each soort and column."""
    return tuple(
        f"{wijzigingsnaam(rij.wijziging)}"
        f"{f' (raadsbesluit {besluitnaam(rij.wijziging)})' if rij.wijziging.raadsbesluit else ''}: "
        f"{_anders(GROOTHEDEN[Soort(rij.soort)], rij.euro)} in {kolomzin(rij.kolom)}."
        for rij in stuk.inhoud.wijzigingen
    )


def _anders(grootheid: Grootheid, bedrag: Decimal) -> str:
    """Return a change in words: "€ 5.000 meer lasten"."""
    woord = "meer" if (bedrag < 0) == (grootheid in KOSTEN) else "minder"
    return f"{_euro(abs(bedrag))} {woord} {WOORDEN[grootheid]}"


def _partijen(stuk: Pakketstuk, adres: Adres) -> tuple[Partij, ...]:
    """Return the connected parties that belong to this pakket; there is no need to say which that is."""
    geheel = stuk.programma
    eigen = replace(geheel, partijen=[rij for rij in geheel.partijen if rij.pakket == stuk.pakket.code])
    return tuple(replace(partij, hoort_bij=None) for partij in partijen_van(eigen, adres))


def _buren(stuk: Pakketstuk, adres: Adres) -> tuple[Link | None, Link | None]:
    """Return the links to the pakket before and after this one in the programme."""
    slug, pakketten = stuk.programma.programma.slug, stuk.programma.pakketten
    links: Sequence[Link] = [Link(f"{rij.code} {rij.naam}", adres.pakket(slug, rij.code)) for rij in pakketten]
    plaats = [rij.code for rij in pakketten].index(stuk.pakket.code)
    return (links[plaats - 1] if plaats else None), (links[plaats + 1] if plaats + 1 < len(links) else None)
