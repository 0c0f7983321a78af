"""From the survey to the agreement: who may, what is refused, what is shown, and what two do at once."""

from datetime import time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from networks import actions
from networks.actions import AskedLately
from networks.agreements.queries import agreement_page
from networks.agreements.topics import TOPICS
from networks.models import AgreementOver, SharedNormAgreement, UnderWay
from networks.tasks import close_surveys
from portal.people.actions import end_relation
from portal.people.models import Enrolment, the_portal
from portal.surveys.actions import NothingSaid
from portal.surveys.models import Answered, AnsweredBefore, SurveyClosed
from tests import make
from tests.networks.agreements.conftest import adopt, answer, ask, close, fields
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db


def shown_to(person, agreement):
    return agreement_page(SharedNormAgreement.objects.get(pk=agreement.pk), person)


def test_a_survey_of_every_topic_goes_to_every_home(town):
    """A13: the class contact takes up norms and rules that the families develop together."""
    for topic in TOPICS:
        agreement = ask(town, topic)
        assert agreement.is_asking
        assert agreement.survey.questions.count() == len(TOPICS[topic].asks)
    assert shown_to(town.amira, agreement).standing.asked == 7


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_asked_about_in_four_languages(town, topic):
    for question in ask(town, topic).survey.questions.all():
        assert len(set(question.words.values())) >= 3, question.words
        assert all(option["text"].keys() == {"nb", "nn", "da", "en"} for option in question.options)


@pytest.mark.parametrize("who", ["amira", "carla", "teacher", "principal"])
def test_only_the_class_contact_takes_up_a_topic(town, who):
    with pytest.raises(PermissionDenied):
        actions.start_agreement(town.first, by=getattr(town, who), topic="out", closes_at=timezone.now())


def test_a_topic_is_under_way_once(town, asking):
    with pytest.raises(UnderWay):
        ask(town)
    assert SharedNormAgreement.objects.count() == 1


def test_in_a_class_of_fewer_than_five_homes_nobody_is_asked(town):
    make.role(town.carla, "class_contact", town.second)

    agreement = actions.start_agreement(town.second, by=town.carla, topic="out", closes_at=timezone.now())

    assert agreement.is_talking
    assert agreement.survey is None


def test_a_home_answers_once_and_two_homes_of_a_child_each(town, asking):
    answer(asking, town.amira, town.ben)
    partner = make.guardian("Pilvi", of=town.nora, household=town.amira.household)

    for again in (town.amira, partner):
        with pytest.raises(AnsweredBefore):
            answer(asking, again)

    assert shown_to(town.jurgita, asking).standing.answered == 2
    assert asking.survey.questions.first().counts[2] == 2


@pytest.mark.parametrize("who", ["carla", "teacher", "principal"])
def test_nobody_but_a_guardian_of_the_class_answers(town, asking, who):
    with pytest.raises(PermissionDenied):
        answer(asking, getattr(town, who))


def test_a_restricted_guardian_neither_sees_nor_answers(town, asking):
    make.restricted(town.ben, town.nora)

    assert not SharedNormAgreement.objects.visible_to(town.ben).exists()
    with pytest.raises(PermissionDenied):
        answer(asking, town.ben)


def test_nothing_said_is_no_answer(town, asking):
    with pytest.raises(NothingSaid):
        answer(asking, town.amira, says={0: [], 1: []})
    answer(asking, town.amira)


def test_a_result_cannot_be_opened_at_three_answers(town, asking):
    """A13: the result is revealed above the threshold alone."""
    answer(asking, *town.homes[:3])

    with pytest.raises(actions.TooFewYet):
        actions.close_survey_of(asking, by=town.jurgita)

    assert shown_to(town.jurgita, asking).results == []
    assert asking.survey.is_open


def test_a_survey_closed_with_four_answers_shows_and_keeps_nothing(town, asking):
    answer(asking, *town.homes[:4])
    close(asking, town)

    shown = shown_to(town.amira, asking)
    assert shown.is_withheld
    assert (shown.results, shown.lines) == ([], [])
    assert {sum(question.counts) + question.said for question in asking.survey.questions.all()} == {0}


def test_above_the_threshold_the_families_see_the_result_and_nobody_else(town, closed):
    """A31: answers are read as a distribution."""
    shown = shown_to(town.amira, closed)
    first = shown.results[0]

    assert (closed.survey.asked, closed.survey.answered) == (7, 6)
    assert [bar.value for bar in first.bars] == [0, 0, 6, 0, 0, 0]
    assert not SharedNormAgreement.objects.visible_to(town.teacher).exists()
    adopt(closed, town)
    assert not shown_to(town.teacher, closed).may_see_result


def test_a_question_that_fewer_than_five_answered_is_not_shown(town, asking):
    answer(asking, *town.homes[:2], says={0: [1]})
    answer(asking, *town.homes[2:6])
    close(asking, town)

    first, second, *_others = shown_to(town.amira, asking).results
    assert (first.said, second.said, second.bars) == (6, 0, [])
    assert sum(asking.survey.questions.get(place=1).counts) == 0


