"""The lines of a monthly letter: each is about something of the class that its reader may see today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.models import Bulletin, Gathering, Proposal, SharedNormAgreement
from networks.topics.kits import title_of
from portal.people.models import SchoolClass
from portal.schoolyear.models import SchoolEvent
from portal.speech import day, when

AHEAD = timedelta(days=62)
MOST = 12  # of one kind, so that the letter stays short


@dataclass(frozen=True)
class DigestLine:
    """`said` in a message: a notice and a proposal are read on the page alone, since they can be taken back."""

    key: str
    group: str
    text: str
    when: str
    url: str
    in_message: str = ""


@dataclass(frozen=True)
class LineKind:
    """`standing` are the rows that a letter may still speak of, `fitting` those of its month, `say` makes a line of one."""

    name: str
    heading: str
    standing: Callable
    fitting: Callable
    say: Callable


@dataclass(frozen=True)
class Group:
    name: str
    heading: str
    lines: list[DigestLine]


def lines_of(digest, reader, *, everything=False):
    """What was sent, or what would be: with `everything`, also what the class contact leaves out."""
    groups = []
    for kind in KINDS:
        rows = _rows(kind, digest, reader)
        lines = [_line(kind, row) for row in rows]
        lines = [line for line in lines if everything or line.key not in digest.left_out]
        if lines:
            groups.append(Group(kind.name, kind.heading, lines))
    return groups


def keys_of(groups):
    return [line.key for group in groups for line in group.lines]


def has_anything(school_class, month, reader):
    return any(_fitting(kind, school_class, month, reader).exists() for kind in KINDS)


def _rows(kind, digest, reader):
    if digest.is_draft:
        return list(_fitting(kind, digest.school_class, digest.month, reader)[:MOST])
    names = [key.partition(":") for key in digest.lines]
    keys = [int(key) for name, _colon, key in names if name == kind.name]
    return list(kind.standing(digest.school_class, reader).filter(pk__in=keys)) if keys else []


def _fitting(kind, school_class, month, reader):
    return kind.fitting(kind.standing(school_class, reader), month, timezone.now())


def _line(kind, row):
    text, said, url, in_message = kind.say(row)
    return DigestLine(f"{kind.name}:{row.pk}", kind.name, text, said, url, in_message or _joined(text, said))


def _joined(text, said):
    return f"{text}, {said}" if said else text


def _within(field, month):
    return {f"{field}__year": month.year, f"{field}__month": month.month}


def _gatherings(school_class, reader):
    shown = Gathering.objects.filter(state__in=[Gathering.State.PUBLISHED, Gathering.State.HELD])
    return _read_by(reader, shown).filter(school_class=school_class).select_related("school_class__school")


def _events(school_class, reader):
    return _read_by(reader, SchoolEvent.objects.standing().meant_for([school_class.pk])).select_related("school")


def _bulletins(school_class, reader):
    """The clock prepares for nobody in particular."""
    told = Bulletin.objects.sent().as_read_by(reader) if reader.is_portal else Bulletin.objects.told_to(reader)
    return told.filter(school_class=school_class).order_by("told_at", "pk")


def _agreements(school_class, reader):
    found = SharedNormAgreement.objects.of_classes(SchoolClass.objects.filter(pk=school_class.pk))
    return _read_by(reader, found).select_related("survey")


def _proposals(school_class, reader):
    return _read_by(reader, Proposal.objects.standing()).filter(school_class=school_class).order_by("made_at", "pk")


def _read_by(reader, rows):
    """The clock prepares for nobody in particular."""
    return rows if reader.is_portal else rows.visible_to(reader)


def _say_gathering(row):
    return row.title, when(row.starts_at, row.school_class.school), row.get_absolute_url(), ""


def _say_held(row):
    return row.title, day(row.starts_at, row.school_class.school), row.get_absolute_url(), ""


def _say_answer(row):
    return row.title, when(row.answer_by, row.school_class.school), f"{row.get_absolute_url()}#answer", ""


def _say_event(row):
    return row.title, when(row.starts_at, row.school), row.get_absolute_url(), ""


def _say_bulletin(row):
    said = day(row.told_at)
    return row.title, said, row.get_absolute_url(), _joined(row.get_kind_display(), said)


def _say_agreement(row):
    return row.get_topic_display(), day(row.adopted_on), row.get_absolute_url(), ""


def _say_survey(row):
    return row.get_topic_display(), when(row.survey.closes_at), row.get_absolute_url(), ""


def _say_proposal(row):
    return title_of(row), "", row.get_absolute_url(), str(row.get_kind_display())


KINDS = (
    LineKind(
        "held",
        _("This was held"),
        lambda school_class, reader: _gatherings(school_class, reader).that_took_place(),
        lambda rows, month, now: rows.filter(**_within("starts_at", month)),
        _say_held,
    ),
    LineKind(
        "ahead",
        _("This is planned"),
        _gatherings,
        lambda rows, month, now: rows.published().filter(starts_at__range=(now, now + AHEAD)),
        _say_gathering,
    ),
    LineKind(
        "event",
        _("At school"),
        _events,
        lambda rows, month, now: rows.coming(now).filter(starts_at__lte=now + AHEAD),
        _say_event,
    ),
    LineKind(
        "answer",
        _("Answer by"),
        _gatherings,
        lambda rows, month, now: rows.published().filter(answer_by__range=(now, now + AHEAD)),
        _say_answer,
    ),
    LineKind(
        "survey",
        _("The homes are asked until"),
        lambda school_class, reader: _agreements(school_class, reader).asking(),
        lambda rows, month, now: rows.filter(survey__closes_at__gt=now),
        _say_survey,
    ),
    LineKind(
        "notice",
        _("Notices of the month"),
        _bulletins,
        lambda rows, month, now: rows.filter(**_within("told_at", month)),
        _say_bulletin,
    ),
    LineKind(
        "agreement",
        _("We have agreed about"),
        lambda school_class, reader: _agreements(school_class, reader).filter(adopted_on__isnull=False),
        lambda rows, month, now: rows.adopted().filter(**_within("adopted_on", month)),
        _say_agreement,
    ),
    LineKind(
        "proposal",
        _("Families propose"),
        _proposals,
        lambda rows, month, now: rows.open(),
        _say_proposal,
    ),
)
