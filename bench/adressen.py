"""The site's addresses, and beside them one bare view that answers with the bytes it was given."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

INHOUD = {"pagina": b""}


def kaal(request: HttpRequest) -> HttpResponse:
    """Answer with ready bytes: what Django and our middleware cost at the least."""
    return HttpResponse(INHOUD["pagina"])


urlpatterns = [path("kaal/", kaal), path("", include("veiligheid.urls"))]
