"""begroting.xlsx against the XLSX of django-import-export, of the same rows; and the memory of our workbooks.

The peer is the library's own way: a resource of the model, exported, and its format XLSX. Both begin at the database
and end with the bytes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from zipfile import ZipFile

from import_export.formats.base_formats import XLSX
from import_export.resources import modelresource_factory

from bench.database import BASIS
from bench.geheugen import STATUS
from bench.verhouding import nl, om_beurten, toon_verhouding, toon_waarde
from bench.verzoek import Mislukt
from programma.models import Bedrag, Versie
from programma.rekenblad.begroting import schrijf_begroting
from programma.rekenblad.narekenen import schrijf_narekenen

KEER = 3
DOEL = 0.25
DOEL_GEHEUGEN = 16.0  # MiB more for ten times as many lines
SCHRIJVERS = {"begroting": schrijf_begroting, "narekenen": schrijf_narekenen}
VELDEN = (
    *("versie__document__slug", "versie__nummer", "regel__pakket__programma__code", "regel__pakket__programma__naam"),
    *("regel__pakket__code", "regel__pakket__naam", "regel__soort", "regel__taakveld__code", "regel__sleutel"),
    *("regel__omschrijving", "regel__incidenteel", "kolom__fase", "kolom__jaar", "euro", "bronprecisie"),
)
BRON = modelresource_factory(model=Bedrag, meta_options={"fields": VELDEN, "export_order": VELDEN})
KIND = "import sys, django; django.setup(); from bench import werkmap; werkmap.schrijf_en_meet(*sys.argv[1:])"


def meet(klein: Versie, groot: Versie) -> None:
    """Print what the workbooks cost of `klein` (10,000 lines) and `groot` (100,000)."""
    print("\nbegroting.xlsx, tegen de XLSX van django-import-export van dezelfde rijen")
    for versie in (klein, groot):
        aantal = _eis_evenveel(versie)
        ons, maat = om_beurten([partial(_duur, _onze, versie), partial(_duur, _hunne, versie)], KEER)
        toon_verhouding(f"{aantal} rijen", ons, maat, DOEL)
    if not STATUS.exists():
        print("  geheugen: geen uitkomst: dit systeem heeft geen /proc/self/status")
        return
    for naam in SCHRIJVERS:
        bij_klein, bij_groot = om_beurten([partial(_piek, naam, klein), partial(_piek, naam, groot)], KEER)
        hoogste = f"{nl(median(bij_klein))} MiB, bij 100.000 {nl(median(bij_groot))} MiB"
        print(f"  hoogste stand van een nieuw proces dat {naam}.xlsx maakt, bij 10.000 regels {hoogste}")
        toon_waarde("Verschil", [g - k for k, g in zip(bij_klein, bij_groot, strict=True)], "MiB", DOEL_GEHEUGEN)


def _onze(versie: Versie) -> bytes:
    with tempfile.TemporaryFile() as doel:
        schrijf_begroting(Versie.objects.voorbeeld(versie.pk), doel)
        doel.seek(0)
        return doel.read()


def _hunne(versie: Versie) -> bytes:
    rijen = Bedrag.objects.filter(versie=versie).select_related(
        "versie__document", "kolom", "regel__taakveld", "regel__pakket__programma"
    )
    inhoud: bytes = XLSX().export_data(BRON().export(rijen))
    return inhoud


def _duur(maak: Callable[[Versie], bytes], versie: Versie) -> float:
    begin = time.perf_counter()
    maak(versie)
    return time.perf_counter() - begin


def _eis_evenveel(versie: Versie) -> int:
    """Return how many rows both have. Raises Mislukt when they differ."""
    ons, hun = _rijen(_onze(versie)), _rijen(_hunne(versie))
    if ons != hun:
        raise Mislukt(f"onze werkmap heeft {ons} rijen, die van django-import-export {hun}")
    return ons


def _rijen(inhoud: bytes) -> int:
    """Return the number of rows of the first sheet below its header."""
    with tempfile.TemporaryFile() as bestand:
        bestand.write(inhoud)
        with ZipFile(bestand) as archief:
            return archief.read("xl/worksheets/sheet1.xml").count(b"<row ") - 1


def _piek(naam: str, versie: Versie) -> float:
    """Return the highest memory (MiB) of a fresh process that writes one workbook."""
    opdracht = [sys.executable, "-c", KIND, naam, str(versie.pk)]
    return int(subprocess.run(opdracht, cwd=BASIS, stdout=subprocess.PIPE, check=True).stdout) / 1024


def schrijf_en_meet(naam: str, sleutel: str) -> None:
    """Write one workbook into a file and print the highest memory of this process in kB."""
    with tempfile.TemporaryFile() as doel:
        SCHRIJVERS[naam](Versie.objects.voorbeeld(int(sleutel)), doel)
    regels = STATUS.read_text(encoding="ascii").splitlines()
    print(next(regel.split()[1] for regel in regels if regel.startswith("VmHWM")))
