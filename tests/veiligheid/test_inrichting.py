"""What a municipality sets about its site: wrong values stop the start, with the name of the setting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from veiligheid import inrichting

STIJLBLAD = settings.BASE_DIR / "veiligheid/static/veiligheid/stijl.css"
REGISTER = "https://www.toegankelijkheidsverklaring.nl/register/12345"
veilig_adres = partial(inrichting.siteadres, http_mag=False)
LEZERS: dict[str, Callable[[str], object]] = {
    "regel": inrichting.regel,
    "mail": inrichting.mailadres,
    "web": inrichting.webadres,
    "site": veilig_adres,
    "dag": inrichting.dag,
    "meldpunt": partial(inrichting.meldpunt, contact=""),
    "keuze": partial(inrichting.een_van, keuzes=inrichting.LICENTIES),
}


@pytest.mark.parametrize(
    ("soort", "waarde", "gelezen"),
    [
        ("regel", "’s-Hertogenbosch", "’s-Hertogenbosch"),
        ("mail", "begroting@gemeente.nl", "begroting@gemeente.nl"),
        ("mail", "", ""),
        ("web", "https://www.gemeente.nl/privacy", "https://www.gemeente.nl/privacy"),
        ("site", "https://begroting.gemeente.nl/", "https://begroting.gemeente.nl"),
        ("site", "https://begroting.gemeente.nl:8443", "https://begroting.gemeente.nl:8443"),
        ("dag", "2026-12-31", date(2026, 12, 31)),
        ("dag", "", None),
        ("meldpunt", "cert@gemeente.nl", "mailto:cert@gemeente.nl"),
        ("meldpunt", "https://gemeente.nl/lek", "https://gemeente.nl/lek"),
        ("meldpunt", "", ""),
        ("keuze", "CC0-1.0", "CC0-1.0"),
    ],
)
def test_goed(monkeypatch: pytest.MonkeyPatch, soort: str, waarde: str, gelezen: object) -> None:
    monkeypatch.setenv("PROEF", waarde)

    assert LEZERS[soort]("PROEF") == gelezen


@pytest.mark.parametrize(
    ("soort", "waarde"),
    [
        ("regel", "a\nb"),
        ("regel", "a" * 201),
        ("mail", "gemeente"),
        ("mail", "a@b\nContact: x@y.nl"),
        ("mail", "a@b"),
        ("mail", "a b@c.nl"),
        ("web", "http://gemeente.nl"),
        ("web", "javascript:alert(1)"),
        ("web", "https://gemeente.nl/a b"),
        ("web", "https://a.nl\nX: y"),
        ("site", "begroting.gemeente.nl"),
        ("site", "http://begroting.gemeente.nl"),
        ("site", "https://begroting.gemeente.nl/pad"),
        ("site", "https://"),
        ("dag", "31-12-2026"),
        ("dag", "2026-02-30"),
        ("meldpunt", "bel ons"),
        ("keuze", "CC-BY-NC"),
    ],
)
def test_fout(monkeypatch: pytest.MonkeyPatch, soort: str, waarde: str) -> None:
    monkeypatch.setenv("PROEF", waarde)

    with pytest.raises(ImproperlyConfigured, match="PROEF"):
        LEZERS[soort]("PROEF")


def test_een_status_zonder_verklaring_kan_niet(monkeypatch: pytest.MonkeyPatch) -> None:
    assert inrichting.verklaring() == ("", "")
    monkeypatch.setenv("TOEGANKELIJKHEID_STATUS", "B")
    with pytest.raises(ImproperlyConfigured, match="horen bij elkaar"):
        inrichting.verklaring()
    monkeypatch.setenv("TOEGANKELIJKHEID_REGISTER", REGISTER)
    assert inrichting.verklaring() == ("B", REGISTER)
    monkeypatch.setenv("TOEGANKELIJKHEID_REGISTER", "https://evil.example/register/")
    with pytest.raises(ImproperlyConfigured, match="begint met https://www"):
        inrichting.verklaring()


def test_thema_en_logo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert inrichting.thema("THEMA", STIJLBLAD) is None and inrichting.logo("GEMEENTE_LOGO") is None
    monkeypatch.setenv("THEMA", str(settings.BASE_DIR / "fixtures/thema/groen.css"))
    monkeypatch.setenv("GEMEENTE_LOGO", str(settings.BASE_DIR / "fixtures/thema/groen.svg"))

    thema, logo = inrichting.thema("THEMA", STIJLBLAD), inrichting.logo("GEMEENTE_LOGO")

    assert thema is not None and b"#1f6b35" in thema.css
    assert logo is not None and logo.extensie == "svg"
    (tmp_path / "slecht").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("THEMA", str(tmp_path / "slecht"))
    with pytest.raises(ImproperlyConfigured, match="geen tekst in UTF-8"):
        inrichting.thema("THEMA", STIJLBLAD)
    monkeypatch.setenv("GEMEENTE_LOGO", str(tmp_path / "weg"))
    with pytest.raises(ImproperlyConfigured, match="niet te lezen"):
        inrichting.logo("GEMEENTE_LOGO")
