"""What the school always tells a home stands on the page of a child: what has been promised, and nothing else."""

from datetime import date

import pytest
from django.utils import translation

from conferences.models import ConferenceSetting
from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.queries import child_page
from portal.schoolyear import actions as schoolyear
from tests import make
from tests.pages import address, as_, text


@pytest.fixture(autouse=True)
def _english(_no_language_left_over):
    with translation.override("en"):
        yield


@pytest.fixture
def lia(db):
    made = make.school("Lia skole")
    made.here = make.school_class("3B", at=made)
    made.nora, made.amira = make.family(made.here)
    made.zak = make.guardian("Zakarias", "Holm", of=made.nora)
    made.principal = make.holder("principal", made, "Gro")
    return made


def always(reader, child):
    return [line.what for line in child_page(reader, child.key).sections["always"].lines]


def days(number):
    return f"An answer within {number} school days when you ask the school about something."


def test_both_homes_read_the_same(lia):
    assert always(lia.amira, lia.nora) == always(lia.zak, lia.nora) != []
    assert "What we always tell you" in text(as_(lia.zak).get(address("people", "child_show", lia.nora.key)))


def test_an_answer_is_promised_only_where_the_school_has_promised_it(lia):
    assert not any("An answer within" in one for one in always(lia.amira, lia.nora))

    schoolyear.set_promises(lia, by=lia.principal, answer_days=4)

    assert days(4) in always(lia.amira, lia.nora)


def test_an_invitation_comes_as_many_days_ahead_as_the_school_has_set(lia):
    def said(number):
        return f"The invitation to a conference, at least {number} days before the first conference is held."

    assert said(14) in always(lia.amira, lia.nora)

    ConferenceSetting.objects.create(school=lia, minutes=20, notice_days=21)

    assert said(21) in always(lia.amira, lia.nora)


def test_the_child_and_one_who_is_in_no_class_are_promised_nothing(lia):
    of_age = make.pupil("Elias", in_class=lia.here, born_on=years_before(date.today(), ATTENDS_FROM))
    assert always(of_age, of_age) == []

    lia.nora.enrolments.all().delete()
    assert always(lia.amira, lia.nora) == []
