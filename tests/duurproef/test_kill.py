"""kill -9 of the site and of its database while people save and import: what was confirmed is there, once and whole.

Ten shots, at moments that are counted in operations. Every operation writes an amount that no other writes, so the
history can be compared with what each client knows: accepted, refused, or no answer.
"""

from __future__ import annotations

import io
import itertools
import random
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from decimal import Decimal

import openpyxl
import pytest

from tests.duurproef.klant import Antwoord, Bestand, GeenAntwoord, Klant
from tests.duurproef.proeftuin import Proeftuin, proeftuin
from veiligheid import getallen

pytestmark = pytest.mark.lang

SCHRIJVERS = 8
INVOERDERS = 3
SCHOTEN = 5
REGELS = 60
JAREN = (2025, 2026)
ZAAD = 20250904
PAKKET = "99A"
BEVESTIGEN = re.compile(r'action="(/beheer/programma/import/\d+/bevestigen/)"')
Cel = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Opslag:
    """One amount that was sent for one cell: what its sender saw there, and what was answered."""

    cel: Cel
    gezien: Decimal | None
    waarde: int
    antwoorden: tuple[int, ...]

    @property
    def aangenomen(self) -> bool:
        """Whether somebody was told that it is stored."""
        return 302 in self.antwoorden

    @property
    def geweigerd(self) -> bool:
        """Whether its sender knows that it is not stored."""
        return set(self.antwoorden) == {409}


@dataclass(frozen=True, slots=True)
class Invoer:
    """One file that was offered, and whether somebody was told that it is imported."""

    nummer: int
    bevestigd: bool = False

    @property
    def naam(self) -> str:
        """The name of the file."""
        return f"proef-{self.nummer}.{'xlsx' if self.nummer % 2 else 'csv'}"

    def rijen(self) -> list[tuple[str, int, int]]:
        """Return what it says: description, year and amount."""
        return [
            (f"Proef {self.nummer} rij {rij}", jaar, 10_000_000 + 1000 * self.nummer + 2 * rij + plaats)
            for rij in range(REGELS)
            for plaats, jaar in enumerate(JAREN)
        ]


class Teller:
    """Counts what clients are about to send, and lets the killer wait for a number."""

    def __init__(self) -> None:
        self._aantal: Counter[str] = Counter()
        self._meer = threading.Condition()
        self._gestopt = False

    def stop(self) -> None:
        """Let nobody wait any more: a client failed."""
        with self._meer:
            self._gestopt = True
            self._meer.notify_all()

    def neem(self, wat: str) -> int:
        """Count one, and return its number."""
        with self._meer:
            self._aantal[wat] += 1
            self._meer.notify_all()
            return self._aantal[wat]

    def wacht(self, wat: str, erbij: int) -> None:
        """Wait until so many more were begun."""
        with self._meer:
            doel = self._aantal[wat] + erbij
            gehaald = self._meer.wait_for(lambda: self._gestopt or self._aantal[wat] >= doel, 120)
            assert gehaald and not self._gestopt, f"nobody does {wat} any more"


