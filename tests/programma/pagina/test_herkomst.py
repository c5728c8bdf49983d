"""Document, status, fingerprint and addresses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from programma.inhoud import Bestandrij
from programma.pagina.adres import actueel
from programma.pagina.herkomst import bestanden
from tests.stukken import pagina, uitgave


class TestHerkomst:
    """Document, status, fingerprint and addresses."""

    @pytest.mark.parametrize(
        ("anders", "tekst", "soort"),
        [
            ({}, "Aangeboden aan de raad", "aangeboden"),
            (
                {"raadsbesluit_datum": date(2024, 11, 7), "raadsbesluit_nummer": "B24.001"},
                "Vastgesteld door de raad op 7 november 2024 (besluit B24.001)",
                "vastgesteld",
            ),
            ({"raadsbesluit_datum": date(2024, 11, 7)}, "Vastgesteld door de raad op 7 november 2024", "vastgesteld"),
            ({"status": "ingetrokken"}, "Ingetrokken", "ingetrokken"),
            ({"status": "concept"}, "Concept", "concept"),
            ({"status": "ingediend"}, "Concept", "concept"),
        ],
    )
    def test_status(self, anders: dict[str, Any], tekst: str, soort: str) -> None:
        assert pagina(uitgave=uitgave(**anders)).status == type(pagina().status)(tekst, soort)

    def test_feiten(self) -> None:
        een = pagina().herkomst

        assert een.vaste_link == "/programmabegroting-2025/versie/1/programma/programma-1-veiligheid/"
        assert een.controlegetal == "c" * 64
        assert een.peilmoment is not None and een.peildatum is not None
        assert (een.peilmoment.tekst, een.peilmoment.machine) == (
            "23 november 2026 om 10.05 uur",
            "2026-11-23T09:05:00+00:00",
        )
        assert een.peildatum.tekst == "4 september 2024"
        assert [bestand.link.bij for bestand in een.bestanden] == ["4\u00a0kB, 30\u00a0regels"]

    def test_onder_een_vaste_versie_blijven_alle_links_daar(self) -> None:
        een = pagina(op_vast_adres=True)
        wortel = "/programmabegroting-2025/versie/1/"

        links = [
            *(link.href for link in een.kruimels[1:]),
            *(link.href for link in een.tabel.weergaven),
            een.tabel.csv.href,
            een.canoniek,
            *(link.href for link in een.herkomst.downloads),
            *(bestand.link.href for bestand in een.herkomst.bestanden),
        ]
        assert all(href.startswith(wortel) for href in links)
        assert een.vaste_versie is not None
        assert een.vaste_versie.href == "/programmabegroting-2025/programma/programma-1-veiligheid/"
        assert pagina().vaste_versie is None


def test_bestanden_in_een_volgorde_voor_mensen() -> None:
    """What most people want first, the programmes after all of the document, each with its name."""
    namen = (
        *("aansluiting.pdf", "begroting.csv", "document.pdf", "dossier.zip", "programma/overhead/begroting.csv"),
        *("programma/programma-1-veiligheid/begroting.csv", "programma/programma-12-zorg-en-jeugd/programma.pdf"),
    )
    rijen = [Bestandrij(naam, 1, 0, "") for naam in namen]

    assert [bestand.link.tekst for bestand in bestanden(rijen, actueel(uitgave()))] == [
        "Om te lezen of te printen: het hele document (PDF)",
        "Alle regels van het hele document (CSV)",
        "Om te lezen of te printen: aansluitingsrapport (PDF)",
        "Het dossier: alles bij elkaar, met een programma dat het narekent (ZIP)",
        "Alle regels van overhead (CSV)",
        "Alle regels van programma 1 Veiligheid (CSV)",
        "Om te lezen of te printen: programma 12 Zorg en jeugd (PDF)",
    ]
