"""What a home tells in confidence: who reads it, who learns that it is there, who has looked, and when it is gone."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.actions import Gone
from portal.help import chapters_for
from portal.ledger.models import Event
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice, naming
from portal.people import actions as people
from portal.people.hats import PARENT, hats_of
from portal.people.models import Enrolment, Person, Role, the_portal
from portal.people.typed import STORED
from portal.schoolyear.actions import set_promises
from principles.confided import actions
from principles.confided.models import Confidant, Confidence, NoNumber, NotAConfidant, NotOneWay, WrongEnd
from principles.confided.queries import candidates, usual_end
from principles.confided.tasks import forget_confidences
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text, todos_of
from tests.threads import in_a_thread

today = timezone.localdate
WORDS = "We are moving apart this winter."
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@once
def lia(db):
    lia = make.school("Lia skole")
    lia.here = make.school_class("3B", at=lia)
    lia.nora, lia.amira = make.family(lia.here, phone="+4741200401")
    lia.zak = make.guardian("Zak", "Holm", of=lia.nora)
    lia.tom = make.holder("contact_teacher", lia.here, "Tom", "Ås")
    lia.siri = make.holder("subject_teacher", lia.here, "Siri", "Dal")
    lia.pia = make.holder("principal", lia, "Pia", "Hauge")
    lia.dina = make.holder("class_contact", lia.here, "Dina", "Berg")
    return lia


def tell(lia, *, by=None, to=None, text=WORDS, **said):
    given = {"school": lia, "receivers": to or [lia.tom], "until": today() + timedelta(days=30), "text": text}
    return actions.confide(lia.nora, by=by or lia.amira, **given | said)


def listed(reader, child):
    return as_(reader).get(address("principles", "confidence_list", child.key))


def opened(reader, confidence):
    return as_(reader).get(address("principles", "confidence_read", confidence.pk))


def waiting(person):
    return [todo.title for hat in hats_of(person) for todo in todos_of(hat) if "told you" in todo.title]


def names_offered(lia, reader=None):
    return {one.name for one in candidates(lia.nora, reader or lia.amira)}


# Who can be told


def test_a_home_chooses_among_the_adults_around_its_child_and_the_management(lia):
    make.holder("subject_teacher", make.school_class("4A", at=lia), "Other", "Class")
    make.holder("board_member", lia, "Bo", "Board")

    assert names_offered(lia) == {"Tom Ås", "Siri Dal", "Pia Hauge"}


def test_after_school_staff_are_chosen_where_the_child_goes_there(lia):
    set_promises(lia, by=lia.pia, after_school_care=True)
    frida = make.holder("after_school", lia, "Frida", "Aas")
    assert "Frida Aas" not in names_offered(lia)

    people.choose_care(lia.here, by=lia.pia, pupils=[lia.nora])
    assert "Frida Aas" in names_offered(lia)
    assert opened(frida, tell(lia, to=[frida])).status_code == 200


def test_nobody_of_the_other_home_is_offered_or_reads_it_as_staff(lia):
    """Neither a guardian who teaches the class, nor whoever lives with one, whatever they were when they were chosen."""
    told = tell(lia, to=[lia.siri, lia.tom])
    make.role(lia.zak, "subject_teacher", lia.here)
    Person.objects.filter(pk=lia.siri.pk).update(household=lia.zak.household_id)

    assert names_offered(lia) == {"Tom Ås", "Pia Hauge"}
    assert opened(lia.siri, told).status_code == 404
    assert opened(lia.tom, told).status_code == 200
    with pytest.raises(PermissionDenied):
        tell(lia, to=[lia.zak])


def test_with_whom_somebody_protected_lives_cannot_be_seen_by_who_is_offered(lia):
    """They are offered as before, and what they are told does not open to them."""
    Person.objects.filter(pk=lia.siri.pk).update(household=lia.zak.household_id)
    people.protect_address(lia.zak, by=the_portal(), grade="strict", alias="Furu")

    told = tell(lia, to=[lia.siri, lia.tom])

    assert names_offered(lia) == {"Tom Ås", "Siri Dal", "Pia Hauge"}
    assert opened(lia.siri, told).status_code == 404
    assert "Siri Dal has not opened it yet" in text(listed(lia.amira, lia.nora))


def test_whoever_works_at_another_school_of_the_child_now_reads_nothing_of_the_first(lia):
    told = tell(lia, to=[lia.tom])
    elsewhere = make.school_class("4B", at=make.school("Elsewhere"))
    make.role(lia.tom, "contact_teacher", elsewhere)
    Enrolment.objects.create(pupil=lia.nora, school_class=elsewhere, valid_from=elsewhere.year.starts_on)
    assert opened(lia.tom, told).status_code == 200

    people.end_role(lia.tom.roles.get(school_class=lia.here), by=lia.pia)

    assert opened(lia.tom, told).status_code == 404


def test_whoever_does_not_work_around_the_child_is_refused(lia):
    for other in (lia.dina, make.person("Nobody"), make.holder("contact_teacher", make.school_class("4A", at=lia))):
        with pytest.raises(NotAConfidant):
            tell(lia, to=[lia.tom, other])
    with pytest.raises(PermissionDenied):
        tell(lia, to=[lia.tom], school=make.school("Elsewhere"))
    assert not Confidence.objects.exists()


def test_only_a_guardian_of_today_tells(lia):
    cato = make.guardian("Cato", of=lia.nora)
    make.restricted(cato, lia.nora)
    proposed = make.guardian("Petra", of=make.pupil("Per", in_class=lia.here))
    make.proposed(proposed, lia.nora)

    for person in (cato, proposed, lia.tom, lia.dina, lia.nora):
        with pytest.raises(PermissionDenied):
            tell(lia, by=person)
        for page in ("confidence_list", "confidence_write"):
            assert as_(person).get(address("principles", page, lia.nora.key)).status_code == 404


# One way, one end


def test_it_is_written_or_a_call_is_asked_for(lia):
    for said in ({"text": ""}, {"calls": True}):
        with pytest.raises(NotOneWay):
            tell(lia, **said)
    told = tell(lia, text="", calls=True)
    shown = opened(lia.tom, told)

    assert 'href="tel:+4741200401"' in markup(shown)
    assert "would rather say it" in text(shown)
    with pytest.raises(IntegrityError), transaction.atomic():
        Confidence.objects.filter(pk=told.pk).update(text="both")


def test_too_much_is_told_once_and_kept_and_what_is_not_told_leads_back(lia):
    at = address("principles", "confidence_write", lia.nora.key)
    sent = {"way": "write", "text": "We move. " * 200, "receivers": [], "until": today() + timedelta(days=9)}
    page = as_(lia.amira).post(at, sent)

    assert page.context["form"].errors["text"] == [
        "Write at most 1000 characters. You have written 1799. Nothing is lost."
    ]
    assert sent["text"].strip() in text(page)
    assert f'href="{address("principles", "confidence_list", lia.nora.key)}">Do not tell it' in markup(page)


def test_a_call_needs_a_number(lia):
    with pytest.raises(NoNumber):
        tell(lia, by=lia.zak, text="", calls=True)


def test_it_ends_within_a_year(lia):
    for days in (-1, 367):
        with pytest.raises(WrongEnd):
            tell(lia, until=today() + timedelta(days=days))
    told = tell(lia, until=today() + timedelta(days=366))
    with pytest.raises(IntegrityError), transaction.atomic():
        Confidence.objects.filter(pk=told.pk).update(until=today() + timedelta(days=400))


def test_the_end_of_the_half_year_is_filled_in(lia):
    end = usual_end(lia.nora, today())
    shown = as_(lia.amira).get(address("principles", "confidence_write", lia.nora.key))

    assert today() < end <= today() + timedelta(days=366)
    assert shown.context["form"]["until"].value() == end


# The form


def test_the_form_tells_and_leads_to_who_opens_it(lia):
    at = address("principles", "confidence_write", lia.nora.key)
    sent = {
        "way": "write",
        "text": WORDS,
        "receivers": [f"{lia.pk}-{lia.tom.pk}"],
        "until": today() + timedelta(days=9),
    }
    answer = as_(lia.amira).post(at, sent)

    assert answer.status_code == 302
    assert Confidence.objects.get().text == WORDS
    assert "Tom Ås has not opened it yet" in text(listed(lia.amira, lia.nora))


def test_the_form_keeps_what_was_typed_when_it_is_refused(lia):
    at = address("principles", "confidence_write", lia.nora.key)
    chosen = {"receivers": [f"{lia.pk}-{lia.tom.pk}"], "until": today() + timedelta(days=9)}

    for sent, said in (
        ({**chosen, "way": "call", "text": WORDS}, "With a call nothing is written"),
        ({**chosen, "way": "write", "text": ""}, "Write what they should know"),
        ({**chosen, "way": "write", "text": WORDS, "until": today() + timedelta(days=500)}, "at most a year"),
        ({**chosen, "way": "write", "text": WORDS, "receivers": []}, "Choose at least one person"),
        ({**chosen, "way": "write", "text": WORDS, "receivers": [f"{lia.pk}-{lia.dina.pk}"]}, "Select a valid choice"),
    ):
        shown = as_(lia.amira).post(at, sent)
        assert shown.status_code == 200
        assert said in text(shown)
        assert (WORDS in markup(shown)) == bool(sent["text"])
    assert "no phone number" in text(as_(lia.zak).post(at, {**chosen, "way": "call"}))
    assert not Confidence.objects.exists()


# Who reads it


def test_those_chosen_read_it_and_nobody_else_finds_it(lia):
    told = tell(lia, to=[lia.tom])
    cato = make.guardian("Cato", of=lia.nora)
    make.restricted(cato, lia.nora)

    assert WORDS in text(opened(lia.tom, told))
    for staff in (lia.siri, lia.pia, make.holder("office", lia), make.holder("after_school", lia)):
        assert opened(staff, told).status_code == 404
        assert "3B" not in text(as_(staff).get(address("principles", "confidence_received"))).partition("main")[2]
    for other in (lia.zak, lia.dina, cato, lia.amira):
        assert opened(other, told).status_code == 403
        assert not Confidence.objects.told_to(other).exists()
    assert not Confidence.objects.visible_to(lia.zak).exists()


def test_a_class_contact_who_teaches_the_class_reads_it_for_as_long_as_they_teach(lia):
    role = make.role(lia.dina, "subject_teacher", lia.here)
    told = tell(lia, to=[lia.dina])
    assert opened(lia.dina, told).status_code == 200

    people.end_role(role, by=the_portal())
    assert opened(lia.dina, told).status_code == 403
    assert not Confidence.objects.visible_to(lia.dina).exists()


def test_the_other_home_learns_nothing(lia):
    told = tell(lia)
    opened(lia.tom, told)

    assert WORDS not in text(listed(lia.zak, lia.nora))
    assert "Nothing is told now" in text(listed(lia.zak, lia.nora))
    for page in ("child_show", "child_file"):
        mine = as_(lia.amira).get(address("people", page, lia.nora.key)).content
        assert WORDS.encode() not in mine
    taken = as_(lia.zak).post(address("principles", "confidence_take_back", told.pk))
    assert taken.status_code == 404
    assert Confidence.objects.filter(pk=told.pk).exists()


def test_the_child_from_twelve_is_shown_neither_the_page_nor_the_way_to_it(lia):
    Person.objects.filter(pk=lia.nora.pk).update(born_on=today() - timedelta(days=366 * 13))
    lia.nora.refresh_from_db()
    tell(lia)

    assert listed(lia.nora, lia.nora).status_code == 404
    at = address("principles", "confidence_list", lia.nora.key)
    for page in (address("people", "child_show", lia.nora.key), "/"):
        assert at not in markup(as_(lia.nora).get(page))
        assert at in markup(as_(lia.amira).get(page))


def test_both_adults_of_the_home_read_and_take_back_what_one_of_them_told(lia):
    omar = make.guardian("Omar", of=lia.nora, household=lia.amira.household)
    told = tell(lia)

    assert WORDS in text(listed(omar, lia.nora))
    actions.take_back_confidence(told, by=omar)
    assert not Confidence.objects.exists()


def test_whoever_loses_the_role_or_the_child_loses_sight_at_once(lia):
    told = tell(lia, to=[lia.tom, lia.siri])
    people.end_role(lia.siri.roles.get(), by=the_portal())
    assert opened(lia.siri, told).status_code in (403, 404)
    assert "Siri Dal has not opened it yet · cannot read it any more" in text(listed(lia.amira, lia.nora))

    Enrolment.objects.filter(pupil=lia.nora).update(valid_to=today() - timedelta(days=1))
    assert opened(lia.tom, told).status_code == 404
    assert WORDS in text(listed(lia.amira, lia.nora))


def test_whoever_is_kept_from_the_child_reads_nothing_as_staff(lia):
    told = tell(lia)
    make.confirmed(lia.tom, lia.nora)
    make.restricted(lia.tom, lia.nora)

    assert opened(lia.tom, told).status_code == 404


def test_what_a_home_told_is_out_of_sight_when_nobody_there_is_a_guardian_any_more(lia):
    told = tell(lia)
    make.restricted(lia.amira, lia.nora)

    assert opened(lia.tom, told).status_code == 404
    forget_confidences()
    assert not Confidence.objects.exists()


def test_whoever_moves_out_or_in_with_somebody_keeps_what_they_have_told(lia):
    make.guardian("Omar", of=lia.nora, household=lia.amira.household)
    told = tell(lia)

    people.leave_household(lia.amira, by=lia.pia)
    forget_confidences()
    assert opened(lia.tom, told).status_code == 200
    assert WORDS in text(listed(lia.amira, lia.nora))

    people.join_households(lia.zak, by=lia.pia, other=lia.amira)
    lia.amira.refresh_from_db()
    assert WORDS in text(listed(lia.amira, lia.nora))
    assert WORDS not in text(listed(lia.zak, lia.nora))
    actions.take_back_confidence(told, by=lia.amira)
    assert not Confidence.objects.exists()


def test_where_nobody_else_of_the_home_is_a_guardian_it_stands_after_a_move_too(lia):
    Person.objects.filter(pk=make.person("Kim").pk).update(household=lia.amira.household)
    told = tell(lia)

    people.leave_household(lia.amira, by=lia.pia)
    forget_confidences()

    assert opened(lia.tom, told).status_code == 200
    assert WORDS in text(listed(lia.amira, lia.nora))


def test_a_protected_family_tells_as_any_other(lia):
    people.protect_address(lia.nora, by=the_portal(), grade="strict")
    told = tell(lia, text="", calls=True)

    assert 'href="tel:+4741200401"' in markup(opened(lia.tom, told))


# Who has looked


def test_each_look_is_written_down_and_shown_to_the_home_alone(lia):
    told = tell(lia, to=[lia.tom, lia.pia])
    for reader in (lia.tom, lia.tom, lia.pia):
        opened(reader, told)
    shown = text(listed(lia.amira, lia.nora))

    assert "3 looks" in shown
    assert shown.count("Tom Ås") == 3  # that he was told, and each look
    assert "Pia Hauge opened it" in shown
    assert Event.objects.filter(verb="principles.confidence_read").count() == 3
    assert "What your home has told in confidence" in text(as_(lia.amira).get("/privacy/seen/"))
    assert "What your home has told in confidence" not in text(as_(lia.zak).get("/privacy/seen/"))


def test_it_waits_for_whoever_has_not_opened_it(lia):
    told = tell(lia)
    assert waiting(lia.tom) == ["Read what a family has told you"]
    assert not waiting(lia.siri)

    opened(lia.tom, told)
    assert not waiting(lia.tom)


def test_who_was_told_finds_it_again_on_the_page_of_the_class(lia):
    at = address("principles", "confidence_received")
    tell(lia)

    assert at in markup(as_(lia.tom).get(address("people", "class_show", lia.here.pk)))
    for other in (lia.siri, lia.amira, lia.zak):
        assert at not in markup(as_(other).get(address("people", "class_show", lia.here.pk)))


# What goes out, and what is stored


def test_the_message_says_neither_what_nor_who(lia):
    told = tell(lia)
    kind = KINDS["principles.confidence_given"]
    notice = Notice(kind=kind.name, recipient=lia.tom, not_before=timezone.now(), **naming(told))
    event = Event.objects.get(verb="principles.confidence_given")
    letter = kind(notice)
    said = repr((letter.subject, letter.lines, letter.facts, letter.buttons, letter.sms))

    assert list(kind.to(event)) == [lia.tom]
    assert letter.subject == "A family has told you something"
    for secret in (WORDS, "Nora", "Amira", "Vik", "3B", lia.amira.phone):
        assert secret not in said
    assert kind.wanted(notice)
    opened(lia.tom, told)
    assert not kind.wanted(notice)


def test_no_message_goes_to_whom_it_no_longer_concerns(lia):
    told = tell(lia)
    notice = Notice(kind="principles.confidence_given", recipient=lia.tom, not_before=timezone.now(), **naming(told))
    people.end_role(lia.tom.roles.get(), by=the_portal())

    assert not KINDS["principles.confidence_given"].wanted(notice)


def test_the_words_are_unreadable_in_the_database_and_in_no_event(lia):
    tell(lia)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM principles_confidence")
        (stored,) = cursor.fetchone()

    assert stored
    assert "moving" not in stored
    assert Confidence.objects.get().text == WORDS
    events = Event.objects.filter(verb__startswith="principles.confidence")
    assert [event.details for event in events] == [{}]


def test_what_is_typed_is_kept_nowhere_when_the_session_has_run_out(lia):
    browser, at = as_(lia.amira), address("principles", "confidence_write", lia.nora.key)
    browser.get(at)
    Session.objects.all().delete()

    assert browser.post(at, {"way": "write", "text": WORDS}).status_code == 302
    assert STORED not in browser.session


# Gone


def test_forget_confidences_twice_deletes_once_what_is_past_its_last_day(lia):
    told, stands = tell(lia), tell(lia, text="Another thing")
    Confidence.objects.filter(pk=told.pk).update(told_on=today() - timedelta(days=9), until=today() - timedelta(days=1))
    assert opened(lia.tom, told).status_code == 404
    assert WORDS not in text(listed(lia.amira, lia.nora))

    for _run in range(2):
        forget_confidences()
    assert list(Confidence.objects.all()) == [stands]
    assert Event.objects.filter(verb="principles.confidence_forgotten").count() == 1
    assert not Confidant.objects.filter(confidence=told.pk).exists()
    with pytest.raises(Gone):
        actions.forget_confidence(stands, by=the_portal())


def test_taken_back_it_is_gone_at_once_and_only_the_home_does_it(lia):
    told = tell(lia)
    for other in (lia.zak, lia.tom, lia.pia, lia.dina):
        with pytest.raises(PermissionDenied):
            actions.take_back_confidence(told, by=other)
    as_(lia.amira).post(address("principles", "confidence_take_back", told.pk))

    assert not Confidence.objects.exists()
    assert opened(lia.tom, told).status_code == 404
    assert not waiting(lia.tom)
    with pytest.raises(PermissionDenied):
        actions.read_confidence(told, by=lia.tom)


def test_pressed_twice_it_was_told_once(lia):
    first = tell(lia)

    assert tell(lia) == first
    assert tell(lia, text="Another thing") != first
    assert tell(lia, to=[lia.pia]) != first


@pytest.mark.django_db(transaction=True)
def test_two_adults_who_take_it_back_at_once_delete_it_once(lia):
    omar = make.guardian("Omar", of=lia.nora, household=lia.amira.household)
    told, answers = tell(lia), []
    theirs = Confidence.objects.get(pk=told.pk)
    with transaction.atomic():
        actions.take_back_confidence(told, by=lia.amira)
        pressing = in_a_thread(answers, lambda: actions.take_back_confidence(theirs, by=omar))
        pressing.join(1)
    pressing.join(30)

    assert answers == [Gone]


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_tell_it_once(lia):
    answers = []
    with transaction.atomic():
        tell(lia)
        pressing = in_a_thread(answers, lambda: tell(lia))
        pressing.join(1)
    pressing.join(30)

    assert answers == ["yes"]
    assert Confidence.objects.count() == 1


# How much is asked


def test_pages_ask_as_much_for_one_as_for_ten(lia):
    def asked(reader, at):
        browser = as_(reader)
        browser.get(at)
        with CaptureQueriesContext(connection) as queries:
            browser.get(at)
        return len(queries)

    pages = (
        (lia.amira, address("principles", "confidence_list", lia.nora.key)),
        (lia.tom, address("principles", "confidence_received")),
    )
    opened(lia.tom, tell(lia))
    few = [asked(*page) for page in pages]
    for number in range(9):
        opened(lia.tom, tell(lia, text=f"Thing {number}", to=[lia.tom, lia.pia]))

    assert [asked(*page) for page in pages] == few


def test_the_help_says_where(lia):
    asked = {
        str(one.ask)
        for kind in (PARENT, Role.Kind.CONTACT_TEACHER)
        for part in chapters_for(kind)
        for one in part.questions
    }

    assert {
        "Something at home matters at school. Whom do I tell?",
        "A family has told me something in confidence",
    } <= asked
