"""What an editor sent: the whole grid as a form. Pure: texts in, values and questions out.

Names in the form: `c:<sleutel>:<wijziging>:<kolom>` an amount, `o:<sleutel>` and `t:<sleutel>` the texts of a row,
`x:<sleutel>` remove the row, `k:<name>` which of two versions of a value to keep.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from programma.rooster.blad import OMSCHRIJVING, TEKSTEN, TOELICHTING, Gezien, normaal
from programma.rooster.samenvoeging import gelijk
from programma.rooster.weergave import Weergave
from veiligheid import getallen

LANGSTE_OMSCHRIJVING = 300
LANGSTE_TOELICHTING = 10_000
NAAM = re.compile(
    r"(?:c:(?P<cel>[a-z0-9-]+):(?P<wijziging>\d{1,18}):(?P<kolom>\d{1,18})|(?P<soort>[otx]):(?P<rij>[a-z0-9-]+))"
)
STUURTEKENS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
VELDEN = {"o": OMSCHRIJVING, "t": TOELICHTING}
LETTERS = {veld: letter for letter, veld in VELDEN.items()}


class Vreemd(ValueError):
    """The post names something that this person was not shown: it is refused as a whole."""


@dataclass(frozen=True, slots=True)
class Vraag:
    """What is wrong with one field: a sentence, and for an ambiguous number the readings to choose from."""

    naam: str
    zin: str
    mogelijkheden: tuple[str, ...] = ()


@dataclass(slots=True)
class Inzending:
    """The state that the editor wants (`mijn`), the texts as typed (`invoer`), and what could not be read."""

    mijn: dict[str, dict[str, Hashable]] = field(default_factory=dict)
    invoer: dict[str, str] = field(default_factory=dict)
    vragen: dict[str, Vraag] = field(default_factory=dict)


def naam_van(rij: str, veld: str | None) -> str:
    """Return the name in the form of a field; without a field: of the removal of the row."""
    if veld is None:
        return f"x:{rij}"
    return f"{LETTERS[veld]}:{rij}" if veld in LETTERS else f"c:{rij}:{veld}"


def lees(post: Mapping[str, str], gezien: Gezien, weergave: Weergave) -> Inzending:
    """Return what was sent. Raises Vreemd when the post names rows, columns or changes that were not shown."""
    inzending = Inzending({rij: dict(gezien.velden(rij)) for rij in (*gezien.beeld, *gezien.nieuw)})
    weg: set[str] = set()
    for naam, tekst in post.items():
        if not naam.startswith(("c:", "o:", "t:", "x:")):
            continue
        rij, veld = _plaats(naam, gezien)
        inzending.invoer[naam] = tekst
        if veld is None:
            weg.add(rij)
        elif veld in TEKSTEN:
            _lees_tekst(inzending, gezien, rij, veld, tekst)
        else:
            _lees_bedrag(inzending, gezien, rij, veld, tekst, weergave)
    _volg_keuzes(inzending, post, gezien, weg)
    for rij in weg:
        _laat_weg(inzending, rij)
    for rij in gezien.nieuw:
        _kijk_naar_nieuwe(inzending, gezien, rij)
    return inzending


def _plaats(naam: str, gezien: Gezien) -> tuple[str, str | None]:
    """Return the row and the field that a name means; no field: the row is to go."""
    gevonden = NAAM.fullmatch(naam)
    if gevonden is None:
        raise Vreemd(f"Het veld {naam[:60]!r} bestaat niet in dit rooster.")
    rij = gevonden["cel"] or gevonden["rij"]
    if rij not in gezien.beeld and rij not in gezien.nieuw:
        raise Vreemd(f"Regel {rij[:60]!r} hoort niet bij dit programma in deze versie.")
    if gevonden["cel"] is None:
        return rij, VELDEN.get(gevonden["soort"])
    wijziging, kolom = int(gevonden["wijziging"]), int(gevonden["kolom"])
    if kolom not in gezien.koppen:
        raise Vreemd(f"Kolom {kolom} hoort niet bij deze versie.")
    if wijziging and wijziging not in gezien.wijzigingen:
        raise Vreemd(f"Wijziging {wijziging} hoort niet bij deze versie.")
    return rij, f"{wijziging}:{kolom}"


def _lees_tekst(inzending: Inzending, gezien: Gezien, rij: str, veld: str, tekst: str) -> None:
    nieuw = normaal(tekst)
    oud = gezien.velden(rij).get(veld)
    if nieuw == normaal(str(oud or "")):
        return
    inzending.mijn[rij][veld] = nieuw
    if zin := _bezwaar(veld, nieuw):
        naam = naam_van(rij, veld)
        inzending.vragen[naam] = Vraag(naam, zin)


def _bezwaar(veld: str, tekst: str) -> str:
    """Return what is wrong with a text, or ""."""
    if veld == TOELICHTING:
        te_lang = len(tekst) > LANGSTE_TOELICHTING
        return f"De toelichting is te lang: hoogstens {LANGSTE_TOELICHTING} tekens." if te_lang else ""
    if not tekst:
        return "De omschrijving is leeg. Schrijf waar de regel over gaat, of verwijder de regel."
    if len(tekst) > LANGSTE_OMSCHRIJVING:
        return f"De omschrijving is te lang: hoogstens {LANGSTE_OMSCHRIJVING} tekens."
    if STUURTEKENS.search(tekst):
        return "In de omschrijving staan regeleinden, tabs of onzichtbare tekens. Haal die weg."
    return ""


def _lees_bedrag(inzending: Inzending, gezien: Gezien, rij: str, veld: str, tekst: str, weergave: Weergave) -> None:
    soort, oud = gezien.soort(rij), gezien.velden(rij).get(veld)
    # What was left as it stood was not typed, and is not read: it may well be a number that nobody would type.
    if tekst.strip() == weergave.toon(soort, oud):  # type: ignore[arg-type]  # an amount, or None
        return
    naam = naam_van(rij, veld)
    try:
        inzending.mijn[rij][veld] = weergave.lees(soort, tekst)
    except getallen.Meerduidig as vraag:
        lezingen = tuple(getallen.schrijf(lezing).replace(".", "") for lezing in vraag.mogelijkheden)
        inzending.vragen[naam] = Vraag(naam, str(vraag), lezingen)
    except getallen.Onleesbaar as fout:
        inzending.vragen[naam] = Vraag(naam, str(fout))


def _volg_keuzes(inzending: Inzending, post: Mapping[str, str], gezien: Gezien, weg: set[str]) -> None:
    """Do what the editor chose where two people changed the same: keep mine, or take theirs."""
    for naam in sorted(gezien.kies):
        keuze = post.get(f"k:{naam}", "")
        if keuze not in {"mijn", "nu"}:
            inzending.vragen[naam] = Vraag(naam, "Kies of uw invoer blijft, of die van uw collega.")
        elif keuze == "nu":
            _neem_over(inzending, naam, gezien, weg)


def _neem_over(inzending: Inzending, naam: str, gezien: Gezien, weg: set[str]) -> None:
    """Take what a colleague made of a field or a row, as it was shown."""
    rij, veld = _plaats(naam, gezien)
    inzending.vragen.pop(naam, None)
    inzending.invoer.pop(naam, None)
    if veld is not None:
        inzending.mijn[rij][veld] = gezien.velden(rij).get(veld)
    elif rij in gezien.nieuw:
        # They removed the row: so it does not come back.
        weg.add(rij)
    else:
        weg.discard(rij)


def _laat_weg(inzending: Inzending, rij: str) -> None:
    inzending.mijn.pop(rij, None)
    eigen = {naam for naam in inzending.vragen if naam.split(":")[1] == rij and not naam.startswith("x:")}
    for naam in eigen:
        del inzending.vragen[naam]


def _kijk_naar_nieuwe(inzending: Inzending, gezien: Gezien, rij: str) -> None:
    """Drop a new row that was left empty; ask for a description of one that was not."""
    velden = inzending.mijn.get(rij)
    if velden is None:
        return
    naam = naam_van(rij, OMSCHRIJVING)
    vragen = [vraag for vraag in inzending.vragen if vraag != naam and vraag.split(":")[1] == rij]
    if gelijk(velden, gezien.velden(rij)) and not vragen:
        del inzending.mijn[rij]
    elif not velden[OMSCHRIJVING]:
        inzending.vragen[naam] = Vraag(
            naam, "Deze nieuwe regel heeft nog geen omschrijving. Schrijf waar hij over gaat."
        )


def op_wat_er_nu_staat(inzending: Inzending, gezien: Gezien, nu: Gezien) -> Inzending:
    """Return what the editor typed on top of another state: what they left alone is as it is there."""
    nieuw = Inzending(vragen=dict(inzending.vragen))
    for rij in (*nu.beeld, *nu.nieuw):
        if f"x:{rij}" in inzending.invoer and rij not in inzending.mijn:
            continue
        toen = gezien.velden(rij) if rij in gezien.beeld or rij in gezien.nieuw else {}
        eigen = inzending.mijn.get(rij, {})
        if rij in nu.nieuw and rij in gezien.beeld and eigen:
            # A colleague removed it: what is not typed again would be lost.
            nieuw.mijn[rij] = dict(eigen)
            continue
        anders = {veld: waarde for veld, waarde in eigen.items() if waarde != toen.get(veld)}
        nieuw.mijn[rij] = {**nu.velden(rij), **anders}
    for naam, tekst in inzending.invoer.items():
        rij, veld = _plaats(naam, gezien)
        eigen = inzending.mijn.get(rij, dict(gezien.velden(rij)))
        if veld is None or naam in inzending.vragen or eigen.get(veld) != gezien.velden(rij).get(veld):
            nieuw.invoer[naam] = tekst
    return nieuw
