"""The programmes of a document as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from programma.cijfer import kolomwoord
from programma.inhoud import Documentstuk, Programmarij
from programma.pagina import benaming
from programma.pagina.adres import Adres, actueel
from programma.pagina.som import focuskolom, vergelijkingskolom
from programma.raming import Kolom, Meerjarenraming, Raming
from programma.tables.bedrag import AFRONDING, DECIMALEN_IN_BESTAND, LEEG, TEKENUITLEG, Bedragkolom, Record
from programma.tables.verschilkolom import verschilkolom, verschiluitleg
from veiligheid.formatting import (
    decimaal,
    duizenden,
    per_inwoner,
)
from veiligheid.tables import Kolom as Tabelkolom
from veiligheid.tables import Rijkop, Tabel


class Programmatabel(Tabel):
    """The programmes of a document with their amounts in the document year; other parts are a group of their own."""

    onderdeel = Rijkop("onderdeel", kop="Onderdeel")
    groep = Tabelkolom("groep", visible=False)

    klasse = "geld"
    anker = "tabel1"
    bestandsnaam = "programmas.csv"

    def __init__(self, stuk: Documentstuk, optelling: Meerjarenraming, adres: Adres | None = None) -> None:
        focus = focuskolom(stuk.kolommen, stuk.uitgave.jaar)
        inwoners = stuk.inwoners.in_jaar(focus.jaar) if focus else None
        if inwoners and not inwoners[1]:
            inwoners = None
        vorige = vergelijkingskolom(stuk.kolommen, focus) if focus else None
        super().__init__(
            list(_programmarijen(stuk, optelling, focus, vorige, adres or actueel(stuk.uitgave), inwoners)),
            extra_columns=[*_programmakolommen(bool(inwoners), focus), *verschilkolom(vorige)],
        )
        self.titel = f"Tabel 1. Alle programma’s in {focus.jaar}" if focus else "Tabel 1. Alle programma’s"
        self.eenheid = f"Bedragen × € 1.000. {TEKENUITLEG}"
        if inwoners:
            jaar, aantal = inwoners
            self.eenheid += f" Per inwoner: het resultaat in euro’s, bij {decimaal(aantal)} inwoners in {jaar}."
        if vorige:
            self.eenheid += f" {verschiluitleg('het resultaat', vorige)}"
        self.voetnoot = AFRONDING


def _naar(focus: Kolom | None) -> dict[str, str]:
    """Return per column where its amounts come from: that of the reserves and per inhabitant, the resultaat tells."""
    jaar = f"{kolomwoord(focus)}/" if focus else ""
    eigen = {naam: f"{naam}/{jaar}" for naam in ("lasten", "baten", "saldo", "resultaat")}
    resultaat = eigen["resultaat"]
    return eigen | {"reserves": f"{resultaat}#opbouw", "per_inwoner": f"{resultaat}#berekening"} if focus else {}


def _programmakolommen(inwoners_bekend: bool, focus: Kolom | None) -> Iterator[tuple[str, Bedragkolom]]:
    naar = _naar(focus)
    for naam in ("lasten", "baten", "saldo", "reserves"):
        yield naam, Bedragkolom(naam, duizenden, 2, kop=naam.capitalize(), klasse="getal", naar=naar.get(naam, ""))
    naar_resultaat = naar.get("resultaat", "")
    yield "resultaat", Bedragkolom("resultaat", duizenden, 2, kop="Resultaat", klasse="getal nu", naar=naar_resultaat)
    if inwoners_bekend:
        opmaak = partial(decimaal, decimalen=2)
        kolom = Bedragkolom("per inwoner", opmaak, DECIMALEN_IN_BESTAND, kop="Per inwoner", klasse="getal")
        kolom.naar = naar.get("per_inwoner", "")
        yield "per_inwoner", kolom


def _programmarijen(
    stuk: Documentstuk,
    optelling: Meerjarenraming,
    focus: Kolom | None,
    vorige: Kolom | None,
    adres: Adres,
    inwoners: tuple[int, int] | None,
) -> Iterator[Record]:
    """Yield the programmes, then the other parts of the budget, then the total."""
    if focus is None:
        return
    groepen = {
        "Programma’s": _van_soort(stuk.programmas, True),
        "Andere onderdelen": _van_soort(stuk.programmas, False),
    }
    for kop, rijen in groepen.items():
        for rij in rijen:
            yield {
                "onderdeel": benaming.volledig(rij),
                "groep": kop,
                "blok": kop,
                "kop": kop,
                "href": adres.programma(rij.slug),
                "naar": adres.bedragen(rij.slug),
                **_waarden(optelling.programmas.get(rij.code, LEEG), focus, vorige, inwoners),
            }
    totaal = _waarden(optelling.totaal, focus, vorige, inwoners)
    vast = {"onderdeel": "Totaal", "groep": "Totaal", "blok": "totaal", "klasse": "eind"}
    yield vast | {"naar": adres.bedragen(None)} | totaal


def _van_soort(programmas: Sequence[Programmarij], programma: bool) -> list[Programmarij]:
    return [rij for rij in programmas if (rij.soort == "programma") == programma]


def _waarden(raming: Raming, focus: Kolom, vorige: Kolom | None, inwoners: tuple[int, int] | None) -> Record:
    stand = raming[focus]
    return {
        "lasten": stand.lasten,
        "baten": stand.baten,
        "saldo": stand.saldo,
        "reserves": stand.resultaat - stand.saldo,
        "resultaat": stand.resultaat,
        "per_inwoner": per_inwoner(stand.resultaat, inwoners[1]) if inwoners else None,
        "verschil": stand.resultaat - raming[vorige].resultaat if vorige else None,
    }
