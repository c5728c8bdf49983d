"""The arithmetic of the budget: its laws, and the same totals as PostgreSQL gives for the same lines."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, localcontext
from fractions import Fraction
from functools import reduce
from itertools import islice
from operator import add

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from programma.models import Bedrag, Begrotingsregel, Document, Pakket, Programma, Versie
from programma.models import Kolom as Kolomrij
from programma.raming import Cel, Fase, Grootheid, Kolom, Meerjarenraming, Raming, Soort, Stand, stand, tel_op
from tests.conftest import Eigenaar
from veiligheid.namens import namens

vast = settings(derandomize=True, deadline=None, max_examples=200)

# Far wider than numeric(15,2), because sums of many such amounts must be exact too.
euros = st.decimals(min_value=Decimal(-(10**35)), max_value=Decimal(10**35), places=2)
standen = st.builds(Stand, euros, euros, euros, euros)
kolommen = st.builds(Kolom, st.integers(2023, 2026), st.sampled_from([Fase.PRIMAIR, Fase.REALISATIE]))
ramingen = st.builds(Raming, st.dictionaries(kolommen, standen, max_size=4))
cellen = st.builds(
    Cel, st.sampled_from(["1", "2", "10"]), st.sampled_from(["A", "B"]), st.sampled_from(list(Soort)), kolommen, euros
)

K25, K26 = Kolom(2025, Fase.PRIMAIR), Kolom(2026, Fase.PRIMAIR)
D = Decimal


class TestStand:
    """Stands add up like numbers."""

    @vast
    @given(standen, standen, standen)
    def test_optellen_is_een_monoide(self, a: Stand, b: Stand, c: Stand) -> None:
        assert (a + b) + c == a + (b + c)
        assert a + b == b + a
        assert a + Stand() == a == Stand() + a

    @vast
    @given(standen, standen)
    def test_saldo_en_resultaat_zijn_lineair(self, a: Stand, b: Stand) -> None:
        for grootheid in Grootheid:
            apart = Fraction(a.bedrag(grootheid)), Fraction(b.bedrag(grootheid))
            assert Fraction((a + b).bedrag(grootheid)) == sum(apart)
            assert Fraction((-a).bedrag(grootheid)) == -apart[0]

    @vast
    @given(standen, standen)
    def test_verschil_plus_oud_is_nieuw(self, oud: Stand, nieuw: Stand) -> None:
        assert nieuw - oud + oud == nieuw
        assert nieuw - nieuw == Stand()

    def test_alles_is_exact_ook_buiten_de_gewone_precisie(self) -> None:
        groot, cent = D("-12345678901234567890123456789012345.67"), D("0.01")

        with localcontext(Context(prec=6)):
            som = Stand(lasten=groot) + Stand(lasten=cent)
            terug = -som

        assert som.lasten == D("-12345678901234567890123456789012345.66")
        assert terug.lasten == D("12345678901234567890123456789012345.66")

    def test_wat_niet_exact_kan_is_een_fout(self) -> None:
        with pytest.raises(Inexact):
            Stand(lasten=D(10) ** 70) + Stand(lasten=D("0.01"))

    @pytest.mark.parametrize(
        ("soort", "verwacht"),
        [
            ("lasten", {"lasten": D(-7), "saldo": D(-7), "resultaat": D(-7)}),
            ("baten", {"baten": D(-7), "saldo": D(-7), "resultaat": D(-7)}),
            ("toevoeging", {"toevoegingen": D(-7), "resultaat": D(-7)}),
            ("onttrekking", {"onttrekkingen": D(-7), "resultaat": D(-7)}),
        ],
    )
    def test_een_bedrag_telt_met_zijn_eigen_teken_mee(self, soort: str, verwacht: dict[str, Decimal]) -> None:
        een = stand(soort, D(-7))

        assert {grootheid.value: een.bedrag(grootheid) for grootheid in Grootheid} == {
            **{grootheid.value: D(0) for grootheid in Grootheid},
            **verwacht,
        }

    def test_de_zes_bedragen_met_de_hand_uitgerekend(self) -> None:
        een = Stand(lasten=D("-100.10"), baten=D("30.05"), toevoegingen=D(-5), onttrekkingen=D("2.50"))

        assert een.saldo == D("-70.05")
        assert een.resultaat == D("-72.55")
        assert [een.bedrag(naam) for naam in ("lasten", "baten", "saldo", "toevoegingen", "onttrekkingen")] == [
            D("-100.10"),
            D("30.05"),
            D("-70.05"),
            D(-5),
            D("2.50"),
        ]
        assert een.bedrag("resultaat") == D("-72.55")

    @pytest.mark.parametrize("naam", ["", "Lasten", "winst", "bedrag", "__class__"])
    def test_een_onbekende_naam(self, naam: str) -> None:
        with pytest.raises(ValueError, match="is not a valid"):
            Stand().bedrag(naam)
        with pytest.raises(ValueError, match="is not a valid"):
            stand(naam, D(1))


class TestRaming:
    """A level adds up per column; a missing column reads as zero."""

    @vast
    @given(ramingen, ramingen, ramingen)
    def test_optellen_is_een_monoide(self, a: Raming, b: Raming, c: Raming) -> None:
        assert (a + b) + c == a + (b + c)
        assert a + b == b + a
        assert a + Raming() == a == Raming() + a

    @vast
    @given(ramingen, ramingen)
    def test_verschil_plus_oud_is_nieuw(self, oud: Raming, nieuw: Raming) -> None:
        terug = nieuw - oud + oud

        assert {kolom: terug[kolom] for kolom in {*oud, *nieuw}} == {kolom: nieuw[kolom] for kolom in {*oud, *nieuw}}
        assert set(terug) == {*oud, *nieuw}

    def test_een_kolom_die_er_niet_is(self) -> None:
        raming = Raming({K25: Stand(baten=D(3))})

        assert raming[K26] == Stand()
        assert (list(raming), len(raming)) == ([K25], 1)


class TestTelOp:
    """Every level is summed from the cells themselves."""

    @vast
    @given(st.lists(cellen, max_size=30), st.data())
    def test_elke_verdeling_geeft_hetzelfde(self, alle: list[Cel], data: st.DataObject) -> None:
        geheel = tel_op(alle)
        stapels: list[list[Cel]] = [[], [], []]
        for cel in alle:
            stapels[data.draw(st.integers(0, 2))].append(cel)
        delen = [tel_op(stapel) for stapel in stapels]

        assert _som([deel.totaal for deel in delen]) == geheel.totaal
        for code, raming in geheel.programmas.items():
            assert _som([deel.programmas.get(code, Raming()) for deel in delen]) == raming
        for sleutel, raming in geheel.pakketten.items():
            assert _som([deel.pakketten.get(sleutel, Raming()) for deel in delen]) == raming

    @vast
    @given(st.lists(cellen, max_size=30), st.randoms(use_true_random=False))
    def test_niveaus_tellen_op_en_de_volgorde_doet_er_niet_toe(self, alle: list[Cel], toeval: random.Random) -> None:
        geheel = tel_op(alle)
        geschud = list(alle)
        toeval.shuffle(geschud)

        assert tel_op(geschud) == geheel
        assert _som(list(geheel.programmas.values())) == geheel.totaal
        assert _som(list(geheel.pakketten.values())) == geheel.totaal
        for code, raming in geheel.programmas.items():
            eigen = [deel for (programma, _), deel in geheel.pakketten.items() if programma == code]
            assert _som(eigen) == raming

    def test_met_de_hand_uitgerekend(self) -> None:
        geheel = tel_op(
            [
                Cel("1", "1A", "lasten", K25, D("-1000.25")),
                Cel("1", "1A", "baten", K25, D("-0.50")),
                Cel("1", "1B", "lasten", K25, D(40)),
                Cel("1", "1B", "toevoeging", K26, D(-5)),
                Cel("2", "1A", "onttrekking", K25, D("7.75")),
            ]
        )

        assert geheel.pakketten["1", "1A"] == Raming({K25: Stand(lasten=D("-1000.25"), baten=D("-0.50"))})
        assert geheel.pakketten["2", "1A"] == Raming({K25: Stand(onttrekkingen=D("7.75"))})
        assert geheel.programmas["1"] == Raming(
            {K25: Stand(lasten=D("-960.25"), baten=D("-0.50")), K26: Stand(toevoegingen=D(-5))}
        )
        assert geheel.totaal[K25].saldo == D("-960.75")
        assert geheel.totaal[K25].resultaat == D("-953.00")
        assert geheel.totaal[K26].resultaat == D(-5)

    def test_niets_is_nul(self) -> None:
        leeg = tel_op([])

        assert leeg == Meerjarenraming({}, {}, Raming())
        assert leeg.totaal[K25] == Stand()


def _som(ramingen: Sequence[Raming]) -> Raming:
    return reduce(add, ramingen, Raming())


# --- the same totals as PostgreSQL ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Begroting:
    """A made-up budget. A programme may have no pakketten, a pakket no lines, a column no amounts."""

    nummer: int
    programmas: dict[str, list[str]]
    kolommen: list[Kolom]
    cellen: list[Cel]


def maak_bedrag(toeval: random.Random, soort: Soort) -> Decimal:
    """Return an amount in whole cents: now and then zero, of the unusual sign, one cent, or as large as fits."""
    gewoon = -1 if soort in {Soort.LASTEN, Soort.TOEVOEGING} else 1
    teken = gewoon if toeval.random() < 0.85 else -gewoon
    centen = toeval.choice(
        [0, 1, toeval.randint(1, 99), toeval.randint(1, 10**6) * 100, toeval.randint(1, 10**9), 10**15 - 1]
    )
    return D(teken * centen).scaleb(-2)


def maak_begrotingen(aantal: int, zaad: int = 20250101) -> Iterator[Begroting]:
    """Yield budgets from a fixed seed."""
    toeval = random.Random(zaad)  # noqa: S311 - the same budgets in every run
    for nummer in range(aantal):
        kolommen = [
            Kolom(2023 + plaats, toeval.choice([Fase.REALISATIE, Fase.NA_WIJZIGING, Fase.PRIMAIR]))
            for plaats in range(toeval.randint(1, 4))
        ]
        programmas = {
            str(programma): [f"{programma}{letter}" for letter in "ABZ"[: toeval.randint(0, 3)]]
            for programma in range(1, 1 + toeval.randint(1, 3))
        }
        cellen = [
            Cel(programma, pakket, soort, kolom, maak_bedrag(toeval, soort))
            for programma, pakketten in programmas.items()
            for pakket in pakketten
            if toeval.random() < 0.85
            for _ in range(toeval.randint(1, 5))
            for soort in [toeval.choice(list(Soort))]
            for kolom in kolommen
            if toeval.random() < 0.8
        ]
        yield Begroting(nummer, programmas, kolommen, cellen)


TABELLEN = """
CREATE TEMP TABLE proef_pakket (begroting int, programma text, pakket text) ON COMMIT DROP;
CREATE TEMP TABLE proef_kolom (begroting int, jaar int, fase text) ON COMMIT DROP;
CREATE TEMP TABLE proef_regel (
  begroting int, programma text, pakket text, soort text, jaar int, fase text, euro numeric(15,2)) ON COMMIT DROP;
