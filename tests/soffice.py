"""LibreOffice for tests: it opens a workbook or a CSV as a person would, and saves it again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

PROGRAMMA = shutil.which("soffice") or ""
ONTBREEKT = "er is geen LibreOffice (soffice) op deze machine"
# Every sheet as a CSV, with commas and quotes, UTF-8, cells as they are and not as they look.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
XLSX = "xlsx:Calc MS Excel 2007 XML"
INSTELLING = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{}</value></prop></item>
</oor:items>"""
ALTIJD, NOOIT = 0, 1


def zet_om(bestand: Path, naar: str, lees_als: str = "", herreken: int = ALTIJD) -> Path:
    """Open a file and save it as something else; return the folder of what came out.

    `lees_als` says how a CSV is read. By default every formula is computed again when the file is opened.
    """
    thuis, uit = bestand.parent / f"thuis-{herreken}", bestand.parent / f"uit-{bestand.stem}-{bestand.suffix[1:]}"
    instelling = thuis / "user" / "registrymodifications.xcu"
    instelling.parent.mkdir(parents=True, exist_ok=True)
    instelling.write_text(INSTELLING.format(herreken), encoding="utf-8")
    opdracht = [PROGRAMMA, f"-env:UserInstallation={thuis.as_uri()}", "--headless", "--norestore"]
    if lees_als:
        opdracht.append(f"--infilter={lees_als}")
    subprocess.run(
        [*opdracht, "--convert-to", naar, "--outdir", str(uit), str(bestand)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return uit
