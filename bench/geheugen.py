"""The memory of an export: the highest of a fresh process that streams a document, for a small and a large one.

`python -m bench.geheugen ADDRESS` is that process: it prints its highest memory in kB.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from statistics import median

import django

from bench.database import BASIS
from bench.verhouding import nl, om_beurten, toon_waarde
from bench.verzoek import blokken

KEER = 5
DOEL = 8.0  # MiB more for a hundred times as many lines
STATUS = Path("/proc/self/status")


def meet(klein: str, groot: str) -> None:
    """Print how much more memory the address `groot` (1,000,000 lines) takes than `klein` (10,000)."""
    print("\nGeheugen van een nieuw proces dat begroting.csv één keer uitgeeft")
    if not STATUS.exists():
        print("  geen uitkomst: dit systeem heeft geen /proc/self/status")
        return
    bij_klein, bij_groot = om_beurten([partial(_piek, klein), partial(_piek, groot)], KEER)
    print(f"  hoogste stand bij 10.000 regels {nl(median(bij_klein))} MiB, bij 1.000.000 {nl(median(bij_groot))} MiB")
    toon_waarde("Verschil", [g - k for k, g in zip(bij_klein, bij_groot, strict=True)], "MiB", DOEL)


def _piek(pad: str) -> float:
    """Return the highest memory (MiB) of a fresh process that streams this address once."""
    opdracht = [sys.executable, "-m", "bench.geheugen", pad]
    return int(subprocess.run(opdracht, cwd=BASIS, stdout=subprocess.PIPE, check=True).stdout) / 1024


def main() -> None:
    """Read the address in sys.argv to the end, keeping nothing."""
    django.setup()
    for _ in blokken(sys.argv[1]):
        pass
    # Not ru_maxrss: that begins with the memory of the process that started this one.
    regels = STATUS.read_text(encoding="ascii").splitlines()
    print(next(regel.split()[1] for regel in regels if regel.startswith("VmHWM")))


if __name__ == "__main__":
    main()
