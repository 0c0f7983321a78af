"""What a code opens, and the gatherings whose letters an office has to send home."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from networks.letters.off import called_off, unaware
from networks.models import Gathering, Poll, PollAnswer, PrintedLetter, Rsvp
from networks.models.letters import hashes_of
from networks.notices.letters import ANSWER, OPEN_AFTER
from networks.queries.asking import asked
from networks.queries.paper import unreached
from portal.ledger.models import Event
from portal.messaging.links import link_for
from portal.messaging.models import PersonalLink
from portal.people.models import GuardianRelation, Household, Person, Role, keys_of


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
    return link_for(adult, letter.gathering, purpose=ANSWER, expires_at=letter.gathering.ends_at + OPEN_AFTER)


def adult_of(letter):
    """Who answers by it: the first guardian of the class in that home, as it is today."""
    here = GuardianRelation.objects.live().in_class(letter.gathering.school_class_id)
    relations = here.filter(guardian__household=letter.household_id, guardian__is_active=True)
    first = relations.select_related("guardian").order_by("guardian__sort_name", "guardian_id").first()
    return first and first.guardian


def written_about_by(person):
    """The gatherings of the class contact's own classes and of the office's schools. Not a draft, of which nobody outside
    the class contact's own pages knows; but one whose families have been asked when it suits."""
    contact = keys_of.classes(person, [Role.Kind.CLASS_CONTACT])
    own = Q(school_class__in=contact) | Q(school_class__school__in=keys_of.schools_run(person))
    asked = Q(poll__sent_at__isnull=False)
    return Gathering.objects.filter(own).filter(~Q(state=Gathering.State.DRAFT) | asked)


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
    """`homes` are those that no message reaches, and that have not answered; `unprinted` are those of them with no letter
    that is still right, and such homes that have answered and that nothing has told of a change. For `untold` such homes
    a place is kept, and nobody but the office can tell them. `unaware` are those that would come to what is off."""

    gathering: Gathering
    homes: int = 0
    unprinted: int = 0
    untold: int = 0
    unaware: int = 0


def on_paper(schools):
    """For the office of these schools: what is off, what they are asked about, and what they are invited to, by date. The
    same number of queries at any size."""
    return [*_off(schools), *_asked(schools), *_invited(schools)]


def _off(schools):
    gatherings = called_off(schools)
    pairs = unaware(gatherings)
    if not pairs:
        return []
    left = pairs & unreached(asked(gatherings), gatherings)
    counted = Counter(key for key, _home in left)
    return [OnPaper(one, unaware=counted[one.pk]) for one in gatherings if counted[one.pk]]


def _asked(schools):
    polled = Gathering.objects.polled().filter(poll__in=Poll.objects.open(), school_class__school__in=schools)
    gatherings = list(polled.select_related("school_class__school", "poll").order_by("poll__closes_at", "pk"))
    if not gatherings:
        return []
    said = PollAnswer.objects.filter(
        time__poll__gathering=OuterRef("gathering"), household=OuterRef("guardian__household")
    )
    homes = unreached(asked(gatherings).filter(~Exists(said)), gatherings)
    unprinted = homes - _fresh(gatherings, _letters_of(gatherings))
    return [
        OnPaper(
            gathering,
            homes=sum(1 for key, _home in homes if key == gathering.pk),
            unprinted=sum(1 for key, _home in unprinted if key == gathering.pk),
        )
        for gathering in gatherings
    ]


def _letters_of(gatherings):
    letters = PrintedLetter.objects.filter(gathering__in=[gathering.pk for gathering in gatherings])
    return {(one.gathering_id, one.household_id): one for one in letters}


def _fresh(gatherings, letters):
    sequences = {gathering.pk: gathering.sequence for gathering in gatherings}
    return {pair for pair, letter in letters.items() if letter.sequence >= sequences[letter.gathering_id]}


def _invited(schools):
    ahead = Gathering.objects.published().upcoming().filter(school_class__school__in=schools)
    gatherings = list(ahead.select_related("school_class__school").order_by("starts_at", "pk"))
    everyone = asked(gatherings)
    homes = unreached(everyone.filter(has_answered=False), gatherings)
    turns = Rsvp.objects.filter(turn_until__gt=timezone.now())
    own = {"gathering": OuterRef("gathering"), "household": OuterRef("guardian__household")}
    untold = unreached(everyone.filter(Exists(turns.filter(**own))), gatherings)
    letters = _letters_of(gatherings)
    unprinted = (homes - _fresh(gatherings, letters)) | _overtaken(gatherings, everyone, letters)
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
    return pairs & unreached(everyone.filter(gathering__in=changed, has_answered=True), gatherings) if pairs else set()
