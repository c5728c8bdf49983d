"""The verbs that move a version, each in one transaction. They refuse with a named error and record who and when.

Lock order, the same in every verb, so that they cannot deadlock:

1. the advisory lock on observations and anchors (publiceer only);
2. the document (maak_concept only);
3. the version, FOR NO KEY UPDATE. Row edits hold it FOR SHARE (trigger bewaak_versierijen), so a verb waits for edits
   in flight, and edits that come later see the new status;
4. rows, only by maak_concept and only new ones; those of the search index last.

PostgreSQL holds the same rules once more (migrations 0003 and 0008): what is written around these verbs is refused too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from programma import uitvoer, vingerafdruk, zoekindex
from programma.inhoud import Uitgave
from programma.kopie import kopieer_alles
from programma.models import Bestand, Bewerking, Document, Versie
from programma.spoor.historie import kop
from programma.toetsing.controles import Bevinding, blokkades
from programma.toetsing.keuring import bereken_controlesom, bevindingen
from programma.uitvoer import Vingerafdruk
from veiligheid.namens import namens

# The same number stands in indicatoren/migrations/0002.
SLOT = 7303001

Status = Versie.Status
MEESTE_TEKENS = 500


class Geweigerd(Exception):
    """A verb that could not be done. The text is Dutch and for the officer."""


class GeenRecht(Geweigerd):
    """This person may not do this."""


class VerkeerdeStatus(Geweigerd):
    """The version is not in a status from which this step exists."""


class RedenOntbreekt(Geweigerd):
    """This step needs a reason."""


class SamenvattingOntbreekt(Geweigerd):
    """Submitting needs a summary of the change, of at most MEESTE_TEKENS characters."""


class NietEigenIndiening(Geweigerd):
    """Only who submitted a version can withdraw that; a colleague sends it back."""


class VierOgen(Geweigerd):
    """Whoever submitted or changed a version cannot approve it."""


class NietGoedgekeurd(Geweigerd):
    """There is no approval to publish on."""


class GoedkeuringVervallen(Geweigerd):
    """The content is no longer what was approved."""


class Geblokkeerd(Geweigerd):
    """There are findings that block publication; `bevindingen` holds them."""

    def __init__(self, bevindingen: list[Bevinding]) -> None:
        self.bevindingen = bevindingen
        zinnen = " ".join(f"[{bevinding.plaats}] {bevinding.zin}" for bevinding in bevindingen[:5])
        super().__init__(f"Er zijn {len(bevindingen)} bevindingen die publicatie tegenhouden. {zinnen}")


class NogNietTijd(Geweigerd):
    """The planned moment has not come, or the moment asked for has passed."""


class AlVastgesteld(Geweigerd):
    """The council's decision has been recorded already; that happens once."""


class AlInBewerking(Geweigerd):
    """The document has a concept or a submitted version already."""


class NietVolledig(Geweigerd):
    """A field that this step needs is empty or impossible."""


def _eis_recht(door: User, werkwoord: str) -> None:
    if not door.has_perm(f"programma.{werkwoord}"):
        raise GeenRecht(
            f"{door.get_username()} heeft geen recht om dit te doen ({werkwoord}). Vraag een collega met die rol."
        )


def _eis_reden(reden: str) -> str:
    if not reden.strip():
        raise RedenOntbreekt("Schrijf een reden op; die wordt bewaard.")
    return reden.strip()


def _eis_samenvatting(samenvatting: str) -> str:
    """Return the summary as it is stored: without space around it, each line break one character."""
    tekst = samenvatting.replace("\r\n", "\n").strip()
    if not tekst:
        raise SamenvattingOntbreekt(
            "Schrijf in een paar zinnen wat u hebt gewijzigd en waarom. Wie goedkeurt, leest dat als eerste."
        )
    if len(tekst) > MEESTE_TEKENS:
        raise SamenvattingOntbreekt(
            f"De samenvatting is {len(tekst)} tekens lang. Er passen er {MEESTE_TEKENS}. Maak de tekst korter."
        )
    return tekst


