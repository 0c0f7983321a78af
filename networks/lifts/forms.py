"""Which home takes which along, as an organiser presses it, and what a home answers. Nothing here saves."""

from networks.models import Lift
from portal.people.models import Household
from portal.text import forms


class PairForm(forms.Form):
    taker = forms.ModelChoiceField(Household.objects.none())
    giver = forms.ModelChoiceField(Household.objects.none())

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        takers = [need.rider.household_id for need in board.needs]
        givers = [one.household_id for one in board.offers]
        self.fields["taker"].queryset = Household.objects.filter(pk__in=takers)
        self.fields["giver"].queryset = Household.objects.filter(pk__in=givers)


class LiftAnswerForm(forms.Form):
    """Yes or no to a lift of one's own home."""

    def __init__(self, *args, gathering, household, **kwargs):
        super().__init__(*args, **kwargs)
        own = Lift.objects.of_home(gathering, household.pk)
        for name in ("agree", "decline"):
            self.fields[name] = forms.ModelChoiceField(own, required=False)
