"""A decision: the meeting that made it, whom it is told to, and what is carried out."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.ledger import tasks as ledger
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice, naming
from portal.people.actions import end_role
from portal.people.hats import hats_of
from portal.people.models import the_portal
from principles import actions as core
from principles.adoption import actions
from principles.adoption.models import (
    Communication,
    DecisionOver,
    ImplementationStep,
    MeetingAhead,
    NoWay,
    SameDecision,
    StepDone,
    ToldAlready,
)
from principles.adoption.notices import audience_of
from principles.adoption.queries import adoption_page
from principles.force import force_of
from principles.life.actions import move_version
from principles.models import NotADraft, NotPublishable, PrincipleVersion
from principles.moves import State
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text, todos_of
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DECIDED = {"body": "Skolebestyrelsen", "item": "6", "decision": "The board adopts the text."}


def before_the_board(draft, mette):
    for stage in (State.READING, State.ADOPTION):
        move_version(draft, by=mette, to=stage)
    return PrincipleVersion.objects.get(pk=draft.pk)


def adopted(version, by, **said):
    actions.adopt_version(version, by=by, **{"meeting_on": TODAY(), "effective_from": TODAY(), **DECIDED, **said})
    version.refresh_from_db()
    return version


@once
def laid_before(draft, mette):
    return before_the_board(draft, mette)


@once
def version(laid_before, karen):
    return adopted(laid_before, karen)


def waiting(person):
    with translation.override("en"):
        return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]


def told(version, audience):
    return version.communications.get(audience=audience)


# The meeting


def test_what_was_decided_and_where_stands_on_the_page_for_all(version, client, amira):
    page = text(client.get(version.principle.get_absolute_url()))

    assert "The board adopts the text." in page
    assert "Skolebestyrelsen" in page
    assert not version.is_draft


def test_a_meeting_to_come_decides_nothing_and_what_was_typed_is_kept(laid_before, karen, engen):
    tomorrow = TODAY() + timedelta(days=1)
    with pytest.raises(MeetingAhead):
        adopted(laid_before, karen, meeting_on=tomorrow, effective_from=tomorrow)
    at = address("principles", "version_adopt", engen.number, laid_before.principle.slug)
    page = as_(karen).post(at, DECIDED | {"meeting_on": tomorrow})
    assert "Write a day that has been." in text(page)
    assert "The board adopts the text." in markup(page)


@pytest.mark.parametrize("missing", ["meeting_on", "body", "item", "decision"])
def test_a_decision_without_its_meeting_is_not_taken(laid_before, karen, engen, missing):
    at = address("principles", "version_adopt", engen.number, laid_before.principle.slug)
    typed = {"meeting_on": TODAY(), "effective_from": TODAY(), "review_on": TODAY() + timedelta(days=300), **DECIDED}

    assert as_(karen).post(at, {name: said for name, said in typed.items() if name != missing}).status_code == 200
    assert PrincipleVersion.objects.get(pk=laid_before.pk).is_draft
    assert as_(karen).post(at, typed).status_code == 302


def test_a_text_that_lies_before_the_board_is_not_published_past_the_meeting(laid_before, karen, engen):
    said = {"adopted_on": TODAY(), "adopted_by": "Skolebestyrelsen", "effective_from": TODAY()}
    with pytest.raises(NotPublishable):
        core.publish_version(laid_before, by=karen, **said)
    at = address("principles", "draft_publish", engen.number, laid_before.principle.slug)
    assert as_(karen).get(at)["Location"].endswith("/draft/adopt/")


def test_a_version_that_would_begin_before_the_old_one_is_refused_and_nothing_is_written(version, karen, mette):
    newer = before_the_board(core.draft_revision(version.principle, by=karen), mette)
    past = TODAY() - timedelta(days=9)

    with pytest.raises(NotPublishable):
        adopted(newer, karen, meeting_on=past, effective_from=past)

    assert not hasattr(PrincipleVersion.objects.get(pk=newer.pk), "adoption")


def test_only_who_publishes_writes_down_a_decision(laid_before, olav, amira):
    for other in (olav, amira):
        with pytest.raises(PermissionDenied):
            adopted(laid_before, other)


@pytest.mark.django_db(transaction=True)
def test_two_who_adopt_at_once_do_it_once(draft, karen, mette):
    version, answers = before_the_board(draft, mette), []
    with transaction.atomic():
        adopted(version, karen)
        thread = in_a_thread(answers, lambda: adopted(PrincipleVersion.objects.get(pk=version.pk), mette))
    thread.join()
    assert answers == [NotADraft]


def test_a_slip_in_a_decision_is_put_right_and_how_it_read_stays_readable(version, karen, olav, client):
    at = address("principles", "decision_correct", version.principle.place_key, version.principle.slug)
    right = "The board adopts the text unanimously."
    assert as_(olav).get(at).status_code == 403

    as_(karen).post(at, {"decision": right})

    public = text(client.get(version.principle.get_absolute_url(), headers={"Accept-Language": "en"}))
    assert right in public
    assert "Corrected on" in public
    assert "The board adopts the text." not in public
    inside = text(as_(karen).get(version.adoption.get_absolute_url()))
    assert "The board adopts the text." in inside
    assert f"by {karen.full_name}. Until then it read:" in inside
    [kept] = version.adoption.corrections.all()
    assert (kept.former, kept.by) == (DECIDED["decision"], karen)


def test_a_decision_is_not_put_right_to_the_same_nor_once_its_text_is_over(version, karen):
    at = address("principles", "decision_correct", version.principle.place_key, version.principle.slug)
    same = as_(karen).post(at, {"decision": DECIDED["decision"]})
    assert str(SameDecision.words) in text(same)
    core.repeal_principle(version.principle, by=karen, last_day=TODAY() + timedelta(days=9))

    late = as_(karen).post(at, {"decision": "The board adopts it."})

    assert late.status_code == 200
    assert str(DecisionOver.words) in text(late)
    assert "The board adopts it." in late.text
    assert as_(karen).get(at).status_code == 302


# Telling


def test_three_audiences_wait_until_they_are_told(version, karen):
    assert [title.split(":")[0] for title in waiting(karen)] == [
        "Tell the parents",
        "Tell the pupils, in their own words",
        "Tell the staff",
    ]

    actions.tell_audience(told(version, "pupils"), by=karen, text="We talk.", sends=False, how="In class")

    assert len(waiting(karen)) == 2
    with pytest.raises(ToldAlready):
        actions.tell_audience(told(version, "pupils"), by=karen, text="Again.", sends=True)


def test_nobody_is_told_in_no_way(version, karen):
    with pytest.raises(NoWay):
        actions.tell_audience(told(version, "staff"), by=karen, text="It applies.", sends=False)
    at = address("principles", "audience_tell", told(version, "staff").pk)
    page = as_(karen).post(at, {"text": "It applies here."})
    assert "Send it here, or say how they are told." in text(page)
    assert "It applies here." in markup(page)


def test_the_pupils_version_stands_on_the_public_page(version, karen, client):
    page = version.principle.get_absolute_url()
    assert "Vi snakker sammen." not in text(client.get(page))

    actions.tell_audience(told(version, "pupils"), by=karen, text="Vi snakker sammen.", sends=True)

    assert "Vi snakker sammen." in text(client.get(page))


def test_the_pupils_version_is_corrected_and_nobody_is_written_to_again(version, karen, client, engen):
    make.pupil("Old", in_class=make.school_class(at=engen), born_on=TODAY() - timedelta(days=366 * 13))
    pupils, at = told(version, "pupils"), address("principles", "audience_tell", told(version, "pupils").pk)
    page = as_(karen).post(at, {"text": "Ada Vik taler med jer.", "sends": "on"})
    assert "Ada Vik" in markup(page)
    assert not told(version, "pupils").done_at
    as_(karen).post(at, {"text": "Ada Vik taler med jer.", "sends": "on", "nobody": "on"})
    ledger.sweep()
    assert Notice.objects.filter(kind="principles.principle_told").count() == 1

    assert as_(karen).get(at).status_code == 200
    as_(karen).post(at, {"text": "Vi taler med jer.", "corrects": "True"})
    ledger.sweep()

    assert "Vi taler med jer." in text(client.get(version.principle.get_absolute_url()))
    assert Notice.objects.filter(kind="principles.principle_told").count() == 1
    assert as_(karen).post(at, {"text": "En gang til.", "sends": "on"}).status_code == 200
    assert told(version, "pupils").text == "Vi taler med jer."
    assert pupils.pk


def test_a_decision_that_seems_to_name_somebody_is_shown_once_more(laid_before, karen, engen):
    at = address("principles", "version_adopt", engen.number, laid_before.principle.slug)
    typed = {"meeting_on": TODAY(), "effective_from": TODAY(), "review_on": TODAY() + timedelta(days=300), **DECIDED}

    assert as_(karen).post(at, typed | {"decision": "Som Ada Vik foreslog."}).status_code == 200
    assert as_(karen).post(at, typed | {"decision": "Som Ada Vik foreslog.", "nobody": "on"}).status_code == 302


def test_each_audience_has_its_own_people(version, engen, amira, karen, olav):
    place = engen.classes.first()
    old = make.pupil("Old", in_class=place, born_on=TODAY() - timedelta(days=366 * 13))
    make.pupil("Young", in_class=place, born_on=TODAY() - timedelta(days=366 * 8))
    make.family(make.school_class(at=make.school("Elsewhere")), adult_name="Else")
    tom = make.holder("contact_teacher", place, "Tom")

    assert set(audience_of(told(version, "parents"))) == {amira}
    assert set(audience_of(told(version, "pupils"))) == {old}
    assert set(audience_of(told(version, "staff"))) == {karen, olav, tom}


def test_whoever_is_kept_from_the_child_or_only_proposed_is_not_told(version, amira):
    nora = amira.pupil_relations.get().pupil
    cato = make.guardian("Cato", of=nora)
    make.restricted(cato, nora)
    petra = make.person("Petra")
    make.proposed(petra, nora)

    assert not {cato, petra} & set(audience_of(told(version, "parents")))


def test_the_letter_has_the_words_of_its_audience(version, karen, amira):
    actions.tell_audience(told(version, "parents"), by=karen, text="What is new.\nAt home.", sends=True)
    ledger.sweep()
    assert Notice.objects.filter(kind="principles.principle_told", recipient=amira).count() == 1
    about = {"kind": "principles.principle_told", "recipient": amira, "not_before": timezone.now()}
    with translation.override("en"):
        letter = KINDS[about["kind"]](Notice(**about, **naming(told(version, "parents"))))
    assert letter.lines == ["What is new.", "At home."]


def test_letters_that_have_not_gone_out_yet_are_not_said_to_be_few(version, karen, amira):
    at = address("principles", "audience_tell", told(version, "parents").pk)
    page = as_(karen).get(at)
    assert "Each gets one letter with these words." in text(page)

    page = text(as_(karen).post(at, {"text": "What is new.", "sends": "on"}, follow=True))

    assert "Parents: the letters are on their way. At night they wait for the morning." in page
    assert "The letters are on their way." in page
    assert "fewer than five" not in page
    assert "On the agenda" in page


def test_where_there_is_nobody_to_write_to_no_letters_are_on_their_way(version, karen, engen):
    """The school has no pupil of 12 years or more."""
    page = text(
        as_(karen).post(
            address("principles", "audience_tell", told(version, "pupils").pk),
            {"text": "What is new.", "sends": "on"},
            follow=True,
        )
    )

    assert "Pupils: noted as told. There is nobody to write to today, so no letter goes out." in page
    assert "on their way" not in page


def test_who_was_told_otherwise_gets_no_letter(version, karen, amira):
    actions.tell_audience(told(version, "parents"), by=karen, text="New.", sends=False, how="At the meeting")
    ledger.sweep()
    assert not Notice.objects.filter(kind="principles.principle_told").exists()


@pytest.mark.parametrize(("written_to", "opened", "shown"), [(4, 4, (None, None)), (7, 2, (5, 0)), (13, 8, (15, 10))])
def test_how_many_were_reached_is_counted_in_fives(version, karen, engen, written_to, opened, shown):
    actions.tell_audience(told(version, "parents"), by=karen, text="New.", sends=True)
    parents = told(version, "parents")
    for number in range(written_to):
        Notice.objects.create(
            kind="principles.principle_told",
            recipient=make.person(f"Person {number}"),
            category="news",
            not_before=timezone.now(),
            told_at=timezone.now(),
            read_at=timezone.now() if number < opened else None,
            **naming(parents),
        )

    reached = next(one for one in adoption_page(version).audiences if one.communication == parents)

    assert (reached.told, reached.read) == shown
    assert "about 0" not in text(as_(karen).get(parents.get_absolute_url()))


# Carrying out


def test_a_step_waits_for_whoever_sees_to_it_until_something_shows_it(version, karen, engen):
    tom = make.holder("contact_teacher", engen.classes.first() or make.school_class(at=engen), "Tom")
    step = actions.add_step(version, by=karen, what="Send plans", owner=tom, due_on=TODAY() + timedelta(days=9))
    assert "So that a principle is kept: Send plans" in waiting(tom)

    as_(tom).post(address("principles", "step_finish", step.pk), {"evidence": "The routine stands in the handbook."})

    assert "So that a principle is kept: Send plans" not in waiting(tom)
    page = text(as_(karen).get(step.get_absolute_url()))
    assert "The routine stands in the handbook." in page
    assert "1 of 1 done" in page
    with pytest.raises(StepDone):
        actions.finish_step(ImplementationStep.objects.get(), by=karen, evidence="Twice")


def test_a_step_of_somebody_who_has_left_waits_for_the_leaders(version, karen, engen):
    tom = make.holder("contact_teacher", make.school_class(at=engen), "Tom")
    step = actions.add_step(version, by=karen, what="Send plans", owner=tom, due_on=TODAY() + timedelta(days=9))
    assert "So that a principle is kept: Send plans" not in waiting(karen)

    end_role(tom.roles.get(), by=the_portal())

    assert "So that a principle is kept: Send plans" in waiting(karen)
    with pytest.raises(PermissionDenied):
        actions.finish_step(step, by=tom, evidence="Done.")


def test_a_step_of_somebody_who_has_left_is_given_to_somebody_else(version, karen, engen):
    tom = make.holder("contact_teacher", make.school_class("1A", at=engen), "Tom")
    ida = make.holder("contact_teacher", make.school_class("1B", at=engen), "Ida")
    step = actions.add_step(version, by=karen, what="Send plans", owner=tom, due_on=TODAY() + timedelta(days=9))
    end_role(tom.roles.get(), by=the_portal())
    at = address("principles", "step_hand", step.pk)
    with translation.override("en"):
        [todo] = [one for hat in hats_of(karen) for one in todos_of(hat) if "Send plans" in one.title]
    assert (todo.url, todo.detail) == (at, "Whoever saw to it has left. Give it to somebody else.")
    assert "Has left. Give it to somebody else" in text(as_(karen).get(step.get_absolute_url()))

    assert as_(ida).post(at, {"owner": ida.pk}).status_code == 403
    assert as_(karen).post(at, {"owner": tom.pk}).status_code == 200
    as_(karen).post(at, {"owner": ida.pk})

    assert "So that a principle is kept: Send plans" in waiting(ida)
    assert "So that a principle is kept: Send plans" not in waiting(karen)
    assert "Has left" not in text(as_(karen).get(step.get_absolute_url()))
    actions.finish_step(ImplementationStep.objects.get(), by=ida, evidence="In the handbook.")
    late = as_(karen).post(at, {"owner": karen.pk})
    assert (late.status_code, str(StepDone.words) in text(late)) == (200, True)
    assert as_(karen).get(at).status_code == 302


def test_a_last_day_to_come_is_brought_forward_and_a_new_version_may_replace_it_before(published, karen, mette):
    principle, soon = published.principle, TODAY() + timedelta(days=200)
    core.repeal_principle(principle, by=karen, last_day=soon)
    with pytest.raises(NotPublishable):
        core.repeal_principle(principle, by=karen, last_day=soon + timedelta(days=1))
    core.repeal_principle(principle, by=karen, last_day=soon - timedelta(days=100))

    applies = TODAY() + timedelta(days=30)
    adopted(before_the_board(core.draft_revision(principle, by=karen), mette), karen, effective_from=applies)

    published.refresh_from_db()
    assert published.effective_to == applies - timedelta(days=1)


def test_a_mistyped_year_is_caught_before_it_locks_the_principle(published, karen):
    at = address("principles", "principle_repeal", published.principle.place_key, published.principle.slug)
    page = as_(karen).post(at, {"last_day": TODAY() + timedelta(days=3650)})

    assert page.status_code == 200
    published.refresh_from_db()
    assert published.effective_to is None


def test_who_does_not_work_there_sees_to_nothing_and_reads_no_step(version, karen, amira, engen):
    with pytest.raises(PermissionDenied):
        actions.add_step(version, by=karen, what="Send plans", owner=amira, due_on=TODAY())
    step = actions.add_step(version, by=karen, what="Send plans", owner=karen, due_on=TODAY())
    assert as_(amira).get(address("principles", "step_finish", step.pk)).status_code == 404
    at = address("principles", "step_add", engen.number, version.principle.slug)
    page = as_(karen).post(at, {"what": "Plans", "owner": amira.pk, "due_on": TODAY()})
    assert page.status_code == 200
    assert as_(karen).post(at, {"what": "Plans", "owner": karen.pk, "due_on": TODAY()}).status_code == 302
    assert as_(amira).get(step.get_absolute_url()).status_code == 403


def test_the_page_asks_as_much_for_many(version, karen):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            as_(karen).get(told(version, "parents").get_absolute_url())
        return len(queries)

    actions.add_step(version, by=karen, what="First", owner=karen, due_on=TODAY())
    asked()
    few = asked()
    for number in range(30):
        actions.add_step(version, by=karen, what=f"Step {number}", owner=karen, due_on=TODAY())
    assert asked() == few


# The country


@pytest.mark.parametrize(
    ("country", "kind", "said"),
    [
        ("DK", "board_principle", "The school board lays it down"),
        ("NO", "board_principle", "no force of its own"),
        ("NO", "school_rules", "A regulation"),
        ("DK", "parent_agreement", "nobody can be made to keep it"),
    ],
)
def test_who_decides_and_what_force_it_has_is_written_on_the_page(version, client, country, kind, said):
    principle = version.principle
    principle.school.country = country
    principle.binding_kind = kind
    with translation.override("en"):
        assert said in force_of(principle)
    principle.school.save()
    principle.save()
    client.cookies["django_language"] = "en"
    assert Communication.objects.count() == 3
    assert said in text(client.get(principle.get_absolute_url(), headers={"accept-language": "en"}))
