"""Who hears of an inquiry. No letter carries its words, the child's name or the answer: they stand behind the button."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.models import Person, Role
from portal.people.models.roles import LEADER_KINDS
from portal.speech import day
from principles.inquiries.models import Inquiry, contact_teachers, staff_around
from principles.inquiries.queries import answerers_of
from principles.inquiries.rules import can_answer
from principles.inquiries.words import ways_to_answer


def _inquiry(event):
    return Inquiry.objects.filter(pk=event.subject_id).select_related("by").first()


def those_who_answer(event):
    """Whoever has it now. Asked anew when the letter is sent: who is not around the child any more gets nothing."""
    inquiry = _inquiry(event)
    if inquiry is None or inquiry.is_saved:
        return []
    leaders = Role.objects.live(kinds=LEADER_KINDS).filter(school=inquiry.school_id)
    around = staff_around(inquiry.pupil_id, inquiry.school_id).filter(person=inquiry.holder_id or 0)
    contacts = contact_teachers(inquiry.pupil_id, inquiry.school_id)
    asked = leaders if inquiry.at_management else next((one for one in (around, contacts) if one.exists()), leaders)
    people = Person.objects.filter(pk__in=asked.values("person"))
    return [person for person in people if person.pk != event.by and can_answer(person, inquiry)]


def whoever_asked(event):
    inquiry = _inquiry(event)
    return [inquiry.by] if inquiry else []


def still_waits(notice):
    inquiry = notice.subject
    return bool(inquiry) and inquiry.is_waiting and can_answer(notice.recipient, inquiry)


def may_still_read(notice):
    inquiry = notice.subject
    return bool(inquiry) and Inquiry.objects.visible_to(notice.recipient).filter(pk=inquiry.pk).exists()


def _open(inquiry, label):
    return (Button(label, settings.SITE_URL + inquiry.get_absolute_url()),)


@notice(
    "principles.inquiry_waits",
    on=("principles.inquiry_sent", "principles.inquiry_handed", "principles.inquiry_disputed"),
    to=those_who_answer,
    category="tasks",
    wanted=still_waits,
)
def inquiry_waits(notice):
    inquiry = notice.subject
    return Letter(
        subject=_("An inquiry about a child waits for you"),
        lines=[_("Read it when you are signed in."), ways_to_answer(inquiry)],
        facts=((_("Answer by"), day(inquiry.due, inquiry.school)),),
        buttons=_open(inquiry, _("Read it and answer")),
    )


@notice(
    "principles.inquiry_received",
    on="principles.inquiry_sent",
    to=whoever_asked,
    category="decisions",
    wanted=lambda notice: may_still_read(notice) and notice.subject.answered_at is None,
)
def inquiry_received(notice):
    """Who answers is named in the letter alone: who is protected one day is not named in what is kept."""
    inquiry = notice.subject
    subject = _("The school has your inquiry")
    return Letter(
        subject=subject,
        lines=[_who(inquiry), _by_when(inquiry)],
        buttons=_open(inquiry, _("See how it stands")),
        kept_as=subject,
    )


def _who(inquiry):
    people, is_managed = answerers_of(inquiry, inquiry.by)
    if people:
        names = ", ".join(person.full_name for person in people)
        return _("It is answered by: %(names)s") % {"names": names}
    if is_managed:
        return _("It is answered by the management of the school.")
    return _("It is answered by one of the adults around the child.")


def _by_when(inquiry):
    said = {"day": day(inquiry.due, inquiry.school)}
    if inquiry.promised:
        return _("You have an answer by %(day)s at the latest, says the school.") % said
    return _("The school has not said how soon it answers. After %(day)s the management sees that it waits.") % said


@notice(
    "principles.inquiry_answered",
    on="principles.inquiry_answered",
    to=whoever_asked,
    category="decisions",
    wanted=may_still_read,
)
def inquiry_answered(notice):
    return Letter(
        subject=_("The school has answered your inquiry"),
        lines=[_("The answer stands on a page of its own. It is in no message.")],
        buttons=_open(notice.subject, _("Read the answer")),
    )
