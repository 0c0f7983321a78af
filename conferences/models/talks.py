"""One child's conference: with whom, when, who takes part, and what happens when no time fits."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db.models import F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models.guardians import guardians_by, with_talks
from conferences.models.rounds import LEADING, ConferenceRound, ConferenceSlot, NotNow, Room
from conferences.models.today import now_in, still_at_school, still_in_class
from portal.actions import Refusal
from portal.paths import path_to
from portal.people.ages import years_before
from portal.people.models import GuardianRelation, Household, Person, Role, SchoolClass, keys_of
from portal.people.models.keys_of import once_a_day
from portal.people.models.persons import either
from portal.text import models

PUPIL_FROM = 12  # years; from then on pupils read their own conference
CHANGED_BEFORE = timedelta(hours=24)  # the last moment to move an extra conversation; a round has its own limit


class SlotTaken(Refusal):
    """Somebody else was first, or a participant is busy at that time."""


class TalkOver(NotNow):
    words = _("This talk is over or called off.")


class ConferenceQuerySet(models.QuerySet):
    def told(self):
        """Those that families know of: in a published round, or extra."""
        return self.exclude(round__state=ConferenceRound.State.DRAFT)

    def open(self):
        return self.filter(state=Conference.State.CALLED)

    def not_called_off(self):
        return self.exclude(state=Conference.State.CANCELLED)

    def unbooked(self):
        return self.open().filter(booking=None)

    def astray(self):
        return self.open().filter(~still_in_class())

    def of_guardian(self, person, pupils=None):
        """Joint talks about their children and those of their own home, never the other home's own talk. `pupils` are
        the keys of their children, if already read."""
        own = {"pupil__in": pupils}
        if pupils is None:
            own = {"pupil__among": keys_of.children(person)}
        return self.told().of_home(person.household_id).filter(**own)

    def of_home(self, home):
        return self.filter(Q(home=None) | Q(home=home))

    def with_homes(self):
        guarded = GuardianRelation.objects.live().filter(pupil=OuterRef("pupil"))
        return self.annotate(live_homes=ArraySubquery(guarded.homes()))

    def guardians(self):
        """One query when it is called: with the talks as keys, and not as a question within a question, the guardians are
        looked for among theirs, whatever the database believes of its tables."""
        talks = list(self.order_by().values_list("pk", flat=True))
        relations = with_talks(GuardianRelation.objects.live()).filter(talk__in=talks)
        return Person.objects.filter(pk__in=relations.values("guardian"))

    def of_grown_pupils(self):
        """Those their pupil may see: from the age of 12, and never a home's own talk."""
        born_by = years_before(timezone.localdate(), PUPIL_FROM)
        return self.told().filter(home=None, pupil__born_on__lte=born_by, pupil__is_active=True)

    def of_pupil(self, person):
        return self.of_grown_pupils().filter(pupil_id=person.pk)

    @once_a_day
    def of_teacher(self, person):
        """Those they hold or were asked to, and those of a class where they are contact teacher, while the child is in
        that class or another that they teach there. Never about their own child unless they hold it, nor about a pupil
        they are restricted from."""
        contact, taught = keys_of.classes(person, [Role.Kind.CONTACT_TEACHER]), keys_of.classes_taught(person)
        joined = Participant.objects.filter(person_id=person.pk, kind=Participant.Kind.TEACHER).values("conference")
        own = GuardianRelation.objects.filter(guardian_id=person.pk).values("pupil")
        return self.filter(
            Q(teacher_id=person.pk)
            | ~Q(pupil__in=own) & (Q(still_in_class(), school_class__in=contact) | Q(pk__in=joined)),
            still_in_class() | now_in(taught),
            school_class__in=SchoolClass.objects.filter(school__in=keys_of.schools_taught(person)),
        ).exclude(pupil__in=keys_of.restricted(person))

    @once_a_day
    def of_leader(self, person):
        """Those of a school that they lead or run the office of, while the child goes there. Never about their own
        child, nor about a pupil they are restricted from."""
        own = GuardianRelation.objects.filter(guardian_id=person.pk).values("pupil")
        led = keys_of.schools(person, LEADING)
        restricted = keys_of.restricted(person)
        here = self.filter(still_at_school(), school_class__school__in=led)
        return here.exclude(pupil__in=own).exclude(pupil__in=restricted)

    def to_come(self):
        """Until their time ends, even if attendance has already been recorded."""
        on = [Conference.State.CALLED, Conference.State.HELD]
        return self.filter(state__in=on, booking__ends_at__gt=timezone.now())

    @once_a_day
    def visible_to(self, person):
        """To the guardians, the pupil from 12, its teachers, and the school's leaders and office. Never about a pupil
        from whom the person is restricted."""
        objects = Conference.objects
        own = objects.of_guardian(person), objects.of_pupil(person)
        others = objects.of_teacher(person), objects.of_leader(person)
        return self.filter(pk__in=either(*(talks.values("pk") for talks in (*own, *others)))).exclude(
            pupil__in=keys_of.restricted(person)
        )


