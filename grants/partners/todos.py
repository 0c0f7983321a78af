"""What waits for a guardian: an invitation to apply together, and what they have said yes to write."""

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.models import CoApplicant, GrantApplication
from grants.models.applications import Status
from portal.people.models import Role
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


def _written(hat):
    """Begun or asked about. Who is class contact of it, too, reads of it there."""
    own = CoApplicant.objects.accepted().filter(person_id=hat.person.pk)
    at_hand = GrantApplication.objects.written_by(hat.person).filter(status__in=[Status.DRAFT, Status.NEEDS_INFO])
    return at_hand.filter(pk__in=own.values("application")).exclude(
        school_class__in=hat.person.roles.live(kinds=[Role.Kind.CLASS_CONTACT]).values("school_class")
    )


@waits_for("parent", among=_written)
def applications_to_write(hat):
    return [
        Todo(
            title=_("Send the application for “%(title)s”") % {"title": application.gathering.title}
            if application.is_draft
            else _("Answer what the school asks about your application"),
            url=reverse(
                "grants:application_edit" if application.is_draft else "grants:application_answer",
                args=[application.pk],
            ),
            detail=_("You write it together with the class contact."),
            icon="SackKroner",
            hue="grants",
        )
        for application in _written(hat).select_related("gathering")
    ]
