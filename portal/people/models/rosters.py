"""Roster imports: what was uploaded, what it would change, what it changed, and how to undo that."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import keys_of
from portal.people.models.persons import Person
from portal.people.models.places import Municipality, School
from portal.text import models


class NotInThisState(Refusal):
    pass


class TooManyRemoved(Refusal):
    """The file removes so much that somebody must say this is meant; `asks` says about what."""

    asks = ()


class NotUndoable(Refusal):
    pass


class RosterImportQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(
            Q(school__in=keys_of.schools_run(person)) | Q(municipality__in=keys_of.municipalities_served(person))
        )

    def at_work(self):
        return self.filter(state__in=[RosterImport.State.READ, RosterImport.State.RUNNING])

    def left(self, before):
        """Those at work that no worker has touched since `before`."""
        return self.at_work().filter(Q(taken_up_at=None) | Q(taken_up_at__lt=before))

    def unanswered(self, before):
        return self.filter(state=RosterImport.State.SHOWN, uploaded_at__lt=before)


class RosterImport(models.Model):
    """One file from a school's own system, for one school or, without a school, for the whole municipality."""

    class State(models.TextChoices):
        READ = "read", _("Being read")
        SHOWN = "shown", _("Waiting for you")
        RUNNING = "running", _("Being imported")
        APPLIED = "applied", _("Imported")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Could not be imported")
        DISCARDED = "discarded", _("Thrown away")

    MOVES = {
        State.READ: {State.SHOWN, State.FAILED, State.DISCARDED},
        State.SHOWN: {State.RUNNING, State.DISCARDED},
        State.RUNNING: {State.APPLIED, State.SHOWN, State.FAILED},
        State.APPLIED: {State.UNDONE},
    }

    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="roster_imports")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="roster_imports")
    file_name = models.CharField(_("file"), max_length=200)
    format = models.CharField(_("format"), max_length=40, blank=True)
    source = models.CharField(max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READ)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    removals_meant = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)  # of the file, so that a double click is read once
    taken_up_at = models.DateTimeField(null=True)  # by a worker that may have died since
    tries = models.PositiveSmallIntegerField(default=0)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)  # kind -> created, updated, unchanged, deactivated; and what the file holds
    difference = models.JSONField(default=dict)  # examples by name, while they wait for an answer
    warnings = models.JSONField(default=list)
    errors = models.JSONField(default=list)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["uploaded_by", "municipality", "school", "digest"],
                condition=Q(state="read") & ~Q(digest=""),
                nulls_distinct=False,
                name="roster_is_read_once",
            )
        ]

    class Privacy:
        personal = {"uploaded_by", "confirmed_by", "difference", "warnings", "errors", "file_name"}
        plain = {
            "id",
            "municipality",
            "school",
            "format",
            "source",
            "state",
            "uploaded_at",
            "removals_meant",
            "digest",
            "taken_up_at",
            "tries",
            "applied_at",
            "undone_at",
            "counts",
        }

    def __str__(self):
        return self.file_name


class RosterPiece(models.Model):
    """Encrypted; kept only until the import is applied or thrown away."""

    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["roster", "number"], name="roster_pieces_in_order")]

    class Privacy:
        personal = {"content"}
        plain = {"id", "roster", "number"}

    def __str__(self):
        return f"piece {self.number}"


class RosterChange(models.Model):
    """What one import did: many rows created, or one row changed from `before` to `after`."""

    class Verb(models.TextChoices):
        CREATED = "created"
        UPDATED = "updated"

    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="changes")
    model = models.CharField(max_length=40)
    verb = models.CharField(max_length=8, choices=Verb)
    rows = ArrayField(models.BigIntegerField())
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["roster", "model"], name="roster_change_by_model")]

    class Privacy:
        personal = {"before", "after"}
        plain = {"id", "roster", "model", "verb", "rows"}

    def __str__(self):
        return f"{self.verb} {self.model}"
