"""People, messages, gatherings, principles and support in two windows: the second is told, and nothing is lost."""

from datetime import date, time, timedelta
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from networks import actions as networks
from networks.forms import DetailForm
from networks.models import InclusionCheck, Rsvp
from networks.queries.answers import answer_page
from portal.actions import refusals_as
from portal.messaging.links import link_for
from portal.messaging.models import Preference
from portal.people import actions
from portal.people.forms import ContactForm
from portal.people.models import DirectoryChoice, Person, Role
from portal.people.overtaken import Shown
from principles import actions as principles
from principles.outline import read_outline
from tests import make
from tests.grants import cast
from tests.ground import once
from tests.pages import markup
from tests.windows import NOT_YET, second_is_told, typed, window

pytestmark = pytest.mark.django_db


@once
def town():
    school = make.school("Lia skole")
    first = make.school_class("1A", at=school)
    nora, amira = make.family(first, pupil_name="Nora", adult_name="Amira", family_name="Warsame", phone="11111111")
    make.role(amira, Role.Kind.CLASS_CONTACT, first)
    omar = make.guardian("Omar", "Warsame", of=nora, household=amira.household)
    return school, first, amira, omar


def again(row):
    return type(row).objects.get(pk=row.pk)


# People


def test_the_own_page(town):
    amira = town[2]
    told = second_is_told(
        reverse("people:profile"),
        window(amira),
        window(amira),
        {"phone": "22222222"},
        {"phone": "33333333"},
        stored=lambda: again(amira).phone,
    )
    assert "You have saved something else in another window" in told
    assert "<dd>22222222</dd>" in told


def test_what_a_home_needs_is_the_same_for_all_its_adults(town):
    _school, _first, amira, omar = town
    told = second_is_told(
        reverse("people:needs_edit"),
        window(amira),
        window(omar),
        {"interpreter_language": "so"},
        {"interpreter_language": "ar"},
        stored=lambda: again(amira).household.interpreter_language,
    )
    assert "<dd>Somali</dd>" in told


def test_what_is_shared_with_the_class(town):
    amira = town[2]
    second_is_told(
        reverse("people:directory"),
        window(amira),
        window(amira),
        {"fields": ["phone"]},
        {"fields": ["email"]},
        stored=lambda: list(DirectoryChoice.objects.values_list("field", flat=True)),
    )


def test_what_the_office_and_the_person_say_of_the_same_number(town):
    school, _first, amira, _omar = town
    office = make.holder("office", school, "Olav", "Kontor")
    path = reverse("people:person_contact", args=[amira.key])
    theirs, own = window(office), window(amira)
    there, here = typed(theirs.get(path)), typed(own.get(reverse("people:profile")))
    own.post(reverse("people:profile"), {**here, "phone": "22222222"})
    told = theirs.post(path, {**there, "phone": "33333333"})
    assert "Amira Warsame has saved something else meanwhile" in markup(told)
    assert "<dd>22222222</dd>" in markup(told)
    assert again(amira).phone == "22222222"
    assert theirs.post(path, typed(told)).status_code == 302
    assert again(amira).phone == "33333333"


def test_who_only_looked_is_not_named(town):
    """To open a person's page is an event too."""
    school, _first, amira, _omar = town
    olav, karen = make.holder("office", school, "Olav", "Kontor"), make.holder("office", school, "Karen", "Kontor")
    path = reverse("people:person_contact", args=[amira.key])
    one, other = window(olav), window(karen)
    here, there = typed(one.get(path)), typed(other.get(path))
    one.post(path, {**here, "phone": "22222222"})
    other.get(reverse("people:person_detail", args=[amira.key]))
    told = markup(other.post(path, {**there, "phone": "33333333"}))
    assert "Olav Kontor has saved something else meanwhile" in told


