"""Talks outside the rounds: asked for, found a time for, closed, and the list once a month."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.models import Booking, Conference, ExtraPrompt, ExtraRequest, NotNow, SlotsClash
from portal.ledger.models import Event
from portal.ledger.tasks import sweep
from portal.messaging.models import Notice
from tests import make
from tests.ground import once
from tests.pages import markup


@once
def asked(nora, amina, school_class):
    return actions.ask_extra(nora, by=amina, school_class=school_class, reason="wellbeing", note="She is sad")


def soon(days=3):
    return timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)


def test_ask_extra_records_the_side_and_the_home(asked, amina, teacher, nora, school_class):
    assert (asked.side, asked.household) == ("home", amina.household)
    from_school = actions.ask_extra(
        nora, by=teacher, school_class=school_class, reason="learning", noticed_on=school_class.school.today()
    )
    assert (from_school.side, from_school.household) == ("school", None)
    assert Event.objects.filter(verb="conferences.extra_asked").count() == 2


def test_ask_extra_refuses_while_the_same_side_waits_and_a_day_to_come(asked, nora, amina, teacher, school_class):
    with pytest.raises(NotNow, match="already"):
        actions.ask_extra(nora, by=amina, school_class=school_class, reason="learning")
    tomorrow = school_class.school.today() + timedelta(days=1)
    with pytest.raises(NotNow, match="to come"):
        actions.ask_extra(nora, by=teacher, school_class=school_class, reason="learning", noticed_on=tomorrow)


def test_ask_extra_denies_strangers_restricted_guardians_and_other_classes(nora, yusuf, school_class, school):
    stranger = make.family(school_class, pupil_name="Iver", adult_name="Ola")[1]
    make.restricted(yusuf, nora)
    elsewhere = make.holder("contact_teacher", make.school_class("5A", at=school, grades=(5,)))
    for person in (stranger, yusuf, elsewhere, make.holder("class_contact", school_class)):
        with pytest.raises(PermissionDenied):
            actions.ask_extra(nora, by=person, school_class=school_class, reason="learning")


def test_the_other_home_does_not_see_what_one_home_asked(asked, amina, yusuf, teacher):
    seen = {person: ExtraRequest.objects.visible_to(person).exists() for person in (amina, yusuf, teacher)}
    assert seen == {amina: True, yusuf: False, teacher: True}


def test_a_teacher_who_lives_with_a_guardian_neither_reads_nor_hears_what_the_other_home_asks(
    nora, amina, yusuf, teacher, school_class
):
    partner = make.holder("contact_teacher", school_class, "Per", household=amina.household)
    other = actions.ask_extra(nora, by=yusuf, school_class=school_class, reason="family", note="Between us")
    sweep()

    assert not ExtraRequest.objects.visible_to(partner).exists()
    assert ExtraRequest.objects.visible_to(teacher).get() == other
    assert [one.recipient for one in Notice.objects.filter(kind="conferences.extra_asked")] == [teacher]


def test_schedule_extra_makes_a_talk_with_times_for_that_home_alone(asked, teacher, amina, yusuf):
    made = actions.schedule_extra(asked, by=teacher, teacher=teacher, times=[soon(3), soon(4)], minutes=30)
    assert (made.kind, made.home, made.round) == ("extra", amina.household, None)
    assert [slot.reserved_for for slot in made.private_slots.all()] == [made, made]
    assert Conference.objects.visible_to(amina).get() == made
    assert not Conference.objects.visible_to(yusuf).exists()
    assert actions.book(made, by=amina, slot=made.private_slots.first()).ends_at == soon(3) + timedelta(minutes=30)


def test_both_homes_are_invited_when_the_school_asked(nora, teacher, amina, yusuf, school_class):
    wish = actions.ask_extra(nora, by=teacher, school_class=school_class, reason="learning")
    made = actions.schedule_extra(wish, by=teacher, teacher=teacher, times=[soon()], minutes=20)
    assert Conference.objects.visible_to(amina).get() == Conference.objects.visible_to(yusuf).get() == made


def test_schedule_extra_books_what_is_agreed(asked, teacher):
    made = actions.schedule_extra(asked, by=teacher, teacher=teacher, times=[soon()], minutes=20, agreed=True)
    assert Booking.objects.get(conference=made).on_behalf
    asked.refresh_from_db()
    assert asked.conference == made


def test_schedule_extra_refuses_twice_and_a_busy_teacher_and_leaves_nothing(asked, teacher, slot):
    with pytest.raises(SlotsClash):
        actions.schedule_extra(asked, by=teacher, teacher=teacher, times=[slot.starts_at], minutes=20)
    assert not Conference.objects.exists()
    actions.schedule_extra(asked, by=teacher, teacher=teacher, times=[soon()], minutes=20)
    with pytest.raises(NotNow):
        actions.schedule_extra(asked, by=teacher, teacher=teacher, times=[soon(5)], minutes=20)


def test_schedule_extra_denies_families_and_teachers_of_other_schools(asked, amina, teacher):
    other = make.holder("contact_teacher", make.school_class("9Z", at=make.school("Elsewhere")))
    for by, holder in ((amina, teacher), (other, other), (teacher, other)):
        with pytest.raises(PermissionDenied):
            actions.schedule_extra(asked, by=by, teacher=holder, times=[soon()], minutes=20)


def test_close_extra_records_and_refuses_twice(asked, teacher, amina):
    actions.close_extra(asked, by=amina, because="We have talked")
    asked.refresh_from_db()
    assert asked.closed_because == "We have talked"
    with pytest.raises(NotNow):
        actions.close_extra(asked, by=teacher, because="Again")


def test_close_extra_denies_the_other_home(asked, yusuf):
    with pytest.raises(PermissionDenied):
        actions.close_extra(asked, by=yusuf, because="No")


# Once a month


def test_answer_prompt_asks_for_those_who_are_ticked(nora, teacher, school_class):
    make.pupil("Iver", in_class=school_class)
    prompt = actions.answer_prompt(school_class, by=teacher, asks={nora.pk: "wellbeing"})
    assert prompt.children == 1
    assert ExtraRequest.objects.get().pupil == nora


def test_answer_prompt_refuses_twice_a_month_and_not_the_next(teacher, school_class):
    with time_machine.travel("2026-11-10 12:00"):
        actions.answer_prompt(school_class, by=teacher, asks={})
        with pytest.raises(NotNow):
            actions.answer_prompt(school_class, by=teacher, asks={})
    with time_machine.travel("2026-12-01 12:00"):
        actions.answer_prompt(school_class, by=teacher, asks={})
    assert ExtraPrompt.objects.count() == 2


def test_the_own_child_is_not_on_the_teachers_list(nora, teacher, school_class):
    make.confirmed(teacher, nora)
    actions.answer_prompt(school_class, by=teacher, asks={nora.pk: "learning"})
    assert not ExtraRequest.objects.exists()


def test_answer_prompt_denies_everyone_but_the_contact_teacher(school_class, principal, amina):
    other = make.holder("subject_teacher", school_class, "Per", "Regn")
    for person in (other, principal, amina):
        with pytest.raises(PermissionDenied):
            actions.answer_prompt(school_class, by=person, asks={})


# The pages


def test_a_guardian_asks_and_takes_it_back(client, nora, amina, teacher):
    client.force_login(amina)
    address = reverse("conferences:extra_ask", args=[nora.key])
    assert "noticed" not in markup(client.get(address))
    assert client.post(address, {"reason": "learning", "note": "Reading"}).status_code == 302
    listed = markup(client.get(reverse("conferences:extra_list")))
    assert "Reading" in listed
    wish = ExtraRequest.objects.get()
    client.post(reverse("conferences:extra_close", args=[wish.pk]), {"because": "Solved"})
    assert ExtraRequest.objects.get().closed_at


def test_the_teacher_finds_a_time(client, asked, teacher, school):
    client.force_login(teacher)
    address = reverse("conferences:extra_schedule", args=[asked.pk])
    assert "She is sad" in markup(client.get(address))
    day = school.today() + timedelta(days=4)
    answer = client.post(
        address, {"teacher": teacher.pk, "minutes": 20, "day_1": day.isoformat(), "time_1": "15:30", "agreed": "on"}
    )
    made = Conference.objects.get()
    assert answer.url == reverse("conferences:talk_show", args=[made.pk])
    assert f"{made.booking.starts_at.astimezone(school.zone):%H:%M}" == "15:30"


def test_half_a_time_keeps_what_was_written(client, asked, teacher):
    client.force_login(teacher)
    address = reverse("conferences:extra_schedule", args=[asked.pk])
    answer = client.post(address, {"teacher": teacher.pk, "minutes": 20, "day_1": "", "time_1": "15:30"})
    assert answer.status_code == 200
    assert "15:30" in markup(answer)
    assert not Conference.objects.exists()


def test_the_list_once_a_month_on_the_page(client, nora, teacher, school_class):
    client.force_login(teacher)
    address = reverse("conferences:extra_prompt", args=[school_class.pk])
    assert nora.full_name in markup(client.get(address))
    client.post(address, {"asks": [nora.pk], f"reason_{nora.pk}": "class_life"})
    assert ExtraRequest.objects.get().reason == "class_life"
    assert 'name="asks"' not in markup(client.get(address))


def test_ticks_stay_where_an_answer_of_the_list_is_wrong_and_the_error_stands_at_it(
    client, nora, teacher, school_class
):
    client.force_login(teacher)
    address = reverse("conferences:extra_prompt", args=[school_class.pk])
    shown = markup(client.post(address, {"asks": [nora.pk], f"reason_{nora.pk}": "something else"}))
    assert f'id="asks-{nora.pk}" checked' in shown
    assert f'id="id_reason_{nora.pk}-error"' in shown
    assert f'aria-describedby="id_reason_{nora.pk}-error"' in shown


def test_pages_of_extra_talks_are_closed_to_others(client, asked, nora, yusuf, school_class):
    stranger = make.holder("contact_teacher", make.school_class("9Z", at=make.school("Elsewhere")))
    restricted = make.guardian("Cato", of=nora)
    make.restricted(restricted, nora)
    for person, ask in ((stranger, 404), (restricted, 403)):
        client.force_login(person)
        assert client.get(reverse("conferences:extra_ask", args=[nora.key])).status_code == ask
        assert client.get(reverse("conferences:extra_close", args=[asked.pk])).status_code == ask
    client.force_login(yusuf)
    assert client.get(reverse("conferences:extra_close", args=[asked.pk])).status_code == 404
    assert "She is sad" not in markup(client.get(reverse("conferences:extra_list")))


def test_extra_list_asks_no_more_for_thirty(
    client, teacher, school_class, django_assert_max_num_queries, django_assert_num_queries
):
    client.force_login(teacher)

    def add(number):
        child, _adult = make.family(school_class, pupil_name=f"Barn{number}", family_name=f"Hjem{number}")
        actions.ask_extra(child, by=teacher, school_class=school_class, reason="learning")

    for number in range(3):
        add(number)
    address = reverse("conferences:extra_list")
    with django_assert_max_num_queries(8) as few:
        client.get(address)
    for number in range(3, 30):
        add(number)
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_who_is_guardian_and_teacher_finds_the_own_child_and_the_class(
    client, asked, teacher, school, school_class, django_assert_max_num_queries
):
    """A page with everything on it, in no more queries."""
    other = make.school_class("5A", at=school, grades=(5,))
    elias = make.pupil("Elias", in_class=other)
    make.confirmed(teacher, elias)
    client.force_login(teacher)
    with django_assert_max_num_queries(8):
        page = markup(client.get(reverse("conferences:extra_list")))
    assert reverse("conferences:extra_ask", args=[elias.key]) in page
    assert reverse("conferences:extra_prompt", args=[school_class.pk]) in page
    assert reverse("conferences:extra_schedule", args=[asked.pk]) in page


def test_a_guardian_and_the_principal_find_no_class_to_go_through(client, asked, amina, principal, school_class):
    for person in (amina, principal):
        client.force_login(person)
        page = markup(client.get(reverse("conferences:extra_list")))
        assert reverse("conferences:extra_prompt", args=[school_class.pk]) not in page
        assert (reverse("conferences:extra_schedule", args=[asked.pk]) in page) is (person == principal)
