"""wijzigingslog.csv: everything that is hashed, so that the chain can be computed again from the file alone."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from programma.models import Bedrag, Gebeurtenis, Schakel, Versie
from programma.spoor import historie
from programma.spoor.wijzigingslog import KOP, Snede, wijzigingslog_csv
from tests.bouwers import Rollen, maak_concept, maak_gepubliceerd
from veiligheid.exports import ontbeveilig
from veiligheid.namens import namens

ADRES = "/beheer/controle/wijzigingslog.csv"


def rijen(octetten: bytes) -> list[dict[str, str]]:
    assert b"\r\n" in octetten
    lezer = csv.DictReader(io.StringIO(octetten.decode(), newline=""))
    assert tuple(lezer.fieldnames or ()) == KOP
    return [{veld: ontbeveilig(cel) for veld, cel in rij.items()} for rij in lezer]


def log(snede: Snede | None = None) -> list[dict[str, str]]:
    return rijen(b"".join(wijzigingslog_csv(snede or Snede())))


@pytest.fixture
def geschiedenis(vaste_rollen: Rollen) -> Versie:
    versie = maak_concept(vaste_rollen)
    with namens(vaste_rollen.redacteur.pk, via="rooster", herkomst='=1+1; "aanhaling", é'):
        Bedrag.objects.filter(versie=versie, regel__soort="lasten").update(euro=-20)
    return versie


class TestGeheel:
    def test_de_keten_is_uit_het_bestand_na_te_rekenen(self, geschiedenis: Versie) -> None:
        """With csv and hashlib only: what is hashed is joined by line feeds."""
        gelezen = log()
        hashvelden = KOP[: KOP.index("sha256")]
        vorige, schakels = "", {}
        for rij in gelezen:
            assert hashlib.sha256("\n".join(rij[veld] for veld in hashvelden).encode()).hexdigest() == rij["sha256"]
            schakels.setdefault(int(rij["schakel"]), []).append(rij)
        assert list(schakels) == sorted(schakels) == list(range(1, len(schakels) + 1))
        for nummer, deel in schakels.items():
            assert len(deel) == int(deel[0]["schakel_aantal"])
            delen = [vorige, nummer, deel[0]["transactie"], len(deel), deel[0]["schakel_op"]]
            tekst = "\n".join([*map(str, delen), "".join(rij["sha256"] for rij in deel)])
            vorige = hashlib.sha256(tekst.encode()).hexdigest()
            assert vorige == deel[0]["schakel_sha256"]
        assert f"{max(schakels)}:{vorige}" == historie.kop()
        assert len(gelezen) == Gebeurtenis.objects.count()

    def test_leesbaar_voor_mensen(self, geschiedenis: Versie, vaste_rollen: Rollen) -> None:
        laatste = log()[-1]

        assert (laatste["wie"], laatste["door"]) == ("rosa", str(vaste_rollen.redacteur.pk))
        assert (laatste["document"], laatste["versienummer"]) == ("programmabegroting-2025", "1")
        assert (laatste["soort"], laatste["herkomst"]) == ("~", '=1+1; "aanhaling", é')
        assert laatste["schakel"] == str(Schakel.objects.latest("pk").pk)

    def test_in_blokken(self, geschiedenis: Versie) -> None:
        blokken = list(wijzigingslog_csv(Snede()))
        assert max(map(len, blokken)) < 128 * 1024


class TestDeel:
    def test_van_een_versie_of_sinds_een_dag(self, geschiedenis: Versie, vaste_rollen: Rollen) -> None:
        morgen = timezone.localdate() + timedelta(days=1)
        van_versie = log(Snede(versie=geschiedenis.pk))

        assert {rij["versie"] for rij in van_versie} == {str(geschiedenis.pk)}
        assert 0 < len(van_versie) < len(log())
        assert log(Snede(sinds=morgen)) == []
        assert log(Snede(sinds=date(2020, 1, 1))) == log()

    def test_de_naam_zegt_dat_het_een_deel_is(self) -> None:
        assert Snede().bestandsnaam == "wijzigingslog.csv"
        assert Snede(12, date(2026, 1, 31)).bestandsnaam == "wijzigingslog-deel-versie-12-sinds-2026-01-31.csv"


class TestAdres:
    def test_wie_de_historie_mag_lezen(self, client: Client, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen)
        assert client.get(ADRES).status_code == 302
        client.force_login(rollen.schrijver)
        assert client.get(ADRES).status_code == 403
        client.force_login(rollen.auditor)

        antwoord = client.get(f"{ADRES}?versie={versie.pk}")

        assert "no-store" in antwoord.headers["Cache-Control"]
        assert f'filename="wijzigingslog-deel-versie-{versie.pk}.csv"' in antwoord.headers["Content-Disposition"]
        assert len(rijen(b"".join(antwoord.streaming_content))) == Gebeurtenis.objects.filter(versie=versie).count()

    @pytest.mark.parametrize(
        "vraag",
        [
            "versie=x",
            "versie=-1",
            "versie=١",
            "versie=" + "9" * 30,
            "sinds=gisteren",
            "sinds=2026-02-30",
            "van=1",
            "a[]=",
        ],
    )
    def test_een_verkeerde_vraag_krijgt_een_zin(self, client: Client, rollen: Rollen, vraag: str) -> None:
        client.force_login(rollen.auditor)

        antwoord = client.get(f"{ADRES}?{vraag}")

        assert antwoord.status_code == 400
        assert "een" in antwoord.content.decode()

    def test_een_versie_die_er_niet_is(self, client: Client, rollen: Rollen) -> None:
        client.force_login(rollen.auditor)
        assert client.get(f"{ADRES}?versie=999999999").status_code == 404
