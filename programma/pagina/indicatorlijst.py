"""The list of indicators, ready to place: a card each, and all their figures as rows of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicatoren.reeks import Reeks
from programma.inhoud.indicatoren import Indicatorstuk
from programma.pagina.adres import INDICATOREN, Link, indicator
from programma.pagina.bewijs import Bewijs, bewijzen
from programma.pagina.indicator import Kaart, kaart
from veiligheid.formatting import kleine_letter, opsomming, telwoord

CSV = "/indicatoren.csv"
KOLOMMEN = (
    *("indicator", "slug", "eenheid", "gebied", "jaar", "waarde", "status", "voetnoot"),
    *("bron", "peildatum", "document", "versie"),
)


@dataclass(frozen=True, slots=True)
class Indicatorlijst:
    """The page with all indicators; `groep` names the comparison group, if all cards share one."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    zin: str
    kaarten: tuple[Kaart, ...]
    groep: str
    csv: Link | None
    bewijzen: tuple[Bewijs, ...]


def indicatorlijst(stuk: Indicatorstuk) -> Indicatorlijst:
    """Return the page with every indicator that a current published version uses, if anything of it was recorded."""
    namen = {reeks.groepsnaam for reeks in stuk.reeksen if reeks.groepsnaam}
    return Indicatorlijst(
        titel=f"Indicatoren – Gemeente {stuk.gemeente}",
        omschrijving=f"Cijfers over hoe het gaat in de gemeente {stuk.gemeente}, naast vergelijkbare gemeenten.",
        canoniek=INDICATOREN,
        kruimels=(Link("Home", "/"), Link("Indicatoren", INDICATOREN)),
        zin=_zin(stuk),
        kaarten=tuple(kaart(reeks, indicator(reeks.slug)) for reeks in stuk.reeksen),
        groep=kleine_letter(namen.pop()) if len(namen) == 1 else "",
        csv=Link("CSV", CSV) if stuk.reeksen else None,
        bewijzen=bewijzen(stuk.vanuit[reeks.slug] for reeks in stuk.reeksen),
    )


def _zin(stuk: Indicatorstuk) -> str:
    """Return how many indicators there are and which documents use them."""
    if not stuk.uitgaven:
        return "Er is nog geen begroting gepubliceerd."
    if not stuk.reeksen:
        return "De gepubliceerde documenten gebruiken nog geen indicatoren met cijfers."
    gebruikt = {rij.versie_id for rij in stuk.gebruik}
    titels = [
        f"{uitgave.titel} (versie {uitgave.nummer})" for uitgave in stuk.uitgaven if uitgave.versie_id in gebruikt
    ]
    aantal = len(stuk.reeksen)
    wat = "één indicator" if aantal == 1 else f"{telwoord(aantal)} indicatoren"
    return f"Hier staan de cijfers van {wat} uit: {opsomming(titels)}."


def indicatorrijen(stuk: Indicatorstuk) -> Iterator[Sequence[str | int | Decimal | None]]:
    """Yield the rows of the file, header first: a row per indicator, area and year; no value where none is known."""
    yield KOLOMMEN
    for reeks in stuk.reeksen:
        yield from _rijen(stuk, reeks)


def _rijen(stuk: Indicatorstuk, reeks: Reeks) -> Iterator[Sequence[str | int | Decimal | None]]:
    uitgave = stuk.vanuit[reeks.slug]
    peildatum = reeks.peildatum.isoformat() if reeks.peildatum else ""
    gebieden = ((stuk.gemeente, reeks.punten), (reeks.groepsnaam, reeks.groep))
    for gebied, punten in gebieden:
        for jaar, punt in sorted(punten.items()):
            yield (
                *(reeks.naam, reeks.slug, reeks.eenheid, gebied, jaar, punt.waarde, str(punt.status), punt.voetnoot),
                *(reeks.bron, peildatum, uitgave.document_slug, uitgave.nummer),
            )
