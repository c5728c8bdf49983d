"""Reading files: ordinary ones come back exactly, and hostile ones end in a Dutch sentence and nothing else."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.werkmappen import VIJANDIG, blad_xml, dimensiebom, verborgen_hoek, werkmap
from veiligheid.bestanden import Bestandsfout, Blad, Cel, lees
from veiligheid.bestanden.lezer import GRENZEN, KIND, _ontleed

D = Decimal
WORTEL = Path(__file__).resolve().parents[3]


def met_openpyxl(vul: Callable[[Any], None]) -> bytes:
    """Return a workbook as openpyxl writes it."""
    werkboek = openpyxl.Workbook()
    vul(werkboek)
    uit = io.BytesIO()
    werkboek.save(uit)
    return uit.getvalue()


def volgens_openpyxl(inhoud: bytes) -> dict[str, dict[str, object]]:
    """Return the filled cells per sheet, as the second opinion reads them."""
    werkboek = openpyxl.load_workbook(io.BytesIO(inhoud), data_only=True)
    return {
        blad.title: {cel.coordinate: cel.value for rij in blad.iter_rows() for cel in rij if cel.value is not None}
        for blad in werkboek.worksheets
    }


def per_plaats(blad: Blad) -> dict[str, Cel]:
    """Return the filled cells of what we read, by the same names."""
    return {
        f"{openpyxl.utils.get_column_letter(kolom)}{rij}": waarde
        for rij, cellen in enumerate(blad.rijen, 1)
        for kolom, waarde in enumerate(cellen, 1)
        if waarde is not None
    }


class TestXlsx:
    """Workbooks that ordinary programs write."""

    def test_elk_soort_cel(self) -> None:
        def vul(werkboek: Any) -> None:
            blad = werkboek.active
            blad.title = "P1 & meer"
            blad["C3"], blad["D3"], blad["E3"] = 0.1, -1234567.89, 2026
            blad["C4"], blad["D4"] = date(2026, 1, 2), datetime(2026, 1, 2, 13, 4, 5)
            blad["C5"], blad["D5"], blad["E5"] = True, False, "tékst\nop twee regels"
            blad["A9"], blad["B9"], blad["C9"] = "007", "'=1+1", "3,516"
            werkboek.create_sheet("leeg")
            werkboek.create_chartsheet("grafiek")

        werkboek = lees(met_openpyxl(vul), "x.xlsx")

        eerste, leeg = werkboek.bladen
        assert (eerste.naam, leeg) == ("P1 & meer", Blad("leeg", []))
        assert eerste.rijen == [
            [],
            [],
            [None, None, D("0.1"), D("-1234567.89"), D(2026)],
            [None, None, date(2026, 1, 2), datetime(2026, 1, 2, 13, 4, 5)],
            [None, None, True, False, "tékst\nop twee regels"],
            [],
            [],
            [],
            ["007", "=1+1", "3,516"],
        ]
        assert (werkboek.vorm, werkboek.codering, werkboek.waarschuwingen) == ("xlsx", "", [])

    def test_de_vingerafdruk_is_die_van_het_bestand(self) -> None:
        inhoud = werkmap()

        assert lees(inhoud, "x.xlsx").sha256 == sha256(inhoud).hexdigest()

    @settings(derandomize=True, deadline=None, max_examples=15)
    @given(
        st.lists(
            st.tuples(
                st.integers(1, 60),
                st.integers(1, 30),
                st.one_of(
                    st.decimals(min_value=-(10**12), max_value=10**12, places=2),
                    st.text(
                        st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=20
                    ),
                    st.booleans(),
                    st.dates(min_value=date(1901, 1, 1), max_value=date(2200, 1, 1)),
                ),
            ),
            min_size=1,
            max_size=60,
            unique_by=lambda cel: cel[:2],
        )
    )
    def test_gelijk_aan_wat_openpyxl_schrijft(self, cellen: list[tuple[int, int, Any]]) -> None:
        """Also with every amount exact to the cent, and text in its composed form."""

        def vul(werkboek: Any) -> None:
            for rij, kolom, waarde in cellen:
                cel = werkboek.active.cell(rij, kolom)
                cel.value = waarde
                if isinstance(waarde, str):
                    cel.data_type = "s"

        inhoud = met_openpyxl(vul)
        (blad,) = lees(inhoud, "x.xlsx").bladen

        genormaliseerd = {
            plek: waarde.date() if isinstance(waarde, datetime) else waarde
            for plek, waarde in volgens_openpyxl(inhoud)["Sheet"].items()
        }
        gelezen = per_plaats(blad)
        assert gelezen.keys() == genormaliseerd.keys()
        for rij, kolom, waarde in cellen:
            plek = f"{openpyxl.utils.get_column_letter(kolom)}{rij}"
            if isinstance(waarde, str):
                assert gelezen[plek] == ontbeveilig(unicodedata.normalize("NFC", waarde))
            else:
                assert gelezen[plek] == waarde
                assert type(gelezen[plek]) is type(waarde)

    def test_gelijk_aan_wat_xlsxwriter_schrijft(self) -> None:
        """With shared strings, which openpyxl does not write here, and formulas with their results."""
        uit = io.BytesIO()
        werkboek = xlsxwriter.Workbook(uit)
        blad = werkboek.add_worksheet("Lasten")
        blad.write_row(1, 1, ["Zorg", "Zorg", 12.5, 1e-7, 1e15])
        blad.write_formula("G2", "=SUM(D2:E2)", None, 12.5)
        blad.set_row(4, None, None, {"hidden": True})
        blad.write(4, 0, "verborgen")
        werkboek.add_worksheet("Weg").write(0, 0, "x")
        werkboek.worksheets()[1].hide()
        werkboek.close()

        gelezen = lees(uit.getvalue(), "x.xlsx")

        tweede = [None, "Zorg", "Zorg", D("12.5"), D("0.0000001"), D(10**15), D("12.5")]
        assert gelezen.bladen == [Blad("Lasten", [[], tweede, [], [], ["verborgen"]]), Blad("Weg", [["x"]])]
        assert gelezen.waarschuwingen == [
            "Blad Weg is verborgen. Het is wel gelezen.",
            "Van formules is de opgeslagen uitkomst gelezen: 1 keer, de eerste in blad Lasten, cel G2.",
            "Blad Lasten heeft verborgen rijen of kolommen. Die zijn ook gelezen.",
        ]

    @pytest.mark.parametrize(
        ("opgeslagen", "gelezen"),
        [
            ("0.1", "0.1"),
            ("0.30000000000000004", "0.3"),
            ("3516.0000000000005", "3516"),
            ("9999999999999.99", "9999999999999.99"),
            ("-1.005", "-1.005"),
            ("-0", "0"),
            ("1E3", "1000"),
        ],
    )
    def test_een_getal_zoals_een_mens_het_ziet(self, opgeslagen: str, gelezen: str) -> None:
        (blad,) = lees(werkmap(blad_xml(f'<row r="1"><c r="A1"><v>{opgeslagen}</v></c></row>')), "x.xlsx").bladen

        assert blad.rijen == [[D(gelezen)]]

    @pytest.mark.parametrize(
        ("tekst", "reden"),
        [
            ("a_x0000_b", r"^Blad P1, rij 2, kolom B: hier staat een onzichtbaar teken \(U\+0000\)"),
            ("a_x001B_b", r"U\+001B"),
            ("a\x85b", r"U\+0085"),
            ("x" * 32_768, r"^Blad P1, rij 2, kolom B: deze cel heeft meer dan 32\.767 tekens"),
        ],
    )
    def test_tekst_die_niet_kan(self, tekst: str, reden: str) -> None:
        cel = f'<row r="2"><c r="B2" t="inlineStr"><is><t>{tekst}</t></is></c></row>'

        with pytest.raises(Bestandsfout, match=reden):
            lees(werkmap(blad_xml(cel)), "x.xlsx")

    def test_tekst_wordt_samengesteld(self) -> None:
        cel = '<row r="1"><c r="A1" t="inlineStr"><is><t>cafe\u0301\tbar</t></is></c></row>'

        assert lees(werkmap(blad_xml(cel)), "x.xlsx").bladen == [Blad("P1", [["caf\u00e9\tbar"]])]

    def test_een_lege_werkmap(self) -> None:
        with pytest.raises(Bestandsfout, match=r"^Het bestand is leeg: er staat in geen enkele cel iets\.$"):
            lees(werkmap(blad_xml("")), "x.xlsx")


def als_csv(rijen: list[list[str]], scheiding: str) -> str:
    uit = io.StringIO()
    csv.writer(uit, delimiter=scheiding).writerows(rijen)
    return uit.getvalue()


class TestCsv:
    """CSV in the ways in which Dutch offices write it."""

    @pytest.mark.parametrize("scheiding", [";", ",", "\t"])
    def test_de_scheiding_wordt_herkend(self, scheiding: str) -> None:
        rijen = [["naam", "2025", "2026"], ["Zorg, jeugd; en meer", "1.234,50", "-3,5"], ["'", "", "x\ny"]]

        (blad,) = lees(als_csv(rijen, scheiding).encode(), "x.csv").bladen

        assert blad == Blad("", [["naam", "2025", "2026"], rijen[1], ["'", None, "x\ny"]])

    def test_een_titel_erboven_en_komma_s_in_elk_bedrag(self) -> None:
        tekst = "Programma 1\r\n\r\nnaam;2024;2025;2026\r\nA;1,5;2,5;3,5\r\nB;1,5;2,5;3,5\r\n"

        (blad,) = lees(tekst.encode(), "x.csv").bladen

        assert blad.rijen[0] == ["Programma 1"]
        assert blad.rijen[1] == []
        assert blad.rijen[3] == ["A", "1,5", "2,5", "3,5"]

    def test_een_kolom(self) -> None:
        assert lees(b"naam\nLasten, baten\n\nx\n\n\n", "x.csv").bladen == [
            Blad("", [["naam"], ["Lasten, baten"], [], ["x"]])
        ]

    def test_sep_wordt_gevolgd_en_telt_als_rij(self) -> None:
        assert lees(b"sep=,\r\na;b,c\r\n", "x.csv").bladen == [Blad("", [[], ["a;b", "c"]])]

    @pytest.mark.parametrize(
        ("inhoud", "codering", "tekst"),
        [
            ("naïef €;x".encode(), "utf-8", "naïef €"),
            (b"\xef\xbb\xbf" + "naïef €;x".encode(), "utf-8 met BOM", "naïef €"),
            ("naïef €;x".encode("cp1252"), "cp1252", "naïef €"),
            ("CAFÉ” é;x".encode("cp1252"), "cp1252", "CAFÉ” é"),
            (b"ascii;x", "utf-8", "ascii"),
            ("cafe\u0301;x".encode(), "utf-8", "caf\u00e9"),
        ],
    )
    def test_de_codering_wordt_herkend_en_genoemd(self, inhoud: bytes, codering: str, tekst: str) -> None:
        werkboek = lees(inhoud, "x.csv")

        assert (werkboek.codering, werkboek.bladen[0].rijen) == (codering, [[tekst, "x"]])
        assert bool(werkboek.waarschuwingen) == (codering == "cp1252")

    @pytest.mark.parametrize(
        ("inhoud", "reden"),
        [
            ("a;b".encode("utf-16"), r"UTF-16 \(het begint met byte FF FE\)"),
            ("a;b".encode("utf-16-be"), r"Op regel 1 staat byte 00 \(positie 1\)"),
            ("a;b".encode("utf-32-be"), r"byte 00 \(positie 1\)"),
            (b"a;b\n\n1;\x00", r"Op regel 3 staat byte 00 \(positie 8\)"),
            (b"a;b\n1;\x81\xe9", r"Op regel 2 staat byte 81 \(positie 7\)\. Dat is geen UTF-8 en geen Windows-1252"),
            ("é;".encode() + "é".encode("cp1252"), r"Op regel 1 staat byte E9 \(positie 4\)\. Het bestand mengt"),
            ("é\n".encode("cp1252") + "é".encode(), r"Op regel 2 staat byte C3 \(positie 3\)\. Het bestand mengt"),
            (b"\xef\xbb\xbfa;\xe9", r"staat byte E9 \(positie 6\)\. Dat is geen UTF-8, terwijl"),
            (b"\xff\xfe\x00\x00", "UTF-16"),
            (b"\xef\xbb\xbf", "leeg"),
            (b";;;\n\n", "leeg"),
        ],
    )
    def test_een_codering_die_niet_kan(self, inhoud: bytes, reden: str) -> None:
        with pytest.raises(Bestandsfout, match=reden):
            lees(inhoud, "x.csv")

    @pytest.mark.parametrize(
        ("inhoud", "reden"),
        [
            (b'a;b\n"1;2\n', "^Rij 2: de aanhalingstekens kloppen niet"),
            (b'a;b\n"1"2;3\n', "^Rij 2: de aanhalingstekens kloppen niet"),
            (b"a;b\nx\x1by;2\n", r"^Rij 2, kolom A: hier staat een onzichtbaar teken \(U\+001B\)"),
            ("a;b\n1;x\x85y\n".encode(), r"^Rij 2, kolom B: hier staat een onzichtbaar teken \(U\+0085\)"),
        ],
    )
    def test_een_fout_met_plaats(self, inhoud: bytes, reden: str) -> None:
        with pytest.raises(Bestandsfout, match=reden):
            lees(inhoud, "x.csv")

    def test_onze_apostrof_gaat_eraf(self) -> None:
        (blad,) = lees(b"naam;bedrag\n'=1+1;-3.516\n''=x;'gewoon\n'-5;'\n", "x.csv").bladen

        assert blad.rijen[1:] == [["=1+1", "-3.516"], ["'=x", "'gewoon"], ["-5", "'"]]

    def test_precies_op_de_grens(self) -> None:
        regel = b";".join([b"1"] * 200) + b"\n"

        (breed,) = lees(regel * 4_800, "x.csv").bladen
        (lang,) = lees(b"1;2\n" * 60_000, "x.csv").bladen

        assert [len(breed.rijen), len(breed.rijen[0]), len(lang.rijen)] == [4_800, 200, 60_000]
        with pytest.raises(Bestandsfout, match=r"meer dan 960\.000 gevulde cellen"):
            lees(regel * 4_801, "x.csv")

    @settings(derandomize=True, deadline=None, max_examples=25)
    @given(st.binary(max_size=400))
    def test_willekeurige_bytes(self, inhoud: bytes) -> None:
        """Cells of text, or a sentence."""
        try:
            gelezen = lees(inhoud, "x.csv")
        except Bestandsfout as fout:
            assert str(fout).isprintable()
            return
        assert all(isinstance(cel, str | None) for blad in gelezen.bladen for rij in blad.rijen for cel in rij)


class TestNaam:
    """The name is looked at and shown, nothing else."""

    @pytest.mark.parametrize(
        ("naam", "reden"),
        [
            ("begroting.xls", r"^begroting\.xls is geen \.xlsx of \.csv"),
            ("begroting.ods", r"geen \.xlsx of \.csv"),
            ("begroting", r"geen \.xlsx of \.csv"),
            ("../../etc/passwd", r"^passwd is geen \.xlsx of \.csv"),
            ("x\u202excod.exe", r"^xxcod\.exe is geen"),
            ("x.csv", r"^x\.csv heet \.csv, maar de inhoud is iets anders"),
            ("x.XLSM", r"^x\.XLSM kan macro's bevatten"),
        ],
    )
    def test_naam_en_inhoud_moeten_kloppen(self, naam: str, reden: str) -> None:
        with pytest.raises(Bestandsfout, match=reden) as fout:
            lees(werkmap(), naam)
        assert str(fout.value).isprintable()

    def test_tekst_die_xlsx_heet(self) -> None:
        with pytest.raises(Bestandsfout, match=r"^x\.xlsx heet \.xlsx, maar de inhoud is iets anders"):
            lees(b"a;b", "x.xlsx")

    def test_een_leeg_bestand(self) -> None:
        with pytest.raises(Bestandsfout, match=r"^x\.csv is leeg \(0 bytes\)"):
            lees(b"", "x.csv")

    @pytest.mark.parametrize("naam", ["../../x.xlsx", "/etc/x.xlsx", "x" * 295 + ".xlsx", "\u202ex.xlsx", "X.XLSX"])
    def test_een_vreemde_naam_maakt_voor_lezen_niets_uit(self, naam: str) -> None:
        assert lees(werkmap(), naam).bladen == [Blad("P1", [[D(1), "een"]])]


class TestVijandig:
    """Each hostile file: the sentence that is meant for it, and nothing else happens."""

    @pytest.mark.parametrize("geval", VIJANDIG)
    def test_geweigerd_met_een_reden(self, geval: str) -> None:
        naam, maak, reden = VIJANDIG[geval]

        with pytest.raises(Bestandsfout, match=reden) as fout:
            lees(maak(), naam)

        assert str(fout.value).isprintable()
        assert str(fout.value).endswith(".")

    def test_het_geheugen_van_dit_proces_groeit_niet(self, tmp_path: Path) -> None:
        """All of them in a row, in a process of its own that tells its highest use of memory."""
        for nummer, (naam, maak, _) in enumerate(VIJANDIG.values()):
            (tmp_path / f"{nummer:03}-{naam}").write_bytes(maak())

        groei = json.loads(_in_een_proces(GROEI, str(tmp_path)))

        assert groei["geweigerd"] == len(VIJANDIG)
        assert groei["begin"] < 200_000
        assert groei["kB"] < 50_000

    def test_ook_een_afgebroken_kind_is_alleen_een_weigering(self) -> None:
        """Without the guard: the parser itself then aborts, or its limits stop it."""
        for inhoud in (dimensiebom(), verborgen_hoek()[:-200], b"PK\x03\x04", b""):
            with pytest.raises(Bestandsfout):
                _ontleed(inhoud, "xlsx")

    def test_het_kind_kent_django_niet_en_schrijft_niet(self) -> None:
        bron = KIND.read_text(encoding="utf-8")
        opdracht = [sys.executable, "-I", "-X", "importtime", str(KIND), "csv", json.dumps(GRENZEN)]
        gedaan = subprocess.run(opdracht, input=b"a;b", capture_output=True, check=True, env={})

        assert b"django" not in gedaan.stderr
        assert gedaan.stdout.endswith(b'\n["sa","sb"]')
        assert "RLIMIT_FSIZE, (0, 0)" in bron

    @pytest.mark.parametrize("deel", range(10))
    def test_afgebroken_op_elke_vijftigste(self, deel: int) -> None:
        inhoud = rijke_werkmap()

        for stap in range(deel * 5, deel * 5 + 5):
            with pytest.raises(Bestandsfout):
                lees(inhoud[: len(inhoud) * stap // 50], "x.xlsx")

    @pytest.mark.parametrize("zaad", range(6))
    def test_omgevallen_bits(self, zaad: int) -> None:
        """Fifty files with one bit turned: refused, or read to exactly the same cells."""
        inhoud = rijke_werkmap()
        goed = lees(inhoud, "x.xlsx").bladen
        toeval = random.Random(zaad)  # noqa: S311

        geweigerd = sum(_anders(_bit_om(inhoud, toeval), goed) for _ in range(50))

        assert geweigerd > 25

    @pytest.mark.parametrize("zaad", range(2))
    def test_omgevallen_bits_in_de_xml(self, zaad: int) -> None:
        """The bit is turned before packing, so that the sums are right and the parser itself meets it."""
        _meng(zaad, 15)

    @pytest.mark.lang
    @pytest.mark.parametrize("zaad", range(2, 12))
    def test_omgevallen_bits_in_de_xml_vaker(self, zaad: int) -> None:
        _meng(zaad, 50)


def rijke_werkmap() -> bytes:
    """Return a small workbook with every kind of cell."""

    def vul(werkboek: Any) -> None:
        for rij in range(1, 12):
            werkboek.active.append([f"rij {rij}", rij * 1.5, date(2026, 1, rij), rij % 2 == 0, None, "é"])

    return met_openpyxl(vul)


def _bit_om(inhoud: bytes, toeval: random.Random) -> bytes:
    plek = toeval.randrange(len(inhoud))
    return inhoud[:plek] + bytes([inhoud[plek] ^ 1 << toeval.randrange(8)]) + inhoud[plek + 1 :]


def _anders(inhoud: bytes, goed: list[Blad]) -> bool:
    """Return whether the file is refused; when it is read, it must say the same."""
    try:
        assert lees(inhoud, "x.xlsx").bladen == goed
    except Bestandsfout as fout:
        assert str(fout).isprintable()
        return True
    return False


def _meng(zaad: int, keren: int) -> None:
    """Turn bits in the unpacked parts of a workbook, and read it: cells, or a sentence."""
    toeval = random.Random(zaad)  # noqa: S311
    with zipfile.ZipFile(io.BytesIO(rijke_werkmap())) as bron:
        delen = {naam: bron.read(naam) for naam in bron.namelist()}
    gelezen = 0
    for _ in range(keren):
        uit = io.BytesIO()
        geraakt = toeval.choice([naam for naam in delen if naam.startswith("xl/")])
        with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel:
            for naam, inhoud in delen.items():
                doel.writestr(naam, _bit_om(inhoud, toeval) if naam == geraakt else inhoud)
        try:
            gelezen += len(lees(uit.getvalue(), "x.xlsx").bladen)
        except Bestandsfout as fout:
            assert str(fout).isprintable()
    assert gelezen


GROEI = """
import json, re, sys
from pathlib import Path
from django.conf import settings
settings.configure()
from veiligheid.bestanden import Bestandsfout, lees
from veiligheid.exports import ontbeveilig
# Not ru_maxrss: that also remembers the process that started this one.
def hoogste():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
bestanden = sorted(Path(sys.argv[1]).iterdir())
# What the largest upload itself takes counts for the request, not for reading it.
grootste = max(bestanden, key=lambda pad: pad.stat().st_size).read_bytes()
begin = hoogste()
del grootste
geweigerd = 0
for pad in bestanden:
    inhoud = pad.read_bytes()
    try:
        lees(inhoud, pad.name)
    except Bestandsfout:
        geweigerd += 1
