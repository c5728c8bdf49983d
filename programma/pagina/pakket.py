"""The blocks of text per pakket: what it costs, its sections, its themes and its goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from programma.inhoud import Doelrij, Pakketrij, Programmastuk, Sectierij
from programma.pagina.adres import Adres, Link, anker
from programma.raming import Kolom, Meerjarenraming
from veiligheid.alineas import leeg, stukken
from veiligheid.formatting import miljoen, natuurlijk, percentage


class Thema(NamedTuple):
    """A theme inside a section. `alineas`: the paragraphs of a plain text, or a rich text as a whole."""

    naam: str
    alineas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doel:
    """A goal: its target as text ("7,6", "+5%", or "" for none) and smaller remarks under it."""

    streef: str
    tekst: str
    klein: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blok:
    """A heading with what stands under it: paragraphs, themes, goals, or a remark why there is no goal.

    `alineas` are the stored texts in pieces: each paragraph of a plain text, and each rich text as a whole.
    """

    kop: str
    alineas: tuple[str, ...] = ()
    themas: tuple[Thema, ...] = ()
    doelen: tuple[Doel, ...] = ()
    opmerkingen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aandeel:
    """What a part costs and how much of the whole that is; `breedte` is the length of the bar."""

    jaar: int
    bedrag: str
    deel: str
    breedte: str


@dataclass(frozen=True, slots=True)
class Pakketblok:
    """A pakket on the page of its programme; `link` leads to its own page."""

    anker: str
    titel: str
    aandeel: Aandeel | None
    blokken: tuple[Blok, ...]
    link: Link


def pakketblokken(
    stuk: Programmastuk, optelling: Meerjarenraming, focus: Kolom | None, adres: Adres
) -> tuple[Pakketblok, ...]:
    """Return a block for each pakket of the programme, without the restpost."""
    return tuple(pakketblok(stuk, pakket, optelling, focus, adres) for pakket in stuk.pakketten if not pakket.restpost)


def pakketblok(
    stuk: Programmastuk, pakket: Pakketrij, optelling: Meerjarenraming, focus: Kolom | None, adres: Adres
) -> Pakketblok:
    """Return what a pakket costs and says."""
    raming = optelling.pakketten.get((stuk.programma.code, pakket.code))
    geheel = optelling.programmas.get(stuk.programma.code)
    deel = None
    if focus and raming and geheel:
        deel = aandeel(raming[focus].lasten, geheel[focus].lasten, focus.jaar, "van het programma")
    secties = blokken([rij for rij in stuk.secties if rij.pakket == pakket.code])
    doelen = doelenblok([rij for rij in stuk.doelen if rij.pakket == pakket.code], stuk.uitgave.jaar)
    link = Link(f"Alles over pakket {pakket.code}", adres.pakket(stuk.programma.slug, pakket.code))
    return Pakketblok(anker(pakket.code), f"{pakket.code} {pakket.naam}", deel, _met_doelen(secties, doelen), link)


def aandeel(lasten: Decimal, geheel: Decimal, jaar: int, waarvan: str) -> Aandeel | None:
    """Return the share of the lasten, or None if there are none. A share outside 0–100% is not given."""
    if not lasten:
        return None
    deel = lasten * 100 / geheel if geheel else Decimal(-1)
    if not 0 <= deel <= 100:
        return Aandeel(jaar, miljoen(-lasten), "", "")
    return Aandeel(jaar, miljoen(-lasten), f"{percentage(deel, 0)} {waarvan}", f"{deel:.1f}%")


def blokken(secties: Sequence[Sectierij]) -> tuple[Blok, ...]:
    """Return the sections in order. Neighbours with the same heading are one section; empty ones are left out."""
    gevuld = [rij for rij in secties if not leeg(rij.tekst)]
    return tuple(_blok(kop, list(rijen)) for kop, rijen in groupby(gevuld, key=lambda rij: rij.kop))


def _blok(kop: str, rijen: Sequence[Sectierij]) -> Blok:
    los = tuple(alinea for rij in rijen if not rij.thema for alinea in stukken(rij.tekst))
    themas = tuple(Thema(rij.thema, stukken(rij.tekst)) for rij in rijen if rij.thema)
    return Blok(kop, los, themas)


def doelenblok(doelen: Sequence[Doelrij], jaar: int) -> Blok | None:
    """Return the goals, or the remark why there are none, or None if nothing is recorded."""
    echt = tuple(_doel(rij, jaar) for rij in doelen if not rij.vervallen_reden)
    redenen = [rij.vervallen_reden.strip() for rij in doelen if rij.vervallen_reden]
    if not echt and not redenen:
        return None
    if echt:
        return Blok(f"Doelen voor {jaar}", doelen=echt, opmerkingen=tuple(redenen))
    return Blok("Doelen", opmerkingen=tuple(f"Dit pakket heeft geen eigen doel. {reden}" for reden in redenen))


def _doel(rij: Doelrij, jaar: int) -> Doel:
    return Doel(_streef(rij), rij.tekst, tuple(_kleine_regels(rij, jaar)))


def _streef(rij: Doelrij) -> str:
    if rij.streefwaarde is None:
        return ""
    if rij.relatief:
        return natuurlijk(rij.streefwaarde, plus=True) + "%"
    return natuurlijk(rij.streefwaarde) + ("%" if rij.eenheid == "%" else "")


def _kleine_regels(rij: Doelrij, jaar: int) -> list[str]:
    """Return the remarks under a goal: unit, base, target year if it is another, explanation."""
    regels = []
    if rij.eenheid not in {"", "%"} and rij.streefwaarde is not None:
        regels.append(f"Eenheid: {rij.eenheid}")
    if rij.nulwaarde is not None:
        in_jaar = f" {rij.nuljaar}" if rij.nuljaar else ""
        regels.append(f"Nulmeting{in_jaar}: {natuurlijk(rij.nulwaarde)}")
    elif rij.relatief and rij.nuljaar:
        regels.append(f"Ten opzichte van {rij.nuljaar}")
    if rij.streefjaar and rij.streefjaar != jaar:
        regels.append(f"Te bereiken in {rij.streefjaar}")
    if rij.toelichting:
        regels.append(rij.toelichting)
    return regels


def _met_doelen(secties: tuple[Blok, ...], doelen: Blok | None) -> tuple[Blok, ...]:
    """Return the sections with the goals before the last one: first what we want, then what we do this year."""
    if doelen is None:
        return secties
    plaats = max(1, len(secties) - 1) if secties else 0
    return (*secties[:plaats], doelen, *secties[plaats:])
