"""The year of a school, and the letters before a principle is looked at again."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice, naming
from portal.people.actions import end_role
from portal.people.hats import hats_of
from portal.people.models import the_portal
from principles import actions
from principles.hearings.actions import call_off_hearing, close_hearing
from principles.supervision.actions import start_supervision
from principles.supervision.models import Supervision
from principles.wheel.actions import add_yearly_item, remove_yearly_item
from principles.wheel.models import StandsAlready, YearlyItem
from principles.wheel.notices import reviews_come, still_due, who_looks_after
from principles.wheel.queries import wheel_of
from tests import make
from tests.pages import address, as_, markup, text, todos_of
from tests.principles.conftest import publish
from tests.principles.hearings.conftest import prepare
from tests.principles.test_supervision import begun, concluded

pytestmark = pytest.mark.django_db


def due_in(draft, by, days, **kept):
    version = publish(draft, by, review_on=timezone.localdate() + timedelta(days=days))
    said = {"binding_kind": "board_principle", "owner_role": "principal", "review_on": version.principle.review_on}
    actions.manage_principle(version.principle, by=by, **(said | kept))
    version.principle.refresh_from_db()
    return version.principle


def waiting(person):
    with translation.override("en"):
        return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]


# The letters


@pytest.mark.parametrize(("days", "stage"), [(61, None), (60, 60), (54, 60), (53, None), (30, 30), (0, 0), (-8, None)])
def test_a_letter_goes_60_and_30_days_before_and_on_the_day(draft, karen, days, stage):
    principle = due_in(draft, karen, days)

    found = [(one.recipient, one.occasion) for one in reviews_come(timezone.now())]

    assert found == ([] if stage is None else [(karen, f"review {principle.review_on} {stage}")])


@pytest.mark.parametrize(
    ("owner", "told"),
    [("principal", "Karen"), ("board_member", "Mette"), ("office", "Olav"), ("municipality_officer", "Maja")],
)
def test_the_letter_goes_to_whoever_looks_after_it(draft, engen, karen, mette, olav, owner, told):
    make.holder("municipality_officer", engen.municipality, "Maja")
    due_in(draft, karen, 30, owner_role=owner)

    assert [one.recipient.given_name for one in reviews_come(timezone.now())] == [told]


def test_what_nobody_there_looks_after_is_left_to_the_leaders(draft, engen, karen, mette):
    due_in(draft, karen, 0, owner_role="board_member")
    assert "Look at" not in " ".join(waiting(karen))
    end_role(mette.roles.get(), by=the_portal())

    assert [one.recipient for one in reviews_come(timezone.now())] == [karen]
    assert [title for title in waiting(karen) if draft.title in title]


def test_what_all_schools_share_is_looked_after_by_the_municipality(draft, engen, karen):
    maja = make.holder("municipality_officer", engen.municipality, "Maja")
    principle = due_in(draft, karen, 30)
    principle.school_id = None

    assert list(who_looks_after(principle)) == [maja]


def test_a_letter_whose_day_was_moved_is_not_sent(draft, karen):
    principle = due_in(draft, karen, 30)
    (due,) = reviews_come(timezone.now())
    about = {"kind": "principles.review_comes", "recipient": karen, "not_before": timezone.now()}
    notice = Notice(occasion=due.occasion, **about, **naming(principle))
    with translation.override("en"):
        letter = KINDS[notice.kind](notice)
    assert letter.subject == "Look at “Princip for skole-hjem-samtaler” again"
    assert "30 days are left." in letter.lines[0]
    assert still_due(notice)

    actions.manage_principle(
        principle, by=karen, binding_kind="board_principle", owner_role="principal", review_on=None
    )

    assert not still_due(notice)


def test_a_page_that_is_overdue_says_so_to_everybody(draft, karen, amira):
    principle = due_in(draft, karen, -1)

    assert "Should have been looked at again by" in text(as_(amira).get(principle.get_absolute_url()))


# The wheel


def test_the_wheel_has_reviews_and_what_is_done_every_year(draft, karen, mette, engen):
    due_in(draft, karen, 0)
    as_(mette).post(address("principles", "wheel_show"), {"title": "The board is chosen", "month": "8"})

    page = as_(mette).get(address("principles", "wheel_show"))

    assert "Look at “Princip for skole-hjem-samtaler” again" in text(page)
    assert "The board is chosen" in text(page)
    assert "The year as a wheel, with 2 things" in text(page)
    assert markup(page).count("<path d=") >= 12


def test_what_was_due_last_year_stands_in_this_month_and_says_so(draft, karen, engen):
    due_in(draft, karen, -500)

    (now,) = [month for month in wheel_of(engen, karen).months if month.is_now]

    assert [one.late for one in now.entries] == [True]


def test_the_year_begins_in_august_and_has_each_month_once(engen, karen):
    months = wheel_of(engen, karen).months

    assert [month.number for month in months] == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]
    assert months[0].path.startswith("M200 50 A150 150")


def test_the_office_does_not_read_what_board_and_head_have_under_way(published, mette, olav, engen):
    today = engen.today()
    start_supervision(
        published.principle,
        by=mette,
        numbers=[2],
        starts_on=today - timedelta(days=9),
        ends_on=today,
        statement_by=today,
    )

    assert wheel_of(engen, mette).total == 1
    assert wheel_of(engen, olav).total == 0


def test_the_day_of_a_reply_to_a_hearing_stands_there_until_it_is_given(draft, mette, olav, engen):
    off = prepare(draft, mette, opens=9)
    call_off_hearing(off, by=mette)
    draft.refresh_from_db()
    hearing = prepare(draft, mette)

    entries = [entry for month in wheel_of(engen, mette).months for entry in month.entries]
    assert [entry.url for entry in entries] == [address("principles", "hearing_arrange", hearing.pk)]
    assert wheel_of(engen, olav).total == 1

    type(hearing).objects.update(
        opens_on=engen.today() - timedelta(days=9), closes_on=engen.today() - timedelta(days=1)
    )
    close_hearing(hearing, by=mette)
    assert wheel_of(engen, mette).total == 0


def test_nothing_stands_twice_in_a_month_and_only_planners_change_it(engen, mette, karen, amira):
    item = add_yearly_item(engen, by=mette, month=8, title="Vote")
    with pytest.raises(StandsAlready):
        add_yearly_item(engen, by=karen, month=8, title="Vote")
    for other in (amira, make.holder("board_member", make.school("Elsewhere"))):
        with pytest.raises(PermissionDenied):
            add_yearly_item(engen, by=other, month=9, title="Vote")
        with pytest.raises(PermissionDenied):
            remove_yearly_item(item, by=other)
    assert as_(amira).get(address("principles", "wheel_show")).status_code == 403

    as_(karen).post(address("principles", "wheel_remove", item.pk))

    assert not YearlyItem.objects.exists()


def test_the_wheel_asks_as_much_for_many(engen, mette, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        wheel_of(engen, mette)
    for number in range(30):
        add_yearly_item(engen, by=mette, month=number % 12 + 1, title=f"Item {number}")
    with django_assert_num_queries(len(few)):
        wheel_of(engen, mette)


def test_the_next_supervision_stands_once_and_only_of_what_applies(published, mette, karen, engen):
    now = timezone.localtime()
    with time_machine.travel(
        now + timedelta(days=31) if now.month == 7 else now
    ):  # tomorrow is of the same school year
        today = engen.today()
        for _ in range(2):
            done = concluded(begun(published.principle, mette), karen, mette, next_on=today + timedelta(days=1))
        with translation.override("en"):
            entries = [entry.title for month in wheel_of(engen, mette).months for entry in month.entries]
        assert sum("Supervise" in title for title in entries) == 1
        assert Supervision.objects.next_by(done.next_on).get() == done

        actions.repeal_principle(published.principle, by=karen, last_day=today - timedelta(days=1))
        assert not Supervision.objects.next_by(done.next_on).exists()
