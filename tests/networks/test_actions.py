from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from networks import actions
from networks.models import Contact, Gathering, InclusionCheck, Invitation, NotNow, NotSendable, Rsvp
from portal.ledger.models import Event
from portal.people.actions import end_relation
from portal.people.models import the_portal
from portal.people.queries import families_of
from tests import make

Point = InclusionCheck.Point


def fields(gathering, **changes):
    names = ["title", "kind", "starts_at", "ends_at", "answer_by", "place", "description", "bring", "family_cost"]
    names += ["capacity"]
    return {name: getattr(gathering, name) for name in names} | changes


def test_draft_gathering_records(town):
    draft = make.gathering(town.first, by=town.jurgita)

    event = Event.objects.get(verb="networks.gathering_drafted")
    assert (event.subject_id, event.by, event.school) == (str(draft.pk), town.jurgita.pk, town.school.pk)


def test_draft_gathering_refuses_an_end_before_the_start(town):
    starts = timezone.now() + timedelta(days=9)

    with pytest.raises(actions.WrongTimes):
        make.gathering(town.first, by=town.jurgita, starts_at=starts, ends_at=starts)
    with pytest.raises(actions.WrongTimes):
        make.gathering(town.first, by=town.jurgita, answer_by=starts + timedelta(days=90))


@pytest.mark.parametrize("who", ["amira", "carla", "principal"])
def test_draft_gathering_denies_everyone_but_the_class_contact(town, who):
    with pytest.raises(PermissionDenied):
        make.gathering(town.first, by=getattr(town, who))


def test_draft_gathering_denies_the_contact_of_another_class(town):
    with pytest.raises(PermissionDenied):
        make.gathering(town.second, by=town.jurgita)


def test_publish_gathering_invites_every_home_and_no_other(town, bonfire):
    homes = {family.household_id for family in families_of(town.first)}

    assert set(Invitation.objects.values_list("household", flat=True)) == homes
    assert len(homes) == 3
    assert Event.objects.get(verb="networks.gathering_published").details["homes"] == 3


def test_publish_gathering_refuses_before_the_inclusion_check(town, draft):
    with pytest.raises(NotSendable):
        actions.publish_gathering(draft, by=town.jurgita)


def test_publish_gathering_refuses_a_passed_answer_date(town):
    late = make.gathering(town.first, by=town.jurgita, days=5)
    actions.check_inclusion(late, by=town.jurgita, fine=[])

    with pytest.raises(NotSendable):
        actions.publish_gathering(late, by=town.jurgita)


def test_publish_gathering_refuses_the_second_press(town, bonfire):
    with pytest.raises(NotNow):
        actions.publish_gathering(bonfire, by=town.jurgita)

    assert Event.objects.filter(verb="networks.gathering_published").count() == 1


def test_stop_invitation_makes_it_a_draft_that_nobody_was_told_of(town, bonfire):
    actions.stop_invitation(bonfire, by=town.jurgita)

    bonfire.refresh_from_db()
    assert bonfire.is_draft
    assert not Invitation.objects.exists()


def test_stop_invitation_refuses_once_somebody_has_answered(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")

    with pytest.raises(NotNow):
        actions.stop_invitation(bonfire, by=town.jurgita)


def test_change_gathering_raises_the_sequence(town, bonfire):
    actions.change_gathering(bonfire, by=town.jurgita, **fields(bonfire, place="The school yard"))

    assert (bonfire.place, bonfire.sequence) == ("The school yard", 1)
    assert Event.objects.get(verb="networks.gathering_changed").details == {
        "elsewhere": True,
        "told": True,
        "starts_at": bonfire.starts_at.isoformat(),
    }


def test_change_gathering_refuses_one_that_is_cancelled(town, bonfire):
    actions.cancel_gathering(bonfire, by=town.jurgita, because="Storm")

    with pytest.raises(NotNow):
        actions.change_gathering(bonfire, by=town.jurgita, **fields(bonfire))


def test_cancel_gathering_refuses_the_second_time(town, bonfire):
    actions.cancel_gathering(bonfire, by=town.jurgita, because="Storm")

    with pytest.raises(NotNow):
        actions.cancel_gathering(bonfire, by=town.jurgita, because="Storm")


def test_hold_gathering_refuses_before_it_begins(town, bonfire):
    with pytest.raises(NotNow):
        actions.note_held(bonfire, by=town.jurgita)


def test_check_inclusion_leaves_the_rest_as_weak_points(town, draft):
    check = actions.check_inclusion(draft, by=town.jurgita, fine=[Point.PRICE, Point.WAY])
    actions.mend_inclusion(draft, by=town.jurgita, point=Point.FOOD)

    check.refresh_from_db()
    assert set(check.weak) == set(Point) - {Point.PRICE, Point.WAY, Point.FOOD}


def test_mend_inclusion_refuses_what_is_not_weak(town, bonfire):
    with pytest.raises(NotNow):
        actions.mend_inclusion(bonfire, by=town.jurgita, point=Point.FOOD)


def test_answer_is_saved_with_the_own_children_and_the_last_one_counts(town, bonfire, answers):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")
    rsvp = actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="maybe")

    assert answers() == {town.amira.household_id: "maybe"}
    assert list(rsvp.pupils.all()) == [town.nora]


