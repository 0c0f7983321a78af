"""What others may count of the conferences, as totals of five or more: the principle, clause by clause. Nothing here
names a child, a family or a teacher, and nothing is counted by teacher."""

from datetime import timedelta
from math import ceil

from django.db.models import Count, DateField, DurationField, Exists, ExpressionWrapper, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext_lazy as _

from conferences.models import (
    AgreedAction,
    Conference,
    ConferenceSetting,
    ConferenceSlot,
    ConferenceSummary,
    ExtraPrompt,
    ExtraRequest,
    Feedback,
    LearningPlanRef,
    Participant,
    Preparation,
    Subject,
    TimeWish,
)
from portal.figures import Total, figure, lies_behind_figures
from portal.people.models import Enrolment, Role, SchoolClass

TALKS_A_YEAR = 2
ANSWERED_WITHIN = timedelta(days=14)
TOLD_WITHIN = 7  # days between noticing and telling


def talks_of(school, start, end):
    """Talks of rounds that families were told of. Their first offered time decides the period."""
    return (
        Conference.objects.told()
        .exclude(state=Conference.State.CANCELLED)
        .filter(school_class__school=school, round__isnull=False)
        .annotate(first_on=TruncDate(Min("round__slots__starts_at", filter=Q(round__slots__teacher=F("teacher")))))
        .filter(first_on__range=(start, end))
    )


def held(school, start, end):
    return Conference.objects.filter(
        school_class__school=school, state=Conference.State.HELD, ended_at__date__range=(start, end)
    )


def over(school, start, end):
    ended = Q(state=Conference.State.HELD) | Q(state=Conference.State.MISSED)
    return Conference.objects.filter(ended, school_class__school=school, ended_at__date__range=(start, end))


@figure("conferences.called_in_time", label=_("Called in good time"), unit=_("children"), target=95)
def called_in_time(school, start, end):
    """B8a: invited as many days before the first time as the principle says."""
    rows = talks_of(school, start, end).values_list("pupil", "round__invite_on", "first_on", "round__notice_days")
    children = {}
    for pupil, invited, first, days in rows:
        in_time = (first - invited).days >= days
        children[pupil] = children.get(pupil, True) and in_time
    return Total(sum(children.values()), len(children))


@figure("conferences.real_chance", label=_("Offered a time that suits them"), unit=_("families"), target=95)
def real_chance(school, start, end):
    """B8b: homes that said what suits them, with at least one time offered to them within it."""
    wishes = TimeWish.objects.filter(round__school=school, round__opens_at__date__range=(start, end)).exclude(times=[])
    met = total = 0
    for wish in wishes.select_related("round__school"):
        own = Conference.objects.of_home(wish.household_id).filter(  # as it was then: a guardian who has left counts
            round=wish.round, pupil__guardian_relations__guardian__household=wish.household
        )
        slots = ConferenceSlot.objects.filter(Q(round=wish.round, reserved_for=None) | Q(reserved_for__in=own))
        slots = slots.filter(teacher__in=own.values("teacher"), blocked=False)
        total += 1
        offered = {TimeWish.word_at(at.astimezone(school.zone)) for at in slots.values_list("starts_at", flat=True)}
        met += bool(offered & set(wish.times))
    return Total(met, total)


@figure(
    "conferences.plan_in_time", label=_("What is read before the talk, sent in good time"), unit=_("talks"), target=95
)
def plan_in_time(school, start, end):
    """B9: sent as many days before the talk as the principle says."""
    talks = talks_of(school, start, end).filter(booking__isnull=False)
    in_time = LearningPlanRef.objects.filter(
        conference=OuterRef("pk"),
        sent_at__lte=OuterRef("booking__starts_at") - _days(OuterRef("round__plan_days")),
    )
    return Total(talks.filter(Exists(in_time)).count(), talks.count())


def _days(number):
    return ExpressionWrapper(timedelta(days=1) * number, output_field=DurationField())


@figure("conferences.plan_opened", label=_("What is read before the talk, opened at home"), unit=_("papers"))
def plan_opened(school, start, end):
    """Shown without a target: whether a home has read it is the home's own business."""
    sent = LearningPlanRef.objects.sent().filter(conference__in=talks_of(school, start, end).values("pk"))
    return Total(sent.filter(openings__isnull=False).distinct().count(), sent.count())


