"""The memory of an export: the highest of a fresh process that streams a document, for a small and a large one.

`python -m bench.geheugen ADDRESS` is that process: it prints its highest memory in kB.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

import django

from bench.database import BASIS
from bench.verhouding import nl, toon_waarde
from bench.verzoek import blokken

KEER = 5
DOEL = 8.0  # MiB more for ten times as many lines
STATUS = Path("/proc/self/status")


def meet(documenten: object) -> None:
    """Print how much more memory 100,000 lines take than 10,000."""
    print("\nGeheugen van een nieuw proces dat begroting.csv één keer uitgeeft")
    if not STATUS.exists():
        print("  geen uitkomst: dit systeem heeft geen /proc/self/status")
        return
    klein, groot = [], []
    for _ in range(KEER):
        klein.append(_piek(documenten.klein))
        groot.append(_piek(documenten.groot))
    print(f"  hoogste stand bij 10.000 regels {nl(median(klein))} MiB, bij 100.000 regels {nl(median(groot))} MiB")
    toon_waarde("Verschil", [g - k for k, g in zip(klein, groot, strict=True)], "MiB", DOEL)
