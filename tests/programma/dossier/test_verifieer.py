"""verifieer.py on what the site gives: nothing is found in what is right, and what was tampered with is named.

The verifier runs as an auditor runs it: as a program of its own, with nothing but the standard library.
"""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from indicatoren.models import Gebied, Gebiedsnaam, Indicator, Waarneming
from programma import publicatie
from programma.dossier import VERIFIEER, bouw, pak_in
from programma.models import Bedrag, Doel, Doelindicator, GedruktTotaal, Programma, Programmaindicator, Versie
from programma.spoor import historie
from programma.spoor.wijzigingslog import Snede, wijzigingslog_csv
from tests.bouwers import Rollen, maak_concept, publiceer
from tests.conftest import Eigenaar
from tests.programma.spoor.test_verificatie import HERKETEN, sql, zonder_trekkers
from veiligheid.namens import namens

NAAM = "Programmabegroting 2025, versie 1"


def verifieer(*argumenten: str | Path) -> tuple[int, str]:
    """Run the verifier at home: isolated, without site packages. Return its exit code and what it said."""
    klaar = subprocess.run(
        [sys.executable, "-I", "-S", str(VERIFIEER), *map(str, argumenten)],
        capture_output=True, encoding="utf-8", env={"PYTHONIOENCODING": "utf-8", "PATH": ""}, check=False, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in klaar.stderr, klaar.stderr
    return klaar.returncode, klaar.stdout + klaar.stderr


@dataclass(frozen=True, slots=True)
class Thuis:
    """What an auditor has at home."""

    map: Path

    def haal(self, versie: Versie, *, vers: bool = True) -> Path:
        """Download a dossier, fresh or as it is stored at publication."""
        pad = self.map / ("vers.zip" if vers else "dossier.zip")
        uitgave = Versie.objects.voorbeeld(versie.pk)
        assert uitgave is not None
        if vers:
            with pad.open("wb") as bestand:
                pak_in(uitgave, bestand, vers=True)
        else:
            pad.write_bytes(bouw(uitgave))
        return pad

    def log(self) -> Path:
        pad = self.map / "wijzigingslog.csv"
        pad.write_bytes(b"".join(wijzigingslog_csv(Snede())))
        return pad

    def controleer(self, versie: Versie, *, vers: bool = True, anker: str = "") -> tuple[int, str]:
        """Check a dossier with the log, both as they are now."""
        return verifieer(self.haal(versie, vers=vers), "--log", self.log(), "--anker", anker)


@pytest.fixture
def thuis(tmp_path: Path) -> Thuis:
    return Thuis(tmp_path)


@pytest.fixture
def gevuld(vaste_rollen: Rollen) -> Versie:
    """A concept with goals, printed totals and an indicator with observations, and awkward texts."""
    versie = maak_concept(vaste_rollen, programmas=2)
    gemeente = Gebied.objects.create(code=settings.GEMEENTE, soort=Gebied.Soort.GEMEENTE)
    Gebiedsnaam.objects.create(gebied=gemeente, naam="Dronten")
    halt = Indicator.objects.create(slug="halt", naam="Verwijzingen Halt", eenheid="per 1.000")
    inwoners = Indicator.objects.create(slug="inwoners", naam="Inwoners")
    for indicator, jaar, waarde in ((halt, 2023, "8.1"), (halt, 2024, "8.0"), (inwoners, 2024, "44354")):
        Waarneming.objects.create(
            indicator=indicator, gebied=gemeente, jaar=jaar, waarde=Decimal(waarde), peildatum=date(2024, 6, 1),
            voetnoot='=1+1; "a",\nb',
        )  # fmt: skip
    Waarneming.objects.create(indicator=halt, gebied=gemeente, jaar=2023, waarde=Decimal("8.2"), bron="CBS")
    programma = Programma.objects.get(versie=versie, code="1")
    with namens(vaste_rollen.redacteur.pk, via="formulier", herkomst="=HYPERLINK(x)"):
        Programmaindicator.objects.create(versie=versie, programma=programma, indicator=halt)
        doel = Doel.objects.filter(versie=versie, pakket__code="1A")[0]
        Doelindicator.objects.create(versie=versie, doel=doel, indicator=halt)
        kolommen = {bedrag.kolom_id for bedrag in Bedrag.objects.filter(versie=versie)}
        for kolom in kolommen:
            GedruktTotaal.objects.create(
                versie=versie, programma=programma, kolom_id=kolom, grootheid="lasten", euro=-1000, eenheid=1000
            )
        doel.tekst = "=SOM(A1)\nMet 'aanhaling', een komma; en een ü."
        doel.save()
    return versie


@pytest.fixture
def gepubliceerd(gevuld: Versie, vaste_rollen: Rollen) -> Versie:
    versie = publiceer(gevuld, vaste_rollen)
    # What comes in later is not seen by what was published.
    halt = Indicator.objects.get(slug="halt")
    Waarneming.objects.create(indicator=halt, gebied=Gebied.objects.get(), jaar=2024, waarde=Decimal("9.9"))
    return versie


class TestZonderAlarm:
    @pytest.mark.parametrize("vers", [True, False], ids=["vers", "bewaard"])
    def test_gepubliceerd(self, gepubliceerd: Versie, thuis: Thuis, vers: bool) -> None:
        code, tekst = thuis.controleer(gepubliceerd, vers=vers, anker=gepubliceerd.anker)

        assert code == 0, tekst
        assert "Oordeel: IN ORDE." in tekst
        assert "6 van 6 gedrukte totalen sluiten aan" in tekst
        assert f"De sha256 van inhoud.json is de controlesom van de publicatie: {gepubliceerd.controlesom}" in tekst
        assert "3 waarnemingen zijn precies" in tekst

    def test_een_concept_en_een_tweede_publicatie(
        self, gepubliceerd: Versie, vaste_rollen: Rollen, thuis: Thuis
    ) -> None:
        concept = publicatie.maak_concept(gepubliceerd, door=vaste_rollen.redacteur)
        with namens(vaste_rollen.redacteur.pk, via="rooster"):
            Bedrag.objects.filter(versie=concept, regel__soort="lasten", kolom__jaar=2028).update(euro=-7)
        code, tekst = thuis.controleer(concept)
        assert code == 0, tekst
        assert "is niet gepubliceerd" in tekst
        assert "Bij deze versie zijn geen bestanden vastgelegd" in tekst and " 0 bestanden" not in tekst

        publiceer(concept, vaste_rollen)
        for versie in (concept, gepubliceerd):
            versie.refresh_from_db()
            code, tekst = thuis.controleer(versie, vers=False, anker=historie.kop())
            assert code == 0, tekst

        # The chain in a dossier ends with its own publication: who holds a later anchor is told where to look.
        code, tekst = verifieer(thuis.haal(gepubliceerd), "--anker", concept.anker)
        assert code == 1 and "Is het van een latere publicatie? Neem dan het dossier daarvan." in tekst
        assert verifieer(thuis.haal(concept), "--anker", gepubliceerd.anker)[0] == 0

    def test_wat_later_gebeurt_maakt_een_vers_dossier_niet_onwaar(
        self, gevuld: Versie, vaste_rollen: Rollen, thuis: Thuis
    ) -> None:
        """Downloaded first, changed since, then the log: it is compared up to the link that the dossier names."""
        dossier = thuis.haal(gevuld)
        with namens(vaste_rollen.redacteur.pk, via="rooster"):
            Bedrag.objects.filter(versie=gevuld).update(euro=-5)
            Doel.objects.filter(versie=gevuld, pakket__code="2A").delete()

        code, tekst = verifieer(dossier, "--log", thuis.log())

        assert code == 0, tekst

    def test_uit_een_map_en_zonder_log(self, gepubliceerd: Versie, thuis: Thuis) -> None:
        zipfile.ZipFile(thuis.haal(gepubliceerd, vers=False)).extractall(thuis.map / "uit")

        code, tekst = verifieer(thuis.map / "uit")

        assert code == 0, tekst
        assert "daarvoor is de wijzigingslog nodig" in tekst


def _een_cent() -> None:
    sql("UPDATE programma_bedrag SET euro = euro - 0.01 WHERE id = (SELECT min(id) FROM programma_bedrag)")


def _een_komma() -> None:
    sql("UPDATE programma_doel SET tekst = 'Wat we, willen bereiken.' WHERE tekst = 'Wat we willen bereiken.'")


def _een_waarneming() -> None:
    sql("UPDATE indicatoren_waarneming SET waarde = 8.4 WHERE waarde = 8.2")


GEKNOEI: dict[str, tuple[Callable[[], None], list[str], list[str]]] = {
    "een cent": (
        _een_cent,
        ["programma 1", "pakket 1A", "regel p1-lasten", "kolom realisatie 2023"],
        ["het dossier zegt −1.000,01, de historie −1.000,00"],
    ),
    "een komma van een doel": (
        _een_komma,
        ["programma 2", "pakket 2A", "doel Wat we"],
        ["het dossier zegt Wat we, willen bereiken., de historie Wat we willen bereiken."],
    ),
    "een waarneming": (
        _een_waarneming,
        ["programma 1", "halt van GM0303 in 2023"],
        ["het dossier zegt 8,4000, de historie 8,2000"],
    ),
}


class TestGeknoei:
    """Must show 4: the owner of the database, with the triggers off."""

    @pytest.mark.parametrize("wat", GEKNOEI)
    def test_beide_noemen_versie_programma_en_plaats(
        self, gepubliceerd: Versie, thuis: Thuis, als_eigenaar: Eigenaar, wat: str
    ) -> None:
        knoei, plaats, verschil = GEKNOEI[wat]
        with zonder_trekkers(als_eigenaar):
            knoei()

        code, tekst = thuis.controleer(gepubliceerd)

        assert code == 1, tekst
        zin = next(regel for regel in tekst.splitlines() if all(deel in regel for deel in [NAAM, *plaats]))
        assert all(deel in zin for deel in verschil), zin
        gemeld = io.StringIO()
        with pytest.raises(CommandError, match="De historie klopt niet"):
            call_command("verifieer", stdout=io.StringIO(), stderr=gemeld)
        assert any(NAAM in regel and plaats[0] in regel for regel in gemeld.getvalue().splitlines()), gemeld.getvalue()

    def test_het_laatste_stuk_historie_afgeknipt(
        self, gepubliceerd: Versie, thuis: Thuis, als_eigenaar: Eigenaar
    ) -> None:
        with zonder_trekkers(als_eigenaar):
            sql(
                "DELETE FROM programma_gebeurtenis WHERE id > (SELECT max(id) - 5 FROM programma_gebeurtenis)",
                "DELETE FROM programma_schakel WHERE laatste > (SELECT max(id) FROM programma_gebeurtenis)",
            )

        code, tekst = thuis.controleer(gepubliceerd)

        assert code == 1, tekst
        with pytest.raises(CommandError):
            call_command("verifieer", stdout=io.StringIO(), stderr=io.StringIO())

    def test_een_afgeknipte_historie_van_iets_anders_met_het_anker(
        self, gepubliceerd: Versie, vaste_rollen: Rollen, thuis: Thuis, als_eigenaar: Eigenaar
    ) -> None:
        """What does not touch this version is seen with a head that was kept outside."""
        Indicator.objects.create(slug="los", naam="Los")
        anker = historie.kop()
        with zonder_trekkers(als_eigenaar):
            sql(
                "DELETE FROM indicatoren_indicator WHERE slug = 'los'",
                "DELETE FROM programma_gebeurtenis WHERE id = (SELECT max(id) FROM programma_gebeurtenis)",
                "DELETE FROM programma_schakel WHERE id = (SELECT max(id) FROM programma_schakel)",
            )

        assert thuis.controleer(gepubliceerd)[0] == 0
        code, tekst = thuis.controleer(gepubliceerd, anker=anker)

        assert code == 1
        assert "korter dan uw anker zegt" in tekst

    def test_historie_leeg(self, gepubliceerd: Versie, thuis: Thuis, als_eigenaar: Eigenaar) -> None:
        with zonder_trekkers(als_eigenaar):
            sql("DELETE FROM programma_gebeurtenis", "DELETE FROM programma_schakel")

        code, tekst = thuis.controleer(gepubliceerd)

        assert code == 1
        assert "wijzigingslog.csv is leeg" in tekst
        with pytest.raises(CommandError):
            call_command("verifieer", stdout=io.StringIO(), stderr=io.StringIO())

    @pytest.mark.parametrize(
        ("opdrachten", "zin"),
        [
            (["UPDATE programma_gebeurtenis SET nieuw = replace(nieuw, '-1000', '-1001') WHERE id = {bedrag}"],
             "is gewijzigd na het vastleggen"),
            (["UPDATE programma_gebeurtenis SET door_id = 77 WHERE id = {bedrag}"], "is gewijzigd na het vastleggen"),
            (["DELETE FROM programma_gebeurtenis WHERE id = {bedrag}"], "gebeurtenissen te hebben"),
            (["DELETE FROM programma_schakel WHERE id = 3"], "Voor schakel 4 ontbreken er schakels"),
            (["UPDATE programma_schakel SET op = op + interval '1 second' WHERE id = 3"], "Schakel 3"),
            (["UPDATE programma_gebeurtenis SET transactie = 1 WHERE id = {bedrag}"], "hoort bij geen schakel"),
            (["UPDATE programma_versie SET anker = repeat('0', 64) WHERE anker <> ''"], "het anker 0000"),
            (["UPDATE programma_bestand SET sha256 = repeat('0', 64) WHERE naam = 'begroting.csv'"], "begroting.csv"),
            (["DELETE FROM indicatoren_waarneming WHERE waarde = 8.2"], "halt van GM0303 in 2023"),
            (["UPDATE programma_taakveld SET naam = naam",
              "DELETE FROM programma_doelindicator"], "doelindicator"),
        ],
    )  # fmt: skip
    def test_andere_aanvallen(
        self, gepubliceerd: Versie, thuis: Thuis, als_eigenaar: Eigenaar, opdrachten: list[str], zin: str
    ) -> None:
        bedrag = "(SELECT min(id) FROM programma_gebeurtenis WHERE tabel = 'programma_bedrag')"
        with zonder_trekkers(als_eigenaar):
            sql(*(opdracht.format(bedrag=bedrag) for opdracht in opdrachten))

        code, tekst = thuis.controleer(gepubliceerd)

        assert code == 1
        assert any("FOUT" in regel and zin in regel for regel in tekst.splitlines()), tekst

    def test_alles_samen_herschreven_ziet_alleen_een_anker(
        self, gevuld: Versie, thuis: Thuis, als_eigenaar: Eigenaar
    ) -> None:
        anker = historie.kop()
        with zonder_trekkers(als_eigenaar):
            sql(
                "UPDATE programma_bedrag SET euro = -9 WHERE id = (SELECT max(id) FROM programma_bedrag)",
                """UPDATE programma_gebeurtenis g SET nieuw = to_jsonb(b)::text FROM programma_bedrag b
                   WHERE g.tabel = 'programma_bedrag' AND g.rij = b.id AND b.euro = -9""",
                """UPDATE programma_gebeurtenis SET afdruk = historie_afdruk(id, transactie, tabel, rij, versie_id,
                   soort, op, door_id, databaserol, via, herkomst, oud, nieuw)""",
                HERKETEN,
            )

        assert thuis.controleer(gevuld)[0] == 0
        code, tekst = thuis.controleer(gevuld, anker=anker)

        assert code == 1
        assert "niet meer die van uw anker: zij is herschreven" in tekst
