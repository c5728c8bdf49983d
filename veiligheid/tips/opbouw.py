"""How a text is built: links that say where they go, tables with heads and a caption, headings with text under them.

A level of heading that is skipped, an empty heading and an empty paragraph need no tip: `opmaak.schoon` lets none in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from veiligheid.opmaak.blokken import Alinea, Blok, Kop, Tabel
from veiligheid.opmaak.regel import Regel, kaal
from veiligheid.tips.regels import Tekstregel, regels
from veiligheid.tips.tip import Code, Tip, kort, rondom
from veiligheid.tips.zinnen import woorden

# About a screen of a telephone, twice.
MEESTE_ZONDER_KOP = 150
LANGSTE_VETTE_KOP = 10

NIETSZEGGEND = frozenset(
    {"hier", "klik", "klik hier", "daar", "deze", "dit", "meer", "lees meer", "lees verder", "verder", "meer info"}
    | {"meer informatie", "link", "deze link", "via deze link", "site", "website", "de website", "deze website"}
    | {"pagina", "de pagina", "deze pagina", "download", "document", "dit document", "zie hier", "bekijk hier"}
)
_ADRES = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)
_RAND = " \t\n\u00a0.,:;!?>»()[]“”\"'→"


def links(alle: Iterable[Tekstregel]) -> Iterator[Tip]:
    """Yield a tip for each link that says nothing on its own, and for each that others on the way can read along."""
    for regel in alle:
        begin = 0
        for adres, groep in groupby(regel.regel, key=lambda stuk: stuk.merk.link):
            tekst = kaal(groep)
            plek = begin, begin + len(tekst)
            begin = plek[1]
            if adres and tekst.strip(_RAND).lower() in NIETSZEGGEND:
                zin = (
                    f"De link “{tekst.strip()}” zegt niet waar hij heen gaat. Noem in de link wat de lezer daar vindt."
                )
                yield Tip(Code.LINK_ZEGT_NIETS, zin, rondom(regel.tekst, *plek))
            elif adres and _ADRES.match(tekst.strip(_RAND)):
                zin = (
                    "Deze link is een kaal adres. Zet er woorden voor in de plaats die zeggen wat de lezer daar vindt."
                )
                yield Tip(Code.LINK_ZEGT_NIETS, zin, rondom(regel.tekst, *plek))
            if adres.lower().startswith("http:"):
                zin = "Deze link begint met http://. Probeer of het met https:// ook werkt: dat is veilig."
                yield Tip(Code.LINK_ONVEILIG, zin, rondom(regel.tekst, *plek))


def tabellen(blokken: Iterable[Blok]) -> Iterator[Tip]:
    """Yield a tip for each table without heads above its columns, and for each without a caption."""
    for tabel in (blok for blok in blokken if isinstance(blok, Tabel)):
        inhoud = _cellen(tabel)
        koppen = [cel.kop for cel in tabel.rijen[0]]
        if not any(koppen):
            zin = "Deze tabel heeft geen rij met koppen. Zet boven elke kolom wat erin staat."
            yield Tip(Code.TABEL_ZONDER_KOP, zin, inhoud)
        elif not all(koppen[1:]):
            # The corner above the names of the rows may stay empty.
            nummer = koppen.index(False, 1) + 1
            zin = f"Boven kolom {nummer} van deze tabel staat geen kop. Zet erboven wat erin staat."
            yield Tip(Code.TABEL_ZONDER_KOP, zin, inhoud)
        if not tabel.bijschrift:
            zin = "Deze tabel heeft geen bijschrift. Kies Bijschrift en schrijf wat erin staat, en in welke eenheid."
            yield Tip(Code.TABEL_ZONDER_BIJSCHRIFT, zin, inhoud)


def _cellen(tabel: Tabel) -> str:
    gevuld = (" ".join(regel.tekst for regel in regels(cel.blokken)) for rij in tabel.rijen for cel in rij)
    return kort(" | ".join(cel for cel in gevuld if cel))


def koppen(blokken: Sequence[Blok]) -> Iterator[Tip]:
    """Yield a tip for each heading with nothing under it, and for each bold line that looks like a heading."""
    for blok, volgende in pairwise((*blokken, None)):
        if isinstance(blok, Kop) and (
            volgende is None or (isinstance(volgende, Kop) and volgende.niveau <= blok.niveau)
        ):
            yield Tip(
                Code.KOP_ZONDER_TEKST,
                "Onder deze kop staat geen tekst. Schrijf die, of haal de kop weg.",
                kort(kaal(blok.regel)),
            )
        elif isinstance(blok, Alinea) and volgende is not None and _lijkt_kop(blok.regel):
            zin = "Deze vette regel lijkt een kop. Kies de knop Kop: dan vindt een schermlezer hem ook."
            yield Tip(Code.VETTE_KOP, zin, kort(kaal(blok.regel)))


def _lijkt_kop(regel: Regel) -> bool:
    tekst = kaal(regel)
    vet = all(stuk.merk.vet for stuk in regel if stuk.tekst.strip())
    return vet and woorden(tekst) <= LANGSTE_VETTE_KOP and not tekst.rstrip().endswith((".", "!", "?", ":"))


def lappen_tekst(blokken: Iterable[Blok]) -> Iterator[Tip]:
    """Yield a tip for each run of paragraphs that is long, with no heading, list, table or quotation in between."""
    for is_alinea, groep in groupby(blokken, key=lambda blok: isinstance(blok, Alinea)):
        if not is_alinea:
            continue
        lap = [regel.tekst for regel in regels(groep)]
        if (aantal := sum(map(woorden, lap))) > MEESTE_ZONDER_KOP:
            zin = f"Hier staan {aantal} woorden zonder kop of lijst. Zet er koppen tussen, of maak een lijst."
            yield Tip(Code.LAP_TEKST, zin, kort(lap[0]))
