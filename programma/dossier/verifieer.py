"""Controleert het dossier van een begrotingsversie, zonder de site en zonder andere software dan Python zelf.

    python verifieer.py dossier.zip [--log wijzigingslog.csv] [--anker <wat u eerder bewaarde>]

Eindcode 0: alles wat te controleren viel, klopt. 1: er klopt iets niet. 2: er viel niets te controleren.

For developers: this one file is what an auditor runs at home, so it needs nothing but the standard library of Python
3.9 or later, on any system, and imports nothing of the site; tests/programma/dossier holds it to that. It may be longer
than other modules. It writes nothing, unpacks nothing to disk, and never reads more than LIMIET bytes out of a ZIP.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple, Optional

LIMIET = 4 * 1024**3
MEESTE_BESTANDEN = 100_000
MEESTE_ZINNEN = 25
REGEL_MAX = 64 * 1024**2
HEEL_MAX = 1024**3
UITPAKKERS = {"zlib", "lzma", "_lzma", "bz2", "_bz2", "struct", "_struct", "compression.zstd", "_zstd"}
STUURTEKEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])
GEVAARLIJK = re.compile(r"^'*[=+\-@\t\r]")
BEDRAG = re.compile(r"-?\d{1,20}\.\d{2}")
SHA = re.compile(r"[0-9a-f]{64}")
KOPVORM = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|\+00(?::?00)?)?")

CSVKOP = (
    "document", "versie", "programma_code", "programma", "pakket_code", "pakket", "soort", "taakveld", "regel",
    "omschrijving", "incidenteel", "fase", "jaar", "bedrag", "bronprecisie",
)  # fmt: skip
GEDRUKTKOP = (
    "document", "versie", "programma_code", "pakket_code", "grootheid", "fase", "jaar", "bedrag", "eenheid",
    "toelichting",
)  # fmt: skip
WAARNEMINGKOP = (
    "nummer", "indicator", "gebied", "jaar", "waarde", "status", "voetnoot", "peildatum", "bron", "vastgelegd_op",
)  # fmt: skip
PUBLICATIEKOP = ("document", "versie", "controlesom", "peilmoment", "historiekop", "vorig_anker", "anker")
LOGKOP = (
    "nummer", "transactie", "tabel", "rij", "versie", "soort", "op", "door", "databaserol", "via", "herkomst", "oud",
    "nieuw", "sha256", "schakel", "schakel_op", "schakel_aantal", "schakel_vorige", "schakel_sha256", "wie", "document",
    "versienummer",
)  # fmt: skip
# The columns of an event that are hashed, in this order.
GEHASHT = LOGKOP[: LOGKOP.index("sha256")]
SOORTEN = {
    "lasten": ("lasten",),
    "baten": ("baten",),
    "saldo": ("lasten", "baten"),
    "toevoegingen": ("toevoeging",),
    "onttrekkingen": ("onttrekking",),
    "resultaat": ("lasten", "baten", "toevoeging", "onttrekking"),
}
# Rows that belong to no version, and that others refer to.
VERSIE, BESTAND, WAARNEMING = "programma_versie", "programma_bestand", "indicatoren_waarneming"
OVERAL = {
    "programma_document", VERSIE, "programma_verbondenpartij", "programma_taakveld", BESTAND,
    "indicatoren_gebied", "indicatoren_indicator", WAARNEMING,
}  # fmt: skip
INWONERS = "inwoners"
Rij = tuple[Optional[str], ...]  # noqa: UP045 - Python 3.9 has no other way to write it outside an annotation


class Onbruikbaar(Exception):
    """What was given is no dossier, log or anchor. The text is Dutch."""


class Onleesbaar(Exception):
    """A file of the dossier, or the log, that cannot be read. The text is Dutch."""


class Verslag:
    """What was found, said as it goes."""

    def __init__(self) -> None:
        self.fouten = 0

    def zeg(self, tekst: str = "") -> None:
        sys.stdout.write(tekst + "\n")

    def goed(self, zin: str) -> None:
        self.zeg(f"  goed   {toonbaar(zin)}")

    def weet(self, zin: str) -> None:
        """Say something that is neither right nor wrong."""
        self.zeg(f"  let op {toonbaar(zin)}")

    def fout(self, zin: str) -> None:
        self.fouten += 1
        self.zeg(f"  FOUT   {toonbaar(zin)}")

    def oordeel(self, fouten: Sequence[str], goed: str) -> None:
        """Say each of the deviations, or that there are none."""
        for zin in fouten[:MEESTE_ZINNEN]:
            self.fout(zin)
        if len(fouten) > MEESTE_ZINNEN:
            self.fout(f"En nog {len(fouten) - MEESTE_ZINNEN} van deze soort.")
        if not fouten:
            self.goed(goed)


def toonbaar(zin: str) -> str:
    """Return a sentence on one line: what a dossier says can neither write a verdict nor wipe one off the screen."""
    return STUURTEKEN.sub("\ufffd", re.sub(r"[\t\n\r]+", " ", zin))


class Bron:
    """The files of a dossier, out of a ZIP or a folder."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad
        self.zip: zipfile.ZipFile | None = None
        # What is being read, to name it when it turns out not to be readable.
        self.laatste = pad.name
        if pad.is_dir():
            bestanden = {p.relative_to(pad).as_posix(): p.stat().st_size for p in sorted(pad.rglob("*")) if p.is_file()}
            # An auditor often puts the log or the ZIP itself beside it: only what is listed is read.
        else:
            try:
                self.zip = zipfile.ZipFile(pad)
            except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as fout:
                raise Onbruikbaar(f"{pad} is geen ZIP-bestand en geen map: {fout}") from None
            inhoud = [info for info in self.zip.infolist() if not info.is_dir()]
            bestanden = {info.filename: info.file_size for info in inhoud}
            if len(bestanden) != len(inhoud):
                raise Onbruikbaar(f"In {pad} staat een bestand twee keer. Zo'n ZIP-bestand maakt de site niet.")
        if len(bestanden) > MEESTE_BESTANDEN or sum(bestanden.values()) > LIMIET:
            raise Onbruikbaar(f"{pad} is uitgepakt te groot: meer dan {LIMIET // 1024**3} GB of te veel bestanden.")
        self.namen, self._omvang = sorted(bestanden), bestanden

    @contextmanager
    def open(self, naam: str) -> Iterator[Any]:
        if naam not in self.namen:
            raise Onleesbaar(f"{naam} ontbreekt in het dossier.")
        self.laatste = naam
        try:
            with self.zip.open(naam) if self.zip else (self.pad / naam).open("rb") as bestand:
                yield bestand
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fout:
            raise Onleesbaar(f"{naam} is niet te lezen: {fout}") from None
        except Exception as fout:
            # Each way of packing has an error of its own, and not every Python has every module.
            if type(fout).__module__ in UITPAKKERS:
                raise Onleesbaar(f"{naam} is niet uit te pakken: {fout}") from None
            raise

    def lees(self, naam: str, meest: int = REGEL_MAX) -> bytes:
        """Return a whole file of at most so many bytes."""
        with self.open(naam) as bestand:
            if self._omvang[naam] > meest:
                raise Onleesbaar(f"{naam} is te groot om te lezen: meer dan {meest // 1024**2} MB.")
            return bytes(bestand.read())

    def sha256(self, naam: str) -> str:
        som = hashlib.sha256()
        with self.open(naam) as bestand:
            for blok in iter(lambda: bestand.read(1 << 20), b""):
                som.update(blok)
        return som.hexdigest()

    def json(self, naam: str, meest: int = REGEL_MAX) -> dict[str, Any]:
        gelezen = json.loads(self.lees(naam, meest).decode("utf-8"), parse_float=str)
        if not isinstance(gelezen, dict):
            raise Onleesbaar(f"{naam} is geen JSON zoals de site die schrijft.")
        return gelezen

    def csv(self, naam: str, kop: Sequence[str]) -> Iterator[dict[str, str]]:
        with self.open(naam) as bestand:
            yield from lees_csv(bestand, naam, kop)


