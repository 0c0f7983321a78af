"""Who may open each page of the two trees that are not ours: the sign-in library's and the admin's. Every name is
listed once, with its rule or among those that are not routed at all; those of a room's models beside its admin."""

from django.conf import settings
from django.contrib.admin import site
from django.urls import include

from portal.access import anyone, foreign, signed_in, staff

ACCOUNT = {
    "account_login": anyone,
    "account_request_login_code": anyone,
    "account_confirm_login_code": anyone,
    "account_confirm_email": anyone,  # the link in the mail to a new address; who asked for it has proved who they are
    "account_email": signed_in,
    "mfa_authenticate": anyone,
    "mfa_login_webauthn": anyone,
    "mfa_index": signed_in,
    "mfa_reauthenticate": signed_in,
    "mfa_reauthenticate_webauthn": signed_in,
    "mfa_activate_totp": signed_in,
    "mfa_deactivate_totp": signed_in,
    "mfa_view_recovery_codes": signed_in,
    "mfa_generate_recovery_codes": signed_in,
    "mfa_download_recovery_codes": signed_in,
    "mfa_list_webauthn": signed_in,
    "mfa_add_webauthn": signed_in,
    "mfa_remove_webauthn": signed_in,
    "mfa_edit_webauthn": signed_in,
    "usersessions_list": signed_in,
}
PROVIDERS = {
    "openid_connect_login": anyone,
    "openid_connect_callback": anyone,
    "socialaccount_login_cancelled": anyone,
    "socialaccount_login_error": anyone,
}
ACCOUNT_SHUT = {
    "account_logout",  # ours has the name
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_email_verification_sent",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "socialaccount_signup",
    "socialaccount_connections",
}


def account(*, with_providers=None):
    """An identity provider's pages exist only where one is configured."""
    has_providers = bool(settings.OIDC_PROVIDERS) if with_providers is None else with_providers
    open_to, shut = (ACCOUNT | PROVIDERS, ACCOUNT_SHUT) if has_providers else (ACCOUNT, ACCOUNT_SHUT | PROVIDERS.keys())
    return foreign(include("allauth.urls"), open_to=open_to, shut=shut)


ADMIN = dict.fromkeys(("index", "app_list", "logout", "jsi18n"), staff)
ADMIN_SHUT = {
    "login",  # with a password, which nobody has
    "password_change",
    "password_change_done",
    "autocomplete",
    "view_on_site",
}
NOBODYS_WINDOW = ("allauth.", "django.contrib.auth.")  # who can sign in, and with what


def shows(*models):
    """Register what the admin shows to the operator, who changes nothing there."""
    for model in models:
        _opened(model, ("changelist", "change", "history"))


def edits(*models, removes=False):
    """Register what the operator edits in the admin. Rows cannot be deleted unless `removes` says so."""
    for model in models:
        _opened(model, ("changelist", "change", "history", "add", *(("delete",) if removes else ())))


def _opened(model, pages):
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    ADMIN.update({f"{name}_{page}": staff for page in pages})
    ADMIN_SHUT.update(f"{name}_{page}" for page in ("add", "delete") if page not in pages)


def admin():
    """Models that others registered and nobody here should see are unregistered first."""
    for model in list(site._registry):
        if model.__module__.startswith(NOBODYS_WINDOW):
            site.unregister(model)
    return foreign(site.urls, open_to=ADMIN, shut=ADMIN_SHUT)
