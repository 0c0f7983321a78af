"""What is saved several times is told once, as it is; what is not news is told to nobody."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from networks import actions
from networks.models import Gathering
from portal.ledger import tasks as ledger
from portal.ledger.models import Event
from portal.messaging.models import Delivery
from portal.messaging.sending import send
from tests import make
from tests.networks.test_actions import fields

FIRM = {
    "starts_at": timedelta(hours=1),
    "ends_at": timedelta(hours=1),
    "answer_by": -timedelta(hours=1),
    "place": "The school yard",
    "family_cost": 5000,
    "kind": Gathering.Kind.ADULTS,
}


@pytest.fixture
def known(town, bonfire, mailoutbox):
    """A gathering whose invitations have been sent, outside everybody's quiet hours."""
    noon = timezone.localtime().replace(hour=12, minute=0)
    with time_machine.travel(noon, tick=True) as clock:
        ledger.sweep()
        Delivery.objects.update(next_try_at=noon)
        send("email")
        mailoutbox.clear()
        clock.shift(timedelta(hours=1))
        bonfire.clock = clock
        yield bonfire


def save(gathering, by, **changes):
    gathering.refresh_from_db()
    came_of_it = actions.change_gathering(gathering, by=by, **(fields(gathering) | changes))
    ledger.sweep()
    return came_of_it


def sent(gathering, mailoutbox, to):
    gathering.clock.shift(timedelta(minutes=6))
    send("email")
    return [mail for mail in mailoutbox if to.email in mail.to[0]]


def test_three_saves_in_a_minute_are_one_message_with_the_last_words(town, known, mailoutbox):
    for place in ("The gym", "The hall", "The library"):
        assert save(known, town.jurgita, place=place) == "told"
        known.clock.shift(timedelta(seconds=20))

    [mail] = sent(known, mailoutbox, town.amira)

    assert mail.subject.startswith("Endret: ")
    assert "The library" in mail.body
    assert "The hall" not in mail.body
    [calendar] = mail.attachments
    assert calendar[1].count("BEGIN:VEVENT") == 1
    assert sent(known, mailoutbox, town.amira) == [mail]


def test_a_save_that_changes_nothing_tells_nobody_and_is_no_event(town, known, mailoutbox):
    before = Event.objects.count()

    assert save(known, town.jurgita) == "same"

    assert Event.objects.count() == before
    known.refresh_from_db()
    assert known.sequence == 0
    assert sent(known, mailoutbox, town.amira) == []


def test_line_ends_and_signs_that_cannot_be_seen_are_no_change(town, known):
    save(known, town.jurgita, description="a\nb Åse")

    assert save(known, town.jurgita, description="a\r\nb A\u030a\u200bse\ue000") == "same"


def test_what_only_the_organisers_see_is_no_news(town, known, mailoutbox):
    assert save(known, town.jurgita, children_involved="They voted.") == "saved"

    assert sent(known, mailoutbox, town.amira) == []


def test_a_small_error_is_corrected_without_telling_anybody(town, known, mailoutbox):
    assert save(known, town.jurgita, title="Bonfire by the lake!", quietly=True) == "saved"

    known.refresh_from_db()
    assert (known.title, known.sequence) == ("Bonfire by the lake!", 1)
    assert sent(known, mailoutbox, town.amira) == []


@pytest.mark.parametrize("name", FIRM)
def test_what_everyone_must_know_cannot_be_changed_quietly(town, known, name):
    value = FIRM[name]
    if isinstance(value, timedelta):
        value += getattr(known, name)

    with pytest.raises(actions.MustBeTold):
        save(known, town.jurgita, quietly=True, **{name: value})

    known.refresh_from_db()
    assert known.sequence == 0


def test_a_quiet_correction_does_not_swallow_the_news_before_it(town, known, mailoutbox):
    save(known, town.jurgita, place="The gym")
    save(known, town.jurgita, title="Bonfire after all", quietly=True)

    [mail] = sent(known, mailoutbox, town.amira)

    assert "Bonfire after all" in mail.subject
    assert "The gym" in mail.body


def test_a_change_before_the_invitation_leaves_is_in_the_invitation(town, bonfire, mailoutbox):
    with time_machine.travel(timezone.localtime().replace(hour=12), tick=True) as clock:
        bonfire.clock = clock
        ledger.sweep()
        Delivery.objects.update(next_try_at=timezone.now() + timedelta(minutes=5))
        save(bonfire, town.jurgita, place="The gym")

        [mail] = sent(bonfire, mailoutbox, town.amira)

    assert "The gym" in mail.body
    assert "Endret" not in mail.subject + mail.body


def test_a_change_into_the_last_day_is_told_once(town, known, mailoutbox):
    save(known, town.jurgita, place="The gym")
    tomorrow = timezone.now() + timedelta(hours=20)
    save(
        known,
        town.jurgita,
        starts_at=tomorrow,
        ends_at=tomorrow + timedelta(hours=2),
        answer_by=timezone.now() + timedelta(hours=2),
    )

    assert len(sent(known, mailoutbox, town.amira)) == 1


def test_a_digest_names_both_matters_and_holds_a_calendar_for_each(town, known, mailoutbox):
    other = make.published(town.first, by=town.jurgita, title="Quiz night")
    ledger.sweep()
    save(known, town.jurgita, place="The gym")

    [mail] = sent(known, mailoutbox, town.amira)

    assert "Bonfire by the lake" in mail.subject
    assert "Quiz night" in mail.subject
    found = {name: Calendar.from_ical(content).walk("VEVENT")[0]["uid"] for name, content, _kind in mail.attachments}
    assert len(found) == 2
    assert all(name.startswith(("bonfire-by-the-lake-", "quiz-night-")) for name in found)
    assert {uid.split("@")[0] for uid in found.values()} == {f"gathering-{known.pk}", f"gathering-{other.pk}"}


def posted(client, gathering, **changes):
    zone = gathering.school_class.school.zone
    starts, ends, by = (getattr(gathering, name).astimezone(zone) for name in ("starts_at", "ends_at", "answer_by"))
    values = {name: getattr(gathering, name) for name in ("title", "kind", "place", "description", "bring")}
    values |= {"day": starts.date(), "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}", "answer_by": by.date()}
    values |= {"family_cost": gathering.family_cost // 100, "children_involved": gathering.children_involved}
    return client.post(reverse("networks:gathering_edit", args=[gathering.pk]), values | changes, follow=True)


def test_the_page_says_what_came_of_it_and_keeps_what_was_typed(client, town, known):
    client.force_login(town.jurgita)
    posted(client, known)  # to whole minutes, as the page has them
    known.refresh_from_db()

    assert "Ingenting er endret" in posted(client, known).content.decode()
    assert "ingen får beskjed" in posted(client, known, title="Fest", quietly="on").content.decode()
    refused = posted(client, known, place="Gymsalen", quietly="on").content.decode()
    assert "må alle få beskjed" in refused
    assert 'value="Gymsalen"' in refused
    assert "får beskjed om noen minutter" in posted(client, known, place="Gymsalen").content.decode()


def test_a_draft_offers_no_quiet_correction(client, town, draft):
    client.force_login(town.jurgita)

    assert "quietly" not in client.get(reverse("networks:gathering_edit", args=[draft.pk])).content.decode()
