"""The file that somebody has sent, until a worker has read it; then its text, until it is a draft."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import Municipality, Person, School
from portal.text import models

COMMON = "common"


class NotWaiting(Refusal):
    words = _("Somebody has already dealt with this file.")


class NotRead(Refusal):
    words = _("This text is not here any more. Bring it in once more.")


class IncomingTextQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Only the sender sees what was sent, until it is a draft."""
        return self.filter(sent_by_id=getattr(person, "pk", None))

    def of(self, place):
        return self.filter(school=place) if isinstance(place, School) else self.filter(school=None, municipality=place)

    def read(self):
        return self.filter(state=IncomingText.State.READ).defer("content")

    def waiting(self):
        return self.filter(state=IncomingText.State.WAITING)

    def left(self, before):
        return self.waiting().filter(Q(taken_up_at=None) | Q(taken_up_at__lt=before))


class IncomingText(models.Model):
    """The file itself is deleted as soon as it has been read."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being read")
        READ = "read", _("Waiting for you")
        FAILED = "failed", _("Could not be read")

    MOVES = {State.WAITING: {State.READ, State.FAILED}}

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="+")
    sent_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(default=bytes)  # encrypted
    digest = models.CharField(max_length=64)  # of the file, so that two presses are one reading
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    taken_up_at = models.DateTimeField(null=True)  # by a worker, which may have died since
    tries = models.PositiveSmallIntegerField(default=0)
    outline = models.JSONField(default=dict)
    reason = models.TextField(blank=True)  # why it could not be read

    objects = IncomingTextQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sent_by", "municipality", "school", "digest"],
                condition=Q(state="waiting"),
                nulls_distinct=False,
                name="incoming_text_is_read_once",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(content=b""), name="incoming_file_is_gone_when_it_is_read"
            ),
        ]

    class Privacy:
        personal = {"sent_by", "file_name", "content", "outline", "reason"}
        plain = {"id", "municipality", "school", "sent_at", "digest", "state", "taken_up_at", "tries"}

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("principles:text_read", args=[self.school.number if self.school else COMMON, self.pk])

    @property
    def place(self):
        return self.school or self.municipality

    @property
    def is_slow(self):
        return self.state == self.State.WAITING and (timezone.now() - self.sent_at).total_seconds() > 30
