"""The history as CSV, whole or in part, for the auditor behind the login."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBadRequest,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from programma.admin.levering import met_log
from programma.models import Versie
from programma.spoor.wijzigingslog import Snede, wijzigingslog_csv

Bladzijde = Callable[..., HttpResponseBase]


def _eis_recht(request: HttpRequest) -> None:
    """Who reads the history, reads all of it: concepts and who wrote them."""
    if not request.user.has_perm("programma.view_gebeurtenis"):
        raise PermissionDenied


def _lees_snede(request: HttpRequest) -> Snede | str:
    """Return which part is asked for, or what is wrong with the question, in Dutch."""
    versie, sinds = request.GET.get("versie", ""), request.GET.get("sinds", "")
    vreemd = sorted(set(request.GET) - {"versie", "sinds"})
    if vreemd:
        return f"Dit bestand kent {vreemd[0][:40]!r} niet. Het kent versie (een nummer) en sinds (een datum)."
    if versie and not (versie.isascii() and versie.isdigit() and len(versie) < 19):
        return "Bij versie hoort een nummer, zoals versie=12."
    try:
        dag = date.fromisoformat(sinds) if sinds else None
    except ValueError:
        return "Bij sinds hoort een datum, zoals sinds=2026-01-31."
    return Snede(int(versie) if versie else None, dag)


@require_safe
def wijzigingslog(request: HttpRequest) -> HttpResponseBase:
    """Give the history, or a part of it: ?versie= (its key), ?sinds= (a day)."""
    _eis_recht(request)
    snede = _lees_snede(request)
    if isinstance(snede, str):
        return HttpResponseBadRequest(snede, content_type="text/plain; charset=utf-8")
    if snede.versie is not None and not Versie.objects.filter(pk=snede.versie).exists():
        raise Http404
    antwoord = StreamingHttpResponse(
        wijzigingslog_csv(snede) if request.method == "GET" else (),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{snede.bestandsnaam}"'},
    )
    return met_log(request, antwoord, "wijzigingslog.csv")


def adressen(poort: Callable[[Bladzijde], Bladzijde]) -> list[URLPattern]:
    """Return the address of the history as CSV; `poort` is the gate of the admin."""
    return [path("controle/wijzigingslog.csv", poort(wijzigingslog), name="wijzigingslog_csv")]
