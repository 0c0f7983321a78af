"""What happened, by whom, to what. One table is the audit log, the source of every message and the history tab."""

from django.db.models import Q

from portal.text import models


class EventQuerySet(models.QuerySet):
    def unpublished(self):
        return self.filter(published_at=None)

    def about(self, subject):
        return self.filter(subject_type=subject._meta.label, subject_id=str(subject.pk))


class Event(models.Model):
    """No foreign keys: history never blocks a deletion, and outlives its subject."""

    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    by = models.BigIntegerField()
    school = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="event_by_subject"),
            models.Index(fields=["id"], condition=Q(published_at=None), name="event_unpublished"),
            models.Index(fields=["school", "at"], name="event_by_school"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "verb", "subject_type", "subject_id", "by", "school", "details", "at", "published_at"}

    def __str__(self):
        return f"{self.verb} {self.subject_type} {self.subject_id}"
