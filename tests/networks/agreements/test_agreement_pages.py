"""What the pages of an agreement show and save, whom they keep out, and what waits for whom."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from networks import actions
from networks.models import AgreementOver, SharedNormAgreement
from portal.people.hats import PARENT, Hat
from portal.people.models import Role
from tests import make
from tests.networks.agreements.conftest import adopt, answer, ask, close
from tests.pages import address, as_, text, todos_of

pytestmark = pytest.mark.django_db
page = partial(address, "networks")


def todos(person, kind=PARENT):
    role = person.roles.filter(kind=kind).first() if kind != PARENT else None
    with translation.override("en"):
        return [todo.title for todo in todos_of(Hat(person, kind, role))]


def test_the_contact_takes_up_a_topic_in_one_press(town):
    client = as_(town.jurgita)
    assert "Ask all 7 homes" in text(client.get(page("agreement_start", town.first.pk, "screens")))

    day = town.school.today() + timedelta(days=14)
    client.post(page("agreement_start", town.first.pk, "screens"), {"closes_on": day.isoformat()})

    agreement = SharedNormAgreement.objects.get()
    assert agreement.is_asking
    assert timezone.localdate(agreement.survey.closes_at) == day


@pytest.mark.parametrize("days", [-1, 0, 61, 4000])
def test_a_survey_lasts_from_a_day_to_two_months_and_what_was_typed_stays(town, days):
    day = (town.school.today() + timedelta(days=days)).isoformat()

    shown = as_(town.jurgita).post(page("agreement_start", town.first.pk, "screens"), {"closes_on": day})

    assert "within two months" in text(shown)
    assert day in shown.content.decode()
    assert not SharedNormAgreement.objects.exists()


def test_no_topic_but_those_there_are(town):
    assert as_(town.jurgita).get(page("agreement_start", town.first.pk, "politics")).status_code == 404


def test_a_small_class_is_told_that_it_talks_instead(town):
    make.role(town.carla, Role.Kind.CLASS_CONTACT, town.second)
    client = as_(town.carla)
    assert "too small for a survey" in text(client.get(page("agreement_start", town.second.pk, "out")))

    day = (town.school.today() + timedelta(days=14)).isoformat()
    client.post(page("agreement_start", town.second.pk, "out"), {"closes_on": day})

    assert SharedNormAgreement.objects.get().is_talking


def test_a_home_answers_on_one_page_and_is_thanked_without_a_name(town, asking):
    client = as_(town.amira)
    assert "No name is kept with your answer" in text(client.get(page("survey_answer", asking.pk)))

    client.post(page("survey_answer", asking.pk), {"q0": "2", "q1": ["0", "2"], "q2": "0"})

    shown = text(client.get(asking.get_absolute_url()))
    assert "Your home has answered" in shown
    assert "1 of 7 homes have answered" in shown
    assert [question.counts for question in asking.survey.questions.all()][:2] == [[0, 0, 1, 0, 0, 0], [1, 0, 1, 0, 0]]
    assert client.get(page("survey_answer", asking.pk)).url == asking.get_absolute_url()


@pytest.mark.parametrize("typed", [{}, {"q0": "99"}, {"q0": "-1"}, {"q1": ["0", "77"]}, {"q0": "1", "q2": "x" * 3000}])
def test_what_is_no_answer_is_said_and_counts_nothing(town, asking, typed):
    shown = as_(town.amira).post(page("survey_answer", asking.pk), typed)

    assert shown.status_code == 200
    assert asking.survey.questions.first().said == 0


def test_a_second_answer_of_a_home_is_refused_in_words(town, asking):
    client, partner = as_(town.amira), make.guardian("Pilvi", of=town.nora, household=town.amira.household)
    client.get(page("survey_answer", asking.pk))
    answer(asking, partner)

    shown = client.post(page("survey_answer", asking.pk), {"q0": "2"}, follow=True)

    assert "Your home has answered" in text(shown)
    assert asking.survey.questions.first().said == 1


def test_the_result_and_the_closing_are_offered_above_the_threshold_alone(town, asking):
    client = as_(town.jurgita)
    answer(asking, *town.homes[:4])
    shown = text(client.get(asking.get_absolute_url()))
    assert "The result opens when 1 more home has answered" in shown
    assert "Close the survey now" not in shown

    answer(asking, town.homes[4])
    assert "Close the survey now" in text(client.get(asking.get_absolute_url()))
    shown = text(client.post(page("survey_close", asking.pk), follow=True))
    assert "What the homes answered" in shown
    assert "5 homes have answered. The most common answer: Up to one hour." in shown


def test_too_few_answers_are_said_kindly_and_nothing_is_shown(town, asking):
    answer(asking, *town.homes[:4])
    close(asking, town)

    shown = text(as_(town.amira).get(asking.get_absolute_url()))

    assert "Thank you to those who answered" in shown
    assert "4 homes answered. That is too few" in shown
    assert "What the homes answered" not in shown


def test_what_was_agreed_is_written_down_with_times_and_read_by_all_the_families(town):
    agreement = ask(town, "out")
    answer(agreement, *town.homes[:5], says={0: [6]})
    close(agreement, town)
    client, today = as_(town.jurgita), town.school.today()
    assert "Home at the latest" in text(client.get(page("agreement_adopt", agreement.pk)))

    typed = {
        "text": "Home by eight.\nWe call.",
        "meeting": "Parents' meeting",
        "adopted_on": today.isoformat(),
        "review_on": (today + timedelta(days=200)).isoformat(),
        "out_0": "20:00",
        "out_5": "22:00",
    }
    client.post(page("agreement_adopt", agreement.pk), typed)

    for person in (town.amira, town.teacher):
        shown = text(as_(person).get(agreement.get_absolute_url()))
        assert "Home by eight." in shown
        assert "Monday 20:00 Saturday 22:00" in " ".join(shown.split())
        assert "Parents&#x27; meeting" in shown
    assert as_(town.carla).get(agreement.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"meeting": ""},
        {"adopted_on": "2999-01-01"},
        {"adopted_on": "1999-01-01"},
        {"review_on": "2020-01-01"},
        {"review_on": "9999-12-31"},
        {"text": "😀" * 3000},
    ],
)
def test_what_cannot_be_written_down_is_said_and_nothing_typed_is_lost(town, closed, wrong):
    today = town.school.today()
    typed = {
        "text": "Our very own words.",
        "meeting": "The meeting that was",
        "adopted_on": today.isoformat(),
        "review_on": (today + timedelta(days=200)).isoformat(),
    } | wrong

    shown = as_(town.jurgita).post(page("agreement_adopt", closed.pk), typed)

    assert shown.status_code == 200
    assert "meeting" in wrong or "The meeting that was" in shown.content.decode()
    assert "text" in wrong or "Our very own words." in shown.content.decode()
    assert SharedNormAgreement.objects.get().is_talking


def test_children_read_how_many_do_it_and_no_child_stands_alone_on_the_wall(town):
    """A35: a card for children says how many have chores."""
    agreement = ask(town, "chores")
    answer(agreement, *town.homes[:5], says={0: [0, 1], 1: [1]})
    answer(agreement, town.homes[5], says={0: [1, 5], 1: [0]})
    adopt(close(agreement, town), town)

    for person in (town.amira, town.teacher):
        shown = text(as_(person).get(page("agreement_card", agreement.pk)))
        assert "6 of 6 empty the dishwasher" in shown
        assert "Most of 6 set the table" in shown  # else somebody could ask who is the sixth
        assert "pet" not in shown
        assert "kroner" not in shown


def test_no_page_of_an_agreement_names_anybody_of_the_class(town, adopted):
    names = ("Amira", "Ben", "Jurgita", "Nora", "Iver", "Warsame")
    for name in ("agreement_show", "agreement_card"):
        shown = text(as_(town.homes[3]).get(page(name, adopted.pk)))
        assert not [one for one in names if one in shown]


def test_a_survey_waits_for_each_home_until_it_has_answered(town, asking):
    title = "Answer without a name: Screens in 1A"
    assert title in todos(town.amira)
    answer(asking, town.amira)

    assert title not in todos(town.amira)
    assert title in todos(town.ben)
    assert title not in todos(town.carla)


def test_the_contact_has_the_talk_and_the_review_waiting(town, closed):
    assert "Talk about it when you meet: Screens in 1A" in todos(town.jurgita, "class_contact")
    adopt(closed, town, review_on=town.school.today() + timedelta(days=10))

    assert "Look at it again: Screens in 1A" in todos(town.jurgita, "class_contact")
    actions.prolong_agreement(closed, by=town.jurgita, review_on=town.school.today() + timedelta(days=300))
    assert "Look at it again: Screens in 1A" not in todos(town.jurgita, "class_contact")


def test_two_contacts_who_look_at_it_again_are_told_of_each_other(town, adopted):
    other = make.holder("class_contact", town.first, "Olga")
    client = as_(town.jurgita)
    form = client.get(page("agreement_review", adopted.pk)).context["form"]
    seen = {name: form[name].value() for name in form.fields}
    later = town.school.today() + timedelta(days=500)
    actions.prolong_agreement(adopted, by=other, review_on=later)

    shown = client.post(page("agreement_review", adopted.pk), seen)

    assert shown.status_code == 200
    assert SharedNormAgreement.objects.get().review_on == later


def test_an_agreement_is_ended_after_it_was_asked_once(town, adopted):
    client = as_(town.jurgita)
    assert "End it" in text(client.get(page("agreement_end", adopted.pk)))
    client.post(page("agreement_end", adopted.pk))

    assert SharedNormAgreement.objects.get().is_ended
    assert "Ended" in text(as_(town.amira).get(page("agreement_list", town.first.pk)))
    assert as_(town.amira).get(page("agreement_card", adopted.pk)).status_code == 404


@pytest.mark.parametrize("name", ["agreement_list", "agreement_show", "survey_answer", "agreement_card"])
def test_thirty_homes_cost_no_more_questions_than_seven(town, name, django_assert_max_num_queries):
    agreement = ask(town) if name in ("agreement_show", "survey_answer") else adopt(close(_heard(town), town), town)
    about = town.first.pk if name == "agreement_list" else agreement.pk
    client = as_(town.amira)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(page(name, about)).status_code == 200
        return len(seen)

    asked()
    few = asked()
    for number in range(25):
        make.family(town.first, pupil_name=f"More {number}")
    assert asked() == few <= 24


def _heard(town):
    agreement = ask(town, "chores")
    answer(agreement, *town.homes[:6], says={0: [1]})
    return agreement


def test_what_is_typed_for_an_agreement_that_is_ended_meanwhile_stays_on_the_page(town, adopted):
    actions.end_agreement(adopted, by=town.jurgita)
    day = town.school.today() + timedelta(days=60)
    typed = {
        "text": "No phones at parties.",
        "meeting": "The autumn meeting",
        "adopted_on": town.school.today().isoformat(),
        "review_on": day.isoformat(),
    }

    written = as_(town.jurgita).post(address("networks", "agreement_adopt", adopted.pk), typed)
    looked_at = as_(town.jurgita).post(address("networks", "agreement_review", adopted.pk), typed)

    assert "No phones at parties." in written.text
    for one in (written, looked_at):
        assert one.status_code == 200
        assert str(AgreementOver.words) in text(one)
