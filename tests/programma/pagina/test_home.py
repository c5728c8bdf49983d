"""The home page: what is published, the newest first, and where the money goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from programma.inhoud import Homestuk
from programma.pagina import homepagina
from tests.stukken import MOMENT, documentstuk, iv3stuk, programmastuk, uitgave


class TestHome:
    """The list of documents with the current budget on top."""

    def test_home_per_jaar_het_nieuwste_eerst(self) -> None:
        oud = uitgave(jaar=2023, document_slug="jaarstukken-2023", titel="Jaarstukken 2023")
        een = homepagina(Homestuk("Dronten", [oud, uitgave()], documentstuk()))

        assert [(groep.jaar, groep.documenten[0].link.href) for groep in een.jaren] == [
            (2025, "/programmabegroting-2025/"),
            (2023, "/jaarstukken-2023/"),
        ]
        assert een.huidig is not None and len(een.huidig.programmas) == 3

    def test_home_zonder_publicaties(self) -> None:
        een = homepagina(Homestuk("Dronten", []))

        assert (een.jaren, een.huidig, een.bestemming, een.nieuw) == ((), None, None, ())

    def test_de_dag_van_publicatie_is_de_nederlandse(self) -> None:
        laat = uitgave(gepubliceerd_op=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
        een = homepagina(Homestuk("Dronten", [laat]))

        assert een.jaren[0].documenten[0].datum is not None
        assert een.jaren[0].documenten[0].datum.tekst == "2 juli 2026"

    def test_in_een_jaar_staat_de_begroting_van_de_raad_voor_de_statistiek(self) -> None:
        een = homepagina(Homestuk("Dronten", [iv3stuk().uitgave, uitgave()]))

        (jaar,) = een.jaren
        assert [(regel.link.tekst, regel.status.tekst) for regel in jaar.documenten] == [
            ("Programmabegroting 2025", "Aangeboden aan de raad"),
            ("Iv3-begroting 2025", "Cijfers van het CBS"),
        ]

    def test_nieuw_zijn_de_laatste_vijf(self) -> None:
        uitgaven = [
            uitgave(document_slug=f"d-{dag}", titel=f"D {dag}", gepubliceerd_op=MOMENT + timedelta(days=dag % 7))
            for dag in range(7)
        ]
        een = homepagina(Homestuk("Dronten", uitgaven[::2] + uitgaven[1::2]))

        assert [regel.link.tekst for regel in een.nieuw] == ["D 6", "D 5", "D 4", "D 3", "D 2"]


class TestBestemming:
    """Where the money goes: out of the whole budget, saying which document that is."""

    def test_uit_het_geheel_met_de_bron_erbij(self) -> None:
        deel = documentstuk(programmas=[programmastuk().programma], cellen=programmastuk().cellen)
        een = homepagina(Homestuk("Dronten", [deel.uitgave, iv3stuk().uitgave], deel, iv3stuk()))

        assert een.bestemming is not None and een.huidig is not None
        assert een.huidig.link.tekst == "Programmabegroting 2025"
        assert een.huidig.noot == "Hierin staat alleen programma 1 Veiligheid, niet de hele begroting."
        assert een.bestemming.tabel == ("de Iv3-begroting 2025", "/iv3-begroting-2025/#tabel1-titel", "")
        assert een.bestemming.reden == (
            "De Programmabegroting 2025 staat hier niet helemaal. "
            "Deze cijfers gaf de gemeente aan het CBS. Bron: CBS Iv3, CC BY 4.0."
        )
        assert een.bestemming.verdeling.bericht == "De meeste lasten gaan naar Sociaal domein: 37%"
        assert len(een.bestemming.verdeling.balken) == 9

    def test_een_hele_begroting_spreekt_voor_zichzelf(self) -> None:
        geheel = iv3stuk(uitgave=uitgave())
        een = homepagina(Homestuk("Dronten", [geheel.uitgave], geheel, geheel))

        assert een.bestemming is not None and een.huidig is not None
        assert (een.bestemming.reden, een.huidig.noot) == ("", "")
