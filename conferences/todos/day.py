"""What waits for those who hold the talks, lead the school or run its office."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conferences.models import Conference, ExtraRequest, InterpreterRequest, TimeRequest
from conferences.queries.extra import is_left_alone, month_of, prompt_of
from conferences.queries.hosted import hosted_by
from conferences.queries.interpreters import interpreter_page
from portal.people.models import GuardianRelation
from portal.todos import Todo, waits_for

HOLIDAY_MONTH = 7


def _own(hat):
    return hosted_by(hat.person).filter(teacher=hat.person, school_class=hat.scope)


def _today(hat):
    now = timezone.localtime()
    day = now.replace(hour=0, minute=0, second=0, microsecond=0), now.replace(hour=23, minute=59, second=59)
    return _own(hat).open().filter(booking__starts_at__range=day, booking__ends_at__gt=now)


def _over(hat):
    return _own(hat).open().filter(booking__ends_at__lte=timezone.now())


def _wishing(hat):
    wishing = TimeRequest.objects.waiting().values("conference")
    talks = _own(hat).filter(Q(pk__in=wishing) | Q(state=Conference.State.MISSED))
    return talks.exclude(state__in=[Conference.State.HELD, Conference.State.CANCELLED])


def _closing(hat):
    now = timezone.now()
    unbooked = _own(hat).unbooked().exclude(wanted=Conference.Wanted.NOT_NEEDED)
    return unbooked.filter(round__state="published", round__closes_at__range=(now, now + timedelta(days=3)))


@waits_for("contact_teacher", among=_today)
@waits_for("subject_teacher", among=_today)
def talks_today(hat):
    talks = _today(hat).count()
    title = ngettext("%(n)s talk today", "%(n)s talks today", talks) % {"n": talks}
    return [
        _todo(
            title,
            reverse("conferences:teacher_day"),
            due=timezone.localdate(),
            detail=_("Who comes, and what they need."),
        )
    ]


@waits_for("contact_teacher", among=_over)
@waits_for("subject_teacher", among=_over)
def attendance_to_note(hat):
    return [
        _todo(
            _("Who came to the talk about %(child)s?") % {"child": talk.pupil.full_name},
            reverse("conferences:talk_attend", args=[talk.pk]),
            due=timezone.localdate(talk.booking.starts_at),
            detail=_("It takes one tap."),
            of=talk.occasion,
            in_letter=_("Say who came to a talk"),
        )
        for talk in _over(hat).select_related("pupil", "booking", "round")[:5]
    ]


@waits_for("contact_teacher", among=_wishing)
@waits_for("subject_teacher", among=_wishing)
def families_that_wait(hat):
    return [
        _todo(
            _("Offer a time to the family of %(child)s") % {"child": talk.pupil.full_name},
            reverse("conferences:times_offer", args=[talk.pk]),
            detail=_("They could not come.")
            if talk.state == Conference.State.MISSED
            else _("None of the times fits them."),
            of=talk.occasion,
            in_letter=_("Offer a time to a family"),
        )
        for talk in _wishing(hat).select_related("pupil", "round")[:5]
    ]


@waits_for("contact_teacher", among=_closing)
def children_without_time(hat):
    rounds = {}
    for talk in _closing(hat).select_related("round"):
        rounds.setdefault(talk.round, []).append(talk)
    return [
        _todo(
            ngettext("%(n)s child has no time yet", "%(n)s children have no time yet", len(found)) % {"n": len(found)},
            reverse("conferences:round_unbooked", args=[round.pk]),
            due=timezone.localdate(round.closes_at),
            detail=_("Call, remind or choose a time for them."),
            of=round.title,
        )
        for round, found in rounds.items()
    ]


def _scheduled_by(hat):
    return _asked_for(hat).waiting()


@waits_for("contact_teacher", among=_scheduled_by)
@waits_for("principal", among=_scheduled_by)
@waits_for("deputy", among=_scheduled_by)
def extra_talks_to_schedule(hat):
    """A teacher sees those of the class, the school's leaders the urgent ones and those left alone."""
    mine = Q() if hat.kind == "contact_teacher" else Q(urgent=True)
    counts = {"waiting": Count("pk", filter=mine), "late": Count("pk", filter=is_left_alone())}
    total = _scheduled_by(hat).order_by().aggregate(**counts)
    return [*_to_schedule(total["waiting"]), *_left_alone(total["late"], hat)]


