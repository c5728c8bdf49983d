"""Which kind of rows a sheet holds, where its header is, what each column means: a guess, for a person to correct."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal, TypedDict

from programma.invoer.opslag import Rij
from programma.raming import Fase, Soort
from programma.resources import RESOURCES, Bedragresource, Regelresource, Versieresource
from programma.resources.cellen import Cel, als_tekst, kaal

# How far down a header is looked for, and how many rows tell the sign of lasten.
HOOGSTE_KOP = 25
PROEF = 400
DUIZEND = re.compile(r"\b1 ?000\b|\bduizend\b|\bduizenden\b")
EURO = re.compile(r"\bin (hele )?euro s?\b|\bin (hele )?euros?\b")
JAAR = re.compile(r"\b(?:19|20)\d\d\b")
FASEWOORDEN: Sequence[tuple[str, Fase]] = (
    ("na wijziging", Fase.NA_WIJZIGING),
    ("gewijzigd", Fase.NA_WIJZIGING),
    ("bijgesteld", Fase.NA_WIJZIGING),
    ("rekening", Fase.REALISATIE),
    ("realisatie", Fase.REALISATIE),
    ("primair", Fase.PRIMAIR),
    ("primitie", Fase.PRIMAIR),
    ("prognose", Fase.PROGNOSE),
    ("raming", Fase.RAMING),
)
NEGATIEF = (Soort.LASTEN.value, Soort.TOEVOEGING.value)
Teken = Literal["resultaat", "gedrukt"]
Kolom = tuple[str, int]


class Antwoord(TypedDict):
    """Which reading a person chose (see `cellen.Onduidelijk`), who, and when (ISO 8601)."""

    lezing: str
    door: str
    op: str


@dataclass(frozen=True, slots=True)
class Duiding:
    """How a sheet is read. `kolommen` names what each column is: "" for not used, `bedrag:<fase>:<jaar>` for amounts.

    `eenheid` is 1 (euros) or 1000. `teken` is "resultaat" (lasten negative, as stored) or "gedrukt" (lasten and
    toevoegingen positive). `kop` is the number of the header row, counted from 1; 0 when none was recognised.
    `antwoorden` says how a number that can be read in two ways is read, by cell ("F14") or for a whole column ("F"),
    and who chose that: see `programma.invoer.vragen`.
    """

    soort: str
    blad: int
    kop: int
    koppen: tuple[str, ...]
    kolommen: tuple[str, ...]
    eenheid: int = 1
    teken: Teken = "resultaat"
    antwoorden: Mapping[str, Antwoord] = field(default_factory=dict)

    @property
    def breed(self) -> bool:
        """Whether amounts stand in columns of their own."""
        return any(kolom.startswith("bedrag:") for kolom in self.kolommen)

    def resource(self) -> Versieresource:
        """Return the resource that reads these columns."""
        return Regelresource() if self.breed else RESOURCES[self.soort]()

    def als_json(self) -> dict[str, Any]:
        """Return what is kept of it."""
        return asdict(self)

    @classmethod
    def uit_json(cls, data: Mapping[str, Any]) -> Duiding:
        """Return what was kept."""
        return cls(**{**data, "koppen": tuple(data["koppen"]), "kolommen": tuple(data["kolommen"])})


def celkolom(kolom: Kolom) -> str:
    """Return the name of an amount column: "bedrag:primair:2025"."""
    return f"bedrag:{kolom[0]}:{kolom[1]}"


def als_kolom(naam: str) -> Kolom:
    """Return the kolom of an amount column."""
    _, fase, jaar = naam.split(":")
    return fase, int(jaar)


def lees_kop(kop: str, kolommen: Sequence[Kolom]) -> Kolom | None:
    """Return which kolom of the version a printed heading means; None when that is not one of them for certain."""
    woorden = kaal(kop)
    jaren = {int(jaar) for jaar in JAAR.findall(woorden)}
    if len(jaren) != 1:
        return None
    (jaar,) = jaren
    zelfde = [kolom for kolom in kolommen if kolom[1] == jaar]
    fase = next((fase for woord, fase in FASEWOORDEN if woord in woorden), None)
    if fase is not None and (fase.value, jaar) in zelfde:
        return fase.value, jaar
    if fase is Fase.REALISATIE:
        return None
    if fase is None and "begroting" in woorden:
        zelfde = [kolom for kolom in zelfde if kolom[0] not in {Fase.REALISATIE, Fase.PROGNOSE}]
    elif fase is None and JAAR.sub("", woorden).strip():
        return None
    return zelfde[0] if len(zelfde) == 1 else None


def _duid_koppen(koppen: Sequence[str], resource: Versieresource, kolommen: Sequence[Kolom]) -> list[str]:
    """Return what each heading means; a meaning is given once, to the first heading that has it."""
    velden = resource.kolommen()
    gegeven: list[str] = []
    for kop in koppen:
        woorden = kaal(kop)
        exact = next((naam for naam in velden if naam not in gegeven and kaal(naam) == woorden), None)
        ook = next((naam for naam, veld in velden.items() if naam not in gegeven and woorden in veld.ook), None)
        cel = lees_kop(kop, kolommen) if isinstance(resource, Regelresource) and not (exact or ook) else None
        gegeven.append((exact or ook or (celkolom(cel) if cel else "")) if woorden else "")
    for code, naam in (("pakket_code", "pakket"), ("programma_code", "programma")):
        # A column "Pakket" with "1E Rampenbestrijding" is the code, when there is no other.
        if code in velden and code not in gegeven and naam in gegeven:
            gegeven[gegeven.index(naam)] = code
    return gegeven


def mist(resource: Versieresource, kolommen: Iterable[str]) -> list[str]:
    """Return which columns this kind of file must have and has not."""
    gegeven = set(kolommen)
    ontbreekt = [naam for naam in resource.vereist if naam not in gegeven]
    if isinstance(resource, Bedragresource | Regelresource) and "regel" not in gegeven:
        ontbreekt += [naam for naam in ("pakket_code", "soort") if naam not in gegeven]
    if isinstance(resource, Regelresource) and not any(naam.startswith("bedrag:") for naam in gegeven):
        ontbreekt.append("een kolom met bedragen, zoals Begroting 2025")
    return ontbreekt


def dubbel(duiding: Duiding) -> list[str]:
    """Return which meanings were given to more than one column."""
    gegeven = [kolom for kolom in duiding.kolommen if kolom]
    return sorted({kolom for kolom in gegeven if gegeven.count(kolom) > 1})


def _kandidaten(soort: str) -> list[Versieresource]:
    soorten = [soort] if soort else list(RESOURCES)
    gewoon = [RESOURCES[naam]() for naam in soorten]
    return [*gewoon, *([Regelresource()] if "regels" in soorten else [])]


def herken(rijen: Sequence[Rij], blad: int, kolommen: Sequence[Kolom], soort: str = "", kop: int = 0) -> Duiding:
    """Return the best guess for a sheet: the row and kind of which most columns are known and none is missing.

    `rijen` are the first rows of the sheet, `kolommen` those of the version, `soort` the kind and `kop` the number of
    the header row if these are known.
    """
    koprijen = [rij for rij in rijen if rij[0] == kop] if kop else list(rijen[:HOOGSTE_KOP])
    beste: tuple[tuple[int, int, int], Duiding] | None = None
    for nummer, cellen in koprijen:
        koppen = tuple(als_tekst(cel).strip() for cel in cellen)
        for resource in _kandidaten(soort):
            gegeven = _duid_koppen(koppen, resource, kolommen)
            if mist(resource, gegeven):
                continue
            # Most columns known, then most of them by their own name, then the kind with the fewest columns.
            eigen = sum(bool(naam) and kaal(kop) == kaal(naam) for kop, naam in zip(koppen, gegeven, strict=True))
            waarde = (sum(map(bool, gegeven)), eigen, -len(resource.kolommen()))
            if beste is None or waarde > beste[0]:
                beste = (waarde, Duiding(str(resource.soort), blad, nummer, koppen, tuple(gegeven)))
    if beste is None:
        return _onbekend(koprijen or rijen, blad, soort)
    return replace(beste[1], eenheid=noemt_eenheid(beste[1], rijen) or 1, teken=_teken(beste[1], rijen))


def _onbekend(rijen: Sequence[Rij], blad: int, soort: str) -> Duiding:
    """Return the reading of a sheet in which no header was recognised: the first row, all columns not used."""
    nummer, cellen = rijen[0] if rijen else (0, [])
    koppen = tuple(als_tekst(cel).strip() for cel in cellen)
    return Duiding(soort, blad, nummer, koppen, ("",) * len(koppen))


def noemt_eenheid(duiding: Duiding, rijen: Sequence[Rij]) -> int | None:
    """Return the unit that the header or the lines above it name, or that our own export has; else None."""
    boven = " ".join(als_tekst(cel) for nummer, cellen in rijen if nummer <= duiding.kop for cel in cellen)
    woorden = kaal(boven)
    if EURO.search(woorden) or {"regel", "bedrag", "bronprecisie"} <= set(duiding.kolommen):
        return 1
    return 1000 if DUIZEND.search(woorden) else None


def _teken(duiding: Duiding, rijen: Sequence[Rij]) -> Teken:
    """Return "gedrukt" when more lasten are written without a minus than with."""
    if "soort" not in duiding.kolommen or duiding.soort != "regels":
        return "resultaat"
    soort = duiding.kolommen.index("soort")
    plaatsen = [i for i, kolom in enumerate(duiding.kolommen) if kolom == "bedrag" or kolom.startswith("bedrag:")]
    lees = duiding.resource().kolommen()["soort"].widget
    positief = 0
    for nummer, cellen in rijen:
        if (
            nummer <= duiding.kop
            or soort >= len(cellen)
            or lees.woorden.get(kaal(als_tekst(cellen[soort]))) not in NEGATIEF
        ):
            continue
        positief += sum(_richting(cellen[i]) for i in plaatsen if i < len(cellen))
    return "gedrukt" if positief > 0 else "resultaat"


def _richting(cel: Cel) -> int:
    """Return 1 for a positive number, -1 for a negative one, 0 for anything else. Only the sign counts here."""
    if isinstance(cel, Decimal):
        return (cel > 0) - (cel < 0)
    tekst = als_tekst(cel).strip().replace("\u2212", "-")
    if not any(teken in "123456789" for teken in tekst):
        return 0
    return -1 if tekst.startswith(("-", "(", "N ")) or tekst.endswith("-") else 1
