"""When it suits the families: asked of every home, answered until it closes, and fixed by whoever organises it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from networks import actions
from networks.models import Between, Gathering, NotNow, NotSendable, Poll, PollAnswer, PollTime
from networks.polls.queries import best_of, homes_of, poll_board, suitings
from networks.queries import INVITED
from networks.tasks import forget_polls
from portal.calendars import coming_to, entries_of
from portal.ledger import tasks as ledger
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people import actions as people
from portal.people.models import the_portal
from tests import make
from tests.networks.test_actions import fields
from tests.networks.test_notices import letter, still_wanted, told
from tests.threads import in_a_thread

HOUR = timedelta(hours=1)


def asked(kind="networks.poll_sent"):
    remind()
    return told(kind)


def times_of(gathering):
    return list(gathering.poll.times.all())


def totals(gathering):
    found = suitings(gathering.poll, times_of(gathering), homes_of(gathering))
    return [(one.yes, one.if_need_be, one.no, one.silent) for one in found.values()]


def test_every_home_of_the_class_is_asked_once_and_nobody_is_left_out(town, walk):
    make.proposed(make.person("Proposed"), town.nora)

    assert asked() == {"Jurgita", "Amira", "Ben"}
    assert asked() == {"Jurgita", "Amira", "Ben"}
    assert Notice.objects.filter(kind="networks.poll_sent").count() == 3


def test_a_home_that_comes_while_it_is_open_is_asked_too(town, walk):
    asked()
    make.family(town.first, pupil_name="New", adult_name="Nils", family_name="Ny")

    assert "Nils" in asked()


def test_what_is_left_open_is_no_answer_and_never_a_no(town, walk, says):
    says(town.amira, "yes", "", "no")
    says(town.ben, "if_need")

    assert totals(walk) == [(1, 1, 0, 1), (0, 0, 0, 3), (0, 0, 1, 2)]


def test_an_answer_is_changed_and_left_open_again_until_it_closes(town, walk, says):
    says(town.amira, "yes")
    says(town.amira, "no")
    assert totals(walk)[0] == (0, 0, 1, 2)
    says(town.amira, "open")
    assert totals(walk)[0] == (0, 0, 0, 3)

    with time_machine.travel(walk.poll.closes_at, tick=False), pytest.raises(NotNow):
        says(town.amira, "yes")
    assert totals(walk)[0] == (0, 0, 0, 3)


def test_the_same_pressed_again_is_one_answer(town, walk, says):
    says(town.amira, "yes")
    says(town.amira, "yes")

    assert PollAnswer.objects.count() == 1
    assert ledger.Event.objects.filter(verb="networks.poll_answered").count() == 1


def test_both_homes_of_a_child_answer_for_themselves_and_for_no_other(town, walk, says):
    says(town.amira, "yes")
    says(town.ben, "no")
    assert totals(walk)[0] == (1, 0, 1, 1)

    first = times_of(walk)[0]
    for person, home in ((town.ben, town.amira.household), (town.carla, town.carla.household)):
        with pytest.raises(PermissionDenied):
            actions.say_suits(walk, by=person, household=home, time=first, suits="no")
    other = make.poll(town.second, by=make.holder("class_contact", town.second, "Olga"))
    with pytest.raises(PermissionDenied):
        actions.say_suits(walk, by=town.amira, household=town.amira.household, time=times_of(other)[0], suits="no")


def test_a_home_that_leaves_the_class_does_not_count(town, walk, says):
    says(town.amira, "yes", "yes", "yes")
    people.end_relation(town.amira.pupil_relations.get(), by=the_portal())

    assert totals(walk)[0] == (0, 0, 0, 2)
    assert poll_board(walk.poll, town.jurgita).answered == 0


@pytest.mark.parametrize("days", [(20,), (20, 21, 22, 23, 24, 25, 26), (20, 20), (5, 20), (-1, 20)])
def test_two_to_six_times_that_are_to_come_after_the_closing_day(town, days):
    with pytest.raises(actions.WrongTimes):
        make.poll(town.first, by=town.jurgita, days=days)
    assert not Gathering.objects.exists()


def test_the_database_keeps_six_times_and_one_that_is_fixed(walk):
    first, second, _third = times_of(walk)
    for wrong in ({"place": 7}, {"place": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PollTime.objects.create(poll=walk.poll, starts_at=first.ends_at, ends_at=first.ends_at + HOUR, **wrong)
    PollTime.objects.filter(pk=first.pk).update(is_fixed=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        PollTime.objects.filter(pk=second.pk).update(is_fixed=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=walk.poll.pk).update(fixed_at=timezone.now(), called_off_at=timezone.now())


def test_it_is_sent_after_the_inclusion_check_and_once(town):
    made = make.poll(town.first, by=town.jurgita, sent=False)
    with pytest.raises(NotSendable):
        actions.send_poll(made, by=town.jurgita)
    assert asked() == set()
    actions.check_inclusion(made, by=town.jurgita, fine=[])
    with time_machine.travel(made.poll.closes_at), pytest.raises(NotSendable):
        actions.send_poll(made, by=town.jurgita)
    actions.send_poll(made, by=town.jurgita)
    with pytest.raises(NotNow):
        actions.send_poll(made, by=town.jurgita)


def test_until_it_is_sent_its_times_can_change_and_it_can_be_dropped(town):
    made = make.poll(town.first, by=town.jurgita, sent=False)
    now = timezone.now()
    times = [Between(now + timedelta(days=day), now + timedelta(days=day) + HOUR) for day in (30, 40)]
    said = {"closes_at": now + timedelta(days=5), "shown_to": "all"}
    actions.set_times(made, by=town.jurgita, times=times, **said)
    made.refresh_from_db()
    assert [one.starts_at for one in times_of(made)] == [one.starts_at for one in times]
    assert made.starts_at == times[-1].starts_at

    actions.drop_poll(made, by=town.jurgita)
    assert not Gathering.objects.get().has_no_time


def test_once_asked_the_times_stay(town, walk):
    now = timezone.now()
    times = [Between(now + timedelta(days=day), now + timedelta(days=day) + HOUR) for day in (30, 40)]
    with pytest.raises(NotNow):
        actions.set_times(walk, by=town.jurgita, times=times, closes_at=now + HOUR, shown_to="all")
    with pytest.raises(NotNow):
        actions.drop_poll(walk, by=town.jurgita)
    with pytest.raises(NotNow):
        actions.publish_gathering(walk, by=town.jurgita)
    with pytest.raises(NotNow):
        actions.change_gathering(walk, by=town.jurgita, **fields(walk) | {"starts_at": walk.starts_at - HOUR})
    with pytest.raises(NotNow):
        actions.tie_gathering(walk, by=town.jurgita, school_event=make.event(town.school, days=30))
    assert actions.change_gathering(walk, by=town.jurgita, **fields(walk) | {"place": "The hall"}) == "saved"


def test_what_moves_with_the_school_is_not_asked_about(town, draft):
    actions.tie_gathering(draft, by=town.jurgita, school_event=make.event(town.school, days=20))
    now = timezone.now()
    times = [Between(now + timedelta(days=day), now + timedelta(days=day) + HOUR) for day in (30, 40)]
    with pytest.raises(NotNow):
        actions.set_times(draft, by=town.jurgita, times=times, closes_at=now + HOUR, shown_to="all")


def test_the_best_time_is_that_at_which_most_can_come_then_most_say_yes(town, walk, says):
    says(town.amira, "if_need", "yes", "no")
    says(town.ben, "yes", "yes", "yes")

    times = times_of(walk)
    found = suitings(walk.poll, times, homes_of(walk))
    assert best_of(times, found, timezone.now()) == times[1]
    assert best_of(times, found, times[1].starts_at) == times[2]
    assert best_of(times, found, times[2].starts_at) is None


def test_a_fixed_time_is_an_invitation_to_every_home_and_no_yes_is_a_promise(town, walk, says):
    says(town.amira, "yes")
    says(town.ben, "if_need")
    first = times_of(walk)[0]

    actions.fix_time(walk, by=town.jurgita, time=first)

    walk.refresh_from_db()
    assert (walk.state, walk.starts_at, walk.ends_at) == ("published", first.starts_at, first.ends_at)
    assert timezone.now() < walk.answer_by <= walk.starts_at
    assert not walk.rsvps.exists()
    assert told(INVITED) == {"Jurgita", "Amira", "Ben"}
    assert "You said yes to it" in " ".join(letter(INVITED, town.amira).lines)
    assert "if need be" in " ".join(letter(INVITED, town.ben).lines)
    assert "You said" not in " ".join(letter(INVITED, town.jurgita).lines)
    assert "Are you coming?" in letter(INVITED, town.amira).subject


@pytest.mark.parametrize("answers", [(), ("no", "no"), ("yes", "no", "no")])
def test_a_time_at_which_few_can_come_is_fixed_only_by_whoever_has_been_told(town, walk, says, answers):
    for person, suits in zip((town.amira, town.ben, town.jurgita), answers, strict=False):
        says(person, suits)
    first = times_of(walk)[0]

    with pytest.raises(actions.FewCanCome):
        actions.fix_time(walk, by=town.jurgita, time=first)
    assert Gathering.objects.get().is_draft
    actions.fix_time(walk, by=town.jurgita, time=first, sure=True)
    assert Gathering.objects.get().is_published


def test_a_time_that_has_passed_is_not_fixed(town, walk, says):
    first, second, _third = times_of(walk)
    with time_machine.travel(first.starts_at, tick=False):
        with pytest.raises(NotNow):
            actions.fix_time(walk, by=town.jurgita, time=first, sure=True)
        actions.fix_time(walk, by=town.jurgita, time=second, sure=True)


def test_a_time_that_is_near_is_answered_until_it_begins(town, walk):
    first = times_of(walk)[0]
    with time_machine.travel(first.starts_at - HOUR, tick=False):
        actions.fix_time(walk, by=town.jurgita, time=first, sure=True)
        walk.refresh_from_db()
        assert walk.takes_answers()
        assert timezone.now() < walk.answer_by <= walk.starts_at


def test_a_time_of_another_poll_is_fixed_by_nobody(town, walk):
    other = make.poll(town.second, by=make.holder("class_contact", town.second, "Olga"))
    with pytest.raises(PermissionDenied):
        actions.fix_time(walk, by=town.jurgita, time=times_of(other)[0], sure=True)
    with pytest.raises(PermissionDenied):
        actions.fix_time(walk, by=town.amira, time=times_of(walk)[0], sure=True)


def test_when_nobody_is_to_see_the_answers_no_time_is_fixed_before_it_closes(town):
    walk = make.poll(town.first, by=town.jurgita, shown_to="nobody")
    first = times_of(walk)[0]
    actions.say_suits(walk, by=town.amira, household=town.amira.household, time=first, suits="yes")
    with pytest.raises(NotNow):
        actions.fix_time(walk, by=town.jurgita, time=first, sure=True)
    with time_machine.travel(walk.poll.closes_at, tick=False):
        actions.fix_time(walk, by=town.jurgita, time=first)


def test_the_reminder_goes_once_to_the_silent_homes_alone(town, walk, says):
    says(town.amira, "no")
    for hours in (49, 47, 24, 1):
        with time_machine.travel(walk.poll.closes_at - timedelta(hours=hours), tick=False):
            found = asked("networks.poll_reminder")
            assert found == (set() if hours == 49 else {"Ben", "Jurgita"})
    assert Notice.objects.filter(kind="networks.poll_reminder").count() == 2
    with time_machine.travel(walk.poll.closes_at - HOUR, tick=False):
        assert still_wanted("networks.poll_reminder", town.ben)
        says(town.ben, "no")
        assert not still_wanted("networks.poll_reminder", town.ben)


def test_when_it_has_closed_the_organisers_are_told_once_and_it_waits_for_them(town, walk, says):
    says(town.amira, "yes", "", "")
    assert asked("networks.poll_closed") == set()
    with time_machine.travel(walk.poll.closes_at, tick=False):
        assert asked("networks.poll_closed") == {"Jurgita"}
        asked("networks.poll_closed")
        assert Notice.objects.filter(kind="networks.poll_closed").count() == 1
        assert still_wanted("networks.poll_closed", town.jurgita)
        assert "suits most families" in " ".join(letter("networks.poll_closed", town.jurgita).lines)
        actions.fix_time(walk, by=town.jurgita, time=times_of(walk)[0])
        assert not still_wanted("networks.poll_closed", town.jurgita)


def test_called_off_every_home_is_told_why_and_it_is_a_draft_again(town, walk, says):
    says(town.amira, "yes")
    asked()
    actions.call_off_poll(walk, by=town.jurgita, because="Nobody has the key")

    assert asked("networks.poll_called_off") == {"Jurgita", "Amira", "Ben"}
    assert "Nobody has the key" in letter("networks.poll_called_off", town.ben).lines
    assert not still_wanted("networks.poll_sent", town.ben)
    with pytest.raises(NotNow):
        says(town.amira, "no")
    with pytest.raises(NotNow):
        actions.fix_time(walk, by=town.jurgita, time=times_of(walk)[0], sure=True)
    walk.refresh_from_db()
    assert walk.is_draft
    actions.publish_gathering(walk, by=town.jurgita)
    assert told(INVITED) == {"Jurgita", "Amira", "Ben"}


def test_while_families_are_asked_nothing_stands_in_a_calendar(town, walk):
    for person in (town.amira, town.jurgita):
        assert not [one for one in (*entries_of(person), *coming_to(person)) if "Lantern" in repr(one)]


def test_forget_polls_sixty_days_after_it_ended_and_twice(town, walk, says):
    says(town.amira, "yes")
    actions.fix_time(walk, by=town.jurgita, time=times_of(walk)[0])
    forget_polls()
    assert PollAnswer.objects.exists()
    with time_machine.travel(timezone.now() + Gathering.KEPT + HOUR):
        forget_polls()
        forget_polls()
    assert not PollAnswer.objects.exists()
    with pytest.raises(NotNow):
        actions.forget_poll(walk, by=the_portal())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_fix_at_once_the_second_is_told(town, walk):
    first, second, _third = times_of(walk)
    told = []
    with transaction.atomic():
        actions.fix_time(walk, by=town.jurgita, time=first, sure=True)
        other = in_a_thread(
            told,
            lambda: actions.fix_time(
                Gathering.objects.get(pk=walk.pk),
                by=town.jurgita,
                time=PollTime.objects.get(pk=second.pk),
                sure=True,
            ),
        )
    other.join()
    assert told == [NotNow]
    assert PollTime.objects.get(is_fixed=True) == first


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_comes_while_a_time_is_fixed_is_refused_in_words(town, walk):
    first = times_of(walk)[0]
    told = []
    with transaction.atomic():
        actions.fix_time(walk, by=town.jurgita, time=first, sure=True)
        other = in_a_thread(
            told,
            lambda: actions.say_suits(
                Gathering.objects.get(pk=walk.pk),
                by=town.amira,
                household=town.amira.household,
                time=PollTime.objects.get(pk=first.pk),
                suits="no",
            ),
        )
    other.join()
    assert told == [NotNow]
    assert not PollAnswer.objects.exists()
