"""The yearly survey on the cooperation: whom it asks, what is kept of an answer, what the board reads."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.figures import FIGURES
from portal.ledger import tasks as ledger
from portal.ledger.models import Event
from portal.messaging.models import Notice
from portal.people.hats import hats_of
from portal.surveys.models import Answered, AnsweredBefore, SurveyClosed
from principles.cooperation import actions
from principles.cooperation.models import AskedThisYear, CooperationSurvey, TooFew
from principles.cooperation.queries import cooperation_page, cooperation_pdf, one_page_of
from principles.cooperation.tasks import close_cooperations
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text, todos_of
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db
HOMES, WORKERS = 12, 6
GLAD, SORRY = {place: [0] for place in range(4)}, {place: [3] for place in range(4)}


@once
def lia(db):
    lia = make.school("Lia skole")
    here = make.school_class("3B", at=lia)
    lia.pia = make.holder("principal", lia, "Pia")
    lia.bo = make.holder("board_member", lia, "Bo")
    lia.homes = [make.family(here, pupil_name=f"Child {n}", adult_name=f"Adult {n}")[1] for n in range(HOMES)]
    lia.workers = [make.holder("subject_teacher", here, f"Teacher {n}") for n in range(WORKERS - 1)] + [lia.pia]
    return lia


@once
def asked(lia):
    return actions.ask_about_cooperation(lia, by=lia.bo, closes_at=timezone.now() + timedelta(days=14))


def closed(asked):
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        close_cooperations()
    return CooperationSurvey.objects.select_related("parents", "staff", "school", "year").get(pk=asked.pk)


def sides(asked):
    with translation.override("en"):
        return {side.name: side for side in cooperation_page(asked).sides}


def waiting(person):
    with translation.override("en"):
        return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]


# Who


def test_homes_and_staff_are_asked_once_by_letter_and_on_their_first_page(lia, asked):
    ledger.sweep()
    homes = set(Notice.objects.filter(kind="principles.homes_asked").values_list("recipient", flat=True))
    workers = set(Notice.objects.filter(kind="principles.workers_asked").values_list("recipient", flat=True))

    assert homes == {person.pk for person in lia.homes}
    assert workers == {person.pk for person in lia.workers}
    title = "Answer without a name: the cooperation at Lia skole"
    assert title in waiting(lia.homes[0])
    assert title in waiting(lia.workers[0])
    assert title not in waiting(lia.bo)


def test_whoever_is_kept_from_the_child_or_only_proposed_is_neither_asked_nor_answers(lia, asked):
    child = lia.homes[0].pupil_relations.get().pupil
    cato = make.guardian("Cato", of=child)
    make.restricted(cato, child)
    petra = make.person("Petra")
    make.proposed(petra, child)
    ledger.sweep()

    for other in (cato, petra):
        assert not Notice.objects.filter(recipient=other).exists()
        assert as_(other).get(address("principles", "cooperation_answer", asked.pk)).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.answer_as_home(asked, by=other, answers=GLAD)


def test_only_board_and_leaders_ask_and_read(lia, asked):
    for other in (lia.homes[0], lia.workers[0]):
        assert as_(other).get(asked.get_absolute_url()).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.ask_about_cooperation(lia, by=other, closes_at=timezone.now())
    elsewhere = make.holder("board_member", make.school("Elsewhere"))
    assert as_(elsewhere).get(asked.get_absolute_url()).status_code == 404


# What is refused


def test_it_is_asked_once_a_school_year(lia, asked):
    with pytest.raises(AskedThisYear):
        actions.ask_about_cooperation(lia, by=lia.pia, closes_at=timezone.now() + timedelta(days=9))


def test_with_fewer_than_five_homes_nobody_is_asked(db):
    small = make.school("Small")
    make.family(make.school_class(at=small))
    with pytest.raises(TooFew):
        actions.ask_about_cooperation(
            small, by=make.holder("board_member", small), closes_at=timezone.now() + timedelta(days=9)
        )


def test_fewer_than_five_at_work_are_not_asked(db):
    small = make.school("Small")
    here = make.school_class(at=small)
    for number in range(5):
        make.family(here, adult_name=f"Adult {number}")
    asked = actions.ask_about_cooperation(
        small, by=make.holder("board_member", small), closes_at=timezone.now() + timedelta(days=9)
    )
    assert asked.staff is None


def test_a_home_answers_once_and_nobody_after_the_last_day(lia, asked):
    actions.answer_as_home(asked, by=lia.homes[0], answers=GLAD)
    with pytest.raises(AnsweredBefore):
        actions.answer_as_home(asked, by=lia.homes[0], answers=SORRY)
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False), pytest.raises(SurveyClosed):
        actions.answer_at_work(asked, by=lia.workers[0], answers=GLAD)


def test_a_day_that_has_been_is_refused_above_the_form(lia):
    page = as_(lia.bo).post(address("principles", "cooperation_list"), {"closes_on": lia.today()})
    assert "Choose a day from tomorrow on" in text(page)
    assert not CooperationSurvey.objects.exists()
    later = lia.today() + timedelta(days=9)
    assert as_(lia.bo).post(address("principles", "cooperation_list"), {"closes_on": later}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_do_it_once():
    school, told = make.school(), []
    here = make.school_class(at=school)
    for number in range(5):
        make.family(here, adult_name=f"Adult {number}")
    bo, later = make.holder("board_member", school), timezone.now() + timedelta(days=9)
    with transaction.atomic():
        actions.ask_about_cooperation(school, by=bo, closes_at=later)
        thread = in_a_thread(told, lambda: actions.ask_about_cooperation(school, by=bo, closes_at=later))
    thread.join()
    assert told == [AskedThisYear]


# What is kept, and read


def test_an_answer_is_a_count_and_no_event_says_whose(lia, asked):
    before = Event.objects.count()
    page = as_(lia.homes[0]).post(
        address("principles", "cooperation_answer", asked.pk), {f"q{place}": "0" for place in range(4)}
    )

    assert page.status_code == 302
    assert Event.objects.count() == before
    assert asked.parents.questions.get(place=0).counts == [1, 0, 0, 0]
    assert as_(lia.homes[0]).get(address("principles", "cooperation_answer", asked.pk)).status_code == 302
    assert "Answer without a name: the cooperation at Lia skole" not in waiting(lia.homes[0])


def test_while_it_is_open_nobody_reads_more_than_how_many(lia, asked):
    assert "Fewer than five of 10 have answered." in text(as_(lia.bo).get(asked.get_absolute_url()))
    for person in lia.homes[:7]:
        actions.answer_as_home(asked, by=person, answers=GLAD)
    page = as_(lia.bo).get(asked.get_absolute_url())
    assert "About 5 of 10 have answered." in text(page)
    assert "Does the cooperation help the children?" not in text(page)
    assert as_(lia.bo).get(address("principles", "cooperation_download", asked.pk)).status_code == 404


def test_both_sides_are_read_in_fives_and_the_single_no_is_not_seen(lia, asked):
    for person in lia.homes[:-1]:
        actions.answer_as_home(asked, by=person, answers=GLAD)
    actions.answer_as_home(asked, by=lia.homes[-1], answers=SORRY)
    for person in lia.workers:
        actions.answer_at_work(asked, by=person, answers=GLAD)

    read = sides(closed(asked))

    assert set(read) == {"Parents", "Staff"}
    assert [bar.value for bar in read["Parents"].questions[0].bars] == [10, 0, 0, 0]
    assert [bar.value for bar in read["Staff"].questions[0].bars] == [5, 0, 0, 0]
    assert not Answered.objects.exists()
    assert "No" in markup(as_(lia.pia).get(asked.get_absolute_url()))


def test_where_too_few_have_answered_nothing_is_kept(lia, asked):
    for person in lia.homes[:4]:
        actions.answer_as_home(asked, by=person, answers=GLAD)
    done = closed(asked)
    assert sides(done)["Parents"].questions == []
    assert "Too few have answered." in text(as_(lia.bo).get(asked.get_absolute_url()))
    assert done.parents.questions.get(place=0).counts == [0, 0, 0, 0]


def test_close_cooperations_run_twice_closes_once(lia, asked):
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        close_cooperations()
        close_cooperations()

    assert Event.objects.filter(verb="principles.cooperation_closed").count() == 1


def test_the_board_has_one_page_as_a_pdf(lia, asked):
    for person in lia.homes:
        actions.answer_as_home(asked, by=person, answers=GLAD)
    content = cooperation_pdf(closed(asked))
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type/Page/") <= 1
    answer = as_(lia.bo).get(address("principles", "cooperation_download", asked.pk))
    assert answer["Content-Type"] == "application/pdf"


def test_what_they_say_is_a_figure_that_a_point_can_be_tied_to(lia, asked):
    for number, person in enumerate(lia.homes):
        actions.answer_as_home(asked, by=person, answers=SORRY if number < 2 else GLAD)
    closed(asked)
    figure = FIGURES["principles.parents_find_it_good"]
    until = lia.today() + timedelta(days=30)
    total = figure.over(lia, lia.today(), until)
    assert (total.part, total.whole) == (10, 12)
    assert FIGURES["principles.staff_find_it_good"].over(lia, lia.today(), until) is None


@pytest.mark.parametrize(
    ("zone", "day"), [("Europe/Oslo", "2 March"), ("Europe/Copenhagen", "2 March"), ("Atlantic/Faroe", "1 March")]
)
def test_the_page_says_the_day_on_the_wall_of_the_school(asked, zone, day):
    over = closed(asked)
    over.parents.closed_at = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)
    over.school.time_zone = zone

    with translation.override("en"):
        assert one_page_of(over)["closed"] == f"Closed on {day} 2027."


def test_the_board_is_told_when_it_is_closed_and_reminded_when_it_has_not_asked(lia, asked):
    closed(asked)
    ledger.sweep()
    assert Notice.objects.filter(kind="principles.cooperation_closed", recipient=lia.bo).exists()
    CooperationSurvey.objects.all().delete()
    year = lia.years.get()
    with time_machine.travel(timezone.localtime().replace(year=year.starts_on.year + 1, month=2, day=10), tick=False):
        assert "Ask parents and staff about the cooperation" in waiting(lia.bo)


def test_the_page_asks_as_much_for_many(lia, asked):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            as_(lia.bo).get(asked.get_absolute_url())
        return len(queries)

    counted()
    few = counted()
    for person in lia.homes:
        actions.answer_as_home(asked, by=person, answers=GLAD)
    assert counted() == few


def test_close_cooperations_closes_once_when_it_runs_twice(asked):
    first = closed(asked)
    second = closed(asked)

    assert not CooperationSurvey.objects.asking().exists()
    assert (first.parents.closed_at, first.staff.closed_at) == (second.parents.closed_at, second.staff.closed_at)
    assert Event.objects.filter(verb="principles.cooperation_closed").count() == 1
