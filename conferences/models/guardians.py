"""Whom a talk is for: every live guardian of its child, or those of one home alone when it is that home's own. A talk
says it of itself (`Conference.guardians`, `is_for`); here it is said of many talks, and of the relations behind them."""

from collections import defaultdict

from django.db.models import F, Q

from portal.people.models import GuardianRelation, Person


def guardians_by(relations, *, pupil, home):
    """The guardians of a child by these relations, in order of name; of one home alone where it is given."""
    theirs = relations.filter(pupil=pupil)
    theirs = theirs.filter(guardian__household=home) if home else theirs
    return Person.objects.filter(pk__in=theirs.values("guardian")).in_name_order()


def guardians_of_pupils(pupils):
    """{pupil's key: the live guardians, each with the home} for many children. One query."""
    found = defaultdict(list)
    relations = GuardianRelation.objects.live().filter(pupil__in=set(pupils)).select_related("guardian__household")
    for relation in relations.order_by("guardian__sort_name", "guardian_id"):
        found[relation.pupil_id].append(relation.guardian)
    return found


def guardians_of_each(talks):
    """{talk's key: what `guardians` gives for it} for many talks. One query."""
    found = guardians_of_pupils(talk.pupil_id for talk in talks)
    return {talk.pk: [one for one in found[talk.pupil_id] if talk.is_for(one.household_id)] for talk in talks}


def with_talks(relations):
    """These relations, once for each talk that is for their guardian, with the keys of the `talk` and of its `round`."""
    talks = {"talk": F("pupil__conferences"), "round": F("pupil__conferences__round")}
    found = relations.annotate(**talks, of_home=F("pupil__conferences__home"))
    return found.filter(Q(of_home=None) | Q(of_home=F("guardian__household")))
