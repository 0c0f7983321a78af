"""Its part of the page of a case: what can be appealed and what is, and how its events are told."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grants.appeal.queries import case_of_appeal
from grants.case_page import Step, secures_award, stands_on_case, step_of_case, tells
from grants.models import Appeal, ReasonsDemand
from portal.class_page import Part


@stands_on_case(30)
def appeal(application, reader):
    shown = case_of_appeal(application, reader) if application.is_decided else None
    return shown and Part("grants/appeal/_case_part.html", shown)


@step_of_case(35)
def appealed(application):
    if application.appealed_at is None:
        return None
    return Step(_("Appealed"), application.appealed_at, not appeals_of(application).is_open().exists())


@secures_award
def waits_for_the_appeal(application):
    """What was given may become more; and nothing is left to decide about an award that is not used."""
    if not appeals_of(application).is_open().exists():
        return ""
    return gettext("The class has appealed. The money can be given back when the appeal is decided or withdrawn.")


def appeals_of(application):
    return Appeal.objects.filter(decision__application=application)


def demands_of(application):
    return ReasonsDemand.objects.filter(decision__application=application)


OF_THE_CASE = {
    "grants.decision_told": _("The class was told of the letter."),
    "grants.decision_came_back": _("The message about the letter came back. It has to go on paper."),
    "grants.appeal_changed_in_favour": _("The decision was changed after the appeal."),
    "grants.appeal_settled": _("The appeal body decided."),
}
OF_THE_APPEAL = {
    "grants.appeal_sent": _("The class appealed."),
    "grants.appeal_withdrawn": _("The class withdrew its appeal."),
    "grants.appeal_forwarded": _("The appeal was sent on to the appeal body."),
    "grants.appeal_dismissed": _("The appeal came too late and was not taken up."),
}
OF_THE_DEMAND = {
    "grants.reasons_asked": _("The class asked for the reasons."),
    "grants.reasons_given": _("The class got the reasons."),
    "grants.reasons_told": _("The class was told of the reasons."),
    "grants.reasons_came_back": _("The message about the reasons came back. They have to go on paper."),
}
for verbs, rows in ((OF_THE_CASE, None), (OF_THE_APPEAL, appeals_of), (OF_THE_DEMAND, demands_of)):
    for verb, words in verbs.items():
        tells(verb, about=rows)(lambda _happened, words=words: words)
