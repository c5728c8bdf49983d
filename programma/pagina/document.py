"""The page of one document as a whole, ready to place."""

from __future__ import annotations

from dataclasses import dataclass

from programma.inhoud import Documentstuk
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.aansluiting import Aansluiting, aansluiting
from programma.pagina.adres import Adres, Link
from programma.pagina.autorisatie import naar_autorisatie
from programma.pagina.herkomst import Herkomst, Status, beschrijvingen, herkomst, status
from programma.pagina.som import Duiding, Som, duiding, focuskolom, som
from programma.pagina.taakveld import taakveldregels
from programma.pagina.uitvoering import Uitvoering, uitvoering
from programma.pagina.verdeling import Verdeling, inkomsten, uitgaven, uitgaven_per_taakveld
from programma.pagina.versies import Vasteversie, nieuwste
from programma.raming import Kolom, Meerjarenraming
from programma.toetsing.controles import STATISTIEK

TABEL_1, TABEL_2 = Link("tabel 1", "#tabel1-titel"), Link("tabel 2", "#tabel2-titel")
IV3 = (
    "Dit zijn cijfers die de gemeente aan het CBS gaf: Iv3, informatie voor derden. De raad besluit er niet over. "
    "Elk hoofdtaakveld is hier een programma, elk taakveld een pakket. Bron: CBS Iv3, CC BY 4.0."
)


@dataclass(frozen=True, slots=True)
class Documentpagina:
    """The page of a document. A part that has nothing to show is None or empty, and is not printed."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    bovenkop: str
    naam: str
    noot: str
    jaar: int
    status: Status
    versie: str
    vaste_versie: Vasteversie | None
    som: Som | None
    duiding: Duiding | None
    uitgaven: Verdeling | None
    inkomsten: Verdeling | None
    uitvoering: Uitvoering | None
    programmas_csv: Link
    taakvelden_csv: Link
    uitgaventabel: Link
    inkomstentabel: Link
    aansluiting: Aansluiting | None
    autorisatie: Link | None
    rapport: Link
    herkomst: Herkomst


def documentpagina(stuk: Documentstuk, optelling: Meerjarenraming, adres: Adres | None = None) -> Documentpagina:
    """Return the page of a document; `optelling` is `tel_op(stuk.cellen)`."""
    uitgave = stuk.uitgave
    adres = adres or adressen.actueel(uitgave)
    focus = focuskolom(stuk.kolommen, uitgave.jaar)
    raming = optelling.totaal
    per_deel, per_taakveld, vandaan = _verdelingen(stuk, optelling, focus, adres)
    return Documentpagina(
        titel=f"{uitgave.titel} – Gemeente {stuk.gemeente}",
        omschrijving=f"De {uitgave.titel} van de gemeente {stuk.gemeente}: programma’s, bedragen en herkomst.",
        canoniek=adres.wortel,
        kruimels=(Link("Home", "/"), Link(uitgave.titel, adres.wortel)),
        bovenkop=f"Gemeente {stuk.gemeente}",
        naam=uitgave.titel,
        noot=IV3 if uitgave.document_soort in STATISTIEK else benaming.deelnoot(stuk),
        jaar=uitgave.jaar,
        status=status(uitgave),
        versie=f"Versie {uitgave.nummer}",
        vaste_versie=nieuwste(adres, adressen.actueel(uitgave).wortel),
        som=som(raming[focus], focus.jaar) if focus else None,
        duiding=duiding(raming, stuk.kolommen, focus, stuk.inwoners) if focus else None,
        uitgaven=per_deel or per_taakveld,
        inkomsten=vandaan,
        uitvoering=uitvoering(stuk, optelling, focus, adres) if focus else None,
        programmas_csv=Link("CSV", adres.bestand("programmas.csv"), "van tabel 1"),
        taakvelden_csv=Link("CSV", adres.bestand("taakvelden.csv"), "van tabel 2"),
        uitgaventabel=TABEL_1 if per_deel else TABEL_2,
        inkomstentabel=TABEL_2,
        aansluiting=aansluiting(stuk.gedrukt, optelling, stuk.cellen, "dit document", adres.rapport),
        autorisatie=naar_autorisatie(uitgave, adres),
        rapport=Link("Aansluitingsrapport: alle controles op deze cijfers", adres.rapport),
        herkomst=herkomst(
            uitgave,
            adres,
            adressen.vast(uitgave).wortel,
            beschrijvingen(stuk.bestanden, adres) or (Link("Alle regels", adres.bestand("begroting.csv"), "CSV"),),
            stuk.bestanden,
            bronnen=stuk.bronnen,
            uitvoer=adres.uitvoer(),
        ),
    )


def _verdelingen(
    stuk: Documentstuk, optelling: Meerjarenraming, focus: Kolom | None, adres: Adres
) -> tuple[Verdeling | None, Verdeling | None, Verdeling | None]:
    """Return where the money goes, per part and per taakveld, and where it comes from."""
    if focus is None:
        return None, None, None
    per_deel = uitgaven(stuk, optelling, focus, adres)
    if not stuk.met_taakvelden:
        return per_deel, None, None
    regels = taakveldregels(stuk.taakvelden)
    return per_deel, uitgaven_per_taakveld(regels, focus), inkomsten(regels, focus)
