"""Principles and their versions. A published version never changes: the database itself refuses."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import Municipality, Person, Role, School
from portal.people.models.persons import date_span
from portal.people.rules import is_portal
from portal.text import models
from principles import moves
from principles.adoption.models import Adoption  # noqa: F401 as below
from principles.confided.models import Confidant, Confidence  # noqa: F401 as below
from principles.cooperation.models import CooperationSurvey  # noqa: F401
from principles.descent.models import Descent  # noqa: F401 the same
from principles.guide.models import FirstContact  # noqa: F401 the same
from principles.headings import UPDATED
from principles.hearings.models import Alternative, Answer, Hearing, HearingPart, Theme  # noqa: F401 as below
from principles.incoming.models import COMMON, IncomingText  # noqa: F401 Django looks for an app's models here
from principles.inquiries.models import Inquiry  # noqa: F401
from principles.library.models import Inspired  # noqa: F401
from principles.matrix.models import Matrix, MatrixRow, OtherSystem  # noqa: F401 the same
from principles.printed.models import PrintedVersion  # noqa: F401 the same
from principles.readership.models import ReadingTotal  # noqa: F401 the same
from principles.references.models import Relation  # noqa: F401 the same
from principles.supervision.models import Supervision  # noqa: F401 the same
from principles.wheel.models import YearlyItem  # noqa: F401 the same

CLOSED_TO_CHANGE = (moves.State.ADOPTION, *moves.ENDS)


class DraftExists(Refusal):
    words = _("A draft of this principle is already under way. Go on with that one.")


class NameTaken(Refusal):
    """The school has a principle of this name already."""


class NotADraft(Refusal):
    words = _("This text cannot be changed now. Reload the page to see what has happened.")


class NotPublishable(Refusal):
    """The draft lacks something, or its date does not fit the version before it."""


class NotEmpty(Refusal):
    """A section is removed only when it holds no points."""


def written_by(person, prefix):
    if is_portal(person):
        return Q()
    roles = Role.objects.filter(person_id=getattr(person, "pk", None))
    schools = roles.live(kinds=moves.WRITERS).values("school")
    municipalities = roles.municipalities_served()
    return Q(**{f"{prefix}school__in": schools}) | Q(
        **{f"{prefix}school": None, f"{prefix}municipality__in": municipalities}
    )


class PrincipleQuerySet(models.QuerySet):
    def of(self, place):
        return self.filter(school=place) if isinstance(place, School) else self.filter(school=None, municipality=place)

    def visible_to(self, person):
        """Published principles are public; one that has only a draft is seen by those who write it."""
        published = PrincipleVersion.objects.published().filter(principle=OuterRef("pk"))
        return self.filter(Q(Exists(published)) | written_by(person, ""))

    def due_for_review(self, day):
        return self.filter(review_on__lte=day)


class Principle(models.Model):
    """What school and homes expect of each other in one matter. Without a school it is shared by all of the
    municipality's."""

    class BindingKind(models.TextChoices):
        BOARD_PRINCIPLE = "board_principle", _("Principle of the school board")
        SCHOOL_RULES = "school_rules", _("School rules")
        COOPERATION_PLAN = "cooperation_plan", _("Plan for co-operation")
        PARENT_AGREEMENT = "parent_agreement", _("Agreement between parents")

    class Owner(models.TextChoices):
        PRINCIPAL = "principal", _("Principal")
        BOARD_MEMBER = "board_member", _("School board")
        OFFICE = "office", _("School office")
        MUNICIPALITY_OFFICER = "municipality_officer", _("Municipality")

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="principles")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="principles")
    slug = models.SlugField(max_length=120)
    title = models.CharField(_("title"), max_length=200)
    binding_kind = models.CharField(_("kind"), max_length=20, choices=BindingKind, default=BindingKind.BOARD_PRINCIPLE)
    owner_role = models.CharField(_("who looks after it"), max_length=24, choices=Owner, default=Owner.PRINCIPAL)
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)

    objects = PrincipleQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "school", "slug"], nulls_distinct=False, name="principle_slug_once_a_school"
            )
        ]

    class Privacy:
        personal = set()
        plain = {"id", "municipality", "school", "slug", "title", "binding_kind", "owner_role", "review_on"}

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("principles:principle_detail", args=[self.place_key, self.slug])

    @property
    def place(self):
        return self.school or self.municipality

    @property
    def place_key(self):
        return self.school.number if self.school else COMMON


