"""The talks about a child on its page."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conferences.models import AgreedAction, ConferenceSetting
from conferences.queries.child_page import home_of, sent_about, talks_about
from portal.children import Line, Part, shows_about_a_child
from portal.speech import capital, day

STATES = {AgreedAction.Status.DONE: "done", AgreedAction.Status.OPEN: "under_way", AgreedAction.Status.PARTLY: "maybe"}


@shows_about_a_child
def talks(asked):
    """Of what is agreed: what is still under way, and all from the last time."""
    found = talks_about(asked.child, asked.reader)
    summed_up = [talk for talk in found if talk.summary]
    last = max((talk.summary["at"] for talk in summed_up), default=None)
    agreed = [
        (talk, one)
        for talk in summed_up
        for one in talk.agreed
        if one["status"] == AgreedAction.Status.OPEN or talk.summary["at"] == last
    ]
    return {
        Part.AHEAD: [_due(talk, one) for talk, one in agreed if _is_ahead(talk, one)],
        Part.AGREED: [_agreement(talk, one) for talk, one in agreed],
        Part.READ: [*map(_summary, summed_up), *(_plan(talk, plan) for talk in found for plan in talk.sent_plans)],
        Part.SENT: [_sent(sent, asked) for sent in sent_about(asked.child, asked.reader, found)],
    }


@shows_about_a_child(along="school__conference_setting")
def told_of_talks(asked):
    """What holds at every school: a round that is published later than the school has set needs a reason, and a summary that
    is shared goes to whoever the talk is about."""
    schools = {} if asked.is_own else {one.school_id: one.school for one in asked.classes}
    if not schools:
        return {}
    summary = Line(
        _("A summary after a talk, once the teacher shares it: what is agreed, who does it and until when."),
        detail=_(
            "From the third day after the talk the teacher’s first page asks for it. You can say what is missing."
        ),
        hue="conferences",
    )
    return {Part.ALWAYS: [*(_invitation(one, several=len(schools) > 1) for one in schools.values()), summary]}


def _invitation(school, *, several):
    days = (getattr(school, "conference_setting", None) or ConferenceSetting()).notice_days
    said = ngettext(
        "The invitation to a conference, at least %(n)s day before the first conference is held.",
        "The invitation to a conference, at least %(n)s days before the first conference is held.",
        days,
    )
    detail = school.name if several else _("Your school has set it. Where it comes later, the reason is written down.")
    return Line(said % {"n": days}, detail=detail, hue="conferences")


def _is_ahead(talk, agreed):
    due = date.fromisoformat(agreed["due"])
    return agreed["status"] == AgreedAction.Status.OPEN and due >= talk.school_class.school.today()


def _due(talk, agreed):
    due = date.fromisoformat(agreed["due"])
    return Line(agreed["what"], at=due, said=_until(due), url=_page(talk), hue="conferences")


def _agreement(talk, agreed):
    due, status = date.fromisoformat(agreed["due"]), AgreedAction.Status(agreed["status"])
    promised = AgreedAction(owner=agreed["owner"], who=agreed["who"])
    return Line(
        agreed["what"],
        at=due,
        said=_until(due),
        detail=str(promised.whose),
        url=_page(talk),
        state=STATES.get(status, "no"),
        word=status.label,
        hue="conferences",
    )


def _summary(talk):
    at = datetime.fromisoformat(talk.summary["at"])
    title = _("Summary of the talk with %(teacher)s") % {"teacher": talk.with_whom}
    return Line(title, at=at, said=_on(at, talk), url=_page(talk), hue="conferences")


def _plan(talk, plan):
    at = datetime.fromisoformat(plan["at"])
    url = reverse("conferences:plan_open", args=[plan["pk"]])
    detail = _("Before the talk with %(teacher)s") % {"teacher": talk.with_whom}
    return Line(plan["title"], at=at, said=_on(at, talk), detail=detail, url=url, hue="conferences")


def _sent(sent, asked):
    detail = "" if asked.is_own else str(sent.to(home_of(asked.reader)))
    return Line(str(sent.what), at=sent.at, said=capital(day(sent.at)), detail=detail, hue="conferences")


def _page(talk):
    return reverse("conferences:summary_show", args=[talk.pk])


def _until(due):
    return _("By %(day)s") % {"day": day(due)}


def _on(at, talk):
    return capital(day(at, talk.school_class.school))
