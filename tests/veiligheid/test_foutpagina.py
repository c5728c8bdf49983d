"""The page of a failure names the request, so that its log line can be found; no other error page does."""

from __future__ import annotations

from django.test import RequestFactory

from veiligheid.logregels import verzoek_id
from veiligheid.views import fout_404, fout_500


def test_een_storing_noemt_haar_kenmerk() -> None:
    bewijs = verzoek_id.set("abc123")
    try:
        storing = fout_500(RequestFactory().get("/"))
        weg = fout_404(RequestFactory().get("/"), ValueError())
    finally:
        verzoek_id.reset(bewijs)

    assert (storing.status_code, "abc123" in storing.content.decode()) == (500, True)
    assert (weg.status_code, "abc123" in weg.content.decode()) == (404, False)
