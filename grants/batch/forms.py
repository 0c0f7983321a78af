from django.utils.translation import gettext_lazy as _

from grants.models import GrantApplication
from portal.text import forms


class BatchForm(forms.Form):
    use_required_attribute = False

    chosen = forms.ModelMultipleChoiceField(
        GrantApplication.objects.none(),
        label=_("Which do you approve?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    impartial = forms.BooleanField(
        label=_("I am not related to any of those who apply, and have no tie to these classes"),
        error_messages={"required": _("Tick the box, or open the cases one by one.")},
    )

    def __init__(self, *args, plain, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = GrantApplication.objects.filter(pk__in=[one.pk for one in plain])
        self.fields["chosen"].choices = [(one.pk, one.in_short) for one in plain]
