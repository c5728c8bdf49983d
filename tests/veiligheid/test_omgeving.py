"""Reading settings from the environment: what makes no sense is refused with one Dutch sentence."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from veiligheid import omgeving

STERK = "Zo3n-sleutel-die-niemand-raadt-en-die-lang-genoeg-is-0123456789"


class TestTekst:
    """A value, or the file that holds it."""

    def test_gewoon(self) -> None:
        assert omgeving.tekst("NAAM", bron={"NAAM": " waarde \n"}) == "waarde"
        assert omgeving.tekst("NAAM", "anders", bron={}) == "anders"
        assert omgeving.tekst("NAAM", "anders", bron={"NAAM": ""}) == ""

    def test_uit_een_bestand(self, tmp_path: Path) -> None:
        geheim = tmp_path / "geheim"
        geheim.write_text("één geheim\n", encoding="utf-8")

        assert omgeving.tekst("NAAM", bron={"NAAM_FILE": str(geheim), "NAAM": "niet dit"}) == "één geheim"

    def test_een_bestand_dat_er_niet_is(self, tmp_path: Path) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"NAAM_FILE wijst naar .*weg, maar dat is niet te lezen"):
            omgeving.tekst("NAAM", bron={"NAAM_FILE": str(tmp_path / "weg")})


class TestJanee:
    """Yes, no, or a refusal."""

    @pytest.mark.parametrize("waarde", ["1", "ja", "JA", "true", "True", "on", "yes", " ja "])
    def test_ja(self, waarde: str) -> None:
        assert omgeving.janee("AAN", False, bron={"AAN": waarde}) is True

    @pytest.mark.parametrize("waarde", ["0", "nee", "NEE", "false", "off", "no"])
    def test_nee(self, waarde: str) -> None:
        assert omgeving.janee("AAN", True, bron={"AAN": waarde}) is False

    @pytest.mark.parametrize("standaard", [True, False])
    @pytest.mark.parametrize("bron", [{}, {"AAN": ""}, {"AAN": "  "}])
    def test_niets_gezegd(self, standaard: bool, bron: dict[str, str]) -> None:
        assert omgeving.janee("AAN", standaard, bron=bron) is standaard

    @pytest.mark.parametrize("waarde", ["misschien", "2", "-1", "Waar", "0.0", "fals"])
    def test_iets_anders(self, waarde: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"^AAN='.*' is geen ja of nee\."):
            omgeving.janee("AAN", False, bron={"AAN": waarde})


class TestLijstEnGetal:
    """Lists and whole numbers."""

    def test_lijst(self) -> None:
        assert omgeving.lijst("L", bron={"L": " a.nl, ,b.nl,"}) == ["a.nl", "b.nl"]
        assert omgeving.lijst("L", "x,y", bron={}) == ["x", "y"]
        assert omgeving.lijst("L", "x,y", bron={"L": ""}) == []

    def test_getal(self) -> None:
        assert omgeving.getal("G", 3, bron={"G": "0042"}) == 42
        assert omgeving.getal("G", 3, bron={}) == 3

    @pytest.mark.parametrize("waarde", ["", "-1", "1.5", "1e3", "²", "٣", "een"])
    def test_geen_getal(self, waarde: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="is geen heel getal"):
            omgeving.getal("G", 3, bron={"G": waarde})


class TestGeheimeSleutel:
    """A key that can be guessed is not a key."""

    def test_goed(self) -> None:
        assert omgeving.geheime_sleutel(STERK) == STERK

    def test_de_grens(self) -> None:
        assert omgeving.geheime_sleutel(STERK[:50]) == STERK[:50]
        with pytest.raises(ImproperlyConfigured, match="te zwak"):
            omgeving.geheime_sleutel(STERK[:49])

    def test_ontbreekt(self) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY ontbreekt"):
            omgeving.geheime_sleutel("")

    @pytest.mark.parametrize("zwak", ["kort", "a" * 80, "abca" * 20, "django-insecure-" + STERK])
    def test_te_zwak(self, zwak: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="te zwak") as weigering:
            omgeving.geheime_sleutel(zwak)

        assert zwak not in str(weigering.value)


MAAK_SLEUTEL = """
import sys
from pathlib import Path
from veiligheid.omgeving import demo_sleutel
sys.stdin.read()
print(demo_sleutel(Path(sys.argv[1])))
"""


class TestDemoSleutel:
    """The demonstration makes its own key, once."""

    def test_alleen_voor_de_eigenaar_en_blijvend(self, tmp_path: Path) -> None:
        bestand = tmp_path / "var" / "demo-sleutel"
        vorig_masker = os.umask(0)
        try:
            eerste = omgeving.demo_sleutel(bestand)
        finally:
            os.umask(vorig_masker)

        assert stat.S_IMODE(bestand.stat().st_mode) == 0o600
        assert omgeving.demo_sleutel(bestand) == eerste == omgeving.geheime_sleutel(eerste)
        assert list(bestand.parent.iterdir()) == [bestand]

    def test_elke_installatie_een_eigen(self, tmp_path: Path) -> None:
        assert omgeving.demo_sleutel(tmp_path / "a") != omgeving.demo_sleutel(tmp_path / "b")

    def test_een_beschadigd_bestand_wordt_niet_vertrouwd(self, tmp_path: Path) -> None:
        (tmp_path / "demo-sleutel").write_text("kort")

        with pytest.raises(ImproperlyConfigured, match="te zwak"):
            omgeving.demo_sleutel(tmp_path / "demo-sleutel")

    def test_tegelijk_gestart(self, tmp_path: Path) -> None:
        """Four processes that begin together end with the same, whole key."""
        bestand = tmp_path / "demo-sleutel"
        vier = [
            subprocess.Popen(
                [sys.executable, "-c", MAAK_SLEUTEL, str(bestand)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=Path(omgeving.__file__).parents[1],
            )
            for _ in range(4)
        ]
        for proces in vier:
            assert proces.stdin is not None
            proces.stdin.close()
            proces.stdin = None
        sleutels = {proces.communicate(timeout=30)[0] for proces in vier}

        assert sleutels == {bestand.read_text() + "\n"}


class TestDatabase:
    """A postgres:// address, and nothing else."""

    def test_volledig(self) -> None:
        assert omgeving.database(
            "postgres://naam:ge%2Fheim@db.example.org:5433/veiligheid?sslmode=verify-full&sslrootcert=/etc/ca.pem"
        ) == {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "veiligheid",
            "USER": "naam",
            "PASSWORD": "ge/heim",
            "HOST": "db.example.org",
            "PORT": "5433",
            "OPTIONS": {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"},
        }

    @pytest.mark.parametrize("adres", ["postgres:///v?host=/run/pg&port=5433", "postgresql://%2Frun%2Fpg:5433/v"])
    def test_over_een_socket(self, adres: str) -> None:
        uitkomst = omgeving.database(adres)

        assert (uitkomst["HOST"], uitkomst["PORT"], uitkomst["NAME"], uitkomst["OPTIONS"]) == (
            "/run/pg",
            "5433",
            "v",
            {},
        )

    def test_zonder_poort(self) -> None:
        assert omgeving.database("postgres://h/v")["PORT"] == ""

    @pytest.mark.parametrize("adres", ["mysql://h/v", "sqlite:///v.db", "http://h/v", "", "v", "POSTGRES//h/v", "://"])
    def test_iets_anders_dan_postgresql(self, adres: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="uitsluitend met PostgreSQL"):
            omgeving.database(adres)

    @pytest.mark.parametrize("adres", ["postgres://h", "postgres://h/", "postgres://h?sslmode=require"])
    def test_zonder_database(self, adres: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="noemt geen database"):
            omgeving.database(adres)

    @pytest.mark.parametrize(
        "adres",
        [
            "postgres://h:abc/v",
            "postgres://h:70000/v",
            "postgres://h:-1/v",
            "postgres://[::1/v",
            "postgres://naam:geheim/en-meer@h/v",
            "postgres://naam:geheim\u2100@h/v",
        ],
    )
    def test_een_adres_dat_niet_kan(self, adres: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="is geen geldig adres") as weigering:
            omgeving.database(adres)

        assert "geheim" not in str(weigering.value)
        assert weigering.value.__suppress_context__

    @pytest.mark.parametrize("optie", ["sslmod=require", "SSLMODE=require", "x=", "dbname=y"])
    def test_een_onbekende_instelling(self, optie: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=f"onbekende instellingen: {optie.split('=')[0]}"):
            omgeving.database(f"postgres://h/v?{optie}")
