"""The page of one opdracht: everything of its pakket that the schrijver may write, read and saved under one lock."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import models
from django.db.models import Max, Sum

from programma.models import Bedrag, Begrotingsregel, Doel, Kolom, Opdracht, Sectie
from programma.schrijftips import Schrijftips
from programma.schrijven.formulieren import DoelForm, Herzienbaar, RegelForm, Schrijfformulier, SectieForm
from programma.tekstbedragen import Post
from veiligheid.botsing import Botsing
from veiligheid.formatting import decimaal
from veiligheid.opmaak import kale_tekst

ZEGEL = re.compile(r"(sectie|doel|begrotingsregel)-(\d+)-zegel")
# So many forms are remembered: nobody sends an older one again.
ONTHOUDEN = 100
# Euros per line and column, by their database keys.
Bedragen = Mapping[tuple[int, int], Decimal]


class Regelrij(NamedTuple):
    """A line: its explanation to write, and its amounts to read, one per column ("" where there is none)."""

    formulier: RegelForm
    bedragen: Sequence[str]


class Blad:
    """The forms of an opdracht. With `data` (a sent form) rows are locked: make it inside a transaction."""

    def __init__(self, opdracht: Opdracht, data: Mapping[str, Any] | None = None) -> None:
        self.opdracht = opdracht
        self.data = data
        self.token = str(data.get("token", "")) if data is not None else uuid4().hex
        self.secties = [SectieForm(opdracht, rij, data) for rij in self._rijen(Sectie)]
        self.doelen = [DoelForm(opdracht, rij, data) for rij in self._rijen(Doel)]
        vast = {"versie_id": opdracht.versie_id, "pakket_id": opdracht.pakket_id}
        self.nieuwe_sectie = SectieForm(opdracht, Sectie(**vast), data)
        self.nieuw_doel = DoelForm(opdracht, Doel(**vast), data)
        self.kolommen = list(Kolom.objects.filter(versie=opdracht.versie_id).order_by("volgorde"))
        bedragen = self._bedragen()
        self.regels = self._regels(bedragen)
        self._hang_tips_aan(bedragen)

    def _rijen(self, model: type[models.Model]) -> models.QuerySet[Any]:
        rijen = model._default_manager.filter(pakket=self.opdracht.pakket_id).order_by("volgorde", "pk")
        return rijen if self.data is None else rijen.select_for_update()

    def _bedragen(self) -> Bedragen:
        return {
            (regel, kolom): euro
            for regel, kolom, euro in Bedrag.objects.filter(regel__pakket=self.opdracht.pakket_id)
            .order_by()
            .values_list("regel_id", "kolom_id")
            .annotate(Sum("euro"))
        }

    def _regels(self, bedragen: Bedragen) -> list[Regelrij]:
        return [
            Regelrij(
                RegelForm(self.opdracht, rij, self.data),
                [
                    decimaal(bedragen[rij.pk, kolom.pk], 0) if (rij.pk, kolom.pk) in bedragen else ""
                    for kolom in self.kolommen
                ],
            )
            for rij in self._rijen(Begrotingsregel)
        ]

    def _hang_tips_aan(self, bedragen: Bedragen) -> None:
        """Give each form its tips, made when the page asks for them, from the amounts that are read already."""
        code = self.opdracht.pakket.code
        soorten = {rij.formulier.instance.pk: rij.formulier.instance.soort for rij in self.regels}
        posten = [
            Post("", code, regel, soorten[regel], kolom, euro)
            for (regel, kolom), euro in bedragen.items()
            if regel in soorten
        ]
        geef = Schrijftips(lambda: posten)
        for formulier in self.bestaande:
            formulier.tips = partial(geef, *formulier.teksten, pakket=code)

    @property
    def bestaande(self) -> list[Schrijfformulier]:
        """The forms of rows that are there."""
        return [*self.secties, *self.doelen, *(rij.formulier for rij in self.regels)]

    @property
    def nieuwe(self) -> list[Herzienbaar]:
        """The empty forms with which a row is added."""
        return [self.nieuwe_sectie, self.nieuw_doel]

    @property
    def ingestuurd(self) -> list[Schrijfformulier]:
        """The forms that were really sent; a row that is not in the request is left alone."""
        return [formulier for formulier in (*self.bestaande, *self.nieuwe) if formulier.ingestuurd]

    def is_valid(self) -> bool:
        """Return whether everything that was sent can be stored; all forms are judged, so that all errors show."""
        return not self.fouten()

    def fouten(self) -> list[tuple[str, str]]:
        """Return per error the place and the sentence."""
        return [
            (f"{_plaats(formulier)}{f', {formulier[veld].label}' if veld != '__all__' else ''}", str(zin))
            for formulier in self.ingestuurd
            for veld, zinnen in formulier.errors.items()
            for zin in zinnen
        ]

    def botsingen(self) -> list[Botsing]:
        """Return where a colleague changed what the writer changed too. Empty: everything can be stored."""
        botsingen = [botsing for formulier in self.bestaande if formulier.ingestuurd for botsing in _van(formulier)]
        return [*botsingen, *self._verdwenen()]

    def _verdwenen(self) -> Iterator[Botsing]:
        """Give what the writer changed in rows that a colleague removed."""
        data = self.data or {}
        aanwezig = {formulier.prefix for formulier in self.bestaande}
        soorten: dict[str, tuple[type[Schrijfformulier], type[models.Model]]] = {
            "sectie": (SectieForm, Sectie),
            "doel": (DoelForm, Doel),
            "begrotingsregel": (RegelForm, Begrotingsregel),
        }
        for sleutel in data:
            gevonden = ZEGEL.fullmatch(sleutel)
            if gevonden is None or f"{gevonden[1]}-{gevonden[2]}" in aanwezig:
                continue
            vorm, model = soorten[gevonden[1]]
            formulier = vorm(self.opdracht, model(pk=int(gevonden[2])), data)
            for naam in formulier.gewijzigd:
                yield Botsing(
                    f"Een {formulier.wat} die er niet meer is, {formulier[naam].label}",
                    _leesbaar(formulier.gezien.get(naam)),
                    _leesbaar(formulier[naam].data),
                    "Een collega heeft dit verwijderd.",
                )

    def bewaar(self) -> int:
        """Store what the writer changed, after `is_valid` and `botsingen`; return how many rows that were."""
        bewaard = sum(_bewaar(formulier) for formulier in self.bestaande if formulier.ingestuurd)
        for formulier in self.nieuwe:
            if formulier.ingestuurd and formulier.gewijzigd and self._eerste_keer(formulier):
                _voeg_toe(formulier)
                bewaard += 1
        return bewaard

    def _eerste_keer(self, formulier: Herzienbaar) -> bool:
        """Return whether this new row was not added before, and remember it: a form sent twice adds once."""
        inhoud = [self.token, formulier.prefix, {naam: str(formulier.cleaned_data[naam]) for naam in formulier.nu}]
        merk = hashlib.sha256(json.dumps(inhoud).encode()).hexdigest()
        if merk in self.opdracht.verwerkt:
            return False
        self.opdracht.verwerkt = [*self.opdracht.verwerkt, merk][-ONTHOUDEN:]
        self.opdracht.save(update_fields=["verwerkt"])
        return True

    def ververs(self) -> None:
        """Let the page carry what the database has now: whoever saves again has seen it. The input stays."""
        if self.data is None:
            return
        vers = dict(self.data.items())
        for formulier in self.bestaande:
            if not formulier.ingestuurd:
                continue
            for naam in formulier.nu:
                if naam not in formulier.gewijzigd:
                    _zet(vers, formulier, naam)
            vers[f"{formulier.prefix}-zegel"] = formulier.verzegel()
        for formulier in self.bestaande:
            formulier.data = vers


def _zet(data: dict[str, Any], formulier: Schrijfformulier, naam: str) -> None:
    """Put the present value of a field into sent data, as a browser would send it."""
    sleutel = f"{formulier.prefix}-{naam}"
    waarde = formulier.nu[naam]
    if waarde is True:
        data[sleutel] = "on"
    elif waarde is False:
        data.pop(sleutel, None)
    else:
        data[sleutel] = "" if waarde is None else formulier.fields[naam].prepare_value(waarde)


def _plaats(formulier: Schrijfformulier) -> str:
    if formulier.instance.pk is None:
        return f"Nieuw{'e' if formulier.wat == 'tekst' else ''} {formulier.wat}"
    if isinstance(formulier, RegelForm):
        return f"Toelichting bij {formulier.instance.omschrijving}"
    return f"{formulier.wat.capitalize()} “{formulier.gezien.get('kop') or formulier.gezien.get('tekst') or 'geen'}”"


def _leesbaar(waarde: Any) -> str:
    match waarde:
        case None | "":
            return "(leeg)"
        case bool():
            return "ja" if waarde else "nee"
        case str():
            return kale_tekst(waarde)
        case _:
            return str(waarde)


def _van(formulier: Schrijfformulier) -> Iterator[Botsing]:
    """Give the conflicts of one row: both changed a field, differently; or a removal of what a colleague changed."""
    anders = [naam for naam, waarde in formulier.nu.items() if formulier.gezien.get(naam) != waarde]
    weg = isinstance(formulier, Herzienbaar) and formulier.moet_weg
    for naam in anders:
        mijn = formulier.cleaned_data.get(naam)
        if weg:
            uitkomst = "Verwijderen"
        elif naam in formulier.gewijzigd and formulier.verschilt(naam):
            uitkomst = _leesbaar(mijn)
        else:
            continue
        yield Botsing(
            f"{_plaats(formulier)}, {formulier[naam].label}",
            _leesbaar(formulier.gezien.get(naam)),
            uitkomst,
            _leesbaar(formulier.nu[naam]),
        )


def _bewaar(formulier: Schrijfformulier) -> bool:
    """Store one row; return whether it changed."""
    rij = formulier.instance
    if isinstance(formulier, Herzienbaar) and formulier.moet_weg:
        rij.delete()
        return True
    velden = [naam for naam in formulier.gewijzigd if formulier.verschilt(naam)]
    if isinstance(formulier, Herzienbaar) and rij.te_herzien and formulier.herzien:
        rij.te_herzien = False
        velden.append("te_herzien")
    if velden:
        rij.save(update_fields=velden)
    return bool(velden)


def _voeg_toe(formulier: Herzienbaar) -> None:
    rij = formulier.instance
    hoogste = type(rij)._default_manager.filter(pakket=rij.pakket_id).aggregate(hoogste=Max("volgorde"))["hoogste"]
    rij.volgorde = (hoogste or 0) + 1
    rij.save(force_insert=True)
