"""Tampering by a superuser with the triggers off: the thirteen attacks of the design, and what the verdict says."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from programma import publicatie, vingerafdruk
from programma.models import Bedrag, Begrotingsregel, Gebeurtenis, Kolom, Schakel, Sectie, Taakveld, Versie
from programma.spoor import historie
from programma.spoor.verificatie import controleer_historie
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd, publiceer
from tests.conftest import Eigenaar
from veiligheid.namens import namens


class Scherm(StringIO):
    """What somebody looks at."""

    def isatty(self) -> bool:
        return True


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
MIDDEN = f"""(SELECT id FROM programma_gebeurtenis WHERE {BEDRAG} ORDER BY id
              OFFSET (SELECT count(*) / 2 FROM programma_gebeurtenis WHERE {BEDRAG}) LIMIT 1)"""
# A tail of a twentieth of the history.
STAART = "(SELECT max(id) - greatest(count(*) / 20, 5) FROM programma_gebeurtenis)"

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
        f"UPDATE programma_gebeurtenis SET nieuw = replace(nieuw, '-2', '-3') WHERE id = {MIDDEN}",
        f"UPDATE programma_gebeurtenis SET afdruk = {AFDRUK} WHERE id = {MIDDEN}",
    ),
    3: lambda: sql(f"DELETE FROM programma_gebeurtenis WHERE id = {MIDDEN}"),
    4: lambda: sql(
        f"DELETE FROM programma_gebeurtenis WHERE id > {STAART}",
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
        f"UPDATE programma_gebeurtenis SET door_id = coalesce(door_id, 0) + 1 WHERE id > {STAART}",
        f"UPDATE programma_gebeurtenis SET afdruk = {AFDRUK} WHERE id > {STAART}",
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
        """Version, programme, cell, and the row for who looks it up; and what it was."""
        bedrag = Bedrag.objects.select_related("regel", "kolom").order_by("-pk")[0]
        with zonder_trekkers(als_eigenaar):
            AANVALLEN[8]()

        (zin,) = controleer_historie().afwijkingen

        programma = bedrag.regel.pakket.programma
        assert zin.startswith(
            f"{geschiedenis}, programma {programma}, bedrag: {bedrag.regel}, {bedrag.kolom} "
            f"(programma_bedrag {bedrag.pk}) is gewijzigd zonder dat de historie het weet: "
            "bedrag in euro is in de tabel "
        )
        assert "en in de historie" in zin

    def test_ook_van_een_gebeurtenis(self, geschiedenis: Versie, als_eigenaar: Eigenaar) -> None:
        with zonder_trekkers(als_eigenaar):
            AANVALLEN[1]()

        zinnen = controleer_historie().afwijkingen

        assert any(zin.startswith("Gebeurtenis") and f"{geschiedenis}, programma" in zin for zin in zinnen)

    @pytest.mark.parametrize("onzin", ["", "geen json", "[1]", '{"id": "x", "euro": "veel", "regel_id": "y"}'])
    def test_ook_als_er_onzin_staat(self, geschiedenis: Versie, als_eigenaar: Eigenaar, onzin: str) -> None:
        with zonder_trekkers(als_eigenaar):
            sql(
                f"UPDATE programma_gebeurtenis SET nieuw = '{onzin}', oud = '' "
                f"WHERE tabel = 'programma_bedrag' AND rij = {LAATSTE_RIJ}"
            )

        assert any("programma_bedrag" in zin for zin in controleer_historie().afwijkingen)

    def test_een_latere_gewone_wijziging_dekt_het_niet_toe(self, geschiedenis: Versie, als_eigenaar: Eigenaar) -> None:
        with zonder_trekkers(als_eigenaar):
            AANVALLEN[8]()
        Bedrag.objects.order_by("-pk").update(euro=-1)

        assert any("begint niet waar de vorige" in zin for zin in controleer_historie().afwijkingen)


class TestDeVraagZelf:
    """What whoever owns the database could change, so that nothing would be found."""

    def test_de_functie_van_de_sha256(self, geschiedenis: Versie, als_eigenaar: Eigenaar) -> None:
        with als_eigenaar(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_functiondef('historie_afdruk'::regproc)")
            (echt,) = cursor.fetchone()
        with zonder_trekkers(als_eigenaar):
            AANVALLEN[1]()
            sql(
                echt.split("AS $function$")[0]
                + "AS 'SELECT g.afdruk FROM public.programma_gebeurtenis g WHERE g.id = $1'"
            )
        try:
            assert any("is gewijzigd na het vastleggen" in zin for zin in controleer_historie().afwijkingen)
        finally:
            with als_eigenaar():
                sql(echt)

    def test_de_triggers(self, geschiedenis: Versie, als_eigenaar: Eigenaar) -> None:
        with als_eigenaar():
            sql("ALTER TABLE programma_bedrag DISABLE TRIGGER bewaak_historie_wijzigen")
        try:
            assert controleer_historie().afwijkingen == (
                "De trigger bewaak_historie_wijzigen op programma_bedrag ontbreekt of staat uit: "
                "wijzigingen komen niet meer in de historie.",
            )
        finally:
            with als_eigenaar():
                sql("ALTER TABLE programma_bedrag ENABLE TRIGGER bewaak_historie_wijzigen")

    @pytest.mark.parametrize(
        ("wijziging", "zin"),
        [
            ("laatste = laatste + 1000", "gewijzigd na het vastleggen"),
            ("op = op + interval '1 second'", "gewijzigd na het vastleggen"),
            ("aantal = aantal + 1", "hoort"),
            ("vorige = afdruk", "sluit niet aan"),
        ],
    )
    def test_een_schakel(self, geschiedenis: Versie, als_eigenaar: Eigenaar, wijziging: str, zin: str) -> None:
        with zonder_trekkers(als_eigenaar):
            sql(f"UPDATE programma_schakel SET {wijziging} WHERE id = (SELECT max(id) - 1 FROM programma_schakel)")

        assert any(zin in gevonden for gevonden in controleer_historie().afwijkingen)

    def test_een_schakel_over_wat_al_gezegeld_was(self, geschiedenis: Versie, als_eigenaar: Eigenaar) -> None:
        with zonder_trekkers(als_eigenaar):
            sql(
                """INSERT INTO programma_schakel SELECT id + 1, transactie, eerste, laatste, aantal, op, afdruk, ''
                   FROM programma_schakel ORDER BY id DESC LIMIT 1""",
                HERKETEN,
            )

        assert any("overlapt" in zin for zin in controleer_historie().afwijkingen)

    def test_elk_model_heeft_een_historie_of_is_werk(self) -> None:
        """One or the other. Of the bytes of a file the history has the sha256; who took one is a log apart (0013)."""
        werk = {"Bewerking", "Gebeurtenis", "Schakel", "Opdracht", "Import", "Importregel", "Importwaarde"}
        werk |= {"Bestandinhoud", "Uitlevering", "Afloop"}
        zonder = {model.__name__ for model in set(historie.tabellen().values()) - set(historie.BEWAAKT)}
        assert zonder == werk


class TestWatMag:
    def test_een_account_hernoemen_en_weggooien(self, geschiedenis: Versie, vaste_rollen: Rollen) -> None:
        """The history holds a number, not a name."""
        anker = historie.kop()
        vaste_rollen.redacteur.username = "vergeten"
        vaste_rollen.redacteur.save()
        assert controleer_historie(anker).afwijkingen == ()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM programma_gebeurtenis WHERE oud || nieuw || herkomst LIKE '%rosa%'")
            assert cursor.fetchone() == (0,)

        vaste_rollen.schrijver.delete()
        with namens(vaste_rollen.beheerder.pk, via="formulier"):
            Taakveld.objects.create(code="9.9", naam="Proef", geldig_van=2020)
        vaste_rollen.beheerder.delete()

        assert controleer_historie(anker).afwijkingen == ()
        laatste = historie.tijdlijn(Gebeurtenis.objects.order_by("-pk")[:1])
        assert laatste[0].wie == f"account {Gebeurtenis.objects.latest('pk').door_id}"


class TestPublicaties:
    def test_het_anker_van_de_pagina(self, vaste_rollen: Rollen) -> None:
        versie = maak_gepubliceerd(vaste_rollen)

        assert controleer_historie(f"sha256 {versie.anker}").afwijkingen == ()
        assert any("Geen enkele publicatie" in zin for zin in controleer_historie("0" * 64).afwijkingen)

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

    def test_de_kop_van_de_historie_staat_bij_de_publicatie(self, vaste_rollen: Rollen) -> None:
        """Two publications: with what is kept of both, nothing but hashlib gives the anchors."""
        eerste = maak_gepubliceerd(vaste_rollen)
        tweede = publiceer(publicatie.maak_concept(eerste, door=vaste_rollen.redacteur), vaste_rollen)
        vorig = ""
        for versie in (eerste, tweede):
            moment = versie.peilmoment.astimezone(UTC).isoformat(timespec="microseconds") if versie.peilmoment else ""
            regels = "\n".join((vorig, versie.controlesom, moment, versie.historiekop))
            assert hashlib.sha256(regels.encode()).hexdigest() == versie.anker
            nummer, afdruk = versie.historiekop.split(":")
            assert Schakel.objects.get(pk=nummer).afdruk == afdruk
            vorig = versie.anker

    @pytest.mark.parametrize("kop", ["", "1:" + "0" * 64, "999999:" + "0" * 64])
    def test_een_andere_kop(self, vaste_rollen: Rollen, als_eigenaar: Eigenaar, kop: str) -> None:
        versie = maak_gepubliceerd(vaste_rollen)
        with zonder_trekkers(als_eigenaar):
            Versie.objects.filter(pk=versie.pk).update(historiekop=kop)

        assert any("het anker hoort niet bij" in zin for zin in controleer_historie().afwijkingen)

    def test_een_kop_en_anker_die_samen_kloppen_maar_niet_met_de_keten(
        self, vaste_rollen: Rollen, als_eigenaar: Eigenaar
    ) -> None:
        versie = maak_gepubliceerd(vaste_rollen)
        kop = "1:" + "0" * 64
        assert versie.peilmoment is not None
        nieuw = vingerafdruk.anker("", versie.controlesom, versie.peilmoment, kop)
        with zonder_trekkers(als_eigenaar):
            Versie.objects.filter(pk=versie.pk).update(historiekop=kop, anker=nieuw)

        assert any("het anker hoort niet bij" in zin for zin in controleer_historie().afwijkingen)


class TestMigratie:
    def test_de_koppen_van_eerdere_publicaties_worden_gevonden(
        self, vaste_rollen: Rollen, als_eigenaar: Eigenaar
    ) -> None:
        """What was published before the head was kept gets it, without a guard being off and without a trace of it."""
        eerste = maak_gepubliceerd(vaste_rollen)
        tweede = publiceer(publicatie.maak_concept(eerste, door=vaste_rollen.redacteur), vaste_rollen)
        koppen = [eerste.historiekop, tweede.historiekop]
        with zonder_trekkers(als_eigenaar):
            Versie.objects.update(historiekop="")
        aantal = Gebeurtenis.objects.count()

        with als_eigenaar(), connection.schema_editor() as schema_editor:
            import_module("programma.migrations.0018_wijzigingsbesluit").vul(None, schema_editor)

        gevonden = Versie.objects.order_by("gepubliceerd_op").values_list("historiekop", flat=True)
        assert list(gevonden) == koppen
        assert Gebeurtenis.objects.count() == aantal
        assert controleer_historie().afwijkingen == ()

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
        with pytest.raises(CommandError, match="De historie klopt niet: 1 afwijking, hierboven"):
            call_command("verifieer", stderr=fouten)
        assert "is uit de tabel verdwenen" in fouten.getvalue()

    def test_een_onleesbaar_anker(self, db: None) -> None:
        with pytest.raises(CommandError, match="is geen anker"):
            call_command("verifieer", anker="abc")

    def test_een_anker_uit_een_bestand(self, geschiedenis: Versie, tmp_path: Path) -> None:
        bestand = tmp_path / "anker.txt"
        bestand.write_text(f"{historie.kop()}\nopgeschreven door de griffier\n", encoding="utf-8")
        uit = StringIO()
        call_command("verifieer", anker=str(bestand), stdout=uit)
        assert "In orde" in uit.getvalue()
        assert "Zonder --anker" not in uit.getvalue()

        bestand.write_text("1:" + "0" * 64, encoding="utf-8")
        with pytest.raises(CommandError, match="klopt niet"):
            call_command("verifieer", anker=str(bestand), stderr=StringIO())

    def test_een_anker_uit_een_onleesbaar_bestand(self, db: None, tmp_path: Path) -> None:
        (tmp_path / "anker.bin").write_bytes(b"\xff\xfe")
        with pytest.raises(CommandError, match="is niet te lezen"):
            call_command("verifieer", anker=str(tmp_path / "anker.bin"))

    @pytest.mark.parametrize("scherm", [True, False])
    def test_voortgang_alleen_op_een_scherm(self, geschiedenis: Versie, scherm: bool) -> None:
        uit = Scherm() if scherm else StringIO()
        call_command("verifieer", stdout=uit)
        assert ("Bezig met de keten" in uit.getvalue()) is scherm


def vul(versie: Versie, kolom: Kolom, rijen: int, ronden: int) -> None:
    """Make a history: lines with an amount each, and every amount changed in each round."""
    regel = Begrotingsregel.objects.filter(versie=versie)[0]
    Begrotingsregel.objects.bulk_create(
        Begrotingsregel(versie=versie, pakket=regel.pakket, soort="lasten", omschrijving="X", sleutel=f"x{nummer}")
        for nummer in range(rijen)
    )
    nieuwe = Begrotingsregel.objects.filter(versie=versie, sleutel__startswith="x")
    Bedrag.objects.bulk_create(Bedrag(versie=versie, regel=nieuw, kolom=kolom, euro=-1) for nieuw in nieuwe)
    for ronde in range(ronden):
        Bedrag.objects.filter(versie=versie, kolom=kolom).update(euro=-2 - ronde)
    sql("ANALYZE programma_gebeurtenis")


@pytest.mark.lang
def test_een_miljoen_gebeurtenissen_binnen_tien_seconden(vaste_rollen: Rollen, als_eigenaar: Eigenaar) -> None:
    versie = maak_concept(vaste_rollen)
    with als_eigenaar():
        vul(versie, Kolom.objects.filter(versie=versie)[0], rijen=10_000, ronden=98)
    assert Gebeurtenis.objects.count() >= 1_000_000

    begin = time.perf_counter()
    oordeel = controleer_historie(historie.kop())

    assert time.perf_counter() - begin < 10
    assert oordeel.afwijkingen == ()


@pytest.mark.lang
def test_de_aanvallen_op_honderdduizend_gebeurtenissen(geschiedenis: Versie, als_eigenaar: Eigenaar) -> None:
    """Each undone again: what it does is never committed."""
    kolom = Kolom.objects.filter(versie=geschiedenis)[0]
    vul(geschiedenis, kolom, rijen=2_000, ronden=48)
    assert Gebeurtenis.objects.count() >= 100_000
    anker = historie.kop()
    gevonden = {False: set(), True: set()}

    for nummer, aanval in AANVALLEN.items():
        with transaction.atomic(), als_eigenaar():
            sql("SET LOCAL session_replication_role = replica")
            aanval()
            sql("SET CONSTRAINTS ALL IMMEDIATE")
            for met_anker in gevonden:
                if not controleer_historie(anker if met_anker else "").in_orde:
                    gevonden[met_anker].add(nummer)
            transaction.set_rollback(True)
        sql("SET ROLE veiligheid_site")

    assert set(AANVALLEN) - gevonden[True] == NIET_MET_ANKER
    assert set(AANVALLEN) - gevonden[False] == NIET_ZONDER_ANKER
    assert controleer_historie(anker).afwijkingen == ()
