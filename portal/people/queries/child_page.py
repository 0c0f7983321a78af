"""The page of a child, as one of its guardians or the child reads it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.calendars import coming_about
from portal.children import MOST, Asked, Line, Part, in_order, shown_about
from portal.menu import places_beside_child
from portal.people.models import Enrolment, GuardianRelation, Person, Role, SchoolClass
from portal.people.models.roles import TEACHER_KINDS
from portal.people.queries.naming import asked_of, unnamed_among
from portal.people.rules import pupils
from portal.speech import capital, when

TITLES = {  # for a guardian, for the child
    Part.AHEAD: (gettext_lazy("What comes next"), gettext_lazy("What comes next for you")),
    Part.ADULTS: (gettext_lazy("Adults at school"), gettext_lazy("Your adults at school")),
    Part.AGREED: (gettext_lazy("What is agreed"), gettext_lazy("What you have agreed on")),
    Part.READ: (gettext_lazy("Summaries and plans from the talks"), gettext_lazy("The talks about you")),
    Part.GROUP: (gettext_lazy("What the class has done"), gettext_lazy("What your class has done")),
    Part.SENT: (gettext_lazy("What was sent to whom"), gettext_lazy("What was sent to you")),
}


@dataclass
class Teaching:
    """A teacher by name, with the roles that they have in the child's classes."""

    name: str
    roles: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    part: Part
    title: str
    lines: list[Line]

    @property
    def is_full(self):
        return len(self.lines) == MOST


@dataclass(frozen=True)
class ChildPage:
    child: Person
    is_own: bool
    classes: list[SchoolClass]
    siblings: list[Person]  # the child among them
    adults: list[Teaching]
    sections: dict[str, Section]

    @property
    def places(self):
        return places_beside_child(self.child.key, is_own=self.is_own)

    @property
    def schools(self):
        return list(dict.fromkeys(one.school for one in self.classes))


def child_page(reader, key):
    """None for whoever is neither a guardian of the child today nor, from the age of 12, the child itself."""
    places = _places(reader)
    found = list(dict.fromkeys(place.pupil for place in places))
    child = next((one for one in found if one.key == key), None) or _without_a_place(reader, key)
    if child is None:
        return None
    classes = [place.school_class for place in places if place.pupil_id == child.pk]
    asked = Asked(reader, child, tuple(classes))
    return ChildPage(
        child=child,
        is_own=asked.is_own,
        classes=classes,
        siblings=[one for one in found if one.pk != reader.pk] if not asked.is_own else [],
        adults=_teachers_of(classes, reader),
        sections=_sections(asked),
    )


def _places(reader):
    """The places of the reader's children, and the reader's own. One query."""
    today = Enrolment.objects.current()
    places = today.of_children_of(reader)
    if pupils(reader):
        places |= today.filter(pupil=reader)
    return list(places.select_related("pupil", "school_class__school").order_by("pupil__sort_name", "pupil", "pk"))


def _without_a_place(reader, key):
    """A guardian's child that is in no class today: between two schools, or before it begins."""
    relations = GuardianRelation.objects.live().filter(guardian=reader, pupil__key=key).select_related("pupil")
    return next((relation.pupil for relation in relations), None)


def _sections(asked):
    lines = shown_about(asked)
    ahead = [_ahead(entry) for entry in coming_about(asked.child, asked.classes, asked.reader)]
    lines[Part.AHEAD] = in_order(Part.AHEAD, [*ahead, *lines[Part.AHEAD]])
    return {part.value: Section(part, TITLES[part][asked.is_own], lines[part]) for part in Part}


def _ahead(entry):
    said = capital(when(entry.starts_at, entry.school))
    return Line(entry.title, at=entry.starts_at, said=said, url=entry.url, hue=entry.hue)


def _teachers_of(classes, reader):
    """The teachers of these classes today, contact teachers first. Whoever other families must not read of is left out, as
    on the page of a class. One query, and one more where somebody is protected."""
    live = Role.objects.live(kinds=TEACHER_KINDS).filter(school_class__in=classes)
    asked = asked_of(live.select_related("person", "school_class"), reader)
    roles = list(asked.order_by("kind", "person__sort_name", "pk"))
    unnamed, found = unnamed_among(roles, reader), {}
    for role in roles:
        if role.person_id in unnamed:
            continue
        teaching = found.setdefault(role.person_id, Teaching(role.person.full_name))
        teaching.roles.append(_role(role, several=len(classes) > 1))
    return list(found.values())


def _role(role, *, several):
    kind = role.get_kind_display()
    return _("%(role)s, %(scope)s") % {"role": kind, "scope": role.school_class} if several else kind
