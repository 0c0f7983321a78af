"""What a gathering needs: things and jobs, with a place for each home that takes one on."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from networks.models.gatherings import Gathering
from portal.people.models import GuardianRelation, Household
from portal.text import models


class ItemQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Whoever organises the gathering; families read the list with their own answer."""
        return self.filter(gathering__in=Gathering.objects.organised_by(person).values("pk"))


class Item(models.Model):
    class Kind(models.TextChoices):
        THING = "thing", _("Something to bring")
        JOB = "job", _("A job to do")

    MOST = 40  # on one list
    MOST_HOMES, MOST_BACKUPS, MOST_MINUTES = 40, 5, 600

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="items")
    kind = models.CharField(_("Is it a thing or a job?"), max_length=5, choices=Kind, default=Kind.THING)
    title = models.CharField(_("What is needed?"), max_length=80)
    wanted = models.PositiveSmallIntegerField(_("How many homes are needed?"))
    amount = models.CharField(_("How much does each bring?"), max_length=60, blank=True)
    minutes = models.PositiveSmallIntegerField(_("How many minutes does it take?"), null=True, blank=True)
    backups = models.PositiveSmallIntegerField(_("How many back-ups?"), default=0)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["-kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(wanted__gte=1, wanted__lte=40, backups__lte=5), name="item_wants_homes_in_reason"
            ),
            models.CheckConstraint(
                condition=Q(kind="thing", minutes=None) | Q(kind="job", amount=""), name="item_is_a_thing_or_a_job"
            ),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "gathering", "kind", "title", "wanted", "amount", "minutes", "backups"}

    def __str__(self):
        return self.title

    @property
    def school_id(self):
        return self.gathering.school_id


class PlaceQuerySet(models.QuerySet):
    def of_home(self, gathering, household_id):
        return self.filter(item__gathering=gathering, household=household_id).exclude(household=None)

    def taken_in(self, gathering):
        """By homes that have a child in the class today. Whoever has left it keeps nothing."""
        here = GuardianRelation.objects.live().in_class(gathering.school_class_id)
        return self.filter(item__gathering=gathering, household__in=here.homes()).order_by("taken_at", "pk")

    def let_go(self):
        return self.update(household=None, taken_at=None, as_backup=False)


class Place(models.Model):
    """Room for one home at a thing or a job, back-ups included: as many rows as are wanted, so that no more can be taken.
    Whoever took one first brings or does it; the last are back-ups."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="places")
    number = models.PositiveSmallIntegerField()
    household = models.ForeignKey(Household, models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    as_backup = models.BooleanField(default=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="a_place_is_there_once"),
            models.UniqueConstraint(fields=["item", "household"], name="one_place_per_home_and_item"),
            models.CheckConstraint(
                condition=Q(household=None) | Q(taken_at__isnull=False), name="a_taken_place_says_when"
            ),
        ]

    class Privacy:
        personal = {"household"}
        plain = {"id", "item", "number", "taken_at", "as_backup"}

    def __str__(self):
        return f"place {self.pk}"
