"""What a figure consists of, and what changes by the council did to it: the tables of its own page."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import groupby

from programma.cijfer import SOORTEN, celwoord, kolomwoord, regelwoord
from programma.inhoud.opbouw import Bedragrij, Bedragstuk, Opbouw, Regelrij
from programma.pagina.adres import Adres
from programma.pagina.cijfer import Cijferzin, delen, lees, pakketnaam
from programma.pagina.wijziging import besluitnaam, wijzigingsnaam, wijzigingstappen
from programma.raming import EXACT, NUL, Meerjarenraming
from programma.tables.bedrag import TEKENUITLEG, Bedragkolom, Record
from veiligheid.formatting import NIET_VAN_TOEPASSING, decimaal
from veiligheid.tables import Kolom, Rijkop, Tabel

ONBEKEND = "niet vastgelegd"
INCIDENTEEL = {"ja": "ja", "nee": "nee"}


def som(bedragen: list[Decimal]) -> Decimal:
    """Return the exact sum."""
    totaal = NUL
    for bedrag in bedragen:
        totaal = EXACT.add(totaal, bedrag)
    return totaal


class Opbouwtabel(Tabel):
    """The amounts that a figure adds up, and their sum: lines, or other figures that have a page of their own.

    All its amounts are of one column, so none is marked (`nu`); the sum is the figure that the page itself is about.
    """

    onderdeel = Rijkop("onderdeel", kop="Onderdeel")

    klasse = "geld opbouw"
    anker = "tabel1"

    def __init__(self, stuk: Bedragstuk, optelling: Meerjarenraming, adres: Adres) -> None:
        cijfer = lees(stuk, optelling)
        if stuk.opbouw is None:
            records, kolommen = list(_delen(stuk, optelling, cijfer, adres)), []
        else:
            records, kolommen = list(_regels(stuk, stuk.opbouw, cijfer, adres)), _tekstkolommen(stuk.opbouw)
        naar = "" if stuk.cijfer.sleutel else f"{kolomwoord(stuk.kolom)}/"
        opmaak = partial(decimaal, decimalen=2 if cijfer.centen else 0)
        bedrag = Bedragkolom("bedrag", opmaak, 2, kop="Bedrag in euro’s", klasse="getal", naar=naar)
        super().__init__(records, extra_columns=[("bedrag", bedrag), *kolommen])
        self.titel = f"Tabel 1. Opbouw van {cijfer.naam}"
        self.eenheid = f"Bedragen in euro’s. {TEKENUITLEG}"


def _tekstkolommen(opbouw: Opbouw) -> list[tuple[str, Kolom]]:
    """Return the columns of text; that of the changes and of the places only if there are any."""
    kolommen = [("taakveld", Kolom("taakveld", kop="Taakveld")), ("incidenteel", Kolom("incidenteel", kop="Eenmalig"))]
    if any(rij.wijziging for rij in opbouw.bedragen):
        kolommen.append(("wijziging", Kolom("wijziging", kop="Wijziging")))
    if any(rij.plaats for rij in opbouw.bedragen):
        kolommen.append(("plaats", Kolom("plaats in de bron", kop="Plaats in de bron")))
    return kolommen


def _regels(stuk: Bedragstuk, opbouw: Opbouw, cijfer: Cijferzin, adres: Adres) -> Iterator[Record]:
    """Yield each amount with its line; of a whole programme with a subtotal per pakket."""
    regels = {rij.sleutel: rij for rij in opbouw.regels}
    bedragen = adres.bedragen(stuk.programma.slug if stuk.programma else None)
    for pakket, rijen in groupby(opbouw.bedragen, key=lambda rij: regels[rij.regel].pakket):
        eigen = list(rijen)
        kop = {"kop": pakketnaam(stuk, pakket), "blok": pakket} if stuk.cijfer.totaal else {"blok": "regels"}
        for rij in eigen:
            regel = regels[rij.regel]
            yield _regel(regel, rij) | kop | {"naar": f"{bedragen}{regelwoord(regel.sleutel, stuk.pakketten)}/"}
        if stuk.cijfer.totaal:
            naar = f"{bedragen}{celwoord(pakket, SOORTEN[stuk.cijfer.totaal])}/"
            yield _totaal(f"Totaal {pakket}", som([rij.euro for rij in eigen]), "totaal") | kop | {"naar": naar}
    yield _totaal("Totaal", som([rij.euro for rij in opbouw.bedragen]), "eind") | {"blok": "eind"}


def _regel(regel: Regelrij, rij: Bedragrij) -> Record:
    wijziging = f"{rij.wijziging.nummer} {rij.wijziging.titel}" if rij.wijziging else "oorspronkelijk bedrag"
    reserve = f", reserve: {regel.reserve}" if regel.reserve else ""
    return {
        "onderdeel": regel.omschrijving,
        "onderschrift": f"regel {regel.sleutel}{reserve}",
        "voorvoegsel": f"Regel {regel.sleutel}, {wijziging}" if rij.wijziging else f"Regel {regel.sleutel}",
        "taakveld": f"{regel.taakveld.code} {regel.taakveld.naam}" if regel.taakveld else ONBEKEND,
        "incidenteel": INCIDENTEEL.get(regel.incidenteel, ONBEKEND),
        "wijziging": wijziging,
        "plaats": rij.plaats or ONBEKEND,
        "bedrag": rij.euro,
    }


def _totaal(onderdeel: str, bedrag: Decimal, klasse: str) -> Record:
    """Return a row that adds up; its columns of text do not apply."""
    tekst = dict.fromkeys(("taakveld", "incidenteel", "wijziging", "plaats"), NIET_VAN_TOEPASSING)
    return {"onderdeel": onderdeel, "bedrag": bedrag, "klasse": klasse, **tekst}


def _delen(stuk: Bedragstuk, optelling: Meerjarenraming, cijfer: Cijferzin, adres: Adres) -> Iterator[Record]:
    onderdelen = delen(stuk, optelling, cijfer, adres)
    for deel in onderdelen:
        yield {
            "onderdeel": deel.naam,
            "onderschrift": deel.onderschrift,
            "voorvoegsel": deel.onderschrift.capitalize(),
            "bedrag": deel.euro,
            "naar": deel.naar,
            "kop": deel.groep,
            "blok": deel.groep or "delen",
        }
    yield _totaal("Totaal", som([deel.euro for deel in onderdelen]), "eind") | {"blok": "eind"}


class Wijzigingtabel(Tabel):
    """The changes by the council under a figure, in the order of their numbers."""

    wijziging = Rijkop("wijziging", kop="Wijziging")
    besluit = Kolom("raadsbesluit", kop="Raadsbesluit")

    klasse = "geld"
    anker = "tabel2"

    def __init__(self, stuk: Bedragstuk, optelling: Meerjarenraming) -> None:
        cijfer = lees(stuk, optelling)
        decimalen = 2 if cijfer.centen else 0
        opmaak, met_teken = partial(decimaal, decimalen=decimalen), partial(decimaal, decimalen=decimalen, plus=True)
        records = [
            {
                "wijziging": wijzigingsnaam(stap.wijziging),
                "besluit": besluitnaam(stap.wijziging),
                "voor": stap.voor,
                "na": stap.na,
                "verschil": stap.verschil,
            }
            for stap in wijzigingstappen(stuk.opbouw.bedragen if stuk.opbouw else ())
        ]
        koppen = {"voor": "Bedrag ervoor", "na": "Bedrag erna"}
        kolommen = [(naam, Bedragkolom(naam, opmaak, 2, kop=kop, klasse="getal")) for naam, kop in koppen.items()]
        verschil = Bedragkolom("verschil", met_teken, 2, kop="Verschil", klasse="getal")
        super().__init__(records, extra_columns=[*kolommen, ("verschil", verschil)])
        self.titel = f"Tabel 2. Wijzigingen door de raad in {cijfer.naam}"
        self.eenheid = f"Bedragen in euro’s. {TEKENUITLEG}"
