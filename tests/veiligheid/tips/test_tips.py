"""Tips for a text: what is found, and above all what is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veiligheid.opmaak import in_blokken, schoon
from veiligheid.opmaak.blokken import Alinea, Kop
from veiligheid.tekstveld import LANGST
from veiligheid.tips import Code, Tip, tips
from veiligheid.tips.tip import LANGSTE_PASSAGE, kort, rondom
from veiligheid.tips.woorden import GEWONER, moeilijke_woorden
from veiligheid.tips.zinnen import MEESTE_WOORDEN, woorden, zinnen

TEKSTEN = json.loads((Path(__file__).parents[3] / "fixtures" / "demo" / "teksten.json").read_text(encoding="utf-8"))
LANG = " ".join(["Woord"] * (MEESTE_WOORDEN + 1))


def codes(tekst: str) -> list[Code]:
    """Return which tips a stored text gets."""
    return [tip.code for tip in tips(in_blokken(tekst))]


def enige(tekst: str) -> Tip:
    """Return the only tip for a text."""
    (tip,) = tips(in_blokken(tekst))
    return tip


class TestZinnen:
    """Where a sentence ends, and when it is long."""

    @pytest.mark.parametrize(
        ("tekst", "aantal"),
        [
            ("Een. Twee! Drie? Vier", 4),
            ("Dit kost € 3.516.000 in 2025. Dat is veel.", 2),
            ("Wij helpen o.a. Jan, d.w.z. iedereen. Ook dhr. J. Jansen.", 2),
            ("Zie bijv. Artikel 8 en art. 9 van de wet.", 1),
            ("Hij zei: “Kom mee.” “Waarheen?” vroeg zij.", 2),
            ("Overdag is het druk. ’s Avonds niet.", 2),
            ("Eerste regel\nTweede regel", 2),
            ("Wij doen veel, enz. en zo verder.", 1),
            ("1. Wij beginnen.", 1),
            ("Dat staat in artikel 8. Lees dat.", 2),
            ("Kosten (zie de tabel.) Dan verder.", 2),
            ("", 0),
        ],
    )
    def test_waar_een_zin_eindigt(self, tekst: str, aantal: int) -> None:
        assert len(zinnen(tekst)) == aantal, zinnen(tekst)

    @given(st.text(max_size=300))
    @settings(derandomize=True, deadline=None)
    def test_geen_woord_gaat_verloren(self, tekst: str) -> None:
        assert " ".join(" ".join(zinnen(tekst)).split()) == " ".join(tekst.split())

    def test_een_streepje_is_geen_woord(self) -> None:
        assert woorden("hulp – ook ’s nachts – komt") == 5

    def test_te_lang_en_net_niet(self) -> None:
        tip = enige(f"Kort. {LANG}.")
        assert tip.code == Code.LANGE_ZIN
        assert f"{MEESTE_WOORDEN + 1} woorden" in tip.zin
        assert tip.passage.startswith("Woord Woord") and tip.passage.endswith(" …")
        assert codes(" ".join(["woord"] * MEESTE_WOORDEN)) == []

    def test_een_punt_van_een_lijst_is_een_eigen_zin(self) -> None:
        half = " ".join(["woord"] * 15)
        assert codes(f"<ul><li>{half}</li><li>{half}</li></ul>") == []
        assert codes(f"<ul><li>{LANG}</li></ul>") == [Code.LANGE_ZIN]

    def test_een_kop_en_een_andere_taal_worden_niet_geteld(self) -> None:
        assert codes(f"<h3>{LANG}</h3><p>Tekst.</p>") == []
        assert codes(f'<p lang="en">{LANG}</p>') == []


class TestAfkortingen:
    """What nobody wrote out."""

    def test_onbekend_en_niet_voluit(self) -> None:
        tip = enige("Wij werken samen met de VRF en de VRF met ons.")
        assert tip.code == Code.AFKORTING and "VRF" in tip.zin
        assert tip.passage == "Wij werken samen met de VRF en de VRF met ons."

    @pytest.mark.parametrize(
        "tekst",
        [
            "De Veiligheidsregio Flevoland (VRF) helpt. De VRF oefent.",
            "De VRF (Veiligheidsregio Flevoland) helpt.",
            "De Veiligheidsregio Flevoland (hierna: VRF) helpt.",
            "Volgens het CBS kost dat een BV veel btw.",
            "Koning Willem II sprak.",
            "Pakket 1E ligt aan de N305 en de A6.",
            "ALLES IN HOOFDLETTERS",
            "NL-Alert waarschuwt u.",
            "Boa’s houden toezicht.",
            '<p>De <span lang="en">FBI</span> kijkt mee.</p>',
            '<p lang="en">The FBI watches.</p>',
        ],
    )
    def test_laat_met_rust(self, tekst: str) -> None:
        assert codes(tekst) == []

    def test_een_uitleg_die_te_laat_komt(self) -> None:
        assert codes("De VRF oefent. De Veiligheidsregio Flevoland (VRF) helpt.") == [Code.AFKORTING]

    def test_een_meervoud(self) -> None:
        assert codes("De BOA’s houden toezicht.") == [Code.AFKORTING]


class TestMoeilijkeWoorden:
    """Office words, with a plainer one."""

    @pytest.mark.parametrize("vorm", [vorm.replace("?", "") for vormen in GEWONER for vorm in vormen.split("|")])
    def test_elk_woord_van_de_lijst(self, vorm: str) -> None:
        gewoon = next(gewoon for vormen, gewoon in GEWONER.items() if vorm in vormen.replace("?", "").split("|"))
        tip = enige(f"Dat is {vorm} bedoeld. En {vorm} nog eens.")
        assert tip.code == Code.MOEILIJK_WOORD
        assert f"“{vorm}”" in tip.zin and f"“{gewoon}”" in tip.zin

    def test_een_deel_van_een_woord_is_het_woord_niet(self) -> None:
        assert codes("Hij doet dat gemiddeld en conformeert zich.") == []

    def test_geen_gewoon_woord_is_zelf_moeilijk(self) -> None:
        assert not list(moeilijke_woorden([]))
        assert [woord for woord in GEWONER.values() if codes(f"Dat is {woord} zo.")] == []


class TestOpbouw:
    """Links, tables, headings, and length without a rest."""

    @pytest.mark.parametrize("tekst", ["hier", "Klik hier", "lees meer »", "deze link", "https://a.nl/b", "www.a.nl"])
    def test_een_link_die_niets_zegt(self, tekst: str) -> None:
        tip = enige(f'<p>Voor het plan: <a href="https://a.nl/b">{tekst}</a>.</p>')
        assert tip.code == Code.LINK_ZEGT_NIETS
        assert tip.passage == f"Voor het plan: {tekst}."

    def test_een_link_die_iets_zegt(self) -> None:
        assert codes('<p>Lees <a href="https://a.nl/">het <strong>plan</strong></a> hier.</p>') == []
        assert codes('<p>Mail <a href="mailto:a@b.nl">a@b.nl</a>.</p>') == []

    def test_een_link_zonder_slot(self) -> None:
        tip = enige('<p>Lees <a href="http://a.nl/">het plan</a>.</p>')
        assert tip.code == Code.LINK_ONVEILIG and tip.passage == "Lees het plan."

    def test_een_link_met_opmaak_is_een_link(self) -> None:
        assert codes('<p>Lees <a href="https://a.nl/">lees <strong>meer</strong></a>.</p>') == [Code.LINK_ZEGT_NIETS]

    def test_tabellen(self) -> None:
        kaal = "<tr><td>Jaar</td><td>Bedrag</td></tr><tr><td>2025</td><td>3</td></tr>"
        assert codes(schoon(f"<table>{kaal}</table>")) == [Code.TABEL_ZONDER_BIJSCHRIFT]
        assert codes(schoon(f"<table><caption>Bedragen</caption>{kaal}</table>")) == []
        een_rij = "<table><caption>Bedragen</caption><tr><td>2025</td><td>3</td></tr></table>"
        assert codes(schoon(een_rij)) == [Code.TABEL_ZONDER_KOP]

    def test_een_kolom_zonder_kop_maar_de_hoek_mag_leeg(self) -> None:
        rij = "<tr><td>lasten</td><td>3</td><td>4</td></tr>"
        tabel = "<table><caption>Bedragen</caption><tr><td></td><td>2025</td><td>{}</td></tr>{}</table>"
        assert codes(schoon(tabel.format("2026", rij))) == []
        tip = enige(schoon(tabel.format("", rij)))
        assert tip.code == Code.TABEL_ZONDER_KOP and "kolom 3" in tip.zin
        assert tip.passage == "2025 | lasten | 3 | 4"

    def test_een_kop_zonder_tekst(self) -> None:
        assert codes("<h3>Een</h3><h4>Onder</h4><p>Tekst.</p>") == []
        assert enige("<h3>Een</h3><h3>Twee</h3><p>Tekst.</p>").passage == "Een"
        assert enige("<p>Tekst.</p><h3>Slot</h3>").code == Code.KOP_ZONDER_TEKST

    def test_een_vette_regel_als_kop(self) -> None:
        assert codes("<p><strong>Ondermijning</strong></p><p>Tekst.</p>") == [Code.VETTE_KOP]
        assert codes("<p><strong>Let op: dit verandert.</strong></p><p>Tekst.</p>") == []
        assert codes("<p><strong>Slotwoord</strong></p>") == []

    def test_een_lap_tekst(self) -> None:
        alinea = f"<p>{'Dit zijn vijf korte woorden. ' * 16}</p>"
        assert codes(alinea) == []
        tip = enige(alinea * 2)
        assert tip.code == Code.LAP_TEKST and "160 woorden" in tip.zin
        assert codes(f"{alinea}<h3>Kop</h3>{alinea}") == []
        assert codes(f"{alinea}<ul><li>a</li></ul>{alinea}") == []

    @given(st.lists(st.sampled_from(["<h1>a</h1>", "<h3></h3>", "<h4>b</h4>", "<h5> </h5>", "<p></p>", "<p>c</p>"])))
    @settings(derandomize=True, deadline=None)
    def test_wat_nooit_een_tip_hoeft_te_zijn(self, delen: list[str]) -> None:
        """The cleaner lets no level be skipped and nothing be empty: for that no rule is needed."""
        vorige = 2
        for blok in in_blokken(schoon("".join(delen))):
            assert not isinstance(blok, Alinea | Kop) or blok.regel
            if isinstance(blok, Kop):
                assert blok.niveau <= vorige + 1
                vorige = blok.niveau


class TestPassage:
    """A passage is short and says where."""

    @given(st.text(max_size=400))
    @settings(derandomize=True, deadline=None)
    def test_kort(self, tekst: str) -> None:
        assert len(kort(tekst)) <= LANGSTE_PASSAGE and "\n" not in kort(tekst)

    @given(st.text(alphabet="ab \n", min_size=1, max_size=300), st.data())
    @settings(derandomize=True, deadline=None)
    def test_rondom(self, tekst: str, data: st.DataObject) -> None:
        begin = data.draw(st.integers(0, len(tekst) - 1))
        eind = data.draw(st.integers(begin + 1, len(tekst)))
        assert " ".join(tekst[begin:eind].split()) in rondom(tekst, begin, eind)


@given(st.text(alphabet="aB. \n€3,5miljoen<>ph/()", max_size=200))
@settings(derandomize=True, deadline=None)
def test_elke_tekst_mag(tekst: str) -> None:
    for tip in tips(in_blokken(tekst)):
        assert tip.zin and tip.passage


@pytest.mark.parametrize(
    "reeks", ["-", "1", "123 ", "1-", "1,", ".", "a.", "a. ", "'", ". '", "€", "€ 1 tot ", "(", "AB ", "(AB", "een "]
)
def test_ook_een_eindeloze_tekst_is_zo_gelezen(reeks: str) -> None:
    """Long enough: a rule that looks back from every character would not come to an end."""
    assert all(tip.zin for tip in tips(in_blokken(reeks * (LANGST // 4 // len(reeks)))))


def test_de_demonstratie_krijgt_geen_tips() -> None:
    teksten = [
        TEKSTEN["programma"]["inleiding"],
        *(sectie["tekst"] for sectie in TEKSTEN["secties"]),
        *(doel[veld] for doel in TEKSTEN["doelen"] for veld in ("tekst", "vervallen_reden", "toelichting")),
        *(partij[veld] for partij in TEKSTEN["partijen"] for veld in ("taak", "openbaar_belang", "bestuurlijk_belang")),
    ]
    assert [tip for tekst in teksten for tip in tips(in_blokken(tekst))] == []
