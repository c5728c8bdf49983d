"""The list of connected parties, ready to place: the four groups of BBV art. 15, and all figures as rows of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from programma.inhoud import Uitgave
from programma.inhoud.partijen import Deelnamerij, Partijenstuk
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.adres import PARTIJEN, Link
from programma.pagina.bewijs import Bewijs, bewijzen
from programma.pagina.cijfers import VERMOGEN, WETTELIJK, Jaarcijfers, cijfers_per_partij, moet_cijfers_geven
from programma.pagina.partijfeiten import ontbrekende_teksten
from veiligheid.formatting import euro, hoofdletter, opsomming, telwoord

ONBEKEND = "onbekend"
CSV = "partijen.csv"
TEKSTEN = ("vestigingsplaats", "openbaar_belang", "bestuurlijk_belang")
BEDRAGEN = ("bijdrage", "belang_begin", "belang_begin_procent", "belang_eind", "belang_eind_procent", *VERMOGEN)
KOLOMMEN = (
    *("partij", "afkorting", "soort", *TEKSTEN, "jaar", *BEDRAGEN),
    *("ontwikkelingen", "risico", "onbekend_reden", "document", "versie"),
)


@dataclass(frozen=True, slots=True)
class Partijregel:
    """A party in the list. `jaar` is the newest year with figures, "" without any; `uit` the version it comes from.

    `ontbreekt` says what is missing that the law asks, one sentence per document year and one for texts.
    """

    link: Link
    taken: tuple[str, ...]
    programmas: tuple[Link, ...]
    bijdrage: str
    jaar: str
    ontbreekt: tuple[str, ...]
    uit: Link


@dataclass(frozen=True, slots=True)
class Partijgroep:
    """One of the four legal kinds; without parties it says so."""

    anker: str
    naam: str
    partijen: tuple[Partijregel, ...]


@dataclass(frozen=True, slots=True)
class Partijlijst:
    """The page with all connected parties."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    zin: str
    groepen: tuple[Partijgroep, ...]
    csv: Link | None
    bewijzen: tuple[Bewijs, ...]


def partijlijst(stuk: Partijenstuk) -> Partijlijst:
    """Return the page with every party that a current published version mentions, by legal kind and name."""
    partijen = _partijen(stuk)
    cijfers = cijfers_per_partij(stuk)
    return Partijlijst(
        titel=f"Verbonden partijen – Gemeente {stuk.gemeente}",
        omschrijving=f"De organisaties waarin de gemeente {stuk.gemeente} meebeslist en geld heeft, met hun cijfers.",
        canoniek=PARTIJEN,
        kruimels=(Link("Home", "/"), Link("Verbonden partijen", PARTIJEN)),
        zin=_zin(stuk.uitgaven, len(partijen)),
        groepen=tuple(
            Partijgroep(
                soort.replace("_", "-"),
                naam,
                tuple(
                    _regel(*partij, cijfers[partij[1][0].slug]) for partij in partijen if _groep(partij[1][0]) == soort
                ),
            )
            for soort, naam in benaming.PARTIJGROEPEN.items()
        ),
        csv=Link("CSV", PARTIJEN + CSV) if partijen else None,
        bewijzen=bewijzen(stuk.uitgaven),
    )


def _partijen(stuk: Partijenstuk) -> list[tuple[Uitgave, list[Deelnamerij]]]:
    """Return per party the newest version that mentions it, with its rows there, in order of its name."""
    gevonden: dict[str, tuple[Uitgave, list[Deelnamerij]]] = {}
    for uitgave in stuk.uitgaven:
        for rij in stuk.deelnames:
            if rij.versie_id == uitgave.versie_id and gevonden.setdefault(rij.slug, (uitgave, []))[0] is uitgave:
                gevonden[rij.slug][1].append(rij)
    return sorted(gevonden.values(), key=lambda partij: (partij[1][0].naam.casefold(), partij[1][0].slug))


def _groep(rij: Deelnamerij) -> str:
    return rij.soort if rij.soort in benaming.PARTIJGROEPEN else "overig"


