"""The unit guard of the grid: what is to be saved, beside what stood there and beside it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from programma.raming import Kolom
from programma.rooster.blad import Bedragcel, Blad, Kop, Pakketkop, Plek, Regel
from programma.rooster.eenheid import eenheidvragen
from programma.rooster.samenvoeging import Samenvoeging

KOPPEN = tuple(Kop(jaar - 2023, Kolom(jaar, "primair"), f"Begroting {jaar}") for jaar in (2024, 2025, 2026))


def blad(**bedragen: list[int | None]) -> Blad:
    """Return a grid with these rows; None is an empty cell."""
    return Blad(
        programma=1,
        code="1",
        documentsoort="begroting",
        documentjaar=2025,
        koppen=KOPPEN,
        pakketten={1: Pakketkop(1, "1A", "Pakket")},
        wijzigingen={},
        regels={
            rij: Regel(
                nummer,
                rij,
                1,
                "lasten",
                rij,
                "",
                {
                    Plek(0, kop.pk): Bedragcel(10 * nummer + kop.pk, Decimal(euro))
                    for kop, euro in zip(KOPPEN, euros, strict=True)
                    if euro is not None
                },
            )
            for nummer, (rij, euros) in enumerate(bedragen.items(), start=1)
        },
    )


def schrijf(nieuw: Mapping[str, Mapping[int, int | None]], *, rij_erbij: bool = False) -> Samenvoeging:
    """Return a save of amounts per row and column; `rij_erbij` when the rows are new."""
    velden = {
        rij: {Plek(0, kolom).veld: None if euro is None else Decimal(euro) for kolom, euro in cellen.items()}
        for rij, cellen in nieuw.items()
    }
    return Samenvoeging(nieuw=velden) if rij_erbij else Samenvoeging(schrijf=velden)  # type: ignore[arg-type]


def test_een_kolom_in_euro_in_plaats_van_duizenden() -> None:
    vraag = eenheidvragen(blad(a=[-5, -5, -5], b=[-7, -7, -7]), schrijf({"a": {2: -5100}, "b": {2: -6900}}))
    assert vraag is not None
    assert vraag.zinnen == (
        "De ingevoerde bedragen bij Begroting 2025 zijn gemiddeld 1.000 keer groter dan wat er stond. "
        "Klopt de eenheid?",
    )


def test_in_een_lege_kolom_telt_de_kolom_ernaast() -> None:
    vraag = eenheidvragen(blad(a=[-5, None, None], b=[None, None, None]), schrijf({"a": {2: -5000}, "b": {2: -3}}))
    assert vraag and "1.000 keer groter dan bij Begroting 2024." in vraag.zinnen[0]
    later = eenheidvragen(blad(a=[None, -5000, None]), schrijf({"a": {1: -5}}))
    assert later and "1.000 keer kleiner dan bij Begroting 2025." in later.zinnen[0]


def test_elke_kolom_heeft_een_eigen_zin() -> None:
    vraag = eenheidvragen(blad(a=[-5, -5, -5]), schrijf({"a": {1: -5000, 2: -6, 3: -5000}}))
    assert vraag and [zin.split(" zijn ")[0][-4:] for zin in vraag.zinnen] == ["2024", "2026"]


@pytest.mark.parametrize(
    "nieuw",
    [
        {"a": {2: -6}, "b": {2: -900}},
        {"a": {2: 0}, "b": {2: None}},
        {"a": {2: None}},
        {},
    ],
)
def test_gewone_wijzigingen_en_leegmaken_zijn_geen_vraag(nieuw: Mapping[str, Mapping[int, int | None]]) -> None:
    assert eenheidvragen(blad(a=[-5, -5, -5], b=[-70, -70, -70]), schrijf(nieuw)) is None


def test_wie_een_fout_herstelt_wordt_niets_gevraagd() -> None:
    """It was a thousand times too small; beside it the new amount is right."""
    assert eenheidvragen(blad(a=[-5000, -5, -5000]), schrijf({"a": {2: -5100}})) is None


def test_nieuwe_regels_alleen_als_ze_veel_groter_zijn() -> None:
    bestaand = blad(a=[-5000, -5000, -5000])
    assert eenheidvragen(bestaand, schrijf({"n": {2: -4}}, rij_erbij=True)) is None
    vraag = eenheidvragen(bestaand, schrijf({"n": {2: -5_000_000}}, rij_erbij=True))
    assert vraag and "1.000 keer groter dan de andere bedragen van dit programma" in vraag.zinnen[0]
    assert eenheidvragen(blad(), schrijf({"n": {2: -5_000_000}}, rij_erbij=True)) is None


def test_het_kenmerk_staat_voor_deze_bedragen() -> None:
    stand = blad(a=[-5, -5, -5])
    eerste, zelfde, ander = (
        eenheidvragen(stand, schrijf({"a": {2: euro, 3: erbij}}))
        for euro, erbij in ((-5000, -5), (-5000, -6), (-5001, -5))
    )
    assert eerste and zelfde and ander
    assert eerste.kenmerk == zelfde.kenmerk != ander.kenmerk