def _vergrendel(versie: Versie, *statussen: Status) -> Versie:
    """Lock the version and return it as it is now. Raises VerkeerdeStatus when it is not in one of `statussen`."""
    nu: Versie = Versie.objects.select_for_update(no_key=True).select_related("document").get(pk=versie.pk)
    if nu.status not in statussen:
        verwacht = " of ".join(statussen)
        raise VerkeerdeStatus(f"Versie {nu.nummer} is {nu.status}; deze stap kan alleen als de versie {verwacht} is.")
    return nu


def _leg_vast(versie: Versie, door: User, **velden: Any) -> Versie:
    """Write the changed columns of a version, in the name of `door`; a trigger records the step."""
    for naam, waarde in velden.items():
        setattr(versie, naam, waarde)
    with namens(door.pk):
        versie.save(update_fields=list(velden))
    return versie


@transaction.atomic
def nieuwe_versie(document: Document, *, door: User) -> Versie:
    """Begin the first version of a document, empty. Raises GeenRecht, AlInBewerking."""
    _eis_recht(door, "maak_concept")
    return _nieuw_concept(document, door, None)


@transaction.atomic
def maak_concept(van: Versie, *, door: User) -> Versie:
    """Copy a published (or withdrawn) version into a new concept of the same document.

    All rows are copied with their sleutels; printed totals too. A copy changes nothing, so it makes nobody an author.
    Raises GeenRecht, VerkeerdeStatus, AlInBewerking.
    """
    _eis_recht(door, "maak_concept")
    if van.status not in {Status.GEPUBLICEERD, Status.INGETROKKEN}:
        raise VerkeerdeStatus(
            f"Versie {van.nummer} is {van.status}; een nieuw concept begint met een gepubliceerde versie."
        )
    nieuw = _nieuw_concept(van.document, door, van)
    with namens(door.pk, via="kopie"):
        kopieer_alles(van, nieuw)
    return nieuw


def _nieuw_concept(document: Document, door: User, van: Versie | None) -> Versie:
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    if Versie.objects.in_bewerking().filter(document=document).exists():
        raise AlInBewerking(f"Van {document.titel} is al een versie in bewerking. Maak die eerst af.")
    hoogste = Versie.objects.filter(document=document).aggregate(hoogste=Max("nummer"))["hoogste"] or 0
    nieuw: Versie = Versie.objects.create(
        document=document,
        nummer=hoogste + 1,
        titel=van.titel if van else document.titel,
        voorganger=van,
        aangemaakt_door=door,
    )
    return nieuw


@transaction.atomic
def dien_in(versie: Versie, *, door: User, samenvatting: str) -> Versie:
    """Submit a concept for approval, saying what was changed: from now on its rows are fixed.

    Raises GeenRecht, SamenvattingOntbreekt, VerkeerdeStatus.
    """
    _eis_recht(door, "dien_in")
    samenvatting = _eis_samenvatting(samenvatting)
    nu = _vergrendel(versie, Status.CONCEPT)
    return _leg_vast(
        nu,
        door,
        status=Status.INGEDIEND,
        ingediend_op=timezone.now(),
        ingediend_door=door,
        samenvatting=samenvatting,
        reden="",
    )


@transaction.atomic
def stuur_terug(versie: Versie, *, door: User, reden: str) -> Versie:
    """Make a submitted version a concept again, with a reason; its approval is void.

    Raises GeenRecht, VerkeerdeStatus, RedenOntbreekt.
    """
    _eis_recht(door, "stuur_terug")
    reden = _eis_reden(reden)
    return _weer_concept(_vergrendel(versie, Status.INGEDIEND), door, reden)


@transaction.atomic
def trek_indiening_in(versie: Versie, *, door: User, reden: str = "") -> Versie:
    """Take back one's own submission, approved or not: the version is a concept again and its approval is void.

    Who sees a mistake of their own needs nobody's help, so a reason may be given but need not be. Raises GeenRecht,
    VerkeerdeStatus, NietEigenIndiening.
    """
    _eis_recht(door, "dien_in")
    nu = _vergrendel(versie, Status.INGEDIEND)
    if nu.ingediend_door_id != door.pk:
        raise NietEigenIndiening(
            "U diende deze versie niet in. Wie indiende kan dat intrekken; een publicist kan de versie terugsturen."
        )
    return _weer_concept(nu, door, reden.strip())


