"""A real mail server on loopback that answers as it is told, and a family to write to, on a Tuesday at noon."""

import email
import email.policy
from datetime import UTC, datetime

import pytest
import time_machine
from aiosmtpd.controller import Controller

from portal.checkout.local import free_port
from tests import make
from tests.portal.messaging import kinds

NOON = datetime(2026, 11, 17, 11, tzinfo=UTC)


TOO_MANY = "421 Too many connections"
NOBODY = "550 No such user"
OK, HANG_UP = "250 OK", "hang up"


class Server:
    """Keeps what it accepts. `recipients` and `data` hold the answers to give first, to whoever comes first; `unknown`
    are addresses that are nobody's. After that it accepts everything."""

    def __init__(self):
        self.messages, self.recipients, self.data = [], [], []
        self.unknown = set()
        self.most = 100  # connections at once
        self.peers = set()
        self.before_ok = lambda message: None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 aiosmtpd's name
        session.host_name = hostname
        self.peers.add(session.peer)
        return responses if len(self.peers) <= self.most else [TOO_MANY]

    async def handle_HELO(self, server, session, envelope, hostname):  # noqa: N802 aiosmtpd's name
        return TOO_MANY

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 aiosmtpd's name
        answer = self.recipients.pop(0) if self.recipients else NOBODY if address in self.unknown else OK
        if answer == HANG_UP:
            server.transport.abort()
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 aiosmtpd's name
        if self.data:
            return self.data.pop(0)
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        message.connection, message.spoken = session.peer, envelope.rcpt_tos
        self.messages.append(message)
        self.before_ok(message)
        return "250 OK"

    @property
    def receivers(self):
        return [message["To"].addresses[0].addr_spec for message in self.messages]

    @property
    def ids(self):
        return [message["Message-ID"] for message in self.messages]


@pytest.fixture
def server(settings):
    kept = Server()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "portal.messaging.email.Wire"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    yield kept
    controller.stop()


@pytest.fixture(autouse=True)
def _kinds():
    kinds.add()
    yield
    kinds.remove()


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=True) as traveller:
        yield traveller


@pytest.fixture
def school_class(db, clock):
    return make.school_class(at=make.school())


@pytest.fixture
def amira(school_class):
    return make.family(school_class, email="amira@example.org")[1]


@pytest.fixture
def ben(school_class):
    return make.family(school_class, pupil_name="Liv", adult_name="Ben", family_name="Moe", email="ben@example.org")[1]
