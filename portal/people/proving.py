"""The library's forms with our limits, and a code by mail to prove anew who one is without a second factor."""

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _

from portal.people.models import CodeGuesses
from portal.text import forms

SESSION_KEY = "proving"
SPENT = _("Codes do not work until tomorrow. We have written to you why.")


def owns(person, address):
    """Whether the person has proved this address, not merely asked to change to it."""
    return person and EmailAddress.objects.filter(user=person, email=address.lower(), verified=True).exists()


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label=_("The e-mail that the school has"),
            help_text=_("We send you a code. You need no password."),
            widget=forms.EmailInput(attrs={"autocomplete": "email webauthn"}),
        )

    def clean(self):
        given = super().clean()
        if not owns(self.user, given.get("login", "")):
            self.user = None
        return given


class CodeRequestForm(RequestLoginCodeForm):
    def clean_email(self):
        email = super().clean_email()
        if not owns(self._user, email):
            self._user = None
        return email


class _Rationed:
    """Once an account has had too many wrong codes today, no second-factor code is even checked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code of the code app, or a recovery code")
        self.fields["code"].widget.attrs.pop("placeholder", None)

    def clean_code(self):
        if CodeGuesses.are_spent(self.user):
            raise forms.ValidationError(SPENT)
        return super().clean_code()


class SecondCodeForm(_Rationed, AuthenticateForm):
    pass


class SecondCodeAgainForm(_Rationed, ReauthenticateForm):
    pass


class CodeAppForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code that the app shows now")
        self.fields["code"].widget.attrs.pop("placeholder", None)


class PasskeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What do you call it?")
        self.fields["passwordless"].label = _("Sign in with it alone, without a code by e-mail")
        self.fields["passwordless"].help_text = _("It then asks for your finger, your face or its lock each time.")


class ProofForm(ConfirmLoginCodeForm):
    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_code(self):
        if CodeGuesses.are_spent(self.person):
            raise forms.ValidationError(SPENT)
        return super().clean_code()


class Proof(AbstractCodeVerificationProcess):
    """One code, sent to the sign-in address; it stays in the session until it is used or spent."""

    def __init__(self, request, state):
        self.request = request
        super().__init__(
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            state=state,
            user=request.user,
        )

    @classmethod
    def begun(cls, request):
        state = request.session.get(SESSION_KEY)
        return cls(request, state).abort_if_invalid() if state else None

    @classmethod
    def begin(cls, request):
        """Returns None when there is no address, or too many codes have been requested."""
        address = EmailAddress.objects.filter(user=request.user, verified=True).first()
        rate = {"app": "allauth.account", "action": "request_login_code"}
        if address is None or not ratelimit.consume(request, key=address.email, **rate):
            return None
        proof = cls(request, cls.initial_state(user=request.user, email=address.email))
        proof.state["code"] = get_adapter().generate_login_code()
        proof.send()
        proof.persist()
        return proof

    def send(self):
        get_adapter().send_mail("account/email/login_code", self.state["email"], {"code": self.code})

    def persist(self):
        self.request.session[SESSION_KEY] = self.state

    def abort(self):
        self.request.session.pop(SESSION_KEY, None)
