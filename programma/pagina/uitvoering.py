"""What became of the budget: per part the lasten as they became next to those that were planned, as bullets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from programma.inhoud import Documentstuk
from programma.pagina import benaming
from programma.pagina.adres import Adres, Link
from programma.raming import EXACT, Fase, Kolom, Meerjarenraming
from veiligheid.charts import Bullet, bullets
from veiligheid.formatting import miljoen, percentage


@dataclass(frozen=True, slots=True)
class Uitvoeringsregel:
    """A part of the budget: what it became and what was planned in words, the difference, and its bullet."""

    link: Link
    werkelijk: str
    begroot: str
    verschil: str
    bullet: Bullet


@dataclass(frozen=True, slots=True)
class Uitvoering:
    """The chart with its message; `uitleg` says which columns it compares."""

    bericht: str
    uitleg: str
    regels: tuple[Uitvoeringsregel, ...]


def begroot_bij(kolommen: Sequence[Kolom], focus: Kolom) -> Kolom | None:
    """Return the last budget column of the year of a realisatie, or None if the focus is no realisatie."""
    if focus.fase != Fase.REALISATIE:
        return None
    return next((k for k in reversed(kolommen) if k.jaar == focus.jaar and k.fase != Fase.REALISATIE), None)


def uitvoering(stuk: Documentstuk, optelling: Meerjarenraming, focus: Kolom, adres: Adres) -> Uitvoering | None:
    """Return the lasten against the budget per part, in the order of the document; None without both columns."""
    begroot = begroot_bij(stuk.kolommen, focus)
    if begroot is None:
        return None
    rijen = [
        (rij, EXACT.minus(raming[focus].lasten), EXACT.minus(raming[begroot].lasten))
        for rij in stuk.programmas
        if (raming := optelling.programmas.get(rij.code))
    ]
    gevuld = [(rij, werkelijk, plan) for rij, werkelijk, plan in rijen if werkelijk or plan]
    if not gevuld:
        return None
    totaal = optelling.totaal
    balken = bullets([(werkelijk, plan) for _, werkelijk, plan in gevuld])
    return Uitvoering(
        f"De lasten waren {verschil(EXACT.minus(totaal[focus].lasten), EXACT.minus(totaal[begroot].lasten))}",
        f"Lasten in {focus.jaar}. De balk is wat het werd, de streep wat er in {benaming.kolom_in_zin(begroot)} stond.",
        tuple(
            Uitvoeringsregel(
                Link(benaming.volledig(rij), adres.programma(rij.slug)),
                miljoen(werkelijk),
                miljoen(plan),
                verschil(werkelijk, plan),
                bullet,
            )
            for (rij, werkelijk, plan), bullet in zip(gevuld, balken, strict=True)
        ),
    )


def verschil(werkelijk: Decimal, begroot: Decimal) -> str:
    """Return the difference in words: "€ 1,2 miljoen meer dan begroot (+12,0%)"."""
    anders = EXACT.subtract(werkelijk, begroot)
    if not anders:
        return "precies zoals begroot"
    deel = f" ({percentage(anders * 100 / begroot, plus=True)})" if begroot > 0 else ""
    return f"{miljoen(abs(anders))} {'meer' if anders > 0 else 'minder'} dan begroot{deel}"
