"""Which pupil is written about in which subject this year, and what is missing."""

from collections import defaultdict
from dataclasses import dataclass

from conferences.models import ConferenceRound, PupilTalk, Subject, SubjectInput
from portal.people.models import Enrolment, Person, Role, SchoolClass, keys_of


@dataclass(frozen=True)
class Cell:
    subject: Subject
    times: int  # how often somebody has written this year

    @property
    def is_gap(self):
        return not self.times


@dataclass(frozen=True)
class PupilRow:
    pupil: Person
    cells: list[Cell]
    has_talked: bool | None

    @property
    def done(self):
        return sum(not cell.is_gap for cell in self.cells)

    @property
    def of(self):
        return len(self.cells)

    @property
    def share(self):
        return round(100 * self.done / self.of) if self.cells else 0


@dataclass(frozen=True)
class Matrix:
    school_class: SchoolClass
    subjects: list[Subject]
    rows: list[PupilRow]

    @property
    def gaps(self):
        return sum(cell.is_gap for row in self.rows for cell in row.cells)

    @property
    def gaps_by_subject(self):
        missing = [sum(row.cells[place].is_gap for row in self.rows) for place in range(len(self.subjects))]
        found = [(subject, count) for subject, count in zip(self.subjects, missing, strict=True) if count]
        return sorted(found, key=lambda pair: -pair[1])


@dataclass(frozen=True)
class Field:
    pupil: Person
    text: str = ""
    taken_by: Person | None = None  # a colleague has written
    is_gap: bool = False  # nobody has written this year


def subjects_of(school_class):
    return Subject.objects.filter(school=school_class.school_id, grades__overlap=school_class.grades or [0])


def matrix_of(school_class, person, *, with_talks=False):
    """Pupils by subjects, this year. Counts, never words, in a fixed five queries."""
    subjects, pupils = list(subjects_of(school_class)), pupils_of(school_class, person)
    times = defaultdict(int)
    about = SubjectInput.objects.filter(year=school_class.year_id, pupil__in=pupils, subject__in=subjects)
    for pair in about.values_list("pupil", "subject"):
        times[pair] += 1
    talked = _talked(school_class, pupils) if with_talks else None
    rows = [
        PupilRow(
            pupil,
            [Cell(subject, times[pupil.pk, subject.pk]) for subject in subjects],
            None if talked is None else pupil.pk in talked,
        )
        for pupil in pupils
    ]
    return Matrix(school_class, subjects, rows)


def pupils_of(school_class, person):
    """The pupils of the class today, except those from whom the person is restricted."""
    restricted = keys_of.restricted(person)
    places = Enrolment.objects.current().filter(school_class=school_class, pupil__is_active=True)
    return list(Person.objects.filter(pk__in=places.values("pupil")).exclude(pk__in=restricted).in_name_order())


def fields_of(school_class, subject, person):
    inputs = SubjectInput.objects.filter(year=school_class.year_id, subject=subject).select_related("by")
    now, round, this_year = {}, round_of(school_class), set()
    for entry in inputs:
        this_year.add(entry.pupil_id)
        if entry.round_id == (round and round.pk):
            now[entry.pupil_id] = entry
    pupils = pupils_of(school_class, person)
    return [_field(pupil, now.get(pupil.pk), person, is_gap=pupil.pk not in this_year) for pupil in pupils]


def _field(pupil, entry, person, *, is_gap):
    if entry is None:
        return Field(pupil, is_gap=is_gap)
    return Field(pupil, text=entry.text) if entry.by_id == person.pk else Field(pupil, taken_by=entry.by)


def inputs_about(conference, person):
    entries = (
        SubjectInput.objects.visible_to(person)
        .filter(pupil=conference.pupil_id, year=conference.school_class.year_id)
        .select_related("subject", "by")
        .order_by("subject__name", "-at")
    )
    newest = {}
    for entry in entries:
        newest.setdefault(entry.subject_id, entry)
    return list(newest.values())


def picture_of(conference, person):
    subjects = list(subjects_of(conference.school_class))
    done = SubjectInput.objects.filter(
        year=conference.school_class.year_id, pupil=conference.pupil_id, subject__in=subjects
    )
    times = defaultdict(int)
    for subject in done.values_list("subject", flat=True):
        times[subject] += 1
    has_talked = PupilTalk.objects.visible_to(person).filter(conference=conference).exists()
    return PupilRow(conference.pupil, [Cell(subject, times[subject.pk]) for subject in subjects], has_talked)


def own_gaps(school_class, person):
    """(pairs of pupil and subject without a text, whether these are the teacher's own subjects). Rosters do not say who
    teaches what, so it is inferred from what the teacher has written at the school before."""
    matrix = matrix_of(school_class, person)
    mine = set(
        SubjectInput.objects.filter(by=person, subject__in=matrix.subjects).values_list("subject", flat=True).distinct()
    )
    gaps = sum(cell.is_gap and (not mine or cell.subject.pk in mine) for row in matrix.rows for cell in row.cells)
    return gaps, bool(mine)


def _talked(school_class, pupils):
    year = school_class.year
    talks = PupilTalk.objects.filter(pupil__in=pupils, held_on__range=(year.starts_on, year.ends_on))
    return set(talks.values_list("pupil", flat=True))


def follows_talks(school_class, person):
    return person.roles.live(kinds=[Role.Kind.CONTACT_TEACHER]).filter(school_class=school_class).exists()


def round_of(school_class):
    rounds = ConferenceRound.objects.filter(classes=school_class).exclude(state=ConferenceRound.State.CANCELLED)
    return rounds.order_by("-opens_at").first()
