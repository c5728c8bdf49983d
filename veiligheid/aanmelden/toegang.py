"""Who may have a session at all."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend


class Medewerkers(ModelBackend):
    """Active accounts of people who work in the admin; asked again at every request, so switching off works at once."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Return whether this account is active and may enter the admin."""
        return super().user_can_authenticate(user) and bool(user.is_staff)
