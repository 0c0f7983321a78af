"""What the libraries report about signing in, recorded as events, and what follows at once."""

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from portal.people import actions, sessions
from portal.people.models import CodeGuesses, the_portal


@receiver(user_logged_in)
def session_begins(request, user, **told):
    sessions.begin(request)


@receiver(account.user_logged_in)
def somebody_came_in(request, user, **told):
    ways = [record["method"] for record in get_authentication_records(request, user)]
    actions.sign_in(user, by=user, ways=ways)


@receiver(user_logged_out)
def somebody_left(request, user, **told):
    if user is not None and user.pk:
        actions.sign_out(user, by=user)


@receiver(account.login_code_rejected)
def code_was_wrong(request, user, **told):
    wrong_code(user, "code")


@receiver(mfa.authentication_failed)
def second_code_was_wrong(request, user, authenticator, **told):
    wrong_code(user, authenticator.type)


def wrong_code(person, way):
    if actions.refuse_code(person, by=the_portal(), way=way) == CodeGuesses.MOST:
        address = EmailAddress.objects.get_primary_email(person)
        if address:
            get_adapter().send_mail("account/email/codes_stopped", address, {})


@receiver(mfa.authenticator_added)
def factor_came(user, authenticator, **told):
    actions.add_factor(user, by=user, kind=authenticator.type)


@receiver(mfa.authenticator_removed)
def factor_went(user, authenticator, **told):
    actions.remove_factor(user, by=user, kind=authenticator.type)


@receiver(mfa.authenticator_reset)
def factor_was_renewed(user, authenticator, **told):
    actions.renew_factor(user, by=user, kind=authenticator.type)


@receiver(mfa.authenticator_used)
def factor_was_used(user, authenticator, reauthenticated, **told):
    if reauthenticated:
        actions.prove_again(user, by=user, way=authenticator.type)


@receiver(account.email_changed)
def address_was_changed(user, **told):
    SocialAccount.objects.filter(user=user).delete()  # found through the old address
    actions.change_address(user, by=user)
