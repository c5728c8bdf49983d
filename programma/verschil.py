"""The difference between two versions: pure, without Django or database.

Amounts are compared per line and column, rows by what names them, texts by paragraph and then by word. Amounts are
euros (`Decimal`) with the stored sign; a difference is new minus old, so a minus means that the result gets worse.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from programma.raming import NUL, Kolom, Meerjarenraming, Raming, Stand
from programma.vingerafdruk import VELDEN, Waarde

# Above this many comparisons of words a paragraph is shown as removed and added, whole: difflib is quadratic.
MEESTE_WERK = 4_000_000
# Less than one part in this many of a paragraph stayed: it was written anew, and is shown so.
HERSCHREVEN = 4
GEEN = Raming()


class Aard(StrEnum):
    """What happened to a row."""

    NIEUW = "nieuw"
    VERVALLEN = "vervallen"
    GEWIJZIGD = "gewijzigd"


@dataclass(frozen=True, slots=True)
class Rij:
    """A row of a version: its kind, its values in the order of VELDEN, and its database key there (0 = unknown)."""

    soort: str
    waarden: tuple[Waarde, ...]
    pk: int = 0

    def __getitem__(self, veld: str) -> Waarde:
        return self.waarden[VELDEN[self.soort].index(veld)]


class Veldverschil(NamedTuple):
    """A field that has another value."""

    veld: str
    oud: Waarde
    nieuw: Waarde


@dataclass(frozen=True, slots=True)
class Rijverschil:
    """A row that is new, gone or changed. `velden` is empty unless it changed."""

    soort: str
    oud: Rij | None
    nieuw: Rij | None
    velden: tuple[Veldverschil, ...] = ()

    @property
    def aard(self) -> Aard:
        """What happened to the row."""
        if self.oud is None:
            return Aard.NIEUW
        return Aard.VERVALLEN if self.nieuw is None else Aard.GEWIJZIGD

    @property
    def rij(self) -> Rij:
        """The row as it is now, or as it last was."""
        rij = self.nieuw or self.oud
        if rij is None:
            raise ValueError("a difference without a row")
        return rij


# What makes two rows the same row, tried in this order; a kind that is not named pairs on nothing, so its rows are
# only ever new or gone. A text that got another heading is still the text at that place.
NAMEN: Mapping[str, Sequence[Sequence[str]]] = {
    "Kolom": [("fase", "jaar")],
    "Programma": [("code",)],
    "Paragraaf": [("naam",), ("soort", "volgorde")],
    "Bron": [("naam", "bestandsnaam", "sha256")],
    "Wijziging": [("nummer",)],
    "Pakket": [("code",)],
    "Sectie": [
        ("programma__code", "pakket__code", "paragraaf__naam", "kop", "thema"),
        ("programma__code", "pakket__code", "paragraaf__naam", "volgorde"),
    ],
    "Doel": [("pakket__code", "tekst", "vervallen_reden"), ("pakket__code", "volgorde"), ("pakket__code",)],
    "Programmaindicator": [("programma__code", "indicator__slug")],
    "Deelname": [("programma__code", "pakket__code", "partij__slug"), ("programma__code", "partij__slug")],
    "Partijcijfers": [("partij__slug", "jaar")],
    "Begrotingsregel": [("sleutel",)],
    "GedruktTotaal": [("programma__code", "pakket__code", "kolom__jaar", "kolom__fase", "grootheid")],
}
DOEL = tuple(f"doel__{veld}" for veld in VELDEN["Doel"])


def _paren(oud: Iterable[Rij], nieuw: Iterable[Rij], soort: str) -> Iterator[tuple[Rij | None, Rij | None]]:
    """Pair the rows of one kind that name the same thing; what is left over stands alone."""
    rest_oud, rest_nieuw = list(oud), list(nieuw)
    for namen in NAMEN.get(soort, ()):
        wachtend: dict[tuple[Waarde, ...], list[Rij]] = defaultdict(list)
        for rij in rest_oud:
            wachtend[tuple(rij[naam] for naam in namen)].append(rij)
        over = []
        for rij in rest_nieuw:
            zelfde = wachtend.get(tuple(rij[naam] for naam in namen))
            if zelfde:
                yield zelfde.pop(0), rij
            else:
                over.append(rij)
        rest_nieuw = over
        rest_oud = [rij for rijen in wachtend.values() for rij in rijen]
    yield from ((rij, None) for rij in rest_oud)
    yield from ((None, rij) for rij in rest_nieuw)


def _verschil(soort: str, oud: Rij | None, nieuw: Rij | None) -> Rijverschil:
    if oud is None or nieuw is None:
        return Rijverschil(soort, oud, nieuw)
    velden = tuple(
        Veldverschil(veld, was, wordt)
        for veld, was, wordt in zip(VELDEN[soort], oud.waarden, nieuw.waarden, strict=True)
        if was != wordt
    )
    return Rijverschil(soort, oud, nieuw, velden)


def _doelindicatoren(oud: list[Rij], nieuw: list[Rij], doelen: Sequence[Rijverschil]) -> Iterator[Rijverschil]:
    """Compare indicators of goals. They repeat the fields of their goal: a goal that changed says so itself, once."""
    nu = {verschil.oud.waarden: verschil.nieuw.waarden for verschil in doelen if verschil.oud and verschil.nieuw}
    aantal = len(DOEL)
    wachtend: dict[tuple[Waarde, ...], list[Rij]] = defaultdict(list)
    for rij in oud:
        wachtend[(*nu.get(rij.waarden[:aantal], rij.waarden[:aantal]), *rij.waarden[aantal:])].append(rij)
    for rij in nieuw:
        if wachtend.get(rij.waarden):
            wachtend[rij.waarden].pop(0)
        else:
            yield Rijverschil("Doelindicator", None, rij)
    yield from (Rijverschil("Doelindicator", rij, None) for rijen in wachtend.values() for rij in rijen)


def vergelijk_rijen(oud: Iterable[Rij], nieuw: Iterable[Rij]) -> list[Rijverschil]:
    """Return how the rows of two versions differ, by kind. Rows that are the same in both may be left out or given.

    Amounts are no part of this: see Celverschil.
    """
    per_soort: dict[str, tuple[list[Rij], list[Rij]]] = defaultdict(lambda: ([], []))
    for kant, rijen in enumerate((oud, nieuw)):
        for rij in rijen:
            per_soort[rij.soort][kant].append(rij)
    verschillen: list[Rijverschil] = []
    for soort in VELDEN:
        was, wordt = per_soort.get(soort, ([], []))
        if soort == "Doelindicator":
            doelen = [verschil for verschil in verschillen if verschil.soort == "Doel"]
            verschillen += _doelindicatoren(was, wordt, doelen)
            continue
        paren = [_verschil(soort, *paar) for paar in _paren(was, wordt, soort)]
        verschillen += [paar for paar in paren if paar.aard != Aard.GEWIJZIGD or paar.velden]
    return verschillen


# --- amounts --------------------------------------------------------------------------------------------------------


class Deel(NamedTuple):
    """One bedrag under a cell: the original (`wijziging` "") or a change, and where it was found."""

    wijziging: str
    euro: Decimal
    bronprecisie: int
    bron: str
    plaats: str


@dataclass(frozen=True, slots=True)
class Celverschil:
    """A line in a column that has another amount, or the same amount in another way. None = there is none.

    `pk`, `kolom_pk` and `bedragen` are the database keys of the line, the column and the amounts in the newer version:
    0 and empty for what is not there any more.
    """

    programma: str
    pakket: str
    sleutel: str
    omschrijving: str
    soort: str
    kolom: Kolom
    oud: Decimal | None
    nieuw: Decimal | None
    toelichting: str = ""
    pk: int = 0
    kolom_pk: int = 0
    bedragen: Sequence[int] = ()
    delen_oud: Sequence[Deel] = ()
    delen_nieuw: Sequence[Deel] = ()

    @property
    def verschil(self) -> Decimal:
        """New minus old; no amount counts as nothing."""
        return (self.nieuw or NUL) - (self.oud or NUL)

    @property
    def zelfde_bedrag(self) -> bool:
        """Whether only the origin differs: another source, precision or spread over the changes of the council."""
        return self.oud is not None and self.oud == self.nieuw


class Totaalrij(NamedTuple):
    """A programme (`pakket` "") or pakket in one column: its four sums in both versions."""

    programma: str
    pakket: str
    oud: Stand
    nieuw: Stand

    @property
    def verschil(self) -> Stand:
        """New minus old."""
        return self.nieuw - self.oud


class Totaal(NamedTuple):
    """A programme with the pakketten in it that differ."""

    programma: Totaalrij
    pakketten: tuple[Totaalrij, ...]


def kolommen_met_verschil(oud: Meerjarenraming, nieuw: Meerjarenraming) -> list[Kolom]:
    """Return the columns in which any pakket has another sum, in order of year."""
    kolommen = set()
    for sleutel in {**oud.pakketten, **nieuw.pakketten}:
        was, wordt = oud.pakketten.get(sleutel, GEEN), nieuw.pakketten.get(sleutel, GEEN)
        kolommen |= {kolom for kolom in {**was, **wordt} if was[kolom] != wordt[kolom]}
    return sorted(kolommen)


def _omvang(rij: Totaalrij) -> tuple[Decimal, Decimal]:
    """Return how much differs: in the result, and if that is nothing, in what it is made of."""
    stand = rij.verschil
    delen = (stand.lasten, stand.baten, stand.toevoegingen, stand.onttrekkingen)
    return -abs(stand.resultaat), -sum((abs(deel) for deel in delen), NUL)


def totalen(oud: Meerjarenraming, nieuw: Meerjarenraming, kolom: Kolom) -> list[Totaal]:
    """Return the programmes whose sums differ in a column, the largest difference in the result first."""
    per_programma: dict[str, list[Totaalrij]] = defaultdict(list)
    for programma, pakket in {**oud.pakketten, **nieuw.pakketten}:
        was = oud.pakketten.get((programma, pakket), GEEN)[kolom]
        wordt = nieuw.pakketten.get((programma, pakket), GEEN)[kolom]
        if was != wordt:
            per_programma[programma].append(Totaalrij(programma, pakket, was, wordt))
    gevonden = [
        Totaal(
            Totaalrij(code, "", oud.programmas.get(code, GEEN)[kolom], nieuw.programmas.get(code, GEEN)[kolom]),
            tuple(sorted(pakketten, key=_omvang)),
        )
        for code, pakketten in per_programma.items()
    ]
    return sorted(gevonden, key=lambda totaal: (_omvang(totaal.programma), totaal.programma.programma))


@dataclass(frozen=True, slots=True)
class Verschil:
    """Everything in which two versions differ.

    `cellen` are the amounts in columns that both have, the largest difference first; `alle_cellen` is how many there
    are when not all were read. `oud` and `nieuw` are the sums of everything, also of what is the same.
    """

    titel_oud: str
    titel_nieuw: str
    rijen: Sequence[Rijverschil] = ()
    cellen: Sequence[Celverschil] = ()
    alle_cellen: int = 0
    oud: Meerjarenraming = field(default_factory=lambda: Meerjarenraming({}, {}, GEEN))
    nieuw: Meerjarenraming = field(default_factory=lambda: Meerjarenraming({}, {}, GEEN))

    @property
    def leeg(self) -> bool:
        """Whether nothing differs."""
        return self.titel_oud == self.titel_nieuw and not self.rijen and not self.cellen

    def van(self, *soorten: str) -> list[Rijverschil]:
        """Return the differences between rows of these kinds."""
        return [rij for rij in self.rijen if rij.soort in soorten]


# --- texts ----------------------------------------------------------------------------------------------------------


class Stukje(NamedTuple):
    """A run of words: `soort` is "gelijk", "ins" (added) or "del" (removed)."""

    soort: str
    tekst: str


Alinea = tuple[Stukje, ...]


def alineas(tekst: str) -> list[str]:
    """Return the paragraphs of a plain text: what stands between empty lines, without the space around it."""
    return [kaal for deel in re.split(r"\n\s*\n", tekst.replace("\r\n", "\n")) if (kaal := deel.strip())]


class _Woord(NamedTuple):
    """A word and the white space after it."""

    woord: str
    wit: str


def _in_woorden(tekst: str) -> list[_Woord]:
    return [_Woord(*paar) for paar in re.findall(r"(\S+|^(?=\s))(\s*)", tekst)]


def _aaneen(woorden: Iterable[_Woord]) -> str:
    return "".join(woord + wit for woord, wit in woorden)


def _woorden(oud: str, nieuw: str, hoogstens: int) -> Alinea:
    """Return a paragraph word by word: what stayed, what went and what came.

    Words are compared without the white space between them: a space is everywhere, and so matches everywhere.
    """
    was, wordt = _in_woorden(oud), _in_woorden(nieuw)
    if len(was) * len(wordt) > hoogstens:
        return (Stukje("del", oud), Stukje("ins", nieuw))
    regel = _Regel()
    van, naar = ([woord for woord, _ in kant] for kant in (was, wordt))
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, van, naar, autojunk=False).get_opcodes():
        if tag == "equal":
            for een, twee in zip(was[a1:a2], wordt[b1:b2], strict=True):
                regel.gelijk(een.woord)
                regel.anders(een.wit, twee.wit)
        else:
            regel.anders(_aaneen(was[a1:a2]), _aaneen(wordt[b1:b2]))
    stukjes = regel.stukjes()
    blijft = sum(len(stukje.tekst) for stukje in stukjes if stukje.soort == "gelijk")
    if blijft * HERSCHREVEN < max(len(oud), len(nieuw)):
        return (Stukje("del", oud), Stukje("ins", nieuw))
    return tuple(stukjes)


class _Regel:
    """A paragraph in the making: pieces of the same kind are joined, white space at the end of a change stays."""

    def __init__(self) -> None:
        self._klaar: list[Stukje] = []
        self._gelijk, self._weg, self._erbij = "", "", ""

    def gelijk(self, tekst: str) -> None:
        """Add what stayed."""
        if tekst and (self._weg or self._erbij):
            self._sluit()
        self._gelijk += tekst

    def anders(self, weg: str, erbij: str) -> None:
        """Add what went and what came; the same white space in both stayed, unless it stands between two changes."""
        if weg == erbij and not (self._weg or self._erbij):
            self._gelijk += weg
            return
        self._weg += weg
        self._erbij += erbij

    def _sluit(self) -> None:
        """Finish a change. White space with which both sides end is not part of it."""
        kaal_weg, kaal_erbij = self._weg.rstrip(), self._erbij.rstrip()
        wit = self._weg[len(kaal_weg) :]
        if wit != self._erbij[len(kaal_erbij) :]:
            kaal_weg, kaal_erbij, wit = self._weg, self._erbij, ""
        if self._gelijk:
            self._klaar.append(Stukje("gelijk", self._gelijk))
        self._klaar += _anders(kaal_weg, kaal_erbij)
        self._gelijk, self._weg, self._erbij = wit, "", ""

    def stukjes(self) -> list[Stukje]:
        """Return the pieces."""
        self._sluit()
        return [*self._klaar, *([Stukje("gelijk", self._gelijk)] if self._gelijk else [])]


def _anders(weg: str, erbij: str) -> list[Stukje]:
    """Return what went and what came, as far as there is any."""
    return [stukje for stukje in (Stukje("del", weg), Stukje("ins", erbij)) if stukje.tekst]


def tekstverschil(oud: str, nieuw: str, hoogstens: int = MEESTE_WERK) -> list[Alinea]:
    """Return a text paragraph by paragraph, with what was removed and added.

    A paragraph that takes more than `hoogstens` comparisons of words is shown as removed and added, whole.
    Leave out what was added and the old paragraphs are left; leave out what was removed and the new ones are.
    """
    was, wordt = alineas(oud), alineas(nieuw)
    uit: list[Alinea] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, was, wordt, autojunk=False).get_opcodes():
        if tag == "equal":
            uit += [(Stukje("gelijk", alinea),) for alinea in was[a1:a2]]
            continue
        samen = min(a2 - a1, b2 - b1)
        uit += [
            _woorden(weg, erbij, hoogstens)
            for weg, erbij in zip(was[a1 : a1 + samen], wordt[b1 : b1 + samen], strict=True)
        ]
        uit += [(Stukje("del", alinea),) for alinea in was[a1 + samen : a2]]
        uit += [(Stukje("ins", alinea),) for alinea in wordt[b1 + samen : b2]]
    return uit


def gewijzigde_alineas(verschillen: Sequence[Alinea]) -> list[Alinea | int]:
    """Return the paragraphs that changed; a number stands for so many that stayed the same."""
    kort: list[Alinea | int] = []
    for alinea in verschillen:
        if any(stukje.soort != "gelijk" for stukje in alinea):
            kort.append(alinea)
            continue
        vorige = kort[-1] if kort else None
        if isinstance(vorige, int):
            kort[-1] = vorige + 1
        else:
            kort.append(1)
    return kort
