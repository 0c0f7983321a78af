"""Who has seen my data: the readings by the school, never what the other home did, never where somebody is hidden."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from conferences import actions as talks
from portal.home.seen import Readings
from portal.ledger.models import Event
from portal.people import actions as people
from tests import make
from tests.ground import once


@once
def lia(db):
    return make.school("Lia skole")


@once
def in_class(lia):
    return make.school_class("3B", at=lia)


@once
def tom(in_class):
    return make.holder("contact_teacher", in_class, "Tom", "Berg")


@once
def gro(lia):
    return make.holder("principal", lia, "Gro", "Leder")


@once
def nora(in_class):
    return make.pupil("Nora", in_class=in_class)


@once
def amina(nora):
    return make.guardian("Amina", of=nora, language="en")


@once
def yusuf(nora):
    return make.guardian("Yusuf", of=nora, language="en")


@once
def talk(in_class, nora, amina, yusuf, tom):
    return make.conference(make.round(in_class), nora, tom)


def summary_of(talk, teacher):
    type(talk).objects.filter(pk=talk.pk).update(state="held", ended_at=timezone.now())
    talk.refresh_from_db()
    said = {"child_words": "I like to build.", "home_support": "Read together."}
    promise = {"what": "Read", "owner": "home", "who": "Amina", "how_often": "", "due_on": timezone.localdate()}
    summary = talks.write_summary(talk, by=teacher, words=said, agreements=[promise])
    talks.share_summary(summary, by=teacher, token=summary.token)
    summary.refresh_from_db()
    return summary


def prepared(talk, **of):
    part = "guardian" if of.get("household") else "pupil"
    talk.preparations.create(part=part, ask="About maths", shares=["ask"], shared_at=timezone.now(), **of)


def seen_by(person):
    return [(row.who, row.what, row.child) for row in Readings(person)[:50]]


SUMMARY, SHARED, PAPER = "The summary of a talk", "What you shared before a talk", "The plan before a talk"


@pytest.fixture(autouse=True)
def _english(_no_language_left_over):
    with translation.override("en"):
        yield


def test_a_summary_that_the_school_opened_is_seen_by_both_homes(talk, tom, gro, amina, yusuf):
    talks.open_summary(summary_of(talk, tom), by=gro)
    for guardian in (amina, yusuf):
        (row,) = Readings(guardian)[:50]
        assert (row.who, row.role, row.school, row.child) == ("Gro Leder", "Principal", "Lia skole", "Nora")


def test_what_the_other_home_or_the_child_opened_is_their_own(talk, tom, amina, yusuf, nora):
    summary = summary_of(talk, tom)
    nora.born_on = timezone.localdate().replace(year=timezone.localdate().year - 13, day=1)
    nora.save()
    for person in (amina, yusuf, nora):
        talks.open_summary(summary, by=person)
    assert [seen_by(person) for person in (amina, yusuf, nora)] == [[], [], []]


def test_a_teacher_who_is_the_other_parent_is_not_told_of(talk, tom, in_class, amina, yusuf):
    make.role(yusuf, "contact_teacher", in_class)
    talks.open_summary(summary_of(talk, tom), by=yusuf)
    assert seen_by(amina) == []


def test_a_home_learns_only_that_its_own_answers_were_read(talk, tom, amina, yusuf, nora):
    nora.born_on = timezone.localdate().replace(year=timezone.localdate().year - 13, day=1)
    nora.save()
    prepared(talk, household=yusuf.household, by=yusuf)
    talks.open_preparations(talk, by=tom)
    assert [seen_by(person) for person in (amina, nora)] == [[], []]
    assert seen_by(yusuf) == [("Tom Berg", SHARED, "Nora")]

    prepared(talk, by=nora)
    talks.open_preparations(talk, by=tom)
    assert seen_by(nora) == [("Tom Berg", SHARED, "")]
    assert len(seen_by(yusuf)) == 2
    assert seen_by(amina) == []


def test_a_pupil_does_not_learn_that_the_home_it_lives_in_has_shared_something(talk, tom, yusuf, nora):
    nora.born_on = timezone.localdate().replace(year=timezone.localdate().year - 13, day=1)
    nora.household = yusuf.household
    nora.save()
    prepared(talk, household=yusuf.household, by=yusuf)
    talks.open_preparations(talk, by=tom)
    assert (len(seen_by(yusuf)), seen_by(nora)) == (1, [])


def test_a_homes_own_talk_is_unknown_to_the_other(in_class, nora, tom, gro, amina, yusuf):
    own = make.conference(make.round(in_class), nora, tom, home=yusuf.household)
    talks.open_summary(summary_of(own, tom), by=gro)
    assert seen_by(amina) == []
    assert seen_by(yusuf) == [("Gro Leder", SUMMARY, "Nora")]


def test_a_paper_counts_from_when_it_is_sent(talk, tom, gro, amina):
    paper = talk.plans.create(title="Plan", url="https://example.org", made_by=tom)
    talks.open_plan(paper, by=gro)
    assert seen_by(amina) == []

    paper.sent_at = timezone.now()
    paper.save()
    talks.open_plan(paper, by=gro)
    assert seen_by(amina) == [("Gro Leder", PAPER, "Nora")]


def test_a_restricted_guardian_sees_nothing_about_the_child(talk, tom, gro, nora, yusuf):
    talks.open_summary(summary_of(talk, tom), by=gro)
    people.open_person(nora, by=gro)
    assert len(seen_by(yusuf)) == 2

    make.restricted(yusuf, nora)
    assert seen_by(yusuf) == []


def test_who_looked_a_person_up_is_seen_by_that_person_and_the_childs_homes(nora, amina, yusuf, gro):
    people.open_person(nora, by=gro)
    people.open_person(amina, by=gro)
    assert [child for _who, _what, child in seen_by(amina)] == ["", "Nora"]
    assert [child for _who, _what, child in seen_by(yusuf)] == ["Nora"]


def test_a_school_that_the_person_does_not_know_is_not_given_away(nora, yusuf, gro, lia):
    """The child has moved to a hidden school, whose office looks the cut-off parent up."""
    hidden = make.school("Hidden", within=lia.municipality)
    clerk = make.holder("office", hidden, "Odd")
    moved = make.pupil("Moved", in_class=make.school_class("1A", at=hidden))
    make.confirmed(yusuf, moved)
    make.restricted(yusuf, moved)
    people.open_person(yusuf, by=clerk)
    people.open_person(yusuf, by=gro)
    assert [who for who, _what, _child in seen_by(yusuf)] == ["Gro Leder"]


def test_a_school_is_not_given_away_by_who_worked_at_a_known_one_before(yusuf, lia):
    """A clerk moves to the school that the cut-off parent does not know, and looks up the parent there."""
    clerk, hidden = make.holder("office", lia, "Odd"), make.school("Hidden", within=lia.municipality)
    people.open_person(yusuf, by=clerk)
    people.end_role(clerk.roles.get(), by=clerk)
    moved = make.pupil("Moved", in_class=make.school_class("1A", at=hidden))
    make.confirmed(yusuf, moved)
    make.restricted(yusuf, moved)
    make.role(clerk, "office", hidden)
    people.open_person(yusuf, by=clerk)
    assert [(row.who, row.school) for row in Readings(yusuf)[:50]] == [("Odd Lie", "Lia skole")]


def test_a_case_officer_reads_for_every_school_of_the_municipality(gro, lia):
    people.open_person(gro, by=make.holder("municipality_officer", lia.municipality, "Eva"))
    assert [row.who for row in Readings(gro)[:50]] == ["Eva Lie"]


def test_a_protected_reader_is_a_role_without_a_name(talk, tom, gro, amina, lia):
    talks.open_summary(summary_of(talk, tom), by=gro)
    people.protect_address(gro, by=make.holder("office", lia, "Odd"), grade="strict")
    (row,) = Readings(amina)[:50]
    assert (row.who, row.role) == ("", "Principal")


def test_a_role_that_has_ended_is_still_the_one_that_read(talk, tom, gro, amina, lia):
    talks.open_summary(summary_of(talk, tom), by=gro)
    people.end_role(gro.roles.get(), by=gro)
    assert [row.role for row in Readings(amina)[:50]] == ["Principal"]


def test_somebody_without_a_role_then_has_no_name(talk, tom, gro, amina):
    talks.open_summary(summary_of(talk, tom), by=gro)
    Event.objects.filter(by=gro.pk).update(at=timezone.now() - timedelta(days=3000))
    assert seen_by(amina) == [("", SUMMARY, "Nora")]


@pytest.mark.parametrize("rows", [3, 300])
def test_privacy_seen_costs_the_same(client, talk, tom, gro, amina, rows, django_assert_num_queries):
    summary = summary_of(talk, tom)
    readers = [make.holder("office", gro.roles.get().school, f"Reader {n}") for n in range(3)]
    for reader in readers:
        talks.open_summary(summary, by=gro)
        people.open_person(amina, by=reader)
    like = Event.objects.filter(verb="conferences.summary_opened").first()
    Event.objects.bulk_create(
        Event(verb=like.verb, subject_type=like.subject_type, subject_id=like.subject_id, by=gro.pk, school=like.school)
        for _number in range(rows)
    )
    client.force_login(amina)
    client.get(reverse("privacy_seen"))
    with django_assert_num_queries(17):
        shown = client.get(reverse("privacy_seen")).content.decode()
    assert "Gro Leder" in shown
    assert ("Page 1 of 7" in shown) == (rows == 300)


def test_privacy_seen_says_when_nothing_was_opened(client, amina):
    client.force_login(amina)
    assert "Nobody has opened anything yet" in client.get(reverse("privacy_seen")).content.decode()


def test_looking_oneself_up_is_not_written_down(client, gro, amina, tom):
    client.force_login(gro)
    client.get(reverse("people:person_detail", args=[gro.key]))
    assert not Event.objects.filter(verb="people.person_opened").exists()
    client.get(reverse("people:person_detail", args=[amina.key]))
    assert Event.objects.get(verb="people.person_opened").subject_id == str(amina.pk)