@dataclass(slots=True)
class Proef:
    """The stage: the site, its concept, the cells that everybody fights for, and what the clients know afterwards."""

    tuin: Proeftuin
    versie: int
    cellen: dict[int, list[Cel]]
    vanaf: int
    """The last event of before: what the demonstration itself changed in its concept is no part of this."""
    teller: Teller = field(default_factory=Teller)
    klaar: threading.Event = field(default_factory=threading.Event)
    opslagen: list[Opslag] = field(default_factory=list)
    invoeren: list[Invoer] = field(default_factory=list)

    def schrijf(self, klant: Klant, lot: random.Random) -> None:
        """Save amounts in the grid, each on top of what was just seen there."""
        while not self.klaar.is_set():
            programma = lot.choice(list(self.cellen))
            cel = lot.choice(self.cellen[programma])
            pad = f"/beheer/programma/programma/{programma}/rooster/?eenheid=euro"
            velden = klant.lees(pad).formulier("rooster")
            naam = f"c:{cel[0]}:0:{cel[1]}"
            gezien = getallen.lees(velden[naam])
            waarde = 100_000 + self.teller.neem("opslaan")
            nieuw = {**velden, naam: str(waarde), "actie": "bewaar"}
            antwoorden = tuple(self._bewaar(klant, pad, nieuw, naam, nog_eens=lot.random() < 0.5))
            self.opslagen.append(Opslag(cel, gezien, waarde, antwoorden))

    def _bewaar(self, klant: Klant, pad: str, velden: dict[str, str], naam: str, nog_eens: bool) -> Iterator[int]:
        """Send a save, and perhaps the same once more when there was no answer; yield each status, 0 for none."""
        for _ in range(2 if nog_eens else 1):
            try:
                antwoord = klant.stuur(pad, velden)
            except GeenAntwoord:
                yield 0
                self.tuin.wacht_op_open()
                continue
            assert antwoord.status in {302, 409}, antwoord.tekst[:2000]
            if antwoord.status == 409:
                assert antwoord.formulier("rooster")[naam] == velden[naam], "what was typed stays"
            yield antwoord.status
            return

    def voer_in(self, klant: Klant, lot: random.Random, nummers: Iterator[int]) -> None:
        """Import one file after the other."""
        while not self.klaar.is_set():
            invoer = Invoer(next(nummers))
            controle = self._tot_de_controle(klant, invoer)
            self.teller.neem("bevestigen")
            bevestigd = self._bevestig(klant, controle, nog_eens=lot.random() < 0.5)
            self.invoeren.append(replace(invoer, bevestigd=bevestigd))

    def _tot_de_controle(self, klant: Klant, invoer: Invoer) -> Antwoord:
        """Offer a file and say how it is read; begin again when there was no answer."""
        # Made once: a workbook holds the moment at which it was made.
        bestand = Bestand(invoer.naam, self._bestand(invoer))
        while True:
            try:
                nieuw = klant.lees("/beheer/programma/import/nieuw/").formulier("^$")
                velden = {**nieuw, "versie": str(self.versie), "soort": "regels"}
                gelezen = klant.stuur("/beheer/programma/import/nieuw/", velden, bestand)
                assert gelezen.status == 302, gelezen.tekst[:4000]
                if "/herkennen/" in gelezen.naar:
                    herkend = {**klant.volg(gelezen).formulier("^$|herkennen"), "actie": "controleer"}
                    gelezen = klant.stuur(gelezen.naar, herkend)
                assert "/controle/" in gelezen.naar, gelezen.tekst[:4000]
                return klant.volg(gelezen)
            except GeenAntwoord:
                self.tuin.wacht_op_open()

    def _bestand(self, invoer: Invoer) -> bytes:
        kop = ["pakket_code", "soort", "omschrijving", "fase", "jaar", "bedrag"]
        rijen = [[PAKKET, "baten", naam, "primair", jaar, euro] for naam, jaar, euro in invoer.rijen()]
        if invoer.naam.endswith("csv"):
            return "\r\n".join(";".join(map(str, rij)) for rij in [kop, *rijen]).encode()
        boek = openpyxl.Workbook()
        for rij in [kop, *rijen]:
            boek.active.append(rij)
        uit = io.BytesIO()
        boek.save(uit)
        return uit.getvalue()

    def _bevestig(self, klant: Klant, controle: Antwoord, nog_eens: bool) -> bool:
        """Confirm twice, which must do it once; after no answer only if `nog_eens`. Return whether the site said so."""
        (pad,) = set(BEVESTIGEN.findall(controle.tekst))
        velden = {**controle.formulier(pad), "akkoord": "ja"}
        gezegd = False
        for _ in range(2):
            try:
                antwoord = klant.stuur(pad, velden)
            except GeenAntwoord:
                self.tuin.wacht_op_open()
                if not nog_eens:
                    break
                continue
            if antwoord.status == 409:
                # Refused, for instance because what a shot left open still had its locks.
                continue
            assert "is al bevestigd op" in klant.volg(antwoord).tekst
            gezegd = True
        return gezegd

    def schiet(self, lot: random.Random) -> None:
        """Kill the site and the database, each five times, and bring back what does not come back by itself."""
        doelen = ["site", "database"] * SCHOTEN
        lot.shuffle(doelen)
        for nummer, doel in enumerate(doelen):
            if nummer % 2:
                self.teller.wacht("bevestigen", lot.randint(1, 3))
                self.teller.wacht("opslaan", lot.randint(0, 2))
            else:
                self.teller.wacht("opslaan", lot.randint(20, 100))
            if doel == "site":
                self.tuin.schiet_site()
                self.tuin.start()
            else:
                self.tuin.schiet_database()
                self.tuin.wacht_tot_gereed()
        # What was begun before the last shot is not the last that is done.
        self.teller.wacht("opslaan", 2 * SCHRIJVERS)
        self.teller.wacht("bevestigen", INVOERDERS)
        self.klaar.set()


def proefprogramma(tuin: Proeftuin) -> int:
    """Return the key of the programme for imports; 0 when there is none yet."""
    return max((pk for (pk,) in tuin.vraag("SELECT id FROM programma_programma WHERE slug = 'proef'")), default=0)


