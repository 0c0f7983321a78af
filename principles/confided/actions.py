"""Told in confidence, read, taken back, deleted. Of what was told the history keeps nothing."""

from datetime import date

from django.utils import timezone

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, School
from portal.people.rules import only_the_portal
from principles.confided import rules
from principles.confided.models import LONGEST, Confidant, Confidence, NoNumber, NotAConfidant, NotOneWay, WrongEnd
from principles.confided.queries import candidates


@action(
    may=rules.can_confide,
    claims=Person.objects.all,
    records="principles.confidence_given",
    refuses=(NotAConfidant, NotOneWay, NoNumber, WrongEnd),
)
def confide(
    pupil: Person,
    *,
    by: Person,
    school: School,
    receivers: list[Person],
    until: date,
    text: str = "",
    calls: bool = False,
) -> Confidence:
    """Tell these people at the school something about your child, or ask them to call you. They are told that there is
    something, and not what. Pressed twice, it was told once. Refused when one of them does not work around the child, when
    it shall stand for more than a year, and when you ask for a call and have no number."""
    today = timezone.localdate()
    _refuse(by=by, text=text, calls=calls, until=until, today=today)
    chosen = {one.pk for one in receivers}
    around = {one.key for one in candidates(pupil, by) if one.school.pk == school.pk}
    if not chosen or not chosen <= around:
        raise NotAConfidant
    said = {"school": school, "calls": calls, "until": until, "told_by": by, "told_on": today}
    for told in Confidence.objects.filter(pupil=pupil, household=by.household_id, **said):
        if (told.text or "") == text and set(told.confidants.values_list("person", flat=True)) == chosen:
            return told
    given = Confidence.objects.create(pupil=pupil, household_id=by.household_id, text=text or None, **said)
    Confidant.objects.bulk_create(Confidant(confidence=given, person_id=key) for key in sorted(chosen))
    record("principles.confidence_given", given, by=by)
    return given


def _refuse(*, by, text, calls, until, today):
    if bool(text) == calls:
        raise NotOneWay
    if calls and not by.phone:
        raise NoNumber
    if not today <= until <= today + LONGEST:
        raise WrongEnd


@action(may=rules.is_confided_in, records="principles.confidence_read", looks=True)
def read_confidence(confidence: Confidence, *, by: Person) -> None:
    """Read what a family has told you. Each time is kept, and the family sees who and when."""
    Confidant.objects.filter(confidence=confidence, person=by, opened_at=None).update(opened_at=timezone.now())
    record("principles.confidence_read", confidence, by=by)


@action(
    may=rules.can_take_confidence_back,
    claims=Confidence.objects.all,
    deletes=True,
    records="principles.confidence_taken_back",
)
def take_back_confidence(confidence: Confidence, *, by: Person) -> None:
    """Take back what your home has told: it is deleted at once, and nobody reads it any more."""
    record("principles.confidence_taken_back", confidence, by=by)
    confidence.delete()


@action(may=only_the_portal, claims=Confidence.objects.over, deletes=True, records="principles.confidence_forgotten")
def forget_confidence(confidence: Confidence, *, by: Person) -> None:
    """Delete what a home has told, after its last day or when nobody of the home is a guardian any more."""
    record("principles.confidence_forgotten", confidence, by=by)
    confidence.delete()
