"""How a template shows a stored text."""

from __future__ import annotations

from django import template

from veiligheid.opmaak import als_html

register = template.Library()
register.filter("als_html", als_html)
