"""Which version a list of rows shows: what is in the making, unless somebody chooses another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from programma.models import Versie

PARAMETER = "versie__id__exact"
ALLE = "alle"
# On the request: the question is asked once per page.
BEWAARD = "_getoonde_versies"


def getoonde_versies(request: HttpRequest) -> list[int] | None:
    """Return the keys of the versions whose rows a list shows, or None when it shows all. At most one query."""
    gevraagd = request.GET.get(PARAMETER, "")
    if gevraagd == ALLE:
        return None
    if gevraagd:
        return [int(gevraagd)]
    if not hasattr(request, BEWAARD):
        setattr(request, BEWAARD, list(Versie.objects.in_bewerking().values_list("pk", flat=True)))
    in_bewerking: list[int] = getattr(request, BEWAARD)
    return in_bewerking or None


class Versiefilter(admin.SimpleListFilter):
    """The versions to choose from. Without a choice: those that are in the making, if there are any."""

    title = "versie"
    parameter_name = PARAMETER

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.gevraagd = request.GET.get(PARAMETER, "")
        self.getoond = getoonde_versies(request)
        super().__init__(request, *args, **kwargs)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return every version, the newest first."""
        versies = Versie.objects.select_related("document").order_by("-pk")
        return [(str(versie.pk), str(versie)) for versie in versies]

    def has_output(self) -> bool:
        """Show the filter also when there is one version: it says which rows these are."""
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows of the versions that are shown."""
        return queryset if self.getoond is None else queryset.filter(versie__in=self.getoond)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Offer what is in the making, all versions, and each version."""
        vast = [("", "In bewerking")] if self.gevraagd or self.getoond is not None else []
        keuzes = [*vast, (ALLE, "Alle versies"), *self.lookup_choices]
        nu = self.gevraagd or ("" if vast else ALLE)
        for waarde, naam in keuzes:
            vraag = {PARAMETER: waarde} if waarde else {}
            yield {
                "selected": waarde == nu,
                "query_string": changelist.get_query_string(vraag, [PARAMETER]),
                "display": naam,
            }


class VanDezeVersie(admin.RelatedFieldListFilter):
    """A filter on rows that belong to a version: only those of the versions that the list shows."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        """Return the rows to choose from."""
        getoond = getoonde_versies(request)
        keuzes: list[Any] = field.get_choices(
            include_blank=False,
            ordering=self.field_admin_ordering(field, request, model_admin),
            limit_choices_to={} if getoond is None else {"versie__in": getoond},
        )
        return keuzes
