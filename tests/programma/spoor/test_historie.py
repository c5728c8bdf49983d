"""The history is complete by any route, chained at the commit, and writable by nobody."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from programma import publicatie
from programma.models import (
    VERSIERIJEN,
    Bedrag,
    Begrotingsregel,
    Deelname,
    Doel,
    Gebeurtenis,
    Kolom,
    Pakket,
    Partijcijfers,
    Programma,
    Schakel,
    Sectie,
    Taakveld,
    VerbondenPartij,
    Versie,
)
from programma.spoor import historie
from programma.spoor.verificatie import controleer_historie
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_gepubliceerd
from tests.conftest import Eigenaar
from veiligheid.namens import namens


def nieuwste(aantal: int = 1) -> list[Gebeurtenis]:
    return list(Gebeurtenis.objects.order_by("-pk")[:aantal])


def sql(opdracht: str, *waarden: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)


def _copy(bedrag: Bedrag) -> None:
    Bedrag.objects.filter(pk=bedrag.pk).delete()
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(
            "COPY programma_bedrag (versie_id, regel_id, kolom_id, euro, bronprecisie, plaats) FROM STDIN"
        ) as kopie,
    ):
        kopie.write_row([bedrag.versie_id, bedrag.regel_id, bedrag.kolom_id, Decimal("-7.00"), 1, ""])


ROUTES: dict[str, Callable[[Bedrag], object]] = {
    "save": lambda bedrag: Bedrag(
        pk=bedrag.pk, versie_id=bedrag.versie_id, regel_id=bedrag.regel_id, kolom_id=bedrag.kolom_id, euro=-7
    ).save(),
    "update": lambda bedrag: Bedrag.objects.filter(pk=bedrag.pk).update(euro=-7),
    "bulk_update": lambda bedrag: (setattr(bedrag, "euro", -7), Bedrag.objects.bulk_update([bedrag], ["euro"])),
    "bulk_create": lambda bedrag: (
        setattr(bedrag, "euro", -7),
        Bedrag.objects.bulk_create([bedrag], update_conflicts=True, unique_fields=["id"], update_fields=["euro"]),
    ),
    "sql": lambda bedrag: sql("UPDATE programma_bedrag SET euro = -7 WHERE id = %s", bedrag.pk),
    "copy": _copy,
}


class TestVangt:
    @pytest.mark.parametrize("route", ROUTES)
    def test_elke_weg(self, rollen: Rollen, route: str) -> None:
        versie = maak_concept(rollen)
        bedrag = Bedrag.objects.filter(versie=versie, euro=-1000)[0]
        with namens(rollen.redacteur2.pk, via="rooster", herkomst="programma 1"):
            ROUTES[route](bedrag)

        laatste = nieuwste()[0]

        assert historie.lees_json(laatste.nieuw)["euro"] == Decimal("-7.00")
        assert (laatste.tabel, laatste.versie_id) == ("programma_bedrag", versie.pk)
        assert (laatste.door_id, laatste.via, laatste.herkomst) == (rollen.redacteur2.pk, "rooster", "programma 1")
        if route != "copy":
            assert historie.lees_json(laatste.oud)["euro"] == Decimal("-1000.00")

    def test_verwijderen_laat_de_rij_achter(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        regel = Begrotingsregel.objects.filter(versie=versie)[0]
        bedragen = set(regel.bedragen.values_list("pk", flat=True))

        regel.delete()

        weg = Gebeurtenis.objects.filter(soort="-", versie=versie)
        assert {g.rij for g in weg if g.tabel == "programma_bedrag"} == bedragen
        assert historie.lees_json(weg.get(tabel="programma_begrotingsregel").oud)["sleutel"] == regel.sleutel

    def test_wat_niets_wijzigt_is_geen_gebeurtenis(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        voor = Gebeurtenis.objects.count()

        Bedrag.objects.filter(versie=versie).update(plaats="")

        assert Gebeurtenis.objects.count() == voor

    def test_zonder_naam_staat_de_databaserol_er(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)

        Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=9)

        laatste = nieuwste()[0]
        assert laatste.door_id is None
        assert laatste.databaserol

    def test_een_regeleinde_in_de_herkomst_blijft_een_regel(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)

        with namens(rollen.redacteur.pk, via="import", herkomst="a\nb\x1b" + "c" * 400):
            Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=9)

        assert nieuwste()[0].herkomst == "a b " + "c" * 296

    def test_stappen_en_documenten_ook(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)

        tabellen = set(Gebeurtenis.objects.values_list("tabel", flat=True))

        assert {"programma_document", "programma_versie", "programma_stap", "programma_bestand"} <= tabellen
        assert Gebeurtenis.objects.publicatie(versie.pk) is not None

    def test_ook_de_velden_die_er_later_bij_kwamen(self, vaste_rollen: Rollen, als_eigenaar: Eigenaar) -> None:
        """What BBV art. 15 asks of a party: each change is an event, and one behind the triggers is found."""
        versie = maak_concept(vaste_rollen)
        partij = VerbondenPartij.objects.create(slug="vr", naam="VR", soort="overig")
        van = {"versie": versie, "partij": partij}
        cijfers = Partijcijfers.objects.create(**van, jaar=2025, onbekend_reden="Later.")
        programma = Programma.objects.get(versie=versie)
        deelname = Deelname.objects.create(**van, programma=programma, naam="VR", soort="overig")
        nieuw: dict[models.Model, dict[str, object]] = {
            deelname: {"vestigingsplaats": "Urk", "bestuurlijk_belang": "Een zetel.", "te_herzien": True},
            cijfers: {
                **{"belang_begin": Decimal("1.50"), "belang_begin_procent": Decimal("2.5000")},
                **{"belang_eind": Decimal("3.50"), "belang_eind_procent": Decimal("4.5000")},
                **{"ontwikkelingen": "Fusie.", "te_herzien": True},
            },
        }
        for rij, velden in nieuw.items():
            for veld, waarde in velden.items():
                type(rij)._default_manager.filter(pk=rij.pk).update(**{veld: waarde})
                laatste = nieuwste()[0]
                assert historie.lees_json(laatste.nieuw)[veld] == waarde
                assert (laatste.tabel, laatste.rij) == (rij._meta.db_table, rij.pk)
        assert controleer_historie().afwijkingen == ()

        with als_eigenaar():
            sql("SET session_replication_role = replica")
            sql("UPDATE programma_partijcijfers SET belang_eind = 3.51")
            sql("UPDATE programma_deelname SET bestuurlijk_belang = 'Een zetel'")
            sql("SET session_replication_role = origin")

        zinnen = sorted(controleer_historie().afwijkingen)
        assert len(zinnen) == 2
        assert "bestuurlijk belang is in de tabel" in zinnen[1] + zinnen[0]
        assert "belang van de gemeente op 31 december is in de tabel" in zinnen[1] + zinnen[0]

    def test_elke_soort_rij_heeft_haar_trekkers(self, db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'bewaak_historie_wijzigen'")
            bewaakt = {tabel for (tabel,) in cursor.fetchall()}

        assert {model._meta.db_table for model in (*VERSIERIJEN, Versie, Taakveld)} <= bewaakt
        assert "indicatoren_waarneming" in bewaakt


class TestKeten:
    def test_een_schakel_per_transactie(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        voor = Schakel.objects.count()

        with transaction.atomic():
            Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=9)
            Pakket.objects.filter(versie=versie).update(naam="Anders")

        assert Schakel.objects.count() == voor + 1
        assert Schakel.objects.order_by("-pk")[0].aantal == 2
        assert controleer_historie().afwijkingen == ()

    def test_wat_terugdraait_laat_niets_na(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        voor = (Schakel.objects.count(), Gebeurtenis.objects.count())

        with pytest.raises(ZeroDivisionError), transaction.atomic():
            Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=9)
            raise ZeroDivisionError

        assert (Schakel.objects.count(), Gebeurtenis.objects.count()) == voor
        assert controleer_historie().in_orde

    def test_na_een_vroege_controle_gaat_de_keten_door(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        voor = Schakel.objects.count()

        with transaction.atomic():
            Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=9)
            sql("SET CONSTRAINTS ALL IMMEDIATE")
            sql("SET CONSTRAINTS ALL DEFERRED")
            Kolom.objects.filter(versie=versie, jaar=2028).update(volgorde=10)

        assert Schakel.objects.count() == voor + 2
        assert controleer_historie().in_orde

    def test_zestien_schrijvers_zonder_gebroken_schakel(self, vaste_rollen: Rollen) -> None:
        """Each writes to two kinds of rows, in both orders: a lock on the chain during the edit would deadlock."""
        versie = maak_concept(vaste_rollen, programmas=16)
        programmas = list(Programma.objects.filter(versie=versie))
        voor = Schakel.objects.count()
        fouten: list[BaseException] = []

        def schrijf(nummer: int) -> None:
            try:
                for ronde in range(5):
                    with namens(vaste_rollen.redacteur.pk, via="rooster"), transaction.atomic():
                        stappen = [
                            lambda: Pakket.objects.filter(programma=programmas[nummer]).update(naam=f"N{ronde}"),  # noqa: B023
                            lambda: Programma.objects.filter(pk=programmas[nummer].pk).update(naam=f"P{ronde}"),  # noqa: B023
                        ]
                        for stap in stappen if nummer % 2 else reversed(stappen):
                            stap()
            except BaseException as fout:  # noqa: BLE001 - the thread reports, the test judges
                fouten.append(fout)
            finally:
                connection.close()

        draden = [threading.Thread(target=schrijf, args=(nummer,)) for nummer in range(16)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()

        assert fouten == []
        assert Schakel.objects.count() == voor + 80
        assert controleer_historie().afwijkingen == ()

    def test_het_anker_van_een_publicatie_hangt_aan_de_historie(self, vaste_rollen: Rollen) -> None:
        eerste = maak_gepubliceerd(vaste_rollen)
        concept = publicatie.maak_concept(eerste, door=vaste_rollen.redacteur)
        publicatie.dien_in(concept, door=vaste_rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(concept, door=vaste_rollen.publicist)
        publicatie.publiceer(concept, door=vaste_rollen.publicist)

        assert controleer_historie(historie.kop()).afwijkingen == ()


class TestNiemandSchrijft:
    @pytest.mark.parametrize(
        "opdracht",
        [
            "UPDATE programma_gebeurtenis SET via = ''",
            "DELETE FROM programma_gebeurtenis",
            "TRUNCATE programma_gebeurtenis",
            "INSERT INTO programma_schakel SELECT * FROM programma_schakel",
            "UPDATE programma_schakel SET vorige = ''",
            "DELETE FROM programma_schakel",
            "INSERT INTO programma_openstaand VALUES (1, 1)",
            "DELETE FROM programma_openstaand",
            "SELECT historie_bijwerken('programma_bedrag', 'x')",
            "ALTER TABLE programma_bedrag DISABLE TRIGGER ALL",
            "SET session_replication_role = replica",
            "SELECT setval('programma_gebeurtenis_id_seq', 1)",
        ],
    )
    def test_de_rol_van_de_site(self, rollen: Rollen, opdracht: str) -> None:
        maak_concept(rollen)
        with pytest.raises(DatabaseError), transaction.atomic():
            # What the tests connect as may become the owner again; what the site connects as may not.
            sql("SET LOCAL ROLE veiligheid_site")
            sql("SET LOCAL SESSION AUTHORIZATION veiligheid_site")
            sql(opdracht)

    @pytest.mark.parametrize("tabel", ["programma_gebeurtenis", "programma_schakel"])
    @pytest.mark.parametrize("opdracht", ["DELETE FROM {}", "UPDATE {} SET afdruk = ''", "TRUNCATE {}"])
    def test_ook_de_eigenaar_niet_met_de_trekkers_aan(
        self, vaste_rollen: Rollen, als_eigenaar: Eigenaar, tabel: str, opdracht: str
    ) -> None:
        maak_concept(vaste_rollen)
        with als_eigenaar(), pytest.raises(DatabaseError), transaction.atomic():
            sql(opdracht.format(tabel))


class TestTijdlijn:
    def test_een_cel(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        bedrag = Bedrag.objects.select_related("regel", "kolom").filter(versie=versie, euro=-1000)[0]
        with namens(rollen.redacteur2.pk, via="rooster"):
            Bedrag.objects.filter(pk=bedrag.pk).update(euro=Decimal("-1234.50"))

        voorvallen = historie.tijdlijn(
            Gebeurtenis.objects.van_cel(versie.pk, bedrag.regel_id, bedrag.kolom_id).order_by("-pk")
        )

        assert [voorval.soort for voorval in voorvallen] == ["gewijzigd", "toegevoegd"]
        laatste = voorvallen[0]
        assert laatste.wie == rollen.redacteur2.username
        assert laatste.onderwerp == f"bedrag: {bedrag.regel}, {bedrag.kolom}"
        assert [(v.veld, v.oud, v.nieuw) for v in laatste.veranderingen] == [("bedrag in euro", "−1.000", "−1.234,5")]

    def test_een_programma_met_wat_weg_is(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen, programmas=2)
        een, twee = Programma.objects.filter(versie=versie).order_by("code")
        Pakket.objects.get(programma=een).delete()
        Doel.objects.filter(pakket__programma=twee).update(tekst="Anders.")

        van_een = Gebeurtenis.objects.van_programma(versie.pk, een.pk)
        van_twee = Gebeurtenis.objects.van_programma(versie.pk, twee.pk)

        # Programme, pakket, text, goal, two lines of six amounts; all but the programme came and went.
        assert van_een.count() == 1 + 2 * (3 + 2 + 12)
        assert van_twee.count() == 1 + (3 + 2 + 12) + 1
        assert not van_een.filter(pk__in=van_twee.values("pk")).exists()

    def test_namen_van_wat_weg_is(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        regel = Begrotingsregel.objects.filter(versie=versie)[0]
        naam = str(regel)
        regel.delete()

        voorvallen = historie.tijdlijn(Gebeurtenis.objects.filter(tabel="programma_bedrag", soort="-"))

        assert voorvallen
        assert all(naam in voorval.onderwerp for voorval in voorvallen)

    def test_twee_vragen_hoeveel_voorvallen_ook(self, rollen: Rollen, django_assert_num_queries) -> None:
        versie = maak_concept(rollen, programmas=3)
        with django_assert_num_queries(3):
            assert len(historie.tijdlijn(Gebeurtenis.objects.filter(versie=versie))) > 50


class TestStand:
    def test_zoals_het_was(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        voor = Schakel.objects.order_by("-pk")[0].pk
        Sectie.objects.filter(versie=versie).update(tekst="Later.")
        Begrotingsregel.objects.filter(versie=versie)[0].delete()
        Doel.objects.create(versie=versie, pakket=Pakket.objects.get(versie=versie), tekst="Erbij.")

        toen = historie.stand(versie.pk, voor)

        assert [sectie.tekst for sectie in toen[Sectie]] == ["Wat we doen."]
        assert len(toen[Begrotingsregel]) == 2
        assert len(toen[Bedrag]) == 12
        assert {bedrag.euro for bedrag in toen[Bedrag]} == {Decimal("-1000.00"), Decimal("100.00")}
        assert [doel.tekst for doel in toen[Doel]] == ["Wat we willen bereiken."]


def test_de_klok_bepaalt_de_volgorde_niet(vaste_rollen: Rollen) -> None:
    """Links are in the order of commits, whatever the moments say."""
    maak_concept(vaste_rollen)
    nummers = list(Schakel.objects.order_by("pk").values_list("pk", flat=True))
    assert nummers == list(range(1, len(nummers) + 1))
    assert Schakel.objects.filter(op__gt=timezone.now() + timedelta(seconds=5)).count() == 0
