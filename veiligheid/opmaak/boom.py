"""From any HTML to a small tree: first through nh3, so that what we read is well-formed and holds no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

KOPPEN = {"h1": 3, "h2": 3, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
# Elements that end a line of text, but say nothing else that we keep.
DOOSJES = frozenset(
    {"div", "section", "article", "main", "header", "footer", "aside", "nav", "figure", "figcaption", "details"}
    | {"summary", "address", "center", "pre", "dl", "dt", "dd", "fieldset", "legend", "form", "hr"}
)
LIJSTEN = frozenset({"ul", "ol"})
INLINE = frozenset({"a", "strong", "b", "em", "i", "span", "br"})
TABELDELEN = frozenset({"caption", "thead", "tbody", "tfoot", "tr", "th", "td"})
# Style and class are read for what Word means by them, and never written again.
_VORM = {"style", "class"}
_RUIM = nh3.Cleaner(
    tags={"p", "li", "blockquote", "table", *KOPPEN, *DOOSJES, *LIJSTEN, *INLINE, *TABELDELEN},
    clean_content_tags={"script", "style", "title", "template", "noscript", "textarea", "select", "svg", "math"},
    attributes={
        "*": set(),
        "a": {"href"},
        "p": {"lang", *_VORM},
        "span": {"lang", *_VORM},
        "b": _VORM,
        "strong": _VORM,
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
)
# Deeper than people write; a made-up text of ten thousand levels becomes flat here instead of a RecursionError.
DIEPST = 40


@dataclass(slots=True)
class Knoop:
    """An element with its attributes and children; a child is an element or a text."""

    naam: str
    eigenschappen: dict[str, str] = field(default_factory=dict)
    kinderen: list[Knoop | str] = field(default_factory=list)

    def stijl(self, woord: str) -> bool:
        """Return whether the style attribute holds this, white space left out: "mso-list:ignore"."""
        return woord in "".join(self.eigenschappen.get("style", "").lower().split())

    def bevat_blok(self) -> bool:
        """Return whether a block stands somewhere below this element, as in a bold that holds a whole page."""
        return any(isinstance(kind, Knoop) and (kind.naam not in INLINE or kind.bevat_blok()) for kind in self.kinderen)

    def tekst(self) -> str:
        """Return all text below this element."""
        return "".join(kind if isinstance(kind, str) else kind.tekst() for kind in self.kinderen)


class _Lezer(HTMLParser):
    """Builds the tree from what nh3 wrote: every element is closed, and nothing needs repair."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wortel = Knoop("div")
        self._open: list[Knoop | None] = [self.wortel]
        self._diepte = 1

    def _boven(self) -> Knoop:
        return next(knoop for knoop in reversed(self._open) if knoop is not None)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        knoop = Knoop(tag, {naam: waarde or "" for naam, waarde in attrs})
        if tag in {"br", "hr"}:
            self._boven().kinderen.append(knoop)
        elif self._diepte >= DIEPST:
            self._open.append(None)
        else:
            self._boven().kinderen.append(knoop)
            self._open.append(knoop)
            self._diepte += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"br", "hr"} or len(self._open) == 1:
            return
        if self._open.pop() is not None:
            self._diepte -= 1

    def handle_data(self, data: str) -> None:
        self._boven().kinderen.append(data)


def boom(html: str) -> Knoop:
    """Return the tree of any HTML, however broken or hostile; its root stands for the whole text."""
    lezer = _Lezer()
    lezer.feed(_RUIM.clean(html))
    lezer.close()
    return lezer.wortel
