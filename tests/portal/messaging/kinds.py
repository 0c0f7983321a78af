"""Messages of the tests' own, about a school class."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import get_language

from portal.calendars import Entry
from portal.messaging import calendars
from portal.messaging.kinds import KINDS, Kind
from portal.messaging.letters import Button, Letter
from portal.messaging.models import Delivery, naming
from portal.messaging.queueing import Wanted, queue
from portal.people.models import GuardianRelation

PLACE = "The shelter by the lake"
URL = "http://testserver/g/1/"


def news(notice):
    return Letter(
        subject=f"Nyheter på {get_language()} om {notice.subject.name}",
        lines=["Klassen skal på tur."],
        facts=[("Sted", PLACE)],
        buttons=[Button("Les mer", URL)],
        sender="Anne Li\nkontaktlærer i 1A",
        sms=f"{notice.subject.school.name}: tur på fredag. {URL}",
    )


def number(notice):
    return Letter("Ring", lines=[notice.text], sms=f"Ring {notice.text}")


def invitation(notice):
    start = timezone.now() + timedelta(days=9)
    letter = news(notice)
    entry = Entry(f"class-{notice.subject.pk}", 2, start, start + timedelta(hours=2), "Bålkveld", PLACE, URL)
    calendar = calendars.event(entry)
    return Letter(letter.subject, letter.lines, letter.facts, letter.buttons, calendar=calendar)


def guardians_of(notice):
    return GuardianRelation.objects.live().filter(guardian=notice.recipient).exists()


MADE = [
    Kind("tests.news", news, "news"),
    Kind("tests.invitation", invitation, "invitations"),
    Kind("tests.duty", news, "news", duty=True),
    Kind("tests.urgent", news, "news", urgent=True),
    Kind("tests.reminder", news, "reminders"),
    Kind("tests.slow", news, "news", delay=timedelta(minutes=5)),
    Kind("tests.live", news, "news", wanted=guardians_of),
    Kind("tests.passing", number, "tasks", duty=True, passing=True),
    Kind("tests.passing_live", number, "tasks", duty=True, passing=True, wanted=guardians_of),
]


def add():
    KINDS.update({kind.name: kind for kind in MADE})


def remove():
    for kind in MADE:
        KINDS.pop(kind.name)


def tell(subject, *people, kind="tests.news", occasion=""):
    """Queue one message to each of these people about this subject; returns the deliveries."""
    queue(KINDS[kind], [Wanted(*naming(subject).values(), person, occasion) for person in people])
    return Delivery.objects.filter(notice__kind=kind, notice__recipient__in=people).order_by("pk")
