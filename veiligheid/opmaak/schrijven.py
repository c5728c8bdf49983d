"""From blocks to HTML, and to plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from veiligheid.opmaak.blokken import Alinea, Blok, Cel, Citaat, Kop, Lijst, Tabel
from veiligheid.opmaak.regel import regel_html, regel_kaal


def html(blokken: Iterable[Blok]) -> str:
    """Return the blocks as HTML."""
    return "".join(_blok(blok) for blok in blokken)


def _blok(blok: Blok) -> str:
    match blok:
        case Alinea():
            taal = f' lang="{escape(blok.taal)}"' if blok.taal else ""
            return f"<p{taal}>{regel_html(blok.regel)}</p>"
        case Kop():
            return f"<h{blok.niveau}>{regel_html(blok.regel)}</h{blok.niveau}>"
        case Citaat():
            return f"<blockquote>{html(blok.blokken)}</blockquote>"
        case Lijst():
            tag = "ol" if blok.genummerd else "ul"
            return f"<{tag}>{''.join(f'<li>{_binnen(punt)}</li>' for punt in blok.punten)}</{tag}>"
        case Tabel():
            return _tabel(blok)


def _binnen(blokken: Sequence[Blok]) -> str:
    """Return what an item or a cell holds: a lone paragraph, before lists or not, needs no tag of its own."""
    eerste, rest = blokken[:1], blokken[1:]
    if eerste and isinstance(eerste[0], Alinea) and not eerste[0].taal and not any(isinstance(b, Alinea) for b in rest):
        return regel_html(eerste[0].regel) + html(rest)
    return html(blokken)


def _tabel(tabel: Tabel) -> str:
    """Return a table. Without any column head there is no thead; a head in a later row heads that row."""
    bijschrift = f"<caption>{regel_html(tabel.bijschrift)}</caption>" if tabel.bijschrift else ""
    met_kop = any(cel.kop for cel in tabel.rijen[0])
    rijen = [_rij(rij, "col" if nummer == 0 else "row") for nummer, rij in enumerate(tabel.rijen)]
    kop = f"<thead>{rijen[0]}</thead>" if met_kop else ""
    return f"<table>{bijschrift}{kop}<tbody>{''.join(rijen[1:] if met_kop else rijen)}</tbody></table>"


def _rij(rij: Sequence[Cel], richting: str) -> str:
    cellen = (
        f'<th scope="{richting}">{_binnen(cel.blokken)}</th>' if cel.kop else f"<td>{_binnen(cel.blokken)}</td>"
        for cel in rij
    )
    return f"<tr>{''.join(cellen)}</tr>"


def kaal(blokken: Iterable[Blok]) -> str:
    """Return the blocks as plain text: an empty line between blocks, "- " before items, tabs between cells."""
    return "\n\n".join(_kaal_blok(blok) for blok in blokken)


def _kaal_blok(blok: Blok) -> str:
    match blok:
        case Alinea() | Kop():
            return regel_kaal(blok.regel)
        case Citaat():
            return kaal(blok.blokken)
        case Lijst():
            return "\n".join(
                _kaal_punt(f"{nummer}. " if blok.genummerd else "- ", punt)
                for nummer, punt in enumerate(blok.punten, start=1)
            )
        case Tabel():
            rijen = ["\t".join(_kaal_cel(cel) for cel in rij) for rij in blok.rijen]
            return "\n".join([*([regel_kaal(blok.bijschrift)] if blok.bijschrift else []), *rijen])


def _kaal_punt(teken: str, punt: Sequence[Blok]) -> str:
    """Return an item; its further lines are indented under it."""
    return teken + "\n".join(_kaal_blok(blok) for blok in punt).replace("\n", "\n  ")


def _kaal_cel(cel: Cel) -> str:
    return " ".join(_kaal_blok(blok) for blok in cel.blokken).replace("\n", " ")
