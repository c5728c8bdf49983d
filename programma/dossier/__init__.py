"""The dossier of a version: one ZIP with everything that is needed to check it without us and without our software.

Of a published version it is made once and stored; an auditor gets one that is made now, of any version: that one shows
what stands in the tables, which is how tampering is found.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

from programma import uitvoer
from programma.bewaard.namen import DOSSIER
from programma.dossier.inhoud import gedrukte_totalen, inhoud_json, velden_json, waarnemingen
from programma.dossier.keten import publicaties
from programma.dossier.leesmij import leesmij
from programma.dossier.metadata import metadata_json
from programma.dossier.pak import Pak
from programma.dossier.website import GeenOpmaak, bestandsnaam, website
from programma.inhoud import Uitgave
from programma.models import Bestand, Bestandinhoud, Versie
from programma.pagina.adres import vast
from programma.spoor.historie import kop
from programma.spoor.moment import een_moment
from veiligheid.exports import tabel_csv_bytes

VERIFIEER = Path(__file__).with_name("verifieer.py")
BLOK = 1 << 20

__all__ = ["VERIFIEER", "GeenOpmaak", "bouw", "pak_in"]


def bouw(uitgave: Uitgave) -> bytes:
    """Return the dossier of a published version, as it is stored."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.VAR) as bestand:
        pak_in(uitgave, bestand)
        bestand.seek(0)
        return bestand.read()


def pak_in(uitgave: Uitgave, uit: IO[bytes], *, vers: bool = False, oorsprong: str = "") -> None:
    """Write the dossier of a version into a file that can be searched; nothing large is held in memory.

    `vers` says that it is made for somebody who asks now: it then tells up to which link of the history it reaches.
    `oorsprong` is scheme and host of the site, by default as it names itself.
    """
    with een_moment(), Pak(uit) as pak:
        _vul(pak, uitgave, vers, oorsprong or settings.SITE_ADRES)


def _vul(pak: Pak, uitgave: Uitgave, vers: bool, oorsprong: str) -> None:
    historiekop = kop() if vers else ""
    pak.voeg_toe("begroting.csv", uitvoer.begroting_csv(uitgave))
    pak.voeg_toe("begroting.json", uitvoer.begroting_json(uitgave))
    pak.voeg_toe("gedrukte-totalen.csv", tabel_csv_bytes(gedrukte_totalen(uitgave)))
    som = pak.voeg_toe("inhoud.json", inhoud_json(uitgave)).sha256
    pak.voeg_toe("inhoud-velden.json", velden_json())
    pak.voeg_toe("waarnemingen.csv", tabel_csv_bytes(waarnemingen(uitgave)))
    pak.voeg_toe("publicaties.csv", tabel_csv_bytes(publicaties(uitgave)))
    bewaard = [pak.voeg_toe(naam, inhoud).naam for naam, inhoud in _bewaarde_bestanden(uitgave)]
    pagina = ""
    if uitgave.status == Versie.Status.GEPUBLICEERD:
        for stuk in website(uitgave, oorsprong, ["begroting.csv", "begroting.json", *bewaard]):
            pak.voeg_toe(*stuk)
        pagina = bestandsnaam(vast(uitgave).wortel)
    pak.voeg_toe(
        "LEESMIJ.txt",
        leesmij(uitgave, som=som, kop=historiekop, vers=vers, pagina=pagina, namen=bewaard, demo=settings.DEMO),
    )
    pak.voeg_toe("verifieer.py", VERIFIEER.read_bytes())
    bestanden = Bestand.objects.filter(versie=uitgave.versie_id).exclude(naam=DOSSIER)
    pak.voeg_toe(
        "metadata.json",
        metadata_json(
            uitgave,
            pak.feiten,
            som=som,
            kop=historiekop,
            vers=vers,
            bestanden=sorted(bestanden.values_list("naam", "omvang", "regels", "sha256")),
        ),
    )


def _bewaarde_bestanden(uitgave: Uitgave) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield the stored files of a version, by name, one at a time. One query, and one per file."""
    bewaard = Bestandinhoud.objects.filter(bestand__versie=uitgave.versie_id).exclude(bestand__naam=DOSSIER)
    for sleutel, naam in sorted(bewaard.values_list("bestand_id", "bestand__naam"), key=lambda rij: str(rij[1])):
        inhoud = memoryview(Bestandinhoud.objects.values_list("inhoud", flat=True).get(pk=sleutel))
        yield naam, (bytes(inhoud[begin : begin + BLOK]) for begin in range(0, len(inhoud), BLOK))
