"""Who belongs to which class, who is whose guardian, and who must not see what."""

from functools import lru_cache

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Guarded, GuardedQuerySet, Refusal
from portal.people.ages import ADULT_FROM, years_before
from portal.people.models import keys_of
from portal.people.models.persons import DatedQuerySet, Person, date_span, within
from portal.people.models.places import SchoolClass, Source
from portal.text import models


class EnrolmentQuerySet(DatedQuerySet):
    def of_today(self):
        """In classes whose school year is not over."""
        return self.current().filter(school_class__year__ends_on__gte=timezone.localdate())

    def open(self):
        """Now or to come."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=timezone.localdate()))

    def of_children_of(self, person):
        return self.filter(pupil__in=keys_of.children(person))


class Enrolment(Source):
    """A pupil's place in a class. A child may be in two classes, or two schools, in one year."""

    pupil = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="enrolments")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta(Source.Meta):
        constraints = [
            *Source.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="place_ends_after_start"
            ),
            ExclusionConstraint(
                name="one_place_in_a_class_at_a_time",
                expressions=[
                    ("pupil", RangeOperators.EQUAL),
                    ("school_class", RangeOperators.EQUAL),
                    (date_span("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    class Privacy:
        personal = {"pupil", "school_class"}
        plain = {"id", "source", "source_id", "valid_from", "valid_to"}

    def __str__(self):
        return f"enrolment {self.pk}"


class AboutPupilQuerySet(GuardedQuerySet):
    def at(self, schools):
        return self.filter(pupil__in=Enrolment.objects.open().filter(school_class__school__in=schools).values("pupil"))

    def in_class(self, school_class, day=None):
        """In a subquery about rows with a class, give `OuterRef("school_class")`."""
        if isinstance(school_class, OuterRef):
            school_class = OuterRef(school_class)
        places = Enrolment.objects.on(day or timezone.localdate()).filter(school_class=school_class)
        return self.filter(pupil__in=places.values("pupil"))

    def in_classes(self, classes, day=None):
        places = Enrolment.objects.on(day or timezone.localdate()).filter(school_class__in=classes)
        return self.filter(pupil__in=places.values("pupil"))


class NotConfirmable(Refusal):
    pass


class GuardianRelationQuerySet(AboutPupilQuerySet, DatedQuerySet):
    def proposed(self):
        return self.filter(state=GuardianRelation.State.PROPOSED)

    def visible_to(self, person):
        own = GuardianRelation.objects.live().filter(guardian_id=person.pk)
        at_school = GuardianRelation.objects.at_offices_of(person)
        return self.filter(Q(pk__in=at_school.values("pk")) | Q(pk__in=own.values("pk")))

    def near(self, person):
        """Of any state: the person, or the person of an `OuterRef`, is the guardian or lives with one."""
        key = person if isinstance(person, OuterRef) else person.pk
        return self.filter(Q(guardian=key) | Q(guardian__household__members=key))

    def homes(self):
        return self.filter(guardian__household__isnull=False).order_by().values("guardian__household")

    def at_offices_of(self, person):
        """What the person handles at the office: never their own relations, nor those of a pupil they must know nothing about."""
        restricted = keys_of.restricted(person)
        return self.at(keys_of.schools_run(person)).exclude(guardian_id=person.pk).exclude(pupil__in=restricted)

    def live(self, day=None):
        """Relations that give rights on `day`: confirmed, within their dates, with the right to information, the child
        under 18 (or grown and consenting), both persons active, and no restriction."""
        return self._that_count(day, pupil__is_active=True)

    def live_but_for_the_pupil(self, day=None):
        """For telling guardians what falls away once the child has left the portal; gives no rights."""
        return self._that_count(day)

    def _that_count(self, day, **and_):
        return self.filter(_counts(day or timezone.localdate()), **and_)


@lru_cache(maxsize=8)  # asked for dozens of times on a page, and the same all day
def _counts(day):
    between = {"guardian": OuterRef("guardian"), "pupil": OuterRef("pupil")}
    return Q(
        within(day),
        Q(pupil__born_on=None) | Q(pupil__born_on__gt=years_before(day, ADULT_FROM)) | Q(consented_on__lte=day),
        ~Q(kind=GuardianRelation.Kind.NON_CUSTODIAL),
        ~Exists(AccessRestriction.objects.in_force(day).filter(**between)),
        state=GuardianRelation.State.CONFIRMED,
        information_right=True,
        guardian__is_active=True,
    )


class GuardianRelation(Source, Guarded):
    """An import only ever proposes it; a person with the right role confirms it."""

    class Kind(models.TextChoices):
        GUARDIAN = "guardian", _("Guardian")
        NON_CUSTODIAL = "non_custodial", _("Parent without parental responsibility")
        FOSTER = "foster", _("Foster parent")
        STEP = "step", _("Step-parent")
        RELATIVE = "relative", _("Close relative")
        REPRESENTATIVE = "representative", _("Representative")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting to be confirmed")
        CONFIRMED = "confirmed", _("Confirmed")
        ENDED = "ended", _("Ended")

    NEEDS_AUTHORISATION = (Kind.STEP, Kind.RELATIVE, Kind.REPRESENTATIVE)

    guardian = models.ForeignKey(Person, models.PROTECT, related_name="pupil_relations")
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="guardian_relations")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.GUARDIAN)
    legal_authority = models.BooleanField(_("has parental responsibility"), default=False)
    information_right = models.BooleanField(_("has a right to information"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    consented_on = models.DateField(_("consent of the grown pupil"), null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="confirmed_relations"
    )

    objects = GuardianRelationQuerySet.as_manager()

    class Meta(Source.Meta):
        constraints = [
            *Source.Meta.constraints,
            models.UniqueConstraint(
                fields=["guardian", "pupil"],
                condition=Q(state__in=["proposed", "confirmed"]),
                name="one_open_relation_per_pair",
            ),
            models.CheckConstraint(condition=~Q(guardian=F("pupil")), name="nobody_is_own_guardian"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="relation_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="relation_confirmed_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_by__isnull=False),
                name="confirmed_relation_has_a_witness",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed", kind__in=["step", "relative", "representative"])
                | Q(valid_to__isnull=False),
                name="authorisation_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(kind="non_custodial") | Q(legal_authority=False),
                name="non_custodial_has_no_authority",
            ),
        ]

    class Privacy:
        personal = {"guardian", "pupil", "kind", "legal_authority", "information_right", "consented_on"}
        plain = {
            "id",
            "source",
            "source_id",
            "state",
            "valid_from",
            "valid_to",
            "confirmed_at",
            "confirmed_by",
        }

    def __str__(self):
        return f"relation {self.pk}"


class NotRestrictable(Refusal):
    pass


class AccessRestrictionQuerySet(AboutPupilQuerySet):
    def open(self, day):
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), lift_confirmed_by=None)

    def waiting(self, day):
        return self.open(day).filter(Q(confirmed_by=None) | Q(lifted_by__isnull=False))

    def visible_to(self, person):
        """The office of the pupil's school and the municipality; never somebody restricted from that pupil."""
        pupils = Enrolment.objects.open().filter(
            Q(school_class__school__in=keys_of.schools_run(person))
            | Q(school_class__school__municipality__in=keys_of.municipalities_served(person))
        )
        restricted = keys_of.restricted(person)
        return (
            self.filter(pupil__in=pupils.values("pupil")).exclude(guardian_id=person.pk).exclude(pupil__in=restricted)
        )

    def against(self, person):
        return self.in_force(timezone.localdate()).filter(guardian_id=person.pk)

    def in_force(self, day):
        """Set by two persons and not yet lifted by two."""
        return self.filter(
            Q(valid_to=None) | Q(valid_to__gte=day),
            confirmed_by__isnull=False,
            lift_confirmed_by=None,
            valid_from__lte=day,
        )


class AccessRestriction(Guarded):
    """A guardian may see nothing about a pupil, with no hint of where. Two persons set it and two lift it."""

    guardian = models.ForeignKey(Person, models.PROTECT, related_name="restrictions")
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="restrictions_about")
    reason = models.EncryptedTextField(_("reason"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lift_confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    objects = AccessRestrictionQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_restriction_per_pair_at_a_time",
                expressions=[
                    ("guardian", RangeOperators.EQUAL),
                    ("pupil", RangeOperators.EQUAL),
                    (date_span("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(lift_confirmed_by=None),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="restriction_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(confirmed_by=F("set_by")), name="two_persons_set_a_restriction"),
            models.CheckConstraint(
                condition=~Q(lift_confirmed_by=F("lifted_by")), name="two_persons_lift_a_restriction"
            ),
            models.CheckConstraint(
                condition=Q(lift_confirmed_by=None) | Q(lifted_by__isnull=False),
                name="lift_is_proposed_before_confirmed",
            ),
        ]

    class Privacy:
        personal = {"guardian", "pupil", "reason"}
        plain = {
            "id",
            "valid_from",
            "valid_to",
            "set_by",
            "confirmed_by",
            "lifted_by",
            "lift_confirmed_by",
            "set_at",
        }

    def __str__(self):
        return f"restriction {self.pk}"
