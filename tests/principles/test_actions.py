"""Every change to principles, what refuses it and who may not."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from portal.ledger.models import Event
from principles import actions
from principles.models import (
    Clause,
    DraftExists,
    NameTaken,
    NotADraft,
    NotEmpty,
    NotPublishable,
    Principle,
    PrincipleVersion,
)
from principles.outline import read_outline
from tests import make
from tests.principles.conftest import TEXT, as_proposed, publish


def verbs():
    return list(Event.objects.filter(verb__startswith="principles.").values_list("verb", flat=True))


def numbers(version):
    return {clause.number: clause.text for clause in version.clauses.all()}


def test_draft_principle_records(draft):
    assert verbs() == ["principles.principle_drafted"]
    assert draft.principle.slug == "princip-for-skole-hjem-samtaler"
    assert [(clause.number, clause.party) for clause in draft.clauses.all()] == [
        (1, "both"),
        (2, "school"),
        (3, "school"),
        (4, "parents"),
    ]


def test_draft_principle_refuses_a_second_of_the_name(draft, engen, karen):
    with pytest.raises(NameTaken):
        actions.draft_principle(engen, by=karen, outline=read_outline(TEXT))


def test_two_schools_have_principles_of_the_same_name(draft, karen):
    other = make.school("Lia")
    lise = make.holder("principal", other)

    assert actions.draft_principle(other, by=lise, outline=read_outline(TEXT)).principle.slug == draft.principle.slug


def test_draft_principle_denies_the_guardian_and_the_neighbour(engen, amira):
    neighbour = make.holder("principal", make.school("Lia"))

    for person in (amira, neighbour):
        with pytest.raises(PermissionDenied):
            actions.draft_principle(engen, by=person, outline=read_outline(TEXT))


def test_the_municipality_drafts_what_is_common(engen):
    officer = make.holder("municipality_officer", engen.municipality)

    version = actions.draft_principle(engen.municipality, by=officer, outline=read_outline(TEXT))

    assert version.principle.school is None
    assert version.get_absolute_url() == "/schools/common/principles/princip-for-skole-hjem-samtaler/draft/"


def test_publish_version_records(draft, karen):
    publish(draft, karen, review_on=date(2026, 5, 14), meeting_reference="14 May, item 6")

    assert verbs()[-1] == "principles.version_published"
    assert draft.standing(date(2024, 5, 13)) == "coming"
    assert draft.standing(date(2024, 5, 14)) == "in_force"
    assert Principle.objects.get().review_on == date(2026, 5, 14)


def test_publish_version_refuses_the_second_press(published, karen):
    with pytest.raises(NotADraft):
        publish(published, karen)


def test_publish_version_refuses_an_empty_draft(draft, karen):
    for clause in draft.clauses.all():
        actions.remove_clause(clause, by=karen)

    with pytest.raises(NotPublishable):
        publish(draft, karen)


def test_publish_version_refuses_to_begin_before_the_one_it_replaces(published, karen):
    second = actions.draft_revision(published.principle, by=karen)

    for day in (date(2024, 5, 14), date(2020, 1, 1)):
        with pytest.raises(NotPublishable):
            publish(second, karen, day)

    published.refresh_from_db()
    assert published.effective_to is None


def test_publish_version_denies_the_office(draft, olav):
    with pytest.raises(PermissionDenied):
        publish(draft, olav)


def test_the_board_publishes_too(draft, mette):
    assert publish(draft, mette).published_by == mette


def test_a_new_version_replaces_the_old_from_its_first_day(published, karen):
    second = publish(actions.draft_revision(published.principle, by=karen), karen, date(2025, 8, 1))

    published.refresh_from_db()
    assert published.effective_to == date(2025, 7, 31)
    assert [PrincipleVersion.objects.in_force(day).get() for day in (date(2025, 7, 31), date(2025, 8, 1))] == [
        published,
        second,
    ]


def test_draft_revision_copies_with_the_same_numbers(published, karen):
    second = actions.draft_revision(published.principle, by=karen)

    assert second.number == 2
    assert second.is_draft
    assert numbers(second) == numbers(published)
    assert published.sections.count() == second.sections.count() == 3


def test_draft_revision_from_a_text_keeps_the_numbers_of_what_is_alike(published, karen):
    changed = TEXT.replace("mindst en uge før", "mindst 14 dage før").replace(
        "• Læreren sender en plan.", "• Barnet får ordet først.\n• Læreren sender en plan."
    )

    second = as_proposed(published.principle, karen, read_outline(changed))

    assert numbers(second) == {
        1: "Samtalen hjælper barnet videre.",
        2: "Skolen indkalder mindst 14 dage før.",
        3: "Læreren sender en plan.",
        4: "Mindst én forælder deltager.",
        5: "Barnet får ordet først.",
    }


def test_draft_revision_refuses_a_second_draft(published, karen):
    actions.draft_revision(published.principle, by=karen)

    with pytest.raises(DraftExists):
        actions.draft_revision(published.principle, by=karen)


def test_a_removed_number_is_never_given_again(published, karen):
    second = actions.draft_revision(published.principle, by=karen)
    actions.remove_clause(second.clauses.get(number=4), by=karen)

    added = actions.add_clause(second.sections.last(), by=karen, text="Begge hjem inviteres.")

    assert (added.number, added.party) == (5, "parents")


def test_edit_clause_moves_it_to_another_section_with_its_number(draft, olav):
    clause, goal = draft.clauses.get(number=3), draft.sections.last()

    actions.edit_clause(clause, by=olav, text="I får en plan.", party="both", section=goal)

    clause.refresh_from_db()
    assert (clause.number, clause.text, clause.section) == (3, "I får en plan.", goal)
    assert verbs()[-1] == "principles.clause_edited"


def test_edit_clause_denies_a_section_of_another_draft(draft, karen, engen):
    other = actions.draft_principle(engen, by=karen, outline=read_outline(TEXT.replace("samtaler", "møder")))

    with pytest.raises(PermissionDenied):
        actions.edit_clause(draft.clauses.first(), by=karen, text="x", party="both", section=other.sections.first())


def test_move_clause_changes_places(draft, karen):
    second = draft.clauses.get(number=3)

    actions.move_clause(second, by=karen, up=True)
    actions.move_clause(second, by=karen, up=True)

    assert [clause.number for clause in draft.clauses.all()] == [1, 3, 2, 4]


def test_remove_section_refuses_one_with_points(draft, karen):
    with pytest.raises(NotEmpty):
        actions.remove_section(draft.sections.first(), by=karen)


def test_sections_are_added_edited_and_removed(draft, karen):
    section = actions.add_section(draft, by=karen, kind="pupil", heading="Elevens ansvar")
    actions.edit_section(section, by=karen, kind="goals", heading="Mål", lead="Vi vil:")
    section.refresh_from_db()
    assert (section.kind, section.heading, section.lead, section.position) == ("goals", "Mål", "Vi vil:", 4)

    actions.remove_section(section, by=karen)

    assert draft.sections.count() == 3


def test_describe_draft_changes_the_name_of_a_first_draft(draft, karen):
    actions.describe_draft(draft, by=karen, title="Samtaler", language="nb")

    draft.refresh_from_db()
    assert (draft.title, draft.language, draft.principle.title) == ("Samtaler", "nb", "Samtaler")


def test_discard_draft_takes_an_unpublished_principle_with_it(draft, karen):
    actions.discard_draft(draft, by=karen)

    assert not Principle.objects.exists()
    assert verbs()[-1] == "principles.draft_discarded"


def test_discard_draft_leaves_what_is_published(published, karen):
    actions.discard_draft(actions.draft_revision(published.principle, by=karen), by=karen)

    assert PrincipleVersion.objects.get() == published


def test_what_is_published_is_not_corrected(published, karen):
    clause, section = published.clauses.first(), published.sections.first()

    for change in (
        lambda: actions.edit_clause(clause, by=karen, text="x", party="both", section=section),
        lambda: actions.remove_clause(clause, by=karen),
        lambda: actions.move_clause(clause, by=karen, up=True),
        lambda: actions.add_clause(section, by=karen, text="x"),
        lambda: actions.edit_section(section, by=karen, kind="goals", heading="x"),
        lambda: actions.describe_draft(published, by=karen, title="x"),
        lambda: actions.discard_draft(published, by=karen),
    ):
        with pytest.raises(NotADraft):
            change()


def test_the_database_itself_refuses_to_rewrite_what_is_published(published):
    for change in (
        lambda: PrincipleVersion.objects.update(title="x"),
        lambda: PrincipleVersion.objects.update(state="draft", published_at=None, published_by=None),
        lambda: Clause.objects.update(text="x"),
        lambda: Clause.objects.all().delete(),
        lambda: published.sections.update(heading="x"),
        lambda: Clause.objects.create(
            version=published, section=published.sections.first(), number=99, position=9, party="both", text="x"
        ),
        lambda: published.principle.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_repeal_principle_records(published, karen):
    actions.repeal_principle(published.principle, by=karen, last_day=date(2024, 12, 31))

    published.refresh_from_db()
    assert published.standing(date(2025, 1, 1)) == "replaced"
    with pytest.raises(NotPublishable):
        actions.repeal_principle(published.principle, by=karen, last_day=date(2025, 12, 31))


def test_repeal_principle_refuses_to_end_before_it_began(published, karen):
    with pytest.raises(NotPublishable):
        actions.repeal_principle(published.principle, by=karen, last_day=date(2024, 1, 1))


def test_manage_principle_records(published, karen):
    actions.manage_principle(
        published.principle, by=karen, binding_kind="cooperation_plan", owner_role="office", review_on=None
    )

    kept = Principle.objects.get()
    assert (kept.binding_kind, kept.owner_role, kept.review_on) == ("cooperation_plan", "office", None)
    assert verbs()[-1] == "principles.principle_kept"
