"""What a concept still lacks, with the place of each: the work that a new year leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from programma.jaar.nieuw_jaar import Melding, maak_plan
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Deelname,
    Doel,
    Kolom,
    Partijcijfers,
    Sectie,
    VerbondenPartij,
    Versie,
)
from programma.publicatie import Geweigerd
from programma.toetsing.partijgaten import MET_PARAGRAAF


class Regelplaats(NamedTuple):
    """A line and where it stands."""

    sleutel: int
    programma: str
    pakket: str
    omschrijving: str
    soort: str


@dataclass(frozen=True, slots=True)
class Legekolom:
    """A column, and the lines that have no amount in it."""

    kolom: Kolom
    regels: Sequence[Regelplaats]
    van: int

    @property
    def helemaal(self) -> bool:
        """Whether no line at all has an amount."""
        return len(self.regels) == self.van


@dataclass(frozen=True, slots=True)
class NogLeeg:
    """The columns with gaps, how much nobody looked at since it was taken over, and what misses figures or a taakveld.

    `zonder_cijfers` are parties that the version names and that have no figures of the year of the document.
    """

    kolommen: Sequence[Legekolom]
    teksten: int
    doelen: int
    partijen: int
    partijcijfers: int
    zonder_cijfers: Sequence[VerbondenPartij]
    zonder_taakveld: Sequence[Regelplaats]
    meldingen: Sequence[Melding]


def nog_leeg(versie: Versie) -> NogLeeg:
    """Return what a version still lacks as it is now. A handful of queries, whatever its size."""
    regels: dict[int, Regelplaats] = {}
    zonder_taakveld = []
    for rij in Begrotingsregel.objects.filter(versie=versie).select_related("pakket__programma"):
        plaats = Regelplaats(
            rij.pk, str(rij.pakket.programma), str(rij.pakket), rij.omschrijving, rij.get_soort_display()
        )
        regels[rij.pk] = plaats
        if rij.taakveld_id is None:
            zonder_taakveld.append(plaats)
    gevuld: dict[int, set[int]] = defaultdict(set)
    for kolom, regel in Bedrag.objects.filter(versie=versie).order_by().values_list("kolom_id", "regel_id"):
        gevuld[kolom].add(regel)
    kolommen = [
        Legekolom(kolom, [plaats for regel, plaats in regels.items() if regel not in gevuld[kolom.pk]], len(regels))
        for kolom in Kolom.objects.filter(versie=versie).order_by("volgorde")
    ]
    return NogLeeg(
        [kolom for kolom in kolommen if kolom.regels],
        Sectie.objects.filter(versie=versie, te_herzien=True).count(),
        Doel.objects.filter(versie=versie, te_herzien=True).count(),
        Deelname.objects.filter(versie=versie, te_herzien=True).count(),
        Partijcijfers.objects.filter(versie=versie, te_herzien=True).count(),
        _zonder_cijfers(versie),
        zonder_taakveld,
        _meldingen(versie),
    )


def _zonder_cijfers(versie: Versie) -> Sequence[VerbondenPartij]:
    """Return the parties without figures of the year of the document, where the law asks them (BBV art. 15)."""
    if versie.document.soort not in MET_PARAGRAAF:
        return []
    cijfers = Partijcijfers.objects.filter(versie=versie, jaar=versie.document.jaar)
    genoemd = Deelname.objects.filter(versie=versie)
    partijen = VerbondenPartij.objects.filter(pk__in=genoemd.values("partij")).exclude(pk__in=cijfers.values("partij"))
    return list(partijen.order_by("naam"))


def _meldingen(versie: Versie) -> Sequence[Melding]:
    """Return what could not come along from the year before, as the plan reports it; nothing when there is none."""
    vorig = (
        Versie.objects.gepubliceerd()
        .filter(document__soort=versie.document.soort, document__jaar=versie.document.jaar - 1)
        .select_related("document")
        .order_by("-nummer")
        .first()
    )
    if vorig is None:
        return []
    try:
        return maak_plan(vorig).meldingen
    except Geweigerd:
        return []
