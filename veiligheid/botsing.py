"""Two people changed the same: the answer that stores nothing, keeps what was typed, and shows both side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from veiligheid.behoud import BIJWERK

# What a form needs, but nobody typed.
ONZICHTBAAR = BIJWERK | {"gezien", "post", "action", "index", "select_across"}


@dataclass(frozen=True, slots=True)
class Botsing:
    """One value that two people changed: where, what was shown, what this person made of it, and what it is now."""

    plaats: str
    gezien: str
    mijn: str
    nu: str


def botsingspagina(
    request: HttpRequest,
    botsingen: Sequence[Botsing],
    *,
    context: dict[str, Any],
    uitleg: str,
    terug: str,
    getypt: Sequence[tuple[str, str]] | None = None,
    status: HTTPStatus = HTTPStatus.CONFLICT,
) -> TemplateResponse:
    """Return a page of its own, status 409, for a save that cannot be shown again in its own form.

    `uitleg` is a Dutch sentence: what happened and what to do; `terug` the address where it can be done again. What
    was typed stands on the page, so that nothing has to be thought up twice: as `getypt` names it (place and text),
    or else by the names of the fields.
    """
    if getypt is None:
        getypt = [
            (naam, waarde)
            for naam, waarden in request.POST.lists()
            for waarde in waarden
            if waarde.strip() and not naam.startswith("_") and naam not in ONZICHTBAAR
        ]
    return TemplateResponse(
        request,
        "admin/botsing.html",
        {
            "title": "Niet bewaard: een collega was u voor",
            **context,
            "botsingen": botsingen,
            "uitleg": uitleg,
            "terug": terug,
            "getypt": getypt,
        },
        status=status,
    )
