"""What is a person's own today, as keys for an `__in`. Most rules of who may see what are made of these, so they are put
into SQL once a day (`standing_keys`)."""

from functools import cache, wraps

from django.apps import apps
from django.contrib.auth import get_user_model

from portal.standing import standing_keys


def once_a_day(rule):
    """Decorator of a queryset's rule about a person: its SQL is made once a day, and the rows are found by their keys.
    Such a rule knows of the person nothing but the key and the home, and asks not whether there is a home."""

    @cache
    def found_in(model):
        return standing_keys(
            lambda key, home: rule(model.objects.all(), _stand_in(id=key, household_id=home)).values("pk")
        )

    @wraps(rule)
    def found(self, person):
        return self.filter(pk__in=found_in(self.model)(person.pk, getattr(person, "household_id", None)))

    return found


def _stand_in(**known):
    """Of whom nothing else is known: to ask for it is an error."""
    return get_user_model().from_db(None, list(known), list(known.values()))


def _own(build):
    keys = standing_keys(lambda key: build(_stand_in(id=key)))
    return lambda person: keys(person.pk)


def _relations():
    return apps.get_model("people", "GuardianRelation").objects


def _places(person):
    return person.enrolments.model.objects.current()


# pupils
children = _own(lambda person: person.pupil_relations.live().values("pupil"))
restricted = _own(lambda person: person.restrictions.against(person).values("pupil"))
guardians_restricted = _own(lambda person: type(person).objects.restricted_for(person)[1])  # the others of those pupils
children_at = standing_keys(lambda home: _relations().live().filter(guardian__household=home).values("pupil"))

# classes
classes_of_children = _own(lambda person: _places(person).of_children_of(person).values("school_class"))
classes_restricted = _own(lambda person: _places(person).filter(pupil__in=restricted(person)).values("school_class"))
classes_taught = _own(lambda person: person.roles.classes_taught())

# schools and municipalities
schools_served = _own(lambda person: person.roles.schools_served())
schools_run = _own(lambda person: person.roles.schools_run())
schools_taught = _own(lambda person: person.roles.schools_taught())
schools_led = _own(lambda person: person.roles.schools_led())
municipalities_served = _own(lambda person: person.roles.municipalities_served())


def classes(person, kinds=None):
    """Those in which the person has a role of these kinds, or of any."""
    return _places_of_roles("school_class", kinds and tuple(kinds))(person)


def schools(person, kinds):
    return _places_of_roles("school", tuple(kinds))(person)


@cache
def _places_of_roles(place, kinds):
    return _own(lambda person: person.roles.live(kinds=kinds).values(place))
