"""What the rows of a sheet say: per row of the budget its key and values as text, beside what the file writes.

Nothing is compared here and no reference is checked: that is done in SQL, for all rows at once. What cannot be read
becomes an error with its place, and goes along.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.text import slugify

from programma.invoer.herkenning import Duiding
from programma.invoer.opslag import Rij
from programma.models import Import, Pakket, VerbondenPartij
from programma.resources.cellen import Cel, Celfout, Geld, Getal, als_tekst, kaal
from programma.resources.velden import Alleenlezen
from veiligheid.bestanden import plaats

Waarden = dict[str, str | None]


class Fout(NamedTuple):
    """What is wrong with a cell, where, and how to mend it (Dutch)."""

    plaats: str
    kolom: str
    waarde: str
    melding: str


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
    fouten: list[Fout] = field(default_factory=list)

    def als_rij(self, invoer: int) -> tuple[object, ...]:
        """Return the row for COPY."""
        stand = "fout" if self.fouten else "nieuw"
        return (
            invoer, self.soort, self.rij, self.plaats[:300], self.wat, _json(self.sleutel), _json(self.waarden),
            _json(self.ruw), _json(self.bij), _json(self.fouten), stand,
        )  # fmt: skip


KOLOMMEN = (
    "invoer_id", "soort", "rij", "plaats", "wat", "sleutel", "waarden", "ruw", "bij", "fouten", "stand",
)  # fmt: skip
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Leeskolom:
    """A column that is read: its place, name and widget. What was read once is not read again."""

    def __init__(self, index: int, naam: str, widget: Any, *, alleenlezen: bool, opzoek: Mapping[str, str]) -> None:
        self.index, self.naam, self.widget, self.alleenlezen = index, naam, widget, alleenlezen
        self._opzoek = opzoek
        self._gelezen: dict[tuple[type, Cel, int], str | Celfout | None] = {}
        self.vast: dict[str, Any] = {}

    def lees(self, cel: Cel, keer: int = 1) -> str | None:
        """Return the value of a cell. Raises Celfout."""
        sleutel = (type(cel), cel, keer)
        if sleutel not in self._gelezen:
            self._gelezen[sleutel] = self._lees(cel, keer)
        waarde = self._gelezen[sleutel]
        if isinstance(waarde, Celfout):
            raise waarde
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
        self.meldingen: Counter[str] = Counter()
        velden = self.resource.kolommen()
        opzoek = _opzoek(invoer.versie_id, velden)
        self.kolommen = [
            Leeskolom(
                index,
                naam,
                velden[naam].widget,
                alleenlezen=isinstance(velden[naam], Alleenlezen),
                opzoek=opzoek.get(naam, {}),
            )
            for index, naam in enumerate(duiding.kolommen)
            if naam in velden
        ]
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

    def fout(self, rij: int, kolom: Leeskolom, cel: Cel, melding: str) -> Fout:
        """Return an error of one cell."""
        kop = self.duiding.koppen[kolom.index]
        return Fout(self.plaats(rij, kolom.index), kop, als_tekst(cel)[:200], melding)

    def _lees_kolommen(self, rij: int, cellen: Sequence[Cel]) -> tuple[Waarden, dict[str, str], list[Fout]]:
        """Return what the columns of a row say, what the file writes, and what could not be read."""
        waarden: Waarden = {}
        ruw: dict[str, str] = {}
        fouten: list[Fout] = []
        for kolom in self.kolommen:
            cel = cellen[kolom.index] if kolom.index < len(cellen) else None
            ruw[kolom.naam] = als_tekst(cel)
            if kolom.alleenlezen or kolom.naam == "bedrag":
                continue
            try:
                waarden[kolom.naam] = waarde = kolom.lees(cel)
            except Celfout as fout:
                fouten.append(self.fout(rij, kolom, cel, str(fout)))
                continue
            if waarde in (None, "") and kolom.naam in self.resource.gevuld:
                fouten.append(self.fout(rij, kolom, cel, f"De cel is leeg. Vul {kolom.naam} in."))
        return waarden, ruw, fouten


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
