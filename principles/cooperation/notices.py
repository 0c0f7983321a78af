"""Every home, and everybody who works at the school, hears once that it is asked; whether it has answered decides nothing."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.models import Person, Role
from portal.speech import day
from principles.cooperation.models import READERS, CooperationSurvey


def _asked(event):
    return CooperationSurvey.objects.select_related("staff", "school").filter(pk=event.subject_id).first()


def homes_of(event):
    asked = _asked(event)
    guardians = asked.guardians().filter(guardian__household__isnull=False) if asked else None
    return Person.objects.active().filter(pk__in=guardians.values("guardian")) if asked else []


def workers_of(event):
    asked = _asked(event)
    return asked.workers() if asked and asked.staff else []


def board_and_leaders(event):
    roles = Role.objects.live(kinds=READERS).filter(school=event.school)
    return Person.objects.active().filter(pk__in=roles.values("person"))


def _letter(notice, page):
    asked = notice.subject
    return Letter(
        subject=_("What do you think of the cooperation at %(school)s?") % {"school": asked.school.name},
        lines=[
            _("Four questions, two minutes, no name. The board gets only totals."),
            _("Everybody gets this once, whether they have answered or not."),
        ],
        facts=((_("Open until"), day(asked.parents.closes_at, asked.school)),),
        buttons=(
            Button(_("Answer without a name"), settings.SITE_URL + reverse(f"principles:{page}", args=[asked.pk])),
        ),
        sender=asked.school.name,
    )


def _takes_answers(notice):
    return notice.subject.is_asking and notice.subject.parents.takes_answers()


@notice(
    "principles.homes_asked",
    on="principles.cooperation_asked",
    to=homes_of,
    category="invitations",
    wanted=lambda notice: (
        _takes_answers(notice) and notice.subject.guardians().filter(guardian=notice.recipient_id).exists()
    ),
)
def homes_asked(notice):
    return _letter(notice, "cooperation_answer")


@notice(
    "principles.workers_asked",
    on="principles.cooperation_asked",
    to=workers_of,
    category="tasks",
    wanted=lambda notice: _takes_answers(notice) and notice.subject.workers().filter(pk=notice.recipient_id).exists(),
)
def workers_asked(notice):
    return _letter(notice, "cooperation_work")


@notice(
    "principles.cooperation_closed",
    on="principles.cooperation_closed",
    to=board_and_leaders,
    category="news",
    wanted=lambda notice: CooperationSurvey.objects.visible_to(notice.recipient).filter(pk=notice.subject.pk).exists(),
)
def cooperation_closed(notice):
    asked = notice.subject
    return Letter(
        subject=_("The survey on the cooperation is closed"),
        lines=[_("Read the totals, and take the page along to the next meeting of the board.")],
        buttons=(Button(_("Read the totals"), settings.SITE_URL + asked.get_absolute_url()),),
    )
