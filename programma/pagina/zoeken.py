"""The page of the search, ready to place: what was found in groups, with filters, passages and addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import urlencode

from programma.inhoud import Treffer
from programma.pagina import adres as adressen
from programma.pagina.adres import Link
from programma.pagina.benaming import kolom_in_zin
from programma.raming import Kolom
from programma.woordenlijst import WOORDENLIJST, Woord
from programma.zoeken.fragment import Stukje, fragment, markeer
from programma.zoeken.groep import Groep
from programma.zoeken.taal import lexemen, vorm, woorden
from programma.zoeken.vraag import LANGSTE_VRAAG, Zoekvraag
from veiligheid.formatting import decimaal, euro, kleine_letter

ADRES = "/zoeken/"
PER_PAGINA = 20
KOPPEN = {
    Groep.BEGRIP: "Begrippen",
    Groep.DOCUMENT: "Documenten",
    Groep.PROGRAMMA: "Programma’s en pakketten",
    Groep.DOEL: "Doelen",
    Groep.PARTIJ: "Verbonden partijen",
    Groep.INDICATOR: "Indicatoren",
    Groep.BEDRAG: "Bedragen",
    Groep.TEKST: "Teksten",
}


@dataclass(frozen=True, slots=True)
class Gevonden:
    """A question, the choice (kind, year), and what answers it: counts of everything, and one page of the choice.

    `bedoeld` gives per word as typed the word that may have been meant; only when nothing at all was found.
    """

    vraag: Zoekvraag
    groep: Groep | None = None
    jaar: int | None = None
    begrippen: Sequence[Woord] = ()
    aantallen: Mapping[tuple[Groep, int], int] = field(default_factory=dict)
    treffers: Sequence[Treffer] = ()
    blad: int = 1
    bedoeld: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Keuzelink:
    """A filter: its name, how many results it leaves, and whether it is the one in use."""

    tekst: str
    href: str
    aantal: str
    gekozen: bool


@dataclass(frozen=True, slots=True)
class Resultaat:
    """One result: where it leads, its title and passage in marked pieces, its path, and its amount if it has one."""

    href: str
    titel: tuple[Stukje, ...]
    pad: str
    fragment: tuple[Stukje, ...]
    bedrag: str = ""
    bedrag_van: str = ""


@dataclass(frozen=True, slots=True)
class Groepblok:
    """The results of one kind that stand on this page."""

    naam: str
    kop: str
    resultaten: tuple[Resultaat, ...]


@dataclass(frozen=True, slots=True)
class Zoekpagina:
    """The page of the search. Without a question it is the form and how to use it."""

    titel: str
    kop: str
    vraag: str
    opmerkingen: tuple[str, ...] = ()
    soorten: tuple[Keuzelink, ...] = ()
    jaren: tuple[Keuzelink, ...] = ()
    groepen: tuple[Groepblok, ...] = ()
    stand: str = ""
    vorige: Link | None = None
    volgende: Link | None = None
    niets: bool = False
    bedoeld: Link | None = None
    los: tuple[Link, ...] = ()


def adres_van(treffer: Treffer) -> str:
    """Return where a result leads: the page of the figure, party or pakket itself, or the section it stands in."""
    adres = adressen.Adres(f"/{treffer.document_slug}/")
    if treffer.groep == Groep.BEDRAG and treffer.jaar:
        return adres.bedrag(treffer.programma_slug or None, treffer.sleutel, Kolom(treffer.jaar, treffer.fase))
    if treffer.groep == Groep.PARTIJ:
        return adres.partij(treffer.sleutel)
    if not treffer.programma_slug:
        return adres.wortel
    pagina = adres.programma(treffer.programma_slug)
    if treffer.anker:
        return f"{pagina}#{treffer.anker}"
    if treffer.pakket_code:
        return adres.pakket(treffer.programma_slug, treffer.pakket_code)
    return f"{pagina}#algemeen" if treffer.groep == Groep.TEKST else pagina


def zoek_begrippen(vraag: Zoekvraag) -> tuple[Woord, ...]:
    """Return the words of the list of words that answer a question, by their names."""
    return tuple(woord for woord in WOORDENLIJST if _noemt(woord, vraag))


def _noemt(woord: Woord, vraag: Zoekvraag) -> bool:
    namen = " ".join((woord.woord, *woord.ook))
    eigen = frozenset().union(*(lexemen(vorm(gevonden[0])) for gevonden in woorden(namen)))
    return all(term.in_tekst(eigen) for term in vraag.termen)


def zoekpagina(gemeente: str, gevonden: Gevonden) -> Zoekpagina:
    """Return the page of what was found."""
    vraag = gevonden.vraag
    slot = f"Zoeken – Gemeente {gemeente}"
    if not vraag.tekst:
        return Zoekpagina(slot, "Zoeken", "")
    if not vraag.zoekbaar():
        uitleg = "Zoek op een woord dat iets zegt, of op een bedrag. Woorden als ‘de’ en ‘van’ staan overal."
        kop = f"Geen resultaten voor ‘{vraag.tekst}’"
        return Zoekpagina(f"{kop} – {slot}", kop, vraag.tekst, (uitleg,), niets=True)
    aantal = _telling(gevonden, gevonden.groep, gevonden.jaar)
    kop = f"{_resultaten(aantal)} voor ‘{vraag.tekst}’"
    bladen = max(1, -(-aantal // PER_PAGINA))
    return Zoekpagina(
        titel=f"{kop} – {slot}" if gevonden.blad == 1 else f"{kop}, pagina {gevonden.blad} van {bladen} – {slot}",
        kop=kop,
        vraag=vraag.tekst,
        opmerkingen=_opmerkingen(vraag),
        soorten=_soorten(gevonden),
        jaren=_jaren(gevonden),
        groepen=_groepen(gevonden),
        stand=_stand(gevonden.blad, bladen, aantal),
        vorige=Link("Vorige pagina", _adres(gevonden, blad=gevonden.blad - 1)) if gevonden.blad > 1 else None,
        volgende=Link("Volgende pagina", _adres(gevonden, blad=gevonden.blad + 1)) if gevonden.blad < bladen else None,
        niets=not aantal,
        bedoeld=_bedoeld(gevonden),
        los=_los(gevonden) if not aantal else (),
    )


def _telling(gevonden: Gevonden, groep: Groep | None, jaar: int | None) -> int:
    """Return how many results a choice leaves."""
    stukken = sum(
        aantal for (soort, van), aantal in gevonden.aantallen.items() if groep in {None, soort} and jaar in {None, van}
    )
    begrippen = len(gevonden.begrippen) if jaar is None and groep in {None, Groep.BEGRIP} else 0
    return stukken + begrippen


def _resultaten(aantal: int) -> str:
    if not aantal:
        return "Geen resultaten"
    return "1 resultaat" if aantal == 1 else f"{decimaal(aantal)} resultaten"


def _opmerkingen(vraag: Zoekvraag) -> tuple[str, ...]:
    zinnen = []
    if vraag.te_lang:
        zinnen.append(f"Uw vraag was lang. Wij zochten op het begin ervan (hoogstens {LANGSTE_VRAAG} tekens).")
    if ook := vraag.ook_gezocht():
        zinnen.append(f"Wij zochten ook op: {', '.join(ook)}.")
    if vraag.bereiken:
        zinnen.append("Wij zochten ook op bedragen, in hele euro’s en in duizenden euro’s, met en zonder minteken.")
    return tuple(zinnen)


def _adres(gevonden: Gevonden, **anders: object) -> str:
    """Return the address of this question with another choice; what is not chosen is left out."""
    keuze: dict[str, object] = {
        "q": gevonden.vraag.tekst,
        "soort": gevonden.groep.naam if gevonden.groep is not None else None,
        "jaar": gevonden.jaar,
        "blad": None,
    } | anders
    if keuze["blad"] == 1:
        keuze["blad"] = None
    namen = {"q": "q", "soort": "soort", "jaar": "jaar", "blad": "p"}
    return f"{ADRES}?{urlencode({namen[naam]: waarde for naam, waarde in keuze.items() if waarde is not None})}"


def _soorten(gevonden: Gevonden) -> tuple[Keuzelink, ...]:
    tellingen = [(groep, _telling(gevonden, groep, gevonden.jaar)) for groep in Groep]
    alles = Keuzelink(
        "Alles",
        _adres(gevonden, soort=None),
        decimaal(_telling(gevonden, None, gevonden.jaar)),
        gevonden.groep is None,
    )
    links = tuple(
        Keuzelink(KOPPEN[groep], _adres(gevonden, soort=groep.naam), decimaal(aantal), groep == gevonden.groep)
        for groep, aantal in tellingen
        if aantal or groep == gevonden.groep
    )
    return (alles, *links) if len(links) > 1 or gevonden.groep is not None else ()


def _jaren(gevonden: Gevonden) -> tuple[Keuzelink, ...]:
    """Return the years of the documents in which something was found, newest first."""
    jaren = {jaar for _, jaar in gevonden.aantallen} | ({gevonden.jaar} if gevonden.jaar is not None else set())
    if len(jaren) < 2 and gevonden.jaar is None:
        return ()
    alles = Keuzelink(
        "Alle jaren",
        _adres(gevonden, jaar=None),
        decimaal(_telling(gevonden, gevonden.groep, None)),
        gevonden.jaar is None,
    )
    links = (
        Keuzelink(
            str(jaar),
            _adres(gevonden, jaar=jaar),
            decimaal(_telling(gevonden, gevonden.groep, jaar)),
            jaar == gevonden.jaar,
        )
        for jaar in sorted(jaren, reverse=True)
    )
    return (alles, *links)


def _groepen(gevonden: Gevonden) -> tuple[Groepblok, ...]:
    blokken = []
    vooraan = (gevonden.blad - 1) * PER_PAGINA
    begrippen = gevonden.begrippen if gevonden.groep in {None, Groep.BEGRIP} else ()
    if hier := begrippen[vooraan : vooraan + PER_PAGINA]:
        resultaten = tuple(_begrip(woord, gevonden.vraag) for woord in hier)
        blokken.append(Groepblok(Groep.BEGRIP.naam, KOPPEN[Groep.BEGRIP], resultaten))
    for groep, treffers in groupby(gevonden.treffers, key=lambda treffer: treffer.groep):
        resultaten = tuple(_resultaat(treffer, gevonden.vraag) for treffer in treffers)
        blokken.append(Groepblok(groep.naam, KOPPEN[groep], resultaten))
    return tuple(blokken)


def _begrip(woord: Woord, vraag: Zoekvraag) -> Resultaat:
    return Resultaat(
        f"/begrippen/#{woord.anker}", markeer(woord.woord, vraag), "Begrippen", fragment(woord.uitleg, vraag)
    )


def _resultaat(treffer: Treffer, vraag: Zoekvraag) -> Resultaat:
    bedrag = bedrag_van = ""
    if treffer.euro is not None and treffer.jaar is not None:
        bedrag = euro(treffer.euro, centen=treffer.euro != treffer.euro.to_integral_value())
        bedrag_van = kolom_in_zin(Kolom(treffer.jaar, treffer.fase)).removeprefix("de ")
    titel, passage = markeer(_titel(treffer), vraag), fragment(treffer.tekst, vraag)
    return Resultaat(adres_van(treffer), titel, _pad(treffer), passage, bedrag, bedrag_van)


def _titel(treffer: Treffer) -> str:
    """Return the title as it stands in the list: many texts are called "Inhoud", so these say of what."""
    waarvan = f"{treffer.pakket_code} {treffer.pakket}" if treffer.pakket_code else treffer.programma
    return f"{treffer.titel} – {waarvan}" if treffer.groep == Groep.TEKST and waarvan else treffer.titel


def _pad(treffer: Treffer) -> str:
    """Return where a result stands: document and version, programme, pakket; not its own name once more."""
    pakket = f"{treffer.pakket_code} {treffer.pakket}" if treffer.pakket_code else ""
    delen = [f"{treffer.document}, versie {treffer.nummer}", treffer.programma, pakket]
    return " › ".join(deel for deel in delen if deel and kleine_letter(deel) != kleine_letter(treffer.titel))


def _stand(blad: int, bladen: int, aantal: int) -> str:
    if bladen == 1:
        return ""
    eerste, laatste = (blad - 1) * PER_PAGINA + 1, min(blad * PER_PAGINA, aantal)
    return (
        f"Resultaat {decimaal(eerste)} tot en met {decimaal(laatste)} van {decimaal(aantal)} "
        f"(pagina {decimaal(blad)} van {decimaal(bladen)})"
    )


def _bedoeld(gevonden: Gevonden) -> Link | None:
    """Return the question with its misspelt words mended, or None when there is nothing to mend."""
    beter = " ".join(gevonden.bedoeld.get(term.woord, term.woord) for term in gevonden.vraag.termen)
    return Link(beter, f"{ADRES}?{urlencode({'q': beter})}") if gevonden.bedoeld and not gevonden.begrippen else None


def _los(gevonden: Gevonden) -> tuple[Link, ...]:
    """Return the words of a question one by one: perhaps they are not together anywhere."""
    termen = gevonden.vraag.termen
    if len(termen) < 2:
        return ()
    return tuple(Link(term.woord, f"{ADRES}?{urlencode({'q': term.woord})}") for term in termen)
