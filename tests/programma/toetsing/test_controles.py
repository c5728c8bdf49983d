"""The checks: for every code a case that is found and one, just on the other side, that is not."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import call_command

from programma.demo import begroting as demobegroting
from programma.inhoud import Gedrukt, Pakketrij, Programmarij
from programma.models import Doel, Pakket, Paragraaf, Programma, Sectie
from programma.raming import Fase, Kolom, tel_op
from programma.toetsing.controles import (
    NIVEAUS,
    Bedragrij,
    Bevinding,
    Code,
    Controlestuk,
    GedruktMetVerklaring,
    Grafiekkop,
    Herziening,
    Niveau,
    Regelrij,
    blokkades,
    controleer,
    verschil,
)
from programma.toetsing.grafiekkop import cijfers
from programma.toetsing.keuring import controlestuk
from tests.bouwers import Rollen, maak_concept
from veiligheid.namens import namens

D = Decimal
JAAR = 2025
K23, K24 = Kolom(2023, Fase.REALISATIE), Kolom(2024, Fase.NA_WIJZIGING)
K25, K26, K27, K28 = (Kolom(jaar, Fase.PRIMAIR) for jaar in (2025, 2026, 2027, 2028))
KOLOMMEN = [K23, K24, K25, K26, K27, K28]


def regel(
    euro: Decimal | int = -1000, *, soort: str = "lasten", sleutel: str = "r1", **kolommen: Decimal | int
) -> Regelrij:
    """Make a line with the same amount in each of the six columns; `k2025=...` gives one column another amount."""
    return Regelrij(
        sleutel=sleutel,
        programma="1",
        pakket="1A",
        soort=soort,
        omschrijving="Brandweer",
        toelichting="",
        bedragen=[Bedragrij(kolom, D(kolommen.get(f"k{kolom.jaar}", euro))) for kolom in KOLOMMEN],
    )


def gaaf(**anders: object) -> Controlestuk:
    """Make a budget on which there is nothing to say, apart from what is given."""
    stuk = Controlestuk(
        soort="begroting",
        jaar=JAAR,
        kolommen=KOLOMMEN,
        programmas=[Programmarij("1", "Veiligheid", "programma-1")],
        pakketten={"1": [Pakketrij("1A", "Brandweer"), Pakketrij("1Z", "Restpost", restpost=True)]},
        regels=[regel()],
        gedrukt=[],
        met_tekst=frozenset({"1A"}),
        met_doel=frozenset({"1A"}),
    )
    return replace(stuk, **anders)


def gedrukt(
    euro: Decimal | int, *, grootheid: str = "lasten", eenheid: int = 1000, verklaring: str = "", **waar: str
) -> list[GedruktMetVerklaring]:
    """Make one printed total of 2025, of programme 1 unless `programma` or `pakket` says otherwise."""
    totaal = Gedrukt(grootheid, K25, D(euro), waar.get("programma", "1"), waar.get("pakket", ""), eenheid)
    return [GedruktMetVerklaring(totaal, verklaring)]


def codes(stuk: Controlestuk) -> list[Code]:
    """Return what is found, and see to it that every finding can be read and located."""
    gevonden = controleer(stuk)
    for bevinding in gevonden:
        assert bevinding.plaats.strip()
        assert len(bevinding.zin.split()) > 4
        assert bevinding.zin[0].isupper()
        assert bevinding.zin.rstrip()[-1] in ".!" or bevinding.code == Code.TOTAAL_VERKLAARD
    return [bevinding.code for bevinding in gevonden]


def test_het_niveau_van_elke_code_ligt_vast() -> None:
    assert {code.value: niveau.value for code, niveau in NIVEAUS.items()} == {
        "totaal_afgerond": "waarschuwing",
        "totaal_wijkt_af": "blokkade",
        "totaal_verklaard": "waarschuwing",
        "jaar_ontbreekt": "blokkade",
        "kolomvolgorde": "blokkade",
        "ongewoon_teken": "waarschuwing",
        "programma_zonder_regels": "blokkade",
        "pakket_zonder_tekst": "blokkade",
        "pakket_zonder_doel": "blokkade",
        "wijziging_sluit_niet": "blokkade",
        "sprong_zonder_toelichting": "waarschuwing",
        "nog_te_herzien": "blokkade",
        "grafiekkop_bij_andere_bedragen": "waarschuwing",
        "partij_onvolledig": "waarschuwing",
    }
    assert set(NIVEAUS) == set(Code)
    assert all(Bevinding(code, "zin", "plaats").niveau == niveau for code, niveau in NIVEAUS.items())


def test_een_gave_begroting_heeft_geen_bevindingen() -> None:
    assert codes(gaaf()) == []


def zes_posten(rest: Decimal | int) -> list[Regelrij]:
    """Make six lines of lasten, so that rounding may explain (6 + 1) / 2 thousands; `rest` is their sum."""
    return [*(regel(-1000, sleutel=f"r{nummer}") for nummer in range(5)), regel(D(rest) + 5000, sleutel="r9")]


class TestGedrukteTotalen:
    """A printed total equals ours when rounded, or differs by what rounding can explain, or needs an explanation."""

    @pytest.mark.parametrize(
        ("ons", "gedrukt_als"),
        [(-1000, -1000), ("-1499.99", -1000), (-1500, -2000), ("-1000.01", -1000), ("-999.50", -1000)],
    )
    def test_gelijk_na_afronding(self, ons: str, gedrukt_als: int) -> None:
        assert codes(gaaf(regels=[regel(D(ons))], gedrukt=gedrukt(gedrukt_als))) == []

    @pytest.mark.parametrize(
        ("gedrukt_als", "code"),
        [
            # Six bedragen: the bound is 3.5 thousands. Ours is 20.500 exactly, so the bound itself can be reached.
            (-24000, Code.TOTAAL_AFGEROND),
            (-17000, Code.TOTAAL_AFGEROND),
            ("-24000.01", Code.TOTAAL_WIJKT_AF),
            ("-16999.99", Code.TOTAAL_WIJKT_AF),
            (-25000, Code.TOTAAL_WIJKT_AF),
            (20500, Code.TOTAAL_WIJKT_AF),
        ],
    )
    def test_de_grens_van_afronding(self, gedrukt_als: str, code: Code) -> None:
        stuk = gaaf(regels=zes_posten(-20500), gedrukt=gedrukt(D(gedrukt_als)))

        assert codes(stuk) == [code]

    @pytest.mark.parametrize(("gedrukt_als", "code"), [(-1001, Code.TOTAAL_AFGEROND), (-1002, Code.TOTAAL_WIJKT_AF)])
    def test_de_grens_in_euros(self, gedrukt_als: int, code: Code) -> None:
        assert codes(gaaf(gedrukt=gedrukt(gedrukt_als, eenheid=1))) == [code]

    def test_een_cent_verschil_onder_een_totaal_in_euros(self) -> None:
        assert codes(gaaf(gedrukt=gedrukt("-1000.01", eenheid=1))) == [Code.TOTAAL_AFGEROND]

    def test_elk_bedrag_telt_voor_de_speling(self) -> None:
        """A line with an original and two changes is three bedragen: the bound is two units, not one."""
        met_wijzigingen = replace(
            regel(),
            bedragen=[
                *regel().bedragen,
                Bedragrij(K25, D(0), "W1"),
                Bedragrij(K25, D(0), "W2"),
            ],
        )

        assert codes(gaaf(gedrukt=gedrukt(-3000))) == [Code.TOTAAL_WIJKT_AF]
        assert codes(gaaf(regels=[met_wijzigingen], gedrukt=gedrukt(-3000))) == [Code.TOTAAL_AFGEROND]

    def test_alleen_de_eigen_soorten_tellen_voor_de_speling(self) -> None:
        regels = [regel(-1000), regel(100, soort="baten", sleutel="b1"), regel(100, soort="baten", sleutel="b2")]

        assert codes(gaaf(regels=regels, gedrukt=gedrukt(-3000))) == [Code.TOTAAL_WIJKT_AF]
        assert codes(gaaf(regels=regels, gedrukt=gedrukt(-3000, grootheid="saldo"))) == [Code.TOTAAL_WIJKT_AF]
        assert codes(gaaf(regels=regels, gedrukt=gedrukt("-2800", grootheid="saldo"))) == [Code.TOTAAL_AFGEROND]

    @pytest.mark.parametrize(
        ("grootheid", "euro"),
        [
            ("lasten", -1000),
            ("baten", 300),
            ("saldo", -700),
            ("toevoegingen", -50),
            ("onttrekkingen", 7),
            ("resultaat", -743),
        ],
    )
    @pytest.mark.parametrize("waar", [{"programma": "1", "pakket": "1A"}, {"programma": "1"}, {"programma": ""}])
    def test_elke_grootheid_op_elk_niveau(self, grootheid: str, euro: int, waar: dict[str, str]) -> None:
        regels = [
            regel(-1000),
            regel(300, soort="baten", sleutel="r2"),
            regel(-50, soort="toevoeging", sleutel="r3"),
            regel(7, soort="onttrekking", sleutel="r4"),
        ]

        goed = gedrukt(euro, grootheid=grootheid, eenheid=1, **waar)
        fout = gedrukt(euro + 3, grootheid=grootheid, eenheid=1, **waar)

        assert codes(gaaf(regels=regels, gedrukt=goed)) == []
        assert codes(gaaf(regels=regels, gedrukt=fout)) != []

    def test_een_ander_programma_telt_niet_mee(self) -> None:
        stuk = gaaf(
            programmas=[Programmarij("1", "Veiligheid", "p1"), Programmarij("2", "Wonen", "p2")],
            pakketten={"1": [], "2": []},
            regels=[regel(-1000), replace(regel(-9000, sleutel="r2"), programma="2", pakket="2A")],
            gedrukt=[*gedrukt(-1000), *gedrukt(-9000, programma="2"), *gedrukt(-10000, programma="")],
        )

        assert codes(stuk) == []

    def test_een_totaal_waar_niets_onder_staat(self) -> None:
        assert codes(gaaf(gedrukt=gedrukt(0, grootheid="baten"))) == []
        assert codes(gaaf(gedrukt=gedrukt(0, pakket="1Z"))) == []
        assert codes(gaaf(gedrukt=gedrukt(2000, grootheid="baten"))) == [Code.TOTAAL_WIJKT_AF]

    def test_met_een_verklaring(self) -> None:
        stuk = gaaf(gedrukt=gedrukt(-9000, verklaring=" Zetfout in tabel 3. "))

        (bevinding,) = controleer(stuk)

        assert (bevinding.code, bevinding.niveau) == (Code.TOTAAL_VERKLAARD, Niveau.WAARSCHUWING)
        assert bevinding.zin.endswith("Verklaring: Zetfout in tabel 3.")

    def test_een_lege_verklaring_verklaart_niets(self) -> None:
        assert codes(gaaf(gedrukt=gedrukt(-9000, verklaring="  "))) == [Code.TOTAAL_WIJKT_AF]

    def test_de_zin_noemt_beide_bedragen_en_het_verschil(self) -> None:
        (bevinding,) = controleer(gaaf(regels=[regel(D("-1000.25"))], gedrukt=gedrukt(-9000, pakket="1A")))

        assert "Gedrukt staat −€\u00a09.000, de regels tellen op tot −€\u00a01.000,25" in bevinding.zin
        assert "een verschil van €\u00a07.999,75" in bevinding.zin
        assert bevinding.plaats == "programma 1 pakket 1A, lasten, primair 2025"

    def test_van_het_hele_document(self) -> None:
        (bevinding,) = controleer(gaaf(gedrukt=gedrukt(-9000, programma="")))

        assert bevinding.plaats == "hele document, lasten, primair 2025"

    def test_het_verschil_zelf(self) -> None:
        cellen = gaaf(regels=zes_posten(-20500)).cellen()
        totaal = gedrukt(-24000)[0].totaal

        anders = verschil(totaal, tel_op(cellen), cellen)

        assert anders is not None
        assert (anders.ons, anders.euro, anders.afronding) == (D(-20500), D(3500), True)


class TestJaren:
    """A budget shows the years t-2 to t+3; every column has amounts."""

    @pytest.mark.parametrize("weg", KOLOMMEN)
    def test_een_jaar_dat_ontbreekt(self, weg: Kolom) -> None:
        anders = [replace(regel(), bedragen=[rij for rij in regel().bedragen if rij.kolom != weg])]
        stuk = gaaf(kolommen=[kolom for kolom in KOLOMMEN if kolom != weg], regels=anders)

        assert codes(stuk) == [Code.JAAR_ONTBREEKT]
        assert str(weg.jaar) in controleer(stuk)[0].zin

    def test_meer_jaren_mag(self) -> None:
        ervoor = Kolom(2022, Fase.REALISATIE)
        bedragen = [Bedragrij(ervoor, D(-1)), *regel().bedragen]

        assert codes(gaaf(kolommen=[ervoor, *KOLOMMEN], regels=[replace(regel(), bedragen=bedragen)])) == []

    def test_een_lege_kolom(self) -> None:
        bedragen = [rij for rij in regel().bedragen if rij.kolom != K28]

        assert codes(gaaf(regels=[replace(regel(), bedragen=bedragen)])) == [Code.JAAR_ONTBREEKT]
        assert codes(gaaf(regels=[regel(k2028=0)])) == []

    def test_helemaal_geen_kolommen(self) -> None:
        stuk = gaaf(kolommen=[], regels=[], programmas=[], pakketten={})

        assert codes(stuk) == [Code.JAAR_ONTBREEKT] * 6

    def test_een_ander_document_heeft_zijn_eigen_jaar_nodig_en_geen_gat(self) -> None:
        def stuk(*kolommen: Kolom) -> Controlestuk:
            bedragen = [Bedragrij(kolom, D(-1000)) for kolom in kolommen]
            return gaaf(soort="jaarstukken", kolommen=kolommen, regels=[replace(regel(), bedragen=bedragen)])

        assert codes(stuk(K25)) == []
        assert codes(stuk(K24, K25)) == []
        assert codes(stuk(K24)) == [Code.JAAR_ONTBREEKT]
        assert codes(stuk(K23, K25)) == [Code.JAAR_ONTBREEKT]


class TestStatistiek:
    """Iv3 figures have no texts, goals and explanations to ask for; their totals are checked like any."""

    @pytest.mark.parametrize("soort", ["iv3_begroting", "iv3_jaarstukken"])
    def test_geen_tekst_doel_of_toelichting(self, soort: str) -> None:
        stuk = gaaf(soort=soort, met_tekst=frozenset(), met_doel=frozenset(), regels=[regel(k2025=-9000)])

        assert codes(stuk) == []
        assert codes(replace(stuk, gedrukt=gedrukt(-90_000))) == [Code.TOTAAL_WIJKT_AF]
        assert set(codes(replace(stuk, soort="jaarstukken"))) == {
            *(Code.PAKKET_ZONDER_TEKST, Code.PAKKET_ZONDER_DOEL, Code.SPRONG_ZONDER_TOELICHTING)
        }


class TestGrafiekkop:
    """A heading that an officer wrote belongs to the figures of then."""

    def kop(self, bij: str) -> list[Grafiekkop]:
        return [Grafiekkop("1", "Vooral de brandweer wordt duurder", bij)]

    def test_bij_dezelfde_bedragen_is_er_niets_te_melden(self) -> None:
        nu = cijfers(KOLOMMEN, tel_op(gaaf().cellen()).totaal)

        assert codes(gaaf(grafiekkoppen=self.kop(nu))) == []

    def test_een_cent_anders_is_een_bevinding(self) -> None:
        toen = cijfers(KOLOMMEN, tel_op(gaaf(regels=[regel(k2028="-1000.01")]).cellen()).totaal)
        (bevinding,) = controleer(gaaf(grafiekkoppen=self.kop(toen)))

        assert (bevinding.code, bevinding.plaats) == (Code.GRAFIEKKOP_BIJ_ANDERE_BEDRAGEN, "programma 1")
        assert "Vooral de brandweer wordt duurder" in bevinding.zin and toen in bevinding.zin

    def test_een_kolom_erbij_en_bedragen_die_niemand_kent(self) -> None:
        toen = cijfers(KOLOMMEN[:-1], tel_op(gaaf().cellen()).totaal)

        assert codes(gaaf(grafiekkoppen=self.kop(toen))) == [Code.GRAFIEKKOP_BIJ_ANDERE_BEDRAGEN]
        assert codes(gaaf(grafiekkoppen=self.kop(""))) == [Code.GRAFIEKKOP_BIJ_ANDERE_BEDRAGEN]


class TestKolomvolgorde:
    """Columns go by year; within a year from the first stage to the last."""

    def test_twee_jaren_omgewisseld(self) -> None:
        assert codes(gaaf(kolommen=[K23, K24, K26, K25, K27, K28])) == [Code.KOLOMVOLGORDE]

    @pytest.mark.parametrize(
        ("eerste", "tweede", "verwacht"),
        [
            (Fase.PRIMAIR, Fase.NA_WIJZIGING, []),
            (Fase.NA_WIJZIGING, Fase.PROGNOSE, []),
            (Fase.PROGNOSE, Fase.REALISATIE, []),
            (Fase.RAMING, Fase.REALISATIE, []),
            (Fase.NA_WIJZIGING, Fase.PRIMAIR, [Code.KOLOMVOLGORDE]),
            (Fase.REALISATIE, Fase.PROGNOSE, [Code.KOLOMVOLGORDE]),
        ],
    )
    def test_binnen_een_jaar(self, eerste: Fase, tweede: Fase, verwacht: list[Code]) -> None:
        dubbel = [Kolom(2023, eerste), Kolom(2023, tweede)]
        bedragen = [*(Bedragrij(kolom, D(-1000)) for kolom in dubbel), *regel().bedragen[1:]]

        assert codes(gaaf(kolommen=[*dubbel, *KOLOMMEN[1:]], regels=[replace(regel(), bedragen=bedragen)])) == verwacht


class TestTekens:
    """An unusual sign is worth a look, never a refusal; zero has no sign."""

    @pytest.mark.parametrize(
        ("soort", "gewoon"), [("lasten", -1000), ("toevoeging", -1000), ("baten", 1000), ("onttrekking", 1000)]
    )
    def test_elke_soort(self, soort: str, gewoon: int) -> None:
        assert codes(gaaf(regels=[regel(gewoon, soort=soort)])) == []
        assert codes(gaaf(regels=[regel(-gewoon, soort=soort)])) == [Code.ONGEWOON_TEKEN] * 6
        assert codes(gaaf(regels=[regel(0, soort=soort)])) == []

    def test_een_cent_in_een_kolom(self) -> None:
        stuk = gaaf(regels=[regel(D("-0.01"), k2028=D("0.01"))])

        (bevinding,) = controleer(stuk)

        assert (bevinding.code, bevinding.niveau) == (Code.ONGEWOON_TEKEN, Niveau.WAARSCHUWING)
        assert bevinding.zin.startswith("Lasten van €\u00a00,01: dit staat meestal met een minteken.")
        assert bevinding.plaats == "programma 1, pakket 1A, regel r1 (Brandweer), primair 2028"

    def test_het_gaat_om_het_bedrag_na_wijziging(self) -> None:
        """A change by itself may have either sign: it is the sum that counts, once."""
        bedragen = [*regel().bedragen, Bedragrij(K25, D(200), "W1")]

        assert codes(gaaf(regels=[replace(regel(), bedragen=bedragen)])) == []


class TestProgrammas:
    """A programme has amounts."""

    @pytest.mark.parametrize("regels", [[], [replace(regel(sleutel="r2"), programma="2", bedragen=[])]])
    def test_een_programma_zonder_bedragen(self, regels: list[Regelrij]) -> None:
        stuk = gaaf(
            programmas=[Programmarij("1", "Veiligheid", "p1"), Programmarij("2", "Wonen", "p2")],
            regels=[regel(), *regels],
        )

        assert codes(stuk) == [Code.PROGRAMMA_ZONDER_REGELS]
        assert controleer(stuk)[0].plaats == "programma 2"


class TestPakketten:
    """A pakket has a text and a goal; the restpost has neither."""

    def test_zonder_tekst(self) -> None:
        assert codes(gaaf(met_tekst=frozenset())) == [Code.PAKKET_ZONDER_TEKST]

    def test_zonder_doel(self) -> None:
        assert codes(gaaf(met_doel=frozenset())) == [Code.PAKKET_ZONDER_DOEL]

    def test_van_een_ander_pakket_telt_niet(self) -> None:
        stuk = gaaf(met_tekst=frozenset({"1B"}), met_doel=frozenset({"1B"}))

        assert codes(stuk) == [Code.PAKKET_ZONDER_TEKST, Code.PAKKET_ZONDER_DOEL]
        assert {bevinding.plaats for bevinding in controleer(stuk)} == {"programma 1, pakket 1A"}

    def test_de_restpost_hoeft_niet(self) -> None:
        gewoon = [Pakketrij("1A", "Brandweer"), Pakketrij("1Z", "Restpost", restpost=False)]

        assert codes(gaaf(pakketten={"1": gewoon})) == [Code.PAKKET_ZONDER_TEKST, Code.PAKKET_ZONDER_DOEL]


def met_primair_2024(primair: int, na: int, *wijzigingen: tuple[str, int]) -> Controlestuk:
    """Make a budget with both columns of 2024, and these changes in the second."""
    p24 = Kolom(2024, Fase.PRIMAIR)
    bedragen = [rij for rij in regel().bedragen if rij.kolom != K24]
    bedragen += [Bedragrij(p24, D(primair)), Bedragrij(K24, D(na))]
    bedragen += [Bedragrij(K24, D(euro), nummer) for nummer, euro in wijzigingen]
    return gaaf(kolommen=[K23, p24, K24, K25, K26, K27, K28], regels=[replace(regel(), bedragen=bedragen)])


class TestWijzigingen:
    """Na wijziging is primair plus the changes."""

    def test_sluit(self) -> None:
        assert codes(met_primair_2024(-1000, -1000)) == []
        assert codes(met_primair_2024(-1000, -1000, ("W1", -50), ("W2", 20))) == []

    @pytest.mark.parametrize(("na", "wijzigingen"), [(-1001, []), (-1000, []), (-950, [("W1", -50)])])
    def test_sluit_niet(self, na: int, wijzigingen: list[tuple[str, int]]) -> None:
        stuk = met_primair_2024(-1000 if na != -1000 else -1001, na, *wijzigingen)

        assert codes(stuk) == [Code.WIJZIGING_SLUIT_NIET]
        assert controleer(stuk)[0].plaats.endswith(", 2024")

    def test_alleen_waar_beide_kolommen_er_zijn(self) -> None:
        bedragen = [*regel().bedragen, Bedragrij(K24, D(-100), "W1")]

        assert codes(gaaf(regels=[replace(regel(), bedragen=bedragen)])) == []


class TestSprongen:
    """More than 25 % between the year before and the document's year asks for a reason."""

    @pytest.mark.parametrize(
        ("vorig", "nu", "gevonden"),
        [
            (-1000, -1250, False),
            (-1000, -750, False),
            (-1000, "-1250.01", True),
            (-1000, "-749.99", True),
            (-1000, -1000, False),
            (0, 0, False),
            (0, "-0.01", True),
            (-1000, 0, True),
            (-1000, 1000, True),
        ],
    )
    def test_de_grens(self, vorig: str, nu: str, gevonden: bool) -> None:
        stuk = gaaf(regels=[regel(k2024=D(vorig), k2025=D(nu))])
        verwacht = [Code.SPRONG_ZONDER_TOELICHTING] if gevonden else []

        assert [code for code in codes(stuk) if code != Code.ONGEWOON_TEKEN] == verwacht

    def test_met_toelichting(self) -> None:
        sprong = regel(k2025=-2000)

        assert codes(gaaf(regels=[replace(sprong, toelichting="Nieuwe kazerne.")])) == []
        assert codes(gaaf(regels=[replace(sprong, toelichting=" \n")])) == [Code.SPRONG_ZONDER_TOELICHTING]

    def test_de_zin_zegt_hoeveel(self) -> None:
        (bevinding,) = controleer(gaaf(regels=[regel(k2025=-2000)]))
        (van_nul,) = controleer(gaaf(regels=[regel(k2024=0)]))

        assert "van −€\u00a01.000 naar −€\u00a02.000 (−100,0%)" in bevinding.zin
        assert bevinding.plaats.endswith("2024 en 2025")
        assert "van €\u00a00 naar −€\u00a01.000. " in van_nul.zin

    def test_andere_jaren_doen_er_niet_toe(self) -> None:
        assert codes(gaaf(regels=[regel(k2023=-1, k2026=-9000)])) == []

    def test_zonder_jaar_ervoor_valt_er_niets_te_vergelijken(self) -> None:
        bedragen = [Bedragrij(K25, D(-1000))]

        assert codes(gaaf(soort="jaarstukken", kolommen=[K25], regels=[replace(regel(), bedragen=bedragen)])) == []


