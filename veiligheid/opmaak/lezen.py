"""From the tree of any HTML to blocks in normal form: what does not fit is flattened, never lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from veiligheid.opmaak.blokken import Alinea, Blok, Cel, Citaat, Kop, Lijst, Punt, Tabel, plat
from veiligheid.opmaak.boom import INLINE, KOPPEN, LIJSTEN, TABELDELEN, Knoop, boom
from veiligheid.opmaak.opsomming import NIVEAU, alineas, met_lijsten
from veiligheid.opmaak.regel import EINDE, RAND, Merk, Stuk, netjes, zonder_onzichtbaar

_TAAL = re.compile(r"[a-z]{2,3}(?=$|-)", re.IGNORECASE)
_NUMMER = re.compile(r"\(?(?:\d{1,3}|[a-z]{1,4})[.)]", re.IGNORECASE)
_VET = re.compile(r"font-weight:(bold|[6-9]00)")
_MAIL = re.compile(r"[^\s@/:]+@[^\s@/:]+\.[a-z]{2,}", re.IGNORECASE)
_SCHEMA = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
MEESTE_KOLOMMEN = 50


class Manier(NamedTuple):
    """How to read: Word's own HTML or not, and whether a paragraph may be a list item in disguise (not in a list)."""

    van_word: bool
    punten: bool = True


def lees(html: str) -> tuple[Blok, ...]:
    """Return the blocks of any HTML. Headings start at level 3; a level 4 comes after a level 3."""
    uit: list[Blok] = []
    hoogste = 3
    for blok in met_lijsten(_blokken(boom(html), Manier(van_word="mso" in html.lower()))):
        if isinstance(blok, Kop):
            blok = Kop(min(blok.niveau, hoogste), blok.regel)
            hoogste = 4
        uit.append(blok)
    return tuple(uit)


def _blokken(knoop: Knoop, manier: Manier) -> Iterator[Blok]:
    """Yield the blocks below an element; loose text between blocks becomes paragraphs."""
    los: list[Knoop | str] = []
    na_punt = False
    for kind in [*knoop.kinderen, Knoop("hr")]:
        if isinstance(kind, str) or (kind.naam in INLINE and not kind.bevat_blok()):
            los.append(kind)
            continue
        gevonden = list(_los(los, manier, na_punt))
        los = []
        if gevonden:
            na_punt = gevonden[-1].punt is not None
            yield from gevonden
        for blok in _blok(kind, manier, na_punt):
            na_punt = isinstance(blok, Alinea) and blok.punt is not None
            yield blok


def _los(kinderen: Sequence[Knoop | str], manier: Manier, na_punt: bool) -> list[Alinea]:
    """Return the paragraphs in loose text: an empty line parts them, as in plain text."""
    if not any(isinstance(kind, Knoop) or kind.strip() for kind in kinderen):
        return []
    regels: list[Knoop | str] = []
    for kind in kinderen:
        if not isinstance(kind, str):
            regels.append(kind)
            continue
        eerste, *rest = re.split(r"\n[ \t]*\n\s*", kind.replace("\r\n", "\n"))
        regels.append(eerste)
        for deel in rest:
            regels += [Knoop("br"), Knoop("br"), deel]
    return alineas(list(_stukken(regels, Merk(), manier)), met_punten=manier.punten, na_punt=na_punt)


def _blok(knoop: Knoop, manier: Manier, na_punt: bool) -> Iterator[Blok]:
    """Yield the blocks that one block element is."""
    if knoop.naam == "p":
        yield from _alinea(knoop, manier, na_punt)
    elif knoop.naam in KOPPEN:
        regel = netjes(_zonder_vet(_stukken(knoop.kinderen, Merk(), manier)))
        if regel:
            yield Kop(KOPPEN[knoop.naam], regel)
    elif knoop.naam in LIJSTEN:
        punten = tuple(punt for punt in _punten(knoop, manier) if punt)
        if punten:
            yield Lijst(knoop.naam == "ol", punten)
    elif knoop.naam == "blockquote":
        binnen = tuple(plat(met_lijsten(_blokken(knoop, manier))))
        if binnen:
            yield Citaat(binnen)
    elif knoop.naam == "table":
        yield from _tabel(knoop, manier)
    elif knoop.kinderen:
        yield from _blokken(knoop, manier)


