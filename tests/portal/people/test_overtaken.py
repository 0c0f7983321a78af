"""Two who write the same at once, or one in two windows: nothing is replaced unseen, and nothing typed is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from grants import actions as grants
from networks.models import Gathering
from portal.people.models import AddressProtection, Role
from principles import actions as principles
from principles.outline import read_outline
from tests import make
from tests.conftest import Browser
from tests.grants import cast
from tests.ground import once
from tests.pages import markup

pytestmark = pytest.mark.django_db


@once
def town():
    school = make.school("Lia skole")
    first = make.school_class("1A", at=school)
    _nora, amira = make.family(first, pupil_name="Nora", adult_name="Amira", family_name="Warsame", language="en")
    _iver, jonas = make.family(first, pupil_name="Iver", adult_name="Jonas", family_name="Dahl", language="en")
    for person in (amira, jonas):
        make.role(person, Role.Kind.CLASS_CONTACT, first)
    return school, first, amira, jonas


def window(person):
    client = Browser()
    client.force_login(person)
    return client


def opened(client, path):
    form = client.get(path).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items() if value is not False}


def edit_gathering(town):
    _school, first, amira, _jonas = town
    gathering = make.gathering(first, by=amira)
    return reverse("networks:gathering_edit", args=[gathering.pk]), "title", lambda: Gathering.objects.get().title


def edit_application(town):
    school, first, amira, _jonas = town
    cast.scheme(school.municipality)
    application = grants.draft_application(cast.gathering(first), by=amira, **cast.FULL)
    path = reverse("grants:application_edit", args=[application.pk])
    return path, "purpose", lambda: type(application).objects.get(pk=application.pk).purpose


@pytest.mark.parametrize("begun", [edit_gathering, edit_application])
def test_the_second_is_told_whose_words_it_would_replace_and_may_still(town, begun):
    path, field, stored = begun(town)
    one, other = window(town[2]), window(town[3])
    first, second = opened(one, path), opened(other, path)
    draft = {"draft": "1"}

    one.post(path, {**first, **draft, field: "Amira's words"})
    told = other.post(path, {**second, **draft, field: "Jonas's words"})

    assert stored() == "Amira's words"
    assert "Amira Warsame has saved something else meanwhile" in markup(told)
    assert "Jonas&#x27;s words" in told.content.decode()
    other.post(path, {**opened_again(told), **draft})
    assert stored() == "Jonas's words"


def opened_again(answer):
    form = answer.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items() if value is not False}


def test_one_in_two_windows_is_told_as_well(town):
    path, field, stored = edit_gathering(town)
    client = window(town[2])
    first, second = opened(client, path), opened(client, path)

    client.post(path, {**first, field: "The first window"})
    told = client.post(path, {**second, field: "The second window"})

    assert stored() == "The first window"
    assert "You have saved something else in another window" in markup(told)


def test_a_double_press_is_no_quarrel(town):
    path, field, stored = edit_gathering(town)
    client = window(town[2])
    typed = {**opened(client, path), field: "Once"}

    assert [client.post(path, typed).status_code for _press in range(2)] == [302, 302]
    assert stored() == "Once"


def test_a_protected_contact_is_not_named_to_the_other(town):
    path, field, _stored = edit_gathering(town)
    amira, jonas = town[2], town[3]
    AddressProtection.objects.create(person=amira, grade="strict", valid_from=timezone.localdate())
    one, other = window(amira), window(jonas)
    first, second = opened(one, path), opened(other, path)

    one.post(path, {**first, field: "Amira's words"})
    told = markup(other.post(path, {**second, field: "Jonas's words"}))

    assert "Somebody else has saved something else meanwhile" in told
    assert "Warsame" not in told


def test_a_principles_draft_asks_for_its_words_its_sections_and_its_points(town):
    school = town[0]
    karen, olav = (make.holder("principal", school, "Karen"), make.holder("office", school, "Olav"))
    text = "Prinsipp\n\nFormål\n\n• Alle er med.\n\nSkolens ansvar\n\n• Skolen svarer."
    version = principles.draft_principle(school, by=karen, outline=read_outline(text))
    section = version.sections.first()
    place = (version.principle.place_key, version.principle.slug)
    for path, field in (
        (reverse("principles:draft_describe", args=place), "introduction"),
        (reverse("principles:section_edit", args=[section.pk]), "lead"),
        (reverse("principles:clause_edit", args=[section.clauses.first().pk]), "text"),
    ):
        one, other = window(karen), window(olav)
        first, second = opened(one, path), opened(other, path)
        assert one.post(path, {**first, field: "Karen's"}).status_code == 302, path
        told = other.post(path, {**second, field: "Olav's"})
        assert told.status_code == 200, path
        assert "Karen Lie" in markup(told), path
