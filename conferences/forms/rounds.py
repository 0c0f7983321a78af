"""The shape of what leaders write about a round and their school. Nothing here saves."""

from datetime import datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from conferences.forms.fields import FURTHEST
from conferences.models import ConferenceRound, ConferenceSetting
from conferences.models.rounds import UNTIL_INVITED
from conferences.queries.settings import plan_label_of
from portal.clauses import points_to_choose
from portal.numbers import WholeNumberField
from portal.people.models import SchoolClass
from portal.people.overtaken import SeenForm
from portal.text import forms

OPENS, CLOSES = time(8), time(20)
NO_CLASSES = SchoolClass.objects.none()


def label_of(model, name):
    return model._meta.get_field(name).verbose_name


def number(model, name, low, high, affix, **kwargs):
    widget = forms.NumberInput(attrs={"class": "sb-short", "inputmode": "numeric", "data-affix": affix})
    return WholeNumberField(label=label_of(model, name), min_value=low, max_value=high, widget=widget, **kwargs)


def call_it(fields, label):
    fields["plan_days"].label = _("%(label)s: days before the talk") % {"label": label}
    if "plans_on" in fields:
        fields["plans_on"].label = _("%(label)s: out by") % {"label": label}


class SettingForm(SeenForm):
    use_required_attribute = False

    minutes = number(ConferenceSetting, "minutes", 5, 120, _("minutes"))
    gap_minutes = number(ConferenceSetting, "gap_minutes", 0, 60, _("minutes"))
    notice_days = number(
        ConferenceSetting, "notice_days", 0, 90, _("days"), help_text=_("As your principle for cooperation says.")
    )
    plan_days = number(ConferenceSetting, "plan_days", 0, 60, _("days"))
    talks_a_year = number(ConferenceSetting, "talks_a_year", 1, 10, _("talks"))
    plan_label = forms.CharField(
        label=label_of(ConferenceSetting, "plan_label"),
        max_length=60,
        required=False,
        help_text=_(
            "What families read before the talk. Leave it empty, and we call it what is usual in your country."
        ),
    )
    separate_talks = forms.BooleanField(
        label=label_of(ConferenceSetting, "separate_talks"),
        required=False,
        help_text=_("One talk together is what we suggest first."),
    )

    def __init__(self, *args, label, **kwargs):
        super().__init__(*args, **kwargs)
        call_it(self.fields, label)

    @classmethod
    def values_of(cls, setting):
        return {name: getattr(setting, name) for name in cls.base_fields}


class RoomForm(forms.Form):
    name = forms.CharField(label=_("Name of the room"), max_length=60)

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())


class ClassesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, school_class):
        return school_class.name