def maak_proef(tuin: Proeftuin) -> Proef:
    """Take the concept that the demonstration leaves open, and choose where everybody will write."""
    klant = tuin.klant()
    ((versie,),) = tuin.vraag("SELECT id FROM programma_versie WHERE status = 'concept'")
    cellen: dict[int, list[Cel]] = defaultdict(list)
    for programma, sleutel, kolom in tuin.vraag(
        """SELECT p.programma_id, r.sleutel, b.kolom_id
        FROM programma_bedrag b JOIN programma_begrotingsregel r ON r.id = b.regel_id
        JOIN programma_pakket p ON p.id = r.pakket_id
        WHERE b.versie_id = %s AND b.wijziging_id IS NULL AND r.soort = 'baten' ORDER BY 1, 2, 3""",
        versie,
    ):
        cellen[programma].append((sleutel, kolom))
    # What is imported comes in a programme of its own, so that the grid does not grow while people work in it.
    for wat, velden in (
        ("programma", {"code": "99", "naam": "Proef", "slug": "proef"}),
        ("pakket", {"code": PAKKET, "naam": "Proef"}),
    ):
        pad = f"/beheer/programma/{wat}/add/?versie={versie}"
        leeg = klant.lees(pad).formulier("^$")
        hoort_bij = {"versie": str(versie), "programma": str(proefprogramma(tuin))}
        klant.volg(klant.stuur(pad, {**leeg, **{k: v for k, v in hoort_bij.items() if k in leeg}, **velden}))
    ((vanaf,),) = tuin.vraag("SELECT max(id) FROM programma_gebeurtenis")
    return Proef(tuin, versie, {programma: lijst[:6] for programma, lijst in cellen.items()}, vanaf)


def speel(proef: Proef) -> None:
    """Let everybody work until the last shot has been fired and survived."""
    nummers = itertools.count(1)
    klanten = [proef.tuin.klant() for _ in range(SCHRIJVERS + INVOERDERS)]
    loten = [random.Random(ZAAD + nummer) for nummer in range(len(klanten) + 1)]  # noqa: S311 - the same in every run
    with ThreadPoolExecutor(len(klanten) + 1) as baan:
        werk: list[Future[None]] = []
        for nummer, (klant, lot) in enumerate(zip(klanten, loten, strict=False)):
            if nummer < SCHRIJVERS:
                werk.append(baan.submit(_of_stop, proef, proef.schrijf, klant, lot))
            else:
                werk.append(baan.submit(_of_stop, proef, proef.voer_in, klant, lot, nummers))
        # The killer last: when a client failed, that is what went wrong.
        for een in [*werk, baan.submit(_of_stop, proef, proef.schiet, loten[-1])]:
            een.result()


def _of_stop(proef: Proef, doe: Callable[..., None], *wat: object) -> None:
    """Do somebody's work; when it fails, everybody may go home."""
    try:
        doe(*wat)
    except BaseException:
        proef.klaar.set()
        proef.teller.stop()
        raise


def bedragen(proef: Proef) -> dict[Cel, Decimal]:
    """Return every original amount of the concept that no import brought."""
    return {
        (sleutel, kolom): euro
        for sleutel, kolom, euro in proef.tuin.vraag(
            """SELECT r.sleutel, b.kolom_id, b.euro FROM programma_bedrag b
            JOIN programma_begrotingsregel r ON r.id = b.regel_id
            WHERE b.versie_id = %s AND b.wijziging_id IS NULL AND r.omschrijving NOT LIKE 'Proef %%'""",
            proef.versie,
        )
    }


def keur_opslagen(proef: Proef, vooraf: dict[Cel, Decimal]) -> None:
    """Hold the history and the cells against what the clients know."""
    per_waarde = {opslag.waarde: opslag for opslag in proef.opslagen}
    stand = dict(vooraf)
    geland: set[int] = set()
    for sleutel, kolom, oud, nieuw in proef.tuin.vraag(
        """SELECT r.sleutel, b.kolom_id, (g.oud::jsonb ->> 'euro')::numeric, (g.nieuw::jsonb ->> 'euro')::numeric
        FROM programma_gebeurtenis g LEFT JOIN programma_bedrag b ON b.id = g.rij
        LEFT JOIN programma_begrotingsregel r ON r.id = b.regel_id
        WHERE g.versie_id = %s AND g.id > %s AND g.tabel = 'programma_bedrag' AND g.via <> 'import' ORDER BY g.id""",
        proef.versie,
        proef.vanaf,
    ):
        opslag = per_waarde[int(nieuw)]
        assert (sleutel, kolom) == opslag.cel, "an amount stands where nobody sent it"
        assert opslag.waarde not in geland, "a save was done twice"
        assert not opslag.geweigerd, "a save was refused, and done"
        assert oud == stand[opslag.cel] == opslag.gezien, "a save overwrote what its sender had not seen"
        stand[opslag.cel] = nieuw
        geland.add(opslag.waarde)
    onbekend = [opslag.waarde in geland for opslag in proef.opslagen if set(opslag.antwoorden) == {0}]
    print(f"zonder antwoord: {onbekend.count(True)} wel, {onbekend.count(False)} niet bewaard")  # noqa: T201
    verloren = {opslag.waarde for opslag in proef.opslagen if opslag.aangenomen} - geland
    assert not verloren, f"{len(verloren)} accepted saves are lost"
    assert bedragen(proef) == stand


