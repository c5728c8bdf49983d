"""Saving a grid: one transaction, all or nothing, a handful of statements whatever the number of cells."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Max

from programma.models import Bedrag, Begrotingsregel, Programma
from programma.rooster.blad import OMSCHRIJVING, PAKKET, SOORT, TEKSTEN, TOELICHTING, Blad, Gezien, Plek, plek
from programma.rooster.eenheid import Eenheidvraag, eenheidvragen
from programma.rooster.lezen import lees
from programma.rooster.samenvoeging import Beeld, Samenvoeging, Strijd, voeg_samen

# One statement for thousands of amounts: Django's bulk_update takes seconds for what takes milliseconds here.
WIJZIG = """
UPDATE programma_bedrag b SET euro = n.euro, bronprecisie = n.precisie, bron_id = NULL, plaats = ''
FROM unnest(%s::bigint[], %s::numeric[], %s::int[]) AS n (id, euro, precisie) WHERE b.id = n.id
"""
PAKKET_WEG = "dit pakket is verwijderd"
KOLOM_WEG = "deze kolom of wijziging is verwijderd"


class Botst(Exception):
    """Somebody else changed what this editor changed too: nothing was stored. `blad` is what it is now."""

    def __init__(self, strijd: list[Strijd], blad: Blad) -> None:
        super().__init__(f"{len(strijd)} conflicts")
        self.strijd = strijd
        self.blad = blad


class VraagtEenheid(Exception):
    """The amounts are of another size than what is known: nothing was stored until the editor says that it is right."""

    def __init__(self, vraag: Eenheidvraag, blad: Blad) -> None:
        super().__init__(f"{len(vraag.zinnen)} questions")
        self.vraag = vraag
        self.blad = blad


class LigtVast(Exception):
    """The version is no concept any more: nothing was stored. The text is Dutch and for the editor."""


@transaction.atomic
def bewaar(programma: Programma, gezien: Gezien, mijn: Beeld, *, eenheid: int, akkoord: str | None = None) -> int:
    """Store what the editor made of the grid, on top of what it is now; return how many values changed.

    `eenheid` is the unit in which was typed (1 or 1000 euro), for the precision of the amounts. `akkoord` is the
    kenmerk of the question about the unit that the editor said yes to ("" for none); None when there is nobody to ask.
    Raises Botst when somebody else changed the same values since `gezien`, LigtVast when the version is fixed,
    VraagtEenheid when there is a question about the unit that was not answered.

    Lock order: version FOR SHARE (as the triggers do; a verb waits), rows, amounts.
    """
    _eis_concept(programma.versie_id)
    blad = lees(programma, grendel=True)
    samen = voeg_samen(gezien.beeld, mijn, blad.beeld(), spil=SOORT)
    strijd = [*samen.strijd, *_zonder_plaats(samen, gezien, mijn, blad)]
    if strijd:
        raise Botst(strijd, blad)
    if not samen:
        return 0
    vraag = None if akkoord is None else eenheidvragen(blad, samen)
    if vraag and vraag.kenmerk != akkoord:
        raise VraagtEenheid(vraag, blad)
    if samen.weg:
        Begrotingsregel.objects.filter(pk__in=[blad.regels[rij].pk for rij in samen.weg]).delete()
    pks = {rij: regel.pk for rij, regel in blad.regels.items()} | _maak_regels(programma, samen)
    _schrijf_teksten(samen, blad)
    _schrijf_bedragen(programma.versie_id, samen, blad, pks, eenheid)
    return len(samen.weg) + sum(len(velden) for velden in (*samen.schrijf.values(), *samen.nieuw.values()))


def _eis_concept(versie: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nummer, status FROM programma_versie WHERE id = %s FOR SHARE", [versie])
        rij = cursor.fetchone()
    if rij is None:
        raise LigtVast("Deze versie is intussen verwijderd. Er is niets bewaard.")
    if rij[1] != "concept":
        raise LigtVast(f"Versie {rij[0]} is intussen {rij[1]}: wat erin staat ligt vast. Er is niets bewaard.")


def _zonder_plaats(samen: Samenvoeging, gezien: Gezien, mijn: Beeld, blad: Blad) -> list[Strijd]:
    """Return what can no longer be stored, because its column, change or pakket went since."""
    koppen = {kop.pk for kop in blad.koppen}
    strijd = []
    for rij, velden in {**samen.schrijf, **samen.nieuw}.items():
        if mijn[rij][PAKKET] not in blad.pakketten and rij in samen.nieuw:
            strijd.append(Strijd(rij, None, "gezien", "nieuw", PAKKET_WEG))
            continue
        for veld, waarde in velden.items():
            waar = plek(veld)
            if waar and (waar.kolom not in koppen or (waar.wijziging and waar.wijziging not in blad.wijzigingen)):
                strijd.append(Strijd(rij, veld, gezien.velden(rij).get(veld), waarde, KOLOM_WEG))
    return strijd


def _maak_regels(programma: Programma, samen: Samenvoeging) -> dict[str, int]:
    """Add the new rows, below the others; return their keys."""
    if not samen.nieuw:
        return {}
    laatste: int = (
        Begrotingsregel.objects.filter(pakket__programma=programma).aggregate(laatste=Max("volgorde"))["laatste"] or 0
    )
    gemaakt = Begrotingsregel.objects.bulk_create(
        Begrotingsregel(
            versie_id=programma.versie_id,
            sleutel=rij,
            pakket_id=int(str(velden[PAKKET])),
            soort=str(velden[SOORT]),
            omschrijving=str(velden[OMSCHRIJVING]),
            toelichting=str(velden.get(TOELICHTING) or ""),
            volgorde=min(laatste + nummer, 32767),
        )
        for nummer, (rij, velden) in enumerate(samen.nieuw.items(), start=1)
    )
    return {regel.sleutel: regel.pk for regel in gemaakt}


def _schrijf_teksten(samen: Samenvoeging, blad: Blad) -> None:
    gewijzigd = []
    for rij, velden in samen.schrijf.items():
        if not velden.keys() & set(TEKSTEN):
            continue
        regel = blad.regels[rij]
        teksten = {OMSCHRIJVING: regel.omschrijving, TOELICHTING: regel.toelichting, **velden}
        gewijzigd.append(
            Begrotingsregel(
                pk=regel.pk,
                omschrijving=str(teksten[OMSCHRIJVING]),
                toelichting=str(teksten[TOELICHTING] or ""),
            )
        )
    if gewijzigd:
        Begrotingsregel.objects.bulk_update(gewijzigd, list(TEKSTEN))


def _schrijf_bedragen(versie: int, samen: Samenvoeging, blad: Blad, pks: Mapping[str, int], eenheid: int) -> None:
    """Add, change and remove amounts. What is typed comes from no file any more."""
    erbij, anders, weg = [], [], []
    for rij, velden in {**samen.schrijf, **samen.nieuw}.items():
        bestaand = blad.regels[rij].bedragen if rij in blad.regels else {}
        for veld, waarde in velden.items():
            waar = plek(veld)
            if waar is None:
                continue
            oud = bestaand.get(waar)
            if not isinstance(waarde, Decimal):
                weg.extend([oud.pk] if oud else [])
                continue
            bedrag = _bedrag(waarde, waar, pks[rij], versie, eenheid)
            if oud is None:
                erbij.append(bedrag)
            else:
                bedrag.pk = oud.pk
                anders.append(bedrag)
    if weg:
        Bedrag.objects.filter(pk__in=weg).delete()
    if anders:
        with connection.cursor() as cursor:
            cursor.execute(WIJZIG, [[getattr(rij, veld) for rij in anders] for veld in ("pk", "euro", "bronprecisie")])
    if erbij:
        Bedrag.objects.bulk_create(erbij)


def _bedrag(euro: Decimal, waar: Plek, regel: int, versie: int, eenheid: int) -> Bedrag:
    precisie = Bedrag.Bronprecisie.DUIZEND if eenheid == 1000 and euro % 1000 == 0 else Bedrag.Bronprecisie.EURO
    return Bedrag(
        versie_id=versie,
        regel_id=regel,
        kolom_id=waar.kolom,
        wijziging_id=waar.wijziging or None,
        euro=euro,
        bronprecisie=precisie,
    )
