"""Questions to the budget. A page reads plain rows in a handful of queries, never an instance per cell."""

from programma.querysets.gebeurtenis import GebeurtenisQuerySet
from programma.querysets.regel import RegelQuerySet
from programma.querysets.versie import VersieQuerySet

__all__ = ["GebeurtenisQuerySet", "RegelQuerySet", "VersieQuerySet"]
