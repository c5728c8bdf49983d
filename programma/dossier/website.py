"""The pages of a published version as they stand at its fixed address, made so that they open from a disk.

They come from the addresses themselves, so a reader of the site sees the same. Links lead to the file where the ZIP has
it, and to the full address otherwise; scripts and preloads are left out (no page needs one). The pages about single
figures are left out too: there are as many as there are figures, and every one of those is in begroting.csv.
"""

from __future__ import annotations

import io
import posixpath
import re
import zlib
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.encoding import iri_to_uri

from programma.inhoud import Uitgave
from programma.models import Pakket, Programma
from programma.pagina.adres import vast

MAP = "html"
EIGEN_PAGINAS = ("", "aansluiting/", "autorisatie/")
VOORBEELD = "veiligheid/stijl.css"
SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>\s*", re.S | re.I)
# To load ahead makes no sense from a disk, and a browser refuses it there with an error.
VOORUIT = re.compile(r"""<link\s[^<>]*\brel="preload"[^<>]*>\s*""", re.I)
VERWIJZING = re.compile(r"""(<[a-zA-Z][^<>]*?\s)(href|src|action)="([^"]*)\"""")
IN_CSS = re.compile(r"""url\((['"]?)([^'")]+)\1\)""")
# What a page shows with, and so belongs in the ZIP; other references are links.
ONDERDEEL = re.compile(r"<(?:link|img|source|use|image)\s", re.I)
GEEN_ONDERDEEL = re.compile(r"""\brel="(?:alternate|canonical|next|prev)\"""")


class GeenOpmaak(Exception):
    """The static files were not collected: no page can say what it shows with."""


class Stuk(NamedTuple):
    """A file of the website: its name in the ZIP and its bytes."""

    naam: str
    inhoud: bytes


def adressen(uitgave: Uitgave) -> list[str]:
    """Return the addresses of the pages that a version may have, that of the document first. Two queries."""
    adres = vast(uitgave)
    programmas = Programma.objects.filter(versie=uitgave.versie_id).order_by("volgorde", "code")
    pakketten = Pakket.objects.filter(versie=uitgave.versie_id).order_by("programma__volgorde", "volgorde", "code")
    return [
        *(adres.wortel + pad for pad in EIGEN_PAGINAS),
        *(adres.programma(slug) for slug in programmas.values_list("slug", flat=True)),
        *(adres.pakket(*rij) for rij in pakketten.values_list("programma__slug", "code")),
    ]


def website(uitgave: Uitgave, oorsprong: str, bestanden: Sequence[str]) -> Iterator[Stuk]:
    """Yield the pages of a published version and what they show with.

    `bestanden` are the files elsewhere in the ZIP, by their name under the address of the version. `oorsprong` is
    scheme and host of the site, "" when the site does not know: then links that lead out of the ZIP lose their address.
    Raises GeenOpmaak.
    """
    try:
        staticfiles_storage.url(VOORBEELD)
    except ValueError as fout:
        raise GeenOpmaak from fout
    wortel = vast(uitgave).wortel
    # Which pages there are has to be known before the first link is written; small meanwhile, there may be hundreds.
    paginas = {pad: zlib.compress(html, 1) for pad in adressen(uitgave) if (html := haal(pad, oorsprong)) is not None}
    doelen = {pad: bestandsnaam(pad) for pad in paginas} | {wortel + naam: naam for naam in bestanden}
    onderdelen: dict[str, str] = {}
    for pad, html in paginas.items():
        yield Stuk(doelen[pad], herschrijf(zlib.decompress(html).decode(), pad, doelen, onderdelen, oorsprong).encode())
    gedaan: set[str] = set()
    while nieuw := sorted(set(onderdelen) - gedaan):
        for pad in nieuw:
            gedaan.add(pad)
            if (inhoud := haal(pad, oorsprong)) is not None:
                if pad.endswith(".css"):
                    inhoud = herschrijf_css(inhoud.decode(), pad, onderdelen).encode()
                yield Stuk(onderdelen[pad], inhoud)


def bestandsnaam(pad: str) -> str:
    """Return where the file at this address stands in the ZIP: a page is the index.html of its folder."""
    return MAP + unquote(pad) + ("index.html" if pad.endswith("/") else "")


