"""Who is written to: those asked on the first day, those silent two days before the last, the board before it opens."""

from datetime import timedelta

from django.utils import timezone

from portal.ledger.models import Event
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice, naming
from portal.messaging.tasks import remind
from portal.people.hats import hats_of
from principles.hearings import actions
from principles.hearings.asked import Voices
from principles.hearings.models import Answer, Hearing
from principles.hearings.notices import hearings_close, hearings_open, still_silent, the_board
from tests import make
from tests.pages import todos_of
from tests.principles.hearings.conftest import answer, over, prepare, today


def named(due):
    return sorted(one.recipient.given_name if hasattr(one, "recipient") else one.person.given_name for one in due)


def test_all_who_are_asked_hear_on_the_first_day_alone(hearing, people, karen, olav):
    hearing.council.add(people.pupil)

    told = named(hearings_open(timezone.now()))

    assert told == sorted(["Ada", "Bo", "Siri", "Kit", "Tom", "Liv", karen.given_name, olav.given_name])
    assert named(hearings_open(timezone.now() + timedelta(days=4))) == ["Liv"]  # and nobody hears twice


def test_a_pupil_named_on_the_second_day_hears(hearing, people, karen):
    Hearing.objects.update(opens_on=today() - timedelta(days=1))
    assert "Liv" not in named(hearings_open(timezone.now()))

    actions.name_council(hearing, by=karen, pupils=[people.pupil])

    assert "Liv" in named(hearings_open(timezone.now()))


def test_a_pupil_named_long_after_the_first_day_hears_once_and_nobody_else(hearing, people, karen):
    Hearing.objects.update(opens_on=today() - timedelta(days=20))
    assert named(hearings_open(timezone.now())) == []

    actions.name_council(hearing, by=karen, pupils=[people.pupil])
    remind()
    remind()

    [notice] = Notice.objects.filter(kind="principles.hearing_opened")
    assert notice.recipient == people.pupil
    Hearing.objects.update(closes_on=today() - timedelta(days=1))
    assert named(hearings_open(timezone.now())) == []


def test_only_those_asked_hear(draft, mette, people, karen, olav):
    prepare(draft, mette, asked=[Voices.HOME])

    assert named(hearings_open(timezone.now())) == ["Ada", "Bo", "Kit", "Siri"]


def test_the_silent_hear_once_more_two_days_before(hearing, people):
    kim = make.guardian("Kim", of=people.ada.pupil_relations.get().pupil, household=people.ada.household)
    answer(hearing, people.ada)
    answer(hearing, people.tom, kind="staff")
    Hearing.objects.update(closes_on=today() + timedelta(days=2))

    told = named(hearings_close(timezone.now()))

    assert {"Bo", "Siri"} <= set(told)
    assert not {"Ada", "Tom", kim.given_name} & set(told)
    assert named(hearings_close(timezone.now() + timedelta(days=1))) == []


def test_the_reminder_is_not_sent_to_who_answers_meanwhile(hearing, people):
    notice = Notice(kind="principles.hearing_closes", recipient=people.siri, **naming(hearing))
    notice.not_before = timezone.now()
    assert still_silent(notice)
    answer(hearing, people.siri)
    assert not still_silent(notice)


def test_the_board_gets_a_link_before_it_opens(draft, mette):
    other = make.holder("board_member", draft.principle.school, "Finn")
    hearing = prepare(draft, mette, opens=2)

    assert list(the_board(Event.objects.get(verb="principles.hearing_prepared"))) == [other]
    kind = KINDS["principles.hearing_prepared"]
    letter = kind(Notice(kind=kind.name, recipient=other, not_before=timezone.now(), **naming(hearing)))
    assert letter.buttons[0].url.endswith(f"/hearings/{hearing.pk}/")


def test_it_waits_for_those_asked_until_they_have_answered(hearing, people):
    hearing.council.add(people.pupil)
    waiting = {name: _waits(getattr(people, name)) for name in ("ada", "tom", "contact", "pupil")}
    assert waiting == {"ada": 1, "tom": 1, "contact": 2, "pupil": 1}

    answer(hearing, people.ada)
    answer(hearing, people.contact, kind="class")
    assert (_waits(people.ada), _waits(people.contact), _waits(people.tom)) == (0, 1, 1)


def test_it_waits_for_the_board_when_the_days_are_over(hearing, people, mette, karen):
    answer(hearing, people.ada, text="For kort")
    assert _waits(mette) == 0
    over(hearing)

    assert (_waits(mette), _waits(people.siri)) == (1, 0)
    assert Answer.objects.count() == 1


def _waits(person):
    return sum(todo.icon == "Compass" for hat in hats_of(person) for todo in todos_of(hat))
