"""The checks on a version before it is published: pure, without Django or database.

A check gives findings; each has a code, and each code has one level. A blokkade keeps the version from being
published, a waarschuwing asks somebody to look. Every finding says in Dutch what is wrong, where, and how to mend it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from programma.inhoud import Gedrukt, Pakketrij, Programmarij
from programma.raming import EXACT, NUL, Cel, Fase, Grootheid, Kolom, Raming, Soort, tel_op
from programma.toetsing.gedrukt import Verschil as Verschil
from programma.toetsing.gedrukt import verschil as verschil
from programma.toetsing.grafiekkop import cijfers
from programma.toetsing.partijgaten import Cijferstand, Deelnamestand, partijgaten
from veiligheid import formatting
from veiligheid.formatting import percentage

SPRONG = Decimal("0.25")
# Statistics beside the documents of the council: they have no texts, goals and explanations to ask for.
STATISTIEK = frozenset({"iv3_begroting", "iv3_jaarstukken"})


class Niveau(StrEnum):
    """What a finding means for publication."""

    BLOKKADE = "blokkade"
    WAARSCHUWING = "waarschuwing"


class Code(StrEnum):
    """What was found. The level of each code is fixed in NIVEAUS."""

    TOTAAL_AFGEROND = "totaal_afgerond"
    TOTAAL_WIJKT_AF = "totaal_wijkt_af"
    TOTAAL_VERKLAARD = "totaal_verklaard"
    JAAR_ONTBREEKT = "jaar_ontbreekt"
    KOLOMVOLGORDE = "kolomvolgorde"
    ONGEWOON_TEKEN = "ongewoon_teken"
    PROGRAMMA_ZONDER_REGELS = "programma_zonder_regels"
    PAKKET_ZONDER_TEKST = "pakket_zonder_tekst"
    PAKKET_ZONDER_DOEL = "pakket_zonder_doel"
    WIJZIGING_SLUIT_NIET = "wijziging_sluit_niet"
    SPRONG_ZONDER_TOELICHTING = "sprong_zonder_toelichting"
    NOG_TE_HERZIEN = "nog_te_herzien"
    GRAFIEKKOP_BIJ_ANDERE_BEDRAGEN = "grafiekkop_bij_andere_bedragen"
    PARTIJ_ONVOLLEDIG = "partij_onvolledig"


NIVEAUS: Mapping[Code, Niveau] = {
    Code.TOTAAL_AFGEROND: Niveau.WAARSCHUWING,
    Code.TOTAAL_WIJKT_AF: Niveau.BLOKKADE,
    Code.TOTAAL_VERKLAARD: Niveau.WAARSCHUWING,
    Code.JAAR_ONTBREEKT: Niveau.BLOKKADE,
    Code.KOLOMVOLGORDE: Niveau.BLOKKADE,
    Code.ONGEWOON_TEKEN: Niveau.WAARSCHUWING,
    Code.PROGRAMMA_ZONDER_REGELS: Niveau.BLOKKADE,
    Code.PAKKET_ZONDER_TEKST: Niveau.BLOKKADE,
    Code.PAKKET_ZONDER_DOEL: Niveau.BLOKKADE,
    Code.WIJZIGING_SLUIT_NIET: Niveau.BLOKKADE,
    Code.SPRONG_ZONDER_TOELICHTING: Niveau.WAARSCHUWING,
    Code.NOG_TE_HERZIEN: Niveau.BLOKKADE,
    Code.GRAFIEKKOP_BIJ_ANDERE_BEDRAGEN: Niveau.WAARSCHUWING,
    Code.PARTIJ_ONVOLLEDIG: Niveau.WAARSCHUWING,
}


class Plek(NamedTuple):
    """The place to mend something, for a link: which kind, and which one of that kind.

    `sleutel` is a code (programma, pakket_tekst, pakket_doel), the sleutel of a regel, the database key of a sectie,
    doel, deelname, partijcijfers or gedrukttotaal, that of a partij (nieuwe_partijcijfers), or "" (kolommen).
    """

    wat: str
    sleutel: str = ""


@dataclass(frozen=True, slots=True)
class Bevinding:
    """One finding: its code, a Dutch sentence for the officer, and the place it is about, in words and for a link."""

    code: Code
    zin: str
    plaats: str
    plek: Plek | None = field(default=None, compare=False)

    @property
    def niveau(self) -> Niveau:
        """The level that belongs to the code."""
        return NIVEAUS[self.code]


KOLOMMEN = Plek("kolommen")


class Bedragrij(NamedTuple):
    """An amount of a line in a column; `wijziging` is the number of the change, or "" for the original."""

    kolom: Kolom
    euro: Decimal
    wijziging: str = ""


@dataclass(frozen=True, slots=True)
class Regelrij:
    """A line with its amounts, as the checks need it."""

    sleutel: str
    programma: str
    pakket: str
    soort: str
    omschrijving: str
    toelichting: str
    bedragen: Sequence[Bedragrij]

    def euro(self, kolom: Kolom) -> Decimal:
        """Return the amount of the line in a column: the original and all changes."""
        return sum((rij.euro for rij in self.bedragen if rij.kolom == kolom), NUL)

    @property
    def plaats(self) -> str:
        """Where an officer finds the line."""
        return f"programma {self.programma}, pakket {self.pakket}, regel {self.sleutel} ({self.omschrijving})"

    @property
    def plek(self) -> Plek:
        """The line, for a link."""
        return Plek("regel", self.sleutel)


@dataclass(frozen=True, slots=True)
class GedruktMetVerklaring:
    """A printed total, and what the officer wrote about its difference ("" if nothing)."""

    totaal: Gedrukt
    verklaring: str = ""
    pk: int = 0

    @property
    def plek(self) -> Plek:
        """The printed total, for a link."""
        return Plek("gedrukttotaal", str(self.pk))


class Herziening(NamedTuple):
    """A text or goal that was taken over from last year and not looked at yet: what it is, and where it stands."""

    wat: str
    plaats: str
    plek: Plek | None = None


class Grafiekkop(NamedTuple):
    """A heading that an officer wrote over the chart of a programme, and the lasten for which (`cijfers`)."""

    programma: str
    kop: str
    bij: str


@dataclass(frozen=True, slots=True)
class Controlestuk:
    """Everything of a version that the checks look at. `kolommen` are in the order of the table.

    `pakketten` is keyed by programme code; `met_tekst` and `met_doel` hold the codes of the pakketten that have a
    text, and a goal or the reason why there is none.
    """

    soort: str
    jaar: int
    kolommen: Sequence[Kolom]
    programmas: Sequence[Programmarij]
    pakketten: Mapping[str, Sequence[Pakketrij]]
    regels: Sequence[Regelrij]
    gedrukt: Sequence[GedruktMetVerklaring]
    met_tekst: frozenset[str]
    met_doel: frozenset[str]
    te_herzien: Sequence[Herziening] = ()
    grafiekkoppen: Sequence[Grafiekkop] = ()
    deelnames: Sequence[Deelnamestand] = ()
    partijcijfers: Sequence[Cijferstand] = ()

    def cellen(self) -> list[Cel]:
        """Return the amounts as cells: one per pakket, soort and column, with how many bedragen it adds up."""
        sommen: dict[tuple[str, str, str, Kolom], tuple[Decimal, int]] = {}
        for regel in self.regels:
            for rij in regel.bedragen:
                sleutel = (regel.programma, regel.pakket, regel.soort, rij.kolom)
                som, aantal = sommen.get(sleutel, (NUL, 0))
                sommen[sleutel] = EXACT.add(som, rij.euro), aantal + 1
        return [Cel(*sleutel, som, aantal) for sleutel, (som, aantal) in sommen.items()]


def euro(bedrag: Decimal) -> str:
    """Return an amount in euros, with cents only where there are any."""
    return formatting.euro(bedrag, centen=bedrag != bedrag.to_integral_value())


def _kolom(kolom: Kolom) -> str:
    return f"{kolom.fase.replace('_', ' ')} {kolom.jaar}"


def _gedrukte_totalen(stuk: Controlestuk) -> Iterator[Bevinding]:
    cellen = stuk.cellen()
    optelling = tel_op(cellen)
    for rij in stuk.gedrukt:
        anders = verschil(rij.totaal, optelling, cellen)
        if anders is None:
            continue
        niveau = " ".join(
            deel
            for deel in (
                rij.totaal.programma and f"programma {rij.totaal.programma}",
                rij.totaal.pakket and f"pakket {rij.totaal.pakket}",
            )
            if deel
        )
        plaats = f"{niveau or 'hele document'}, {Grootheid(rij.totaal.grootheid)}, {_kolom(rij.totaal.kolom)}"
        feit = (
            f"Gedrukt staat {euro(rij.totaal.euro)}, de regels tellen op tot {euro(anders.ons)}: "
            f"een verschil van {euro(anders.euro)}."
        )
        if anders.afronding:
            yield Bevinding(Code.TOTAAL_AFGEROND, f"{feit} Dat kan door afronding komen.", plaats, rij.plek)
        elif rij.verklaring.strip():
            yield Bevinding(Code.TOTAAL_VERKLAARD, f"{feit} Verklaring: {rij.verklaring.strip()}", plaats, rij.plek)
        else:
            yield Bevinding(
                Code.TOTAAL_WIJKT_AF,
                f"{feit} Verbeter het bedrag of het gedrukte totaal, of schrijf er een verklaring bij.",
                plaats,
                rij.plek,
            )


def _jaren(stuk: Controlestuk) -> Iterator[Bevinding]:
    aanwezig = {kolom.jaar for kolom in stuk.kolommen}
    # BBV art. 18 and 22: a budget shows t-2 to t+3. Other documents: their own year, and no gap.
    nodig = (
        set(range(stuk.jaar - 2, stuk.jaar + 4))
        if stuk.soort == "begroting"
        else {stuk.jaar, *(range(min(aanwezig), max(aanwezig) + 1) if aanwezig else ())}
    )
    for jaar in sorted(nodig - aanwezig):
        yield Bevinding(
            Code.JAAR_ONTBREEKT,
            f"Er is geen kolom voor {jaar}. Voeg de kolom {jaar} toe met de bedragen.",
            "kolommen",
            KOLOMMEN,
        )
    gevuld = {rij.kolom for regel in stuk.regels for rij in regel.bedragen}
    for kolom in stuk.kolommen:
        if stuk.regels and kolom not in gevuld:
            yield Bevinding(
                Code.JAAR_ONTBREEKT,
                f"In de kolom {_kolom(kolom)} staat geen enkel bedrag. Vul de kolom, of haal hem weg.",
                f"kolom {_kolom(kolom)}",
                KOLOMMEN,
            )


def _kolomvolgorde(stuk: Controlestuk) -> Iterator[Bevinding]:
    stadium = {
        fase: nummer for nummer, fase in enumerate((Fase.PRIMAIR, Fase.NA_WIJZIGING, Fase.PROGNOSE, Fase.REALISATIE))
    }
    for eerste, tweede in pairwise(stuk.kolommen):
        if (eerste.jaar, stadium.get(Fase(eerste.fase), 0)) > (tweede.jaar, stadium.get(Fase(tweede.fase), 0)):
            yield Bevinding(
                Code.KOLOMVOLGORDE,
                f"De kolom {_kolom(eerste)} staat voor {_kolom(tweede)}. Zet de jaren op volgorde.",
                f"kolom {_kolom(tweede)}",
                KOLOMMEN,
            )


def _tekens(stuk: Controlestuk) -> Iterator[Bevinding]:
    for regel in stuk.regels:
        negatief = regel.soort in {Soort.LASTEN, Soort.TOEVOEGING}
        for kolom in dict.fromkeys(rij.kolom for rij in regel.bedragen):
            bedrag = regel.euro(kolom)
            if bedrag == NUL or (bedrag < NUL) == negatief:
                continue
            gewoon = "met een minteken" if negatief else "zonder minteken"
            yield Bevinding(
                Code.ONGEWOON_TEKEN,
                f"{regel.soort.capitalize()} van {euro(bedrag)}: dit staat meestal {gewoon}. Kijk na of het klopt.",
                f"{regel.plaats}, {_kolom(kolom)}",
                regel.plek,
            )


def _programmas(stuk: Controlestuk) -> Iterator[Bevinding]:
    met_regels = {regel.programma for regel in stuk.regels if regel.bedragen}
    for programma in stuk.programmas:
        if programma.code not in met_regels:
            yield Bevinding(
                Code.PROGRAMMA_ZONDER_REGELS,
                f"Programma {programma.code} {programma.naam} heeft geen bedragen. Vul die in, of haal het weg.",
                f"programma {programma.code}",
                Plek("programma", programma.code),
            )


def _pakketten(stuk: Controlestuk) -> Iterator[Bevinding]:
    if stuk.soort in STATISTIEK:
        return
    for programma, pakketten in stuk.pakketten.items():
        for pakket in pakketten:
            if pakket.restpost:
                continue
            plaats = f"programma {programma}, pakket {pakket.code}"
            if pakket.code not in stuk.met_tekst:
                yield Bevinding(
                    Code.PAKKET_ZONDER_TEKST,
                    f"Pakket {pakket.code} heeft geen tekst. Schrijf wat we hier doen.",
                    plaats,
                    Plek("pakket_tekst", pakket.code),
                )
            if pakket.code not in stuk.met_doel:
                yield Bevinding(
                    Code.PAKKET_ZONDER_DOEL,
                    f"Pakket {pakket.code} heeft geen doel. Voeg een doel toe, of de reden waarom er geen is.",
                    plaats,
                    Plek("pakket_doel", pakket.code),
                )


def _herzieningen(stuk: Controlestuk) -> Iterator[Bevinding]:
    for rij in stuk.te_herzien:
        yield Bevinding(
            Code.NOG_TE_HERZIEN,
            f"{rij.wat} komt uit het vorige jaar en is nog niet bekeken. Pas het aan, of geef aan dat het zo blijft.",
            rij.plaats,
            rij.plek,
        )


def _wijzigingen(stuk: Controlestuk) -> Iterator[Bevinding]:
    """Na wijziging is primair plus the changes (Gemeentewet art. 192), for the years that have both columns."""
    paren = [
        (Kolom(kolom.jaar, Fase.PRIMAIR), kolom)
        for kolom in stuk.kolommen
        if kolom.fase == Fase.NA_WIJZIGING and Kolom(kolom.jaar, Fase.PRIMAIR) in stuk.kolommen
    ]
    for regel in stuk.regels:
        for primair, na in paren:
            wijzigingen = sum((rij.euro for rij in regel.bedragen if rij.kolom == na and rij.wijziging), NUL)
            verwacht = regel.euro(primair) + wijzigingen
            if verwacht == regel.euro(na):
                continue
            yield Bevinding(
                Code.WIJZIGING_SLUIT_NIET,
                f"Primair {euro(regel.euro(primair))} plus wijzigingen {euro(wijzigingen)} is {euro(verwacht)}, "
                f"maar na wijziging staat {euro(regel.euro(na))}. Leg de ontbrekende wijziging vast.",
                f"{regel.plaats}, {na.jaar}",
                regel.plek,
            )


def _sprongen(stuk: Controlestuk) -> Iterator[Bevinding]:
    """A jump of over 25 % per line between the document year and the year before asks for a reason (BBV art. 19)."""
    per_jaar = {kolom.jaar: kolom for kolom in stuk.kolommen}
    nu, vorig = per_jaar.get(stuk.jaar), per_jaar.get(stuk.jaar - 1)
    if nu is None or vorig is None or stuk.soort in STATISTIEK:
        return
    for regel in stuk.regels:
        eerst, daarna = regel.euro(vorig), regel.euro(nu)
        if regel.toelichting.strip() or abs(daarna - eerst) <= SPRONG * abs(eerst):
            continue
        hoeveel = f"van {euro(eerst)} naar {euro(daarna)}"
        if eerst:
            hoeveel += f" ({percentage(100 * (daarna - eerst) / abs(eerst), plus=True)})"
        yield Bevinding(
            Code.SPRONG_ZONDER_TOELICHTING,
            f"Het bedrag gaat {hoeveel}. Schrijf bij de regel waarom.",
            f"{regel.plaats}, {vorig.jaar} en {nu.jaar}",
            regel.plek,
        )


def _grafiekkoppen(stuk: Controlestuk) -> Iterator[Bevinding]:
    optelling = tel_op(stuk.cellen())
    for rij in stuk.grafiekkoppen:
        nu = cijfers(stuk.kolommen, optelling.programmas.get(rij.programma, Raming()))
        if nu != rij.bij:
            yield Bevinding(
                Code.GRAFIEKKOP_BIJ_ANDERE_BEDRAGEN,
                f"De kop boven de grafiek (“{rij.kop}”) is geschreven bij andere lasten. "
                f"Toen: {rij.bij or 'onbekend'}. Nu: {nu}. Kijk na of de kop nog klopt en bewaar het programma.",
                f"programma {rij.programma}",
                Plek("programma", rij.programma),
            )


def _partijen(stuk: Controlestuk) -> Iterator[Bevinding]:
    """BBV art. 15 lid 2: what the paragraph on connected parties must tell."""
    for gat in partijgaten(stuk.soort, stuk.jaar, stuk.deelnames, stuk.partijcijfers):
        yield Bevinding(Code.PARTIJ_ONVOLLEDIG, gat.zin, gat.plaats, Plek(gat.wat, gat.sleutel))


CONTROLES: Sequence[Callable[[Controlestuk], Iterator[Bevinding]]] = (
    _kolomvolgorde,
    _jaren,
    _programmas,
    _pakketten,
    _herzieningen,
    _gedrukte_totalen,
    _wijzigingen,
    _tekens,
    _sprongen,
    _grafiekkoppen,
    _partijen,
)


def controleer(stuk: Controlestuk) -> list[Bevinding]:
    """Return all findings, what blocks first; within a level in the order of the checks and of the document."""
    bevindingen = [bevinding for controle in CONTROLES for bevinding in controle(stuk)]
    return sorted(bevindingen, key=lambda bevinding: bevinding.niveau != Niveau.BLOKKADE)


def blokkades(bevindingen: Sequence[Bevinding]) -> list[Bevinding]:
    """Return the findings that keep a version from being published."""
    return [bevinding for bevinding in bevindingen if bevinding.niveau == Niveau.BLOKKADE]
