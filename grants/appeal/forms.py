"""The shape of an appeal, of what is asked for and of what is answered. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from grants.forms import label_of
from grants.models import Appeal, ReasonsDemand
from grants.models.appeals import State
from portal.numbers import MoneyField
from portal.speech import money
from portal.text import forms


def _text(name, *, rows, lengths=4000, help_text="", missing="", required=True, model=Appeal):
    return forms.CharField(
        label=label_of(model, name),
        max_length=lengths,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing} if missing else None,
    )


def _day(label):
    return forms.DateField(
        label=label,
        widget=forms.DateInput,
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )


class ToldForm(forms.Form):
    told_on = _day(_("On which day did you post it?"))


class AppealForm(forms.Form):
    """What and which change; why is up to them. After the last day it asks why it is late."""

    use_required_attribute = False

    what = _text("what", rows=2, lengths=500, missing=_("Say which decision it is about."))
    change = _text("change", rows=3, lengths=2000, missing=_("Write what you want changed."))
    why = _text("why", rows=4, required=False, help_text=_("You need not say why. Do not write the names of children."))
    why_late = _text("why_late", rows=2, lengths=1000, missing=_("Write why it comes after the last day."))

    def __init__(self, *args, is_late, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["why_late"]


class ReviewForm(forms.Form):
    use_required_attribute = False

    result = forms.ChoiceField(
        label=_("What do you do with it?"),
        choices=[
            (State.IN_FAVOUR, _("Change the decision: the class gets more")),
            (State.FORWARDED, _("Let it stand: send the appeal on to the appeal body")),
            (State.DISMISSED, _("Do not take it up: it came too late, without a special reason")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you do with it.")},
    )
    amount = MoneyField(label=_("How much does the class get?"), required=False)
    statement = _text(
        "statement", rows=5, help_text=_("The class reads it, and the appeal body too."), missing=_("Write why.")
    )

    def __init__(self, *args, appeal, **kwargs):
        super().__init__(*args, **kwargs)
        most = appeal.application.amount_requested
        self.first = appeal.decision.amount or 0
        self.fields["amount"].depends = True
        self.fields["amount"].help_text = _("Only when you change it. The class asked for %(amount)s.") % {
            "amount": money(most)
        }
        if not appeal.is_late or appeal.state != State.SENT:
            self.fields["result"].choices = self.fields["result"].choices[:2]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("result") == State.IN_FAVOUR and "amount" not in self.errors:
            if (cleaned.get("amount") or 0) <= self.first:
                self.add_error("amount", _("Write more than the first decision gave."))
        else:
            cleaned.pop("amount", None)
        return cleaned


class OutcomeForm(forms.Form):
    use_required_attribute = False

    state = forms.ChoiceField(
        label=_("What did the appeal body decide?"),
        choices=[
            (State.UPHELD, _("The decision stands")),
            (State.CHANGED, _("The class gets more")),
            (State.SENT_BACK, _("It is to be looked at again")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it decided.")},
    )
    amount = MoneyField(label=_("How much does the class get?"), required=False)
    decided_on = _day(label_of(Appeal, "decided_on"))
    outcome = _text("outcome", rows=5, help_text=_("The class reads it."), missing=_("Write why."))

    def __init__(self, *args, appeal, **kwargs):
        super().__init__(*args, **kwargs)
        self.first = appeal.decision.amount or 0
        self.fields["amount"].depends = True
        self.fields["amount"].help_text = _("Only when the class gets more.")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("state") != State.CHANGED:
            cleaned["amount"] = None
        elif "amount" not in self.errors and (cleaned.get("amount") or 0) <= self.first:
            self.add_error("amount", _("Write more than the first decision gave."))
        return cleaned


class ReasonsForm(forms.Form):
    use_required_attribute = False

    reasons = _text(
        "reasons",
        model=ReasonsDemand,
        rows=6,
        help_text=_("Facts, rules, and what you gave weight to."),
        missing=_("Write the reasons."),
    )
