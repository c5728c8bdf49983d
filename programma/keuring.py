"""Reading a version for judgement: its controlesom, and the findings of the checks on its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from programma import vingerafdruk
from programma.controles import (
    Bedragrij,
    Bevinding,
    Controlestuk,
    GedruktMetVerklaring,
    Herziening,
    Regelrij,
    controleer,
)
from programma.inhoud import Gedrukt, Pakketrij, Programmarij
from programma.models import (
    VERSIERIJEN,
    Bedrag,
    Begrotingsregel,
    Doel,
    GedruktTotaal,
    Kolom,
    Pakket,
    Programma,
    Sectie,
    Versie,
)
from programma.raming import Kolom as Kolomrij

# A text without a word: nothing, white space, or the tags of an empty rich text.
ZONDER_WOORDEN = (
    r"^(\s|\u00a0|&nbsp;|</?(p|h[34]|ul|ol|li|blockquote|table|tbody|thead|tr|td|th|caption|br)( [^>]*)?>)*$"
)

REGELVELDEN = ("pk", "sleutel", "pakket__programma__code", "pakket__code", "soort", "omschrijving", "toelichting")


def bereken_controlesom(versie: Versie) -> str:
    """Return the controlesom of a version as it is now: the sha256 of everything in it. One query per kind of row."""
    soorten: dict[str, Iterator[tuple[Any, ...]]] = {
        model.__name__: model._default_manager.filter(versie=versie)
        .order_by()
        .values_list(*vingerafdruk.VELDEN[model.__name__])
        .iterator(chunk_size=5000)
        for model in VERSIERIJEN
    }
    return vingerafdruk.controlesom(versie.titel, soorten)


def _regel(rij: tuple[Any, ...], bedragen: Mapping[int, list[Bedragrij]]) -> Regelrij:
    """Return a line with its amounts; `rij` has the fields of REGELVELDEN."""
    pk, *velden = rij
    return Regelrij(*(*velden, bedragen.get(pk, [])))


def controlestuk(versie: Versie) -> Controlestuk:
    """Return what the checks look at, read from the rows of a version."""
    kolommen = {
        rij.pk: Kolomrij(rij.jaar, rij.fase) for rij in Kolom.objects.filter(versie=versie).order_by("volgorde")
    }
    pakketten: dict[str, list[Pakketrij]] = defaultdict(list)
    for programma, code, naam, restpost in Pakket.objects.filter(versie=versie).values_list(
        "programma__code", "code", "naam", "restpost"
    ):
        pakketten[programma].append(Pakketrij(code, naam, restpost))
    bedragen: dict[int, list[Bedragrij]] = defaultdict(list)
    for regel, kolom, euro, wijziging in (
        Bedrag.objects.filter(versie=versie)
        .order_by("pk")
        .values_list("regel_id", "kolom_id", "euro", "wijziging__nummer")
    ):
        bedragen[regel].append(Bedragrij(kolommen[kolom], euro, wijziging or ""))
    return Controlestuk(
        soort=versie.document.soort,
        jaar=versie.document.jaar,
        kolommen=list(kolommen.values()),
        programmas=[
            Programmarij(*rij)
            for rij in Programma.objects.filter(versie=versie).values_list("code", "naam", "slug", "soort")
        ],
        pakketten=pakketten,
        regels=[
            _regel(rij, bedragen) for rij in Begrotingsregel.objects.filter(versie=versie).values_list(*REGELVELDEN)
        ],
        gedrukt=[
            GedruktMetVerklaring(
                Gedrukt(grootheid, kolommen[kolom], euro, programma or "", pakket or "", eenheid), verklaring
            )
            for grootheid, kolom, euro, programma, pakket, eenheid, verklaring in GedruktTotaal.objects.filter(
                versie=versie
            ).values_list("grootheid", "kolom_id", "euro", "programma__code", "pakket__code", "eenheid", "toelichting")
        ],
        met_tekst=frozenset(
            Sectie.objects.filter(versie=versie, pakket__isnull=False)
            .exclude(tekst__regex=ZONDER_WOORDEN)
            .values_list("pakket__code", flat=True)
        ),
        met_doel=frozenset(Doel.objects.filter(versie=versie).values_list("pakket__code", flat=True)),
        te_herzien=[*_te_herziene_teksten(versie), *_te_herziene_doelen(versie)],
    )


def _te_herziene_teksten(versie: Versie) -> Iterator[Herziening]:
    """Give the texts that nobody has looked at since they were taken over, with the place of each."""
    for kop, thema, programma, pakket, in_programma, paragraaf in Sectie.objects.filter(
        versie=versie, te_herzien=True
    ).values_list("kop", "thema", "programma__code", "pakket__code", "pakket__programma__code", "paragraaf__naam"):
        wat = f"De tekst “{kop}: {thema}”" if thema else f"De tekst “{kop}”"
        if pakket is not None:
            yield Herziening(wat, f"programma {in_programma}, pakket {pakket}")
        else:
            yield Herziening(wat, f"paragraaf {paragraaf}" if programma is None else f"programma {programma}")


def _te_herziene_doelen(versie: Versie) -> Iterator[Herziening]:
    """Give the goals that nobody has looked at since they were taken over, with the place of each."""
    for tekst, reden, programma, pakket in Doel.objects.filter(versie=versie, te_herzien=True).values_list(
        "tekst", "vervallen_reden", "pakket__programma__code", "pakket__code"
    ):
        wat = f"Het doel “{tekst}”" if tekst else f"De reden dat er geen doel is (“{reden}”)"
        yield Herziening(wat, f"programma {programma}, pakket {pakket}")


def bevindingen(versie: Versie) -> list[Bevinding]:
    """Return the findings on a version as it is now."""
    return controleer(controlestuk(versie))
