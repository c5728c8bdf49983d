"""The admin site: everything an officer does there is done in their name."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import SuspiciousOperation
from django.db import DataError, IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from veiligheid.namens import namens
from veiligheid.weigering import in_woorden

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]


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
            with namens(request.user.pk, via="formulier"):
                antwoord = _of_uitleg(binnen, request, *args, **kwargs)
            antwoord.headers.setdefault("Cache-Control", "no-store")
            antwoord.headers["X-Robots-Tag"] = "noindex, nofollow"
            return antwoord

        return buiten
