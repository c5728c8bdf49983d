"""LEESMIJ.txt: what is in a dossier and how to check it in five steps, in plain Dutch. Pure."""

from __future__ import annotations

from programma.inhoud import Uitgave

TEKST = """\
{titel}, versie {nummer}
{streep}

Dit is het dossier van één versie van een begroting: alles wat u nodig hebt om haar na te rekenen en te controleren,
zonder onze hulp en zonder onze software. {soort}{demo}

{feiten}

ZO CONTROLEERT U DIT IN VIJF STAPPEN

1. Pak het ZIP-bestand uit, of laat het zoals het is. U hebt alleen Python 3.9 of nieuwer nodig (www.python.org).
   Vertrouwt u het programma in dit dossier niet? Lees het: het is één bestand, zonder andere onderdelen.

2. Vraag in een opdrachtvenster (Windows: PowerShell; Mac en Linux: Terminal):

       python verifieer.py dossier.zip

   Schrijf in plaats van dossier.zip de naam van het bestand, of van de map waarin u het uitpakte. Heet Python op uw
   computer python3? Schrijf dan python3.

3. Vergelijk het anker en de controlesom die het programma noemt met wat u eerder zelf bewaarde: van de website, uit een
   afdruk, of uit de stukken van de griffie. Geef wat u bewaarde mee, dan doet het programma het:

       python verifieer.py dossier.zip --anker "wat u bewaarde"

   Neem het niet over uit dit bestand: dan vergelijkt u het dossier met zichzelf.

4. Bent u controleur en mag u inloggen? Download dan ook wijzigingslog.csv (beheer, controle). Daarin staat elke
   wijziging. Daarmee rekent het programma de hele historie na en legt het die naast dit dossier:

       python verifieer.py dossier.zip --log wijzigingslog.csv

   Doe dat met een dossier dat u zelf vers laat maken (beheer, controle): dat komt uit de tabellen zoals ze nu zijn.

5. Lees wat het programma zegt, ook wat het niet kan bewijzen. De laatste regel is het oordeel. De eindcode is 0 als
   alles klopt, 1 als er iets niet klopt, 2 als er niets te controleren viel.

Liever zonder programma? begroting.csv opent in elk rekenblad. Tel per programma, jaar en soort op, en leg dat naast
gedrukte-totalen.csv. De vingerafdruk van een bestand krijgt u met

       certutil -hashfile begroting.csv SHA256      (Windows)
       sha256sum -c SHA256SUMS                      (Linux; Mac: shasum -a 256 -c SHA256SUMS)

WAT ERIN ZIT

begroting.csv           elk bedrag van elke regel. Min: het kost geld of gaat naar een reserve
begroting.json          dezelfde bedragen als JSON
gedrukte-totalen.csv    de totalen zoals ze in de bron gedrukt stonden, in euro
inhoud.json             alles wat de raad vaststelt, letterlijk zoals de controlesom ervan is berekend: de sha256 van
                        dit bestand is de controlesom
inhoud-velden.json      wat de velden van inhoud.json zijn
waarnemingen.csv        de cijfers van indicatoren en inwoners die deze versie toont, zoals bekend bij publicatie
publicaties.csv         de keten van publicaties: elk anker is
                        sha256(vorig anker, controlesom, peilmoment, kop van de historie), met een regeleinde ertussen
metadata.json           wat dit dossier is, volgens MDTO, de standaard van het Nationaal Archief
{meer}verifieer.py            het programma dat alles narekent
SHA256SUMS              de vingerafdruk van elk bestand hierboven

In CSV-bestanden staat soms een apostrof voor een tekst die met = + - @ begint: dan ziet een rekenblad haar niet aan
voor een formule. Zij hoort niet bij de tekst; verifieer.py haalt haar weg.

WAT DIT DOSSIER NIET BEWIJST

Wie begroting, historie én keten samen herschrijft, kan een dossier maken dat met zichzelf klopt. U ziet dat alleen met
een anker dat u eerder zelf bewaarde. Bewaar daarom bij elke publicatie het anker, buiten de gemeente. Wie iets
wijzigde onder andermans naam, is hiermee ook niet te zien.
"""
OPENBAAR = "Het is bij de publicatie gemaakt en sindsdien bewaard."
VERS = "Het is op verzoek vers gemaakt, uit de tabellen zoals ze op dat moment waren."
DEMO = "\n\nDemonstratie, geen publicatie van de gemeente."
HTML = """\
html/                   de pagina’s zoals lezers ze zien; open {pad}
                        De pagina’s van losse bedragen zitten er niet in: elk bedrag staat in begroting.csv
"""
GEEN_HTML = "Pagina’s zitten er niet in: deze versie heeft geen openbaar adres.\n"


def leesmij(uitgave: Uitgave, *, som: str, kop: str, vers: bool, pagina: str, namen: list[str], demo: bool) -> bytes:
    """Return the text. `pagina` is the file of the page of the document, "" without pages; `namen` the stored files."""
    feiten = [
        f"status        {uitgave.status}",
        f"controlesom   {som}",
        f"anker         {uitgave.anker or 'nog geen: deze versie is niet gepubliceerd'}",
    ]
    if kop:
        feiten.append(f"historie      {kop}")
    meer = "".join(f"{naam:<23} {_wat_is(naam)}\n" for naam in namen)
    tekst = TEKST.format(
        titel=uitgave.titel,
        nummer=uitgave.nummer,
        streep="=" * len(f"{uitgave.titel}, versie {uitgave.nummer}"),
        soort=VERS if vers else OPENBAAR,
        demo=DEMO if demo else "",
        feiten="\n".join(feiten),
        meer=meer + (HTML.format(pad=pagina) if pagina else GEEN_HTML),
    )
    return tekst.encode()


def _wat_is(naam: str) -> str:
    if naam.endswith(".pdf"):
        return "het aansluitingsrapport in druk" if naam == "aansluiting.pdf" else "de pagina’s in druk"
    return {
        "begroting.xlsx": "dezelfde regels als werkmap",
        "narekenen.xlsx": "de totalen als formules, om in een rekenblad na te rekenen",
    }.get(naam, "")
