"""What the workers do for a whole school's timetable: plan it, book it, resume what was left."""

import os
import time
from contextlib import suppress

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from conferences.models import NotNow, Timetable
from conferences.timetables import actions
from conferences.timetables.planner import child
from conferences.timetables.queries.puzzles import interpreters_to_ask, puzzle_of
from portal.clock import every
from portal.ledger.models import Event
from portal.people.models import the_portal

ALIVE_EVERY = 2  # seconds
MOVE_COST = 1  # what moving a talk costs once the leader has seen the timetable: as much as one slot of idling
TRIES = 5


@shared_task(ignore_result=True)
def plan_timetable(key):
    """Plan in a process of its own, with a deadline; the page sees the best plan so far. Idempotent: delivered twice,
    or to two workers, it is planned once."""
    timetable = Timetable.objects.select_related("round__school").get(pk=key)
    with suppress(NotNow):
        actions.take_up_timetable(timetable, by=the_portal())
        try:
            _plan(timetable)
        except child.PlannerFailed:
            actions.fail_timetable(timetable, by=the_portal())


def _plan(timetable):
    puzzle, begun = puzzle_of(timetable), time.monotonic()
    start = puzzle.plan_of(timetable.placements.all())
    move_cost = MOVE_COST if timetable.ended_at else 0
    plan, reasons = _solve(timetable, puzzle, puzzle.problem, timetable.seconds, start, move_cost)
    if plan and any(len(puzzle.wide.get(key, ())) > len(puzzle.problem.by_key[key].possible) for key in plan.unplaced):
        left = max(timetable.seconds - (time.monotonic() - begun), timetable.seconds / 2)
        plan, reasons = _solve(timetable, puzzle, puzzle.widened(), left, plan, move_cost)
    if plan is None:
        return  # it was thrown away
    why = puzzle.hopeless | {one.key: one.reason for one in reasons}
    times = puzzle.times_of(plan)
    actions.propose_timetable(
        timetable, by=the_portal(), times=times, reasons=why, objective=plan.objective, bound=plan.bound
    )


def _solve(timetable, puzzle, problem, seconds, start, move_cost):
    seen = time.monotonic()

    def report(plan):
        actions.save_progress(timetable, times=puzzle.times_of(plan), objective=plan.objective)

    def is_unwanted():
        nonlocal seen
        if time.monotonic() - seen < ALIVE_EVERY:
            return False
        seen = time.monotonic()
        return not actions.still_wanted(timetable)

    workers = min(4, os.cpu_count() or 1)
    return child.solve(
        problem, seconds, start=start, move_cost=move_cost, report=report, stop=is_unwanted, workers=workers
    )


@shared_task(ignore_result=True)
def book_timetable(key):
    """Give the families of a published timetable their times. Delivered twice, nobody is told twice; another worker
    resumes where this one died."""
    timetable = Timetable.objects.select_related("round__school", "asked_by").get(pk=key)
    with suppress(NotNow):
        actions.take_up_booking(timetable, by=the_portal())
        languages, taken, seen = interpreters_to_ask(timetable), [], time.monotonic()
        placed = timetable.placements.filter(slot__isnull=False).order_by("slot__starts_at", "pk")
        leader, portal, hosted = timetable.asked_by, the_portal(), actions.hosted_among(placed, timetable.asked_by)
        for placement in placed.select_related("slot", "conference__round", "conference__school_class"):
            language = languages.get(placement.conference_id, "")
            by = leader if placement.conference_id in hosted else portal
            if actions.book_placement(placement, by=by, language=language):
                taken.append(placement.conference_id)
            if time.monotonic() - seen > ALIVE_EVERY:
                seen = time.monotonic()
                if not actions.still_wanted(timetable):
                    return
        actions.finish_timetable(timetable, by=the_portal(), taken=taken)


@shared_task(ignore_result=True)
@every(30)
def sweep_timetables():
    """Timetables that no worker heard of, or whose worker died. One that keeps killing its workers is given up."""
    silent = timezone.now() - actions.SILENT
    waiting = Timetable.objects.at_work().filter(Q(seen_at=None) | Q(seen_at__lt=silent))
    for timetable in waiting.select_related("round__school"):
        if timetable.state == Timetable.State.BOOKING:
            actions.ring("book_timetable", timetable)
        elif _tries(timetable) < TRIES:
            actions.ring("plan_timetable", timetable)
        else:
            with suppress(NotNow):
                actions.fail_timetable(timetable, by=the_portal())


def _tries(timetable):
    events = Event.objects.about(timetable)
    asked = events.filter(verb__in=["conferences.timetable_started", "conferences.timetable_replanned"]).last()
    return events.filter(verb="conferences.timetable_taken_up", pk__gt=asked.pk if asked else 0).count()
