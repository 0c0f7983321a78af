"""The identity of a point that lasts through versions, and how other rooms read its words by it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.clauses import clauses_at, clauses_in_force
from portal.people.models import the_portal
from principles import actions
from principles.models import Clause, Lineage
from principles.outline import read_outline
from tests import make
from tests.principles.conftest import TEXT, as_proposed, publish


def lineage(principle, number):
    return principle.lineages.get(number=number).pk


def texts(lineages):
    return {key: one.text for key, one in clauses_in_force(lineages).items()}


def all_of(principle):
    return list(principle.lineages.order_by("number").values_list("number", flat=True))


# The identity


def test_every_point_has_a_lineage_of_its_own_from_the_start(draft):
    assert all_of(draft.principle) == [1, 2, 3, 4]


def test_a_new_version_carries_the_lineages_on(published, karen):
    before = list(Lineage.objects.values_list("pk", "number"))

    actions.draft_revision(published.principle, by=karen)

    assert list(Lineage.objects.values_list("pk", "number")) == before


def test_a_point_that_is_edited_moved_or_put_elsewhere_keeps_its_lineage(published, karen):
    key = lineage(published.principle, 3)
    second = actions.draft_revision(published.principle, by=karen)
    clause = second.clauses.get(number=3)
    actions.edit_clause(clause, by=karen, text="I får en plan.", party="both", section=second.sections.first())
    clause.refresh_from_db()
    actions.move_clause(clause, by=karen, up=True)

    publish(second, karen, applies=timezone.localdate())

    assert texts([key]) == {key: "I får en plan."}


def test_points_struck_and_put_in_leave_every_other_as_it_was(published, karen):
    keys = {number: lineage(published.principle, number) for number in (1, 2, 3, 4)}
    second = actions.draft_revision(published.principle, by=karen)
    actions.remove_clause(second.clauses.get(number=2), by=karen)
    actions.add_clause(second.sections.first(), by=karen, text="Barnet får ordet først.")

    publish(second, karen, applies=timezone.localdate())

    assert texts(keys.values()) == {
        keys[1]: "Samtalen hjælper barnet videre.",
        keys[3]: "Læreren sender en plan.",
        keys[4]: "Mindst én forælder deltager.",
    }


def test_a_text_that_is_brought_in_carries_on_what_is_alike(published, karen):
    key = lineage(published.principle, 2)
    changed = TEXT.replace("• Skolen", "• Barnet får ordet først.\n• Skolen").replace("en uge", "14 dage")

    second = as_proposed(published.principle, karen, read_outline(changed))
    publish(second, karen, applies=timezone.localdate())

    assert texts([key]) == {key: "Skolen indkalder mindst 14 dage før."}
    assert all_of(published.principle) == [1, 2, 3, 4, 5]


def test_what_was_struck_from_a_draft_leaves_its_number_to_nobody(draft, karen):
    added = actions.add_clause(draft.sections.first(), by=karen, text="Tak.")
    actions.remove_clause(added, by=karen)

    again = actions.add_clause(draft.sections.first(), by=karen, text="Velkommen.")

    assert (added.number, again.number) == (5, 6)


def test_a_version_has_each_lineage_once(draft):
    again = draft.clauses.first()
    again.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_two_principles_share_no_lineage(draft, karen, engen):
    other = actions.draft_principle(engen, by=karen, outline=read_outline(TEXT.replace("samtaler", "møder")))

    assert lineage(draft.principle, 1) != lineage(other.principle, 1)


def test_the_lineages_of_a_principle_that_was_never_published_go_with_it(draft, karen):
    actions.discard_draft(draft, by=karen)

    assert not Lineage.objects.exists()


def test_the_database_gives_a_point_its_lineage_whoever_writes_it(draft):
    Clause.objects.bulk_create(
        [Clause(version=draft, section=draft.sections.first(), number=9, position=9, party="both", text="Ni")]
    )
    Clause.objects.filter(number=9).update(number=10)

    assert all_of(draft.principle) == [1, 2, 3, 4, 9, 10]


# The register


def test_rooms_read_the_words_in_force_with_their_address(published):
    key = lineage(published.principle, 2)

    found = clauses_in_force([key])[key]

    assert (found.number, found.text, found.language) == (2, "Skolen indkalder mindst en uge før.", "da")
    assert found.title == "Princip for skole-hjem-samtaler"
    address = reverse("principles:principle_detail", args=[published.principle.place_key, published.principle.slug])
    assert found.url == f"{address}#clause-2"


def test_a_draft_what_comes_and_what_is_repealed_are_not_read(published, karen):
    key = lineage(published.principle, 2)
    second = actions.draft_revision(published.principle, by=karen)
    actions.edit_clause(
        second.clauses.get(number=2), by=karen, text="Nyt.", party="school", section=second.sections.get(position=2)
    )
    assert texts([key]) == {key: "Skolen indkalder mindst en uge før."}

    publish(second, karen, applies=timezone.localdate() + timedelta(days=3), adopted_on=timezone.localdate())
    assert texts([key]) == {key: "Skolen indkalder mindst en uge før."}

    other = publish(
        actions.draft_principle(
            published.principle.school, by=karen, outline=read_outline(TEXT.replace("samtaler", "møder"))
        ),
        karen,
    )
    key = lineage(other.principle, 1)
    actions.repeal_principle(other.principle, by=karen, last_day=timezone.localdate() - timedelta(days=1))
    assert texts([key]) == {}


def test_a_key_that_is_nobodys_says_nothing(db):
    assert clauses_in_force([0, 10**12]) == clauses_in_force([]) == {}


def test_what_applies_at_a_school_are_its_own_points_and_those_it_shares(published, engen):
    lia = make.school("Lia", within=engen.municipality)
    shared = publish(
        actions.draft_principle(
            engen.municipality, by=the_portal(), outline=read_outline(TEXT.replace("samtaler", "alle"))
        ),
        the_portal(),
    )

    assert [one.title for one in clauses_at(engen)] == [published.title] * 4 + [shared.title] * 4
    assert [one.title for one in clauses_at(lia)] == [shared.title] * 4
    assert clauses_at(make.school("Elsewhere")) == []


def test_many_points_are_one_question(published, django_assert_num_queries):
    keys = [lineage(published.principle, number) for number in (1, 2, 3, 4)]

    with django_assert_num_queries(1):
        clauses_in_force(keys)
