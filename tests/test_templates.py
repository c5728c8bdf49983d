"""The templates as HTML: what every page must hold for a screen reader, a strict policy and a narrow screen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, partial
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string

from indicatoren.tables import Indicatortabel, Reekstabel
from programma.inhoud import Bestandrij, Homestuk, Pakketrij, Sectierij
from programma.pagina import (
    Gevonden,
    begrippenpagina,
    documentpagina,
    homepagina,
    indicatorlijst,
    indicatorpagina,
    kies,
    opendatapagina,
    partijlijst,
    partijpagina,
    programmapagina,
    vast,
    zoekpagina,
)
from programma.raming import tel_op
from programma.tables import Programmatabel, Ramingtabel, Taakveldtabel
from programma.woordenlijst import woord
from programma.zoeken import Groep, lees_vraag
from tests.overzichten import SLUG, cijfers, indicatorstuk, partijenstuk
from tests.stukken import documentstuk, iv3stuk, programmastuk, treffer, uitgave

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
FOUTEN = ["400", "403", "404", "405", "410", "411", "413", "429", "500", "503"]
LEEG = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Element:
    """An element with its attributes and all text inside it."""

    naam: str
    attributen: dict[str, str]
    tekst: str = ""
    kinderen: list[Element] = field(default_factory=list)


class Boom(HTMLParser):
    """A small parser that also fails on a tag that is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.alle: list[Element] = []
        self.open: list[Element] = []
        self.feed(html)
        assert not self.open, [element.naam for element in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {naam: waarde or "" for naam, waarde in attrs})
        self.alle.append(element)
        for ouder in self.open:
            ouder.kinderen.append(element)
        if tag not in LEEG:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in LEEG:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1].naam == tag, f"</{tag}> in {[element.naam for element in self.open]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.tekst += data

    def van(self, *namen: str) -> list[Element]:
        return [element for element in self.alle if element.naam in namen]


def programma(bedragen: str | None = None, jaren: str | None = None, **anders: Any) -> str:
    stuk = programmastuk(**anders)
    keuze = kies(bedragen, jaren, stuk.kolommen, stuk.inwoners)
    optelling = tel_op(stuk.cellen)
    return render_to_string(
        "programma/programma.html",
        {
            "pagina": programmapagina(stuk, keuze, optelling),
            "tabel": Ramingtabel(stuk, keuze, optelling),
            "indicatortabel": Indicatortabel(stuk.reeksen) if stuk.reeksen else None,
            "gemeente": stuk.gemeente,
            "demo": True,
        },
    )


def document() -> str:
    stuk = documentstuk()
    optelling = tel_op(stuk.cellen)
    adres = vast(stuk.uitgave)
    context = {"pagina": documentpagina(stuk, optelling, adres), "tabel": Programmatabel(stuk, optelling, adres)}
    context |= {"gemeente": stuk.gemeente, "taakveldtabel": Taakveldtabel(stuk)}
    return render_to_string("programma/document.html", context)


def home() -> str:
    stuk = documentstuk()
    pagina = homepagina(Homestuk("Dronten", [stuk.uitgave], stuk, iv3stuk()))
    return render_to_string("programma/home.html", {"pagina": pagina, "gemeente": "Dronten"})


def home_leeg() -> str:
    return render_to_string(
        "programma/home.html", {"pagina": homepagina(Homestuk("Dronten", [])), "gemeente": "Dronten"}
    )


def partijen(**anders: Any) -> str:
    pagina = partijlijst(partijenstuk(**anders))
    return render_to_string("programma/partijen.html", {"pagina": pagina, "gemeente": "Dronten"})


def partij(**anders: Any) -> str:
    pagina = partijpagina(partijenstuk(**anders), SLUG)
    return render_to_string("programma/partij.html", {"pagina": pagina, "gemeente": "Dronten"})


def indicatoren(**anders: Any) -> str:
    stuk = indicatorstuk(**anders)
    context = {"pagina": indicatorlijst(stuk), "tabel": Indicatortabel(stuk.reeksen) if stuk.reeksen else None}
    return render_to_string("programma/indicatoren.html", context | {"gemeente": "Dronten"})


