"""Numbers that can be read in two ways: nothing is guessed, a person chooses, and the choice can be seen afterwards."""

from __future__ import annotations

from decimal import Decimal

import pytest

from programma.invoer import bevestiging, verloop, vragen
from programma.invoer.grendel import GeenRecht, NietKlaar, NietOpen, Verouderd
from programma.models import Bedrag, Gebeurtenis, Import, Importregel, Importwaarde
from programma.toetsing.keuring import bereken_controlesom
from tests.bouwers import Rollen, maak_concept
from tests.programma.invoer.stukken import controleer

KOP = "regel;fase;jaar;bedrag"


def csv_van(*rijen: str) -> bytes:
    """Return a CSV with semicolons."""
    return "\r\n".join([KOP, *rijen]).encode()


def beantwoord(invoer: Import, rollen: Rollen, **keuzes: str) -> Import:
    """Answer, and return the import as it is then."""
    vragen.beantwoord(invoer, keuzes, controle=invoer.controle, door=rollen.redacteur)
    invoer.refresh_from_db()
    return invoer


def euro(regel: str, jaar: int = 2025) -> Decimal:
    """Return an amount of the version."""
    return Bedrag.objects.get(regel__sleutel=regel, kolom__jaar=jaar).euro


@pytest.mark.parametrize(
    ("eenheid", "lezing", "bedrag", "gelezen"),
    [(1000, "duizend", "-3516000", "−3.516"), (1000, "decimaal", "-3516", "−3,516"), (1, "duizend", "-3516", "−3.516")],
)
def test_een_keuze_wordt_gevolgd_en_vastgelegd(
    rollen: Rollen, eenheid: int, lezing: str, bedrag: str, gelezen: str
) -> None:
    versie = maak_concept(rollen)
    som = bereken_controlesom(versie)
    inhoud = csv_van("p1-baten;primair;2025;150", "p1-lasten;primair;2025;-3,516")
    invoer = controleer(versie, rollen, inhoud, eenheid=eenheid)
    regels = Importregel.objects.filter(invoer=invoer).count()

    assert (verloop.fouten(invoer), verloop.open_vragen(invoer)) == (0, 1)
    with pytest.raises(NietKlaar, match="op twee manieren"):
        bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle, akkoord=True)
    assert bereken_controlesom(versie) == som

    beantwoord(invoer, rollen, D3=lezing)
    assert verloop.open_vragen(invoer) == 0
    assert Importregel.objects.filter(invoer=invoer).count() == regels
    (keuze,) = invoer.uitkomst["gekozen"]
    assert (keuze["waar"], keuze["ruw"], keuze["gelezen"], keuze["aantal"], keuze["door"]) == (
        "D3", "-3,516", gelezen, 1, rollen.redacteur.username,
    )  # fmt: skip
    bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle, akkoord=True)
    assert euro("p1-lasten") == Decimal(bedrag)
    plaats = f"rij 3, kolom D, '-3,516' gelezen als {gelezen}"
    assert Bedrag.objects.get(regel__sleutel="p1-lasten", kolom__jaar=2025).plaats == plaats
    assert Gebeurtenis.objects.filter(tabel="programma_bedrag", nieuw__contains=plaats, via="import").exists()


def test_wat_niet_past_is_geen_keuze(rollen: Rollen) -> None:
    """In euros "-3,516" has too many decimals for the second reading: it is asked all the same, never taken."""
    invoer = controleer(maak_concept(rollen), rollen, csv_van("p1-lasten;primair;2025;-3,516"))
    (cel,) = vragen.open_cellen(invoer)
    assert [(lezing.naam, lezing.getal, lezing.waarde) for lezing in cel.lezingen] == [
        ("duizend", "−3.516", "-3516.00")
    ]
    with pytest.raises(NietKlaar, match="nog niets gekozen"):
        beantwoord(invoer, rollen, D2="decimaal")


def test_een_keuze_voor_de_hele_kolom(rollen: Rollen) -> None:
    versie = maak_concept(rollen, 2)
    rijen = [f"p{nummer}-lasten;primair;{jaar};-{nummer},516" for nummer in (1, 2) for jaar in (2025, 2026)]
    invoer = controleer(versie, rollen, csv_van(*rijen), eenheid=1000)
    (kolom,) = vragen.open_kolommen(invoer)
    assert (kolom.aantal, kolom.lezingen, kolom.eerste.kolom) == (4, ["duizend", "decimaal"], "D")

    beantwoord(invoer, rollen, D="duizend", D3="decimaal")

    assert verloop.open_vragen(invoer) == 0
    assert {(keuze["waar"], keuze["aantal"]) for keuze in invoer.uitkomst["gekozen"]} == {("D", 3), ("D3", 1)}
    bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle, akkoord=True)
    assert [euro(f"p{nummer}-lasten", jaar) for nummer in (1, 2) for jaar in (2025, 2026)] == [
        -1516000, -1516, -2516000, -2516000,
    ]  # fmt: skip


