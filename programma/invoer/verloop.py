"""The verbs of an import up to its confirmation: read a file, guess what it is, check it, drop it.

None of them touches the budget; each is one transaction. Confirming and undoing are in `bevestiging`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction

from programma.invoer import herkenning, opslag, uitkomst
from programma.invoer.duiding import Gewonelezer, Lezer
from programma.invoer.grendel import NietKlaar, eis_recht, vergrendel, vergrendel_versie
from programma.invoer.herkenning import Duiding, Kolom
from programma.invoer.regelduiding import Regellezer
from programma.invoer.vergelijking import Vergelijking, voer_uit
from programma.models import Import, Versie
from programma.models import Kolom as Kolomrij
from programma.resources.bestemming import STAGING, Opdracht
from veiligheid import bestanden

Status = Import.Status


def kolommen_van(versie: int) -> list[Kolom]:
    """Return the columns of a version, left to right."""
    return list(Kolomrij.objects.filter(versie=versie).order_by("volgorde").values_list("fase", "jaar"))


def eerder_bevestigd(invoer: Import) -> Import | None:
    """Return the last import of the same bytes into the same version that was confirmed and still stands."""
    eerder: Import | None = (
        Import.objects.filter(versie=invoer.versie_id, sha256=invoer.sha256, status=Status.BEVESTIGD)
        .exclude(pk=invoer.pk)
        .select_related("bevestigd_door")
        .defer("inhoud")
        .first()
    )
    return eerder


def lees_in(versie: Versie, *, inhoud: bytes, naam: str, soort: str = "", door: User) -> Import:
    """Parse a file once, keep its bytes and its rows, and guess what it is. The budget is not touched.

    A file that waits for this version already is taken up again; one that was confirmed before is checked at once as
    it was read then, and when it would change nothing, the earlier import is returned.
    Raises GeenRecht, VersieLigtVast, and Bestandsfout when the file cannot be read.
    """
    eis_recht(door, soort)
    werkboek = bestanden.lees(inhoud, naam)
    with transaction.atomic():
        vergrendel_versie(versie.pk)
        zelfde = Import.objects.filter(versie=versie, sha256=werkboek.sha256).defer("inhoud")
        wacht: Import | None = zelfde.filter(status=Status.GELEZEN, **({"soort": soort} if soort else {})).first()
        if wacht is not None:
            return wacht
        invoer = Import.objects.create(
            versie=versie,
            soort=soort,
            bestandsnaam=bestanden.veilige_naam(naam),
            sha256=werkboek.sha256,
            omvang=len(inhoud),
            inhoud=inhoud,
            vorm=werkboek.vorm,
            codering=werkboek.codering,
            bladen=[blad.naam for blad in werkboek.bladen],
            waarschuwingen=werkboek.waarschuwingen,
            door=door,
        )
        opslag.bewaar(invoer.pk, (blad.rijen for blad in werkboek.bladen))
        eerder = eerder_bevestigd(invoer)
        if eerder is not None and soort in ("", eerder.soort):
            controleer(invoer, Duiding.uit_json(eerder.duiding), bronnaam=eerder.bronnaam, door=door)
            if not veranderingen(invoer):
                invoer.delete()
                return eerder
        else:
            onthoud_duiding(invoer, raad(invoer, soort))
    return invoer


def raad(invoer: Import, soort: str = "", blad: int | None = None, kop: int = 0) -> Duiding:
    """Return the best guess for a sheet, or for the first sheet that is recognised; remembers unit and sign.

    What was chosen for the last import of this kind in the same document is taken over, unless the file says its unit.
    """
    kolommen = kolommen_van(invoer.versie_id)
    beste: Duiding | None = None
    for nummer in range(len(invoer.bladen)) if blad is None else [blad]:
        rijen = list(opslag.lees(invoer.pk, nummer, herkenning.PROEF))
        duiding = herkenning.herken(rijen, nummer, kolommen, soort, kop)
        if herkenning.noemt_eenheid(duiding, rijen) is None:
            duiding = replace(duiding, eenheid=_vorige_eenheid(invoer, duiding.soort))
        if beste is None or sum(map(bool, duiding.kolommen)) > sum(map(bool, beste.kolommen)):
            beste = duiding
    return beste if beste is not None else Duiding(soort, 0, 0, (), ())


def _vorige_eenheid(invoer: Import, soort: str) -> int:
    """Return the unit of the last import of this kind in the same document that was confirmed; 1 without that."""
    vorige = Import.objects.filter(
        versie__document=invoer.versie.document_id, soort=soort, status=Status.BEVESTIGD
    ).values_list("duiding__eenheid", flat=True)
    return int(vorige.first() or 1)


def onthoud_duiding(invoer: Import, duiding: Duiding) -> None:
    """Keep how the file is read, for when somebody comes back to it."""
    invoer.duiding = duiding.als_json()
    invoer.soort = duiding.soort
    invoer.blad = invoer.bladen[duiding.blad] if invoer.bladen else ""
    invoer.save(update_fields=["duiding", "soort", "blad"])


def controleer(invoer: Import, duiding: Duiding, *, bronnaam: str, door: User) -> Import:
    """Read the rows as `duiding` says, and compare them with the version: a preview. The budget is not touched.

    Raises GeenRecht, VersieLigtVast, NietOpen, and NietKlaar when columns are missing or double.
    """
    eis_recht(door, duiding.soort)
    resource = duiding.resource()
    if ontbreekt := herkenning.mist(resource, duiding.kolommen):
        raise NietKlaar(f"Het bestand mist: {', '.join(ontbreekt)}. Kies hieronder welke kolom dat is.")
    if duiding.breed and "bedrag" in duiding.kolommen:
        raise NietKlaar("Kies een kolom bedrag, of kolommen met bedragen per jaar; niet allebei.")
    if dubbel := herkenning.dubbel(duiding):
        raise NietKlaar(f"Meer dan een kolom is gelezen als {', '.join(dubbel)}. Kies welke u wilt gebruiken.")
    with transaction.atomic():
        nu = vergrendel(invoer, Status.GELEZEN)
        versie = vergrendel_versie(nu.versie_id)
        voer_uit(Opdracht(f"DELETE FROM {STAGING} WHERE invoer_id = %s", [nu.pk]))  # noqa: S608
        lezer = _lezer(nu, duiding)
        vergelijking = vergelijking_van(nu, versie, duiding)
        vergelijking.bewaar(lezer.waarden())
        vergelijking.doe()
        if duiding.soort == Import.Soort.REGELS:
            uitkomst.controleer_regels(vergelijking, breed=duiding.breed, met_wijziging="wijziging" in duiding.kolommen)
        nu.uitkomst = {
            **uitkomst.vat_samen(vergelijking),
            "meldingen": [f"{aantal} {zinnen[aantal > 1]}" for zinnen, aantal in lezer.meldingen.items()],
            "gedrukt": lezer.totalen.uitkomst() if isinstance(lezer, Regellezer) else {},
            "open_vragen": lezer.open_vragen,
            "gekozen": [
                {"waar": waar, "kop": kop, **gekozen._asdict(), "door": antwoord["door"], "op": antwoord["op"]}
                for waar, kop, gekozen, antwoord in lezer.gekozen()
            ],
        }
        nu.bronnaam = bronnaam.strip() or f"Bestand {nu.bestandsnaam}"
        nu.controle += 1
        onthoud_duiding(nu, duiding)
        nu.save(update_fields=["uitkomst", "bronnaam", "controle"])
    for veld in ("uitkomst", "bronnaam", "controle", "duiding", "soort", "blad"):
        setattr(invoer, veld, getattr(nu, veld))
    return invoer


def _lezer(invoer: Import, duiding: Duiding) -> Lezer:
    rijen = list(opslag.lees(invoer.pk, duiding.blad))
    return (Regellezer if duiding.soort == Import.Soort.REGELS else Gewonelezer)(invoer, duiding, rijen)


def vergelijking_van(invoer: Import, versie: Versie, duiding: Duiding) -> Vergelijking:
    """Return the comparison of the staged values of an import with its version."""
    kolommen = [*duiding.kolommen, *(["bedrag"] if duiding.breed else [])]
    return Vergelijking(invoer.pk, versie, duiding.resource().bestemmingen, kolommen)


def veranderingen(invoer: Import) -> int:
    """Return how many rows the last check would add or change, or cannot read."""
    telling: Mapping[str, Mapping[str, int]] = invoer.uitkomst.get("telling", {})
    return sum(aantal for standen in telling.values() for stand, aantal in standen.items() if stand != "gelijk")


def fouten(invoer: Import) -> int:
    """Return how many rows of the last check cannot be imported. Those that only wait for an answer do not count."""
    telling: Mapping[str, Mapping[str, int]] = invoer.uitkomst.get("telling", {})
    return sum(standen.get("fout", 0) for standen in telling.values())


def open_vragen(invoer: Import) -> int:
    """Return how many cells of the last check can be read in two ways while nobody said how."""
    return int(invoer.uitkomst.get("open_vragen", 0))


def laat_vervallen(invoer: Import, *, door: User) -> Import:
    """Drop an import that was not confirmed: its rows go, the file and who brought it stay. Raises NietOpen."""
    eis_recht(door, invoer.soort)
    with transaction.atomic():
        nu = vergrendel(invoer, Status.GELEZEN)
        vergrendel_versie(nu.versie_id)
        nu.status = Status.VERVALLEN
        nu.save(update_fields=["status"])
        nu.regels.all().delete()
        nu.waarden.all().delete()
    return nu
