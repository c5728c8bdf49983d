"""The base of the tables: one table for people and for machines, cheap to place, safe to place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string

from veiligheid.formatting import decimaal
from veiligheid.tables import Kolom, Rijkop, Tabel

D = Decimal


class Getalkolom(Kolom):
    """A number for people, and itself for machines."""

    def render(self, value: Decimal) -> str:
        return decimaal(value, 1)

    def value(self, value: Decimal) -> Decimal:
        return value


class Fruittabel(Tabel):
    """A small table with a hidden column."""

    bedrag = Getalkolom("bedrag 2025", kop="2025", onderschrift="Begroting", klasse="getal nu")
    fruit = Rijkop("fruit", kop="Fruit")
    soort = Kolom("soort", visible=False)
    herkomst = Kolom("herkomst")

    titel = "Fruit & noten"
    eenheid = "Bedragen in euro’s."
    anker = "fruit"


RIJEN: list[dict[str, Any]] = [
    {"fruit": "Appel", "soort": "pit", "bedrag": D("-1234.56"), "herkomst": "NL", "blok": "a", "kop": "Pitvruchten"},
    {"fruit": "<b>Peer</b>", "soort": "pit", "bedrag": None, "herkomst": "<i>", "blok": "a", "kop": "Pitvruchten"},
    {"fruit": "Totaal", "soort": "", "bedrag": D(0), "herkomst": None, "blok": "b", "klasse": "eind", "href": "/x/"},
]


def html(tabel: Tabel) -> str:
    return render_to_string("componenten/tabel.html", {"table": tabel})


class TestVoorMensen:
    """What the page places."""

    def test_koppen_de_rijkop_eerst(self) -> None:
        koppen = Fruittabel(RIJEN).koppen

        assert [kop.tekst for kop in koppen] == ["Fruit", "2025", "herkomst"]
        assert (koppen[1].onderschrift, koppen[1].klasse) == ("Begroting", "getal nu")

    def test_lichamen(self) -> None:
        eerste, tweede = Fruittabel(RIJEN).lichamen()

        assert (eerste.kop, [rij.tekst for rij in eerste.rijen]) == ("Pitvruchten", ["Appel", "<b>Peer</b>"])
        assert (tweede.kop, tweede.rijen[0].klasse, tweede.rijen[0].href) == ("", "eind", "/x/")
        assert eerste.rijen[0].cellen == '<td class="getal nu">−1.234,6</td><td>NL</td>'

    def test_onbekend_is_geen_lege_cel(self) -> None:
        tabel = Fruittabel(RIJEN)
        tabel.leeg = "n.v.t."

        assert "<td></td>" not in html(tabel)
        assert html(tabel).count("n.v.t.") == 2

    def test_tekst_uit_de_gegevens_wordt_geen_html(self) -> None:
        pagina = html(Fruittabel(RIJEN))

        assert "<b>Peer" not in pagina and "&lt;b&gt;Peer&lt;/b&gt;" in pagina
        assert "<i>" not in pagina and "Fruit &amp; noten" in pagina

    def test_opschrift_en_reikwijdte(self) -> None:
        pagina = html(Fruittabel(RIJEN))

        assert '<caption id="fruit-titel"><strong>Fruit &amp; noten</strong><span>Bedragen in euro’s.</span>' in pagina
        assert pagina.count('scope="col"') == 3
        assert pagina.count('scope="row"') == 3
        assert '<th scope="rowgroup" colspan="3"><span>Pitvruchten</span></th>' in pagina
        assert 'role="group" aria-labelledby="fruit-titel" tabindex="0"' in pagina

    def test_zonder_rijen(self) -> None:
        assert "<tbody>" not in html(Fruittabel([]))


class TestVoorMachines:
    """What a file holds."""

    def test_as_values_geeft_ruwe_waarden_en_verborgen_kolommen(self) -> None:
        assert list(Fruittabel(RIJEN).as_values()) == [
            ["bedrag 2025", "fruit", "soort", "herkomst"],
            [D("-1234.56"), "Appel", "pit", "NL"],
            [None, "<b>Peer</b>", "pit", "<i>"],
            [D(0), "Totaal", None, None],
        ]

    def test_dezelfde_tabel_kan_eerst_op_de_pagina(self) -> None:
        tabel = Fruittabel(RIJEN)
        html(tabel)

        assert len(list(tabel.as_values())) == 4
