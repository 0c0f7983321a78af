"""The register of what the clock does: a room says beside its task how often, and the beat reads that.

    @shared_task(ignore_result=True)
    @every(60)
    def sweep(): ...

A task in the schedule has the name of its code. A late run is dropped, since the next one is due.
"""

CELERY_BEAT_SCHEDULE: dict[str, dict] = {}

MINUTE, HOUR, DAY = 60, 3600, 86_400
SOONEST = 5  # at least this many seconds before the next run, a late one is dropped


def every(seconds):
    """Have the clock run a task at this interval, in seconds. A second task of the same name is refused."""

    def register(function):
        name = f"{function.__module__}.{function.__name__}"
        if name in CELERY_BEAT_SCHEDULE:
            raise ValueError(f"{name} is in the schedule already")
        expires = seconds - max(SOONEST, seconds // 30)
        CELERY_BEAT_SCHEDULE[name] = {"task": name, "schedule": seconds, "options": {"expires": expires}}
        return function

    return register
