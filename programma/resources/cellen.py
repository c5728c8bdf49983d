"""How one cell is read and written: the widgets of the resources.

`clean` returns a value as text in the one form in which PostgreSQL writes it too, or None for an empty number, so
that file and database can be compared in SQL without any conversion. What cannot be read raises Celfout with a Dutch
sentence: what is wrong and how to mend it. `render` gives text, int or Decimal for a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from import_export.widgets import Widget

from veiligheid import getallen
from veiligheid.alineas import opgemaakt
from veiligheid.opmaak import schoon

Cel = str | Decimal | date | datetime | bool | None

# As [[:cntrl:]] in PostgreSQL, but for the line feed and the tab, which a text may hold.
STUURTEKENS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
GEEN_NAAM = re.compile(r"[\x00-\x1f\x7f-\x9f]")
RUIS = Decimal("0.000001")
# The two readings of a point or comma that can be either.
DUIZEND, DECIMAAL = "duizend", "decimaal"
EEN_PUNT = re.compile(r"[^.]*\.(\d+)\D*")


class Celfout(ValueError):
    """A cell that cannot be read; the message is a Dutch sentence."""


class Onduidelijk(Celfout):
    """A number that can be read in two ways; `lezingen` holds them by name, and a person chooses.

    The names say what the point or comma would be: DUIZEND (it separates thousands) or DECIMAAL (decimals follow).
    """

    def __init__(self, melding: str, mogelijkheden: Sequence[Decimal]) -> None:
        super().__init__(melding)
        groot, *klein = sorted(mogelijkheden, key=abs, reverse=True)
        self.lezingen = {DUIZEND: groot, **({DECIMAAL: klein[0]} if klein else {})}


def kaal(tekst: str) -> str:
    """Return a heading or a name for comparing: lower case, letters and digits only, single spaces."""
    gewoon = unicodedata.normalize("NFKC", tekst).casefold()
    return " ".join("".join(teken if teken.isalnum() else " " for teken in gewoon).split())


def als_tekst(cel: Cel) -> str:
    """Return what a cell shows: a whole number without decimals, a date as 2025-12-31. The reader gives text as NFC."""
    if type(cel) is str:
        return cel
    match cel:
        case None:
            return ""
        case bool():
            return "ja" if cel else "nee"
        case Decimal():
            return format(cel.to_integral_value() if cel == cel.to_integral_value() else cel, "f")
        case datetime() | date():
            return cel.isoformat()
        case _:
            return cel


class Celwidget(Widget):  # type: ignore[misc]
    """A cell; `leeg` is what an empty one means."""

    leeg: str | None = ""

    def clean(self, value: Cel, row: Mapping[str, Any] | None = None, **kwargs: Any) -> str | None:
        """Return the value as PostgreSQL writes it. Raises Celfout."""
        tekst = als_tekst(value).strip()
        return self.lees(tekst, value) if tekst else self.leeg

    def lees(self, tekst: str, cel: Cel) -> str | None:
        """Return what a cell that is not empty says. Raises Celfout."""
        raise NotImplementedError

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Return what a file shows for a value of the database."""
        return "" if value is None else value


class Naam(Celwidget):
    """One line of text."""

    def __init__(self, lengte: int) -> None:
        super().__init__()
        self.lengte = lengte

    def lees(self, tekst: str, cel: Cel) -> str:
        """Return the text. Raises Celfout for control characters and for too much text."""
        if GEEN_NAAM.search(tekst):
            raise Celfout("De cel bevat een regeleinde, tab of ander onzichtbaar teken. Haal dat weg.")
        if len(tekst) > self.lengte:
            raise Celfout(f"De tekst is {len(tekst)} tekens lang; er passen er {self.lengte}. Maak de tekst korter.")
        return tekst


class Code(Naam):
    """A code: text, never a number. A cell that a spreadsheet made 0.1 of may have been 0.10."""

    def lees(self, tekst: str, cel: Cel) -> str:
        """Return the code. Raises Celfout for a number with decimals."""
        if isinstance(cel, Decimal) and cel != cel.to_integral_value():
            raise Celfout(
                f"De cel is een getal ({tekst}), maar een code is tekst: 0.1 en 0.10 zijn verschillende codes. "
                "Maak de cel op als tekst en typ de code opnieuw."
            )
        return super().lees(tekst, cel)


