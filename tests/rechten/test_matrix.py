"""Every route x role x method, from the URL resolver, against the table in matrix.txt: a route without a line fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group

from programma.models import Afloop, Uitlevering
from tests.rechten.decor import (
    ALLEEN_LEZEN,
    ROLLEN,
    VRAAG_INLOG,
    Decor,
    Route,
    Stand,
    routes,
    stand_van_zaken,
    teruggedraaid,
    verschil,
    vraag,
)

MATRIX = Path(__file__).with_name("matrix.txt")
WIJZIGT = "*"
# A file was handed out, and the export log has it: one row that it began, one how it ended (decision 0013).
GELOGD = "+"
LOG = ("programma_afloop", "programma_uitlevering")
ANDERE = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
# What every run looks at; the other roles and pairs are marked `lang`.
ELKE_KEER = {"anoniem", "schrijver", "auditor", "redacteur"}
ZONDER_WACHTEN = {("anoniem", "HEAD"), ("anoniem", "OPTIONS"), ("anoniem", "DELETE")}
ROLPROEVEN = [pytest.param(rol, marks=() if rol in ELKE_KEER else pytest.mark.lang) for rol in ROLLEN]


def lees_matrix() -> dict[str, dict[str, str]]:
    """Return the expected answers: route -> role -> "GET/POST"."""
    regels = [regel.split() for regel in MATRIX.read_text(encoding="utf-8").splitlines() if regel[:1] not in {"", "#"}]
    kop, *rijen = regels
    assert tuple(kop[1:]) == ROLLEN, kop
    matrix: dict[str, dict[str, str]] = {}
    for naam, *velden in rijen:
        assert naam not in matrix, f"{naam} has two lines"
        matrix[naam] = dict(zip(ROLLEN, velden, strict=True))
    return matrix


ROUTES = routes()
VERWACHT = lees_matrix()


def verwacht(route: str, rol: str) -> tuple[str, str]:
    """Return the expected answers to GET and to POST; a route without a line expects nothing that can come."""
    get, _, post = VERWACHT.get(route, {}).get(rol, "?/?").partition("/")
    return get, post


def afwijkingen(gekregen: dict[str, str], soort: int, rol: str) -> list[str]:
    """Return each route that answered otherwise than its line says."""
    return [
        f"{naam} ({ROUTES[naam].patroon}): {antwoord}, expected {verwacht(naam, rol)[soort]}"
        for naam, antwoord in gekregen.items()
        if antwoord != verwacht(naam, rol)[soort]
    ]


def stuur(decor: Decor, rol: str, methode: str) -> dict[str, str]:
    """Send the same request to every route, for real; return how each was answered."""
    client, gekregen = decor.als(rol), {}
    for naam, route in ROUTES.items():
        eerst = in_het_log()
        gekregen[naam] = (
            vraag(decor, client, rol, methode, decor.adres(route))
            + {
                (0, 0): "",
                (1, 1): GELOGD,
            }[tuple(nu - toen for nu, toen in zip(in_het_log(), eerst, strict=True))]
        )
    return gekregen


def in_het_log() -> tuple[int, int]:
    """Return how many downloads began, and how many of them ended whole."""
    return Uitlevering.objects.count(), Afloop.objects.filter(voltooid=True).count()


def buiten_het_log(vooraf: Stand) -> dict[str, str]:
    """Return the tables that changed since, but for the export log: what `stuur` saw there is in its answers."""
    gewijzigd = verschil(vooraf, stand_van_zaken())
    return {tabel: wat for tabel, wat in gewijzigd.items() if tabel not in LOG}


def stuur_teruggedraaid(decor: Decor, rol: str, methode: str) -> dict[str, str]:
    """Send the same request to every route, each on the same decor; a star says that rows were written."""
    client, gekregen = decor.als(rol), {}
    for naam, route in ROUTES.items():
        with teruggedraaid(client) as poging:
            poging.status = vraag(decor, client, rol, methode, decor.adres(route))
        gekregen[naam] = poging.status + (WIJZIGT if poging.tabellen else "")
    return gekregen


def test_elke_route_heeft_een_regel_en_elke_regel_een_route() -> None:
    assert set(VERWACHT) - set(ROUTES) == set(), "lines without a route: remove them"
    assert set(ROUTES) - set(VERWACHT) == set(), "routes without a line: say in matrix.txt who may do what there"


def test_elke_rol_en_elk_model_staat_erin(decor: Decor) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLLEN) - {"anoniem", "zonder_rol"}
    for model in admin.site._registry:
        assert f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" in VERWACHT
    assert {"auth", "programma", "indicatoren"} <= {config.label for config in apps.get_app_configs()}


def test_de_tabel_zegt_zelf_dat_kijken_niets_wijzigt() -> None:
    """The table could be edited to allow anything; these lines it may never hold."""
    for route, rijen in VERWACHT.items():
        for rol, veld in rijen.items():
            get, _, post = veld.partition("/")
            assert WIJZIGT not in get, f"{route}: a GET that writes ({rol})"
            assert WIJZIGT not in post or rol not in ALLEEN_LEZEN, f"{route}: {rol} writes"
            assert not (get + post).startswith("5") and "/5" not in veld, f"{route}: {rol} gets a 500"
        if ROUTES[route].patroon.startswith("beheer/") and not route.startswith(("account_", "mfa_", "openid", "soc")):
            assert rijen["anoniem"] in {f"{VRAAG_INLOG}/{VRAAG_INLOG}", "302/302"}, f"{route}: open to everybody"


@pytest.mark.parametrize("rol", ROLPROEVEN)
def test_get(decor: Decor, rol: str) -> None:
    """Each address answers a GET as its line says, and no GET of anybody changes a row."""
    vooraf = stand_van_zaken()
    gekregen = stuur(decor, rol, "GET")
    fout = afwijkingen(gekregen, 0, rol)
    assert not fout, "\n".join(fout)
    assert buiten_het_log(vooraf) == {}


@pytest.mark.parametrize("rol", ROLPROEVEN)
def test_post(decor: Decor, rol: str) -> None:
    """Each address answers an empty POST as its line says; who may only look changes nothing, for real."""
    if rol not in ALLEEN_LEZEN:
        fout = afwijkingen(stuur_teruggedraaid(decor, rol, "POST"), 1, rol)
        assert not fout, "\n".join(fout)
        return
    vooraf = stand_van_zaken()
    fout = afwijkingen(stuur(decor, rol, "POST"), 1, rol)
    assert not fout, "\n".join(fout)
    assert verschil(vooraf, stand_van_zaken()) == {}


@pytest.mark.parametrize(
    ("rol", "methode"),
    [
        pytest.param(rol, methode, marks=() if (rol, methode) in ZONDER_WACHTEN else pytest.mark.lang)
        for rol in ROLLEN
        for methode in ANDERE
    ],
)
def test_andere_methoden(decor: Decor, rol: str, methode: str) -> None:
    """HEAD answers as GET does, or 405; no other method is known anywhere; nobody changes a row with them."""
    vooraf = stand_van_zaken()
    gekregen = stuur(decor, rol, methode)
    fout = {
        naam: f"{antwoord}, GET gives {verwacht(naam, rol)[0]}"
        for naam, antwoord in gekregen.items()
        if antwoord not in (_mag(ROUTES[naam], rol) if methode == "HEAD" else {"405"})
    }
    assert fout == {}
    assert verschil(vooraf, stand_van_zaken()) == {}


def test_het_log_staat_alleen_achter_de_inlog() -> None:
    """A file that is logged is one of the admin, and never for who may not read versions."""
    gelogd = {
        (naam, rol)
        for naam, rijen in VERWACHT.items()
        for rol, veld in rijen.items()
        if GELOGD in veld.partition("/")[0]
    }
    assert gelogd
    assert {naam.partition(":")[0] for naam, _ in gelogd} == {"admin"}
    assert not {rol for _, rol in gelogd} & {"anoniem", "zonder_rol", "schrijver"}
    assert all(GELOGD not in veld.partition("/")[2] for rijen in VERWACHT.values() for veld in rijen.values())


@pytest.mark.parametrize("rol", sorted({"auditor", "redacteur"}))
def test_elk_bestand_achter_de_inlog_staat_in_het_log(decor: Decor, rol: str) -> None:
    """What the admin hands out as a file without a line of its own in the log would leave the house unseen."""
    client = decor.als(rol)
    bestanden = {
        naam
        for naam, route in ROUTES.items()
        if route.patroon.startswith("beheer/")
        and "attachment" in client.get(decor.adres(route)).headers.get("Content-Disposition", "")
    }
    assert "admin:controle_begroting_csv" in bestanden
    assert {naam for naam in bestanden if GELOGD not in verwacht(naam, rol)[0]} == set()


def _mag(route: Route, rol: str) -> set[str]:
    """Return how a route may answer HEAD: as to GET, or that it does not know the method.

    Who may not even come in can get 403 before the method is looked at.
    """
    get, post = verwacht(route.naam, rol)
    get = get.removesuffix(GELOGD)
    return {get, "405"} | ({"403"} if "403" in {get, post} else set())
