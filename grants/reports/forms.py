"""The shape of a report, with its receipts. Nothing here saves."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.forms import label_of
from grants.models import GrantReport
from grants.models.reports import NotAReceipt
from grants.reports.files import ReceiptFile, receipt_files
from portal.numbers import MoneyField, WholeNumberField
from portal.people.overtaken import SeenForm
from portal.text import forms

ACCEPT = ".pdf,.png,.jpg,.jpeg"
KINDS = gettext_lazy("Pictures (JPEG, PNG) or PDF, up to 10 MB each. Several at once will do.")
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


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class ReceiptsField(forms.FileField):
    """All that are sound, as `ReceiptFile`; `wrong` says of each other one what is wrong with it."""

    widget = ManyFiles(attrs={"accept": ACCEPT, "multiple": True})
    default_error_messages = {"empty": gettext_lazy("The file is empty. Choose it anew.")}

    def to_python(self, data):
        return data or None

    def clean(self, data, initial=None):
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        try:
            return receipt_files(uploads) if uploads else []
        except NotAReceipt:
            raise forms.ValidationError(
                _("It takes too much time or memory to look at these files. Add them one by one.")
            ) from None


class ReportForm(SeenForm):
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
    files = ReceiptsField(label=gettext_lazy("Receipts"), required=False, help_text=KINDS)

    def clean_files(self):
        """What is sound is kept even when another file or field is not."""
        found = self.cleaned_data["files"]
        self.sound = [one for one in found if isinstance(one, ReceiptFile)]
        if wrong := [one for one in found if isinstance(one, NotAReceipt)]:
            raise forms.ValidationError([forms.ValidationError(str(one)) for one in wrong])
        return self.sound

    sound = ()

    @staticmethod
    def values_of(report):
        return {name: getattr(report, name) for name in ReportForm.base_fields if name != "files"}
