"""Work that is given out: who writes the texts of a pakket, and by when."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from programma.models.begroting import Pakket
from programma.models.versie import Versie


class Opdracht(models.Model):
    """A pakket given to a schrijver, who writes its texts, goals and explanations until it is klaar.

    It is the administration of the work, not a part of the budget: it is not copied with a version, it is not in the
    controlesom, and it may change when the version is fixed. A schrijver has no other rights than those an Opdracht
    gives. `verwerkt` holds the tokens of the last forms that added something, so that a form sent twice adds once.
    """

    class Status(models.TextChoices):
        OPEN = "open", "open"
        KLAAR = "klaar", "klaar"
        TERUGGESTUURD = "teruggestuurd", "teruggestuurd"

    versie = models.ForeignKey(Versie, models.CASCADE, related_name="opdrachten", verbose_name="versie", editable=False)
    pakket = models.ForeignKey(
        Pakket, models.CASCADE, related_name="opdrachten", db_constraint=False, verbose_name="pakket"
    )
    schrijver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="opdrachten",
        verbose_name="schrijver",
        help_text="Een collega met de rol schrijver.",
    )
    uiterlijk = models.DateField("uiterlijk klaar op", help_text="De laatste dag waarop het klaar moet zijn.")
    status = models.CharField("status", max_length=13, choices=Status, default=Status.OPEN, editable=False)
    toelichting = models.TextField(
        "toelichting", blank=True, help_text="Wat u van de schrijver vraagt. Mag leeg blijven."
    )
    reden = models.TextField("reden van terugsturen", blank=True, editable=False)
    klaar_op = models.DateTimeField("klaar gemeld op", null=True, blank=True, editable=False)
    gegeven_op = models.DateTimeField("gegeven op", db_default=Now(), editable=False)
    gegeven_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="gegeven door",
    )
    verwerkt = models.JSONField("verwerkte formulieren", default=list, editable=False)

    class Meta:
        verbose_name = "opdracht"
        verbose_name_plural = "opdrachten"
        ordering = ["uiterlijk", "pakket_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pakket", "schrijver"],
                name="opdracht_een_per_pakket_en_schrijver",
                violation_error_message="Deze schrijver heeft dit pakket al.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "klaar", "teruggestuurd"]), name="opdracht_status_bekend"
            ),
            models.CheckConstraint(
                condition=Q(status="klaar", klaar_op__isnull=False) | (~Q(status="klaar") & Q(klaar_op__isnull=True)),
                name="opdracht_klaar_met_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="teruggestuurd") | ~Q(reden=""), name="opdracht_terug_met_reden"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pakket} voor {self.schrijver}"

    def bewerkbaar(self) -> bool:
        """Return whether the schrijver may write: not klaar, and the version is a concept."""
        return self.status != self.Status.KLAAR and self.versie.bewerkbaar()

    def te_laat(self, op: date) -> bool:
        """Return whether the work should have been klaar before the day `op`, and is not."""
        return self.status != self.Status.KLAAR and self.uiterlijk < op
