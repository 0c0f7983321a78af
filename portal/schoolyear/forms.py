"""The shape of what a school plans and says of itself. Nothing here saves."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.numbers import WholeNumberField
from portal.people.models import SchoolClass
from portal.people.overtaken import SeenForm
from portal.schoolyear.limits import FURTHEST, LONGEST, LONGEST_NAME
from portal.schoolyear.models import HAS_PASSED, Holiday, SchoolEvent, SchoolSetting
from portal.schoolyear.reading import LARGEST, Unreadable, read_apart
from portal.speech import day
from portal.text import forms, one_line

NO_CLASSES = SchoolClass.objects.none()


def label_of(model, name):
    return model._meta.get_field(name).verbose_name


class ClassesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, school_class):
        return school_class.name if school_class.is_of_today else f"{school_class.name} ({school_class.year})"


class EventForm(SeenForm):
    """People give a day and hours; the action gets moments in the school's time zone. `classes` are those to choose
    among, and only `may_ask_all` is asked whether it is for the whole school."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=label_of(SchoolEvent, "kind"), choices=SchoolEvent.Kind, widget=forms.RadioSelect, initial="meeting"
    )
    title = forms.CharField(label=label_of(SchoolEvent, "title"), max_length=120)
    whole_school = forms.BooleanField(label=label_of(SchoolEvent, "whole_school"), required=False)
    classes = ClassesField(NO_CLASSES, label=label_of(SchoolEvent, "classes"), required=False)
    day = forms.DateField(label=_("Which day?"), widget=forms.DateInput)
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput)
    ends = forms.TimeField(
        label=_("To"), widget=forms.TimeInput, help_text=_("A time before the start means the day after.")
    )
    place = forms.CharField(label=label_of(SchoolEvent, "place"), max_length=200)
    details = forms.CharField(
        label=label_of(SchoolEvent, "details"),
        max_length=2000,
        required=False,
        help_text=_("Do not write the names of children."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args, school, classes, may_ask_all, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school
        self.fields["classes"].queryset = classes
        self.fields["classes"].depends = True  # on whether it is for the whole school
        if not may_ask_all:
            del self.fields["whole_school"]

    @classmethod
    def values_of(cls, event):
        zone = event.school.zone
        starts, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
        return {
            **{name: getattr(event, name) for name in ("kind", "title", "place", "details", "whole_school")},
            "classes": [one.pk for one in event.classes.all()],
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
        }

    def clean_day(self):
        on, today = self.cleaned_data["day"], self.school.today()
        if on < today:
            raise forms.ValidationError(_("Choose a day that has not passed."))
        if on > today + FURTHEST:
            raise forms.ValidationError(_("Choose a day within the next two years."))
        return on

    def clean(self):
        said = super().clean()
        if not said.get("whole_school") and "classes" in said and not said["classes"]:
            self.add_error("classes", _("Choose the classes it is for."))
        if {"day", "starts", "ends"} <= said.keys():
            on, starts, ends = said.pop("day"), said.pop("starts"), said.pop("ends")
            over = on if ends > starts else on + timedelta(days=1)
            said["starts_at"] = datetime.combine(on, starts, tzinfo=self.school.zone)
            said["ends_at"] = datetime.combine(over, ends, tzinfo=self.school.zone)
            if starts == ends:
                self.add_error("ends", _("It must end after it starts."))
            elif said["ends_at"] <= timezone.now():
                self.add_error("ends", HAS_PASSED)
        return said


class CallOffForm(forms.Form):
    because = forms.CharField(
        label=_("Why?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All who have it in their calendar can read this. Do not write about single families."),
    )


class TermsForm(SeenForm):
    use_required_attribute = False

    autumn_from = forms.DateField(label=_("The autumn begins"), widget=forms.DateInput)
    autumn_to = forms.DateField(label=_("The autumn ends"), widget=forms.DateInput)
    spring_from = forms.DateField(label=_("The spring begins"), widget=forms.DateInput)
    spring_to = forms.DateField(label=_("The spring ends"), widget=forms.DateInput)

    @staticmethod
    def values_of(year):
        terms = {term.season: term for term in year.terms.all()}
        said = {"autumn_from": None, "autumn_to": None, "spring_from": None, "spring_to": None}
        for season, term in terms.items():
            said |= {f"{season}_from": term.starts_on, f"{season}_to": term.ends_on}
        return said


class PromisesForm(SeenForm):
    use_required_attribute = False

    answer_days = WholeNumberField(
        label=label_of(SchoolSetting, "answer_days"),
        min_value=1,
        max_value=SchoolSetting.LONGEST_ANSWER,
        required=False,
        help_text=_("Leave it empty, and families read no promise."),
        widget=forms.NumberInput(attrs={"class": "sb-short", "inputmode": "numeric", "data-affix": _("days")}),
    )
    after_school_care = forms.TypedChoiceField(
        label=label_of(SchoolSetting, "after_school_care"),
        choices=[("", _("Not said")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    @staticmethod
    def values_of(setting):
        said = {True: "yes", False: "no", None: ""}
        return {"answer_days": setting.answer_days, "after_school_care": said[setting.after_school_care]}


class HolidayForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(label=label_of(Holiday, "name"), max_length=LONGEST_NAME)
    starts_on = forms.DateField(label=label_of(Holiday, "starts_on"), widget=forms.DateInput)
    ends_on = forms.DateField(
        label=label_of(Holiday, "ends_on"),
        widget=forms.DateInput,
        required=False,
        help_text=_("Leave it empty for a single day."),
    )

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school

    def clean_starts_on(self):
        first, today = self.cleaned_data["starts_on"], self.school.today()
        if not today - FURTHEST < first < today + FURTHEST:
            raise forms.ValidationError(_("Choose a day within two years from now."))
        return first

    def clean(self):
        said = super().clean()
        first, last = said.get("starts_on"), said.get("ends_on") or said.get("starts_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day off is before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("ends_on", _("A holiday lasts for at most 100 days."))
        return {"days": [(first, last, said.get("name"))]}


class HolidayFileForm(forms.Form):
    """Reads the file, apart, and keeps what it says in `found`; nothing of the file is kept."""

    file = forms.FileField(
        label=_("The calendar file"),
        help_text=_("A file whose name ends in .ics. Nothing is saved before you have seen what is in it."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        allow_empty_file=True,
    )

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 1 MB. Save only the holidays of the school in it."))
        try:
            return read_apart(file.read(LARGEST), self.school.today(), self.school.time_zone)
        except Unreadable as reason:
            raise forms.ValidationError(str(reason)) from reason


class ChosenDaysForm(forms.Form):
    """What was read from a file, to leave some of it out. Each choice carries its days and its name along."""

    days = forms.MultipleChoiceField(label=_("When is the school closed?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, offered=(), **kwargs):
        super().__init__(*args, **kwargs)
        offered = list(offered) or [one for value in self._sent() if (one := _days_in(value))]
        self.fields["days"].choices = [(_carried(*one), _as_said(*one)) for one in offered]
        self.initial["days"] = [_carried(*one) for one in offered]

    def _sent(self):
        return self.data.getlist("days") if self.is_bound else []

    def clean_days(self):
        return [_days_in(value) for value in self.cleaned_data["days"]]


def _carried(first, last, name):
    return f"{first.isoformat()} {last.isoformat()} {name}"


def _days_in(value):
    """(first, last, name), or None for what no page of ours has sent."""
    first, _space, rest = value.partition(" ")
    last, _space, name = rest.partition(" ")
    name = one_line(name).strip()
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    return (*days, name) if name and len(name) <= LONGEST_NAME and "\0" not in name else None


def _as_said(first, last, name):
    return f"{name}: {day(first)}" if first == last else f"{name}: {day(first)} – {day(last)}"
