"""The way to the place where something is mended: addresses in the admin for findings, and for the progress matrix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from programma.models import Begrotingsregel, Pakket, Programma, Versie
from programma.toetsing.controles import Plek
from programma.toetsing.voortgang import Onderdeel, Pakketstand, Programmastand, Stand

# Kinds of place whose key is the database key of a row.
RIJEN = {naam: naam for naam in ("sectie", "doel", "gedrukttotaal", "deelname", "partijcijfers")}
LIJSTEN: Mapping[Onderdeel, str] = {
    Onderdeel.TEKSTEN: "sectie",
    Onderdeel.DOELEN: "doel",
    Onderdeel.PARTIJEN: "deelname",
    Onderdeel.INDICATOREN: "programmaindicator",
}


def lijst(model: str, **filters: object) -> str:
    """Return the address of a list in the admin, filtered."""
    return f"{reverse(f'admin:programma_{model}_changelist')}?{urlencode(filters)}"


def nieuw(model: str, **waarden: object) -> str:
    """Return the address of the form for a new row, with these values filled in."""
    return f"{reverse(f'admin:programma_{model}_add')}?{urlencode(waarden)}"


def bestaand(model: str, pk: int | str, veld: str = "") -> str:
    """Return the address of the form of a row, and of a field in it."""
    return reverse(f"admin:programma_{model}_change", args=[pk]) + (f"#id_{veld}" if veld else "")


def bedragen(programma: int) -> str:
    """Return the address of the amounts of a programme: its grid."""
    return reverse("admin:programma_programma_rooster", args=[programma])


class Wegwijzer:
    """Addresses within one version, for one person: who may write is brought to the form, who may not to the list."""

    def __init__(self, versie: Versie, request: HttpRequest) -> None:
        self.versie = versie
        self._schrijft = versie.bewerkbaar()
        self._request = request

    def _mag_toevoegen(self, model: str) -> bool:
        return self._schrijft and self._request.user.has_perm(f"programma.add_{model}")

    def van_pakket(self, model: str, pakket: int, leeg: bool) -> str:
        """Return where the texts or goals of a pakket are; when there are none, the form for the first."""
        if leeg and self._mag_toevoegen(model):
            return nieuw(model, versie=self.versie.pk, pakket=pakket)
        return lijst(model, versie__id__exact=self.versie.pk, pakket__id__exact=pakket)

    # --- findings ---------------------------------------------------------------------------------------------------

    def naar(self, plekken: Iterable[Plek | None]) -> dict[Plek, str]:
        """Return the address of each place that has one. At most three queries, however many places."""
        per_soort: dict[str, set[str]] = defaultdict(set)
        for plek in plekken:
            if plek is not None:
                per_soort[plek.wat].add(plek.sleutel)
        van = {"versie": self.versie}
        programmas = self._sleutels(
            Programma.objects.filter(code__in=per_soort["programma"], **van).values_list("code", "pk"),
            per_soort["programma"],
        )
        codes = per_soort["pakket_tekst"] | per_soort["pakket_doel"]
        pakketten = self._sleutels(Pakket.objects.filter(code__in=codes, **van).values_list("code", "pk"), codes)
        regels = self._sleutels(
            Begrotingsregel.objects.filter(sleutel__in=per_soort["regel"], **van).values_list("sleutel", "pk"),
            per_soort["regel"],
        )
        adressen = {Plek("kolommen"): lijst("kolom", versie__id__exact=self.versie.pk)}
        adressen |= {Plek(wat, pk): bestaand(model, pk) for wat, model in RIJEN.items() for pk in per_soort[wat]}
        adressen |= {Plek("programma", code): bedragen(pk) for code, pk in programmas.items()}
        adressen |= {Plek("regel", sleutel): bestaand("begrotingsregel", pk) for sleutel, pk in regels.items()}
        adressen |= {Plek("nieuwe_partijcijfers", pk): self._cijfers(pk) for pk in per_soort["nieuwe_partijcijfers"]}
        for wat, model in (("pakket_tekst", "sectie"), ("pakket_doel", "doel")):
            adressen |= {Plek(wat, code): self.van_pakket(model, pk, leeg=True) for code, pk in pakketten.items()}
        return adressen

    def _cijfers(self, partij: str) -> str:
        """Return the form for the figures of a party in a year that has none yet."""
        if self._mag_toevoegen("partijcijfers"):
            return nieuw("partijcijfers", versie=self.versie.pk, partij=partij, jaar=self.versie.document.jaar)
        return lijst("partijcijfers", versie__id__exact=self.versie.pk)

    def _sleutels(self, rijen: Iterable[tuple[str, int]], gevraagd: set[str]) -> dict[str, int]:
        """Return the database key per code; ask nothing when nothing is asked."""
        return dict(rijen) if gevraagd else {}

    # --- the matrix -------------------------------------------------------------------------------------------------

    def van_programmacel(self, programma: Programmastand, onderdeel: Onderdeel) -> str:
        """Return where a part of a programme is worked on."""
        pakketten = [pakket.pk for pakket in programma.pakketten]
        if onderdeel == Onderdeel.INLEIDING:
            return bestaand("programma", programma.pk, "inleiding")
        if onderdeel == Onderdeel.BEDRAGEN:
            return bedragen(programma.pk)
        if onderdeel in {Onderdeel.TEKSTEN, Onderdeel.DOELEN}:
            filters = {"pakket__id__in": ",".join(map(str, pakketten))} if pakketten else {}
            return lijst(LIJSTEN[onderdeel], versie__id__exact=self.versie.pk, **filters)
        return lijst(LIJSTEN[onderdeel], versie__id__exact=self.versie.pk, programma__id__exact=programma.pk)

    def van_pakketcel(self, programma: Programmastand, pakket: Pakketstand, onderdeel: Onderdeel, stand: Stand) -> str:
        """Return where a part of a pakket is worked on."""
        if onderdeel == Onderdeel.BEDRAGEN:
            return bedragen(programma.pk)
        if onderdeel in {Onderdeel.TEKSTEN, Onderdeel.DOELEN}:
            return self.van_pakket(LIJSTEN[onderdeel], pakket.pk, leeg=stand == Stand.LEEG)
        # Indicators of a pakket hang on its goals.
        model = "doel" if onderdeel == Onderdeel.INDICATOREN else LIJSTEN[onderdeel]
        return lijst(model, versie__id__exact=self.versie.pk, pakket__id__exact=pakket.pk)
