"""The guard: what is refused before a parser sees it, and that it lets ordinary workbooks through."""

from __future__ import annotations

import contextlib
import re
import struct
import time
import zlib

import pytest

from tests.werkmappen import BLAD, BLADNAAM, VIJANDIG, Stuk, blad_xml, maak_zip, stuk, stukken, werkmap
from veiligheid.bestanden.bewaking import BROK, bewaak
from veiligheid.bestanden.vorm import Bestandsfout


def cel(verwijzing: str, inhoud: str = "<v>1</v>", kenmerken: str = "") -> str:
    rij = re.sub("[A-Z]", "", verwijzing)
    return f'<row r="{rij}"><c r="{verwijzing}"{kenmerken}>{inhoud}</c></row>'


class TestMag:
    """What an ordinary workbook may hold."""

    def test_een_gewone_werkmap(self) -> None:
        assert bewaak(werkmap()) == []

    @pytest.mark.parametrize("verwijzing", ["A1", "Z9", "AA10", "FZ49999", "GA1", "GR60000", "GR1"])
    def test_tot_en_met_de_grens(self, verwijzing: str) -> None:
        assert bewaak(werkmap(blad_xml(cel(verwijzing)))) == []

    @pytest.mark.parametrize(
        "verwijzing", ["A60001", "GS1", "HA1", "AAA1", "A100000", "XFD1048576", "A0", "a1", "1", ""]
    )
    def test_voorbij_de_grens(self, verwijzing: str) -> None:
        with pytest.raises(
            Bestandsfout, match=f"^Cel {verwijzing} op blad P1 valt buiten 60.000 rijen en 200 kolommen"
        ):
            bewaak(werkmap(blad_xml(f'<row r="1"><c r="{verwijzing}"><v>1</v></c></row>')))

    def test_wat_niet_te_zien_is_staat_niet_in_de_zin(self) -> None:
        with pytest.raises(Bestandsfout) as fout:
            bewaak(werkmap(blad_xml('<row r="1"><c r="D\x18"><v>1</v></c></row>')))

        assert str(fout.value).isprintable() and "Cel D\ufffd op blad P1" in str(fout.value)

    def test_een_dimensie_die_overdrijft_mag(self) -> None:
        """Programs write it when a whole sheet has a style; nothing is allocated for it."""
        assert bewaak(werkmap(blad_xml(cel("A1"), voor='<dimension ref="A1:XFD1048576"/>'))) == []

    def test_een_lege_laatste_rij_mag(self) -> None:
        """LibreOffice writes one for the style of the rest of the sheet."""
        assert bewaak(werkmap(blad_xml(f'{cel("A1")}<row r="1048576" ht="12.8"/>'))) == []

    def test_samenvoegen_mag_binnen_de_grens(self) -> None:
        na = '<mergeCells><mergeCell ref="A1:GR60000"/><mergeCell ref="B2:C3"/></mergeCells>'

        assert bewaak(werkmap(blad_xml(cel("A1"), na=na))) == []

    def test_mappen_in_de_zip_mogen(self) -> None:
        assert bewaak(werkmap(BLAD, Stuk("xl/media/", b"", 0, methode=0))) == []

    def test_niet_ingepakt_mag(self) -> None:
        delen = [Stuk(s.naam, r := _rauw(s), len(r), s.crc, methode=0) for s in stukken()]

        assert bewaak(maak_zip(delen)) == []


def _rauw(deel: Stuk) -> bytes:
    return zlib.decompress(deel.ingepakt, -15)


