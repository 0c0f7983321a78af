"""The shape of what is done every year. Nothing here saves."""

from django.utils.dates import MONTHS

from portal.speech import capital
from portal.text import forms
from principles.wheel.models import YearlyItem

ORDER = (*range(8, 13), *range(1, 8))


class YearlyItemForm(forms.Form):
    title = forms.CharField(label=YearlyItem._meta.get_field("title").verbose_name, max_length=100)
    month = forms.TypedChoiceField(label=YearlyItem._meta.get_field("month").verbose_name, coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(number, capital(str(MONTHS[number]))) for number in ORDER]
