"""Embargo: a concept full of words that stand nowhere else, and nobody without an account finds one of them.

A positive control comes with it: the auditor finds every word, and so does anybody after publication.
"""

from __future__ import annotations

import http.client
import io
import json
import random
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser.conftest import Site
from tests.duurproef.klant import Klant
from tests.pdf import open_pdf, teksten

pytestmark = pytest.mark.lang

KANARIE = re.compile(rb"kanarie(\d{3})zwijgt")
# What was asked for may come back in the answer: nobody asks for a whole word, and who asks for the amount knows it.
BEDRAG = re.compile(rb"7\.?777\.?777")
# The other document stays a concept. A change that no amount names, the explanation of a total that fits, and that of a
# goal that is not there, stand on no page.
NOOIT_OPENBAAR = {
    *("Document.titel", "Wijziging.titel", "Wijziging.raadsbesluit"),
    *("GedruktTotaal.toelichting", "Doel.toelichting"),
}
BESTANDEN = (
    "/uitvoer/", "/begroting.csv", "/begroting.json", "/begroting.xlsx", "/narekenen.xlsx", "/dossier.zip",
    "/SHA256SUMS", "/datapackage.json", "/aansluiting/", "/aansluiting.csv", "/aansluiting.pdf", "/autorisatie/",
    "/autorisatie.csv", "/uitvoer/?programma=77", "/begroting.csv?programma=77&vorm=excel", "/begroting.json?x=1",
)  # fmt: skip
INGEPAKT = (b"PK\x03\x04", b"%PDF")
NIET_IN_DOSSIER = {"Document.titel"}
STAPPEN = Path(__file__).with_name("kanaries.py").read_text(encoding="utf-8")
AANTAL = 10_000
TEGELIJK = 8
SLUG = "programmabegroting-2025"
HERKOMST = f"/{SLUG}/programma/programma-1-veiligheid/?herkomst=1"
# Where to guess: what exists, what exists in the concept only, what exists nowhere.
DOCUMENTEN = (SLUG, "kadernota-2031", "programmabegroting-2031", "iv3-begroting-2025")
PROGRAMMAS = ("programma-1-veiligheid", "programma-77-kanarie", "programma-9-niets")
PAKKETTEN = ("1e", "1z", "77a", "9q")
WAT = ("kanarie-regel", "77a-lasten", "lasten", "saldo", "1e-lasten-1", "niets")
PARTIJEN = ("kanarie-partij", "veiligheidsregio-flevoland", "niets")
VRAGEN = (
    "q=kanarie", "q=kanarie001", "q=7777777", "q=-7.777.777", "q=zwijgt", "bedragen=euro", "jaren=2025", "herkomst=1",
    "vorm=excel", "vorm=json", f"a={SLUG}/1&b={SLUG}/2", f"a={SLUG}/2&b={SLUG}/1", "a=kadernota-2031/1",
    "programma=77", "pakket=77a&pakket=77A", "jaar=2025&soort=lasten", "gewijzigd_sinds=2020-01-01", "alles=1",
    "aantal=200&zaad=1", "controle=optelling", "sinds=2020-01-01",
    "versie=2", "preview=1", "status=concept", "format=json", "p=2", "q=%27%20OR%201=1--", "next=/beheer/voorbeeld/2/",
)  # fmt: skip
KOPPEN = (
    {}, {"Cookie": "sessionid=raad-maar-wat"}, {"Accept": "application/json"}, {"X-Forwarded-For": "127.0.0.1"},
    {"Range": "bytes=0-"}, {"X-HTTP-Method-Override": "PUT"}, {"If-None-Match": "*"},
    {"Authorization": "Basic cmVkOng="},
    {"X-Original-URL": "/beheer/"}, {"X-Requested-With": "XMLHttpRequest"}, {"Accept-Encoding": "identity"},
)  # fmt: skip


@dataclass(frozen=True)
class Embargo:
    """A site with a concept full of words: version `nummer` with key `versie`; per word the field that holds it."""

    site: Site
    versie: int
    nummer: int
    woorden: dict[bytes, str]


@pytest.fixture(scope="module")
def embargo(eigen_site: Site) -> Embargo:
    """Fill the concept."""
    uit = eigen_site.manage("shell", "--no-imports", "--command", f"{STAPPEN}\nmaak()")
    versie, nummer = re.search(r"VERSIE (\d+) (\d+)", uit).groups()
    woorden = {nummer.encode(): veld for nummer, veld in re.findall(r"WOORD (\d+) (\S*)", uit)}
    return Embargo(eigen_site, int(versie), int(nummer), woorden)


