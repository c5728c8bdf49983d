"""The figures: columns, programmes, pakketten, lines and amounts."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Func, Q, Value

from programma.models.versie import Versiegebonden, zonder_stuurtekens
from programma.querysets import RegelQuerySet, WijzigingQuerySet
from programma.raming import Fase, Grootheid, Soort
from veiligheid import formatting
from veiligheid.tekens import geen_stuurtekens

sleutelvorm = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$", "Gebruik alleen kleine letters, cijfers en losse streepjes, bijvoorbeeld r12."
)

SOORTEN = [
    (Soort.LASTEN.value, "lasten"),
    (Soort.BATEN.value, "baten"),
    (Soort.TOEVOEGING.value, "toevoeging aan reserves"),
    (Soort.ONTTREKKING.value, "onttrekking aan reserves"),
]
FASEN = [
    (Fase.REALISATIE.value, "realisatie"),
    (Fase.NA_WIJZIGING.value, "begroting na wijziging"),
    (Fase.PRIMAIR.value, "primaire begroting"),
    (Fase.RAMING.value, "raming"),
    (Fase.PROGNOSE.value, "prognose"),
]
GROOTHEDEN = [
    (Grootheid.LASTEN.value, "totaal lasten"),
    (Grootheid.BATEN.value, "totaal baten"),
    (Grootheid.SALDO.value, "saldo van lasten en baten"),
    (Grootheid.TOEVOEGINGEN.value, "totaal toevoegingen"),
    (Grootheid.ONTTREKKINGEN.value, "totaal onttrekkingen"),
    (Grootheid.RESULTAAT.value, "resultaat"),
]


def in_versie(naam: str) -> models.UniqueConstraint:
    """Return the key that composite foreign keys point at: they keep a row and its version together."""
    return models.UniqueConstraint(fields=["id", "versie"], name=f"{naam}_in_versie")


class Kolom(Versiegebonden):
    """A column of the budget tables: a year and a stage, such as "Begroting na wijziging 2024" (BBV art. 18 and 22)."""

    fase = models.CharField("fase", max_length=12, choices=FASEN, help_text="Realisatie, begroting na wijziging …")
    jaar = models.PositiveSmallIntegerField("jaar", validators=[MinValueValidator(1990), MaxValueValidator(2200)])
    volgorde = models.PositiveSmallIntegerField("volgorde", help_text="1 is de eerste kolom van links.")

    class Meta:
        verbose_name = "kolom"
        verbose_name_plural = "kolommen"
        ordering = ["versie_id", "volgorde"]
        constraints = [
            in_versie("kolom"),
            models.UniqueConstraint(fields=["versie", "fase", "jaar"], name="kolom_fase_en_jaar_uniek"),
            models.UniqueConstraint(fields=["versie", "volgorde"], name="kolom_volgorde_uniek"),
            models.CheckConstraint(condition=Q(fase__in=[fase for fase, _ in FASEN]), name="kolom_fase_bekend"),
        ]

    def __str__(self) -> str:
        return f"{self.get_fase_display()} {self.jaar}"


class Programma(Versiegebonden):
    """A coherent set of activities: the level at which the council authorises (BBV art. 8 lid 2).

    The same model holds the parts of the budget that are not programmes (BBV art. 8 lid 1); `soort` tells.
    """

    class Soort(models.TextChoices):
        PROGRAMMA = "programma", "programma"
        DEKKINGSMIDDELEN = "dekkingsmiddelen", "algemene dekkingsmiddelen"
        OVERHEAD = "overhead", "overhead"
        VPB = "vpb", "vennootschapsbelasting"
        ONVOORZIEN = "onvoorzien", "onvoorzien"

    code = models.CharField(
        "code", max_length=20, validators=[geen_stuurtekens], help_text="Bijvoorbeeld 1. Een code is tekst."
    )
    naam = models.CharField("naam", max_length=200, validators=[geen_stuurtekens], help_text="Bijvoorbeeld Veiligheid.")
    slug = models.SlugField(
        "naam in het webadres",
        max_length=120,
        help_text="Bijvoorbeeld programma-1-veiligheid. Houd dit elk jaar gelijk.",
    )
    soort = models.CharField("soort", max_length=20, choices=Soort, default=Soort.PROGRAMMA)
    inleiding = models.TextField(
        "inleiding", blank=True, help_text="Waar het programma over gaat, in twee of drie zinnen."
    )
    portefeuillehouder = models.CharField(
        "portefeuillehouder",
        max_length=200,
        blank=True,
        help_text="De functie, geen naam: burgemeester, wethouder wonen.",
    )
    vergelijkingsgroep = models.ForeignKey(
        "indicatoren.Gebied",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vergelijkingsgroep",
        help_text="Met welke gemeenten de indicatoren van dit programma vergeleken worden.",
    )
    grafiekkop = models.CharField(
        "kop boven de grafiek",
        max_length=160,
        blank=True,
        default="",
        db_default="",
        validators=[geen_stuurtekens],
        help_text="Leeg: de site schrijft de kop zelf uit de bedragen, zoals: De lasten lopen op tot 2026.",
    )
    grafiekkop_bij = models.TextField(
        "bedragen bij de kop",
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="De lasten waar de eigen kop bij geschreven is. Zijn ze nu anders, dan meldt de controle dat.",
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)

    class Meta:
        verbose_name = "programma"
        verbose_name_plural = "programma's"
        ordering = ["versie_id", "volgorde", "code"]
        constraints = [
            in_versie("programma"),
            models.UniqueConstraint(fields=["versie", "code"], name="programma_code_uniek"),
            models.UniqueConstraint(fields=["versie", "slug"], name="programma_slug_uniek"),
            *zonder_stuurtekens("code", "naam"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.naam}"


class Pakket(Versiegebonden):
    """A part of a programme with its own texts, goals and lines. A restpost (1Z) holds what belongs to no pakket."""

    programma = models.ForeignKey(
        Programma, models.CASCADE, related_name="pakketten", db_constraint=False, verbose_name="programma"
    )
    code = models.CharField(
        "code", max_length=20, validators=[geen_stuurtekens], help_text="Bijvoorbeeld 1E. Een code is tekst."
    )
    naam = models.CharField("naam", max_length=200, validators=[geen_stuurtekens])
    restpost = models.BooleanField(
        "restpost", default=False, help_text="Aan: dit is de restpost. Die heeft geen eigen tekst en doelen."
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)

    class Meta:
        verbose_name = "pakket"
        verbose_name_plural = "pakketten"
        ordering = ["versie_id", "programma_id", "volgorde", "code"]
        constraints = [
            in_versie("pakket"),
            models.UniqueConstraint(fields=["versie", "code"], name="pakket_code_uniek"),
            *zonder_stuurtekens("code", "naam"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.naam}"


class Taakveld(models.Model):
    """A national unit of municipal tasks (Iv3; BBV art. 66). The code is text: 0.1 is not 0.10.

    Codes are renumbered now and then, so each has the years in which it holds. A taakveld that a fixed version
    refers to can no longer be renamed; a change of name is a new row.
    """

    code = models.CharField(
        "code", max_length=10, validators=[geen_stuurtekens], help_text="Bijvoorbeeld 1.1. Een code is tekst."
    )
    naam = models.CharField("naam", max_length=200, validators=[geen_stuurtekens])
    geldig_van = models.PositiveSmallIntegerField("geldig vanaf jaar")
    geldig_tot = models.PositiveSmallIntegerField(
        "geldig tot en met jaar", null=True, blank=True, help_text="Leeg: nog steeds geldig."
    )

    class Meta:
        verbose_name = "taakveld"
        verbose_name_plural = "taakvelden"
        ordering = ["code", "geldig_van"]
        constraints = [
            models.UniqueConstraint(fields=["code", "geldig_van"], name="taakveld_code_uniek"),
            *zonder_stuurtekens("code", "naam"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.naam}"


class Bron(Versiegebonden):
    """A file or publication from which amounts were taken, with the sha256 of the file."""

    naam = models.CharField("naam", max_length=200, validators=[geen_stuurtekens], help_text="Wat het is en van wie.")
    bestandsnaam = models.CharField("bestandsnaam", max_length=200, blank=True, validators=[geen_stuurtekens])
    sha256 = models.CharField("sha256", max_length=64, blank=True)

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ["versie_id", "naam"]
        constraints = [
            in_versie("bron"),
            models.UniqueConstraint(fields=["versie", "naam", "bestandsnaam", "sha256"], name="bron_uniek"),
        ]

    def __str__(self) -> str:
        return self.naam


class Wijziging(Versiegebonden):
    """A numbered change by the council: a begrotingswijziging (Gemeentewet art. 192) or an amendement.

    `raadsbesluit` is the number of the council's decision and `raadsbesluit_datum` the day on which it was taken; each
    may be unknown, but a day without a number names no decision.
    """

    class Soort(models.TextChoices):
        BEGROTINGSWIJZIGING = "begrotingswijziging", "begrotingswijziging"
        AMENDEMENT = "amendement", "amendement"

    nummer = models.CharField("nummer", max_length=20, validators=[geen_stuurtekens])
    soort = models.CharField("soort", max_length=20, choices=Soort, default=Soort.BEGROTINGSWIJZIGING)
    titel = models.CharField("titel", max_length=200, validators=[geen_stuurtekens])
    raadsbesluit = models.CharField(
        "raadsbesluit", max_length=60, blank=True, help_text="Nummer van het besluit waarmee de raad dit vaststelde."
    )
    raadsbesluit_datum = models.DateField(
        "datum van het raadsbesluit",
        null=True,
        blank=True,
        help_text="De dag waarop de raad besloot. Laat leeg zolang de raad nog niet heeft besloten.",
    )

    objects = WijzigingQuerySet.as_manager()

    class Meta:
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"
        ordering = ["versie_id", "nummer"]
        constraints = [
            in_versie("wijziging"),
            models.UniqueConstraint(fields=["versie", "nummer"], name="wijziging_nummer_uniek"),
            models.CheckConstraint(
                condition=Q(raadsbesluit_datum__isnull=True) | ~Q(raadsbesluit=""),
                name="wijziging_datum_bij_besluit",
                violation_error_message="Vul bij de datum ook het nummer van het raadsbesluit in.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.titel}"


class Begrotingsregel(Versiegebonden):
    """A row of the printed table: one soort, in one pakket.

    `sleutel` is the line's name in addresses, CSV, imports and history. It is copied to the next version and never
    given to another line; a new line gets the next number of a sequence.
    """

    class Incidenteel(models.TextChoices):
        JA = "ja", "ja"
        NEE = "nee", "nee"
        ONBEKEND = "onbekend", "onbekend"

    sleutel = models.CharField(
        "sleutel",
        max_length=40,
        validators=[sleutelvorm],
        db_default=Func(
            Value("r"),
            Func(Value("programma_regelsleutel"), function="nextval", output_field=models.CharField()),
            function="concat",
            output_field=models.CharField(),
        ),
        help_text="De vaste naam van deze regel. Laat staan wat er staat: een nieuwe regel krijgt vanzelf een nieuwe sleutel.",
    )
    pakket = models.ForeignKey(
        Pakket, models.CASCADE, related_name="regels", db_constraint=False, verbose_name="pakket"
    )
    soort = models.CharField(
        "soort", max_length=12, choices=SOORTEN, help_text="Lasten zijn uitgaven, baten inkomsten."
    )
    omschrijving = models.CharField("omschrijving", max_length=300, validators=[geen_stuurtekens])
    taakveld = models.ForeignKey(
        Taakveld, models.PROTECT, null=True, blank=True, related_name="regels", verbose_name="taakveld"
    )
    reserve = models.CharField(
        "reserve",
        max_length=200,
        blank=True,
        validators=[geen_stuurtekens],
        help_text="Alleen bij een toevoeging of onttrekking: welke reserve.",
    )
    incidenteel = models.CharField(
        "incidenteel",
        max_length=8,
        choices=Incidenteel,
        default=Incidenteel.ONBEKEND,
        help_text="Eenmalig of tijdelijk (BBV art. 19)? Kies onbekend als de bron het niet zegt.",
    )
    toelichting = models.TextField(
        "toelichting", blank=True, help_text="Verklaar hier een groot verschil met het jaar ervoor (BBV art. 19)."
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)

    objects = RegelQuerySet.as_manager()

    class Meta:
        verbose_name = "begrotingsregel"
        verbose_name_plural = "begrotingsregels"
        ordering = ["versie_id", "pakket_id", "volgorde", "sleutel"]
        constraints = [
            in_versie("begrotingsregel"),
            models.UniqueConstraint(fields=["versie", "sleutel"], name="regel_sleutel_uniek"),
            models.CheckConstraint(condition=Q(soort__in=[soort for soort, _ in SOORTEN]), name="regel_soort_bekend"),
            models.CheckConstraint(condition=Q(sleutel__regex="^[a-z0-9]+(-[a-z0-9]+)*$"), name="regel_sleutel_vorm"),
            models.CheckConstraint(
                condition=Q(incidenteel__in=["ja", "nee", "onbekend"]), name="regel_incidenteel_bekend"
            ),
            *zonder_stuurtekens("omschrijving"),
        ]

    def __str__(self) -> str:
        return f"{self.omschrijving} ({self.get_soort_display()})"


class Bedrag(Versiegebonden):
    """An amount of a line in a column: euros with cents, sign = effect on the result (lasten negative).

    A printed cell is the sum of its bedragen: one original and one per wijziging. `bronprecisie` is 1000 when the
    source was printed in thousands.
    """

    class Bronprecisie(models.IntegerChoices):
        EURO = 1, "op de euro of cent"
        DUIZEND = 1000, "op duizend euro"

    regel = models.ForeignKey(
        Begrotingsregel, models.CASCADE, related_name="bedragen", db_constraint=False, verbose_name="begrotingsregel"
    )
    kolom = models.ForeignKey(Kolom, models.CASCADE, related_name="bedragen", db_constraint=False, verbose_name="kolom")
    euro = models.DecimalField(
        "bedrag in euro",
        max_digits=15,
        decimal_places=2,
        help_text="In hele euro's of met centen. Lasten en toevoegingen met een minteken, baten en onttrekkingen zonder.",
    )
    bronprecisie = models.PositiveSmallIntegerField(
        "nauwkeurigheid van de bron", choices=Bronprecisie, default=Bronprecisie.EURO
    )
    wijziging = models.ForeignKey(
        Wijziging,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="bedragen",
        db_constraint=False,
        verbose_name="wijziging",
        help_text="Leeg: het oorspronkelijke bedrag.",
    )
    bron = models.ForeignKey(
        Bron, models.RESTRICT, null=True, blank=True, related_name="bedragen", db_constraint=False, verbose_name="bron"
    )
    plaats = models.CharField(
        "plaats in de bron", max_length=120, blank=True, help_text="Blad, rij en kolom: blad P1, rij 14, kolom F."
    )

    class Meta:
        verbose_name = "bedrag"
        verbose_name_plural = "bedragen"
        ordering = ["versie_id", "regel_id", "kolom_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["regel", "kolom", "wijziging"],
                name="bedrag_een_per_cel_en_wijziging",
                nulls_distinct=False,
                violation_error_message="Dit bedrag bestaat al voor deze regel en kolom. Wijzig het bestaande bedrag.",
            ),
            models.CheckConstraint(condition=Q(bronprecisie__in=[1, 1000]), name="bedrag_bronprecisie_bekend"),
            # PostgreSQL's numeric knows NaN, which is larger than any number.
            models.CheckConstraint(condition=Q(euro__lt=10**13), name="bedrag_euro_is_een_getal"),
        ]

    def __str__(self) -> str:
        return f"{self.euro}"


class GedruktTotaal(Versiegebonden):
    """A total as it was printed in the source: compared with ours, never used by it.

    Without programma and pakket it is a total of the whole document.
    """

    programma = models.ForeignKey(
        Programma,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        verbose_name="programma",
    )
    pakket = models.ForeignKey(
        Pakket, models.CASCADE, null=True, blank=True, related_name="+", db_constraint=False, verbose_name="pakket"
    )
    kolom = models.ForeignKey(Kolom, models.CASCADE, related_name="+", db_constraint=False, verbose_name="kolom")
    grootheid = models.CharField("welk totaal", max_length=14, choices=GROOTHEDEN)
    euro = models.DecimalField("bedrag in euro", max_digits=17, decimal_places=2, help_text="Zoals gedrukt, in euro's.")
    eenheid = models.PositiveIntegerField(
        "gedrukt in", choices=[(1, "euro's"), (1000, "duizenden euro's")], default=1000
    )
    toelichting = models.CharField(
        "verklaring", max_length=300, blank=True, help_text="Waarom dit gedrukte totaal afwijkt, als u dat weet."
    )

    class Meta:
        verbose_name = "gedrukt totaal"
        verbose_name_plural = "gedrukte totalen"
        ordering = ["versie_id", "programma_id", "pakket_id", "grootheid", "kolom_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["versie", "programma", "pakket", "kolom", "grootheid"],
                name="gedrukttotaal_uniek",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(pakket__isnull=True) | Q(programma__isnull=False), name="gedrukttotaal_pakket_in_programma"
            ),
            models.CheckConstraint(condition=Q(eenheid__in=[1, 1000]), name="gedrukttotaal_eenheid_bekend"),
            models.CheckConstraint(condition=Q(euro__lt=10**15), name="gedrukttotaal_euro_is_een_getal"),
        ]

    def __str__(self) -> str:
        return f"{self.get_grootheid_display()} {formatting.euro(self.euro)}"
