from django.utils.translation import gettext_lazy as _

from portal.text import forms
from principles.models import Principle


class IdeaForm(forms.Form):
    title = forms.CharField(label=_("What should there be a principle about?"), max_length=200)
    why = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few words for those who will write it."),
    )
    binding_kind = forms.ChoiceField(label=_("What kind of text is it?"), choices=Principle.BindingKind)
