"""A letter waits some minutes, or the night: what it asks for may have been done by then, and it is not asked any more."""

import pytest
from django.utils import timezone, translation

from networks.models import Rsvp
from networks.queries import INVITED
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice

SILENT = {"gathering_reminder", "silent_reminded"}
ORGANISERS = {"half_answered": True, "reach_list": True, "all_answered": False}
TELLS = {  # what is so whatever a family has answered meanwhile, or follows it: their own tests say when they are wanted
    "gathering_invited",
    "gathering_changed",
    "gathering_changed_soon",
    "gathering_cancelled",
    "day_before",
    "answered_on_behalf",
    "answered_by_others",
    "helper_asked",
    "turn_come",
    "left",
    # of a survey, where no letter may depend on who has answered; and of an agreement
    *("survey_opened", "survey_reminder", "survey_closed", "agreement_adopted", "review_due"),
    # of a poll: tests/networks/polls/test_polls.py
    *(
        "poll_sent",
        "poll_reminder",
        "poll_called_off",
        "poll_closed",
        "poll_answered_by_others",
        "poll_answered_on_behalf",
    ),
    "proposal_answered",
    "proposal_ran_out",
    "school_event_off",
    "gathering_left_behind",
    # of the wings
    *("families_thanked", "stepped_in", "lift_suggested", "lift_agreed", "lift_over", "half_year_unplanned"),
    *("contact_begins", "term_runs_out", "newcomer", "question_asked", "question_answered"),
    *("bulletin_sent", "bulletin_taken_back", "bulletin_release_asked", "bulletin_released", "bulletin_returned"),
    *("birthday_invited", "birthday_reminder", "birthday_tomorrow", "birthday_called_off"),
    *("fund_row_waits", "fund_keeper_begins", "fund_to_sign"),
    *("activity_given_back", "turn_begun"),
    *("bulletin_taken_from_writer", "answer_dropped", "answer_waits"),
    *("digest_prepared", "paragraph_asked", "paragraph_written", "digest_sent", "digest_taken_back"),
}
PROPOSED = {  # ask for an answer, each in its own tests
    "proposal_made",  # tests/networks/topics/test_proposal_notices.py
    "activity_asked",  # tests/networks/programme/test_programme.py
    "turn_asked",  # tests/networks/rota/test_rota.py
    "start_opened",  # tests/networks/cohort/test_start_links.py
}


def notice_of(kind, gathering, person):
    return Notice.objects.create(
        kind=f"networks.{kind.removeprefix('networks.')}",
        subject_type=gathering._meta.label,
        subject_id=str(gathering.pk),
        recipient=person,
        occasion="once",
        category=KINDS[f"networks.{kind.removeprefix('networks.')}"].category,
        not_before=timezone.now(),
    )


def is_wanted(notice):
    return bool(KINDS[notice.kind].wanted(Notice.objects.get(pk=notice.pk)))


def answers(gathering, *people):
    for person in people:
        Rsvp.objects.create(
            gathering=gathering,
            household=person.household,
            answer="yes",
            answered_by=person,
            answered_at=timezone.now(),
        )


@pytest.mark.parametrize("kind", sorted(SILENT))
def test_a_home_that_has_answered_is_not_reminded(town, bonfire, kind):
    notice = notice_of(kind, bonfire, town.amira)
    assert is_wanted(notice)

    answers(bonfire, town.amira)

    assert not is_wanted(notice)


@pytest.mark.parametrize(("kind", "while_silent"), sorted(ORGANISERS.items()))
def test_organisers_are_told_how_many_are_silent_as_long_as_it_is_so(town, bonfire, kind, while_silent):
    notice = notice_of(kind, bonfire, town.jurgita)
    assert is_wanted(notice) is while_silent

    answers(bonfire, town.amira, town.ben, town.jurgita)

    assert is_wanted(notice) is not while_silent


def test_nobody_is_asked_to_reach_their_own_home(town, bonfire):
    notice = notice_of("reach_list", bonfire, town.jurgita)

    answers(bonfire, town.amira, town.ben)

    assert not is_wanted(notice)


@pytest.mark.parametrize("kind", [INVITED, "gathering_changed", "day_before"])
def test_a_letter_to_a_home_that_has_answered_does_not_ask_once_more(town, bonfire, kind):
    notice = notice_of(kind, bonfire, town.amira)
    answers(bonfire, town.amira)

    with translation.override("en"):
        letter = KINDS[notice.kind](Notice.objects.get(pk=notice.pk))

    words = " ".join([letter.subject, letter.preheader, *letter.lines, letter.buttons[0].label])
    assert "Are you coming?" not in words
    assert "Answer" not in words
    assert "You can change it" in letter.preheader
    assert letter.calendar is not None


def test_the_other_home_of_the_child_is_still_asked(town, bonfire):
    notice = notice_of(INVITED, bonfire, town.ben)
    answers(bonfire, town.amira)

    with translation.override("en"):
        assert "Are you coming?" in KINDS[INVITED](notice).subject


def test_every_kind_of_the_room_asks_for_something_or_only_tells():
    kinds = {name.removeprefix("networks.") for name in KINDS if name.startswith("networks.")}

    assert SILENT | ORGANISERS.keys() | TELLS | PROPOSED == kinds
