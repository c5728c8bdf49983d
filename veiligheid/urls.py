"""All addresses. The apps are named by string: the ground does not lean on the rooms above it."""

from django.contrib import admin
from django.urls import include, path

from veiligheid import views

urlpatterns = [
    path("gezond/levend", views.levend, name="levend"),
    path("gezond/gereed", views.gereed, name="gereed"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("security.txt", views.naar_security_txt, name="naar_security_txt"),
    path("toegankelijkheid/", views.toegankelijkheid, name="toegankelijkheid"),
    path("privacy/", views.privacy, name="privacy"),
    path("colofon/", views.colofon, name="colofon"),
    path("thema/<slug:kenmerk>.css", views.thema, name="thema"),
    path("thema/logo-<slug:kenmerk>.<slug:extensie>", views.logo, name="logo"),
    path("beheer/aanmelden/", include("veiligheid.aanmelden.urls")),
    path("beheer/", admin.site.urls),
    path("", include("programma.urls")),
]

handler400 = "veiligheid.views.fout_400"
handler403 = "veiligheid.views.fout_403"
handler404 = "veiligheid.views.fout_404"
handler429 = "veiligheid.views.fout_429"
handler500 = "veiligheid.views.fout_500"
