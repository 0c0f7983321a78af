"""The shape of what a school chooses among ways of reaching a home."""

from django.utils.translation import gettext_lazy as _

from networks.models import Contact
from portal.people.overtaken import SeenForm
from portal.text import forms


class WaysForm(SeenForm):
    kinds = forms.MultipleChoiceField(
        label=_("How do class contacts reach out to families?"),
        choices=Contact.Kind,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you leave out is no longer offered. What was written down before stays as it is."),
        error_messages={"required": _("Choose at least one.")},
    )