@figure("conferences.prepared_together", label=_("Went through it with the child"), unit=_("homes"))
def prepared_together(school, start, end):
    """B14: of the homes that have prepared, while what they wrote is kept. Without a target, as above."""
    parts = Preparation.objects.filter(
        part=Preparation.Part.GUARDIAN, conference__school_class__school=school, at__date__range=(start, end)
    )
    return Total(parts.filter(together=True).count(), parts.count())


@figure(
    "conferences.talks_held",
    label=_("As many talks as the principle asks for"),
    unit=_("children"),
    target=100,
    headline=True,
)
def talks_held(school, start, end):
    """B10: children with as many held talks as the school's target, in the share of the year that has passed."""
    talks = held(school, start, end).order_by().values("pupil").annotate(talks=Count("pk"))
    enough = talks.filter(talks__gte=_due_by_now(school)).values("pupil")
    children = {
        "part": Count("pupil", distinct=True, filter=Q(pupil__in=enough)),
        "whole": Count("pupil", distinct=True),
    }
    return Total(**_places(school, start, end).aggregate(**children))


def _due_by_now(school):
    """`due`, for the target that the school has set. One query in a year that it has begun."""
    setting = ConferenceSetting.objects.filter(school=school.pk).values_list("talks_a_year", flat=True)
    year = school.years.on(school.today()).annotate(target=Subquery(setting)).first()
    target = year.target if year else setting.first()
    return _share(TALKS_A_YEAR if target is None else target, year, school)


def due(target, school):
    """How many of the year's talks are due by now: half of them at the end of the autumn."""
    return _share(target, school.years.on(school.today()).first(), school)


