"""Every change to principles: drafting, correcting, publishing."""

from datetime import date, timedelta

from celery import current_app
from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Municipality, Person, School
from portal.text import slug
from principles import moves, rules
from principles.descent.likeness import Descends, propose
from principles.descent.models import Doubtful, NotThatText, SaidTwice, refuse_doubtful, refuse_wrong
from principles.descent.tracing import trace
from principles.models import (
    Clause,
    DraftExists,
    NameTaken,
    NotADraft,
    NotEmpty,
    NotPublishable,
    Principle,
    PrincipleSection,
    PrincipleVersion,
)
from principles.outline import Outline
from principles.writing import copy_of, highest_number, points_of, texts_of_outline, write

# Publishing and correcting never cross: whoever changes a part of a draft has the draft, and whoever has a draft its principle.
DRAFT = {
    "claims": PrincipleVersion.objects.written,
    "gone": NotADraft,
    "locks": lambda version: [version.principle],
}
SECTION = {
    "claims": PrincipleSection.objects.in_drafts,
    "gone": NotADraft,
    "locks": lambda section: [section.version],
}
POINT = {"claims": Clause.objects.in_drafts, "gone": NotADraft, "locks": lambda clause: [clause.version]}


def slug_of(title):
    return slug(title)[:120] or "principle"


@action(may=rules.can_draft, records="principles.principle_drafted", refuses=(NameTaken,))
def draft_principle(
    place: School | Municipality,
    *,
    by: Person,
    outline: Outline,
    binding_kind: str = Principle.BindingKind.BOARD_PRINCIPLE,
    owner_role: str = Principle.Owner.PRINCIPAL,
    review_on: date | None = None,
) -> PrincipleVersion:
    """Begin a principle for a school, or one shared by the municipality's schools. Only those who write principles see
    the draft. Refused when there is already one of that name."""
    school = place if isinstance(place, School) else None
    try:
        with transaction.atomic():
            principle = Principle.objects.create(
                municipality=school.municipality if school else place,
                school=school,
                slug=slug_of(outline.title),
                title=outline.title,
                binding_kind=binding_kind,
                owner_role=owner_role,
                review_on=review_on,
            )
    except IntegrityError as taken:
        raise NameTaken(
            _("There is a principle with this name already. Open it and begin a new version, or choose another name.")
        ) from taken
    version = write(principle, 1, outline)
    record("principles.principle_drafted", version, by=by)
    return version


@action(
    may=rules.can_revise,
    claims=Principle.objects.all,
    records="principles.revision_drafted",
    refuses=(DraftExists, Doubtful, NotThatText, SaidTwice),
)
def draft_revision(
    principle: Principle, *, by: Person, outline: Outline | None = None, descents: list[Descends] | None = None
) -> PrincipleVersion:
    """Begin the next version: a copy of the newest, or a new text whose points come from those of the newest as `descents`
    says. What was not adopted is copied only where there is nothing else. What became of each point is recorded; the version
    in force stays as it is. Refused while there is a draft, when two points carry on the same one or a point is not there,
    and when nobody was asked about a point that is doubtful."""
    versions = principle.versions.all()
    newest = versions.exclude(state=moves.State.DECLINED).first() or versions.first()
    number = versions.first().number + 1
    points, proposals = points_of(newest) if outline else [], []
    if outline and descents is None:
        proposals = propose(points, texts_of_outline(outline))
        descents = [proposal.proposed for proposal in proposals]
    refuse_wrong(descents or [], {point.number for point in points})
    try:
        with transaction.atomic():
            version = write(principle, number, outline, descents) if outline else copy_of(newest, number)
    except IntegrityError as taken:
        raise DraftExists(_("A draft of this principle is already under way. Go on with that one.")) from taken
    refuse_doubtful(proposals)
    record("principles.revision_drafted", version, by=by)
    return version


def bring_in(place, *, by, outline, **described):
    """A text from outside becomes a new principle's first draft or, where there is one of that name, its next
    version, where nothing is doubtful about its points."""
    known = Principle.objects.of(place).filter(slug=slug_of(outline.title)).first()
    if known:
        return draft_revision(known, by=by, outline=outline)
    return draft_principle(place, by=by, outline=outline, **described)


@action(may=rules.can_edit, **DRAFT, records="principles.draft_described")
def describe_draft(version: PrincipleVersion, *, by: Person, **words) -> None:
    """Change the title, the language, the introduction or the notes of a draft. Refused once it is published."""
    for name in ("title", "language", "introduction", "notes"):
        setattr(version, name, words.get(name, getattr(version, name)))
    version.save(update_fields=["title", "language", "introduction", "notes"])
    if version.number == 1:
        Principle.objects.filter(pk=version.principle_id).update(title=version.title)
    record("principles.draft_described", version, by=by)


