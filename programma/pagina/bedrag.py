"""The page that says where one figure comes from, ready to place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from programma.inhoud import Gedrukt
from programma.inhoud.opbouw import Bedragrij, Bedragstuk, Bronrij
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.aansluiting import Aansluiting, aansluiting
from programma.pagina.adres import Adres, Link
from programma.pagina.berekening import Stap, stappen
from programma.pagina.cijfer import Cijferzin, lees, pakketnaam
from programma.pagina.herkomst import Herkomst, Status, herkomst, status
from programma.pagina.spoor import Spoor, sporen
from programma.pagina.versies import Vasteversie, nieuwste
from programma.raming import Meerjarenraming
from veiligheid.formatting import duizenden, kleine_letter, moment

GEGEVENS = "gegevens.json"
MEESTE_PLAATSEN = 12


@dataclass(frozen=True, slots=True)
class Bronblok:
    """A source of amounts under the figure, with the places in it."""

    naam: str
    bestandsnaam: str
    sha256: str
    plaatsen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bedragpagina:
    """The page of a figure. A part that has nothing to show is None or empty, and is not printed."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    bovenkop: str
    naam: str
    zin: str
    teken: str
    status: Status
    versie: str
    vaste_versie: Vasteversie | None
    inhoud: tuple[Link, ...]
    toelichting: str
    aansluiting: Aansluiting | None
    sporen: tuple[Spoor, ...]
    bronnen: tuple[Bronblok, ...]
    zonder_bron: str
    in_duizenden: bool
    stappen: tuple[Stap, ...]
    citaat: str
    gegevens: Link
    herkomst: Herkomst
    boven: Link


def bedragpagina(stuk: Bedragstuk, optelling: Meerjarenraming, adres: Adres) -> Bedragpagina:
    """Return the page of a figure; `optelling` is `tel_op(stuk.cellen)`."""
    uitgave = stuk.uitgave
    cijfer = lees(stuk, optelling)
    slug = stuk.programma.slug if stuk.programma else None
    hier = adres.bedrag(slug, stuk.cijfer.woord, stuk.kolom)
    vast = adressen.vast(uitgave).bedrag(slug, stuk.cijfer.woord, stuk.kolom)
    naam = f"{cijfer.tekst} {cijfer.naam}"
    bedragen = stuk.opbouw.bedragen if stuk.opbouw else ()
    spoor = sporen(stuk.opbouw, uitgave) if stuk.opbouw and stuk.cijfer.totaal is None else ()
    gegevens = Link("Alles op deze pagina", f"{hier}{GEGEVENS}", "JSON")
    kruimels = _kruimels(stuk, adres)
    return Bedragpagina(
        titel=f"{naam} – {uitgave.titel} – Gemeente {stuk.gemeente}",
        omschrijving=f"Waar {naam} in de {uitgave.titel} van de gemeente {stuk.gemeente} vandaan komt.",
        canoniek=hier,
        kruimels=(*kruimels, Link(f"{cijfer.wat.capitalize()}, {cijfer.kolom}", hier)),
        bovenkop="Waar komt dit bedrag vandaan?",
        naam=naam,
        zin=_zin(stuk),
        teken=_teken(cijfer),
        status=status(uitgave),
        versie=f"Versie {uitgave.nummer}",
        vaste_versie=nieuwste(adres, adressen.actueel(uitgave).bedrag(slug, stuk.cijfer.woord, stuk.kolom)),
        inhoud=_inhoud(bool(spoor) or any(rij.wijziging for rij in bedragen), bool(bedragen)),
        toelichting=cijfer.regel.toelichting if cijfer.regel else "",
        aansluiting=_aansluiting(stuk, cijfer, optelling),
        sporen=spoor,
        bronnen=_bronnen(bedragen),
        zonder_bron=_zonder_bron(bedragen),
        in_duizenden=any(rij.bronprecisie == 1000 for rij in bedragen),
        stappen=stappen(stuk, cijfer, adres),
        citaat=_citaat(stuk, cijfer, vast),
        gegevens=gegevens,
        herkomst=herkomst(
            uitgave,
            adres,
            vast,
            (gegevens, *(() if stuk.bestanden else _regels(stuk, adres))),
            stuk.bestanden,
            bronnen=stuk.bronnen,
        ),
        boven=kruimels[-1],
    )


def _regels(stuk: Bedragstuk, adres: Adres) -> tuple[Link, ...]:
    if stuk.programma is None:
        return (Link("Alle regels", adres.bestand("begroting.csv"), "CSV"),)
    return (Link("Alle regels van dit programma", f"{adres.programma(stuk.programma.slug)}begroting.csv", "CSV"),)


