"""The shape of what teachers write about their times. Nothing here saves."""

from datetime import timedelta

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from conferences.forms.fields import FURTHEST
from conferences.models import ConferenceSlot, Room
from conferences.queries.slots import Hours
from portal.numbers import WholeNumberField
from portal.people.models import Person
from portal.text import forms

MOST_DAYS = timedelta(days=61)
WORKDAYS = [0, 1, 2, 3, 4]


def in_minutes(label, low, high, **kwargs):
    widget = forms.NumberInput(attrs={"class": "sb-short", "inputmode": "numeric", "data-affix": _("minutes")})
    return WholeNumberField(label=label, min_value=low, max_value=high, widget=widget, **kwargs)


def ahead(day, school):
    if day < school.today():
        raise forms.ValidationError(_("Choose a day that has not passed."))
    if day > school.today() + FURTHEST:
        raise forms.ValidationError(_("Choose a day within the next two years."))
    return day


class TimesForm(forms.Form):
    """The same hours on one day or several. Without an end it is a single time."""

    use_required_attribute = False

    day = forms.DateField(label=_("Which day?"), widget=forms.DateInput)
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Only if you have the same hours on several days."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which weekdays?"),
        choices=[(number, str(name)) for number, name in WEEKDAYS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput)
    ends = forms.TimeField(
        label=_("To"),
        required=False,
        widget=forms.TimeInput,
        help_text=_("Leave it empty to add one single time."),
    )
    minutes = in_minutes(_("Minutes for each talk"), 5, 120)
    gap = in_minutes(_("Minutes between two talks"), 0, 60)
    break_after = WholeNumberField(
        label=_("A break after how many talks?"),
        min_value=0,
        max_value=20,
        required=False,
        widget=forms.NumberInput(attrs={"class": "sb-short", "inputmode": "numeric", "data-affix": _("talks")}),
        help_text=_("Leave it empty for no break."),
    )
    break_minutes = in_minutes(_("How long is the break?"), 0, 180, required=False)
    room = forms.ModelChoiceField(Room.objects.none(), label=_("Where?"), empty_label=_("No room yet"), required=False)
    video_url = forms.URLField(
        label=ConferenceSlot._meta.get_field("video_url").verbose_name.capitalize(),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("Families can always ask for a talk by phone."),
    )

    def __init__(self, *args, school, rooms, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school
        self.fields["room"].queryset = rooms
        self.fields["weekdays"].choices = [(number, name.capitalize()) for number, name in _weekdays()]

    @classmethod
    def values_from(cls, round):
        return {
            "minutes": round.minutes,
            "gap": round.gap_minutes,
            "starts": "15:00",
            "weekdays": WORKDAYS,
            "break_minutes": 15,
        }

    def clean_day(self):
        return ahead(self.cleaned_data["day"], self.school)

    def clean(self):
        said = super().clean()
        day, last = said.get("day"), said.get("last_day")
        if day and last and last < day:
            self.add_error("last_day", _("The last day must come after the first."))
        elif day and last and last - day > MOST_DAYS:
            self.add_error("last_day", _("Choose at most two months at a time."))
        starts, ends = said.get("starts"), said.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end must come after the start."))
        if not self.errors:
            said["hours"] = self._hours(said)
            if not said["hours"].days:
                self.add_error("weekdays", _("None of these weekdays lies between the two days."))
        return said

    def _hours(self, said):
        starts, ends, length = said["starts"], said["ends"], said["minutes"]
        from_midnight = starts.hour * 60 + starts.minute + length
        if ends is None:  # one single time, also the last of the day
            ends = starts.replace(hour=min(from_midnight // 60, 23), minute=from_midnight % 60)
        return Hours(
            days=tuple(_days(said["day"], said["last_day"], said["weekdays"])),
            starts=starts,
            ends=ends,
            minutes=length,
            gap=said["gap"],
            break_after=said["break_after"] or 0,
            break_minutes=said["break_minutes"] or 0,
        )


def _weekdays():
    return [(number, str(name)) for number, name in WEEKDAYS.items()]


def _days(first, last, weekdays):
    if last is None or last == first:
        return [first]
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [day for day in every if not weekdays or day.weekday() in weekdays]


class BlockForm(forms.Form):
    blocked = forms.BooleanField(required=False)


class IllForm(forms.Form):
    use_required_attribute = False

    teacher = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who cannot come?"), to_field_name="key", empty_label=_("Choose")
    )
    day = forms.DateField(label=_("Which day?"), widget=forms.DateInput)

    def __init__(self, *args, school, teachers, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school
        self.fields["teacher"].queryset = teachers
        self.fields["teacher"].label_from_instance = lambda person: person.full_name

    def clean_day(self):
        return ahead(self.cleaned_data["day"], self.school)


class MoveForm(forms.Form):
    new_day = forms.DateField(
        label=_("New day"),
        required=False,
        widget=forms.DateInput,
        help_text=_(
            "Each family is offered the same hour on this day, kept for them until they answer. Leave it empty, and they"
            " choose among the other times."
        ),
    )
    because = forms.CharField(
        label=_("A word to the families"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("We already say that we are sorry. Do not write about illness."),
    )

    def __init__(self, *args, school, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.school, self.day = school, day

    def clean_new_day(self):
        new_day = self.cleaned_data["new_day"]
        if new_day == self.day:
            raise forms.ValidationError(_("Choose another day than the one that falls away."))
        return new_day and ahead(new_day, self.school)
