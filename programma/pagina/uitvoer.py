"""The page of the exports, ready to place: the form whose address is the filter, and what the filter leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from programma.codeboek import CODEBOEK
from programma.inhoud import BEWAARD, Bestandrij
from programma.pagina import adres as adressen
from programma.pagina.adres import Adres, Link, bestandsnaam
from programma.pagina.benaming import FASEN
from programma.pagina.versies import Vasteversie, nieuwste
from programma.raming import EXACT, Fase, Grootheid
from programma.uitvoer.keuze import Keuzes, Optie
from programma.uitvoer.selectie import EERSTE_DAG, LAATSTE_DAG, LIJSTEN, Selectie
from programma.uitvoer.sommen import Samenvatting
from programma.uitvoer.stuk import Uitvoerstuk
from veiligheid.formatting import datum, decimaal, hoofdletter, opsomming

EERSTE_RIJEN = 20
# The columns of the file by which a line is known and what it comes to: so that a row fits beside its amount.
GETOOND = ("programma_code", "pakket_code", "soort", "taakveld", "regel", "omschrijving", "fase", "jaar", "bedrag")
GETALLEN = frozenset({"jaar", "bedrag"})
# In the file such a cell is empty; on a page it could be anything.
LEEG = "(leeg)"
# A file that takes the filter as it stands. A line more here is a download more, for every filter.
DOWNLOADS = (
    ("begroting.csv", "", "CSV", "om na te rekenen"),
    ("begroting.csv", "vorm=excel", "CSV voor Excel", "met komma’s in de bedragen"),
    ("begroting.xlsx", "", "Excel (XLSX)", "met een blad uitleg"),
    ("begroting.json", "", "JSON", "voor programma’s"),
)
KOPPEN = {
    "programma": "Programma",
    "pakket": "Pakket",
    "taakveld": "Taakveld",
    "soort": "Soort",
    "fase": "Stand",
    "jaar": "Jaar",
}
# What is chosen from more than this, opens when asked.
LANG = 12


@dataclass(frozen=True, slots=True)
class Vakje:
    """A value to tick."""

    waarde: str
    tekst: str
    gekozen: bool


@dataclass(frozen=True, slots=True)
class Groep:
    """The values of one parameter. A long one is folded (`lang`), and open when something in it was chosen."""

    naam: str
    kop: str
    vakjes: tuple[Vakje, ...]
    lang: bool
    gekozen: int


class Cel(NamedTuple):
    """A cell of the first rows as text, and whether it is a number."""

    tekst: str
    getal: bool


@dataclass(frozen=True, slots=True)
class Somregel:
    """A column of the budget with its six amounts, as text."""

    naam: str
    bedragen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file that holds what the filter leaves; `sha256` is there for what was recorded at publication."""

    link: Link
    sha256: str


