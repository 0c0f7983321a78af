from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from networks import actions
from networks.queries import INVITED
from portal.ledger import tasks as ledger
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice, PersonalLink
from portal.messaging.tasks import remind
from portal.people.actions import end_relation
from portal.people.models import AddressProtection, the_portal
from tests import make
from tests.networks.test_actions import fields


def told(kind):
    ledger.sweep()
    return set(Notice.objects.filter(kind=kind).values_list("recipient__given_name", flat=True))


def letter(kind, person, language="en"):
    ledger.sweep()
    notice = Notice.objects.filter(kind=kind, recipient=person).latest("pk")
    with translation.override(language):
        return KINDS[kind](notice)


def still_wanted(kind, person):
    return KINDS[kind].wanted(Notice.objects.filter(kind=kind, recipient=person).latest("pk"))


def test_gathering_published_tells_every_guardian_of_the_class_once(town, bonfire):
    assert told(INVITED) == {"Jurgita", "Amira", "Ben"}
    ledger.sweep()
    assert Notice.objects.filter(kind=INVITED).count() == 3


def test_gathering_published_tells_no_proposed_guardian(town, draft):
    make.proposed(make.person("Proposed"), town.nora)

    actions.check_inclusion(draft, by=town.jurgita, fine=[])
    actions.publish_gathering(draft, by=town.jurgita)

    assert told(INVITED) == {"Jurgita", "Amira", "Ben"}


def test_invitation_is_not_wanted_once_the_relation_has_ended(town, bonfire):
    told(INVITED)
    assert still_wanted(INVITED, town.amira)

    end_relation(town.amira.pupil_relations.get(), by=the_portal())

    assert not still_wanted(INVITED, town.amira)
    assert still_wanted(INVITED, town.ben)


def test_invitation_is_not_wanted_once_it_is_stopped(town, bonfire):
    told(INVITED)

    actions.stop_invitation(bonfire, by=town.jurgita)

    assert Notice.objects.get(kind=INVITED, recipient=town.amira).state == "stopped"


def test_invitation_asks_the_question_and_carries_an_own_link(town, bonfire):
    invitation = letter(INVITED, town.amira)

    assert invitation.subject == "Are you coming? Bonfire by the lake with 1A"
    assert invitation.buttons[0].url == PersonalLink.objects.get(person=town.amira).url()
    assert ("Where", "The shelter by the lake") in invitation.facts
    entry = invitation.calendar.walk("VEVENT")[0]
    assert str(entry["uid"]).startswith(f"gathering-{bonfire.pk}@")
    assert entry["sequence"] == 0


def test_letters_are_signed_by_the_class_contact_and_not_by_a_helper(town, bonfire):
    actions.add_helper(bonfire, by=town.jurgita, person_asked=town.ben)

    assert letter(INVITED, town.amira).sender == "Jurgita Nordlie, class contact of 1A"


def test_a_letter_names_no_class_contact_whose_family_is_protected(town, bonfire):
    AddressProtection.objects.create(person=town.iver, grade="strict", valid_from=timezone.localdate())

    assert letter(INVITED, town.amira).sender == "The class contact of 1A"


def test_gathering_changed_keeps_the_calendar_entry_and_raises_its_sequence(town, bonfire):
    actions.change_gathering(bonfire, by=town.jurgita, **fields(bonfire, place="The school yard"))

    entry = letter("networks.gathering_changed", town.amira).calendar.walk("VEVENT")[0]

    assert (entry["sequence"], str(entry["location"])) == (1, "The school yard")


def test_gathering_cancelled_cancels_the_calendar_entry_and_says_why(town, bonfire):
    actions.cancel_gathering(bonfire, by=town.jurgita, because="There is a storm coming.")

    said = letter("networks.gathering_cancelled", town.amira)

    assert "There is a storm coming." in said.lines
    assert str(said.calendar["method"]) == "CANCEL"
    assert said.calendar.walk("VEVENT")[0]["sequence"] == 1


def test_a_draft_that_changes_tells_nobody(town, draft):
    actions.change_gathering(draft, by=town.jurgita, **fields(draft, place="The school yard"))
    actions.check_inclusion(draft, by=town.jurgita, fine=[])
    actions.publish_gathering(draft, by=town.jurgita)

    assert told("networks.gathering_changed") == set()


def test_newcomers_are_invited_and_nobody_twice(town, bonfire):
    assert told(INVITED) == {"Jurgita", "Amira", "Ben"}
    make.family(town.first, pupil_name="Ayaan", adult_name="Hodan", family_name="Cabdullahi")

    actions.invite_newcomers(bonfire, by=the_portal())

    assert told(INVITED) == {"Jurgita", "Amira", "Ben", "Hodan"}
    assert Notice.objects.filter(kind=INVITED).count() == 4


def reminded(kind="networks.gathering_reminder"):
    remind()
    return set(Notice.objects.filter(kind=kind).values_list("recipient__given_name", flat=True))


def at(moment):
    return time_machine.travel(moment, tick=False)


def test_reminder_reaches_only_the_silent_48_hours_before(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="no")

    with at(bonfire.answer_by - timedelta(hours=48, minutes=1)):
        before = Notice.objects.filter(kind="networks.gathering_reminder", occasion="last").count()
        remind()
        assert Notice.objects.filter(kind="networks.gathering_reminder", occasion="last").count() == before == 0
    with at(bonfire.answer_by - timedelta(hours=47)):
        assert reminded() == {"Jurgita", "Ben"}


