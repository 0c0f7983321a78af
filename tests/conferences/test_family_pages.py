"""What a family sees and presses, signed in and by the personal link."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from conferences import actions
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    ConferenceSlot,
    InterpreterRequest,
    SlotTaken,
    TimeRequest,
)
from conferences.queries.own_talks import talk_list
from portal.ledger.models import Event
from portal.messaging.links import link_for
from portal.people import actions as people
from portal.people.models import Enrolment, Household, the_portal
from tests import make
from tests.ground import once


@once
def amina(nora):
    return make.guardian("Amina", "Warsame", of=nora, language="en")


@once
def yusuf(nora):
    return make.guardian("Yusuf", "Warsame", of=nora, language="en")


@once
def elias(school, amina):
    """Nora's brother in 5A, whose teacher is another."""
    beside = make.school_class("5A", at=school, grades=(5,))
    child = make.pupil("Elias", "Warsame", in_class=beside)
    make.confirmed(amina, child)
    return child


@once
def other_teacher(elias):
    return make.holder("contact_teacher", elias.enrolments.first().school_class, "Per", "Dal")


@once
def with_elias(round, elias, other_teacher):
    return make.conference(round, elias, other_teacher)


def book_page(round):
    return reverse("conferences:family_book", args=[round.pk])


def pressed(conference, slot, **more):
    return {"conference": conference.pk, "slot": slot.pk, **more}


def test_family_book_shows_the_child_the_teacher_and_the_times(client, conference, amina, slot, round):
    client.force_login(amina)
    answer = client.get(book_page(round))
    text = answer.content.decode()
    assert "Nora" in text
    assert "Anne Bjørnstad" in text
    assert f'value="{conference.pk}-{slot.pk}"' in text
    assert text.index("None of these times fit") > text.rindex('class="sb-slot"')
    assert 'class="sb-bar"' not in text


def test_a_tap_without_script_shows_the_bar(client, conference, amina, slot, round):
    client.force_login(amina)
    text = client.get(book_page(round), {"time": f"{conference.pk}-{slot.pk}"}).content.decode()
    assert 'aria-pressed="true"' in text
    assert f'name="slot" value="{slot.pk}"' in text


