"""Returned mail: which message it was and whether the address is dead, read from the mail server's report."""

import email
import email.policy
import re
from dataclasses import dataclass

from portal.messaging.models import Channel, Delivery

OURS = re.compile(r"<?notice-(\d+)-email@")


@dataclass(frozen=True)
class Bounce:
    deliveries: list[Delivery]
    status: str

    @property
    def is_final(self):
        return self.status.startswith("5")


def read_bounce(raw):
    """From a delivery report (RFC 3464); None when it is not about a message of ours."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    if message.get_content_type() != "multipart/report":
        return None
    status, notice = "", None
    for part in message.walk():
        status = status or str(part.get("Status", "")).strip()
        found = OURS.search(str(part.get("Message-ID", "")))
        if found is None and part.get_content_type() == "text/rfc822-headers":
            found = OURS.search(part.get_content())
        notice = notice or (int(found.group(1)) if found else None)
    if not status or notice is None:
        return None
    head = Delivery.objects.filter(notice=notice, channel=Channel.EMAIL).first()
    if head is None:
        return None
    return Bounce(list(Delivery.objects.filter(bundle=head.bundle).select_related("notice__recipient")), status)