def _patronen(resolver: URLResolver, voor: str = "") -> Iterator[str]:
    """Yield every address pattern of the site, its parts as {name}."""
    for deel in resolver.url_patterns:
        pad = voor + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(deel.pattern).removeprefix("^").removesuffix("$"))
        if isinstance(deel, URLPattern):
            yield pad.replace("\\", "")
        else:
            yield from _patronen(deel, pad)


def _adressen(toeval: random.Random, versie: int) -> Iterator[str]:
    """Yield addresses without end: each pattern filled with guesses, often with a query."""
    patronen = [pad for pad in _patronen(get_resolver()) if "(?" not in pad]
    while True:
        nummers = [1, 2, 3, versie, versie + 1, toeval.randrange(1, 60)]
        delen = {
            "document": toeval.choice(DOCUMENTEN),
            "programma": toeval.choice(PROGRAMMAS),
            "pakket": toeval.choice(PAKKETTEN),
            "wat": toeval.choice(WAT),
            "kolom": toeval.choice(["primair-2025", "na-wijziging-2024", "primair-2031"]),
            "partij": toeval.choice(PARTIJEN),
            "slug": toeval.choice([*PARTIJEN, "misdrijven"]),
        }
        pad = toeval.choice(patronen)
        for naam in re.findall(r"\{(\w+)\}", pad):
            pad = pad.replace(f"{{{naam}}}", str(delen.get(naam, toeval.choice(nummers))))
        vraag = "&".join(toeval.sample(VRAGEN, toeval.randrange(3)))
        yield f"/{quote(pad, safe='/@.-_~')}{'?' + vraag if vraag else ''}"


def _vraag(verbinding: http.client.HTTPConnection, methode: str, pad: str, koppen: dict[str, str]) -> tuple[int, bytes]:
    verbinding.request(methode, pad, headers={"Accept-Encoding": "identity", **koppen})
    antwoord = verbinding.getresponse()
    kop = "\n".join(f"{naam}: {waarde}" for naam, waarde in antwoord.getheaders()).encode()
    return antwoord.status, kop + b"\n\n" + antwoord.read()


def leesbaar(inhoud: bytes) -> bytes:
    """Return what stands in a file, also in what is packed in it: workbooks, dossiers and print hide their words."""
    if inhoud.startswith(b"%PDF"):
        return "".join(teksten(open_pdf(inhoud))).encode()
    if not inhoud.startswith(INGEPAKT):
        return inhoud
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
        return b"\n".join(naam.encode() + b"\n" + leesbaar(pak.read(naam)) for naam in pak.namelist())


def _bestook(embargo: Embargo, zaad: int, aantal: int) -> tuple[list[str], int]:
    """Ask so many things as anybody; return where a word was found, and how many answers were a failure."""
    toeval = random.Random(zaad)  # noqa: S311
    verbinding = http.client.HTTPConnection(embargo.site.adres.removeprefix("http://"), timeout=60)
    gelekt, kapot = [], 0
    ingepakt: dict[bytes, str] = {}
    adressen = _adressen(toeval, embargo.versie)
    for _ in range(aantal):
        pad = next(adressen)
        methode = toeval.choice(["GET"] * 8 + ["HEAD", "POST"])
        status, alles = _vraag(verbinding, methode, pad, toeval.choice(KOPPEN))
        kapot += status >= 500
        if KANARIE.search(alles) or ("777" not in pad and BEDRAG.search(alles)):
            gelekt.append(f"{methode} {pad}")
        inhoud = alles.partition(b"\n\n")[2]
        if inhoud.startswith(INGEPAKT):
            ingepakt[inhoud] = pad
    # Afterwards, and each once: the server does not wait long for the next question.
    for inhoud, pad in ingepakt.items():
        tekst = leesbaar(inhoud)
        assert len(tekst) > len(pad), f"nothing to read in {pad}"
        if KANARIE.search(tekst) or BEDRAG.search(tekst):
            gelekt.append(f"GET {pad}, unpacked")
    return gelekt, kapot


