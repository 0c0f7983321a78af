"""Whom a gathering invites, what each home answers, and who has been contacted."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from networks.models.gatherings import Gathering
from portal.people.models import Household, Person
from portal.text import models


def _own_or_organised(rows, person):
    gatherings = Gathering.objects
    own = Q(household__members=person.pk, gathering__in=gatherings.for_guardian(person).values("pk"))
    return rows.filter(own | Q(gathering__in=gatherings.organised_by(person).values("pk"))).distinct()


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Their own home's, for a class that their child is in today; for organisers, all of the gathering's."""
        return _own_or_organised(self, person)

    def with_reach(self):
        same = {"gathering": OuterRef("gathering"), "household": OuterRef("household")}
        talked = Contact.objects.filter(outcome__in=Contact.TALKED, **same)
        return self.annotate(
            has_answered=Q(answered=True) | Exists(Rsvp.objects.filter(**same)),
            is_reached=Q(reached=True) | Exists(Rsvp.objects.filter(**same)) | Exists(talked),
        )


class Invitation(models.Model):
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="invitations")
    household = models.ForeignKey(Household, models.CASCADE, related_name="invitations")
    invited_at = models.DateTimeField(auto_now_add=True)
    reached = models.BooleanField(default=False, editable=False)
    answered = models.BooleanField(default=False, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "household"], name="one_invitation_per_home")]

    class Privacy:
        personal = {"household"}
        plain = {"id", "gathering", "invited_at", "reached", "answered"}

    def __str__(self):
        return f"invitation {self.pk}"


class RsvpQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Their own home's, for a class that their child is in today; for organisers, all of the gathering's."""
        return _own_or_organised(self, person)

    def with_pupil_keys(self):
        coming = Rsvp.pupils.through.objects.filter(rsvp=OuterRef("pk")).order_by("person")
        return self.annotate(pupil_keys=ArraySubquery(coming.values("person")))

    def own_words(self):
        """A clear answer from the home itself: nobody overwrites it on the home's behalf."""
        return self.filter(on_behalf=False, answer__in=[Rsvp.Answer.YES, Rsvp.Answer.NO, Rsvp.Answer.WAITING])

    def planned_for(self):
        """Those of homes that come, or may come. Who waits for a place brings nothing and takes nobody along yet."""
        return self.filter(answer__in=[Rsvp.Answer.YES, Rsvp.Answer.MAYBE])


