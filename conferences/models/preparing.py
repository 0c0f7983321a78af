"""What is read, thought over and written before the talk: the plan, the preparations and the subjects."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from conferences.models.rounds import ConferenceRound
from conferences.models.talks import Conference
from portal.actions import Refusal
from portal.people.models import (
    Enrolment,
    GuardianRelation,
    Household,
    Person,
    Role,
    School,
    SchoolYear,
    keys_of,
)
from portal.text import models


class NotAPlan(Refusal):
    pass


class LearningPlanRefQuerySet(models.QuerySet):
    def sent(self):
        return self.filter(sent_at__isnull=False)

    def without_files(self):
        return self.defer("file")

    def kept(self):
        """Those with content left, not merely the fact that they were sent."""
        return self.exclude(title="")

    def visible_to(self, person):
        """To the teachers of the conference and the principal; to the guardians and the pupil once it is sent. The
        office sees times, not words."""
        told = Conference.objects.of_guardian(person) | Conference.objects.of_pupil(person)
        led = keys_of.schools(person, ["principal", "deputy"])
        staff = Conference.objects.of_teacher(person) | Conference.objects.of_leader(person).filter(
            school_class__school__in=led
        )
        return (
            self.kept()
            .filter(Q(conference__in=told.values("pk"), sent_at__isnull=False) | Q(conference__in=staff.values("pk")))
            .exclude(conference__pupil__in=keys_of.restricted(person))
        )


class LearningPlanRef(models.Model):
    """The plan that is read before the talk, as a file or a link. Each school has its own name for it. Three months
    after the talk only the fact that it was sent remains, for the totals."""

    MOST_BYTES = 10 * 1024 * 1024

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="plans")
    title = models.CharField(_("title"), max_length=120)
    url = models.URLField(_("link"), blank=True)
    file = models.BinaryField(null=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    objects = LearningPlanRefQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url="", file__isnull=False) & ~Q(file_name="")
                | Q(file=None) & ~Q(url="")
                | Q(title="", url="", file=None, file_name="", sent_at__isnull=False),
                name="plan_is_a_file_or_a_link_or_forgotten",
            )
        ]

    class Privacy:
        personal = {"title", "url", "file", "file_name", "made_by"}
        plain = {"id", "conference", "file_type", "made_at", "sent_at"}

    def __str__(self):
        return f"plan {self.pk}"


class PlanOpening(models.Model):
    """That somebody has opened a plan. The teacher sees this as a state of the family, everybody else as totals."""

    plan = models.ForeignKey(LearningPlanRef, models.CASCADE, related_name="openings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="plan_opened_once")]

    class Privacy:
        personal = {"person"}
        plain = {"id", "plan", "at"}

    def __str__(self):
        return f"opening {self.pk}"


class PreparationQuerySet(models.QuerySet):
    def shared(self):
        return self.filter(shared_at__isnull=False)

    def visible_to(self, person):
        """To the home or pupil who wrote it, and to the teachers once it is shared. The guardians see the pupil's part
        only if the pupil shares it with them. One home never sees the other's."""
        mine = Conference.objects.of_guardian(person).values("pk")
        taught = Conference.objects.of_teacher(person).values("pk")
        restricted = keys_of.restricted(person)
        return self.filter(
            Q(part=Preparation.Part.GUARDIAN, household=person.household_id, conference__in=mine)
            | Q(part=Preparation.Part.PUPIL, conference__pupil_id=person.pk)
            | Q(part=Preparation.Part.PUPIL, home_may_read=True, shared_at__isnull=False, conference__in=mine)
            | Q(shared_at__isnull=False, conference__in=taught)
        ).exclude(conference__pupil__in=restricted)


class Preparation(models.Model):
    """What a home or the child has thought about beforehand. Private until shared, and then only the answers that
    `shares` names."""

    class Part(models.TextChoices):
        GUARDIAN = "guardian", _("Home")
        PUPIL = "pupil", _("Pupil")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="preparations")
    part = models.CharField(max_length=8, choices=Part)
    household = models.ForeignKey(Household, models.CASCADE, null=True, related_name="+")
    read_plan = models.BooleanField(default=False)
    proud = models.TextField(max_length=1000, blank=True)
    hard = models.TextField(max_length=1000, blank=True)
    goal = models.TextField(max_length=1000, blank=True)
    ask = models.TextField(max_length=1000, blank=True)
    kept = models.TextField(max_length=1000, blank=True)  # what the child does not share with anyone
    together = models.BooleanField(default=False)
    shares = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    home_may_read = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
    shared_at = models.DateTimeField(null=True)

    objects = PreparationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "part", "household"],
                nulls_distinct=False,
                name="one_preparation_per_home_or_pupil",
            ),
            models.CheckConstraint(
                condition=Q(part="guardian", household__isnull=False) | Q(part="pupil", household=None),
                name="preparation_is_of_one_home_or_the_pupil",
            ),
            models.CheckConstraint(condition=Q(part="pupil") | Q(kept=""), name="only_a_pupil_keeps_something"),
            models.CheckConstraint(condition=~Q(shares__contains=["kept"]), name="what_a_pupil_keeps_is_never_shared"),
        ]

    class Privacy:
        personal = {"household", "proud", "hard", "goal", "ask", "kept", "home_may_read", "by", "read_plan", "together"}
        plain = {"id", "conference", "part", "at", "shares", "shared_at"}

    def __str__(self):
        return f"preparation {self.pk}"


