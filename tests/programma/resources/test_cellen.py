"""How a cell of a file is read where the rest of the site has its own rule for it."""

from __future__ import annotations

import pytest

from programma.resources.cellen import Celfout, Opmaak


def test_een_gewone_tekst_blijft_zoals_hij_is() -> None:
    assert Opmaak().clean("Eerste alinea.\r\n\r\nTweede, met 3 < 5.") == "Eerste alinea.\n\nTweede, met 3 < 5."


def test_opmaak_wordt_schoongemaakt() -> None:
    vuil = '<p onclick="x()">Goed<script>alert(1)</script> <a href="javascript:x()">hier</a></p>'

    schoon = Opmaak().clean(vuil)

    assert "Goed" in schoon
    assert not any(woord in schoon for woord in ("onclick", "script", "javascript"))
    assert Opmaak().clean(schoon) == schoon


def test_stuurtekens() -> None:
    with pytest.raises(Celfout):
        Opmaak().clean("<p>a\x07b</p>")
