"""How the sign-in library behaves here, wherever it runs: settings that no environment changes."""

ACCOUNT_ADAPTER = "portal.people.sign_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "portal.people.proving.SignInForm",
    "request_login_code": "portal.people.proving.CodeRequestForm",
}
ACCOUNT_RATE_LIMITS = {  # by IP address: a whole school's families may share one
    "login": "600/m/ip",
    "request_login_code": "600/m/ip,3/m/key",
    "login_failed": "600/m/ip,5/300s/key",
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # people sign in with a vouched-for address, never with a contact's
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
MFA_ADAPTER = "portal.people.sign_in.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "activate_totp": "portal.people.proving.CodeAppForm",
    "add_webauthn": "portal.people.proving.PasskeyForm",
    "authenticate": "portal.people.proving.SecondCodeForm",
    "reauthenticate": "portal.people.proving.SecondCodeAgainForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
MFA_TOTP_ISSUER = "Skolebro"
SOCIALACCOUNT_ADAPTER = "portal.people.sign_in.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # only with an address that the provider says is verified
