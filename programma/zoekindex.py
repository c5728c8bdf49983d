"""The index of the search: of each document the version that readers see now, cut into pieces that can be found.

Written by the verbs that change what readers see (`publicatie`), in the same transaction; `manage.py zoekindex`
makes it again from the published rows. PostgreSQL refuses pieces of anything that is not published (migration 0010).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection, transaction

from programma.cijfer import GROOTHEDEN, celwoord, regelwoord
from programma.inhoud import Pakketrij, Programmarij
from programma.models import Document
from programma.pagina.benaming import volledig
from programma.pagina.som import focuskolom
from programma.raming import NUL, Kolom, Soort
from programma.zoeken.groep import Groep
from programma.zoeken.taal import STOPWOORDEN, is_getal, vorm, woorden
from programma.zoeken.vector import kopvector, vector
from veiligheid.opmaak import kale_tekst

LANGSTE_STUK = 20_000
"""Characters; a longer text becomes more pieces, as a tsvector holds no more than a megabyte."""
PER_KEER = 1000

HUIDIG = """
SELECT id, titel, jaar FROM (
  SELECT v.id, v.titel, d.jaar FROM programma_versie v JOIN programma_document d ON d.id = v.document_id
  WHERE v.document_id = %s AND v.status = 'gepubliceerd' ORDER BY v.nummer DESC LIMIT 1) huidig
"""
ONTBREKEND = """
SELECT v.document_id FROM programma_versie v WHERE v.status = 'gepubliceerd'
GROUP BY v.document_id HAVING NOT bool_or(EXISTS (SELECT FROM programma_zoekstuk s WHERE s.versie_id = v.id))
"""
OPRUIMEN = "DELETE FROM {} USING programma_versie v WHERE v.id = versie_id AND v.document_id = %s"

# Everything that can be found in a version, in one row of JSON arrays. Amounts go by way of text, so they stay exact.
INHOUD = """
SELECT json_build_object(
  'kolommen', (SELECT json_agg(json_build_array(jaar, fase) ORDER BY volgorde)
               FROM programma_kolom WHERE versie_id = %(versie)s),
  'programmas', (SELECT json_agg(json_build_array(id, code, naam, slug, soort, inleiding, portefeuillehouder)
                                 ORDER BY volgorde, code COLLATE "C")
                 FROM programma_programma WHERE versie_id = %(versie)s),
  'pakketten', (SELECT json_agg(json_build_array(id, programma_id, code, naam, restpost)
                                ORDER BY volgorde, code COLLATE "C")
                FROM programma_pakket WHERE versie_id = %(versie)s),
  'secties', (SELECT json_agg(json_build_array(s.programma_id, s.pakket_id, g.naam, s.kop, s.thema, s.tekst)
                              ORDER BY s.id)
              FROM programma_sectie s LEFT JOIN programma_paragraaf g ON g.id = s.paragraaf_id
              WHERE s.versie_id = %(versie)s),
  'doelen', (SELECT json_agg(json_build_array(pakket_id, tekst, vervallen_reden, toelichting) ORDER BY id)
             FROM programma_doel WHERE versie_id = %(versie)s),
  'partijen', (SELECT json_agg(json_build_array(m.programma_id, m.pakket_id, p.slug, m.naam, m.afkorting, m.taak,
                                                m.openbaar_belang, m.bestuurlijk_belang, m.vestigingsplaats)
                                ORDER BY m.id)
               FROM programma_deelname m JOIN programma_verbondenpartij p ON p.id = m.partij_id
               WHERE m.versie_id = %(versie)s),
  'partijcijfers', (SELECT json_agg(json_build_array(p.slug, c.jaar, c.ontwikkelingen, c.risico) ORDER BY c.id)
                    FROM programma_partijcijfers c JOIN programma_verbondenpartij p ON p.id = c.partij_id
                    WHERE c.versie_id = %(versie)s),
  'indicatoren', (SELECT json_agg(json_build_array(m.programma_id, i.slug, i.naam, i.eenheid, i.omschrijving)
                                  ORDER BY m.id)
                  FROM programma_programmaindicator m JOIN indicatoren_indicator i ON i.id = m.indicator_id
                  WHERE m.versie_id = %(versie)s)
)::text
"""
REGELS = """
SELECT r.pakket_id, r.sleutel, r.soort, r.omschrijving, r.reserve, r.toelichting, coalesce(t.code || ' ' || t.naam, ''),
       (SELECT json_agg(json_build_array(k.jaar, k.fase, k.euro::text))::text FROM (
          SELECT l.jaar, l.fase, sum(b.euro) AS euro FROM programma_bedrag b JOIN programma_kolom l ON l.id = b.kolom_id
          WHERE b.regel_id = r.id GROUP BY l.jaar, l.fase) k)
