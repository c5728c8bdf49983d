"""Lines with their amounts: in long form, an amount per row, and in wide form, a row per line as in print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Collate

from programma.models import Bedrag, Begrotingsregel, Import, Kolom, Versie
from programma.models.begroting import FASEN, SOORTEN
from programma.raming import Fase
from programma.resources.bestemming import Bestemming
from programma.resources.cellen import Code, Geheel, Geld, Keuze, Naam
from programma.resources.velden import Alleenlezen, Veld, Versieresource

SOORTWOORDEN = {
    "last": "lasten",
    "uitgaven": "lasten",
    "kosten": "lasten",
    "bate": "baten",
    "inkomsten": "baten",
    "opbrengsten": "baten",
    "toevoegingen": "toevoeging",
    "storting": "toevoeging",
    "stortingen": "toevoeging",
    "onttrekkingen": "onttrekking",
}
FASEWOORDEN = {
    "rekening": "realisatie",
    "jaarrekening": "realisatie",
    "na wijziging": "na_wijziging",
    "gewijzigd": "na_wijziging",
    "gewijzigde begroting": "na_wijziging",
    "primitief": "primair",
    "primitieve begroting": "primair",
    "meerjarenraming": "raming",
}
INCIDENTEEL = [("ja", "ja"), ("nee", "nee"), ("onbekend", "onbekend")]
KOLOMNAMEN = {
    Fase.REALISATIE.value: "Realisatie",
    Fase.NA_WIJZIGING.value: "Begroting na wijziging",
    Fase.PRIMAIR.value: "Primaire begroting",
    Fase.RAMING.value: "Raming",
    Fase.PROGNOSE.value: "Prognose",
}

REGEL = Bestemming(
    naam="regel",
    model=Begrotingsregel,
    velden={
        "regel": "sleutel",
        "pakket_code": "pakket__code",
        "soort": "soort",
        "taakveld": "taakveld__code",
        "omschrijving": "omschrijving",
        "incidenteel": "incidenteel",
    },
    sleutel=("regel",),
    los=("omschrijving",),
    eisen=(
        (
            "coalesce(w ->> 'pakket_code', '') <> '' AND coalesce(w ->> 'soort', '') <> ''",
            "Deze regel staat nog niet in de versie. Vul pakket_code en soort in om haar te maken.",
        ),
    ),
)
BEDRAG = Bestemming(
    naam="bedrag",
    model=Bedrag,
    velden={
        "regel": "regel__sleutel",
        "fase": "kolom__fase",
        "jaar": "kolom__jaar",
        "wijziging": "wijziging__nummer",
        "bedrag": "euro",
        "bronprecisie": "bronprecisie",
    },
    sleutel=("regel", "fase", "jaar", "wijziging"),
    vast={
        "bron_id": "%s",
        "plaats": "left(s.plaats, 120)",
        "bronprecisie": "coalesce(s.waarden ->> 'bronprecisie', s.bij ->> 'bronprecisie')::smallint",
    },
)


def kolomnaam(kolom: Kolom) -> str:
    """Return the printed heading of a column: "Begroting na wijziging 2024"."""
    return f"{KOLOMNAMEN[kolom.fase]} {kolom.jaar}"


def _regelvelden(pad: str) -> dict[str, Veld]:
    """Return the columns that describe a line; `pad` leads from the row to its line."""
    return {
        "programma_code": Alleenlezen(
            f"{pad}pakket__programma__code", Code(20), ("programma", "programmanummer"), "programma_code"
        ),
        "programma": Alleenlezen(f"{pad}pakket__programma__naam", Naam(200), ("naam programma",), "programma"),
        "pakket_code": Veld(
            f"{pad}pakket__code", Code(20), ("pakketcode", "code pakket", "code", "taakpakket"), "pakket_code"
        ),
        "pakket": Alleenlezen(f"{pad}pakket__naam", Naam(200), ("naam pakket", "pakketnaam"), "pakket"),
        "soort": Veld(f"{pad}soort", Keuze(SOORTEN, SOORTWOORDEN), ("lasten baten", "lasten of baten", "l b"), "soort"),
        "taakveld": Veld(f"{pad}taakveld__code", Code(10), ("taakveldcode", "taakveld code"), "taakveld"),
        "regel": Veld(f"{pad}sleutel", Code(40), ("sleutel", "regelsleutel"), "regel"),
        "omschrijving": Veld(f"{pad}omschrijving", Naam(300), ("naam", "post", "begrotingspost"), "omschrijving"),
        "incidenteel": Veld(f"{pad}incidenteel", Keuze(INCIDENTEEL, leeg="onbekend"), (), "incidenteel"),
    }


class Bedragresource(Versieresource):
    """The long form: the columns of the public begroting.csv, and the number of the wijziging."""

    soort = Import.Soort.REGELS
    bestemmingen = (REGEL, BEDRAG)
    vereist = ("fase", "jaar", "bedrag")
    gevuld = ("fase", "jaar")
    geld = True

    document = Alleenlezen("versie__document__slug", Naam(100), (), "document")
    versie = Alleenlezen("versie__nummer", Geheel(1, 99999), (), "versie")
    (programma_code, programma, pakket_code, pakket, soort_, taakveld, regel, omschrijving, incidenteel) = _regelvelden(
        "regel__"
    ).values()
    fase = Veld("kolom__fase", Keuze(FASEN, FASEWOORDEN), (), "fase")
    jaar = Veld("kolom__jaar", Geheel(1990, 2200), ("begrotingsjaar",), "jaar")
    bedrag = Veld("euro", Geld(), ("bedrag x 1000", "bedrag in euro", "bedrag in euros", "euro"), "bedrag")
    bronprecisie = Veld("bronprecisie", Keuze([("1", "1"), ("1000", "1.000")], leeg="1"), (), "bronprecisie")
    wijziging = Veld("wijziging__nummer", Code(20), ("nummer wijziging",), "wijziging")

    def rijen(self, versie: Versie) -> QuerySet[Any]:
        """Return the amounts in the order of begroting.csv."""
        return (
            Bedrag.objects.filter(versie=versie)
            .select_related("versie__document", "regel__pakket__programma", "regel__taakveld", "kolom", "wijziging")
            .order_by(
                Collate("regel__pakket__programma__code", "C"),
                Collate("regel__pakket__code", "C"),
                Collate("regel__soort", "C"),
                Collate("regel__sleutel", "C"),
                "kolom__jaar",
                Collate("kolom__fase", "C"),
                Collate("wijziging__nummer", "C").asc(nulls_first=True),
            )
        )


class Regelresource(Versieresource):
    """The wide form: a row per line, a column per kolom of the version; a cell is the sum of its bedragen."""

    soort = Import.Soort.REGELS
    bestemmingen = (REGEL, BEDRAG)
    vereist = gevuld = ()
    geld = True

    (programma_code, programma, pakket_code, pakket, soort_, taakveld, regel, omschrijving, incidenteel) = _regelvelden(
        ""
    ).values()

    def rijen(self, versie: Versie) -> QuerySet[Any]:
        """Return the lines in the order of begroting.csv."""
        return (
            Begrotingsregel.objects.filter(versie=versie)
            .select_related("pakket__programma", "taakveld")
            .order_by(
                Collate("pakket__programma__code", "C"),
                Collate("pakket__code", "C"),
                Collate("soort", "C"),
                Collate("sleutel", "C"),
            )
        )

    def breed(self, versie: Versie) -> tuple[list[str], Iterator[list[Any]]]:
        """Return the header and the rows with the amounts of each column, in euros with the stored sign."""
        kolommen = list(Kolom.objects.filter(versie=versie).order_by("volgorde"))
        sommen = {
            (regel, kolom): euro
            for regel, kolom, euro in Bedrag.objects.filter(versie=versie)
            .values_list("regel", "kolom")
            .annotate(euro=Sum("euro"))
            .order_by()
        }
        return [*self.kop(), *(f"{kolomnaam(kolom)}, in euro" for kolom in kolommen)], self._breed(
            versie, kolommen, sommen
        )

    def _breed(
        self, versie: Versie, kolommen: Sequence[Kolom], sommen: dict[tuple[int, int], Decimal]
    ) -> Iterator[list[Any]]:
        velden = self.get_export_fields()
        for regel in self.rijen(versie).iterator(chunk_size=2000):
            yield [
                *(veld.export(regel) for veld in velden),
                *(sommen.get((regel.pk, kolom.pk)) for kolom in kolommen),
            ]
