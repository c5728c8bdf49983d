"""Reading versions for judgement: the controlesom, the findings of the checks on the rows, and how far the work is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Sum

from programma import vingerafdruk
from programma.inhoud import Gedrukt, Pakketrij, Programmarij
from programma.models import (
    VERSIERIJEN,
    Bedrag,
    Begrotingsregel,
    Deelname,
    Doel,
    GedruktTotaal,
    Kolom,
    Pakket,
    Partijcijfers,
    Programma,
    Sectie,
    Versie,
)
from programma.raming import Kolom as Kolomrij
from programma.raming import Raming, Stand
from programma.toetsing.controles import (
    Bedragrij,
    Bevinding,
    Controlestuk,
    GedruktMetVerklaring,
    Grafiekkop,
    Herziening,
    Plek,
    Regelrij,
    controleer,
)
from programma.toetsing.grafiekkop import cijfers
from programma.toetsing.partijgaten import Cijferstand, Deelnamestand
from programma.toetsing.voortgang import Onderdeel, Pakketstand, Programmastand, Telling

# A text without a word: nothing, white space, or the tags of an empty rich text.
ZONDER_WOORDEN = (
    r"^(\s|\u00a0|&nbsp;|</?(p|h[34]|ul|ol|li|blockquote|table|tbody|thead|tr|td|th|caption|br)( [^>]*)?>)*$"
)

PROGRAMMAVELDEN = ("code", "naam", "slug", "soort", "grafiekkop", "grafiekkop_bij")
REGELVELDEN = ("pk", "sleutel", "pakket__programma__code", "pakket__code", "soort", "omschrijving", "toelichting")
GEDRUKTVELDEN = ("grootheid", "kolom_id", "euro", "programma__code", "pakket__code", "eenheid", "toelichting", "pk")
DEELNAMEVELDEN = (
    *("pk", "partij_id", "naam", "programma__code"),
    *("vestigingsplaats", "openbaar_belang", "bestuurlijk_belang", "te_herzien"),
)
BELANGEN = (("belang_begin", "belang_begin_procent"), ("belang_eind", "belang_eind_procent"))
CIJFERVELDEN = ("pk", "partij_id", "partij__naam", "jaar", "onbekend_reden", *BELANGEN[0], *BELANGEN[1], "te_herzien")

# Joined once for all, not once per programme: right after a large import the planner does not know how many rows there
# are, and reads whole tables for each row of an outer query.
PROGRAMMAS = """
WITH gevuld AS (
  SELECT k.programma_id, count(DISTINCT b.kolom_id) AS aantal
  FROM programma_bedrag b
  JOIN programma_begrotingsregel r ON r.id = b.regel_id AND r.versie_id = b.versie_id
  JOIN programma_pakket k ON k.id = r.pakket_id AND k.versie_id = r.versie_id
  WHERE b.versie_id = ANY (%(versies)s) GROUP BY k.programma_id
), kolommen AS (
  SELECT versie_id, count(*) AS aantal FROM programma_kolom WHERE versie_id = ANY (%(versies)s) GROUP BY versie_id
)
SELECT p.versie_id, p.id, p.code, p.naam, p.soort, p.inleiding ~ '\\S', coalesce(l.aantal, 0), coalesce(g.aantal, 0)
FROM programma_programma p LEFT JOIN kolommen l ON l.versie_id = p.versie_id LEFT JOIN gevuld g ON g.programma_id = p.id
WHERE p.versie_id = ANY (%(versies)s)
ORDER BY p.volgorde, p.code COLLATE "C"
"""
# Per programme or pakket and per part: how many pieces, how many filled, how many still to be revised. What belongs to
# the programme itself has no pakket.
TELLINGEN = """
SELECT programma_id, pakket_id, 'teksten', count(*), count(*) FILTER (WHERE tekst !~ %(leeg)s),
       count(*) FILTER (WHERE te_herzien)
