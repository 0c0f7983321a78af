"""What the pages of a class's notices read."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator

from networks.bulletins import rules
from networks.bulletins.checking import check, may_be_known_from
from networks.models import Bulletin, BulletinAnswer, BulletinQuestion
from portal.people.models import SchoolClass

PAGE = 20
SHOWN = 3  # on the page of the class


@dataclass(frozen=True)
class BulletinsOnPage:
    latest: list[Bulletin]
    may_write: bool


@dataclass(frozen=True)
class BulletinList:
    """`own` are the reader's own that nobody else reads, `waiting` those that wait for the reader to release them."""

    school_class: SchoolClass
    page: object
    own: list[Bulletin]
    waiting: list[Bulletin]
    may_write: bool


@dataclass(frozen=True)
class BulletinPage:
    """`questions` are those of the reader's home, or all where the reader sent it; `to_release` waits for the reader.
    Where whoever sent it is class contact or teacher there no more, it `is_left`: nobody answers questions. Where it
    `waits_quietly` for the reader, its writer does not know that it waits."""

    bulletin: Bulletin
    questions: list[BulletinQuestion]
    answers: list[BulletinAnswer]
    to_release: list[BulletinAnswer]
    may_drop: bool
    may_ask: bool
    is_left: bool
    is_own: bool
    may_change: bool
    may_release: bool
    may_give_back: bool
    may_take_back: bool
    waits_quietly: bool


@dataclass(frozen=True)
class Preview:
    """`named` stops it, `doubtful` is asked; `goes_first` is whether somebody reads it before the families do, as far as
    the writer may know."""

    bulletin: Bulletin
    named: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    goes_first: bool = False


def bulletins_on_page(school_class, reader):
    latest = Bulletin.objects.told_to(reader).filter(school_class=school_class)[:SHOWN]
    return BulletinsOnPage(latest=list(latest), may_write=rules.can_write(reader, school_class))


def list_of_bulletins(school_class, reader, number):
    here = Bulletin.objects.filter(school_class=school_class)
    unsent = list(here.visible_to(reader).as_read_by(reader).filter(looks_sent=False).order_by("-pk"))
    return BulletinList(
        school_class=school_class,
        page=Paginator(here.told_to(reader), PAGE).get_page(number),
        own=[one for one in unsent if one.written_by_id == reader.pk],
        waiting=[one for one in unsent if one.written_by_id != reader.pk],
        may_write=rules.can_write(reader, school_class),
    )


def bulletin_page(bulletin, reader):
    is_own, may_release = rules.can_change_bulletin(reader, bulletin), rules.can_release(reader, bulletin)
    answers = list(BulletinAnswer.objects.visible_to(reader).filter(bulletin=bulletin))
    waits_quietly = may_release and bulletin.is_waiting and bulletin.is_quiet
    return BulletinPage(
        bulletin=bulletin,
        questions=list(BulletinQuestion.objects.visible_to(reader).filter(bulletin=bulletin)),
        answers=[one for one in answers if one.published_at or (one.is_quiet and not may_release)],
        to_release=[one for one in answers if not one.published_at and may_release],
        may_drop=may_release,
        may_ask=bulletin.looks_sent and rules.can_ask(reader, bulletin),
        is_left=not rules.can_change_bulletin(bulletin.written_by, bulletin),
        is_own=is_own,
        may_change=bulletin.is_draft and is_own,
        may_release=bulletin.is_waiting and may_release,
        may_give_back=bulletin.waits_openly and may_release,
        may_take_back=(bulletin.looks_sent and (is_own or may_release)) or waits_quietly,
        waits_quietly=waits_quietly,
    )


def preview(bulletin, reader):
    found = check(bulletin, reader)
    own_judgement = rules.is_contact_teacher(reader, bulletin.school_class)
    goes_first = not own_judgement and may_be_known_from(bulletin, reader)
    return Preview(bulletin, found.named, found.doubtful, goes_first)
