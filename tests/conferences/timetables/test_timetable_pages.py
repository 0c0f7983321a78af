"""The pages of a whole school's timetable: what they say and do, who is kept out, and what thirty talks cost."""

import os
import subprocess
import sys
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences import actions
from conferences.models import ConferenceRound, Placement, Timetable
from conferences.timetables import actions as timetables
from portal.checkout.embedded import ROOT
from portal.people.hats import hats_of
from portal.people.models import the_portal
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, todos_of

page = partial(address, "conferences")


@pytest.fixture(autouse=True)
def quiet_broker(monkeypatch):
    monkeypatch.setattr(timetables, "ring", lambda task, timetable: None)


@once
def principal(school):
    return make.holder("principal", school, "Gro", "Leder", language="en")


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return [one["sql"] for one in asked]


@once
def calm(school_class):
    return make.round(school_class, opened=False)


def children(round, teacher, school_class, first, number):
    found = []
    for n in range(first, first + number):
        pupil, _guardian = make.family(school_class, pupil_name=f"Child{n}", family_name=f"Of{n}")
        talk = make.conference(round, pupil, teacher)
        found.append((talk, make.slot(round, teacher, days=15 + n // 12, hour=8 + n % 12)))
    return found


def proposal(round, by, pairs, reason="teacher_full"):
    """A timetable written without the planner; a talk without a time gets this reason."""
    timetable = actions.start_timetable(round, by=by)
    actions.take_up_timetable(timetable, by=the_portal())
    times = {talk.pk: slot and slot.pk for talk, slot in pairs}
    reasons = {talk.pk: reason for talk, slot in pairs if slot is None}
    actions.propose_timetable(timetable, by=the_portal(), times=times, reasons=reasons, objective=1000, bound=1000)
    return timetable


def test_the_start_says_what_there_is_to_plan_and_begins(calm, school_class, teacher, principal):
    children(calm, teacher, school_class, 0, 2)
    client = as_(principal)
    shown = markup(client.get(page("timetable_start", calm.pk)))
    assert "children without a time" in shown
    answer = client.post(page("timetable_start", calm.pk), {"seconds": "20"})
    timetable = Timetable.objects.get()
    assert answer.url == page("timetable_show", timetable.pk)
    assert (timetable.seconds, timetable.asked_by) == (20, principal)
    assert "A timetable is being made already" in markup(client.get(page("timetable_start", calm.pk)))
    assert "being made already" in markup(client.post(page("timetable_start", calm.pk), {"seconds": "20"}))


def test_the_start_of_a_draft_sends_one_to_the_families_first(calm, principal):
    ConferenceRound.objects.update(state="draft", published_at=None)
    assert "Call the families first" in markup(as_(principal).get(page("timetable_start", calm.pk)))


@pytest.mark.parametrize("typed", [{}, {"seconds": "9999"}, {"seconds": "x"}])
def test_the_start_refuses_a_forged_length(calm, school_class, teacher, principal, typed):
    children(calm, teacher, school_class, 0, 1)
    assert as_(principal).post(page("timetable_start", calm.pk), typed).status_code == 200
    assert not Timetable.objects.exists()


def test_progress_is_seen_without_script_and_asked_for_with_it(calm, school_class, teacher, principal):
    children(calm, teacher, school_class, 0, 2)
    timetable = actions.start_timetable(calm, by=principal)
    client = as_(principal)
    shown = markup(client.get(page("timetable_show", timetable.pk)))
    assert '<noscript><meta http-equiv="refresh"' in shown
    assert "We are about to begin" in shown
    part = client.get(page("timetable_show", timetable.pk), headers={"HX-Request": "true"})
    assert "<html" not in markup(part)
    assert "2 talks are to be placed" in markup(part)
    actions.drop_timetable(timetable, by=principal)
    assert client.get(page("timetable_show", timetable.pk), headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_the_timetable_says_how_good_it_is_and_who_is_left(calm, school_class, teacher, principal):
    pairs = children(calm, teacher, school_class, 0, 3)
    pairs[2] = pairs[2][0], None
    timetable = proposal(calm, principal, pairs)
    shown = markup(as_(principal).get(page("timetable_show", timetable.pk)))
    assert "of 3 talks have a time" in shown
    assert "gap to the best possible" in shown
    assert "Nothing better exists" in shown
    assert f"Ask {teacher.full_name} for more times" in shown
    assert "Tell 2 families" in shown
    assert "Child0 Of0" in shown


@pytest.mark.parametrize("reason", ["no_times", "no_double", "busy", "lost_to_others", "interpreter_full", "later"])
def test_every_reason_is_told_in_words(calm, school_class, teacher, principal, reason):
    timetable = proposal(calm, principal, [(children(calm, teacher, school_class, 0, 1)[0][0], None)], reason=reason)
    shown = markup(as_(principal).get(page("timetable_show", timetable.pk)))
    assert reason not in shown
    assert "1 talk has no time" in shown


def test_a_talk_is_moved_by_hand_and_stays(calm, school_class, teacher, principal):
    pairs = children(calm, teacher, school_class, 0, 2)
    free = make.slot(calm, teacher, hour=20)
    timetable = proposal(calm, principal, pairs)
    placement = timetable.placements.get(conference=pairs[0][0])
    client = as_(principal)
    shown = markup(client.get(page("placement_move", placement.pk)))
    assert "Another child has this time" in shown
    assert "is here now" in shown
    client.post(page("placement_move", placement.pk), {"slot": free.pk})
    placement.refresh_from_db()
    assert (placement.slot, placement.pinned) == (free, True)
    for forged in (pairs[1][1].pk, "x", 0):
        client.post(page("placement_move", placement.pk), {"slot": forged})
        placement.refresh_from_db()
        assert placement.slot == free
    assert "You have changed it by hand" in markup(client.get(page("timetable_show", timetable.pk)))
    client.post(page("placement_pin", placement.pk), {"pinned": "0"})
    assert not Placement.objects.get(pk=placement.pk).pinned


def test_publish_replan_and_drop_are_buttons(calm, school_class, teacher, principal):
    timetable = proposal(calm, principal, children(calm, teacher, school_class, 0, 2))
    client = as_(principal)
    client.post(page("timetable_replan", timetable.pk))
    assert Timetable.objects.get().state == "waiting"
    client.post(page("timetable_drop", timetable.pk))
    other = proposal(calm, principal, [(one.conference, one.slot) for one in timetable.placements.all()])
    client.post(page("timetable_publish", other.pk))
    other.refresh_from_db()
    assert other.state == "booking"
    refused = markup(client.post(page("timetable_replan", other.pk), follow=True))
    assert "it cannot be changed now" in refused


def test_a_child_of_whom_the_leader_must_know_nothing_has_no_name_here(calm, school_class, teacher, principal):
    pairs = children(calm, teacher, school_class, 0, 2)
    make.confirmed(principal, pairs[0][0].pupil)
    make.restricted(principal, pairs[0][0].pupil)
    timetable = proposal(calm, principal, pairs)
    shown = markup(as_(principal).get(page("timetable_show", timetable.pk)))
    assert "Child0" not in shown
    assert "Child1" in shown
    hidden = timetable.placements.get(conference=pairs[0][0])
    assert as_(principal).get(page("placement_move", hidden.pk)).status_code == 404


def test_a_proposed_timetable_waits_for_the_leader(calm, school_class, teacher, principal):
    timetable = proposal(calm, principal, children(calm, teacher, school_class, 0, 1))
    hat = next(hat for hat in hats_of(principal) if hat.kind == "principal")
    todo = next(todo for todo in todos_of(hat) if "timetable" in todo.url)
    assert todo.url == page("timetable_show", timetable.pk)
    actions.drop_timetable(timetable, by=principal)
    assert not any("timetable" in todo.url for todo in todos_of(hat))


def test_thirty_talks_cost_as_many_queries_as_three(calm, school_class, teacher, principal):
    client = as_(principal)
    few = children(calm, teacher, school_class, 0, 3)
    timetable = proposal(calm, principal, few)
    urls = [page("timetable_show", timetable.pk), page("timetable_start", calm.pk)]
    urls.append(page("placement_move", timetable.placements.first().pk))
    before = [queries(client, url) for url in urls]
    actions.drop_timetable(timetable, by=principal)
    many = proposal(calm, principal, few + children(calm, teacher, school_class, 3, 27))
    urls = [page("timetable_show", many.pk), page("timetable_start", calm.pk)]
    urls.append(page("placement_move", many.placements.first().pk))
    after = [queries(client, url) for url in urls]
    assert list(map(len, after)) == list(map(len, before)), "\n".join(one for asked in after for one in asked)
    assert many.started_at <= timezone.now()


def test_neither_web_nor_worker_carries_the_planners_libraries():
    code = "import django; django.setup(); import portal.urls, conferences.tasks, sys; "
    code += "print([name for name in ('ortools', 'numba') if name in sys.modules])"
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
