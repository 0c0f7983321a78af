"""The shape of what keepers write. Nothing here saves; and there is no field for who paid."""

from django.utils.translation import gettext_lazy as _

from networks.forms import NOBODY, label_of
from networks.models import FundKeeper, FundRow
from networks.names.forms import NobodyNamedForm
from portal.numbers import MoneyField
from portal.people.models import Person
from portal.text import forms

ASKED = _("Tick each word that is no name of a child or a guardian. Never write who gave or got money.")


class FundRowForm(NobodyNamedForm):
    use_required_attribute = False
    ASKED = ASKED
    read_by_all = ("what", "receipt")

    kind = forms.ChoiceField(label=label_of(FundRow, "kind"), choices=FundRow.Kind, widget=forms.RadioSelect)
    amount = MoneyField(label=label_of(FundRow, "amount"))
    on = forms.DateField(label=label_of(FundRow, "on"), widget=forms.DateInput)
    what = forms.CharField(
        label=label_of(FundRow, "what"),
        max_length=120,
        help_text=_("For example: waffles at the winter bazaar. Never who gave, and never one family’s part."),
    )
    receipt = forms.CharField(
        label=label_of(FundRow, "receipt"),
        max_length=120,
        required=False,
        help_text=_(
            "When you paid for something. For example: number 4, in the folder of the keepers. No pictures here."
        ),
    )
    receipt.depends = True  # what was paid for has one

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if not 0 < amount <= FundRow.MOST:
            raise forms.ValidationError(_("Write an amount from 1 øre to 100 000 kroner."))
        return amount

    def clean(self):
        said = super().clean()
        if said.get("kind") == FundRow.Kind.EXPENSE and not said.get("receipt") and "receipt" not in self.errors:
            self.add_error("receipt", _("Write the number of the receipt, and where the paper is."))
        return said


class ReverseForm(NobodyNamedForm):
    ASKED = ASKED
    read_by_all = ("what",)

    what = forms.CharField(label=_("What was wrong?"), max_length=120)


class ElectedForm(forms.Form):
    use_required_attribute = False

    one = forms.ModelChoiceField(NOBODY, label=_("First keeper"), empty_label=_("Choose"))
    other = forms.ModelChoiceField(NOBODY, label=_("Second keeper"), empty_label=_("Choose"))
    elected_on = forms.DateField(label=label_of(FundKeeper, "elected_on"), widget=forms.DateInput)

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            field = self.fields[name]
            field.queryset = Person.objects.filter(pk__in=[person.pk for person in candidates]).in_name_order()
            field.label_from_instance = lambda person: person.full_name
