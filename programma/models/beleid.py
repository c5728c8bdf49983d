"""What the municipality wants and does: texts, goals and the indicators that measure them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from programma.models.begroting import Pakket, Programma, in_versie
from programma.models.versie import Versiegebonden
from programma.querysets import GebruikQuerySet
from veiligheid.tekens import geen_stuurtekens


def te_herzien() -> models.BooleanField[bool, bool]:
    """Return the mark of what was taken over from last year and has not been looked at yet.

    It says how far the work is, and nothing about the budget: so it is not in the fingerprint. Whoever saves the text
    or the goal takes the mark off.
    """
    return models.BooleanField(
        "nog te herzien",
        default=False,
        db_default=False,
        help_text="Aan: overgenomen uit het vorige jaar en nog niet bekeken.",
    )


class Paragraaf(Versiegebonden):
    """A part of the document without amounts: one of the seven paragrafen (BBV art. 9), or an annex."""

    class Soort(models.TextChoices):
        LOKALE_HEFFINGEN = "lokale_heffingen", "lokale heffingen"
        WEERSTANDSVERMOGEN = "weerstandsvermogen", "weerstandsvermogen en risicobeheersing"
        KAPITAALGOEDEREN = "kapitaalgoederen", "onderhoud kapitaalgoederen"
        FINANCIERING = "financiering", "financiering"
        BEDRIJFSVOERING = "bedrijfsvoering", "bedrijfsvoering"
        VERBONDEN_PARTIJEN = "verbonden_partijen", "verbonden partijen"
        GRONDBELEID = "grondbeleid", "grondbeleid"
        FINANCIELE_POSITIE = "financiele_positie", "financiële positie"
        KENGETALLEN = "kengetallen", "kengetallen"
        BIJLAGE = "bijlage", "bijlage"

    soort = models.CharField("soort", max_length=20, choices=Soort)
    naam = models.CharField("naam", max_length=200, validators=[geen_stuurtekens])
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)

    class Meta:
        verbose_name = "paragraaf"
        verbose_name_plural = "paragrafen"
        ordering = ["versie_id", "volgorde"]
        constraints = [
            in_versie("paragraaf"),
            models.UniqueConstraint(fields=["versie", "naam"], name="paragraaf_naam_uniek"),
        ]

    def __str__(self) -> str:
        return self.naam


class Sectie(Versiegebonden):
    """A text under a heading. Headings differ per year: they are data. Rows with a theme form one block.

    The text is rich (what `veiligheid.opmaak.schoon` returns), or plain: then an empty line starts a new paragraph.
    """

    programma = models.ForeignKey(
        Programma,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="secties",
        db_constraint=False,
        verbose_name="programma",
    )
    pakket = models.ForeignKey(
        Pakket,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="secties",
        db_constraint=False,
        verbose_name="pakket",
    )
    paragraaf = models.ForeignKey(
        Paragraaf,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="secties",
        db_constraint=False,
        verbose_name="paragraaf",
    )
    kop = models.CharField(
        "kop", max_length=200, validators=[geen_stuurtekens], help_text="Bijvoorbeeld: Ontwikkelingen."
    )
    thema = models.CharField(
        "thema",
        max_length=200,
        blank=True,
        validators=[geen_stuurtekens],
        help_text="Vul in als deze kop uit thema's bestaat; elk thema is een eigen rij met dezelfde kop.",
    )
    tekst = models.TextField("tekst", help_text="Gewone tekst. Een lege regel begint een nieuwe alinea.")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)
    te_herzien = te_herzien()

    class Meta:
        verbose_name = "sectie"
        verbose_name_plural = "secties"
        ordering = ["versie_id", "programma_id", "pakket_id", "paragraaf_id", "volgorde"]
        constraints = [
            models.CheckConstraint(
                condition=Q(programma__isnull=False, pakket__isnull=True, paragraaf__isnull=True)
                | Q(programma__isnull=True, pakket__isnull=False, paragraaf__isnull=True)
                | Q(programma__isnull=True, pakket__isnull=True, paragraaf__isnull=False),
                name="sectie_heeft_een_ouder",
                violation_error_message="Kies precies één: een programma, een pakket of een paragraaf.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kop}: {self.thema}" if self.thema else self.kop


class Doel(Versiegebonden):
    """A goal of a pakket (BBV art. 8 lid 3 onder a), or the reason why there is none.

    A target is a value ("7,6") or, when `relatief`, a change against the base year ("+5 %", base value unknown).
    """

    pakket = models.ForeignKey(
        Pakket, models.CASCADE, related_name="doelen", db_constraint=False, verbose_name="pakket"
    )
    tekst = models.TextField(
        "doel", blank=True, help_text="Wat we willen bereiken, in één zin. Leeg als er geen doel is."
    )
    vervallen_reden = models.TextField(
        "reden dat er geen doel is",
        blank=True,
        help_text="Alleen als dit pakket geen doel heeft, bijvoorbeeld: wettelijke taak.",
    )
    nulwaarde = models.DecimalField(
        "nulmeting", max_digits=15, decimal_places=4, null=True, blank=True, help_text="De waarde in het nuljaar."
    )
    nuljaar = models.PositiveSmallIntegerField(
        "nuljaar", null=True, blank=True, validators=[MinValueValidator(1990), MaxValueValidator(2200)]
    )
    relatief = models.BooleanField(
        "ten opzichte van het nuljaar", default=False, help_text="Aan: de streefwaarde is een verandering, zoals +5 %."
    )
    streefwaarde = models.DecimalField("streefwaarde", max_digits=15, decimal_places=4, null=True, blank=True)
    streefjaar = models.PositiveSmallIntegerField(
        "streefjaar", null=True, blank=True, validators=[MinValueValidator(1990), MaxValueValidator(2200)]
    )
    eenheid = models.CharField("eenheid", max_length=60, blank=True, help_text="Bijvoorbeeld % of rapportcijfer.")
    toelichting = models.CharField("toelichting", max_length=300, blank=True, help_text="Hoe we dit volgen.")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)
    te_herzien = te_herzien()

    class Meta:
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        ordering = ["versie_id", "pakket_id", "volgorde"]
        constraints = [
            in_versie("doel"),
            models.CheckConstraint(
                condition=(Q(tekst="") & ~Q(vervallen_reden="")) | (~Q(tekst="") & Q(vervallen_reden="")),
                name="doel_tekst_of_reden",
                violation_error_message="Vul een doel in, of de reden dat er geen doel is; niet allebei.",
            ),
        ]

    def __str__(self) -> str:
        return self.tekst or self.vervallen_reden


class Doelindicator(Versiegebonden):
    """An indicator that shows whether a goal is reached."""

    doel = models.ForeignKey(Doel, models.CASCADE, related_name="indicatoren", db_constraint=False, verbose_name="doel")
    indicator = models.ForeignKey("indicatoren.Indicator", models.PROTECT, related_name="+", verbose_name="indicator")

    class Meta:
        verbose_name = "indicator bij een doel"
        verbose_name_plural = "indicatoren bij doelen"
        constraints = [models.UniqueConstraint(fields=["doel", "indicator"], name="doelindicator_uniek")]

    def __str__(self) -> str:
        return str(self.indicator)


class Programmaindicator(Versiegebonden):
    """An indicator that the page of a programme shows, in this order (BBV art. 25 lid 2 onder a)."""

    programma = models.ForeignKey(
        Programma, models.CASCADE, related_name="indicatoren", db_constraint=False, verbose_name="programma"
    )
    indicator = models.ForeignKey("indicatoren.Indicator", models.PROTECT, related_name="+", verbose_name="indicator")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)

    objects = GebruikQuerySet.as_manager()

    class Meta:
        verbose_name = "indicator bij een programma"
        verbose_name_plural = "indicatoren bij programma's"
        ordering = ["versie_id", "programma_id", "volgorde"]
        constraints = [models.UniqueConstraint(fields=["programma", "indicator"], name="programmaindicator_uniek")]

    def __str__(self) -> str:
        return str(self.indicator)
