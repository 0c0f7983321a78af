"""What a teacher puts on the agenda. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from conferences.after.forms.summaries import words
from conferences.models import AgendaPoint
from portal.text import forms


class PointForm(forms.Form):
    use_required_attribute = False

    text = words(
        AgendaPoint,
        "text",
        required=True,
        help_text=_("The family reads it before the talk. Write it so that the child can read it too."),
    )
