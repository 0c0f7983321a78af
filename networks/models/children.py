"""What the children of a class would like to do: their ideas, and a vote among three or four of them. Nothing here says
who had an idea or what somebody voted for: a vote is a count."""

from datetime import timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from networks.models.gatherings import Gathering
from networks.models.proposals import classes_around
from portal.people.models import Person, SchoolClass
from portal.text import models

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike: a child reads them from a board
CODE_LENGTH = 6


def new_codes(many):
    """None of them is the code of a class or of a slip now."""
    in_use = {*ClassVote.objects.values_list("code", flat=True), *ClassBallot.objects.values_list("code", flat=True)}
    codes = set()
    while len(codes) < many:
        codes |= {get_random_string(CODE_LENGTH, CODE_LETTERS)} - in_use
    return codes


class ClassVoteQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Guardians of the class and its teachers; class contacts are guardians."""
        return self.filter(school_class__in=classes_around(person))

    def collecting(self):
        return self.filter(state=ClassVote.State.IDEAS)

    def voting(self):
        return self.filter(state=ClassVote.State.VOTE)

    def under_way(self):
        return self.exclude(state=ClassVote.State.CLOSED)

    def closed(self):
        return self.filter(state=ClassVote.State.CLOSED)

    def by_code(self):
        """Those that somebody with a code may take part in now."""
        return self.under_way().filter(code_until__gt=timezone.now())


class ClassVote(models.Model):
    class State(models.TextChoices):
        IDEAS = "ideas", _("The children have ideas")
        VOTE = "vote", _("The children vote")
        CLOSED = "closed", _("The children have chosen")

    LEAST, MOST_OPTIONS, MOST_IDEAS, HOURS = 3, 4, 60, 4

    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="votes")
    state = models.CharField(max_length=6, choices=State, default=State.IDEAS)
    code = models.CharField(max_length=CODE_LENGTH, blank=True)
    code_until = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    most = models.PositiveSmallIntegerField(default=0)
    cast = models.PositiveSmallIntegerField(default=0)
    committee = models.ManyToManyField(Person, related_name="+", blank=True)
    gathering = models.ForeignKey(Gathering, models.SET_NULL, null=True, related_name="+")

    objects = ClassVoteQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school_class"], condition=~Q(state="closed"), name="one_vote_under_way_in_a_class"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="a_code_is_for_one_class"),
            models.CheckConstraint(condition=Q(cast__lte=F("most")), name="no_more_votes_than_children"),
            models.CheckConstraint(condition=~Q(state="closed") | Q(code=""), name="a_closed_vote_has_no_code"),
        ]

    class Privacy:
        personal = {"committee"}
        plain = {"id", "school_class", "state", "code", "code_until", "begun_at", "most", "cast", "gathering"}

    def __str__(self):
        return f"vote {self.pk}"

    def get_absolute_url(self):
        return reverse("networks:children_show", args=[self.school_class_id])

    @property
    def school_id(self):
        return self.school_class.school_id

    @property
    def takes_ideas(self):
        return self.state == self.State.IDEAS

    @property
    def takes_votes(self):
        return self.state == self.State.VOTE

    @property
    def is_closed(self):
        return self.state == self.State.CLOSED

    @property
    def code_works(self):
        """The code of the class while there are ideas, the slips while there is a vote."""
        is_there = self.ballots.exists() if self.takes_votes else bool(self.code)
        return is_there and self.code_until is not None and timezone.now() < self.code_until

    def renew_code(self):
        self.code, self.code_until = new_codes(1).pop(), timezone.now() + timedelta(hours=self.HOURS)

    def deal_ballots(self):
        """A new slip for each child who has not voted; those before work no longer, nor does the code of the class."""
        self.ballots.all().delete()
        codes = new_codes(self.most - self.cast)
        ClassBallot.objects.bulk_create(ClassBallot(vote=self, code=code) for code in codes)
        self.code, self.code_until = "", timezone.now() + timedelta(hours=self.HOURS)

    def options(self):
        return self.ideas.filter(is_option=True)


class ClassIdea(models.Model):
    """What a child would like to do, in the child's own words, and how many voted for it."""

    vote = models.ForeignKey(ClassVote, models.CASCADE, related_name="ideas")
    text = models.CharField(_("What would you like to do?"), max_length=100)
    is_option = models.BooleanField(default=False)
    votes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["text", "pk"]  # in the order in which they came, somebody could know whose they are
        constraints = [
            models.CheckConstraint(condition=Q(is_option=True) | Q(votes=0), name="only_an_option_has_votes")
        ]

    class Privacy:
        personal = set()
        plain = {"id", "vote", "text", "is_option", "votes"}

    def __str__(self):
        return self.text


class ClassBallot(models.Model):
    """A slip for one vote, of no child in particular. It is deleted when it is used, so that no row says what it chose."""

    vote = models.ForeignKey(ClassVote, models.CASCADE, related_name="ballots")
    code = models.CharField(max_length=CODE_LENGTH)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="a_ballot_is_one"),
            models.CheckConstraint(condition=~Q(code=""), name="a_ballot_has_a_code"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "vote", "code"}

    def __str__(self):
        return f"ballot {self.pk}"

    @property
    def in_halves(self):
        return f"{self.code[:3]} {self.code[3:]}"