@pytest.mark.parametrize(("asked", "needed"), [(5, 5), (7, 5), (9, 6), (16, 10), (17, 10), (35, 10), (300, 10)])
def test_sixty_percent_or_ten_homes_are_enough_whichever_is_fewer(asking, asked, needed):
    """N16: never fewer than five."""
    assert asking.survey.needed_of(asked) == needed


def test_a_family_that_leaves_keeps_its_answer_counted_and_sees_nothing_more(town, asking):
    answer(asking, *town.homes[:5])
    leaver = town.homes[4]
    end_relation(leaver.pupil_relations.get(), by=the_portal())

    assert not SharedNormAgreement.objects.visible_to(leaver).exists()
    assert shown_to(town.jurgita, asking).standing.answered == 5
    close(asking, town)
    assert (asking.survey.asked, asking.survey.answered) == (7, 5)
    assert asking.survey.is_shown


def test_a_family_that_leaves_unheard_is_not_asked_any_more_and_a_newcomer_is(town, asking):
    end_relation(town.homes[6].pupil_relations.get(), by=the_portal())
    _child, newcomer = make.family(town.first, pupil_name="New", adult_name="Newcomer")

    with pytest.raises(PermissionDenied):
        answer(asking, town.homes[6])
    answer(asking, newcomer)

    assert shown_to(town.jurgita, asking).standing.asked == 7


def test_who_has_answered_is_deleted_when_the_survey_closes(town, asking):
    answer(asking, *town.homes[:5])
    assert Answered.objects.count() == 5

    close(asking, town)

    assert not Answered.objects.exists()
    with pytest.raises(SurveyClosed):
        answer(asking, town.homes[6])


def test_no_answer_is_taken_after_the_last_day(town, asking):
    type(asking.survey).objects.filter(pk=asking.survey_id).update(closes_at=timezone.now())

    with pytest.raises(SurveyClosed):
        answer(asking, town.amira)


def test_close_surveys_closes_what_is_over_twice(town, asking):
    answer(asking, *town.homes[:5])
    close_surveys()
    assert SharedNormAgreement.objects.get().is_asking

    type(asking.survey).objects.filter(pk=asking.survey_id).update(closes_at=timezone.now())
    close_surveys()
    close_surveys()

    agreement = SharedNormAgreement.objects.get()
    assert agreement.is_talking
    assert agreement.survey.is_shown


def test_an_agreement_says_where_when_and_when_it_is_looked_at_again(town, adopted):
    """A13: adopted at a dated meeting, with a day of review, and seen by every guardian of the class."""
    assert adopted.is_adopted
    assert (adopted.meeting, adopted.adopted_on) == ("The autumn meeting", town.school.today())
    for person in (*town.homes, town.teacher, town.principal):
        assert adopted in SharedNormAgreement.objects.visible_to(person)
    assert adopted not in SharedNormAgreement.objects.visible_to(town.carla)


@pytest.mark.parametrize("days", [{"adopted_on": timedelta(days=1)}, {"review_on": timedelta(0)}])
def test_a_meeting_is_held_before_it_is_written_down_and_looked_at_again_later(town, closed, days):
    wrong = {name: town.school.today() + away for name, away in days.items()}

    with pytest.raises(actions.WrongDays):
        adopt(closed, town, **wrong)


def test_the_database_keeps_an_agreement_without_a_meeting_out(town, adopted):
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedNormAgreement.objects.filter(pk=adopted.pk).update(meeting="")


def test_an_agreement_on_times_has_them_for_each_day_of_the_week(town):
    """A33: times for each day, and how children say where they are."""
    agreement = ask(town, "out")
    answer(agreement, *town.homes[:5], says={0: [6], 4: [12], 7: [0, 1]})
    close(agreement, town)

    adopt(agreement, town, out_until=[time(20)] * 4 + [time(22)] * 2 + [None])

    shown = shown_to(town.amira, agreement)
    assert [pair["value"] for pair in shown.times] == ["20.00"] * 4 + ["22.00"] * 2
    assert shown.results[0].most.label == "20.00"


def test_a_new_agreement_replaces_the_one_in_force(town, adopted):
    half_a_year = timezone.now() - timedelta(days=180)
    type(adopted.survey).objects.update(opened_at=half_a_year - timedelta(days=14), closed_at=half_a_year)
    newer = ask(town)
    assert SharedNormAgreement.objects.get(pk=adopted.pk).is_adopted
    answer(newer, *town.homes[:5])
    adopt(close(newer, town), town)

    adopted.refresh_from_db()
    assert adopted.is_ended
    assert adopted.replaced_by == newer
    assert list(SharedNormAgreement.objects.adopted()) == [newer]


def test_a_class_goes_on_with_its_agreement_or_ends_it(town, adopted):
    later = town.school.today() + timedelta(days=400)
    actions.prolong_agreement(adopted, by=town.jurgita, review_on=later)
    assert SharedNormAgreement.objects.get().review_on == later

    actions.end_agreement(adopted, by=town.jurgita)

    assert adopted.is_ended
    assert adopted.survey is not None
    with pytest.raises(AgreementOver):
        actions.prolong_agreement(adopted, by=town.jurgita, review_on=later)


