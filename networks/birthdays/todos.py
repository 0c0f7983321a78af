"""A birthday that a home is invited to and has not answered."""

from django.utils import timezone
from django.utils.translation import gettext as _

from networks.birthdays.queries import shown_to
from networks.models import Birthday
from portal.todos import Todo, waits_for


def _coming(hat):
    return Birthday.objects.inviting(hat.person).standing().filter(starts_at__gt=timezone.now())


@waits_for("parent", among=_coming)
def birthdays_unanswered(hat):
    return [
        Todo(
            title=_("Are you coming? Birthday: %(name)s (%(class)s)")
            % {"name": one.name, "class": one.birthday.school_class.name},
            url=one.birthday.get_absolute_url(),
            due=timezone.localdate(one.birthday.answer_by),
            detail=_("One tap is enough, and no is an answer too."),
            icon="PersonGroup",
            hue="gatherings",
        )
        for one in shown_to(hat.person, _coming(hat).select_related("child", "school_class__school"))
        if not one.answer
    ]
