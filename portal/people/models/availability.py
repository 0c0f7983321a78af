"""How a member of staff is reached, at which hours, and until when they are away."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.people.models.persons import Person
from portal.text import models


class Availability(models.Model):
    """What a member of staff shares with the families of the children they work with. No row, nothing shared. Phone and
    e-mail are those of the person: only whether they are shown is said here."""

    class Way(models.TextChoices):
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")
        MESSAGE = "message", _("A message in the school's other system")

    person = models.OneToOneField(Person, models.CASCADE, related_name="availability")
    ways = ArrayField(
        models.CharField(max_length=7, choices=Way), verbose_name=_("ways to reach me"), default=list, blank=True
    )
    messages_at = models.URLField(_("address of the messages"), max_length=300, blank=True)
    best_from = models.TimeField(_("best from"), null=True, blank=True)
    best_to = models.TimeField(_("best until"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    stand_in = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who stands in")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(best_from=None, best_to=None)
                | Q(best_from__isnull=False, best_to__isnull=False, best_to__gt=F("best_from")),
                name="best_hours_have_two_ends",
            ),
            models.CheckConstraint(
                condition=~Q(ways__contains=["message"]) | ~Q(messages_at=""), name="a_message_has_an_address"
            ),
            models.CheckConstraint(
                condition=Q(stand_in=None) | Q(away_until__isnull=False), name="somebody_stands_in_for_the_absent"
            ),
            models.CheckConstraint(
                condition=Q(stand_in=None) | ~Q(stand_in=F("person")), name="nobody_stands_in_for_themselves"
            ),
        ]

    class Privacy:
        personal = {"person", "ways", "messages_at", "best_from", "best_to", "away_until", "stand_in"}
        plain = {"id"}

    def __str__(self):
        return f"availability {self.pk}"
