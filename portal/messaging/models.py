"""What somebody is to be told, how each delivery went, what people choose, and links for one task."""

from datetime import time, timedelta

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.ledger.models import Event
from portal.messaging import tokens
from portal.people.models import AccessRestriction, Household, Person
from portal.text import models


class Category(models.TextChoices):
    INVITATIONS = "invitations", _("Invitations")
    REMINDERS = "reminders", _("Reminders")
    NEWS = "news", _("News from the class and the school")
    DECISIONS = "decisions", _("Decisions and answers")
    TASKS = "tasks", _("Things that wait for me")


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    IN_APP = "in_app", _("Only here in the portal")


class AlreadySent(Refusal):
    pass


class About(models.Model):
    """About one row of any room, by label and key: the ground knows no room, so there can be no foreign key."""

    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)

    class Meta:
        abstract = True

    @cached_property
    def subject(self):
        try:
            model = apps.get_model(self.subject_type)
        except LookupError:
            return None
        return model._base_manager.filter(pk=self.subject_id).first()


def naming(subject):
    return {"subject_type": subject._meta.label, "subject_id": str(subject.pk)}


class NoticeQuerySet(models.QuerySet):
    def about(self, subject):
        return self.filter(**naming(subject))

    def told(self):
        return self.filter(state=Notice.State.TOLD)

    def unread(self):
        return self.told().filter(read_at=None)

    def visible_to(self, person):
        """What the person has been told. Somebody restricted from a pupil reads only messages about what they may still
        see: an old message says where and when just as a new one does."""
        own = self.told().filter(recipient_id=person.pk)
        if not AccessRestriction.objects.against(person).exists():
            return own
        return own.filter(pk__in=[notice.pk for notice in own if notice.may_be_known_to(person)])

    def left_by_all(self):
        """Whatever became of it: it waits for no way any more."""
        return self.exclude(Exists(Delivery.objects.queued().filter(notice=OuterRef("pk"))))

    def unqueued(self):
        return self.filter(state=Notice.State.WAITING).left_by_all()

    def set_aside(self):
        """Sent by no channel, through a fault that is not the recipient's."""
        failed = Delivery.objects.filter(notice=OuterRef("pk"), state=Delivery.State.FAILED)
        return self.unqueued().filter(Exists(failed), ~Exists(Delivery.objects.sent().filter(notice=OuterRef("pk"))))

    def newest_first(self):
        return self.order_by("-told_at", "-pk")


