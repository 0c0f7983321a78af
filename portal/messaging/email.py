"""E-mail: Django's own message over one connection kept for a whole batch, and what the server's answers mean."""

import logging
import re
import secrets
import smtplib
from contextlib import suppress
from email.charset import Charset
from email.header import Header
from email.policy import compat32
from functools import cached_property, lru_cache

from django.core import mail
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import utf8_charset

from portal.messaging.outcomes import Outcome
from portal.text import known_punycode, one_line

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ATOMS = rf"{ATOM}(\.{ATOM})*"
PLAIN = re.compile(rf"{ATOMS}@({ATOMS}|\[[A-Za-z0-9.:]+\])")  # an address as written on the wire, unquoted
SPECIAL = re.compile(r"""[()<>\[\]:;@\\,."]""")
ENCODED = "=?"  # begins a word that mail programs decode
UTF8 = Charset("utf-8")
CRLF = b"\r\n"
AS_IT_IS = ("7bit", "8bit")  # what is encoded for its way is left so
SHORT = 60  # characters, so that a header's name and one word fit on a line of 78
LONGEST = 998  # bytes on a line: not every reader finds an address that is folded away from its header's name
FOLDED = compat32.clone(max_line_length=LONGEST, linesep="\r\n")
TOO_MANY = 421  # and the server hangs up

log = logging.getLogger(__name__)


class Mail(mail.EmailMultiAlternatives):
    """Written once and to the last byte before its turn: a letter that cannot be written fails while nothing is on the
    wire, and the server never waits for one."""

    @cached_property
    def encoding(self):
        """The framework measures line by line whether one is too long for a mail; it need not where none is."""
        bodies = [self.body, *(one.content for one in self.alternatives)]
        longest = max(len(line) for body in bodies for line in body.encode().split(b"\n"))
        return None if self.attachments or longest > LONGEST else utf8_charset

    @cached_property
    def written(self):
        return b"".join(_lines(self.message()))


def _lines(part):
    """What Django built, as it travels. Python's own generator parses each header again, and takes twice as long."""
    if not part.is_multipart():
        yield from _headers(part)
        is_plain = part["Content-Transfer-Encoding"] in AS_IT_IS
        payload = part.get_payload(decode=is_plain) if is_plain else part.get_payload().encode()
        yield payload.replace(CRLF, b"\n").replace(b"\r", b"\n").replace(b"\n", CRLF)
        return
    boundary = secrets.token_hex(16)  # unguessable, so the text need not be searched for it
    part.replace_header("Content-Type", f'{part.get_content_type()}; boundary="{boundary}"')
    yield from _headers(part)
    for one in part.get_payload():
        yield b"--%s\r\n" % boundary.encode()
        yield from _lines(one)
        yield CRLF
    yield b"--%s--\r\n" % boundary.encode()


def _headers(part):
    """A header that fits on its line is written unchanged; the others are folded as usual."""
    for name, value in part.raw_items():
        line = f"{name}: {value}"
        fits = len(line) <= LONGEST and line.isascii() and line.isprintable()
        yield line.encode() + CRLF if fits else FOLDED.fold_binary(name, value)
    yield CRLF


def address(name, addr):
    """'Åse Lie <ase@example.org>', without characters that would need quoting. Raises ValueError for an address that no
    mail can be sent to as it stands, before it can be taken for more than one."""
    local, _at, domain = addr.rpartition("@")
    addr = f"{local}@{known_punycode(domain)}"
    if not PLAIN.fullmatch(addr):
        raise ValueError(f"{addr!r} is not an address")
    name = in_header(SPECIAL.sub("", one_line(name)).strip())
    return f"{name} <{addr}>" if name else addr


@lru_cache(maxsize=500)
def in_header(text):
    """The text on one line, encoded where needed. Text that merely looks like an encoded word is encoded too, or mail
    programs would decode it."""
    text = one_line(text)
    if text.isascii() and ENCODED not in text:
        return text
    word = UTF8.header_encode(text)
    return word if len(word) <= SHORT else Header(text, UTF8, maxlinelen=SHORT).encode(linesep="")


class Wire(EmailBackend):
    """Hands over our mail as it was written, to the addresses that were checked; the framework's own as it does."""

    def _send(self, message):
        if not isinstance(message, Mail):
            return super()._send(message)
        self.connection.sendmail(_spoken(message.from_email), [_spoken(one) for one in message.to], message.written)
        return True


def _spoken(written):
    """What the server is told, in brackets: so no version of Python reads it apart once more, as each does otherwise."""
    return f"<{written.rpartition('<')[2].removesuffix('>')}>"


class Post:
    def __init__(self):
        self.connection = mail.get_connection()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.hang_up()

    def hang_up(self):
        with suppress(smtplib.SMTPException, OSError):
            self.connection.close()

    def send(self, mail):
        """Hand one message over, and say how it went. If the server has hung up, the next message gets a new
        connection."""
        try:
            self.connection.open()
        except (smtplib.SMTPException, OSError) as error:
            return self._away(error)
        try:
            self.connection.send_messages([mail])
        except smtplib.SMTPHeloError as error:
            return self._away(error)
        except smtplib.SMTPRecipientsRefused as refused:
            return self._refused(*next(iter(refused.recipients.values())), of_address=True)
        except smtplib.SMTPSenderRefused as refused:
            return self._refused(refused.smtp_code, refused.smtp_error, for_good=False)
        except smtplib.SMTPDataError as refused:
            return self._refused(refused.smtp_code, refused.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            self.hang_up()
            return Outcome.later(str(error) or type(error).__name__)
        except Exception as error:
            log.exception("a message could not be handed over")
            self.hang_up()
            return Outcome.fault(error)
        return Outcome.sent("250")

    def _away(self, error):
        log.warning("the mail server gives no connection: %s", error)
        self.hang_up()
        return Outcome.away(str(error))

    def _refused(self, code, text, *, of_address=False, for_good=True):
        """Only a refused recipient is blamed on the address; everything else is ours to fix."""
        if code == TOO_MANY:
            self.hang_up()
        answer = f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
        if for_good and 500 <= code < 600:
            return Outcome.never(answer, is_address=of_address)
        return Outcome.later(answer)