def _weer_concept(nu: Versie, door: User, reden: str) -> Versie:
    """Make a version that is locked and submitted a concept again, without approval or planned moment."""
    return _leg_vast(
        nu,
        door,
        status=Status.CONCEPT,
        reden=reden,
        ingediend_op=None,
        ingediend_door=None,
        goedgekeurd_op=None,
        goedgekeurd_door=None,
        goedgekeurde_controlesom="",
        gepland_op=None,
        gepland_door=None,
    )


def vier_ogen_bezwaar(versie: Versie, door: User) -> str:
    """Return why this person cannot approve this version, whatever their rights; "" when they can."""
    if versie.ingediend_door_id == door.pk:
        return "U diende deze versie in. Een collega met de rol publicist moet goedkeuren."
    if Bewerking.objects.filter(versie=versie, door=door).exclude(via="kopie").exists():
        return "U wijzigde iets in deze versie. Een collega met de rol publicist die dat niet deed, moet goedkeuren."
    return ""


@transaction.atomic
def keur_goed(versie: Versie, *, door: User) -> Versie:
    """Approve a submitted version: the approval holds for exactly this content (its controlesom).

    Raises GeenRecht, VerkeerdeStatus, and VierOgen when `door` submitted it or changed one of its rows.
    """
    _eis_recht(door, "keur_goed")
    nu = _vergrendel(versie, Status.INGEDIEND)
    if nu.goedgekeurd_door_id is not None:
        raise VerkeerdeStatus(f"Versie {nu.nummer} is al goedgekeurd.")
    if bezwaar := vier_ogen_bezwaar(nu, door):
        raise VierOgen(bezwaar)
    return _leg_vast(
        nu,
        door,
        goedgekeurd_op=timezone.now(),
        goedgekeurd_door=door,
        goedgekeurde_controlesom=bereken_controlesom(nu),
    )


@transaction.atomic
def plan(versie: Versie, *, door: User, op: datetime) -> Versie:
    """Set an approved version to be published at a moment in the future, in the name of `door`.

    `manage.py publiceer_gepland`, run by a timer, does it then. Raises GeenRecht, VerkeerdeStatus, NietGoedgekeurd,
    NogNietTijd when the moment has passed already.
    """
    _eis_recht(door, "publiceer")
    nu = _vergrendel(versie, Status.INGEDIEND)
    if nu.goedgekeurd_door_id is None:
        raise NietGoedgekeurd(f"Versie {nu.nummer} is nog niet goedgekeurd.")
    if op <= timezone.now():
        raise NogNietTijd("Dat moment is al voorbij. Kies een moment in de toekomst, of publiceer nu.")
    return _leg_vast(nu, door, gepland_op=op, gepland_door=door)


@transaction.atomic
def publiceer(versie: Versie, *, door: User) -> Versie:
    """Publish an approved version: compute it again, refuse on blocking findings, make the files, fix everything.

    From this moment readers find it; the search index changes in the same transaction.

    Raises GeenRecht, VerkeerdeStatus, NietGoedgekeurd, GoedkeuringVervallen, Geblokkeerd. All or nothing.
    """
    _eis_recht(door, "publiceer")
    peilmoment = _peilmoment()
    nu = _vergrendel(versie, Status.INGEDIEND)
    if nu.goedgekeurd_door_id is None:
        raise NietGoedgekeurd(f"Versie {nu.nummer} is nog niet goedgekeurd. Laat eerst een collega goedkeuren.")
    som = bereken_controlesom(nu)
    if som != nu.goedgekeurde_controlesom:
        raise GoedkeuringVervallen(
            "De inhoud is anders dan wat is goedgekeurd. Stuur de versie terug en keur opnieuw goed."
        )
    if blokkerend := blokkades(bevindingen(nu)):
        raise Geblokkeerd(blokkerend)
    historiekop = kop()
    anker = vingerafdruk.anker(_vorig_anker(), som, peilmoment, historiekop)
    with namens(door.pk):
        _maak_bestanden(nu, replace(als_uitgave(nu), controlesom=som, anker=anker))
    gepubliceerd = _leg_vast(
        nu,
        door,
        status=Status.GEPUBLICEERD,
        gepubliceerd_op=peilmoment,
        gepubliceerd_door=door,
        peilmoment=peilmoment,
        controlesom=som,
        anker=anker,
        historiekop=historiekop,
    )
    zoekindex.werk_bij(gepubliceerd.document_id)
    return gepubliceerd


