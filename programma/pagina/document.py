"""The page of one document as a whole, ready to place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from programma.inhoud import Documentstuk
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.aansluiting import Aansluiting, aansluiting
from programma.pagina.adres import Adres, Link
from programma.pagina.herkomst import Herkomst, Status, herkomst, status
from programma.pagina.pakket import Aandeel, aandeel
from programma.pagina.som import Duiding, Som, duiding, focuskolom, som
from programma.pagina.versies import Vasteversie, nieuwste
from programma.raming import Kolom, Meerjarenraming


@dataclass(frozen=True, slots=True)
class Balk:
    """A programme with its share of all lasten."""

    link: Link
    aandeel: Aandeel


@dataclass(frozen=True, slots=True)
class Documentpagina:
    """The page of a document. A part that has nothing to show is None or empty, and is not printed."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    bovenkop: str
    naam: str
    jaar: int
    status: Status
    versie: str
    vaste_versie: Vasteversie | None
    som: Som | None
    duiding: Duiding | None
    balken: tuple[Balk, ...]
    aansluiting: Aansluiting | None
    herkomst: Herkomst


def documentpagina(stuk: Documentstuk, optelling: Meerjarenraming, adres: Adres | None = None) -> Documentpagina:
    """Return the page of a document; `optelling` is `tel_op(stuk.cellen)`."""
    uitgave = stuk.uitgave
    adres = adres or adressen.actueel(uitgave)
    focus = focuskolom(stuk.kolommen, uitgave.jaar)
    raming = optelling.totaal
    return Documentpagina(
        titel=f"{uitgave.titel} – Gemeente {stuk.gemeente}",
        omschrijving=f"De {uitgave.titel} van de gemeente {stuk.gemeente}: programma’s, bedragen en herkomst.",
        canoniek=adres.wortel,
        kruimels=(Link("Home", "/"), Link(uitgave.titel, adres.wortel)),
        bovenkop=f"Gemeente {stuk.gemeente}",
        naam=uitgave.titel,
        jaar=uitgave.jaar,
        status=status(uitgave),
        versie=f"Versie {uitgave.nummer}",
        vaste_versie=nieuwste(adres, adressen.actueel(uitgave).wortel),
        som=som(raming[focus], focus.jaar) if focus else None,
        duiding=duiding(raming, stuk.kolommen, focus, stuk.inwoners) if focus else None,
        balken=_balken(stuk, optelling, focus, adres) if focus else (),
        aansluiting=aansluiting(stuk.gedrukt, optelling, stuk.cellen, "dit document"),
        herkomst=herkomst(
            uitgave,
            adres,
            adressen.vast(uitgave).wortel,
            () if stuk.bestanden else (Link("Alle regels", adres.bestand("begroting.csv"), "CSV"),),
            stuk.bestanden,
            bronnen=stuk.bronnen,
        ),
    )


def _balken(stuk: Documentstuk, optelling: Meerjarenraming, focus: Kolom, adres: Adres) -> tuple[Balk, ...]:
    """Return the programmes from most to least lasten; none if there are no two to compare."""
    geheel = optelling.totaal[focus].lasten
    paren = [(raming[focus].lasten, rij) for rij in stuk.programmas if (raming := optelling.programmas.get(rij.code))]
    balken = tuple(
        Balk(Link(benaming.volledig(rij), adres.programma(rij.slug)), deel)
        for lasten, rij in sorted(paren, key=lambda paar: paar[0])
        if (deel := aandeel(lasten, geheel, focus.jaar, "van alle lasten")) and deel.breedte
    )
    return balken if _vergelijkbaar(balken) else ()


def _vergelijkbaar(balken: Sequence[Balk]) -> bool:
    return len(balken) > 1
