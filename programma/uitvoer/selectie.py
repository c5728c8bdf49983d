"""Which lines of a version an export holds, as its address says it: pure, no Django, no database."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlencode

from programma.raming import Fase, Soort

GEEN_TAAKVELD = "geen"
"""How a filter names the lines that have no taakveld; no taakveld has this code."""

SINDS = "gewijzigd_sinds"
EERSTE_DAG, LAATSTE_DAG = date(2000, 1, 1), date(2099, 12, 31)
LANGSTE_CODE = 20

_JAAR = re.compile(r"[0-9]{4}")
_DAG = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STUURTEKEN = re.compile(r"[\x00-\x1f\x7f]")


class Selectiefout(ValueError):
    """A filter that makes no sense. The text is Dutch, for who wrote the address: which parameter, which value."""


@dataclass(frozen=True, slots=True)
class Selectie:
    """A filter of lines and their amounts; an empty field leaves everything in. Fields are sorted, without doubles.

    Each value is what stands in that column of begroting.csv (`programma` and `pakket`: the code); `taakveld` "geen"
    means the lines without one. `gewijzigd_sinds`: lines that changed on that day or later (Dutch time).
    """

    programma: tuple[str, ...] = ()
    pakket: tuple[str, ...] = ()
    taakveld: tuple[str, ...] = ()
    soort: tuple[str, ...] = ()
    fase: tuple[str, ...] = ()
    jaar: tuple[int, ...] = ()
    gewijzigd_sinds: date | None = None

    def __post_init__(self) -> None:
        for veld in LIJSTEN:
            object.__setattr__(self, veld, tuple(sorted(set(getattr(self, veld)))))

    @property
    def leeg(self) -> bool:
        """Whether this is everything."""
        return self == ALLES

    def parameters(self) -> dict[str, list[str]]:
        """Return the filter as `lees_selectie` reads it: only the fields that are used, by name."""
        gebruikt = {veld: [str(waarde) for waarde in getattr(self, veld)] for veld in LIJSTEN if getattr(self, veld)}
        if self.gewijzigd_sinds is not None:
            gebruikt[SINDS] = [self.gewijzigd_sinds.isoformat()]
        return dict(sorted(gebruikt.items()))

    def vraag(self) -> str:
        """Return the one query string that means this filter, without a question mark; "" for everything."""
        return urlencode(self.parameters(), doseq=True)


PARAMETERS = tuple(veld.name for veld in fields(Selectie))
LIJSTEN = tuple(veld for veld in PARAMETERS if veld != SINDS)
ALLES = Selectie()


def lees_selectie(vraag: Mapping[str, Sequence[str]], naast: Collection[str] = ()) -> Selectie:
    """Return the filter that the parameters of an address ask for; a parameter without a value asks for nothing.

    `naast` are the parameters that the address may have besides. Whether the values exist in a version is another
    question: see `programma.uitvoer.keuze`. Raises Selectiefout for an unknown parameter or an impossible value.
    """
    bekend = [*PARAMETERS, *naast]
    for naam in vraag:
        if naam not in bekend:
            raise Selectiefout(f"De parameter “{toonbaar(naam)}” bestaat niet. Er is: {', '.join(bekend)}.")
    gevuld = {naam: [waarde for waarde in vraag.get(naam, ()) if waarde] for naam in PARAMETERS}
    return Selectie(
        programma=_codes("programma", gevuld),
        pakket=_codes("pakket", gevuld),
        taakveld=_codes("taakveld", gevuld),
        soort=_uit("soort", gevuld, list(Soort)),
        fase=_uit("fase", gevuld, list(Fase)),
        jaar=_jaren(gevuld["jaar"]),
        gewijzigd_sinds=_dag(gevuld[SINDS]),
    )


def selectiefout(parameter: str, waarde: object, bestaat: Iterable[object]) -> Selectiefout:
    """Return the error of a value that is not among what there is."""
    keuze = ", ".join(str(een) for een in bestaat) or "niets"
    return Selectiefout(f"De waarde “{toonbaar(str(waarde))}” van “{parameter}” bestaat niet. Er is: {keuze}.")


def toonbaar(tekst: str) -> str:
    """Return what somebody wrote in an address, short and on one line, to name it in a sentence."""
    schoon = _STUURTEKEN.sub("�", tekst)
    return schoon if len(schoon) <= 40 else f"{schoon[:40]}…"


def _codes(parameter: str, gevuld: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    for waarde in gevuld[parameter]:
        if len(waarde) > LANGSTE_CODE or _STUURTEKEN.search(waarde) or not waarde.isprintable():
            raise Selectiefout(f"De waarde “{toonbaar(waarde)}” van “{parameter}” is geen code.")
    return tuple(gevuld[parameter])


def _uit(parameter: str, gevuld: Mapping[str, Sequence[str]], bestaat: Sequence[str]) -> tuple[str, ...]:
    for waarde in gevuld[parameter]:
        if waarde not in bestaat:
            raise selectiefout(parameter, waarde, bestaat)
    return tuple(gevuld[parameter])


def _jaren(waarden: Sequence[str]) -> tuple[int, ...]:
    for waarde in waarden:
        if not _JAAR.fullmatch(waarde):
            raise Selectiefout(f"De waarde “{toonbaar(waarde)}” van “jaar” is geen jaar van vier cijfers.")
    return tuple(int(waarde) for waarde in waarden)


def _dag(waarden: Sequence[str]) -> date | None:
    if not waarden:
        return None
    if len(set(waarden)) > 1:
        raise Selectiefout(f"Geef bij “{SINDS}” één dag, niet meer.")
    try:
        gekozen = date.fromisoformat(waarden[0]) if _DAG.fullmatch(waarden[0]) else None
    except ValueError:
        gekozen = None
    if gekozen is None or not EERSTE_DAG <= gekozen <= LAATSTE_DAG:
        raise Selectiefout(
            f"De waarde “{toonbaar(waarden[0])}” van “{SINDS}” is geen dag. "
            f"Schrijf een dag zoals {EERSTE_DAG.isoformat()}; die dag is de vroegste."
        )
    return gekozen
