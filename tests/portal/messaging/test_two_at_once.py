"""Two workers tell the same people of two things each: neither waits for what the other is moving."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from portal.messaging.models import Delivery
from tests.portal.messaging.kinds import tell
from tests.threads import in_a_thread

ROUNDS = 20


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_move_earlier_messages_never_wait_for_each_other(server, school_class, amira, ben):
    tell(school_class, amira)
    tell(school_class, ben)
    earlier = Delivery.objects.filter(channel="email")
    began = earlier.first().next_try_at
    told = []

    def work(name, first, second, gate):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL deadlock_timeout = '10ms'; SET LOCAL lock_timeout = '5s'")
            tell(school_class, first, kind="tests.slow", occasion=name)
            gate.wait(20)
            tell(school_class, second, kind="tests.slow", occasion=name)
            gate.wait(20)

    for number in range(ROUNDS):
        earlier.filter(notice__kind="tests.news").update(next_try_at=began)
        gate = Barrier(2)
        both = [
            in_a_thread(told, lambda gate=gate, said=said: work(*said, gate))
            for said in ((f"a{number}", amira, ben), (f"b{number}", ben, amira))
        ]
        for thread in both:
            thread.join(60)
        moved = earlier.filter(notice__kind="tests.news").values_list("next_try_at", flat=True)
        assert all(at - began >= timedelta(minutes=5) for at in moved)

    assert told == ["yes"] * 2 * ROUNDS
    assert earlier.filter(notice__kind="tests.slow").count() == 4 * ROUNDS
