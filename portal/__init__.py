"""The portal; the Celery app is found here by `celery -A portal`."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
