"""What a class contact or a teacher tells all guardians of a class at once. Nobody answers to all, and no child is named."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Case, DateTimeField, F, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from networks.models.proposals import ABOUT_A_CLASS
from portal.actions import Refusal
from portal.people.models import Enrolment, GuardianRelation, Person, Role, SchoolClass, keys_of
from portal.people.models.keys_of import once_a_day
from portal.people.models.persons import either
from portal.text import models


class BulletinOver(Refusal):
    words = _(
        "This notice has been sent, released, returned or taken back meanwhile. Open it again to see how it stands."
    )


class BulletinQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(state=Bulletin.State.DRAFT)

    def waiting(self):
        return self.filter(state=Bulletin.State.WAITING)

    def sent(self):
        return self.filter(state=Bulletin.State.SENT)

    def out(self):
        """No more its writer's to change: sent; or read first and quietly, which to the writer's home is the same."""
        return self.filter(Q(state=Bulletin.State.SENT) | Q(state=Bulletin.State.WAITING, is_quiet=True))

    def told_to(self, person):
        """What is sent, as far as they may know, with the moment at which they were told of it, the latest first."""
        return self.visible_to(person).as_read_by(person).filter(looks_sent=True).order_by("-told_at", "-pk")

    def as_read_by(self, person):
        """`told_at` and `looks_sent`, in which nobody of the writer's home can read that it waited without a word."""
        unknowing = self.model.objects.unknown_to(person).values("pk")
        return self.annotate(
            told_at=Case(
                When(pk__in=unknowing, then=F("asked_at")), default=F("sent_at"), output_field=DateTimeField()
            ),
            looks_sent=Case(
                When(state=Bulletin.State.SENT, then=True),
                When(state=Bulletin.State.WAITING, pk__in=unknowing, then=True),
                default=False,
                output_field=BooleanField(),
            ),
        )

    def unknown_to(self, person):
        """Of what is read first and quietly: that of this person's home, unless it is theirs to release."""
        of_home = Q(written_by=person.pk)
        if person.household_id:
            of_home |= Q(written_by__household=person.household_id)
        return self.filter(of_home, is_quiet=True).exclude(pk__in=self.model.objects.released_by(person).values("pk"))

    def written_by(self, person):
        """While they are class contact or teacher there: in any state, since it is theirs."""
        return self.filter(written_by=person.pk, school_class__in=keys_of.classes(person, ABOUT_A_CLASS))

    def released_by(self, person):
        """Of the classes whose contact teacher they are and the schools that they lead; never their own."""
        taught, led = keys_of.classes(person, [Role.Kind.CONTACT_TEACHER]), keys_of.schools_led(person)
        here = Q(school_class__in=taught) | Q(school_class__school__in=led)
        return self.filter(here).exclude(written_by=person.pk)

    @once_a_day
    def visible_to(self, person):
        """What is sent: every guardian of the class today, those who teach there and the school's leaders. What waits:
        whoever may release it, and the writer's home where it waits without a word. A draft, and what was taken back: the
        writer alone."""
        followed = SchoolClass.objects.followed_by(person).order_by()
        found = (
            self.sent().filter(school_class__in=followed.values("pk")),
            self.waiting().unknown_to(person).filter(school_class__in=followed.values("pk")),
            self.waiting().released_by(person),
            self.written_by(person),
        )
        return self.filter(pk__in=either(*(bulletins.values("pk") for bulletins in found)))


RELEASERS = (Role.Kind.CONTACT_TEACHER, Role.Kind.PRINCIPAL, Role.Kind.DEPUTY)


