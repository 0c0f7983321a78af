"""Reasons that a municipality keeps: picked for a letter, never alone left out, and never changed once they stand in one."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from grants import actions
from grants.grounds import actions as grounds
from grants.models import Decision, KeptReason, RuleReference
from grants.models.decisions import NotDecidable
from grants.models.reasons import ReasonUsed
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup

page = partial(address, "grants")
SAID = {
    "title": "Ikke hele klassen",
    "for_results": ["rejected", "partly_approved"],
    "text_nb": "Støtten er for samlinger der hele klassen er invitert.",
    "is_ready": True,
}

pytestmark = pytest.mark.django_db


@once
def reason(town):
    return kept(town)


def kept(town, **said):
    today = timezone.localdate()
    return grounds.add_reason(town.school.municipality, by=town.officer, **{**SAID, "valid_from": today, **said})


def refuse(application, town, *picked):
    said = {"result": "rejected", "reasons": "Bare tolv var med.", "considerations": "Alle skal med."}
    return actions.decide_application(application, by=town.principal, **said, rules=[town.ground], picked=list(picked))


def test_what_was_picked_stands_in_the_letter_before_what_was_written(town, in_review, reason):
    decision = refuse(in_review, town, reason)

    (why,) = [part for part in decision.letter["parts"] if SAID["text_nb"] in part["lines"]]
    assert why["lines"].index(SAID["text_nb"]) < why["lines"].index("Bare tolv var med.")
    assert decision.reason_keys == [reason.pk]


def test_what_somebody_writes_is_never_alone_where_reasons_are_kept(town, in_review, reason):
    with pytest.raises(NotDecidable):
        refuse(in_review, town)


def test_part_of_the_money_needs_a_reason_too(town, in_review, reason):
    said = {"reasons": "x", "considerations": "y", "rules": [town.ground]}
    with pytest.raises(NotDecidable):
        actions.decide_application(in_review, by=town.principal, result="approved", amount=50_000, **said)


def test_a_text_that_is_not_ready_blocks_the_letter(town, in_review):
    for said in ({"is_ready": False}, {"text_nb": "", "text_nn": "Berre på nynorsk."}):
        with pytest.raises(NotDecidable, match="Ikke hele klassen"):
            refuse(in_review, town, kept(town, **said))
    assert not Decision.objects.exists()


def test_a_reason_of_another_municipality_is_nobodys_here(town, in_review):
    elsewhere = make.school("Annen skole").municipality
    other = KeptReason.objects.create(municipality=elsewhere, valid_from=timezone.localdate(), **SAID)

    with pytest.raises(PermissionDenied):
        refuse(in_review, town, other)


def test_a_reason_that_stands_in_a_letter_changes_no_more(town, in_review, reason):
    grounds.change_reason(reason, by=town.officer, title="Bare noen invitert")
    refuse(in_review, town, reason)

    with pytest.raises(ReasonUsed):
        grounds.change_reason(reason, by=town.officer, text_nb="Noe annet.")
    for change in (lambda: KeptReason.objects.update(text_nb="Noe annet."), lambda: KeptReason.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    grounds.end_reason(reason, by=town.officer, valid_to=timezone.localdate())
    assert KeptReason.objects.get().valid_to == timezone.localdate()


def test_a_rule_that_stands_in_a_letter_changes_no_more(town, in_review):
    refuse(in_review, town)

    with pytest.raises(DatabaseError), transaction.atomic():
        RuleReference.objects.filter(pk=town.ground.pk).update(label="§ 9")
    RuleReference.objects.filter(pk=town.ground.pk).update(valid_to=timezone.localdate())


def test_a_reason_counts_from_its_day_to_its_last(town, reason):
    day = timezone.localdate()
    grounds.end_reason(reason, by=town.officer, valid_to=day)

    def picks(on):
        return KeptReason.objects.to_pick(town.school, on, "rejected").exists()

    assert picks(day)
    assert not picks(day + timedelta(days=1))
    assert not picks(day - timedelta(days=1))


def test_a_correction_keeps_the_reasons(town, in_review, reason):
    decision = refuse(in_review, town, reason)
    corrected = actions.correct_decision(decision, by=town.principal, correction_note="Feil tall.", reasons="Bare ti.")

    assert corrected.reason_keys == [reason.pk]
    assert any(SAID["text_nb"] in part["lines"] for part in corrected.letter["parts"])


@pytest.mark.parametrize("who", ["principal", "zofia"])
def test_only_the_municipality_keeps_reasons(town, reason, who):
    person = getattr(town, who)
    with pytest.raises(PermissionDenied):
        grounds.add_reason(town.school.municipality, by=person, **SAID, valid_from=timezone.localdate())
    assert as_(person).get(page("reason_list")).status_code == 403


def test_the_officer_writes_changes_and_ends_reasons(town, reason):
    officer = as_(town.officer)
    typed = {**SAID, "title": "Ny", "valid_from": timezone.localdate().isoformat(), "is_ready": "on"}
    officer.post(page("reason_add"), typed)
    assert "Ny" in markup(officer.get(page("reason_list")))

    officer.post(page("reason_change", reason.pk), {**typed, "title": "Endret"})
    reason.refresh_from_db()
    assert reason.title == "Endret"

    officer.post(page("reason_end", reason.pk))
    reason.refresh_from_db()
    assert reason.valid_to == timezone.localdate()


def test_a_reason_without_any_text_is_not_ready(town):
    typed = {**SAID, "text_nb": "", "valid_from": timezone.localdate().isoformat(), "is_ready": "on"}
    shown = as_(town.officer).post(page("reason_add"), typed)

    assert list(shown.context["form"].errors) == ["is_ready"]


def test_the_principal_picks_on_the_page(town, in_review, reason):
    at = page("application_decide", in_review.pk)
    typed = {"result": "rejected", "reasons": "x", "considerations": "y", "rules": [town.ground.pk], "send": "1"}
    principal = as_(town.principal)

    assert not Decision.objects.exists()
    principal.post(at, typed)
    assert not Decision.objects.exists()
    principal.post(at, {**typed, "picked": [reason.pk]})

    assert Decision.objects.get().reason_keys == [reason.pk]
