"""What the foot of every page leads to: help for the hat that is worn, and the accessibility statement."""

import pytest
from django.urls import reverse
from django.utils import translation

from portal.help import NOBODY, Question, chapters_for
from portal.people.hats import PARENT, PUPIL, hats_of
from portal.people.models import Role
from tests import make
from tests.ground import once
from tests.pages import markup

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
ROLES = list(Role.Kind)
HATS = [PARENT, PUPIL, *ROLES]


@once
def lia(db):
    school = make.school("Lia skole")
    school.phone, school.email = "+4761000001", "post@lia.example"
    school.save()
    return school


@once
def in_class(lia):
    return make.school_class("3B", at=lia)


def wearer(kind, in_class):
    if kind == PARENT:
        return make.family(in_class)[1]
    if kind == PUPIL:
        return make.pupil(
            "Kari", in_class=in_class, born_on=make.LONG_AGO.replace(year=in_class.school.today().year - 14)
        )
    if kind == Role.Kind.DEPUTY:
        made = make.person("Depp")
        make.role(made, kind, in_class.school, valid_to=in_class.year.ends_on)
        return made
    scope = in_class if kind in (*Role.Kind.values[:3],) else in_class.school
    return make.holder(kind, scope.municipality if kind == Role.Kind.MUNICIPALITY_OFFICER else scope)


def test_every_hat_has_its_answers():
    assert [kind for kind in (NOBODY, *HATS) if not chapters_for(kind)] == []


@pytest.mark.parametrize("kind", HATS)
def test_help_shows_the_hats_answers_and_every_link_opens(client, in_class, kind):
    person = wearer(kind, in_class)
    person.language = "en"
    person.save()
    client.force_login(person)
    hat = next(hat for hat in hats_of(person) if hat.kind == kind)
    client.post(reverse("hat_wear"), {"hat": hat.key})
    shown = markup(client.get(reverse("help")))
    with translation.override("en"):
        questions = [question for chapter in chapters_for(hat.kind) for question in chapter.questions]
        assert [question.ask for question in questions if str(question.ask) not in shown] == []
    wrong = [q.url for q in questions if q.url and client.get(reverse(q.url)).status_code not in (200, 302)]
    assert wrong == []
    assert "Lia skole" in shown
    assert "tel:+4761000001" in shown


def test_nobody_learns_how_to_come_in_and_how_to_reach_each_school(client, lia, django_assert_max_num_queries):
    make.school("Sol skole", within=lia.municipality)
    with django_assert_max_num_queries(2):
        shown = markup(client.get(reverse("help"), **ENGLISH))
    assert [
        str(question.ask)
        for chapter in chapters_for(NOBODY)
        for question in chapter.questions
        if str(question.ask) not in shown
    ] == []
    assert "Lia skole" in shown
    assert "Sol skole" in shown


def test_help_names_the_schools_of_the_own_children_only(client, in_class, lia):
    elsewhere = make.school_class("1A", at=make.school("Elsewhere", within=lia.municipality))
    _child, amira = make.family(in_class)
    hidden = make.pupil("Hidden", in_class=elsewhere)
    make.confirmed(amira, hidden)
    make.restricted(amira, hidden)
    client.force_login(amira)
    shown = markup(client.get(reverse("help")))
    assert "Lia skole" in shown
    assert "Elsewhere" not in shown


def test_questions_are_answered_in_short_sentences():
    """Somebody who reads in a third language can follow: no sentence has more than 24 words."""
    chapters = [chapter for kind in (NOBODY, *HATS) for chapter in chapters_for(kind)]
    questions: set[Question] = {question for chapter in chapters for question in chapter.questions}
    with translation.override("en"):
        sentences = [one for question in questions for line in question.says for one in str(line).split(". ")]
    assert [sentence for sentence in sentences if len(sentence.split()) > 24] == []


@pytest.mark.parametrize(("country", "authority"), [("NO", "uutilsynet.no"), ("DK", "digst.dk")])
def test_accessibility_names_the_authority_of_the_country(client, db, country, authority):
    school = make.school("Engen", country=country)
    client.force_login(make.family(make.school_class(at=school))[1])
    shown = markup(client.get(reverse("accessibility"), **ENGLISH))
    assert authority in shown
    assert [one for one in ("uutilsynet.no", "digst.dk") if one in shown] == [authority]
    assert "Engen" in shown


def test_accessibility_is_open_and_says_since_when(client, lia, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        shown = markup(client.get(reverse("accessibility"), **ENGLISH))
    assert "in part" in shown
    assert "2026" in shown


@pytest.mark.parametrize("page", ["account_login", "help"])
def test_the_foot_leads_there_without_signing_in(client, db, page):
    shown = markup(client.get(reverse(page)))
    assert f'href="{reverse("help")}"' in shown
    assert f'href="{reverse("accessibility")}"' in shown
    assert reverse("privacy_seen") not in shown


def test_the_foot_leads_there_from_a_page_that_is_not_there(client, in_class):
    client.force_login(make.family(in_class)[1])
    shown = markup(client.get("/no-such-page/"))
    assert f'href="{reverse("help")}"' in shown
    assert f'href="{reverse("accessibility")}"' in shown
    assert f'href="{reverse("privacy_seen")}"' in shown
