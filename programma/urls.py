"""The public addresses (ONTWERP.md section 5). Each page of a version exists for the current and for a fixed one."""

from django.urls import include, path

from programma import views
from programma.bladzijden import (
    BLADZIJDEN,
    begrippen,
    dossier,
    home,
    indicatoren,
    nieuws,
    opendata,
    partijen,
    vergelijken,
    zoeken,
)

app_name = "programma"

bladzijden = [path(pad, views.bladzijde(toon), name=naam) for pad, naam, toon in BLADZIJDEN]

urlpatterns = [
    path("", home.toon, name="home"),
    path("vergelijken/", vergelijken.toon, name="vergelijken"),
    path("vergelijken/verschil.csv", vergelijken.csv, name="verschil_csv"),
    path("verbonden-partijen/", partijen.lijst, name="partijen"),
    path("verbonden-partijen/partijen.csv", partijen.lijst_csv, name="partijen_csv"),
    path("verbonden-partijen/<slug:partij>/", partijen.toon, name="partij"),
    path("indicatoren/", indicatoren.lijst, name="indicatoren"),
    path("indicatoren.csv", indicatoren.lijst_csv, name="indicatoren_csv"),
    path("indicatoren/<slug:indicator>/", indicatoren.toon, name="indicator"),
    path("indicatoren/<slug:indicator>.csv", indicatoren.tabel_csv, name="indicator_csv"),
    path("zoeken/", zoeken.toon, name="zoeken"),
    path("begrippen/", begrippen.toon, name="begrippen"),
    path("open-data/", opendata.toon, name="open_data"),
    path("open-data/begroting.schema.json", opendata.schema, name="begroting_schema"),
    path("open-data/verifieer.py", dossier.verifieer, name="verifieer"),
    path("open-data/ankers.csv", opendata.ankers_csv, name="ankers_csv"),
    path("nieuw.atom", nieuws.feed, name="nieuw"),
    path("sitemap.xml", nieuws.sitemap, name="sitemap"),
    path("<slug:document>/", include(bladzijden)),
    path("<slug:document>/versie/<int:nummer>/", include((bladzijden, "programma"), namespace="versie")),
]
