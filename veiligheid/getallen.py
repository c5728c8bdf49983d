"""Reading Dutch numbers from what people type, paste or import; pure, knows no Django and no budget.

What can be read in two ways is asked about, never guessed:

- `.` before each group of exactly three digits separates thousands (so does a space), `,` starts the decimals;
- "3,516" is three thousand to one person and three and a half to another: `Meerduidig`. Only a column that is known
  to hold decimals, three or more of them, reads it as a decimal number;
- "3516,5" and "3516,00" are clear: decimals, accepted when the column takes as many;
- "3.5", "3.51", "0.516" and "1234.567" come from a machine, or from a slip: `Meerduidig`;
- more decimals than the column takes are never rounded away: `Onleesbaar`. Zeros at the end do not count.

One sign at most: a minus in front or behind (ASCII, true minus or en dash; bookkeepers write -/-), parentheses,
N (nadelig, negative) or V (voordelig, positive) with a space. "3.516,-" is how whole euros are written: not negative.
"""

from __future__ import annotations

import re
from decimal import Decimal

from veiligheid.formatting import MINTEKEN, afgerond, decimaal, natuurlijk

# As many as numeric(15,2) holds: thirteen before the comma.
MEESTE_CIJFERS = 15
MEESTE_VOOR_DE_KOMMA = 13
LANGSTE_TEKST = 60
LANGST_GETOOND = 30

# Each kind of space and dash that spreadsheets, word processors and this site write.
SPATIES = " \u00a0\u2007\u2009\u202f"
_GELIJK = str.maketrans({**dict.fromkeys(SPATIES, " "), **dict.fromkeys("\u2212\u2013", "-")})
_LEEG = frozenset({"", "-", "\u2014", "€ -", "€-"})
_GEHEEL = re.compile(
    r"(?P<voor>[NVnv] +|(?:-/-|[-+]) ?)?(?P<munt>€ ?)?(?P<na>[NVnv] +|(?:-/-|[-+]) ?)?"
    r"(?P<open>\( ?)?(?P<munt2>€ ?)?"
    r"(?P<getal>[0-9](?:[0-9., ]*[0-9])?)(?P<rond>,(?:--?|=))?"
    r"(?P<dicht> ?\))?(?P<achter> ?(?:-/-|-)| +[NVnv])?"
)
_NEDERLANDS = re.compile(
    r"(?P<heel>[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+)(?:,(?P<decimalen>[0-9]+))?"
)
_MET_PUNT = re.compile(r"[0-9]+\.[0-9]+")
_NEGATIEF = frozenset("-Nn(")


class Onleesbaar(ValueError):
    """What was typed is not a number that fits here; the message is a Dutch sentence: which value, and what works."""


class Meerduidig(Onleesbaar):
    """What was typed can be read in two ways; `mogelijkheden` holds both, and nothing chooses between them."""

    def __init__(self, melding: str, mogelijkheden: tuple[Decimal, ...]) -> None:
        super().__init__(melding)
        self.mogelijkheden = mogelijkheden


def lees(tekst: str, *, heel: bool = True, decimalen: int = 2) -> Decimal | None:
    """Return the number that a text says in Dutch notation, or None for an empty text or a dash.

    `heel` says that the column normally holds whole amounts, so that a comma before three digits may be meant as a
    thousands separator; `decimalen` is how many decimals the column takes, whole amounts or not.
    Raises Meerduidig for what can be read in two ways, and Onleesbaar for everything else that is not a number.
    """
    gelijk = tekst.strip(f"{SPATIES}\t\r\n").translate(_GELIJK)
    if gelijk in _LEEG:
        return None
    gevonden = _GEHEEL.fullmatch(gelijk) if len(gelijk) <= LANGSTE_TEKST else None
    if gevonden is None or not _klopt(gevonden):
        raise _onleesbaar(tekst, "is geen getal", decimalen)
    tekens = [gevonden[naam] for naam in ("voor", "na", "open", "achter") if gevonden[naam]]
    negatief = bool(tekens) and tekens[0].strip()[0] in _NEGATIEF
    return _lees_cijfers(tekst, gevonden["getal"], negatief=negatief, heel=heel, decimalen=decimalen)


def _klopt(gevonden: re.Match[str]) -> bool:
    """Return whether what stands around the digits goes together: one sign and one € at most, "(" with ")"."""
    tekens = sum(gevonden[naam] is not None for naam in ("voor", "na", "open", "achter"))
    munten = sum(gevonden[naam] is not None for naam in ("munt", "munt2"))
    haakjes = (gevonden["open"] is None) == (gevonden["dicht"] is None)
    return tekens <= 1 and munten <= 1 and haakjes and not (gevonden["rond"] and "," in gevonden["getal"])


