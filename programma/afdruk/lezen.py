"""Reading what a version looks like in print: its files by name, and the data for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.conf import settings

from indicatoren.tables import Indicatortabel
from programma.aansluiting import Controle, controleer
from programma.afdruk.inhoud import Documentdeel, Programmadeel, Rapportdeel, documentstuk, programmastuk, rapportstuk
from programma.afdruk.namen import AANSLUITING, DOCUMENT, programmanaam
from programma.afdruk.opmaak import Gegevens, blokken
from programma.afdruk.tabel import tabelblok
from programma.afdruk.tekens import drukbare_gegevens
from programma.inhoud import Bestandrij, Documentstuk, Programmastuk, Uitgave, bij_publicatie
from programma.lezing import lees_aansluiting, lees_document, lees_programma
from programma.pagina import documentpagina, kies, programmapagina, vast
from programma.pagina.aansluitpagina import OP_HET_SCHERM, Rapportkeuze, aansluitpagina
from programma.raming import tel_op
from programma.tables import Programmatabel, Ramingtabel
from programma.tables.aansluiting import Aansluittabel, Tellingtabel
from veiligheid.opmaak import in_blokken


def drukstukken(uitgave: Uitgave, namen: Sequence[str]) -> Iterator[tuple[str, Gegevens]]:
    """Yield the data of each PDF of a published version that is asked for, by name.

    Two queries, and three for each programme; the document as a whole reads all programmes once more.
    The reconciliation takes six more, and the COPY of all lines.
    """
    uitgave = bij_publicatie(uitgave)
    document = lees_document(uitgave)
    for rij in document.programmas:
        if (naam := programmanaam(rij.slug)) in namen and (stuk := lees_programma(uitgave, rij.slug)):
            deel = _programmadeel(stuk)
            yield naam, drukbare_gegevens(programmastuk(deel, uitgave.titel, stuk.gemeente, _zet, demo=settings.DEMO))
    if DOCUMENT in namen:
        stukken = (lees_programma(uitgave, rij.slug) for rij in document.programmas)
        delen = [_programmadeel(stuk) for stuk in stukken if stuk]
        yield (
            DOCUMENT,
            drukbare_gegevens(
                documentstuk(_documentdeel(document), delen, document.gemeente, _zet, demo=settings.DEMO)
            ),
        )
    if AANSLUITING in namen:
        rapport, gemeente = _rapportdeel(uitgave)
        yield AANSLUITING, drukbare_gegevens(rapportstuk(rapport, uitgave.titel, gemeente, demo=settings.DEMO))


def _rapportdeel(uitgave: Uitgave) -> tuple[Rapportdeel, str]:
    """Return the reconciliation as it was at the publication, and the name of the municipality."""
    stuk = lees_aansluiting(uitgave, bij_publicatie=True)
    rijen, adres = controleer(stuk), vast(uitgave)
    pagina = aansluitpagina(stuk, rijen, Rapportkeuze(), adres)
    gedrukt = [rij for rij in rijen if rij.controle == Controle.GEDRUKT][:OP_HET_SCHERM]
    tabellen = [Tellingtabel(pagina.telling)]
    if pagina.rijen:
        tabellen.append(Aansluittabel(stuk, pagina.rijen, adres, "Tabel 2. Wat afwijkt"))
    nummer = len(tabellen) + 1
    tabellen.append(Aansluittabel(stuk, gedrukt, adres, f"Tabel {nummer}. Alle gedrukte totalen", f"tabel{nummer}"))
    return Rapportdeel(pagina, [tabelblok(tabel) for tabel in tabellen]), stuk.gemeente


def _zet(tekst: str, niveau: int) -> list[Gegevens]:
    return blokken(in_blokken(tekst), niveau)


def _programmadeel(stuk: Programmastuk) -> Programmadeel:
    stuk = replace(stuk, bestanden=_van_de_publicatie(stuk.bestanden))
    keuze = kies(None, None, stuk.kolommen, stuk.inwoners)
    optelling = tel_op(stuk.cellen)
    tabel = Ramingtabel(stuk, keuze, optelling)
    indicatoren = Indicatortabel(stuk.reeksen) if stuk.reeksen else None
    return Programmadeel(
        programmapagina(stuk, keuze, optelling, vast(stuk.uitgave)),
        tabelblok(tabel),
        tabel.voetnoot,
        tabelblok(indicatoren) if indicatoren else None,
        indicatoren.noten if indicatoren else (),
    )


def _documentdeel(stuk: Documentstuk) -> Documentdeel:
    stuk = replace(stuk, bestanden=_van_de_publicatie(stuk.bestanden))
    optelling = tel_op(stuk.cellen)
    adres = vast(stuk.uitgave)
    tabel = Programmatabel(stuk, optelling, adres)
    return Documentdeel(documentpagina(stuk, optelling, adres), tabelblok(tabel), tabel.voetnoot)


def _van_de_publicatie(bestanden: Sequence[Bestandrij]) -> list[Bestandrij]:
    """Return the files that a PDF can speak of: those that were there before any file was made."""
    return [rij for rij in bestanden if not rij.bewaard]
