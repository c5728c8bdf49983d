"""What a row of the export log says: how it ended, where to take the same again, and whether it was other before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.levering.uitvoerlog import Eerder, Logregel, Versiestand, lees_sommen, melding, vergelijklink

OP = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
EEN = Versiestand(11, "programmabegroting-2025", 1, "gepubliceerd", "gepubliceerd")
TWEE = Versiestand(12, "programmabegroting-2025", 2, "gepubliceerd", "gepubliceerd")
CONCEPT = Versiestand(12, "programmabegroting-2025", 2, "concept", "concept")
REGEL = Logregel(
    9, OP, "Anna", "Programmabegroting 2025", TWEE, "begroting.csv", "csv", "", voltooid=True, sha256="b" * 64
)


def eerder(versie: Versiestand, sha256: str = "a" * 64) -> Eerder:
    """Make the time before."""
    return Eerder(8, OP, versie, sha256)


class TestMelding:
    """Other bytes for the same question."""

    def test_een_andere_versie(self) -> None:
        gevonden = melding(replace(REGEL, eerder=eerder(EEN)))
        assert gevonden is not None and gevonden.link is not None
        # The moment is told in Dutch time.
        assert gevonden.tekst == (
            "Andere inhoud dan op 28 november 2026 om 0.30 uur: "
            "toen versie 1 (gepubliceerd), nu versie 2 (gepubliceerd)."
        )
        assert gevonden.link.href == "/vergelijken/?a=programmabegroting-2025/1&b=programmabegroting-2025/2"
        assert gevonden.link.tekst == "Vergelijk versie 1 met versie 2"

    def test_met_een_concept_vergelijkt_het_beheer(self) -> None:
        gevonden = melding(replace(REGEL, versie=CONCEPT, eerder=eerder(EEN)))
        assert gevonden is not None and gevonden.link is not None
        assert gevonden.link.href == "/beheer/vergelijken/?a=11&b=12"

    def test_een_verwijderd_concept_heeft_geen_vergelijking(self) -> None:
        gevonden = melding(replace(REGEL, eerder=eerder(replace(CONCEPT, versie_id=13, nu=""))))
        assert gevonden is not None and gevonden.link is None
        assert vergelijklink(EEN, replace(TWEE, nu="")) is None

    def test_hetzelfde_concept_op_twee_momenten(self) -> None:
        gevonden = melding(replace(REGEL, versie=CONCEPT, eerder=eerder(CONCEPT)))
        assert gevonden is not None and gevonden.link is not None
        assert gevonden.link.href == "/beheer/historie/versie/12/?vanaf=2026-11-28"
        assert "hoort niet" not in gevonden.tekst

    def test_wat_gepubliceerd_was_hoort_gelijk_te_zijn(self) -> None:
        gevonden = melding(replace(REGEL, eerder=eerder(TWEE)))
        assert gevonden is not None and "Dat hoort niet te kunnen" in gevonden.tekst
        assert "verifieer" in gevonden.tekst

    @pytest.mark.parametrize("bestand", ["dossier.zip", "aansluiting.csv", "autorisatie.csv"])
    def test_wat_ook_de_stand_van_nu_noemt_is_geen_alarm(self, bestand: str) -> None:
        gevonden = melding(replace(REGEL, bestand=bestand, eerder=eerder(TWEE)))
        assert gevonden is not None and "hoort niet" not in gevonden.tekst
        assert gevonden.tekst.startswith("Andere inhoud dan op") and gevonden.tekst.count(".") >= 3

    def test_niets_te_zeggen(self) -> None:
        assert melding(REGEL) is None
        assert melding(replace(REGEL, eerder=eerder(EEN, REGEL.sha256))) is None
        assert melding(replace(REGEL, voltooid=False, sha256="", eerder=eerder(EEN))) is None
        assert melding(replace(REGEL, versie=None, eerder=None)) is None


class TestRegel:
    """One row."""

    def test_afloop(self) -> None:
        assert [replace(REGEL, voltooid=wat).afloop for wat in (True, False, None)] == [
            "voltooid",
            "afgebroken",
            "niet afgerond",
        ]

    def test_herhaalbaar(self) -> None:
        assert REGEL.herhaalbaar and replace(REGEL, versie=None).herhaalbaar
        assert not replace(REGEL, versie=replace(CONCEPT, nu="")).herhaalbaar

    @given(
        st.lists(st.tuples(st.sampled_from(["soort", "jaar", "zaad"]), st.text(min_size=1, max_size=12)), max_size=4)
    )
    def test_het_adres_herhaalt_de_vraag(self, paren: list[tuple[str, str]]) -> None:
        paren = [(naam, waarde.encode(errors="replace").decode()) for naam, waarde in paren]
        regel = replace(REGEL, vraag=urlencode(paren), vorm="csv-excel")
        deel = urlsplit(regel.adres)
        assert deel.path == "/beheer/controle/12/begroting.csv"
        assert parse_qsl(deel.query) == [*paren, ("vorm", "excel")]
        assert regel.filters == paren

    def test_zonder_vraag(self) -> None:
        assert REGEL.adres == "/beheer/controle/12/begroting.csv"
        assert replace(REGEL, versie=None, bestand="uitvoerlog.csv").adres == "/beheer/controle/uitvoerlog.csv"

    def test_van_elders_in_het_beheer(self) -> None:
        """Its whole path is its name; the version is named beside the question."""
        elders = replace(
            REGEL, bestand="/beheer/vergelijken/bedragen.csv", vraag="a=1&b=2&vorm=excel", vorm="csv-excel"
        )
        assert replace(elders, versie=None).adres == "/beheer/vergelijken/bedragen.csv?a=1&b=2&vorm=excel"
        assert elders.adres == "/beheer/vergelijken/bedragen.csv?versie=12&a=1&b=2&vorm=excel"
        assert replace(elders, vraag="").adres == "/beheer/vergelijken/bedragen.csv?versie=12"
        assert replace(elders, versie=None, vraag="").adres == "/beheer/vergelijken/bedragen.csv"

    @given(st.dictionaries(st.sampled_from(["lasten", "baten"]), st.decimals(-(10**15), 10**15, places=2)))
    def test_sommen_blijven_exact(self, sommen: dict[str, Decimal]) -> None:
        tekst = "{" + ", ".join(f'"{soort}": "{bedrag:f}"' for soort, bedrag in sommen.items()) + "}"
        assert lees_sommen(tekst) == sommen

    def test_bedragen_in_volgorde(self) -> None:
        sommen = {"baten": Decimal("100.5"), "toevoeging": Decimal("0.00"), "lasten": Decimal("-1000")}
        assert replace(REGEL, sommen=sommen).bedragen == [("lasten", "−1.000,00"), ("baten", "100,50")]