"""

# Written out per amount, in SQL alone: nothing here comes from programma.raming.
SOMMEN = """
  coalesce(sum(euro) FILTER (WHERE soort = 'lasten'), 0),
  coalesce(sum(euro) FILTER (WHERE soort = 'baten'), 0),
  coalesce(sum(euro) FILTER (WHERE soort IN ('lasten', 'baten')), 0),
  coalesce(sum(euro) FILTER (WHERE soort = 'toevoeging'), 0),
  coalesce(sum(euro) FILTER (WHERE soort = 'onttrekking'), 0),
  coalesce(sum(euro), 0)
"""
GROOTHEDEN = ("lasten", "baten", "saldo", "toevoegingen", "onttrekkingen", "resultaat")

OPTELLING = f"""
SELECT begroting, GROUPING(programma) = 0, GROUPING(pakket) = 0, programma, pakket, jaar, fase, {SOMMEN}
FROM proef_pakket JOIN proef_kolom USING (begroting)
LEFT JOIN proef_regel USING (begroting, programma, pakket, jaar, fase)
GROUP BY GROUPING SETS (
  (begroting, jaar, fase), (begroting, programma, jaar, fase), (begroting, programma, pakket, jaar, fase))
"""


def _vul(begrotingen: Sequence[Begroting]) -> None:
    """Put the structure and the lines of these budgets in the temporary tables."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM proef_pakket; DELETE FROM proef_kolom; DELETE FROM proef_regel")
        with cursor.copy("COPY proef_pakket FROM STDIN") as kopie:
            for een in begrotingen:
                for programma, pakketten in een.programmas.items():
                    for pakket in pakketten or [None]:
                        kopie.write_row((een.nummer, programma, pakket))
        with cursor.copy("COPY proef_kolom FROM STDIN") as kopie:
            for een in begrotingen:
                for kolom in een.kolommen:
                    kopie.write_row((een.nummer, *kolom))
        with cursor.copy("COPY proef_regel FROM STDIN") as kopie:
            for een in begrotingen:
                for cel in een.cellen:
                    kopie.write_row((een.nummer, cel.programma, cel.pakket, str(cel.soort), *cel.kolom, cel.euro))