def test_a_topic_that_is_let_rest_takes_its_answers_along(town, asking):
    answer(asking, *town.homes[:6])
    survey = asking.survey

    actions.end_agreement(asking, by=town.jurgita)

    assert not type(survey).objects.exists()
    assert not Answered.objects.exists()
    ask(town)


def moved_up(town):
    """(the school year that comes, the class in it)."""
    next_year = make.year(
        town.school, starts=town.first.year.starts_on.replace(year=town.first.year.starts_on.year + 1)
    )
    second = make.school_class("2A", at=town.school, in_year=next_year)
    second.cohort = town.first.cohort
    second.save(update_fields=["cohort"])
    Enrolment.objects.filter(school_class=town.first).update(school_class=second, valid_from=next_year.starts_on)
    return next_year, second


def test_a_topic_under_way_goes_along_and_is_not_begun_again(town, asking):
    next_year, second = moved_up(town)

    with time_machine.travel(next_year.starts_on, tick=False):
        contact, closes_at = make.holder("class_contact", second, "Olga"), timezone.now() + timedelta(days=14)
        with pytest.raises(UnderWay):
            actions.start_agreement(second, by=contact, topic=asking.topic, closes_at=closes_at)
        actions.end_agreement(asking, by=contact)
        assert actions.start_agreement(second, by=contact, topic=asking.topic, closes_at=closes_at).is_asking


def test_an_agreement_goes_along_when_the_class_moves_up(town, adopted):
    """A5: the agreements of a class survive the change of school year."""
    next_year, second = moved_up(town)

    with time_machine.travel(next_year.starts_on, tick=False):
        agreement = SharedNormAgreement.objects.visible_to(town.amira).get()
        contact = make.holder("class_contact", second, "Olga")

        assert agreement == adopted
        assert agreement.class_today == second
        assert agreement.guardians().filter(guardian=town.amira).exists()
        actions.prolong_agreement(agreement, by=contact, review_on=next_year.ends_on)
        with pytest.raises(PermissionDenied):
            actions.end_agreement(agreement, by=make.holder("class_contact", town.second))


@pytest.mark.django_db(transaction=True)
def test_two_adults_of_a_home_answer_at_once_and_one_counts(town, asking):
    partner = make.guardian("Pilvi", of=town.nora, household=town.amira.household)
    told = []
    with transaction.atomic():
        answer(asking, town.amira)
        second = in_a_thread(told, lambda: answer(SharedNormAgreement.objects.get(), partner))
    second.join(20)

    assert told == [AnsweredBefore]
    assert asking.survey.questions.first().said == 1


@pytest.mark.django_db(transaction=True)
def test_homes_that_answer_at_once_are_all_counted(town, asking):
    told = []
    threads = [in_a_thread(told, lambda who=who: answer(SharedNormAgreement.objects.get(), who)) for who in town.homes]
    for thread in threads:
        thread.join(20)

    assert told == ["yes"] * 7
    assert asking.survey.questions.first().said == 7


@pytest.mark.django_db(transaction=True)
def test_two_contacts_adopt_at_once_and_the_second_is_told(town, closed):
    other = make.holder("class_contact", town.first, "Olga")
    told = []
    with transaction.atomic():
        adopt(closed, town)
        second = in_a_thread(
            told,
            lambda: actions.adopt_agreement(SharedNormAgreement.objects.get(), by=other, **fields(town, text="No")),
        )
    second.join(20)

    assert told == [AgreementOver]
    assert SharedNormAgreement.objects.get().text == "We keep to one hour."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ends", [close, lambda agreement, town: actions.end_agreement(agreement, by=town.jurgita)])
def test_an_answer_that_comes_while_the_survey_ends_is_told_so(town, asking, ends):
    answer(asking, *town.homes[:5])
    told = []
    with transaction.atomic():
        ends(asking, town)
        second = in_a_thread(told, lambda: answer(SharedNormAgreement.objects.get(), town.homes[6]))
    second.join(20)

    assert told == [SurveyClosed]
    assert not Answered.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_contacts_take_up_a_topic_at_once_and_the_second_is_told(town):
    told = []
    with transaction.atomic():
        ask(town)
        second = in_a_thread(told, lambda: ask(town))
    second.join(20)

    assert told == [UnderWay]
    assert type(ask(town, "out").survey).objects.count() == 2


def test_two_results_are_never_so_close_that_they_tell_what_one_home_has_said(town, asking):
    """Six homes, and then the same six and one more: what has changed is what the seventh said."""
    answer(asking, *town.homes[:6])
    actions.end_agreement(close(asking, town), by=town.jurgita)

    with pytest.raises(AskedLately):
        ask(town)
    assert ask(town, "chores").is_asking
    with time_machine.travel(timezone.localtime() + timedelta(days=91)):
        assert ask(town).is_asking


def test_what_too_few_have_answered_is_asked_again(town, asking):
    answer(asking, *town.homes[:4])
    actions.end_agreement(close(asking, town), by=town.jurgita)

    assert ask(town).is_asking
