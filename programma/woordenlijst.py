"""The words of the budget and what they mean, in our own words: the one home of every explanation on the site.

Plain Dutch at level B1. `bron` names the law for who wants to look it up; it is no quotation. Pure data.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

BBV = "Besluit begroting en verantwoording provincies en gemeenten (BBV)"
GEMEENTEWET = "Gemeentewet"


class Woord(NamedTuple):
    """A word, what it means, what else it is called, where the law has it, and which words to read besides."""

    woord: str
    uitleg: str
    ook: tuple[str, ...] = ()
    bron: str = ""
    zie: tuple[str, ...] = ()

    @property
    def anker(self) -> str:
        """Return its fragment on the page of words: "Verbonden partij" becomes "verbonden-partij"."""
        kaal = unicodedata.normalize("NFKD", self.woord.lower()).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z0-9]+", "-", kaal).strip("-")


WOORDENLIJST: tuple[Woord, ...] = (
    Woord(
        "Accountant",
        "Een onafhankelijke controleur van buiten de gemeente. De accountant kijkt na afloop van een jaar of de jaarrekening klopt.",
        bron=f"{GEMEENTEWET} art. 213", zie=("Jaarstukken",),
    ),
    Woord(
        "Afronding",
        "Een bedrag korter opschrijven, bijvoorbeeld in duizenden euro’s. Daardoor kan een som van afgeronde bedragen iets anders zijn dan het totaal.",
        zie=("Gedrukt totaal",),
    ),
    Woord(
        "Algemene dekkingsmiddelen",
        "Inkomsten die de gemeente vrij kan besteden, zoals de onroerendezaakbelasting en het geld uit het gemeentefonds.",
        bron=f"{BBV} art. 8", zie=("Gemeentefonds", "Onroerendezaakbelasting"),
    ),
    Woord(
        "Amendement",
        "Een wijziging die de gemeenteraad aanbrengt in een voorstel, voordat hij erover besluit.",
        bron=f"{GEMEENTEWET} art. 147b", zie=("Begrotingswijziging", "Gemeenteraad"),
    ),
    Woord(
        "Anker",
        "Een reeks tekens die een publicatie vastmaakt aan alle publicaties ervoor. Wie achteraf iets verandert, krijgt een ander anker.",
        zie=("Controlegetal",),
    ),
    Woord("Baten", "De inkomsten die hierbij horen, zoals leges en subsidies.", ("inkomsten", "opbrengsten"), f"{BBV} art. 8", ("Lasten", "Saldo")),
    Woord(
        "Begroting",
        "Het plan van de gemeente voor een jaar: wat zij wil doen, wat dat kost en waar het geld vandaan komt. De gemeenteraad stelt de begroting vast.",
        ("programmabegroting",), f"{GEMEENTEWET} art. 189 en 191", ("Jaarstukken", "Programma"),
    ),
    Woord(
        "Begroting na wijziging",
        "De begroting met de wijzigingen van later in het jaar.",
        ("gewijzigde begroting",), zie=("Begrotingswijziging", "Primaire begroting"),
    ),
    Woord(
        "Begrotingsregel",
        "Eén regel uit de begroting: een soort kosten of inkomsten binnen een pakket. Alle totalen op deze site zijn optellingen van zulke regels.",
        ("regel",), zie=("Pakket",),
    ),
    Woord(
        "Begrotingswijziging",
        "Een besluit van de gemeenteraad om de begroting tijdens het jaar aan te passen.",
        bron=f"{GEMEENTEWET} art. 192", zie=("Begroting na wijziging", "Amendement"),
    ),
    Woord(
        "Beleidsindicator",
        "Een cijfer dat laat zien hoe het ergens mee gaat, bijvoorbeeld het aantal winkeldiefstallen. Elke gemeente meet dezelfde indicatoren.",
        ("indicator",), f"{BBV} art. 25 lid 2", ("Vergelijkingsgroep", "Waarneming"),
    ),
    Woord(
        "Bestuurlijk belang",
        "Zeggenschap van de gemeente in een organisatie: zij zit in het bestuur of mag er stemmen.",
        bron=f"{BBV} art. 1", zie=("Verbonden partij", "Financieel belang"),
    ),
    Woord(
        "Bijdrage",
        "Geld dat de gemeente betaalt aan een organisatie waarmee zij samenwerkt.",
        zie=("Verbonden partij",),
    ),
    Woord(
        "Boekjaar", "Het jaar waar de bedragen over gaan. Bij gemeenten loopt dat van 1 januari tot en met 31 december.", ("begrotingsjaar",),
    ),
    Woord(
        "College van burgemeester en wethouders",
        "Het dagelijks bestuur van de gemeente. Het college maakt de begroting en voert haar uit.",
        ("college", "B en W"), zie=("Gemeenteraad", "Portefeuillehouder"),
    ),
    Woord(
        "Controlegetal",
        "Een reeks tekens die uit de hele inhoud van een versie is berekend. Verandert er één komma, dan wordt het controlegetal anders.",
        ("controlesom", "sha256"), zie=("Anker", "Versie"),
    ),
    Woord(
        "Doel",
        "Wat de gemeente met een pakket wil bereiken. Als het kan met een getal, zodat later te zien is of het is gelukt.",
        ("beleidsdoel",), f"{BBV} art. 8 lid 2", ("Nulmeting", "Streefwaarde"),
    ),
    Woord(
        "Eigen vermogen",
        "Wat een gemeente of organisatie bezit, min haar schulden. De reserves zijn er een deel van.",
        bron=f"{BBV} art. 42", zie=("Vreemd vermogen", "Reserve"),
    ),
    Woord(
        "Financieel belang",
        "Geld dat de gemeente kwijt is als een organisatie failliet gaat, of waarvoor zij dan moet betalen.",
        bron=f"{BBV} art. 1", zie=("Verbonden partij", "Bestuurlijk belang"),
    ),
    Woord(
        "Financiële positie",
        "Hoe de gemeente er met haar geld voor staat: bezit, schulden en wat er in de komende jaren te verwachten is.",
        bron=f"{BBV} art. 20", zie=("Kengetallen",),
    ),
    Woord(
        "Gedrukt totaal",
        "Een totaal zoals het in het oorspronkelijke boekwerk staat. Wij vergelijken het met wat de regels samen zijn.",
        zie=("Afronding",),
    ),
    Woord(
        "Gemeenschappelijke regeling",
        "Een afspraak tussen overheden om een taak samen uit te voeren, vaak in een eigen organisatie. Een veiligheidsregio is er een voorbeeld van.",
        ("GR",), "Wet gemeenschappelijke regelingen", ("Verbonden partij", "Veiligheidsregio"),
    ),
    Woord(
        "Gemeentefonds",
        "Geld dat het Rijk elk jaar over de gemeenten verdeelt. Het is voor de meeste gemeenten de grootste bron van inkomsten.",
        ("algemene uitkering",), "Financiële-verhoudingswet", ("Algemene dekkingsmiddelen",),
    ),
    Woord(
        "Gemeenteraad",
        "De gekozen vertegenwoordigers van de inwoners. De raad beslist over de begroting en controleert het college.",
        ("raad",), f"{GEMEENTEWET} art. 189", ("College van burgemeester en wethouders", "Vaststellen"),
    ),
    Woord(
        "Incidenteel",
        "Eenmalig of voor een paar jaar. Meestal is dat hoogstens drie jaar.",
        ("eenmalig",), f"{BBV} art. 19", ("Structureel",),
    ),
    Woord(
        "Investering",
        "Een uitgave voor iets dat jaren meegaat, zoals een school of een weg. De kosten worden over die jaren verdeeld.",
        zie=("Kapitaallasten",),
    ),
    Woord(
        "Iv3",
        "De vaste manier waarop alle gemeenten hun cijfers aan het Centraal Bureau voor de Statistiek geven. Zo zijn gemeenten te vergelijken.",
        ("informatie voor derden",), f"{BBV} art. 71", ("Taakveld",),
    ),
    Woord(
        "Jaarstukken",
        "Het verslag na afloop van een jaar: wat de gemeente heeft gedaan en wat dat echt heeft gekost.",
        ("jaarrekening", "jaarverslag"), f"{GEMEENTEWET} art. 197", ("Realisatie", "Accountant"),
    ),
    Woord(
        "Kadernota",
        "Een stuk van voor de zomer. Daarin staan de keuzes waarmee het college de volgende begroting maakt.",
        ("voorjaarsnota", "perspectiefnota"), zie=("Begroting",),
    ),
    Woord(
        "Kapitaallasten",
        "De jaarlijkse kosten van een investering: een deel van de aankoopprijs (afschrijving) en de rente.",
        ("afschrijving", "rente"), zie=("Investering", "Lasten"),
    ),
    Woord(
        "Kengetallen",
        "Een paar getallen die samen laten zien hoe gezond de financiën van de gemeente zijn, zoals de schuld vergeleken met de inkomsten.",
        bron=f"{BBV} art. 11", zie=("Financiële positie", "Weerstandsvermogen"),
    ),
    Woord("Lasten", "De kosten die de gemeente in een jaar maakt.", ("uitgaven", "kosten"), f"{BBV} art. 8", ("Baten", "Saldo")),
    Woord(
        "Leges",
        "Wat u betaalt voor een dienst van de gemeente, bijvoorbeeld voor een vergunning of een paspoort.",
        bron=f"{GEMEENTEWET} art. 229", zie=("Baten", "Lokale heffingen"),
    ),
    Woord(
        "Lokale heffingen",
        "Belastingen en tarieven die de gemeente zelf vaststelt, zoals de onroerendezaakbelasting en de afvalstoffenheffing.",
        bron=f"{BBV} art. 10", zie=("Leges", "Onroerendezaakbelasting"),
    ),
    Woord(
        "Meerjarenraming",
        "Een schatting van lasten en baten voor de drie jaren na het begrotingsjaar.",
        bron=f"{GEMEENTEWET} art. 190", zie=("Raming",),
    ),
    Woord(
        "NB",
        "Niet bekend of niet beschikbaar. Het cijfer bestaat niet of is er nog niet. Het is dus iets anders dan nul.",
        ("niet bekend", "niet beschikbaar"), zie=("Waarneming",),
    ),
    Woord("Nulmeting", "De stand aan het begin. Daarmee wordt later vergeleken.", ("nulwaarde",), zie=("Doel", "Streefwaarde")),
    Woord(
        "Onroerendezaakbelasting",
        "Een belasting voor wie een huis of een ander gebouw bezit. De gemeente bepaalt het tarief.",
        ("ozb",), f"{GEMEENTEWET} art. 220", ("Lokale heffingen",),
    ),
    Woord(
        "Onttrekking aan reserves",
        "Geld dat de gemeente uit een spaarpot (reserve) haalt om iets te betalen.",
        ("uit reserves",), f"{BBV} art. 17", ("Toevoeging aan reserves", "Reserve"),
    ),
    Woord(
        "Onvoorzien",
        "Een bedrag voor kosten die niemand kon voorspellen.",
        bron=f"{BBV} art. 8",
    ),
    Woord(
        "Overhead",
        "Kosten van het besturen en ondersteunen van de organisatie, zoals personeelszaken, computers en huisvesting.",
        ("bedrijfsvoering",), f"{BBV} art. 8",
    ),
    Woord(
        "Pakket",
        "Een deel van een programma, met een eigen tekst, doelen en bedragen. Het heeft een code van een cijfer en een letter, zoals 1E.",
        ("product",), zie=("Programma", "Restpost"),
    ),
    Woord(
        "Paragraaf",
        "Een hoofdstuk over een onderwerp dat door alle programma’s heen loopt, zoals onderhoud of lokale heffingen. De wet schrijft er zeven voor.",
        bron=f"{BBV} art. 9",
    ),
    Woord("Peildatum", "De dag waarop een cijfer bij de bron is opgehaald.", zie=("Peilmoment",)),
    Woord(
        "Peilmoment",
        "Het moment tot waarop metingen meetellen op een pagina. Wat later bekend wordt, verandert een gepubliceerde pagina niet.",
        zie=("Peildatum", "Versie"),
    ),
    Woord(
        "Portefeuillehouder",
        "De burgemeester of de wethouder die over een onderwerp gaat.",
        zie=("College van burgemeester en wethouders",),
    ),
    Woord("Primaire begroting", "De begroting zoals die als eerste aan de raad is voorgelegd.", zie=("Begroting na wijziging",)),
    Woord("Prognose", "Wat de gemeente in de loop van het jaar verwacht voor dat hele jaar.", zie=("Realisatie", "Tussenrapportage")),
    Woord(
        "Programma",
        "Een groep van taken die bij elkaar horen, zoals Veiligheid. De gemeenteraad stelt per programma vast hoeveel geld er is.",
        bron=f"{BBV} art. 8 lid 2", zie=("Pakket",),
    ),
    Woord("Raadsbesluit", "Een besluit van de gemeenteraad, met een nummer en een datum.", zie=("Gemeenteraad", "Vaststellen")),
    Woord("Raming", "Een schatting voor een later jaar.", zie=("Meerjarenraming",)),
    Woord("Realisatie", "Wat de gemeente in het jaar echt heeft uitgegeven en ontvangen.", ("werkelijke cijfers",), zie=("Jaarstukken",)),
    Woord(
        "Reserve",
        "Een spaarpot van de gemeente. De gemeenteraad beslist waar het geld voor is. De algemene reserve heeft geen vast doel, een bestemmingsreserve wel.",
        ("spaargeld", "spaarpot"), f"{BBV} art. 43", ("Toevoeging aan reserves", "Onttrekking aan reserves", "Voorziening"),
    ),
    Woord("Restpost", "Bedragen van een programma die bij geen van de pakketten horen. De code eindigt op Z.", zie=("Pakket",)),
    Woord(
        "Resultaat",
        "Het saldo samen met wat er naar de reserves gaat of eruit komt.",
        ("overschot", "tekort"), f"{BBV} art. 17", ("Saldo", "Reserve"),
    ),
    Woord("Saldo", "De lasten en de baten bij elkaar opgeteld.", ("verschil",), f"{BBV} art. 17", ("Resultaat",)),
    Woord("Streefwaarde", "Het getal dat de gemeente wil bereiken, met het jaar waarin.", ("streefgetal",), zie=("Doel", "Nulmeting")),
    Woord("Structureel", "Elk jaar opnieuw. Het tegendeel van incidenteel.", ("jaarlijks",), f"{BBV} art. 19", ("Incidenteel",)),
    Woord(
        "Subsidie",
        "Geld dat een overheid geeft voor een activiteit die zij belangrijk vindt. De gemeente geeft subsidies en krijgt ze ook.",
        bron="Algemene wet bestuursrecht, titel 4.2",
    ),
    Woord(
        "Taakveld",
        "Een landelijke indeling van wat gemeenten doen, met een nummer. Brandweer hoort bijvoorbeeld bij taakveld 1.1.",
        bron=f"{BBV} art. 66", zie=("Iv3",),
    ),
    Woord("Toevoeging aan reserves", "Geld dat de gemeente opzijzet in een spaarpot (reserve).", ("naar reserves",), f"{BBV} art. 17", ("Onttrekking aan reserves", "Reserve")),
    Woord(
        "Tussenrapportage",
        "Een bericht tijdens het jaar: loopt het zoals in de begroting staat?",
        ("bestuursrapportage", "burap"), zie=("Prognose",),
    ),
    Woord(
        "Vaststellen",
        "Definitief besluiten. Tot die tijd is een begroting een voorstel, aangeboden aan de raad.",
        ("vastgesteld",), f"{GEMEENTEWET} art. 191", ("Gemeenteraad", "Raadsbesluit"),
    ),
    Woord(
        "Veiligheidsregio",
        "Een gebied waarin gemeenten de brandweer, de hulp bij rampen en de geneeskundige hulp samen regelen.",
        bron="Wet veiligheidsregio’s", zie=("Gemeenschappelijke regeling",),
    ),
    Woord(
        "Vennootschapsbelasting",
        "Belasting over winst. Een gemeente betaalt die alleen over taken waarmee zij als een bedrijf werkt.",
        ("vpb",), f"{BBV} art. 8",
    ),
    Woord(
        "Verbonden partij",
        "Een organisatie waarin de gemeente meebeslist en waar zij ook geld in heeft zitten.",
        bron=f"{BBV} art. 1 en 15", zie=("Gemeenschappelijke regeling", "Bestuurlijk belang", "Financieel belang", "Bijdrage"),
    ),
    Woord(
        "Vergelijkingsgroep",
        "De gemeenten waarmee wij vergelijken, bijvoorbeeld alle gemeenten met 25.000 tot 50.000 inwoners.",
        zie=("Beleidsindicator",),
    ),
    Woord(
        "Versie",
        "Een uitgave van een document, met een nummer. Een gepubliceerde versie verandert nooit meer; een verbetering wordt een nieuwe versie.",
        zie=("Controlegetal", "Peilmoment"),
    ),
    Woord(
        "Voorziening",
        "Geld dat apart staat voor kosten die bijna zeker komen, zoals groot onderhoud. Het geld mag alleen daarvoor worden gebruikt.",
        bron=f"{BBV} art. 44", zie=("Reserve",),
    ),
    Woord("Vreemd vermogen", "Geld dat een gemeente of organisatie heeft geleend of nog moet betalen.", ("schulden", "leningen"), zie=("Eigen vermogen",)),
    Woord("Waarneming", "Eén gemeten waarde van een indicator, van één gebied en één jaar.", ("meting",), zie=("Beleidsindicator", "NB")),
    Woord(
        "Weerstandsvermogen",
        "Hoe goed de gemeente een grote tegenvaller kan betalen zonder meteen te bezuinigen.",
        bron=f"{BBV} art. 11", zie=("Kengetallen", "Reserve"),
    ),
)  # fmt: skip

_OP_NAAM = {woord.woord: woord for woord in WOORDENLIJST}


def woord(naam: str) -> Woord:
    """Return a word by its name as it stands in the list. Raises KeyError for one that is not in it."""
    return _OP_NAAM[naam]
