"""Who writes the line of the week. The docstring is the reason."""

from portal.people.rules import teaches


def can_write_weekly(person, school_class):
    """Those who teach the class know what it works with."""
    return teaches(person, school_class)


def can_change_weekly(person, line):
    """Whoever teaches the class, also where a colleague wrote it: the class has one line."""
    return teaches(person, line.school_class)
