"""Two people at once: one acts in the test, the other in a thread with a connection of its own."""

from threading import Thread

from django.core.exceptions import PermissionDenied
from django.db import connection

from portal.actions import Refusal


def in_a_thread(told, do):
    """Let somebody else do this now; their answer is appended to `told`."""

    def press():
        try:
            do()
            told.append("yes")
        except (Refusal, PermissionDenied) as refusal:
            told.append(type(refusal))
        finally:
            connection.close()

    thread = Thread(target=press)
    thread.start()
    return thread
