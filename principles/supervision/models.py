"""How the board follows a principle: points that it has chosen, what the head says of each, what the board makes of it; and
the page that everybody may read of it, which never changes."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import Person, Role, School, keys_of
from portal.people.models.roles import LEADER_KINDS
from portal.text import models

OVERSEERS = (Role.Kind.BOARD_MEMBER, *LEADER_KINDS)
MOST_POINTS = 12
AHEAD = timedelta(days=30)  # when a day is near


class UnderWay(Refusal):
    words = _("The principle is being looked at already. Go on with that.")


class NotChosen(Refusal):
    words = _("Choose at least one point, and twelve at most, of the principle that applies now.")


class StatementMissing(Refusal):
    words = _("Say something of every point first.")


class MovedOn(Refusal):
    words = _("This has gone further meanwhile. Reload the page to see how it stands.")


class AskedMore(Refusal):
    words = _("The head has been asked to say more of this point already.")


class NotAssessed(Refusal):
    words = _("Assess every point first, and wait for what the head was asked to say more of.")


class WrongDays(Refusal):
    words = _("The meeting has been held, and the next time is a later day.")


class CountedAnew(Refusal):
    words = _("The numbers were counted anew meanwhile. Open the page again, and read it before you publish.")


class NothingNew(Refusal):
    words = _("The page says the very same already.")


class SupervisionQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The board and the leaders of the school; nobody else reads what they say to each other."""
        return self.filter(school__in=keys_of.schools(person, OVERSEERS))

    def stating(self):
        return self.filter(state=Supervision.State.STATING)

    def assessing(self):
        return self.filter(state=Supervision.State.ASSESSING)

    def under_way(self):
        return self.exclude(state=Supervision.State.CONCLUDED)

    def concluded(self):
        return self.filter(state=Supervision.State.CONCLUDED)

    def to_publish(self):
        return self.concluded().filter(results=None)

    def next_by(self, day):
        """Of each principle that still applies the last that was concluded, when the next one is due."""
        later = Supervision.objects.filter(version__principle=OuterRef("version__principle"), pk__gt=OuterRef("pk"))
        versions = self.model._meta.get_field("version").related_model.objects
        applies = versions.in_force().filter(principle=OuterRef("version__principle"))
        return self.concluded().filter(~Exists(later), Exists(applies), next_on__lte=day)


class Supervision(models.Model):
    """`evidence` are the totals as they were counted last, each safe to read: {figure: [part, whole], or nothing where too
    few}."""

    class State(models.TextChoices):
        STATING = "stating", _("The head writes")
        ASSESSING = "assessing", _("The board assesses")
        CONCLUDED = "concluded", _("Concluded")

    school = models.ForeignKey(School, models.PROTECT, related_name="supervisions")
    version = models.ForeignKey("principles.PrincipleVersion", models.PROTECT, related_name="supervisions")
    state = models.CharField(max_length=10, choices=State, default=State.STATING)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    statement_by = models.DateField(_("When does the head answer, at the latest?"))
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    evidence = models.JSONField(default=dict)
    measured_at = models.DateTimeField(default=timezone.now)
    discussed_on = models.DateField(_("When was the meeting?"), null=True)
    item = models.CharField(_("Which item of the agenda?"), max_length=120, blank=True)
    next_on = models.DateField(_("When do you look at it next?"), null=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=~Q(state="concluded"), name="one_supervision_of_a_version_under_way"
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="supervision_ends_after_start"),
            models.CheckConstraint(
                condition=Q(~Q(state="concluded"), discussed_on=None, next_on=None)
                | Q(~Q(item=""), state="concluded", discussed_on__isnull=False, next_on__gt=F("discussed_on")),
                name="concluded_supervision_says_when",
            ),
        ]

    class Privacy:
        personal = {"started_by"}
        plain = {
            *("id", "school", "version", "state", "starts_on", "ends_on", "statement_by", "started_at"),
            *("evidence", "measured_at", "discussed_on", "item", "next_on"),
        }

    def __str__(self):
        return f"supervision {self.pk}"

    def get_absolute_url(self):
        return reverse("principles:supervision_show", args=[self.pk])

    @property
    def is_stating(self):
        return self.state == self.State.STATING

    @property
    def is_assessing(self):
        return self.state == self.State.ASSESSING

    @property
    def is_concluded(self):
        return self.state == self.State.CONCLUDED


class SupervisedClauseQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(supervision__in=Supervision.objects.visible_to(person))

    def stating(self):
        return self.filter(supervision__in=Supervision.objects.stating())

    def assessing(self):
        return self.filter(supervision__in=Supervision.objects.assessing())

    def under_way(self):
        return self.filter(supervision__in=Supervision.objects.under_way())

    def unassessed(self):
        return self.filter(verdict="")

    def to_follow_up(self):
        return self.filter(supervision__in=Supervision.objects.concluded(), followed_up_at=None).exclude(follow_up="")


class SupervisedClause(models.Model):
    """A point as it was worded then: the words of a published version never change."""

    class Verdict(models.TextChoices):
        MET = "met", _("We keep it")
        PARTLY = "partly", _("We keep it in part")
        NOT = "not", _("We do not keep it")
        NOT_KNOWN = "not_known", _("We do not know")

    LENGTH = 2000

    supervision = models.ForeignKey(Supervision, models.CASCADE, related_name="points")
    clause = models.ForeignKey("principles.Clause", models.PROTECT, related_name="+")
    figures = ArrayField(models.CharField(max_length=80), default=list)
    did = models.TextField(_("What does the school do to keep this point?"), blank=True)
    sees = models.TextField(_("What do you see come of it, and where do you see it?"), blank=True)
    hard = models.TextField(_("What is hard, and what happens next?"), blank=True)
    stated_at = models.DateTimeField(null=True)
    verdict = models.CharField(_("Does the school keep it?"), max_length=9, choices=Verdict, blank=True)
    reason = models.TextField(_("Why do you think so?"), blank=True)
    follow_up = models.CharField(_("What shall be done?"), max_length=300, blank=True)
    follow_up_on = models.DateField(_("By when?"), null=True)
    followed_up_at = models.DateTimeField(null=True)

    objects = SupervisedClauseQuerySet.as_manager()

    class Meta:
        ordering = ["clause__section__position", "clause__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["supervision", "clause"], name="a_point_is_supervised_once_a_time"),
            models.CheckConstraint(condition=Q(verdict="") | ~Q(reason=""), name="a_verdict_has_a_reason"),
            models.CheckConstraint(
                condition=Q(follow_up="", follow_up_on=None) | Q(~Q(follow_up=""), follow_up_on__isnull=False),
                name="what_shall_be_done_has_a_day",
            ),
        ]

    class Privacy:
        personal = set()
        plain = {
            *("id", "supervision", "clause", "figures", "did", "sees", "hard", "stated_at"),
            *("verdict", "reason", "follow_up", "follow_up_on", "followed_up_at"),
        }

    def __str__(self):
        return f"supervised point {self.pk}"

    def get_absolute_url(self):
        return f"{self.supervision.get_absolute_url()}#point-{self.pk}"

    @property
    def school_id(self):
        return self.supervision.school_id


class FurtherQuestionQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(point__in=SupervisedClause.objects.visible_to(person))

    def open(self):
        return self.filter(answered_at=None, point__in=SupervisedClause.objects.assessing())


class FurtherQuestion(models.Model):
    """The board asks the head to say more of a point. One at a time, as often as it takes."""

    point = models.ForeignKey(SupervisedClause, models.CASCADE, related_name="further")
    question = models.TextField(_("What do you want to know more of?"))
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("Your answer"), blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = FurtherQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["point"], condition=Q(answered_at=None), name="one_further_question_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(~Q(answer=""), answered_at__isnull=False),
                name="further_question_is_answered_in_words",
            ),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "point", "question", "asked_at", "answer", "answered_at"}

    def __str__(self):
        return f"further question {self.pk}"

    def get_absolute_url(self):
        return self.point.get_absolute_url()

    @property
    def school_id(self):
        return self.point.school_id


class SupervisionResultQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Everybody: what the board has published is for all."""
        return self.all()

    def of(self, principle):
        return self.filter(supervision__version__principle=principle)

    def without_file(self):
        return self.filter(file=b"")


class SupervisionResult(models.Model):
    """What everybody may read, as it was on that day. It is never changed, but that one from before there were files gets
    its own, once; to renew it is to publish another."""

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    file = models.BinaryField(default=bytes)  # the same as a PDF; empty until the clock has made one for what is older
    pages = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = SupervisionResultQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["supervision", "number"], name="result_number_once")]

    class Privacy:
        personal = {"published_by"}
        plain = {"id", "supervision", "number", "content", "file", "pages", "published_at"}

    def __str__(self):
        return f"result {self.number} of {self.supervision_id}"

    def get_absolute_url(self):
        principle = self.supervision.version.principle
        return reverse("principles:result_show", args=[principle.place_key, principle.slug])

    @property
    def school_id(self):
        return self.supervision.school_id
