"""A paper that is handed in: entered by the office, counted by its own day, owned by the class."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from grants import actions
from grants.models import Attachment, GrantApplication, GrantScheme
from grants.models.applications import NotEligible, NotSubmittable
from grants.paper.actions import enter_paper
from grants.papers import papers_of
from networks.models import Gathering
from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people.actions import end_role
from portal.people.models import Role
from tests import make
from tests.grants.cast import FULL, TYPED, gathering
from tests.grants.reports.files import HTML, pdf
from tests.ground import once
from tests.pages import address, as_, markup, text

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


@once
def odd(town):
    return make.holder(Role.Kind.OFFICE, town.school, "Odd", "Lien")


def days_ago(number):
    return timezone.localdate() - timedelta(days=number)


def entered(town, by, **changed):
    said = {"applicant": town.zofia, "received_on": days_ago(2), "gathering": town.gathering, **FULL, **changed}
    return enter_paper(town.first, by=by, **said)


def typed(town, **changed):
    said = {"received_on": days_ago(2).isoformat(), "applicant": str(town.zofia.pk), "gathering": ""}
    planned = {"title": "Grilling", "day": (timezone.localdate() + timedelta(days=20)).isoformat(), "starts": "17:00"}
    return {**TYPED, **said, **planned, "place": "Parken", **changed}


def test_the_office_enters_it_and_the_class_owns_it(town, odd):
    """G15: found from the office's page, entered with its own day, told to the class and to whoever decides."""
    office = as_(odd)
    assert page("paper_list") in markup(office.get(address("people", "office_home")))
    assert page("paper_enter", town.first.pk) in markup(office.get(page("paper_list")))
    shown = office.post(page("paper_enter", town.first.pk), typed(town), follow=True)
    application = GrantApplication.objects.get()

    assert (application.status, application.applicant, application.registered_by) == ("submitted", town.zofia, odd)
    assert application.received_on == days_ago(2)
    assert application.gathering.title == "Grilling"
    assert application.gathering.state == "draft"
    assert "“Grilling” came" in text(shown)

    publish(Event.objects.get(verb="grants.paper_registered").pk)
    told = sorted((one.kind.removeprefix("grants."), one.recipient.given_name) for one in Notice.objects.all())
    assert told == [
        ("application_to_decide", "Dag"),
        ("application_to_decide", "Solveig"),
        ("paper_registered", "Amir"),
        ("paper_registered", "Zofia"),
    ]
    with translation.override("en"):
        letter = KINDS["grants.paper_registered"](Notice.objects.filter(kind="grants.paper_registered").first())
    assert letter.subject == "Your paper application is entered"

    zofia = as_(town.zofia)
    assert "It came on paper" in text(zofia.get(application.get_absolute_url()))
    actions.withdraw_application(application, by=town.zofia)


def test_the_month_for_an_answer_counts_from_the_paper(town, odd):
    application = entered(town, odd, received_on=days_ago(20))

    assert application.came_on == days_ago(20)
    assert application.answer_due < timezone.localdate() + timedelta(days=12)


def test_a_paper_in_time_is_taken_after_the_last_day_and_a_late_one_is_not(town, odd):
    GrantScheme.objects.update(closes_on=days_ago(3))

    with pytest.raises(NotEligible, match="Siste dag for å søke var"):
        entered(town, odd, received_on=days_ago(2))
    assert entered(town, odd, received_on=days_ago(3)).status == "submitted"


