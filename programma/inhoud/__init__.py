"""The plain rows that pages and files rest on, as the querysets read them: pure data, no Django, no database.

Those of a version stand here; what some pages need besides, in a module per subject.
"""

from programma.inhoud.begroting import (
    BEWAARD,
    Ankerrij,
    Bestandrij,
    Documentstuk,
    Doelrij,
    Gedrukt,
    Homestuk,
    Inwoners,
    Pakketrij,
    Partijrij,
    Programmarij,
    Programmastuk,
    Sectierij,
    Sitemaprij,
    Taakveldcel,
    Treffer,
    Uitgave,
    Versierij,
    bij_publicatie,
    nieuwste_eerst,
)
from programma.inhoud.partijcijfers import Cijferrij

__all__ = [
    "BEWAARD",
    "Ankerrij",
    "Bestandrij",
    "Cijferrij",
    "Documentstuk",
    "Doelrij",
    "Gedrukt",
    "Homestuk",
    "Inwoners",
    "Pakketrij",
    "Partijrij",
    "Programmarij",
    "Programmastuk",
    "Sectierij",
    "Sitemaprij",
    "Taakveldcel",
    "Treffer",
    "Uitgave",
    "Versierij",
    "bij_publicatie",
    "nieuwste_eerst",
]
