"""What the web server itself answers to a request that it cannot read: such a request never reaches the site: pure.

Its own pages are English, repeat what was sent, and carry none of our headers. These are Dutch and always the same.
"""

from __future__ import annotations

from http import HTTPStatus

# As on every answer (settings.SECURE_CSP and veiligheid.middleware); a page of this kind has no script and no form.
KOPPEN = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'none'; frame-ancestors 'none'; "
        "base-uri 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Connection": "close",
}
TE_LANG = "Het adres is te lang", "Het adres heeft meer dan 4.000 tekens. Controleer het adres in uw browser."
TE_VEEL = (
    "Uw browser stuurt te veel mee",
    "Dat zijn vaak cookies van andere sites op hetzelfde adres. Wis de cookies van deze site en probeer het opnieuw.",
)
ONLEESBAAR = "Dit verzoek klopt niet", "De server begrijpt dit verzoek niet. Controleer het adres in uw browser."
AAN_ONS = "Er ging iets mis", "Dat ligt aan ons. Probeer het over een paar minuten opnieuw."
ZINNEN = {414: TE_LANG, 431: TE_VEEL, 500: AAN_ONS}


def antwoord(status: int) -> bytes:
    """Return a whole HTTP answer for this status. What was sent is not in it."""
    kop, uitleg = ZINNEN.get(status, ONLEESBAAR)
    pagina = (
        f'<!DOCTYPE html>\n<html lang="nl" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n'
        f'<title>{kop}</title>\n<link rel="stylesheet" href="/static/veiligheid/stijl.css">\n</head>\n<body>\n'
        f'<main id="inhoud" class="breedte fout">\n<h1>{kop}</h1>\n<p class="intro">{uitleg}</p>\n'
        f'<p><a href="/">Naar de beginpagina</a></p>\n</main>\n</body>\n</html>\n'
    ).encode()
    regels = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    regels += [f"{naam}: {waarde}" for naam, waarde in (KOPPEN | {"Content-Length": str(len(pagina))}).items()]
    return "\r\n".join([*regels, "", ""]).encode("ascii") + pagina