class Bulletin(models.Model):
    class Kind(models.TextChoices):
        PRACTICAL = "practical", _("Practical")
        HOME = "home", _("Please talk about it at home")
        HAPPENED = "happened", _("Something has happened")
        NEW_ADULT = "new_adult", _("A new adult in the class")
        LASTING = "lasting", _("A change that lasts")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        WAITING = "waiting", _("Waiting for release")
        SENT = "sent", _("Sent")
        TAKEN_BACK = "back", _("Taken back")

    LENGTH = 3000

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="bulletins")
    kind = models.CharField(_("What kind of notice is it?"), max_length=9, choices=Kind)
    title = models.CharField(_("In a few words"), max_length=120)
    text = models.TextField(_("What do you want to say?"), max_length=LENGTH)
    is_knowable = models.BooleanField(_("Somebody could work out which child it is about"), default=False)
    noticed_at = models.DateTimeField(_("When was it noticed?"), null=True)
    state = models.CharField(max_length=7, choices=State, default=State.DRAFT, editable=False)
    not_names = ArrayField(models.CharField(max_length=60), default=list, editable=False)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    is_from_teacher = models.BooleanField(default=False, editable=False)
    written_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True, editable=False)
    is_quiet = models.BooleanField(default=False, editable=False)
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)
    returned_because = models.TextField(_("What should be different?"), max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="bulletin_says_something"),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "back"], sent_at__isnull=False)
                | Q(state__in=["draft", "waiting"], sent_at=None)
                | Q(state="back", is_quiet=True),
                name="sent_bulletin_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state="back", taken_back_at__isnull=False) | ~Q(state="back") & Q(taken_back_at=None),
                name="bulletin_taken_back_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(asked_at__isnull=False), name="waiting_bulletin_says_since_when"
            ),
            models.CheckConstraint(
                condition=Q(is_quiet=False) | ~Q(state="draft") & Q(asked_at__isnull=False),
                name="quiet_bulletin_has_left_its_writer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "back"])
                | ~Q(kind="happened") & Q(is_knowable=False)
                | Q(released_by__isnull=False),
                name="bulletin_about_a_child_is_released",
            ),
            models.CheckConstraint(
                condition=~Q(kind="happened") | Q(state="draft") | Q(noticed_at__isnull=False),
                name="what_has_happened_says_when_noticed",
            ),
        ]

    class Privacy:
        personal = {"title", "text", "written_by", "released_by", "returned_because", "not_names"}
        plain = {
            "id",
            "school_class",
            "kind",
            "is_knowable",
            "is_from_teacher",
            "is_quiet",
            "noticed_at",
            "state",
            "written_at",
            "asked_at",
            "sent_at",
            "taken_back_at",
        }

    def __str__(self):
        return f"bulletin {self.pk}"

    def get_absolute_url(self):
        return reverse("networks:bulletin_show", args=[self.pk])

    @property
    def school_id(self):
        return self.school_class.school_id

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_waiting(self):
        return self.state == self.State.WAITING

    @property
    def is_sent(self):
        return self.state == self.State.SENT

    @property
    def is_out(self):
        return self.is_sent or (self.is_waiting and self.is_quiet)

    @property
    def waits_openly(self):
        return self.is_waiting and not self.is_quiet

    @property
    def is_taken_back(self):
        return self.state == self.State.TAKEN_BACK

    def guardians(self):
        """The relations of those who are told today, in both homes of a child alike."""
        return GuardianRelation.objects.live().in_class(self.school_class_id)

    def guardians_at_home(self):
        """Those of them who live with its writer, this one too, and do not release it: what waits quietly looks sent to
        them."""
        home = self.written_by.household_id
        of_home = Q(guardian=self.written_by_id) | Q(guardian__household=home, guardian__household__isnull=False)
        return self.guardians().filter(of_home).exclude(guardian__in=self._who_may_release().values("person"))

    def pupils(self):
        places = Enrolment.objects.current().filter(school_class=self.school_class_id)
        return Person.objects.filter(pk__in=places.values("pupil"))

    def releasers(self):
        """The contact teachers of the class, or else those who lead the school; never the writer."""
        live = self._who_may_release()
        found = live.filter(school_class=self.school_class_id)
        if not found.exists():
            found = live.filter(school=self.school_class.school_id)
        return Person.objects.filter(pk__in=found.values("person"))

    def _who_may_release(self):
        here = Q(school_class=self.school_class_id) | Q(school=self.school_class.school_id)
        return Role.objects.live(kinds=RELEASERS).filter(here).exclude(person=self.written_by_id)