def _zin(uitgaven: Sequence[Uitgave], aantal: int) -> str:
    """Return how many parties there are, and in which documents that was counted."""
    if not uitgaven:
        return "Er is nog geen begroting gepubliceerd."
    documenten = opsomming([f"{uitgave.titel} (versie {uitgave.nummer})" for uitgave in uitgaven])
    if not aantal:
        return f"Er zijn geen verbonden partijen gevonden in: {documenten}."
    partijen = "één verbonden partij" if aantal == 1 else f"{telwoord(aantal)} verbonden partijen"
    return f"Wij vonden {partijen}. Wij zochten in: {documenten}."


def _regel(uitgave: Uitgave, rijen: Sequence[Deelnamerij], cijfers: Sequence[Jaarcijfers]) -> Partijregel:
    eerste = rijen[0]
    nieuwste = cijfers[-1] if cijfers else None
    bedrag = nieuwste.waarde("bijdrage") if nieuwste else None
    programmas = (rij.programma for rij in rijen)
    adres = adressen.actueel(uitgave)
    bron = nieuwste.uitgave if nieuwste else uitgave
    return Partijregel(
        Link(benaming.partij(eerste.naam, eerste.afkorting), adressen.partij(eerste.slug)),
        tuple(dict.fromkeys(rij.taak for rij in rijen if rij.taak.strip())),
        tuple(dict.fromkeys(Link(benaming.volledig(deel), adres.programma(deel.slug)) for deel in programmas)),
        ONBEKEND if bedrag is None else euro(bedrag),
        str(nieuwste.jaar) if nieuwste else "",
        (*_zonder_tekst(uitgave, rijen), *_zonder_cijfers(cijfers)),
        Link(f"{bron.titel}, versie {bron.nummer}", adressen.vast(bron).wortel),
    )


def _zonder_tekst(uitgave: Uitgave, rijen: Sequence[Deelnamerij]) -> list[str]:
    return [hoofdletter(wat) for wat in ontbrekende_teksten(rijen)] if moet_cijfers_geven(uitgave) else []


def _zonder_cijfers(cijfers: Sequence[Jaarcijfers]) -> list[str]:
    """Return per year how many figures are missing that the law asks."""
    alle = telwoord(len(WETTELIJK))
    return [
        f"Alle {alle} cijfers over {jaar.jaar}"
        if len(jaar.ontbreekt) == len(WETTELIJK)
        else f"{hoofdletter(telwoord(len(jaar.ontbreekt)))} van de {alle} cijfers over {jaar.jaar}"
        for jaar in cijfers
        if jaar.ontbreekt
    ]


def partijrijen(stuk: Partijenstuk) -> Iterator[Sequence[str | int | Decimal | None]]:
    """Yield the rows of the file, header first: a row per party and year, amounts exact, empty where unknown."""
    yield KOLOMMEN
    alle = cijfers_per_partij(stuk)
    for uitgave, rijen in _partijen(stuk):
        eerste = rijen[0]
        eigen = (eerste.naam, eerste.afkorting, eerste.soort, *(_tekst(rijen, veld) for veld in TEKSTEN))
        cijfers = alle[eerste.slug]
        for jaar in cijfers:
            yield (*eigen, *_cijfers(jaar), jaar.uitgave.document_slug, jaar.uitgave.nummer)
        if not cijfers:
            leeg = [None] * (len(KOLOMMEN) - len(eigen) - 2)
            yield (*eigen, *leeg, uitgave.document_slug, uitgave.nummer)


def _tekst(rijen: Sequence[Deelnamerij], veld: str) -> str:
    """Return what the rows of a party say, each text once."""
    return "\n\n".join(dict.fromkeys(getattr(rij, veld) for rij in rijen if getattr(rij, veld).strip()))


def _cijfers(jaar: Jaarcijfers) -> Sequence[str | int | Decimal | None]:
    bedragen = [jaar.waarde(naam) for naam in BEDRAGEN]
    reden = "" if all(jaar.bekend(naam) for naam in (*WETTELIJK, "bijdrage")) else jaar.reden
    teksten = (jaar.rij.ontwikkelingen, jaar.rij.risico) if jaar.rij else ("", "")
    return [jaar.jaar, *bedragen, *teksten, reden]
