"""What the pages of the monthly letters read."""

from dataclasses import dataclass

from django.core.paginator import Paginator

from networks.digests.lines import Group, lines_of
from networks.digests.rules import can_take_back_digest
from networks.models import ClassDigest, NoDigest
from portal.people.models import SchoolClass
from portal.people.rules import contacts, is_guardian_in

PAGE = 12


@dataclass(frozen=True)
class DigestPage:
    digest: ClassDigest
    groups: list[Group]
    may_take_back: bool = False


@dataclass(frozen=True)
class DigestList:
    """`drafts` are those that the reader sends."""

    school_class: SchoolClass
    page: object
    drafts: list[ClassDigest]
    is_guardian: bool
    manages: bool


def digest_page(digest, reader, *, everything=False):
    return DigestPage(
        digest=digest,
        groups=lines_of(digest, reader, everything=everything),
        may_take_back=digest.is_sent and can_take_back_digest(reader, digest),
    )


def list_of_digests(school_class, reader, number):
    found = ClassDigest.objects.visible_to(reader).filter(school_class=school_class)
    return DigestList(
        school_class=school_class,
        page=Paginator(found.sent(), PAGE).get_page(number),
        drafts=list(found.managed_by(reader).drafts()),
        is_guardian=is_guardian_in(reader, school_class),
        manages=contacts(reader, school_class),
    )


def digests_on_page(school_class, reader):
    """The last that was sent, or None. One query."""
    return ClassDigest.objects.sent().visible_to(reader).filter(school_class=school_class).first()


def wants_digests(person):
    return not NoDigest.objects.filter(person=person).exists()
