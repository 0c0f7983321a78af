"""The line of the week: who writes it, once a week, naming nobody; who reads it, and for how long."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from networks import actions
from networks.models import WeeklyLine, WeekOver, monday_of
from networks.names.checking import IsItAName, NameInside
from networks.weekly.tasks import forget_weekly_lines
from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.models import Person
from portal.people.queries import child_page
from tests import make
from tests.ground import once
from tests.networks.bulletins import conftest as bulletins
from tests.networks.conftest import town as _town
from tests.pages import as_, markup, text
from tests.threads import in_a_thread

town, tom = _town, bulletins.tom
LEAVES = "why leaves turn yellow"


@pytest.fixture(autouse=True)
def _english(_no_language_left_over):
    with translation.override("en"):
        yield


@once
def line(town, tom):
    return actions.write_weekly(town.first, by=tom, text=LEAVES)


def asked(reader, child):
    return [one.what for one in child_page(reader, child.key).sections["ask"].lines]


def in_weeks(weeks):
    return timezone.now() + timedelta(weeks=weeks)


def test_both_homes_read_it_on_the_page_of_the_child_and_no_other_class_does(town, line):
    assert asked(town.amira, town.nora) == asked(town.ben, town.nora) == [LEAVES]

    liv = Person.objects.get(given_name="Liv")
    assert asked(town.carla, liv) == []


def test_the_child_from_12_reads_what_it_may_tell_at_home(town, line):
    Person.objects.filter(pk=town.nora.pk).update(born_on=years_before(date.today(), ATTENDS_FROM))
    nora = Person.objects.get(pk=town.nora.pk)

    section = child_page(nora, nora.key).sections["ask"]

    assert (section.title, [one.what for one in section.lines]) == ("What you may tell at home", [LEAVES])


def test_a_restricted_guardian_and_a_proposed_one_read_nothing(town, line):
    cato, dan = make.guardian("Cato", of=town.nora), make.person("Dan")
    make.restricted(cato, town.nora)
    make.proposed(dan, town.nora)

    for one in (cato, dan):
        assert child_page(one, town.nora.key) is None
        assert not WeeklyLine.objects.visible_to(one).exists()


def test_only_those_who_teach_the_class_write_it(town, tom):
    other = make.holder("contact_teacher", town.second, "Other")
    for person in (town.jurgita, town.amira, town.principal, other):
        with pytest.raises(PermissionDenied):
            actions.write_weekly(town.first, by=person, text=LEAVES)


def test_a_class_has_one_a_week(town, tom, line):
    other = make.holder("subject_teacher", town.first, "Siri")
    with pytest.raises(actions.WrittenAlready):
        actions.write_weekly(town.first, by=other, text="the water cycle")
    with pytest.raises(IntegrityError), transaction.atomic():
        WeeklyLine.objects.create(school_class=town.first, week=line.week, text="x", written_by=tom)
    with pytest.raises(IntegrityError), transaction.atomic():
        WeeklyLine.objects.create(school_class=town.first, week=line.week + timedelta(days=1), text="x", written_by=tom)

    actions.change_weekly(line, by=other, text="the water cycle")

    assert asked(town.amira, town.nora) == ["the water cycle"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_once_the_second_is_told():
    school_class = make.school_class("1A", at=make.school())
    tom, siri = (make.holder("subject_teacher", school_class, name) for name in ("Tom", "Siri"))
    told = []

    def second():
        actions.write_weekly(type(school_class).objects.get(pk=school_class.pk), by=siri, text="another thing")

    with transaction.atomic():
        actions.write_weekly(school_class, by=tom, text=LEAVES)
        thread = in_a_thread(told, second)
    thread.join()

    assert (told, WeeklyLine.objects.get().text) == ([actions.WrittenAlready], LEAVES)


def test_it_names_no_child_of_the_class(town, tom, line):
    with pytest.raises(NameInside):
        actions.change_weekly(line, by=tom, text="what Nora has built")
    with pytest.raises(IsItAName):
        actions.change_weekly(line, by=tom, text="what Amundsen found at the pole")
    actions.change_weekly(line, by=tom, text="what Amundsen found at the pole", not_names=["Amundsen"])

    line.refresh_from_db()
    assert (line.text, line.not_names) == ("what Amundsen found at the pole", ["Amundsen"])


def test_it_is_corrected_within_its_week_and_not_after(town, tom, line):
    with time_machine.travel(in_weeks(1)):
        with pytest.raises(WeekOver):
            actions.change_weekly(line, by=tom, text="another")
        with pytest.raises(WeekOver):
            actions.take_back_weekly(line, by=tom)
        assert asked(town.amira, town.nora) == [LEAVES]
        actions.write_weekly(town.first, by=tom, text="the next")
        assert asked(town.amira, town.nora) == ["the next", LEAVES]
    with time_machine.travel(in_weeks(2)):
        assert asked(town.amira, town.nora) == ["the next"]


def test_taken_back_nobody_reads_it(town, tom, line):
    actions.take_back_weekly(line, by=tom)

    assert asked(town.amira, town.nora) == []
    actions.write_weekly(town.first, by=tom, text="another")


def test_forget_weekly_lines_of_half_a_year_twice(town, tom, line):
    newer = actions.write_weekly(town.second, by=make.holder("subject_teacher", town.second), text="of another class")
    WeeklyLine.objects.filter(pk=line.pk).update(week=monday_of(timezone.localdate() - WeeklyLine.KEPT))

    forget_weekly_lines()
    forget_weekly_lines()

    assert list(WeeklyLine.objects.all()) == [newer]


def test_the_teacher_writes_and_corrects_it_on_one_page(town, tom):
    page = reverse("networks:weekly_write", args=[town.first.pk])
    browser = as_(tom)

    assert browser.post(page, {"text": "what Nora has built"}).status_code == 200
    assert not WeeklyLine.objects.exists()
    browser.post(page, {"text": LEAVES})
    assert LEAVES in markup(browser.get(page))
    shown = text(as_(town.amira).get(reverse("people:class_show", args=[town.first.pk])))
    assert LEAVES in shown
    assert "Write this week" not in shown

    browser.post(reverse("networks:weekly_take_back", args=[town.first.pk]))
    assert not WeeklyLine.objects.exists()


def test_whoever_had_the_empty_page_open_is_told_what_a_colleague_has_written(town, tom):
    page = reverse("networks:weekly_write", args=[town.first.pk])
    browser = as_(tom)
    seen = browser.get(page).context["form"]["seen"].value()
    actions.write_weekly(town.first, by=make.holder("subject_teacher", town.first, "Siri"), text="the water cycle")

    shown = browser.post(page, {"text": LEAVES, "seen": seen})

    assert "the water cycle" in text(shown)
    assert WeeklyLine.objects.get().text == "the water cycle"
