"""The cards of the indicators: a small chart and one sentence that compares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicatoren.reeks import Reeks, Status
from programma.pagina.adres import Adres
from programma.pagina.benaming import Begrip
from veiligheid.charts import Lijngrafiek, lijngrafiek
from veiligheid.formatting import afgerond, decimaal, kleine_letter


@dataclass(frozen=True, slots=True)
class Kaart:
    """An indicator on the page: name, unit, chart (None if nothing is known) and the verdict in three parts.

    `href` is the address of its own page, or "".
    """

    anker: str
    naam: str
    eenheid: str
    grafiek: Lijngrafiek | None
    titel: str
    begin: str
    waarde: str
    slot: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Indicatorblok:
    """The indicators of a programme; `groep` names the comparison group, if all cards share one."""

    kaarten: tuple[Kaart, ...]
    groep: str
    groepsjaar: str
    begrippen: tuple[Begrip, ...]


def indicatorblok(reeksen: Sequence[Reeks], adres: Adres) -> Indicatorblok | None:
    """Return the cards, or None if the programme has no indicators. `adres` says where their own pages are."""
    if not reeksen:
        return None
    namen = {reeks.groepsnaam for reeks in reeksen if reeks.groepsnaam}
    jaren = {punt[0] for reeks in reeksen if (punt := reeks.groepspunt())}
    return Indicatorblok(
        tuple(kaart(reeks, adres.indicator(reeks.slug)) for reeks in reeksen),
        kleine_letter(namen.pop()) if len(namen) == 1 else "",
        str(jaren.pop()) if len(jaren) == 1 else "",
        tuple(Begrip(reeks.naam, reeks.omschrijving) for reeks in reeksen if reeks.omschrijving),
    )


def kaart(reeks: Reeks, href: str = "") -> Kaart:
    """Return the card of one indicator, with the address of its own page."""

    def opmaak(waarde: Decimal) -> str:
        return decimaal(waarde, reeks.decimalen)

    groep = reeks.groepspunt()
    grafiek = lijngrafiek({jaar: punt.waarde for jaar, punt in reeks.punten.items()}, opmaak, groep)
    return Kaart(f"indicator-{reeks.slug}", reeks.naam, reeks.eenheid, grafiek, titel(reeks), *oordeel(reeks), href)


def oordeel(reeks: Reeks) -> tuple[str, str, str]:
    """Return the verdict: ("In 2023:", "1,0", the comparison), judged on the figures as they are shown.

    The year is the last one in which both are known; without such a year, the last one of the municipality.
    """
    samen = reeks.vergelijking()
    if not samen:
        return _zonder_vergelijking(reeks)
    jaar, eigen, groep = samen
    eigen, groep = afgerond(eigen, reeks.decimalen), afgerond(groep, reeks.decimalen)
    begin, waarde = f"In {jaar}:", decimaal(eigen, reeks.decimalen) + _voorlopig(reeks, jaar)
    if eigen == groep:
        return begin, waarde, ", gelijk aan vergelijkbare gemeenten."
    woord = "hoger" if eigen > groep else "lager"
    return begin, waarde, f". Dat is {woord} dan bij vergelijkbare gemeenten ({decimaal(groep, reeks.decimalen)})."


def _zonder_vergelijking(reeks: Reeks) -> tuple[str, str, str]:
    bekend = reeks.bekend()
    if not bekend:
        return "", "", "Van deze gemeente is nog geen cijfer bekend."
    jaar, waarde = bekend[-1]
    tekst = decimaal(waarde, reeks.decimalen) + _voorlopig(reeks, jaar)
    return f"In {jaar}:", tekst, ". Voor dat jaar is er geen cijfer om mee te vergelijken."


def _voorlopig(reeks: Reeks, jaar: int) -> str:
    return " (voorlopig)" if reeks.punten[jaar].status == Status.VOORLOPIG else ""


def titel(reeks: Reeks) -> str:
    """Return all values of the chart in words."""
    eigen = ", ".join(f"{jaar} {decimaal(waarde, reeks.decimalen)}" for jaar, waarde in reeks.bekend())
    tekst = f"{reeks.naam}: {eigen or 'nog geen cijfers'}."
    groep = reeks.groepspunt()
    if not groep:
        return tekst
    return f"{tekst} Vergelijkbare gemeenten in {groep[0]}: {decimaal(groep[1], reeks.decimalen)}."
