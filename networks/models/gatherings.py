"""Gatherings of a class, and who organises them."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import Person, Role, SchoolClass, keys_of
from portal.people.models.keys_of import once_a_day
from portal.people.models.persons import either
from portal.schoolyear.models import SchoolEvent
from portal.text import models


class NotNow(Refusal):
    """The gathering's state does not allow this."""


class NotSendable(Refusal):
    """Something is missing before the invitation can go out."""


class GatheringQuerySet(models.QuerySet):
    def with_programme(self):
        """Annotated with whether there is anything in its programme (`has_programme`)."""
        activities = self.model._meta.get_field("activities").related_model.objects
        return self.annotate(has_programme=Exists(activities.filter(gathering=OuterRef("pk"))))

    def drafts(self):
        return self.filter(state=Gathering.State.DRAFT)

    def timed_drafts(self):
        """Those whose time is not asked about."""
        return self.drafts().exclude(poll__isnull=False, poll__fixed_at=None, poll__called_off_at=None)

    def polled(self):
        """The families have been asked when it suits, and no time is fixed yet."""
        return self.drafts().filter(poll__sent_at__isnull=False, poll__fixed_at=None, poll__called_off_at=None)

    def published(self):
        return self.filter(state=Gathering.State.PUBLISHED)

    def shared(self):
        """What may be read by anybody who is shown its address."""
        return self.filter(state__in=[*Gathering.OPEN, Gathering.State.CANCELLED])

    def known_at_home(self):
        """What families have been told of, and may still read about: an invitation, also one that is cancelled, and a
        question when it suits, also one that came to nothing."""
        asked = Q(state=Gathering.State.DRAFT, poll__sent_at__isnull=False)
        return self.filter(Q(state__in=[*Gathering.OPEN, Gathering.State.CANCELLED]) | asked)

    def off(self):
        """Cancelled, or asked about in vain, and not planned anew since."""
        in_vain = Q(state=Gathering.State.DRAFT, poll__called_off_at__isnull=False)
        return self.filter(Q(state=Gathering.State.CANCELLED) | in_vain)

    def upcoming(self, now=None):
        return self.filter(ends_at__gt=now or timezone.now())

    def over(self, now=None):
        return self.filter(ends_at__lte=now or timezone.now())

    def that_took_place(self, now=None):
        """Said to have been held, or over and never called off."""
        return self.filter(
            Q(state=Gathering.State.HELD) | Q(state=Gathering.State.PUBLISHED, ends_at__lte=now or timezone.now())
        )

    def to_forget(self, now):
        return self.filter(forgotten_at=None, published_at__isnull=False, ends_at__lt=now - Gathering.KEPT)

    def of_a_past_year(self, day):
        return self.filter(school_class__year__ends_on__lt=day)

    def tied_to(self, school_event):
        """Not over, cancelled or held, and of a class that it is still for."""
        return self._open_and_tied(school_event).filter(_still_for(school_event))

    def left_out_by(self, school_event):
        """Not over, cancelled or held, and of a class that it is for no more."""
        return self._open_and_tied(school_event).exclude(_still_for(school_event))

    def _open_and_tied(self, school_event):
        tied = self.upcoming().filter(school_event=school_event)
        return tied.filter(state__in=[Gathering.State.DRAFT, *Gathering.OPEN])

    def of_earlier_years(self, school_class):
        """Held by the same children when their class had another name. A class of no cohort has no past."""
        if school_class.cohort_id is None:
            return self.none()
        earlier = SchoolClass.objects.filter(
            cohort=school_class.cohort_id, year__starts_on__lt=school_class.year.starts_on
        )
        held = self.over().filter(state__in=[*Gathering.OPEN, Gathering.State.HELD])
        return held.filter(school_class__in=earlier)

    @once_a_day
    def organised_by(self, person):
        classes = keys_of.classes(person, [Role.Kind.CLASS_CONTACT])
        helping = Gathering.objects.helpable_by(person).filter(helpers__person_id=person.pk)
        return self.filter(Q(school_class__in=classes) | Q(pk__in=helping.values("pk")))

    @once_a_day
    def visible_to(self, person):
        """Guardians see what their children's classes were invited to; class contacts and helpers everything of their
        class; its teachers and the school's leaders everything but drafts."""
        told = self.filter(state__in=[*Gathering.OPEN, Gathering.State.CANCELLED, Gathering.State.HELD])
        found = self.organised_by(person), told.for_guardian(person), told.for_staff(person)
        return self.filter(pk__in=either(*(gatherings.values("pk") for gatherings in found)))

    def for_guardian(self, person):
        """Only for classes that a child of theirs is in today."""
        return self.filter(school_class__in=keys_of.classes_of_children(person))

    @once_a_day
    def helpable_by(self, person):
        """Those of their children's classes, except a class with a child from whom the person is restricted: a helper
        reads about every home."""
        return self.for_guardian(person).exclude(school_class__in=keys_of.classes_restricted(person))

    def for_staff(self, person):
        return self.filter(
            Q(school_class__in=keys_of.classes_taught(person)) | Q(school_class__school__in=keys_of.schools_led(person))
        )


