"""The pages: what they show, what they save, who is kept out, and that thirty homes cost no more questions than three."""

import re
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from networks import actions, queries
from networks.models import Contact, Gathering, Helper, InclusionCheck, Rsvp
from portal.messaging.links import link_for
from portal.messaging.models import PersonalLink
from portal.people.models import AddressProtection, DirectoryChoice
from tests import make, pages
from tests.pages import address, markup, text

page = partial(address, "networks")


def as_(person):
    client = Client()
    client.force_login(person)
    return client


pytestmark = pytest.mark.django_db

TAB_PAGES = ["gathering_organise", "gathering_reach", "gathering_tasks"]
ORGANISERS_ONLY = [*TAB_PAGES, "gathering_edit", "gathering_cancel", "gathering_send", "inclusion_check"]
BUTTONS = ["gathering_stop", "gathering_remind", "gathering_hold", "inclusion_mend"]


def link(person, gathering):
    return urlsplit(link_for(person, gathering, purpose="networks.answer").url()).path


def hidden(answer):
    """What the one button of the page sends."""
    carried = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode())
    return {**dict(carried), "go_on": "1"}


def typed(school, **changes):
    day = school.today() + timedelta(days=30)
    return {
        "title": "Torches",
        "kind": "families",
        "day": day.isoformat(),
        "starts": "17:00",
        "ends": "19:00",
        "place": "The school yard",
        "family_cost": "50",
        **changes,
    }


# Answering


def test_gathering_answer_says_for_whom_on_a_new_device_and_saves_with_the_next_tap_and_no_login(
    town, bonfire, answers
):
    client = Client(enforce_csrf_checks=True)

    asked = client.post(link(town.amira, bonfire), {"answer": "yes"})
    assert answers() == {}
    assert "familien til Nora (1A), hjemme hos Amira" in text(asked)
    assert "Ingenting er lagret ennå" in text(asked)
    response = client.post(link(town.amira, bonfire), hidden(asked), follow=True)

    assert response.status_code == 200
    assert answers() == {town.amira.household_id: "yes"}
    assert 'aria-pressed="true"' in response.content.decode()


def test_gathering_answer_saves_the_details(town, bonfire):
    client = Client()
    client.post(link(town.amira, bonfire), {"answer": "yes", "go_on": "1"})
    told = {"adults": 2, "pupils": [town.nora.pk], "siblings": 1, "lift": "need", "food": "No pork"}

    response = client.post(link(town.amira, bonfire), told)

    rsvp = Rsvp.objects.get()
    assert response.status_code == 302
    assert (rsvp.adults, rsvp.children, rsvp.lift, rsvp.food, rsvp.message) == (2, 2, "need", "No pork", None)


def test_a_tap_in_the_mail_lands_with_the_answer_chosen_and_one_button_and_saves_nothing(town, bonfire, answers):
    client, at = Client(), link(town.amira, bonfire)

    for send in (client.get, client.head, client.get):
        landed = send(f"{at}?answer=no")
        assert answers() == {}
    said = text(landed)
    assert "familien til Nora (1A), hjemme hos Amira" in said
    assert "Vi kan ikke komme" in said
    client.post(at, hidden(landed))

    assert answers() == {town.amira.household_id: "no"}


def test_an_address_that_chooses_no_answer_there_is_shows_the_page(town, bonfire):
    for wrong in ("?answer=perhaps", "?answer=", "?answer=yes%00"):
        assert 'name="go_on"' not in Client().get(link(town.amira, bonfire) + wrong).content.decode()


