"""Where the difference in the result comes from: the parts as diverging bars, and as a table with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from programma.inhoud.vergelijking import Paar, Vergelijkstuk
from programma.pagina import benaming
from programma.pagina.vergelijken.bedragen import GEEN, RESULTAAT, Verschilrij, met_teken, volgorde
from programma.pagina.vergelijken.kanten import Kanten
from programma.pagina.vergelijken.keuze import ALLES, Keuze, paarnaam
from programma.raming import Meerjarenraming
from veiligheid.charts import Afwijking, Afwijkingsgrafiek, afwijkingsgrafiek
from veiligheid.formatting import MINTEKEN, euro

MEESTE_STAVEN = 12


@dataclass(frozen=True, slots=True)
class Verdeling:
    """The result of each part in one pair of columns. `rijen` ends with the total of everything, whole.

    `grafiek` is None when no result differs; `bericht` then says so.
    """

    paar: str
    bericht: str
    toelichting: str
    rijen: tuple[Verschilrij, ...]
    grafiek: Afwijkingsgrafiek | None
    titel: str
    omschrijving: str


def verdeling(
    stuk: Vergelijkstuk, keuze: Keuze, namen: Kanten, som_a: Meerjarenraming, som_b: Meerjarenraming, centen: bool
) -> Verdeling | None:
    """Return where the difference comes from, or None if nothing in these columns differs.

    Of several columns it is the first one that differs, beginning with that of the year of b.
    """
    paar = _paar(stuk, som_a, som_b)
    if paar is None:
        return None
    delen = list(_delen(stuk, keuze, paar, som_a, som_b))
    geheel = Verschilrij(
        "Alles samen", RESULTAAT, som_a.totaal[paar.a].resultaat, som_b.totaal[paar.b].resultaat, "eind"
    )
    anders = sorted((rij for rij in delen if rij.verschil), key=lambda rij: -abs(rij.verschil))
    staven = anders[:MEESTE_STAVEN]
    grafiek = afwijkingsgrafiek(
        [Afwijking(rij.naam, rij.verschil) for rij in staven], lambda bedrag: met_teken(bedrag, centen)
    )
    meer = f" De {len(staven)} grootste van de {len(anders)}." if len(anders) > len(staven) else ""
    return Verdeling(
        paar=paarnaam(paar),
        bericht=_bericht(geheel, anders, namen, centen),
        toelichting=f"Verschil in het resultaat per onderdeel, {paarnaam(paar)}, in euro’s.{meer}",
        rijen=(*delen, geheel),
        grafiek=grafiek if staven else None,
        titel=f"Staafgrafiek: verschil in het resultaat per onderdeel, {paarnaam(paar)}",
        omschrijving="; ".join(f"{rij.naam}: {met_teken(rij.verschil, centen)}" for rij in staven) + ", in euro’s.",
    )


def _paar(stuk: Vergelijkstuk, som_a: Meerjarenraming, som_b: Meerjarenraming) -> Paar | None:
    """Return the pair to show: the first in which any sum differs, that of the year of b before the others."""
    anders = [
        paar
        for paar in stuk.paren
        for sleutel in {**som_a.pakketten, **som_b.pakketten}
        if som_a.pakketten.get(sleutel, GEEN)[paar.a] != som_b.pakketten.get(sleutel, GEEN)[paar.b]
    ]
    return next(iter([*(paar for paar in anders if paar.b.jaar == stuk.b.jaar), *anders]), None)


def _delen(
    stuk: Vergelijkstuk, keuze: Keuze, paar: Paar, som_a: Meerjarenraming, som_b: Meerjarenraming
) -> Iterator[Verschilrij]:
    """Yield the programmes, or the pakketten when there is one programme, that differ; all of them if asked for."""
    programmas = volgorde(stuk.kader_a.programmas, stuk.kader_b.programmas)
    if len(programmas) > 1:
        for code, rij in programmas.items():
            a, b = som_a.programmas.get(code, GEEN)[paar.a], som_b.programmas.get(code, GEEN)[paar.b]
            if a != b or keuze.toon == ALLES:
                href = f"{keuze.adres(programma=code)}#bedragen"
                yield Verschilrij(benaming.volledig(rij), RESULTAAT, a.resultaat, b.resultaat, href=href)
        return
    for programma in programmas:
        kaders = (stuk.kader_a, stuk.kader_b)
        pakketten = {rij.code: rij for kader in kaders for rij in kader.pakketten.get(programma, ())}
        for code, pakket in pakketten.items():
            sleutel = (programma, code)
            a, b = som_a.pakketten.get(sleutel, GEEN)[paar.a], som_b.pakketten.get(sleutel, GEEN)[paar.b]
            if a != b or keuze.toon == ALLES:
                yield Verschilrij(f"{code} {pakket.naam}", RESULTAAT, a.resultaat, b.resultaat)


def _bericht(geheel: Verschilrij, anders: list[Verschilrij], namen: Kanten, centen: bool) -> str:
    """Return the message of the chart in one sentence: how much in all, and what is the largest part of it."""

    def bedrag(waarde: Decimal) -> str:
        teken = "+" if waarde > 0 else MINTEKEN
        return f"{teken}{euro(abs(waarde), centen=centen)}"

    if not anders:
        return "Het resultaat is bij elk onderdeel gelijk; lasten en baten verschillen wel"
    grootste = anders[0]
    if not geheel.verschil:
        begin = "Het resultaat is samen gelijk"
        return f"{begin}; het grootste verschil zit bij {grootste.naam} ({bedrag(grootste.verschil)})"
    begin = (
        f"Het resultaat is in {namen.b} {euro(abs(geheel.verschil), centen=centen)} {geheel.richting} dan in {namen.a}"
    )
    if len(anders) == 1:
        return f"{begin}; dat zit helemaal bij {grootste.naam}"
    return f"{begin}; het grootste verschil zit bij {grootste.naam} ({bedrag(grootste.verschil)})"
