"""Which column a printed heading means, and in whose name an import writes."""

from __future__ import annotations

import pytest
from django.db import connection

from programma.invoer.grendel import in_een_keer
from programma.invoer.herkenning import lees_kop
from tests.bouwers import KOLOMMEN, Rollen

MEER = [*KOLOMMEN, ("realisatie", 2025), ("raming", 2030), ("prognose", 2030)]


@pytest.mark.parametrize(
    ("kop", "kolom"),
    [
        ("Begroting na wijziging 2024", ("na_wijziging", 2024)),
        ("begroting 2024 (gewijzigd)", ("na_wijziging", 2024)),
        ("Rekening 2023", ("realisatie", 2023)),
        ("REALISATIE\n2023", ("realisatie", 2023)),
        ("Primitieve begroting 2026", ("primair", 2026)),
        ("Begroting 2025", ("primair", 2025)),
        ("Primaire begroting 2025, in euro", ("primair", 2025)),
        ("2026", ("primair", 2026)),
        ("Raming 2027", ("primair", 2027)),
        ("2025", None),
        ("2030", None),
        ("Rekening 2026", None),
        ("Verschil 2025 - 2024", None),
        ("Verschil 2026", None),
        ("Toelichting", None),
        ("", None),
    ],
)
def test_een_gedrukte_kop(kop: str, kolom: tuple[str, int] | None) -> None:
    assert lees_kop(kop, MEER) == kolom


def test_een_import_schrijft_onder_zijn_eigen_naam(rollen: Rollen) -> None:
    namen = ("veiligheid.door", "veiligheid.via", "veiligheid.herkomst")
    vraag = f"SELECT {', '.join(f'current_setting({naam!r})' for naam in namen)}"
    with in_een_keer(rollen.redacteur, "import", "import 7: x.csv, sha256 ab"), connection.cursor() as cursor:
        cursor.execute(vraag)
        assert cursor.fetchone() == (str(rollen.redacteur.pk), "import", "import 7: x.csv, sha256 ab")