@action(may=rules.can_revise, claims=Principle.objects.all, records="principles.principle_kept")
def manage_principle(
    principle: Principle, *, by: Person, binding_kind: str, owner_role: str, review_on: date | None
) -> None:
    """Say what kind of text this is, who looks after it and when it is reviewed. The wording stays as it is."""
    Principle.objects.filter(pk=principle.pk).update(
        binding_kind=binding_kind, owner_role=owner_role, review_on=review_on
    )
    record("principles.principle_kept", principle, by=by)


@action(may=rules.can_edit, **DRAFT, records="principles.section_added", refuses=(moves.InHearing,))
def add_section(version: PrincipleVersion, *, by: Person, kind: str, heading: str, **texts: str) -> PrincipleSection:
    """Add a section at the end of a draft. Refused once it is published, and in a hearing: nobody is asked about it."""
    if version.state == moves.State.HEARING:
        raise moves.InHearing
    last = version.sections.aggregate(last=Max("position"))["last"] or 0
    section = PrincipleSection.objects.create(version=version, kind=kind, heading=heading, position=last + 1, **texts)
    record("principles.section_added", version, by=by, section=section.pk)
    return section


@action(may=rules.can_edit_section, **SECTION, records="principles.section_edited")
def edit_section(
    section: PrincipleSection,
    *,
    by: Person,
    kind: str,
    heading: str,
    lead: str = "",
    closing: str = "",
) -> None:
    """Change a section's kind, its heading or the text around its points. Refused once it is published."""
    version = section.version
    words = {"kind": kind, "heading": heading, "lead": lead, "closing": closing}
    PrincipleSection.objects.filter(pk=section.pk).update(**words)
    trace(version)
    record("principles.section_edited", version, by=by, section=section.pk)


@action(may=rules.can_edit_section, **SECTION, deletes=True, records="principles.section_removed", refuses=(NotEmpty,))
def remove_section(section: PrincipleSection, *, by: Person) -> None:
    """Remove an empty section from a draft. Refused while it holds points, so that none is lost."""
    version = section.version
    if section.clauses.exists():
        raise NotEmpty(_("There are points in this section. Move or remove them first."))
    pk = section.pk
    section.delete()
    record("principles.section_removed", version, by=by, section=pk)


@action(may=rules.can_edit_section, **SECTION, records="principles.clause_added")
def add_clause(section: PrincipleSection, *, by: Person, text: str, party: str = "") -> Clause:
    """Add a point at the end of a section, with a number that no point of this principle has ever had."""
    version = section.version
    clause = Clause.objects.create(
        version=version,
        section=section,
        number=highest_number(version.principle) + 1,
        position=_last_place(section) + 1,
        party=party or section.usual_party,
        text=text,
    )
    trace(version)
    record("principles.clause_added", version, by=by, clause=clause.number)
    return clause


@action(
    may=rules.can_edit_clause,
    claims=Clause.objects.in_drafts,
    gone=NotADraft,
    locks=lambda clause, section: [clause.version, section],
    records="principles.clause_edited",
    refuses=(moves.InHearing,),
)
def edit_clause(clause: Clause, *, by: Person, text: str, party: str, section: PrincipleSection) -> None:
    """Change a point's wording, whose point it is, or its section. Its number stays. In a hearing it is refused to move it
    to a section about which nobody is asked."""
    version = clause.version
    if section.pk != clause.section_id and version.state == moves.State.HEARING:
        _refuse_unasked(section)
    moved = {"position": _last_place(section) + 1} if section.pk != clause.section_id else {}
    Clause.objects.filter(pk=clause.pk).update(text=text, party=party, section=section, **moved)
    trace(version)
    record("principles.clause_edited", version, by=by, clause=clause.number)


@action(may=rules.can_edit_clause, **POINT, records="principles.clause_moved")
def move_clause(clause: Clause, *, by: Person, up: bool) -> None:
    """Swap a point with its neighbour in the section. At either end nothing changes."""
    version = clause.version
    row = list(clause.section.clauses.order_by("position", "pk"))
    here = row.index(clause)
    there = here - 1 if up else here + 1
    if 0 <= there < len(row):
        row[here], row[there] = row[there], row[here]
    for place, each in enumerate(row, 1):
        each.position = place
    Clause.objects.bulk_update(row, ["position"])
    trace(version)
    record("principles.clause_moved", version, by=by, clause=clause.number)


