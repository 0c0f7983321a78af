"""A roster that moves a child to another class calls off what waits in the old one, and the family is told by mail."""

import pytest
import time_machine

from conferences import actions as talks
from conferences.models import Conference
from conferences.notices.leaving import MOVES
from conferences.tasks import follow_rosters
from portal.ledger.publish import subscribers
from portal.ledger.tasks import sweep
from portal.messaging.tasks import send_batch
from portal.people import actions as people
from portal.people.models import GuardianRelation, Person, Role, SchoolClass, the_portal
from tests import make
from tests.portal.messaging.conftest import server

__all__ = ["server"]


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("nb", "Avlyst: utviklingssamtale om Nora"),
        ("da", "Aflyst: samtale om Nora"),
        ("en", "Called off: conference about Nora"),
    ],
)
def test_a_child_that_a_roster_moves_has_its_talk_called_off_in_the_familys_language(
    folder, load, changed, server, language, subject
):
    with time_machine.travel("2026-11-17T11:00:00Z", tick=False):
        load(folder())
        nora, amira = Person.objects.get(given_name="Nora"), Person.objects.get(given_name="Amira")
        people.confirm_relation(GuardianRelation.objects.get(guardian=amira, pupil=nora), by=the_portal())
        Person.objects.filter(pk=amira.pk).update(language=language)
        carol = Person.objects.get(given_name="Carol")
        people.confirm_role(Role.objects.get(person=carol, kind="contact_teacher"), by=the_portal())
        round = make.round(SchoolClass.objects.get(name="1A"))
        talk = make.conference(round, nora, carol)
        amira.refresh_from_db()
        talks.book(talk, by=amira, slot=make.slot(round, carol))

        moves = changed("enrollments.csv", ("e1,,,c1,s1,p1", "e1,,,c2,s1,p1"))
        classes = changed("classes.csv", ("m1,,,Maths", "c2,,,1B,01,,,homeroom,,s1,y1,,,\nm1,,,Maths"))
        load(folder({**moves, **classes}), removals_meant=True)
        follow_rosters()  # a worker does, when it hears of the import
        sweep()
    with time_machine.travel("2026-11-17T11:10:00Z", tick=False):
        send_batch("email")

    talk = Conference.objects.get(pk=talk.pk)
    (mail,) = [message for message in server.messages if message["Subject"] == subject]
    (calendar,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert (talk.state, talk.time) == ("cancelled", None)
    assert mail["To"].addresses[0].addr_spec == "amira@example.org"
    assert "METHOD:CANCEL" in calendar.get_content()


def test_whatever_moves_children_rings_for_a_worker():
    assert {"people.roster_applied", "people.roster_imported", "people.year_rolled_over"} <= set(MOVES)
    assert all(any(heard.__module__ == "conferences.notices.leaving" for heard in subscribers(verb)) for verb in MOVES)
