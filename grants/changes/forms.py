from django.utils.translation import gettext_lazy as _

from networks.models import Gathering
from portal.speech import when
from portal.text import forms


class ReplaceForm(forms.Form):
    use_required_attribute = False

    gathering = forms.ModelChoiceField(
        Gathering.objects.none(),
        label=_("Which gathering is it for now?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose a gathering.")},
    )

    def __init__(self, *args, gatherings, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gathering"].queryset = gatherings
        self.fields["gathering"].label_from_instance = lambda one: f"{one.title}, {when(one.starts_at, school)}"
