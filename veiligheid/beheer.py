"""The admin site: everything an officer does there is done in their name."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponseBase

from veiligheid.namens import namens

View = Callable[..., HttpResponseBase]


class Beheer(AdminSite):
    """The admin at /beheer/. `admin_view` is the one gate that all its pages pass."""

    site_header = "Beheer van de begroting"
    site_title = "Beheer"
    index_title = "Overzicht"
    site_url = "/"
    empty_value_display = "–"

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # type: ignore[override]
        """Wrap an admin view so that its database writes carry the user, and nobody may keep a copy of the page."""
        binnen = super().admin_view(view, cacheable)

        @wraps(view)
        def buiten(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with namens(request.user.pk):
                antwoord = binnen(request, *args, **kwargs)
            antwoord.headers.setdefault("Cache-Control", "no-store")
            antwoord.headers["X-Robots-Tag"] = "noindex, nofollow"
            return antwoord

        return buiten