def _vergelijk(begrotingen: Sequence[Begroting]) -> int:
    """Compare every level, column and amount of these budgets with SQL; return how many levels and columns."""
    _vul(begrotingen)
    optellingen = {een.nummer: tel_op(een.cellen) for een in begrotingen}
    with connection.cursor() as cursor:
        cursor.execute(OPTELLING)
        rijen = cursor.fetchall()
    for nummer, met_programma, met_pakket, programma, pakket, jaar, fase, *sommen in rijen:
        optelling = optellingen[nummer]
        if met_pakket:
            raming = optelling.pakketten.get((programma, pakket), Raming())
        elif met_programma:
            raming = optelling.programmas.get(programma, Raming())
        else:
            raming = optelling.totaal
        stand = raming[Kolom(jaar, fase)]
        ons = [stand.bedrag(grootheid) for grootheid in GROOTHEDEN]
        assert ons == sommen, f"begroting {nummer}, {programma=}, {pakket=}, {jaar} {fase}"
    for een in begrotingen:
        _geen_andere_niveaus(een, optellingen[een.nummer])
    return len(rijen)


def _geen_andere_niveaus(een: Begroting, optelling: Meerjarenraming) -> None:
    """The SQL saw all columns of all pakketten; ours must have no level or column that is not among them."""
    assert set(optelling.programmas) <= set(een.programmas)
    assert set(optelling.pakketten) <= {(code, pakket) for code, alle in een.programmas.items() for pakket in alle}
    alle_niveaus = [*optelling.pakketten.values(), *optelling.programmas.values(), optelling.totaal]
    assert all(set(raming) <= set(een.kolommen) for raming in alle_niveaus)


