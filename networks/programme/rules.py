"""Who writes the programme of a gathering, and who says yes to leading some of it."""

from networks.programme.queries import adults_to_ask
from networks.rules import can_organise
from portal.people.rules import is_guardian_in


def can_plan_activity(person, gathering, led_by=None):
    """Whoever organises the gathering writes its programme, and asks only adults who come or who organise it too."""
    return can_organise(person, gathering) and _may_ask(person, gathering, led_by)


def can_change_activity(person, activity, led_by=None):
    """Whoever organises the gathering changes its programme, and asks only adults who come or who organise it too."""
    return can_organise(person, activity.gathering) and _may_ask(
        person, activity.gathering, None if led_by == activity.led_by else led_by
    )


def can_arrange_activity(person, activity):
    """Whoever organises the gathering says in which order things happen, and what does not."""
    return can_organise(person, activity.gathering)


def can_say_about_activity(person, activity):
    """Whoever is asked to lead it says yes or no for themselves, as long as they have a child in the class or organise
    the gathering."""
    if activity.led_by_id is None or activity.led_by_id != person.pk:
        return False
    gathering = activity.gathering
    return is_guardian_in(person, gathering.school_class) or can_organise(person, gathering)


def _may_ask(person, gathering, led_by):
    return led_by is None or led_by in adults_to_ask(gathering, person)
