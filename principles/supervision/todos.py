"""What waits for the board and for the head while a principle is looked at, and when it is to be looked at again."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.people.models import Role
from portal.todos import Todo, waits_for
from principles.supervision.models import AHEAD, FurtherQuestion, SupervisedClause, Supervision

Kind = Role.Kind


def _todo(title, thing, due, detail, url="", of=""):
    return Todo(
        title=title, url=url or thing.get_absolute_url(), due=due, detail=detail, icon="Gavel", hue="principles", of=of
    )


def _of(rows, hat):
    return rows.filter(school=hat.school).select_related("version", "school")


def _stating(hat):
    return _of(Supervision.objects.stating(), hat)


@waits_for(Kind.PRINCIPAL, among=_stating)
@waits_for(Kind.DEPUTY, among=_stating)
def statements_to_write(hat):
    return [
        _todo(
            _("Write a statement to the board: %(title)s") % {"title": one.version.title},
            one,
            one.statement_by,
            _("Three questions of each point."),
        )
        for one in _stating(hat)
    ]


def _asked(hat):
    return FurtherQuestion.objects.open().filter(point__supervision__school=hat.school)


@waits_for(Kind.PRINCIPAL, among=_asked)
@waits_for(Kind.DEPUTY, among=_asked)
def questions_of_the_board(hat):
    return [
        _todo(
            _("Say more to the board: %(title)s") % {"title": one.point.supervision.version.title},
            one,
            None,
            _("It has read your statement, and asks about one point."),
            reverse("principles:further_tell", args=[one.pk]),
        )
        for one in _asked(hat).select_related("point__supervision__version")
    ]


def _to_follow_up(hat):
    near = hat.school.today() + AHEAD
    return SupervisedClause.objects.to_follow_up().filter(supervision__school=hat.school, follow_up_on__lte=near)


@waits_for(Kind.PRINCIPAL, among=_to_follow_up)
@waits_for(Kind.DEPUTY, among=_to_follow_up)
@waits_for(Kind.BOARD_MEMBER, among=_to_follow_up)
def points_to_follow_up(hat):
    return [
        _todo(
            _("Follow up what the board has asked for: %(title)s") % {"title": one.supervision.version.title},
            one,
            one.follow_up_on,
            _("Mark it when it is done."),
            of=one.follow_up,
        )
        for one in _to_follow_up(hat).select_related("supervision__version")
    ]


def _assessing(hat):
    return _of(Supervision.objects.assessing(), hat)


@waits_for(Kind.BOARD_MEMBER, among=_assessing)
def statements_to_assess(hat):
    return [
        _todo(
            _("Does the school keep it? %(title)s") % {"title": one.version.title},
            one,
            None,
            _("Assess each point, ask for more, and conclude at a meeting."),
        )
        for one in _assessing(hat)
    ]


def _to_publish(hat):
    return _of(Supervision.objects.to_publish(), hat)


@waits_for(Kind.BOARD_MEMBER, among=_to_publish)
def results_to_publish(hat):
    return [
        _todo(
            _("Publish the result: %(title)s") % {"title": one.version.title},
            one,
            None,
            _("One page that every parent may read."),
        )
        for one in _to_publish(hat)
    ]


def _next(hat):
    return _of(Supervision.objects.next_by(hat.school.today() + AHEAD), hat)


@waits_for(Kind.BOARD_MEMBER, among=_next)
def supervisions_due(hat):
    return [
        _todo(
            _("Look at it again: %(title)s") % {"title": one.version.title},
            one,
            one.next_on,
            _("The board has set this day for the next time."),
            reverse("principles:supervision_list"),
        )
        for one in _next(hat)
    ]
