"""What a code opens, and the gatherings whose letters an office has to send home."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from networks.models import Gathering, PrintedLetter, Rsvp
from networks.models.letters import hashes_of
from networks.notices.letters import ANSWER, KEPT_OPEN
from networks.queries.asking import asked
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


@dataclass(frozen=True)
class OnPaper:
    """`homes` have no e-mail and no phone that works, and have not answered; `unprinted` of them have no letter that is
    still right. For `untold` such homes a place is kept, and nobody but the office can tell them."""

    gathering: Gathering
    homes: int
    unprinted: int
    untold: int


def on_paper(schools):
    """For the office of these schools, by date. Four queries at any size."""
    ahead = Gathering.objects.published().upcoming().filter(school_class__school__in=schools)
    gatherings = list(ahead.select_related("school_class__school").order_by("starts_at", "pk"))
    everyone = asked(gatherings).filter(guardian__household__isnull=False)
    homes = _without_a_way(everyone.filter(has_answered=False))
    held = Rsvp.objects.filter(turn_until__gt=timezone.now())
    own = {"gathering": OuterRef("gathering"), "household": OuterRef("guardian__household")}
    untold = _without_a_way(everyone.filter(Exists(held.filter(**own))))
    sequences = {gathering.pk: gathering.sequence for gathering in gatherings}
    letters = PrintedLetter.objects.filter(gathering__in=sequences).values_list("gathering", "household", "sequence")
    fresh = {(key, home) for key, home, sequence in letters if sequence >= sequences[key]}
    return [
        OnPaper(
            gathering,
            homes=sum(1 for key, _home in homes if key == gathering.pk),
            unprinted=sum(1 for key, _home in homes - fresh if key == gathering.pk),
            untold=sum(1 for key, _home in untold if key == gathering.pk),
        )
        for gathering in gatherings
    ]


def _without_a_way(relations):
    homes = (
        relations.order_by().values("gathering", "guardian__household").annotate(ways=Count("guardian", filter=WORKS))
    )
    return set(homes.filter(ways=0).values_list("gathering", "guardian__household"))
