"""The lines of a pakket as a table, with the columns of the budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from programma.cijfer import GROOTHEDEN, celwoord, pakketcijferwoord, regelwoord
from programma.inhoud.opbouw import Pakketstuk, Regelrij
from programma.pagina.adres import Adres
from programma.pagina.keuze import Keuze
from programma.pagina.waarden import waarden
from programma.raming import Grootheid, Kolom, Meerjarenraming, Raming, Soort, stand
from programma.tables.bedrag import LEEG, Record
from programma.tables.raming import Jarentabel, record
from veiligheid.formatting import kleine_letter

KOPPEN = {
    Soort.LASTEN: ("Lasten", "Lasten"),
    Soort.BATEN: ("Baten", "Baten"),
    Soort.TOEVOEGING: ("Toevoegingen aan reserves", "Toevoegingen"),
    Soort.ONTTREKKING: ("Onttrekkingen aan reserves", "Onttrekkingen"),
}


class Pakkettabel(Jarentabel):
    """The lines of a pakket: per soort each line and the total, then the saldo and the resultaat."""

    def __init__(self, stuk: Pakketstuk, keuze: Keuze, optelling: Meerjarenraming, adres: Adres) -> None:
        titel = f"Tabel 1. Regels van pakket {stuk.pakket.code}"
        super().__init__(_Rijen(stuk, keuze, optelling, adres).alle(), stuk.programma, keuze, titel)


class _Rijen:
    """The records of the table, top to bottom. A soort without lines is not printed."""

    def __init__(self, stuk: Pakketstuk, keuze: Keuze, optelling: Meerjarenraming, adres: Adres) -> None:
        programma = stuk.programma
        self.stuk = stuk
        self.waarden = waarden(keuze.weergave, programma.kolommen, programma.inwoners)
        self.geheel = optelling.pakketten.get((programma.programma.code, stuk.pakket.code), LEEG)
        self.bedragen = adres.bedragen(programma.programma.slug)
        self.per_regel: dict[str, dict[Kolom, Decimal]] = {}
        for bedrag in stuk.inhoud.bedragen:
            self.per_regel.setdefault(bedrag.regel, {})[bedrag.kolom] = bedrag.euro

    def alle(self) -> Iterator[Record]:
        yield from self._groep(Soort.LASTEN)
        yield from self._groep(Soort.BATEN)
        yield self._saldo("Saldo van lasten en baten", "Saldo", Grootheid.SALDO, "saldo")
        yield from self._groep(Soort.TOEVOEGING)
        yield from self._groep(Soort.ONTTREKKING)
        yield self._saldo(f"Resultaat pakket {self.stuk.pakket.code}", "Resultaat", Grootheid.RESULTAAT, "eind")

    def _groep(self, soort: Soort) -> Iterator[Record]:
        regels = [rij for rij in self.stuk.inhoud.regels if rij.soort == soort]
        if not regels:
            return
        kop, kort = KOPPEN[soort]
        for regel in regels:
            yield self._regel(regel, kop, kort)
        naar = f"{self.bedragen}{celwoord(self.stuk.pakket.code, soort)}/"
        samen = self.waarden(self.geheel, GROOTHEDEN[soort])
        yield record(f"Totaal {kleine_letter(kort)}", kop, samen, blok=kort, kop=kop, klasse="totaal", naar=naar)

    def _regel(self, regel: Regelrij, kop: str, kort: str) -> Record:
        standen = {kolom: stand(regel.soort, euro) for kolom, euro in self.per_regel.get(regel.sleutel, {}).items()}
        return record(
            regel.omschrijving,
            kop,
            self.waarden(Raming(standen), GROOTHEDEN[Soort(regel.soort)]),
            blok=kort,
            kop=kop,
            voorvoegsel=f"{kort}, regel {regel.sleutel}",
            onderschrift=f"regel {regel.sleutel}",
            naar=f"{self.bedragen}{regelwoord(regel.sleutel, self.stuk.programma.pakketten)}/",
        )

    def _saldo(self, onderdeel: str, groep: str, grootheid: Grootheid, klasse: str) -> Record:
        naar = f"{self.bedragen}{pakketcijferwoord(self.stuk.pakket.code, grootheid)}/"
        return record(onderdeel, groep, self.waarden(self.geheel, grootheid), klasse=klasse, blok=klasse, naar=naar)
