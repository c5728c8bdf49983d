"""What the council authorised: lasten and baten of the document year per programme, decision by decision.

The council authorises per programme (Gemeentewet art. 189; the budget: art. 191, changes of it: art. 192), for the year
of the budget alone. What was authorised is the primaire begroting, the amendementen and the begrotingswijzigingen
together, as far as a decision on each is recorded. Nothing here says what is lawful: only what was decided, what the
column of the version says, and by how much they differ.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from programma.inhoud import Programmarij, Uitgave
from programma.inhoud.autorisatie import BEGROTING, SOORTEN, Autorisatiebedrag, Autorisatiestuk, standen
from programma.inhoud.opbouw import Wijzigingrij
from programma.pagina import adres as adressen
from programma.pagina import benaming
from programma.pagina.adres import Adres, Link
from programma.pagina.herkomst import Herkomst, Status, herkomst, status
from programma.pagina.versies import Vasteversie, nieuwste
from programma.pagina.wijziging import nummervolgorde, wijzigingsnaam
from programma.raming import Fase, Grootheid, Kolom, Stand
from veiligheid.formatting import afgerond, datum, euro, opsomming

AMENDEMENT = "amendement"
BEGIN, EIND = (Fase.PRIMAIR, Fase.RAMING, Fase.NA_WIJZIGING), (Fase.NA_WIJZIGING, Fase.PRIMAIR, Fase.RAMING)
SOMMEN = (Grootheid.LASTEN, Grootheid.BATEN, Grootheid.TOEVOEGINGEN, Grootheid.ONTTREKKINGEN)
GEEN_BESLUIT, NIET_HIER, ANDERS = "geen besluit vastgelegd", "niet in dit document", "niet over deze bedragen"
KOP = (
    "document", "versie", "programma_code", "programma", "rij", "stap", "nummer", "titel", "raadsbesluit",
    "raadsbesluit_datum", "besloten", "fase", "jaar", "lasten", "baten", "toevoegingen", "onttrekkingen",
    "lasten_totaal", "baten_totaal", "toevoegingen_totaal", "onttrekkingen_totaal",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stap:
    """The budget as it began, or one change of it: what it did (`verschil`) and what they are together (`stand`).

    `besluit` and `datum` are those of the council's decision; `besloten` says that there is one, and `reden` why there
    is none. `kolom` is the column that its amounts are in.
    """

    soort: str
    nummer: str
    naam: str
    besluit: str
    datum: date | None
    reden: str
    kolom: Kolom
    verschil: Stand
    stand: Stand

    @property
    def besloten(self) -> bool:
        """Whether a decision of the council on this step is recorded."""
        return not self.reden


@dataclass(frozen=True, slots=True)
class Autorisatie:
    """What was authorised of one programme. `stappen` add up to `eind`; `in_kolom` is what the version shows.

    `werkelijk` is what became of it, where the version has such a column; `toen` is what was in the version that the
    council adopted, where that is not what is in this one.
    """

    stappen: tuple[Stap, ...]
    kolom: Kolom
    in_kolom: Stand
    werkelijk: tuple[Kolom, Stand] | None = None
    toen: Stand | None = None

    @property
    def eind(self) -> Stand:
        """What all steps are together."""
        return self.stappen[-1].stand

    @property
    def verschil(self) -> Stand:
        """What the column has beyond the steps: a change that was not recorded."""
        return self.in_kolom - self.eind

    @property
    def besloten(self) -> bool:
        """Whether a decision of the council on every step is recorded."""
        return all(stap.besloten for stap in self.stappen)

    @property
    def geautoriseerd(self) -> Stand | None:
        """What the recorded decisions authorise together; None without a decision on the budget itself."""
        if not self.stappen[0].besloten:
            return None
        return sum((stap.verschil for stap in self.stappen if stap.besloten), Stand())


@dataclass(frozen=True, slots=True)
class Autorisatieblok:
    """A programme on the page: its steps, and what they come to in words."""

    anker: str
    titel: str
    slug: str
    links: tuple[Link, ...]
    zinnen: tuple[str, ...]
    autorisatie: Autorisatie
    slotnaam: str
    centen: bool


@dataclass(frozen=True, slots=True)
class Autorisatiepagina:
    """The page on what the council authorised."""

    titel: str
    omschrijving: str
    canoniek: str
    kruimels: tuple[Link, ...]
    bovenkop: str
    naam: str
    zin: str
    kanttekeningen: tuple[str, ...]
    status: Status
    versie: str
    vaste_versie: Vasteversie | None
    csv: Link
    tabeltitel: str
    kolom: Kolom | None
    blokken: tuple[Autorisatieblok, ...]
    centen: bool
    herkomst: Herkomst


def naar_autorisatie(uitgave: Uitgave, adres: Adres, slug: str = "") -> Link | None:
    """Return the link to this page, or to one programme (slug) on it; None for a document that asks for no money."""
    if uitgave.document_soort not in SOORTEN:
        return None
    return Link(f"Wat autoriseerde de raad voor {uitgave.jaar}?", adres.autorisatie(slug))


def kolommen_van(kolommen: Sequence[Kolom]) -> tuple[Kolom | None, Kolom | None, Kolom | None]:
    """Return of the columns of one year where the budget began, where it ended, and what became of it."""
    per_fase = {kolom.fase: kolom for kolom in kolommen}

    def eerste(fasen: Sequence[Fase]) -> Kolom | None:
        return next((per_fase[fase] for fase in fasen if fase in per_fase), None)

    return eerste(BEGIN), eerste(EIND), eerste((Fase.REALISATIE, Fase.PROGNOSE))


def autorisaties(stuk: Autorisatiestuk) -> Mapping[str, Autorisatie]:
    """Return what was authorised per programme (by code); empty without a column of a budget of the document year."""
    begin, eind, werkelijk = kolommen_van(stuk.kolommen)
    if begin is None or eind is None:
        return {}
    som = standen(stuk.bedragen)
    van_raad = stuk.vastgesteld.get(begin, {}) if stuk.vastgesteld is not None else som.get(begin, {})
    gevonden = {}
    for rij in stuk.programmas:
        eigen = [bedrag for bedrag in stuk.bedragen if bedrag.programma == rij.code]
        toen, nu = van_raad.get(rij.code, Stand()), som.get(begin, {}).get(rij.code, Stand())
        gevonden[rij.code] = Autorisatie(
            _stappen(stuk, eigen, begin, eind, toen == nu),
            eind,
            som.get(eind, {}).get(rij.code, Stand()),
            (werkelijk, som.get(werkelijk, {}).get(rij.code, Stand())) if werkelijk else None,
            toen if stuk.besluit and toen != nu else None,
        )
    return gevonden


def _stappen(
    stuk: Autorisatiestuk, bedragen: Sequence[Autorisatiebedrag], begin: Kolom, eind: Kolom, zelfde: bool
) -> tuple[Stap, ...]:
    """Return the steps of one programme: the budget, then its changes in the order of their decisions.

    A change in the first column is part of the budget that was decided on; one in the last came after it. Both columns
    are one and the same where the version has no other.
    """
    delen: dict[tuple[Kolom, Wijzigingrij | None], Stand] = {(begin, None): Stand()}
    for kolom in dict.fromkeys((begin, eind)):
        for wijziging in dict.fromkeys(rij.wijziging for rij in bedragen if rij.kolom == kolom):
            if wijziging is None and kolom != begin:
                continue
            deel = [rij for rij in bedragen if rij.kolom == kolom and rij.wijziging == wijziging]
            delen[kolom, wijziging] = sum((standen([rij])[kolom][rij.programma] for rij in deel), Stand())
    volgorde = sorted(delen, key=lambda sleutel: _volgorde(begin, *sleutel))
    stand = accumulate(delen[sleutel] for sleutel in volgorde)
    return tuple(
        _stap(stuk, kolom, wijziging, delen[kolom, wijziging], samen, zelfde)
        for (kolom, wijziging), samen in zip(volgorde, stand, strict=True)
    )


def _volgorde(begin: Kolom, kolom: Kolom, wijziging: Wijzigingrij | None) -> tuple[object, ...]:
    """Return where a step stands: the budget, amendementen, then changes by day and number; without a day last."""
    if wijziging is None:
        return (0,)
    eerst = kolom == begin and wijziging.soort == AMENDEMENT
    return 1 if eerst else 2, wijziging.datum or date.max, nummervolgorde(wijziging.nummer), wijziging.nummer


def _stap(
    stuk: Autorisatiestuk, kolom: Kolom, wijziging: Wijzigingrij | None, verschil: Stand, samen: Stand, zelfde: bool
) -> Stap:
    nummer, dag, reden = _begrotingsbesluit(stuk, zelfde)
    if wijziging is None:
        naam = f"{benaming.fase(kolom)} {kolom.jaar}"
        if kolom.fase == Fase.NA_WIJZIGING:
            naam += ", bedragen zonder wijziging erbij"
        return Stap("begroting", "", naam, nummer, dag, reden, kolom, verschil, samen)
    if wijziging.raadsbesluit:
        nummer, dag, reden = wijziging.raadsbesluit, wijziging.datum, ""
    elif wijziging.soort != AMENDEMENT:
        nummer, dag, reden = "", None, GEEN_BESLUIT
    naam = wijzigingsnaam(wijziging)
    return Stap(wijziging.soort, wijziging.nummer, naam, nummer, dag, reden, kolom, verschil, samen)


def _begrotingsbesluit(stuk: Autorisatiestuk, zelfde: bool) -> tuple[str, date | None, str]:
    """Return (number, day, "") of the decision on the budget and its amendementen, or why there is none."""
    if stuk.uitgave.document_soort != BEGROTING:
        return "", None, NIET_HIER
    if stuk.besluit is None:
        return "", None, GEEN_BESLUIT
    if not zelfde:
        return "", None, ANDERS
    return stuk.besluit.raadsbesluit_nummer, stuk.besluit.raadsbesluit_datum, ""


def autorisatiepagina(stuk: Autorisatiestuk, adres: Adres | None = None) -> Autorisatiepagina:
    """Return the page on what the council authorised."""
    uitgave = stuk.uitgave
    adres = adres or adressen.actueel(uitgave)
    per_programma = autorisaties(stuk)
    begin, eind, _ = kolommen_van(stuk.kolommen)
    hier, jaar = adres.autorisatie(), uitgave.jaar
    naam = f"Wat autoriseerde de raad voor {jaar}?"
    centen = any(rij.euro != rij.euro.to_integral_value() for rij in stuk.bedragen)
    return Autorisatiepagina(
        titel=f"{naam} – {uitgave.titel} – Gemeente {stuk.gemeente}",
        omschrijving=f"Per programma: de lasten en baten van {jaar} waarover de raad besloot, met nummer en datum.",
        canoniek=hier,
        kruimels=(Link("Home", "/"), Link(uitgave.titel, adres.wortel), Link("Autorisatie", hier)),
        bovenkop=uitgave.titel,
        naam=naam,
        zin=_zin(stuk, begin, eind),
        kanttekeningen=tuple(_kanttekeningen(stuk, per_programma)),
        status=status(uitgave),
        versie=f"Versie {uitgave.nummer}",
        vaste_versie=nieuwste(adres, adressen.actueel(uitgave).autorisatie()),
        csv=Link("CSV", adres.bestand("autorisatie.csv"), "van alle stappen"),
        tabeltitel=_tabeltitel(stuk, per_programma),
        kolom=eind,
        blokken=tuple(_blok(rij, per_programma[rij.code], stuk, adres, centen) for rij in stuk.programmas)
        if per_programma
        else (),
        centen=centen,
        herkomst=herkomst(
            uitgave,
            adres,
            adressen.vast(uitgave).autorisatie(),
            (Link("Alle stappen", adres.bestand("autorisatie.csv"), "CSV"),),
            bronnen=stuk.bronnen,
        ),
    )


def _zin(stuk: Autorisatiestuk, begin: Kolom | None, eind: Kolom | None) -> str:
    """Return what the council decided, in one or two sentences."""
    uitgave = stuk.uitgave
    if begin is None or eind is None:
        kolom = f"Deze versie heeft geen kolom met de begroting van {uitgave.jaar}."
        return f"{kolom} Wat de raad autoriseerde, is hier niet te zien."
    if uitgave.document_soort != BEGROTING:
        return (
            "Het besluit over de begroting zelf staat niet in dit document. Hieronder staat wat er in "
            f"{benaming.kolom_in_zin(eind)} staat, met de wijzigingen die zijn vastgelegd."
        )
    if stuk.besluit is None:
        vraagt = (
            "dit concept vraagt" if uitgave.status in {"concept", "ingediend"} else "het college aan de raad vraagt"
        )
        return f"De raad heeft nog niets geautoriseerd. Hieronder staan de bedragen die {vraagt}."
    dag = f" van {datum(stuk.besluit.raadsbesluit_datum)}" if stuk.besluit.raadsbesluit_datum else ""
    over = f" Dat besluit ging over versie {stuk.besluit.nummer}." if stuk.vastgesteld is not None else ""
    return f"De raad stelde de begroting vast met besluit {stuk.besluit.raadsbesluit_nummer}{dag}.{over}"


def _kanttekeningen(stuk: Autorisatiestuk, per_programma: Mapping[str, Autorisatie]) -> Iterator[str]:
    """Say what is not known, and which changes are."""
    stappen = {
        (stap.soort, stap.nummer): stap
        for autorisatie in per_programma.values()
        for stap in autorisatie.stappen
        if stap.nummer
    }
    met = [stap for stap in stappen.values() if stap.besloten]
    zonder = [stap for stap in stappen.values() if not stap.besloten]
    if met:
        yield f"De raad besloot ook over {_aantal(len(met), 'wijziging', 'wijzigingen')} van de begroting."
    if zonder:
        nummers = opsomming([f"{stap.soort} {stap.nummer}" for stap in zonder])
        yield f"Geen raadsbesluit is vastgelegd van {nummers}. Of de raad daarover besloot, is hier niet te zien."
    zonder_dag = dict.fromkeys(stap.besluit for stap in met if stap.datum is None)
    if zonder_dag:
        yield f"De dag is niet vastgelegd van raadsbesluit {opsomming(list(zonder_dag))}."
    anders = [
        benaming.volledig(rij)
        for rij in stuk.programmas
        if rij.code in per_programma and per_programma[rij.code].toen is not None
    ]
    if anders and stuk.besluit:
        yield (
            f"Van {opsomming(anders)} zijn de bedragen anders dan in versie {stuk.besluit.nummer}, "
            "waarover de raad besloot."
        )
    if per_programma:
        yield (
            f"De raad besluit per programma over de lasten en baten van {stuk.uitgave.jaar}. "
            "Bedragen van latere jaren neemt de raad ter kennis aan."
        )


def _aantal(aantal: int, enkel: str, meer: str) -> str:
    return f"1 {enkel}" if aantal == 1 else f"{aantal} {meer}"


def _tabeltitel(stuk: Autorisatiestuk, per_programma: Mapping[str, Autorisatie]) -> str:
    jaar = stuk.uitgave.jaar
    return f"Tabel 1. {_slotnaam(stuk, per_programma.values())} {jaar}, per programma"


def _slotnaam(stuk: Autorisatiestuk, rijen: Collection[Autorisatie]) -> str:
    """Return what the steps together are called: authorised, asked for, or neither of the two wholly."""
    if stuk.uitgave.document_soort != BEGROTING:
        return "Begroot voor"
    if rijen and all(rij.besloten for rij in rijen):
        return "Geautoriseerd voor"
    if stuk.besluit is None:
        return "Gevraagd voor"
    return "Begroting met alle wijzigingen,"


def _blok(
    rij: Programmarij, autorisatie: Autorisatie, stuk: Autorisatiestuk, adres: Adres, centen: bool
) -> Autorisatieblok:
    return Autorisatieblok(
        anker=f"programma-{rij.slug}",
        titel=benaming.volledig(rij),
        slug=rij.slug,
        links=(Link(f"Naar {benaming.onderdeel(rij)}", adres.programma(rij.slug)),),
        zinnen=tuple(_zinnen(autorisatie, stuk, centen)),
        autorisatie=autorisatie,
        slotnaam=f"{_slotnaam(stuk, [autorisatie])} {stuk.uitgave.jaar}",
        centen=centen,
    )


def _zinnen(autorisatie: Autorisatie, stuk: Autorisatiestuk, centen: bool) -> Iterator[str]:
    """Yield what the steps come to: against the column, against what the council saw, and against what became of it."""
    kolom = f"{benaming.fase(autorisatie.kolom)} {autorisatie.kolom.jaar}"
    if autorisatie.toen is not None and stuk.besluit is not None:
        yield (
            f"De raad besloot over versie {stuk.besluit.nummer}. Daarin stond {_bedragen(autorisatie.toen, centen)}. "
            "Hier staan andere bedragen."
        )
    if autorisatie.verschil == Stand():
        yield f"Samen is dat precies wat er in de kolom {kolom} staat."
    else:
        yield (
            f"In de kolom {kolom} staat meer of minder dan deze stappen samen: "
            f"{_bedragen(autorisatie.verschil, centen)}. Van dat verschil is geen wijziging vastgelegd."
        )
    if autorisatie.werkelijk is not None:
        yield _overschrijding(autorisatie, centen)


def _bedragen(stand: Stand, centen: bool) -> str:
    """Return the sums that are not zero, with the stored sign: "lasten −€ 5, baten € 3"."""
    delen = [f"{naam.value} {euro(stand.bedrag(naam), centen=centen)}" for naam in SOMMEN if stand.bedrag(naam)]
    return opsomming(delen) or "niets"


def _overschrijding(autorisatie: Autorisatie, centen: bool) -> str:
    """Return whether the lasten became more than they were to be. Lasten are negative: more is further below zero."""
    if autorisatie.werkelijk is None:
        return ""
    kolom, werkelijk = autorisatie.werkelijk
    toegestaan = "geautoriseerd" if autorisatie.besloten and autorisatie.verschil == Stand() else "begroot"
    meer = (autorisatie.in_kolom - werkelijk).lasten
    waar = f"In {benaming.kolom_in_zin(kolom)}"
    if meer > 0:
        return f"{waar} staat {euro(meer, centen=centen)} meer lasten dan {toegestaan}."
    return f"{waar} staan niet meer lasten dan {toegestaan}."


def autorisatierijen(stuk: Autorisatiestuk) -> Iterator[tuple[object, ...]]:
    """Yield the page as rows of a file, the header first: of each programme its steps, then the columns beside them.

    A row `stap` has what it did and what all steps up to it are (`…_totaal`); a row `kolom` what the version shows and
    `werkelijk` what became of it, with no total. Amounts are euros with two decimals and the stored sign.
    """
    yield KOP
    uitgave = stuk.uitgave
    per_programma = autorisaties(stuk)
    for rij in stuk.programmas if per_programma else ():
        autorisatie = per_programma[rij.code]
        vast = (uitgave.document_slug, uitgave.nummer, rij.code, rij.naam)
        for plaats, stap in enumerate(autorisatie.stappen, start=1):
            besluit = (stap.besluit, stap.datum.isoformat() if stap.datum else "", "ja" if stap.besloten else "nee")
            waar = (stap.kolom.fase, stap.kolom.jaar)
            yield (
                *vast,
                "stap",
                plaats,
                stap.nummer,
                stap.naam,
                *besluit,
                *waar,
                *_cijfers(stap.verschil),
                *_cijfers(stap.stand),
            )
        ernaast = [("kolom", autorisatie.kolom, autorisatie.in_kolom)]
        if autorisatie.werkelijk:
            ernaast.append(("werkelijk", *autorisatie.werkelijk))
        for soort, kolom, stand in ernaast:
            naam = f"{benaming.fase(kolom)} {kolom.jaar}"
            yield (*vast, soort, None, "", naam, "", "", "", kolom.fase, kolom.jaar, *_cijfers(stand), *[None] * 4)


def _cijfers(stand: Stand) -> Iterator[object]:
    return (afgerond(stand.bedrag(naam), 2) for naam in SOMMEN)