def haal(pad: str, oorsprong: str) -> bytes | None:
    """Return what a reader gets at this address of the site, or None when there is nothing."""
    if pad.startswith(settings.STATIC_URL):
        return _statisch(unquote(pad.removeprefix(settings.STATIC_URL)))
    try:
        gevonden = resolve(unquote(pad))
        antwoord: HttpResponseBase = gevonden.func(_verzoek(pad, oorsprong), *gevonden.args, **gevonden.kwargs)
    except (Resolver404, Http404):
        return None
    if antwoord.status_code != 200:
        return None
    if antwoord.streaming:
        return b"".join(antwoord.streaming_content)  # type: ignore[attr-defined]  # it streams
    inhoud: bytes = antwoord.content  # type: ignore[attr-defined]  # it does not
    return inhoud


def _statisch(naam: str) -> bytes | None:
    """Return a static file: as it was collected, with a fingerprint in its name, or as it stands in the source."""
    try:
        with staticfiles_storage.open(naam) as bestand:
            return bytes(bestand.read())
    except (OSError, ValueError):
        gevonden = finders.find(naam)
    if not isinstance(gevonden, str):
        return None
    with open(gevonden, "rb") as bestand:
        return bestand.read()


def _verzoek(pad: str, oorsprong: str) -> WSGIRequest:
    """Return the question of a reader: nobody is logged in, and nothing is sent along."""
    delen = urlsplit(oorsprong)
    host = delen.netloc or next((naam.lstrip(".") for naam in settings.ALLOWED_HOSTS if naam != "*"), "localhost")
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(pad).encode().decode("latin-1"),
            "QUERY_STRING": "",
            "SERVER_NAME": delen.hostname or host,
            "SERVER_PORT": str(delen.port or (443 if delen.scheme == "https" else 80)),
            "HTTP_HOST": host,
            "wsgi.url_scheme": delen.scheme or "https",
            "wsgi.input": io.BytesIO(),
        }
    )


def herschrijf(html: str, pad: str, doelen: dict[str, str], onderdelen: dict[str, str], oorsprong: str) -> str:
    """Return a page whose references work from a disk. What it shows with is added to `onderdelen`."""

    def vervang(treffer: re.Match[str]) -> str:
        voor, naam, waarde = treffer.groups()
        los = bool(ONDERDEEL.match(voor)) and not GEEN_ONDERDEEL.search(treffer.string, *_element(treffer))
        nieuw = _verwijzing(unescape(waarde), pad, doelen, onderdelen if los else None, oorsprong)
        return f'{voor}{naam}="{escape(nieuw)}"' if nieuw else voor.rstrip()

    return VERWIJZING.sub(vervang, VOORUIT.sub("", SCRIPT.sub("", html)))


def _element(treffer: re.Match[str]) -> tuple[int, int]:
    """Return where the element of a reference begins and ends."""
    return treffer.start(), treffer.string.index(">", treffer.end())


def _verwijzing(
    waarde: str, pad: str, doelen: dict[str, str], onderdelen: dict[str, str] | None, oorsprong: str
) -> str:
    """Return a reference from the page at `pad` as it has to be in the ZIP; "" when it leads nowhere from there."""
    if waarde.startswith("#"):
        return waarde
    delen = urlsplit(urljoin(pad, waarde))
    if delen.scheme or delen.netloc:
        return waarde
    if onderdelen is not None:
        onderdelen[delen.path] = bestandsnaam(delen.path)
        return _vanaf(pad, onderdelen[delen.path])
    if delen.path in doelen and not delen.query:
        return _vanaf(pad, doelen[delen.path]) + (f"#{delen.fragment}" if delen.fragment else "")
    return oorsprong + delen.geturl() if oorsprong else ""


def _vanaf(pad: str, naam: str) -> str:
    """Return the relative reference from the file of the page at `pad` to a file in the ZIP."""
    return iri_to_uri(posixpath.relpath(naam, posixpath.dirname(bestandsnaam(pad)))) or ""


def herschrijf_css(css: str, pad: str, onderdelen: dict[str, str]) -> str:
    """Return a style sheet whose references work from a disk; what it refers to is added to `onderdelen`."""

    def vervang(treffer: re.Match[str]) -> str:
        waarde = treffer[2]
        delen = urlsplit(urljoin(pad, waarde))
        if waarde.startswith(("#", "data:")) or delen.scheme or delen.netloc:
            return treffer[0]
        onderdelen[delen.path] = bestandsnaam(delen.path)
        return f"url({_vanaf(pad, onderdelen[delen.path])})"

    return IN_CSS.sub(vervang, css)
