"""A hearing that waits: for an answer, and at those who write the texts for its themes and replies."""

from django.db.models import Count, Exists, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Role
from portal.todos import Todo, waits_for
from principles.hearings.asked import Voices, enrolled_at
from principles.hearings.models import Hearing, HearingPart

Kind = Role.Kind


def _open_to(hat):
    """Those this hat speaks in, and has said nothing in yet."""
    rows, person = Hearing.objects.taking_answers().asking(hat.person), hat.person
    own = {"answers__voice": Voices.STAFF, "answers__by": person.pk}
    if hat.kind == PARENT:
        rows = rows.filter(parts__voices__contains=[Voices.HOME])
        own = {"answers__voice": Voices.HOME, "answers__household": person.household_id}
    elif hat.kind == PUPIL:
        rows, own = rows.filter(council=person.pk), {"answers__voice": Voices.COUNCIL}
    elif hat.kind == Kind.CLASS_CONTACT:
        rows = rows.filter(parts__voices__contains=[Voices.CLASS], school=hat.scope.school_id)
        own = {"answers__voice": Voices.CLASS, "answers__school_class": hat.scope}
    else:
        rows = rows.filter(parts__voices__contains=[Voices.STAFF], school=hat.school)
    return rows.exclude(pk__in=Hearing.objects.filter(**own).values("pk"))


@waits_for(PARENT, among=_open_to)
@waits_for(PUPIL, among=_open_to)
@waits_for(Kind.CLASS_CONTACT, among=_open_to)
@waits_for(Kind.CONTACT_TEACHER, among=_open_to)
@waits_for(Kind.SUBJECT_TEACHER, among=_open_to)
@waits_for(Kind.AFTER_SCHOOL, among=_open_to)
def hearings_to_answer(hat):
    at_class = f"?as={Voices.CLASS}-{hat.scope.pk}" if hat.kind == Kind.CLASS_CONTACT else ""
    return [
        Todo(
            title=_("What do you think of “%(title)s”?") % {"title": one.version.title},
            url=one.get_absolute_url() + at_class,
            due=one.closes_on,
            detail=_("One tap a point is enough."),
            icon="Compass",
            hue="principles",
            in_letter=_("A hearing waits for your answer"),
        )
        for one in _open_to(hat).select_related("version")
    ]


def _without_council(hat):
    """Of those that still can be answered, where a pupil is old enough."""
    born = years_before(timezone.localdate(), ATTENDS_FROM)
    rows = Hearing.objects.pending().filter(school=hat.school, council=None, closes_on__gte=timezone.localdate())
    rows = rows.filter(Exists(enrolled_at(hat.school).filter(pupil__born_on__lte=born)))
    return rows.filter(pk__in=HearingPart.objects.filter(voices__contains=[Voices.COUNCIL]).values("hearing"))


@waits_for(Kind.PRINCIPAL, among=_without_council)
@waits_for(Kind.DEPUTY, among=_without_council)
@waits_for(Kind.OFFICE, among=_without_council)
def councils_to_name(hat):
    """The board has asked the pupil council, and those who know the pupils say who answers for it."""
    return [
        Todo(
            title=_("Say who answers for the pupil council: %(title)s") % {"title": one.version.title},
            url=reverse("principles:council_name", args=[one.pk]),
            due=one.closes_on,
            detail=_("Until then no pupil is asked."),
            icon="ChildHairEyes",
            hue="principles",
            in_letter=_("A hearing waits for its pupil council"),
        )
        for one in _without_council(hat).select_related("version")
    ]


def _answered(hat):
    return Hearing.objects.answered().filter(school=hat.school)


@waits_for(Kind.PRINCIPAL, among=_answered)
@waits_for(Kind.DEPUTY, among=_answered)
@waits_for(Kind.BOARD_MEMBER, among=_answered)
def hearings_to_reply(hat):
    worded = Q(answers__text__isnull=False) | Q(answers__suggestion__isnull=False)
    loose = worded & Q(answers__theme=None)
    return [
        Todo(
            title=_("Reply to the hearing on “%(title)s”") % {"title": one.version.title},
            url=reverse("principles:hearing_arrange", args=[one.pk]),
            due=one.reply_on,
            detail=_left(one.loose),
            icon="Compass",
            hue="principles",
            in_letter=_("Reply to a hearing"),
        )
        for one in _answered(hat).select_related("version").annotate(loose=Count("answers", filter=loose))
    ]


def _left(loose):
    if loose:
        said = ngettext("%(n)s answer is under no theme yet.", "%(n)s answers are under no theme yet.", loose)
        return said % {"n": loose}
    return _("Each theme gets a reply, and then the hearing is closed.")
