"""The forms of one pakket. Each row carries what it showed, signed: so a save knows what the writer saw.

A field is changed when it differs from what was seen; a field that was left alone keeps what is in the database now,
also when a colleague has changed it meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.db import models

from programma.models import Begrotingsregel, Doel, Opdracht, Sectie
from programma.schrijftips import TEKSTVELDEN
from veiligheid.tekstveld import UITLEG, Tekstveld, Tekstwidget
from veiligheid.tips import Tip

ZOUT = "schrijven"


def gelijkgemaakt(waarde: Any) -> Any:
    """Return a value in the form in which two are compared: a browser changes line ends, and forms trim texts."""
    if isinstance(waarde, str):
        return waarde.replace("\r\n", "\n").strip()
    if isinstance(waarde, Decimal):
        return Decimal(format(waarde.normalize(), "f"))
    return waarde


class Zegel(forms.CharField):
    """What the page showed. It is no input: it never counts as a change."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return False."""
        return False


class Schrijfformulier(forms.ModelForm):  # type: ignore[type-arg]
    """A row as a schrijver edits it. `nu` is what the database has, `gezien` what the page showed."""

    zegel = Zegel(widget=forms.HiddenInput, required=False)
    wat: ClassVar[str]

    def __init__(self, opdracht: Opdracht, rij: models.Model, data: Mapping[str, Any] | None = None) -> None:
        prefix = f"{self._meta.model.__name__.lower()}-{rij.pk or 'nieuw'}"
        self.titel = str(rij) if rij.pk else ""
        self.nu = {naam: gelijkgemaakt(getattr(rij, naam)) for naam in self._meta.fields or ()}
        self.zout = f"{ZOUT}-{opdracht.pk}-{prefix}"
        ruw = None if data is None else data.get(f"{prefix}-zegel")
        self.ingestuurd = ruw is not None
        self.gezien: dict[str, Any] = self._ontzegel(str(ruw)) if ruw else dict(self.nu)
        super().__init__(data if self.ingestuurd else None, prefix=prefix, instance=rij, initial=dict(self.gezien))
        self.fields["zegel"].initial = self.verzegel()
        self.label_suffix = ""
        self.tips: Callable[[], tuple[Tip, ...]] = tuple

    def verzegel(self) -> str:
        """Return what the database has now, signed: what the next page will have seen."""
        return signing.dumps(
            {naam: str(waarde) if isinstance(waarde, Decimal) else waarde for naam, waarde in self.nu.items()},
            salt=self.zout,
            compress=True,
        )

    def _ontzegel(self, ruw: str) -> dict[str, Any]:
        try:
            gezien: dict[str, Any] = signing.loads(ruw, salt=self.zout)
        except signing.BadSignature as fout:
            raise SuspiciousOperation("what was seen does not bear our signature") from fout
        return {naam: self._meta.model._meta.get_field(naam).to_python(waarde) for naam, waarde in gezien.items()}

    @property
    def teksten(self) -> list[str]:
        """What the database has of the texts in this row, for tips."""
        return [self.nu[naam] for naam in TEKSTVELDEN[self._meta.model]]

    @property
    def gewijzigd(self) -> list[str]:
        """The fields that the writer changed."""
        return [naam for naam in self.changed_data if naam in self.nu]

    def verschilt(self, naam: str) -> bool:
        """Return whether what the writer made of a field differs from what is stored now, in meaning."""
        return self.fields[naam].has_changed(self.nu[naam], self.cleaned_data.get(naam))

    def clean(self) -> dict[str, Any]:
        """Take the present value of every field that the writer left alone."""
        schoon: dict[str, Any] = super().clean() or self.cleaned_data
        gewijzigd = set(self.gewijzigd)
        for naam, waarde in self.nu.items():
            schoon[naam] = gelijkgemaakt(schoon.get(naam)) if naam in gewijzigd else waarde
        return schoon

    def _post_clean(self) -> None:
        """Judge the row as it will be; a field that was left alone is not the writer's fault."""
        super()._post_clean()  # type: ignore[misc]  # Django's own step between clean and the errors
        for naam in set(self.nu) - set(self.gewijzigd):
            self.errors.pop(naam, None)


class Herzienbaar(Schrijfformulier):
    """A row that may be added and removed, and that may have come from last year."""

    akkoord = forms.BooleanField(label="Ongewijzigd akkoord: dit blijft zoals het is", required=False)
    weg = forms.BooleanField(label="Verwijderen als ik bewaar", required=False)

    def __init__(self, opdracht: Opdracht, rij: models.Model, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(opdracht, rij, data)
        if rij.pk is None:
            self.empty_permitted, self.use_required_attribute = True, False
            del self.fields["weg"]
        if not getattr(rij, "te_herzien", False):
            del self.fields["akkoord"]

    @property
    def moet_weg(self) -> bool:
        """Whether the writer asks to remove this row."""
        return bool(self.cleaned_data.get("weg"))

    @property
    def herzien(self) -> bool:
        """Whether the writer looked at it: it was changed, or what was seen is still so and agreed with."""
        return bool(self.gewijzigd) or (bool(self.cleaned_data.get("akkoord")) and self.gezien == self.nu)


class SectieForm(Herzienbaar):
    """A text under a heading."""

    wat = "tekst"

    class Meta:
        model = Sectie
        fields: ClassVar = ["kop", "thema", "tekst"]
        field_classes: ClassVar = {"tekst": Tekstveld}
        widgets: ClassVar = {"tekst": Tekstwidget}
        help_texts: ClassVar = {"tekst": UITLEG}


class DoelForm(Herzienbaar):
    """A goal, or the reason why there is none."""

    wat = "doel"

    class Meta:
        model = Doel
        fields: ClassVar = [
            *("tekst", "vervallen_reden", "nulwaarde", "nuljaar", "relatief", "streefwaarde", "streefjaar"),
            *("eenheid", "toelichting"),
        ]
        localized_fields: ClassVar = ["nulwaarde", "streefwaarde"]
        widgets: ClassVar = {
            "tekst": forms.Textarea(attrs={"rows": 3}),
            "vervallen_reden": forms.Textarea(attrs={"rows": 2}),
        }


class RegelForm(Schrijfformulier):
    """The explanation of a line; its amounts are the officer's."""

    wat = "toelichting"

    class Meta:
        model = Begrotingsregel
        fields: ClassVar = ["toelichting"]
        widgets: ClassVar = {"toelichting": forms.Textarea(attrs={"rows": 3})}
