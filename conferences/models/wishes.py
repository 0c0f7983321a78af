"""What suits a home in a round, before times are taken."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from conferences.models.rounds import ConferenceRound
from portal.people.models import Enrolment, GuardianRelation, Household, Person, keys_of
from portal.text import models


class TimeWishQuerySet(models.QuerySet):
    def visible_to(self, person):
        """To the home that said it; to a leader of the round, those of homes with a child at the school, except what
        `not_of_family` leaves out."""
        places = Enrolment.objects.current().filter(school_class__school=OuterRef(OuterRef("round__school")))
        here = GuardianRelation.objects.live().filter(
            guardian__household=OuterRef("household"), pupil__in=places.values("pupil")
        )
        led = TimeWish.objects.not_of_family(person).filter(
            Exists(here), round__in=ConferenceRound.objects.led_by(person)
        )
        return self.filter(Q(household=person.household_id) | Q(pk__in=led.values("pk")))

    def not_of_family(self, person):
        """Leaves out the homes of children whose guardian the person is or was, or from whom they are restricted: what
        one home says is not for the other, whatever role somebody there has at the school."""
        near = GuardianRelation.objects.filter(guardian_id=person.pk).values("pupil")
        restricted = keys_of.restricted(person)
        homes = GuardianRelation.objects.filter(
            Q(pupil__in=near) | Q(pupil__in=restricted), guardian__household__isnull=False
        )
        return self.exclude(household__in=homes.values("guardian__household"))


class TimeWish(models.Model):
    """What suits one home in a round, said before times are taken. The other home does not see it."""

    class Part(models.TextChoices):
        MORNING = "morning", _("Before 12")
        AFTERNOON = "afternoon", _("12 to 16")
        EVENING = "evening", _("After 16")

    ENDS = {Part.MORNING: 12, Part.AFTERNOON: 16, Part.EVENING: 24}  # o'clock

    round = models.ForeignKey(ConferenceRound, models.CASCADE, related_name="wishes")
    household = models.ForeignKey(Household, models.CASCADE, related_name="conference_wishes")
    times = ArrayField(models.CharField(max_length=24), default=list, blank=True)  # "2026-11-10 evening"
    phone_or_video = models.BooleanField(_("We can talk by phone or video"), default=False)
    cannot_move = models.BooleanField(_("We cannot choose our working hours"), default=False)
    note = models.CharField(_("Is there more we should know?"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = TimeWishQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "household"], name="one_wish_per_home_and_round")]

    class Privacy:
        personal = {"household", "times", "phone_or_video", "cannot_move", "note", "by"}
        plain = {"id", "round", "at"}

    def __str__(self):
        return f"wish {self.pk}"

    @staticmethod
    def word(day, part):
        return f"{day:%Y-%m-%d} {part}"

    @classmethod
    def word_at(cls, local):
        return cls.word(local, next(part for part, end in cls.ENDS.items() if local.hour < end))
