"""From the home page along every link: each answers, and each page keeps the rules that can be read from its HTML.

The numbers are those of the rules in tests/toegankelijkheid.txt.
"""

from __future__ import annotations

import http.client
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from django.urls import resolve

from tests.browser.conftest import Site
from tests.htmlboom import Element, lees

# A page type has hundreds of pages: the short run looks at a few of each, the long one at all.
PER_SOORT = 4
# The pages of a fixed version, and those with a question, are the same pages once more: so many of each is enough.
PER_HERHALING = 25
ADMIN = "/beheer/"
GETAL = re.compile(r"[-−+]?\d[\d.]*(?:,\d+)?")
EENHEID = re.compile(r"Bedragen|euro|€|procent|%|per 1\.000|[Aa]antal|[Ee]enheid")
LEEG = {"", "-", "–", "—"}


@dataclass
class Kruip:
    """What was met: by address the status; what is wrong with it; titles; and ids with who points at them."""

    gezien: dict[str, int] = field(default_factory=dict)
    soorten: Counter[str] = field(default_factory=Counter)
    klachten: list[str] = field(default_factory=list)
    titels: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    ids: dict[str, set[str]] = field(default_factory=dict)
    ankers: list[tuple[str, str, str]] = field(default_factory=list)


def _klassen(element: Element) -> set[str]:
    return set(element.attributen.get("class", "").split())


def _binnen(wortel: Element, *namen: str) -> set[int]:
    """Return the identities of everything inside elements of these names."""
    return {id(kind) for element in wortel.alle(*namen) for kind in element.alle()}


def _tabelklachten(tabel: Element) -> Iterator[str]:
    """Rules 6, 7 and 8: caption with its unit, scopes, nothing empty, row headers that differ."""
    bijschriften = [bijschrift.tekst for bijschrift in tabel.alle("caption")]
    if len(bijschriften) != 1 or not bijschriften[0]:
        yield "6: tabel zonder bijschrift"
    if any(cel.attributen.get("scope") not in {"col", "row", "rowgroup"} for cel in tabel.alle("th")):
        yield "6: kop zonder scope"
    if any(cel.tekst in LEEG for cel in tabel.alle("th", "td")):
        yield "6: lege cel"
    if any("getal" in _klassen(cel) for cel in tabel.alle("td")) and not EENHEID.search(" ".join(bijschriften)):
        yield f"8: geen eenheid in {bijschriften}"
    koppen = Counter(cel.tekst for cel in tabel.alle("th") if cel.attributen.get("scope") == "row")
    yield from (f"7: rijkop {kop!r} staat {keer} keer in de tabel" for kop, keer in koppen.items() if keer > 1)
    for cel in tabel.alle("td"):
        if "nu" in _klassen(cel) and GETAL.fullmatch(cel.tekst) and not list(cel.alle("a")):
            yield f"herkomst: {cel.tekst} heeft geen link"


def _grafiekklachten(boom: Element) -> Iterator[str]:
    """Rules 24 and 25: a chart says what it is, and its numbers stand in text too."""
    in_svg = _binnen(boom, "svg")
    tekst = " ".join(element.tekst for element in boom.alle("td", "li", "dd", "p", "th") if id(element) not in in_svg)
    elders = set(GETAL.findall(tekst.replace("\u00a0", " ")))
    for svg in boom.alle("svg"):
        if id(svg) in in_svg:
            continue
        if svg.attributen.get("focusable") != "false":
            yield "24: svg zonder focusable=false"
        if svg.attributen.get("aria-hidden") == "true":
            continue
        if svg.attributen.get("role") != "img" or not list(svg.alle("title")) or not list(svg.alle("desc")):
            yield "24: svg zonder rol, titel of omschrijving"
        vreemd = [
            getal
            for label in svg.alle("text")
            for getal in GETAL.findall(label.tekst.replace("\u00a0", " "))
            if getal not in elders and getal.lstrip("-−+") not in {elder.lstrip("-−+") for elder in elders}
        ]
        if vreemd:
            yield f"25: {vreemd} staat alleen in een grafiek"


