"""The money that a class has in common: figures and words. Nothing here, and nothing that points here, says who paid."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from networks.models.agreements import contacted_by
from portal.actions import Refusal
from portal.people.models import Cohort, GuardianRelation, Person, Role, SchoolClass, keys_of
from portal.people.models.keys_of import once_a_day
from portal.people.models.persons import either
from portal.text import models


class FundMoved(Refusal):
    words = _(
        "This has been confirmed, set aside or handed over meanwhile. Open the class fund again to see how it stands."
    )


class ClassFundQuerySet(models.QuerySet):
    def of_classes(self, classes):
        """It goes along when the class moves up: it belongs to the children who started together."""
        return self.filter(Q(school_class__in=classes) | Q(cohort__in=classes.values("cohort")))

    def for_guardian(self, person):
        return self.of_classes(SchoolClass.objects.filter(pk__in=keys_of.classes_of_children(person)))

    def contacted_by(self, person):
        """Of the classes whose contact they are today."""
        return self.of_classes(SchoolClass.objects.filter(pk__in=contacted_by(person)))

    def managed_by(self, person):
        """A keeper whose child has left the class is none any more."""
        seated = FundKeeper.objects.filter(person=person.pk, ended_at=None)
        return self.for_guardian(person).filter(pk__in=seated.values("fund"))

    @once_a_day
    def visible_to(self, person):
        """Between the families: its guardians and its class contact, and nobody of the school."""
        found = (self.for_guardian(person), self.contacted_by(person))
        return self.filter(pk__in=either(*(funds.values("pk") for funds in found)))


class ClassFund(models.Model):
    """One for the children who started together. `balance` is the sum of the rows that count."""

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="funds")
    cohort = models.OneToOneField(Cohort, models.PROTECT, null=True, related_name="fund")
    balance = models.PositiveBigIntegerField(default=0)
    begun_at = models.DateTimeField(auto_now_add=True)

    objects = ClassFundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class"], condition=Q(cohort=None), name="one_fund_for_a_class_of_no_cohort"
            ),
            models.CheckConstraint(condition=Q(balance__gte=0), name="fund_is_never_below_zero"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "school_class", "cohort", "balance", "begun_at"}

    def __str__(self):
        return f"fund {self.pk}"

    def get_absolute_url(self):
        return reverse("networks:fund_show", args=[self.pk])

    @property
    def school_id(self):
        return self.school_class.school_id

    @property
    def currency(self):
        return "DKK" if self.school_class.school.country == "DK" else "NOK"

    @cached_property
    def class_today(self):
        """The class in which the same children go on, or the one that began it."""
        return self._classes_today().select_related("school").order_by("pk").first() or self.school_class

    def _classes_today(self):
        same = Q(pk=self.school_class_id)
        if self.cohort_id:
            same |= Q(cohort=self.cohort_id)
        return SchoolClass.objects.current().filter(same)

    def guardians(self):
        return GuardianRelation.objects.live().in_classes(self._classes_today())

    def contacts(self):
        return Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(school_class__in=self._classes_today())

    def seated(self):
        """Those who keep it today."""
        seated = self.keepers.filter(ended_at=None, person__in=self.guardians().values("guardian"))
        return seated.select_related("person").order_by("seat")


class FundKeeper(models.Model):
    """A guardian whom the class elected to keep its fund. A second term is the same row again, so that nobody is two."""

    SEATS = 2

    fund = models.ForeignKey(ClassFund, models.PROTECT, related_name="keepers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seat = models.PositiveSmallIntegerField()
    elected_on = models.DateField(_("At the meeting of which day were they elected?"))
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "person"], name="keeper_once_of_a_fund"),
            models.UniqueConstraint(fields=["fund", "seat"], condition=Q(ended_at=None), name="one_keeper_in_a_seat"),
            models.CheckConstraint(condition=Q(seat__in=[1, 2]), name="fund_has_two_seats"),
        ]

    class Privacy:
        personal = {"person"}
        plain = {"id", "fund", "seat", "elected_on", "ended_at"}

    def __str__(self):
        return f"keeper {self.pk}"


class FundRowQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=FundRow.State.WAITING)

    def that_count(self):
        return self.filter(state=FundRow.State.COUNTS)

    def standing(self):
        """Counts, and no later row undoes it or is about to; nor does it undo another."""
        undoing = FundRow.objects.exclude(state=FundRow.State.ASIDE).filter(reverses__isnull=False)
        return self.that_count().filter(reverses=None).exclude(pk__in=undoing.values("reverses"))

    def visible_to(self, person):
        """What counts: all who see the fund. What does not: its keepers."""
        seen = Q(fund__in=ClassFund.objects.visible_to(person).values("pk"), state=FundRow.State.COUNTS)
        return self.filter(seen | Q(fund__in=ClassFund.objects.managed_by(person).values("pk")))


class FundRow(models.Model):
    """Money in or out, in øre. One keeper writes it and the other confirms it. It is never changed and never deleted: a
    mistake is undone by a row of its own."""

    class Kind(models.TextChoices):
        BAZAAR = "bazaar", _("Collected at a bazaar or a sale")
        GRANT = "grant", _("A grant")
        GIFTS = "gifts", _("Voluntary gifts, together")
        EXPENSE = "expense", _("Paid for something")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for the other keeper")
        COUNTS = "counts", _("Counts")
        ASIDE = "aside", _("Set aside")

    MOST = 10_000_000  # øre: a hundred thousand kroner

    fund = models.ForeignKey(ClassFund, models.PROTECT, related_name="rows")
    kind = models.CharField(_("What is it?"), max_length=7, choices=Kind)
    amount = models.IntegerField(_("How much?"))
    on = models.DateField(_("On which day?"))
    what = models.CharField(_("In a few words"), max_length=120)
    receipt = models.CharField(_("Receipt: its number, and where the paper is"), max_length=120, blank=True)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversals")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    written_by = models.ForeignKey(FundKeeper, models.PROTECT, related_name="written")
    written_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(FundKeeper, models.PROTECT, null=True, related_name="settled")
    settled_at = models.DateTimeField(null=True)

    objects = FundRowQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="expense", reverses=None, amount__lt=0)
                | Q(kind="expense", reverses__isnull=False, amount__gt=0)
                | ~Q(kind="expense") & Q(reverses=None, amount__gt=0)
                | ~Q(kind="expense") & Q(reverses__isnull=False, amount__lt=0),
                name="income_adds_and_expense_takes",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=-10_000_000, amount__lte=10_000_000), name="fund_row_within_reason"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="fund_row_says_what"),
            models.CheckConstraint(
                condition=~Q(kind="expense") | Q(reverses__isnull=False) | ~Q(receipt=""), name="expense_has_a_receipt"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_by=None, settled_at=None)
                | ~Q(state="waiting") & Q(settled_by__isnull=False, settled_at__isnull=False),
                name="settled_fund_row_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="counts") | ~Q(settled_by=F("written_by")), name="nobody_confirms_their_own_fund_row"
            ),
            models.UniqueConstraint(
                fields=["reverses"], condition=~Q(state="aside"), name="a_fund_row_is_reversed_once"
            ),
        ]

    class Privacy:
        personal = {"what", "receipt", "written_by", "settled_by"}
        plain = {"id", "fund", "kind", "amount", "on", "reverses", "state", "written_at", "settled_at"}

    def __str__(self):
        return f"fund row {self.pk}"

    @property
    def school_id(self):
        return self.fund.school_id

    @property
    def is_waiting(self):
        return self.state == self.State.WAITING


class FundHandOverQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=FundHandOver.State.OPEN)

    def visible_to(self, person):
        return self.filter(fund__in=ClassFund.objects.visible_to(person).values("pk"))


class FundHandOver(models.Model):
    """What the fund holds on the day when it is handed on. While it is open no row is written or confirmed, so that what
    is signed is what is handed on."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for signatures")
        DONE = "done", _("Handed over")
        DROPPED = "dropped", _("Dropped")

    fund = models.ForeignKey(ClassFund, models.PROTECT, related_name="hand_overs")
    balance = models.PositiveBigIntegerField()
    elected_on = models.DateField()
    one = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    objects = FundHandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["fund"], condition=Q(state="open"), name="one_hand_over_at_a_time"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="handed_over_to_two"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | ~Q(state="done") & Q(done_at=None),
                name="hand_over_says_when_done",
            ),
        ]

    class Privacy:
        personal = {"one", "other"}
        plain = {"id", "fund", "balance", "elected_on", "state", "made_at", "done_at"}

    def __str__(self):
        return f"hand-over {self.pk}"

    @property
    def school_id(self):
        return self.fund.school_id

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    def unsigned(self):
        """The keepers of today who have not signed. Who has left the class is not waited for."""
        return self.fund.seated().exclude(pk__in=self.signatures.values("keeper"))


class FundSignature(models.Model):
    hand_over = models.ForeignKey(FundHandOver, models.PROTECT, related_name="signatures")
    keeper = models.ForeignKey(FundKeeper, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hand_over", "keeper"], name="a_keeper_signs_once")]

    class Privacy:
        personal = {"keeper"}
        plain = {"id", "hand_over", "at"}

    def __str__(self):
        return f"signature {self.pk}"
