"""What is written on the day of the talks, and for those without a time. Nothing here saves."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from conferences.forms.slots import ahead
from conferences.models import Booking, Conference, ExtraRequest, InterpreterRequest, Participant
from portal.numbers import WholeNumberField
from portal.people.languages import language_name, languages
from portal.people.models import Person
from portal.people.overtaken import SeenForm
from portal.text import forms

MINUTES_LATE = [(5, "5"), (10, "10"), (15, "15"), (20, "20")]
ROWS = (1, 2, 3)


class LateForm(forms.Form):
    minutes = forms.TypedChoiceField(choices=MINUTES_LATE, coerce=int, initial=10)


class ButtonElsewhere(forms.HiddenInput):
    """The value of a button elsewhere on the page. Saving again after a refusal does not press it again."""

    def format_value(self, value):
        return None


class AttendanceForm(SeenForm):
    came = forms.TypedMultipleChoiceField(
        label=_("Or tick those who were there"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    guests = forms.TypedMultipleChoiceField(
        label=_("Who else was there?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    by_phone = forms.BooleanField(label=_("We talked by phone or video"), required=False)
    nobody = forms.BooleanField(required=False, widget=ButtonElsewhere)
    everyone = forms.BooleanField(required=False, widget=ButtonElsewhere)

    def __init__(self, *args, expected, guests, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [(person.pk, person.full_name) for person in expected]
        self.fields["came"].depends = True
        self.fields["guests"].choices = [(guest.pk, guest.name or str(guest.person)) for guest in guests]
        if not guests:
            del self.fields["guests"]

    def clean(self):
        """That nobody came has a button of its own, so that a forgotten tick never becomes an absence."""
        given = super().clean()
        if given.get("nobody"):
            return {"came": [], "guests": [], "by_phone": False}
        if given.get("everyone"):
            everybody = [key for key, _name in self.fields["came"].choices]
            return {"came": everybody, "guests": [], "by_phone": self.initial["by_phone"]}
        if not given.get("came") and not self.errors:
            self.add_error("came", _("Tick who came. When nobody came, use the button for that."))
        return {name: given.get(name) for name in ("came", "by_phone")} | {"guests": given.get("guests", [])}


class WantedForm(SeenForm):
    wanted = forms.ChoiceField(
        label=_("Is a talk needed this time?"), choices=Conference.Wanted, widget=forms.RadioSelect
    )
    wanted_note = forms.CharField(
        label=_("A word to the family"),
        help_text=_("The family reads this. Write nothing that others should not see."),
        max_length=300,
        required=False,
    )

    @classmethod
    def values_of(cls, conference):
        return {name: getattr(conference, name) for name in cls.base_fields}

    def clean(self):
        given = super().clean()
        return {"wanted": given.get("wanted"), "note": given.get("wanted_note", "")}


class OfferForm(forms.Form):
    """Up to three times, read as local time at the school."""

    use_required_attribute = False

    def __init__(self, *args, school, suggested=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school
        moments = [moment.astimezone(school.zone) for moment in suggested]
        for row in ROWS:
            first = moments[row - 1] if row <= len(moments) else None
            self.fields[f"day_{row}"] = forms.DateField(
                label=_("Day"), required=row == 1, widget=forms.DateInput, initial=first and first.date()
            )
            self.fields[f"time_{row}"] = forms.TimeField(
                label=_("From"), required=row == 1, widget=forms.TimeInput, initial=first and first.time()
            )

    @property
    def rows(self):
        return [(row, self[f"day_{row}"], self[f"time_{row}"]) for row in ROWS]

    def clean(self):
        given, times = super().clean(), []
        for row in ROWS:
            day, at = given.pop(f"day_{row}", None), given.pop(f"time_{row}", None)
            if bool(day) != bool(at):
                self.add_error(f"time_{row}" if day else f"day_{row}", _("Write both the day and the time."))
            elif day and self._is_ahead(row, day):
                times.append(datetime.combine(day, at, tzinfo=self.school.zone))
        return {**given, "times": times}

    def _is_ahead(self, row, day):
        try:
            return bool(ahead(day, self.school))
        except forms.ValidationError as error:
            self.add_error(f"day_{row}", error)
            return False


class ParticipantForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Who takes part?"),
        choices=[
            (kind.value, kind.label)
            for kind in (Participant.Kind.TEACHER, Participant.Kind.SUPPORT, Participant.Kind.INTERPRETER)
        ],
        widget=forms.RadioSelect,
    )
    teacher = forms.ModelChoiceField(Person.objects.none(), label=_("Which teacher?"), required=False)
    name = forms.CharField(
        label=_("Name"),
        help_text=_("Of somebody who is not a teacher here. Children never interpret."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args, teachers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["teacher"].queryset = teachers

    def clean(self):
        given = super().clean()
        if given.get("kind") == Participant.Kind.TEACHER:
            given["name"] = ""
            if not given.get("teacher") and not self.errors:
                self.add_error("teacher", _("Choose the teacher."))
        else:
            given["teacher"] = None
            if not given.get("name") and not self.errors:
                self.add_error("name", _("Write the name."))
        return given


class BehalfForm(forms.Form):
    slot = forms.ChoiceField(widget=forms.HiddenInput)
    mode = forms.ChoiceField(
        label=_("How do you talk?"), choices=Booking.Mode, initial=Booking.Mode.SCHOOL, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Interpreter"), required=False)

    def __init__(self, *args, times=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.times = {str(one.slot.pk): one.slot for one in times.free} if times else {}
        self.fields["slot"].choices = [(key, key) for key in self.times]
        self.fields["slot"].error_messages["invalid_choice"] = _(
            "Somebody else has just taken this time. Choose another one."
        )
        own = self.initial.get("language", "")
        others = [(code, name) for code, name in languages() if code != own]
        self.fields["language"].choices = [
            ("", _("No interpreter")),
            *([(own, language_name(own))] if own else []),
            *others,
        ]

    def clean_slot(self):
        return self.times[self.cleaned_data["slot"]]


class StateForm(forms.Form):
    state = forms.ChoiceField(choices=InterpreterRequest.State)


class ExtraForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is it about?"), choices=ExtraRequest.Reason.asked, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("A few words"),
        help_text=_("Write nothing about health, diagnoses or other children. You can say that in the talk."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    noticed_on = forms.DateField(label=_("When was it noticed?"), required=False, widget=forms.DateInput)
    urgent = forms.BooleanField(label=_("It cannot wait for more than a few days"), required=False)

    def __init__(self, *args, is_home, **kwargs):
        super().__init__(*args, **kwargs)
        if is_home:
            del self.fields["noticed_on"]


class ScheduleForm(OfferForm):
    teacher = forms.ModelChoiceField(Person.objects.none(), label=_("Who holds the talk?"), empty_label=None)
    minutes = WholeNumberField(label=_("Minutes"), min_value=5, max_value=120, initial=20)
    agreed = forms.BooleanField(
        label=_("The family has agreed to the first time"),
        help_text=_("Then it is booked at once. Otherwise the family chooses among the times."),
        required=False,
    )

    def __init__(self, *args, teachers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["teacher"].queryset = teachers


class CloseForm(forms.Form):
    because = forms.CharField(
        label=_("Why is no talk needed?"),
        help_text=_("The one who asked reads this."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PromptForm(forms.Form):
    asks = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, pupils, **kwargs):
        super().__init__(*args, **kwargs)
        self.pupils = pupils
        self.fields["asks"].choices = [(pupil.pk, pupil.full_name) for pupil in pupils]
        for pupil in pupils:
            self.fields[f"reason_{pupil.pk}"] = forms.ChoiceField(
                label=_("What is it about?"),
                choices=ExtraRequest.Reason.asked,
                required=False,
            )

    @property
    def rows(self):
        return [(pupil, self[f"reason_{pupil.pk}"]) for pupil in self.pupils]

    def clean(self):
        given = super().clean()
        chosen = given.get("asks", [])
        return {"asks": {pk: given.get(f"reason_{pk}") or ExtraRequest.Reason.LEARNING.value for pk in chosen}}