def _paginaklachten(boom: Element) -> Iterator[str]:
    """The rules that one page can break by itself."""
    (html,) = boom.alle("html")
    if html.attributen.get("lang") != "nl":
        yield "1: geen taal"
    for naam in ("main", "h1", "title"):
        if len([element for element in boom.alle(naam) if element.tekst]) != (
            1 if naam != "title" else 1 + len([svg for svg in boom.alle("svg") if list(svg.alle("title"))])
        ):
            yield f"3: niet een {naam}"
    koppen = [int(kop.naam[1]) for kop in boom.alle("h1", "h2", "h3", "h4", "h5", "h6")]
    if any(lager > hoger + 1 for hoger, lager in pairwise(koppen)):
        yield f"3: kopniveau overgeslagen in {koppen}"
    for sectie in boom.alle("section"):
        if not {"aria-labelledby", "aria-label"} & set(sectie.attributen):
            yield "3: sectie zonder naam"
    navs = [nav.attributen.get("aria-labelledby") or nav.attributen.get("aria-label") for nav in boom.alle("nav")]
    if None in navs or len(set(navs)) != len(navs):
        yield f"5: navigatie zonder eigen naam: {navs}"
    for element in boom.alle():
        if "style" in element.attributen or any(naam.startswith("on") for naam in element.attributen):
            yield f"csp: stijl of script in <{element.naam}>"
        if "title" in element.attributen and element.naam not in {"link", "iframe"}:
            yield f"19: title op <{element.naam}>"
        if element.naam == "script" and (element.tekst or not element.attributen.get("src", "").startswith("/")):
            yield "csp: script in de pagina"
    ids = Counter(element.attributen["id"] for element in boom.alle() if "id" in element.attributen)
    yield from (f"4: id {naam} staat er {keer} keer" for naam, keer in ids.items() if keer > 1)
    for tabel in boom.alle("table"):
        yield from _tabelklachten(tabel)
    yield from _linkklachten(boom)


def _linkklachten(boom: Element) -> Iterator[str]:
    """Rule 18: in one place (a section, a list item, a menu) the same words lead to the same page.

    In a table the headers of the cell speak for the link.
    """
    doelen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for link, plek in _links(boom, ""):
        if not link.tekst and not list(link.alle("img")):
            yield f"18: link zonder tekst naar {link.attributen.get('href')}"
        if plek != "tabel":
            doelen[plek, link.tekst].add(link.attributen.get("href", ""))
    yield from (f"18: {tekst!r} leidt naar {sorted(naar)}" for (_, tekst), naar in doelen.items() if len(naar) > 1)


def _links(element: Element, plek: str) -> Iterator[tuple[Element, str]]:
    """Yield the links below an element, each with the place that gives it its meaning."""
    for kind in element.inhoud:
        if not isinstance(kind, Element):
            continue
        naam = kind.attributen.get("aria-labelledby") or kind.attributen.get("aria-label")
        if kind.naam == "table":
            hier = "tabel"
        elif kind.naam in {"nav", "section"}:
            hier = f"{kind.naam} {naam}"
        elif kind.naam == "li" and plek != "tabel":
            hier = f"{plek} {kind.tekst}"
        else:
            hier = plek
        if kind.naam == "a":
            yield kind, hier
        yield from _links(kind, hier)


def _soort(pad: str) -> tuple[str, bool]:
    """Return of which kind an address is, and whether others of that kind are the same page in another state.

    Those are the pages of a fixed version, which are made as those of the current one, and pages with a question.
    """
    deel = urlsplit(pad)
    route = "static" if pad.startswith("/static/") else resolve(deel.path).view_name
    vragen = ",".join(sorted(parse_qs(deel.query, keep_blank_values=True)))
    return f"{route} {vragen}".strip(), bool(vragen) or ":versie:" in route


