"""What the grid's page shows, ready to place: pure, a state of the grid in, rows and totals in Dutch notation out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from programma.raming import EXACT, NUL, Grootheid, Kolom, Soort, Stand, stand
from programma.rooster.blad import (
    OMSCHRIJVING,
    SOORT,
    SOORTNAMEN,
    TOELICHTING,
    Blad,
    Gezien,
    Kop,
    Pakketkop,
    Plek,
    bedragen,
)
from programma.rooster.inzending import Inzending, Vraag, naam_van
from programma.rooster.noten import Noten, noten
from programma.rooster.samenvoeging import Beeld
from programma.rooster.weergave import Weergave
from veiligheid.formatting import percentage

TOTAALNAMEN: Mapping[Grootheid, str] = {
    Grootheid.LASTEN: "Totaal lasten",
    Grootheid.BATEN: "Totaal baten",
    Grootheid.TOEVOEGINGEN: "Totaal toevoegingen",
    Grootheid.ONTTREKKINGEN: "Totaal onttrekkingen",
    Grootheid.SALDO: "Saldo van lasten en baten",
    Grootheid.RESULTAAT: "Resultaat",
}
BIJ_SOORT: Mapping[str, Grootheid] = {
    Soort.LASTEN: Grootheid.LASTEN,
    Soort.BATEN: Grootheid.BATEN,
    Soort.TOEVOEGING: Grootheid.TOEVOEGINGEN,
    Soort.ONTTREKKING: Grootheid.ONTTREKKINGEN,
}
TEKENT_ALS: Mapping[Grootheid, str] = {grootheid: soort for soort, grootheid in BIJ_SOORT.items()}


@dataclass(frozen=True, slots=True)
class Celveld:
    """One cell: its name in the form, its text, the text as it was shown, and what there is to say about it."""

    naam: str
    kop: Kop
    tekst: str
    gezien: str
    herkomst: str
    vraag: Vraag | None
    gewijzigd: bool


@dataclass(frozen=True, slots=True)
class Tekstveld:
    """A text of a row."""

    naam: str
    tekst: str
    gezien: str
    vraag: Vraag | None


@dataclass(frozen=True, slots=True)
class Rij:
    """A row of inputs: the original amounts of a line, or those of one change to it."""

    sleutel: str
    wijziging: int
    naam: str
    cellen: tuple[Celveld, ...]
    omschrijving: Tekstveld
    toelichting: Tekstveld
    verschil: str
    noten: tuple[str, ...]
    nieuw: bool
    weg: bool
    pk: int | None
    omgekeerd: bool

    @property
    def id(self) -> str:
        """The id of the row's name in the page."""
        return f"r-{self.sleutel}-{self.wijziging}"


@dataclass(frozen=True, slots=True)
class Groep:
    """The rows of one pakket under one soort."""

    pakket: Pakketkop
    rijen: tuple[Rij, ...]


@dataclass(frozen=True, slots=True)
class Totaalcel:
    """A total in a column, its difference with `vorig` (in cents, for the script), and the total as it was printed."""

    kop: Kop
    tekst: str
    verschil: str
    vorig: str
    gedrukt: str


@dataclass(frozen=True, slots=True)
class Totaalrij:
    """A row of totals."""

    grootheid: str
    naam: str
    cellen: tuple[Totaalcel, ...]
    omgekeerd: bool


@dataclass(frozen=True, slots=True)
class Sectie:
    """The rows of one soort with their total."""

    soort: str
    naam: str
    groepen: tuple[Groep, ...]
    totaal: Totaalrij


@dataclass(frozen=True, slots=True)
class Scherm:
    """The whole grid. `van` and `naar` are the columns whose difference stands beside each row, if there are both."""

    koppen: tuple[Kop, ...]
    secties: tuple[Sectie, ...]
    slot: tuple[Totaalrij, ...]
    noten: Noten
    van: Kop | None
    naar: Kop | None
    regels: tuple[tuple[str, str], ...] = ()
    vragen: tuple[Vraag, ...] = ()
    vergelijking: str = ""
    breedte: int = field(default=0)


@dataclass(frozen=True, slots=True)
class _Stof:
    """What everything is made of."""

    blad: Blad
    gezien: Gezien
    inzending: Inzending
    weergave: Weergave
    noten: Noten
    som: Mapping[Kolom, Stand]
    vorige: Mapping[Kolom, Stand]
    paar: tuple[Kop | None, Kop | None]