def test_a_tap_with_htmx_gives_the_part_that_changes(client, conference, amina, slot, round):
    client.force_login(amina)
    answer = client.get(book_page(round), {"time": f"{conference.pk}-{slot.pk}"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text
    assert 'hx-swap-oob="true"' in text


def test_the_part_alone_is_not_kept_for_who_goes_back(client, conference, amina, slot, round):
    client.force_login(amina)
    part = client.get(book_page(round), headers={"HX-Request": "true"})
    assert "no-store" in part["Cache-Control"]


def test_four_taps_book_two_children_beside_each_other(client, conference, with_elias, amina, round, slot, teacher):
    make.slot(round, with_elias.teacher, minute=25)
    after = make.slot(round, teacher, minute=50)
    make.slot(round, teacher, hour=19)
    client.force_login(amina)
    path = book_page(round)
    first = client.get(path).context["page"]
    assert first.child.given_name == "Elias"  # by name
    time = first.current[0].times.free[0]
    client.get(path, {"time": f"{with_elias.pk}-{time.slot.pk}"})
    following = client.post(path, pressed(with_elias, time.slot), follow=True)
    second = following.context["page"]
    assert second.child.given_name == "Nora"
    assert {one.slot for one in second.current[0].times.best} == {slot, after}
    assert "Fits together with Elias" in following.content.decode()
    client.post(path, pressed(conference, slot))
    assert Booking.objects.count() == 2
    assert client.get(path).context["page"].is_done


def test_a_taken_time_answers_409_with_what_is_near(client, conference, amina, slot, round, teacher, school_class):
    near, far = make.slot(round, teacher, minute=25), make.slot(round, teacher, days=20)
    child, adult = make.family(school_class, pupil_name="Iver", family_name="Nordlie")
    make.booked(make.conference(round, child, teacher), by=adult, at=slot)
    client.force_login(amina)
    answer = client.post(book_page(round), pressed(conference, slot))
    assert answer.status_code == 409
    assert "Somebody else has just taken this time" in answer.content.decode()
    assert [time.slot for time in answer.context["page"].current[0].near] == [near, far]
    assert "Nordlie" not in answer.content.decode()


def test_a_taken_time_with_htmx_answers_with_the_part_that_changes(
    client, conference, amina, slot, round, teacher, school_class
):
    near, beside = make.slot(round, teacher, minute=25), make.slot(round, teacher, minute=50)
    child, adult = make.family(school_class, pupil_name="Iver", family_name="Nordlie")
    make.booked(make.conference(round, child, teacher), by=adult, at=slot)
    own = make.conference(make.round(school_class), conference.pupil, make.holder("subject_teacher", school_class))
    make.booked(own, by=amina, at=make.slot(own.round, own.teacher, minute=25))  # busy then
    client.force_login(amina)
    answer = client.post(book_page(round), pressed(conference, slot), headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "<html" not in text
    assert "Nordlie" not in text
    assert f'value="{conference.pk}-{beside.pk}"' in text
    assert f'value="{conference.pk}-{near.pk}"' not in text


def test_a_stale_page_after_the_round_closed_says_so(client, conference, amina, slot, round):
    ConferenceRound.objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    client.force_login(amina)
    answer = client.post(book_page(round), pressed(conference, slot))
    assert answer.status_code == 409
    assert "Booking is not open now" in answer.content.decode()
    assert reverse("conferences:none_fit", args=[conference.pk]) in answer.content.decode()


@pytest.mark.parametrize("scripted", [True, False])
def test_a_time_that_was_taken_away_meanwhile_answers_with_what_is_free(
    client, conference, amina, round, teacher, slot, scripted
):
    free = make.slot(round, teacher, hour=18)
    client.force_login(amina)
    typed, gone = pressed(conference, slot), slot.pk
    actions.remove_slot(slot, by=teacher)
    answer = client.post(book_page(round), typed, headers={"hx-request": "true"} if scripted else {})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "This time is not there any more" in text
    assert f'value="{conference.pk}-{free.pk}"' in text
    assert f'value="{conference.pk}-{gone}"' not in text


@pytest.mark.parametrize("forged", ["another's", "text", "other round"])
def test_a_forged_slot_is_not_found(client, conference, amina, round, school_class, teacher, forged):
    other = make.holder("subject_teacher", school_class)
    slots = {
        "another's": lambda: make.slot(round, other).pk,
        "text": lambda: "1 OR 1=1",
        "other round": lambda: make.slot(make.round(school_class), teacher).pk,
    }
    client.force_login(amina)
    assert client.post(book_page(round), {"conference": conference.pk, "slot": slots[forged]()}).status_code == 404


def test_a_round_with_a_number_that_no_round_can_have_is_not_found(client, conference, amina):
    client.force_login(amina)
    for answer in (client.get, client.post):
        assert answer(reverse("conferences:family_book", args=[10**25])).status_code == 404


def test_other_families_talks_are_not_found(client, conference, amina, slot, round, school_class):
    stranger = make.family(school_class, pupil_name="Iver", adult_name="Ola")[1]
    client.force_login(stranger)
    assert client.get(book_page(round)).status_code == 404
    assert client.post(book_page(round), pressed(conference, slot)).status_code == 404
    for name in ("conference_show", "none_fit", "booking_cancel", "swap_ask", "separate_ask", "conference_calendar"):
        assert client.get(reverse(f"conferences:{name}", args=[conference.pk])).status_code == 404


def test_what_a_home_said_of_its_times_is_there_to_be_changed_and_only_its_own(client, conference, amina, yusuf):
    path = reverse("conferences:none_fit", args=[conference.pk])
    actions.ask_for_times(conference, by=amina, text="After five", call_me=True)
    client.force_login(amina)
    html = client.get(path).content.decode()
    assert "After five" in html
    assert "checked" in html
    client.force_login(yusuf)
    html = client.get(path).content.decode()
    assert "After five" not in html
    assert "checked" not in html


def test_contact_and_subject_teacher_are_booked_in_one_go(client, conference, amina, nora, slot, round, school_class):
    maths = make.holder("subject_teacher", school_class, "Per", "Regn")
    with_maths = make.conference(round, nora, maths)
    same_time, later = make.slot(round, maths), make.slot(round, maths, minute=30)
    client.force_login(amina)
    path = book_page(round)
    page = client.get(path, {"time": f"{conference.pk}-{slot.pk}"}).context["page"]
    assert len(page.current) == 2
    assert same_time not in {time.slot for talk in page.current[1:] for time in talk.times.free}
    both = {"conference": [conference.pk, with_maths.pk], "slot": [slot.pk, same_time.pk]}
    assert client.post(path, both).status_code == 409
    assert not Booking.objects.exists()
    client.post(path, {**both, "slot": [slot.pk, later.pk]})
    assert Booking.objects.count() == 2


def test_moving_comes_back_to_the_talk(client, conference, amina, slot, round, teacher):
    later = make.slot(round, teacher, hour=18)
    make.booked(conference, by=amina, at=slot)
    client.force_login(amina)
    page = client.get(book_page(round), {"talk": conference.pk})
    assert "your time" in page.content.decode()
    answer = client.post(book_page(round), pressed(conference, later))
    assert answer.url == reverse("conferences:conference_show", args=[conference.pk])
    assert "The talk about Nora has a new time" in client.get(answer.url).content.decode()


def test_of_a_homes_own_talk_only_that_home_is_told(client, conference, amina, yusuf, slot, round):
    client.force_login(amina)
    assert "Both homes are told the time" in client.get(book_page(round)).content.decode()
    Conference.objects.update(home=amina.household)
    shown = client.get(book_page(round)).content.decode()
    assert "Only your home is told the time" in shown
    assert "Both homes" not in shown


def test_the_personal_link_opens_the_same_without_a_login(client, conference, amina, slot, round):
    path = reverse_of(link_for(amina, round, purpose="conferences.book"))
    assert "Nora" in client.get(path).content.decode()
    client.post(path, pressed(conference, slot))
    assert Booking.objects.get().booked_by == amina
    shown = client.get(f"{path}talks/{conference.pk}/").content.decode()
    assert "Give up the time" in shown
    client.post(f"{path}talks/{conference.pk}/cancel/")
    client.post(f"{path}talks/{conference.pk}/none/", {"text": "After 17", "call_me": ""})
    assert TimeRequest.objects.get().text == "After 17"
    assert not Booking.objects.exists()


def test_the_personal_link_opens_no_other_talk(client, conference, amina, round, school_class, teacher, slot):
    stranger = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    other = make.conference(round, stranger[0], teacher)
    path = reverse_of(link_for(amina, round, purpose="conferences.book"))
    assert client.get(f"{path}talks/{other.pk}/").status_code == 404
    assert client.post(path, pressed(other, slot)).status_code == 404
    elsewhere = make.conference(make.round(school_class), conference.pupil, teacher)
    assert client.get(f"{path}talks/{elsewhere.pk}/").status_code == 404


def reverse_of(link):
    return "/" + link.url().split("/", 3)[3]


def test_what_a_restricted_guardian_had_vanishes(client, conference, amina, yusuf, nora, slot, round, elias):
    make.booked(conference, by=yusuf, at=slot)
    make.restricted(yusuf, nora)
    client.force_login(yusuf)
    assert client.get(book_page(round)).status_code == 404
    for name in ("conference_show", "conference_calendar", "booking_cancel"):
        assert client.get(reverse(f"conferences:{name}", args=[conference.pk])).status_code == 404
    assert client.get(reverse("conferences:conference_list")).context["page"].is_empty
    path = reverse_of(link_for(yusuf, round, purpose="conferences.book"))
    assert client.get(path).status_code in (404, 410)


def test_a_restricted_home_is_no_longer_busy_then(conference, yusuf, nora, slot, round, school):
    make.booked(conference, by=yusuf, at=slot)
    make.restricted(yusuf, nora)
    elsewhere = make.school_class("7A", at=school, grades=(7,))
    lise = make.pupil("Lise", "Hansen", in_class=elsewhere)
    make.confirmed(yusuf, lise)
    teacher = make.holder("contact_teacher", elsewhere)
    assert make.booked(make.conference(round, lise, teacher), by=yusuf, at=make.slot(round, teacher)).booking


def test_both_homes_see_one_talk_and_its_time(client, conference, amina, yusuf, slot, round):
    make.booked(conference, by=amina, at=slot)
    client.force_login(yusuf)
    assert client.get(book_page(round)).context["page"].is_done
    text = client.get(reverse("conferences:conference_show", args=[conference.pk])).content.decode()
    assert "Both homes are called" in text
    assert "Amina" not in text


def test_arrange_from_the_page(client, conference, amina, slot, round, teacher):
    make.slot(round, teacher, minute=25)
    make.booked(conference, by=amina, at=slot)
    client.force_login(amina)
    path = reverse("conferences:conference_show", args=[conference.pk])
    client.post(path, {"mode": "phone", "note": "Ring Amina", "language": "so"})
    booking = Booking.objects.get()
    assert (booking.mode, booking.note) == ("phone", "Ring Amina")
    assert InterpreterRequest.objects.get().language == "so"
    assert "Children never interpret" in client.get(path).content.decode()


def test_a_home_with_an_interpreter_gets_two_slots_in_a_row(client, conference, amina, slot, round, teacher):
    Household.objects.filter(pk=amina.household_id).update(interpreter_language="so")
    make.slot(round, teacher, minute=25)
    alone = make.slot(round, teacher, hour=19)
    client.force_login(amina)
    page = client.get(book_page(round)).context["page"]
    assert [time.slot for time in page.current[0].times.free] == [slot]
    assert alone in {
        time.slot for time in client.get(book_page(round), {"interpreter": "no"}).context["page"].current[0].times.free
    }
    client.post(book_page(round), pressed(conference, slot, interpreter="so"))
    assert InterpreterRequest.objects.get().household == amina.household


def test_a_home_that_has_not_said_so_before_asks_for_an_interpreter_before_it_chooses(
    client, conference, amina, yusuf, slot, round, teacher
):
    """C7: for this talk alone, which is long enough from the beginning; every talk is asked for on one's own page."""
    make.slot(round, teacher, minute=25)
    alone = make.slot(round, teacher, hour=19)
    client.force_login(amina)
    html = client.get(book_page(round)).content.decode()
    assert "interpreter=ask" in html
    assert '<option value="so">Somali</option>' in client.get(book_page(round), {"interpreter": "ask"}).content.decode()
    answer = client.get(book_page(round), {"interpreter": "so", "time": f"{conference.pk}-{slot.pk}"})
    assert alone not in {time.slot for time in answer.context["page"].current[0].times.free}
    html = answer.content.decode()
    assert "An interpreter in Somali comes too" in html
    assert html.count('name="interpreter" value="so"') == 2  # the next tap keeps it, and so does the booking
    assert "interpreter=ask" not in html

    client.post(book_page(round), pressed(conference, slot, interpreter="so"))
    assert Booking.objects.get().ends_at > slot.ends_at
    assert InterpreterRequest.objects.get().language == "so"
    assert not Household.objects.exclude(interpreter_language="").exists()


@pytest.mark.parametrize("forged", ["yes", "xx", "so\x00", "a" * 900])
def test_a_language_that_nobody_offers_counts_as_the_homes_own(client, conference, amina, slot, round, teacher, forged):
    Household.objects.filter(pk=amina.household_id).update(interpreter_language="ti")
    make.slot(round, teacher, minute=25)
    client.force_login(amina)
    assert "Tigrinya comes too" in client.get(book_page(round), {"interpreter": forged}).content.decode()
    client.post(book_page(round), pressed(conference, slot, interpreter=forged))
    assert InterpreterRequest.objects.get().language == "ti"


def test_a_time_without_room_for_an_interpreter_is_too_short_and_not_taken(
    client, conference, amina, slot, round, teacher
):
    Household.objects.filter(pk=amina.household_id).update(interpreter_language="so")
    client.force_login(amina)
    said = client.get(book_page(round)).content.decode()
    assert "too short" in said
    assert "taken" not in said  # nobody has it


@once
def clashing(with_elias, amina, slot, round):
    """Elias has a time just when Nora's teacher has one."""
    make.booked(with_elias, by=amina, at=make.slot(round, with_elias.teacher))
    return with_elias.booking


def test_a_time_that_clashes_with_an_own_childs_says_which(client, conference, clashing, amina):
    client.force_login(amina)
    said = client.get(book_page(conference.round)).content.decode()
    assert "you talk about Elias then" in said
    assert "taken" not in said  # nobody has it


def test_another_home_reads_nothing_of_a_child_that_is_not_its_own(client, conference, clashing, yusuf):
    client.force_login(yusuf)
    said = client.get(book_page(conference.round)).content.decode()
    assert "taken" in said
    assert "Elias" not in said


def test_the_link_of_a_protected_family_says_only_that_there_is_another_talk(client, conference, clashing, amina, nora):
    people.protect_address(nora, by=the_portal(), grade="strict")
    said = client.get(reverse_of(link_for(amina, conference.round, purpose="conferences.book"))).content.decode()
    assert "you have another talk then" in said
    assert "Elias" not in said


def test_a_time_that_clashes_and_that_another_family_has_is_taken(
    client, conference, clashing, amina, slot, round, teacher, school_class
):
    other, adult = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    make.booked(make.conference(round, other, teacher), by=adult, at=slot)
    client.force_login(amina)
    said = client.get(book_page(round)).content.decode()
    assert "taken" in said
    assert "you talk about" not in said


def test_a_talk_that_is_over_is_not_ahead(conference, amina, slot):
    make.booked(conference, by=amina, at=slot)
    assert [talk.pk for talk in talk_list(amina).coming] == [conference.pk]
    hours = timedelta(days=30)
    ConferenceSlot.objects.filter(pk=slot.pk).update(starts_at=slot.starts_at - hours, ends_at=slot.ends_at - hours)
    Booking.objects.update(starts_at=slot.starts_at - hours, ends_at=slot.ends_at - hours)
    found = talk_list(amina)
    assert (found.coming, [talk.pk for talk in found.past]) == ([], [conference.pk])


def test_the_calendar_keeps_its_name_and_counts_up(client, conference, amina, slot, round, teacher):
    make.booked(conference, by=amina, at=slot)
    client.force_login(amina)
    path = reverse("conferences:conference_calendar", args=[conference.pk])
    first = entry(client.get(path))
    actions.book(conference, by=amina, slot=make.slot(round, teacher, hour=18))
    second = entry(client.get(path))
    assert first["uid"] == second["uid"]
    assert (int(first["sequence"]), int(second["sequence"])) == (1, 2)


def test_a_protected_familys_calendar_tells_no_place(client, conference, amina, nora, slot, school):
    make.booked(conference, by=amina, at=slot)
    people.protect_address(nora, by=the_portal(), grade="address")
    client.force_login(amina)
    assert "location" not in entry(client.get(reverse("conferences:conference_calendar", args=[conference.pk])))


def entry(answer):
    return Calendar.from_ical(answer.content).walk("VEVENT")[0]


def test_times_kept_for_the_child_are_chosen_when_booking_is_closed(client, conference, amina, round, teacher):
    kept = make.slot(round, teacher, hour=20, reserved_for=conference)
    ConferenceRound.objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    client.force_login(amina)
    page = client.get(book_page(round))
    assert "keeps these times for you" in page.content.decode()
    client.post(book_page(round), pressed(conference, kept))
    assert Booking.objects.get().slot == kept


def test_a_time_kept_for_the_child_stands_once(client, conference, amina, round, teacher, slot):
    kept = make.slot(round, teacher, hour=20, reserved_for=conference)
    client.force_login(amina)
    shown = client.get(book_page(round)).content.decode()
    assert [shown.count(f'value="{conference.pk}-{one.pk}"') for one in (kept, slot)] == [1, 1]


def test_twins_with_one_teacher_are_two_choices(client, conference, amina, round, slot, teacher, school_class):
    twin = make.pupil("Nadia", "Warsame", in_class=school_class)
    make.confirmed(amina, twin)
    other = make.conference(round, twin, teacher)
    second = make.slot(round, teacher, minute=25)
    client.force_login(amina)
    client.post(book_page(round), pressed(other, slot))
    page = client.get(book_page(round)).context["page"]
    assert [time.slot for time in page.current[0].times.best] == [second]
    client.post(book_page(round), pressed(conference, second))
    assert set(Booking.objects.values_list("conference", "slot")) == {(other.pk, slot.pk), (conference.pk, second.pk)}


def test_two_schools_meet_on_one_page(client, conference, amina, round, slot, teacher):
    elsewhere = make.school("Vik skole")
    their_class = make.school_class("8A", at=elsewhere, grades=(8,))
    sister = make.pupil("Sara", "Warsame", in_class=their_class)
    make.confirmed(amina, sister)
    their_teacher, their_round = make.holder("contact_teacher", their_class), make.round(their_class)
    later = make.slot(round, teacher, hour=17)
    make.booked(
        make.conference(their_round, sister, their_teacher),
        by=amina,
        at=make.slot(their_round, their_teacher, minute=20),
    )
    client.force_login(amina)
    times = client.get(book_page(round)).context["page"].current[0].times
    assert [time.slot for time in times.best] == [later]  # slot is nearer, but another school is a walk away


def test_a_teacher_in_two_classes_is_in_one_talk_at_a_time(conference, amina, round, slot, teacher, school):
    beside = make.school_class("3C", at=school, grades=(3,))
    make.role(teacher, "contact_teacher", beside)
    round.classes.add(beside)
    child, adult = make.family(beside, pupil_name="Iver", family_name="Nordlie")
    make.booked(make.conference(round, child, teacher), by=adult, at=slot)
    with pytest.raises(SlotTaken):
        actions.book(conference, by=amina, slot=slot)


def test_a_child_who_moves_class_chooses_with_the_new_teacher(client, conference, amina, nora, round, school):
    beside = make.school_class("3C", at=school, grades=(3,))
    Enrolment.objects.filter(pupil=nora).update(valid_to=school.today() - timedelta(days=1))
    Enrolment.objects.create(pupil=nora, school_class=beside, valid_from=school.today())
    new_teacher = make.holder("contact_teacher", beside, "Kari", "Ny")
    now = Conference.objects.create(round=round, pupil=nora, teacher=new_teacher, school_class=beside)
    client.force_login(amina)
    assert [talk.conference for talk in client.get(book_page(round)).context["page"].current] == [now]


def test_the_clock_change_keeps_the_hour_on_the_wall(client, school_class, teacher, nora, amina):
    now = timezone.now()
    round = make.round(school_class, closes_at=now + timedelta(days=400))
    make.conference(round, nora, teacher)
    sunday = last_sunday_of_october(now)
    days = (sunday - school_class.school.today()).days
    make.slot(round, teacher, days=days - 2)
    make.slot(round, teacher, days=days + 1)
    client.force_login(amina)
    page = client.get(book_page(round))
    hours = [time.starts_at.hour for time in page.context["page"].current[0].times.free]
    assert hours[1] - hours[0] == 1  # in UTC
    assert page.content.decode().count("<b>16") == 2


def last_sunday_of_october(now):
    year = now.year if now.month < 10 else now.year + 1
    day = now.date().replace(year=year, month=10, day=31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


@pytest.mark.parametrize(("children", "slots"), [(1, 3), (4, 3), (4, 30)])
def test_family_book_reads_the_same_at_any_size(
    client, django_assert_max_num_queries, round, teacher, school_class, amina, conference, children, slots
):
    for number in range(children - 1):
        child = make.pupil(f"Søsken {number}", "Warsame", in_class=school_class)
        make.confirmed(amina, child)
        talk = make.conference(round, child, teacher)
        make.guardian(f"Far {number}", of=child)
        if number:
            make.booked(talk, by=amina, at=make.slot(round, teacher, days=30 + number))
    for number in range(slots):
        make.slot(round, teacher, days=15 + number // 10, hour=8 + number % 10)
    client.force_login(amina)
    with django_assert_max_num_queries(8):
        assert client.get(book_page(round)).status_code == 200


def test_the_same_time_pressed_again_changes_nothing_and_tells_nobody(client, conference, amina, slot, round):
    booked = make.booked(conference, by=amina, at=slot)
    client.force_login(amina)

    pressed = {"conference": booked.pk, "slot": slot.pk}
    answer = client.post(book_page(round), pressed)

    assert answer.url == reverse("conferences:conference_show", args=[booked.pk])
    assert Event.objects.filter(verb="conferences.time_booked").count() == 1


@pytest.mark.parametrize(("state", "said"), [("ordered", "You have asked for"), ("confirmed", "comes to the talk")])
def test_a_family_sees_that_the_interpreter_is_confirmed(client, conference, amina, slot, round, teacher, state, said):
    make.slot(round, teacher, minute=25)
    make.booked(conference, by=amina, at=slot, language="so")
    InterpreterRequest.objects.update(state=state)
    client.force_login(amina)
    assert said in client.get(reverse("conferences:conference_show", args=[conference.pk])).content.decode()


def test_staff_who_find_a_time_ask_for_the_interpreter_that_the_home_needs_in_every_talk(
    client, conference, amina, teacher, slot, round
):
    """One's own page says "for every talk with the school"."""
    Household.objects.filter(pk=amina.household_id).update(interpreter_language="so")
    make.slot(round, teacher, minute=25)
    client.force_login(teacher)
    behalf = client.get(reverse("conferences:book_behalf", args=[conference.pk]))
    assert behalf.context["form"]["language"].value() == "so"
    client.post(reverse("conferences:time_assign", args=[conference.pk]))
    assert InterpreterRequest.objects.get().language == "so"
    assert Booking.objects.get().ends_at > slot.ends_at
