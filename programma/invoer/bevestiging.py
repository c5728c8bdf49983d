"""Confirming an import and undoing it: one transaction each, all or nothing, and only what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from programma.invoer import opslag
from programma.invoer.grendel import (
    Botsing,
    NietKlaar,
    Status,
    Verouderd,
    Verschil,
    eis_recht,
    in_een_keer,
    vergrendel,
    vergrendel_versie,
)
from programma.invoer.herkenning import Duiding
from programma.invoer.vergelijking import Vergelijking, met_lus, voer_uit, vraag, zonder_lus
from programma.invoer.verloop import fouten, open_vragen, veranderingen, vergelijking_van
from programma.models import Begrotingsregel, Import, Importregel
from programma.resources.bestemming import STAGING, Bestemming, Opdracht

MEESTE_VERSCHILLEN = 100
BOTST = f"""
SELECT s.wat, s.waarden, s.huidig, h.waarden FROM {STAGING} s LEFT JOIN ({{huidig}}) h ON h.sleutel = s.sleutel
WHERE s.invoer_id = %s AND s.soort = %s AND {{voorwaarde}} ORDER BY s.id LIMIT {MEESTE_VERSCHILLEN}
"""  # noqa: S608 - the names are our own
GEWIJZIGD_SINDSDIEN = "s.huidig IS DISTINCT FROM h.waarden"
NIET_MEER_VAN_ONS = "s.stand IN ('nieuw', 'gewijzigd') AND NOT coalesce(h.waarden @> s.waarden, false)"
VERGRENDEL = """
SELECT t.id FROM {tabel} t WHERE t.id IN (SELECT s.rij_id FROM {staging} s WHERE s.invoer_id = %s AND s.soort = %s)
ORDER BY t.id FOR NO KEY UPDATE
"""
# A new line has a new sleutel; that a colleague made the same line in the meantime shows by its name.
ZELFDE_REGEL = f"""
SELECT s.wat FROM {STAGING} s JOIN programma_pakket k ON k.versie_id = %s AND k.code = s.waarden ->> 'pakket_code'
JOIN programma_begrotingsregel r ON r.pakket_id = k.id AND r.soort = s.waarden ->> 'soort'
  AND r.omschrijving = coalesce(s.waarden ->> 'omschrijving', s.bij ->> 'omschrijving')
