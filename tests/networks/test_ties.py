"""A gathering tied to what the school plans: it moves along, its families are told as of any change, and when the school
calls it off the organisers decide."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import translation

from networks import actions
from networks.actions import WrongTimes, move_along, tie_gathering
from networks.models import Gathering, NotNow
from portal.ledger import tasks as ledger
from portal.ledger.models import Event
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people.models import the_portal
from portal.schoolyear import actions as school
from tests import make
from tests.ground import once
from tests.pages import address, as_, text
from tests.portal.schoolyear.test_events import fields_of, later
from tests.windows import second_is_told, window

CHANGED, OFF = "networks.gathering_changed", "networks.school_event_off"
BEHIND = "networks.gathering_left_behind"


@once
def dugnad(town):
    return make.event(town.school, days=20, title="Dugnad")


@once
def tied(town, bonfire, dugnad):
    tie_gathering(bonfire, by=town.jurgita, school_event=dugnad)
    return bonfire


def move(event, **by):
    event.refresh_from_db()
    school.change_event(event, by=the_portal(), **fields_of(event, **later(event, **by)))
    ledger.sweep()


def told(kind):
    ledger.sweep()
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__given_name", flat=True))


def test_it_moves_by_as_much_and_everyone_invited_is_told(town, tied, dugnad):
    before = Gathering.objects.get()
    move(dugnad, days=3, hours=1)
    after = Gathering.objects.get()
    for name in ("starts_at", "ends_at", "answer_by"):
        assert getattr(after, name) - getattr(before, name) == timedelta(days=3, hours=1)
    assert after.sequence == before.sequence + 1
    assert told(CHANGED) == ["Amira", "Ben", "Jurgita"]
    move(dugnad, days=-2)
    assert (Gathering.objects.get().starts_at - before.starts_at).days == 1


def test_an_event_that_is_heard_twice_moves_it_once(tied, dugnad):
    move(dugnad, days=3)
    starts_at = Gathering.objects.get().starts_at
    ledger.sweep()
    assert Gathering.objects.get().starts_at == starts_at


def test_one_that_is_tied_after_the_move_is_tied_to_the_new_time(town, bonfire, dugnad):
    before = Gathering.objects.get().starts_at
    school.change_event(dugnad, by=the_portal(), **fields_of(dugnad, **later(dugnad, days=3)))
    tie_gathering(bonfire, by=town.jurgita, school_event=dugnad)
    ledger.sweep()
    assert Gathering.objects.get().starts_at == before


def test_a_tie_that_is_saved_again_still_moves_it(town, tied, dugnad):
    before = Gathering.objects.get().starts_at
    school.change_event(dugnad, by=the_portal(), **fields_of(dugnad, **later(dugnad, days=3)))
    tie_gathering(tied, by=town.jurgita, school_event=dugnad)
    ledger.sweep()
    assert Gathering.objects.get().starts_at - before == timedelta(days=3)


def test_it_is_not_moved_to_what_is_over(tied):
    before = Gathering.objects.get().starts_at
    with pytest.raises(WrongTimes):
        move_along(tied, by=the_portal(), seconds=-21 * 24 * 3600)
    assert Gathering.objects.get().starts_at == before


def test_a_draft_moves_without_a_word(town, draft, dugnad):
    tie_gathering(draft, by=town.jurgita, school_event=dugnad)
    move(dugnad, days=3)
    assert Gathering.objects.get().starts_at == draft.starts_at + timedelta(days=3)
    assert told(CHANGED) == []


def test_what_is_no_move_moves_nothing(town, tied, dugnad):
    school.change_event(dugnad, by=the_portal(), **fields_of(dugnad, title="New", place="The gym"))
    assert told(CHANGED) == []
    assert Gathering.objects.get().starts_at == tied.starts_at


def test_six_in_the_evening_stays_so_when_the_clocks_change(town):
    zone = ZoneInfo("Europe/Oslo")
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=zone)):
        starts = datetime.combine(datetime(2027, 3, 25), time(18), tzinfo=zone)
        event = make.event(town.school, days=24)
        times = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "answer_by": starts - timedelta(days=7)}
        gathering = make.gathering(town.first, by=town.jurgita, **times)
        tie_gathering(gathering, by=town.jurgita, school_event=event)
        on = event.starts_at.astimezone(zone).replace(tzinfo=None) + timedelta(days=7)
        new = {"starts_at": on.replace(tzinfo=zone), "ends_at": on.replace(tzinfo=zone) + timedelta(hours=2)}
        school.change_event(event, by=the_portal(), **fields_of(event, **new))
        ledger.sweep()
    moved = Gathering.objects.get().starts_at.astimezone(zone)
    assert (moved.day, moved.hour) == (1, 18)


def test_when_the_last_day_to_answer_would_be_over_it_is_answered_until_it_begins(town, tied, dugnad):
    move(dugnad, days=-16)
    gathering = Gathering.objects.get()
    assert gathering.answer_by == gathering.starts_at
    assert gathering.takes_answers()


def test_one_that_is_cancelled_or_untied_or_of_a_class_left_out_stays(town, tied, dugnad):
    other = make.published(town.first, by=town.jurgita)
    cancelled = make.published(town.first, by=town.jurgita)
    for gathering in (other, cancelled):
        tie_gathering(gathering, by=town.jurgita, school_event=dugnad)
    tie_gathering(other, by=town.jurgita, school_event=None)
    actions.cancel_gathering(cancelled, by=town.jurgita, because="Storm")
    before = dict(Gathering.objects.values_list("pk", "starts_at"))
    school.change_event(
        dugnad, by=the_portal(), **fields_of(dugnad, whole_school=False, classes=[town.second], **later(dugnad, days=2))
    )
    ledger.sweep()
    assert dict(Gathering.objects.values_list("pk", "starts_at")) == before


def test_whoever_organises_ties_it_to_what_is_for_the_class_and_nobody_else_does(town, bonfire, dugnad):
    foreign = [make.event(town.school, classes=[town.second]), make.event(make.school("Elsewhere"))]
    for event in foreign:
        with pytest.raises(PermissionDenied):
            tie_gathering(bonfire, by=town.jurgita, school_event=event)
    for person in (town.amira, town.carla, town.principal, the_portal()):
        with pytest.raises(PermissionDenied):
            tie_gathering(bonfire, by=person, school_event=dugnad)
    with pytest.raises(PermissionDenied):
        move_along(bonfire, by=town.jurgita, seconds=60)


def test_one_that_is_over_or_cancelled_is_tied_to_nothing(town, bonfire, dugnad):
    actions.cancel_gathering(bonfire, by=town.jurgita, because="Storm")
    with pytest.raises(NotNow):
        tie_gathering(bonfire, by=town.jurgita, school_event=dugnad)


def test_when_the_school_calls_it_off_the_organisers_are_told_and_it_stays_theirs(town, tied, dugnad):
    actions.add_helper(tied, by=town.jurgita, person_asked=town.ben)
    school.call_off_event(dugnad, by=town.principal, because="Storm")
    assert told(OFF) == ["Ben", "Jurgita"]
    assert told("networks.gathering_cancelled") == told(CHANGED) == []
    assert Gathering.objects.get().is_published
    notices = list(Notice.objects.filter(kind=OFF))
    assert all(KINDS[OFF].wanted(notice) for notice in notices)
    letter = KINDS[OFF](notices[0])
    assert letter.buttons[0].url.endswith(address("networks", "gathering_edit", tied.pk))
    actions.cancel_gathering(tied, by=town.jurgita, because="Storm")
    assert not any(KINDS[OFF].wanted(notice) for notice in notices)


@once
def too_soon(tied):
    """The school moves by ten days what is tied to a gathering of the day after tomorrow."""
    on = timedelta(days=18)
    Gathering.objects.update(starts_at=tied.starts_at - on, ends_at=tied.ends_at - on, answer_by=tied.starts_at - on)
    tied.refresh_from_db()
    return tied


def left_behind():
    ledger.sweep()
    return told(BEHIND), [KINDS[BEHIND].wanted(one) for one in Notice.objects.filter(kind=BEHIND)]


def subject_of_letter():
    with translation.override("en"):
        return KINDS[BEHIND](Notice.objects.filter(kind=BEHIND).first()).subject


def test_when_it_cannot_follow_its_organisers_are_told_and_no_family(town, too_soon, dugnad):
    actions.add_helper(too_soon, by=town.jurgita, person_asked=town.ben)
    move(dugnad, days=-10)

    assert left_behind() == (["Ben", "Jurgita"], [True, True])
    assert told(CHANGED) == []
    assert subject_of_letter() == "Dugnad has moved. What about Bonfire by the lake?"
    actions.cancel_gathering(too_soon, by=town.jurgita, because="Storm")
    assert left_behind() == (["Ben", "Jurgita"], [False, False])


def test_whoever_has_moved_it_meanwhile_is_not_told_that_it_stays(town, too_soon, dugnad):
    move(dugnad, days=-10)
    fields = {name: getattr(too_soon, name) for name in ("title", "kind", "starts_at", "answer_by", "place")}
    actions.change_gathering(too_soon, by=town.jurgita, ends_at=too_soon.ends_at + timedelta(hours=1), **fields)

    assert left_behind() == (["Jurgita"], [False])


def test_when_it_is_for_the_class_no_more_its_organisers_are_told_once(town, tied, dugnad):
    for title in ("Dugnad", "Spring dugnad"):
        dugnad.refresh_from_db()
        left_out = {"whole_school": False, "classes": [town.second], "title": title}
        school.change_event(dugnad, by=the_portal(), **fields_of(dugnad, **left_out))
        ledger.sweep()

    assert left_behind() == (["Jurgita"], [True])
    assert subject_of_letter() == "Spring dugnad is no longer for 1A. What about Bonfire by the lake?"
    tie_gathering(tied, by=town.jurgita, school_event=None)
    assert left_behind() == (["Jurgita"], [False])


def test_the_page_offers_what_is_for_the_class_and_saves_it(town, bonfire, dugnad):
    make.event(town.school, classes=[town.second], title="Not for us")
    contact, page = as_(town.jurgita), address("networks", "gathering_tie", bonfire.pk)
    shown = text(contact.get(page))
    assert "Dugnad, " in shown
    assert "Not for us" not in shown
    assert contact.post(page, {"school_event": dugnad.pk}).status_code == 302
    assert Gathering.objects.get().school_event == dugnad
    assert contact.post(page, {"school_event": ""}).status_code == 302
    assert Gathering.objects.get().school_event is None
    assert Event.objects.filter(verb="networks.gathering_tied").count() == 2


def test_what_it_is_tied_to_stays_in_the_list_when_it_is_called_off(town, tied, dugnad):
    school.call_off_event(dugnad, by=town.principal)
    shown = as_(town.jurgita).get(address("networks", "gathering_tie", tied.pk))
    assert f'<option value="{dugnad.pk}" selected>' in shown.content.decode()


def test_of_two_who_tie_it_the_second_is_told(town, bonfire, dugnad):
    actions.add_helper(bonfire, by=town.jurgita, person_asked=town.ben)
    other = make.event(town.school, title="Open house")
    second_is_told(
        address("networks", "gathering_tie", bonfire.pk),
        window(town.jurgita),
        window(town.ben),
        {"school_event": dugnad.pk},
        {"school_event": other.pk},
        stored=lambda: Gathering.objects.get(pk=bonfire.pk).school_event_id,
    )
