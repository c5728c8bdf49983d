"""The home page: what is published, the newest first."""

from __future__ import annotations

from datetime import UTC, datetime

from programma.pagina import homepagina
from programma.raming import tel_op
from tests.stukken import documentstuk, uitgave


class TestHome:
    """The list of documents with the current budget on top."""

    def test_home_per_jaar_het_nieuwste_eerst(self) -> None:
        oud = uitgave(jaar=2023, document_slug="jaarstukken-2023", titel="Jaarstukken 2023")
        nieuw = uitgave()
        stuk = documentstuk()
        een = homepagina("Dronten", [oud, nieuw], stuk, tel_op(stuk.cellen))

        assert [(groep.jaar, groep.documenten[0].link.href) for groep in een.jaren] == [
            (2025, "/programmabegroting-2025/"),
            (2023, "/jaarstukken-2023/"),
        ]
        assert een.huidig is not None and len(een.huidig.programmas) == 3

    def test_home_zonder_publicaties(self) -> None:
        een = homepagina("Dronten", [])

        assert (een.jaren, een.huidig) == ((), None)

    def test_de_dag_van_publicatie_is_de_nederlandse(self) -> None:
        laat = uitgave(gepubliceerd_op=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
        een = homepagina("Dronten", [laat])

        assert een.jaren[0].documenten[0].datum is not None
        assert een.jaren[0].documenten[0].datum.tekst == "2 juli 2026"
