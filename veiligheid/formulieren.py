"""Forms in the admin that lose nothing: no save overwrites what its maker did not see, and what was typed is kept.

A form carries, signed, the values that it showed. Its save compares them with what is stored, under lock: when
somebody else changed the row since, nothing is stored and the answer is 409, with mine, theirs and the original side
by side. The same save, sent twice, is done once. What the database refuses comes back as a form, not as a message only.
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse

from veiligheid import gezien
from veiligheid.botsing import Botsing, botsingspagina
from veiligheid.weigering import in_woorden

# On the request: what the form must say, however it was filled in.
BEZWAAR = "_bezwaar"
VEROUDERD = (
    "Deze pagina weet niet meer wat u zag toen u begon, of een collega wijzigde dit intussen. Er is niets bewaard. "
    "Open de pagina opnieuw en neem uw invoer over."
)
BOTSING = "Een collega wijzigde dit terwijl u bezig was. Er is niets bewaard. Vergelijk hieronder, en bewaar opnieuw."
WEG_BOTSING = (
    "Wat u wilde verwijderen is gewijzigd nadat u de pagina opende. Er is niets verwijderd. Kijk eerst wat er nu staat."
)


class Zorgvuldig(admin.ModelAdmin):  # type: ignore[type-arg]
    """A model admin whose saves and removals carry what they saw."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form; once the database refused it, one that says why and keeps what was typed."""
        formulier = super().get_form(request, obj, change, **kwargs)
        bezwaar = getattr(request, BEZWAAR, "")
        if not bezwaar:
            return formulier

        class Geweigerd(formulier):  # type: ignore[misc, valid-type]
            def clean(self) -> Any:
                schoon = super().clean()
                self.add_error(None, bezwaar)
                return schoon

        return Geweigerd

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the form with what it shows signed into it, or save it when nobody else changed the row since."""
        if request.method != "POST":
            antwoord = super().changeform_view(request, object_id, form_url, extra_context)
            return _geef_mee(antwoord)
        gelezen = gezien.lees(request.POST.get(gezien.VELD, ""))
        if object_id and gelezen is None and self._mag_wijzigen(request, object_id):
            return self._verouderd(request, VEROUDERD)
        try:
            return self._bewaar(request, object_id, form_url, extra_context, gelezen or {})
        except (IntegrityError, OperationalError) as fout:
            return self._terug_naar_formulier(request, object_id, form_url, extra_context, fout)

    def _mag_wijzigen(self, request: HttpRequest, object_id: str) -> bool:
        rij = self.get_object(request, unquote(object_id))
        return rij is not None and self.has_change_permission(request, rij)

    def _bewaar(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, Any] | None,
        gelezen: dict[str, Any],
    ) -> Any:
        merk = gelezen.get("merk", "")
        try:
            with transaction.atomic():
                if merk and (adres := gezien.eerder(request, merk)):
                    messages.info(request, "Dit was al bewaard. Er is niets dubbel opgeslagen.")
                    return HttpResponseRedirect(adres)
                if object_id and (botst := self._bij_botsing(request, object_id, form_url, extra_context, gelezen)):
                    return botst
                antwoord = super().changeform_view(request, object_id, form_url, extra_context)
                if merk and antwoord.status_code == HTTPStatus.FOUND:
                    gezien.onthoud(request, merk, antwoord["Location"])
        except Exception:
            gezien.vergeet(request, merk)
            raise
        return _geef_mee(antwoord, request.POST.get(gezien.VELD, ""))

    def _bij_botsing(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str,
        extra_context: dict[str, Any] | None,
        gelezen: dict[str, Any],
    ) -> Any:
        """Return the 409 when somebody else changed the row since it was shown, else None."""
        if not self.has_change_permission(request):
            return None
        rij = self._grendel(object_id)
        if rij is None or not self.has_change_permission(request, rij):
            return None
        if gelezen.get("van") != f"{rij._meta.label}:{rij.pk}":
            return self._verouderd(request, VEROUDERD)
        vergelijking = _Vergelijking(self, request, rij, gelezen)
        botsingen = vergelijking.botsingen()
        if not botsingen:
            return None
        if vergelijking.rijen_weg():
            return self._verouderd(request, BOTSING, botsingen)
        request.POST = vergelijking.overgenomen()  # type: ignore[assignment]
        setattr(request, BEZWAAR, BOTSING)
        antwoord: Any = super().changeform_view(request, object_id, form_url, extra_context)
        antwoord.status_code = HTTPStatus.CONFLICT
        antwoord.context_data |= {"botsingen": botsingen, gezien.VELD: _momentopname(self, request, rij)}
        return antwoord

    def _grendel(self, object_id: str) -> Any:
        """Lock the row until the end of the transaction, and return it as it is now; None when it is gone."""
        try:
            sleutel = self.model._meta.pk.to_python(unquote(object_id))
        except forms.ValidationError:
            return None
        return self.model._default_manager.select_for_update(no_key=True, of=("self",)).filter(pk=sleutel).first()

    def _verouderd(self, request: HttpRequest, uitleg: str, botsingen: list[Botsing] | None = None) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        return botsingspagina(request, botsingen or [], context=context, uitleg=uitleg, terug=request.get_full_path())

    def _terug_naar_formulier(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, Any] | None,
        fout: IntegrityError | OperationalError,
    ) -> Any:
        """Show the form again, with the database's reason and with everything that was typed."""
        bezwaar = in_woorden(fout)
        setattr(request, BEZWAAR, bezwaar)
        try:
            antwoord = super().changeform_view(request, object_id, form_url, extra_context)
        except PermissionDenied:
            # The version was submitted meanwhile: there is no form any more.
            return self._verouderd(request, bezwaar)
        return _geef_mee(antwoord, request.POST.get(gezien.VELD, ""))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """Ask, and remove only what is still as it was when it was asked."""
        rijen = self._rijen([unquote(object_id)])
        if request.method != "POST":
            vooraf = _afdruk_van(rijen)
            return _geef_mee(super().delete_view(request, object_id, extra_context), vooraf)
        if not self.has_delete_permission(request, rijen.first()):
            raise PermissionDenied
        return self._verwijder(request, rijen, lambda: super(Zorgvuldig, self).delete_view(request, object_id))

    def _rijen(self, sleutels: list[Any]) -> models.QuerySet[Any]:
        alle: models.QuerySet[Any] = self.model._default_manager.all()
        try:
            return alle.filter(pk__in=[self.model._meta.pk.to_python(sleutel) for sleutel in sleutels])
        except forms.ValidationError:
            return alle.none()

    def _verwijder(self, request: HttpRequest, rijen: models.QuerySet[Any], doe: Any) -> Any:
        """Do a removal when everything under it is as it was shown; once, however often it is sent."""
        gelezen = gezien.lees(request.POST.get(gezien.VELD, "")) or {}
        merk = gelezen.get("merk", "")
        with transaction.atomic():
            if merk and (adres := gezien.eerder(request, merk)):
                messages.info(request, "Dit was al gedaan.")
                return HttpResponseRedirect(adres)
            for _ in rijen.select_for_update(of=("self",)).order_by("pk").values_list("pk"):
                pass
            if rijen.exists() and gelezen.get("afdruk") != gezien.afdruk(rijen):
                return self._verouderd(request, WEG_BOTSING)
            antwoord = doe()
            if merk and antwoord is not None and antwoord.status_code == HTTPStatus.FOUND:
                gezien.onthoud(request, merk, antwoord["Location"])
            return antwoord

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer the removal of chosen rows in our own way."""
        acties = super().get_actions(request)
        gewoon = acties.get("delete_selected")
        if gewoon is not None:
            acties["delete_selected"] = (_verwijder_gekozen, *gewoon[1:])
        return acties


def _verwijder_gekozen(beheer: Zorgvuldig, request: HttpRequest, gekozen: models.QuerySet[Any]) -> Any:
    """Ask, and remove the chosen rows only when they are still as they were when it was asked."""
    rijen = beheer._rijen([rij.pk for rij in gekozen])
    if not request.POST.get("post"):
        vooraf = _afdruk_van(rijen)
        return _geef_mee(delete_selected(beheer, request, gekozen), vooraf)
    return beheer._verwijder(request, rijen, lambda: delete_selected(beheer, request, gekozen))


def _afdruk_van(rijen: models.QuerySet[Any]) -> str:
    return gezien.onderteken({"afdruk": gezien.afdruk(rijen)})


def _geef_mee(antwoord: Any, tekst: str | None = None) -> Any:
    """Put into the page what its form shows; a form that comes back with errors keeps what it carried."""
    if not isinstance(antwoord, TemplateResponse) or antwoord.context_data is None:
        return antwoord
    if tekst is None:
        tekst = gezien.onderteken(_van_pagina(antwoord.context_data))
    antwoord.context_data.setdefault(gezien.VELD, tekst)
    return antwoord


def _van_pagina(context: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the row on a page and of the rows under it; nothing for a form that adds."""
    rij = context.get("original")
    if rij is None:
        return {}
    formsets = [inline.formset for inline in context.get("inline_admin_formsets", ())]
    return _opname(
        rij, {formset.prefix: [formulier.instance for formulier in formset.initial_forms] for formset in formsets}
    )


