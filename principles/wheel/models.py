"""What a school does every year in a month, such as choosing the board in August."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import School, keys_of
from portal.text import models


class StandsAlready(Refusal):
    words = _("It stands in that month already.")


class YearlyItemQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those who follow the school's year: its board, its leaders and its office."""
        return self.filter(school__in=keys_of.schools(person, YearlyItem.READERS))


class YearlyItem(models.Model):
    READERS = ("board_member", "principal", "deputy", "office")

    school = models.ForeignKey(School, models.CASCADE, related_name="yearly_items")
    month = models.PositiveSmallIntegerField(_("In which month?"))
    title = models.CharField(_("What is done then?"), max_length=100)

    objects = YearlyItemQuerySet.as_manager()

    class Meta:
        ordering = ["month", "title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="yearly_item_is_of_a_month"),
            models.UniqueConstraint(fields=["school", "month", "title"], name="a_month_has_a_yearly_item_once"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "school", "month", "title"}

    def __str__(self):
        return self.title
