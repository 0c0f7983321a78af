"""The shape of what people write about support. Nothing here saves."""

from datetime import timedelta

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from grants.models import Decision, GrantApplication, InformationRequest, KeptReason, RuleReference
from grants.models.applications import LONGEST_HOLDER, WITH_ACCOUNT, Payee, looks_like_account
from portal.numbers import ORE, MoneyField
from portal.people.models import Person
from portal.people.overtaken import SeenForm
from portal.speech import money
from portal.text import forms

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
HIGHEST_COST = 100_000
LONGEST_WAIT = timedelta(days=92)


def label_of(model, name):
    return model._meta.get_field(name).verbose_name


def in_lines(sentences):
    """Below each other, as a help text."""
    return format_html_join(mark_safe("<br>"), "{}", ((sentence,) for sentence in sentences))


def refuse_no_account(form, country):
    """Where the money goes to an account, it is written, and one that exists."""
    account = form.cleaned_data.get("account", "")
    if not account and "account" not in form.errors:
        form.add_error("account", _("Write the account number."))
    elif account and not looks_like_account(account, country):
        form.add_error("account", _("The account number does not look right. Check the digits."))


class YesNoField(forms.TypedChoiceField):
    def __init__(self, **kwargs):
        super().__init__(
            choices=YES_NO, coerce=lambda value: value == "yes", empty_value=None, widget=forms.RadioSelect, **kwargs
        )

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


def text(model, name, *, rows, lengths=1000, help_text="", missing=""):
    return forms.CharField(
        label=label_of(model, name),
        max_length=lengths,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing} if missing else None,
    )


