"""The screen of a version: findings with links, the difference, the people, and buttons for the next step only."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programma import publicatie
from programma.bewaard.maken import maak_bestanden
from programma.models import Bedrag, Begrotingsregel, Kolom, Pakket, Sectie, Versie
from tests.bouwers import SAMENVATTING, Rollen, maak_concept, maak_document, maak_gepubliceerd, maak_regel, publiceer
from veiligheid.namens import namens

Tel = Callable[..., AbstractContextManager[object]]


def scherm(client: Client, rollen: Rollen, rol: str, versie: Versie, **vraag: str) -> str:
    """Return the page of a version as this role sees it."""
    client.force_login(getattr(rollen, rol))
    antwoord = client.get(reverse("admin:programma_versie_change", args=[versie.pk]), vraag)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def knoppen(html: str, versie: Versie) -> set[str]:
    """Return the verbs that have a button."""
    return set(re.findall(rf"/versie/{versie.pk}/stap/(\w+)/", html))


def stap(client: Client, versie: Versie, werkwoord: str, **velden: str) -> str:
    """Press a button, and return the page that follows."""
    adres = reverse("admin:programma_versie_stap", args=[versie.pk, werkwoord])
    return client.post(adres, velden, follow=True).content.decode()


class TestVolgendeStap:
    """Only who can take a step has its button; the others read who can."""

    def test_per_rol_de_knoppen_van_de_volgende_stap(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)

        def gezien() -> dict[str, set[str]]:
            return {
                rol: knoppen(scherm(client, rollen, rol, versie), versie)
                for rol in ("redacteur", "publicist", "auditor", "beheerder")
            }

        niets: dict[str, set[str]] = {"auditor": set(), "beheerder": set()}
        assert gezien() == {**niets, "redacteur": {"dien_in"}, "publicist": set()}
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        assert gezien() == {**niets, "redacteur": {"trek_indiening_in"}, "publicist": {"keur_goed", "stuur_terug"}}
        publicatie.keur_goed(versie, door=rollen.publicist)
        assert gezien() == {
            **niets,
            "redacteur": {"trek_indiening_in"},
            "publicist": {"publiceer", "plan", "stuur_terug"},
        }
        publicatie.publiceer(versie, door=rollen.publicist)
        # The verb itself makes no files; the button that publishes does.
        zonder_bestanden = {"maak_bestanden", "stel_vast", "trek_in"}
        assert gezien() == {**niets, "redacteur": {"maak_concept"}, "publicist": zonder_bestanden}
        maak_bestanden(versie)
        assert gezien() == {**niets, "redacteur": {"maak_concept"}, "publicist": zonder_bestanden - {"maak_bestanden"}}
        publicatie.stel_vast(versie, door=rollen.publicist, nummer="2024-31", datum=date(2024, 11, 7))
        assert gezien() == {**niets, "redacteur": {"maak_concept"}, "publicist": {"trek_in"}}
        publicatie.trek_in(versie, door=rollen.publicist, reden="Fout.")
        assert gezien() == {**niets, "redacteur": {"maak_concept"}, "publicist": set()}

    def test_wie_niet_kan_leest_wie_wel(self, client: Client, rollen: Rollen) -> None:
        rollen.publicist.first_name, rollen.publicist.last_name = "Paula", "de Wit"
        rollen.publicist.save()
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        html = scherm(client, rollen, "redacteur", versie)

        assert "Dat kan een collega met de rol publicist: Paula de Wit en pim." in html
        assert "U werkte aan deze versie mee; daarom staat hier geen knop om dit te doen." in html
        assert "Uw rol mag dit niet" in scherm(client, rollen, "auditor", versie)

    def test_een_publicist_die_meewerkte_krijgt_geen_knop_maar_uitleg(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        with namens(rollen.publicist.pk):
            Sectie.objects.filter(versie=versie).update(tekst="Van Paula.")
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        html = scherm(client, rollen, "publicist", versie)

        assert "keur_goed" not in knoppen(html, versie)
        assert "U wijzigde iets in deze versie." in html
        assert "Dat kan een collega met de rol publicist: pim." in html
        assert "U wijzigde iets in deze versie." in stap(client, versie, "keur_goed")
        versie.refresh_from_db()
        assert versie.goedgekeurd_door is None
        assert "keur_goed" in knoppen(scherm(client, rollen, "publicist2", versie), versie)

    def test_wie_indiende_keurt_niet_goed_ook_niet_met_recht(self, client: Client, rollen: Rollen) -> None:
        rollen.redacteur.groups.add(*rollen.publicist.groups.all())
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        html = scherm(client, rollen, "redacteur", versie)

        assert "U diende deze versie in. Een collega met de rol publicist moet goedkeuren." in html
        assert "keur_goed" not in knoppen(html, versie)

    def test_elke_stap_zegt_waar_de_versie_nu_is(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.redacteur)
        assert "is nu ingediend en wacht op goedkeuring." in stap(client, versie, "dien_in", samenvatting=SAMENVATTING)
        client.force_login(rollen.publicist)
        assert "is nu goedgekeurd en wacht op publicatie." in stap(client, versie, "keur_goed")
        morgen = timezone.localtime() + timedelta(days=1)
        antwoord = stap(client, versie, "plan", op=f"{morgen:%Y-%m-%dT%H:%M}")
        assert f"Publicatie is gepland op {morgen:%d-%m-%Y om %H:%M}" in antwoord
        assert "is nu gepubliceerd en aangeboden aan de raad." in stap(client, versie, "publiceer")
        besluit = stap(client, versie, "stel_vast", nummer="2024-31", datum="2024-11-07")
        assert "is nu vastgesteld door de raad." in besluit


class TestSamenvatting:
    """What was changed, in the words of who submits."""

    def test_zonder_gaat_het_niet_en_wat_getypt_is_blijft(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.redacteur)
        adres = reverse("admin:programma_versie_stap", args=[versie.pk, "dien_in"])

        leeg = client.post(adres, {"samenvatting": " \r\n "})
        lang = client.post(adres, {"samenvatting": "Te <lang>. " * 60})

        assert (leeg.status_code, lang.status_code) == (422, 422)
        assert "Schrijf in een paar zinnen wat u hebt gewijzigd en waarom." in leeg.content.decode()
        assert "Er passen 500 tekens; u hebt er 659." in lang.content.decode()
        assert "Te &lt;lang&gt;. Te &lt;lang&gt;." in lang.content.decode()
        versie.refresh_from_db()
        assert (versie.status, versie.samenvatting) == ("concept", "")

    def test_een_regeleinde_telt_een_keer(self, client: Client, rollen: Rollen) -> None:
        """A browser counts it once when it stops at 500, and sends two characters."""
        versie = maak_concept(rollen)
        client.force_login(rollen.redacteur)

        stap(client, versie, "dien_in", samenvatting="\r\n".join(["a" * 99] * 5))

        versie.refresh_from_db()
        assert versie.samenvatting == "\n".join(["a" * 99] * 5)

    def test_iedereen_leest_haar_bovenaan_en_bij_wie_deed_wat(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting="Wij <b>schrapten</b> twee regels.")

        html = scherm(client, rollen, "publicist", versie)

        kop = "<h3>Samenvatting van de wijziging door rosa</h3>"
        assert f"{kop}<p>Wij &lt;b&gt;schrapten&lt;/b&gt; twee regels.</p>" in html
        assert html.index(kop) < html.index('id="bevindingen-kop"')
        mensen = html.split('<ul class="mensen">')[1].split("</section>")[0]
        assert "<q>Wij &lt;b&gt;schrapten&lt;/b&gt; twee regels.</q>" in mensen

    def test_na_terugsturen_staat_ze_klaar_om_aan_te_passen(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.stuur_terug(versie, door=rollen.publicist, reden="Nog eens.")

        html = scherm(client, rollen, "redacteur", versie)

        assert SAMENVATTING in html.split('name="samenvatting"')[1].split("</textarea>")[0]
        assert "Samenvatting van de wijziging door" not in html


class TestIndieningIntrekken:
    def test_wie_indiende_heeft_de_knop_ook_na_goedkeuring(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(versie, door=rollen.publicist)
        assert "trek_indiening_in" not in knoppen(scherm(client, rollen, "redacteur2", versie), versie)
        assert '<details class="zijpaden" open>' in scherm(client, rollen, "redacteur", versie)

        html = stap(client, versie, "trek_indiening_in")

        assert "Indiening intrekken: gelukt. Programmabegroting 2025, versie 1 is nu een concept." in html
        assert "<h3>Indiening ingetrokken door rosa</h3></div>" in html
        versie.refresh_from_db()
        assert (versie.status, versie.goedgekeurd_door) == ("concept", None)

    def test_een_collega_leest_waarom_niet(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        client.force_login(rollen.redacteur2)

        assert "U diende deze versie niet in." in stap(client, versie, "trek_indiening_in")
        versie.refresh_from_db()
        assert versie.status == "ingediend"


class TestLevensloop:
    def test_het_plaatje_zegt_waar_we_zijn(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        html = scherm(client, rollen, "auditor", versie)
        haltes = re.findall(r'<li class="halte halte--(\w+)"(?: aria-current="(\w+)")?><strong>(\w+)', html)
        assert haltes == [
            ("gedaan", "", "Concept"),
            ("nu", "step", "Ingediend"),
            ("nog", "", "Goedgekeurd"),
            ("nog", "", "Gepubliceerd"),
            ("nog", "", "Vastgesteld"),
        ]

    def test_ingetrokken_is_het_einde(self, client: Client, rollen: Rollen) -> None:
        versie = publicatie.trek_in(maak_gepubliceerd(rollen), door=rollen.publicist, reden="Fout in tabel 1.")
        html = scherm(client, rollen, "auditor", versie)
        assert "Ingetrokken" in html and "Vastgesteld</strong>" not in html and "Deze versie is af." in html

    def test_teruggestuurd_met_reden(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.stuur_terug(versie, door=rollen.publicist, reden="Zie <tabel 1>.")
        assert "<h3>Teruggestuurd door paula</h3><p>Zie &lt;tabel 1&gt;.</p>" in scherm(
            client, rollen, "redacteur", versie
        )


class TestVerschil:
    def test_de_eerste_versie_is_helemaal_nieuw(self, client: Client, rollen: Rollen) -> None:
        html = scherm(client, rollen, "publicist", maak_concept(rollen))
        assert "Eerste versie: alles is nieuw" in html and "12 bedragen" in html

    def test_met_wat_gepubliceerd_is(self, client: Client, rollen: Rollen) -> None:
        oud = maak_gepubliceerd(rollen, 2)
        nieuw = publicatie.maak_concept(oud, door=rollen.redacteur)
        assert "Niets gewijzigd" in scherm(client, rollen, "publicist", nieuw)
        with namens(rollen.redacteur.pk):
            Bedrag.objects.filter(versie=nieuw, regel__sleutel="p1-lasten", kolom__jaar__gte=2025).update(euro=-1250)
            Sectie.objects.filter(versie=nieuw, pakket__code="1A").update(tekst="Wat <b>we</b> niet doen.")

        html = scherm(client, rollen, "publicist", nieuw)

        assert "Verschil met Programmabegroting 2025, versie 1" in html
        assert "\u2212€\u00a01.250" in html and "geen toelichting gegeven" in html
        assert "&lt;b&gt;we&lt;/b&gt;" in html and "<b>we</b>" not in html
        assert "Primaire begroting 2025, verschil per programma" in html
        anders = scherm(client, rollen, "publicist", nieuw, kolom="primair-2027")
        assert "Primaire begroting 2027, verschil per programma" in anders
        assert "Primaire begroting 2025, verschil" in scherm(client, rollen, "publicist", nieuw, kolom="onzin")

    def test_elk_verschil_leidt_naar_wie_het_maakte(self, client: Client, rollen: Rollen) -> None:
        """The history of an amount, a text, a new row and a line that is gone: each a page that exists."""
        nieuw = publicatie.maak_concept(maak_gepubliceerd(rollen, 2), door=rollen.redacteur)
        with namens(rollen.redacteur2.pk):
            Bedrag.objects.filter(versie=nieuw, regel__sleutel="p1-lasten", kolom__jaar=2025).update(euro=-1250)
            Sectie.objects.filter(versie=nieuw, pakket__code="1A").update(tekst="Anders.")
            Begrotingsregel.objects.get(versie=nieuw, sleutel="p2-baten").delete()
            maak_regel(nieuw, Pakket.objects.get(versie=nieuw, code="1A"), [], "baten", sleutel="p1-leges")

        html = scherm(client, rollen, "publicist", nieuw)

        regel = Begrotingsregel.objects.get(versie=nieuw, sleutel="p1-lasten")
        sporen = dict(re.findall(r'<small class="spoor"><a href="([^"]+)">([^<]+)<', html))
        cel = reverse("admin:historie_cel", args=[regel.pk, Kolom.objects.get(versie=nieuw, jaar=2025).pk])
        tekst = reverse(
            "admin:historie_rij", args=["programma_sectie", Sectie.objects.get(versie=nieuw, tekst="Anders.").pk]
        )
        assert sporen[cel].startswith("rik, ") and sporen[tekst].startswith("rik, ")
        assert sporen[f"{reverse('admin:historie_versie', args=[nieuw.pk])}?soort=-"] == "wat is verwijderd"
        for adres in sporen:
            assert client.get(adres).status_code == 200, adres
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r'id="([^"]+)"', html))
        assert '<a href="#verschil-regels">2 regels erbij of eraf</a>' in html
        assert "nieuw: soort baten" in html and "vervallen</strong> (was er: soort baten" in html

    def test_een_rij_van_een_tekst_die_anders_is(self, client: Client, rollen: Rollen) -> None:
        """Of a table and a list only the row and the item that changed are shown."""
        lijst = "<ul><li>politie</li><li>brandweer</li></ul>"
        oud = f'{lijst}<table><tbody><tr><th scope="col">Post</th></tr>{{}}</tbody></table>'
        rijen = "<tr><td>Dronten, {} auto’s</td></tr><tr><td>Swifterbant</td></tr>"
        versie = maak_concept(rollen)
        with namens(rollen.redacteur.pk):
            Sectie.objects.filter(versie=versie).update(tekst=oud.format(rijen.format(2)))
        nieuw = publicatie.maak_concept(publiceer(versie, rollen), door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            Sectie.objects.filter(versie=nieuw).update(tekst=oud.format(rijen.format(3)))

        blok = (
            scherm(client, rollen, "publicist", nieuw).split('<section class="tekstverschil"')[1].split("</section>")[0]
        )

        assert "Dronten, <del>" in blok and "3</ins> auto’s" in blok
        assert "brandweer" not in blok and "Swifterbant" not in blok
        assert "3 alinea’s bleven gelijk" in blok and "1 alinea bleef gelijk" in blok

    def test_wie_goedkeurt_leest_dat_publiceren_nog_niet_kan(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        assert "Let op:" not in scherm(client, rollen, "redacteur", versie)
        Sectie.objects.filter(versie=versie).delete()
        publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

        assert "Let op: 1 bevinding houdt publicatie tegen." in scherm(client, rollen, "publicist", versie)

    def test_een_gepubliceerde_versie_met_die_ervoor(self, client: Client, rollen: Rollen) -> None:
        eerste = maak_gepubliceerd(rollen)
        tweede = publicatie.maak_concept(eerste, door=rollen.redacteur)
        publicatie.dien_in(tweede, door=rollen.redacteur, samenvatting=SAMENVATTING)
        publicatie.keur_goed(tweede, door=rollen.publicist)
        publicatie.publiceer(tweede, door=rollen.publicist)
        assert "Eerste versie" in scherm(client, rollen, "auditor", eerste)
        assert "Verschil met Programmabegroting 2025, versie 1" in scherm(client, rollen, "auditor", tweede)


def test_wie_deed_wat(client: Client, rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    with namens(rollen.redacteur2.pk):
        Bedrag.objects.filter(versie=versie, kolom__jaar=2025).update(euro=-1)
    publicatie.dien_in(versie, door=rollen.redacteur, samenvatting=SAMENVATTING)

    mensen = scherm(client, rollen, "publicist", versie).split('<ul class="mensen">')[1].split("</section>")[0]

    assert re.findall(r"<strong>(\w+)</strong>", mensen) == ["rosa", "rik"]
    assert "2 bedragen gewijzigd" in mensen.split("rik")[1]
    assert "12 bedragen toegevoegd" in mensen and "ingediend op" in mensen


def test_een_kopie_maakt_niemand_tot_schrijver(client: Client, rollen: Rollen) -> None:
    kopie = publicatie.maak_concept(maak_gepubliceerd(rollen), door=rollen.redacteur)
    mensen = scherm(client, rollen, "publicist", kopie).split('<ul class="mensen">')[1].split("</section>")[0]
    assert "concept gemaakt op" in mensen and "toegevoegd" not in mensen


class TestVoortgang:
    @pytest.mark.parametrize("rol", ["redacteur", "publicist", "auditor", "beheerder"])
    def test_iedereen_die_de_versie_mag_zien(self, client: Client, rollen: Rollen, rol: str) -> None:
        versie = maak_concept(rollen)
        client.force_login(getattr(rollen, rol))
        html = client.get(reverse("admin:programma_versie_voortgang", args=[versie.pk])).content.decode()
        assert "Hoe ver is elk onderdeel?" in html and "<strong>klaar</strong>" in html

    def test_een_schrijver_niet(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.schrijver)
        for adres in (
            reverse("admin:programma_versie_voortgang", args=[versie.pk]),
            reverse("admin:programma_versie_change", args=[versie.pk]),
            reverse("admin:vergelijken"),
            f"{reverse('admin:vergelijken_csv')}?a={versie.pk}&b={versie.pk}",
        ):
            assert client.get(adres).status_code == 403, adres

    def test_onbekend_en_post(self, client: Client, rollen: Rollen) -> None:
        versie = maak_concept(rollen)
        client.force_login(rollen.redacteur)
        assert client.get(reverse("admin:programma_versie_voortgang", args=[999999])).status_code == 404
        assert client.post(reverse("admin:programma_versie_voortgang", args=[versie.pk])).status_code == 405

    def test_elke_link_bestaat(self, client: Client, rollen: Rollen) -> None:
        """Each field of the matrix and each finding leads to a page, also where something is missing."""
        versie = maak_concept(rollen, 2)
        Sectie.objects.filter(versie=versie, pakket__code="1A").delete()
        Sectie.objects.filter(versie=versie).update(te_herzien=True)
        Begrotingsregel.objects.filter(versie=versie, pakket__code="2A").delete()
        client.force_login(rollen.redacteur)

        html = client.get(reverse("admin:programma_versie_voortgang", args=[versie.pk])).content.decode()

        blad = html.split('<div class="blad">')[1]
        adressen = {adres.replace("&amp;", "&").split("#")[0] for adres in re.findall(r'href="(/[^"]+)"', blad)}
        assert any("/sectie/add/?" in adres for adres in adressen)
        assert len(adressen) > 12
        for adres in adressen:
            assert client.get(adres).status_code == 200, adres


@pytest.mark.parametrize("naam", ["admin:programma_versie_change", "admin:programma_versie_voortgang"])
def test_aantal_vragen(client: Client, rollen: Rollen, django_assert_max_num_queries: Tel, naam: str) -> None:
    """As many for 1 programme as for 50, with a difference in each."""

    def vragen(jaar: int, programmas: int) -> int:
        oud = maak_gepubliceerd(rollen, programmas, maak_document(jaar, "jaarstukken"))
        nieuw = publicatie.maak_concept(oud, door=rollen.redacteur)
        with namens(rollen.redacteur.pk):
            Bedrag.objects.filter(versie=nieuw, kolom__jaar=2025).update(euro=7)
            Sectie.objects.filter(versie=nieuw).update(tekst="Anders.", te_herzien=True)
        client.force_login(rollen.redacteur)
        with django_assert_max_num_queries(60) as geteld:
            assert client.get(reverse(naam, args=[nieuw.pk])).status_code == 200
        return len(geteld)

    client.force_login(rollen.redacteur)
    client.get(reverse("admin:index"))  # the first visit of a session writes when it began
    assert vragen(2025, 1) == vragen(2024, 50) <= 45