def maak(blad: Blad, gezien: Gezien, inzending: Inzending, weergave: Weergave, *, met: str = "versie") -> Scherm:
    """Return the grid as `inzending` wants it. `met` says what totals are compared with: "versie" or "kolom"."""
    beeld = _met_verwijderde(inzending.mijn, gezien)
    som = _sommen(blad, inzending.mijn)
    vorige = _vorige_versie(blad) if met == "versie" and blad.vorig else _vorige_kolom(blad, som)
    paar = _paar(blad)
    stof = _Stof(blad, gezien, inzending, weergave, noten(blad, inzending.mijn), som, vorige, paar)
    per_soort: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for rij in beeld:
        per_soort[gezien.soort(rij)][gezien.pakket(rij)].append(rij)
    return Scherm(
        koppen=blad.koppen,
        secties=tuple(_sectie(stof, soort, beeld, per_soort[soort]) for soort in SOORTNAMEN if soort in per_soort),
        slot=tuple(_totaalrij(stof, grootheid) for grootheid in (Grootheid.SALDO, Grootheid.RESULTAAT)),
        noten=stof.noten,
        van=paar[0],
        naar=paar[1],
        regels=tuple((rij, str(velden[OMSCHRIJVING])) for rij, velden in beeld.items() if velden[OMSCHRIJVING]),
        vragen=tuple(inzending.vragen.values()),
        vergelijking=f"versie {blad.vorig.nummer}" if met == "versie" and blad.vorig else "de kolom ervoor",
        breedte=len(blad.koppen) + 4,
    )


def _met_verwijderde(mijn: Beeld, gezien: Gezien) -> dict[str, Mapping[str, Hashable]]:
    """Return the rows to show, in the order in which they were shown; what is to go is still shown."""
    return {rij: mijn.get(rij, gezien.velden(rij)) for rij in (*gezien.beeld, *gezien.nieuw)}


def _sommen(blad: Blad, beeld: Beeld) -> dict[Kolom, Stand]:
    kolommen = {kop.pk: kop.kolom for kop in blad.koppen}
    som: dict[Kolom, Stand] = {kolom: Stand() for kolom in kolommen.values()}
    for velden in beeld.values():
        for plek, euro in bedragen(velden):
            if plek.kolom in kolommen:
                som[kolommen[plek.kolom]] += stand(str(velden[SOORT]), euro)
    return som


def _vorige_versie(blad: Blad) -> dict[Kolom, Stand]:
    som: dict[Kolom, Stand] = defaultdict(Stand)
    if blad.vorig:
        for (soort, kolom), euro in blad.vorig.sommen.items():
            som[kolom] += stand(soort, euro)
    return dict(som)


def _vorige_kolom(blad: Blad, som: Mapping[Kolom, Stand]) -> dict[Kolom, Stand]:
    kolommen = [kop.kolom for kop in blad.koppen]
    return {later: som[eerder] for eerder, later in pairwise(kolommen)}


def _paar(blad: Blad) -> tuple[Kop | None, Kop | None]:
    """Return the columns of the year before and of the document's year; the last of a year counts, as in the checks."""
    per_jaar = {kop.kolom.jaar: kop for kop in blad.koppen}
    van, naar = per_jaar.get(blad.documentjaar - 1), per_jaar.get(blad.documentjaar)
    return (van, naar) if van and naar else (None, None)


def _sectie(stof: _Stof, soort: str, beeld: Beeld, per_pakket: Mapping[int, list[str]]) -> Sectie:
    volgorde = [*stof.blad.pakketten, *(pk for pk in per_pakket if pk not in stof.blad.pakketten)]
    groepen = tuple(
        Groep(
            stof.blad.pakketten.get(pk, Pakketkop(pk, "", "Verwijderd pakket")),
            tuple(rij for sleutel in per_pakket[pk] for rij in _rijen(stof, sleutel, soort, beeld[sleutel])),
        )
        for pk in volgorde
        if pk in per_pakket
    )
    return Sectie(soort, SOORTNAMEN[soort], groepen, _totaalrij(stof, BIJ_SOORT[soort]))


def _rijen(stof: _Stof, sleutel: str, soort: str, velden: Mapping[str, Hashable]) -> list[Rij]:
    """Return the row of a line, and one per change to it."""
    gezien = stof.gezien.velden(sleutel)
    met_bedrag = {plek.wijziging for bron in (velden, gezien) for plek, _ in bedragen(bron)}
    erbij = {wijziging for rij, wijziging in stof.gezien.erbij if rij == sleutel}
    wijzigingen = [0, *(pk for pk in stof.blad.wijzigingen if pk in met_bedrag | erbij)]
    return [_rij(stof, sleutel, wijziging, soort, velden) for wijziging in wijzigingen]


