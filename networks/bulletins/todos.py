"""Notices that wait for release: the contact teacher's, or the leaders' where there is no other; and what came back."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from networks.bulletins.new_adults import NEW_FOR, new_adult_in
from networks.models import Bulletin, BulletinAnswer, BulletinQuestion
from portal.people.models import Role
from portal.todos import Todo, waits_for


@waits_for(Role.Kind.CONTACT_TEACHER)
def bulletins_to_release(hat):
    return _to_release(hat.person, school_class=hat.scope)


@waits_for(Role.Kind.PRINCIPAL)
@waits_for(Role.Kind.DEPUTY)
def bulletins_for_leaders(hat):
    of_class = Role.objects.live(kinds=[Role.Kind.CONTACT_TEACHER]).filter(school_class=OuterRef("school_class"))
    others = Exists(of_class.exclude(person=OuterRef("written_by")))
    return _to_release(hat.person, ~others, school_class__school=hat.scope)


@waits_for(Role.Kind.CLASS_CONTACT)
@waits_for(Role.Kind.CONTACT_TEACHER)
@waits_for(Role.Kind.SUBJECT_TEACHER)
def questions_to_answer(hat):
    asked = BulletinQuestion.objects.open().filter(bulletin__written_by=hat.person.pk, bulletin__school_class=hat.scope)
    return [
        Todo(
            title=_("Answer a question about your notice: %(title)s") % {"title": one.bulletin.title},
            url=reverse("networks:question_answer", args=[one.pk]),
            detail=_("Only you read it. Answer that home, or everyone in your own words."),
            icon="Chat2",
            hue="gatherings",
        )
        for one in asked.select_related("bulletin")
    ]


@waits_for(Role.Kind.CLASS_CONTACT)
@waits_for(Role.Kind.CONTACT_TEACHER)
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


def _to_release(person, *where, **scope):
    here = Bulletin.objects.filter(*where, **scope).exclude(written_by=person.pk)
    answers = BulletinAnswer.objects.waiting().filter(bulletin__in=here).values("bulletin")
    return [
        _read_first(one)
        for one in here.filter(Q(state=Bulletin.State.WAITING) | Q(pk__in=answers)).select_related("school_class")
    ]


def _read_first(bulletin):
    return Todo(
        title=_("Read a notice before it is sent: %(class)s") % {"class": bulletin.school_class.name},
        url=bulletin.get_absolute_url(),
        detail=_("Somebody could work out which child it is about. Release it, or give it back."),
        icon="Chat2",
        hue="gatherings",
        of=bulletin.title,
    )
