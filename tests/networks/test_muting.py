"""No more reminders about one gathering: from the mail, with one press and without signing in."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from networks import actions
from networks.models import Mute
from portal.ledger import tasks as ledger
from portal.messaging.links import link_for
from portal.messaging.models import Notice
from portal.messaging.sending import send
from portal.messaging.tasks import remind
from portal.people.models import the_portal
from tests import make
from tests.networks.test_actions import fields
from tests.networks.test_notices import KINDS
from tests.pages import text

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def quiet(person, gathering):
    return urlsplit(link_for(person, gathering, purpose="networks.answer").url("networks:gathering_mute")).path


@pytest.fixture
def noon(db):
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=0), tick=False) as clock:
        yield clock


def post(clock, mailoutbox, *moments):
    """What goes out at these moments, and nothing before."""
    mailoutbox.clear()
    for moment in moments or (timezone.now(),):
        clock.move_to(moment)
        remind()
        ledger.sweep()
        clock.shift(timedelta(minutes=6))
        send("email")
    return mailoutbox


def test_the_invitation_carries_the_header_that_a_mail_program_posts_to(noon, town, bonfire, mailoutbox):
    [mail] = [mail for mail in post(noon, mailoutbox) if town.amira.email in mail.to[0]]

    address = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert urlsplit(address).path == quiet(town.amira, bonfire)
    assert address in mail.body
    client = Client(enforce_csrf_checks=True)
    answer = client.post(urlsplit(address).path, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")

    assert answer.status_code == 200
    assert Mute.objects.get().person == town.amira


def test_opening_the_address_mutes_nothing(town, bonfire):
    for send_ in (Client().get, Client().head):
        send_(quiet(town.amira, bonfire))

    assert not Mute.objects.exists()


def test_it_is_undone_on_the_page_with_one_tap_and_twice_is_once(town, bonfire):
    client, at = Client(), quiet(town.amira, bonfire)
    for _twice in range(2):
        muted = text(client.post(at, ONE_CLICK))
    assert "Du får ikke flere påminnelser om dette" in muted
    assert Mute.objects.count() == 1

    again = text(client.post(at, {"undo": "1"}))

    assert "Vil du ikke ha flere påminnelser om dette?" in again
    assert not Mute.objects.exists()


def test_who_has_muted_is_not_reminded_and_the_others_are(noon, town, bonfire, mailoutbox):
    post(noon, mailoutbox)
    actions.mute(bonfire, by=town.amira)

    sent = post(noon, mailoutbox, bonfire.answer_by - timedelta(hours=40))

    assert {town.ben.email, town.jurgita.email} == {mail.to[0].partition("<")[2].strip(">") for mail in sent}


@pytest.mark.parametrize(("answer", "hears"), [("yes", True), ("maybe", True), ("no", False), (None, False)])
def test_of_a_new_place_they_hear_when_they_may_come_and_of_the_day_before_never(
    noon, town, bonfire, mailoutbox, answer, hears
):
    if answer:
        actions.answer(bonfire, by=town.amira, household=town.amira.household, answer=answer)
    actions.mute(bonfire, by=town.amira)
    post(noon, mailoutbox)
    actions.change_gathering(bonfire, by=town.jurgita, **fields(bonfire, place="The gym"))

    changed = [mail.subject for mail in post(noon, mailoutbox) if town.amira.email in mail.to[0]]
    eve = post(noon, mailoutbox, bonfire.starts_at - timedelta(hours=20))

    assert bool(changed) is hears
    assert not [mail for mail in eve if town.amira.email in mail.to[0]]


def test_that_it_is_cancelled_they_hear_all_the_same(noon, town, bonfire, mailoutbox):
    post(noon, mailoutbox)
    actions.mute(bonfire, by=town.amira)
    actions.cancel_gathering(bonfire, by=town.jurgita, because="Ice")

    [mail] = [mail for mail in post(noon, mailoutbox) if town.amira.email in mail.to[0]]

    assert mail.subject.startswith("Avlyst")
    assert "List-Unsubscribe-Post" not in mail.extra_headers


def test_several_matters_in_one_mail_are_muted_on_a_page_each_by_its_own_link(noon, town, bonfire, mailoutbox):
    other = make.published(town.first, by=town.jurgita, title="Quiz night")

    [mail] = [mail for mail in post(noon, mailoutbox) if town.amira.email in mail.to[0]]

    assert "/messages/choices/" in mail.extra_headers["List-Unsubscribe"]
    assert "List-Unsubscribe-Post" not in mail.extra_headers
    assert quiet(town.amira, bonfire) in mail.body
    assert quiet(town.amira, other) in mail.body


def test_a_muted_gathering_is_one_persons_and_one_gatherings(town, bonfire):
    actions.mute(bonfire, by=town.amira)

    assert not Mute.objects.visible_to(town.ben).exists()
    with pytest.raises(PermissionDenied):
        actions.mute(bonfire, by=town.carla)


def test_who_wanted_no_reminders_is_forgotten_with_the_rest(town, bonfire):
    actions.mute(bonfire, by=town.amira)

    actions.forget_reaching_out(bonfire, by=the_portal())

    assert not Mute.objects.exists()


def test_a_home_is_told_when_somebody_of_another_home_answers_with_its_link(town, bonfire):
    client = Client()
    client.force_login(town.ben)
    at = urlsplit(link_for(town.amira, bonfire, purpose="networks.answer").url()).path
    client.post(at, {"answer": "yes"})
    assert not bonfire.rsvps.exists()

    client.post(at, {"answer": "yes", "go_on": "1"})
    ledger.sweep()

    kind = "networks.answered_by_others"
    notice = Notice.objects.get(kind=kind)
    assert notice.recipient == town.amira
    assert quiet(town.amira, bonfire).removesuffix("quiet/") in KINDS[kind](notice).buttons[0].url
    Client().post(at, {"undo": "1", "go_on": "1"})
    assert not bonfire.rsvps.exists()


def test_nobody_is_told_when_a_home_answers_with_its_own_link(town, bonfire):
    at = urlsplit(link_for(town.amira, bonfire, purpose="networks.answer").url()).path
    Client().post(at, {"answer": "yes", "go_on": "1"})
    ledger.sweep()

    assert not Notice.objects.filter(kind="networks.answered_by_others").exists()


def test_an_evening_of_adults_asks_which_children_need_minding_and_the_organisers_read_the_total(town, evening):
    client = Client()
    client.force_login(town.amira)
    at = f"/gatherings/{evening.pk}/"
    client.post(at, {"answer": "yes"})
    assert 'name="minded"' in client.get(at).content.decode()

    lacking = text(client.post(at, {"adults": 1, "lift": "none", "minded": "0", "minded_ages": "2 og 5 år"}))
    assert "Skriv minst 1" in lacking
    client.post(at, {"adults": 1, "lift": "none", "minded": "2", "minded_ages": "2 og 5 år"})

    rsvp = evening.rsvps.get()
    assert (rsvp.minded, rsvp.minded_ages) == (2, "2 og 5 år")
    client.force_login(town.jurgita)
    said = text(client.get(f"/gatherings/{evening.pk}/tasks/"))
    assert "2 barn trenger barnepass" in said
    assert "2 og 5 år" in said


def test_minding_is_asked_of_nobody_where_the_children_come_along(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")
    client = Client()
    client.force_login(town.amira)

    assert 'name="minded"' not in client.get(f"/gatherings/{bonfire.pk}/").content.decode()
    client.force_login(town.jurgita)
    assert "Barnepass" not in text(client.get(f"/gatherings/{bonfire.pk}/tasks/"))
