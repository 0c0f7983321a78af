"""A round of conferences: its dates, the times teachers offer, the rooms, and what suits the homes."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import (
    Person,
    Role,
    School,
    SchoolClass,
    keys_of,
)
from portal.people.models.keys_of import once_a_day
from portal.text import models

UNTIL_INVITED = timedelta(days=7)  # of a new round, until its letters go out
LEADING = [Role.Kind.PRINCIPAL, Role.Kind.DEPUTY, Role.Kind.OFFICE]


class NotNow(Refusal):
    pass


class RoundOver(NotNow):
    words = _("This round is over.")


class NotPublishable(Refusal):
    pass


class SlotsClash(Refusal):
    pass


def time_span(start, end):
    """Half-open: the end is not included."""
    return Func(start, end, Value("[)"), function="tstzrange", output_field=DateTimeRangeField())


class ConferenceSetting(models.Model):
    school = models.OneToOneField(School, models.CASCADE, related_name="conference_setting")
    plan_label = models.CharField(_("What do you call the plan?"), max_length=60, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minutes for each talk"))
    gap_minutes = models.PositiveSmallIntegerField(_("Minutes between two talks"), default=5)
    notice_days = models.PositiveSmallIntegerField(_("Days from the invitation to the first talk"), default=14)
    plan_days = models.PositiveSmallIntegerField(_("Days from the plan to the talk"), default=7)
    talks_a_year = models.PositiveSmallIntegerField(_("Talks for each child in a year"), default=2)
    separate_talks = models.BooleanField(_("Two homes may have a talk each when they ask"), default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=120), name="setting_minutes_are_sane"),
            models.CheckConstraint(condition=Q(gap_minutes__lte=60), name="setting_gap_is_sane"),
            models.CheckConstraint(condition=Q(talks_a_year__gte=1), name="setting_asks_for_a_talk"),
        ]

    class Privacy:
        personal = set()
        plain = {
            "id",
            "school",
            "plan_label",
            "minutes",
            "gap_minutes",
            "notice_days",
            "plan_days",
            "talks_a_year",
            "separate_talks",
        }

    def __str__(self):
        return f"conferences at {self.school_id}"


class ConferenceRoundQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(state=ConferenceRound.State.DRAFT)

    def published(self):
        return self.filter(state=ConferenceRound.State.PUBLISHED)

    def not_over(self):
        return self.filter(state__in=[ConferenceRound.State.DRAFT, ConferenceRound.State.PUBLISHED])

    def told(self):
        return self.exclude(state=ConferenceRound.State.DRAFT)

    def led_by(self, person):
        return self.filter(school__in=keys_of.schools(person, LEADING))

    @once_a_day
    def visible_to(self, person):
        """To the school's leaders and office; to a teacher of one of its classes; to a guardian once it is
        published."""
        guarded = keys_of.children(person)
        return self.filter(
            Q(pk__in=ConferenceRound.objects.led_by(person).values("pk"))
            | Q(
                pk__in=ConferenceRound.classes.through.objects.filter(
                    schoolclass__in=keys_of.classes_taught(person)
                ).values("conferenceround")
            )
            | Q(pk__in=ConferenceRound.objects.told().filter(conferences__pupil__in=guarded).values("pk"))
        )


class ConferenceRound(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        State.DRAFT: {State.PUBLISHED, State.CANCELLED},
        State.PUBLISHED: {State.CLOSED, State.CANCELLED},
        State.CLOSED: set(),
        State.CANCELLED: set(),
    }

    school = models.ForeignKey(School, models.PROTECT, related_name="conference_rounds")
    title = models.CharField(_("What do you call this round?"), max_length=120)
    classes = models.ManyToManyField(SchoolClass, verbose_name=_("Which classes?"), related_name="conference_rounds")
    principle = models.CharField(_("Which principle do you follow?"), max_length=200, blank=True)
    lineage = models.PositiveBigIntegerField(_("Which point of it do you carry out?"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minutes for each talk"))
    gap_minutes = models.PositiveSmallIntegerField(_("Minutes between two talks"))
    notice_days = models.PositiveSmallIntegerField(_("Days from the invitation to the first talk"))
    plan_days = models.PositiveSmallIntegerField(_("Days from the plan to the talk"))
    wishes_by = models.DateTimeField(_("Families say what suits them until"), null=True, blank=True)
    invite_on = models.DateField(_("Families are called on"))
    plans_on = models.DateField(_("Plans are out on"))
    early_opens_at = models.DateTimeField(
        _("Those who cannot choose their working hours can book from"), null=True, blank=True
    )
    opens_at = models.DateTimeField(_("Booking opens"))
    closes_at = models.DateTimeField(_("Booking closes"))
    lead_hours = models.PositiveSmallIntegerField(_("A time can be booked until this many hours before"), default=24)
    change_hours = models.PositiveSmallIntegerField(_("A time can be moved until this many hours before"), default=24)
    late_reason = models.CharField(
        _("Why are families called later than the principle says?"), max_length=300, blank=True
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    cancelled_because = models.CharField(max_length=300, blank=True, editable=False)

    objects = ConferenceRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(early_opens_at=None) | Q(early_opens_at__lte=F("opens_at")), name="round_opens_early_first"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=120), name="round_minutes_are_sane"),
            models.CheckConstraint(condition=Q(gap_minutes__lte=60), name="round_gap_is_sane"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | Q(state="cancelled")
                | Q(state__in=["published", "closed"], published_at__isnull=False),
                name="round_published_when_told",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published"], ended_at=None)
                | Q(state__in=["closed", "cancelled"], ended_at__isnull=False),
                name="round_ended_when_closed",
            ),
        ]

    class Privacy:
        personal = {"made_by"}
        plain = {
            "id",
            "school",
            "title",
            "classes",
            "principle",
            "lineage",
            "minutes",
            "gap_minutes",
            "notice_days",
            "plan_days",
            "wishes_by",
            "invite_on",
            "plans_on",
            "early_opens_at",
            "opens_at",
            "closes_at",
            "lead_hours",
            "change_hours",
            "late_reason",
            "state",
            "made_at",
            "published_at",
            "ended_at",
            "cancelled_because",
        }

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("conferences:round_show", args=[self.pk])

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED

    def takes_bookings(self, now=None, *, early=False):
        now = now or timezone.now()
        opens_at = self.early_opens_at if early and self.early_opens_at else self.opens_at
        return self.is_published and opens_at <= now < self.closes_at

    def opens_later(self):
        return self.is_published and timezone.now() < (self.early_opens_at or self.opens_at)

    def has_closed(self):
        """Families can no longer book, though talks may still be to come."""
        return self.is_published and self.closes_at <= timezone.now()

    def takes_wishes(self, now=None):
        """Until the day set for it; without one, until booking opens."""
        return self.is_published and (now or timezone.now()) < (self.wishes_by or self.opens_at)

    def last_start_to_book(self, now=None):
        return (now or timezone.now()) + timedelta(hours=self.lead_hours)

    def last_start_to_change(self, now=None):
        """Only for the round's own talks: ask the talk, since an extra conversation has no round."""
        return (now or timezone.now()) + timedelta(hours=self.change_hours)


class RoomQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(
            Q(school__in=keys_of.schools(person, LEADING))
            | Q(school__in=SchoolClass.objects.filter(pk__in=keys_of.classes_taught(person)).values("school"))
        )


class Room(models.Model):
    """Where a conference is held. Two talks never share a room."""

    school = models.ForeignKey(School, models.CASCADE, related_name="rooms")
    name = models.CharField(_("room"), max_length=60)

    objects = RoomQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="room_name_once_a_school")]

    class Privacy:
        personal = set()
        plain = {"id", "school", "name"}

    def __str__(self):
        return self.name


class ConferenceSlotQuerySet(models.QuerySet):
    def free(self):
        return self.filter(blocked=False, booking=None)

    def visible_to(self, person):
        """A teacher's own; every slot to the school's leaders and office."""
        return self.filter(Q(teacher_id=person.pk) | Q(round__in=ConferenceRound.objects.led_by(person)))


class ConferenceSlot(models.Model):
    """A time that a teacher offers. The first to book gets it; a reserved one is for one child only."""

    round = models.ForeignKey(ConferenceRound, models.CASCADE, null=True, related_name="slots")
    teacher = models.ForeignKey(Person, models.PROTECT, related_name="conference_slots")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="slots", verbose_name=_("room"))
    video_url = models.URLField(_("link to the video meeting"), blank=True)
    blocked = models.BooleanField(_("blocked"), default=False)
    reserved_for = models.ForeignKey("Conference", models.CASCADE, null=True, related_name="private_slots")

    objects = ConferenceSlotQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_start"),
            ExclusionConstraint(
                name="slots_of_a_teacher_do_not_overlap",
                expressions=[
                    ("teacher", RangeOperators.EQUAL),
                    (time_span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="slots_in_a_room_do_not_overlap",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (time_span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["round", "teacher", "starts_at"], name="slot_by_teacher")]

    class Privacy:
        personal = {"teacher", "reserved_for"}
        plain = {"id", "round", "starts_at", "ends_at", "room", "video_url", "blocked"}

    def __str__(self):
        return f"slot {self.pk}"
