"""Who hears of a supervision. No letter carries what head and board say to each other."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.models import GuardianRelation, Person, Role, SchoolClass
from portal.people.models.roles import LEADER_KINDS
from portal.speech import day
from principles.supervision.models import FurtherQuestion, Supervision, SupervisionResult

BOARD = [Role.Kind.BOARD_MEMBER]


def _holders(kinds, event):
    roles = Role.objects.live(kinds=kinds).filter(school=event.school)
    return Person.objects.filter(pk__in=roles.values("person")).exclude(pk=event.by)


def leaders_of(event):
    return _holders(LEADER_KINDS, event)


def board_of(event):
    return _holders(BOARD, event)


def families_of(event):
    """Guardians of the school, once: a page that is renewed is told to nobody."""
    if event.details.get("number", 1) > 1:
        return []
    classes = SchoolClass.objects.current().filter(school=event.school)
    guardians = GuardianRelation.objects.live().in_classes(classes.values("pk")).values("guardian")
    return Person.objects.active().filter(pk__in=guardians).exclude(pk=event.by)


def _open(thing, label):
    return (Button(label, settings.SITE_URL + thing.get_absolute_url()),)


@notice(
    "principles.statement_asked",
    on="principles.supervision_started",
    to=leaders_of,
    category="tasks",
    wanted=lambda notice: Supervision.objects.stating().filter(pk=notice.subject.pk).exists(),
)
def statement_asked(notice):
    supervision = notice.subject
    return Letter(
        subject=_("The board asks you for a statement"),
        lines=[
            _("It looks at how the school keeps points of “%(title)s”.") % {"title": supervision.version.title},
            _("You answer three questions of each point. The numbers are there already."),
        ],
        facts=((_("Answer by"), day(supervision.statement_by)),),
        buttons=_open(supervision, _("Write the statement")),
    )


@notice(
    "principles.more_asked",
    on="principles.more_asked",
    to=leaders_of,
    category="tasks",
    wanted=lambda notice: FurtherQuestion.objects.open().filter(pk=notice.subject.pk).exists(),
)
def more_asked(notice):
    question = notice.subject
    return Letter(
        subject=_("The board asks you to say more"),
        lines=[_("It has read your statement, and wants to know more of one point.")],
        buttons=_open(question, _("Read the question and answer")),
    )


@notice(
    "principles.statement_given",
    on=("principles.statement_handed", "principles.more_told"),
    to=lambda event: [(person, f"event {event.pk}") for person in board_of(event)],
    category="tasks",
    wanted=lambda notice: Supervision.objects.assessing().filter(pk=notice.subject.pk).exists(),
)
def statement_given(notice):
    supervision = notice.subject
    return Letter(
        subject=_("The head has answered the board"),
        lines=[
            _("Read what the head says of “%(title)s”, and assess each point.") % {"title": supervision.version.title}
        ],
        buttons=_open(supervision, _("Read it and assess")),
    )


def is_newest(notice):
    newer = Q(supervision__version__principle=notice.subject.supervision.version.principle_id, pk__gt=notice.subject.pk)
    return not SupervisionResult.objects.filter(newer).exists()


@notice(
    "principles.result_published", on="principles.result_published", to=families_of, category="news", wanted=is_newest
)
def result_published(notice):
    result = notice.subject
    version = result.supervision.version
    return Letter(
        subject=_("How the school keeps: %(title)s") % {"title": version.title},
        lines=[
            _(
                "The board has looked at whether the school keeps what it has promised. You read the result on one page."
            ),
        ],
        buttons=_open(result, _("Read the result")),
        sender=result.supervision.school.name,
    )
