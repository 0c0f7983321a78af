"""What the school plans: who may, who sees it, what is refused, and in whose calendar it stands."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from icalendar import Calendar

from portal.calendars import coming_to, entries_of
from portal.messaging.actions import open_calendar
from portal.people import actions as people
from portal.schoolyear import actions
from portal.schoolyear.models import NotFor, NotNow, SchoolEvent, WrongTimes
from tests import make
from tests.threads import in_a_thread


def fields_of(event, **changes):
    names = ("kind", "title", "starts_at", "ends_at", "place", "details", "whole_school")
    return {name: getattr(event, name) for name in names} | {"classes": list(event.classes.all())} | changes


def later(event, **by):
    return {"starts_at": event.starts_at + timedelta(**by), "ends_at": event.ends_at + timedelta(**by)}


def seen_by(*people):
    return [SchoolEvent.objects.visible_to(person).count() for person in people]


def test_office_and_leaders_plan_for_all_and_a_teacher_for_the_own_classes(town):
    for person in (town.odd, town.pia):
        make.event(town.lia, by=person)
        make.event(town.lia, by=person, classes=[town.first, town.second])
    make.event(town.lia, by=town.tom, classes=[town.first])
    for wrong in ({}, {"classes": [town.second]}, {"classes": [town.first, town.second]}):
        with pytest.raises(PermissionDenied):
            make.event(town.lia, by=town.tom, **wrong)


def test_nobody_else_plans(town):
    contact = make.holder("class_contact", town.first)
    for person in (town.amira, contact, town.bo, town.elsewhere):
        with pytest.raises(PermissionDenied):
            make.event(town.lia, by=person, classes=[town.first])


def test_a_class_of_another_school_is_nobodys_to_choose(town):
    foreign = make.school_class("1A", at=make.school("Far away"))
    with pytest.raises(PermissionDenied):
        make.event(town.lia, by=town.pia, classes=[town.first, foreign])


def test_guardians_of_the_classes_and_the_staff_see_it(town):
    make.event(town.lia, classes=[town.first])
    assert seen_by(town.amira, town.tom, town.ida, town.odd, town.pia) == [1] * 5
    assert seen_by(town.ben, town.bo, town.elsewhere, town.nora) == [0] * 4


def test_all_families_see_what_is_for_the_whole_school(town):
    make.event(town.lia)
    assert seen_by(town.amira, town.ben, town.ida) == [1, 1, 1]
    assert seen_by(town.elsewhere) == [0]


def test_who_is_restricted_or_not_confirmed_yet_sees_nothing(town):
    cato, proposed = make.guardian("Cato", of=town.nora), make.person("Proposed")
    make.proposed(proposed, town.nora)
    make.event(town.lia, classes=[town.first])
    make.event(town.lia)
    assert seen_by(cato, proposed) == [2, 0]
    make.restricted(cato, town.nora)
    assert seen_by(cato) == [0]
    assert entries_of(cato) == []


def test_whose_child_leaves_the_class_sees_it_no_more(town):
    make.event(town.lia, classes=[town.first])
    town.nora.enrolments.update(valid_to=town.lia.today() - timedelta(days=1))
    assert seen_by(town.amira) == [0]
    assert coming_to(town.amira) == []


def test_the_school_that_is_left_out_never_becomes_the_whole_school(town):
    """The last class of it is gone: then it is for nobody, not for everybody."""
    event = make.event(town.lia, classes=[town.first])
    event.classes.clear()
    assert seen_by(town.amira, town.ben) == [0, 0]


def test_what_is_pressed_twice_stands_there_once(town):
    for _time in range(2):
        make.event(town.lia, by=town.pia, classes=[town.first])
    assert SchoolEvent.objects.count() == 1
    make.event(town.lia, by=town.pia, classes=[town.second])
    make.event(town.lia, by=town.odd, classes=[town.first])
    assert SchoolEvent.objects.count() == 3
    actions.call_off_event(SchoolEvent.objects.filter(made_by=town.odd).get(), by=town.odd)
    make.event(town.lia, by=town.odd, classes=[town.first])
    assert SchoolEvent.objects.count() == 4


def test_it_is_for_somebody(town):
    with pytest.raises(NotFor):
        make.event(town.lia, by=town.pia, whole_school=False)


def test_it_ends_after_it_starts(town):
    with pytest.raises(WrongTimes):
        make.event(town.lia, by=town.pia, ends_at=timezone.now())


def test_the_day_is_in_the_school_year_of_its_classes(town):
    next_year = datetime.combine(town.first.year.ends_on + timedelta(days=20), time(18), tzinfo=town.lia.zone)
    times = {"starts_at": next_year, "ends_at": next_year + timedelta(hours=1)}
    with pytest.raises(WrongTimes):
        make.event(town.lia, by=town.pia, classes=[town.first], **times)
    make.event(town.lia, by=town.pia, **times)
    event = make.event(town.lia, by=town.pia, classes=[town.first])
    with pytest.raises(WrongTimes):
        actions.change_event(event, by=town.pia, **fields_of(event, **times))


def test_a_teacher_changes_only_what_is_for_the_own_classes_alone(town):
    own = make.event(town.lia, by=town.pia, classes=[town.first])
    assert actions.change_event(own, by=town.tom, **fields_of(own, title="Meeting")) == "saved"
    for event in (make.event(town.lia), make.event(town.lia, classes=[town.first, town.second])):
        with pytest.raises(PermissionDenied):
            actions.change_event(event, by=town.tom, **fields_of(event, title="Mine"))
        with pytest.raises(PermissionDenied):
            actions.call_off_event(event, by=town.tom)
    for wider in ({"classes": [town.first, town.second]}, {"whole_school": True, "classes": []}):
        with pytest.raises(PermissionDenied):
            actions.change_event(own, by=town.tom, **fields_of(own, **wider))


def test_what_is_over_or_called_off_stays_as_it_is(town):
    past = make.event(town.lia, days=-3)
    off = make.event(town.lia)
    actions.call_off_event(off, by=town.pia, because="Storm")
    for event in (past, off):
        with pytest.raises(NotNow):
            actions.change_event(event, by=town.pia, **fields_of(event, title="New"))
        with pytest.raises(NotNow):
            actions.call_off_event(event, by=town.pia)


def test_it_is_not_moved_to_what_is_over(town):
    event = make.event(town.lia, days=3)
    with pytest.raises(WrongTimes, match="over"):
        actions.change_event(event, by=town.pia, **fields_of(event, **later(event, days=-4)))


def test_soon_before_nobody_loses_it_from_the_calendar_without_a_word(town):
    for wide in ({}, {"classes": [town.first, town.second]}):
        near, far = make.event(town.lia, days=3, **wide), make.event(town.lia, days=30, **wide)
        with pytest.raises(NotFor):
            actions.change_event(near, by=town.pia, **fields_of(near, whole_school=False, classes=[town.first]))
        actions.change_event(far, by=town.pia, **fields_of(far, whole_school=False, classes=[town.first]))
        assert list(far.classes.all()) == [town.first]


def test_it_can_be_for_more_at_any_time(town):
    near = make.event(town.lia, days=3, classes=[town.first])
    actions.change_event(near, by=town.pia, **fields_of(near, classes=[town.first, town.second]))
    assert len(coming_to(town.ben)) == 1
    actions.change_event(near, by=town.pia, **fields_of(near, classes=[], whole_school=True))
    assert near.classes.count() == 0
    assert len(coming_to(town.ben)) == 1


def test_what_is_saved_unchanged_raises_no_number(town):
    event = make.event(town.lia, classes=[town.first])
    assert actions.change_event(event, by=town.pia, **fields_of(event)) == "same"
    assert SchoolEvent.objects.get().sequence == 0


@pytest.mark.django_db(transaction=True)
def test_who_changes_what_is_called_off_at_that_moment_is_refused():
    lia = make.school()
    pia, event, told = make.holder("principal", lia), make.event(lia), []

    def change():
        seen = SchoolEvent.objects.get(pk=event.pk)
        actions.change_event(seen, by=pia, **fields_of(seen, title="New"))

    with transaction.atomic():
        actions.call_off_event(event, by=pia)
        waiting = in_a_thread(told, change)
    waiting.join(10)
    assert told == [NotNow]


# Calendars


def test_the_first_page_says_what_comes_next(town):
    event = make.event(town.lia, classes=[town.first], title="Parents' meeting")
    [entry] = coming_to(town.amira)
    assert (entry.title, entry.url) == ("Parents' meeting", event.get_absolute_url())
    assert entry.school == town.lia
    assert [coming_to(person) for person in (town.ben, town.tom, town.pia)] == [[], [], []]


def test_feeds_have_it_for_families_and_for_whoever_works_with_those_it_is_for(client, town):
    make.event(town.lia, classes=[town.first])
    assert [len(entries_of(one)) for one in (town.amira, town.tom)] == [1, 1]
    assert [len(entries_of(one)) for one in (town.ben, town.ida, town.odd, town.pia, town.bo)] == [0] * 5
    make.event(town.lia)
    assert [len(entries_of(one)) for one in (town.ben, town.ida, town.odd, town.pia, town.bo)] == [1, 1, 1, 1, 0]
    feed = Calendar.from_ical(client.get(open_calendar(town.amira, by=town.amira).url()).content)
    assert {str(one["location"]) for one in feed.walk("VEVENT")} == {"The library"}


def test_the_feed_of_somebody_at_a_protected_address_says_no_place(client, town):
    make.event(town.lia, classes=[town.first])
    people.protect_address(town.nora, by=town.odd, grade="name")
    feed = client.get(open_calendar(town.amira, by=town.amira).url()).content
    assert b"library" not in feed
    assert b"BEGIN:VEVENT" in feed


def test_one_that_is_called_off_says_so_under_a_higher_number(town):
    event = make.event(town.lia, classes=[town.first])
    [before] = entries_of(town.amira)
    actions.call_off_event(event, by=town.pia, because="Storm")
    [after] = entries_of(town.amira)
    assert after.cancelled
    assert (after.uid, after.sequence) == (before.uid, before.sequence + 1)
    assert coming_to(town.amira) == []
