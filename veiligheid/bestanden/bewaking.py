"""The guard before any spreadsheet parser: what a workbook claims and holds, without keeping it in memory; pure.

A workbook is a ZIP of XML. Small files can claim enormous sheets, so everything is checked in the order of what it
costs: the table of contents, the sizes that it declares, where the parts lie, and then the parts themselves, inflated
piece by piece and thrown away. What slips through meets the limits of the child process that parses.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from veiligheid.bestanden.vorm import MEESTE_CELLEN, MEESTE_KOLOMMEN, MEESTE_RIJEN, MIB, Bestandsfout, kolomletters
from veiligheid.formatting import decimaal

MEESTE_DELEN = 1_000
MEESTE_UITGEPAKT = 64 * MIB
MEESTE_BESCHRIJVING = 4 * MIB
LANGSTE_BLADNAAM = 100
BROK = 256 * 1024

_EINDE = struct.Struct("<4s4H2LH")
_REGEL = struct.Struct("<4s6H3L5H2L")
_KOP = struct.Struct("<4s5H3L2H")
_ZIP64 = 0xFFFFFFFF
_VERSLEUTELD = 0x1 | 0x40 | 0x2000
_OPGESLAGEN, _INGEPAKT = 0, 8

OPNIEUW = "Open het bestand in Excel of LibreOffice, sla het opnieuw op als .xlsx en probeer het nog eens."
KAPOT = f"Het bestand is beschadigd of niet helemaal aangekomen. {OPNIEUW}"

TE_VEEL_CELLEN = (
    f"Het bestand heeft meer dan {decimaal(MEESTE_CELLEN)} cellen. "
    "Verwijder bladen en kolommen die u niet inleest, of verdeel het over meer bestanden."
)

_MACRO = re.compile(r"vbaproject|/macrosheets/|/activex/", re.IGNORECASE)
_VREEMDE_NAAM = re.compile(r"[\x00-\x1f\x7f\\:]|^/|(?:^|/)\.\.(?:/|$)")


class Deel(NamedTuple):
    """One part of the ZIP as its table of contents names it; offsets and sizes in bytes."""

    naam: str
    methode: int
    crc: int
    ingepakt: int
    uitgepakt: int
    kop: int


def bewaak(inhoud: bytes) -> list[str]:
    """Return what the editor must know of a workbook that may be parsed, in Dutch. Raises Bestandsfout otherwise."""
    delen = _inhoudsopgave(inhoud)
    _keur_namen(delen)
    totaal = sum(deel.uitgepakt for deel in delen)
    if totaal > MEESTE_UITGEPAKT:
        raise Bestandsfout(_te_groot(totaal))
    begin = _ligging(inhoud, delen)
    namen = _bladnamen(inhoud, delen, begin)
    _tel_vooraf(inhoud, delen, begin)
    cellen = 0
    waarschuwingen = []
    for deel in delen:
        blad = Doorzocht(namen.get(deel.naam.lower(), deel.naam))
        for brok in _brokken(inhoud, deel, begin[deel.naam]):
            blad.lees(brok)
            if cellen + blad.cellen > MEESTE_CELLEN:
                raise Bestandsfout(TE_VEEL_CELLEN)
        blad.sluit()
        cellen += blad.cellen
        waarschuwingen += blad.waarschuwingen()
    return waarschuwingen


def _tel_vooraf(inhoud: bytes, delen: list[Deel], begin: dict[str, int]) -> None:
    """Refuse a sheet with far too many cells before anything in it is searched: counting is much cheaper.

    What this misses, a cell cut in two or one with a prefix, is counted when the part is searched.
    """
    for deel in delen:
        if not deel.naam.lower().startswith("xl/worksheets/") or deel.uitgepakt < MEESTE_CELLEN * len(b"<c/>"):
            continue
        cellen = 0
        for brok in _brokken(inhoud, deel, begin[deel.naam]):
            cellen += brok.count(b"<c ") + brok.count(b"<c>")
            if cellen > MEESTE_CELLEN:
                raise Bestandsfout(TE_VEEL_CELLEN)


def _te_groot(octetten: int) -> str:
    return (
        f"Het bestand is uitgepakt {octetten // MIB} MB; hoogstens {MEESTE_UITGEPAKT // MIB} MB kan. "
        "Verwijder plaatjes en bladen die u niet inleest, of verdeel het over meer bestanden."
    )


# --- the table of contents ------------------------------------------------------------------------------------------


def _inhoudsopgave(inhoud: bytes) -> list[Deel]:
    """Return the parts that the ZIP names. It must end with its table of contents, so that there is only one."""
    if len(inhoud) < _EINDE.size:
        raise Bestandsfout(KAPOT)
    teken, schijf, opgave_schijf, hier, aantal, lengte, plek, opmerking = _EINDE.unpack(inhoud[-_EINDE.size :])
    if teken != b"PK\x05\x06" or schijf or opgave_schijf or hier != aantal or opmerking:
        raise Bestandsfout(KAPOT)
    if aantal > MEESTE_DELEN:
        raise Bestandsfout(f"Het bestand bestaat uit {aantal} delen; hoogstens {MEESTE_DELEN} kan. {OPNIEUW}")
    if plek + lengte != len(inhoud) - _EINDE.size:
        raise Bestandsfout(KAPOT)
    delen = []
    for _ in range(aantal):
        deel, plek = _regel(inhoud, plek)
        delen.append(deel)
    if plek != len(inhoud) - _EINDE.size:
        raise Bestandsfout(KAPOT)
    return delen


def _regel(inhoud: bytes, plek: int) -> tuple[Deel, int]:
    """Return the part that one line of the table of contents names, and where the next line begins."""
    if plek + _REGEL.size > len(inhoud):
        raise Bestandsfout(KAPOT)
    velden = _REGEL.unpack_from(inhoud, plek)
    teken, _, _, vlaggen, methode, _, _, crc, ingepakt, uitgepakt, naam, extra, opmerking, *_, kop = velden
    einde_naam = plek + _REGEL.size + naam
    if teken != b"PK\x01\x02" or einde_naam > len(inhoud):
        raise Bestandsfout(KAPOT)
    if vlaggen & _VERSLEUTELD:
        raise Bestandsfout("Het bestand is versleuteld. Haal het wachtwoord eraf en sla het opnieuw op als .xlsx.")
    if methode not in {_OPGESLAGEN, _INGEPAKT} or _ZIP64 in {ingepakt, uitgepakt, kop}:
        raise Bestandsfout(f"Het bestand is ingepakt op een manier die een rekenblad niet gebruikt. {OPNIEUW}")
    try:
        leesbaar = inhoud[plek + _REGEL.size : einde_naam].decode()
    except UnicodeDecodeError:
        raise Bestandsfout(KAPOT) from None
    return Deel(leesbaar, methode, crc, ingepakt, uitgepakt, kop), einde_naam + extra + opmerking


def _keur_namen(delen: list[Deel]) -> None:
    """Refuse names that no spreadsheet writes, names that occur twice, macros, and what is another kind of file."""
    namen = [deel.naam.lower() for deel in delen]
    if any(_VREEMDE_NAAM.search(naam) for naam in namen) or len(set(namen)) != len(namen):
        raise Bestandsfout(f"Het bestand bevat onderdelen met vreemde of dubbele namen. {OPNIEUW}")
    if any(_MACRO.search(naam) for naam in namen):
        raise Bestandsfout("Het bestand bevat macro's. Sla het op als gewone werkmap (.xlsx), zonder macro's.")
    if "xl/workbook.xml" not in namen:
        raise Bestandsfout(
            "Dit is geen Excel-werkmap (.xlsx), ook al is het wel een ZIP-bestand. "
            "Komt het uit een ander programma? Kies daar 'opslaan als' en dan .xlsx of .csv."
        )


def _ligging(inhoud: bytes, delen: list[Deel]) -> dict[str, int]:
    """Return where the bytes of each part begin. No part may lie over another or over the table of contents."""
    grens = len(inhoud) - _EINDE.size - _EINDE.unpack(inhoud[-_EINDE.size :])[5]
    stukken = []
    begin = {}
    for deel in delen:
        if deel.kop + _KOP.size > grens:
            raise Bestandsfout(KAPOT)
        teken, _, _, methode, *_, naam, extra = _KOP.unpack_from(inhoud, deel.kop)
        plek = deel.kop + _KOP.size
        if teken != b"PK\x03\x04" or methode != deel.methode or inhoud[plek : plek + naam] != deel.naam.encode():
            raise Bestandsfout(KAPOT)
        begin[deel.naam] = plek + naam + extra
        stukken.append((deel.kop, begin[deel.naam] + deel.ingepakt))
    stukken = [*sorted(stukken), (grens, grens)]
    if any(einde > volgende for (_, einde), (volgende, _) in pairwise(stukken)):
        raise Bestandsfout(f"Onderdelen van het bestand liggen over elkaar heen. {OPNIEUW}")
    return begin


# --- the parts ------------------------------------------------------------------------------------------------------


def _brokken(inhoud: bytes, deel: Deel, begin: int) -> Iterator[bytes]:
    """Yield a part in pieces, unpacked. Raises Bestandsfout when it is not as long, or not the same, as declared."""
    lengte = crc = 0
    for brok in _uitgepakt(inhoud, deel, begin):
        lengte += len(brok)
        crc = zlib.crc32(brok, crc)
        if lengte > deel.uitgepakt:
            break
        yield brok
    if lengte != deel.uitgepakt or crc != deel.crc:
        raise Bestandsfout(KAPOT)


def _uitgepakt(inhoud: bytes, deel: Deel, begin: int) -> Iterator[bytes]:
    """Yield what the bytes of a part unpack to, never more than a piece at a time."""
    einde = begin + deel.ingepakt
    uitpakker = zlib.decompressobj(-zlib.MAX_WBITS)
    for plek in range(begin, einde, BROK):
        invoer = inhoud[plek : min(plek + BROK, einde)]
        if deel.methode == _OPGESLAGEN:
            yield invoer
            continue
        while invoer:
            try:
                brok = uitpakker.decompress(invoer, BROK)
            except zlib.error:
                raise Bestandsfout(KAPOT) from None
            yield brok
            invoer = uitpakker.unconsumed_tail
            if uitpakker.unused_data or (not brok and invoer):
                raise Bestandsfout(KAPOT)
    if deel.methode == _INGEPAKT:
        yield uitpakker.flush(BROK)
        if not uitpakker.eof:
            raise Bestandsfout(KAPOT)


_BLAD = re.compile(r"<(?:\w+:)?sheet\s([^<>]*)>")
_VERWIJZING = re.compile(r"<(?:\w+:)?Relationship\s([^<>]*)>")
_ATTRIBUUT = re.compile(r"\b([\w:]{1,64})\s{0,8}=\s{0,8}(?:\"([^\"]*)\"|'([^']*)')")


def _bladnamen(inhoud: bytes, delen: list[Deel], begin: dict[str, int]) -> dict[str, str]:
    """Return the sheet name that people see per part, both in small letters for the part: {"xl/…/sheet1.xml": "P1"}."""
    doelen = {}
    for attributen in _elementen(_VERWIJZING, inhoud, delen, begin, "xl/_rels/workbook.xml.rels"):
        doel = attributen.get("target", "")
        doelen[attributen.get("id", "")] = (doel.lstrip("/") if doel.startswith("/") else f"xl/{doel}").lower()
    namen: dict[str, str] = {}
    for attributen in _elementen(_BLAD, inhoud, delen, begin, "xl/workbook.xml"):
        verwijzing = next((waarde for naam, waarde in attributen.items() if naam.endswith(":id")), "")
        naam = attributen.get("name", "")
        if not naam.isprintable() or not 0 < len(naam) <= LANGSTE_BLADNAAM or naam in namen.values():
            raise Bestandsfout(f"Een blad heeft geen naam, of een vreemde of dubbele. {OPNIEUW}")
        namen[doelen.get(verwijzing, f"{len(namen)}")] = naam
    return namen


def _elementen(
    vorm: re.Pattern[str], inhoud: bytes, delen: list[Deel], begin: dict[str, int], naam: str
) -> Iterator[dict[str, str]]:
    """Yield the attributes of the elements of this form in a small part; nothing when the part is not there."""
    for deel in delen:
        if deel.naam.lower() != naam:
            continue
        if deel.uitgepakt > MEESTE_BESCHRIJVING:
            raise Bestandsfout(f"De beschrijving van de werkmap is te groot. {OPNIEUW}")
        tekst = b"".join(_brokken(inhoud, deel, begin[deel.naam])).decode(errors="replace")
        for element in vorm.finditer(tekst):
            gevonden = _ATTRIBUUT.findall(element[1])
            yield {sleutel.lower(): unescape(dubbel or enkel) for sleutel, dubbel, enkel in gevonden}


# --- what a part says -----------------------------------------------------------------------------------------------

# A reference within 60.000 rows and 200 columns (A to GR). Each search stays within one tag (`[^<>]`) and goes over it
# once (lookaheads and `*+` do not come back), so that no file can make it slow.
_BINNEN = rb"(?:[A-Z]|[A-F][A-Z]|G[A-R])(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|60000)"
_VOORVOEGSEL = re.compile(rb"<(/?)[A-Za-z_][\w.-]*:")
_MET_VOORVOEGSEL = (b":sheetData", b":row ", b":c ", b":c>", b":f>", b":mergeCell ")
_BEGIN = re.compile(rb"<sheetData[\s/>]")
_VERBODEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ANDERE_TEKENSET = re.compile(
    rb"\A(?:\xff\xfe|\xfe\xff|\x00<|<\x00|<\?xml[^<>]*?encoding\s*=\s*[\"'](?!utf-8[\"']|us-ascii[\"']))", re.IGNORECASE
)
_CEL = re.compile(rb"<c[\s/>]")
_CEL_BUITEN = re.compile(rb"<c\b[^<>]*?\sr\s*=\s*[\"'](?!" + _BINNEN + rb"[\"'])([^\"'<>]*)")
_CEL_FOUT = re.compile(
    rb"<c\b(?=[^<>]*?\st\s*=\s*[\"']e[\"'])([^<>]*+)>(?:[^<]*<f\b[^<>]*>[^<]*</f>)?[^<]*(?:<v>([^<]*))?"
)
_SAMENGEVOEGD = re.compile(
    rb"<mergeCell\b[^<>]*?\sref\s*=\s*[\"'](?!" + _BINNEN + rb"(?::" + _BINNEN + rb")?[\"'])([^\"'<>]*)"
)
_FORMULE = re.compile(rb"<c\b([^<>]*)>\s*<f\b")
_ZONDER_UITKOMST = re.compile(
    rb"<c\b((?:(?!\st\s*=\s*[\"']str[\"'])[^<>])*)>\s*<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)\s*(?:<v\s*/>|<v\s*>\s*</v>|</c>)"
)
_RIJ_VERBORGEN = re.compile(rb"<row\b(?=[^<>]*?\shidden\s*=\s*[\"'](?:1|true)[\"'])[^<>]*+(?<!/)>")
_KOLOM_VERBORGEN = re.compile(rb"<col\b[^<>]*?\shidden\s*=\s*[\"'](?:1|true)[\"']")
_VERWIJZING_CEL = re.compile(rb"\sr\s*=\s*[\"']([A-Z]+[0-9]+)")


@dataclass(slots=True)
class Doorzocht:
    """What was seen of one part, fed piece by piece. Cells count from the start of the sheet's data on."""

    naam: str
    cellen: int = 0
    formules: int = 0
    eerste_formule: str = ""
    verborgen_rijen: int = 0
    verborgen_kolommen: int = 0
    _is_blad: bool = False
    _begonnen: bool = False
    _rest: bytes = field(default=b"", repr=False)

    def lees(self, brok: bytes) -> None:
        """Take the next piece; what may be cut in two waits for the piece after it."""
        if not brok:
            return
        if not self._begonnen:
            self._begonnen = True
            if _ANDERE_TEKENSET.match(brok):
                raise Bestandsfout(f"Een onderdeel van het bestand is niet in UTF-8 geschreven. {OPNIEUW}")
        stuk = self._rest + brok
        if b":" in stuk and any(naam in stuk for naam in _MET_VOORVOEGSEL):
            stuk = _VOORVOEGSEL.sub(rb"<\1", stuk)
        knip = _knip(stuk)
        self._rest = stuk[knip:]
        self._zoek(stuk[:knip])

    def sluit(self) -> None:
        """Look at what still waits."""
        self._zoek(self._rest)
        self._rest = b""

    def _zoek(self, stuk: bytes) -> None:
        if _VERBODEN.search(stuk):
            raise Bestandsfout(f"Het bestand bevat een DOCTYPE of ENTITY; dat hoort niet in een rekenblad. {OPNIEUW}")
        self.verborgen_kolommen += len(_KOLOM_VERBORGEN.findall(stuk))
        if samengevoegd := _SAMENGEVOEGD.search(stuk):
            raise Bestandsfout(self._buiten("De samengevoegde cel", samengevoegd[1]))
        if not self._is_blad and not _BEGIN.search(stuk):
            return
        self._is_blad = True
        if buiten := _CEL_BUITEN.search(stuk):
            raise Bestandsfout(self._buiten("Cel", buiten[1]))
        if fout := _CEL_FOUT.search(stuk):
            waarde = _leesbaar(fout[2] or b"#FOUT", 20)
            raise Bestandsfout(
                f"In {self._cel(fout[1])} staat de fout {waarde}. Herstel de formule of typ de waarde, en sla op."
            )
        self.cellen += len(_CEL.findall(stuk))
        self.verborgen_rijen += len(_RIJ_VERBORGEN.findall(stuk))
        if b"<f" in stuk:
            self._zoek_formules(stuk)

    def _zoek_formules(self, stuk: bytes) -> None:
        if leeg := _ZONDER_UITKOMST.search(stuk):
            raise Bestandsfout(
                f"In {self._cel(leeg[1])} staat een formule zonder opgeslagen uitkomst. "
                "Open het bestand in Excel of LibreOffice en sla het op: dan wordt de uitkomst bewaard."
            )
        for formule in _FORMULE.finditer(stuk):
            self.formules += 1
            self.eerste_formule = self.eerste_formule or self._cel(formule[1])

    def _cel(self, attributen: bytes) -> str:
        gevonden = _VERWIJZING_CEL.search(attributen)
        return f"blad {self.naam}, cel {gevonden[1].decode()}" if gevonden else f"blad {self.naam}"

    def _buiten(self, wat: str, verwijzing: bytes) -> str:
        return (
            f"{wat} {_leesbaar(verwijzing, 30)} op blad {self.naam} valt buiten {decimaal(MEESTE_RIJEN)} rijen en "
            f"{MEESTE_KOLOMMEN} kolommen (tot en met kolom {kolomletters(MEESTE_KOLOMMEN)}). "
            "Verwijder wat daar staat, of kopieer alleen de tabel naar een nieuwe werkmap."
        )

    def waarschuwingen(self) -> list[str]:
        """Return what the editor must know of this sheet."""
        meldingen = []
        if self.formules:
            meldingen.append(
                f"Van formules is de opgeslagen uitkomst gelezen: {self.formules} keer, "
                f"de eerste in {self.eerste_formule}."
            )
        if self._is_blad and (self.verborgen_rijen or self.verborgen_kolommen):
            meldingen.append(f"Blad {self.naam} heeft verborgen rijen of kolommen. Die zijn ook gelezen.")
        return meldingen


def _leesbaar(octetten: bytes, hoogstens: int) -> str:
    """Return what a part of a file says, to name it in a sentence: short, and without what cannot be seen."""
    tekst = octetten.decode(errors="replace")[:hoogstens]
    return "".join(teken if teken.isprintable() else "\ufffd" for teken in tekst)


def _knip(stuk: bytes) -> int:
    """Return up to where a piece can be searched: before its last cell, or before a tag that has not ended."""
    cel = max(stuk.rfind(b"<c "), stuk.rfind(b"<c>"), stuk.rfind(b"<mergeCell "))
    if len(stuk) - BROK < cel:
        return cel
    tag = stuk.rfind(b"<")
    return tag if tag > max(stuk.rfind(b">"), len(stuk) - BROK) else len(stuk)
