"""Who has the grid open: a sign of life counts for three minutes, and only of who may edit."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programma.rooster import aanwezig
from tests.bouwers import Rollen


@pytest.fixture(autouse=True)
def _leeg(db: None) -> None:
    cache.clear()


def test_anderen_en_alleen_bij_dit_programma(rollen: Rollen) -> None:
    aanwezig.meld(1, rollen.redacteur.pk)
    aanwezig.meld(1, rollen.redacteur2.pk)
    assert aanwezig.anderen(1, rollen.redacteur.pk) == ["rik"]
    assert aanwezig.anderen(1, rollen.auditor.pk) == ["rik", "rosa"]
    assert aanwezig.anderen(2, rollen.redacteur.pk) == []
    aanwezig.meld_af(1, rollen.redacteur2.pk)
    assert aanwezig.anderen(1, rollen.redacteur.pk) == []


def test_een_oud_teken_telt_niet(rollen: Rollen, monkeypatch: pytest.MonkeyPatch) -> None:
    aanwezig.meld(1, rollen.redacteur2.pk)
    nu = time.time()
    monkeypatch.setattr(time, "time", lambda: nu + aanwezig.GELDIG + 1)
    assert aanwezig.anderen(1, rollen.redacteur.pk) == []


def test_wie_niet_meer_mag_bewerken_staat_er_niet(rollen: Rollen) -> None:
    aanwezig.meld(1, rollen.redacteur2.pk)
    rollen.redacteur2.groups.set(Group.objects.filter(name="auditor"))
    assert aanwezig.anderen(1, rollen.redacteur.pk) == []


def test_kijken_schrijft_niets(rollen: Rollen) -> None:
    """Two queries, also years later."""
    aanwezig.meld(1, rollen.redacteur2.pk)
    with CaptureQueriesContext(
        connection,
    ) as vragen:
        aanwezig.anderen(1, rollen.redacteur.pk)
    assert [vraag["sql"].split()[0] for vraag in vragen] == ["SELECT", "SELECT"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(expires) > now() + interval '1000 years' FROM veiligheid_cache")
        assert cursor.fetchone() == (True,)


@pytest.mark.parametrize(
    ("namen", "zin"),
    [
        ([], ""),
        (["rik"], "rik bewerkt dit programma nu."),
        (["rik", "rosa"], "rik en rosa bewerken dit programma nu."),
    ],
)
def test_de_zin(namen: list[str], zin: str) -> None:
    assert aanwezig.zin(namen) == zin