print(json.dumps({"geweigerd": geweigerd, "kB": hoogste() - begin, "begin": begin}))
"""


def _in_een_proces(bron: str, *argumenten: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", bron, *argumenten], cwd=WORTEL, capture_output=True, check=True, text=True
    ).stdout


def processortijd() -> float:
    """Return what this process and its children used: the same as a clock on a machine that does nothing else."""
    tijden = os.times()
    return tijden.user + tijden.system + tijden.children_user + tijden.children_system


# This one runs into the limit on memory; filling that takes about as long.
SNEL = [geval for geval in VIJANDIG if geval != "grotere tekstversterker"]


@pytest.mark.lang
class TestSnelheid:
    """The times of the promises."""

    @pytest.mark.parametrize("geval", SNEL)
    def test_geweigerd_binnen_een_seconde(self, geval: str) -> None:
        naam, maak, _ = VIJANDIG[geval]
        inhoud = maak()
        duren = []

        for _ in range(3):
            begin = processortijd()
            with pytest.raises(Bestandsfout):
                lees(inhoud, naam)
            duren.append(processortijd() - begin)

        assert min(duren) < 1

    def test_het_grootste_bestand_binnen_tien_seconden(self) -> None:
        uit = io.BytesIO()
        werkboek = xlsxwriter.Workbook(uit, {"constant_memory": True})
        blad = werkboek.add_worksheet("P1")
        for rij in range(60_000):
            blad.write_row(rij, 0, [f"regel {rij}", *(rij * kolom / 100 for kolom in range(15))])
        werkboek.close()
        inhoud = uit.getvalue()

        begin = processortijd()
        gelezen = lees(inhoud, "x.xlsx")
        duur = processortijd() - begin

        assert [len(blad.rijen) for blad in gelezen.bladen] == [60_000]
        assert gelezen.bladen[0].rijen[-1][:3] == ["regel 59999", D(0), D("599.99")]
        assert duur < 10
