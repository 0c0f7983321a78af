"""Who makes a whole school's timetable."""

from conferences.rules import can_lead_round


def can_manage_timetable(person, timetable):
    """The leaders and the office of the school make the timetable of a round."""
    return can_lead_round(person, timetable.round)


def can_manage_placement(person, placement):
    """The leaders and the office of the school change a timetable by hand."""
    return can_manage_timetable(person, placement.timetable)


def can_move_placement(person, placement, slot):
    """The leaders and the office of the school move a talk to another time of the same teacher in the round."""
    is_own = slot.teacher_id == placement.conference.teacher_id and slot.round_id == placement.timetable.round_id
    return is_own and can_manage_placement(person, placement)
