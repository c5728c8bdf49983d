"""The shape of the house, read from the source with `ast`: arrows point down, and what is pure stays pure.

Each rule is a function from sources to violations, so that each can also be shown something bad.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

WORTEL = Path(__file__).resolve().parents[1]
LAGEN = {"veiligheid": 0, "indicatoren": 1, "programma": 2}
DAK = frozenset({"views", "admin", "urls", "settings", "templatetags", "migrations"})
VERBODEN_NAMEN = frozenset({"utils", "helpers", "common", "core", "services", "misc"})
MEESTE_REGELS = 450
# What an auditor downloads and reads is one file.
EEN_BESTAND = frozenset({"programma.dossier.verifieer"})

PUUR = frozenset(
    {
        "veiligheid.alineas",
        "veiligheid.contrast",
        "veiligheid.logo",
        "veiligheid.thema",
        "veiligheid.voordeur",
        "veiligheid.formatting",
        "veiligheid.charts",
        "veiligheid.getallen",
        "veiligheid.bestanden.vorm",
        "veiligheid.bestanden.bewaking",
        "veiligheid.opmaak.blokken",
        "veiligheid.opmaak.regel",
        "veiligheid.tips",
        "indicatoren.reeks",
        "programma.aansluiting",
        "programma.afdruk.inhoud",
        "programma.afdruk.namen",
        "programma.afdruk.opmaak",
        "programma.afdruk.tekens",
        "programma.bewaard.namen",
        "programma.codeboek",
        "programma.dossier.pak",
        "programma.dossier.verifieer",
        "programma.raming",
        "programma.tekstbedragen",
        "programma.cijfer",
        "programma.toetsing.controles",
        "programma.eenheid",
        "programma.toetsing.gedrukt",
        "programma.toetsing.grafiekkop",
        "programma.iv3.bestand",
        "programma.iv3.indeling",
        "programma.inhoud",
        "programma.jaar.jaarwisseling",
        "programma.toetsing.partijgaten",
        "programma.vingerafdruk",
        "programma.uitvoer.afdruk",
        "programma.uitvoer.datapakket",
        "programma.uitvoer.keuze",
        "programma.uitvoer.schema",
        "programma.uitvoer.selectie",
        "programma.uitvoer.sommen",
        "programma.uitvoer.stuk",
        "programma.verschil",
        "programma.steekproef",
        "programma.levering.uitvoerlog",
        "programma.toetsing.voortgang",
        "programma.pagina",
        "programma.woordenlijst",
        "programma.zoeken",
        "programma.rekenblad.formules",
        "programma.rekenblad.optelling",
        "programma.rooster.blad",
        "programma.rooster.eenheid",
        "programma.rooster.inzending",
        "programma.rooster.noten",
        "programma.rooster.samenvoeging",
        "programma.rooster.scherm",
        "programma.rooster.weergave",
    }
)
# Named in the design; checked from the day that they exist.
LATER_PUUR = frozenset({"programma.tabellezer"})

Bronnen = Mapping[str, str]
Regel = Callable[[Bronnen], list[str]]


def lees_bronnen() -> dict[str, str]:
    """Return the source of every module of the three packages, by dotted name; a package has its own name."""
    bronnen = {}
    for laag in LAGEN:
        for bestand in sorted((WORTEL / laag).rglob("*.py")):
            delen = bestand.relative_to(WORTEL).with_suffix("").parts
            naam = ".".join(delen[:-1] if delen[-1] == "__init__" else delen)
            bronnen[naam] = bestand.read_text(encoding="utf-8")
    return bronnen


BRONNEN = lees_bronnen()


def _is_migratie(naam: str) -> bool:
    return "migrations" in naam.split(".")


def _absoluut(naam: str, knoop: ast.ImportFrom, bronnen: Bronnen) -> str:
    """Return the module that a from-import names, with the dots of a relative import filled in."""
    if not knoop.level:
        return knoop.module or ""
    delen = naam.split(".")
    pakket = any(ander.startswith(f"{naam}.") for ander in bronnen)
    boven = delen[: len(delen) - knoop.level + pakket]
    return ".".join([*boven, *([knoop.module] if knoop.module else [])])


def imports(naam: str, bronnen: Bronnen) -> Iterator[str]:
    """Yield the dotted names that a module imports: of our own modules the module itself, wherever it stands."""
    for knoop in ast.walk(ast.parse(bronnen[naam])):
        if isinstance(knoop, ast.Import):
            yield from (alias.name for alias in knoop.names)
        elif isinstance(knoop, ast.ImportFrom):
            vandaan = _absoluut(naam, knoop, bronnen)
            for alias in knoop.names:
                voluit = f"{vandaan}.{alias.name}"
                yield voluit if voluit in bronnen or vandaan.split(".")[0] not in LAGEN else vandaan


def _eigen(naam: str, bronnen: Bronnen) -> list[str]:
    """Return which of our own modules a module imports."""
    return [doel for doel in imports(naam, bronnen) if doel.split(".")[0] in LAGEN]


# --- the rules ------------------------------------------------------------------------------------------------------


def alleen_omlaag(bronnen: Bronnen) -> list[str]:
    """programma -> indicatoren -> veiligheid, never back."""
    return [
        f"{naam} > {doel}"
        for naam in bronnen
        for doel in _eigen(naam, bronnen)
        if LAGEN[doel.split(".")[0]] > LAGEN[naam.split(".")[0]]
    ]


def niemand_leunt_op_het_dak(bronnen: Bronnen) -> list[str]:
    """Nobody imports views, admin, urls or settings; urls may import the views of its own app."""

    def mag(naam: str, doel: str) -> bool:
        app, *rest = doel.split(".")
        binnen = next((f"{app}.{deel}" for deel in rest if deel in DAK), None)
        if binnen is None or naam == binnen or naam.startswith(f"{binnen}."):
            return True
        return naam == f"{app}.urls" and binnen == f"{app}.views"

    return [f"{naam} > {doel}" for naam in bronnen for doel in _eigen(naam, bronnen) if not mag(naam, doel)]


def geen_sterimport(bronnen: Bronnen) -> list[str]:
    """No `import *`."""
    return [
        f"{naam}:{knoop.lineno}"
        for naam, bron in bronnen.items()
        for knoop in ast.walk(ast.parse(bron))
        if isinstance(knoop, ast.ImportFrom) and any(alias.name == "*" for alias in knoop.names)
    ]


def geen_import_in_een_functie(bronnen: Bronnen) -> list[str]:
    """An import stands at the top of its module."""
    return [
        f"{naam}:{knoop.lineno}"
        for naam, bron in bronnen.items()
        for functie in ast.walk(ast.parse(bron))
        if isinstance(functie, ast.FunctionDef | ast.AsyncFunctionDef)
        for knoop in ast.walk(functie)
        if isinstance(knoop, ast.Import | ast.ImportFrom)
    ]


def geen_signalen(bronnen: Bronnen) -> list[str]:
    """No signals: what happens is called by name."""
    return [
        f"{naam} > {doel}"
        for naam in bronnen
        for doel in imports(naam, bronnen)
        if "signals" in doel.split(".") or doel.startswith("django.dispatch")
    ]


def _puur(naam: str) -> bool:
    return any(naam == puur or naam.startswith(f"{puur}.") for puur in PUUR | LATER_PUUR)


def puur_blijft_puur(bronnen: Bronnen) -> list[str]:
    """A pure module imports the standard library and other pure modules: no Django, no database, no settings."""
    return [
        f"{naam} > {doel}"
        for naam in bronnen
        if _puur(naam)
        for doel in imports(naam, bronnen)
        if doel.split(".")[0] not in sys.stdlib_module_names and not _puur(doel)
    ]


def querysets_kennen_geen_modellen(bronnen: Bronnen) -> list[str]:
    """Models import their querysets, never the other way."""
    return [
        f"{naam} > {doel}"
        for naam in bronnen
        if "querysets" in naam.split(".")
        for doel in _eigen(naam, bronnen)
        if "models" in doel.split(".")
    ]


def niet_te_lang(bronnen: Bronnen) -> list[str]:
    """A module that outgrows about 450 lines becomes a package."""
    return [
        f"{naam}: {len(bron.splitlines())} regels"
        for naam, bron in bronnen.items()
        if not _is_migratie(naam) and naam not in EEN_BESTAND and len(bron.splitlines()) > MEESTE_REGELS
    ]


def een_module_heet_naar_een_ding(bronnen: Bronnen) -> list[str]:
    """No utils, helpers, services and their like, neither as a module nor as a package."""
    return [naam for naam in bronnen if VERBODEN_NAMEN & set(naam.split("."))]


def geen_kringen(bronnen: Bronnen) -> list[str]:
    """No module imports itself by way of others. What a package runs on its own account is not counted."""
    pijlen = {naam: sorted(set(_eigen(naam, bronnen)) & set(bronnen)) for naam in bronnen}
    klaar: set[str] = set()
    gevonden: list[str] = []

    def volg(naam: str, pad: list[str]) -> None:
        if naam in pad:
            gevonden.append(" > ".join([*pad[pad.index(naam) :], naam]))
        elif naam not in klaar:
            for doel in pijlen[naam]:
                volg(doel, [*pad, naam])
            klaar.add(naam)

    for naam in bronnen:
        volg(naam, [])
    return gevonden


REGELS: list[Regel] = [
    alleen_omlaag,
    niemand_leunt_op_het_dak,
    geen_sterimport,
    geen_import_in_een_functie,
    geen_signalen,
    puur_blijft_puur,
    querysets_kennen_geen_modellen,
    niet_te_lang,
    een_module_heet_naar_een_ding,
    geen_kringen,
]


@pytest.mark.parametrize("regel", REGELS, ids=lambda regel: regel.__name__)
def test_het_huis_houdt_zich_aan(regel: Regel) -> None:
    assert regel(BRONNEN) == []


def test_alles_is_gelezen() -> None:
    assert len(BRONNEN) > 50
    assert {"veiligheid", "veiligheid.database.launcher", "indicatoren.models", "programma.models.versie"} <= set(
        BRONNEN
    )
    assert any(_is_migratie(naam) for naam in BRONNEN)
    assert set(BRONNEN) >= PUUR, "a pure module was renamed: name it in PUUR"
    assert sum(_puur(naam) for naam in BRONNEN) >= len(PUUR) + 10
    assert sum(len(_eigen(naam, BRONNEN)) for naam in BRONNEN) > 100


# Per rule: what it must find, and what it must leave alone.
SLECHT: list[tuple[Regel, Bronnen, list[str]]] = [
    (
        alleen_omlaag,
        {"veiligheid.tables": "from indicatoren import reeks", "indicatoren.reeks": "import programma.raming"},
        ["veiligheid.tables > indicatoren.reeks", "indicatoren.reeks > programma.raming"],
    ),
    (
        alleen_omlaag,
        {"veiligheid.x": "def f():\n  from programma.raming import Stand"},
        ["veiligheid.x > programma.raming"],
    ),
    (alleen_omlaag, {"programma.x": "from veiligheid.formatting import euro\nimport indicatoren.reeks"}, []),
    (
        niemand_leunt_op_het_dak,
        {
            "programma.publicatie": "from programma import views",
            "programma.views": "from programma.admin import x\nfrom veiligheid.settings import DEBUG",
            "programma.urls": "from veiligheid import views",
            "veiligheid.views": "import programma.migrations.m1",
        },
        [
            "programma.publicatie > programma.views",
            "programma.views > programma.admin",
            "programma.views > veiligheid.settings",
            "programma.urls > veiligheid.views",
            "veiligheid.views > programma.migrations.m1",
        ],
    ),
    (
        niemand_leunt_op_het_dak,
        {
            "programma.urls": "from programma import views\nfrom django.contrib import admin",
            "programma.views": "from django.conf import settings",
            "programma.admin": "from programma.admin.regels import RegelAdmin",
            "programma.admin.regels": "from programma.admin import basis",
            "programma.admin.basis": "",
        },
        [],
    ),
    (geen_sterimport, {"programma.x": "import a\nfrom b import *"}, ["programma.x:2"]),
    (
        geen_import_in_een_functie,
        {
            "programma.x": "import a\nclass K:\n  def f(self):\n    if 1:\n      import b",
            "programma.y": "async def f():\n  from c import d",
        },
        ["programma.x:5", "programma.y:2"],
    ),
    (geen_import_in_een_functie, {"programma.x": "if 1:\n  import a\ndef f(): pass"}, []),
    (
        geen_signalen,
        {
            "programma.a": "from django.db.models.signals import post_save",
            "programma.b": "from django.db.models import signals",
            "programma.c": "from django.dispatch import receiver",
            "programma.d": "import django.core.signals",
            "programma.e": "import signal",
        },
        [
            "programma.a > django.db.models.signals.post_save",
            "programma.b > django.db.models.signals",
            "programma.c > django.dispatch.receiver",
            "programma.d > django.core.signals",
        ],
    ),
    (
        puur_blijft_puur,
        {
            "programma.raming": "import django\nfrom decimal import Decimal",
            "programma.pagina.kop": "from programma.models import Versie\nfrom programma.raming import Stand",
            "veiligheid.getallen": "from psycopg import sql",
            "indicatoren.reeks": "from veiligheid import namens",
            "programma.views": "import django",
            "programma.ramingen": "import django",
            "programma.models": "",
            "veiligheid.namens": "",
        },
        [
            "programma.raming > django",
            "programma.pagina.kop > programma.models",
            "veiligheid.getallen > psycopg.sql",
            "indicatoren.reeks > veiligheid.namens",
        ],
    ),
    (
        querysets_kennen_geen_modellen,
        {
            "programma.querysets": "from django.db import models\nfrom programma.models.versie import Versie",
            "indicatoren.querysets": "from programma.raming import Cel",
            "programma.models": "from programma.querysets import X",
        },
        ["programma.querysets > programma.models.versie"],
    ),
    (
        niet_te_lang,
        {"programma.a": "x = 1\n" * 451, "programma.b": "x = 1\n" * 450, "programma.migrations.m": "x = 1\n" * 999},
        ["programma.a: 451 regels"],
    ),
    (
        een_module_heet_naar_een_ding,
        {"programma.utils": "", "veiligheid.core.tekst": "", "programma.kern": "", "programma.commonwealth": ""},
        ["programma.utils", "veiligheid.core.tekst"],
    ),
    (
        geen_kringen,
        {
            "programma.a": "from programma import b",
            "programma.b": "from programma.c import x",
            "programma.c": "import programma.a",
            "programma.d": "import programma.a",
        },
        ["programma.a > programma.b > programma.c > programma.a"],
    ),
    (
        geen_kringen,
        {"programma.p": "from .a import x", "programma.p.a": "from . import b\nfrom .. import p", "programma.p.b": ""},
        ["programma.p > programma.p.a > programma.p"],
    ),
    (
        geen_kringen,
        {
            "programma.p": "from programma.p.a import x",
            "programma.p.a": "from programma.p import b",
            "programma.p.b": "",
        },
        [],
    ),
]


@pytest.mark.parametrize(
    ("regel", "bronnen", "verwacht"),
    SLECHT,
    ids=[f"{regel.__name__}-{'goed' if not verwacht else 'fout'}" for regel, _, verwacht in SLECHT],
)
def test_de_regel_ziet_wat_fout_is(regel: Regel, bronnen: Bronnen, verwacht: list[str]) -> None:
    assert regel(bronnen) == verwacht


def test_elke_regel_kan_falen() -> None:
    assert {regel for regel, _, verwacht in SLECHT if verwacht} == set(REGELS)
