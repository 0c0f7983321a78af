"""Talks as the personal link of a family at a protected address shows them: whoever the link has been forwarded to reads
neither the child nor its class and school, and of the teacher the first name alone.

What is read are stand-ins in the place of rows, for a page that is drawn and no further: they are never saved.
"""

from copy import copy

from django.utils.translation import gettext as _


def children_unnamed(talks):
    """{child's key: what it is called instead}. Of several, whom the talk is with tells which one is meant."""
    teachers = {}
    for talk in talks:
        teachers.setdefault(talk.pupil_id, talk.teacher.given_name)
    if len(teachers) == 1:
        return dict.fromkeys(teachers, _("your child"))
    return {pupil: _("your child with %(teacher)s as teacher") % {"teacher": name} for pupil, name in teachers.items()}


def unname(talks):
    """From here on these talks name nobody. What the teacher has written is read by who signs in."""
    children = children_unnamed(talks)
    for talk in talks:
        school_class = _like(talk.school_class, name="", school=_like(talk.school_class.school, name=""))
        talk.pupil = _like(talk.pupil, given_name=children[talk.pupil_id], family_name="", called=_("your child"))
        talk.teacher = _like(talk.teacher, family_name="")
        talk.school_class = school_class
        if talk.wanted_note:
            talk.wanted_note = _("The teacher has written a word to you. Sign in to read it.")


def _like(row, **said):
    stand_in = copy(row)
    for name, value in said.items():
        setattr(stand_in, name, value)
    return stand_in