def test_on_a_device_that_has_gone_on_before_each_tap_saves(town, bonfire, answers):
    client, at = Client(), link(town.amira, bonfire)
    client.post(at, {"answer": "yes", "go_on": "1"})

    client.post(at, {"answer": "maybe"})

    assert answers() == {town.amira.household_id: "maybe"}
    cookie = client.cookies[f"known_{PersonalLink.objects.get().pk}"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (at, True, "Lax")


def test_that_one_link_is_known_says_nothing_of_another_and_nothing_forged_is_known(town, bonfire, answers):
    client = Client()
    client.post(link(town.amira, bonfire), {"answer": "yes", "go_on": "1"})
    theirs = link(town.ben, bonfire)
    other = PersonalLink.objects.get(person=town.ben)
    client.cookies[f"known_{other.pk}"] = client.cookies[
        f"known_{PersonalLink.objects.get(person=town.amira).pk}"
    ].value

    client.post(theirs, {"answer": "no"})

    assert answers() == {town.amira.household_id: "yes"}


def test_what_is_written_on_a_new_device_is_carried_to_the_one_button(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")
    client, at = Client(), link(town.amira, bonfire)

    asked = client.post(at, {"adults": 2, "lift": "none", "food": "No <pork>"})
    assert Rsvp.objects.get().adults == 1
    client.post(at, {**hidden(asked), "food": "No <pork>"})

    assert (Rsvp.objects.get().adults, Rsvp.objects.get().food) == (2, "No <pork>")


# Taking it back


@pytest.mark.parametrize(
    ("taps", "back"), [(["yes"], None), (["yes", "no"], "yes"), (["maybe", "maybe", "no"], "maybe")]
)
def test_the_latest_tap_is_taken_back_with_one_tap(town, bonfire, answers, taps, back):
    client, at = as_(town.amira), page("gathering_show", bonfire.pk)
    for tap in taps:
        client.post(at, {"answer": tap})
    assert 'name="undo"' in client.get(at).content.decode()

    said = text(client.post(at, {"undo": "1"}, follow=True))

    assert answers() == ({town.amira.household_id: back} if back else {})
    assert "Svaret er trukket tilbake" in said
    assert 'name="undo"' not in client.get(at).content.decode()
    assert "ingenting å trekke tilbake" in text(client.post(at, {"undo": "1"}, follow=True)) or not back


def test_what_an_organiser_wrote_down_is_taken_back_by_the_home(town, bonfire, answers):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="maybe")
    actions.answer_on_behalf(bonfire, by=town.jurgita, household=town.amira.household, answer="yes")

    as_(town.amira).post(page("gathering_show", bonfire.pk), {"undo": "1"})

    assert answers() == {town.amira.household_id: "maybe"}
    assert not Rsvp.objects.get().on_behalf


def test_nothing_that_was_typed_goes_with_a_tap_that_is_taken_back(town, bonfire, answers):
    client, at = as_(town.amira), page("gathering_show", bonfire.pk)
    client.post(at, {"answer": "yes"})
    client.post(at, {"adults": 2, "lift": "none", "food": "No pork"})

    client.post(at, {"undo": "1"})

    assert answers() == {town.amira.household_id: "yes"}
    assert Rsvp.objects.get().food == "No pork"


def test_the_other_home_takes_nothing_back(town, bonfire, answers):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")

    as_(town.ben).post(page("gathering_show", bonfire.pk), {"undo": "1"})

    assert answers() == {town.amira.household_id: "yes"}


def test_a_word_goes_with_a_no_and_the_organisers_read_it(town, bonfire):
    client, at = as_(town.amira), page("gathering_show", bonfire.pk)
    client.post(at, {"answer": "no"})
    shown = client.get(at).content.decode()
    assert 'name="message"' in shown
    assert 'name="adults"' not in shown

    client.post(at, {"message": "We are at my mother's"})

    assert (Rsvp.objects.get().answer, Rsvp.objects.get().message) == ("no", "We are at my mother's")
    assert "We are at my mother" in text(as_(town.jurgita).get(page("gathering_organise", bonfire.pk)))


def test_a_home_that_cannot_come_after_all_neither_needs_nor_offers_anything(town, bonfire):
    home = {"by": town.amira, "household": town.amira.household}
    actions.answer(bonfire, **home, answer="yes")
    actions.detail_answer(bonfire, **home, adults=1, pupils=[], lift="need", seats=0, area="East", food="no nuts")
    board = page("gathering_organise", bonfire.pk)
    assert "no nuts" in text(as_(town.jurgita).get(f"{board}?need=food"))

    actions.answer(bonfire, **home, answer="no")

    for query in ("", "?need=food", "?need=lift"):
        said = text(as_(town.jurgita).get(f"{board}{query}"))
        assert "no nuts" not in said
        assert "Needs a lift" not in said or query == "?need=lift"  # the filter that was chosen


def test_gathering_answer_shows_only_the_own_home(town, bonfire):
    actions.answer(bonfire, by=town.ben, household=town.ben.household, answer="no")

    shown = text(Client().get(link(town.amira, bonfire)))

    assert "Nora" in shown
    assert "Ben" not in shown
    assert "Iver" not in shown


def test_gathering_answer_refuses_a_forged_link(town, bonfire):
    good = link(town.amira, bonfire)
    forged = good[:-3] + ("AA/" if good[-3:] != "AA/" else "BB/")

    assert Client().get(forged).status_code == 404


def test_gathering_answer_shows_nothing_to_a_restricted_guardian(town, bonfire):
    address = link(town.amira, bonfire)
    make.restricted(town.amira, town.nora)

    response = Client().get(address)

    assert response.status_code in (404, 410)
    assert "Bonfire" not in text(response)


def test_gathering_show_saves_for_whoever_is_signed_in(town, bonfire, answers):
    response = as_(town.amira).post(page("gathering_show", bonfire.pk), {"answer": "maybe"})

    assert response.status_code == 302
    assert answers() == {town.amira.household_id: "maybe"}


def test_gathering_show_says_no_number_under_five(town, bonfire):
    actions.answer(bonfire, by=town.ben, household=town.ben.household, answer="yes")

    assert "coming so far" not in text(as_(town.amira).get(page("gathering_show", bonfire.pk)))


def test_gathering_calendar_is_not_there_of_a_draft(town, draft):
    assert as_(town.jurgita).get(page("gathering_calendar", draft.pk)).status_code == 404


def test_gathering_show_gives_a_calendar_file(town, bonfire):
    response = as_(town.amira).get(page("gathering_calendar", bonfire.pk))

    assert response["Content-Type"].startswith("text/calendar")
    assert b"The shelter by the lake" in response.content


def test_gathering_show_gives_a_protected_family_no_place_in_the_calendar(town, bonfire):
    AddressProtection.objects.create(person=town.nora, grade="strict", valid_from=make.LONG_AGO)

    response = as_(town.amira).get(page("gathering_calendar", bonfire.pk))

    assert b"shelter" not in response.content


def test_gathering_show_is_not_there_for_another_class_or_as_a_draft(town, bonfire, draft):
    assert as_(town.carla).get(page("gathering_show", bonfire.pk)).status_code == 404
    assert as_(town.amira).get(page("gathering_show", draft.pk)).status_code == 404


def test_gathering_show_lets_no_teacher_answer(town, bonfire):
    client = as_(make.holder("contact_teacher", town.first))

    assert client.get(page("gathering_show", bonfire.pk)).status_code == 200
    assert client.post(page("gathering_show", bonfire.pk), {"answer": "yes"}).status_code == 403


def test_gathering_show_leads_organisers_from_a_draft_to_its_sending(town, draft):
    assert as_(town.jurgita).get(page("gathering_show", draft.pk)).url == page("gathering_send", draft.pk)


def test_gathering_show_names_the_class_contact_and_no_helper(town, bonfire):
    actions.add_helper(bonfire, by=town.jurgita, person_asked=town.ben)

    shown = as_(town.amira).get(page("gathering_show", bonfire.pk)).context["page"]

    assert shown.contacts == [town.jurgita]


def test_gathering_list_shows_own_gatherings(town, bonfire):
    assert "Bonfire by the lake" in text(as_(town.amira).get(page("gathering_list")))
    assert "Bonfire by the lake" not in text(as_(town.carla).get(page("gathering_list")))


# Planning


def test_idea_list_narrows(town):
    client = as_(town.jurgita)
    address = page("idea_list", town.first.pk)

    everything = client.get(address).context["page"].ideas
    winter = client.get(address, {"season": "winter", "audience": "families", "cost": "0"}).context["page"].ideas
    nonsense = client.get(address, {"season": "monsoon"}).context["page"].ideas

    assert len(everything) == len(nonsense) == 38
    assert {idea.cost for idea in winter} == {0}
    assert all("winter" in idea.seasons for idea in winter)


def test_idea_list_shows_no_17_may_in_denmark(db):
    school = make.school("Engskolen", country="DK", language_form="da")
    first = make.school_class("1A", at=school)
    _child, contact = make.family(first)
    make.role(contact, "class_contact", first)

    assert len(as_(contact).get(page("idea_list", first.pk)).context["page"].ideas) == 37


def test_gathering_draft_copies_the_idea(town):
    shown = as_(town.jurgita).get(page("gathering_draft", town.first.pk), {"idea": "sledding"})

    assert shown.context["form"].initial["idea"] == "sledding"
    assert shown.context["form"]["bring"].value()


def test_gathering_draft_saves_and_goes_to_the_inclusion_check(town):
    response = as_(town.jurgita).post(page("gathering_draft", town.first.pk), typed(town.school, idea="torch-walk"))

    made = Gathering.objects.get()
    assert response.url == page("inclusion_check", made.pk)
    assert (made.state, made.family_cost, made.idea) == ("draft", 5000, "torch-walk")
    assert made.answer_by.astimezone(town.school.zone).date() == town.school.today() + timedelta(days=23)


def test_gathering_draft_refuses_a_day_that_has_passed(town):
    yesterday = (town.school.today() - timedelta(days=1)).isoformat()

    response = as_(town.jurgita).post(page("gathering_draft", town.first.pk), typed(town.school, day=yesterday))

    assert response.status_code == 200
    assert not Gathering.objects.exists()


def test_the_way_from_draft_to_invitation(town, draft):
    client = as_(town.jurgita)

    checked = client.post(page("inclusion_check", draft.pk), {"fine": ["price", "time"]})
    shown = client.get(checked.url)
    sent = client.post(checked.url, {"send": 1})
    again = client.post(checked.url, {"send": 1})

    assert "3 of 3 families are invited" in text(shown) or "3 av 3" in text(shown)
    assert sent.url == again.url == page("gathering_organise", draft.pk)
    assert draft.invitations.count() == 3
    assert len(InclusionCheck.objects.get().weak) == 7


def test_gathering_send_names_whom_nothing_reaches(town, draft):
    make.family(town.first, pupil_name="Priya", adult_name="Asha", family_name="Raghunathan", email="")

    shown = as_(town.jurgita).get(page("gathering_send", draft.pk))

    assert [row.name for row in shown.context["page"].unreachable] == ["Raghunathan"]


def test_gathering_send_says_how_many_homes_and_in_which_languages(town, draft):
    make.family(town.first, pupil_name="Signe", adult_name="Mette", family_name="Holm", language="da")
    make.pupil("Priya", "Raghunathan", in_class=town.first)

    shown = as_(town.jurgita).get(page("gathering_send", draft.pk)).context["page"]

    assert (shown.families, shown.homes, shown.reached) == (5, 4, 4)
    assert shown.languages == [("Norsk bokmål", 3), ("Dansk", 1)]


def test_gathering_send_refuses_before_the_check(town, draft):
    response = as_(town.jurgita).post(page("gathering_send", draft.pk), {"send": 1})

    assert response.status_code == 200
    assert Gathering.objects.get().is_draft


def test_gathering_stop_makes_it_a_draft_again(town, bonfire):
    as_(town.jurgita).post(page("gathering_stop", bonfire.pk))

    assert Gathering.objects.get().is_draft


def test_gathering_edit_saves_and_tells(town, bonfire):
    response = as_(town.jurgita).post(page("gathering_edit", bonfire.pk), typed(town.school))

    bonfire.refresh_from_db()
    assert response.status_code == 302
    assert (bonfire.title, bonfire.sequence) == ("Torches", 1)


def test_gathering_cancel_saves(town, bonfire):
    as_(town.jurgita).post(page("gathering_cancel", bonfire.pk), {"because": "Too much wind"})

    assert Gathering.objects.get().is_cancelled


# Following


@pytest.mark.parametrize("name", TAB_PAGES)
def test_organisers_pages_show_a_protected_family_without_names(town, bonfire, name):
    child, adult = make.family(town.first, pupil_name="Secretchild", adult_name="Secretadult", family_name="Hidden")
    AddressProtection.objects.create(person=child, grade="strict", valid_from=make.LONG_AGO)
    DirectoryChoice.objects.create(person=adult, field="phone")

    shown = text(as_(town.jurgita).get(page(name, bonfire.pk)))

    assert not {"Secretchild", "Secretadult", "Hidden"} & set(shown.split())


def test_gathering_reach_shows_a_number_only_when_it_is_shared(town, bonfire):
    town.amira.phone, town.ben.phone = "+4791000001", "+4791000002"
    town.amira.save(update_fields=["phone"])
    town.ben.save(update_fields=["phone"])
    DirectoryChoice.objects.create(person=town.amira, field="phone")

    shown = as_(town.jurgita).get(page("gathering_reach", bonfire.pk)).content.decode()

    assert "tel:+4791000001" in shown
    assert "sms:+4791000001" in shown
    assert "+4791000002" not in shown


def test_gathering_reach_does_not_list_the_organisers_own_home(town, bonfire):
    shown = as_(town.jurgita).get(page("gathering_reach", bonfire.pk))

    board = shown.context["board"]
    assert town.jurgita.household_id not in {one.row.household_id for one in shown.context["list"].rows}
    assert board.silent_others == board.silent_families - 1
    assert f'data-count="{board.silent_others}"' in shown.content.decode()


def test_gathering_reach_counts_the_same_families_in_every_place(town, bonfire):
    make.pupil("Alone", "Berg", in_class=town.first)
    client = pages.as_(town.jurgita)

    before = text(client.get(page("gathering_reach", bonfire.pk)))
    after = text(client.post(page("gathering_remind", bonfire.pk), follow=True))

    assert "3 have not answered, besides your own family" in before
    assert "1 of 4 families are reached" in before
    assert "Remind 2 families" in before
    assert "2 families get a reminder" in after


def test_gathering_reach_says_when_only_the_organisers_own_home_is_silent(town, bonfire):
    for person in (town.amira, town.ben):
        actions.answer(bonfire, by=person, household=person.household, answer="yes")

    shown = as_(town.jurgita).get(page("gathering_reach", bonfire.pk)).content.decode()

    assert page("gathering_show", bonfire.pk) in shown
    assert "Alle familiene har svart" not in shown
    assert "data-count" not in shown
    assert "er ikke nådd" not in shown


def test_home_reach_saves_with_one_tap(town, bonfire, answers):
    address = page("home_reach", bonfire.pk, town.amira.household_id)
    client = as_(town.jurgita)

    shown = client.get(address)
    client.post(address, {"kind": "call", "outcome": "coming"})

    assert shown.status_code == 200
    assert answers() == {town.amira.household_id: "yes"}
    assert Rsvp.objects.get().on_behalf is True
    assert Contact.objects.count() == 1


def test_home_reach_leaves_the_way_as_it_was_chosen_and_leads_to_what_is_missing(town, bonfire):
    shown = markup(as_(town.jurgita).post(page("home_reach", bonfire.pk, town.amira.household_id), {"kind": "sms"}))

    assert 'value="sms" id="id_kind_1" checked' in shown
    assert 'href="#id_outcome_0"' in shown
    assert 'id="id_outcome_0"' in shown


def test_home_reach_never_writes_over_what_the_home_said(town, bonfire, answers):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="no")

    response = as_(town.jurgita).post(
        page("home_reach", bonfire.pk, town.amira.household_id), {"kind": "call", "outcome": "coming"}
    )

    assert response.status_code == 200
    assert answers() == {town.amira.household_id: "no"}
    assert not Contact.objects.exists()


