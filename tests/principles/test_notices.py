"""Who hears of a published principle, and what waits for the principal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.ledger.models import Event
from portal.people.hats import hats_of
from principles import actions
from principles.notices import principal_and_board
from tests import make
from tests.pages import todos_of
from tests.principles.conftest import publish


def test_principal_and_board_hear_but_not_whoever_published(published, karen, mette, olav, amira):
    make.holder("board_member", make.school("Lia"))

    event = Event.objects.get(verb="principles.version_published")

    assert list(principal_and_board(event)) == [mette]


@pytest.mark.parametrize(("days", "waits"), [(61, 0), (60, 1), (30, 1), (0, 1), (-5, 1)])
def test_review_waits_for_the_principal(draft, karen, days, waits):
    publish(draft, karen, review_on=timezone.localdate() + timedelta(days=days))

    (hat,) = hats_of(karen)

    assert len([todo for todo in todos_of(hat) if todo.icon == "Compass"]) == waits


@pytest.mark.parametrize(
    ("owner", "waits"),
    [("principal", {"Karen"}), ("board_member", {"Mette"}), ("office", {"Olav"}), ("municipality_officer", {"Maja"})],
)
def test_the_review_waits_for_whoever_looks_after_it(draft, engen, karen, mette, olav, owner, waits):
    maja = make.holder("municipality_officer", engen.municipality, "Maja")
    publish(draft, karen, review_on=timezone.localdate())
    keep = {"binding_kind": "board_principle", "owner_role": owner, "review_on": timezone.localdate()}
    actions.manage_principle(draft.principle, by=karen, **keep)

    waiting = {
        person.given_name
        for person in (karen, mette, olav, maja)
        for hat in hats_of(person)
        for todo in todos_of(hat)
        if todo.icon == "Compass"
    }

    assert waiting == waits


def test_review_of_a_draft_waits_for_nobody(draft, karen):
    draft.principle.review_on = timezone.localdate()
    draft.principle.save(update_fields=["review_on"])

    (hat,) = hats_of(karen)

    assert [todo for todo in todos_of(hat) if todo.icon == "Compass"] == []
