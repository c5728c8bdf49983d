"""The money table of a programme: one django-tables2 table for the page and for the CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial

from programma.cijfer import GROOTHEDEN, celwoord, kolomwoord
from programma.inhoud import Programmastuk
from programma.pagina import benaming
from programma.pagina.adres import Adres, actueel
from programma.pagina.inwoners import inwonerzin
from programma.pagina.keuze import Keuze, Weergave
from programma.pagina.programma import TABEL
from programma.pagina.som import focuskolom
from programma.pagina.waarden import waarden
from programma.raming import Grootheid, Kolom, Meerjarenraming, Soort
from programma.tables.bedrag import AFRONDING, DECIMALEN_IN_BESTAND, LEEG, TEKENUITLEG, Bedragkolom, Record, kolomnaam
from veiligheid.formatting import (
    NIET_BEKEND,
    NIET_VAN_TOEPASSING,
    decimaal,
    duizenden,
    kleine_letter,
    percentage,
)
from veiligheid.tables import Kolom as Tabelkolom
from veiligheid.tables import Rijkop, Tabel


class Jarentabel(Tabel):
    """A money table with the columns of the budget. The amounts of the document year link to where they come from."""

    onderdeel = Rijkop("onderdeel", kop="Onderdeel")
    groep = Tabelkolom("groep", visible=False)

    klasse = "geld jaren"
    anker = TABEL
    bestandsnaam = "tabel.csv"

    def __init__(self, records: Iterable[Record], stuk: Programmastuk, keuze: Keuze, titel: str) -> None:
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
                    naar=f"{kolomwoord(kolom)}/" if keuze.herkomst or kolom == focus else "",
                ),
            )
            for kolom in keuze.kolommen
        ]
        super().__init__(list(records), extra_columns=kolommen)
        self.titel = titel
        self.eenheid = _eenheid(keuze, stuk)
        self.leeg = NIET_VAN_TOEPASSING if keuze.weergave == Weergave.VERANDERING else NIET_BEKEND
        self.voetnoot = AFRONDING if keuze.weergave in {Weergave.DUIZEND, Weergave.INWONER} else ""


class Ramingtabel(Jarentabel):
    """The money table of a programme: lasten, baten, saldo, reserves and resultaat per pakket and column."""

    def __init__(
        self, stuk: Programmastuk, keuze: Keuze, optelling: Meerjarenraming, adres: Adres | None = None
    ) -> None:
        titel = f"Tabel 1. Lasten, baten en resultaat van {benaming.onderdeel(stuk.programma)}"
        rijen = _Rijen(stuk, optelling, keuze.weergave, adres or actueel(stuk.uitgave))
        super().__init__(rijen.alle(), stuk, keuze, titel)


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


class _Rijen:
    """The records of the table, top to bottom. A group without amounts is not printed."""

    def __init__(self, stuk: Programmastuk, optelling: Meerjarenraming, weergave: Weergave, adres: Adres) -> None:
        self.waarden = waarden(weergave, stuk.kolommen, stuk.inwoners)
        self.geheel = optelling.programmas.get(stuk.programma.code, LEEG)
        self.ramingen = [
            (pakket, optelling.pakketten[sleutel])
            for pakket in stuk.pakketten
            if (sleutel := (stuk.programma.code, pakket.code)) in optelling.pakketten
        ]
        self.onderdeel = benaming.onderdeel(stuk.programma)
        self.slug = stuk.programma.slug
        self.adres = adres
        self.bedragen = adres.bedragen(self.slug)

    def alle(self) -> Iterator[Record]:
        yield from self._groep("Lasten", "Lasten", Soort.LASTEN)
        yield from self._groep("Baten", "Baten", Soort.BATEN)
        yield self._totaal("Saldo van lasten en baten", "Saldo", Grootheid.SALDO, klasse="saldo", blok="saldo")
        yield from self._groep("Toevoegingen aan reserves", "Toevoegingen", Soort.TOEVOEGING)
        yield from self._groep("Onttrekkingen aan reserves", "Onttrekkingen", Soort.ONTTREKKING)
        yield self._totaal(
            f"Resultaat {self.onderdeel}", "Resultaat", Grootheid.RESULTAAT, klasse="eind", blok="resultaat"
        )

    def _groep(self, kop: str, kort: str, soort: Soort) -> Iterator[Record]:
        """Yield the rows of one group, with a total under lasten and baten, and under reserves of several pakketten."""
        grootheid = GROOTHEDEN[soort]
        gevuld = [
            (pakket, raming)
            for pakket, raming in self.ramingen
            if any(getattr(s, grootheid) for s in raming.standen.values())
        ]
        if not gevuld:
            return
        for pakket, raming in gevuld:
            yield record(
                f"{pakket.code} {pakket.naam}",
                kop,
                self.waarden(raming, grootheid),
                blok=kort,
                kop=kop,
                voorvoegsel=kort,
                href=self.adres.pakket(self.slug, pakket.code),
                naar=f"{self.bedragen}{celwoord(pakket.code, soort)}/",
            )
        if len(gevuld) > 1 or soort in {Soort.LASTEN, Soort.BATEN}:
            yield self._totaal(f"Totaal {kleine_letter(kort)}", kop, grootheid, blok=kort, kop=kop, klasse="totaal")

    def _totaal(self, onderdeel: str, groep: str, grootheid: Grootheid, **rest: str) -> Record:
        naar = f"{self.bedragen}{grootheid.value}/"
        return record(onderdeel, groep, self.waarden(self.geheel, grootheid), naar=naar, **rest)


def record(onderdeel: str, groep: str, waarden: Mapping[Kolom, Decimal | None], **rest: str) -> Record:
    """Return a row of a table with the columns of the budget."""
    return {
        "onderdeel": onderdeel,
        "groep": groep,
        **{kolomnaam(kolom): waarde for kolom, waarde in waarden.items()},
        **rest,
    }
