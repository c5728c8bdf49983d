"""The export log: which file was handed out behind the login, to whom, and how that ended. Append-only.

Two rows for one download (decision 0013): that it began is recorded before the first byte, how it ended after the last.
So nothing leaves without a trace, also when the connection or the server breaks.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5, Now

from programma.models.versie import Versie
from programma.querysets import UitleveringQuerySet


class Uitlevering(models.Model):
    """A file that somebody began to download. What it says of the version is how that was at that moment.

    `bestand` is the name of the file below the address of its version, or without one below /beheer/controle/. `vorm`
    is its format; `vraag` its filter as a canonical query string, "" for everything. `rijen` and `sommen` (euros per
    soort, stored sign, as text) are what was asked for, where that is known beforehand. A version that was thrown away
    keeps its log; `op` is the clock of the database, whatever is inserted.
    """

    op = models.DateTimeField("op", db_default=Now())
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="door")
    versie = models.ForeignKey(
        Versie,
        models.DO_NOTHING,
        null=True,
        related_name="uitleveringen",
        db_constraint=False,
        db_index=False,
        verbose_name="versie",
    )
    document = models.CharField("document", max_length=100, blank=True)
    titel = models.CharField("titel", max_length=200, blank=True)
    versienummer = models.PositiveIntegerField("nummer van de versie", null=True)
    versiestatus = models.CharField("status van de versie", max_length=12, blank=True)
    bestand = models.CharField("bestand", max_length=300)
    vorm = models.CharField("vorm", max_length=20)
    vraag = models.TextField("filter", blank=True)
    rijen = models.PositiveBigIntegerField("aantal rijen", null=True)
    sommen = models.JSONField("sommen per soort", default=dict)

    objects = UitleveringQuerySet.as_manager()

    class Meta:
        verbose_name = "uitlevering"
        verbose_name_plural = "uitvoerlog"
        ordering = ["-id"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(versie__isnull=True, versienummer__isnull=True, document="", versiestatus="")
                | (Q(versie__isnull=False, versienummer__isnull=False) & ~Q(document="") & ~Q(versiestatus="")),
                name="uitlevering_versie_volledig",
            ),
        ]
        indexes = [
            # Who asked for the same before: the filter can be longer than an index holds.
            models.Index(F("document"), F("bestand"), F("vorm"), MD5("vraag"), F("id"), name="uitlevering_zelfde"),
        ]

    def __str__(self) -> str:
        return self.bestand


class Afloop(models.Model):
    """How a download ended: whole, or broken off. Append-only.

    `omvang` is the number of bytes that the server took over; `rijen` how many lines these hold after the header, of a
    CSV. `sha256` is that of the whole file, and "" when it was broken off: then nobody has the file.
    """

    uitlevering = models.OneToOneField(
        Uitlevering, models.PROTECT, primary_key=True, related_name="afloop", verbose_name="uitlevering"
    )
    op = models.DateTimeField("op", db_default=Now())
    voltooid = models.BooleanField("voltooid")
    rijen = models.PositiveBigIntegerField("aantal rijen", null=True)
    omvang = models.PositiveBigIntegerField("omvang in bytes")
    sha256 = models.CharField("sha256", max_length=64, blank=True)

    class Meta:
        verbose_name = "afloop van een uitlevering"
        verbose_name_plural = "afloop van uitleveringen"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(voltooid=True, sha256__regex="^[0-9a-f]{64}$") | Q(voltooid=False, sha256=""),
                name="afloop_sha256_van_het_geheel",
            ),
        ]

    def __str__(self) -> str:
        return "voltooid" if self.voltooid else "afgebroken"
