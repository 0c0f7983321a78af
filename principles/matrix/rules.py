"""Who says where what is written. Each docstring is the reason, as the school would put it."""

from portal.people.rules import is_portal, runs_office, teaches


def _are_of(rows, school):
    systems = (row["system"] for row in rows.values())
    return all(system is None or system.school_id == school for system in systems)


def can_write_matrix(person, school_class, rows=None):
    """The teachers of the class say where they write, and name only systems of their own school."""
    return _are_of(rows or {}, school_class.school_id) and (is_portal(person) or teaches(person, school_class))


def can_publish_matrix(person, matrix):
    """Those who write it say when it is ready for the families."""
    return matrix.school_class is not None and can_write_matrix(person, matrix.school_class)


def can_write_usual(person, school, rows=None):
    """The office and the leaders say what is usual at their school."""
    return _are_of(rows or {}, school.pk) and can_name_systems(person, school)


def can_name_systems(person, school):
    """The office and the leaders know which other systems the school uses."""
    return is_portal(person) or runs_office(person, school)


def can_change_system(person, system):
    """The office of the school whose system it is."""
    return can_name_systems(person, system.school)
