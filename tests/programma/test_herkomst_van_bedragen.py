"""The pages of a figure and of a pakket, on a published budget: same figures, same links, nothing of a concept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest
from django.test import Client

from indicatoren import inlezen
from programma import publicatie
from programma.cijfer import kolomwoord, pakketwoord
from programma.demo.begroting import laad_en_publiceer
from programma.demo.iv3 import laad_en_publiceer as laad_iv3
from programma.inlezen import lees_taakvelden
from programma.lezing import bedrag as lezing
from programma.models import Bedrag, Begrotingsregel, Bron, Kolom, Pakket, Programma, Taakveld, Versie, Wijziging
from programma.pagina.cijfer import ALLEEN_DEZE_REGELS
from programma.raming import Kolom as Kolomnaam
from tests.bouwers import JAAR, KOLOMMEN, Rollen, maak_concept, maak_gepubliceerd, maak_regel, publiceer
from tests.programma.pagina.test_html import Element, lees
from veiligheid.formatting import duizenden
from veiligheid.namens import namens

Tel = Callable[[int], AbstractContextManager[object]]
WORTEL = "/programmabegroting-2025/"
PROGRAMMA = WORTEL + "programma/programma-1/"
DEMO = WORTEL + "programma/programma-1-veiligheid/"
NU = "primair-2025/"
D = Decimal


def boom(client: Client, pad: str) -> Element:
    """Return the page at an address."""
    antwoord = client.get(pad)
    assert antwoord.status_code == 200, pad
    return lees(antwoord.content.decode())


def rij(tabel: Element, kop: str) -> list[Element]:
    """Return the cells of the only row with this header (without its hidden prefix)."""
    (gevonden,) = [tr for tr in tabel.alle("tr") if any(th.tekst.endswith(kop) for th in tr.alle("th"))]
    return list(gevonden.alle("td"))


def totaal(pagina: Element) -> str:
    """Return the amount in the last row of table 1 of a figure's page: its total."""
    (tabel,) = [vak for vak in pagina.alle("table") if vak.attributen["class"] == "geld opbouw"]
    *_, laatste = tabel.alle("tr")
    assert laatste.attributen["class"] == "eind"
    return next(laatste.alle("td")).tekst


@pytest.fixture
def demo(rollen: Rollen, settings) -> Versie:
    """The budget of the demonstration, published."""
    fixtures = settings.BASE_DIR / "fixtures"
    inlezen.lees_indicatoren(fixtures / "indicatoren.csv")
    lees_taakvelden(fixtures / "taakvelden.csv")
    return laad_en_publiceer(fixtures / "demo", redacteur=rollen.redacteur, publicist=rollen.publicist)


def tabelcellen(pagina: Element) -> Iterator[tuple[str, str, str]]:
    """Yield of each money table the cells that are a link: what stands there, the address, the class of the cell."""
    for tabel in pagina.alle("table"):
        for td in tabel.alle("td"):
            for link in td.alle("a"):
                yield link.tekst, link.attributen["href"], td.attributen.get("class", "")


