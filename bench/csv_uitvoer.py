"""begroting.csv of 100,000 and of 1,000,000 lines against psql's COPY of the same SELECT, and its first data row."""

from __future__ import annotations

import hashlib
import http.client
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial

import psycopg

from bench.database import BASIS, Adressen, Onmogelijk
from bench.verhouding import nl, om_beurten, toon_verhouding, toon_waarde
from bench.verzoek import Mislukt, blokken
from bench.vulling import PROGRAMMAS
from programma import publicatie, uitvoer
from programma.models import Versie
from veiligheid.database import cluster
from veiligheid.exports import MACHINE

DOEL = 1.3
DOEL_EERSTE_RIJ = 50.0  # ms
DOEL_EERSTE_RIJ_MILJOEN = 150.0  # ms
GELEZEN_PER_KEER = 64 * 1024


def adres_van(versie: Versie) -> str:
    """Return the address of the CSV of a version's document."""
    return f"/{versie.document.slug}/begroting.csv"


def meet(adressen: Adressen, groot: Versie) -> None:
    """Print what the CSV of 100,000 lines costs, in process and through the web server."""
    _meet(adressen, groot, keer=9, eerste_rij=DOEL_EERSTE_RIJ)


def meet_miljoen(adressen: Adressen, miljoen: Versie) -> None:
    """Print the same of a million lines."""
    _meet(adressen, miljoen, keer=3, eerste_rij=DOEL_EERSTE_RIJ_MILJOEN)


def _meet(adressen: Adressen, versie: Versie, *, keer: int, eerste_rij: float) -> None:
    opdracht = [*_psql(adressen), "-c", _copy(adressen, versie)]
    pad = adres_van(versie)
    regels = _eis_gelijk(pad, opdracht)
    eerste_rijen: list[float] = []
    with _webserver() as poort:
        ons, via_web, maat, start = om_beurten(
            [
                partial(_duur, pad, eerste_rijen),
                partial(_duur_via_web, poort, pad),
                partial(_duur_psql, opdracht),
                partial(_duur_psql, [*_psql(adressen), "-c", "SELECT 1"]),
            ],
            keer,
        )
    print(f"\nbegroting.csv: {regels} regels in {PROGRAMMAS} programma’s, dezelfde bytes als psql")
    toon_verhouding("Hele bestand, tegen psql met COPY van dezelfde SELECT in één opdracht", ons, maat, DOEL)
    print(f"    van de maat is {nl(min(start) * 1e3, 0)} ms het starten van psql")
    toon_verhouding("Hetzelfde, opgehaald bij gunicorn op deze machine", via_web, maat, DOEL)
    toon_waarde("Eerste regel met gegevens (na de kop)", [s * 1e3 for s in eerste_rijen[1:]], "ms", eerste_rij)


def _psql(adressen: Adressen) -> list[str]:
    """Return psql with its connection: that of the embedded server, or the one on the PATH. Raises Onmogelijk."""
    try:
        psql = str(cluster.vind_programma("psql"))
    except cluster.Databasefout as fout:
        psql = shutil.which("psql") or ""
        if not psql:
            raise Onmogelijk("Er is geen psql om mee te vergelijken: installeer de client van PostgreSQL.") from fout
    return [psql, "--no-psqlrc", "--quiet", "--tuples-only", adressen.site]


def _copy(adressen: Adressen, versie: Versie) -> str:
    """Return COPY of the SELECT of the export, for all programmes at once: the order is in it, so one sort of all."""
    geheel = uitvoer.regels_sql(MACHINE, in_een_keer=True)
    uitgave = publicatie.als_uitgave(versie)
    with psycopg.connect(adressen.site) as verbinding:
        select = psycopg.ClientCursor(verbinding).mogrify(geheel, uitvoer.waarden(uitgave, uitvoer.ALLES))
    return f"COPY ({select}) TO STDOUT (FORMAT csv)"


def _eis_gelijk(pad: str, opdracht: list[str]) -> int:
    """Return the number of lines. Raises Mislukt unless our file is what psql gives, with a header and CR LF."""
    _, _, ons = b"".join(blokken(pad)).partition(b"\r\n")
    maat = subprocess.run(opdracht, capture_output=True, check=True).stdout.replace(b"\n", b"\r\n")
    if hashlib.sha256(ons).digest() != hashlib.sha256(maat).digest():
        raise Mislukt("de uitvoer en psql geven niet dezelfde bytes")
    return maat.count(b"\n")


def _lees(stroom: Iterable[bytes]) -> tuple[float, float]:
    """Read to the end, keeping nothing; return the seconds to the first data row and in all."""
    begin = time.perf_counter()
    eerste, regels = 0.0, 0
    for blok in stroom:
        if regels < 2:
            regels += blok.count(b"\n")
            eerste = time.perf_counter() - begin
    return eerste, time.perf_counter() - begin


def _duur(pad: str, eerste_rijen: list[float]) -> float:
    eerste, duur = _lees(blokken(pad))
    eerste_rijen.append(eerste)
    return duur


def _duur_psql(opdracht: list[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(opdracht, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def _duur_via_web(poort: int, pad: str) -> float:
    return _lees(_stroom_via_web(poort, pad))[1]


def _stroom_via_web(poort: int, pad: str) -> Iterator[bytes]:
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=60)
    try:
        verbinding.request("GET", pad)
        antwoord = verbinding.getresponse()
        if antwoord.status != http.HTTPStatus.OK:
            raise Mislukt(f"{pad} gaf {antwoord.status} via de webserver")
        while blok := antwoord.read1(GELEZEN_PER_KEER):
            yield blok
    finally:
        verbinding.close()


@contextmanager
def _webserver() -> Iterator[int]:
    """Run the web server of production on a free port of this machine, and give that port."""
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        poort = int(proef.getsockname()[1])
    opdracht = [sys.executable, "-m", "gunicorn", "--config", str(BASIS / "deploy" / "gunicorn.conf.py")]
    server = subprocess.Popen(
        [*opdracht, "--bind", f"127.0.0.1:{poort}", "veiligheid.wsgi:application"],
        cwd=BASIS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wacht_op(server, poort)
        yield poort
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wacht_op(server: subprocess.Popen[bytes], poort: int) -> None:
    einde = time.monotonic() + 30
    while time.monotonic() < einde and server.poll() is None:
        try:
            for _ in _stroom_via_web(poort, "/gezond/levend"):
                pass
            return
        except OSError:
            time.sleep(0.1)
    raise Mislukt("de webserver begon niet")