class Conference(models.Model):
    """A talk between a child, its guardians and a teacher. It is booked when it has a `Booking`, and not otherwise.
    `home` is empty for the one talk that both homes are invited to, and set for a home's own talk. So it is for every
    live guardian of the child, or for those of that home alone: `guardians` and `is_for` answer for one talk,
    `of_home`, `guardians_of_each` and `with_talks` for many."""

    class Kind(models.TextChoices):
        ROUND = "round", _("Conference")
        EXTRA = "extra", _("Extra conversation")

    class Wanted(models.TextChoices):
        PLEASE = "please", _("Please come")
        OFFERED = "offered", _("If you wish")
        NOT_NEEDED = "not_needed", _("Not necessary this time")

    class State(models.TextChoices):
        CALLED = "called", _("Called to a talk")
        HELD = "held", _("Held")
        MISSED = "missed", _("Nobody came")
        CANCELLED = "cancelled", _("Called off")

    round = models.ForeignKey(ConferenceRound, models.PROTECT, null=True, related_name="conferences")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.ROUND)
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="conferences")
    teacher = models.ForeignKey(Person, models.PROTECT, related_name="conferences_held")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="conferences")
    home = models.ForeignKey(Household, models.PROTECT, null=True, related_name="own_conferences")
    wanted = models.CharField(max_length=10, choices=Wanted, default=Wanted.PLEASE)
    wanted_note = models.CharField(_("A word to the family"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.CALLED)
    by_phone = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        ordering = ["pupil__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "pupil", "teacher", "home"],
                nulls_distinct=False,
                condition=Q(kind="round"),
                name="one_conference_per_child_teacher_and_round",
            ),
            models.CheckConstraint(
                condition=Q(kind="round", round__isnull=False) | Q(kind="extra", round=None),
                name="conference_of_a_round_has_one",
            ),
            models.CheckConstraint(
                condition=Q(state="called", ended_at=None) | ~Q(state="called") & Q(ended_at__isnull=False),
                name="conference_ended_when_over",
            ),
        ]
        indexes = [models.Index(fields=["round", "teacher"], name="conference_by_teacher")]

    class Privacy:
        personal = {"pupil", "teacher", "home", "wanted", "wanted_note", "by_phone"}
        plain = {"id", "round", "kind", "school_class", "state", "ended_at", "sequence", "made_at"}

    def __str__(self):
        return f"conference {self.pk}"

    def get_absolute_url(self):
        return path_to("conferences:conference_show", self.pk)

    @property
    def school_id(self):
        return self.school_class.school_id

    @property
    def occasion(self):
        return self.round.title if self.round_id else self.get_kind_display()

    @property
    def is_open(self):
        return self.state == self.State.CALLED

    @property
    def is_to_come(self):
        is_on = self.state in (self.State.CALLED, self.State.HELD)
        return is_on and self.time is not None and self.time.ends_at > timezone.now()

    def guardians(self):
        return guardians_by(GuardianRelation.objects.live(), pupil=self.pupil_id, home=self.home_id)

    def guardians_who_were(self):
        """As `guardians`, but also when the child has left the portal: they are told that the talk is called off. Never
        anybody whose relation has ended or is restricted."""
        relations = GuardianRelation.objects.live_but_for_the_pupil()
        return guardians_by(relations, pupil=self.pupil_id, home=self.home_id)

    def is_for(self, home):
        return self.home_id in (None, home)

    def homes_among(self, homes):
        """The homes that the talk is for, given those of the child's live guardians. Sorted, so that everybody locks
        them in one order. A home's own talk gives that home, even when no guardian lives there any longer."""
        return [self.home_id] if self.home_id else sorted(set(homes))

    @property
    def homes(self):
        """The keys of the homes that the talk is for. Only on a talk read `with_homes`."""
        return self.homes_among(self.live_homes)

    def last_start_to_change(self, now=None):
        """To move or cancel a talk that begins before this, the family calls the school."""
        return self.round.last_start_to_change(now) if self.round else (now or timezone.now()) + CHANGED_BEFORE

    @property
    def is_over(self):
        if self.state == self.State.HELD:
            return True
        return self.is_open and self.time is not None and self.time.ends_at <= timezone.now()

    @property
    def time(self):
        return getattr(self, "booking", None)


