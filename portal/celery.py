"""The workers' application. Which tasks run when is in settings."""

import gc
import logging
import os
import time

from celery import Celery
from celery.beat import PersistentScheduler
from celery.signals import beat_init, worker_init, worker_process_init, worker_ready
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from kombu.exceptions import KombuError

from portal import checks
from portal.doorbell import FAILURES, PATIENCE, in_database, line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

log = logging.getLogger(__name__)

BEAT, BEATS_EVERY, BEAT_LASTS = "beat", 10, 86_400  # seconds


class Portal(Celery):
    """Rings for a worker and never waits for one: the database is the queue, and the clock finds what was not rung
    for."""

    def send_task(self, name, *args, **options):
        """Returns None when Redis is away."""
        bell = line(settings.REDIS_URL)
        if bell.is_open():
            try:
                return super().send_task(name, *args, **options)
            except (KombuError, *FAILURES):
                bell.missed()
        log.warning("nobody was rung for %s", name)
        return None

    def connection_for_write(self, url=None, **options):
        """A web process gives up soon; only a worker waiting for work is patient."""
        limits = {
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            **(options.pop("transport_options", None) or {}),
        }
        return super().connection_for_write(url, transport_options=limits, **options)


class Scheduler(PersistentScheduler):
    """Leaves a mark in the database at intervals, so that health checks see the clock running."""

    marked_at = -BEATS_EVERY

    def tick(self, *args, **kwargs):
        if time.monotonic() >= self.marked_at + BEATS_EVERY:
            self.mark()
        return super().tick(*args, **kwargs)

    def mark(self):
        try:
            in_database.set(BEAT, time.time(), BEAT_LASTS)
            in_database.forget()
        except DatabaseError:
            log.warning("the database is away: the clock leaves no mark")
        finally:
            connection.close()
        self.marked_at = time.monotonic()


@worker_init.connect
@beat_init.connect
def refuse_unsafe(**_event):
    """A worker sends links and the clock has them sent: neither starts with keys that others know."""
    try:
        checks.refuse_unsafe()
    except ImproperlyConfigured as problem:
        raise SystemExit(str(problem)) from None  # nothing else stops a signal


@worker_ready.connect
@worker_process_init.connect
def freeze(**_event):
    """What was loaded at the start stays as long as the worker: it need not be searched for cycles again and again."""
    gc.freeze()


app = Portal("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
