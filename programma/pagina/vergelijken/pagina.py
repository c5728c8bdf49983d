"""The page that compares two published versions, ready to place."""

from __future__ import annotations

from dataclasses import dataclass

from programma.inhoud import Uitgave
from programma.inhoud.vergelijking import Vergelijkstuk
from programma.pagina import adres as adressen
from programma.pagina.adres import Link, vergelijking
from programma.pagina.bewijs import Bewijs, bewijzen
from programma.pagina.herkomst import Dag, Status, dag, status
from programma.pagina.keuze import Weergavelink
from programma.pagina.rijverschil import Woordenboek, herkomst
from programma.pagina.vergelijken.bedragen import Programmablok, bedragen, heeft_centen
from programma.pagina.vergelijken.formulier import Formulier
from programma.pagina.vergelijken.inhoud import Inhoudsverschil, inhoudsverschil
from programma.pagina.vergelijken.kanten import Kanten, kanten, zin
from programma.pagina.vergelijken.keuze import DREMPELS, FILTERS, VERSCHILLEN, Keuze, kolomnaam, paarnaam
from programma.pagina.vergelijken.verdeling import Verdeling, verdeling
from programma.raming import tel_op
from veiligheid.formatting import dag as plaatselijke_dag
from veiligheid.formatting import decimaal, opsomming

KRUIMELS = (Link("Home", "/"), Link("Vergelijken", "/vergelijken/"))
# With less than one in so many of the codes in common the structure is another one, and the page says so first.
WEINIG_GEMEEN = 2


@dataclass(frozen=True, slots=True)
class Kant:
    """One of the two versions: its pages, status, day of publication and fingerprint."""

    letter: str
    link: Link
    status: Status
    gepubliceerd: Dag | None
    controlegetal: str


