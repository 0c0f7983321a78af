"""A parent whose child has fallen out with another reaches a call in three taps, or asks to be called, and no table of the
database has a row more or less afterwards. Who does what stands side by side on a phone and on a desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from portal.people import actions
from portal.people.models import Person
from tests import make
from tests.journeys.conftest import enter, in_english_at_any_hour, let_go, look, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
MINE, HERS = "+4741200401", "+4741200402"
COMES_AND_GOES = {"django_session"}  # that somebody has signed in


@pytest.fixture
def lia():
    lia = make.school("Lia skole")
    lia.here = make.school_class("3B", at=lia, grades=[3])
    lia.nora, lia.amira = make.family(lia.here, phone=MINE)
    _omar, lia.karla = make.family(lia.here, pupil_name="Omar", adult_name="Karla", family_name="Holm", phone=HERS)
    _iver, lia.jonas = make.family(
        lia.here, pupil_name="Iver", adult_name="Jonas", family_name="Lunde", email="jonas@example.org"
    )
    actions.choose_directory(lia.karla, by=lia.karla, fields=["name", "phone"])
    actions.choose_directory(lia.jonas, by=lia.jonas, fields=["name"])
    in_english_at_any_hour(lia.amira, lia.jonas)
    return lia


def rows():
    """{table: how many}, of every table that there is."""
    tables = [name for name in connection.introspection.table_names() if name not in COMES_AND_GOES]
    with connection.cursor() as cursor:
        found = {}
        for name in tables:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found[name] = cursor.fetchone()[0]
    return found


def open_guide(page):
    page.get_by_role("link", name="When children disagree Nora").click()
    look(page)


def test_three_taps_to_a_call_and_no_row_behind(visit, live_server, lia):
    page = visit("phone")
    enter(page, lia.amira, live_server.url)
    page.goto("/")
    before = rows()

    open_guide(page)  # the first tap
    page.get_by_role("link", name="Omar").click()  # the second
    look(page)
    number = page.get_by_role("link", name="Call Karla Holm")
    expect(number).to_be_visible()
    expect(number).to_have_attribute("href", f"tel:{HERS}")  # the third calls

    assert rows() == before


def test_asked_to_be_called_the_other_home_has_a_number_and_the_database_nothing(
    visit, live_server, mailbox, worker, lia
):
    page = visit("phone")
    enter(page, lia.amira, live_server.url)
    page.goto("/")
    before = rows()
    open_guide(page)
    page.get_by_role("link", name="Iver").click()
    look(page)

    page.get_by_role("button", name="Yes, tell them my number").click()
    look(page)
    expect(page.get_by_text("We have passed it on where we can.")).to_be_visible()
    let_go()
    wait_for("the message", lambda: mailbox.to(lia.jonas))
    wait_for("it to be forgotten", lambda: rows() == before)

    [mail] = mailbox.to(lia.jonas)
    assert MINE in mail.get_body(("plain",)).get_content()
    assert "Amira" not in mail.get_body(("plain",)).get_content()
    page.get_by_role("button", name="Yes, tell them my number").click()
    expect(page.get_by_text("We have passed it on where we can.")).to_be_visible()
    assert rows() == before
    assert len(mailbox.to(lia.jonas)) == 1


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_every_page_of_it_is_whole(visit, live_server, lia, kind):
    page = visit(kind)
    enter(page, lia.amira, live_server.url)
    page.goto("/")
    open_guide(page)
    page.get_by_role("link", name="Do not sort that out yourselves").first.click()
    page.get_by_text("What the school must do, and by when").click()
    expect(page.get_by_text("county governor")).to_be_visible()
    look(page)
    page.goto("/")
    page.get_by_role("link", name="Who does what Nora").click()
    look(page)
    expect(page.get_by_role("heading", name="The first grades, to grade 3")).to_be_visible()
    page.get_by_text("Grades 7 to 10").click()
    expect(page.get_by_text("Lets the pupils decide more")).to_be_visible()
    look(page)


def test_a_pupil_reads_its_own_part(visit, live_server, lia):
    ida = make.pupil("Ida", in_class=lia.here, born_on=timezone.localdate() - timedelta(days=366 * 13))
    Person.objects.filter(pk=ida.pk).update(language="en")
    page = visit("phone")
    enter(page, ida, live_server.url)
    page.goto("/")

    expect(page.get_by_role("link", name="When children disagree")).to_have_count(0)
    page.get_by_role("link", name="Who does what").click()

    look(page)
    expect(page.get_by_role("heading", name="You", exact=True).first).to_be_visible()
