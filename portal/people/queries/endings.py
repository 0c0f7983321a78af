"""What follows from an ending, as the page that asks first tells it: (question, consequences, button); and what has
ended and can be taken up again."""

from django.utils.translation import gettext as _

from portal.people.models import GuardianRelation, Role


def relation_ending(relation):
    names = {"name": relation.guardian.full_name, "child": relation.pupil.full_name}
    if relation.state == GuardianRelation.State.PROPOSED:
        question = _("Is %(name)s not a guardian of %(child)s?") % names
        follows = [_("It has given no rights so far, and gives none."), _again()]
        return question, follows, _("No, turn it down")
    others = GuardianRelation.objects.live().filter(pupil=relation.pupil).exclude(guardian=relation.guardian)
    contact = Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(person=relation.guardian)
    classes = contact.filter(school_class__enrolments__pupil=relation.pupil).distinct()
    follows = [
        _("%(name)s sees nothing about %(child)s from now on: pages, links, calendar and messages stop at once.")
        % names,
        *(
            []
            if others.exists()
            else [_("%(child)s has no other guardian here. Letters about the child reach nobody.") % names]
        ),
        *(
            _("%(name)s is class contact in %(school_class)s, and is so only while a child of theirs goes there.")
            % {**names, "school_class": role.school_class}
            for role in classes.select_related("school_class")
        ),
        _("What %(name)s has answered and written is kept as it is.") % names,
        _nobody_told(),
        _again(),
    ]
    return _("Is %(name)s no longer a guardian of %(child)s?") % names, follows, _("End it")


def role_ending(role, viewer):
    names = {"name": role.person.full_name, "role": role.get_kind_display(), "scope": role.scope}
    if role.state == Role.State.PROPOSED:
        return (
            _("Turn down %(name)s as %(role)s, %(scope)s?") % names,
            [_("It has opened nothing so far, and opens nothing."), _again_role()],
            _("No, turn it down"),
        )
    scope = {"school_class": role.school_class, "school": role.school, "municipality": role.municipality}
    others = Role.objects.live(kinds=[role.kind]).filter(**scope).exclude(person=role.person)
    is_own = role.person_id == viewer.pk
    follows = [
        _("You see nothing of what the role opens from now on.")
        if is_own
        else _("%(name)s sees nothing of what the role opens from now on, and has to sign in anew.") % names,
        *(
            []
            if others.exists()
            else [_("Nobody else has this role there. What waits for it waits until somebody has.")]
        ),
        _("What has been done in the role stays as it is."),
        _nobody_told(),
        _("You cannot take an own role up again. Somebody else has to give it to you.") if is_own else _again_role(),
    ]
    return _("End the role %(role)s, %(scope)s, for %(name)s?") % names, follows, _("End it")


def protection_ending(protection):
    names = {"name": protection.person.full_name}
    follows = [
        _("From tomorrow %(name)s has a name, and the contact details that the family shares, for other families.")
        % names,
        _nobody_told(),
        _("A mistake is mended by protecting anew. Until then the name may have been seen."),
    ]
    return _("Does the protection of %(name)s end?") % names, follows, _("End the protection")


def ended_relations(pupil, viewer):
    """The newest for each guardian who has none now: those the viewer may take up again."""
    mine = GuardianRelation.objects.at_offices_of(viewer).filter(pupil=pupil)
    now = mine.exclude(state=GuardianRelation.State.ENDED).values("guardian")
    ended = mine.filter(state=GuardianRelation.State.ENDED).exclude(guardian__in=now).select_related("guardian")
    newest = {relation.guardian_id: relation for relation in ended.order_by("pk")}
    return sorted(newest.values(), key=lambda relation: relation.guardian.sort_name)


def ended_roles(person, viewer):
    """The newest for each place where none is held now. Two queries."""
    seen = Role.objects.visible_to(viewer).filter(person=person)
    open_now = {(role.kind, role.scope) for role in _with_scope(seen.exclude(state=Role.State.ENDED))}
    newest = {(role.kind, role.scope): role for role in _with_scope(seen.ended())}
    return [role for place, role in newest.items() if place not in open_now]


def ended_at(viewer):
    """The same for all at the viewer's schools, class contacts aside. Two queries."""
    seen = Role.objects.visible_to(viewer).exclude(person_id=viewer.pk).exclude(kind=Role.Kind.CLASS_CONTACT)
    open_now = {(role.person_id, role.kind, role.scope) for role in _with_scope(seen.exclude(state=Role.State.ENDED))}
    ended = _with_scope(seen.ended()).select_related("person").order_by("person__sort_name", "pk")
    newest = {(role.person_id, role.kind, role.scope): role for role in ended}
    return [role for place, role in newest.items() if place not in open_now]


def _with_scope(roles):
    return roles.select_related("school", "school_class__school", "municipality").order_by("pk")


def _nobody_told():
    return _("Nobody gets a message about it. Tell those it concerns yourself.")


def _again():
    return _("If it was a mistake, take it up again on the child's page. It is then confirmed like a new one.")


def _again_role():
    return _("If it was a mistake, take it up again on the person's page.")