@dataclass(frozen=True, slots=True)
class Vergelijkpagina:
    """The page. A part that has nothing to show is None or empty, and is not printed."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    naam: str
    formulier: Formulier
    kanten: tuple[Kant, Kant]
    namen: Kanten
    zin: str
    gelijk: str
    aantallen: tuple[Link, ...]
    kanttekeningen: tuple[str, ...]
    titels: tuple[str, str] | None
    andersom: Link
    kolommen: tuple[Weergavelink, ...]
    filters: tuple[Weergavelink, ...]
    programmafilter: Link | None
    verdeling: Verdeling | None
    blokken: tuple[Programmablok, ...]
    centen: bool
    geen_bedragen: str
    meer: str
    downloads: tuple[Link, ...]
    inhoud: Inhoudsverschil
    meer_teksten: int
    meer_gegevens: int
    herkomst: tuple[str, ...]
    meer_herkomst: int
    bewijzen: tuple[Bewijs, ...]


def vergelijkpagina(stuk: Vergelijkstuk, keuze: Keuze, formulier: Formulier, boek: Woordenboek) -> Vergelijkpagina:
    """Return the page of a comparison."""
    a, b, namen = stuk.a, stuk.b, kanten(stuk.a, stuk.b)
    som_a, som_b = tel_op(stuk.cellen_a), tel_op(stuk.cellen_b)
    centen = heeft_centen(stuk)
    gevonden = bedragen(stuk, keuze, namen, som_a, som_b)
    inhoud = inhoudsverschil(stuk, keuze.programma, namen, boek)
    titels = (a.titel, b.titel) if namen.zelfde_document and a.titel != b.titel else None
    naam = _naam(a, b)
    return Vergelijkpagina(
        titel=f"{naam} – Vergelijken – Gemeente {stuk.gemeente}",
        omschrijving=f"Wat verschilt er? {naam}: bedragen, teksten en doelen naast elkaar.",
        canoniek=vergelijking(a.kenmerk, b.kenmerk),
        kruimels=(*KRUIMELS, Link(naam, vergelijking(a.kenmerk, b.kenmerk))),
        naam=naam,
        formulier=formulier,
        kanten=(_kant("A", a), _kant("B", b)),
        namen=namen,
        zin=zin(stuk.paren, namen),
        gelijk=_gelijk(stuk, inhoud),
        aantallen=tuple(_aantallen(stuk, inhoud)),
        kanttekeningen=tuple(_kanttekeningen(stuk, namen)),
        titels=titels,
        andersom=Link("Andersom vergelijken", vergelijking(b.kenmerk, a.kenmerk)),
        kolommen=keuze.kolomlinks("bedragen"),
        filters=keuze.filterlinks(stuk.regels.grootste, "bedragen"),
        programmafilter=_programmafilter(stuk, keuze),
        verdeling=verdeling(stuk, keuze, namen, som_a, som_b, centen),
        blokken=gevonden.blokken,
        centen=centen,
        geen_bedragen=_geen_bedragen(stuk, keuze),
        meer=_meer(len(stuk.regels.regels), stuk.regels.aantal, gevonden.meer_sommen),
        downloads=_downloads(keuze) if sum(stuk.regels.per_paar.values()) else (),
        inhoud=inhoud,
        meer_teksten=inhoud.aantal_teksten - len(inhoud.teksten),
        meer_gegevens=inhoud.aantal_gegevens - len(inhoud.gegevens),
        herkomst=_herkomst(stuk, namen),
        meer_herkomst=stuk.regels.andere_herkomst - len(stuk.regels.herkomst),
        bewijzen=bewijzen([a, b]),
    )


def _naam(a: Uitgave, b: Uitgave) -> str:
    if a.document_slug == b.document_slug:
        return f"{b.titel}: versie {a.nummer} naast versie {b.nummer}"
    return f"{a.titel} (versie {a.nummer}) naast {b.titel} (versie {b.nummer})"


def _kant(letter: str, uitgave: Uitgave) -> Kant:
    gepubliceerd = dag(plaatselijke_dag(uitgave.gepubliceerd_op)) if uitgave.gepubliceerd_op else None
    link = Link(f"{uitgave.titel}, versie {uitgave.nummer}", adressen.vast(uitgave).wortel)
    return Kant(letter, link, status(uitgave), gepubliceerd, uitgave.controlesom)


def _gelijk(stuk: Vergelijkstuk, inhoud: Inhoudsverschil) -> str:
    """Return the sentence that nothing differs, or "" if anything does.

    The same controlesom is the proof that all is the same, also in columns that are not shown.
    """
    if stuk.a.controlesom and stuk.a.controlesom == stuk.b.controlesom:
        return "Er is geen verschil: de inhoud is precies gelijk."
    anders = sum(stuk.regels.per_paar.values()) + stuk.regels.andere_herkomst + len(stuk.rijen)
    return "" if anders or stuk.a.titel != stuk.b.titel else "In wat hier naast elkaar staat, verschilt niets."


def _aantal(aantal: int, enkel: str, meer: str) -> str:
    return f"{decimaal(aantal)} {enkel if aantal == 1 else meer}"


def _aantallen(stuk: Vergelijkstuk, inhoud: Inhoudsverschil) -> list[Link]:
    """Return how much differs, in a few words each, with the way to it."""
    delen = (
        (sum(stuk.regels.per_paar.values()), "bedrag", "bedragen", "#bedragen"),
        (inhoud.aantal_teksten, "tekst", "teksten", "#teksten"),
        (inhoud.aantal_gegevens, "ander gegeven", "andere gegevens", "#gegevens"),
        (stuk.regels.andere_herkomst, "herkomst van een bedrag", "herkomsten van bedragen", "#herkomst-anders"),
    )
    return [Link(_aantal(aantal, enkel, meer), anker) for aantal, enkel, meer, anker in delen if aantal]


def _kanttekeningen(stuk: Vergelijkstuk, namen: Kanten) -> list[str]:
    """Return what a reader must know to read the figures well: columns or a structure that do not match."""
    uit = []
    if namen.zelfde_document:
        for kader, ander, naam in ((stuk.kader_a, stuk.kader_b, namen.a), (stuk.kader_b, stuk.kader_a, namen.b)):
            los = [kolom for kolom in kader.kolommen if kolom not in ander.kolommen]
            if los:
                kolommen = opsomming([kolomnaam(kolom) for kolom in los])
                uit.append(f"Alleen in {naam} staat: {kolommen}. Dat is met niets te vergelijken.")
        return uit
    uit.append(
        "Dit zijn twee documenten. Wij zetten onderdelen en regels met dezelfde code naast elkaar. Kolommen, bronnen, "
        "wijzigingsnummers en gedrukte totalen vergelijken wij niet."
    )
    for wat, a, b in (
        ("programma’s", _programmacodes(stuk, 0), _programmacodes(stuk, 1)),
        ("pakketten", _pakketcodes(stuk, 0), _pakketcodes(stuk, 1)),
    ):
        samen = len(a & b)
        if min(len(a), len(b)) and samen * WEINIG_GEMEEN < min(len(a), len(b)):
            komt = "komt er" if samen == 1 else "komen er"
            uit.append(
                f"Let op: deze documenten zijn anders ingedeeld. Van de {len(a)} {wat} in {namen.a} {komt} {samen} ook "
                f"voor in {namen.b}, dat er {len(b)} heeft. Vergelijk dus vooral de totalen."
            )
    return uit


def _programmacodes(stuk: Vergelijkstuk, kant: int) -> set[str]:
    return {rij.code for rij in (stuk.kader_a, stuk.kader_b)[kant].programmas}


def _pakketcodes(stuk: Vergelijkstuk, kant: int) -> set[str]:
    kader = (stuk.kader_a, stuk.kader_b)[kant]
    return {rij.code for rijen in kader.pakketten.values() for rij in rijen}


def _programmafilter(stuk: Vergelijkstuk, keuze: Keuze) -> Link | None:
    """Return the way back to all programmes, when one was chosen."""
    if not keuze.programma:
        return None
    return Link(f"U ziet alleen programma {keuze.programma}.", f"{keuze.adres(programma='')}#bedragen", "Toon alles")


def _geen_bedragen(stuk: Vergelijkstuk, keuze: Keuze) -> str:
    """Return why there is no amount to show; the template uses it only then."""
    if not stuk.paren:
        return "Er zijn geen kolommen om naast elkaar te zetten."
    if keuze.toon in DREMPELS:
        return f"Geen verschil is {FILTERS[keuze.toon]}."
    waar = f" in {'deze kolom' if len(stuk.paren) == 1 else 'deze kolommen'}"
    return f"Geen bedrag verschilt{waar}." if keuze.toon == VERSCHILLEN else f"Er zijn geen bedragen{waar}."


def _meer(getoond: int, aantal: int, sommen: int) -> str:
    """Return what does not fit on the screen, or ""."""
    delen = []
    if aantal > getoond:
        delen.append(f"U ziet de {decimaal(getoond)} grootste van de {decimaal(aantal)} regels.")
    if sommen:
        delen.append(f"{decimaal(sommen)} kleinere sommen van pakketten staan hier niet.")
    if not delen:
        return ""
    return " ".join([*delen, "Alle regels die verschillen, staan in de CSV. De totalen zijn wel volledig."])


def _downloads(keuze: Keuze) -> tuple[Link, ...]:
    """Return the files with every amount that differs in the shown columns."""
    vraag = keuze.adres(toon=VERSCHILLEN, programma="").split("?", 1)[1]
    adres = f"/vergelijken/verschil.csv?{vraag}"
    return (Link("Alle bedragen die verschillen", adres, "CSV"), Link("Voor Excel", f"{adres}&vorm=excel", "CSV"))


def _herkomst(stuk: Vergelijkstuk, namen: Kanten) -> tuple[str, ...]:
    """Return the amounts that stayed the same and come from elsewhere, in words."""
    return tuple(
        f"{rij.omschrijving}, {paarnaam(stuk.paren[rij.paar])}: in {namen.a} {herkomst(rij.a)}; "
        f"in {namen.b} {herkomst(rij.b)}."
        for rij in stuk.regels.herkomst
    )
