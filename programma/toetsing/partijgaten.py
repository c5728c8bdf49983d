"""What a version still lacks of what BBV art. 15 lid 2 asks about its connected parties. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from veiligheid.formatting import opsomming

# The documents that must have the paragraph on connected parties (BBV art. 9 and 26).
MET_PARAGRAAF = frozenset({"begroting", "jaarstukken"})


class Deelnamestand(NamedTuple):
    """The part of a party in a programme (its code), with the texts that it should have. Keys are of the database."""

    pk: int
    partij: int
    naam: str
    programma: str
    vestigingsplaats: str
    openbaar_belang: str
    bestuurlijk_belang: str


class Cijferstand(NamedTuple):
    """The figures of a party in a year; `belang` says whether it is known at both ends of the year."""

    pk: int
    partij: int
    jaar: int
    belang: bool
    onbekend_reden: str


class Partijgat(NamedTuple):
    """Something that is missing, in a Dutch sentence: where, and which kind of place and key mend it (as in Plek)."""

    zin: str
    plaats: str
    wat: str
    sleutel: str


def partijgaten(
    soort: str, jaar: int, deelnames: Sequence[Deelnamestand], cijfers: Sequence[Cijferstand]
) -> Iterator[Partijgat]:
    """Yield what is missing in a document of this soort and year; nothing in one that need not tell it.

    A figure that is empty with its reason is not missing: the reader is told why it is unknown.
    """
    if soort not in MET_PARAGRAAF:
        return
    for deelname in deelnames:
        yield from _teksten(deelname)
    namen = {deelname.partij: deelname.naam for deelname in reversed(deelnames)}
    van_dit_jaar = {rij.partij: rij for rij in cijfers if rij.jaar == jaar}
    for partij, naam in namen.items():
        plaats, rij = f"verbonden partij {naam}, {jaar}", van_dit_jaar.get(partij)
        if rij is None:
            zin = f"Over {jaar} staan geen cijfers van {naam}. Vul ze in; wat onbekend is laat u leeg, met de reden."
            yield Partijgat(zin, plaats, "nieuwe_partijcijfers", str(partij))
        elif not rij.belang and not rij.onbekend_reden.strip():
            zin = (
                f"Het belang van de gemeente in {naam} op 1 januari of op 31 december is leeg. Vul het bedrag of het "
                "percentage in, of schrijf waarom het onbekend is."
            )
            yield Partijgat(zin, plaats, "partijcijfers", str(rij.pk))


def _teksten(deelname: Deelnamestand) -> Iterator[Partijgat]:
    leeg = [
        f"{lidwoord} {veld.replace('_', ' ')}"
        for lidwoord, veld in (("de", "vestigingsplaats"), ("het", "openbaar_belang"), ("het", "bestuurlijk_belang"))
        if not getattr(deelname, veld).strip()
    ]
    if leeg:
        ontbreekt = "ontbreekt" if len(leeg) == 1 else "ontbreken"
        zin = (
            f"Bij {deelname.naam} {ontbreekt} {opsomming(leeg)}. Vul het in. Weet u het niet? Schrijf dan dat het "
            "onbekend is, en waarom."
        )
        plaats = f"verbonden partij {deelname.naam}, programma {deelname.programma}"
        yield Partijgat(zin, plaats, "deelname", str(deelname.pk))
