"""The page of one connected party, ready to place: what it is for, its figures per year, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from programma.inhoud import Inwoners, Uitgave
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.adres import PARTIJEN, Link
from programma.pagina.bewijs import Bewijs, bewijzen
from programma.pagina.cijfers import BIJDRAGE, WETTELIJK, Jaarcijfers, cijfers_per_partij, ontbrekend
from programma.pagina.herkomst import Dag, Status, status, tijdstip
from programma.pagina.inwoners import inwonerzin
from programma.partijenstuk import Deelnamerij, Partijenstuk
from veiligheid.alineas import alineas
from veiligheid.charts import Jaarlijnen, jaarlijnen
from veiligheid.formatting import decimaal, duizenden, opsomming, percentage

KOPPEN = (*WETTELIJK.values(), BIJDRAGE, "Bijdrage per inwoner")
ZONDER_INWONERS = "Van dit jaar is het aantal inwoners niet bekend."
ONGEVEER_GELIJK = Decimal(2)


class Cel(NamedTuple):
    """A figure as people read it; `noot` is "" when it is known, else the number of the note that says why not."""

    tekst: str
    noot: str


class Cijferregel(NamedTuple):
    """A year in the table; `uit` is the version that the figures come from."""

    jaar: str
    cellen: tuple[Cel, ...]
    uit: Link


@dataclass(frozen=True, slots=True)
class Bijdragegrafiek:
    """The contribution over the years, with its message and its values in words."""

    bericht: str
    grafiek: Jaarlijnen
    titel: str
    omschrijving: str


@dataclass(frozen=True, slots=True)
class Taak:
    """What the party does for a programme."""

    programma: Link
    tekst: str


class Risico(NamedTuple):
    """The risks that a version describes for a year."""

    jaar: int
    alineas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vermelding:
    """A document that mentions the party: which version, and for which programmes and years."""

    document: Link
    status: Status
    gepubliceerd: Dag | None
    programmas: tuple[Link, ...]
    jaren: str
    controlegetal: str


@dataclass(frozen=True, slots=True)
class Partijpagina:
    """The page of a connected party. `openbaar_belang` is empty when the newest document does not name it."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    naam: str
    soort: str
    bron: Link
    openbaar_belang: tuple[str, ...]
    taken: tuple[Taak, ...]
    koppen: tuple[str, ...]
    regels: tuple[Cijferregel, ...]
    noten: tuple[str, ...]
    inwonerzin: str
    grafiek: Bijdragegrafiek | None
    ontbrekend: tuple[str, ...]
    volledig: str
    risicos: tuple[Risico, ...]
    vermeldingen: tuple[Vermelding, ...]
    bewijzen: tuple[Bewijs, ...]


def partijpagina(stuk: Partijenstuk, slug: str) -> Partijpagina | None:
    """Return the page of the party with this slug, or None if no current published version mentions it.

    Its name, kind and purpose are those of the newest publication that mentions it.
    """
    genoemd = [
        (uitgave, rij)
        for uitgave in stuk.uitgaven
        for rij in stuk.deelnames
        if rij.slug == slug and rij.versie_id == uitgave.versie_id
    ]
    if not genoemd:
        return None
    uitgave, eigen = genoemd[0]
    nu = [rij for versie, rij in genoemd if versie is uitgave]
    cijfers = cijfers_per_partij(stuk)[slug]
    regels, noten = _regels(cijfers, stuk.inwoners)
    naam = benaming.partij(eigen.naam, eigen.afkorting)
    met_bijdrage = [jaar.jaar for jaar in cijfers if jaar.per_inwoner(stuk.inwoners) is not None]
    return Partijpagina(
        titel=f"{naam} – Verbonden partijen – Gemeente {stuk.gemeente}",
        omschrijving=f"Waarom de gemeente {stuk.gemeente} deelneemt in {naam}, wat dat kost en hoe zij ervoor staat.",
        canoniek=adressen.partij(slug),
        kruimels=(Link("Home", "/"), Link("Verbonden partijen", PARTIJEN), Link(naam, adressen.partij(slug))),
        naam=naam,
        soort=benaming.PARTIJSOORTEN.get(eigen.soort, eigen.soort),
        bron=_versie(uitgave),
        openbaar_belang=_belang(nu),
        taken=tuple(Taak(_programma(uitgave, rij), rij.taak) for rij in nu if rij.taak.strip()),
        koppen=KOPPEN,
        regels=regels,
        noten=noten,
        inwonerzin=inwonerzin(met_bijdrage, stuk.inwoners) if met_bijdrage else "",
        grafiek=_grafiek(cijfers),
        ontbrekend=ontbrekend(cijfers),
        volledig=_volledig(cijfers),
        risicos=tuple(
            Risico(jaar.jaar, alineas(jaar.rij.risico))
            for jaar in reversed(cijfers)
            if jaar.rij and jaar.rij.risico.strip()
        ),
        vermeldingen=_vermeldingen(stuk.uitgaven, genoemd, cijfers),
        bewijzen=bewijzen([*(versie for versie, _ in genoemd), *(jaar.uitgave for jaar in cijfers)]),
    )


