"""What stands of the gatherings on the page of a class."""

from datetime import timedelta

from django.utils import timezone

from networks import actions
from networks.models import Gathering
from tests import make
from tests.pages import address, as_, markup, text


def show(town, reader):
    return as_(reader).get(address("people", "class_show", town.first.pk))


def part(answer):
    return next(part.shown for part in answer.context["parts"] if part.template == "networks/_on_class_page.html")


def over(gathering):
    was = timezone.now() - timedelta(days=3)
    Gathering.objects.filter(pk=gathering.pk).update(
        starts_at=was, ends_at=was + timedelta(hours=2), answer_by=was - timedelta(days=1)
    )


def test_the_next_gathering_asks_until_the_home_has_answered(town, bonfire):
    assert "Waiting for your answer" in text(show(town, town.amira))

    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")

    assert part(show(town, town.amira)).answer == "yes"
    assert "Change the answer" in text(show(town, town.amira))


def test_what_one_home_answers_the_other_does_not_read(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="no")

    assert part(show(town, town.ben)).answer is None


def test_what_was_held_is_read_and_what_was_cancelled_is_not(town, bonfire):
    called_off = make.published(town.first, by=town.jurgita, title="Skirenn")
    actions.cancel_gathering(called_off, by=town.jurgita, because="Det er for kaldt.")
    for gathering in (bonfire, called_off):
        over(gathering)

    shown = part(show(town, town.amira))

    assert ([one.pk for one in shown.held], shown.next) == ([bonfire.pk], None)


def test_a_cancelled_gathering_is_not_the_next_one(town, bonfire):
    actions.cancel_gathering(bonfire, by=town.jurgita, because="Det er for kaldt.")

    shown = part(show(town, town.amira))

    assert (shown.next, [one.pk for one in shown.later]) == (None, [bonfire.pk])


def test_a_draft_is_for_its_contact_alone_and_on_the_page_of_nobody(town, draft):
    for reader in (town.amira, town.jurgita, town.principal):
        assert draft.title not in text(show(town, reader))


def test_only_the_class_contact_is_led_to_plan(town, bonfire):
    plan = f'href="{address("networks", "class_show", town.first.pk)}"'

    assert plan in markup(show(town, town.jurgita))
    assert plan not in markup(show(town, town.amira))


def test_a_teacher_reads_of_the_gathering_and_is_not_asked(town, bonfire):
    said = text(show(town, make.holder("contact_teacher", town.first, given_name="Tom")))

    assert bonfire.title in said
    assert "Waiting for your answer" not in said


def test_fund_and_birthdays_are_led_to_from_the_top_and_stand_before_whom_one_asks(town):
    shown = markup(show(town, town.amira))

    for anchor in ("fund", "birthdays"):
        assert shown.index(f'href="#{anchor}"') < shown.index(f'id="{anchor}"') < shown.index('id="contacts"')
    teacher = make.holder("contact_teacher", town.first, given_name="Tom")
    assert 'href="#birthdays"' not in markup(show(town, teacher))
