"""Reading what answers a question, and the name that stands above pages that belong to no document."""

from __future__ import annotations

from django.db.models import Max

from programma.lezing.gemeente import naam_op
from programma.models import Versie
from programma.pagina.zoeken import Gevonden, zoek_begrippen
from programma.querysets.zoekstuk import Uitkomst, buurwoorden, zoek
from programma.zoeken import Groep, Zoekvraag
from programma.zoeken.spelling import beste


def gemeentenaam() -> str:
    """Return the name of the municipality as the newest publication knows it. Two queries."""
    return naam_op(Versie.objects.gepubliceerd().aggregate(nieuwste=Max("peilmoment"))["nieuwste"])


def lees_zoeken(vraag: Zoekvraag, groep: Groep | None, jaar: int | None, blad: int) -> tuple[str, Gevonden]:
    """Return the municipality's name and what was found. At most three queries.

    Explanations of words belong to no year: with a year chosen there are none. Where nothing at all is found, each
    word has the nearest word that can be found.
    """
    if not vraag.zoekbaar():
        return gemeentenaam(), Gevonden(vraag, groep, jaar)
    begrippen = zoek_begrippen(vraag) if jaar is None else ()
    uitkomst = zoek(vraag, groep, jaar, blad, len(begrippen) if groep in {None, Groep.BEGRIP} else 0)
    bedoeld = _bedoeld(vraag, uitkomst)
    gevonden = Gevonden(vraag, groep, jaar, begrippen, uitkomst.aantallen, uitkomst.treffers, uitkomst.blad, bedoeld)
    return naam_op(uitkomst.peilmoment), gevonden


def _bedoeld(vraag: Zoekvraag, uitkomst: Uitkomst) -> dict[str, str]:
    """Return per word (as typed) that the index does not have the nearest one that it has."""
    if uitkomst.aantallen:
        return {}
    buren = buurwoorden(vraag.termen)
    beter = {term.woord: beste(term.vorm, woorden) for term, woorden in zip(vraag.termen, buren, strict=True)}
    return {woord: bedoeld for woord, bedoeld in beter.items() if bedoeld}
