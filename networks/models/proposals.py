"""What a family of a class proposes to the others, who supports it, and how it is answered."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from networks.models.gatherings import Gathering
from portal.people.models import Enrolment, GuardianRelation, Household, Person, Role, SchoolClass
from portal.people.models.persons import either
from portal.text import models

ABOUT_A_CLASS = (Role.Kind.CLASS_CONTACT, Role.Kind.CONTACT_TEACHER, Role.Kind.SUBJECT_TEACHER)


def classes_around(person):
    """Keys of the classes that a child of theirs is in today, and of those that they teach or are class contact of."""
    places = Enrolment.objects.current().of_children_of(person)
    roles = Role.objects.live(kinds=ABOUT_A_CLASS).filter(person_id=person.pk)
    return either(places.values("school_class"), roles.values("school_class"))


class ProposalQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Proposal.State.OPEN)

    def topics(self):
        return self.filter(kind=Proposal.Kind.TOPIC)

    def standing(self):
        return self.exclude(state=Proposal.State.TAKEN_BACK)

    def due_to_run_out(self, now):
        return self.open().filter(made_at__lte=now - Proposal.OPEN_FOR)

    def visible_to(self, person):
        return self.standing().filter(school_class__in=classes_around(person))

    def with_support(self, school_class, household_id=None):
        """`homes` is how many support it, of those that are in the class today; `is_supported` is whether this home
        does."""
        homes = GuardianRelation.objects.live().in_class(school_class).homes()
        own = Support.objects.filter(proposal=OuterRef("pk"), household=household_id)
        return self.annotate(homes=Count("supports", filter=Q(supports__household__in=homes)), is_supported=Exists(own))


class Proposal(models.Model):
    """A gathering or a topic that a guardian proposes. Nobody else can change it or take it away: it is answered, or it
    runs out where everyone in the class sees it."""

    class Kind(models.TextChoices):
        GATHERING = "gathering", _("A gathering")
        TOPIC = "topic", _("A topic to talk about")

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        TAKEN_UP = "taken", _("Taken up")
        NOT_NOW = "not_now", _("Not now")
        RAN_OUT = "ran_out", _("Ran out without an answer")
        TAKEN_BACK = "back", _("Taken back")

    ANSWERED = (State.TAKEN_UP, State.NOT_NOW)
    OPEN_FOR = timedelta(days=30)
    MOST = 5  # of one home in `OPEN_FOR`, so that a page is not drowned

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="proposals")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(_("What do you propose?"), max_length=10, choices=Kind)
    kit = models.CharField(max_length=20, blank=True)
    title = models.CharField(_("In a few words"), max_length=120, blank=True)
    text = models.TextField(_("Say a little more"), max_length=500, blank=True)
    is_named = models.BooleanField(_("Show my name to the other parents in the class"), default=False)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(_("Your answer"), max_length=500, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)
    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="+", null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kit="") & ~Q(title="") | Q(title="", text="", kind="topic") & ~Q(kit=""),
                name="proposal_is_a_kit_or_own_words",
            ),
            models.UniqueConstraint(
                fields=["school_class", "kit"],
                condition=Q(state="open") & ~Q(kit=""),
                name="a_kit_is_proposed_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["taken", "not_now"], answered_at__isnull=False, answered_by__isnull=False)
                | ~Q(state__in=["taken", "not_now"]) & Q(answered_at=None, answered_by=None),
                name="proposal_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "not_now"])
                | ~Q(answer="")
                | Q(state="taken", gathering__isnull=False),
                name="proposal_answer_says_something",
            ),
        ]

    class Privacy:
        personal = {"household", "made_by", "kit", "title", "text", "is_named", "answer", "answered_by"}
        plain = {"id", "school_class", "made_at", "kind", "state", "answered_at", "gathering"}

    def __str__(self):
        return f"proposal {self.pk}"

    def get_absolute_url(self):
        return f"{reverse('networks:proposal_list', args=[self.school_class_id])}#proposal-{self.pk}"

    @property
    def school_id(self):
        return self.school_class.school_id

    def is_own(self, person):
        """Also when whoever proposed it has moved to another home since."""
        return person.pk == self.made_by_id or person.household_id == self.household_id

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def open_until(self):
        return self.made_at + self.OPEN_FOR


class Support(models.Model):
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="supports")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "household"], name="one_support_per_home")]

    class Privacy:
        personal = {"household"}
        plain = {"id", "proposal"}

    def __str__(self):
        return f"support {self.pk}"