def test_how_one_hears_from_us(town):
    amira = town[2]
    told = second_is_told(
        reverse("messaging:preference_edit"),
        window(amira),
        window(amira),
        {"digest": "daily", "quiet_from": "20:00"},
        {"digest": "weekly", "quiet_from": "22:00"},
        stored=lambda: Preference.objects.values_list("digest", "quiet_from").first(),
    )
    assert "<dd>Once a day</dd>" in told
    assert "<dd>20:00</dd>" in told
    assert Preference.objects.get().quiet_from == time(22)


# Gatherings


def test_what_is_thought_of_so_that_everyone_can_come(town):
    _school, first, amira, _omar = town
    gathering = make.gathering(first, by=amira)
    second_is_told(
        reverse("networks:inclusion_check", args=[gathering.pk]),
        window(amira),
        window(amira),
        {"fine": ["price", "food"]},
        {"fine": ["price", "time"]},
        stored=lambda: InclusionCheck.objects.values_list("fine", flat=True).first(),
    )


def test_what_a_home_tells_of_itself(town):
    _school, first, amira, omar = town
    gathering = make.published(first, by=amira)
    networks.answer(gathering, by=amira, household=amira.household, answer="yes")
    told = second_is_told(
        reverse("networks:gathering_show", args=[gathering.pk]),
        window(amira),
        window(omar),
        {"food": "No nuts"},
        {"food": "No fish"},
        stored=lambda: Rsvp.objects.get().food,
    )
    assert "Amira Warsame has saved something else meanwhile" in told
    assert "<dd>No nuts</dd>" in told


def test_behind_a_link_nothing_is_shown_that_was_not_written_there(town):
    """The mark of an allergy says nothing of it, and where it was changed meanwhile the page says only that."""
    _school, first, amira, omar = town
    gathering = make.published(first, by=amira)
    networks.answer(gathering, by=amira, household=amira.household, answer="yes")
    details = {"adults": 1, "pupils": [], "lift": "none"}
    networks.detail_answer(gathering, by=omar, household=omar.household, food="Gluten", **details)
    link = link_for(amira, gathering, purpose="networks.answer")
    client, path = window(amira), urlsplit(link.url()).path
    client.logout()
    there = {**typed(client.get(path)), "go_on": "1"}
    assert there["food"] == ""
    networks.detail_answer(gathering, by=omar, household=omar.household, food="Peanuts", **details)
    assert client.post(path, {**there, "adults": "2", "food": ""}).status_code == 302
    assert Rsvp.objects.get().food == "Peanuts"
    told = client.post(path, {**there, "food": "Nuts"})
    assert NOT_YET in markup(told)
    assert "This is not shown here." in markup(told)
    assert "Peanuts" not in markup(told)
    assert Rsvp.objects.get().food == "Peanuts"


# Principles and support


def test_how_a_principle_is_kept(town):
    school = town[0]
    karen, olav = make.holder("principal", school, "Karen"), make.holder("office", school, "Olav")
    version = principles.draft_principle(school, by=karen, outline=read_outline("Prinsipp\n\nFormål\n\n• Alle er med."))
    principle = version.principle
    next_year = date(school.today().year + 1, 8, 1)  # a year that is said
    told = second_is_told(
        reverse("principles:principle_keep", args=[principle.place_key, principle.slug]),
        window(karen),
        window(olav),
        {"review_on": next_year},
        {"review_on": next_year + timedelta(days=31)},
        stored=lambda: again(principle).review_on,
    )
    assert f"<dd>{next_year:%A} 1 August {next_year.year}</dd>" in told


def test_the_name_is_of_who_changed_this_section(town):
    school = town[0]
    karen, olav = make.holder("principal", school, "Karen"), make.holder("office", school, "Olav")
    text = "Prinsipp\n\nFormål\n\n• Alle er med.\n\nSkolens ansvar\n\n• Skolen svarer."
    version = principles.draft_principle(school, by=karen, outline=read_outline(text))
    first, second = version.sections.all()[:2]
    path, client = reverse("principles:section_edit", args=[first.pk]), window(olav)
    there = typed(client.get(path))
    words = {"kind": first.kind, "heading": first.heading}
    principles.edit_section(first, by=karen, **words, lead="Karen's")
    principles.edit_section(second, by=olav, kind=second.kind, heading=second.heading, lead="Olav's")
    assert "Karen Lie has saved something else" in markup(client.post(path, {**there, "lead": "Mine"}))


