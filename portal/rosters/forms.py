"""The shape of an upload: a file, and where it belongs."""

from django.utils.translation import gettext_lazy as _

from portal.people.models import Municipality, School, keys_of
from portal.text import forms


class RosterForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_("A zip file with CSV files (OneRoster or Microsoft SDS), or an XML file (PIFU-IMS)."),
        widget=forms.FileInput(attrs={"accept": ".zip,.xml"}),
    )
    place = forms.ChoiceField(label=_("Who is the file for?"), widget=forms.RadioSelect)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        schools = School.objects.run_by(person)
        owners = Municipality.objects.filter(pk__in=keys_of.municipalities_served(person))
        self.places = {
            f"school-{school.pk}": (school.municipality, school) for school in schools.select_related("municipality")
        }
        self.places |= {f"municipality-{owner.pk}": (owner, None) for owner in owners}
        names = {key: school.name if school else owner.name for key, (owner, school) in self.places.items()}
        self.fields["place"].choices = list(names.items())
        if len(names) == 1:
            self.fields["place"].widget = forms.HiddenInput()
            self.fields["place"].initial = next(iter(names))

    def clean_place(self):
        return self.places[self.cleaned_data["place"]]
