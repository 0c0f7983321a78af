"""Until when parents and staff are asked. Nothing here saves."""

from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.text import forms

EVENING = time(20)
USUAL, MOST = timedelta(days=14), timedelta(days=60)


class YearlyForm(forms.Form):
    closes_on = forms.DateField(
        label=gettext_lazy("Until which day can they answer?"),
        widget=forms.DateInput,
        help_text=gettext_lazy("Two weeks are usual."),
    )

    def __init__(self, *args, school, **kwargs):
        self.school = school
        super().__init__(*args, initial={"closes_on": school.today() + USUAL}, **kwargs)

    def clean_closes_on(self):
        day, today = self.cleaned_data["closes_on"], self.school.today()
        if not today < day <= today + MOST:
            raise forms.ValidationError(_("Choose a day from tomorrow on, within two months."))
        return day

    def clean(self):
        said = super().clean()
        if "closes_on" in said:
            said["closes_at"] = datetime.combine(said.pop("closes_on"), EVENING, tzinfo=self.school.zone)
        return said
