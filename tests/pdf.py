"""Reading back a PDF that we made: its text per page and its structure, as the typesetter writes them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf


def open_pdf(inhoud: bytes) -> pikepdf.Pdf:
    """Return the PDF, opened."""
    return pikepdf.open(io.BytesIO(inhoud))


def elementen(element: Any) -> Iterator[Any]:
    """Yield every element of the structure under this one, in reading order."""
    for kind in kinderen(element):
        yield kind
        yield from elementen(kind)


def kinderen(element: Any) -> list[Any]:
    """Return the elements right under this one."""
    onder = element.get("/K", pikepdf.Array())
    alle = list(onder) if isinstance(onder, pikepdf.Array) else [onder]
    return [kind for kind in alle if isinstance(kind, pikepdf.Dictionary) and "/S" in kind]


def kenmerk(element: Any, naam: str) -> Any:
    """Return an attribute of an element, or None."""
    kenmerken = element.get("/A", pikepdf.Array())
    for deel in kenmerken if isinstance(kenmerken, pikepdf.Array) else [kenmerken]:
        if naam in deel:
            return deel[naam]
    return None


def teksten(pdf: pikepdf.Pdf) -> list[str]:
    """Return the text of each page, decoded with the fonts' own tables; white space is where a line or a run begins."""
    return ["".join(_stukken(pagina)) for pagina in pdf.pages]


def _stukken(pagina: pikepdf.Page) -> Iterator[str]:
    tabellen = {naam: _tabel(letter) for naam, letter in pagina.resources.get("/Font", {}).items()}
    tabel: dict[int, str] = {}
    for operanden, operator in pikepdf.parse_content_stream(pagina):
        match str(operator):
            case "Tf":
                tabel = tabellen[str(operanden[0])]
            case "Tj":
                yield _lees(bytes(operanden[0]), tabel)
            case "TJ":
                yield from (_lees(bytes(deel), tabel) for deel in operanden[0] if isinstance(deel, pikepdf.String))
            case "ET":
                yield "\n"


def _lees(codes: bytes, tabel: dict[int, str]) -> str:
    return "".join(tabel[int.from_bytes(codes[plaats : plaats + 2])] for plaats in range(0, len(codes), 2))


def _tabel(letter: Any) -> dict[int, str]:
    """Return what each glyph of a font says, from its ToUnicode table."""
    bron = letter.ToUnicode.read_bytes().decode("ascii")
    tabel = {}
    for blok in re.findall(r"beginbfchar(.*?)endbfchar", bron, re.DOTALL):
        for code, tekst in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", blok):
            tabel[int(code, 16)] = bytes.fromhex(tekst).decode("utf-16-be")
    for blok in re.findall(r"beginbfrange(.*?)endbfrange", bron, re.DOTALL):
        for eerste, laatste, tekst in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", blok):
            begin = int(tekst, 16)
            for plaats in range(int(laatste, 16) - int(eerste, 16) + 1):
                tabel[int(eerste, 16) + plaats] = chr(begin + plaats)
    return tabel