def test_home_answer_saves_on_behalf(town, bonfire, answers):
    as_(town.jurgita).post(page("home_answer", bonfire.pk, town.amira.household_id), {"answer": "no"})

    assert answers() == {town.amira.household_id: "no"}


def test_home_reach_is_not_there_for_a_home_of_another_class(town, bonfire):
    assert as_(town.jurgita).get(page("home_reach", bonfire.pk, town.carla.household_id)).status_code == 404


def test_gathering_remind_saves_once(town, bonfire):
    client = as_(town.jurgita)
    client.post(page("gathering_remind", bonfire.pk))
    first = Gathering.objects.get().reminded_at

    client.post(page("gathering_remind", bonfire.pk))

    assert Gathering.objects.get().reminded_at == first is not None


def test_gathering_reach_says_when_a_reminder_arrives_and_that_it_is_sent(town, bonfire, answers):
    actions.answer(bonfire, by=town.jurgita, household=town.jurgita.household, answer="yes")

    arrives = as_(town.jurgita).get(page("gathering_reach", bonfire.pk)).context["arrives"]
    as_(town.jurgita).post(page("gathering_remind", bonfire.pk))

    assert sum(people for _at, people in arrives) == 2
    assert page("gathering_remind", bonfire.pk) not in text(as_(town.jurgita).get(page("gathering_reach", bonfire.pk)))


