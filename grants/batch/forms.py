from django.utils.translation import gettext_lazy as _

from portal.text import forms


class BatchForm(forms.Form):
    """What is chosen is a case and the amount that was shown for it: with another amount it is another choice."""

    use_required_attribute = False

    chosen = forms.MultipleChoiceField(
        label=_("Which do you approve?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one."),
            "invalid_choice": _("Some of them have changed since you opened the page. Look at them, and choose again."),
        },
    )
    impartial = forms.BooleanField(
        label=_("I am not related to any of those who apply, and have no tie to these classes"),
        error_messages={"required": _("Tick the box, or open the cases one by one.")},
    )

    def __init__(self, *args, plain, **kwargs):
        self.by_choice = {one.choice: one for one in plain}
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(choice, one.in_short) for choice, one in self.by_choice.items()]

    @property
    def cases(self):
        return [self.by_choice[choice] for choice in self.cleaned_data["chosen"]]
