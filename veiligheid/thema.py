"""The colours and type of a municipality: its values for the tokens of the stylesheet (NL Design System): pure.

A theme is a JSON object of tokens, or a stylesheet as the themes of NL Design System have it. Only the tokens that our
stylesheet has are taken from it, and only values that can do nothing but give a colour, a size or a font.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from veiligheid import contrast

_TOELICHTING = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLOK = re.compile(r"(?P<kiezer>[^{}]*)\{(?P<inhoud>[^{}]*)\}")
_TOKEN = re.compile(r"(--[a-z0-9-]+)\s*:\s*([^;]*)")
_VERWIJZING = re.compile(r"var\(\s*(--[a-z0-9-]+)\s*\)")
# A font, a size, a line height: no url(), no end of the declaration, no escape.
_WAARDE = re.compile(r"[\w\s.,%'\"()+*/-]{1,200}", re.ASCII)
_MEESTE_STAPPEN = 10
_MEESTE_ZINNEN = 3


class ThemaFout(ValueError):
    """Why a theme cannot be used, as one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Thema:
    """A theme that was judged: its stylesheet, and the fingerprint that is part of its address."""

    css: bytes
    kenmerk: str


def lees_tokens(stijlblad: str) -> dict[str, str]:
    """Return the tokens of a stylesheet by name: those set outside any at-rule. The last value of a name counts."""
    tokens: dict[str, str] = {}
    for blok in _BLOK.finditer(_zonder_blokken_om_blokken(_TOELICHTING.sub("", stijlblad))):
        tokens |= {naam: waarde.strip() for naam, waarde in _TOKEN.findall(blok["inhoud"])}
    return tokens


def _zonder_blokken_om_blokken(stijlblad: str) -> str:
    """Return a stylesheet without its @media and other blocks around blocks: dark mode is not the theme."""
    diepte, uit, begin = 0, [], 0
    for plaats in re.finditer(r"[{}]", stijlblad):
        if plaats[0] == "{":
            diepte += 1
            continue
        diepte = max(0, diepte - 1)
        if diepte == 0:
            deel = stijlblad[begin : plaats.end()]
            begin = plaats.end()
            uit.append("" if deel.count("{") > 1 else deel)
    return "".join(uit)


def lees_thema(tekst: str) -> dict[str, str]:
    """Return the tokens of a theme file, JSON or CSS. Raises ThemaFout when it holds none."""
    if tekst.lstrip().startswith("{"):
        try:
            gelezen = json.loads(tekst)
        except ValueError as fout:
            raise ThemaFout(f"het bestand is geen geldige JSON ({fout})") from fout
        if not all(isinstance(waarde, str) for waarde in gelezen.values()):
            raise ThemaFout("elke waarde is een tekst tussen aanhalingstekens")
        tokens = {str(naam): str(waarde) for naam, waarde in gelezen.items()}
    else:
        tokens = lees_tokens(tekst)
    if not tokens:
        raise ThemaFout("er staat geen enkel token in, zoals --basis-color-accent-1-color-default")
    return {naam: _waarde(naam, tokens) for naam in tokens}


def _waarde(naam: str, tokens: Mapping[str, str]) -> str:
    """Return the value of a token, with what it refers to filled in."""
    waarde = tokens[naam]
    for _ in range(_MEESTE_STAPPEN):
        if not (verwijzing := _VERWIJZING.search(waarde)):
            return waarde
        if verwijzing[1] not in tokens:
            break
        waarde = waarde.replace(verwijzing[0], tokens[verwijzing[1]])
    return waarde


def maak_thema(tekst: str, standaard: Mapping[str, str]) -> Thema:
    """Return the theme in a file, over the tokens of our own stylesheet (`standaard`).

    Raises ThemaFout with what is wrong: a token that nobody knows, a value that is none, or a contrast that is too low.
    """
    eigen = {naam: waarde for naam, waarde in lees_thema(tekst).items() if naam in standaard}
    if not eigen:
        raise ThemaFout("geen enkel token erin is er een die deze site gebruikt")
    for naam, waarde in eigen.items():
        eigen[naam] = _gekeurd(naam, waarde)
    zwak = list(contrast.te_zwak({**standaard, **eigen}))
    if zwak:
        rest = f"; en nog {len(zwak) - _MEESTE_ZINNEN}" if len(zwak) > _MEESTE_ZINNEN else ""
        raise ThemaFout("; ".join(zwak[:_MEESTE_ZINNEN]) + rest)
    css = (":root{" + ";".join(f"{naam}:{waarde}" for naam, waarde in sorted(eigen.items())) + "}\n").encode()
    return Thema(css, hashlib.sha256(css).hexdigest()[:16])


def _gekeurd(naam: str, waarde: str) -> str:
    if naam in contrast.KLEUREN:
        try:
            return contrast.als_hex(contrast.lees_kleur(waarde))
        except ValueError as fout:
            raise ThemaFout(f"{naam}: {fout}") from fout
    if not _WAARDE.fullmatch(waarde) or "url" in waarde.lower() or "/*" in waarde:
        raise ThemaFout(f"{naam}: {waarde!r} is geen lettertype, maat of regelhoogte")
    return waarde
