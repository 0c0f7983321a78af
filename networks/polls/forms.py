"""The shape of what people write about a poll. Nothing here saves."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.forms import ANSWERED_BY, FURTHEST, GatheringForm, label_of
from networks.models import Between, FaithDay, Poll, PollAnswer, PollTime
from portal.people.overtaken import SeenForm
from portal.text import forms

ROWS = range(1, Poll.MOST + 1)
USUAL = time(17), time(19)
ASKED_FOR = timedelta(days=7)
NO_TIMES = PollTime.objects.none()


class TimeFields(NamedTuple):
    number: int
    day: object
    starts: object
    ends: object

    @property
    def has_error(self):
        return bool(self.day.errors or self.starts.errors or self.ends.errors)


class WithTimes:
    """Up to six times, of which those with a day count. People give days and hours; the action gets moments in the school's
    time zone."""

    def add_times(self):
        for number in ROWS:
            self.add_time(number)
        self.fields["closes_on"] = forms.DateField(
            label=label_of(Poll, "closes_at"),
            initial=self.school.today() + ASKED_FOR,
            widget=forms.DateInput,
            help_text=_("Until eight in the evening, and before the first of the times."),
        )
        self.fields["shown_to"] = forms.ChoiceField(
            label=label_of(Poll, "shown_to"),
            choices=Poll.ShownTo,
            initial=Poll.ShownTo.ORGANISERS,
            widget=forms.RadioSelect,
            help_text=_(
                "Only those who organise read what each home says. Answers that are seen early influence those who answer late."
            ),
        )

    def add_time(self, number):
        self.fields[f"day_{number}"] = forms.DateField(label=_("Which day?"), required=False, widget=forms.DateInput)
        for name, words, usual in zip(("from", "to"), (_("From"), _("To")), USUAL, strict=True):
            self.fields[f"{name}_{number}"] = forms.TimeField(
                label=words, required=False, widget=forms.TimeInput, initial=usual
            )

    @property
    def rows(self):
        return [TimeFields(number, *(self[f"{name}_{number}"] for name in ("day", "from", "to"))) for number in ROWS]

    @property
    def first_rows(self):
        return self.rows[:3]

    @property
    def further_rows(self):
        return self.rows[3:]

    @property
    def uses_further(self):
        return any(row.day.value() or row.has_error for row in self.further_rows)

    @property
    def rest(self):
        named = {field.name for row in self.rows for field in row[1:]}
        return [field for field in self.visible_fields() if field.name not in named]

    def clean(self):
        said = super().clean()
        times = [self._between(number, said) for number in ROWS if said.get(f"day_{number}")]
        for number in ROWS:
            for name in ("day", "from", "to"):
                said.pop(f"{name}_{number}", None)
        said["times"] = [one for one in times if one]
        if "closes_on" in said:
            said["closes_at"] = datetime.combine(said.pop("closes_on"), ANSWERED_BY, tzinfo=self.school.zone)
        if not self.errors and len(said["times"]) < Poll.FEWEST:
            self.add_error(f"day_{len(said['times']) + 1}", _("Choose two times at least."))
        return said

    def _between(self, number, said):
        """None where it cannot be, and the field says why. On the night when the clock changes, what counts is how long it
        really is."""
        day, starts, ends = (said.get(f"{name}_{number}") for name in ("day", "from", "to"))
        for name, value in (("from", starts), ("to", ends)):
            if value is None and f"{name}_{number}" not in self.errors:
                self.add_error(f"{name}_{number}", _("Write from when to when."))
        if starts is None or ends is None:
            return None
        if day > self.school.today() + FURTHEST:
            self.add_error(f"day_{number}", _("Choose a day within the next two years."))
            return None
        if day < self.school.today():  # also a day so early that it has no moment in UTC
            self.add_error(f"day_{number}", _("This time has passed. Choose a later one."))
            return None
        over = day if ends > starts else day + timedelta(days=1)
        moments = [
            datetime.combine(on, at, tzinfo=self.school.zone).astimezone(UTC)
            for on, at in ((day, starts), (over, ends))
        ]
        between = Between(*moments)
        if starts == ends or between.ends_at <= between.starts_at:
            self.add_error(f"to_{number}", _("It must end after it starts."))
        elif between.starts_at <= timezone.now():
            self.add_error(f"day_{number}", _("This time has passed. Choose a later one."))
        return between


class TimesForm(WithTimes, SeenForm):
    """For a draft that stands."""

    use_required_attribute = False

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school
        self.add_times()

    @classmethod
    def values_of(cls, gathering):
        """The times of its poll; of a draft that asks nobody yet, its own."""
        zone, poll = gathering.school_class.school.zone, getattr(gathering, "poll", None)
        times = list(poll.times.all()) if poll else [gathering]
        values = {"closes_on": poll.closes_at.astimezone(zone).date(), "shown_to": poll.shown_to} if poll else {}
        for number, one in enumerate(times, start=1):
            starts, ends = one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)
            values |= {f"day_{number}": starts.date(), f"from_{number}": starts.time(), f"to_{number}": ends.time()}
        return values


class PollForm(WithTimes, GatheringForm):
    """A gathering whose time is not known yet."""

    day = starts = ends = answer_by = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_times()
        times = [name for name in self.fields if name not in self.base_fields]
        self.order_fields(["idea", "title", "kind", "kit", "own_topic", *times])

    @classmethod
    def values_from(cls, idea):
        return {name: value for name, value in super().values_from(idea).items() if name not in ("starts", "ends")}


class OtherTimeForm(WithTimes, forms.Form):
    """One time, that nobody was asked about."""

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school
        self.add_time(1)
        self.fields["day_1"].required = True

    @property
    def only_row(self):
        return [TimeFields(1, *(self[f"{name}_1"] for name in ("day", "from", "to")))]

    def clean(self):
        said = forms.Form.clean(self)
        return {"between": self._between(1, said) if said.get("day_1") else None}


class HomeSuitsForm(forms.Form):
    """What one home says to each time. What is not chosen stays as it is, so nothing is chosen beforehand: it could be
    written over what the home has said meanwhile. What the home has said itself is not asked."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.times = {f"time_{row.time.pk}": row.time for row in rows}
        for row in rows:
            self.fields[f"time_{row.time.pk}"] = forms.ChoiceField(
                label=row.words,
                choices=[*PollAnswer.Suits.choices, (PollAnswer.OPEN, _("Not answered"))],
                required=False,
                widget=forms.RadioSelect,
                help_text=_("Written down now: %(answer)s") % {"answer": row.label} if row.label else "",
            )

    def clean(self):
        said = {self.times[name]: value for name, value in super().clean().items() if value}
        if not said and not self.errors:
            raise forms.ValidationError(_("Choose what they say to one time at least."))
        return {"said": said}