class Rsvp(models.Model):
    class Answer(models.TextChoices):
        YES = "yes", _("We are coming")
        MAYBE = "maybe", _("Maybe")
        NO = "no", _("We cannot come")
        WAITING = "wait", _("We stand on the waiting list")

    class Lift(models.TextChoices):
        NONE = "none", _("We manage on our own")
        NEED = "need", _("We need a lift")
        OFFER = "offer", _("We can offer a lift")

    GIVEN = (Answer.YES, Answer.MAYBE, Answer.NO)  # what a home can say; who says yes when it is full waits
    SILENT = "silent"

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="rsvps")
    household = models.ForeignKey(Household, models.CASCADE, related_name="rsvps")
    answer = models.CharField(max_length=5, choices=Answer)
    before = models.CharField(max_length=6, choices=[(SILENT, SILENT), *Answer.choices], blank=True, editable=False)
    adults = models.PositiveSmallIntegerField(_("Adults"), default=1)
    pupils = models.ManyToManyField(Person, related_name="+", blank=True)
    siblings = models.PositiveSmallIntegerField(_("Other children"), default=0)
    lift = models.CharField(_("Getting there"), max_length=5, choices=Lift, default=Lift.NONE)
    seats = models.PositiveSmallIntegerField(_("Free seats"), default=0)
    given = models.PositiveSmallIntegerField(default=0, editable=False)
    area = models.EncryptedCharField(_("Which area do you come from?"), max_length=60, null=True, blank=True)
    food = models.EncryptedCharField(_("Food or allergies"), max_length=300, null=True, blank=True)
    minded = models.PositiveSmallIntegerField(_("How many children need somebody to mind them?"), default=0)
    minded_ages = models.CharField(_("How old are they?"), max_length=60, blank=True)
    message = models.EncryptedCharField(_("Message to the organisers"), max_length=500, null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on_behalf = models.BooleanField(default=False)
    by_office = models.BooleanField(default=False, editable=False)
    answered_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, editable=False)
    turn_at = models.DateTimeField(null=True, editable=False)
    turn_until = models.DateTimeField(null=True, editable=False)

    objects = RsvpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "household"], name="one_answer_per_home"),
            models.CheckConstraint(
                condition=Q(adults__lte=20, siblings__lte=20, seats__lte=20), name="answer_in_reason"
            ),
            models.CheckConstraint(condition=Q(minded__lte=20), name="minded_in_reason"),
            models.CheckConstraint(condition=Q(given__lte=models.F("seats")), name="no_more_seats_than_offered"),
            models.CheckConstraint(condition=Q(lift="offer") | Q(seats=0), name="seats_only_with_an_offer"),
            models.CheckConstraint(condition=Q(by_office=False) | Q(on_behalf=True), name="office_answers_on_behalf"),
            models.CheckConstraint(
                condition=Q(waiting_since__isnull=False) | ~Q(answer="wait"), name="who_waits_stands_in_line"
            ),
            models.CheckConstraint(
                condition=Q(turn_at=None, turn_until=None)
                | Q(answer="wait", turn_at__isnull=False, turn_until__gt=models.F("turn_at")),
                name="a_turn_is_for_who_waits",
            ),
        ]

    class Privacy:
        personal = {
            "household",
            "answer",
            "before",
            "adults",
            "pupils",
            "siblings",
            "lift",
            "seats",
            "given",
            "area",
            "food",
            "minded",
            "minded_ages",
            "message",
            "answered_by",
            "on_behalf",
            "by_office",
            "waiting_since",
            "turn_at",
            "turn_until",
        }
        plain = {"id", "gathering", "answered_at"}

    def __str__(self):
        return f"answer {self.pk}"

    @property
    def children(self):
        return len(self.pupil_keys) + self.siblings

    @property
    def is_planned_for(self):
        return self.answer in (self.Answer.YES, self.Answer.MAYBE)

    @property
    def is_waiting(self):
        return self.answer == self.Answer.WAITING

    def has_turn(self, now=None):
        """A place is kept for the home until then."""
        return self.turn_until is not None and self.turn_until > (now or timezone.now())

    def has_missed(self, now=None):
        """It ran out: the home stands in line no longer, until it says yes again."""
        return self.turn_until is not None and not self.has_turn(now)

    @property
    def turn(self):
        """What the messages about it are known by."""
        return f"turn {self.turn_at.timestamp():.0f}" if self.turn_at else ""

    @cached_property
    def pupil_keys(self):
        return [pupil.pk for pupil in self.pupils.all()]


class MuteQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(person_id=person.pk)


class Mute(models.Model):
    """Somebody wants no more reminders about one gathering. That it is cancelled they hear all the same."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="mutes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    muted_at = models.DateTimeField(auto_now_add=True)

    objects = MuteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "person"], name="one_mute_per_person")]

    class Privacy:
        personal = {"person"}
        plain = {"id", "gathering", "muted_at"}

    def __str__(self):
        return f"mute {self.pk}"


class Contact(models.Model):
    """A home was contacted, and what came of it. Deleted 60 days after the gathering."""

    class Kind(models.TextChoices):
        CALL = "call", _("Called")
        SMS = "sms", _("Sent a text message")
        MET = "met", _("Talked in person")
        BRIDGE = "bridge", _("Asked somebody who speaks the language")
        ALONG = "along", _("Asked another family to take them along")
        MEANS = "means", _("Asked the contact teacher about equipment or money")

    class Outcome(models.TextChoices):
        COMING = "coming", _("They are coming")
        NOT_COMING = "not", _("They cannot come")
        NEXT_TIME = "next", _("Not this time, gladly another")
        THINKING = "thinking", _("They will think about it")
        NO_ANSWER = "none", _("No answer")
        NEEDS_LIFT = "lift", _("They need a lift")
        NEEDS_HELP = "help", _("They need help with something else")

    TALKED = tuple(set(Outcome) - {Outcome.NO_ANSWER})

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="contacts")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    outcome = models.CharField(max_length=8, choices=Outcome)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    class Privacy:
        personal = {"household", "kind", "outcome", "by"}
        plain = {"id", "gathering", "at"}

    def __str__(self):
        return f"contact {self.pk}"
