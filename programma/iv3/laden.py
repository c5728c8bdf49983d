"""Loading Iv3 figures as documents of their own kind, as concepts, in the name of an officer. All or nothing."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from indicatoren.inlezen import noem, rijen
from indicatoren.models import Gebied
from programma import publicatie
from programma.iv3 import indeling
from programma.iv3.bestand import Iv3, Iv3Fout, Rij, Sleutel, Verslag, lees
from programma.iv3.indeling import Deel
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Bron,
    Document,
    GedruktTotaal,
    Kolom,
    Pakket,
    Programma,
    Sectie,
    Taakveld,
    Versie,
)
from programma.raming import Grootheid, Soort
from veiligheid.namens import namens

BRON = "CBS Iv3, CC BY 4.0"
KOP = "Wat hoort hierbij?"
SOORTEN = {
    Verslag.BEGROTING: (Document.Soort.IV3_BEGROTING, "Iv3-begroting"),
    Verslag.JAARREKENING: (Document.Soort.IV3_JAARSTUKKEN, "Iv3-jaarstukken"),
}


@dataclass(frozen=True, slots=True)
class Bronbestand:
    """A file that was read: its name, its sha256, and what it holds of this municipality."""

    naam: str
    sha256: str
    inhoud: Iv3


@dataclass(frozen=True, slots=True)
class Lading:
    """A document that was loaded, and the taakvelden that were left out because all their amounts are zero."""

    versie: Versie
    taakvelden: int
    zonder_bedrag: tuple[str, ...]


def lees_bestand(bestand: Path, gm_code: str) -> Bronbestand:
    """Read an Iv3 file (CSV, or CSV with gzip). Raises Iv3Fout, and OSError when there is no such file."""
    ruw = bestand.read_bytes()
    try:
        tekst = gzip.decompress(ruw) if bestand.suffix == ".gz" else ruw
    except (gzip.BadGzipFile, EOFError) as fout:
        raise Iv3Fout([f"{bestand.name} is geen goed gzip-bestand."]) from fout
    regels = io.TextIOWrapper(io.BytesIO(tekst), encoding="utf-8-sig", newline="")
    return Bronbestand(bestand.name, hashlib.sha256(ruw).hexdigest(), lees(regels, gm_code))


def lees_teksten(bestand: Path) -> dict[str, str]:
    """Return our own short texts per taakveld or part of the budget, by code."""
    return {rij["code"]: rij["tekst"] for rij in rijen(bestand)}


def slug(sleutel: Sleutel) -> str:
    """Return the name in the address of the document of a report: "iv3-begroting-2025"."""
    return f"{SOORTEN[sleutel.verslag][1]}-{sleutel.jaar}".lower()


@transaction.atomic
def laad(
    bron: Bronbestand, sleutels: Sequence[Sleutel], *, gm_code: str, teksten: Mapping[str, str], door: User
) -> list[Lading]:
    """Make a document with a concept of each of these reports. Raises Iv3Fout, publicatie.Geweigerd."""
    mist = [
        f"Het bestand heeft geen {s.verslag} {s.jaar} van {gm_code}." for s in sleutels if s not in bron.inhoud.rijen
    ]
    bestaat = Document.objects.filter(slug__in=[slug(sleutel) for sleutel in sleutels]).values_list("titel", flat=True)
    mist += [f"{titel} bestaat al. Maak daarin een nieuwe versie." for titel in bestaat]
    if mist:
        raise Iv3Fout(mist)
    if not Gebied.objects.filter(code=gm_code, namen__isnull=False).exists():
        noem(gm_code, Gebied.Soort.GEMEENTE, bron.inhoud.gemeente)
    taakvelden = _taakvelden(bron.inhoud)
    with namens(door.pk):
        return [_laad_document(bron, sleutel, taakvelden, teksten, door) for sleutel in sleutels]


def _taakvelden(inhoud: Iv3) -> dict[tuple[str, int], Taakveld]:
    """Return the taakvelden of the file by code and year. Raises Iv3Fout for those that do not exist in their year."""
    alle: dict[str, list[Taakveld]] = {}
    for taakveld in Taakveld.objects.order_by("geldig_van"):
        alle.setdefault(taakveld.code, []).append(taakveld)
    gevonden: dict[tuple[str, int], Taakveld] = {}
    fouten = []
    for sleutel, rijen_van in inhoud.rijen.items():
        for rij in rijen_van:
            geldig = [
                taakveld
                for taakveld in alle.get(rij.taakveld, [])
                if taakveld.geldig_van <= sleutel.jaar <= (taakveld.geldig_tot or sleutel.jaar)
            ]
            if not geldig or indeling.deel(rij.taakveld) is None:
                fouten.append(
                    f"Rij {rij.nummer}, kolom taakveld: {rij.taakveld!r} is geen taakveld van {sleutel.jaar}. "
                    "Voeg het toe in de lijst van taakvelden, met de jaren waarin het geldt."
                )
                continue
            gevonden[rij.taakveld, sleutel.jaar] = geldig[-1]
    if fouten:
        raise Iv3Fout(fouten)
    return gevonden


def _laad_document(
    bron: Bronbestand,
    sleutel: Sleutel,
    taakvelden: Mapping[tuple[str, int], Taakveld],
    teksten: Mapping[str, str],
    door: User,
) -> Lading:
    soort, naam = SOORTEN[sleutel.verslag]
    document = Document.objects.create(
        soort=soort, jaar=sleutel.jaar, titel=f"{naam} {sleutel.jaar}", slug=slug(sleutel)
    )
    versie = publicatie.nieuwe_versie(document, door=door)
    kolommen = indeling.kolommen(sleutel, bron.inhoud.rijen.keys())
    lader = _Lader(versie, bron, kolommen, taakvelden, teksten)
    return lader.laad()


class _Lader:
    """Makes the rows of one version: a part per hoofdtaakveld, a pakket per taakveld, two lines with their amounts."""

    def __init__(
        self,
        versie: Versie,
        bron: Bronbestand,
        sleutels: Sequence[Sleutel],
        taakvelden: Mapping[tuple[str, int], Taakveld],
        teksten: Mapping[str, str],
    ) -> None:
        self.versie = versie
        self.sleutels = sleutels
        self.taakvelden = taakvelden
        self.teksten = teksten
        self.bron = Bron.objects.create(versie=versie, naam=BRON, bestandsnaam=bron.naam, sha256=bron.sha256)
        self.cijfers: dict[str, dict[Sleutel, Rij]] = {}
        for sleutel in sleutels:
            for rij in bron.inhoud.rijen[sleutel]:
                self.cijfers.setdefault(rij.taakveld, {})[sleutel] = rij
        self.kolommen = dict(zip(sleutels, self._kolommen(), strict=True))

    def _kolommen(self) -> list[Kolom]:
        soorten = map(indeling.kolom, self.sleutels)
        return Kolom.objects.bulk_create(
            Kolom(versie=self.versie, fase=kolom.fase, jaar=kolom.jaar, volgorde=nummer)
            for nummer, kolom in enumerate(soorten, start=1)
        )

    def laad(self) -> Lading:
        gevuld = [code for code in self.cijfers if code != indeling.RESULTAAT and self._heeft_bedrag(code)]
        leeg = tuple(sorted(set(self.cijfers) - set(gevuld) - {indeling.RESULTAAT}))
        programmas = self._programmas(gevuld)
        pakketten = self._pakketten(gevuld, programmas)
        self._bedragen(self._regels(pakketten))
        self._resultaat()
        return Lading(self.versie, len(gevuld), leeg)

    def _heeft_bedrag(self, code: str) -> bool:
        return any(rij.lasten or rij.baten for rij in self.cijfers[code].values())

    def _taakveld(self, code: str) -> Taakveld:
        """Return a taakveld as it is called in the last of the years shown in which it exists."""
        return self.taakvelden[code, max(sleutel.jaar for sleutel in self.cijfers[code])]

    def _programmas(self, codes: Iterable[str]) -> dict[Deel, Programma]:
        gebruikt = {indeling.deel(code) for code in codes}
        delen = [deel for deel in indeling.DELEN if deel in gebruikt]
        rijen = Programma.objects.bulk_create(
            Programma(versie=self.versie, volgorde=nummer, inleiding=self.teksten.get(deel.code, ""), **deel._asdict())
            for nummer, deel in enumerate(delen, start=1)
        )
        return dict(zip(delen, rijen, strict=True))

    def _pakketten(self, codes: Sequence[str], programmas: Mapping[Deel, Programma]) -> dict[str, Pakket]:
        per_code = {
            code: Pakket(
                versie=self.versie,
                programma=programmas[deel],
                code=code,
                naam=self._taakveld(code).naam,
                restpost=code == indeling.RESERVES,
                volgorde=nummer,
            )
            for nummer, code in enumerate(sorted(codes, key=_volgorde), start=1)
            if (deel := indeling.deel(code)) is not None
        }
        Pakket.objects.bulk_create(per_code.values())
        Sectie.objects.bulk_create(
            Sectie(versie=self.versie, pakket=pakket, kop=KOP, tekst=self.teksten[code])
            for code, pakket in per_code.items()
            if code in self.teksten and not pakket.restpost
        )
        return per_code

    def _regels(self, pakketten: Mapping[str, Pakket]) -> dict[tuple[str, Soort], Begrotingsregel]:
        """Make a line for the lasten and for the baten of each taakveld, as far as one of the years has any."""
        regels = {}
        for code, pakket in pakketten.items():
            for nummer, soort in enumerate(indeling.soorten(code), start=1):
                if any(_van_soort(rij, soort) for rij in self.cijfers[code].values()):
                    regels[code, soort] = Begrotingsregel(
                        versie=self.versie,
                        sleutel=indeling.regelsleutel(code, soort),
                        pakket=pakket,
                        soort=soort.value,
                        omschrijving=pakket.naam,
                        taakveld=self._taakveld(code),
                        toelichting=self._andere_naam(code),
                        volgorde=nummer,
                    )
        Begrotingsregel.objects.bulk_create(regels.values())
        return regels

    def _andere_naam(self, code: str) -> str:
        """Say under which name the taakveld stood in the file before, if it was another one."""
        naam = self._taakveld(code).naam
        ander = {
            sleutel.jaar: oud
            for sleutel in self.cijfers[code]
            if (oud := self.taakvelden[code, sleutel.jaar].naam) != naam
        }
        return " ".join(f"In {jaar} heette dit taakveld {oud}." for jaar, oud in sorted(ander.items()))

    def _bedragen(self, regels: Mapping[tuple[str, Soort], Begrotingsregel]) -> None:
        Bedrag.objects.bulk_create(
            Bedrag(
                versie=self.versie,
                regel=regel,
                kolom=self.kolommen[sleutel],
                euro=_van_soort(rij, soort),
                bronprecisie=Bedrag.Bronprecisie.DUIZEND,
                bron=self.bron,
                plaats=f"rij {rij.nummer}, kolom {_kolomkop(soort)}",
            )
            for (code, soort), regel in regels.items()
            for sleutel, rij in self.cijfers[code].items()
        )

    def _resultaat(self) -> None:
        """Keep taakveld 0.11 as the total that it is. It closes the sum, so a yield stands among the lasten there."""
        GedruktTotaal.objects.bulk_create(
            GedruktTotaal(
                versie=self.versie,
                kolom=self.kolommen[sleutel],
                grootheid=Grootheid.RESULTAAT.value,
                euro=-(rij.lasten + rij.baten) or Decimal(0),
                eenheid=1000,
            )
            for sleutel, rij in self.cijfers.get(indeling.RESULTAAT, {}).items()
        )


def _van_soort(rij: Rij, soort: Soort) -> Decimal:
    return rij.lasten if soort in {Soort.LASTEN, Soort.TOEVOEGING} else rij.baten


def _kolomkop(soort: Soort) -> str:
    return "lasten_x_1000" if soort in {Soort.LASTEN, Soort.TOEVOEGING} else "baten_x_1000"


def _volgorde(code: str) -> tuple[str, bool, str]:
    """Sort codes as CBS does: 0.9 comes before 0.10, and 6.23 before 6.3."""
    hoofd, rest = code.split(".")
    return hoofd, code in {indeling.RESERVES, indeling.RESULTAAT}, rest
