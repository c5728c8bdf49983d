"""One table of numbers for two readers: this one, and the script of the grid (tests/browser/test_rooster.py)."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from veiligheid import getallen

GEVALLEN = json.loads(Path(__file__).with_name("getallen.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("tekst", "decimalen", "verwacht"), GEVALLEN)
def test_lezen(tekst: str, decimalen: int, verwacht: str | list[str] | bool | None) -> None:
    """null is empty, a text is the value, a list are the readings of an ambiguous number, false is no number."""
    if verwacht is False:
        with pytest.raises(getallen.Onleesbaar) as fout:
            getallen.lees(tekst, heel=True, decimalen=decimalen)
        assert not isinstance(fout.value, getallen.Meerduidig)
    elif isinstance(verwacht, list):
        with pytest.raises(getallen.Meerduidig) as vraag:
            getallen.lees(tekst, heel=True, decimalen=decimalen)
        assert list(vraag.value.mogelijkheden) == [Decimal(lezing) for lezing in verwacht]
    else:
        waarde = getallen.lees(tekst, heel=True, decimalen=decimalen)
        assert waarde == (None if verwacht is None else Decimal(str(verwacht)))
