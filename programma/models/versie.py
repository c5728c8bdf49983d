"""The spine: a document, its numbered versions, and who did what to them.

The rules of movement (which status may follow which, what is fixed when) are held by PostgreSQL, in
migrations 0002 and 0003; the verbs are in `programma.publicatie`.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from programma.querysets import VersieQuerySet
from veiligheid.tekens import geen_stuurtekens

# Addresses of the site itself (ONTWERP.md section 5): a document of that name could never be read.
BEZET = [
    *("beheer", "gezond", "static", "indicatoren", "verbonden-partijen", "vergelijken", "zoeken", "begrippen"),
    *("open-data", "toegankelijkheid", "privacy", "colofon"),
]


def zonder_stuurtekens(*velden: str) -> list[models.BaseConstraint]:
    """Return a CHECK per field that refuses control characters: they would break a CSV row in two."""
    return [
        models.CheckConstraint(condition=~Q(**{f"{veld}__regex": "[[:cntrl:]]"}), name=f"%(class)s_{veld}_leesbaar")
        for veld in velden
    ]


def _persoon(wat: str) -> models.ForeignKey[Any, Any]:
    """Return a field that names who did something: whom a row names cannot be removed."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=wat,
    )


class Document(models.Model):
    """A P&C document of one year: permanent, whatever happens to its versions.

    What a published page shows of it is copied into the version, and its identity (soort, jaar, slug) is fixed
    once a version has left the concept.
    """

    class Soort(models.TextChoices):
        BEGROTING = "begroting", "programmabegroting"
        JAARSTUKKEN = "jaarstukken", "jaarstukken"
        TUSSENRAPPORTAGE = "tussenrapportage", "tussenrapportage"
        KADERNOTA = "kadernota", "kadernota"
        # What the municipality gave to CBS (informatie voor derden): statistics beside the document, no decision.
        IV3_BEGROTING = "iv3_begroting", "Iv3-begroting (CBS)"
        IV3_JAARSTUKKEN = "iv3_jaarstukken", "Iv3-jaarstukken (CBS)"

    soort = models.CharField(
        "soort", max_length=20, choices=Soort, help_text="Welk stuk uit de jaarlijkse cyclus dit is."
    )
    jaar = models.PositiveSmallIntegerField(
        "jaar",
        validators=[MinValueValidator(1990), MaxValueValidator(2200)],
        help_text="Het jaar waarover het document gaat. De begroting voor 2025 heeft jaar 2025.",
    )
    titel = models.CharField(
        "titel",
        max_length=200,
        validators=[geen_stuurtekens],
        help_text="Zoals lezers het zien: Programmabegroting 2025.",
    )
    slug = models.SlugField(
        "naam in het webadres",
        max_length=100,
        unique=True,
        help_text="Kleine letters en streepjes: programmabegroting-2025. Ligt vast na de eerste indiening.",
    )

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["-jaar", "soort"]
        constraints = [
            models.UniqueConstraint(
                fields=["soort", "jaar"],
                name="document_een_per_soort_en_jaar",
                violation_error_message="Dit document bestaat al voor dit jaar. Maak daarin een nieuwe versie.",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=BEZET),
                name="document_slug_vrij",
                violation_error_message="Dit webadres is al van de site zelf. Kies een andere naam.",
            ),
            *zonder_stuurtekens("titel"),
        ]

    def __str__(self) -> str:
        return self.titel


