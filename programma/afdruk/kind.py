"""The process that sets one PDF: started by path, without Django and without secrets.

It reads JSON from standard input and writes the PDF to standard output. What it takes of memory goes back when it ends.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from pathlib import Path
from typing import Any

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, String

LETTERS = Path(__file__).with_name("letters")


def zet(sjabloon: bytes, gegevens: str) -> bytes:
    """Return the PDF, tagged, PDF/UA-1, the same bytes for the same data. Raises TypstError."""
    pdf: bytes = typst.compile(  # type: ignore[misc]
        sjabloon,
        # A template reads nothing but its data; what is under the root are only letters.
        root=str(LETTERS),
        sys_inputs={"data": gegevens},
        font_paths=[str(LETTERS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    return met_rijkoppen(pdf, [groepen(blok) for blok in json.loads(gegevens)["blokken"] if "tabel" in blok["soort"]])


def groepen(tabel: dict[str, Any]) -> list[int]:
    """Return for each row of a table body the number of the row that heads its group, 0 without one; rows from 1."""
    van: list[int] = []
    for groep in tabel.get("groepen", ()):
        kop = len(van) + 1 if groep["kop"] else 0
        van += [kop] * (len(groep["rijen"]) + bool(kop))
    return van or [0] * len(tabel["rijen"])


def met_rijkoppen(pdf: bytes, tabellen: list[list[int]]) -> bytes:
    """Return the PDF with the first cell of each row of a table body as the header of that row.

    The typesetter heads columns, not rows; someone who hears a figure must hear of which row and of which group of rows
    it is. So each cell names its headers: that of its column, that of its group, that of its row. `tabellen` says of
    each table, in order, which row heads the group of each row. Raises ValueError when these are other tables.
    """
    with pikepdf.open(io.BytesIO(pdf)) as boek:
        wortel = boek.Root.StructTreeRoot
        for nummer, (tabel, van) in enumerate(zip(_elementen(wortel, "/Table"), tabellen, strict=True), 1):
            _kop_tabel(tabel, f"t{nummer}", van)
        _schrijf_sleutels(boek, wortel)
        uit = io.BytesIO()
        boek.save(uit, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return uit.getvalue()


def _kop_tabel(tabel: Any, naam: str, groepen: list[int]) -> None:
    """Give each row of a table its header, and each cell the names of its headers. No cell spans rows."""
    delen = _kinderen(tabel)
    kolommen = [
        bytes(cel.ID) for deel in delen if str(deel.S) == "/THead" for rij in _kinderen(deel) for cel in _kinderen(rij)
    ]
    rijen = [rij for deel in delen if str(deel.S) == "/TBody" for rij in _kinderen(deel)]
    for nummer, (rij, groep) in enumerate(zip(rijen, groepen, strict=True), 1):
        eerste, *rest = _kinderen(rij)
        sleutel = f"{naam}r{nummer}".encode()
        eerste.S, eerste.ID = Name.TH, String(sleutel)
        if groep == nummer:
            _zet_kenmerk(eerste, Scope=Name.Row, Headers=Array())
            continue
        boven = [f"{naam}r{groep}".encode()] if groep else []
        _zet_kenmerk(eerste, Scope=Name.Row, Headers=_namen([*kolommen[:1], *boven]))
        for kolom, cel in zip(kolommen[1:], rest, strict=True):
            _zet_kenmerk(cel, Headers=_namen([kolom, *boven, sleutel]))


def _namen(sleutels: list[bytes]) -> Array:
    return Array([String(sleutel) for sleutel in sleutels])


def _zet_kenmerk(cel: Any, **waarden: Any) -> None:
    """Set attributes of a cell as a part of a table; what it has of other kinds stays."""
    kenmerken = _kenmerken(cel)
    eigen = next((deel for deel in kenmerken if str(deel.O) == "/Table"), None)
    if eigen is None:
        eigen = Dictionary(O=Name.Table)
        kenmerken.append(eigen)
    for naam, waarde in waarden.items():
        eigen[f"/{naam}"] = waarde
    cel.A = Array(kenmerken)


def _schrijf_sleutels(boek: pikepdf.Pdf, wortel: Any) -> None:
    """Write the list by which a name of a header is found."""
    genoemd = {bytes(cel.ID): cel for cel in _elementen(wortel, "") if "/ID" in cel}
    namen = [deel for sleutel in sorted(genoemd) for deel in (String(sleutel), genoemd[sleutel])]
    wortel.IDTree = boek.make_indirect(Dictionary(Names=Array(namen)))


def _kenmerken(element: Any) -> list[Any]:
    """Return the attributes that an element has already."""
    kenmerken = element.get("/A")
    if kenmerken is None:
        return []
    return list(kenmerken) if isinstance(kenmerken, Array) else [kenmerken]


def _kinderen(element: Any) -> list[Any]:
    """Return the elements right under this one; what is marked on the page itself is left out."""
    onder = element.get("/K")
    if onder is None:
        return []
    alle = list(onder) if isinstance(onder, Array) else [onder]
    return [kind for kind in alle if isinstance(kind, Dictionary) and "/S" in kind]


def _elementen(wortel: Any, soort: str) -> list[Any]:
    """Return the elements of a kind (of any, if "") anywhere under this one, in reading order."""
    gevonden, stapel = [], _kinderen(wortel)[::-1]
    while stapel:
        element = stapel.pop()
        if soort in ("", str(element.S)):
            gevonden.append(element)
        stapel.extend(_kinderen(element)[::-1])
    return gevonden


def begrens(geheugen: int, seconden: int) -> None:
    """Limit this process: memory in bytes, processor time in seconds, no files to write, no dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (geheugen, geheugen))
    resource.setrlimit(resource.RLIMIT_CPU, (seconden, seconden))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hoofd() -> None:
    """Set what stands on standard input: on the first line the length of the template, then template and data."""
    begrens(int(sys.argv[1]), int(sys.argv[2]))
    lengte = int(sys.stdin.buffer.readline())
    sjabloon = sys.stdin.buffer.read(lengte)
    sys.stdout.buffer.write(zet(sjabloon, sys.stdin.buffer.read().decode()))


if __name__ == "__main__":
    hoofd()
