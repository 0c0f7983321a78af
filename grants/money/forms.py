"""The shape of what is typed about payments. Nothing here saves."""

import re

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.forms import label_of, refuse_no_account
from grants.models import PayeeChange, PayingAccount, PaymentFile
from grants.models.applications import LONGEST_HOLDER, WITH_ACCOUNT, Payee, looks_like_account
from portal.numbers import MoneyField, WholeNumberField
from portal.people.overtaken import SeenForm
from portal.text import forms

WRONG = _("The account number does not look right. Check the digits.")
NOT_DIGITS = re.compile(r"\D")
BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")


def account_field(label, **kwargs):
    digits = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "sb-short"})
    return forms.CharField(label=label, max_length=40, widget=digits, **kwargs)


class PayeeForm(forms.Form):
    payee_kind = forms.ChoiceField(
        label=label_of(PayeeChange, "payee_kind"), choices=Payee.choices, widget=forms.RadioSelect
    )
    account = account_field(
        label_of(PayeeChange, "account"), required=False, help_text=_("Leave it empty if the school pays.")
    )

    account_holder = forms.CharField(
        label=label_of(PayeeChange, "account_holder"),
        required=False,
        max_length=LONGEST_HOLDER,
        help_text=_("The name that the bank knows: yours, or that of the committee."),
    )

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        scheme = application.scheme
        self.application, self.country = application, scheme.country
        self.fields["payee_kind"].choices = [one for one in Payee.choices if one[0] in scheme.payees]
        self.fields["account"].depends = self.fields["account_holder"].depends = True  # on where the money goes

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("payee_kind") in WITH_ACCOUNT:
            refuse_no_account(self, self.country)
        if cleaned.get("payee_kind") in WITH_ACCOUNT and not cleaned.get("account_holder"):
            self.add_error("account_holder", _("Write who has the account."))
        if not self.errors and self._is_as_before(**cleaned):
            raise forms.ValidationError(_("That is where the money goes already."))
        return cleaned

    def _is_as_before(self, payee_kind, account, account_holder):
        now = self.application
        if payee_kind not in WITH_ACCOUNT:
            return payee_kind == now.payee_kind
        said, known = (payee_kind, account_holder), (now.payee_kind, now.account_holder)
        return said == known and NOT_DIGITS.sub("", account) == NOT_DIGITS.sub("", now.account or "")


class PayingForm(SeenForm):
    """The saved account is not shown again: whoever changes it writes all of it."""

    account = account_field(label_of(PayingAccount, "account"))
    bic = forms.CharField(
        label=label_of(PayingAccount, "bic"),
        required=False,
        max_length=11,
        help_text=_("Some banks need it in the file. Leave it empty if yours does not."),
        widget=forms.TextInput(attrs={"class": "sb-short"}),
    )
    receipts_from = MoneyField(
        label=label_of(PayingAccount, "receipts_from"),
        required=False,
        help_text=_("Empty: only for what somebody has laid out."),
    )

    def __init__(self, *args, country, **kwargs):
        super().__init__(*args, **kwargs)
        self.country = country

    def clean_account(self):
        account = self.cleaned_data["account"]
        if not looks_like_account(account, self.country):
            raise forms.ValidationError(WRONG)
        return account

    def clean_bic(self):
        bic = self.cleaned_data["bic"].replace(" ", "").upper()
        if bic and not BIC.fullmatch(bic):
            raise forms.ValidationError(_("A bank's code has 8 or 11 letters and digits."))
        return bic

    @staticmethod
    def values_of(paying):
        return {"bic": paying.bic, "receipts_from": paying.receipts_from}


class FileForm(forms.Form):
    """Which payments, and when. `rows` are those that can be paid by a file now."""

    chosen = forms.MultipleChoiceField(
        label=_("What shall the bank pay?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one payment.")},
    )
    pay_on = forms.DateField(
        label=label_of(PaymentFile, "pay_on"),
        widget=forms.DateInput,
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )

    def __init__(self, *args, rows, words, **kwargs):
        self.rows = {str(row.application.pk): row for row in rows}
        super().__init__(*args, initial={"chosen": list(self.rows), "pay_on": timezone.localdate()}, **kwargs)
        self.fields["chosen"].choices = [(key, words(row)) for key, row in self.rows.items()]

    def clean_pay_on(self):
        day = self.cleaned_data["pay_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a day to come."))
        return day

    @property
    def applications(self):
        return [self.rows[key].application for key in self.cleaned_data["chosen"]]


class DayForm(forms.Form):
    """On which day money moved."""

    day = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput,
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"day": timezone.localdate()}, **kwargs)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or a day that is past."))
        return day


class PaidForm(DayForm):
    """`amount` is what the page showed, in its words, and `after` how many payments; the page writes them anew each
    time."""

    amount = MoneyField(required=False)
    after = WholeNumberField(required=False)