def test_een_deel_beantwoorden_en_opnieuw_vragen(rollen: Rollen) -> None:
    invoer = controleer(
        maak_concept(rollen), rollen, csv_van("p1-lasten;primair;2025;-3,516", "p1-lasten;primair;2026;-3,594")
    )
    beantwoord(invoer, rollen, D3="duizend")
    assert [cel.cel for cel in vragen.open_cellen(invoer)] == ["D2"]
    beantwoord(invoer, rollen, D2="duizend")
    assert verloop.open_vragen(invoer) == 0
    vragen.vraag_opnieuw(invoer, controle=invoer.controle, door=rollen.redacteur)
    invoer.refresh_from_db()
    assert verloop.open_vragen(invoer) == 2 and invoer.uitkomst["gekozen"] == []


def test_een_getal_met_punt_tussen_getallen_met_decimalen(rollen: Rollen) -> None:
    """The column of a program has two decimals; 3.516 may be from somebody's hand."""
    rijen = ["p1-baten;primair;2025;150.00", "p1-baten;primair;2026;160.00", "p1-lasten;primair;2025;-3.516"]
    invoer = controleer(maak_concept(rollen), rollen, csv_van(*rijen), eenheid=1000)
    (cel,) = vragen.open_cellen(invoer)
    assert [(lezing.naam, lezing.waarde) for lezing in cel.lezingen] == [
        ("duizend", "-3516000.00"),
        ("decimaal", "-3516.00"),
    ]


def test_andere_fouten_blijven_fouten(rollen: Rollen) -> None:
    invoer = controleer(
        maak_concept(rollen), rollen, csv_van("p1-lasten;primair;2025;-3,516", "p1-baten;primair;2025;abc")
    )
    beantwoord(invoer, rollen, D2="duizend", D3="duizend")
    assert (verloop.fouten(invoer), verloop.open_vragen(invoer)) == (1, 0)
    with pytest.raises(NietKlaar, match="1 fout"):
        bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle)
    assert Importwaarde.objects.get(invoer=invoer, stand="fout").plaats == "rij 3, kolom D"


def test_een_antwoord_op_iets_anders(rollen: Rollen) -> None:
    invoer = controleer(maak_concept(rollen), rollen, csv_van("p1-lasten;primair;2025;-3,516"))
    for keuzes in ({}, {"D2": "verzonnen"}, {"E2": "duizend"}, {"": "duizend"}, {"D": ""}):
        with pytest.raises(NietKlaar):
            beantwoord(invoer, rollen, **keuzes)
    with pytest.raises(Verouderd):
        vragen.beantwoord(invoer, {"D2": "duizend"}, controle=99, door=rollen.redacteur)
    with pytest.raises(GeenRecht):
        vragen.beantwoord(invoer, {"D2": "duizend"}, controle=1, door=rollen.auditor)
    invoer.refresh_from_db()
    assert (invoer.controle, verloop.open_vragen(invoer)) == (1, 1)
    beantwoord(invoer, rollen, D2="duizend")
    bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle)
    with pytest.raises(NietOpen):
        beantwoord(invoer, rollen, D2="duizend")


def test_hetzelfde_bestand_vraagt_niet_nog_eens(rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    inhoud = csv_van("p1-lasten;primair;2025;-3,516")
    invoer = beantwoord(controleer(versie, rollen, inhoud), rollen, D2="duizend")
    bevestiging.bevestig(invoer, door=rollen.redacteur, controle=invoer.controle)
    assert controleer(versie, rollen, inhoud) == invoer
    assert Import.objects.count() == 1


def test_een_doel_met_een_dubbelzinnig_getal(rollen: Rollen) -> None:
    inhoud = b"pakket_code;volgorde;tekst;streefwaarde\r\n1A;9;Doel;3.5"
    invoer = controleer(maak_concept(rollen), rollen, inhoud)
    assert [lezing.getal for lezing in vragen.open_cellen(invoer)[0].lezingen] == ["35", "3,5"]
    beantwoord(invoer, rollen, D2="decimaal")
    assert Importwaarde.objects.get(invoer=invoer, soort="doel").waarden["streefwaarde"].startswith("3.5")
