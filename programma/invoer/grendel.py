"""Who may import, what stops an import, and the locks that its verbs take.

Lock order, as in `programma.publicatie`: the import, the version (FOR SHARE, as every row edit does), then its rows
in order of id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from psycopg.errors import DeadlockDetected, LockNotAvailable

from programma.invoer.vergelijking import voer_uit
from programma.models import Import, Versie
from programma.publicatie import GeenRecht, Geweigerd
from programma.resources import RESOURCES
from programma.resources.bestemming import Opdracht
from veiligheid.namens import namens

Status = Import.Status


class VersieLigtVast(Geweigerd):
    """The version is no concept (any more)."""


class NietOpen(Geweigerd):
    """The import was confirmed, undone or dropped already."""


class NietKlaar(Geweigerd):
    """The import has errors, was not checked, or has an open question."""


class Verouderd(Geweigerd):
    """The import was checked again since this person saw it."""


@dataclass(frozen=True, slots=True)
class Verschil:
    """One value that a colleague changed: what it is, what this import has, what is there now, what it was."""

    wat: str
    kolom: str
    mijn: str
    hun: str
    was: str


class Botsing(Geweigerd):
    """Somebody changed the same rows in the meantime; `verschillen` holds the first of them."""

    def __init__(self, zin: str, verschillen: Sequence[Verschil] = ()) -> None:
        self.verschillen = verschillen
        super().__init__(zin)


def mag_importeren(wie: AbstractBaseUser | AnonymousUser, soort: str) -> bool:
    """Return whether this person may import this kind of rows: change and add each table that it writes.

    Without a kind: whether they may import anything at all.
    """
    codes = [settings.IMPORT_EXPORT_IMPORT_PERMISSION_CODE, "add"]
    soorten = [soort] if soort in RESOURCES else list(RESOURCES)
    return any(wie.has_perms(RESOURCES[naam].rechten(codes)) for naam in soorten)  # type: ignore[union-attr]


def mag_exporteren(wie: AbstractBaseUser | AnonymousUser, soort: str) -> bool:
    """Return whether this person may see, and so export, this kind of rows."""
    rechten = RESOURCES[soort].rechten([settings.IMPORT_EXPORT_EXPORT_PERMISSION_CODE])
    return wie.has_perms(rechten)  # type: ignore[union-attr]


def eis_recht(door: User, soort: str) -> None:
    """Raise GeenRecht when this person may not import this."""
    if not mag_importeren(door, soort):
        raise GeenRecht(f"{door.get_username()} heeft geen recht om dit te importeren. Vraag een collega met die rol.")


def vergrendel_versie(sleutel: int) -> Versie:
    """Keep the version as it is until the end of the transaction. Raises VersieLigtVast when it is no concept."""
    voer_uit(Opdracht("SELECT FROM programma_versie WHERE id = %s FOR SHARE", [sleutel]))
    versie: Versie = Versie.objects.select_related("document").get(pk=sleutel)
    if not versie.bewerkbaar():
        raise VersieLigtVast(
            f"Versie {versie.nummer} van {versie.titel} is {versie.get_status_display()}; wat erin staat ligt vast. "
            "Maak een nieuw concept en importeer daarin."
        )
    return versie


def vergrendel(invoer: Import, *statussen: Status) -> Import:
    """Lock the import and return it as it is now. Raises NietOpen when it is in another status."""
    nu: Import = Import.objects.select_for_update().defer("inhoud").get(pk=invoer.pk)
    if nu.status not in statussen:
        raise NietOpen(wat_er_gebeurde(nu))
    return nu


def wat_er_gebeurde(invoer: Import) -> str:
    """Return in a sentence what happened to an import that is not open any more, when, and by whom."""

    def moment(op: Any) -> str:
        return date_format(timezone.localtime(op), "j F Y H:i")

    naam = f"Import {invoer.pk} ({invoer.bestandsnaam})"
    match invoer.status:
        case Status.BEVESTIGD:
            return f"{naam} is al bevestigd op {moment(invoer.bevestigd_op)} door {invoer.bevestigd_door}."
        case Status.ONGEDAAN:
            return f"{naam} is ongedaan gemaakt op {moment(invoer.ongedaan_op)} door {invoer.ongedaan_door}."
        case Status.VERVALLEN:
            return f"{naam} is vervallen. Lees het bestand opnieuw in."
    return f"{naam} is nog niet bevestigd."


@contextmanager
def in_een_keer(door: User, via: str, herkomst: str) -> Iterator[None]:
    """Do everything inside in one transaction in the name of `door`; what the database refuses becomes Geweigerd."""
    try:
        with transaction.atomic(), namens(door.pk, via=via, herkomst=herkomst):
            yield
    except IntegrityError as fout:
        diag = getattr(fout.__cause__, "diag", None)
        oorzaak = getattr(diag, "message_primary", None) or str(fout)
        if getattr(diag, "constraint_name", "") == "versie_ligt_vast":
            raise VersieLigtVast(f"{oorzaak} Er is niets opgeslagen.") from fout
        raise Botsing(
            "Een collega wijzigde intussen iets waar deze import mee samenhangt. Er is niets opgeslagen. "
            f"Controleer opnieuw. ({oorzaak})"
        ) from fout
    except DataError as fout:
        raise NietKlaar(f"Een waarde past niet: {fout}. Er is niets opgeslagen.") from fout
    except OperationalError as fout:
        if not isinstance(fout.__cause__, LockNotAvailable | DeadlockDetected):
            raise
        raise Botsing("Een collega is hier net mee bezig. Er is niets opgeslagen. Probeer het zo opnieuw.") from fout