class TestDeDemo:
    """Every cell of the demonstration."""

    def test_elke_cel_is_op_haar_pagina_hetzelfde_bedrag(self, client: Client, demo: Versie) -> None:
        """On the page of the programme and of each pakket: each cell with a page of its own."""
        tabellen = [
            DEMO + "?bedragen=euro&herkomst=1",
            *(f"{DEMO}pakket/{code}/?bedragen=euro&herkomst=1" for code in ("1e", "1f", "1z")),
        ]
        cellen = [cel for pad in tabellen for cel in tabelcellen(boom(client, pad))]
        gezien: dict[str, str] = {}
        for tekst, href, _ in cellen:
            assert gezien.setdefault(href, tekst) == tekst
        assert len(cellen) > 100

        for href, tekst in gezien.items():
            assert totaal(boom(client, href)) == tekst, href
            if NU in href:
                machine = json.loads(client.get(f"{href}gegevens.json").content)
                assert D(machine["euro"]) == D(tekst.replace(".", "").replace("−", "-")), href

    def test_elk_bedrag_van_het_documentjaar_is_een_link(self, client: Client, demo: Versie) -> None:
        for pad, kolom in ((DEMO, NU), (WORTEL, NU), (f"{DEMO}pakket/1f/", NU)):
            pagina = boom(client, pad)
            geld = [tabel for tabel in pagina.alle("table") if "geld" in tabel.attributen.get("class", "").split()]
            nu = [td for tabel in geld for td in tabel.alle("td") if td.attributen.get("class") == "getal nu"]
            links = [link for td in nu for link in td.alle("a")]

            assert len(nu) == len(links) > 0
            assert all(kolom in link.attributen["href"] for link in links)

    def test_elke_link_komt_aan(self, client: Client, demo: Versie) -> None:
        paden = [
            DEMO,
            WORTEL,
            f"{DEMO}pakket/1e/",
            f"{DEMO}pakket/1z/",
            f"{DEMO}bedrag/lasten/{NU}",
            f"{DEMO}bedrag/resultaat/{NU}",
            f"{WORTEL}bedrag/saldo/{NU}",
        ]
        links = {
            (pad, link.attributen["href"].split("#")[0])
            for pad in paden
            for link in boom(client, pad).alle("a", "link")
        }

        binnen = {href for _, href in links if href.startswith("/") and not href.startswith("/static/")}
        assert {href: client.get(href).status_code for href in binnen} == dict.fromkeys(binnen, 200)
        assert len(binnen) > 30

    def test_de_bladzijde_van_een_cel(self, client: Client, demo: Versie) -> None:
        pagina = boom(client, f"{DEMO}bedrag/1e-lasten/{NU}")
        (h1,) = pagina.alle("h1")

        assert h1.tekst == "€ 3.516.000 lasten, 1E Rampenbestrijding en crisisorganisatie, primaire begroting 2025"
        assert "Dit bedrag staat in de Programmabegroting 2025, versie 1, aangeboden aan de raad." in pagina.tekst
        assert "begroting.csv" in pagina.met_id("bron").tekst and "rij 4, kolom bedrag_x_1000" in pagina.tekst
        assert "(3.516.000 − 3.381.000) ÷ 3.381.000 = +4,0%" in pagina.met_id("berekening").tekst
        assert f"/versie/1/programma/programma-1-veiligheid/bedrag/1e-lasten/{NU}" in pagina.met_id("citeren").tekst

    def test_een_totaal_toont_elke_regel_en_elk_pakket(self, client: Client, demo: Versie) -> None:
        pagina = boom(client, f"{DEMO}bedrag/lasten/{NU}")

        for kop in ("Totaal 1F", "regel 1f-lasten-1"):
            assert rij(pagina, kop)[0].tekst == "−3.070.000"
        assert "Dit totaal staat ook gedrukt in de bron. Het is nagerekend en klopt." in pagina.tekst

    def test_een_afgeleid_totaal_noemt_zijn_som(self, client: Client, demo: Versie) -> None:
        tekst = boom(client, f"{DEMO}bedrag/resultaat/{NU}").met_id("berekening").tekst

        assert "Resultaat = saldo van lasten en baten + toevoegingen aan reserves + onttrekkingen aan reserves" in tekst
        assert "Dat is −€ 6.416.000 + € 0 + € 41.000 = −€ 6.375.000." in tekst

    def test_de_restpost_heeft_ook_een_pagina(self, client: Client, demo: Versie) -> None:
        pagina = boom(client, f"{DEMO}pakket/1z/")

        assert "Dit is de restpost van het programma" in pagina.tekst
        assert rij(pagina, "Totaal onttrekkingen")[2].tekst == "41"
        assert [link.tekst for link in pagina.alle("a") if link.tekst.startswith("Vorige")] == [
            "Vorige1F Integraal veiligheidsbeleid en openbare orde"
        ]

    def test_van_programma_naar_pakket(self, client: Client, demo: Versie) -> None:
        links = {link.tekst: link.attributen["href"] for link in boom(client, DEMO).alle("a")}

        assert links["Alles over pakket 1E"] == f"{DEMO}pakket/1e/"
        assert links["1Z Niet in pakketjes opgenomen"] == f"{DEMO}pakket/1z/"

    def test_alle_bedragen_een_link(self, client: Client, demo: Versie) -> None:
        weinig, veel = (len(list(tabelcellen(boom(client, DEMO + vraag)))) for vraag in ("", "?herkomst=1"))

        assert (weinig, veel) == (9, 54)
        (canoniek,) = [
            link for link in boom(client, DEMO + "?herkomst=1").alle("link") if link.attributen["rel"] == "canonical"
        ]
        assert canoniek.attributen["href"] == DEMO


def nu_cellen(pagina: Element) -> Iterator[Element]:
    """Yield the cells of the document year that hold a number."""
    for tabel in pagina.alle("table"):
        for td in tabel.alle("td"):
            if "nu" in td.attributen.get("class", "").split() and re.search(r"\d", td.tekst):
                yield td


