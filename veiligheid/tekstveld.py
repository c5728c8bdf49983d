"""The form field for rich text: an editor where there is JavaScript, a textarea for plain text where there is not.

The editor is the bundle of django-prose-editor, started by our own script (static/veiligheid/tekstveld.js): its own
start needs an inline import map and an inline style, which the content security policy rightly refuses.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.templatetags.static import static

from veiligheid.alineas import leeg
from veiligheid.opmaak import van_invoer

UITLEG = (
    "Plakken uit Word mag: kleuren en lettertypes verdwijnen vanzelf, koppen, lijsten en tabellen blijven. "
    "Zonder de knoppen typt u gewone tekst; een lege regel begint een nieuwe alinea."
)
# About a hundred printed pages under one heading: more is a mistake in pasting.
LANGST = 200_000


class Tekstwidget(forms.Textarea):
    """A textarea that becomes an editor. Its media go in the head of the page; nothing in it is inline."""

    class Media:
        css = {"all": ["veiligheid/tekstveld.css"]}
        js = [Script("veiligheid/tekstveld.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 14, "cols": 80, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Tell the script where the editor is, under its fingerprinted name."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-tekstveld"] = static("django_prose_editor/editor.js")
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        """Leave the check to the server: a browser cannot point at a textarea that the editor hides."""
        return False


class Tekstveld(forms.CharField):
    """A rich text. What comes out is clean HTML, or "" for a text that says nothing; plain text gets paragraphs."""

    widget = Tekstwidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LANGST)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return the text as the site stores it."""
        ruw = super().to_python(value) or ""
        if len(ruw) > LANGST:
            raise ValidationError(
                f"Deze tekst is te lang: {len(ruw)} tekens. Er passen er {LANGST} in. Verdeel hem over meer koppen."
            )
        return van_invoer(ruw)

    def prepare_value(self, value: Any) -> Any:
        """Show a plain text of before the editor as paragraphs."""
        return value if not isinstance(value, str) or leeg(value) else van_invoer(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as stored: the editor writes the same text with other tags."""
        return van_invoer(initial or "") != van_invoer(data or "")