def _share(target, year, school):
    if year is None:
        return target
    passed = (school.today() - year.starts_on).days / (year.ends_on - year.starts_on).days
    return max(1, ceil(target * passed) if passed > 0.5 else target // 2)


def _places(school, start, end):
    places = Enrolment.objects.filter(school_class__school=school, valid_from__lte=end).filter(
        Q(valid_to=None) | Q(valid_to__gte=start)
    )
    return places.filter(pupil__is_active=True)


@figure("conferences.guardian_came", label=_("At least one guardian took part"), unit=_("children"), target=95)
def guardian_came(school, start, end):
    """B15: also by phone and video, in one of the child's talks; a talk that nobody came to counts as one."""
    counted = came_by(over(school, start, end).values("school_class__school"))
    return next((Total(row["came"], row["children"]) for row in counted), Total(0, 0))


def came_by(talks):
    came = Participant.objects.filter(conference=OuterRef("pk"), kind=Participant.Kind.GUARDIAN, came=True)
    return talks.annotate(
        children=Count("pupil", distinct=True), came=Count("pupil", distinct=True, filter=Exists(came))
    ).order_by()


@figure("conferences.pupil_came", label=_("The child took part"), unit=_("talks"))
def pupil_came(school, start, end):
    talks = held(school, start, end)
    came = Participant.objects.filter(conference=OuterRef("pk"), kind=Participant.Kind.PUPIL, came=True)
    return Total(talks.filter(Exists(came)).count(), talks.count())


@figure("conferences.agreed", label=_("Ended in something agreed"), unit=_("talks"), target=80, headline=True)
def agreed(school, start, end):
    """B6: held talks whose shared summary has at least one agreement with who and when."""
    talks = held(school, start, end)
    agreements = AgreedAction.objects.filter(summary__conference=OuterRef("pk"), summary__shared_at__isnull=False)
    return Total.of(talks, Exists(agreements))


@figure("conferences.no_goals", label=_("Ended without a goal"), unit=_("talks"))
def no_goals(school, start, end):
    """B4: allowed, and counted, of the talks whose summary is shared."""
    shared = ConferenceSummary.objects.latest().filter(conference__in=held(school, start, end))
    return Total(shared.filter(no_goals=True).count(), shared.count())


@figure("conferences.followed_up", label=_("Agreements followed up"), unit=_("agreements"), target=80)
def followed_up(school, start, end):
    """B5 and B6: agreements that were due, where somebody said within two weeks how it went."""
    last = min(end, school.today() - ANSWERED_WITHIN)
    due_ones = AgreedAction.objects.filter(
        summary__conference__school_class__school=school, summary__shared_at__isnull=False, due_on__range=(start, last)
    )
    answered = due_ones.filter(status_at__date__lte=Cast(F("due_on") + ANSWERED_WITHIN, DateField()))
    return Total(answered.count(), due_ones.count())


@figure("conferences.subjects_covered", label=_("Subjects that homes were told of"), unit=_("subjects"), target=100)
def subjects_covered(school, start, end):
    """B13: of every pupil and every subject of their grade, those that a home can read about in a shared summary."""
    subjects = list(Subject.objects.filter(school=school).values_list("pk", "grades"))
    classes = dict(SchoolClass.objects.filter(school=school).values_list("pk", "grades"))
    places = Enrolment.objects.filter(
        school_class__in=classes, school_class__year__starts_on__lte=end, school_class__year__ends_on__gte=start
    )
    wanted = {
        (pupil, subject)
        for pupil, of_class in places.values_list("pupil", "school_class")
        for subject, grades in subjects
        if set(grades) & set(classes[of_class])
    }
    shared = ConferenceSummary.objects.latest().filter(
        conference__school_class__school=school, shared_at__date__range=(start, end)
    )
    told = {
        (pupil, one["subject"])
        for pupil, subjects in shared.exclude(subjects=[]).values_list("conference__pupil", "subjects")
        for one in subjects
    }
    return Total(len(wanted & told), len(wanted))


@figure(
    "conferences.extra_considered",
    label=_("Asked each month whether a child needs a talk"),
    unit=_("months"),
    target=80,
)
def extra_considered(school, start, end):
    """B11: months and classes in which the contact teacher has answered."""
    classes = SchoolClass.objects.filter(school=school, year__starts_on__lte=end, year__ends_on__gte=start).count()
    until = min(end, school.today())
    months = (until.year - start.year) * 12 + until.month - start.month + 1 if until >= start else 0
    answered = ExtraPrompt.objects.filter(school_class__school=school, month__range=(start.replace(day=1), until))
    return Total(answered.count(), classes * months)


@figure("conferences.told_in_time", label=_("Told at home within a week of being noticed"), unit=_("cases"))
def told_in_time(school, start, end):
    """B3b: what the school noticed, and how soon the home was told."""
    noticed = ExtraRequest.objects.filter(
        school_class__school=school, side=ExtraRequest.Side.SCHOOL, noticed_on__range=(start, end)
    )
    in_time = [at for at in noticed.annotate(told=TruncDate("at")) if (at.told - at.noticed_on).days <= TOLD_WITHIN]
    return Total(len(in_time), noticed.count())


@figure("conferences.home_support", label=_("Told how to help at home"), unit=_("summaries"), target=90)
def home_support(school, start, end):
    """B12: shared summaries with the part about home."""
    shared = ConferenceSummary.objects.shared().filter(
        conference__school_class__school=school, shared_at__date__range=(start, end)
    )
    return Total(shared.exclude(home_support="", tips=[]).count(), shared.count())


@figure("conferences.homes_content", label=_("Homes that were listened to and know what comes next"), unit=_("answers"))
def homes_content(school, start, end):
    """C22: four or five on both questions. Nobody is shown who answered."""
    return _content(school, start, end, Feedback.Side.HOME)


@figure(
    "conferences.staff_content", label=_("Teachers who were listened to and know what comes next"), unit=_("answers")
)
def staff_content(school, start, end):
    return _content(school, start, end, Feedback.Side.SCHOOL)


def _content(school, start, end, side):
    answers = Feedback.objects.filter(conference__school_class__school=school, side=side, on__range=(start, end))
    return Total(answers.filter(heard__gte=4, useful__gte=4).count(), answers.count())


lies_behind_figures(Role.Kind.BOARD_MEMBER, "conferences:coverage_show", _("How we keep the principle"))
lies_behind_figures(Role.Kind.BOARD_MEMBER, "conferences:late_list", _("Called late, and why"))