class TestMagNiet:
    """What is refused, and the sentence."""

    @pytest.mark.parametrize("plek", [0, BROK - 40, BROK - 9, BROK - 3, BROK, 3 * BROK - 20])
    def test_ook_op_de_naad_van_twee_brokken(self, plek: int) -> None:
        begin = blad_xml("|").split("|")[0]
        vulling = "<!--" + " " * max(0, plek - len(begin) - 7) + "-->"

        for fout in (cel("GS1"), '<c r="A1" t="e"><v>#REF!</v></c>', "<!DOCTYPE x>", '<mergeCell ref="A1:GS1"/>'):
            with pytest.raises(Bestandsfout, match=r"GS1|#REF!|DOCTYPE"):
                bewaak(werkmap(blad_xml(vulling + fout + " " * 30)))

    @pytest.mark.parametrize("fout", ["#REF!", "#N/A", "#DIV/0!", "#NAAM?"])
    def test_een_foutwaarde_met_plaats(self, fout: str) -> None:
        for inhoud in (f"<v>{fout}</v>", f"<f>1/0</f><v>{fout}</v>"):
            with pytest.raises(Bestandsfout, match=f"^In blad P1, cel C3 staat de fout {re.escape(fout)}"):
                bewaak(werkmap(blad_xml(cel("A1") + cel("C3", inhoud, ' s="1" t="e"'))))

    @pytest.mark.parametrize("uitkomst", ["", "<v/>", "<v />", "<v></v>"])
    def test_een_formule_zonder_uitkomst(self, uitkomst: str) -> None:
        for formule in ("<f>SUM(A1:A2)</f>", '<f t="shared" si="0"/>'):
            with pytest.raises(Bestandsfout, match=r"^In blad P1, cel B7 staat een formule zonder opgeslagen uitkomst"):
                bewaak(werkmap(blad_xml(cel("B7", formule + uitkomst))))

    def test_een_formule_met_een_lege_tekst_als_uitkomst_mag(self) -> None:
        leeg = cel("B7", '<f>IF(A1="","","x")</f><v></v>', ' t="str"')

        assert bewaak(werkmap(blad_xml(leeg))) == [
            "Van formules is de opgeslagen uitkomst gelezen: 1 keer, de eerste in blad P1, cel B7."
        ]

    def test_formules_en_verborgen_rijen_worden_gemeld(self) -> None:
        rijen = "".join(cel(f"C{n}", f"<f>A{n}*2</f><v>{n}</v>") for n in range(4, 3_004))
        verborgen = '<row r="3005" hidden="1"><c r="A3005"><v>1</v></c></row>'

        assert bewaak(werkmap(blad_xml(rijen + verborgen), naam="Programma &lt;1&gt;")) == [
            "Van formules is de opgeslagen uitkomst gelezen: 3000 keer, de eerste in blad Programma <1>, cel C4.",
            "Blad Programma <1> heeft verborgen rijen of kolommen. Die zijn ook gelezen.",
        ]

    def test_verborgen_kolommen_worden_gemeld(self) -> None:
        kolommen = '<cols><col min="2" max="3" hidden="1"/></cols>'

        assert bewaak(werkmap(blad_xml(cel("A1"), voor=kolommen))) == [
            "Blad P1 heeft verborgen rijen of kolommen. Die zijn ook gelezen."
        ]

    def test_een_zin_is_nederlands_en_zonder_vreemde_tekens(self) -> None:
        for naam in ("P\u202e1", "P\n1", "", "x" * 101):
            with pytest.raises(Bestandsfout, match=r"^Een blad heeft geen naam, of een vreemde of dubbele"):
                bewaak(werkmap(naam=naam.replace("\n", "&#10;")))

    @pytest.mark.parametrize("methode", [1, 9, 12, 14, 93, 99])
    def test_een_andere_inpakmethode(self, methode: int) -> None:
        klein = stuk(BLADNAAM, BLAD)

        with pytest.raises(Bestandsfout, match="ingepakt op een manier die een rekenblad niet gebruikt"):
            bewaak(werkmap(Stuk(klein.naam, klein.ingepakt, klein.uitgepakt, klein.crc, methode=methode)))

    def test_zip64(self) -> None:
        klein = stuk(BLADNAAM, BLAD)

        with pytest.raises(Bestandsfout, match="ingepakt op een manier"):
            bewaak(werkmap(Stuk(klein.naam, klein.ingepakt, 0xFFFFFFFF, klein.crc)))

    def test_een_andere_inhoud_dan_de_som_zegt(self) -> None:
        klein = stuk(BLADNAAM, BLAD)

        with pytest.raises(Bestandsfout, match="beschadigd"):
            bewaak(werkmap(Stuk(klein.naam, klein.ingepakt, klein.uitgepakt, klein.crc ^ 1)))

    def test_iets_achter_het_ingepakte(self) -> None:
        klein = stuk(BLADNAAM, BLAD)

        with pytest.raises(Bestandsfout, match="beschadigd"):
            bewaak(werkmap(Stuk(klein.naam, klein.ingepakt + b"xx", klein.uitgepakt, klein.crc)))

    def test_een_andere_naam_in_de_kop_dan_in_de_opgave(self) -> None:
        heel = werkmap()
        plek = heel.index(b"sheet1.xml")

        with pytest.raises(Bestandsfout, match="beschadigd"):
            bewaak(heel[:plek] + b"sheet2.xml" + heel[plek + 10 :])

    def test_een_verkeerd_aantal_in_de_opgave(self) -> None:
        heel = werkmap()
        velden = list(struct.unpack("<4s4H2LH", heel[-22:]))
        for anders in (-1, 1):
            velden[3] = velden[4] = len(stukken()) + anders
            with pytest.raises(Bestandsfout, match="beschadigd"):
                bewaak(heel[:-22] + struct.pack("<4s4H2LH", *velden))


# Each would take hours when a search could come back on its steps.
TRAAG = {
    "celbegin": "<c " * 80_000,
    "foutcel": "<c" + ' t="e"' * 40_000,
    "verborgen rij": "<row" + ' hidden="1"' * 25_000 + "/>",
    "verwijzing": "<c" + " r" * 120_000,
    "formule": "<c><f>" * 40_000,
    "formule zonder einde": "<c><f>" + "x" * 250_000,
    "formule met haakjes": ("<c" + " " * 400 + "><f" + " " * 400) * 300,
    "samengevoegd": "<mergeCell" + " ref" * 60_000,
    "voorvoegsel": "<a" * 60_000 + ":c " * 10,
    "kolom": "<col" + " hidden" * 35_000,
}


@pytest.mark.parametrize("geval", TRAAG)
def test_geen_vorm_maakt_zoeken_traag(geval: str) -> None:
    begin = time.process_time()
    with contextlib.suppress(Bestandsfout):
        bewaak(werkmap(blad_xml(TRAAG[geval])))

    assert time.process_time() - begin < 5


def test_een_beschrijving_maakt_zoeken_niet_traag() -> None:
    for rommel in ("<sheet " + "a" * 1_000_000 + ">", "<sheet " + "a " * 500_000 + ">", "<sheet" * 200_000):
        delen = stukken()
        delen[2] = stuk("xl/workbook.xml", rommel)
        begin = time.process_time()
        with contextlib.suppress(Bestandsfout):
            bewaak(maak_zip(delen))
        assert time.process_time() - begin < 5


@pytest.mark.lang
@pytest.mark.parametrize(
    "geval", [naam for naam in VIJANDIG if naam.startswith(("veel", "grote cel", "gedeelde", "dim", "60"))]
)
def test_een_bom_kost_de_bewaking_niets(geval: str) -> None:
    inhoud = VIJANDIG[geval].maak()
    begin = time.perf_counter()
    with pytest.raises(Bestandsfout):
        bewaak(inhoud)

    assert time.perf_counter() - begin < 0.1