def _kruimels(stuk: Bedragstuk, adres: Adres) -> tuple[Link, ...]:
    """Return the way to the page, without the page itself."""
    weg = [Link("Home", "/"), Link(stuk.uitgave.titel, adres.wortel)]
    if stuk.programma is None:
        return tuple(weg)
    weg.append(Link(benaming.volledig(stuk.programma), adres.programma(stuk.programma.slug)))
    pakket = stuk.cijfer.pakket
    if stuk.cijfer.sleutel and stuk.opbouw:
        pakket = stuk.opbouw.regels[0].pakket
    if pakket is not None:
        weg.append(Link(pakketnaam(stuk, pakket), adres.pakket(stuk.programma.slug, pakket)))
    return tuple(weg)


def _zin(stuk: Bedragstuk) -> str:
    """Return in which document and version the figure stands, and how far the council is with it."""
    begin = f"Dit bedrag staat in de {stuk.uitgave.titel}, versie {stuk.uitgave.nummer}"
    nu = status(stuk.uitgave)
    if nu.soort == "concept":
        return f"{begin}. Dat is een concept."
    return f"{begin}, {kleine_letter(nu.tekst)}."


def _teken(cijfer: Cijferzin) -> str:
    """Return how the tables write the same amount."""
    tekst = f"In de tabellen staat dit als {duizenden(cijfer.bedrag)} (× € 1.000)."
    return f"{tekst} Een minteken betekent: kosten." if cijfer.bedrag < 0 else tekst


def _inhoud(wijzigingen: bool, bedragen: bool) -> tuple[Link, ...]:
    """Return the links to the sections that the page has."""
    links = (
        (Link("Opbouw", "#opbouw"), True),
        (Link("Wijzigingen", "#wijzigingen"), wijzigingen),
        (Link("Bron", "#bron"), bedragen),
        (Link("Zo berekend", "#berekening"), True),
        (Link("Zo verwijst u ernaar", "#citeren"), True),
        (Link("Herkomst en downloads", "#herkomst"), True),
    )
    return tuple(link for link, bestaat in links if bestaat)


def _gedrukt(stuk: Bedragstuk, cijfer: Cijferzin) -> list[Gedrukt]:
    """Return the printed total of exactly this figure, if the source has it. A line and a taakveld have none."""
    if cijfer.regel or stuk.cijfer.van_taakveld:
        return []
    programma = stuk.programma.code if stuk.programma else ""
    waar = (cijfer.grootheid.value, stuk.kolom, programma, stuk.cijfer.pakket or "")
    return [rij for rij in stuk.gedrukt if (rij.grootheid, rij.kolom, rij.programma, rij.pakket) == waar]


def _aansluiting(stuk: Bedragstuk, cijfer: Cijferzin, optelling: Meerjarenraming) -> Aansluiting | None:
    """Return whether the printed total is the same; a difference is shown with its size."""
    oordeel = aansluiting(_gedrukt(stuk, cijfer), optelling, stuk.cellen, "de bron van dit bedrag")
    if oordeel is None or oordeel.afwijkingen:
        return oordeel
    return Aansluiting("Dit totaal staat ook gedrukt in de bron. Het is nagerekend en klopt.", ())


def _bronnen(bedragen: Sequence[Bedragrij]) -> tuple[Bronblok, ...]:
    """Return the sources under the figure, each once, with the places as far as they are few."""
    plaatsen: dict[Bronrij, dict[str, None]] = {}
    for rij in bedragen:
        if rij.bron is not None:
            plaatsen.setdefault(rij.bron, {}).update({rij.plaats: None} if rij.plaats else {})
    return tuple(
        Bronblok(bron.naam, bron.bestandsnaam, bron.sha256, tuple(waar) if len(waar) <= MEESTE_PLAATSEN else ())
        for bron, waar in plaatsen.items()
    )


def _zonder_bron(bedragen: Sequence[Bedragrij]) -> str:
    aantal = sum(rij.bron is None for rij in bedragen)
    if not aantal:
        return ""
    if aantal == len(bedragen):
        return "Bij dit bedrag is geen bestand vastgelegd: een redacteur vulde het op de site in."
    hoeveel = "Bij 1 bedrag" if aantal == 1 else f"Bij {aantal} bedragen"
    return f"{hoeveel} in tabel 1 is geen bestand vastgelegd: een redacteur vulde dat op de site in."


def _citaat(stuk: Bedragstuk, cijfer: Cijferzin, vast: str) -> str:
    uitgave = stuk.uitgave
    wanneer = f", gepubliceerd op {moment(uitgave.gepubliceerd_op)}" if uitgave.gepubliceerd_op else ""
    som = f" Controlegetal van deze versie: sha256 {uitgave.controlesom}." if uitgave.controlesom else ""
    return (
        f"Gemeente {stuk.gemeente}, {uitgave.titel}, versie {uitgave.nummer}{wanneer}: {cijfer.naam}: {cijfer.tekst}. "
        f"Vast adres: {vast}.{som}"
    )
