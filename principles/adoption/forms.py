"""The shape of a decision and of what follows it. Nothing here saves."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.numbers import WholeNumberField
from portal.people.models import Person
from portal.people.overtaken import SeenForm
from portal.text import forms
from principles.adoption.models import Adoption, Communication, ImplementationStep
from principles.forms import MOST_AHEAD, PublishForm
from principles.nameless import NamelessForm


def _label(model, name):
    return model._meta.get_field(name).verbose_name


class AdoptForm(NamelessForm):
    texts = ("body", "decision", "change_summary")
    meeting_on = forms.DateField(label=_label(Adoption, "meeting_on"), widget=forms.DateInput)
    body = forms.CharField(
        label=_label(Adoption, "body"), max_length=120, help_text=gettext_lazy("A body, not a person’s name.")
    )
    item = forms.CharField(label=_label(Adoption, "item"), max_length=120)
    decision = forms.CharField(
        label=_label(Adoption, "decision"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    present = WholeNumberField(
        label=_label(Adoption, "present"),
        required=False,
        min_value=1,
        max_value=500,
        help_text=gettext_lazy("A number. Who said what is not kept."),
    )
    minutes = forms.URLField(
        label=_label(Adoption, "minutes"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=gettext_lazy("The address of the public part, if there is one."),
    )
    effective_from = PublishForm.base_fields["effective_from"]
    change_summary = PublishForm.base_fields["change_summary"]
    review_on = PublishForm.base_fields["review_on"]

    def clean_meeting_on(self):
        if self.cleaned_data["meeting_on"] > timezone.localdate():
            raise forms.ValidationError(_("Write a day that has been. You write this down after the meeting."))
        return self.cleaned_data["meeting_on"]

    def clean_minutes(self):
        minutes = self.cleaned_data["minutes"]
        if minutes and not minutes.startswith("https://"):
            raise forms.ValidationError(_("Write an address that begins with https://"))
        return minutes

    def clean(self):
        said = super().clean()
        met, applies, review = (said.get(name) for name in ("meeting_on", "effective_from", "review_on"))
        if met and applies and applies < met:
            self.add_error("effective_from", _("It applies from the day it was adopted, at the earliest."))
        if applies and review and review <= applies:
            self.add_error("review_on", _("Write a day after it begins to apply."))
        return said


class DecisionForm(NamelessForm):
    texts = ("decision",)
    decision = AdoptForm.base_fields["decision"]

    @staticmethod
    def values_of(adoption):
        return {"decision": adoption.decision}


class AudienceForm(NamelessForm):
    texts = ("text",)
    text = forms.CharField(
        label=_label(Communication, "text"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8})
    )
    sends = forms.BooleanField(label=_label(Communication, "sends"), required=False)
    how = forms.CharField(label=_label(Communication, "how"), max_length=200, required=False)

    HELP = {
        "parents": gettext_lazy("A few sentences: what is new, and what it means at home."),
        "pupils": gettext_lazy(
            "In words that a child of ten reads. It stands on the public page too, as the pupils’ version."
        ),
        "staff": gettext_lazy("What it means for those who work here, and from when."),
    }

    def __init__(self, *args, audience, **kwargs):
        super().__init__(*args, initial={"sends": True}, **kwargs)
        self.fields["text"].help_text = self.HELP[audience]
        self.fields["sends"].help_text = _("Each gets one letter with these words. It cannot be called back.")
        if audience == Communication.Audience.PUPILS:
            self.fields["sends"].help_text = _(
                "Pupils from the age of 12 get one letter with these words. Say how the younger are told."
            )


class CorrectForm(NamelessForm):
    texts = ("text",)
    text = AudienceForm.base_fields["text"]
    corrects = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    @staticmethod
    def values_of(communication):
        return {"text": communication.text}

    def clean(self):
        said = super().clean()
        said.pop("corrects", None)
        return said


class OwnerForm(SeenForm):
    owner = forms.ModelChoiceField(Person.objects.none(), label=_label(ImplementationStep, "owner"))

    def __init__(self, *args, owners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners
        self.fields["owner"].empty_label = _("Choose")
        self.fields["owner"].label_from_instance = lambda person: person.full_name

    @staticmethod
    def values_of(step):
        return {"owner": step.owner_id}


class StepForm(OwnerForm):
    what = forms.CharField(label=_label(ImplementationStep, "what"), max_length=200)
    due_on = forms.DateField(label=_label(ImplementationStep, "due_on"), widget=forms.DateInput)

    field_order = ("what", "owner", "due_on")

    def clean_due_on(self):
        day, today = self.cleaned_data["due_on"], timezone.localdate()
        if not today <= day <= today + MOST_AHEAD:
            raise forms.ValidationError(_("Choose a day to come, within three years."))
        return day


class FinishForm(forms.Form):
    evidence = forms.CharField(
        label=_label(ImplementationStep, "evidence"),
        max_length=300,
        help_text=gettext_lazy("For example where the new routine stands. No names of children or families."),
    )
