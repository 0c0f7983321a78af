"""How it was: asked once with the thanks, of the homes that said they were coming, and read as totals of five or more."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from networks import actions
from networks.after import tasks
from networks.after.questions import ASKS, asks_of
from networks.models import Gathering, NotNow, Pulse
from portal.ledger.models import Event
from portal.messaging.models import Notice
from portal.people.actions import end_relation
from portal.people.models import the_portal
from portal.surveys.models import AnsweredBefore, SurveyClosed
from tests.networks.after.conftest import gathered, say
from tests.networks.after.test_reports import figure
from tests.networks.test_notices import letter, still_wanted, told
from tests.networks.test_todos import waiting
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db
THANKS = "networks.families_thanked"


def closed(pulse):
    with time_machine.travel(timezone.localtime() + timedelta(days=15), tick=False):
        tasks.close_pulses()
    pulse.refresh_from_db()
    return pulse


def organisers_page(town, gathering):
    return text(as_(town.jurgita).get(address("networks", "report_write", gathering.pk)))


def test_thanks_and_pulse_are_one_message_to_the_homes_that_said_they_came(town, thanked):
    coming = {person.given_name for person in town.homes[:6]}

    assert told(THANKS) == coming
    assert Notice.objects.filter(kind=THANKS).count() == 6
    assert "pulse" in letter(THANKS, town.amira).buttons[0].url
    assert told("networks.gathering_invited") == coming | {town.homes[6].given_name}


def test_the_letter_does_not_depend_on_who_has_answered(town, thanked):
    told(THANKS)
    before = letter(THANKS, town.amira)
    say(thanked, town.amira)

    assert still_wanted(THANKS, town.amira)
    assert letter(THANKS, town.amira) == before


def test_who_has_left_the_class_is_not_thanked(town, thanked):
    told(THANKS)

    end_relation(town.ben.pupil_relations.get(), by=the_portal())

    assert not still_wanted(THANKS, town.ben)


def test_thanks_go_once_and_only_in_the_month_after(town, gathering, thanked):
    with pytest.raises(NotNow):
        actions.thank_families(gathering, by=town.jurgita)
    late = gathered(town, *town.homes)
    Gathering.objects.filter(pk=late.pk).update(
        **{name: getattr(late, name) - timedelta(days=31) for name in ("answer_by", "starts_at", "ends_at")}
    )
    with pytest.raises(NotNow):
        actions.thank_families(late, by=town.jurgita)


def test_fewer_than_five_homes_are_thanked_and_not_asked(town):
    gathering = gathered(town, *town.homes[:4])

    assert "fewer than five homes we do not ask" in text(
        as_(town.jurgita).get(address("networks", "thanks_send", gathering.pk))
    )
    assert actions.thank_families(gathering, by=town.jurgita).survey is None
    told(THANKS)
    assert letter(THANKS, town.amira).buttons == ()
    assert as_(town.amira).get(address("networks", "pulse_answer", gathering.pk)).status_code == 404


def test_nobody_is_thanked_where_nobody_said_yes(town):
    with pytest.raises(NotNow):
        actions.thank_families(gathered(town, not_coming=town.homes), by=town.jurgita)


@pytest.mark.parametrize(("kind", "asked"), [("families", 4), ("adults", 2), ("children", 2)])
def test_each_kind_of_gathering_asks_those_who_were_there(kind, asked):
    assert len(asks_of(kind)) == asked
    assert {name for names in Pulse.QUESTIONS.values() for name in names} == ASKS.keys()


def test_a_home_answers_once_without_a_trace_of_who(town, gathering, thanked):
    browser, url = as_(town.amira), address("networks", "pulse_answer", gathering.pk)
    events = Event.objects.count()

    assert browser.post(url, {"q0": "0", "q3": "1"}).status_code == 302

    assert Event.objects.count() == events
    with pytest.raises(AnsweredBefore):
        say(thanked, town.amira)
    assert "Your home has answered" in text(browser.get(url))
    assert [question.counts for question in thanked.survey.questions.all()] == [[1, 0, 0], [0] * 3, [0] * 3, [0, 1, 0]]


def test_only_a_home_that_said_it_was_coming_answers(town, gathering, thanked):
    no, url = town.homes[6], address("networks", "pulse_answer", gathering.pk)
    for person in (no, town.carla, town.teacher, town.principal):
        with pytest.raises(PermissionDenied):
            say(thanked, person)

    assert [as_(person).get(url).status_code for person in (no, town.teacher, town.carla)] == [403, 403, 404]


def test_it_waits_for_a_home_until_it_has_answered(town, thanked):
    assert any("Bonfire" in title for title in waiting(town.amira, "parent"))
    assert not any("Bonfire" in title for title in waiting(town.homes[6], "parent"))

    say(thanked, town.amira)

    assert not any("Bonfire" in title for title in waiting(town.amira, "parent"))


def test_organisers_read_totals_when_it_is_closed_and_five_have_answered(town, gathering, thanked):
    say(thanked, *town.homes[:5])
    assert "5 homes have answered" not in organisers_page(town, gathering)
    closed(thanked)

    assert organisers_page(town, gathering).count("5 homes have answered") == 4
    with pytest.raises(SurveyClosed):
        say(thanked, town.homes[5])


def test_close_pulses_closes_once_though_it_runs_twice(town, thanked):
    tasks.close_pulses()
    assert Pulse.objects.asking().exists()

    for _time in range(2):
        closed(thanked)

    assert Event.objects.filter(verb="networks.pulse_closed").count() == 1


def test_of_four_answers_nothing_is_kept(town, gathering, thanked):
    say(thanked, *town.homes[:4])
    closed(thanked)

    assert "fewer than five homes have answered" in organisers_page(town, gathering)
    assert {tuple(question.counts) for question in thanked.survey.questions.all()} == {(0, 0, 0)}
    assert figure("pulse_adults", town) is None


def test_a_question_that_fewer_than_five_answered_is_not_shown(town, gathering, thanked):
    say(thanked, *town.homes[:4])
    say(thanked, town.homes[4], says={0: [1]})
    closed(thanked)

    assert organisers_page(town, gathering).count("5 homes have answered") == 1
    adults = figure("pulse_adults", town)
    assert (adults.part, adults.whole, figure("pulse_children", town)) == (4, 5, None)


def test_the_principal_reads_the_trend_of_adults_and_children(town, gathering, thanked):
    say(thanked, *town.homes[:6])
    closed(thanked)

    page = text(as_(town.principal).get(address("networks", "coverage_show")))

    assert " ".join(page.split()).count("6 of 6") == 2
