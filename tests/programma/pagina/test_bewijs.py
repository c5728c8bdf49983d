"""The proof of a publication, as pages show it."""

from __future__ import annotations

from programma.pagina.bewijs import bewijs, bewijzen
from tests.stukken import uitgave

EEN = {"controlesom": "a" * 64, "anker": "b" * 64, "historiekop": f"51:{'c' * 64}"}


def test_een_concept_heeft_geen_bewijs() -> None:
    assert bewijs(uitgave(controlesom="", anker="")) is None


def test_op_papier_past_het_begin() -> None:
    gevonden = bewijs(uitgave(**EEN))

    assert gevonden is not None
    assert gevonden.kort == (
        "Programmabegroting 2025, versie 1: controlegetal aaaaaaaaaaaaaaaa, anker bbbbbbbbbbbbbbbb, "
        "historie 51:cccccccccccccccc"
    )
    assert gevonden.versie.href == "/programmabegroting-2025/versie/1/"
    assert (gevonden.controlegetal, gevonden.anker, gevonden.historiekop) == tuple(EEN.values())


def test_voor_de_historie_is_er_geen_kop() -> None:
    gevonden = bewijs(uitgave(**{**EEN, "historiekop": ""}))

    assert gevonden is not None and "historie" not in gevonden.kort


def test_elke_versie_eenmaal_op_volgorde() -> None:
    een, twee = uitgave(**EEN), uitgave(**EEN, versie_id=2, nummer=2)

    gevonden = bewijzen([twee, None, een, twee, uitgave(versie_id=3, anker="")])

    assert [rij.versie.tekst for rij in gevonden] == [
        "Programmabegroting 2025, versie 2",
        "Programmabegroting 2025, versie 1",
    ]
