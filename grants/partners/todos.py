"""What waits for a guardian: an invitation to apply together."""

from django.utils.translation import gettext as _

from grants.models import CoApplicant
from portal.todos import Todo, waits_for


def _asked(hat):
    return CoApplicant.objects.asked().visible_to(hat.person).filter(person_id=hat.person.pk)


@waits_for("parent", among=_asked)
def invitations_to_apply(hat):
    return [
        Todo(
            title=_("Will you apply together with the class contact?"),
            url=asked.get_absolute_url(),
            due=asked.expires_on,
            detail=_("“%(title)s”, class %(class)s")
            % {"title": asked.application.gathering.title, "class": asked.application.school_class.name},
            icon="SackKroner",
            hue="grants",
        )
        for asked in _asked(hat).select_related("application__gathering", "application__school_class")
    ]
