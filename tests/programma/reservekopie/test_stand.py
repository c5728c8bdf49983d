"""What a database holds: read whole, and every difference named."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from django.db import connection, transaction

from programma import uitvoer
from programma.models import Bestand
from programma.publicatie import als_uitgave
from programma.reservekopie.stand import Stand, lees_stand, uit_json, verschillen
from programma.spoor import historie
from programma.toetsing.keuring import bereken_controlesom
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd
from tests.conftest import Eigenaar

STAND = Stand(
    kop="3:aa",
    gebeurtenissen=7,
    tabellen={"programma_bedrag": 2},
    migraties=["programma.0001_begin"],
    versies={
        "b-2025/1": {"status": "concept", "controlesom": "c", "anker": "", "bestanden": {"x.csv": {"sha256": "1"}}}
    },
    trekkers=["programma_bedrag bewaak O 1"],
    functies=["f() 1"],
    rechten=["table programma_bedrag veiligheid_site SELECT"],
)


def test_stand_van_nu(rollen: Rollen, als_eigenaar: Eigenaar) -> None:
    versie = maak_gepubliceerd(rollen, programmas=2)
    concept = maak_concept(rollen, document=maak_document(jaar=2030))
    gemeld: list[str] = []
    with als_eigenaar():
        stand = lees_stand(gemeld.append)
    assert (stand.kop, stand.tabellen["programma_bedrag"]) == (historie.kop(), 36)
    assert sum("programmabegroting-20" in wat for wat in gemeld) == 2
    for gelezen in (versie, concept):
        rij = stand.versies[als_uitgave(gelezen).kenmerk]
        inhoud = b"".join(uitvoer.begroting_csv(als_uitgave(gelezen)))
        afdruk = {"omvang": len(inhoud), "sha256": hashlib.sha256(inhoud).hexdigest()}
        assert rij["bestanden"]["begroting.csv"] == afdruk
        assert {"begroting.csv", "begroting.json"} <= set(rij["bestanden"])
        assert (rij["status"], rij["controlesom"]) == (gelezen.status, bereken_controlesom(gelezen))
    # Of what is published the same was recorded at publication.
    toen = dict(Bestand.objects.filter(versie=versie).values_list("naam", "sha256"))
    bestanden = stand.versies[als_uitgave(versie).kenmerk]["bestanden"]
    for naam in ("begroting.csv", "begroting.json"):
        assert bestanden[naam]["sha256"] == toen[naam]
    assert "table programma_bedrag veiligheid_site UPDATE" in stand.rechten
    assert not any("programma_gebeurtenis veiligheid_site INSERT" in regel for regel in stand.rechten)
    assert "default r veiligheid_site SELECT" in stand.rechten
    assert uit_json(json.loads(json.dumps(stand.als_json()))) == stand
    assert verschillen(stand, uit_json(stand.als_json())) == []


@pytest.mark.parametrize(
    ("opdracht", "zin"),
    [
        ("ALTER TABLE programma_bedrag DISABLE TRIGGER bewaak_wijzigen", "programma_bedrag bewaak_wijzigen"),
        ("DROP TRIGGER bewaak_wijzigen ON programma_bedrag", "(trekkers): programma_bedrag bewaak_wijzigen"),
        ("GRANT TRUNCATE ON programma_bedrag TO veiligheid_site", "table programma_bedrag veiligheid_site TRUNCATE"),
        ("GRANT UPDATE (anker) ON programma_versie TO PUBLIC", "column programma_versie.anker PUBLIC UPDATE"),
        ("GRANT EXECUTE ON FUNCTION historie_zegel() TO PUBLIC", "function historie_zegel() PUBLIC EXECUTE"),
        ("REVOKE USAGE ON SCHEMA public FROM veiligheid_site", "schema public veiligheid_site USAGE"),
        (
            "CREATE OR REPLACE FUNCTION bewaking_in_orde() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
            "(functies): bewaking_in_orde()",
        ),
        ("CREATE TABLE public.extra (a int)", "De tabel extra heeft 0 rijen en had geen plaats."),
    ],
)
def test_wat_iemand_met_de_database_doet(db: None, als_eigenaar: Eigenaar, opdracht: str, zin: str) -> None:
    with transaction.atomic(), als_eigenaar():
        toen = lees_stand()
        with connection.cursor() as cursor:
            cursor.execute(opdracht)
        gevonden = verschillen(toen, lees_stand())
        assert any(zin in regel for regel in gevonden), gevonden
        transaction.set_rollback(True)


def test_elk_verschil_heeft_een_zin() -> None:
    versie = STAND.versies["b-2025/1"]
    anders = replace(
        STAND,
        kop="2:bb",
        tabellen={"programma_bedrag": 1},
        migraties=[],
        versies={"b-2025/1": {**versie, "controlesom": "d", "anker": "e", "bestanden": {}}, "b-2025/2": versie},
    )
    assert verschillen(STAND, anders) == [
        "De kop van de historie is 2:bb en was 3:aa.",
        "Versie b-2025/1: controlesom is d en was c.",
        "Versie b-2025/1: anker is e en was leeg.",
        "Versie b-2025/1: x.csv is niet meer hetzelfde, byte voor byte.",
        "Versie b-2025/2 is er nu bij.",
        "De tabel programma_bedrag heeft 1 rij en had 2 rijen.",
        "Verdwenen of veranderd (migraties): programma.0001_begin.",
    ]
    assert verschillen(anders, STAND)[4] == "Versie b-2025/2 is er nu niet meer."
