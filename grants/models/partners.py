"""A guardian whom the class contact asks to apply together: nobody until they say yes, and not after the day."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.models.applications import GrantApplication
from portal.actions import Guarded, GuardedQuerySet, Refusal
from portal.people.models import AccessRestriction, GuardianRelation, Person
from portal.text import models

DAYS_TO_ANSWER = 14


class NotAsked(Refusal):
    """The invitation has run out, was given to somebody else, or has been answered."""

    words = _("This invitation does not count any more. Ask the class contact for a new one.")


class CoApplicantQuerySet(GuardedQuerySet):
    def lasting(self):
        return self.filter(ended_at=None)

    def asked(self):
        """Open today: neither answered, nor taken back, nor run out."""
        return self.lasting().filter(accepted_at=None, expires_on__gte=timezone.localdate())

    def accepted(self):
        return self.lasting().exclude(accepted_at=None)

    def visible_to(self, person):
        """The one who is asked, while their child is in the class; and those who write the application."""
        in_class = OuterRef("application__school_class")
        wards = GuardianRelation.objects.live().in_class(in_class).filter(guardian_id=person.pk)
        barred = (
            AccessRestriction.objects.in_force(timezone.localdate()).in_class(in_class).filter(guardian_id=person.pk)
        )
        own = Q(Exists(wards), ~Exists(barred), person_id=person.pk)
        return self.filter(own | Q(application__in=GrantApplication.objects.written_by(person)))


class CoApplicant(Guarded):
    """One at a time: asking another takes the first invitation back."""

    application = models.ForeignKey(GrantApplication, models.CASCADE, related_name="co_applicants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="co_applications", verbose_name=_("Who?"))
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()
    accepted_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = CoApplicantQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(ended_at=None), name="one_co_applicant_per_application"
            )
        ]

    class Privacy:
        personal = {"person", "invited_by"}
        plain = {"id", "application", "invited_at", "expires_on", "accepted_at", "ended_at"}

    def __str__(self):
        return f"co-applicant {self.pk}"

    def get_absolute_url(self):
        return reverse("grants:co_applicant_answer", args=[self.pk])

    @property
    def school_id(self):
        return self.application.school_id

    @property
    def is_asked(self):
        return self.ended_at is None and self.accepted_at is None and self.expires_on >= timezone.localdate()


def last_day():
    return timezone.localdate() + timedelta(days=DAYS_TO_ANSWER)
