"""What a class is told once a month: what was held, what is planned, what was said. Prepared by the house, sent by the
class contact, and never about one child."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.models.agreements import contacted_by
from portal.actions import Refusal
from portal.people.models import GuardianRelation, Person, Role, SchoolClass, keys_of
from portal.people.models.keys_of import once_a_day
from portal.people.models.persons import either
from portal.speech import capital, month
from portal.text import models


class DigestOver(Refusal):
    words = _("This monthly letter has been sent or taken back meanwhile, or its month is over.")


def month_before(day):
    """The first day of the month before this day's."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


class ClassDigestQuerySet(models.QuerySet):
    def drafts(self):
        """Of the month that has just ended: what was never sent is nobody's task for longer than that."""
        return self.filter(state=ClassDigest.State.DRAFT, month=month_before(timezone.localdate()))

    def sent(self):
        return self.filter(state=ClassDigest.State.SENT)

    def managed_by(self, person):
        """Of the classes whose contact they are today, in any state."""
        return self.filter(school_class__in=contacted_by(person))

    def asked_of(self, person):
        """Drafts for which the class contact has asked the contact teacher for a paragraph."""
        taught = keys_of.classes(person, [Role.Kind.CONTACT_TEACHER])
        return self.drafts().filter(teacher_until__isnull=False, school_class__in=taught)

    @once_a_day
    def visible_to(self, person):
        """What is sent: every guardian of the class today, those who teach there and the school's leaders. What is not,
        or not any more: its class contacts, and the contact teacher who is asked for a paragraph."""
        followed = SchoolClass.objects.followed_by(person).order_by()
        found = (
            self.sent().filter(school_class__in=followed.values("pk")),
            self.managed_by(person),
            self.asked_of(person),
        )
        return self.filter(pk__in=either(*(digests.values("pk") for digests in found)))


class ClassDigest(models.Model):
    """`left_out` are the keys of lines that the class contact leaves out; `lines` those that were sent. A line is read anew
    each time from what it is about, so what is called off or taken back is gone from it too."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        TAKEN_BACK = "back", _("Taken back")

    OPENING, PARAGRAPH = 500, 1000
    LONGEST_WAIT = timedelta(days=14)

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="digests")
    month = models.DateField()
    state = models.CharField(max_length=5, choices=State, default=State.DRAFT, editable=False)
    opening = models.TextField(_("How do you want to begin?"), max_length=OPENING, blank=True)
    left_out = ArrayField(models.CharField(max_length=30), default=list, editable=False)
    lines = ArrayField(models.CharField(max_length=30), default=list, editable=False)
    teacher_until = models.DateField(_("Until which day do you wait for the contact teacher?"), null=True)
    teacher_text = models.TextField(_("What would you like to tell the class?"), max_length=PARAGRAPH, blank=True)
    prepared_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)

    objects = ClassDigestQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school_class", "month"], name="one_digest_per_class_and_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="digest_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at=None, sent_by=None)
                | ~Q(state="draft") & Q(sent_at__isnull=False, sent_by__isnull=False),
                name="sent_digest_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state="back", taken_back_at__isnull=False) | ~Q(state="back") & Q(taken_back_at=None),
                name="digest_taken_back_says_when",
            ),
            models.CheckConstraint(
                condition=Q(teacher_text="") | Q(teacher_until__isnull=False), name="paragraph_was_asked_for"
            ),
        ]

    class Privacy:
        personal = {"opening", "teacher_text", "sent_by"}
        plain = {
            "id",
            "school_class",
            "month",
            "state",
            "left_out",
            "lines",
            "teacher_until",
            "prepared_at",
            "sent_at",
            "taken_back_at",
        }

    def __str__(self):
        return f"digest {self.pk}"

    def get_absolute_url(self):
        return reverse("networks:digest_show", args=[self.pk])

    @property
    def school_id(self):
        return self.school_class.school_id

    @property
    def named(self):
        """The month, in the reader's language."""
        return capital(month(self.month))

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_sent(self):
        return self.state == self.State.SENT

    @property
    def is_taken_back(self):
        return self.state == self.State.TAKEN_BACK

    def guardians(self):
        """The relations of those who get it today, in both homes of a child alike."""
        return GuardianRelation.objects.live().in_class(self.school_class_id)

    def contacts(self):
        return _holders(Role.Kind.CLASS_CONTACT, self)

    def contact_teachers(self):
        return _holders(Role.Kind.CONTACT_TEACHER, self)


def _holders(kind, digest):
    roles = Role.objects.live(kinds=[kind]).filter(school_class=digest.school_class_id)
    return Person.objects.filter(pk__in=roles.values("person"))


class NoDigest(models.Model):
    """Somebody wants no monthly letter; notices they get all the same."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    class Privacy:
        personal = {"person"}
        plain = {"id", "since"}

    def __str__(self):
        return f"no digest {self.pk}"