def test_answer_of_one_home_leaves_the_other_home_alone(town, bonfire, answers):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")
    actions.answer(bonfire, by=town.ben, household=town.ben.household, answer="no")

    assert answers() == {town.amira.household_id: "yes", town.ben.household_id: "no"}


@pytest.mark.parametrize("who", ["ben", "carla", "jurgita", "principal"])
def test_answer_denies_everyone_outside_the_home(town, bonfire, who):
    with pytest.raises(PermissionDenied):
        actions.answer(bonfire, by=getattr(town, who), household=town.amira.household, answer="yes")


def test_answer_denies_a_guardian_whose_relation_ended(town, bonfire):
    end_relation(town.amira.pupil_relations.get(), by=the_portal())

    with pytest.raises(PermissionDenied):
        actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")


def test_answer_refuses_a_draft_and_what_is_cancelled(town, draft, bonfire):
    with pytest.raises(NotNow):
        actions.answer(draft, by=town.amira, household=town.amira.household, answer="yes")
    actions.cancel_gathering(bonfire, by=town.jurgita, because="")
    with pytest.raises(NotNow):
        actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")


def test_detail_answer_keeps_what_the_home_tells(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")

    rsvp = actions.detail_answer(
        bonfire,
        by=town.amira,
        household=town.amira.household,
        adults=2,
        pupils=[town.nora],
        siblings=1,
        lift="offer",
        seats=3,
        food="No pork",
    )

    assert (rsvp.answer, rsvp.adults, rsvp.siblings, rsvp.lift, rsvp.seats) == ("yes", 2, 1, "offer", 3)


def test_detail_answer_denies_somebody_elses_child(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")

    with pytest.raises(PermissionDenied):
        actions.detail_answer(bonfire, by=town.amira, household=town.amira.household, adults=1, pupils=[town.iver])


def test_detail_answer_refuses_before_the_answer(town, bonfire):
    with pytest.raises(NotNow):
        actions.detail_answer(bonfire, by=town.amira, household=town.amira.household, adults=1, pupils=[])


def test_answer_on_behalf_is_marked(town, bonfire):
    rsvp = actions.answer_on_behalf(bonfire, by=town.jurgita, household=town.amira.household, answer="yes")

    assert (rsvp.on_behalf, rsvp.answered_by) == (True, town.jurgita)


def test_what_an_organiser_presses_three_times_is_told_once(town, bonfire):
    home = {"by": town.jurgita, "household": town.amira.household}
    for _press in range(3):
        actions.answer_on_behalf(bonfire, answer="maybe", **home)
    for _press in range(3):
        actions.log_contact(bonfire, kind="call", outcome="coming", **home)

    told = Event.objects.filter(details__on_behalf=True).order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["networks.gathering_answered", "networks.family_contacted"]
    assert Contact.objects.count() == 1


def test_a_second_call_later_is_another_call(town, bonfire):
    home = {"by": town.jurgita, "household": town.amira.household}
    actions.log_contact(bonfire, kind="call", outcome="none", **home)
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        actions.log_contact(bonfire, kind="call", outcome="none", **home)

    assert Contact.objects.count() == 2


@pytest.mark.parametrize("times", [1, 3])
def test_the_same_answer_again_is_no_event_and_another_is(town, bonfire, times):
    for said in ("yes", "no"):
        for _press in range(times):
            actions.answer(bonfire, by=town.amira, household=town.amira.household, answer=said)

    assert Event.objects.filter(verb="networks.gathering_answered").count() == 2


def test_answer_on_behalf_denies_a_home_of_another_class(town, bonfire):
    with pytest.raises(PermissionDenied):
        actions.answer_on_behalf(bonfire, by=town.jurgita, household=town.carla.household, answer="yes")


@pytest.mark.parametrize(
    ("outcome", "answer", "lift"),
    [("coming", "yes", "none"), ("not", "no", "none"), ("thinking", "maybe", "none"), ("lift", "yes", "need")],
)
def test_log_contact_is_also_the_answer(town, bonfire, outcome, answer, lift):
    actions.log_contact(bonfire, by=town.jurgita, household=town.amira.household, kind="call", outcome=outcome)

    rsvp = Rsvp.objects.get()
    assert (rsvp.answer, rsvp.lift, rsvp.on_behalf) == (answer, lift, True)


def test_log_contact_without_an_answer_is_only_written_down(town, bonfire):
    actions.log_contact(bonfire, by=town.jurgita, household=town.amira.household, kind="call", outcome="none")

    assert Contact.objects.count() == 1
    assert not Rsvp.objects.exists()


@pytest.mark.parametrize("who", ["amira", "carla", "principal"])
def test_log_contact_denies_everyone_but_organisers(town, bonfire, who):
    with pytest.raises(PermissionDenied):
        actions.log_contact(bonfire, by=getattr(town, who), household=town.amira.household, kind="call", outcome="none")


def test_add_helper_lets_a_guardian_organise_this_gathering_only(town, bonfire, draft):
    helper = actions.add_helper(bonfire, by=town.jurgita, person_asked=town.amira)

    assert list(Gathering.objects.organised_by(town.amira)) == [bonfire]
    actions.remove_helper(helper, by=town.amira)
    assert not Gathering.objects.organised_by(town.amira).exists()


def test_add_helper_denies_somebody_outside_the_class(town, bonfire):
    with pytest.raises(PermissionDenied):
        actions.add_helper(bonfire, by=town.jurgita, person_asked=town.carla)


def test_remind_silent_refuses_within_a_day(town, bonfire):
    assert actions.remind_silent(bonfire, by=town.jurgita) == 2

    with pytest.raises(NotNow):
        actions.remind_silent(bonfire, by=town.jurgita)


def test_remind_silent_refuses_when_all_have_answered(town, bonfire):
    for person in (town.amira, town.ben, town.jurgita):
        actions.answer(bonfire, by=person, household=person.household, answer="no")

    with pytest.raises(NotNow):
        actions.remind_silent(bonfire, by=town.jurgita)


@pytest.mark.django_db(transaction=True)
def test_answer_of_two_taps_at_once_is_one_row(town, bonfire):
    start = Barrier(2)

    def tap(chosen):
        start.wait(5)
        actions.answer(bonfire, by=town.amira, household=town.amira.household, answer=chosen)
        connection.close()

    taps = [Thread(target=tap, args=[chosen]) for chosen in ("yes", "no")]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join(20)

    assert Rsvp.objects.filter(gathering=bonfire).count() == 1
    assert Event.objects.filter(verb="networks.gathering_answered").count() == 2


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_answer_on_behalf_refuses_to_write_over_the_homes_own_words(town, bonfire, answers, answer):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer=answer)

    with pytest.raises(NotNow):
        actions.answer_on_behalf(bonfire, by=town.jurgita, household=town.amira.household, answer="maybe")

    assert answers() == {town.amira.household_id: answer}


def test_answer_on_behalf_may_settle_a_maybe(town, bonfire, answers):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="maybe")

    actions.answer_on_behalf(bonfire, by=town.jurgita, household=town.amira.household, answer="yes")

    assert answers() == {town.amira.household_id: "yes"}


def test_the_home_may_always_change_what_was_written_on_its_behalf(town, bonfire, answers):
    actions.answer_on_behalf(bonfire, by=town.jurgita, household=town.amira.household, answer="yes")

    rsvp = actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="no")

    assert (rsvp.answer, rsvp.on_behalf) == ("no", False)


def test_forget_answers_denies_everyone_but_the_clock(town, bonfire):
    with pytest.raises(PermissionDenied):
        actions.forget_answers(bonfire, by=town.jurgita)
