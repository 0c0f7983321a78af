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
    """The move is over, or the address has become somebody else's."""

    words = _("This has already been answered, or it was too long ago.")


class SignInMoveQuerySet(models.QuerySet):
    def open(self):
        """Moves that somebody may still say yes or no to."""
        since = timezone.now() - SignInMove.LIFE
        return self.filter(state__in=SignInMove.OPEN, asked_at__gt=since)

    def visible_to(self, person):
        """What waits for the offices, about people whom the person may know of, and never a move of one's own."""
        known = Person.objects.visible_to(person).exclude(pk=person.pk)
        return self.open().filter(state=SignInMove.State.OFFICES, person__in=known)


class SignInMove(models.Model):
    """Somebody's sign-in, and how they are reached, go from one address to another: at once where one office answers for
    everything that the person can open; else when the person says so from the old address, or each of the other offices
    does. `old` is the address that is told, `new` the one to sign in with, empty where the sign-in stays; `email` and
    `phone` are how they are to be reached, None where that stays. `told_at` is of the old address; `tells_new` says that
    the new one counts and has not heard of it."""

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
        """(e-mail, phone) that the person has once somebody has said yes."""
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
        """Whether the old address is no longer written to, or signed in with."""
        onward = self.new or (None if self.email is None else self.email.lower())
        return bool(self.old) and onward not in (None, self.old)

    @property
    def onward(self):
        """The address that is written to, or signed in with, once the move has counted; empty when there is no other."""
        address = self.new or (self.email or "").lower()
        return "" if address == self.old else address

    @cached_property
    def token(self):
        """What the letter to the old address carries: it names the move and nothing else."""
        return signing.dumps(self.pk, salt=SALT)

    @classmethod
    def by_token(cls, token):
        """The open move of a letter; None for a forged token, and when the move is over."""
        try:
            key = signing.loads(token, salt=SALT, max_age=cls.LIFE)
        except signing.BadSignature:
            return None
        return cls.objects.open().filter(pk=key).select_related("person", "asked_by").first()


class MoveConsent(models.Model):
    """Somebody at an office has said that a move is right."""

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
    """How many wrong codes somebody has had on a day. In the database, so that it counts with the cache away."""

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
        """Whether codes have stopped working for this account until tomorrow."""
        return cls.objects.filter(person=person, day=timezone.localdate(), wrong__gte=cls.MOST).exists()
