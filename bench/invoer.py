"""An import of 10,000 amounts through the pages of the admin, against COPY of the same rows and nothing else."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from bench.verhouding import om_beurten, toon_verhouding, toon_waarde
from bench.verzoek import Mislukt, toepassing
from programma import publicatie
from programma.invoer import opslag
from programma.models import Import, Versie
from programma.resources.schrijven import als_csv, tabel

KEER = 7
# What the officer waits for: the check and the page that shows it. The design says one second.
HOOGSTENS = 1.0


def _gewijzigd(versie: Versie) -> bytes:
    """Return the export of a version with another amount in each row."""
    tekst = b"".join(als_csv(*tabel(versie, "regels"), excel=False)).decode()
    rijen = list(csv.reader(io.StringIO(tekst)))
    bedrag = rijen[0].index("bedrag")
    for rij in rijen[1:]:
        rij[bedrag] = f"{rij[bedrag][:-3]}.{(int(rij[bedrag][-2:]) + 1) % 100:02d}"
    uit = io.StringIO()
    csv.writer(uit).writerows(rijen)
    return uit.getvalue().encode()


class _Loop:
    """The officer at work: each call times one step and leaves everything ready for the next round."""

    def __init__(self, versie: Versie, wie: User, inhoud: bytes) -> None:
        self.versie, self.inhoud = versie, inhoud
        toepassing()
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(wie)
        self.lees()

    def _post(self, stap: str, data: dict[str, object], *sleutels: int) -> float:
        begin = time.perf_counter()
        antwoord = self.client.post(reverse(f"admin:programma_import_{stap}", args=sleutels), data)
        duur = time.perf_counter() - begin
        if antwoord.status_code != 302:
            raise Mislukt(f"{stap} gaf {antwoord.status_code}")
        return duur

    def lees(self) -> float:
        """Time the upload: guard, parse in a child process, keep."""
        Import.objects.filter(versie=self.versie).delete()
        bestand = SimpleUploadedFile("begroting.csv", self.inhoud)
        duur = self._post("nieuw", {"versie": self.versie.pk, "bestand": bestand})
        self.invoer = Import.objects.get(versie=self.versie)
        return duur

    def controleer(self) -> float:
        """Time the preview: read, check, compare, and show the page."""
        duiding = self.invoer.duiding
        velden = {naam: duiding[naam] for naam in ("soort", "blad", "kop", "eenheid", "teken")}
        velden |= {f"kolom-{nummer}": kolom for nummer, kolom in enumerate(duiding["kolommen"])}
        duur = self._post("herkennen", {**velden, "actie": "controleer"}, self.invoer.pk)
        begin = time.perf_counter()
        antwoord = self.client.get(reverse("admin:programma_import_controle", args=[self.invoer.pk]))
        duur += time.perf_counter() - begin
        if "10000 wijzigingen importeren" not in antwoord.content.decode():
            raise Mislukt("de controle vond geen 10.000 wijzigingen")
        self.invoer.refresh_from_db()
        return duur

    def bevestig(self) -> float:
        """Time the confirmation; the import is undone and read again afterwards."""
        self.lees()
        self.controleer()
        duur = self._post("bevestigen", {"controle": self.invoer.controle, "akkoord": "ja"}, self.invoer.pk)
        self._post("ongedaan", {}, self.invoer.pk)
        self.lees()
        return duur

    def kopieer(self) -> float:
        """Time COPY of the same rows into the staging table, and take them out again."""
        rijen = [rij.split(",") for rij in self.inhoud.decode().splitlines()]
        with transaction.atomic():
            begin = time.perf_counter()
            opslag.bewaar(self.invoer.pk, [rijen])
            duur = time.perf_counter() - begin
            transaction.set_rollback(True)
        return duur


def meet(gepubliceerd: Versie, wie: User) -> None:
    """Print what an import of the 10,000 amounts of this version costs. The concept is thrown away afterwards."""
    versie = publicatie.maak_concept(gepubliceerd, door=wie)
    loop = _Loop(versie, wie, _gewijzigd(versie))
    stappen: list[Callable[[], float]] = [loop.lees, loop.controleer, loop.kopieer]
    lezen, controles, kopieen = om_beurten(stappen, KEER)
    (bevestigingen,) = om_beurten([loop.bevestig], 3)
    print(f"\nImport van 10.000 gewijzigde bedragen uit een CSV van {len(loop.inhoud)} bytes, via het beheer")
    toon_waarde("Controle met haar pagina (lezen uit de tussentabel, vergelijken, tonen)", controles, "s", HOOGSTENS)
    toon_verhouding("Controle, tegen COPY van dezelfde rijen en niets meer", controles, kopieen, None)
    toon_waarde("Bestand lezen (bewaken, ontleden in een eigen proces, bewaren)", lezen, "s", HOOGSTENS)
    toon_waarde("Bevestigen (vergrendelen, nog eens vergelijken, schrijven)", bevestigingen, "s", HOOGSTENS)
    Versie.objects.get(pk=versie.pk).delete()
