"""A scheme's money shared out among its schools: never more than there is, never less than a school has given."""

from django.utils.translation import gettext as _

from grants.models import GrantScheme, SchoolBudget
from grants.models.schemes import SharesTooMuch
from grants.queries import given_by_school
from portal.people.models import School
from portal.speech import money


def share(scheme: GrantScheme, amounts: dict[School, int | None]) -> None:
    """Within an action that has locked the scheme. A school without an amount draws on what is not shared out."""
    given = given_by_school([scheme])
    for school, amount in amounts.items():
        spent = given.get((scheme.pk, school.pk), 0)
        if amount is not None and amount < spent:
            raise SharesTooMuch(
                _("%(school)s has given %(given)s already. Its share cannot be smaller.")
                % {"school": school.name, "given": money(spent)}
            )
    _refuse_beyond_all(scheme, amounts, given)
    for school, amount in amounts.items():
        if amount is None:
            SchoolBudget.objects.filter(scheme=scheme, school=school).delete()
        else:
            SchoolBudget.objects.update_or_create(scheme=scheme, school=school, defaults={"amount": amount})


def _refuse_beyond_all(scheme, amounts, given):
    """What schools without a share have given cannot be shared out any more."""
    if scheme.budget is None:
        return
    stays = dict(scheme.school_budgets.values_list("school", "amount"))
    shares = stays | {school.pk: amount for school, amount in amounts.items()}
    shared = sum(amount or 0 for amount in shares.values())
    gone = sum(amount for (_scheme, school), amount in given.items() if shares.get(school) is None)
    if shared + gone <= scheme.budget:
        return
    words = {"shared": shared, "gone": gone, "budget": scheme.budget, "over": shared + gone - scheme.budget}
    if gone:
        why = _(
            "You share out %(shared)s, schools without a share have given %(gone)s, and there is %(budget)s in all: "
            "%(over)s too much."
        )
    else:
        why = _("You share out %(shared)s, and there is %(budget)s in all: %(over)s too much.")
    raise SharesTooMuch(why % {name: money(amount) for name, amount in words.items()})
