"""The public addresses (ONTWERP.md section 5). Each page of a version exists for the current and for a fixed one."""

from django.urls import include, path

from programma import views
from programma.bladzijden import BLADZIJDEN

app_name = "programma"

bladzijden = [path(pad, views.bladzijde(toon), name=naam) for pad, naam, toon in BLADZIJDEN]

urlpatterns = [
    path("", views.home, name="home"),
    path("open-data/", views.open_data, name="open_data"),
    path("nieuw.atom", views.nieuw, name="nieuw"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("<slug:document>/", include(bladzijden)),
    path("<slug:document>/versie/<int:nummer>/", include((bladzijden, "programma"), namespace="versie")),
]
