"""Files that are taken behind the login: each leaves a row in the export log. Pages, and what is not found, do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from programma.inhoud import Uitgave
from programma.levering.uitlevering import Levering, lever_uit
from programma.levering.uitvoerlog import EXCEL
from programma.models import Versie
from programma.uitvoer import ALLES, Selectie, lees_selectie, programmas, samenvatting

PAGINA = "text/html"
# The files whose address can hold a filter of lines.
VAN_REGELS = {"begroting.csv", "begroting.json", "begroting.xlsx"}


def eis_recht(request: HttpRequest) -> None:
    """Raise PermissionDenied for who may not read versions. To be asked before anything is looked up."""
    if not request.user.has_perm("programma.view_versie"):
        raise PermissionDenied


def met_log(
    request: HttpRequest, antwoord: HttpResponseBase, bestand: str, uitgave: Uitgave | None = None
) -> HttpResponseBase:
    """Return the answer; when it hands out a file, with the export log around it.

    `bestand` is its name below the address of the version, or below /beheer/controle/ without one. HEAD tells of a file
    and hands out nothing: its answer has no body, and leaves no row.
    """
    return _met_log(request, antwoord, lambda: _levering(request, bestand, uitgave))


def met_log_elders(
    request: HttpRequest,
    antwoord: HttpResponseBase,
    extensie: str,
    versie: Versie | None = None,
    *,
    rijen: int | None = None,
    alle_regels: bool = False,
    telbaar: bool = False,
) -> HttpResponseBase:
    """As `met_log`, for a file from elsewhere in the admin: its whole path names it, its question is kept whole.

    `versie` is the version that it is of, which the question then names by its key as `versie`, if it has to.
    `alle_regels`: it holds every amount of that version, so that their sums are known. `rijen` and `telbaar`: how many
    rows it has, where that is known, and whether they can be counted in its bytes.
    """

    def levering() -> Levering:
        uitgave = Versie.objects.voorbeeld(versie.pk) if versie else None
        sommen = samenvatting(uitgave, ALLES).sommen if uitgave and alle_regels else {}
        vraag = _vraag(request, ("versie",) if versie else ())
        return Levering(request.path, _vorm(request, extensie), vraag, uitgave, rijen, sommen, telbaar)

    return _met_log(request, antwoord, levering)


def _met_log(request: HttpRequest, antwoord: HttpResponseBase, levering: Callable[[], Levering]) -> HttpResponseBase:
    antwoord.headers["Cache-Control"] = "no-store"
    if antwoord.status_code != HTTPStatus.OK or antwoord.headers.get("Content-Type", "").startswith(PAGINA):
        return antwoord
    if request.method != "GET" or request.user.pk is None:
        if isinstance(antwoord, StreamingHttpResponse):
            antwoord.streaming_content = []
        return antwoord
    return lever_uit(antwoord, levering(), door=request.user.pk)


def _levering(request: HttpRequest, bestand: str, uitgave: Uitgave | None) -> Levering:
    """Return what is asked for: the filter in one order, without the form of the file. At most two queries.

    Of an export of lines it is the canonical filter, with how many rows that leaves and what they add up to.
    """
    *mappen, naam = bestand.split("/")
    vorm = _vorm(request, naam.rpartition(".")[2] if "." in naam else "tekst")
    if uitgave is not None and naam in VAN_REGELS:
        selectie = lees_selectie(dict(request.GET.lists()), naast=("vorm",))
        som = samenvatting(uitgave, _van_programma(uitgave, selectie, mappen[1]) if mappen else selectie)
        return Levering(bestand, vorm, selectie.vraag(), uitgave, som.rijen, som.sommen)
    return Levering(bestand, vorm, _vraag(request, ("vorm",)), uitgave)


def _vraag(request: HttpRequest, naast: tuple[str, ...]) -> str:
    """Return the question of the address in one order, without the parameters `naast`."""
    return urlencode(
        sorted((naam, waarde) for naam, waarden in request.GET.lists() if naam not in naast for waarde in waarden)
    )


def _van_programma(uitgave: Uitgave, selectie: Selectie, slug: str) -> Selectie:
    """Return the filter within a programme, which its path names by its slug."""
    return replace(selectie, programma=tuple(deel.code for deel in programmas(uitgave) if deel.slug == slug))


def _vorm(request: HttpRequest, extensie: str) -> str:
    return EXCEL if extensie == "csv" and request.GET.get("vorm") == "excel" else extensie
