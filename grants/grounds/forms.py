from django.utils.translation import gettext_lazy as _

from grants.forms import label_of
from grants.models import KeptReason
from grants.models.reasons import FOR_RESULTS
from portal.people.overtaken import SeenForm
from portal.text import forms

TEXTS = ("text_nb", "text_nn", "text_da", "text_en")


def _text(name):
    return forms.CharField(
        label=label_of(KeptReason, name), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(SeenForm):
    use_required_attribute = False

    title = forms.CharField(
        label=label_of(KeptReason, "title"),
        max_length=120,
        help_text=_("For those who decide. It does not stand in the letter."),
        error_messages={"required": _("Give it a name.")},
    )
    for_results = forms.MultipleChoiceField(
        label=label_of(KeptReason, "for_results"),
        choices=FOR_RESULTS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    text_nb, text_nn, text_da, text_en = map(_text, TEXTS)
    is_ready = forms.BooleanField(
        label=label_of(KeptReason, "is_ready"),
        required=False,
        help_text=_("A letter in a language whose text is empty cannot be sent with it."),
    )
    valid_from = forms.DateField(
        label=label_of(KeptReason, "valid_from"),
        widget=forms.DateInput,
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_ready") and not any(cleaned.get(name) for name in TEXTS):
            self.add_error("is_ready", _("Write the text in at least one language first."))
        return cleaned

    @staticmethod
    def values_of(reason):
        return {name: getattr(reason, name) for name in ReasonForm.base_fields}
