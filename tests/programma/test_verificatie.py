"""Tampering by a superuser with the triggers off: the thirteen attacks of the design, and what the verdict says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from programma import historie
from programma.models import Bedrag, Begrotingsregel, Gebeurtenis, Kolom, Sectie, Versie
from programma.verificatie import controleer_historie
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd
from tests.conftest import Eigenaar
from veiligheid.namens import namens


def sql(*opdrachten: str) -> None:
    with connection.cursor() as cursor:
        for opdracht in opdrachten:
            cursor.execute(opdracht)


@contextmanager
def zonder_trekkers(als_eigenaar: Eigenaar) -> Iterator[None]:
    """Work as a superuser whom no trigger sees."""
    with als_eigenaar():
        sql("SET session_replication_role = replica")
        try:
            yield
        finally:
            sql("SET session_replication_role = origin")


AFDRUK = (
    "historie_afdruk(id, transactie, tabel, rij, versie_id, soort, op, door_id, databaserol, via, herkomst, oud, nieuw)"
)
BEDRAG = "tabel = 'programma_bedrag' AND soort = '~'"
MIDDEN = f"(SELECT max(id) FROM programma_gebeurtenis WHERE {BEDRAG})"

# Compute every link again, as whoever can write everything would.
HERKETEN = """
DO $$
DECLARE s record; voor text := ''; nr bigint := 0; tekst text; n bigint;
BEGIN
  FOR s IN SELECT * FROM programma_schakel ORDER BY id LOOP
    SELECT coalesce(string_agg(afdruk, '' ORDER BY id), ''), count(*) INTO tekst, n FROM programma_gebeurtenis
    WHERE transactie = s.transactie AND id BETWEEN s.eerste AND s.laatste;
    UPDATE programma_schakel SET vorige = voor, aantal = n,
      afdruk = historie_schakel(voor, id, transactie, n, op, tekst) WHERE id = s.id RETURNING afdruk INTO voor;
  END LOOP;
END $$
"""


def _onder_een_andere_naam() -> None:
    """The one that nobody can see: through the triggers, in somebody else's name."""
    sql("SET session_replication_role = origin")
    with namens(Gebeurtenis.objects.exclude(door=None)[0].door_id, via="rooster"):
        Bedrag.objects.filter(versie__status="concept").update(euro=-4)


