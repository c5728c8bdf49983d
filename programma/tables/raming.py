"""The money table of a programme: one django-tables2 table for the page and for the CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from programma.inhoud import Inwoners, Pakketrij, Programmastuk
from programma.pagina import benaming
from programma.pagina.adres import anker
from programma.pagina.inwoners import inwonerzin
from programma.pagina.keuze import Keuze, Weergave
from programma.pagina.programma import TABEL
from programma.pagina.som import focuskolom
from programma.raming import Grootheid, Kolom, Meerjarenraming, Raming
from programma.tables.bedrag import AFRONDING, DECIMALEN_IN_BESTAND, LEEG, TEKENUITLEG, Bedragkolom, Record, kolomnaam
from veiligheid.formatting import (
    NIET_BEKEND,
    NIET_VAN_TOEPASSING,
    decimaal,
    duizenden,
    kleine_letter,
    per_inwoner,
    percentage,
)
from veiligheid.tables import Kolom as Tabelkolom
from veiligheid.tables import Rijkop, Tabel

Waarde = Callable[[Raming, Grootheid], Mapping[Kolom, Decimal | None]]


class Ramingtabel(Tabel):
    """The money table of a programme: lasten, baten, saldo, reserves and resultaat per pakket and column."""

    onderdeel = Rijkop("onderdeel", kop="Onderdeel")
    groep = Tabelkolom("groep", visible=False)

    klasse = "geld jaren"
    anker = TABEL
    bestandsnaam = "tabel.csv"

    def __init__(self, stuk: Programmastuk, keuze: Keuze, optelling: Meerjarenraming) -> None:
        waarden = _waarden(keuze.weergave, stuk)
        focus = focuskolom(stuk.kolommen, stuk.uitgave.jaar)
        opmaak, decimalen = _opmaak(keuze.weergave, stuk)
        kolommen = [
            (
                kolomnaam(kolom),
                Bedragkolom(
                    f"{kolom.fase} {kolom.jaar}",
                    opmaak,
                    decimalen,
                    kop=str(kolom.jaar),
                    onderschrift=benaming.fase(kolom),
                    klasse="getal nu" if kolom == focus else "getal",
                ),
            )
            for kolom in keuze.kolommen
        ]
        super().__init__(list(_ramingrijen(stuk, optelling, waarden)), extra_columns=kolommen)
        self.titel = f"Tabel 1. Lasten, baten en resultaat van {benaming.onderdeel(stuk.programma)}"
        self.eenheid = _eenheid(keuze, stuk)
        self.leeg = NIET_VAN_TOEPASSING if keuze.weergave == Weergave.VERANDERING else NIET_BEKEND
        self.voetnoot = AFRONDING if keuze.weergave in {Weergave.DUIZEND, Weergave.INWONER} else ""


def _waarden(weergave: Weergave, stuk: Programmastuk) -> Waarde:
    """Return how the weergave turns the stands of a level into one value per column."""
    match weergave:
        case Weergave.INWONER:
            return partial(_per_inwoner, stuk.kolommen, stuk.inwoners)
        case Weergave.VERANDERING:
            return partial(_verandering, stuk.kolommen)
    return partial(_bedragen, stuk.kolommen)


def _bedragen(kolommen: Sequence[Kolom], raming: Raming, grootheid: Grootheid) -> Mapping[Kolom, Decimal | None]:
    return {kolom: getattr(raming[kolom], grootheid) for kolom in kolommen}


def _per_inwoner(
    kolommen: Sequence[Kolom], inwoners: Inwoners, raming: Raming, grootheid: Grootheid
) -> Mapping[Kolom, Decimal | None]:
    return {
        kolom: per_inwoner(getattr(raming[kolom], grootheid), bekend[1])
        if (bekend := inwoners.in_jaar(kolom.jaar)) and bekend[1]
        else None
        for kolom in kolommen
    }


def _verandering(kolommen: Sequence[Kolom], raming: Raming, grootheid: Grootheid) -> Mapping[Kolom, Decimal | None]:
    """Return the change of each column against the one before it, in percent of the absolute amount.

    None for the first column, after a zero, and when the sign turns: a cost that becomes a yield is no percentage.
    """
    veranderingen: dict[Kolom, Decimal | None] = {}
    oud = Decimal(0)
    for kolom in kolommen:
        nieuw: Decimal = getattr(raming[kolom], grootheid)
        anders = not oud or (nieuw and (oud < 0) != (nieuw < 0))
        veranderingen[kolom] = None if anders else (abs(nieuw) - abs(oud)) * 100 / abs(oud)
        oud = nieuw
    return veranderingen


def _opmaak(weergave: Weergave, stuk: Programmastuk) -> tuple[Callable[[Decimal], str], int]:
    """Return how a value is written for people, and its number of decimals in files."""
    match weergave:
        case Weergave.DUIZEND:
            return duizenden, 2
        case Weergave.EURO:
            centen = any(cel.euro % 1 for cel in stuk.cellen)
            return partial(decimaal, decimalen=2 if centen else 0), 2
        case Weergave.INWONER:
            return partial(decimaal, decimalen=2), DECIMALEN_IN_BESTAND
    return partial(percentage, plus=True), DECIMALEN_IN_BESTAND


def _eenheid(keuze: Keuze, stuk: Programmastuk) -> str:
    """Return the unit and the meaning of the sign, for the caption."""
    match keuze.weergave:
        case Weergave.DUIZEND:
            return f"Bedragen × € 1.000. {TEKENUITLEG}"
        case Weergave.EURO:
            grof = all(not cel.euro % 1000 for cel in stuk.cellen)
            return f"Bedragen in euro’s{', afgerond op duizenden' if grof else ''}. {TEKENUITLEG}"
        case Weergave.INWONER:
            aantallen = inwonerzin((kolom.jaar for kolom in keuze.kolommen), stuk.inwoners)
            return f"Bedragen in euro’s per inwoner. {TEKENUITLEG} {aantallen}"
    return (
        "Verandering in procenten van het bedrag in de kolom ervoor"
        f"{'' if keuze.alles else ', ook als die kolom nu niet te zien is'}. "
        "Een plus betekent: het bedrag wordt groter, een minteken (−): kleiner. N.v.t. = niet van toepassing."
    )


def _ramingrijen(stuk: Programmastuk, optelling: Meerjarenraming, waarden: Waarde) -> Iterator[Record]:
    """Yield the records of the table, top to bottom. A group without amounts is not printed."""
    geheel = optelling.programmas.get(stuk.programma.code, LEEG)
    ramingen = [
        (pakket, optelling.pakketten[sleutel])
        for pakket in stuk.pakketten
        if (sleutel := (stuk.programma.code, pakket.code)) in optelling.pakketten
    ]
    onderdeel = benaming.onderdeel(stuk.programma)
    yield from _groep("Lasten", "Lasten", Grootheid.LASTEN, ramingen, geheel, waarden)
    yield from _groep("Baten", "Baten", Grootheid.BATEN, ramingen, geheel, waarden)
    yield _rij("Saldo van lasten en baten", "Saldo", waarden(geheel, Grootheid.SALDO), klasse="saldo", blok="saldo")
    yield from _groep("Toevoegingen aan reserves", "Toevoegingen", Grootheid.TOEVOEGINGEN, ramingen, geheel, waarden)
    yield from _groep("Onttrekkingen aan reserves", "Onttrekkingen", Grootheid.ONTTREKKINGEN, ramingen, geheel, waarden)
    yield _rij(
        f"Resultaat {onderdeel}", "Resultaat", waarden(geheel, Grootheid.RESULTAAT), klasse="eind", blok="resultaat"
    )


def _groep(
    kop: str,
    kort: str,
    grootheid: Grootheid,
    ramingen: Sequence[tuple[Pakketrij, Raming]],
    geheel: Raming,
    waarden: Waarde,
) -> Iterator[Record]:
    """Yield the rows of one group, with a total under lasten and baten, and under reserves of several pakketten."""
    gevuld = [
        (pakket, raming) for pakket, raming in ramingen if any(getattr(s, grootheid) for s in raming.standen.values())
    ]
    if not gevuld:
        return
    for pakket, raming in gevuld:
        yield _rij(
            f"{pakket.code} {pakket.naam}",
            kop,
            waarden(raming, grootheid),
            blok=kort,
            kop=kop,
            voorvoegsel=kort,
            href="" if pakket.restpost else f"#{anker(pakket.code)}",
        )
    if len(gevuld) > 1 or grootheid in {Grootheid.LASTEN, Grootheid.BATEN}:
        tekst = f"Totaal {kleine_letter(kort)}"
        yield _rij(tekst, kop, waarden(geheel, grootheid), blok=kort, kop=kop, klasse="totaal")


def _rij(onderdeel: str, groep: str, waarden: Mapping[Kolom, Decimal | None], **rest: str) -> Record:
    return {
        "onderdeel": onderdeel,
        "groep": groep,
        **{kolomnaam(kolom): waarde for kolom, waarde in waarden.items()},
        **rest,
    }
