"""The shape of an appeal, of what is asked for and of what is answered. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from portal.text import forms


class ToldForm(forms.Form):
    told_on = forms.DateField(
        label=_("On which day did you post it?"),
        widget=forms.DateInput,
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )
