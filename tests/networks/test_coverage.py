"""One gathering in the autumn and one in the spring: what the school reads of each class, and the municipality in totals."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from networks import actions, queries
from networks.models import Bulletin, Gathering
from portal.figures import FIGURES
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people.models import Role
from portal.schoolyear.models import Holiday
from tests import make
from tests.networks.test_notices import letter, still_wanted
from tests.networks.test_todos import waiting
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db
NUDGE = "networks.half_year_unplanned"
BEGUN, MIDWAY = date(2026, 8, 22), date(2026, 10, 16)


@pytest.fixture(autouse=True)
def august():
    with time_machine.travel(datetime(2026, 8, 10, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def town(august, town):
    return town


def on(august, day):
    august.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def stages(town):
    return [half.stage for half in next(row for row in queries.school_map(town.school).rows).halves]


def nudged():
    remind()
    return sorted(Notice.objects.filter(kind=NUDGE).values_list("recipient__given_name", flat=True))


def test_a_half_year_is_missing_until_it_is_planned_and_held_only_when_it_has_taken_place(town, august):
    assert stages(town) == ["missing", "later"]
    draft = make.gathering(town.first, by=town.jurgita)
    assert stages(town) == ["missing", "later"]
    actions.check_inclusion(draft, by=town.jurgita, fine=[])
    actions.publish_gathering(draft, by=town.jurgita)
    assert stages(town) == ["planned", "later"]
    on(august, date(2026, 8, 31))
    assert stages(town) == ["held", "later"]


def test_a_gathering_that_is_called_off_is_neither_planned_nor_held(town, august):
    gathering = make.published(town.first, by=town.jurgita)
    actions.cancel_gathering(gathering, by=town.jurgita, because="Rain")

    assert stages(town) == ["missing", "later"]
    on(august, date(2027, 1, 20))
    assert stages(town) == ["missing", "missing"]
    assert [half.status for half in queries.school_map(town.school).rows[0].halves] == ["no", "waiting"]


def test_the_principal_reads_every_class_in_table_and_picture(town):
    make.published(town.first, by=town.jurgita)

    page = text(as_(town.principal).get(address("networks", "coverage_show")))

    assert all(
        said in page for said in ("Bonfire by the lake", "1 have planned", "1 without a gathering", "no class contact")
    )


@pytest.mark.parametrize("classes", [3, 60])
def test_the_map_asks_as_much_for_many_classes_as_for_few(town, classes, django_assert_max_num_queries):
    for number in range(classes):
        made = make.school_class(f"{number + 2}A", at=town.school)
        contact = make.holder(Role.Kind.CLASS_CONTACT, made)
        if not number % 10:
            make.published(made, by=contact)

    with django_assert_max_num_queries(12):
        assert len(queries.school_map(town.school).rows) == classes + 2


def informed(town, hours):
    """A notice of something that was noticed so many hours before the families were told."""
    now = timezone.now()
    bulletin = Bulletin(school_class=town.first, kind="happened", title="The yard", text="A tree.", state="sent")
    bulletin.noticed_at, bulletin.sent_at = now - timedelta(hours=hours), now
    bulletin.written_by = bulletin.released_by = town.jurgita
    bulletin.save()


def test_the_principal_reads_how_soon_families_are_told_and_nothing_of_fewer_than_five(town, august):
    on(august, BEGUN)
    for hours in (1, 2, 30, 3):
        informed(town, hours)
    assert queries.school_map(town.school).hours[0][1] is None

    informed(town, 200)

    assert queries.school_map(town.school).hours[0][1] == 3
    assert "3 hours" in text(as_(town.principal).get(address("networks", "coverage_show")))


def test_a_closed_class_is_not_on_the_map(town):
    town.second.closed_on = town.school.today()
    town.second.save(update_fields=["closed_on"])

    assert [row.school_class for row in queries.school_map(town.school).rows] == [town.first]


def test_the_contact_is_reminded_three_weeks_into_the_half_year_and_midway_once_each(town, august):
    counts = []
    for day in (
        BEGUN - timedelta(1),
        BEGUN,
        BEGUN + timedelta(1),
        MIDWAY - timedelta(1),
        MIDWAY,
        MIDWAY + timedelta(1),
    ):
        on(august, day)
        counts.append(len(nudged()))

    assert counts == [0, 1, 1, 1, 2, 2]
    assert "autumn" in letter(NUDGE, town.jurgita).subject


def test_nobody_is_reminded_where_something_is_held_planned_or_drafted(town, august):
    make.gathering(town.first, by=town.jurgita, days=30)
    on(august, BEGUN)
    assert nudged() == []
    draft = Gathering.objects.get()
    actions.check_inclusion(draft, by=town.jurgita, fine=[])
    actions.publish_gathering(draft, by=town.jurgita)
    for day in (BEGUN, MIDWAY):  # planned then, and held
        on(august, day)
        assert nudged() == []


def test_a_gathering_in_the_other_half_year_plans_nothing_for_this_one(town, august):
    make.published(town.first, by=town.jurgita, days=200)
    on(august, BEGUN)

    assert nudged() == ["Jurgita"]


def test_a_nudge_is_unwanted_when_planned_meanwhile(town, august):
    on(august, BEGUN)
    nudged()
    assert still_wanted(NUDGE, town.jurgita)

    make.gathering(town.first, by=town.jurgita)

    assert not still_wanted(NUDGE, town.jurgita)


def test_a_nudge_waits_for_the_end_of_a_holiday(town, august):
    Holiday.objects.create(school=town.school, name="Autumn", starts_on=MIDWAY, ends_on=MIDWAY + timedelta(6))
    on(august, MIDWAY)
    assert nudged() == []
    on(august, MIDWAY + timedelta(7))

    assert nudged() == ["Jurgita"]


def test_a_class_without_a_contact_waits_for_the_principal_three_weeks_into_the_half_year(town, august):
    assert waiting(town.principal, "principal") == []
    on(august, BEGUN)
    assert len(waiting(town.principal, "principal")) == 1

    make.holder(Role.Kind.CLASS_CONTACT, town.second)

    assert waiting(town.principal, "principal") == []


def totals(town):
    return queries.municipality_totals(town.school.municipality)


def five_classes(at):
    return [make.school_class(f"{number}C", at=at) for number in range(5)]


def test_the_municipality_reads_totals_and_no_class(town):
    five_classes(town.school)
    officer = make.holder(Role.Kind.MUNICIPALITY_OFFICER, town.school.municipality)
    make.published(town.first, by=town.jurgita)

    page = text(as_(officer).get(address("networks", "coverage_totals")))

    assert "1 have planned" in page
    assert "6 without a gathering" in page
    assert "1A" not in page
    assert "Bonfire" not in page


def test_a_school_of_fewer_than_five_classes_is_in_no_total(town):
    assert (totals(town).rows, totals(town).left_out) == ([], 1)
    other = make.school("Sol skole", within=town.school.municipality)
    five_classes(other)

    assert [(row.name, row.classes) for row in totals(town).rows] == [("Sol skole", 5)]
    assert totals(town).left_out == 1


def test_small_schools_are_counted_together_from_five_classes_on(town):
    for name, number in (("Sol skole", 3), ("Eng skole", 5)):
        other = make.school(name, within=town.school.municipality)
        for place in range(number):
            make.school_class(f"{place}C", at=other)

    rows = totals(town).rows

    assert [row.classes for row in rows] == [5, 5, 10]
    assert totals(town).left_out == 0


def test_classes_that_meet_tonight_have_not_met_yet(town):
    make.published(town.first, by=town.jurgita, days=0.2, answer_by=timezone.now() + timedelta(hours=1))
    figure = FIGURES["networks.classes_with_gathering"]

    assert figure.over(town.school, town.school.today(), town.school.today()).part == 0
