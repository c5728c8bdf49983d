"""The grid's page in the admin: one per programma, a plain form that also works without JavaScript."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from programma.models import Programma
from programma.rooster import aanwezig as aanwezigen
from programma.rooster import bewaren, lezen, scherm
from programma.rooster.blad import OMSCHRIJVING, SOORTNAMEN, Blad, Gezien, bedragen, na_botsing, plek
from programma.rooster.eenheid import Eenheidvraag, eenheidvragen
from programma.rooster.herkomst import wie
from programma.rooster.inzending import Inzending, Vreemd, naam_van, op_wat_er_nu_staat
from programma.rooster.inzending import lees as lees_inzending
from programma.rooster.samenvoeging import Strijd, voeg_samen
from programma.rooster.weergave import Eenheid, Teken, Weergave
from veiligheid import gezien as merk
from veiligheid.botsing import Botsing, botsingspagina
from veiligheid.namens import namens
from veiligheid.weigering import in_woorden

KIJKEN = ("programma.view_begrotingsregel", "programma.view_bedrag")
BEWERKEN = tuple(
    f"programma.{wat}_{naam}" for wat in ("add", "change", "delete") for naam in ("begrotingsregel", "bedrag")
)
MEESTE_NIEUWE = 25
VERGELIJK = ("versie", "kolom")
NIET_GEZIEN = "Deze pagina weet niet meer wat u zag toen u begon. Er is niets bewaard. Open het rooster opnieuw."
VREEMD = "Er is niets bewaard. Open het rooster van het goede programma en begin daar opnieuw."


@dataclass(frozen=True, slots=True)
class Keuze:
    """A conflict in the grid, and the name under which the editor chooses; "" when there is nothing to choose."""

    naam: str
    botsing: Botsing
    gekozen: str = ""


@dataclass(frozen=True, slots=True)
class Melding:
    """What stands above the grid after a save that did not happen."""

    zin: str = ""
    keuzes: tuple[Keuze, ...] = ()
    eenheid: Eenheidvraag | None = None


@dataclass(frozen=True, slots=True)
class Bezoek:
    """One request for the grid of one programme, by somebody who may see it."""

    site: AdminSite
    request: HttpRequest
    programma: Programma

    @property
    def vast(self) -> str:
        """Why nothing can be changed here by this person, or ""."""
        versie = self.programma.versie
        if not versie.bewerkbaar():
            return f"Versie {versie.nummer} is {versie.get_status_display()}: wat erin staat ligt vast."
        if not self.request.user.has_perms(BEWERKEN):
            return "U kunt hier alles lezen. Wijzigen doet een redacteur."
        return ""

    def adres(self, weergave: Weergave, met: str) -> str:
        """Return the address of this grid in this unit and sign."""
        vraag = urlencode({"eenheid": weergave.eenheid.name.lower(), "teken": weergave.teken.value, "verschil": met})
        return f"{reverse('admin:programma_programma_rooster', args=[self.programma.pk])}?{vraag}"


def _bezoek(site: AdminSite, request: HttpRequest, sleutel: int) -> Bezoek:
    if not request.user.has_perms(KIJKEN):
        raise PermissionDenied
    programmas = Programma.objects.select_related("versie__document", "versie__voorganger")
    return Bezoek(site, request, get_object_or_404(programmas, pk=sleutel))


def aanwezig(site: AdminSite, request: HttpRequest, sleutel: int) -> HttpResponse:
    """Take a sign of life of somebody who has the grid open to edit it, and answer who else does."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    bezoek = _bezoek(site, request, sleutel)
    if bezoek.vast:
        raise PermissionDenied
    programma, gebruiker = bezoek.programma.pk, request.user.pk or 0
    if request.POST.get("weg"):
        aanwezigen.meld_af(programma, gebruiker)
        return JsonResponse({"zin": ""})
    aanwezigen.meld(programma, gebruiker)
    return JsonResponse({"zin": aanwezigen.zin(aanwezigen.anderen(programma, gebruiker))})


def rooster(site: AdminSite, request: HttpRequest, sleutel: int) -> HttpResponse:
    """Show the grid of a programme, or save it."""
    bezoek = _bezoek(site, request, sleutel)
    if request.method == "POST":
        return _verwerk(bezoek)
    blad = lezen.lees(bezoek.programma)
    gezien = Gezien.van(blad)
    return _toon(bezoek, blad, gezien, Inzending(blad.beeld()), _weergave(request.GET, blad))


