"""Whoever has the role of the site, and means ill: no event too many, none too few, nobody kept waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from programma.models import Bedrag, Gebeurtenis, Kolom, Schakel
from programma.spoor import historie
from programma.spoor.verificatie import controleer_historie
from tests.bouwers import Rollen, maak_concept
from tests.conftest import Eigenaar


def sql(opdracht: str, op: BaseDatabaseWrapper | None = None) -> None:
    with (op or connection).cursor() as cursor:
        cursor.execute(opdracht)


@contextmanager
def tweede_verbinding() -> Iterator[BaseDatabaseWrapper]:
    """Another session of the site's role, as a second process would have."""
    ander = connection.copy()
    try:
        yield ander
    finally:
        ander.close()


BEDRAG = "(SELECT min(id) FROM programma_bedrag)"
# Every way to write that PostgreSQL has, with the number of events that it makes.
WEGEN = {
    "merge": (
        f"""MERGE INTO programma_bedrag b
            USING (SELECT * FROM programma_bedrag WHERE id <= {BEDRAG} + 1) s ON b.id = s.id
            WHEN MATCHED AND s.id = {BEDRAG} THEN DELETE
            WHEN MATCHED THEN UPDATE SET euro = -7""",
        ["-", "~"],
    ),
    "merge die toevoegt": (
        f"""MERGE INTO programma_bedrag b USING (SELECT * FROM programma_bedrag WHERE id = {BEDRAG}) s ON false
            WHEN NOT MATCHED THEN INSERT (versie_id, regel_id, kolom_id, euro, bronprecisie, wijziging_id, plaats)
            VALUES (s.versie_id, s.regel_id,
                    (SELECT id FROM programma_kolom k WHERE k.versie_id = s.versie_id AND NOT EXISTS (
                       SELECT FROM programma_bedrag WHERE kolom_id = k.id AND regel_id = s.regel_id)),
                    -7, 1, NULL, '')""",
        ["+"],
    ),
    "on conflict": (
        f"""INSERT INTO programma_bedrag (id, versie_id, regel_id, kolom_id, euro, bronprecisie, plaats)
            SELECT id, versie_id, regel_id, kolom_id, euro, bronprecisie, plaats
            FROM programma_bedrag WHERE id = {BEDRAG}
            ON CONFLICT (id) DO UPDATE SET euro = -7""",
        ["~"],
    ),
    "on conflict, niets": (
        f"""INSERT INTO programma_bedrag (id, versie_id, regel_id, kolom_id, euro, bronprecisie, plaats)
            SELECT id, versie_id, regel_id, kolom_id, -7, bronprecisie, plaats
            FROM programma_bedrag WHERE id = {BEDRAG}
            ON CONFLICT DO NOTHING""",
        [],
    ),
    "cte": (
        f"""WITH weg AS (DELETE FROM programma_bedrag WHERE id = {BEDRAG} RETURNING *)
            UPDATE programma_bedrag SET euro = -7 WHERE id = (SELECT id + 1 FROM weg)""",
        ["-", "~"],
    ),
    "cte, een rij twee keer": (
        f"""WITH een AS (UPDATE programma_bedrag SET euro = -5 WHERE id = {BEDRAG})
            UPDATE programma_bedrag SET euro = -6 WHERE id = {BEDRAG}""",
        ["~"],
    ),
    "cte die nergens voor nodig is": (
        f"WITH weg AS (DELETE FROM programma_bedrag WHERE id = {BEDRAG}) SELECT 1",
        ["-"],
    ),
    "een nieuwe sleutel": (
        f"UPDATE programma_bedrag SET id = id + 1000000 WHERE id = {BEDRAG}",
        ["+", "-"],
    ),
    "do": (
        f"DO $$ BEGIN EXECUTE 'UPDATE programma_bedrag SET euro = -7 WHERE id = {BEDRAG}'; END $$",
        ["~"],
    ),
}


