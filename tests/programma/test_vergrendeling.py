"""Published is immutable: every route to a fixed version is refused by PostgreSQL, and open on a concept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from programma import publicatie
from programma.models import (
    VERSIERIJEN,
    Bedrag,
    Begrotingsregel,
    Bestand,
    Bewerking,
    Document,
    Kolom,
    Pakket,
    Programma,
    Sectie,
    Stap,
    Taakveld,
    Versie,
)
from programma.toetsing.keuring import bereken_controlesom
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_document, maak_gepubliceerd
from veiligheid.namens import namens

WACHT = 10


@contextmanager
def geweigerd(beperking: str = "versie_ligt_vast"):
    """Expect the database to refuse with this constraint."""
    # COPY goes past Django's wrapper and gives PostgreSQL's own error.
    with pytest.raises((IntegrityError, psycopg.IntegrityError)) as fout, transaction.atomic():
        yield
    oorzaak = fout.value if isinstance(fout.value, psycopg.Error) else fout.value.__cause__
    assert isinstance(oorzaak, psycopg.errors.RestrictViolation), fout.value
    assert oorzaak.diag.constraint_name == beperking


def sql(opdracht: str, *parameters: object) -> None:
    """Run one statement and its immediate checks."""
    with connection.cursor() as cursor:
        cursor.execute(opdracht, parameters)


def _bulk_create(versie: Versie) -> None:
    Sectie.objects.bulk_create(
        [Sectie(versie=versie, programma=Programma.objects.get(versie=versie), kop="Extra", tekst="Meer.")]
    )


def _leeg_ouder(versie: Versie) -> None:
    """Remove a programme by raw SQL; on a concept its rows have to go first."""
    if versie.status == "concept":
        for tabel in ("bedrag", "begrotingsregel", "sectie", "doel", "pakket"):
            sql(f"DELETE FROM programma_{tabel} WHERE versie_id = %s", versie.pk)
    sql("DELETE FROM programma_programma WHERE versie_id = %s", versie.pk)


def _copy(versie: Versie) -> None:
    programma = Programma.objects.get(versie=versie)
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY programma_sectie (versie_id, programma_id, kop, thema, tekst, volgorde) FROM STDIN") as kopie,
    ):
        kopie.write_row((versie.pk, programma.pk, "Extra", "", "Meer.", 9))


# One statement for each route. On a concept each succeeds; on any other version each is refused.
ROUTES: dict[str, Callable[[Versie], object]] = {
    "save": lambda versie: Sectie(
        versie=versie, programma=Programma.objects.get(versie=versie), kop="a", tekst="b"
    ).save(),
    "update": lambda versie: Bedrag.objects.filter(versie=versie).update(euro=Decimal(1)),
    "update zonder verschil": lambda versie: Bedrag.objects.filter(versie=versie).update(bronprecisie=1),
    "bulk_create": _bulk_create,
    "bulk_update": lambda versie: Sectie.objects.bulk_update(
        [Sectie(pk=sectie.pk, tekst="x") for sectie in Sectie.objects.filter(versie=versie)], ["tekst"]
    ),
    "delete": lambda versie: Bedrag.objects.filter(versie=versie).delete(),
    "rauwe update": lambda versie: sql(
        "UPDATE programma_programma SET naam = 'Anders' WHERE versie_id = %s", versie.pk
    ),
    "rauwe insert": lambda versie: sql(
        "INSERT INTO programma_kolom (versie_id, fase, jaar, volgorde) VALUES (%s, 'raming', 2030, 30)", versie.pk
    ),
    "rauwe delete van een ouder": lambda versie: _leeg_ouder(versie),
    "rauwe delete": lambda versie: sql("DELETE FROM programma_doel WHERE versie_id = %s", versie.pk),
    "copy": _copy,
    "merge": lambda versie: sql(
        "MERGE INTO programma_sectie s USING (SELECT %s::bigint AS versie) v ON s.versie_id = v.versie "
        "WHEN MATCHED THEN UPDATE SET tekst = 'x'",
        versie.pk,
    ),
    "upsert": lambda versie: sql(
        "INSERT INTO programma_kolom (versie_id, fase, jaar, volgorde) VALUES (%s, 'primair', 2025, 3) "
        "ON CONFLICT (versie_id, fase, jaar) DO UPDATE SET volgorde = 33",
        versie.pk,
    ),
}


@pytest.mark.parametrize("route", ROUTES)
class TestElkeRoute:
    """The same statement, on versions in each status."""

    def test_op_een_concept_lukt_het(self, rollen: Rollen, route: str) -> None:
        versie = maak_concept(rollen)
        voor = bereken_controlesom(versie)

        ROUTES[route](versie)

        assert Bewerking.objects.filter(versie=versie, door=None).exists()
        assert (bereken_controlesom(versie) != voor) or route == "update zonder verschil"

    def test_op_een_gepubliceerde_versie_niet(self, rollen: Rollen, route: str) -> None:
        versie = maak_gepubliceerd(rollen)

        with geweigerd():
            ROUTES[route](versie)

        assert bereken_controlesom(versie) == versie.controlesom

    def test_op_een_ingediende_versie_niet(self, rollen: Rollen, route: str) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with geweigerd():
            ROUTES[route](versie)

    def test_op_een_ingetrokken_versie_niet(self, rollen: Rollen, route: str) -> None:
        versie = maak_gepubliceerd(rollen)
        publicatie.trek_in(versie, door=rollen.publicist, reden="Fout.")

        with geweigerd():
            ROUTES[route](versie)

    def test_ook_een_superuser_niet(self, rollen: Rollen, als_eigenaar, route: str) -> None:
        versie = maak_gepubliceerd(rollen)

        with als_eigenaar(), geweigerd():
            ROUTES[route](versie)


@pytest.mark.parametrize("model", VERSIERIJEN, ids=lambda model: model.__name__)
def test_elke_tabel_heeft_haar_wachters(db: None, model: type) -> None:
    """A new kind of row without its guards is a hole."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'bewaak%%' AND tgenabled = 'O'",
            [model._meta.db_table],
        )
        namen = {naam for (naam,) in cursor.fetchall()}
    vast = {"bewaak_toevoegen", "bewaak_wijzigen", "bewaak_verwijderen", "bewaak_legen", "bewaak_verhuizen"}
    vast |= {f"bewaak_historie_{wat}" for wat in ("toevoegen", "wijzigen", "verwijderen")}
    vast |= {"bewaak_niet_legen", "bewaak_volgorde", "bewaak_volgorde_sleutel"}
    ouder = any(beperking.name.endswith("_in_versie") for beperking in model._meta.constraints)
    assert namen == (vast | {"bewaak_ouder"} if ouder else vast)