def kruip(client: Client, paden: list[str]) -> tuple[int, int]:
    """Demand of each page that every number of the document year is a link that arrives; return (numbers, links).

    Of a page at such a link the same is demanded; every other internal link must arrive as well.
    """
    aantal, bezocht = 0, dict[str, int]()
    wachtrij = list(paden)
    while wachtrij:
        pad = wachtrij.pop()
        if pad in bezocht:
            continue
        antwoord = client.get(pad)
        bezocht[pad] = antwoord.status_code
        assert antwoord.status_code == 200, pad
        if pad not in paden and not ("/bedrag/" in pad and pad.endswith("/")):
            continue
        pagina = lees(antwoord.content.decode())
        for td in nu_cellen(pagina):
            links = [link.attributen["href"] for link in td.alle("a")]
            assert links, (pad, td.tekst)
            aantal += 1
            wachtrij += [href.split("#")[0] for href in links]
        if pad in paden:
            binnen = [link.attributen["href"].split("#")[0] for link in pagina.alle("a")]
            wachtrij += [href for href in binnen if href.startswith("/") and not href.startswith("/static/")]
    return aantal, len(bezocht)


def bladen(versie: Versie, pakketten: int) -> list[str]:
    """Return the pages of a document: itself, its programmes, and so many pakketten of each."""
    wortel = f"/{versie.document.slug}/"
    paden = [wortel]
    for programma in Programma.objects.filter(versie=versie):
        paden.append(f"{wortel}programma/{programma.slug}/")
        codes = Pakket.objects.filter(programma=programma).values_list("code", flat=True)[:pakketten]
        paden += [f"{paden[-1]}pakket/{pakketwoord(code)}/" for code in codes]
    return paden


class TestElkBedragHeeftHerkomst:
    """On every kind of page, each number of the document year is a link to where it comes from."""

    def test_in_de_demo(self, client: Client, demo: Versie) -> None:
        overal = ["/", "/vergelijken/", "/verbonden-partijen/", "/indicatoren/"]
        for lijst in overal[2:]:
            links = [a.attributen["href"] for a in next(boom(client, lijst).alle("main")).alle("a")]
            overal += [href for href in links if re.fullmatch(f"{lijst}[a-z0-9-]+/", href)][:3]
        aantal, adressen = kruip(client, [*overal, *bladen(demo, 9), f"{DEMO}bedrag/1e-saldo/{NU}"])

        assert len(overal) > 5 and aantal > 25 and adressen > 60

    @pytest.mark.lang
    def test_in_cijfers_voor_het_cbs(self, client: Client, rollen: Rollen, settings) -> None:
        fixtures = settings.BASE_DIR / "fixtures"
        lees_taakvelden(fixtures / "taakvelden.csv")
        wie = {"redacteur": rollen.redacteur, "publicist": rollen.publicist}
        versies = laad_iv3(fixtures, "GM0303", **wie)
        (versie,) = [rij for rij in versies if rij.document.slug == "iv3-begroting-2025"]
        wortel = f"/{versie.document.slug}/"

        vergelijking = "/vergelijken/?a=iv3-begroting-2024/1&b=iv3-begroting-2025/1"
        aantal, _ = kruip(client, [vergelijking, *bladen(versie, 1)[:3]])
        assert aantal > 50
        tel_na(client, wortel, r"/bedrag/(hoofdtaakveld-0|taakveld-0\.1|taakveld-6\.71)")


def tel_na(client: Client, wortel: str, welke: str = "") -> set[str]:
    """Demand of each figure in table 2 that its page has the same amount, from parts that have it too; return them."""
    (tweede,) = [vak for vak in boom(client, wortel).alle("table") if "lang" in vak.attributen["class"].split()]
    gezien: set[str] = set()
    for tr in tweede.alle("tr"):
        for td in tr.alle("td"):
            for link in td.alle("a"):
                href = link.attributen["href"]
                if not re.search(welke, href):
                    continue
                machine = json.loads(client.get(f"{href}gegevens.json").content)
                assert duizenden(D(machine["euro"])) == link.tekst, href
                pagina = boom(client, href)
                cijfers = D(totaal(pagina).replace(".", "").replace(",", ".").replace("−", "-"))
                assert cijfers == D(machine["euro"]), href
                delen = machine.get("delen", ())
                assert not delen or sum(D(deel["euro"]) for deel in delen) == cijfers
                for deel in delen[:5]:
                    onder = json.loads(client.get(f"{deel['adres']}gegevens.json").content)
                    if deel.get("onderschrift") != ALLEEN_DEZE_REGELS:
                        assert onder["euro"] == deel["euro"], deel["adres"]
                gezien.add(href)
    assert gezien
    return gezien


