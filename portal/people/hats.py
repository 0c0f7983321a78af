"""The hats a person may wear: one for the own children, one for each role. A page belongs to one hat."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.people.models import GuardianRelation, Person, Role

PARENT = "parent"


@dataclass(frozen=True)
class Hat:
    """One way of being here. `kind` is "parent" or a role's kind; `key` names it in the session and in forms."""

    person: Person
    kind: str
    role: Role | None = None

    @property
    def key(self):
        return f"{self.kind}-{self.role.pk}" if self.role else self.kind

    @property
    def scope(self):
        """The class, school or municipality of the role; None for a parent."""
        return self.role.scope if self.role else None

    @property
    def school(self):
        """The school the hat acts for; None for a parent and for the municipality."""
        if self.role is None:
            return None
        return self.role.school_class.school if self.role.school_class else self.role.school

    @property
    def label(self):
        if self.role is None:
            return _("Parent")
        return _("%(role)s, %(scope)s") % {"role": self.role.get_kind_display(), "scope": self.scope}


def hats_of(person):
    """Every hat the person may wear today, the parent's first. Two queries."""
    hats = []
    if GuardianRelation.objects.live().filter(guardian_id=person.pk).exists():
        hats.append(Hat(person, PARENT))
    roles = (
        Role.objects.live()
        .filter(person_id=person.pk)
        .select_related("school", "school_class__school", "municipality")
        .order_by("kind", "pk")
    )
    return hats + [Hat(person, role.kind, role) for role in roles]
