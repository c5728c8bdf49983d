"""Decisions: everything the council adopts, hanging on one spine, `Versie`.

The submodules keep one direction: versie < begroting < beleid < partijen; opdracht, historie,
invoer and uitlevering stand on versie and begroting. Outsiders import from here.
"""

from programma.models.begroting import (
    Bedrag,
    Begrotingsregel,
    Bron,
    GedruktTotaal,
    Kolom,
    Pakket,
    Programma,
    Taakveld,
    Wijziging,
)
from programma.models.beleid import Doel, Doelindicator, Paragraaf, Programmaindicator, Sectie
from programma.models.historie import Gebeurtenis, Schakel
from programma.models.invoer import Import, Importregel, Importwaarde
from programma.models.opdracht import Opdracht
from programma.models.partijen import Deelname, Partijcijfers, VerbondenPartij
from programma.models.uitlevering import Afloop, Uitlevering
from programma.models.versie import Bestand, Bestandinhoud, Bewerking, Document, Stap, Versie, Versiegebonden

# Parents before children: the order in which a version is copied and in which its rows may be created.
VERSIERIJEN: tuple[type[Versiegebonden], ...] = (
    Kolom,
    Programma,
    Paragraaf,
    Bron,
    Wijziging,
    Pakket,
    Sectie,
    Doel,
    Doelindicator,
    Programmaindicator,
    Deelname,
    Partijcijfers,
    Begrotingsregel,
    Bedrag,
    GedruktTotaal,
)

__all__ = [
    "VERSIERIJEN",
    "Afloop",
    "Bedrag",
    "Begrotingsregel",
    "Bestand",
    "Bestandinhoud",
    "Bewerking",
    "Bron",
    "Deelname",
    "Document",
    "Doel",
    "Doelindicator",
    "Gebeurtenis",
    "GedruktTotaal",
    "Import",
    "Importregel",
    "Importwaarde",
    "Kolom",
    "Opdracht",
    "Pakket",
    "Paragraaf",
    "Partijcijfers",
    "Programma",
    "Programmaindicator",
    "Schakel",
    "Sectie",
    "Stap",
    "Taakveld",
    "Uitlevering",
    "VerbondenPartij",
    "Versie",
    "Versiegebonden",
    "Wijziging",
]
