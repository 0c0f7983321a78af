"""The shape of a report, with its receipts. Nothing here saves."""

from django.utils.translation import gettext, gettext_lazy

from grants.forms import label_of
from grants.models import GrantReport
from grants.uploads import KINDS, FilesField, TakesFiles
from portal.numbers import MoneyField, WholeNumberField
from portal.people.overtaken import SeenForm
from portal.speech import money
from portal.text import forms

NO_NAMES = gettext_lazy("Do not write the names of children.")


def _number(name):
    return WholeNumberField(label=label_of(GrantReport, name), min_value=0, max_value=GrantReport.MOST)


def _text(name, *, rows=3, help_text=NO_NAMES, required=True):
    return forms.CharField(
        label=label_of(GrantReport, name),
        max_length=GrantReport._meta.get_field(name).max_length,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReportForm(TakesFiles, SeenForm):
    held_on = forms.DateField(
        label=label_of(GrantReport, "held_on"),
        widget=forms.DateInput,
        error_messages={"required": gettext_lazy("Choose a day."), "invalid": gettext_lazy("Choose a day.")},
    )
    families = _number("families")
    adults = _number("adults")
    children = _number("children")
    siblings = _number("siblings")
    involved = _text("involved")
    used_for = _text("used_for")
    spent = MoneyField(label=label_of(GrantReport, "spent"), min_value=0)
    learned = _text(
        "learned", rows=2, help_text=gettext_lazy("For other classes. It need not be a success."), required=False
    )
    files = FilesField(label=gettext_lazy("Receipts"), required=False, help_text=KINDS)

    def __init__(self, *args, given, asked, **kwargs):
        """In øre. Who asked for more than was given may say so: an appeal may still give it."""
        super().__init__(*args, **kwargs)
        self.most = max(given, asked)
        self.fields["spent"].help_text = gettext("The class was given %(amount)s.") % {"amount": money(given)}

    def clean_spent(self):
        spent = self.cleaned_data["spent"]
        if spent is not None and spent > self.most:
            said = gettext("Write what you used for the gathering, %(amount)s at most.")
            raise forms.ValidationError(said % {"amount": money(self.most)})
        return spent

    @staticmethod
    def values_of(report):
        return {name: getattr(report, name) for name in ReportForm.base_fields if name != "files"}
