"""proef"""
from django.test import Client
from django.urls import reverse
from tests.bouwers import maak_concept
from tests.programma.invoer.stukken import bestand
from django.core.files.uploadedfile import SimpleUploadedFile
from programma.models import Import

def test_proef(client: Client, rollen):
    versie = maak_concept(rollen, 2)
    client.force_login(rollen.redacteur)
    a = client.get(reverse("admin:programma_import_nieuw")+f"?versie={versie.pk}&soort=regels")
    assert a.status_code == 200
    inh = bestand(versie, "regels", "csv").replace(b"-1000.00", b"-1234.50", 1)
    a = client.post(reverse("admin:programma_import_nieuw"), {"versie": versie.pk, "soort": "", "bestand": SimpleUploadedFile("x.csv", inh)})
    assert a.status_code == 302, a.content.decode()
    a2 = client.get(a["Location"])
    open("/tmp/h.html","wb").write(a2.content)
    assert a2.status_code == 200
    form = a2.context["formulier"]
    data = {f.html_name: f.value() for f in form}
    a3 = client.post(a["Location"], {**data, "actie": "controleer"})
    open("/tmp/h2.html","wb").write(a3.content)
    assert a3.status_code == 302
    a4 = client.get(a3["Location"])
    open("/tmp/c.html","wb").write(a4.content)
    assert a4.status_code == 200
    inv = Import.objects.get()
    a5 = client.post(reverse("admin:programma_import_bevestigen", args=[inv.pk]), {"controle": inv.controle}, follow=True)
    open("/tmp/b.html","wb").write(a5.content)
    assert "is geïmporteerd" in a5.content.decode()
    a6 = client.post(reverse("admin:programma_import_ongedaan", args=[inv.pk]), follow=True)
    assert "ongedaan gemaakt" in a6.content.decode()
