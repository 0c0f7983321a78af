"""What stands of a class on the pages of its children: what was done, and what its families were told."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from networks import actions
from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.models import Person
from portal.people.queries import child_page
from tests import make
from tests.networks.bulletins import conftest as bulletins
from tests.networks.test_class_page import over

tom, write, sent = bulletins.tom, bulletins.write, bulletins.sent


@pytest.fixture(autouse=True)
def _english(_no_language_left_over):
    with translation.override("en"):
        yield


def part(reader, child, name):
    return [(line.what, line.detail) for line in child_page(reader, child.key).sections[name].lines]


def test_what_was_held_stands_there_and_what_is_ahead_comes_next(town, bonfire):
    title = bonfire.title
    assert part(town.amira, town.nora, "group") == []
    assert part(town.amira, town.nora, "ahead") == [(f"{title} ({town.first})", "")]

    over(bonfire)

    assert part(town.amira, town.nora, "group") == [(title, town.first.name)]
    assert part(town.amira, town.nora, "ahead") == []


def test_what_was_called_off_or_never_sent_was_not_done(town, bonfire):
    actions.cancel_gathering(bonfire, by=town.jurgita, because="Storm")
    over(bonfire)
    draft = make.gathering(town.first, by=town.jurgita)
    over(draft)

    assert part(town.amira, town.nora, "group") == []


def test_a_notice_to_the_class_stands_among_what_was_sent_until_it_is_taken_back(town, sent):
    bulletin = sent(title="Swimming")
    told = ("Swimming", f"To all families of {town.first}")
    assert part(town.amira, town.nora, "sent") == part(town.ben, town.nora, "sent") == [told]

    actions.take_back_bulletin(bulletin, by=bulletin.written_by)

    assert part(town.amira, town.nora, "sent") == []


def test_only_the_classes_of_that_child_are_on_its_page(town, bonfire, sent):
    sent(title="Swimming")
    over(bonfire)
    sister = make.pupil("Sister", in_class=make.school_class("9Z", at=town.first.school))
    make.confirmed(town.amira, sister)

    assert part(town.amira, sister, "group") == part(town.amira, sister, "sent") == []


def test_the_child_reads_nothing_of_its_guardians(town, bonfire, sent):
    sent(title="Swimming")
    over(bonfire)
    Person.objects.filter(pk=town.nora.pk).update(born_on=years_before(timezone.localdate(), ATTENDS_FROM))
    nora = Person.objects.get(pk=town.nora.pk)

    assert part(nora, nora, "group") == part(nora, nora, "sent") == part(nora, nora, "ahead") == []


def test_the_newest_stands_first(town, bonfire):
    over(bonfire)
    other = make.published(town.first, by=town.jurgita, title="Newest")
    was = timezone.now() - timedelta(hours=9)
    type(other).objects.filter(pk=other.pk).update(
        starts_at=was, ends_at=was + timedelta(hours=1), answer_by=was - timedelta(days=1)
    )

    assert [what for what, _detail in part(town.amira, town.nora, "group")] == ["Newest", bonfire.title]
