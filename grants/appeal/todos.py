"""What waits because of an appeal: a letter that reached nobody, an appeal to look at, reasons to give, an outcome."""

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.appeal import rules
from grants.appeal.queries import untold, untold_reasons
from grants.models import Appeal, Decision, ReasonsDemand
from grants.queries.payments import not_of_ones_own
from portal.people.models import Role
from portal.todos import Todo, waits_for

Kind = Role.Kind


def handled_by(hat, prefix=""):
    """What they handle in this role: that of the school, or what was passed on to the municipality."""
    if hat.kind == Kind.MUNICIPALITY_OFFICER:
        return {f"{prefix}school__municipality": hat.scope, f"{prefix}transferred_at__isnull": False}
    return {f"{prefix}school": hat.scope, f"{prefix}transferred_at": None}


def _untold(hat):
    letters = Decision.objects.filter(**handled_by(hat, "application__"))
    return untold(not_of_ones_own(letters, hat.person, "application__"))


@waits_for(Kind.PRINCIPAL, among=_untold)
@waits_for(Kind.DEPUTY, among=_untold)
@waits_for(Kind.MUNICIPALITY_OFFICER, among=_untold)
def letters_to_post(hat):
    return [
        _todo(
            _("Send the letter to class %(class)s on paper") % {"class": decision.application.school_class.name},
            reverse("grants:decision_told", args=[decision.pk]),
            _("No message about the decision has reached the class."),
            decision.application.case_number,
        )
        for decision in _untold(hat).select_related("application__school_class", "application__school")
    ]


def _untold_reasons(hat):
    demands = ReasonsDemand.objects.filter(**handled_by(hat, "decision__application__"))
    return untold_reasons(not_of_ones_own(demands, hat.person, "decision__application__"))


@waits_for(Kind.PRINCIPAL, among=_untold_reasons)
@waits_for(Kind.DEPUTY, among=_untold_reasons)
@waits_for(Kind.MUNICIPALITY_OFFICER, among=_untold_reasons)
def reasons_to_post(hat):
    return [
        _todo(
            _("Send the reasons to class %(class)s on paper")
            % {"class": demand.decision.application.school_class.name},
            reverse("grants:reasons_told", args=[demand.decision_id]),
            _("No message about the reasons has reached the class."),
            demand.decision.application.case_number,
        )
        for demand in _untold_reasons(hat).select_related("decision__application__school_class")
    ]


def _at(hat, prefix):
    """Appeals of cases at the school; in the municipality those of all its schools."""
    if hat.kind == Kind.MUNICIPALITY_OFFICER:
        return {f"{prefix}school__municipality": hat.scope}
    return {f"{prefix}school": hat.scope}


def _to_review(hat):
    return Appeal.objects.to_review().filter(**_at(hat, "decision__application__"))


@waits_for(Kind.PRINCIPAL, among=_to_review)
@waits_for(Kind.DEPUTY, among=_to_review)
@waits_for(Kind.MUNICIPALITY_OFFICER, among=_to_review)
def appeals_to_review(hat):
    return [
        _todo(
            _("Look at the appeal from class %(class)s") % {"class": appeal.application.school_class.name},
            reverse("grants:appeal_review", args=[appeal.pk]),
            _("You did not decide it, so you look at it first."),
            appeal.application.case_number,
        )
        for appeal in _to_review(hat).with_its_case()
        if rules.can_review(hat.person, appeal)
    ]


def _forwarded(hat):
    return Appeal.objects.forwarded().filter(**_at(hat, "decision__application__"))


@waits_for(Kind.MUNICIPALITY_OFFICER, among=_forwarded)
def appeals_to_settle(hat):
    return [
        _todo(
            _("Write down what the appeal body decided for class %(class)s")
            % {"class": appeal.application.school_class.name},
            reverse("grants:appeal_settle", args=[appeal.pk]),
            _("The appeal is sent on, with a statement. The class waits for the outcome."),
            appeal.application.case_number,
        )
        for appeal in _forwarded(hat).with_its_case()
        if rules.can_settle(hat.person, appeal)
    ]


def _asked(hat):
    return ReasonsDemand.objects.waiting().filter(**handled_by(hat, "decision__application__"))


@waits_for(Kind.PRINCIPAL, among=_asked)
@waits_for(Kind.DEPUTY, among=_asked)
@waits_for(Kind.MUNICIPALITY_OFFICER, among=_asked)
def reasons_to_give(hat):
    return [
        _todo(
            _("Give class %(class)s the reasons for the decision")
            % {"class": demand.decision.application.school_class.name},
            reverse("grants:reasons_give", args=[demand.decision_id]),
            _("The time to appeal begins anew when the class has got them."),
            demand.decision.application.case_number,
        )
        for demand in _asked(hat).select_related("decision__application__school_class", "decision__application__school")
        if rules.can_give_reasons(hat.person, demand)
    ]


def _todo(title, url, detail, case):
    return Todo(title=title, url=url, detail=detail, icon="SackKroner", hue="grants", of=case)