class RoundForm(SeenForm):
    """Moments are read and shown by the clock at the school."""

    use_required_attribute = False
    MAIN = ("title", "classes", "invite_on", "opens_at", "closes_at", "plans_on", "minutes", "gap_minutes")
    MOMENTS = ("opens_at", "closes_at", "early_opens_at", "wishes_by")

    title = forms.CharField(label=label_of(ConferenceRound, "title"), max_length=120)
    classes = ClassesField(NO_CLASSES, label=label_of(ConferenceRound, "classes"))
    invite_on = forms.DateField(
        label=label_of(ConferenceRound, "invite_on"),
        widget=forms.DateInput,
        help_text=_("All of them on the same day."),
    )
    opens_at = forms.DateTimeField(label=label_of(ConferenceRound, "opens_at"), widget=forms.DateTimeInput)
    closes_at = forms.DateTimeField(label=label_of(ConferenceRound, "closes_at"), widget=forms.DateTimeInput)
    plans_on = forms.DateField(label=label_of(ConferenceRound, "plans_on"), widget=forms.DateInput)
    minutes = number(ConferenceRound, "minutes", 5, 120, _("minutes"))
    gap_minutes = number(ConferenceRound, "gap_minutes", 0, 60, _("minutes"))
    principle = forms.CharField(label=label_of(ConferenceRound, "principle"), max_length=200, required=False)
    lineage = forms.TypedChoiceField(
        label=label_of(ConferenceRound, "lineage"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Families read the point where they choose a time, as long as it is in force."),
    )
    notice_days = number(ConferenceRound, "notice_days", 0, 90, _("days"))
    plan_days = number(ConferenceRound, "plan_days", 0, 60, _("days"))
    wishes_by = forms.DateTimeField(
        label=label_of(ConferenceRound, "wishes_by"),
        widget=forms.DateTimeInput,
        required=False,
        help_text=_("Leave it empty if you do not ask."),
    )
    early_opens_at = forms.DateTimeField(
        label=label_of(ConferenceRound, "early_opens_at"),
        widget=forms.DateTimeInput,
        required=False,
        help_text=_("Leave it empty, and everyone begins at the same time."),
    )
    lead_hours = number(ConferenceRound, "lead_hours", 0, 336, _("hours"))
    change_hours = number(ConferenceRound, "change_hours", 0, 336, _("hours"))

    def __init__(self, *args, school, classes, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school
        self.fields["classes"].queryset = classes
        self.fields["lineage"].choices = points_to_choose(school)
        call_it(self.fields, plan_label_of(school))

    @classmethod
    def values_from(cls, setting, school):
        invited = school.today() + UNTIL_INVITED
        first = invited + timedelta(days=setting.notice_days)
        names = ("minutes", "gap_minutes", "notice_days", "plan_days")
        return {name: getattr(setting, name) for name in names} | {
            "invite_on": invited,
            "opens_at": datetime.combine(invited, OPENS),
            "closes_at": datetime.combine(max(first - timedelta(days=3), invited + timedelta(days=1)), CLOSES),
            "plans_on": max(first - timedelta(days=setting.plan_days), invited),
            "lead_hours": 24,
            "change_hours": 24,
        }

    @classmethod
    def values_of(cls, round):
        zone = round.school.zone
        values = {name: getattr(round, name) for name in cls.base_fields if name != "classes"}
        for name in cls.MOMENTS:
            values[name] = values[name] and values[name].astimezone(zone).replace(tzinfo=None)
        return values | {"classes": [one.pk for one in round.classes.all()]}

    @property
    def main(self):
        return [self[name] for name in self.MAIN]

    @property
    def more(self):
        return [self[name] for name in self.fields if name not in self.MAIN]

    @property
    def more_is_wrong(self):
        return any(field.errors for field in self.more)

    def clean(self):
        said = super().clean()
        for name in self.MOMENTS:
            if said.get(name):
                said[name] = said[name].replace(tzinfo=self.school.zone)
        self._in_order(said)
        return said

    def _in_order(self, said):
        opens, closes, early = (said.get(name) for name in ("opens_at", "closes_at", "early_opens_at"))
        if closes and closes <= datetime.now(self.school.zone):
            self.add_error("closes_at", _("Choose a day that has not passed."))
        elif opens and closes and closes <= opens:
            self.add_error("closes_at", _("Booking must close after it opens."))
        if early and opens and early > opens:
            self.add_error("early_opens_at", _("Those who cannot choose their hours must be let in first, not last."))
        furthest = self.school.today() + FURTHEST
        for name in ("invite_on", "plans_on", *self.MOMENTS):
            day = said.get(name)
            day = day.date() if isinstance(day, datetime) else day
            if day and day > furthest:
                self.add_error(name, _("Choose a day within the next two years."))


class PublishForm(forms.Form):
    late_reason = forms.CharField(
        label=label_of(ConferenceRound, "late_reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The board reads it. Do not write about single persons."),
    )

    def __init__(self, *args, is_late, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["late_reason"].required = is_late
        if not is_late:
            self.fields["late_reason"].widget = forms.HiddenInput()


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone who was called reads this. Do not write about single persons."),
    )


class EmptyForm(forms.Form):
    """For a page that is one button: carries the refusal."""
