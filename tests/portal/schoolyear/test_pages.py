"""The pages of the school year, for families and for those who plan."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.people import actions as people
from portal.people.models import SchoolYear, Term
from portal.schoolyear import actions
from portal.schoolyear.models import Holiday, SchoolEvent, SchoolSetting
from tests import make
from tests.pages import address, as_, markup, text
from tests.portal.schoolyear.test_reading import calendar, day
from tests.windows import second_is_told, window
from tests.windows import typed as typed_in


def page(name, *args):
    return address("schoolyear", name, *args)


def typed(town, **changes):
    on = min(town.lia.today() + timedelta(days=20), town.first.year.ends_on)
    said = {"kind": "meeting", "title": "Autumn meeting", "day": on.isoformat(), "starts": "18:00", "ends": "20:00"}
    return said | {"place": "The library", "details": "", "classes": [town.first.pk]} | changes


def test_the_office_puts_something_in_and_the_family_reads_it(town):
    office = as_(town.odd)
    made = office.post(page("event_add", town.lia.pk), typed(town, details="Bring a cup."), follow=True)
    assert "Nobody gets a message about it." in text(made)
    event = SchoolEvent.objects.get()
    family = as_(town.amira)
    assert "Autumn meeting" in text(family.get(page("event_list")))
    shown = text(family.get(event.get_absolute_url()))
    assert "Bring a cup." in shown
    assert "Change it" not in shown
    assert "Autumn meeting" in text(family.get("/"))
    assert as_(town.ben).get(event.get_absolute_url()).status_code == 404


def test_a_teacher_is_asked_only_for_the_own_classes(town):
    teacher = as_(town.tom)
    form = teacher.get(page("event_add", town.lia.pk)).context["form"]
    assert "whole_school" not in form.fields
    assert list(form.fields["classes"].queryset) == [town.first]
    assert teacher.post(page("event_add", town.lia.pk), typed(town, classes=[town.second.pk])).status_code == 200
    assert teacher.post(page("event_add", town.lia.pk), typed(town, whole_school="on", classes=[])).status_code == 200
    assert not SchoolEvent.objects.exists()
    assert teacher.post(page("event_add", town.lia.pk), typed(town)).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"classes": []}, "Choose the classes it is for."),
        ({"day": "2020-01-01"}, "Choose a day that has not passed."),
        ({"day": "2199-01-01"}, "within the next two years"),
        ({"title": " \u200b"}, "What shall it be called?"),
        ({"title": "x" * 121}, "120"),
        ({"starts": "later"}, "From"),
        ({"kind": "party"}, "party"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(town, wrong, said):
    told = as_(town.odd).post(page("event_add", town.lia.pk), typed(town, **{"details": "Bring a cup.", **wrong}))
    assert told.status_code == 200
    assert said in text(told)
    assert "Bring a cup." in markup(told)
    assert not SchoolEvent.objects.exists()


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [("08:00", "10:00", "At this time it would be over already."), ("18:00", "18:00", "It must end after it starts.")],
)
def test_it_is_still_to_come_and_lasts_for_some_time(town, starts, ends, said):
    """Nobody can be told to come to what is over."""
    with time_machine.travel(datetime.combine(town.lia.today(), time(14), tzinfo=town.lia.zone), tick=False):
        office, wrong = as_(town.odd), typed(town, day=town.lia.today().isoformat(), starts=starts, ends=ends)
        assert said in text(office.post(page("event_add", town.lia.pk), wrong))
        assert not SchoolEvent.objects.exists()


def test_an_end_before_the_start_is_the_day_after(town):
    as_(town.odd).post(page("event_add", town.lia.pk), typed(town, starts="20:00", ends="01:00"))
    event = SchoolEvent.objects.get()
    assert event.ends_at - event.starts_at == timedelta(hours=5)


def test_of_two_who_change_it_the_second_is_told(town):
    event = make.event(town.lia, classes=[town.first])
    second_is_told(
        page("event_edit", event.pk),
        window(town.odd),
        window(town.pia),
        {"place": "The gym"},
        {"place": "The hall"},
        stored=lambda: SchoolEvent.objects.get().place,
    )


def test_of_two_who_say_whom_it_is_for_the_second_is_told(town):
    event = make.event(town.lia, classes=[town.first])
    told = second_is_told(
        page("event_edit", event.pk),
        window(town.odd),
        window(town.pia),
        {"classes": [town.first.pk, town.second.pk]},
        {"classes": [town.second.pk]},
        stored=lambda: sorted(event.classes.values_list("name", flat=True)),
    )
    assert "1A, 1B" in told


def test_a_class_that_has_closed_since_stays_among_those_it_is_for(town):
    event = make.event(town.lia, classes=[town.first], days=3)
    town.first.closed_on = town.lia.today()
    town.first.save()
    office = as_(town.odd)
    page_of = page("event_edit", event.pk)
    assert office.post(page_of, {**typed_in(office.get(page_of)), "title": "New"}).status_code == 302
    assert list(event.classes.all()) == [town.first]
    offered = office.get(page("event_add", town.lia.pk)).context["form"].fields["classes"].queryset
    assert list(offered) == [town.second]


def test_it_is_said_whether_somebody_is_told(town):
    near, far = make.event(town.lia, days=3), make.event(town.lia, days=30)
    office = as_(town.odd)
    assert "All who have it in their calendar are told." in text(office.get(page("event_call_off", near.pk)))
    assert "no message is sent" in text(office.get(page("event_call_off", far.pk)))
    off = office.post(page("event_call_off", near.pk), {"because": "Storm"}, follow=True)
    assert "Those who have it in their calendar are told." in text(off)
    assert "nobody is told" in text(office.post(page("event_call_off", far.pk), {}, follow=True))
    assert "Storm" in text(as_(town.amira).get(near.get_absolute_url()))
    again = office.post(page("event_call_off", near.pk), {})
    assert again.status_code == 200
    assert "This is over or called off" in text(again)


def test_the_list_asks_as_much_for_sixty_as_for_six(town):
    family, counts = as_(town.amira), []
    for total in (6, 54):
        for number in range(total):
            classes = [town.first] if number % 2 else ()
            make.event(town.lia, days=number % 40 + 1, classes=classes, title=f"Event {total} {number}")
        family.get(page("event_list"))
        with CaptureQueriesContext(connection) as asked:
            shown = family.get(page("event_list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "Page 1 of 2" in text(shown)


def test_families_read_what_the_school_promises_and_when_it_is_closed(town):
    today = town.lia.today()
    office = as_(town.odd)
    office.post(page("promises_set", town.lia.pk), {"answer_days": "5", "after_school_care": "yes"})
    office.post(page("holiday_list", town.lia.pk), {"name": "Winter break", "starts_on": today, "ends_on": ""})
    shown = text(as_(town.amira).get(page("event_list")))
    assert "it answers within 5 school days" in shown
    assert "The school has after-school care." in shown
    assert "Winter break" in shown
    assert "Winter break" not in text(as_(town.elsewhere).get(page("event_list")))


def test_a_protected_family_leaves_no_trace(town):
    """Its own page is as everybody's, and nobody else's says anything of it."""
    make.event(town.lia, classes=[town.first], title="Autumn meeting")
    before = text(as_(town.ben).get(page("event_list")))
    people.protect_address(town.nora, by=town.odd, grade="strict", alias="Furu")
    assert text(as_(town.ben).get(page("event_list"))) == before
    assert "Autumn meeting" in text(as_(town.amira).get(page("event_list")))


# Settings


def test_the_settings_page_shows_each_part_and_leads_on(town):
    actions.set_promises(town.lia, by=town.pia, answer_days=5)
    office = as_(town.odd)
    assert office.get(page("setting_list")).url == page("setting_show", town.lia.pk)
    shown = office.get(page("setting_show", town.lia.pk))
    assert "by Pia Lie" in text(shown)
    for way in (
        page("promises_set", town.lia.pk),
        page("holiday_list", town.lia.pk),
        page("terms_set", town.first.year_id),
    ):
        assert f'href="{way}"' in markup(shown)
        assert office.get(way).status_code == 200
    way = f"{address('conferences', 'setting_edit')}?school={town.lia.pk}"
    assert f'href="{way}"' in markup(shown)
    assert office.get(way).status_code == 200


def test_who_runs_two_schools_chooses(town):
    make.role(town.odd, "office", make.school("Sol skole"))
    shown = text(as_(town.odd).get(page("setting_list")))
    assert "Lia skole" in shown
    assert "Sol skole" in shown


def test_half_years_are_typed_and_what_does_not_fit_is_kept_on_the_page(town):
    year, office = SchoolYear.objects.get(pk=town.first.year_id), as_(town.odd)
    days = {"autumn_from": 5, "autumn_to": 110, "spring_from": 140, "spring_to": 300}
    said = {name: (year.starts_on + timedelta(days=n)).isoformat() for name, n in days.items()}
    told = office.post(page("terms_set", year.pk), said | {"autumn_to": said["spring_to"]})
    assert "before the spring" in text(told)
    assert said["autumn_from"] in markup(told)
    assert office.post(page("terms_set", year.pk), said).status_code == 302
    assert Term.objects.get(year=year, season="autumn").starts_on.isoformat() == said["autumn_from"]


def test_of_two_who_set_half_years_or_promises_the_second_is_told(town):
    year = town.first.year
    second_is_told(
        page("terms_set", year.pk),
        window(town.odd),
        window(town.pia),
        {"autumn_to": year.starts_on + timedelta(days=100)},
        {"autumn_to": year.starts_on + timedelta(days=110)},
        stored=lambda: Term.objects.get(year=year, season="autumn").ends_on,
    )
    told = second_is_told(
        page("promises_set", town.lia.pk),
        window(town.odd),
        window(town.pia),
        {"answer_days": 5},
        {"answer_days": 7},
        stored=lambda: list(SchoolSetting.objects.values_list("answer_days")),
    )
    assert "Odd Lie has saved something else meanwhile" in told


@pytest.mark.parametrize("wrong", ["0", "31", "-1", "1.000", "soon"])
def test_a_promise_is_a_number_of_days(town, wrong):
    assert as_(town.odd).post(page("promises_set", town.lia.pk), {"answer_days": wrong}).status_code == 200
    assert not SchoolSetting.objects.exists()


def test_a_holiday_ends_after_it_begins(town):
    today, office = town.lia.today(), as_(town.odd)
    said = {"name": "Break", "starts_on": today, "ends_on": today - timedelta(days=1)}
    told = office.post(page("holiday_list", town.lia.pk), said)
    assert "The last day off is before the first." in text(told)
    assert "Break" in markup(told)
    assert not Holiday.objects.exists()


def upload(person, town, content):
    file = SimpleUploadedFile("days.ics", content, content_type="text/calendar")
    return as_(person).post(page("holidays_read", town.lia.pk), {"file": file})


def soon(town, days=10):
    return f"{town.lia.today() + timedelta(days=days):%Y%m%d}"


def test_a_calendar_file_is_shown_first_and_saved_when_chosen(town):
    meeting = f"SUMMARY:Meeting\r\nDTSTART:{soon(town)}T180000Z"
    shown = upload(
        town.odd, town, calendar(day("Break", soon(town), soon(town, 15)), day("Plan", soon(town, 20), ""), meeting)
    )
    assert "1 entry has a time of day." in text(shown)
    assert not Holiday.objects.exists()
    offered = [value for value, _label in shown.context["form"].fields["days"].choices]
    assert len(offered) == 2
    done = as_(town.odd).post(page("holidays_choose", town.lia.pk), {"days": offered[:1]}, follow=True)
    assert "1 holiday is new on the list." in text(done)
    holiday = Holiday.objects.get()
    assert (holiday.name, (holiday.ends_on - holiday.starts_on).days) == ("Break", 4)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", b"x" * (1024 * 1024 + 1)])
def test_a_wrong_file_is_refused_beside_its_field(town, content):
    told = upload(town.odd, town, content)
    assert told.status_code == 200
    assert 'aria-invalid="true"' in markup(told)
    assert not Holiday.objects.exists()


@pytest.mark.parametrize(
    "days",
    [
        [],
        ["nonsense"],
        ["2026-01-01 2026-01-01 "],
        ["9999-01-01 9999-01-02 Far"],
        ["2026-13-01 2026-13-02 Break"],
        ["0001-01-01 9999-12-31 All of time"],
        ["2026-12-24 2026-12-24 " + "x" * 81],
        ["2026-12-24 2026-12-24 a\0b"],
    ],
)
def test_what_no_page_has_offered_is_not_saved(town, days):
    answer = as_(town.odd).post(page("holidays_choose", town.lia.pk), {"days": days}, follow=True)
    assert answer.status_code == 200
    assert not Holiday.objects.exists()


def test_another_schools_office_finds_none_of_it(town):
    actions.add_holidays(town.lia, by=town.pia, days=[(town.lia.today(), town.lia.today(), "Break")])
    other = as_(town.elsewhere)
    for way in ("setting_show", "promises_set", "holiday_list", "holidays_read"):
        assert other.get(page(way, town.lia.pk)).status_code == 404
    assert other.post(page("holiday_remove", Holiday.objects.get().pk)).status_code == 404
    assert other.get(page("terms_set", town.first.year_id)).status_code == 404
