"""Whether a child of the class, as it is today, is named in a notice or can be known from it."""

from networks.bulletins.naming import look_for, points_at_a_child
from networks.bulletins.rules import is_contact_teacher
from networks.models import Bulletin
from portal.people import protection
from portal.people.models import Person, Role
from portal.people.rules import leads, teaches


def check(bulletin, reader):
    """What is found of the children whose names this reader may know. About the others the check says nothing, or it
    would tell who is in the class: a text with such a name goes to whoever knows them (`needs_release`)."""
    return check_text(bulletin, reader, _whole(bulletin))


def check_text(bulletin, reader, text):
    known, _hidden = _children(bulletin, reader)
    return look_for(text, known, _adults(bulletin))


def may_be_known_from(bulletin, reader):
    """As far as the writer may know why."""
    if bulletin.kind == Bulletin.Kind.HAPPENED or bulletin.is_knowable:
        return True
    return _may_be_known(bulletin, reader, _whole(bulletin))


def needs_release(bulletin, by):
    """A contact teacher's own judgement is the release, except about a child of whom they must know nothing."""
    if _names_hidden(bulletin, by, _whole(bulletin)):
        return True
    return may_be_known_from(bulletin, by) and not is_contact_teacher(by, bulletin.school_class)


def text_needs_release(bulletin, by, text):
    """Of an answer beneath a notice."""
    if _names_hidden(bulletin, by, text):
        return True
    return _may_be_known(bulletin, by, text) and not is_contact_teacher(by, bulletin.school_class)


def _whole(bulletin):
    return f"{bulletin.title}\n{bulletin.text}"


def _may_be_known(bulletin, reader, text):
    return points_at_a_child(text) or bool(check_text(bulletin, reader, text).capital)


def _names_hidden(bulletin, reader, text):
    _known, hidden = _children(bulletin, reader)
    found = look_for(text, hidden, _adults(bulletin))
    return bool(found.named or found.capital)


def _children(bulletin, reader):
    """(pairs of names that the reader may know, and those they may not)."""
    children = list(bulletin.pupils())
    unknown, _others = Person.objects.restricted_for(reader)
    hidden = set(unknown.values_list("pupil", flat=True))
    if not (teaches(reader, bulletin.school_class) or leads(reader, bulletin.school_class.school)):
        hidden |= protection.hidden_from(reader, [child.pk for child in children])
    known = [_names(child) for child in children if child.pk not in hidden]
    return known, [_names(child) for child in children if child.pk in hidden]


def _adults(bulletin):
    """Whoever has a role in the class today, who may well be named: the contact, and its teachers."""
    roles = Role.objects.live().filter(school_class=bulletin.school_class_id).select_related("person")
    return [_names(role.person) for role in roles]


def _names(person):
    return person.given_name, person.family_name
