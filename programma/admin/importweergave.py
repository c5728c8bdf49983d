"""What the pages of an import show: counts, totals, and the rows of one page of the comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import F, FloatField
from django.db.models.fields.json import KT
from django.db.models.functions import Abs, Cast, Coalesce

from programma.admin.importfouten import VRAAG, fouten
from programma.invoer import opslag, verloop, vragen
from programma.invoer.herkenning import Duiding
from programma.invoer.totalen import AFRONDING, ANDERS, KLOPT, ONBEKEND
from programma.models import Import, Importwaarde
from programma.resources import RESOURCES
from programma.resources.cellen import DECIMAAL, DUIZEND, als_tekst
from programma.resources.regels import KOLOMNAMEN
from veiligheid.formatting import decimaal

LEZINGEN = {
    DUIZEND: "de punt of komma scheidt duizendtallen: 3,516 is drieduizend vijfhonderdzestien",
    DECIMAAL: "na de punt of komma komen decimalen: 3,516 is drie en een half",
}
GEDRUKT = {
    KLOPT: ("klopt", "kloppen"),
    AFRONDING: ("wijkt af, maar dat kan door afronding komen", "wijken af, maar dat kan door afronding komen"),
    ANDERS: ("sluit niet aan", "sluiten niet aan"),
    ONBEKEND: ("kan nog niet worden vergeleken", "kunnen nog niet worden vergeleken"),
}
GEDRUKT_UITLEG = {
    AFRONDING: "Dit kan door afronding komen.",
    ANDERS: "Dit sluit niet aan. Kijk of er regels ontbreken, of dat het totaal niet klopt.",
}
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
# What waits for an answer has the stand "fout" in the staging table too.
STANDEN = ("gewijzigd", "nieuw", "gelijk", "fout", "vraag")
LIJSTEN = STANDEN[:4]
MEESTE_VRAGEN = 100


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


class Vraagrij(NamedTuple):
    """A cell that can be read in two ways, and its choices: name and words."""

    cel: vragen.Vraag
    keuzes: list[tuple[str, str]]


class Vraagvak(NamedTuple):
    """The cells of one column that can be read in two ways: how many, the choices for all, and the first of them."""

    kolom: str
    kop: str
    aantal: int
    alle: list[tuple[str, str]]
    cellen: list[Vraagrij]


class Keuzerij(NamedTuple):
    """What somebody chose for a cell or a column: an example, what it was read as, for how many cells, who and when."""

    waar: str
    kop: str
    ruw: str
    gelezen: str
    aantal: int
    door: str
    op: datetime


class Gedrukterij(NamedTuple):
    """A total of the file that differs from the sum of its lines, in euros with the stored sign."""

    plaats: str
    wat: str
    kolom: str
    gedrukt: str
    som: str
    verschil: str
    oordeel: str


class Weergave:
    """One import, as a page shows it. `toon` says which rows, `blad` which page of them."""

    def __init__(self, invoer: Import, toon: str = "", blad: str = "1") -> None:
        self.invoer = invoer
        self.duiding = Duiding.uit_json(invoer.duiding)
        telling = invoer.uitkomst.get("telling", {})
        self._per_stand = {stand: sum(standen.get(stand, 0) for standen in telling.values()) for stand in STANDEN}
        eerste = next((stand for stand in ("fout", "gewijzigd", "nieuw") if self._per_stand[stand]), "gelijk")
        self.toon = toon if toon in LIJSTEN else eerste
        self._blad = blad

    @property
    def tabs(self) -> list[tuple[str, int]]:
        """The states with their numbers; questions only when there are any."""
        return [(stand, aantal) for stand, aantal in self._per_stand.items() if aantal or stand != "vraag"]

    @property
    def veranderingen(self) -> int:
        """How many rows would change."""
        return int(self._per_stand["gewijzigd"] + self._per_stand["nieuw"])

    @property
    def fouten(self) -> int:
        """How many rows are wrong."""
        return verloop.fouten(self.invoer)

    @property
    def open_vragen(self) -> int:
        """How many cells wait for an answer."""
        return verloop.open_vragen(self.invoer) if self.invoer.open() else 0

    def vraagkolommen(self) -> list[Vraagvak]:
        """Return the questions per column, each with the choices for the whole column and the first of its cells."""
        cellen = vragen.open_cellen(self.invoer, MEESTE_VRAGEN)
        vakken = []
        for kolom in vragen.open_kolommen(self.invoer):
            eigen = [Vraagrij(cel, self._keuzes(cel)) for cel in cellen if cel.kolom == kolom.eerste.kolom]
            alle = [(naam, LEZINGEN[naam]) for naam in kolom.lezingen]
            vakken.append(Vraagvak(kolom.eerste.kolom, kolom.eerste.kop, kolom.aantal, alle, eigen))
        return vakken

    def _keuzes(self, cel: vragen.Vraag) -> list[tuple[str, str]]:
        """Return per reading its name and what it says: the number, and for an amount what it is in euros."""
        return [
            (lezing.naam, f"{lezing.getal}{f' ({_euro(Decimal(lezing.waarde))} euro)' if self._geld else ''}")
            for lezing in cel.lezingen
        ]

    @property
    def _geld(self) -> bool:
        return bool(self.duiding.soort) and RESOURCES[self.duiding.soort].geld

    @property
    def keuzes(self) -> list[Keuzerij]:
        """What people chose where the file could be read in two ways."""
        return keuzerijen(self.invoer)

    def gedrukt(self) -> str:
        """Return what the comparison of the file's own totals came to, as a sentence; "" for a file without totals."""
        aantallen = self.invoer.uitkomst.get("gedrukt", {}).get("aantallen", {})
        if not any(aantallen.values()):
            return ""
        delen = [f"{aantal} {GEDRUKT[naam][aantal > 1]}" for naam, aantal in aantallen.items() if aantal]
        return f"Totalen in uw bestand, vergeleken met de som van de regels: {', '.join(delen)}."

    def gedrukte_rijen(self) -> list[Gedrukterij]:
        """Return the totals of the file that differ from the sum of their lines."""
        rijen = []
        for oordeel, plaats, wat, fase, jaar, gedrukt, som in self.invoer.uitkomst.get("gedrukt", {}).get("rijen", []):
            verschil = _euro(Decimal(gedrukt) - Decimal(som), plus=True)
            bedragen = (_euro(Decimal(gedrukt)), _euro(Decimal(som)), verschil)
            rijen.append(
                Gedrukterij(plaats, wat, f"{KOLOMNAMEN.get(fase, fase)} {jaar}", *bedragen, GEDRUKT_UITLEG[oordeel])
            )
        return rijen

    @property
    def klaar(self) -> bool:
        """Whether this can be confirmed."""
        return self.invoer.open() and not self.fouten and not self.open_vragen and self.veranderingen > 0

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
                tuple(standen.get(stand, 0) for stand, _ in self.tabs),
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
        return list(islice((fout[:4] for _, fout in fouten(self.invoer) if len(fout) < VRAAG), MEESTE_FOUTEN))

    def blad(self) -> Any:
        """Return the page of rows in this state, the largest difference first."""
        rijen = Importwaarde.objects.filter(invoer=self.invoer, stand=self.toon)
        if self.met_bedragen and self.toon in {"gewijzigd", "nieuw"}:
            nieuw = Cast(KT("waarden__bedrag"), FloatField())
            oud = Coalesce(Cast(KT("huidig__bedrag"), FloatField()), 0.0)
            rijen = rijen.alias(grootte=Abs(nieuw - oud)).order_by(F("grootte").desc(nulls_last=True), "id")
        else:
            rijen = rijen.order_by("id")
        aantal = self._per_stand[self.toon] + (self._per_stand["vraag"] if self.toon == "fout" else 0)
        blad = _Bladen(rijen, PER_BLAD, aantal).get_page(self._blad)
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


def keuzerijen(invoer: Import) -> list[Keuzerij]:
    """Return what people chose where the file could be read in two ways."""
    return [
        Keuzerij(
            f"kolom {keuze['waar']}" if keuze["waar"].isalpha() else f"cel {keuze['waar']}",
            keuze["kop"],
            keuze["ruw"],
            keuze["gelezen"],
            keuze["aantal"],
            keuze["door"],
            datetime.fromisoformat(keuze["op"]),
        )
        for keuze in invoer.uitkomst.get("gekozen", [])
    ]


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
