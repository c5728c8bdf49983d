"""All addresses. The apps are named by string: the ground does not lean on the rooms above it."""

from django.contrib import admin
from django.urls import include, path

from veiligheid import views

urlpatterns = [
    path("gezond/levend", views.levend, name="levend"),
    path("gezond/gereed", views.gereed, name="gereed"),
    path("robots.txt", views.robots, name="robots"),
    path("beheer/aanmelden/", include("veiligheid.aanmelden.urls")),
    path("beheer/", admin.site.urls),
    path("", include("programma.urls")),
]

handler400 = "veiligheid.views.fout_400"
handler403 = "veiligheid.views.fout_403"
handler404 = "veiligheid.views.fout_404"
handler429 = "veiligheid.views.fout_429"
handler500 = "veiligheid.views.fout_500"
