"""The page of the reconciliation of a version, ready to place, and its rows for a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from programma.aansluiting import Aansluitstuk, Controle, Oordeel, Rij, tel
from programma.inhoud import Programmarij
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.adres import Adres, Link
from programma.pagina.herkomst import Dag, Herkomst, Status, herkomst, status, tijdstip
from programma.pagina.versies import Vasteversie, nieuwste
from veiligheid.formatting import afgerond, decimaal, hoofdletter

CSV, PDF = "aansluiting.csv", "aansluiting.pdf"
OP_HET_SCHERM = 500
"""On a screen nobody reads more; the CSV has them all."""
NAMEN = {
    Controle.GEDRUKT: "Gedrukte totalen",
    Controle.REGELS: "Regels per pakket",
    Controle.NIVEAUS: "Pakketten, programma’s en document",
    Controle.SALDO: "Saldo en resultaat",
    Controle.TAAKVELDEN: "Overzicht per taakveld",
    Controle.WIJZIGINGEN: "Begroting na wijziging",
    Controle.DOCUMENTEN: "Vorig en volgend document",
    Controle.IV3: "Cijfers aan het CBS (Iv3)",
    Controle.TEKSTEN: "Bedragen in teksten",
    Controle.BESTANDEN: "Bestanden",
}
UITLEG = {
    Controle.GEDRUKT: "Elk totaal dat in de bron gedrukt staat, naast de som van onze regels. Die som ronden wij "
    "af zoals de bron dat doet.",
    Controle.REGELS: "De som per pakket die de database maakt, naast de regels die wij een voor een optellen.",
    Controle.NIVEAUS: "Elk programma naast zijn pakketten, en het hele document naast zijn programma’s.",
    Controle.SALDO: "Saldo is lasten plus baten. Resultaat is saldo plus toevoegingen en onttrekkingen. Op elk niveau.",
    Controle.TAAKVELDEN: "Het overzicht per taakveld, opgeteld, naast de totalen van het document.",
    Controle.WIJZIGINGEN: "Per regel: de begroting na wijziging naast de primaire begroting plus de besluiten van de "
    "raad.",
    Controle.DOCUMENTEN: "Dezelfde kolom in het document ervoor en erna, per pakket en per programma. Wij "
    "vergelijken op code.",
    Controle.IV3: "De regels per taakveld naast wat de gemeente aan het CBS gaf. Die cijfers zijn in duizenden euro’s.",
    Controle.TEKSTEN: "Bedragen die een tekst noemt, naast de bedragen van hetzelfde pakket of programma. Wat een zin "
    "bedoelt, kan geen computer zeker weten: een bedrag dat nergens staat, is niet te controleren.",
    Controle.BESTANDEN: "De sha256 van elk bestand, opnieuw berekend, naast die van de publicatie. Van een PDF "
    "controleren wij dat hij van deze inhoud is gemaakt en niet is veranderd, niet wat erin staat.",
}
OORDELEN = (
    (Oordeel.AAN, "De twee bedragen zijn gelijk, ook na afronden zoals de bron of de tekst dat doet."),
    (
        Oordeel.AFRONDING,
        "Het verschil is niet groter dan afronding kan verklaren: van n bedragen samen hoogstens (n + 1) / 2 eenheden.",
    ),
    (
        Oordeel.VERSCHIL,
        "De bedragen verschillen meer dan afronding verklaart. Schreef de gemeente op waarom, dan staat het erbij.",
    ),
    (Oordeel.ONBEKEND, "Er ontbreken gegevens. De reden staat erbij."),
)
CSV_KOP = (
    *("document", "versie", "controle", "programma_code", "programma", "pakket_code", "pakket", "wat", "fase", "jaar"),
    *("vergeleken", "gepubliceerd", "nagerekend", "verschil", "speling", "oordeel", "reden"),
)
ERNST = {wat: nummer for nummer, wat in enumerate(Oordeel)}


@dataclass(frozen=True, slots=True)
class Rapportkeuze:
    """What somebody asked to see: one check or all, and also what agrees or only what does not."""

    controle: Controle | None = None
    alles: bool = False


@dataclass(frozen=True, slots=True)
class Optie:
    """A choice in the form."""

    waarde: str
    tekst: str
    gekozen: bool


@dataclass(frozen=True, slots=True)
class Aansluitpagina:
    """The page of the reconciliation. `rijen` are those to show, `telling` counts all rows per check and verdict."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    bovenkop: str
    status: Status
    versie: str
    vaste_versie: Vasteversie | None
    zin: str
    rest: str
    stand_van: Dag | None
    keuze: Rapportkeuze
    opties: tuple[Optie, ...]
    telling: Counter[tuple[Controle, Oordeel]]
    rijen: tuple[Rij, ...]
    gevonden: str
    meer: str
    downloads: tuple[Link, ...]
    oordelen: tuple[tuple[str, str], ...]
    uitleg: tuple[tuple[str, str], ...]
    herkomst: Herkomst


