"""The page of a sample: its amounts, each with where it comes from, and how it was drawn. And the same as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from programma.cijfer import regelwoord
from programma.inhoud import Pakketrij, Uitgave
from programma.pagina.adres import Adres
from programma.pagina.vergelijken.keuze import kolomnaam
from programma.steekproef import LAGEN, Kandidaat, Steekproef
from veiligheid.formatting import decimaal, hoofdletter

CSV_KOP = (
    *("nummer", "laag", "lot", "document", "versie", "programma_code", "programma", "pakket_code", "pakket", "soort"),
    *("regel", "omschrijving", "fase", "jaar", "bedrag", "waar"),
)


@dataclass(frozen=True, slots=True)
class Trekking:
    """An amount that was drawn. `href` is the page that says where it comes from."""

    nummer: int
    laag: str
    regel: str
    sleutel: str
    waar: str
    soort: str
    kolom: str
    bedrag: str
    lot: str
    href: str


@dataclass(frozen=True, slots=True)
class Laagrij:
    """A layer in words: how many amounts, what they are worth, and how many were drawn."""

    naam: str
    omvang: str
    som: str
    getrokken: str


@dataclass(frozen=True, slots=True)
class Steekproefpagina:
    """What the page shows of a sample."""

    trekkingen: tuple[Trekking, ...]
    lagen: tuple[Laagrij, ...]
    samen: Laagrij


def steekproefpagina(
    steekproef: Steekproef, adres: Adres, pakketten: Mapping[str, Sequence[Pakketrij]]
) -> Steekproefpagina:
    """Return the page of a sample. `pakketten` are those of each programme, by its slug."""
    samen = sum(laag.omvang for laag in steekproef.lagen)
    geld = sum(laag.som for laag in steekproef.lagen)
    return Steekproefpagina(
        tuple(
            Trekking(
                nummer,
                LAGEN[kandidaat.laag],
                kandidaat.omschrijving,
                kandidaat.sleutel,
                f"{kandidaat.programma_code} {kandidaat.programma}, {kandidaat.pakket_code} {kandidaat.pakket}",
                kandidaat.soort,
                kolomnaam(kandidaat.kolom),
                decimaal(kandidaat.euro, 2),
                kandidaat.lot[:12],
                _waar(kandidaat, adres, pakketten),
            )
            for nummer, kandidaat in enumerate(steekproef.getrokken, start=1)
        ),
        tuple(
            Laagrij(hoofdletter(laag.naam), decimaal(laag.omvang), decimaal(laag.som, 2), decimaal(laag.getrokken))
            for laag in steekproef.lagen
        ),
        Laagrij("Samen", decimaal(samen), decimaal(geld, 2), decimaal(len(steekproef.getrokken))),
    )


def steekproefrijen(
    steekproef: Steekproef, uitgave: Uitgave, adres: Adres, pakketten: Mapping[str, Sequence[Pakketrij]]
) -> Iterator[Sequence[object]]:
    """Yield the sample as a table: CSV_KOP, then an amount a row in euros with the stored sign, exactly."""
    yield CSV_KOP
    for nummer, k in enumerate(steekproef.getrokken, start=1):
        yield (
            *(nummer, k.laag + 1, k.lot, uitgave.document_slug, uitgave.nummer, k.programma_code, k.programma),
            *(k.pakket_code, k.pakket, k.soort, k.sleutel, k.omschrijving, k.kolom.fase, k.kolom.jaar, k.euro),
            _waar(k, adres, pakketten),
        )


def _waar(kandidaat: Kandidaat, adres: Adres, pakketten: Mapping[str, Sequence[Pakketrij]]) -> str:
    slug = kandidaat.programma_slug
    return adres.bedrag(slug, regelwoord(kandidaat.sleutel, pakketten[slug]), kandidaat.kolom)