def _weergave(keuze: Any, blad: Blad | None = None) -> Weergave:
    """Return the unit and sign asked for; without a choice thousands, unless an amount is not a whole one."""
    eenheid, teken = str(keuze.get("eenheid", "")).upper(), keuze.get("teken")
    if eenheid not in Eenheid.__members__:
        rond = all(
            euro % 1000 == 0 for velden in (blad.beeld() if blad else {}).values() for _, euro in bedragen(velden)
        )
        eenheid = Eenheid.DUIZEND.name if rond else Eenheid.EURO.name
    return Weergave(Eenheid[eenheid], Teken(teken) if teken in set(Teken) else Teken.EFFECT)


def _verwerk(bezoek: Bezoek) -> HttpResponse:
    """Handle a post: add empty rows, or save."""
    request, programma = bezoek.request, bezoek.programma
    if not request.user.has_perms(BEWERKEN):
        raise PermissionDenied
    inhoud = merk.lees(request.POST.get(merk.VELD, ""))
    if inhoud is None or "rooster" not in inhoud:
        return _los(bezoek, NIET_GEZIEN, HTTPStatus.CONFLICT)
    gezien, weergave = Gezien.uit_json(inhoud["rooster"]), _weergave(inhoud)
    if gezien.programma != programma.pk:
        return _los(bezoek, f"Dit formulier hoort bij een ander programma. {VREEMD}", HTTPStatus.BAD_REQUEST, [])
    try:
        inzending = lees_inzending(request.POST, gezien, weergave)
    except Vreemd as vreemd:
        return _los(bezoek, f"{vreemd} {VREEMD}", HTTPStatus.BAD_REQUEST, [])
    if request.POST.get("actie") in ERBIJ:
        return _met_erbij(bezoek, gezien, inzending, weergave)
    if request.POST.get("actie") == "eenheid":
        return _vraag_eenheid(bezoek, gezien, inzending)
    if inzending.vragen:
        blad = lezen.lees(programma)
        return _toon(bezoek, blad, gezien, inzending, weergave, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _bewaar(bezoek, gezien, inzending, weergave)


def _vraag_eenheid(bezoek: Bezoek, gezien: Gezien, inzending: Inzending) -> JsonResponse:
    """Answer what saving would ask about the unit: for the script, after a paste. Nothing is stored."""
    blad = lezen.lees(bezoek.programma)
    vraag = eenheidvragen(blad, voeg_samen(gezien.beeld, inzending.mijn, blad.beeld()))
    return JsonResponse({"vragen": vraag.zinnen if vraag else ()})


def _bewaar(bezoek: Bezoek, gezien: Gezien, inzending: Inzending, weergave: Weergave) -> HttpResponse:
    """Save, or say why not with everything that was typed."""
    try:
        _schrijf(bezoek, gezien, inzending, weergave)
    except bewaren.Botst as botst:
        return _bij_botsing(bezoek, gezien, inzending, weergave, botst)
    except bewaren.VraagtEenheid as twijfel:
        melding = Melding(eenheid=twijfel.vraag)
        return _toon(bezoek, twijfel.blad, gezien, inzending, weergave, melding, HTTPStatus.UNPROCESSABLE_ENTITY)
    except bewaren.LigtVast as vast:
        return _los(bezoek, str(vast), HTTPStatus.CONFLICT, _getypt(bezoek, gezien, inzending))
    except (IntegrityError, OperationalError) as fout:
        melding = Melding(f"{in_woorden(fout)} Uw invoer staat er nog.")
        blad = lezen.lees(bezoek.programma)
        return _toon(bezoek, blad, gezien, inzending, weergave, melding, HTTPStatus.CONFLICT)
    messages.success(bezoek.request, f"Opgeslagen om {timezone.localtime():%H:%M}.")
    return HttpResponseRedirect(bezoek.adres(weergave, _vergelijk(bezoek.request)))


def _schrijf(bezoek: Bezoek, gezien: Gezien, inzending: Inzending, weergave: Weergave) -> None:
    """Save in the name of this person. Somebody who filled the same empty cell at the same moment: look again, once."""
    bewaar = partial(
        bewaren.bewaar,
        bezoek.programma,
        gezien,
        inzending.mijn,
        eenheid=weergave.eenheid,
        akkoord=bezoek.request.POST.get("eenheid_klopt", ""),
    )
    with namens(bezoek.request.user.pk, via="rooster"):
        try:
            bewaar()
        except IntegrityError as fout:
            if getattr(getattr(fout.__cause__, "diag", None), "constraint_name", "") == "versie_ligt_vast":
                raise
            bewaar()


def _bij_botsing(
    bezoek: Bezoek, gezien: Gezien, inzending: Inzending, weergave: Weergave, botst: bewaren.Botst
) -> HttpResponse:
    """Show mine, theirs and the original of each conflict, and save again on top of what stands here now."""
    koppen, pakketten = {kop.pk for kop in botst.blad.koppen}, botst.blad.pakketten
    keuzes = []
    namen = wie(bezoek.programma.versie_id, botst.strijd, gezien, botst.blad)
    for strijd, naam_en_moment in zip(botst.strijd, namen, strict=True):
        waar = plek(strijd.veld) if strijd.veld else None
        weg = waar is not None and (waar.kolom not in koppen or waar.wijziging not in {0, *botst.blad.wijzigingen})
        kan = not weg and (strijd.rij in botst.blad.regels or gezien.pakket(strijd.rij) in pakketten)
        naam = naam_van(strijd.rij, strijd.veld) if kan and _is_veld(strijd) else ""
        botsing = _botsing(strijd, botst.blad, gezien, inzending, weergave)
        keuzes.append(Keuze(naam, replace(botsing, wie=naam_en_moment)))
    kies = {keuze.naam: astuple(keuze.botsing) for keuze in keuzes if keuze.naam}
    nu = na_botsing(gezien, botst.blad, kies)
    melding = Melding(
        "Een collega wijzigde hetzelfde terwijl u bezig was. Er is niets bewaard; uw invoer staat er nog.",
        tuple(keuzes),
    )
    verder = op_wat_er_nu_staat(inzending, gezien, nu)
    return _toon(bezoek, botst.blad, nu, verder, weergave, melding, HTTPStatus.CONFLICT)


def _is_veld(strijd: Strijd) -> bool:
    """Return whether the editor can choose: not about the soort, which the grid does not change."""
    return strijd.veld not in {"soort", "pakket"}


def _botsing(strijd: Strijd, blad: Blad, gezien: Gezien, inzending: Inzending, weergave: Weergave) -> Botsing:
    """Return a conflict in words."""
    soort = gezien.soort(strijd.rij)

    def toon(waarde: Any) -> str:
        if waarde in (None, ""):
            return "leeg"
        return SOORTNAMEN.get(waarde, waarde) if isinstance(waarde, str) else weergave.toon(soort, waarde)

    mijn = strijd.mijn
    if strijd.veld is None and strijd.rij in inzending.mijn:
        mijn = "; ".join(_wijzigingen(strijd.rij, blad, gezien, inzending, weergave)) or strijd.mijn
    return Botsing(
        _plaats(strijd.rij, strijd.veld, blad, gezien),
        toon(strijd.gezien),
        toon(mijn),
        toon(strijd.nu),
    )


def _plaats(rij: str, veld: str | None, blad: Blad, gezien: Gezien) -> str:
    """Return where a value stands: "Brandweer (lasten), Primaire begroting 2025"."""
    velden = gezien.velden(rij)
    naam = f"{velden[OMSCHRIJVING] or 'nieuwe regel'} ({SOORTNAMEN[gezien.soort(rij)].lower()})"
    waar = plek(veld) if veld else None
    if waar is None:
        return f"{naam}, {veld}" if veld else naam
    kolom = next((kop.naam for kop in blad.koppen if kop.pk == waar.kolom), "verwijderde kolom")
    wijziging = f", wijziging {blad.wijzigingen.get(waar.wijziging, 'verwijderd')}" if waar.wijziging else ""
    return f"{naam}{wijziging}, {kolom}"


def _wijzigingen(rij: str, blad: Blad, gezien: Gezien, inzending: Inzending, weergave: Weergave) -> list[str]:
    """Return what the editor made of a row, value by value."""
    toen = gezien.velden(rij)
    return [
        f"{_plaats(rij, veld, blad, gezien).rpartition(', ')[2]}: "
        f"{weergave.toon(gezien.soort(rij), waarde) if plek(veld) else waarde}"  # type: ignore[arg-type]
        for veld, waarde in inzending.mijn[rij].items()
        if waarde != toen.get(veld)
    ]


def _getypt(bezoek: Bezoek, gezien: Gezien, inzending: Inzending) -> list[tuple[str, str]]:
    """Return what the editor typed, with the places in words."""
    blad = lezen.lees(bezoek.programma)
    return [
        (_plaats(rij, veld, blad, gezien), inzending.invoer.get(naam_van(rij, veld), ""))
        for rij, velden in inzending.mijn.items()
        for veld, waarde in velden.items()
        if waarde != gezien.velden(rij).get(veld)
    ]


def _met_erbij(bezoek: Bezoek, gezien: Gezien, inzending: Inzending, weergave: Weergave) -> HttpResponse:
    """Show the grid with more rows to fill; nothing is stored yet, and what was typed stays."""
    blad = lezen.lees(bezoek.programma)
    gezien, zin = ERBIJ[bezoek.request.POST["actie"]](bezoek, blad, gezien)
    for rij in gezien.nieuw:
        inzending.mijn.setdefault(rij, dict(gezien.velden(rij)))
    # Questions wait for the save; an empty new row is no mistake yet.
    inzending.vragen.clear()
    return _toon(bezoek, blad, gezien, inzending, weergave, Melding(zin))


def _regels_erbij(bezoek: Bezoek, blad: Blad, gezien: Gezien) -> tuple[Gezien, str]:
    post = bezoek.request.POST
    pakket, soort = _getal(post.get("nieuw_pakket")), post.get("nieuw_soort", "")
    aantal = min(_getal(post.get("nieuw_aantal")) or 1, MEESTE_NIEUWE)
    if pakket not in blad.pakketten or soort not in SOORTNAMEN:
        return gezien, "Kies een pakket en een soort voor de nieuwe regels."
    erbij = dict.fromkeys(lezen.nieuwe_sleutels(aantal), (pakket, soort))
    return replace(gezien, nieuw={**gezien.nieuw, **erbij}), ""


def _wijziging_erbij(bezoek: Bezoek, blad: Blad, gezien: Gezien) -> tuple[Gezien, str]:
    post = bezoek.request.POST
    rij, wijziging = post.get("wijziging_regel", ""), _getal(post.get("wijziging_nummer"))
    if wijziging not in blad.wijzigingen or (rij not in gezien.beeld and rij not in gezien.nieuw):
        return gezien, "Kies een regel en een wijziging."
    return replace(gezien, erbij=gezien.erbij | {(rij, wijziging)}, wijzigingen=gezien.wijzigingen | {wijziging}), ""


ERBIJ = {"regels": _regels_erbij, "wijziging": _wijziging_erbij}


def _getal(tekst: str | None) -> int:
    return int(tekst) if tekst and tekst.isascii() and tekst.isdigit() and len(tekst) < 19 else 0


def _vergelijk(request: HttpRequest) -> str:
    met = request.GET.get("verschil", "")
    return met if met in VERGELIJK else VERGELIJK[0]


def _open_keuzes(request: HttpRequest, gezien: Gezien) -> tuple[Keuze, ...]:
    """Return the conflicts of an earlier save that still wait for a choice, with what was chosen meanwhile."""
    return tuple(
        Keuze(naam, Botsing(*teksten), request.POST.get(f"k:{naam}", "")) for naam, teksten in gezien.kies.items()
    )


def _los(
    bezoek: Bezoek, uitleg: str, status: HTTPStatus, getypt: list[tuple[str, str]] | None = None
) -> TemplateResponse:
    """Return a page of its own for a save that the grid cannot show again."""
    return botsingspagina(
        bezoek.request,
        [],
        context={**bezoek.site.each_context(bezoek.request), "title": "Niet bewaard"},
        uitleg=uitleg,
        terug=reverse("admin:programma_programma_rooster", args=[bezoek.programma.pk]),
        getypt=getypt,
        status=status,
    )


def _toon(
    bezoek: Bezoek,
    blad: Blad,
    gezien: Gezien,
    inzending: Inzending,
    weergave: Weergave,
    melding: Melding | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> TemplateResponse:
    """Return the page of the grid."""
    programma, met = bezoek.programma, _vergelijk(bezoek.request)
    eigen, versie_vast = bezoek.request.user.pk or 0, not programma.versie.bewerkbaar()
    inhoud = {"rooster": gezien.als_json(), "eenheid": weergave.eenheid.name, "teken": weergave.teken.value}
    return TemplateResponse(
        bezoek.request,
        "admin/programma/rooster.html",
        {
            **bezoek.site.each_context(bezoek.request),
            "title": f"Bedragen van {programma}",
            "opts": programma._meta,
            "is_nav_sidebar_enabled": False,
            "programma": programma,
            "versie": programma.versie,
            "blad": blad,
            "scherm": scherm.maak(blad, gezien, inzending, weergave, met=met),
            "weergave": weergave,
            "met": met,
            "melding": melding or Melding(),
            "keuzes": (melding and melding.keuzes) or _open_keuzes(bezoek.request, gezien),
            "vast": bezoek.vast,
            "gezien": "" if bezoek.vast else merk.onderteken(inhoud),
            "soortnamen": SOORTNAMEN,
            "meeste_nieuwe": MEESTE_NIEUWE,
            "aanwezig": "" if versie_vast else aanwezigen.zin(aanwezigen.anderen(programma.pk, eigen)),
            "adres": bezoek.adres(weergave, met),
        },
        status=status,
    )
