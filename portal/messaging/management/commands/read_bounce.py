"""Where the mail server delivers returned mail: one message on standard input."""

import sys

from django.core.management.base import BaseCommand

from portal.messaging.actions import take_bounce
from portal.messaging.bounces import read_bounce
from portal.people.models import the_portal


class Command(BaseCommand):
    help = (
        "Read one returned e-mail from standard input: the address is marked, the office sees it, other ways are used."
    )

    def handle(self, **options):
        bounce = read_bounce(sys.stdin.buffer.read())
        if bounce is None or not bounce.is_final:
            self.stdout.write("Nothing of ours has come back for good.")
            return
        for delivery in bounce.deliveries:
            take_bounce(delivery, by=the_portal(), status=bounce.status)
        self.stdout.write(f"{len(bounce.deliveries)} deliveries have come back ({bounce.status}).")
