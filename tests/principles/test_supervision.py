"""Supervision: the board chooses points, the head says how they are kept, the board assesses, and everybody may read it."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.actions import Gone
from portal.ledger import tasks as ledger
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice, naming
from portal.people.hats import hats_of
from portal.people.models import the_portal
from principles import actions as drafting
from principles.models import Clause
from principles.nameless import like_names
from principles.supervision import actions
from principles.supervision.models import (
    AskedMore,
    CountedAnew,
    FurtherQuestion,
    MovedOn,
    NotAssessed,
    NotChosen,
    NothingNew,
    StatementMissing,
    Supervision,
    SupervisionResult,
    UnderWay,
    WrongDays,
)
from principles.supervision.notices import families_of
from principles.supervision.results import content_of, result_pdf
from principles.tasks import print_results
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text, todos_of
from tests.principles.conftest import publish
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db
SAID = {"did": "We call three weeks before.", "sees": "The numbers say so.", "hard": ""}
JUDGED = {"verdict": "partly", "reason": "Most of it is kept."}


def begun(principle, by, numbers=(2, 3)):
    today = principle.school.today()
    return actions.start_supervision(
        principle,
        by=by,
        numbers=list(numbers),
        starts_on=today - timedelta(days=90),
        ends_on=today + timedelta(days=30),
        statement_by=today + timedelta(days=14),
    )


def stated(supervision, by):
    for point in supervision.points.all():
        actions.state_point(point, by=by, **SAID)
    actions.hand_statement(supervision, by=by)
    return Supervision.objects.get(pk=supervision.pk)


def concluded(supervision, head, board, next_on=None, **said):
    supervision = stated(supervision, head)
    for point in supervision.points.all():
        actions.assess_point(point, by=board, **(JUDGED | said))
    today = supervision.school.today()
    next_on = next_on or today + timedelta(days=365)
    actions.conclude_supervision(supervision, by=board, discussed_on=today, item="4", next_on=next_on)
    return Supervision.objects.get(pk=supervision.pk)


@once
def principle(published):
    return published.principle


@once
def looked_at(principle, mette):
    return begun(principle, mette)


def waiting(person):
    with translation.override("en"):
        return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]


# Who, and in which order


def test_board_and_head_go_from_points_to_a_page_for_all(looked_at, karen, mette, principle, client):
    point = looked_at.points.first()
    assert "Write a statement to the board: Princip for skole-hjem-samtaler" in waiting(karen)
    done = concluded(looked_at, karen, mette, follow_up="Send plans earlier.", follow_up_on=principle.school.today())
    actions.publish_result(done, by=mette, summary="We keep most of it.")

    page = client.get(address("principles", "result_show", principle.school.number, principle.slug))

    assert "We keep most of it." in text(page)
    assert point.clause.text in text(page)
    assert "Most of it is kept." in text(page)
    assert "Send plans earlier." in text(page)
    assert SAID["did"] not in text(page)
    assert f'href="{page.request["PATH_INFO"]}"' in markup(client.get(principle.get_absolute_url()))


def test_the_board_reads_the_statement_when_it_is_handed_in(looked_at, karen, mette):
    for point in looked_at.points.all():
        actions.state_point(point, by=karen, **SAID)
    show = looked_at.get_absolute_url()
    assert SAID["did"] in text(as_(karen).get(show))
    assert SAID["did"] not in text(as_(mette).get(show))

    actions.hand_statement(looked_at, by=karen)

    assert SAID["did"] in text(as_(mette).get(show))


def test_nobody_else_reads_or_writes_it(looked_at, amira, olav):
    elsewhere = make.holder("board_member", make.school("Elsewhere"))
    for reader in (amira, olav):
        assert as_(reader).get(looked_at.get_absolute_url()).status_code == 403
    assert as_(elsewhere).get(looked_at.get_absolute_url()).status_code == 404
    with pytest.raises(PermissionDenied):
        begun(looked_at.version.principle, olav)


def test_the_head_is_not_their_own_judge(looked_at, karen, mette):
    point = stated(looked_at, karen).points.first()
    for act in (
        lambda by: actions.assess_point(point, by=by, **JUDGED),
        lambda by: actions.ask_more(point, by=by, question="Why?"),
    ):
        with pytest.raises(PermissionDenied):
            act(karen)
    make.role(karen, "board_member", looked_at.school)
    with pytest.raises(PermissionDenied):
        actions.assess_point(point, by=karen, **JUDGED)
    with pytest.raises(PermissionDenied):
        actions.state_point(point, by=mette, **SAID)


def test_the_board_asks_for_more_as_often_as_it_takes(looked_at, karen, mette):
    point = stated(looked_at, karen).points.first()
    for number in (1, 2):
        asked = actions.ask_more(point, by=mette, question=f"Why {number}?")
        assert "Say more to the board: Princip for skole-hjem-samtaler" in waiting(karen)
        with pytest.raises(AskedMore):
            actions.ask_more(point, by=mette, question="Again?")
        actions.tell_more(asked, by=karen, answer="Because.")
        with pytest.raises(MovedOn):
            actions.tell_more(asked, by=karen, answer="Twice.")
    assert "Why 2?" in text(as_(mette).get(looked_at.get_absolute_url()))


# What is refused


def test_no_point_or_one_that_is_gone_is_not_looked_at(principle, mette):
    for numbers in ((), (99,)):
        with pytest.raises(NotChosen):
            begun(principle, mette, numbers)


def test_a_principle_is_looked_at_once_at_a_time(looked_at, karen, principle):
    with pytest.raises(UnderWay):
        begun(principle, karen)


def test_a_statement_without_a_point_is_not_handed_in(looked_at, karen):
    actions.state_point(looked_at.points.first(), by=karen, **SAID)
    with pytest.raises(StatementMissing):
        actions.hand_statement(looked_at, by=karen)


def test_what_is_handed_in_is_not_written_again(looked_at, karen):
    point = stated(looked_at, karen).points.first()
    with pytest.raises(MovedOn):
        actions.state_point(point, by=karen, **SAID)
    page = as_(karen).post(address("principles", "point_state", point.pk), SAID | {"did": "Something else"})
    assert "This has gone further meanwhile" in text(page)
    assert "Something else" in markup(page)


def test_it_is_concluded_after_a_meeting_when_all_is_assessed_and_answered(looked_at, karen, mette):
    supervision = stated(looked_at, karen)
    today = supervision.school.today()
    said = {"by": mette, "item": "4", "next_on": today + timedelta(days=365)}
    with pytest.raises(NotAssessed):
        actions.conclude_supervision(supervision, discussed_on=today, **said)
    for point in supervision.points.all():
        actions.assess_point(point, by=mette, **JUDGED)
    with pytest.raises(WrongDays):
        actions.conclude_supervision(supervision, discussed_on=today + timedelta(days=1), **said)
    asked = actions.ask_more(supervision.points.first(), by=mette, question="Why?")
    with pytest.raises(NotAssessed):
        actions.conclude_supervision(supervision, discussed_on=today, **said)
    actions.tell_more(asked, by=karen, answer="So.")
    actions.conclude_supervision(supervision, discussed_on=today, **said)


def test_a_meeting_to_come_is_refused_with_all_that_was_typed(looked_at, karen, mette):
    supervision = stated(looked_at, karen)
    tomorrow = supervision.school.today() + timedelta(days=1)
    typed = {"discussed_on": tomorrow, "item": "Item 9", "next_on": tomorrow + timedelta(days=300)}
    page = as_(mette).post(address("principles", "supervision_conclude", supervision.pk), typed)
    assert "Write a day that has been." in text(page)
    assert "Item 9" in markup(page)


def test_what_is_concluded_is_neither_assessed_nor_dropped(looked_at, karen, mette):
    done = concluded(looked_at, karen, mette)
    with pytest.raises(MovedOn):
        actions.assess_point(done.points.first(), by=mette, **JUDGED)
    with pytest.raises(MovedOn):
        actions.drop_supervision(done, by=mette)


def test_what_is_dropped_takes_all_of_it_along(looked_at, karen, mette, principle):
    actions.ask_more(stated(looked_at, karen).points.first(), by=mette, question="Why?")
    actions.drop_supervision(looked_at, by=mette)
    assert not Supervision.objects.exists()
    assert not FurtherQuestion.objects.exists()
    begun(principle, mette)


def test_text_that_seems_to_name_somebody_is_asked_about_first(looked_at, karen):
    point = looked_at.points.first()
    at = address("principles", "point_state", point.pk)
    page = as_(karen).post(at, SAID | {"did": "It went wrong with Nora Vik in May."})
    assert "Take out the name." in text(page)
    assert "These words are no names: Nora Vik" in text(page)
    point.refresh_from_db()
    assert not point.stated_at

    as_(karen).post(at, SAID | {"did": "We use the Min Uddannelse page.", "nobody": "on"})

    point.refresh_from_db()
    assert point.stated_at


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Vi indkalder i god tid. Skolen ved Engen.", []),
        ("Det gik galt for Åse Øst-Lie.", ["Åse Øst-Lie"]),
        ("Spør Ola M. Dahl", ["Spør Ola"]),
        ("Aula og Teams", []),
    ],
)
def test_what_is_like_a_name(said, found):
    assert like_names(said) == found


# What is published


def test_a_published_page_never_changes_not_even_by_hand(looked_at, karen, mette):
    result = actions.publish_result(concluded(looked_at, karen, mette), by=mette, summary="So.")
    table = SupervisionResult._meta.db_table
    for change in (f"UPDATE {table} SET content = '{{}}'", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert SupervisionResult.objects.get().content == result.content


def test_it_is_renewed_by_hand_alone(looked_at, karen, mette, principle, client):
    done = concluded(looked_at, karen, mette)
    actions.publish_result(done, by=mette, summary="First.")
    with pytest.raises(NothingNew):
        actions.publish_result(done, by=mette, summary="First.")
    with pytest.raises(PermissionDenied):  # the head does not change what the board has seen
        actions.measure_anew(done, by=karen)
    read = done.measured_at.isoformat()
    actions.measure_anew(done, by=mette)
    with pytest.raises(CountedAnew):
        actions.publish_result(done, by=mette, summary="Second.", measured_at=read)
    at = address("principles", "result_show", principle.school.number, principle.slug)
    assert "First." in text(client.get(at))

    renewed = actions.publish_result(done, by=mette, summary="Second.")

    assert renewed.number == 2
    assert "Second." in text(client.get(at))


def test_only_the_board_publishes(looked_at, karen, mette):
    done = concluded(looked_at, karen, mette)
    with pytest.raises(PermissionDenied):
        actions.publish_result(done, by=karen, summary="Fine.")


def test_the_page_is_a_tagged_pdf_of_its_language(looked_at, karen, mette, principle, client):
    result = actions.publish_result(concluded(looked_at, karen, mette), by=mette, summary="Vi holder det meste 🔥.")
    answer = client.get(address("principles", "result_download", principle.school.number, principle.slug))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == bytes(result.file) == result_pdf(result.content, result.published_at)[0]
    marks = pypdf.PdfReader(io.BytesIO(answer.content)).xmp_metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in marks
    assert "<pdfuaid:part>1</pdfuaid:part>" in marks
    assert "one page" in text(as_(mette).get(result.get_absolute_url()))


def test_print_results_run_twice_gives_a_result_from_before_there_were_files_its_own_once(
    looked_at, karen, mette, principle, client
):
    done = concluded(looked_at, karen, mette)
    content = content_of(done, "We keep most of it.")
    old = SupervisionResult.objects.create(supervision=done, number=1, content=content, published_by=mette)

    print_results()
    made = bytes(SupervisionResult.objects.get(pk=old.pk).file)
    print_results()

    old.refresh_from_db()
    assert bytes(old.file) == made == result_pdf(content, old.published_at)[0]
    at = address("principles", "result_download", principle.school.number, principle.slug)
    assert client.get(at).content == made
    for changed in ({"file": b"%PDF other"}, {"number": 7}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SupervisionResult.objects.filter(pk=old.pk).update(**changed)
    with pytest.raises(Gone):
        actions.keep_result_file(old, by=the_portal())
    with pytest.raises(PermissionDenied):
        actions.keep_result_file(old, by=mette)


def test_the_file_comes_with_no_other_word(looked_at, karen, mette):
    done = concluded(looked_at, karen, mette)
    SupervisionResult.objects.create(supervision=done, number=1, content={"summary": "As it was."}, published_by=mette)

    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionResult.objects.update(file=b"%PDF", content={"summary": "As it was not."})


def test_long_words_are_set_small_to_fit_on_a_page_and_what_does_not_is_said(looked_at, karen, mette):
    supervision = concluded(looked_at, karen, mette, reason="Vi holder det meste, og planen kommer. " * 25)
    result = actions.publish_result(supervision, by=mette, summary="Kort.")
    assert result.pages == 1
    point = result.content["points"][0]

    twelve = result.content | {"points": [point | {"reason": "Vi holder det. " * 130}] * 12}

    file, pages = result_pdf(twelve, result.published_at)
    assert pages == len(pypdf.PdfReader(io.BytesIO(file)).pages) > 1
    assert f"1/{pages}" in pypdf.PdfReader(io.BytesIO(file)).pages[0].extract_text()
    result.pages = pages
    shown = render_to_string(
        "principles/supervision/result_show.html",
        {"result": result, "content": twelve, "principle": supervision.version.principle},
    )
    assert f"{pages} " in " ".join(shown.split()).partition("PDF, ")[2][:4]


def test_a_point_is_read_in_the_words_that_were_looked_at(looked_at, karen, mette, principle):
    old = looked_at.points.first().clause.text
    draft = drafting.draft_revision(principle, by=karen)
    clause = Clause.objects.get(version=draft, number=looked_at.points.first().clause.number)
    drafting.edit_clause(clause, by=karen, text="Something quite different.", party="school", section=clause.section)
    publish(draft, karen, applies=principle.school.today())
    assert old in text(as_(mette).get(looked_at.get_absolute_url()))


# Who hears of it


def letter(kind, subject, to):
    with translation.override("en"):
        return KINDS[kind](Notice(kind=kind, recipient=to, not_before=timezone.now(), **naming(subject)))


def test_head_board_and_families_are_told_in_turn(looked_at, karen, mette, amira):
    ledger.sweep()
    assert Notice.objects.filter(kind="principles.statement_asked", recipient=karen).exists()
    assert "Write the statement" in letter("principles.statement_asked", looked_at, karen).buttons[0].label
    supervision = stated(looked_at, karen)
    ledger.sweep()
    assert Notice.objects.filter(kind="principles.statement_given", recipient=mette).exists()
    asked = actions.ask_more(supervision.points.first(), by=mette, question="A secret question")
    ledger.sweep()
    assert Notice.objects.filter(kind="principles.more_asked", recipient=karen).exists()
    assert "A secret question" not in str(letter("principles.more_asked", asked, karen))


def test_families_are_told_the_first_time_alone(looked_at, karen, mette, amira):
    done = concluded(looked_at, karen, mette)
    actions.publish_result(done, by=mette, summary="First.")
    ledger.sweep()
    assert Notice.objects.filter(kind="principles.result_published", recipient=amira).count() == 1
    actions.publish_result(done, by=mette, summary="Second.")
    ledger.sweep()
    assert Notice.objects.filter(kind="principles.result_published", recipient=amira).count() == 1


def test_what_shall_be_done_waits_until_it_is_done(looked_at, karen, mette, principle):
    today = principle.school.today()
    done = concluded(looked_at, karen, mette, follow_up="Send plans earlier.", follow_up_on=today)
    title = "Follow up what the board has asked for: Princip for skole-hjem-samtaler"
    assert any(said.startswith(title) for said in waiting(karen))
    for point in done.points.all():
        actions.follow_up_done(point, by=karen)
    assert not any(said.startswith(title) for said in waiting(karen))
    assert "Publish the result: Princip for skole-hjem-samtaler" in waiting(mette)


def test_the_next_time_waits_for_the_board_a_month_before(looked_at, karen, mette):
    done = concluded(looked_at, karen, mette)
    title = "Look at it again: Princip for skole-hjem-samtaler"
    assert title not in waiting(mette)
    Supervision.objects.filter(pk=done.pk).update(next_on=done.school.today() + timedelta(days=30))
    assert title in waiting(mette)


# Two at once


@pytest.mark.django_db(transaction=True)
def test_two_who_conclude_at_once_do_it_once(published, mette, karen):
    supervision = stated(begun(published.principle, mette), karen)
    for point in supervision.points.all():
        actions.assess_point(point, by=mette, **JUDGED)
    today, told = supervision.school.today(), []
    said = {"by": mette, "discussed_on": today, "item": "4", "next_on": today + timedelta(days=99)}
    with transaction.atomic():
        actions.conclude_supervision(supervision, **said)
        thread = in_a_thread(
            told, lambda: actions.conclude_supervision(Supervision.objects.get(pk=supervision.pk), **said)
        )
    thread.join()
    assert told == [MovedOn]


# The pages


def test_the_pages_of_head_and_board(looked_at, karen, mette, principle):
    point = looked_at.points.first()
    listed = as_(mette).get(address("principles", "supervision_list"))
    assert "0 of 2 points" in text(listed)
    figures = address("principles", "point_figures", point.pk)
    assert "Called in good time (children)" in text(as_(mette).get(figures))
    as_(mette).post(figures, {"figures": ["conferences.called_in_time", "networks.classes_with_gathering"]})
    shown = text(as_(karen).get(looked_at.get_absolute_url()))
    assert "Called in good time" in shown
    assert "Not shown: fewer than five" in shown
    assert as_(mette).get(address("principles", "point_assess", point.pk)).status_code == 302
    supervision = stated(looked_at, karen)
    as_(mette).post(address("principles", "point_assess", point.pk), JUDGED)
    asked = actions.ask_more(supervision.points.last(), by=mette, question="Why so?")
    assert "Why so?" in text(as_(karen).get(address("principles", "further_tell", asked.pk)))
    assert "We keep it in part" in text(as_(mette).get(looked_at.get_absolute_url()))


def test_it_begins_from_the_page_of_the_principle_over_a_half_year(principle, mette):
    at = address("principles", "supervision_start", principle.school.number, principle.slug)
    form = as_(mette).get(at)
    span = form.context["form"].fields["span"].choices[0][0]
    typed = {"numbers": ["2"], "span": span, "statement_by": principle.school.today() + timedelta(days=9)}
    wrong = as_(mette).post(at, typed | {"statement_by": principle.school.today()})
    assert "Choose a day to come" in text(wrong)
    assert as_(mette).post(at, typed).status_code == 302
    assert Supervision.objects.get().points.get().clause.number == 2


def test_the_list_and_the_page_ask_as_much_for_many(looked_at, karen, mette):
    show = looked_at.get_absolute_url()

    def asked(url):
        as_(mette).get(url)
        with CaptureQueriesContext(connection) as queries:
            as_(mette).get(url)
        return len(queries)

    supervision = stated(looked_at, karen)
    few = asked(show), asked(address("principles", "supervision_list"))
    for point in supervision.points.all():
        for number in range(10):
            actions.tell_more(actions.ask_more(point, by=mette, question=f"Why {number}?"), by=karen, answer="So.")
    assert (asked(show), asked(address("principles", "supervision_list"))) == few


def test_who_hears_of_a_result_is_guardian_at_the_school(looked_at, amira):
    class Of:
        school, by, details = looked_at.school, 0, {"number": 1}

    assert list(families_of(Of)) == [amira]


def test_what_is_typed_when_it_is_concluded_meanwhile_stays_on_the_page(looked_at, karen, mette):
    supervision = concluded(looked_at, karen, mette)
    today = supervision.school.today()
    typed = {"discussed_on": today.isoformat(), "item": "17/26", "next_on": (today + timedelta(days=90)).isoformat()}

    late = as_(mette).post(address("principles", "supervision_conclude", supervision.pk), typed)

    assert late.status_code == 200
    assert "17/26" in late.text
    assert str(MovedOn.words) in text(late)


def test_a_summary_that_is_published_too_early_stays_on_the_page(looked_at, mette):
    typed = {"summary": "The school keeps it.", "measured_at": ""}

    early = as_(mette).post(address("principles", "supervision_publish", looked_at.pk), typed)

    assert early.status_code == 200
    assert "The school keeps it." in early.text
