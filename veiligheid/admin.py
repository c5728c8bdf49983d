"""Accounts in the admin. Who manages accounts cannot give themselves more than they have."""

from __future__ import annotations

from typing import Any

from allauth.account import admin as _account  # noqa: F401  registers what is taken off below
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _mfa  # noqa: F401
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as _socialaccount  # noqa: F401
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.views.decorators.http import require_POST

from veiligheid.aanmelden.logboek import noteer

# The second step and the login service have their own pages; here a beheerder could read or forge what proves a person.
for _model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)
admin.site.unregister(User)


@admin.register(User)
class GebruikerAdmin(UserAdmin):  # type: ignore[type-arg]
    """Accounts and their roles. Rights come from roles only; superusers and oneself are out of reach."""

    # Rights of one person beside the roles are not offered at all.
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Wie is het?", {"fields": ("first_name", "last_name", "email")}),
        ("Wat mag deze persoon?", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("Momenten", {"fields": ("last_login", "date_joined")}),
    )
    # Django's two lists side by side need a mouse and inline styles; five roles are five boxes.
    filter_horizontal = ()
    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        (
            "Wie is het?",
            {
                "fields": ("first_name", "last_name", "email", "groups"),
                "description": (
                    "Kies een rol bij Groepen. Met het e-mailadres herkent de aanmelddienst van uw organisatie dit "
                    "account, als die er is."
                ),
            },
        ),
    )

    def _mag_alles(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_superuser", False))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Return what only a superuser may set."""
        vast = [] if self._mag_alles(request) else ["is_superuser"]
        return [*super().get_readonly_fields(request, obj), *vast, "last_login", "date_joined"]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the roles as boxes to tick."""
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse a superuser and oneself: nobody widens their own rights or takes over who has more."""
        if obj is not None and not self._mag_alles(request) and (obj.is_superuser or obj.pk == request.user.pk):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody removes an account: rows name it. Switch it off instead."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new account may enter the admin: it is for nothing else."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        """Add the way to take somebody's second step away."""
        wissen = path(
            "<int:pk>/aanmelden-wissen/",
            self.admin_site.admin_view(require_POST(self.wis_aanmelden)),
            name="auth_user_wis_aanmelden",
        )
        return [wissen, *super().get_urls()]

    def wis_aanmelden(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove second step, recovery codes and binding to the login service of somebody who lost them; record it."""
        gebruiker = self.get_object(request, str(pk))
        if gebruiker is None:
            raise Http404
        if not self.has_change_permission(request, gebruiker):
            raise PermissionDenied
        with transaction.atomic():
            Authenticator.objects.filter(user=gebruiker).delete()
            SocialAccount.objects.filter(user=gebruiker).delete()
            self.log_change(request, gebruiker, "Tweede stap en koppeling met de aanmelddienst gewist.")
        noteer(request, "tweede stap wissen", "gelukt", wie=request.user.pk, doel=gebruiker.pk)
        messages.success(
            request,
            f"De tweede stap van {gebruiker.get_username()} is gewist. "
            "Bij de volgende keer aanmelden stelt deze collega een nieuwe in.",
        )
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[gebruiker.pk]))
