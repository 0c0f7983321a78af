"""What a talk ends in, and what follows from it."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from conferences import actions, rules
from conferences.after.queries.shared_summary import read_talk, summary_page, talks_read_by
from conferences.after.queries.summaries import (
    feedback_totals,
    last_time,
    may_give_feedback,
    readable_versions,
    unshared_after,
)
from conferences.after.todos import agreements_to_tell, comments_to_answer, summaries_to_confirm, summaries_to_share
from conferences.models import (
    AgreedAction,
    Booking,
    Conference,
    ConferenceSummary,
    DraftMoved,
    Feedback,
    FocusPoint,
    NotConcrete,
    NotNow,
    NotShareable,
    Participant,
    SummaryAnswer,
)
from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people.hats import Hat, hats_of
from portal.people.models import Role, the_portal
from tests import make
from tests.ground import once

TODAY = timezone.localdate


def agreed(**details):
    return {
        "what": "Read together",
        "owner": "home",
        "who": "Amina",
        "how_often": "four evenings a week",
        "due_on": TODAY() + timedelta(days=30),
        **details,
    }


def goal(text="Read a short text aloud to two friends", **details):
    return {"text": text, "kind": "academic", "seen_by": "", **details}


def words(**details):
    return {"child_words": "I like to build.", "home_support": "Let her choose the book.", **details}


def held(conference):
    Conference.objects.filter(pk=conference.pk).update(state="held", ended_at=timezone.now())
    conference.refresh_from_db()
    return conference


def written(conference, teacher, **details):
    fields = {"words": words(), "goals": [goal()], "agreements": [agreed()], **details}
    return actions.write_summary(conference, by=teacher, **fields)


def shared(conference, teacher, **details):
    draft = written(conference, teacher, **details)
    actions.share_summary(draft, by=teacher, token=draft.token)
    draft.refresh_from_db()
    return draft


def read_by(person, conference):
    told = read_talk(talks_read_by(person).get(pk=conference.pk), person)
    return summary_page(told, told.version(None), person)


@once
def summary(conference, teacher):
    return shared(held(conference), teacher)


def saved(summary):
    return ConferenceSummary.objects.get(pk=summary.pk)


# The draft


def test_write_summary_records(conference, teacher):
    draft = written(conference, teacher)
    event = Event.objects.get(verb="conferences.summary_written")
    assert (event.subject_id, event.by, event.details) == (str(conference.pk), teacher.pk, {"version": 1})
    assert draft.version == 1
    assert not draft.is_shared
    assert [goal.text for goal in draft.focus_points.all()] == ["Read a short text aloud to two friends"]


def test_write_summary_denies_all_but_those_who_hold_the_talk(conference, amina, principal, school_class, school):
    strangers = [
        amina,
        principal,
        make.holder("office", school),
        make.holder("subject_teacher", school_class),
        make.holder("class_contact", school_class),
    ]
    for person in strangers:
        with pytest.raises(PermissionDenied):
            written(conference, person)


def test_a_teacher_who_takes_part_writes_too_and_does_not_share(conference, teacher, school_class):
    joined = make.holder("subject_teacher", school_class)
    Participant.objects.create(conference=conference, kind="teacher", person=joined, added_by=teacher)
    draft = written(held(conference), joined)
    assert ConferenceSummary.objects.visible_to(joined).get() == draft
    with pytest.raises(PermissionDenied):
        actions.share_summary(draft, by=joined, token=draft.token)


@pytest.mark.parametrize("missing", ["what", "owner", "who", "due_on"])
def test_write_summary_refuses_an_agreement_that_is_not_concrete(conference, teacher, missing):
    """B6: agreements are concrete: one without a who or a when is not saved."""
    with pytest.raises(NotConcrete):
        written(conference, teacher, agreements=[agreed(**{missing: None if missing == "due_on" else ""})])
    assert not ConferenceSummary.objects.exists()


def test_write_summary_refuses_four_goals_and_fifty_thousand_characters(conference, teacher):
    with pytest.raises(NotShareable, match="three goals"):
        written(conference, teacher, goals=[goal(str(number)) for number in range(4)])
    with pytest.raises(NotShareable, match="too long"):
        written(conference, teacher, words=words(academic="a" * 50_000))


def test_the_database_holds_three_goals_at_the_most(conference, teacher):
    draft = written(conference, teacher)
    with pytest.raises(IntegrityError), transaction.atomic():
        FocusPoint.objects.create(summary=draft, place=4, kind="social", text="One more")


def test_two_teachers_who_save_at_once_lose_nothing(conference, teacher):
    first = written(conference, teacher)
    second = written(conference, teacher, words=words(academic="Adds up"), token=first.token)
    with pytest.raises(DraftMoved, match="both texts") as refused:
        written(conference, teacher, words=words(academic="Reads well"), token=first.token)
    assert refused.value.theirs.academic == "Adds up"
    assert saved(first).academic == "Adds up"
    written(conference, teacher, words=words(academic="Adds up. Reads well"), token=second.token)
    assert saved(first).academic == "Adds up. Reads well"


def test_two_first_drafts_at_once_are_one(conference, teacher):
    written(conference, teacher)
    with pytest.raises(DraftMoved):
        written(conference, teacher, token="")
    assert ConferenceSummary.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_first_drafts_at_once_are_one(conference, teacher):
    told = []

    def save():
        try:
            written(conference, teacher)
            told.append("saved")
        except DraftMoved:
            told.append("moved")
        finally:
            connection.close()

    threads = [Thread(target=save) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(told) == ["moved"] * 5 + ["saved"]


def test_a_page_left_open_after_the_sharing_is_refused(summary, conference, teacher):
    with pytest.raises(DraftMoved, match="corrected version"):
        written(conference, teacher, token=summary.token)


# Sharing


def test_share_summary_records(conference, teacher):
    summary = shared(held(conference), teacher)
    event = Event.objects.get(verb="conferences.summary_shared")
    assert event.details == {"summary": summary.pk, "version": 1, "no_goals": False, "no_home_support": False}
    assert summary.is_shared


def test_share_summary_refuses_without_how_to_help_at_home(conference, teacher):
    """B12: how to help at home, or that it is not needed."""
    draft = written(held(conference), teacher, words=words(home_support="  "))
    with pytest.raises(NotShareable, match="help at home"):
        actions.share_summary(draft, by=teacher, token=draft.token)
    draft = written(conference, teacher, words=words(home_support=""), no_home_support=True, token=draft.token)
    actions.share_summary(draft, by=teacher, token=draft.token)


def test_the_database_refuses_a_shared_summary_without_it(conference, teacher):
    draft = written(conference, teacher, words=words(home_support=""))
    with pytest.raises(IntegrityError), transaction.atomic():
        ConferenceSummary.objects.filter(pk=draft.pk).update(shared_at=timezone.now())


def test_a_talk_without_a_goal_is_shared_and_counted(conference, teacher):
    """B4: a talk without a goal may be shared."""
    assert shared(held(conference), teacher, goals=[]).no_goals


def test_share_summary_refuses_what_was_changed_after_the_preview(conference, teacher):
    seen = written(held(conference), teacher)
    written(conference, teacher, words=words(social="New"), token=seen.token)
    with pytest.raises(DraftMoved):
        actions.share_summary(seen, by=teacher, token=seen.token)


def test_share_summary_refuses_twice(summary, teacher):
    with pytest.raises(NotNow, match="shared already"):
        actions.share_summary(summary, by=teacher, token=summary.token)


def test_share_summary_refuses_before_the_talk_and_when_nobody_came(conference, teacher, amina, slot):
    make.booked(conference, by=amina, at=slot)
    draft = written(conference, teacher)
    with pytest.raises(NotNow, match="when the talk has begun"):
        actions.share_summary(draft, by=teacher, token=draft.token)
    Booking.objects.all().delete()
    Conference.objects.update(state="missed", ended_at=timezone.now())
    with pytest.raises(NotNow, match="not been held"):
        actions.share_summary(draft, by=teacher, token=draft.token)


def test_the_database_keeps_what_is_shared(summary):
    for rows in (ConferenceSummary.objects, FocusPoint.objects, AgreedAction.objects):
        field = {ConferenceSummary: "social", FocusPoint: "text", AgreedAction: "what"}[rows.model]
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{field: "otherwise"})
    with pytest.raises(IntegrityError), transaction.atomic():
        FocusPoint.objects.create(summary=summary, place=2, kind="social", text="Slipped in")
    with pytest.raises(IntegrityError), transaction.atomic():
        ConferenceSummary.objects.filter(pk=summary.pk).update(shared_at=None)


# Who reads


def test_both_homes_the_pupil_from_12_the_teachers_and_the_principal_read_it(
    summary, nora, amina, yusuf, teacher, principal
):
    readers = [amina, yusuf, teacher, principal]
    assert all(ConferenceSummary.objects.visible_to(reader).exists() for reader in readers)
    assert not ConferenceSummary.objects.visible_to(nora).exists()
    for years, sees in ((11, False), (12, True), (13, True)):
        nora.born_on = TODAY() - timedelta(days=years * 365 + years // 4 + 2)
        nora.save()
        assert ConferenceSummary.objects.visible_to(nora).exists() is sees, years


def test_nobody_else_reads_it(summary, nora, yusuf, school, school_class):
    make.restricted(yusuf, nora)
    others = [
        yusuf,
        make.holder("office", school),
        make.holder("class_contact", school_class),
        make.holder("board_member", school),
        make.holder("subject_teacher", school_class),
        make.holder("principal", make.school("Elsewhere")),
        make.holder("municipality_officer", school.municipality),
        make.family(school_class, pupil_name="Iver")[1],
    ]
    for person in others:
        assert not ConferenceSummary.objects.visible_to(person).exists(), person
        with pytest.raises(PermissionDenied):
            actions.open_summary(summary, by=person)


def test_a_draft_is_the_teachers_own(conference, teacher, amina, principal):
    written(conference, teacher)
    assert ConferenceSummary.objects.visible_to(teacher).exists()
    assert not ConferenceSummary.objects.visible_to(amina).exists()
    assert not ConferenceSummary.objects.visible_to(principal).exists()


def test_a_homes_own_talk_is_not_read_by_the_other(round, nora, amina, yusuf, teacher):
    own = make.conference(round, nora, teacher, home=yusuf.household)
    shared(held(own), teacher)
    assert ConferenceSummary.objects.visible_to(yusuf).exists()
    assert not ConferenceSummary.objects.visible_to(amina).exists()


def test_open_summary_records(summary, principal):
    actions.open_summary(summary, by=principal)
    event = Event.objects.get(verb="conferences.summary_opened")
    assert (event.by, event.details) == (principal.pk, {"summary": summary.pk, "version": 1})


def test_each_side_is_told_who_of_the_other_has_read(summary, conference, amina, yusuf, teacher, principal):
    for person in (amina, principal, yusuf):
        actions.open_summary(summary, by=person)
    of_teacher = read_by(teacher, conference)
    assert {reader.person for reader in of_teacher.readers if reader.opened_at} == {amina, yusuf}
    of_amina = read_by(amina, conference)
    assert [reader.person for reader in of_amina.staff_openings] == [principal]
    assert of_amina.readers == []


# Answers


def test_answer_summary_records_and_the_other_home_does_not_see_it(summary, amina, yusuf, teacher):
    actions.answer_summary(summary, by=amina, comment="It was Tuesday.")
    event = Event.objects.get(verb="conferences.summary_answered")
    assert event.details == {"summary": summary.pk, "comment": True}
    assert SummaryAnswer.objects.visible_to(teacher).exists()
    assert not SummaryAnswer.objects.visible_to(yusuf).exists()


def test_answer_summary_is_one_tap_and_may_change(summary, amina):
    actions.answer_summary(summary, by=amina, comment="It was Tuesday.")
    actions.answer_summary(summary, by=amina)
    assert SummaryAnswer.objects.get().agrees
    assert SummaryAnswer.objects.get().comment == ""


def test_the_same_comment_pressed_again_keeps_the_reply(summary, amina, teacher):
    answer = actions.answer_summary(summary, by=amina, comment="It was Tuesday.")
    actions.reply_to_comment(answer, by=teacher, reply="So it was.")

    actions.answer_summary(summary, by=amina, comment="It was Tuesday.")

    assert SummaryAnswer.objects.get().reply == "So it was."
    assert Event.objects.filter(verb="conferences.summary_answered").count() == 1


def test_answer_summary_denies_staff_and_strangers(summary, teacher, principal, school_class):
    for person in (teacher, principal, make.family(school_class, pupil_name="Iver")[1]):
        with pytest.raises(PermissionDenied):
            actions.answer_summary(summary, by=person)


def test_reply_to_comment_records_and_refuses_when_it_was_changed(summary, amina, teacher):
    answer = actions.answer_summary(summary, by=amina, comment="It was Tuesday.")
    actions.answer_summary(summary, by=amina, comment="It was Wednesday.")
    with pytest.raises(NotNow):
        actions.reply_to_comment(answer, by=teacher, reply="Thank you")
    answer.refresh_from_db()
    actions.reply_to_comment(answer, by=teacher, reply="Thank you")
    assert Event.objects.filter(verb="conferences.comment_replied").count() == 1
    assert SummaryAnswer.objects.visible_to(amina).get().reply == "Thank you"
    with pytest.raises(PermissionDenied):
        actions.reply_to_comment(answer, by=amina, reply="Myself")


def test_the_one_who_commented_hears_of_the_answer_and_nobody_else(summary, amina, yusuf, teacher):
    answer = actions.answer_summary(summary, by=amina, comment="It was Tuesday.")
    actions.reply_to_comment(answer, by=teacher, reply="Thank you")
    event = Event.objects.get(verb="conferences.comment_replied")
    publish(event.pk)
    notice = Notice.objects.get(event_id=event.pk)
    assert notice.recipient == amina
    with translation.override("en"):
        letter = KINDS["conferences.comment_replied"](notice)
    assert letter.subject == "Anne Bjørnstad has answered your comment"
    assert "Nora" not in letter.subject
    assert letter.buttons[0].url.endswith(f"/conferences/{summary.conference_id}/summary/")


# Corrections


def test_correct_summary_says_what_and_old_versions_stay_for_those_who_had_them(
    summary, conference, teacher, amina, yusuf
):
    actions.open_summary(summary, by=amina)
    draft = actions.correct_summary(summary, by=teacher, because="The date")
    assert Event.objects.get(verb="conferences.summary_corrected").details == {"version": 2}
    assert [version.version for version in readable_versions(conference, amina)] == [1]
    actions.share_summary(draft, by=teacher, token=draft.token)
    assert [version.version for version in readable_versions(conference, amina)] == [2, 1]
    assert [version.version for version in readable_versions(conference, yusuf)] == [2]
    assert [version.version for version in readable_versions(conference, teacher)] == [2, 1]
    assert saved(draft).corrects_because == "The date"
    assert [goal.text for goal in draft.focus_points.all()] == [goal.text for goal in summary.focus_points.all()]


def test_correct_summary_refuses_a_second_at_once_and_an_old_version(summary, teacher):
    draft = actions.correct_summary(summary, by=teacher, because="The date")
    with pytest.raises(NotNow, match="being written"):
        actions.correct_summary(summary, by=teacher, because="The name")
    actions.share_summary(draft, by=teacher, token=draft.token)
    with pytest.raises(NotNow, match="newer version"):
        actions.correct_summary(summary, by=teacher, because="The name")


def test_correct_summary_denies_the_family_and_the_principal(summary, amina, principal):
    for person in (amina, principal):
        with pytest.raises(PermissionDenied):
            actions.correct_summary(summary, by=person, because="The date")


def test_how_it_went_goes_on_in_the_corrected_version(summary, teacher, amina):
    draft = actions.correct_summary(summary, by=teacher, because="The date")
    actions.tell_agreement(summary.agreed_actions.get(), by=amina, status="kept")
    actions.share_summary(draft, by=teacher, token=draft.token)
    assert (draft.agreed_actions.get().status, draft.agreed_actions.get().status_by) == ("kept", amina)


# Follow-up


@pytest.mark.parametrize(
    ("owner", "teller"), [("home", "amina"), ("home", "yusuf"), ("school", "teacher"), ("pupil", "amina")]
)
def test_tell_agreement_is_for_the_side_that_promised_it(conference, teacher, amina, yusuf, owner, teller):
    """B6: both sides see how it went."""
    people = {"amina": amina, "yusuf": yusuf, "teacher": teacher}
    agreement = shared(held(conference), teacher, agreements=[agreed(owner=owner)]).agreed_actions.get()
    actions.tell_agreement(agreement, by=people[teller], status="partly")
    agreement.refresh_from_db()
    assert (agreement.status, agreement.status_by) == ("partly", people[teller])
    assert Event.objects.get(verb="conferences.agreement_told").details["status"] == "partly"
    other = teacher if owner != "school" else amina
    with pytest.raises(PermissionDenied):
        actions.tell_agreement(agreement, by=other, status="kept")


def test_tell_agreement_refuses_a_draft_and_an_old_version(summary, teacher, amina):
    draft = actions.correct_summary(summary, by=teacher, because="The date")
    with pytest.raises(NotNow):
        actions.tell_agreement(draft.agreed_actions.get(), by=amina, status="kept")
    actions.share_summary(draft, by=teacher, token=draft.token)
    with pytest.raises(NotNow):
        actions.tell_agreement(summary.agreed_actions.get(), by=amina, status="kept")


@once
def spring(summary, school_class, nora, teacher):
    return make.conference(make.round(school_class, title="Spring"), nora, teacher)


def test_the_next_talk_opens_with_last_times_goals_and_agreements(spring, summary, teacher):
    """B5: the next talk opens with what was agreed last time."""
    last = last_time(spring)
    assert last.summary == summary
    written(
        spring,
        teacher,
        progress={last.goals[0].pk: ("reached", "Three friends!")},
        outcomes={last.agreements[0].pk: "kept"},
    )
    assert (summary.focus_points.get().progress, summary.focus_points.get().progress_note) == (
        "reached",
        "Three friends!",
    )
    assert (summary.agreed_actions.get().status, summary.agreed_actions.get().status_by) == ("kept", teacher)


def test_goals_follow_the_child_to_a_new_teacher(spring, summary, school_class, nora):
    """C2: a new teacher sees what the child works on."""
    new = make.holder("contact_teacher", school_class, "New", "Teacher")
    other = make.conference(make.round(school_class, title="Later"), nora, new)
    assert last_time(other).summary == summary


def test_one_homes_own_talk_does_not_open_the_other_homes(round, nora, amina, yusuf, teacher, school_class):
    shared(held(make.conference(round, nora, teacher, home=yusuf.household)), teacher)
    spring = make.round(school_class, title="Spring")
    assert last_time(make.conference(spring, nora, teacher, home=amina.household)) is None
    assert last_time(make.conference(spring, nora, teacher)) is None
    assert last_time(make.conference(spring, nora, teacher, home=yusuf.household)) is not None


def test_a_foreign_goal_is_not_touched(spring, teacher, school_class, round):
    child = make.family(school_class, pupil_name="Iver")[0]
    foreign = shared(held(make.conference(round, child, teacher)), teacher)
    written(
        spring,
        teacher,
        progress={foreign.focus_points.get().pk: ("reached", "")},
        outcomes={foreign.agreed_actions.get().pk: "kept"},
    )
    assert foreign.focus_points.get().progress == ""
    assert foreign.agreed_actions.get().status == "open"


def test_goals_across_talks_are_shown(spring, summary, teacher, amina):
    goal_now = last_time(spring).goals[0]
    later = shared(held(spring), teacher, progress={goal_now.pk: ("on_the_way", "")})
    history = read_by(amina, later.conference).history
    assert [row.focus_points.all()[0].progress for row in history] == ["on_the_way"]


# How it felt


def test_give_feedback_records_that_and_not_what(conference, amina, teacher):
    """C5: both sides say how the talk felt, and nobody sees who said what."""
    held(conference)
    actions.give_feedback(conference, by=amina, heard=5, useful=2)
    actions.give_feedback(conference, by=teacher, heard=4, useful=4)
    events = Event.objects.filter(verb="conferences.feedback_given")
    assert [event.details for event in events] == [{"side": "home"}, {"side": "school"}]
    assert Feedback.objects.get(side="school").household is None


def test_give_feedback_refuses_twice_and_before_the_talk(conference, amina):
    with pytest.raises(NotNow, match="when the talk has been"):
        actions.give_feedback(conference, by=amina, heard=5, useful=5)
    held(conference)
    actions.give_feedback(conference, by=amina, heard=5, useful=5)
    with pytest.raises(NotNow, match="answered already"):
        actions.give_feedback(conference, by=amina, heard=1, useful=1)


def test_each_home_answers_for_itself_and_the_principal_does_not(conference, amina, yusuf, principal):
    held(conference)
    actions.give_feedback(conference, by=amina, heard=5, useful=5)
    actions.give_feedback(conference, by=yusuf, heard=3, useful=3)
    with pytest.raises(PermissionDenied):
        actions.give_feedback(conference, by=principal, heard=3, useful=3)


def test_fewer_than_five_answers_are_no_total(round, school_class, teacher):
    for number in range(5):
        child, adult = make.family(school_class, pupil_name=f"Barn{number}")
        conference = held(make.conference(round, child, teacher))
        assert feedback_totals(round.conferences.all()) == {}
        actions.give_feedback(conference, by=adult, heard=4, useful=number + 1)
    actions.give_feedback(conference, by=teacher, heard=1, useful=1)
    totals = feedback_totals(round.conferences.all())
    assert set(totals) == {"home"}
    assert (totals["home"].heard, totals["home"].useful, totals["home"].answers) == (4, 3, 5)


# What waits


def hat_of(person, kind):
    return next(hat for hat in hats_of(person) if hat.kind == kind)


def test_a_talk_without_a_summary_waits_for_the_teacher_after_three_days(conference, teacher):
    hat = hat_of(teacher, "contact_teacher")
    Conference.objects.update(state="held", ended_at=timezone.now() - timedelta(days=2))
    assert summaries_to_share(hat) == []
    Conference.objects.update(ended_at=timezone.now() - timedelta(days=4))
    assert len(summaries_to_share(hat)) == 1
    shared(Conference.objects.get(), teacher)
    assert summaries_to_share(hat) == []


def test_a_missed_talk_has_nothing_to_share(conference, teacher, school_class):
    Conference.objects.update(state="missed", ended_at=timezone.now() - timedelta(days=9))
    assert not unshared_after(teacher, school_class, timezone.now()).exists()


def test_a_shared_summary_waits_for_each_guardian(summary, amina, yusuf, teacher):
    assert len(summaries_to_confirm(Hat(amina, "parent"))) == 1
    actions.answer_summary(summary, by=amina)
    assert summaries_to_confirm(Hat(amina, "parent")) == []
    assert len(summaries_to_confirm(Hat(yusuf, "parent"))) == 1


def test_an_agreement_that_is_due_waits_for_the_side_that_promised_it(conference, teacher, amina):
    rows = [agreed(due_on=TODAY()), agreed(what="Later"), agreed(what="In class", owner="school", due_on=TODAY())]
    summary = shared(held(conference), teacher, agreements=rows)
    assert len(agreements_to_tell(Hat(amina, "parent"))) == 1
    assert len(agreements_to_tell(hat_of(teacher, "contact_teacher"))) == 1
    actions.tell_agreement(summary.agreed_actions.get(what="Read together"), by=amina, status="not_kept")
    assert agreements_to_tell(Hat(amina, "parent")) == []


def test_a_comment_waits_for_the_teacher_until_it_is_answered_or_corrected(summary, amina, teacher):
    hat = hat_of(teacher, Role.Kind.CONTACT_TEACHER)
    answer = actions.answer_summary(summary, by=amina, comment="It was Tuesday.")
    assert len(comments_to_answer(hat)) == 1
    actions.reply_to_comment(answer, by=teacher, reply="Yes")
    assert comments_to_answer(hat) == []


def test_the_portal_is_nobody_who_reads(summary):
    assert not ConferenceSummary.objects.visible_to(the_portal()).exists()


def test_the_page_says_what_the_rules_say(summary, conference, nora, amina, yusuf, teacher, principal, school_class):
    """The page asks once who reads; the buttons' actions ask one by one. Both say the same, of everyone."""
    nora.born_on = TODAY() - timedelta(days=13 * 366)
    nora.save()
    colleague = make.holder(Role.Kind.SUBJECT_TEACHER, school_class, "Per", "Regn")
    Participant.objects.create(conference=conference, kind="teacher", person=colleague, added_by=teacher)
    contact = make.holder(Role.Kind.CONTACT_TEACHER, school_class, "Kari", "Kontakt")
    actions.correct_summary(summary, by=teacher, because="The date")
    actions.give_feedback(conference, by=amina, heard=4, useful=4)
    for person in (nora, amina, yusuf, teacher, principal, colleague, contact):
        page = read_by(person, conference)
        assert page.sides == rules.sides_of(person, conference), person
        assert page.is_family == rules.takes_part(person, conference), person
        assert page.may_correct == rules.can_correct_summary(person, summary), person
        assert page.has_draft == rules.can_write_summary(person, conference), person
        assert page.may_give_feedback == may_give_feedback(person, conference), person
        assert page.pupil_reads
    assert [reader.is_pupil for reader in read_by(teacher, conference).readers] == [False, False, True]


def test_who_was_there_is_said_by_name(summary, conference, nora, amina, teacher):
    for person, name, came in ((amina, "", True), (nora, "", True), (None, "Uncle", True), (None, "Late", False)):
        kind = "support" if person is None else "guardian"
        Participant.objects.create(
            conference=conference, kind=kind, person=person, name=name, came=came, added_by=teacher
        )
    assert read_by(amina, conference).participants == ["Nora", "Amina", "Uncle", "Anne Bjørnstad"]