def lees_keuze(controle: str | None, alles: str | None) -> Rapportkeuze:
    """Return what the words of an address ask for; an unknown check is all of them."""
    gevraagd = Controle(controle) if controle in set(Controle) else None
    return Rapportkeuze(gevraagd, alles == "1")


def aansluitpagina(
    stuk: Aansluitstuk, rijen: Sequence[Rij], keuze: Rapportkeuze, adres: Adres | None = None
) -> Aansluitpagina:
    """Return the page; `rijen` is `controleer(stuk)`."""
    uitgave = stuk.uitgave
    adres = adres or adressen.actueel(uitgave)
    telling = tel(rijen)
    gekozen = [
        rij for rij in rijen if keuze.controle in {None, rij.controle} and (keuze.alles or rij.oordeel != Oordeel.AAN)
    ]
    naam = f"Aansluitingsrapport {uitgave.titel}"
    return Aansluitpagina(
        titel=f"{naam} – Gemeente {stuk.gemeente}",
        omschrijving=f"Elk totaal van de {uitgave.titel} nagerekend: wat sluit aan, wat verschilt, en wat niet te "
        "controleren is.",
        canoniek=adres.rapport,
        kruimels=(
            Link("Home", "/"),
            Link(uitgave.titel, adres.wortel),
            Link("Aansluitingsrapport", adres.rapport),
        ),
        bovenkop=uitgave.titel,
        status=status(uitgave),
        versie=f"Versie {uitgave.nummer}",
        vaste_versie=nieuwste(adres, adressen.actueel(uitgave).rapport),
        zin=_zin(telling),
        rest=_rest(telling),
        stand_van=tijdstip(stuk.stand_van),
        keuze=keuze,
        opties=(
            Optie("", "Alle controles", keuze.controle is None),
            *(Optie(wat.value, NAMEN[wat], wat == keuze.controle) for wat in Controle),
        ),
        telling=telling,
        rijen=tuple(_ergste(gekozen)),
        gevonden=_gevonden(gekozen, keuze),
        meer=_meer(len(gekozen)),
        downloads=_downloads(stuk, adres),
        oordelen=tuple((hoofdletter(wat.value), betekenis) for wat, betekenis in OORDELEN),
        uitleg=tuple((NAMEN[wat], UITLEG[wat]) for wat in Controle),
        herkomst=herkomst(
            uitgave,
            adres,
            adressen.vast(uitgave).rapport,
            (),
            [proef.bestand for proef in stuk.bestanden],
            bronnen=stuk.bronnen,
        ),
    )


def _zin(telling: Counter[tuple[Controle, Oordeel]]) -> str:
    """Return the verdict in one sentence: that on the printed totals, or where there are none on everything."""
    gedrukt = sum(telling[Controle.GEDRUKT, wat] for wat in Oordeel if wat != Oordeel.ONBEKEND)
    if gedrukt:
        goed = telling[Controle.GEDRUKT, Oordeel.AAN]
        afronding = telling[Controle.GEDRUKT, Oordeel.AFRONDING]
        erbij = f", bij {decimaal(afronding)} is er een verschil door afronding" if afronding else ""
        return f"{decimaal(goed)} van {decimaal(gedrukt)} gedrukte totalen sluiten aan{erbij}"
    return f"{decimaal(_samen(telling, Oordeel.AAN))} van {decimaal(telling.total())} controles sluiten aan"


def _rest(telling: Counter[tuple[Controle, Oordeel]]) -> str:
    """Return how often each verdict was given, over all checks."""
    aan, afronding, verschil, onbekend = (
        decimaal(_samen(telling, wat)) for wat in (Oordeel.AAN, Oordeel.AFRONDING, Oordeel.VERSCHIL, Oordeel.ONBEKEND)
    )
    return (
        f"Alle controles samen: {aan} van {decimaal(telling.total())} sluiten aan. "
        f"Verschil door afronding: {afronding}. Verschil: {verschil}. Niet te controleren: {onbekend}."
    )


def _samen(telling: Counter[tuple[Controle, Oordeel]], wat: Oordeel) -> int:
    return sum(telling[controle, wat] for controle in Controle)


def _ergste(rijen: Sequence[Rij]) -> list[Rij]:
    """Return at most as many rows as fit on a screen: the worst ones, check by check, the worst first in each."""
    volgorde = {controle: nummer for nummer, controle in enumerate(Controle)}
    ergste = sorted(rijen, key=lambda rij: ERNST[rij.oordeel])[:OP_HET_SCHERM]
    return sorted(ergste, key=lambda rij: (volgorde[rij.controle], ERNST[rij.oordeel]))


