"""Who hears of a notice to a class. No letter carries its words, so that it can be taken back whole."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from networks.bulletins.rules import can_change_bulletin, can_release
from networks.models import Bulletin
from portal.messaging.letters import Button, Letter
from portal.messaging.models import Notice
from portal.messaging.notices import notice
from portal.people.models import Person

SENT = "networks.bulletin_sent"


def _bulletin(event):
    return Bulletin.objects.select_related("school_class", "written_by").get(pk=event.subject_id)


def guardians_told(event):
    """Every guardian of the class, whoever sent it too: so they see that it went out."""
    return Person.objects.filter(pk__in=_bulletin(event).guardians().values("guardian"))


def those_told(event):
    """Those whom a message has reached, and who are still guardians there."""
    bulletin = _bulletin(event)
    told = Notice.objects.about(bulletin).filter(kind=SENT).told()
    return guardians_told(event).filter(pk__in=told.values("recipient")).exclude(pk=bulletin.written_by_id)


def those_who_release(event):
    return _bulletin(event).releasers()


def the_writer(event):
    bulletin = _bulletin(event)
    return [bulletin.written_by] if can_change_bulletin(bulletin.written_by, bulletin) else []


def the_writer_unless_self(event):
    return [one for one in the_writer(event) if one.pk != event.by]


def still_to_read(notice):
    return notice.subject.is_sent and _is_guardian(notice)


def still_gone(notice):
    return notice.subject.is_taken_back and _is_guardian(notice)


def still_to_release(notice):
    return notice.subject.is_waiting and can_release(notice.recipient, notice.subject)


def was_released(notice):
    return notice.subject.is_sent and can_change_bulletin(notice.recipient, notice.subject)


def was_returned(notice):
    bulletin = notice.subject
    return bulletin.is_draft and bool(bulletin.returned_because) and can_change_bulletin(notice.recipient, bulletin)


def is_still_the_writers(notice):
    return notice.subject.is_taken_back and can_change_bulletin(notice.recipient, notice.subject)


@notice(
    SENT,
    on=("networks.bulletin_sent", "networks.bulletin_released"),
    to=guardians_told,
    category="news",
    wanted=still_to_read,
)
def bulletin_sent(notice):
    return _letter(
        notice.subject,
        _("New notice in %(class)s: %(kind)s"),
        [_("It is for every guardian in the class. Questions go to whoever sent it, never to all.")],
        Button(_("Read the notice"), _page("bulletin_show", notice.subject.pk)),
    )


@notice(
    "networks.bulletin_taken_back",
    on="networks.bulletin_taken_back",
    to=those_told,
    category="news",
    wanted=still_gone,
)
def bulletin_taken_back(notice):
    return _letter(
        notice.subject,
        _("A notice in %(class)s has been taken back: %(kind)s"),
        [_("It can no longer be read. If you have read it, please do not pass it on.")],
        Button(_("The notices of the class"), _page("bulletin_list", notice.subject.school_class_id)),
    )


@notice(
    "networks.bulletin_release_asked",
    on="networks.bulletin_release_asked",
    to=those_who_release,
    category="tasks",
    wanted=still_to_release,
)
def bulletin_release_asked(notice):
    return _letter(
        notice.subject,
        _("A notice waits for you in %(class)s: %(kind)s"),
        [_("A child could be known from it. Nobody else reads it before you release it or give it back.")],
        Button(_("Read it and decide"), _page("bulletin_show", notice.subject.pk)),
    )


@notice(
    "networks.bulletin_released",
    on="networks.bulletin_released",
    to=the_writer,
    category="decisions",
    wanted=was_released,
)
def bulletin_released(notice):
    return _letter(
        notice.subject,
        _("Your notice in %(class)s is released: %(kind)s"),
        [_("Every guardian in the class is told of it.")],
        Button(_("See the notice"), _page("bulletin_show", notice.subject.pk)),
    )


@notice(
    "networks.bulletin_returned",
    on="networks.bulletin_returned",
    to=the_writer,
    category="decisions",
    wanted=was_returned,
)
def bulletin_returned(notice):
    return _letter(
        notice.subject,
        _("Your notice in %(class)s comes back to you: %(kind)s"),
        [_("It is not sent. Read what should be different, and write it anew.")],
        Button(_("See what should be different"), _page("bulletin_send", notice.subject.pk)),
    )


@notice(
    "networks.bulletin_taken_from_writer",
    on="networks.bulletin_taken_back",
    to=the_writer_unless_self,
    category="decisions",
    wanted=is_still_the_writers,
)
def bulletin_taken_from_writer(notice):
    return _letter(
        notice.subject,
        _("Your notice in %(class)s has been taken back by the school: %(kind)s"),
        [_("Nobody else can read it any more, and those who were told of it hear so.")],
        Button(_("See the notice"), _page("bulletin_show", notice.subject.pk)),
    )


def _is_guardian(notice):
    return notice.subject.guardians().filter(guardian_id=notice.recipient_id).exists()


def _letter(bulletin, subject, lines, button):
    names = {"class": bulletin.school_class.name, "kind": bulletin.get_kind_display()}
    return Letter(subject=subject % names, lines=lines, buttons=(button,))


def _page(name, pk):
    return settings.SITE_URL + reverse(f"networks:{name}", args=[pk])