FROM programma_begrotingsregel r LEFT JOIN programma_taakveld t ON t.id = r.taakveld_id
WHERE r.versie_id = %(versie)s ORDER BY r.id
"""
SCHRIJF = """
INSERT INTO programma_zoekstuk (versie_id, groep, programma_slug, programma, pakket_code, pakket, anker, sleutel, titel,
                                tekst, euro, fase, jaar, kop, woorden)
SELECT %(versie)s, groep, programma_slug, programma, pakket_code, pakket, anker, sleutel, titel, tekst, euro, fase,
       jaar, kop::tsvector, CASE WHEN met_woorden THEN eigen::tsvector || setweight(to_tsvector('dutch', titel), 'A')
                      || setweight(to_tsvector('dutch', tekst), 'B') ELSE '' END
FROM json_to_recordset(%(stukken)s::json) AS s (groep smallint, programma_slug text, programma text, pakket_code text,
  pakket text, anker text, sleutel text, titel text, tekst text, euro numeric, fase text, jaar smallint, kop text,
  eigen text, met_woorden boolean)
"""
WOORDEN = """
INSERT INTO programma_zoekwoord (versie_id, vorm, woord)
SELECT %s, vorm, woord FROM unnest(%s::text[], %s::text[]) AS u (vorm, woord)
"""
SOORTEN: dict[str, str] = {
    Soort.LASTEN: "lasten",
    Soort.BATEN: "baten",
    Soort.TOEVOEGING: "toevoeging aan reserves",
    Soort.ONTTREKKING: "onttrekking aan reserves",
}


@dataclass(frozen=True, slots=True)
class Plek:
    """Where in a document a piece stands. The fields that do not apply are empty."""

    programma_slug: str = ""
    programma: str = ""
    pakket_code: str = ""
    pakket: str = ""
    restpost: bool = False


@dataclass(frozen=True, slots=True)
class Stuk:
    """A piece that can be found. `euro` is the amount that it is about, with the stored sign, in column fase and jaar.

    `tekst` is what a reader is shown of it, `extra` only what it can be found by besides. Without `met_woorden` it is
    found by its amount alone: a line stands in many columns, and its words lead to the one that the document is about.
    """

    groep: Groep
    plek: Plek
    titel: str
    tekst: str = ""
    anker: str = ""
    sleutel: str = ""
    euro: Decimal | None = None
    kolom: Kolom | None = None
    extra: str = ""
    met_woorden: bool = True

    def rij(self) -> dict[str, Any]:
        """Return the columns, ready for JSON."""
        return {
            "programma_slug": self.plek.programma_slug,
            "programma": self.plek.programma,
            "pakket_code": self.plek.pakket_code,
            "pakket": self.plek.pakket,
            "groep": int(self.groep),
            "anker": self.anker,
            "sleutel": self.sleutel,
            "titel": self.titel,
            "tekst": self.tekst,
            "euro": None if self.euro is None else str(self.euro),
            "fase": self.kolom.fase if self.kolom else "",
            "jaar": self.kolom.jaar if self.kolom else None,
            "kop": kopvector(self.titel) if self.met_woorden else "",
            "eigen": vector(self.titel, f"{self.tekst} {self.extra}") if self.met_woorden else "",
            "met_woorden": self.met_woorden,
        }


Sommen = dict[tuple[Plek, str], list[Decimal]]


@transaction.atomic
def werk_bij(document: int) -> int:
    """Make the index hold exactly the version of a document that readers see now; return the number of pieces.

    Without a published version it holds nothing of the document. The rows of the version are fixed, so this can be
    done at any time, with the same outcome.
    """
    with connection.cursor() as cursor:
        for tabel in ("programma_zoekstuk", "programma_zoekwoord"):
            cursor.execute(OPRUIMEN.format(tabel), [document])
        cursor.execute(HUIDIG, [document])
        huidig = cursor.fetchone()
        if huidig is None:
            return 0
        versie, titel, jaar = huidig
        aantal, woordenlijst = 0, dict[str, str]()
        stukken = _stukken(versie, titel, jaar)
        while keer := list(islice(stukken, PER_KEER)):
            cursor.execute(SCHRIJF, {"versie": versie, "stukken": json.dumps([stuk.rij() for stuk in keer])})
            aantal += len(keer)
            for stuk in (stuk for stuk in keer if stuk.met_woorden):
                _verzamel(woordenlijst, f"{stuk.titel} {stuk.tekst} {stuk.extra}")
        cursor.execute(WOORDEN, [versie, list(woordenlijst), list(woordenlijst.values())])
    return aantal


def herbouw(*, ontbrekend: bool = False) -> dict[str, int]:
    """Make the index again, each document in its own transaction; return the number of pieces per document (slug).

    With `ontbrekend` only of documents that can be read and of which nothing can be found: published before the index
    existed, for instance.
    """
    documenten = Document.objects.order_by("slug").values_list("pk", "slug")
    if ontbrekend:
        with connection.cursor() as cursor:
            cursor.execute(ONTBREKEND)
            documenten = documenten.filter(pk__in=[sleutel for (sleutel,) in cursor.fetchall()])
    return {slug: werk_bij(sleutel) for sleutel, slug in documenten}


def _verzamel(woordenlijst: dict[str, str], tekst: str) -> None:
    """Add the words of a text by their form: what a misspelt question can be corrected to."""
    for woord in {gevonden[0] for gevonden in woorden(tekst)}:
        eigen = vorm(woord)
        if len(eigen) > 2 and not is_getal(eigen) and eigen not in STOPWOORDEN:
            woordenlijst.setdefault(eigen, woord.lower())


def _stukken(versie: int, titel: str, jaar: int) -> Iterator[Stuk]:
    with connection.cursor() as cursor:
        cursor.execute(INHOUD, {"versie": versie})
        data: dict[str, list[Any]] = {naam: rijen or [] for naam, rijen in json.loads(cursor.fetchone()[0]).items()}
    kolommen = [Kolom(*rij) for rij in data["kolommen"]]
    kader = _Kader(data)
    yield Stuk(Groep.DOCUMENT, Plek(), titel, extra=" ".join(str(kolom.jaar) for kolom in kolommen))
    yield from kader.stukken(data)
    yield from _beleid(kader, data)
    focus = focuskolom(kolommen, jaar)
    if focus:
        yield from _bedragen(kader, versie, focus)


class _Kader:
    """The programmes and pakketten of a version, as the places where its pieces stand."""

    def __init__(self, data: dict[str, list[Any]]) -> None:
        self.programmas: dict[int, Plek] = {}
        self.pakketten: dict[int, Plek] = {}
        self._codes: dict[str, list[Pakketrij]] = defaultdict(list)
        for sleutel, code, naam, slug, soort, *_ in data["programmas"]:
            self.programmas[sleutel] = Plek(slug, volledig(Programmarij(code, naam, slug, soort)))
        for sleutel, programma, code, naam, restpost in data["pakketten"]:
            boven = self.programmas[programma]
            self.pakketten[sleutel] = Plek(boven.programma_slug, boven.programma, code, naam, restpost)
            self._codes[boven.programma_slug].append(Pakketrij(code, naam))

    def plek(self, programma: int | None, pakket: int | None) -> Plek:
        """Return the place of a row that names a pakket, or a programme, or neither."""
        if pakket is not None:
            return self.pakketten[pakket]
        return self.programmas[programma] if programma is not None else Plek()

    def woord(self, plek: Plek, sleutel: str) -> str:
        """Return the word of a line in the address of its amounts."""
        return regelwoord(sleutel, self._codes[plek.programma_slug])

    def stukken(self, data: dict[str, list[Any]]) -> Iterator[Stuk]:
        """Yield the programmes and the pakketten themselves. A restpost is nothing that anyone looks for."""
        for sleutel, *_, inleiding, portefeuillehouder in data["programmas"]:
            plek = self.programmas[sleutel]
            yield Stuk(Groep.PROGRAMMA, plek, plek.programma, kale_tekst(inleiding), extra=portefeuillehouder)
        for plek in self.pakketten.values():
            if not plek.restpost:
                yield Stuk(Groep.PROGRAMMA, plek, f"{plek.pakket_code} {plek.pakket}")


def _beleid(kader: _Kader, data: dict[str, list[Any]]) -> Iterator[Stuk]:
    """Yield the texts, the goals, the parties and the indicators."""
    for programma, pakket, paragraaf, kop, thema, tekst in data["secties"]:
        titel = ": ".join(deel for deel in (paragraaf, kop, thema) if deel)
        for brok in _brokken(kale_tekst(tekst)):
            yield Stuk(Groep.TEKST, kader.plek(programma, pakket), titel, brok)
    for pakket, tekst, reden, toelichting in data["doelen"]:
        doel = tekst or f"Geen eigen doel. {reden}"
        yield Stuk(Groep.DOEL, kader.plek(None, pakket), doel, toelichting)
    yield from _partijen(kader, data)
    for programma, slug, naam, eenheid, omschrijving in data["indicatoren"]:
        plek = kader.programmas[programma]
        yield Stuk(Groep.INDICATOR, plek, naam, omschrijving, f"indicator-{slug}", slug, extra=eenheid)


def _partijen(kader: _Kader, data: dict[str, list[Any]]) -> Iterator[Stuk]:
    """Yield the parties, and what is written about a year of those that the version names."""
    genoemd: dict[str, tuple[Plek, str]] = {}
    for programma, pakket, slug, naam, afkorting, *teksten, plaats in data["partijen"]:
        plek, titel = kader.plek(programma, pakket), f"{naam} ({afkorting})" if afkorting else naam
        tekst = " ".join(deel for deel in teksten if deel)
        yield Stuk(Groep.PARTIJ, plek, titel, tekst, "partijen", slug, extra=plaats)
        genoemd.setdefault(slug, (plek, titel))
    for slug, jaar, ontwikkelingen, risico in data["partijcijfers"]:
        if slug in genoemd:
            plek, titel = genoemd[slug]
            for kop, tekst in ((f"ontwikkelingen {jaar}", ontwikkelingen), (f"risico’s {jaar}", risico)):
                for brok in _brokken(tekst):
                    yield Stuk(Groep.PARTIJ, plek, f"{titel}: {kop}", brok, "partijen", slug)


def _brokken(tekst: str) -> Iterator[str]:
    while len(tekst) > LANGSTE_STUK:
        knip = tekst.rfind(" ", 1, LANGSTE_STUK)
        knip = knip if knip > 0 else LANGSTE_STUK
        yield tekst[:knip]
        tekst = tekst[knip:]
    if tekst.strip():
        yield tekst


def _bedragen(kader: _Kader, versie: int, focus: Kolom) -> Iterator[Stuk]:
    """Yield the lines with their amounts, and the sums that a page shows; words lead to the column of the document."""
    sommen: dict[Kolom, Sommen] = {}
    with connection.cursor() as cursor:
        cursor.execute(REGELS, {"versie": versie})
        for pakket, sleutel, soort, omschrijving, reserve, toelichting, taakveld, ruw in cursor.fetchall():
            plek, bedragen = kader.pakketten[pakket], _per_kolom(ruw)
            zinnen = (taakveld and f"Taakveld {taakveld}.", reserve and f"Reserve: {reserve}.", kale_tekst(toelichting))
            titel, tekst = f"{omschrijving} ({SOORTEN[soort]})", " ".join(zin for zin in zinnen if zin)
            regel = Stuk(Groep.BEDRAG, plek, titel, tekst, "kosten", kader.woord(plek, sleutel), kolom=focus)
            yield replace(regel, euro=bedragen.get(focus))
            for kolom, euro in bedragen.items():
                if kolom != focus:
                    yield replace(regel, tekst="", euro=euro, kolom=kolom, met_woorden=False)
                for boven in (plek, Plek(plek.programma_slug, plek.programma), Plek()):
                    sommen.setdefault(kolom, {}).setdefault((boven, soort), []).append(euro)
    for kolom, van_kolom in sommen.items():
        for som in _sommen(van_kolom, kolom):
            yield som if kolom == focus else replace(som, met_woorden=False)


def _per_kolom(ruw: str | None) -> dict[Kolom, Decimal]:
    return {Kolom(jaar, fase): Decimal(euro) for jaar, fase, euro in json.loads(ruw or "[]")}


def _sommen(sommen: Sommen, kolom: Kolom) -> Iterator[Stuk]:
    """Yield the totals per soort, and the result. A total of one line is that line, and is left out."""
    per_plek: dict[Plek, dict[str, list[Decimal]]] = {}
    for (plek, soort), bedragen in sommen.items():
        per_plek.setdefault(plek, {})[soort] = bedragen
    for plek, soorten in per_plek.items():
        waarvan = _waarvan(plek)
        for soort, bedragen in soorten.items():
            if len(bedragen) > 1:
                titel = f"Totaal {SOORTEN[soort]} {waarvan}"
                woord = celwoord(plek.pakket_code, soort) if plek.pakket_code else GROOTHEDEN[Soort(soort)].value
                yield Stuk(Groep.BEDRAG, plek, titel, "", "kosten", woord, sum(bedragen, NUL), kolom)
        if not plek.pakket_code:
            per_soort = {soort: sum(bedragen, NUL) for soort, bedragen in soorten.items()}
            saldo = per_soort.get(Soort.LASTEN, NUL) + per_soort.get(Soort.BATEN, NUL)
            resultaat = sum(per_soort.values(), NUL)
            yield Stuk(Groep.BEDRAG, plek, f"Saldo {waarvan}", "", "kosten", "saldo", saldo, kolom)
            if per_soort.keys() - {Soort.LASTEN, Soort.BATEN}:
                yield Stuk(Groep.BEDRAG, plek, f"Resultaat {waarvan}", "", "kosten", "resultaat", resultaat, kolom)


def _waarvan(plek: Plek) -> str:
    if plek.pakket_code:
        return f"{plek.pakket_code} {plek.pakket}"
    return plek.programma or "van de hele begroting"
