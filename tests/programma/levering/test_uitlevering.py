"""Handing out a file: the bytes unchanged, and the log right, whole or broken off."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from hypothesis import given, settings
from hypothesis import strategies as st

from programma.levering.uitlevering import Levering, Stroom, lever_uit
from programma.models import Afloop, Uitlevering, Versie
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd
from tests.conftest import Eigenaar


def begin(rollen: Rollen, vorm: str = "csv") -> Uitlevering:
    """Record that a download began."""
    rij: Uitlevering = Uitlevering.objects.create(door=rollen.auditor, bestand="a.csv", vorm=vorm)
    return rij


class TestHeel:
    """A download that came to its end."""

    def test_een_stroom(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        uitgave = Versie.objects.voorbeeld(versie.pk)
        blokken = [b"kop\r\n", b"een\r", b"", b"\ntwee\r\n"]
        antwoord = lever_uit(
            StreamingHttpResponse(iter(blokken)), Levering("begroting.csv", "csv", "jaar=2025", uitgave),
            door=rollen.auditor.pk,
        )  # fmt: skip
        (rij,) = Uitlevering.objects.all()
        assert not Afloop.objects.exists(), "nothing has been sent yet"

        assert b"".join(antwoord) == b"".join(blokken)

        afloop = rij.afloop
        assert (rij.document, rij.versienummer, rij.versiestatus) == ("programmabegroting-2025", 1, "gepubliceerd")
        assert (rij.door, rij.vraag) == (rollen.auditor, "jaar=2025")
        assert (afloop.voltooid, afloop.omvang, afloop.rijen) == (True, 16, 2)
        assert afloop.sha256 == hashlib.sha256(b"".join(blokken)).hexdigest()

    def test_een_bekend_bestand_is_pas_heel_als_het_weg_is(self, rollen: Rollen) -> None:
        heel = HttpResponse(b"%PDF", content_type="application/pdf")
        heel.headers["Content-Disposition"] = 'attachment; filename="a.pdf"'
        antwoord = lever_uit(heel, Levering("a.pdf", "pdf"), door=rollen.auditor.pk)
        assert antwoord.headers["Content-Length"] == "4" and antwoord.headers["Content-Type"] == "application/pdf"
        assert antwoord.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'
        assert not Afloop.objects.exists()
        assert b"".join(antwoord) == b"%PDF"
        assert Afloop.objects.get().sha256 == hashlib.sha256(b"%PDF").hexdigest()
        assert Afloop.objects.get().rijen is None

    @settings(max_examples=25, deadline=None)
    @given(inhoud=st.binary(max_size=60).map(lambda b: b.replace(b"x", b"\r\n")), maat=st.integers(1, 7))
    def _telt(self, rollen: Rollen, inhoud: bytes, maat: int) -> None:
        rij = begin(rollen)
        blokken = [inhoud[van : van + maat] for van in range(0, len(inhoud), maat)]
        assert b"".join(Stroom(blokken, rij)) == inhoud
        afloop = Afloop.objects.get(pk=rij.pk)
        assert (afloop.omvang, afloop.rijen) == (len(inhoud), max(inhoud.count(b"\r\n") - 1, 0))
        assert afloop.sha256 == hashlib.sha256(inhoud).hexdigest()

    def test_hoe_de_blokken_ook_liggen(self, rollen: Rollen) -> None:
        self._telt(rollen)


class TestAfgebroken:
    """A download that did not."""

    def test_wie_weggaat(self, rollen: Rollen) -> None:
        stroom = Stroom([b"een\r\n", b"twee\r\n"], begin(rollen))
        next(stroom)
        stroom.close()
        stroom.close()
        (afloop,) = Afloop.objects.all()
        assert (afloop.voltooid, afloop.omvang, afloop.sha256) == (False, 5, "")

    def test_voor_de_eerste_byte(self, rollen: Rollen) -> None:
        """A server closes what it never began to read: a generator would not notice."""
        antwoord = lever_uit(StreamingHttpResponse(iter([b"x"])), Levering("a.csv", "csv"), door=rollen.auditor.pk)
        for sluit in antwoord._resource_closers:
            sluit()
        assert [(rij.voltooid, rij.omvang) for rij in Afloop.objects.all()] == [(False, 0)]

    def test_een_fout_onderweg(self, rollen: Rollen) -> None:
        def stuk() -> Iterator[bytes]:
            yield b"een"
            raise OSError("weg")

        stroom = Stroom(stuk(), begin(rollen))
        next(stroom)
        with pytest.raises(OSError, match="weg"):
            next(stroom)
        stroom.close()
        assert [rij.voltooid for rij in Afloop.objects.all()] == [False]

    def test_na_het_einde_is_het_geen_breuk(self, rollen: Rollen) -> None:
        stroom = Stroom([b"een"], begin(rollen))
        assert list(stroom) == [b"een"]
        stroom.close()
        assert [rij.voltooid for rij in Afloop.objects.all()] == [True]

    def test_een_afgebroken_copy(self, vaste_rollen: Rollen) -> None:
        """In the middle of COPY: the connection is free again, and the log has it."""

        def copy() -> Iterator[bytes]:
            with (
                connection.cursor() as cursor,
                cursor.cursor.copy("COPY (SELECT generate_series(1, 1000000000)) TO STDOUT") as kopie,
            ):
                yield from (bytes(rij) for rij in kopie)

        antwoord = lever_uit(StreamingHttpResponse(copy()), Levering("a.csv", "csv"), door=vaste_rollen.auditor.pk)
        next(iter(antwoord))
        for sluit in antwoord._resource_closers:
            sluit()
        assert [rij.voltooid for rij in Afloop.objects.all()] == [False]

    def test_zonder_log_geen_bestand(self, rollen: Rollen) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            lever_uit(HttpResponse(b"x"), Levering("a" * 301, "csv"), door=rollen.auditor.pk)

    def test_zonder_afloop_zegt_het_log_dat(self, rollen: Rollen) -> None:
        """The server stopped: the row of the beginning is there, and nobody claims more."""
        begin(rollen)
        assert not Afloop.objects.exists()


class TestAlleenToevoegen:
    """Nobody changes the log, and nobody writes in it for yesterday."""

    @pytest.mark.parametrize("model", [Uitlevering, Afloop], ids=lambda model: model.__name__)
    def test_ook_de_eigenaar_niet(self, rollen: Rollen, als_eigenaar: Eigenaar, model: type) -> None:
        list(Stroom([b"x"], begin(rollen)))
        connection.check_constraints()
        with als_eigenaar():
            for opdracht in (
                f"UPDATE {model._meta.db_table} SET op = now()",
                f"DELETE FROM {model._meta.db_table}",
                f"TRUNCATE {model._meta.db_table} CASCADE",
            ):
                with pytest.raises(IntegrityError) as fout, transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(opdracht)
                assert fout.value.__cause__.diag.constraint_name == "alleen_toevoegen"

    @pytest.mark.parametrize("tabel", ["programma_uitlevering", "programma_afloop"])
    @pytest.mark.parametrize("recht", ["UPDATE", "DELETE", "TRUNCATE", "TRIGGER"])
    def test_de_site_mag_alleen_lezen_en_toevoegen(self, db: None, tabel: str, recht: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('veiligheid_site', %s, %s)", [tabel, recht])
            assert cursor.fetchone() == (False,)
            cursor.execute(
                "SELECT has_table_privilege('veiligheid_site', %s, 'SELECT'),"
                " has_any_column_privilege('veiligheid_site', %s, 'INSERT')",
                [tabel, tabel],
            )
            assert cursor.fetchone() == (True, True)

    def test_het_nummer_is_dat_van_de_database(self, rollen: Rollen) -> None:
        """What came before what goes by the number: a row cannot be put before another."""
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Uitlevering.objects.create(pk=1, door=rollen.auditor, bestand="a.csv", vorm="csv")
        assert not Uitlevering.objects.exists()

    def test_het_moment_is_dat_van_de_database(self, rollen: Rollen) -> None:
        gisteren = datetime(2020, 1, 1, tzinfo=UTC)
        rij = Uitlevering.objects.create(door=rollen.auditor, bestand="a.csv", vorm="csv", op=gisteren)
        Afloop.objects.create(uitlevering=rij, op=gisteren, voltooid=False, omvang=0)
        assert Uitlevering.objects.get().op.year > 2020 and Afloop.objects.get().op.year > 2020

    def test_een_afgebroken_bestand_heeft_geen_sha256(self, rollen: Rollen) -> None:
        rij = begin(rollen)
        for waarden in ({"voltooid": True, "sha256": ""}, {"voltooid": False, "sha256": "a" * 64}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Afloop.objects.create(uitlevering=rij, omvang=1, **waarden)

    def test_het_log_overleeft_een_weggegooid_concept(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        uitgave = Versie.objects.voorbeeld(versie.pk)
        lever_uit(HttpResponse(b"x"), Levering("a.csv", "csv", uitgave=uitgave), door=rollen.auditor.pk)
        sleutel = versie.pk
        versie.delete()
        assert Uitlevering.objects.get().versie_id == sleutel
