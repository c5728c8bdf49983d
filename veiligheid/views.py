"""Addresses that know no budget: health, what the site says of itself, and the error pages.

None of them needs the database to be up.
"""

from __future__ import annotations

import sys
from http import HTTPStatus

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from veiligheid.antwoord import VOOR_ALTIJD, antwoord, bestand
from veiligheid.behoud import behoudbaar, storingspagina, van_eerder
from veiligheid.foutpagina import foutpagina, te_vaak
from veiligheid.inrichting import TOEGANKELIJKHEID
from veiligheid.kader import oorsprong
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


TEKST = "text/plain; charset=utf-8"
# The logo opened on its own is a document: it may not do anything, nor be framed.
BELEID_LOGO = "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer what search engines may read: everything public, and nothing of a demonstration."""
    if settings.DEMO:
        return bestand("User-agent: *\nDisallow: /\n", TEKST)
    kaart = f"Sitemap: {oorsprong(request)}/sitemap.xml"
    return bestand(f"User-agent: *\nDisallow: /beheer/\nDisallow: /gezond/\n\n{kaart}\n", TEKST)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Answer where a weakness can be reported (RFC 9116).

    `Expires` is a day of the settings or counts from the release, never from now: the file is the same for everybody
    until somebody changes it, and one that nobody looks after goes out of date by itself.
    """
    begin, contact = "", settings.BEVEILIGING_CONTACT
    if not contact:
        if not settings.DEMO:
            raise Http404
        begin, contact = "# Demonstratie: op dit adres leest niemand.\n", "mailto:demonstratie@example.invalid"
    velden = {
        "Contact": contact,
        "Expires": f"{settings.BEVEILIGING_VERLOOPT.isoformat()}T00:00:00Z",
        "Preferred-Languages": "nl, en",
        "Canonical": oorsprong(request) + reverse("security_txt"),
        "Policy": settings.BEVEILIGING_BELEID,
    }
    return bestand(begin + "".join(f"{naam}: {waarde}\n" for naam, waarde in velden.items() if waarde), TEKST)


@require_safe
def naar_security_txt(request: HttpRequest) -> HttpResponse:
    """Send on who asks for the file at the place where it was before there was a standard."""
    return HttpResponsePermanentRedirect(reverse("security_txt"))


@require_safe
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    """Say how accessible the site is: the statement in the national register, or else what is known."""
    return antwoord(
        request,
        "site/toegankelijkheid.html",
        status=settings.TOEGANKELIJKHEID_STATUS,
        betekenis=TOEGANKELIJKHEID.get(settings.TOEGANKELIJKHEID_STATUS, ""),
        register=settings.TOEGANKELIJKHEID_REGISTER,
        contact=settings.CONTACT_MAIL,
    )


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what the site keeps of its readers, which is next to nothing."""
    return antwoord(request, "site/privacy.html", verklaring=settings.PRIVACY_ADRES, contact=settings.CONTACT_MAIL)


@require_safe
def colofon(request: HttpRequest) -> HttpResponse:
    """Say who makes the site, with what, and under which licences."""
    return antwoord(
        request,
        "site/colofon.html",
        release=settings.RELEASE,
        contact=settings.CONTACT_MAIL,
        beveiliging=bool(settings.BEVEILIGING_CONTACT),
    )


@require_safe
def thema(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Give the colours of the municipality, at the address of exactly these."""
    if settings.THEMA is None or settings.THEMA.kenmerk != kenmerk:
        raise Http404
    return bestand(settings.THEMA.css, "text/css; charset=utf-8", VOOR_ALTIJD)


@require_safe
def logo(request: HttpRequest, kenmerk: str, extensie: str) -> HttpResponse:
    """Give the logo of the municipality, at the address of exactly this one."""
    if settings.LOGO is None or (settings.LOGO.kenmerk, settings.LOGO.extensie) != (kenmerk, extensie):
        raise Http404
    gegeven = bestand(settings.LOGO.inhoud, settings.LOGO.soort, VOOR_ALTIJD)
    gegeven.headers["Content-Security-Policy"] = BELEID_LOGO
    return gegeven


def fout_400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the request was not understood; or, when that is what hid behind it, a database out of reach (503).

    Django takes any error while it saves a session for a session that somebody ended, which it calls a bad request.
    """
    if is_storing(exception):
        return storingspagina(request)
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
