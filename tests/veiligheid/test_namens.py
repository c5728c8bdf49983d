"""In whose name the database is written: it sticks to the block, and to nothing after it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from veiligheid.namens import namens


def wie() -> str:
    """Return what the triggers would record now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('veiligheid.door', true), '')")
        naam: str = cursor.fetchone()[0]
    return naam


def test_binnen_en_na_het_blok(db: None) -> None:
    with namens(7):
        assert wie() == "7"
        with namens(8):
            assert wie() == "8"
        assert wie() == "7"
    assert wie() == ""


def test_de_weg_waarlangs_hoort_bij_het_blok(db: None) -> None:
    def weg() -> tuple[str, str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(current_setting('veiligheid.via', true), ''), "
                "coalesce(current_setting('veiligheid.herkomst', true), '')"
            )
            via, herkomst = cursor.fetchone()
        return via, herkomst

    with namens(7, via="import", herkomst="import 12"):
        assert weg() == ("import", "import 12")
        with namens(7, via="formulier"):
            assert weg() == ("formulier", "")
        with namens(8):
            assert weg() == ("import", "import 12")
        assert weg() == ("import", "import 12")
    assert weg() == ("", "")


def test_na_een_fout(db: None) -> None:
    with pytest.raises(ZeroDivisionError), namens(7):
        raise ZeroDivisionError
    assert wie() == ""


def test_na_een_databasefout_in_een_eigen_transactie(vastgelegd: None) -> None:
    with pytest.raises(DatabaseError), namens(7), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")
    assert wie() == ""


def test_een_fout_die_ook_de_transactie_eromheen_breekt(vastgelegd: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), namens(7), connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")
    assert wie() == ""


def test_niemand_laat_de_naam_zoals_die_is(db: None) -> None:
    with namens(7), namens(None):
        assert wie() == "7"
