"""The tables of a programme and of a document: the golden figures, four views, and the files beside them."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from indicatoren.reeks import Punt, Reeks, Status
from indicatoren.tables import Indicatortabel
from programma.inhoud import Inwoners, Pakketrij
from programma.pagina import Adres, kies
from programma.raming import Cel, Fase, Kolom, tel_op
from programma.tables import Programmatabel, Ramingtabel, Taakveldtabel
from tests.stukken import INWONERS, K23, K24, K25, documentstuk, iv3stuk, programmastuk
from veiligheid.tables import Tabel

D = Decimal

HIER = "/programmabegroting-2025/programma/programma-1-veiligheid/"
GEDRUKT = {
    "Totaal lasten": ["−6.074", "−6.552", "−6.586", "−6.628", "−6.571", "−6.462"],
    "Totaal baten": ["555", "438", "170", "170", "170", "170"],
    "Saldo van lasten en baten": ["−5.519", "−6.114", "−6.416", "−6.458", "−6.401", "−6.292"],
    "Resultaat programma 1": ["−5.413", "−5.858", "−6.375", "−6.417", "−6.360", "−6.251"],
}


def tabel(bedragen: str | None = None, jaren: str | None = None, **anders: Any) -> Ramingtabel:
    """Return the money table of the demonstration, apart from what is given."""
    stuk = programmastuk(**anders)
    return Ramingtabel(stuk, kies(bedragen, jaren, stuk.kolommen, stuk.inwoners), tel_op(stuk.cellen))


def cellen(tabel: Tabel) -> dict[str, list[str]]:
    """Return the cells of each row as people read them; the key has the hidden prefix."""
    return {
        f"{rij.voorvoegsel}: {rij.tekst}" if rij.voorvoegsel else rij.tekst: [
            re.sub(r"<[^>]+>", "", cel) for cel in re.findall(r"<td[^>]*>(.*?)</td>", rij.cellen)
        ]
        for lichaam in tabel.lichamen()
        for rij in lichaam.rijen
    }


def stuk_van(*bedragen: tuple[str, str, int, int], kolommen: tuple[Kolom, ...] = (K24, K25)) -> dict[str, Any]:
    """Return the fields of a programme with only these amounts: (pakket, soort, year of the column, euros)."""
    per_jaar = {kolom.jaar: kolom for kolom in kolommen}
    rijen = [Cel("1", pakket, soort, per_jaar[jaar], D(euro)) for pakket, soort, jaar, euro in bedragen]
    pakketten = [Pakketrij(code, f"Pakket {code}") for code in dict.fromkeys(rij.pakket for rij in rijen)]
    return {"kolommen": list(kolommen), "cellen": rijen, "pakketten": pakketten}


class TestDuizend:
    """The table as it was printed."""

    def test_alle_24_gedrukte_totalen(self) -> None:
        rijen = cellen(tabel())

        assert {naam: rijen[naam] for naam in GEDRUKT} == GEDRUKT

    def test_groepen_en_rijen(self) -> None:
        lichamen = [(lichaam.kop, [rij.tekst for rij in lichaam.rijen]) for lichaam in tabel().lichamen()]

        een, twee = "1E Rampenbestrijding en crisisorganisatie", "1F Integraal veiligheidsbeleid en openbare orde"
        assert lichamen == [
            ("Lasten", [een, twee, "Totaal lasten"]),
            ("Baten", [een, twee, "Totaal baten"]),
            ("", ["Saldo van lasten en baten"]),
            ("Onttrekkingen aan reserves", ["1Z Niet in pakketjes opgenomen"]),
            ("", ["Resultaat programma 1"]),
        ]

    def test_rijkoppen_zijn_uniek_met_hun_voorvoegsel(self) -> None:
        rijen = [(rij.voorvoegsel, rij.tekst) for lichaam in tabel().lichamen() for rij in lichaam.rijen]

        assert len(set(rijen)) == len(rijen) == 9

    def test_elk_pakket_wijst_naar_zijn_pagina(self) -> None:
        links = {rij.tekst[:2]: rij.href for lichaam in tabel().lichamen() for rij in lichaam.rijen}

        assert [links[code] for code in ("1E", "1F", "1Z")] == [
            f"{HIER}pakket/{woord}/" for woord in ("1e", "1f", "1z")
        ]

    def test_het_documentjaar_valt_op(self) -> None:
        assert [kop.klasse for kop in tabel().koppen] == ["", "getal", "getal", "getal nu", "getal", "getal", "getal"]

    def test_koppen_noemen_jaar_en_fase(self) -> None:
        assert [(kop.tekst, kop.onderschrift) for kop in tabel().koppen[1:4]] == [
            ("2023", "Realisatie"),
            ("2024", "Begroting na wijziging"),
            ("2025", "Primaire begroting"),
        ]

    def test_een_deel_van_de_jaren(self) -> None:
        klein = tabel(jaren="2024,2025")

        assert cellen(klein)["Totaal lasten"] == ["−6.552", "−6.586"]
        assert [kop.tekst for kop in klein.koppen] == ["Onderdeel", "2024", "2025"]

    def test_totalen_zijn_afgeronde_sommen(self) -> None:
        rijen = cellen(tabel(**stuk_van(("1A", "lasten", 2025, -400), ("1B", "lasten", 2025, -400))))

        assert [rijen[naam][1] for naam in ("Lasten: 1A Pakket 1A", "Totaal lasten")] == ["0", "−1"]
        assert "pas daarna afgerond" in tabel().voetnoot

    def test_toevoegingen_van_meer_pakketten_hebben_een_totaal(self) -> None:
        rijen = cellen(tabel(**stuk_van(("1A", "toevoeging", 2025, -5000), ("1B", "toevoeging", 2025, -6000))))

        assert rijen["Totaal toevoegingen"] == ["0", "−11"]
        assert list(rijen) == [
            "Saldo van lasten en baten",
            "Toevoegingen: 1A Pakket 1A",
            "Toevoegingen: 1B Pakket 1B",
            "Totaal toevoegingen",
            "Resultaat programma 1",
        ]

    def test_zonder_bedragen(self) -> None:
        leeg = tabel(cellen=[])

        assert cellen(leeg) == {"Saldo van lasten en baten": ["0"] * 6, "Resultaat programma 1": ["0"] * 6}

    def test_het_opschrift_noemt_eenheid_en_teken(self) -> None:
        assert tabel().eenheid == "Bedragen × € 1.000. Een minteken (−) betekent: kosten. Geen teken: inkomsten."


class TestAndereWeergaven:
    """The same amounts in euros, per inhabitant and as a change."""

    def test_euro(self) -> None:
        euro = tabel("euro")

        assert cellen(euro)["Resultaat programma 1"][2] == "−6.375.000"
        assert "afgerond op duizenden" in euro.eenheid
        assert euro.voetnoot == ""

    def test_euro_met_centen(self) -> None:
        stuk = stuk_van(("1A", "lasten", 2025, -400))
        stuk["cellen"].append(Cel("1", "1A", "lasten", K25, D("-0.05")))
        euro = tabel("euro", **stuk)

        assert cellen(euro)["Totaal lasten"] == ["0,00", "−400,05"]
        assert "duizenden" not in euro.eenheid

    def test_per_inwoner_van_dat_jaar(self) -> None:
        inwoner = tabel("inwoner")

        # 5.413.000 / 43.593, 6.375.000 / 44.856 and, with the last known number, 6.417.000 / 44.856
        assert cellen(inwoner)["Resultaat programma 1"][:4] == ["−124,17", "−132,07", "−142,12", "−143,06"]
        assert "43.593 in 2023, 44.354 in 2024 en 44.856 in 2025" in inwoner.eenheid
        assert "Voor 2026, 2027 en 2028 is het laatst bekende aantal gebruikt: 44.856 in 2025." in inwoner.eenheid
        assert "Bron: CBS." in inwoner.eenheid

    def test_per_inwoner_voor_het_eerste_bekende_jaar(self) -> None:
        inwoner = tabel("inwoner", inwoners=Inwoners({2025: 44_856}))

        assert cellen(inwoner)["Totaal lasten"][:2] == ["n.n.b.", "n.n.b."]
        assert "N.n.b. = nog niet bekend." in inwoner.eenheid

    def test_zonder_inwoners_bestaat_de_weergave_niet(self) -> None:
        assert cellen(tabel("inwoner", inwoners=Inwoners({}))) == cellen(tabel())

    def test_verandering(self) -> None:
        verandering = cellen(tabel("verandering"))

        assert verandering["Totaal lasten"] == ["n.v.t.", "+7,9%", "+0,5%", "+0,6%", "−0,9%", "−1,7%"]
        assert verandering["Baten: 1E Rampenbestrijding en crisisorganisatie"][1:3] == ["+14,5%", "0,0%"]

    @pytest.mark.parametrize(("oud", "nieuw", "tekst"), [(0, -5, "n.v.t."), (-5, 0, "−100,0%"), (-5, 5, "n.v.t.")])
    def test_verandering_rond_nul(self, oud: int, nieuw: int, tekst: str) -> None:
        stuk = stuk_van(("1A", "lasten", 2024, oud), ("1A", "lasten", 2025, nieuw))

        assert cellen(tabel("verandering", **stuk))["Totaal lasten"] == ["n.v.t.", tekst]

    def test_verandering_blijft_gelijk_als_een_jaar_verborgen_is(self) -> None:
        klein = tabel("verandering", "2025")

        assert cellen(klein)["Totaal lasten"] == ["+0,5%"]
        assert "ook als die kolom nu niet te zien is" in klein.eenheid


class TestBestand:
    """tabel.csv: the same table, with the numbers themselves."""

    def test_kop_en_eerste_rij(self) -> None:
        kop, eerste, *_ = tabel().as_values()

        assert kop[:4] == ["onderdeel", "groep", "realisatie 2023", "na_wijziging 2024"]
        assert eerste[:3] == ["1E Rampenbestrijding en crisisorganisatie", "Lasten", D("-3153000")]
        assert [str(cel) for cel in eerste[2:4]] == ["-3153000.00", "-3381000.00"]

    def test_berekende_waarden_hebben_zes_decimalen(self) -> None:
        inwoner = list(tabel("inwoner", "2025").as_values())[-1]
        verandering = list(tabel("verandering").as_values())[-1]

        assert inwoner == ["Resultaat programma 1", "Resultaat", D("-142.121455")]
        assert verandering[2:4] == [None, D("8.220950")]

    @pytest.mark.parametrize("weergave", ["duizend", "euro", "inwoner", "verandering"])
    def test_bestand_en_pagina_hebben_dezelfde_rijen(self, weergave: str) -> None:
        een = tabel(weergave)

        assert [rij[0] for rij in een.as_values()][1:] == [
            rij.tekst for lichaam in een.lichamen() for rij in lichaam.rijen
        ]


class TestProgrammatabel:
    """All programmes of a document in the document year."""

    def test_programmas_andere_onderdelen_en_totaal(self) -> None:
        stuk = documentstuk()
        een = Programmatabel(stuk, tel_op(stuk.cellen))

        assert [lichaam.kop for lichaam in een.lichamen()] == ["Programma’s", "Andere onderdelen", ""]
        assert cellen(een) == {
            "Programma 1 Veiligheid": ["−6.586", "170", "−6.416", "41", "−6.375", "−142,12", "−517"],
            "Programma 2 Openbare ruimte": ["−13.172", "340", "−12.832", "82", "−12.750", "−284,24", "−1.034"],
            "Overhead": ["−6.586", "170", "−6.416", "41", "−6.375", "−142,12", "−517"],
            "Totaal": ["−26.344", "680", "−25.664", "164", "−25.500", "−568,49", "−2.068"],
        }
        assert een.koppen[-1][:2] == ("Verschil", "met begroting na wijziging 2024")
        assert "het resultaat vergeleken met de gewijzigde begroting van 2024" in een.eenheid

    def test_zonder_iets_om_mee_te_vergelijken_is_er_geen_verschil(self) -> None:
        stuk = documentstuk(kolommen=[K25], cellen=[cel for cel in documentstuk().cellen if cel.kolom == K25])
        een = Programmatabel(stuk, tel_op(stuk.cellen))

        assert [kop.tekst for kop in een.koppen][-1] == "Per inwoner"
        assert "Verschil" not in een.eenheid

    def test_links_blijven_binnen_de_versie(self) -> None:
        stuk = documentstuk()
        een = Programmatabel(stuk, tel_op(stuk.cellen), Adres("/programmabegroting-2025/versie/3/", vast=True))

        assert next(een.lichamen()).rijen[0].href == (
            "/programmabegroting-2025/versie/3/programma/programma-1-veiligheid/"
        )

    def test_zonder_inwoners_en_zonder_kolommen(self) -> None:
        stuk = documentstuk(inwoners=Inwoners({}))
        leeg = documentstuk(kolommen=[], cellen=[])

        assert [kop.tekst for kop in Programmatabel(stuk, tel_op(stuk.cellen)).koppen][-2:] == ["Resultaat", "Verschil"]
        assert list(Programmatabel(leeg, tel_op(leeg.cellen)).lichamen()) == []

    def test_bestand(self) -> None:
        stuk = documentstuk()
        kop, eerste, *_ = Programmatabel(stuk, tel_op(stuk.cellen)).as_values()

        assert kop == [
            *("onderdeel", "groep", "lasten", "baten", "saldo", "reserves", "resultaat", "per inwoner"),
            "verschil met begroting na wijziging 2024",
        ]
        assert (eerste[2], eerste[-1]) == (D(-6_586_000), D(-517_000))


class TestTaakveldtabel:
    """All taakvelden of a document in the document year."""

    def test_per_hoofdtaakveld_met_totalen_die_sluiten_op_tabel_1(self) -> None:
        stuk = iv3stuk()
        een, programmas = Taakveldtabel(stuk), Programmatabel(stuk, tel_op(stuk.cellen))

        assert [lichaam.kop.split()[0] for lichaam in een.lichamen() if lichaam.kop] == [*"012345678"]
        assert cellen(een)["1.1 Taakveld 1.1"] == ["−3.514", "126", "−3.388", "−237"]
        assert cellen(een)["Totaal 1 Veiligheid"] == ["−6.585", "170", "−6.415", "−521"]
        assert cellen(een)["Totaal"][:3] == cellen(programmas)["Totaal"][:3] == ["−156.341", "152.475", "−3.866"]
        delen = [rij for naam, rij in cellen(een).items() if naam.startswith("Totaal ")]
        assert sum(getal(rij[3]) for rij in delen) == getal(cellen(een)["Totaal"][3])

    def test_de_volgorde_is_die_van_het_cbs(self) -> None:
        codes = [naam.split()[0] for naam in cellen(Taakveldtabel(iv3stuk())) if naam[0].isdigit()]

        assert codes[:6] == ["0.1", "0.2", "0.3", "0.4", "0.5", "0.61"]
        assert codes.index("6.22") < codes.index("6.3") < codes.index("6.60") < codes.index("6.711")

    def test_een_nieuw_taakveld_heeft_geen_verschil_en_een_oud_geen_rij(self) -> None:
        een = Taakveldtabel(iv3stuk())

        assert cellen(een)["6.711 Taakveld 6.711"][3] == "n.v.t."
        assert not [naam for naam in cellen(een) if naam.startswith(("6.71a", "6.2 "))]
        assert "N.v.t.: dit taakveld stond niet in 2024" in een.eenheid

    def test_mutaties_van_reserves_zijn_geen_lasten(self) -> None:
        een = Taakveldtabel(iv3stuk())

        assert not [naam for naam in cellen(een) if naam.startswith("0.10")]
        assert "taakveld 0.10" in een.voetnoot

    def test_zonder_kolommen(self) -> None:
        assert list(Taakveldtabel(documentstuk(kolommen=[], cellen=[], taakvelden=[])).lichamen()) == []

    def test_bestand(self) -> None:
        kop, eerste, *_ = Taakveldtabel(documentstuk()).as_values()

        assert kop == [
            *("taakveld", "hoofdtaakveld", "lasten", "baten", "saldo", "verschil met begroting na wijziging 2024"),
        ]
        assert eerste == ["1.1 Crisisbeheersing", "1 Veiligheid", D(-3_516_000), D(126_000), D(-3_390_000), D(-135_000)]


def getal(tekst: str) -> int:
    """Read a number of a table back."""
    return int(tekst.replace(".", "").replace("−", "-"))


class TestIndicatortabel:
    """The observations with what is not known, the group and the source."""

    def test_de_vijf_indicatoren(self) -> None:
        een = Indicatortabel(programmastuk().reeksen)

        assert cellen(een)["Diefstal uit woning"] == ["0,8", "1,5", "1,0", "n.n.b.", "n.n.b.", "1,1", "CBS-Diefstallen"]
        assert cellen(een)["Verwijzingen Halt"][:3] == ["9", "11", "8"]
        assert een.koppen[6].tekst == "Groep in 2023"
        assert een.eenheid.startswith("Stand op 4 september 2024.")

    def test_status_en_voetnoot(self) -> None:
        reeks = Reeks(
            "x",
            "X",
            "per 1.000",
            punten={
                2022: Punt(D("1.25"), Status.VOORLOPIG, "Zonder maart."),
                2023: Punt(None, Status.NVT),
                2024: Punt(D(0)),
            },
        )
        een = Indicatortabel([reeks])

        assert cellen(een)["X"] == ["1,3 (voorlopig)", "n.v.t.", "0,0", "n.n.b.", "n.n.b."]
        assert een.noten == ["X, 2022: Zonder maart."]
        assert list(een.as_values())[1][:4] == ["X", D("1.25"), "NVT", D(0)]

    def test_groepen_met_een_eigen_jaar(self) -> None:
        eerste, tweede, *_ = programmastuk().reeksen
        een = Indicatortabel([eerste, replace(tweede, groep={2022: Punt(D(3))})])

        assert [rij[5] for rij in cellen(een).values()] == ["1,1 (2023)", "3,0 (2022)"]
        assert een.koppen[6].tekst == "Groep"


def test_een_vreemde_fase_heeft_ook_een_kolom() -> None:
    kolommen = (K23, Kolom(2025, Fase.PROGNOSE))
    prognose = tabel(**stuk_van(("1A", "baten", 2025, 5000), kolommen=kolommen))

    assert prognose.koppen[2].onderschrift == "Prognose"
    assert INWONERS.in_jaar(2030) == (2025, 44_856)
