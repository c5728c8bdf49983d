"""Saving a grid on a real PostgreSQL: all or nothing, in a fixed number of queries, and never over somebody's head."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from decimal import Decimal

import pytest
from django.db import IntegrityError, OperationalError, connection

from programma import publicatie
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Bewerking,
    Bron,
    Gebeurtenis,
    Kolom,
    Pakket,
    Programma,
    Versie,
    Wijziging,
)
from programma.rooster import bewaren, lezen
from programma.rooster.blad import Gezien, Plek
from programma.spoor.historie import lees_json
from programma.spoor.verificatie import controleer_historie
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_regel
from veiligheid.namens import namens

Tel = Callable[[int], AbstractContextManager[object]]
CLIENTEN = 16


def programma_van(versie: Versie) -> Programma:
    """Return the programme of a version, as the page reads it."""
    programma: Programma = Programma.objects.select_related("versie__document", "versie__voorganger").get(versie=versie)
    return programma


def mijn_beeld(gezien: Gezien) -> dict[str, dict[str, object]]:
    """Return a copy of what was seen, to change."""
    return {rij: dict(velden) for rij, velden in gezien.beeld.items()}


def kolom(versie: Versie, volgorde: int) -> int:
    """Return the key of a column."""
    return int(Kolom.objects.get(versie=versie, volgorde=volgorde).pk)


def euro(versie: Versie, sleutel: str, volgorde: int) -> Decimal | None:
    """Return an original amount as it is stored."""
    return (
        Bedrag.objects.filter(versie=versie, regel__sleutel=sleutel, kolom__volgorde=volgorde, wijziging=None)
        .values_list("euro", flat=True)
        .first()
    )


class TestBewaren:
    """What was typed is stored, and nothing else."""

    def test_van_alles_tegelijk(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        programma = programma_van(versie)
        wijziging = Wijziging.objects.create(versie=versie, nummer="1", titel="Eerste")
        Bedrag.objects.filter(versie=versie).update(bron=Bron.objects.create(versie=versie, naam="P1"), plaats="rij 4")
        gezien = Gezien.van(lezen.lees(programma))
        (nieuw,) = lezen.nieuwe_sleutels(1)
        mijn = mijn_beeld(gezien)
        mijn["p1-lasten"] |= {f"0:{kolom(versie, 1)}": Decimal("-1234.56"), f"0:{kolom(versie, 2)}": None}
        mijn["p1-lasten"] |= {f"{wijziging.pk}:{kolom(versie, 3)}": Decimal(-5), "toelichting": "Omdat."}
        pakket = Pakket.objects.get(versie=versie)
        mijn[nieuw] = {"omschrijving": "Leges", "toelichting": "", "soort": "baten", "pakket": pakket.pk}
        mijn[nieuw][f"0:{kolom(versie, 1)}"] = Decimal(7000)
        del mijn["p1-baten"]

        with namens(rollen.redacteur2.pk, via="rooster"):
            bewaren.bewaar(programma, gezien, mijn, eenheid=1000)

        gewijzigd = Bedrag.objects.get(versie=versie, regel__sleutel="p1-lasten", kolom__volgorde=1)
        assert (gewijzigd.euro, gewijzigd.bron, gewijzigd.plaats, gewijzigd.bronprecisie) == (
            Decimal("-1234.56"), None, "", 1,
        )  # fmt: skip
        assert euro(versie, "p1-lasten", 2) is None
        assert Bedrag.objects.get(versie=versie, wijziging=wijziging).euro == -5
        assert Bedrag.objects.get(versie=versie, regel__sleutel="p1-lasten", kolom__volgorde=4).plaats == "rij 4"
        regel = Begrotingsregel.objects.get(versie=versie, sleutel=nieuw)
        assert (regel.omschrijving, regel.soort, euro(versie, nieuw, 1)) == ("Leges", "baten", 7000)
        assert not Begrotingsregel.objects.filter(sleutel="p1-baten").exists()
        assert Begrotingsregel.objects.get(sleutel="p1-lasten").toelichting == "Omdat."
        assert set(Bewerking.objects.filter(versie=versie, door=rollen.redacteur2).values_list("tabel", flat=True)) == {
            "programma_bedrag", "programma_begrotingsregel",
        }  # fmt: skip

    def test_twee_keer_hetzelfde_wijzigt_een_keer(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        programma = programma_van(versie)
        gezien = Gezien.van(lezen.lees(programma))
        (nieuw,) = lezen.nieuwe_sleutels(1)
        mijn = mijn_beeld(gezien)
        mijn["p1-lasten"][f"0:{kolom(versie, 1)}"] = Decimal(-2)
        pakket = Pakket.objects.get(versie=versie)
        mijn[nieuw] = {"omschrijving": "Leges", "toelichting": "", "soort": "baten", "pakket": pakket.pk}

        assert bewaren.bewaar(programma, gezien, mijn, eenheid=1) > 0
        bewerkingen = Bewerking.objects.count()
        assert bewaren.bewaar(programma, gezien, mijn, eenheid=1) == 0
        assert Bewerking.objects.count() == bewerkingen
        assert Begrotingsregel.objects.filter(versie=versie, sleutel=nieuw).count() == 1

    def test_een_botsing_bewaart_niets(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        programma = programma_van(versie)
        gezien = Gezien.van(lezen.lees(programma))
        Bedrag.objects.filter(versie=versie, regel__sleutel="p1-lasten", kolom__volgorde=1).update(euro=-9)
        mijn = mijn_beeld(gezien)
        mijn["p1-lasten"] |= {f"0:{kolom(versie, 1)}": Decimal(-2), f"0:{kolom(versie, 2)}": Decimal(-3)}

        with pytest.raises(bewaren.Botst) as botst:
            bewaren.bewaar(programma, gezien, mijn, eenheid=1)

        (strijd,) = botst.value.strijd
        assert (strijd.gezien, strijd.mijn, strijd.nu) == (-1000, -2, -9)
        assert (euro(versie, "p1-lasten", 1), euro(versie, "p1-lasten", 2)) == (-9, -1000)

    def test_een_kolom_die_intussen_weg_is(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        programma = programma_van(versie)
        gezien = Gezien.van(lezen.lees(programma))
        mijn = mijn_beeld(gezien)
        mijn["p1-lasten"][f"0:{kolom(versie, 6)}"] = Decimal(-2)
        Kolom.objects.get(versie=versie, volgorde=6).delete()

        with pytest.raises(bewaren.Botst):
            bewaren.bewaar(programma, gezien, mijn, eenheid=1)

    def test_wat_vastligt_blijft(self, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        programma = programma_van(versie)
        gezien = Gezien.van(lezen.lees(programma))
        mijn = mijn_beeld(gezien)
        mijn["p1-lasten"][f"0:{kolom(versie, 1)}"] = Decimal(-2)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        with pytest.raises(bewaren.LigtVast, match="ingediend"):
            bewaren.bewaar(programma, gezien, mijn, eenheid=1)

        assert euro(versie, "p1-lasten", 1) == -1000

    @pytest.mark.parametrize("regels", [1, 50])
    def test_even_veel_vragen_voor_een_regel_als_voor_vijftig(
        self, rollen: Rollen, django_assert_num_queries: Tel, regels: int
    ) -> None:
        versie = maak_concept(rollen)
        kolommen, pakket = list(Kolom.objects.filter(versie=versie)), Pakket.objects.get(versie=versie)
        for nummer in range(regels):
            maak_regel(versie, pakket, kolommen[:3], sleutel=f"extra-{nummer}")
        programma = programma_van(versie)
        with django_assert_num_queries(6):
            gezien = Gezien.van(lezen.lees(programma))
        mijn = mijn_beeld(gezien)
        weg = [rij for rij in mijn if rij.startswith("p1-baten")]
        for nummer, sleutel in enumerate(lezen.nieuwe_sleutels(regels)):
            mijn[sleutel] = {"omschrijving": f"Nieuw {nummer}", "soort": "lasten", "pakket": pakket.pk}
            mijn[sleutel][f"0:{kolommen[0].pk}"] = Decimal(-1)
        for rij, velden in mijn.items():
            if rij.startswith("extra"):
                velden |= {
                    f"0:{kolommen[0].pk}": Decimal(-1), f"0:{kolommen[1].pk}": None,
                    f"0:{kolommen[4].pk}": Decimal(-5), "toelichting": "Anders.",
                }  # fmt: skip
        for rij in weg:
            del mijn[rij]

        # The same number for one row as for fifty: locks, six to read, and one or two per kind of change.
        with django_assert_num_queries(20):
            assert bewaren.bewaar(programma, gezien, mijn, eenheid=1) == len(weg) + 4 * regels + 4 * regels


@contextmanager
def eigen_verbinding(rol: str = "veiligheid_site") -> Iterator[None]:
    """A connection of this thread, closed again afterwards."""
    try:
        yield
    finally:
        connection.close()


def historie_van(versie: Versie) -> list[tuple[int, int | None, str, Decimal]]:
    """Return what the history says that was saved in a grid: round, who, which cell and the amount.

    Of each cell every event must begin with the amount that the one before it left.
    """
    namen = {regel.pk: regel.sleutel for regel in Begrotingsregel.objects.filter(versie=versie)}
    stand: dict[int, Decimal] = {}
    gevonden = []
    for g in Gebeurtenis.objects.filter(versie=versie, tabel="programma_bedrag").order_by("id"):
        oud, nieuw = lees_json(g.oud), lees_json(g.nieuw)
        assert stand.get(g.rij) == (Decimal(oud["euro"]) if oud else None)
        stand[g.rij] = Decimal(nieuw["euro"])
        if g.via == "rooster":
            plek = Plek(nieuw["wijziging_id"] or 0, nieuw["kolom_id"]).veld
            gevonden.append((int(stand[g.rij]) // 1000, g.door_id, f"{namen[nieuw['regel_id']]} {plek}", stand[g.rij]))
    return sorted(gevonden, key=lambda rij: (rij[0], rij[2]))


def strijd_om_cellen(rollen: Rollen, rondes: int, cellen: int) -> tuple[int, int, int]:
    """Let sixteen people read the grid and then save the same cells at once; return accepted, refused and rounds.

    Each save writes its own number in a cell that all saw. What is stored afterwards must be what the last accepted
    save wrote, and nobody's accepted save may have been overwritten by somebody who had not seen it.
    """
    versie = maak_concept(rollen)
    programma = programma_van(versie)
    kolommen = [kolom(versie, nummer) for nummer in range(1, 7)]
    plekken = [(rij, Plek(0, k).veld) for rij in ("p1-lasten", "p1-baten") for k in kolommen][:cellen]
    gelezen = threading.Barrier(CLIENTEN)
    personen = [rollen.redacteur.pk, rollen.redacteur2.pk]
    geslaagd = geweigerd = 0
    aangenomen_ooit: list[tuple[int, int, str, Decimal]] = []

    def bewaar(nummer: int, ronde: int, plek: tuple[str, str]) -> Decimal | None:
        with eigen_verbinding():
            gezien = Gezien.van(lezen.lees(programma))
            mijn = mijn_beeld(gezien)
            waarde = Decimal(ronde * 1000 + nummer + 1)
            mijn[plek[0]][plek[1]] = waarde
            gelezen.wait()
            try:
                with namens(personen[nummer % 2], via="rooster"):
                    bewaren.bewaar(programma, gezien, mijn, eenheid=1)
            except bewaren.Botst:
                return None
            return waarde

    lot = random.Random(20250904)  # noqa: S311 - the same choices in every run
    with ThreadPoolExecutor(CLIENTEN) as baan:
        for ronde in range(1, rondes + 1):
            keuze = [lot.choice(plekken) for _ in range(CLIENTEN)]
            uitkomsten = list(baan.map(bewaar, range(CLIENTEN), [ronde] * CLIENTEN, keuze))
            staat = {
                (sleutel, f"0:{k}"): bedrag
                for sleutel, k, bedrag in Bedrag.objects.filter(versie=versie).values_list(
                    "regel__sleutel", "kolom_id", "euro"
                )
            }
            for plek in set(keuze):
                eigen = [uitkomst for uitkomst, gekozen in zip(uitkomsten, keuze, strict=True) if gekozen == plek]
                aangenomen = [uitkomst for uitkomst in eigen if uitkomst is not None]
                assert len(aangenomen) == 1, "of those who saw the same, exactly one is first"
                assert staat[plek] == aangenomen[0]
                nummer = uitkomsten.index(aangenomen[0])
                aangenomen_ooit.append((ronde, personen[nummer % 2], f"{plek[0]} {plek[1]}", aangenomen[0]))
            geslaagd += sum(uitkomst is not None for uitkomst in uitkomsten)
            geweigerd += sum(uitkomst is None for uitkomst in uitkomsten)
            assert any(uitkomst is not None for uitkomst in uitkomsten)
    geschreven = Bewerking.objects.filter(versie=versie, tabel="programma_bedrag", soort="UPDATE").count()
    assert geschreven == geslaagd, "the log holds the accepted saves, and no other"
    assert historie_van(versie) == sorted(aangenomen_ooit, key=lambda rij: (rij[0], rij[2]))
    assert controleer_historie().afwijkingen == ()
    return geslaagd, geweigerd, rondes


def test_zestien_tegelijk(vaste_rollen: Rollen) -> None:
    geslaagd, geweigerd, rondes = strijd_om_cellen(vaste_rollen, rondes=6, cellen=4)
    assert geslaagd + geweigerd == rondes * CLIENTEN and geweigerd > 0


@pytest.mark.lang
def test_duizend_bewerkingen_van_dezelfde_cellen(vaste_rollen: Rollen) -> None:
    """1,000 edits of the same cells by 16 clients: 0 silent overwrites, at least one save per round."""
    geslaagd, geweigerd, rondes = strijd_om_cellen(vaste_rollen, rondes=63, cellen=4)
    assert geslaagd + geweigerd == rondes * CLIENTEN >= 1000
    assert geslaagd >= rondes


def test_rooster_en_formulier_tegelijk(vaste_rollen: Rollen) -> None:
    """A row written directly while the grid is being saved: the grid sees it, or it waits; nothing is lost."""
    versie = maak_concept(vaste_rollen)
    programma = programma_van(versie)
    klaar = threading.Barrier(2)
    k = kolom(versie, 1)

    def rechtstreeks(ronde: int) -> None:
        with eigen_verbinding():
            klaar.wait()
            Bedrag.objects.filter(versie=versie, regel__sleutel="p1-baten", kolom=k).update(euro=ronde)

    def rooster(ronde: int, gezien: Gezien) -> bool:
        with eigen_verbinding():
            mijn = mijn_beeld(gezien)
            mijn["p1-baten"][f"0:{k}"] = Decimal(-ronde)
            klaar.wait()
            try:
                bewaren.bewaar(programma, gezien, mijn, eenheid=1)
            except (bewaren.Botst, OperationalError, IntegrityError):
                return False
            return True

    with ThreadPoolExecutor(2) as baan:
        for ronde in range(1, 11):
            gezien = Gezien.van(lezen.lees(programma))
            ander = baan.submit(rechtstreeks, ronde)
            gelukt = baan.submit(rooster, ronde, gezien).result()
            ander.result()
            # The direct write does not look, so it may come second; had it come first, the grid would have refused.
            assert euro(versie, "p1-baten", 1) == ronde, f"the grid overwrote what it had not seen ({gelukt})"
