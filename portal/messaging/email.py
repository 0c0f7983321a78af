"""E-mail over one connection that is kept for a whole batch, and what the server's answers mean."""

import logging
import re
import smtplib
from contextlib import suppress

from django.core import mail
from django.core.mail.backends.smtp import EmailBackend

from portal.messaging.mime import Mail
from portal.messaging.outcomes import Outcome

DOT = re.compile(rb"\r\n\.")  # no line of the message may be the dot that ends it

log = logging.getLogger(__name__)


class Backend(EmailBackend):
    """Django's SMTP connection, which hands our own messages over as they are written."""

    def _send(self, message):
        if not isinstance(message, Mail):
            return super()._send(message)
        if self.connection.has_extn("pipelining"):
            pipelined(self.connection, *message.wire())
        else:
            sender, receiver, content = message.wire()
            self.connection.sendmail(sender, [receiver], content)
        return True


def pipelined(connection, sender, receiver, message):
    """Like smtplib's sendmail, with the envelope in one turn instead of three (RFC 2920): raises the same refusals."""
    connection.send(f"MAIL FROM:<{sender}>\r\nRCPT TO:<{receiver}>\r\nDATA\r\n")
    from_code, from_text = connection.getreply()
    to_code, to_text = connection.getreply()
    go_code, go_text = connection.getreply()
    refused = None
    if from_code != 250:
        refused = smtplib.SMTPSenderRefused(from_code, from_text, sender)
    elif to_code not in (250, 251):
        refused = smtplib.SMTPRecipientsRefused({receiver: (to_code, to_text)})
    elif go_code != 354:
        refused = smtplib.SMTPDataError(go_code, go_text)
    if go_code == 354:
        stuffed = b"" if refused else DOT.sub(b"\r\n..", message)
        connection.send(stuffed + b".\r\n")
        code, text = connection.getreply()
        if code != 250:
            refused = refused or smtplib.SMTPDataError(code, text)
    if refused:
        connection.rset()
        raise refused


class Post:
    """A connection to the mail server for one batch."""

    def __init__(self):
        self.connection = mail.get_connection()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        with suppress(smtplib.SMTPException, OSError):
            self.connection.close()

    def send(self, message):
        """Hand one message over. Only a refused recipient is blamed on the address; the rest is ours to mend."""
        try:
            self.connection.open()
        except (smtplib.SMTPException, OSError) as error:
            log.warning("the mail server does not answer: %s", error)
            return Outcome.away(str(error))
        try:
            self.connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = next(iter(refused.recipients.values()))
            return _outcome(code, text, is_address=True)
        except smtplib.SMTPSenderRefused as refused:
            return Outcome.later(_words(refused.smtp_code, refused.smtp_error))
        except smtplib.SMTPDataError as refused:
            return _outcome(refused.smtp_code, refused.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            return Outcome.later(str(error) or type(error).__name__)
        return Outcome.sent("250")

    def _hang_up(self):
        with suppress(smtplib.SMTPException, OSError):
            self.connection.close()
        self.connection = mail.get_connection()


def _outcome(code, text, *, is_address=False):
    words = _words(code, text)
    return Outcome.never(words, is_address=is_address) if 500 <= code < 600 else Outcome.later(words)


def _words(code, text):
    return f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
