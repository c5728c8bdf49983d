"""Where a version is, and what comes next."""

from __future__ import annotations

import pytest

from programma.levensloop import NU, VOLGENDE, Toestand, toestand


@pytest.mark.parametrize(
    ("status", "goedgekeurd", "vastgesteld", "verwacht", "volgende"),
    [
        ("concept", False, False, Toestand.CONCEPT, "dien_in"),
        ("ingediend", False, False, Toestand.INGEDIEND, "keur_goed"),
        ("ingediend", True, False, Toestand.GOEDGEKEURD, "publiceer"),
        ("gepubliceerd", True, False, Toestand.GEPUBLICEERD, "stel_vast"),
        ("gepubliceerd", True, True, Toestand.VASTGESTELD, None),
        ("ingetrokken", True, True, Toestand.INGETROKKEN, None),
    ],
)
def test_waar_een_versie_is(
    status: str, goedgekeurd: bool, vastgesteld: bool, verwacht: Toestand, volgende: str | None
) -> None:
    hier = toestand(status, goedgekeurd=goedgekeurd, vastgesteld=vastgesteld)
    assert (hier, VOLGENDE.get(hier)) == (verwacht, volgende)
    assert NU[hier]


def test_een_onbekende_status_is_een_fout() -> None:
    with pytest.raises(ValueError, match="kwijt"):
        toestand("kwijt", goedgekeurd=False, vastgesteld=False)
