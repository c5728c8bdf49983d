"""The plain rows of one programme in one version, as the querysets read them: pure data, no Django, no database.

What a reader sees is computed from these rows and nothing else (decision 9): a page is a pure function of
what is published. Amounts are euros (`Decimal`) with the stored sign (effect on the result).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from indicatoren.reeks import Reeks
from programma.inhoud.partijcijfers import Cijferrij
from programma.raming import Cel, Kolom
from programma.zoeken.groep import Groep

BEWAARD = (".pdf", ".xlsx", ".zip")
"""How the name of a file ends whose bytes are kept (migration 0016)."""


@dataclass(frozen=True, slots=True)
class Versierij:
    """A version of a document as the list of its versions names it. A concept is never among them."""

    nummer: int
    status: str
    gepubliceerd_op: datetime | None = None
    raadsbesluit_nummer: str = ""
    raadsbesluit_datum: date | None = None
    ingetrokken_op: datetime | None = None
    reden: str = ""


@dataclass(frozen=True, slots=True)
class Uitgave:
    """A version as readers meet it: of which document, which number, with which status and proof.

    `controlesom` is the sha256 of its content; `anker` ties it to the publication before it and to `historiekop`, the
    head of the history just before it. `versies` are the public versions of the document, the newest first; empty where
    nobody asked for them.
    """

    versie_id: int
    document_slug: str
    document_soort: str
    jaar: int
    titel: str
    nummer: int
    status: str
    gepubliceerd_op: datetime | None = None
    peilmoment: datetime | None = None
    controlesom: str = ""
    anker: str = ""
    raadsbesluit_nummer: str = ""
    raadsbesluit_datum: date | None = None
    ingetrokken_op: datetime | None = None
    reden: str = ""
    historiekop: str = ""
    versies: Sequence[Versierij] = ()

    @property
    def kenmerk(self) -> str:
        """The version as an address names it: "programmabegroting-2025/2"."""
        return f"{self.document_slug}/{self.nummer}"


def bij_publicatie(uitgave: Uitgave) -> Uitgave:
    """Return a version as it was published: what was recorded later is not in a file, whenever that is made."""
    return replace(uitgave, status="gepubliceerd", raadsbesluit_nummer="", raadsbesluit_datum=None, reden="")


def nieuwste_eerst(uitgaven: Iterable[Uitgave]) -> list[Uitgave]:
    """Return published versions, the one that was published last first.

    Where several documents say something about the same, the first one holds. Raises ValueError for a concept.
    """
    return sorted(uitgaven, key=_publicatie, reverse=True)


def _publicatie(uitgave: Uitgave) -> tuple[datetime, int, int]:
    if uitgave.gepubliceerd_op is None:
        raise ValueError(f"version {uitgave.versie_id} is not published")
    return uitgave.gepubliceerd_op, uitgave.jaar, uitgave.nummer


@dataclass(frozen=True, slots=True)
class Programmarij:
    """A programme (or another part of the budget, see `soort`) in the list of its version.

    `grafiekkop` is the heading that an officer wrote over its chart; "" where the page computes one.
    """

    code: str
    naam: str
    slug: str
    soort: str = "programma"
    inleiding: str = ""
    portefeuillehouder: str = ""
    grafiekkop: str = ""


@dataclass(frozen=True, slots=True)
class Pakketrij:
    """A pakket of the programme. A restpost (1Z) holds what belongs to no pakket and has no text of its own."""

    code: str
    naam: str
    restpost: bool = False


@dataclass(frozen=True, slots=True)
class Sectierij:
    """A piece of text under a heading. `pakket` is a code, or "" for the programme itself.

    Rows with the same heading and each a theme form one section; the text is plain (an empty line parts
    paragraphs) or rich (see `veiligheid.opmaak`).
    """

    pakket: str
    kop: str
    thema: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Doelrij:
    """A goal of a pakket, or (with `vervallen_reden`) the reason why there is none.

    A target may be absolute (7.6) or a change against a base year (`relatief`: +5 %, base value unknown).
    """

    pakket: str
    tekst: str
    vervallen_reden: str = ""
    eenheid: str = ""
    nulwaarde: Decimal | None = None
    nuljaar: int | None = None
    relatief: bool = False
    streefwaarde: Decimal | None = None
    streefjaar: int | None = None
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Partijrij:
    """The part that a connected party (BBV art. 15) has in this programme. `pakket` may be ""."""

    naam: str
    afkorting: str
    soort: str
    pakket: str = ""
    taak: str = ""
    slug: str = ""
    vestigingsplaats: str = ""
    openbaar_belang: str = ""
    bestuurlijk_belang: str = ""


@dataclass(frozen=True, slots=True)
class Gedrukt:
    """A total as it was printed in the source, in euros; `grootheid` names which. `pakket` "" = whole programme.

    `verklaring` is what the municipality wrote on why it differs, read for a whole document only.
    """

    grootheid: str
    kolom: Kolom
    euro: Decimal
    programma: str = ""
    pakket: str = ""
    eenheid: int = 1000
    verklaring: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Inwoners:
    """The number of inhabitants of the municipality per year, as known at the moment of the version."""

    aantal: Mapping[int, int]
    bron: str = ""

    def in_jaar(self, jaar: int) -> tuple[int, int] | None:
        """Return (year used, inhabitants) for this year, else for the last known year before it, else None."""
        bekend = [bekend_jaar for bekend_jaar in self.aantal if bekend_jaar <= jaar]
        return (max(bekend), self.aantal[max(bekend)]) if bekend else None


@dataclass(frozen=True, slots=True)
class Bestandrij:
    """A file of a published version: its name, size in bytes, number of lines and sha256."""

    naam: str
    omvang: int
    regels: int
    sha256: str

    @property
    def bewaard(self) -> bool:
        """Whether it was made after the publication, and its bytes were kept."""
        return self.naam.endswith(BEWAARD)


@dataclass(frozen=True, slots=True)
class Ankerrij:
    """A publication in the chain of all of them, withdrawn ones too: whoever leaves one out, breaks the chain.

    `anker` is the sha256 of `vorig` (the anchor of the publication before it, "" for the first), `controlesom`, the
    peilmoment and `historiekop`, as `programma.vingerafdruk.anker` says.
    """

    document: str
    titel: str
    versie: int
    gepubliceerd_op: datetime
    peilmoment: datetime
    controlesom: str
    historiekop: str
    vorig: str
    anker: str


@dataclass(frozen=True, slots=True)
class Taakveldcel:
    """The sum of the bedragen of one soort in one column of one taakveld, over the whole document.

    Lines without a taakveld have code "" and go by the name of their pakket. Where no line of that pakket has a
    taakveld, `programma` is the slug of its programme and `pakket` its code: then this is a cell of the pakket.
    """

    code: str
    naam: str
    soort: str
    kolom: Kolom
    euro: Decimal
    aantal: int = 1
    programma: str = ""
    pakket: str = ""


@dataclass(frozen=True, slots=True)
class Sitemaprij:
    """A page of a current version: the document, a programme (slug), a pakket of it (code), or a party (slug)."""

    document: str
    documentsoort: str
    gepubliceerd_op: datetime
    programma: str = ""
    pakket: str = ""
    partij: str = ""


@dataclass(frozen=True, slots=True)
class Programmastuk:
    """Everything that the page of one programme rests on. `partijcijfers` are of the year of the document."""

    gemeente: str
    uitgave: Uitgave
    programma: Programmarij
    programmas: Sequence[Programmarij]
    kolommen: Sequence[Kolom]
    pakketten: Sequence[Pakketrij]
    secties: Sequence[Sectierij]
    doelen: Sequence[Doelrij]
    partijen: Sequence[Partijrij]
    cellen: Sequence[Cel]
    gedrukt: Sequence[Gedrukt]
    reeksen: Sequence[Reeks]
    inwoners: Inwoners
    bestanden: Sequence[Bestandrij] = ()
    bronnen: Sequence[str] = ()
    partijcijfers: Sequence[Cijferrij] = ()


@dataclass(frozen=True, slots=True)
class Documentstuk:
    """Everything that the page of one document rests on: its programmes and the cells of all of them."""

    gemeente: str
    uitgave: Uitgave
    programmas: Sequence[Programmarij]
    kolommen: Sequence[Kolom]
    cellen: Sequence[Cel]
    gedrukt: Sequence[Gedrukt]
    inwoners: Inwoners
    bestanden: Sequence[Bestandrij] = ()
    bronnen: Sequence[str] = ()
    taakvelden: Sequence[Taakveldcel] = ()

    @property
    def met_taakvelden(self) -> bool:
        """Whether any line has a taakveld."""
        return any(cel.code for cel in self.taakvelden)

    @property
    def volledig(self) -> bool:
        """Whether this is a whole budget: with the general means that pay for the programmes (BBV art. 8 lid 1)."""
        return any(rij.soort == "dekkingsmiddelen" for rij in self.programmas)


@dataclass(frozen=True, slots=True)
class Homestuk:
    """Everything that the home page rests on: what is published, the budget on top, and the one that is whole."""

    gemeente: str
    uitgaven: Sequence[Uitgave]
    huidig: Documentstuk | None = None
    geheel: Documentstuk | None = None


@dataclass(frozen=True, slots=True)
class Treffer:
    """A piece of a published version that answers a question, and where it stands. Fields that do not apply are empty.

    `tekst` is the beginning of its text; `euro` is its amount (stored sign) in column `fase` and `jaar`.
    """

    groep: Groep
    document_slug: str
    document: str
    nummer: int
    documentjaar: int
    programma_slug: str
    programma: str
    pakket_code: str
    pakket: str
    anker: str
    sleutel: str
    titel: str
    tekst: str
    euro: Decimal | None
    fase: str
    jaar: int | None
