"""Somebody at a browser without JavaScript: opens pages, fills in the forms that stand there and sends them."""

from __future__ import annotations

import http.client
import re
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import IO

WACHT = 60  # seconds; the site gives up on a request of its own after as many


class GeenAntwoord(Exception):
    """The connection broke, or the site said that it failed: whether the operation was done is unknown."""


@dataclass(frozen=True, slots=True)
class Bestand:
    """A file that is sent with a form."""

    naam: str
    inhoud: bytes


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What came back: the status, the page, and where it leads to ("" when nowhere)."""

    status: int
    tekst: str
    naar: str

    def formulier(self, actie: str | re.Pattern[str] = "") -> dict[str, str]:
        """Return the fields of the form whose action holds `actie`, as a browser would send them untouched."""
        lezer = _Formulierlezer()
        lezer.feed(self.tekst)
        gevonden = [velden for waar, velden in lezer.formulieren if re.search(actie, waar)]
        assert gevonden, f"no form {actie!r} on a page with status {self.status}"
        return gevonden[0]


class _Formulierlezer(HTMLParser):
    """Collects the forms of a page: address and fields."""

    def __init__(self) -> None:
        super().__init__()
        self.formulieren: list[tuple[str, dict[str, str]]] = []
        self._keuze = ""
        self._tekstvak = ""
        self._zoekt = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, or a field of the last one."""
        a = {naam: waarde or "" for naam, waarde in attrs}
        if tag == "form":
            # The search box of the frame is no form that somebody came to fill in.
            self._zoekt = a.get("role") == "search"
            if not self._zoekt:
                self.formulieren.append((a.get("action", ""), {}))
            return
        if not self.formulieren or self._zoekt:
            return
        velden = self.formulieren[-1][1]
        naam, soort = a.get("name", ""), a.get("type", "text")
        if tag == "input" and naam and soort not in {"submit", "button", "file"}:
            if soort not in {"checkbox", "radio"} or "checked" in a:
                velden[naam] = a.get("value", "")
        elif tag == "select":
            self._keuze = naam
        elif tag == "option" and self._keuze and ("selected" in a or self._keuze not in velden):
            velden[self._keuze] = a.get("value", "")
        elif tag == "textarea":
            self._tekstvak = naam
            velden[naam] = ""

    def handle_endtag(self, tag: str) -> None:
        """Leave a field."""
        if tag == "select":
            self._keuze = ""
        elif tag == "textarea":
            self._tekstvak = ""

    def handle_data(self, data: str) -> None:
        """Add the text of a textarea; the first line feed belongs to the markup."""
        if self._tekstvak:
            velden = self.formulieren[-1][1]
            velden[self._tekstvak] = (velden[self._tekstvak] + data).removeprefix("\n")


class _Hier(urllib.request.HTTPRedirectHandler):
    """Stays where it is: the caller looks at what came back."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Follow nothing."""


class Klant:
    """One person with a session of their own. `open` waits until the site is up again."""

    def __init__(self, adres: str, open: Callable[[], None]) -> None:
        self._adres = adres
        self._open = open
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), _Hier())

    def meld_aan(self, naam: str, wachtwoord: str) -> None:
        """Log in through the page for it."""
        pad = "/beheer/aanmelden/?next=/beheer/"
        velden = self.lees(pad).formulier()
        antwoord = self.stuur(pad, {**velden, "login": naam, "password": wachtwoord})
        assert antwoord.naar == "/beheer/", f"{naam} could not log in: {antwoord.status}"

    def lees(self, pad: str) -> Antwoord:
        """Open a page; reading changes nothing, so it is asked again until there is an answer."""
        for _ in range(100):
            try:
                antwoord = self._vraag(urllib.request.Request(self._adres + pad))
            except GeenAntwoord:
                self._open()
                continue
            assert antwoord.status < 400, f"{pad}: {antwoord.status}"
            return antwoord
        raise AssertionError(f"{pad} gave no answer a hundred times, while the site said it was up")

    def haal(self, pad: str) -> bytes:
        """Return a file that is offered here, byte by byte. Raises HTTPError for what is refused."""
        with self._opener.open(self._adres + pad, timeout=WACHT) as antwoord:
            inhoud: bytes = antwoord.read()
            return inhoud

    def volg(self, antwoord: Antwoord) -> Antwoord:
        """Open what an answer leads to."""
        assert antwoord.naar, f"leads nowhere: {antwoord.status}"
        return self.lees(antwoord.naar)

    def stuur(self, pad: str, velden: Mapping[str, str], bestand: Bestand | None = None) -> Antwoord:
        """Send a form, once. Raises GeenAntwoord."""
        if bestand is None:
            return self._vraag(urllib.request.Request(self._adres + pad, urllib.parse.urlencode(velden).encode()))
        grens = secrets.token_hex(16)
        delen = [
            f'--{grens}\r\nContent-Disposition: form-data; name="{naam}"\r\n\r\n{waarde}\r\n'.encode()
            for naam, waarde in velden.items()
        ]
        kop = f'--{grens}\r\nContent-Disposition: form-data; name="bestand"; filename="{bestand.naam}"\r\n\r\n'
        inhoud = b"".join([*delen, kop.encode(), bestand.inhoud, f"\r\n--{grens}--\r\n".encode()])
        koppen = {"Content-Type": f"multipart/form-data; boundary={grens}"}
        return self._vraag(urllib.request.Request(self._adres + pad, inhoud, koppen))

    def _vraag(self, verzoek: urllib.request.Request) -> Antwoord:
        try:
            with self._opener.open(verzoek, timeout=WACHT) as antwoord:
                return Antwoord(antwoord.status, antwoord.read().decode(), "")
        except urllib.error.HTTPError as fout:
            if fout.code >= 500:
                raise GeenAntwoord(str(fout.code)) from fout
            with fout:
                return Antwoord(fout.code, _of_niets(fout), fout.headers.get("Location", ""))
        except (OSError, http.client.HTTPException) as fout:
            raise GeenAntwoord(str(fout)) from fout


def _of_niets(fout: urllib.error.HTTPError) -> str:
    try:
        return fout.read().decode()
    except (OSError, http.client.HTTPException) as gebroken:
        raise GeenAntwoord(str(gebroken)) from gebroken
