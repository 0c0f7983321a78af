"""The plans of a round: what the school attaches, whose are missing, sent in time, and opened."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from conferences.models import Conference, ConferenceRound, LearningPlanRef, PlanOpening
from conferences.queries.settings import plan_label_of
from portal.people.models import Person, keys_of


@dataclass
class PlanRow:
    pupil: Person
    conference: Conference
    talk_at: datetime | None = None
    plans: list[LearningPlanRef] = field(default_factory=list)

    @property
    def sent_at(self):
        sent = [plan.sent_at for plan in self.plans if plan.sent_at]
        return min(sent) if sent else None

    @property
    def kept(self):
        return [plan for plan in self.plans if plan.title]

    @property
    def waits(self):
        return [plan for plan in self.plans if plan.sent_at is None]

    @property
    def is_opened(self):
        return any(plan.is_opened for plan in self.plans)

    def is_in_time(self, round):
        """Sent the agreed number of days before the talk; before a time is booked, by the day that was promised."""
        if self.sent_at is None:
            return False
        if self.talk_at:
            return self.sent_at <= self.talk_at - timedelta(days=round.plan_days)
        return self.sent_at.astimezone(round.school.zone).date() <= round.plans_on


@dataclass
class PlanPage:
    round: ConferenceRound
    label: str
    rows: list[PlanRow]

    @property
    def sent(self):
        return sum(row.sent_at is not None for row in self.rows)

    @property
    def in_time(self):
        return sum(row.is_in_time(self.round) for row in self.rows)

    @property
    def ready(self):
        return [row for row in self.rows if row.waits]

    @property
    def missing(self):
        return [row for row in self.rows if not row.plans]


def plan_page(round, person):
    restricted = keys_of.restricted(person)
    return _page(round, Conference.objects.of_teacher(person).exclude(pupil__in=restricted), first=person.pk)


def plans_of_round(round, talks):
    return _page(round, talks)


def _page(round, conferences, first=None):
    told = conferences.filter(round=round).exclude(state=Conference.State.CANCELLED)
    found = told.select_related("pupil", "booking").order_by("pupil__sort_name", "pk")
    talks = sorted(found, key=lambda talk: talk.teacher_id != first)  # the teacher's own before a colleague's
    rows = {}
    for talk in sorted(talks, key=lambda talk: talk.pupil.sort_name):
        row = rows.setdefault(talk.pupil_id, PlanRow(talk.pupil, talk))
        if talk.time:
            row.talk_at = min(row.talk_at or talk.time.starts_at, talk.time.starts_at)
    for pupil, plans in _plans_of(talks).items():
        rows[pupil].plans = plans
    return PlanPage(round, plan_label_of(round.school), list(rows.values()))


def _plans_of(talks):
    """By pupil. A plan that two homes have counts once, and is opened when either has opened it."""
    opened = PlanOpening.objects.filter(plan=OuterRef("pk"))
    plans = (
        LearningPlanRef.objects.filter(conference__in=[talk.pk for talk in talks])
        .defer("file")
        .annotate(is_opened=Exists(opened))
        .order_by("pk")
    )
    pupils, once = {talk.pk: talk.pupil_id for talk in talks}, defaultdict(dict)
    for plan in plans:
        same = once[pupils[plan.conference_id]].setdefault((plan.title, plan.url, plan.file_name, plan.sent_at), plan)
        same.is_opened = same.is_opened or plan.is_opened
    return {pupil: list(found.values()) for pupil, found in once.items()}


def plans_to_read(conference, person):
    return list(LearningPlanRef.objects.visible_to(person).filter(conference=conference).defer("file").order_by("pk"))


def plan_state(row):
    if row.waits:
        return "planned", _("Ready to send")
    if row.sent_at is None:
        return "waiting", _("Nothing here yet")
    return ("done", _("Opened at home")) if row.is_opened else ("under_way", _("Sent"))