class TestNogTeHerzien:
    """What came from last year has been looked at before it is published."""

    def test_wat_niemand_bekeek_houdt_publicatie_tegen(self) -> None:
        stuk = gaaf(te_herzien=[Herziening("De tekst “Inhoud”", "programma 1, pakket 1A")])

        assert codes(stuk) == [Code.NOG_TE_HERZIEN]
        (bevinding,) = blokkades(controleer(stuk))
        assert bevinding.plaats == "programma 1, pakket 1A"
        assert bevinding.zin == (
            "De tekst “Inhoud” komt uit het vorige jaar en is nog niet bekeken. Pas het aan, of geef aan dat het zo "
            "blijft."
        )

    def test_de_plaats_van_elke_soort(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with namens(rollen.redacteur.pk):
            programma = Programma.objects.get(versie=versie)
            pakket = Pakket.objects.get(versie=versie)
            paragraaf = Paragraaf.objects.create(versie=versie, soort="financiering", naam="Financiering")
            vast = {"versie": versie, "tekst": "Tekst.", "te_herzien": True}
            Sectie.objects.create(programma=programma, kop="Vooraf", **vast)
            Sectie.objects.create(pakket=pakket, kop="Focus", thema="Zorg", **vast)
            Sectie.objects.create(paragraaf=paragraaf, kop="Rente", **vast)
            Doel.objects.create(versie=versie, pakket=pakket, vervallen_reden="Wettelijke taak.", te_herzien=True)
            Doel.objects.create(versie=versie, pakket=pakket, tekst="Minder diefstal.", te_herzien=True)

        assert {(rij.wat, rij.plaats) for rij in controlestuk(versie).te_herzien} == {
            ("De tekst “Vooraf”", "programma 1"),
            ("De tekst “Focus: Zorg”", "programma 1, pakket 1A"),
            ("De tekst “Rente”", "paragraaf Financiering"),
            ("De reden dat er geen doel is (“Wettelijke taak.”)", "programma 1, pakket 1A"),
            ("Het doel “Minder diefstal.”", "programma 1, pakket 1A"),
        }


def test_wat_blokkeert_staat_vooraan() -> None:
    stuk = gaaf(met_doel=frozenset(), regels=[regel(k2025=-2000)], gedrukt=gedrukt(-9000))

    alles = controleer(stuk)

    assert [bevinding.code for bevinding in alles] == [
        Code.PAKKET_ZONDER_DOEL,
        Code.TOTAAL_WIJKT_AF,
        Code.SPRONG_ZONDER_TOELICHTING,
    ]
    assert blokkades(alles) == alles[:2]
    assert blokkades(alles[2:]) == []


class TestDemo:
    """Golden: the printed budget, read through the tables."""

    @pytest.fixture
    def stuk(self, rollen: Rollen) -> Controlestuk:
        """The demo budget as a concept."""
        call_command("laad_basis", stdout=io.StringIO())
        return controlestuk(demobegroting.laad_concept(settings.BASE_DIR / "fixtures" / "demo", door=rollen.redacteur))

    def test_de_gedrukte_begroting_heeft_geen_blokkades(self, stuk: Controlestuk) -> None:
        assert (len(stuk.regels), len(stuk.gedrukt), len(stuk.kolommen)) == (5, 24, 6)

        gevonden = controleer(stuk)

        assert blokkades(gevonden) == []
        assert not [bevinding for bevinding in gevonden if bevinding.code.startswith("totaal_")]

    def test_elk_gedrukt_totaal_wordt_echt_vergeleken(self, stuk: Controlestuk) -> None:
        for rij in stuk.gedrukt:
            ernaast = replace(rij.totaal, euro=rij.totaal.euro + 4000)

            blokkerend = blokkades(controleer(replace(stuk, gedrukt=[GedruktMetVerklaring(ernaast)])))

            assert [bevinding.code for bevinding in blokkerend] == [Code.TOTAAL_WIJKT_AF]
