"""What the page of a case says while it waits."""

from django.utils.translation import gettext as _

from grants.case_page import stands_on_case, tells
from grants.rules import can_read_whole
from grants.waiting import rules
from grants.waiting.queries import has_nobody_in_class
from portal.class_page import Part
from portal.speech import day


@tells("grants.answer_delayed")
def delayed(happened):
    return _("The class was told that the answer takes longer.")


@tells("grants.case_moved")
def moved(happened):
    return _("Another class answers for the case from now on.")


@stands_on_case(5)
def waiting(application, reader):
    if not can_read_whole(reader, application):
        return None
    shown = {
        "expected": application.is_waiting and day(application.expected_on),
        "why": application.delay_reason,
        "may_tell": application.is_waiting and rules.can_tell_when(reader, application),
        "is_left": rules.can_move(reader, application) and has_nobody_in_class(application),
    }
    return Part("grants/waiting/_waiting.html", shown) if any(shown.values()) else None
