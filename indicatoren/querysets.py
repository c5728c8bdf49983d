"""Questions to the observations, always as known at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connections, models

from indicatoren.reeks import Punt, Reeks, Vraag

REEKSEN = """
SELECT v.plaats, i.slug, i.naam, i.eenheid, i.omschrijving, i.bron, i.decimalen, w.gebied_id = %(gebied)s AS eigen,
       w.jaar, w.waarde, w.status, w.voetnoot, w.peildatum
FROM unnest(%(indicatoren)s::bigint[], %(momenten)s::timestamptz[], %(groepen)s::bigint[])
     WITH ORDINALITY v (indicator, moment, groep, plaats)
JOIN indicatoren_indicator i ON i.id = v.indicator
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (gebied_id, jaar) *
    FROM indicatoren_waarneming
    WHERE indicator_id = v.indicator AND gebied_id IN (%(gebied)s, v.groep) AND vastgelegd_op <= v.moment
    ORDER BY gebied_id, jaar, vastgelegd_op DESC, id DESC
) w
ORDER BY v.plaats, w.jaar
"""

GEMEENTE = """
SELECT g.id,
       (SELECT n.naam FROM indicatoren_gebiedsnaam n WHERE n.gebied_id = g.id AND n.vastgelegd_op <= %(moment)s
        ORDER BY n.vastgelegd_op DESC, n.id DESC LIMIT 1),
       (SELECT json_agg(json_build_array(w.jaar, trunc(w.waarde), w.bron) ORDER BY w.jaar) FROM (
            SELECT DISTINCT ON (w.jaar) w.jaar, w.waarde, w.bron
            FROM indicatoren_waarneming w JOIN indicatoren_indicator i ON i.id = w.indicator_id
            WHERE i.slug = 'inwoners' AND w.gebied_id = g.id AND w.vastgelegd_op <= %(moment)s
            ORDER BY w.jaar, w.vastgelegd_op DESC, w.id DESC) w
        WHERE w.waarde IS NOT NULL)
FROM indicatoren_gebied g WHERE g.code = %(code)s
"""


class GebiedQuerySet(models.QuerySet[Any]):
    """Areas."""

    def gemeente(self, code: str, moment: datetime) -> tuple[int | None, str, dict[int, int], str]:
        """Return (id, name, inhabitants per year, source) of the municipality, as known at `moment`. One query.

        An unknown code gives (None, code, {}, ""): a page can be shown before the observations are loaded.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(GEMEENTE, {"code": code, "moment": moment})
            rij = cursor.fetchone()
        if rij is None:
            return None, code, {}, ""
        sleutel, naam, inwoners = rij
        inwoners = inwoners or []
        bron = inwoners[-1][2] if inwoners else ""
        return sleutel, naam or code, {jaar: int(aantal) for jaar, aantal, _ in inwoners}, bron


class WaarnemingQuerySet(models.QuerySet[Any]):
    """Observations."""

    def bekend_op(self, moment: datetime) -> WaarnemingQuerySet:
        """Return, per indicator, area and year, the observation that was the last one recorded at `moment`."""
        return (
            self.filter(vastgelegd_op__lte=moment)
            .order_by("indicator_id", "gebied_id", "jaar", "-vastgelegd_op", "-id")
            .distinct("indicator_id", "gebied_id", "jaar")
        )

    def reeksen(
        self, indicatoren: Sequence[int], gebied: int | None, groep: tuple[int, str] | None, moment: datetime
    ) -> list[Reeks]:
        """Return a series per indicator id, in that order, as known at `moment`: own values and the group's. One query.

        `groep` is (id, name) of the comparison group. An indicator without any observation has no series.
        """
        return self.reeksen_van([Vraag(indicator, moment, groep) for indicator in indicatoren], gebied)

    def reeksen_van(self, vragen: Sequence[Vraag], gebied: int | None) -> list[Reeks]:
        """Return a series per question, in that order, each as known at its own moment and with its own group.

        One query. A question about an indicator without any observation has no series.
        """
        if not vragen or gebied is None:
            return []
        parameters: dict[str, Any] = {
            "gebied": gebied,
            "indicatoren": [vraag.indicator for vraag in vragen],
            "momenten": [vraag.moment for vraag in vragen],
            "groepen": [vraag.groep[0] if vraag.groep else None for vraag in vragen],
        }
        with connections[self.db].cursor() as cursor:
            cursor.execute(REEKSEN, parameters)
            rijen = cursor.fetchall()
        return _reeksen(rijen, [vraag.groep[1] if vraag.groep else "" for vraag in vragen])


def _reeksen(rijen: Sequence[tuple[Any, ...]], groepsnamen: Sequence[str]) -> list[Reeks]:
    """Fold the rows of REEKSEN into one series per question; the first question has place 1."""
    kop: dict[int, tuple[Any, ...]] = {}
    eigen: dict[int, dict[int, Punt]] = {}
    van_groep: dict[int, dict[int, Punt]] = {}
    peildata: dict[int, Any] = {}
    for sleutel, *velden, van_ons, jaar, waarde, status, voetnoot, peildatum in rijen:
        kop.setdefault(sleutel, tuple(velden))
        doel = eigen if van_ons else van_groep
        doel.setdefault(sleutel, {})[jaar] = Punt(waarde, status, voetnoot)
        if peildatum:
            peildata[sleutel] = max(peildatum, peildata.get(sleutel, peildatum))
    return [
        Reeks(
            slug=velden[0],
            naam=velden[1],
            eenheid=velden[2],
            omschrijving=velden[3],
            bron=velden[4],
            decimalen=velden[5],
            punten=eigen.get(sleutel, {}),
            groepsnaam=groepsnamen[sleutel - 1],
            groep=van_groep.get(sleutel, {}),
            peildatum=peildata.get(sleutel),
        )
        for sleutel, velden in kop.items()
    ]