class Tekst(Celwidget):
    """Text of more lines; a line ends with one line feed, as in the comparison in SQL."""

    def clean(self, value: Cel, row: Mapping[str, Any] | None = None, **kwargs: Any) -> str:
        """Return the text with plain line ends. Raises Celfout for control characters."""
        tekst = als_tekst(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
        if STUURTEKENS.search(tekst):
            raise Celfout("De tekst bevat een onzichtbaar stuurteken. Haal dat weg.")
        return tekst if tekst.strip() else ""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the text with plain line ends."""
        return "" if value is None else str(value).replace("\r\n", "\n")


class Opmaak(Tekst):
    """A text that may have rich text in it: what is stored is safe to show, by this way in too."""

    def clean(self, value: Cel, row: Mapping[str, Any] | None = None, **kwargs: Any) -> str:
        """Return a plain text as it is, and rich text cleaned. Raises Celfout for control characters."""
        tekst = super().clean(value, row, **kwargs)
        return schoon(tekst) if opgemaakt(tekst) else tekst


class Getal(Celwidget):
    """A number with so many decimals; empty and "-" are empty, never zero."""

    leeg = None

    def __init__(self, decimalen: int, grens: int) -> None:
        super().__init__()
        self.decimalen = decimalen
        self.grens = grens
        self.machine = re.compile(rf"-?\d{{1,15}}\.\d{{{decimalen}}}") if decimalen else re.compile(r"-?\d{1,15}")

    def clean(self, value: Cel, row: Mapping[str, Any] | None = None, **kwargs: Any) -> str | None:
        """Return the number. Raises Celfout when it cannot be read, can be read in two ways, or does not fit.

        Keywords: eenheid (1 or 1000), keer (1 or -1), machine (the column is written with a decimal point).
        """
        tekst = als_tekst(value).strip()
        waarde = self.waarde(tekst, value, machine=kwargs.get("machine", False)) if tekst else None
        return None if waarde is None else self.schrijf(waarde * kwargs.get("eenheid", 1) * kwargs.get("keer", 1))

    def waarde(self, tekst: str, cel: Cel, *, machine: bool = False) -> Decimal | None:
        """Return the number as Decimal; `machine`: the column is written with a decimal point."""
        if isinstance(cel, bool | date):
            raise Celfout(f"'{tekst}' is geen getal. Maak de cel op als getal en typ het getal opnieuw.")
        if isinstance(cel, Decimal):
            return cel
        if machine and self.machine.fullmatch(tekst):
            return Decimal(tekst)
        try:
            gelezen = getallen.lees(tekst, heel=self.decimalen <= 2, decimalen=self.decimalen)
        except getallen.Meerduidig as vraag:
            raise Onduidelijk(str(vraag), vraag.mogelijkheden) from vraag
        except getallen.Onleesbaar as fout:
            raise Celfout(str(fout)) from fout
        if machine and gelezen is not None and "." in tekst and "," not in tekst:
            punt = EEN_PUNT.fullmatch(tekst)
            raise Onduidelijk(
                f"'{tekst}' kan op twee manieren worden gelezen: de andere getallen in deze kolom hebben een decimale "
                "punt. Typ het getal zonder punten, met een komma voor de decimalen.",
                [gelezen, *([gelezen.scaleb(-len(punt[1]))] if punt else [])],
            )
        return gelezen

    def schrijf(self, waarde: Decimal | None) -> str | None:
        """Return the number as PostgreSQL writes a numeric of this scale. Raises Celfout when it does not fit."""
        if waarde is None:
            return None
        if abs(waarde) >= self.grens:
            raise Celfout(f"{waarde:f} is te groot. Controleer het getal en de eenheid.")
        stap = Decimal(1).scaleb(-self.decimalen)
        rond = waarde.quantize(stap)
        # A spreadsheet computes in binary: 0.1 + 0.2 is a hair off. More than a hair is not ours to round away.
        if abs(rond - waarde) > RUIS:
            raise Celfout(f"{waarde:f} heeft meer dan {self.decimalen} cijfers achter de komma. Rond het zelf af.")
        return format(rond if rond else abs(rond), "f")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Return the Decimal itself: a number in a file stays a number."""
        return None if value is None else Decimal(value)


class Geld(Getal):
    """An amount in euros with cents; a file may be in thousands."""

    def __init__(self) -> None:
        super().__init__(2, 10**13)


class Geheel(Celwidget):
    """A whole number between two bounds, such as a year; `leeg` is what an empty cell means."""

    def __init__(self, laagste: int, hoogste: int, leeg: str | None = None) -> None:
        super().__init__()
        self.laagste, self.hoogste, self.leeg = laagste, hoogste, leeg

    def lees(self, tekst: str, cel: Cel) -> str:
        """Return the number. Raises Celfout."""
        if not re.fullmatch(r"\d{1,6}", tekst, re.ASCII) or not self.laagste <= int(tekst) <= self.hoogste:
            raise Celfout(
                f"'{tekst}' kan hier niet. Vul een heel getal in van {self.laagste} tot en met {self.hoogste}."
            )
        return str(int(tekst))


class Keuze(Celwidget):
    """One of a list; words that people use for them are understood."""

    def __init__(self, keuzes: Iterable[tuple[str, str]], ook: Mapping[str, str] | None = None, leeg: str = "") -> None:
        super().__init__()
        self.leeg = leeg
        self.codes = [code for code, _ in keuzes]
        self.woorden = {kaal(woord): code for code, naam in keuzes for woord in (code, naam)}
        self.woorden |= {kaal(woord): code for woord, code in (ook or {}).items()}

    def lees(self, tekst: str, cel: Cel) -> str:
        """Return the code. Raises Celfout that names what can be chosen."""
        code = self.woorden.get(kaal(tekst))
        if code is None:
            raise Celfout(f"'{tekst}' kan hier niet. Kies uit: {', '.join(self.codes)}.")
        return code

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the code; the code that an empty cell means is written as an empty cell."""
        return "" if value is None or value == self.leeg else str(value)


class JaNee(Keuze):
    """Yes or no; empty is no."""

    def __init__(self) -> None:
        super().__init__(
            [("true", "ja"), ("false", "nee")],
            {"x": "true", "waar": "true", "1": "true", "0": "false", "onwaar": "false"},
        )
        self.leeg = "false"
        self.codes = ["ja", "nee"]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return ja or nee."""
        return "ja" if value else "nee"
