"""The public addresses (ONTWERP.md section 5). Each page exists for the current and for a fixed version."""

from django.urls import include, path

from programma import views

app_name = "programma"

bladzijden = [
    path("", views.document, name="document"),
    path("begroting.csv", views.begroting_csv, name="begroting_csv"),
    path("programma/<slug:programma>/", views.programma, name="programma"),
    path("programma/<slug:programma>/tabel.csv", views.tabel_csv, name="tabel_csv"),
    path("programma/<slug:programma>/begroting.csv", views.begroting_csv, name="programma_csv"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:document>/", include(bladzijden)),
    path("<slug:document>/versie/<int:nummer>/", include((bladzijden, "programma"), namespace="versie")),
]
