"""Messages with personal links follow the contact address and phone, so these wait where the sign-in address would."""

import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from portal.ledger import tasks as ledger
from portal.messaging.models import Delivery
from portal.messaging.sending import send
from portal.people import actions, tasks
from portal.people.models import Role, SignInMove
from portal.speech import phone
from tests import make
from tests.ground import once
from tests.portal.people.test_moves import OUT_OF_SCOPE, guards, teaches

pytestmark = pytest.mark.django_db
Kind, State = Role.Kind, SignInMove.State
OLD, NEW = ("amira@example.org", "90000001"), ("new@example.org", "90000002")


@once
def lia():
    return make.school("Lia skole")


@once
def first(lia):
    return make.school_class("1A", at=lia)


@once
def elsewhere(lia):
    return make.school_class("2A", at=make.school("Haugen", within=lia.municipality))


@once
def clerk(lia):
    return make.holder(Kind.OFFICE, lia, given_name="Odd")


@once
def colleague(elsewhere):
    return make.holder(Kind.OFFICE, elsewhere.school, given_name="Bea")


@once
def amira(first):
    return make.family(first, email=OLD[0], phone=OLD[1])[1]


def reached(person):
    person.refresh_from_db()
    return person.email, person.phone


def signs_in_with(person):
    return list(EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True))


def correct(person, by, email=NEW[0], phone=NEW[1]):
    return actions.correct_contact(person, by=by, email=email, phone=phone)


def is_to_guard(person, elsewhere):
    make.proposed(person, make.pupil(in_class=elsewhere))


def is_to_teach(person, elsewhere):
    make.propose_role(person, Kind.SUBJECT_TEACHER, elsewhere)


WAYS = [*OUT_OF_SCOPE, is_to_guard, is_to_teach]


@pytest.mark.parametrize("right", WAYS, ids=lambda right: right.__name__)
def test_an_office_redirects_nobody_who_opens_more_than_it_answers_for(amira, elsewhere, clerk, right):
    right(amira, elsewhere)

    move = correct(amira, clerk)

    assert (move.state, move.email, move.phone) == (State.ASKED, *NEW)
    assert reached(amira) == OLD


@pytest.mark.parametrize("right", WAYS, ids=lambda right: right.__name__)
def test_an_office_fills_in_nothing_for_somebody_who_opens_more_than_it_answers_for(first, elsewhere, clerk, right):
    amira = make.family(first, email="")[1]
    right(amira, elsewhere)

    assert correct(amira, clerk).state == State.OFFICES
    assert reached(amira) == ("", "")


def test_what_lies_in_one_school_counts_at_once_and_the_old_address_hears_of_it(amira, clerk, mailoutbox):
    EmailAddress.objects.all().delete()

    correct(amira, clerk)
    tasks.tell_of_moves()

    assert reached(amira) == NEW
    assert [mail.to for mail in mailoutbox] == [[OLD[0]], [NEW[0]]]
    assert not [told for told in NEW if told in mailoutbox[0].body]


def test_an_own_sign_in_address_stays_while_the_contact_is_corrected(amira, elsewhere, clerk, mailoutbox):
    EmailAddress.objects.filter(user=amira).update(email="own@example.org")
    browser = Client()
    browser.force_login(amira)
    teaches(amira, elsewhere)

    actions.confirm_move(correct(amira, clerk), by=amira)
    tasks.tell_of_moves()

    assert reached(amira) == NEW
    assert signs_in_with(amira) == ["own@example.org"]
    assert browser.get("/me/").status_code == 200
    assert [mail.to for mail in mailoutbox] == [[OLD[0]], [NEW[0]]]
    assert "account" not in mailoutbox[1].body  # nobody signs in with it


@pytest.mark.parametrize(("email", "phone"), [(NEW[0], OLD[1]), (OLD[0], NEW[1]), (OLD[0], ""), ("", OLD[1]), NEW])
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_the_person_answers_with_the_letter_to_the_old_address(
    amira, elsewhere, clerk, mailoutbox, email, phone, answer
):
    teaches(amira, elsewhere)
    correct(amira, clerk, email, phone)
    tasks.tell_of_moves()
    link = re.search(r"^https?://[^/]+(/\S+)$", mailoutbox[-1].body, re.MULTILINE)[1]
    page = Client().get(link).content.decode()
    assert not [told for told in NEW if told in page]  # an old address may be read by a stranger
    assert reached(amira) == OLD

    assert Client().post(link, {"answer": answer}).status_code == 200

    assert reached(amira) == ((email, phone) if answer == "yes" else OLD)
    assert Client().get(link).status_code == 404