class TestTaakvelden:
    """The figures per taakveld of table 2 on the page of a document."""

    @pytest.fixture
    def gemengd(self, rollen: Rollen) -> Versie:
        """A budget of two programmes: a pakket half with a taakveld, one without, and a taakveld in both."""
        versie = maak_concept(rollen, 3)
        with namens(rollen.redacteur.pk):
            kolommen = list(Kolom.objects.filter(versie=versie))
            velden = [
                Taakveld.objects.create(code=code, naam=f"Veld {code}", geldig_van=2017) for code in ("0.1", "0.10")
            ]
            for nummer, (code, veld) in enumerate([("1A", 0), ("2A", 0), ("2A", 1)]):
                pakket = Pakket.objects.get(versie=versie, code=code)
                regel = maak_regel(versie, pakket, kolommen, "lasten", D(-1500 - nummer), f"extra-{nummer}")
                Begrotingsregel.objects.filter(pk=regel.pk).update(taakveld=velden[veld])
        return publiceer(versie, rollen)

    def test_elk_cijfer_is_op_zijn_pagina_hetzelfde(self, client: Client, demo: Versie) -> None:
        gezien = tel_na(client, WORTEL)

        assert f"{WORTEL}bedrag/taakveld-1.1-saldo/{NU}" in gezien and f"{WORTEL}bedrag/lasten/{NU}" in gezien
        assert f"{DEMO}bedrag/1z-lasten/{NU}" in gezien or f"{WORTEL}bedrag/hoofdtaakveld-1-lasten/{NU}" in gezien

    def test_met_en_zonder_taakveld(self, client: Client, gemengd: Versie) -> None:
        (tabel,) = [vak for vak in boom(client, WORTEL).alle("table") if "lang" in vak.attributen["class"].split()]
        lasten = {
            tr_kop: rij(tabel, tr_kop)[0]
            for tr_kop in ("0.1 Veld 0.1", "0.10 Veld 0.10", "Pakket 1A", "Pakket 3A", "Totaal Zonder taakveld")
        }
        naar = {kop: next(td.alle("a")).attributen["href"] for kop, td in lasten.items()}

        assert naar == {
            "0.1 Veld 0.1": f"{WORTEL}bedrag/taakveld-0.1-lasten/{NU}",
            "0.10 Veld 0.10": f"{WORTEL}bedrag/taakveld-0.10-lasten/{NU}",
            # Only of pakket 3A no line has a taakveld: there the row is its cell.
            "Pakket 1A": f"{WORTEL}bedrag/taakveld-~-lasten/{NU}",
            "Pakket 3A": f"{WORTEL}programma/programma-3/bedrag/3a-lasten/{NU}",
            "Totaal Zonder taakveld": f"{WORTEL}bedrag/hoofdtaakveld-~-lasten/{NU}",
        }
        assert totaal(boom(client, naar["0.1 Veld 0.1"])) == "−3.001"
        assert totaal(boom(client, naar["0.10 Veld 0.10"])) == "−1.502"
        for kop in ("Pakket 1A", "Totaal Zonder taakveld"):
            assert totaal(boom(client, naar[kop])) == "−6.000"

    def test_per_regel_met_haar_programma_en_pakket(self, client: Client, gemengd: Versie) -> None:
        pagina = boom(client, f"{WORTEL}bedrag/taakveld-0.1-lasten/{NU}")
        (h1,) = pagina.alle("h1")
        (tabel,) = [vak for vak in pagina.alle("table") if vak.attributen["class"] == "geld opbouw"]

        assert h1.tekst == "€ 3.001 lasten, taakveld 0.1 Veld 0.1, primaire begroting 2025"
        assert [(tekst, href) for tekst, href, _ in tabelcellen(pagina)] == [
            ("−1.500", f"{PROGRAMMA}bedrag/extra-0/{NU}"),
            ("−1.501", f"{WORTEL}programma/programma-2/bedrag/extra-1/{NU}"),
        ]
        koppen = [tr.tekst for tr in tabel.alle("tr") if tr.attributen.get("class") == "groep"]
        assert koppen == ["Programma 1 Programma 1, 1A Pakket 1A", "Programma 2 Programma 2, 2A Pakket 2A"]
        assert "De som van twee bedragen: −€ 1.500 − € 1.501 = −€ 3.001." in pagina.met_id("berekening").tekst

    def test_het_saldo_is_een_som(self, client: Client, gemengd: Versie) -> None:
        pagina = boom(client, f"{WORTEL}bedrag/taakveld-0.1-saldo/{NU}")

        assert "Saldo van lasten en baten = lasten + baten. Dat is −€ 3.001 + € 0" in pagina.met_id("berekening").tekst
        assert "geen enkel bedrag" in boom(client, f"{WORTEL}bedrag/taakveld-0.1-baten/{NU}").tekst

    def test_heel_veel_regels_staan_per_pakket(
        self, client: Client, gemengd: Versie, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lezing, "MEESTE_BEDRAGEN", 1)
        pagina = boom(client, f"{WORTEL}bedrag/taakveld-0.1-lasten/{NU}")

        assert totaal(pagina) == "−3.001" and ALLEEN_DEZE_REGELS in pagina.tekst
        assert [href for _, href, _ in tabelcellen(pagina)] == [
            f"{PROGRAMMA}bedrag/1a-lasten/{NU}",
            f"{WORTEL}programma/programma-2/bedrag/2a-lasten/{NU}",
        ]

    def test_in_het_voorbeeld_en_op_het_vaste_adres(self, client: Client, gemengd: Versie, rollen: Rollen) -> None:
        vast = boom(client, f"{WORTEL}versie/1/bedrag/taakveld-0.1-lasten/{NU}")
        assert {href.split("programma/")[0] for _, href, _ in tabelcellen(vast)} == {f"{WORTEL}versie/1/"}

        concept = publicatie.maak_concept(gemengd, door=rollen.redacteur)
        client.force_login(rollen.auditor)
        wortel = f"/beheer/voorbeeld/{concept.pk}/"
        links = [href for _, href, _ in tabelcellen(boom(client, wortel))]
        assert links and {href[: len(wortel)] for href in links} == {wortel}