class Booking(models.Model):
    """The time of a conference. Cancelling deletes the row: the ledger remembers, and the invitation is open again."""

    class Mode(models.TextChoices):
        SCHOOL = "school", _("At school")
        VIDEO = "video", _("Video")
        PHONE = "phone", _("Phone")

    conference = models.OneToOneField(Conference, models.CASCADE, related_name="booking")
    slot = models.OneToOneField(ConferenceSlot, models.PROTECT, related_name="booking")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(_("How do you want to talk?"), max_length=6, choices=Mode, default=Mode.SCHOOL)
    note = models.CharField(_("A word to the teacher"), max_length=300, blank=True)
    booked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on_behalf = models.BooleanField(default=False)
    booked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_start")]

    class Privacy:
        personal = {"booked_by", "note"}
        plain = {"id", "conference", "slot", "starts_at", "ends_at", "mode", "on_behalf", "booked_at"}

    def __str__(self):
        return f"booking {self.pk}"


class Hold(models.Model):
    """Who or what a booking keeps busy: one row for each teacher, pupil, home or room. A constraint keeps each of them
    out of two talks at once."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="holds")
    teacher = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    pupil = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    household = models.ForeignKey(Household, models.CASCADE, null=True, related_name="+")
    room = models.ForeignKey(Room, models.CASCADE, null=True, related_name="+")
    during = DateTimeRangeField()

    class Meta:
        constraints = [
            *(
                ExclusionConstraint(
                    name=f"{kind}_is_in_one_talk_at_a_time",
                    expressions=[(kind, RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                    condition=Q(**{f"{kind}__isnull": False}),
                )
                for kind in ("teacher", "pupil", "household", "room")
            ),
            models.CheckConstraint(
                condition=Q(teacher__isnull=False, pupil=None, household=None, room=None)
                | Q(teacher=None, pupil__isnull=False, household=None, room=None)
                | Q(teacher=None, pupil=None, household__isnull=False, room=None)
                | Q(teacher=None, pupil=None, household=None, room__isnull=False),
                name="hold_is_of_one",
            ),
        ]

    class Privacy:
        personal = {"teacher", "pupil", "household"}
        plain = {"id", "booking", "room", "during"}

    def __str__(self):
        return f"hold {self.pk}"


class ParticipantQuerySet(models.QuerySet):
    def named(self):
        return self.filter(Q(person__isnull=False) | ~Q(name=Participant.SOMEBODY))


class Participant(models.Model):
    """An additional participant: another teacher, a person the family trusts, an interpreter by name. Attendance is
    recorded here too, person by person."""

    SOMEBODY = "-"  # in place of a name that has been deleted

    class Kind(models.TextChoices):
        GUARDIAN = "guardian", _("Guardian")
        PUPIL = "pupil", _("Pupil")
        TEACHER = "teacher", _("Teacher")
        SUPPORT = "support", _("Somebody the family brings")
        INTERPRETER = "interpreter", _("Interpreter")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="participants")
    kind = models.CharField(_("who"), max_length=12, choices=Kind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    came = models.BooleanField(null=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "person"], condition=Q(person__isnull=False), name="participant_once"
            ),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(name=""), name="participant_has_a_name"),
        ]

    class Privacy:
        personal = {"person", "name", "came", "added_by"}
        plain = {"id", "conference", "kind"}

    def __str__(self):
        return f"participant {self.pk}"