def indicator() -> str:
    stuk = indicatorstuk()
    context = {"pagina": indicatorpagina(stuk), "tabel": Reekstabel(stuk.reeksen[0]), "gemeente": "Dronten"}
    return render_to_string("programma/indicator.html", context)


ONBEKEND = [cijfers(1, jaar, resultaat=None, onbekend_reden="<Later> & beter.") for jaar in (2024, 2025, 2026)]


def zoeken(getypt: str = "controle", *, niets: bool = False) -> str:
    gevonden = Gevonden(
        lees_vraag(getypt),
        begrippen=[] if niets else [woord("Lasten"), woord("Baten")],
        aantallen={} if niets else {(Groep.BEDRAG, 2025): 40, (Groep.TEKST, 2024): 3},
        treffers=[] if niets else [treffer(), treffer(groep=Groep.TEKST, titel="Inhoud", euro=None)],
        bedoeld={"kontrole": "controle", "brandwer": "brandweer"} if niets else {},
    )
    context = {"pagina": zoekpagina("Dronten", gevonden), "gemeente": "Dronten"}
    return render_to_string("programma/zoeken.html", context)


def begrippen() -> str:
    context = {"pagina": begrippenpagina("Dronten"), "gemeente": "Dronten"}
    return render_to_string("programma/begrippen.html", context)


def open_data(**anders: Any) -> str:
    stuk = documentstuk()
    oud = replace(stuk.uitgave, versie_id=99, nummer=1)
    bestanden = [Bestandrij(naam, 2048, 30, "ab" * 32) for naam in ("begroting.csv", "programma/zorg/begroting.csv")]
    rijen = {stuk.uitgave.versie_id: bestanden, 99: bestanden}
    pagina = opendatapagina("Dronten", [replace(stuk.uitgave, nummer=2), oud], rijen, "https://example.org")
    return render_to_string("programma/open_data.html", {"pagina": pagina, "gemeente": "Dronten", **anders})


def open_data_leeg() -> str:
    return render_to_string("programma/open_data.html", {"pagina": opendatapagina("Dronten", [], {}, "")})


def over_deze_site(naam: str, **anders: Any) -> str:
    return render_to_string(f"site/{naam}.html", anders)


def behoud(**anders: Any) -> str:
    velden = [("kop", 'Een "kop" & <meer>'), ("keuze", "a"), ("keuze", "b")]
    context = {"velden": velden, "adres": "/beheer/x/?a=1&b=2", "soort": "multipart/form-data", "bestand": True}
    return render_to_string("behoud.html", context | {"door": {"pk": 1, "naam": "rosa"}} | anders)


BLADZIJDEN: dict[str, Callable[[], str]] = {
    "programma": programma,
    "inwoner": partial(programma, "inwoner"),
    "verandering": partial(programma, "verandering"),
    "jaren": partial(programma, "euro", "2025"),
    "kaal": partial(programma, secties=[], doelen=[], partijen=[], gedrukt=[], reeksen=[], bestanden=[], cellen=[]),
    "document": document,
    "home": home,
    "zoeken": zoeken,
    "zoeken leeg": partial(zoeken, ""),
    "zoeken niets": partial(zoeken, "kontrole brandwer", niets=True),
    "begrippen": begrippen,
    "home leeg": home_leeg,
    "partijen": partijen,
    "partijen leeg": partial(partijen, deelnames=[], cijfers=[]),
    "partij": partij,
    "partij onbekend": partial(partij, cijfers=ONBEKEND),
    "partij zonder cijfers": partial(partij, cijfers=[]),
    "indicatoren": indicatoren,
    "indicatoren leeg": partial(indicatoren, reeksen=[], gebruik=[], vanuit={}),
    "indicator": indicator,
    "open data": open_data,
    "open data leeg": open_data_leeg,
    "toegankelijkheid": partial(over_deze_site, "toegankelijkheid"),
    "toegankelijkheid demo": partial(over_deze_site, "toegankelijkheid", demo=True),
    "privacy": partial(over_deze_site, "privacy", contact="a@example.org"),
    "colofon": partial(over_deze_site, "colofon", release="1"),
    "behoud na de sessie": partial(behoud, deur="/beheer/aanmelden/"),
    "behoud tweede stap": partial(behoud, deur="/beheer/aanmelden/tweede-stap/", instellen=True),
    "behoud oud token": partial(behoud, nu=User(pk=2, username="rik")),
    "behoud storing": partial(behoud, storing=True),
} | {fout: partial(render_to_string, f"{fout}.html") for fout in FOUTEN}


