"""Accounts in the admin. Who manages accounts cannot give themselves more than they have."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

admin.site.unregister(User)


@admin.register(User)
class GebruikerAdmin(UserAdmin):  # type: ignore[type-arg]
    """Accounts and their roles. Rights come from roles only; superusers and oneself are out of reach."""

    def _mag_alles(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_superuser", False))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Return what only a superuser may set."""
        vast = [] if self._mag_alles(request) else ["is_superuser", "user_permissions"]
        return [*super().get_readonly_fields(request, obj), *vast, "last_login", "date_joined"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse a superuser and oneself: nobody widens their own rights or takes over who has more."""
        if obj is not None and not self._mag_alles(request) and (obj.is_superuser or obj.pk == request.user.pk):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody removes an account: rows name it. Switch it off instead."""
        return False
