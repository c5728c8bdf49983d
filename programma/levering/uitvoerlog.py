"""The export log as plain rows, and what a row says of the same file before. Pure: no Django, no database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from programma.pagina.adres import CONTROLE, Link, vergelijking
from programma.raming import Soort
from veiligheid.formatting import dag, decimaal, moment

OPENBAAR = "gepubliceerd"
IN_BEWERKING = frozenset({"concept", "ingediend"})
EXCEL = "csv-excel"
# These also say how things stand when they are asked for: of a published version they can differ in all honesty.
MET_DE_STAND_VAN_NU = {
    "dossier.zip": " Een vers dossier noemt de kop van de historie: na elke wijziging in de site is het een ander "
    "bestand. Leg het met verifieer.py --log naast de historie.",
    "aansluiting.csv": " Dit bestand vergelijkt ook met andere documenten: komt er een bij, dan kan het veranderen.",
    "autorisatie.csv": " Dit bestand noemt ook de besluiten van de raad: komt er een bij, dan verandert het.",
}
SOORTEN = tuple(soort.value for soort in Soort)


class Afloopwoord:
    """How a download ended, in words."""

    HEEL = "voltooid"
    AFGEBROKEN = "afgebroken"
    ONBEKEND = "niet afgerond"


@dataclass(frozen=True, slots=True)
class Zeef:
    """Which rows of the log: of one person (database key), one document (slug), from and up to a day. None is all.

    `wie_leest` limits the log to who reads it: then no row of anybody else is there, nor what it tells of one.
    """

    wie: int | None = None
    document: str | None = None
    vanaf: date | None = None
    tot_en_met: date | None = None
    wie_leest: int | None = None


@dataclass(frozen=True, slots=True)
class Versiestand:
    """A version as it was when a file of it was handed out. `nu` is its status today, "" when it is gone."""

    versie_id: int
    document: str
    nummer: int
    status: str
    nu: str = ""

    @property
    def naam(self) -> str:
        """The version with its status of then: "versie 1 (gepubliceerd)"."""
        return f"versie {self.nummer} ({self.status})"


@dataclass(frozen=True, slots=True)
class Eerder:
    """The last time before that the same file of the same document was handed out whole."""

    nummer: int
    op: datetime
    versie: Versiestand
    sha256: str


@dataclass(frozen=True, slots=True)
class Logregel:
    """A row of the log. `voltooid` is None while nobody knows how it ended; `sommen` are euros, stored sign."""

    nummer: int
    op: datetime
    wie: str
    titel: str
    versie: Versiestand | None
    bestand: str
    vorm: str
    vraag: str
    rijen: int | None = None
    sommen: Mapping[str, Decimal] = field(default_factory=dict)
    voltooid: bool | None = None
    omvang: int | None = None
    sha256: str = ""
    eerder: Eerder | None = None

    @property
    def afloop(self) -> str:
        """How it ended, in a word."""
        if self.voltooid is None:
            return Afloopwoord.ONBEKEND
        return Afloopwoord.HEEL if self.voltooid else Afloopwoord.AFGEBROKEN

    @property
    def filters(self) -> list[tuple[str, str]]:
        """The filter as pairs of a name and a value; none for everything."""
        return parse_qsl(self.vraag, keep_blank_values=True)

    @property
    def bedragen(self) -> list[tuple[str, str]]:
        """The sums as people read them: soort and euros, in the order of the arithmetic; zero is left out."""
        return [(soort, decimaal(self.sommen[soort], 2)) for soort in SOORTEN if self.sommen.get(soort)]

    @property
    def adres(self) -> str:
        """The address that hands out the same again, for as long as its version is there.

        A file from elsewhere in the admin has its whole path for a name, and keeps its question whole.
        """
        if self.bestand.startswith("/"):
            vragen = [urlencode({"versie": self.versie.versie_id})] if self.versie else []
            return "?".join(deel for deel in (self.bestand, "&".join([*vragen, self.vraag]).strip("&")) if deel)
        wortel = f"{CONTROLE}{self.versie.versie_id}/" if self.versie else CONTROLE
        vragen = [self.vraag] if self.vraag else []
        if self.vorm == EXCEL:
            vragen.append(urlencode({"vorm": "excel"}))
        return f"{wortel}{self.bestand}{'?' if vragen else ''}{'&'.join(vragen)}"

    @property
    def herhaalbaar(self) -> bool:
        """Whether that address still leads somewhere: a concept can be thrown away."""
        return self.versie is None or bool(self.versie.nu)


class Melding(NamedTuple):
    """That the same file had other content before: what was, what is, and where to see the difference."""

    tekst: str
    link: Link | None


def lees_sommen(tekst: str | None) -> dict[str, Decimal]:
    """Return the sums of a row from its JSON, in which each amount is text: exact."""
    return {soort: Decimal(bedrag) for soort, bedrag in json.loads(tekst or "{}").items()}


def melding(regel: Logregel) -> Melding | None:
    """Return what there is to say when the same document, file and filter gave other bytes before; else None.

    Of two versions the link shows their difference; of one version that was still being made, its history. Of one that
    was published already there should be nothing to say: then it says so, and how to check.
    """
    nu, eerder = regel.versie, regel.eerder
    if nu is None or eerder is None or not regel.sha256 or eerder.sha256 == regel.sha256:
        return None
    toen = eerder.versie
    tekst = f"Andere inhoud dan op {moment(eerder.op)}: toen {toen.naam}, nu {nu.naam}."
    if toen.versie_id != nu.versie_id:
        return Melding(tekst, vergelijklink(toen, nu))
    geschiedenis = Link("Bekijk de geschiedenis van deze versie", _historie(nu, eerder.op)) if nu.nu else None
    if uitleg := MET_DE_STAND_VAN_NU.get(regel.bestand):
        tekst += uitleg
    elif toen.status not in IN_BEWERKING:
        tekst += (
            " Dat hoort niet te kunnen: wat is gepubliceerd, ligt vast. Het kan komen door een nieuwe uitgave van de "
            "software; controleer het met manage.py verifieer."
        )
    return Melding(tekst, geschiedenis)


def vergelijklink(van: Versiestand, naar: Versiestand) -> Link | None:
    """Return the link to what differs between two versions; None when one of them is gone.

    For readers where both are published, so that the link can be passed on; else behind the login.
    """
    if not (van.nu and naar.nu):
        return None
    tekst = f"Vergelijk versie {van.nummer} met versie {naar.nummer}"
    if van.nu == naar.nu == OPENBAAR:
        return Link(tekst, vergelijking(f"{van.document}/{van.nummer}", f"{naar.document}/{naar.nummer}"))
    return Link(tekst, f"/beheer/vergelijken/?a={van.versie_id}&b={naar.versie_id}")


def _historie(versie: Versiestand, vanaf: datetime) -> str:
    return f"/beheer/historie/versie/{versie.versie_id}/?vanaf={dag(vanaf).isoformat()}"
