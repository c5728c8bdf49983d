"""Setting one PDF in a child process with limits, so that a text that breaks the typesetter breaks nothing else."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from programma.afdruk.opmaak import Gegevens
from programma.bewaard.soort import Mislukt

KIND = Path(__file__).with_name("kind.py")
SJABLOON = settings.BASE_DIR / "templates" / "afdruk" / "stuk.typ"
GEHEUGEN = 4096 * 1024 * 1024
"""Address space in bytes; the typesetter reserves far more than it uses (a document of 110 pages: about 600 MB)."""
REKENTIJD = 120
"""Processor time in seconds, over all cores."""
WACHTTIJD = 60
GEZET_MET = f"typst {version('typst')}, pikepdf {version('pikepdf')}"
# As many children at once per process of the site.
TEGELIJK = threading.BoundedSemaphore(1)

logger = logging.getLogger(__name__)


class Zetfout(Mislukt):
    """A PDF that could not be made. The text is Dutch, and goes on after a colon."""


def zet(gegevens: Gegevens, wachttijd: float = WACHTTIJD) -> bytes:
    """Return the PDF of these data: tagged, and the same bytes each time. Raises Zetfout within `wachttijd` seconds."""
    sjabloon = SJABLOON.read_bytes()
    tekst = json.dumps(gegevens, ensure_ascii=False).encode()
    if not TEGELIJK.acquire(timeout=wachttijd):
        raise Zetfout("er wordt nu al een andere PDF gemaakt")
    try:
        kind = subprocess.run(
            [sys.executable, "-I", str(KIND), str(GEHEUGEN), str(REKENTIJD)],
            input=b"%d\n%s%s" % (len(sjabloon), sjabloon, tekst),
            capture_output=True,
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
            timeout=wachttijd,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Zetfout(f"het maken duurde langer dan {wachttijd:.0f} seconden") from None
    except OSError as fout:
        logger.error("pdf: %s", fout)
        raise Zetfout("het programma dat PDF’s maakt, start niet") from None
    finally:
        TEGELIJK.release()
    if kind.returncode or not kind.stdout.startswith(b"%PDF-"):
        logger.error("pdf: code %s, %s", kind.returncode, kind.stderr.decode(errors="replace")[-800:])
        raise Zetfout("het programma dat PDF’s maakt, stopte met een fout; de oorzaak staat in het logboek")
    return kind.stdout
