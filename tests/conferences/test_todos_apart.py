"""Two rounds at once, two teachers, two schools: what waits reads differently, so that one knows which is which."""

from datetime import timedelta

from django.utils import timezone

from conferences import actions
from conferences.models import Booking, Conference, ConferenceRound
from portal.people.hats import PARENT, PUPIL, Hat, hats_of
from portal.people.models import Role
from portal.todos import Todo, _told_apart
from tests import make
from tests.ground import once
from tests.pages import todos_of


@once
def spring(round, school_class, nora, teacher):
    made = make.round(school_class)
    ConferenceRound.objects.filter(pk=made.pk).update(title="Spring talks", plans_on=round.plans_on)
    made.refresh_from_db()
    make.conference(made, nora, teacher)
    return made


def titles(hat, *starting):
    return sorted(todo.title for todo in todos_of(hat) if todo.title.startswith(starting))


def test_only_what_reads_alike_says_what_it_is_of():
    same = [Todo("Prepare", "/1", of="Autumn"), Todo("Prepare", "/2", of="Spring"), Todo("Choose", "/3", of="Autumn")]
    assert [todo.title for todo in _told_apart(same)] == ["Prepare (Autumn)", "Prepare (Spring)", "Choose"]


def test_a_pupil_knows_for_which_round_to_prepare(conference, spring, nora, round):
    nora.born_on = timezone.localdate() - timedelta(days=365 * 13 + 10)
    nora.save()
    found = titles(Hat(nora, PUPIL), "Prepare")
    assert found == sorted(f"Prepare your talk with Anne Bjørnstad ({one.title})" for one in (round, spring))


def test_a_guardian_knows_for_which_round_to_choose_and_to_prepare(conference, spring, amina, teacher, round):
    for one in (conference, Conference.objects.get(round=spring)):
        actions.add_plan(one, by=teacher, url="https://example.org/plan")
    for one in (round, spring):
        actions.send_plans(one, by=teacher)
    for starting in ("Prepare", "Choose"):
        found = titles(Hat(amina, PARENT), starting)
        assert len(set(found)) == len(found) == 2
        assert any("Spring talks" in title for title in found)


def test_a_teacher_knows_in_which_round_something_is_left(conference, spring, amina, teacher, round):
    ConferenceRound.objects.update(closes_at=timezone.now() + timedelta(days=2))
    hat = next(hat for hat in hats_of(teacher) if hat.kind == Role.Kind.CONTACT_TEACHER)
    for starting in ("Assessment and goals", "1 child has no time yet"):
        found = titles(hat, starting)
        assert len(set(found)) == len(found) == 2
    for number, one in enumerate((conference, Conference.objects.get(round=spring))):
        make.booked(one, by=amina, at=make.slot(one.round, teacher, hour=15 + number))
        then = timezone.now() - timedelta(days=2, hours=number)
        Booking.objects.filter(conference=one).update(starts_at=then, ends_at=then + timedelta(minutes=20))
    found = titles(hat, "Who came")
    assert len(set(found)) == len(found) == 2
