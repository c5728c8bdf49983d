"""What a rich text may hold, in one place: paragraphs, headings, lists, links, quotations and simple tables.

`schoon` is for every way in (form, import, paste), `als_html` for every way out. Stored is plain HTML, so no text
depends on the editor that wrote it. A text of before the editor is plain; it shows as it always did.
"""

from __future__ import annotations

import re
from html import escape, unescape

import nh3
from django.utils.safestring import SafeString, mark_safe

from veiligheid.alineas import BLOKTAGS, alineas, opgemaakt
from veiligheid.opmaak.blokken import Blok
from veiligheid.opmaak.lezen import lees
from veiligheid.opmaak.schrijven import html as schrijf_html
from veiligheid.opmaak.schrijven import kaal as schrijf_kaal

__all__ = ["als_html", "in_blokken", "kale_tekst", "schoon", "van_invoer"]

# The whole list. `_STRENG` runs last when we write and again when we show: nothing passes that is not named here.
_STRENG = nh3.Cleaner(
    tags={*BLOKTAGS, "li", "a", "strong", "em", "span", "br", "caption", "thead", "tbody", "tr", "th", "td"},
    attributes={"*": set(), "a": {"href"}, "p": {"lang"}, "span": {"lang"}},
    tag_attribute_values={"a": {"rel": {"noopener"}}, "th": {"scope": {"col", "row"}}},
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
)
_KOP = re.compile(r"<(/?)h([34])>")
_TABEL = re.compile(r"<table>(?:<caption>(.*?)</caption>)?", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def schoon(html: str) -> str:
    """Return any HTML as what this site stores, "" when it says nothing. Doing it twice changes nothing.

    Word's list paragraphs become lists, headings start at h3, the first row of a table heads its columns, empty
    paragraphs go. What has no place here loses its tags, not its words; scripts and styles go whole.
    """
    return _STRENG.clean(schrijf_html(lees(html)))


def van_invoer(tekst: str) -> str:
    """Return what somebody sent in a form as what this site stores: rich text is cleaned, plain text becomes it."""
    return schoon(tekst) if opgemaakt(tekst) else schoon(_alineas_html(tekst))


def als_html(tekst: str, niveau: int = 3) -> SafeString:
    """Return a stored text as HTML that is safe to show, whatever was stored.

    Plain text gets its paragraphs, escaped; rich text a box of its own. `niveau` is the level of the highest heading
    in the text: one below the heading that it stands under. A table can be scrolled sideways on its own, so that the
    page never is.
    """
    if not opgemaakt(tekst):
        return mark_safe(_alineas_html(tekst))  # noqa: S308 - every paragraph is escaped
    uit = _TABEL.sub(_schuifbaar, _STRENG.clean(tekst)).replace("</table>", "</table></div>")
    uit = _KOP.sub(lambda kop: f"<{kop[1]}h{min(6, int(kop[2]) - 3 + niveau)}>", uit)
    return mark_safe(f'<div class="tekst">{uit}</div>')  # noqa: S308 - cleaned above; what is added is ours


def kale_tekst(tekst: str) -> str:
    """Return a stored text, plain or rich, without its marks: for a comparison, a check or a CSV.

    Blocks are parted by an empty line; items begin with "- " or their number; cells are parted by a tab. The address
    of a link stands behind it, so that a comparison shows a changed address too.
    """
    return schrijf_kaal(lees(tekst)) if opgemaakt(tekst) else "\n\n".join(alineas(tekst))


def in_blokken(tekst: str) -> tuple[Blok, ...]:
    """Return the blocks of a stored text, plain or rich, for who looks at how it is built."""
    return lees(tekst if opgemaakt(tekst) else _alineas_html(tekst))


def _alineas_html(tekst: str) -> str:
    return "\n".join(f"<p>{escape(alinea)}</p>" for alinea in alineas(tekst))


def _schuifbaar(tabel: re.Match[str]) -> str:
    """Return the beginning of a table inside a box that scrolls, named after its caption."""
    naam = escape(unescape(_TAG.sub("", tabel[1] or ""))).strip() or "Tabel"
    return f'<div class="tabelvak" role="group" aria-label="{naam}" tabindex="0">{tabel[0]}'