class SuitsForm(forms.Form):
    time = forms.ModelChoiceField(NO_TIMES)
    suits = forms.ChoiceField(choices=[*PollAnswer.Suits.choices, (PollAnswer.OPEN, PollAnswer.OPEN)])

    def __init__(self, *args, poll, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time"].queryset = PollTime.objects.filter(poll=poll)


class FixForm(forms.Form):
    time = forms.ModelChoiceField(NO_TIMES, label=_("Which time?"), widget=forms.RadioSelect, empty_label=None)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, poll, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time"].queryset = PollTime.objects.filter(poll=poll).select_related("poll__gathering")


class CallOffForm(forms.Form):
    because = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Every family reads this. Do not write about single families."),
    )


class FaithDayForm(forms.Form):
    day = forms.DateField(label=label_of(FaithDay, "day"), widget=forms.DateInput)
    name = forms.CharField(
        label=label_of(FaithDay, "name"),
        max_length=80,
        help_text=_("The name of the day alone. Beside a time it says: “Many celebrate … on this day”."),
    )
    tradition = forms.CharField(label=label_of(FaithDay, "tradition"), max_length=60)
    source = forms.CharField(
        label=label_of(FaithDay, "source"), max_length=200, help_text=_("For example a calendar, and the year of it.")
    )

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school

    def clean_day(self):
        day: date = self.cleaned_data["day"]
        if not self.school.today() <= day <= self.school.today() + 5 * FURTHEST:
            raise forms.ValidationError(_("Choose a day that is to come, within ten years."))
        return day
