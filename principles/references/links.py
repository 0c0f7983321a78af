"""Whether a link still leads somewhere. It is asked in a process of its own, which has no key and is ended in time, and only of
machines that the whole world can reach: never of one of this network, wherever a page may send it on to."""

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import quote, urljoin, urlsplit

from portal import reading
from portal.actions import Refusal

HOPS, PATIENCE = 5, 8
PORTS = {"https": 443, "http": 80}
GONE = (404, 410)
BROKEN = 500
PLAIN = "/?%:@!$&'()*+,;=~"  # what stands in an address as it is
EMBEDDED = ipaddress.ip_network("64:ff9b::/96")  # an address of the old kind within one of the new
LIMITS = reading.Limits(seconds=40, memory=600 * reading.MEGABYTE, answer=reading.MEGABYTE)


class NoAnswer(Refusal):
    """Nothing came back in time."""


def answers_apart(link, agent) -> bool:
    try:
        return reading.read(answers, link, agent, limits=LIMITS, refusal=NoAnswer)
    except NoAnswer:
        return False


def answers(link, agent, reaches=None) -> bool:
    """By HEAD, and where that is not answered well by GET, of which only the head is read. A machine that wants a person to
    look (401, 403, 429) has answered."""
    for method in ("HEAD", "GET"):
        try:
            status = _status(method, link, agent, reaches or is_public)
        except (OSError, http.client.HTTPException, ValueError):
            status = None
        if status and status < http.client.BAD_REQUEST:
            return True
    return bool(status) and status not in GONE and status < BROKEN


def is_public(address, port) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    hides = found.version == 6 and (found.sixtofour or found.teredo or found in EMBEDDED)
    return found.is_global and not found.is_multicast and not hides and port in PORTS.values()


def _status(method, link, agent, reaches):
    for _hop in range(HOPS + 1):
        status, onward = _ask(method, link, agent, reaches)
        if not (http.client.MULTIPLE_CHOICES <= status < http.client.BAD_REQUEST and onward):
            return status
        link = urljoin(link, onward)
    return None


def _ask(method, link, agent, reaches):
    parts = urlsplit(link)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(parts.scheme)
    host, port = parts.hostname.encode("idna").decode(), parts.port or PORTS[parts.scheme]
    addresses = {found[4][0] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not all(reaches(address, port) for address in addresses):
        raise ValueError("not for the world")
    line = _Line(host, port, min(addresses), secure=parts.scheme == "https")
    try:
        path = f"{parts.path or '/'}{parts.query and '?'}{parts.query}"
        line.request(method, quote(path, safe=PLAIN), headers={"User-Agent": agent, "Accept": "*/*"})
        answer = line.getresponse()
        return answer.status, answer.getheader("Location")
    finally:
        line.close()


class _Line(http.client.HTTPConnection):
    """To the very address that was looked at: a name that is looked up twice may lead elsewhere the second time."""

    def __init__(self, host, port, address, *, secure):
        super().__init__(host, port, timeout=PATIENCE)
        self.address, self.secure = address, secure
        self.default_port = PORTS["https" if secure else "http"]

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
