"""Whom a talk is for: every live guardian of its child, or those of one home when it is that home's own. For one talk
ask `Conference.guardians` or `is_for`; here are many talks, and the relations behind them."""

from collections import defaultdict

from django.db.models import F, Q

from portal.people.models import GuardianRelation, Person


def guardians_by(relations, *, pupil, home):
    theirs = relations.filter(pupil=pupil)
    theirs = theirs.filter(guardian__household=home) if home else theirs
    return Person.objects.filter(pk__in=theirs.values("guardian")).in_name_order()


def guardians_of_pupils(pupils):
    """{pupil's key: live guardians, each with their home}, for many children. One query."""
    found = defaultdict(list)
    relations = GuardianRelation.objects.live().filter(pupil__in=set(pupils)).select_related("guardian__household")
    for relation in relations.order_by("guardian__sort_name", "guardian_id"):
        found[relation.pupil_id].append(relation.guardian)
    return found


def guardians_of_each(talks):
    """{talk's key: what `Conference.guardians` gives}, for many talks. One query."""
    found = guardians_of_pupils(talk.pupil_id for talk in talks)
    return {talk.pk: [one for one in found[talk.pupil_id] if talk.is_for(one.household_id)] for talk in talks}


def with_talks(relations):
    """One row for each talk that is for the relation's guardian, with the keys of its `talk` and `round`."""
    talks = {"talk": F("pupil__conferences"), "round": F("pupil__conferences__round")}
    found = relations.annotate(**talks, of_home=F("pupil__conferences__home"))
    return found.filter(Q(of_home=None) | Q(of_home=F("guardian__household")))


def with_relations(talks):
    """The same from the talks: one row for each confirmed relation, whether or not it gives rights today."""
    relation = "pupil__guardian_relations"
    keys = {"relation": F(relation), "guardian": F(f"{relation}__guardian"), "talk": F("pk")}
    found = talks.annotate(**keys, stands=F(f"{relation}__state"), lives_in=F(f"{relation}__guardian__household"))
    return found.filter(Q(home=None) | Q(home=F("lives_in")), stands=GuardianRelation.State.CONFIRMED)
