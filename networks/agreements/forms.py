"""The shape of what the class contact writes about an agreement. Nothing here saves."""

from datetime import datetime, time, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from networks.models import SharedNormAgreement
from networks.names.forms import TypedNamesForm
from portal.people.overtaken import SeenForm
from portal.speech import capital
from portal.text import forms

EVENING = time(20)
YEAR = timedelta(days=365)
MOST = timedelta(days=731)


def label(name):
    return SharedNormAgreement._meta.get_field(name).verbose_name


class AgreementStartForm(forms.Form):
    closes_on = forms.DateField(
        label=_("Until which day can homes answer?"),
        widget=forms.DateInput,
        help_text=_("Two weeks are usual. Every home is reminded once, whether it has answered or not."),
    )

    def __init__(self, *args, school, **kwargs):
        self.school = school
        asked_until = school.today() + SharedNormAgreement.ASKED_FOR
        super().__init__(*args, initial={"closes_on": asked_until}, **kwargs)

    def clean_closes_on(self):
        day, today = self.cleaned_data["closes_on"], self.school.today()
        if not today < day <= today + SharedNormAgreement.ASKED_AT_MOST:
            raise forms.ValidationError(_("Choose a day from tomorrow on, within two months."))
        return day

    def clean(self):
        said = super().clean()
        if "closes_on" in said:
            said["closes_at"] = datetime.combine(said.pop("closes_on"), EVENING, tzinfo=self.school.zone)
        return said


class ReviewForm(SeenForm):
    review_on = forms.DateField(
        label=label("review_on"),
        widget=forms.DateInput,
        help_text=_("A year is usual. You get a reminder on that day."),
    )

    def __init__(self, *args, school, **kwargs):
        self.school = school
        super().__init__(*args, initial={"review_on": school.today() + YEAR}, **kwargs)

    @classmethod
    def values_of(cls, agreement):
        return {"review_on": agreement.review_on}

    def clean_review_on(self):
        day, today = self.cleaned_data["review_on"], self.school.today()
        if not today < day <= today + MOST:
            raise forms.ValidationError(_("Choose a day to come, within the next two years."))
        return day


class AdoptForm(TypedNamesForm):
    text = forms.CharField(
        label=label("text"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One rule on each line. It is for us as parents. Do not write names of children or families."),
    )
    meeting = forms.CharField(
        label=label("meeting"), max_length=120, help_text=_("For example the autumn meeting of 3B.")
    )
    adopted_on = forms.DateField(label=label("adopted_on"), widget=forms.DateInput)
    review_on = ReviewForm.base_fields["review_on"]
    clean_review_on = ReviewForm.clean_review_on
    read_by_all = ("text", "meeting")
    field_order = ("text", "meeting", "not_names")

    def __init__(self, *args, school, topic, **kwargs):
        self.school, self.days = school, []
        today = school.today()
        values = {"text": str(topic.text), "adopted_on": today, "review_on": today + YEAR}
        super().__init__(*args, initial=values, **kwargs)
        if topic.key == SharedNormAgreement.Topic.OUT:
            self._add_days()

    def _add_days(self):
        for number in range(SharedNormAgreement.WEEKDAYS):
            name = f"out_{number}"
            day = _("Home at the latest, %(day)s") % {"day": WEEKDAYS[number]}
            self.fields[name] = forms.TimeField(label=capital(day), widget=forms.TimeInput, required=False)
            self.days.append(name)

    def clean_adopted_on(self):
        day = self.cleaned_data["adopted_on"]
        if not self.school.today() - MOST < day <= self.school.today():
            raise forms.ValidationError(
                _("Choose the day on which the meeting was held: today, or a day that has passed.")
            )
        return day

    def clean(self):
        said = super().clean()
        said["out_until"] = [said.pop(name, None) for name in self.days]
        if not any(said["out_until"]):
            said["out_until"] = []
        return said
