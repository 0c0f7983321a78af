"""From an idea to a report, with a poll in between: the families say when it suits, a time is fixed, and they meet. And what
it costs the organiser in taps and typed fields until the invitation is out."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from networks.models import Gathering, PollAnswer, Rsvp
from portal.messaging.links import link_for
from tests import make
from tests.journeys.conftest import enter, look
from tests.networks.conftest import town as town_of_networks

pytestmark = pytest.mark.django_db(transaction=True)

town = town_of_networks
MOST_TAPS, MOST_FIELDS = 8, 5


class Counted:
    """An organiser's page, on which each tap and each typed field counts."""

    def __init__(self, page):
        self.page, self.taps, self.fields = page, 0, 0

    def tap(self, found):
        self.page.locator(found).first.click()
        self.taps += 1
        look(self.page)

    def write(self, name, said):
        self.page.fill(f"[name={name}]", str(said))
        self.fields += 1


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_from_a_date_poll_to_a_gathering_that_was_held_and_its_report(visit, live_server, town, kind):
    contact, today = visit(kind), town.school.today()
    enter(contact, town.jurgita, live_server.url)
    contact.goto(f"/gatherings/classes/{town.first.pk}/ideas/")
    look(contact)
    counted = Counted(contact)
    counted.tap("a[href$='idea=torch-walk']")
    counted.tap("main a[href*='/poll/']")
    for number, days in enumerate((20, 27, 28), start=1):
        counted.write(f"day_{number}", (today + timedelta(days=days)).isoformat())
    counted.write("place", "The lake")
    counted.tap("main form .ds-button")
    counted.tap("main form .ds-button")
    counted.tap("form[action$='/send/'] .ds-button")
    gathering = Gathering.objects.get()
    assert gathering.poll.sent_at
    assert counted.taps <= MOST_TAPS
    assert counted.fields <= MOST_FIELDS

    _families_say(visit, town, gathering, kind)
    _contact_fixes(contact, gathering)
    _families_come(visit, town, gathering, kind)

    ended = timezone.now() - timedelta(hours=1)
    past = {"answer_by": ended - timedelta(days=2), "starts_at": ended - timedelta(hours=2), "ends_at": ended}
    Gathering.objects.filter(pk=gathering.pk).update(**past)
    contact.goto(f"/gatherings/{gathering.pk}/organise/")
    look(contact)
    contact.locator("form[action$='/held/'] .ds-button").click()
    look(contact)
    contact.goto(f"/gatherings/{gathering.pk}/after/")
    look(contact)
    contact.fill("[name=families]", "2")
    contact.locator("main form .ds-button").first.click()
    look(contact)
    gathering.refresh_from_db()
    assert gathering.state == "held"
    assert gathering.report.families == 2


def _families_say(visit, town, gathering, kind):
    """By their links, on a device that knows nobody, with the keyboard alone and no script."""
    first, second, _third = gathering.poll.times.all()
    for person, answers in ((town.amira, {first: "no", second: "yes"}), (town.ben, {second: "if_need"})):
        page = visit(kind, java_script_enabled=False)
        page.set_viewport_size({"width": 320, "height": 800})
        page.goto(link_for(person, gathering, purpose="networks.answer").url())
        expect(page.locator("h1")).to_have_count(1)
        for number, (time, suits) in enumerate(answers.items()):
            page.locator(f"#time-{time.pk} button[value={suits}]").press("Enter")
            if number == 0:
                expect(page.locator("main")).to_contain_text("Nora")
                page.locator("button[name=go_on]").press("Enter")
            page.locator(f"#time-{time.pk} button[value={suits}][aria-pressed=true]").wait_for()
    assert PollAnswer.objects.count() == 3
    page = visit(kind)
    page.goto(link_for(town.amira, gathering, purpose="networks.answer").url())
    look(page)


def _contact_fixes(contact, gathering):
    first, second, _third = gathering.poll.times.all()
    contact.goto(f"/gatherings/{gathering.pk}/poll/organise/")
    look(contact)
    expect(contact.locator(f"#fix-{second.pk}")).to_be_checked()
    contact.check(f"#fix-{first.pk}", force=True)
    contact.locator("form[action$='/fix/'] .ds-button").click()
    look(contact)
    assert Gathering.objects.get().is_draft
    contact.locator("main a[href$='/organise/']").first.click()
    contact.check(f"#fix-{second.pk}", force=True)
    contact.locator("form[action$='/fix/'] .ds-button").click()
    look(contact)
    gathering.refresh_from_db()
    assert (gathering.state, gathering.starts_at) == ("published", second.starts_at)


def _families_come(visit, town, gathering, kind):
    for person in (town.amira, town.ben):
        page = visit(kind)
        page.goto(link_for(person, gathering, purpose="networks.answer").url())
        look(page)
        page.locator("button[name=answer][value=yes]").click()
        look(page)
        page.locator("button[name=go_on]").click()
        page.wait_for_url("**#answer")
    assert Rsvp.objects.filter(answer="yes").count() == 2


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_an_idea_is_a_sent_invitation_in_a_few_taps_and_fields(visit, live_server, town, kind):
    contact = visit(kind)
    enter(contact, town.jurgita, live_server.url)
    contact.goto("/gatherings/")
    look(contact)
    counted = Counted(contact)
    counted.tap("main a[href*='/gatherings/classes/']")
    counted.tap("main a[href$='/ideas/']")
    counted.tap("a[href$='idea=bonfire']")
    counted.write("day", (town.school.today() + timedelta(days=20)).isoformat())
    counted.write("place", "The shelter by the lake")
    counted.tap("main form .ds-button")
    counted.tap("main form .ds-button")
    counted.tap("main form:not([action]) .ds-button")

    assert Gathering.objects.get().state == "published"
    assert (counted.taps, counted.fields) == (6, 2)
    assert counted.taps <= MOST_TAPS
    assert counted.fields <= MOST_FIELDS


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_the_pages_beside_it_are_whole(visit, live_server, town, kind):
    gathering = make.poll(town.first, by=town.jurgita)
    contact, office = visit(kind), visit(kind)
    enter(contact, town.jurgita, live_server.url)
    for path in (
        f"/gatherings/{gathering.pk}/poll/",
        f"/gatherings/{gathering.pk}/poll/off/",
        f"/gatherings/classes/{town.first.pk}/poll/",
        f"/gatherings/classes/{town.first.pk}/",
        f"/classes/{town.first.pk}/",
        f"/gatherings/{gathering.pk}/tasks/",
    ):
        contact.goto(path)
        look(contact)
    enter(office, make.holder("office", town.school, "Olav"), live_server.url)
    office.goto("/gatherings/faith-days/")
    look(office)
