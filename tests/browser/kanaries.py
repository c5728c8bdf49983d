"""Run inside the site's own shell: fill a concept with words that stand nowhere else, or publish what holds them.

`python manage.py shell < kanaries.py` with the name of the step on the first line; see test_embargo.py.
"""
# ruff: noqa

from django.contrib.auth.models import User
from django.db.models import CharField, TextField

from programma import publicatie
from programma.models import *
from programma.models import VERSIERIJEN
from veiligheid.namens import namens

SLUG = "programmabegroting-2025"
redacteur, publicist = (User.objects.get(username=naam) for naam in ("redacteur", "publicist"))
teller = 0


def kanarie(waar=""):
    """A new word, and on the output in which field it stands."""
    global teller
    teller += 1
    print("WOORD", f"{teller:03}", waar)
    return f"kanarie{teller:03}zwijgt"


def vul(rij):
    """Put a word in every text of a row that people write themselves."""
    for veld in rij._meta.concrete_fields:
        if not isinstance(veld, (CharField, TextField)) or veld.choices or not veld.editable:
            continue
        if veld.name in {
            "code",
            "slug",
            "sleutel",
            "sha256",
            "nummer",
            "eenheid",
            "afkorting",
            "onbekend_reden",
        }:
            continue
        if veld.name in {"reserve", "vervallen_reden"} and not getattr(rij, veld.name):
            continue
        if veld.name == "tekst" and getattr(rij, "vervallen_reden", ""):
            continue
        setattr(rij, veld.name, f"{getattr(rij, veld.name)} {kanarie(f'{type(rij).__name__}.{veld.name}')}".strip())
    rij.save()


def maak():
    nu = Versie.objects.filter(document__slug=SLUG, status="gepubliceerd").order_by("-nummer").first()
    versie = Versie.objects.filter(document__slug=SLUG, status="concept").first() or publicatie.maak_concept(
        nu, door=redacteur
    )
    with namens(redacteur.pk):
        programma = Programma.objects.filter(versie=versie).first()
        pakket = Pakket.objects.filter(versie=versie).first()
        kolom = Kolom.objects.filter(versie=versie, jaar=2025).first()
        wijziging = Wijziging.objects.create(versie=versie, nummer="9", titel="Titel")
        partij = VerbondenPartij.objects.create(
            slug="kanarie-partij", naam=f"Partij {kanarie('VerbondenPartij.naam')}", soort="gemeenschappelijke_regeling"
        )
        Deelname.objects.create(
            versie=versie,
            programma=programma,
            pakket=pakket,
            partij=partij,
            soort=partij.soort,
            naam=partij.naam,
            volgorde=9,
        )
        Partijcijfers.objects.create(
            versie=versie, partij=partij, jaar=2025, onbekend_reden=f"Nog {kanarie('Partijcijfers.onbekend_reden')}"
        )
        nieuw = Programma.objects.create(
            versie=versie, code="77", naam="Nieuw", slug="programma-77-kanarie", volgorde=77
        )
        los = Pakket.objects.create(versie=versie, programma=nieuw, code="77A", naam="Los", volgorde=77)
        regel = Begrotingsregel.objects.create(
            versie=versie, sleutel="kanarie-regel", pakket=los, soort="lasten", omschrijving="Regel", volgorde=77
        )
        Bedrag.objects.create(versie=versie, regel=regel, kolom=kolom, euro=-7777777, bronprecisie=1, plaats="cel")
        Doel.objects.create(versie=versie, pakket=los, tekst="Doel", volgorde=77)
        Sectie.objects.create(versie=versie, pakket=los, kop="Kop", tekst="Tekst", volgorde=77)
        for model in VERSIERIJEN:
            for rij in model.objects.filter(versie=versie):
                vul(rij)
        Versie.objects.filter(pk=versie.pk).update(titel=f"{versie.titel} {kanarie('Versie.titel')}")
    nieuw_document = Document.objects.create(
        soort="kadernota", jaar=2031, titel=f"Kadernota {kanarie('Document.titel')}", slug="kadernota-2031"
    )
    publicatie.nieuwe_versie(nieuw_document, door=redacteur)
    print("VERSIE", versie.pk, versie.nummer)


def publiceer():
    versie = Versie.objects.get(document__slug=SLUG, status="concept")
    publicatie.dien_in(versie, door=redacteur, samenvatting=f"Samenvatting {kanarie()}")
    publicatie.keur_goed(versie, door=publicist)
    publicatie.publiceer(versie, door=publicist)
    print("KLAAR")
