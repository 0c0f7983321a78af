"""Notices that wait for release: the contact teacher's, or the leaders' where there is no other; and what came back."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from networks.bulletins.new_adults import NEW_FOR, new_adult_in, successors_in
from networks.models import Bulletin, BulletinAnswer, BulletinQuestion
from portal.people.models import Role
from portal.todos import Todo, waits_for


def _of_class(hat):
    return _unread(hat.person, school_class=hat.scope)


@waits_for(Role.Kind.CONTACT_TEACHER, among=_of_class)
def bulletins_to_release(hat):
    return _to_release(_of_class(hat))


def _of_school(hat):
    of_class = Role.objects.live(kinds=[Role.Kind.CONTACT_TEACHER]).filter(school_class=OuterRef("school_class"))
    others = Exists(of_class.exclude(person=OuterRef("written_by")))
    return _unread(hat.person, ~others, school_class__school=hat.scope)


@waits_for(Role.Kind.PRINCIPAL, among=_of_school)
@waits_for(Role.Kind.DEPUTY, among=_of_school)
def bulletins_for_leaders(hat):
    return _to_release(_of_school(hat))


def _asked(hat):
    return BulletinQuestion.objects.open().filter(bulletin__written_by=hat.person.pk, bulletin__school_class=hat.scope)


@waits_for(Role.Kind.CLASS_CONTACT, among=_asked)
@waits_for(Role.Kind.CONTACT_TEACHER, among=_asked)
@waits_for(Role.Kind.SUBJECT_TEACHER, among=_asked)
def questions_to_answer(hat):
    return [
        Todo(
            title=_("Answer a question about your notice: %(title)s") % {"title": one.bulletin.title},
            url=reverse("networks:question_answer", args=[one.pk]),
            detail=_("Only you read it. Answer that home, or everyone in your own words."),
            icon="Chat2",
            hue="gatherings",
            in_letter=_("Answer a question about a notice of yours"),
        )
        for one in _asked(hat).select_related("bulletin")
    ]


def _with_predecessor(hat):
    return successors_in(hat.scope)


@waits_for(Role.Kind.CLASS_CONTACT, among=_with_predecessor)
@waits_for(Role.Kind.CONTACT_TEACHER, among=_with_predecessor)
def new_adults_to_tell_of(hat):
    """Gone as soon as one of them has begun the notice."""
    new = new_adult_in(hat.scope)
    if new is None:
        return []
    return [
        Todo(
            title=_("Tell %(class)s that it has a new contact teacher") % {"class": new.role.school_class.name},
            url=reverse("networks:bulletin_new_adult", args=[new.role.school_class_id]),
            due=new.since + NEW_FOR,
            detail=_("A notice is begun for you: who, from when, and whom the families turn to now."),
            icon="Chat2",
            hue="gatherings",
        )
    ]


def _unread(person, *where, **scope):
    here = Bulletin.objects.filter(*where, **scope).exclude(written_by=person.pk)
    answers = BulletinAnswer.objects.waiting().filter(bulletin__in=here).values("bulletin")
    return here.filter(Q(state=Bulletin.State.WAITING) | Q(pk__in=answers))


def _to_release(bulletins):
    return [
        Todo(
            title=_("Read a notice before it is sent: %(class)s") % {"class": bulletin.school_class.name},
            url=bulletin.get_absolute_url(),
            detail=_("Somebody could work out which child it is about. Release it, or stop it."),
            icon="Chat2",
            hue="gatherings",
            of=bulletin.title,
        )
        for bulletin in bulletins.select_related("school_class")
    ]
