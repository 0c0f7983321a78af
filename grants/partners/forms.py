from django.utils.translation import gettext_lazy as _

from grants.models import CoApplicant
from portal.people.models import Person
from portal.text import forms


class PartnerForm(forms.Form):
    use_required_attribute = False

    partner = forms.ModelChoiceField(
        Person.objects.none(),
        label=CoApplicant._meta.get_field("person").verbose_name,
        help_text=_("They get a letter, and have two weeks to say yes. An earlier invitation no longer counts."),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose somebody.")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = people
        self.fields["partner"].label_from_instance = lambda person: person.full_name
