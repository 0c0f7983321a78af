"""Who takes part no more gets the time taken out of the calendar, once; colleagues who are asked along hear of it."""

from django.utils import timezone

from conferences import actions
from conferences.models import Booking, Conference
from conferences.notices.along import no_longer_part
from portal.ledger.tasks import sweep
from portal.messaging.kinds import KINDS
from portal.messaging.models import Delivery, Notice
from portal.messaging.tasks import remind
from tests import make
from tests.ground import once

LEFT = "conferences.left"


@once
def colleague(school_class):
    return make.holder("subject_teacher", school_class, "Berit", "Moe")


def everything_is_sent():
    sweep()
    now = timezone.now()
    Notice.objects.filter(state="waiting").update(state="told", told_at=now)
    Delivery.objects.filter(state="queued").update(state="sent", sent_at=now)


def who_left():
    return [due.recipient for due in no_longer_part(timezone.now())]


def letter(person):
    remind()
    return KINDS[LEFT](Notice.objects.filter(kind=LEFT, recipient=person).latest("pk"))


def test_nobody_who_takes_part_is_told_to_stay_away(conference, amina, yusuf, slot, colleague):
    actions.add_participant(conference, by=conference.teacher, kind="teacher", teacher=colleague)
    actions.book(conference, by=amina, slot=slot)
    everything_is_sent()

    assert who_left() == []


def test_whoever_was_never_sent_the_time_is_not_told(conference, amina, yusuf, nora, slot):
    actions.book(conference, by=amina, slot=slot)
    make.restricted(yusuf, nora)

    assert who_left() == []


def test_a_restricted_guardians_calendar_is_cleared_and_tells_nothing(
    conference, amina, yusuf, nora, slot, round, teacher
):
    actions.book(conference, by=amina, slot=slot)
    everything_is_sent()
    make.restricted(yusuf, nora)
    actions.book(conference, by=amina, slot=make.slot(round, teacher, days=16))

    assert who_left() == [yusuf]
    sent = letter(yusuf)
    [entry] = sent.calendar.walk("VEVENT")
    assert (sent.calendar["method"], entry["uid"]) == ("CANCEL", f"conference-{conference.pk}@testserver")
    assert entry["dtstart"].dt == slot.starts_at
    assert "Nora" not in sent.subject + " ".join(sent.lines) + sent.calendar.to_ical().decode()
    assert (sent.facts, sent.buttons, "location" in entry) == ((), (), False)


def test_the_home_that_has_a_talk_of_its_own_now_leaves_the_others(conference, amina, yusuf, slot):
    actions.book(conference, by=amina, slot=slot)
    everything_is_sent()
    Conference.objects.filter(pk=conference.pk).update(home=amina.household)

    assert who_left() == [yusuf]


def test_a_colleague_who_is_let_go_leaves(conference, amina, slot, colleague):
    actions.book(conference, by=amina, slot=slot)
    asked = actions.add_participant(conference, by=conference.teacher, kind="teacher", teacher=colleague)
    everything_is_sent()
    actions.remove_participant(asked, by=conference.teacher)

    assert who_left() == [colleague]


def test_who_has_heard_that_the_time_is_given_up_hears_nothing_more(
    conference, amina, yusuf, nora, slot, round, teacher
):
    actions.book(conference, by=amina, slot=slot)
    everything_is_sent()
    actions.cancel_booking(conference, by=amina)
    everything_is_sent()
    make.restricted(yusuf, nora)
    actions.book(conference, by=amina, slot=make.slot(round, teacher, days=16))

    assert who_left() == []


def test_it_is_told_once_and_anew_after_a_new_entry(conference, amina, yusuf, slot, round, teacher):
    actions.book(conference, by=amina, slot=slot)
    everything_is_sent()
    Conference.objects.filter(pk=conference.pk).update(home=amina.household)
    remind()
    remind()
    assert Notice.objects.filter(kind=LEFT).count() == 1
    everything_is_sent()
    assert who_left() == []

    Conference.objects.filter(pk=conference.pk).update(home=None)
    actions.book(conference, by=amina, slot=make.slot(round, teacher, days=16))
    everything_is_sent()
    Conference.objects.filter(pk=conference.pk).update(home=amina.household)
    remind()

    assert Notice.objects.filter(kind=LEFT).count() == 2


def test_it_is_not_sent_to_whoever_takes_part_again_meanwhile(conference, amina, yusuf, slot):
    actions.book(conference, by=amina, slot=slot)
    everything_is_sent()
    Conference.objects.filter(pk=conference.pk).update(home=amina.household)
    remind()
    notice = Notice.objects.get(kind=LEFT)
    assert KINDS[LEFT].wanted(notice)

    Conference.objects.filter(pk=conference.pk).update(home=None)

    assert not KINDS[LEFT].wanted(Notice.objects.get(pk=notice.pk))


def test_a_colleague_who_is_asked_along_hears_when_and_where(conference, amina, slot, colleague):
    actions.book(conference, by=amina, slot=slot)
    actions.add_participant(conference, by=conference.teacher, kind="teacher", teacher=colleague)
    sweep()

    kind = KINDS["conferences.asked_along"]
    [notice] = [one for one in Notice.objects.filter(kind=kind.name) if kind.wanted(one)]
    told = kind(notice)

    assert notice.recipient == colleague
    assert told.calendar.walk("VEVENT")[0]["dtstart"].dt == slot.starts_at
    assert "Nora" not in told.subject + " ".join(told.lines) + told.calendar.to_ical().decode()


def test_a_colleague_hears_that_the_time_is_given_up(conference, amina, slot, colleague):
    actions.book(conference, by=amina, slot=slot)
    actions.add_participant(conference, by=conference.teacher, kind="teacher", teacher=colleague)
    everything_is_sent()
    actions.cancel_booking(conference, by=amina)
    sweep()

    notice = Notice.objects.get(kind="conferences.along_called_off")

    assert (notice.recipient, Booking.objects.count()) == (colleague, 0)
    assert KINDS["conferences.along_called_off"](notice).calendar["method"] == "CANCEL"