def _alinea(knoop: Knoop, manier: Manier, na_punt: bool) -> list[Alinea]:
    """Return a paragraph; one of Word's lists has its level in the style, and its bullet in a span of its own."""
    taal = "" if manier.van_word else _taal(knoop)
    stukken = list(_stukken(knoop.kinderen, Merk(), manier))
    gevonden = NIVEAU.search(knoop.eigenschappen.get("style", ""))
    if gevonden is None or not manier.punten:
        return alineas(stukken, taal, met_punten=manier.punten, na_punt=na_punt)
    teken = "".join(_merktekens(knoop)).strip(RAND)
    if not teken:
        return alineas(stukken, taal, met_punten=manier.punten, na_punt=na_punt)
    nummer = teken if _NUMMER.fullmatch(teken) else ""
    return alineas(stukken, taal, Punt(int(gevonden[1]), nummer))


def _is_merkteken(knoop: Knoop) -> bool:
    return knoop.naam == "span" and knoop.stijl("mso-list:ignore")


def _merktekens(knoop: Knoop) -> Iterator[str]:
    for kind in knoop.kinderen:
        if isinstance(kind, Knoop):
            yield from (kind.tekst(),) if _is_merkteken(kind) else _merktekens(kind)


def _stukken(kinderen: Iterable[Knoop | str], merk: Merk, manier: Manier) -> Iterator[Stuk]:
    """Yield the pieces of text below an element with their marks; a block in here only parts words."""
    for kind in kinderen:
        if isinstance(kind, str):
            yield Stuk(zonder_onzichtbaar(kind.replace("\r", " ").replace(EINDE, " ")), merk)
        elif kind.naam == "br":
            yield Stuk(EINDE, merk)
        elif kind.naam in INLINE:
            if not _is_merkteken(kind):
                yield from _stukken(kind.kinderen, _merk(kind, merk, manier), manier)
        else:
            yield Stuk(EINDE)
            yield from _stukken(kind.kinderen, merk, manier)
            yield Stuk(EINDE)


def _merk(knoop: Knoop, merk: Merk, manier: Manier) -> Merk:
    match knoop.naam:
        case "a":
            return merk._replace(link=_link(knoop.eigenschappen.get("href", "")) or merk.link)
        case "strong" | "b":
            return merk._replace(vet=not knoop.stijl("font-weight:normal"))
        case "em" | "i":
            return merk._replace(schuin=True)
    taal = "" if manier.van_word else _taal(knoop)
    vet = _VET.search("".join(knoop.eigenschappen.get("style", "").lower().split())) is not None
    schuin = knoop.stijl("font-style:italic")
    return merk._replace(taal=taal or merk.taal, vet=vet or merk.vet, schuin=schuin or merk.schuin)


def _zonder_vet(stukken: Iterable[Stuk]) -> Iterator[Stuk]:
    """Yield the pieces of a heading: it is bold by itself, and holds no line break."""
    for stuk in stukken:
        yield Stuk(stuk.tekst.replace(EINDE, " "), stuk.merk._replace(vet=False))


def _taal(knoop: Knoop) -> str:
    """Return the language of an element ("en"), or "" for Dutch and for what is no language.

    Word marks half of what Dutch people type as English: from Word no language is taken over.
    """
    gevonden = _TAAL.match(knoop.eigenschappen.get("lang", "").strip())
    taal = gevonden[0].lower() if gevonden else ""
    return "" if taal == "nl" else taal


def _link(adres: str) -> str:
    """Return the address of a link, or "" when there is none. nh3 has let only safe schemes through.

    Browsers read "//host" and "\\\\host" as another host: written out, everyone sees that it is one.
    """
    adres = re.sub(r"[\x00-\x20\x7f-\xa0]+", "", adres)
    if re.match(r"[\\/]{2}", adres):
        adres = "https://" + adres.lstrip("\\/")
    elif adres.lower().startswith("www."):
        adres = f"https://{adres}"
    elif _MAIL.fullmatch(adres):
        adres = f"mailto:{adres}"
    schema = _SCHEMA.match(adres)
    if schema and schema[0].lower() not in {"http:", "https:", "mailto:"}:
        return ""
    return "" if adres in {"http://", "https://", "mailto:"} else adres


