"""x"""

from django.urls import reverse

from programma.models import Programma
from tests.bouwers import maak_concept


def test_x(client, rollen, django_assert_num_queries):
    v = maak_concept(rollen)
    client.force_login(rollen.redacteur)
    p = Programma.objects.get(versie=v)
    a = client.get(reverse("admin:programma_programma_rooster", args=[p.pk]))
    assert a.status_code == 200
    print(a.content.decode())
