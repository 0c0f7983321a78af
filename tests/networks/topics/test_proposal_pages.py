"""What a family reads and presses, whose name it reads, and how many rows a page takes."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks import actions
from networks.models import Gathering, Proposal
from networks.tasks import run_out_proposals
from portal.people import actions as people
from portal.people.models import Person
from tests import make
from tests.networks.test_pages import page
from tests.pages import as_, text

OWN = {"kind": "gathering", "title": "A walk to the tower", "text": "On a Sunday."}
EVENING = {"title": "A walk", "kind": "families", "starts": "17:00", "ends": "19:00", "place": "The tower"}


def protect(person, school):
    setter = make.holder("office", school)
    people.protect_address(person, by=setter, grade="name")


def list_of(person, school_class):
    return as_(person).get(page("proposal_list", school_class.pk))


def propose(town, by=None, title="A walk to the tower", kind="gathering", **details):
    return actions.propose(town.first, by=by or town.amira, kind=kind, title=title, **details)


def test_from_a_proposal_to_a_draft_by_pressing(town):
    amira, ben, contact = as_(town.amira), as_(town.ben), as_(town.jurgita)
    amira.post(page("proposal_add", town.first.pk), OWN)
    proposal = Proposal.objects.get()

    shown = ben.post(page("proposal_support", proposal.pk), follow=True)
    assert "2 homes support this" in text(shown)
    shown = ben.post(page("proposal_take_back", proposal.pk), follow=True)
    assert "1 home supports this" in text(shown)

    gather = page("proposal_gather", proposal.pk)
    assert contact.get(gather).context["form"].initial["title"] == OWN["title"]
    contact.post(gather, {**EVENING, "day": timezone.localdate() + timedelta(days=90)})

    assert Gathering.objects.get().is_draft
    assert "Taken up" in text(list_of(town.ben, town.first))


def test_nothing_that_was_typed_is_lost_and_the_refusal_is_in_words(town):
    for _number in range(Proposal.MOST):
        propose(town)

    shown = as_(town.amira).post(page("proposal_add", town.first.pk), OWN)

    assert "Your home has proposed 5 things in a month" in text(shown)
    assert OWN["text"] in text(shown)
    assert Proposal.objects.count() == Proposal.MOST


@pytest.mark.parametrize("wrong", [{"title": ""}, {"kind": "party"}, {"title": "x" * 121}, {"text": "😀" * 501}])
def test_what_does_not_fit_is_said(town, wrong):
    shown = as_(town.amira).post(page("proposal_add", town.first.pk), OWN | wrong)

    assert shown.context["form"].errors
    assert not Proposal.objects.exists()


def test_an_answer_needs_words(town):
    proposal = propose(town)
    contact = as_(town.jurgita)

    assert contact.post(page("proposal_answer", proposal.pk), {"state": "not_now"}).context["form"].errors
    assert contact.post(page("proposal_answer", proposal.pk), {"state": "open", "answer": "x"}).context["form"].errors
    contact.post(page("proposal_answer", proposal.pk), {"state": "not_now", "answer": "In the spring."})

    assert "In the spring." in text(list_of(town.ben, town.first))


def test_a_name_is_shown_when_it_was_to_be_and_only_then(town):
    propose(town, title="With", is_named=True)
    propose(town, title="Without")

    rows = {row.title: row for row in list_of(town.ben, town.first).context["page"].rows}
    assert (rows["With"].name, rows["Without"].name) == ("Amira Warsame", "")
    assert not any(row.is_own for row in rows.values())
    assert all(row.is_own for row in list_of(town.amira, town.first).context["page"].rows)
    assert text(list_of(town.jurgita, town.first)).count("Amira") == 1


def test_a_protected_proposer_is_named_to_no_other_family_and_is_not_asked(town):
    propose(town, is_named=True)
    protect(town.amira, town.school)

    _child, other = make.family(town.first, pupil_name="Ayaan", adult_name="Hodan")
    for reader in (other, town.jurgita, make.holder("contact_teacher", town.first)):
        assert "Amira" not in text(list_of(reader, town.first))
    form = as_(town.amira).get(page("proposal_add", town.first.pk)).context["form"]
    assert "is_named" not in form.fields
    as_(town.amira).post(page("proposal_add", town.first.pk), OWN | {"is_named": "on"})
    assert not Proposal.objects.latest("pk").is_named


def test_nothing_tells_the_other_home_that_somebody_is_protected(town):
    propose(town, by=town.ben, is_named=True)
    protect(town.amira, town.school)

    assert "is_named" in as_(town.ben).get(page("proposal_add", town.first.pk)).context["form"].fields
    assert "Ben" in list_of(town.ben, town.first).context["page"].rows[0].name
    assert "Ben" not in text(list_of(town.jurgita, town.first))


def test_a_name_goes_when_the_proposer_leaves_the_class(town):
    propose(town, is_named=True)

    town.nora.enrolments.update(valid_to=timezone.localdate() - timezone.timedelta(days=1))

    assert "Amira" not in text(list_of(town.jurgita, town.first))


def test_others_see_nothing_of_it(town):
    proposal = propose(town)
    cato = make.guardian("Cato", of=town.nora)
    make.restricted(cato, town.nora)

    assert list_of(town.carla, town.first).status_code == 404
    assert as_(town.carla).post(page("proposal_support", proposal.pk)).status_code == 404
    for reader in (cato, town.principal):
        assert list_of(reader, town.first).status_code == 403
    teacher = make.holder("contact_teacher", town.first)
    assert list_of(teacher, town.first).status_code == 200
    assert as_(teacher).post(page("proposal_support", proposal.pk)).status_code == 403
    assert as_(teacher).get(page("proposal_add", town.first.pk)).status_code == 403
    assert as_(town.ben).get(page("proposal_gather", proposal.pk)).status_code == 403


def test_a_thousand_proposals_take_as_many_queries_as_three(town):
    for number in range(3):
        propose(town, title=f"Number {number}", is_named=True)
    reader = as_(town.ben)
    reader.get(page("proposal_list", town.first.pk))
    with CaptureQueriesContext(connection) as of_three:
        reader.get(page("proposal_list", town.first.pk))
    Proposal.objects.bulk_create(
        Proposal(
            school_class=town.first,
            household=town.amira.household,
            made_by=town.amira,
            kind="gathering",
            title=f"Number {number}",
            is_named=True,
        )
        for number in range(1000)
    )

    with CaptureQueriesContext(connection) as of_a_thousand:
        shown = reader.get(page("proposal_list", town.first.pk))

    assert len(of_a_thousand) <= len(of_three) <= 20
    assert len(shown.context["page"].rows) == 20
    assert "Page 1 of 51" in text(shown)


def test_what_most_homes_want_stands_first_and_the_open_before_the_answered(town):
    answered, wanted, other = (
        propose(town, title="Answered"),
        propose(town, title="Wanted"),
        propose(town, title="Other"),
    )
    for one in (answered, wanted):
        actions.support(one, by=town.ben)
    actions.answer_proposal(answered, by=town.jurgita, state="taken", answer="Yes.")

    titles = [row.title for row in list_of(town.ben, town.first).context["page"].rows]

    assert titles == ["Wanted", other.title, "Answered"]


def test_what_nobody_answered_stays_where_the_class_sees_that_it_ran_out(town):
    proposal = propose(town)
    with time_machine.travel(timezone.localtime() + timedelta(days=31), tick=False):
        run_out_proposals()

        for reader in (town.amira, town.ben, town.jurgita):
            said = text(list_of(reader, town.first)).partition("A walk to the tower")[2]
            assert "Ran out without an answer" in said
        assert as_(town.jurgita).post(page("proposal_take_back", proposal.pk)).status_code == 302

    assert Proposal.objects.get().state == Proposal.State.RAN_OUT


def test_a_kit_has_its_title_in_the_readers_language(town):
    actions.propose(town.first, by=town.amira, kind="topic", kit="screens")
    reader = as_(town.ben)
    Person.objects.filter(pk=town.ben.pk).update(language="nb")
    reader.cookies["django_language"] = "nb"

    assert "Tid med skjerm" in text(reader.get(page("proposal_list", town.first.pk)))


def test_who_answers_is_said_alike_with_a_contact_or_without(town):
    """A contact whom nobody may name, and none at all, read the same."""
    pages = [page(name, town.first.pk) for name in ("proposal_list", "proposal_add")]
    before = [lead(as_(town.amira).get(one)) for one in pages]
    people.end_role(town.first.roles.get(person=town.jurgita), by=town.principal)

    assert [lead(as_(town.amira).get(one)) for one in pages] == before


def lead(response):
    return re.search(r'class="sb-lead">(.*?)</p>', response.content.decode(), re.DOTALL)[1].strip()
