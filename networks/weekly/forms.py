"""The one line of the week. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from networks.forms import label_of
from networks.models import WeeklyLine
from networks.names.forms import TypedNamesForm
from networks.weekly.queries import line_of_this_week
from portal.people.overtaken import SeenForm
from portal.text import forms


class WeeklyForm(SeenForm, TypedNamesForm):
    text = forms.CharField(
        label=label_of(WeeklyLine, "text"),
        max_length=WeeklyLine.LENGTH,
        help_text=_(
            "One line about what the class works with, for example “why leaves turn yellow”. Do not name a child."
        ),
    )
    read_by_all = ("text",)
    field_order = ("text", "not_names")

    @classmethod
    def values_of(cls, school_class):
        line = line_of_this_week(school_class)
        return {"text": line.text if line else ""}