class Versie(models.Model):
    """A numbered state of a document: concept, ingediend, gepubliceerd or ingetrokken.

    Only a concept's rows can change. `controlesom` is the sha256 of everything in the version; approval binds to
    it. `anker` ties this publication to all earlier ones and to `historiekop`, the head of the history just before
    it ("<number>:<sha256>"; "" when there was no history yet), so that both can be checked with nothing but what a
    page shows. `peilmoment` is the moment up to which observations count. The council's decision (Gemeentewet art. 191) is recorded once, later: until then the version is
    "aangeboden aan de raad" (art. 190).

    `samenvatting` says what was changed and why, in the words of who submitted. It changes only with a submission
    (migration 0009): a version that is sent back keeps it, as what the next submission begins with, and each step
    keeps what was said then. It is no part of the controlesom: the council does not adopt it and readers do not see
    it, and two versions with the same content have the same controlesom, whatever their makers said about them.
    For the same reason a copy begins without one.
    """

    class Status(models.TextChoices):
        CONCEPT = "concept", "concept"
        INGEDIEND = "ingediend", "ingediend"
        GEPUBLICEERD = "gepubliceerd", "gepubliceerd"
        INGETROKKEN = "ingetrokken", "ingetrokken"

    document = models.ForeignKey(Document, models.PROTECT, related_name="versies", verbose_name="document")
    nummer = models.PositiveIntegerField("nummer", validators=[MinValueValidator(1)], help_text="1, 2, 3 …")
    titel = models.CharField(
        "titel",
        max_length=200,
        validators=[geen_stuurtekens],
        help_text="De titel zoals deze versie hem toont. Een latere wijziging van het document verandert hem niet.",
    )
    status = models.CharField("status", max_length=12, choices=Status, default=Status.CONCEPT, editable=False)
    reden = models.TextField(
        "reden", blank=True, editable=False, help_text="Waarom deze versie is teruggestuurd of ingetrokken."
    )
    samenvatting = models.CharField(
        "samenvatting van de wijziging",
        max_length=500,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Wat er anders is en waarom, voor wie goedkeurt. Geschreven bij het indienen.",
    )
    voorganger = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="gemaakt van versie",
    )
    aangemaakt_op = models.DateTimeField("aangemaakt op", db_default=Now(), editable=False)
    aangemaakt_door = _persoon("aangemaakt door")
    ingediend_op = models.DateTimeField("ingediend op", null=True, blank=True, editable=False)
    ingediend_door = _persoon("ingediend door")
    goedgekeurd_op = models.DateTimeField("goedgekeurd op", null=True, blank=True, editable=False)
    goedgekeurd_door = _persoon("goedgekeurd door")
    goedgekeurde_controlesom = models.CharField("goedgekeurde controlesom", max_length=64, blank=True, editable=False)
    gepland_op = models.DateTimeField("publicatie gepland op", null=True, blank=True, editable=False)
    gepland_door = _persoon("publicatie gepland door")
    gepubliceerd_op = models.DateTimeField("gepubliceerd op", null=True, blank=True, editable=False)
    gepubliceerd_door = _persoon("gepubliceerd door")
    peilmoment = models.DateTimeField("peilmoment", null=True, blank=True, editable=False)
    controlesom = models.CharField("controlesom", max_length=64, blank=True, editable=False)
    anker = models.CharField("anker", max_length=64, blank=True, editable=False)
    historiekop = models.CharField(
        "kop van de historie", max_length=90, blank=True, default="", db_default="", editable=False
    )
    raadsbesluit_nummer = models.CharField("nummer van het raadsbesluit", max_length=60, blank=True, editable=False)
    raadsbesluit_datum = models.DateField("datum van het raadsbesluit", null=True, blank=True, editable=False)
    vastgesteld_op = models.DateTimeField("vaststelling vastgelegd op", null=True, blank=True, editable=False)
    vastgesteld_door = _persoon("vaststelling vastgelegd door")
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True, editable=False)
    ingetrokken_door = _persoon("ingetrokken door")

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "versie"
        verbose_name_plural = "versies"
        ordering = ["document_id", "-nummer"]
        constraints = [
            models.UniqueConstraint(fields=["document", "nummer"], name="versie_nummer_uniek"),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(status__in=["concept", "ingediend"]),
                name="versie_een_in_bewerking",
                violation_error_message="Er is al een versie in bewerking. Maak die eerst af.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["concept", "ingediend", "gepubliceerd", "ingetrokken"]),
                name="versie_status_bekend",
            ),
            models.CheckConstraint(
                condition=Q(goedgekeurd_door__isnull=True) | ~Q(goedgekeurd_door=F("ingediend_door")),
                name="versie_vier_ogen",
                violation_error_message="Wie een versie indient, kan die niet zelf goedkeuren.",
            ),
            models.CheckConstraint(
                condition=Q(goedgekeurd_op__isnull=True, goedgekeurd_door__isnull=True, goedgekeurde_controlesom="")
                | (Q(goedgekeurd_op__isnull=False, goedgekeurd_door__isnull=False) & ~Q(goedgekeurde_controlesom="")),
                name="versie_goedkeuring_volledig",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["concept", "ingediend"])
                | (
                    Q(
                        gepubliceerd_op__isnull=False,
                        gepubliceerd_door__isnull=False,
                        peilmoment__isnull=False,
                        goedgekeurd_door__isnull=False,
                        goedgekeurde_controlesom=F("controlesom"),
                    )
                    & ~Q(anker="")
                ),
                name="versie_publicatie_volledig",
            ),
            models.CheckConstraint(
                condition=Q(raadsbesluit_nummer="", raadsbesluit_datum__isnull=True)
                | (~Q(raadsbesluit_nummer="") & Q(raadsbesluit_datum__isnull=False)),
                name="versie_raadsbesluit_volledig",
            ),
            models.CheckConstraint(
                condition=~Q(status="ingetrokken") | ~Q(reden=""), name="versie_intrekking_met_reden"
            ),
            *zonder_stuurtekens("titel", "raadsbesluit_nummer"),
        ]
        permissions = [
            ("maak_concept", "Mag een nieuw concept maken"),
            ("dien_in", "Mag een concept indienen"),
            ("stuur_terug", "Mag een ingediende versie terugsturen"),
            ("keur_goed", "Mag een ingediende versie goedkeuren"),
            ("publiceer", "Mag een goedgekeurde versie publiceren"),
            ("stel_vast", "Mag het raadsbesluit vastleggen"),
            ("trek_in", "Mag een gepubliceerde versie intrekken"),
        ]

    def __str__(self) -> str:
        return f"{self.titel}, versie {self.nummer} ({self.get_status_display()})"

    def bewerkbaar(self) -> bool:
        """Return whether the rows of this version may change: only those of a concept."""
        return self.status == self.Status.CONCEPT


