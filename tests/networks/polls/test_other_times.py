"""A time that nobody was asked about is fixed: everybody is invited, and reads that it was not."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from networks import actions
from networks.actions import WrongTimes
from networks.models import Between, Gathering, NotNow, PollTime
from networks.polls.actions import ENDED
from networks.queries import INVITED
from tests import make
from tests.networks.test_notices import letter, told
from tests.pages import address, as_, text


def in_days(days, hours=2):
    starts = timezone.now().replace(second=0, microsecond=0) + timedelta(days=days)
    return Between(starts, starts + timedelta(hours=hours))


def fix(walk, by, between):
    actions.fix_other_time(walk, by=by, between=between)
    return Gathering.objects.get(pk=walk.pk)


def page(walk):
    return address("networks", "poll_fix_other", walk.pk)


def typed(days, starts="17:00", ends="19:00"):
    day = timezone.localdate() + timedelta(days=days)
    return {"day_1": day.isoformat(), "from_1": starts, "to_1": ends}


def test_everybody_is_invited_and_reads_that_it_was_not_asked_about(town, walk, says):
    says(town.amira, "yes", "yes", "yes")
    between = in_days(30)

    fixed = fix(walk, town.jurgita, between)

    assert (fixed.starts_at, fixed.ends_at, fixed.is_published) == (between.starts_at, between.ends_at, True)
    assert not PollTime.objects.filter(is_fixed=True).exists()
    assert told(INVITED) == {"Jurgita", "Amira", "Ben"}
    assert "It is not one of those that you were asked about" in " ".join(letter(INVITED, town.amira).lines)


def test_of_a_time_that_was_asked_about_the_invitation_says_no_such_thing(town, walk):
    actions.fix_time(walk, by=town.jurgita, time=walk.poll.times.first(), sure=True)
    told(INVITED)

    assert "not one of those" not in " ".join(letter(INVITED, town.amira).lines)


def test_it_is_refused_where_it_cannot_be(town, walk):
    asked = walk.poll.times.first()
    wrong = [(in_days(-1), WrongTimes), (in_days(30, hours=0), WrongTimes), (in_days(30, hours=-1), WrongTimes)]
    for between, refusal in [*wrong, (Between(asked.starts_at, asked.ends_at), NotNow)]:
        with pytest.raises(refusal):
            fix(walk, town.jurgita, between)

    assert Gathering.objects.get(pk=walk.pk).is_draft


def test_of_two_the_second_is_told(town, walk):
    fix(walk, town.jurgita, in_days(30))

    with pytest.raises(NotNow):
        fix(walk, town.jurgita, in_days(31))
    with pytest.raises(NotNow):
        actions.fix_time(walk, by=town.jurgita, time=walk.poll.times.first(), sure=True)


def test_while_the_answers_are_hidden_no_time_is_fixed(town):
    walk = make.poll(town.first, by=town.jurgita, shown_to="nobody")

    with pytest.raises(NotNow):
        fix(walk, town.jurgita, in_days(30))
    with time_machine.travel(walk.poll.closes_at, tick=False):
        assert fix(walk, town.jurgita, in_days(30)).is_published


def test_organisers_alone_fix_it(town, walk):
    for person in (town.amira, town.carla, town.principal):
        with pytest.raises(PermissionDenied):
            fix(walk, person, in_days(30))


def test_when_all_the_times_have_passed_another_one_is_fixed(town, walk):
    with time_machine.travel(walk.ends_at + timedelta(days=1), tick=False):
        assert "Another time" in text(as_(town.jurgita).get(address("networks", "poll_organise", walk.pk)))
        assert fix(walk, town.jurgita, in_days(30)).is_published


def test_the_page_says_what_families_are_told_and_fixes_it(town, walk):
    browser = as_(town.jurgita)
    assert "No family was asked about this time" in text(browser.get(page(walk)))

    browser.post(page(walk), typed(30))

    fixed = Gathering.objects.get(pk=walk.pk)
    assert timezone.localtime(fixed.starts_at).strftime("%H:%M") == "17:00"
    assert fixed.is_published


@pytest.mark.parametrize(
    "wrong", [{}, typed(-1), typed(30, "", ""), typed(30, "17:00", "17:00"), typed(9999), {"day_1": "\x00"}]
)
def test_what_cannot_be_is_said_in_words_and_what_was_typed_stands(town, walk, wrong):
    answer = as_(town.jurgita).post(page(walk), wrong)

    assert answer.status_code == 200
    assert Gathering.objects.get(pk=walk.pk).is_draft
    for value in wrong.values():
        assert not value.isprintable() or value in answer.content.decode()


def test_where_nothing_is_asked_the_page_leads_on(town, walk):
    waiting = make.poll(town.first, by=town.jurgita, sent=False, title="Later")

    assert as_(town.jurgita).get(page(waiting)).status_code == 302
    assert as_(town.jurgita).post(page(waiting), typed(30)).status_code == 200  # with what was typed
    assert Gathering.objects.get(pk=waiting.pk).is_draft


def test_a_time_typed_once_another_is_fixed_is_refused_on_the_page(town, walk):
    fix(walk, town.jurgita, in_days(30))

    late = as_(town.jurgita).post(page(walk), typed(31))

    assert late.status_code == 200
    assert typed(31)["day_1"] in late.text
    assert str(ENDED) in text(late)
