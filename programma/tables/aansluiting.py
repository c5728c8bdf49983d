"""The reconciliation as tables: how often each verdict was given, and the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from programma.aansluiting import Aansluitstuk, Controle, Oordeel, Rij
from programma.pagina.aansluitpagina import NAMEN, link, waar
from programma.pagina.adres import Adres
from programma.tables.bedrag import Record
from veiligheid.formatting import NIET_VAN_TOEPASSING, decimaal, natuurlijk
from veiligheid.tables import Kolom, Rijkop, Tabel

KOLOMMEN = {
    Oordeel.AAN: "Sluit aan",
    Oordeel.AFRONDING: "Door afronding",
    Oordeel.VERSCHIL: "Verschil",
    Oordeel.ONBEKEND: "Niet te controleren",
}
TEKENS_VAN_DE_SOM = 16
CENT = Decimal("0.01")


class Tellingtabel(Tabel):
    """Per check how often each verdict was given."""

    controle = Rijkop("controle", kop="Controle")

    klasse = "geld telling"
    anker = "tabel1"
    titel = "Tabel 1. Uitkomst per controle"
    eenheid = "Aantal vergelijkingen."

    def __init__(self, telling: Counter[tuple[Controle, Oordeel]], adres: str = "") -> None:
        kolommen = [(wat.name.lower(), Kolom(wat.value, kop=kop, klasse="getal")) for wat, kop in KOLOMMEN.items()]
        super().__init__(
            list(_tellingen(telling, adres)),
            extra_columns=[*kolommen, ("samen", Kolom("samen", kop="Samen", klasse="getal"))],
        )


def _tellingen(telling: Counter[tuple[Controle, Oordeel]], adres: str) -> Iterator[Record]:
    for controle in Controle:
        aantallen = {wat.name.lower(): telling[controle, wat] for wat in KOLOMMEN}
        href = f"{adres}?controle={controle.value}&alles=1#rijen" if adres else ""
        yield {"controle": NAMEN[controle], "href": href, "blok": "controles", **_getallen(aantallen)}
    totaal = {wat.name.lower(): sum(telling[controle, wat] for controle in Controle) for wat in KOLOMMEN}
    yield {"controle": "Alle controles", "klasse": "eind", "blok": "eind", **_getallen(totaal)}


def _getallen(aantallen: dict[str, int]) -> Record:
    return {naam: decimaal(aantal) for naam, aantal in (aantallen | {"samen": sum(aantallen.values())}).items()}


class Aansluittabel(Tabel):
    """Rows of the report, per check."""

    waar = Rijkop("waar", kop="Wat en waar")

    klasse = "geld aansluiting"
    eenheid = (
        "Bedragen in euro’s; van bestanden het begin van de sha256. Een minteken (−) betekent: kosten. Het verschil is "
        "nagerekend min gepubliceerd. Speling is het grootste verschil dat afronding kan verklaren."
    )
    leeg = NIET_VAN_TOEPASSING

    def __init__(
        self,
        stuk: Aansluitstuk,
        rijen: Sequence[Rij],
        adres: Adres,
        titel: str = "Tabel 2. Controles",
        anker: str = "tabel2",
    ) -> None:
        getallen = ("gepubliceerd", "nagerekend", "verschil", "speling")
        kolommen = [(naam, Kolom(naam, kop=naam.capitalize(), klasse="getal")) for naam in getallen]
        tekst = [(naam, Kolom(naam, kop=naam.capitalize())) for naam in ("oordeel", "reden")]
        super().__init__([_record(rij, stuk, adres) for rij in rijen], extra_columns=[*kolommen, *tekst])
        self.titel = titel
        self.anker = anker


def _record(rij: Rij, stuk: Aansluitstuk, adres: Adres) -> Record:
    return {
        "blok": rij.controle.value,
        "kop": NAMEN[rij.controle],
        "waar": waar(rij, stuk),
        "onderschrift": rij.vergeleken,
        "href": link(rij, stuk, adres),
        "klasse": "afwijkend" if rij.oordeel == Oordeel.VERSCHIL else "",
        "gepubliceerd": _waarde(rij.gepubliceerd),
        "nagerekend": _waarde(rij.nagerekend),
        "verschil": _waarde(rij.verschil),
        "speling": _waarde(rij.speling) if rij.verschil is not None else None,
        "oordeel": rij.oordeel.value,
        "reden": rij.reden or None,
    }


def _waarde(waarde: Decimal | str | None) -> str | None:
    """Return an amount with cents only where there are any, or the beginning of a sha256."""
    if isinstance(waarde, str):
        return f"{waarde[:TEKENS_VAN_DE_SOM]}…"
    if waarde is None:
        return None
    if waarde % CENT:
        return natuurlijk(waarde)
    return decimaal(waarde, 0 if waarde == waarde.to_integral_value() else 2)
