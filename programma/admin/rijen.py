"""One screen per kind of row. A row can change as long as its version is a concept."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from programma.admin.historie import MetTijdlijn
from programma.admin.rooster import aanwezig, rooster
from programma.admin.tips import MetTips
from programma.admin.uitwisseling import Uitwisseling
from programma.admin.versiefilter import VanDezeVersie, Versiefilter
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Bron,
    Doel,
    Doelindicator,
    GedruktTotaal,
    Kolom,
    Pakket,
    Paragraaf,
    Programma,
    Programmaindicator,
    Sectie,
    Taakveld,
    Versie,
    Versiegebonden,
    Wijziging,
)
from programma.toetsing.keuring import grafiekcijfers
from veiligheid.formulieren import Zorgvuldig
from veiligheid.opmaak import als_html
from veiligheid.tekstveld import UITLEG, Tekstveld, Tekstwidget


def van_concept(rij: Versiegebonden | None) -> bool:
    """Return whether this row may change; without a row: whether any may."""
    return rij is None or rij.versie.bewerkbaar()


class Rijformulier(forms.ModelForm):  # type: ignore[type-arg]
    """The form of a row. `versie` is read-only, but counts when the row is compared with its siblings."""

    def _get_validation_exclusions(self) -> set[str]:
        uitgesloten: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return uitgesloten - {"versie"}


class ZonderZijpaden:
    """For a form of rows: a choice is only a choice. Other rows are made and changed on their own screens."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Take off the buttons with which Django opens another row in a window of its own."""
        veld = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if veld is not None and isinstance(veld.widget, RelatedFieldWidgetWrapper):
            veld.widget = veld.widget.widget
        return veld


