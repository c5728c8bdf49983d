"""What a reader chooses with the query string: how amounts are shown and of which years. Nonsense is the default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from programma.inhoud import Inwoners
from programma.pagina.adres import Link
from programma.raming import Kolom

MEESTE_TEKENS = 200


class Weergave(StrEnum):
    """How the amounts of a table are shown."""

    DUIZEND = "duizend"
    EURO = "euro"
    INWONER = "inwoner"
    VERANDERING = "verandering"


NAMEN = {
    Weergave.DUIZEND: "× € 1.000",
    Weergave.EURO: "in euro’s",
    Weergave.INWONER: "per inwoner",
    Weergave.VERANDERING: "% verandering",
}


@dataclass(frozen=True, slots=True)
class Keuze:
    """A choice that can be shown: the weergave, and the columns in their order (all of them, or some years).

    With `herkomst` the amounts of every column are links to where they come from, not only those of the document year.
    """

    weergave: Weergave
    kolommen: tuple[Kolom, ...]
    alles: bool = True
    herkomst: bool = False

    def query(self, weergave: Weergave | None = None) -> str:
        """Return the query string of this choice, with another weergave if given; "" for the default."""
        delen = []
        if (gekozen := weergave or self.weergave) != Weergave.DUIZEND:
            delen.append(f"bedragen={gekozen}")
        if not self.alles:
            jaren = sorted({kolom.jaar for kolom in self.kolommen})
            delen.append("jaren=" + ",".join(map(str, jaren)))
        if self.herkomst:
            delen.append("herkomst=1")
        return "?" + "&".join(delen) if delen else ""


def kies_weergave(raw: str | None, inwoners_bekend: bool) -> Weergave:
    """Return the weergave that is asked for, or the default if it is unknown or not available."""
    if raw not in set(Weergave) or (raw == Weergave.INWONER and not inwoners_bekend):
        return Weergave.DUIZEND
    return Weergave(raw)


def kies_jaren(raw: str | None, kolommen: Sequence[Kolom]) -> tuple[Kolom, ...]:
    """Return the columns of the years that are asked for ("2024,2025"), or all of them if none is among them."""
    gevraagd = set((raw or "")[:MEESTE_TEKENS].split(","))
    return tuple(kolom for kolom in kolommen if str(kolom.jaar) in gevraagd) or tuple(kolommen)


def kies(
    bedragen: str | None,
    jaren: str | None,
    kolommen: Sequence[Kolom],
    inwoners: Inwoners,
    herkomst: str | None = None,
) -> Keuze:
    """Return the choice that the raw query parameters make, as far as it can be shown."""
    gekozen = kies_jaren(jaren, kolommen)
    weergave = kies_weergave(bedragen, bool(inwoners.aantal))
    return Keuze(weergave, gekozen, alles=len(gekozen) == len(kolommen), herkomst=herkomst == "1")


@dataclass(frozen=True, slots=True)
class Weergavelink:
    """A link to the same table in another weergave; `gekozen` is the one that is shown."""

    tekst: str
    href: str
    gekozen: bool


def weergavelinks(keuze: Keuze, inwoners: Inwoners, pagina: str, anker: str) -> tuple[Weergavelink, ...]:
    """Return a link for each available weergave of the table at `anker` on the page at `pagina`."""
    return tuple(
        Weergavelink(NAMEN[weergave], f"{pagina}{keuze.query(weergave)}#{anker}", weergave == keuze.weergave)
        for weergave in Weergave
        if weergave != Weergave.INWONER or inwoners.aantal
    )


def jarenlink(keuze: Keuze, kolommen: Sequence[Kolom], focus: Kolom | None, pagina: str, anker: str) -> Link | None:
    """Return the link to fewer years (the document year and the one before), or back to all of them."""
    if not keuze.alles:
        alles = replace(keuze, kolommen=tuple(kolommen), alles=True)
        return Link("toon alle jaren", f"{pagina}{alles.query()}#{anker}")
    if focus is None:
        return None
    kort = tuple(kolom for kolom in kolommen if kolom.jaar in {focus.jaar - 1, focus.jaar})
    if not 0 < len(kort) < len(kolommen):
        return None
    jaren = sorted({kolom.jaar for kolom in kort})
    tekst = "toon alleen " + " en ".join(map(str, jaren))
    return Link(tekst, f"{pagina}{replace(keuze, kolommen=kort, alles=False).query()}#{anker}")


def herkomstzin(keuze: Keuze, focus: Kolom | None) -> str:
    """Return which amounts of the table are links; "" if none are."""
    if not keuze.herkomst and focus not in keuze.kolommen:
        return ""
    welke = "een bedrag" if keuze.herkomst or focus is None else f"een bedrag van {focus.jaar}"
    return f"Klik op {welke} om te zien waar het vandaan komt."


def herkomstlink(keuze: Keuze, focus: Kolom | None, pagina: str, anker: str) -> Link | None:
    """Return the link that makes the amounts of all columns links, or those of the document year again."""
    if focus is None or set(keuze.kolommen) <= {focus}:
        return None
    anders = replace(keuze, herkomst=not keuze.herkomst)
    tekst = f"Maak alleen de bedragen van {focus.jaar} een link" if keuze.herkomst else "Maak alle bedragen een link"
    return Link(tekst, f"{pagina}{anders.query()}#{anker}")
