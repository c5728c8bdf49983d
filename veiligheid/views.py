"""Addresses that know no budget: health, robots and the error pages. None of them needs the database to be up."""

from __future__ import annotations

import sys
from http import HTTPStatus

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from veiligheid.behoud import behoudbaar, storingspagina, van_eerder
from veiligheid.foutpagina import foutpagina, te_vaak
from veiligheid.logregels import verzoek_id
from veiligheid.storing import is_storing


@require_safe
def levend(request: HttpRequest) -> HttpResponse:
    """Answer that the process lives; nothing else is asked."""
    return JsonResponse({"levend": True}, headers={"Cache-Control": "no-store"})


# The site must run as a role that owns nothing: an owner could switch the guards off (decision 4).
ROL_BEZIT_NIETS = """
SELECT NOT r.rolsuper AND NOT EXISTS (
  SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relnamespace = 'public'::regnamespace)
FROM pg_roles r WHERE r.rolname = current_user
"""


def _gereed() -> dict[str, bool]:
    """Return what is in order: the database, its structure, and the triggers that guard what is published."""
    oordeel = {"database": False, "rol": False, "migraties": False, "triggers": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            oordeel["database"] = True
            cursor.execute(ROL_BEZIT_NIETS)
            oordeel["rol"] = cursor.fetchone()[0]
            cursor.execute("SELECT bewaking_in_orde()")
            oordeel["triggers"] = cursor.fetchone()[0]
        uitvoerder = MigrationExecutor(connection)
        oordeel["migraties"] = not uitvoerder.migration_plan(uitvoerder.loader.graph.leaf_nodes())
    except Error:
        pass
    return oordeel


@require_safe
def gereed(request: HttpRequest) -> HttpResponse:
    """Answer whether the site can do its work: 200 when all is in order, 503 with what is not."""
    oordeel = _gereed()
    status = HTTPStatus.OK if all(oordeel.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(oordeel, status=status, headers={"Cache-Control": "no-store"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer what search engines may read: everything public, and nothing of a demonstration."""
    regel = "Disallow: /" if settings.DEMO else "Disallow:"
    return HttpResponse(f"User-agent: *\n{regel}\n", content_type="text/plain; charset=utf-8")


def fout_400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the request was not understood."""
    return foutpagina(request, HTTPStatus.BAD_REQUEST)


def fout_403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that this is not for the visitor."""
    return foutpagina(request, HTTPStatus.FORBIDDEN)


def csrf_geweigerd(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form that came from elsewhere; give one of our own that was too old back, to be sent again."""
    if behoudbaar(request):
        return van_eerder(request)
    return foutpagina(request, HTTPStatus.FORBIDDEN)


def fout_404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the page does not exist; the answer is the same for what exists only as a concept."""
    return foutpagina(request, HTTPStatus.NOT_FOUND)


def fout_429(request: HttpRequest) -> HttpResponse:
    """Show that this was tried too often; allauth asks for this page by its name."""
    return te_vaak(request)


def fout_500(request: HttpRequest) -> HttpResponse:
    """Show that something went wrong at our side: for a moment (503), when it is the database that is out of reach.

    Django asks for this page at whatever layer the error came up, so also when it was looking for the session.
    """
    if is_storing(sys.exception()):
        return storingspagina(request)
    return foutpagina(request, HTTPStatus.INTERNAL_SERVER_ERROR, kenmerk=verzoek_id.get())
