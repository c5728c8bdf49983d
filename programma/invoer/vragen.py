"""Numbers that can be read in two ways: asked about, and answered by a person, per cell or for a whole column.

The answers are part of how the file is read (`Duiding.antwoorden`), with who gave them and when. The rows are then
checked again from the staging table; the file is not parsed again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from programma.invoer import verloop
from programma.invoer.grendel import NietKlaar, Verouderd, vergrendel
from programma.invoer.herkenning import Antwoord, Duiding
from programma.invoer.vergelijking import vraag
from programma.models import Import
from programma.resources.bestemming import STAGING
from programma.resources.cellen import DECIMAAL, DUIZEND

# In the order of the file, so that the same hundred are shown until they are answered.
OPEN = f"""
SELECT f.fout::text FROM {STAGING} s CROSS JOIN jsonb_array_elements(s.fouten) WITH ORDINALITY f (fout, nummer)
WHERE s.invoer_id = %s AND s.stand = 'fout' AND jsonb_array_length(f.fout) = 5 ORDER BY s.rij, s.id, f.nummer LIMIT %s
"""  # noqa: S608 - the names are our own
PER_KOLOM = f"""
SELECT count(*), bool_or(f.fout #> '{{4,lezingen,{DUIZEND}}}' IS NOT NULL),
       bool_or(f.fout #> '{{4,lezingen,{DECIMAAL}}}' IS NOT NULL), (array_agg(f.fout ORDER BY s.rij, s.id))[1]::text
FROM {STAGING} s CROSS JOIN jsonb_array_elements(s.fouten) f (fout)
WHERE s.invoer_id = %s AND s.stand = 'fout' AND jsonb_array_length(f.fout) = 5
GROUP BY f.fout #>> '{{4,kolom}}' ORDER BY length(f.fout #>> '{{4,kolom}}'), f.fout #>> '{{4,kolom}}'
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Lezing:
    """One way to read a cell: its name, the number as it would stand in the file, and the value that it gives."""

    naam: str
    getal: str
    waarde: str


@dataclass(frozen=True, slots=True)
class Vraag:
    """A cell that can be read in two ways: where it is ("F14" in column "F"), what it says, and the readings."""

    cel: str
    kolom: str
    plaats: str
    kop: str
    ruw: str
    lezingen: Sequence[Lezing]


@dataclass(frozen=True, slots=True)
class Vraagkolom:
    """A column with such cells: how many, which readings at least one of them has, and the first of the cells."""

    aantal: int
    lezingen: Sequence[str]
    eerste: Vraag


def open_cellen(invoer: Import, hoogstens: int | None = None) -> list[Vraag]:
    """Return the first cells that wait for an answer."""
    return [_vraag(fout) for (fout,) in vraag(OPEN, [invoer.pk, hoogstens])]


def open_kolommen(invoer: Import) -> list[Vraagkolom]:
    """Return the columns that have such cells, left to right."""
    return [
        Vraagkolom(aantal, [naam for naam, past in ((DUIZEND, heel), (DECIMAAL, deel)) if past], _vraag(eerste))
        for aantal, heel, deel, eerste in vraag(PER_KOLOM, [invoer.pk])
    ]


def _vraag(fout: str) -> Vraag:
    plaats, kop, ruw, _, over = json.loads(fout)
    lezingen = [Lezing(naam, getal, waarde) for naam, (getal, waarde) in over["lezingen"].items()]
    return Vraag(over["cel"], over["kolom"], plaats, kop, ruw, lezingen)


def beantwoord(invoer: Import, keuzes: Mapping[str, str], *, controle: int, door: User) -> int:
    """Keep the readings that were chosen, by cell or by column, check again, and return how many there were.

    Only what is asked counts: another cell, or a reading that is not one of its choices, is no answer.
    Raises NietKlaar without any answer, Verouderd when the file was checked again since, and what `controleer` raises.
    """
    with transaction.atomic():
        nu = _vergrendel(invoer, controle)
        kan: dict[str, set[str]] = {}
        for cel in open_cellen(nu):
            kan[cel.cel] = {lezing.naam for lezing in cel.lezingen}
            kan.setdefault(cel.kolom, set()).update(kan[cel.cel])
        gegeven = {naam: lezing for naam, lezing in keuzes.items() if lezing in kan.get(naam, ())}
        if not gegeven:
            raise NietKlaar("U heeft nog niets gekozen. Kies per getal, of per kolom, hoe wij het lezen.")
        op = timezone.now().isoformat(timespec="seconds")
        nieuw = {naam: Antwoord(lezing=lezing, door=door.get_username(), op=op) for naam, lezing in gegeven.items()}
        _controleer(nu, {**Duiding.uit_json(nu.duiding).antwoorden, **nieuw}, door)
    return len(nieuw)


def vraag_opnieuw(invoer: Import, *, controle: int, door: User) -> None:
    """Forget all answers and check again, so that the questions come back. Raises as `beantwoord`."""
    with transaction.atomic():
        _controleer(_vergrendel(invoer, controle), {}, door)


def _vergrendel(invoer: Import, controle: int) -> Import:
    nu = vergrendel(invoer, Import.Status.GELEZEN)
    if controle != nu.controle or not controle:
        raise Verouderd("Dit bestand is intussen opnieuw gecontroleerd. Bekijk de nieuwe vragen.")
    return nu


def _controleer(invoer: Import, antwoorden: Mapping[str, Antwoord], door: User) -> None:
    duiding = replace(Duiding.uit_json(invoer.duiding), antwoorden=antwoorden)
    verloop.controleer(invoer, duiding, bronnaam=invoer.bronnaam, door=door)
