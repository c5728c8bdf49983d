"""What `check --deploy` says of a site that is not ready for the public."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.checks import run_checks
from django.utils import timezone

from veiligheid.checks import VERPLICHT, wat_ontbreekt


@pytest.fixture
def productie(settings: Any) -> Any:
    settings.DEMO = False
    for naam, *_ in VERPLICHT:
        setattr(settings, naam, "ingevuld")
    settings.BEVEILIGING_VERLOOPT = timezone.localdate() + timedelta(days=200)
    return settings


def meldingen() -> list[str]:
    return [str(melding.id) for melding in wat_ontbreekt()]


def test_een_volledige_site(productie: Any) -> None:
    assert meldingen() == []


@pytest.mark.parametrize("naam", [naam for naam, *_ in VERPLICHT])
def test_elke_lege_instelling_wordt_genoemd(productie: Any, naam: str) -> None:
    setattr(productie, naam, "")

    (melding,) = wat_ontbreekt()

    assert melding.msg.startswith(f"{naam} is leeg. ")
    assert melding.hint and melding.hint.startswith("Zet ")


@pytest.mark.parametrize(
    ("dagen", "verwacht"),
    [(-1, ["veiligheid.W050"]), (29, ["veiligheid.W050"]), (30, []), (366, []), (367, ["veiligheid.W051"])],
)
def test_security_txt_verloopt(productie: Any, dagen: int, verwacht: list[str]) -> None:
    productie.BEVEILIGING_VERLOOPT = timezone.localdate() + timedelta(days=dagen)

    assert meldingen() == verwacht


def test_de_demonstratie_heeft_haar_eigen_woorden(productie: Any) -> None:
    productie.DEMO, productie.CONTACT_MAIL = True, ""

    assert meldingen() == []


def test_de_controle_hoort_bij_deploy(productie: Any) -> None:
    productie.CONTACT_MAIL = ""

    gevonden = {melding.id for melding in run_checks(include_deployment_checks=True, tags=["security"])}

    assert "veiligheid.W003" in gevonden
    assert "veiligheid.W003" not in {melding.id for melding in run_checks()}
