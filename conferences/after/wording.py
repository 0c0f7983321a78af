"""Words that do not belong in a summary: another child's name, and matters that the school records elsewhere.

A warning never blocks: the teacher knows the child, a word list does not. Every list is checked whatever the language
of the page, since a teacher may write in another.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.db.models import Case, Q, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.people import protection
from portal.people.models import Enrolment, Person, keys_of


@dataclass(frozen=True)
class Matter:
    """One kind of matter: what it is called, why it does not belong here, and where it does. A star in `words` stands
    for any ending; a word without one matches only as it is."""

    name: str
    title: Promise
    why: Promise
    words: str


@dataclass(frozen=True)
class Caution:
    title: str
    why: str
    found: tuple[str, ...]


ELSEWHERE = _(
    "It belongs in the school's own case files, where fewer people read it. Speak with the principal if you are in doubt."
)

MATTERS = (
    Matter(
        "diagnosis",
        _("This may be about a diagnosis"),
        _("A diagnosis is special personal data. Write what the child needs, not what it is called."),
        """adhd autis* asperger* tourette* dysleks* dyslek* ordblind* dyskalkul* talblind* diagnos* utredning*
        utgreiing* udredning* utviklingshem* udviklingshæm* lærevanske* lærevansk* angst* anxiety depres* dyslexi*
        dyscalcul* asd ocd""",
    ),
    Matter(
        "health",
        _("This may be about health"),
        _("Health is special personal data. The school nurse and the office know where it is kept."),
        """sykdom* sjukdom* sygdom* illness* disease* medisin* medicin* medication* epileps* epilepsi* diabet* allergi*
        astma* asthma* legetime* legebesøk* fastlege* læge* doctor* psykolog* psykiat* psycholog* psychiat* bup ppr
        therap* terapi* sykehus* sjukehus* hospital* sykemeld* spiseforstyrr* etelidingar* selvskad* sjølvskad* self-harm
        innlagt indlagt operert opereret gravid* pregnan*""",
    ),
    Matter(
        "child_welfare",
        _("This may be about child welfare"),
        _("What concerns child welfare has its own rules of secrecy, and its own way."),
        """barnevern* barnevernet børneværn* bekymringsmelding* uromelding* underretning* fosterhjem* fosterheim*
        plejefamil* plejeforæld* beredskapshjem* omsorgssvikt* omsorgsvikt* mishandl* misbruk* misbrug* foster-care
        neglect* abuse* safeguarding cps krisesent* krisecent*""",
    ),
    Matter(
        "faith",
        _("This may be about faith"),
        _("What a family believes is its own. The subject at school may be named by its name."),
        """muslim* islam* kristen kristne jøde jødisk* jewish hindu* buddhist* sikh* moské* moske moskeen
        mosque* menighet* menighed* kyrkjelyd* konfirman* jehova* ateist* atheist* ramadan bønn bøn prayer* hijab*
        tørklæd* religiøs* religious*""",
    ),
    Matter(
        "family_conflict",
        _("This may be about a conflict in the family"),
        _("Both homes read the summary. What the adults disagree about is not for it."),
        """skilsmiss* skilsmål* samlivsbrud* samlivsbrot* separer* separasjon* foreldretvist* foreldrekonflikt*
        forældrekonflikt* barnefordel* forældremyndighed* samværsret* samværssag* familieretshus*
        familievernkontor* divorc* custody vold volden voldelig* voldeleg* violen*
        alkohol* alcohol* rusmid* rusmiddel* fengsel* fængsel* prison*""",
    ),
)


def warnings_in(text: str, *, pupil: Person, writer: Person) -> list[Caution]:
    """Two queries at any size."""
    found = []
    if names := names_in(text, pupil=pupil, writer=writer):
        why = _("Both guardians and the pupil read this. Other children are not to be named: write “a friend” instead.")
        found.append(Caution(_("Another child at the school has this name"), why, names))
    for matter in MATTERS:
        if words := words_in(text, matter):
            found.append(Caution(matter.title, f"{matter.why} {ELSEWHERE}", words))
    return found


def words_in(text: str, matter: Matter) -> tuple[str, ...]:
    met = dict.fromkeys(match.group(0).casefold() for match in _pattern(matter).finditer(text))
    return tuple(met)


@cache
def _pattern(matter):
    parts = [
        re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in matter.words.split()
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def names_in(text: str, *, pupil: Person, writer: Person) -> tuple[str, ...]:
    """First and last names of other children of the pupil's schools found in the text, and first names alone of
    children in the class: capitalised only, since many are words as well. Children from whom the writer is restricted,
    or whose name is protected and whom the writer does not teach, are not given away by a warning either."""
    words = re.findall(r"\w+", text)
    said, written = f" {' '.join(words).casefold()} ", set(words)
    found = {}
    for name, given, family, is_near in _others(pupil, writer):
        first = _plain(given).split(" ")[0]
        if f" {_plain(given)} {_plain(family)} " in said or f" {first} {_plain(family)} " in said:
            found[name] = None
        elif is_near and given in written:
            found[given] = None
    return tuple(found)


def _plain(name):
    return " ".join(re.findall(r"\w+", name)).casefold()


def _others(pupil, writer):
    schools = Enrolment.objects.current().filter(pupil=pupil).values("school_class__school")
    places = Enrolment.objects.current().filter(school_class__school__in=schools)
    taught = places.filter(school_class__in=keys_of.classes_taught(writer)).values("pupil")
    hidden = Person.objects.filter(pk__in=protection.covered()).exclude(pk__in=taught)
    children = (
        Person.objects.filter(pk__in=places.values("pupil")).exclude(pk=pupil.pk).exclude(pk__in=hidden.values("pk"))
    )
    others = children.unrestricted_for(writer).exclude(given_name="").exclude(family_name="")
    near = places.filter(school_class__in=Enrolment.objects.current().filter(pupil=pupil).values("school_class"))
    is_near = Q(pk__in=near.values("pupil")) & ~Q(given_name__in=_at_home(pupil))
    rows = others.annotate(is_near=Case(When(is_near, then=True), default=False))
    rows = rows.in_name_order().values_list("given_name", "family_name", "is_near").distinct()
    return [(f"{given} {family}", given, family, is_near) for given, family, is_near in rows]


def _at_home(pupil):
    guardians = pupil.guardian_relations.values("guardian")
    return Person.objects.filter(Q(pk=pupil.pk) | Q(pk__in=guardians)).values("given_name")
