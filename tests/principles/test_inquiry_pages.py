"""The pages and letters of an inquiry: what a family, a teacher and the head read and press, and what no letter says."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from networks import actions as networks
from portal.help import chapters_for
from portal.ledger.tasks import sweep
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people import actions as people
from portal.people.hats import PARENT
from portal.people.models import Role
from portal.schoolyear import actions as schoolyear
from principles.help import FINDING
from principles.inquiries import actions
from principles.inquiries.models import Inquiry
from principles.inquiries.queries import contacts_named
from tests import make
from tests.pages import address, as_, markup, text
from tests.portal.people.test_sign_in import sign_in
from tests.principles.test_inquiries import ANSWER, WORDS, answered, ask, late, lia, put_back, waits

__all__ = ["lia"]
pytestmark = pytest.mark.django_db
TYPED = {"kind": "worry", "seen": WORDS, "lived": "", "hoped": ""}


def composer(pupil):
    return address("principles", "inquiry_write", pupil.key)


def send(reader, pupil, **typed):
    return as_(reader).post(composer(pupil), {**TYPED, **typed}, follow=True)


def show(reader, inquiry):
    return as_(reader).get(inquiry.get_absolute_url())


def child_page(reader, child):
    return text(as_(reader).get(address("people", "child_show", child.key)))


def before(reader, child):
    """What the composer lists of what was asked before."""
    return text(as_(reader).get(composer(child))).partition("Earlier")[2]


def press(reader, inquiry, page, typed=None):
    return as_(reader).post(address("principles", f"inquiry_{page}", inquiry.pk), typed or {}, follow=True)


def letters(kind):
    """{first name: all that the letter says}"""
    sweep()
    found = {}
    for notice in Notice.objects.filter(kind=f"principles.{kind}").select_related("recipient").order_by("pk"):
        with translation.override("en"):
            letter = KINDS[notice.kind](notice)
        found[notice.recipient.given_name] = f"{letter.subject} {letter.lines} {letter.facts} {letter.buttons}"
    return found


# Writing


def test_the_composer_says_who_answers_by_when_and_that_conflicts_are_not_solved_in_writing(lia):
    shown = text(as_(lia.amira).get(composer(lia.nora)))

    assert "Tom Ås" in shown
    assert "Within 3 school days" in shown
    assert "Conflicts are not solved in writing" in shown
    assert "Call rather than write" in shown
    assert "let it wait until tomorrow" in shown
    assert "Pia" not in shown


def test_without_a_contact_teacher_the_composer_names_the_management(lia):
    people.end_role(lia.tom.roles.get(), by=lia.pia)
    assert "The management answers" in text(as_(lia.amira).get(composer(lia.nora)))
    assert "Answers: the management of Lia skole" in text(send(lia.amira, lia.nora))


def test_from_the_childs_page_to_the_receipt(lia):
    for page in (("people", "child_show"), ("principles", "guide_show")):
        assert composer(lia.nora) in markup(as_(lia.amira).get(address(*page, lia.nora.key)))

    shown = text(send(lia.amira, lia.nora))

    assert "The school has it, and answers by" in shown
    assert "Answers: Tom Ås" in shown
    assert "Waiting for an answer" in before(lia.amira, lia.nora)


def test_all_three_empty_is_refused_kindly_and_nothing_is_sent(lia):
    shown = text(send(lia.amira, lia.nora, seen="", kind="worry"))
    assert "one of the three fields" in shown
    assert not Inquiry.objects.exists()


def test_the_same_sent_twice_leads_to_the_first(lia):
    send(lia.amira, lia.nora)
    assert "You have sent this already" in text(send(lia.amira, lia.nora))
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize("in_class", [True, False])
def test_a_full_name_offers_a_call_whoever_is_in_the_class_and_stops_nobody(lia, in_class):
    if in_class:
        make.family(lia.here, pupil_name="Liv Marie", adult_name="Ben", family_name="Berg")

    offered = send(lia.amira, lia.nora, seen="Liv Berg takes her things.")
    assert "Would a call be better?" in text(offered)
    assert "Liv Berg takes her things." in text(offered)
    assert "Liv Marie" not in text(offered)
    assert not Inquiry.objects.exists()
    send(lia.amira, lia.nora, seen="Liv Berg takes her things.", anyway="1")
    assert Inquiry.objects.exists()


def test_who_answers_and_ones_own_are_named_without_being_asked(lia):
    send(lia.amira, lia.nora, seen="Hei Tom Ås. Nora Vik gets on well with Tom, says Amira.")
    assert Inquiry.objects.exists()


def test_saved_for_the_morning_it_is_sent_now_or_taken_back(lia):
    assert "until then you can take it back" in text(send(lia.amira, lia.nora, tomorrow="1"))
    saved = Inquiry.objects.get()
    assert saved.is_saved
    assert show(lia.tom, saved).status_code == 404
    assert letters("inquiry_waits") == letters("inquiry_received") == {}
    assert "Nobody has read it" in text(press(lia.amira, saved, "take_back"))
    saved = ask(lia, seen="Again.", tomorrow=True)
    assert "Saved, and not sent yet" in before(lia.amira, lia.nora)
    assert "You have saved this already. It is sent" in text(send(lia.amira, lia.nora, seen="Again."))
    press(lia.amira, saved, "send")
    assert show(lia.tom, saved).status_code == 200


def test_two_schools_are_chosen_between(lia):
    engen = make.school("Engen")
    there = make.school_class("2A", at=engen)
    lia.nora.enrolments.create(school_class=there, valid_from=there.year.starts_on)

    assert "Which school is it for?" in text(as_(lia.amira).get(composer(lia.nora)))
    send(lia.amira, lia.nora, school=str(engen.pk))
    assert Inquiry.objects.get().school == engen


def test_what_was_written_for_an_hour_is_there_after_signing_in(lia, client, mailoutbox):
    cache.clear()
    client.force_login(lia.amira)
    client.get(composer(lia.nora))
    Session.objects.all().delete()
    client.post(composer(lia.nora), {**TYPED, "hoped": "A friend."})

    sign_in(client, lia.amira.email, mailoutbox)
    page = client.get(composer(lia.nora)).content.decode()

    assert WORDS in page
    assert "A friend." in page
    assert not Inquiry.objects.exists()


def test_a_page_that_is_left_for_another_language_asks_first(lia):
    assert 'data-enhance="unsaved"' in markup(as_(lia.amira).get(composer(lia.nora)))


def test_the_composer_is_found_by_guardians_and_pupils_of_fifteen_alone(lia):
    for years, status in ((16, 200), (13, 404)):
        iver = make.pupil("Iver", in_class=lia.here, born_on=timezone.localdate() - timedelta(days=years * 366))
        assert as_(iver).get(composer(iver)).status_code == status
        assert ("I wonder about something" in child_page(iver, iver)) is (status == 200)
    for other in (lia.tom, lia.pia, make.guardian("Cato", of=make.pupil("Per", in_class=lia.here))):
        assert as_(other).get(composer(lia.nora)).status_code == 404


# Reading and answering


def test_the_other_home_finds_nothing_of_it_and_what_is_shared_without_names(lia):
    zak = make.guardian("Zak", "Holm", of=lia.nora)
    own, shared = ask(lia), ask(lia, seen="For both.", shared=True)

    assert show(zak, own).status_code == 404
    page = text(show(zak, shared))
    assert "For both." in page
    assert "Amira" not in page
    assert before(zak, lia.nora).count("Waiting for an answer") == 1
    assert "not satisfied" not in text(show(zak, answered(lia, seen="More.", shared=True)))


def test_a_teacher_answers_once_and_the_second_reads_the_answer(lia):
    inquiry = ask(lia)
    assert WORDS in text(as_(lia.tom).get(address("principles", "inquiry_answer", inquiry.pk)))
    assert "Answered. Whoever asked is told" in text(press(lia.tom, inquiry, "answer", {"answer": ANSWER}))
    press(lia.tom, inquiry, "answer", {"answer": "Another."})
    assert ANSWER in text(show(lia.amira, inquiry))
    assert Inquiry.objects.get().answer == ANSWER


def test_what_was_typed_for_one_that_is_answered_or_handed_on_meanwhile_is_kept(lia):
    ole = make.holder("contact_teacher", lia.here, "Ole")
    inquiry, other = ask(lia), ask(lia, seen="Two.")
    actions.hand_over(inquiry, by=ole, to=lia.siri)
    actions.answer_inquiry(other, by=ole, answer=ANSWER)

    for one in (inquiry, other):
        page = press(lia.tom, one, "answer", {"answer": "I looked into it."})
        assert page.status_code == 404
        assert "It does not wait for you" in text(page)
        assert "I looked into it." in text(page)
        for hidden in (WORDS, "Two.", ANSWER, "Siri"):
            assert hidden not in text(page)
    never = as_(lia.tom).post(address("principles", "inquiry_answer", 0), {"answer": "I looked into it."})
    assert "I looked into it." in text(never)
    assert press(lia.tom, inquiry, "hand", {"to": "management"}).status_code == 404
    assert "It does not wait for you" in text(press(ole, other, "answer", {"answer": "Another."}))
    assert ANSWER in text(press(ole, other, "answer", {"answer": ANSWER}))


def test_a_first_answer_that_comes_after_a_dispute_is_kept_and_says_that_it_would_be_the_second(lia):
    inquiry = ask(lia)
    late(inquiry)
    actions.answer_inquiry(inquiry, by=lia.tom, answer=ANSWER)
    actions.dispute_answer(inquiry, by=lia.amira)

    page = press(lia.pia, inquiry, "answer", {"answer": "Written before it."})

    assert "yours is the second answer" in text(page)
    assert "Written before it." in text(page)
    assert ANSWER in text(page)
    assert 'name="second"' in page.content.decode()
    press(lia.pia, inquiry, "answer", {"answer": "Read it all.", "second": "1"})
    assert Inquiry.objects.get().second_answer == "Read it all."


def test_what_a_leader_hands_on_they_read_while_it_is_late_and_the_page_says_so(lia):
    inquiry = ask(lia)
    late(inquiry)
    shown = address("principles", "inquiry_hand", inquiry.pk)
    assert "you only while it is late" in text(as_(lia.pia).get(shown))
    assert "and you do not" in text(as_(lia.tom).get(shown))
    actions.hand_over(inquiry, by=lia.pia, to=lia.siri)
    assert show(lia.pia, inquiry).status_code == 200
    actions.answer_inquiry(inquiry, by=lia.siri, answer=ANSWER)
    assert show(lia.pia, inquiry).status_code == 404


def test_one_that_is_with_the_management_is_not_handed_to_it_nor_on_once_it_was_not_enough(lia):
    inquiry = ask(lia)
    actions.hand_over(inquiry, by=lia.tom)
    assert (
        'value="management"' not in as_(lia.pia).get(address("principles", "inquiry_hand", inquiry.pk)).content.decode()
    )
    actions.answer_inquiry(inquiry, by=lia.pia, answer=ANSWER)
    actions.dispute_answer(inquiry, by=lia.amira)
    assert "Hand it on" not in text(show(lia.pia, inquiry))
    assert as_(lia.pia).get(address("principles", "inquiry_hand", inquiry.pk)).status_code == 302


def test_who_holds_it_is_said_in_neutral_words_where_the_family_must_not_read_of_them(lia):
    inquiry = ask(lia)
    actions.hand_over(inquiry, by=lia.tom, to=lia.siri)
    people.protect_address(lia.siri, by=make.holder("office", lia), grade="strict")

    assert "Answers: one of the adults around the child." in text(show(lia.amira, inquiry))
    assert "one of the adults around the child" in letters("inquiry_received")["Amira"]


def test_handing_on_offers_the_childs_adults_and_the_management(lia):
    inquiry = ask(lia)
    shown = text(as_(lia.tom).get(address("principles", "inquiry_hand", inquiry.pk)))
    assert "Siri Dal" in shown
    assert "The management" in shown
    press(lia.tom, inquiry, "hand", {"to": str(lia.siri.pk)})
    assert "Answers: Siri Dal" in text(show(lia.amira, inquiry))
    press(lia.siri, inquiry, "hand", {"to": "management"})
    assert "Answers: the management" in text(show(lia.amira, inquiry))


def test_not_satisfied_explains_what_the_board_does_and_gives_the_head_the_history(lia):
    inquiry = answered(lia)
    assert "I am not satisfied" in text(show(lia.amira, inquiry))

    page = text(press(lia.amira, inquiry, "dispute"))

    assert "The board decides the principles" in page
    assert "I am not satisfied" not in page
    assert show(lia.tom, inquiry).status_code == 404
    head = text(as_(lia.pia).get(address("principles", "inquiry_answer", inquiry.pk)))
    assert WORDS in head
    assert ANSWER in head
    press(lia.pia, inquiry, "answer", {"answer": "We meet on Friday.", "second": "1"})
    assert "We meet on Friday." in text(show(lia.amira, inquiry))


def test_the_board_the_office_and_strangers_find_nothing(lia):
    inquiry = answered(lia)
    press(lia.amira, inquiry, "dispute")
    for other in (
        make.holder("board_member", lia),
        make.holder("office", lia),
        make.holder("principal", make.school()),
    ):
        assert show(other, inquiry).status_code == 404
        assert WORDS not in text(as_(other).get("/"))


def test_the_head_sees_what_is_late_and_how_soon_and_no_teacher(lia):
    first = ask(lia)
    late(first)
    shown = text(as_(lia.pia).get(address("principles", "inquiry_list")))
    assert "Not answered in time" in shown
    assert "Nora Vik" in shown
    assert "fewer than five" in shown
    assert "Tom" not in shown
    for number in range(5):
        one = answered(lia, seen=str(number))
        put_back(one, sent_at=one.answered_at - timedelta(hours=7))
    assert "that are answered, half were answered within 7 hours" in text(
        as_(lia.pia).get(address("principles", "inquiry_list"))
    )
    assert "Not answered in time" not in text(as_(lia.tom).get(address("principles", "inquiry_list")))


def test_the_pages_ask_the_same_with_three_and_with_many(lia):
    def asked(reader, url):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            as_(reader).get(url)
        return len(seen)

    urls = [
        (lia.amira, address("people", "child_show", lia.nora.key)),
        (lia.amira, composer(lia.nora)),
        (lia.tom, address("principles", "inquiry_list")),
        (lia.pia, address("principles", "inquiry_list")),
    ]
    for number in range(2):
        late(ask(lia, seen=f"few {number}"))
    few = [asked(*url) for url in urls]
    for number in range(12):
        late(ask(lia, seen=f"many {number}"))
    assert [asked(*url) for url in urls] == few


# Letters


def test_the_letters_say_who_and_by_when_and_neither_words_nor_names_of_children(lia):
    inquiry = ask(lia)
    waits, received = letters("inquiry_waits"), letters("inquiry_received")
    assert waits.keys() == {"Tom"}
    assert received.keys() == {"Amira"}
    assert "Tom Ås" in received["Amira"]
    assert "says the school" in received["Amira"]
    actions.answer_inquiry(inquiry, by=lia.tom, answer=ANSWER)
    told = letters("inquiry_answered")
    assert told.keys() == {"Amira"}
    for letter in (*waits.values(), *received.values(), *told.values()):
        for word in (WORDS, "Nora", ANSWER):
            assert word not in letter


def test_what_is_kept_of_the_receipt_names_no_teacher(lia):
    ask(lia)
    letters("inquiry_received")
    with translation.override("en"):
        notice = Notice.objects.get(kind="principles.inquiry_received")
        assert KINDS[notice.kind](notice).kept_as == "The school has your inquiry"


def test_where_nothing_is_promised_no_letter_and_no_todo_says_what_the_school_says(lia):
    schoolyear.set_promises(lia, by=lia.pia, answer_days=None, after_school_care=True)
    inquiry = ask(lia)
    received = letters("inquiry_received")["Amira"]
    assert "After" in received
    assert "says the school" not in received
    late(inquiry)
    assert waits(lia.pia, "has waited too long")
    assert not waits(lia.pia, "the school says")


def test_whom_it_was_handed_to_and_the_head_are_told_and_nobody_who_did_it(lia):
    inquiry = ask(lia)
    actions.hand_over(inquiry, by=lia.tom, to=lia.siri)
    assert letters("inquiry_waits").keys() == {"Siri"}
    actions.answer_inquiry(inquiry, by=lia.siri, answer=ANSWER)
    actions.dispute_answer(inquiry, by=lia.amira)
    assert "Pia" in letters("inquiry_waits")


def test_a_letter_that_is_done_or_not_theirs_any_more_is_not_sent(lia):
    inquiry = ask(lia)
    letters("inquiry_waits")
    waits = Notice.objects.get(kind="principles.inquiry_waits")
    received = Notice.objects.get(kind="principles.inquiry_received")
    assert KINDS[waits.kind].wanted(waits)
    assert KINDS[received.kind].wanted(received)
    actions.answer_inquiry(inquiry, by=lia.tom, answer=ANSWER)
    assert not KINDS[waits.kind].wanted(Notice.objects.get(pk=waits.pk))
    make.restricted(lia.amira, lia.nora)
    sweep()
    answered_ = Notice.objects.filter(kind="principles.inquiry_answered").first()
    assert answered_ is None or not KINDS[answered_.kind].wanted(answered_)


# Elsewhere


def test_every_composer_between_families_and_staff_says_it(lia):
    contact = make.holder("class_contact", lia.here, given_name="Dina")
    words = {"kind": "practical", "title": "A trip", "text": "We go out.", "is_knowable": False, "noticed_at": None}
    bulletin = networks.write_bulletin(lia.here, by=contact, **words)
    networks.send_bulletin(bulletin, by=contact, not_names=["A", "We"])
    for reader, url in (
        (lia.amira, address("networks", "question_ask", bulletin.pk)),
        (contact, address("networks", "bulletin_write", lia.here.pk)),
        (lia.amira, address("conferences", "extra_ask", lia.nora.key)),
    ):
        assert "Conflicts are not solved in writing" in text(as_(reader).get(url))


def test_the_help_answers_families_and_staff(lia):
    for kind in (PARENT, Role.Kind.CONTACT_TEACHER, Role.Kind.PRINCIPAL):
        assert FINDING.name in [chapter.name for chapter in chapters_for(kind)]


def test_the_contact_teacher_a_family_must_not_read_of_is_as_if_there_were_none(lia):
    child = make.pupil("Kid", in_class=lia.here)
    make.confirmed(lia.tom, child)
    people.protect_address(child, by=make.holder("office", lia), grade="strict")

    assert contacts_named(lia.nora, lia, lia.amira) == []
    assert ask(lia).at_management
