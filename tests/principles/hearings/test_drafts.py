"""A draft and its hearing: what was never asked about can be thrown away, nothing is asked of nobody, nothing typed is lost, and
each step waits for whoever takes it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.people.hats import hats_of
from principles import actions as texts
from principles.hearings import actions
from principles.hearings.models import Hearing, NobodyAsked
from principles.life.actions import move_version
from principles.models import NotADraft, Principle, PrincipleVersion
from principles.moves import InHearing, State
from tests import make
from tests.pages import todos_of
from tests.principles.conftest import publish
from tests.principles.hearings.conftest import answer, over, prepare


def address(name, *args):
    return reverse(f"principles:{name}", args=args)


def of(version):
    return version.principle.place_key, version.principle.slug


def enter(client, person):
    type(person).objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)


def before_the_board(draft, mette):
    for stage in (State.READING, State.ADOPTION):
        move_version(draft, by=mette, to=stage)


# Thrown away, or not adopted


def test_a_hearing_called_off_before_anybody_was_asked_keeps_no_draft(client, draft, mette):
    hearing = prepare(draft, mette, opens=3)
    actions.call_off_hearing(hearing, by=mette)
    draft.refresh_from_db()
    enter(client, mette)
    assert "Throw the draft away" in client.get(draft.get_absolute_url()).text

    client.post(address("draft_discard", *of(draft)))

    assert not Principle.objects.exists()
    assert not Hearing.objects.exists()


def test_the_button_stands_only_where_it_does_something(client, draft, hearing, mette):
    enter(client, mette)

    assert "Throw the draft away" not in client.get(draft.get_absolute_url()).text
    assert client.get(address("draft_discard", *of(draft))).status_code == 302
    with pytest.raises(NotADraft):
        texts.discard_draft(draft, by=mette)


def test_a_heard_text_that_the_board_rejects_comes_to_an_end(client, draft, hearing, people, mette, karen):
    answer(hearing, people.ada)
    actions.close_hearing(over(hearing), by=mette)
    draft.refresh_from_db()
    enter(client, mette)
    assert "Not adopted: end it here" in client.get(draft.get_absolute_url()).text

    client.post(address("version_move", *of(draft), State.DECLINED))

    draft.refresh_from_db()
    assert draft.state == State.DECLINED
    page = client.get(draft.get_absolute_url()).text
    assert "has not adopted it" in page
    assert "Throw the draft away" not in page
    for refused in (texts.discard_draft, texts.describe_draft):
        with pytest.raises(NotADraft):
            refused(draft, by=mette)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.clauses.update(text="x")
    client.logout()
    assert client.get(draft.get_absolute_url()).status_code in (302, 404)


def test_after_what_was_not_adopted_a_new_version_begins_from_what_applies(client, published, karen, mette):
    second = texts.draft_revision(published.principle, by=karen)
    clause = second.clauses.get(number=2)
    texts.edit_clause(clause, by=karen, text="Skolen indkalder aldrig.", party="school", section=clause.section)
    before_the_board(second, mette)
    move_version(second, by=mette, to=State.DECLINED)
    enter(client, karen)
    assert client.get(published.principle.get_absolute_url()).status_code == 200
    assert "Begin a new version" in client.get(second.get_absolute_url()).text

    client.post(address("draft_start", *of(published)))

    third = PrincipleVersion.objects.get(number=3)
    assert third.state == State.DRAFT
    assert third.clauses.get(number=2).text == "Skolen indkalder mindst en uge før."
    assert client.get(address("principle_changes", *of(published))).status_code == 200


def test_one_that_was_not_adopted_and_was_never_public_is_read_by_its_writers(client, draft, mette, karen, amira):
    before_the_board(draft, mette)
    move_version(draft, by=mette, to=State.DECLINED)
    enter(client, karen)
    assert client.get(draft.principle.get_absolute_url(), follow=True).status_code == 200
    assert draft.title in client.get(address("principle_list", of(draft)[0])).text

    enter(client, amira)
    assert draft.title not in client.get(address("principle_list", of(draft)[0])).text
    assert texts.draft_revision(draft.principle, by=karen).number == 2


# Asked of somebody


def test_no_section_is_added_that_nobody_is_asked_about(client, draft, hearing, mette):
    with pytest.raises(InHearing):
        texts.add_section(draft, by=mette, kind="other", heading="Andet")
    enter(client, mette)
    assert "Add a section" not in client.get(draft.get_absolute_url()).text
    told = client.post(address("section_add", *of(draft)), {"kind": "other", "heading": "Andet"})
    assert "nobody would be asked" in told.text


def test_no_point_is_moved_to_a_section_that_nobody_is_asked_about(draft, hearing, mette):
    clause, (first, second, third) = draft.clauses.get(number=2), draft.sections.all()
    hearing.parts.filter(section=first).delete()

    with pytest.raises(InHearing):
        texts.edit_clause(clause, by=mette, text=clause.text, party="both", section=first)
    texts.edit_clause(clause, by=mette, text=clause.text, party="both", section=third)

    assert draft.clauses.get(number=2).section == third
    assert second.clauses.count() == 1


def test_a_hearing_that_asks_nobody_is_not_prepared(draft, mette):
    with pytest.raises(NobodyAsked):
        prepare(draft, mette, asked=[])
    draft.refresh_from_db()
    assert draft.state == State.READING


# What waits


def waiting(person):
    return [todo.url for hat in hats_of(person) for todo in todos_of(hat)]


def test_a_text_before_the_board_waits_for_it(draft, mette, karen, olav):
    decided = address("version_adopt", *of(draft))
    move_version(draft, by=mette, to=State.READING)
    assert [draft.get_absolute_url() in waiting(one) for one in (mette, karen, olav)] == [True, False, False]

    move_version(draft, by=mette, to=State.ADOPTION)
    assert [decided in waiting(one) for one in (mette, karen, olav)] == [True, True, False]
    assert draft.get_absolute_url() not in waiting(mette)

    move_version(draft, by=mette, to=State.DECLINED)
    assert decided not in [*waiting(mette), *waiting(karen)]


# Nothing typed is lost


def test_what_is_typed_about_a_point_stays_when_the_text_goes_to_the_decision(client, draft, mette, karen):
    clause = draft.clauses.get(number=2)
    before_the_board(draft, mette)
    enter(client, karen)

    typed = {"text": "Mine nye ord", "party": "school", "section": clause.section_id}
    told = client.post(address("clause_edit", clause.pk), typed)

    assert told.status_code == 200
    assert "Mine nye ord" in told.text
    assert "cannot be changed now" in told.text
    assert client.get(address("clause_edit", clause.pk)).status_code == 404


def test_what_is_typed_for_publishing_stays_when_the_text_goes_to_the_decision(client, draft, mette, karen):
    before_the_board(draft, mette)
    enter(client, karen)
    day = dict.fromkeys(("adopted_on", "effective_from"), "2024-05-14")

    typed = {**day, "adopted_by": "Styret", "review_on": "2030-01-01", "change_summary": "Mine nye ord"}
    told = client.post(address("draft_publish", *of(draft)), typed)

    assert told.status_code == 200
    assert "Mine nye ord" in told.text
    assert "Write down the meeting" in told.text


@pytest.mark.parametrize("name", ["clause_add", "section_edit"])
def test_what_is_typed_stays_when_the_text_is_published(client, draft, karen, name):
    section = draft.sections.first()
    publish(draft, karen)
    enter(client, karen)

    typed = {"text": "Mine nye ord", "party": "school", "kind": "other", "heading": "x", "lead": "Mine nye ord"}
    told = client.post(address(name, section.pk), typed)

    assert told.status_code == 200
    assert "Mine nye ord" in told.text


@pytest.mark.parametrize("name", ["draft_describe", "section_add", "draft_publish", "hearing_prepare", "version_adopt"])
def test_what_is_typed_about_a_whole_text_stays_when_it_is_published(client, draft, karen, mette, name):
    publish(draft, karen)
    enter(client, mette)

    words = dict.fromkeys(("introduction", "lead", "change_summary", "decision"), "Mine nye ord")
    told = client.post(address(name, *of(draft)), words)

    assert told.status_code == 200
    assert "Mine nye ord" in told.text


def test_what_is_typed_stays_when_the_row_is_gone(client, draft, hearing, mette, karen):
    clause = draft.clauses.get(number=2)
    theme = actions.add_theme(over(hearing), by=mette, title="Frister")
    gone = [("clause_edit", clause.pk, {"text": "Mine nye ord"}), ("theme_reply", theme.pk, {"reply": "Mine nye ord"})]
    texts.remove_clause(clause, by=mette)
    actions.remove_theme(theme, by=mette)
    enter(client, karen)

    for name, key, typed in gone:
        told = client.post(address(name, key), typed)
        assert told.status_code == 404
        assert "Mine nye ord" in told.text
        assert client.post(address(name, key), {}).status_code == 404


def test_a_stranger_changes_no_text_that_has_moved_on(client, draft, karen):
    clause = draft.clauses.get(number=2)
    publish(draft, karen)
    enter(client, make.holder("principal", make.school("Lia")))

    told = client.post(address("clause_edit", clause.pk), {"text": "Mine", "party": "school"})

    assert told.status_code == 404
    assert "Skolen indkalder" not in told.text
