"""Each check with each of its verdicts, on small versions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from programma.aansluiting import (
    Bestandproef,
    Controle,
    Oordeel,
    Rij,
    Taakveldsom,
    Tekst,
    buren,
    controleer,
    van_hetzelfde_jaar,
)
from programma.inhoud import Bestandrij, Gedrukt, Programmarij
from programma.raming import Kolom
from tests import stukken
from tests.aansluitstukken import P24, REGELS, ander, gedrukte_totalen, oordelen, regel, sommen, stuk, van
from tests.stukken import K24, K25
from veiligheid.tips.bedragen import genoemde_bedragen

D = Decimal
CENT = D("0.01")


def test_alles_sluit_aan_of_zegt_waarom_niet() -> None:
    rijen = controleer(stuk())

    assert {rij.oordeel for rij in rijen} == {Oordeel.AAN, Oordeel.ONBEKEND}
    assert all(rij.reden for rij in rijen if rij.oordeel == Oordeel.ONBEKEND)
    assert {rij.controle for rij in rijen} == set(Controle)
    assert rijen == controleer(stuk())


class TestGedrukt:
    def test_de_demonstratie(self) -> None:
        regels = [regel(cel.programma, cel.pakket, cel.soort, cel.euro, cel.kolom) for cel in stukken.cellen()]

        assert oordelen(Controle.GEDRUKT, stuk(regels, gedrukt=stukken.gedrukt())) == ["sluit aan"] * 24

    @pytest.mark.parametrize(
        ("gedrukt", "verwacht"),
        [
            (D(-3_716_000), "sluit aan"),
            (D(-3_717_000), "verschil door afronding"),
            (D(-3_717_501), "verschil"),
        ],
    )
    def test_met_speling(self, gedrukt: Decimal, verwacht: str) -> None:
        """Two bedragen in thousands: at most 1.500 can be rounding."""
        (een,) = van(Controle.GEDRUKT, stuk(gedrukt=[Gedrukt("lasten", K25, gedrukt, "1", "1A")]))

        assert (een.oordeel, een.speling) == (verwacht, D(1500))
        assert (een.plek.woord, een.nagerekend) == ("1a-lasten", D(-3_716_000))

    def test_met_wat_de_gemeente_verklaart(self) -> None:
        """Only beside a difference: what agrees needs no reason."""
        for euro, reden in ((D(-3_800_000), "De gemeente verklaart: Na de druk verhoogd."), (D(-3_716_000), "")):
            totaal = Gedrukt("lasten", K25, euro, "1", "1A", verklaring="Na de druk verhoogd. ")
            (een,) = van(Controle.GEDRUKT, stuk(gedrukt=[totaal]))
            assert een.reden == reden

    def test_zonder(self) -> None:
        (een,) = van(Controle.GEDRUKT, stuk(gedrukt=[]))

        assert (een.oordeel, een.gepubliceerd) == (Oordeel.ONBEKEND, None)
        assert "geen gedrukte totalen" in een.reden

    def test_een_totaal_van_wat_er_niet_is(self) -> None:
        assert oordelen(Controle.GEDRUKT, stuk(gedrukt=[Gedrukt("lasten", K24, D(-5000), "9")])) == ["verschil"]


class TestOptelling:
    def test_een_cent_in_een_regel(self) -> None:
        regels = [deze._replace(euro=deze.euro + CENT) if deze == REGELS[3] else deze for deze in REGELS]
        anders = [rij for rij in van(Controle.REGELS, replace(stuk(), regels=regels)) if rij.oordeel != Oordeel.AAN]

        assert [(rij.plek.wat, rij.plek.pakket, rij.verschil) for rij in anders] == [("lasten", "1B", CENT)]

    def test_een_cent_op_de_documentpagina(self) -> None:
        dit = stuk()
        eerste, *rest = dit.cellen
        dit = replace(dit, cellen=[eerste._replace(euro=eerste.euro + CENT), *rest])
        anders = [rij for rij in van(Controle.NIVEAUS, dit) if rij.oordeel != Oordeel.AAN]

        assert [(rij.plek.programma, rij.plek.wat, rij.oordeel) for rij in anders] == [
            ("1", "lasten", "verschil"),
            ("", "lasten", "verschil"),
        ]

    def test_een_regel_die_nergens_in_een_som_zit(self) -> None:
        dit = replace(stuk(), regels=[*REGELS, regel("2", "2Z", "baten", 7)])

        assert [rij.gepubliceerd for rij in van(Controle.REGELS, dit) if rij.oordeel != Oordeel.AAN] == [D(0)]

    def test_te_veel_regels(self) -> None:
        (een,) = van(Controle.REGELS, replace(stuk(), regels=None))

        assert een.oordeel == Oordeel.ONBEKEND
        assert "begroting.csv" in een.reden

    @pytest.mark.parametrize("veld", ["saldo", "resultaat"])
    def test_saldo_en_resultaat(self, veld: str) -> None:
        dit = stuk()
        eerste, *rest = dit.sommen
        anders = eerste._replace(**{veld: getattr(eerste, veld) + CENT})
        gevonden = [rij for rij in van(Controle.SALDO, replace(dit, sommen=[anders, *rest])) if rij.verschil]

        assert {rij.oordeel for rij in gevonden} == {Oordeel.VERSCHIL}
        assert gevonden[0].plek.woord == veld
        # A resultaat adds up a saldo, so a wrong saldo shows in both.
        assert len(gevonden) == (2 if veld == "saldo" else 1)


class TestTaakvelden:
    def test_met_regels_zonder_taakveld(self) -> None:
        eerste, *rest = stuk().taakvelden

        assert set(oordelen(Controle.TAAKVELDEN, stuk(taakvelden=[eerste._replace(code=""), *rest]))) == {"sluit aan"}

    def test_een_regel_te_weinig(self) -> None:
        assert oordelen(Controle.TAAKVELDEN, stuk(taakvelden=stuk().taakvelden[1:])).count("verschil") == 1

    def test_zonder_taakvelden(self) -> None:
        leeg = [som._replace(code="") for som in stuk().taakvelden]

        assert oordelen(Controle.TAAKVELDEN, stuk(taakvelden=leeg)) == ["niet te controleren"]


class TestWijzigingen:
    PRIMAIR = regel("1", "1A", "lasten", -1000, P24)

    @pytest.mark.parametrize(
        ("na", "wijziging", "precisie", "verwacht"),
        [
            (-1500, -500, 1, "sluit aan"),
            (-1500, -499, 1, "verschil"),
            (-1500, 0, 1000, "verschil door afronding"),
            (-3500, 0, 1000, "verschil"),
        ],
    )
    def test_per_regel(self, na: int, wijziging: int, precisie: int, verwacht: str) -> None:
        gewijzigd = regel("1", "1A", "lasten", na, K24, wijziging=D(wijziging), precisie=precisie)
        (een,) = van(Controle.WIJZIGINGEN, stuk([self.PRIMAIR, gewijzigd]))

        assert (een.oordeel, een.gepubliceerd, een.nagerekend) == (verwacht, D(na), D(-1000 + wijziging))
        assert een.plek.woord == "1a-lasten-1"

    def test_een_regel_in_een_van_de_twee(self) -> None:
        nieuw = regel("1", "1A", "lasten", -70, K24, 2, wijziging=D(-70))

        assert oordelen(Controle.WIJZIGINGEN, stuk([self.PRIMAIR, nieuw])) == ["verschil", "sluit aan"]

    def test_alleen_na_wijziging(self) -> None:
        (een,) = van(Controle.WIJZIGINGEN, stuk([regel("1", "1A", "lasten", -1, K24)]))

        assert een.oordeel == Oordeel.ONBEKEND
        assert een.reden == "Van 2024 staat alleen na wijziging 2024 in dit document, niet primair 2024."

    def test_geen_na_wijziging(self) -> None:
        assert oordelen(Controle.WIJZIGINGEN, stuk()) == ["niet te controleren"]

    def test_te_veel_regels_dan_per_pakket(self) -> None:
        dit = stuk([self.PRIMAIR, regel("1", "1A", "lasten", -1500, K24, wijziging=D(-400))])

        assert oordelen(Controle.WIJZIGINGEN, replace(dit, regels=None)) == ["niet te controleren", "verschil"]


class TestDocumenten:
    def rijen(self, *regels: object, **anders: object) -> list[Rij]:
        return [
            rij
            for rij in van(Controle.DOCUMENTEN, stuk(volgend=ander(*regels, **anders)))
            if rij.reden[:14] != "Er is geen eer"
        ]

    def test_dezelfde_kolom(self) -> None:
        rijen = self.rijen()

        assert {rij.oordeel for rij in rijen} == {Oordeel.AAN}
        # Lasten, baten, toevoegingen and onttrekkingen of the document, both programmes and three pakketten.
        assert len(rijen) == 4 + 2 + 3 + 2 + 1 + 3
        assert {rij.vergeleken for rij in rijen} == {"dit document, en Jaarstukken 2025, versie 1"}

    def test_een_cent(self) -> None:
        regels = [REGELS[0]._replace(euro=REGELS[0].euro - CENT), *REGELS[1:]]
        anders = [rij for rij in self.rijen(regels) if rij.oordeel != Oordeel.AAN]

        assert [(rij.plek.programma, rij.plek.pakket, rij.verschil) for rij in anders] == [
            ("", "", -CENT),
            ("1", "", -CENT),
            ("1", "1A", -CENT),
        ]

    def test_door_afronding(self) -> None:
        """One of two amounts was taken over in thousands."""
        anders = [deze._replace(euro=D(-3_516_400), precisie=1) if deze == REGELS[0] else deze for deze in REGELS]
        dit = stuk([deze._replace(precisie=1000) for deze in REGELS], volgend=ander(anders))

        assert "verschil" not in oordelen(Controle.DOCUMENTEN, dit)
        assert oordelen(Controle.DOCUMENTEN, dit).count("verschil door afronding") == 3

    def test_wat_maar_in_een_staat(self) -> None:
        regels = [deze for deze in REGELS if deze.pakket != "1B"] + [regel("2", "2B", "lasten", -9)]
        redenen = [rij.reden for rij in self.rijen(regels) if rij.oordeel == Oordeel.ONBEKEND]

        assert redenen == [
            "Pakket 1B staat alleen in dit document.",
            "Pakket 2B staat alleen in Jaarstukken 2025, versie 1.",
        ]

    def test_andere_programmas(self) -> None:
        redenen = [rij.reden for rij in self.rijen(REGELS[:4]) if rij.oordeel == Oordeel.ONBEKEND]

        assert any("niet dezelfde programma’s" in reden for reden in redenen)
        assert "Programma 2 staat alleen in dit document." in redenen

    def test_geen_buren(self) -> None:
        rijen = van(Controle.DOCUMENTEN, stuk())

        assert [rij.oordeel for rij in rijen] == [Oordeel.ONBEKEND] * 2
        assert [rij.plek.wat for rij in rijen] == ["vorige document", "volgende document"]

    def test_wie_de_buren_zijn(self) -> None:
        def document(soort: str, jaar: int, kolommen: list[Kolom]) -> object:
            return ander(slug=f"{soort}-{jaar}", soort=soort, jaar=jaar, kolommen=kolommen)

        anderen = [
            document("jaarstukken", 2025, [K25]),
            document("begroting", 2026, [K25]),
            document("tussenrapportage", 2025, [K24]),
            document("begroting", 2024, [K25]),
            document("begroting", 2023, [K25]),
            document("iv3_begroting", 2026, [K25]),
            document("iv3_begroting", 2025, [K25]),
            ander(slug="programmabegroting-2025", soort="begroting", jaar=2025, kolommen=[K25]),
        ]
        eerder, later = buren(stukken.uitgave(), [K25], anderen)

        assert (eerder and eerder.slug, later and later.slug) == ("begroting-2024", "begroting-2026")
        assert buren(stukken.uitgave(), [K25], []) == (None, None)
        gelijk = van_hetzelfde_jaar(stukken.uitgave(), anderen)
        assert gelijk is not None
        assert gelijk.slug == "iv3_begroting-2025"


class TestIv3:
    HEEL = (Programmarij("1", "Een", "programma-1"), Programmarij("DM", "Dekking", "dekking", "dekkingsmiddelen"))
    HIER = (Taakveldsom("1.1", "lasten", K25, D(-3_516_400)), Taakveldsom("1.2", "baten", K25, D(5000)))

    def rijen(self, daar: list[Taakveldsom], **anders: object) -> list[Rij]:
        iv3 = ander(soort="iv3_begroting", titel="Iv3-begroting 2025", taakvelden=daar)
        velden = {"taakvelden": self.HIER, "programmas": self.HEEL, "iv3": iv3}
        return van(Controle.IV3, stuk(**velden | anders))

    @pytest.mark.parametrize(
        ("euro", "verwacht"),
        [(-3_516_400, "sluit aan"), (-3_516_000, "verschil door afronding"), (-3_514_000, "verschil")],
    )
    def test_hele_begroting(self, euro: int, verwacht: str) -> None:
        een, ander_ = self.rijen([self.HIER[0]._replace(euro=D(euro)), self.HIER[1]])

        assert (een.oordeel, een.plek.woord) == (verwacht, "taakveld-1.1-lasten")
        assert ander_.oordeel == Oordeel.AAN

    def test_een_taakveld_dat_hier_ontbreekt(self) -> None:
        rijen = self.rijen([*self.HIER, Taakveldsom("2.1", "lasten", K25, D(-9000))])

        assert [(rij.plek.wat, rij.plek.woord, rij.oordeel) for rij in rijen if rij.verschil] == [
            ("taakveld 2.1, lasten", "", "verschil")
        ]

    def test_een_deel_van_de_begroting_beweert_niets(self) -> None:
        daar = [self.HIER[0]._replace(euro=D(-9_000_000)), self.HIER[1], Taakveldsom("2.1", "lasten", K25, D(-9000))]
        rijen = self.rijen(daar, programmas=self.HEEL[:1])

        assert [rij.oordeel for rij in rijen] == [Oordeel.ONBEKEND, Oordeel.AAN, Oordeel.ONBEKEND]
        assert "niet de hele begroting" in rijen[0].reden
        assert "1 taakvelden" in rijen[2].reden

    def test_regels_zonder_taakveld(self) -> None:
        hier = [*self.HIER, Taakveldsom("", "lasten", K25, D(-1))]
        een, _ = self.rijen([self.HIER[0]._replace(euro=D(-9_000_000)), self.HIER[1]], taakvelden=hier)

        assert (een.oordeel, een.reden[:22]) == (Oordeel.ONBEKEND, "Niet bij elke regel va")

    @pytest.mark.parametrize(
        ("anders", "reden"),
        [
            ({"iv3": None}, "geen Iv3-document van 2025"),
            ({"uitgave": stukken.uitgave(document_soort="iv3_begroting")}, "zelf een Iv3-document"),
            ({"taakvelden": [Taakveldsom("", "lasten", K25, D(-1))]}, "geen enkele regel"),
            ({"kolommen": [K24]}, "geen kolom gemeen"),
        ],
    )
    def test_niet_te_controleren(self, anders: dict[str, object], reden: str) -> None:
        (een,) = self.rijen([], **anders)

        assert een.oordeel == Oordeel.ONBEKEND
        assert reden in een.reden


class TestTeksten:
    def rij(self, zin: str, programma: str = "1", pakket: str = "1A", **anders: object) -> Rij:
        tekst = Tekst("de tekst Inhoud", programma, pakket, tuple(genoemde_bedragen(zin)))
        (een,) = van(Controle.TEKSTEN, stuk(teksten=[tekst], **anders))
        return een

    @pytest.mark.parametrize(
        ("zin", "verwacht", "reden"),
        [
            ("Dit kost 3,5 miljoen euro.", "sluit aan", "Past bij lasten van regel 1a-lasten-1, primair 2025."),
            ("Dit kost € 3.716.000.", "sluit aan", "Past bij lasten van pakket 1A, primair 2025."),
            # 3.516 rounds to 3,5, and 3.616 (the saldo) to 3,6.
            (
                "Dit kost € 3.561.000.",
                "verschil",
                "Lijkt op lasten van regel 1a-lasten-1, primair 2025: €\u00a03.516.000.",
            ),
            ("Dit kost 3,9 miljoen euro.", "niet te controleren", ""),
            ("Dit kost € 123.", "niet te controleren", ""),
        ],
    )
    def test_pakket(self, zin: str, verwacht: str, reden: str) -> None:
        een = self.rij(zin)

        assert een.oordeel == verwacht
        assert een.reden == reden or (not reden and "geen tabel" in een.reden)

    def test_de_speling_is_die_van_de_tekst(self) -> None:
        een = self.rij("Dit kost 3,5 miljoen euro.")

        assert (een.gepubliceerd, een.nagerekend, een.speling) == (D(3_500_000), D(3_516_000), D(50_000))
        assert een.plek.wat == "“3,5 miljoen euro” in de tekst Inhoud"

    def test_een_bedrag_van_het_programma_in_een_pakkettekst(self) -> None:
        assert self.rij("Van de € 3.766.000 is dit een deel.").reden == "Past bij lasten van programma 1, primair 2025."

    def test_een_verschil_tussen_kolommen(self) -> None:
        regels = [*REGELS, regel("1", "1A", "lasten", -3_381_000, K24)]
        tekst = Tekst("een doel", "1", "1A", tuple(genoemde_bedragen("De lasten stijgen met € 135.000.")))
        (een,) = van(Controle.TEKSTEN, stuk(regels, teksten=[tekst]))

        assert (een.oordeel, een.nagerekend) == (Oordeel.AAN, None)
        assert "verschil tussen twee kolommen" in een.reden

    def test_bijna_een_regel_zegt_in_een_programmatekst_niets(self) -> None:
        assert self.rij("Dit kost € 51.000.", pakket="1B").oordeel == Oordeel.VERSCHIL
        assert self.rij("Dit kost € 203.000.", pakket="").oordeel == Oordeel.ONBEKEND

    def test_buiten_de_programmas(self) -> None:
        assert self.rij("Het gaat om € 3.516.000.", "", "").oordeel == Oordeel.ONBEKEND

    def test_zonder_regels(self) -> None:
        tekst = Tekst("een doel", "1", "1A", tuple(genoemde_bedragen("Samen € 3.716.000.")))

        assert oordelen(Controle.TEKSTEN, replace(stuk(teksten=[tekst]), regels=None)) == ["sluit aan"]

    def test_geen_enkel_bedrag(self) -> None:
        assert oordelen(Controle.TEKSTEN, stuk()) == ["niet te controleren"]


class TestBestanden:
    BEGROTING = Bestandrij("begroting.csv", 4312, 30, "b" * 64)
    DOCUMENT = Bestandrij("document.pdf", 4312, 0, "d" * 64)

    @pytest.mark.parametrize(
        ("proef", "verwacht"),
        [
            (Bestandproef(BEGROTING, "b" * 64), ["sluit aan"]),
            (Bestandproef(BEGROTING, "a" * 64), ["verschil"]),
            (Bestandproef(BEGROTING, "", "Te groot."), ["niet te controleren"]),
            (Bestandproef(DOCUMENT, "d" * 64, "", "c" * 64), ["sluit aan", "sluit aan"]),
            (Bestandproef(DOCUMENT, "e" * 64, "", "c" * 64), ["verschil", "sluit aan"]),
            (Bestandproef(DOCUMENT, "d" * 64, "", "a" * 64), ["sluit aan", "verschil"]),
            (Bestandproef(DOCUMENT, "", "Te groot.", "c" * 64), ["niet te controleren", "sluit aan"]),
        ],
    )
    def test_oordeel(self, proef: Bestandproef, verwacht: list[str]) -> None:
        assert oordelen(Controle.BESTANDEN, stuk(bestanden=[proef])) == verwacht

    def test_een_concept_heeft_er_geen(self) -> None:
        assert oordelen(Controle.BESTANDEN, stuk()) == ["niet te controleren"]


def test_gedrukte_totalen_van_alle_niveaus() -> None:
    alle = gedrukte_totalen(sommen(REGELS))

    assert len(alle) == 6 * (1 + 2 + 3)
    assert oordelen(Controle.GEDRUKT, stuk(gedrukt=alle)) == ["sluit aan"] * len(alle)
