"""The page of one indicator, ready to place: verdict, chart, what it measures, which goals and programmes use it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indicatoren.reeks import Reeks
from programma.inhoud import Uitgave
from programma.inhoud.indicatoren import Gebruik, Indicatorstuk
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.adres import INDICATOREN, Link
from programma.pagina.bewijs import Bewijs, bewijzen
from programma.pagina.herkomst import Dag, Status, dag, status, tijdstip
from programma.pagina.indicator import oordeel
from veiligheid.charts import Jaarlijnen, jaarlijnen
from veiligheid.formatting import afgerond, decimaal, kleine_letter


@dataclass(frozen=True, slots=True)
class Figuur:
    """The chart of an indicator, with its message and all values in words."""

    bericht: str
    grafiek: Jaarlijnen
    titel: str
    omschrijving: str


@dataclass(frozen=True, slots=True)
class Gebruiker:
    """A goal or a programme that uses the indicator: what it is and where it stands. `tekst` is "" for a programme."""

    tekst: str
    link: Link
    document: str


@dataclass(frozen=True, slots=True)
class Indicatorpagina:
    """The page of an indicator. `begin`, `waarde` and `slot` are the verdict; empty parts are not printed."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    naam: str
    eenheid: str
    begin: str
    waarde: str
    slot: str
    figuur: Figuur | None
    csv: Link
    uitleg: str
    groep: str
    bron: str
    peildatum: Dag | None
    doelen: tuple[Gebruiker, ...]
    programmas: tuple[Gebruiker, ...]
    document: Link
    status: Status
    peilmoment: Dag | None
    bewijzen: tuple[Bewijs, ...]


def indicatorpagina(stuk: Indicatorstuk) -> Indicatorpagina | None:
    """Return the page of the only indicator in the piece, or None if nothing published shows it."""
    if not stuk.reeksen:
        return None
    (reeks,) = stuk.reeksen
    uitgave = stuk.vanuit[reeks.slug]
    gebruikers = list(_gebruikers(stuk))
    hier = adressen.indicator(reeks.slug)
    begin, waarde, slot = oordeel(reeks)
    return Indicatorpagina(
        titel=f"{reeks.naam} – Indicatoren – Gemeente {stuk.gemeente}",
        omschrijving=f"{reeks.naam} in de gemeente {stuk.gemeente}: cijfers per jaar, naast vergelijkbare gemeenten.",
        canoniek=hier,
        kruimels=(Link("Home", "/"), Link("Indicatoren", INDICATOREN), Link(reeks.naam, hier)),
        naam=reeks.naam,
        eenheid=reeks.eenheid,
        begin=begin,
        waarde=waarde,
        slot=slot,
        figuur=_figuur(reeks),
        csv=Link("CSV", f"{INDICATOREN}{reeks.slug}.csv"),
        uitleg=reeks.omschrijving,
        groep=kleine_letter(reeks.groepsnaam),
        bron=reeks.bron,
        peildatum=dag(reeks.peildatum),
        doelen=tuple(gebruiker for gebruiker in gebruikers if gebruiker.tekst),
        programmas=tuple(gebruiker for gebruiker in gebruikers if not gebruiker.tekst),
        document=Link(f"{uitgave.titel}, versie {uitgave.nummer}", adressen.vast(uitgave).wortel),
        status=status(uitgave),
        peilmoment=tijdstip(uitgave.peilmoment),
        bewijzen=bewijzen([uitgave]),
    )


def _gebruikers(stuk: Indicatorstuk) -> Iterator[Gebruiker]:
    """Yield the programmes and goals that use the indicator, the newest publication first.

    A programme of which only a goal uses it is named there and not once more.
    """
    for uitgave in stuk.uitgaven:
        for rij in stuk.gebruik:
            if rij.versie_id == uitgave.versie_id and rij.doel != "":
                yield _gebruiker(uitgave, rij)


def _gebruiker(uitgave: Uitgave, rij: Gebruik) -> Gebruiker:
    plek = f"#{adressen.anker(rij.pakket)}" if rij.pakket else ""
    adres = adressen.actueel(uitgave).programma(rij.programma.slug) + plek
    return Gebruiker(rij.doel or "", Link(benaming.volledig(rij.programma), adres), uitgave.titel)


def _figuur(reeks: Reeks) -> Figuur | None:
    """Return the chart, or None if no value of the municipality is known."""

    def waarden(punten: dict[int, str]) -> str:
        return ", ".join(f"{jaar} {tekst}" for jaar, tekst in sorted(punten.items()))

    eigen = {jaar: punt.waarde for jaar, punt in reeks.punten.items()}
    groep = {jaar: punt.waarde for jaar, punt in reeks.groep.items() if punt.waarde is not None}
    grafiek = jaarlijnen(eigen, lambda waarde: decimaal(waarde, reeks.decimalen), groep)
    if grafiek is None:
        return None
    teksten = {
        jaar: "nog niet bekend" if waarde is None else decimaal(waarde, reeks.decimalen)
        for jaar, waarde in eigen.items()
    }
    omschrijving = f"Onze gemeente: {waarden(teksten)}."
    if groep:
        anderen = waarden({jaar: decimaal(waarde, reeks.decimalen) for jaar, waarde in groep.items()})
        omschrijving += f" Vergelijkbare gemeenten: {anderen}."
    return Figuur(
        _bericht(reeks),
        grafiek,
        f"Lijngrafiek van {reeks.naam} per jaar",
        f"{omschrijving} Alle cijfers staan in tabel 1.",
    )


def _bericht(reeks: Reeks) -> str:
    """Return what happened between the first and the last known year, on the figures as they are shown."""
    (eerste, begin), *_, (laatste, eind) = [*reeks.bekend()[:1], *reeks.bekend()]
    begin, eind = afgerond(begin, reeks.decimalen), afgerond(eind, reeks.decimalen)
    van, tot = (f"{decimaal(waarde, reeks.decimalen)} in {jaar}" for jaar, waarde in ((eerste, begin), (laatste, eind)))
    if eerste == laatste:
        return f"Er is één cijfer bekend: {tot}"
    if begin == eind:
        return f"Het cijfer is even hoog in {laatste} als in {eerste}: {decimaal(eind, reeks.decimalen)}"
    return f"Het cijfer {'steeg' if eind > begin else 'daalde'} van {van} naar {tot}"
