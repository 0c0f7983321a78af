"""Reasons that a municipality keeps ready for its letters: picked for a decision, and from then on never changed."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.models.decisions import Decision
from portal.actions import Refusal
from portal.people.models import Municipality, School, keys_of
from portal.text import models

FOR_RESULTS = [(key, label) for key, label in Decision.Result.choices if key != Decision.Result.APPROVED]


class ReasonUsed(Refusal):
    words = _("This reason stands in a letter that is sent. End it, and write a new one.")


class KeptReasonQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def of(self, school):
        return self.filter(municipality_id=school.municipality_id, country=school.country)

    def to_pick(self, school, day, result=None):
        found = self.of(school).on(day)
        return found.filter(for_results__contains=[result]) if result else found

    def with_use(self):
        """Each with `is_used`: whether it stands in a letter."""
        return self.annotate(is_used=Exists(Decision.objects.filter(reason_keys__contains=[OuterRef("pk")])))

    def visible_to(self, person):
        return self.filter(municipality__in=keys_of.municipalities_served(person))


class KeptReason(models.Model):
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="grant_reasons")
    country = models.CharField(_("country"), max_length=2, choices=School.Country, default=School.Country.NORWAY)
    title = models.CharField(_("What do you call it?"), max_length=120)
    for_results = ArrayField(models.CharField(max_length=16, choices=FOR_RESULTS), verbose_name=_("Used for"))
    text_nb = models.TextField("Norsk bokmål", max_length=1000, blank=True)
    text_nn = models.TextField("Norsk nynorsk", max_length=1000, blank=True)
    text_da = models.TextField("Dansk", max_length=1000, blank=True)
    text_en = models.TextField("English", max_length=1000, blank=True)
    is_ready = models.BooleanField(_("The text is ready to be sent"), default=False)
    valid_from = models.DateField(_("Used from"))
    valid_to = models.DateField(_("Used until"), null=True, blank=True)

    objects = KeptReasonQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="reason_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(for_results=[]), name="reason_is_for_something"),
        ]

    class Privacy:
        personal = set()
        plain = {
            "id",
            "municipality",
            "country",
            "title",
            "for_results",
            "text_nb",
            "text_nn",
            "text_da",
            "text_en",
            "is_ready",
            "valid_from",
            "valid_to",
        }

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("grants:reason_change", args=[self.pk])

    def text_in(self, language):
        """What the letter says; empty where the text is not ready in this language."""
        return getattr(self, f"text_{language}").strip() if self.is_ready else ""
