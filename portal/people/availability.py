"""The shape of what staff say of how they are reached, and of who goes to after-school care. Nothing here saves."""

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from portal.people.models import Availability, Person
from portal.people.overtaken import SeenForm
from portal.people.queries.adults import colleagues_of
from portal.people.queries.care import goes_to_care, pupils_to_choose
from portal.text import forms


class SafeAddressField(forms.URLField):
    """An encrypted page of the web, and nothing that could open something on the family's own machine."""

    default_validators = (URLValidator(schemes=["https"], message=_("Write an address that begins with https://.")),)


def _said(person):
    return Availability.objects.filter(person=person).first() or Availability(person=person)


class WaysForm(SeenForm):
    use_required_attribute = False

    ways = forms.MultipleChoiceField(
        label=_("How may families reach you?"),
        help_text=_("Phone and e-mail are those on your page. What you do not tick is not shown."),
        choices=Availability.Way,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    messages_at = SafeAddressField(
        label=_("Where do they write you messages?"),
        help_text=_("The address of the school's other system, such as Aula, Vigilo or Visma. The guide leads there."),
        required=False,
        max_length=300,
        assume_scheme="https",
    )
    best_from = forms.TimeField(label=_("You are best reached from"), required=False, widget=forms.TimeInput)
    best_to = forms.TimeField(label=_("until"), required=False, widget=forms.TimeInput)

    @classmethod
    def values_of(cls, person):
        said = _said(person)
        return {name: getattr(said, name) for name in cls.base_fields}


class AwayForm(SeenForm):
    use_required_attribute = False

    away_until = forms.DateField(
        label=_("Until which day are you away?"),
        help_text=_("The last day. Leave it empty when you are back."),
        required=False,
        widget=forms.DateInput,
    )
    stand_in = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who stands in for you?"), required=False, empty_label=_("Nobody")
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stand_in"].queryset = colleagues_of(person)
        self.fields["stand_in"].depends = True  # on whether one is away at all

    @staticmethod
    def values_of(person):
        return {"away_until": person.away_until, "stand_in": _said(person).stand_in_id if person.away_until else None}


class CareForm(SeenForm):
    pupils = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("Who goes to after-school care?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, school_class, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pupils"].queryset = pupils_to_choose(school_class, person)

    @staticmethod
    def values_of(school_class, person):
        return {"pupils": list(goes_to_care(school_class, person).values_list("pk", flat=True))}
