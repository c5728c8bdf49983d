"""Pieces for the tests of imports: files, and a version with something of each kind."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings

from programma.invoer import verloop
from programma.invoer.herkenning import Duiding
from programma.models import (
    Begrotingsregel,
    Deelname,
    Doel,
    Import,
    Pakket,
    Paragraaf,
    Partijcijfers,
    Programma,
    Sectie,
    Taakveld,
    VerbondenPartij,
    Versie,
)
from programma.resources.schrijven import als_csv, als_xlsx, tabel
from tests.bouwers import Rollen


def bestand(versie: Versie, soort: str, vorm: str, *, breed: bool = False) -> bytes:
    """Return an export of a version."""
    kop, rijen = tabel(versie, soort, breed=breed)
    if vorm == "xlsx":
        return als_xlsx(kop, rijen, settings.VAR)
    return b"".join(als_csv(kop, rijen, excel=vorm == "excel"))


def controleer(versie: Versie, rollen: Rollen, inhoud: bytes, naam: str = "begroting.csv", **anders: object) -> Import:
    """Read a file and check it as it was recognised, but for what is given."""
    invoer = verloop.lees_in(versie, inhoud=inhoud, naam=naam, door=rollen.redacteur)
    if invoer.status != Import.Status.GELEZEN:
        return invoer
    duiding = Duiding.uit_json({**invoer.duiding, **anders})
    return verloop.controleer(invoer, duiding, bronnaam="", door=rollen.redacteur)


def vul(versie: Versie) -> None:
    """Give a version of `maak_concept` what its exports can trip over."""
    programma = Programma.objects.get(versie=versie, code="1")
    pakket = Pakket.objects.get(versie=versie, code="1A")
    Begrotingsregel.objects.filter(versie=versie, sleutel="p1-lasten").update(
        omschrijving="=1+1 met 'haakjes', \"komma\" en €",
        taakveld=Taakveld.objects.create(code="0.10", naam="Mutaties reserves", geldig_van=2017),
        incidenteel="ja",
    )
    paragraaf = Paragraaf.objects.create(versie=versie, soort="bijlage", naam="Bijlage 1")
    Sectie.objects.create(versie=versie, programma=programma, kop="-Kop", tekst="Een regel.\r\n\r\nEen alinea; twee.")
    Sectie.objects.create(versie=versie, paragraaf=paragraaf, kop="Dubbel", tekst="a")
    Sectie.objects.create(versie=versie, paragraaf=paragraaf, kop="Dubbel", tekst="b")
    Doel.objects.create(versie=versie, pakket=pakket, tekst="Tweede doel met dezelfde volgorde")
    Doel.objects.create(versie=versie, pakket=pakket, vervallen_reden="Wettelijke taak", volgorde=2)
    Doel.objects.create(
        versie=versie, pakket=pakket, tekst="Cijfer", volgorde=3, nulwaarde=Decimal("7.25"), nuljaar=2019,
        relatief=True, streefwaarde=Decimal("-5.5"), streefjaar=2028, eenheid="%",
    )  # fmt: skip
    partij = VerbondenPartij.objects.create(
        slug="veiligheidsregio", naam="Veiligheidsregio", afkorting="VR", soort="gemeenschappelijke_regeling"
    )
    for waar in (None, pakket):
        Deelname.objects.create(
            versie=versie, programma=programma, pakket=waar, partij=partij, naam="Veiligheidsregio", afkorting="VR",
            soort="gemeenschappelijke_regeling", taak="Brandweer", vestigingsplaats="'s-Gravenhage",
            bestuurlijk_belang="=Een zetel.\r\n\r\nEén stem; of twee.",
        )  # fmt: skip
    Partijcijfers.objects.create(
        versie=versie, partij=partij, jaar=2025, bijdrage=Decimal("1234567.89"), onbekend_reden="Nog niet bekend",
        belang_begin=Decimal("-1234.50"), belang_begin_procent=Decimal("12.5"), belang_eind_procent=Decimal(0),
        ontwikkelingen="- Fusie\n- Verhuizing",
    )  # fmt: skip
    # From before the belang existed: known figures, no reason. Nobody has to mend it to bring other rows in.
    Partijcijfers.objects.create(
        versie=versie, partij=partij, jaar=2024, bijdrage=1, eigen_vermogen_begin=1, eigen_vermogen_eind=1,
        vreemd_vermogen_begin=1, vreemd_vermogen_eind=1, resultaat=1,
    )  # fmt: skip
