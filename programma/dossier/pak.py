"""Writing a ZIP that is the same bytes for the same content: fixed order, dates and rights. Pure.

Of each file the size and the sha256 are kept, for SHA256SUMS and the metadata.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from types import TracebackType
from typing import IO, NamedTuple

BEGIN_DER_TIJDEN = (1980, 1, 1, 0, 0, 0)
LEESBAAR = 0o100644 << 16
UNIX = 3
SOMMEN = "SHA256SUMS"


class Bestandfeit(NamedTuple):
    """A file in the ZIP: its name, its size in bytes and its sha256."""

    naam: str
    omvang: int
    sha256: str


class Pak:
    """A ZIP that is being written. Leaving it writes SHA256SUMS over all files, as the last."""

    def __init__(self, uit: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self.feiten: list[Bestandfeit] = []

    def __enter__(self) -> Pak:
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        if soort is None:
            self._schrijf(SOMMEN, [self.sommen()])
        self._zip.close()

    def voeg_toe(self, naam: str, inhoud: bytes | Iterable[bytes]) -> Bestandfeit:
        """Write a file; what comes in blocks is never held whole. Raises ValueError for a name that is there."""
        if naam == SOMMEN or any(feit.naam == naam for feit in self.feiten):
            raise ValueError(f"{naam} is in the ZIP already")
        feit = self._schrijf(naam, [inhoud] if isinstance(inhoud, bytes) else inhoud)
        self.feiten.append(feit)
        return feit

    def sommen(self) -> bytes:
        """Return SHA256SUMS over what was written: as `sha256sum -c` reads it, ordered by name."""
        return "".join(f"{feit.sha256}  {feit.naam}\n" for feit in sorted(self.feiten)).encode()

    def _schrijf(self, naam: str, blokken: Iterable[bytes]) -> Bestandfeit:
        info = zipfile.ZipInfo(naam, BEGIN_DER_TIJDEN)
        info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, UNIX, LEESBAAR
        som, omvang = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as uit:
            for blok in blokken:
                uit.write(blok)
                som.update(blok)
                omvang += len(blok)
        return Bestandfeit(naam, omvang, som.hexdigest())
