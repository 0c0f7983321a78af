"""What waits on the home page, and the total that others read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from grants import actions
from grants.references import usual_references
from portal.figures import FIGURES, Total
from portal.people.hats import hats_of
from tests import make
from tests.pages import todos_of

pytestmark = pytest.mark.django_db


def waiting(person, kind):
    [hat] = [hat for hat in hats_of(person) if hat.kind == kind]
    return [(todo.title, todo.url) for todo in todos_of(hat) if "/grants/" in todo.url]


def test_a_draft_waits_for_every_contact_until_it_is_sent(town):
    application = actions.draft_application(town.gathering, by=town.zofia)

    assert [url for _title, url in waiting(town.amir, "class_contact")] == [f"/grants/{application.pk}/edit/"]


def test_an_application_waits_for_the_principal_until_it_is_decided(town, sent):
    [(title, url)] = waiting(town.principal, "principal")
    assert "1A" in title
    assert url == f"/grants/{sent.pk}/open/"
    assert len(waiting(town.deputy, "deputy")) == 1
    assert waiting(town.officer, "municipality_officer") == []

    actions.take_up_application(sent, by=town.principal)
    actions.decide_application(sent, by=town.principal, result="approved", amount=100_000)

    assert waiting(town.principal, "principal") == []


def test_a_question_waits_for_the_class_and_not_for_the_principal(town, in_review):
    actions.ask_for_information(
        in_review, by=town.principal, question="Når?", answer_by=timezone.localdate() + timedelta(days=4)
    )

    assert [url for _title, url in waiting(town.zofia, "class_contact")] == [f"/grants/{in_review.pk}/answer/"]
    assert waiting(town.principal, "principal") == []


def test_what_is_passed_on_waits_for_the_municipality_alone(town, sent):
    actions.stand_aside(sent, by=town.principal)

    assert len(waiting(town.officer, "municipality_officer")) == 1
    assert waiting(town.principal, "principal") == []
    assert waiting(town.deputy, "deputy") == []


def test_classes_with_award_counts_the_eligible(town, in_review):
    make.school_class("8A", at=town.school, grades=[8])
    make.school_class("3A", at=town.school, grades=[3])
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    year = town.first.year

    total = FIGURES["grants.classes_with_award"].over(town.school, year.starts_on, year.ends_on)

    assert total == Total(part=1, whole=2)


def test_usual_references_are_whole_in_every_language(town):
    references = usual_references()
    actions.add_rules(town.school.municipality, by=town.officer, references=references)
    actions.add_rules(town.school.municipality, by=town.officer, references=references)

    codes = {reference["code"] for reference in references}
    assert {(reference["code"], reference["language"]) for reference in references} == {
        (code, language) for code in codes for language in ("nb", "nn", "da", "en")
    }
    assert town.school.municipality.grant_rules.filter(code="act-appeal").count() == 4
