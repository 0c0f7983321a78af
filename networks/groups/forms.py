"""The shape of what is chosen for groups. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from networks.forms import NOBODY
from networks.models import Gathering
from portal.numbers import WholeNumberField
from portal.text import forms

USUAL, FEWEST, MOST = 4, 2, 12


class GroupsForm(forms.Form):
    of = forms.ChoiceField(
        label=_("Who shall be mixed?"),
        choices=[(Gathering.Kind.FAMILIES, _("The families")), (Gathering.Kind.CHILDREN, _("The children"))],
        widget=forms.RadioSelect,
    )
    size = WholeNumberField(label=_("How many in a group?"), min_value=FEWEST, max_value=MOST)


class PupilField(forms.ModelChoiceField):
    def label_from_instance(self, pupil):
        return pupil.full_name


class ApartForm(forms.Form):
    one = PupilField(NOBODY, empty_label=_("Choose"), label=_("One pupil"))
    other = PupilField(NOBODY, empty_label=_("Choose"), label=_("The other pupil"))

    def __init__(self, *args, pupils, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = pupils
