"""An idea is noted, and a text goes from one stage to the next."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Municipality, Person, School
from principles import moves, rules
from principles.actions import slug_of
from principles.models import NameTaken, NotADraft, Principle, PrincipleVersion


@action(may=rules.can_draft, records="principles.idea_noted", refuses=(NameTaken,))
def note_idea(
    place: School | Municipality, *, by: Person, title: str, why: str = "", binding_kind: str, language: str
) -> PrincipleVersion:
    """Note what there should be a principle about, before anybody writes it. Refused when there is one of that name."""
    school = place if isinstance(place, School) else None
    try:
        with transaction.atomic():
            principle = Principle.objects.create(
                municipality=school.municipality if school else place,
                school=school,
                slug=slug_of(title),
                title=title,
                binding_kind=binding_kind,
            )
    except IntegrityError as taken:
        raise NameTaken(_("There is a principle with this name already. Open it, or choose another name.")) from taken
    version = PrincipleVersion.objects.create(
        principle=principle, number=1, state=moves.State.IDEA, title=title, introduction=why, language=language
    )
    record("principles.idea_noted", version, by=by)
    return version


@action(
    may=rules.can_move,
    claims=PrincipleVersion.objects.drafts,
    gone=NotADraft,
    locks=lambda version: [version.principle],
    records="principles.version_moved",
    refuses=(moves.NotThatWay, moves.NotHeard),
)
def move_version(version: PrincipleVersion, *, by: Person, to: str) -> None:
    """Take a text one step on, or back to the board. Refused when the table of moves has no such step here, and when the
    country wants it heard first."""
    if to not in [move.end for move in moves.ahead(version)]:
        raise moves.NotThatWay
    start = version.state
    moves.go(version, to)
    record("principles.version_moved", version, by=by, start=start, end=to)
