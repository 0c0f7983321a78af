"""A message as it travels. Django's own writer folds every header by the book and takes longer than the mail server;
these few headers are short, known and clean, so they are written once and straight."""

import re
import secrets
from binascii import b2a_base64, b2a_qp
from email.utils import formatdate, parseaddr
from functools import lru_cache

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.encoding import punycode

SPECIAL = re.compile(r"""[()<>\[\]:;@\\,."\x00-\x1f]""")
WORD = 10  # signs of at most four bytes, so that an encoded word is never too long
LINE = 57  # bytes that make one line of 76 in base64


class Mail(EmailMultiAlternatives):
    """Django's message for every mail backend, with a faster pen for the SMTP connection."""

    def wire(self):
        """(sender, receiver, bytes), ready for the connection: one message, one receiver."""
        [receiver] = self.to
        return _bare(self.from_email), _bare(receiver), self._written()

    def _written(self):
        headers = [f"{name}: {value}" for name, value in self.extra_headers.items()]
        headers += [
            f"Subject: {_encoded(self.subject)}",
            f"From: {_on_wire(self.from_email)}",
            f"To: {', '.join(_on_wire(receiver) for receiver in self.to)}",
            f"Date: {formatdate()}",
            "MIME-Version: 1.0",
        ]
        texts = [_text("plain", self.body), *(_text(kind.partition("/")[2], text) for text, kind in self.alternatives)]
        whole = _multipart("alternative", texts)
        if self.attachments:
            whole = _multipart("mixed", [whole, *(_file(*attachment) for attachment in self.attachments)])
        return "\r\n".join(headers).encode("ascii") + b"\r\n" + whole


def address(name, addr):
    """'Åse Lie <ase@example.org>', without the signs that would need quotes."""
    local, _at, domain = addr.rpartition("@")
    name = SPECIAL.sub("", " ".join(name.split()))
    return f"{name} <{local}@{punycode(domain)}>" if name else f"{local}@{punycode(domain)}"


def sender():
    return _sender(settings.DEFAULT_FROM_EMAIL)


@lru_cache
def _sender(written):
    return address(*parseaddr(written))


def _bare(written):
    return written.rpartition("<")[2].rstrip(">")


def _on_wire(written):
    name, opened, rest = written.rpartition(" <")
    return f"{_encoded(name)}{opened}{rest}"


def _encoded(text):
    """A header's text; what is not plain goes as encoded words of at most 75 signs, one on each line."""
    if text.isascii() and len(text) < 60:
        return text
    words = [text[at : at + WORD].encode() for at in range(0, len(text), WORD)]
    return "\r\n ".join(f"=?utf-8?b?{b2a_base64(word, newline=False).decode()}?=" for word in words)


def _text(kind, text):
    body = b2a_qp("\r\n".join(text.splitlines()).encode() + b"\r\n", istext=True)
    return (
        f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
        + body
    )


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
    mark = secrets.token_hex(12).encode()
    body = b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts)
    return (
        b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n' % (kind.encode(), mark) + body + b"--" + mark + b"--\r\n"
    )
