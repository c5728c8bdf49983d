"""Observations: what was measured, of which area, and since when we know it. They are never changed.

A correction is a new row; a page reads the rows "as known at moment m" (decision 5), so what is published
stays as it was when new measurements arrive. PostgreSQL refuses update and delete (migration 0002).
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from indicatoren.querysets import GebiedQuerySet, WaarnemingQuerySet
from indicatoren.reeks import Status
from veiligheid.tekens import geen_stuurtekens

INWONERS = "inwoners"


class Gebied(models.Model):
    """An area that figures are about: the municipality, a group of municipalities of one size, the country.

    Permanent identity; the name is an observation (`Gebiedsnaam`), because municipalities are renamed.
    """

    class Soort(models.TextChoices):
        GEMEENTE = "gemeente", "gemeente"
        GROOTTEKLASSE = "grootteklasse", "grootteklasse"
        LAND = "land", "land"

    code = models.CharField(
        "code",
        max_length=30,
        unique=True,
        validators=[geen_stuurtekens],
        help_text="De vaste code, bijvoorbeeld GM0303 (gemeente volgens het CBS) of GK-25-50 (grootteklasse).",
    )
    soort = models.CharField("soort", max_length=20, choices=Soort, help_text="Wat voor gebied dit is.")

    objects = GebiedQuerySet.as_manager()

    class Meta:
        verbose_name = "gebied"
        verbose_name_plural = "gebieden"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Gebiedsnaam(models.Model):
    """The name of an area, as known since a moment."""

    gebied = models.ForeignKey(Gebied, models.PROTECT, related_name="namen", verbose_name="gebied")
    naam = models.CharField(
        "naam", max_length=200, validators=[geen_stuurtekens], help_text="Zoals lezers het gebied kennen: Dronten."
    )
    vastgelegd_op = models.DateTimeField(
        "vastgelegd op", db_default=Now(), editable=False, help_text="De database vult dit zelf in."
    )

    class Meta:
        verbose_name = "naam van een gebied"
        verbose_name_plural = "namen van gebieden"
        ordering = ["gebied_id", "-vastgelegd_op"]
        constraints = [
            models.CheckConstraint(condition=~Q(naam__regex="[[:cntrl:]]"), name="gebiedsnaam_zonder_stuurtekens")
        ]

    def __str__(self) -> str:
        return self.naam


class Indicator(models.Model):
    """Something that is measured every year, such as a compulsory policy indicator (BBV art. 25 lid 2 onder a).

    Once there are observations its meaning is fixed: other unit or definition, other indicator. The list of
    compulsory indicators is data, not code, because the ministry changes it.
    """

    slug = models.SlugField(
        "naam in het webadres", max_length=80, unique=True, help_text="Kleine letters en streepjes: winkeldiefstal."
    )
    naam = models.CharField("naam", max_length=200, validators=[geen_stuurtekens])
    eenheid = models.CharField(
        "eenheid",
        max_length=120,
        blank=True,
        validators=[geen_stuurtekens],
        help_text="Waarin gemeten wordt, bijvoorbeeld: per 1.000 inwoners.",
    )
    omschrijving = models.TextField("omschrijving", blank=True, help_text="Wat er precies geteld wordt, in één zin.")
    bron = models.CharField("bron", max_length=200, blank=True, help_text="Wie dit meet, bijvoorbeeld: CBS.")
    decimalen = models.PositiveSmallIntegerField(
        "decimalen", default=1, validators=[MaxValueValidator(4)], help_text="Hoeveel cijfers achter de komma we tonen."
    )
    bbv_nummer = models.CharField(
        "BBV-nummer",
        max_length=10,
        blank=True,
        help_text="Het nummer op de landelijke lijst; leeg bij een eigen indicator.",
    )
    hoofdtaakveld = models.CharField(
        "hoofdtaakveld", max_length=10, blank=True, help_text="Bijvoorbeeld 1 (veiligheid)."
    )
    vervallen = models.BooleanField(
        "vervallen",
        default=False,
        help_text="Aan: deze indicator is niet meer verplicht en krijgt geen nieuwe cijfers.",
    )

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class Waarneming(models.Model):
    """A value of an indicator for an area and a year, as known since `vastgelegd_op`.

    `status` says what is known; NB (niet beschikbaar) is never 0. `peildatum` is the day on which the source was
    consulted; it is not the moment at which we recorded it.
    """

    STATUS = [
        (Status.WAARDE.value, "waarde"),
        (Status.VOORLOPIG.value, "voorlopige waarde"),
        (Status.NB.value, "niet beschikbaar"),
        (Status.NVT.value, "niet van toepassing"),
    ]

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="waarnemingen", verbose_name="indicator")
    gebied = models.ForeignKey(Gebied, models.PROTECT, related_name="waarnemingen", verbose_name="gebied")
    jaar = models.PositiveSmallIntegerField("jaar", validators=[MinValueValidator(1900), MaxValueValidator(2200)])
    waarde = models.DecimalField(
        "waarde",
        max_digits=15,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Leeg als de waarde niet beschikbaar of niet van toepassing is.",
    )
    status = models.CharField("status", max_length=10, choices=STATUS, default=Status.WAARDE.value)
    voetnoot = models.CharField(
        "voetnoot", max_length=300, blank=True, help_text="Wat een lezer bij dit cijfer moet weten."
    )
    peildatum = models.DateField("peildatum", null=True, blank=True, help_text="De dag waarop u de bron raadpleegde.")
    bron = models.CharField("bron", max_length=300, blank=True, help_text="Waar dit cijfer gevonden is.")
    vastgelegd_op = models.DateTimeField(
        "vastgelegd op", db_default=Now(), editable=False, help_text="De database vult dit zelf in."
    )
    vastgelegd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="vastgelegd door",
    )

    objects = WaarnemingQuerySet.as_manager()

    class Meta:
        verbose_name = "waarneming"
        verbose_name_plural = "waarnemingen"
        ordering = ["indicator_id", "gebied_id", "jaar", "-vastgelegd_op"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[Status.WAARDE.value, Status.VOORLOPIG.value], waarde__isnull=False)
                | Q(status__in=[Status.NB.value, Status.NVT.value], waarde__isnull=True),
                name="waarneming_waarde_hoort_bij_status",
                violation_error_message="Vul een waarde in, of kies 'niet beschikbaar' of 'niet van toepassing'.",
            ),
            # PostgreSQL's numeric knows NaN, which is larger than any number.
            models.CheckConstraint(condition=Q(waarde__lt=10**11), name="waarneming_waarde_is_een_getal"),
        ]
        indexes = [
            models.Index(fields=["indicator", "gebied", "jaar", "-vastgelegd_op"], name="waarneming_zoals_bekend"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.gebied} {self.jaar}"
