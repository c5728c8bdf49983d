"""Builders of budgets for tests: plain functions, fixed values, no randomness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import User

from programma import publicatie
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Document,
    Doel,
    Kolom,
    Pakket,
    Programma,
    Sectie,
    Versie,
)
from veiligheid.namens import namens

JAAR = 2025
SAMENVATTING = "De lasten van pakket 1A zijn bijgewerkt na de raming van september."
KOLOMMEN = (
    ("realisatie", 2023),
    ("na_wijziging", 2024),
    ("primair", 2025),
    ("primair", 2026),
    ("primair", 2027),
    ("primair", 2028),
)


@dataclass(frozen=True, slots=True)
class Rollen:
    """The cast of the tests."""

    redacteur: User
    redacteur2: User
    publicist: User
    publicist2: User
    schrijver: User
    auditor: User
    beheerder: User


def maak_document(jaar: int = JAAR, soort: str = "begroting") -> Document:
    """Make a document with the slug of its year."""
    document: Document = Document.objects.create(
        soort=soort, jaar=jaar, titel=f"Programmabegroting {jaar}", slug=f"programmabegroting-{jaar}"
    )
    return document


def maak_regel(
    versie: Versie,
    pakket: Pakket,
    kolommen: Sequence[Kolom],
    soort: str = "lasten",
    euro: Decimal | int = -1000,
    sleutel: str = "r-test-1",
) -> Begrotingsregel:
    """Make a line with the same amount in every column."""
    regel: Begrotingsregel = Begrotingsregel.objects.create(
        versie=versie, pakket=pakket, soort=soort, omschrijving=f"Regel {sleutel}", sleutel=sleutel
    )
    Bedrag.objects.bulk_create(
        Bedrag(versie=versie, regel=regel, kolom=kolom, euro=Decimal(euro)) for kolom in kolommen
    )
    return regel


def maak_programma(versie: Versie, kolommen: Sequence[Kolom], nummer: int = 1) -> Programma:
    """Make a programme with one pakket, a text, a goal, and a line of lasten and of baten."""
    programma: Programma = Programma.objects.create(
        versie=versie, code=str(nummer), naam=f"Programma {nummer}", slug=f"programma-{nummer}", volgorde=nummer
    )
    pakket = Pakket.objects.create(versie=versie, programma=programma, code=f"{nummer}A", naam=f"Pakket {nummer}A")
    Sectie.objects.create(versie=versie, pakket=pakket, kop="Inhoud", tekst="Wat we doen.")
    Doel.objects.create(versie=versie, pakket=pakket, tekst="Wat we willen bereiken.")
    maak_regel(versie, pakket, kolommen, "lasten", -1000 * nummer, f"p{nummer}-lasten")
    maak_regel(versie, pakket, kolommen, "baten", 100 * nummer, f"p{nummer}-baten")
    return programma


def maak_concept(rollen: Rollen, programmas: int = 1, document: Document | None = None) -> Versie:
    """Make a complete concept in the name of the redacteur: it has no blocking findings."""
    versie = publicatie.nieuwe_versie(document or maak_document(), door=rollen.redacteur)
    with namens(rollen.redacteur.pk):
        kolommen = [
            Kolom.objects.create(versie=versie, fase=fase, jaar=jaar, volgorde=nummer)
            for nummer, (fase, jaar) in enumerate(KOLOMMEN, start=1)
        ]
        for nummer in range(1, programmas + 1):
            maak_programma(versie, kolommen, nummer)
    return versie


def publiceer(versie: Versie, rollen: Rollen) -> Versie:
    """Take a concept through the four-eyes path."""
    publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
    publicatie.keur_goed(versie, door=rollen.publicist)
    return publicatie.publiceer(versie, door=rollen.publicist)


def maak_gepubliceerd(rollen: Rollen, programmas: int = 1, document: Document | None = None) -> Versie:
    """Make a published version."""
    return publiceer(maak_concept(rollen, programmas, document), rollen)


def tabelwaarden(versie: Versie) -> Mapping[str, int]:
    """Return how many rows of the main kinds a version has."""
    return {
        model.__name__: model.objects.filter(versie=versie).count()
        for model in (Kolom, Programma, Pakket, Sectie, Doel, Begrotingsregel, Bedrag)
    }
