"""What an adult is asked to lead waits for their word."""

from django.utils import timezone
from django.utils.translation import gettext as _

from networks.programme.queries import waits_for_word
from portal.todos import Todo, waits_for


@waits_for("parent", among=lambda hat: waits_for_word(hat.person))
def activities_to_lead(hat):
    return [
        Todo(
            title=_("Will you lead this? %(what)s") % {"what": one.title},
            url=f"{one.gathering.get_absolute_url()}#programme",
            due=timezone.localdate(one.gathering.starts_at),
            detail=one.gathering.title,
            icon="HandShakeHeart",
            hue="gatherings",
        )
        for one in waits_for_word(hat.person)
    ]