def _peilmoment() -> datetime:
    """Wait for observations in flight, and return the moment after which new ones no longer count for us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _vorig_anker() -> str:
    """Return the anchor of the last publication before this one; the advisory lock puts publications in a row."""
    vorig = Versie.objects.exclude(anker="").order_by("-gepubliceerd_op").values_list("anker", flat=True).first()
    return vorig or ""


def _maak_bestanden(versie: Versie, uitgave: Uitgave) -> None:
    """Record the files of a version with their sha256: the CSV and JSON of the whole, and one CSV per programme.

    `uitgave` is the version as it will be published: the JSON names its controlesom and anker.
    """
    delen = uitvoer.programmas(uitgave)
    geheel = _leg_bestand_vast(versie, "begroting.csv", uitvoer.begroting_csv(uitgave, delen=delen))
    # The JSON has the same rows, a line each of several: it is the rows that count.
    _leg_bestand_vast(versie, "begroting.json", uitvoer.begroting_json(uitgave, delen=delen), geheel.regels)
    for deel in delen:
        selectie = uitvoer.Selectie(programma=(deel.code,))
        naam = f"programma/{deel.slug}/begroting.csv"
        _leg_bestand_vast(versie, naam, uitvoer.begroting_csv(uitgave, selectie, delen=delen))


def _leg_bestand_vast(versie: Versie, naam: str, stroom: Iterable[bytes], regels: int | None = None) -> Vingerafdruk:
    afdruk = uitvoer.meet(stroom)
    Bestand.objects.create(
        versie=versie,
        naam=naam,
        omvang=afdruk.omvang,
        regels=afdruk.regels if regels is None else regels,
        sha256=afdruk.sha256,
    )
    return afdruk


def als_uitgave(versie: Versie) -> Uitgave:
    """Return a version in the form in which pages and files read it."""
    return Uitgave(
        versie_id=versie.pk,
        document_slug=versie.document.slug,
        document_soort=versie.document.soort,
        jaar=versie.document.jaar,
        titel=versie.titel,
        nummer=versie.nummer,
        status=versie.status,
        peilmoment=versie.peilmoment,
    )


@transaction.atomic
def stel_vast(versie: Versie, *, door: User, nummer: str, datum: date) -> Versie:
    """Record the council's decision (Gemeentewet art. 191) on a published version, once.

    Raises GeenRecht, VerkeerdeStatus, AlVastgesteld, NietVolledig.
    """
    _eis_recht(door, "stel_vast")
    if not nummer.strip():
        raise NietVolledig("Vul het nummer van het raadsbesluit in.")
    if datum > timezone.localdate():
        raise NietVolledig("De datum van het raadsbesluit ligt in de toekomst.")
    nu = _vergrendel(versie, Status.GEPUBLICEERD)
    if datum.year < nu.document.jaar - 2:
        raise NietVolledig("De datum van het raadsbesluit ligt meer dan twee jaar voor het jaar van het document.")
    if nu.vastgesteld_op is not None:
        raise AlVastgesteld(f"Het raadsbesluit {nu.raadsbesluit_nummer} is al vastgelegd; dat gebeurt één keer.")
    return _leg_vast(
        nu,
        door,
        raadsbesluit_nummer=nummer.strip(),
        raadsbesluit_datum=datum,
        vastgesteld_op=timezone.now(),
        vastgesteld_door=door,
    )


@transaction.atomic
def trek_in(versie: Versie, *, door: User, reden: str) -> Versie:
    """Withdraw a published version, with a reason that readers see; its address answers 410.

    Raises GeenRecht, VerkeerdeStatus, RedenOntbreekt.
    """
    _eis_recht(door, "trek_in")
    reden = _eis_reden(reden)
    nu = _vergrendel(versie, Status.GEPUBLICEERD)
    ingetrokken = _leg_vast(
        nu,
        door,
        status=Status.INGETROKKEN,
        reden=reden,
        ingetrokken_op=timezone.now(),
        ingetrokken_door=door,
    )
    # The version before it, if there is one, is what readers see and find now.
    zoekindex.werk_bij(ingetrokken.document_id)
    return ingetrokken
