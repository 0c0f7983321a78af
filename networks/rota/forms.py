"""The shape of what is chosen for a turn. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from portal.people.overtaken import SeenForm
from portal.text import forms


class TurnForm(SeenForm):
    half = forms.TypedChoiceField(label=_("In which half of the year?"), coerce=int)

    def __init__(self, *args, halves, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["half"].choices = halves

    @staticmethod
    def values_of(turn):
        return {"half": turn.half}


class TurnAnswerForm(forms.Form):
    said = forms.ChoiceField(choices=[("take", _("We take it")), ("pass", _("Pass this time"))])

    def is_accepted(self):
        return self.cleaned_data["said"] == "take"
