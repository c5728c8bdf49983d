"""Forms of the admin as a browser sends them: with what the page showed."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client

GEZIEN = re.compile(r'name="gezien" value="([^"]+)"')


def gezien(client: Client, adres: str) -> str:
    """Open a form and return what it carries, to be sent with its save."""
    gevonden = GEZIEN.search(client.get(adres).content.decode())
    assert gevonden, f"{adres} carries nothing"
    return unescape(gevonden[1])


def bevestig(client: Client, adres: str, **velden: object):
    """Open a question of the admin (remove, action) and answer yes, as somebody who saw it."""
    if not velden:
        return client.post(adres, {"post": "yes", "gezien": gezien(client, adres)}, follow=False)
    vraag = client.post(adres, velden)
    gevonden = GEZIEN.search(vraag.content.decode())
    assert gevonden, f"{adres} asks nothing"
    return client.post(adres, {**velden, "post": "yes", "gezien": unescape(gevonden[1])})
