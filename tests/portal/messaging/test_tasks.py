import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from celery import current_app
from celery.contrib.testing.worker import start_worker
from django.conf import settings as portal_settings
from django.db import connection
from kombu import pools

from portal.ledger import publish as publishing
from portal.ledger.models import Event
from portal.ledger.tasks import sweep as sweep_events
from portal.messaging import notices
from portal.messaging.kinds import KINDS, Due
from portal.messaging.letters import Letter
from portal.messaging.models import Delivery, Notice
from portal.messaging.sending import LEASE, send
from portal.messaging.tasks import remind, send_batch, sweep
from portal.people import actions
from portal.people.models import Role, the_portal
from tests import make
from tests.portal.messaging.kinds import tell

HANDS = """
import sys
import django
import time_machine
django.setup()
from tests.portal.messaging import kinds
from portal.messaging import marking, sending
from portal.messaging.sending import send
kinds.add()
marking.MOST, sending.BATCH = 2, int(sys.argv[2])
with time_machine.travel(float(sys.argv[1])):
    send("email")
"""


@pytest.fixture
def appointed():
    before = list(publishing._subscribers["people.role_given"])
    kind = notices.notice(
        "tests.appointed",
        on="people.role_given",
        to=lambda event: [Role.objects.get(pk=event.subject_id).person],
        category="news",
        delay=timedelta(),
    )(lambda notice: Letter("Velkommen", ["Du har fått en rolle."]))
    yield kind
    KINDS.pop("tests.appointed")
    publishing._subscribers["people.role_given"][:] = before


@pytest.mark.django_db
def test_send_batch_twice_changes_nothing_more(server, school_class, amira):
    tell(school_class, amira)

    send_batch("email")
    send_batch("email")
    send_batch("email")

    assert server.receivers == ["amira@example.org"]


@pytest.mark.django_db
def test_sweep_twice_changes_nothing_more(server, school_class, amira):
    tell(school_class, amira)

    sweep()
    sweep()
    send_batch("email")
    send_batch("email")

    assert server.receivers == ["amira@example.org"]


@pytest.mark.django_db
def test_remind_twice_changes_nothing_more(server, school_class, amira):
    kind = KINDS["tests.reminder"]
    kind.finds[:] = [lambda now: [Due(subject=school_class, recipient=amira, occasion="first")]]
    remind()
    remind()
    kind.finds[:] = []
    send("email")

    assert server.receivers == ["amira@example.org"]


@pytest.mark.django_db
def test_a_reminder_that_fails_does_not_hold_up_the_others(school_class, amira):
    KINDS["tests.news"].finds[:] = [lambda now: 1 / 0]
    KINDS["tests.reminder"].finds[:] = [lambda now: [Due(school_class, amira)]]
    remind()
    KINDS["tests.news"].finds[:] = KINDS["tests.reminder"].finds[:] = []

    assert Notice.objects.get().kind == "tests.reminder"


@pytest.mark.django_db
def test_an_event_heard_three_times_is_one_notice(school_class, appointed):
    make.role(make.person(), Role.Kind.OFFICE, school_class.school)
    event = Event.objects.get(verb="people.role_given")

    for _time in range(3):
        notices.hear(appointed, event)

    assert Notice.objects.filter(kind="tests.appointed").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("handed_over", "again"), [(2, slice(0, 2)), (3, slice(2, 3))])
def test_a_worker_killed_between_sending_and_marking_loses_nothing(
    server, school_class, amira, ben, clock, handed_over, again
):
    """The one window: the server has said OK and nobody has written it down. Marks are written in groups, here of two:
    no more than the group that is open goes again, and the copies bear the same Message-ID."""
    carl = make.family(school_class, adult_name="Carl", email="carl@example.org")[1]
    dora = make.family(school_class, adult_name="Dora", email="dora@example.org")[1]
    everyone = [row.notice.recipient.email for row in tell(school_class, amira, ben, carl, dora)]
    reached = everyone[:handed_over]

    def kill(message):
        if message["To"].addresses[0].addr_spec == reached[-1]:
            worker.kill()

    server.before_ok = kill
    worker = hands(batch=4)
    worker.wait(60)
    assert server.receivers == reached
    server.before_ok = lambda message: None
    clock.shift(LEASE - timedelta(minutes=1))
    send("email")
    assert len(server.messages) == len(reached)
    clock.shift(timedelta(minutes=2))
    send("email")

    assert sorted(server.receivers) == sorted(everyone + everyone[again])
    assert len(set(server.ids)) == 4
    assert {delivery.state for delivery in Delivery.objects.all()} == {Delivery.State.SENT}


@pytest.mark.django_db(transaction=True)
def test_two_workers_killed_at_once_lose_nothing(server, school_class, amira, ben, clock):
    """Each has taken half; each may send its open group again, and the copies say that they are copies."""
    others = [make.family(school_class, adult_name=f"Adult{n}", email=f"adult{n}@example.org")[1] for n in range(6)]
    everyone = [row.notice.recipient.email for row in tell(school_class, amira, ben, *others)]

    def kill(message):
        if len(server.messages) == 5:
            for worker in workers:
                worker.kill()

    server.before_ok = kill
    workers = [hands(batch=4) for _both in range(2)]
    for worker in workers:
        worker.wait(60)
    server.before_ok = lambda message: None
    clock.shift(LEASE + timedelta(minutes=1))
    send("email")

    assert set(server.receivers) == set(everyone)
    assert len(set(server.ids)) == len(everyone)
    assert len(server.messages) <= len(everyone) + 2 * 2
    assert {delivery.state for delivery in Delivery.objects.all()} == {Delivery.State.SENT}


def hands(*, batch):
    """A separate worker process that sends one batch of this size."""
    return subprocess.Popen(
        [sys.executable, "-c", HANDS, str(time.time()), str(batch)],
        env=environment(portal_settings),
        cwd=portal_settings.BASE_DIR,
    )


def environment(settings):
    """What a worker needs for this test's database and mail server, with the test's clock."""
    at = connection.settings_dict
    host = at["HOST"].replace("/", "%2F") + (f":{at['PORT']}" if at["PORT"] else "")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "tests.settings"),
        "DATABASE_URL": f"postgres://postgres@{host}/{at['NAME']}",
        "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
    }


@pytest.fixture
def redis_away():
    """Nobody listens where the broker should be, until the test says `back`."""
    app, url = current_app._get_current_object(), current_app.conf.broker_url
    move_broker(app, "redis://127.0.0.1:1/0")
    yield lambda: move_broker(app, url)
    move_broker(app, url)


def move_broker(app, url):
    app.conf.broker_url = app.conf.broker_write_url = app.conf.broker_read_url = url
    pools.reset()
    app._pool = app.amqp._producer_pool = None


@pytest.mark.django_db(transaction=True)
def test_with_redis_away_nothing_is_lost_and_nothing_is_sent_twice(
    server, school_class, appointed, redis_away, settings
):
    settings.SITE_URL = "http://127.0.0.1"  # a worker starts for no other without TLS
    person = make.person(email="new@example.org")
    actions.appoint(person, by=the_portal(), kind=Role.Kind.OFFICE, scope=school_class.school)
    assert not Notice.objects.exists()
    redis_away()

    for _minute in range(3):
        sweep_events()
        sweep()
    with start_worker(current_app._get_current_object(), pool="solo", perform_ping_check=False, queues=["mail"]):
        wait_for(lambda: server.messages)
    send("email")

    assert server.receivers == ["new@example.org"]


def wait_for(found):
    for _tenth in range(100):
        if found():
            return
        time.sleep(0.1)
