"""What is typed when a network begins."""

from django.utils.translation import gettext_lazy as _

from networks.codes import as_printed
from networks.models import NetworkStart
from portal.people.forms import DirectoryForm, ProfileForm
from portal.text import forms


class StartForm(forms.Form):
    met_on = forms.DateField(label=_("When is the parents' meeting?"), widget=forms.DateInput)

    def __init__(self, *args, school_class, **kwargs):
        super().__init__(*args, initial={"met_on": school_class.school.today()}, **kwargs)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code on the wall"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self):
        code = as_printed(self.cleaned_data["code"], NetworkStart.LENGTH)
        if code is None:
            raise forms.ValidationError(_("The code has six letters and digits, as on the wall."))
        return code


class OwnContactForm(DirectoryForm):
    """How the school reaches one, and what of it the class may read."""

    email = forms.EmailField(label=_("Your e-mail"), required=False, max_length=254)
    phone = forms.CharField(
        label=_("Your mobile number"),
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    field_order = ("email", "phone", "fields")

    @staticmethod
    def values_of(person):
        said = ProfileForm.values_of(person)
        return {"email": said["email"], "phone": said["phone"], **DirectoryForm.values_of(person)}
