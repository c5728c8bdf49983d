"""Addresses of logging in, under /beheer/aanmelden/.

The names are allauth's, which looks them up. Its other addresses (sign-up, e-mail, password reset) do not exist here.
"""

from django.urls import path

from veiligheid.aanmelden import schermen

DIENST = {"provider_id": schermen.PROVIDER}

urlpatterns = [
    path("", schermen.aanmelden, name="account_login"),
    path("wachtwoord/", schermen.wachtwoord_opnieuw, name="account_reauthenticate"),
    path("code/", schermen.code, name="mfa_authenticate"),
    path("code/opnieuw/", schermen.code_opnieuw, name="mfa_reauthenticate"),
    path("tweede-stap/", schermen.tweede_stap, name="mfa_index"),
    path("tweede-stap/app/", schermen.app_instellen, name="mfa_activate_totp"),
    path("tweede-stap/app/weg/", schermen.app_weghalen, name="mfa_deactivate_totp"),
    path("tweede-stap/herstelcodes/", schermen.herstelcodes, name="mfa_view_recovery_codes"),
    path("tweede-stap/herstelcodes/nieuw/", schermen.herstelcodes_nieuw, name="mfa_generate_recovery_codes"),
    path("tweede-stap/sleutel/", schermen.sleutel_toevoegen, name="mfa_add_webauthn"),
    path("tweede-stap/sleutel/opnieuw/", schermen.sleutel_opnieuw, name="mfa_reauthenticate_webauthn"),
    path("tweede-stap/sleutel/<int:pk>/", schermen.sleutel_naam, name="mfa_edit_webauthn"),
    path("tweede-stap/sleutel/<int:pk>/weg/", schermen.sleutel_weghalen, name="mfa_remove_webauthn"),
    path("dienst/", schermen.naar_dienst, DIENST, name="openid_connect_login"),
    path("dienst/antwoord/", schermen.van_dienst, DIENST, name="openid_connect_callback"),
    path("dienst/afgebroken/", schermen.dienst_afgebroken, name="socialaccount_login_cancelled"),
]
