"""A large budget: the dossier and the log in bounded memory, and still checked at home in reasonable time."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from programma.dossier import pak_in
from programma.models import Kolom, Pakket, Versie
from programma.spoor.wijzigingslog import Snede, wijzigingslog_csv
from tests.bouwers import Rollen, maak_concept
from tests.programma.dossier.test_verifieer import verifieer
from tests.programma.spoor.test_verificatie import sql
from veiligheid.namens import namens

REGELS = 17_000
MB = 1024 * 1024


@pytest.fixture
def groot(vaste_rollen: Rollen) -> Versie:
    """A concept of 102,000 amounts in six columns."""
    versie = maak_concept(vaste_rollen)
    pakket = Pakket.objects.get(versie=versie)
    assert Kolom.objects.filter(versie=versie).count() == 6
    with namens(vaste_rollen.redacteur.pk, via="import"):
        sql(
            f"""INSERT INTO programma_begrotingsregel (versie_id, pakket_id, sleutel, soort, omschrijving, reserve,
                    incidenteel, toelichting, volgorde)
                SELECT {versie.pk}, {pakket.pk}, 'g' || n, 'lasten', 'Regel nummer ' || n, '', 'onbekend', '', 1
                FROM generate_series(1, {REGELS}) n""",
            f"""INSERT INTO programma_bedrag (versie_id, regel_id, kolom_id, euro, bronprecisie, plaats)
                SELECT {versie.pk}, r.id, k.id, -r.id - k.jaar, 1, '' FROM programma_begrotingsregel r
                JOIN programma_kolom k ON k.versie_id = r.versie_id
                WHERE r.versie_id = {versie.pk} AND r.sleutel LIKE 'g%'""",
            "UPDATE programma_bedrag SET euro = euro - 1",
        )
    return versie


@pytest.mark.lang
def test_honderdduizend_regels(groot: Versie, tmp_path: Path) -> None:
    uitgave = Versie.objects.voorbeeld(groot.pk)
    assert uitgave is not None
    dossier, log = tmp_path / "dossier.zip", tmp_path / "wijzigingslog.csv"

    tracemalloc.start()
    try:
        with dossier.open("wb") as bestand:
            pak_in(uitgave, bestand, vers=True)
        _, hoogste_dossier = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        begin, _ = tracemalloc.get_traced_memory()
        with log.open("wb") as bestand:
            for blok in wijzigingslog_csv(Snede()):
                bestand.write(blok)
        _, hoogste_log = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    # inhoud.json is sorted whole, a kind of row at a time; all else streams.
    assert hoogste_dossier < 60 * MB
    assert hoogste_log - begin < 2 * MB
    code, tekst = verifieer(dossier, "--log", log)
    assert code == 0, tekst
