"""A talk for each home, made while the plans are handled: both homes get the plan, whoever is first."""

import pytest
from django.db import transaction

from conferences import actions
from conferences.before.files import PlanFile
from conferences.models import Conference, LearningPlanRef
from tests import make
from tests.ground import once
from tests.threads import in_a_thread


@once
def plan(conference, teacher):
    return actions.add_plan(conference, by=teacher, file=PlanFile("Nora.pdf", "application/pdf", make.pdf()))[0]


def _separate(conference, teacher, amina):
    actions.ask_separate(conference, by=amina)


def _add(conference, teacher, amina):
    actions.add_plan(conference, by=teacher, url="https://example.org/more", title="More")


def _send(conference, teacher, amina):
    actions.send_plans(conference.round, by=teacher)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("first", "second"), [(_separate, _add), (_add, _separate), (_separate, _send), (_send, _separate)]
)
def test_both_homes_get_the_plan_whoever_is_first(plan, conference, teacher, amina, yusuf, first, second):
    """One of the two does it while the other's is not yet written down."""
    told = []
    with transaction.atomic():
        first(conference, teacher, amina)
        other = in_a_thread(told, lambda: second(conference, teacher, amina))
        other.join(1)
    other.join(30)
    assert told == ["yes"]
    talks = Conference.objects.order_by("pk")
    assert {talk.home_id for talk in talks} == {amina.household_id, yusuf.household_id}
    mine, theirs = ([(plan.title, plan.sent_at) for plan in talk.plans.order_by("title")] for talk in talks)
    assert mine == theirs
    assert len(mine) == (2 if _add in (first, second) else 1)
    assert all(bool(sent_at) is (_send in (first, second)) for _title, sent_at in mine)


def test_a_plan_that_lies_ready_is_sent_to_both_homes_of_a_later_talk_for_each(
    plan, conference, teacher, amina, yusuf, round
):
    actions.ask_separate(conference, by=yusuf)
    assert not LearningPlanRef.objects.visible_to(amina).exists()
    assert actions.send_plans(round, by=teacher) == 2
    for guardian in (amina, yusuf):
        assert LearningPlanRef.objects.visible_to(guardian).get().title == plan.title
