"""Connected parties (BBV art. 15): the party is permanent, its part and its figures belong to a version."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from programma.models.begroting import Pakket, Programma
from programma.models.beleid import te_herzien
from programma.models.versie import Versiegebonden, zonder_stuurtekens
from programma.querysets import PartijQuerySet
from veiligheid.tekens import geen_stuurtekens


class Partijsoort(models.TextChoices):
    """The four legal kinds of BBV art. 15."""

    GEMEENSCHAPPELIJKE_REGELING = "gemeenschappelijke_regeling", "gemeenschappelijke regeling"
    VENNOOTSCHAP_COOPERATIE = "vennootschap_cooperatie", "vennootschap of coöperatie"
    STICHTING_VERENIGING = "stichting_vereniging", "stichting of vereniging"
    OVERIG = "overig", "overige verbonden partij"


class VerbondenPartij(models.Model):
    """An organisation in which the municipality has a seat or a vote, and money. Permanent identity.

    What a version shows of it (name, kind) is copied into `Deelname`, so a later rename changes nothing published.
    """

    slug = models.SlugField("naam in het webadres", max_length=120, unique=True)
    naam = models.CharField("naam", max_length=200, validators=[geen_stuurtekens])
    afkorting = models.CharField("afkorting", max_length=30, blank=True, validators=[geen_stuurtekens])
    soort = models.CharField("soort", max_length=30, choices=Partijsoort)

    objects = PartijQuerySet.as_manager()

    class Meta:
        verbose_name = "verbonden partij"
        verbose_name_plural = "verbonden partijen"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class Deelname(Versiegebonden):
    """The part that a connected party has in a programme (BBV art. 8 lid 3 onder b and art. 15).

    Why and how the municipality takes part (art. 15 lid 2 onder a), and the seat that the law asked until it was
    amended. All of it is of the version: a party that moves changes nothing that was published.
    """

    programma = models.ForeignKey(
        Programma, models.CASCADE, related_name="deelnames", db_constraint=False, verbose_name="programma"
    )
    pakket = models.ForeignKey(
        Pakket,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="deelnames",
        db_constraint=False,
        verbose_name="pakket",
    )
    partij = models.ForeignKey(
        VerbondenPartij, models.PROTECT, related_name="deelnames", verbose_name="verbonden partij"
    )
    naam = models.CharField(
        "naam in deze versie", max_length=200, validators=[geen_stuurtekens], help_text="Zoals de partij nu heet."
    )
    afkorting = models.CharField("afkorting in deze versie", max_length=30, blank=True, validators=[geen_stuurtekens])
    soort = models.CharField("soort in deze versie", max_length=30, choices=Partijsoort)
    taak = models.TextField("taak", blank=True, help_text="Wat de partij voor dit programma doet, in één zin.")
    openbaar_belang = models.TextField(
        "openbaar belang", blank=True, help_text="Welk openbaar belang dit dient (art. 15)."
    )
    vestigingsplaats = models.CharField(
        "vestigingsplaats",
        max_length=200,
        blank=True,
        db_default="",
        default="",
        validators=[geen_stuurtekens],
        help_text="De plaats waar de partij is gevestigd.",
    )
    bestuurlijk_belang = models.TextField(
        "bestuurlijk belang",
        blank=True,
        db_default="",
        default="",
        help_text=(
            "Op welke manier de gemeente een belang heeft en meebeslist: wie zit er in het bestuur, hoeveel stemmen of "
            "aandelen heeft de gemeente? Weet u het niet? Schrijf dan dat het onbekend is, en waarom (art. 15)."
        ),
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)
    te_herzien = te_herzien()

    class Meta:
        verbose_name = "deelname van een verbonden partij"
        verbose_name_plural = "deelnames van verbonden partijen"
        ordering = ["versie_id", "programma_id", "volgorde"]
        constraints = [
            models.UniqueConstraint(
                fields=["programma", "pakket", "partij"], name="deelname_uniek", nulls_distinct=False
            ),
            *zonder_stuurtekens("naam", "vestigingsplaats"),
        ]

    def __str__(self) -> str:
        return self.naam


def _euro(naam: str) -> models.DecimalField[Any, Decimal | None]:
    """Return an optional amount in euros: empty means unknown."""
    return models.DecimalField(naam, max_digits=15, decimal_places=2, null=True, blank=True)


def _procent(naam: str) -> models.DecimalField[Any, Decimal | None]:
    """Return an optional share of the whole in percent, 0 to 100: empty means unknown."""
    return models.DecimalField(
        naam,
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Het deel van de gemeente in het geheel: een getal van 0 tot en met 100.",
    )


class Partijcijfers(Versiegebonden):
    """The figures of a connected party in a year (BBV art. 15 lid 2). An empty figure is unknown, with a reason.

    `belang_begin` and `belang_eind` are what the municipality has in the party (onder b): the money that it loses when
    the party goes bankrupt, or for which it is liable (art. 1). In euros, as a share in percent, or both: either makes
    it known. Rows from before these fields existed may lack them without a reason; who changes such a row gives one.
    """

    partij = models.ForeignKey(VerbondenPartij, models.PROTECT, related_name="cijfers", verbose_name="verbonden partij")
    jaar = models.PositiveSmallIntegerField("jaar", validators=[MinValueValidator(1990), MaxValueValidator(2200)])
    bijdrage = _euro("bijdrage van de gemeente")
    eigen_vermogen_begin = _euro("eigen vermogen op 1 januari")
    eigen_vermogen_eind = _euro("eigen vermogen op 31 december")
    vreemd_vermogen_begin = _euro("vreemd vermogen op 1 januari")
    vreemd_vermogen_eind = _euro("vreemd vermogen op 31 december")
    resultaat = _euro("resultaat van de partij")
    belang_begin = _euro("belang van de gemeente op 1 januari")
    belang_begin_procent = _procent("belang op 1 januari in procenten")
    belang_eind = _euro("belang van de gemeente op 31 december")
    belang_eind_procent = _procent("belang op 31 december in procenten")
    risico = models.TextField("risico's", blank=True, help_text="Risico's voor de gemeente, in gewone taal.")
    ontwikkelingen = models.TextField(
        "ontwikkelingen",
        blank=True,
        db_default="",
        default="",
        help_text="Wat er in dit jaar bij de partij verandert, of in het belang van de gemeente. In gewone taal.",
    )
    onbekend_reden = models.CharField(
        "reden van onbekende cijfers", max_length=300, blank=True, help_text="Verplicht als u een cijfer leeg laat."
    )
    te_herzien = te_herzien()

    class Meta:
        verbose_name = "cijfers van een verbonden partij"
        verbose_name_plural = "cijfers van verbonden partijen"
        ordering = ["versie_id", "partij_id", "jaar"]
        constraints = [
            models.UniqueConstraint(fields=["versie", "partij", "jaar"], name="partijcijfers_uniek"),
            models.CheckConstraint(
                condition=~Q(onbekend_reden="")
                | Q(
                    bijdrage__isnull=False,
                    eigen_vermogen_begin__isnull=False,
                    eigen_vermogen_eind__isnull=False,
                    vreemd_vermogen_begin__isnull=False,
                    vreemd_vermogen_eind__isnull=False,
                    resultaat__isnull=False,
                ),
                name="partijcijfers_onbekend_met_reden",
                violation_error_message="Laat u een bedrag leeg? Schrijf dan waarom het onbekend is.",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{veld}__gte": 0, f"{veld}__lte": 100}),
                    name=f"partijcijfers_{veld}",
                    violation_error_message="Een percentage is een getal van 0 tot en met 100.",
                )
                for veld in ("belang_begin_procent", "belang_eind_procent")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partij} {self.jaar}"

    def clean(self) -> None:
        """Ask for the belang at both ends of the year, or the reason why it is unknown.

        No CHECK: what was published before these fields existed has neither, and its copies must stay the same.
        """
        super().clean()
        paren = ((self.belang_begin, self.belang_begin_procent), (self.belang_eind, self.belang_eind_procent))
        if not self.onbekend_reden.strip() and (None, None) in paren:
            raise ValidationError(
                {
                    "onbekend_reden": "Het belang van de gemeente op 1 januari of op 31 december is leeg. Vul het "
                    "bedrag of het percentage in, of schrijf waarom het onbekend is."
                }
            )
