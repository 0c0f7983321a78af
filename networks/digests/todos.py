"""The monthly letter that waits for the class contact, and the words that the contact teacher may add."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models import ClassDigest
from portal.people.models import Role
from portal.todos import Todo, waits_for


def _drafted(hat):
    return ClassDigest.objects.drafts().filter(school_class=hat.scope)


def _without_words(hat):
    return _drafted(hat).filter(teacher_until__gte=timezone.localdate(), teacher_text="")


@waits_for(Role.Kind.CLASS_CONTACT, among=_drafted)
def digests_to_send(hat):
    return [
        Todo(
            title=_("Send the monthly letter of %(class)s") % {"class": digest.school_class.name},
            url=reverse("networks:digest_send", args=[digest.pk]),
            due=digest.teacher_until,
            detail=_("It is ready. Add a line, leave out what you like, or let it be."),
            icon="Chat2",
            hue="gatherings",
        )
        for digest in _drafted(hat).select_related("school_class")
    ]


@waits_for(Role.Kind.CONTACT_TEACHER, among=_without_words)
def paragraphs_to_write(hat):
    return [
        Todo(
            title=_("A few words for the monthly letter of %(class)s, if you like")
            % {"class": digest.school_class.name},
            url=reverse("networks:digest_paragraph", args=[digest.pk]),
            due=digest.teacher_until,
            detail=_("The class contact asks. The letter goes out without it too."),
            icon="Chat2",
            hue="gatherings",
        )
        for digest in _without_words(hat).select_related("school_class")
    ]
