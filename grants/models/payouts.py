"""What is paid out, to which account, in which file for the bank; what is to be paid back; and that a case is closed."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.models.applications import LONGEST_HOLDER, GrantApplication, Payee, in_part
from grants.models.decisions import Decision
from portal.actions import Refusal
from portal.people.models import Municipality, Person, keys_of
from portal.text import models


class NotPayable(Refusal):
    """It is paid already, or something has to be settled first."""

    words = _("There is nothing to pay here now. Somebody has dealt with it meanwhile.")


class NotTakenBack(Refusal):
    """Something builds on the payment."""

    words = _("Somebody has taken it back already, or has paid more since.")


class NotChangeable(Refusal):
    words = _("Somebody has dealt with this meanwhile.")


class PayingAccountQuerySet(models.QuerySet):
    def visible_to(self, person):
        """To the municipality's own case officers. What a class pays back to stands on its own page of the money."""
        return self.filter(municipality__in=keys_of.municipalities_served(person))


class PayingAccount(models.Model):
    """From where the municipality pays, and to where its classes pay back what is left over."""

    municipality = models.OneToOneField(Municipality, models.PROTECT, related_name="paying_account")
    account = models.EncryptedCharField(_("The municipality's account"), max_length=40)
    bic = models.CharField(_("The bank's code (BIC)"), max_length=11, blank=True)
    receipts_from = models.PositiveIntegerField(_("From which amount are receipts needed?"), null=True, blank=True)

    objects = PayingAccountQuerySet.as_manager()

    class Privacy:
        personal = set()
        plain = {"id", "municipality", "account", "bic", "receipts_from"}

    def __str__(self):
        return f"paying account {self.pk}"


class PayeeChangeQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at=None)

    def visible_to(self, person):
        """To those who see the application, and to the municipality, which pays."""
        served = keys_of.municipalities_served(person)
        seen = Q(application__in=GrantApplication.objects.visible_to(person))
        return self.filter(seen | Q(application__school__municipality__in=served))


class PayeeChange(models.Model):
    """After the decision one class contact asks for another account, and somebody else has to say yes."""

    application = models.ForeignKey(GrantApplication, models.CASCADE, related_name="payee_changes")
    payee_kind = models.CharField(_("Where should the money go?"), max_length=14, choices=Payee)
    account = models.EncryptedCharField(_("Account number"), max_length=40, null=True)
    account_holder = models.CharField(_("Who has the account?"), max_length=LONGEST_HOLDER, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(null=True)

    objects = PayeeChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at=None), name="one_open_payee_change_per_application"
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")), name="payee_change_has_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, is_accepted=None)
                | Q(
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    is_accepted__isnull=False,
                    account__isnull=True,
                    account_holder="",
                ),
                name="answered_payee_change_keeps_no_account",
            ),
        ]

    class Privacy:
        personal = {"account", "account_holder", "asked_by", "answered_by"}
        plain = {"id", "application", "payee_kind", "asked_at", "answered_at", "is_accepted"}

    def __str__(self):
        return f"payee change {self.pk}"

    @property
    def school_id(self):
        return self.application.school_id

    @property
    def account_in_part(self):
        return in_part(self.account)


class AccountLook(models.Model):
    """That somebody has seen a whole account number: on a page, or in a list or a file that they took along."""

    class Way(models.TextChoices):
        PAGE = "page", _("on the page")
        LIST = "list", _("in the list for the accountant")
        FILE = "file", _("in the file for the bank")

    application = models.ForeignKey(GrantApplication, models.CASCADE, related_name="account_looks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    way = models.CharField(max_length=4, choices=Way)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    class Privacy:
        personal = {"person"}
        plain = {"id", "application", "way", "at"}

    def __str__(self):
        return f"look {self.pk}"


class PaymentFileQuerySet(models.QuerySet):
    def visible_to(self, person):
        """To the municipality that pays."""
        return self.filter(municipality__in=keys_of.municipalities_served(person))


class PaymentFile(models.Model):
    """What is taken to the bank together. The file itself is kept nowhere: it is written anew, each time the same, and
    its number follows from what stands in it, so that a bank refuses it the second time."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="payment_files")
    number = models.CharField(max_length=35, unique=True)
    pay_on = models.DateField(_("On which day shall the bank pay?"))
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = PaymentFileQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    class Privacy:
        personal = {"made_by"}
        plain = {"id", "municipality", "number", "pay_on", "made_at"}

    def __str__(self):
        return f"payment file {self.pk}"

    def get_absolute_url(self):
        return reverse("grants:payment_file_show", args=[self.pk])


class PayoutQuerySet(models.QuerySet):
    def last_paid(self):
        """The newest of each case, where it is paid: an older one is not undone beneath it."""
        newer = Payout.objects.filter(application=OuterRef("application"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(newer), paid_on__isnull=False)

    def visible_to(self, person):
        """To those who see the application, and to the municipality, which pays."""
        served = keys_of.municipalities_served(person)
        seen = Q(application__in=GrantApplication.objects.visible_to(person))
        return self.filter(seen | Q(application__school__municipality__in=served))


class Payout(models.Model):
    """What was left to pay under one version of a decision: once, and once more each time the report says that more was
    spent. Ordered while only a file names it; then paid."""

    application = models.ForeignKey(GrantApplication, models.PROTECT, related_name="payouts")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="payouts")
    number = models.PositiveSmallIntegerField(default=1)
    amount = models.PositiveIntegerField()
    file = models.ForeignKey(PaymentFile, models.PROTECT, null=True, related_name="payouts")
    paid_on = models.DateField(_("paid"), null=True)
    paid_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = PayoutQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="one_payout_per_decision_and_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_gives_something"),
            models.CheckConstraint(
                condition=Q(paid_on=None, paid_by=None, file__isnull=False)
                | Q(paid_on__isnull=False, paid_by__isnull=False),
                name="payout_is_ordered_or_paid",
            ),
        ]

    class Privacy:
        personal = {"paid_by"}
        plain = {"id", "application", "decision", "number", "amount", "file", "paid_on"}

    def __str__(self):
        return f"payout {self.pk}"


class RepaymentQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(returned_on=None)

    def visible_to(self, person):
        """To those who see the application, and to the municipality, which gets the money."""
        served = keys_of.municipalities_served(person)
        seen = Q(application__in=GrantApplication.objects.visible_to(person))
        return self.filter(seen | Q(application__school__municipality__in=served))


class Repayment(models.Model):
    """What the class pays back, and why."""

    DAYS = timedelta(days=21)

    class Reason(models.TextChoices):
        LEFT_OVER = "left_over", _("Money is left over.")
        NOT_HELD = "not_held", _("The gathering was not held.")

    application = models.ForeignKey(GrantApplication, models.PROTECT, related_name="repayments")
    reason = models.CharField(max_length=10, choices=Reason)
    amount = models.PositiveIntegerField()
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    returned_on = models.DateField(_("came back"), null=True)

    objects = RepaymentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="repayment_is_of_something"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(returned_on=None), name="one_open_repayment_per_application"
            ),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "application", "reason", "amount", "asked_at", "due_on", "returned_on"}

    def __str__(self):
        return f"repayment {self.pk}"

    @property
    def school_id(self):
        return self.application.school_id


class Closing(models.Model):
    """That a case is over: the money is paid and told of, or it came back."""

    application = models.OneToOneField(GrantApplication, models.PROTECT, related_name="closing")
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Privacy:
        personal = {"closed_by"}
        plain = {"id", "application", "closed_at"}

    def __str__(self):
        return f"closing {self.pk}"
