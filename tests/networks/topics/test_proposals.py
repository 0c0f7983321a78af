"""Any guardian proposes; others support it; it is answered, or it runs out in the open. Nobody buries it."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from networks import actions
from networks.models import Gathering, NotNow, Proposal, Support
from networks.tasks import forget, run_out_proposals
from portal.ledger.models import Event
from portal.people.models import Household, Person, Role
from tests import make
from tests.ground import once
from tests.networks.test_pages import page
from tests.pages import as_
from tests.threads import in_a_thread

State = Proposal.State


@once
def walk(town):
    return propose(town.first, town.amira)


def propose(school_class, by, title="A walk to the tower", kind="gathering", **details):
    return actions.propose(school_class, by=by, kind=kind, title=title, **details)


def fields(days=20):
    starts = timezone.now() + timedelta(days=days)
    return {
        "title": "A walk",
        "kind": "families",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "answer_by": starts - timedelta(days=7),
        "place": "The tower",
    }


def homes_of(proposal, town):
    return Proposal.objects.with_support(town.first).get(pk=proposal.pk).homes


def test_a_guardian_without_a_role_proposes_and_nobody_else_does(town):
    assert propose(town.first, town.ben).is_open

    for stranger in (town.carla, town.principal, make.holder("contact_teacher", town.first)):
        with pytest.raises(PermissionDenied):
            propose(town.first, stranger)


def test_a_restricted_guardian_proposes_nothing(town):
    cato = make.guardian("Cato", of=town.nora)
    make.restricted(cato, town.nora)

    with pytest.raises(PermissionDenied):
        propose(town.first, cato)


def test_a_home_supports_once_however_often_it_presses(town, walk):
    actions.support(walk, by=town.ben)
    actions.support(walk, by=town.ben)

    assert homes_of(walk, town) == 2
    assert Event.objects.filter(verb="networks.proposal_supported").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(proposal=walk, household=town.ben.household)


def test_two_guardians_of_one_home_are_one_support(town, walk):
    partner = make.guardian("Paul", of=town.nora, household=town.amira.household)

    actions.support(walk, by=partner)

    assert homes_of(walk, town) == 1


def test_support_of_a_home_that_has_left_does_not_count(town, walk):
    actions.support(walk, by=town.jurgita)

    town.iver.enrolments.update(valid_to=timezone.localdate() - timedelta(days=1))

    assert homes_of(walk, town) == 1


def test_support_is_taken_back_and_the_proposal_stands(town, walk):
    actions.support(walk, by=town.ben)
    actions.take_back(walk, by=town.ben)

    assert homes_of(walk, town) == 1
    assert Proposal.objects.get(pk=walk.pk).is_open
    with pytest.raises(NotNow):
        actions.take_back(walk, by=town.ben)


def test_own_words_go_with_their_home_and_only_with_it(town, walk):
    actions.support(walk, by=town.ben)
    with pytest.raises(NotNow):
        actions.take_back(walk, by=town.jurgita)

    actions.take_back(walk, by=town.amira)

    assert Proposal.objects.get(pk=walk.pk).state == State.TAKEN_BACK
    assert not Proposal.objects.visible_to(town.ben).exists()


def test_whoever_has_moved_since_takes_their_own_words_back(town, walk):
    Person.objects.filter(pk=town.amira.pk).update(household=Household.objects.create())

    actions.take_back(walk, by=Person.objects.get(pk=town.amira.pk))

    assert Proposal.objects.get(pk=walk.pk).state == State.TAKEN_BACK


def test_a_kit_that_others_want_stays_when_the_first_home_takes_its_part_back(town):
    wish = actions.propose(town.first, by=town.amira, kind="topic", kit="screens", is_named=True)
    actions.support(wish, by=town.ben)

    actions.take_back(wish, by=town.amira)

    left = Proposal.objects.get(pk=wish.pk)
    assert left.is_open
    assert not left.is_named
    actions.take_back(wish, by=town.ben)
    assert Proposal.objects.get(pk=wish.pk).state == State.TAKEN_BACK


def test_a_kit_waits_for_one_answer_at_a_time(town):
    wish = actions.propose(town.first, by=town.amira, kind="topic", kit="screens")
    with pytest.raises(actions.ProposedAlready):
        actions.propose(town.first, by=town.ben, kind="topic", kit="screens")

    actions.answer_proposal(wish, by=town.jurgita, state=State.NOT_NOW, answer="After Christmas.")

    assert actions.propose(town.first, by=town.ben, kind="topic", kit="screens").is_open


def test_a_home_proposes_five_things_in_a_month_taken_back_or_not(town):
    partner = make.guardian("Paul", of=town.nora, household=town.amira.household)
    for number in range(Proposal.MOST):
        actions.take_back(propose(town.first, (town.amira, partner)[number % 2]), by=town.amira)

    for adult in (town.amira, partner):
        with pytest.raises(actions.TooMany):
            propose(town.first, adult)
    assert propose(town.first, town.ben).is_open
    with time_machine.travel(timezone.now() + Proposal.OPEN_FOR + timedelta(minutes=1)):
        assert propose(town.first, town.amira).is_open


@pytest.mark.django_db(transaction=True)
def test_two_of_a_home_at_once_do_not_slip_past_the_limit(town):
    partner = make.guardian("Paul", of=town.nora, household=town.amira.household)
    for _number in range(Proposal.MOST - 1):
        propose(town.first, town.amira)
    told = []

    with transaction.atomic():
        propose(town.first, town.amira)
        second = in_a_thread(told, lambda: propose(town.first, partner))
    second.join(20)

    assert told == [actions.TooMany]


@pytest.mark.django_db(transaction=True)
def test_two_homes_that_wish_for_one_topic_at_once_are_both_counted(town):
    wish, told = page("topic_wish", town.first.pk, "screens"), []
    other = as_(town.ben)

    with transaction.atomic():
        actions.propose(town.first, by=town.amira, kind="topic", kit="screens")
        second = in_a_thread(told, lambda: other.post(wish))
        time.sleep(0.5)
    second.join(20)

    assert told == ["yes"]
    assert homes_of(Proposal.objects.get(), town) == 2


def test_the_contact_takes_it_up_with_a_draft(town, walk):
    draft = actions.gather_for(walk, by=town.jurgita, **fields())

    walk.refresh_from_db()
    assert (walk.state, walk.gathering, draft.is_draft) == (State.TAKEN_UP, draft, True)
    with pytest.raises(NotNow):
        actions.gather_for(walk, by=town.jurgita, **fields())
    assert Gathering.objects.count() == 1


def test_times_that_do_not_fit_leave_it_open(town, walk):
    with pytest.raises(actions.WrongTimes):
        actions.gather_for(walk, by=town.jurgita, **{**fields(), "ends_at": timezone.now()})

    assert Proposal.objects.get(pk=walk.pk).is_open


def test_it_is_answered_once_and_in_words(town, walk):
    actions.answer_proposal(walk, by=town.jurgita, state=State.NOT_NOW, answer="In the spring.")

    for late in (actions.support, actions.take_back):
        with pytest.raises(NotNow):
            late(walk, by=town.ben)
    with pytest.raises(NotNow):
        actions.answer_proposal(walk, by=town.jurgita, state=State.TAKEN_UP, answer="After all.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=walk.pk).update(answer="")


def test_the_contact_teacher_answers_where_there_is_no_contact_and_only_there(town, walk):
    teacher = make.holder("contact_teacher", town.first)
    subject = make.holder("subject_teacher", town.first)
    said = {"state": State.TAKEN_UP, "answer": "At the parents' meeting."}
    for nobody in (teacher, subject, town.amira, town.ben, town.principal):
        with pytest.raises(PermissionDenied):
            actions.answer_proposal(walk, by=nobody, **said)
    role = Role.objects.get(kind="class_contact", person=town.jurgita)

    make._set(role, by=make.the_portal(), valid_to=timezone.localdate() - timedelta(days=1))

    with pytest.raises(PermissionDenied):
        actions.answer_proposal(walk, by=subject, **said)
    actions.answer_proposal(walk, by=teacher, **said)
    assert Proposal.objects.get(pk=walk.pk).state == State.TAKEN_UP


def test_run_out_proposals_after_thirty_days_twice_is_once(town, walk):
    run_out_proposals()
    assert Proposal.objects.get(pk=walk.pk).is_open

    with time_machine.travel(timezone.localtime() + timedelta(days=30, minutes=1)):
        run_out_proposals()
        run_out_proposals()
        with pytest.raises(NotNow):
            actions.support(walk, by=town.ben)

    assert Proposal.objects.get(pk=walk.pk).state == State.RAN_OUT
    assert Event.objects.filter(verb="networks.proposal_ran_out").count() == 1


def test_when_the_year_is_over_it_is_deleted_once(town, walk):
    forget()
    assert Proposal.objects.count() == 1

    with time_machine.travel(timezone.localtime() + timedelta(days=400)):
        forget()
        forget()

    assert Proposal.objects.count() == Support.objects.count() == 0
    assert Event.objects.filter(verb="networks.proposals_forgotten").count() == 1


@pytest.mark.parametrize("words", [{}, {"title": "Own", "kit": "screens"}, {"kit": "screens", "kind": "gathering"}])
def test_the_database_knows_a_kit_or_own_words_and_nothing_else(town, words):
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(
            school_class=town.first, household=town.amira.household, made_by=town.amira, **{"kind": "topic", **words}
        )
