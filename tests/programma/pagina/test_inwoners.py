"""Inhabitants: the number of the year itself, else the last known one, and never a division by zero."""

from __future__ import annotations

import re

from programma.inhoud import Inwoners
from programma.pagina import documentpagina, kies
from programma.raming import tel_op
from programma.tables import Programmatabel, Ramingtabel
from tests.stukken import documentstuk, programmastuk


def per_inwoner(inwoners: Inwoners, jaren: str | None = None) -> Ramingtabel:
    """Return the money table of the demonstration per inhabitant."""
    stuk = programmastuk(inwoners=inwoners)
    return Ramingtabel(stuk, kies("inwoner", jaren, stuk.kolommen, inwoners), tel_op(stuk.cellen))


def laatste_rij(tabel: Ramingtabel) -> list[str]:
    """Return the cells of the resultaat as people read them."""
    *_, (_, rijen) = tabel.lichamen()
    return [re.sub(r"<[^>]+>", "", cel) for cel in re.findall(r"<td[^>]*>(.*?)</td>", rijen[-1].cellen)]


def test_elk_jaar_noemt_zijn_eigen_laatst_bekende_aantal() -> None:
    tabel = per_inwoner(Inwoners({2022: 40_000, 2025: 50_000}))

    assert laatste_rij(tabel) == ["−135,33", "−146,45", "−127,50", "−128,34", "−127,20", "−125,02"]
    assert "Aantal inwoners: 50.000 in 2025." in tabel.eenheid
    assert "Voor 2023 en 2024 is het laatst bekende aantal gebruikt: 40.000 in 2022." in tabel.eenheid
    assert "Voor 2026, 2027 en 2028 is het laatst bekende aantal gebruikt: 50.000 in 2025." in tabel.eenheid


def test_een_deel_van_de_jaren_noemt_alleen_die_jaren() -> None:
    tabel = per_inwoner(Inwoners({2024: 44_354, 2025: 44_856}), "2025,2026")

    assert "Aantal inwoners: 44.856 in 2025." in tabel.eenheid
    assert "Voor 2026 is het laatst bekende aantal gebruikt: 44.856 in 2025." in tabel.eenheid
    assert "44.354" not in tabel.eenheid and "2027" not in tabel.eenheid


def test_nul_inwoners_is_onbekend_en_geen_fout() -> None:
    tabel = per_inwoner(Inwoners({2025: 0}))

    assert laatste_rij(tabel) == ["n.n.b."] * 6
    assert "N.n.b. = nog niet bekend." in tabel.eenheid
    assert "0 in 2025" not in tabel.eenheid


def test_een_document_met_nul_inwoners() -> None:
    stuk = documentstuk(inwoners=Inwoners({2025: 0}))
    optelling = tel_op(stuk.cellen)

    assert [kop.tekst for kop in Programmatabel(stuk, optelling).koppen][-2] == "Resultaat"
    duiding = documentpagina(stuk, optelling).duiding
    assert duiding is not None and (duiding.per_inwoner, duiding.inwoners) == ("", "")


def test_aantallen_van_later_tellen_niet() -> None:
    stuk = documentstuk(inwoners=Inwoners({2026: 44_856}))

    assert "Per inwoner" not in Programmatabel(stuk, tel_op(stuk.cellen)).eenheid
