"""The order in which the admin lists its screens: by the work, with what is looked at seldom last."""

from __future__ import annotations

from collections.abc import Sequence

# A heading and the models under it. A model that is not named stays under the name of its app, before the last heading.
INDELING: Sequence[tuple[str, Sequence[str]]] = (
    ("Documenten en versies", ("programma.Document", "programma.Versie", "programma.Opdracht")),
    (
        "Bedragen",
        (
            *("programma.Begrotingsregel", "programma.Bedrag", "programma.Kolom", "programma.Wijziging"),
            *("programma.GedruktTotaal", "programma.Bron", "programma.Import"),
        ),
    ),
    (
        "Teksten en doelen",
        (
            *("programma.Programma", "programma.Pakket", "programma.Paragraaf", "programma.Sectie"),
            *("programma.Doel", "programma.Doelindicator", "programma.Programmaindicator"),
        ),
    ),
    ("Verbonden partijen", ("programma.VerbondenPartij", "programma.Deelname", "programma.Partijcijfers")),
    (
        "Indicatoren en metingen",
        (
            *("indicatoren.Indicator", "indicatoren.Waarneming", "indicatoren.Gebied", "indicatoren.Gebiedsnaam"),
            "programma.Taakveld",
        ),
    ),
    ("Mensen en rollen", ("auth.User", "auth.Group")),
    ("Logboeken", ("programma.Stap", "programma.Bewerking", "programma.Bestand", "admin.LogEntry")),
)