def test_a_paper_before_the_gathering_is_taken_after_it(town, odd):
    ago = timezone.now() - timedelta(days=2)
    Gathering.objects.update(answer_by=ago, starts_at=ago, ends_at=ago + timedelta(hours=2))

    with pytest.raises(NotEligible, match="er gjennomført"):
        entered(town, odd, received_on=days_ago(0))
    assert entered(town, odd, received_on=days_ago(8)).status == "submitted"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"received_on": "2090-01-01"}, "That day has not come yet"),
        ({"received_on": ""}, "Answer the question: Which day did the paper come?"),
        ({"received_on": "1990-01-01"}, "You can apply from"),
        ({"applicant": ""}, "Which class contact has signed it?"),
        ({"title": ""}, "Write what the gathering is."),
        ({"day": ""}, "Write the day of the gathering."),
        ({"place": ""}, "Write where it is."),
        ({"amount_requested": "1001"}, "Write an amount from 1 krone"),
        ({"terms": ""}, "Tick the box"),
        ({"account": "1234"}, "The account number does not look right"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_saved(town, odd, changed, said):
    shown = as_(odd).post(page("paper_enter", town.first.pk), typed(town, purpose="Skrevet av", **changed))

    assert said in text(shown)
    assert "Skrevet av" in markup(shown)
    assert not GrantApplication.objects.exists()
    assert not Gathering.objects.filter(title="Grilling").exists()


def test_the_paper_itself_goes_along_and_is_in_the_archive_on_the_day_it_came(town, odd):
    scan = SimpleUploadedFile("Skann.txt", pdf(), content_type="text/plain")
    as_(odd).post(page("paper_enter", town.first.pk), {**typed(town), "files": [scan]})
    [kept], application = Attachment.objects.all(), GrantApplication.objects.get()

    assert (kept.name, kept.added_by) == ("Skann.pdf", odd)
    shown = as_(town.principal).get(page("application_open", application.pk))
    assert "Skann.pdf" in text(shown)
    papers = papers_of(application)
    assert [(one.key, one.attached_to) for one in papers] == [("application", ""), ("attachment-1", "application")]
    assert timezone.localtime(papers[0].at, town.school.zone).date() == days_ago(2)
    assert papers[1].read() == bytes(kept.content)


def test_a_file_that_lies_is_named_and_one_that_is_sound_has_to_be_chosen_again(town, odd):
    at, sound = page("paper_enter", town.first.pk), SimpleUploadedFile("Skann.pdf", pdf())
    shown = as_(odd).post(at, {**typed(town), "files": [SimpleUploadedFile("Skann.pdf", HTML)]})
    assert "“Skann” is not a PDF, a JPEG or a PNG" in text(shown)

    shown = as_(odd).post(at, {**typed(town, title=""), "files": [sound]})
    assert "Choose the files again." in text(shown)
    assert not Attachment.objects.exists()
    assert not GrantApplication.objects.exists()


def test_an_unfinished_paper_is_refused_by_the_action_too(town, odd):
    with pytest.raises(NotSubmittable, match="Noe mangler"):
        entered(town, odd, purpose="")
    with pytest.raises(NotSubmittable, match="ikke kommet"):
        entered(town, odd, received_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(NotSubmittable, match="hvilken samling"):
        entered(town, odd, gathering=None)


def test_a_gathering_has_one_application_whichever_way_it_came(town, odd):
    actions.draft_application(town.gathering, by=town.amir)

    with pytest.raises(NotEligible):
        entered(town, odd)


def test_pressed_twice_it_is_entered_once(town, odd):
    office, at = as_(odd), page("paper_enter", town.first.pk)
    office.post(at, typed(town))

    assert "This gathering has an application already" in text(office.post(at, typed(town)))
    assert GrantApplication.objects.count() == 1
    assert Gathering.objects.filter(title="Grilling").count() == 1


def test_only_the_office_of_the_school_enters_it_for_a_contact_of_the_class(town, odd):
    elsewhere = make.holder(Role.Kind.OFFICE, make.school("Annen skole"), "Ann", "Vik")
    assert as_(elsewhere).get(page("paper_enter", town.first.pk)).status_code == 404
    principal_elsewhere = make.holder(Role.Kind.PRINCIPAL, elsewhere.roles.get().school, "Pål", "Moe")
    assert as_(principal_elsewhere).get(page("paper_enter", town.first.pk)).status_code == 404
    assert as_(town.zofia).get(page("paper_enter", town.first.pk)).status_code == 403
    assert as_(town.officer).get(page("paper_list")).status_code == 403

    other = make.school_class("8A", at=town.school, grades=[8])
    for by, changed in (
        (elsewhere, {}),
        (town.zofia, {}),
        (odd, {"applicant": town.parent}),
        (odd, {"gathering": gathering(other)}),
    ):
        with pytest.raises(PermissionDenied):
            entered(town, by, **changed)


def test_a_class_without_a_contact_is_led_to_the_election(town, odd):
    for role in Role.objects.filter(school_class=town.first, kind=Role.Kind.CLASS_CONTACT):
        end_role(role, by=town.principal)

    shown = as_(odd).get(page("paper_enter", town.first.pk))
    assert address("people", "contact_elect", town.first.pk) in markup(shown)


def test_the_forms_are_found_from_the_foot_of_every_public_page_without_signing_in(town, client):
    """A40: from the foot of the page to the form, with who may use it and when, and an empty one to print."""
    for public in (address("people", "profile"), "/help/", "/accessibility/"):
        shown = client.get(public, follow=True)
        assert f'href="{page("form_list")}"' in markup(shown), public

    shown = client.get(page("form_list"))
    assert "Sosiale samlinger i skolen" in text(shown)
    assert client.get(page("form_file", town.scheme.pk))["Content-Type"] == "application/pdf"
