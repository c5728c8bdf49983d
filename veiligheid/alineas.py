"""Which form a stored text has: plain (an empty line starts a paragraph) or rich (HTML that we wrote). Pure."""

from __future__ import annotations

import re
from html import escape

# Rich text that this site stores begins with one of these; anything else is plain text, a "<" in it included.
BLOKTAGS = ("p", "h3", "h4", "ul", "ol", "blockquote", "table")
_BEGIN = re.compile(rf"\s*<(?:{'|'.join(BLOKTAGS)})(?:\s[^<>]*)?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def opgemaakt(tekst: str) -> bool:
    """Return whether a stored text is rich text."""
    return _BEGIN.match(tekst) is not None


def leeg(tekst: str) -> bool:
    """Return whether a stored text says nothing: white space, or tags with nothing in between."""
    if opgemaakt(tekst):
        tekst = _TAG.sub("", tekst).replace("&nbsp;", " ")
    return not tekst.strip()


def alineas(tekst: str) -> tuple[str, ...]:
    """Return the paragraphs of a plain text; an empty line separates them."""
    delen = tekst.replace("\r\n", "\n").split("\n\n")
    return tuple(" ".join(deel.split()) for deel in delen if deel.strip())


def stukken(tekst: str) -> tuple[str, ...]:
    """Return what to show one after the other: the paragraphs of a plain text, or a rich text as a whole.

    A paragraph of a plain text that would pass for rich text on its own is written out, so that it shows as it is.
    """
    if opgemaakt(tekst):
        return (tekst,)
    return tuple(f"<p>{escape(alinea)}</p>" if opgemaakt(alinea) else alinea for alinea in alineas(tekst))
