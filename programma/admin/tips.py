"""Tips under the texts that somebody writes on a screen of the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from programma.schrijftips import tips_van


class MetTips(admin.ModelAdmin):  # type: ignore[type-arg]
    """A kind of row with texts. Who may change the row sees tips under the last of them; they never block a save."""

    tips_na: ClassVar[str]

    class Media:
        css: ClassVar = {"all": ["veiligheid/tips.css"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Tips are there to read."""
        return [*super().get_readonly_fields(request, obj), "tips"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Put the tips under the text that they are about; a new row, and who only reads, gets none."""
        toon = obj is not None and self.has_change_permission(request, obj)
        return [
            (naam, {**opties, "fields": self._met_tips(opties["fields"], toon)})
            for naam, opties in super().get_fieldsets(request, obj)
        ]

    def _met_tips(self, velden: Any, toon: bool) -> list[Any]:
        over = [veld for veld in velden if veld != "tips"]
        if toon and self.tips_na in over:
            over.insert(over.index(self.tips_na) + 1, "tips")
        return over

    @admin.display(description="tips voor deze tekst")
    def tips(self, obj: Any) -> SafeString:
        """Return the tips for the texts of a row."""
        return render_to_string("admin/programma/onderdelen/tips.html", {"tips": tips_van(obj), "anker": "tips"})