def _versie(uitgave: Uitgave) -> Link:
    """Return the link to this one version, which stays as it is."""
    return Link(f"{uitgave.titel}, versie {uitgave.nummer}", adressen.vast(uitgave).wortel)


def _programma(uitgave: Uitgave, rij: Deelnamerij) -> Link:
    return Link(benaming.volledig(rij.programma), adressen.actueel(uitgave).programma(rij.programma.slug))


def _belang(rijen: Sequence[Deelnamerij]) -> tuple[str, ...]:
    """Return the openbaar belang in paragraphs, each text once."""
    teksten = dict.fromkeys(rij.openbaar_belang for rij in rijen)
    return tuple(alinea for tekst in teksten for alinea in alineas(tekst))


def _regels(cijfers: Sequence[Jaarcijfers], inwoners: Inwoners) -> tuple[tuple[Cijferregel, ...], tuple[str, ...]]:
    """Return the rows of the table and the notes under it; the same reason is one note."""
    noten: dict[str, str] = {}

    def cel(waarde: Decimal | None, decimalen: int, reden: str) -> Cel:
        if waarde is not None:
            return Cel(decimaal(waarde, decimalen), "")
        return Cel("onbekend", noten.setdefault(reden, str(len(noten) + 1)))

    regels = []
    for jaar in cijfers:
        bedragen = [jaar.waarde(naam) for naam in (*WETTELIJK, "bijdrage")]
        waarom = jaar.reden if bedragen[-1] is None else ZONDER_INWONERS
        cellen = (*(cel(bedrag, 0, jaar.reden) for bedrag in bedragen), cel(jaar.per_inwoner(inwoners), 2, waarom))
        regels.append(Cijferregel(str(jaar.jaar), cellen, _versie(jaar.uitgave)))
    return tuple(regels), tuple(noten)


def _volledig(cijfers: Sequence[Jaarcijfers]) -> str:
    """Return for which years everything is there that the law asks, or ""."""
    jaren = [str(jaar.jaar) for jaar in cijfers if jaar.verplicht and not jaar.ontbreekt]
    return f"Over {opsomming(jaren)} staan alle cijfers die de wet vraagt in de tabel." if jaren else ""


def _grafiek(cijfers: Sequence[Jaarcijfers]) -> Bijdragegrafiek | None:
    """Return the chart of the contribution, or None with fewer than two known years."""
    punten = {jaar.jaar: jaar.waarde("bijdrage") for jaar in cijfers}
    bekend = [(jaar, waarde) for jaar, waarde in punten.items() if waarde is not None]
    grafiek = jaarlijnen(punten, duizenden)
    if grafiek is None or len(bekend) < 2:
        return None
    waarden = ", ".join(
        f"{jaar} {'onbekend' if waarde is None else duizenden(waarde)}" for jaar, waarde in punten.items()
    )
    return Bijdragegrafiek(
        bericht(*bekend[0], *bekend[-1]),
        grafiek,
        f"Lijngrafiek: de bijdrage van de gemeente per jaar, {bekend[0][0]} tot en met {bekend[-1][0]}",
        f"Bijdrage in duizenden euro’s: {waarden}. De precieze bedragen staan in tabel 1.",
    )


def bericht(eerste: int, begin: Decimal, laatste: int, eind: Decimal) -> str:
    """Return what happened to the contribution between the first and the last known year, in one sentence."""
    if begin <= 0:
        return "De bijdrage van de gemeente per jaar"
    verschil = (eind - begin) * 100 / begin
    if abs(verschil) < ONGEVEER_GELIJK:
        return f"De bijdrage is in {laatste} ongeveer even hoog als in {eerste}"
    woord = "hoger" if verschil > 0 else "lager"
    return f"De bijdrage is in {laatste} {percentage(abs(verschil))} {woord} dan in {eerste}"


def _vermeldingen(
    uitgaven: Sequence[Uitgave], genoemd: Sequence[tuple[Uitgave, Deelnamerij]], cijfers: Sequence[Jaarcijfers]
) -> tuple[Vermelding, ...]:
    """Return the documents that mention the party or give its figures, the newest publication first."""
    versies = {uitgave.versie_id for uitgave, _ in genoemd} | {jaar.uitgave.versie_id for jaar in cijfers}
    return tuple(
        Vermelding(
            _versie(uitgave),
            status(uitgave),
            tijdstip(uitgave.gepubliceerd_op),
            tuple(dict.fromkeys(_programma(uitgave, rij) for versie, rij in genoemd if versie is uitgave)),
            opsomming([str(jaar.jaar) for jaar in cijfers if jaar.uitgave is uitgave and jaar.rij]),
            uitgave.controlesom,
        )
        for uitgave in uitgaven
        if uitgave.versie_id in versies
    )
