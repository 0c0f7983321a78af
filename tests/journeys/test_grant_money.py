"""From a planned gathering to a closed case in the archive: the money, followed from hand to hand and from mail to mail.

Given a class contact and another parent with a phone each, a principal and an officer with a desk each,
when each does what the last mail or page asks for, then the money is applied for, given, paid, told of and handed over.
"""

import io
import zipfile
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone, translation
from playwright.sync_api import expect

from grants.models import Attachment, GrantApplication, PaymentFile, Receipt
from portal.speech import day
from tests.grants.cast import TYPED, gathering
from tests.grants.conftest import town as town_of_grants
from tests.grants.reports.files import pdf, picture
from tests.grants.reports.telling import went
from tests.journeys.conftest import enter, in_english_at_any_hour, let_go, links_in, look, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

town = town_of_grants


def mails_about(mailbox, person, words):
    said = lambda mail: f"{mail['Subject']} {mail.get_body(('plain',)).get_content()}"  # noqa: E731
    return [mail for mail in mailbox.to(person) if words in said(mail)]


def follow(page, mailbox, person, words, address):
    """Press the button of the newest mail with these words, signed in as whoever got it."""
    let_go()
    wait_for(f"a mail: {words}", lambda: mails_about(mailbox, person, words))
    mail = mails_about(mailbox, person, words)[-1]
    enter(page, person, address)
    page.goto(next(link for link in links_in(mail) if "/grants/" in link))
    look(page)


def test_from_a_planned_gathering_to_a_case_in_the_archive(visit, live_server, mailbox, worker, town):
    in_english_at_any_hour(town.zofia, town.amir, town.parent, town.principal, town.deputy, town.officer)
    planned = gathering(town.first, "Akedag", description="We slide.", children_involved="1A voted.", family_cost=0)
    phone, desk = visit("phone"), visit("desk")

    application = _the_class_applies(phone, town, planned, live_server.url)
    _another_parent_joins(phone, town, application, mailbox, live_server.url)
    _the_principal_approves(desk, town, mailbox, live_server.url)
    _the_letter_is_read(phone, town, application, mailbox, live_server.url)
    _the_officer_pays(desk, town, application, live_server.url)
    _the_class_sees_it(phone, town, application, mailbox, live_server.url)
    _the_class_tells(phone, town, went(application), live_server.url)
    _the_principal_closes(desk, town, application, mailbox, live_server.url)
    _the_archive_gets_it(desk, town, application, live_server.url)


