"""Themes and replies: nobody is left without one, each gets one letter, and no name is published."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from portal.ledger.models import Event
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice, naming
from principles import actions as texts
from principles.hearings import actions, pack
from principles.hearings.models import Answer, HearingChanged, HearingOver, NotAllSorted, Theme, ThemeInUse
from principles.hearings.notices import still_speaks, those_who_answered
from principles.hearings.queries import result_of, tallies_of
from principles.moves import NotThatWay, State
from tests import make
from tests.principles.hearings.conftest import answer, over, prepare
from tests.threads import in_a_thread


def replied(hearing, by, title="Frister", **said):
    theme = actions.add_theme(hearing, by=by, title=title)
    loose = Answer.objects.written().filter(theme=None)
    actions.sort_answers(hearing, by=by, answers=list(loose.values_list("key", flat=True)), theme=theme)
    said = {"title": title, "outcome": "taken", "reply": "Vi har ændret det.", **said}
    actions.reply_to_theme(theme, by=by, **said)
    return theme


def test_nothing_is_sorted_while_it_is_open(hearing, people, mette):
    with pytest.raises(HearingChanged):
        actions.add_theme(hearing, by=mette, title="x")


def test_it_is_not_closed_while_an_answer_has_no_theme(hearing, people, mette):
    answer(hearing, people.ada, text="For kort")
    over(hearing)

    with pytest.raises(NotAllSorted, match="ikke under noe tema"):
        actions.close_hearing(hearing, by=mette)
    with pytest.raises(IntegrityError, match="no theme"), transaction.atomic():
        _close_by_hand(hearing)


def test_it_is_not_closed_while_a_theme_has_no_reply(hearing, people, mette):
    answer(hearing, people.ada)
    actions.add_theme(over(hearing), by=mette, title="Frister")

    with pytest.raises(NotAllSorted, match="Frister"):
        actions.close_hearing(hearing, by=mette)
    with pytest.raises(IntegrityError, match="no reply"), transaction.atomic():
        _close_by_hand(hearing)


def _close_by_hand(hearing):
    type(hearing).objects.filter(pk=hearing.pk).update(closed_at=timezone.now(), homes_asked=1, homes_answered=1)


def test_closing_puts_the_text_before_the_board(hearing, people, mette, karen):
    answer(hearing, people.ada, text="For kort")
    replied(over(hearing), mette)
    with pytest.raises(PermissionDenied):
        actions.close_hearing(hearing, by=karen)
    actions.close_hearing(hearing, by=mette)

    hearing.refresh_from_db()
    assert (hearing.version.state, hearing.homes_answered, Theme.objects.get().heard) == (State.ADOPTION, 1, 1)
    with pytest.raises(HearingOver):
        answer(hearing, people.siri)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.update(verdict="change")
    with pytest.raises(HearingChanged):
        actions.close_hearing(hearing, by=mette)
    assert NotThatWay.words


def test_a_theme_in_use_stays_and_an_empty_one_goes(hearing, people, mette):
    answer(hearing, people.ada, text="For kort")
    theme = replied(over(hearing), mette)
    with pytest.raises(ThemeInUse):
        actions.remove_theme(theme, by=mette)
    with pytest.raises(HearingChanged):
        actions.add_theme(hearing, by=mette, title="Frister")
    other = actions.add_theme(hearing, by=mette, title="Andet")
    with pytest.raises(HearingChanged):
        actions.reply_to_theme(other, by=mette, title="Frister")
    actions.remove_theme(other, by=mette)

    assert Theme.objects.get() == theme


def test_a_parent_sorts_and_replies_nothing(hearing, people):
    over(hearing)
    with pytest.raises(PermissionDenied):
        actions.add_theme(hearing, by=people.ada, title="x")


@pytest.mark.django_db(transaction=True)
def test_a_theme_that_another_editor_removes_meanwhile(draft, mette, karen, people):
    hearing = prepare(draft, mette)
    given = answer(hearing, people.ada, text="For kort")
    theme = actions.add_theme(over(hearing), by=mette, title="Frister")
    told = []

    def sort():
        actions.sort_answers(
            type(hearing).objects.get(), by=karen, answers=[given.key], theme=Theme(pk=theme.pk, hearing=hearing)
        )

    with transaction.atomic():
        actions.remove_theme(theme, by=mette)
        thread = in_a_thread(told, sort)
        thread.join(0.3)
    thread.join()

    assert told == [HearingChanged]


def test_each_who_answered_gets_one_letter_with_the_replies_to_their_own(hearing, people, mette):
    answer(hearing, people.ada, text="For kort")
    answer(hearing, people.ada, number=3, text="Også for kort")
    answer(hearing, people.siri)
    answer(hearing, people.contact, text="Vi er enige")
    answer(hearing, people.contact, kind="class", text="Klassen er enig")
    over(hearing)
    own = Answer.objects.filter(by=people.contact)
    other = actions.add_theme(hearing, by=mette, title="Enighed")
    actions.sort_answers(hearing, by=mette, answers=list(own.values_list("key", flat=True)), theme=other)
    actions.reply_to_theme(other, by=mette, title="Enighed", outcome="not", reply="Tak.")
    replied(hearing, mette, wording="Skolen indkalder to uger før.")
    actions.close_hearing(hearing, by=mette)

    event = Event.objects.get(verb="principles.hearing_closed")
    told = list(those_who_answered(event))
    assert sorted(person.given_name for person in told) == ["Ada", "Kit", "Siri"]
    letters = {person.given_name: _letter(hearing, person) for person in told}
    assert "Vi har ændret det." in letters["Ada"]
    assert "Skolen indkalder to uger før." in letters["Ada"]
    assert "Enighed" not in letters["Ada"]
    assert letters["Kit"].count("Tak.") == 1
    assert "Vi har ændret det." not in letters["Siri"]


def _letter(hearing, person):
    kind = KINDS["principles.hearing_replied"]
    letter = kind(Notice(kind=kind.name, recipient=person, not_before=timezone.now(), **naming(hearing)))
    return "\n".join(letter.lines)


def test_the_first_of_a_home_a_class_or_the_council_hears_too(hearing, people, mette):
    kim = make.guardian("Kim", of=people.ada.pupil_relations.get().pupil, household=people.ada.household)
    lea = make.holder("class_contact", people.school_class, "Lea")
    per = make.pupil("Per", in_class=people.school_class)
    hearing.council.add(people.pupil, per)
    for first, last, kind in (
        (people.ada, kim, "home"),
        (people.contact, lea, "class"),
        (people.pupil, per, "council"),
    ):
        answer(hearing, first, kind=kind, text="Først")
        answer(hearing, last, kind=kind, text="Til sidst")
    replied(over(hearing), mette)
    actions.close_hearing(hearing, by=mette)

    told = set(those_who_answered(Event.objects.get(verb="principles.hearing_closed")))

    assert told == {people.ada, kim, people.contact, lea, people.pupil, per}
    assert all("Vi har ændret det." in _letter(hearing, one) for one in told)


def test_whoever_has_no_place_there_any_more_gets_no_letter(hearing, people, mette):
    answer(hearing, people.bo, text="For kort")
    replied(over(hearing), mette)
    actions.close_hearing(hearing, by=mette)
    notice = Notice(
        kind="principles.hearing_replied", recipient=people.bo, not_before=timezone.now(), **naming(hearing)
    )
    assert still_speaks(notice)
    make.restricted(people.bo, people.bo.pupil_relations.get().pupil)

    assert not still_speaks(notice)
    assert not result_of(hearing, people.bo).own


def test_how_many_chose_each_of_two_wordings_is_shown_from_five(draft, mette, people):
    hearing = prepare(draft, mette, opens=1)
    actions.write_alternative(hearing, by=mette, number=2, text="Skolen indkalder to uger før.")
    type(hearing).objects.update(opens_on=hearing.school.today())
    hearing.refresh_from_db()
    more = [make.family(people.school_class, family_name=f"Berg{n}")[1] for n in range(2)]
    for one in (people.ada, people.bo, people.siri, *more):
        answer(hearing, one, choice="A" if one == people.ada else "B")

    (tally,) = tallies_of(hearing)
    assert tally.is_shown
    assert tally.between == "A: 0 prosent, B: 100"


def test_one_who_wants_a_change_among_six_is_not_told_from_the_shares(client, hearing, people, mette):
    more = [make.family(people.school_class, family_name=f"Berg{n}")[1] for n in range(3)]
    for one in (people.ada, people.bo, people.siri, *more):
        answer(hearing, one, verdict="change" if one == people.ada else "fine")
    actions.close_hearing(over(hearing), by=mette)

    (tally,) = tallies_of(hearing)
    page = client.get(reverse("principles:hearing_result", args=[hearing.pk])).text

    assert (tally.share, tally.percent(tally.change)) == (100, 0)
    assert "17" not in tally.label
    assert "83 %" not in page


def test_no_name_is_published(client, hearing, people, mette):
    answer(hearing, people.ada, text="Hilsen Ada Vik")
    replied(over(hearing), mette, wording="Skolen indkalder to uger før.")
    actions.close_hearing(hearing, by=mette)

    page = client.get(reverse("principles:hearing_result", args=[hearing.pk])).text

    assert "Skolen indkalder to uger før." in page
    assert "Frister" in page
    assert "Ada" not in page
    assert "Vik" not in page


def test_totals_of_four_are_not_shown_and_of_five_are(client, hearing, people, mette):
    more = [make.family(people.school_class, family_name=f"Berg{n}")[1] for n in range(3)]
    five = [people.ada, people.bo, people.siri, *more][:5]
    for one in five[:4]:
        answer(hearing, one)
        answer(hearing, one, number=3)
    answer(hearing, five[4], number=3)
    over(hearing)
    actions.close_hearing(hearing, by=mette)

    assert [(tally.number, tally.is_shown) for tally in tallies_of(hearing)] == [(2, False), (3, True)]
    page = client.get(reverse("principles:hearing_result", args=[hearing.pk]))
    assert page.context["result"].has_few
    assert page.text.count("100 %") == 1


def test_the_pack_has_every_word_and_no_name(hearing, people, mette):
    answer(hearing, people.ada, text="=SUM(1)", suggestion="Skolen indkalder to uger før.")
    answer(hearing, people.contact, kind="class", text="Klassen er enig", families=2)
    answer(hearing, people.siri)
    replied(over(hearing), mette)

    rows = list(load_workbook(io.BytesIO(pack.xlsx_of(hearing))).active.iter_rows(values_only=True))
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pack.pdf_of(hearing))).pages)

    assert len(rows) == 3  # a tap without words is none
    assert "'=SUM(1)" in [row[5] for row in rows]
    assert any("2A" in row[2] for row in rows)
    assert "Klassen er enig" in text
    assert "Frister" in text
    assert not any("Ada" in str(cell) for row in rows for cell in row)
    assert "Ada" not in text


def test_whoever_answered_reads_it_with_its_own_words_afterwards(hearing, people, mette):
    answer(hearing, people.ada, text="For kort")
    replied(over(hearing), mette)
    clause = hearing.version.clauses.get(number=2)
    texts.edit_clause(clause, by=mette, text="Skolen indkalder to uger før.", party="school", section=clause.section)
    actions.close_hearing(hearing, by=mette)

    (own,) = result_of(hearing, people.ada).own
    assert (own.words, own.fate) == ("Skolen indkalder mindst en uge før.", "changed")
    assert not result_of(hearing, people.siri).own