class TestRijenBlijvenBijHunVersie:
    """A row never moves in or out, and never refers to another version."""

    def test_naar_buiten(self, rollen: Rollen) -> None:
        gepubliceerd = maak_gepubliceerd(rollen)
        concept = publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)

        with geweigerd():
            Kolom.objects.filter(versie=gepubliceerd, jaar=2028).update(versie=concept, jaar=2029, volgorde=9)

    def test_naar_binnen(self, rollen: Rollen) -> None:
        gepubliceerd = maak_gepubliceerd(rollen)
        concept = publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)
        los = Kolom.objects.create(versie=concept, fase="raming", jaar=2030, volgorde=30)

        with geweigerd():
            Kolom.objects.filter(pk=los.pk).update(versie=gepubliceerd)

    def test_verwijzen_naar_een_andere_versie(self, rollen: Rollen) -> None:
        gepubliceerd = maak_gepubliceerd(rollen)
        concept = publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)
        vreemd = Pakket.objects.get(versie=gepubliceerd)

        with pytest.raises(IntegrityError, match="zelfde_versie"), transaction.atomic():
            Begrotingsregel.objects.filter(versie=concept).update(pakket=vreemd)


class TestDeVersieZelf:
    """Only the steps that the design names."""

    def test_een_gepubliceerde_versie_toevoegen(self, rollen: Rollen) -> None:
        with geweigerd():
            Versie.objects.create(document=maak_document(), nummer=1, titel="x", status="gepubliceerd")

    def test_een_concept_met_een_goedkeuring_toevoegen(self, rollen: Rollen) -> None:
        with geweigerd():
            Versie.objects.create(document=maak_document(), nummer=1, titel="x", goedgekeurd_op=timezone.now())

    @pytest.mark.parametrize("doel", ["gepubliceerd", "ingetrokken"])
    def test_van_concept_in_een_keer(self, rollen: Rollen, doel: str) -> None:
        versie = maak_concept(rollen)

        with geweigerd():
            Versie.objects.filter(pk=versie.pk).update(status=doel)

    @pytest.mark.parametrize("doel", ["concept", "ingediend"])
    def test_terug_uit_gepubliceerd(self, rollen: Rollen, doel: str) -> None:
        versie = maak_gepubliceerd(rollen)

        with geweigerd():
            Versie.objects.filter(pk=versie.pk).update(status=doel)

    @pytest.mark.parametrize("doel", ["concept", "ingediend", "gepubliceerd"])
    def test_terug_uit_ingetrokken(self, rollen: Rollen, doel: str) -> None:
        versie = maak_gepubliceerd(rollen)
        publicatie.trek_in(versie, door=rollen.publicist, reden="Fout.")

        with geweigerd():
            Versie.objects.filter(pk=versie.pk).update(status=doel)

    def test_indienen_zonder_naam(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)

        with geweigerd():
            Versie.objects.filter(pk=versie.pk).update(status="ingediend")

    def test_terugsturen_zonder_reden(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with geweigerd():
            Versie.objects.filter(pk=versie.pk).update(status="concept", ingediend_op=None, ingediend_door=None)

    def test_publiceren_zonder_goedkeuring(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with pytest.raises(IntegrityError), transaction.atomic():
            Versie.objects.filter(pk=versie.pk).update(
                status="gepubliceerd",
                gepubliceerd_op=timezone.now(),
                gepubliceerd_door=rollen.publicist,
                peilmoment=timezone.now(),
                controlesom="a" * 64,
                anker="b" * 64,
            )

    @pytest.mark.parametrize(
        "kop", ["", "1:" + "a" * 64, "999999999:" + "a" * 64, "x", "1:a", "9" * 19 + ":" + "a" * 64]
    )
    def test_publiceren_met_een_kop_die_niet_van_de_historie_is(
        self, vaste_rollen: Rollen, monkeypatch: pytest.MonkeyPatch, kop: str
    ) -> None:
        versie = maak_concept(vaste_rollen)
        publicatie.dien_in(versie, door=vaste_rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=vaste_rollen.publicist)
        monkeypatch.setattr(publicatie, "kop", lambda: kop)

        with geweigerd():
            publicatie.publiceer(versie, door=vaste_rollen.publicist)

    @pytest.mark.parametrize(
        "velden",
        [
            {"controlesom": "a" * 64},
            {"peilmoment": timezone.now()},
            {"anker": "a" * 64},
            {"historiekop": "1:" + "a" * 64},
            {"titel": "Anders"},
            {"nummer": 7},
            {"goedgekeurde_controlesom": "a" * 64, "controlesom": "a" * 64},
            {"gepubliceerd_op": timezone.now()},
            {"raadsbesluit_nummer": "R1"},
            {"raadsbesluit_nummer": "R1", "raadsbesluit_datum": timezone.localdate()},
        ],
        ids=lambda velden: "+".join(velden),
    )
    def test_velden_die_vastliggen(self, rollen: Rollen, velden: dict[str, object]) -> None:
        versie = maak_gepubliceerd(rollen)

        with pytest.raises(IntegrityError), transaction.atomic():
            Versie.objects.filter(pk=versie.pk).update(**velden)
        with geweigerd():
            Versie.objects.filter(pk=versie.pk).update(**{"anker": "c" * 64, **velden})

    def test_een_tweede_raadsbesluit(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        publicatie.stel_vast(versie, door=rollen.publicist, nummer="R1", datum=timezone.localdate())

        with geweigerd():
            Versie.objects.filter(pk=versie.pk).update(raadsbesluit_nummer="R2")

    def test_een_goedkeuring_overschrijven(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=rollen.publicist)

        with geweigerd():
            Versie.objects.filter(pk=versie.pk).update(goedgekeurd_door=rollen.publicist2)
        with geweigerd():
            Versie.objects.filter(pk=versie.pk).update(goedgekeurde_controlesom="f" * 64)

    def test_verwijderen(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)

        with geweigerd():
            Versie.objects.filter(pk=versie.pk)._raw_delete("default")

    def test_een_concept_kan_weg(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)

        versie.delete()

        assert not Versie.objects.exists()
        assert Stap.objects.filter(werkwoord="maak_concept").exists()


class TestWatErbijHoort:
    """What a published page shows of shared rows is fixed too."""

    def test_het_document(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)

        with geweigerd():
            Document.objects.filter(pk=versie.document_id).update(slug="anders")
        Document.objects.filter(pk=versie.document_id).update(titel="Anders")

    def test_het_document_van_een_concept_nog_niet(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)

        assert Document.objects.filter(pk=versie.document_id).update(slug="anders") == 1

    def test_een_taakveld_in_gebruik(self, rollen: Rollen) -> None:
        taakveld = Taakveld.objects.create(code="1.1", naam="Crisisbeheersing", geldig_van=2025)
        versie = maak_concept(rollen)
        Begrotingsregel.objects.filter(versie=versie).update(taakveld=taakveld)
        Taakveld.objects.update(naam="Crisisbeheersing en brandweer")
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with geweigerd():
            Taakveld.objects.update(naam="Iets anders")
        with geweigerd("kenmerk_ligt_vast"):
            Taakveld.objects.update(code="1.10")

    def test_een_bestand_erbij(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)

        with geweigerd():
            Bestand.objects.create(versie=versie, naam="vals.csv", omvang=1, regels=1, sha256="a" * 64)

    @pytest.mark.parametrize("model", [Stap, Bestand, Bewerking], ids=lambda model: model.__name__)
    def test_logboeken(self, rollen: Rollen, als_eigenaar, model: type) -> None:
        maak_gepubliceerd(rollen)

        with als_eigenaar():
            with geweigerd("alleen_toevoegen"):
                model.objects.all().update(versie_id=1)
            with geweigerd("alleen_toevoegen"):
                model.objects.all()._raw_delete("default")


class TestSamenvatting:
    """What a submission says of itself is fixed by it, as the version is."""

    @pytest.mark.parametrize("tot", ["ingediend", "goedgekeurd", "gepubliceerd", "ingetrokken", "weer concept"])
    def test_ligt_vast_ook_voor_een_superuser(self, rollen: Rollen, als_eigenaar, tot: str) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        if tot == "weer concept":
            publicatie.trek_indiening_in(versie, door=rollen.redacteur)
        elif tot != "ingediend":
            publicatie.keur_goed(versie, door=rollen.publicist)
            if tot != "goedgekeurd":
                publicatie.publiceer(versie, door=rollen.publicist)
            if tot == "ingetrokken":
                publicatie.trek_in(versie, door=rollen.publicist, reden="Fout.")

        with als_eigenaar(), geweigerd():
            sql(f"UPDATE programma_versie SET samenvatting = 'Iets anders.' WHERE id = {versie.pk}")

        versie.refresh_from_db()
        assert versie.samenvatting == SAMENVATTING

    @pytest.mark.parametrize("tekst", ["", " \n\t "])
    def test_indienen_zonder(self, rollen: Rollen, tekst: str) -> None:
        versie = maak_concept(rollen)

        with geweigerd(), namens(rollen.redacteur.pk):
            Versie.objects.filter(pk=versie.pk).update(
                status="ingediend", ingediend_op=timezone.now(), ingediend_door=rollen.redacteur, samenvatting=tekst
            )

    def test_niet_met_een_andere_stap_mee(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with geweigerd(), namens(rollen.publicist.pk):
            Versie.objects.filter(pk=versie.pk).update(
                status="concept", reden="Terug.", ingediend_op=None, ingediend_door=None, samenvatting="Anders."
            )

    @pytest.mark.parametrize("wie", ["", "publicist"])
    def test_terug_zonder_reden_alleen_door_wie_indiende(self, rollen: Rollen, wie: str) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with geweigerd(), namens(getattr(rollen, wie).pk if wie else None):
            Versie.objects.filter(pk=versie.pk).update(
                status="concept", reden="", ingediend_op=None, ingediend_door=None
            )


class TestTruncate:
    """TRUNCATE passes row triggers by, so it has its own."""

    @pytest.mark.parametrize(
        "tabel", ["programma_bedrag", "programma_versie CASCADE", "programma_begrotingsregel CASCADE"]
    )
    def test_niet_zolang_er_iets_vastligt(self, rollen: Rollen, als_eigenaar, tabel: str) -> None:
        maak_gepubliceerd(rollen)

        with als_eigenaar():
            sql("SET CONSTRAINTS ALL IMMEDIATE")
            with geweigerd():
                sql(f"TRUNCATE {tabel}")

    def test_ook_niet_met_alleen_concepten(self, rollen: Rollen, als_eigenaar) -> None:
        """It would leave no trace in the history; DELETE does."""
        versie = maak_concept(rollen)

        with als_eigenaar():
            sql("SET CONSTRAINTS ALL IMMEDIATE")
            with geweigerd("historie_gaat_mee"):
                sql("TRUNCATE programma_bedrag")

        assert Bedrag.objects.filter(versie=versie).exists()


@pytest.mark.parametrize(
    "opdracht",
    [
        "CREATE TABLE nieuw (id int)",
        "ALTER TABLE programma_bedrag ADD COLUMN extra int",
        "DROP TABLE programma_bedrag",
        "TRUNCATE programma_bedrag",
        "ALTER TABLE programma_bedrag DISABLE TRIGGER ALL",
        "ALTER TABLE programma_bedrag DISABLE TRIGGER bewaak_wijzigen",
        "DROP TRIGGER bewaak_wijzigen ON programma_bedrag",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION bewaak_versierijen() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "ALTER FUNCTION bewaak_versierijen() RENAME TO weg",
        "ALTER TABLE programma_versie OWNER TO CURRENT_USER",
        "UPDATE programma_stap SET reden = 'x'",
        "DELETE FROM programma_bewerking",
        "INSERT INTO programma_bewerking (versie_id, tabel, soort, rijen, databaserol, via) VALUES (1,'','',1,'','')",
        "DELETE FROM programma_bewaking",
        "UPDATE indicatoren_waarneming SET waarde = 1",
        "DELETE FROM django_migrations",
        "SELECT bewaking_vastleggen()",
        "COPY programma_bedrag TO PROGRAM 'cat'",
        "CREATE ROLE ander",
        "GRANT ALL ON programma_versie TO PUBLIC",
    ],
)
def test_de_rol_van_de_site_mag_dit_niet(db: None, opdracht: str) -> None:
    """The tests connect as that role, so a statement as it stands is what the site could do."""
    with pytest.raises(DatabaseError) as fout, transaction.atomic():
        sql(opdracht)
        # A GRANT without the right to give is only a warning; then nothing may have been given.
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM information_schema.role_table_grants WHERE grantee = 'PUBLIC'")
            if cursor.fetchone()[0] == 0:
                raise DatabaseError("niets gegeven")
    assert "ligt_vast" not in str(fout.value)


def test_een_uitgeschakelde_wachter_maakt_de_site_niet_gereed(db: None, client, als_eigenaar) -> None:
    assert client.get("/gezond/gereed").status_code == 200

    with als_eigenaar():
        sql("ALTER TABLE programma_bedrag DISABLE TRIGGER bewaak_wijzigen")

    antwoord = client.get("/gezond/gereed")
    assert (antwoord.status_code, antwoord.json()["triggers"]) == (503, False)


class Schrijver(threading.Thread):
    """A second connection that does one thing; `klaar` is set when that thing has returned, before the commit."""

    def __init__(self, doe: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self.doe = doe
        self.klaar, self.door = threading.Event(), threading.Event()
        self.fout: BaseException | None = None

    def run(self) -> None:
        """Do it in a transaction, and wait for permission to commit."""
        try:
            with transaction.atomic():
                self.doe()
                self.klaar.set()
                assert self.door.wait(WACHT)
        except BaseException as fout:  # noqa: BLE001 - the test looks at it
            self.fout = fout
            self.klaar.set()
        finally:
            connection.close()


def wacht_op_slot(aantal: int = 1) -> None:
    """Wait until so many connections wait for a lock of another."""
    for _ in range(WACHT * 200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), pg_sleep(0.005) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] >= aantal:
                return
    raise AssertionError("nobody waits for a lock")


class TestRace:
    """An edit in flight and a step on the version: whoever comes second waits, and nothing slips through."""

    def test_eerst_de_redacteur_dan_indienen(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        redacteur = Schrijver(lambda: Bedrag.objects.filter(versie=versie).update(euro=Decimal(77)))
        redacteur.start()
        assert redacteur.klaar.wait(WACHT)
        indiener = Schrijver(lambda: publicatie.dien_in(versie, door=vaste_rollen.redacteur, samenvatting=SAMENVATTING))
        indiener.start()
        indiener.door.set()

        wacht_op_slot()
        assert not indiener.klaar.is_set()
        redacteur.door.set()
        redacteur.join(WACHT)
        indiener.join(WACHT)

        assert redacteur.fout is None and indiener.fout is None
        publicatie.keur_goed(versie, door=vaste_rollen.publicist)
        gepubliceerd = publicatie.publiceer(versie, door=vaste_rollen.publicist)
        assert set(Bedrag.objects.filter(versie=versie).values_list("euro", flat=True)) == {Decimal(77)}
        assert gepubliceerd.controlesom == bereken_controlesom(versie)

    def test_eerst_indienen_dan_de_redacteur(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        indiener = Schrijver(lambda: publicatie.dien_in(versie, door=vaste_rollen.redacteur, samenvatting=SAMENVATTING))
        indiener.start()
        assert indiener.klaar.wait(WACHT)
        redacteur = Schrijver(lambda: Bedrag.objects.filter(versie=versie).update(euro=Decimal(77)))
        redacteur.start()
        redacteur.door.set()

        wacht_op_slot()
        indiener.door.set()
        indiener.join(WACHT)
        redacteur.join(WACHT)

        assert indiener.fout is None
        assert isinstance(redacteur.fout, IntegrityError)
        assert not Bedrag.objects.filter(versie=versie, euro=77).exists()

    def test_twee_redacteuren_wachten_niet_op_elkaar(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        lasten, baten = (
            Schrijver(
                lambda soort=soort: Bedrag.objects.filter(versie=versie, regel__soort=soort).update(euro=Decimal(5))
            )
            for soort in ("lasten", "baten")
        )
        lasten.start()
        assert lasten.klaar.wait(WACHT)
        baten.start()
        assert baten.klaar.wait(WACHT)
        lasten.door.set()
        baten.door.set()
        lasten.join(WACHT)
        baten.join(WACHT)

        assert lasten.fout is None and baten.fout is None
        assert set(Bedrag.objects.filter(versie=versie).values_list("euro", flat=True)) == {Decimal(5)}

    def test_twee_goedkeurders_tegelijk(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        publicatie.dien_in(versie, door=vaste_rollen.redacteur, samenvatting=SAMENVATTING)
        eerste = Schrijver(lambda: publicatie.keur_goed(versie, door=vaste_rollen.publicist))
        eerste.start()
        assert eerste.klaar.wait(WACHT)
        tweede = Schrijver(lambda: publicatie.keur_goed(versie, door=vaste_rollen.publicist2))
        tweede.start()
        tweede.door.set()

        wacht_op_slot()
        eerste.door.set()
        eerste.join(WACHT)
        tweede.join(WACHT)

        assert eerste.fout is None
        assert isinstance(tweede.fout, publicatie.VerkeerdeStatus)

    def test_twee_keer_tegelijk_publiceren(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        publicatie.dien_in(versie, door=vaste_rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=vaste_rollen.publicist)
        eerste = Schrijver(lambda: publicatie.publiceer(versie, door=vaste_rollen.publicist))
        eerste.start()
        assert eerste.klaar.wait(WACHT)
        tweede = Schrijver(lambda: publicatie.publiceer(versie, door=vaste_rollen.publicist2))
        tweede.start()
        tweede.door.set()

        wacht_op_slot()
        eerste.door.set()
        eerste.join(WACHT)
        tweede.join(WACHT)

        assert eerste.fout is None
        assert isinstance(tweede.fout, publicatie.VerkeerdeStatus)
        assert Stap.objects.filter(versie=versie, werkwoord="publiceer").count() == 1


def test_nan_is_geen_bedrag(rollen: Rollen) -> None:
    """PostgreSQL's numeric knows NaN; one of those would make every total NaN."""
    versie = maak_concept(rollen)

    with pytest.raises(IntegrityError, match="bedrag_euro_is_een_getal"), transaction.atomic():
        sql("UPDATE programma_bedrag SET euro = 'NaN' WHERE versie_id = %s", versie.pk)


class TestGedeeldeRijen:
    """Rows that versions share keep their identity: else a published page would show another's figures."""

    @pytest.mark.parametrize(
        "tabel",
        [
            "programma_document",
            "programma_taakveld",
            "programma_verbondenpartij",
            "indicatoren_indicator",
            "indicatoren_gebied",
        ],
    )
    def test_een_sleutel_wisselt_nooit(self, rollen: Rollen, tabel: str) -> None:
        maak_gepubliceerd(rollen)
        Taakveld.objects.create(code="1.1", naam="Crisisbeheersing", geldig_van=2025)
        sql("INSERT INTO programma_verbondenpartij (slug, naam, afkorting, soort) VALUES ('a', 'A', '', 'overig')")
        sql("INSERT INTO indicatoren_gebied (code, soort) VALUES ('GM9999', 'gemeente')")
        sql(
            "INSERT INTO indicatoren_indicator (slug, naam, eenheid, omschrijving, bron, decimalen, bbv_nummer, "
            "hoofdtaakveld, vervallen) VALUES ('x', 'X', '', '', '', 1, '', '', false)"
        )

        with pytest.raises(IntegrityError, match=r"ligt vast|liggen vast"), transaction.atomic():
            sql(f"UPDATE {tabel} SET id = id + 100000")


class TestHetBewijs:
    """What a publication proves cannot be made up, and who did what cannot be either."""

    def goedgekeurd(self, rollen: Rollen) -> Versie:
        """Return an approved version."""
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        return publicatie.keur_goed(versie, door=rollen.publicist)

    @pytest.mark.parametrize(
        "anders",
        [
            {"controlesom": "l", "goedgekeurde_controlesom": "l"},
            {"anker": "x"},
            {"peilmoment": timezone.now() + timedelta(days=9999)},
            {"gepubliceerd_op": timezone.now() - timedelta(days=1)},
            {},
        ],
        ids=["som", "anker", "toekomst", "verleden", "zonder bestanden"],
    )
    def test_verzonnen_bewijs(self, rollen: Rollen, anders: dict[str, object]) -> None:
        versie = self.goedgekeurd(rollen)
        nu = timezone.now()
        velden = {
            "status": "gepubliceerd",
            "gepubliceerd_op": nu,
            "gepubliceerd_door": rollen.publicist,
            "peilmoment": nu,
            "controlesom": versie.goedgekeurde_controlesom,
            "anker": "a" * 64,
        }

        with geweigerd():
            Versie.objects.filter(pk=versie.pk).update(**velden | anders)

    def test_een_goedkeuring_verdwijnt_alleen_door_terugsturen(self, rollen: Rollen) -> None:
        versie = self.goedgekeurd(rollen)

        with geweigerd():
            Versie.objects.filter(pk=versie.pk).update(
                goedgekeurd_op=None, goedgekeurd_door=None, goedgekeurde_controlesom=""
            )

    def test_wie_de_titel_wijzigt_keurt_niet_goed(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with namens(rollen.publicist.pk):
            Versie.objects.filter(pk=versie.pk).update(titel="Andere titel")
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with pytest.raises(publicatie.VierOgen):
            publicatie.keur_goed(versie, door=rollen.publicist)

    def test_een_wijziging_is_geen_kopie(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with namens(rollen.publicist.pk, via="kopie"):
            Sectie.objects.filter(versie=versie).update(tekst="Anders.")
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with pytest.raises(publicatie.VierOgen):
            publicatie.keur_goed(versie, door=rollen.publicist)

    def test_een_stap_die_niet_gezet_is(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)

        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Stap.objects.create(versie=versie, werkwoord="keur_goed", door=rollen.publicist)

    def test_een_bestand_zonder_publicatie(self, vaste_rollen: Rollen) -> None:
        versie = self.goedgekeurd(vaste_rollen)

        with pytest.raises(IntegrityError, match="hoort bij geen publicatie"), transaction.atomic():
            Bestand.objects.create(versie=versie, naam="begroting.csv", omvang=1, regels=1, sha256="a" * 64)

        publicatie.publiceer(versie, door=vaste_rollen.publicist)
