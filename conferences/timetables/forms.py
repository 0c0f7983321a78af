"""How a timetable is asked for. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from portal.text import forms

LENGTHS = [
    (20, _("20 seconds, for a first look")),
    (60, _("One minute")),
    (180, _("Three minutes, for a large school")),
]


class StartForm(forms.Form):
    seconds = forms.TypedChoiceField(label=_("How long may it take?"), choices=LENGTHS, coerce=int, initial=60)
    with_offered = forms.BooleanField(
        label=_("Give a time also to talks that are held only if the family wishes"), required=False
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        if not offered:
            del self.fields["with_offered"]
