"""What a code opens, and the gatherings whose letters an office has to send home."""

from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from networks.models import Gathering, PrintedLetter, Rsvp
from networks.models.letters import hashes_of
from networks.notices.letters import ANSWER, KEPT_OPEN
from networks.queries.asking import asked
from portal.ledger.models import Event
from portal.messaging.links import link_for
from portal.messaging.models import PersonalLink
from portal.people.models import GuardianRelation, Household, Person, Role

WORKS = Q(guardian__phone__gt="") | Q(guardian__email__gt="", guardian__email_failed_at=None)


def link_by_code(code):
    """The personal link of the home that got the letter; None for a code that is wrong, worn out or another's now. Dead
    with the links of whoever it is for: those who were locked out are not let in by paper."""
    letter = PrintedLetter.objects.by_code(code).select_related("gathering").first()
    is_same = [constant_time_compare(letter.code_hash if letter else "-", one) for one in hashes_of(code)]
    adult = adult_of(letter) if any(is_same) else None
    if adult is None:
        return None
    own = PersonalLink.objects.about(letter.gathering).filter(person=adult, purpose=ANSWER)
    if own.filter(revoked_at__gt=letter.printed_at).exists():
        return None
    return link_for(adult, letter.gathering, purpose=ANSWER, expires_at=letter.gathering.ends_at + KEPT_OPEN)


def adult_of(letter):
    """Who answers by it: the first guardian of the class in that home, as it is today."""
    here = GuardianRelation.objects.live().in_class(letter.gathering.school_class_id)
    relations = here.filter(guardian__household=letter.household_id, guardian__is_active=True)
    first = relations.select_related("guardian").order_by("guardian__sort_name", "guardian_id").first()
    return first and first.guardian


def written_about_by(person):
    """The gatherings of the class contact's own classes and of the office's schools. Not a draft: nobody outside the
    class contact's own pages knows of one."""
    contact = person.roles.live(kinds=[Role.Kind.CLASS_CONTACT]).values("school_class")
    own = Q(school_class__in=contact) | Q(school_class__school__in=person.roles.schools_run())
    return Gathering.objects.filter(own).exclude(state=Gathering.State.DRAFT)


def homes_known_to(person, gathering):
    """Homes of the class, without those about whose children the person must know nothing."""
    known = Person.objects.unrestricted_for(person).values("pk")
    here = GuardianRelation.objects.live().in_class(gathering.school_class_id)
    return Household.objects.filter(pk__in=here.filter(guardian__in=known, pupil__in=known).homes())


def changed_at(gatherings):
    """{gathering's key: when everyone was last told of a change}, for those who were told by no message."""
    told = Event.objects.filter(
        verb="networks.gathering_changed",
        subject_type=Gathering._meta.label,
        subject_id__in=[str(gathering.pk) for gathering in gatherings],
        details__told=True,
    )
    rows = told.order_by().values_list("subject_id").annotate(Max("at"))
    return {int(key): at for key, at in rows}


def is_overtaken(rsvp, letter, changed):
    """Who may come knows what stood when it answered, or in its letter, and it is otherwise since."""
    if changed is None or rsvp.answer == Rsvp.Answer.NO:
        return False
    return max(rsvp.answered_at, letter.printed_at if letter else rsvp.answered_at) < changed


@dataclass(frozen=True)
class OnPaper:
    """`homes` have no e-mail and no phone that works, and have not answered; `unprinted` are those of them with no letter
    that is still right, and such homes that have answered and that nothing has told of a change. For `untold` such homes
    a place is kept, and nobody but the office can tell them."""

    gathering: Gathering
    homes: int
    unprinted: int
    untold: int


def on_paper(schools):
    """For the office of these schools, by date. The same number of queries at any size."""
    ahead = Gathering.objects.published().upcoming().filter(school_class__school__in=schools)
    gatherings = list(ahead.select_related("school_class__school").order_by("starts_at", "pk"))
    everyone = asked(gatherings).filter(guardian__household__isnull=False)
    homes = _without_a_way(everyone.filter(has_answered=False))
    held = Rsvp.objects.filter(turn_until__gt=timezone.now())
    own = {"gathering": OuterRef("gathering"), "household": OuterRef("guardian__household")}
    untold = _without_a_way(everyone.filter(Exists(held.filter(**own))))
    sequences = {gathering.pk: gathering.sequence for gathering in gatherings}
    letters = {
        (one.gathering_id, one.household_id): one for one in PrintedLetter.objects.filter(gathering__in=sequences)
    }
    fresh = {pair for pair, letter in letters.items() if letter.sequence >= sequences[letter.gathering_id]}
    unprinted = (homes - fresh) | _overtaken(gatherings, everyone, letters)
    return [
        OnPaper(
            gathering,
            homes=sum(1 for key, _home in homes if key == gathering.pk),
            unprinted=sum(1 for key, _home in unprinted if key == gathering.pk),
            untold=sum(1 for key, _home in untold if key == gathering.pk),
        )
        for gathering in gatherings
    ]


def _overtaken(gatherings, everyone, letters):
    changed = changed_at(gatherings)
    if not changed:
        return set()
    rsvps = Rsvp.objects.filter(gathering__in=changed)
    found = [
        one
        for one in rsvps
        if is_overtaken(one, letters.get((one.gathering_id, one.household_id)), changed[one.gathering_id])
    ]
    pairs = {(one.gathering_id, one.household_id) for one in found}
    return pairs & _without_a_way(everyone.filter(gathering__in=changed, has_answered=True)) if pairs else set()


def _without_a_way(relations):
    homes = (
        relations.order_by().values("gathering", "guardian__household").annotate(ways=Count("guardian", filter=WORKS))
    )
    return set(homes.filter(ways=0).values_list("gathering", "guardian__household"))
