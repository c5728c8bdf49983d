"""What editors keep in a spreadsheet: per kind the columns, their meaning, and where they go (django-import-export)."""

from collections.abc import Mapping

from programma.models import Import
from programma.resources.inhoud import (
    Doelresource,
    Pakketresource,
    Partijcijferresource,
    Partijresource,
    Programmaresource,
    Sectieresource,
)
from programma.resources.regels import Bedragresource, Regelresource
from programma.resources.velden import Versieresource

# Of each kind the form in which it is exported and recognised first; lines have a second, wide form.
RESOURCES: Mapping[str, type[Versieresource]] = {
    Import.Soort.REGELS.value: Bedragresource,
    Import.Soort.PROGRAMMAS.value: Programmaresource,
    Import.Soort.PAKKETTEN.value: Pakketresource,
    Import.Soort.DOELEN.value: Doelresource,
    Import.Soort.SECTIES.value: Sectieresource,
    Import.Soort.PARTIJEN.value: Partijresource,
    Import.Soort.PARTIJCIJFERS.value: Partijcijferresource,
}

__all__ = ["RESOURCES", "Bedragresource", "Regelresource", "Versieresource"]
