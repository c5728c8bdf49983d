"""Which passwords are good enough: long, not known, and not made of words that everybody here knows."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from indicatoren.models import Gebied, Gebiedsnaam

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def dronten() -> None:
    """The municipality, with the name that it has and one that it had."""
    gebied = Gebied.objects.create(code="GM0303", soort="gemeente")
    for naam in ("Oost-Flevoland", "Dronten"):
        Gebiedsnaam.objects.create(gebied=gebied, naam=naam)
    anders = Gebied.objects.create(code="GM0995", soort="gemeente")
    Gebiedsnaam.objects.create(gebied=anders, naam="Lelystad")


@pytest.mark.parametrize(
    "goed",
    [
        "paard nietje lamp korrel",
        "begroting paard nietje lamp",
        "xK7#mQz!pRv2wLtB",
        "Ik eet elke dinsdag soep",
        "é" * 3 + " hiërarchie über",
        # A password manager's longest, and longer: nothing is cut off.
        "aB3$" * 32,
        "zeer lang " * 40,
        "lelystad heeft een haven",
    ],
)
def test_goed(goed: str) -> None:
    validate_password(goed, User(username="rosa", email="rosa@example.org"))


@pytest.mark.parametrize(
    ("slecht", "waarom"),
    [
        ("kort paard", "password_too_short"),
        ("elf tekens!", "password_too_short"),
        ("123456789012345", "password_entirely_numeric"),
        ("qwertyuiop12", "password_too_common"),
        ("Begroting2027!", "contextwoord"),
        ("Gemeente-Dronten-2026", "contextwoord"),
        ("OostFlevoland2025", "contextwoord"),
        ("GM0303GM0303GM0303", "contextwoord"),
        ("WelkomJanuari2026!", "contextwoord"),
        ("gemeenteraadbegroting", "contextwoord"),
        ("beheerder beheerder", "contextwoord"),
        ("rosadevriesrosa1", "password_too_similar"),
    ],
)
def test_slecht(slecht: str, waarom: str) -> None:
    persoon = User(username="rosadevries", first_name="Rosa", email="rosa@example.org")
    with pytest.raises(ValidationError) as fout:
        validate_password(slecht, persoon)

    assert waarom in {deel.code for deel in fout.value.error_list}
    assert all(str(zin)[0].isupper() for zin in fout.value.messages)


def test_honderdachtentwintig_tekens_tellen_allemaal() -> None:
    """Every character counts: nothing is cut off, as bcrypt does after 72 bytes."""
    lang = "aB3$xyz9" * 16
    assert len(lang) == 128
    gehasht = make_password(lang)

    assert check_password(lang, gehasht)
    assert not check_password(lang[:-1] + "0", gehasht)
