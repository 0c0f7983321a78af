"""The shape of what is written after a gathering. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from networks.models import GatheringReport, Pulse
from portal.numbers import WholeNumberField
from portal.people.overtaken import SeenForm
from portal.text import forms

NO_NAMES = _("Do not write the names of children.")


def _field(name):
    return GatheringReport._meta.get_field(name)


def _number(name):
    return WholeNumberField(label=_field(name).verbose_name, min_value=0, max_value=GatheringReport.MOST)


def _text(name, *, help_text="", required=False):
    return forms.CharField(
        label=_field(name).verbose_name,
        max_length=_field(name).max_length,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReportForm(SeenForm):
    families = _number("families")
    adults = _number("adults")
    children = _number("children")
    siblings = _number("siblings")
    did = _text("did", help_text=NO_NAMES, required=True)
    involved = _text("involved", help_text=NO_NAMES)
    again = _text("again", help_text=_("Those who organise the gathering read it, and nobody else."))


class ThanksForm(forms.Form):
    words = forms.CharField(
        label=Pulse._meta.get_field("words").verbose_name,
        max_length=500,
        required=False,
        help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
