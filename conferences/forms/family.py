"""The shape of what a family says about its talks. Nothing here saves."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from conferences.models import Booking, TimeRequest, TimeWish
from portal.paths import key_in
from portal.people.languages import LANGUAGES, interpreter_choices
from portal.people.overtaken import SeenForm
from portal.text import forms

MOST_AT_ONCE = 8


def tapped(query):
    """{talk: slot} of the times in an address ("12-340"). Anything else is ignored."""
    pairs = (text.partition("-") for text in query.getlist("time")[:MOST_AT_ONCE])
    found = {key_in(talk): key_in(slot) for talk, _dash, slot in pairs}
    return {talk: slot for talk, slot in found.items() if talk and slot}


def pressed(data):
    """[(talk, slot)] to book; empty if anything in it is not a key."""
    talks, slots = data.getlist("conference")[:MOST_AT_ONCE], data.getlist("slot")[:MOST_AT_ONCE]
    pairs = [(key_in(talk), key_in(slot)) for talk, slot in zip(talks, slots, strict=False)]
    return pairs if len(talks) == len(slots) and all(talk and slot for talk, slot in pairs) else []


def interpreter_in(data, missing):
    """The language; "" for no interpreter; None, for what the home needs, if the value is no language."""
    said = data.get("interpreter", missing)
    return "" if said == "no" else said if said in dict(LANGUAGES) else None


class ArrangeForm(SeenForm):
    """Only fields that were changed are saved."""

    use_required_attribute = False

    mode = forms.ChoiceField(
        label=_("How do you want to talk?"), choices=Booking.Mode, widget=forms.RadioSelect, required=False
    )
    language = forms.ChoiceField(
        label=_("Do you need an interpreter?"),
        required=False,
        help_text=_(
            "For this talk alone. The school orders and pays. The talk takes twice as long. Children never interpret."
        ),
    )
    note = forms.CharField(
        label=Booking._meta.get_field("note").verbose_name,
        max_length=300,
        required=False,
        help_text=_("The teacher reads it, and everyone who takes part in the talk."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, home_language="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = interpreter_choices(home_language)

    @staticmethod
    def values_of(page):
        booking = page.booking
        return {"mode": booking.mode, "note": booking.note, "language": page.interpreter} if booking else {}

    def replaces(self, name, now):
        return name in self.changed_data and super().replaces(name, now)

    def clean_mode(self):
        return self.cleaned_data["mode"] or None


class TimeRequestForm(SeenForm):
    use_required_attribute = False

    text = forms.CharField(
        label=TimeRequest._meta.get_field("text").verbose_name,
        max_length=500,
        required=False,
        help_text=_("For example: after 17 on Tuesdays, or a morning before work. You do not need to say why."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    call_me = forms.BooleanField(label=TimeRequest._meta.get_field("call_me").verbose_name, required=False)
    text.depends = call_me.depends = True  # one of the two is needed

    @staticmethod
    def values_of(said):
        return {"text": said.text if said else "", "call_me": bool(said and said.call_me)}

    def clean(self):
        said = super().clean()
        if not said.get("text") and not said.get("call_me") and "text" not in self.errors:
            self.add_error("text", _("Write when you can come, or ask for a call."))
        return said


class WishForm(SeenForm):
    use_required_attribute = False

    times = forms.MultipleChoiceField(label=_("When can you come?"), required=False)
    phone_or_video = forms.BooleanField(label=TimeWish._meta.get_field("phone_or_video").verbose_name, required=False)
    cannot_move = forms.BooleanField(
        label=TimeWish._meta.get_field("cannot_move").verbose_name,
        required=False,
        help_text=_("You may be able to book before the others."),
    )
    note = forms.CharField(
        label=TimeWish._meta.get_field("note").verbose_name,
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.days = days
        parts = TimeWish.Part
        self.fields["times"].choices = [(TimeWish.word(day, part), part.label) for day in days for part in parts]

    @staticmethod
    def values_of(wish):
        names = ("times", "phone_or_video", "cannot_move", "note")
        return {name: getattr(wish or TimeWish(), name) for name in names}

    def by_day(self):
        ticked = set(self["times"].value() or ())
        found = {}
        for value, words in self.fields["times"].choices:
            found.setdefault(date.fromisoformat(value[:10]), []).append((value, words, value in ticked))
        return list(found.items())
