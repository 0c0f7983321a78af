"""Whether a child of these classes, as they are today, is named in a text that others of the class read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.names.naming import fold, is_word, look_for
from networks.names.unexplained import sentences, unexplained
from portal.actions import Refusal
from portal.people import protection
from portal.people.models import Enrolment, Person, Role
from portal.people.rules import is_portal, leads, teaches
from portal.speech import in_words


class NameInside(Refusal):
    """The name of a child of the class stands in it."""


class IsItAName(Refusal):
    words = gettext_lazy("Some words may be a child’s name. Say of each that it is none here, or write it another way.")


def look_through(classes, reader, text):
    """What is found of the children whose names this reader may know. About the others this says nothing, or it would
    tell who is in the class."""
    known, _hidden = _children(classes, reader)
    return look_for(text, known, _adults(classes))


def is_hidden_named(classes, reader, text):
    """Whether a child of whom this reader must know nothing is, or may be, named. Never for the reader's eyes, who is told
    the same whether it is or not."""
    _known, hidden = _children(classes, reader)
    found = look_for(text, hidden, _adults(classes))
    return bool(found.named or found.capital or [word for word in found.doubtful if not is_word(fold(word))])


def look_through_whole(classes, reader, text, opening=sentences):
    """As everyone is asked who may not know each child: also about every word that nothing explains, whoever is in the
    class. So whoever writes a name that they may not know is asked and answered like everyone, and learns nothing by it."""
    found = look_through(classes, reader, text)
    strange = [word for word in unexplained(text, _adults(classes), opening) if word not in found.named]
    found.doubtful += [word for word in strange if word not in found.doubtful]
    found.capital.update(strange)
    return found


def knows_each_child(reader, school_class):
    """Teachers and leaders read every child's name, and what is asked of them need not be what is asked of others."""
    return teaches(reader, school_class) or leads(reader, school_class.school)


def refuse_names(found, not_names):
    """While a child's name stands in it, and until every word that may be one is said to be none."""
    refuse_named(found)
    if set(found.doubtful) - set(not_names):
        raise IsItAName


def refuse_named(found):
    if found.named:
        raise NameInside(
            _("A child’s name stands in it: %(names)s. Write it so that no child is named.")
            % {"names": in_words(found.named)}
        )


def _children(classes, reader):
    """(pairs of names that the reader may know, and those they may not). Who writes with the code of the class, and
    without signing in, reads no name that is covered."""
    places = Enrolment.objects.current().filter(school_class__in=classes)
    children = list(Person.objects.filter(pk__in=places.values("pupil")))
    keys = [child.pk for child in children]
    if is_portal(reader):
        hidden = protection.covered_among(keys)
    else:
        unknown, _others = Person.objects.restricted_for(reader)
        hidden = set(unknown.values_list("pupil", flat=True))
        if not any(knows_each_child(reader, one) for one in classes):
            hidden |= protection.hidden_from(reader, keys)
    known = [_names(child) for child in children if child.pk not in hidden]
    return known, [_names(child) for child in children if child.pk in hidden]


def _adults(classes):
    """Whoever has a role in the class today, who may well be named: the contact, and its teachers."""
    roles = Role.objects.live().filter(school_class__in=classes).select_related("person")
    return [_names(role.person) for role in roles]


def _names(person):
    return person.given_name, person.family_name
