"""How django-allauth behaves here: nobody signs themselves up, and what proves who one is lies encrypted."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from encrypted_fields.fields import EncryptedTextField


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """An account comes with a confirmed relation or role, never by asking for one."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted with the same keys as the sensitive columns."""

    fernet = EncryptedTextField()

    def encrypt(self, text):
        return self.fernet.f.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return self.fernet.f.decrypt(encrypted_text.encode()).decode()
