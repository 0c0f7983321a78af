from django.utils.translation import gettext_lazy as _

from grants.forms import label_of
from grants.models import GrantApplication
from portal.people.models import SchoolClass
from portal.people.overtaken import SeenForm
from portal.text import forms


class DelayForm(SeenForm):
    use_required_attribute = False

    expected_on = forms.DateField(
        label=label_of(GrantApplication, "expected_on"),
        widget=forms.DateInput,
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )
    delay_reason = forms.CharField(
        label=label_of(GrantApplication, "delay_reason"),
        max_length=1000,
        help_text=_("It stands in the letter to the class."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, in one sentence.")},
    )

    @staticmethod
    def values_of(application):
        return {"expected_on": application.expected_on, "delay_reason": application.delay_reason}


class MoveForm(forms.Form):
    use_required_attribute = False

    school_class = forms.ModelChoiceField(
        SchoolClass.objects.none(),
        label=_("Which class answers for it now?"),
        error_messages={"required": _("Choose a class.")},
    )

    def __init__(self, *args, classes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school_class"].queryset = classes
        self.fields["school_class"].label_from_instance = lambda one: one.name
