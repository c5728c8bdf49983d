"""The pages of a schrijver, behind the gate of the admin; which rows they reach, `opdrachten.van` decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programma import opdrachten
from programma.models import Opdracht
from programma.publicatie import Geweigerd
from programma.schrijven.blad import Blad
from veiligheid.namens import namens

VAST = "Uw tekst is niet bewaard: deze opdracht is klaar gemeld of de versie is ingediend. Kopieer wat u wilt houden."


def _wie(request: HttpRequest) -> User:
    """Return who asks; the gate of the admin lets nobody anonymous pass."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _toon(request: HttpRequest, sjabloon: str, titel: str, status: int = 200, **inhoud: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "is_nav_sidebar_enabled": False, "title": titel, **inhoud}
    return render(request, f"schrijven/{sjabloon}.html", context, status=status)


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Show the opdrachten of this person, the first deadline first."""
    vandaag = timezone.localdate()
    rijen = [(opdracht, opdracht.bewerkbaar(), opdracht.te_laat(vandaag)) for opdracht in opdrachten.van(_wie(request))]
    return _toon(request, "lijst", "Mijn opdrachten", rijen=rijen)


@require_http_methods(["GET", "HEAD", "POST"])
def opdracht(request: HttpRequest, sleutel: int) -> HttpResponse:
    """Show one opdracht to write in; a POST saves, or saves and says klaar. Somebody else's is not found."""
    eigen: Opdracht = get_object_or_404(opdrachten.van(_wie(request)), pk=sleutel)
    if request.method != "POST":
        return _blad(request, eigen, Blad(eigen))
    data = {naam: str(waarde).replace("\r\n", "\n") for naam, waarde in request.POST.items()}
    with transaction.atomic():
        nu = opdrachten.vergrendel(eigen)
        blad = Blad(nu, data)
        goed = blad.is_valid()
        if not nu.bewerkbaar():
            return _blad(request, nu, blad, status=409, weigering=VAST)
        if not goed:
            return _blad(request, nu, blad, fouten=blad.fouten())
        if botsingen := blad.botsingen():
            blad.ververs()
            return _blad(request, nu, blad, status=409, botsingen=botsingen)
        try:
            with transaction.atomic(), namens(request.user.pk, via="formulier", herkomst=f"opdracht {nu.pk}"):
                bewaard = blad.bewaar()
        except IntegrityError as fout:
            if not _ligt_vast(fout):
                raise
            return _blad(request, nu, blad, status=409, weigering=VAST)
    messages.success(request, _zin(bewaard))
    return _klaar(request, nu) if data.get("actie") == "klaar" else _terug(nu)


def _ligt_vast(fout: IntegrityError) -> bool:
    diag = getattr(fout.__cause__, "diag", None)
    return getattr(diag, "constraint_name", None) == "versie_ligt_vast"


def _zin(bewaard: int) -> str:
    if not bewaard:
        return "U wijzigde niets; alles staat zoals het stond."
    return "Bewaard: 1 onderdeel gewijzigd." if bewaard == 1 else f"Bewaard: {bewaard} onderdelen gewijzigd."


def _terug(eigen: Opdracht) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:schrijven_opdracht", args=[eigen.pk]))


def _klaar(request: HttpRequest, eigen: Opdracht) -> HttpResponse:
    """Say klaar after saving; a refusal is shown, and what was saved stays saved."""
    try:
        opdrachten.meld_klaar(eigen, door=_wie(request))
    except Geweigerd as weigering:
        messages.error(request, str(weigering))
        return _terug(eigen)
    messages.success(request, "Klaar gemeld. U kunt pas weer schrijven als een redacteur het terugstuurt.")
    return HttpResponseRedirect(reverse("admin:schrijven_lijst"))


def _blad(request: HttpRequest, eigen: Opdracht, blad: Blad, status: int = 200, **meer: Any) -> HttpResponse:
    bewerkbaar = eigen.bewerkbaar() and "weigering" not in meer
    return _toon(
        request,
        "opdracht",
        f"{eigen.pakket.code} {eigen.pakket.naam}",
        status,
        opdracht=eigen,
        blad=blad,
        bewerkbaar=bewerkbaar,
        te_laat=eigen.te_laat(timezone.localdate()),
        **meer,
    )


def adressen(poort: Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]) -> list[URLPattern]:
    """Return the addresses of a schrijver; `poort` is the gate of the admin, which each of them passes."""
    return [
        path("opdracht/", poort(lijst), name="schrijven_lijst"),
        path("opdracht/<int:sleutel>/", poort(opdracht), name="schrijven_opdracht"),
    ]
