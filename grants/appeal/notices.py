"""Who hears of an appeal. No message says what was appealed, why, or what came of it: that stands behind the button."""

from django.conf import settings
from django.utils.translation import gettext as _

from grants.appeal import rules
from grants.models import Appeal, Decision, ReasonsDemand
from grants.models.appeals import State
from grants.notices import KINDS, letter_waits, url, with_role, writers
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice


def _appeal(event):
    return Appeal.objects.with_its_case().get(pk=event.subject_id)


def contacts_of_appeal(event):
    return writers(_appeal(event).application)


def _in_office(application):
    school = application.school
    leaders = with_role(KINDS.PRINCIPAL, KINDS.DEPUTY, school=school)
    return [*leaders, *with_role(KINDS.MUNICIPALITY_OFFICER, municipality=school.municipality)]


def reviewers(event):
    """Those at the school and in the municipality who did not decide it."""
    appeal = _appeal(event)
    return _each([person for person in _in_office(appeal.application) if rules.can_review(person, appeal)])


def _each(people):
    return list({person.pk: person for person in people}.values())


def settlers(event):
    appeal = _appeal(event)
    return [person for person in _in_office(appeal.application) if rules.can_settle(person, appeal)]


def _asked_to_review(notice):
    appeal = notice.subject
    return appeal.state in (State.SENT, State.SENT_BACK) and rules.can_review(notice.recipient, appeal)


def _asked_to_settle(notice):
    return notice.subject.state == State.FORWARDED and rules.can_settle(notice.recipient, notice.subject)


def _facts(application):
    return (
        (_("Class"), application.school_class.name),
        (_("School"), application.school.name),
        (_("Case number"), application.case_number),
    )


def _open(appeal, label):
    return (Button(label, settings.SITE_URL + appeal.get_absolute_url()),)


@notice("grants.appeal_received", on="grants.appeal_sent", to=contacts_of_appeal, category="decisions", duty=True)
def appeal_received(notice):
    appeal = notice.subject
    return Letter(
        subject=_("We have received your appeal"),
        lines=[
            _("Somebody who did not decide looks at it first. You hear from us when they have."),
            *([_("It came after the last day. Whether it is taken up is decided first.")] if appeal.is_late else []),
        ],
        facts=_facts(appeal.application),
        buttons=_open(appeal, _("See the appeal")),
    )


@notice(
    "grants.appeal_to_review",
    on="grants.appeal_sent",
    to=reviewers,
    category="tasks",
    duty=True,
    wanted=_asked_to_review,
)
def appeal_to_review(notice):
    appeal = notice.subject
    return Letter(
        subject=_("Class %(class)s has appealed") % {"class": appeal.application.school_class.name},
        lines=[
            _("You did not decide the application, so you can look at the appeal: change the decision, or send it on.")
        ],
        facts=_facts(appeal.application),
        buttons=(Button(_("Look at the appeal"), url("appeal_review", appeal.pk)),),
    )


def reviewers_of_sent_back(event):
    """Of an appeal that the appeal body has sent back."""
    if event.details["state"] != State.SENT_BACK:
        return []
    appeal = Appeal.objects.with_its_case().get(pk=event.details["appeal"])
    return _each([person for person in _in_office(appeal.application) if rules.can_review(person, appeal)])


def _sent_back(application):
    return Appeal.objects.with_its_case().filter(decision__application=application, state=State.SENT_BACK).last()


def _asked_again(notice):
    appeal = _sent_back(notice.subject)
    return appeal is not None and rules.can_review(notice.recipient, appeal)


@notice(
    "grants.appeal_sent_back",
    on="grants.appeal_settled",
    to=reviewers_of_sent_back,
    category="tasks",
    duty=True,
    wanted=_asked_again,
)
def appeal_sent_back(notice):
    appeal = _sent_back(notice.subject)
    return Letter(
        subject=_("An appeal from class %(class)s is sent back") % {"class": appeal.application.school_class.name},
        lines=[_("The appeal body wants it looked at again. Change the decision, or send the appeal on once more.")],
        facts=_facts(appeal.application),
        buttons=(Button(_("Look at the appeal"), url("appeal_review", appeal.pk)),),
    )


