"""What was handed over is the whole case: whatever is added or changed afterwards has to be handed over too; each case is
in the extract of the year in which the last of it happened; and papers stay as they were written."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from grants import actions
from grants.appeal import actions as appeals
from grants.archive.actions import hand_over
from grants.archive.folders import extract_of, folder_of
from grants.changes import actions as changes
from grants.models import GrantApplication
from grants.models.applications import NotMovable
from grants.money import actions as money
from grants.papers import papers_of
from grants.reports import actions as reports
from grants.waiting import actions as waiting
from networks.models import Gathering
from portal.ledger.models import Event
from portal.people.models import Role, the_portal
from tests import make
from tests.grants.appeal.conftest import SAID
from tests.grants.cast import applied, gathering
from tests.grants.reports.files import PNG
from tests.grants.reports.telling import tell, went
from tests.grants.test_letters import text_of

pytestmark = pytest.mark.django_db


def fresh(application):
    return GrantApplication.objects.with_names().get(pk=application.pk)


def kinds(application):
    return [name[3:].partition(".")[0] for name in folder_of(fresh(application)) if name[:1].isdigit()]


def said_in(application, key):
    folder = folder_of(fresh(application))
    return text_of(next(content for name, content in folder.items() if name[3:].startswith(f"{key}.")))


# Handed over until something happens


def told(town, awarded):
    appeals.tell_decision(awarded.decisions.get(), by=the_portal(), told_on=town.school.today())


def corrected(town, awarded):
    decision = awarded.decisions.get()
    actions.correct_decision(decision, by=town.principal, correction_note="Feil dag.", amount=100_000)


def asked_why(town, awarded):
    appeals.ask_reasons(awarded.decisions.get(), by=town.zofia)


def replaced(town, awarded):
    changes.replace_gathering(awarded, by=town.zofia, gathering=gathering(town.first, "Bål", days=40))


def lapsed(town, awarded):
    changes.lapse_award(awarded, by=town.zofia)


def moved(town, awarded):
    other = make.school_class("1B", at=town.school, grades=[1])
    waiting.move_case(awarded, by=town.principal, school_class=other)


def reported(town, awarded):
    tell(went(awarded), town.zofia)


def with_receipt(town, awarded):
    reports.add_receipts(awarded, by=town.zofia, files=[PNG])


@pytest.mark.parametrize("does", [told, corrected, asked_why, replaced, lapsed, moved, reported, with_receipt])
def test_what_happens_after_the_handing_over_has_to_be_handed_over_too(town, awarded, does):
    hand_over(awarded, by=town.principal)
    assert fresh(awarded).exported_at

    does(town, fresh(awarded))

    assert fresh(awarded).exported_at is None


def test_reasons_a_receipt_taken_away_money_asked_back_and_a_closed_case_too(town, awarded):
    demand = appeals.ask_reasons(awarded.decisions.get(), by=town.zofia)
    money.mark_paid(awarded, by=town.officer, paid_on=town.school.today())
    reports.add_receipts(awarded, by=town.zofia, files=[PNG])
    steps = [
        lambda: appeals.give_reasons(demand, by=town.principal, reasons="Alle er bedt."),
        lambda: appeals.tell_reasons(demand, by=the_portal(), told_on=town.school.today()),
        lambda: reports.remove_receipt(awarded.receipts.get(), by=town.zofia),
        lambda: money.ask_back(went(fresh(awarded)), by=town.officer),
        lambda: money.drop_repayment(awarded.repayments.get(), by=town.officer),
        lambda: tell(went(awarded), town.zofia),
        lambda: reports.close_case(fresh(awarded), by=town.principal),
    ]
    for step in steps:
        hand_over(fresh(awarded), by=town.principal)
        step()
        assert fresh(awarded).exported_at is None


def test_what_was_reported_first_is_a_paper_beside_what_was_reported_last(town, awarded):
    money.mark_paid(awarded, by=town.officer, paid_on=town.school.today())
    tell(went(awarded), town.zofia, spent=100_000, used_for="Saft og boller.")
    tell(fresh(awarded), town.zofia, spent=100_000, used_for="Saft og boller.")  # nothing is new
    tell(fresh(awarded), town.zofia, spent=95_000, used_for="Saft og frukt.")
    tell(fresh(awarded), town.zofia, spent=100_000, used_for="Saft og kaker.")
    told = [paper for paper in papers_of(fresh(awarded)) if paper.key.startswith("report")]

    assert [paper.key for paper in told] == ["report-1", "report-2", "report"]
    for paper, said in zip(told, ("boller", "frukt", "kaker"), strict=True):
        assert f"Saft og {said}." in text_of(paper.read())
    assert "950 kroner" in text_of(told[1].read())
    assert told[0].title != told[2].title
    reports.close_case(fresh(awarded), by=town.principal)
    for folder in (folder_of(fresh(awarded)), extract_of(town.school.municipality, town.school.today().year)[0]):
        assert sum("report" in name for name in folder) == 3


def test_the_number_in_the_archive_is_written_down_afterwards_and_changes_nothing(town, awarded):
    hand_over(awarded, by=town.principal)
    actions.give_journal_number(fresh(awarded), by=town.principal, journal_number="26/1-2")

    assert fresh(awarded).exported_at


def test_what_is_handed_over_is_the_case_as_it_is_then(town, awarded):
    told(town, awarded)

    assert hand_over(awarded, by=town.principal) == folder_of(fresh(awarded))


def test_what_is_not_decided_is_not_handed_over(town, in_review):
    with pytest.raises(NotMovable):
        hand_over(in_review, by=town.principal)


def test_what_could_not_be_written_was_not_handed_over(town, awarded, tmp_path):
    (tmp_path / "other").write_text("mine")
    with pytest.raises(CommandError):
        call_command("export_case", fresh(awarded).case_number, str(tmp_path))

    assert fresh(awarded).exported_at is None
    assert not Event.objects.filter(verb="grants.case_exported").exists()


# The year of a case


def refused(town):
    application = applied(town.gathering, town.zofia)
    actions.take_up_application(application, by=town.principal)
    decision = actions.decide_application(
        application, by=town.principal, result="rejected", rules=[town.ground], **SAID
    )
    appeals.tell_decision(decision, by=the_portal(), told_on=town.school.today())
    return decision


def years_of(town, application, last):
    """The years in whose extract it is, each made when the year is over."""
    found = []
    for year in (last - 1, last, last + 1):
        with time_machine.travel(datetime(year + 1, 12, 1, tzinfo=UTC)):
            _folder, cases = extract_of(town.school.municipality, year)
            found += [year for one in cases if one.pk == application.pk]
    return found


@pytest.mark.parametrize("ends", ["upheld", "withdrawn"])
def test_an_appealed_case_is_in_the_extract_of_the_year_in_which_the_appeal_ended(town, ends):
    decision = refused(town)
    appeal = appeals.send_appeal(decision, by=town.zofia, what="It", change="More")
    next_year = timezone.now() + timedelta(days=370)
    with time_machine.travel(next_year):
        if ends == "withdrawn":
            type(appeal).objects.update(state=ends, withdrawn_at=next_year)
        else:
            appeals.forward_appeal(appeal, by=town.officer, statement="No.")
            day = town.school.today()
            appeals.settle_appeal(appeal, by=town.officer, state=ends, outcome="The rule.", decided_on=day)

    assert years_of(town, decision.application, next_year.year) == [next_year.year]


def test_what_was_never_appealed_is_in_that_of_the_day_after_the_last_one(town):
    decision = refused(town)
    year = (decision.last_day_to_appeal + timedelta(days=1)).year

    assert years_of(town, decision.application, year) == [year]


# Papers stay


def test_the_application_stays_as_it_was_sent(town, awarded):
    before = said_in(awarded, "application")
    assert "Vinterlek i akebakken" in before
    assert "17947" not in before

    moved(town, awarded)
    Gathering.objects.filter(pk=town.gathering.pk).update(title="Noe annet")
    GrantApplication.objects.update(payee_kind="school", account=None)

    assert said_in(awarded, "application") == before


def test_what_was_changed_before_it_was_opened_is_what_was_sent(town, sent):
    actions.change_application(sent, by=town.zofia, purpose="Vi går på tur.")
    actions.take_up_application(sent, by=town.principal)
    actions.decide_application(sent, by=town.principal, result="approved", amount=100_000)

    assert "Vi går på tur." in said_in(sent, "application")


def test_each_word_that_it_takes_longer_is_a_paper(town, in_review):
    for days, why in ((40, "Vi venter på svar."), (60, "Vi venter fortsatt.")):
        on = town.school.today() + timedelta(days=days)
        waiting.tell_when(in_review, by=town.principal, expected_on=on, delay_reason=why)
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)

    assert "Vi venter på svar." in said_in(in_review, "delay-1")
    assert "Vi venter fortsatt." in said_in(in_review, "delay-2")


def test_what_deciders_said_of_themselves_is_a_paper(town, sent):
    actions.stand_aside(sent, by=town.principal, note="Jeg er i slekt med søkeren.")
    actions.take_up_application(sent, by=town.officer)
    actions.decide_application(sent, by=town.officer, result="approved", amount=100_000)

    judged = [key for key in kinds(sent) if key.startswith("judged")]
    assert len(judged) == 2
    assert "Jeg er i slekt med søkeren." in said_in(sent, judged[0])


def test_what_was_asked_for_replaced_claimed_and_given_back_are_papers(town, awarded):
    asked_why(town, awarded)
    replaced(town, fresh(awarded))
    money.mark_paid(fresh(awarded), by=town.officer, paid_on=town.school.today())
    claim = money.ask_back(went(fresh(awarded)), by=town.officer)

    assert "Bål" in said_in(awarded, "replaced-1")
    assert "1000 kroner" in said_in(awarded, f"claim-{claim.pk}").replace("\xa0", " ")
    assert any(key.startswith("demand-") for key in kinds(awarded))


def test_support_that_is_not_used_is_a_paper_and_the_folder_is_the_same_each_time(town, awarded):
    lapsed(town, awarded)

    assert "lapsed-1" in kinds(awarded)
    with time_machine.travel(timezone.localtime() + timedelta(days=300), tick=False):
        later = folder_of(fresh(awarded))
    assert later == folder_of(fresh(awarded))


def test_an_appeal_that_came_back_keeps_what_was_said_each_time(town, second_officer):
    decision = refused(town)
    appeal = appeals.send_appeal(decision, by=town.zofia, what="It", change="More")
    day = town.school.today()
    appeals.forward_appeal(appeal, by=town.officer, statement="First we said no.")
    appeals.settle_appeal(appeal, by=town.officer, state="sent_back", outcome="Ask the class.", decided_on=day)
    appeals.forward_appeal(appeal, by=second_officer, statement="We asked, and say no.")
    assert appeal.rounds.get().reviewed_by == town.officer
    assert f"outcome-2-{appeal.pk}" not in kinds(decision.application)
    appeals.settle_appeal(appeal, by=town.officer, state="upheld", outcome="So it stands.", decided_on=day)

    said = [key for key in kinds(decision.application) if key.startswith(("statement", "outcome"))]
    assert said == [f"{key}-{appeal.pk}" for key in ("statement", "outcome", "statement-2", "outcome-2")]
    texts = [said_in(decision.application, key) for key in said]
    words = ("First we said no.", "Ask the class.", "We asked, and say no.", "So it stands.")
    assert all(one in text for one, text in zip(words, texts, strict=True))


@pytest.fixture
def second_officer(town):
    return make.holder(Role.Kind.MUNICIPALITY_OFFICER, town.school.municipality, "Nils", "Dahl")
