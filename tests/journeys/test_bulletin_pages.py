"""A notice with a name is stopped, written anew, released by the contact teacher, read by the families and taken back."""

import pytest
from playwright.sync_api import expect

from networks.models import Bulletin
from tests import make
from tests.journeys.conftest import enter, in_english_at_any_hour, let_go, links_in, look, wait_for
from tests.networks.conftest import town as town_of_networks

pytestmark = pytest.mark.django_db(transaction=True)
town = town_of_networks


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_a_notice_with_a_name_stopped_released_and_taken_back(visit, live_server, town, worker, mailbox, kind):
    tom = make.holder("contact_teacher", town.first, "Tom", "Aasen")
    in_english_at_any_hour(town.jurgita, town.amira, town.ben, tom)
    scripts = kind == "desk"
    contact, teacher, family = (visit(kind, java_script_enabled=scripts) for _one in range(3))
    for page, person in ((contact, town.jurgita), (teacher, tom), (family, town.amira)):
        enter(page, person, live_server.url)

    contact.goto(f"/classes/{town.first.pk}/")
    contact.get_by_role("link", name="All notices, and write one").click()
    if scripts:
        look(contact)
    contact.get_by_role("link", name="Write a notice").click()
    contact.check("[name=kind][value=happened]", force=True)
    contact.fill("[name=title]", "The yard")
    contact.fill("[name=text]", "Today Noras friend found a broken fence.")
    contact.fill("[name=noticed_on]", town.school.today().isoformat())
    contact.fill("[name=noticed_time]", "00:00")
    if scripts:
        look(contact)
    contact.get_by_role("button", name="Save, and see how it reads").click()
    expect(contact.get_by_text("A child’s name stands in it: Noras.")).to_be_visible()
    if scripts:
        look(contact)
    contact.get_by_role("link", name="Change the text").click()
    contact.fill("[name=text]", "The fence of the yard is broken. Nobody is hurt.")
    contact.get_by_role("button", name="Save, and see how it reads").click()
    if scripts:
        look(contact)
    contact.get_by_role("button", name="Ask for release").click()
    expect(contact.get_by_text("Waiting for release")).to_be_visible()
    bulletin = Bulletin.objects.get()

    let_go()
    wait_for("the letter to the teacher", lambda: mailbox.to(tom))
    teacher.goto(next(link for link in links_in(mailbox.to(tom)[0]) if "/notices/" in link))
    if scripts:
        look(teacher)
    teacher.get_by_role("button", name="Release it, and send it to the class").click()
    expect(teacher.get_by_text("Released. Every guardian of the class is told")).to_be_visible()

    let_go()
    wait_for("the letter to the family", lambda: mailbox.to(town.amira))
    assert "fence" not in mailbox.to(town.amira)[0].get_body(("plain",)).get_content()
    family.goto(next(link for link in links_in(mailbox.to(town.amira)[0]) if "/notices/" in link))
    expect(family.get_by_text("The fence of the yard is broken.")).to_be_visible()
    if scripts:
        look(family)

    contact.goto(bulletin.get_absolute_url())
    contact.get_by_role("link", name="Take it back").click()
    if scripts:
        look(contact)
    contact.get_by_role("button", name="Take it back").click()
    expect(contact.get_by_text("Taken back. Those who were told of it hear so.")).to_be_visible()
    let_go()
    wait_for("the one line", lambda: len(mailbox.to(town.amira)) == 2)
    assert "has been taken back" in mailbox.to(town.amira)[1]["subject"]
    assert family.goto(bulletin.get_absolute_url()).status == 404
