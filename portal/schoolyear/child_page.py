"""What a child's schools promise, on its page. It is said to homes: a child is told nothing of it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.children import Line, Part, shows_about_a_child


@shows_about_a_child(along="school__setting")
def promised(asked):
    """Nothing where a school has promised nothing."""
    schools = {} if asked.is_own else {one.school_id: one.school for one in asked.classes}
    promises = [one for one in schools.values() if hasattr(one, "setting") and one.setting.answer_days]
    return {Part.ALWAYS: [_line(one, several=len(schools) > 1) for one in promises]}


def _line(school, *, several):
    said = ngettext(
        "An answer within %(n)s school day when you ask the school about something.",
        "An answer within %(n)s school days when you ask the school about something.",
        school.setting.answer_days,
    )
    detail = school.name if several else _("Your school has promised it.")
    return Line(said % {"n": school.setting.answer_days}, detail=detail)
