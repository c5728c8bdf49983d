"""A column of this document next to the same one in the document before and after it, like with like by code. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from programma.aansluiting.gedrukt import plek_van
from programma.aansluiting.rij import Controle, Plek, Rij, kolomwoorden, onbekend, vergelijk
from programma.aansluiting.stuk import Aansluitstuk, Ander, Som
from programma.cijfer import GROOTHEDEN
from programma.inhoud import Uitgave
from programma.raming import NUL, Kolom, Soort
from programma.toetsing.controles import STATISTIEK
from programma.toetsing.gedrukt import speling
from veiligheid.formatting import hoofdletter

# When in the cycle a document is made: months counted from January of its year. The budget of 2026 is made in the
# autumn of 2025, the jaarstukken of 2025 in the spring of 2026.
MAAND = {"kadernota": -8, "begroting": -3, "tussenrapportage": 6, "jaarstukken": 15}
IV3 = "iv3_"


def maand(soort: str, jaar: int) -> int:
    """Return the place of a document in the cycle, in months; a kind that is not in it comes in its own January."""
    return 12 * jaar + MAAND.get(soort.removeprefix(IV3), 0)


def buren(uitgave: Uitgave, kolommen: Sequence[Kolom], anderen: Iterable[Ander]) -> tuple[Ander | None, Ander | None]:
    """Return the document before and after this one in the cycle that has a column in common with it.

    Statistics (Iv3) are compared with statistics, and what the council gets with what the council gets.
    """
    deze, eigen = maand(uitgave.document_soort, uitgave.jaar), set(kolommen)
    statistiek = uitgave.document_soort in STATISTIEK
    verwant = [
        ander
        for ander in anderen
        if ander.slug != uitgave.document_slug
        and (ander.soort in STATISTIEK) == statistiek
        and eigen & set(ander.kolommen)
    ]
    op_volgorde = sorted(verwant, key=lambda ander: (maand(ander.soort, ander.jaar), ander.slug))
    eerder = [ander for ander in op_volgorde if maand(ander.soort, ander.jaar) < deze]
    later = [ander for ander in op_volgorde if maand(ander.soort, ander.jaar) > deze]
    return (eerder[-1] if eerder else None), (later[0] if later else None)


def van_hetzelfde_jaar(uitgave: Uitgave, anderen: Iterable[Ander]) -> Ander | None:
    """Return the Iv3 document of the same kind and year, or None."""
    soort = IV3 + uitgave.document_soort
    return next((ander for ander in anderen if ander.soort == soort and ander.jaar == uitgave.jaar), None)


def documenten(stuk: Aansluitstuk) -> Iterator[Rij]:
    """Yield the columns that the neighbours have too, per pakket, per programme and for the document."""
    for ander, welk, wanneer in ((stuk.vorig, "vorige", "eerder"), (stuk.volgend, "volgende", "later")):
        if ander is None:
            reden = f"Er is geen {wanneer} document gepubliceerd met een kolom die dit document ook heeft."
            plek = Plek(f"{welk} document")
            yield onbekend(Controle.DOCUMENTEN, plek, f"dit document, en het {welk}", reden)
        else:
            yield from _met(stuk, ander)


def _met(stuk: Aansluitstuk, ander: Ander) -> Iterator[Rij]:
    hier, daar = _per_plek(stuk.sommen), _per_plek(ander.sommen)
    vergeleken = f"dit document, en {ander.naam}"
    samen = [kolom for kolom in stuk.kolommen if kolom in ander.kolommen]
    gelijk = {programma for programma, _ in hier} == {programma for programma, _ in daar}
    for programma, pakket in {**hier, **daar}:
        a, b = hier.get((programma, pakket)), daar.get((programma, pakket))
        if not programma and not gelijk:
            reden = f"Dit document en {ander.naam} hebben niet dezelfde programma’s. Hun totalen zeggen niet hetzelfde."
            yield onbekend(Controle.DOCUMENTEN, Plek("totaal van het document"), vergeleken, reden)
        elif a is None or b is None:
            waar = "dit document" if b is None else ander.naam
            wat = f"pakket {pakket}" if pakket else f"programma {programma}"
            # The code stands in the sentence: a page of it need not exist here.
            plek = Plek(wat, programma if a else "", pakket if a else "")
            yield onbekend(Controle.DOCUMENTEN, plek, vergeleken, f"{hoofdletter(wat)} staat alleen in {waar}.")
        else:
            for kolom in samen:
                yield from _kolom(programma, pakket, kolom, a.get(kolom), b.get(kolom), vergeleken)


def _kolom(
    programma: str, pakket: str, kolom: Kolom, hier: Som | None, daar: Som | None, vergeleken: str
) -> Iterator[Rij]:
    """Yield a row per soort. Only what was taken over in thousands can differ by rounding."""
    precisie = max((som.precisie for som in (hier, daar) if som), default=1)
    for nummer, soort in enumerate(Soort):
        aantallen = [som.aantallen[nummer] for som in (hier, daar) if som]
        if not any(aantallen):
            continue
        a, b = (som.euro(soort) if som else NUL for som in (hier, daar))
        ruimte = speling(max(aantallen), precisie) if precisie > 1 else NUL
        plek = plek_van(GROOTHEDEN[soort], programma, pakket, kolom)
        yield vergelijk(Controle.DOCUMENTEN, plek, vergeleken, a, b, ruimte, _leeg(hier, daar, kolom))


def _leeg(hier: Som | None, daar: Som | None, kolom: Kolom) -> str:
    if hier and daar:
        return ""
    return f"In {'dit' if hier is None else 'het andere'} document staat hier geen bedrag bij {kolomwoorden(kolom)}."


def _per_plek(sommen: Iterable[Som]) -> Mapping[tuple[str, str], Mapping[Kolom, Som]]:
    per_plek: dict[tuple[str, str], dict[Kolom, Som]] = {}
    for som in sommen:
        per_plek.setdefault((som.programma, som.pakket), {})[som.kolom] = som
    return per_plek
