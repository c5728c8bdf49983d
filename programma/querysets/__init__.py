"""Questions to the budget. A page reads plain rows in a handful of queries, never an instance per cell."""

from programma.querysets.gebeurtenis import GebeurtenisQuerySet
from programma.querysets.gebruik import GebruikQuerySet
from programma.querysets.partijen import PartijQuerySet
from programma.querysets.regel import RegelQuerySet
from programma.querysets.uitlevering import UitleveringQuerySet
from programma.querysets.versie import VersieQuerySet
from programma.querysets.wijziging import WijzigingQuerySet

__all__ = [
    "GebeurtenisQuerySet",
    "GebruikQuerySet",
    "PartijQuerySet",
    "RegelQuerySet",
    "UitleveringQuerySet",
    "VersieQuerySet",
    "WijzigingQuerySet",
]