FROM programma_sectie WHERE versie_id = ANY (%(versies)s) AND paragraaf_id IS NULL GROUP BY 1, 2
UNION ALL
SELECT NULL, pakket_id, 'doelen', count(*), count(*), count(*) FILTER (WHERE te_herzien)
FROM programma_doel WHERE versie_id = ANY (%(versies)s) GROUP BY 2
UNION ALL
SELECT NULL, r.pakket_id, 'bedragen', count(*), count(g.regel_id), 0
FROM programma_begrotingsregel r
LEFT JOIN (SELECT DISTINCT regel_id FROM programma_bedrag WHERE versie_id = ANY (%(versies)s)) g ON g.regel_id = r.id
WHERE r.versie_id = ANY (%(versies)s) GROUP BY 2
UNION ALL
SELECT CASE WHEN pakket_id IS NULL THEN programma_id END, pakket_id, 'partijen', count(*),
       count(*) FILTER (WHERE taak ~ '\\S'), count(*) FILTER (WHERE te_herzien)
FROM programma_deelname WHERE versie_id = ANY (%(versies)s) GROUP BY 1, 2
UNION ALL
SELECT programma_id, NULL, 'indicatoren', count(*), count(*), 0
FROM programma_programmaindicator WHERE versie_id = ANY (%(versies)s) GROUP BY 1
UNION ALL
SELECT NULL, d.pakket_id, 'indicatoren', count(*), count(*), 0
FROM programma_doelindicator i JOIN programma_doel d ON d.id = i.doel_id
WHERE i.versie_id = ANY (%(versies)s) GROUP BY 2
"""


def canonieke_rijen(versie: int) -> dict[str, Iterator[tuple[Any, ...]]]:
    """Return per kind of row what is hashed of a version (by its key), read as it is used. One query per kind."""
    return {
        model.__name__: model._default_manager.filter(versie=versie)
        .order_by()
        .values_list(*vingerafdruk.VELDEN[model.__name__])
        .iterator(chunk_size=5000)
        for model in VERSIERIJEN
    }


def bereken_controlesom(versie: Versie) -> str:
    """Return the controlesom of a version as it is now: the sha256 of everything in it. One query per kind of row."""
    return vingerafdruk.controlesom(versie.titel, canonieke_rijen(versie.pk))


def _regel(rij: tuple[Any, ...], bedragen: Mapping[int, list[Bedragrij]]) -> Regelrij:
    """Return a line with its amounts; `rij` has the fields of REGELVELDEN."""
    pk, *velden = rij
    return Regelrij(*(*velden, bedragen.get(pk, [])))


def _gedrukt(rij: tuple[Any, ...], kolommen: Mapping[int, Kolomrij]) -> GedruktMetVerklaring:
    """Return a printed total; `rij` has the fields of GEDRUKTVELDEN."""
    grootheid, kolom, euro, programma, pakket, eenheid, verklaring, pk = rij
    totaal = Gedrukt(grootheid, kolommen[kolom], euro, programma or "", pakket or "", eenheid)
    return GedruktMetVerklaring(totaal, verklaring, pk)


def _per_versie(vraag: QuerySet[Any], *velden: str) -> dict[int, list[tuple[Any, ...]]]:
    """Return the values of the fields, per version. One query, however many versions."""
    rijen: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for versie, *waarden in vraag.values_list("versie_id", *velden):
        rijen[versie].append(tuple(waarden))
    return rijen


def controlestukken(versies: Sequence[Versie]) -> dict[int, Controlestuk]:
    """Return what the checks look at per version (by database key). Twelve queries, however many versions."""
    van = {"versie__in": versies}
    kolommen = _per_versie(Kolom.objects.filter(**van).order_by("volgorde"), "pk", "jaar", "fase")
    programmas = _per_versie(Programma.objects.filter(**van), *PROGRAMMAVELDEN)
    pakketten = _per_versie(Pakket.objects.filter(**van), "programma__code", "code", "naam", "restpost")
    regels = _per_versie(Begrotingsregel.objects.filter(**van), *REGELVELDEN)
    gedrukt = _per_versie(GedruktTotaal.objects.filter(**van), *GEDRUKTVELDEN)
    met_tekst = _per_versie(
        Sectie.objects.filter(pakket__isnull=False, **van).exclude(tekst__regex=ZONDER_WOORDEN), "pakket__code"
    )
    met_doel = _per_versie(Doel.objects.filter(**van), "pakket__code")
    bedragen = _bedragen(versies, {pk: Kolomrij(*rij) for rijen in kolommen.values() for pk, *rij in rijen})
    deelnames = _per_versie(Deelname.objects.filter(**van), *DEELNAMEVELDEN)
    cijfers = _per_versie(Partijcijfers.objects.filter(**van), *CIJFERVELDEN)
    te_herzien = _te_herzien(versies)
    for versie_id, gevonden in _partijen_te_herzien(deelnames, cijfers):
        te_herzien[versie_id] += gevonden
    stukken = {}
    for versie in versies:
        eigen = {pk: Kolomrij(*rij) for pk, *rij in kolommen[versie.pk]}
        per_programma: dict[str, list[Pakketrij]] = defaultdict(list)
        for programma, *rij in pakketten[versie.pk]:
            per_programma[programma].append(Pakketrij(*rij))
        stukken[versie.pk] = Controlestuk(
            soort=versie.document.soort,
            jaar=versie.document.jaar,
            kolommen=list(eigen.values()),
            programmas=[Programmarij(*rij[:4]) for rij in programmas[versie.pk]],
            pakketten=per_programma,
            regels=[_regel(rij, bedragen) for rij in regels[versie.pk]],
            gedrukt=[_gedrukt(rij, eigen) for rij in gedrukt[versie.pk]],
            met_tekst=frozenset(code for (code,) in met_tekst[versie.pk]),
            met_doel=frozenset(code for (code,) in met_doel[versie.pk]),
            te_herzien=te_herzien[versie.pk],
            deelnames=[Deelnamestand(*rij[:-1]) for rij in deelnames[versie.pk]],
            partijcijfers=[_cijferstand(rij) for rij in cijfers[versie.pk]],
            grafiekkoppen=[Grafiekkop(code, kop, bij) for code, _, _, _, kop, bij in programmas[versie.pk] if kop],
        )
    return stukken


def controlestuk(versie: Versie) -> Controlestuk:
    """Return what the checks look at, read from the rows of a version."""
    return controlestukken([versie])[versie.pk]


def grafiekcijfers(programma: Programma) -> str:
    """Return the lasten of a programme per column as they are now, as `grafiekkop.cijfers` writes them. Two queries."""
    kolommen = [
        Kolomrij(*rij)
        for rij in Kolom.objects.filter(versie=programma.versie_id).order_by("volgorde").values_list("jaar", "fase")
    ]
    sommen = (
        Bedrag.objects.filter(regel__pakket__programma=programma, regel__soort="lasten")
        .order_by()
        .values_list("kolom__jaar", "kolom__fase")
        .annotate(som=Sum("euro"))
    )
    raming = Raming({Kolomrij(jaar, fase): Stand(lasten=som) for jaar, fase, som in sommen})
    return cijfers(kolommen, raming)


def _bedragen(versies: Sequence[Versie], kolommen: Mapping[int, Kolomrij]) -> dict[int, list[Bedragrij]]:
    """Return the amounts of each line, by the key of the line."""
    bedragen: dict[int, list[Bedragrij]] = defaultdict(list)
    for regel, kolom, euro, wijziging in (
        Bedrag.objects.filter(versie__in=versies)
        .order_by("pk")
        .values_list("regel_id", "kolom_id", "euro", "wijziging__nummer")
    ):
        bedragen[regel].append(Bedragrij(kolommen[kolom], euro, wijziging or ""))
    return bedragen


def _te_herzien(versies: Sequence[Versie]) -> dict[int, list[Herziening]]:
    """Return the texts and goals that nobody has looked at since they were taken over, with the place of each."""
    gevonden: dict[int, list[Herziening]] = defaultdict(list)
    velden = ("kop", "thema", "programma__code", "pakket__code", "pakket__programma__code", "paragraaf__naam", "pk")
    secties = _per_versie(Sectie.objects.filter(versie__in=versies, te_herzien=True), *velden)
    for versie, rijen in secties.items():
        for kop, thema, programma, pakket, in_programma, paragraaf, pk in rijen:
            wat = f"De tekst “{kop}: {thema}”" if thema else f"De tekst “{kop}”"
            plaats = f"paragraaf {paragraaf}" if programma is None else f"programma {programma}"
            if pakket is not None:
                plaats = f"programma {in_programma}, pakket {pakket}"
            gevonden[versie].append(Herziening(wat, plaats, Plek("sectie", str(pk))))
    doelvelden = ("tekst", "vervallen_reden", "pakket__programma__code", "pakket__code", "pk")
    for versie, rijen in _per_versie(Doel.objects.filter(versie__in=versies, te_herzien=True), *doelvelden).items():
        for tekst, reden, programma, pakket, pk in rijen:
            wat = f"Het doel “{tekst}”" if tekst else f"De reden dat er geen doel is (“{reden}”)"
            plaats = f"programma {programma}, pakket {pakket}"
            gevonden[versie].append(Herziening(wat, plaats, Plek("doel", str(pk))))
    return gevonden


def _cijferstand(rij: tuple[Any, ...]) -> Cijferstand:
    """Return the figures of a party; `rij` has the fields of CIJFERVELDEN."""
    velden = dict(zip(CIJFERVELDEN, rij, strict=True))
    bekend = all(any(velden[veld] is not None for veld in einde) for einde in BELANGEN)
    return Cijferstand(velden["pk"], velden["partij_id"], velden["jaar"], bekend, velden["onbekend_reden"])


def _partijen_te_herzien(
    deelnames: Mapping[int, list[tuple[Any, ...]]], cijfers: Mapping[int, list[tuple[Any, ...]]]
) -> Iterator[tuple[int, list[Herziening]]]:
    """Yield per version the parties and their figures that nobody has looked at since they were taken over."""
    for versie, rijen in deelnames.items():
        yield (
            versie,
            [
                Herziening(f"Wat er staat over {naam}", f"programma {programma}", Plek("deelname", str(pk)))
                for pk, _, naam, programma, *_, herzien in rijen
                if herzien
            ],
        )
    for versie, rijen in cijfers.items():
        yield (
            versie,
            [
                Herziening(
                    f"De rij met cijfers over {jaar}", f"verbonden partij {naam}", Plek("partijcijfers", str(pk))
                )
                for pk, _, naam, jaar, *_, herzien in rijen
                if herzien
            ],
        )


def bevindingen(versie: Versie) -> list[Bevinding]:
    """Return the findings on a version as it is now."""
    return controleer(controlestuk(versie))


def bevindingen_van(versies: Sequence[Versie]) -> dict[int, list[Bevinding]]:
    """Return the findings per version (by database key). As many queries for one as for many."""
    return {pk: controleer(stuk) for pk, stuk in controlestukken(versies).items()}


def standen(versies: Sequence[Versie]) -> dict[int, list[Programmastand]]:
    """Return what there is of each programme, per version (by database key). Three queries, however many versions."""
    tellingen: dict[tuple[int | None, int | None], dict[Onderdeel, Telling]] = defaultdict(dict)
    pakketten: dict[int, list[Pakketstand]] = defaultdict(list)
    gevonden: dict[int, list[Programmastand]] = {versie.pk: [] for versie in versies}
    van: dict[str, Any] = {"versies": [versie.pk for versie in versies], "leeg": ZONDER_WOORDEN}
    with connection.cursor() as cursor:
        cursor.execute(TELLINGEN, van)
        for programma, pakket, onderdeel, *aantallen in cursor.fetchall():
            tellingen[programma, pakket][Onderdeel(onderdeel)] = Telling(*aantallen)
        for rij in (
            Pakket.objects.filter(versie__in=versies)
            .order_by("volgorde", "code")
            .values_list("programma_id", "pk", "code", "naam", "restpost")
        ):
            programma, pk, code, naam, restpost = rij
            pakketten[programma].append(Pakketstand(pk, code, naam, restpost, tellingen[None, pk]))
        cursor.execute(PROGRAMMAS, van)
        for versie, pk, code, naam, soort, inleiding, kolommen, gevuld in cursor.fetchall():
            gevonden[versie].append(
                Programmastand(pk, code, naam, soort, inleiding, pakketten[pk], tellingen[pk, None], kolommen, gevuld)
            )
    return gevonden