def _lees_cijfers(tekst: str, getal: str, *, negatief: bool, heel: bool, decimalen: int) -> Decimal:
    """Return the value of digits with their separators; `tekst` is what the person typed, for the message."""
    if sum(teken.isdigit() for teken in getal) > MEESTE_CIJFERS:
        raise _onleesbaar(tekst, f"heeft meer dan {MEESTE_CIJFERS} cijfers", decimalen)
    delen = _NEDERLANDS.fullmatch(getal)
    if delen is None:
        if _MET_PUNT.fullmatch(getal):
            raise _meerduidig(tekst, Decimal(getal), Decimal(getal.replace(".", "")), negatief, decimalen)
        raise _onleesbaar(tekst, "heeft punten, komma's of spaties op een vreemde plaats", decimalen)

    cijfers = delen["heel"].replace(".", "").replace(" ", "")
    achter = delen["decimalen"] or ""
    waarde = Decimal(f"{cijfers}.{achter or '0'}")
    if cijfers.startswith("0") and len(cijfers) > 1:
        if _MET_PUNT.fullmatch(getal):
            raise _meerduidig(tekst, Decimal(getal), waarde, negatief, decimalen)
        raise _onleesbaar(tekst, "begint met een nul", decimalen)
    if len(achter) == 3 and delen["heel"] == cijfers != "0" and len(cijfers) <= 3 and (heel or decimalen < 3):
        raise _meerduidig(tekst, Decimal(cijfers + achter), waarde, negatief, decimalen)
    if len(achter.rstrip("0")) > decimalen:
        raise _onleesbaar(tekst, f"heeft te veel cijfers achter de komma, {_hoogstens(decimalen)}", decimalen)
    if len(cijfers) > MEESTE_VOOR_DE_KOMMA:
        raise _onleesbaar(tekst, f"heeft meer dan {MEESTE_VOOR_DE_KOMMA} cijfers voor de komma", decimalen)
    return -waarde if negatief and waarde else waarde.copy_abs()


def schrijf(waarde: Decimal, *, decimalen: int | None = None) -> str:
    """Return the text for an input: "-3.516", "1.234,50"; `lees` reads it back to the same value.

    Without `decimalen` a whole number has none and another has two or more; with it there are at least so many. Never
    rounded, and never three decimals: those could be read as thousands, so a zero follows ("3,5160").
    Raises ValueError for what is not a finite number.
    """
    if not waarde.is_finite():
        raise ValueError(f"{waarde} is not a finite number")
    exact = format(waarde, "f").partition(".")[2].rstrip("0")
    minstens = decimalen if decimalen is not None else 2 if exact else 0
    plaatsen = max(minstens, len(exact))
    return decimaal(waarde, 4 if plaatsen == 3 else plaatsen).replace(MINTEKEN, "-")


def _hoogstens(decimalen: int) -> str:
    if not decimalen:
        return "en hier kan alleen een heel getal"
    return f"en hier {'kan er hoogstens 1' if decimalen == 1 else f'kunnen er hoogstens {decimalen}'}"


def _toon(tekst: str) -> str:
    """Return what was typed, to name it in a message: short, and without characters that cannot be seen."""
    zichtbaar = "".join(
        teken if teken.isprintable() else "\ufffd" for teken in tekst[: LANGSTE_TEKST * 2].translate(_GELIJK).strip()
    )
    return f"{zichtbaar[:LANGST_GETOOND]}…" if len(zichtbaar) > LANGST_GETOOND else zichtbaar


def _onleesbaar(tekst: str, waarom: str, decimalen: int) -> Onleesbaar:
    voorbeeld = "3.516 of -3.516" if not decimalen else f"3.516 of -3.516,{'50'[: min(decimalen, 2)]}"
    return Onleesbaar(f"'{_toon(tekst)}' {waarom}. Typ een getal zoals {voorbeeld}.")


def _meerduidig(tekst: str, een: Decimal, ander: Decimal, negatief: bool, decimalen: int) -> Meerduidig:
    """Return the question: the two readings in full, and for each what can be typed to mean it."""
    lezingen = tuple(sorted({-een if negatief else een, -ander if negatief else ander}, key=abs, reverse=True))
    gelezen = " of als ".join(natuurlijk(lezing) for lezing in lezingen)
    typ = " of ".join(_zonder_punten(afgerond(lezing, decimalen)) for lezing in lezingen)
    return Meerduidig(f"'{_toon(tekst)}' kan op twee manieren worden gelezen: als {gelezen}. Typ {typ}.", lezingen)


def _zonder_punten(waarde: Decimal) -> str:
    """Return the number in the one form that cannot be misread: without thousands separators."""
    return schrijf(waarde).replace(".", "")
