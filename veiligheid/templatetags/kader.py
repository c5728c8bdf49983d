"""The frame of a page, for base.html: `{% kader as kader %}`."""

from typing import Any

from django import template

from veiligheid.kader import Kader
from veiligheid.kader import kader as kader_van

register = template.Library()


@register.simple_tag(takes_context=True)
def kader(context: dict[str, Any]) -> Kader:
    """Return the frame around this page. An error page has no place in the menu: all of them are the same."""
    request = context.get("request")
    return kader_van("" if context.get("fout") or request is None else request.path)