@action(may=rules.can_edit_clause, **POINT, deletes=True, records="principles.clause_removed")
def remove_clause(clause: Clause, *, by: Person) -> None:
    """Remove a point from a draft. Earlier versions keep it, and its number is never reused."""
    version, number = clause.version, clause.number
    clause.delete()
    trace(version)
    record("principles.clause_removed", version, by=by, clause=number)


@action(
    may=rules.can_edit,
    **DRAFT | {"claims": PrincipleVersion.objects.discardable},
    deletes=True,
    records="principles.draft_discarded",
)
def discard_draft(version: PrincipleVersion, *, by: Person) -> None:
    """Discard a draft. A principle that was never published goes with it; what is published stays, and what
    people were asked about."""
    principle = version.principle
    record("principles.draft_discarded", version, by=by, number=version.number)
    version.hearings.all().delete()
    version.delete()
    if not principle.versions.exists():
        principle.delete()


@action(
    may=rules.can_publish,
    **DRAFT | {"claims": PrincipleVersion.objects.drafts},
    records="principles.version_published",
    refuses=(NotPublishable, moves.NotThatWay, moves.AdoptedLater),
)
def publish_version(
    version: PrincipleVersion,
    *,
    by: Person,
    adopted_on: date,
    adopted_by: str,
    effective_from: date,
    change_summary: str = "",
    meeting_reference: str = "",
    review_on: date | None = None,
) -> None:
    """Make an adopted text public. It replaces the version before it from its first day; that one stays readable.
    Refused when it has no points, or would apply before it was adopted or before the version it replaces; in hearing, and
    straight from a draft that was begun before it was adopted."""
    if not version.clauses.exists():
        raise NotPublishable(_("The draft holds no points. Write at least one before you publish."))
    if version.state == moves.State.ADOPTION and not hasattr(version, "adoption"):
        raise NotPublishable(_("Write down the meeting that has decided it first."))
    try:
        with transaction.atomic():
            _replace(version.principle, effective_from)
            moves.go(
                version,
                moves.State.PUBLISHED,
                adopted_on=adopted_on,
                adopted_by=adopted_by,
                effective_from=effective_from,
                change_summary=change_summary,
                meeting_reference=meeting_reference,
                published_at=timezone.now(),
                published_by=by,
            )
    except (IntegrityError, OverflowError) as wrong:
        raise NotPublishable(
            _("The dates do not fit. It cannot apply before it was adopted, or before the version it replaces.")
        ) from wrong
    Principle.objects.filter(pk=version.principle_id).update(title=version.title, review_on=review_on)
    transaction.on_commit(lambda: current_app.send_task("principles.printed.tasks.print_versions"), robust=True)
    record("principles.version_published", version, by=by, number=version.number)


@action(
    may=rules.can_repeal,
    claims=Principle.objects.all,
    records="principles.principle_repealed",
    refuses=(NotPublishable,),
)
def repeal_principle(principle: Principle, *, by: Person, last_day: date) -> None:
    """Set the last day of a principle that nothing replaces, or an earlier one while it still applies. It stays readable,
    marked as no longer in force. Refused when it is already repealed, or when the day comes before the version began."""
    lasts = Q(effective_to=None) | Q(effective_to__gt=last_day, effective_to__gte=timezone.localdate())
    later = PrincipleVersion.objects.published().filter(
        principle=principle, effective_from__gt=OuterRef("effective_from")
    )
    try:
        with transaction.atomic():
            last = principle.versions.published().filter(lasts, ~Exists(later))
            ended = last.update(effective_to=last_day)
    except IntegrityError as wrong:
        raise NotPublishable(_("It cannot end before it began.")) from wrong
    if not ended:
        raise NotPublishable(_("This principle has already been repealed."))
    Principle.objects.filter(pk=principle.pk).update(review_on=None)
    record("principles.principle_repealed", principle, by=by)


def _refuse_unasked(section):
    if not section.version.hearings.pending().filter(parts__section=section).exists():
        raise moves.InHearing(_("A hearing is under way, and nobody is asked about that section. Choose another."))


def _replace(principle, effective_from):
    """The version that would still apply that day ends before, also where its last day had been set later."""
    lasts = Q(effective_to=None) | Q(effective_to__gte=effective_from, effective_from__lt=effective_from)
    principle.versions.published().filter(lasts).update(effective_to=effective_from - timedelta(days=1))


def _last_place(section):
    return section.clauses.aggregate(last=Max("position"))["last"] or 0
