"""The shape of what the municipality types of a scheme. Nothing here saves."""

import re
from datetime import timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from grants.forms import label_of
from grants.models import GrantScheme
from grants.models.applications import Payee
from grants.models.schemes import FIRST_AND_EIGHTH, MOST_TIMES, ONE_THOUSAND_KRONER, Condition
from portal.numbers import MoneyField, WholeNumberField
from portal.people.models import School
from portal.people.overtaken import SeenForm
from portal.speech import day, money
from portal.text import forms

GRADES = [(grade, str(grade)) for grade in range(1, 11)]
LONGEST_CONDITION = 200
MOST_CONDITIONS = 10
TWO_SENTENCES = re.compile(r"\w{3,}[.!?]\s+[A-ZÆØÅ]")  # and not "f. eks." or "kl. 17"
LONGEST_WAIT = 365


def headed(name):
    return capfirst(label_of(GrantScheme, name))


def days(name, initial, help_text=""):
    return WholeNumberField(
        label=headed(name), min_value=1, max_value=LONGEST_WAIT, initial=initial, help_text=help_text
    )


def a_day(name, help_text="", required=True):
    label = headed(name)
    return forms.DateField(label=label, widget=forms.DateInput, help_text=help_text, required=required)


def yes(name):
    return forms.BooleanField(label=headed(name), required=False)


class SchemeForm(SeenForm):
    """What a scheme offers, as long as no class relies on it."""

    use_required_attribute = False

    country = forms.ChoiceField(label=headed("country"), choices=School.Country.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=headed("title"), max_length=160)
    amount = MoneyField(label=headed("amount"), min_value=1, initial=ONE_THOUSAND_KRONER)
    grades = forms.TypedMultipleChoiceField(
        label=headed("grades"),
        choices=GRADES,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        initial=FIRST_AND_EIGHTH,
    )
    times = WholeNumberField(label=headed("times"), min_value=1, max_value=MOST_TIMES, initial=1)
    starts_on = a_day("starts_on", _("The support is for gatherings from this day."))
    ends_on = a_day("ends_on")
    opens_on = a_day("opens_on", _("Tomorrow at the earliest. Until then you can change everything, and try it."))
    closes_on = a_day("closes_on", _("Leave it empty if classes can apply as long as the period lasts."), False)
    held_allowed = yes("held_allowed")
    themes_allowed = yes("themes_allowed")
    budget = MoneyField(label=headed("budget"), required=False, min_value=1, help_text=_("Empty: no ceiling."))
    payees = forms.MultipleChoiceField(
        label=headed("payees"),
        choices=Payee.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=list(Payee.values),
    )
    conditions = forms.MultipleChoiceField(
        label=headed("conditions"),
        choices=Condition.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=list(Condition.values),
    )
    more_conditions = forms.CharField(
        label=headed("more_conditions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One condition on each line, each one sentence. They stand in every letter."),
    )
    report_days = days("report_days", 30, _("Counted from the gathering."))
    answer_days = days("answer_days", 14, _("Classes read it before they apply."))
    pay_days = days("pay_days", 7)
    appeal_body = forms.CharField(label=headed("appeal_body"), max_length=160)
    appeal_weeks = WholeNumberField(
        label=headed("appeal_weeks"),
        required=False,
        min_value=1,
        max_value=52,
        initial=3,
        help_text=_("Empty: the law sets no limit."),
    )
    reasons_days = WholeNumberField(
        label=headed("reasons_days"),
        required=False,
        min_value=1,
        max_value=LONGEST_WAIT,
        help_text=_("Empty: as long as one can appeal. In Denmark the law says 14 days."),
    )
    archive_class = forms.CharField(
        label=headed("archive_class"), required=False, max_length=80, help_text=_("As in the plan of the archive.")
    )
    kept_years = WholeNumberField(
        label=headed("kept_years"), required=False, min_value=1, max_value=100, help_text=_("Empty: for good.")
    )

    def __init__(self, *args, countries, today, may_share=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.countries = today, countries
        if len(countries) < 2:
            del self.fields["country"]
        if may_share:
            self.fields["same_shares"] = forms.BooleanField(
                label=_("Share the money out among the schools as last time"), required=False, initial=True
            )

    def clean_opens_on(self):
        opens = self.cleaned_data["opens_on"]
        if opens <= self.today:
            raise forms.ValidationError(
                _("It can open %(day)s at the earliest, so that you can try it first.")
                % {"day": day(self.today + timedelta(days=1))}
            )
        return opens

    def clean_more_conditions(self):
        lines = [line.strip() for line in self.cleaned_data["more_conditions"].splitlines() if line.strip()]
        if len(lines) > MOST_CONDITIONS or any(len(line) > LONGEST_CONDITION for line in lines):
            raise forms.ValidationError(
                _("Write at most %(most)s conditions, each of at most %(long)s characters.")
                % {"most": MOST_CONDITIONS, "long": LONGEST_CONDITION}
            )
        for line in lines:
            if TWO_SENTENCES.search(line):
                raise forms.ValidationError(_("Write one sentence on each line: “%(line)s”") % {"line": line})
        return "\n".join(lines)

    def clean(self):
        cleaned = super().clean()
        if "country" not in self.fields:
            cleaned["country"] = self.countries[0]
        starts, ends, opens = (cleaned.get(name) for name in ("starts_on", "ends_on", "opens_on"))
        cleaned["closes_on"] = closes = cleaned.get("closes_on") or ("closes_on" not in self.errors and ends) or None
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("The period must end after it begins."))
        elif ends and closes and closes > ends:
            self.add_error("closes_on", _("The last day to apply must be in the period."))
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day to apply comes after the day it opens."))
        return cleaned

    @staticmethod
    def values_of(scheme):
        return {name: getattr(scheme, name) for name in SchemeForm.base_fields}


class ExtendSchemeForm(SeenForm):
    """Once it has opened."""

    use_required_attribute = False

    closes_on = a_day("closes_on", _("It can be later than now, and not earlier."))
    budget = MoneyField(label=headed("budget"), required=False, min_value=1, help_text=_("Empty: no ceiling."))

    @staticmethod
    def values_of(scheme):
        return {name: getattr(scheme, name) for name in ExtendSchemeForm.base_fields}


class SharesForm(SeenForm):
    """A row for each school; one that is left empty draws on what is not shared out."""

    use_required_attribute = False

    def __init__(self, *args, shares, **kwargs):
        super().__init__(*args, **kwargs)
        self.shares, self.typed = shares, []
        for share in shares:
            self.fields[_name(share)] = MoneyField(label=share.school.name, required=False, min_value=0)

    @property
    def lines(self):
        return [(share, self[_name(share)]) for share in self.shares]

    @property
    def total(self):
        """Of what is typed, where it can be read; else of what is saved."""
        if not self.is_bound:
            return sum(share.amount or 0 for share in self.shares)
        return sum(self.typed)

    def clean(self):
        said = super().clean()
        self.typed = [said.get(_name(share)) or 0 for share in self.shares]
        for share in self.shares:
            amount = said.get(_name(share))
            if amount is not None and amount < share.given:
                self.add_error(_name(share), _("%(given)s is given already") % {"given": money(share.given)})
        return {"amounts": {share.school: said.get(_name(share)) for share in self.shares}}


def _name(share):
    return f"school_{share.school.pk}"


def amounts_by_field(shares):
    return {_name(share): share.amount for share in shares}