class Notice(About):
    """One person is to hear one thing, once. It is worded when it is sent, in the recipient's language."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        TOLD = "told", _("Told")
        STOPPED = "stopped", _("Stopped")
        UNWANTED = "unwanted", _("No longer needed")

    kind = models.CharField(max_length=80)
    # no index of its own: `notice_by_recipient` begins with it
    recipient = models.ForeignKey(Person, models.CASCADE, related_name="notices", db_index=False)
    occasion = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=12, choices=Category)
    event_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    not_before = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    link = models.TextField(blank=True)
    link_label = models.CharField(max_length=120, blank=True)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id", "recipient", "occasion"], name="one_notice_per_occasion"
            ),
            models.CheckConstraint(condition=~Q(state="told") | Q(told_at__isnull=False), name="told_notice_says_when"),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "kind"], name="notice_by_subject"),
            models.Index(fields=["recipient", "-told_at"], name="notice_by_recipient"),
            models.Index(fields=["event_id"], name="notice_by_event"),
        ]

    class Privacy:
        personal = {"recipient", "title", "text", "link", "read_at"}
        plain = {
            "id",
            "kind",
            "subject_type",
            "subject_id",
            "occasion",
            "category",
            "event_id",
            "state",
            "not_before",
            "made_at",
            "told_at",
            "link_label",
        }

    def __str__(self):
        return f"{self.kind} {self.subject_type} {self.subject_id} to {self.recipient_id}"

    def is_newest(self, verb="", **details):
        """False when the same has happened to its subject since: then the later letter tells it."""
        since = Event.objects.about(self.subject).filter(pk__gt=self.event_id or 0, verb=verb or self.kind)
        return (
            self.event_id is None
            or not since.filter(**{f"details__{name}": said for name, said in details.items()}).exists()
        )

    def may_be_known_to(self, person):
        """A subject without `visible_to` is shown to nobody."""
        rows = getattr(type(self.subject), "objects", None)
        return hasattr(rows, "visible_to") and rows.visible_to(person).filter(pk=self.subject.pk).exists()


class DeliveryQuerySet(models.QuerySet):
    def queued(self):
        return self.filter(state=Delivery.State.QUEUED)

    def sent(self):
        return self.filter(state__in=[Delivery.State.SENT, Delivery.State.BOUNCED])

    def due(self, now):
        """Waiting, at its time and not claimed; the claim of a worker that died runs out."""
        return self.queued().filter(Q(claimed_until=None) | Q(claimed_until__lte=now), next_try_at__lte=now)

    def unclaimed(self, now):
        return self.queued().filter(Q(claimed_until=None) | Q(claimed_until__lte=now))


class Delivery(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not delivered")
        BOUNCED = "bounced", _("Came back")
        STOPPED = "stopped", _("Stopped")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", db_index=False)  # in the constraint's
    channel = models.CharField(max_length=6, choices=Channel)
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=State, default=State.QUEUED)
    next_try_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    bundle = models.BigIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_per_channel"),
            models.CheckConstraint(
                condition=Q(sent_at=None, state__in=["queued", "failed", "stopped"])
                | Q(sent_at__isnull=False, state__in=["sent", "bounced"]),
                name="sent_delivery_says_when",
            ),
        ]
        indexes = [
            # with the key, so that a claim reads its batch in order and not everything that is due
            models.Index(
                fields=["channel", "next_try_at", "id"], condition=Q(state="queued"), name="delivery_due_in_order"
            ),
            models.Index(fields=["bundle"], condition=Q(bundle__isnull=False), name="delivery_by_bundle"),
        ]

    class Privacy:
        personal = {"answer"}
        plain = {
            "id",
            "notice",
            "channel",
            "urgent",
            "state",
            "next_try_at",
            "claimed_until",
            "bundle",
            "attempts",
            "sent_at",
        }

    def __str__(self):
        return f"{self.channel} {self.notice_id} {self.state}"


class Preference(models.Model):
    """No row means the default of each field."""

    class Way(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("Text message")
        BOTH = "both", _("E-mail and text message")
        PORTAL = "portal", _("Only here in the portal")

    class Digest(models.TextChoices):
        NONE = "none", _("Right away")
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week, on Monday")

    person = models.OneToOneField(Person, models.CASCADE, related_name="preference")
    invitations = models.CharField(_("Invitations"), max_length=6, choices=Way, default=Way.EMAIL)
    reminders = models.CharField(_("Reminders"), max_length=6, choices=Way, default=Way.EMAIL)
    news = models.CharField(_("News from the class and the school"), max_length=6, choices=Way, default=Way.EMAIL)
    decisions = models.CharField(_("Decisions and answers"), max_length=6, choices=Way, default=Way.EMAIL)
    tasks = models.CharField(_("Things that wait for me"), max_length=6, choices=Way, default=Way.EMAIL)
    digest = models.CharField(_("How often"), max_length=6, choices=Digest, default=Digest.NONE)
    quiet_from = models.TimeField(_("Quiet from"), default=time(21))
    quiet_until = models.TimeField(_("Quiet until"), default=time(7))
    morning = models.BooleanField(_("A letter in the morning with what waits for me"), default=True)
    morning_at = models.TimeField(_("At what time?"), default=time(7, 30))

    class Privacy:
        personal = {
            "person",
            "invitations",
            "reminders",
            "news",
            "decisions",
            "tasks",
            "digest",
            "quiet_from",
            "quiet_until",
            "morning",
            "morning_at",
        }
        plain = {"id"}

    def __str__(self):
        return f"choices of {self.person_id}"


class PersonalLinkQuerySet(models.QuerySet):
    def live(self, now=None):
        return self.in_right_hands().filter(expires_at__gt=now or timezone.now())

    def in_right_hands(self):
        """Worn out or not: of those whom nobody has locked out since, nor moved to another home."""
        at_home = Q(household=None) | Q(household=F("person__household"))
        return self.filter(at_home, revoked_at=None, person__is_active=True)

    def about(self, subject):
        return self.filter(**naming(subject))

    def visible_to(self, person):
        return self.filter(person_id=person.pk)

    def of_same(self, link):
        """Those of the same home for the same task, this one too."""
        same = {"purpose": link.purpose, "subject_type": link.subject_type, "subject_id": link.subject_id}
        beside = self.filter(**same, household=link.household_id) if link.household_id else self.none()
        return self.filter(pk=link.pk) | beside

    def calendar_of(self, person):
        return self.live().visible_to(person).filter(purpose=PersonalLink.CALENDAR).first()


class PersonalLink(About):
    """Opens one task for one person of one household, without a login. Each new `rotation` makes the old one dead."""

    LIFE = timedelta(days=60)
    token = ""  # the one it was opened with
    is_told = False  # the home hears by another message of what was done with it now
    CALENDAR, CALENDAR_LIFE = "messaging.calendar", timedelta(days=365)
    MORNING = "messaging.morning"  # no more letters of the morning

    person = models.ForeignKey(Person, models.CASCADE, related_name="personal_links", db_index=False)  # likewise
    household = models.ForeignKey(Household, models.CASCADE, null=True, related_name="personal_links")
    purpose = models.CharField(max_length=60)
    rotation = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "subject_type", "subject_id"], name="one_link_per_task"
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id", "purpose"], name="link_by_subject")]

    class Privacy:
        personal = {"person", "household", "opened_at"}
        plain = {
            "id",
            "purpose",
            "subject_type",
            "subject_id",
            "rotation",
            "made_at",
            "expires_at",
            "revoked_at",
        }

    def __str__(self):
        return f"{self.purpose} {self.pk}"

    @property
    def opened_path(self):
        return reverse("messaging:link_opened", args=[tokens.token_of(self)])

    @property
    def is_live(self):
        return (
            self.revoked_at is None
            and self.expires_at > timezone.now()
            and self.person.is_active
            and self.household_id in (None, self.person.household_id)
        )

    def url(self, page=""):
        """The address grants nothing that the page does not check again."""
        return f"{settings.SITE_URL}{tokens.path_of(self, page)}"