def regels(bestand: Any, naam: str) -> Iterator[bytes]:
    """Yield the lines of a file, so that one without end is refused before it fills the memory."""
    gebufferd = io.BufferedReader(bestand, 1 << 20)
    while regel := gebufferd.readline(REGEL_MAX + 1):
        if len(regel) > REGEL_MAX:
            raise Onleesbaar(f"{naam} heeft een regel van meer dan {REGEL_MAX // 1024**2} MB.")
        yield regel


def lees_csv(bestand: Any, naam: str, kop: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV by column, without the apostrophe that keeps a spreadsheet from seeing a formula."""
    lezer = csv.reader((regel.decode("utf-8") for regel in regels(bestand, naam)), strict=True)
    try:
        if tuple(next(lezer, ())) != tuple(kop):
            raise Onleesbaar(f"{naam} heeft andere kolommen dan {', '.join(kop)}.")
        for cellen in lezer:
            if len(cellen) != len(kop):
                raise Onleesbaar(f"{naam}, regel {lezer.line_num}: {len(cellen)} cellen in plaats van {len(kop)}.")
            kaal = [cel if cel[:1] != "'" else ontbeveilig(cel) for cel in cellen]
            yield dict(zip(kop, kaal))  # noqa: B905 - Python 3.9 knows no strict
    except (csv.Error, UnicodeError) as fout:
        raise Onleesbaar(f"{naam}, bij regel {lezer.line_num}: {fout}") from None


def ontbeveilig(cel: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from seeing a formula."""
    return cel[1:] if cel.startswith("'") and GEVAARLIJK.match(cel[1:]) else cel


def nederlands(waarde: str | None, bij: str | None = None) -> str:
    """Return a value as people read it; of a long text the piece where it differs from `bij`."""
    if waarde is None or waarde == "":
        return "leeg"
    if re.fullmatch(r"-?\d+\.\d+", waarde):
        geheel, _, deel = waarde.lstrip("-").partition(".")
        groepen = f"{int(geheel):,}".replace(",", ".")
        return ("\u2212" if waarde.startswith("-") else "") + f"{groepen},{deel}"
    if len(waarde) <= 60:
        return waarde
    begin = 0
    while bij and begin < min(len(waarde), len(bij)) and waarde[begin] == bij[begin]:
        begin += 1
    begin = max(0, begin - 25)
    return ("…" if begin else "") + waarde[begin : begin + 60] + ("…" if begin + 60 < len(waarde) else "")


def als_tekst(waarde: Any) -> str | None:
    """Return a value of JSON in the one form in which values are compared; None stays None."""
    return None if waarde is None else str(waarde)


def moment(tekst: str | None) -> str:
    """Return a moment in UTC in one form, whoever wrote it; "" for none."""
    treffer = MOMENT.fullmatch(tekst or "")
    return f"{treffer[1]}T{treffer[2]}.{(treffer[3] or '').ljust(6, '0')}" if treffer else (tekst or "")


def getal(tekst: str) -> Decimal:
    if not BEDRAG.fullmatch(tekst):
        raise Onleesbaar(f"{tekst[:40]!r} is geen bedrag in euro met twee decimalen.")
    return Decimal(tekst)


# --- what the dossier says ------------------------------------------------------------------------------------------


class Velden:
    """What the fields of inhoud.json are: per kind of row its table, fields and references."""

    def __init__(self, gegevens: dict[str, Any]) -> None:
        self.soorten: dict[str, dict[str, Any]] = gegevens["soorten"]
        self.verwijzingen: dict[str, dict[str, str]] = gegevens["verwijzingen"]
        for soort in self.soorten.values():
            if not isinstance(soort["tabel"], str) or not all(isinstance(veld, str) for veld in soort["velden"]):
                raise Onleesbaar("inhoud-velden.json is niet zoals de site dat schrijft.")

    def vul_aan(self, soort: str, waarden: Sequence[Any]) -> Rij:
        """Return a row with all its fields. Fields that came later are not written when they are empty."""
        velden, later = self.soorten[soort]["velden"], int(self.soorten[soort]["later"])
        if not len(velden) - later <= len(waarden) <= len(velden):
            raise Onleesbaar(f"inhoud.json: een rij {soort} heeft {len(waarden)} velden.")
        rij = [als_tekst(waarde) for waarde in waarden] + [None] * (len(velden) - len(waarden))
        vast = len(velden) - later
        return tuple(rij[:vast]) + tuple(waarde or None for waarde in rij[vast:])


class Inhoud:
    """inhoud.json: everything that the council adopts, by kind of row."""

    def __init__(self, bron: Bron, velden: Velden) -> None:
        self.rijen: dict[str, list[Rij]] = {soort: [] for soort in velden.soorten}
        self.velden = velden
        self.titel = ""
        with bron.open("inhoud.json") as bestand:
            for nummer, octetten in enumerate(regels(bestand, "inhoud.json")):
                regel = octetten.decode("utf-8")
                kaal = (
                    regel.rstrip("\n").rstrip(",") if not regel.startswith("[[") else regel[1:].rstrip("\n").rstrip(",")
                )
                soort, waarde = _rij(kaal, nummer)
                if soort == "Versie":
                    self.titel = str(waarde)
                elif soort in self.rijen and isinstance(waarde, list):
                    self.rijen[soort].append(velden.vul_aan(soort, waarde))
                else:
                    raise Onleesbaar(f"inhoud.json, regel {nummer + 1}: {soort[:40]!r} is onbekend.")

    def elk(self, soort: str) -> Iterator[dict[str, str | None]]:
        velden = self.velden.soorten[soort]["velden"]
        return (dict(zip(velden, rij)) for rij in self.rijen[soort])  # noqa: B905


def _rij(regel: str, nummer: int) -> tuple[str, Any]:
    """Return the kind and the values of a line of inhoud.json; the last line closes the whole too."""
    for poging in (regel, regel[:-1]):
        try:
            gelezen = json.loads(poging, parse_float=str)
        except ValueError:
            continue
        if isinstance(gelezen, list) and len(gelezen) == 2 and isinstance(gelezen[0], str):
            return gelezen[0], gelezen[1]
    raise Onleesbaar(f"inhoud.json, regel {nummer + 1}, is niet zoals de site dat schrijft.")


class Dossier:
    """What the checks look at."""

    def __init__(self, bron: Bron) -> None:
        self.bron = bron
        self.meta = bron.json("metadata.json")
        for naam in ("document", "titel", "controlesom", "anker", "peilmoment", "gemaakt", "historiekop", "gemeente"):
            if not isinstance(self.meta.get(naam), str):
                raise Onleesbaar(f"metadata.json noemt geen {naam}.")
        if not isinstance(self.meta.get("versie"), int) or not isinstance(self.meta.get("bestanden"), list):
            raise Onleesbaar("metadata.json noemt geen versie of geen bestanden.")
        self.velden = Velden(bron.json("inhoud-velden.json"))
        self.inhoud = Inhoud(bron, self.velden)
        self.naam = f"{self.meta['titel']}, versie {self.meta['versie']}"
        self.vers = self.meta["gemaakt"] == "vers"
        self.pakketten = {rij["code"]: rij["programma__code"] for rij in self.inhoud.elk("Pakket")}
        self.regels = {rij["sleutel"]: rij["pakket__code"] for rij in self.inhoud.elk("Begrotingsregel")}

    def plaats(self, soort: str, rij: dict[str, str | None]) -> str:
        """Return where a row is: version, programme, pakket, and what it is."""
        regel = rij.get("regel__sleutel") or (rij.get("sleutel") if soort == "Begrotingsregel" else None)
        pakket = rij.get("pakket__code") or rij.get("doel__pakket__code") or self.regels.get(regel)
        pakket = pakket or (rij.get("code") if soort == "Pakket" else None)
        programma = rij.get("programma__code") or self.pakketten.get(pakket)
        programma = programma or (rij.get("code") if soort == "Programma" else None)
        kolom = " ".join(str(rij[veld]) for veld in ("kolom__fase", "kolom__jaar") if rij.get(veld))
        delen = [
            self.naam,
            f"programma {programma}" if programma else "",
            f"pakket {pakket}" if pakket else "",
            f"regel {regel}" if regel else _heet(soort, rij),
            f"kolom {kolom}" if kolom else "",
            f"wijziging {rij['wijziging__nummer']}" if rij.get("wijziging__nummer") else "",
        ]
        return ", ".join(deel for deel in delen if deel)


def _heet(soort: str, rij: dict[str, str | None]) -> str:
    """Return what a row is called that is no line."""
    if soort in {"Programma", "Pakket"}:
        return ""
    eerst = ("kop", "thema", "tekst", "doel__tekst", "vervallen_reden", "grootheid", "partij__slug", "naam", "nummer")
    naam = [str(rij[veld]) for veld in (*eerst, "indicator__slug", "fase", "jaar") if rij.get(veld)]
    kort = " ".join(naam[:2])
    return f"{soort.lower()} {kort if len(kort) <= 60 else kort[:60] + '…'}"


# --- the checks without a log ---------------------------------------------------------------------------------------


def controleer_sommen(bron: Bron, verslag: Verslag) -> None:
    regels = [regel.partition("  ") for regel in bron.lees("SHA256SUMS").decode("utf-8").splitlines()]
    sommen = {naam: som for som, _, naam in regels}
    if not sommen or len(sommen) != len(regels) or not all(SHA.fullmatch(som) for som in sommen.values()):
        raise Onleesbaar("SHA256SUMS is leeg of niet te lezen.")
    fouten = [f"{naam} staat in SHA256SUMS, maar ontbreekt." for naam in sorted(set(sommen) - set(bron.namen))]
    if bron.zip:
        over = sorted(set(bron.namen) - set(sommen) - {"SHA256SUMS"})
        fouten += [f"{naam} zit in het dossier, maar staat niet in SHA256SUMS." for naam in over]
    for naam in sorted(set(sommen) & set(bron.namen)):
        try:
            if bron.sha256(naam) != sommen[naam]:
                fouten.append(f"{naam} is niet wat SHA256SUMS zegt: het bestand is gewijzigd of beschadigd.")
        except Onleesbaar as fout:
            fouten.append(str(fout))
    verslag.oordeel(fouten, f"{len(sommen)} bestanden zijn precies wat in SHA256SUMS staat.")


Cel = tuple[str, str, str, str, str]


def controleer_totalen(dossier: Dossier, verslag: Verslag) -> None:
    """Add all lines up, per pakket, programme and document, and compare with the printed totals."""
    sommen: dict[Cel, Decimal] = defaultdict(Decimal)
    aantallen: Counter[Cel] = Counter()
    regels = 0
    for rij in dossier.bron.csv("begroting.csv", CSVKOP):
        regels += 1
        for programma, pakket in (("", ""), (rij["programma_code"], ""), (rij["programma_code"], rij["pakket_code"])):
            cel = (programma, pakket, rij["soort"], rij["fase"], rij["jaar"])
            sommen[cel] = EXACT.add(sommen[cel], getal(rij["bedrag"]))
            aantallen[cel] += 1
    verslag.goed(f"{regels} bedragen opgeteld per pakket, per programma en voor het hele document.")
    fouten, gelijk, totaal = [], 0, 0
    for rij in dossier.bron.csv("gedrukte-totalen.csv", GEDRUKTKOP):
        totaal += 1
        if rij["grootheid"] not in SOORTEN or rij["eenheid"] not in {"1", "1000"}:
            raise Onleesbaar(f"gedrukte-totalen.csv, totaal {totaal}: onbekende grootheid of eenheid.")
        cellen = [
            (rij["programma_code"], rij["pakket_code"], soort, rij["fase"], rij["jaar"])
            for soort in SOORTEN[rij["grootheid"]]
        ]
        ons, eenheid, gedrukt = sum((sommen[c] for c in cellen), Decimal(0)), int(rij["eenheid"]), getal(rij["bedrag"])
        n = sum(aantallen[c] for c in cellen)
        if (ons / eenheid).quantize(Decimal(1), ROUND_HALF_UP) * eenheid == gedrukt:
            gelijk += 1
            continue
        zin = (
            f"{dossier.naam}, {'programma ' + rij['programma_code'] if rij['programma_code'] else 'hele document'}"
            f"{', pakket ' + rij['pakket_code'] if rij['pakket_code'] else ''}, {rij['grootheid']} {rij['fase']} "
            f"{rij['jaar']}: gedrukt {nederlands(str(gedrukt))}, de regels tellen op tot {nederlands(str(ons))}"
        )
        if abs(ons - gedrukt) <= Decimal(n + 1) * eenheid / 2:
            verslag.weet(f"{zin}. Afronding kan dat verklaren ({n} bedragen).")
        elif rij["toelichting"]:
            verslag.weet(f"{zin}. De gemeente verklaart: {rij['toelichting'][:200]}")
        else:
            fouten.append(f"{zin}. Daar is geen verklaring bij.")
    if totaal:
        verslag.oordeel(fouten, f"{gelijk} van {totaal} gedrukte totalen sluiten aan op de regels.")
    else:
        verslag.weet("De bron van deze versie had geen gedrukte totalen om mee te vergelijken.")
    for fase, jaar in sorted({(cel[3], cel[4]) for cel in sommen}, key=lambda kolom: kolom[::-1]):
        per_soort = {soort: sommen.get(("", "", soort, fase, jaar), Decimal(0)) for soort in SOORTEN["resultaat"]}
        bedragen = [f"{soort} {nederlands(str(euro))}" for soort, euro in per_soort.items()]
        bedragen.append(f"resultaat {nederlands(str(sum(per_soort.values(), Decimal(0))))}")
        verslag.zeg(toonbaar(f"         {fase} {jaar}: " + ", ".join(bedragen).replace(" 0,", " 0,")))


def controleer_inhoud(dossier: Dossier, verslag: Verslag) -> None:
    """Compare the controlesom with inhoud.json, and begroting.csv with it, line by line."""
    som, meta = dossier.bron.sha256("inhoud.json"), dossier.meta
    if not meta["controlesom"]:
        verslag.weet(f"{dossier.naam} is niet gepubliceerd: er is nog geen vastgelegde controlesom. Nu is zij {som}.")
    elif som == meta["controlesom"]:
        verslag.goed(f"De sha256 van inhoud.json is de controlesom van de publicatie: {som}.")
    else:
        verslag.fout(
            f"{dossier.naam}: de inhoud is niet meer wat is gepubliceerd. De controlesom is {meta['controlesom']}, "
            f"inhoud.json heeft {som}."
        )
    if dossier.inhoud.titel != meta["titel"]:
        verslag.fout(f"inhoud.json heeft de titel {dossier.inhoud.titel[:80]!r}, metadata.json {meta['titel'][:80]!r}.")
    verwacht = Counter(_regels_uit_inhoud(dossier))
    gevonden = Counter(tuple(rij[veld] for veld in CSVKOP) for rij in dossier.bron.csv("begroting.csv", CSVKOP))
    fouten = [
        f"{dossier.naam}, {_csvplaats(rij)} staat {wat}."
        for over, wat in (
            (gevonden - verwacht, "in begroting.csv, maar niet in inhoud.json"),
            (verwacht - gevonden, "in inhoud.json, maar niet in begroting.csv"),
        )
        for rij in sorted(over)
    ]
    verslag.oordeel(fouten, f"begroting.csv en inhoud.json hebben dezelfde {sum(gevonden.values())} bedragen.")
    uit_inhoud = Counter(
        (
            rij["programma__code"] or "", rij["pakket__code"] or "", rij["grootheid"] or "", rij["kolom__fase"] or "",
            rij["kolom__jaar"] or "", rij["euro"] or "", rij["eenheid"] or "", rij["toelichting"] or "",
        )
        for rij in dossier.inhoud.elk("GedruktTotaal")
    )  # fmt: skip
    gedrukt = Counter(
        tuple(rij[veld] for veld in GEDRUKTKOP[2:]) for rij in dossier.bron.csv("gedrukte-totalen.csv", GEDRUKTKOP)
    )
    if gedrukt != uit_inhoud:
        verslag.fout("gedrukte-totalen.csv heeft andere totalen dan inhoud.json.")


def _csvplaats(rij: Sequence[str]) -> str:
    cel = dict(zip(CSVKOP, rij))  # noqa: B905
    return (
        f"programma {cel['programma_code']}, pakket {cel['pakket_code']}, regel {cel['regel']}, "
        f"kolom {cel['fase']} {cel['jaar']}: {nederlands(cel['bedrag'])}"
    )


def _regels_uit_inhoud(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield the rows that begroting.csv must have."""
    programmas = {rij["code"]: rij["naam"] or "" for rij in dossier.inhoud.elk("Programma")}
    pakketten = {rij["code"]: rij for rij in dossier.inhoud.elk("Pakket")}
    regels = {rij["sleutel"]: rij for rij in dossier.inhoud.elk("Begrotingsregel")}
    for bedrag in dossier.inhoud.elk("Bedrag"):
        regel = regels.get(bedrag["regel__sleutel"])
        pakket = pakketten.get(regel["pakket__code"]) if regel else None
        if regel is None or pakket is None:
            raise Onleesbaar(f"inhoud.json: een bedrag hoort bij regel {bedrag['regel__sleutel']}, die er niet is.")
        programma = pakket["programma__code"] or ""
        incidenteel = regel["incidenteel"] or ""
        yield (
            dossier.meta["document"], str(dossier.meta["versie"]), programma, programmas.get(programma, ""),
            pakket["code"] or "", pakket["naam"] or "", regel["soort"] or "", regel["taakveld__code"] or "",
            regel["sleutel"] or "", regel["omschrijving"] or "", "" if incidenteel == "onbekend" else incidenteel,
            bedrag["kolom__fase"] or "", bedrag["kolom__jaar"] or "", bedrag["euro"] or "",
            bedrag["bronprecisie"] or "",
        )  # fmt: skip


def controleer_json(dossier: Dossier, verslag: Verslag) -> None:
    """Compare begroting.json with begroting.csv, amount by amount."""
    gelezen, meta = dossier.bron.json("begroting.json", HEEL_MAX), dossier.meta
    wie = (gelezen["document"]["naam"], gelezen["versie"]["nummer"], gelezen["versie"]["controlesom"] or "")
    if wie != (meta["document"], meta["versie"], meta["controlesom"]):
        verslag.fout(f"begroting.json is van een andere versie: {wie[0]}, versie {wie[1]}, controlesom {wie[2]}.")
    hier: Counter[tuple[str, ...]] = Counter(
        (
            regel["programma"], regel["pakket"], regel["soort"], regel["regel"], bedrag["fase"], str(bedrag["jaar"]),
            bedrag["bedrag"], str(bedrag["bronprecisie"]),
        )
        for regel in gelezen["regels"]
        for bedrag in regel["bedragen"]
    )  # fmt: skip
    velden = ("programma_code", "pakket_code", "soort", "regel", "fase", "jaar", "bedrag", "bronprecisie")
    csvrijen = Counter(tuple(rij[veld] for veld in velden) for rij in dossier.bron.csv("begroting.csv", CSVKOP))
    fouten = [
        f"{dossier.naam}, programma {rij[0]}, pakket {rij[1]}, regel {rij[3]}, kolom {rij[4]} {rij[5]}: "
        f"{nederlands(rij[6])} staat {wat}."
        for over, wat in (
            (hier - csvrijen, "in begroting.json, maar niet in begroting.csv"),
            (csvrijen - hier, "in begroting.csv, maar niet in begroting.json"),
        )
        for rij in sorted(over)
    ]
    verslag.oordeel(fouten, f"begroting.json heeft dezelfde {sum(hier.values())} bedragen: dus ook dezelfde totalen.")


def controleer_publicaties(dossier: Dossier, verslag: Verslag) -> list[dict[str, str]]:
    """Compute the anchor of every publication again. Return them."""
    rijen = list(dossier.bron.csv("publicaties.csv", PUBLICATIEKOP))
    fouten, vorig = [], ""
    for rij in rijen:
        tekst = "\n".join((vorig, rij["controlesom"], rij["peilmoment"], rij["historiekop"]))
        if rij["vorig_anker"] != vorig or hashlib.sha256(tekst.encode()).hexdigest() != rij["anker"]:
            fouten.append(
                f"{rij['document']}, versie {rij['versie']}: het anker {rij['anker']} volgt niet uit de publicatie "
                "ervoor, de controlesom, het peilmoment en de kop van de historie."
            )
        vorig = rij["anker"]
    verslag.oordeel(fouten, f"De keten van {len(rijen)} publicaties sluit: elk anker volgt uit het vorige.")
    meta = dossier.meta
    eigen = [r for r in rijen if (r["document"], r["versie"]) == (meta["document"], str(meta["versie"]))]
    if meta["anker"]:
        feiten = (meta["controlesom"], moment(meta["peilmoment"]), meta["anker"])
        if [(r["controlesom"], moment(r["peilmoment"]), r["anker"]) for r in eigen] != [feiten]:
            verslag.fout(f"{dossier.naam} staat niet, of anders, in publicaties.csv.")
        else:
            verslag.goed(f"{dossier.naam} is de laatste schakel daarvan, met anker {meta['anker']}.")
    return rijen


def controleer_bestanden(dossier: Dossier, verslag: Verslag) -> None:
    """Compare the files that were recorded at publication with those in the dossier."""
    bekend = {str(rij["naam"]): str(rij["sha256"]) for rij in dossier.meta["bestanden"]}
    programmas = _programmabestanden(dossier) if any(naam.startswith("programma/") for naam in bekend) else {}
    fouten, gezien = [], 0
    for naam, som in sorted(bekend.items()):
        if naam in dossier.bron.namen:
            eigen: str | None = dossier.bron.sha256(naam)
        else:
            eigen = programmas.get(naam)
        if eigen is None:
            verslag.weet(f"{naam} is bij deze publicatie vastgelegd (sha256 {som}), maar zit niet in het dossier.")
        elif eigen != som:
            fouten.append(f"{dossier.naam}: {naam} is niet meer het bestand dat bij de publicatie is vastgelegd.")
        gezien += eigen == som
    if bekend:
        verslag.oordeel(fouten, f"{gezien} bestanden zijn precies wat bij de publicatie is vastgelegd.")
    else:
        verslag.zeg("         Bij deze versie zijn geen bestanden vastgelegd: dat gebeurt bij de publicatie.")


def _programmabestanden(dossier: Dossier) -> dict[str, str]:
    """Return the sha256 of begroting.csv of each programme: its lines of the whole, as they stand there."""
    namen = {rij["code"]: f"programma/{rij['slug']}/begroting.csv" for rij in dossier.inhoud.elk("Programma")}
    with dossier.bron.open("begroting.csv") as bestand:
        rijen = regels(bestand, "begroting.csv")
        kop = next(rijen, b"")
        sommen = {code: hashlib.sha256(kop) for code in namen}
        for regel in rijen:
            code = next(csv.reader([regel.decode("utf-8")]))[2]
            if ontbeveilig(code) in sommen:
                sommen[ontbeveilig(code)].update(regel)
    return {namen[code]: som.hexdigest() for code, som in sommen.items()}


# --- the checks with the log ----------------------------------------------------------------------------------------


class Schakel(NamedTuple):
    """A link of the chain as the log names it."""

    nummer: int
    transactie: str
    op: str
    aantal: int
    vorige: str
    sha256: str


class Log:
    """wijzigingslog.csv, read once for the chain, and once more for the rows of one version."""

    def __init__(self, pad: Path, gezocht: dict[int, str], tot: int) -> None:
        """`gezocht` are the links whose hash is wanted; rows are followed up to link `tot` (0: to the end)."""
        self.pad, self.tot = pad, tot
        self.fouten: list[str] = []
        self.gebeurtenissen = 0
        self.kop: Schakel | None = None
        self.schakels: dict[int, str] = dict.fromkeys(gezocht, "")
        self.stand: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        self.versies: dict[str, str] = {}

    def rijen(self) -> Iterator[dict[str, str]]:
        try:
            with self.pad.open("rb") as bestand:
                yield from lees_csv(bestand, self.pad.name, LOGKOP)
        except OSError as fout:
            raise Onbruikbaar(f"{self.pad} is niet te lezen: {fout}") from None

    def meld(self, zin: str) -> None:
        self.fouten.append(zin)

    def reken_na(self) -> None:
        """Compute each event and each link again, and follow every row from event to event."""
        laatste: dict[tuple[str, str], bytes] = {}
        gezien: set[int] = set()
        schakel, som, aantal, vorig_nummer = None, hashlib.sha256(), 0, 0
        for rij in self.rijen():
            self.gebeurtenissen += 1
            nummer, waar = int(rij["nummer"]), f"Gebeurtenis {rij['nummer']} ({self._waar(rij)})"
            tekst = "\n".join(rij[veld] for veld in GEHASHT)
            if hashlib.sha256(tekst.encode()).hexdigest() != rij["sha256"]:
                self.meld(f"{waar} is gewijzigd na het vastleggen.")
            if nummer in gezien:
                self.meld(f"{waar} staat er twee keer in.")
            gezien.add(nummer)
            self._volg(rij, laatste, waar)
            if not rij["schakel"]:
                self.meld(f"{waar} hoort bij geen schakel van de keten.")
                continue
            deze = Schakel(
                int(rij["schakel"]), rij["transactie"], rij["schakel_op"], int(rij["schakel_aantal"]),
                rij["schakel_vorige"], rij["schakel_sha256"],
            )  # fmt: skip
            if schakel is None or deze.nummer != schakel.nummer:
                self._sluit(schakel, som, aantal)
                self._begin(schakel, deze)
                begin = (deze.vorige, str(deze.nummer), deze.transactie, str(deze.aantal), deze.op, "")
                schakel, som, aantal, vorig_nummer = deze, hashlib.sha256("\n".join(begin).encode()), 0, 0
            elif deze != schakel or nummer <= vorig_nummer:
                self.meld(f"{waar} past niet in schakel {schakel.nummer}.")
            som.update(rij["sha256"].encode())
            aantal, vorig_nummer = aantal + 1, nummer
            if rij["tabel"] in OVERAL:
                self._onthoud(rij)
            if rij["tabel"] == VERSIE and rij["versie"]:
                self.versies[rij["rij"]] = rij["versie"]
        self._sluit(schakel, som, aantal)
        self.kop = schakel

    @staticmethod
    def _waar(rij: dict[str, str]) -> str:
        versie = f"{rij['document']}, versie {rij['versienummer']}, " if rij["document"] else ""
        return f"{versie}{rij['tabel']} {rij['rij']}"

    def _begin(self, vorige: Schakel | None, deze: Schakel) -> None:
        verwacht = vorige.nummer + 1 if vorige else 1
        if deze.nummer != verwacht:
            self.meld(f"Voor schakel {deze.nummer} ontbreken er schakels: {verwacht} hoort de volgende te zijn.")
        elif deze.vorige != (vorige.sha256 if vorige else ""):
            self.meld(f"Schakel {deze.nummer} sluit niet aan op de vorige.")
        if deze.nummer in self.schakels:
            self.schakels[deze.nummer] = deze.sha256

    def _sluit(self, schakel: Schakel | None, som: Any, aantal: int) -> None:
        if schakel is None:
            return
        if aantal != schakel.aantal:
            self.meld(
                f"Schakel {schakel.nummer} hoort {schakel.aantal} gebeurtenissen te hebben, en heeft er {aantal}."
            )
        elif som.hexdigest() != schakel.sha256:
            self.meld(f"Schakel {schakel.nummer} ({schakel.op}) is gewijzigd na het vastleggen.")

    def _volg(self, rij: dict[str, str], laatste: dict[tuple[str, str], bytes], waar: str) -> None:
        """Check that an event begins where the one before it of the same row ended."""
        plek = (rij["tabel"], rij["rij"])
        voor = laatste.get(plek, b"")
        oud = hashlib.sha256(rij["oud"].encode()).digest()[:16] if rij["oud"] else b""
        if (rij["soort"] == "+" and (rij["oud"] or voor)) or (rij["soort"] != "+" and (not rij["oud"] or oud != voor)):
            self.meld(f"{waar} begint niet waar de vorige van deze rij eindigde.")
        laatste[plek] = hashlib.sha256(rij["nieuw"].encode()).digest()[:16] if rij["nieuw"] else b""

    def _onthoud(self, rij: dict[str, str]) -> None:
        """Keep the state of a row after an event."""
        if self.tot and int(rij["schakel"] or self.tot + 1) > self.tot:
            return
        if not rij["nieuw"]:
            self.stand[rij["tabel"]].pop(int(rij["rij"]), None)
            return
        kolommen = json.loads(rij["nieuw"], parse_float=str)
        if not isinstance(kolommen, dict):
            raise Onleesbaar(f"Gebeurtenis {rij['nummer']}: de rij is niet te lezen.")
        self.stand[rij["tabel"]][int(rij["rij"])] = kolommen

    def lees_versie(self, sleutel: int) -> None:
        """Read the rows of one version."""
        for rij in self.rijen():
            if rij["versie"] == str(sleutel) and rij["tabel"] not in OVERAL:
                self._onthoud(rij)

    def zoek_versie(self, document: str, nummer: int) -> int | None:
        """Return the key of a version, by its document and number."""
        documenten = self.stand["programma_document"]
        for sleutel, rij in self.stand[VERSIE].items():
            if rij.get("nummer") == nummer and documenten.get(rij.get("document_id", 0), {}).get("slug") == document:
                return sleutel
        return None

    def waarde(self, velden: Velden, tabel: str, kolommen: dict[str, Any], pad: str) -> Any:
        """Return the value of a field of a row; "a__b" is field b of the row that a refers to."""
        *weg, veld = pad.split("__")
        for stap in weg:
            sleutel = kolommen.get(f"{stap}_id")
            if sleutel is None:
                return None
            tabel = velden.verwijzingen[tabel][f"{stap}_id"]
            if sleutel not in self.stand[tabel]:
                return f"nummer {sleutel}, dat niet in de historie staat"
            kolommen = self.stand[tabel][sleutel]
        return kolommen.get(veld)


def controleer_log(dossier: Dossier, log: Log, publicaties: list[dict[str, str]], anker: str, verslag: Verslag) -> None:
    """Compute the history again, and compare what it left with what the dossier says."""
    dossier.bron.laatste = log.pad.name
    log.reken_na()
    if log.kop is None:
        verslag.fout(f"{log.pad.name} is leeg: er is geen historie. Een site met een begroting heeft er altijd een.")
        return
    verslag.oordeel(
        log.fouten,
        f"{log.gebeurtenissen} gebeurtenissen in {log.kop.nummer} schakels: elke sha256 klopt en de keten sluit.",
    )
    kop = toonbaar(f"{log.kop.nummer}:{log.kop.sha256[:64]}")
    verslag.zeg(f"         Kop van de historie (bewaar hem buiten de gemeente): {kop}")
    _koppen(dossier, log, publicaties, anker, verslag)
    sleutel = log.zoek_versie(dossier.meta["document"], dossier.meta["versie"])
    if sleutel is None:
        verslag.fout(f"{dossier.naam} staat niet in de historie.")
        return
    log.lees_versie(sleutel)
    _versie(dossier, log, sleutel, publicaties, verslag)
    _rijen(dossier, log, verslag)
    _bestanden_in_log(dossier, log, sleutel, verslag)
    _waarnemingen(dossier, log, verslag)


def _koppen(dossier: Dossier, log: Log, publicaties: list[dict[str, str]], anker: str, verslag: Verslag) -> None:
    """Compare the heads that were written down earlier with the chain."""
    koppen = [(f"de publicatie van {r['document']}, versie {r['versie']}", r["historiekop"]) for r in publicaties]
    koppen += [("dit dossier", dossier.meta["historiekop"]), ("uw anker", anker if ":" in anker else "")]
    fouten, goed = [], 0
    for van, kop in koppen:
        vorm = KOPVORM.fullmatch(kop)
        if not vorm:
            continue
        nu = log.schakels.get(int(vorm[1]), "")
        if not nu:
            fouten.append(
                f"De historie is korter dan {van} zegt: schakel {vorm[1]} is er niet meer. Haalde u de wijzigingslog "
                "eerder op dan het dossier? Haal hem dan opnieuw op; anders is er een stuk van de historie afgeknipt."
            )
        elif nu != vorm[2]:
            fouten.append(f"De historie tot en met schakel {vorm[1]} is niet meer die van {van}: zij is herschreven.")
        goed += nu == vorm[2]
    verslag.oordeel(fouten, f"{goed} eerder vastgelegde koppen van de historie staan er nog precies zo in.")


def _versie(dossier: Dossier, log: Log, sleutel: int, publicaties: list[dict[str, str]], verslag: Verslag) -> None:
    """Compare the version itself, and every publication, with the history."""
    rij, meta, fouten = log.stand[VERSIE][sleutel], dossier.meta, []
    namen = ["titel", "controlesom", "anker"]
    namen += ["status", "raadsbesluit_nummer", "raadsbesluit_datum", "gepubliceerd_op"] if dossier.vers else []
    namen += ["peilmoment"] if meta["anker"] else []
    for naam in namen:
        hier, toen = str(meta.get(naam) or ""), str(rij.get(naam) or "")
        if moment(hier) != moment(toen):
            fouten.append(
                f"{dossier.naam}: {naam} is in het dossier {nederlands(hier)}, in de historie {nederlands(toen)}."
            )
    documenten = log.stand["programma_document"]
    in_log = {
        (documenten.get(v.get("document_id", 0), {}).get("slug"), str(v.get("nummer"))): v
        for v in log.stand[VERSIE].values()
    }
    for rij in publicaties:
        gevonden = in_log.get((rij["document"], rij["versie"]), {})
        if [gevonden.get("controlesom"), gevonden.get("anker"), moment(gevonden.get("peilmoment"))] != [
            rij["controlesom"], rij["anker"], moment(rij["peilmoment"]),
        ]:  # fmt: skip
            fouten.append(f"De publicatie van {rij['document']}, versie {rij['versie']}, staat anders in de historie.")
    bekend = {rij["anker"] for rij in publicaties}
    if dossier.vers and not meta["anker"]:
        fouten += [
            f"{document}, versie {nummer} is volgens de historie gepubliceerd, maar staat niet in publicaties.csv."
            for (document, nummer), rij in in_log.items()
            if rij.get("anker") and rij["anker"] not in bekend
        ]
    verslag.oordeel(fouten, f"{dossier.naam} en {len(publicaties)} publicaties staan zo ook in de historie.")


def _rijen(dossier: Dossier, log: Log, verslag: Verslag) -> None:
    """Compare every row of inhoud.json with what the history left of it."""
    fouten: list[str] = []
    aantal = 0
    for soort, wat in sorted(dossier.velden.soorten.items()):
        tabel, velden = wat["tabel"], wat["velden"]
        historie = [
            dossier.velden.vul_aan(soort, [log.waarde(dossier.velden, tabel, kolommen, pad) for pad in velden])
            for kolommen in log.stand[tabel].values()
        ]
        bekend = {pad.split("__")[0] for pad in velden} | set(wat["telt_niet"]) | {"id", "versie"}
        kolomnamen = {kolom for kolommen in log.stand[tabel].values() for kolom in kolommen}
        vreemd = {re.sub("_id$", "", kolom) for kolom in kolomnamen} - bekend
        if vreemd:
            fouten.append(
                f"{soort}: {', '.join(sorted(vreemd))} staat in de historie, maar telt niet mee in inhoud.json."
            )
        hier, toen = Counter(dossier.inhoud.rijen[soort]), Counter(historie)
        aantal += sum((hier & toen).values())
        fouten += _verschillen(dossier, soort, list((hier - toen).elements()), list((toen - hier).elements()))
    verslag.oordeel(fouten, f"{aantal} rijen van inhoud.json zijn precies wat de historie ervan zegt.")


def _verschillen(dossier: Dossier, soort: str, hier: list[Rij], toen: list[Rij]) -> Iterator[str]:
    """Name how rows differ: each with the one that is most like it."""
    velden = dossier.velden.soorten[soort]["velden"]
    over = list(toen)
    for plek, rij in enumerate(hier):
        kandidaten = over if plek < 200 else []
        best = max(kandidaten, key=lambda ander: _gelijk(rij, ander), default=None)
        plaats = dossier.plaats(soort, dict(zip(velden, rij)))  # noqa: B905
        if best is None or _gelijk(rij, best) * 2 < len(velden):
            yield f"{plaats}: staat in het dossier, maar niet in de historie."
            continue
        over.remove(best)
        anders = [
            f"{veld.replace('__', ' ')}: het dossier zegt {nederlands(a, b)}, de historie {nederlands(b, a)}"
            for veld, a, b in zip(velden, rij, best)  # noqa: B905
            if a != b
        ]
        yield f"{plaats}: {'; '.join(anders)}."
    for rij in over:
        yield f"{dossier.plaats(soort, dict(zip(velden, rij)))}: staat in de historie, maar niet in het dossier."  # noqa: B905


def _gelijk(rij: Rij, ander: Rij) -> int:
    return sum(a == b for a, b in zip(rij, ander))  # noqa: B905


def _bestanden_in_log(dossier: Dossier, log: Log, sleutel: int, verslag: Verslag) -> None:
    """Compare the files of the publication with their events."""
    in_log = {str(r.get("naam")): r.get("sha256") for r in log.stand[BESTAND].values() if r.get("versie_id") == sleutel}
    bekend = {rij["naam"]: rij["sha256"] for rij in dossier.meta["bestanden"]}
    fouten = [
        f"{dossier.naam}: {naam} heeft in de historie een andere sha256 dan in het dossier, of staat er niet in."
        for naam, som in sorted(bekend.items())
        if in_log.get(naam) != som
    ]
    if dossier.vers:
        fouten += [
            f"{dossier.naam}: {naam} staat in de historie, maar niet in het dossier."
            for naam in sorted(set(in_log) - set(bekend) - {"dossier.zip"})
        ]
    elif dossier.bron.zip and "dossier.zip" in in_log:
        with dossier.bron.pad.open("rb") as bestand:
            som = hashlib.sha256()
            for blok in iter(lambda: bestand.read(1 << 20), b""):
                som.update(blok)
        if som.hexdigest() != in_log["dossier.zip"]:
            fouten.append(
                f"Dit ZIP-bestand is niet het dossier dat bij de publicatie is bewaard ({in_log['dossier.zip']})."
            )
    if bekend or fouten:
        verslag.oordeel(fouten, f"{len(bekend)} bestanden van de publicatie staan zo ook in de historie.")


def _waarnemingen(dossier: Dossier, log: Log, verslag: Verslag) -> None:
    """Compare the observations with their events: each is there, unchanged, and none is missing."""
    per_indicator: dict[str | None, set[str]] = defaultdict(set)
    for soort in ("Programmaindicator", "Doelindicator"):
        for rij in dossier.inhoud.elk(soort):
            pakket = rij.get("doel__pakket__code")
            per_indicator[rij["indicator__slug"]].add(rij.get("programma__code") or dossier.pakketten.get(pakket) or "")
    alle = {rij["code"] or "" for rij in dossier.inhoud.elk("Programma")}
    per_indicator[INWONERS] |= alle
    gebieden = {rij["vergelijkingsgroep__code"] for rij in dossier.inhoud.elk("Programma")} | {dossier.meta["gemeente"]}
    toen: dict[tuple[str, str, str], dict[str, str]] = {}
    for sleutel, feit in sorted(log.stand[WAARNEMING].items()):
        indicator = str(log.stand["indicatoren_indicator"].get(feit.get("indicator_id", 0), {}).get("slug"))
        gebied = str(log.stand["indicatoren_gebied"].get(feit.get("gebied_id", 0), {}).get("code"))
        op = moment(feit.get("vastgelegd_op"))
        if indicator in per_indicator and gebied in gebieden and op <= moment(dossier.meta["peilmoment"]):
            plek = (indicator, gebied, str(feit.get("jaar")))
            cellen = {veld: str(feit[veld]) if feit.get(veld) is not None else "" for veld in WAARNEMINGKOP[3:9]}
            cellen.update(nummer=str(sleutel), indicator=indicator, gebied=gebied, vastgelegd_op=op)
            if plek not in toen or toen[plek]["vastgelegd_op"] <= op:
                toen[plek] = cellen
    hier = {r["nummer"]: dict(r, vastgelegd_op=moment(r["vastgelegd_op"])) for r in
            dossier.bron.csv("waarnemingen.csv", WAARNEMINGKOP)}  # fmt: skip
    verwacht = {rij["nummer"]: rij for rij in toen.values()}
    fouten = []
    for nummer in sorted(set(hier) | set(verwacht), key=lambda tekst: (len(tekst), tekst)):
        a, b = hier.get(nummer), verwacht.get(nummer)
        if a == b:
            continue
        een = a or b or {}
        programmas = sorted(per_indicator.get(een["indicator"], alle))
        plaats = (
            f"{dossier.naam}, programma {', '.join(programmas) or 'onbekend'}, waarneming {nummer}: "
            f"{een['indicator']} van {een['gebied']} in {een['jaar']}"
        )
        if a is None or b is None:
            waar, weg = ("de historie", "het dossier") if a is None else ("het dossier", "de historie")
            fouten.append(f"{plaats}: staat in {waar}, maar niet, of niet als de laatst bekende, in {weg}.")
        else:
            anders = [
                f"{veld}: het dossier zegt {nederlands(a[veld])}, de historie {nederlands(b[veld])}"
                for veld in WAARNEMINGKOP
                if a[veld] != b[veld]
            ]
            fouten.append(f"{plaats}: {'; '.join(anders)}.")
    verslag.oordeel(fouten, f"{len(hier)} waarnemingen zijn precies wat de historie op het peilmoment kende.")


# --- from the outside -----------------------------------------------------------------------------------------------


def lees_anker(gegeven: str) -> str:
    """Return the anchor, out of a file if one was named. Raises Onbruikbaar when it does not look like one."""
    try:
        pad = Path(gegeven)
        if gegeven and len(gegeven) < 1000 and pad.is_file():
            gegeven = pad.read_text(encoding="utf-8").split("\n", 1)[0]
    except (OSError, ValueError) as fout:
        raise Onbruikbaar(f"Het bestand {gegeven[:200]} is niet te lezen: {fout}") from None
    anker = gegeven.strip().lower()
    anker = anker[7:] if anker.startswith("sha256 ") else anker
    if anker and not (SHA.fullmatch(anker) or KOPVORM.fullmatch(anker)):
        raise Onbruikbaar(
            f"{anker[:100]!r} is geen anker. Dat is het anker van een publicatie of een controlesom (64 cijfers en "
            "letters a tot f), of een kop van de historie (1234: en dan 64 tekens)."
        )
    return anker


def probeer(bron: Bron, verslag: Verslag, wat: str, controle: Callable[[], Any]) -> Any:
    """Do a check; a file that cannot be read is a finding, not the end."""
    verslag.zeg(f"\n{wat}")
    try:
        return controle()
    except (Onleesbaar, Onbruikbaar) as fout:
        verslag.fout(str(fout))
    except (
        ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError, MemoryError, csv.Error,
    ) as fout:  # fmt: skip
        verslag.fout(f"{bron.laatste} is niet zoals de site het schrijft, en dus niet te controleren ({fout!r:.120}).")
    return None


def controleer_anker(dossier: Dossier, publicaties: list[dict[str, str]], anker: str, verslag: Verslag) -> None:
    """Find an anchor that was kept outside among the publications."""
    bekend = {r["anker"] for r in publicaties} | {r["controlesom"] for r in publicaties}
    if anker in bekend | {dossier.bron.sha256("inhoud.json")}:
        verslag.goed("Wat u bewaarde, staat in de keten van publicaties: tot daar is niets herschreven.")
    else:
        verslag.fout(
            f"Geen publicatie tot en met deze heeft het anker of de controlesom {anker}. Is het van een latere "
            "publicatie? Neem dan het dossier daarvan. Is het van deze of een eerdere, dan is er iets herschreven."
        )


def verifieer(pad: Path, log: Path | None, anker: str, verslag: Verslag) -> bool:
    """Do all checks that can be done; return whether there was a dossier to check."""
    bron = Bron(pad)
    if "SHA256SUMS" not in bron.namen or "metadata.json" not in bron.namen:
        raise Onbruikbaar(f"{pad} is geen dossier: SHA256SUMS of metadata.json ontbreekt.")
    if log and "-deel-" in log.name:
        raise Onbruikbaar(f"{log.name} is een deel van de historie. De keten is alleen met de hele log na te rekenen.")
    if ":" in anker and not log:
        raise Onbruikbaar("Een kop van de historie is alleen te controleren met --log wijzigingslog.csv erbij.")
    probeer(bron, verslag, "Zijn de bestanden heel?", lambda: controleer_sommen(bron, verslag))
    dossier = probeer(bron, verslag, "Van welke versie is dit?", lambda: _stel_voor(bron, verslag))
    if dossier is None:
        return True
    probeer(bron, verslag, "Kloppen de totalen?", lambda: controleer_totalen(dossier, verslag))
    probeer(bron, verslag, "Is dit de inhoud die is vastgelegd?", lambda: controleer_inhoud(dossier, verslag))
    probeer(bron, verslag, "Zegt begroting.json hetzelfde?", lambda: controleer_json(dossier, verslag))
    probeer(bron, verslag, "Zijn dit de bestanden van de publicatie?", lambda: controleer_bestanden(dossier, verslag))
    publicaties = (
        probeer(bron, verslag, "Sluit de keten van publicaties?", lambda: controleer_publicaties(dossier, verslag))
        or []
    )
    if SHA.fullmatch(anker):
        probeer(bron, verslag, "Klopt wat u bewaarde?", lambda: controleer_anker(dossier, publicaties, anker, verslag))
    if log:
        koppen = [*(r["historiekop"] for r in publicaties), dossier.meta["historiekop"], anker]
        vormen = [vorm for vorm in map(KOPVORM.fullmatch, koppen) if vorm]
        eigen = KOPVORM.fullmatch(dossier.meta["historiekop"])
        boek = Log(log, {int(vorm[1]): "" for vorm in vormen}, int(eigen[1]) if eigen and dossier.vers else 0)
        probeer(
            bron, verslag, "Zegt de historie hetzelfde?",
            lambda: controleer_log(dossier, boek, publicaties, anker, verslag),
        )  # fmt: skip
    _slot(dossier, log, anker, verslag)
    return True


def _stel_voor(bron: Bron, verslag: Verslag) -> Dossier:
    dossier = Dossier(bron)
    hoe = "op verzoek vers gemaakt uit de tabellen" if dossier.vers else "bij de publicatie gemaakt en bewaard"
    verslag.goed(f"{dossier.naam} ({dossier.meta.get('status')}), {hoe}.")
    return dossier


def _slot(dossier: Dossier, log: Path | None, anker: str, verslag: Verslag) -> None:
    verslag.zeg("\nWat dit niet bewijst")
    if not log:
        verslag.zeg("  - of wat er staat ook is wat mensen invoerden: daarvoor is de wijzigingslog nodig (--log).")
        verslag.zeg("  - of de waarnemingen bij de indicatoren ongewijzigd zijn: ook dat staat in de wijzigingslog.")
    elif not dossier.vers:
        verslag.zeg("  - of in de tabellen nog staat wat toen is gepubliceerd: laat daarvoor een vers dossier maken.")
    if not anker:
        verslag.zeg("  - of alles samen is herschreven: dat ziet u alleen met een anker dat u zelf bewaarde (--anker).")
    verslag.zeg("  - of iemand onder andermans naam wijzigde, en of een bedrag ook waar is.")


def main(argumenten: Sequence[str] | None = None) -> int:
    """Check, and return the exit code."""
    for stroom in (sys.stdout, sys.stderr):
        if isinstance(stroom, io.TextIOWrapper):
            stroom.reconfigure(errors="replace")
    csv.field_size_limit(REGEL_MAX)
    lezer = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0], add_help=True)
    lezer.add_argument("dossier", help="het ZIP-bestand, of de map waarin u het uitpakte")
    lezer.add_argument("--log", default="", help="wijzigingslog.csv: de hele historie, voor wie mag inloggen")
    lezer.add_argument("--anker", default="", help="wat u eerder bewaarde: een anker, een controlesom of een kop")
    gegeven, verslag = lezer.parse_args(argumenten), Verslag()
    try:
        log = Path(gegeven.log) if gegeven.log else None
        if log and not log.is_file():
            raise Onbruikbaar(f"Het bestand {log} is er niet.")
        verifieer(Path(gegeven.dossier), log, lees_anker(gegeven.anker), verslag)
    except (Onbruikbaar, Onleesbaar) as fout:
        sys.stderr.write(f"Er viel niets te controleren: {toonbaar(str(fout))}\n")
        return 2
    except (OSError, ValueError) as fout:
        sys.stderr.write(toonbaar(f"Er viel niets te controleren: {gegeven.dossier} is niet te lezen ({fout}).") + "\n")
        return 2
    woord = "afwijking" if verslag.fouten == 1 else "afwijkingen"
    verslag.zeg(f"\nOordeel: {f'NIET IN ORDE, {verslag.fouten} {woord}' if verslag.fouten else 'IN ORDE'}.")
    return 1 if verslag.fouten else 0


if __name__ == "__main__":
    sys.exit(main())
