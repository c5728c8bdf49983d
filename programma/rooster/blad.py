"""The grid of one programme: its columns, rows and amounts, as they are or as an editor wants them. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from programma.inhoud import Gedrukt
from programma.raming import Kolom, Soort
from programma.rooster.samenvoeging import Beeld

# The fields of a row besides its amounts.
OMSCHRIJVING, TOELICHTING, SOORT, PAKKET = "omschrijving", "toelichting", "soort", "pakket"
TEKSTEN = (OMSCHRIJVING, TOELICHTING)
SOORTNAMEN: Mapping[str, str] = {
    Soort.LASTEN: "Lasten",
    Soort.BATEN: "Baten",
    Soort.TOEVOEGING: "Toevoegingen aan reserves",
    Soort.ONTTREKKING: "Onttrekkingen aan reserves",
}


class Plek(NamedTuple):
    """The place of an amount in its row: the change that it belongs to (0: the original) and the column."""

    wijziging: int
    kolom: int

    @property
    def veld(self) -> str:
        """The name of the field in a Beeld."""
        return f"{self.wijziging}:{self.kolom}"


def plek(veld: str) -> Plek | None:
    """Return the place that a field of a Beeld names, or None for a text."""
    wijziging, dubbelpunt, kolom = veld.partition(":")
    return Plek(int(wijziging), int(kolom)) if dubbelpunt else None


@dataclass(frozen=True, slots=True)
class Kop:
    """A column: its key, its year and stage, and how it is called."""

    pk: int
    kolom: Kolom
    naam: str


@dataclass(frozen=True, slots=True)
class Pakketkop:
    """A pakket: its key, code and name."""

    pk: int
    code: str
    naam: str

    def __str__(self) -> str:
        return f"{self.code} {self.naam}"


@dataclass(frozen=True, slots=True)
class Bedragcel:
    """A stored amount in euros, and the place in a file from which it came ("" when it was typed)."""

    pk: int
    euro: Decimal
    herkomst: str = ""


@dataclass(frozen=True, slots=True)
class Regel:
    """A stored row of the grid, with its amounts per place."""

    pk: int
    sleutel: str
    pakket: int
    soort: str
    omschrijving: str
    toelichting: str
    bedragen: Mapping[Plek, Bedragcel]

    def velden(self) -> dict[str, Hashable]:
        """Return the row as fields."""
        return {
            OMSCHRIJVING: self.omschrijving,
            TOELICHTING: normaal(self.toelichting),
            SOORT: self.soort,
            PAKKET: self.pakket,
            **{plek.veld: cel.euro for plek, cel in self.bedragen.items()},
        }


@dataclass(frozen=True, slots=True)
class Vorig:
    """The version before: its number, and its sums per soort and column."""

    nummer: int
    sommen: Mapping[tuple[str, Kolom], Decimal]


@dataclass(frozen=True, slots=True)
class Blad:
    """Everything that the grid of a programme shows, as it is stored now. `regels` are in the order of the table."""

    programma: int
    code: str
    documentsoort: str
    documentjaar: int
    koppen: tuple[Kop, ...]
    pakketten: Mapping[int, Pakketkop]
    wijzigingen: Mapping[int, str]
    regels: Mapping[str, Regel]
    gedrukt: tuple[Gedrukt, ...] = ()
    verklaard: Mapping[Gedrukt, str] = field(default_factory=dict)
    vorig: Vorig | None = None

    def beeld(self) -> dict[str, dict[str, Hashable]]:
        """Return the rows as fields, by sleutel."""
        return {sleutel: regel.velden() for sleutel, regel in self.regels.items()}


def normaal(tekst: str) -> str:
    """Return a text with the line ends of this site: browsers and databases differ, and that is no change."""
    return tekst.replace("\r\n", "\n").replace("\r", "\n").strip()


@dataclass(frozen=True, slots=True)
class Gezien:
    """What an editor was shown: the state of the rows, and what may come back in their post.

    `nieuw` holds the rows that were offered to be filled, `erbij` the changes that got a row of their own, `kies` the
    names of what two people changed, about which the editor must choose, with what there is to say about each.
    """

    programma: int
    beeld: Beeld
    koppen: frozenset[int]
    wijzigingen: frozenset[int]
    nieuw: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    erbij: frozenset[tuple[str, int]] = frozenset()
    kies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def als_json(self) -> dict[str, Any]:
        """Return it for a form; amounts as text, so that nothing is lost."""
        return {
            "p": self.programma,
            "b": {rij: _schrijf_velden(velden) for rij, velden in self.beeld.items()},
            "k": sorted(self.koppen),
            "w": sorted(self.wijzigingen),
            "n": {rij: list(waar) for rij, waar in self.nieuw.items()},
            "e": sorted(self.erbij),
            "c": {naam: list(teksten) for naam, teksten in self.kies.items()},
        }

    @classmethod
    def uit_json(cls, data: Mapping[str, Any]) -> Gezien:
        """Return what `als_json` wrote."""
        return cls(
            programma=data["p"],
            beeld={rij: _lees_velden(velden) for rij, velden in data["b"].items()},
            koppen=frozenset(data["k"]),
            wijzigingen=frozenset(data["w"]),
            nieuw={rij: (pakket, soort) for rij, (pakket, soort) in data["n"].items()},
            erbij=frozenset((rij, wijziging) for rij, wijziging in data["e"]),
            kies={naam: tuple(teksten) for naam, teksten in data["c"].items()},
        )

    @classmethod
    def van(cls, blad: Blad) -> Gezien:
        """Return what somebody sees who opens the grid."""
        return cls(
            programma=blad.programma,
            beeld=blad.beeld(),
            koppen=frozenset(kop.pk for kop in blad.koppen),
            wijzigingen=frozenset(blad.wijzigingen),
        )

    def soort(self, rij: str) -> str:
        """Return the soort of a row that was shown. Raises KeyError for another."""
        return str(self.beeld[rij][SOORT]) if rij in self.beeld else self.nieuw[rij][1]

    def pakket(self, rij: str) -> int:
        """Return the key of the pakket of a row that was shown. Raises KeyError for another."""
        return int(str(self.beeld[rij][PAKKET])) if rij in self.beeld else self.nieuw[rij][0]

    def velden(self, rij: str) -> Mapping[str, Hashable]:
        """Return the fields of a row as shown; a new row holds only where it belongs."""
        if rij in self.beeld:
            return self.beeld[rij]
        pakket, soort = self.nieuw[rij]
        return {OMSCHRIJVING: "", TOELICHTING: "", SOORT: soort, PAKKET: pakket}


def _schrijf_velden(velden: Mapping[str, Hashable]) -> dict[str, Any]:
    return {veld: str(waarde) if isinstance(waarde, Decimal) else waarde for veld, waarde in velden.items()}


def _lees_velden(velden: Mapping[str, Any]) -> dict[str, Hashable]:
    return {veld: Decimal(waarde) if ":" in veld else waarde for veld, waarde in velden.items()}


def bedragen(velden: Mapping[str, Hashable]) -> Iterator[tuple[Plek, Decimal]]:
    """Yield the amounts of a row with their places."""
    for veld, waarde in velden.items():
        waar = plek(veld)
        if waar is not None and isinstance(waarde, Decimal):
            yield waar, waarde


def na_botsing(gezien: Gezien, blad: Blad, kies: Mapping[str, tuple[str, ...]]) -> Gezien:
    """Return what an editor sees after a conflict: what is stored now, and the rows that only they still have.

    A row that a colleague removed while this editor changed it comes back as a new one, for the editor to decide.
    """
    nu = Gezien.van(blad)
    eigen = {rij: (gezien.pakket(rij), gezien.soort(rij)) for rij in (*gezien.beeld, *gezien.nieuw)}
    terug = {naam.split(":")[1] for naam in kies} | set(gezien.nieuw)
    return Gezien(
        programma=nu.programma,
        beeld=nu.beeld,
        koppen=nu.koppen,
        wijzigingen=nu.wijzigingen,
        nieuw={
            rij: waar
            for rij, waar in eigen.items()
            if rij in terug and rij not in nu.beeld and waar[0] in blad.pakketten
        },
        erbij=frozenset((rij, wijziging) for rij, wijziging in gezien.erbij if wijziging in nu.wijzigingen),
        kies=kies,
    )
