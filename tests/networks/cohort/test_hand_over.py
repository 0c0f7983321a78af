"""What is handed over when the class contact changes, and what is said before a time runs out."""

from datetime import timedelta

import time_machine
from django.utils import timezone, translation

from networks import actions
from networks.cohort.handing import hand_over_of
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people import actions as people
from portal.people.models import Role, the_portal
from tests import make
from tests.networks.test_notices import letter, still_wanted, told
from tests.networks.test_todos import waiting
from tests.pages import address, as_, text

BEGINS, RUNS_OUT = "networks.contact_begins", "networks.term_runs_out"


def page(town, reader):
    return as_(reader).get(address("networks", "hand_over", town.first.pk))


def ends(town, days):
    role = Role.objects.get(kind="class_contact", person=town.jurgita)
    make._set(role, by=the_portal(), valid_to=timezone.localdate() + timedelta(days=days))
    return role


def elect(town):
    tom = make.holder("contact_teacher", town.first, "Tom", "Teacher")
    role = people.appoint(town.amira, by=tom, kind="class_contact", scope=town.first)
    return tom, role


def due():
    return [one.recipient.given_name for find in KINDS[RUNS_OUT].finds for one in find(timezone.now())]


def test_whoever_begins_reads_what_is_planned_drafted_and_proposed(town, bonfire):
    draft = make.gathering(town.first, by=town.jurgita, title="Board games")
    actions.propose(town.first, by=town.ben, kind="topic", kit="screens")
    elect(town)

    said = text(page(town, town.amira))

    assert [word for word in (bonfire.title, draft.title, "1 proposal waits") if word not in said] == []
    assert "The job in plain words" in said


def test_nobody_else_reads_it_and_whoever_has_stopped_no_more(town, bonfire):
    assert page(town, town.amira).status_code == 403
    assert page(town, town.carla).status_code == 403

    ends(town, -1)

    assert page(town, town.jurgita).status_code == 403


def test_the_incoming_contact_is_told_and_nobody_else(town):
    tom, role = elect(town)

    assert told(BEGINS) == {"Amira"}
    assert told("home.role_given") == set()
    assert "1A" in letter(BEGINS, town.amira).subject
    people.end_role(role, by=tom)
    assert not still_wanted(BEGINS, town.amira)


def test_a_teacher_who_begins_gets_no_letter_of_class_contacts(town):
    people.appoint(town.ben, by=the_portal(), kind="subject_teacher", scope=town.first)

    assert told(BEGINS) == set()


def test_a_month_before_the_time_runs_out_it_waits_and_is_said(town):
    ends(town, 31)
    assert due() == []

    ends(town, 30)
    assert due() == ["Jurgita"]
    with translation.override("en"):
        todos = waiting(town.jurgita, "class_contact")
    assert [one for one in todos if one.startswith("Go on as class contact")]
    assert hand_over_of(town.first, town.jurgita).runs_out


def test_it_is_said_once(town):
    ends(town, 20)

    for _hour in range(2):
        remind()

    assert Notice.objects.filter(kind=RUNS_OUT).count() == 1
    assert due() == []
    assert "Jurgita" not in letter(RUNS_OUT, town.jurgita).subject


def test_without_a_term_the_school_year_is_the_term(town):
    with time_machine.travel(timezone.localtime().replace(year=town.first.year.ends_on.year, month=7, day=10)):
        assert due() == ["Jurgita"]