WHERE s.invoer_id = %s AND s.soort = 'regel' AND s.stand = 'nieuw' AND coalesce(s.ruw ->> 'regel', '') = '' LIMIT 20
"""  # noqa: S608
BRON = """
INSERT INTO programma_bron (versie_id, naam, bestandsnaam, sha256) VALUES (%s, %s, %s, %s)
ON CONFLICT (versie_id, naam, bestandsnaam, sha256) DO NOTHING RETURNING id
"""
ZELFDE_BRON = "SELECT id FROM programma_bron WHERE versie_id = %s AND naam = %s AND bestandsnaam = %s AND sha256 = %s"


def bevestig(invoer: Import, *, door: User, controle: int, akkoord: bool = False) -> Import:
    """Write what the check showed, in one transaction, when nobody changed any of it since.

    `controle` is the number of the check that was seen; `akkoord` answers its questions about the unit.
    Raises GeenRecht, NietOpen (sent twice: it is done once), VersieLigtVast, NietKlaar, Verouderd, Botsing.
    """
    eis_recht(door, invoer.soort)
    herkomst = f"import {invoer.pk}: {invoer.bestandsnaam}, sha256 {invoer.sha256}"
    with in_een_keer(door, "import", herkomst):
        nu = vergrendel(invoer, Status.GELEZEN)
        versie = vergrendel_versie(nu.versie_id)
        _eis_klaar(nu, controle, akkoord)
        vergelijking = vergelijking_van(nu, versie, Duiding.uit_json(nu.duiding))
        _eis_onveranderd(vergelijking, GEWIJZIGD_SINDSDIEN)
        if veranderingen(nu):
            _schrijf(nu, vergelijking)
        nu.status, nu.bevestigd_op, nu.bevestigd_door = Status.BEVESTIGD, timezone.now(), door
        nu.save(update_fields=["status", "bevestigd_op", "bevestigd_door", "uitkomst"])
        Importregel.objects.filter(invoer=nu).delete()
    return nu


def _eis_klaar(invoer: Import, controle: int, akkoord: bool) -> None:
    if not invoer.controle:
        raise NietKlaar("Dit bestand is nog niet gecontroleerd.")
    if controle != invoer.controle:
        raise Verouderd("Dit bestand is intussen opnieuw gecontroleerd. Bekijk de nieuwe uitkomst en bevestig die.")
    if aantal := fouten(invoer):
        hoeveel = "Er is 1 fout" if aantal == 1 else f"Er zijn {aantal} fouten"
        raise NietKlaar(f"{hoeveel}. Er is niets opgeslagen. Verbeter het bestand en lees het opnieuw in.")
    if open_vragen(invoer):
        raise NietKlaar("Kies eerst hoe wij de getallen lezen die op twee manieren kunnen. Er is niets opgeslagen.")
    if invoer.uitkomst.get("vragen") and not akkoord:
        raise NietKlaar("Beantwoord eerst de vraag over de eenheid. Er is niets opgeslagen.")


def _eis_onveranderd(vergelijking: Vergelijking, voorwaarde: str) -> None:
    """Lock the rows and raise Botsing when one of them is not what it must be."""
    verschillen: list[Verschil] = []
    eigen = [bestemming for bestemming in vergelijking.bestemmingen if not bestemming.alleen_nieuw]
    for bestemming in eigen:
        vergrendel = VERGRENDEL.format(tabel=bestemming.tabel, staging=STAGING)
        voer_uit(Opdracht(vergrendel, [vergelijking.invoer, bestemming.naam]))
    zonder_lus()
    for bestemming in eigen:
        huidig = vergelijking.huidig(bestemming)
        rijen = vraag(
            BOTST.format(huidig=huidig.sql, voorwaarde=voorwaarde),
            [*huidig.parameters, vergelijking.invoer, bestemming.naam],
        )
        for wat, mijn, was, hun in rijen:
            verschillen += _verschillen(
                wat, opslag.als_waarden(mijn) or {}, opslag.als_waarden(was), opslag.als_waarden(hun)
            )
    met_lus()
    if any(bestemming.model is Begrotingsregel for bestemming in eigen) and voorwaarde == GEWIJZIGD_SINDSDIEN:
        dubbel = vraag(ZELFDE_REGEL, [vergelijking.versie.pk, vergelijking.invoer])
        verschillen += [Verschil(wat, "regel", "nieuw", "intussen toegevoegd", "was er niet") for (wat,) in dubbel]
    if verschillen:
        raise Botsing("Een collega wijzigde dit intussen. Er is niets opgeslagen.", verschillen[:MEESTE_VERSCHILLEN])


def _verschillen(
    wat: str, mijn: Mapping[str, Any], was: Mapping[str, Any] | None, hun: Mapping[str, Any] | None
) -> list[Verschil]:
    """Return the columns of one row in which what is there now differs from what was seen."""
    if hun is None or was is None:
        return [
            Verschil(
                wat,
                "hele rij",
                "nieuw" if was is None else "wijzigen",
                "bestaat niet meer" if hun is None else "bestaat nu",
                "was er niet" if was is None else "was er",
            )
        ]
    kolommen = [
        kolom for kolom in hun if hun[kolom] != was.get(kolom) and hun[kolom] != mijn.get(kolom, was.get(kolom))
    ]
    kolommen = kolommen or [kolom for kolom in hun if hun[kolom] != was.get(kolom)]
    return [
        Verschil(wat, kolom, *(str(waarde or "leeg") for waarde in (mijn.get(kolom), hun[kolom], was.get(kolom))))
        for kolom in kolommen
    ]


def _schrijf(invoer: Import, vergelijking: Vergelijking) -> None:
    """Write new and changed rows, parents first, as one statement per table."""
    versie, jaar = vergelijking.versie.pk, vergelijking.jaar
    vast = {"bron_id": _bron(invoer, versie)} if _heeft_bron(invoer) else {"bron_id": None}
    for bestemming in vergelijking.bestemmingen:
        kolommen = vergelijking.kolommen(bestemming)
        standen = invoer.uitkomst["telling"].get(bestemming.naam, {})
        if standen.get("gewijzigd"):
            zonder_lus()
            voer_uit(bestemming.onthoud(invoer.pk))
            voer_uit(bestemming.wijzig(versie, jaar, invoer.pk, kolommen, vast))
            met_lus()
        if standen.get("nieuw"):
            # The check of a foreign key keeps the plan that it made when its table had a few rows.
            voer_uit(Opdracht("DISCARD PLANS"))
            voer_uit(bestemming.voeg_toe(versie, jaar, invoer.pk, kolommen, vast))


def _heeft_bron(invoer: Import) -> bool:
    standen = invoer.uitkomst["telling"].get("bedrag", {})
    return bool(standen.get("nieuw") or standen.get("gewijzigd"))


def _bron(invoer: Import, versie: int) -> int:
    """Return the source of the amounts: this file. A new one is remembered, to go when the import is undone."""
    waarden: list[str | int] = [versie, invoer.bronnaam, invoer.bestandsnaam, invoer.sha256]
    with connection.cursor() as cursor:
        cursor.execute(BRON, waarden)
        rij = cursor.fetchone()
    if rij is not None:
        invoer.uitkomst = {**invoer.uitkomst, "bron": rij[0]}
        nieuw: int = rij[0]
        return nieuw
    bestaand: int = vraag(ZELFDE_BRON, waarden)[0][0]
    return bestaand


def maak_ongedaan(invoer: Import, *, door: User) -> Import:
    """Put back what a confirmed import changed and remove what it added, when nobody changed any of it since.

    Connected parties that it added stay: they belong to no version.
    Raises GeenRecht, NietOpen, VersieLigtVast, Botsing.
    """
    eis_recht(door, invoer.soort)
    herkomst = f"import {invoer.pk} ongedaan gemaakt: {invoer.bestandsnaam}, sha256 {invoer.sha256}"
    with in_een_keer(door, "herstel", herkomst):
        nu = vergrendel(invoer, Status.BEVESTIGD)
        versie = vergrendel_versie(nu.versie_id)
        vergelijking = vergelijking_van(nu, versie, Duiding.uit_json(nu.duiding))
        _eis_onveranderd(vergelijking, NIET_MEER_VAN_ONS)
        zonder_lus()
        for bestemming in reversed(vergelijking.bestemmingen):
            if not bestemming.alleen_nieuw:
                _haal_terug(nu, vergelijking, bestemming)
        if "bron" in nu.uitkomst:
            voer_uit(
                Opdracht(
                    "DELETE FROM programma_bron b WHERE b.id = %s "
                    "AND NOT EXISTS (SELECT FROM programma_bedrag d WHERE d.bron_id = b.id)",
                    [nu.uitkomst["bron"]],
                )
            )
        met_lus()
        nu.status, nu.ongedaan_op, nu.ongedaan_door = Status.ONGEDAAN, timezone.now(), door
        nu.save(update_fields=["status", "ongedaan_op", "ongedaan_door"])
    return nu


def _haal_terug(invoer: Import, vergelijking: Vergelijking, bestemming: Bestemming) -> None:
    standen = invoer.uitkomst["telling"].get(bestemming.naam, {})
    if standen.get("gewijzigd"):
        voer_uit(bestemming.zet_terug(invoer.pk, vergelijking.kolommen(bestemming)))
    if standen.get("nieuw"):
        voer_uit(bestemming.verwijder(vergelijking.versie.pk, invoer.pk))