@cache
def bladzijde(naam: str) -> str:
    """Return the page of this name, made once."""
    return BLADZIJDEN[naam]()


@pytest.fixture(params=BLADZIJDEN)
def html(request: pytest.FixtureRequest) -> str:
    """Each page in turn."""
    return bladzijde(request.param)


class TestElkeBladzijde:
    """Rules without exception."""

    def test_streng_beleid(self, html: str) -> None:
        boom = Boom(html)

        assert not [element for element in boom.alle if "style" in element.attributen or element.naam == "style"]
        assert not [naam for element in boom.alle for naam in element.attributen if naam.startswith("on")]
        assert all(element.attributen.get("src", "").startswith("/static/") for element in boom.van("script"))

    def test_een_taal_een_titel_een_kop(self, html: str) -> None:
        boom = Boom(html)

        assert boom.van("html")[0].attributen["lang"] == "nl"
        assert len(boom.van("h1")) == len(boom.van("main")) == 1
        assert next(titel for titel in boom.van("title") if "id" not in titel.attributen).tekst.strip()

    def test_geen_kopniveau_overgeslagen(self, html: str) -> None:
        niveaus = [int(kop.naam[1]) for kop in Boom(html).van("h1", "h2", "h3", "h4")]

        assert niveaus[0] == 1
        assert all(twee <= een + 1 for een, twee in pairwise(niveaus))

    def test_ids_zijn_uniek_en_verwijzingen_bestaan(self, html: str) -> None:
        boom = Boom(html)
        ids = Counter(element.attributen["id"] for element in boom.alle if "id" in element.attributen)

        assert not [id for id, aantal in ids.items() if aantal > 1]
        for element in boom.alle:
            assert set(element.attributen.get("aria-labelledby", "").split()) <= set(ids)
            if (href := element.attributen.get("href", "")).startswith("#"):
                assert href[1:] in ids, href

    def test_elke_tabel_is_te_lezen_zonder_ogen(self, html: str) -> None:
        for tabel in Boom(html).van("table"):
            cellen = [kind for kind in tabel.kinderen if kind.naam in {"th", "td"}]
            rijkoppen = [cel.tekst for cel in cellen if cel.attributen.get("scope") == "row"]

            assert [kind.tekst for kind in tabel.kinderen if kind.naam == "caption"]
            assert all("scope" in cel.attributen for cel in cellen if cel.naam == "th")
            assert all(cel.tekst.strip() for cel in cellen)
            assert len(set(rijkoppen)) == len(rijkoppen)
            assert not [cel.tekst for cel in cellen if re.match(r"^-\d", cel.tekst)]

    def test_elke_grafiek_heeft_woorden(self, html: str) -> None:
        for svg in Boom(html).van("svg"):
            woorden = any(kind.naam == "title" for kind in svg.kinderen) and svg.attributen.get("role") == "img"
            assert woorden or svg.attributen.get("aria-hidden") == "true" or "viewbox" in svg.attributen

    def test_de_eerste_link_gaat_naar_de_inhoud(self, html: str) -> None:
        if "skip" in html:
            assert Boom(html).van("a")[0].attributen == {"class": "skip", "href": "#inhoud"}