def _to_schedule(total):
    if not total:
        return []
    title = ngettext("Find a time for %(n)s extra talk", "Find a time for %(n)s extra talks", total) % {"n": total}
    return [
        _todo(title, reverse("conferences:extra_list"), detail=_("Within five school days; sooner when it is urgent."))
    ]


def _left_alone(total, hat):
    if not total:
        return []
    title = ngettext(
        "%(n)s child has waited too long for a talk", "%(n)s children have waited too long for a talk", total
    )
    detail = _("Find a time today, or close it with a word to the family.")
    return [_todo(title % {"n": total}, reverse("conferences:extra_list"), due=hat.school.today(), detail=detail)]


def _asked_for(hat):
    """Never those asked for by the person's own home."""
    asked = ExtraRequest.objects.visible_to(hat.person)
    asked = asked.exclude(household=hat.person.household_id, household__isnull=False)
    if hat.kind == "contact_teacher":
        return asked.filter(school_class=hat.scope)
    return asked.filter(school_class__school=hat.school)


@waits_for("contact_teacher")
def prompt_to_answer(hat):
    today = hat.school.today()
    if today.month == HOLIDAY_MONTH or not hat.scope.year.starts_on <= today <= hat.scope.year.ends_on:
        return []
    if prompt_of(hat.scope):
        return []
    month = month_of(hat.scope)
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return [
        _todo(
            _("Does any child in %(class)s need an extra talk?") % {"class": hat.scope.name},
            reverse("conferences:extra_prompt", args=[hat.scope.pk]),
            due=last,
            detail=_("Two minutes, once a month. No is an answer too."),
        )
    ]


@waits_for("office")
def interpreters_to_order(hat):
    asked = InterpreterRequest.objects.visible_to(hat.person).filter(
        state=InterpreterRequest.State.ASKED,
        conference__school_class__school=hat.school,
        conference__state=Conference.State.CALLED,
        conference__booking__starts_at__gte=timezone.now(),
    )
    first = asked.order_by("conference__booking__starts_at").values_list("conference__booking__starts_at", flat=True)
    total = asked.count()
    if not total:
        return []
    title = ngettext("Order %(n)s interpreter", "Order %(n)s interpreters", total) % {"n": total}
    url = reverse("conferences:interpreter_list")
    return [_todo(title, url, due=timezone.localdate(first[0]), detail=_("By language and day."), icon="Language")]


@waits_for("office")
def interpreters_to_call_off(hat):
    total = sum(order.school == hat.school for order in interpreter_page(hat.person).idle)
    if not total:
        return []
    title = ngettext("Call off %(n)s interpreter", "Call off %(n)s interpreters", total) % {"n": total}
    detail = _("Ordered, and not needed any more.")
    return [_todo(title, reverse("conferences:interpreter_list"), due=None, detail=detail, icon="Language")]


@waits_for("office")
def children_without_guardian(hat):
    talks = (
        Conference.objects.of_leader(hat.person)
        .unbooked()
        .filter(school_class__school=hat.school, round__state="published")
    )
    lost = talks.exclude(pupil__in=GuardianRelation.objects.live().values("pupil")).values("pupil").distinct().count()
    if not lost:
        return []
    title = ngettext(
        "%(n)s child is called to a talk and has no guardian here",
        "%(n)s children are called to a talk and have no guardian here",
        lost,
    )
    detail = _("Confirm the guardians, and the invitation reaches them.")
    return [_todo(title % {"n": lost}, reverse("people:relation_list"), detail=detail, icon="PersonGroup")]


def _todo(title, url, *, due=None, detail="", icon="Chat2", of="", in_letter=""):
    about = {"hue": "conferences", "of": of, "in_letter": in_letter}
    return Todo(title=title, url=url, due=due, detail=detail, icon=icon, **about)
