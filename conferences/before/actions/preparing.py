"""What a home and the child think through before the talk, and what the teacher and the pupil say to each other first."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.before import rules
from conferences.before.queries.preparing import ANSWERS, Told, told_of
from conferences.models import Conference, NotNow, Preparation, PupilTalk, TalkOver
from conferences.rules import can_note_attendance
from portal.actions import action
from portal.ledger.record import record
from portal.people.ages import ATTENDS_FROM
from portal.people.models import Person

LONGEST_AGO = timedelta(days=366)
Part = Preparation.Part


@action(may=rules.can_prepare, claims=Conference.objects.open, gone=TalkOver, records="conferences.preparation_saved")
def save_preparation(conference: Conference, *, by: Person, **answers: object) -> Preparation:
    """Save what the home has written so far, for that home alone. Shared answers become private again until they are
    shared anew. Refused when the talk is over."""
    _refuse_over(conference)
    written = _write(conference, by=by, part=Part.GUARDIAN, household=by.household, **answers)
    record("conferences.preparation_saved", conference, by=by)
    return written


@action(
    may=rules.can_prepare, claims=Conference.objects.all, records="conferences.preparation_shared", refuses=(NotNow,)
)
def share_preparation(conference: Conference, *, by: Person, shares: list[str]) -> None:
    """Show the teacher the answers that the home has chosen, and no others; with none chosen, take them back. Refused
    when none of it has been written."""
    _share(conference, part=Part.GUARDIAN, household=by.household_id, shares=shares)
    record("conferences.preparation_shared", conference, by=by, answers=len(shares))


@action(
    may=rules.can_write_own_part, claims=Conference.objects.open, gone=TalkOver, records="conferences.pupil_part_saved"
)
def save_own_part(conference: Conference, *, by: Person, **answers: object) -> Preparation:
    """Save what the pupil has written, for the pupil alone. Refused when the talk is over."""
    _refuse_over(conference)
    written = _write(conference, by=by, part=Part.PUPIL, household=None, **answers)
    record("conferences.pupil_part_saved", conference, by=by)
    return written


@action(
    may=rules.can_write_own_part,
    claims=Conference.objects.all,
    records="conferences.pupil_part_shared",
    refuses=(NotNow,),
)
def share_own_part(conference: Conference, *, by: Person, shares: list[str], home_may_read: bool = False) -> None:
    """Show the teacher what the pupil has chosen, and those at home when the pupil says so; with nothing chosen, take
    it back. Refused when none of it has been written."""
    _share(conference, part=Part.PUPIL, household=None, shares=shares, home_may_read=home_may_read and bool(shares))
    record("conferences.pupil_part_shared", conference, by=by, answers=len(shares))


@action(
    may=rules.can_lend_phone,
    claims=Conference.objects.open,
    gone=TalkOver,
    records="conferences.pupil_part_told",
    refuses=(NotNow,),
)
def tell_for_child(
    conference: Conference, *, by: Person, home_may_read: bool = False, kept: str = "", **answers: str
) -> None:
    """The child tells the teacher, on an adult's phone. Refused when the pupil has written their own part, which nobody
    overwrites, when nothing is written, and when the talk is over."""
    if Preparation.objects.filter(conference=conference, part=Part.PUPIL, by=conference.pupil_id).exists():
        raise NotNow(_("%(child)s has already written an own part.") % {"child": conference.pupil.given_name})
    shares = [name for name in ANSWERS if answers.get(name)]
    if kept and can_note_privately(conference.pupil):
        answers["kept"] = kept
    _write(conference, by=by, part=Part.PUPIL, household=None, **answers)
    _share(conference, part=Part.PUPIL, household=None, shares=shares, home_may_read=home_may_read, needs=True)
    record("conferences.pupil_part_told", conference, by=by)


@action(
    may=rules.can_talk_with_pupil,
    claims=Conference.objects.all,
    records="conferences.pupil_talk_noted",
    refuses=(NotNow,),
)
def note_pupil_talk(
    conference: Conference, *, by: Person, held_on: date, wellbeing: str = "", notes: str = "", own_words: str = ""
) -> PupilTalk:
    """Note what the teacher and the pupil spoke about alone; no guardian reads it. Refused for a day in the future or
    more than a year ago, and when another teacher has spoken with the pupil."""
    today = conference.school_class.school.today()
    if not today - LONGEST_AGO <= held_on <= today:
        raise NotNow(_("Write the day when you talked, today or earlier this year."))
    noted = {"held_on": held_on, "wellbeing": wellbeing, "notes": notes, "own_words": own_words}
    talk, _made = PupilTalk.objects.get_or_create(
        conference=conference, defaults={**noted, "pupil_id": conference.pupil_id, "teacher": by}
    )
    if not PupilTalk.objects.filter(pk=talk.pk, teacher=by).update(**noted):
        raise NotNow(_("Another teacher has talked with the pupil before this conference."))
    record("conferences.pupil_talk_noted", conference, by=by)
    return talk


def can_note_privately(pupil):
    """Only the child can read what the child keeps, so keeping is offered only to a child who can sign in."""
    age = pupil.age_on(timezone.localdate())
    return age is not None and age >= ATTENDS_FROM


def _refuse_over(conference):
    if conference.is_over:
        raise TalkOver


def _write(conference, *, by, part, household, **answers):
    defaults = {**answers, "by": by, "shared_at": None, "shares": []}
    written, _made = Preparation.objects.update_or_create(
        conference=conference, part=part, household=household, defaults=defaults
    )
    return written


def _share(conference, *, part, household, shares, needs=False, **more):
    own = Preparation.objects.filter(conference=conference, part=part, household=household)
    written = own.first()
    shares = [name for name in ANSWERS if name in shares]
    if written is None or (needs and not shares) or not all(getattr(written, name) for name in shares):
        raise NotNow(_("Write something first. Then you choose what to share."))
    if shares and not conference.is_open:
        raise TalkOver
    own.update(shares=shares, shared_at=timezone.now() if shares else None, **more)


@action(may=can_note_attendance, records="conferences.preparations_read", looks=True)
def open_preparations(conference: Conference, *, by: Person) -> list[Told]:
    """Read the answers that the home and the child have shared before the talk; it is recorded that they were read, and
    whose."""
    found = told_of(conference, by)
    homes, pupil = [told.home for told in found if told.home], any(told.is_pupil for told in found)
    record("conferences.preparations_read", conference, by=by, parts=len(found), homes=homes, pupil=pupil)
    return found
