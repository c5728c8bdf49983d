"""What a filter leaves, against a brute force in Python over all rows; CSV, rows, JSON and summary say the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from programma import publicatie
from programma.inhoud import Uitgave
from programma.models import Bedrag, Begrotingsregel, Kolom, Pakket, Programma, Taakveld, Versie, Wijziging
from programma.publicatie import als_uitgave
from programma.raming import Kolom as Kolomrij
from programma.uitvoer import (
    KOP,
    Selectie,
    begroting_csv,
    begroting_json,
    keur,
    lees_keuzes,
    lees_proef,
    rijen,
    samenvatting,
)
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd, publiceer
from tests.conftest import Eigenaar
from veiligheid.exports import ontbeveilig
from veiligheid.namens import namens

Tel = Callable[[int], AbstractContextManager[object]]
KOLOMMEN = (("realisatie", 2023), ("na_wijziging", 2024), ("primair", 2024), ("primair", 2025))
PAKKETTEN = (("1", "1A"), ("1", "1Z"), ("10", "10A"), ("é", "=Z"))
TAAKVELDEN = ("0.1", "0.10", None)
SOORTEN = ("lasten", "baten", "toevoeging", "onttrekking")


@pytest.fixture
def gevuld(rollen: Rollen) -> Versie:
    """A concept in which every pakket has every soort, with and without a taakveld, in every column."""
    versie = publicatie.nieuwe_versie(maak_document(), door=rollen.redacteur)
    taakvelden = [Taakveld.objects.create(code=code, naam=f"T {code}", geldig_van=2017) for code in TAAKVELDEN if code]
    with namens(rollen.redacteur.pk):
        kolommen = Kolom.objects.bulk_create(
            Kolom(versie=versie, fase=fase, jaar=jaar, volgorde=plaats)
            for plaats, (fase, jaar) in enumerate(KOLOMMEN, start=1)
        )
        wijziging = Wijziging.objects.create(versie=versie, nummer="7", titel="=Wijziging")
        programmas = {
            code: Programma.objects.create(
                versie=versie, code=code, naam=f"+{code}", slug=f"p{nummer}", volgorde=nummer
            )
            for nummer, code in enumerate(["é", "10", "1"])
        }
        pakketten = Pakket.objects.bulk_create(
            Pakket(versie=versie, programma=programmas[deel], code=code, naam=f"@{code}") for deel, code in PAKKETTEN
        )
        regels = Begrotingsregel.objects.bulk_create(
            Begrotingsregel(
                versie=versie, pakket=pakket, soort=soort, sleutel=f"r{nummer}", omschrijving=f'"{soort}", -{nummer}\\',
                taakveld=taakveld, incidenteel=("ja", "nee", "onbekend")[nummer % 3],
            )
            for nummer, (pakket, soort, taakveld) in enumerate(product(pakketten, SOORTEN, [*taakvelden, None]))
        )  # fmt: skip
        Bedrag.objects.bulk_create(
            Bedrag(
                versie=versie, regel=regel, kolom=kolom, wijziging=door, bronprecisie=1000 if nummer % 2 else 1,
                euro=(Decimal(nummer * 37 % 1009) - 500) / 4,
            )
            for nummer, (regel, kolom, door) in enumerate(product(regels, kolommen, [None, wijziging]))
            if door is None or kolom.fase == "na_wijziging"
        )  # fmt: skip
    return versie


def alle_rijen(versie: Versie) -> list[tuple[Any, ...]]:
    """Every row by way of the models, in the order of the CSV, with the number of the change behind it."""
    gelezen = Bedrag.objects.filter(versie=versie).values_list(
        "regel__pakket__programma__code", "regel__pakket__programma__naam",
        "regel__pakket__code", "regel__pakket__naam",
        "regel__soort", "regel__taakveld__code", "regel__sleutel", "regel__omschrijving", "regel__incidenteel",
        "kolom__fase", "kolom__jaar", "euro", "bronprecisie", "wijziging__nummer",
    )  # fmt: skip
    volgorde = sorted(gelezen, key=lambda rij: (rij[0], rij[2], rij[4], rij[6], rij[10], rij[9], rij[13] or ""))
    return [
        (versie.document.slug, versie.nummer, *rij[:8], None if rij[8] == "onbekend" else rij[8], *rij[9:])
        for rij in volgorde
    ]


def past(rij: tuple[Any, ...], selectie: Selectie) -> bool:
    """Whether a row stays, said once more in Python."""
    waarden = dict(zip(KOP, rij, strict=False))
    paren = (
        (selectie.programma, waarden["programma_code"]),
        (selectie.pakket, waarden["pakket_code"]),
        (selectie.taakveld, waarden["taakveld"] or "geen"),
        (selectie.soort, waarden["soort"]),
        (selectie.fase, waarden["fase"]),
        (selectie.jaar, waarden["jaar"]),
    )
    return all(not keuze or waarde in keuze for keuze, waarde in paren)


def uit_csv(uitgave: Uitgave, selectie: Selectie) -> list[tuple[Any, ...]]:
    """The rows of the CSV, each value of its type and without guard."""
    tekst = b"".join(begroting_csv(uitgave, selectie)).decode()
    kop, *gelezen = csv.reader(io.StringIO(tekst, newline=""))
    assert tuple(kop) == KOP
    return [
        (rij[0], int(rij[1]), *map(ontbeveilig, rij[2:7]), ontbeveilig(rij[7]) or None, rij[8], ontbeveilig(rij[9]),
         rij[10] or None, rij[11], int(rij[12]), Decimal(rij[13]), int(rij[14]))
        for rij in gelezen
    ]  # fmt: skip


def uit_json(uitgave: Uitgave, selectie: Selectie) -> list[tuple[Any, ...]]:
    """The same rows out of the JSON, with the number of the change behind each."""
    data = json.loads(b"".join(begroting_json(uitgave, selectie)))
    programmas = {rij["code"]: rij["naam"] for rij in data["programmas"]}
    pakketten = {rij["code"]: rij["naam"] for rij in data["pakketten"]}
    return [
        (data["document"]["naam"], data["versie"]["nummer"], regel["programma"], programmas[regel["programma"]],
         regel["pakket"], pakketten[regel["pakket"]], regel["soort"], regel["taakveld"], regel["regel"],
         regel["omschrijving"], regel["incidenteel"], bedrag["fase"], bedrag["jaar"], Decimal(bedrag["bedrag"]),
         bedrag["bronprecisie"], bedrag["wijziging"])
        for regel in data["regels"]
        for bedrag in regel["bedragen"]
    ]  # fmt: skip


def subsets(waarden: list[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(waarden), max_size=2, unique=True).map(tuple)


SELECTIES = st.builds(
    Selectie,
    programma=subsets(["1", "10", "é"]),
    pakket=subsets([code for _, code in PAKKETTEN]),
    taakveld=subsets(["0.1", "0.10", "geen"]),
    soort=subsets(list(SOORTEN)),
    fase=subsets(sorted({fase for fase, _ in KOLOMMEN})),
    jaar=subsets(sorted({jaar for _, jaar in KOLOMMEN})),
)


def test_elke_weg_geeft_de_rijen_die_python_overlaat(gevuld: Versie) -> None:
    alle, uitgave = alle_rijen(gevuld), als_uitgave(gevuld)
    assert len(alle) == 4 * 4 * 3 * 5

    @settings(max_examples=40, deadline=None)
    @given(SELECTIES)
    def proef(selectie: Selectie) -> None:
        verwacht = [rij for rij in alle if past(rij, selectie)]
        kaal = [rij[:-1] for rij in verwacht]

        keur(selectie, lees_keuzes(uitgave))
        assert list(rijen(uitgave, selectie)) == kaal
        assert uit_csv(uitgave, selectie) == kaal
        assert uit_json(uitgave, selectie) == verwacht
        som = samenvatting(uitgave, selectie)
        assert som.rijen == len(kaal)
        for soort in SOORTEN:
            assert som.sommen[soort] == sum((rij[13] for rij in kaal if rij[6] == soort), Decimal(0))
        assert som.resultaat == sum((rij[13] for rij in kaal), Decimal(0))
        for kolom, stand in som.per_kolom.items():
            eigen = [rij for rij in kaal if Kolomrij(rij[12], rij[11]) == kolom]
            assert stand.resultaat == sum((rij[13] for rij in eigen), Decimal(0))
            assert stand.saldo == sum((rij[13] for rij in eigen if rij[6] in {"lasten", "baten"}), Decimal(0))
        gezien = lees_proef(uitgave, selectie, 20)
        assert (gezien.samenvatting, list(gezien.rijen)) == (som, kaal[:20])

    proef()


def test_een_waarde_die_er_niet_is_laat_niets_over(gevuld: Versie) -> None:
    uitgave = als_uitgave(gevuld)
    for selectie in (Selectie(pakket=("9Z",)), Selectie(programma=("' OR 1=1",)), Selectie(jaar=(1999,))):
        assert list(rijen(uitgave, selectie)) == uit_csv(uitgave, selectie) == uit_json(uitgave, selectie) == []
        assert samenvatting(uitgave, selectie).rijen == 0


def test_wat_er_te_kiezen_is(gevuld: Versie, django_assert_num_queries: Tel) -> None:
    with django_assert_num_queries(1):
        keuzes = lees_keuzes(als_uitgave(gevuld))

    assert keuzes.waarden("programma") == ["1", "10", "é"]
    assert keuzes.pakket[0] == ("1A", "@1A", "1")
    assert keuzes.waarden("pakket") == ["1A", "1Z", "10A", "=Z"]
    assert keuzes.waarden("taakveld") == ["0.1", "0.10", "geen"]
    assert keuzes.waarden("fase") == ["realisatie", "na_wijziging", "primair"]
    assert keuzes.waarden("jaar") == [2023, 2024, 2025]


def test_een_vraag_per_samenvatting(gevuld: Versie, django_assert_num_queries: Tel) -> None:
    for selectie in (Selectie(), Selectie(jaar=(2025,), gewijzigd_sinds=date(2020, 1, 1))):
        with django_assert_num_queries(1):
            samenvatting(als_uitgave(gevuld), selectie)


@pytest.mark.usefixtures("vastgelegd")
def test_rijen_buiten_een_transactie(vaste_rollen: Rollen) -> None:
    """A stream is read after the request has ended, and its reader may ask other things meanwhile."""
    uitgave = als_uitgave(maak_gepubliceerd(vaste_rollen, 2))

    gelezen = [(rij, Versie.objects.count()) for rij in rijen(uitgave)]

    assert [rij for rij, _ in gelezen] == uit_csv(uitgave, Selectie())


class TestGewijzigdSinds:
    """The lines that somebody changed, in the version itself, on that day or later."""

    @staticmethod
    def sleutels(versie: Versie, dag: date) -> set[object]:
        uitgave = Versie.objects.uitgave(versie.document.slug, versie.nummer) or als_uitgave(versie)
        selectie = Selectie(gewijzigd_sinds=dag)
        gevonden = {rij[8] for rij in rijen(uitgave, selectie)}
        assert {rij[8] for rij in uit_json(uitgave, selectie)} == gevonden
        assert samenvatting(uitgave, selectie).rijen == len(uit_csv(uitgave, selectie))
        return gevonden

    def test_alleen_wat_iemand_wijzigde(self, rollen: Rollen) -> None:
        """A copy changes nothing; nor does the place of a line, or where an amount was found."""
        concept = publicatie.maak_concept(maak_gepubliceerd(rollen, 6), door=rollen.redacteur)
        vandaag = datetime.now(UTC).date() - timedelta(days=1)
        assert self.sleutels(concept, vandaag) == set()

        van = {regel.sleutel: regel for regel in Begrotingsregel.objects.filter(versie=concept)}
        with namens(rollen.redacteur.pk, via="rooster"):
            Bedrag.objects.filter(regel=van["p1-lasten"], kolom__jaar=2025).update(euro=Decimal("-1000.01"))
            Bedrag.objects.filter(regel=van["p2-lasten"], kolom__jaar=2025).delete()
            Bedrag.objects.filter(regel=van["p3-lasten"]).update(plaats="blad 1, rij 2")
            Begrotingsregel.objects.filter(pk=van["p4-lasten"].pk).update(volgorde=9)
            Begrotingsregel.objects.filter(pk=van["p5-lasten"].pk).update(omschrijving="Anders")
            Begrotingsregel.objects.filter(pk=van["p6-lasten"].pk).delete()
            nieuw = Begrotingsregel.objects.create(
                versie=concept, pakket=van["p1-baten"].pakket, soort="baten", omschrijving="Nieuw", sleutel="nieuw"
            )
            Bedrag.objects.create(versie=concept, regel=nieuw, kolom=Kolom.objects.filter(versie=concept)[0], euro=1)

        assert self.sleutels(concept, vandaag) == {"p1-lasten", "p2-lasten", "p5-lasten", "nieuw"}
        assert self.sleutels(concept, vandaag + timedelta(days=3)) == set()
        assert self.sleutels(publiceer(concept, rollen), vandaag) == {"p1-lasten", "p2-lasten", "p5-lasten", "nieuw"}

    @pytest.mark.parametrize("via", ["nieuw_jaar", "opening", "migratie", "kopie"])
    def test_wat_meekwam_telt_niet(self, rollen: Rollen, als_eigenaar: Eigenaar, via: str) -> None:
        concept = maak_concept(rollen)
        assert self.sleutels(concept, date(2020, 1, 1)) == {"p1-lasten", "p1-baten"}

        _herschrijf(als_eigenaar, "UPDATE programma_gebeurtenis SET via = %s", [via])

        assert self.sleutels(concept, date(2020, 1, 1)) == set()

    def test_de_dag_is_die_van_hier_en_telt_mee(self, rollen: Rollen, als_eigenaar: Eigenaar) -> None:
        """In the summer, ten past midnight in the Netherlands is still the day before in UTC."""
        concept = maak_concept(rollen)
        tijdstip = datetime(2024, 7, 9, 22, 10, tzinfo=UTC)
        _herschrijf(als_eigenaar, "UPDATE programma_gebeurtenis SET op = %s", [tijdstip])

        assert self.sleutels(concept, date(2024, 7, 10)) == {"p1-lasten", "p1-baten"}
        assert self.sleutels(concept, date(2024, 7, 11)) == set()

    def test_tot_aan_de_publicatie(self, rollen: Rollen, als_eigenaar: Eigenaar) -> None:
        versie = maak_gepubliceerd(rollen)
        _herschrijf(als_eigenaar, "UPDATE programma_gebeurtenis SET op = op + interval '2 days'", [])

        assert self.sleutels(versie, date(2020, 1, 1)) == set()


def _herschrijf(als_eigenaar: Eigenaar, sql: str, parameters: list[object]) -> None:
    """Write the history as nobody may: the owner of the database, with the triggers off."""
    with als_eigenaar(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, parameters)
        cursor.execute("SET LOCAL session_replication_role = origin")
