"""What the pages of an import show: counts, totals, and the rows of one page of the comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import F, FloatField
from django.db.models.fields.json import KT
from django.db.models.functions import Abs, Cast, Coalesce

from programma.invoer import opslag, verloop
from programma.invoer.herkenning import Duiding
from programma.models import Import, Importwaarde
from programma.resources.cellen import als_tekst
from programma.resources.regels import KOLOMNAMEN
from veiligheid.formatting import decimaal

PER_BLAD = 100
MEESTE_FOUTEN = 100
NAMEN = {
    "regel": "begrotingsregels",
    "bedrag": "bedragen",
    "programma": "programma's",
    "pakket": "pakketten",
    "doel": "doelen",
    "sectie": "teksten",
    "partij": "verbonden partijen",
    "deelname": "deelnames",
    "partijcijfers": "cijfers van verbonden partijen",
}
STANDEN = ("gewijzigd", "nieuw", "gelijk", "fout")


class Telrij(NamedTuple):
    """How many rows of one kind are in which state, and how many the file does not name."""

    naam: str
    aantallen: tuple[int, ...]
    blijft: int


class Totaalrij(NamedTuple):
    """The totals of one programme in one column, before and after."""

    programma: str
    kolom: str
    bedragen: tuple[str, ...]
    verschil: str


class Waarderij(NamedTuple):
    """One value of the comparison."""

    wat: str
    plaats: str
    kolom: str
    ruw: str
    nieuw: str
    oud: str
    verschil: str


class Weergave:
    """One import, as a page shows it. `toon` says which rows, `blad` which page of them."""

    def __init__(self, invoer: Import, toon: str = "", blad: str = "1") -> None:
        self.invoer = invoer
        self.duiding = Duiding.uit_json(invoer.duiding)
        telling = invoer.uitkomst.get("telling", {})
        self._per_stand = {stand: sum(standen.get(stand, 0) for standen in telling.values()) for stand in STANDEN}
        eerste = next((stand for stand in ("fout", "gewijzigd", "nieuw") if self._per_stand[stand]), "gelijk")
        self.toon = toon if toon in STANDEN else eerste
        self._blad = blad

    @property
    def tabs(self) -> list[tuple[str, int]]:
        """The states with their numbers."""
        return [(stand, self._per_stand[stand]) for stand in STANDEN]

    @property
    def veranderingen(self) -> int:
        """How many rows would change."""
        return int(self._per_stand["gewijzigd"] + self._per_stand["nieuw"])

    @property
    def fouten(self) -> int:
        """How many rows are wrong."""
        return verloop.fouten(self.invoer)

    @property
    def klaar(self) -> bool:
        """Whether this can be confirmed."""
        return self.invoer.open() and not self.fouten and self.veranderingen > 0

    @property
    def eenheid(self) -> str:
        """The unit and the sign as words, for a file with amounts."""
        return "duizenden euro's (× € 1.000)" if self.duiding.eenheid == 1000 else "euro's"

    @property
    def teken(self) -> str:
        """The sign of lasten in the file."""
        return "met een minteken" if self.duiding.teken == "resultaat" else "zonder minteken; wij zetten het ervoor"

    @property
    def met_bedragen(self) -> bool:
        """Whether the file holds lines with amounts."""
        return self.invoer.soort == Import.Soort.REGELS

    def telrijen(self) -> list[Telrij]:
        """Return the counts per kind of row."""
        uitkomst = self.invoer.uitkomst
        return [
            Telrij(
                NAMEN.get(naam, naam),
                tuple(standen.get(stand, 0) for stand in STANDEN),
                uitkomst.get("niet_in_bestand", {}).get(naam, 0),
            )
            for naam, standen in uitkomst.get("telling", {}).items()
        ]

    def blijvers(self) -> str:
        """Return what the version has and the file does not name, in words; "" for nothing."""
        aantallen = self.invoer.uitkomst.get("niet_in_bestand", {})
        return " en ".join(f"{decimaal(aantal)} {NAMEN.get(naam, naam)}" for naam, aantal in aantallen.items())

    def totaalrijen(self) -> list[Totaalrij]:
        """Return the totals that change, in euros with the stored sign."""
        rijen = []
        for programma, fase, jaar, *tekst in self.invoer.uitkomst.get("totalen", []):
            bedragen = [Decimal(deel) for deel in tekst]
            rijen.append(
                Totaalrij(
                    programma,
                    f"{KOLOMNAMEN.get(fase, fase)} {jaar}",
                    tuple(_euro(bedrag) for bedrag in bedragen),
                    _euro(bedragen[5] - bedragen[4], plus=True),
                )
            )
        return rijen

    def foutrijen(self) -> list[Sequence[str]]:
        """Return the first errors: place, column, value, message."""
        rijen = foutenlijst(self.invoer)
        next(rijen)
        return [rij for rij, _ in zip(rijen, range(MEESTE_FOUTEN), strict=False)]

    def blad(self) -> Any:
        """Return the page of rows in this state, the largest difference first."""
        rijen = Importwaarde.objects.filter(invoer=self.invoer, stand=self.toon)
        if self.met_bedragen and self.toon in {"gewijzigd", "nieuw"}:
            nieuw = Cast(KT("waarden__bedrag"), FloatField())
            oud = Coalesce(Cast(KT("huidig__bedrag"), FloatField()), 0.0)
            rijen = rijen.alias(grootte=Abs(nieuw - oud)).order_by(F("grootte").desc(nulls_last=True), "id")
        else:
            rijen = rijen.order_by("id")
        blad = _Bladen(rijen, PER_BLAD, self._per_stand[self.toon]).get_page(self._blad)
        blad.object_list = [regel for waarde in blad.object_list for regel in _waarderijen(waarde)]
        return blad

    def voorbeeld(self) -> list[tuple[int, list[str]]]:
        """Return the first rows of the sheet, from the header on, as they stand in the file."""
        rijen = opslag.lees(self.invoer.pk, self.duiding.blad, self.duiding.kop + 30)
        breedte = len(self.duiding.koppen)
        getoond = [
            (nummer, [als_tekst(cel)[:60] for cel in cellen[:breedte]] + [""] * (breedte - len(cellen)))
            for nummer, cellen in rijen
            if nummer > self.duiding.kop
        ]
        return getoond[:5]


class _Bladen(Paginator):  # type: ignore[type-arg]
    """Pages of rows whose number is known."""

    def __init__(self, rijen: Any, per_blad: int, aantal: int) -> None:
        super().__init__(rijen, per_blad)
        self.__dict__["count"] = aantal


def _waarderijen(waarde: Importwaarde) -> Iterator[Waarderij]:
    """Yield a line per value that differs; of a row that is the same or wrong, one line."""
    oud, nieuw = waarde.huidig or {}, waarde.waarden
    sleutels = ("regel", "fase", "jaar", "wijziging") if waarde.soort == "bedrag" else ()
    kolommen = [kolom for kolom in nieuw if kolom not in sleutels and (oud.get(kolom) != nieuw[kolom] or not oud)]
    if waarde.stand == "gelijk" or not kolommen:
        kolommen = ["bedrag"] if waarde.soort == "bedrag" else []
    if not kolommen:
        yield Waarderij(waarde.wat, waarde.plaats, "", "", "", "", "")
    for kolom in kolommen:
        if not oud and nieuw[kolom] in (None, "", "onbekend"):
            continue
        yield Waarderij(
            waarde.wat,
            waarde.plaats,
            kolom,
            waarde.ruw.get(kolom, ""),
            _toon(kolom, nieuw.get(kolom)),
            _toon(kolom, oud.get(kolom)) if oud else "bestaat niet",
            _verschil(kolom, oud.get(kolom), nieuw.get(kolom)),
        )


def _toon(kolom: str, waarde: str | None) -> str:
    if waarde in (None, ""):
        return "leeg"
    return _euro(Decimal(waarde)) if kolom == "bedrag" else str(waarde)[:300]


def _verschil(kolom: str, oud: str | None, nieuw: str | None) -> str:
    if kolom != "bedrag" or nieuw is None:
        return ""
    return _euro(Decimal(nieuw) - Decimal(oud or 0), plus=True)


def _euro(bedrag: Decimal, *, plus: bool = False) -> str:
    return decimaal(bedrag, 0 if bedrag == bedrag.to_integral_value() else 2, plus=plus)


def foutenlijst(invoer: Import) -> Iterator[Sequence[str]]:
    """Yield the header and all errors of an import: place, column, value, what is wrong and how to mend it."""
    yield ("plaats", "kolom", "waarde", "wat is er, en wat kunt u doen")
    for fouten in (
        Importwaarde.objects.filter(invoer=invoer, stand="fout").order_by("rij", "id").values_list("fouten", flat=True)
    ).iterator(chunk_size=2000):
        yield from fouten
