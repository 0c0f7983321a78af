"""What is typed off a letter."""

from django.utils.translation import gettext_lazy as _

from networks.codes import as_printed
from networks.models import PrintedLetter
from portal.text import forms


class LetterCodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code in your letter"),
        max_length=40,
        help_text=_("It has eight letters and digits. Small letters and spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self):
        code = as_printed(self.cleaned_data["code"], PrintedLetter.LENGTH)
        if code is None:
            raise forms.ValidationError(_("The code has eight letters and digits, as in the letter."))
        return code
