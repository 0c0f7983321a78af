"""A sign-in address on its way to another, and how many wrong codes an account has had today."""

from datetime import timedelta

from django.core import signing
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models.persons import Person
from portal.text import models

SALT = "portal.people.sign_in_move"


class NotMovable(Refusal):
    words = _("This has already been answered, or it was too long ago.")


class SignInMoveQuerySet(models.QuerySet):
    def open(self):
        since = timezone.now() - SignInMove.LIFE
        return self.filter(state__in=SignInMove.OPEN, asked_at__gt=since)

    def visible_to(self, person):
        """What waits for the offices, about people the person may know of, but never themselves."""
        known = Person.objects.visible_to(person).exclude(pk=person.pk)
        return self.open().filter(state=SignInMove.State.OFFICES, person__in=known)


class SignInMove(models.Model):
    """A person's sign-in and contact details move to another address: at once if one office answers for everything the
    person can open; else once the person agrees from the old address, or each of the other offices does.

    `old` is the address to tell; `new` the one to sign in with, empty when the sign-in stays. `email` and `phone` are
    the new contact details, None when unchanged. `told_at` is about the old address; `tells_new` means that the new one
    counts but has not been told.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        OFFICES = "offices"
        DONE = "done"
        REFUSED = "refused"
        REPLACED = "replaced"

    OPEN = (State.ASKED, State.OFFICES)
    LIFE = timedelta(days=14)

    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_in_moves")
    old = models.EmailField(blank=True)
    new = models.EmailField(blank=True)
    email = models.EmailField(null=True)
    phone = models.CharField(max_length=32, null=True)
    state = models.CharField(max_length=8, choices=State)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True)
    tells_new = models.BooleanField(default=False)

    objects = SignInMoveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=["asked", "offices"]), name="one_open_move_per_person"
            ),
            models.CheckConstraint(
                condition=~Q(old=F("new")) | Q(email__isnull=False) | Q(phone__isnull=False),
                name="a_move_leads_elsewhere",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(told_at=None), name="move_to_tell_of"),
            models.Index(fields=["asked_at"], condition=Q(tells_new=True), name="move_to_tell_new_of"),
        ]

    class Privacy:
        personal = {"person", "old", "new", "email", "phone"}
        plain = {"id", "state", "asked_by", "asked_at", "told_at", "tells_new"}

    def __str__(self):
        return f"move {self.pk} {self.state}"

    def wanted(self):
        person = self.person
        return (
            person.email if self.email is None else self.email,
            person.phone if self.phone is None else self.phone,
        )

    @property
    def changes_contact(self):
        return self.email is not None or self.phone is not None

    @property
    def leaves_old(self):
        onward = self.new or (None if self.email is None else self.email.lower())
        return bool(self.old) and onward not in (None, self.old)

    @property
    def onward(self):
        """The address to write to, or sign in with, once the move counts; empty if that is the old one."""
        address = self.new or (self.email or "").lower()
        return "" if address == self.old else address

    @cached_property
    def token(self):
        """It names the move and nothing else."""
        return signing.dumps(self.pk, salt=SALT)

    @classmethod
    def by_token(cls, token):
        """None for a forged token, and when the move is over."""
        try:
            key = signing.loads(token, salt=SALT, max_age=cls.LIFE)
        except signing.BadSignature:
            return None
        return cls.objects.open().filter(pk=key).select_related("person", "asked_by").first()


class MoveConsent(models.Model):
    move = models.ForeignKey(SignInMove, models.CASCADE, related_name="consents")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["move", "by"], name="one_consent_each")]

    class Privacy:
        personal = set()
        plain = {"id", "move", "by", "at"}

    def __str__(self):
        return f"consent {self.pk}"


class CodeGuesses(models.Model):
    """Wrong codes per person and day. In the database, so that it counts even without the cache."""

    MOST = 20

    person = models.ForeignKey(Person, models.CASCADE, related_name="code_guesses")
    day = models.DateField()
    wrong = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_count_a_day")]

    class Privacy:
        personal = {"person"}
        plain = {"id", "day", "wrong"}

    def __str__(self):
        return f"guesses {self.pk}"

    @classmethod
    def are_spent(cls, person):
        return cls.objects.filter(person=person, day=timezone.localdate(), wrong__gte=cls.MOST).exists()