class TestTegenPostgresql:
    """Every level and column of many made-up budgets is the SUM that PostgreSQL takes over the same lines."""

    def test_elk_niveau_van_5000_begrotingen(self, db: None, als_eigenaar: Eigenaar) -> None:
        aantal, vergeleken = 5000, 0
        with als_eigenaar():
            with connection.cursor() as cursor:
                cursor.execute(TABELLEN)
            begrotingen = maak_begrotingen(aantal)
            while groep := list(islice(begrotingen, 500)):
                vergeleken += _vergelijk(groep)

        assert vergeleken > 10 * aantal

    def test_het_toeval_dekt_wat_we_willen_zien(self) -> None:
        begrotingen = list(maak_begrotingen(500))
        alle = [cel for een in begrotingen for cel in een.cellen]

        assert {cel.soort for cel in alle} == set(Soort)
        assert all(any(cel.soort == soort and cel.euro > 0 for cel in alle) for soort in Soort)
        assert all(any(cel.soort == soort and cel.euro < 0 for cel in alle) for soort in Soort)
        assert any(cel.euro == 0 for cel in alle)
        assert any(cel.euro != cel.euro.to_integral_value() for cel in alle)
        assert any(not pakketten for een in begrotingen for pakketten in een.programmas.values())
        assert any(
            pakket not in {cel.pakket for cel in een.cellen}
            for een in begrotingen
            for pakketten in een.programmas.values()
            for pakket in pakketten
        )
        assert {len(een.kolommen) for een in begrotingen} == {1, 2, 3, 4}
        assert any(set(een.kolommen) - {cel.kolom for cel in een.cellen} for een in begrotingen)
        assert any(not een.cellen for een in begrotingen)


