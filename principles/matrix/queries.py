"""What the pages show of where a class writes what."""

from dataclasses import dataclass

from django.utils import timezone

from portal.people import protection
from portal.people.models import SchoolClass, Term
from principles.matrix.models import Matrix, MatrixRow, OtherSystem

EMPTY = {"system": None, "where": "", "who": "", "how_often": ""}


@dataclass(frozen=True)
class Written:
    """A matrix as it is read: a row for each matter, and where it is not used one that says so. `by` is empty where the
    reader must not know the name."""

    matrix: Matrix
    rows: list[MatrixRow]
    by: str = ""

    @property
    def is_usual(self):
        return self.matrix.school_class_id is None

    @property
    def used(self):
        return [row for row in self.rows if row.pk]


def read_in(school_class):
    """What families of the class read, or None: its own, or what is usual at the school until it has its own. One query."""
    matrices = Matrix.objects.read_in(school_class)
    found = {}
    for row in MatrixRow.objects.filter(matrix__in=matrices).select_related("matrix__school", "system"):
        found.setdefault(row.matrix, []).append(row)
    own = max(found, key=lambda matrix: matrix.is_published, default=None)
    return Written(own, _whole(found[own])) if own else None


def _whole(rows):
    written = {row.matter: row for row in rows}
    return [written.get(matter) or MatrixRow(matter=matter) for matter in MatrixRow.Matter.values]


def matrix_of(school_class):
    return Matrix.objects.filter(school_class=school_class.pk).first()


def usual_of(school):
    return Matrix.objects.filter(school=school, school_class=None).first() or Matrix(school=school)


def page_of(matrix, reader):
    """A matrix whatever its state, and by whom it is as it is."""
    writer = matrix.changed_by
    hidden = protection.hidden_from(reader, {writer.pk}) if writer.pk != reader.pk else set()
    rows = list(matrix.rows.select_related("system"))
    return Written(matrix, _whole(rows), by="" if hidden or writer.is_portal else writer.full_name)


def said_in(matrix):
    """{matter: what is said of it}, as the form shows it and the action takes it."""
    rows = matrix.rows.select_related("system") if matrix and matrix.pk else ()
    return {row.matter: {name: getattr(row, name) for name in EMPTY} for row in rows}


def begins_with(school_class):
    """(what a class without a matrix begins with, the year it is from or None): its own of last year, or what is usual at
    the school."""
    earlier = Matrix.objects.published().filter(
        school_class__cohort=school_class.cohort_id,
        school_class__cohort__isnull=False,
        school_class__year__starts_on__lt=school_class.year.starts_on,
    )
    last = earlier.select_related("school_class__year").order_by("-school_class__year__starts_on").first()
    if last:
        return said_in(last), last.school_class.year
    return said_in(usual_of(school_class.school)), None


def systems_of(school):
    return OtherSystem.objects.filter(school=school)


def still_to_publish(classes):
    """Of these, the ones whose pupils have begun the year, on the first day of the autumn half-year or, where the school
    has not put that in, of its school year, and whose families read nothing of their own yet."""
    still_away = Term.objects.filter(season=Term.Season.AUTUMN, starts_on__gt=timezone.localdate())
    done = Matrix.objects.published().values("school_class")
    return classes.current().filter(closed_on=None).exclude(year__in=still_away.values("year")).exclude(pk__in=done)


@dataclass(frozen=True)
class Progress:
    school_class: SchoolClass
    is_published: bool


def progress_at(school):
    """Which classes of this year have published theirs, for whoever runs the school."""
    done = set(Matrix.objects.published().filter(school=school).values_list("school_class", flat=True))
    classes = SchoolClass.objects.current().filter(school=school, closed_on=None)
    return [Progress(one, one.pk in done) for one in classes]
