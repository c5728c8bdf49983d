"""The blocks of a rich text as data for the typesetter. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from veiligheid.opmaak.blokken import Alinea, Blok, Cel, Citaat, Kop, Lijst, Tabel
from veiligheid.opmaak.regel import Regel

Gegevens = dict[str, Any]

# What can be followed from paper or from a file that was sent on: a whole address. The typesetter refuses long ones.
_ADRES = re.compile(r"(?:https?://|mailto:)[!-~]{1,1900}")


def stuk(tekst: str, *, vet: bool = False, schuin: bool = False, link: str = "", taal: str = "") -> Gegevens:
    """Return a piece of text with its marks. An address that cannot be followed from here is left out."""
    return {
        "tekst": tekst,
        "vet": vet,
        "schuin": schuin,
        "link": link if _ADRES.fullmatch(link) else "",
        "taal": taal if re.fullmatch(r"[a-z]{2,3}", taal) else "",
    }


def alinea(*stukken: Gegevens, stijl: str = "gewoon") -> Gegevens:
    """Return a paragraph."""
    return {"soort": "alinea", "stijl": stijl, "stukken": list(stukken)}


def kop(tekst: str, niveau: int, *, genoemd: bool = True) -> Gegevens:
    """Return a heading of this level; 1 is the title. `genoemd`: it is in the table of contents."""
    return {"soort": "kop", "tekst": tekst, "niveau": niveau, "genoemd": genoemd}


def lijst(punten: Iterable[list[Gegevens]], *, genummerd: bool = False) -> Gegevens:
    """Return a list; each item is a row of blocks."""
    return {"soort": "lijst", "genummerd": genummerd, "punten": list(punten)}


def blokken(tekst: Iterable[Blok], niveau: int) -> list[Gegevens]:
    """Return the blocks of a rich text. `niveau` is that of its highest heading."""
    return [_blok(blok, niveau) for blok in tekst]


def _blok(blok: Blok, niveau: int) -> Gegevens:
    match blok:
        case Alinea():
            return alinea(*_regel(blok.regel, blok.taal))
        case Kop():
            return kop("".join(deel.tekst for deel in blok.regel), niveau + blok.niveau - 3)
        case Lijst():
            return lijst((blokken(punt, niveau) for punt in blok.punten), genummerd=blok.genummerd)
        case Citaat():
            return {"soort": "citaat", "blokken": blokken(blok.blokken, niveau)}
        case Tabel():
            return _tabel(blok, niveau)


def _regel(regel: Regel, taal: str = "") -> list[Gegevens]:
    return [
        stuk(
            deel.tekst,
            vet=deel.merk.vet,
            schuin=deel.merk.schuin,
            link=deel.merk.link,
            taal=deel.merk.taal or taal,
        )
        for deel in regel
    ]


def _tabel(tabel: Tabel, niveau: int) -> Gegevens:
    """Return a table: its first row heads the columns. `rij` says of which rows the first cell heads the row."""
    kop_, *rijen = tabel.rijen or ((Cel(),),)
    return {
        "soort": "vrije_tabel",
        "bijschrift": _regel(tabel.bijschrift),
        "kop": [blokken(cel.blokken, niveau) for cel in kop_],
        "rijen": [[{"blokken": blokken(cel.blokken, niveau)} for cel in rij] for rij in rijen],
    }


def zonder_sprong(gegevens: list[Gegevens]) -> list[Gegevens]:
    """Return the blocks with headings that never skip a level on the way down: PDF/UA-1 asks that."""
    uit, hoogste = [], 0
    for blok in gegevens:
        if blok["soort"] == "kop":
            hoogste = max(1, min(blok["niveau"], hoogste + 1))
            uit.append({**blok, "niveau": hoogste})
        else:
            uit.append(blok)
    return uit
