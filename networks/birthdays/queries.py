"""What the pages of a class's birthdays read."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models import (
    Birthday,
    BirthdayAnswer,
    BirthdayRule,
    QuarterChild,
    SharedNormAgreement,
)
from portal.messaging.holders import Child
from portal.people import protection
from portal.people.models import Enrolment, GuardianRelation, Person, SchoolClass, keys_of
from portal.people.models.persons import nordic_key
from portal.speech import in_words

QUARTERS = (1, 2, 3, 4)


def rule_of(school_class):
    """The class's own, or what the same children had before; where nothing is said, the whole class and no ceiling."""
    rules = BirthdayRule.objects.filter(school_class=school_class)
    if school_class.cohort_id:
        rules = BirthdayRule.objects.filter(
            school_class__cohort=school_class.cohort_id, school_class__year__starts_on__lte=school_class.year.starts_on
        )
    return rules.order_by("-school_class__year__starts_on").first() or BirthdayRule(school_class=school_class)


def quarter_of(child):
    return (child.born_on.month + 2) // 3 if child.born_on else None


def class_of_children(person, pk):
    """A class that a child of theirs is in today."""
    found = SchoolClass.objects.filter(pk__in=keys_of.classes_of_children(person)).select_related("school", "year")
    return found.filter(pk=pk).first()


def own_children(school_class, person):
    """Persons, for a form."""
    relations = GuardianRelation.objects.live().in_class(school_class).filter(guardian_id=person.pk)
    return Person.objects.filter(pk__in=relations.values("pupil")).in_name_order()


def children_invited(link):
    """For whom the holder of a link answers."""
    relations = link.subject.guests().filter(guardian_id=link.person_id).select_related("pupil")
    places = Enrolment.objects.current().filter(school_class__in=link.subject.classes)
    names = dict(places.values_list("pupil", "school_class__name"))
    return [Child(one.pupil, names.get(one.pupil_id, "")) for one in relations]


def unnamed(reader, people):
    """Keys of those whom this reader must not read of: the protected, and whom they must know nothing about."""
    keys = [person.pk for person in people]
    hidden = protection.hidden_from(reader, keys)
    pupils, others = Person.objects.restricted_for(reader)
    for rows in (pupils, others):
        hidden |= set(Person.objects.filter(pk__in=keys).filter(pk__in=rows).values_list("pk", flat=True))
    return hidden


def is_sheltered(person):
    """Whether the reader lives at a protected address, which they themselves may be told."""
    return bool(protection.sheltered_among([person.pk]))


def withdrawn_among(birthdays):
    """Keys of those whose home has come to a protected address since it invited: where it celebrates was written before
    anybody warned it, and may be where it lives. One query, and one more for each that is found."""
    homes = {one.host_id for one in birthdays}
    own = Person.objects.filter(Q(household__in=homes) | Q(pk__in=[one.sent_by_id for one in birthdays]))
    home_of = dict(own.values_list("pk", "household")) if homes else {}
    sheltered, found = protection.sheltered_among(home_of) if home_of else set(), set()
    for one in birthdays:
        keys = {key for key in sheltered if home_of[key] == one.host_id or key == one.sent_by_id}
        day_before = timezone.localdate(one.sent_at) - timedelta(days=1)
        if keys and not protection.sheltered_among(keys, day_before):
            found.add(one.pk)
    return found


def place_in(birthday, *, is_withdrawn):
    return _("No longer shown. Ask the family that has invited you.") if is_withdrawn else birthday.place


@dataclass(frozen=True)
class Invited:
    """`name` is the child's first name, or says that it is a child in the class. Where it is, and what the guests should
    know, `is_withdrawn` from all but the home itself."""

    birthday: Birthday
    name: str
    together: list[str]
    is_own: bool
    answer: str
    is_withdrawn: bool = False

    @property
    def place(self):
        return place_in(self.birthday, is_withdrawn=self.is_withdrawn and not self.is_own)

    @property
    def words(self):
        return "" if self.is_withdrawn and not self.is_own else self.birthday.words

    @property
    def takes_answers(self):
        return self.birthday.called_off_at is None and timezone.now() < self.birthday.starts_at


def invitations(school_class, reader):
    """To come, of this class and of others of the grade; the same queries for three and for thirty."""
    birthdays = Birthday.objects.visible_to(reader).standing().filter(ends_at__gt=timezone.now())
    return shown_to(reader, birthdays.select_related("child", "school_class__school"))


