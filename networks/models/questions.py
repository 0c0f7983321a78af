"""What a home asks about a notice, and what its sender answers: to that home alone, or beneath the notice."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from networks.models.bulletins import Bulletin
from portal.actions import Refusal
from portal.people.models import Household, Person
from portal.text import models


class QuestionOver(Refusal):
    words = _("This has been answered, released or taken away meanwhile. Open the notice again to see how it stands.")


class BulletinQuestionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(answered_at=None, bulletin__in=Bulletin.objects.out())

    def to_forget(self, now):
        return self.filter(asked_at__lte=now - BulletinQuestion.KEPT)

    def visible_to(self, person):
        """Whoever sent the notice, and the home that asked."""
        asked = Q(asked_by=person.pk)
        if person.household_id:
            asked |= Q(household=person.household_id)
        sent = Q(bulletin__in=Bulletin.objects.out().written_by(person))
        return self.filter(sent | asked & Q(bulletin__in=Bulletin.objects.out().visible_to(person)))


class BulletinQuestion(models.Model):
    """No other family reads it, and nobody else answers it."""

    LENGTH = 1000
    KEPT = timedelta(days=60)
    MOST = 5  # of one home about one notice

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="questions")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("What do you want to ask?"), max_length=LENGTH)
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("Your answer"), max_length=LENGTH, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = BulletinQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="question_says_something"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="answered_question_says_when"
            ),
        ]

    class Privacy:
        personal = {"household", "asked_by", "text", "answer"}
        plain = {"id", "bulletin", "asked_at", "answered_at"}

    def __str__(self):
        return f"question {self.pk}"

    def get_absolute_url(self):
        return self.bulletin.get_absolute_url()

    @property
    def school_id(self):
        return self.bulletin.school_id

    @property
    def is_open(self):
        return self.answered_at is None


class BulletinAnswerQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(bulletin__in=Bulletin.objects.out())

    def waiting(self):
        return self.standing().filter(published_at=None)

    def visible_to(self, person):
        """What is published: whoever reads the notice. What waits: its writer, and whoever may release it; the writer's
        home too, where it waits without a word."""
        out = Bulletin.objects.out()
        near = Q(bulletin__in=out.written_by(person)) | Q(bulletin__in=out.released_by(person))
        beneath = Q(published_at__isnull=False)
        if person.household_id:
            beneath |= Q(is_quiet=True, bulletin__written_by__household=person.household_id)
        return self.filter(beneath & Q(bulletin__in=out.visible_to(person)) | near)


class BulletinAnswer(models.Model):
    """Read by everyone beneath the notice. It is about no home, and stays when the question is gone. One that `is_quiet` is
    read first without a word to whoever wrote it."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="answers")
    question = models.OneToOneField(BulletinQuestion, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("Your answer"), max_length=BulletinQuestion.LENGTH)
    written_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    is_quiet = models.BooleanField(default=False)

    objects = BulletinAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="published_answer_says_something")]

    class Privacy:
        personal = {"text"}
        plain = {"id", "bulletin", "question", "written_at", "published_at", "is_quiet"}

    def __str__(self):
        return f"answer {self.pk}"

    @property
    def school_id(self):
        return self.bulletin.school_id

    @property
    def waits_openly(self):
        return self.published_at is None and not self.is_quiet
