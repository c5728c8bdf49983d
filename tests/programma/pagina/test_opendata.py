"""The page on open data: every file at a fixed address, a citation that can be found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from programma.inhoud import Bestandrij
from programma.pagina import opendatapagina
from programma.pagina.adres import bestandsnaam
from tests.stukken import uitgave

SOM = "ab" * 32
RIJEN = [Bestandrij("begroting.csv", 4096, 30, SOM), Bestandrij("programma/zorg/begroting.csv", 2048, 10, SOM[::-1])]
TWEE = replace(uitgave(), versie_id=2, nummer=2, gepubliceerd_op=datetime(2026, 9, 4, 12, tzinfo=UTC))
EEN = replace(TWEE, versie_id=1, nummer=1)


def test_de_nieuwste_versie_voorop_met_alles() -> None:
    pagina = opendatapagina("Dronten", [TWEE, EEN], {2: RIJEN, 1: RIJEN}, "https://b.nl")

    (document,) = pagina.documenten
    wortel = f"/{TWEE.document_slug}/versie/2/"
    assert document.huidig.link.href == wortel
    assert [bestand.link.href for bestand in document.huidig.bestanden] == [wortel + "begroting.csv"]
    assert [bestand.link.href for bestand in document.huidig.per_programma] == [wortel + "programma/zorg/begroting.csv"]
    assert document.huidig.programmas == "1 bestand per programma"
    assert [versie.kop for versie in document.eerder] == ["Versie 1"]
    assert document.huidig.citaat == (
        f"Gemeente Dronten. {TWEE.titel}, versie 2. Gepubliceerd op 4 september 2026. https://b.nl{wortel}"
    )


def test_de_proef_is_een_bestand_zoals_het_heet_na_het_downloaden() -> None:
    rijen = [Bestandrij("aansluiting.pdf", 1, 0, "0" * 64), *RIJEN, Bestandrij("dossier.zip", 1, 0, "1" * 64)]
    pagina = opendatapagina("Dronten", [TWEE, EEN], {1: rijen}, "")

    assert pagina.dossier is not None and pagina.dossier.bestand == f"{TWEE.document_slug}-v1-dossier.zip"

    assert pagina.proef is not None
    assert (pagina.proef.bestand, pagina.proef.sha256) == (f"{TWEE.document_slug}-v1-begroting.csv", SOM)
    assert bestandsnaam(TWEE, "programma/zorg/begroting.csv") == f"{TWEE.document_slug}-v2-zorg-begroting.csv"


def test_zonder_publicaties() -> None:
    pagina = opendatapagina("Dronten", [], {}, "")

    assert (pagina.documenten, pagina.proef, pagina.dossier) == ((), None, None)
    assert len(pagina.codeboek) == 15


def test_documenten_blijven_uit_elkaar() -> None:
    ander = replace(TWEE, versie_id=3, document_slug="jaarstukken-2024", titel="Jaarstukken 2024")

    pagina = opendatapagina("Dronten", [TWEE, ander, EEN], {}, "")

    assert [(document.titel, len(document.eerder)) for document in pagina.documenten] == [
        (TWEE.titel, 1),
        ("Jaarstukken 2024", 0),
    ]