def shown_to(reader, birthdays):
    found = list(birthdays)
    hidden = unnamed(reader, [one.child for one in found])
    answers = dict(
        BirthdayAnswer.objects.filter(birthday__in=found, household=reader.household_id)
        .exclude(household=None)
        .values_list("birthday", "answer")
    )
    joined = _joined({one.school_class_id for one in found if one.is_shared}, reader)
    withdrawn = withdrawn_among(found)
    return [
        Invited(
            one,
            name=name_in(one, hidden),
            together=_beside(one, joined[one.school_class_id]) if one.is_shared else [],
            is_own=one.host_id == reader.household_id,
            answer=answers.get(one.pk, ""),
            is_withdrawn=one.pk in withdrawn,
        )
        for one in found
    ]


def name_in(birthday, hidden):
    if birthday.child_id in hidden:
        return _("A child in %(class)s") % {"class": birthday.school_class.name}
    return birthday.child.given_name


def _joined(classes, reader):
    """{class: children in a shared party whose first names this reader may read}"""
    rows = list(QuarterChild.objects.filter(school_class__in=classes).select_related("child"))
    here = set(Enrolment.objects.current().filter(school_class__in=classes).values_list("school_class", "pupil"))
    hidden = unnamed(reader, [row.child for row in rows]) if rows else set()
    found = defaultdict(list)
    for row in rows:
        if row.child_id not in hidden and (row.school_class_id, row.child_id) in here and row.child.born_on:
            found[row.school_class_id].append(row.child)
    return found


def _beside(birthday, children):
    same = [one for one in children if quarter_of(one) == quarter_of(birthday.child) and one.pk != birthday.child_id]
    return sorted((one.given_name for one in same), key=nordic_key)


@dataclass(frozen=True)
class OwnChild:
    child: Person
    joins: bool


@dataclass(frozen=True)
class BirthdaysPage:
    school_class: SchoolClass
    rule: BirthdayRule
    agreement: SharedNormAgreement | None
    children: list[OwnChild]
    quarters: list[tuple[int, list[str]]]
    invitations: list[Invited]


def birthdays_page(school_class, reader):
    children = list(own_children(school_class, reader))
    joins = set(QuarterChild.objects.filter(school_class=school_class).values_list("child", flat=True))
    joined = _joined({school_class.pk}, reader)[school_class.pk]
    quarters = [(number, [one for one in joined if quarter_of(one) == number]) for number in QUARTERS]
    classes = SchoolClass.objects.filter(pk=school_class.pk)
    agreed = SharedNormAgreement.objects.visible_to(reader).adopted().of_classes(classes)
    return BirthdaysPage(
        school_class=school_class,
        rule=rule_of(school_class),
        agreement=agreed.filter(topic=SharedNormAgreement.Topic.BIRTHDAYS).first(),
        children=[OwnChild(one, one.pk in joins) for one in children],
        quarters=[
            (number, sorted((one.given_name for one in some), key=nordic_key)) for number, some in quarters if some
        ],
        invitations=invitations(school_class, reader),
    )


@dataclass(frozen=True)
class Answers:
    """For the home that invited: who comes, by first names where they may be read; and counts of all."""

    coming: list[str]
    yes: int
    no: int
    silent: int


def answers_to(birthday, reader):
    guests = list(birthday.guests().select_related("pupil").order_by("pupil__sort_name", "pupil_id"))
    homes = set(birthday.guests().values_list("guardian__household", flat=True))
    said = dict(birthday.answers.filter(household__in=homes).values_list("household", "answer"))
    home_of = dict(birthday.guests().values_list("guardian", "guardian__household"))
    hidden = unnamed(reader, [one.pupil for one in guests]) if guests else set()
    names = defaultdict(dict)
    for one in guests:
        home = home_of[one.guardian_id]
        if said.get(home) == BirthdayAnswer.Answer.YES:
            names[home][one.pupil_id] = one.pupil
    counts = list(said.values())
    coming = [
        _("A family") if hidden & set(pupils) else in_words([one.given_name for one in pupils.values()])
        for pupils in names.values()
    ]
    return Answers(
        coming=sorted(coming, key=nordic_key),
        yes=counts.count(BirthdayAnswer.Answer.YES),
        no=counts.count(BirthdayAnswer.Answer.NO),
        silent=len(homes) - len(counts),
    )
