"""A message as it travels. Django's own writer folds every header by the book and takes longer than the mail server;
these few headers are short, known and clean, so they are written once and straight."""

import re
import time
from binascii import b2a_base64
from dataclasses import dataclass, field
from email.utils import formatdate, parseaddr
from functools import lru_cache

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.encoding import punycode

from portal.messaging.frames import HTML, TEXT, bodies, draw
from portal.text import one_line

SPECIAL = re.compile(r"""[()<>\[\]:;@\\,."]""")
PLAIN = re.compile(r"[!-;=?A-~]+@[!-;=?A-~]+")  # an address as it stands on the wire
ENCODED = "=?"  # begins a word that mail programs decode
WORD = 10  # signs of at most four bytes, so that an encoded word is never too long
LINE = 57  # bytes that make one line of 76 in base64
HEAD = b"Content-Type: text/%s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
TEXT_HEAD, HTML_HEAD = HEAD % b"plain", HEAD % b"html"


@dataclass
class Mail:
    """One message to one receiver: Django's own for any mail backend, or straight for the SMTP connection."""

    subject: str
    to: str
    headers: dict
    context: dict
    attachments: list = field(default_factory=list)
    made: tuple = ()

    def django(self):
        body, html = draw(TEXT, self.context), draw(HTML, self.context)
        message = EmailMultiAlternatives(_own(self.subject), body, sender(), [_named(self.to)], headers=self.headers)
        message.attach_alternative(html, "text/html")
        for attachment in self.attachments:
            message.attach(*attachment)
        return message

    def wire(self):
        """(sender, receiver, bytes), ready for the connection, made once."""
        self.made = self.made or (_bare(sender()), _bare(self.to), self._written())
        return self.made

    def _written(self):
        headers = [f"{name}: {value}" for name, value in self.headers.items()]
        headers += [
            f"Subject: {_encoded(self.subject)}",
            f"From: {_on_wire(sender())}",
            f"To: {_on_wire(self.to)}",
            f"Date: {_date(int(time.time()))}",
            "MIME-Version: 1.0",
        ]
        text, html = bodies(self.context)
        whole = _multipart(b"alternative", [TEXT_HEAD + text, HTML_HEAD + html])
        if self.attachments:
            whole = _multipart(b"mixed", [whole, *(_file(*attachment) for attachment in self.attachments)])
        return "\r\n".join(headers).encode("ascii") + b"\r\n" + whole


def address(name, addr):
    """'Åse Lie <ase@example.org>', without the signs that would need quotes. An address that no mail can be sent to as it
    stands is refused, before it could be taken for more than an address."""
    local, _at, domain = addr.rpartition("@")
    addr = f"{local}@{punycode(domain)}"
    if not PLAIN.fullmatch(addr):
        raise ValueError(f"{addr!r} is not an address")
    name = SPECIAL.sub("", one_line(name)).strip()
    return f"{name} <{addr}>" if name else addr


def sender():
    return _sender(settings.DEFAULT_FROM_EMAIL)


@lru_cache
def _sender(written):
    return address(*parseaddr(written))


def _bare(written):
    return written.rpartition("<")[2].rstrip(">")


def _own(text):
    """What Django's pen would pass on as an encoded word of somebody else's is encoded before."""
    return _encoded(text).replace("\r\n", "") if ENCODED in text else one_line(text)


def _named(written):
    name, opened, rest = written.rpartition(" <")
    return f"{_own(name)}{opened}{rest}"


def _on_wire(written):
    name, opened, rest = written.rpartition(" <")
    return f"{_encoded(name)}{opened}{rest}"


@lru_cache(maxsize=2)
def _date(second):
    return formatdate(second)


@lru_cache(maxsize=500)
def _encoded(text):
    """A header's text on one line; what is not plain goes as encoded words of at most 75 signs, one on each line, and so
    does what only looks like an encoded word."""
    text = one_line(text)
    if text.isascii() and len(text) < 60 and ENCODED not in text:
        return text
    words = [text[at : at + WORD].encode() for at in range(0, len(text), WORD)]
    return "\r\n ".join(f"=?utf-8?b?{b2a_base64(word, newline=False).decode()}?=" for word in words)


def _file(name, content, kind):
    content = content.encode() if isinstance(content, str) else content
    safe = "".join(sign if sign.isascii() and (sign.isalnum() or sign in ".-_") else "_" for sign in name)
    head = (
        f'Content-Type: {kind}; name="{safe}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{safe}"\r\n\r\n'
    )
    lines = [b2a_base64(content[at : at + LINE], newline=False) for at in range(0, len(content), LINE)]
    return head.encode() + b"\r\n".join(lines) + b"\r\n"


def _multipart(kind, parts):
    """The boundary needs no chance: quoted-printable and base64 never write an equals sign before a low line."""
    mark = b"=_" + kind
    body = b"".join([b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts])
    return b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n' % (kind, mark) + body + b"--" + mark + b"--\r\n"
