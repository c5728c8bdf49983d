"""What holds for every budget: exact totals agree, and one cent shows in the rows above it and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from programma.aansluiting import Controle, Oordeel, Regelsom, Rij, controleer
from programma.cijfer import GROOTHEDEN
from programma.raming import Grootheid, Kolom, Soort
from programma.toetsing.gedrukt import SOORTEN
from tests.aansluitstukken import regel, stuk
from tests.stukken import K24, K25

CENT = Decimal("0.01")
OPTELLEND = {Controle.GEDRUKT, Controle.REGELS, Controle.NIVEAUS, Controle.SALDO, Controle.TAAKVELDEN}


@st.composite
def begrotingen(draw: st.DrawFn) -> list[Regelsom]:
    """Draw a budget of some lines, each with its own number, in two columns and a few pakketten."""
    aantal = draw(st.integers(1, 12))
    regels = []
    for nummer in range(1, aantal + 1):
        programma = draw(st.sampled_from("12"))
        pakket = programma + draw(st.sampled_from("AB"))
        soort = draw(st.sampled_from(list(Soort)))
        kolom = draw(st.sampled_from([K24, K25]))
        # No thousands: a cent must not be lost in rounding.
        regels.append(
            regel(programma, pakket, soort.value, draw(st.decimals(-(10**8), 10**8, places=2)), kolom, nummer)
        )
    return regels


def anders(rijen: Sequence[Rij]) -> list[Rij]:
    return [rij for rij in rijen if rij.controle in OPTELLEND and rij.oordeel != Oordeel.AAN]


def boven(deze: Regelsom, grootheid: Grootheid, programma: str, pakket: str, kolom: Kolom | None) -> bool:
    """Return whether a figure adds up this line."""
    return (
        kolom == deze.kolom
        and programma in {"", deze.programma}
        and pakket in {"", deze.pakket}
        and Soort(deze.soort) in SOORTEN[grootheid]
    )


@given(begrotingen())
def test_een_begroting_die_klopt(regels: list[Regelsom]) -> None:
    assert anders(controleer(stuk(regels))) == []


@given(begrotingen(), st.data())
def test_een_cent_anders_dan_gedrukt(regels: list[Regelsom], data: st.DataObject) -> None:
    """The database says a cent more: exactly the printed totals above that line differ, everything else agrees."""
    plek = data.draw(st.integers(0, len(regels) - 1))
    gewijzigd = list(regels)
    gewijzigd[plek] = regels[plek]._replace(euro=regels[plek].euro + CENT)
    gedrukt = stuk(regels).gedrukt
    verwacht = [
        (totaal.grootheid, totaal.programma, totaal.pakket)
        for totaal in gedrukt
        if boven(regels[plek], Grootheid(totaal.grootheid), totaal.programma, totaal.pakket, totaal.kolom)
    ]
    # Printed to the cent, so that nothing is rounded away.
    rijen = anders(controleer(stuk(gewijzigd, gedrukt=[replace(totaal, eenheid=0) for totaal in gedrukt])))

    assert [(rij.plek.wat, rij.plek.programma, rij.plek.pakket) for rij in rijen] == verwacht
    assert len(verwacht) == (9 if regels[plek].soort in SOORTEN[Grootheid.SALDO] else 6)
    assert {(rij.controle, rij.verschil) for rij in rijen} == {(Controle.GEDRUKT, CENT)}


@given(begrotingen(), st.data())
def test_een_cent_anders_in_de_som_van_een_pakket(regels: list[Regelsom], data: st.DataObject) -> None:
    """The database makes a cent too much of a pakket: seen from the lines, from the programme and in the saldo."""
    dit = stuk(regels)
    pakketten = [som for som in dit.sommen if som.pakket]
    som = data.draw(st.sampled_from(pakketten))
    soort = data.draw(st.sampled_from([soort for soort in Soort if som.aantal(frozenset({soort}))]))
    grootheid = GROOTHEDEN[soort]
    stand = replace(som.stand, **{grootheid.value: som.stand.bedrag(grootheid) + CENT})
    sommen = [som._replace(stand=stand) if deze is som else deze for deze in dit.sommen]
    rijen = anders(controleer(replace(dit, sommen=sommen, gedrukt=[])))
    rijen = [rij for rij in rijen if rij.oordeel != Oordeel.ONBEKEND]

    verwacht = {(Controle.REGELS, som.pakket), (Controle.NIVEAUS, ""), (Controle.SALDO, som.pakket)}
    assert {(rij.controle, rij.plek.pakket) for rij in rijen} == verwacht
    assert {rij.plek.programma for rij in rijen} == {som.programma}
    assert {rij.plek.kolom for rij in rijen} == {som.kolom}