def test_remind_twice_changes_nothing_more_for_gatherings(town, bonfire):
    with at(bonfire.answer_by - timedelta(hours=47)):
        remind()
        first = Notice.objects.filter(kind="networks.gathering_reminder").count()
        remind()
        remind()

    assert Notice.objects.filter(kind="networks.gathering_reminder").count() == first == 3


def test_reminder_is_not_wanted_once_the_home_has_answered(town, bonfire):
    with at(bonfire.answer_by - timedelta(hours=47)):
        remind()
        assert still_wanted("networks.gathering_reminder", town.ben)
        actions.answer(bonfire, by=town.ben, household=town.ben.household, answer="yes")
        assert not still_wanted("networks.gathering_reminder", town.ben)


@pytest.mark.parametrize(
    ("days", "hours"),
    [(1, None), (3, 36), (6, 48), (13, 48), (60, 48)],
)
def test_the_silent_are_reminded_once_by_how_long_there_is_to_answer(town, days, hours):
    gathering = make.published(town.first, by=town.jurgita, days=days + 7)

    assert gathering.reminder_at() == (gathering.answer_by - timedelta(hours=hours) if hours else None)


def test_silent_reminded_tells_those_without_an_answer_now(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="maybe")

    actions.remind_silent(bonfire, by=town.jurgita)

    assert told("networks.silent_reminded") == {"Ben"}


def test_day_before_reaches_those_who_come_or_may(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")
    actions.answer(bonfire, by=town.ben, household=town.ben.household, answer="no")

    with at(bonfire.starts_at - timedelta(hours=23)):
        assert reminded("networks.day_before") == {"Amira"}


def test_organisers_hear_at_half_and_when_all_have_answered(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")
    assert told("networks.half_answered") == set()

    actions.answer(bonfire, by=town.ben, household=town.ben.household, answer="yes")
    assert told("networks.half_answered") == {"Jurgita"}

    actions.answer(bonfire, by=town.jurgita, household=town.jurgita.household, answer="yes")
    assert told("networks.all_answered") == {"Jurgita"}


def test_organisers_hear_once_that_all_have_answered_also_by_phone_and_after_a_change_of_mind(town, bonfire):
    for person in (town.amira, town.jurgita):
        actions.answer(bonfire, by=person, household=person.household, answer="yes")
    actions.log_contact(bonfire, by=town.jurgita, household=town.ben.household, kind="call", outcome="coming")
    told("networks.all_answered")
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="no")

    assert told("networks.all_answered") == {"Jurgita"}
    assert Notice.objects.filter(kind="networks.all_answered").count() == 1


def test_organisers_get_the_open_list_two_days_before(town, bonfire):
    with at(bonfire.answer_by - timedelta(hours=47)):
        assert reminded("networks.reach_list") == {"Jurgita"}


def test_answer_on_behalf_tells_the_home(town, bonfire):
    actions.answer_on_behalf(bonfire, by=town.jurgita, household=town.amira.household, answer="yes")
    actions.answer(bonfire, by=town.ben, household=town.ben.household, answer="yes")

    assert told("networks.answered_on_behalf") == {"Amira"}


@pytest.mark.parametrize(("outcome", "hears"), [("coming", {"Amira"}), ("lift", {"Amira"}), ("none", set())])
def test_an_answer_on_the_phone_tells_the_home_what_was_written_down(town, bonfire, outcome, hears):
    actions.log_contact(bonfire, by=town.jurgita, household=town.amira.household, kind="call", outcome=outcome)

    assert told("networks.answered_on_behalf") == hears


def test_helper_asked_tells_the_helper(town, bonfire):
    actions.add_helper(bonfire, by=town.jurgita, person_asked=town.amira)

    assert told("networks.helper_asked") == {"Amira"}


def test_a_change_in_the_last_day_does_not_wait_for_the_morning(town, bonfire):
    with at(bonfire.starts_at - timedelta(hours=20)):
        actions.change_gathering(bonfire, by=town.jurgita, **fields(bonfire, place="The school yard"))
        urgent, usual = told("networks.gathering_changed_soon"), told("networks.gathering_changed")

    assert urgent == {"Jurgita", "Amira", "Ben"}
    assert usual == set()


def test_nobody_is_reminded_more_than_once(town):
    gathering = make.published(town.first, by=town.jurgita, days=30)
    with at(gathering.published_at + timedelta(days=1)):
        actions.remind_silent(gathering, by=town.jurgita)
        told("networks.silent_reminded")
    for moment in (timedelta(days=10), timedelta(hours=47), timedelta(hours=1)):
        with at(gathering.answer_by - moment):
            remind()

    kinds = ["networks.silent_reminded", "networks.gathering_reminder"]
    assert Notice.objects.filter(kind__in=kinds, recipient=town.amira).count() == 1


def test_a_helper_who_is_no_guardian_any_more_hears_nothing(town, bonfire):
    actions.add_helper(bonfire, by=town.jurgita, person_asked=town.ben)
    make.restricted(town.ben, town.nora)
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="no")

    assert told("networks.half_answered") == {"Jurgita"}
