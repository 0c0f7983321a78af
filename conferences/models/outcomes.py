"""What comes out of a talk: the summary and its versions, the agreements, and how it felt."""

from django.db.models import Exists, Func, IntegerField, OuterRef, Q
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.models.talks import Conference, Participant
from portal.actions import Refusal
from portal.people.models import Household, Person, keys_of
from portal.people.models.keys_of import once_a_day
from portal.text import models

MOST_TIPS = 3  # few pieces of advice are easier to follow


class NotShareable(Refusal):
    pass


class NotConcrete(Refusal):
    pass


class DraftMoved(Refusal):
    """Somebody else has saved in the meantime. `theirs` is what they wrote."""

    def __init__(self, message, theirs=None):
        super().__init__(message)
        self.theirs = theirs


class ConferenceSummaryQuerySet(models.QuerySet):
    def shared(self):
        return self.filter(shared_at__isnull=False)

    def drafts(self):
        return self.filter(shared_at=None)

    def latest(self):
        newer = self.model.objects.shared().filter(conference=OuterRef("conference"), version__gt=OuterRef("version"))
        return self.shared().filter(~Exists(newer))

    @once_a_day
    def visible_to(self, person):
        """Shared versions to the guardians, the pupil, its teachers and the principal; a draft only to the teachers who
        hold the talk together. The office sees times, not words."""
        families = Q(conference__in=Conference.objects.of_guardian(person)) | Q(
            conference__in=Conference.objects.of_pupil(person)
        )
        leads = keys_of.schools(person, ["principal", "deputy"])
        led = Conference.objects.of_leader(person).filter(school_class__school__in=leads)
        taught = Conference.objects.of_teacher(person)
        joined = Participant.objects.filter(person_id=person.pk, kind=Participant.Kind.TEACHER).values("conference")
        theirs = taught.filter(Q(teacher_id=person.pk) | Q(pk__in=joined))
        staff = Q(conference__in=taught) | Q(conference__in=led)
        restricted = keys_of.restricted(person)
        return self.filter((families | staff) & Q(shared_at__isnull=False) | Q(conference__in=theirs)).exclude(
            conference__pupil__in=restricted
        )


