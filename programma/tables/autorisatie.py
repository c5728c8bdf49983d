"""What the council authorised: per programme in one line, and per programme its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from programma.cijfer import kolomwoord
from programma.pagina.adres import Adres
from programma.pagina.autorisatie import SOMMEN, Autorisatie, Autorisatieblok, Autorisatiepagina, Stap
from programma.pagina.benaming import fase
from programma.raming import Grootheid, Kolom, Stand
from programma.tables.bedrag import TEKENUITLEG, Bedragkolom, Record
from veiligheid.formatting import NIET_VAN_TOEPASSING, datum, decimaal, hoofdletter
from veiligheid.tables import Kolom as Tabelkolom
from veiligheid.tables import Rijkop, Tabel

KOPPEN = {
    Grootheid.LASTEN: "Lasten",
    Grootheid.BATEN: "Baten",
    Grootheid.TOEVOEGINGEN: "Naar reserves",
    Grootheid.ONTTREKKINGEN: "Uit reserves",
}
EENHEID = f"Bedragen in euro’s. {TEKENUITLEG}"


def _opmaak(centen: bool, *, plus: bool = False) -> Callable[[Decimal], str]:
    return partial(decimaal, decimalen=2 if centen else 0, plus=plus)


def _kolommen(centen: bool) -> list[tuple[str, Bedragkolom]]:
    opmaak = _opmaak(centen)
    return [
        (naam.value, Bedragkolom(naam.value, opmaak, 2, kop=kop, klasse="getal", naar=f"{naam.value}/"))
        for naam, kop in KOPPEN.items()
    ]


def _waarden(stand: Stand) -> Record:
    return {naam.value: stand.bedrag(naam) for naam in SOMMEN}


def _waar(kolom: Kolom) -> str:
    """Return the end of the address at which the figures of a column are explained."""
    return f"{kolomwoord(kolom)}/#opbouw"


class Autorisatietabel(Tabel):
    """All programmes, each with its steps added up, what became of it, and whether the council decided."""

    onderdeel = Rijkop("onderdeel", kop="Onderdeel")
    besluit = Tabelkolom("besluit", kop="Besluit van de raad")

    klasse = "geld autorisatie"
    anker = "tabel1"

    def __init__(self, pagina: Autorisatiepagina, adres: Adres) -> None:
        blokken = pagina.blokken
        werkelijk = next((blok.autorisatie.werkelijk for blok in blokken if blok.autorisatie.werkelijk), None)
        extra = _kolommen(pagina.centen)
        if werkelijk:
            kolom = werkelijk[0]
            opmaak = _opmaak(pagina.centen)
            koppen = {"werkelijk": f"Lasten, {fase(kolom).lower()}", "meer": "Meer lasten dan begroot"}
            extra += [(naam, Bedragkolom(naam, opmaak, 2, kop=kop, klasse="getal")) for naam, kop in koppen.items()]
        super().__init__(
            list(_onderdelen(pagina, adres)), extra_columns=extra, sequence=("onderdeel", "...", "besluit")
        )
        self.titel = pagina.tabeltitel
        self.eenheid = EENHEID


def _onderdelen(pagina: Autorisatiepagina, adres: Adres) -> Iterator[Record]:
    for blok in pagina.blokken:
        yield {
            "onderdeel": blok.titel,
            "href": f"#{blok.anker}",
            "blok": "programmas",
            "besluit": _oordeel(blok.autorisatie),
            **_naar(adres, blok.slug, [blok.autorisatie]),
            **_waarden(blok.autorisatie.eind),
            **_werkelijk([blok.autorisatie]),
        }
    alle = [blok.autorisatie for blok in pagina.blokken]
    vast = {"onderdeel": "Totaal", "blok": "totaal", "klasse": "eind", "besluit": NIET_VAN_TOEPASSING}
    totaal = _waarden(sum((rij.eind for rij in alle), Stand()))
    yield vast | _naar(adres, None, alle) | totaal | _werkelijk(alle)


def _naar(adres: Adres, slug: str | None, rijen: Sequence[Autorisatie]) -> Record:
    """Return where the figures are explained: nowhere if the steps are not what the column says."""
    if not rijen or any(rij.verschil != Stand() for rij in rijen):
        return {}
    return {"naar": adres.bedragen(slug), "achter": _waar(rijen[0].kolom)}


def _werkelijk(rijen: Sequence[Autorisatie]) -> Record:
    """Return what the lasten became, and by how much those of each programme were more than they were to be."""
    werden = sum((rij.werkelijk[1] for rij in rijen if rij.werkelijk), Stand())
    te_veel = [rij.in_kolom - rij.werkelijk[1] for rij in rijen if rij.werkelijk]
    meer = sum((stand for stand in te_veel if stand.lasten > 0), Stand())
    return {"werkelijk": werden.lasten, "meer": meer.lasten}


def _oordeel(autorisatie: Autorisatie) -> str:
    """Return how far the council decided on a programme."""
    if autorisatie.besloten:
        return "op elke stap"
    reden = next(stap.reden for stap in autorisatie.stappen if not stap.besloten)
    return "niet op elke stap" if any(stap.besloten for stap in autorisatie.stappen) else reden


class Stappentabel(Tabel):
    """The steps of one programme, after each change what they are together, and the column that the version shows."""

    stap = Rijkop("stap", kop="Stap")
    besluit = Tabelkolom("raadsbesluit", kop="Raadsbesluit")
    dag = Tabelkolom("datum", kop="Datum")

    klasse = "geld autorisatie"

    def __init__(self, blok: Autorisatieblok, nummer: int, adres: Adres) -> None:
        super().__init__(list(_stappen(blok, adres)), extra_columns=_kolommen(blok.centen))
        self.anker = f"tabel{nummer}"
        self.titel = f"Tabel {nummer}. Besluiten over {blok.titel}"
        self.eenheid = f"{EENHEID} Een wijziging kan een minteken hebben: meer lasten, of minder baten."


def _stappen(blok: Autorisatieblok, adres: Adres) -> Iterator[Record]:
    autorisatie = blok.autorisatie
    naar = adres.bedragen(blok.slug)
    for plaats, stap in enumerate(autorisatie.stappen):
        yield _stap(stap) | {"naar": naar, "achter": _waar(stap.kolom), "blok": plaats}
        if plaats and plaats < len(autorisatie.stappen) - 1:
            yield _regel("Samen tot en met deze stap", stap.stand, "totaal", plaats) | {"voorvoegsel": stap.naam}
    if autorisatie.geautoriseerd is not None and not autorisatie.besloten:
        yield _regel("Waarvan met een besluit", autorisatie.geautoriseerd, "totaal", "eind")
    yield _regel(blok.slotnaam, autorisatie.eind, "eind", "eind")
    ernaast = {"naar": naar, "achter": _waar(autorisatie.kolom)}
    yield _regel(_kolomnaam(autorisatie.kolom), autorisatie.in_kolom, "", "kolom") | ernaast
    if autorisatie.verschil != Stand():
        yield _regel("Verschil", autorisatie.verschil, "", "kolom")
    if autorisatie.werkelijk:
        kolom, stand = autorisatie.werkelijk
        yield _regel(_kolomnaam(kolom), stand, "", "kolom") | {"naar": naar, "achter": _waar(kolom)}


def _kolomnaam(kolom: Kolom) -> str:
    return f"Kolom {fase(kolom).lower()} {kolom.jaar} van deze versie"


def _stap(stap: Stap) -> Record:
    dag = datum(stap.datum) if stap.datum else "niet vastgelegd" if stap.besloten else NIET_VAN_TOEPASSING
    return {
        "stap": stap.naam,
        "besluit": stap.besluit or hoofdletter(stap.reden),
        "dag": dag,
        **_waarden(stap.verschil),
    }


def _regel(naam: str, stand: Stand, klasse: str, blok: object) -> Record:
    leeg = {"besluit": NIET_VAN_TOEPASSING, "dag": NIET_VAN_TOEPASSING}
    return {"stap": naam, "klasse": klasse, "blok": blok, **leeg, **_waarden(stand)}
