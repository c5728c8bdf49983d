"""CSV: cells that no spreadsheet runs, the same bytes always, and memory that does not grow."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st

from veiligheid.exports import (
    BLOK,
    EXCEL,
    MACHINE,
    Deel,
    Vorm,
    beveilig,
    beveilig_sql,
    csv_antwoord,
    csv_bytes,
    kies_vorm,
    ontbeveilig,
    tabel_csv_bytes,
)

vast = settings(derandomize=True, deadline=None, max_examples=500)
teksten = st.one_of(st.text(), st.text(alphabet="'=+-@\t\r\nab ", max_size=6))

# What is given, and what stands in the file.
CELLEN = [
    ("", ""),
    ("Brandweer", "Brandweer"),
    ("=1+1", "'=1+1"),
    ("+31 6", "'+31 6"),
    ("-5", "'-5"),
    ("-", "'-"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\tx", "'\tx"),
    ("\rx", "'\rx"),
    ("'=1+1", "''=1+1"),
    ("''-5", "'''-5"),
    ("'s-Gravenhage", "'s-Gravenhage"),
    ("'", "'"),
    ("''", "''"),
    (" =1", " =1"),
    ("1-2", "1-2"),
    ("−5", "−5"),
]


class TestBeveilig:
    """A text cell that a spreadsheet would run gets one apostrophe; our reader takes it off again."""

    @pytest.mark.parametrize(("cel", "in_bestand"), CELLEN)
    def test_met_en_zonder(self, cel: str, in_bestand: str) -> None:
        assert beveilig(cel) == in_bestand
        assert ontbeveilig(in_bestand) == cel

    @vast
    @example("'''''=")
    @example("'\n=")
    @given(teksten)
    def test_heen_en_terug(self, cel: str) -> None:
        assert ontbeveilig(beveilig(cel)) == cel

    @vast
    @given(teksten)
    def test_geen_cel_begint_gevaarlijk(self, cel: str) -> None:
        assert not beveilig(cel).startswith(("=", "+", "-", "@", "\t", "\r"))
        assert beveilig(cel) in {cel, f"'{cel}"}

    @vast
    @given(teksten, teksten)
    def test_twee_cellen_worden_nooit_een(self, a: str, b: str) -> None:
        assert (beveilig(a) == beveilig(b)) == (a == b)

    def test_in_sql_hetzelfde(self, db: None) -> None:
        """PostgreSQL does to a column what Python does to a cell; it holds any text but NUL."""
        gezien: list[str] = []

        @vast
        @given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")), max_size=20))
        def vergelijk(cellen: list[str]) -> None:
            alle = [*cellen, *(voor + cel for cel in cellen for voor in ("'", "=", "'@", "\t", "\r", "\n-", "''+"))]
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT {beveilig_sql('cel')} FROM unnest(%s::text[]) WITH ORDINALITY AS t (cel, plaats) "
                    "ORDER BY plaats",
                    [alle],
                )
                assert [rij[0] for rij in cursor.fetchall()] == [beveilig(cel) for cel in alle]
            gezien.extend(alle)

        vergelijk()
        assert any(beveilig(cel) != cel for cel in gezien)
        assert any(beveilig(cel) == cel for cel in gezien)

    @pytest.mark.parametrize(("cel", "in_bestand"), CELLEN)
    def test_in_sql_met_de_hand(self, db: None, cel: str, in_bestand: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {beveilig_sql('cel')} FROM (VALUES (%s::text)) AS t (cel)", [cel])
            assert cursor.fetchone() == (in_bestand,)
            cursor.execute(f"SELECT {beveilig_sql('cel')} FROM (VALUES (NULL::text)) AS t (cel)")
            assert cursor.fetchone() == (None,)


def reeks(aantal: int, tekst: str = "x") -> Deel:
    """Make a part of so many rows: a number, a text and an amount."""
    return Deel("SELECT n, %s::text, (n / 4.0)::numeric(15,2) FROM generate_series(1, %s) AS n", [tekst, aantal])


def alles(stroom: Iterator[bytes]) -> bytes:
    return b"".join(stroom)


class TestCsvBytes:
    """Rows straight out of PostgreSQL."""

    def test_de_bytes(self, db: None) -> None:
        delen = [Deel("SELECT 1, %s::text, NULL::text, -0.50::numeric(15,2), ''::text", ['zeg "a", b; één'])]

        assert alles(csv_bytes(("a", "b", "c", "d", "e"), delen)) == (
            'a,b,c,d,e\r\n1,"zeg ""a"", b; één",,-0.50,""\r\n'.encode()
        )

    def test_voor_excel(self, db: None) -> None:
        sql = f"SELECT 1, 'a;b', 'c,d', {EXCEL.getal_sql('(-1234567.50)')}"

        assert alles(csv_bytes(("a", "b", "c", "d"), [Deel(sql, [])], EXCEL)) == (
            b'\xef\xbb\xbfa;b;c;d\r\n1;"a;b";c,d;-1234567,50\r\n'
        )

    def test_getallen_voor_machines_blijven_getallen(self) -> None:
        assert MACHINE.getal_sql("b.euro") == "b.euro"

    def test_delen_volgen_elkaar_op(self, db: None) -> None:
        inhoud = alles(csv_bytes(("n", "t", "e"), [reeks(2, "a"), reeks(0), reeks(1, "b")]))

        assert inhoud == b"n,t,e\r\n1,a,0.25\r\n2,a,0.50\r\n1,b,0.25\r\n"

    @pytest.mark.parametrize("delen", [[], [reeks(0)], [reeks(0), reeks(0)]])
    def test_zonder_rijen_is_er_een_kop(self, db: None, delen: list[Deel]) -> None:
        assert alles(csv_bytes(("n", "t", "e"), delen)) == b"n,t,e\r\n"

    def test_grote_uitvoer_komt_in_blokken_van_vaste_omvang(self, db: None) -> None:
        rij = len(b"100000," + b"x" * 90 + b",25000.00\r\n")
        blokken = list(csv_bytes(("n", "t", "e"), [reeks(20000, "x" * 90), reeks(3000, "y" * 90)]))

        assert len(blokken) > 20
        assert all(len(blok) < 1.02 * (BLOK + rij) for blok in blokken)
        # Only the last block of a part may be smaller.
        assert sum(len(blok) < BLOK for blok in blokken) <= 2
        assert all(blok.endswith(b"\r\n") for blok in blokken)
        assert b"".join(blokken).count(b"\r\n") == b"".join(blokken).count(b"\n") == 23001

    def test_een_afgebroken_download(self, vastgelegd: None) -> None:
        """The first block is there long before the query ends; who leaves then leaves a connection that works."""
        eindeloos = Deel("SELECT generate_series(1, 1000000000), %s::text, 0", ["x"])
        stroom = csv_bytes(("n", "t", "e"), [eindeloos])

        eerste = next(stroom)
        stroom.close()

        assert BLOK <= len(eerste) < 2 * BLOK
        assert alles(csv_bytes(("n", "t", "e"), [reeks(1)])) == b"n,t,e\r\n1,x,0.25\r\n"

    def test_tweemaal_hetzelfde(self, db: None) -> None:
        assert alles(csv_bytes(("n", "t", "e"), [reeks(500)])) == alles(csv_bytes(("n", "t", "e"), [reeks(500)]))

    @settings(derandomize=True, deadline=None, max_examples=100)
    @given(cellen=st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"])), max_size=8))
    def _lees_terug(self, cellen: list[str]) -> None:
        deel = Deel(f"SELECT {beveilig_sql('cel')}, 1 FROM unnest(%s::text[]) AS t (cel)", [cellen])
        kop, *rijen = csv.reader(io.StringIO(alles(csv_bytes(("cel", "een"), [deel])).decode(), newline=""))

        assert kop == ["cel", "een"]
        assert [ontbeveilig(rij[0]) for rij in rijen] == cellen

    def test_wat_erin_gaat_komt_eruit(self, db: None) -> None:
        self._lees_terug()


class TestTabelCsv:
    """A table as shown."""

    def test_de_bytes(self) -> None:
        rijen = [
            ("Naam", "2024", "2025"),
            ("=Lasten", Decimal("-1000.50"), None),
            ('zeg "a", b', Decimal("1E+3"), -7),
            ("'s-Gravenhage", Decimal(0), "-"),
        ]

        assert b"".join(tabel_csv_bytes(rijen)).decode() == (
            'Naam,2024,2025\r\n\'=Lasten,-1000.50,\r\n"zeg ""a"", b",1000,-7\r\n\'s-Gravenhage,0,\'-\r\n'
        )
        assert b"".join(tabel_csv_bytes(rijen, EXCEL)).decode() == (
            '\ufeffNaam;2024;2025\r\n\'=Lasten;-1000,50;\r\n"zeg ""a"", b";1000;-7\r\n\'s-Gravenhage;0;\'-\r\n'
        )

    def test_een_rij_tegelijk(self) -> None:
        def rijen() -> Iterator[tuple[str]]:
            yield ("a",)
            raise AssertionError("read too early")

        assert next(tabel_csv_bytes(rijen())) == b"a\r\n"

    def test_zonder_rijen(self) -> None:
        assert list(tabel_csv_bytes([])) == []


class TestVorm:
    """Which form an address asks for."""

    @pytest.mark.parametrize(
        ("waarde", "vorm"), [("excel", EXCEL), (None, MACHINE), ("", MACHINE), ("EXCEL", MACHINE), ("xlsx", MACHINE)]
    )
    def test_kies(self, waarde: str | None, vorm: Vorm) -> None:
        assert kies_vorm(waarde) is vorm


def test_als_download() -> None:
    antwoord = csv_antwoord([b"a\r\n"], "begroting.csv")

    assert antwoord.getvalue() == b"a\r\n"
    assert antwoord.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert antwoord.headers["Content-Disposition"] == 'attachment; filename="begroting.csv"'
    assert antwoord.headers["Cache-Control"] == "public, max-age=60"
