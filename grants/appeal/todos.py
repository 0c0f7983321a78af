"""What waits because of an appeal: a letter that reached nobody, an appeal to look at, reasons to give, an outcome."""

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.appeal.queries import untold
from grants.models import Decision
from portal.people.models import Role
from portal.todos import Todo, waits_for

Kind = Role.Kind


def handled_by(hat, prefix=""):
    """What they handle in this role: that of the school, or what was passed on to the municipality."""
    if hat.kind == Kind.MUNICIPALITY_OFFICER:
        return {f"{prefix}school__municipality": hat.scope, f"{prefix}transferred_at__isnull": False}
    return {f"{prefix}school": hat.scope, f"{prefix}transferred_at": None}


def _untold(hat):
    return untold(Decision.objects.filter(**handled_by(hat, "application__")))


@waits_for(Kind.PRINCIPAL, among=_untold)
@waits_for(Kind.DEPUTY, among=_untold)
@waits_for(Kind.MUNICIPALITY_OFFICER, among=_untold)
def letters_to_post(hat):
    return [
        Todo(
            title=_("Send the letter to class %(class)s on paper") % {"class": decision.application.school_class.name},
            url=reverse("grants:decision_told", args=[decision.pk]),
            detail=_("No message about the decision has reached the class."),
            icon="SackKroner",
            hue="grants",
            of=decision.application.case_number,
        )
        for decision in _untold(hat).select_related("application__school_class")
    ]