def test_tienduizend_vragen_en_geen_woord(embargo: Embargo) -> None:
    """All routes, guessed keys, formats, parameters, headers, methods, search: no word of the concept, and no 500."""
    with ThreadPoolExecutor(TEGELIJK) as ploeg:
        uitkomsten = list(ploeg.map(lambda zaad: _bestook(embargo, zaad, AANTAL // TEGELIJK), range(TEGELIJK)))

    assert [pad for gelekt, _ in uitkomsten for pad in gelekt] == []
    assert sum(kapot for _, kapot in uitkomsten) == 0


@pytest.mark.parametrize(
    ("concept", "nergens"),
    [
        (f"/{SLUG}/versie/{{nummer}}/", f"/{SLUG}/versie/77/"),
        (f"/{SLUG}/versie/{{nummer}}/programma/programma-1-veiligheid/", f"/{SLUG}/versie/77/programma/x/"),
        (f"/{SLUG}/programma/programma-77-kanarie/", f"/{SLUG}/programma/niets/"),
        (f"/{SLUG}/programma/programma-77-kanarie/begroting.csv", f"/{SLUG}/programma/niets/begroting.csv"),
        ("/kadernota-2031/", "/kadernota-2032/"),
        *(
            (f"/{document}{naam}", f"/{nergens}{naam}")
            for document, nergens in ((f"{SLUG}/versie/{{nummer}}", f"{SLUG}/versie/77"), ("kadernota-2031", "niets"))
            for naam in BESTANDEN
        ),
        ("/verbonden-partijen/kanarie-partij/", "/verbonden-partijen/niets/"),
    ],
)
def test_een_concept_antwoordt_als_onzin(embargo: Embargo, concept: str, nergens: str) -> None:
    """404, with the same bytes."""
    verbinding = http.client.HTTPConnection(embargo.site.adres.removeprefix("http://"), timeout=60)

    antwoorden = []
    for pad in (concept.format(nummer=embargo.nummer), nergens):
        verbinding.request("GET", pad)
        antwoord = verbinding.getresponse()
        antwoorden.append((antwoord.status, antwoord.read()))

    assert antwoorden[0] == antwoorden[1]
    assert antwoorden[0][0] == 404


def _gevonden(teksten: Iterator[str]) -> set[bytes]:
    return {woord for tekst in teksten for woord in KANARIE.findall(tekst.encode())}


def _links(tekst: str, wortel: str) -> set[str]:
    return {pad for pad in re.findall(r'href="(/[^"?#]*/)["?#]', tekst) if pad.startswith(wortel)}


def _kruip(klant: Klant, wortels: tuple[str, ...]) -> Iterator[str]:
    """Yield every page under these roots that links lead to."""
    wachtend, gezien = list(wortels), set(wortels)
    while wachtend:
        antwoord = klant.lees(wachtend.pop())
        if antwoord.status != 200:
            continue
        yield antwoord.tekst
        nieuw = {pad for wortel in wortels for pad in _links(antwoord.tekst, wortel)} - gezien
        gezien |= nieuw
        wachtend += sorted(nieuw)


def _auditor(embargo: Embargo) -> Klant:
    accounts = json.loads(Path(embargo.site.omgeving["VAR"], "demo-accounts.json").read_text(encoding="utf-8"))
    auditor = Klant(embargo.site.adres, lambda: None)
    auditor.meld_aan("auditor", accounts["auditor"])
    return auditor


def test_de_auditor_vindt_elk_woord_in_de_bestanden(embargo: Embargo) -> None:
    """The files can be read by these eyes: each export of the concept holds its words, the history all of them."""
    auditor, wortel = _auditor(embargo), f"/beheer/controle/{embargo.versie}/"

    def velden(pad: str) -> set[str]:
        gevonden = KANARIE.findall(leesbaar(auditor.haal(pad)))
        return {embargo.woorden[woord] for woord in gevonden if woord in embargo.woorden}

    for naam in ("begroting.csv", "begroting.json", "begroting.xlsx", "narekenen.xlsx", "steekproef.csv"):
        vraag = "?aantal=200&zaad=1" if naam == "steekproef.csv" else ""
        assert "Begrotingsregel.omschrijving" in velden(f"{wortel}{naam}{vraag}"), naam
    for naam, veld in (("autorisatie.csv", "Programma.naam"), ("aansluiting.csv", "Pakket.naam")):
        assert veld in velden(f"{wortel}{naam}"), naam
    alle = set(embargo.woorden.values())
    gemist = {pad: alle - velden(pad) for pad in (f"{wortel}dossier.zip", "/beheer/controle/wijzigingslog.csv")}
    assert list(gemist.values()) == [NIET_IN_DOSSIER, set()]


def test_de_auditor_ziet_elk_woord_en_na_publicatie_iedereen(embargo: Embargo) -> None:
    """The test above can fail: the words are there for who may see them, and for everybody once they are published."""
    auditor = _auditor(embargo)
    wortels = (
        f"/beheer/voorbeeld/{embargo.versie}/",
        "/beheer/programma/document/",
        f"/beheer/historie/versie/{embargo.versie}/",
        f"/beheer/programma/versie/{embargo.versie}/",
    )

    assert set(embargo.woorden) - _gevonden(_kruip(auditor, wortels)) == set()

    embargo.site.manage("shell", "--no-imports", "--command", f"{STAPPEN}\npubliceer()")
    lezer = Klant(embargo.site.adres, lambda: None)
    openbaar = _gevonden(_kruip(lezer, (f"/{SLUG}/", "/verbonden-partijen/", HERKOMST)))
    assert {embargo.woorden[woord] for woord in set(embargo.woorden) - openbaar} == NOOIT_OPENBAAR
