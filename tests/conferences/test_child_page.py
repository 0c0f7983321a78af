"""What stands of the talks on the page of a child: to each home and to the child what is theirs, and of what was sent the
same list to both homes."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.models import AgreedAction, Booking, Conference
from portal.ledger import tasks as ledger
from portal.messaging.models import Notice
from portal.people import actions as people
from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.models import Enrolment, Person
from portal.people.queries import child_page
from tests import make
from tests.conferences.test_notices import hear
from tests.ground import once
from tests.pages import as_, text


@once
def of_age(nora):
    Person.objects.filter(pk=nora.pk).update(born_on=years_before(timezone.localdate(), ATTENDS_FROM))
    nora.refresh_from_db()
    return nora


@once
def held(conference, amina, yusuf):
    """A talk of both homes that was yesterday."""
    make.booked(conference, by=amina)
    was = timezone.now() - timedelta(days=1)
    Booking.objects.update(starts_at=was, ends_at=was + timedelta(minutes=20))
    return Conference.objects.get(pk=conference.pk)


def agreement(what="Read aloud", owner="home", days=9):
    due = timezone.localdate() + timedelta(days=days)
    return {"what": what, "owner": owner, "who": "Those at home", "how_often": "", "due_on": due}


def share(talk, *agreements):
    words = {"child_words": "SECRET WORDS", "home_support": "SECRET HELP"}
    draft = actions.write_summary(talk, by=talk.teacher, words=words, agreements=list(agreements))
    actions.share_summary(draft, by=talk.teacher, token=draft.token)
    return draft


def part(reader, child, name):
    found = child_page(reader, child.key)
    return [(line.what, line.detail) for line in found.sections[name].lines]


def tell(*people, **when):
    """As if every message to these people had left, and one to the others not."""
    ledger.sweep()
    left = {"state": Notice.State.TOLD, "told_at": timezone.now()} | when
    Notice.objects.filter(recipient__in=people).update(**left)


# Summaries, plans and agreements


def test_both_homes_read_that_there_is_a_summary_and_not_its_words(held, amina, yusuf, nora):
    assert part(amina, nora, "read") == []

    share(held, agreement())

    for home in (amina, yusuf):
        assert part(home, nora, "read") == [("Summary of the talk with Anne Bjørnstad", "")]
        shown = as_(home).get(reverse("people:child_show", args=[nora.key]))
        assert reverse("conferences:summary_show", args=[held.pk]) in shown.content.decode()
        assert "SECRET" not in text(shown)


def test_a_draft_is_nobodys_to_read(held, amina, nora):
    actions.write_summary(held, by=held.teacher, words={}, agreements=[agreement("Draft")])

    assert part(amina, nora, "read") == part(amina, nora, "agreed") == []


def test_what_is_agreed_stands_with_its_day_and_comes_next(held, amina, nora):
    share(held, agreement("Later", days=9), agreement("Sooner", "school", days=3), agreement("Over", days=-2))

    assert part(amina, nora, "agreed") == [
        ("Over", "Home"),
        ("Sooner", "School: Those at home"),
        ("Later", "Home"),
    ]
    assert part(amina, nora, "ahead") == [("Sooner", ""), ("Later", "")]


def test_what_is_done_comes_no_more_and_a_correction_replaces_it(held, amina, nora):
    draft = share(held, agreement("Done"), agreement("Open"))
    actions.tell_agreement(AgreedAction.objects.get(what="Done"), by=amina, status="kept")
    assert part(amina, nora, "ahead") == [("Open", "")]

    draft.refresh_from_db()
    again = actions.correct_summary(draft, by=held.teacher, because="The goal")
    AgreedAction.objects.filter(summary=again, what="Open").update(what="Corrected")
    actions.share_summary(again, by=held.teacher, token=again.token)

    assert [what for what, _detail in part(amina, nora, "agreed")] == ["Done", "Corrected"]
    assert len(part(amina, nora, "read")) == 1


def test_a_plan_stands_there_once_it_is_sent(conference, round, teacher, amina, nora):
    actions.add_plan(conference, by=teacher, url="https://example.org/plan", title="Development plan")
    assert part(amina, nora, "read") == []

    actions.send_plans(round, by=teacher)

    assert part(amina, nora, "read") == [("Development plan", "Before the talk with Anne Bjørnstad")]


def test_a_talk_of_one_home_is_never_on_the_page_of_the_other(held, amina, yusuf, nora, of_age):
    share(held, agreement("For both"))
    own = Conference.objects.create(
        kind="extra", pupil=nora, teacher=held.teacher, school_class=held.school_class, home=amina.household
    )
    Conference.objects.filter(pk=own.pk).update(state="held", ended_at=timezone.now())
    own.refresh_from_db()
    share(own, agreement("OURS ALONE"))
    tell(amina)

    assert ("OURS ALONE", "Home") in part(amina, nora, "agreed")
    for other in (yusuf, of_age):
        found = child_page(other, nora.key)
        assert "OURS ALONE" not in str(found.sections)
        assert len(found.sections["read"].lines) == 1


def test_a_former_guardian_a_restricted_one_and_a_sibling_read_nothing(held, amina, yusuf, nora):
    share(held)
    brother = make.pupil("Elias", in_class=held.school_class)
    make.confirmed(amina, brother)

    assert part(amina, brother, "read") == []
    make.restricted(yusuf, nora)
    assert child_page(yusuf, nora.key) is None


def test_what_was_shared_stays_with_the_child_at_a_new_school(held, amina, nora):
    share(held)
    today = timezone.localdate()
    Enrolment.objects.filter(pupil=nora).update(valid_to=today - timedelta(days=1))
    elsewhere = make.school_class("4C", at=make.school("Vik"))
    Enrolment.objects.create(pupil=nora, school_class=elsewhere, valid_from=today)

    assert len(part(amina, nora, "read")) == 1


def test_the_child_reads_its_own_talks_from_twelve(held, nora, amina, of_age):
    share(held, agreement())

    assert part(of_age, nora, "read") == [("Summary of the talk with Anne Bjørnstad", "")]
    assert part(of_age, nora, "agreed") == [("Read aloud", "Home: Those at home")]
    assert part(of_age, nora, "group") == []


def test_a_talk_ahead_stands_with_the_child_that_it_is_about(conference, amina, nora, school_class):
    make.booked(conference, by=amina)
    brother = make.pupil("Elias", in_class=school_class)
    make.confirmed(amina, brother)

    assert part(amina, nora, "ahead") == [("Conference about Nora · Anne Bjørnstad", "")]
    assert part(amina, brother, "ahead") == []


def test_a_teacher_of_whom_one_must_not_read_is_in_no_line(held, amina, nora, school):
    share(held, agreement())
    tell(amina)
    people.protect_address(held.teacher, by=make.holder("office", school), grade="name")

    assert part(amina, nora, "read") == [("Summary of the talk with the teacher", "")]
    assert ("The summary of the talk with the teacher", "To both homes") in part(amina, nora, "sent")
    assert "Anne" not in str(child_page(amina, nora.key).sections)

    make.confirmed(held.teacher, nora)
    assert part(amina, nora, "read") == [("Summary of the talk with Anne Bjørnstad", "")]


def test_nor_in_what_comes_next_or_on_the_first_page(conference, amina, nora, school):
    make.booked(conference, by=amina)
    people.protect_address(conference.teacher, by=make.holder("office", school), grade="name")

    assert part(amina, nora, "ahead") == [("Conference about Nora", "")]
    assert "Anne" not in text(as_(amina).get(reverse("home")))


# What was sent to whom


def test_both_homes_read_one_list_of_what_was_sent(held, amina, yusuf, nora):
    share(held)
    tell(amina, yusuf)

    lists = [part(home, nora, "sent") for home in (amina, yusuf)]

    assert lists[0] == lists[1]
    assert ("The summary of the talk with Anne Bjørnstad", "To both homes") in lists[0]
    assert ("The time of the talk with Anne Bjørnstad", "To both homes") in lists[0]


def test_what_the_other_home_reads_opens_chooses_or_answers_does_not_show(held, amina, yusuf, nora):
    """Its message may wait for the morning, or be dropped because it has read the summary already."""
    share(held)
    tell(amina)
    expected = part(amina, nora, "sent")

    for state in (Notice.State.WAITING, Notice.State.UNWANTED, Notice.State.TOLD):
        told_at = timezone.now() if state == Notice.State.TOLD else None
        Notice.objects.filter(recipient=yusuf).update(state=state, told_at=told_at, read_at=told_at)
        assert part(amina, nora, "sent") == expected


def test_that_a_mail_to_the_other_home_never_left_does_not_show(held, amina, yusuf, nora):
    share(held)
    tell(amina)
    expected = part(amina, nora, "sent")

    Notice.objects.filter(recipient=yusuf).update(state=Notice.State.STOPPED, told_at=None)

    assert part(amina, nora, "sent") == part(yusuf, nora, "sent") == expected


def test_what_has_left_for_nobody_was_not_sent(held, amina, yusuf, nora):
    share(held)
    ledger.sweep()
    Notice.objects.update(state=Notice.State.STOPPED)
    assert part(amina, nora, "sent") == []

    Notice.objects.update(state=Notice.State.WAITING)
    assert part(amina, nora, "sent") == []


def test_a_home_that_came_later_reads_what_was_sent_before(held, amina, yusuf, nora):
    share(held)
    tell(amina)
    new = make.guardian("New", of=nora)
    assert {to for _what, to in part(new, nora, "sent")} == {"To the other homes"}

    make.restricted(yusuf, nora)
    assert {to for _what, to in part(new, nora, "sent")} == {"To the other home"}
    assert {to for _what, to in part(amina, nora, "sent")} == {"To your home"}


def test_two_in_one_home_are_one_receiver(held, amina, yusuf, nora):
    make.confirmed(make.person("Pil", household=amina.household), nora)
    make.restricted(yusuf, nora)
    share(held)
    tell(*Person.objects.filter(pupil_relations__pupil=nora))

    assert {to for _what, to in part(amina, nora, "sent")} == {"To your home"}


def test_what_only_one_home_asked_for_is_told_to_it_alone(conference, amina, yusuf, nora, teacher, school_class):
    actions.ask_extra(nora, by=amina, school_class=school_class, reason="learning", note="SECRET")
    actions.ask_for_times(conference, by=amina, text="SECRET", call_me=True)
    tell(*Person.objects.all())

    assert part(yusuf, nora, "sent") == part(amina, nora, "sent") == []


def test_that_the_school_asks_for_a_talk_stands_there_for_both(nora, amina, yusuf, teacher, school_class):
    actions.ask_extra(nora, by=teacher, school_class=school_class, reason="family", note="SECRET")
    tell(amina, yusuf)

    assert part(yusuf, nora, "sent") == [("The school would like to talk with you", "To both homes")]
    assert "SECRET" not in str(child_page(yusuf, nora.key))


def test_a_day_that_is_moved_stands_with_the_child_it_is_about(conference, round, amina, yusuf, nora, teacher):
    brother = make.pupil("Elias", in_class=conference.school_class)
    make.confirmed(amina, brother)
    make.conference(round, brother, teacher)
    booked = make.booked(conference, by=amina)
    actions.move_day(round, by=teacher, teacher=teacher, day=booked.booking.starts_at.date(), because="Ill")
    hear("conferences.day_moved")
    tell(amina, yusuf)

    moved = ("The talk with Anne Bjørnstad has to be moved", "To both homes")
    assert moved in part(amina, nora, "sent")
    assert moved not in part(amina, brother, "sent")


def test_the_child_reads_what_was_sent_to_itself_and_to_nobody_else(held, amina, yusuf, of_age):
    share(held)
    tell(amina, yusuf)
    assert part(of_age, of_age, "sent") == []

    tell(of_age)
    assert part(of_age, of_age, "sent") == [("The summary of the talk with Anne Bjørnstad", "")]


def test_it_names_nobody_of_the_other_home(held, amina, yusuf, nora):
    share(held)
    tell(amina, yusuf)

    shown = text(as_(amina).get(reverse("people:child_show", args=[nora.key])))

    assert "Yusuf" not in shown
    assert "To both homes" in shown