def _still_for(school_event):
    classes = SchoolClass.objects.filter(events=school_event)
    return Q(school_event__whole_school=True) | Q(school_class__in=classes.values("pk"))


class Gathering(models.Model):
    """A meeting of one class's families. Everyone in the class is invited: there is no list to choose from."""

    class Kind(models.TextChoices):
        FAMILIES = "families", _("Children and parents")
        THEME = "theme", _("Theme evening for parents")
        ADULTS = "adults", _("Parents")
        CHILDREN = "children", _("The class")

    class Kit(models.TextChoices):
        """The topics for which questions, rules and a plan are ready (`networks/topics/kits.py`)."""

        INCLUSION = "inclusion", _("Everyone is part of it")
        SCREENS = "screens", _("Time with screens")
        SOCIAL_MEDIA = "social-media", _("Social media")
        OUT_TIMES = "out-times", _("Out in the evening")
        BULLYING = "bullying", _("When somebody is not treated well")
        CHORES = "chores", _("Jobs at home and pocket money")
        CONFLICTS = "conflicts", _("When children fall out")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Invitation sent")
        CANCELLED = "cancelled", _("Cancelled")
        HELD = "held", _("Held")

    MOVES = {
        State.DRAFT: {State.PUBLISHED},
        State.PUBLISHED: {State.CANCELLED, State.HELD},
        State.CANCELLED: set(),
        State.HELD: set(),
    }
    OPEN = (State.PUBLISHED,)
    FOR_ADULTS = (Kind.THEME, Kind.ADULTS)  # children stay at home, or are minded
    KEPT = timedelta(days=60)

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="gatherings")
    school_event = models.ForeignKey(
        SchoolEvent, models.PROTECT, null=True, blank=True, editable=False, related_name="gatherings"
    )
    idea = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("What are you going to do?"), max_length=120)
    kind = models.CharField(_("What kind of gathering is it?"), max_length=10, choices=Kind, default=Kind.FAMILIES)
    kit = models.CharField(_("What is the topic?"), max_length=20, choices=Kit, blank=True)
    own_topic = models.CharField(_("The topic in your own words"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    answer_by = models.DateTimeField(_("Answer by"))
    place = models.CharField(_("Where do you meet?"), max_length=200)
    description = models.TextField(_("What should everyone know?"), max_length=2000, blank=True)
    bring = models.CharField(_("What should everyone bring?"), max_length=300, blank=True)
    family_cost = models.PositiveIntegerField(_("What does it cost each family?"), default=0)
    capacity = models.PositiveSmallIntegerField(_("For how many people is there room?"), null=True, blank=True)
    given_back_until = models.PositiveSmallIntegerField(
        _("How many days before may homes still give back what they have taken?"), default=2, editable=False
    )
    children_involved = models.TextField(_("How have the children been involved?"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    forgotten_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_because = models.CharField(max_length=300, blank=True, editable=False)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="gathering_ends_after_start"),
            models.CheckConstraint(condition=Q(given_back_until__lte=60), name="given_back_in_reason"),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="room_for_somebody"),
            models.CheckConstraint(condition=Q(answer_by__lte=F("starts_at")), name="gathering_answered_before_start"),
            models.CheckConstraint(
                condition=Q(kit="", own_topic="") | Q(kind="theme") & (Q(kit="") | Q(own_topic="")),
                name="theme_evening_has_one_topic",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None) | ~Q(state="draft") & Q(published_at__isnull=False),
                name="gathering_published_when_told",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | ~Q(state="cancelled") & Q(cancelled_at=None),
                name="gathering_cancelled_when_told",
            ),
        ]

    class Privacy:
        personal = {"made_by"}
        plain = {
            "id",
            "school_class",
            "school_event",
            "idea",
            "title",
            "kind",
            "kit",
            "own_topic",
            "starts_at",
            "ends_at",
            "answer_by",
            "place",
            "description",
            "bring",
            "family_cost",
            "capacity",
            "given_back_until",
            "children_involved",
            "state",
            "sequence",
            "made_at",
            "published_at",
            "reminded_at",
            "forgotten_at",
            "cancelled_at",
            "cancelled_because",
        }

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("networks:gathering_show", args=[self.pk])

    @property
    def school_id(self):
        return self.school_class.school_id

    @property
    def is_for_adults(self):
        return self.kind in self.FOR_ADULTS

    @property
    def is_theme_evening(self):
        return self.kind == self.Kind.THEME

    @property
    def topic(self):
        """What a theme evening is about, a kit in the reader's language; empty while it is not said."""
        return self.get_kit_display() or self.own_topic

    @property
    def whom(self):
        """Who comes, in words. A theme evening is for the same as any evening of adults."""
        return self.Kind.ADULTS.label if self.is_for_adults else self.get_kind_display()

    @property
    def kind_in_words(self):
        about = _("Theme evening about “%(topic)s”") % {"topic": self.topic}
        return about if self.is_theme_evening and self.topic else self.get_kind_display()

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def has_no_time(self):
        """Its families are asked when it suits, or will be: the time in its row is not meant for anybody."""
        return self.is_draft and hasattr(self, "poll") and self.poll.stands

    @property
    def is_published(self):
        return self.state in (self.State.PUBLISHED, self.State.HELD)

    @property
    def is_cancelled(self):
        return self.state == self.State.CANCELLED

    @property
    def off_at(self):
        """Since when the families know that nothing comes of it, or of the times they were asked about."""
        if self.is_draft and hasattr(self, "poll"):
            return self.poll.called_off_at
        return self.cancelled_at

    @property
    def title_at_home(self):
        """As the families know it. Where they were asked in vain it is a draft again, and a new title is not theirs yet."""
        in_vain = self.is_draft and self.off_at is not None
        return (in_vain and self.poll.called_off_title) or self.title

    @property
    def took_place(self):
        return self.state == self.State.HELD or (self.state == self.State.PUBLISHED and self.is_over())

    def differs_in(self, fields):
        stored = {name: self._meta.get_field(name).get_prep_value for name in fields}
        return {name for name, value in fields.items() if stored[name](value) != stored[name](getattr(self, name))}

    def takes_answers(self, now=None):
        """Answers may be given and changed until it starts, not only until the answer date."""
        return self.state == self.State.PUBLISHED and (now or timezone.now()) < self.starts_at

    @property
    def list_locks_on(self):
        """The last day on which a home may give back what it has taken; it moves with the gathering."""
        return self.starts_at.astimezone(self.school_class.school.zone).date() - timedelta(days=self.given_back_until)

    def is_over(self, now=None):
        return (now or timezone.now()) >= self.ends_at

    def reminder_at(self):
        """When the clock reminds the silent, once. With more than five days to answer, 48 hours before the answer date;
        with two to five, 36 hours before; with fewer, never."""
        span = self.answer_by - self.published_at
        if span < timedelta(days=2):
            return None
        return self.answer_by - timedelta(hours=48 if span > timedelta(days=5) else 36)

    def is_reminded(self, now=None):
        """By an organiser or by the clock: nobody is reminded again."""
        at = self.reminder_at() if self.published_at else None
        return self.reminded_at is not None or (at is not None and at <= (now or timezone.now()))


class HelperQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(gathering__in=Gathering.objects.organised_by(person).values("pk"))

    def of(self, person):
        """Help lasts only while the helper has a child in the class and is restricted from no child there."""
        return self.filter(person_id=person.pk, gathering__in=Gathering.objects.helpable_by(person).values("pk"))


class Helper(models.Model):
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="helpers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = HelperQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "person"], name="helper_once_per_gathering")]

    class Privacy:
        personal = {"person"}
        plain = {"id", "gathering", "added_at"}

    def __str__(self):
        return f"helper {self.pk}"
