"""A sign-in address moves only where one office answers for all that the person can open; the old address always hears, and
the new one once it counts."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from portal.ledger.models import Event
from portal.people import actions, tasks
from portal.people.models import CodeGuesses, Person, Role, SignInMove, the_portal
from portal.people.models.signing import NotMovable
from tests import make
from tests.ground import once

pytestmark = pytest.mark.django_db
Kind = Role.Kind


@once
def lia():
    return make.school("Lia skole")


@once
def beside(lia):
    return make.school("Haugen", within=lia.municipality)


@once
def first(lia):
    return make.school_class("1A", at=lia)


@once
def elsewhere(beside):
    return make.school_class("2A", at=beside)


@once
def clerk(lia):
    return make.holder(Kind.OFFICE, lia, given_name="Odd")


@once
def colleague(beside):
    return make.holder(Kind.OFFICE, beside, given_name="Bea")


@once
def amira(first):
    return make.family(first, email="amira@example.org")[1]


def signs_in_with(person):
    return list(EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True))


def correct(person, by, email="new@example.org"):
    person.refresh_from_db()
    return actions.correct_contact(person, by=by, email=email, phone="")


def teaches(person, elsewhere, **dates):
    make.role(person, Kind.SUBJECT_TEACHER, elsewhere, **dates)


def guards(person, elsewhere):
    make.confirmed(person, make.pupil(in_class=elsewhere))


def guards_without_information(person, elsewhere):
    make.confirmed(person, make.pupil(in_class=elsewhere), information_right=False)


def guards_one_who_left(person, elsewhere):
    child = make.pupil(in_class=elsewhere)
    make.confirmed(person, child)
    child.enrolments.update(valid_to=timezone.localdate() - timedelta(days=1))


def guards_a_child_in_two_schools(person, elsewhere):
    child = person.pupil_relations.get().pupil
    child.enrolments.create(school_class=elsewhere, valid_from=make.LONG_AGO)


def teaches_from_next_week(person, elsewhere):
    teaches(person, elsewhere, valid_from=timezone.localdate() + timedelta(days=7))


def sits_on_the_board(person, elsewhere):
    make.role(person, Kind.BOARD_MEMBER, elsewhere.school)


def serves_the_municipality(person, elsewhere):
    make.role(person, Kind.MUNICIPALITY_OFFICER, elsewhere.school.municipality)


def leads(person, elsewhere):
    make.role(person, Kind.PRINCIPAL, elsewhere.school)


def goes_there(person, elsewhere):
    person.enrolments.create(school_class=elsewhere, valid_from=make.LONG_AGO)


def is_the_operator(person, elsewhere):
    Person.objects.filter(pk=person.pk).update(is_staff=True)


OUT_OF_SCOPE = [
    teaches,
    guards,
    guards_without_information,
    guards_one_who_left,
    guards_a_child_in_two_schools,
    teaches_from_next_week,
    sits_on_the_board,
    serves_the_municipality,
    leads,
    goes_there,
    is_the_operator,
]


@pytest.mark.parametrize("right", OUT_OF_SCOPE, ids=lambda right: right.__name__)
def test_an_office_moves_nothing_that_opens_more_than_it_answers_for(amira, elsewhere, clerk, right):
    right(amira, elsewhere)

    move = correct(amira, clerk)

    assert move.state == SignInMove.State.ASKED
    assert signs_in_with(amira) == ["amira@example.org"]


@pytest.mark.parametrize("right", OUT_OF_SCOPE, ids=lambda right: right.__name__)
def test_an_office_opens_no_account_that_opens_more_than_it_answers_for(first, elsewhere, clerk, right):
    """Somebody without an address has no account: whoever writes one down and gives a role would come in with it."""
    amira = make.family(first, email="")[1]
    right(amira, elsewhere)
    correct(amira, clerk, "clerk-has-it@example.org")

    amira.refresh_from_db()
    actions.appoint(amira, by=clerk, kind=Kind.SUBJECT_TEACHER, scope=first)

    assert signs_in_with(amira) == []


def test_what_lies_in_one_school_moves_at_once_and_the_old_address_hears_of_it(amira, clerk, mailoutbox):
    move = correct(amira, clerk)
    tasks.tell_of_moves()

    assert move.state == SignInMove.State.DONE
    assert signs_in_with(amira) == ["new@example.org"]
    assert [mail.to for mail in mailoutbox] == [["amira@example.org"], ["new@example.org"]]
    assert "new@example.org" not in mailoutbox[0].body + mailoutbox[0].subject
    assert not [word for word in ("Amira", "amira@", "/") if word in mailoutbox[1].body.split("Skolebro ·")[0]]


def test_tell_of_moves_twice_changes_nothing_more(amira, clerk, mailoutbox):
    correct(amira, clerk)

    tasks.tell_of_moves()
    tasks.tell_of_moves()

    assert [mail.to for mail in mailoutbox] == [["amira@example.org"], ["new@example.org"]]


def test_a_new_address_that_was_left_again_before_it_was_told_hears_nothing(amira, clerk, mailoutbox):
    correct(amira, clerk, "typo@example.org")
    correct(amira, clerk)

    tasks.tell_of_moves()

    assert ["new@example.org"] in [mail.to for mail in mailoutbox]
    assert not [mail for mail in mailoutbox if mail.to == ["typo@example.org"] and "now belongs" in mail.subject]
    assert not SignInMove.objects.filter(tells_new=True).exists()


def test_the_first_address_that_a_school_writes_down_is_told(first, clerk, mailoutbox, client):
    amira = make.family(first, email="")[1]
    client.force_login(clerk)

    page = client.post(
        f"/office/people/{amira.key}/contact/", {"email": "new@example.org", "phone": ""}, follow=True
    ).content.decode()
    tasks.tell_of_moves()

    assert "Vi skriver også til den nye adressen" in page
    assert [mail.to for mail in mailoutbox] == [["new@example.org"]]


def test_a_corrected_phone_writes_to_nobody(amira, clerk, mailoutbox, client):
    client.force_login(clerk)

    page = client.post(
        f"/office/people/{amira.key}/contact/", {"email": "amira@example.org", "phone": "90000009"}, follow=True
    ).content.decode()
    tasks.tell_of_moves()

    assert "Vi skriver også til den nye adressen" not in page
    assert mailoutbox == []


def test_an_address_that_cannot_be_told_waits_and_holds_up_nobody(amira, first, clerk, mailoutbox, settings):
    correct(amira, clerk)
    settings.EMAIL_BACKEND = "portal.messaging.email.Wire"
    settings.EMAIL_PORT = 1
    tasks.tell_of_moves()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert mailoutbox == []
    tasks.tell_of_moves()

    assert [mail.to for mail in mailoutbox] == [["amira@example.org"], ["new@example.org"]]


def test_forget_ways_in_twice_changes_nothing_more(amira, clerk):
    correct(amira, clerk)
    actions.refuse_code(amira, by=the_portal(), way="code")
    tasks.forget_ways_in()
    assert (SignInMove.objects.count(), CodeGuesses.objects.count()) == (1, 1)
    SignInMove.objects.update(asked_at=timezone.now() - timedelta(days=91))
    CodeGuesses.objects.update(day=timezone.localdate() - timedelta(days=91))

    tasks.forget_ways_in()
    tasks.forget_ways_in()

    assert (SignInMove.objects.count(), CodeGuesses.objects.count()) == (0, 0)


def link_in(mail):
    return re.search(r"^https?://[^/]+(/\S+)$", mail.body, re.MULTILINE)[1]


def asked(amira, elsewhere, clerk, mailoutbox):
    teaches(amira, elsewhere)
    correct(amira, clerk)
    tasks.tell_of_moves()
    return link_in(mailoutbox[-1])


def test_the_person_says_yes_with_the_letter_to_the_old_address(amira, elsewhere, clerk, mailoutbox):
    browser = Client()
    browser.force_login(amira)
    link = asked(amira, elsewhere, clerk, mailoutbox)
    page = Client().get(link).content.decode()
    assert "new@example.org" not in page  # an old address may be read by a stranger
    assert signs_in_with(amira) == ["amira@example.org"]

    Client().post(link, {"answer": "yes"})
    tasks.tell_of_moves()

    assert signs_in_with(amira) == ["new@example.org"]
    assert browser.get("/me/").status_code == 302
    assert [mail.to for mail in mailoutbox] == [["amira@example.org"]] * 2 + [["new@example.org"]]
    assert Client().get(link).status_code == 404


def test_the_person_says_no_with_the_letter_to_the_old_address(amira, elsewhere, clerk, mailoutbox):
    link = asked(amira, elsewhere, clerk, mailoutbox)

    Client().post(link, {"answer": "no"})

    assert Client().post(link, {"answer": "yes"}).status_code == 404
    assert signs_in_with(amira) == ["amira@example.org"]
    tasks.tell_of_moves()
    assert [mail.to for mail in mailoutbox] == [["amira@example.org"]]


def test_a_letter_is_worth_nothing_once_it_is_old_or_another_took_its_place(amira, elsewhere, clerk, mailoutbox):
    link = asked(amira, elsewhere, clerk, mailoutbox)
    correct(amira, clerk, "newer@example.org")
    assert Client().get(link).status_code == 404

    tasks.tell_of_moves()
    SignInMove.objects.update(asked_at=timezone.now() - timedelta(days=15))

    assert Client().get(link_in(mailoutbox[-1])).status_code == 404


def dead(amira, clerk):
    actions.mark_email_failed(amira, by=clerk)
    return correct(amira, clerk)


def test_where_the_old_address_is_dead_the_other_office_answers(amira, elsewhere, clerk, colleague, client, mailoutbox):
    teaches(amira, elsewhere)
    move = dead(amira, clerk)
    assert move.state == SignInMove.State.OFFICES
    client.force_login(colleague)
    assert "/office/sign-ins/" in client.get("/").content.decode()
    page = client.get("/office/sign-ins/").content.decode()
    assert "new@example.org" in page
    assert "Lia skole" not in page  # which other school somebody is at is not said

    client.post(f"/office/sign-ins/{move.pk}/", {"answer": "yes"})
    tasks.tell_of_moves()

    assert signs_in_with(amira) == ["new@example.org"]
    assert "/office/sign-ins/" not in client.get("/").content.decode()
    assert [mail.to for mail in mailoutbox[-2:]] == [["amira@example.org"], ["new@example.org"]]


def test_each_of_the_other_offices_answers(amira, lia, elsewhere, clerk, colleague):
    far = make.school("Far", within=lia.municipality)
    guards(amira, make.school_class("3A", at=far))
    teaches(amira, elsewhere)
    move = dead(amira, clerk)

    assert not actions.agree_to_move(move, by=colleague)
    assert signs_in_with(amira) == ["amira@example.org"]
    with pytest.raises(NotMovable):
        actions.agree_to_move(move, by=colleague)
    assert actions.agree_to_move(move, by=make.holder(Kind.OFFICE, far))

    assert signs_in_with(amira) == ["new@example.org"]


def test_whoever_asked_agrees_to_nothing_and_neither_does_a_stranger(amira, elsewhere, clerk, colleague):
    teaches(amira, elsewhere)
    move = dead(amira, clerk)
    stranger = make.holder(Kind.OFFICE, make.school("Strange"))

    for person in (clerk, amira, stranger):
        with pytest.raises(PermissionDenied):
            actions.agree_to_move(move, by=person)
    with pytest.raises(NotMovable):
        actions.agree_to_move(move, by=make.holder(Kind.OFFICE, clerk.roles.get().school))


def test_an_office_that_says_no_ends_it(amira, elsewhere, clerk, colleague):
    teaches(amira, elsewhere)
    move = dead(amira, clerk)

    actions.refuse_move(move, by=colleague)

    with pytest.raises(NotMovable):
        actions.agree_to_move(move, by=colleague)
    assert signs_in_with(amira) == ["amira@example.org"]


def test_an_office_does_not_answer_for_a_principal(amira, elsewhere, clerk, colleague):
    leads(amira, elsewhere)
    move = dead(amira, clerk)

    with pytest.raises(NotMovable):
        actions.agree_to_move(move, by=colleague)
    assert actions.agree_to_move(move, by=make.holder(Kind.MUNICIPALITY_OFFICER, elsewhere.school.municipality))


def test_an_answer_counts_as_long_as_whoever_gave_it_runs_the_office(amira, lia, elsewhere, clerk, colleague):
    far = make.school("Far", within=lia.municipality)
    guards(amira, make.school_class("3A", at=far))
    teaches(amira, elsewhere)
    move = dead(amira, clerk)
    actions.agree_to_move(move, by=colleague)
    actions.end_role(colleague.roles.get(), by=the_portal())

    assert not actions.agree_to_move(move, by=make.holder(Kind.OFFICE, far))


def test_an_address_that_turns_out_dead_is_taken_to_the_offices(amira, elsewhere, clerk, client):
    teaches(amira, elsewhere)
    move = correct(amira, clerk)
    client.force_login(clerk)

    client.post(f"/office/people/{amira.key}/sign-in/")

    move.refresh_from_db()
    assert move.state == SignInMove.State.OFFICES


def test_an_address_that_became_somebody_elses_is_not_taken(amira, elsewhere, clerk, first, mailoutbox):
    link = asked(amira, elsewhere, clerk, mailoutbox)
    make.guardian("Ben", of=make.pupil("Liv", in_class=first), email="new@example.org")

    Client().post(link, {"answer": "yes"})

    assert signs_in_with(amira) == ["amira@example.org"]


def test_the_office_is_told_what_happens(amira, elsewhere, clerk, client):
    teaches(amira, elsewhere)
    client.force_login(clerk)

    page = client.post(
        f"/office/people/{amira.key}/contact/", {"email": "new@example.org", "phone": ""}, follow=True
    ).content.decode()

    assert "amira@example.org" in page
    assert page.count("new@example.org") == 2


def test_no_event_holds_an_address(amira, elsewhere, clerk, colleague, mailoutbox):
    teaches(amira, elsewhere)
    actions.agree_to_move(dead(amira, clerk), by=colleague)

    assert not [event for event in Event.objects.all() if "@" in str(event.details)]
