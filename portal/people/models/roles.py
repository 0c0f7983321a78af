"""What a person does for the school, where, and in which period."""

from functools import lru_cache

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Guarded, GuardedQuerySet
from portal.people.models import keys_of
from portal.people.models.persons import DatedQuerySet, Person, date_span, either, within
from portal.people.models.places import Municipality, School, SchoolClass, Source
from portal.people.models.relations import AccessRestriction, GuardianRelation
from portal.text import models

CLASS_KINDS = ["class_contact", "contact_teacher", "subject_teacher"]
SCHOOL_KINDS = ["principal", "deputy", "office", "board_member"]
CARE_KINDS = ["after_school"]
MUNICIPALITY_KINDS = ["municipality_officer"]
TEACHER_KINDS = ["contact_teacher", "subject_teacher"]
OFFICE_KINDS = ["office", "principal", "deputy"]
LEADER_KINDS = ["principal", "deputy"]
REACHED_KINDS = [*TEACHER_KINDS, *CARE_KINDS, *OFFICE_KINDS]  # those whom a family may need to reach


class RoleQuerySet(GuardedQuerySet, DatedQuerySet):
    def live(self, day=None, *, kinds=None):
        """Roles that count on `day`: confirmed, within their dates, held by somebody active; a class contact only while
        a child of theirs is in the class, and no child there whom they must know nothing about. `kinds` without class
        contacts saves the look for a child."""
        return self.filter(_count(day or timezone.localdate(), kinds if kinds is None else tuple(kinds)))

    def proposed(self):
        return self.filter(state=Role.State.PROPOSED)

    def ended(self, day=None):
        """Ended by hand, but could count again: within their dates, in no school year that is over."""
        day = day or timezone.localdate()
        return self.on(day).filter(
            Q(school_class=None) | Q(school_class__year__ends_on__gte=day), state=Role.State.ENDED
        )

    def at(self, school):
        return self.filter(Q(school=school) | Q(school_class__school=school))

    def schools_served(self):
        return self.live(kinds=SCHOOL_KINDS).values("school")

    def schools_run(self):
        return self.live(kinds=OFFICE_KINDS).values("school")

    def schools_led(self):
        return self.live(kinds=LEADER_KINDS).values("school")

    def classes_taught(self):
        return self.live(kinds=TEACHER_KINDS).values("school_class")

    def schools_taught(self):
        return self.live(kinds=TEACHER_KINDS).values("school_class__school")

    def municipalities_served(self):
        return self.live(kinds=MUNICIPALITY_KINDS).values("municipality")

    def at_work(self):
        """Of those at a school whom a family may need to reach today, each with the key of its school as `workplace`."""
        return self.live(kinds=REACHED_KINDS).annotate(workplace=Coalesce("school", "school_class__school"))

    def visible_to(self, person):
        """The person's own roles, those at a school whose office they run, and those of their municipality's schools; a
        class contact's only while the child is in the class, and nobody's who would reveal where a child is."""
        run, served = keys_of.schools_run(person), keys_of.municipalities_served(person)
        wards = GuardianRelation.objects.live().in_class(OuterRef("school_class")).filter(guardian=OuterRef("person"))
        others = (
            Q(school__in=run)
            | Q(school_class__school__in=run)
            | Q(school_class__in=keys_of.classes_taught(person), kind=Role.Kind.CLASS_CONTACT)
            | Q(school__municipality__in=served)
            | Q(municipality__in=served)
        )
        found = Role.objects.filter(others).filter(~Q(kind=Role.Kind.CLASS_CONTACT) | Exists(wards))
        for restricted in Person.objects.restricted_for(person):
            found = found.exclude(person__in=restricted)
        return self.filter(pk__in=either(Role.objects.filter(person_id=person.pk).values("pk"), found.values("pk")))


@lru_cache(maxsize=64)  # asked for dozens of times on a page, and the same all day
def _count(day, kinds):
    count = Q(within(day), person__is_active=True, state=Role.State.CONFIRMED)
    if kinds is None:
        return count & _still_of_the_class(day)
    count &= Q(kind__in=kinds)
    return count & _still_of_the_class(day) if Role.Kind.CLASS_CONTACT in kinds else count


def _still_of_the_class(day):
    own, school_class = {"guardian": OuterRef("person")}, OuterRef("school_class")
    own_child_in_class = GuardianRelation.objects.live(day).in_class(school_class, day).filter(**own)
    restricted_in_class = AccessRestriction.objects.in_force(day).in_class(school_class, day).filter(**own)
    return ~Q(kind=Role.Kind.CLASS_CONTACT) | Exists(own_child_in_class) & ~Exists(restricted_in_class)


class Role(Source, Guarded):
    """A deputy acts only by dated delegation. An import only proposes a role."""

    class Kind(models.TextChoices):
        CLASS_CONTACT = "class_contact", _("Class contact")
        CONTACT_TEACHER = "contact_teacher", _("Contact teacher")
        SUBJECT_TEACHER = "subject_teacher", _("Subject teacher")
        PRINCIPAL = "principal", _("Principal")
        DEPUTY = "deputy", _("Deputy")
        OFFICE = "office", _("School office")
        AFTER_SCHOOL = "after_school", _("After-school staff")
        BOARD_MEMBER = "board_member", _("Board member")
        MUNICIPALITY_OFFICER = "municipality_officer", _("Municipality")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting to be confirmed")
        CONFIRMED = "confirmed", _("Confirmed")
        ENDED = "ended", _("Ended")

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="roles")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="roles")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, blank=True, related_name="roles")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, editable=False, related_name="confirmed_roles"
    )

    objects = RoleQuerySet.as_manager()

    class Meta(Source.Meta):
        ordering = ["pk"]
        constraints = [
            *Source.Meta.constraints,
            ExclusionConstraint(
                name="one_role_per_scope_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (Coalesce("municipality", 0), RangeOperators.EQUAL),
                    (Coalesce("school", 0), RangeOperators.EQUAL),
                    (Coalesce("school_class", 0), RangeOperators.EQUAL),
                    (date_span("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=["proposed", "confirmed"]),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CLASS_KINDS, school_class__isnull=False, school=None, municipality=None)
                | Q(kind__in=[*SCHOOL_KINDS, *CARE_KINDS], school__isnull=False, school_class=None, municipality=None)
                | Q(
                    kind__in=MUNICIPALITY_KINDS,
                    municipality__isnull=False,
                    school=None,
                    school_class=None,
                ),
                name="role_scope_fits_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind="deputy") | Q(valid_to__isnull=False), name="deputy_acts_by_dated_delegation"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="role_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_by__isnull=False),
                name="confirmed_role_has_a_witness",
            ),
        ]

    class Privacy:
        personal = {"person"}
        plain = {
            "id",
            "source",
            "source_id",
            "kind",
            "municipality",
            "school",
            "school_class",
            "state",
            "valid_from",
            "valid_to",
            "confirmed_by",
        }

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def scope(self):
        return self.school_class or self.school or self.municipality