def test_the_other_office_says_yes_where_nobody_can_be_asked(first, elsewhere, clerk, colleague, client):
    amira = make.family(first, email="")[1]
    guards(amira, elsewhere)
    move = correct(amira, clerk)
    client.force_login(colleague)
    page = client.get("/office/sign-ins/").content.decode()
    assert [told in page for told in (NEW[0], phone(NEW[1]))] == [True] * 2

    client.post(f"/office/sign-ins/{move.pk}/", {"answer": "yes"})

    assert reached(amira) == NEW
    assert signs_in_with(amira) == [NEW[0]]


def test_the_other_office_says_no(first, elsewhere, clerk, colleague):
    amira = make.family(first, email="")[1]
    guards(amira, elsewhere)

    actions.refuse_move(correct(amira, clerk), by=colleague)

    assert reached(amira) == ("", "")


def test_a_dead_address_is_told_and_the_other_office_asked(amira, elsewhere, clerk, colleague, mailoutbox):
    guards(amira, elsewhere)
    actions.mark_email_failed(amira, by=clerk)
    move = correct(amira, clerk)
    tasks.tell_of_moves()
    assert (move.state, [mail.to for mail in mailoutbox]) == (State.OFFICES, [[OLD[0]]])

    actions.agree_to_move(move, by=colleague)

    assert reached(amira) == NEW
    assert amira.email_failed_at is None


def test_until_somebody_says_yes_messages_go_to_the_old_address(amira, elsewhere, clerk, client):
    teaches(amira, elsewhere)
    client.force_login(clerk)
    contact = f"/office/people/{amira.key}/contact/"

    page = client.post(contact, {"email": NEW[0], "phone": NEW[1]}, follow=True).content.decode()

    assert reached(amira) == OLD
    assert [told in page for told in (NEW[0], phone(NEW[1]), OLD[0])] == [True] * 3
    form = client.get(contact).content.decode()
    assert [told in form for told in NEW] == [True] * 2  # nothing that was typed is lost


def test_correcting_once_more_replaces_what_waits_and_back_to_what_is_withdraws_it(amira, elsewhere, clerk):
    teaches(amira, elsewhere)
    first_move = correct(amira, clerk)
    assert correct(amira, clerk) == first_move
    assert correct(amira, clerk, "newer@example.org").email == "newer@example.org"

    assert correct(amira, clerk, *OLD) is None

    assert not SignInMove.objects.open().exists()
    assert reached(amira) == OLD


def test_what_the_person_says_themselves_comes_before_what_a_school_asked(amira, elsewhere, clerk):
    teaches(amira, elsewhere)
    move = correct(amira, clerk)
    actions.save_profile(amira, by=amira, language="nb", scheme="auto", email="mine@example.org", phone=OLD[1])

    actions.confirm_move(move, by=amira)

    assert reached(amira) == ("mine@example.org", NEW[1])


def test_what_waits_is_not_lost_when_another_office_opens_the_account(first, elsewhere, clerk, colleague):
    amira = make.family(first, email="")[1]
    guards(amira, elsewhere)
    move = correct(amira, clerk)

    actions.appoint(amira, by=colleague, kind=Kind.SUBJECT_TEACHER, scope=elsewhere)

    move.refresh_from_db()
    assert move.state == State.OFFICES


def test_links_to_another_schools_gathering_go_to_the_old_address(amira, elsewhere, clerk, mailoutbox):
    guards(amira, elsewhere)
    correct(amira, clerk)
    gathering = make.published(elsewhere, by=make.holder(Kind.CLASS_CONTACT, elsewhere, given_name="Kaia"))

    noon = timezone.localtime().replace(hour=12, minute=0)
    with time_machine.travel(noon, tick=True):
        ledger.sweep()
        Delivery.objects.update(next_try_at=noon)
        send("email")

    told = [address for mail in mailoutbox if gathering.title in mail.subject + mail.body for address in mail.to]
    assert [OLD[0] in address for address in told if "Amira" in address] == [True]
