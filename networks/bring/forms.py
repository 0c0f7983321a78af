"""The shape of what organisers write on the list, and of what a home presses there. Nothing here saves."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.forms import label_of
from networks.models import Gathering, Item
from portal.numbers import WholeNumberField
from portal.people.overtaken import SeenForm
from portal.text import forms

LONGEST = 60  # days


class ItemForm(forms.Form):
    kind = forms.ChoiceField(
        label=label_of(Item, "kind"), choices=Item.Kind, widget=forms.RadioSelect, initial=Item.Kind.THING
    )
    title = forms.CharField(
        label=label_of(Item, "title"),
        max_length=80,
        help_text=gettext_lazy("Small things are easy to say yes to. Do not write names."),
    )
    wanted = WholeNumberField(label=label_of(Item, "wanted"), min_value=1, max_value=Item.MOST_HOMES, initial=1)
    amount = forms.CharField(
        label=label_of(Item, "amount"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("For a thing. For example two litres."),
    )
    minutes = WholeNumberField(
        label=label_of(Item, "minutes"),
        min_value=1,
        max_value=Item.MOST_MINUTES,
        required=False,
        help_text=gettext_lazy("For a job."),
    )
    backups = WholeNumberField(
        label=label_of(Item, "backups"),
        min_value=0,
        max_value=Item.MOST_BACKUPS,
        required=False,
        help_text=gettext_lazy("A back-up steps in when somebody gives back, and is told."),
    )

    def clean_backups(self):
        return self.cleaned_data["backups"] or 0

    def clean(self):
        said = super().clean()
        if said.get("kind") == Item.Kind.THING and said.get("minutes"):
            self.add_error("minutes", _("Minutes belong to a job. Choose a job, or leave this empty."))
        if said.get("kind") == Item.Kind.JOB and said.get("amount"):
            self.add_error("amount", _("How much belongs to a thing. Choose a thing, or leave this empty."))
        return said


class LockForm(SeenForm):
    given_back_until = WholeNumberField(
        label=label_of(Gathering, "given_back_until"),
        min_value=0,
        max_value=LONGEST,
        help_text=gettext_lazy("After that day a home tells you, and you find somebody else."),
    )

    @staticmethod
    def values_of(gathering):
        return {"given_back_until": gathering.given_back_until}


class PressForm(forms.Form):
    """Which thing or job of this gathering a home takes or gives back."""

    def __init__(self, *args, gathering, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("take", "back"):
            self.fields[name] = forms.ModelChoiceField(gathering.items.all(), required=False)
