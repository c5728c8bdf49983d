"""The admin site: everything an officer does there is done in their name."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.views import LogoutView
from django.core.exceptions import SuspiciousOperation
from django.db import DataError, IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode

from veiligheid.aanmelden import sessieduur
from veiligheid.aanmelden.logboek import noteer
from veiligheid.namens import namens
from veiligheid.weigering import in_woorden

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]
Poort = Callable[[View], View]
# Headings with the labels of the models under them.
Indeling = Sequence[tuple[str, Sequence[str]]]


def _of_uitleg(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Return the answer of a view; what the database refuses becomes a message, what cannot be read becomes 400.

    The transaction of the view has been rolled back by then: nothing is half stored.
    """
    if any("\x00" in waarde for velden in (request.GET, request.POST) for waarde in velden.values()):
        raise SuspiciousOperation("NUL in a field")
    try:
        return view(request, *args, **kwargs)
    except (IntegrityError, OperationalError) as fout:
        if request.method != "POST" and isinstance(fout, IntegrityError):
            raise
        messages.error(request, in_woorden(fout))
        return HttpResponseRedirect(request.get_full_path())
    except (DataError, ValueError, IndexError, OverflowError) as fout:
        # A hand-made address or form: Django's admin trusts both too much.
        logger.warning("onleesbaar verzoek", exc_info=fout)
        raise SuspiciousOperation("not readable") from fout


def beheerpagina(view: View) -> View:
    """Wrap a view so that its database writes carry the user, and nobody may keep a copy of the page."""

    @wraps(view)
    def buiten(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with namens(request.user.pk, via="formulier"):
            antwoord = _of_uitleg(view, request, *args, **kwargs)
        antwoord.headers.setdefault("Cache-Control", "no-store")
        antwoord.headers["X-Robots-Tag"] = "noindex, nofollow"
        return antwoord

    return buiten


class Beheer(AdminSite):
    """The admin at /beheer/. `admin_view` is the one gate that all its pages pass."""

    site_header = "Beheer van de begroting"
    site_title = "Beheer"
    index_title = "Overzicht"
    site_url = "/"
    empty_value_display = "–"
    # The start page lists all screens; beside a list of figures a second menu only takes room.
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self._eigen: list[Callable[[Poort], list[URLPattern]]] = []
        self.indeling: Indeling = ()

    def voeg_toe(self, adressen: Callable[[Poort], list[URLPattern]]) -> None:
        """Add pages of an app that belong to no model. `adressen` gets the gate that each of them must pass."""
        self._eigen.append(adressen)

    def get_urls(self) -> list[Any]:
        """Return the pages of the apps before those of the models: the last one there catches everything."""
        blijf = path("aangemeld-blijven/", self.admin_view(sessieduur.blijf), name="aangemeld_blijven")
        eigen = (pagina for adressen in self._eigen for pagina in adressen(self.admin_view))
        return [blijf, *eigen, *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the screens that this person may see, under the headings of `indeling`.

        Models that are not named there stay under the name of their app, before the last heading.
        """
        apps = super().get_app_list(request, app_label)
        if app_label is not None or not self.indeling:
            return apps
        return list(self._ingedeeld(apps))

    def _ingedeeld(self, apps: list[Any]) -> Iterator[dict[str, Any]]:
        plaats = {label: kop for kop, labels in self.indeling for label in labels}
        volgorde = {label: nummer for nummer, label in enumerate(plaats)}
        groepen: dict[str, list[Any]] = {kop: [] for kop, _ in self.indeling[:-1]}
        rest = [(app["name"], scherm) for app in apps for scherm in app["models"]]
        groepen |= {naam: [] for naam, scherm in rest if scherm["model"]._meta.label not in plaats}
        groepen[self.indeling[-1][0]] = []
        for naam, scherm in rest:
            groepen[plaats.get(scherm["model"]._meta.label, naam)].append(scherm)
        for nummer, (kop, schermen) in enumerate(groepen.items()):
            schermen.sort(key=lambda scherm: volgorde.get(scherm["model"]._meta.label, len(volgorde)))
            if schermen:
                yield {"name": kop, "app_label": f"groep-{nummer}", "app_url": "", "models": schermen}

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # type: ignore[override]
        """Wrap an admin view as a page of ours."""
        return beheerpagina(super().admin_view(view, cacheable))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add how long the session lasts, and whether a password alone is enough here: the demonstration says so."""
        return {
            **super().each_context(request),
            "sessie": sessieduur.rest(request),
            "alleen_wachtwoord": settings.DEMO and not settings.MFA_VERPLICHT,
        }

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send to the login page, or on to the start page. This address logs nobody in: it has no lock."""
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        vraag = {"next": request.GET["next"]} if "next" in request.GET else {}
        return HttpResponseRedirect(f"{reverse('account_login')}{'?' if vraag else ''}{urlencode(vraag)}")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """End the session and go back to the login page."""
        wie = request.user.pk
        antwoord = LogoutView.as_view(next_page="account_login")(request)
        if wie is not None and not request.user.is_authenticated:
            noteer(request, "afmelden", "gelukt", wie=wie)
        return antwoord
