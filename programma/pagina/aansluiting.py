"""The proof against the source: each printed total next to what our own lines add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from programma.inhoud import Gedrukt
from programma.pagina import benaming
from programma.raming import Cel, Grootheid, Meerjarenraming
from programma.toetsing.controles import Verschil, verschil
from veiligheid.formatting import decimaal, euro


@dataclass(frozen=True, slots=True)
class Afwijking:
    """A printed total that differs from ours; `afronding` says that rounding alone can explain it."""

    label: str
    gedrukt: str
    berekend: str
    verschil: str
    afronding: bool


@dataclass(frozen=True, slots=True)
class Aansluiting:
    """The verdict on all printed totals in one sentence, and those that differ."""

    zin: str
    afwijkingen: tuple[Afwijking, ...]
    rapport: str = ""


def aansluiting(
    gedrukt: Sequence[Gedrukt], optelling: Meerjarenraming, cellen: Sequence[Cel], waarin: str, rapport: str = ""
) -> Aansluiting | None:
    """Return the verdict, or None if the source has no printed totals. `waarin` is "deze tabel" or "dit document";
    `rapport` is the address of the report with all checks.

    A total holds if ours, rounded to the unit in which it was printed, is the same. Where it is not, the difference may
    still be rounding: at most (n+1)/2 units, n being the number of bedragen under it.
    """
    if not gedrukt:
        return None
    afwijkingen = tuple(_afwijking(anders) for totaal in gedrukt if (anders := verschil(totaal, optelling, cellen)))
    aantal, fout = len(gedrukt), len(afwijkingen)
    if not fout and aantal == 1:
        return Aansluiting(f"Het ene gedrukte totaal in {waarin} is nagerekend en klopt.", (), rapport)
    if not fout:
        return Aansluiting(
            f"Alle {decimaal(aantal)} gedrukte totalen in {waarin} zijn nagerekend en kloppen.", (), rapport
        )
    werkwoord = "wijkt" if fout == 1 else "wijken"
    reden = " Dat kan door afronding komen." if all(punt.afronding for punt in afwijkingen) else ""
    zin = f"{decimaal(fout)} van de {decimaal(aantal)} gedrukte totalen {werkwoord} af.{reden}"
    return Aansluiting(zin, afwijkingen, rapport)


def _afwijking(anders: Verschil) -> Afwijking:
    centen = any(bedrag != bedrag.to_integral_value() for bedrag in (anders.ons, anders.totaal.euro))
    return Afwijking(
        _label(anders.totaal),
        euro(anders.totaal.euro, centen=centen),
        euro(anders.ons, centen=centen),
        euro(anders.euro, centen=centen),
        anders.afronding,
    )


def _label(totaal: Gedrukt) -> str:
    """Return which total it is: "Saldo, primaire begroting 2025"."""
    waarvan = f" {totaal.pakket}" if totaal.pakket else ""
    naam = Grootheid(totaal.grootheid).value.capitalize()
    return f"{naam}{waarvan}, {benaming.fase(totaal.kolom).lower()} {totaal.kolom.jaar}"