class TestGeenWegLangs:
    @pytest.mark.parametrize("weg", WEGEN)
    def test_elke_opdracht(self, vaste_rollen: Rollen, weg: str) -> None:
        versie = maak_concept(vaste_rollen)
        eerste = Bedrag.objects.earliest("pk")
        Bedrag.objects.filter(regel=eerste.regel, kolom=Kolom.objects.get(versie=versie, jaar=2028)).delete()
        voor = Gebeurtenis.objects.latest("pk").pk
        opdracht, soorten = WEGEN[weg]

        sql(opdracht)

        assert sorted(Gebeurtenis.objects.filter(pk__gt=voor).values_list("soort", flat=True)) == soorten
        assert controleer_historie().afwijkingen == ()

    @pytest.mark.parametrize(
        "opdracht",
        [
            f"""WITH weg AS (DELETE FROM programma_bedrag WHERE id IN ({BEDRAG}, {BEDRAG} + 1) RETURNING *)
                INSERT INTO programma_bedrag (id, versie_id, regel_id, kolom_id, euro, bronprecisie, plaats)
                SELECT id, versie_id, regel_id, kolom_id, -7, 1, '' FROM weg LIMIT 1""",
            f"""MERGE INTO programma_bedrag b
                USING (SELECT b.*, k FROM programma_bedrag b, generate_series(1, 2) k WHERE b.id = {BEDRAG}) s
                ON b.id = s.id AND s.k = 1
                WHEN MATCHED THEN DELETE
                WHEN NOT MATCHED THEN INSERT (id, versie_id, regel_id, kolom_id, euro, bronprecisie, plaats)
                VALUES (s.id, s.versie_id, s.regel_id, s.kolom_id, -7, 1, '')""",
            f"""WITH weg AS (UPDATE programma_bedrag SET id = id + 1000000
                             WHERE id IN ({BEDRAG}, {BEDRAG} + 1) RETURNING *)
                INSERT INTO programma_bedrag (id, versie_id, regel_id, kolom_id, euro, bronprecisie, plaats)
                SELECT id - 1000000, versie_id, regel_id, kolom_id, -7, 1, '' FROM weg LIMIT 1""",
        ],
        ids=["cte", "merge", "nieuwe sleutel"],
    )
    def test_weg_en_terug_in_een_opdracht(self, vaste_rollen: Rollen, opdracht: str) -> None:
        """The history would say that the row is gone."""
        maak_concept(vaste_rollen)

        with pytest.raises(IntegrityError):
            sql(opdracht)

        assert controleer_historie().afwijkingen == ()

    def test_terug_naar_een_punt_in_de_transactie(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        voor = Gebeurtenis.objects.latest("pk").pk

        with transaction.atomic():
            sql("SAVEPOINT een")
            Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=9)
            sql("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            sql("ROLLBACK TO een")
            sql("SAVEPOINT twee")
            Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=10)
            sql("RELEASE twee")

        erna = Gebeurtenis.objects.filter(pk__gt=voor)
        assert [historie.lees_json(g.nieuw)["volgorde"] for g in erna] == [10]
        assert controleer_historie().afwijkingen == ()

    def test_zegelen_na_elke_opdracht(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        voor = Schakel.objects.count()

        with transaction.atomic():
            sql("SET CONSTRAINTS bewaak_zegel IMMEDIATE")
            for volgorde in (9, 10):
                Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=volgorde)

        assert Schakel.objects.count() == voor + 2
        assert controleer_historie().afwijkingen == ()

    @pytest.mark.parametrize(
        "instelling",
        [
            "timezone = 'Pacific/Kiritimati'",
            "datestyle = 'German, DMY'",
            "intervalstyle = 'iso_8601'",
            "bytea_output = 'escape'",
            "extra_float_digits = -15",
            "search_path = pg_temp",
        ],
    )
    def test_instellingen_van_de_sessie(self, vaste_rollen: Rollen, instelling: str) -> None:
        maak_concept(vaste_rollen)

        with transaction.atomic():
            sql(f"SET LOCAL {instelling}")
            sql("UPDATE public.programma_versie SET titel = titel || '!'")

        assert controleer_historie().afwijkingen == ()

    def test_tijdelijke_tabellen_met_onze_namen(self, vaste_rollen: Rollen) -> None:
        maak_concept(vaste_rollen)
        namen = ("programma_gebeurtenis", "programma_openstaand", "programma_schakel", "programma_zegelslot")
        voor = Gebeurtenis.objects.count(), Schakel.objects.count()

        for naam in namen:
            sql(f"CREATE TEMP TABLE {naam} AS SELECT * FROM public.programma_openstaand")
        sql("UPDATE programma_versie SET titel = titel || '!'")
        for naam in namen:
            sql(f"DROP TABLE pg_temp.{naam}")

        assert (Gebeurtenis.objects.count(), Schakel.objects.count()) == (voor[0] + 1, voor[1] + 1)
        assert controleer_historie().afwijkingen == ()


