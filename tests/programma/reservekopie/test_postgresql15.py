"""The same bytes on PostgreSQL 18 and 15, with the sort order of C and of Dutch, before and after dump and restore."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.programma.reservekopie.plekken import POSTGRESQL_15, Plek, ingebed, van_de_machine

pytestmark = [
    pytest.mark.lang,
    pytest.mark.skipif(
        not (POSTGRESQL_15 / "initdb").exists(),
        reason=f"PostgreSQL 15 ontbreekt in {POSTGRESQL_15}; installeer postgresql-15",
    ),
]
NEDERLANDS = "nl_NL.utf8"
# A budget of which C and nl_NL put the pakketten in another order, with texts that a spreadsheet would run; published,
# and a concept after it.
BEGROTING = """
from programma import publicatie
from programma.models import Doel, Kolom, Pakket, Programma, Sectie
from tests.bouwers import maak_concept, maak_regel, publiceer
from tests.conftest import maak_rollen
from veiligheid.namens import namens
rollen = maak_rollen()
versie = maak_concept(rollen, programmas=3)
with namens(rollen.redacteur.pk):
    programma, kolommen = Programma.objects.get(versie=versie, code="2"), list(Kolom.objects.filter(versie=versie))
    for nummer, code in enumerate(("1", "1.2", "1.10", "1-a", "A", "a", "B", "z", "zz-1", "z-z", "Z", "é")):
        pakket = Pakket.objects.create(versie=versie, programma=programma, code=code, naam="=A(" + code + ") 's-")
        Sectie.objects.create(versie=versie, pakket=pakket, kop="Inhoud", tekst="Wat we doen.")
        Doel.objects.create(versie=versie, pakket=pakket, tekst="Wat we willen.")
        maak_regel(versie, pakket, kolommen, "baten", 12345678, "lastig-" + str(nummer))
publiceer(versie, rollen)
publicatie.nieuwe_versie(versie.document, door=rollen.redacteur)
"""


@pytest.fixture(scope="module")
def bron(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A backup of a budget on 18 that is hard to order."""
    with ingebed(tmp_path_factory.mktemp("bron")) as plek:
        plek.manage("migrate", "--verbosity", "0")
        plek.manage("shell", "--verbosity", "0", "-c", BEGROTING)
        yield plek.kopie(tmp_path_factory.mktemp("kopieen"))


def _uitvoer(manifest: dict[str, Any]) -> dict[str, Any]:
    versies: dict[str, Any] = manifest["stand"]["versies"]
    assert all({"begroting.csv", "begroting.json"} <= set(versie["bestanden"]) for versie in versies.values())
    return versies


def test_van_18_naar_15_en_terug(bron: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    locales = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True).stdout.split()
    if NEDERLANDS not in locales:
        pytest.skip(f"de taal {NEDERLANDS} ontbreekt; maak haar met localedef -i nl_NL -f UTF-8 nl_NL.UTF-8")
    map, eerst = bron
    for nummer, locale in enumerate(("C", NEDERLANDS)):
        with van_de_machine(tmp_path / f"var{nummer}", POSTGRESQL_15, locale) as plek:
            # The dump of 18 the first time, of 15 itself the second.
            plek.manage("herstel", str(map))
            map, manifest = plek.kopie(tmp_path / f"kopieen{nummer}")
            assert (manifest["server"]["hoofdversie"], manifest["server"]["collatie"]) == (15, locale)
            assert manifest["gemaakt_met"]["pg_dump"] == 15
            assert _uitvoer(manifest) == _uitvoer(eerst)
            assert manifest["stand"] == eerst["stand"]
            assert "In orde" in plek.manage("verifieer", "--anker", eerst["stand"]["kop"])
    with ingebed(tmp_path / "terug") as plek:
        plek.manage("herstel", str(map))
        _, manifest = plek.kopie(tmp_path / "kopieen-terug")
        assert manifest["server"]["hoofdversie"] == 18
        assert manifest["stand"] == eerst["stand"]


def test_andere_volgorde_is_echt_een_andere(tmp_path: Path) -> None:
    """Without COLLATE "C" the two servers would differ: otherwise the test above shows nothing."""
    vraag = "SELECT string_agg(n, ' ' ORDER BY n) FROM unnest('{1,1.2,1.10,1-a,A,a}'::text[]) n"
    gevonden = set()
    for nummer, locale in enumerate(("C", NEDERLANDS)):
        with van_de_machine(tmp_path / f"var{nummer}", POSTGRESQL_15, locale) as plek:
            gevonden.add(_vraag(plek, vraag))
    assert len(gevonden) == 2


def test_de_site_mag_daar_niet_kopieren(bron: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """Without the owner's address the command says which one is missing, for making and for putting back."""
    with van_de_machine(tmp_path / "var", POSTGRESQL_15, "C") as plek:
        als_site = Plek(plek.var, {**plek.omgeving, "DATABASE_EIGENAAR_URL": plek.omgeving["DATABASE_URL"]})
        geweigerd = als_site.doe("herstel", str(bron[0]))
        assert geweigerd.returncode == 1 and "DATABASE_EIGENAAR_URL" in geweigerd.stderr
        plek.manage("migrate", "--verbosity", "0")
        geweigerd = als_site.doe("backup", str(tmp_path / "kopieen"))
        assert geweigerd.returncode == 1 and "DATABASE_EIGENAAR_URL" in geweigerd.stderr


def _vraag(plek: Plek, vraag: str) -> str:
    opdracht = (
        f"from django.db import connection; c = connection.cursor(); c.execute({vraag!r}); print(c.fetchone()[0])"
    )
    return plek.manage("shell", "--verbosity", "0", "-c", opdracht).strip()
