"""E-mail over one connection that is kept for a whole batch, and what the server's answers mean."""

import logging
import smtplib
from contextlib import suppress

from django.core import mail
from django.core.mail.backends.smtp import EmailBackend

from portal.messaging.mime import Mail
from portal.messaging.outcomes import Outcome

log = logging.getLogger(__name__)


class Backend(EmailBackend):
    """Django's SMTP connection, which hands our own messages over as they are written."""

    def _send(self, message):
        if not isinstance(message, Mail):
            return super()._send(message)
        self.connection.sendmail(*message.wire())
        return True


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