def test_the_way_back_is_the_class_for_its_contact_and_the_list_for_a_helper(town, bonfire):
    actions.add_helper(bonfire, by=town.jurgita, person_asked=town.ben)
    back = f'class="sb-back" href="{page("class_show", town.first.pk)}"'

    assert back in as_(town.jurgita).get(page("gathering_organise", bonfire.pk)).content.decode()
    assert back not in as_(town.ben).get(page("gathering_organise", bonfire.pk)).content.decode()


def test_inclusion_mend_saves(town, draft):
    actions.check_inclusion(draft, by=town.jurgita, fine=[])

    as_(town.jurgita).post(page("inclusion_mend", draft.pk), {"point": "food"})

    assert InclusionCheck.objects.get().mended == ["food"]


def test_helper_add_opens_the_board_and_helper_remove_closes_it(town, bonfire):
    contact, helper = as_(town.jurgita), as_(town.amira)
    before = helper.get(page("gathering_organise", bonfire.pk)).status_code

    contact.post(page("helper_add", bonfire.pk), {"person_asked": town.amira.pk})
    during = helper.get(page("gathering_organise", bonfire.pk)).status_code
    contact.post(page("helper_remove", Helper.objects.get().pk))
    after = helper.get(page("gathering_organise", bonfire.pk)).status_code

    assert (before, during, after) == (403, 200, 403)


