"""What a home, or a pupil of 15, wonders or worries about: one question to the adults around the child, one answer; and,
where that is not enough, one more from the management."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import (
    AccessRestriction,
    CarePlace,
    Enrolment,
    GuardianRelation,
    Household,
    Person,
    Role,
    School,
    keys_of,
)
from portal.people.models.keys_of import once_a_day
from portal.people.models.roles import CARE_KINDS, LEADER_KINDS, TEACHER_KINDS
from portal.text import models


class AskedAlready(Refusal):
    words = _("You have written the same already.")


class InquiryOver(Refusal):
    words = _("Something has happened here meanwhile. Open it again to see how it stands.")


class NotAround(Refusal):
    words = _("This person is not among the child’s adults any more. Choose somebody else.")


class NoLeader(Refusal):
    words = _("Nobody who leads the school may take this up: they are family of the child. Turn to the municipality.")


PUPIL, SCHOOL = OuterRef("pupil"), OuterRef("school")  # of an inquiry
AROUND = (*TEACHER_KINDS, *CARE_KINDS)


def staff_around(pupil=PUPIL, school=SCHOOL, kinds=AROUND):
    """The roles of a child's own adults at a school today. Nobody who is a guardian of the child, lives with one or is
    kept from it, whatever role they have."""
    places = places_at(_within(pupil), _within(school))
    cared = CarePlace.objects.live().filter(pupil=_within(pupil)).values("school")
    taught = Q(school_class__in=places.values("school_class"), kind__in=TEACHER_KINDS)
    cares = Q(school=school, school__in=cared, kind__in=CARE_KINDS)
    about = {"guardian": OuterRef("person"), "pupil": _within(pupil)}
    return (
        Role.objects.live(kinds=list(kinds))
        .filter(taught | cares)
        .exclude(Exists(GuardianRelation.objects.near(OuterRef("person")).filter(pupil=_within(pupil))))
        .exclude(Exists(AccessRestriction.objects.in_force(timezone.localdate()).filter(**about)))
    )


def _within(value):
    """In a subquery of the subquery."""
    return OuterRef(value) if isinstance(value, OuterRef) else value


def contact_teachers(pupil=PUPIL, school=SCHOOL):
    return staff_around(pupil, school, [Role.Kind.CONTACT_TEACHER])


def places_at(pupil=PUPIL, school=SCHOOL):
    """Where a child has a place at a school today."""
    return Enrolment.objects.of_today().filter(pupil=pupil, school_class__school=school)


class InquiryQuerySet(models.QuerySet):
    def saved(self):
        return self.filter(sent_at=None)

    def sent(self):
        return self.filter(sent_at__isnull=False)

    def to_send(self, now):
        return self.saved().filter(send_at__lte=now)

    def waiting(self):
        return self.sent().filter(Q(answered_at=None) | Q(disputed_at__isnull=False, second_answered_at=None))

    def answered_once(self):
        return self.filter(answered_at__isnull=False, disputed_at=None)

    def overdue(self):
        day = timezone.localdate()
        second = Q(disputed_at__isnull=False, second_answered_at=None, second_due_on__lt=day)
        return self.sent().filter(Q(answered_at=None, due_on__lt=day) | second)

    def to_forget(self, now):
        """What was closed a year ago; and what was sent then about a child that has left the school."""
        closed = Q(disputed_at=None, answered_at__lte=now - Inquiry.KEPT)
        closed |= Q(second_answered_at__lte=now - Inquiry.KEPT)
        return self.filter(closed | Q(sent_at__lte=now - Inquiry.KEPT) & ~Exists(places_at()))

    def assigned_to(self, person):
        """For this person to answer: whom it was handed to, while they are there; else the contact teachers; else, and
        always once the management has it, the leaders of the school. Never about a child of their home."""
        own = staff_around().filter(person=person.pk)
        handed = Exists(staff_around().filter(person=OuterRef("holder")))
        is_contact = Exists(contact_teachers().filter(person=person.pk))
        around = Q(at_management=False, holder=person.pk) & Exists(own)
        around |= Q(at_management=False) & ~handed & is_contact
        nobody = Q(at_management=True) | (~handed & ~Exists(contact_teachers()))
        return self.sent()._not_about_kin(person).filter(around | nobody & self._led_by(person))

    def answerable_by(self, person):
        """By whom it waits for, and by the leaders once its day has passed. Whether it is answered is not asked here."""
        assigned, led = Inquiry.objects.assigned_to(person), Inquiry.objects.sent()._not_about_kin(person)
        late = led.filter(self._led_by(person), due_on__lt=timezone.localdate())
        return self.filter(Q(pk__in=assigned.values("pk")) | Q(pk__in=late.values("pk")))

    def overdue_at_schools_of(self, person):
        return self.overdue()._not_about_kin(person).filter(self._led_by(person))

    def read_at_school_by(self, person):
        """What waits for this person, what they have answered while they are around the child, and as a leader what is
        late, and what the management has or had. Nobody else at the school reads what is answered."""
        assigned, led = Inquiry.objects.waiting().assigned_to(person), self._led_by(person)
        late = Inquiry.objects.overdue_at_schools_of(person)
        around = Exists(staff_around().filter(person=person.pk))
        answered = Q(answered_by=person.pk, at_management=False) & (around | led)
        own = Inquiry.objects.sent()._not_about_kin(person).filter(answered | Q(at_management=True) & led)
        return self.filter(Q(pk__in=assigned.values("pk")) | Q(pk__in=late.values("pk")) | Q(pk__in=own.values("pk")))

    @once_a_day
    def visible_to(self, person):
        """Whoever wrote it and their home, the other home where the writer says so, and those at school who answer or
        have answered. What a pupil has written its guardians read only where it says so. What is only saved is the
        writer's alone."""
        own = keys_of.children(person)
        written = Q(by=person.pk) & (Q(pupil__in=own) | Q(pupil=person.pk))
        read = Q(shared=True, pupil__in=own)
        if person.household_id:
            read |= Q(household=person.household_id, pupil__in=own)
        staff = Q(pk__in=Inquiry.objects.read_at_school_by(person).values("pk"))
        return self.filter(written | Q(read, sent_at__isnull=False) | staff)

    def is_free_to_lead(self, inquiry):
        """Whether anybody who leads the school may read it: not where the only leader is family of the child."""
        roles = Role.objects.live(kinds=LEADER_KINDS).filter(school=inquiry.school_id).select_related("person")
        one = self.filter(pk=inquiry.pk)
        return any(one._not_about_kin(role.person).exists() for role in roles)

    def _led_by(self, person):
        """Nobody at a school reads of a child that has left it."""
        return Q(school__in=keys_of.schools_led(person)) & Exists(places_at())

    def _not_about_kin(self, person):
        family = GuardianRelation.objects.near(person).values("pupil")
        restricted = keys_of.restricted(person)
        return self.exclude(pupil__in=family).exclude(pupil__in=restricted)