def test_a_journal_number(town):
    school, first, amira, _omar = town
    cast.scheme(school.municipality)
    karen = make.holder("principal", school, "Karen")
    sent = cast.applied(cast.gathering(first), amira)
    told = second_is_told(
        reverse("grants:application_show", args=[sent.pk]),
        window(karen),
        window(karen),
        {"journal_number": "27/1"},
        {"journal_number": "27/2"},
        stored=lambda: again(sent).journal_number,
        form="number_form",
        to=reverse("grants:application_number", args=[sent.pk]),
    )
    assert "<dd>27/1</dd>" in told


# What a page carries along


@pytest.mark.parametrize("seen", ["", "|", "x|phone=1", "99999999999999999999|phone=1", "0|phone", "\ue000|=|="])
def test_a_mark_that_is_none_breaks_nothing(town, seen):
    school, _first, amira, _omar = town
    office = make.holder("office", school, "Olav", "Kontor")
    client, path = window(office), reverse("people:person_contact", args=[amira.key])
    answer = client.post(path, {"email": amira.email, "phone": "33333333", "seen": seen})
    assert answer.status_code in (200, 302)


def test_a_mark_tells_nothing_and_is_of_one_row_and_one_field(town):
    _school, _first, amira, omar = town
    shown = Shown(amira, ContactForm.values_of)
    marks = {shown.mark("phone", "1"), shown.mark("email", "1"), Shown(omar, ContactForm.values_of).mark("phone", "1")}
    assert len(marks) == 3
    assert "11111111" not in shown.seal(shown.values)


def test_what_the_others_did_not_touch_is_not_laid_beside(town):
    school, _first, amira, _omar = town
    form, office = _corrected(amira, phone="33333333", email="new@example.org"), make.holder("office", school, "Olav")
    Person.objects.filter(pk=amira.pk).update(phone="22222222")
    with translation.override("en"), refusals_as(form):
        actions.correct_contact(amira, by=office, **form.cleaned_data)
    assert [text for _label, text in form.theirs] == ["22222222"]
    assert "Something else has been saved here meanwhile" in form.errors["__all__"][0]


def test_a_row_that_is_gone_is_the_actions_to_tell(town):
    _school, first, amira, _omar = town
    gathering = make.published(first, by=amira)
    networks.answer(gathering, by=amira, household=amira.household, answer="yes")
    page = answer_page(gathering, amira)
    told = DetailForm.shown_of(page, hides=False)
    sent = typed_into(DetailForm(page=page, shown=told))
    form = DetailForm(sent, page=page, shown=told)
    assert form.is_valid(), form.errors
    Rsvp.objects.all().delete()
    with translation.override("en"), refusals_as(form):
        networks.detail_answer(gathering, by=amira, household=amira.household, **form.cleaned_data)
    assert form.errors["__all__"] == ["First say whether you are coming."]


def test_only_the_first_action_looks(town):
    """What it has saved is the form's own, for whatever follows."""
    school, _first, amira, _omar = town
    office = make.holder("office", school, "Olav")
    form = _corrected(amira, phone="33333333", email=amira.email)
    with refusals_as(form):
        actions.correct_contact(amira, by=office, **form.cleaned_data)
        actions.correct_contact(amira, by=office, phone="44444444", email=amira.email)
    assert not form.errors


def _corrected(person, **changes):
    shown = Shown(again(person), ContactForm.values_of)
    form = ContactForm({**typed_into(ContactForm(shown=shown)).dict(), **changes}, shown=shown)
    assert form.is_valid()
    return form


def typed_into(form):
    sent = QueryDict(mutable=True)
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, list):
            sent.setlist(name, value)
        elif value not in (None, False):
            sent[name] = value
    return sent
