"""Fingerprints: what counts, what does not, and that the smallest change shows."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import models
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indicatoren.models import Gebied, Indicator
from programma import publicatie
from programma.models import (
    VERSIERIJEN,
    Bedrag,
    Begrotingsregel,
    Bron,
    Deelname,
    Doel,
    Doelindicator,
    GedruktTotaal,
    Kolom,
    Pakket,
    Paragraaf,
    Partijcijfers,
    Programma,
    Programmaindicator,
    Sectie,
    Taakveld,
    VerbondenPartij,
    Versie,
    Wijziging,
)
from programma.toetsing.keuring import bereken_controlesom
from programma.vingerafdruk import LATER, TELT_NIET, VELDEN, anker, canoniek, controlesom
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_document, publiceer
from veiligheid.namens import namens

vast = settings(derandomize=True, deadline=None, max_examples=200)

waarden = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.text(max_size=8),
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.dates(),
)
inhoud = st.dictionaries(
    st.sampled_from(["Bedrag", "Kolom", "Sectie"]), st.lists(st.tuples(waarden, waarden, waarden), max_size=5)
)


class TestCanoniek:
    """One form for one content."""

    @vast
    @given(inhoud, st.randoms(use_true_random=False))
    def test_de_volgorde_van_rijen_en_soorten_doet_er_niet_toe(
        self, soorten: dict[str, list[Any]], toeval: random.Random
    ) -> None:
        geschud = {naam: toeval.sample(soorten[naam], len(soorten[naam])) for naam in sorted(soorten, reverse=True)}

        assert canoniek("T", geschud) == canoniek("T", soorten)

    @vast
    @given(inhoud, st.data())
    def test_een_ander_veld_is_een_andere_som(self, soorten: dict[str, list[Any]], data: st.DataObject) -> None:
        gevuld = sorted(naam for naam, rijen in soorten.items() if rijen)
        assume(gevuld)
        naam = data.draw(st.sampled_from(gevuld))
        rij, veld = data.draw(st.integers(0, len(soorten[naam]) - 1)), data.draw(st.integers(0, 2))
        nieuw = data.draw(waarden)
        oud = soorten[naam][rij][veld]
        # What JSON writes alike is alike: an amount and the text with the same digits never share a field.
        assume(json.dumps(nieuw, default=str) != json.dumps(oud, default=str))
        anders = {soort: [list(waarden) for waarden in rijen] for soort, rijen in soorten.items()}
        anders[naam][rij][veld] = nieuw

        assert controlesom("T", anders) != controlesom("T", soorten)

    @vast
    @given(st.text(max_size=30), st.integers(0, 30), st.sampled_from([",", " ", "'", "\n", "\u00ad", "."]))
    def test_een_teken_erbij_is_een_andere_som(self, tekst: str, plaats: int, teken: str) -> None:
        anders = tekst[:plaats] + teken + tekst[plaats:]

        assert controlesom("T", {"Sectie": [(tekst,)]}) != controlesom("T", {"Sectie": [(anders,)]})
        assert controlesom(tekst, {}) != controlesom(anders, {})

    @vast
    @given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
    def test_een_cent_is_een_andere_som(self, euro: Decimal) -> None:
        meer = euro + Decimal("0.01")

        assert controlesom("T", {"Bedrag": [(euro,)]}) != controlesom("T", {"Bedrag": [(meer,)]})

    def test_een_waarde_die_naar_een_ander_veld_of_andere_rij_schuift(self) -> None:
        sommen = {
            controlesom("T", soorten)
            for soorten in (
                {"Kolom": [("a", "b"), ("c",)]},
                {"Kolom": [("a",), ("b", "c")]},
                {"Kolom": [("a,b",), ("c",)]},
                {"Kolom": [('a","b',), ("c",)]},
                {"Kolom": [("a", "b")], "Sectie": [("c",)]},
                {"Kolom": [("a", "b"), ("c",), ("c",)]},
                {"Kolom": [("a", None), ("c",)]},
                {"Kolom": [("a", ""), ("c",)]},
                {"Kolom": [("a", "None"), ("c",)]},
            )
        }

        assert len(sommen) == 9

    def test_de_vorm_zelf(self) -> None:
        soorten = {"Sectie": [("Één\nregel", None)], "Bedrag": [(Decimal("-0.50"), True), (Decimal("1E+3"), 7)]}

        assert canoniek("Begroting", soorten).decode() == (
            '[["Versie","Begroting"],\n["Bedrag",["-0.50",true]],\n["Bedrag",["1000",7]],\n'
            '["Sectie",["Één\\nregel",null]]]\n'
        )
        assert controlesom("Begroting", soorten) == hashlib.sha256(canoniek("Begroting", soorten)).hexdigest()
        assert canoniek("T", {"Kolom": [(date(2025, 1, 31),)]}).endswith(b'["Kolom",["2025-01-31"]]]\n')

    @vast
    @given(inhoud)
    def test_het_is_json_die_iedereen_kan_lezen(self, soorten: dict[str, list[Any]]) -> None:
        kop, *rijen = json.loads(canoniek("T", soorten))

        assert kop == ["Versie", "T"]
        assert len(rijen) == sum(len(rijen) for rijen in soorten.values())

    @pytest.mark.parametrize("waarde", [1.0, float("nan"), b"x", [1], 1j])
    def test_wat_niet_exact_is_wordt_geweigerd(self, waarde: object) -> None:
        with pytest.raises(TypeError, match="no canonical form"):
            canoniek("T", {"Bedrag": [(waarde,)]})


class TestVelden:
    """Every field of every kind of row counts; a field that is forgotten fails here."""

    @pytest.mark.parametrize("model", VERSIERIJEN, ids=lambda model: model.__name__)
    def test_elk_veld_telt(self, model: type[models.Model]) -> None:
        geteld = {pad.split("__")[0] for pad in VELDEN[model.__name__]}

        assert geteld == {veld.name for veld in model._meta.concrete_fields} - {"id", "versie"} - buiten(model)

    def test_alleen_hoe_ver_het_werk_is_telt_niet(self) -> None:
        """`te_herzien` is work administration: to look at a text and leave it as it is changes no comma."""
        herzien = {naam: {"te_herzien"} for naam in ("Sectie", "Doel", "Deelname", "Partijcijfers")}
        assert {**herzien, "Programma": {"grafiekkop_bij"}} == TELT_NIET

    def test_een_later_veld_telt_alleen_als_het_gevuld_is(self) -> None:
        """What was published before the field existed keeps its controlesom; a space in it is another one."""
        rij = ("1", "Veiligheid", "veiligheid", "programma", "", "", None, 1)
        assert len(rij) == len(VELDEN["Programma"]) - LATER["Programma"]

        assert canoniek("T", {"Programma": [(*rij, "")]}) == canoniek("T", {"Programma": [rij]})
        assert len({canoniek("T", {"Programma": [(*rij, kop)]}) for kop in ("", " ", "Anders")}) == 3
        leeg = ("", "", "", "", "", "", "", "")
        assert canoniek("T", {"Programma": [(*leeg, "")]}) == canoniek("T", {"Programma": [leeg]})
        assert canoniek("T", {"Programma": [leeg]}) != canoniek("T", {"Programma": [leeg[1:]]})

    def test_partijen_van_voor_de_latere_velden_houden_hun_bytes(self) -> None:
        """These are the bytes of before BBV art. 15 lid 2 was whole: a text that is "" and a figure that is None."""
        oud = (
            b'[["Versie","T"],\n["Deelname",["1","1E","vr","VR","","overig","Brand.","",1]],\n'
            b'["Partijcijfers",["vr",2025,"12.50",null,null,null,null,null,"","Nog niet bekend."]]]\n'
        )
        deelname = ("1", "1E", "vr", "VR", "", "overig", "Brand.", "", 1)
        cijfers = ("vr", 2025, Decimal("12.50"), None, None, None, None, None, "", "Nog niet bekend.")

        for extra_deelname, extra_cijfers in (((), ()), (("", ""), (None, None, None, None, ""))):
            soorten = {"Deelname": [(*deelname, *extra_deelname)], "Partijcijfers": [(*cijfers, *extra_cijfers)]}
            assert canoniek("T", soorten) == oud
        assert [len(VELDEN[naam]) - LATER[naam] for naam in ("Deelname", "Partijcijfers")] == [9, 10]

    @pytest.mark.parametrize("naam", LATER)
    def test_elk_later_veld_telt_zodra_het_gevuld_is(self, naam: str) -> None:
        """Wherever it stands among the later ones, the empty ones before it included; 0 is not empty."""
        aantal, begin = LATER[naam], ("x",) * (len(VELDEN[naam]) - LATER[naam])
        rijen = [begin] + [
            (*begin, *(waarde if plek == gevuld else None for plek in range(aantal)))
            for gevuld in range(aantal)
            for waarde in ("a", " ", 0, Decimal("0.00"))
        ]

        assert len({canoniek("T", {naam: [rij]}) for rij in rijen}) == len(rijen)

    def test_een_latere_dag_telt_alleen_als_zij_bekend_is(self) -> None:
        rij = ("W1", "begrotingswijziging", "Eerste", "")
        assert len(rij) == len(VELDEN["Wijziging"]) - LATER["Wijziging"]
        assert canoniek("T", {"Wijziging": [(*rij, None)]}) == canoniek("T", {"Wijziging": [rij]})
        assert len({canoniek("T", {"Wijziging": [(*rij, dag)]}) for dag in (None, date(2025, 1, 31))}) == 2

    @pytest.mark.parametrize("model", VERSIERIJEN, ids=lambda model: model.__name__)
    def test_een_verwijzing_telt_met_een_naam_en_nooit_met_een_sleutel(self, model: type[models.Model]) -> None:
        for pad in VELDEN[model.__name__]:
            veld: Any = None
            doel: Any = model
            for deel in pad.split("__"):
                veld = doel._meta.get_field(deel)
                doel = veld.related_model
            assert not veld.is_relation, pad
            assert not veld.primary_key, pad

    def test_elke_soort_rij_telt(self) -> None:
        assert set(VELDEN) == {model.__name__ for model in VERSIERIJEN}
        assert set(VERSIERIJEN) == {
            model for model in models_van_programma() if any(veld.name == "versie" for veld in model._meta.fields)
        } - {model for model in models_van_programma() if model.__name__ in NIET_VAN_DE_INHOUD}


# What is written about a version, not in it.
NIET_VAN_DE_INHOUD = {"Stap", "Bewerking", "Bestand", "Gebeurtenis", "Import", "Opdracht", "Uitlevering"}


def buiten(model: type[models.Model]) -> frozenset[str]:
    return TELT_NIET.get(model.__name__, frozenset())


def models_van_programma() -> list[type[models.Model]]:
    return list(Versie._meta.apps.get_app_config("programma").get_models())


@dataclass(frozen=True)
class Vol:
    """A concept with a row of every kind."""

    versie: Versie
    redacteur: int


@pytest.fixture
def vol(rollen: Rollen) -> Vol:
    """A concept with a row of every kind, every optional reference filled."""
    versie = maak_concept(rollen)
    groep = Gebied.objects.create(code="GK-1", soort="grootteklasse")
    Gebied.objects.create(code="GK-2", soort="grootteklasse")
    indicator = Indicator.objects.create(slug="vernieling", naam="Vernieling")
    Indicator.objects.create(slug="diefstal", naam="Diefstal")
    partij = VerbondenPartij.objects.create(slug="vr", naam="VR", soort="gemeenschappelijke_regeling")
    VerbondenPartij.objects.create(slug="ggd", naam="GGD", soort="gemeenschappelijke_regeling")
    taakveld = Taakveld.objects.create(code="1.1", naam="Crisis", geldig_van=2017)
    Taakveld.objects.create(code="1.2", naam="Openbare orde", geldig_van=2018)
    with namens(rollen.redacteur.pk):
        programma, pakket = Programma.objects.get(versie=versie), Pakket.objects.get(versie=versie)
        Programma.objects.filter(pk=programma.pk).update(vergelijkingsgroep=groep)
        Begrotingsregel.objects.filter(versie=versie).update(taakveld=taakveld)
        bron = Bron.objects.create(versie=versie, naam="PB 2025", bestandsnaam="pb.xlsx", sha256="0" * 64)
        Bron.objects.create(versie=versie, naam="PB 2026", bestandsnaam="pc.xlsx", sha256="1" * 64)
        wijziging = Wijziging.objects.create(versie=versie, nummer="W1", titel="Eerste", raadsbesluit="R1")
        Wijziging.objects.create(versie=versie, nummer="W2", titel="Tweede")
        Bedrag.objects.filter(versie=versie).update(bron=bron, wijziging=wijziging, plaats="rij 1")
        Programma.objects.create(versie=versie, code="2", naam="Wonen", slug="wonen")
        Pakket.objects.create(versie=versie, programma=programma, code="1B", naam="Ander pakket")
        for soort, naam in (("grondbeleid", "Grondbeleid"), ("financiering", "Financiering")):
            Paragraaf.objects.create(versie=versie, soort=soort, naam=naam)
        Sectie.objects.create(
            versie=versie, paragraaf=Paragraaf.objects.get(naam="Grondbeleid"), kop="K", thema="T", tekst="X"
        )
        Sectie.objects.create(versie=versie, programma=programma, kop="P", tekst="Y", volgorde=3)
        doel = Doel.objects.get(versie=versie)
        Doelindicator.objects.create(versie=versie, doel=doel, indicator=indicator)
        Programmaindicator.objects.create(versie=versie, programma=programma, indicator=indicator)
        Deelname.objects.create(
            versie=versie, programma=programma, pakket=pakket, partij=partij, naam="VR", soort=partij.soort
        )
        Partijcijfers.objects.create(versie=versie, partij=partij, jaar=2025, onbekend_reden="Nog niet bekend.")
        GedruktTotaal.objects.create(
            versie=versie,
            programma=programma,
            pakket=pakket,
            kolom=Kolom.objects.filter(versie=versie).first(),
            grootheid="lasten",
            euro=-1000,
        )
    return Vol(versie, rollen.redacteur.pk)


# What one row is changed into, per model and field; for a reference: the row that it then points at.
NAAR: dict[str, dict[str, Any]] = {
    "Kolom": {"fase": "raming", "jaar": 1999, "volgorde": 77},
    "Programma": {
        **dict.fromkeys(("code", "naam", "slug", "inleiding", "portefeuillehouder", "grafiekkop"), "anders"),
        **{"soort": "overhead", "vergelijkingsgroep": lambda: Gebied.objects.get(code="GK-2"), "volgorde": 77},
    },
    "Paragraaf": {"soort": "bijlage", "naam": "anders", "volgorde": 77},
    "Bron": {"naam": "anders", "bestandsnaam": "anders", "sha256": "f" * 64},
    "Wijziging": {
        **dict.fromkeys(("nummer", "titel", "raadsbesluit"), "anders"),
        **{"soort": "amendement", "raadsbesluit_datum": date(2025, 1, 31)},
    },
    "Pakket": {
        **{"programma": lambda: Programma.objects.get(code="2"), "code": "anders", "naam": "anders"},
        **{"restpost": True, "volgorde": 77},
    },
    "Sectie": {"kop": "anders", "thema": "anders", "tekst": "anders", "volgorde": 77},
    "Doel": {
        **{"pakket": lambda: Pakket.objects.get(code="1B"), "tekst": "anders", "nulwaarde": 1, "nuljaar": 2020},
        **{"relatief": True, "streefwaarde": 2, "streefjaar": 2030, "eenheid": "%", "toelichting": "anders"},
        **{"volgorde": 77},
    },
    "Doelindicator": {"indicator": lambda: Indicator.objects.get(slug="diefstal")},
    "Programmaindicator": {
        **{"programma": lambda: Programma.objects.get(code="2"), "volgorde": 77},
        **{"indicator": lambda: Indicator.objects.get(slug="diefstal")},
    },
    "Deelname": {
        **{"programma": lambda: Programma.objects.get(code="2"), "pakket": lambda: Pakket.objects.get(code="1B")},
        **{"partij": lambda: VerbondenPartij.objects.get(slug="ggd"), "naam": "anders", "afkorting": "anders"},
        **{"soort": "overig", "taak": "anders", "openbaar_belang": "anders", "volgorde": 77},
        **{"vestigingsplaats": "anders", "bestuurlijk_belang": "anders"},
    },
    "Partijcijfers": {
        **{"partij": lambda: VerbondenPartij.objects.get(slug="ggd"), "jaar": 2030},
        **dict.fromkeys(("bijdrage", "eigen_vermogen_begin", "eigen_vermogen_eind", "vreemd_vermogen_begin"), 1),
        **dict.fromkeys(("vreemd_vermogen_eind", "resultaat"), 1),
        **dict.fromkeys(("belang_begin", "belang_begin_procent", "belang_eind", "belang_eind_procent"), 0),
        **{"risico": "anders", "onbekend_reden": "anders", "ontwikkelingen": "anders"},
    },
    "Begrotingsregel": {
        **{"sleutel": "anders", "pakket": lambda: Pakket.objects.get(code="1B"), "soort": "onttrekking"},
        **{"omschrijving": "anders", "taakveld": lambda: Taakveld.objects.get(code="1.2"), "reserve": "anders"},
        **{"incidenteel": "ja", "toelichting": "anders", "volgorde": 77},
    },
    "Bedrag": {
        **{"euro": Decimal("-1000.01"), "bronprecisie": 1000, "plaats": "anders"},
        **{"wijziging": lambda: Wijziging.objects.get(nummer="W2"), "bron": lambda: Bron.objects.get(naam="PB 2026")},
    },
    "GedruktTotaal": {
        **{"programma": lambda: Programma.objects.get(code="2"), "pakket": lambda: Pakket.objects.get(code="1B")},
        **{"kolom": lambda: Kolom.objects.get(jaar=2028), "grootheid": "baten", "euro": -999, "eenheid": 1},
        **{"toelichting": "anders"},
    },
}

# References that cannot be changed alone: the row must keep one parent, or be unique. Each is changed as a whole below.
SAMEN = {
    ("Sectie", "programma"): {"programma": lambda: Programma.objects.get(code="2"), "pakket": None},
    ("Sectie", "pakket"): {"pakket": lambda: Pakket.objects.get(code="1B")},
    ("Sectie", "paragraaf"): {"paragraaf": lambda: Paragraaf.objects.get(naam="Financiering"), "pakket": None},
    ("Doel", "vervallen_reden"): {"tekst": "", "vervallen_reden": "Wettelijke taak."},
    ("Doelindicator", "doel"): {"doel": lambda: Doel.objects.get(tekst="Een ander doel.")},
    ("Bedrag", "regel"): {"regel": lambda: Begrotingsregel.objects.get(sleutel="r-nieuw")},
    ("Bedrag", "kolom"): {"kolom": lambda: Kolom.objects.get(jaar=2030)},
}
WIJZIGINGEN = [
    (model, veld.name)
    for model in VERSIERIJEN
    for veld in model._meta.concrete_fields
    if veld.name not in {"id", "versie"} | buiten(model)
]


# What a row refers to may be exchanged for something that differs in one point only.
TWEELINGEN: list[tuple[type[models.Model], str, dict[str, Any]]] = [
    (Bedrag, "kolom", {"fase": "raming"}),
    (Bedrag, "kolom", {"jaar": 2030}),
    (Bedrag, "bron", {"naam": "PB 2025a"}),
    (Bedrag, "bron", {"bestandsnaam": "pb2.xlsx"}),
    (Bedrag, "bron", {"sha256": "2" * 64}),
    (Bedrag, "regel", {"sleutel": "r-tweeling"}),
    (Bedrag, "wijziging", {"nummer": "W3"}),
    (GedruktTotaal, "kolom", {"fase": "raming"}),
    (GedruktTotaal, "kolom", {"jaar": 2030}),
    (GedruktTotaal, "pakket", {"code": "1C"}),
    (Begrotingsregel, "taakveld", {"code": "1.10"}),
    (Begrotingsregel, "taakveld", {"geldig_van": 2018}),
    (Begrotingsregel, "pakket", {"code": "1C"}),
    (Doelindicator, "doel", {"tekst": "Een ander doel."}),
    (Doelindicator, "doel", {"volgorde": 2}),
    (Doelindicator, "doel", {"pakket": lambda: Pakket.objects.get(code="1B")}),
    (Sectie, "pakket", {"code": "1C"}),
    (Deelname, "partij", {"slug": "vr-2"}),
]


class TestControlesom:
    """The sum of a version, read from its rows."""

    @pytest.mark.parametrize(
        ("model", "veld"), WIJZIGINGEN, ids=[f"{model.__name__}.{veld}" for model, veld in WIJZIGINGEN]
    )
    def test_een_veld_anders_is_een_andere_som(self, vol: Vol, model: type[models.Model], veld: str) -> None:
        with namens(vol.redacteur):
            pakket = Pakket.objects.get(code="1A")
            Doel.objects.create(versie=vol.versie, pakket=pakket, tekst="Een ander doel.")
            Begrotingsregel.objects.create(
                versie=vol.versie, pakket=pakket, soort="lasten", omschrijving="N", sleutel="r-nieuw"
            )
            Kolom.objects.create(versie=vol.versie, fase="raming", jaar=2030, volgorde=99)
            vorige = bereken_controlesom(vol.versie)
            nieuw = SAMEN.get((model.__name__, veld)) or {veld: NAAR[model.__name__][veld]}
            rij = model._default_manager.filter(versie=vol.versie).order_by("pk").first()
            model._default_manager.filter(pk=rij.pk).update(
                **{naam: waarde() if callable(waarde) else waarde for naam, waarde in nieuw.items()}
            )

        assert bereken_controlesom(vol.versie) != vorige

    @pytest.mark.parametrize(
        ("model", "veld", "verschil"), TWEELINGEN, ids=[f"{m.__name__}.{v}-{'-'.join(d)}" for m, v, d in TWEELINGEN]
    )
    def test_wijzen_naar_iets_dat_op_een_punt_verschilt(
        self, vol: Vol, model: type[models.Model], veld: str, verschil: dict[str, Any]
    ) -> None:
        rij = model._default_manager.filter(versie=vol.versie).order_by("pk").first()
        tweeling = getattr(rij, veld)
        with namens(vol.redacteur):
            tweeling.pk = None
            for naam, waarde in verschil.items():
                setattr(tweeling, naam, waarde() if callable(waarde) else waarde)
            if isinstance(tweeling, Kolom):
                tweeling.volgorde = 99
            tweeling.save(force_insert=True)
            vorige = bereken_controlesom(vol.versie)
            model._default_manager.filter(pk=rij.pk).update(**{veld: tweeling})

        assert bereken_controlesom(vol.versie) != vorige

    @pytest.mark.parametrize("model", VERSIERIJEN, ids=lambda model: model.__name__)
    def test_een_rij_weg_is_een_andere_som(self, vol: Vol, model: type[models.Model]) -> None:
        vorige = bereken_controlesom(vol.versie)
        rij = model._default_manager.filter(versie=vol.versie).order_by("pk").last()
        with namens(vol.redacteur):
            rij.delete()

        assert bereken_controlesom(vol.versie) != vorige

    @pytest.mark.parametrize(
        ("model", "veld"), [(model, veld) for model in VERSIERIJEN for veld in buiten(model)], ids=str
    )
    def test_wat_niet_telt_verandert_de_som_niet(self, vol: Vol, model: type[models.Model], veld: str) -> None:
        vorige = bereken_controlesom(vol.versie)
        with namens(vol.redacteur):
            assert model._default_manager.filter(versie=vol.versie).update(**{veld: True})

        assert bereken_controlesom(vol.versie) == vorige

    def test_zonder_latere_velden_is_de_som_die_van_toen(self, vol: Vol) -> None:
        """What was published before the later fields existed keeps its controlesom, read from its rows."""
        van_toen = {
            model.__name__: model._default_manager.filter(versie=vol.versie).values_list(
                *(velden := VELDEN[model.__name__])[: len(velden) - LATER.get(model.__name__, 0)]
            )
            for model in VERSIERIJEN
        }

        assert bereken_controlesom(vol.versie) == controlesom(vol.versie.titel, van_toen)

    def test_de_titel_telt(self, vol: Vol) -> None:
        vorige = bereken_controlesom(vol.versie)
        vol.versie.titel = "Programmabegroting, 2025"

        assert bereken_controlesom(vol.versie) != vorige

    def test_twee_versies_met_dezelfde_inhoud(self, rollen: Rollen) -> None:
        """Same rows, other keys, other order of writing, other document, number and persons: the same sum."""
        eerste = maak_concept(rollen, programmas=3)
        ander = maak_document(jaar=2026)
        publicatie.Document.objects.filter(pk=ander.pk).update(titel=eerste.titel)
        ander.refresh_from_db()
        tweede = publicatie.nieuwe_versie(ander, door=rollen.redacteur2)
        with namens(rollen.redacteur2.pk):
            _schrijf_andersom(eerste, tweede)

        assert bereken_controlesom(eerste) == bereken_controlesom(tweede)

    def test_nummer_status_en_personen_tellen_niet(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        sommen = [bereken_controlesom(versie)]
        publicatie.dien_in(versie, door=rollen.redacteur2, samenvatting=SAMENVATTING)
        publicatie.stuur_terug(versie, door=rollen.publicist, reden="Nog eens kijken.")
        sommen.append(bereken_controlesom(versie))
        publiceer(versie, rollen)
        sommen.append(bereken_controlesom(versie))
        versie.refresh_from_db()
        sommen.append(versie.controlesom)
        kopie = publicatie.maak_concept(versie, door=rollen.redacteur)
        assert kopie.nummer == 2
        sommen.append(bereken_controlesom(kopie))

        assert len(set(sommen)) == 1
        assert len(sommen[0]) == 64


def _schrijf_andersom(van: Versie, naar: Versie) -> None:
    """Write the rows of one version into another, the last first, so that keys and order differ."""
    kopie: dict[Any, dict[int, int]] = {}
    for model in VERSIERIJEN:
        kopie[model] = {}
        for rij in model._default_manager.filter(versie=van).order_by("-pk"):
            oud = rij.pk
            for veld in model._meta.concrete_fields:
                sleutel = getattr(rij, veld.attname)
                if veld.related_model in kopie and sleutel is not None:
                    setattr(rij, veld.attname, kopie[veld.related_model][sleutel])
            rij.pk, rij.versie = None, naar
            rij.save(force_insert=True)
            kopie[model][oud] = rij.pk


MOMENT = datetime(2024, 10, 27, 0, 30, 0, 123456, tzinfo=UTC)


class TestAnker:
    """What ties a publication to all before it."""

    def test_hangt_van_elk_gegeven_af(self) -> None:
        ankers = [
            anker("", "a" * 64, MOMENT),
            anker("b" * 64, "a" * 64, MOMENT),
            anker("", "c" * 64, MOMENT),
            anker("", "a" * 64, MOMENT + timedelta(microseconds=1)),
            anker("", "a" * 64, MOMENT, "d" * 64),
            anker("a" * 64, "", MOMENT),
        ]

        assert len(set(ankers)) == len(ankers)
        assert {len(een) for een in ankers} == {64}

    @vast
    @given(
        st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)),
        st.integers(-14 * 60, 14 * 60),
        st.sampled_from(["Europe/Amsterdam", "America/New_York", "Asia/Kathmandu"]),
    )
    def test_de_tijdzone_doet_er_niet_toe(self, moment: datetime, minuten: int, zone: str) -> None:
        vast_verschil = moment.astimezone(timezone(timedelta(minutes=minuten)))

        assert anker("v", "s", moment) == anker("v", "s", vast_verschil)
        assert anker("v", "s", moment) == anker("v", "s", moment.astimezone(ZoneInfo(zone)))

    def test_het_uur_dat_twee_keer_voorkomt(self) -> None:
        """In the night that the clock goes back, 02:30 is two moments."""
        amsterdam = ZoneInfo("Europe/Amsterdam")
        eerste = datetime(2024, 10, 27, 2, 30, tzinfo=amsterdam)

        assert anker("", "s", eerste) != anker("", "s", eerste.replace(fold=1))

    def test_met_de_hand_nagerekend(self) -> None:
        tekst = "vorig\nsom\n2024-10-27T00:30:00.123456+00:00\nkop"

        assert anker("vorig", "som", MOMENT, "kop") == hashlib.sha256(tekst.encode()).hexdigest()
        rond = anker("", "", MOMENT.replace(microsecond=0))
        assert rond == hashlib.sha256(b"\n\n2024-10-27T00:30:00.000000+00:00\n").hexdigest()
