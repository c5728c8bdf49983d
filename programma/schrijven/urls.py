"""The addresses of a schrijver, behind the gate of the admin."""

from django.contrib import admin
from django.urls import path

from programma.schrijven import views

app_name = "schrijven"

urlpatterns = [
    path("", admin.site.admin_view(views.lijst), name="lijst"),
    path("<int:sleutel>/", admin.site.admin_view(views.opdracht), name="opdracht"),
]
