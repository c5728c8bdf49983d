"""What the rows of a sheet with lines and amounts say, in long form (an amount per row) and in wide form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from programma.invoer.duiding import Fout, Leeskolom, Lezer, Vraagcel, Waarde, Waarden
from programma.invoer.herkenning import NEGATIEF, Duiding, Kolom, als_kolom
from programma.invoer.opslag import Rij
from programma.invoer.totalen import Gedrukt, Totalen, soort_van
from programma.models import Import, Pakket
from programma.resources import RESOURCES
from programma.resources.cellen import Cel, Celfout, als_tekst, kaal

TOTALEN = ("totaal", "totale", "subtotaal", "saldo", "resultaat")
# The same as `kaal(tekst).startswith(TOTALEN)` for plain text, without taking every cell of a large file apart.
_BEGINT_ALS_TOTAAL = re.compile(rf"[\W_]*(?:{'|'.join(TOTALEN)})", re.IGNORECASE | re.ASCII)
# What is left out, as a sentence for one and for more.
OVERGESLAGEN = (
    "rij met een totaal is niet geïmporteerd: de site rekent totalen zelf uit.",
    "rijen met totalen zijn niet geïmporteerd: de site rekent totalen zelf uit.",
)
LEEG = (
    "cel zonder bedrag is overgeslagen: leeg is geen nul, en wat er staat blijft staan.",
    "cellen zonder bedrag zijn overgeslagen: leeg is geen nul, en wat er staat blijft staan.",
)
TUSSENKOP = (
    "rij zonder bedragen, zoals een tussenkop, is overgeslagen.",
    "rijen zonder bedragen, zoals tussenkoppen, zijn overgeslagen.",
)
GEEN_BEDRAG = frozenset({"", "-", "\u2013", "\u2014"})
REGELS = """
SELECT r.sleutel, k.code, r.soort, r.omschrijving FROM programma_begrotingsregel r
JOIN programma_pakket k ON k.id = r.pakket_id WHERE r.versie_id = %s
"""
RESERVE = 100


def genoemd_totaal(tekst: str) -> str:
    """Return a text bare when it begins as a total does ("Totaal lasten"), else ""."""
    if tekst.isascii() and not _BEGINT_ALS_TOTAAL.match(tekst):
        return ""
    bloot = kaal(tekst)
    return bloot if bloot.startswith(TOTALEN) else ""


class Regellezer(Lezer):
    """Reads lines with their amounts. A line without a sleutel is found by pakket, soort and omschrijving."""

    def __init__(self, invoer: Import, duiding: Duiding, rijen: Sequence[Rij]) -> None:
        super().__init__(invoer, duiding, rijen)
        geld = RESOURCES["regels"]().kolommen()["bedrag"].widget
        self._bedrag = next((kolom for kolom in self.kolommen if kolom.naam == "bedrag"), None)
        self._celkolommen = [
            (Leeskolom(index, naam, geld, alleenlezen=False, opzoek={}, antwoorden=duiding.antwoorden), als_kolom(naam))
            for index, naam in enumerate(duiding.kolommen)
            if naam.startswith("bedrag:")
        ]
        for kolom, _ in self._celkolommen:
            self.stel_in(kolom)
        self._eigen = list(self.resource.bestemmingen[0].velden)
        self._regels: dict[str, Waarde] = {}
        self._nieuw: dict[tuple[str, str, str], str] = {}
        self._bekend: dict[tuple[str, ...], list[str]] | None = None
        self._soorten: dict[str, str] = {}
        self._pakketten = dict(Pakket.objects.filter(versie=invoer.versie_id).values_list("code", "naam"))
        self._reserve: list[str] = []
        self._koppen = [kaal(kop) for kop in duiding.koppen]
        # Most files have none, and then nothing needs to be added up.
        self._telt = any(self._noemt_totaal(cellen) for _, cellen in self.rijen)
        self.totalen = Totalen(duiding.eenheid)

    def leeskolommen(self) -> Sequence[Leeskolom]:
        """Return all columns that are read: those of the line and those with amounts."""
        return [*self.kolommen, *(kolom for kolom, _ in self._celkolommen)]

    def lees_rij(self, rij: int, cellen: Sequence[Cel]) -> Iterator[Waarde]:
        """Yield the line, the first time it is met, and its amounts."""
        waarden, ruw, fouten = self._lees_kolommen(rij, cellen)
        if self._is_totaal(waarden, cellen):
            self.meldingen[OVERGESLAGEN] += 1
            self.totalen.onthoud(rij, self._gedrukt(rij, cellen, waarden))
            return
        if self._is_tussenkop(waarden, cellen):
            self.meldingen[TUSSENKOP] += 1
            return
        for naam in ("omschrijving", "pakket_code", "soort", "regel"):
            if waarden.get(naam) == "":
                del waarden[naam]
        regel = self._regel(rij, waarden, ruw, fouten)
        if regel is not None:
            yield regel
        sleutel = waarden.get("regel") or f"?{rij}"
        if self._bedrag is not None and (fase := waarden.get("fase")) and (jaar := waarden.get("jaar")):
            yield from self._cel(rij, cellen, self._bedrag, (fase, int(jaar)), sleutel, waarden)
        for lezer, kolom in self._celkolommen:
            yield from self._cel(rij, cellen, lezer, kolom, sleutel, waarden)

    @staticmethod
    def _noemt_totaal(cellen: Sequence[Cel]) -> str:
        """Return the first text of a row that begins as a total does, or ""."""
        return next((tekst for cel in cellen if isinstance(cel, str) and (tekst := genoemd_totaal(cel))), "")

    def _is_totaal(self, waarden: Waarden, cellen: Sequence[Cel]) -> bool:
        """Return whether this is a printed total: it names no line of its own."""
        pakket = kaal(waarden.get("pakket_code") or "")
        eigen = waarden.get("regel") or (waarden.get("soort") and pakket and not pakket.startswith(TOTALEN))
        return self._telt and not eigen and bool(self._noemt_totaal(cellen))

    def _is_tussenkop(self, waarden: Waarden, cellen: Sequence[Cel]) -> bool:
        """Return whether a row of a printed table holds no line: a heading among the lines, or the header again."""
        if not self._celkolommen or waarden.get("regel") or (waarden.get("pakket_code") and waarden.get("soort")):
            return False
        teksten = [als_tekst(cel).strip() for cel in cellen]
        if [kaal(tekst) for tekst in teksten] == self._koppen[: len(teksten)]:
            return True
        return all(kolom.index >= len(teksten) or teksten[kolom.index] in GEEN_BEDRAG for kolom, _ in self._celkolommen)

    def _gedrukt(self, rij: int, cellen: Sequence[Cel], waarden: Waarden) -> Iterator[Gedrukt]:
        """Yield the totals of a row, read as the lines are."""
        wat = self._noemt_totaal(cellen)
        kolommen = self._celkolommen
        if self._bedrag is not None and (fase := waarden.get("fase")) and (jaar := waarden.get("jaar")):
            kolommen = [(self._bedrag, (fase, int(jaar)))]
        keer = self._keer({"soort": soort_van(wat)})
        for lezer, kolom in kolommen:
            cel = cellen[lezer.index] if lezer.index < len(cellen) else None
            try:
                waarde = lezer.lees(rij, cel, keer)
            except Celfout:
                waarde = None
            if waarde is not None or als_tekst(cel).strip() not in GEEN_BEDRAG:
                euro = None if waarde is None else Decimal(waarde)
                yield Gedrukt(self.plaats(rij, lezer.index), wat, kolom, euro, rij)

    # --- lines ------------------------------------------------------------------------------------------------------

    def _regel(self, rij: int, waarden: Waarden, ruw: dict[str, str], fouten: list[Fout | Vraagcel]) -> Waarde | None:
        """Return the line of this row with its errors, or None when an earlier row gave it already."""
        if not waarden.get("regel") and not fouten:
            self._vind(rij, waarden, fouten)
        eigen = {naam: waarden[naam] for naam in self._eigen if naam in waarden}
        eerder = self._regels.get(waarden.get("regel") or "")
        if eerder is not None and not fouten and self._bedrag is not None and eerder.waarden == eigen:
            return None
        bij: dict[str, str] = {}
        if not waarden.get("omschrijving"):
            pakket = waarden.get("pakket_code") or ""
            bij["omschrijving"] = ruw.get("pakket") or self._pakketten.get(pakket) or pakket
        sleutel = waarden.get("regel") or f"?{rij}"
        regel = Waarde(
            "regel", rij, self.plaats(rij), self._wat(waarden, bij), [sleutel], eigen, _zonder_bedrag(ruw), bij, fouten
        )
        eerder = self._regels.setdefault(sleutel, regel)
        if eerder is regel or fouten:
            return regel
        if self._bedrag is None:
            melding = f"Deze regel staat twee keer in het bestand: ook op {eerder.plaats}. Haal een van de twee weg."
        else:
            anders = [naam for naam in eigen if eigen[naam] != eerder.waarden.get(naam)]
            melding = f"Deze regel heeft op {eerder.plaats} een andere waarde bij {', '.join(anders)}. Maak ze gelijk."
        regel.fouten = [Fout(regel.plaats, "regel", sleutel, melding)]
        return regel

    def _wat(self, waarden: Waarden, bij: dict[str, str]) -> str:
        naam = waarden.get("omschrijving") or bij.get("omschrijving") or waarden.get("regel") or ""
        return " ".join(deel for deel in (waarden.get("pakket_code"), waarden.get("soort"), naam) if deel)

    def _vind(self, rij: int, waarden: Waarden, fouten: list[Fout | Vraagcel]) -> None:
        """Give the row the sleutel of the line it means, or a new one; or add the error that it cannot be told."""
        pakket, soort = waarden.get("pakket_code") or "", waarden.get("soort") or ""
        naam = waarden.get("omschrijving") or ""
        if not pakket or not soort:
            leeg = "pakket_code" if not pakket else "soort"
            fouten.append(Fout(self.plaats(rij), leeg, "", f"De cel is leeg. Vul {leeg} in."))
            return
        gevonden = self._bestaand().get((pakket, soort, kaal(naam)) if naam else (pakket, soort), [])
        if len(gevonden) == 1:
            waarden["regel"] = gevonden[0]
            return
        if gevonden:
            melding = f"Er zijn {len(gevonden)} regels {soort} in pakket {pakket} die dit kunnen zijn"
            fouten.append(
                Fout(self.plaats(rij), "regel", naam, f"{melding}: {', '.join(gevonden[:5])}. Vul kolom regel in.")
            )
            return
        nieuw = (pakket, soort, kaal(naam))
        if nieuw not in self._nieuw:
            self._nieuw[nieuw] = self._nieuwe_sleutel()
        waarden["regel"] = self._nieuw[nieuw]

    def _bestaand(self) -> dict[tuple[str, ...], list[str]]:
        """Return the sleutels of the version by pakket and soort, and by omschrijving too; one query, when needed."""
        if self._bekend is None:
            self._bekend = defaultdict(list)
            self._soorten = {}
            with connection.cursor() as cursor:
                cursor.execute(REGELS, [self.invoer.versie_id])
                for sleutel, pakket, soort, omschrijving in cursor.fetchall():
                    self._soorten[sleutel] = soort
                    self._bekend[pakket, soort].append(sleutel)
                    self._bekend[pakket, soort, kaal(omschrijving)].append(sleutel)
        return self._bekend

    def _nieuwe_sleutel(self) -> str:
        """Return the next name for a line; numbers that are taken and not used are never given again."""
        if not self._reserve:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 'r' || nextval('programma_regelsleutel') FROM generate_series(1, %s)", [RESERVE])
                self._reserve = [sleutel for (sleutel,) in cursor.fetchall()][::-1]
        return self._reserve.pop()

    # --- amounts ----------------------------------------------------------------------------------------------------

    def _cel(
        self, rij: int, cellen: Sequence[Cel], lezer: Leeskolom, kolom: Kolom, sleutel: str, waarden: Waarden
    ) -> Iterator[Waarde]:
        """Yield the amount of one cell; nothing for an empty one."""
        cel = cellen[lezer.index] if lezer.index < len(cellen) else None
        fase, jaar = kolom
        wijziging = waarden.get("wijziging") or ""
        eigen: dict[str, Any] = {"regel": sleutel, "fase": fase, "jaar": str(jaar), "wijziging": wijziging}
        fouten: list[Fout | Vraagcel] = []
        keer = self._keer(waarden)
        try:
            eigen["bedrag"] = lezer.lees(rij, cel, keer)
        except Celfout as fout:
            eigen["bedrag"] = None
            fouten.append(self.fout(rij, lezer, cel, fout, keer))
        if eigen["bedrag"] is None and not fouten:
            self.meldingen[LEEG] += 1
            return
        if self._telt:
            self._bestaand()
            soort = waarden.get("soort") or self._soorten.get(sleutel) or ""
            self.totalen.tel(soort, kolom, None if fouten else Decimal(eigen["bedrag"]))
        if "bronprecisie" in waarden:
            eigen["bronprecisie"] = waarden["bronprecisie"]
        yield Waarde(
            soort="bedrag",
            rij=rij,
            plaats=self.plaats(rij, lezer.index) + lezer.keuze(rij, cel, keer),
            wat=f"{self._wat(waarden, {})}, {fase} {jaar}{f', wijziging {wijziging}' if wijziging else ''}",
            sleutel=[sleutel, fase, str(jaar), wijziging],
            waarden=eigen,
            ruw={"bedrag": als_tekst(cel)},
            bij={"bronprecisie": str(self.duiding.eenheid)},
            fouten=fouten,
        )

    def _keer(self, waarden: Waarden) -> int:
        """Return -1 where a file writes what lowers the result without a minus."""
        if self.duiding.teken == "resultaat":
            return 1
        self._bestaand()
        soort = waarden.get("soort") or self._soorten.get(waarden.get("regel") or "")
        return -1 if soort in NEGATIEF else 1


def _zonder_bedrag(ruw: dict[str, str]) -> dict[str, str]:
    return {naam: tekst for naam, tekst in ruw.items() if naam != "bedrag"}