class Versierij(ZonderZijpaden, MetTijdlijn, Uitwisseling, Zorgvuldig):
    """A kind of row that belongs to a version."""

    list_select_related = ["versie"]
    list_filter = [Versiefilter]
    list_per_page = 100
    form = Rijformulier

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Show the newest version first: that is the one that is worked on."""
        return ["-versie_id", *(veld for veld in self.model._meta.ordering or () if veld != "versie_id")]

    def has_change_permission(self, request: HttpRequest, obj: Versiegebonden | None = None) -> bool:
        """Only a concept's rows change."""
        return super().has_change_permission(request, obj) and van_concept(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Versiegebonden | None = None) -> bool:
        """Only a concept's rows go."""
        return super().has_delete_permission(request, obj) and van_concept(obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Versiegebonden | None = None) -> list[str]:
        """A row never moves to another version."""
        return [*super().get_readonly_fields(request, obj), *(["versie"] if obj else [])]

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Leave out rows that are fixed, should the form have been made up."""
        super().delete_queryset(request, queryset.filter(versie__status=Versie.Status.CONCEPT))

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Offer only what belongs to the same version; for a new row, what belongs to a concept."""
        model = db_field.remote_field.model
        if model is Versie:
            kwargs["queryset"] = Versie.objects.filter(status=Versie.Status.CONCEPT)
        elif issubclass(model, Versiegebonden):
            kwargs["queryset"] = self._uit_dezelfde_versie(model, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _uit_dezelfde_versie(self, model: type[Versiegebonden], request: HttpRequest) -> models.QuerySet[Any]:
        rijen = model._default_manager.filter(versie__status=Versie.Status.CONCEPT)
        sleutel = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        if sleutel and sleutel.isdigit():
            rijen = rijen.filter(versie__in=self.model._default_manager.filter(pk=sleutel).values("versie"))
        return rijen


class Herzienbaar(Versierij):
    """A kind of row that a new year takes over, to be looked at. Whoever saves it has looked."""

    exclude = ["te_herzien"]

    def get_readonly_fields(self, request: HttpRequest, obj: Versiegebonden | None = None) -> list[str]:
        """The mark goes by saving."""
        return [*super().get_readonly_fields(request, obj), *(["stand"] if obj else [])]

    def get_fieldsets(self, request: HttpRequest, obj: Versiegebonden | None = None) -> Any:
        """A new row has no state yet."""
        return [
            (naam, {**opties, "fields": [veld for veld in opties["fields"] if obj or veld != "stand"]})
            for naam, opties in super().get_fieldsets(request, obj)
        ]

    @admin.display(description="stand", ordering="te_herzien")
    def stand(self, obj: Any) -> str:
        """Whether somebody looked: in words, for a tick would mean the opposite of done."""
        return "nog te herzien" if obj.te_herzien else "bekeken"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Take the mark off."""
        obj.te_herzien = False
        super().save_model(request, obj, form, change)


class Bedragen(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """The amounts of one line: at most one per column and change."""

    def clean(self) -> None:
        """Refuse a second amount for the same cell before the database does."""
        super().clean()
        gezien: set[tuple[object, object]] = set()
        for formulier in self.forms:
            data = getattr(formulier, "cleaned_data", {})
            if not data.get("kolom") or data.get("DELETE"):
                continue
            cel = (data["kolom"], data.get("wijziging"))
            if cel in gezien:
                formulier.add_error("kolom", f"Er is al een bedrag voor {data['kolom']}. Wijzig dat bedrag.")
            gezien.add(cel)


class BedragInline(ZonderZijpaden, admin.TabularInline):  # type: ignore[type-arg]
    """The amounts of a line, one per column and change."""

    model = Bedrag
    formset = Bedragen
    extra = 0
    fields = ["kolom", "euro", "bronprecisie", "wijziging", "bron", "plaats", "geschiedenis"]
    readonly_fields = ["bron", "plaats", "geschiedenis"]

    @admin.display(description="geschiedenis")
    def geschiedenis(self, bedrag: Bedrag) -> str:
        """A link to the timeline of the cell."""
        if bedrag.pk is None:
            return "–"
        adres = reverse("admin:historie_cel", args=[bedrag.regel_id, bedrag.kolom_id])
        return format_html('<a href="{}">bekijk<span class="visually-hidden"> {}</span></a>', adres, bedrag.kolom)

    def has_add_permission(self, request: HttpRequest, obj: Begrotingsregel | None = None) -> bool:
        """Only in a concept."""
        return super().has_add_permission(request, obj) and van_concept(obj)

    def has_change_permission(self, request: HttpRequest, obj: Begrotingsregel | None = None) -> bool:
        """Only in a concept."""
        return super().has_change_permission(request, obj) and van_concept(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Begrotingsregel | None = None) -> bool:
        """Only in a concept."""
        return super().has_delete_permission(request, obj) and van_concept(obj)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Offer the columns and changes of the version of this line."""
        sleutel = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        if issubclass(db_field.remote_field.model, Versiegebonden):
            regel = Begrotingsregel.objects.filter(pk=sleutel if sleutel and sleutel.isdigit() else 0)
            kwargs["queryset"] = db_field.remote_field.model._default_manager.filter(versie__in=regel.values("versie"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Begrotingsregel)
class BegrotingsregelAdmin(MetTips, Versierij):
    """Lines with their amounts."""

    tips_na = "toelichting"
    list_display = ["sleutel", "omschrijving", "soort", "pakket", "versie"]
    list_select_related = ["versie", "pakket"]
    list_filter = [Versiefilter, "soort", ("pakket", VanDezeVersie)]
    search_fields = ["sleutel", "omschrijving"]
    autocomplete_fields = ["taakveld"]
    inlines = [BedragInline]
    fieldsets = [
        (None, {"fields": ["versie", "pakket", "soort", "omschrijving", "volgorde"]}),
        ("Indeling", {"fields": ["taakveld", "reserve", "incidenteel"]}),
        ("Uitleg", {"fields": ["toelichting", "sleutel"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Versiegebonden | None = None) -> list[str]:
        """The sleutel is given by the database and never changes."""
        return [*super().get_readonly_fields(request, obj), "sleutel"]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Give new amounts the version of their line."""
        for bedrag in formset.save(commit=False):
            bedrag.versie_id = form.instance.versie_id
            bedrag.save()
        for bedrag in formset.deleted_objects:
            bedrag.delete()
        formset.save_m2m()


@admin.register(Bedrag)
class BedragAdmin(Versierij):
    """Amounts on their own."""

    list_display = ["regel", "euro", "kolom", "wijziging", "versie"]
    list_select_related = ["versie", "regel", "kolom", "wijziging"]
    list_filter = [Versiefilter, ("kolom", VanDezeVersie)]


@admin.register(Kolom)
class KolomAdmin(Versierij):
    """Columns."""

    list_display = ["jaar", "fase", "volgorde", "versie"]


@admin.register(Programma)
class ProgrammaAdmin(MetTips, Versierij):
    """Programmes."""

    tips_na = "inleiding"
    list_display = ["code", "naam", "soort", "bedragen", "versie"]
    fieldsets = [
        (None, {"fields": ["versie", "code", "naam", "slug", "soort", "volgorde"]}),
        ("Wat lezers zien", {"fields": ["inleiding", "portefeuillehouder", "vergelijkingsgroep", "grafiekkop"]}),
    ]

    def save_model(self, request: HttpRequest, obj: Programma, form: Any, change: bool) -> None:
        """Whoever saves a heading over the chart has seen it next to the figures of now."""
        obj.grafiekkop_bij = grafiekcijfers(obj) if obj.grafiekkop and change else ""
        super().save_model(request, obj, form, change)

    def tijdlijnadres(self, sleutel: int) -> tuple[str, list[str | int]]:
        """The timeline of a programme is that of everything in it."""
        return "historie_programma", [sleutel]

    def get_urls(self) -> list[URLPattern]:
        """Add the addresses of the grid."""
        beeld, teken = (self.admin_site.admin_view(partial(view, self.admin_site)) for view in (rooster, aanwezig))
        return [
            path("<int:sleutel>/rooster/", beeld, name="programma_programma_rooster"),
            path("<int:sleutel>/rooster/aanwezig/", teken, name="programma_programma_aanwezig"),
            *super().get_urls(),
        ]

    @admin.display(description="bedragen")
    def bedragen(self, programma: Programma) -> str:
        """A link to the grid of the programme."""
        adres = reverse("admin:programma_programma_rooster", args=[programma.pk])
        return format_html('<a href="{}">rooster<span class="visually-hidden"> van {}</span></a>', adres, programma)


@admin.register(Pakket)
class PakketAdmin(Versierij):
    """Pakketten."""

    list_display = ["code", "naam", "programma", "restpost", "versie"]
    list_select_related = ["versie", "programma"]


@admin.register(Sectie)
class SectieAdmin(MetTips, Herzienbaar):
    """Texts."""

    tips_na = "tekst"
    list_display = ["kop", "thema", "stand", "versie", "pakket", "programma", "paragraaf"]
    list_filter = [Versiefilter, "te_herzien"]
    list_select_related = ["versie", "programma", "pakket", "paragraaf"]
    fieldsets = [
        (None, {"fields": ["versie", "stand", "kop", "thema", "tekst"]}),
        (
            "Waar staat deze tekst?",
            {
                "fields": ["programma", "pakket", "paragraaf", "volgorde"],
                "description": "Kies precies één: een programma, een pakket of een paragraaf.",
            },
        ),
    ]
    formfield_overrides = {
        models.TextField: {"form_class": Tekstveld, "widget": Tekstwidget, "help_text": UITLEG},
    }

    class Media:
        css = {"all": ["veiligheid/tekstveld.css"]}

    def get_fieldsets(self, request: HttpRequest, obj: Versiegebonden | None = None) -> Any:
        """Show a text that cannot change as readers see it, not as HTML."""
        groepen = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return groepen
        return [
            (naam, {**opties, "fields": ["opgemaakte_tekst" if veld == "tekst" else veld for veld in opties["fields"]]})
            for naam, opties in groepen
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Versiegebonden | None = None) -> list[str]:
        """The shown text is read-only by nature."""
        return [*super().get_readonly_fields(request, obj), "opgemaakte_tekst"]

    @admin.display(description="tekst")
    def opgemaakte_tekst(self, obj: Sectie) -> str:
        """Return the text as HTML."""
        return format_html('<div class="tekstveld__vak tekstveld__vak--lees">{}</div>', als_html(obj.tekst))


@admin.register(Doel)
class DoelAdmin(MetTips, Herzienbaar):
    """Goals."""

    tips_na = "toelichting"
    list_display = ["__str__", "stand", "versie", "pakket", "streefwaarde", "streefjaar"]
    list_filter = [Versiefilter, "te_herzien"]
    list_select_related = ["versie", "pakket"]
    # A goal is a sentence.
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    fieldsets = [
        (None, {"fields": ["versie", "stand", "pakket", "tekst", "vervallen_reden"]}),
        (
            "Hoe meten wij het?",
            {
                "fields": [
                    ("nulwaarde", "nuljaar"),
                    "relatief",
                    ("streefwaarde", "streefjaar", "eenheid"),
                    "toelichting",
                ]
            },
        ),
        ("Op de pagina", {"fields": ["volgorde"]}),
    ]


@admin.register(GedruktTotaal)
class GedruktTotaalAdmin(Versierij):
    """Printed totals."""

    list_display = ["grootheid", "programma", "kolom", "euro", "versie"]
    list_select_related = ["versie", "programma", "kolom"]
    list_filter = [Versiefilter, "grootheid"]


@admin.register(Doelindicator)
class DoelindicatorAdmin(Versierij):
    """Indicators of goals."""

    list_display = ["indicator", "doel", "versie"]
    list_select_related = ["versie", "indicator", "doel"]


@admin.register(Programmaindicator)
class ProgrammaindicatorAdmin(Versierij):
    """Indicators of programmes."""

    list_display = ["indicator", "programma", "volgorde", "versie"]
    list_select_related = ["versie", "indicator", "programma"]


for gewoon in (Paragraaf, Bron, Wijziging):
    admin.site.register(gewoon, Versierij)


@admin.register(Taakveld)
class TaakveldAdmin(Zorgvuldig):
    """Taakvelden."""

    list_display = ["code", "naam", "geldig_van", "geldig_tot"]
    search_fields = ["code", "naam"]

    def get_readonly_fields(self, request: HttpRequest, obj: Taakveld | None = None) -> list[str]:
        """Code and first year are the identity."""
        return ["code", "geldig_van"] if obj else []
