"""The forms of an import: which file, and how it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms

from programma.invoer import verloop
from programma.invoer.grendel import mag_importeren
from programma.invoer.herkenning import Duiding, als_kolom, celkolom
from programma.models import Import, Versie
from programma.resources import RESOURCES
from programma.resources.regels import KOLOMNAMEN
from programma.resources.velden import Alleenlezen
from veiligheid.tekens import geen_stuurtekens

ZOEK_ZELF = ("", "zoek zelf uit wat het is")
EENHEDEN = [("1", "euro's (€)"), ("1000", "duizenden euro's (× € 1.000)")]
TEKENS = [
    ("resultaat", "lasten en toevoegingen met een minteken: het effect op het resultaat"),
    ("gedrukt", "zoals vaak gedrukt: lasten en toevoegingen zonder minteken"),
]


class Bestandformulier(forms.Form):
    """The file, the concept that it is for, and what is in it."""

    versie = forms.ModelChoiceField(
        Versie.objects.filter(status=Versie.Status.CONCEPT).select_related("document"),
        label="Concept",
        error_messages={
            "invalid_choice": "Deze versie is geen concept: wat erin staat ligt vast. Maak een nieuw concept."
        },
    )
    soort = forms.ChoiceField(label="Wat staat erin?", required=False)
    bestand = forms.FileField(
        label="Bestand",
        help_text="Een Excel-bestand (.xlsx) of een CSV-bestand, hoogstens 12 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": "Het bestand is leeg. Kies een ander bestand.", "required": "Kies een bestand."},
    )

    def __init__(self, *args: Any, wie: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        soort: Any = self.fields["soort"]
        soort.choices = [ZOEK_ZELF, *(keuze for keuze in Import.Soort.choices if mag_importeren(wie, keuze[0]))]


class Duidingformulier(forms.Form):
    """How a file is read: guessed, shown, and changed here."""

    soort = forms.ChoiceField(label="Wat staat erin?")
    blad = forms.TypedChoiceField(label="Blad", coerce=int)
    kop = forms.IntegerField(label="Rij met de koppen", min_value=0, max_value=100_000)
    eenheid = forms.TypedChoiceField(
        label="Eenheid van de bedragen", choices=EENHEDEN, coerce=int, widget=forms.RadioSelect
    )
    teken = forms.ChoiceField(label="Teken van de bedragen", choices=TEKENS, widget=forms.RadioSelect)
    bronnaam = forms.CharField(
        label="Bron",
        max_length=200,
        required=False,
        validators=[geen_stuurtekens],
        help_text="Wat het is en van wie. Lezers zien dit als bron bij de bedragen.",
    )

    def __init__(self, *args: Any, invoer: Import, wie: Any, **kwargs: Any) -> None:
        duiding = Duiding.uit_json(invoer.duiding)
        begin = {
            "soort": duiding.soort,
            "blad": duiding.blad,
            "kop": duiding.kop,
            "eenheid": duiding.eenheid,
            "teken": duiding.teken,
            "bronnaam": invoer.bronnaam or f"Bestand {invoer.bestandsnaam}",
            **{f"kolom-{nummer}": kolom for nummer, kolom in enumerate(duiding.kolommen)},
        }
        super().__init__(*args, **{**kwargs, "initial": begin})
        self.duiding = duiding
        soort: Any = self.fields["soort"]
        soort.choices = [keuze for keuze in Import.Soort.choices if mag_importeren(wie, keuze[0])]
        blad: Any = self.fields["blad"]
        blad.choices = [(nummer, naam or "het bestand zelf") for nummer, naam in enumerate(invoer.bladen)]
        keuzes = _kolomkeuzes(duiding.soort, invoer.versie_id)
        self.kolomnamen: list[str] = []
        for nummer, kop in enumerate(duiding.koppen):
            if kop or duiding.kolommen[nummer]:
                self.kolomnamen.append(f"kolom-{nummer}")
                self.fields[f"kolom-{nummer}"] = forms.ChoiceField(
                    label=kop or f"kolom {nummer + 1}", choices=keuzes, required=False
                )
        geld = bool(duiding.soort) and RESOURCES[duiding.soort].geld
        if not geld:
            del self.fields["eenheid"]
        if duiding.soort != Import.Soort.REGELS:
            del self.fields["teken"], self.fields["bronnaam"]

    def kolommen(self) -> list[forms.BoundField]:
        """Return the fields that say what each column is."""
        return [self[naam] for naam in self.kolomnamen]

    def gewone_velden(self) -> list[forms.BoundField]:
        """Return the other fields."""
        return [self[naam] for naam in self.fields if naam not in self.kolomnamen]

    def anders(self) -> bool:
        """Return whether another kind, sheet or header was chosen, so that the columns must be guessed again."""
        data = self.cleaned_data
        return (data["soort"], data["blad"], data["kop"]) != (self.duiding.soort, self.duiding.blad, self.duiding.kop)

    def als_duiding(self) -> Duiding:
        """Return the reading that was chosen."""
        data = self.cleaned_data
        return replace(
            self.duiding,
            soort=data["soort"],
            eenheid=data.get("eenheid", 1),
            teken=data.get("teken", "resultaat"),
            kolommen=tuple(data.get(f"kolom-{nummer}", "") for nummer in range(len(self.duiding.kolommen))),
        )


def _kolomkeuzes(soort: str, versie: int) -> list[tuple[str, str]]:
    """Return what a column of the file can be: a column of this kind, or a kolom of the version."""
    if not soort:
        return [("", "niet gebruiken")]
    velden = RESOURCES[soort]().kolommen()
    gewoon = [
        (naam, f"{naam} (alleen ter controle)" if isinstance(veld, Alleenlezen) else naam)
        for naam, veld in velden.items()
    ]
    cellen = [
        (naam, f"bedragen van {naam_van(naam)}")
        for naam in (
            [celkolom(kolom) for kolom in verloop.kolommen_van(versie)] if soort == Import.Soort.REGELS else []
        )
    ]
    return [("", "niet gebruiken"), *cellen, *gewoon]


def naam_van(kolom: str) -> str:
    """Return an amount column as it is printed: "Primaire begroting 2025"."""
    fase, jaar = als_kolom(kolom)
    return f"{KOLOMNAMEN[fase]} {jaar}"