class TestOnzin:
    """What does not exist answers as any page that is not there."""

    def test_niet_gevonden(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen, 2)
        paden = [
            *("pakket/9x/", "pakket/1A/", "pakket/%00/", "pakket/1a%2f/", "bedrag/lasten/primair-1999/"),
            *("bedrag/lasten/primair/", "bedrag/lasten/PRIMAIR-2025/", "bedrag/lasten/na_wijziging-2024/"),
            *(
                f"bedrag/{wat}/{NU}"
                for wat in ("9x-lasten", "1a-toevoegingen", "1a-", "onbekend", "%F0%9F%A6%84", "%00", "..")
            ),
            *(f"bedrag/{'r' * 5000}/{NU}", f"bedrag/p2-lasten/{NU}", f"bedrag/p1-lasten/{NU}gegevens.xml"),
        ]

        assert {pad: client.get(PROGRAMMA + pad).status_code for pad in paden} == dict.fromkeys(paden, 404)

    def test_van_het_document_bestaan_alleen_totalen(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)

        niet = ("taakveld-1.1-lasten", "taakveld-~-resultaat", "hoofdtaakveld-1-saldo", "taakveld-saldo", "-lasten")
        for pad in ("bedrag/lasten/x-2025/", *(f"bedrag/{wat}/{NU}" for wat in ("1a-lasten", "p1-lasten", *niet))):
            assert client.get(WORTEL + pad).status_code == 404, pad
        assert client.get(WORTEL + f"bedrag/toevoegingen/{NU}").status_code == 200

    def test_vreemde_vragen(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)

        for vraag in ("?herkomst=", "?herkomst=2&bedragen=x", "?herkomst=1&jaren=1,,2"):
            for pad in ("", "pakket/1a/", f"bedrag/p1-lasten/{NU}"):
                assert client.get(PROGRAMMA + pad + vraag).status_code == 200

    def test_een_regel_zonder_bedrag_heeft_een_pagina(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with namens(rollen.redacteur.pk):
            maak_regel(versie, Pakket.objects.get(versie=versie), [], "toevoeging", 0, "leeg")
        publiceer(versie, rollen)

        for wat in ("leeg", "1a-toevoeging", "1a-onttrekking", "toevoegingen"):
            pagina = boom(client, f"{PROGRAMMA}bedrag/{wat}/{NU}")
            assert totaal(pagina) == "0"
            assert "geen enkel bedrag. Daarom is het € 0." in pagina.tekst


class TestBotsendeNamen:
    """A line whose sleutel is the word of something else keeps an address of its own."""

    def test_regel_cel_en_totaal_uit_elkaar(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with namens(rollen.redacteur.pk):
            kolommen = list(Kolom.objects.filter(versie=versie))
            for sleutel, euro in (("lasten", -7), ("1a-lasten", -11), ("1a-saldo", -13)):
                maak_regel(versie, Pakket.objects.get(versie=versie), kolommen, "lasten", euro, sleutel)
        publiceer(versie, rollen)
        bedragen = {
            wat: totaal(boom(client, f"{PROGRAMMA}bedrag/{wat}/{NU}"))
            for woord in ("lasten", "1a-lasten", "1a-saldo")
            for wat in (woord, f"{woord}.regel")
        }

        assert bedragen == {
            "lasten": "−1.031",
            "1a-lasten": "−1.031",
            "1a-saldo": "−931",
            "lasten.regel": "−7",
            "1a-lasten.regel": "−11",
            "1a-saldo.regel": "−13",
        }
        links = [href for _, href, _ in tabelcellen(boom(client, f"{PROGRAMMA}pakket/1a/"))]
        assert f"{PROGRAMMA}bedrag/lasten.regel/{NU}" in links

    def test_vreemde_codes_hebben_een_pagina(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with namens(rollen.redacteur.pk):
            kolommen = list(Kolom.objects.filter(versie=versie))
            for nummer, code in enumerate(["1a", "1.1 B/c", "é&<"]):
                pakket = Pakket.objects.create(
                    versie=versie, programma=Programma.objects.get(versie=versie), code=code, naam="X", restpost=True
                )
                maak_regel(versie, pakket, kolommen, "lasten", -nummer - 1, f"r{nummer}")
        publiceer(versie, rollen)
        koppen = [
            link
            for tr in boom(client, PROGRAMMA).alle("th")
            for link in tr.alle("a")
            if link.tekst.startswith(("1a ", "1.1 B/c ", "é&< "))
        ]

        assert len(koppen) == 3
        for link in koppen:
            (h1,) = boom(client, link.attributen["href"]).alle("h1")
            assert h1.tekst == link.tekst
        assert totaal(boom(client, f"{PROGRAMMA}bedrag/1~a-lasten/{NU}")) == "−1"
        assert totaal(boom(client, f"{PROGRAMMA}bedrag/1a-lasten/{NU}")) == "−1.000"


class TestHistorie:
    """When and by which role an amount was recorded; never a name, and nothing of another version."""

    def test_geen_naam_wel_een_rol(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with namens(rollen.redacteur.pk, via="rooster"):
            Bedrag.objects.filter(versie=versie, regel__sleutel="p1-lasten", kolom__jaar=JAAR).update(euro=-1234)
        publiceer(versie, rollen)

        for pad in ("p1-lasten", "1a-lasten", "lasten"):
            for eind in ("", "gegevens.json"):
                tekst = client.get(f"{PROGRAMMA}bedrag/{pad}/{NU}{eind}").content.decode()
                assert not [naam for naam in ("rosa", "paula", "veiligheid_site") if naam in tekst]
        sporen = [li.tekst for li in boom(client, f"{PROGRAMMA}bedrag/p1-lasten/{NU}").met_id("wijzigingen").alle("li")]
        assert [re.sub(r".* uur", "", spoor) for spoor in sporen] == [
            "1 bedrag vastgelegd door een redacteur.",
            "1 bedrag gewijzigd door een redacteur, in het invoerscherm.",
            "Versie 1 ingediend door een redacteur.",
            "Versie 1 goedgekeurd door een publicist.",
            "Versie 1 gepubliceerd door een publicist.",
        ]

    def test_een_import_noemt_zijn_bestand(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        herkomst = f"import 12: lasten <2025>, sha256.xlsx, sha256 {'a' * 64}"
        with namens(rollen.redacteur.pk, via="import", herkomst=herkomst):
            bron = Bron.objects.create(versie=versie, naam="Bron", bestandsnaam="lasten.xlsx", sha256="a" * 64)
            Bedrag.objects.filter(versie=versie, regel__sleutel="p1-lasten", kolom__jaar=JAAR).update(
                euro=-5, bron=bron, plaats="blad P1, rij 14, kolom F"
            )
        publiceer(versie, rollen)
        pagina = boom(client, f"{PROGRAMMA}bedrag/p1-lasten/{NU}")

        assert "met een import uit het bestand lasten <2025>, sha256.xlsx." in pagina.met_id("wijzigingen").tekst
        assert "blad P1, rij 14, kolom F" in pagina.met_id("bron").tekst
        assert "import 12" not in pagina.tekst

    def test_tussenstanden_en_verwijderde_bedragen_blijven_binnen(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        bedrag = Bedrag.objects.get(versie=versie, regel__sleutel="p1-lasten", kolom__jaar=JAAR)
        with namens(rollen.redacteur.pk, via="rooster"):
            Bedrag.objects.filter(pk=bedrag.pk).update(euro=-987654)
            Bedrag.objects.filter(pk=bedrag.pk).update(euro=-1000)
            weg = Begrotingsregel.objects.create(
                versie=versie, pakket=bedrag.regel.pakket, soort="lasten", omschrijving="Geheim", sleutel="weg"
            )
            Bedrag.objects.create(versie=versie, regel=weg, kolom=bedrag.kolom, euro=-456)
            weg.delete()
        publiceer(versie, rollen)

        for wat in ("p1-lasten", "1a-lasten"):
            for eind in ("", "gegevens.json"):
                tekst = client.get(f"{PROGRAMMA}bedrag/{wat}/{NU}{eind}").content.decode()
                assert "987" not in re.sub(r"[0-9a-f]{64}|\.\d{6}", "", tekst) and "Geheim" not in tekst

    def test_een_later_concept_verandert_niets(self, client: Client, rollen: Rollen) -> None:
        eerste = maak_gepubliceerd(rollen)
        paden = [
            *(
                f"{PROGRAMMA}bedrag/{wat}/{NU}{eind}"
                for wat in ("p1-lasten", "1a-lasten", "saldo")
                for eind in ("", "gegevens.json")
            ),
            f"{PROGRAMMA}pakket/1a/",
            f"{WORTEL}bedrag/lasten/{NU}",
            f"{WORTEL}versie/1/programma/programma-1/bedrag/p1-lasten/{NU}",
        ]
        voor = {pad: client.get(pad).content for pad in paden}
        concept = publicatie.maak_concept(eerste, door=rollen.redacteur2)
        with namens(rollen.redacteur2.pk, via="rooster"):
            Bedrag.objects.filter(versie=concept).update(euro=D(-555_555))

        assert {pad: client.get(pad).content for pad in paden} == voor

    def test_een_kopie_zegt_waar_zij_vandaan_komt(self, client: Client, rollen: Rollen) -> None:
        tweede = publiceer(publicatie.maak_concept(maak_gepubliceerd(rollen), door=rollen.redacteur), rollen)
        pagina = boom(client, f"{PROGRAMMA}bedrag/p1-lasten/{NU}")

        assert tweede.nummer == 2
        assert "1 bedrag overgenomen uit versie 1." in pagina.met_id("wijzigingen").tekst

    def test_een_rol_die_later_wisselt_verandert_niets(self, client: Client, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)
        pad = f"{PROGRAMMA}bedrag/p1-lasten/{NU}"
        voor = client.get(pad).content
        rollen.redacteur.groups.clear()

        assert client.get(pad).content == voor

    def test_het_voorbeeld_blijft_in_het_voorbeeld(self, client: Client, rollen: Rollen) -> None:
        concept = maak_concept(rollen)
        client.force_login(rollen.auditor)
        wortel = f"/beheer/voorbeeld/{concept.pk}/"
        for pad in (f"bedrag/p1-lasten/{NU}", f"bedrag/saldo/{NU}", "pakket/1a/", ""):
            antwoord = client.get(f"{wortel}programma/programma-1/{pad}")
            inhoud = next(lees(antwoord.content.decode()).alle("main"))
            links = [link.attributen["href"] for link in inhoud.alle("a")]

            assert antwoord.status_code == 200 and "no-store" in antwoord["Cache-Control"]
            assert {href for href in links if not href.startswith(("#", wortel, "/begrippen/#"))} == {"/"}
        assert "no-store" in client.get(f"{wortel}bedrag/saldo/{NU}gegevens.json")["Cache-Control"]


class TestWijzigingen:
    """What the council changed: before, after, and who decided."""

    @pytest.fixture
    def gewijzigd(self, rollen: Rollen) -> Versie:
        """A budget whose lasten of 2024 were changed twice; number 10 comes after number 2."""
        versie = maak_concept(rollen)
        with namens(rollen.redacteur.pk):
            kolom = Kolom.objects.get(versie=versie, fase="na_wijziging")
            regel = Begrotingsregel.objects.get(versie=versie, sleutel="p1-lasten")
            for nummer, euro in (("10", 400), ("2", D("-250.50"))):
                wijziging = Wijziging.objects.create(
                    versie=versie, nummer=nummer, titel=f"Titel {nummer}", raadsbesluit=f"R{nummer}"
                )
                Bedrag.objects.create(versie=versie, regel=regel, kolom=kolom, euro=euro, wijziging=wijziging)
        return publiceer(versie, rollen)

    def test_ervoor_erna_en_verschil(self, client: Client, gewijzigd: Versie) -> None:
        pagina = boom(client, f"{PROGRAMMA}bedrag/p1-lasten/na-wijziging-2024/")
        tabel = pagina.met_id("wijzigingen")

        assert [td.tekst for td in rij(tabel, "Titel 2")] == ["R2", "−1.000,00", "−1.250,50", "−250,50"]
        assert [td.tekst for td in rij(tabel, "Titel 10")] == ["R10", "−1.250,50", "−850,50", "+400,00"]
        assert totaal(pagina) == "−850,50"
        assert "oorspronkelijk bedrag" in pagina.met_id("opbouw").tekst

    def test_in_de_gegevens(self, client: Client, gewijzigd: Versie) -> None:
        tekst = client.get(f"{PROGRAMMA}bedrag/1a-lasten/na-wijziging-2024/gegevens.json").content.decode()
        data = json.loads(tekst)

        assert data["euro"] == "-850.50"
        assert [stap["nummer"] for stap in data["wijzigingen"]] == ["2", "10"]
        assert [bedrag["wijziging"] for bedrag in data["regels"][0]["bedragen"]] == [None, "10", "2"]
        assert tekst == json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
        vast = (
            WORTEL + "versie/1/" + f"{PROGRAMMA}bedrag/1a-lasten/na-wijziging-2024/gegevens.json".removeprefix(WORTEL)
        )
        assert client.get(vast).content.decode() == tekst and data["gegevens"] == vast

    def test_op_de_pagina_van_het_pakket(self, client: Client, gewijzigd: Versie) -> None:
        tekst = boom(client, f"{PROGRAMMA}pakket/1a/").met_id("wijzigingen").tekst

        assert (
            "Begrotingswijziging 2: Titel 2 (raadsbesluit R2): € 250,50 meer lasten in begroting na wijziging 2024."
            in tekst
        )
        assert "€ 400 minder lasten" in tekst


class TestVragen:
    """A constant number of queries."""

    @pytest.mark.parametrize("programmas", [1, 50])
    def test_aantal(self, client: Client, rollen: Rollen, django_assert_num_queries: Tel, programmas: int) -> None:
        maak_gepubliceerd(rollen, programmas)

        for pad, aantal in {
            PROGRAMMA + "pakket/1a/": 4,
            PROGRAMMA + f"bedrag/p1-lasten/{NU}": 4,
            PROGRAMMA + f"bedrag/1a-lasten/{NU}gegevens.json": 4,
            PROGRAMMA + f"bedrag/lasten/{NU}": 4,
            PROGRAMMA + f"bedrag/resultaat/{NU}": 3,
            PROGRAMMA + f"bedrag/1a-saldo/{NU}": 3,
            WORTEL + f"bedrag/lasten/{NU}": 3,
            WORTEL + f"bedrag/taakveld-~-saldo/{NU}": 3,
            WORTEL + f"bedrag/taakveld-~-lasten/{NU}": 4,
            WORTEL + f"bedrag/taakveld-~-lasten/{NU}gegevens.json": 4,
        }.items():
            with django_assert_num_queries(aantal):
                assert client.get(pad).status_code == 200

    def test_een_totaal_van_heel_veel_regels_staat_per_pakket(
        self, client: Client, rollen: Rollen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        maak_gepubliceerd(rollen)
        met_regels = totaal(boom(client, f"{PROGRAMMA}bedrag/lasten/{NU}"))
        monkeypatch.setattr(lezing, "MEESTE_BEDRAGEN", 0)
        pagina = boom(client, f"{PROGRAMMA}bedrag/lasten/{NU}")

        assert totaal(pagina) == met_regels == "−1.000"
        assert [href for _, href, _ in tabelcellen(pagina)] == [f"{PROGRAMMA}bedrag/1a-lasten/{NU}"]


def test_elke_kolom_van_het_document_heeft_een_adres(client: Client, rollen: Rollen) -> None:
    maak_gepubliceerd(rollen)

    for fase, jaar in KOLOMMEN:
        assert client.get(f"{WORTEL}bedrag/lasten/{kolomwoord(Kolomnaam(jaar, fase))}/").status_code == 200
