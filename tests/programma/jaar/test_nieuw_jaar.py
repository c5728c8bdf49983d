"""A new year: what comes along, where the amounts come from, and that nothing is invented."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programma import publicatie
from programma.demo import begroting as demobegroting
from programma.jaar.nieuw_jaar import BestaatAl, maak_plan, nieuw_jaar
from programma.jaar.nog_leeg import nog_leeg
from programma.models import (
    VERSIERIJEN,
    Bedrag,
    Begrotingsregel,
    Bestand,
    Bewerking,
    Deelname,
    Document,
    Doel,
    Kolom,
    Pakket,
    Partijcijfers,
    Programma,
    Sectie,
    Taakveld,
    Versie,
    Wijziging,
)
from programma.publicatie import GeenRecht, VerkeerdeStatus
from programma.toetsing.keuring import bereken_controlesom, bevindingen
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_gepubliceerd, publiceer
from veiligheid.namens import namens

D = Decimal


def cellen(versie: Versie) -> dict[tuple[str, str, int], Decimal]:
    """Return the amounts of a version, per sleutel, stage and year; two bedragen in one cell fail here."""
    rijen = Bedrag.objects.filter(versie=versie).values_list(
        "regel__sleutel", "kolom__fase", "kolom__jaar", "euro", "wijziging"
    )
    gevonden = {}
    for sleutel, fase, jaar, euro, wijziging in rijen:
        assert (sleutel, fase, jaar) not in gevonden
        assert wijziging is None
        gevonden[sleutel, fase, jaar] = euro
    return gevonden


def vul(versie: Versie, rollen: Rollen, bedragen: Mapping[str, Mapping[tuple[str, int], int]]) -> None:
    """Give lines other amounts in some columns."""
    with namens(rollen.redacteur.pk):
        for sleutel, per_kolom in bedragen.items():
            for (fase, jaar), euro in per_kolom.items():
                Bedrag.objects.filter(versie=versie, regel__sleutel=sleutel, kolom__fase=fase, kolom__jaar=jaar).update(
                    euro=euro
                )


def maak_stuk(
    rollen: Rollen,
    soort: str,
    jaar: int,
    kolommen: Sequence[tuple[str, int]],
    regels: Sequence[tuple[str, str, str, int]],
) -> Versie:
    """Publish another document: `regels` are sleutel, soort, omschrijving and the amount in each column."""
    document = Document.objects.create(soort=soort, jaar=jaar, titel=f"{soort.title()} {jaar}", slug=f"{soort}-{jaar}")
    versie = publicatie.nieuwe_versie(document, door=rollen.redacteur)
    with namens(rollen.redacteur.pk):
        programma = Programma.objects.create(versie=versie, code="1", naam="Programma 1", slug="programma-1")
        pakket = Pakket.objects.create(versie=versie, programma=programma, code="1A", naam="Pakket 1A")
        Sectie.objects.create(versie=versie, pakket=pakket, kop="Inhoud", tekst="Wat we deden.")
        Doel.objects.create(versie=versie, pakket=pakket, vervallen_reden="Verantwoording.")
        rijen = [
            Kolom.objects.create(versie=versie, fase=fase, jaar=jaar, volgorde=nummer)
            for nummer, (fase, jaar) in enumerate(kolommen, start=1)
        ]
        for sleutel, regelsoort, omschrijving, euro in regels:
            regel = Begrotingsregel.objects.create(
                versie=versie, pakket=pakket, soort=regelsoort, omschrijving=omschrijving, sleutel=sleutel
            )
            for kolom in rijen:
                Bedrag.objects.create(versie=versie, regel=regel, kolom=kolom, euro=euro)
    return publiceer(versie, rollen)


@pytest.fixture
def demo(rollen: Rollen) -> Versie:
    """The demo budget, published."""
    call_command("laad_basis", stdout=io.StringIO())
    map = settings.BASE_DIR / "fixtures" / "demo"
    return demobegroting.laad_en_publiceer(map, redacteur=rollen.redacteur, publicist=rollen.publicist)


class TestDemobegroting:
    """From the printed budget of 2025 to a concept of 2026, to the euro."""

    def test_de_bedragen(self, demo: Versie, rollen: Rollen) -> None:
        versie, _ = nieuw_jaar(demo, door=rollen.redacteur)

        duizend = {
            "1e-lasten-1": {("na_wijziging", 2025): -3516, 2026: -3594, 2027: -3672, 2028: -3669},
            "1f-lasten-1": {("na_wijziging", 2025): -3070, 2026: -3034, 2027: -2899, 2028: -2793},
            "1e-baten-1": {("na_wijziging", 2025): 126, 2026: 126, 2027: 126, 2028: 126},
            "1f-baten-1": {("na_wijziging", 2025): 44, 2026: 44, 2027: 44, 2028: 44},
            "1z-onttrekking-1": {("na_wijziging", 2025): 41, 2026: 41, 2027: 41, 2028: 41},
        }
        assert cellen(versie) == {
            (sleutel, *(kolom if isinstance(kolom, tuple) else ("primair", kolom))): D(euro) * 1000
            for sleutel, per_kolom in duizend.items()
            for kolom, euro in per_kolom.items()
        }

    def test_de_kolommen_staan_een_jaar_verder(self, demo: Versie, rollen: Rollen) -> None:
        versie, plan = nieuw_jaar(demo, door=rollen.redacteur)

        assert list(Kolom.objects.filter(versie=versie).order_by("volgorde").values_list("fase", "jaar")) == [
            ("realisatie", 2024), ("na_wijziging", 2025), ("primair", 2026), ("primair", 2027), ("primair", 2028),
            ("primair", 2029),
        ]  # fmt: skip
        assert [(kolom.titel, len(kolom.bedragen)) for kolom in plan.leeg] == [
            ("Realisatie 2024", 0),
            ("Primaire begroting 2029", 0),
        ]

    def test_elk_bedrag_zegt_waar_het_vandaan_komt(self, demo: Versie, rollen: Rollen) -> None:
        versie, _ = nieuw_jaar(demo, door=rollen.redacteur)

        bedrag = Bedrag.objects.get(versie=versie, regel__sleutel="1e-lasten-1", kolom__jaar=2026)
        assert bedrag.bron is not None
        assert bedrag.bron.naam == "Programmabegroting 2025, versie 1"
        assert bedrag.bron.sha256 == Bestand.objects.get(versie=demo, naam="begroting.csv").sha256
        assert bedrag.plaats == "Primaire begroting 2026, regel 1e-lasten-1"
        assert bedrag.bronprecisie == 1000
        na = Bedrag.objects.get(versie=versie, regel__sleutel="1e-lasten-1", kolom__fase="na_wijziging")
        assert na.plaats == "Primaire begroting 2025, regel 1e-lasten-1"
        assert not Bedrag.objects.filter(versie=versie, bron=None).exists()

    def test_document_en_versie(self, demo: Versie, rollen: Rollen) -> None:
        versie, _ = nieuw_jaar(demo, door=rollen.redacteur)

        document = versie.document
        assert (document.soort, document.jaar, document.titel, document.slug) == (
            "begroting", 2026, "Programmabegroting 2026", "programmabegroting-2026",
        )  # fmt: skip
        assert (versie.nummer, versie.status, versie.titel) == (1, "concept", "Programmabegroting 2026")
        assert versie.aangemaakt_door == rollen.redacteur

    def test_alles_komt_mee(self, demo: Versie, rollen: Rollen) -> None:
        versie, _ = nieuw_jaar(demo, door=rollen.redacteur)

        aantal = {
            model.__name__: (
                model._default_manager.filter(versie=demo).count(),
                model._default_manager.filter(versie=versie).count(),
            )
            for model in VERSIERIJEN
        }
        assert aantal.pop("Bedrag") == (30, 20)
        assert aantal.pop("GedruktTotaal") == (24, 0)
        assert all(oud == nieuw for oud, nieuw in aantal.values()), aantal
        assert aantal["Doel"][1] and aantal["Programmaindicator"][1] and aantal["Deelname"][1]
        assert set(Begrotingsregel.objects.filter(versie=versie).values_list("sleutel", flat=True)) == set(
            Begrotingsregel.objects.filter(versie=demo).values_list("sleutel", flat=True)
        )

    def test_teksten_en_doelen_zijn_nog_te_herzien(self, demo: Versie, rollen: Rollen) -> None:
        versie, _ = nieuw_jaar(demo, door=rollen.redacteur)

        for model in (Sectie, Doel, Deelname, Partijcijfers):
            assert (
                model.objects.filter(versie=versie, te_herzien=True).count()
                == model.objects.filter(versie=demo).count()
            )
            assert not model.objects.filter(versie=demo, te_herzien=True).exists()
        doelen = Doel.objects.order_by("volgorde")
        assert list(doelen.filter(versie=versie).values_list("tekst", "streefjaar")) == list(
            doelen.filter(versie=demo).values_list("tekst", "streefjaar")
        )

    def test_wat_nog_moet_houdt_publicatie_tegen(self, demo: Versie, rollen: Rollen) -> None:
        versie, _ = nieuw_jaar(demo, door=rollen.redacteur)

        gevonden = [bevinding for bevinding in bevindingen(versie) if bevinding.niveau == "blokkade"]

        assert {bevinding.code for bevinding in gevonden} == {"jaar_ontbreekt", "nog_te_herzien"}
        assert [bevinding.plaats for bevinding in gevonden if bevinding.code == "jaar_ontbreekt"] == [
            "kolom realisatie 2024",
            "kolom primair 2029",
        ]
        herzien = [bevinding for bevinding in gevonden if bevinding.code == "nog_te_herzien"]
        soorten = (Sectie, Doel, Deelname, Partijcijfers)
        assert len(herzien) == sum(model._default_manager.filter(versie=versie).count() for model in soorten)
        assert "verbonden partij Veiligheidsregio Flevoland" in {bevinding.plaats for bevinding in herzien}
        assert "programma 1, pakket 1E" in {bevinding.plaats for bevinding in herzien}

    def test_van_een_partij_gaat_alles_mee_en_ontbreken_de_cijfers_van_het_nieuwe_jaar(
        self, demo: Versie, rollen: Rollen
    ) -> None:
        """Figures keep their year: those of 2025 are no figures of 2026, and nothing is made up."""
        versie, _ = nieuw_jaar(demo, door=rollen.redacteur)

        was, wordt = (
            list(Deelname.objects.filter(versie=een).values("naam", "vestigingsplaats", "bestuurlijk_belang", "taak"))
            for een in (demo, versie)
        )
        assert was == wordt and wordt[0]["vestigingsplaats"] == "Lelystad"
        assert list(Partijcijfers.objects.filter(versie=versie).values_list("jaar", flat=True)) == [2025]
        (gat,) = [bevinding for bevinding in bevindingen(versie) if bevinding.code == "partij_onvolledig"]
        assert gat.zin.startswith("Over 2026 staan geen cijfers van Veiligheidsregio Flevoland.")
        leeg = nog_leeg(versie)
        assert (leeg.partijen, leeg.partijcijfers) == (1, 1)
        assert [partij.naam for partij in leeg.zonder_cijfers] == ["Veiligheidsregio Flevoland"]
        assert [bevinding for bevinding in bevindingen(demo) if bevinding.code == "partij_onvolledig"] == []

    def test_de_maker_is_schrijver_en_keurt_niet_goed(self, demo: Versie, rollen: Rollen) -> None:
        versie, _ = nieuw_jaar(demo, door=rollen.redacteur)

        assert set(Bewerking.objects.filter(versie=versie).values_list("door", "via")) == {(rollen.redacteur.pk, "")}

    def test_de_oude_versie_verandert_niet(self, demo: Versie, rollen: Rollen) -> None:
        vorige = bereken_controlesom(demo)

        nieuw_jaar(demo, door=rollen.redacteur)

        assert bereken_controlesom(demo) == vorige


class TestWijzigingen:
    """What the council changed in the year is summed; the changes themselves stay where they are."""

    def test_na_wijziging_uit_de_eigen_kolom(self, rollen: Rollen) -> None:
        van = maak_concept(rollen)
        vul(van, rollen, {"p1-lasten": {("primair", 2026): -2600}})
        with namens(rollen.redacteur.pk):
            eerste = Wijziging.objects.create(versie=van, nummer="W1", titel="Eerste")
            tweede = Wijziging.objects.create(versie=van, nummer="W2", titel="Tweede")
            na = Kolom.objects.create(versie=van, fase="na_wijziging", jaar=2025, volgorde=9)
            for nummer, jaar in enumerate((2026, 2027, 2028), start=10):
                Kolom.objects.filter(versie=van, jaar=jaar).update(volgorde=nummer)
            for regel in Begrotingsregel.objects.filter(versie=van):
                origineel = -1000 if regel.soort == "lasten" else 100
                Bedrag.objects.create(versie=van, regel=regel, kolom=na, euro=origineel)
            lasten = Begrotingsregel.objects.get(versie=van, sleutel="p1-lasten")
            Bedrag.objects.create(versie=van, regel=lasten, kolom=na, euro=D("-250.50"), wijziging=eerste)
            Bedrag.objects.create(versie=van, regel=lasten, kolom=na, euro=30, wijziging=tweede)
            later = Kolom.objects.get(versie=van, jaar=2026)
            Bedrag.objects.create(versie=van, regel=lasten, kolom=later, euro=-100, wijziging=eerste)
        van = publiceer(van, rollen)

        versie, plan = nieuw_jaar(van, door=rollen.redacteur)

        gevonden = cellen(versie)
        assert gevonden["p1-lasten", "na_wijziging", 2025] == D("-1220.50")
        assert gevonden["p1-baten", "na_wijziging", 2025] == D(100)
        assert gevonden["p1-lasten", "primair", 2026] == D(-2700)
        assert not Wijziging.objects.filter(versie=versie).exists()
        assert plan.vervallen_titels == ["Begroting na wijziging 2026"]
        assert not Kolom.objects.filter(versie=versie, fase="na_wijziging", jaar=2026).exists()
        plaats = Bedrag.objects.get(versie=versie, regel__sleutel="p1-lasten", kolom__fase="na_wijziging").plaats
        assert plaats == "Begroting na wijziging 2025, regel p1-lasten, met wijzigingen"

    def test_zonder_die_kolom_is_het_primair_met_een_amendement(self, rollen: Rollen) -> None:
        van = maak_concept(rollen)
        with namens(rollen.redacteur.pk):
            amendement = Wijziging.objects.create(versie=van, nummer="A1", titel="Amendement", soort="amendement")
            Bedrag.objects.create(
                versie=van,
                regel=Begrotingsregel.objects.get(versie=van, sleutel="p1-lasten"),
                kolom=Kolom.objects.get(versie=van, jaar=2025),
                euro=-75,
                wijziging=amendement,
            )
        van = publiceer(van, rollen)

        versie, plan = nieuw_jaar(van, door=rollen.redacteur)

        assert cellen(versie)["p1-lasten", "na_wijziging", 2025] == D(-1075)
        (kolom,) = [kolom for kolom in plan.kolommen if kolom.kolom.fase == "na_wijziging"]
        assert kolom.herkomst == "Programmabegroting 2025, versie 1, Primaire begroting 2025 met alle wijzigingen"


class TestAndereStukken:
    """Jaarstukken and reports that were published know what the budget of last year cannot know."""

    def test_realisatie_uit_de_jaarstukken(self, rollen: Rollen) -> None:
        van = maak_gepubliceerd(rollen)
        maak_stuk(
            rollen,
            "jaarstukken",
            2024,
            [("realisatie", 2024)],
            [("p1-lasten", "lasten", "Op sleutel", -901), ("x9", "baten", "regel  P1-BATEN", 77)],
        )

        versie, plan = nieuw_jaar(van, door=rollen.redacteur)

        gevonden = cellen(versie)
        assert gevonden["p1-lasten", "realisatie", 2024] == D(-901)
        assert gevonden["p1-baten", "realisatie", 2024] == D(77)
        bedrag = Bedrag.objects.get(versie=versie, regel__sleutel="p1-baten", kolom__fase="realisatie")
        assert bedrag.bron is not None
        assert (bedrag.bron.naam, bedrag.plaats) == ("Jaarstukken 2024, versie 1", "Realisatie 2024, regel x9")
        assert plan.meldingen == []
        assert [kolom.titel for kolom in plan.leeg] == ["Primaire begroting 2029"]

    def test_een_bedrag_zonder_regel_wordt_gemeld(self, rollen: Rollen) -> None:
        van = maak_gepubliceerd(rollen)
        maak_stuk(
            rollen,
            "jaarstukken",
            2024,
            [("realisatie", 2024)],
            [
                ("p1-lasten", "lasten", "Brandweer", -901),
                ("x9", "lasten", "Vuurwerk", -55),
                ("x8", "baten", "Niets", 0),
            ],
        )

        versie, plan = nieuw_jaar(van, door=rollen.redacteur)

        (melding,) = plan.meldingen
        assert melding.plaats == "Jaarstukken 2024, versie 1, Realisatie 2024, pakket 1A"
        assert melding.zin.startswith("Regel x9 (Vuurwerk, lasten) van −€\u00a055 heeft hier geen regel")
        assert [sleutel for sleutel, fase, _ in cellen(versie) if fase == "realisatie"] == ["p1-lasten"]

    def test_een_tussenrapportage_weet_na_wijziging_beter(self, rollen: Rollen) -> None:
        van = maak_gepubliceerd(rollen)
        maak_stuk(
            rollen, "tussenrapportage", 2025, [("na_wijziging", 2025)], [("p1-lasten", "lasten", "Brandweer", -1111)]
        )

        versie, _ = nieuw_jaar(van, door=rollen.redacteur)

        gevonden = cellen(versie)
        assert gevonden["p1-lasten", "na_wijziging", 2025] == D(-1111)
        assert ("p1-baten", "na_wijziging", 2025) not in gevonden

    def test_een_concept_weet_niets(self, rollen: Rollen) -> None:
        van = maak_gepubliceerd(rollen)
        jaarstukken = Document.objects.create(soort="jaarstukken", jaar=2024, titel="J", slug="jaarstukken-2024")
        maak_concept(rollen, document=jaarstukken)

        versie, _ = nieuw_jaar(van, door=rollen.redacteur)

        assert not [fase for _, fase, _ in cellen(versie) if fase == "realisatie"]


class TestTaakvelden:
    """A taakveld goes along as long as it holds."""

    def test_een_vervallen_code_blijft_leeg_en_wordt_genoemd(self, rollen: Rollen) -> None:
        van = maak_concept(rollen)
        blijft = Taakveld.objects.create(code="1.2", naam="Orde", geldig_van=2017)
        weg = Taakveld.objects.create(code="1.1", naam="Crisis", geldig_van=2017, geldig_tot=2025)
        with namens(rollen.redacteur.pk):
            Begrotingsregel.objects.filter(versie=van, sleutel="p1-lasten").update(taakveld=weg, toelichting="Nieuw.")
            Begrotingsregel.objects.filter(versie=van, sleutel="p1-baten").update(taakveld=blijft)
        van = publiceer(van, rollen)

        versie, plan = nieuw_jaar(van, door=rollen.redacteur)

        taakvelden = dict(Begrotingsregel.objects.filter(versie=versie).values_list("sleutel", "taakveld"))
        assert taakvelden == {"p1-lasten": None, "p1-baten": blijft.pk}
        (melding,) = plan.meldingen
        assert melding.plaats == "regel p1-lasten"
        assert melding.zin.startswith("Taakveld 1.1 Crisis geldt niet in 2026.")
        assert not Begrotingsregel.objects.filter(versie=versie).exclude(toelichting="").exists()

    def test_een_nieuwe_naam_met_dezelfde_code(self, rollen: Rollen) -> None:
        van = maak_concept(rollen)
        oud = Taakveld.objects.create(code="1.1", naam="Crisis", geldig_van=2017, geldig_tot=2025)
        nieuw = Taakveld.objects.create(code="1.1", naam="Crisis en brand", geldig_van=2026)
        with namens(rollen.redacteur.pk):
            Begrotingsregel.objects.filter(versie=van).update(taakveld=oud)
        van = publiceer(van, rollen)

        versie, plan = nieuw_jaar(van, door=rollen.redacteur)

        assert set(Begrotingsregel.objects.filter(versie=versie).values_list("taakveld", flat=True)) == {nieuw.pk}
        assert plan.meldingen == []


class TestWeigeringen:
    """A refusal is Dutch, and leaves nothing behind."""

    def test_het_jaar_is_er_al(self, rollen: Rollen) -> None:
        van = maak_gepubliceerd(rollen)
        nieuw_jaar(van, door=rollen.redacteur)
        aantal = Versie.objects.count()

        with pytest.raises(BestaatAl, match=r"Programmabegroting 2026 is er al\.") as geweigerd:
            nieuw_jaar(van, door=rollen.redacteur2)

        assert geweigerd.value.document == Document.objects.get(jaar=2026)
        assert Versie.objects.count() == aantal

    def test_een_ander_document_met_dat_webadres(self, rollen: Rollen) -> None:
        van = maak_gepubliceerd(rollen)
        Document.objects.create(soort="kadernota", jaar=2030, titel="K", slug="programmabegroting-2026")

        with pytest.raises(BestaatAl):
            nieuw_jaar(van, door=rollen.redacteur)

    def test_van_een_concept(self, rollen: Rollen) -> None:
        with pytest.raises(VerkeerdeStatus, match="begint met een gepubliceerde versie"):
            nieuw_jaar(maak_concept(rollen), door=rollen.redacteur)

    def test_van_een_versie_die_is_ingehaald(self, rollen: Rollen) -> None:
        eerste = maak_gepubliceerd(rollen)
        tweede = publiceer(publicatie.maak_concept(eerste, door=rollen.redacteur), rollen)

        with pytest.raises(VerkeerdeStatus, match="Versie 2 is nieuwer"):
            maak_plan(eerste)
        assert nieuw_jaar(tweede, door=rollen.redacteur)[0].document.jaar == 2026

    @pytest.mark.parametrize("rol", ["publicist", "schrijver", "auditor", "beheerder"])
    def test_wie_het_niet_mag(self, rollen: Rollen, rol: str) -> None:
        van = maak_gepubliceerd(rollen)

        with pytest.raises(GeenRecht):
            nieuw_jaar(van, door=getattr(rollen, rol))

        assert Document.objects.count() == 1


class TestOpdrachtregel:
    """`manage.py nieuw_jaar`."""

    def test_tonen_maakt_niets(self, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)
        uitvoer = io.StringIO()

        call_command("nieuw_jaar", "programmabegroting-2025", "--alleen-tonen", stdout=uitvoer)

        assert "Realisatie 2024: 0 van 2 regels; nergens bekend: vul zelf in" in uitvoer.getvalue()
        assert Document.objects.count() == 1

    def test_maken(self, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)
        uitvoer = io.StringIO()

        call_command("nieuw_jaar", "programmabegroting-2025", "--door", "rosa", stdout=uitvoer)

        assert "Gemaakt: Programmabegroting 2026, versie 1 (concept)." in uitvoer.getvalue()

    @pytest.mark.parametrize(
        ("argumenten", "zin"),
        [
            (["bestaat-niet", "--door", "rosa"], "geen gepubliceerd document"),
            (["programmabegroting-2025"], "Noem met --door"),
            (["programmabegroting-2025", "--door", "niemand"], "Noem met --door"),
            (["programmabegroting-2025", "--door", "sam"], "mag geen nieuw jaar maken"),
        ],
    )
    def test_weigeringen(self, rollen: Rollen, argumenten: list[str], zin: str) -> None:
        maak_gepubliceerd(rollen)

        with pytest.raises(CommandError, match=zin):
            call_command("nieuw_jaar", *argumenten, stdout=io.StringIO())

        assert Document.objects.count() == 1


def test_een_kopie_van_wat_is_gepubliceerd_heeft_niets_te_herzien(rollen: Rollen) -> None:
    """What is still to be revised blocks publication, so a correction copy of a published version has none."""
    versie, _ = nieuw_jaar(maak_gepubliceerd(rollen), door=rollen.redacteur)
    with namens(rollen.redacteur.pk):
        Kolom.objects.filter(versie=versie, jaar__in=(2024, 2029)).delete()
    publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
    publicatie.keur_goed(versie, door=rollen.publicist)

    with pytest.raises(publicatie.Geblokkeerd, match="nog niet bekeken"):
        publicatie.publiceer(versie, door=rollen.publicist)


@pytest.mark.parametrize("programmas", [1, 50])
def test_evenveel_vragen_bij_een_groot_document(rollen: Rollen, programmas: int) -> None:
    """50 programmes cost as many queries as one."""
    van = maak_gepubliceerd(rollen, programmas)

    with CaptureQueriesContext(connection) as vragen:
        nieuw_jaar(van, door=rollen.redacteur)

    assert len(vragen) == 53