def _rij(stof: _Stof, sleutel: str, wijziging: int, soort: str, velden: Mapping[str, Hashable]) -> Rij:
    regel = stof.blad.regels.get(sleutel)
    omschrijving = str(velden[OMSCHRIJVING] or "")
    naam = f"{omschrijving or 'nieuwe regel'} ({SOORTNAMEN[soort].lower()})"
    if wijziging:
        naam = f"Wijziging {stof.blad.wijzigingen[wijziging]}: {naam}"
    return Rij(
        sleutel=sleutel,
        wijziging=wijziging,
        naam=naam,
        cellen=tuple(_cel(stof, sleutel, Plek(wijziging, kop.pk), kop, soort, velden) for kop in stof.blad.koppen),
        omschrijving=_tekst(stof, sleutel, OMSCHRIJVING, velden),
        toelichting=_tekst(stof, sleutel, TOELICHTING, velden),
        verschil="" if wijziging else _verschil(stof, soort, velden),
        noten=() if wijziging else tuple(stof.noten.regels.get(sleutel, ())),
        nieuw=sleutel in stof.gezien.nieuw,
        weg=f"x:{sleutel}" in stof.inzending.invoer,
        pk=regel.pk if regel else None,
        omgekeerd=stof.weergave.keert_om(soort),
    )


def _cel(stof: _Stof, sleutel: str, plek: Plek, kop: Kop, soort: str, velden: Mapping[str, Hashable]) -> Celveld:
    naam = naam_van(sleutel, plek.veld)
    gezien = stof.weergave.toon(soort, _euro(stof.gezien.velden(sleutel), plek))
    tekst = stof.inzending.invoer.get(naam, stof.weergave.toon(soort, _euro(velden, plek)))
    regel = stof.blad.regels.get(sleutel)
    cel = regel.bedragen.get(plek) if regel else None
    return Celveld(
        naam=naam,
        kop=kop,
        tekst=tekst,
        gezien=gezien,
        herkomst=cel.herkomst if cel else "",
        vraag=stof.inzending.vragen.get(naam),
        gewijzigd=tekst.strip() != gezien,
    )


def _euro(velden: Mapping[str, Hashable], plek: Plek) -> Decimal | None:
    euro = velden.get(plek.veld)
    return euro if isinstance(euro, Decimal) else None


def _tekst(stof: _Stof, sleutel: str, veld: str, velden: Mapping[str, Hashable]) -> Tekstveld:
    naam = naam_van(sleutel, veld)
    tekst = stof.inzending.invoer.get(naam, str(velden.get(veld) or ""))
    gezien = str(stof.gezien.velden(sleutel).get(veld) or "")
    return Tekstveld(naam, tekst, gezien, stof.inzending.vragen.get(naam))


def _verschil(stof: _Stof, soort: str, velden: Mapping[str, Hashable]) -> str:
    """Return the difference of a line between the document's year and the year before: "+135 (+4,0%)"."""
    van, naar = stof.paar
    if van is None or naar is None:
        return ""
    eerst, daarna = (sum((euro for plek, euro in bedragen(velden) if plek.kolom == kop.pk), NUL) for kop in (van, naar))
    verschil = EXACT.subtract(daarna, eerst)
    tekst = stof.weergave.in_het_kort(soort, verschil, plus=True)
    if not eerst:
        return tekst
    deel = 100 * verschil / abs(eerst)
    return f"{tekst} ({percentage(-deel if stof.weergave.keert_om(soort) else deel, plus=True)})"


def _totaalrij(stof: _Stof, grootheid: Grootheid) -> Totaalrij:
    soort = TEKENT_ALS.get(grootheid, Soort.BATEN)
    gedrukt = {totaal.kolom: totaal.euro for totaal in stof.blad.gedrukt if totaal.grootheid == grootheid}
    return Totaalrij(
        grootheid.value,
        TOTAALNAMEN[grootheid],
        tuple(_totaalcel(stof, grootheid, soort, kop, gedrukt.get(kop.kolom)) for kop in stof.blad.koppen),
        stof.weergave.keert_om(soort),
    )


def _totaalcel(stof: _Stof, grootheid: Grootheid, soort: str, kop: Kop, gedrukt: Decimal | None) -> Totaalcel:
    nu = stof.som[kop.kolom].bedrag(grootheid)
    vorig = stof.vorige[kop.kolom].bedrag(grootheid) if kop.kolom in stof.vorige else None
    return Totaalcel(
        kop=kop,
        tekst=stof.weergave.in_het_kort(soort, nu),
        verschil="" if vorig is None else stof.weergave.in_het_kort(soort, EXACT.subtract(nu, vorig), plus=True),
        vorig="" if vorig is None else str(int(vorig.scaleb(2, context=EXACT))),
        gedrukt="" if gedrukt is None else stof.weergave.in_het_kort(soort, gedrukt),
    )
