"""What a class answers in the form, and what must be there when it is sent."""

from django.utils.translation import gettext as _

from grants.models.applications import WITH_ACCOUNT, NotSubmittable, looks_like_account

ANSWERS = (
    "purpose",
    "child_participation",
    "inclusion_measures",
    "budget_lines",
    "cost_per_family",
    "amount_requested",
    "payee_kind",
    "account",
    "account_holder",
    "relationship_to_decider",
    "terms",
    "reply_language",
)
WRITTEN = ("purpose", "child_participation", "inclusion_measures", "budget_lines")


def of_the_form(answers):
    return {name: value for name, value in answers.items() if name in ANSWERS}


def refuse_incomplete(application):
    texts = ("purpose", "child_participation", "inclusion_measures", "payee_kind", "terms", "amount_requested")
    facts = ("cost_per_family", "relationship_to_decider")
    if not all(getattr(application, name) for name in texts) or None in [getattr(application, name) for name in facts]:
        raise NotSubmittable(_("Something is missing. Go back to the form and answer every question."))
    if application.amount_requested > application.scheme.amount:
        raise NotSubmittable(
            _("You asked for more than the scheme gives. Go back to the form and write a lower amount.")
        )
    if application.payee_kind not in application.scheme.payees:
        raise NotSubmittable(_("The scheme does not pay in that way. Go back to the form and choose another."))
    has_account = looks_like_account(application.account or "", application.school.country)
    if application.payee_kind in WITH_ACCOUNT and not has_account:
        raise NotSubmittable(_("The account number does not look right. Check the digits."))
    if application.payee_kind in WITH_ACCOUNT and not application.account_holder:
        raise NotSubmittable(_("Write who has the account."))