@dataclass(frozen=True, slots=True)
class Uitvoerpagina:
    """The page of the exports of a version."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    vaste_versie: Vasteversie | None
    nummer: int
    document: str
    adres: str
    groepen: tuple[Groep, ...]
    sinds: str
    vroegste: str
    laatste: str
    keuze: tuple[str, ...]
    rijen: str
    leeg: bool
    grootheden: tuple[str, ...]
    sommen: tuple[Somregel, ...]
    controletotaal: str
    eerste: str
    kolommen: tuple[Cel, ...]
    voorbeeldrijen: tuple[tuple[Cel, ...], ...]
    rest: str
    downloads: tuple[Download, ...]
    bestand: str
    vaste_link: str
    somlijst: str
    controlegetal: str
    anker: str


def uitvoerpagina(stuk: Uitvoerstuk, adres: Adres) -> Uitvoerpagina:
    """Return the page of the exports of a version, with what the filter leaves."""
    uitgave, selectie, som = stuk.uitgave, stuk.selectie, stuk.proef.samenvatting
    hier = adres.uitvoer()
    vraag = selectie.vraag()
    return Uitvoerpagina(
        titel=f"Bedragen downloaden – {uitgave.titel}",
        omschrijving=f"Kies welke regels van {uitgave.titel} u wilt, zie de optelling en download ze.",
        canoniek=hier,
        kruimels=(Link("Home", "/"), Link(uitgave.titel, adres.wortel), Link("Bedragen downloaden", hier)),
        vaste_versie=nieuwste(adres, adressen.actueel(uitgave).uitvoer()),
        nummer=uitgave.nummer,
        document=uitgave.titel,
        adres=hier,
        groepen=tuple(_groep(naam, stuk.keuzes, selectie) for naam in LIJSTEN if stuk.keuzes.waarden(naam)),
        sinds=selectie.gewijzigd_sinds.isoformat() if selectie.gewijzigd_sinds else "",
        vroegste=EERSTE_DAG.isoformat(),
        laatste=LAATSTE_DAG.isoformat(),
        keuze=_in_woorden(selectie, stuk.keuzes),
        rijen="1 rij" if som.rijen == 1 else f"{decimaal(som.rijen)} rijen",
        leeg=not som.rijen,
        grootheden=tuple(hoofdletter(grootheid.value) for grootheid in Grootheid),
        sommen=_sommen(som),
        controletotaal=_exact(som.resultaat),
        eerste=_eerste(som.rijen),
        kolommen=tuple(Cel(naam, naam in GETALLEN) for naam in GETOOND),
        voorbeeldrijen=tuple(map(_voorbeeldrij, stuk.proef.rijen)),
        rest=opsomming([veld.naam for veld in CODEBOEK if veld.naam not in GETOOND]),
        downloads=_downloads(selectie, adres, stuk.proef.bestanden),
        bestand=bestandsnaam(uitgave, "begroting.csv" if selectie.leeg else "begroting-selectie.csv"),
        vaste_link=adressen.vast(uitgave).uitvoer(vraag) if uitgave.gepubliceerd_op else "",
        somlijst=adres.bestand("SHA256SUMS") if stuk.proef.bestanden else "",
        controlegetal=uitgave.controlesom,
        anker=uitgave.anker,
    )


def _groep(naam: str, keuzes: Keuzes, selectie: Selectie) -> Groep:
    gekozen = {str(waarde) for waarde in getattr(selectie, naam)}
    vakjes = tuple(
        Vakje(str(waarde), tekst, str(waarde) in gekozen)
        for waarde, tekst in zip(keuzes.waarden(naam), _teksten(naam, keuzes), strict=True)
    )
    return Groep(naam, KOPPEN[naam], vakjes, len(vakjes) > LANG, len(gekozen))


def _teksten(naam: str, keuzes: Keuzes) -> list[str]:
    """Return how the values of a parameter are called, in their order."""
    if naam == "fase":
        return [FASEN[Fase(waarde)] for waarde in keuzes.fase]
    if naam == "soort":
        return [hoofdletter(soort) for soort in keuzes.soort]
    return [_optie(waarde) if isinstance(waarde, Optie) else str(waarde) for waarde in getattr(keuzes, naam)]


def _optie(optie: Optie) -> str:
    return f"{optie.code} {optie.naam}" if optie.naam else "Geen taakveld"


def _in_woorden(selectie: Selectie, keuzes: Keuzes) -> tuple[str, ...]:
    """Return the filter for who reads it: "Soort: Lasten, Baten"; nothing for everything."""
    delen = []
    for naam in LIJSTEN:
        groep = _groep(naam, keuzes, selectie)
        if groep.gekozen:
            delen.append(f"{groep.kop}: {', '.join(vakje.tekst for vakje in groep.vakjes if vakje.gekozen)}")
    if selectie.gewijzigd_sinds is not None:
        delen.append(f"Gewijzigd op of na {datum(selectie.gewijzigd_sinds)}")
    return tuple(delen)


def _sommen(som: Samenvatting) -> tuple[Somregel, ...]:
    return tuple(
        Somregel(
            f"{FASEN[Fase(kolom.fase)]} {kolom.jaar}",
            tuple(_exact(stand.bedrag(grootheid)) for grootheid in Grootheid),
        )
        for kolom, stand in som.per_kolom.items()
    )


def _exact(euro: Decimal) -> str:
    """Return an amount with its cents, so that it can be compared with what a file adds up to."""
    return decimaal(EXACT.add(euro, Decimal(0)), 2)


def _eerste(rijen: int) -> str:
    if rijen <= EERSTE_RIJEN:
        return "De rij" if rijen == 1 else f"Alle {rijen} rijen"
    return f"De eerste {EERSTE_RIJEN} van {decimaal(rijen)} rijen"


def _voorbeeldrij(rij: Sequence[object]) -> tuple[Cel, ...]:
    """Return a row of the file as its page shows it."""
    waarden = dict(zip((veld.naam for veld in CODEBOEK), rij, strict=True))
    return tuple(Cel(_cel(waarden[naam]), naam in GETALLEN) for naam in GETOOND)


def _cel(waarde: object) -> str:
    if waarde is None:
        return LEEG
    return _exact(waarde) if isinstance(waarde, Decimal) else str(waarde)


def _downloads(selectie: Selectie, adres: Adres, bestanden: Sequence[Bestandrij]) -> tuple[Download, ...]:
    """Return the files that hold what the filter leaves. What is kept, is there when it has been made."""
    namen = {rij.naam for rij in bestanden}
    return tuple(
        _download(regel, selectie, adres, bestanden)
        for regel in DOWNLOADS
        if not regel[0].endswith(BEWAARD) or not selectie.leeg or adres.voorbeeld or regel[0] in namen
    )


def _download(
    regel: tuple[str, str, str, str], selectie: Selectie, adres: Adres, bestanden: Sequence[Bestandrij]
) -> Download:
    """Return a file that holds what the filter leaves; of everything in its machine form the sha256 was recorded."""
    naam, vorm, tekst, bij = regel
    vraag = "&".join(deel for deel in (selectie.vraag(), vorm) if deel)
    link = Link(tekst, f"{adres.bestand(naam)}{'?' if vraag else ''}{vraag}", bij)
    sha256 = next((rij.sha256 for rij in bestanden if rij.naam == naam), "") if not vraag else ""
    return Download(link, sha256)
