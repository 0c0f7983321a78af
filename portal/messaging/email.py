"""E-mail over a few connections that are kept for a whole batch, and what the server's answers mean.

A message is four turns of waiting. While one connection waits for its answer, the others are spoken to: that is all
there is to its speed, and the bytes are the same as smtplib would send.
"""

import logging
import re
import smtplib
from contextlib import suppress

from django.core import mail
from django.core.mail.backends.smtp import EmailBackend

from portal.messaging.outcomes import Outcome

LANES = 4  # connections at once; a server that wants fewer refuses the rest, and is served over those it takes
DOT = re.compile(rb"\r\n\.")  # no line of the message may be the dot that ends it

log = logging.getLogger(__name__)


class Post:
    """The connections to the mail server for one batch."""

    def __init__(self):
        self.lanes, self.most = [], LANES

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for lane in self.lanes:
            _close(lane)

    def send(self, messages):
        """Hand these over, each on a connection of its own, as far as the server gives as many; an outcome for each.
        Only a refused recipient is blamed on the address; the rest is ours to mend."""
        outcomes = []
        while len(outcomes) < len(messages):
            left = messages[len(outcomes) :]
            problem = self._open(len(left))
            if not self.lanes:
                return outcomes + [Outcome.away(problem)] * len(left)
            outcomes += self._in_step(left[: len(self.lanes)])
        return outcomes

    def _open(self, wanted):
        """Have as many connections as are of use; what the server said when it gave none."""
        while len(self.lanes) < min(wanted, self.most):
            lane = mail.get_connection()
            try:
                lane.open()
                if isinstance(lane, EmailBackend):
                    lane.connection.ehlo_or_helo_if_needed()
            except (smtplib.SMTPException, OSError) as error:
                log.warning("the mail server gives no connection: %s", error)
                _close(lane)
                self.most = len(self.lanes) or LANES
                return str(error)
            self.lanes.append(lane)
        return ""

    def _in_step(self, messages):
        talks = dict(enumerate(_talk(lane, message) for lane, message in zip(self.lanes, messages, strict=False)))
        outcomes = {}
        while talks:
            for number in list(talks):
                outcome = _one_turn(talks[number])
                if outcome is not None:
                    outcomes[number] = outcome
                    del talks[number]
        lost = [self.lanes[number] for number, outcome in outcomes.items() if outcome.state in ("lost", "fault")]
        for lane in lost:
            _close(lane)
            self.lanes.remove(lane)
        return [_or_later(outcomes[number]) for number in sorted(outcomes)]


def _talk(lane, message):
    """One message on one connection; every yield is a turn of waiting. Raises what smtplib's sendmail would."""
    if not isinstance(lane, EmailBackend):  # the backends for trying things out speak to nobody
        lane.send_messages([message.django()])
        return
    smtp = lane.connection
    sender, receiver, content = message.wire()
    for words, good, refusal in (
        (f"MAIL FROM:<{sender}>\r\n", (250,), lambda code, text: smtplib.SMTPSenderRefused(code, text, sender)),
        (f"RCPT TO:<{receiver}>\r\n", (250, 251), lambda *said: smtplib.SMTPRecipientsRefused({receiver: said})),
        ("DATA\r\n", (354,), smtplib.SMTPDataError),
        (DOT.sub(b"\r\n..", content) + b".\r\n", (250,), smtplib.SMTPDataError),
    ):
        smtp.send(words)
        yield
        code, text = smtp.getreply()
        if code not in good:
            smtp.rset()
            raise refusal(code, text)


def _one_turn(talk):
    """Go on until the next wait; an outcome when there is none."""
    try:
        next(talk)
    except StopIteration:
        return Outcome.sent("250")
    except smtplib.SMTPRecipientsRefused as refused:
        code, text = next(iter(refused.recipients.values()))
        return _outcome(code, text, is_address=True)
    except smtplib.SMTPSenderRefused as refused:
        return Outcome.later(_words(refused.smtp_code, refused.smtp_error))
    except smtplib.SMTPDataError as refused:
        return _outcome(refused.smtp_code, refused.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        return Outcome("lost", str(error) or type(error).__name__)
    except Exception as error:
        log.exception("a message could not be handed over")
        return Outcome.fault(error)
    return None


def _or_later(outcome):
    return Outcome.later(outcome.answer) if outcome.state == "lost" else outcome


def _close(lane):
    with suppress(smtplib.SMTPException, OSError):
        lane.close()


def _outcome(code, text, *, is_address=False):
    words = _words(code, text)
    return Outcome.never(words, is_address=is_address) if 500 <= code < 600 else Outcome.later(words)


def _words(code, text):
    return f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
