"""The dossier of a version: for readers what was kept with the publication, for colleagues what there is now."""

from __future__ import annotations

import tempfile

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from programma.bewaard.namen import DOSSIER
from programma.bladzijden.antwoord import PUBLIEK
from programma.bladzijden.bestanden import bewaard
from programma.dossier import VERIFIEER, pak_in
from programma.inhoud import Uitgave
from programma.pagina.adres import Adres, actueel, bestandsnaam, vast
from veiligheid.antwoord import bestand
from veiligheid.kader import oorsprong

ZIP = "application/zip"


def toon(request: HttpRequest, uitgave: Uitgave, adres: Adres) -> HttpResponseBase:
    """Give the dossier. At a public address the bytes that were kept, or 404.

    Behind the login it is made now, out of what stands in the tables: that is what finds tampering. It goes to a file
    that is gone when the answer has been given.
    """
    if adres in {actueel(uitgave), vast(uitgave)}:
        return bewaard(uitgave, DOSSIER, ZIP)
    settings.VAR.mkdir(parents=True, exist_ok=True)
    doel = tempfile.TemporaryFile(dir=settings.VAR)  # noqa: SIM115 - the answer closes it
    try:
        if request.method != "HEAD":
            pak_in(uitgave, doel, vers=True, oorsprong=oorsprong(request))
    except BaseException:
        doel.close()
        raise
    doel.seek(0)
    naam = bestandsnaam(uitgave, "dossier-vers.zip")
    antwoord = FileResponse(doel, as_attachment=True, filename=naam, content_type=ZIP)
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord


@require_safe
def verifieer(request: HttpRequest) -> HttpResponse:
    """Give the program with which anybody checks a dossier at home. No query."""
    antwoord = bestand(VERIFIEER.read_bytes(), "text/x-python; charset=utf-8")
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{VERIFIEER.name}"'
    antwoord.headers["Cache-Control"] = PUBLIEK
    return antwoord
