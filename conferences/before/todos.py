"""What waits before the talk: plans to send, subjects to write about, and for the family to read and prepare."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conferences.before.queries.plans import plan_page
from conferences.before.queries.subjects import own_gaps
from conferences.models import Conference, ConferenceRound, LearningPlanRef, Preparation
from conferences.queries.settings import plan_label_of
from portal.todos import Todo, waits_for


def _rounds(hat):
    published = ConferenceRound.objects.published().filter(classes=hat.scope)
    return published.select_related("school").order_by("plans_on", "pk")


@waits_for("contact_teacher", among=_rounds)
@waits_for("subject_teacher", among=_rounds)
def plans_to_send(hat):
    found = []
    for round in _rounds(hat):
        page = plan_page(round, hat.person)
        left = sum(row.sent_at is None for row in page.rows if row.conference.teacher_id == hat.person.pk)
        if left:
            title = ngettext("%(label)s: %(n)s child left", "%(label)s: %(n)s children left", left)
            found.append(
                Todo(
                    title=title % {"label": page.label, "n": left},
                    url=reverse("conferences:plan_list", args=[round.pk]),
                    due=round.plans_on,
                    detail=_("The families read it before the talk. Send all of them at once."),
                    icon="FileText",
                    hue="conferences",
                    of=round.title,
                )
            )
    return found


@waits_for("contact_teacher", among=_rounds)
@waits_for("subject_teacher", among=_rounds)
def subjects_to_write(hat):
    round = _rounds(hat).first()
    gaps, are_own = own_gaps(hat.scope, hat.person) if round else (0, False)
    if not gaps:
        return []
    title = (
        ngettext("Write about %(n)s pupil in %(class)s", "Write about %(n)s pupils in %(class)s", gaps)
        if are_own
        else ngettext("%(n)s text is missing in %(class)s", "%(n)s texts are missing in %(class)s", gaps)
    )
    return [
        Todo(
            title=title % {"n": gaps, "class": hat.scope.name},
            url=reverse("conferences:subject_inputs", args=[hat.scope.pk]),
            due=round.plans_on,
            detail=_("Every family hears about every subject every year. A sentence or two is enough."),
            icon="PencilWriting",
            hue="conferences",
        )
    ]


def _unprepared(hat):
    mine = Preparation.objects.filter(
        conference=OuterRef("pk"), part=Preparation.Part.GUARDIAN, household=hat.person.household_id
    )
    return _with_plan(Conference.objects.of_guardian(hat.person, hat.pupils)).exclude(Exists(mine))


@waits_for("parent", among=_unprepared)
def talks_to_prepare(hat):
    return [_to_read(talk, reverse("conferences:prepare", args=[talk.pk])) for talk in _unprepared(hat)]


def _own_unprepared(hat):
    mine = Preparation.objects.filter(conference=OuterRef("pk"), part=Preparation.Part.PUPIL)
    begun = Q(round=None) | Q(round__opens_at__lte=timezone.now()) | Q(booking__isnull=False)
    return _ahead(Conference.objects.of_pupil(hat.person)).filter(begun).exclude(Exists(mine))


@waits_for("pupil", among=_own_unprepared)
def own_talks_to_prepare(hat):
    return [
        Todo(
            title=_("Prepare your talk with %(teacher)s") % {"teacher": talk.teacher.full_name},
            url=reverse("conferences:prepare_pupil", args=[talk.pk]),
            due=_day_of(talk),
            detail=_("What do you want to say? You decide who reads it."),
            icon="ChildHairEyes",
            hue="conferences",
            of=talk.occasion,
        )
        for talk in _own_unprepared(hat).select_related("teacher", "booking", "round")
    ]


def _to_read(talk, url):
    label = plan_label_of(talk.school_class.school)
    return Todo(
        title=_("Prepare the talk about %(child)s") % {"child": talk.pupil.given_name},
        url=url,
        due=_day_of(talk),
        detail=_("%(label)s is out. Read it together, five minutes on one phone.") % {"label": label},
        icon="Book",
        hue="conferences",
        of=f"{talk.teacher.full_name}, {talk.occasion}",
    )


def _with_plan(talks):
    sent = LearningPlanRef.objects.sent().filter(conference=OuterRef("pk"))
    return (
        _ahead(talks)
        .filter(Exists(sent))
        .select_related("pupil", "teacher", "booking", "round", "school_class__school__conference_setting")
    )


def _ahead(talks):
    return talks.open().filter(Q(booking=None) | Q(booking__ends_at__gt=timezone.now()))


def _day_of(talk):
    return timezone.localdate(talk.time.starts_at) if talk.time else None
