"""The shape of what organisers write in the programme, and of what an adult presses there. Nothing here saves."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.forms import label_of
from networks.models import Activity
from portal.numbers import WholeNumberField
from portal.people.models import Person
from portal.people.overtaken import SeenForm
from portal.text import forms

USUAL = 15  # minutes


class AdultField(forms.ModelChoiceField):
    def label_from_instance(self, adult):
        return adult.full_name


class ActivityForm(SeenForm):
    title = forms.CharField(label=label_of(Activity, "title"), max_length=80)
    minutes = WholeNumberField(
        label=label_of(Activity, "minutes"), min_value=1, max_value=Activity.LONGEST, initial=USUAL
    )
    led_by = AdultField(
        Person.objects.none(),
        label=label_of(Activity, "led_by"),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
        help_text=gettext_lazy(
            "Those who organise it and those who have said yes. They are asked, and can say no. When they say yes, "
            "the families read their first name."
        ),
    )
    leader = forms.CharField(
        label=label_of(Activity, "leader"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("For example the teacher. The families read it, so do not write names."),
    )
    note = forms.CharField(
        label=label_of(Activity, "note"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The organisers and whoever leads it read this."),
    )

    def __init__(self, *args, adults, leads=None, **kwargs):
        """Whoever `leads` it and is not among the adults offered goes on leading until somebody else is chosen: nobody
        is shown who it is."""
        super().__init__(*args, **kwargs)
        self.led_by = None if leads in adults else leads
        self.fields["led_by"].queryset = Person.objects.filter(pk__in=[adult.pk for adult in adults]).in_name_order()

    @staticmethod
    def values_of(activity):
        return {name: getattr(activity, name) for name in ("title", "minutes", "led_by", "leader", "note")}

    def clean(self):
        said = super().clean()
        if said.get("led_by") and said.get("leader"):
            self.add_error("leader", _("Choose an adult, or write who it is. Not both."))
        if self.led_by and not said.get("led_by") and not said.get("leader"):
            said["led_by"] = self.led_by
        return said


class LeadForm(forms.Form):
    """What a reader of the programme says yes or no to leading."""

    def __init__(self, *args, gathering, person, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("lead", "leave"):
            self.fields[name] = forms.ModelChoiceField(gathering.activities.filter(led_by=person), required=False)
