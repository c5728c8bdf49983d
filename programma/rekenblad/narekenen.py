"""narekenen.xlsx: the lines, and beside each printed total a live formula with its verdict.

For an accountant who has nothing but a spreadsheet. Every formula carries the value that it has now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from django.conf import settings

from programma import uitvoer
from programma.inhoud import Documentstuk, Gedrukt, Uitgave
from programma.lezing import lees_document
from programma.raming import EXACT, Cel, Grootheid, Kolom, Meerjarenraming, Raming, tel_op
from programma.rekenblad import formules, uitleg
from programma.rekenblad.begroting import KOLOMMEN
from programma.rekenblad.formules import DOOR_AFRONDING, OORDELEN, SLUIT_AAN, VERSCHIL, Regelblad
from programma.rekenblad.optelling import Optelling
from programma.toetsing.gedrukt import aantal_onder, berekend, speling, verschil
from veiligheid import werkmap as bestand
from veiligheid.werkmap import Blad, Formule, Waarde, werkmap

NUMMERS = (bestand.Kolom("programma_nr", 13, "getal"), bestand.Kolom("pakket_nr", 11, "getal"))
CODES = (
    *(bestand.Kolom("pakket_nr", 11, "getal"), bestand.Kolom("programma_nr", 13, "getal")),
    *(bestand.Kolom("programma_code", 16), bestand.Kolom("programma", 34)),
    *(bestand.Kolom("pakket_code", 14), bestand.Kolom("pakket", 44)),
)
TOTALEN = (
    *(bestand.Kolom("nr", 8, "getal"), bestand.Kolom("niveau", 12), bestand.Kolom("programma_code", 16)),
    *(bestand.Kolom("programma", 28), bestand.Kolom("pakket_code", 13), bestand.Kolom("pakket", 28)),
    *(bestand.Kolom("grootheid", 15), bestand.Kolom("fase", 14), bestand.Kolom("jaar", 8, "getal")),
    *(bestand.Kolom("gedrukt (euro)", 18, "geld"), bestand.Kolom("eenheid (euro)", 14, "getal")),
    *(bestand.Kolom("nagerekend (euro)", 18, "geld"), bestand.Kolom("verschil (euro)", 18, "geld")),
    *(bestand.Kolom("toegestane afronding (euro)", 26, "geld"), bestand.Kolom("oordeel", 26)),
)
GROOTHEDEN = tuple(Grootheid)
PER_PROGRAMMA = (
    *(bestand.Kolom("nr", 8, "getal"), bestand.Kolom("programma_code", 16), bestand.Kolom("programma", 28)),
    *(bestand.Kolom("fase", 14), bestand.Kolom("jaar", 8, "getal")),
    *(bestand.Kolom(f"{grootheid.value} (formule)", 24, "geld") for grootheid in GROOTHEDEN),
    *(bestand.Kolom(f"{grootheid.value} (site)", 22, "geld") for grootheid in GROOTHEDEN),
    bestand.Kolom("gelijk?", 12),
)
GEHEEL = "het hele document"
EERSTE_TOTAAL = 8
"""The row of the first printed total: what stands above it adds up the verdicts, and has to know where they are."""


def schrijf_narekenen(uitgave: Uitgave, doel: IO[bytes]) -> None:
    """Write the workbook into `doel`. Raises TeVeel for more lines than a sheet can hold."""
    document = lees_document(uitgave)
    telling = Optelling()
    with werkmap(doel, settings.VAR, f"{uitgave.titel}, versie {uitgave.nummer}: narekenen") as boek:
        # In the order in which they are shown. The lines are written first: the formulas say in which rows they are.
        totalen, per_programma = boek.blad("Nagerekend", TOTALEN), boek.blad("Per programma", PER_PROGRAMMA)
        regels = boek.blad(formules.REGELS, (*KOLOMMEN, *NUMMERS))
        codes, slot = boek.blad(formules.CODES, CODES), boek.blad("Uitleg", uitleg.KOLOMMEN)
        koprij = regels.koppen()
        regels.schrijf(telling.tel(uitvoer.rijen(uitgave)))
        regels.filterbaar(koprij)
        codes.koppen()
        codes.schrijf(telling.groepen.values())
        cellen = telling.cellen()
        stuk = _Stuk(document, telling, cellen, tel_op(cellen), Regelblad(regels.rijen), codes.rijen)
        _totalen(totalen, stuk)
        _per_programma(per_programma, stuk)
        slot.schrijf(uitleg.kop(uitgave, "De begroting narekenen", document.gemeente, demo=settings.DEMO))
        slot.schrijf(uitleg.van_narekenen())


@dataclass(frozen=True, slots=True)
class _Stuk:
    """What the formulas rest on: the document, its lines added up, and where those stand."""

    document: Documentstuk
    telling: Optelling
    cellen: Sequence[Cel]
    optelling: Meerjarenraming
    regels: Regelblad
    laatste_code: int

    def namen(self) -> dict[str, str]:
        """Return the name of each programme by its code."""
        return {rij.code: rij.naam for rij in self.document.programmas}


def _totalen(blad: Blad, stuk: _Stuk) -> None:
    """Write the printed totals, each beside ours, and on top how many agree."""
    gedrukt = _op_volgorde(stuk.document.gedrukt)
    eerste = EERSTE_TOTAAL
    bereik = f"$O${eerste}:$O${eerste + max(len(gedrukt), 1) - 1}"
    oordelen = [_oordeel(totaal, stuk) for totaal in gedrukt]
    aantal = {een: sum(oordeel == een for oordeel in oordelen) for een in OORDELEN}
    titel = f"{stuk.document.uitgave.titel}, versie {stuk.document.uitgave.nummer}: gedrukte totalen nagerekend"
    blad.rij(bestand.Cel(titel, "titel"))
    if gedrukt:
        slot = "sluit aan" if len(gedrukt) == 1 else "sluiten aan"
        zin = f"{aantal[SLUIT_AAN]} van {len(gedrukt)} {slot}"
        blad.rij(bestand.Cel(Formule(formules.telzin(bereik, len(gedrukt)), zin), "vet"))
    else:
        blad.rij(bestand.Cel("Dit document heeft geen gedrukte totalen om mee te vergelijken.", "vet"))
    for oordeel in (DOOR_AFRONDING, VERSCHIL):
        blad.rij(bestand.Cel(Formule(formules.telling(bereik, oordeel), aantal[oordeel]), "getal"), f"keer: {oordeel}")
    goed = stuk.regels.goed_genummerd(stuk.laatste_code)
    blad.rij(
        bestand.Cel(Formule(goed, stuk.telling.rijen), "getal"),
        f"van {stuk.telling.rijen} regels hebben het nummer dat bij hun programma en pakket hoort (zie het blad Codes)",
    )
    blad.rij()
    koprij = blad.koppen()
    for nummer, (totaal, oordeel) in enumerate(zip(gedrukt, oordelen, strict=True), eerste):
        blad.rij(*_totaal(nummer, totaal, oordeel, stuk))
    blad.filterbaar(koprij)


def _op_volgorde(gedrukt: Sequence[Gedrukt]) -> list[Gedrukt]:
    """Return the totals of the document first, then per programme, its own before those of its pakketten."""
    return sorted(
        gedrukt, key=lambda rij: (rij.programma, rij.pakket, GROOTHEDEN.index(Grootheid(rij.grootheid)), rij.kolom)
    )


def _oordeel(totaal: Gedrukt, stuk: _Stuk) -> str:
    anders = verschil(totaal, stuk.optelling, stuk.cellen)
    if anders is None:
        return SLUIT_AAN
    return DOOR_AFRONDING if anders.afronding else VERSCHIL


def _totaal(nummer: int, totaal: Gedrukt, oordeel: str, stuk: _Stuk) -> Sequence[Waarde]:
    """Return the row of a printed total."""
    grootheid, fase, jaar = Grootheid(totaal.grootheid), f"$H{nummer}", f"$I{nummer}"
    niveau, eigen, van = _niveau(totaal, stuk, f"$A{nummer}")
    ons, aantal = berekend(totaal, stuk.optelling), aantal_onder(totaal, stuk.cellen)
    groep = stuk.telling.groepen.get((totaal.programma, totaal.pakket))
    ruimte = f"({stuk.regels.aantal(grootheid, van, fase, jaar)}+1)/2*K{nummer}"
    return (
        *(eigen, niveau, totaal.programma, stuk.namen().get(totaal.programma, "")),
        *(totaal.pakket, groep.pakket if groep else "", grootheid.value, totaal.kolom.fase, totaal.kolom.jaar),
        *(totaal.euro, totaal.eenheid),
        Formule(stuk.regels.bedrag(grootheid, van, fase, jaar), ons),
        Formule(f"ROUND(L{nummer}-J{nummer},2)", EXACT.subtract(ons, totaal.euro)),
        Formule(ruimte, speling(aantal, totaal.eenheid)),
        Formule(formules.oordeel(*(f"{kolom}{nummer}" for kolom in "JKLMN")), oordeel),
    )


def _niveau(totaal: Gedrukt, stuk: _Stuk, cel: str) -> tuple[str, int | None, str]:
    """Return the level of a printed total, the number of what it is of, and the criterion on the cell with that."""
    if totaal.pakket:
        return "pakket", stuk.telling.groep(totaal.programma, totaal.pakket).pakket_nr, stuk.regels.in_pakket(cel)
    if totaal.programma:
        return "programma", stuk.telling.nummer(totaal.programma), stuk.regels.in_programma(cel)
    return "document", None, ""


def _per_programma(blad: Blad, stuk: _Stuk) -> None:
    """Write the six amounts of each programme and of the whole, per column: as formulas, and as we computed them."""
    koprij = blad.koppen()
    blad.schrijf(_programmarijen(koprij + 1, stuk))
    blad.filterbaar(koprij)


def _programmarijen(nummer: int, stuk: _Stuk) -> Iterator[Sequence[Waarde]]:
    for rij in stuk.document.programmas:
        raming = stuk.optelling.programmas.get(rij.code, Raming())
        for kolom in stuk.document.kolommen:
            van = stuk.regels.in_programma(f"$A{nummer}")
            eigen = stuk.telling.nummer(rij.code)
            yield eigen, rij.code, rij.naam, *_zes(nummer, van, kolom, raming, stuk)
            nummer += 1
    for kolom in stuk.document.kolommen:
        yield None, "", GEHEEL, *_zes(nummer, "", kolom, stuk.optelling.totaal, stuk)
        nummer += 1


def _zes(nummer: int, van: str, kolom: Kolom, raming: Raming, stuk: _Stuk) -> Sequence[Waarde]:
    """Return a row from its column fase on. Saldo and resultaat add up what stands beside them."""
    ons = {grootheid: raming[kolom].bedrag(grootheid) for grootheid in GROOTHEDEN}
    fase, jaar = f"$D{nummer}", f"$E{nummer}"
    optellen = {
        Grootheid.SALDO: f"ROUND(F{nummer}+G{nummer},2)",
        Grootheid.RESULTAAT: f"ROUND(H{nummer}+I{nummer}+J{nummer},2)",
    }
    live = [
        Formule(optellen.get(grootheid) or stuk.regels.bedrag(grootheid, van, fase, jaar), ons[grootheid])
        for grootheid in GROOTHEDEN
    ]
    paren = [(f"{links}{nummer}", f"{rechts}{nummer}") for links, rechts in zip("FGHIJK", "LMNOPQ", strict=True)]
    return kolom.fase, kolom.jaar, *live, *ons.values(), Formule(formules.gelijk(paren), "gelijk")
