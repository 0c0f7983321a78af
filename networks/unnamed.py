"""What a home at a protected address says by its link, with its answer. Whoever the link was forwarded to may read the page:
nothing that was said stands there, nobody is named, and neither children's names nor a part of town are asked for."""

from django.utils.translation import gettext_lazy as _

from networks.forms import DetailForm, label_of, number
from networks.models import Rsvp
from portal.text import forms

AS_BEFORE = ("", _("As we have said before"))


class UnnamedForm(forms.Form):
    """What is left empty stays as it was."""

    adults = number("adults", required=False)
    lift = forms.ChoiceField(
        label=label_of(Rsvp, "lift"),
        choices=[AS_BEFORE, *(one for one in Rsvp.Lift.choices if one[0] != Rsvp.Lift.OFFER)],
        required=False,
        widget=forms.RadioSelect,
    )
    food = DetailForm.declared_fields["food"]
    minded = number("minded", required=False, help_text=_("Leave it empty, and nobody is minded for you."))
    minded_ages = DetailForm.declared_fields["minded_ages"]
    message = DetailForm.declared_fields["message"]

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        if not page.asks_minding:
            del self.fields["minded"], self.fields["minded_ages"]

    @property
    def said(self):
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    def over(self, rsvp, children):
        """What the home has said before, of these children too, but for what it says now."""
        come = rsvp.pupils.filter(pk__in=[child.pk for child in children])
        before = {name: "" if value is None else value for name, value in DetailForm.values_of(rsvp).items()}
        return {**before, "pupils": list(come), **self.said}
