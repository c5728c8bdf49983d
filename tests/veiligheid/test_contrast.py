"""Contrast by the formula of WCAG, and the pairs that our stylesheet makes: all of them, and no others."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from veiligheid import contrast
from veiligheid.contrast import BEELD, KLEUREN, OP_KLEUR, OPPERVLAKKEN, PAREN, SIER, TEKST, lees_kleur
from veiligheid.thema import lees_tokens

STIJLBLAD = Path(settings.BASE_DIR / "veiligheid/static/veiligheid/stijl.css").read_text(encoding="utf-8")
STANDAARD = lees_tokens(STIJLBLAD)
ZWART, WIT = (0, 0, 0), (255, 255, 255)
kleuren = st.tuples(*[st.integers(0, 255)] * 3)


def wcag(een: tuple[int, int, int], ander: tuple[int, int, int]) -> float:
    """The definition as WCAG 2.2 writes it, with its own (older) threshold."""

    def helder(kleur: tuple[int, int, int]) -> float:
        r, g, b = (
            deel / 255 / 12.92 if deel / 255 <= 0.03928 else pow((deel / 255 + 0.055) / 1.055, 2.4) for deel in kleur
        )
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    licht, donker = max(helder(een), helder(ander)), min(helder(een), helder(ander))
    return (licht + 0.05) / (donker + 0.05)


class TestFormule:
    """The number itself."""

    @given(kleuren, kleuren)
    def test_gelijk_aan_wcag(self, een: tuple[int, int, int], ander: tuple[int, int, int]) -> None:
        gemeten = contrast.contrast(een, ander)

        assert gemeten == pytest.approx(wcag(een, ander), rel=1e-9)
        assert gemeten == contrast.contrast(ander, een)
        assert 1 <= gemeten <= 21.0000001

    @given(kleuren)
    def test_een_kleur_op_zichzelf(self, kleur: tuple[int, int, int]) -> None:
        assert contrast.contrast(kleur, kleur) == 1
        assert lees_kleur(contrast.als_hex(kleur)) == kleur

    @pytest.mark.parametrize(
        ("een", "ander", "getal"),
        [("#000", "#fff", "21.00"), ("#777", "#fff", "4.47"), ("#767676", "#fff", "4.54"), ("#0f5470", "#fff", "8.32")],
    )
    def test_bekende_paren(self, een: str, ander: str, getal: str) -> None:
        gemeten = Fraction(contrast.contrast(lees_kleur(een), lees_kleur(ander)))

        assert int(gemeten * 100) == int(Decimal(getal) * 100)

    @pytest.mark.parametrize(
        ("tekst", "kleur"),
        [
            ("#FFF", WIT),
            ("#000000", ZWART),
            ("rgb(255, 255,255)", WIT),
            ("rgb(0 0 0)", ZWART),
            ("#0f5470", (15, 84, 112)),
        ],
    )
    def test_wat_een_kleur_is(self, tekst: str, kleur: tuple[int, int, int]) -> None:
        assert lees_kleur(tekst) == kleur

    @pytest.mark.parametrize(
        "tekst",
        ["", "wit", "#ff", "#ffff", "#fffffff", "#ggg", "rgb(256,0,0)", "rgba(0,0,0,.5)", "#fff;}", "#fff\n", "٣"],
    )
    def test_wat_geen_kleur_is(self, tekst: str) -> None:
        with pytest.raises(ValueError, match="is geen dekkende kleur"):
            lees_kleur(tekst)


class TestPalet:
    """Our own colours, and what is asked of others."""

    def test_het_standaardpalet_slaagt(self) -> None:
        assert list(contrast.te_zwak(STANDAARD)) == []

    @pytest.mark.parametrize("paar", PAREN, ids=lambda paar: f"{paar.voor}_{paar.achter}")
    def test_elk_paar_kan_zakken(self, paar: contrast.Paar) -> None:
        """When both become the same colour, that pair is named."""
        kleuren = {**STANDAARD, paar.voor: "#808080", paar.achter: "#808080"}

        zinnen = [zin for zin in contrast.te_zwak(kleuren) if zin.endswith(f"({paar.voor} op {paar.achter})")]

        eis = "4,5" if paar.soort == "tekst" else "3,0"
        assert zinnen == [
            f"{paar.soort} #808080 op #808080: contrast 1,00, moet {eis} zijn ({paar.voor} op {paar.achter})"
        ]

    def test_net_te_weinig_wordt_niet_naar_boven_afgerond(self) -> None:
        subtiel = "--basis-color-default-color-subtle"

        eerste = next(contrast.te_zwak({**STANDAARD, subtiel: "#777"}))

        assert eerste.startswith("tekst #777 op #fff: contrast 4,48, moet 4,5 zijn")
        assert contrast._getal(4.4999, Decimal("4.5")) == "4,49"


# --- what the stylesheet does with each token -----------------------------------------------------------------------

REGEL = re.compile(r"([^{}]+)\{([^{}]*)\}")
TOKEN = re.compile(r"var\((--[a-z0-9-]+)\)")
GEBRUIK = re.compile(r"(?:^|;)\s*([a-z-]+)\s*:([^;]*)")
# Colours that are no token: black and white of paper, and the margin of a printed page, which takes no variable.
VRIJ = {"#51606c", "#999"}


def regels() -> list[tuple[str, dict[str, set[str]]]]:
    """Return each rule after the tokens: its selector, and per property the tokens in it."""
    na_tokens = STIJLBLAD[STIJLBLAD.index("*,*::before") :]
    zonder = re.sub(r"/\*.*?\*/", "", na_tokens, flags=re.DOTALL)
    return [
        (kiezer.strip(), {naam: set(TOKEN.findall(waarde)) for naam, waarde in GEBRUIK.findall(inhoud)})
        for kiezer, inhoud in REGEL.findall(zonder)
    ]


def gebruikt_als(*eigenschappen: str, in_kiezer: str = "") -> set[str]:
    return {
        token
        for kiezer, gebruik in regels()
        if in_kiezer in kiezer
        for naam, tokens in gebruik.items()
        if naam in eigenschappen
        for token in tokens & KLEUREN
    }


class TestStijlblad:
    """What is checked is what is used."""

    def test_elke_kleur_is_een_token(self) -> None:
        los = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", STIJLBLAD[STIJLBLAD.index("*,*::before") :]))

        assert los == VRIJ

    def test_elk_kleurtoken_wordt_getoetst(self) -> None:
        kleurtokens = {naam for naam, waarde in STANDAARD.items() if waarde.startswith("#")}

        assert kleurtokens == KLEUREN

    def test_elk_token_dat_gebruikt_wordt_bestaat(self) -> None:
        assert {token for _, gebruik in regels() for tokens in gebruik.values() for token in tokens} <= set(STANDAARD)

    def test_tekst(self) -> None:
        op_kleur = {paar.voor for paar in OP_KLEUR}
        gebruikt = gebruikt_als("color") | gebruikt_als("fill", in_kiezer="svg text")

        assert gebruikt - op_kleur == set(TEKST) - op_kleur
        assert gebruikt <= set(TEKST) | op_kleur

    def test_achtergrond(self) -> None:
        gebruikt = gebruikt_als("background", "background-color")

        assert gebruikt == set(OPPERVLAKKEN) | {paar.achter for paar in OP_KLEUR} - {
            f"--begroting-grafiek-{nummer}" for nummer in (1, 2, 3)
        }

    def test_beeld(self) -> None:
        lijnen = {naam for _, gebruik in regels() for naam in gebruik if naam.startswith(("border", "outline"))}
        gebruikt = gebruikt_als("fill", "stroke", *lijnen)

        assert gebruikt >= set(BEELD)
        assert gebruikt <= {*BEELD, *TEKST, *SIER, *OPPERVLAKKEN, *(paar.voor for paar in OP_KLEUR)}

    def test_tekst_en_achtergrond_in_een_regel_zijn_een_paar(self) -> None:
        paren = {(paar.voor, paar.achter) for paar in PAREN}
        samen = {
            (voor, achter)
            for _, gebruik in regels()
            for voor in gebruik.get("color", set())
            for achter in gebruik.get("background", set()) | gebruik.get("background-color", set())
        }

        assert len(samen) >= 4
        assert samen <= paren
