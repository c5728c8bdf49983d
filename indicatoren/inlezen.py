"""Loading what a fresh installation needs to know: the compulsory indicators, and how many people live where."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from indicatoren.models import INWONERS, Gebied, Gebiedsnaam, Indicator, Waarneming

BRON_INWONERS = "CBS, bevolking op 1 januari"


def rijen(bestand: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file (UTF-8, comma) by column name."""
    with bestand.open(encoding="utf-8", newline="") as open_bestand:
        yield from csv.DictReader(open_bestand)


@transaction.atomic
def lees_indicatoren(bestand: Path) -> int:
    """Add the indicators that are not there yet; return how many. What is there stays as it is."""
    nieuw = [
        Indicator(
            slug=rij["slug"],
            naam=rij["naam"],
            eenheid=rij["eenheid"],
            omschrijving=rij["omschrijving"],
            bron=rij["bron"],
            decimalen=int(rij["decimalen"]),
            bbv_nummer=rij["bbv_nummer"],
            hoofdtaakveld=rij["hoofdtaakveld"],
            vervallen=rij["vervallen"] == "ja",
        )
        for rij in rijen(bestand)
    ]
    bekend = set(Indicator.objects.values_list("slug", flat=True))
    return len(Indicator.objects.bulk_create(indicator for indicator in nieuw if indicator.slug not in bekend))


@transaction.atomic
def lees_inwoners(bestand: Path) -> int:
    """Add the number of inhabitants per municipality and year where it is not known yet; return how many."""
    indicator = Indicator.objects.get(slug=INWONERS)
    bron = list(rijen(bestand))
    codes = sorted({rij["gebied"] for rij in bron})
    Gebied.objects.bulk_create(
        [Gebied(code=code, soort=Gebied.Soort.GEMEENTE) for code in codes], ignore_conflicts=True
    )
    gebieden = dict(Gebied.objects.filter(code__in=codes).values_list("code", "pk"))
    bekend = set(Waarneming.objects.filter(indicator=indicator).values_list("gebied_id", "jaar"))
    nieuw = [
        Waarneming(
            indicator=indicator,
            gebied_id=gebieden[rij["gebied"]],
            jaar=int(rij["jaar"]),
            waarde=Decimal(rij["inwoners"]),
            bron=BRON_INWONERS,
        )
        for rij in bron
        if (gebieden[rij["gebied"]], int(rij["jaar"])) not in bekend
    ]
    return len(Waarneming.objects.bulk_create(nieuw, batch_size=2000))


def noem(code: str, soort: str, naam: str) -> Gebied:
    """Return the area with this code, made if needed, known under this name from now on."""
    gebied, _ = Gebied.objects.get_or_create(code=code, defaults={"soort": soort})
    laatste = gebied.namen.order_by("-vastgelegd_op", "-pk").first()
    if laatste is None or laatste.naam != naam:
        Gebiedsnaam.objects.create(gebied=gebied, naam=naam)
    return gebied
