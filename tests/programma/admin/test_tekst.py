"""Texts in the admin: what is stored is clean, and who cannot change a text sees it as readers do."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from programma.models import Sectie
from tests.bouwers import Rollen, maak_concept
from tests.formulieren import gezien
from veiligheid.namens import namens


def scherm(sectie: Sectie) -> str:
    """Return the address of the screen of a text."""
    return reverse("admin:programma_sectie_change", args=[sectie.pk])


def test_wat_wordt_bewaard_is_schoon(client: Client, rollen: Rollen) -> None:
    """Also from a hand-made form."""
    sectie = Sectie.objects.get(versie=maak_concept(rollen))
    client.force_login(rollen.redacteur)
    tekst = (
        '<p onclick="x()">a<script>alert(1)</script><a href="javascript:x">b</a></p><iframe src="//kwaad.nl"></iframe>'
    )
    velden = {"pakket": sectie.pakket_id, "programma": "", "paragraaf": "", "kop": "Inhoud", "thema": "", "volgorde": 1}

    antwoord = client.post(scherm(sectie), {**velden, "tekst": tekst, "gezien": gezien(client, scherm(sectie))})

    assert antwoord.status_code == 302
    sectie.refresh_from_db()
    assert sectie.tekst == "<p>ab</p>"
    leeg = client.post(scherm(sectie), {**velden, "tekst": "<p>&nbsp;</p>", "gezien": gezien(client, scherm(sectie))})
    assert leeg.status_code == 200 and "Dit veld is verplicht." in leeg.content.decode()


def test_het_scherm_opent_een_oude_tekst_als_alineas(client: Client, rollen: Rollen) -> None:
    sectie = Sectie.objects.get(versie=maak_concept(rollen))
    client.force_login(rollen.redacteur)
    antwoord = client.get(scherm(sectie))
    html = antwoord.content.decode()
    assert "&lt;p&gt;Wat we doen.&lt;/p&gt;" in html
    assert html.count("Wat we doen.") == 1
    assert antwoord["Content-Security-Policy"].count("unsafe") == 0
    assert "script-src 'self';" in antwoord["Content-Security-Policy"]


def test_wie_alleen_leest_ziet_opmaak_en_geen_tags(client: Client, rollen: Rollen) -> None:
    versie = maak_concept(rollen)
    with namens(rollen.redacteur.pk):
        Sectie.objects.filter(versie=versie).update(tekst="<p>Een <strong>vet</strong><script>x</script> woord.</p>")
    client.force_login(rollen.auditor)
    html = client.get(scherm(Sectie.objects.get(versie=versie))).content.decode()
    assert "<p>Een <strong>vet</strong> woord.</p>" in html
    assert "&lt;strong&gt;" not in html and "<textarea" not in html
