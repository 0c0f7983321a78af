"""What the class tells of its gathering and of the money, with receipts. Nobody is named: those who came are numbers."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.applications import GrantApplication
from grants.models.files import FileQuerySet, KeptFile
from portal.actions import Refusal
from portal.people.models import Person, keys_of
from portal.text import models


class NotReportable(Refusal):
    words = _("The case is closed. The report cannot be changed any more.")


class NotClosable(Refusal):
    """Something is left to do in this case."""

    words = _("Somebody has closed this case already.")


class GrantReport(models.Model):
    MOST = 500

    application = models.OneToOneField(GrantApplication, models.PROTECT, related_name="report")
    held_on = models.DateField(_("Which day was it?"))
    families = models.PositiveSmallIntegerField(_("How many families came?"))
    adults = models.PositiveSmallIntegerField(_("How many adults?"))
    children = models.PositiveSmallIntegerField(_("How many children of the class?"))
    siblings = models.PositiveSmallIntegerField(_("How many brothers and sisters?"))
    involved = models.TextField(_("How did the children take part?"), max_length=500)
    used_for = models.TextField(_("What was the money used for?"), max_length=1000)
    spent = models.PositiveIntegerField(_("How much of it did you spend?"))
    learned = models.TextField(_("One thing that you have learned"), max_length=500, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(families__lte=500, adults__lte=500, children__lte=500, siblings__lte=500),
                name="grant_report_in_reason",
            ),
            models.CheckConstraint(condition=~Q(involved="") & ~Q(used_for=""), name="grant_report_says_what_was_done"),
        ]

    class Privacy:
        personal = {"sent_by"}
        plain = {
            "id",
            "application",
            "held_on",
            "families",
            "adults",
            "children",
            "siblings",
            "involved",
            "used_for",
            "spent",
            "learned",
            "sent_at",
            "changed_at",
        }

    def __str__(self):
        return f"grant report {self.pk}"


class ReceiptQuerySet(FileQuerySet):
    def visible_to(self, person):
        """To those who write the application, the class's teachers, the school's leaders, and the municipality, which
        pays."""
        return self.filter(
            Q(application__in=GrantApplication.objects.written_by(person))
            | Q(application__school_class__in=keys_of.classes_taught(person))
            | Q(application__school__in=keys_of.schools_led(person))
            | Q(application__school__municipality__in=keys_of.municipalities_served(person))
        )


class Receipt(KeptFile):
    MOST = 10
    FULL = _("There is room for ten receipts. Put several into one picture or one PDF.")

    application = models.ForeignKey(GrantApplication, models.PROTECT, related_name="receipts")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "digest"], name="one_receipt_per_file"),
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=10 * 1024 * 1024), name="receipt_up_to_10_mb"),
        ]

    class Privacy:
        personal = {"name", "content", "added_by"}
        plain = {"id", "application", "kind", "size", "digest", "added_at"}

    def __str__(self):
        return f"receipt {self.pk}"
