"""A page as a tree: HTML read back strictly, so that a test can ask what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

LEEG = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """An element with its attributes, its children and the texts directly inside it."""

    naam: str
    attributen: dict[str, str] = field(default_factory=dict)
    inhoud: list[Element | str] = field(default_factory=list)

    def alle(self, *namen: str) -> Iterator[Element]:
        """Yield the elements inside with one of these names (all of them without names), in order."""
        for deel in self.inhoud:
            if isinstance(deel, Element):
                if not namen or deel.naam in namen:
                    yield deel
                yield from deel.alle(*namen)

    @property
    def tekst(self) -> str:
        delen = [deel if isinstance(deel, str) else deel.tekst for deel in self.inhoud]
        return " ".join("".join(delen).split())

    def met_id(self, naam: str) -> Element:
        (gevonden,) = [element for element in self.alle() if element.attributen.get("id") == naam]
        return gevonden


class Lezer(HTMLParser):
    """Make a tree; an element that is not closed in order, or an attribute that comes twice, is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.wortel = Element("#document")
        self.open = [self.wortel]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._voeg_toe(tag, attrs)
        if tag not in LEEG:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._voeg_toe(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().naam == tag, f"</{tag}> closes something else, at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        self.open[-1].inhoud.append(data)

    def _voeg_toe(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        element = Element(tag, {naam: waarde or "" for naam, waarde in attrs})
        assert len(element.attributen) == len(attrs), attrs
        self.open[-1].inhoud.append(element)
        return element


def lees(html: str) -> Element:
    """Parse a page."""
    lezer = Lezer()
    lezer.feed(html)
    lezer.close()
    assert lezer.open == [lezer.wortel]
    return lezer.wortel
