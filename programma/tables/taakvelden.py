"""The money of a document per taakveld, by hoofdtaakveld (BBV art. 66): the annex that every budget has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from programma.cijfer import hoofdtaakveldbegin, kolomwoord, pakketwoord, taakveldbegin
from programma.inhoud import Documentstuk
from programma.pagina.adres import Adres, actueel
from programma.pagina.som import focuskolom, vergelijkingskolom
from programma.pagina.taakveld import Hoofdtaakveld, Taakveldregel, hoofdtaakvelden, taakveldregels
from programma.raming import Kolom, Raming
from programma.tables.bedrag import AFRONDING, TEKENUITLEG, Bedragkolom, Record
from programma.tables.verschilkolom import verschilkolom, verschiluitleg
from veiligheid.formatting import NIET_VAN_TOEPASSING, duizenden
from veiligheid.tables import Kolom as Tabelkolom
from veiligheid.tables import Rijkop, Tabel


class Taakveldtabel(Tabel):
    """The taakvelden of a document in the document year, with a total per hoofdtaakveld and of all.

    Changes of reserves are no lasten or baten; a taakveld that holds nothing else (0.10) is not in it.
    """

    onderdeel = Rijkop("taakveld", kop="Taakveld")
    groep = Tabelkolom("hoofdtaakveld", visible=False)

    klasse = "geld lang"
    anker = "tabel2"
    bestandsnaam = "taakvelden.csv"
    leeg = NIET_VAN_TOEPASSING

    def __init__(self, stuk: Documentstuk, adres: Adres | None = None) -> None:
        focus = focuskolom(stuk.kolommen, stuk.uitgave.jaar)
        vorige = vergelijkingskolom(stuk.kolommen, focus) if focus else None
        hoofden = hoofdtaakvelden(taakveldregels(stuk.taakvelden))
        rijen = list(_rijen(hoofden, focus, vorige, adres or actueel(stuk.uitgave))) if focus else []
        super().__init__(rijen, extra_columns=[*_kolommen(focus), *verschilkolom(vorige)])
        self.titel = f"Tabel 2. Alle taakvelden in {focus.jaar}" if focus else "Tabel 2. Alle taakvelden"
        self.eenheid = f"Bedragen × € 1.000. {TEKENUITLEG}"
        if vorige:
            self.eenheid += f" {verschiluitleg('het saldo', vorige)}"
        if any(rij.get("verschil") is None for rij in rijen) and vorige:
            self.eenheid += f" N.v.t.: dit taakveld stond niet in {vorige.jaar}; de indeling was toen anders."
        self.voetnoot = AFRONDING
        if any(regel.code == "0.10" for hoofd in hoofden for regel in hoofd.regels):
            self.voetnoot += " Wat naar reserves gaat en eruit komt (taakveld 0.10) staat in tabel 1, bij Reserves."


def _kolommen(focus: Kolom | None) -> Iterator[tuple[str, Bedragkolom]]:
    for naam in ("lasten", "baten", "saldo"):
        klasse = "getal nu" if naam == "saldo" else "getal"
        naar = f"{naam}/{kolomwoord(focus)}/" if focus else ""
        yield naam, Bedragkolom(naam, duizenden, 2, kop=naam.capitalize(), klasse=klasse, naar=naar)


def _rijen(hoofden: Sequence[Hoofdtaakveld], focus: Kolom, vorige: Kolom | None, adres: Adres) -> Iterator[Record]:
    """Yield the taakvelden that have an amount in the focus column, by chapter, each chapter with its total."""
    bedragen = adres.bedragen(None)
    totaal = Raming()
    for hoofd in hoofden:
        totaal += hoofd.raming
        regels = [regel for regel in hoofd.regels if focus in regel.raming and _heeft_saldo(regel.raming)]
        vast = {"groep": hoofd.titel, "blok": hoofd.titel, "kop": hoofd.titel}
        for regel in regels:
            bestond = vorige is not None and vorige in regel.raming
            waarden = _waarden(regel.raming, focus, vorige if bestond else None)
            yield {"onderdeel": regel.titel, **vast, "naar": _naar(regel, adres), **waarden}
        if len(regels) > 1:
            waarden = _waarden(hoofd.raming, focus, vorige)
            naar = f"{bedragen}{hoofdtaakveldbegin(hoofd.code)}"
            yield {"onderdeel": f"Totaal {hoofd.titel}", **vast, "klasse": "totaal", "naar": naar, **waarden}
    waarden = _waarden(totaal, focus, vorige)
    vast = {"groep": "Totaal", "blok": "totaal", "klasse": "eind"}
    yield {"onderdeel": "Totaal", **vast, "naar": bedragen, **waarden}


def _naar(regel: Taakveldregel, adres: Adres) -> str:
    """Return where the figures of a row begin: of the taakveld, or without one those of the pakket it goes by.

    A pakket of which other lines do have a taakveld has other figures: then it is that of all lines without one.
    """
    if regel.pakket is None:
        return f"{adres.bedragen(None)}{taakveldbegin(regel.code)}"
    slug, code = regel.pakket
    return f"{adres.bedragen(slug)}{pakketwoord(code)}-"


def _heeft_saldo(raming: Raming) -> bool:
    """Return whether there is more than changes of reserves, in any column: a zero of this year is worth a row."""
    return any(stand.lasten or stand.baten for stand in raming.values())


def _waarden(raming: Raming, focus: Kolom, vorige: Kolom | None) -> Record:
    stand = raming[focus]
    return {
        "lasten": stand.lasten,
        "baten": stand.baten,
        "saldo": stand.saldo,
        "verschil": stand.saldo - raming[vorige].saldo if vorige else None,
    }
