"""Texts to begin from: where they come from, copied as a draft, and how far a school has gone from them."""

import pytest
from django.urls import reverse

from portal.ledger.models import Event
from principles import actions
from principles.library.actions import copy_inspiration
from principles.library.models import Inspired
from principles.library.queries import departure_of
from principles.library.shelf import SHELF
from principles.models import NameTaken, PrincipleVersion
from tests import make
from tests.ground import once
from tests.principles.conftest import publish

TALKS = SHELF["da-samtaler"]


@once
def copied(engen, karen):
    return copy_inspiration(engen, by=karen, inspiration=TALKS)


def address(name, *args):
    return reverse(f"principles:inspiration_{name}", args=args)


@pytest.mark.parametrize("key", SHELF)
def test_each_text_is_read_without_a_doubt(key):
    outline = SHELF[key].outline

    assert outline.language == SHELF[key].language
    assert {section.kind for section in outline.sections} >= {"purpose", "goals", "school", "parents"}
    assert "other" not in {section.kind for section in outline.sections}
    assert outline.warnings == []
    assert outline.found == outline.paragraphs


def test_two_say_whose_they_were():
    assert "Skole og Forældre" in str(TALKS.origin)
    assert "Danish school" in str(SHELF["da-samarbejde"].origin) or SHELF["da-samarbejde"].origin


def test_a_copy_is_a_draft_that_says_the_same(copied):
    departure = departure_of(copied)

    assert copied.is_draft
    assert (departure.inspiration, departure.changes) == (TALKS, [])
    assert Inspired.objects.get().template == "da-samtaler"
    assert Event.objects.filter(verb="principles.inspiration_copied").count() == 1


def test_four_places_that_differ_are_counted(copied, karen):
    first, second, third = copied.clauses.all()[:3]
    actions.edit_clause(first, by=karen, text="Vi taler sammen.", party="both", section=first.section)
    actions.remove_clause(second, by=karen)
    actions.edit_clause(third, by=karen, text="Skole og hjem sætter mål.", party="both", section=third.section)
    actions.add_clause(copied.sections.last(), by=karen, text="Et nyt punkt.")

    assert sorted(change.kind for change in departure_of(copied).changes) == ["changed", "changed", "gone", "new"]


def test_a_point_put_in_before_the_others_is_one_difference(copied, karen):
    point = actions.add_clause(copied.sections.get(kind="goals"), by=karen, text="Et nyt punkt.")
    for _step in range(5):
        point.refresh_from_db()
        actions.move_clause(point, by=karen, up=True)

    assert [change.kind for change in departure_of(copied).changes] == ["new"]


def test_it_is_said_in_every_version(copied, karen):
    publish(copied, karen)
    second = actions.draft_revision(copied.principle, by=karen)
    clause = second.clauses.first()
    actions.edit_clause(clause, by=karen, text="Vi taler sammen.", party="both", section=clause.section)

    assert departure_of(copied).changes == []
    assert len(departure_of(second).changes) == 1


def test_a_text_of_its_own_has_no_template(draft, client, karen):
    assert departure_of(draft) is None

    client.force_login(karen)
    assert client.get(address("changes", draft.principle.place_key, draft.principle.slug)).status_code == 404


def test_a_name_that_is_taken_is_refused_in_words(client, copied, engen, karen):
    with pytest.raises(NameTaken):
        copy_inspiration(engen, by=karen, inspiration=TALKS)

    client.force_login(karen)
    answer = client.post(address("show", engen.number, TALKS.key), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert PrincipleVersion.objects.count() == 1


def test_the_pages_read_copy_and_compare(client, engen, karen):
    client.force_login(karen)

    assert "Skole og Forældre" in client.get(address("list", engen.number)).content.decode()
    page = client.post(address("show", engen.number, TALKS.key), follow=True)
    version = PrincipleVersion.objects.get()
    assert page.redirect_chain[0][0] == version.get_absolute_url()
    assert "Skole og Forældre" in page.content.decode()
    clause = version.clauses.first()
    actions.edit_clause(clause, by=karen, text="Vi taler sammen.", party="both", section=clause.section)
    assert "Vi taler sammen" in client.get(address("changes", engen.number, version.principle.slug)).content.decode()


def test_copy_inspiration_denies_guardian_and_neighbour(client, engen, amira):
    neighbour = make.holder("office", make.school("Lia"))

    assert not copy_inspiration.may(amira, engen)
    assert not copy_inspiration.may(neighbour, engen)
    client.force_login(neighbour)
    assert client.get(address("list", engen.number)).status_code == 403


def test_a_draft_is_compared_for_those_who_write_it_alone(client, copied):
    assert client.get(address("changes", copied.principle.place_key, copied.principle.slug)).status_code == 404