def test_who_must_know_nothing_of_one_child_helps_with_no_gathering_of_its_class(town, bonfire):
    make.confirmed(town.ben, make.pupil("Twin", in_class=town.first))
    actions.add_helper(bonfire, by=town.jurgita, person_asked=town.ben)
    make.restricted(town.ben, town.nora)

    read = {name: as_(town.ben).get(page(f"gathering_{name}", bonfire.pk)).status_code for name in ("show", "organise")}

    assert read == {"show": 200, "organise": 403}
    assert town.ben not in queries.organisers_of(bonfire)
    Helper.objects.all().delete()
    assert town.ben not in queries.tasks_of(bonfire, town.jurgita).candidates
    with pytest.raises(PermissionDenied):
        actions.add_helper(bonfire, by=town.jurgita, person_asked=town.ben)


def test_a_helper_who_is_restricted_sees_nothing(town, bonfire):
    actions.add_helper(bonfire, by=town.jurgita, person_asked=town.amira)
    make.restricted(town.amira, town.nora)

    assert as_(town.amira).get(page("gathering_organise", bonfire.pk)).status_code == 403
    assert as_(town.amira).get(page("gathering_show", bonfire.pk)).status_code == 404


@pytest.mark.parametrize("name", ORGANISERS_ONLY)
def test_organisers_pages_are_for_organisers(town, bonfire, name):
    other = make.holder("class_contact", town.second, "Marte", "Moe")

    assert as_(town.amira).get(page(name, bonfire.pk)).status_code == 403
    assert as_(town.principal).get(page(name, bonfire.pk)).status_code == 403
    assert as_(other).get(page(name, bonfire.pk)).status_code == 404
    assert as_(town.jurgita).get(page(name, bonfire.pk)).status_code in (200, 302)


