"""The names of the PDFs of a version: where they are under its address. Pure."""

from __future__ import annotations

from collections.abc import Iterable

DOCUMENT = "document.pdf"
AANSLUITING = "aansluiting.pdf"


def programmanaam(slug: str) -> str:
    """Return the name of the PDF of a programme."""
    return f"programma/{slug}/programma.pdf"


def alle_namen(slugs: Iterable[str]) -> list[str]:
    """Return the names of all PDFs of a version with these programmes, then of the whole, and the reconciliation."""
    return [*(programmanaam(slug) for slug in slugs), DOCUMENT, AANSLUITING]
