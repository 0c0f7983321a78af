"""The form for one's choices about messages."""

from django.utils.translation import gettext_lazy as _

from portal.messaging.models import Preference
from portal.messaging.timing import is_quiet
from portal.people.overtaken import SeenForm
from portal.text import forms

AT_WORK = ("morning", "morning_at")


class PreferenceForm(SeenForm, forms.ModelForm):
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        help_text=_("Between these times nothing is sent to you, except what cannot wait."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    morning_at = forms.TimeField(
        label=_("At what time?"),
        help_text=_("The letter comes on school days, when something is open. It never comes in your quiet hours."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    class Meta:
        model = Preference
        fields = [
            "invitations",
            "reminders",
            "news",
            "decisions",
            "tasks",
            "digest",
            "quiet_from",
            "quiet_until",
            "morning",
            "morning_at",
        ]
        help_texts = {
            "reminders": _("With text messages, you also get one two hours before a conference."),
            "digest": _("Reminders and decisions do not wait for that, so that they are not too late."),
            "morning": _("By e-mail, where you have chosen e-mail for the things that wait for you."),
            "decisions": _("What the school must tell you is always sent, whatever you choose here."),
        }

    def __init__(self, *args, works, **kwargs):
        """Only whoever works at a school chooses about the letter of the morning."""
        super().__init__(*args, **kwargs)
        if not works:
            for name in AT_WORK:
                del self.fields[name]

    def clean(self):
        """A letter of the morning whose hour lies in the quiet hours would come later than it says, or never."""
        said = super().clean()
        hours = [said.get(name) for name in ("morning_at", "quiet_from", "quiet_until")]
        if said.get("morning") and None not in hours and is_quiet(*hours):
            words = _("You have quiet hours then. Choose another hour, or other quiet hours.")
            self.add_error("morning_at", words)
        return said

    @classmethod
    def values_of(cls, person):
        own = cls.chosen_by(person) or Preference()
        return {name: getattr(own, name) for name in cls.base_fields}

    @staticmethod
    def chosen_by(person):
        return Preference.objects.filter(person=person).first()
