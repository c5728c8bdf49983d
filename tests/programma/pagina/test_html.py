"""The pages as HTML: what the templates make of them, read back by a parser. No database, no browser."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from django.template.loader import render_to_string

from indicatoren.reeks import Punt, Status
from indicatoren.tables import Indicatortabel
from programma.inhoud import Documentstuk, Doelrij, Gedrukt, Homestuk, Inwoners, Partijrij, Programmarij, Programmastuk
from programma.pagina import actueel, documentpagina, homepagina, kies, programmapagina, vast
from programma.raming import Cel, tel_op
from programma.tables import Programmatabel, Ramingtabel, Taakveldtabel
from tests.htmlboom import Element, lees
from tests.stukken import JAARREKENING_2023, K24, K25, documentstuk, iv3stuk, programmastuk, uitgave

D = Decimal


def programma_html(stuk: Programmastuk, bedragen: str = "", jaren: str = "", op_vast_adres: bool = False) -> str:
    """Render the page of a programme as its view does."""
    keuze = kies(bedragen, jaren, stuk.kolommen, stuk.inwoners)
    optelling = tel_op(stuk.cellen)
    adres = vast(stuk.uitgave) if op_vast_adres else actueel(stuk.uitgave)
    return render_to_string(
        "programma/programma.html",
        {
            "demo": True,
            "gemeente": stuk.gemeente,
            "pagina": programmapagina(stuk, keuze, optelling, adres),
            "tabel": Ramingtabel(stuk, keuze, optelling, adres),
            "indicatortabel": Indicatortabel(stuk.reeksen) if stuk.reeksen else None,
        },
    )


def document_html(stuk: Documentstuk, op_vast_adres: bool = False) -> str:
    """Render the page of a document as its view does."""
    optelling = tel_op(stuk.cellen)
    adres = vast(stuk.uitgave) if op_vast_adres else actueel(stuk.uitgave)
    pagina = documentpagina(stuk, optelling, adres)
    tabel = Programmatabel(stuk, optelling, adres)
    taakvelden = Taakveldtabel(stuk, adres) if stuk.met_taakvelden else None
    context = {"demo": True, "gemeente": stuk.gemeente, "pagina": pagina, "tabel": tabel, "taakveldtabel": taakvelden}
    return render_to_string("programma/document.html", context)


def home_html(stuk: Documentstuk | None, geheel: Documentstuk | None = None) -> str:
    """Render the home page as its view does."""
    gemeente = stuk.gemeente if stuk else "Dronten"
    uitgaven = [een.uitgave for een in (stuk, geheel) if een]
    pagina = homepagina(Homestuk(gemeente, uitgaven, stuk, geheel))
    return render_to_string("programma/home.html", {"demo": True, "gemeente": gemeente, "pagina": pagina})


def kale_programmastuk() -> Programmastuk:
    """A programme of which nothing is known but that it exists."""
    niets: dict[str, Any] = dict.fromkeys(
        ("kolommen", "cellen", "gedrukt", "reeksen", "partijen", "doelen", "secties", "pakketten", "bestanden"), ()
    )
    return programmastuk(inwoners=Inwoners({}), **niets)


def bont_programmastuk() -> Programmastuk:
    """A programme with everything that is unusual: other signs, cents, gaps, footnotes, differences, neighbours."""
    stuk = programmastuk()
    buren = [Programmarij(code, f"Buur {code}", f"buur-{code}") for code in ("0", "2")]
    eerste, tweede, *reeksen = stuk.reeksen
    gat = {2021: Punt(D(1)), 2022: Punt(None, Status.NB), 2023: Punt(D("-2.25"), Status.VOORLOPIG, "Let op.")}
    niets = {2022: Punt(None, Status.NVT), 2023: Punt(None, Status.NB)}
    return replace(
        stuk,
        uitgave=uitgave(reden="Een fout hersteld."),
        programmas=[buren[0], stuk.programma, buren[1]],
        cellen=[
            *stuk.cellen,
            Cel("1", "1E", "toevoeging", K25, D("-0.05")),
            Cel("1", "1F", "toevoeging", K24, D(-70_000)),
            Cel("1", "1F", "baten", K25, D(-9_000_000)),
            Cel("1", "1F", "lasten", K24, D(12_000_000)),
        ],
        gedrukt=[*stuk.gedrukt, Gedrukt("lasten", K25, D(-3_516_000), "1", "1E")],
        doelen=[*stuk.doelen, Doelrij("1E", "Een doel.", relatief=True, streefwaarde=D(-3), nuljaar=2020)],
        partijen=[*stuk.partijen, Partijrij("Een stichting", "", "stichting_vereniging", "", "Zij helpt.")],
        reeksen=[replace(eerste, punten=gat, groep={2019: Punt(D(4))}), replace(tweede, punten=niets), *reeksen],
        inwoners=Inwoners({2024: 44_354}),
    )


PROGRAMMAPAGINAS = {
    **{f"programma-{weergave}": {"bedragen": weergave} for weergave in ("duizend", "euro", "inwoner", "verandering")},
    "programma-jaren": {"jaren": "2024,2025"},
    "programma-vast": {"op_vast_adres": True},
}


@cache
def bladzijde(naam: str) -> str:
    """Render one of the pages that every rule is held against."""
    if naam in PROGRAMMAPAGINAS:
        return programma_html(programmastuk(), **PROGRAMMAPAGINAS[naam])
    match naam.split("-"):
        case ["bont", weergave]:
            return programma_html(bont_programmastuk(), weergave)
        case ["programma", "kaal"]:
            return programma_html(kale_programmastuk())
        case ["document", "vast"]:
            return document_html(documentstuk(), op_vast_adres=True)
        case ["document", "kaal"]:
            return document_html(documentstuk(kolommen=[], cellen=[], gedrukt=[], programmas=[], taakvelden=[]))
        case ["document", "iv3"]:
            return document_html(iv3stuk())
        case ["document", "jaarstukken"]:
            return document_html(iv3stuk(JAARREKENING_2023))
        case ["document"]:
            return document_html(documentstuk())
        case ["home"]:
            return home_html(documentstuk(), iv3stuk())
    return home_html(None)


ALLE = [
    *PROGRAMMAPAGINAS,
    *("bont-duizend", "bont-euro", "bont-inwoner", "bont-verandering", "programma-kaal"),
    *("document", "document-vast", "document-kaal", "document-iv3", "document-jaarstukken", "home", "home-kaal"),
]
MET_TABEL = [naam for naam in ALLE if not naam.startswith("home")]


@pytest.fixture(params=ALLE)
def boom(request: pytest.FixtureRequest) -> Element:
    """Each of the pages, parsed."""
    return lees(bladzijde(request.param))


class TestTabellen:
    """Every table has a caption, scopes and unique row headers, and no cell is empty."""

    @pytest.mark.parametrize("naam", MET_TABEL)
    def test_opschrift_met_titel_en_eenheid(self, naam: str) -> None:
        tabellen = list(lees(bladzijde(naam)).alle("table"))

        assert tabellen
        for tabel in tabellen:
            (opschrift,) = tabel.alle("caption")
            titel, eenheid = opschrift.alle("strong", "span")
            assert re.match(r"Tabel [12]\. \S", titel.tekst)
            assert re.search(r"Bedragen (×|in euro’s)|procenten|eenheid staat bij elke", eenheid.tekst)

    @pytest.mark.parametrize("naam", MET_TABEL)
    def test_elke_kop_heeft_een_bereik_en_geen_cel_is_leeg(self, naam: str) -> None:
        for tabel in lees(bladzijde(naam)).alle("table"):
            assert all(kop.attributen["scope"] in {"col", "row", "rowgroup"} for kop in tabel.alle("th"))
            assert all(cel.tekst for cel in tabel.alle("th", "td"))

    @pytest.mark.parametrize("naam", MET_TABEL)
    def test_elke_rij_is_even_breed(self, naam: str) -> None:
        for tabel in lees(bladzijde(naam)).alle("table"):
            (kop,) = tabel.alle("thead")
            breedte = len(list(kop.alle("th")))
            for rij in tabel.alle("tr"):
                cellen = list(rij.alle("th", "td"))
                assert sum(int(cel.attributen.get("colspan", 1)) for cel in cellen) == breedte

    @pytest.mark.parametrize("naam", MET_TABEL)
    def test_rijkoppen_en_kolomkoppen_zijn_uniek(self, naam: str) -> None:
        for tabel in lees(bladzijde(naam)).alle("table"):
            for bereik in ("row", "col"):
                koppen = [kop.tekst for kop in tabel.alle("th") if kop.attributen["scope"] == bereik]
                assert len(set(koppen)) == len(koppen)

    @pytest.mark.parametrize("naam", MET_TABEL)
    def test_een_groepskop_staat_boven_haar_eigen_rijen(self, naam: str) -> None:
        for tabel in lees(bladzijde(naam)).alle("table"):
            for lichaam in tabel.alle("tbody"):
                bereiken = [next(rij.alle("th")).attributen["scope"] for rij in lichaam.alle("tr")]
                assert "row" in bereiken
                assert "rowgroup" not in bereiken[1:]

    def test_het_schuifvak_heeft_de_naam_van_de_tabel(self, boom: Element) -> None:
        for vak in boom.alle("div"):
            if vak.attributen.get("class") == "tabelvak":
                assert vak.attributen["tabindex"] == "0" and vak.attributen["role"] == "group"
                assert boom.met_id(vak.attributen["aria-labelledby"]).naam == "caption"

    def test_getallen_hebben_een_echt_minteken(self, boom: Element) -> None:
        for cel in boom.alle("td"):
            if "getal" in cel.attributen.get("class", ""):
                assert re.fullmatch(r"[−+]?[\d.]+(,\d+)?%?( \((voorlopig|\d{4})\))?|n\.n\.b\.|n\.v\.t\.", cel.tekst)

    @pytest.mark.parametrize("naam", ["bont-duizend", "bont-euro", "bont-inwoner"])
    def test_niet_bekend_is_nooit_nul(self, naam: str) -> None:
        (rij,) = [
            rij
            for rij in lees(bladzijde(naam)).met_id("indicatoren").alle("tr")
            if rij.tekst.startswith("Geweldsmisdrijven")
        ]

        # 2021 to 2025: no year of this municipality is known.
        assert [cel.tekst for cel in rij.alle("td")][:5] == ["n.n.b.", "n.v.t.", "n.n.b.", "n.n.b.", "n.n.b."]


class TestTekeningen:
    """Every drawing has a name or is hidden; every chart says its values in words or points to its table."""

    def test_elke_svg_heeft_een_titel_of_is_versierd(self, boom: Element) -> None:
        for svg in boom.alle("svg"):
            if svg.attributen.get("role") == "img":
                namen = svg.attributen["aria-labelledby"].split()
                delen = [deel for deel in svg.alle("title", "desc") if deel.attributen.get("id") in namen]
                assert delen[0].naam == "title" and len(delen) == len(namen)
                assert all(deel.tekst for deel in delen)
                assert svg.attributen["focusable"] == "false"
            elif not _in_tekening(boom, svg):
                assert svg.attributen["aria-hidden"] == "true"

    def test_in_een_tekening_staat_geen_link(self, boom: Element) -> None:
        assert not [link for svg in boom.alle("svg") for link in svg.alle("a")]

    def test_de_grafiek_en_de_tabel_zeggen_hetzelfde(self) -> None:
        boom = lees(bladzijde("programma-duizend"))
        (grafiek,) = [svg for svg in boom.alle("svg") if svg.attributen.get("class") == "kolommen"]
        (rij,) = [rij for rij in boom.met_id("kosten").alle("tr") if rij.tekst.startswith("Totaal lasten")]
        getekend = [tekst.tekst for tekst in grafiek.alle("text") if tekst.attributen["class"] == "tot"]

        assert getekend == [cel.tekst.lstrip("−") for cel in rij.alle("td")]
        (omschrijving,) = grafiek.alle("desc")
        assert all(waarde in omschrijving.tekst for waarde in getekend)

    def test_een_gat_in_de_lijn(self) -> None:
        boom = lees(bladzijde("bont-duizend"))
        (grafiek, *_) = [svg for svg in boom.alle("svg") if svg.attributen.get("class") == "mini"]

        assert [lijn for lijn in grafiek.alle("line") if lijn.attributen["class"] == "lijn"] == []
        assert len(list(grafiek.alle("circle"))) == 2
        assert "2022" not in grafiek.tekst
        assert "2019" in [tekst.tekst for tekst in grafiek.alle("text")]

    def test_zonder_cijfers_geen_grafiek(self) -> None:
        kaarten = lees(bladzijde("bont-duizend")).alle("li")
        kaart = next(li for li in kaarten if li.tekst.startswith("Geweldsmisdrijven"))

        assert not list(kaart.alle("svg"))
        assert "Nog geen cijfers" in kaart.tekst
        assert "Van deze gemeente is nog geen cijfer bekend." in kaart.tekst


def _in_tekening(boom: Element, svg: Element) -> bool:
    """Return whether an svg lies inside another one, which then carries the name."""
    return any(binnen is svg for buiten in boom.alle("svg") for binnen in buiten.alle("svg"))


class TestVeilig:
    """A strict policy holds: no inline style or script; what comes from the database is text."""

    def test_geen_stijl_en_geen_script_in_de_pagina(self, boom: Element) -> None:
        assert not list(boom.alle("style"))
        assert all(script.attributen.get("src") and not script.tekst for script in boom.alle("script"))
        for element in boom.alle():
            assert "style" not in element.attributen
            assert not [naam for naam in element.attributen if naam.startswith("on")]
            assert not element.attributen.get("href", "").lower().startswith("javascript:")

    @pytest.mark.parametrize("soort", ["programma", "document", "home"])
    @pytest.mark.parametrize(
        "gif", ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{ 7 }}&lt;b&gt;"]
    )
    def test_alle_tekst_uit_de_database_blijft_tekst(self, soort: str, gif: str) -> None:
        html = {
            "programma": lambda: programma_html(vergiftigd(bont_programmastuk(), gif)),
            "document": lambda: document_html(vergiftigd(documentstuk(), gif)),
            "home": lambda: home_html(vergiftigd(documentstuk(), gif), vergiftigd(iv3stuk(), gif)),
        }[soort]()
        schoon = {"programma": "bont-duizend"}.get(soort, soort)

        boom = lees(html)
        assert gif in boom.tekst
        assert [element.naam for element in boom.alle()] == [element.naam for element in lees(bladzijde(schoon)).alle()]
        assert [set(element.attributen) for element in boom.alle()] == [
            set(element.attributen) for element in lees(bladzijde(schoon)).alle()
        ]

    def test_het_gif_staat_op_elke_plaats_waar_een_naam_stond(self) -> None:
        """Guard the test above: if the poison stopped reaching a field, that field would be untested."""
        gif = "<script>"
        tekst = lees(programma_html(vergiftigd(bont_programmastuk(), gif))).tekst
        gezien = {
            *("gemeente", "titel", "reden", "naam", "inleiding", "portefeuillehouder", "kop", "thema", "tekst"),
            *("toelichting", "vervallen_reden", "afkorting", "taak", "eenheid", "omschrijving", "bron", "voetnoot"),
            "controlesom",
        }

        assert {veld for veld in gezien if f"{veld}{gif}" not in tekst} == set()


CODES = {
    "code",
    "slug",
    "soort",
    "status",
    "fase",
    "document_slug",
    "document_soort",
    "grootheid",
    "pakket",
    "programma",
}


def vergiftigd(waarde: Any, gif: str, veld: str = "") -> Any:
    """Return the same rows with the name of the field and the poison at the end of each text that people write."""
    if isinstance(waarde, str):
        return waarde if veld in CODES or waarde in {"", "%"} else f"{waarde} {veld}{gif}"
    if is_dataclass(waarde) and not isinstance(waarde, type):
        nieuw = {deel.name: vergiftigd(getattr(waarde, deel.name), gif, deel.name) for deel in fields(waarde)}
        return replace(waarde, **nieuw)
    if isinstance(waarde, list):
        return [vergiftigd(deel, gif, veld) for deel in waarde]
    if isinstance(waarde, dict):
        return {sleutel: vergiftigd(deel, gif, veld) for sleutel, deel in waarde.items()}
    return waarde


class TestOpbouw:
    """One h1, headings without gaps, ids that exist once, links that lead somewhere."""

    def test_koppen_slaan_geen_niveau_over(self, boom: Element) -> None:
        niveaus = [int(kop.naam[1]) for kop in boom.alle("h1", "h2", "h3", "h4", "h5", "h6")]

        assert niveaus.count(1) == 1 and niveaus[0] == 1
        assert all(twee - een <= 1 for een, twee in pairwise(niveaus))
        assert all(kop.tekst for kop in boom.alle("h1", "h2", "h3", "h4"))

    def test_elke_id_bestaat_een_keer_en_elke_verwijzing_komt_aan(self, boom: Element) -> None:
        namen = [element.attributen["id"] for element in boom.alle() if "id" in element.attributen]

        assert len(set(namen)) == len(namen)
        for element in boom.alle():
            for naam in element.attributen.get("aria-labelledby", "").split():
                assert naam in namen
            if element.attributen.get("href", "").startswith("#"):
                assert element.attributen["href"][1:] in namen

    def test_elke_link_heeft_een_tekst(self, boom: Element) -> None:
        assert all(link.tekst and link.attributen["href"] for link in boom.alle("a"))

    def test_elke_nav_heeft_een_eigen_naam(self, boom: Element) -> None:
        namen = [
            nav.attributen.get("aria-label") or boom.met_id(nav.attributen["aria-labelledby"]).tekst
            for nav in boom.alle("nav")
        ]

        assert all(namen) and len(set(namen)) == len(namen)

    def test_de_pagina_zegt_wat_zij_is(self, boom: Element) -> None:
        (html,) = boom.alle("html")
        titel, *_ = boom.alle("title")

        assert html.attributen["lang"] == "nl"
        assert titel.tekst.endswith("Gemeente Dronten")
        assert "Demonstratie, geen publicatie van de gemeente Dronten." in boom.tekst
        assert {"name": "robots", "content": "noindex"} in [meta.attributen for meta in boom.alle("meta")]

    def test_geen_spoor_van_python_of_een_sjabloon(self, boom: Element) -> None:
        for vreemd in ("None", "Decimal(", "{{", "{%", "{#", "&amp;", "−0 ", "-0"):
            assert vreemd not in re.sub(r"\d{4}-\d\d-\d\d|sha256 \w+|/[\w/-]+", "", boom.tekst), vreemd


class TestProgrammapagina:
    """What stands on the page of a programme, and what does not when there is nothing to say."""

    def test_een_vaste_versie_blijft_in_zichzelf(self) -> None:
        boom = next(lees(bladzijde("programma-vast")).alle("main"))
        wortel = "/programmabegroting-2025/versie/1/"
        buiten = [
            (link.tekst, link.attributen["href"])
            for link in boom.alle("a")
            if not link.attributen["href"].startswith(("#", wortel, "/begrippen/#"))
        ]

        assert [tekst for tekst, _ in buiten if "Begroting en verantwoording" not in tekst] == [
            "Home",
            "Bekijk de nieuwste versie",
        ]
        assert buiten[-1][1] == "/programmabegroting-2025/programma/programma-1-veiligheid/"
        assert "De bedragen en teksten hier veranderen niet meer." in boom.tekst

    def test_een_document_van_een_vaste_versie_blijft_in_zichzelf(self) -> None:
        inhoud = next(lees(bladzijde("document-vast")).alle("main"))
        links = [link.attributen["href"] for link in inhoud.alle("a")]

        assert {href for href in links if not href.startswith(("#", "/programmabegroting-2025/versie/1/"))} == {
            *("/", "/programmabegroting-2025/"),
        }
        assert "/programmabegroting-2025/versie/1/programma/programma-2-openbare-ruimte/" in links

    def test_een_actuele_pagina_wijst_alleen_voor_de_vaste_link_naar_een_versie(self) -> None:
        for naam in ("programma-duizend", "document"):
            links = [link for link in lees(bladzijde(naam)).alle("a") if "/versie/" in link.attributen["href"]]

            assert [link.tekst for link in links] == [link.attributen["href"] for link in links]
            assert len(links) == 1

    def test_zonder_gegevens_staan_de_delen_er_niet(self) -> None:
        boom = lees(bladzijde("programma-kaal"))
        namen = {element.attributen["id"] for element in boom.alle("section")}

        assert namen == {"kosten", "herkomst"}
        assert "gedrukte totalen" not in boom.tekst
        assert "per inwoner" not in boom.tekst
        assert "Vorige" not in boom.tekst and "Volgende" not in boom.tekst

    def test_een_restpost_heeft_geen_eigen_deel(self) -> None:
        boom = lees(bladzijde("programma-duizend"))

        assert "1Z Niet in pakketjes opgenomen" in boom.met_id("kosten").tekst
        assert not [kop for kop in boom.alle("h2", "h3") if "1Z" in kop.tekst]
        assert "#pakket-1z" not in [link.attributen["href"] for link in boom.alle("a")]

    def test_de_gekozen_weergave_is_gemarkeerd(self) -> None:
        for naam, tekst in {"duizend": "× € 1.000", "inwoner": "per inwoner", "verandering": "% verandering"}.items():
            boom = lees(bladzijde(f"programma-{naam}"))

            assert [a.tekst for a in boom.alle("a") if a.attributen.get("aria-current") == "true"] == [tekst]

    def test_vorige_en_volgende(self) -> None:
        (nav,) = [
            nav
            for nav in lees(bladzijde("bont-duizend")).alle("nav")
            if nav.attributen.get("aria-label") == "Andere programma’s"
        ]

        assert [(link.tekst, link.attributen["href"]) for link in nav.alle("a")] == [
            ("VorigeProgramma 0 Buur 0", "/programmabegroting-2025/programma/buur-0/"),
            ("VolgendeProgramma 2 Buur 2", "/programmabegroting-2025/programma/buur-2/"),
        ]

    def test_afwijkingen_staan_onder_de_tabel(self) -> None:
        boom = lees(bladzijde("bont-duizend"))
        (lijst,) = [ul for ul in boom.alle("ul") if ul.attributen.get("class") == "afwijkingen"]

        assert "Wij tonen wat de regels samen zijn, niet wat er gedrukt staat." in boom.tekst
        regels = [li.tekst for li in lijst.alle("li")]
        assert (
            "Baten, primaire begroting 2025: gedrukt € 170.000, berekend −€ 8.830.000, verschil −€ 9.000.000." in regels
        )
        assert all("1E" not in regel for regel in regels)

    def test_een_doel_zonder_getal_zegt_dat(self) -> None:
        strepen = [
            span
            for span in lees(bladzijde("bont-duizend")).alle("span")
            if "streef" in span.attributen.get("class", "")
        ]

        assert [span.tekst for span in strepen] == ["−3%", "7,6", "+5%", "geen streefgetal", "geen streefgetal"]

    def test_meer_opbrengst_dan_kosten(self) -> None:
        stuk = programmastuk(cellen=[Cel("1", "1E", "baten", K25, D(44_856_000))], gedrukt=[])
        boom = lees(programma_html(stuk))

        assert "Omgerekend levert programma 1 € 1.000 per inwoner op, bij 44.856 inwoners in 2025." in boom.tekst

    def test_een_raadsbesluit_staat_erbij(self) -> None:
        aangeboden = lees(bladzijde("programma-duizend"))
        badges = [span.tekst for span in aangeboden.alle("span") if "badge" in span.attributen.get("class", "")]

        assert badges == ["Aangeboden aan de raad"]
        assert "Vastgesteld" not in aangeboden.tekst
