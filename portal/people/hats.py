"""The hats a person may wear: as guardian, as pupil, and one for each role. A page belongs to one hat."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.people import rules
from portal.people.models import GuardianRelation, Person, Role
from portal.standing import standing

PARENT = "parent"
PUPIL = "pupil"
CHOSEN = "hat"

KINDS_OF = {
    rules.guardians: (PARENT,),
    rules.pupils: (PUPIL,),
    rules.kin: (PARENT, PUPIL),
    rules.class_contacts: (Role.Kind.CLASS_CONTACT,),
    rules.teachers: rules.TEACHERS,
    rules.after_school_staff: (Role.Kind.AFTER_SCHOOL,),
    rules.reachable_staff: tuple(rules.REACHED_KINDS),
    rules.principals: rules.LEADERS,
    rules.office: (Role.Kind.OFFICE, *rules.LEADERS),
    rules.board_members: (Role.Kind.BOARD_MEMBER,),
    rules.municipality_officers: (Role.Kind.MUNICIPALITY_OFFICER,),
}


@dataclass(frozen=True)
class Hat:
    """One way of being here. `kind` is "parent", "pupil" or a role's kind; `key` names it in the session and in forms."""

    person: Person
    kind: str
    role: Role | None = None

    @property
    def key(self):
        return f"{self.kind}-{self.role.pk}" if self.role else self.kind

    @property
    def scope(self):
        return self.role.scope if self.role else None

    @property
    def school(self):
        if self.role is None:
            return None
        return self.role.school_class.school if self.role.school_class else self.role.school

    @cached_property
    def pupils(self):
        return list(self.person.pupil_relations.live().values_list("pupil", flat=True))

    @property
    def short(self):
        if self.role:
            return self.role.get_kind_display()
        return _("Pupil") if self.kind == PUPIL else _("Guardian")

    @property
    def label(self):
        if self.role is None:
            return self.short
        return _("%(role)s, %(scope)s") % {"role": self.role.get_kind_display(), "scope": self.scope}


def hats_of(person):
    """The guardian's hat comes first. One query for people with a role, two for others, and one more for pupils."""
    roles = _roles(person.pk)
    is_guardian = roles[0].is_guardian if roles else rules.guardians(person)
    hats = [Hat(person, PARENT)] if is_guardian else []
    if rules.pupils(person):
        hats.append(Hat(person, PUPIL))
    return hats + [Hat(person, role.kind, role) for role in roles]


_roles = standing(
    lambda person: (
        Role.objects.live()
        .filter(person_id=person)
        .select_related("school", "school_class__school", "municipality")
        .annotate(is_guardian=Exists(GuardianRelation.objects.live().filter(guardian=OuterRef("person"))))
        .order_by("kind", "pk")
    )
)


def worn(request):
    """(hat or None, all the person's hats).

    The page's rule decides when it requires one kind of person; else the hat chosen last; else the first.
    """
    if not hasattr(request, "_hats"):
        request._hats = _find(request)
    return request._hats


def has_hat(request, kind, scope):
    return any(hat.kind == kind and hat.scope == scope for hat in worn(request)[1])


def _find(request):
    if not request.user.is_authenticated:
        return None, []
    hats = hats_of(request.user)
    match = request.resolver_match
    kinds = KINDS_OF.get(getattr(match.func, "open_to", None)) if match else None
    fitting = [hat for hat in hats if kinds is None or hat.kind in kinds] or hats
    chosen = request.session.get(CHOSEN)
    return next((hat for hat in fitting if hat.key == chosen), fitting[0] if fitting else None), hats
