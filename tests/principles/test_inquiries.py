"""An inquiry about a child: who asks, who answers, once; to the management, once; what nobody else learns of it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from conferences.models import ExtraRequest
from portal.figures import FIGURES
from portal.ledger.models import Event
from portal.ledger.tasks import sweep
from portal.messaging.models import Notice
from portal.people import actions as people
from portal.people.hats import hats_of
from portal.people.models import Enrolment, Person, the_portal
from portal.people.queries.adults import works_around
from portal.schoolyear import actions as schoolyear
from portal.schoolyear.days import school_day_after
from principles.inquiries import actions
from principles.inquiries.forms import AnswerForm
from principles.inquiries.models import AskedAlready, Inquiry, InquiryOver, NoLeader, NotAround
from principles.inquiries.naming import may_name_another
from principles.inquiries.queries import hours_to_answer, inquiry_page, list_page, takers_of
from principles.inquiries.words import ways_to_answer
from principles.tasks import forget_inquiries, send_saved_inquiries
from tests import make
from tests.ground import once
from tests.pages import as_, text, todos_of
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db
WORDS = "She sits alone in every break."
ANSWER = "We have talked with her, and shall look after the breaks."


@once
def lia(db):
    lia = make.school("Lia skole")
    lia.here = make.school_class("3B", at=lia)
    lia.nora, lia.amira = make.family(lia.here)
    lia.tom = make.holder("contact_teacher", lia.here, "Tom", "Ås")
    lia.siri = make.holder("subject_teacher", lia.here, "Siri", "Dal")
    lia.pia = make.holder("principal", lia, "Pia", "Hauge")
    schoolyear.set_promises(lia, by=lia.pia, answer_days=3, after_school_care=True)
    return lia


@once
def asked(lia):
    return ask(lia)


def ask(lia, *, by=None, pupil=None, seen=WORDS, **details):
    return actions.write_inquiry(pupil or lia.nora, by=by or lia.amira, school=lia, kind="worry", seen=seen, **details)


def answered(lia, *, by=None, **details):
    inquiry = ask(lia, **details)
    actions.answer_inquiry(inquiry, by=by or lia.tom, answer=ANSWER)
    return inquiry


def reads(person, inquiry):
    return Inquiry.objects.visible_to(person).filter(pk=inquiry.pk).exists()


def put_back(inquiry, **fields):
    Inquiry.objects.filter(pk=inquiry.pk).update(**fields)
    inquiry.refresh_from_db()


def late(inquiry):
    put_back(inquiry, due_on=timezone.localdate() - timedelta(days=1))


def waits(person, word="inquiry"):
    with translation.override("en"):
        return [todo for hat in hats_of(person) for todo in todos_of(hat) if word in str(todo.title)]


def told(kind):
    sweep()
    return {one.recipient.given_name for one in Notice.objects.filter(kind=f"principles.{kind}")}


# Who asks


def test_a_guardian_asks_and_only_the_contact_teacher_reads_and_answers(lia, asked):
    assert asked.due_on > lia.today()
    assert reads(lia.amira, asked)
    assert reads(lia.tom, asked)
    for other in (lia.siri, lia.pia, make.holder("board_member", lia), make.holder("office", lia)):
        assert not reads(other, asked)
        with pytest.raises(PermissionDenied):
            actions.answer_inquiry(asked, by=other, answer="No.")
    assert len(waits(lia.tom)) == 1
    assert not waits(lia.siri)
    assert not waits(lia.pia)


def test_who_is_kept_from_the_child_only_proposed_or_of_another_family_cannot_ask_nor_read(lia, asked):
    cato = make.guardian("Cato", of=lia.nora)
    make.restricted(cato, lia.nora)
    petra = make.guardian("Petra", of=make.pupil("Per", in_class=lia.here))
    make.proposed(petra, lia.nora)
    for stranger in (cato, petra, lia.tom, lia.pia):
        with pytest.raises(PermissionDenied):
            ask(lia, by=stranger)
    assert not reads(cato, asked)
    assert not reads(petra, asked)


def test_a_school_where_the_child_has_no_place_is_not_asked(lia):
    with pytest.raises(PermissionDenied):
        actions.write_inquiry(lia.nora, by=lia.amira, school=make.school("Engen"), kind="worry", seen=WORDS)


def test_a_guardian_of_two_schools_asks_each_and_each_reads_its_own(lia):
    engen = make.school("Engen")
    there = make.school_class("2A", at=engen)
    Enrolment.objects.create(pupil=lia.nora, school_class=there, valid_from=there.year.starts_on)
    tove = make.holder("contact_teacher", there, "Tove")

    here = ask(lia)
    other = actions.write_inquiry(lia.nora, by=lia.amira, school=engen, kind="wonder", hoped="A buddy.")

    assert reads(lia.tom, here)
    assert not reads(lia.tom, other)
    assert reads(tove, other)
    assert not reads(tove, here)


def test_the_other_home_knows_it_only_where_the_writer_says_so(lia, asked):
    zak = make.guardian("Zak", "Holm", of=lia.nora)
    partner = make.guardian("Partner", of=lia.nora, household=lia.amira.household)

    assert reads(partner, asked)
    assert not reads(zak, asked)
    both = ask(lia, seen="Shall we change the breaks?", shared=True)
    assert reads(zak, both)
    with pytest.raises(PermissionDenied):
        actions.dispute_answer(answered(lia, seen="More.", shared=True), by=zak)


def test_a_pupil_of_fifteen_has_its_own_which_guardians_read_only_where_it_says_so(lia):
    iver = make.pupil("Iver", in_class=lia.here, born_on=timezone.localdate() - timedelta(days=15 * 366))
    mother = make.guardian("Mor", of=iver)

    own = ask(lia, by=iver, pupil=iver)
    shown = ask(lia, by=iver, pupil=iver, seen="And this.", shared=True)
    hers = ask(lia, by=mother, pupil=iver)

    assert own.household is None
    assert [reads(mother, one) for one in (own, shown, hers)] == [False, True, True]
    assert [reads(iver, one) for one in (own, shown, hers)] == [True, True, False]
    actions.answer_inquiry(own, by=lia.tom, answer=ANSWER, meets=True)
    assert not own.meets  # guardians would be asked to it


def test_a_younger_pupil_asks_nothing_by_itself(lia):
    iver = make.pupil("Iver", in_class=lia.here, born_on=timezone.localdate() - timedelta(days=13 * 366))
    with pytest.raises(PermissionDenied):
        ask(lia, by=iver, pupil=iver)


def test_one_of_three_fields_is_enough_and_none_is_refused_by_the_database(lia):
    ask(lia, seen="", hoped="A talk.")
    with pytest.raises(IntegrityError), transaction.atomic():
        ask(lia, seen="")


def test_the_same_twice_is_refused_and_stands_once(lia, asked):
    with pytest.raises(AskedAlready):
        ask(lia)
    assert Inquiry.objects.count() == 1


def test_the_same_words_to_another_school_or_as_something_else_are_another_inquiry(lia, asked):
    engen = make.school("Engen")
    there = make.school_class("2A", at=engen)
    Enrolment.objects.create(pupil=lia.nora, school_class=there, valid_from=there.year.starts_on)

    actions.write_inquiry(lia.nora, by=lia.amira, school=engen, kind="worry", seen=WORDS)
    actions.write_inquiry(lia.nora, by=lia.amira, school=lia, kind="wonder", seen=WORDS)

    assert Inquiry.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_the_same_moment_it_is_one(lia):
    done = []
    with transaction.atomic():
        ask(lia)
        nora, amira = Person.objects.get(pk=lia.nora.pk), Person.objects.get(pk=lia.amira.pk)
        thread = in_a_thread(done, lambda: ask(lia, by=amira, pupil=nora))
    thread.join()

    assert done == [AskedAlready]
    assert Inquiry.objects.count() == 1


# Who answers


def test_nobody_at_a_school_that_the_child_has_left_reads_it_and_it_is_forgotten(lia, asked):
    late(asked)
    lia.nora.enrolments.update(valid_to=timezone.localdate() - timedelta(days=1))
    for staff in (lia.tom, lia.pia):
        assert not reads(staff, asked)
    assert reads(lia.amira, asked)
    put_back(asked, sent_at=timezone.now() - timedelta(days=366))
    forget_inquiries()
    assert not Inquiry.objects.exists()


def test_a_place_in_a_school_year_that_is_over_makes_nobody_one_of_the_childs_adults(lia, asked):
    lia.years.update(starts_on=date(2020, 8, 1), ends_on=date(2021, 7, 31))
    assert not reads(lia.tom, asked)
    assert not works_around(lia.nora)
    with pytest.raises(PermissionDenied):
        ask(lia, seen="More.")


def test_without_a_contact_teacher_the_management_answers(lia):
    people.end_role(lia.tom.roles.get(), by=lia.pia)
    inquiry = ask(lia)

    assert inquiry.at_management
    assert reads(lia.pia, inquiry)
    assert not reads(lia.siri, inquiry)
    assert told("inquiry_waits") == {"Pia"}
    assert len(waits(lia.pia)) == 1


def test_a_teacher_who_left_leaves_it_to_the_next_or_to_the_management(lia, asked):
    people.end_role(lia.tom.roles.get(), by=lia.pia)
    assert not reads(lia.tom, asked)
    assert reads(lia.pia, asked)
    trude = make.holder("contact_teacher", lia.here, "Trude")
    assert reads(trude, asked)
    assert not reads(lia.pia, asked)


def test_a_teacher_who_is_the_childs_other_parent_neither_reads_nor_answers(lia):
    people.end_role(lia.tom.roles.get(), by=lia.pia)
    parent = make.guardian("Pål", of=lia.nora)
    make.role(parent, "contact_teacher", lia.here)
    inquiry = ask(lia)

    assert not reads(parent, inquiry)
    assert inquiry.at_management
    assert reads(lia.pia, inquiry)


@pytest.mark.parametrize("kind", ["contact_teacher", "principal"])
def test_who_lives_with_a_guardian_of_the_child_neither_reads_nor_answers_as_staff(lia, kind):
    place = lia if kind == "principal" else lia.here
    partner = make.holder(kind, place, "Per", household=lia.amira.household)
    inquiry = ask(lia, by=make.guardian("Zak", "Holm", of=lia.nora))

    late(inquiry)
    assert not reads(partner, inquiry)
    assert partner not in takers_of(inquiry)
    put_back(inquiry, at_management=True)
    assert not reads(partner, inquiry)
    assert not waits(partner)
    assert "Per" not in told("inquiry_waits")
    with pytest.raises(PermissionDenied):
        actions.answer_inquiry(inquiry, by=partner, answer=ANSWER)


@pytest.mark.parametrize("kind", ["contact_teacher", "principal"])
def test_what_a_pupil_of_fifteen_asks_is_not_read_at_school_by_who_lives_with_its_guardian(lia, kind):
    iver = make.pupil("Iver", in_class=lia.here, born_on=timezone.localdate() - timedelta(days=15 * 366))
    mother = make.guardian("Mor", of=iver)
    partner = make.holder(kind, lia if kind == "principal" else lia.here, "Per", household=mother.household)

    own = ask(lia, by=iver, pupil=iver)

    late(own)
    assert reads(lia.tom, own)
    assert not reads(partner, own)


def test_once_answered_it_is_closed_and_nobody_answers_again(lia, asked):
    actions.answer_inquiry(asked, by=lia.tom, answer=ANSWER)

    with pytest.raises(InquiryOver):
        actions.answer_inquiry(asked, by=lia.tom, answer="More.")
    assert asked.answered_by == lia.tom
    assert not waits(lia.tom)


@pytest.mark.django_db(transaction=True)
def test_two_contact_teachers_at_once_give_one_answer(lia):
    other, inquiry, done = make.holder("contact_teacher", lia.here, "Ole"), ask(lia), []
    with transaction.atomic():
        actions.answer_inquiry(inquiry, by=lia.tom, answer=ANSWER)
        again = Inquiry.objects.get(pk=inquiry.pk)
        thread = in_a_thread(done, lambda: actions.answer_inquiry(again, by=other, answer="Another."))
    thread.join()

    assert done == [InquiryOver]
    assert Inquiry.objects.get().answer == ANSWER


def test_it_is_never_closed_without_an_answer(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        put_back(asked, answered_at=timezone.now())


def test_it_is_handed_to_another_of_the_childs_adults_or_to_the_management(lia, asked):
    actions.hand_over(asked, by=lia.tom, to=lia.siri)
    assert reads(lia.siri, asked)
    assert not reads(lia.tom, asked)
    assert inquiry_page(asked, lia.amira).answerers == [lia.siri]
    actions.hand_over(asked, by=lia.siri)
    assert reads(lia.pia, asked)
    assert not reads(lia.siri, asked)
    assert inquiry_page(asked, lia.amira).answerers == []


def test_it_is_handed_to_nobody_else(lia, asked):
    frida = make.holder("after_school", lia, "Frida")  # Nora does not go there
    assert takers_of(asked) == [lia.tom, lia.siri] or takers_of(asked) == [lia.siri, lia.tom]
    for stranger in (frida, lia.pia, lia.amira):
        with pytest.raises(NotAround):
            actions.hand_over(asked, by=lia.tom, to=stranger)
    people.choose_care(lia.here, by=lia.pia, pupils=[lia.nora])
    actions.hand_over(asked, by=lia.tom, to=frida)
    assert reads(frida, asked)
    assert len(waits(frida)) == 1


def test_what_is_answered_is_read_by_who_answered_while_around_the_child_and_by_no_later_teacher(lia):
    inquiry, old = answered(lia), answered(lia, seen="Before.")
    late(old)
    trude = make.holder("contact_teacher", lia.here, "Trude")
    for other in (trude, lia.siri, lia.pia):
        assert not reads(other, inquiry)
        assert not inquiry_page(inquiry, other).is_staff
    assert not reads(lia.pia, old)
    assert reads(lia.tom, inquiry)
    assert inquiry_page(inquiry, lia.tom).is_staff
    assert not inquiry_page(inquiry, lia.tom).may_answer
    people.end_role(lia.tom.roles.get(), by=lia.pia)
    assert not reads(lia.tom, inquiry)


def test_what_the_management_has_or_had_is_read_by_who_leads_the_school_and_what_a_leader_has_answered(lia):
    theirs = ask(lia)
    actions.hand_over(theirs, by=lia.tom)
    actions.answer_inquiry(theirs, by=lia.pia, answer=ANSWER)
    overdue = ask(lia, seen="Late.")
    late(overdue)
    actions.answer_inquiry(overdue, by=lia.pia, answer=ANSWER)
    later = make.holder("principal", lia, "Dag")

    assert [reads(lia.pia, one) for one in (theirs, overdue)] == [True, True]
    assert [reads(later, one) for one in (theirs, overdue)] == [True, False]
    assert not reads(lia.tom, theirs)
    people.end_role(lia.pia.roles.get(), by=the_portal())
    assert not reads(lia.pia, overdue)


def test_where_somebody_holds_it_whom_the_family_must_not_read_of_nobody_else_is_named(lia, asked):
    actions.hand_over(asked, by=lia.tom, to=lia.siri)
    people.protect_address(lia.siri, by=make.holder("office", lia), grade="strict")

    page = inquiry_page(asked, lia.amira)
    assert (page.answerers, page.is_managed) == ([], False)
    people.protect_address(lia.tom, by=make.holder("office", lia), grade="strict")
    waiting = ask(lia, seen="Openly to the management.")
    assert inquiry_page(waiting, lia.amira).is_managed
    put_back(waiting, at_management=False)
    page = inquiry_page(waiting, lia.amira)
    assert (page.answerers, page.is_managed) == ([], False)


def test_only_what_can_be_done_is_offered(lia, asked):
    with translation.override("en"):
        assert ways_to_answer(asked) == "You answer once, hand it on, or suggest to meet."
        actions.answer_inquiry(asked, by=lia.tom, answer=ANSWER)
        actions.dispute_answer(asked, by=lia.amira)
        assert ways_to_answer(asked) == "You answer once."
    page = inquiry_page(asked, lia.pia)
    assert (page.may_answer, page.may_hand) == (True, False)


# Not satisfied


def test_not_satisfied_once_moves_it_with_its_history_to_the_management(lia):
    inquiry = answered(lia)
    actions.dispute_answer(inquiry, by=lia.amira)

    assert reads(lia.pia, inquiry)
    assert not reads(lia.tom, inquiry)
    assert inquiry.answer == ANSWER
    with pytest.raises(NotAround):
        actions.hand_over(inquiry, by=lia.pia, to=lia.siri)
    actions.answer_inquiry(inquiry, by=lia.pia, answer="I have looked into it.")
    assert (inquiry.answer, inquiry.second_answer) == (ANSWER, "I have looked into it.")
    with pytest.raises(InquiryOver):
        actions.dispute_answer(inquiry, by=lia.amira)
    with pytest.raises(InquiryOver):
        actions.answer_inquiry(inquiry, by=lia.pia, answer="More.")
    assert not reads(make.holder("board_member", lia), inquiry)


def test_not_satisfied_before_an_answer_is_refused_and_others_cannot_say_it(lia, asked):
    with pytest.raises(InquiryOver):
        actions.dispute_answer(asked, by=lia.amira)
    actions.answer_inquiry(asked, by=lia.tom, answer=ANSWER)
    for other in (lia.tom, lia.pia, make.guardian("Partner", of=lia.nora, household=lia.amira.household)):
        with pytest.raises(PermissionDenied):
            actions.dispute_answer(asked, by=other)


def test_where_the_only_leader_is_family_of_the_child_somebody_else_has_it(lia):
    inquiry = answered(lia)
    make.confirmed(lia.pia, lia.nora)
    with pytest.raises(NoLeader):
        actions.dispute_answer(inquiry, by=lia.amira)
    inquiry.refresh_from_db()
    assert not inquiry.is_disputed
    with pytest.raises(NoLeader):
        actions.hand_over(ask(lia, seen="More."), by=lia.tom)

    people.end_role(lia.tom.roles.get(), by=the_portal())
    again = ask(lia, seen="Again.")
    assert (again.holder, again.at_management) == (lia.siri, False)
    assert Inquiry.objects.assigned_to(lia.siri).filter(pk=again.pk).exists()

    make.holder("principal", lia, "Dag")
    actions.dispute_answer(inquiry, by=lia.amira)


def test_a_first_answer_that_was_written_before_the_dispute_does_not_become_the_second(lia):
    inquiry = answered(lia)
    actions.dispute_answer(inquiry, by=lia.amira)

    with pytest.raises(InquiryOver):
        actions.answer_inquiry(inquiry, by=lia.pia, answer="As the first.", second=False)
    actions.answer_inquiry(inquiry, by=lia.pia, answer="I have looked into it.", second=True)
    assert inquiry.second_answer == "I have looked into it."


def test_a_child_that_has_left_the_school_brings_nothing_to_its_management(lia):
    inquiry = answered(lia)
    assert inquiry_page(inquiry, lia.amira).may_dispute
    lia.nora.enrolments.update(valid_to=timezone.localdate() - timedelta(days=1))

    assert not inquiry_page(inquiry, lia.amira).may_dispute
    with pytest.raises(PermissionDenied):
        actions.dispute_answer(inquiry, by=lia.amira)


# By when


def test_the_promise_counts_school_days_and_never_weekends_or_holidays(lia):
    schoolyear.add_holidays(lia, by=lia.pia, days=[(date(2026, 12, 22), date(2027, 1, 3), "Christmas")])

    assert school_day_after(lia, date(2026, 11, 26), 3) == date(2026, 12, 1)  # over a weekend
    assert school_day_after(lia, date(2026, 12, 18), 3) == date(2027, 1, 5)  # over Christmas


def test_on_the_last_day_before_the_summer_it_is_promised_for_the_autumn(lia):
    terms = lia.years.get().terms
    terms.filter(season="spring").update(ends_on=date(2027, 6, 18))

    assert school_day_after(lia, date(2027, 6, 18), 2) == date(2027, 8, 17)
    following = make.year(lia, date(2027, 8, 1))
    following.terms.filter(season="autumn").update(starts_on=date(2027, 8, 19))
    assert school_day_after(lia, date(2027, 6, 18), 2) == date(2027, 8, 20)


def test_a_school_that_promises_nothing_has_five_days_until_the_head_sees_it(lia):
    schoolyear.set_promises(lia, by=lia.pia, answer_days=None, after_school_care=True)
    inquiry = ask(lia)

    assert not inquiry.promised
    assert inquiry.due_on == school_day_after(lia, lia.today(), 5)


def test_the_head_reads_and_answers_what_is_late_the_oldest_first(lia):
    first, second, third = ask(lia), ask(lia, seen="Two."), ask(lia, seen="Three.")
    for one, days in ((first, 9), (second, 20)):
        put_back(one, sent_at=timezone.now() - timedelta(days=days))
        late(one)

    assert [one.pk for one in list_page(lia.pia).late] == [second.pk, first.pk]
    assert list_page(lia.tom).late == []
    assert len(waits(lia.pia, "inquiries have waited")) == 1
    assert not reads(lia.pia, third)
    actions.answer_inquiry(second, by=lia.pia, answer=ANSWER)
    assert [one.pk for one in list_page(lia.pia).late] == [first.pk]


def test_the_median_is_a_total_of_five_or_more_and_never_by_teacher(lia):
    inquiries = [answered(lia, seen=str(number)) for number in range(4)]
    assert hours_to_answer([lia.pk]) is None
    inquiries.append(answered(lia, seen="five"))
    for number, one in enumerate(inquiries, 1):
        put_back(one, sent_at=one.answered_at - timedelta(hours=10 * number))
    assert hours_to_answer([lia.pk]) == 30
    assert list_page(lia.tom).hours is None
    figure = FIGURES["principles.answered_in_time"]
    today = timezone.localdate()
    total = figure.over(lia, today - timedelta(days=30), today)
    assert (total.part, total.whole) == (5, 5)


def test_of_a_time_whose_answered_inquiries_are_forgotten_nothing_is_counted(lia):
    """Only the unanswered are left of it, so every share would be false."""
    today, then = timezone.localdate(), timezone.now() - timedelta(days=400)
    for number in range(5):
        put_back(ask(lia, seen=str(number)), sent_at=then, due_on=then.date())
    figure = FIGURES["principles.answered_in_time"]

    assert figure.over(lia, today - timedelta(days=450), today - timedelta(days=380)) is None
    assert figure.over(lia, today - timedelta(days=450), today) is None


# Saved until the morning


def test_saved_it_is_read_by_nobody_and_can_be_taken_back(lia):
    partner = make.guardian("Partner", of=lia.nora, household=lia.amira.household)
    saved = ask(lia, tomorrow=True)

    assert saved.sent_at is None
    assert saved.due_on is None
    assert not reads(lia.tom, saved)
    assert not reads(partner, saved)
    with pytest.raises(PermissionDenied):
        actions.take_back_inquiry(saved, by=partner)
    with pytest.raises(PermissionDenied):
        actions.send_inquiry(saved, by=lia.tom)
    actions.take_back_inquiry(saved, by=lia.amira)
    assert not Inquiry.objects.exists()


def test_the_morning_is_seven_at_the_school(lia):
    evening = datetime(2026, 11, 29, 22, 30, tzinfo=lia.zone)
    night = datetime(2026, 11, 30, 0, 30, tzinfo=lia.zone)

    seven = datetime.combine(date(2026, 11, 30), time(7), tzinfo=lia.zone)
    assert actions.next_morning(evening, lia) == seven == actions.next_morning(night, lia)
    assert actions.next_morning(seven, lia) == seven + timedelta(days=1)


def test_send_saved_inquiries_sends_in_the_morning_once_when_it_runs_twice(lia):
    saved, later = ask(lia, tomorrow=True), ask(lia, seen="Later.", tomorrow=True)
    put_back(saved, send_at=timezone.now() - timedelta(minutes=1))

    send_saved_inquiries()
    send_saved_inquiries()

    saved.refresh_from_db()
    later.refresh_from_db()
    assert reads(lia.tom, saved)
    assert later.is_saved
    assert Event.objects.filter(verb="principles.inquiry_sent").count() == 1
    with pytest.raises(InquiryOver):
        actions.take_back_inquiry(saved, by=lia.amira)
    actions.send_inquiry(later, by=lia.amira)
    assert reads(lia.tom, later)


def test_send_saved_inquiries_drops_what_its_writer_may_not_ask_any_more_also_twice(lia):
    saved = ask(lia, tomorrow=True)
    put_back(saved, send_at=timezone.now() - timedelta(minutes=1))
    make.restricted(lia.amira, lia.nora)

    send_saved_inquiries()
    send_saved_inquiries()

    assert not Inquiry.objects.exists()


# Meeting


def test_let_us_meet_makes_a_talk_of_the_home_that_asked_and_no_other(lia):
    zak = make.guardian("Zak", "Holm", of=lia.nora)
    inquiry = ask(lia)
    actions.answer_inquiry(inquiry, by=lia.tom, answer=ANSWER, meets=True)
    sweep()

    talk = ExtraRequest.objects.get()
    assert (talk.pupil, talk.household, talk.side, talk.by) == (lia.nora, lia.amira.household, "home", lia.amira)
    assert ExtraRequest.objects.visible_to(lia.amira).exists()
    assert not ExtraRequest.objects.visible_to(zak).exists()
    assert waits(lia.tom, "extra talk")
    again = ask(lia, seen="And more.")
    actions.answer_inquiry(again, by=lia.tom, answer=ANSWER, meets=True)
    sweep()
    assert ExtraRequest.objects.count() == 1


def test_the_talk_is_told_by_the_school_and_not_as_a_reason_of_the_home(lia, asked):
    actions.answer_inquiry(asked, by=lia.tom, answer=ANSWER, meets=True)
    sweep()
    talk = ExtraRequest.objects.get()
    assert talk.reason == ExtraRequest.Reason.MEETING
    for reader in (lia.tom, lia.amira):
        with translation.override("en"):
            page = text(as_(reader).get(reverse("conferences:extra_list")))
        assert "The school suggests to meet" in page
        assert "asked by the home" not in page
    assert ExtraRequest.Reason.MEETING not in ExtraRequest.Reason.asked()


def test_the_management_invites_by_itself_and_no_teacher_learns_that_the_home_has_asked(lia, asked):
    actions.hand_over(asked, by=lia.tom)
    assert "meets" not in AnswerForm(inquiry=asked).fields
    actions.answer_inquiry(asked, by=lia.pia, answer=ANSWER, meets=True)
    sweep()
    assert not asked.meets
    assert not ExtraRequest.objects.exists()
    assert Event.objects.get(verb="principles.inquiry_answered").details["meeting"] == {}


def test_an_answer_alone_makes_no_talk(lia, asked):
    actions.answer_inquiry(asked, by=lia.tom, answer=ANSWER)
    sweep()
    assert not ExtraRequest.objects.exists()


# What is kept


def test_its_words_are_encrypted_and_stand_in_no_event(lia):
    inquiry = answered(lia, lived="Sad.", hoped="A friend.")

    with connection.cursor() as cursor:
        cursor.execute("SELECT seen, lived, hoped, answer FROM principles_inquiry WHERE id = %s", [inquiry.pk])
        stored = " ".join(cursor.fetchone())
    for words in (WORDS, "Sad.", "A friend.", ANSWER):
        assert words not in stored
        assert not [one for one in Event.objects.all() if words in str(one.details)]


def test_forget_inquiries_a_year_after_it_was_closed_and_twice(lia):
    old, new, open_ = answered(lia), answered(lia, seen="New."), ask(lia, seen="Open.")
    long_ago = timezone.now() - timedelta(days=366)
    put_back(old, answered_at=long_ago)
    put_back(open_, sent_at=long_ago)

    forget_inquiries()
    forget_inquiries()

    assert {one.pk for one in Inquiry.objects.all()} == {new.pk, open_.pk}
    with pytest.raises(InquiryOver):
        actions.forget_inquiry(new, by=the_portal())


# Somebody by name


KNOWN = ["Nora Vik", "Amira Vik", "Lia skole", "Tom Ås"]


@pytest.mark.parametrize(
    "words",
    ["Liv Marie Berg hits.", "It is Liv Berg", "Liv Bergs bag", "Yesterday Liv hit her", "Nora Berg", "Hei Liv Å"],
)
def test_two_neighbouring_words_with_a_capital_may_be_a_name(words):
    assert may_name_another(words, KNOWN)


@pytest.mark.parametrize(
    "words",
    [
        *("Liv hits.", "The bergs", "liv berg", "Nora Vik is sad", "Nora Viks bag", "Nora's Amira", ""),
        *(
            "Yesterday Nora said",
            "Hei Tom. Nora is sad",
            "Kjære Tom Ås",
            "She sees Liv.\nBerg is a place",
            "NORA IS SAD",
        ),
    ],
)
def test_ones_own_names_and_what_begins_a_sentence_are_none(words):
    assert not may_name_another(words, KNOWN)
