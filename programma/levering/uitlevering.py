"""Handing out a file behind the login, so that the export log has it: who, what, and how it ended.

That it began is recorded before the first byte leaves: what cannot be recorded is not handed out. How it ended is
recorded when the server has taken over the last byte, or when it stops asking: the sha256 is known only then.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import DatabaseError
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from programma.inhoud import Uitgave
from programma.models import Afloop, Uitlevering

logger = logging.getLogger(__name__)

REGELEINDE = b"\r\n"


@dataclass(frozen=True, slots=True)
class Levering:
    """What is handed out: as `Uitlevering` has it. `uitgave` is None for a file that belongs to no version.

    `telbaar`: in a CSV each line end is the end of a row. Not so where a cell can hold one, or somebody else wrote it.
    """

    bestand: str
    vorm: str
    vraag: str = ""
    uitgave: Uitgave | None = None
    rijen: int | None = None
    sommen: Mapping[str, Decimal] = field(default_factory=dict)
    telbaar: bool = True


class Stroom:
    """The bytes of a download, unchanged; at the end, or when it is broken off, its afloop is recorded once."""

    def __init__(self, bron: Iterable[bytes], uitlevering: Uitlevering, *, telbaar: bool = True) -> None:
        self._bron = iter(bron)
        self._uitlevering: Uitlevering | None = uitlevering
        self._telt_regels = telbaar and uitlevering.vorm.startswith("csv")
        self._som = hashlib.sha256()
        self._omvang = self._regels = 0
        self._einde = b""

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            blok = next(self._bron)
        except StopIteration:
            self._leg_vast(voltooid=True)
            raise
        except BaseException:
            self._leg_vast(voltooid=False)
            raise
        self._tel(blok)
        return blok

    def close(self) -> None:
        """Record that the download was broken off, unless it had ended."""
        self._leg_vast(voltooid=False)

    def _tel(self, blok: bytes) -> None:
        self._som.update(blok)
        self._omvang += len(blok)
        if self._telt_regels:
            # A line end can lie on the border of two blocks.
            self._regels += (self._einde + blok).count(REGELEINDE)
            self._einde = blok[-1:] or self._einde

    def _leg_vast(self, *, voltooid: bool) -> None:
        uitlevering, self._uitlevering = self._uitlevering, None
        if uitlevering is None:
            return
        try:
            Afloop.objects.create(
                uitlevering=uitlevering,
                voltooid=voltooid,
                rijen=max(self._regels - 1, 0) if self._telt_regels else None,
                omvang=self._omvang,
                sha256=self._som.hexdigest() if voltooid else "",
            )
        except DatabaseError:
            # The file has left already; without its afloop the log says "niet afgerond".
            logger.exception("afloop niet vastgelegd", extra={"object": f"uitlevering {uitlevering.pk}"})


def lever_uit(antwoord: HttpResponseBase, levering: Levering, *, door: int) -> HttpResponseBase:
    """Return the answer that hands out this file, with the log around it. `door` is the key of who gets it.

    The row of the log is written here, before the file is read. The answer is always a stream: of a file that is known
    whole, too, the end counts only when the server has taken it over. Raises DatabaseError when the log cannot be
    written: then nothing is handed out.
    """
    uitgave = levering.uitgave
    uitlevering = Uitlevering.objects.create(
        door_id=door,
        versie_id=uitgave.versie_id if uitgave else None,
        document=uitgave.document_slug if uitgave else "",
        titel=uitgave.titel if uitgave else "",
        versienummer=uitgave.nummer if uitgave else None,
        versiestatus=uitgave.status if uitgave else "",
        bestand=levering.bestand,
        vorm=levering.vorm,
        vraag=levering.vraag,
        rijen=levering.rijen,
        sommen={soort: format(bedrag, "f") for soort, bedrag in levering.sommen.items()},
    )
    if isinstance(antwoord, StreamingHttpResponse):
        antwoord.streaming_content = Stroom(antwoord.streaming_content, uitlevering, telbaar=levering.telbaar)  # type: ignore[arg-type]
        return antwoord
    assert isinstance(antwoord, HttpResponse)  # noqa: S101 - there are no other answers
    return _als_stroom(antwoord, uitlevering, telbaar=levering.telbaar)


def _als_stroom(antwoord: HttpResponse, uitlevering: Uitlevering, *, telbaar: bool) -> StreamingHttpResponse:
    """Return a whole answer as a stream of one block, with the same headers and its length."""
    stroom = StreamingHttpResponse(
        Stroom([antwoord.content], uitlevering, telbaar=telbaar), status=antwoord.status_code
    )
    for naam, waarde in antwoord.headers.items():
        stroom.headers[naam] = waarde
    stroom.headers["Content-Length"] = str(len(antwoord.content))
    return stroom