def _opname(rij: models.Model, onder: dict[str, list[models.Model]]) -> dict[str, Any]:
    return {
        "van": f"{rij._meta.label}:{rij.pk}",
        "waarden": gezien.waarden(rij),
        "onder": {naam: {str(kind.pk): gezien.waarden(kind) for kind in rijen} for naam, rijen in onder.items()},
    }


def _momentopname(beheer: Zorgvuldig, request: HttpRequest, rij: models.Model) -> str:
    """Return the row and the rows under it as they are now, signed."""
    return gezien.onderteken(_opname(rij, {naam: list(rijen) for naam, rijen in _onderliggend(beheer, request, rij)}))


def _onderliggend(
    beheer: Zorgvuldig, request: HttpRequest, rij: models.Model
) -> Iterator[tuple[str, models.QuerySet[Any]]]:
    """Yield the rows that the page shows under this one, by the prefix of their fields."""
    for formset, _ in beheer.get_formsets_with_inlines(request, rij):
        leeg = formset(instance=rij)
        yield leeg.prefix, leeg.get_queryset()


class _Vergelijking:
    """A posted form against what it showed and what is stored now."""

    def __init__(self, beheer: Zorgvuldig, request: HttpRequest, nu: models.Model, gelezen: dict[str, Any]) -> None:
        self.request = request
        self.nu = nu
        self.toen: gezien.Waarden = gelezen.get("waarden", {})
        self.onder_toen: dict[str, dict[str, gezien.Waarden]] = gelezen.get("onder", {})
        self.onder_nu = {
            naam: {str(kind.pk): kind for kind in rijen.select_for_update(no_key=True, of=("self",)).order_by("pk")}
            for naam, rijen in _onderliggend(beheer, request, nu)
        }
        velden = [veld for _, opties in beheer.get_fieldsets(request, nu) or () for veld in _plat(opties["fields"])]
        self.formulier = beheer.get_form(request, nu, change=True, fields=velden)
        # A fresh instance: validating a form writes into it.
        vers = type(nu)._default_manager.get(pk=nu.pk)
        self.mijn = self.formulier(request.POST, request.FILES, instance=vers)
        self.mijn.is_valid()

    def botsingen(self) -> list[Botsing]:
        """Return what somebody else changed since and this form would undo."""
        return [*self._eigen(), *self._onder()]

    def _anders(self) -> list[Any]:
        """Return the fields of the row that changed since they were shown."""
        nu = gezien.waarden(self.nu)
        return [
            veld
            for veld in self.nu._meta.concrete_fields
            if not veld.primary_key and self.toen.get(veld.attname) != nu[veld.attname]
        ]

    def _eigen(self) -> Iterator[Botsing]:
        for veld in self._anders():
            mijn = getattr(self.mijn.instance, veld.attname)
            if mijn == getattr(self.nu, veld.attname) and veld.name in self.mijn.fields:
                continue
            getypt = _in_woorden(self.mijn.instance, veld) if veld.name in self.mijn.fields else "niet in dit formulier"
            toen = _leesbaar(self.nu, veld, self.toen.get(veld.attname))
            yield Botsing(str(veld.verbose_name), toen, getypt, _in_woorden(self.nu, veld))

    def _onder(self) -> Iterator[Botsing]:
        for naam, toen in self.onder_toen.items():
            nu = self.onder_nu.get(naam, {})
            for sleutel, waarden in toen.items():
                kind = nu.get(sleutel)
                if kind is None:
                    if not self._wil_weg(naam, sleutel):
                        yield Botsing("een regel hieronder", "stond er", "bewaard", "verwijderd")
                elif gezien.waarden(kind) != waarden:
                    yield from self._kind(naam, sleutel, kind, waarden)

    def _kind(self, naam: str, sleutel: str, kind: models.Model, toen: gezien.Waarden) -> Iterator[Botsing]:
        """Compare a row of the table under the form, field by field."""
        nu = gezien.waarden(kind)
        voorvoegsel = self._voorvoegsel(naam, sleutel)
        for veld in kind._meta.concrete_fields:
            if veld.primary_key or nu[veld.attname] == toen.get(veld.attname):
                continue
            mijn = self.request.POST.get(f"{voorvoegsel}-{veld.name}")
            if mijn is not None and _zelfde(veld, mijn, getattr(kind, veld.attname)):
                continue
            plaats = f"{kind._meta.verbose_name} {_naam(kind)}, {veld.verbose_name}"
            yield Botsing(plaats, toen.get(veld.attname) or "leeg", mijn or "leeg", _in_woorden(kind, veld))

    def _voorvoegsel(self, naam: str, sleutel: str) -> str:
        """Return the prefix of the fields of a row under the form, by its key."""
        for veld, waarde in self.request.POST.items():
            if veld.startswith(f"{naam}-") and veld.endswith("-id") and waarde == sleutel:
                return veld[: -len("-id")]
        return f"{naam}-?"

    def _wil_weg(self, naam: str, sleutel: str) -> bool:
        return bool(self.request.POST.get(f"{self._voorvoegsel(naam, sleutel)}-DELETE"))

    def rijen_weg(self) -> bool:
        """Return whether rows under the form are gone: then it cannot be shown again as it was."""
        return any(set(toen) - set(self.onder_nu.get(naam, {})) for naam, toen in self.onder_toen.items())

    def overgenomen(self) -> QueryDict:
        """Return what was posted, with the new value in the fields that this person had left alone."""
        post = self.request.POST.copy()
        vers = self.formulier(instance=self.nu)
        for veld in self._anders():
            if veld.name not in vers.fields:
                continue
            if _tekst(getattr(self.mijn.instance, veld.attname)) != self.toen.get(veld.attname):
                continue
            widget = vers.fields[veld.name].widget
            waarde = vers[veld.name].value()
            if isinstance(widget, forms.CheckboxInput):
                post.setlist(veld.name, ["on"] if waarde else [])
            else:
                post[veld.name] = "" if waarde is None else str(waarde)
        return post


