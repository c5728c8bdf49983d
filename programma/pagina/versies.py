"""What a page at a fixed address says about its version: whether there is a newer one, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass

from programma.pagina.adres import Adres, Link, vergelijking
from veiligheid.formatting import dag, datum


@dataclass(frozen=True, slots=True)
class Vasteversie:
    """The note on a page of a fixed version. `href` is the same page in the current version.

    `nieuwste` is the number of the newest version, `datum` the day of its publication; `vergelijk` is the link to what
    changed. It is None on the newest version itself, which needs no warning.
    """

    href: str
    tekst: str
    nummer: int
    nieuwste: int
    datum: str
    vergelijk: Link | None


def nieuwste(adres: Adres, actueel: str) -> Vasteversie | None:
    """Return the note for a page whose current version is at `actueel`; None if the page is no fixed version."""
    uitgave = adres.uitgave
    if not adres.vast or uitgave is None:
        return None
    rijen = [rij for rij in uitgave.versies if rij.status == "gepubliceerd"]
    laatste = max(rijen, key=lambda rij: rij.nummer, default=None)
    if laatste is None or laatste.nummer <= uitgave.nummer:
        return Vasteversie(actueel, "Bekijk de nieuwste versie", uitgave.nummer, uitgave.nummer, "", None)
    anders = f"Bekijk wat er veranderde van versie {uitgave.nummer} naar {laatste.nummer}"
    naar = f"{uitgave.document_slug}/{laatste.nummer}"
    wanneer = datum(dag(laatste.gepubliceerd_op)) if laatste.gepubliceerd_op else ""
    return Vasteversie(
        actueel,
        f"Bekijk deze pagina in versie {laatste.nummer}",
        uitgave.nummer,
        laatste.nummer,
        wanneer,
        Link(anders, vergelijking(uitgave.kenmerk, naar)),
    )