LAATSTE_RIJ = "(SELECT max(id) FROM programma_bedrag)"
AANVALLEN: dict[int, Callable[[], None]] = {
    1: lambda: sql(f"UPDATE programma_gebeurtenis SET nieuw = replace(nieuw, '-2', '-3') WHERE id = {MIDDEN}"),
    2: lambda: sql(
        f"UPDATE programma_gebeurtenis SET door_id = door_id + 1 WHERE id = {MIDDEN}",
        f"UPDATE programma_gebeurtenis SET afdruk = {AFDRUK} WHERE id = {MIDDEN}",
    ),
    3: lambda: sql(f"DELETE FROM programma_gebeurtenis WHERE id = {MIDDEN}"),
    4: lambda: sql(
        "DELETE FROM programma_gebeurtenis WHERE id > (SELECT max(id) FROM programma_gebeurtenis) - 5",
        "DELETE FROM programma_schakel WHERE laatste > (SELECT max(id) FROM programma_gebeurtenis)",
    ),
    5: lambda: sql(
        f"""UPDATE programma_gebeurtenis a SET nieuw = b.nieuw, oud = b.oud FROM programma_gebeurtenis b
            WHERE (a.id, b.id) IN (({MIDDEN}, {MIDDEN} - 1), ({MIDDEN} - 1, {MIDDEN}))"""
    ),
    6: lambda: sql(
        """INSERT INTO programma_gebeurtenis
           SELECT id + 1000000, transactie, tabel, rij, soort, op, databaserol, via, herkomst, oud, nieuw, afdruk,
                  door_id, versie_id FROM programma_gebeurtenis ORDER BY id DESC LIMIT 1"""
    ),
    7: lambda: sql(
        f"UPDATE programma_gebeurtenis SET door_id = door_id + 1 WHERE {BEDRAG}",
        f"UPDATE programma_gebeurtenis SET afdruk = {AFDRUK} WHERE {BEDRAG}",
        HERKETEN,
    ),
    8: lambda: sql(f"UPDATE programma_bedrag SET euro = euro - 0.01 WHERE id = {LAATSTE_RIJ}"),
    9: lambda: sql(f"DELETE FROM programma_bedrag WHERE id = {LAATSTE_RIJ}"),
    10: lambda: sql(
        f"""INSERT INTO programma_bedrag (id, versie_id, regel_id, kolom_id, euro, bronprecisie, plaats)
            SELECT b.id + 1000000, b.versie_id, b.regel_id, k.id, 5, 1, '' FROM programma_bedrag b
            JOIN programma_kolom k ON k.versie_id = b.versie_id AND k.jaar = 2028 WHERE b.id = {LAATSTE_RIJ}"""
    ),
    11: _onder_een_andere_naam,
    12: lambda: sql("DELETE FROM programma_gebeurtenis", "DELETE FROM programma_schakel"),
    13: lambda: sql(
        f"UPDATE programma_bedrag SET euro = -9 WHERE id = {LAATSTE_RIJ}",
        f"""UPDATE programma_gebeurtenis SET nieuw = (SELECT to_jsonb(b)::text FROM programma_bedrag b
            WHERE b.id = {LAATSTE_RIJ})
            WHERE id = (SELECT max(id) FROM programma_gebeurtenis
                        WHERE tabel = 'programma_bedrag' AND rij = {LAATSTE_RIJ})""",
        f"""UPDATE programma_gebeurtenis SET afdruk = {AFDRUK}
            WHERE id = (SELECT max(id) FROM programma_gebeurtenis
                        WHERE tabel = 'programma_bedrag' AND rij = {LAATSTE_RIJ})""",
        HERKETEN,
    ),
}
NIET_ZONDER_ANKER = {7, 11, 13}
NIET_MET_ANKER = {11}


@pytest.fixture
def geschiedenis(vaste_rollen: Rollen) -> Versie:
    """A concept in which amounts were changed a few times, by one statement each, one transaction each."""
    versie = maak_concept(vaste_rollen)
    # A free column, for a false row.
    Bedrag.objects.filter(versie=versie, kolom=Kolom.objects.get(versie=versie, jaar=2028)).delete()
    for euro in (-20, -21, -22):
        with namens(vaste_rollen.redacteur.pk, via="rooster"):
            Bedrag.objects.filter(versie=versie, regel__soort="lasten").update(euro=euro)
    return versie


class TestDertienAanvallen:
    @pytest.mark.parametrize("nummer", AANVALLEN)
    @pytest.mark.parametrize("met_anker", [False, True], ids=["zonder anker", "met anker"])
    def test_gevonden(self, geschiedenis: Versie, als_eigenaar: Eigenaar, nummer: int, met_anker: bool) -> None:
        anker = historie.kop()
        assert controleer_historie(anker).afwijkingen == ()
        with zonder_trekkers(als_eigenaar):
            AANVALLEN[nummer]()

        oordeel = controleer_historie(anker if met_anker else "")

        onzichtbaar = NIET_MET_ANKER if met_anker else NIET_ZONDER_ANKER
        assert oordeel.in_orde == (nummer in onzichtbaar), oordeel.afwijkingen

    def test_de_plaats_wordt_genoemd(self, geschiedenis: Versie, als_eigenaar: Eigenaar) -> None:
        bedrag = Bedrag.objects.order_by("-pk")[0]
        with zonder_trekkers(als_eigenaar):
            AANVALLEN[8]()

        assert controleer_historie().afwijkingen == (
            f"programma_bedrag {bedrag.pk} is gewijzigd zonder dat de historie het weet: euro.",
        )

    def test_een_latere_gewone_wijziging_dekt_het_niet_toe(self, geschiedenis: Versie, als_eigenaar: Eigenaar) -> None:
        with zonder_trekkers(als_eigenaar):
            AANVALLEN[8]()
        Bedrag.objects.order_by("-pk").update(euro=-1)

        assert any("begint niet waar de vorige" in zin for zin in controleer_historie().afwijkingen)


