"""Inquiries that wait: for whoever has them, and at the head those that nobody has answered in time."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.people.models import Role
from portal.todos import Todo, waits_for
from principles.inquiries.models import Inquiry
from principles.inquiries.words import ways_to_answer

Kind = Role.Kind


def _assigned(hat):
    """As a teacher those of the class, as a leader or after-school staff those of the school."""
    assigned = Inquiry.objects.waiting().filter(pk__in=Inquiry.objects.assigned_to(hat.person).values("pk"))
    if hat.kind in (Kind.CONTACT_TEACHER, Kind.SUBJECT_TEACHER):
        pupils = hat.scope.enrolments.of_today().values("pupil")
        return assigned.filter(school=hat.scope.school_id, pupil__in=pupils)
    return assigned.filter(school=hat.scope)


@waits_for(Kind.CONTACT_TEACHER, among=_assigned)
@waits_for(Kind.SUBJECT_TEACHER, among=_assigned)
@waits_for(Kind.AFTER_SCHOOL, among=_assigned)
@waits_for(Kind.PRINCIPAL, among=_assigned)
@waits_for(Kind.DEPUTY, among=_assigned)
def inquiries_to_answer(hat):
    return [
        Todo(
            title=_("Answer an inquiry about %(child)s") % {"child": one.pupil.full_name},
            url=one.get_absolute_url(),
            due=one.due,
            detail=ways_to_answer(one),
            icon="Chat",
            hue="principles",
            in_letter=_("Answer an inquiry"),
        )
        for one in _assigned(hat).select_related("pupil").order_by("due_on", "pk")[:5]
    ]


def _late(hat):
    return Inquiry.objects.overdue_at_schools_of(hat.person).filter(school=hat.scope)


@waits_for(Kind.PRINCIPAL, among=_late)
@waits_for(Kind.DEPUTY, among=_late)
def inquiries_left(hat):
    total = _late(hat).count()
    title = ngettext(
        "%(n)s inquiry has waited too long",
        "%(n)s inquiries have waited too long",
        total,
    )
    return [
        Todo(
            title=title % {"n": total},
            url=reverse("principles:inquiry_list"),
            due=hat.school.today(),
            detail=_("You can answer yourself, or ask whoever is to answer."),
            icon="Chat",
            hue="principles",
        )
    ]
