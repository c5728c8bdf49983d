"""The amounts of two versions side by side: per programme its pakketten, its lines that differ and its totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from programma.inhoud import Pakketrij, Programmarij
from programma.inhoud.vergelijking import Kader, Regelpaar, Vergelijkstuk
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.adres import Link
from programma.pagina.rijverschil import GEEN_TOELICHTING
from programma.pagina.vergelijken.kanten import Kanten
from programma.pagina.vergelijken.keuze import ALLES, Keuze, paarnaam
from programma.raming import EXACT, NUL, Cel, Grootheid, Kolom, Meerjarenraming, Raming, Soort, Stand
from veiligheid.formatting import decimaal, hoofdletter

MEESTE_SOMMEN = 200
GEEN = Raming()
RESULTAAT = "resultaat"
SOORTNAAM = {
    Soort.LASTEN: "lasten",
    Soort.BATEN: "baten",
    Soort.TOEVOEGING: "toevoeging aan reserves",
    Soort.ONTTREKKING: "onttrekking aan reserves",
}
# More of these makes the result worse.
KOSTEN = frozenset({Soort.LASTEN, Soort.TOEVOEGING})
Somsleutel = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Verschilrij:
    """A row: its name and both amounts (None = there is none). `soort` says which direction is more.

    `boven` is read before the name but not seen; `noot` stands under it.
    """

    naam: str
    soort: str
    a: Decimal | None
    b: Decimal | None
    klasse: str = ""
    noot: str = ""
    boven: str = ""
    href: str = ""

    @property
    def verschil(self) -> Decimal:
        """b minus a; no amount counts as nothing."""
        return EXACT.subtract(self.b or NUL, self.a or NUL)

    @property
    def richting(self) -> str:
        """The difference in a word: more or less of what it is; for a result better or worse."""
        if not self.verschil:
            return "gelijk"
        omhoog = self.verschil > 0
        if self.soort == RESULTAAT:
            return "beter" if omhoog else "slechter"
        return "meer" if omhoog != (self.soort in KOSTEN) else "minder"

    @property
    def procent(self) -> Decimal | None:
        """How much larger (+) or smaller the amount itself became, in percent; None if that says nothing."""
        if not self.a or self.b is None or (self.b and (self.a < 0) != (self.b < 0)):
            return None
        return (abs(self.b) - abs(self.a)) * 100 / abs(self.a)


class Kolomgroep(NamedTuple):
    """The rows of one pair of columns; `kop` is "" when there is only one pair."""

    kop: str
    rijen: tuple[Verschilrij, ...]


@dataclass(frozen=True, slots=True)
class Programmablok:
    """A programme with its amounts: where it can be read, what is special about it, and its rows per pair."""

    anker: str
    titel: str
    links: tuple[Link, ...]
    noten: tuple[str, ...]
    groepen: tuple[Kolomgroep, ...]


@dataclass(frozen=True, slots=True)
class Bedragen:
    """The blocks, and how many sums of a pakket pass the filter but do not fit on a screen."""

    blokken: tuple[Programmablok, ...]
    meer_sommen: int


def met_teken(bedrag: Decimal, centen: bool) -> str:
    """Return a difference with its sign: "+1.000", "−500", "0"."""
    return decimaal(bedrag, 2 if centen else 0, plus=True)


def heeft_centen(stuk: Vergelijkstuk) -> bool:
    """Return whether any amount that can be shown is no whole euro; then all are shown with cents."""
    regels = (bedrag for regel in stuk.regels.regels for bedrag in (regel.a, regel.b) if bedrag)
    cellen = (cel.euro for cellen in (stuk.cellen_a, stuk.cellen_b) for cel in cellen)
    return any(bedrag != bedrag.to_integral_value() for bedragen in (regels, cellen) for bedrag in bedragen)


def volgorde(a: Iterable[Programmarij], b: Iterable[Programmarij]) -> dict[str, Programmarij]:
    """Return the programmes by code, in the order of b, then those that only a has. The names are those of b."""
    uit = {rij.code: rij for rij in b}
    return uit | {rij.code: rij for rij in a if rij.code not in uit}


def _pakketten(kader_a: Kader, kader_b: Kader, programma: str) -> dict[str, Pakketrij]:
    uit = {rij.code: rij for rij in kader_b.pakketten.get(programma, ())}
    return uit | {rij.code: rij for rij in kader_a.pakketten.get(programma, ()) if rij.code not in uit}


def totaalrijen(a: Stand, b: Stand) -> Iterator[Verschilrij]:
    """Yield the totals of a programme, whole: whatever the filter leaves out. Reserves only where there are any."""
    delen = (
        ("Totaal lasten", Soort.LASTEN, Grootheid.LASTEN),
        ("Totaal baten", Soort.BATEN, Grootheid.BATEN),
        ("Totaal toevoegingen aan reserves", Soort.TOEVOEGING, Grootheid.TOEVOEGINGEN),
        ("Totaal onttrekkingen aan reserves", Soort.ONTTREKKING, Grootheid.ONTTREKKINGEN),
    )
    for naam, soort, grootheid in delen:
        van, naar = a.bedrag(grootheid), b.bedrag(grootheid)
        if van or naar or soort in {Soort.LASTEN, Soort.BATEN}:
            yield Verschilrij(naam, soort, van, naar, "totaal")
    yield Verschilrij("Resultaat", RESULTAAT, a.resultaat, b.resultaat, "eind")


class _Sommen:
    """The sums of both sides per pair of columns, and which of them are shown."""

    def __init__(self, stuk: Vergelijkstuk, keuze: Keuze) -> None:
        per_kolom_a, per_kolom_b = _per_kolom(stuk.cellen_a), _per_kolom(stuk.cellen_b)
        self.paren = [(per_kolom_a.get(paar.a, {}), per_kolom_b.get(paar.b, {})) for paar in stuk.paren]
        self.regels: dict[tuple[int, Somsleutel], list[Regelpaar]] = {}
        for regel in stuk.regels.regels:
            self.regels.setdefault((regel.paar, (regel.programma, regel.pakket, regel.soort)), []).append(regel)
        past = sorted(self._past(keuze), key=lambda paar: -paar[0])
        self.getoond = set(self.regels) | {plaats for _, plaats in past[:MEESTE_SOMMEN]}
        self.meer = sum(plaats not in self.getoond for _, plaats in past)

    def _past(self, keuze: Keuze) -> Iterator[tuple[Decimal, tuple[int, Somsleutel]]]:
        """Yield the sums that pass the filter, with the size of their difference."""
        for nummer, (a, b) in enumerate(self.paren):
            for sleutel in {**a, **b}:
                omvang = abs(b.get(sleutel, NUL) - a.get(sleutel, NUL))
                if keuze.programma not in {"", sleutel[0]}:
                    continue
                anders = omvang > keuze.drempel if keuze.drempel else a.get(sleutel) != b.get(sleutel)
                if keuze.toon == ALLES or anders:
                    yield omvang, (nummer, sleutel)


def _per_kolom(cellen: Iterable[Cel]) -> Mapping[Kolom, dict[Somsleutel, Decimal]]:
    uit: dict[Kolom, dict[Somsleutel, Decimal]] = {}
    for cel in cellen:
        uit.setdefault(cel.kolom, {})[cel.programma, cel.pakket, cel.soort] = cel.euro
    return uit


def bedragen(
    stuk: Vergelijkstuk, keuze: Keuze, namen: Kanten, som_a: Meerjarenraming, som_b: Meerjarenraming
) -> Bedragen:
    """Return the amounts per programme. A programme of which nothing passes the filter is left out."""
    sommen = _Sommen(stuk, keuze)
    blokken = []
    for code, rij in volgorde(stuk.kader_a.programmas, stuk.kader_b.programmas).items():
        groepen = []
        for nummer, paar in enumerate(stuk.paren):
            rijen = tuple(_rijen(stuk, sommen, namen, keuze, code, nummer))
            if not rijen:
                continue
            van, naar = som_a.programmas.get(code, GEEN)[paar.a], som_b.programmas.get(code, GEEN)[paar.b]
            kop = hoofdletter(paarnaam(paar)) if len(stuk.paren) > 1 else ""
            groepen.append(Kolomgroep(kop, (*rijen, *totaalrijen(van, naar))))
        if groepen:
            blokken.append(_blok(stuk, namen, rij, groepen))
    return Bedragen(tuple(blokken), sommen.meer)


def _blok(stuk: Vergelijkstuk, namen: Kanten, rij: Programmarij, groepen: Sequence[Kolomgroep]) -> Programmablok:
    kanten = ((stuk.a, stuk.kader_a, namen.a), (stuk.b, stuk.kader_b, namen.b))
    eigen = [
        (uitgave, gevonden, naam)
        for uitgave, kader, naam in kanten
        for gevonden in kader.programmas
        if gevonden.code == rij.code
    ]
    links = {
        adres: Link(f"{benaming.volledig(gevonden)} in {naam}", adres)
        for uitgave, gevonden, naam in eigen
        if (adres := adressen.vast(uitgave).programma(gevonden.slug))
    }
    noten = []
    if len(eigen) == 1:
        noten.append(f"Dit onderdeel staat alleen in {eigen[0][2]}.")
    elif eigen[0][1].naam != eigen[1][1].naam:
        noten.append(f"In {namen.a} heet dit onderdeel “{eigen[0][1].naam}”.")
    return Programmablok(
        adressen.anker(rij.code).replace("pakket-", "programma-"),
        benaming.volledig(rij),
        tuple(links.values()),
        tuple(noten),
        tuple(groepen),
    )


def _rijen(
    stuk: Vergelijkstuk, sommen: _Sommen, namen: Kanten, keuze: Keuze, programma: str, nummer: int
) -> Iterator[Verschilrij]:
    """Yield the sums of the pakketten of a programme that are shown, each with its lines."""
    a, b = sommen.paren[nummer]
    bekend_a, bekend_b = (
        {rij.code for rij in kader.pakketten.get(programma, ())} for kader in (stuk.kader_a, stuk.kader_b)
    )
    boven = f"{paarnaam(stuk.paren[nummer])}, " if len(stuk.paren) > 1 else ""
    for pakket in _pakketten(stuk.kader_a, stuk.kader_b, programma).values():
        for soort, soortnaam in SOORTNAAM.items():
            sleutel = (programma, pakket.code, soort.value)
            if (nummer, sleutel) not in sommen.getoond:
                continue
            noot = namen.alleen_in(pakket.code in bekend_a, pakket.code in bekend_b)
            naam = f"{pakket.code} {pakket.naam}: {soortnaam}"
            van, naar = a.get(sleutel), b.get(sleutel)
            yield Verschilrij(naam, soort, van, naar, "pakketsom", hoofdletter(noot), f"{boven}pakket")
            for regel in sommen.regels.get((nummer, sleutel), ()):
                yield _regelrij(regel, namen, keuze, f"{boven}regel")


def _regelrij(regel: Regelpaar, namen: Kanten, keuze: Keuze, boven: str) -> Verschilrij:
    """Return a line; of a difference above the threshold with what was said about it."""
    delen = [f"regel {regel.sleutel}", namen.alleen_in(regel.in_a, regel.in_b)]
    if regel.pakket_a:
        delen.append(f"in {namen.a} bij pakket {regel.pakket_a}")
    rij = Verschilrij(regel.omschrijving, regel.soort, regel.a, regel.b, "regel", "", boven)
    if regel.a != regel.b and abs(rij.verschil) >= keuze.drempel:
        delen.append(f"toelichting: {regel.toelichting}" if regel.toelichting else GEEN_TOELICHTING)
    noot = "; ".join(deel for deel in delen if deel)
    return Verschilrij(rij.naam, rij.soort, rij.a, rij.b, rij.klasse, hoofdletter(noot), boven)
