"""Keeping the PDF of a published version."""

from hashlib import sha256

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person
from portal.people.rules import only_the_portal
from principles.models import PrincipleVersion
from principles.printed.models import PrintedAlready, PrintedVersion


@action(
    may=only_the_portal,
    claims=PrincipleVersion.objects.published,
    records="principles.version_printed",
    refuses=(PrintedAlready,),
)
def keep_print(version: PrincipleVersion, *, by: Person, content: bytes) -> PrintedVersion:
    """Keep the PDF of a published version, for good. Refused when it has one."""
    if PrintedVersion.objects.filter(version=version).exists():
        raise PrintedAlready
    digest = sha256(content).hexdigest()
    printed = PrintedVersion.objects.create(version=version, content=content, digest=digest)
    record("principles.version_printed", version, by=by, number=version.number)
    return printed
