"""Pieces for the tests of workbooks: the demonstration, and what is in a workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import IO, Any

import openpyxl
from django.conf import settings

from indicatoren import inlezen
from programma.demo import begroting as demobegroting
from programma.inhoud import Uitgave
from programma.inlezen import lees_taakvelden
from programma.models import Versie
from tests.bouwers import Rollen

FIXTURES = settings.BASE_DIR / "fixtures"
Rij = list[Any]


def demo(rollen: Rollen) -> Versie:
    """Return the budget of the demonstration, published."""
    inlezen.lees_indicatoren(FIXTURES / "indicatoren.csv")
    lees_taakvelden(FIXTURES / "taakvelden.csv")
    return demobegroting.laad_en_publiceer(FIXTURES / "demo", redacteur=rollen.redacteur, publicist=rollen.publicist)


def uitgave_van(versie: Versie) -> Uitgave:
    """Return a version as readers, or colleagues, meet it."""
    uitgave = Versie.objects.voorbeeld(versie.pk)
    assert uitgave is not None
    return uitgave


def bytes_van(schrijf: Callable[..., None], uitgave: Uitgave, *rest: object) -> bytes:
    """Return the workbook that a writer makes."""
    doel: IO[bytes] = io.BytesIO()
    schrijf(uitgave, doel, *rest)
    doel.seek(0)
    return doel.read()


def waarden(inhoud: bytes, blad: str) -> list[Rij]:
    """Return the values of a sheet, row by row: of a formula the value that it carries."""
    boek = openpyxl.load_workbook(io.BytesIO(inhoud), data_only=True, read_only=True)
    return [list(rij) for rij in boek[blad].iter_rows(values_only=True)]


def formules(inhoud: bytes) -> list[str]:
    """Return every formula of a workbook."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
        bladen = [naam for naam in archief.namelist() if naam.startswith("xl/worksheets/sheet")]
        return [formule for naam in bladen for formule in re.findall(r"<f[ >].*?</f>", archief.read(naam).decode())]


def veranderd(inhoud: bytes, oud: str, nieuw: str) -> bytes:
    """Return the workbook with something else in its XML: the first place where `oud` stands, which must exist."""
    uit, gevonden = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief, zipfile.ZipFile(uit, "w") as kopie:
        for naam in archief.namelist():
            deel = archief.read(naam)
            if not gevonden and oud.encode() in deel:
                gevonden, deel = 1, deel.replace(oud.encode(), nieuw.encode(), 1)
            kopie.writestr(naam, deel)
    assert gevonden, oud
    return uit.getvalue()
