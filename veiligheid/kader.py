"""What stands around every public page: the menu, the search box, the footer, and how the municipality looks.

One list names the pages by the name of their address; a page that does not exist gets no link, so each appears in the
menu on the day that it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from veiligheid.aanmelden.poort import BEHEER
from veiligheid.logo import Logo

BEGIN = "programma:home"
HOOFDMENU = (
    ("Begroting", BEGIN),
    ("Vergelijken", "programma:vergelijken"),
    ("Verbonden partijen", "programma:partijen"),
    ("Indicatoren", "programma:indicatoren"),
    ("Begrippen", "programma:begrippen"),
    ("Open data", "programma:open_data"),
)
VOETMENU = (
    ("Toegankelijkheid", "toegankelijkheid"),
    ("Privacy", "privacy"),
    ("Colofon", "colofon"),
    ("Open data", "programma:open_data"),
    ("Nieuw (Atom-feed)", "programma:nieuw"),
)
ZOEKEN = "programma:zoeken"
FEED = "programma:nieuw"


class Ingang(NamedTuple):
    """A link of a menu. `huidig` is the value of aria-current: "page", "true" inside that section, or ""."""

    tekst: str
    href: str
    huidig: str = ""


@dataclass(frozen=True, slots=True)
class Kader:
    """What the templates place around a page; empty parts are left out."""

    hoofdmenu: tuple[Ingang, ...]
    voetmenu: tuple[Ingang, ...]
    zoeken: str
    feed: str
    gemeente: str
    thema: str
    logo: Logo | None
    logo_href: str


def kader(pad: str = "") -> Kader:
    """Return the frame around the page at this path; without a path no entry is the current one. No database."""
    return Kader(
        hoofdmenu=_menu(HOOFDMENU, pad),
        voetmenu=_menu(VOETMENU, pad),
        zoeken=_adres(ZOEKEN),
        feed=_adres(FEED),
        gemeente=settings.GEMEENTE_NAAM,
        thema=reverse("thema", args=[settings.THEMA.kenmerk]) if settings.THEMA else "",
        logo=settings.LOGO,
        logo_href=reverse("logo", args=[settings.LOGO.kenmerk, settings.LOGO.extensie]) if settings.LOGO else "",
    )


def vaste_paden() -> list[str]:
    """Return the paths of all pages in the menus, for the sitemap."""
    paden = [ingang.href for ingang in (*_menu(HOOFDMENU, ""), *_menu(VOETMENU, "")) if ingang.href.endswith("/")]
    return list(dict.fromkeys(paden))


def oorsprong(request: HttpRequest) -> str:
    """Return scheme and host of the site: as it names itself, or as it was asked (which ALLOWED_HOSTS limits)."""
    return settings.SITE_ADRES or f"{request.scheme}://{request.get_host()}"


def _adres(naam: str) -> str:
    """Return the path of a page, or "" when there is no such page (yet)."""
    try:
        return reverse(naam)
    except NoReverseMatch:
        return ""


def _menu(ingangen: tuple[tuple[str, str], ...], pad: str) -> tuple[Ingang, ...]:
    bekend = [(tekst, href) for tekst, naam in ingangen if (href := _adres(naam))]
    return tuple(Ingang(tekst, href, _huidig(href, pad)) for tekst, href in bekend)


def _huidig(href: str, pad: str) -> str:
    """Return how an entry relates to the page at this path. Pages of documents belong to the first entry."""
    if not pad or pad == href:
        return "page" if pad else ""
    if href != _adres(BEGIN):
        return "true" if pad.startswith(href) else ""
    elders = {eigen for _, naam in (*HOOFDMENU, *VOETMENU, ("", ZOEKEN)) if (eigen := _adres(naam)) != href and eigen}
    return "" if pad.startswith((BEHEER, *elders)) else "true"
