"""Reading what a sample of the amounts of a version is drawn from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connections

from programma.inhoud import Pakketrij, Uitgave
from programma.models import Begrotingsregel
from programma.raming import Kolom
from programma.steekproef import Kandidaat

KADER = """
SELECT json_build_object(
  'kolommen', (SELECT json_agg(json_build_array(jaar, fase) ORDER BY volgorde)
               FROM programma_kolom WHERE versie_id = %(versie)s),
  'pakketten', (SELECT json_agg(json_build_array(p.slug, k.code, k.naam))
                FROM programma_pakket k JOIN programma_programma p ON p.id = k.programma_id
                WHERE k.versie_id = %(versie)s)
)::text
"""


@dataclass(frozen=True, slots=True)
class Steekproefkader:
    """What there is to choose from: the columns of a version, and its pakketten by the slug of their programme."""

    uitgave: Uitgave
    kolommen: Sequence[Kolom]
    pakketten: Mapping[str, Sequence[Pakketrij]]


def lees_kader(uitgave: Uitgave) -> Steekproefkader:
    """Return what a sample of this version can be drawn from. One query."""
    with connections[Begrotingsregel.objects.db].cursor() as cursor:
        cursor.execute(KADER, {"versie": uitgave.versie_id})
        data = json.loads(cursor.fetchone()[0])
    pakketten: dict[str, list[Pakketrij]] = {}
    for slug, code, naam in data["pakketten"] or ():
        pakketten.setdefault(slug, []).append(Pakketrij(code, naam))
    return Steekproefkader(uitgave, [Kolom(*rij) for rij in data["kolommen"] or ()], pakketten)


def lees_kandidaten(uitgave: Uitgave, zaad: str, aantal: int, kolom: Kolom | None) -> list[Kandidaat]:
    """Return the amounts that a sample of this version, or of one column of it, can hold. One query."""
    return Begrotingsregel.objects.kandidaten(uitgave.versie_id, zaad, aantal, kolom)
