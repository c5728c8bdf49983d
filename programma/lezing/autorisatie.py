"""Reading what the council authorised."""

from __future__ import annotations

from programma.inhoud import Uitgave
from programma.inhoud.autorisatie import SOORTEN, Autorisatiestuk, besluit_over, standen
from programma.lezing.gemeente import gemeente_op, moment_van
from programma.models import Wijziging


def lees_autorisatie(uitgave: Uitgave) -> Autorisatiestuk | None:
    """Return what the page on authorisation rests on, or None for a document that asks for no money. Two queries."""
    if uitgave.document_soort not in SOORTEN:
        return None
    besluit = besluit_over(uitgave)
    eerder = besluit.nummer if besluit and besluit.nummer != uitgave.nummer else None
    gelezen = Wijziging.objects.autorisatie(uitgave.versie_id, uitgave.jaar, eerder)
    _, gemeente, _ = gemeente_op(moment_van(uitgave))
    return Autorisatiestuk(
        gemeente=gemeente,
        uitgave=uitgave,
        programmas=gelezen.programmas,
        kolommen=gelezen.kolommen,
        bedragen=gelezen.bedragen,
        besluit=besluit,
        vastgesteld=standen(gelezen.vastgesteld) if eerder else None,
        bronnen=gelezen.bronnen,
    )
