"""The verbs: what they do, whom they refuse, and what they leave behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from programma import publicatie
from programma.models import VERSIERIJEN, Bedrag, Bestand, Bewerking, Sectie, Stap, Versie
from programma.toetsing.keuring import bereken_controlesom
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_gepubliceerd, publiceer, tabelwaarden
from veiligheid.namens import namens

Status = Versie.Status


def test_van_concept_tot_vastgesteld(rollen: Rollen) -> None:
    versie = maak_concept(rollen)

    publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
    publicatie.keur_goed(versie, door=rollen.publicist)
    publicatie.publiceer(versie, door=rollen.publicist2)
    publicatie.stel_vast(versie, door=rollen.publicist, nummer="2024-31", datum=timezone.localdate())

    versie.refresh_from_db()
    assert versie.status == Status.GEPUBLICEERD
    assert versie.controlesom == versie.goedgekeurde_controlesom == bereken_controlesom(versie)
    assert versie.peilmoment == versie.gepubliceerd_op
    assert len(versie.anker) == 64
    assert list(Stap.objects.filter(versie=versie).order_by("pk").values_list("werkwoord", "door__username")) == [
        ("maak_concept", "rosa"),
        ("dien_in", "rosa"),
        ("keur_goed", "paula"),
        ("publiceer", "pim"),
        ("stel_vast", "paula"),
    ]
    assert set(Bestand.objects.filter(versie=versie).values_list("naam", flat=True)) == {
        "begroting.csv",
        "begroting.json",
        "programma/programma-1/begroting.csv",
    }


@pytest.mark.parametrize(
    ("werkwoord", "rol", "extra"),
    [
        ("dien_in", "publicist", {"samenvatting": SAMENVATTING}),
        ("dien_in", "auditor", {"samenvatting": SAMENVATTING}),
        ("trek_indiening_in", "publicist", {}),
        ("keur_goed", "redacteur", {}),
        ("publiceer", "redacteur", {}),
        ("publiceer", "beheerder", {}),
        ("stuur_terug", "schrijver", {"reden": "x"}),
        ("trek_in", "redacteur", {"reden": "x"}),
        ("stel_vast", "auditor", {"nummer": "1", "datum": timezone.localdate()}),
        ("maak_concept", "publicist", {}),
    ],
)
def test_zonder_recht(rollen: Rollen, werkwoord: str, rol: str, extra: dict[str, object]) -> None:
    versie = maak_concept(rollen)

    with pytest.raises(publicatie.GeenRecht):
        getattr(publicatie, werkwoord)(versie, door=getattr(rollen, rol), **extra)


def test_een_uitgeschakeld_account_mag_niets(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    rollen.redacteur.is_active = False

    with pytest.raises(publicatie.GeenRecht):
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)


@pytest.mark.parametrize(
    "werkwoord", ["keur_goed", "publiceer", "trek_in", "stel_vast", "stuur_terug", "trek_indiening_in"]
)
def test_verkeerde_status(rollen: Rollen, werkwoord: str) -> None:
    versie = maak_concept(rollen)
    extra: dict[str, object] = {
        "trek_in": {"reden": "x"},
        "stuur_terug": {"reden": "x"},
        "stel_vast": {"nummer": "1", "datum": timezone.localdate()},
    }.get(werkwoord, {})

    door = rollen.redacteur if werkwoord == "trek_indiening_in" else rollen.publicist
    with pytest.raises(publicatie.VerkeerdeStatus):
        getattr(publicatie, werkwoord)(versie, door=door, **extra)


class TestSamenvatting:
    """A submission says what was changed; the step keeps it."""

    @pytest.mark.parametrize("tekst", ["", "  ", "\r\n\t "])
    def test_zonder_samenvatting_geen_indiening(self, rollen: Rollen, tekst: str) -> None:
        versie = maak_concept(rollen)

        with pytest.raises(publicatie.SamenvattingOntbreekt, match="in een paar zinnen"):
            publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=tekst)

        versie.refresh_from_db()
        assert versie.status == Status.CONCEPT
        assert not Stap.objects.filter(versie=versie, werkwoord="dien_in").exists()

    def test_hoogstens_500_tekens_een_regeleinde_is_er_een(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with pytest.raises(publicatie.SamenvattingOntbreekt, match="501 tekens lang"):
            publicatie.dien_in(versie, door=rollen.redacteur, samenvatting="a" * 501)

        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=f" {'a' * 249}\r\n{'b' * 250}\n")

        versie.refresh_from_db()
        assert versie.samenvatting == f"{'a' * 249}\n{'b' * 250}"

    def test_elke_stap_houdt_wat_er_toen_gezegd_is(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting="Eerst.")
        publicatie.stuur_terug(versie, door=rollen.publicist, reden="Nog eens.")
        versie.refresh_from_db()
        assert (versie.status, versie.samenvatting) == (Status.CONCEPT, "Eerst.")

        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting="Daarna.")

        assert list(Stap.objects.filter(versie=versie).order_by("pk").values_list("werkwoord", "reden")) == [
            ("maak_concept", ""),
            ("dien_in", "Eerst."),
            ("stuur_terug", "Nog eens."),
            ("dien_in", "Daarna."),
        ]

    def test_niet_in_de_controlesom_en_niet_in_de_volgende_versie(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        som = bereken_controlesom(versie)
        gepubliceerd = publiceer(versie, rollen)

        volgende = publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)

        assert gepubliceerd.samenvatting == SAMENVATTING
        assert gepubliceerd.controlesom == som
        volgende.refresh_from_db()
        assert volgende.samenvatting == ""


class TestTrekIndieningIn:
    """Who submitted takes that back without help."""

    def test_de_goedkeuring_en_de_planning_vervallen(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=rollen.publicist)
        publicatie.plan(versie, door=rollen.publicist, op=timezone.now() + timedelta(days=1))

        publicatie.trek_indiening_in(versie, door=rollen.redacteur)

        versie.refresh_from_db()
        assert (versie.status, versie.reden, versie.goedgekeurd_door, versie.gepland_op) == (
            Status.CONCEPT, "", None, None,
        )  # fmt: skip
        stap = Stap.objects.filter(versie=versie).first()
        assert (stap.werkwoord, stap.door, stap.reden) == ("trek_indiening_in", rollen.redacteur, "")
        with namens(rollen.redacteur.pk):
            assert Sectie.objects.filter(versie=versie).update(tekst="Hersteld.") == 1

    def test_met_een_reden(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        publicatie.trek_indiening_in(versie, door=rollen.redacteur, reden=" Een nul te veel. ")

        assert Stap.objects.filter(versie=versie).first().reden == "Een nul te veel."

    def test_een_collega_niet(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with pytest.raises(publicatie.NietEigenIndiening):
            publicatie.trek_indiening_in(versie, door=rollen.redacteur2)

        versie.refresh_from_db()
        assert versie.status == Status.INGEDIEND


class TestVierOgen:
    """Whoever approves neither submitted nor changed anything."""

    def test_wie_indient_keurt_niet_goed(self, rollen: Rollen) -> None:
        rollen.publicist.groups.add(*rollen.redacteur.groups.all())
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.publicist, samenvatting=SAMENVATTING)

        with pytest.raises(publicatie.VierOgen):
            publicatie.keur_goed(versie, door=rollen.publicist)

    def test_wie_wijzigt_keurt_niet_goed(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with namens(rollen.publicist.pk):
            Sectie.objects.filter(versie=versie).update(tekst="Anders.")
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with pytest.raises(publicatie.VierOgen):
            publicatie.keur_goed(versie, door=rollen.publicist)

        publicatie.keur_goed(versie, door=rollen.publicist2)

    def test_ook_een_verwijderde_rij_telt(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with namens(rollen.publicist.pk):
            Sectie.objects.filter(versie=versie).delete()
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with pytest.raises(publicatie.VierOgen):
            publicatie.keur_goed(versie, door=rollen.publicist)

    def test_de_database_houdt_een_superuser_tegen(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with pytest.raises(IntegrityError, match="goedkeuren"), transaction.atomic():
            Versie.objects.filter(pk=versie.pk).update(
                goedgekeurd_op=timezone.now(), goedgekeurd_door=rollen.redacteur, goedgekeurde_controlesom="a" * 64
            )

    def test_een_kopie_maakt_niemand_auteur(self, rollen: Rollen) -> None:
        rollen.publicist.groups.add(*rollen.redacteur.groups.all())
        gepubliceerd = maak_gepubliceerd(rollen)
        concept = publicatie.maak_concept(gepubliceerd, door=rollen.publicist)
        publicatie.dien_in(concept, door=rollen.redacteur, samenvatting=SAMENVATTING)

        publicatie.keur_goed(concept, door=rollen.publicist)

        assert not Bewerking.objects.filter(versie=concept).exclude(via="kopie").exists()


class TestGoedkeuring:
    """Approval binds to the content."""

    def test_een_cent_anders_en_de_goedkeuring_vervalt(self, rollen: Rollen, als_eigenaar) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=rollen.publicist)
        with als_eigenaar():
            _omzeil_triggers("UPDATE programma_bedrag SET euro = euro + 0.01 WHERE versie_id = %s", versie.pk)

        with pytest.raises(publicatie.GoedkeuringVervallen):
            publicatie.publiceer(versie, door=rollen.publicist)

        versie.refresh_from_db()
        assert versie.status == Status.INGEDIEND
        assert not Bestand.objects.filter(versie=versie).exists()

    def test_een_komma_anders_en_de_goedkeuring_vervalt(self, rollen: Rollen, als_eigenaar) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=rollen.publicist)
        with als_eigenaar():
            _omzeil_triggers("UPDATE programma_sectie SET tekst = 'Wat, we doen.' WHERE versie_id = %s", versie.pk)

        with pytest.raises(publicatie.GoedkeuringVervallen):
            publicatie.publiceer(versie, door=rollen.publicist)

    def test_terugsturen_haalt_de_goedkeuring_weg(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=rollen.publicist)

        publicatie.stuur_terug(versie, door=rollen.publicist, reden="Het bedrag van 2026 klopt niet.")

        versie.refresh_from_db()
        assert (versie.status, versie.goedgekeurd_door, versie.reden) == (
            Status.CONCEPT,
            None,
            "Het bedrag van 2026 klopt niet.",
        )
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        with pytest.raises(publicatie.NietGoedgekeurd):
            publicatie.publiceer(versie, door=rollen.publicist)

    def test_tweemaal_goedkeuren(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=rollen.publicist)

        with pytest.raises(publicatie.VerkeerdeStatus):
            publicatie.keur_goed(versie, door=rollen.publicist2)


def _omzeil_triggers(opdracht: str, *parameters: object) -> None:
    """Do what nobody can do through the site: write with the triggers off, as a superuser."""
    with publicatie.connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(opdracht, parameters)
        cursor.execute("SET LOCAL session_replication_role = origin")


class TestPubliceer:
    """Publication is whole or absent."""

    def test_een_blokkade_houdt_alles_tegen(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with namens(rollen.redacteur.pk):
            Sectie.objects.filter(versie=versie).delete()
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=rollen.publicist)

        with pytest.raises(publicatie.Geblokkeerd) as weigering:
            publicatie.publiceer(versie, door=rollen.publicist)

        assert [bevinding.code for bevinding in weigering.value.bevindingen] == ["pakket_zonder_tekst"]
        versie.refresh_from_db()
        assert (versie.status, versie.controlesom, versie.peilmoment) == (Status.INGEDIEND, "", None)
        assert not Bestand.objects.filter(versie=versie).exists()

    def test_ankers_vormen_een_keten(self, rollen: Rollen) -> None:
        eerste = maak_gepubliceerd(rollen)
        tweede = publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)

        assert eerste.controlesom == tweede.controlesom
        assert tweede.anker == publicatie.vingerafdruk.anker(eerste.anker, tweede.controlesom, tweede.peilmoment)

    def test_gepland_gebeurt_pas_op_het_moment(self, vaste_rollen: Rollen) -> None:
        versie = maak_concept(vaste_rollen)
        publicatie.dien_in(versie, door=vaste_rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=vaste_rollen.publicist)
        publicatie.plan(versie, door=vaste_rollen.publicist, op=timezone.now() + timedelta(hours=1))

        call_command("publiceer_gepland")
        versie.refresh_from_db()
        assert versie.status == Status.INGEDIEND

        Versie.objects.filter(pk=versie.pk).update(gepland_op=timezone.now() - timedelta(seconds=1))
        call_command("publiceer_gepland")
        versie.refresh_from_db()
        assert (versie.status, versie.gepubliceerd_door) == (Status.GEPUBLICEERD, vaste_rollen.publicist)

    def test_plannen_in_het_verleden(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=rollen.publicist)

        with pytest.raises(publicatie.NogNietTijd):
            publicatie.plan(versie, door=rollen.publicist, op=timezone.now())


class TestMaakConcept:
    """A new concept is a copy of what is published."""

    def test_alles_gaat_mee(self, rollen: Rollen) -> None:
        gepubliceerd = maak_gepubliceerd(rollen, programmas=3)

        concept = publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)

        assert (concept.nummer, concept.status, concept.voorganger) == (2, Status.CONCEPT, gepubliceerd)
        assert tabelwaarden(concept) == tabelwaarden(gepubliceerd)
        assert bereken_controlesom(concept) == gepubliceerd.controlesom
        assert all(model in VERSIERIJEN for model in (Bedrag, Sectie))

    def test_er_is_er_maar_een_in_bewerking(self, rollen: Rollen) -> None:
        gepubliceerd = maak_gepubliceerd(rollen)
        publicatie.maak_concept(gepubliceerd, door=rollen.redacteur)

        with pytest.raises(publicatie.AlInBewerking):
            publicatie.maak_concept(gepubliceerd, door=rollen.redacteur2)

    def test_niet_van_een_concept(self, rollen: Rollen) -> None:
        with pytest.raises(publicatie.VerkeerdeStatus):
            publicatie.maak_concept(maak_concept(rollen), door=rollen.redacteur)


class TestNaPublicatie:
    """What can still happen: the council's decision, once, and withdrawal, with a reason."""

    def test_een_raadsbesluit_is_eenmalig(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        publicatie.stel_vast(versie, door=rollen.publicist, nummer="R1", datum=timezone.localdate())

        with pytest.raises(publicatie.AlVastgesteld):
            publicatie.stel_vast(versie, door=rollen.publicist, nummer="R2", datum=timezone.localdate())

    @pytest.mark.parametrize(("nummer", "dagen"), [("", 0), ("  ", 0), ("R1", 1)])
    def test_een_onvolledig_besluit(self, rollen: Rollen, nummer: str, dagen: int) -> None:
        versie = maak_gepubliceerd(rollen)

        with pytest.raises(publicatie.NietVolledig):
            datum = timezone.localdate() + timedelta(days=dagen)
            publicatie.stel_vast(versie, door=rollen.publicist, nummer=nummer, datum=datum)

    def test_intrekken_vraagt_een_reden(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)

        with pytest.raises(publicatie.RedenOntbreekt):
            publicatie.trek_in(versie, door=rollen.publicist, reden=" ")

        publicatie.trek_in(versie, door=rollen.publicist, reden="Fout in tabel 1.")
        versie.refresh_from_db()
        assert (versie.status, versie.reden) == (Status.INGETROKKEN, "Fout in tabel 1.")
