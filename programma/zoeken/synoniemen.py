"""Words that residents say and words that the budget says. Who asks for one also finds the others."""

from __future__ import annotations

from programma.zoeken.taal import stam, vorm, woorden

# Each row: words that mean about the same here. Of more words than one: a passage that holds them all.
RIJEN: tuple[tuple[str, ...], ...] = (
    ("lasten", "uitgaven", "kosten"),
    ("baten", "inkomsten", "opbrengsten"),
    ("reserve", "spaargeld", "spaarpot"),
    ("ozb", "onroerendezaakbelasting", "onroerendezaakbelastingen", "huizenbelasting"),
    ("ambtenaren", "medewerkers", "personeel"),
    ("inwoners", "burgers", "bewoners"),
    ("saldo", "verschil"),
    ("resultaat", "overschot", "tekort"),
    ("begroting", "programmabegroting"),
    ("jaarstukken", "jaarrekening", "jaarverslag"),
    ("kadernota", "voorjaarsnota", "perspectiefnota"),
    ("tussenrapportage", "bestuursrapportage", "burap"),
    ("raad", "gemeenteraad"),
    ("college", "burgemeester wethouders"),
    ("boa", "handhaver", "toezichthouder"),
    ("afval", "vuilnis", "huisvuil"),
    ("riool", "riolering"),
    ("bijstand", "uitkering"),
    ("wmo", "maatschappelijke ondersteuning"),
    ("jeugdhulp", "jeugdzorg"),
    ("leges", "kosten vergunning"),
    ("gemeentefonds", "algemene uitkering"),
    ("groen", "plantsoen"),
    ("veiligheidsregio", "brandweer ghor"),
    ("toeristenbelasting", "logeerbelasting"),
    ("lening", "schuld"),
    ("structureel", "jaarlijks"),
    ("incidenteel", "eenmalig"),
    ("overhead", "bedrijfsvoering"),
    ("vpb", "vennootschapsbelasting"),
    ("gr", "gemeenschappelijke regeling"),
    ("taakveld", "iv3"),
)

Alternatief = tuple[str, ...]
"""The forms of one or more words that have to be there together."""


def _vormen(tekst: str) -> Alternatief:
    return tuple(vorm(gevonden[0]) for gevonden in woorden(tekst))


def _bouw() -> dict[str, tuple[tuple[str, Alternatief], ...]]:
    """Return per stem the other words of its rows, as they are shown and as they are compared."""
    tabel: dict[str, dict[str, Alternatief]] = {}
    for rij in RIJEN:
        for woord in rij:
            eigen = _vormen(woord)
            if len(eigen) == 1:
                anderen = {ander: _vormen(ander) for ander in rij if ander != woord}
                tabel.setdefault(stam(eigen[0]), {}).update(anderen)
    return {
        sleutel: tuple((ander, vormen) for ander, vormen in anderen.items() if stam(vormen[0]) != sleutel)
        for sleutel, anderen in tabel.items()
    }


_TABEL = _bouw()


def synoniemen(gevraagd: str) -> tuple[tuple[str, Alternatief], ...]:
    """Return what else this form is called: each as shown, and the forms that have to be there. () if nothing."""
    return _TABEL.get(stam(gevraagd), ())