class Versiegebonden(models.Model):
    """A row that belongs to one version, and is fixed with it."""

    versie = models.ForeignKey(
        Versie, models.CASCADE, related_name="+", verbose_name="versie", help_text="De versie waar dit bij hoort."
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a reference to a row of another version. Raises ValidationError with the field that does it."""
        for veld in self._meta.concrete_fields:
            ander = self._state.fields_cache.get(veld.name)
            if isinstance(ander, Versiegebonden) and self.versie_id and ander.versie_id != self.versie_id:
                raise ValidationError({veld.name: f"{ander} hoort bij een andere versie."})


class Stap(models.Model):
    """What was done to a version as a whole, when and by whom. Append-only; survives a deleted concept.

    `reden` is what was said with it: the summary of a submission, the reason of a way back or of a withdrawal.
    """

    class Werkwoord(models.TextChoices):
        MAAK_CONCEPT = "maak_concept", "concept gemaakt"
        DIEN_IN = "dien_in", "ingediend"
        STUUR_TERUG = "stuur_terug", "teruggestuurd"
        TREK_INDIENING_IN = "trek_indiening_in", "indiening ingetrokken"
        KEUR_GOED = "keur_goed", "goedgekeurd"
        PLAN = "plan", "publicatie gepland"
        PUBLICEER = "publiceer", "gepubliceerd"
        STEL_VAST = "stel_vast", "raadsbesluit vastgelegd"
        TREK_IN = "trek_in", "ingetrokken"

    versie = models.ForeignKey(
        Versie, models.DO_NOTHING, related_name="stappen", db_constraint=False, verbose_name="versie"
    )
    werkwoord = models.CharField("stap", max_length=20, choices=Werkwoord)
    op = models.DateTimeField("op", db_default=Now())
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="door")
    reden = models.TextField("toelichting", blank=True)
    controlesom = models.CharField("controlesom", max_length=64, blank=True)

    class Meta:
        verbose_name = "stap"
        verbose_name_plural = "stappen"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.get_werkwoord_display()


class Bewerking(models.Model):
    """Who changed rows of a version: one row per statement, written by trigger. Append-only.

    `door` is empty when the database was written outside the site; `databaserol` then says as which role.
    `via` is "kopie" for the rows that maak_concept copies: a copy changes nothing, so it makes nobody an author.
    """

    versie = models.ForeignKey(
        Versie, models.DO_NOTHING, related_name="bewerkingen", db_constraint=False, verbose_name="versie"
    )
    tabel = models.CharField("tabel", max_length=63)
    soort = models.CharField("soort", max_length=6)
    rijen = models.PositiveIntegerField("aantal rijen")
    op = models.DateTimeField("op", db_default=Now())
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="door")
    databaserol = models.CharField("databaserol", max_length=63)
    via = models.CharField("via", max_length=20, blank=True)

    class Meta:
        verbose_name = "bewerking"
        verbose_name_plural = "bewerkingen"
        ordering = ["-id"]
        indexes = [models.Index(fields=["versie", "door"], name="bewerking_auteur")]

    def __str__(self) -> str:
        return f"{self.soort} {self.tabel}"


class Bestand(models.Model):
    """A file of a published version: what was offered under which name, with its sha256. Append-only.

    A CSV is the same bytes always, on any machine, so its fingerprint is enough; the bytes come from the rows. A PDF
    is made once, soon after the publication, and its bytes are kept (`Bestandinhoud`); its `regels` are 0.
    """

    versie = models.ForeignKey(Versie, models.PROTECT, related_name="bestanden", verbose_name="versie")
    naam = models.CharField("naam", max_length=200)
    omvang = models.PositiveBigIntegerField("omvang in bytes")
    regels = models.PositiveIntegerField("aantal regels")
    sha256 = models.CharField("sha256", max_length=64)

    class Meta:
        verbose_name = "bestand"
        verbose_name_plural = "bestanden"
        ordering = ["versie_id", "naam"]
        constraints = [models.UniqueConstraint(fields=["versie", "naam"], name="bestand_naam_uniek")]

    def __str__(self) -> str:
        return self.naam


class Bestandinhoud(models.Model):
    """The bytes of a file that another machine, or a later release, would make otherwise. Append-only.

    Not in the history: that holds the sha256 of the file, and the bytes have to agree with it (migration 0014).
    `controlesom` is that of the version from which the file was made.
    """

    bestand = models.OneToOneField(
        Bestand, models.PROTECT, primary_key=True, related_name="inhoud", verbose_name="bestand"
    )
    controlesom = models.CharField("gemaakt van controlesom", max_length=64)
    gemaakt_met = models.CharField("gemaakt met", max_length=60)
    gemaakt_op = models.DateTimeField("gemaakt op", db_default=Now())
    inhoud = models.BinaryField("inhoud")

    class Meta:
        verbose_name = "inhoud van een bestand"
        verbose_name_plural = "inhoud van bestanden"
        default_permissions = ()

    def __str__(self) -> str:
        return f"inhoud van {self.bestand_id}"
