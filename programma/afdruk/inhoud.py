"""The pages on paper: a page of `programma.pagina` in, the blocks for the typesetter out. Pure, and every word of it.

Figures are only passed on: they are those of the page. A text goes through `Zet`, which takes a stored text and the
level of its highest heading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from programma.afdruk.opmaak import Gegevens, alinea, kop, lijst, stuk, zonder_sprong
from programma.pagina.aansluiting import Aansluiting
from programma.pagina.aansluitpagina import Aansluitpagina
from programma.pagina.benaming import Begrip
from programma.pagina.document import Documentpagina
from programma.pagina.grafiek import Grafiekblok
from programma.pagina.herkomst import Herkomst
from programma.pagina.indicator import Indicatorblok
from programma.pagina.pakket import Aandeel, Blok, Pakketblok
from programma.pagina.programma import Partij, Programmapagina
from programma.pagina.som import Duiding, Som

Zet = Callable[[str, int], list[Gegevens]]
DEMO = "demonstratie, geen publicatie van de gemeente {gemeente}"
TEKENS_VAN_DE_SOM = 16


@dataclass(frozen=True, slots=True)
class Programmadeel:
    """A programme to print: its page and its tables, as blocks."""

    pagina: Programmapagina
    tabel: Gegevens
    voetnoot: str
    indicatortabel: Gegevens | None
    noten: Sequence[str]


@dataclass(frozen=True, slots=True)
class Documentdeel:
    """A document to print: its page and its table."""

    pagina: Documentpagina
    tabel: Gegevens
    voetnoot: str


@dataclass(frozen=True, slots=True)
class Rapportdeel:
    """The reconciliation to print: its page and its tables, that of the counts first."""

    pagina: Aansluitpagina
    tabellen: Sequence[Gegevens]


def programmastuk(deel: Programmadeel, titel: str, gemeente: str, zet: Zet, *, demo: bool) -> Gegevens:
    """Return everything for the PDF of one programme. `titel` is that of the document."""
    pagina = deel.pagina
    blokken = [
        alinea(stuk(f"{titel} · {pagina.bovenkop}"), stijl="boven"),
        *_programma(deel, 1, zet),
        *_herkomst(pagina.herkomst, 2),
    ]
    return _geheel(pagina.titel, pagina.omschrijving, pagina.herkomst, titel, gemeente, blokken, demo=demo)


def documentstuk(
    deel: Documentdeel, programmas: Iterable[Programmadeel], gemeente: str, zet: Zet, *, demo: bool
) -> Gegevens:
    """Return everything for the PDF of a document as a whole: the page of the document, then each programme."""
    pagina = deel.pagina
    blokken = [
        alinea(stuk(pagina.bovenkop), stijl="boven"),
        kop(pagina.naam, 1),
        alinea(stuk(_bij_publicatie(pagina.herkomst)), stijl="klein"),
        *_som(pagina.som, pagina.duiding, "alles samen"),
        kop("Inhoud", 2, genoemd=False),
        {"soort": "inhoud"},
        {"soort": "pagina"},
        *_verdeling(pagina),
        kop("Programma’s", 2),
        deel.tabel,
        *_onder_tabel(deel.voetnoot, pagina.aansluiting),
    ]
    for programma in programmas:
        blokken += [{"soort": "pagina"}, *_programma(programma, 2, zet)]
    blokken += [{"soort": "pagina"}, *_herkomst(pagina.herkomst, 2)]
    return _geheel(pagina.titel, pagina.omschrijving, pagina.herkomst, pagina.naam, gemeente, blokken, demo=demo)


def rapportstuk(deel: Rapportdeel, titel: str, gemeente: str, *, demo: bool) -> Gegevens:
    """Return everything for the PDF of the reconciliation. `titel` is that of the document."""
    pagina = deel.pagina
    stand = f" Stand van {pagina.stand_van.tekst}." if pagina.stand_van else ""
    blokken = [
        alinea(stuk(titel), stijl="boven"),
        kop("Aansluitingsrapport", 1),
        alinea(stuk(f"{pagina.zin}."), stijl="intro"),
        alinea(stuk(_bij_publicatie(pagina.herkomst) + stand), stijl="klein"),
        kop("Wat sluit aan?", 2),
        alinea(stuk(pagina.rest)),
        *deel.tabellen[:1],
        kop("Wat wijkt af?", 2),
        alinea(stuk(f"{pagina.gevonden} {pagina.meer}".strip())),
        *deel.tabellen[1:],
        kop("Hoe controleren wij?", 2),
        _feiten([(naam, [uitleg]) for naam, uitleg in (*pagina.oordelen, *pagina.uitleg)]),
        *_herkomst(pagina.herkomst, 2),
    ]
    return _geheel(pagina.titel, pagina.omschrijving, pagina.herkomst, titel, gemeente, blokken, demo=demo)


def _geheel(
    titel: str,
    omschrijving: str,
    herkomst: Herkomst,
    document: str,
    gemeente: str,
    blokken: Sequence[Gegevens],
    *,
    demo: bool,
) -> Gegevens:
    """Return the blocks with what stands on every page and what the file says of itself."""
    som = f"controlesom {herkomst.controlegetal[:TEKENS_VAN_DE_SOM]}…"
    if herkomst.anker:
        som += f" · anker {herkomst.anker[:TEKENS_VAN_DE_SOM]}…"
    return {
        "titel": titel,
        "omschrijving": omschrijving,
        "auteur": f"Gemeente {gemeente}",
        "voet": f"{document} · versie {herkomst.nummer} · {som}",
        "demo": DEMO.format(gemeente=gemeente) if demo else "",
        "blokken": zonder_sprong(list(blokken)),
    }


def _bij_publicatie(herkomst: Herkomst) -> str:
    op = f"Gepubliceerd op {herkomst.gepubliceerd.tekst}. " if herkomst.gepubliceerd else ""
    return f"Versie {herkomst.nummer}. {op}Status bij publicatie: {herkomst.status.tekst.lower()}."


# --- a programme ----------------------------------------------------------------------------------------------------


def _programma(deel: Programmadeel, niveau: int, zet: Zet) -> Iterator[Gegevens]:
    """Yield a programme whole; `niveau` is that of its name."""
    pagina = deel.pagina
    onder = niveau + 1
    yield kop(pagina.naam if niveau == 1 else pagina.kruimels[-1].tekst, niveau)
    for tekst in pagina.inleiding:
        yield alinea(stuk(tekst), stijl="intro")
    wie = f" Portefeuillehouder: {pagina.portefeuillehouder}." if pagina.portefeuillehouder else ""
    if niveau == 1:
        yield alinea(stuk(_bij_publicatie(pagina.herkomst) + wie), stijl="klein")
    elif wie:
        yield alinea(stuk(wie.strip()), stijl="klein")
    yield from _som(pagina.som, pagina.duiding, pagina.onderdeel)
    if pagina.algemeen:
        yield kop(f"Over {pagina.onderdeel}", onder)
        for blok in pagina.algemeen:
            yield from _tekstblok(blok, onder + 1, zet)
    for pakket in pagina.pakketten:
        yield from _pakket(pakket, onder, zet)
    yield kop(f"Wat kost {pagina.onderdeel}?", onder)
    if pagina.grafiek:
        yield _grafiek(pagina.grafiek)
    yield deel.tabel
    yield from _onder_tabel(deel.voetnoot, pagina.aansluiting)
    yield from _begrippen("Wat betekenen de woorden in deze tabel?", pagina.tabel.begrippen, onder + 1)
    if pagina.indicatoren and deel.indicatortabel:
        yield from _indicatoren(pagina.indicatoren, deel.indicatortabel, deel.noten, onder)
    if pagina.partijen:
        yield from _partijen(pagina.partijenzin, pagina.partijen, onder)


def _som(som: Som | None, duiding: Duiding | None, wat: str) -> Iterator[Gegevens]:
    """Yield the sum strip and the sentences under it."""
    if som is None:
        return
    yield {
        "soort": "som",
        "termen": [
            {"teken": term.teken, "naam": term.naam, "uitleg": term.uitleg, "bedrag": term.bedrag}
            for term in (*som.termen, som.uitkomst)
        ],
    }
    if duiding is None:
        return
    zinnen = []
    if duiding.verschil:
        zinnen += [stuk(f"{duiding.begin} "), stuk(duiding.verschil, vet=True), stuk(f" {duiding.slot} ")]
    if duiding.per_inwoner:
        op = " op" if duiding.werkwoord == "levert" else ""
        zinnen += [
            stuk(f"Omgerekend {duiding.werkwoord} {wat} "),
            stuk(duiding.per_inwoner, vet=True),
            stuk(f"{op}, bij {duiding.inwoners}."),
        ]
    if zinnen:
        yield alinea(*zinnen)


def _pakket(pakket: Pakketblok, niveau: int, zet: Zet) -> Iterator[Gegevens]:
    yield kop(pakket.titel, niveau)
    if pakket.aandeel:
        yield alinea(*_aandeel(pakket.aandeel))
    for blok in pakket.blokken:
        yield from _tekstblok(blok, niveau + 1, zet)


def _aandeel(aandeel: Aandeel) -> list[Gegevens]:
    deel = f", {aandeel.deel}" if aandeel.deel else ""
    return [stuk(f"Lasten {aandeel.jaar}: "), stuk(aandeel.bedrag, vet=True), stuk(f"{deel}.")]


def _tekstblok(blok: Blok, niveau: int, zet: Zet) -> Iterator[Gegevens]:
    """Yield a heading with what stands under it, in the order of the page."""
    yield kop(blok.kop, niveau)
    for tekst in blok.alineas:
        yield from zet(tekst, niveau + 1)
    if blok.doelen:
        yield {
            "soort": "doelen",
            "doelen": [{"streef": doel.streef, "tekst": doel.tekst, "klein": list(doel.klein)} for doel in blok.doelen],
        }
    for tekst in blok.opmerkingen:
        yield alinea(stuk(tekst), stijl="vak")
    for thema in blok.themas:
        yield kop(thema.naam, niveau + 1)
        for tekst in thema.alineas:
            yield from zet(tekst, niveau + 2)


def _grafiek(blok: Grafiekblok) -> Gegevens:
    """Return the column chart: widths in percent, heights in rem, both as numbers."""
    grafiek = blok.grafiek
    return {
        "soort": "grafiek",
        "bericht": blok.bericht,
        "eenheid": "Lasten per jaar, × € 1.000.",
        "legenda": [{"laag": int(rij.klasse[1:]) - 1, "naam": rij.naam} for rij in blok.legenda],
        "alt": f"{blok.titel}. {blok.omschrijving}",
        "hoogte": 20.25,
        "boven": 18,
        "onder": 19.25,
        "breedte": _getal(grafiek.breedte),
        "nullijn": _getal(grafiek.nullijn),
        "focus": {
            "x": _getal(grafiek.focus.x),
            "y": _getal(grafiek.focus.y),
            "breedte": _getal(grafiek.focus.breedte),
            "hoogte": _getal(grafiek.focus.hoogte),
        }
        if grafiek.focus
        else None,
        "kolommen": [
            {
                "x": _getal(kolom.x),
                "links": _getal(kolom.links),
                "top": _getal(kolom.top),
                "totaal": kolom.totaal,
                "boven": kolom.boven,
                "onder": kolom.onder,
                "blokken": [
                    {
                        "laag": int(deel.nummer) - 1,
                        "y": _getal(deel.y),
                        "hoogte": _getal(deel.hoogte),
                        "midden": _getal(deel.midden),
                        "waarde": deel.waarde,
                    }
                    for deel in kolom.blokken
                ],
            }
            for kolom in grafiek.kolommen
        ],
    }


def _getal(maat: str) -> float:
    """Return a position of a chart as a number, without its unit."""
    return float(maat.removesuffix("%").removesuffix("rem"))


def _onder_tabel(voetnoot: str, aansluiting: Aansluiting | None) -> Iterator[Gegevens]:
    if voetnoot:
        yield alinea(stuk(voetnoot), stijl="klein")
    if aansluiting is None:
        return
    wij = " Wij tonen wat de regels samen zijn, niet wat er gedrukt staat." if aansluiting.afwijkingen else ""
    yield alinea(stuk(aansluiting.zin + wij))
    if aansluiting.afwijkingen:
        yield lijst(
            [
                alinea(
                    stuk(
                        f"{punt.label}: gedrukt {punt.gedrukt}, berekend {punt.berekend}, verschil {punt.verschil}"
                        f"{' (door afronding)' if punt.afronding else ''}."
                    )
                )
            ]
            for punt in aansluiting.afwijkingen
        )


def _begrippen(titel: str, begrippen: Sequence[Begrip], niveau: int) -> Iterator[Gegevens]:
    if begrippen:
        yield kop(titel, niveau)
        yield _feiten([(begrip.woord, [begrip.uitleg]) for begrip in begrippen])


def _indicatoren(blok: Indicatorblok, tabel: Gegevens, noten: Sequence[str], niveau: int) -> Iterator[Gegevens]:
    yield kop("Beleidsindicatoren", niveau)
    groep = f" De vergelijking is met {blok.groep}." if blok.groep else ""
    yield alinea(stuk(f"Elke gemeente meet dezelfde indicatoren. Zo kunt u gemeenten met elkaar vergelijken.{groep}"))
    yield lijst(
        [
            alinea(
                stuk(kaart.naam, vet=True),
                stuk(f", {kaart.eenheid}. {kaart.begin} " if kaart.begin else f", {kaart.eenheid}. "),
                stuk(kaart.waarde, vet=True),
                stuk(kaart.slot),
            )
        ]
        for kaart in blok.kaarten
    )
    yield tabel
    if noten:
        yield lijst([alinea(stuk(noot))] for noot in noten)
    yield from _begrippen("Wat meten deze indicatoren precies?", blok.begrippen, niveau + 1)


def _partijen(zin: str, partijen: Sequence[Partij], niveau: int) -> Iterator[Gegevens]:
    yield kop("Verbonden partijen", niveau)
    yield alinea(stuk(zin))
    for partij in partijen:
        yield kop(partij.naam, niveau + 1)
        paren = [("Soort samenwerking", [partij.soort])]
        if partij.taak:
            paren.append(("Wat doet zij?", [partij.taak]))
        paren += [(feit.naam, list(feit.waarden)) for feit in partij.feiten]
        if partij.hoort_bij:
            paren.append(("Hoort bij", [partij.hoort_bij.tekst]))
        yield _feiten(paren)


def _verdeling(pagina: Documentpagina) -> Iterator[Gegevens]:
    for vraag, verdeling in (
        ("Waar gaat het geld heen?", pagina.uitgaven),
        ("Waar komt het vandaan?", pagina.inkomsten),
    ):
        if verdeling is None:
            continue
        yield kop(vraag, 2)
        yield alinea(stuk(verdeling.bericht))
        yield lijst([alinea(stuk(f"{balk.naam}: {balk.bedrag}, {balk.deel}."))] for balk in verdeling.balken)
        if verdeling.rest:
            yield alinea(stuk(verdeling.rest))


# --- where it comes from --------------------------------------------------------------------------------------------


def _feiten(paren: Sequence[tuple[str, Sequence[str]]], *, vast: Sequence[str] = ()) -> Gegevens:
    """Return names with their values; those in `vast` are codes to compare character by character."""
    return {
        "soort": "feiten",
        "paren": [
            [naam, [{"code" if naam in vast else "tekst": waarde} for waarde in waarden]]
            for naam, waarden in paren
            if waarden
        ],
    }


def _herkomst(herkomst: Herkomst, niveau: int) -> Iterator[Gegevens]:
    """Yield where the file comes from, and how to check it."""
    yield kop("Herkomst", niveau)
    dagen = (
        ("Gepubliceerd", herkomst.gepubliceerd),
        ("Peilmoment", herkomst.peilmoment),
        ("Peildatum indicatoren", herkomst.peildatum),
    )
    yield _feiten(
        [
            ("Document", [herkomst.document.tekst]),
            ("Versie", [str(herkomst.nummer)]),
            ("Status bij publicatie", [herkomst.status.tekst]),
            *((naam, [dag.tekst]) for naam, dag in dagen if dag),
            ("Bron van de bedragen", list(herkomst.bronnen)),
            ("Vast adres op de site", [herkomst.vaste_link]),
            ("Controlesom (sha256)", [herkomst.controlegetal] if herkomst.controlegetal else []),
            ("Anker (sha256)", [herkomst.anker] if herkomst.anker else []),
            ("Kop van de historie", [herkomst.historiekop] if herkomst.historiekop else []),
            *((bestand.link.tekst, [f"sha256 {bestand.sha256}"]) for bestand in herkomst.bestanden),
        ],
        vast=(
            "Vast adres op de site",
            "Controlesom (sha256)",
            "Anker (sha256)",
            "Kop van de historie",
            *(bestand.link.tekst for bestand in herkomst.bestanden),
        ),
    )
    yield alinea(
        stuk(
            "De inhoud van deze versie ligt vast. Of de raad na de publicatie een besluit nam, en of er een nieuwere "
            "versie is, leest u op het vaste adres. Metingen van na het peilmoment staan niet in dit bestand."
        )
    )
    yield kop("Zelf narekenen", niveau)
    yield lijst(([alinea(stuk(zin))] for zin in NAREKENEN), genummerd=True)


NAREKENEN = (
    "Open het vaste adres op de site van de gemeente en haal daar begroting.csv op. Daarin staat elke regel van de "
    "begroting, in hele euro’s en centen. Lasten en toevoegingen aan reserves hebben een minteken.",
    "Tel de bedragen op van het onderdeel, de soort en het jaar dat u wilt narekenen. Rond pas daarna af op "
    "duizend euro. Dat is het getal in de tabel.",
    "Bereken de sha256 van het bestand. Die moet gelijk zijn aan de sha256 bij Herkomst; dan is er geen teken "
    "veranderd.",
    "Vergelijk de controlesom onder aan elke bladzijde met die op de site. Zijn ze gelijk, dan gaat deze PDF over "
    "die versie. De sha256 van deze PDF zelf staat daar bij de downloads.",
)
