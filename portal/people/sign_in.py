"""How django-allauth behaves here: no sign-up, mail in its reader's language, and the secrets of second factors
encrypted with the same keys as the sensitive columns."""

from contextlib import nullcontext

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse, SignupClosedException
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from encrypted_fields.fields import EncryptedTextField

from portal.people.models import CodeGuesses
from portal.people.proving import SPENT, owns

CODE = "account/email/login_code"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """An account comes with a confirmed relation or role, never by asking for one."""
        return False

    def pre_login(self, request, user, **kwargs):
        """After too many wrong codes today a right one opens nothing; a passkey and a provider still do."""
        ways = [record["method"] for record in get_authentication_records(request, user)]
        if ways[-1:] == ["code"] and CodeGuesses.are_spent(user):
            clear_login(request)
            messages.error(request, SPENT)
            return redirect("account_login")
        return super().pre_login(request, user, **kwargs)

    def respond_user_inactive(self, request, user):
        """The same answer as to a wrong code: nobody learns which accounts are closed."""
        messages.error(request, self.error_messages["incorrect_code"])
        return redirect("account_login")

    def send_mail(self, template_prefix, email, context):
        """In the recipient's language, or the page's where nobody is known. An account that has had too many wrong
        codes today is sent none."""
        owner = EmailAddress.objects.filter(email=email.lower()).order_by("-verified").select_related("user").first()
        person = getattr(owner, "user", None) or context.get("user")
        if template_prefix == CODE and owner and CodeGuesses.are_spent(person):
            return
        with translation.override(person.language) if person else nullcontext():
            super().send_mail(template_prefix, email, context)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False

    def authenticate_by_email(self, sociallogin):
        """Only by a proved address: one that was merely asked for is not theirs yet."""
        found = super().authenticate_by_email(sociallogin)
        return found if found and owns(*found) else None

    def pre_social_login(self, request, sociallogin):
        """A provider only ever tells who somebody is; it is never connected to an account from inside."""
        if sociallogin.state.get("process") == "connect":
            raise ImmediateHttpResponse(redirect(reverse("people:profile")))
        if not sociallogin.is_existing:
            raise SignupClosedException


class MFAAdapter(DefaultMFAAdapter):
    fernet = EncryptedTextField()

    def encrypt(self, text):
        return self.fernet.f.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return self.fernet.f.decrypt(encrypted_text.encode()).decode()
