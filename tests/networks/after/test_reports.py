"""Who came, as numbers, and how it went: filled in from the gathering, written once it has taken place."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from networks import actions
from networks.models import Gathering, GatheringReport, NotNow
from portal.figures import FIGURES
from tests import make
from tests.networks.after.conftest import fields, gathered
from tests.networks.test_todos import waiting
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db


def figure(name, town):
    year = town.first.year
    return FIGURES[f"networks.{name}"].over(town.school, year.starts_on, year.ends_on)


def test_the_report_is_filled_in_from_what_is_known(town, gathering):
    Gathering.objects.update(description="Bread on a stick.", children_involved="3B chose it.")
    gathering.rsvps.filter(household=town.amira.household).update(adults=2, siblings=3)

    page = as_(town.jurgita).get(address("networks", "report_write", gathering.pk))

    assert {name: page.context["form"][name].value() for name in fields()} == {
        "families": 6,
        "adults": 7,
        "children": 5,
        "siblings": 3,
        "did": "Bread on a stick.",
        "involved": "3B chose it.",
        "again": "",
    }


def test_a_report_counts_the_gathering_as_held_and_leads_to_the_thanks(town, gathering):
    answer = as_(town.jurgita).post(address("networks", "report_write", gathering.pk), fields())

    assert answer.url == address("networks", "thanks_send", gathering.pk)
    gathering.refresh_from_db()
    assert (gathering.state, gathering.report.adults, gathering.report.did) == ("held", 7, "We baked bread.")


def test_a_report_can_be_written_again(town, gathering):
    actions.write_report(gathering, by=town.jurgita, **fields())
    actions.write_report(gathering, by=town.jurgita, **fields(adults=9))

    assert GatheringReport.objects.get().adults == 9


@pytest.mark.parametrize("wrong", [{"adults": "-1"}, {"adults": "1000"}, {"children": "many"}, {"did": " "}])
def test_what_is_no_number_or_says_nothing_is_refused_and_nothing_is_lost(town, gathering, wrong):
    page = as_(town.jurgita).post(address("networks", "report_write", gathering.pk), fields(**wrong))

    assert page.status_code == 200
    assert "The fire." in text(page)
    assert not GatheringReport.objects.exists()


def test_the_database_refuses_numbers_out_of_reason(town, gathering):
    with pytest.raises(IntegrityError), transaction.atomic():
        GatheringReport.objects.create(gathering=gathering, written_by=town.jurgita, **fields(adults=501))


def test_nothing_is_written_before_it_has_taken_place_nor_when_cancelled(town):
    for cancelled in (False, True):
        ahead = make.published(town.first, by=town.jurgita)
        if cancelled:
            actions.cancel_gathering(ahead, by=town.jurgita, because="Rain")
        with pytest.raises(NotNow):
            actions.write_report(ahead, by=town.jurgita, **fields())
        with pytest.raises(NotNow):
            actions.thank_families(ahead, by=town.jurgita)


def test_only_who_organises_it_writes(town, gathering):
    for person in (town.amira, town.teacher, town.principal):
        with pytest.raises(PermissionDenied):
            actions.write_report(gathering, by=person, **fields())


def test_two_who_write_at_once_both_read_what_the_other_wrote(town, gathering):
    url = address("networks", "report_write", gathering.pk)
    seen = as_(town.jurgita).get(url).context["form"]["seen"].value()
    actions.write_report(gathering, by=town.jurgita, **fields(did="Somebody else's words."))

    page = as_(town.jurgita).post(url, fields(did="My words.", seen=seen))

    assert "Somebody else&#x27;s words." in page.content.decode()
    assert GatheringReport.objects.get().did == "Somebody else's words."


def test_it_waits_for_the_class_contact_until_it_is_written(town, gathering):
    assert any("Bonfire" in title for title in waiting(town.jurgita, "class_contact"))

    actions.write_report(gathering, by=town.jurgita, **fields())

    assert not any("Bonfire" in title for title in waiting(town.jurgita, "class_contact"))


def test_families_who_came_are_counted_among_those_invited(town, gathering):
    actions.write_report(gathering, by=town.jurgita, **fields())

    assert (figure("families_came", town).part, figure("families_came", town).whole) == (5, 7)
    invited = figure("families_invited", town)
    assert (invited.part, invited.whole) == (7, 8)


def test_the_children_took_part_where_the_invitation_or_the_report_says_so(town):
    for number in range(5):
        gathering = gathered(town, children_involved="3B chose it." if number < 2 else "")
    gathered(town, kind="adults")
    actions.write_report(gathering, by=town.jurgita, **fields())

    assert (figure("children_involved", town).part, figure("children_involved", town).whole) == (3, 5)


def test_what_is_typed_for_a_gathering_that_is_called_off_meanwhile_stays_on_the_page(town, gathering):
    Gathering.objects.filter(pk=gathering.pk).update(state="cancelled", cancelled_at=timezone.now())

    late = as_(town.jurgita).post(address("networks", "report_write", gathering.pk), fields())
    thanks = as_(town.jurgita).post(address("networks", "thanks_send", gathering.pk), {"words": "Well done, all."})

    assert (late.status_code, thanks.status_code) == (200, 200)
    assert "We baked bread." in late.text
    assert "once the gathering has taken place" in text(late)
    assert "Well done, all." in thanks.text
