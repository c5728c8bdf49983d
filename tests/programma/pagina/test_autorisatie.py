"""What the council authorised: the steps, what they come to, and what cannot be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programma.inhoud import Programmarij, Versierij
from programma.inhoud.autorisatie import Autorisatiebedrag, Autorisatiestuk, besluit_over
from programma.inhoud.opbouw import Wijzigingrij
from programma.pagina import adres, autorisatiepagina, autorisatierijen, vast
from programma.pagina.autorisatie import KOP, autorisaties
from programma.raming import Fase, Kolom, Soort, Stand
from programma.tables import Autorisatietabel, Stappentabel
from tests.stukken import MOMENT, uitgave

D = Decimal
PRIMAIR, NA, WERD = Kolom(2025, Fase.PRIMAIR), Kolom(2025, Fase.NA_WIJZIGING), Kolom(2025, Fase.REALISATIE)
VEILIGHEID, WONEN = Programmarij("1", "Veiligheid", "veiligheid"), Programmarij("2", "Wonen", "wonen")
BESLUIT = Versierij(1, "gepubliceerd", MOMENT, "B24.1", date(2024, 11, 7))
W2 = Wijzigingrij("2", "begrotingswijziging", "Brandweer", "B25.2", date(2025, 3, 6))
W10 = Wijzigingrij("10", "begrotingswijziging", "Jeugd", "B25.9", date(2025, 9, 4))
A1 = Wijzigingrij("A1", "amendement", "Groen")


def bedrag(euro: int | str, wijziging: Wijzigingrij | None = None, **anders: Any) -> Autorisatiebedrag:
    velden: dict[str, Any] = {"programma": "1", "soort": "lasten", "kolom": PRIMAIR, **anders}
    return Autorisatiebedrag(velden["programma"], velden["soort"], velden["kolom"], D(euro), wijziging)


def stuk(*bedragen: Autorisatiebedrag, **anders: Any) -> Autorisatiestuk:
    """Return a budget with these amounts, offered and not adopted, apart from what is given."""
    velden: dict[str, Any] = {
        "gemeente": "Dronten",
        "uitgave": uitgave(),
        "programmas": [VEILIGHEID],
        "kolommen": list(dict.fromkeys(rij.kolom for rij in bedragen)),
        "bedragen": bedragen,
    }
    return Autorisatiestuk(**velden | anders)


def regels(een: Autorisatiestuk, nummer: int = 0) -> list[tuple[str, ...]]:
    """Return the table of a programme as people read it: name, decision, day, lasten."""
    pagina = autorisatiepagina(een)
    tabel = Stappentabel(pagina.blokken[nummer], 2, adres.actueel(een.uitgave))
    return [(rij.tekst, *rij.cellen[:3]) for _, rijen in tabel.kale_lichamen() for rij in rijen]


VAST = {"besluit": BESLUIT, "uitgave": uitgave(raadsbesluit_nummer="B24.1", raadsbesluit_datum=date(2024, 11, 7))}


class TestStappen:
    def test_begroting_amendement_en_wijzigingen_op_volgorde_van_besluit(self) -> None:
        later = W10._replace(nummer="1")
        een = stuk(
            bedrag(-100), bedrag(-5, A1), bedrag(-105, kolom=NA), bedrag(-7, W2, kolom=NA), bedrag(-1, later, kolom=NA),
            **VAST,
        )  # fmt: skip

        (autorisatie,) = autorisaties(een).values()

        assert [(stap.nummer, stap.verschil.lasten, stap.stand.lasten) for stap in autorisatie.stappen] == [
            ("", -100, -100),
            ("A1", -5, -105),
            ("2", -7, -112),
            ("1", -1, -113),
        ]
        assert [(stap.besluit, stap.datum) for stap in autorisatie.stappen] == [
            ("B24.1", date(2024, 11, 7)),
            ("B24.1", date(2024, 11, 7)),
            ("B25.2", date(2025, 3, 6)),
            ("B25.9", date(2025, 9, 4)),
        ]
        assert autorisatie.besloten and autorisatie.verschil == Stand()
        assert autorisatie.geautoriseerd == autorisatie.eind == Stand(lasten=D(-113))

    def test_zonder_dag_komen_wijzigingen_achteraan_in_de_volgorde_van_hun_nummer(self) -> None:
        zonder = [Wijzigingrij(nummer, "begrotingswijziging", "T", "R") for nummer in ("11", "9")]
        een = stuk(bedrag(-1), bedrag(-1, zonder[0]), bedrag(-1, zonder[1]), bedrag(-1, W10), **VAST)

        (autorisatie,) = autorisaties(een).values()

        assert [stap.nummer for stap in autorisatie.stappen] == ["", "10", "9", "11"]
        assert "De dag is niet vastgelegd van raadsbesluit R." in autorisatiepagina(een).kanttekeningen

    def test_een_wijziging_zonder_besluit_telt_niet_als_geautoriseerd(self) -> None:
        een = stuk(bedrag(-100), bedrag(-7, W2), bedrag(-3, Wijzigingrij("3", "begrotingswijziging", "T")), **VAST)

        (autorisatie,) = autorisaties(een).values()

        assert not autorisatie.besloten
        assert autorisatie.geautoriseerd == Stand(lasten=D(-107))
        assert regels(een)[-3:] == [
            ("Waarvan met een besluit", "n.v.t.", "n.v.t.", "−107"),
            ("Begroting met alle wijzigingen, 2025", "n.v.t.", "n.v.t.", "−110"),
            ("Kolom primaire begroting 2025 van deze versie", "n.v.t.", "n.v.t.", "−110"),
        ]
        assert any("van begrotingswijziging 3. Of de raad" in zin for zin in autorisatiepagina(een).kanttekeningen)

    def test_aangeboden_is_niet_geautoriseerd(self) -> None:
        een = stuk(bedrag(-100), bedrag(20, soort="baten"))
        pagina = autorisatiepagina(een)

        assert pagina.zin == (
            "De raad heeft nog niets geautoriseerd. Hieronder staan de bedragen die het college aan de raad vraagt."
        )
        assert pagina.tabeltitel == "Tabel 1. Gevraagd voor 2025, per programma"
        assert autorisaties(een)["1"].geautoriseerd is None
        assert regels(een)[0] == ("Primaire begroting 2025", "Geen besluit vastgelegd", "n.v.t.", "−100")
        concept = autorisatiepagina(replace(een, uitgave=uitgave(status="concept")))
        assert concept.zin.endswith("de bedragen die dit concept vraagt.")

    def test_wat_de_kolom_meer_heeft_dan_de_stappen_wordt_genoemd(self) -> None:
        een = stuk(bedrag(-100), bedrag(-100, kolom=NA), bedrag(-7, W2, kolom=NA), bedrag("-0.50", kolom=NA), **VAST)
        zonder = autorisatiepagina(replace(een, bedragen=een.bedragen[:3]))
        assert zonder.blokken[0].zinnen == (
            "Samen is dat precies wat er in de kolom Begroting na wijziging 2025 staat.",
        )

        anders = replace(een, bedragen=[*een.bedragen[:2], een.bedragen[2], bedrag(-9, kolom=NA, soort="baten")])
        (autorisatie,) = autorisaties(anders).values()
        assert autorisatie.verschil == Stand(baten=D(-9))
        assert (
            "baten −€\u00a09. Van dat verschil is geen wijziging vastgelegd."
            in autorisatiepagina(anders).blokken[0].zinnen[0]
        )
        tabel = Autorisatietabel(autorisatiepagina(anders), adres.actueel(anders.uitgave))
        assert "<a href" not in "".join(rij.cellen for lichaam in tabel.lichamen() for rij in lichaam.rijen)

    def test_het_besluit_ging_over_een_eerdere_versie(self) -> None:
        nu = uitgave(nummer=2, versies=(Versierij(2, "gepubliceerd", MOMENT), BESLUIT))
        zelfde = stuk(
            bedrag(-100),
            bedrag(-7, W2),
            uitgave=nu,
            besluit=BESLUIT,
            vastgesteld={PRIMAIR: {"1": Stand(lasten=D(-107))}},
        )
        anders = replace(zelfde, vastgesteld={PRIMAIR: {"1": Stand(lasten=D(-90))}})

        assert autorisaties(zelfde)["1"].besloten
        assert autorisatiepagina(zelfde).zin.endswith("Dat besluit ging over versie 1.")
        assert not autorisaties(anders)["1"].stappen[0].besloten
        pagina = autorisatiepagina(anders)
        assert "Daarin stond lasten −€\u00a090. Hier staan andere bedragen." in pagina.blokken[0].zinnen[0]
        assert any(
            "Van Programma 1 Veiligheid zijn de bedragen anders dan in versie 1" in z for z in pagina.kanttekeningen
        )

    @pytest.mark.parametrize(("werkelijk", "zin"), [
        (-107, "staan niet meer lasten dan begroot."), (-108, "staat €\u00a01 meer lasten dan begroot."),
        (0, "staan niet meer lasten dan begroot."), (10, "staan niet meer lasten dan begroot."),
    ])  # fmt: skip
    def test_jaarstukken_noemen_wat_er_meer_werd_uitgegeven(self, werkelijk: int, zin: str) -> None:
        een = stuk(
            bedrag(-100, kolom=NA), bedrag(-7, W2, kolom=NA), bedrag(werkelijk, kolom=WERD),
            uitgave=uitgave(document_soort="jaarstukken"),
        )  # fmt: skip
        pagina = autorisatiepagina(een)

        assert pagina.blokken[0].zinnen[-1] == f"In de realisatie van 2025 {zin}"
        assert "Het besluit over de begroting zelf staat niet in dit document." in pagina.zin
        assert regels(een)[0][:2] == (
            "Begroting na wijziging 2025, bedragen zonder wijziging erbij", "Niet in dit document"
        )  # fmt: skip
        assert "onrechtmatig" not in str(pagina)

    @pytest.mark.parametrize("kolommen", [(), (WERD,)])
    def test_zonder_kolom_van_de_begroting_van_het_jaar(self, kolommen: tuple[Kolom, ...]) -> None:
        een = stuk(*(bedrag(-1, kolom=kolom) for kolom in kolommen))
        pagina = autorisatiepagina(een)

        assert pagina.zin.endswith("is hier niet te zien.")
        assert pagina.blokken == () and list(autorisatierijen(een)) == [KOP]

    def test_een_programma_zonder_bedragen(self) -> None:
        een = stuk(bedrag(-1), programmas=[VEILIGHEID, WONEN])

        assert autorisaties(een)["2"].eind == Stand()


class TestBesluit:
    @pytest.mark.parametrize(("versies", "soort", "nummer"), [
        ((), "begroting", None),
        ((BESLUIT,), "jaarstukken", None),
        ((BESLUIT,), "begroting", 1),
        ((replace(BESLUIT, nummer=2), BESLUIT), "begroting", 1),
        ((replace(BESLUIT, nummer=4),), "begroting", None),
        ((replace(BESLUIT, status="ingetrokken"), replace(BESLUIT, nummer=3)), "begroting", 3),
        ((replace(BESLUIT, raadsbesluit_nummer=""),), "begroting", None),
    ])  # fmt: skip
    def test_het_eerste_besluit_tot_en_met_deze_versie(
        self, versies: tuple[Versierij, ...], soort: str, nummer: int | None
    ) -> None:
        gevonden = besluit_over(uitgave(nummer=3, document_soort=soort, versies=versies))

        assert (gevonden.nummer if gevonden else None) == nummer


WIJZIGINGEN = st.sampled_from([None, W2, W10, A1, Wijzigingrij("3", "begrotingswijziging", "T")])
BEDRAGEN = st.lists(
    st.builds(
        Autorisatiebedrag,
        st.sampled_from(["1", "2"]),
        st.sampled_from([soort.value for soort in Soort]),
        st.sampled_from([PRIMAIR, NA, WERD]),
        st.decimals("-1e12", "1e12", places=2),
        WIJZIGINGEN,
    ),
    max_size=20,
)


class TestEigenschappen:
    @settings(max_examples=80, deadline=None)
    @given(BEDRAGEN, st.booleans())
    def test_de_stappen_zijn_samen_het_eind_en_met_het_verschil_de_kolom(
        self, bedragen: list[Autorisatiebedrag], vastgesteld: bool
    ) -> None:
        een = stuk(
            *bedragen, programmas=[VEILIGHEID, WONEN], kolommen=[PRIMAIR, NA, WERD], **VAST if vastgesteld else {}
        )

        for code, autorisatie in autorisaties(een).items():
            stand = Stand()
            for stap in autorisatie.stappen:
                stand += stap.verschil
                assert stap.stand == stand
            assert autorisatie.eind == stand
            assert autorisatie.eind + autorisatie.verschil == autorisatie.in_kolom
            assert autorisatie.in_kolom.lasten == sum(
                (r.euro for r in bedragen if (r.programma, r.soort, r.kolom) == (code, "lasten", NA)), D(0)
            )
            met = [stap.verschil for stap in autorisatie.stappen if stap.besloten]
            assert autorisatie.geautoriseerd == (sum(met, Stand()) if vastgesteld else None)

    @settings(max_examples=50, deadline=None)
    @given(BEDRAGEN)
    def test_het_bestand_telt_op(self, bedragen: list[Autorisatiebedrag]) -> None:
        een = stuk(*bedragen, programmas=[VEILIGHEID, WONEN], kolommen=[PRIMAIR, NA, WERD])
        kop, *rijen = [dict(zip(KOP, rij, strict=True)) for rij in autorisatierijen(een)]

        assert tuple(kop.values()) == KOP
        for code in "12":
            stappen = [rij for rij in rijen if (rij["programma_code"], rij["rij"]) == (code, "stap")]
            for naam in KOP[-8:-4]:
                assert sum((D(str(rij[naam])) for rij in stappen), D(0)) == stappen[-1][f"{naam}_totaal"]

    @settings(max_examples=40, deadline=None)
    @given(BEDRAGEN, st.booleans())
    def test_geen_getal_met_een_min_voor_nul(self, bedragen: list[Autorisatiebedrag], vastgesteld: bool) -> None:
        een = stuk(
            *bedragen, programmas=[VEILIGHEID, WONEN], kolommen=[PRIMAIR, NA, WERD], **VAST if vastgesteld else {}
        )
        pagina = autorisatiepagina(een, vast(een.uitgave))
        tabel = Autorisatietabel(pagina, vast(een.uitgave))

        tekst = [cel for _, rijen in tabel.kale_lichamen() for rij in rijen for cel in rij.cellen]
        assert not {"−0", "−0,00", "-0"} & set(tekst)