class Kruiper:
    """One connection, one visit per address."""

    def __init__(self, site: Site, per_soort: int | None) -> None:
        self.site, self.per_soort = site, per_soort
        self.uitkomst = Kruip()
        self._verbinding = http.client.HTTPConnection(site.adres.removeprefix("http://"), timeout=60)
        self._wachtend = deque(["/"])

    def loop(self) -> Kruip:
        """Follow every link from the home page."""
        bekend = {"/"}
        while self._wachtend:
            pad = self._wachtend.popleft()
            for doel in self._bezoek(pad):
                if doel not in bekend and not doel.startswith(ADMIN):
                    bekend.add(doel)
                    self._wachtend.append(doel)
        uit = self.uitkomst
        uit.klachten += [
            f"{van}: #{anker} bestaat niet op {naar}"
            for van, naar, anker in uit.ankers
            if naar in uit.ids and anker not in uit.ids[naar]
        ]
        return uit

    def _vraag(self, pad: str) -> tuple[http.client.HTTPResponse, bytes]:
        self._verbinding.request("GET", pad)
        antwoord = self._verbinding.getresponse()
        return antwoord, antwoord.read()

    def _bezoek(self, pad: str) -> list[str]:
        """Look at one address; return where its links lead."""
        uit = self.uitkomst
        soort, herhaling = _soort(pad)
        uit.soorten[soort] += 1
        meeste = self.per_soort or (PER_HERHALING if herhaling else None)
        if meeste and uit.soorten[soort] > meeste:
            return []
        antwoord, inhoud = self._vraag(pad)
        uit.gezien[pad] = antwoord.status
        uit.klachten += [f"{pad}: {klacht}" for klacht in _kopklachten(antwoord, soort)]
        if antwoord.status != 200 or not antwoord.headers["Content-Type"].startswith("text/html"):
            return []
        return self._lees(pad, lees(inhoud.decode()))

    def _lees(self, pad: str, boom: Element) -> list[str]:
        uit = self.uitkomst
        uit.klachten += [f"{pad}: {klacht}" for klacht in _paginaklachten(boom)]
        # With amounts per inhabitant, in euros or as a change the table has another unit than the chart, which says so.
        if "bedragen=" not in pad and "jaren=" not in pad:
            uit.klachten += [f"{pad}: {klacht}" for klacht in _grafiekklachten(boom)]
        uit.ids[urldefrag(pad).url] = {e.attributen["id"] for e in boom.alle() if "id" in e.attributen}
        uit.titels[next(boom.alle("title")).tekst].add(_canoniek(boom, pad))
        doelen = []
        for element in boom.alle("a", "link", "form", "script", "img"):
            adres = next((element.attributen[n] for n in ("href", "action", "src") if n in element.attributen), "")
            if not adres or element.attributen.get("method", "").lower() == "post":
                continue
            deel = urlsplit(urljoin(pad, adres))
            if deel.scheme or deel.netloc:
                if element.naam in {"link", "script", "img"} and element.attributen.get("rel") != "canonical":
                    uit.klachten.append(f"{pad}: haalt {adres} elders")
                continue
            doel = deel.path + (f"?{deel.query}" if deel.query else "")
            doelen.append(doel)
            if deel.fragment:
                uit.ankers.append((pad, doel, deel.fragment))
        return doelen


def _kopklachten(antwoord: http.client.HTTPResponse, soort: str) -> Iterator[str]:
    """What an answer must carry: found, no cookie, kept by everybody, a strict policy."""
    if antwoord.status != 200:
        yield str(antwoord.status)
        return
    if antwoord.headers["Set-Cookie"] or "Cookie" in (antwoord.headers["Vary"] or ""):
        yield "koekje"
    if soort == "static":
        return
    if "public" not in (antwoord.headers["Cache-Control"] or ""):
        yield f"Cache-Control {antwoord.headers['Cache-Control']}"
    if "'unsafe-inline'" in (antwoord.headers["Content-Security-Policy"] or "'unsafe-inline'"):
        yield "geen streng beleid"


def _canoniek(boom: Element, pad: str) -> str:
    """Return the path that a page calls its own."""
    eigen = (link.attributen["href"] for link in boom.alle("link") if link.attributen.get("rel") == "canonical")
    return urlsplit(next(eigen, pad)).path


def _kruip(site: Site, per_soort: int | None) -> Kruip:
    uitkomst = Kruiper(site, per_soort).loop()
    uitkomst.klachten += [
        f"2: titel {titel!r} op {sorted(paden)}"
        for titel, paden in uitkomst.titels.items()
        if len({re.sub(r"/versie/\d+/", "/", pad) for pad in paden}) > 1
    ]
    return uitkomst


@pytest.mark.lang
def test_een_paar_van_elke_soort(site: Site) -> None:
    """The short run: a few pages of each type keep every rule that HTML can show."""
    uitkomst = _kruip(site, PER_SOORT)

    assert uitkomst.klachten == []
    assert {"programma:home", "programma:document", "programma:programma"} <= set(uitkomst.soorten)


@pytest.mark.lang
def test_elke_link_vanaf_de_voorpagina(site: Site) -> None:
    """Every page of the current versions that can be reached answers, and keeps every rule that HTML can show."""
    uitkomst = _kruip(site, None)

    assert uitkomst.klachten == []
    assert set(uitkomst.gezien.values()) == {200}
    assert len(uitkomst.gezien) > 1_000