class Inquiry(models.Model):
    """Never closed without an answer. Its words stand in no message, no event and no search."""

    class Kind(models.TextChoices):
        WONDER = "wonder", _("I wonder about something")
        WORRY = "worry", _("I am worried")

    LENGTH = 1500
    KEPT = timedelta(days=365)  # after it was closed

    pupil = models.ForeignKey(Person, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")  # none where a pupil wrote it
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(_("How is it?"), max_length=8, choices=Kind)
    seen = models.EncryptedTextField(_("What I see"), null=True, blank=True)
    lived = models.EncryptedTextField(_("How my child has it"), null=True, blank=True)
    hoped = models.EncryptedTextField(_("What I hope we can do"), null=True, blank=True)
    shared = models.BooleanField(_("The other home may read it too"), default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    send_at = models.DateTimeField(null=True)  # saved until then
    sent_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    promised = models.BooleanField(default=False)  # whether the school promises that day
    holder = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # whom it was handed to
    at_management = models.BooleanField(default=False)
    answer = models.EncryptedTextField(_("Your answer"), null=True, blank=True)
    meets = models.BooleanField(_("Let us meet"), default=False)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    disputed_at = models.DateTimeField(null=True)
    second_due_on = models.DateField(null=True)
    second_answer = models.EncryptedTextField(null=True, blank=True)
    second_answered_at = models.DateTimeField(null=True)
    second_answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen__isnull=False) | Q(lived__isnull=False) | Q(hoped__isnull=False),
                name="inquiry_says_something",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, send_at__isnull=False, due_on=None, answered_at=None)
                | Q(sent_at__isnull=False, due_on__isnull=False),
                name="inquiry_is_saved_or_sent",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer=None, answered_by=None, disputed_at=None)
                | Q(answered_at__isnull=False, answer__isnull=False, answered_by__isnull=False),
                name="inquiry_is_closed_with_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(disputed_at=None, second_due_on=None)
                | Q(disputed_at__isnull=False, second_due_on__isnull=False, at_management=True),
                name="disputed_inquiry_is_with_the_management",
            ),
            models.CheckConstraint(
                condition=Q(second_answered_at=None, second_answer=None, second_answered_by=None)
                | Q(
                    disputed_at__isnull=False,
                    second_answered_at__isnull=False,
                    second_answer__isnull=False,
                    second_answered_by__isnull=False,
                ),
                name="second_answer_follows_a_dispute",
            ),
            models.CheckConstraint(
                condition=Q(by=F("pupil"), household=None) | (~Q(by=F("pupil")) & Q(household__isnull=False)),
                name="inquiry_of_a_home_or_of_the_pupil",
            ),
        ]

    class Privacy:
        personal = {
            *("pupil", "household", "by", "kind", "seen", "lived", "hoped", "shared"),
            *("holder", "answer", "answered_by", "second_answer", "second_answered_by"),
        }
        plain = {
            *("id", "school", "made_at", "send_at", "sent_at", "due_on", "promised", "at_management", "meets"),
            *("answered_at", "disputed_at", "second_due_on", "second_answered_at"),
        }

    def __str__(self):
        return f"inquiry {self.pk}"

    def get_absolute_url(self):
        return reverse("principles:inquiry_show", args=[self.pk])

    @property
    def texts(self):
        return self.seen, self.lived, self.hoped

    @property
    def is_of_pupil(self):
        return self.by_id == self.pupil_id

    @property
    def may_meet(self):
        """By a talk that stands before the teachers of the class."""
        return not (self.is_of_pupil or self.at_management)

    @property
    def is_saved(self):
        return self.sent_at is None

    @property
    def is_disputed(self):
        return self.disputed_at is not None

    @property
    def is_waiting(self):
        return not self.is_saved and (self.second_answered_at if self.is_disputed else self.answered_at) is None

    @property
    def due(self):
        return self.second_due_on or self.due_on

    @property
    def is_late(self):
        return self.is_waiting and self.due < self.school.today()