def _plat(velden: Any) -> Iterator[str]:
    for veld in velden:
        if isinstance(veld, str):
            yield veld
        else:
            yield from veld


def _tekst(waarde: Any) -> str | None:
    return None if waarde is None else str(waarde)


def _zelfde(veld: Any, tekst: str, waarde: Any) -> bool:
    """Return whether a posted text means this stored value."""
    try:
        return bool((veld.to_python(tekst) if tekst else None) == waarde)
    except forms.ValidationError:
        return False


def _naam(rij: models.Model) -> str:
    """Return what a row is about: its own text is what may differ."""
    return ", ".join(
        str(getattr(rij, veld.name))
        for veld in rij._meta.concrete_fields
        if veld.name in {"kolom", "wijziging"} and getattr(rij, veld.attname)
    )


def _in_woorden(rij: models.Model, veld: Any) -> str:
    """Return a value of a row as people read it."""
    waarde = getattr(rij, veld.attname)
    if waarde in (None, ""):
        return "leeg"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if veld.choices:
        return str(dict(veld.flatchoices).get(waarde, waarde))
    return str(getattr(rij, veld.name, waarde)) if veld.remote_field else str(waarde)


def _leesbaar(rij: models.Model, veld: Any, tekst: str | None) -> str:
    """Return a value that was shown, as people read it."""
    if tekst in (None, ""):
        return "leeg"
    if veld.remote_field:
        ander = veld.remote_field.model._default_manager.filter(pk=tekst).first()
        return str(ander) if ander else f"verwijderd ({tekst})"
    if veld.choices:
        return str(dict(veld.flatchoices).get(tekst, tekst))
    return {"True": "ja", "False": "nee"}.get(str(tekst), str(tekst))
