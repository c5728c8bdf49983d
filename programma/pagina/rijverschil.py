"""What differs between two rows, in words: what the row is called, what its fields hold, which texts changed. Pure.

Colleagues read these words in the admin and readers on the page that compares; each adds its own links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from programma.toetsing.controles import euro
from programma.verschil import (
    MEESTE_WERK,
    Aard,
    Alinea,
    Deel,
    Rij,
    Rijverschil,
    Stukje,
    alineas,
    gewijzigde_alineas,
    tekstverschil,
)
from programma.vingerafdruk import VELDEN
from veiligheid.formatting import natuurlijk

GEEN_TOELICHTING = "geen toelichting gegeven"
ALLEEN_OPMAAK = "De woorden zijn gelijk; alleen de opmaak of de witruimte is anders."

# Fields that people read as a text: shown word by word.
TEKSTEN: Mapping[str, Sequence[str]] = {
    "Programma": ("inleiding",),
    "Sectie": ("tekst",),
    "Doel": ("tekst", "vervallen_reden"),
    "Begrotingsregel": ("toelichting",),
    "Deelname": ("taak", "openbaar_belang", "bestuurlijk_belang"),
    "Partijcijfers": ("risico", "ontwikkelingen"),
}
# What a row that came or went says already by its name, or what says nothing to a reader.
ZEGT_NIETS = frozenset(
    {"volgorde", "slug", "sleutel", "code", "naam", "nummer", "titel", "omschrijving", "kop", "thema", "jaar", "fase"}
    | {"partij__slug", "indicator__slug", "programma__code", "pakket__code", "paragraaf__naam", "kolom__jaar"}
    | {"kolom__fase", "grootheid", "taakveld__geldig_van", "bestandsnaam", "sha256"}
    | {veld for veld in VELDEN["Doelindicator"] if veld.startswith("doel__")}
)
# Kinds whose rows are texts themselves: a new one is shown as a whole.
TEKSTRIJEN = frozenset({"Sectie", "Doel"})
EURO = frozenset(
    {"euro", "bijdrage", "resultaat", "eigen_vermogen_begin", "eigen_vermogen_eind"}
    | {"vreemd_vermogen_begin", "vreemd_vermogen_eind", "belang_begin", "belang_eind"}
)
PROCENT = frozenset({"belang_begin_procent", "belang_eind_procent"})


@dataclass(frozen=True, slots=True)
class Woordenboek:
    """How fields and choices are called, by (kind of row, field), and how a rich text is read as plain words."""

    velden: Mapping[tuple[str, str], str]
    keuzes: Mapping[tuple[str, str], Mapping[object, str]]
    kaal: Callable[[str], str] = field(compare=False)

    def veldnaam(self, soort: str, veld: str) -> str:
        """Return the name of a field; of a reference the name of what it refers to."""
        return self.velden.get((soort, veld.split("__")[0]), veld)

    def keuze(self, soort: str, veld: str, waarde: object) -> str:
        """Return a choice in words; a value that is no choice as it is."""
        return self.keuzes.get((soort, veld), {}).get(waarde, str(waarde))

    def waarde(self, soort: str, veld: str, waarde: Any) -> str:
        """Return a value as people read it."""
        if waarde is None or waarde == "":
            return "niets"
        if isinstance(waarde, bool):
            return "ja" if waarde else "nee"
        if waarde in self.keuzes.get((soort, veld.split("__")[0]), {}):
            return self.keuze(soort, veld.split("__")[0], waarde)
        if veld in EURO:
            return euro(Decimal(waarde))
        if veld in PROCENT:
            return f"{natuurlijk(Decimal(waarde))}%"
        return natuurlijk(waarde) if isinstance(waarde, Decimal) else str(waarde)

    def kolom(self, jaar: object, fase: object) -> str:
        """Return a column: "primaire begroting 2025"."""
        return f"{self.keuze('Kolom', 'fase', fase)} {jaar}"


class Tekst(NamedTuple):
    """A text that differs: its heading, what happened, and its paragraphs (a number = so many that stayed)."""

    kop: str
    aard: Aard
    alineas: list[Alinea | int]


class Gegeven(NamedTuple):
    """Another difference: of what, which field ("" for the row as a whole), and what either version holds.

    Of a row that only one version has, that side holds what is in it, in words ("" if its name says all).
    """

    wat: str
    veld: str
    aard: Aard
    oud: str
    nieuw: str


def _ouder(rij: Rij) -> str:
    """Return whose text a section is."""
    for veld, wat in (("pakket__code", "pakket"), ("programma__code", "programma"), ("paragraaf__naam", "paragraaf")):
        if rij[veld] is not None:
            return f"{wat} {rij[veld]}"
    return "het document"


def _kop(rij: Rij) -> str:
    return f"{rij['kop']}: {rij['thema']}" if rij["thema"] else str(rij["kop"])


def _gedrukt(rij: Rij, boek: Woordenboek) -> str:
    plaats = rij["pakket__code"] or rij["programma__code"] or "hele document"
    grootheid = boek.keuze("GedruktTotaal", "grootheid", rij["grootheid"])
    return f"gedrukt {grootheid} van {plaats}, {boek.kolom(rij['kolom__jaar'], rij['kolom__fase'])}"


# What a row is called, per kind.
NAAM: Mapping[str, Callable[[Rij, Woordenboek], str]] = {
    "Kolom": lambda rij, boek: f"kolom {boek.kolom(rij['jaar'], rij['fase'])}",
    "Programma": lambda rij, _: f"programma {rij['code']} {rij['naam']}",
    "Paragraaf": lambda rij, _: f"paragraaf {rij['naam']}",
    "Bron": lambda rij, _: f"bron {rij['naam']}",
    "Wijziging": lambda rij, _: f"wijziging {rij['nummer']} {rij['titel']}",
    "Pakket": lambda rij, _: f"pakket {rij['code']} {rij['naam']}",
    "Sectie": lambda rij, _: f"tekst “{_kop(rij)}” van {_ouder(rij)}",
    "Doel": lambda rij, _: f"doel van pakket {rij['pakket__code']}",
    "Doelindicator": lambda rij, _: (
        f"indicator {rij['indicator__slug']} bij een doel van pakket {rij['doel__pakket__code']}"
    ),
    "Programmaindicator": lambda rij, _: f"indicator {rij['indicator__slug']} bij programma {rij['programma__code']}",
    "Deelname": lambda rij, _: f"verbonden partij {rij['naam']} in programma {rij['programma__code']}",
    "Partijcijfers": lambda rij, _: f"cijfers {rij['jaar']} van {rij['partij__slug']}",
    "Begrotingsregel": lambda rij, _: f"regel {rij['sleutel']} {rij['omschrijving']} in pakket {rij['pakket__code']}",
    "GedruktTotaal": _gedrukt,
}


def rijnaam(rij: Rij, boek: Woordenboek) -> str:
    """Return what a row is called, to use inside a sentence."""
    return NAAM[rij.soort](rij, boek)


def _leesbaar(soort: str, rij: Rij | None, veld: str, boek: Woordenboek) -> str:
    """Return a text to compare: its words, without the marks of a rich text.

    Each item of a list and each row of a table is a paragraph, so that only the one that changed is shown, with a bar
    between the cells.
    """
    tekst = str(rij[veld] or "") if rij else ""
    return boek.kaal(tekst).replace("\t", " | ").replace("\n", "\n\n") if soort == "Sectie" else tekst


class Werk:
    """How much comparing of words is left for a page: what is left over is shown paragraph by paragraph.

    Comparing words is quadratic; a page of a hundred rewritten texts must not keep a reader waiting.
    """

    def __init__(self, comparisons: int = 10**9) -> None:
        self._over = comparisons

    def voor(self, oud: str, nieuw: str) -> int:
        """Return how many comparisons a paragraph of this text may take, and take them from what is left."""
        delen = max(1, min(len(alineas(oud)), len(alineas(nieuw))))
        nodig = 4 * (oud.count(" ") + 1) * (nieuw.count(" ") + 1) // delen
        if nodig > self._over:
            return 0
        self._over -= nodig
        return MEESTE_WERK


def teksten(verschil: Rijverschil, boek: Woordenboek, werk: Werk | None = None) -> Iterator[Tekst]:
    """Yield the texts of a row that differ."""
    soort, kop, werk = verschil.soort, rijnaam(verschil.rij, boek), werk or Werk()
    anders = {veld.veld for veld in verschil.velden}
    for veld in TEKSTEN.get(soort, ()):
        if verschil.aard == Aard.GEWIJZIGD and veld not in anders:
            continue
        was, wordt = (_leesbaar(soort, rij, veld, boek) for rij in (verschil.oud, verschil.nieuw))
        gevonden = gewijzigde_alineas(tekstverschil(was, wordt, werk.voor(was, wordt)))
        if not gevonden:
            continue
        if all(isinstance(alinea, int) for alinea in gevonden):
            gevonden = [(Stukje("gelijk", ALLEEN_OPMAAK),)]
        naam = kop if soort in TEKSTRIJEN else f"{boek.veldnaam(soort, veld)} van {kop}"
        yield Tekst(naam, verschil.aard, gevonden)


def _inhoud(rij: Rij | None, boek: Woordenboek) -> str:
    """Return what is in a row that came or went, in words: who reads must not have to open it."""
    if rij is None:
        return ""
    return "; ".join(
        f"{boek.veldnaam(rij.soort, veld)} {boek.waarde(rij.soort, veld, waarde)}"
        for veld, waarde in zip(VELDEN[rij.soort], rij.waarden, strict=True)
        if waarde not in (None, "", False) and veld not in ZEGT_NIETS and veld not in TEKSTEN.get(rij.soort, ())
    )


def gegevens(verschil: Rijverschil, boek: Woordenboek) -> Iterator[Gegeven]:
    """Yield what differs in a row apart from its texts; of a row that came or went, the row as a whole."""
    wat, soort = rijnaam(verschil.rij, boek), verschil.soort
    if verschil.aard != Aard.GEWIJZIGD:
        inhoud = _inhoud(verschil.oud, boek), _inhoud(verschil.nieuw, boek)
        if soort not in TEKSTRIJEN or any(inhoud):
            yield Gegeven(wat, "", verschil.aard, *inhoud)
        return
    for veld, oud, nieuw in verschil.velden:
        if veld not in TEKSTEN.get(soort, ()):
            waarden = boek.waarde(soort, veld, oud), boek.waarde(soort, veld, nieuw)
            yield Gegeven(wat, boek.veldnaam(soort, veld), Aard.GEWIJZIGD, *waarden)


def herkomst(delen: Sequence[Deel]) -> str:
    """Return where an amount comes from: each bedrag under it, with its change, source, place and precision."""
    return "; ".join(map(_deel, delen))


def _deel(deel: Deel) -> str:
    delen = [
        f"wijziging {deel.wijziging}: {euro(deel.euro)}" if deel.wijziging else f"oorspronkelijk {euro(deel.euro)}",
        deel.bron and f"bron {deel.bron}",
        deel.plaats,
        "op duizend euro" if deel.bronprecisie == 1000 else "",
    ]
    return ", ".join(deel for deel in delen if deel)
