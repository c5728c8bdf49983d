"""The steps of a version as buttons: what each says, asks for, and who is offered it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest

from programma import publicatie
from programma.bewaard.maken import IN_VERZOEK, maak_bestanden
from programma.levensloop import VOLGENDE, Toestand
from programma.models import Versie
from veiligheid.tekens import geen_stuurtekens


class Zinnen(forms.CharField):
    """A few sentences. A line break counts once, as it does in the browser that limits what can be typed."""

    def to_python(self, value: Any) -> Any:
        """Return the text with the line breaks that are stored."""
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class SamenvattingForm(forms.Form):
    """A submission: what was changed, for who approves."""

    samenvatting = Zinnen(
        label="Samenvatting van de wijziging",
        help_text="Wat is er anders, en waarom? Wie goedkeurt, leest dit als eerste. Hoogstens 500 tekens.",
        error_messages={
            "required": "Schrijf in een paar zinnen wat u hebt gewijzigd en waarom.",
            "max_length": "Maak de tekst korter. Er passen %(limit_value)d tekens; u hebt er %(show_value)d.",
        },
        max_length=publicatie.MEESTE_TEKENS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RedenForm(forms.Form):
    """A step that needs a reason."""

    reden = Zinnen(
        label="Reden",
        error_messages={
            "required": "Schrijf op waarom.",
            "max_length": "Maak de tekst korter. Er passen %(limit_value)d tekens; u hebt er %(show_value)d.",
        },
        max_length=publicatie.MEESTE_TEKENS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EigenRedenForm(RedenForm):
    """A step on one's own work: a reason may be given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden"].label = "Reden (mag leeg blijven)"
        self.fields["reden"].required = False


class IntrekForm(RedenForm):
    """A step that readers notice and that nobody can undo: it is confirmed. A verb has no use for the tick."""

    zeker = forms.BooleanField(
        label="Ik weet het zeker: dit kan niet ongedaan worden gemaakt",
        error_messages={"required": "Zet een vinkje als u het zeker weet."},
    )

    def clean(self) -> dict[str, Any]:
        """Return what the verb asks for."""
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "zeker"}


class BesluitForm(forms.Form):
    """The council's decision."""

    nummer = forms.CharField(label="Nummer van het raadsbesluit", max_length=60, validators=[geen_stuurtekens])
    datum = forms.DateField(label="Datum van het raadsbesluit", widget=forms.DateInput(attrs={"type": "date"}))


class MomentForm(forms.Form):
    """A moment in the future."""

    op = forms.DateTimeField(
        label="Publiceren op", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


@dataclass(frozen=True, slots=True)
class Handeling:
    """A step in the screen: what the button says, when it is offered, and what it asks for.

    `wie_doet` finishes the sentence "De volgende stap: …"; the verb's own rules are in `programma.publicatie`.
    `indiener` says whom of those with the right it is for: True who submitted the version, False everybody else.
    """

    knop: str
    wie_doet: str
    uitleg: str
    recht: str
    toestanden: frozenset[Toestand]
    doe: Callable[..., Versie]
    formulier: type[forms.Form] = forms.Form
    indiener: bool | None = None

    def mag(self, request: HttpRequest) -> bool:
        """Return whether this person has the right for this step."""
        return request.user.has_perm(f"programma.{self.recht}")

    def kan(self, versie: Versie, toestand: Toestand, request: HttpRequest) -> bool:
        """Return whether this person can take this step on a version that is here now."""
        if self.indiener is not None and self.indiener != (versie.ingediend_door_id == request.user.pk):
            return False
        return toestand in self.toestanden and self.mag(request)


HANDELINGEN: Mapping[str, Handeling] = {
    "dien_in": Handeling(
        "Indienen",
        "indienen",
        "Daarna kan niemand meer iets wijzigen, tot u de indiening intrekt of een collega de versie terugstuurt.",
        "dien_in",
        frozenset({Toestand.CONCEPT}),
        publicatie.dien_in,
        SamenvattingForm,
    ),
    "keur_goed": Handeling(
        "Goedkeuren",
        "goedkeuren",
        "U keurt precies deze inhoud goed. Wie indiende of wijzigde, kan dit niet.",
        "keur_goed",
        frozenset({Toestand.INGEDIEND}),
        publicatie.keur_goed,
    ),
    "publiceer": Handeling(
        "Nu publiceren",
        "publiceren",
        "Iedereen kan de versie dan lezen. Ze ligt voor altijd vast.",
        "publiceer",
        frozenset({Toestand.GOEDGEKEURD}),
        publicatie.publiceer,
    ),
    "plan": Handeling(
        "Publicatie plannen",
        "publicatie plannen",
        "De site publiceert op dit moment vanzelf, in uw naam.",
        "publiceer",
        frozenset({Toestand.GOEDGEKEURD}),
        publicatie.plan,
        MomentForm,
    ),
    "stel_vast": Handeling(
        "Raadsbesluit vastleggen",
        "het raadsbesluit vastleggen",
        "Heeft de raad besloten? Leg het nummer en de datum vast. Lezers zien dan: vastgesteld. Dit kan één keer.",
        "stel_vast",
        frozenset({Toestand.GEPUBLICEERD}),
        publicatie.stel_vast,
        BesluitForm,
    ),
    "maak_bestanden": Handeling(
        "Bestanden maken",
        "de bestanden maken",
        "Maakt de PDF’s en rekenbladen die er nog niet zijn. Dat duurt hoogstens een halve minuut.",
        "publiceer",
        frozenset({Toestand.GEPUBLICEERD, Toestand.VASTGESTELD}),
        partial(maak_bestanden, seconden=IN_VERZOEK),
    ),
    "stuur_terug": Handeling(
        "Terugsturen",
        "terugsturen",
        "De versie wordt weer een concept. Een goedkeuring vervalt.",
        "stuur_terug",
        frozenset({Toestand.INGEDIEND, Toestand.GOEDGEKEURD}),
        publicatie.stuur_terug,
        RedenForm,
        indiener=False,
    ),
    "trek_indiening_in": Handeling(
        "Indiening intrekken",
        "de indiening intrekken",
        "Ziet u zelf nog een fout? De versie wordt weer een concept. Een goedkeuring vervalt.",
        "dien_in",
        frozenset({Toestand.INGEDIEND, Toestand.GOEDGEKEURD}),
        publicatie.trek_indiening_in,
        EigenRedenForm,
        indiener=True,
    ),
    "maak_concept": Handeling(
        "Nieuw concept maken",
        "een nieuw concept maken",
        "Een kopie van deze versie, die u kunt wijzigen.",
        "maak_concept",
        frozenset({Toestand.GEPUBLICEERD, Toestand.VASTGESTELD, Toestand.INGETROKKEN}),
        publicatie.maak_concept,
    ),
    "trek_in": Handeling(
        "Publicatie intrekken",
        "de publicatie intrekken",
        "Lezers kunnen de versie niet meer openen. Ze zien de reden die u opschrijft.",
        "trek_in",
        frozenset({Toestand.GEPUBLICEERD, Toestand.VASTGESTELD}),
        publicatie.trek_in,
        IntrekForm,
    ),
}


def is_volgende(werkwoord: str, toestand: Toestand) -> bool:
    """Return whether this verb is the step forward from here; the others are ways aside."""
    return VOLGENDE.get(toestand) == werkwoord or (werkwoord == "plan" and toestand == Toestand.GOEDGEKEURD)
