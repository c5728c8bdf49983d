"""Work that is given out: who may give, who may write, and what happens when it is klaar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone

from programma import opdrachten, publicatie
from programma.models import Doel, Opdracht, Pakket, Sectie, Versie
from programma.opdrachten import NogTeHerzien
from programma.publicatie import GeenRecht, NietVolledig, RedenOntbreekt, VerkeerdeStatus
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_document, maak_gepubliceerd
from tests.conftest import Eigenaar
from veiligheid.namens import namens

MORGEN = timedelta(days=1)


@pytest.fixture
def versie(rollen: Rollen) -> Versie:
    """A concept with two programmes, each with a pakket."""
    return maak_concept(rollen, 2)


@pytest.fixture
def opdracht(rollen: Rollen, versie: Versie) -> Opdracht:
    """Pakket 1A, given to the schrijver."""
    pakket = Pakket.objects.get(versie=versie, code="1A")
    return opdrachten.geef(pakket, rollen.schrijver, timezone.localdate() + MORGEN, door=rollen.redacteur)[0]


class TestGeven:
    """An officer gives a pakket to a schrijver."""

    def test_wie_wat_en_wanneer(self, rollen: Rollen, opdracht: Opdracht) -> None:
        assert (opdracht.status, opdracht.schrijver, opdracht.gegeven_door) == (
            "open", rollen.schrijver, rollen.redacteur,
        )  # fmt: skip
        assert opdracht.versie == opdracht.pakket.versie
        assert opdracht.bewerkbaar()
        assert list(opdrachten.van(rollen.schrijver)) == [opdracht]
        assert not opdrachten.van(rollen.redacteur).exists()

    def test_twee_keer_geven_is_een_keer(self, rollen: Rollen, opdracht: Opdracht) -> None:
        nog_eens, nieuw = opdrachten.geef(
            opdracht.pakket, rollen.schrijver, timezone.localdate() + 9 * MORGEN, door=rollen.redacteur2
        )

        assert (nog_eens, nieuw) == (opdracht, False)
        assert nog_eens.uiterlijk == opdracht.uiterlijk

    @pytest.mark.parametrize("rol", ["publicist", "schrijver", "auditor", "beheerder"])
    def test_alleen_een_redacteur_geeft(self, rollen: Rollen, versie: Versie, rol: str) -> None:
        with pytest.raises(GeenRecht):
            opdrachten.geef(
                Pakket.objects.get(versie=versie, code="1A"),
                rollen.schrijver,
                timezone.localdate(),
                door=getattr(rollen, rol),
            )
        assert not Opdracht.objects.exists()

    def test_alleen_aan_een_schrijver_die_er_nog_is(self, rollen: Rollen, versie: Versie) -> None:
        pakket = Pakket.objects.get(versie=versie, code="1A")
        with pytest.raises(NietVolledig, match="rol schrijver niet"):
            opdrachten.geef(pakket, rollen.auditor, timezone.localdate(), door=rollen.redacteur)
        rollen.schrijver.is_active = False
        rollen.schrijver.save()
        with pytest.raises(NietVolledig):
            opdrachten.geef(pakket, rollen.schrijver, timezone.localdate(), door=rollen.redacteur)

    def test_niet_voor_een_dag_die_voorbij_is(self, rollen: Rollen, versie: Versie) -> None:
        pakket = Pakket.objects.get(versie=versie, code="1A")
        with pytest.raises(NietVolledig, match="al voorbij"):
            opdrachten.geef(pakket, rollen.schrijver, timezone.localdate() - MORGEN, door=rollen.redacteur)
        assert opdrachten.geef(pakket, rollen.schrijver, timezone.localdate(), door=rollen.redacteur)[1]

    def test_niet_in_een_versie_die_vastligt(self, rollen: Rollen) -> None:
        pakket = Pakket.objects.get(versie=maak_gepubliceerd(rollen))
        with pytest.raises(VerkeerdeStatus):
            opdrachten.geef(pakket, rollen.schrijver, timezone.localdate(), door=rollen.redacteur)


class TestKlaarEnTerug:
    """Klaar closes; only a reason opens again."""

    def test_klaar_en_terug(self, rollen: Rollen, opdracht: Opdracht) -> None:
        klaar = opdrachten.meld_klaar(opdracht, door=rollen.schrijver)
        assert (klaar.status, klaar.bewerkbaar()) == ("klaar", False)
        assert klaar.klaar_op is not None

        terug = opdrachten.stuur_terug(klaar, door=rollen.redacteur, reden=" Noem het jaar. ")

        assert (terug.status, terug.reden, terug.klaar_op) == ("teruggestuurd", "Noem het jaar.", None)
        assert terug.bewerkbaar()
        assert opdrachten.meld_klaar(terug, door=rollen.schrijver).status == "klaar"

    def test_terug_kan_alleen_met_een_reden_en_als_het_klaar_is(self, rollen: Rollen, opdracht: Opdracht) -> None:
        with pytest.raises(VerkeerdeStatus):
            opdrachten.stuur_terug(opdracht, door=rollen.redacteur, reden="Nu al?")
        opdrachten.meld_klaar(opdracht, door=rollen.schrijver)
        with pytest.raises(RedenOntbreekt):
            opdrachten.stuur_terug(opdracht, door=rollen.redacteur, reden="  ")
        for rol in ("schrijver", "publicist", "auditor"):
            with pytest.raises(GeenRecht):
                opdrachten.stuur_terug(opdracht, door=getattr(rollen, rol), reden="Zomaar.")

    def test_een_ander_meldt_niet_klaar(self, rollen: Rollen, opdracht: Opdracht) -> None:
        with pytest.raises(GeenRecht):
            opdrachten.meld_klaar(opdracht, door=rollen.redacteur)

    def test_twee_keer_klaar(self, rollen: Rollen, opdracht: Opdracht) -> None:
        opdrachten.meld_klaar(opdracht, door=rollen.schrijver)
        with pytest.raises(VerkeerdeStatus):
            opdrachten.meld_klaar(opdracht, door=rollen.schrijver)

    @pytest.mark.parametrize("model", [Sectie, Doel])
    def test_klaar_pas_als_alles_bekeken_is(self, rollen: Rollen, opdracht: Opdracht, model: type) -> None:
        with namens(rollen.redacteur.pk):
            model.objects.filter(versie=opdracht.versie).update(te_herzien=True)
        with pytest.raises(NogTeHerzien, match="nog te herzien: 1"):
            opdrachten.meld_klaar(opdracht, door=rollen.schrijver)
        with namens(rollen.redacteur.pk):
            model.objects.filter(pakket=opdracht.pakket).update(te_herzien=False)
        assert opdrachten.meld_klaar(opdracht, door=rollen.schrijver).status == "klaar"

    def test_een_ingediende_versie_sluit(self, rollen: Rollen, opdracht: Opdracht) -> None:
        publicatie.dien_in(opdracht.versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        with pytest.raises(VerkeerdeStatus):
            opdrachten.meld_klaar(opdracht, door=rollen.schrijver)

    def test_wie_de_rol_kwijt_is_heeft_niets(self, rollen: Rollen, opdracht: Opdracht) -> None:
        rollen.schrijver.groups.remove(Group.objects.get(name="schrijver"))
        assert not opdrachten.van(rollen.schrijver).exists()


class TestTeLaat:
    """Late is: not klaar on the day after."""

    @pytest.mark.parametrize(
        ("status", "op", "laat"),
        [
            ("open", date(2026, 9, 30), False),
            ("open", date(2026, 10, 1), False),
            ("open", date(2026, 10, 2), True),
            ("teruggestuurd", date(2026, 10, 2), True),
            ("klaar", date(2026, 10, 2), False),
        ],
    )
    def test_te_laat(self, status: str, op: date, laat: bool) -> None:
        assert Opdracht(status=status, uiterlijk=date(2026, 10, 1)).te_laat(op) is laat


class TestDeDatabase:
    """What holds by whatever route."""

    def test_pakket_en_versie_horen_bij_elkaar(self, rollen: Rollen, opdracht: Opdracht) -> None:
        ander = maak_concept(rollen, document=maak_document(2030))
        for fout in ({"versie": ander}, {"pakket": Pakket.objects.get(versie=ander)}):
            with pytest.raises(IntegrityError, match="opdracht_pakket_zelfde_versie"), transaction.atomic():
                Opdracht.objects.filter(pk=opdracht.pk).update(**fout)

    @pytest.mark.parametrize(
        "fout",
        [{"status": "klaar"}, {"status": "teruggestuurd"}, {"status": "weg"}, {"klaar_op": timezone.now()}],
    )
    def test_een_onmogelijke_stand(self, opdracht: Opdracht, fout: dict[str, object]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Opdracht.objects.filter(pk=opdracht.pk).update(**fout)

    def test_een_opdracht_gaat_met_zijn_pakket(
        self, rollen: Rollen, opdracht: Opdracht, als_eigenaar: Eigenaar
    ) -> None:
        with als_eigenaar(), namens(rollen.redacteur.pk), transaction.atomic():
            Versie.objects.get(pk=opdracht.versie_id).delete()
        assert not Opdracht.objects.exists()

    def test_een_opdracht_wordt_niet_gekopieerd(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        pakket = Pakket.objects.get(versie=versie)
        Opdracht.objects.create(versie=versie, pakket=pakket, schrijver=rollen.schrijver, uiterlijk=date(2026, 1, 1))

        kopie = publicatie.maak_concept(versie, door=rollen.redacteur)

        assert not Opdracht.objects.filter(versie=kopie).exists()