def _the_class_applies(page, town, planned, address):
    """At most six fields are touched; a file is offered, and none is needed."""
    touched, taps = [], []

    def touch(name, value=""):
        touched.append(name)
        if page.locator(f"[name={name}]").first.get_attribute("type") in ("radio", "checkbox"):
            page.check(f"[name={name}]" + (f"[value={value}]" if value else ""), force=True)
        else:
            page.fill(f"[name={name}]", value)

    def tap(button):
        taps.append(button)
        page.get_by_role("link", name=button).or_(page.get_by_role("button", name=button)).first.click()

    enter(page, town.zofia, address)
    page.goto(f"/gatherings/{planned.pk}/organise/")
    tap("Apply for gathering support")
    look(page)
    touch("inclusion_measures", TYPED["inclusion_measures"])
    touch("payee_kind", "class_account")
    touch("account", TYPED["account"])
    expect(page.locator("[name=account_holder]")).to_have_value(town.zofia.full_name)
    touch("relationship_to_decider", "no")
    touch("terms")
    page.select_option("[name=reply_language]", "en")  # the classes of this school read Norwegian; the journey English
    tap("Look over the answers")
    look(page)
    assert (len(touched), len(taps)) == (5, 2)

    page.locator("a[href$='/attachments/']").click()
    page.set_input_files("[name=files]", {"name": "Program.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    page.get_by_role("button", name="Add the files").click()
    look(page)
    page.get_by_role("link", name="Go on to look over the answers").click()
    expect(page.get_by_text("Program.pdf")).to_be_visible()
    tap("Send application")
    look(page)
    assert (len(touched), len(taps)) == (5, 3)
    application = GrantApplication.objects.get()
    assert (application.status, Attachment.objects.count()) == ("submitted", 1)
    return application


def _another_parent_joins(page, town, application, mailbox, address):
    page.get_by_role("link", name="Ask somebody to apply together").click()
    look(page)
    page.select_option("[name=partner]", label=town.parent.full_name)
    page.get_by_role("button", name="Send the invitation").click()
    follow(page, mailbox, town.parent, "apply together", address)
    page.get_by_role("button", name="Yes, I will").click()
    look(page)
    expect(page.get_by_text("Program.pdf")).to_be_visible()
    assert application.co_applicants.accepted().get().person == town.parent


def _the_principal_approves(page, town, mailbox, address):
    follow(page, mailbox, town.principal, "Akedag", address)
    if "/open/" not in page.url:
        page.get_by_role("link", name="Go on with the case").click()
    look(page)
    expect(page.get_by_role("link", name="Program.pdf")).to_be_visible()
    page.check("[name=stands_aside][value=no]", force=True)
    page.get_by_role("button", name="Go on").click()
    look(page)
    page.check("[name=result][value=approved]", force=True)
    page.get_by_role("button", name="See the letter before you send").click()
    look(page)
    page.get_by_role("button", name="Send the decision").click()
    look(page)


def _the_letter_is_read(page, town, application, mailbox, address):
    """By both who wrote it. The mail itself says nothing of what was decided."""
    for person in (town.zofia, town.parent):
        follow(page, mailbox, person, "There is a letter for you", address)
        (mail,) = mails_about(mailbox, person, "There is a letter for you")
        assert "1000" not in mail.get_body(("plain",)).get_content()
        expect(page.get_by_text("1000").first).to_be_visible()
    with page.expect_download() as letter:
        page.get_by_role("link", name="Download as PDF").first.click()
    assert letter.value.path().read_bytes().startswith(b"%PDF")


def _the_officer_pays(page, town, application, address):
    enter(page, town.officer, address)
    page.goto("/")
    page.locator("main .sb-rowlink", has_text="waits to be paid").click()
    look(page)
    page.get_by_role("link", name="Write the account").click()
    look(page)
    page.fill("[name=account]", "8601 11 17947")
    page.get_by_role("button", name="Save").click()
    look(page)
    page.get_by_role("link", name="Make a file for the bank").click()
    look(page)
    page.check("[name=chosen]", force=True)
    page.fill("[name=pay_on]", timezone.localdate().isoformat())
    page.get_by_role("button", name="Make the file").click()
    look(page)
    with page.expect_download() as file:
        page.get_by_role("button", name="Download the file (pain.001)").click()
    paid = ET.fromstring(file.value.path().read_bytes())
    said = {element.tag.rpartition("}")[2]: element.text for element in paid.iter()}
    assert (said["MsgId"], said["InstdAmt"]) == (PaymentFile.objects.get().number, "1000.00")
    assert town.zofia.full_name in {element.text for element in paid.iter()}
    page.fill("[name=day]", timezone.localdate().isoformat())
    page.get_by_role("button", name="All of it is paid").click()
    look(page)
    expect(page.get_by_text("Nothing waits to be paid.")).to_be_visible()
    assert application.payouts.get().paid_on == timezone.localdate()


def _the_class_sees_it(page, town, application, mailbox, address):
    for person in (town.zofia, town.amir, town.parent):
        follow(page, mailbox, person, "is paid", address)
        expect(page.get_by_text("Left to pay")).to_have_count(0)
        expect(page.get_by_text(TYPED["account"])).to_have_count(0)
    page.goto(f"/grants/{application.pk}/")
    look(page)
    expect(page.get_by_text("Paid").first).to_be_visible()
    assert timezone.localdate() == application.payouts.get().paid_on
    with translation.override("en"):
        assert f"Paid {day(timezone.localdate())}" in page.locator("#line + ol").inner_text()


def _the_class_tells(page, town, application, address):
    enter(page, town.zofia, address)
    page.goto(f"/grants/{application.pk}/")
    page.get_by_role("link", name="Write the report").click()
    look(page)
    for name, number in {"families": 12, "adults": 15, "children": 13, "siblings": 4}.items():
        page.fill(f"[name={name}]", str(number))
    page.fill("[name=used_for]", "Saft og boller.")
    page.set_input_files("[name=files]", {"name": "Rema.png", "mimeType": "image/png", "buffer": picture()})
    page.get_by_role("button", name="Send the report").click()
    look(page)
    expect(page.get_by_text("Rema.png").first).to_be_visible()
    assert Receipt.objects.get().kind == "image/png"
    assert application.gathering.ends_at < timezone.now() - timedelta(days=1)


def _the_principal_closes(page, town, application, mailbox, address):
    follow(page, mailbox, town.principal, "has told how it went", address)
    with page.expect_download() as receipt:
        page.locator("form[action*='/receipts/'] button").click()
    assert receipt.value.suggested_filename == "Rema.png"
    page.get_by_role("button", name="Close the case").click()
    look(page)
    assert application.closing.closed_by == town.principal


def _the_archive_gets_it(page, town, application, address):
    page.goto("/grants/archive/")
    look(page)
    with page.expect_download() as folder:
        page.get_by_role("button", name="Hand over to the archive").click()
    names = zipfile.ZipFile(io.BytesIO(folder.value.path().read_bytes())).namelist()
    papers = [name.partition("/")[2][3:] for name in names]
    judged = f"judged-{application.impartiality_answers.get().pk}.pdf"
    assert papers[1:7] == [
        "application.pdf",
        "attachment-1.pdf",
        judged,
        "decision-1.pdf",
        "report.pdf",
        "receipt-1.png",
    ]
    application.refresh_from_db()
    assert application.exported_at is not None
