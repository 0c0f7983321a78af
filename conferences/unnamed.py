"""Talks as the personal link of a family at a protected address shows them. A link can be forwarded, so its pages name
neither the child nor its class and school, and the teacher by first name alone.

What a page reads are copies in the place of the rows. They are never saved.
"""

from copy import copy

from django.utils.translation import gettext as _


def children_unnamed(talks):
    """{child's key: what to call them instead}. Several are told apart by their teachers."""
    teachers = {}
    for talk in talks:
        teachers.setdefault(talk.pupil_id, talk.teacher.given_name)
    if len(teachers) == 1:
        return dict.fromkeys(teachers, _("your child"))
    return {pupil: _("your child with %(teacher)s as teacher") % {"teacher": name} for pupil, name in teachers.items()}


def unname(talks):
    """From here on these talks name nobody. What the teacher has written is for those who sign in."""
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
