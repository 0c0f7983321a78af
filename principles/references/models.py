"""What a principle builds on: other principles, and what the law and the municipality say, with the day on which somebody
looked."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import keys_of
from portal.text import models
from principles.moves import WRITERS


class TiedAlready(Refusal):
    words = _("The two are tied already.")


class BuildsOnItself(Refusal):
    words = _("It cannot build on itself, nor on what builds on it.")


class LinkChanged(Refusal):
    words = _("The link is another one by now.")


GOOD_FOR, TRIED_AGAIN = timedelta(days=365), timedelta(days=7)


class LinkQuerySet(models.QuerySet):
    def to_try(self, day):
        """Once a year, and sooner what did not answer."""
        year = Q(tried_on__lte=day - GOOD_FOR)
        week = Q(answers=False, tried_on__lte=day - TRIED_AGAIN)
        return self.exclude(link="").filter(Q(tried_on=None) | year | week).order_by("tried_on", "pk")

    def silent(self):
        return self.filter(answers=False)


class TiedQuerySet(models.QuerySet):
    def managed_by(self, person):
        """Those who write the principle."""
        own = Q(principle__school__in=keys_of.schools(person, WRITERS))
        shared = Q(principle__school=None, principle__municipality__in=keys_of.municipalities_served(person))
        return self.filter(own | shared)


class RelationQuerySet(TiedQuerySet):
    def behind(self):
        """Where what it builds on has changed since somebody looked."""
        of_other = {"other": OuterRef("other"), "other__versions__published_at__gt": OuterRef("looked_at")}
        changed = Relation.objects.filter(pk=OuterRef("pk"), **of_other)
        return self.filter(Exists(changed), kind=Relation.Kind.BUILDS_ON)


class Relation(models.Model):
    class Kind(models.TextChoices):
        BUILDS_ON = "builds_on", _("Builds on")
        READ_ALSO = "read_also", _("Read also")

    principle = models.ForeignKey("principles.Principle", models.CASCADE, related_name="relations")
    other = models.ForeignKey("principles.Principle", models.CASCADE, related_name="related_from")
    kind = models.CharField(_("How are they tied?"), max_length=9, choices=Kind)
    looked_at = models.DateTimeField(default=timezone.now)

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "other__title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["principle", "other"], name="two_principles_are_tied_once"),
            models.CheckConstraint(condition=~Q(principle=F("other")), name="a_principle_is_not_tied_to_itself"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "principle", "other", "kind", "looked_at"}

    def __str__(self):
        return f"{self.kind} of {self.principle_id}"

    @property
    def school_id(self):
        return self.principle.school_id


class LegalReferenceQuerySet(LinkQuerySet, TiedQuerySet):
    def to_check(self, day):
        return self.filter(checked_on__lte=day - GOOD_FOR)


class LegalReference(models.Model):
    """A row that is edited, never a number in a template: laws are renumbered."""

    class Kind(models.TextChoices):
        LAW = "law", _("Law")
        MUNICIPAL = "municipal", _("Goal or frame of the municipality")
        GUIDANCE = "guidance", _("Guidance")

    principle = models.ForeignKey("principles.Principle", models.CASCADE, related_name="legal_references")
    kind = models.CharField(_("What is it?"), max_length=9, choices=Kind)
    title = models.CharField(_("What is it called?"), max_length=200)
    number = models.CharField(_("Which paragraph or chapter?"), max_length=60, blank=True)
    link = models.URLField(_("Where does it stand?"), max_length=300, blank=True)
    quote = models.TextField(_("What does it say?"), blank=True)
    checked_on = models.DateField(_("When was it looked up?"))
    tried_on = models.DateField(null=True, editable=False)  # by the clock; `answers` says what came of it
    answers = models.BooleanField(null=True, editable=False)

    objects = LegalReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="a_reference_has_a_safe_address"
            ),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "principle", "kind", "title", "number", "link", "quote", "checked_on", "tried_on", "answers"}

    def __str__(self):
        return self.title

    @property
    def school_id(self):
        return self.principle.school_id

    @property
    def is_old(self):
        return self.checked_on <= timezone.localdate() - GOOD_FOR


class TextLinkQuerySet(LinkQuerySet):
    def silent_lately(self, day):
        """Whoever looks after the principle is told for a month: a published text changes with its next version alone."""
        return self.silent().filter(silent_since__gt=day - TextLink.TOLD_FOR)


class TextLink(models.Model):
    """A link that stands in a text in force, in the decision on it, or in a reply of its hearing. The clock finds them, and
    tries them as it tries those of references."""

    TOLD_FOR = timedelta(days=30)

    principle = models.ForeignKey("principles.Principle", models.CASCADE, related_name="text_links")
    link = models.URLField(max_length=500)
    tried_on = models.DateField(null=True)
    answers = models.BooleanField(null=True)
    silent_since = models.DateField(null=True)

    objects = TextLinkQuerySet.as_manager()

    class Meta:
        ordering = ["link", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["principle", "link"], name="a_link_of_a_text_is_tried_once"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "principle", "link", "tried_on", "answers", "silent_since"}

    def __str__(self):
        return self.link

    @property
    def school_id(self):
        return self.principle.school_id
