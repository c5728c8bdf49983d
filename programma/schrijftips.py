"""The tips for the texts of a version, with the amounts of the budget beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Model

from programma.models import Bedrag, Begrotingsregel, Doel, Pakket, Programma, Sectie, Versie
from programma.tekstbedragen import Bekend, Post, bekend, noemt_geld, vreemde_bedragen
from programma.toetsing.controles import Regelrij
from veiligheid.opmaak import in_blokken
from veiligheid.tips import Tip, tips
from veiligheid.tips.regels import regels

# The texts of a row that somebody writes, per kind of row.
TEKSTVELDEN: Mapping[type[Model], Sequence[str]] = {
    Sectie: ("tekst",),
    Doel: ("tekst", "vervallen_reden", "toelichting"),
    Begrotingsregel: ("toelichting",),
    Programma: ("inleiding",),
}


class Getipt(NamedTuple):
    """A text with its tips: which kind of row (as in Plek), its key, where it stands, and how many tips."""

    wat: str
    pk: int
    plaats: str
    aantal: int


class Schrijftips:
    """Gives tips. The amounts are asked for once at most, and only when a text names money."""

    def __init__(self, posten: Callable[[], Iterable[Post]]) -> None:
        self._vraag = posten
        self._posten: dict[tuple[str, str], list[Post]] | None = None
        self._bekend: dict[tuple[str, str], Bekend] = {}

    def __call__(self, *teksten: str, programma: str = "", pakket: str = "") -> tuple[Tip, ...]:
        """Return the tips for the texts of one row, which stands under a pakket or a programme, or under neither."""
        return tuple(tip for tekst in teksten if tekst for tip in self._van(tekst, programma, pakket))

    def _van(self, tekst: str, programma: str, pakket: str) -> Iterator[Tip]:
        blokken = in_blokken(tekst)
        alle = list(regels(blokken))
        # First what may be wrong, then what may be better.
        if (programma or pakket) and noemt_geld(alle):
            yield from vreemde_bedragen(alle, self._bedragen(programma, pakket))
        yield from tips(blokken)

    def _bedragen(self, programma: str, pakket: str) -> Bekend:
        sleutel = (programma, pakket)
        if sleutel not in self._bekend:
            if self._posten is None:
                self._posten = defaultdict(list)
                for post in self._vraag():
                    self._posten[post.programma, ""].append(post)
                    self._posten["", post.pakket].append(post)
            # Who has a pakket is compared with that pakket alone.
            eigen = self._posten["" if pakket else programma, pakket]
            self._bekend[sleutel] = bekend(eigen, programma, pakket)
        return self._bekend[sleutel]


def tips_van(rij: Sectie | Doel | Begrotingsregel | Programma) -> tuple[Tip, ...]:
    """Return the tips for the texts of one row as they are now. At most one query more, however long the texts."""
    pakket: Pakket | None = None if isinstance(rij, Programma) else rij.pakket
    programma: Programma | None = rij if isinstance(rij, Programma) else None
    if isinstance(rij, Sectie):
        programma = rij.programma
    van = {"regel__pakket": pakket} if pakket is not None else {"regel__pakket__programma": programma}
    return Schrijftips(lambda: _posten(van))(
        *(getattr(rij, veld) for veld in TEKSTVELDEN[type(rij)]),
        programma=programma.code if programma is not None else "",
        pakket=pakket.code if pakket is not None else "",
    )


def _posten(van: Mapping[str, Pakket | Programma | None]) -> Iterator[Post]:
    velden = ("regel__pakket__programma__code", "regel__pakket__code", "regel_id", "regel__soort", "kolom_id", "euro")
    for rij in Bedrag.objects.filter(**van).order_by().values_list(*velden):
        yield Post(*rij)


def posten_van(regelrijen: Iterable[Regelrij]) -> Iterator[Post]:
    """Yield the amounts of a version that were read for its checks."""
    for regel in regelrijen:
        for rij in regel.bedragen:
            yield Post(regel.programma, regel.pakket, regel.sleutel, regel.soort, rij.kolom, rij.euro)


def getipte_teksten(versie: Versie, regelrijen: Sequence[Regelrij]) -> list[Getipt]:
    """Return the texts and goals of a version that have tips, in the order of the budget. Two queries."""
    geef = Schrijftips(lambda: posten_van(regelrijen))
    secties = (
        Sectie.objects.filter(versie=versie)
        .order_by("pakket__programma__volgorde", "programma__volgorde", "pakket__volgorde", "volgorde", "pk")
        .values_list("pk", "kop", "thema", "tekst", "programma__code", "pakket__code", "paragraaf__naam")
    )
    gevonden = []
    for pk, kop, thema, tekst, programma, pakket, paragraaf in secties:
        waar = pakket or (f"programma {programma}" if programma else paragraaf)
        plaats = f"{waar}: {kop}, {thema}" if thema else f"{waar}: {kop}"
        aantal = len(geef(tekst, programma=programma or "", pakket=pakket or ""))
        gevonden.append(Getipt("sectie", pk, plaats, aantal))
    doelen = (
        Doel.objects.filter(versie=versie)
        .order_by("pakket__programma__volgorde", "pakket__volgorde", "volgorde", "pk")
        .values_list("pk", "pakket__code", *TEKSTVELDEN[Doel])
    )
    for pk, pakket, *teksten in doelen:
        naam = next(tekst for tekst in teksten if tekst)
        gevonden.append(Getipt("doel", pk, f"{pakket}: doel “{naam}”", len(geef(*teksten, pakket=pakket))))
    return [rij for rij in gevonden if rij.aantal]