class TestNietVerzonnen:
    @pytest.mark.parametrize("functie", ["historie_schrijf", "historie_zegel", "bewaak_stappen", "bewaak_versierijen"])
    def test_onze_functie_op_een_eigen_tabel(self, db: None, functie: str) -> None:
        """A trigger writes with the rights of the owner. On a table of one's own it would write what one likes."""
        sql("CREATE TEMP TABLE programma_bedrag (LIKE public.programma_bedrag)")
        with pytest.raises(DatabaseError, match="permission denied for function"), transaction.atomic():
            sql(
                "CREATE TRIGGER vals AFTER INSERT ON pg_temp.programma_bedrag REFERENCING NEW TABLE AS nieuw "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {functie}()"
            )

    def test_geen_enkele_trekkerfunctie(self, db: None) -> None:
        """Also none that a later migration makes."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
                "AND prorettype = 'trigger'::regtype AND has_function_privilege(oid, 'EXECUTE')"
            )
            assert cursor.fetchall() == []

    @pytest.mark.parametrize(
        "opdracht",
        [
            "INSERT INTO programma_gebeurtenis SELECT * FROM programma_gebeurtenis LIMIT 1",
            "WITH w AS (INSERT INTO programma_gebeurtenis SELECT * FROM programma_gebeurtenis LIMIT 1) SELECT 1",
            "MERGE INTO programma_gebeurtenis g USING programma_gebeurtenis s ON g.id = s.id "
            "WHEN MATCHED THEN UPDATE SET via = 'x'",
            "COPY programma_gebeurtenis FROM '/dev/null'",
            "SELECT * FROM programma_schakel FOR SHARE",
            "SELECT nextval('programma_gebeurtenis_id_seq')",
            "CREATE TEMP TABLE kind () INHERITS (programma_bedrag)",
            "CREATE TABLE public.programma_bijzaak (id int)",
            "CREATE FUNCTION public.historie_afdruk(int) RETURNS text LANGUAGE sql AS 'SELECT 1::text'",
            "CREATE RULE stil AS ON UPDATE TO programma_bedrag DO INSTEAD NOTHING",
            "CREATE TRIGGER stil BEFORE UPDATE ON programma_bedrag FOR EACH ROW "
            "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "SET session_replication_role = replica",
            "LOCK TABLE programma_zegelslot IN ACCESS SHARE MODE",
            "LOCK TABLE programma_schakel IN ROW EXCLUSIVE MODE",
            "LOCK TABLE programma_gebeurtenis IN ROW SHARE MODE",
        ],
    )
    def test_geweigerd(self, rollen: Rollen, opdracht: str) -> None:
        maak_concept(rollen)
        with pytest.raises(DatabaseError), transaction.atomic():
            sql("SET LOCAL SESSION AUTHORIZATION veiligheid_site")
            sql(opdracht)

    def test_de_databaserol_kiest_niemand_zelf(self, vaste_rollen: Rollen) -> None:
        """Who, by which way and whence come from the site, and can be false; the role that logged in cannot."""
        versie = maak_concept(vaste_rollen)
        with transaction.atomic():
            sql("SET LOCAL SESSION AUTHORIZATION veiligheid_site")
            sql(f"SET LOCAL veiligheid.door = '{vaste_rollen.auditor.pk}'; SET LOCAL veiligheid.via = 'migratie'")
            sql("SET LOCAL application_name = 'postgres'")
            Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=9)

        assert Gebeurtenis.objects.latest("pk").databaserol == "veiligheid_site"


class TestNiemandHoudtDeKetenVast:
    def test_een_slot_dat_iedereen_kan_nemen(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        with tweede_verbinding() as ander, transaction.atomic():
            ander.set_autocommit(False)
            sql("SELECT pg_advisory_lock(7303002)", ander)
            sql("LOCK TABLE programma_schakel, programma_gebeurtenis IN ACCESS SHARE MODE", ander)
            sql("SET LOCAL lock_timeout = '100ms'")
            Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=9)

        assert Kolom.objects.get(versie=versie, jaar=2028).volgorde == 9

    def test_wie_niet_kan_zegelen_schrijft_niets(self, vaste_rollen: Rollen, als_eigenaar: Eigenaar) -> None:
        versie = maak_concept(vaste_rollen)
        voor = Gebeurtenis.objects.count(), Schakel.objects.count()
        with tweede_verbinding() as ander:
            ander.set_autocommit(False)
            sql("RESET ROLE", ander)
            sql("LOCK TABLE programma_zegelslot IN EXCLUSIVE MODE", ander)
            with pytest.raises(OperationalError), transaction.atomic():
                sql("SET LOCAL lock_timeout = '50ms'")
                Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=9)
            ander.rollback()

        assert (Gebeurtenis.objects.count(), Schakel.objects.count()) == voor
        assert Kolom.objects.get(versie=versie, jaar=2028).volgorde != 9
        assert controleer_historie().afwijkingen == ()

    def test_een_strengere_isolatie_breekt_geen_schakel(self, vaste_rollen: Rollen) -> None:
        """It sees the chain as it was at its start, so it may not write after somebody else did."""
        versie = maak_concept(vaste_rollen)
        with tweede_verbinding() as ander:
            ander.set_autocommit(False)
            sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", ander)
            sql("SELECT count(*) FROM programma_schakel", ander)
            Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=9)
            sql("UPDATE programma_pakket SET naam = 'Anders'", ander)
            with pytest.raises(DatabaseError):
                ander.commit()
            ander.rollback()

        assert controleer_historie().afwijkingen == ()

    def test_niets_blijft_klaargezet(self, vaste_rollen: Rollen) -> None:
        """A prepared transaction has sealed and holds the lock, without a session that a limit could end."""
        versie = maak_concept(vaste_rollen)
        with tweede_verbinding() as ander:
            ander.set_autocommit(False)
            sql(f"UPDATE programma_kolom SET volgorde = 9 WHERE jaar = 2028 AND versie_id = {versie.pk}", ander)
            with pytest.raises(DatabaseError):
                sql("PREPARE TRANSACTION 'blijft'", ander)
            ander.rollback()

        assert controleer_historie().afwijkingen == ()
