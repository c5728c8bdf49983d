"""The history: every insert, update and delete of what the budget rests on, chained by hash. Written by trigger only.

How a row gets here and how it is sealed stands in migration 0005; how it is checked in `programma.spoor.verificatie`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from programma.models.versie import Versie
from programma.querysets import GebeurtenisQuerySet


class Gebeurtenis(models.Model):
    """One row that came, changed or went: who, when, what (old and new), and by which way in. Append-only.

    `oud` and `nieuw` are the whole row as JSON text, exactly as it was hashed ("" when there was none). `afdruk` is the
    sha256 (hex) of all other columns. `databaserol` says as which role the database was written; `door` is empty when
    that happened outside the site. A version that was thrown away keeps its history.
    """

    class Soort(models.TextChoices):
        TOEGEVOEGD = "+", "toegevoegd"
        GEWIJZIGD = "~", "gewijzigd"
        VERWIJDERD = "-", "verwijderd"

    transactie = models.BigIntegerField("transactie")
    tabel = models.CharField("tabel", max_length=63)
    rij = models.BigIntegerField("rij")
    versie = models.ForeignKey(
        Versie,
        models.DO_NOTHING,
        null=True,
        related_name="gebeurtenissen",
        db_constraint=False,
        db_index=False,
        verbose_name="versie",
    )
    soort = models.CharField("soort", max_length=1, choices=Soort)
    op = models.DateTimeField("op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name="door",
    )
    databaserol = models.CharField("databaserol", max_length=63)
    via = models.CharField("via", max_length=20, blank=True)
    herkomst = models.CharField("herkomst", max_length=300, blank=True)
    oud = models.TextField("oud", blank=True)
    nieuw = models.TextField("nieuw", blank=True)
    afdruk = models.CharField("sha256", max_length=64)

    objects = GebeurtenisQuerySet.as_manager()

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "historie"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["tabel", "rij", "id"], name="gebeurtenis_rij"),
            models.Index(fields=["versie", "id"], name="gebeurtenis_versie"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}: {self.tabel} {self.rij}"


class Schakel(models.Model):
    """A link of the chain: everything that one transaction wrote, sealed at its commit. Append-only.

    Its events are those of `transactie` with a number from `eerste` to `laatste`. `afdruk` is the sha256 (hex) of the
    link before it and of the afdrukken of those events; the last afdruk is the head of the history.
    """

    id = models.BigIntegerField("nummer", primary_key=True)
    transactie = models.BigIntegerField("transactie")
    eerste = models.BigIntegerField("eerste gebeurtenis")
    laatste = models.BigIntegerField("laatste gebeurtenis")
    aantal = models.PositiveIntegerField("aantal gebeurtenissen")
    op = models.DateTimeField("op")
    vorige = models.CharField("sha256 van de vorige", max_length=64, blank=True)
    afdruk = models.CharField("sha256", max_length=64)

    class Meta:
        verbose_name = "schakel"
        verbose_name_plural = "schakels"
        ordering = ["-id"]
        indexes = [models.Index(fields=["transactie"], name="schakel_transactie")]

    def __str__(self) -> str:
        return f"{self.pk}:{self.afdruk}"