def _gevonden(rijen: Sequence[Rij], keuze: Rapportkeuze) -> str:
    """Return what the table shows, or that there is nothing to show."""
    waarvan = f" bij {NAMEN[keuze.controle].lower()}" if keuze.controle else ""
    if not rijen:
        return f"Er is niets dat afwijkt{waarvan}." if not keuze.alles else f"Er zijn geen controles{waarvan}."
    wat = "controles" if keuze.alles else "controles die niet aansluiten of niet te controleren zijn"
    if len(rijen) == 1:
        wat = "controle" if keuze.alles else "controle die niet aansluit of niet te controleren is"
    return f"{decimaal(len(rijen))} {wat}{waarvan}."


def _meer(aantal: int) -> str:
    if aantal <= OP_HET_SCHERM:
        return ""
    return f"U ziet er {decimaal(OP_HET_SCHERM)}, de ernstigste eerst. In de CSV staan ze alle {decimaal(aantal)}."


def _downloads(stuk: Aansluitstuk, adres: Adres) -> tuple[Link, ...]:
    wortel = adres.wortel + CSV
    pdf = [Link("Rapport (PDF)", adres.bestand(PDF))] if any(rij.bestand.naam == PDF for rij in stuk.bestanden) else []
    return (
        Link("Alle controles (CSV)", wortel),
        Link("Alle controles voor Excel (CSV)", f"{wortel}?vorm=excel"),
        *pdf,
    )


# --- a row ----------------------------------------------------------------------------------------------------------


def waar(rij: Rij, stuk: Aansluitstuk) -> str:
    """Return where a figure stands: "Lasten, pakket 1E, primaire begroting 2025"; of a file, its name."""
    plek = rij.plek
    delen = [plek.wat if rij.controle == Controle.BESTANDEN else hoofdletter(plek.wat)]
    if plek.pakket and f"pakket {plek.pakket}" != plek.wat:
        delen.append(f"pakket {plek.pakket}")
    elif plek.programma and f"programma {plek.programma}" != plek.wat:
        eigen = _programma(stuk, plek.programma)
        delen.append(benaming.onderdeel(eigen) if eigen else f"programma {plek.programma}")
    elif plek.woord and not plek.programma:
        delen.append("hele document")
    if plek.kolom:
        delen.append(f"{benaming.fase(plek.kolom).lower()} {plek.kolom.jaar}")
    return ", ".join(delen)


def link(rij: Rij, stuk: Aansluitstuk, adres: Adres) -> str:
    """Return the address of what a row is about: the page of its figure, pakket or programme, or its file; or ""."""
    plek = rij.plek
    if rij.controle == Controle.BESTANDEN:
        namen = {proef.bestand.naam for proef in stuk.bestanden}
        return adres.bestand(plek.wat) if plek.wat in namen else ""
    eigen = _programma(stuk, plek.programma)
    slug = eigen.slug if eigen else None
    if plek.programma and slug is None:
        return ""
    if plek.woord and plek.kolom:
        return adres.bedrag(slug, plek.woord, plek.kolom)
    if slug is None:
        return ""
    return adres.pakket(slug, plek.pakket) if plek.pakket else adres.programma(slug)


def _programma(stuk: Aansluitstuk, code: str) -> Programmarij | None:
    return next((rij for rij in stuk.programmas if rij.code == code), None)


def csv_rijen(stuk: Aansluitstuk, rijen: Sequence[Rij]) -> Iterator[tuple[object, ...]]:
    """Yield the file: its header and every row. Amounts are euros with two decimals and the stored sign."""
    yield CSV_KOP
    programmas = {rij.code: rij.naam for rij in stuk.programmas}
    pakketten = {(code, rij.code): rij.naam for code, deze in stuk.pakketten.items() for rij in deze}
    for rij in rijen:
        plek = rij.plek
        yield (
            stuk.uitgave.document_slug,
            stuk.uitgave.nummer,
            rij.controle.value,
            plek.programma,
            programmas.get(plek.programma, ""),
            plek.pakket,
            pakketten.get((plek.programma, plek.pakket), ""),
            plek.wat,
            plek.kolom.fase if plek.kolom else "",
            plek.kolom.jaar if plek.kolom else None,
            rij.vergeleken,
            *(_centen(bedrag) for bedrag in (rij.gepubliceerd, rij.nagerekend, rij.verschil)),
            _centen(rij.speling if rij.verschil is not None else None),
            rij.oordeel.value,
            rij.reden,
        )


def _centen(bedrag: Decimal | str | None) -> Decimal | str | None:
    """Return an amount with cents; the leeway of a text in cents has a digit more."""
    if not isinstance(bedrag, Decimal):
        return bedrag
    rond = afgerond(bedrag, 2)
    return rond if rond == bedrag else bedrag
