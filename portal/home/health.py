"""Is everything the portal depends on alive? For load balancers, containers and the person on duty."""

import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from threading import Thread

from django.conf import settings
from django.db import Error as DatabaseProblem
from django.db import connection
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from portal.access import anyone, page
from portal.celery import BEAT, app
from portal.doorbell import in_database, line
from portal.messaging.queries import longest_wait

PATIENCE = 1.5  # seconds for all parts together, so that a probe gets its answer within two
BEAT_GOES = 120  # seconds since its last mark
LATE = 900  # seconds that a message may wait once it is due

_asked = {}


def database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def cache_answers():
    return line(settings.REDIS_URL).answers()


def worker_answers():
    if not line(settings.REDIS_URL).is_open():
        return False
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, interval_start=0)
        return bool(app.control.ping(timeout=1, limit=1, connection=broker))


def beat_goes():
    return time.time() - in_database.get(BEAT, 0) < BEAT_GOES


def messages_wait():
    return int(longest_wait(timezone.now()).total_seconds())


PARTS = {
    "database": database_answers,
    "cache": cache_answers,
    "worker": worker_answers,
    "beat": beat_goes,
    "messages": messages_wait,
}


@never_cache
@page(open_to=anyone)
def healthz(request):
    """503 when a part is broken or does not answer in time. `?part=database` asks about some only: a web server that
    still answers should not be taken out because the workers are away. An unknown part is 404."""
    parts = set(request.GET.getlist("part")) or set(PARTS)
    if parts - set(PARTS):
        raise Http404
    told = answers([name for name in PARTS if name in parts])
    states = {name: "ok" if is_well(name, answer) else "broken" for name, answer in told.items()}
    if told.get("messages", False) is not False:
        states["oldest_unsent_seconds"] = told["messages"]
    well = "broken" not in states.values()
    return JsonResponse({"status": "ok" if well else "broken", **states}, status=200 if well else 503)


def is_well(name, answer):
    return answer < LATE if name == "messages" and answer is not False else bool(answer)


def answers(names):
    until = time.monotonic() + PATIENCE
    asked = {name: _asked_now(name) for name in names}
    return {name: _answer(future, until) for name, future in asked.items()}


def _answer(future, until):
    try:
        return future.result(max(0, until - time.monotonic()))
    except TookTooLong:
        return False


def _asked_now(name):
    """A part that has not answered the last question is not asked again, so that hung threads do not pile up."""
    known = _asked.get(name)
    if known is None or known.done():
        known = _asked[name] = Future()
        Thread(target=_ask, args=[PARTS[name], known], daemon=True).start()
    return known


def _ask(part, future):
    """In a thread of its own, hence on a connection of its own, which it closes."""
    said = False
    try:
        said = alive(part)
    finally:
        future.set_result(said)
        connection.close()


def alive(part):
    try:
        return part()
    except (DatabaseProblem, RedisError, KombuError, OSError):
        return False
