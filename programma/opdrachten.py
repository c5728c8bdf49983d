"""The verbs of work that is given out: an officer gives a pakket and sends it back, a schrijver says klaar.

What a schrijver may do is decided in one place, here: `van` says which opdrachten are theirs, `Opdracht.bewerkbaar`
whether they may write. There is no other right by which a schrijver reaches a row of the budget.
"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from programma.models import Doel, Opdracht, Pakket, Sectie
from programma.publicatie import GeenRecht, Geweigerd, NietVolledig, RedenOntbreekt, VerkeerdeStatus

ROL = "schrijver"
Status = Opdracht.Status


class NogTeHerzien(Geweigerd):
    """The schrijver said klaar, but texts or goals have not been looked at."""


def schrijvers() -> models.QuerySet[User]:
    """Return the people to whom work can be given."""
    return User.objects.filter(groups__name=ROL, is_active=True).order_by("username")


def van(door: User) -> models.QuerySet[Opdracht]:
    """Return the opdrachten of this schrijver. Who lost the role has none."""
    return (
        Opdracht.objects.filter(schrijver=door, schrijver__groups__name=ROL)
        .select_related("versie__document", "pakket__programma", "gegeven_door")
        .order_by("uiterlijk", "pk")
    )


def _eis_recht(door: User, wat: str) -> None:
    if not door.has_perm(f"programma.{wat}_opdracht"):
        raise GeenRecht(f"{door.get_username()} mag dit niet. Vraag een redacteur.")


@transaction.atomic
def geef(
    pakket: Pakket, schrijver: User, uiterlijk: date, *, door: User, toelichting: str = ""
) -> tuple[Opdracht, bool]:
    """Give a pakket of a concept to a schrijver; return the opdracht, and whether it is new.

    Given twice is given once: the second time changes nothing. Raises GeenRecht, VerkeerdeStatus, NietVolledig.
    """
    _eis_recht(door, "add")
    if not pakket.versie.bewerkbaar():
        raise VerkeerdeStatus(f"{pakket.versie} is geen concept; er valt niets meer te schrijven.")
    if not schrijvers().filter(pk=schrijver.pk).exists():
        raise NietVolledig(f"{schrijver.get_username()} heeft de rol schrijver niet.")
    if uiterlijk < timezone.localdate():
        raise NietVolledig("De uiterste datum is al voorbij. Kies een dag die nog komt.")
    opdracht: Opdracht
    opdracht, nieuw = Opdracht.objects.get_or_create(
        pakket=pakket,
        schrijver=schrijver,
        defaults={
            "versie_id": pakket.versie_id,
            "uiterlijk": uiterlijk,
            "toelichting": toelichting,
            "gegeven_door": door,
        },
    )
    return opdracht, nieuw


@transaction.atomic
def stuur_terug(opdracht: Opdracht, *, door: User, reden: str) -> Opdracht:
    """Send work that is klaar back to its schrijver, with a reason; they can write again.

    Raises GeenRecht, RedenOntbreekt, VerkeerdeStatus.
    """
    _eis_recht(door, "change")
    if not reden.strip():
        raise RedenOntbreekt("Schrijf op wat er anders moet; de schrijver leest dat.")
    nu = vergrendel(opdracht)
    if nu.status != Status.KLAAR:
        raise VerkeerdeStatus(f"Deze opdracht is {nu.status}; alleen wat klaar is kan terug.")
    if not nu.versie.bewerkbaar():
        raise VerkeerdeStatus(f"{nu.versie} is geen concept; er valt niets meer te schrijven.")
    nu.status, nu.reden, nu.klaar_op = Status.TERUGGESTUURD, reden.strip(), None
    nu.save(update_fields=["status", "reden", "klaar_op"])
    return nu


@transaction.atomic
def meld_klaar(opdracht: Opdracht, *, door: User) -> Opdracht:
    """Say that the work is done; from now on the schrijver cannot write until it is sent back.

    Raises GeenRecht, VerkeerdeStatus, NogTeHerzien.
    """
    if not van(door).filter(pk=opdracht.pk).exists():
        raise GeenRecht("Deze opdracht is niet van u.")
    nu = vergrendel(opdracht)
    if not nu.bewerkbaar():
        raise VerkeerdeStatus("Deze opdracht is al klaar, of de versie is geen concept meer.")
    wachten = sum(model.objects.filter(pakket=nu.pakket_id, te_herzien=True).count() for model in (Sectie, Doel))
    if wachten:
        raise NogTeHerzien(
            f"Nog niet klaar gemeld. Uit het vorige jaar nog te herzien: {wachten}. Pas elke tekst en elk doel met dat "
            "merkje aan, of vink “ongewijzigd akkoord” aan."
        )
    nu.status, nu.klaar_op = Status.KLAAR, timezone.now()
    nu.save(update_fields=["status", "klaar_op"])
    return nu


def vergrendel(opdracht: Opdracht) -> Opdracht:
    """Lock an opdracht and return it as it is now. Whoever writes its texts holds this lock first, then the rows."""
    nu: Opdracht = (
        Opdracht.objects.select_for_update(of=("self",))
        .select_related("versie__document", "pakket__programma")
        .get(pk=opdracht.pk)
    )
    return nu