class TestProgramma:
    """The page of a programme."""

    def test_tekst_van_een_redacteur_wordt_geen_html(self) -> None:
        gevaar = "<script>alert(1)</script>"
        pagina = programma(
            secties=[Sectierij("1E", gevaar, gevaar, gevaar)],
            pakketten=[Pakketrij("1E", gevaar), Pakketrij("1F", "F")],
            uitgave=uitgave(titel=gevaar),
        )

        assert gevaar not in pagina
        assert "&lt;script&gt;" in pagina

    def test_demonstratie_of_niet(self) -> None:
        zin = "Demonstratie, geen publicatie van de gemeente Dronten."

        assert zin in bladzijde("programma") and '<meta name="robots" content="noindex">' in bladzijde("programma")
        assert zin not in bladzijde("document") and "noindex" not in bladzijde("document")

    def test_geen_lege_koppen_zonder_inhoud(self) -> None:
        koppen = [kop.tekst for kop in Boom(bladzijde("kaal")).van("h2")]

        assert koppen == [
            *("Op deze pagina", "1E Rampenbestrijding en crisisorganisatie"),
            *("1F Integraal veiligheidsbeleid en openbare orde", "Wat kost programma 1?", "Herkomst en downloads"),
        ]

    def test_afwijkingen_staan_erbij(self) -> None:
        eerste, *rest = programmastuk().gedrukt
        pagina = programma(gedrukt=[replace(eerste, euro=eerste.euro - 9000), *rest])

        assert "1 van de 24 gedrukte totalen wijkt af." in pagina
        assert "Lasten, realisatie 2023: gedrukt −€\u00a06.083.000, berekend −€\u00a06.074.000" in pagina

    def test_de_gekozen_weergave_is_gemarkeerd(self) -> None:
        gekozen = [a.tekst for a in Boom(bladzijde("inwoner")).van("a") if "aria-current" in a.attributen]

        assert gekozen == ["per inwoner"]

    def test_een_deel_van_de_jaren_is_te_herstellen(self) -> None:
        assert "toon alle jaren" in bladzijde("jaren")
        assert "toon alleen 2024 en 2025" in bladzijde("programma")


class TestOverDezeSite:
    """What the site says of itself: only what is set, and nothing made up."""

    def test_zonder_verklaring_geen_status(self) -> None:
        assert "nog geen status" in bladzijde("toegankelijkheid")
        assert "geen verklaring in het landelijke register en dus geen status" in bladzijde("toegankelijkheid demo")
        pagina = over_deze_site("toegankelijkheid", status="B", betekenis="voldoet deels", register="https://x.nl")
        assert "B: voldoet deels" in pagina and 'href="https://x.nl"' in pagina

    def test_zonder_adres_geen_mail(self) -> None:
        assert "mailto:" not in bladzijde("colofon") + bladzijde("toegankelijkheid")
        assert 'href="mailto:a@example.org"' in bladzijde("privacy")

    def test_licentie(self) -> None:
        assert "nog geen licentie ingevuld" in bladzijde("open data")
        assert 'href="https://l.nl">CC0' in open_data(licentie=("CC0", "https://l.nl"))
        assert "Dit is een demonstratie" in open_data(demo=True)

    def test_elk_bestand_staat_op_een_vast_adres_met_zijn_controlegetal(self) -> None:
        boom = Boom(bladzijde("open data"))
        # What belongs to no version: the chain of publications, and the program that checks it.
        links = [
            a.attributen["href"]
            for a in boom.van("a")
            if "download" in a.attributen and not a.attributen["href"].startswith("/open-data/")
        ]

        beschreven = [link for link in links if not link.endswith(("SHA256SUMS", "datapackage.json"))]
        assert (len(beschreven), len(links)) == (3, 3 + 2 * 2)
        assert all(re.fullmatch(r"/[a-z0-9-]+/versie/[12]/\S+", link) for link in links)
        assert bladzijde("open data").count("sha256 abab") == len(beschreven)


@pytest.mark.parametrize("bestand", sorted((TEMPLATES / "componenten").iterdir()), ids=lambda bestand: bestand.name)
def test_een_component_zegt_wat_erin_gaat(bestand: Path) -> None:
    assert bestand.read_text(encoding="utf-8").startswith("{# inputs: ")


def test_een_ingetrokken_versie_zegt_waarom() -> None:
    assert "Reden: Verkeerde bedragen." in render_to_string("410.html", {"reden": "Verkeerde bedragen."})
