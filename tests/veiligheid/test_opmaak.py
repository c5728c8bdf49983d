"""What rich text may hold: properties for any input, and the pastes that people really make."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from veiligheid.alineas import leeg, opgemaakt
from veiligheid.opmaak import als_html, kale_tekst, schoon, van_invoer

WORD = (Path(__file__).parent / "word.html").read_text(encoding="utf-8")

TAGS = [
    *("p", "h1", "h2", "h3", "h4", "h6", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("blockquote", "a", "b", "strong", "em", "i", "span", "div", "br", "font", "o:p", "script", "style", "img", "svg"),
    *("math", "iframe", "form", "input", "template", "textarea", "noscript", "select", "hr", "pre", "section"),
]
EIGENSCHAPPEN = [
    *(
        'href="javascript:alert(1)"',
        'href="https://a.nl/?b=1&c=2"',
        "href='//kwaad.nl'",
        'href="/x"',
        'href="www.a.nl"',
    ),
    *('href="mailto:a@b.nl"', 'href="data:text/html,x"', 'href=" java\nscript:x"', 'onclick="x()"', "onerror=x"),
    *('style="color:red"', 'style="mso-list:l0 level2 lfo1"', 'style="mso-list:Ignore"', 'class="MsoNormal"'),
    *('lang="en-GB"', 'lang="nl"', 'lang="x y"', 'colspan="3"', 'rowspan="2"', 'colspan="999999"', 'scope="col"'),
    *('scope="x"', 'id="x"', 'title="x"', 'style="font-weight:normal"', 'style="font-weight:700"', "/", '"', "<"),
]
SNIPPERS = [
    *(
        "· ",
        "• een",
        "o twee",
        "o\u00a0\u00a0 drie",
        "1.\u00a0 a",
        "2.\u00a0 b",
        "§\u00a0 c",
        "- \u00a0d",
        "&nbsp;",
        " ",
    ),
    *(
        "\n\n",
        "\u00a0\u00a0",
        "a",
        "&lt;b&gt;",
        "&#60;script&#62;",
        "\u200b",
        "\x01",
        "<!-- x -->",
        "<![if !x]>",
        "]]>",
    ),
]
TEKSTEN = st.one_of(st.sampled_from(SNIPPERS), st.text(max_size=12))
DELEN = st.one_of(
    TEKSTEN,
    st.builds(
        lambda tag, eigen: f"<{tag} {' '.join(eigen)}>",
        st.sampled_from(TAGS),
        st.lists(st.sampled_from(EIGENSCHAPPEN), max_size=3),
    ),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
)
HTML = st.lists(DELEN, max_size=25).map("".join)

TOEGESTAAN = re.compile(
    r"</?(?:p|h[3456]|ul|ol|li|blockquote|table|caption|thead|tbody|tr|th|td|strong|em|span|a)>|<br>"
    r'|<(?:p|span) lang="[^"<>]*">|<th scope="(?:col|row)">|<a href="[^"<>]*"(?: rel="noopener")?>'
    r'|<div class="tekst">|<div class="tabelvak" role="group" aria-label="[^"<>]*" tabindex="0">|</div>'
)


def niets_gevaarlijks(html: str) -> None:
    """Fail unless every tag is one of ours, exactly as we write it, and every link has a safe scheme."""
    rest = TOEGESTAAN.sub("", html)
    assert "<" not in rest, rest
    for adres in re.findall(r'<a href="([^"]*)"', html):
        schema = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", adres)
        assert schema is None or schema[1].lower() in {"http", "https", "mailto"}, adres


@settings(max_examples=400, deadline=None)
@given(HTML)
@example(WORD)
@example("<p>·</p><p>o x</p>")
def test_schoon_is_veilig_en_twee_keer_is_een_keer(html: str) -> None:
    eens = schoon(html)
    niets_gevaarlijks(eens)
    assert "<div" not in eens and not re.search(r"</?h[56]", eens)
    assert all(re.fullmatch("[a-z]{2,3}", taal) for taal in re.findall(r'<(?:p|span) lang="([^"]*)"', eens))
    assert schoon(eens) == eens
    assert eens == "" or opgemaakt(eens)
    assert leeg(eens) == (eens == "")


@settings(max_examples=300, deadline=None)
@given(HTML, st.sampled_from([3, 4, 5]))
def test_als_html_is_veilig_wat_er_ook_staat(html: str, niveau: int) -> None:
    """Raw SQL may have written anything, also behind a tag that looks like ours."""
    niets_gevaarlijks(als_html(html, niveau))
    niets_gevaarlijks(als_html(f"<p>{html}", niveau))


@given(HTML)
def test_wat_schoon_is_blijft_bij_het_tonen_wat_het_is(html: str) -> None:
    eens = schoon(html)
    kaal = re.sub(r'<div class="(?:tekst|tabelvak)"[^>]*>|</div>', "", als_html(eens))
    assert kaal == eens


@given(HTML)
@example("<TABLE><CAPTION>· · ")
def test_invoer_is_altijd_schoon(html: str) -> None:
    ingevoerd = van_invoer(html)
    assert schoon(ingevoerd) == ingevoerd
    assert leeg(ingevoerd) or kale_tekst(ingevoerd).strip()


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])).filter(lambda tekst: not opgemaakt(tekst)))
def test_gewone_tekst_toont_zoals_altijd(tekst: str) -> None:
    """Published versions are fixed: what a plain text shows may not change by one byte."""
    alineas = [" ".join(deel.split()) for deel in tekst.replace("\r\n", "\n").split("\n\n") if deel.strip()]
    assert als_html(tekst) == "\n".join(f"<p>{escape(alinea)}</p>" for alinea in alineas)


def test_gewone_tekst_met_tekens() -> None:
    assert als_html("a < b & <script>x</script>\n\n'c'") == (
        "<p>a &lt; b &amp; &lt;script&gt;x&lt;/script&gt;</p>\n<p>&#x27;c&#x27;</p>"
    )
    assert van_invoer("Eerste\nregel\n\nAls a < b") == "<p>Eerste regel</p><p>Als a &lt; b</p>"


class TestWord:
    def test_een_stuk_uit_word(self) -> None:
        assert schoon(WORD) == (
            "<h3>Wat gaan wij doen</h3>"
            "<p>Wij maken <strong>Dronten</strong> veiliger, <em>samen</em> met de regio.</p>"
            "<ul><li>Meer wijkagenten<ul><li>ook ’s nachts</li></ul></li><li>Betere brandweer</li></ul>"
            "<ol><li>Eerst praten</li><li>Dan doen</li></ol>"
            '<table><thead><tr><th scope="col">Jaar</th><th scope="col">Bedrag</th></tr></thead>'
            "<tbody><tr><td>2025</td><td>€ 3.516</td></tr></tbody></table>"
            '<p>Lees <a href="https://www.vrflevoland.nl/" rel="noopener">meer</a>.</p>'
        )

    @pytest.mark.parametrize(
        ("ruw", "verwacht"),
        [
            ("<p>· een</p><p>· twee</p>", "<ul><li>een</li><li>twee</li></ul>"),
            ("<p>•een</p><p>o&nbsp;&nbsp; diep</p>", "<ul><li>een<ul><li>diep</li></ul></li></ul>"),
            ("<p>· een</p><p>o twee</p>", "<ul><li>een<ul><li>twee</li></ul></li></ul>"),
            ("<p>• een<br>• <b>twee</b></p>", "<ul><li>een</li><li><strong>twee</strong></li></ul>"),
            ("<p>1.&nbsp;&nbsp; a</p><p>2.&nbsp;&nbsp; b</p>", "<ol><li>a</li><li>b</li></ol>"),
            # A list that goes on counting would be renumbered: what somebody wrote stays.
            ("<p>3.&nbsp;&nbsp; a</p><p>4.&nbsp;&nbsp; b</p>", "<p>3. a</p><p>4. b</p>"),
            ("<p>o ja, dat klopt</p>", "<p>o ja, dat klopt</p>"),
            ("<p>§ 3 van de wet</p>", "<p>§ 3 van de wet</p>"),
            ("<p>1. Januari</p>", "<p>1. Januari</p>"),
            ("<table><tr><td>·</td></tr><tr><td>1</td></tr></table>", None),
        ],
    )
    def test_opsommingen(self, ruw: str, verwacht: str | None) -> None:
        if verwacht is None:
            assert "<ul>" not in schoon(ruw) and "·" in schoon(ruw)
        else:
            assert schoon(ruw) == verwacht


class TestVorm:
    @pytest.mark.parametrize(
        ("ruw", "verwacht"),
        [
            ("<h1>a</h1><h2>b</h2><h3>c</h3><h5>d</h5>", "<h3>a</h3><h3>b</h3><h3>c</h3><h4>d</h4>"),
            ("<h4>eerst</h4><h4>dan</h4>", "<h3>eerst</h3><h4>dan</h4>"),
            ("<p> </p><p>&nbsp;</p><h3></h3><ul><li></li></ul><p>a</p>", "<p>a</p>"),
            ("<p>a&nbsp;&nbsp; b, € &nbsp;3 en €&nbsp;4</p>", "<p>a b, € 3 en €&nbsp;4</p>"),
            ("<p>a<br><br>b<br>c</p>", "<p>a</p><p>b<br>c</p>"),
            ("<b><h2>k</h2><p>x</p></b>", "<h3>k</h3><p>x</p>"),
            ("los<div>doos</div>los", "<p>los</p><p>doos</p><p>los</p>"),
            ("<ul><li><p>a</p></li><li><p>b</p><p>c</p></li></ul>", "<ul><li>a</li><li><p>b</p><p>c</p></li></ul>"),
            ('<p lang="en">a <span lang="nl">b</span></p>', '<p lang="en">a b</p>'),
            ("<p>a</p><!-- x --><script>b</script><style>c</style>", "<p>a</p>"),
            ("<p><a href='javascript:x'>a</a><a href='HTTPS://b.nl'>b</a></p>", None),
        ],
    )
    def test_regels(self, ruw: str, verwacht: str | None) -> None:
        verwacht = verwacht or '<p>a<a href="HTTPS://b.nl" rel="noopener">b</a></p>'
        assert schoon(ruw) == verwacht

    def test_tabel(self) -> None:
        """The first row heads the columns, a marked first cell its row; merged cells keep the rest in its place."""
        tabel = schoon(
            "<table><caption>Bijschrift</caption><tr><td></td><td>2025</td><td>2026</td></tr>"
            "<tr><th>Lasten</th><td colspan=2>1</td></tr><tr><th>Baten</th><td>2</td></tr></table>"
        )
        assert tabel == (
            '<table><caption>Bijschrift</caption><thead><tr><td></td><th scope="col">2025</th><th scope="col">2026</th>'
            '</tr></thead><tbody><tr><th scope="row">Lasten</th><td>1</td><td></td></tr>'
            '<tr><th scope="row">Baten</th><td>2</td><td></td></tr></tbody></table>'
        )

    def test_samengevoegde_rijen_schuiven_niets_op(self) -> None:
        tabel = schoon(
            "<table><tr><td>a</td><td>b</td></tr><tr><td rowspan=2>c</td><td>d</td></tr><tr><td>e</td></tr></table>"
        )
        assert "<tr><td>c</td><td>d</td></tr><tr><td></td><td>e</td></tr>" in tabel

    def test_de_koppen_schuiven_mee_met_de_plek(self) -> None:
        tekst = "<h3>a</h3><h4>b</h4>"
        assert als_html(tekst, 4) == '<div class="tekst"><h4>a</h4><h5>b</h5></div>'
        assert als_html(tekst, 5) == '<div class="tekst"><h5>a</h5><h6>b</h6></div>'

    def test_een_tabel_schuift_in_haar_eigen_vak(self) -> None:
        toon = als_html('<table><caption>Wat "x" kost</caption><tbody><tr><td>1</td></tr></tbody></table>')
        vak = '<div class="tabelvak" role="group" aria-label="Wat &quot;x&quot; kost" tabindex="0">'
        assert toon.startswith(f'<div class="tekst">{vak}<table><caption>')
        assert toon.endswith("</table></div></div>")

    @pytest.mark.parametrize(
        "ruw", ["<b>" * 20_000, "<ul><li>" * 2_000, "<table><tr><td>" * 2_000, "<blockquote>" * 5_000, "x<br>" * 20_000]
    )
    def test_eindeloos_diep_of_lang_is_geen_fout(self, ruw: str) -> None:
        eens = schoon(ruw + "x")
        assert schoon(eens) == eens


def test_kale_tekst() -> None:
    tekst = (
        "<h3>Kop</h3><p>a <a href='https://b.nl'>b</a></p><ol><li>een<ul><li>diep</li></ul></li><li>twee</li></ol>"
        "<table><caption>T</caption><tr><td>x</td><td>y</td></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    assert kale_tekst(schoon(tekst)) == ("Kop\n\na b (https://b.nl)\n\n1. een\n  - diep\n2. twee\n\nT\nx\ty\n1\t2")
    assert kale_tekst("een\n\n\ntwee < drie") == "een\n\ntwee < drie"
    assert kale_tekst("") == ""


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("", True),
        (" \n", True),
        ("<p></p>", True),
        ("<p>&nbsp;<br></p>", True),
        ("a", False),
        ("<p>a</p>", False),
        ("<", False),
    ],
)
def test_leeg(tekst: str, verwacht: bool) -> None:
    assert leeg(tekst) is verwacht
