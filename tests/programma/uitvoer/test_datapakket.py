"""SHA256SUMS and datapackage.json as text: in one order, the same always, with every column described."""

from __future__ import annotations

import json
from dataclasses import replace

from programma.codeboek import CODEBOEK
from programma.inhoud import Bestandrij
from programma.uitvoer.datapakket import TYPEN, Datapakketstuk, datapackage, sha256sums
from tests.stukken import uitgave

NAMEN = ("Z.pdf", "begroting.csv", "begroting.json", "document.pdf", "programma/a/begroting.csv", "programma/é/x.xlsx")
RIJEN = tuple(Bestandrij(naam, 10 + nummer, nummer, f"{nummer:064x}") for nummer, naam in enumerate(NAMEN))
STUK = Datapakketstuk("Dronten", uitgave(), RIJEN, ("Begroting 2025, pdf",))


def door_elkaar() -> tuple[Bestandrij, ...]:
    return (*RIJEN[3:], *RIJEN[2::-1])


def test_sha256sums_op_codepunt() -> None:
    tekst = sha256sums(door_elkaar())

    assert tekst == "".join(f"{nummer:064x}  {naam}\n" for nummer, naam in enumerate(NAMEN))
    assert sha256sums([]) == ""


def test_datapackage_is_altijd_dezelfde_tekst() -> None:
    tekst = datapackage(STUK)

    assert tekst == datapackage(replace(STUK, bestanden=door_elkaar()))
    data = json.loads(tekst)
    assert [bron["path"] for bron in data["resources"]] == list(NAMEN)
    assert [bron["format"] for bron in data["resources"]] == ["pdf", "csv", "json", "pdf", "csv", "xlsx"]
    assert len({bron["name"] for bron in data["resources"]}) == len(NAMEN)
    assert data["sources"] == [{"title": "Begroting 2025, pdf"}]
    assert data["contributors"] == [{"title": "Gemeente Dronten", "role": "publisher"}]
    assert data["version"] == f"{uitgave().nummer}.0.0"


def test_elke_kolom_is_beschreven() -> None:
    csv = json.loads(datapackage(STUK))["resources"][1]

    assert [veld["name"] for veld in csv["schema"]["fields"]] == [veld.naam for veld in CODEBOEK] == list(TYPEN)
    velden = {veld["name"]: veld for veld in csv["schema"]["fields"]}
    assert (velden["bedrag"]["type"], velden["bedrag"]["unit"], velden["jaar"]["type"]) == ("number", "EUR", "year")
    assert all(veld["description"] for veld in velden.values())
    assert (csv["dialect"]["lineTerminator"], csv["encoding"], csv["mediatype"]) == ("\r\n", "utf-8", "text/csv")


def test_licentie_en_demonstratie() -> None:
    kaal = json.loads(datapackage(STUK))
    vol = json.loads(datapackage(STUK, ("CC0-1.0", "CC0", "https://creativecommons.org/"), demo=True))

    assert "licenses" not in kaal and not kaal["description"].startswith("Demonstratie")
    assert vol["licenses"] == [{"name": "CC0-1.0", "path": "https://creativecommons.org/", "title": "CC0"}]
    assert vol["description"].startswith("Demonstratie, geen publicatie van de gemeente Dronten.")
