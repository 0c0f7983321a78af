"""Every change to where a class writes what, to what is usual at a school, and to the systems that it names."""

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Left
from django.utils import timezone

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, School, SchoolClass
from principles.matrix import rules
from principles.matrix.models import Matrix, MatrixRow, NothingWritten, OtherSystem, Published, SystemGone, SystemTaken
from principles.matrix.queries import said_in

LONGEST = MatrixRow._meta.get_field("where").max_length


def _its_class(matrix):
    """Whoever writes it has locked that."""
    return [SchoolClass.objects.filter(pk=matrix.school_class_id)]


def _systems_named(_subject, rows):
    """So that none is taken off the list before they are saved."""
    return [OtherSystem.objects.filter(pk__in=_keys_of_systems(rows))]


def _keys_of_systems(rows):
    return {said["system"].pk for said in rows.values() if said["system"]}


@action(
    may=rules.can_write_matrix,
    claims=SchoolClass.objects.current,
    locks=_systems_named,
    records="principles.matrix_written",
    refuses=(NothingWritten, SystemGone),
)
def write_matrix(school_class: SchoolClass, *, by: Person, rows: dict[str, dict]) -> str:
    """Say of each matter where the class writes it, who, and how often: `rows` by matter, and what is left out is not
    used. Families read a published one as it is from now on, and are told once a day: "told" is returned, before that
    "saved", and "same" when nothing is new. Refused when a published one would be left empty, and when a system
    has been taken off the list."""
    matrix, made = Matrix.objects.get_or_create(
        school_class=school_class, defaults={"school_id": school_class.school_id, "changed_by": by}
    )
    if matrix.is_published and not rows:
        raise NothingWritten
    if not made and said_in(matrix) == rows:
        return "same"
    _put(matrix, rows, by)
    record("principles.matrix_written", matrix, by=by, told=matrix.is_published)
    return "told" if matrix.is_published else "saved"


@action(
    may=rules.can_publish_matrix,
    claims=Matrix.objects.drafts,
    gone=Published,
    locks=_its_class,
    records="principles.matrix_published",
    refuses=(NothingWritten,),
)
def publish_matrix(matrix: Matrix, *, by: Person) -> None:
    """Show it to the families and the pupils of the class, and tell them. Refused while nothing stands in it, and the
    second time."""
    if not matrix.rows.exists():
        raise NothingWritten
    matrix.published_at = timezone.now()
    matrix.save(update_fields=["published_at"])
    record("principles.matrix_published", matrix, by=by)


@action(
    may=rules.can_write_usual,
    claims=School.objects.all,
    locks=_systems_named,
    records="principles.usual_written",
    refuses=(SystemGone,),
)
def write_usual(school: School, *, by: Person, rows: dict[str, dict]) -> Matrix:
    """Say what is usual at the school. Classes begin with it, and families read it until their class has its own. Nobody
    gets a message. Refused when a system has been taken off the list."""
    matrix, _made = Matrix.objects.get_or_create(school=school, school_class=None, defaults={"changed_by": by})
    _put(matrix, rows, by)
    record("principles.usual_written", matrix, by=by)
    return matrix


def _put(matrix, rows, by):
    named = _keys_of_systems(rows)
    if OtherSystem.objects.filter(pk__in=named).count() < len(named):
        raise SystemGone
    matrix.rows.all().delete()
    MatrixRow.objects.bulk_create([MatrixRow(matrix=matrix, matter=matter, **said) for matter, said in rows.items()])
    matrix.changed_by, matrix.changed_at = by, timezone.now()
    matrix.save(update_fields=["changed_by", "changed_at"])


@action(
    may=rules.can_name_systems,
    claims=School.objects.all,
    records="principles.system_named",
    refuses=(SystemTaken,),
)
def name_system(school: School, *, by: Person, name: str, address: str) -> OtherSystem:
    """Put a system that the school writes in on its list, by name and address. Refused when the name is on it."""
    try:
        with transaction.atomic():
            system = OtherSystem.objects.create(school=school, name=name, address=address)
    except IntegrityError as twice:
        raise SystemTaken from twice
    record("principles.system_named", system, by=by)
    return system


@action(
    may=rules.can_change_system,
    claims=OtherSystem.objects.all,
    records="principles.system_changed",
    refuses=(SystemTaken,),
)
def change_system(system: OtherSystem, *, by: Person, name: str, address: str) -> None:
    """Change its name or address: wherever it is named, the new one stands at once. Refused when another has the name."""
    system.name, system.address = name, address
    try:
        with transaction.atomic():
            system.save(update_fields=["name", "address"])
    except IntegrityError as twice:
        raise SystemTaken from twice
    record("principles.system_changed", system, by=by)


@action(
    may=rules.can_change_system,
    claims=OtherSystem.objects.all,
    deletes=True,
    records="principles.system_removed",
)
def remove_system(system: OtherSystem, *, by: Person) -> None:
    """Take it off the list. Where a class named it, its name stays as words, and leads nowhere."""
    system.rows.filter(where="").update(where=system.name)
    words = Left(Concat(Value(f"{system.name}, "), F("where")), LONGEST)
    system.rows.exclude(where=system.name).update(where=words)
    record("principles.system_removed", system, by=by)
    system.delete()