@notice(
    "grants.appeal_forwarded",
    on="grants.appeal_forwarded",
    to=contacts_of_appeal,
    category="decisions",
    duty=True,
)
def appeal_forwarded(notice):
    """The party's copy of the statement: it stands on the page, as a letter."""
    appeal = notice.subject
    return Letter(
        subject=_("Your appeal is sent on to the appeal body"),
        lines=[
            _("What the school or the municipality says of it stands in the portal, where you can also download it."),
            _("You hear from us when the appeal body has decided."),
        ],
        facts=_facts(appeal.application),
        buttons=_open(appeal, _("Read what they say")),
    )


@notice(
    "grants.appeal_to_settle",
    on="grants.appeal_forwarded",
    to=settlers,
    category="tasks",
    duty=True,
    wanted=_asked_to_settle,
)
def appeal_to_settle(notice):
    appeal = notice.subject
    return Letter(
        subject=_("An appeal from class %(class)s is for the appeal body")
        % {"class": appeal.application.school_class.name},
        lines=[_("Lay it before the appeal body, and write down what it decides and why.")],
        facts=_facts(appeal.application),
        buttons=(Button(_("Open the appeal"), settings.SITE_URL + appeal.get_absolute_url()),),
    )


@notice(
    "grants.appeal_dismissed",
    on="grants.appeal_dismissed",
    to=contacts_of_appeal,
    category="decisions",
    duty=True,
)
def appeal_dismissed(notice):
    return _answered(notice.subject)


def _answered(appeal):
    return Letter(
        subject=_("Your appeal is answered"),
        lines=[_("The answer stands in the portal, where you can also download it.")],
        facts=_facts(appeal.application),
        buttons=_open(appeal, _("Read the answer")),
    )


def contacts_of_appeal_of(event):
    appeal = Appeal.objects.with_its_case().get(pk=event.details["appeal"])
    return writers(appeal.application)


@notice(
    "grants.appeal_changed",
    on=("grants.appeal_changed_in_favour", "grants.appeal_settled"),
    to=contacts_of_appeal_of,
    category="decisions",
    duty=True,
)
def appeal_changed(notice):
    """A new letter where the decision is changed; else the answer of the appeal body."""
    newest = Decision.objects.filter(application=notice.subject).latest_versions().get()
    appeal = Appeal.objects.with_its_case().filter(decision__application=notice.subject).last()
    return letter_waits(newest) if appeal.leads_to_id == newest.pk else _answered(appeal)


def givers(event):
    demand = ReasonsDemand.objects.get(pk=event.subject_id)
    people = _in_office(demand.decision.application)
    return _each([person for person in people if rules.can_give_reasons(person, demand)])


def contacts_of_demand(event):
    demand = ReasonsDemand.objects.get(pk=event.subject_id)
    return writers(demand.decision.application)


def _still_asked(notice):
    return notice.subject.given_at is None and rules.can_give_reasons(notice.recipient, notice.subject)


@notice(
    "grants.reasons_asked",
    on="grants.reasons_asked",
    to=givers,
    category="tasks",
    duty=True,
    wanted=_still_asked,
)
def reasons_asked(notice):
    application = notice.subject.decision.application
    return Letter(
        subject=_("Class %(class)s asks for the reasons") % {"class": application.school_class.name},
        lines=[
            _(
                "You gave all they asked for, and the class may know why. The time to appeal begins anew when it has the reasons."
            )
        ],
        facts=_facts(application),
        buttons=(Button(_("Give the reasons"), url("reasons_give", notice.subject.decision_id)),),
    )


@notice("grants.reasons_given", on="grants.reasons_given", to=contacts_of_demand, category="decisions", duty=True)
def reasons_given(notice):
    application = notice.subject.decision.application
    return Letter(
        subject=_("You have got the reasons for the decision"),
        lines=[
            _("They stand on the page of the case, where you can download them."),
            *(
                [_("The time in which you can appeal runs from this message.")]
                if application.scheme.appeal_weeks
                else []
            ),
        ],
        facts=_facts(application),
        buttons=(Button(_("See the application"), url("application_show", application.pk)),),
    )
