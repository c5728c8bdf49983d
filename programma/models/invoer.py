"""What editors bring in from a spreadsheet: the file as it came, how it was read, and what it would change.

Concept data: none of this is ever public. An import belongs to one concept and goes when that is thrown away.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from programma.models.versie import Versie
from veiligheid.tekens import geen_stuurtekens


class Import(models.Model):
    """One file that was offered for one concept, from reading it up to confirming it, and undoing that.

    `inhoud` holds the bytes as they came, `sha256` their fingerprint: preview and confirmation rest on the same file.
    `duiding` says how the file is read (sheet, header row, meaning of each column, unit, sign); `uitkomst` holds the
    counts, totals and questions of the last check, and `controle` how many checks there were.
    """

    class Status(models.TextChoices):
        GELEZEN = "gelezen", "gelezen, nog niet bevestigd"
        BEVESTIGD = "bevestigd", "bevestigd"
        VERVALLEN = "vervallen", "vervallen"
        ONGEDAAN = "ongedaan", "ongedaan gemaakt"

    class Soort(models.TextChoices):
        REGELS = "regels", "begrotingsregels met bedragen"
        PROGRAMMAS = "programmas", "programma's"
        PAKKETTEN = "pakketten", "pakketten"
        DOELEN = "doelen", "doelen"
        SECTIES = "secties", "teksten"
        PARTIJEN = "partijen", "verbonden partijen"
        PARTIJCIJFERS = "partijcijfers", "cijfers van verbonden partijen"

    versie = models.ForeignKey(Versie, models.CASCADE, related_name="imports", verbose_name="versie")
    soort = models.CharField("wat erin staat", max_length=20, choices=Soort, blank=True)
    bestandsnaam = models.CharField("bestandsnaam", max_length=200, validators=[geen_stuurtekens])
    sha256 = models.CharField("sha256", max_length=64)
    omvang = models.PositiveIntegerField("omvang in bytes")
    inhoud = models.BinaryField("inhoud")
    vorm = models.CharField("vorm", max_length=10)
    codering = models.CharField("codering", max_length=20, blank=True)
    bladen = models.JSONField("bladen", default=list)
    blad = models.CharField("blad", max_length=200, blank=True)
    waarschuwingen = models.JSONField("waarschuwingen van de lezer", default=list)
    duiding = models.JSONField("hoe het bestand gelezen is", default=dict)
    bronnaam = models.CharField(
        "bron",
        max_length=200,
        blank=True,
        validators=[geen_stuurtekens],
        help_text="Wat het is en van wie. Lezers zien dit als bron bij de bedragen.",
    )
    uitkomst = models.JSONField("uitkomst van de controle", default=dict)
    controle = models.PositiveIntegerField("aantal controles", default=0)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.GELEZEN)
    op = models.DateTimeField("gelezen op", db_default=Now())
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="gelezen door"
    )
    bevestigd_op = models.DateTimeField("bevestigd op", null=True, blank=True)
    bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bevestigd door"
    )
    ongedaan_op = models.DateTimeField("ongedaan gemaakt op", null=True, blank=True)
    ongedaan_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ongedaan gemaakt door",
    )

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "imports"
        ordering = ["-id"]
        indexes = [models.Index(fields=["versie", "sha256"], name="import_zelfde_bestand")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["gelezen", "bevestigd", "vervallen", "ongedaan"]), name="import_status_bekend"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["bevestigd", "ongedaan"])
                | Q(bevestigd_op__isnull=False, bevestigd_door__isnull=False),
                name="import_bevestigd_met_naam",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}: {self.bestandsnaam}"

    def open(self) -> bool:
        """Return whether this import still waits for a confirmation."""
        return self.status == self.Status.GELEZEN


class Importregel(models.Model):
    """A row of the file as the reader gave it: staging, so that the file is parsed once. Written with COPY."""

    invoer = models.ForeignKey(
        Import, models.DO_NOTHING, related_name="regels", db_constraint=False, verbose_name="import"
    )
    blad = models.PositiveSmallIntegerField("nummer van het blad")
    rij = models.PositiveIntegerField("rij")
    cellen = models.JSONField("cellen")

    class Meta:
        verbose_name = "rij van een bestand"
        verbose_name_plural = "rijen van een bestand"
        ordering = ["invoer_id", "blad", "rij"]

    def __str__(self) -> str:
        return f"rij {self.rij}"


class Importwaarde(models.Model):
    """What a row of the file means for one row of the budget: staging, compared and written in SQL.

    `sleutel` is the natural key of that row, `waarden` what the file says, `ruw` how the file writes it, `bij` what
    counts only for a new row, `huidig` what the check saw in the version (None: not there), `vorig` the whole row as
    it was just before it was changed. All values are text as PostgreSQL writes them, or None.
    """

    class Stand(models.TextChoices):
        NIEUW = "nieuw", "nieuw"
        GEWIJZIGD = "gewijzigd", "gewijzigd"
        GELIJK = "gelijk", "gelijk"
        FOUT = "fout", "fout"

    invoer = models.ForeignKey(
        Import, models.DO_NOTHING, related_name="waarden", db_constraint=False, verbose_name="import"
    )
    soort = models.CharField("wat", max_length=20)
    rij = models.PositiveIntegerField("rij")
    plaats = models.CharField("plaats in het bestand", max_length=300)
    wat = models.TextField("omschrijving")
    sleutel = models.JSONField("sleutel")
    waarden = models.JSONField("waarden")
    ruw = models.JSONField("zoals in het bestand")
    bij = models.JSONField("alleen voor een nieuwe rij", default=dict)
    fouten = models.JSONField("fouten", default=list)
    stand = models.CharField("stand", max_length=10, choices=Stand, default=Stand.NIEUW)
    rij_id = models.BigIntegerField("rij in de versie", null=True)
    huidig = models.JSONField("bij de controle", null=True)
    vorig = models.JSONField("voor de wijziging", null=True)

    class Meta:
        verbose_name = "waarde van een import"
        verbose_name_plural = "waarden van een import"
        ordering = ["invoer_id", "id"]

    def __str__(self) -> str:
        return self.wat
