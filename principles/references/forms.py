"""The shape of what a principle builds on. Nothing here saves."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.people.overtaken import SeenForm
from portal.text import forms
from principles.models import Principle
from principles.references.models import LegalReference, Relation


def _label(name):
    return LegalReference._meta.get_field(name).verbose_name


class TieForm(forms.Form):
    other = forms.ModelChoiceField(Principle.objects.none(), label=gettext_lazy("Which principle?"))
    kind = forms.ChoiceField(
        label=Relation._meta.get_field("kind").verbose_name, choices=Relation.Kind, widget=forms.RadioSelect
    )

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others


class ReferenceForm(SeenForm):
    kind = forms.ChoiceField(label=_label("kind"), choices=LegalReference.Kind)
    title = forms.CharField(label=_label("title"), max_length=200)
    number = forms.CharField(label=_label("number"), max_length=60, required=False)
    link = forms.URLField(label=_label("link"), max_length=300, required=False, assume_scheme="https")
    quote = forms.CharField(
        label=_label("quote"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    checked_on = forms.DateField(
        label=_label("checked_on"),
        widget=forms.DateInput,
        help_text=gettext_lazy("Open the link and read. A year later somebody is asked to look again."),
    )

    @staticmethod
    def values_of(reference):
        return {name: getattr(reference, name) for name in ReferenceForm.base_fields}

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError(_("Write an address that begins with https://"))
        return link

    def clean_checked_on(self):
        if self.cleaned_data["checked_on"] > timezone.localdate():
            raise forms.ValidationError(_("Write a day that has been: the one on which you looked."))
        return self.cleaned_data["checked_on"]