class PrincipleVersionQuerySet(models.QuerySet):
    def drafts(self):
        return self.exclude(state__in=moves.ENDS)

    def written(self):
        return self.exclude(state__in=CLOSED_TO_CHANGE)

    def discardable(self):
        """Nobody has been asked about it: a hearing that was called off before it opened has asked nobody."""
        return self.written().exclude(Exists(Hearing.objects.standing().filter(version=OuterRef("pk"))))

    def published(self):
        return self.filter(state=moves.State.PUBLISHED)

    def in_force(self, day=None):
        day = day or timezone.localdate()
        return self.published().filter(Q(effective_to=None) | Q(effective_to__gte=day), effective_from__lte=day)

    def visible_to(self, person):
        """Every published version is public, past ones too; a draft is seen by those who write it."""
        return self.filter(Q(state=PrincipleVersion.State.PUBLISHED) | written_by(person, "principle__"))


class PrincipleVersion(models.Model):
    """One wording. Its dates say whether it is in force, so no clock has to turn it on or off."""

    State = moves.State

    class Language(models.TextChoices):
        BOKMAAL = "nb", "Norsk bokmål"
        NYNORSK = "nn", "Norsk nynorsk"
        DANISH = "da", "Dansk"
        ENGLISH = "en", "English"

    principle = models.ForeignKey(Principle, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=20, choices=moves.State, default=moves.State.DRAFT, editable=False)
    begun_on = models.DateField(default=timezone.localdate, editable=False)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language of the text"), max_length=2, choices=Language)
    introduction = models.TextField(_("introduction"), blank=True)
    notes = models.TextField(_("what the source says of itself"), blank=True)
    updated_on = models.DateField(_("last updated, says the source"), null=True, blank=True)
    change_summary = models.TextField(_("what is new"), blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_by = models.CharField(_("adopted by"), max_length=120, blank=True)
    meeting_reference = models.CharField(_("meeting and item"), max_length=200, blank=True)
    effective_from = models.DateField(_("applies from"), null=True, blank=True)
    effective_to = models.DateField(_("applied until"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="published_principles"
    )

    objects = PrincipleVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["principle", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["principle"],
                condition=~Q(state__in=["published", "not_adopted"]),
                name="one_draft_per_principle",
            ),
            models.CheckConstraint(
                condition=Q(~Q(state="published"), published_at=None, published_by=None)
                | Q(
                    ~Q(adopted_by=""),
                    state="published",
                    adopted_on__isnull=False,
                    effective_from__isnull=False,
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
                name="published_version_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                name="version_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(adopted_on=None) | Q(effective_from=None) | Q(effective_from__gte=F("adopted_on")),
                name="version_applies_after_adoption",
            ),
            ExclusionConstraint(
                name="one_version_in_force_at_a_time",
                expressions=[
                    ("principle", RangeOperators.EQUAL),
                    (date_span("effective_from", "effective_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="published"),
            ),
        ]

    class Privacy:
        personal = set()
        plain = {
            *("id", "principle", "number", "state", "begun_on", "title", "language", "introduction", "notes"),
            *("updated_on", "change_summary", "adopted_on", "adopted_by", "meeting_reference", "effective_from"),
            *("effective_to", "published_at", "published_by"),
        }

    def __str__(self):
        return f"{self.title} {self.number}"

    def get_absolute_url(self):
        principle = self.principle
        if self.state != moves.State.PUBLISHED:
            return reverse("principles:draft_detail", args=[principle.place_key, principle.slug])
        return reverse("principles:version_detail", args=[principle.place_key, principle.slug, self.number])

    @property
    def standing_notes(self):
        """The notes without when the source was last updated: this text has dates of its own."""
        return "\n".join(line for line in self.notes.splitlines() if not UPDATED.match(line))

    @property
    def is_draft(self):
        return self.state not in moves.ENDS

    @property
    def school_id(self):
        return self.principle.school_id

    def standing(self, day=None):
        day = day or timezone.localdate()
        if self.state != moves.State.PUBLISHED:
            return "draft"
        if self.effective_from > day:
            return "coming"
        return "replaced" if self.effective_to and self.effective_to < day else "in_force"

    def stage(self, day=None):
        """Where it is in the table of moves."""
        standing = self.standing(day)
        if standing in ("draft", "coming"):
            return self.state
        if standing == "replaced":
            newer = self.principle.versions.published().filter(number__gt=self.number).exists()
            return moves.Later.REVISED if newer else moves.Later.REPEALED
        due = self.principle.review_on and self.principle.review_on <= (day or timezone.localdate())
        return moves.Later.REVIEW_DUE if due else moves.Later.IN_FORCE


class PartQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(version__in=PrincipleVersion.objects.visible_to(person))

    def in_drafts(self):
        return self.exclude(version__state__in=CLOSED_TO_CHANGE)


class PrincipleSection(models.Model):
    class Kind(models.TextChoices):
        PURPOSE = "purpose", _("Purpose")
        GOALS = "goals", _("Goals")
        SCHOOL = "school", _("The school")
        PARENTS = "parents", _("The parents")
        PUPIL = "pupil", _("The pupil")
        MANAGEMENT = "management", _("The management")
        NEXT_STEPS = "next_steps", _("Next steps")
        FORMAL_FRAME = "formal_frame", _("Formal frame")
        OTHER = "other", _("Something else")

    version = models.ForeignKey(PrincipleVersion, models.CASCADE, related_name="sections")
    kind = models.CharField(_("kind of section"), max_length=12, choices=Kind)
    heading = models.CharField(_("heading"), max_length=160)
    lead = models.TextField(_("text above the points"), blank=True)
    closing = models.TextField(_("text below the points"), blank=True)
    position = models.PositiveSmallIntegerField()

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    class Privacy:
        personal = set()
        plain = {"id", "version", "kind", "heading", "lead", "closing", "position"}

    def __str__(self):
        return self.heading

    def get_absolute_url(self):
        return f"{self.version.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self):
        return f"section-{self.position}"

    @property
    def usual_party(self):
        return PARTIES.get(self.kind, Clause.Party.BOTH)


class LineageQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(principle__in=Principle.objects.visible_to(person))


class Lineage(models.Model):
    """What stays of a point when its wording changes: one number of one principle. The database makes the row with the
    first clause of that number, and no clause is without; since a version has each number once, it has each lineage once.
    The row outlives its clauses, so a number is never given to another point, not even one struck from a draft."""

    principle = models.ForeignKey(Principle, models.CASCADE, related_name="lineages")
    number = models.PositiveSmallIntegerField()

    objects = LineageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["principle", "number"], name="lineage_number_once_a_principle")]

    class Privacy:
        personal = set()
        plain = {"id", "principle", "number"}

    def __str__(self):
        return f"lineage {self.number} of {self.principle_id}"


class Clause(models.Model):
    """One point. It keeps its number through every version, and the number is never given to another."""

    class Party(models.TextChoices):
        SCHOOL = "school", _("The school")
        PARENTS = "parents", _("The parents")
        BOARD = "board", _("The board")
        BOTH = "both", _("School and parents")

    version = models.ForeignKey(PrincipleVersion, models.CASCADE, related_name="clauses")
    section = models.ForeignKey(PrincipleSection, models.CASCADE, related_name="clauses")
    number = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    party = models.CharField(_("whose point it is"), max_length=8, choices=Party)
    text = models.TextField(_("text"))

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["section__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="clause_number_once_a_version"),
            models.CheckConstraint(condition=~Q(text=""), name="clause_says_something"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "version", "section", "number", "position", "party", "text"}

    def __str__(self):
        return f"clause {self.number}"

    def get_absolute_url(self):
        return f"{self.version.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self):
        return f"clause-{self.number}"


PARTIES = dict.fromkeys(("school", "management"), Clause.Party.SCHOOL)
PARTIES |= {"parents": Clause.Party.PARENTS, "next_steps": Clause.Party.BOARD}
