"""Everything else that editors keep in a spreadsheet: programmes, pakketten, goals, texts and connected parties."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from programma.models import (
    Deelname,
    Doel,
    Import,
    Pakket,
    Partijcijfers,
    Programma,
    Sectie,
    VerbondenPartij,
    Versie,
)
from programma.models.partijen import Partijsoort
from programma.resources.bestemming import Bestemming
from programma.resources.cellen import Code, Geheel, Geld, Getal, JaNee, Keuze, Naam, Opmaak, Tekst
from programma.resources.velden import Alleenlezen, Veld, Versieresource

VOLGORDE = Geheel(0, 32767, leeg="1")
JAAR = Geheel(1990, 2200)
GEEN_SLUG = "De naam in het webadres kan alleen letters, cijfers en streepjes hebben. Vul een andere in."
PARTIJWOORDEN = {
    "gemeenschappelijke regelingen": "gemeenschappelijke_regeling",
    "gr": "gemeenschappelijke_regeling",
    "vennootschap": "vennootschap_cooperatie",
    "coöperatie": "vennootschap_cooperatie",
    "vennootschappen en coöperaties": "vennootschap_cooperatie",
    "nv": "vennootschap_cooperatie",
    "bv": "vennootschap_cooperatie",
    "stichting": "stichting_vereniging",
    "vereniging": "stichting_vereniging",
    "stichtingen en verenigingen": "stichting_vereniging",
    "overige verbonden partijen": "overig",
}


class Programmaresource(Versieresource):
    """Programmes and the other parts of the budget, by code."""

    soort = Import.Soort.PROGRAMMAS
    vereist = gevuld = ("code", "naam")
    bestemmingen = (
        Bestemming(
            naam="programma",
            model=Programma,
            velden={
                naam: naam for naam in ("code", "naam", "slug", "soort", "inleiding", "portefeuillehouder", "volgorde")
            },
            sleutel=("code",),
            los=("slug",),
            eisen=(("w ->> 'slug' ~ '^[-a-zA-Z0-9_]+$'", GEEN_SLUG),),
        ),
    )

    code = Veld("code", Code(20), ("programma_code", "programmanummer", "nummer"))
    naam = Veld("naam", Naam(200), ("programma", "naam programma"))
    slug = Veld("slug", Code(120), ("webadres", "naam in het webadres"))
    soort_ = Veld("soort", Keuze(Programma.Soort.choices, leeg="programma"), (), "soort")
    inleiding = Veld("inleiding", Tekst())
    portefeuillehouder = Veld("portefeuillehouder", Naam(200))
    volgorde = Veld("volgorde", VOLGORDE)

    def rijen(self, versie: Versie) -> QuerySet[Any]:
        """Return the programmes in their own order."""
        return Programma.objects.filter(versie=versie).order_by("volgorde", "code")


class Pakketresource(Versieresource):
    """Pakketten, by code."""

    soort = Import.Soort.PAKKETTEN
    vereist = gevuld = ("programma_code", "code", "naam")
    bestemmingen = (
        Bestemming(
            naam="pakket",
            model=Pakket,
            velden={
                "programma_code": "programma__code",
                "code": "code",
                "naam": "naam",
                "restpost": "restpost",
                "volgorde": "volgorde",
            },
            sleutel=("code",),
        ),
    )

    programma_code = Veld("programma__code", Code(20), ("programma", "programmanummer"), "programma_code")
    code = Veld("code", Code(20), ("pakket_code", "pakketcode"))
    naam = Veld("naam", Naam(200), ("pakket", "naam pakket"))
    restpost = Veld("restpost", JaNee())
    volgorde = Veld("volgorde", VOLGORDE)

    def rijen(self, versie: Versie) -> QuerySet[Any]:
        """Return the pakketten per programme."""
        rijen = Pakket.objects.filter(versie=versie).select_related("programma")
        return rijen.order_by("programma__volgorde", "programma__code", "volgorde", "code")


class Doelresource(Versieresource):
    """Goals. A goal has no name: it is known by its pakket and its place (volgorde) there."""

    soort = Import.Soort.DOELEN
    vereist = ("pakket_code", "volgorde", "tekst")
    gevuld = ("pakket_code", "volgorde")
    bestemmingen = (
        Bestemming(
            naam="doel",
            model=Doel,
            velden={
                "pakket_code": "pakket__code",
                **{
                    naam: naam
                    for naam in (
                        "volgorde", "tekst", "vervallen_reden", "nulwaarde", "nuljaar", "relatief", "streefwaarde",
                        "streefjaar", "eenheid", "toelichting",
                    )
                },
            },
            sleutel=("pakket_code", "volgorde"),
            geteld=True,
            eisen=(
                (
                    "(coalesce(w ->> 'tekst', '') = '') <> (coalesce(w ->> 'vervallen_reden', '') = '')",
                    "Vul een doel in (tekst), of de reden dat er geen doel is (vervallen_reden); niet allebei.",
                ),
            ),
        ),
    )  # fmt: skip

    pakket_code = Veld("pakket__code", Code(20), ("pakket", "pakketcode"), "pakket_code")
    volgorde = Veld("volgorde", VOLGORDE, ("nummer", "nr"))
    tekst = Veld("tekst", Tekst(), ("doel", "doelstelling"))
    vervallen_reden = Veld("vervallen_reden", Tekst(), ("reden", "reden dat er geen doel is"))
    nulwaarde = Veld("nulwaarde", Getal(4, 10**11), ("nulmeting",))
    nuljaar = Veld("nuljaar", JAAR)
    relatief = Veld("relatief", JaNee(), ("ten opzichte van het nuljaar",))
    streefwaarde = Veld("streefwaarde", Getal(4, 10**11))
    streefjaar = Veld("streefjaar", JAAR)
    eenheid = Veld("eenheid", Naam(60))
    toelichting = Veld("toelichting", Naam(300))

    def rijen(self, versie: Versie) -> QuerySet[Any]:
        """Return the goals per pakket."""
        rijen = Doel.objects.filter(versie=versie).select_related("pakket")
        return rijen.order_by("pakket__code", "volgorde", "pk")


class Sectieresource(Versieresource):
    """Texts, by what they belong to, their heading and their theme."""

    soort = Import.Soort.SECTIES
    vereist = ("kop", "tekst")
    gevuld = ("kop",)
    bestemmingen = (
        Bestemming(
            naam="sectie",
            model=Sectie,
            velden={
                "programma_code": "programma__code",
                "pakket_code": "pakket__code",
                "paragraaf": "paragraaf__naam",
                "kop": "kop",
                "thema": "thema",
                "tekst": "tekst",
                "volgorde": "volgorde",
            },
            sleutel=("programma_code", "pakket_code", "paragraaf", "kop", "thema"),
            geteld=True,
            eisen=(
                (
                    "num_nonnulls(nullif(w ->> 'programma_code', ''), nullif(w ->> 'pakket_code', ''), "
                    "nullif(w ->> 'paragraaf', '')) = 1",
                    "Vul precies één in: programma_code, pakket_code of paragraaf. Daar hoort de tekst bij.",
                ),
                ("coalesce(w ->> 'kop', '') <> ''", "De kop is leeg. Geef de tekst een kop."),
                ("coalesce(w ->> 'tekst', '') <> ''", "De tekst is leeg. Haal de rij weg, of schrijf de tekst."),
            ),
        ),
    )

    programma_code = Veld("programma__code", Code(20), ("programma",), "programma_code")
    pakket_code = Veld("pakket__code", Code(20), ("pakket", "pakketcode"), "pakket_code")
    paragraaf = Veld("paragraaf__naam", Naam(200), (), "paragraaf")
    kop = Veld("kop", Naam(200), ("titel",))
    thema = Veld("thema", Naam(200))
    tekst = Veld("tekst", Opmaak())
    volgorde = Veld("volgorde", VOLGORDE)

    def rijen(self, versie: Versie) -> QuerySet[Any]:
        """Return the texts: of programmes, of pakketten, of paragrafen."""
        rijen = Sectie.objects.filter(versie=versie).select_related("programma", "pakket", "paragraaf")
        return rijen.order_by("programma__code", "pakket__code", "paragraaf__volgorde", "volgorde", "pk")


class Partijresource(Versieresource):
    """Connected parties and their part in a programme. A party that is not known yet is added."""

    soort = Import.Soort.PARTIJEN
    vereist = gevuld = ("programma_code", "naam", "soort")
    bestemmingen = (
        Bestemming(
            naam="partij",
            model=VerbondenPartij,
            velden={"partij": "slug", "naam": "naam", "afkorting": "afkorting", "soort": "soort"},
            sleutel=("partij",),
            alleen_nieuw=True,
            eisen=(("w ->> 'partij' ~ '^[-a-zA-Z0-9_]+$'", GEEN_SLUG),),
        ),
        Bestemming(
            naam="deelname",
            model=Deelname,
            velden={
                "programma_code": "programma__code",
                "pakket_code": "pakket__code",
                "partij": "partij__slug",
                **{
                    naam: naam
                    for naam in (
                        "naam", "afkorting", "soort", "vestigingsplaats", "taak", "openbaar_belang",
                        "bestuurlijk_belang", "volgorde",
                    )
                },
            },
            sleutel=("programma_code", "pakket_code", "partij"),
        ),
    )  # fmt: skip

    programma_code = Veld("programma__code", Code(20), ("programma",), "programma_code")
    pakket_code = Veld("pakket__code", Code(20), ("pakket", "pakketcode"), "pakket_code")
    partij = Veld("partij__slug", Code(120), ("slug",), "partij")
    naam = Veld("naam", Naam(200), ("verbonden partij", "naam partij"))
    afkorting = Veld("afkorting", Naam(30))
    soort_ = Veld("soort", Keuze(Partijsoort.choices, PARTIJWOORDEN), ("type", "rechtsvorm"), "soort")
    vestigingsplaats = Veld("vestigingsplaats", Naam(200), ("plaats", "gevestigd in"))
    taak = Veld("taak", Tekst())
    openbaar_belang = Veld("openbaar_belang", Tekst())
    bestuurlijk_belang = Veld("bestuurlijk_belang", Tekst(), ("zeggenschap",))
    volgorde = Veld("volgorde", VOLGORDE)

    def rijen(self, versie: Versie) -> QuerySet[Any]:
        """Return the parts per programme."""
        rijen = Deelname.objects.filter(versie=versie).select_related("programma", "pakket", "partij")
        return rijen.order_by("programma__code", "volgorde", "naam", "pk")


CIJFERS = (
    "bijdrage", "eigen_vermogen_begin", "eigen_vermogen_eind", "vreemd_vermogen_begin", "vreemd_vermogen_eind",
    "resultaat",
)  # fmt: skip
BELANGEN = ("belang_begin", "belang_begin_procent", "belang_eind", "belang_eind_procent")


class Partijcijferresource(Versieresource):
    """The figures of connected parties per year (BBV art. 15)."""

    soort = Import.Soort.PARTIJCIJFERS
    vereist = gevuld = ("partij", "jaar")
    geld = True
    bestemmingen = (
        Bestemming(
            naam="partijcijfers",
            model=Partijcijfers,
            velden={
                "partij": "partij__slug",
                "jaar": "jaar",
                **{naam: naam for naam in (*CIJFERS, *BELANGEN, "ontwikkelingen", "risico", "onbekend_reden")},
            },
            sleutel=("partij", "jaar"),
            eisen=(
                (
                    "coalesce(w ->> 'onbekend_reden', '') <> '' OR ("
                    + " AND ".join(f"w ->> '{naam}' IS NOT NULL" for naam in CIJFERS)
                    + ")",
                    "Er is een bedrag leeg. Vul het in, of schrijf in onbekend_reden waarom het onbekend is.",
                ),
                (
                    "coalesce(w ->> 'onbekend_reden', '') <> '' OR ("
                    "coalesce(w ->> 'belang_begin', w ->> 'belang_begin_procent') IS NOT NULL AND "
                    "coalesce(w ->> 'belang_eind', w ->> 'belang_eind_procent') IS NOT NULL)",
                    "Het belang op 1 januari of op 31 december is leeg. Vul het bedrag of het percentage in, of "
                    "schrijf in onbekend_reden waarom het onbekend is.",
                ),
                *(
                    (
                        f"coalesce((w ->> '{naam}')::numeric BETWEEN 0 AND 100, true)",
                        f"De kolom {naam} is een percentage. Vul een getal in van 0 tot en met 100.",
                    )
                    for naam in ("belang_begin_procent", "belang_eind_procent")
                ),
            ),
        ),
    )

    partij = Veld("partij__slug", Code(120), ("naam", "verbonden partij"), "partij")
    naam = Alleenlezen("partij__naam", Naam(200), (), "naam_partij")
    jaar = Veld("jaar", JAAR)
    bijdrage = Veld("bijdrage", Geld(), ("bijdrage gemeente", "bijdrage van de gemeente"))
    eigen_vermogen_begin = Veld("eigen_vermogen_begin", Geld(), ("eigen vermogen op 1 januari",))
    eigen_vermogen_eind = Veld("eigen_vermogen_eind", Geld(), ("eigen vermogen op 31 december",))
    vreemd_vermogen_begin = Veld("vreemd_vermogen_begin", Geld(), ("vreemd vermogen op 1 januari",))
    vreemd_vermogen_eind = Veld("vreemd_vermogen_eind", Geld(), ("vreemd vermogen op 31 december",))
    resultaat = Veld("resultaat", Geld(), ("resultaat van de partij",))
    belang_begin = Veld("belang_begin", Geld(), ("belang op 1 januari", "belang van de gemeente op 1 januari"))
    belang_begin_procent = Veld("belang_begin_procent", Getal(4, 10**3), ("belang op 1 januari in procenten",))
    belang_eind = Veld("belang_eind", Geld(), ("belang op 31 december", "belang van de gemeente op 31 december"))
    belang_eind_procent = Veld("belang_eind_procent", Getal(4, 10**3), ("belang op 31 december in procenten",))
    ontwikkelingen = Veld("ontwikkelingen", Tekst())
    risico = Veld("risico", Tekst(), ("risico's",))
    onbekend_reden = Veld("onbekend_reden", Naam(300), ("reden van onbekende cijfers",))

    def rijen(self, versie: Versie) -> QuerySet[Any]:
        """Return the figures per party and year."""
        return Partijcijfers.objects.filter(versie=versie).select_related("partij").order_by("partij__slug", "jaar")
