"""Where the auditor begins: every document with its versions, what proves each, and the way to all there is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import Resolver404, URLPattern, path, resolve
from django.utils import timezone
from django.views.decorators.http import require_safe

from programma.admin.levering import eis_recht
from programma.bewaard.namen import BEGROTING, NAREKENEN
from programma.bladzijden import Toon
from programma.inhoud.autorisatie import SOORTEN
from programma.levering.uitvoerlog import IN_BEWERKING, OPENBAAR, Versiestand, vergelijklink
from programma.models import Schakel, Versie
from programma.pagina.adres import CONTROLE, Link

SOMMEN = "SHA256SUMS"
# What there is of a version, in the order of the work: a text and an address, in which {versie} is its key. An address
# that does not exist (yet) gets no link.
VAN_EEN_VERSIE = (
    ("Pagina’s van deze versie", f"{CONTROLE}{{versie}}/"),
    ("Uitvoer met een filter", f"{CONTROLE}{{versie}}/uitvoer/"),
    ("Alle regels (CSV)", f"{CONTROLE}{{versie}}/begroting.csv"),
    ("Alle regels (JSON)", f"{CONTROLE}{{versie}}/begroting.json"),
    ("Alle regels (XLSX)", f"{CONTROLE}{{versie}}/{BEGROTING}"),
    ("Narekenen in een rekenblad (XLSX)", f"{CONTROLE}{{versie}}/{NAREKENEN}"),
    ("Aansluiting", f"{CONTROLE}{{versie}}/aansluiting/"),
    ("Autorisatie door de raad", f"{CONTROLE}{{versie}}/autorisatie/"),
    ("Vers dossier (ZIP)", f"{CONTROLE}{{versie}}/dossier.zip"),
    ("Controlegetallen van alle bestanden (SHA256SUMS)", f"{CONTROLE}{{versie}}/{SOMMEN}?namen=download"),
    ("Steekproef", f"{CONTROLE}{{versie}}/steekproef/"),
    ("Geschiedenis", "/beheer/historie/versie/{versie}/"),
    ("Wijzigingslog van deze versie (CSV)", f"{CONTROLE}wijzigingslog.csv?versie={{versie}}"),
)
# Of a publication these are made once, soon after it; before that they are not there.
BEWAARD = (BEGROTING, NAREKENEN)
VAN_ALLES = (
    ("Uitvoerlog: wie nam wat mee", f"{CONTROLE}uitvoerlog/"),
    ("De hele historie (wijzigingslog.csv)", f"{CONTROLE}wijzigingslog.csv"),
    ("Twee versies vergelijken", "/beheer/vergelijken/"),
    ("Zelf controleren zonder deze site (verifieer.py)", "/open-data/verifieer.py"),
)


class Versiekaart(NamedTuple):
    """A version: what it is, what proves it, and where to go from here."""

    versie: Versie
    openbaar: bool
    links: tuple[Link, ...]


class Documentkaart(NamedTuple):
    """A document with its versions, the newest first."""

    titel: str
    anker: str
    versies: tuple[Versiekaart, ...]


def _bestaat(adres: str) -> bool:
    """Return whether a page is there. The admin's last address takes everything, and has no name."""
    try:
        return bool(resolve(adres.partition("?")[0]).url_name)
    except Resolver404:
        return False


def bestaande(wegen: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return those of these links that lead somewhere, in the same order."""
    return tuple((tekst, adres) for tekst, adres in wegen if _bestaat(adres.format(versie=1)))


def _stand(versie: Versie) -> Versiestand:
    return Versiestand(versie.pk, versie.document.slug, versie.nummer, versie.status, versie.status)


def _is_er(versie: Versie, adres: str, bestanden: Collection[str]) -> bool:
    """Return whether a version has what stands at this address: of a concept everything is made when asked for."""
    if adres.endswith("/autorisatie/"):
        return versie.document.soort in SOORTEN
    naam = adres.rpartition("/")[2].partition("?")[0]
    if naam == SOMMEN:
        return bool(bestanden)
    return naam not in BEWAARD or versie.status in IN_BEWERKING or naam in bestanden


def _kaarten(
    versies: Sequence[Versie], wegen: Sequence[tuple[str, str]], bestanden: Mapping[int, Collection[str]]
) -> Iterable[Versiekaart]:
    """Yield the versions of one document, the newest first; `bestanden` are the files that were kept of each."""
    for versie, vorige in zip(versies, [*versies[1:], None], strict=True):
        eigen = bestanden.get(versie.pk, ())
        links = [Link(tekst, adres.format(versie=versie.pk)) for tekst, adres in wegen if _is_er(versie, adres, eigen)]
        if vorige is not None and (vergelijk := vergelijklink(_stand(vorige), _stand(versie))):
            links.append(vergelijk)
        yield Versiekaart(versie, versie.status == OPENBAAR, tuple(links))


def documenten() -> tuple[Documentkaart, ...]:
    """Return all documents with all their versions, the newest year first. Two queries."""
    wegen = bestaande(VAN_EEN_VERSIE)
    per_document: dict[int, list[Versie]] = {}
    alle = Versie.objects.select_related("document")
    for versie in alle.order_by("-document__jaar", "document__soort", "document_id", "-nummer"):
        per_document.setdefault(versie.document_id, []).append(versie)
    sleutels = [versie.pk for versies in per_document.values() for versie in versies]
    bestanden = {sleutel: {rij.naam for rij in rijen} for sleutel, rijen in Versie.objects.bestanden(sleutels).items()}
    return tuple(
        Documentkaart(versies[0].document.titel, f"document-{sleutel}", tuple(_kaarten(versies, wegen, bestanden)))
        for sleutel, versies in per_document.items()
    )


@require_safe
def begin(request: HttpRequest) -> HttpResponseBase:
    """Show the start page of the auditor. Three queries, however many versions there are."""
    eis_recht(request)
    context = {
        **admin.site.each_context(request),
        "title": "Controle",
        "stand_op": timezone.now(),
        "schakel": Schakel.objects.order_by("-pk").first(),
        "documenten": documenten(),
        "wegen": [Link(*weg) for weg in bestaande(VAN_ALLES)],
    }
    return TemplateResponse(request, "admin/programma/controle/begin.html", context)


def adressen(poort: Callable[[Toon], Toon]) -> list[URLPattern]:
    """Return the address of the start page; `poort` is the gate of the admin."""
    return [path("controle/", poort(begin), name="controle")]
