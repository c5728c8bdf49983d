"""The page of one connected party, ready to place: what it is for, its figures per year, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from programma.inhoud import Inwoners, Uitgave
from programma.inhoud.partijen import Deelnamerij, Partijenstuk
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.adres import PARTIJEN, Link
from programma.pagina.bewijs import Bewijs, bewijzen
from programma.pagina.cijfers import (
    BELANG,
    BIJDRAGE,
    VERMOGEN,
    Jaarcijfers,
    cijfers_per_partij,
    moet_cijfers_geven,
    ontbrekend,
)
from programma.pagina.herkomst import Dag, Status, status, tijdstip
from programma.pagina.inwoners import inwonerzin
from programma.pagina.partijfeiten import ontbrekende_teksten
from veiligheid.alineas import alineas
from veiligheid.charts import Jaarlijnen, jaarlijnen
from veiligheid.formatting import decimaal, duizenden, opsomming, percentage

KOPPEN = (*VERMOGEN.values(), BIJDRAGE, "Bijdrage per inwoner")
BELANGKOPPEN = ("Op 1 januari", "Op 31 december")
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
class Cijfertabel:
    """A table of figures per year: the heads of its figures, its rows, and the notes under it that say what is unknown.

    Without rows there is no table.
    """

    koppen: tuple[str, ...]
    regels: tuple[Cijferregel, ...]
    noten: tuple[str, ...]


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


class Jaartekst(NamedTuple):
    """What a version says about a year: the risks, or what changes."""

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
    """The page of a connected party.

    `vestigingsplaats`, `openbaar_belang` and `bestuurlijk_belang` are empty where the newest document does not say.
    """

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    naam: str
    soort: str
    bron: Link
    vestigingsplaats: tuple[str, ...]
    openbaar_belang: tuple[str, ...]
    bestuurlijk_belang: tuple[str, ...]
    taken: tuple[Taak, ...]
    belang: Cijfertabel
    cijfers: Cijfertabel
    inwonerzin: str
    grafiek: Bijdragegrafiek | None
    ontbrekend: tuple[str, ...]
    volledig: str
    ontwikkelingen: tuple[Jaartekst, ...]
    risicos: tuple[Jaartekst, ...]
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
        vestigingsplaats=tuple(dict.fromkeys(rij.vestigingsplaats for rij in nu if rij.vestigingsplaats.strip())),
        openbaar_belang=_alineas(rij.openbaar_belang for rij in nu),
        bestuurlijk_belang=_alineas(rij.bestuurlijk_belang for rij in nu),
        taken=tuple(Taak(_programma(uitgave, rij), rij.taak) for rij in nu if rij.taak.strip()),
        belang=_belangtabel(cijfers),
        cijfers=_cijfertabel(cijfers, stuk.inwoners),
        inwonerzin=inwonerzin(met_bijdrage, stuk.inwoners) if met_bijdrage else "",
        grafiek=_grafiek(cijfers),
        ontbrekend=(*_zonder_tekst(uitgave, nu), *ontbrekend(cijfers)),
        volledig=_volledig(cijfers),
        ontwikkelingen=_per_jaar(cijfers, "ontwikkelingen"),
        risicos=_per_jaar(cijfers, "risico"),
        vermeldingen=_vermeldingen(stuk.uitgaven, genoemd, cijfers),
        bewijzen=bewijzen([*(versie for versie, _ in genoemd), *(jaar.uitgave for jaar in cijfers)]),
    )


def _versie(uitgave: Uitgave) -> Link:
    """Return the link to this one version, which stays as it is."""
    return Link(f"{uitgave.titel}, versie {uitgave.nummer}", adressen.vast(uitgave).wortel)


def _programma(uitgave: Uitgave, rij: Deelnamerij) -> Link:
    return Link(benaming.volledig(rij.programma), adressen.actueel(uitgave).programma(rij.programma.slug))


def _alineas(teksten: Iterable[str]) -> tuple[str, ...]:
    """Return texts in paragraphs, each text once."""
    return tuple(alinea for tekst in dict.fromkeys(teksten) for alinea in alineas(tekst))


def _per_jaar(cijfers: Sequence[Jaarcijfers], veld: str) -> tuple[Jaartekst, ...]:
    """Return a text of every year that has it, the newest year first."""
    teksten = {jaar.jaar: alineas(getattr(jaar.rij, veld)) for jaar in reversed(cijfers) if jaar.rij}
    return tuple(Jaartekst(jaar, tekst) for jaar, tekst in teksten.items() if tekst)


def _zonder_tekst(uitgave: Uitgave, rijen: Sequence[Deelnamerij]) -> tuple[str, ...]:
    """Return the sentence that says which texts are missing that the law asks, or nothing."""
    if not moet_cijfers_geven(uitgave):
        return ()
    gat = ontbrekende_teksten(rijen)
    return (f"In de {uitgave.titel} staat niet: {opsomming(gat)}.",) if gat else ()


class Tabelbouw:
    """The rows of a table, and the notes that they call for: the same reason is one note."""

    def __init__(self) -> None:
        self._noten: dict[str, str] = {}
        self._regels: list[Cijferregel] = []

    def regel(self, jaar: Jaarcijfers, cellen: Iterable[tuple[str, str]]) -> None:
        """Add a year. A cell is its text ("" = unknown), and why it is unknown."""
        gevuld = tuple(Cel(tekst, "") if tekst else Cel("onbekend", self._noot(reden)) for tekst, reden in cellen)
        self._regels.append(Cijferregel(str(jaar.jaar), gevuld, _versie(jaar.uitgave)))

    def _noot(self, reden: str) -> str:
        return self._noten.setdefault(reden, str(len(self._noten) + 1))

    def tabel(self, koppen: tuple[str, ...]) -> Cijfertabel:
        """Return the table."""
        return Cijfertabel(koppen, tuple(self._regels), tuple(self._noten))


def _belangtabel(cijfers: Sequence[Jaarcijfers]) -> Cijfertabel:
    """Return what the municipality has in the party at both ends of each year."""
    bouw = Tabelbouw()
    for jaar in cijfers:
        bouw.regel(jaar, [(jaar.belang(naam), jaar.reden) for naam in BELANG])
    return bouw.tabel(BELANGKOPPEN)


def _cijfertabel(cijfers: Sequence[Jaarcijfers], inwoners: Inwoners) -> Cijfertabel:
    """Return how the party is doing in each year, and what it costs the municipality."""
    bouw = Tabelbouw()
    for jaar in cijfers:
        bedragen = [jaar.waarde(naam) for naam in (*VERMOGEN, "bijdrage")]
        waarom = jaar.reden if bedragen[-1] is None else ZONDER_INWONERS
        cellen = [(_getal(bedrag, 0), jaar.reden) for bedrag in bedragen]
        bouw.regel(jaar, [*cellen, (_getal(jaar.per_inwoner(inwoners), 2), waarom)])
    return bouw.tabel(KOPPEN)


def _getal(waarde: Decimal | None, decimalen: int) -> str:
    return "" if waarde is None else decimaal(waarde, decimalen)


def _volledig(cijfers: Sequence[Jaarcijfers]) -> str:
    """Return for which years everything is there that the law asks, or ""."""
    jaren = [str(jaar.jaar) for jaar in cijfers if jaar.verplicht and not jaar.ontbreekt]
    return f"Over {opsomming(jaren)} staan alle cijfers die de wet vraagt in de tabellen." if jaren else ""


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
        f"Bijdrage in duizenden euro’s: {waarden}. De precieze bedragen staan in tabel 2.",
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
