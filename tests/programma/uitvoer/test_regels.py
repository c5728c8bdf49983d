"""begroting.csv: every line, in one order, the bytes whose sha256 is kept at publication."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

import pytest

from programma import publicatie
from programma.models import (
    Bedrag,
    Begrotingsregel,
    Bestand,
    Kolom,
    Pakket,
    Programma,
    Taakveld,
    Versie,
    Wijziging,
)
from programma.publicatie import als_uitgave
from programma.raming import Kolom as Kolomrij
from programma.raming import Stand, stand, tel_op
from programma.uitvoer import KOP, Selectie, begroting_csv, meet
from tests.bouwers import Rollen, maak_concept, maak_document, maak_gepubliceerd, publiceer
from veiligheid.exports import EXCEL, ontbeveilig
from veiligheid.namens import namens

SLUG = "programmabegroting-2025"


class Regel(NamedTuple):
    """A row of the CSV, with the number of the change as a last, unwritten field."""

    document: str
    versie: str
    programma_code: str
    programma: str
    pakket_code: str
    pakket: str
    soort: str
    taakveld: str
    regel: str
    omschrijving: str
    incidenteel: str
    fase: str
    jaar: str
    bedrag: str
    bronprecisie: str
    wijziging: str = ""


# Codes that a Dutch collation, or a sort by number, would put in another order.
PROGRAMMAS = {"1": ("1a", "1B", "1A"), "10": ("10-B", "10A"), "2": ("2A",), "é": ("Z",), "a": ()}
NAMEN = {
    "1a": "=SOM(A1)",
    "1B": "'s-Gravenhage",
    "1A": 'Zeg "ja", nee; of',
    "10-B": "-5 graden",
    "10A": "Één",
    "2A": "'=1",
    "Z": "Z",
}
FASEN = (("realisatie", 2023), ("na_wijziging", 2024), ("primair", 2024), ("primair", 2025))
SOORTEN = (("toevoeging", "nee"), ("lasten", "ja"), ("onttrekking", "onbekend"), ("baten", "onbekend"))


@pytest.fixture
def geschreven(rollen: Rollen) -> tuple[Versie, list[Regel]]:
    """A concept with awkward codes and names, and the rows that its CSV must have, in any order."""
    versie = publicatie.nieuwe_versie(maak_document(), door=rollen.redacteur)
    taakveld = Taakveld.objects.create(code="0.10", naam="Mutaties reserves", geldig_van=2017)
    rijen = []
    with namens(rollen.redacteur.pk):
        kolommen = [
            Kolom.objects.create(versie=versie, fase=fase, jaar=jaar, volgorde=plaats)
            for plaats, (fase, jaar) in enumerate(FASEN, start=1)
        ]
        wijzigingen = [Wijziging.objects.create(versie=versie, nummer=nummer, titel="W") for nummer in ("2", "10", "B")]
        for plaats, (code, pakketcodes) in enumerate(reversed(PROGRAMMAS.items())):
            programma = Programma.objects.create(
                versie=versie, code=code, naam=f"Programma {code}", slug=f"programma-{plaats}", volgorde=plaats
            )
            for pakketcode in pakketcodes:
                pakket = Pakket.objects.create(
                    versie=versie, programma=programma, code=pakketcode, naam=NAMEN[pakketcode]
                )
                for soort, incidenteel in SOORTEN:
                    for sleutel in ("r-2", "r-10", "r1"):
                        eigen = f"{sleutel}-{soort}-{len(rijen)}"
                        regel = Begrotingsregel.objects.create(
                            versie=versie,
                            pakket=pakket,
                            soort=soort,
                            sleutel=eigen,
                            omschrijving=f"+{soort}",
                            incidenteel=incidenteel,
                            taakveld=taakveld if soort == "toevoeging" else None,
                        )
                        for kolom in reversed(kolommen):
                            for wijziging in [*wijzigingen, None] if kolom.fase == "na_wijziging" else [None]:
                                euro = Decimal(len(rijen) * 7 - 300) / 4
                                Bedrag.objects.create(
                                    versie=versie,
                                    regel=regel,
                                    kolom=kolom,
                                    euro=euro,
                                    bronprecisie=1000 if soort == "baten" else 1,
                                    wijziging=wijziging,
                                )
                                rijen.append(
                                    Regel(
                                        *(SLUG, "1", code, programma.naam, pakketcode, pakket.naam, soort),
                                        taakveld="0.10" if soort == "toevoeging" else "",
                                        regel=eigen,
                                        omschrijving=regel.omschrijving,
                                        incidenteel="" if incidenteel == "onbekend" else incidenteel,
                                        fase=kolom.fase,
                                        jaar=str(kolom.jaar),
                                        bedrag=f"{euro:.2f}",
                                        bronprecisie="1000" if soort == "baten" else "1",
                                        wijziging=wijziging.nummer if wijziging else "",
                                    )
                                )
    return versie, rijen


def op_volgorde(regel: Regel) -> tuple[object, ...]:
    """The order of the CSV. Python compares text by code point, as COLLATE "C" does in UTF-8."""
    return (
        *(regel.programma_code, regel.pakket_code, regel.soort, regel.regel, int(regel.jaar), regel.fase),
        regel.wijziging,
    )


def bytes_van(versie: Versie, *programmas: str) -> bytes:
    return b"".join(begroting_csv(als_uitgave(versie), Selectie(programma=programmas)))


def lees(inhoud: bytes, scheiding: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=scheiding))


def test_kolommen_en_volgorde(geschreven: tuple[Versie, list[Regel]]) -> None:
    versie, rijen = geschreven

    kop, *gelezen = lees(bytes_van(versie))

    assert tuple(kop) == KOP == Regel._fields[:-1]
    assert ",".join(kop) == (
        "document,versie,programma_code,programma,pakket_code,pakket,soort,taakveld,regel,omschrijving,incidenteel,"
        "fase,jaar,bedrag,bronprecisie"
    )
    assert len(gelezen) == len(rijen) == 7 * 4 * 3 * 7
    verwacht = [list(regel[:-1]) for regel in sorted(rijen, key=op_volgorde)]
    assert [
        [ontbeveilig(cel) if plaats != 13 else cel for plaats, cel in enumerate(rij)] for rij in gelezen
    ] == verwacht
    assert list(dict.fromkeys(rij[2] for rij in gelezen)) == ["1", "10", "2", "é"]
    assert list(dict.fromkeys(rij[4] for rij in gelezen)) == ["1A", "1B", "1a", "10-B", "10A", "2A", "Z"]
    assert list(dict.fromkeys(rij[6] for rij in gelezen)) == ["baten", "lasten", "onttrekking", "toevoeging"]


def test_het_oorspronkelijke_bedrag_gaat_voor_de_wijzigingen(geschreven: tuple[Versie, list[Regel]]) -> None:
    versie, rijen = geschreven
    eerste = min(rijen, key=op_volgorde).regel

    bedragen = [rij[13] for rij in lees(bytes_van(versie)) if rij[8] == eerste and rij[11] == "na_wijziging"]

    per_nummer = {rij.wijziging: rij.bedrag for rij in rijen if rij.regel == eerste and rij.fase == "na_wijziging"}
    assert bedragen == [per_nummer[nummer] for nummer in ("", "10", "2", "B")]


def test_teksten_zijn_beveiligd_en_bedragen_niet(geschreven: tuple[Versie, list[Regel]]) -> None:
    gelezen = lees(bytes_van(geschreven[0]))[1:]

    assert {rij[5] for rij in gelezen} == {
        "'=SOM(A1)",
        "'s-Gravenhage",
        'Zeg "ja", nee; of',
        "'-5 graden",
        "Één",
        "''=1",
        "Z",
    }
    assert {rij[9][:2] for rij in gelezen} == {"'+"}
    assert any(rij[13].startswith("-") for rij in gelezen)
    assert all(str(Decimal(rij[13]).as_tuple().exponent) == "-2" for rij in gelezen)


def test_de_bytes_van_een_regel(rollen: Rollen) -> None:
    inhoud = bytes_van(maak_concept(rollen))

    assert inhoud.startswith(
        b"document,versie,programma_code,programma,pakket_code,pakket,soort,taakveld,regel,omschrijving,incidenteel,"
        b"fase,jaar,bedrag,bronprecisie\r\n"
        b"programmabegroting-2025,1,1,Programma 1,1A,Pakket 1A,baten,,p1-baten,Regel p1-baten,,"
        b"realisatie,2023,100.00,1\r\n"
    )
    assert inhoud.endswith(b",lasten,,p1-lasten,Regel p1-lasten,,primair,2028,-1000.00,1\r\n")
    assert inhoud.count(b"\n") == inhoud.count(b"\r\n") == 13


def test_voor_excel(rollen: Rollen) -> None:
    inhoud = b"".join(begroting_csv(als_uitgave(maak_concept(rollen)), vorm=EXCEL))

    assert inhoud.startswith(b"\xef\xbb\xbfdocument;versie;programma_code;")
    assert inhoud.endswith(b";lasten;;p1-lasten;Regel p1-lasten;;primair;2028;-1000,00;1\r\n")


class TestProgramma:
    """The lines of one programme."""

    def test_samen_zijn_de_programmas_het_geheel(self, geschreven: tuple[Versie, list[Regel]]) -> None:
        versie, _ = geschreven
        delen = [lees(bytes_van(versie, code))[1:] for code in ("1", "10", "2", "a", "é")]

        assert [rij for deel in delen for rij in deel] == lees(bytes_van(versie))[1:]
        assert [len(deel) for deel in delen] == [252, 168, 84, 0, 84]

    @pytest.mark.parametrize("code", ["onbekend", "", "1%", "'; DROP TABLE programma_bedrag; --"])
    def test_een_onbekend_programma(self, rollen: Rollen, code: str) -> None:
        assert lees(bytes_van(maak_concept(rollen), code)) == [list(KOP)]

    def test_van_een_andere_versie(self, rollen: Rollen) -> None:
        maak_gepubliceerd(rollen)
        leeg = publicatie.nieuwe_versie(maak_document(jaar=2026), door=rollen.redacteur)

        assert lees(bytes_van(leeg, "1")) == lees(bytes_van(leeg)) == [list(KOP)]


class TestSommen:
    """Whoever adds the file up finds what the pages show."""

    def test_per_soort_en_kolom(self, geschreven: tuple[Versie, list[Regel]]) -> None:
        versie, _ = geschreven
        per_programma: dict[tuple[str, Kolomrij], Stand] = defaultdict(Stand)
        totaal: dict[Kolomrij, Stand] = defaultdict(Stand)
        for rij in (Regel(*rij) for rij in lees(bytes_van(versie))[1:]):
            kolom, erbij = Kolomrij(int(rij.jaar), rij.fase), stand(rij.soort, Decimal(rij.bedrag))
            per_programma[rij.programma_code, kolom] += erbij
            totaal[kolom] += erbij

        optelling = tel_op(Versie.objects.documentinhoud(versie.pk).cellen)

        assert dict(optelling.totaal) == totaal
        assert {
            (code, kolom): stand for code, raming in optelling.programmas.items() for kolom, stand in raming.items()
        } == per_programma


class TestBestand:
    """What is kept of a file at publication is the fingerprint of the bytes that everyone gets."""

    def test_de_bewaarde_sha256_hoort_bij_de_bytes(self, rollen: Rollen) -> None:
        versie = maak_gepubliceerd(rollen, programmas=11)
        uitgave = Versie.objects.uitgave(SLUG)
        assert uitgave is not None
        bewaard = {bestand.naam: bestand for bestand in Bestand.objects.filter(versie=versie)}
        programmas = Programma.objects.filter(versie=versie).values_list("slug", "code")

        gegeven = {"begroting.csv": begroting_csv(uitgave)}
        gegeven |= {
            f"programma/{slug}/begroting.csv": begroting_csv(uitgave, Selectie(programma=(code,)))
            for slug, code in programmas
        }

        assert set(gegeven) == set(bewaard) - {"begroting.json"}
        assert len(gegeven) == 12
        for naam, stroom in gegeven.items():
            inhoud = b"".join(stroom)
            afdruk = bewaard[naam]
            assert hashlib.sha256(inhoud).hexdigest() == afdruk.sha256
            assert (len(inhoud), len(lees(inhoud)) - 1) == (afdruk.omvang, afdruk.regels)
        assert bewaard["begroting.csv"].regels == 11 * 12

    def test_een_volgende_versie_verandert_de_vorige_niet(self, rollen: Rollen) -> None:
        eerste = maak_gepubliceerd(rollen)
        vorige = bytes_van(eerste)
        tweede = publicatie.maak_concept(eerste, door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            Bedrag.objects.filter(versie=tweede).update(euro=Decimal("-1.01"))
            Begrotingsregel.objects.filter(versie=tweede).update(toelichting="Anders.")
        publiceer(tweede, rollen)

        assert bytes_van(eerste) == vorige
        assert bytes_van(tweede) != vorige
        assert hashlib.sha256(vorige).hexdigest() == Bestand.objects.get(versie=eerste, naam="begroting.csv").sha256

    def test_meten(self) -> None:
        afdruk = meet(iter([b"kop\r\n", b"een\r\ntw", b"ee\r\n"]))

        assert (afdruk.omvang, afdruk.regels) == (16, 2)
        assert afdruk.sha256 == hashlib.sha256(b"kop\r\neen\r\ntwee\r\n").hexdigest()
