"""What each column of begroting.csv means, for who uses the file: pure, and shown on the page on open data."""

from __future__ import annotations

from typing import NamedTuple


class Veld(NamedTuple):
    """A column: its name in the file, what it means, and which values it can have."""

    naam: str
    betekenis: str
    waarden: str


CODEBOEK = (
    Veld("document", "Het document waar de regel in staat.", "De naam in het webadres: programmabegroting-2025."),
    Veld("versie", "De hoeveelste gepubliceerde stand van het document.", "1, 2, 3, enzovoort."),
    Veld("programma_code", "Het nummer van het programma.", "Tekst, geen getal: 1 en 01 zijn niet hetzelfde."),
    Veld("programma", "De naam van het programma.", "Tekst."),
    Veld("pakket_code", "De code van het pakket binnen het programma.", "Tekst, zoals 1E."),
    Veld("pakket", "De naam van het pakket.", "Tekst."),
    Veld("soort", "Of het geld kost of oplevert, en of het van of naar een reserve gaat.",
         "lasten, baten, toevoeging (naar een reserve) of onttrekking (uit een reserve)."),
    Veld("taakveld", "Het landelijke taakveld (Iv3).", "Tekst, zoals 1.2: 0.1 is niet 0.10. Leeg: niet opgegeven."),
    Veld("regel", "De vaste naam van de begrotingsregel; die blijft in volgende versies gelijk.",
         "Tekst, per versie uniek."),
    Veld("omschrijving", "Waar de regel over gaat.", "Tekst."),
    Veld("incidenteel", "Of het geld eenmalig is.", "ja, nee of leeg. Leeg: niet bekend."),
    Veld("fase", "Welke stand van het jaar het bedrag geeft.",
         "realisatie, primair, na_wijziging, raming of prognose."),
    Veld("jaar", "Het jaar waarover het bedrag gaat.", "Vier cijfers."),
    Veld("bedrag", "Het bedrag in euro, met twee decimalen. Het teken zegt wat het met het resultaat doet.",
         "Min: kosten en toevoegingen aan reserves. Geen min: inkomsten en onttrekkingen aan reserves."),
    Veld("bronprecisie", "Hoe precies het bedrag in de bron stond.",
         "1: in hele euro’s of preciezer. 1000: afgerond op duizenden euro’s."),
)  # fmt: skip
