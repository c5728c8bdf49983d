"""Which errors mean that the database is out of reach; and that the next request after it works by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, Error, InterfaceError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from tests.bouwers import Rollen
from veiligheid.storing import is_storing

GEEF = "DO $$ BEGIN RAISE EXCEPTION 'proef' USING ERRCODE = '{code}'; END $$"


def fout(request: HttpRequest, code: str) -> HttpResponse:
    """Get this answer from PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(GEEF.format(code=code))
    return HttpResponse("niet bereikt")


def bij_de_sessie(request: HttpRequest) -> HttpResponse:
    """Change the session, and lose the database before Django saves it."""
    request.session["proef"] = "gewijzigd"
    breek_af()
    return HttpResponse("te vroeg gejuicht")


urlpatterns = [
    path("fout/<str:code>/", fout),
    path("sessie/", bij_de_sessie),
    path("", include("veiligheid.urls")),
]
handler400 = "veiligheid.views.fout_400"
handler500 = "veiligheid.views.fout_500"

# Constraint, lock_timeout, deadlock, statement_timeout, serialization, syntax, no rights, disk full: it answered.
GEEN_STORING = ["23505", "55P03", "40P01", "57014", "40001", "42601", "42501", "53100"]
STORING = ["57P01", "57P02", "57P03", "08006", "53300"]


def uit_de_database(code: str) -> BaseException:
    """Return the error of PostgreSQL with this code, as Django raises it."""
    with pytest.raises(DatabaseError) as gevangen, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(GEEF.format(code=code))
    return gevangen.value


@pytest.mark.django_db
class TestIsStoring:
    """Told apart by what PostgreSQL itself says."""

    @pytest.mark.parametrize(("code", "storing"), [(c, False) for c in GEEN_STORING] + [(c, True) for c in STORING])
    def test_naar_wat_de_database_zegt(self, code: str, storing: bool) -> None:
        assert is_storing(uit_de_database(code)) is storing

    @pytest.mark.parametrize(("code", "status"), [("55P03", 500), ("57014", 500), ("23505", 500), ("57P01", 503)])
    def test_de_pagina(self, settings: Any, code: str, status: int) -> None:
        settings.ROOT_URLCONF = __name__

        assert Client(raise_request_exception=False).get(f"/fout/{code}/").status_code == status

    def test_wat_eruit_voortkomt_hoort_erbij(self) -> None:
        later = RuntimeError("later")
        later.__context__ = uit_de_database("57P01")
        anders = RuntimeError("anders")
        anders.__context__ = uit_de_database("55P03")

        assert (is_storing(later), is_storing(anders), is_storing(None)) == (True, False, False)

    def test_een_gesloten_cursor_op_een_levende_verbinding_is_onze_fout(self) -> None:
        with connection.cursor() as cursor:
            pass
        with pytest.raises(InterfaceError) as gevangen:
            cursor.execute("SELECT 1")

        assert not is_storing(gevangen.value)


def vraag(client: Client, adres: str) -> int:
    """Ask for a page as a web server does: with the beginning and the end of a request. Return the status."""
    koekjes = "; ".join(f"{naam}={koekje.value}" for naam, koekje in client.cookies.items())
    antwoord = WSGIHandler()(RequestFactory().get(adres, headers={"cookie": koekjes}).environ, lambda *_: None)
    try:
        assert b"".join(antwoord)
        return int(antwoord.status_code)
    finally:
        antwoord.close()


def breek_af() -> None:
    """End the connection of this process from another one, as a restart of the server does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()
    ander = connection.copy()
    with ander.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT pg_terminate_backend(%s)", pid)
    ander.close()


def test_na_een_herstart_werkt_het_volgende_verzoek(vaste_rollen: Rollen) -> None:
    client = Client()
    client.force_login(vaste_rollen.redacteur)

    assert vraag(client, "/beheer/") == 200
    breek_af()
    assert vraag(client, "/beheer/") == 200
    breek_af()
    assert vraag(client, "/") == 200


def test_na_een_storing_midden_in_een_verzoek_ook(vaste_rollen: Rollen) -> None:
    client = Client()
    client.force_login(vaste_rollen.redacteur)
    assert vraag(client, "/beheer/") == 200
    breek_af()
    with pytest.raises(Error) as gevangen, connection.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert is_storing(gevangen.value)
    assert vraag(client, "/beheer/") == 200


def test_een_storing_terwijl_de_sessie_wordt_bewaard(vaste_rollen: Rollen, settings: Any) -> None:
    """Django takes that for a session that somebody ended: "bad request"."""
    client = Client()
    client.force_login(vaste_rollen.redacteur)
    settings.ROOT_URLCONF = __name__

    assert vraag(client, "/sessie/") == 503
