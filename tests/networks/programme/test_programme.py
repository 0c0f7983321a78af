"""What happens at a gathering: who writes it, who leads it, what families read, and that it moves with the gathering."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from networks import actions
from networks.models import Activity, Gathering, NotNow, Rsvp
from networks.programme.icebreakers import ICEBREAKERS, icebreakers_for
from networks.programme.queries import adults_to_ask, programme_in_a_line, programme_of
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people.actions import end_relation
from portal.people.models import AddressProtection, GuardianRelation, the_portal
from portal.people.queries import families_of
from tests import make
from tests.ground import once
from tests.networks.test_notices import letter, still_wanted, told
from tests.networks.test_pages import link, page
from tests.networks.test_todos import waiting
from tests.pages import as_, text
from tests.threads import in_a_thread


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def say(person, gathering, answer="yes"):
    return actions.answer(gathering, by=person, household=person.household, answer=answer)


def add(gathering, by, title="Quiz", minutes=20, **more):
    return actions.add_activity(gathering, by=by, title=title, minutes=minutes, **more)


@once
def quiz(town, bonfire):
    say(town.amira, bonfire)
    return add(bonfire, town.jurgita, led_by=town.amira)


def titles(gathering):
    return [one.title for one in gathering.activities.all()]


def leaders(gathering, reader, **how):
    return [step.leader for step in programme_of(gathering, reader, **how).steps]


@pytest.mark.parametrize("who", ["amira", "carla", "principal"])
def test_only_organisers_write_the_programme(town, bonfire, quiz, who):
    by = getattr(town, who)
    said = {"title": "Songs", "minutes": 5}
    for change in (
        lambda: actions.add_activity(bonfire, by=by, **said),
        lambda: actions.change_activity(quiz, by=by, **said),
        lambda: actions.move_activity(quiz, by=by, up=True),
        lambda: actions.remove_activity(quiz, by=by),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_each_begins_when_the_one_before_is_over_and_moves_with_the_gathering(town, bonfire):
    for title, minutes in (("Welcome", 15), ("Quiz", 30), ("Songs", 10)):
        add(bonfire, town.jurgita, title, minutes)

    assert [step.after for step in programme_of(bonfire, town.amira).steps] == [0, 15, 45]
    later = timedelta(days=1, hours=1)
    moved = Gathering(pk=bonfire.pk, starts_at=bonfire.starts_at + later, ends_at=bonfire.ends_at + later)
    moved.school_class = bonfire.school_class
    assert programme_of(moved, town.amira).steps[1].starts_at == bonfire.starts_at + later + timedelta(minutes=15)


def test_what_is_moved_changes_places_and_at_either_end_nothing_happens(town, bonfire):
    first, _second, last = [add(bonfire, town.jurgita, title) for title in ("A", "B", "C")]

    actions.move_activity(last, by=town.jurgita, up=True)
    assert titles(bonfire) == ["A", "C", "B"]
    actions.move_activity(first, by=town.jurgita, up=True)
    assert titles(bonfire) == ["A", "C", "B"]
    actions.remove_activity(first, by=town.jurgita)
    actions.move_activity(last, by=town.jurgita, up=False)
    assert titles(bonfire) == ["B", "C"]


@pytest.mark.django_db(transaction=True)
def test_two_organisers_who_add_at_once_both_stand_there(town, bonfire):
    added = []

    def second():
        add(Gathering.objects.get(pk=bonfire.pk), town.jurgita, "B")
        return "yes"

    with transaction.atomic():
        add(bonfire, town.jurgita, "A")
        pressed = in_a_thread(added, second)
    pressed.join(20)

    assert titles(bonfire) == ["A", "B"]
    assert added


def test_the_database_keeps_one_row_for_each_number_and_one_leader(town, quiz):
    with pytest.raises(IntegrityError, match="activity_has_one_leader"), transaction.atomic():
        Activity.objects.filter(pk=quiz.pk).update(leader="The teacher")
    with pytest.raises(IntegrityError, match="activity_lasts_in_reason"), transaction.atomic():
        Activity.objects.filter(pk=quiz.pk).update(minutes=0)
    Activity.objects.create(gathering=quiz.gathering, number=quiz.number, title="B", minutes=5)
    with pytest.raises(IntegrityError, match="activities_stand_in_a_row"):
        connection.check_constraints()


def test_a_programme_that_is_full_or_over_says_so(town, bonfire):
    Activity.objects.bulk_create(
        Activity(gathering=bonfire, number=number, title="A", minutes=1) for number in range(1, Activity.MOST + 1)
    )
    with pytest.raises(NotNow, match="long enough"):
        add(bonfire, town.jurgita)
    one = bonfire.activities.first()
    Gathering.objects.filter(pk=bonfire.pk).update(
        answer_by=timezone.now() - timedelta(days=3),
        starts_at=timezone.now() - timedelta(days=2),
        ends_at=timezone.now() - timedelta(days=1),
    )
    with pytest.raises(NotNow, match="over"):
        actions.move_activity(one, by=town.jurgita, up=True)


def test_who_is_asked_is_read_by_families_only_after_a_yes(town, bonfire, quiz):
    assert leaders(bonfire, town.ben) == [""]
    assert leaders(bonfire, town.jurgita, plans=True) == ["Amira"]

    actions.agree_to_lead(quiz, by=town.amira)

    assert leaders(bonfire, town.ben) == ["Amira"]


def test_nobody_says_yes_or_no_for_another(town, quiz):
    for answer in (actions.agree_to_lead, actions.give_activity_back):
        with pytest.raises(PermissionDenied):
            answer(quiz, by=town.jurgita)


def test_whoever_has_left_the_class_says_nothing_any_more(town, quiz):
    end_relation(GuardianRelation.objects.get(guardian=town.amira), by=make.holder("office", town.school))

    with pytest.raises(PermissionDenied):
        actions.agree_to_lead(quiz, by=town.amira)


def test_only_who_comes_or_organises_is_asked(town, bonfire):
    with pytest.raises(PermissionDenied):
        add(bonfire, town.jurgita, led_by=town.ben)
    say(town.ben, bonfire, "maybe")
    with pytest.raises(PermissionDenied):
        add(bonfire, town.jurgita, led_by=town.ben)
    with pytest.raises(PermissionDenied):
        add(bonfire, town.jurgita, led_by=town.carla)

    assert add(bonfire, town.jurgita, led_by=town.jurgita).agreed_at  # who names themselves has said yes


def test_before_the_invitation_is_sent_nobody_else_is_asked(town, draft):
    assert adults_to_ask(draft, town.jurgita) == [town.jurgita]


def test_a_protected_adult_is_neither_asked_nor_named_and_reads_of_it(town, bonfire, quiz):
    actions.agree_to_lead(quiz, by=town.amira)
    AddressProtection.objects.create(person=town.amira, grade="strict", valid_from=timezone.localdate())

    assert town.amira not in adults_to_ask(bonfire, town.jurgita)
    assert leaders(bonfire, town.jurgita, plans=True) == [""]
    assert "Amira" not in text(as_(town.jurgita).get(page("gathering_show", bonfire.pk)))
    assert programme_of(bonfire, town.amira).own


def test_a_protected_adult_goes_on_leading_when_the_organiser_mends_a_word(town, bonfire, quiz):
    actions.agree_to_lead(quiz, by=town.amira)
    AddressProtection.objects.create(person=town.amira, grade="strict", valid_from=timezone.localdate())
    client, address = as_(town.jurgita), page("activity_change", quiz.pk)
    form = client.get(address).content.decode()
    assert "Amira" not in form

    client.post(address, {"title": "Quiz for all", "minutes": 20, "led_by": "", "leader": "", "note": ""})

    quiz.refresh_from_db()
    assert (quiz.title, quiz.led_by) == ("Quiz for all", town.amira)
    assert quiz.agreed_at


def test_whoever_cannot_come_after_all_is_not_named_and_the_organisers_read_it(town, bonfire, quiz):
    actions.agree_to_lead(quiz, by=town.amira)
    say(town.amira, bonfire, "no")

    assert leaders(bonfire, town.ben) == [""]
    assert programme_of(bonfire, town.jurgita, plans=True).steps[0].cannot


def test_a_restricted_guardian_is_not_named(town, bonfire, quiz):
    actions.agree_to_lead(quiz, by=town.amira)
    make.restricted(town.amira, town.nora)

    assert leaders(bonfire, town.ben) == [""]
    assert adults_to_ask(bonfire, town.jurgita) == [town.jurgita]


def test_whoever_must_know_nothing_of_a_child_does_not_read_who_its_guardian_is(town, bonfire, quiz):
    actions.agree_to_lead(quiz, by=town.amira)
    make.confirmed(town.jurgita, town.nora)
    make.restricted(town.jurgita, town.nora)

    assert leaders(bonfire, town.jurgita) == [""]


def test_teachers_read_what_happens_too(town, bonfire, quiz):
    teacher = make.holder("contact_teacher", town.first, "Tom")

    assert "Quiz" in text(as_(teacher).get(page("gathering_show", bonfire.pk)))


def test_the_asked_answers_on_the_page_and_by_the_link(town, bonfire, quiz):
    client = as_(town.amira)
    assert "Will you lead this?" in text(client.get(page("gathering_show", bonfire.pk)))
    client.post(page("gathering_show", bonfire.pk), {"lead": quiz.pk})
    quiz.refresh_from_db()
    assert quiz.agreed_at

    answered = as_(town.amira).post(link(town.amira, bonfire), {"leave": quiz.pk}, follow=True)
    assert answered.status_code == 200
    quiz.refresh_from_db()
    assert quiz.led_by is None


def test_what_is_not_asked_of_one_says_so(town, bonfire, quiz):
    said = as_(town.ben).post(page("gathering_show", bonfire.pk), {"lead": quiz.pk}, follow=True)

    assert "You are not asked to lead this any more." in text(said)
    quiz.refresh_from_db()
    assert quiz.agreed_at is None


def test_whoever_is_asked_is_written_to_once_for_a_gathering(town, bonfire, quiz):
    add(bonfire, town.jurgita, "Songs", led_by=town.amira)
    remind()
    assert told("networks.activity_asked") == {"Amira"}
    said = letter("networks.activity_asked", town.amira)
    assert "Quiz, Songs" in said.lines[0]

    add(bonfire, town.jurgita, "Games", led_by=town.amira)
    remind()
    assert told("networks.activity_asked") == {"Amira"}


def test_whoever_has_had_four_messages_is_not_written_to_and_finds_it_on_the_first_page(town, bonfire, quiz):
    remind()
    asked = Notice.objects.filter(kind="networks.activity_asked")
    assert still_wanted("networks.activity_asked", town.amira)
    now = timezone.now()
    for kind in ("gathering_invited", "gathering_changed", "gathering_reminder", "day_before"):
        given = {"subject_type": bonfire._meta.label, "subject_id": str(bonfire.pk), "recipient": town.amira}
        said = {"kind": f"networks.{kind}", "occasion": "x", "category": "news", "not_before": now, "told_at": now}
        Notice.objects.create(**given, **said, state=Notice.State.TOLD)

    assert asked.exists()
    assert not still_wanted("networks.activity_asked", town.amira)
    assert any("Quiz" in one for one in waiting(town.amira, "parent"))


def test_the_organisers_are_told_when_it_is_given_back(town, bonfire, quiz):
    actions.give_activity_back(quiz, by=town.amira)

    assert told("networks.activity_given_back") == {"Jurgita"}
    assert "Quiz" in letter("networks.activity_given_back", town.jurgita).lines[0]


def test_the_day_before_says_what_happens(town, bonfire):
    add(bonfire, town.jurgita, "Welcome", 15)
    add(bonfire, town.jurgita, "Quiz", 15)
    starts = timezone.localtime(bonfire.starts_at)

    with translation.override("nb"):
        assert programme_in_a_line(bonfire) == (f"{starts:%H.%M} Welcome, {starts + timedelta(minutes=15):%H.%M} Quiz")


def test_a_gathering_with_nothing_to_do_is_suggested_something_and_is_sent_all_the_same(town, bonfire):
    suggested = "What are you going to do together?"
    assert suggested in text(as_(town.jurgita).get(page("gathering_organise", bonfire.pk)))

    add(bonfire, town.jurgita)
    assert suggested not in text(as_(town.jurgita).get(page("gathering_organise", bonfire.pk)))


def test_one_tap_puts_an_ice_breaker_for_the_age_in(town, bonfire):
    shown = text(as_(town.jurgita).get(page("programme_show", bonfire.pk)))
    assert "Colour hunt" in shown
    assert "Quiz across ages" not in shown

    as_(town.jurgita).post(page("icebreaker_take", bonfire.pk), {"icebreaker": "colours"})
    assert titles(bonfire) == ["Colour hunt"]
    as_(town.jurgita).post(page("icebreaker_take", bonfire.pk), {"icebreaker": "forged"})
    assert titles(bonfire) == ["Colour hunt"]


@pytest.mark.parametrize("language", ["en", "nb", "nn", "da"])
def test_there_are_six_ice_breakers_for_each_age_that_fit_into_a_row(language):
    for grade in range(1, 11):
        assert len(icebreakers_for([grade])) >= 6
    with translation.override(language):
        assert all(len(str(one.title)) <= 80 and len(str(one.how)) <= 300 for one in ICEBREAKERS)
    assert icebreakers_for([]) == list(ICEBREAKERS)


def test_the_second_organiser_does_not_overwrite_the_first_unseen(town, bonfire, quiz):
    client, address = as_(town.jurgita), page("activity_change", quiz.pk)
    seen = client.get(address).context["form"]["seen"].value()
    actions.change_activity(quiz, by=town.jurgita, title="Quiz for all", minutes=20)

    said = client.post(address, {"title": "Songs", "minutes": 10, "led_by": "", "leader": "", "seen": seen})

    quiz.refresh_from_db()
    assert quiz.title == "Quiz for all"
    assert "Songs" in said.content.decode()


def test_what_was_typed_stays_when_an_adult_and_words_are_both_given(town, bonfire, quiz):
    typed = {"title": "Songs", "minutes": 10, "led_by": town.amira.pk, "leader": "The teacher"}
    said = as_(town.jurgita).post(page("programme_show", bonfire.pk), typed)

    assert "Not both." in text(said)
    assert "The teacher" in said.content.decode()
    assert titles(bonfire) == ["Quiz"]


def test_who_led_what_is_forgotten_after_sixty_days(town, bonfire, quiz):
    actions.forget_reaching_out(bonfire, by=the_portal())

    quiz.refresh_from_db()
    assert (quiz.led_by, quiz.leader, quiz.title) == (None, "", "Quiz")


def test_thirty_homes_and_rows_cost_no_more_questions_than_three(town, bonfire, quiz):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert as_(town.jurgita).get(page("programme_show", bonfire.pk)).status_code == 200
        return len(asked)

    few = cost()
    for number in range(20):
        _child, adult = make.family(town.first, pupil_name=f"P{number}", adult_name=f"A{number}")
        say(adult, bonfire)
        add(bonfire, town.jurgita, f"Game {number}", led_by=adult)

    assert len(families_of(town.first)) > 20
    assert Rsvp.objects.count() > 20
    assert cost() <= few