class ConferenceSummary(models.Model):
    """What was talked about, the child's words first. A shared version never changes; a correction is a new version."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="summaries")
    version = models.PositiveSmallIntegerField()
    child_words = models.TextField(_("In the child's own words"), max_length=2000, blank=True)
    academic = models.TextField(_("Learning"), max_length=4000, blank=True)
    social = models.TextField(_("Friends and the class"), max_length=4000, blank=True)
    personal = models.TextField(_("Growing as a person"), max_length=4000, blank=True)
    home_support = models.TextField(_("How you can help at home"), max_length=2000, blank=True)
    tips = models.JSONField(_("From the school's tips"), default=list, blank=True)  # as they were when they were chosen
    subjects = models.JSONField(_("Subject by subject"), default=list, blank=True)  # as the teachers had written then
    no_home_support = models.BooleanField(_("Not needed this time"), default=False)
    no_goals = models.BooleanField(_("We agreed on no goals this time"), default=False)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)
    shared_at = models.DateTimeField(null=True)
    corrects_because = models.CharField(_("What is corrected?"), max_length=300, blank=True)

    objects = ConferenceSummaryQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "version"], name="summary_version_once"),
            models.UniqueConstraint(
                fields=["conference"], condition=Q(shared_at=None), name="one_draft_summary_per_conference"
            ),
            models.CheckConstraint(
                condition=Q(shared_at=None) | ~Q(home_support="") | ~Q(tips=[]) | Q(no_home_support=True),
                name="shared_summary_tells_how_to_help",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func("tips", function="jsonb_array_length", output_field=IntegerField()), MOST_TIPS
                ),
                name="three_tips_at_most",
            ),
        ]

    class Privacy:
        personal = {
            "child_words",
            "academic",
            "social",
            "personal",
            "home_support",
            "tips",
            "subjects",
            "written_by",
            "corrects_because",
        }
        plain = {"id", "conference", "version", "no_home_support", "no_goals", "written_at", "shared_at"}

    def __str__(self):
        return f"summary {self.pk}"

    def get_absolute_url(self):
        return reverse("conferences:summary_show", args=[self.conference_id])

    @property
    def school_id(self):
        return self.conference.school_id

    @property
    def is_shared(self):
        return self.shared_at is not None

    @property
    def tells_how_to_help(self):
        return bool(self.home_support.strip() or self.tips) or self.no_home_support

    @property
    def token(self):
        """Identifies the saved state, so that a page can tell that somebody else has saved since it was opened."""
        return f"{self.pk}.{self.written_at.timestamp()}"


class FocusPoint(models.Model):
    """A goal, in words the child understands; three at most. The next talk opens with it."""

    MOST = 3

    class Kind(models.TextChoices):
        ACADEMIC = "academic", _("Learning")
        SOCIAL = "social", _("Friends and the class")
        PERSONAL = "personal", _("Growing as a person")

    class Progress(models.TextChoices):
        REACHED = "reached", _("Reached")
        ON_THE_WAY = "on_the_way", _("On the way")
        CHANGED = "changed", _("Changed")

    summary = models.ForeignKey(ConferenceSummary, models.CASCADE, related_name="focus_points")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(_("about"), max_length=8, choices=Kind)
    text = models.CharField(_("goal"), max_length=200)
    seen_by = models.CharField(_("How do we see that it goes well?"), max_length=200, blank=True)
    progress = models.CharField(max_length=10, choices=Progress, blank=True)
    progress_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "place"], name="focus_point_has_a_place"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=3), name="three_focus_points_at_most"),
        ]

    class Privacy:
        personal = {"text", "seen_by", "progress", "progress_note"}
        plain = {"id", "summary", "place", "kind"}

    def __str__(self):
        return f"focus {self.pk}"


class AgreedActionQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(summary__in=ConferenceSummary.objects.latest())

    def under_way(self):
        return self.in_force().filter(status=AgreedAction.Status.OPEN)

    def visible_to(self, person):
        return self.filter(summary__in=ConferenceSummary.objects.visible_to(person))


class AgreedAction(models.Model):
    """Who does what, and by when. Without a who and a when it is refused."""

    class Owner(models.TextChoices):
        SCHOOL = "school", _("School")
        HOME = "home", _("Home")
        PUPIL = "pupil", _("Pupil")

    class Status(models.TextChoices):
        OPEN = "open", _("Under way")
        DONE = "kept", _("It was done")
        PARTLY = "partly", _("Partly done")
        NOT_DONE = "not_kept", _("Not done")
        DROPPED = "dropped", _("No longer needed")

    summary = models.ForeignKey(ConferenceSummary, models.CASCADE, related_name="agreed_actions")
    place = models.PositiveSmallIntegerField()
    what = models.CharField(_("What"), max_length=200)
    owner = models.CharField(_("Who"), max_length=6, choices=Owner)
    who = models.CharField(_("Who, by name"), max_length=120)
    how_often = models.CharField(_("How often"), max_length=80, blank=True)
    due_on = models.DateField(_("Until when?"))
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    status_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    status_at = models.DateTimeField(null=True)

    objects = AgreedActionQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "place"], name="agreement_has_a_place"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(who=""), name="agreement_says_who_and_what"),
        ]

    class Privacy:
        personal = {"what", "who", "how_often", "status_by"}
        plain = {"id", "summary", "place", "owner", "due_on", "status", "status_at"}

    def __str__(self):
        return f"agreement {self.pk}"

    @property
    def whose(self):
        return f"{self.get_owner_display()}: {self.who}" if self.who else self.get_owner_display()


class SummaryAnswerQuerySet(models.QuerySet):
    def comments(self):
        return self.filter(agrees=False)

    def unanswered(self):
        return self.comments().filter(replied_at=None, summary__in=ConferenceSummary.objects.latest())

    def visible_to(self, person):
        """A person's own answers; all of them to the teachers of the talk. One home never sees the other's."""
        taught = Conference.objects.of_teacher(person)
        restricted = keys_of.restricted(person)
        seen = ConferenceSummary.objects.visible_to(person)
        return self.filter(Q(person_id=person.pk) | Q(summary__conference__in=taught), summary__in=seen).exclude(
            summary__conference__pupil__in=restricted
        )


class SummaryAnswer(models.Model):
    summary = models.ForeignKey(ConferenceSummary, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    comment = models.CharField(_("What is missing?"), max_length=500, blank=True)
    at = models.DateTimeField()
    reply = models.CharField(_("Your answer"), max_length=500, blank=True)
    replied_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)

    objects = SummaryAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["summary", "person"], name="one_answer_per_summary"),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(comment=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(reply="", replied_by=None, replied_at=None)
                | ~Q(reply="") & Q(replied_by__isnull=False, replied_at__isnull=False),
                name="reply_has_a_who_and_a_when",
            ),
        ]

    class Privacy:
        personal = {"person", "agrees", "comment", "reply", "replied_by"}
        plain = {"id", "summary", "at", "replied_at"}

    def __str__(self):
        return f"answer {self.pk}"


class Feedback(models.Model):
    """Two questions after the talk. Who answered what is not stored, only that the conference has had an answer."""

    class Side(models.TextChoices):
        HOME = "home", _("Home")
        SCHOOL = "school", _("School")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="feedback")
    side = models.CharField(max_length=6, choices=Side)
    household = models.ForeignKey(Household, models.CASCADE, null=True, related_name="+")
    heard = models.PositiveSmallIntegerField(_("We were listened to"))
    useful = models.PositiveSmallIntegerField(_("We know what to do next"))
    on = models.DateField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "side", "household"], nulls_distinct=False, name="one_feedback_per_side_and_home"
            ),
            models.CheckConstraint(
                condition=Q(heard__gte=1, heard__lte=5, useful__gte=1, useful__lte=5), name="feedback_is_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(side="home", household__isnull=False) | Q(side="school", household=None),
                name="feedback_is_of_one_home_or_the_school",
            ),
        ]

    class Privacy:
        personal = {"household", "heard", "useful"}
        plain = {"id", "conference", "side", "on"}

    def __str__(self):
        return f"feedback {self.pk}"
