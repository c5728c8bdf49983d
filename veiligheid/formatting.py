"""Dutch notation of numbers, money, percentages and dates, for people: pure, knows no Django and no budget.

Rounding happens here and nowhere else: half away from zero, on the absolute value, and never "−0". The minus is the
true minus (U+2212), which screen readers speak and which is as wide as a digit; files for machines use `str()` instead.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

MINTEKEN = "\u2212"
VASTE_SPATIE = "\u00a0"
NIET_BEKEND = "n.n.b."
NIET_VAN_TOEPASSING = "n.v.t."
MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
TELWOORDEN = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
TIJDZONE = ZoneInfo("Europe/Amsterdam")

# Wide enough for any stored amount; ROUND_HALF_UP rounds a half away from zero, for negative numbers too.
RUIM = Context(prec=80, rounding=ROUND_HALF_UP)
_GROEPEN = str.maketrans(",.", ".,")


@lru_cache(maxsize=32)
def _stap(decimalen: int) -> Decimal:
    """Return the smallest step at this number of decimals: 1, 0.1, 0.01 …"""
    return Decimal(1).scaleb(-decimalen)


def afgerond(waarde: Decimal, decimalen: int = 0) -> Decimal:
    """Return the value rounded half away from zero. `decimalen` may be negative: -3 rounds to thousands."""
    return waarde.quantize(_stap(decimalen), context=RUIM)


def decimaal(waarde: Decimal | int, decimalen: int = 0, *, plus: bool = False) -> str:
    """Return a number in Dutch notation: "1.234,5". With `plus`, a value above zero gets a plus sign."""
    rond = afgerond(Decimal(waarde), decimalen)
    cijfers = f"{rond.copy_abs():,f}".translate(_GROEPEN)
    if not rond:
        return cijfers
    if rond < 0:
        return MINTEKEN + cijfers
    return "+" + cijfers if plus else cijfers


def natuurlijk(waarde: Decimal, *, plus: bool = False) -> str:
    """Return a number with as many decimals as it needs: "7,6", "5", never "7,600"."""
    exponent = waarde.normalize(RUIM).as_tuple().exponent
    return decimaal(waarde, max(0, -exponent) if isinstance(exponent, int) else 0, plus=plus)


def duizenden(bedrag: Decimal) -> str:
    """Return an amount in thousands of euros: -3516000 becomes "−3.516"."""
    return decimaal(bedrag.scaleb(-3, context=RUIM))


def euro(bedrag: Decimal, *, centen: bool = False) -> str:
    """Return an amount in euros: "€ 6.586.000", with `centen` "€ 6.586.000,00"; a minus stands before the €."""
    return _met_euroteken(decimaal(bedrag, 2 if centen else 0))


def miljoen(bedrag: Decimal) -> str:
    """Return an amount for running text: "€ 3,5 miljoen", or whole euros below a million."""
    if abs(bedrag) < 1_000_000:
        return euro(bedrag)
    return _met_euroteken(decimaal(bedrag.scaleb(-6, context=RUIM), 1)) + VASTE_SPATIE + "miljoen"


def _met_euroteken(getal: str) -> str:
    """Put the euro sign between the minus and the digits."""
    if getal.startswith(MINTEKEN):
        return f"{MINTEKEN}€{VASTE_SPATIE}{getal[1:]}"
    return f"€{VASTE_SPATIE}{getal}"


def percentage(deel: Decimal, decimalen: int = 1, *, plus: bool = False) -> str:
    """Return a percentage, given as a number of hundredths: 8.825 becomes "8,8%"."""
    return decimaal(deel, decimalen, plus=plus) + "%"


def per_inwoner(bedrag: Decimal, inwoners: int) -> Decimal:
    """Return the amount per inhabitant, unrounded. Raises ZeroDivisionError without inhabitants."""
    if not inwoners:
        raise ZeroDivisionError("per inwoner of a place without inhabitants")
    return RUIM.divide(bedrag, Decimal(inwoners))


def datum(dag: date) -> str:
    """Return a date: "4 september 2024"."""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def dag(tijdstip: datetime) -> date:
    """Return the day of a moment in Dutch time. Raises ValueError for a naive moment."""
    return _plaatselijk(tijdstip).date()


def moment(tijdstip: datetime) -> str:
    """Return a moment in Dutch time: "4 september 2024 om 14.05 uur". Raises ValueError for a naive moment."""
    plaatselijk = _plaatselijk(tijdstip)
    return f"{datum(plaatselijk)} om {plaatselijk.hour}.{plaatselijk.minute:02} uur"


def _plaatselijk(tijdstip: datetime) -> datetime:
    if tijdstip.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return tijdstip.astimezone(TIJDZONE)


def omvang(octetten: int) -> str:
    """Return the size of a file: "2 kB" (of 1000 bytes), rounded up below one kB."""
    if octetten < 999_500:
        return f"{max(1, (octetten + 500) // 1000)}{VASTE_SPATIE}kB"
    return f"{decimaal(Decimal(octetten).scaleb(-6, context=RUIM), 1)}{VASTE_SPATIE}MB"


def telwoord(aantal: int) -> str:
    """Return a small number as a word ("één"), a larger one in digits."""
    return TELWOORDEN[aantal] if 0 <= aantal < len(TELWOORDEN) else decimaal(aantal)


def opsomming(delen: list[str]) -> str:
    """Return a list in words: "2024, 2025 en 2026"."""
    if len(delen) < 2:
        return "".join(delen)
    return f"{', '.join(delen[:-1])} en {delen[-1]}"


def kleine_letter(tekst: str) -> str:
    """Return the text with a small first letter, to use a heading inside a sentence."""
    return tekst[:1].lower() + tekst[1:]


def hoofdletter(tekst: str) -> str:
    """Return the text with a capital first letter; the rest stays as it is."""
    return tekst[:1].upper() + tekst[1:]