VIA_DE_RIJEN = f"""
SELECT programma, pakket, jaar, fase, {SOMMEN}
FROM (SELECT p.code AS programma, k.code AS pakket, l.jaar, l.fase, r.soort, b.euro
      FROM programma_bedrag b
      JOIN programma_kolom l ON l.id = b.kolom_id
      JOIN programma_begrotingsregel r ON r.id = b.regel_id
      JOIN programma_pakket k ON k.id = r.pakket_id
      JOIN programma_programma p ON p.id = k.programma_id
      WHERE b.versie_id = %s) regels
GROUP BY GROUPING SETS ((jaar, fase), (programma, jaar, fase), (programma, pakket, jaar, fase))
"""


def _leg_vast(een: Begroting, door: User) -> Versie:
    """Make a concept out of a made-up budget: each cell becomes a line with one amount."""
    document = Document.objects.create(
        soort="begroting", jaar=2000 + een.nummer, titel=f"Begroting {een.nummer}", slug=f"begroting-{een.nummer}"
    )
    versie = Versie.objects.create(document=document, nummer=1, titel=document.titel)
    with namens(door.pk):
        kolommen = {
            kolom: Kolomrij.objects.create(versie=versie, jaar=kolom.jaar, fase=kolom.fase, volgorde=volgorde)
            for volgorde, kolom in enumerate(een.kolommen, start=1)
        }
        pakketten = {}
        for code, codes in een.programmas.items():
            programma = Programma.objects.create(versie=versie, code=code, naam=f"P {code}", slug=f"programma-{code}")
            for pakket in codes:
                pakketten[code, pakket] = Pakket.objects.create(
                    versie=versie, programma=programma, code=pakket, naam=pakket
                )
        regels = Begrotingsregel.objects.bulk_create(
            Begrotingsregel(
                versie=versie,
                pakket=pakketten[cel.programma, cel.pakket],
                soort=cel.soort,
                sleutel=f"r{plaats}",
                omschrijving="x",
            )
            for plaats, cel in enumerate(een.cellen)
        )
        Bedrag.objects.bulk_create(
            Bedrag(versie=versie, regel=regel, kolom=kolommen[cel.kolom], euro=cel.euro)
            for regel, cel in zip(regels, een.cellen, strict=True)
        )
    return versie


def test_veertig_begrotingen_door_de_echte_tabellen(rollen, als_eigenaar: Eigenaar) -> None:
    for een in maak_begrotingen(40, zaad=7):
        versie = _leg_vast(een, rollen.redacteur)

        document = Versie.objects.documentinhoud(versie.pk)
        optelling = tel_op(document.cellen)
        programmas = {
            code: Versie.objects.programmainhoud(versie.pk, f"programma-{code}", timezone.now())
            for code in een.programmas
        }
        per_programma = {code: tel_op(inhoud.cellen) for code, inhoud in programmas.items()}

        with als_eigenaar(), connection.cursor() as cursor:
            cursor.execute(VIA_DE_RIJEN, [versie.pk])
            rijen = cursor.fetchall()
        assert len(rijen) >= len({cel.kolom for cel in een.cellen})
        for code, pakket, jaar, fase, *sommen in rijen:
            kolom = Kolom(jaar, fase)
            niveaus = [optelling.totaal] if code is None else [per_programma[code].totaal, optelling.programmas[code]]
            if pakket is not None:
                niveaus = [per_programma[code].pakketten[code, pakket]]
            for niveau in niveaus:
                assert [niveau[kolom].bedrag(grootheid) for grootheid in GROOTHEDEN] == sommen
        assert sum(cel.aantal for cel in document.cellen) == len(een.cellen)
        assert sum(cel.aantal for inhoud in programmas.values() for cel in inhoud.cellen) == len(een.cellen)
        assert _gelijk(optelling.totaal, tel_op(een.cellen).totaal)
        assert document.kolommen == een.kolommen
        assert [rij.code for rij in document.programmas] == sorted(een.programmas)


def _gelijk(een: Raming, ander: Raming) -> bool:
    return all(een[kolom] == ander[kolom] for kolom in {*een, *ander})
