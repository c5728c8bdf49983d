"""The form field for rich text, without a browser."""

from __future__ import annotations

import pytest
from django import forms

from veiligheid.tekstveld import LANGST, Tekstveld


class Formulier(forms.Form):
    """One text."""

    tekst = Tekstveld()


@pytest.mark.parametrize(
    ("invoer", "bewaard"),
    [
        ("Gewoon.\r\n\r\nNog een.", "<p>Gewoon.</p><p>Nog een.</p>"),
        ("<p onclick=x>a<script>b</script></p>", "<p>a</p>"),
        ("3 < 4", "<p>3 &lt; 4</p>"),
        ("<p><b>a</b></p>\n\nlos erachter\n\nen nog", "<p><strong>a</strong></p><p>los erachter</p><p>en nog</p>"),
    ],
)
def test_wat_eruit_komt_is_schoon(invoer: str, bewaard: str) -> None:
    formulier = Formulier({"tekst": invoer})
    assert formulier.is_valid()
    assert formulier.cleaned_data["tekst"] == bewaard


@pytest.mark.parametrize("invoer", ["", "  ", "<p></p>", "<p>&nbsp;<br></p>", "<table><tr><td></td></tr></table>"])
def test_leeg_is_leeg(invoer: str) -> None:
    formulier = Formulier({"tekst": invoer})
    assert not formulier.is_valid()
    assert formulier.errors["tekst"] == ["Dit veld is verplicht."]


def test_te_lang_is_een_zin() -> None:
    formulier = Formulier({"tekst": "<p>" + "a" * LANGST + "</p>"})
    assert not formulier.is_valid()
    assert "te lang" in formulier.errors["tekst"][0]


def test_een_oude_tekst_opent_als_alineas() -> None:
    html = str(Formulier(initial={"tekst": "een\n\n<twee>"})["tekst"])
    assert "&lt;p&gt;een&lt;/p&gt;&lt;p&gt;&amp;lt;twee&amp;gt;&lt;/p&gt;" in html
    assert 'data-tekstveld="/static/django_prose_editor/editor.js"' in html
    assert "required" not in html


def test_gewijzigd_gaat_over_de_tekst_en_niet_over_de_tags() -> None:
    veld = Tekstveld()
    assert not veld.has_changed("een", "<p>een</p>")
    assert not veld.has_changed("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>")
    assert not veld.has_changed(None, "<p></p>")
    assert veld.has_changed("<p>a</p>", "<p><strong>a</strong></p>")


def test_niets_in_de_media_staat_in_de_pagina_zelf() -> None:
    """The policy allows no inline script or style: each tag names a file."""
    media = str(Formulier().media)
    assert media.count("<script") == media.count("<script src=") == 1
    assert "<style" not in media and 'type="module"' in media