class TestPublicaties:
    def test_een_komma_in_een_gepubliceerde_tekst(self, vaste_rollen: Rollen, als_eigenaar: Eigenaar) -> None:
        versie = maak_gepubliceerd(vaste_rollen)
        with zonder_trekkers(als_eigenaar):
            Sectie.objects.filter(versie=versie).update(tekst="Wat we, doen.")

        zinnen = controleer_historie().afwijkingen

        assert any("programma_sectie" in zin and "tekst" in zin for zin in zinnen)
        assert any("controlesom klopt niet" in zin for zin in zinnen)

    def test_een_ander_anker(self, vaste_rollen: Rollen, als_eigenaar: Eigenaar) -> None:
        versie = maak_gepubliceerd(vaste_rollen)
        with zonder_trekkers(als_eigenaar):
            Versie.objects.filter(pk=versie.pk).update(anker="0" * 64)

        assert any("het anker hoort niet bij" in zin for zin in controleer_historie().afwijkingen)


class TestMigratie:
    def test_een_nieuwe_kolom_breekt_niets(self, geschiedenis: Versie, als_eigenaar: Eigenaar) -> None:
        with als_eigenaar():
            sql("ALTER TABLE programma_doel ADD COLUMN proef boolean NOT NULL DEFAULT false")
        try:
            assert not controleer_historie().in_orde
            with als_eigenaar():
                sql("SELECT historie_bijwerken('programma_doel', 'migratie')")
            assert controleer_historie().afwijkingen == ()
        finally:
            with als_eigenaar():
                sql("ALTER TABLE programma_doel DROP COLUMN proef")

    def test_bijwerken_wast_niets_wit(self, geschiedenis: Versie, als_eigenaar: Eigenaar) -> None:
        with zonder_trekkers(als_eigenaar):
            AANVALLEN[8]()
        with als_eigenaar():
            sql("SELECT historie_bijwerken('programma_bedrag', 'migratie')")

        assert not controleer_historie().in_orde


class TestOpdracht:
    def test_in_orde(self, geschiedenis: Versie) -> None:
        uit = StringIO()
        call_command("verifieer", stdout=uit)
        assert "In orde" in uit.getvalue()
        assert historie.kop() in uit.getvalue()
        assert "Zonder --anker" in uit.getvalue()

    def test_afwijkingen(self, geschiedenis: Versie, als_eigenaar: Eigenaar) -> None:
        with zonder_trekkers(als_eigenaar):
            AANVALLEN[9]()
        fouten = StringIO()
        with pytest.raises(CommandError, match="De historie klopt niet: 1 afwijkingen"):
            call_command("verifieer", stderr=fouten)
        assert "is uit de tabel verdwenen" in fouten.getvalue()

    def test_een_onleesbaar_anker(self, db: None) -> None:
        with pytest.raises(CommandError, match="is geen anker"):
            call_command("verifieer", anker="abc")


@pytest.mark.lang
def test_een_miljoen_gebeurtenissen_binnen_tien_seconden(vaste_rollen: Rollen) -> None:
    versie = maak_concept(vaste_rollen)
    regel, kolommen = Begrotingsregel.objects.filter(versie=versie)[0], Kolom.objects.filter(versie=versie)
    Begrotingsregel.objects.bulk_create(
        Begrotingsregel(versie=versie, pakket=regel.pakket, soort="lasten", omschrijving="X", sleutel=f"x{nummer}")
        for nummer in range(10_000)
    )
    kolom = kolommen[0]
    Bedrag.objects.bulk_create(
        Bedrag(versie=versie, regel=nieuw, kolom=kolom, euro=-1)
        for nieuw in Begrotingsregel.objects.filter(versie=versie, sleutel__startswith="x")
    )
    for ronde in range(98):
        Bedrag.objects.filter(versie=versie, kolom=kolom).update(euro=-2 - ronde)
    assert Gebeurtenis.objects.count() >= 1_000_000
    sql("ANALYZE programma_gebeurtenis")

    begin = time.perf_counter()
    oordeel = controleer_historie(historie.kop())

    assert time.perf_counter() - begin < 10
    assert oordeel.afwijkingen == ()
