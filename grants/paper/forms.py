"""What stands on the paper, typed by the office: the questions of the form, who handed it in, and when."""

from datetime import datetime, time, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from grants.forms import ApplicationForm, label_of
from grants.models import GrantApplication
from grants.uploads import KINDS, FilesField, TakesFiles
from networks.models import Gathering
from portal.people.models import Person
from portal.text import forms

OWN = ("received_on", "applicant", "gathering", "title", "day", "starts", "place")
LASTS = timedelta(hours=2)
IN_THE_AFTERNOON = time(17)
AND_COVERED = format_lazy("{} {}", KINDS, _("Cover the account number before you take the picture: it is typed above."))
NOBODY, NOTHING = Person.objects.none(), Gathering.objects.none()


class NamedField(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return person.full_name


class PaperForm(TakesFiles, ApplicationForm):
    field_order = OWN

    received_on = forms.DateField(
        label=label_of(GrantApplication, "received_on"),
        widget=forms.DateInput,
        help_text=_("This day counts for the last day to apply, and not today."),
    )
    applicant = NamedField(
        NOBODY,
        label=_("Which class contact has signed it?"),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("They are told, and the application is theirs from then on."),
    )
    gathering = forms.ModelChoiceField(
        NOTHING,
        label=_("Which gathering is it for?"),
        required=False,
        empty_label=_("One that is not in the portal"),
    )
    title = forms.CharField(
        label=_("What is the gathering called?"),
        max_length=120,
        required=False,
        help_text=_("Only when the gathering is not in the portal. Then it stands there as a draft of the class."),
    )
    day = forms.DateField(label=_("Which day?"), widget=forms.DateInput, required=False)
    starts = forms.TimeField(label=_("What time?"), widget=forms.TimeInput, required=False, initial=IN_THE_AFTERNOON)
    place = forms.CharField(label=Gathering._meta.get_field("place").verbose_name, max_length=200, required=False)
    files = FilesField(label=_("The paper itself, as a picture or a PDF"), help_text=AND_COVERED, required=False)

    def __init__(self, *args, school, contacts, gatherings, **kwargs):
        super().__init__(*args, country=school.country, **kwargs)
        self.school = school
        self.fields["applicant"].queryset = contacts
        self.fields["gathering"].queryset = gatherings
        for name in ("title", "day", "starts", "place"):
            self.fields[name].depends = True  # on whether it is in the portal

    def clean_received_on(self):
        on = self.cleaned_data["received_on"]
        if on > self.school.today():
            raise forms.ValidationError(_("That day has not come yet."))
        return on

    def ask_for_files_again(self):
        """A browser sends no file a second time by itself."""
        if self.sound:
            self.add_error("files", _("Choose the files again. They are kept once the application is entered."))

    def clean(self):
        cleaned = super().clean()
        planned = {name: cleaned.pop(name, None) for name in ("title", "day", "starts", "place")}
        cleaned["planned"] = None
        if cleaned.get("gathering") is None and "gathering" not in self.errors:
            cleaned["planned"] = self._planned(**planned)
        return cleaned

    def _planned(self, title, day, starts, place):
        missing = {
            "title": not title and _("Write what the gathering is."),
            "day": not day and _("Write the day of the gathering."),
            "place": not place and _("Write where it is."),
        }
        for name, words in missing.items():
            if words and name not in self.errors:
                self.add_error(name, words)
        if self.errors:
            return None
        starts_at = datetime.combine(day, starts or IN_THE_AFTERNOON, tzinfo=self.school.zone)
        return {"title": title, "place": place, "starts_at": starts_at, "ends_at": starts_at + LASTS}
