"""The plain rows that pages and files rest on, as the querysets read them: pure data, no Django, no database.

Those of a version stand here; what some pages need besides, in a module per subject.
"""

from programma.inhoud.begroting import (
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
    nieuwste_eerst,
)

__all__ = [
    "Bestandrij",
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
    "nieuwste_eerst",
]