@pytest.mark.parametrize("name", BUTTONS)
def test_organisers_buttons_are_for_organisers(town, bonfire, name):
    other = make.holder("class_contact", town.second, "Marte", "Moe")

    assert as_(town.amira).post(page(name, bonfire.pk)).status_code == 403
    assert as_(other).post(page(name, bonfire.pk)).status_code == 404
    assert as_(town.jurgita).get(page(name, bonfire.pk)).status_code == 405


def contact_elsewhere(town):
    make.confirmed(town.amira, make.pupil("Ada", in_class=town.second))
    make.role(town.amira, "class_contact", town.second)
    return town.amira


@pytest.mark.parametrize("name", [*ORGANISERS_ONLY, *BUTTONS, "reason_add"])
def test_who_organises_in_another_class_is_an_ordinary_parent_here(town, bonfire, name):
    client = as_(contact_elsewhere(town))

    ask = client.get if name in ORGANISERS_ONLY else client.post
    assert ask(page(name, bonfire.pk)).status_code == 403


@pytest.mark.parametrize("name", ["class_show", "idea_list", "gathering_draft"])
def test_who_is_class_contact_of_another_class_does_not_plan_for_this_one(town, name):
    contact = as_(contact_elsewhere(town))

    assert contact.get(page(name, town.first.pk)).status_code == 403
    assert contact.get(page(name, town.second.pk)).status_code == 200


@pytest.mark.parametrize("name", ["class_show", "idea_list", "gathering_draft"])
def test_class_pages_are_for_the_class_contact(town, name):
    other = make.holder("class_contact", town.second, "Marte", "Moe")

    assert as_(town.amira).get(page(name, town.first.pk)).status_code == 403
    assert as_(other).get(page(name, town.first.pk)).status_code == 404
    assert as_(town.jurgita).get(page(name, town.first.pk)).status_code == 200


@pytest.mark.parametrize("name", TAB_PAGES)
def test_tab_pages_ask_the_same_number_of_questions_at_any_size(town, bonfire, name):
    client = as_(town.jurgita)
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")
    asked = []
    for _size in range(2):
        with CaptureQueriesContext(connection) as counted:
            client.get(page(name, bonfire.pk))
        asked.append(len(counted))
        for number in range(12):
            _child, adult = make.family(town.first, pupil_name=f"Child {number}", family_name=f"Name {number}")
            actions.log_contact(bonfire, by=town.jurgita, household=adult.household, kind="call", outcome="coming")

    assert asked[0] == asked[1]
