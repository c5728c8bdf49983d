"""Reading a grid from the database: the same number of queries whatever the number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet, Sum

from programma.inhoud import Gedrukt
from programma.models import Bedrag, Begrotingsregel, GedruktTotaal, Pakket, Programma, Versie, Wijziging
from programma.models import Kolom as Kolomrij
from programma.raming import Kolom
from programma.rooster.blad import Bedragcel, Blad, Kop, Pakketkop, Plek, Regel, Vorig


def lees(programma: Programma, *, grendel: bool = False) -> Blad:
    """Return the grid of a programme as it is now; `programma` has its versie and document.

    With `grendel` its rows and amounts stay locked until the end of the transaction, in one order for everybody:
    rows before amounts, each by key. FOR NO KEY UPDATE: whoever refers to a row need not wait.
    """
    versie = programma.versie
    regels = Begrotingsregel.objects.filter(pakket__programma=programma)
    bedragen = Bedrag.objects.filter(regel__pakket__programma=programma)
    if grendel:
        _grendel(regels)
        _grendel(bedragen)
    cellen = _cellen(bedragen)
    koppen = tuple(
        Kop(rij.pk, Kolom(rij.jaar, rij.fase), str(rij).capitalize())
        for rij in Kolomrij.objects.filter(versie=versie).order_by("volgorde")
    )
    gedrukt = _gedrukt(programma)
    return Blad(
        programma=programma.pk,
        code=programma.code,
        documentsoort=versie.document.soort,
        documentjaar=versie.document.jaar,
        koppen=koppen,
        pakketten={
            pk: Pakketkop(pk, code, naam)
            for pk, code, naam in Pakket.objects.filter(programma=programma)
            .order_by("volgorde", "code")
            .values_list("pk", "code", "naam")
        },
        wijzigingen={rij.pk: str(rij) for rij in Wijziging.objects.filter(versie=versie).order_by("nummer")},
        regels={
            sleutel: Regel(pk, sleutel, pakket, soort, omschrijving, toelichting, cellen.get(pk, {}))
            for pk, sleutel, pakket, soort, omschrijving, toelichting in regels.order_by(
                "pakket__volgorde", "pakket__code", "volgorde", "sleutel"
            ).values_list("pk", "sleutel", "pakket_id", "soort", "omschrijving", "toelichting")
        },
        gedrukt=tuple(gedrukt),
        verklaard=gedrukt,
        vorig=_vorig(programma, versie),
    )


def _grendel(rijen: QuerySet[Begrotingsregel] | QuerySet[Bedrag]) -> None:
    for _ in rijen.select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk"):
        pass


def _cellen(bedragen: QuerySet[Bedrag]) -> Mapping[int, dict[Plek, Bedragcel]]:
    """Return the amounts per row and place."""
    cellen: dict[int, dict[Plek, Bedragcel]] = defaultdict(dict)
    for pk, regel, kolom, wijziging, euro, bron, plaats in bedragen.order_by("pk").values_list(
        "pk", "regel_id", "kolom_id", "wijziging_id", "euro", "bron__naam", "plaats"
    ):
        herkomst = ", ".join(deel for deel in (plaats, bron) if deel)
        cellen[regel][Plek(wijziging or 0, kolom)] = Bedragcel(pk, euro, herkomst)
    return cellen


def _gedrukt(programma: Programma) -> dict[Gedrukt, str]:
    """Return the printed totals of the programme as a whole, with what was written about a difference."""
    return {
        Gedrukt(grootheid, Kolom(jaar, fase), euro, programma.code, "", eenheid): verklaring
        for grootheid, jaar, fase, euro, eenheid, verklaring in GedruktTotaal.objects.filter(
            programma=programma, pakket=None
        ).values_list("grootheid", "kolom__jaar", "kolom__fase", "euro", "eenheid", "toelichting")
    }


def _vorig(programma: Programma, versie: Versie) -> Vorig | None:
    """Return the sums of the programme with the same code in the version from which this one was made."""
    if versie.voorganger is None:
        return None
    sommen: dict[tuple[str, Kolom], Decimal] = {
        (soort, Kolom(jaar, fase)): euro
        for soort, jaar, fase, euro in Bedrag.objects.filter(
            versie=versie.voorganger, regel__pakket__programma__code=programma.code
        )
        .order_by()
        .values_list("regel__soort", "kolom__jaar", "kolom__fase")
        .annotate(som=Sum("euro"))
    }
    return Vorig(versie.voorganger.nummer, sommen)


def nieuwe_sleutels(aantal: int) -> list[str]:
    """Return names for new rows, fetched in advance: so that the same post, sent twice, makes one row.

    A name that is not used is never given again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'r' || nextval('programma_regelsleutel') FROM generate_series(1, %s)", [aantal])
        return [sleutel for (sleutel,) in cursor.fetchall()]
