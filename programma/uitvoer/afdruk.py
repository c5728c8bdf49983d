"""The fingerprint of a file: pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vingerafdruk:
    """What is kept of a file: its size in bytes, the number of lines after the first, and its sha256."""

    omvang: int
    regels: int
    sha256: str


def meet(stroom: Iterable[bytes]) -> Vingerafdruk:
    """Read a file to the end and return its fingerprint; of a CSV `regels` are the rows below the header."""
    som, omvang, regels = hashlib.sha256(), 0, 0
    for blok in stroom:
        som.update(blok)
        omvang += len(blok)
        regels += blok.count(b"\n")
    return Vingerafdruk(omvang, regels - 1, som.hexdigest())