class PupilTalkQuerySet(models.QuerySet):
    def visible_to(self, person):
        """To the pupil, and to the teacher who talked with them while that teacher sees the conference. Never to a
        guardian."""
        written = self.filter(teacher_id=person.pk, conference__in=Conference.objects.of_teacher(person))
        guarded = GuardianRelation.objects.filter(guardian_id=person.pk).values("pupil")
        return self.filter(Q(pk__in=written.exclude(pupil__in=guarded).values("pk")) | Q(pupil_id=person.pk))


class PupilTalk(models.Model):
    """A teacher and a pupil talk alone before the conference. The notes never reach the guardians."""

    class Wellbeing(models.TextChoices):
        GOOD = "good", _("Good")
        MIXED = "mixed", _("Both good and not so good")
        HARD = "hard", _("Hard")

    conference = models.OneToOneField(Conference, models.CASCADE, related_name="pupil_talk")
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="pupil_talks")
    teacher = models.ForeignKey(Person, models.PROTECT, related_name="+")
    held_on = models.DateField(_("When did you talk?"))
    wellbeing = models.CharField(_("How is it at school?"), max_length=5, choices=Wellbeing, blank=True)
    notes = models.TextField(_("Notes for the two of you"), max_length=2000, blank=True)
    own_words = models.TextField(_("What the pupil wants the talk to begin with"), max_length=1000, blank=True)

    objects = PupilTalkQuerySet.as_manager()

    class Privacy:
        personal = {"pupil", "teacher", "wellbeing", "notes", "own_words"}
        plain = {"id", "conference", "held_on"}

    def __str__(self):
        return f"pupil talk {self.pk}"


class SubjectQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(school__in=School.objects.visible_to(person))


class Subject(models.Model):
    school = models.ForeignKey(School, models.CASCADE, related_name="subjects")
    name = models.CharField(_("subject"), max_length=60)
    grades = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("grades"), default=list)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="subject_once_a_school")]

    class Privacy:
        personal = set()
        plain = {"id", "school", "name", "grades"}

    def __str__(self):
        return self.name


class SubjectInputQuerySet(models.QuerySet):
    def visible_to(self, person):
        """To the teachers of the pupil's present class, what was written at that school; the family reads it in the
        summary. Of their own child a teacher sees only what they wrote themselves, unless they are the contact teacher."""
        taught = person.roles.live(kinds=[Role.Kind.CONTACT_TEACHER, Role.Kind.SUBJECT_TEACHER])
        contact = taught.filter(kind=Role.Kind.CONTACT_TEACHER).values("school_class")
        own = GuardianRelation.objects.filter(guardian_id=person.pk).values("pupil")
        places = Enrolment.objects.current().filter(pupil=OuterRef("pupil"), pupil__is_active=True)
        here = places.filter(school_class__school=OuterRef("subject__school"))
        return (
            self.filter(Exists(here.filter(school_class__in=taught.values("school_class"))))
            .exclude(pupil__in=keys_of.restricted(person))
            .exclude(~Q(by_id=person.pk) & Q(pupil__in=own) & ~Exists(places.filter(school_class__in=contact)))
        )


class SubjectInput(models.Model):
    """How a pupil does in one subject, in the words of the subject's teacher, at least once a school year."""

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="subject_inputs")
    round = models.ForeignKey(ConferenceRound, models.PROTECT, null=True, related_name="subject_inputs")
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="subject_inputs")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="inputs")
    text = models.TextField(_("How does it go?"), max_length=600)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = SubjectInputQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "round", "pupil", "subject"],
                nulls_distinct=False,
                name="one_input_per_subject_and_round",
            )
        ]

    class Privacy:
        personal = {"pupil", "text", "by"}
        plain = {"id", "year", "round", "subject", "at"}

    def __str__(self):
        return f"input {self.pk}"
