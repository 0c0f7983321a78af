"""A school's subjects, and what is written about each pupil in each of them, every year."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conferences.before import rules
from conferences.before.curriculum import usual_subjects
from conferences.before.queries.subjects import round_of
from conferences.models import NotNow, Subject, SubjectInput
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, School, SchoolClass


@action(may=rules.can_manage_subjects, records="conferences.subjects_begun")
def begin_subjects(school: School, *, by: Person) -> None:
    """Add the subjects that schools in the country usually teach; those the school already has are left alone."""
    usual = [Subject(school=school, name=name, grades=list(grades)) for name, grades in usual_subjects(school).items()]
    Subject.objects.bulk_create(usual, ignore_conflicts=True)
    record("conferences.subjects_begun", school, by=by)


@action(may=rules.can_manage_subjects, records="conferences.subject_added", refuses=(NotNow,))
def add_subject(school: School, *, by: Person, name: str, grades: list[int]) -> Subject:
    """Add a subject that the school teaches. Refused when the school already has it."""
    with _named_once():
        subject = Subject.objects.create(school=school, name=name, grades=sorted(grades))
    record("conferences.subject_added", subject, by=by)
    return subject


@action(
    may=rules.can_change_subject, claims=Subject.objects.all, records="conferences.subject_changed", refuses=(NotNow,)
)
def change_subject(subject: Subject, *, by: Person, name: str, grades: list[int]) -> None:
    """Change the grades in which a subject is taught, or its name. Refused when another subject has the name."""
    with _named_once():
        Subject.objects.filter(pk=subject.pk).update(name=name, grades=sorted(grades))
    record("conferences.subject_changed", subject, by=by)


@action(
    may=rules.can_change_subject,
    claims=Subject.objects.all,
    deletes=True,
    records="conferences.subject_removed",
    refuses=(NotNow,),
)
def remove_subject(subject: Subject, *, by: Person) -> None:
    """Remove a subject from the list. Refused when something has been written in it: take away its grades instead."""
    if SubjectInput.objects.filter(subject=subject).exists():
        raise NotNow(_("Somebody has written about pupils in this subject. Take away the grades instead."))
    record("conferences.subject_removed", subject, by=by)
    subject.delete()


@action(
    may=rules.can_write_subject,
    claims=SchoolClass.objects.all,
    locks=lambda school_class, subject: [subject],
    records="conferences.subject_written",
    refuses=(NotNow,),
)
def write_subject(school_class: SchoolClass, *, by: Person, subject: Subject, texts: list[tuple[Person, str]]) -> int:
    """Write how each pupil does in one subject; an empty text deletes the teacher's own. All are refused when another
    teacher has written about one of them."""
    round, year = round_of(school_class), school_class.year
    about = {"year": year, "round": round, "subject": subject}
    written = [(pupil, text.strip()) for pupil, text in texts]
    SubjectInput.objects.filter(**about, by=by, pupil__in=[pupil.pk for pupil, text in written if not text]).delete()
    for pupil, text in written:
        if text:
            _write_one(about, pupil, text, by)
    record("conferences.subject_written", school_class, by=by, about=subject.pk, pupils=len(texts))
    return sum(bool(text) for _pupil, text in written)


def _write_one(about, pupil, text, by):
    entry, _made = SubjectInput.objects.get_or_create(**about, pupil=pupil, defaults={"text": text, "by": by})
    if entry.by_id != by.pk:
        raise NotNow(
            _("%(teacher)s has already written about %(child)s here.")
            % {"teacher": entry.by.full_name, "child": pupil.given_name}
        )
    if entry.text != text:
        entry.text = text
        entry.save(update_fields=["text", "at"])


@contextmanager
def _named_once():
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise NotNow(_("The school already has a subject with this name.")) from error