def _punten(knoop: Knoop, manier: Manier) -> Iterator[tuple[Blok, ...]]:
    """Yield the items of a list. A list straight inside a list hangs under the item before it, as browsers show it."""
    binnen = manier._replace(punten=False)
    klaar: list[tuple[Blok, ...]] = []
    for kind in knoop.kinderen:
        doos = kind if isinstance(kind, Knoop) and kind.naam == "li" else Knoop("li", {}, [kind])
        punt = tuple(plat(_blokken(doos, binnen)))
        if klaar and isinstance(kind, Knoop) and kind.naam in LIJSTEN:
            klaar[-1] = (*klaar[-1], *punt)
        else:
            klaar.append(punt)
    yield from klaar


def _tabel(knoop: Knoop, manier: Manier) -> Iterator[Blok]:
    """Yield a table; one without a single manier, or no table at all, yields its text or nothing."""
    rijen = _rijen(knoop, manier)
    bijschrift = netjes(
        stuk
        for kind in knoop.kinderen
        if isinstance(kind, Knoop) and kind.naam == "caption"
        for stuk in _zonder_vet(_stukken(kind.kinderen, Merk(), manier))
    )
    gevuld = [rij for rij in rijen if any(cel.blokken for cel in rij)]
    if not gevuld:
        # Nothing but a caption is a text like any other: what looks like a list in it becomes one.
        yield from alineas(bijschrift)
        return
    breedte = max(len(rij) for rij in gevuld)
    yield Tabel(bijschrift, tuple(_vul_aan(rij, breedte, nummer, len(gevuld)) for nummer, rij in enumerate(gevuld)))


def _vul_aan(rij: Sequence[Cel], breedte: int, nummer: int, rijen: int) -> tuple[Cel, ...]:
    """Return a row of full length: the first row heads the columns, further on only the first cell may be a head."""
    cellen = (*rij, *(Cel() for _ in range(breedte - len(rij))))
    return tuple(
        Cel(cel.blokken, bool(cel.blokken) and rijen > 1 and (nummer == 0 or (plaats == 0 and breedte > 1 and cel.kop)))
        for plaats, cel in enumerate(cellen)
    )


def _rijen(knoop: Knoop, manier: Manier) -> list[list[Cel]]:
    """Return the rows of a table. Merged cells become a cell with empty ones beside and below it."""
    uit: list[list[Cel]] = []
    bezet: dict[tuple[int, int], None] = {}
    for rij in _zoek(knoop, "tr"):
        cellen: dict[int, Cel] = {}
        plaats = 0
        for cel in rij.kinderen:
            if isinstance(cel, str) or cel.naam not in {"td", "th"}:
                continue
            while (len(uit), plaats) in bezet:
                plaats += 1
            if plaats >= MEESTE_KOLOMMEN:
                break
            breed, hoog = _span(cel, "colspan"), _span(cel, "rowspan")
            cellen[plaats] = Cel(tuple(plat(met_lijsten(_blokken(cel, manier)))), cel.naam == "th")
            bezet |= {(len(uit) + onder, plaats + naast): None for onder in range(hoog) for naast in range(breed)}
            plaats += breed
        uit.append([cellen.get(nummer, Cel()) for nummer in range(max(cellen, default=-1) + 1)])
    return uit


def _span(cel: Knoop, naam: str) -> int:
    """Return over how many columns or rows a cell reaches; nobody means more than twenty."""
    waarde = cel.eigenschappen.get(naam, "")
    return min(max(int(waarde), 1), 20) if waarde.isascii() and waarde.isdigit() and len(waarde) < 5 else 1


def _zoek(knoop: Knoop, naam: str) -> Iterator[Knoop]:
    """Yield the rows of a table itself, not those of a table inside it."""
    for kind in knoop.kinderen:
        if isinstance(kind, Knoop) and kind.naam == naam:
            yield kind
        elif isinstance(kind, Knoop) and kind.naam in TABELDELEN - {"td", "th", "caption"}:
            yield from _zoek(kind, naam)