class ApplicationForm(SeenForm):
    """A draft may leave any question open; an application that is sent may not."""

    use_required_attribute = False

    purpose = text(
        GrantApplication,
        "purpose",
        rows=4,
        help_text=_("Two or three sentences will do. Do not write the names of children."),
        missing=_("Write in short what you will do."),
    )
    child_participation = text(
        GrantApplication,
        "child_participation",
        rows=3,
        missing=_("Write how the children take part in planning it."),
    )
    inclusion_measures = text(
        GrantApplication,
        "inclusion_measures",
        rows=3,
        help_text=_("For example lifts, language, things to borrow, or other help."),
        missing=_("Write what you do so that everyone can come."),
    )
    budget_lines = forms.CharField(
        label=label_of(GrantApplication, "budget_lines"),
        max_length=500,
        required=False,
        help_text=_("For example food 600, sledges 400. You may leave it empty."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    cost_per_family = MoneyField(
        label=label_of(GrantApplication, "cost_per_family"),
        min_value=0,
        help_text=_("Write 0 if it is free."),
        error_messages={
            "required": _("Write what it costs, or 0 if it is free."),
            "invalid": _("Write the cost with digits, for example 50."),
            "min_value": _("The cost cannot be below 0."),
        },
    )
    amount_requested = MoneyField(
        label=label_of(GrantApplication, "amount_requested"),
        error_messages={"required": _("Write how much you apply for.")},
    )
    payee_kind = forms.ChoiceField(
        label=label_of(GrantApplication, "payee_kind"),
        choices=Payee.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the money should go.")},
    )
    account = forms.CharField(
        label=label_of(GrantApplication, "account"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "sb-short"}),
    )
    account_holder = forms.CharField(
        label=label_of(GrantApplication, "account_holder"),
        required=False,
        max_length=LONGEST_HOLDER,
        help_text=_("The name that the bank knows: yours, or that of the committee."),
    )
    relationship_to_decider = YesNoField(
        label=label_of(GrantApplication, "relationship_to_decider"),
        help_text=_("Then someone else may have to decide. It does not affect the answer."),
        error_messages={"required": _("Choose yes or no.")},
    )
    reply_language = forms.ChoiceField(
        label=label_of(GrantApplication, "reply_language"), choices=Person.Language.choices
    )
    terms = forms.BooleanField(
        label=_("We keep the conditions of the support"),
        error_messages={"required": _("Tick the box to confirm this before you send.")},
    )

    def __init__(self, *args, scheme, country, is_draft=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.scheme, self.country, self.is_draft = scheme, country, is_draft
        self.fields["payee_kind"].choices = [(kind, label) for kind, label in Payee.choices if kind in scheme.payees]
        self.fields["amount_requested"].help_text = _("You can get up to %(amount)s.") % {
            "amount": money(scheme.amount)
        }
        self.fields["terms"].help_text = in_lines(scheme.conditions_in_words())
        self.fields["account"].depends = self.fields["account_holder"].depends = True  # on where the money goes
        self.fields["account"].help_text = (
            _("Four digits and the account number. Leave it empty if the school pays.")
            if country == "DK"
            else _("11 digits, with or without full stops. Leave it empty if the school pays.")
        )
        if is_draft:
            for field in self.fields.values():
                field.required = False

    def clean_cost_per_family(self):
        cost = self.cleaned_data["cost_per_family"]
        if cost is not None and cost > HIGHEST_COST * ORE:
            raise forms.ValidationError(_("Check the cost. It looks too high."))
        return cost

    def clean_amount_requested(self):
        amount = self.cleaned_data["amount_requested"]
        if amount is not None and (amount > self.scheme.amount or amount <= 0):
            raise forms.ValidationError(
                _("Write an amount from 1 krone to %(amount)s.") % {"amount": money(self.scheme.amount)}
            )
        return amount

    def clean(self):
        cleaned = super().clean()
        wants_account = cleaned.get("payee_kind") in WITH_ACCOUNT
        if wants_account and not self.is_draft:
            refuse_no_account(self, self.country)
        if wants_account and not self.is_draft and not cleaned.get("account_holder"):
            self.add_error("account_holder", _("Write who has the account."))
        if not wants_account and not self.is_draft:
            cleaned["account"] = cleaned["account_holder"] = ""
        if self.is_draft:
            cleaned["reply_language"] = cleaned.get("reply_language") or Person.Language.BOKMAAL
        return cleaned

    @staticmethod
    def values_from(gathering, person, scheme):
        return {
            **ApplicationForm.values_of(GrantApplication()),
            "account_holder": person.full_name[:LONGEST_HOLDER],
            "amount_requested": scheme.amount,
            "purpose": gathering.description,
            "child_participation": gathering.children_involved,
            "cost_per_family": gathering.family_cost,
            "reply_language": person.language,
        }

    @staticmethod
    def values_of(application):
        return {name: getattr(application, name) for name in ApplicationForm.base_fields}


class ImpartialityForm(forms.Form):
    use_required_attribute = False

    stands_aside = forms.TypedChoiceField(
        label=_("Should someone else decide this?"),
        help_text=_(
            "For example because you are related to the applicant, or have a child in the class yourself. If you "
            "answer yes, the case goes to the municipality."
        ),
        choices=[("yes", _("Yes, pass it on")), ("no", _("No, I decide"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    note = forms.CharField(
        label=_("Why, in one sentence"),
        help_text=_("It stands in the case. It is not in the letter."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, at_school, needs_note, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].depends = needs_note  # on whether they go on with it
        if not at_school:
            self.fields["stands_aside"].help_text = _(
                "For example because you are related to the applicant, or have a child in the class yourself. If you "
                "answer yes, the case waits for somebody else in the municipality."
            )


def _named_reason(reason):
    return reason.title if reason.is_ready else _("%(title)s (the text is not ready)") % {"title": reason.title}


class DecisionForm(forms.Form):
    use_required_attribute = False

    result = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            (Decision.Result.APPROVED, _("Give support")),
            (Decision.Result.REJECTED, _("Do not give support")),
            (Decision.Result.DISMISSED, _("Outside the scheme: do not consider it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    amount = MoneyField(
        label=_("How much does the class get?"),
        required=False,
    )
    picked = forms.ModelMultipleChoiceField(
        KeptReason.objects.none(),
        label=_("Which reasons fit?"),
        help_text=_("Needed when you do not give all. Their text stands in the letter, before what you write."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reasons = forms.CharField(
        label=_("Why we decide this"),
        help_text=_("Write the facts. The text stands in the letter. If you give all they asked for, it may be short."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    considerations = forms.CharField(
        label=_("What you gave weight to"),
        help_text=_("Needed when you do not give all they asked for."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    rules = forms.ModelMultipleChoiceField(
        RuleReference.objects.none(),
        label=_("Which rule do you use?"),
        help_text=_("Needed when you do not give all they asked for."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, references, kept, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = self.initial["amount"]
        self.fields["rules"].queryset = references
        self.fields["picked"].queryset = kept
        self.fields["picked"].label_from_instance = _named_reason
        if not kept.exists():
            del self.fields["picked"]
        for name in {"amount", "reasons", "considerations", "rules", "picked"} & set(self.fields):
            self.fields[name].depends = True

    def clean(self):
        cleaned = super().clean()
        gives = cleaned.get("result") == Decision.Result.APPROVED
        if not gives:
            cleaned["amount"] = None
        elif not cleaned.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Write how much the class gets."))
        if not gives or (cleaned.get("amount") or self.asked) < self.asked:
            self._ask("reasons", _("Write the facts that the decision builds on."))
            self._ask("considerations", _("Write what you gave weight to."))
            self._ask("rules", _("Choose at least one rule."))
        cleaned["rules"] = list(cleaned.get("rules") or [])
        cleaned["picked"] = list(cleaned.get("picked") or [])
        return cleaned

    def _ask(self, name, words):
        if self.cleaned_data.get("result") and not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, words)


class CorrectionForm(forms.Form):
    use_required_attribute = False

    correction_note = text(
        Decision,
        "correction_note",
        rows=2,
        help_text=_("It stands in the new letter."),
        missing=_("Say what was wrong."),
    )
    amount = MoneyField(label=_("How much does the class get?"), required=False)
    reasons = forms.CharField(
        label=_("Why we decide this"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    considerations = forms.CharField(
        label=_("What you gave weight to"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, gives, **kwargs):
        super().__init__(*args, **kwargs)
        if not gives:
            del self.fields["amount"]


class QuestionForm(forms.Form):
    use_required_attribute = False

    question = text(
        InformationRequest,
        "question",
        rows=3,
        help_text=_("The class gets the question by e-mail."),
        missing=_("Write what you need to know."),
    )
    answer_by = forms.DateField(
        label=label_of(InformationRequest, "answer_by"),
        widget=forms.DateInput,
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )

    def clean_answer_by(self):
        day = self.cleaned_data["answer_by"]
        if day < timezone.localdate() + timedelta(days=1):
            raise forms.ValidationError(_("Give the class at least until tomorrow."))
        if day > timezone.localdate() + LONGEST_WAIT:
            raise forms.ValidationError(_("Choose a day within the next three months."))
        return day


class AnswerForm(forms.Form):
    use_required_attribute = False

    answer = text(
        InformationRequest,
        "answer",
        rows=5,
        lengths=2000,
        help_text=_("Do not write the names of children."),
        missing=_("Write your answer."),
    )


class JournalForm(SeenForm):
    journal_number = forms.CharField(
        label=_("Journal number"),
        help_text=_("The number that the case has in the archive."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "sb-short"}),
    )

    @staticmethod
    def values_of(application):
        return {"journal_number": application.journal_number}


class EmptyForm(forms.Form):
    pass
