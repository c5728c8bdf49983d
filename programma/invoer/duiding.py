"""What the rows of a sheet say: per row of the budget its key and values as text, beside what the file writes.

Nothing is compared here and no reference is checked: that is done in SQL, for all rows at once. What cannot be read
becomes an error with its place, and goes along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.text import slugify

from programma.invoer.herkenning import Antwoord, Duiding
from programma.invoer.opslag import Rij
from programma.models import Import, Pakket, VerbondenPartij
from programma.resources.cellen import Cel, Celfout, Geld, Getal, Onduidelijk, als_tekst, kaal
from programma.resources.velden import Alleenlezen
from veiligheid.bestanden import kolomletters, plaats
from veiligheid.formatting import natuurlijk

Waarden = dict[str, str | None]


class Fout(NamedTuple):
    """What is wrong with a cell, where, and how to mend it (Dutch)."""

    plaats: str
    kolom: str
    waarde: str
    melding: str


class Vraagcel(NamedTuple):
    """An error that a person can answer: a number that can be read in two ways.

    `vraag` holds "cel" ("F14"), "kolom" ("F"), and "lezingen": by name of each reading that fits here the number as
    it would stand in the file, and the value that it would get.
    """

    plaats: str
    kolom: str
    waarde: str
    melding: str
    vraag: dict[str, Any]


@dataclass(slots=True)
class Waarde:
    """What the file says of one row of the budget; see `programma.models.Importwaarde`."""

    soort: str
    rij: int
    plaats: str
    wat: str
    sleutel: list[str]
    waarden: Waarden
    ruw: dict[str, str]
    bij: dict[str, str] = field(default_factory=dict)
    fouten: list[Fout | Vraagcel] = field(default_factory=list)

    def als_voorwerp(self) -> dict[str, Any]:
        """Return what is kept of it, ready for JSON."""
        return {
            "rij": self.rij, "plaats": self.plaats[:300], "wat": self.wat, "sleutel": self.sleutel,
            "waarden": self.waarden, "ruw": self.ruw, "bij": self.bij, "fouten": self.fouten,
        }  # fmt: skip


class Gekozen(NamedTuple):
    """What an answer did: an example of a cell, the number that it was read as, and how many cells it was for."""

    ruw: str
    gelezen: str
    aantal: int


class Leeskolom:
    """A column that is read: its place, name and widget. What was read once is not read again.

    `antwoorden` are those of the reading; `gekozen` remembers which of them were needed: by the name of the answer an
    example, what was made of it, and how often.
    """

    def __init__(
        self,
        index: int,
        naam: str,
        widget: Any,
        *,
        alleenlezen: bool,
        opzoek: Mapping[str, str],
        antwoorden: Mapping[str, Antwoord],
    ) -> None:
        self.index, self.naam, self.widget, self.alleenlezen = index, naam, widget, alleenlezen
        self.letters = kolomletters(index + 1)
        self._opzoek = opzoek
        self._antwoorden = antwoorden
        self._gelezen: dict[tuple[type, Cel, int], str | Celfout | None] = {}
        self.vast: dict[str, Any] = {}
        self.gekozen: dict[str, Gekozen] = {}

    def lees(self, rij: int, cel: Cel, keer: int = 1) -> str | None:
        """Return the value of a cell. Raises Celfout, and Onduidelijk when nobody chose how to read it yet."""
        sleutel = (type(cel), cel, keer)
        if sleutel not in self._gelezen:
            self._gelezen[sleutel] = self._lees(cel, keer)
        waarde = self._gelezen[sleutel]
        if isinstance(waarde, Onduidelijk):
            return self._volg_antwoord(rij, cel, keer, waarde)
        if isinstance(waarde, Celfout):
            raise waarde
        return waarde

    def _volg_antwoord(self, rij: int, cel: Cel, keer: int, vraag: Onduidelijk) -> str:
        """Return what the cell is in the reading that a person chose, for this cell or for the whole column."""
        naam = f"{self.letters}{rij}" if f"{self.letters}{rij}" in self._antwoorden else self.letters
        antwoord = self._antwoorden.get(naam)
        if antwoord is None or antwoord["lezing"] not in vraag.lezingen:
            raise vraag
        lezing = vraag.lezingen[antwoord["lezing"]]
        gelezen = natuurlijk(lezing)
        try:
            waarde = self.waarde(lezing, keer)
        except Celfout as fout:
            raise Celfout(f"De cel is gelezen als {gelezen}, zoals u koos. {fout}") from fout
        eerder = self.gekozen.get(naam, Gekozen(als_tekst(cel), gelezen, 0))
        self.gekozen[naam] = eerder._replace(aantal=eerder.aantal + 1)
        return waarde

    def keuze(self, rij: int, cel: Cel, keer: int) -> str:
        """Return ", '3,516' gelezen als 3.516" for a cell of which a person chose the reading, else ""."""
        vraag = self._gelezen.get((type(cel), cel, keer)) if self.gekozen else None
        if not isinstance(vraag, Onduidelijk):
            return ""
        antwoord = self._antwoorden.get(f"{self.letters}{rij}") or self._antwoorden[self.letters]
        return f", '{als_tekst(cel)[:30]}' gelezen als {natuurlijk(vraag.lezingen[antwoord['lezing']])}"

    def waarde(self, lezing: Decimal, keer: int) -> str:
        """Return the value that a reading of a number gets here. Raises Celfout when it does not fit."""
        waarde: str = self.widget.schrijf(lezing * self.vast.get("eenheid", 1) * keer)
        return waarde

    def _lees(self, cel: Cel, keer: int) -> str | Celfout | None:
        if self._opzoek and isinstance(cel, str) and (code := self._opzoek.get(kaal(cel))):
            return code
        try:
            waarde: str | None = self.widget.clean(cel, keer=keer, **self.vast)
        except Celfout as fout:
            return fout
        return waarde


class Lezer:
    """Reads the rows of a sheet, as its reading (Duiding) says, for one import; `meldingen` counts what it skipped."""

    def __init__(self, invoer: Import, duiding: Duiding, rijen: Sequence[Rij]) -> None:
        self.invoer, self.duiding = invoer, duiding
        self.resource = duiding.resource()
        self.rijen = [(nummer, cellen) for nummer, cellen in rijen if nummer > duiding.kop]
        self.bladnaam: str = invoer.bladen[duiding.blad] if len(invoer.bladen) > duiding.blad else ""
        self.meldingen: Counter[tuple[str, str]] = Counter()
        velden = self.resource.kolommen()
        opzoek = _opzoek(invoer.versie_id, velden)
        self.kolommen = [
            Leeskolom(
                index,
                naam,
                velden[naam].widget,
                alleenlezen=isinstance(velden[naam], Alleenlezen),
                opzoek=opzoek.get(naam, {}),
                antwoorden=duiding.antwoorden,
            )
            for index, naam in enumerate(duiding.kolommen)
            if naam in velden
        ]
        # In long form what describes a line is the same in each of its rows: it is read once.
        vast = set(self.resource.bestemmingen[0].velden) if "bedrag" in duiding.kolommen else set()
        self._groep = [kolom.index for kolom in self.kolommen if vast and (kolom.alleenlezen or kolom.naam in vast)]
        self._overige = [kolom for kolom in self.kolommen if kolom.index not in self._groep]
        self._gelezen: dict[tuple[Any, ...], tuple[Waarden, dict[str, str]]] = {}
        self.open_vragen = 0
        for kolom in self.kolommen:
            self.stel_in(kolom)

    def stel_in(self, kolom: Leeskolom) -> None:
        """Tell a money column its unit, and a number column whether it is written with a decimal point."""
        if not isinstance(kolom.widget, Getal):
            return
        teksten = [als_tekst(cel).strip() for cel in self._cellen(kolom.index) if isinstance(cel, str) and cel.strip()]
        met_punt = sum(kolom.widget.machine.fullmatch(tekst) is not None for tekst in teksten)
        if isinstance(kolom.widget, Geld):
            kolom.vast["eenheid"] = self.duiding.eenheid
        kolom.vast["machine"] = met_punt * 2 > len(teksten)

    def _cellen(self, index: int) -> Iterator[Cel]:
        return (cellen[index] for _, cellen in self.rijen if index < len(cellen))

    def plaats(self, rij: int, index: int | None = None) -> str:
        """Return where something stands in the file: "blad P1, rij 14, kolom F"."""
        if index is None:
            return f"blad {self.bladnaam}, rij {rij}" if self.bladnaam else f"rij {rij}"
        return plaats(self.bladnaam, rij, index + 1)

    def waarden(self) -> Iterator[Waarde]:
        """Yield what the rows say, in the order of the file."""
        for nummer, cellen in self.rijen:
            if any(cel not in (None, "") for cel in cellen):
                yield from self.lees_rij(nummer, cellen)

    def lees_rij(self, rij: int, cellen: Sequence[Cel]) -> Iterator[Waarde]:
        """Yield what one row says."""
        raise NotImplementedError

    def leeskolommen(self) -> Sequence[Leeskolom]:
        """Return all columns that are read."""
        return self.kolommen

    def gekozen(self) -> list[tuple[str, str, Gekozen, Antwoord]]:
        """Return what was read as a person chose: the cell ("F14") or column ("F"), its heading, and the answer."""
        return [
            (naam, self.duiding.koppen[kolom.index], gekozen, self.duiding.antwoorden[naam])
            for kolom in self.leeskolommen()
            for naam, gekozen in kolom.gekozen.items()
        ]

    def fout(self, rij: int, kolom: Leeskolom, cel: Cel, fout: Celfout, keer: int = 1) -> Fout | Vraagcel:
        """Return what is wrong with one cell: an error, or a question when it can be read in two ways."""
        plek, kop, tekst = self.plaats(rij, kolom.index), self.duiding.koppen[kolom.index], als_tekst(cel)[:200]
        lezingen = _passend(kolom, fout, keer) if isinstance(fout, Onduidelijk) else {}
        if not lezingen:
            return Fout(plek, kop, tekst, str(fout))
        self.open_vragen += 1
        vraag = {"cel": f"{kolom.letters}{rij}", "kolom": kolom.letters, "lezingen": lezingen}
        return Vraagcel(plek, kop, tekst, str(fout), vraag)

    def _lees_kolommen(self, rij: int, cellen: Sequence[Cel]) -> tuple[Waarden, dict[str, str], list[Fout | Vraagcel]]:
        """Return what the columns of a row say, what the file writes, and what could not be read."""
        groep = tuple([cellen[index] if index < len(cellen) else None for index in self._groep])
        sleutel = (groep, tuple(map(type, groep)))
        if groep and sleutel in self._gelezen:
            bekend, bekend_ruw = self._gelezen[sleutel]
            waarden, ruw, fouten = self._lees(rij, cellen, self._overige)
            return {**bekend, **waarden}, {**bekend_ruw, **ruw}, fouten
        waarden, ruw, fouten = self._lees(rij, cellen, self.kolommen)
        if groep and not fouten:
            eigen = [kolom.naam for kolom in self.kolommen if kolom not in self._overige]
            self._gelezen[sleutel] = (
                {naam: waarden[naam] for naam in eigen if naam in waarden},
                {naam: ruw[naam] for naam in eigen},
            )
        return waarden, ruw, fouten

    def _lees(
        self, rij: int, cellen: Sequence[Cel], kolommen: Sequence[Leeskolom]
    ) -> tuple[Waarden, dict[str, str], list[Fout | Vraagcel]]:
        """Return what these columns of a row say, what the file writes, and what could not be read."""
        waarden: Waarden = {}
        ruw: dict[str, str] = {}
        fouten: list[Fout | Vraagcel] = []
        for kolom in kolommen:
            cel = cellen[kolom.index] if kolom.index < len(cellen) else None
            ruw[kolom.naam] = als_tekst(cel)
            if kolom.alleenlezen or kolom.naam == "bedrag":
                continue
            try:
                waarden[kolom.naam] = waarde = kolom.lees(rij, cel)
            except Celfout as fout:
                fouten.append(self.fout(rij, kolom, cel, fout))
                continue
            if waarde in (None, "") and kolom.naam in self.resource.gevuld:
                fouten.append(self.fout(rij, kolom, cel, Celfout(f"De cel is leeg. Vul {kolom.naam} in.")))
        return waarden, ruw, fouten


def _passend(kolom: Leeskolom, vraag: Onduidelijk, keer: int) -> dict[str, tuple[str, str]]:
    """Return the readings that fit in the column: by name the number in the file, and the value that it would get."""
    passend = {}
    for naam, lezing in vraag.lezingen.items():
        try:
            passend[naam] = (natuurlijk(lezing), kolom.waarde(lezing, keer))
        except Celfout:
            continue
    return passend


class Gewonelezer(Lezer):
    """Reads everything but lines: a row of the file is a row of the budget."""

    def __init__(self, invoer: Import, duiding: Duiding, rijen: Sequence[Rij]) -> None:
        super().__init__(invoer, duiding, rijen)
        self._geteld: Counter[tuple[str, ...]] = Counter()
        self._partijen = _partijen() if duiding.soort == Import.Soort.PARTIJEN else {}

    def lees_rij(self, rij: int, cellen: Sequence[Cel]) -> Iterator[Waarde]:
        """Yield what one row says: a value per table that it goes to."""
        waarden, ruw, fouten = self._lees_kolommen(rij, cellen)
        if self.duiding.soort == Import.Soort.PARTIJEN and not waarden.get("partij"):
            naam = waarden.get("naam") or ""
            waarden["partij"] = self._partijen.get(kaal(naam)) or slugify(naam)[:120]
        for bestemming in self.resource.bestemmingen:
            eigen = {naam: waarde for naam, waarde in waarden.items() if naam in bestemming.velden}
            for naam in bestemming.sleutel:
                eigen.setdefault(naam, "")
            sleutel = [eigen[naam] or "" for naam in bestemming.sleutel]
            if bestemming.geteld:
                gelijk = tuple(sleutel)
                self._geteld[gelijk] += 1
                sleutel.append(str(self._geteld[gelijk]))
            laatste = bestemming is self.resource.bestemmingen[-1]
            yield Waarde(
                soort=bestemming.naam,
                rij=rij,
                plaats=self.plaats(rij),
                wat=", ".join(f"{naam} {eigen[naam]}" for naam in bestemming.sleutel if eigen[naam]),
                sleutel=sleutel,
                waarden=eigen,
                ruw=ruw if laatste else {},
                bij={"slug": _slug(waarden)} if "slug" in bestemming.los else {},
                fouten=fouten if laatste else [],
            )


def _slug(waarden: Waarden) -> str:
    """Return the name in addresses that a new programme gets when the file does not give one."""
    naam = f"{waarden.get('code')} {waarden.get('naam')}"
    return slugify(f"programma {naam}" if waarden.get("soort", "programma") == "programma" else naam)[:120]


def _partijen() -> dict[str, str]:
    """Return the slug of each party by its name, abbreviation and slug."""
    rijen = list(VerbondenPartij.objects.values_list("slug", "naam", "afkorting"))
    return {kaal(woord): slug for slug, *woorden in rijen for woord in (slug, *reversed(woorden)) if kaal(woord)}


def _opzoek(versie: int, kolommen: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Return, for columns in which people write a name, the code that is meant: "1E Rampenbestrijding" is 1E."""
    opzoek: dict[str, Mapping[str, str]] = {}
    if "pakket_code" in kolommen:
        paren = Pakket.objects.filter(versie=versie).values_list("code", "naam")
        opzoek["pakket_code"] = {kaal(f"{code} {naam}"): code for code, naam in paren}
    if "partij" in kolommen:
        opzoek["partij"] = _partijen()
    return opzoek
