"""What the checks see of a text: words, not tags."""

from __future__ import annotations

import pytest

from programma.keuring import controlestuk
from programma.models import Sectie
from tests.bouwers import Rollen, maak_concept
from veiligheid.namens import namens


@pytest.mark.parametrize(
    ("tekst", "telt"),
    [
        (" \n\t", False),
        ("<p></p>", False),
        ('<p lang="en">&nbsp;\u00a0<br></p>', False),
        ("<table><tbody><tr><td></td></tr></tbody></table>", False),
        ("<p>a</p>", True),
        ("a", True),
        ("<5", True),
    ],
)
def test_een_tekst_zonder_woorden_telt_niet(rollen: Rollen, tekst: str, telt: bool) -> None:
    versie = maak_concept(rollen)
    with namens(rollen.redacteur.pk):
        Sectie.objects.filter(versie=versie).update(tekst=tekst)
    assert ("1A" in controlestuk(versie).met_tekst) is telt
