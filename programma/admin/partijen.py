"""The screens of the connected parties: who they are, their part in a programme, and their figures per year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest

from programma.admin.rijen import Herzienbaar
from programma.admin.versiefilter import Versiefilter
from programma.models import Deelname, Partijcijfers, VerbondenPartij
from veiligheid.formulieren import Zorgvuldig

# A few sentences, not a page.
KORT: Mapping[type[models.Field[Any, Any]], Mapping[str, Any]] = {
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}
}


@admin.register(VerbondenPartij)
class VerbondenPartijAdmin(Zorgvuldig):
    """Connected parties."""

    list_display = ["naam", "afkorting", "soort"]
    search_fields = ["naam", "afkorting"]

    def get_readonly_fields(self, request: HttpRequest, obj: VerbondenPartij | None = None) -> list[str]:
        """The name in addresses is permanent."""
        return ["slug"] if obj else []


@admin.register(Deelname)
class DeelnameAdmin(Herzienbaar):
    """What connected parties do, and how the municipality has a say in them."""

    list_display = ["naam", "programma", "pakket", "stand", "versie"]
    list_filter = [Versiefilter, "te_herzien"]
    list_select_related = ["versie", "programma", "pakket"]
    formfield_overrides = KORT
    fieldsets = [
        (None, {"fields": ["versie", "stand", "programma", "pakket", "partij"]}),
        ("De partij", {"fields": ["naam", "afkorting", "soort", "vestigingsplaats"]}),
        (
            "Waarom en hoe doet de gemeente mee?",
            {
                "fields": ["taak", "openbaar_belang", "bestuurlijk_belang"],
                "description": "De wet vraagt dit per partij (artikel 15 lid 2 van het BBV).",
            },
        ),
        ("Op de pagina", {"fields": ["volgorde"]}),
    ]


@admin.register(Partijcijfers)
class PartijcijfersAdmin(Herzienbaar):
    """Figures of connected parties."""

    list_display = ["partij", "jaar", "bijdrage", "stand", "versie"]
    list_filter = [Versiefilter, "te_herzien"]
    list_select_related = ["versie", "partij"]
    formfield_overrides = KORT
    fieldsets = [
        (None, {"fields": ["versie", "stand", "partij", "jaar"]}),
        (
            "Het belang van de gemeente in de partij",
            {
                "fields": [("belang_begin", "belang_begin_procent"), ("belang_eind", "belang_eind_procent")],
                "description": (
                    "Het geld dat de gemeente kwijt is als de partij failliet gaat, of waarvoor zij aansprakelijk is: "
                    "in euro’s, in procenten van het geheel, of allebei. Het belang op 31 december is een verwachting "
                    "(artikel 15 lid 2 onder b van het BBV)."
                ),
            },
        ),
        (
            "Hoe staat de partij ervoor?",
            {
                "fields": [
                    ("eigen_vermogen_begin", "eigen_vermogen_eind"),
                    ("vreemd_vermogen_begin", "vreemd_vermogen_eind"),
                    ("resultaat", "bijdrage"),
                ]
            },
        ),
        ("Wat verandert er, en wat kan er misgaan?", {"fields": ["ontwikkelingen", "risico"]}),
        ("Wat is onbekend?", {"fields": ["onbekend_reden"]}),
    ]