def keur_invoer(proef: Proef) -> None:
    """Each import is whole or absent, in the budget and in the history, and it is whole when somebody was told so."""
    ((imports,),) = proef.tuin.vraag("SELECT count(*) FROM programma_import")
    assert imports == len(proef.invoeren), "a file that was offered again was taken up again"
    for invoer in proef.invoeren:
        rijen = proef.tuin.vraag(
            """SELECT r.omschrijving, k.jaar, b.euro::bigint FROM programma_bedrag b
            JOIN programma_begrotingsregel r ON r.id = b.regel_id JOIN programma_kolom k ON k.id = b.kolom_id
            WHERE r.versie_id = %s AND r.omschrijving LIKE %s ORDER BY b.euro""",
            proef.versie,
            f"Proef {invoer.nummer} rij %",
        )
        ((regels,),) = proef.tuin.vraag(
            "SELECT count(*) FROM programma_begrotingsregel WHERE versie_id = %s AND omschrijving LIKE %s",
            proef.versie,
            f"Proef {invoer.nummer} rij %",
        )
        ((status, herkomst),) = proef.tuin.vraag(
            "SELECT status, format('import %%s: %%s, sha256 %%s', id, bestandsnaam, sha256) FROM programma_import"
            " WHERE bestandsnaam = %s",
            invoer.naam,
        )
        gebeurd = dict(
            proef.tuin.vraag(
                """SELECT tabel, count(*) FROM programma_gebeurtenis
                WHERE versie_id = %s AND via = 'import' AND herkomst = %s AND soort = '+' GROUP BY tabel""",
                proef.versie,
                herkomst,
            )
        )
        assert status == ("bevestigd" if rijen else "gelezen")
        assert rijen or not invoer.bevestigd, f"{invoer.naam} was confirmed, and is lost"
        assert rijen in ([], sorted(invoer.rijen(), key=lambda rij: rij[2])), f"half of {invoer.naam}"
        assert regels == (REGELS if rijen else 0)
        heel = {"programma_begrotingsregel": REGELS, "programma_bedrag": 2 * REGELS, "programma_bron": 1}
        assert gebeurd == (heel if rijen else {})


@pytest.fixture(scope="module")
def tuin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proeftuin]:
    """A site of its own."""
    with proeftuin(tmp_path_factory.mktemp("proeftuin")) as site:
        yield site


def test_wat_bevestigd_is_overleeft_elk_schot(tuin: Proeftuin) -> None:
    proef = maak_proef(tuin)
    vooraf = bedragen(proef)
    speel(proef)

    uitkomsten = Counter(
        "aangenomen" if o.aangenomen else "geweigerd" if o.geweigerd else "onbekend" for o in proef.opslagen
    )
    ingevoerd = Counter("bevestigd" if invoer.bevestigd else "onbekend" for invoer in proef.invoeren)
    print(f"opslagen {dict(uitkomsten)}, imports {dict(ingevoerd)}")  # noqa: T201 - shown with pytest -s
    keur_opslagen(proef, vooraf)
    keur_invoer(proef)
    assert uitkomsten["aangenomen"] and uitkomsten["geweigerd"] and ingevoerd["bevestigd"]
    assert any(0 in opslag.antwoorden for opslag in proef.opslagen), "no shot hit a save: nothing was tried"
    assert "In orde" in tuin.manage("verifieer")


def test_de_demonstratie_start_weer_na_kill_9(tuin: Proeftuin) -> None:
    """`make demo` after a power cut, twice: it comes back by the same command, with everything that was there."""
    tuin.schiet_site()
    ((kop,),) = tuin.vraag("SELECT max(id) FROM programma_schakel")
    for _ in range(2):
        tuin.schiet_database()
        tuin.start("manage.py", "demo", "--port", str(tuin.poort))
        assert "Programmabegroting" in tuin.klant("publicist").lees("/beheer/").tekst
        tuin.schiet_site()
    tuin.schiet_database()
    tuin.manage("demo", "--alleen-laden")
    assert tuin.vraag("SELECT max(id) FROM programma_schakel") == [(kop,)]
    assert "In orde" in tuin.manage("verifieer")
