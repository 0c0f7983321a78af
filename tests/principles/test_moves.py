"""The life of a principle: every move of the table is reached, and every other is refused by the action and the database."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.people.actions import end_role
from portal.people.models import the_portal
from principles import actions, moves
from principles.adoption.actions import adopt_version
from principles.life.actions import move_version, note_idea
from principles.models import NameTaken, NotADraft, NotPublishable, Principle, PrincipleVersion
from principles.moves import TABLE, Later, State
from principles.outline import read_outline
from principles.rules import can_move
from tests import make
from tests.principles.conftest import TEXT, publish

REACHES = {  # the stored stages on the way to each
    State.IDEA: (),
    State.DRAFT: (),
    State.READING: (State.READING,),
    State.HEARING: (State.READING, State.HEARING),
    State.ADOPTION: (State.READING, State.ADOPTION),
}


def at(draft, stage):
    """The draft brought to a stage, step by step."""
    if stage == State.IDEA:
        PrincipleVersion.objects.filter(pk=draft.pk).delete()
        return PrincipleVersion.objects.create(
            principle=draft.principle, number=1, state=stage, title=draft.title, language="da"
        )
    for step in REACHES[stage]:
        PrincipleVersion.objects.filter(pk=draft.pk).update(state=step)
    draft.refresh_from_db()
    return draft


def buttons():
    return [pair for pair, move in TABLE.items() if move.action == "move_version"]


@pytest.mark.parametrize(("start", "end"), buttons())
def test_every_move_by_a_button_is_made(draft, mette, start, end):
    version = at(draft, start)

    move_version(version, by=mette, to=end)

    version.refresh_from_db()
    assert (version.state, version.stage()) == (end, end)


@pytest.mark.parametrize("start", list(REACHES))
def test_every_other_move_is_refused(draft, mette, start):
    version = at(draft, start)

    for end in (*State, *Later):
        if (start, end) not in buttons():
            with pytest.raises(moves.NotThatWay):
                move_version(version, by=mette, to=end)
    version.refresh_from_db()
    assert version.state == start


@pytest.mark.parametrize(
    ("start", "end"), [pair for pair in product(REACHES, State) if pair[0] != pair[1] and pair not in TABLE]
)
def test_the_database_keeps_the_table_itself(draft, start, end):
    version = at(draft, start)
    said = {"adopted_on": version.begun_on, "adopted_by": "x", "effective_from": version.begun_on}
    said |= {"published_at": timezone.now(), "published_by": make.holder("principal", version.principle.school)}

    with pytest.raises(IntegrityError, match="no move"), transaction.atomic():
        PrincipleVersion.objects.filter(pk=version.pk).update(state=end, **(said if end == State.PUBLISHED else {}))


@pytest.mark.parametrize("state", [State.READING, State.HEARING, State.ADOPTION, State.PUBLISHED])
def test_a_version_begins_as_an_idea_or_a_draft(draft, state):
    with pytest.raises(IntegrityError), transaction.atomic():
        PrincipleVersion.objects.create(principle=draft.principle, number=2, state=state, title="x", language="da")


def test_the_days_make_the_moves_after_publication(draft, karen):
    version = publish(draft, karen, date(2024, 5, 14), review_on=date(2026, 5, 14))
    principle = Principle.objects.get()
    version = principle.versions.get()
    for day, stage in (
        (date(2024, 5, 13), State.PUBLISHED),
        (date(2024, 5, 14), Later.IN_FORCE),
        (date(2026, 5, 14), Later.REVIEW_DUE),
    ):
        assert version.stage(day) == stage

    actions.manage_principle(
        principle, by=karen, binding_kind="board_principle", owner_role="principal", review_on=date(2028, 1, 1)
    )
    assert PrincipleVersion.objects.get().stage(date(2026, 5, 14)) == Later.IN_FORCE

    publish(actions.draft_revision(principle, by=karen), karen, date(2025, 8, 1))
    assert principle.versions.get(number=1).stage(date(2026, 1, 1)) == Later.REVISED
    actions.repeal_principle(principle, by=karen, last_day=date(2026, 1, 31))
    assert principle.versions.get(number=2).stage(date(2026, 2, 1)) == Later.REPEALED


def test_what_is_published_moves_no_further(published, mette):
    for end in State:
        with pytest.raises(NotADraft):
            move_version(published, by=mette, to=end)


def test_a_decision_after_the_draft_was_begun_goes_by_the_board(draft, karen, mette):
    PrincipleVersion.objects.filter(pk=draft.pk).update(begun_on=date(2024, 5, 1))
    draft.refresh_from_db()

    with pytest.raises(moves.AdoptedLater):
        publish(draft, karen, date(2024, 5, 14))
    with pytest.raises(IntegrityError, match="after it was begun"), transaction.atomic():
        PrincipleVersion.objects.filter(pk=draft.pk).update(
            state="published",
            adopted_on=date(2024, 5, 14),
            adopted_by="x",
            effective_from=date(2024, 5, 14),
            published_at=timezone.now(),
            published_by=karen,
        )

    for step in (State.READING, State.ADOPTION):
        move_version(draft, by=mette, to=step)
    with pytest.raises(NotPublishable):
        publish(draft, karen, date(2024, 5, 14))
    day = date(2024, 5, 14)
    adopt_version(draft, by=karen, meeting_on=day, body="Styret", item="6", decision="Ja", effective_from=day)
    draft.refresh_from_db()
    assert draft.stage(day) == Later.IN_FORCE


def test_nothing_is_published_out_of_a_hearing_or_a_reading(draft, karen):
    for stage in (State.READING, State.HEARING):
        version = at(draft, stage)
        with pytest.raises(moves.NotThatWay):
            publish(version, karen)


def test_what_lies_before_the_board_is_not_reworded(draft, karen):
    version = at(draft, State.ADOPTION)
    clause = version.clauses.first()

    with pytest.raises(NotADraft):
        actions.edit_clause(clause, by=karen, text="x", party="both", section=clause.section)
    with pytest.raises(NotADraft):
        actions.discard_draft(version, by=karen)
    with pytest.raises(IntegrityError), transaction.atomic():
        version.clauses.update(text="x")


def test_the_board_decides_in_denmark_and_the_head_or_the_board_in_norway(draft, karen, mette, olav):
    version = at(draft, State.READING)
    assert [can_move(one, version, State.ADOPTION) for one in (karen, mette, olav)] == [False, True, False]
    with pytest.raises(PermissionDenied):
        move_version(version, by=karen, to=State.ADOPTION)

    lia = make.school("Lia")
    lise, member = make.holder("principal", lia), make.holder("board_member", lia)
    plan = at(actions.draft_principle(lia, by=lise, outline=read_outline(TEXT)), State.READING)
    assert [can_move(one, plan, State.ADOPTION) for one in (lise, member, mette)] == [True, True, False]


def test_school_rules_in_norway_are_heard_first(db):
    lia = make.school("Lia")
    lise = make.holder("principal", lia)
    rules = actions.draft_principle(lia, by=lise, outline=read_outline(TEXT), binding_kind="school_rules")
    move_version(rules, by=lise, to=State.READING)

    with pytest.raises(moves.NotHeard):
        move_version(rules, by=lise, to=State.ADOPTION)


def test_the_municipality_moves_what_is_common(engen, mette):
    officer = make.holder("municipality_officer", engen.municipality)
    version = actions.draft_principle(engen.municipality, by=officer, outline=read_outline(TEXT))

    move_version(version, by=officer, to=State.READING)

    assert not can_move(mette, version, State.ADOPTION)


def test_an_idea_is_noted_and_taken_up(engen, mette):
    idea = note_idea(engen, by=mette, title="Mobiler", why="De forstyrrer.", binding_kind="school_rules", language="da")

    assert (idea.stage(), idea.introduction, idea.number) == (State.IDEA, "De forstyrrer.", 1)
    move_version(idea, by=mette, to=State.DRAFT)
    assert idea.stage() == State.DRAFT
    with pytest.raises(NameTaken):
        note_idea(engen, by=mette, title="Mobiler", binding_kind="school_rules", language="da")


def test_a_guardian_notes_none(engen, amira):
    with pytest.raises(PermissionDenied):
        note_idea(engen, by=amira, title="Mobiler", binding_kind="school_rules", language="da")


def test_the_page_shows_the_way_and_offers_what_the_reader_may(client, draft, karen, mette):
    version = at(draft, State.READING)
    address = reverse(
        "principles:version_move", args=[version.principle.place_key, version.principle.slug, "board_adoption"]
    )

    client.force_login(karen)
    page = client.get(version.get_absolute_url())
    assert "aria-current" in page.text
    assert address not in page.text
    assert client.post(address).status_code == 403

    client.force_login(mette)
    assert address in client.get(version.get_absolute_url()).text
    client.post(address)
    version.refresh_from_db()
    assert version.state == State.ADOPTION


def test_the_page_says_whose_turn_it_is(client, draft, karen, mette):
    def page(person):
        type(person).objects.filter(pk=person.pk).update(language="en")
        client.force_login(person)
        return client.get(draft.get_absolute_url()).text

    assert "Publish what is adopted already" in page(karen)
    at(draft, State.READING)
    assert "The board reads it, and decides whether people are asked" in page(karen)
    assert "The board reads it, and decides" not in page(mette)
    at(draft, State.ADOPTION)
    decide = reverse("principles:version_adopt", args=[draft.principle.place_key, draft.principle.slug])
    assert decide in page(mette)
    assert "the words stand still" in page(mette)
    assert "Publish what is adopted already" not in page(mette)


def test_the_idea_page(client, engen, mette):
    client.force_login(mette)
    address = reverse("principles:idea_note", args=[engen.number])

    assert client.get(address).status_code == 200
    assert "error" in client.post(address, {"title": ""}).text
    client.post(address, {"title": "Mobiler", "why": "x", "binding_kind": "school_rules"})

    assert PrincipleVersion.objects.get().stage() == State.IDEA


def test_a_draft_of_a_hundred_days_is_published_only_as_it_was_decided(draft, karen):
    PrincipleVersion.objects.filter(pk=draft.pk).update(begun_on=timezone.localdate() - timedelta(days=100))
    draft.refresh_from_db()
    assert publish(draft, karen, timezone.localdate() - timedelta(days=100)).stage() == Later.IN_FORCE


def test_whoever_writes_takes_it_back_from_the_board(draft, olav):
    version = at(draft, State.READING)

    move_version(version, by=olav, to=State.DRAFT)

    version.refresh_from_db()
    assert version.state == State.DRAFT


def test_where_nobody_sits_on_a_board_the_head_takes_its_steps(draft, karen, mette):
    version = at(draft, State.READING)
    with pytest.raises(PermissionDenied):
        move_version(version, by=karen, to=State.ADOPTION)

    end_role(mette.roles.get(), by=the_portal())
    move_version(version, by=karen, to=State.ADOPTION)

    version.refresh_from_db()
    assert version.state == State.ADOPTION
