"""The demonstration: the printed safety programme of the Programmabegroting 2025 of the gemeente Dronten.

Figures are those of the printed budget, to the letter; all sentences were written for the demonstration. It is
loaded as a concept and published through the verbs by two officers: the demo has no way in that users lack.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from indicatoren.inlezen import noem, rijen
from indicatoren.models import Gebied, Indicator, Waarneming
from indicatoren.reeks import Status
from programma import publicatie
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Bron,
    Deelname,
    Document,
    Doel,
    GedruktTotaal,
    Kolom,
    Pakket,
    Partijcijfers,
    Programma,
    Programmaindicator,
    Sectie,
    Taakveld,
    VerbondenPartij,
    Versie,
)
from veiligheid.namens import namens

SLUG = "programmabegroting-2025"
JAAR = 2025
GEMEENTE = ("GM0303", "Dronten")
BRON = "Programmabegroting 2025 gemeente Dronten, programma 1 Veiligheid"
# The Iv3 figures of the same municipality for 2023 equal those of the pakketten 1E and 1F to within a thousand.
TAAKVELDEN = {"1E": "1.1", "1F": "1.2", "1Z": "0.10"}
GROOTHEDEN = {"totaal_lasten": "lasten", "totaal_baten": "baten", "saldo": "saldo", "resultaat": "resultaat"}
GROEP = "GK-25-50"
JAREN = range(2021, 2026)
SAMENVATTING = "Eerste versie: programma 1 Veiligheid, met de bedragen zoals ze in de begroting zijn gedrukt."
DUIZEND = Decimal(1000)


def _decimaal(tekst: str) -> Decimal:
    """Return a number in Dutch notation ("0,8") as Decimal."""
    return Decimal(tekst.replace(",", "."))


def _lees_waarnemingen(bestand: Path) -> list[Indicator]:
    """Record the observations of the printed budget; return the indicators in the order of the file."""
    gemeente = noem(GEMEENTE[0], Gebied.Soort.GEMEENTE, GEMEENTE[1])
    indicatoren = []
    for rij in rijen(bestand):
        indicator = Indicator.objects.get(bbv_nummer=rij["bbv_nummer"])
        groep = noem(GROEP, Gebied.Soort.GROOTTEKLASSE, rij["vergelijkingsgroep"].replace(" - ", " tot "))
        indicatoren.append(indicator)
        vast = {"indicator": indicator, "peildatum": date.fromisoformat(rij["peildatum"]), "bron": BRON}
        for jaar in JAREN:
            onbekend = rij[str(jaar)] == Status.NB
            Waarneming.objects.create(
                gebied=gemeente,
                jaar=jaar,
                waarde=None if onbekend else _decimaal(rij[str(jaar)]),
                status=Status.NB if onbekend else Status.WAARDE,
                **vast,
            )
        Waarneming.objects.create(
            gebied=groep,
            jaar=int(rij["vergelijkingsgroep_jaar"]),
            waarde=_decimaal(rij["vergelijkingsgroep_waarde"]),
            **vast,
        )
    return indicatoren


def _lees_bedragen(versie: Versie, programma: Programma, bestand: Path) -> dict[str, Pakket]:
    """Make columns, pakketten, lines and amounts out of the printed table; return the pakketten by code."""
    bron = Bron.objects.create(
        versie=versie, naam=BRON, bestandsnaam=bestand.name, sha256=hashlib.sha256(bestand.read_bytes()).hexdigest()
    )
    kolommen: dict[tuple[str, str], Kolom] = {}
    pakketten: dict[str, Pakket] = {}
    regels: dict[tuple[str, str], Begrotingsregel] = {}
    for nummer, rij in enumerate(rijen(bestand), start=2):
        kolom = (rij["fase"], rij["jaar"])
        if kolom not in kolommen:
            kolommen[kolom] = Kolom.objects.create(
                versie=versie, fase=rij["fase"], jaar=int(rij["jaar"]), volgorde=len(kolommen) + 1
            )
        code = rij["pakket_code"]
        if code not in pakketten:
            pakketten[code] = Pakket.objects.create(
                versie=versie,
                programma=programma,
                code=code,
                naam=rij["pakket"],
                restpost=code.endswith("Z"),
                volgorde=len(pakketten) + 1,
            )
        regel = (code, rij["soort"])
        if regel not in regels:
            regels[regel] = Begrotingsregel.objects.create(
                versie=versie,
                sleutel=f"{code}-{rij['soort']}-1".lower(),
                pakket=pakketten[code],
                soort=rij["soort"],
                omschrijving=rij["pakket"],
                taakveld=Taakveld.objects.get(code=TAAKVELDEN[code], geldig_van=JAAR),
                volgorde=len(regels) + 1,
            )
        Bedrag.objects.create(
            versie=versie,
            regel=regels[regel],
            kolom=kolommen[kolom],
            euro=Decimal(rij["bedrag_x_1000"]) * DUIZEND,
            bronprecisie=Bedrag.Bronprecisie.DUIZEND,
            bron=bron,
            plaats=f"rij {nummer}, kolom bedrag_x_1000",
        )
    return pakketten


def _lees_totalen(versie: Versie, programma: Programma, bestand: Path) -> None:
    kolommen = {(kolom.fase, kolom.jaar): kolom for kolom in Kolom.objects.filter(versie=versie)}
    GedruktTotaal.objects.bulk_create(
        GedruktTotaal(
            versie=versie,
            programma=programma,
            kolom=kolommen[rij["fase"], int(rij["jaar"])],
            grootheid=GROOTHEDEN[rij["totaal"]],
            euro=Decimal(rij["bedrag_x_1000"]) * DUIZEND,
            eenheid=1000,
        )
        for rij in rijen(bestand)
    )


def _lees_teksten(
    versie: Versie, programma: Programma, pakketten: dict[str, Pakket], teksten: dict[str, list[dict[str, str]]]
) -> None:
    for nummer, sectie in enumerate(teksten["secties"], start=1):
        code = sectie.pop("pakket")
        ouder = {"pakket": pakketten[code]} if code else {"programma": programma}
        Sectie.objects.create(versie=versie, volgorde=nummer, **ouder, **sectie)
    for nummer, doel in enumerate(teksten["doelen"], start=1):
        Doel.objects.create(versie=versie, volgorde=nummer, pakket=pakketten[doel.pop("pakket")], **doel)
    for nummer, deelname in enumerate(teksten["partijen"], start=1):
        partij, _ = VerbondenPartij.objects.get_or_create(
            slug=deelname["naam"].lower().replace(" ", "-"),
            defaults={naam: deelname[naam] for naam in ("naam", "afkorting", "soort")},
        )
        pakket = pakketten.get(deelname.pop("pakket"))
        Deelname.objects.create(
            versie=versie, programma=programma, pakket=pakket, partij=partij, volgorde=nummer, **deelname
        )
    for cijfers in teksten["partijcijfers"]:
        partij = VerbondenPartij.objects.get(slug=cijfers.pop("partij"))
        Partijcijfers.objects.create(versie=versie, partij=partij, **cijfers)


@transaction.atomic
def laad_concept(map: Path, *, door: User) -> Versie:
    """Load the budget of the demonstration as a concept, in the name of `door`."""
    teksten = json.loads((map / "teksten.json").read_text(encoding="utf-8"))
    indicatoren = _lees_waarnemingen(map / "indicatoren.csv")
    document = Document.objects.create(
        soort=Document.Soort.BEGROTING, jaar=JAAR, titel=f"Programmabegroting {JAAR}", slug=SLUG
    )
    versie = publicatie.nieuwe_versie(document, door=door)
    with namens(door.pk):
        programma = Programma.objects.create(
            versie=versie,
            slug="programma-1-veiligheid",
            vergelijkingsgroep=Gebied.objects.get(code=GROEP),
            **teksten["programma"],
        )
        pakketten = _lees_bedragen(versie, programma, map / "begroting.csv")
        _lees_totalen(versie, programma, map / "gedrukte-totalen.csv")
        _lees_teksten(versie, programma, pakketten, teksten)
        for nummer, indicator in enumerate(indicatoren, start=1):
            Programmaindicator.objects.create(versie=versie, programma=programma, indicator=indicator, volgorde=nummer)
    return versie


@transaction.atomic
def laad_en_publiceer(map: Path, *, redacteur: User, publicist: User) -> Versie:
    """Load the budget and take it through the real four-eyes path. All or nothing: a broken run leaves no trace."""
    with namens(redacteur.pk, via="opdracht"):
        versie = laad_concept(map, door=redacteur)
        publicatie.dien_in(versie, door=redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=publicist)
        return publicatie.publiceer(versie, door=publicist)
