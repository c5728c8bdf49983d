"""What a form showed, signed, so that its save can tell what changed since; and which saves have been done already."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.core import signing
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.http import HttpRequest

from veiligheid.behoud import BIJWERK

ZOUT = "veiligheid.gezien"
VELD = "gezien"
GEDAAN = "gedaan"
HOEVEEL_ONTHOUDEN = 40
# The first half of the advisory lock; the second is the mark of the form.
SLOT = 7303002

Waarden = dict[str, str | None]


def onderteken(inhoud: dict[str, Any]) -> str:
    """Return what a form carries: signed, and compressed. A mark of its own makes every form one of a kind."""
    return signing.dumps({**inhoud, "merk": secrets.token_urlsafe(9)}, salt=ZOUT, compress=True)


def lees(tekst: str) -> dict[str, Any] | None:
    """Return what a form carried, or None when it carried nothing that we signed."""
    try:
        inhoud = signing.loads(tekst, salt=ZOUT)
    except (signing.BadSignature, ValueError):
        return None
    return inhoud if isinstance(inhoud, dict) and isinstance(inhoud.get("merk"), str) else None


def waarden(rij: models.Model) -> Waarden:
    """Return the stored values of a row, as texts, by column; an empty one is None."""
    return {
        veld.attname: None if (waarde := getattr(rij, veld.attname)) is None else str(waarde)
        for veld in rij._meta.concrete_fields
        if not veld.primary_key
    }


def afdruk(rijen: models.QuerySet[Any]) -> str:
    """Return the sha256 of rows and of everything that would go with them."""
    verzameling = NestedObjects(using=DEFAULT_DB_ALIAS)
    verzameling.collect(list(rijen.order_by("pk")))
    som = hashlib.sha256()
    for model, exemplaren in sorted(verzameling.data.items(), key=lambda paar: paar[0]._meta.label):
        for rij in sorted(exemplaren, key=lambda exemplaar: str(exemplaar.pk)):
            som.update(repr((model._meta.label, rij.pk, sorted(waarden(rij).items()))).encode())
    return som.hexdigest()


def _inhoud(request: HttpRequest) -> str:
    velden = sorted((naam, sorted(lijst)) for naam, lijst in request.POST.lists() if naam not in BIJWERK)
    return hashlib.sha256(repr((request.path, velden)).encode()).hexdigest()


def eerder(request: HttpRequest, merk: str) -> str | None:
    """Return where the same save, sent before, went to; None when this is the first.

    Two at once wait for each other: the second reads the session again when the first has committed. Only inside a
    transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [SLOT, merk])
    gedaan = _gedaan(request).get(merk)
    if gedaan is None or gedaan[0] != _inhoud(request):
        return None
    return str(gedaan[1])


def onthoud(request: HttpRequest, merk: str, adres: str) -> None:
    """Record, in the transaction of the save, that it was done and where it went."""
    alles = _gedaan(request)
    alles[merk] = [_inhoud(request), adres]
    request.session[GEDAAN] = dict(list(alles.items())[-HOEVEEL_ONTHOUDEN:])
    request.session.save()


def vergeet(request: HttpRequest, merk: str) -> None:
    """Take back what was recorded by a transaction that failed."""
    alles = request.session.get(GEDAAN, {})
    if alles.pop(merk, None) is not None:
        request.session[GEDAAN] = alles


def _gedaan(request: HttpRequest) -> dict[str, list[str]]:
    """Return what this session did, as it is stored now: another request may have just added to it."""
    sessie = request.session
    opgeslagen = type(sessie)(sessie.session_key).load() if sessie.session_key else {}
    gedaan: dict[str, list[str]] = opgeslagen.get(GEDAAN, {})
    return gedaan
