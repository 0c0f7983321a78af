"""Is everything that the portal stands on alive? For load balancers, containers and the person on duty."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from portal.access import anyone, page
from portal.celery import app


def database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def cache_answers():
    cache.get("healthz")
    return True


def worker_answers():
    with app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1, interval_start=0)
        return bool(app.control.ping(timeout=1, limit=1, connection=connection))


PARTS = {"database": database_answers, "cache": cache_answers, "worker": worker_answers}


@never_cache
@page(open_to=anyone)
def healthz(request):
    """The state of each part; 503 when one is broken. `?part=database&part=cache` asks about some: a web server
    that still answers should not be taken out because the workers are away."""
    asked = set(request.GET.getlist("part")) or set(PARTS)
    states = {name: "ok" if alive(answers) else "broken" for name, answers in PARTS.items() if name in asked}
    well = all(state == "ok" for state in states.values())
    return JsonResponse({"status": "ok" if well else "broken", **states}, status=200 if well else 503)


def alive(answers):
    try:
        return answers()
    except (DatabaseError, RedisError, KombuError, OSError):
        return False
