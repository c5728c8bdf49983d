"""One log line for each login, refusal, lock-out and logout: who, from where, how it ended. Never what was typed."""

from __future__ import annotations

import logging

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

logger = logging.getLogger("veiligheid.aanmelden")


def noteer(
    request: HttpRequest, actie: str, resultaat: str, *, wie: int | None = None, doel: int | None = None
) -> None:
    """Log a step of logging in.

    `actie` is what was tried, `resultaat` how it ended, `wie` the account that is proven to act (None: nobody yet)
    and `doel` the account that it is about. A name that was typed is never logged: people type passwords there.
    """
    logger.log(
        logging.INFO if resultaat == "gelukt" else logging.WARNING,
        f"{actie}: {resultaat}",
        extra={
            "actie": actie,
            "object": f"account {doel or wie or 'onbekend'}",
            "resultaat": resultaat,
            "herkomst": get_adapter(request).get_client_ip(request),
            "wie": wie or "publiek",
        },
    )
