"""For whom a person may answer a hearing: for the home, as a colleague, for the pupil council, for a class."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.models import GuardianRelation, Household, Person, SchoolClass
from principles.hearings.asked import Voices, contacts_at, enrolled_at, guardians_at, staff_at


@dataclass(frozen=True)
class Voice:
    kind: str
    by: Person
    household: Household | None = None
    school_class: SchoolClass | None = None

    @property
    def word(self):
        """In an address."""
        return f"{self.kind}-{self.school_class.pk}" if self.school_class else self.kind

    @property
    def label(self):
        if self.school_class:
            return _("for class %(name)s") % {"name": self.school_class.name}
        return {
            Voices.HOME: _("for your home"),
            Voices.STAFF: _("as staff"),
            Voices.COUNCIL: _("for the pupil council"),
        }[self.kind]

    @property
    def key(self):
        """Which answers are this voice's own."""
        own = {
            Voices.HOME: {"household": self.household},
            Voices.STAFF: {"by": self.by},
            Voices.CLASS: {"school_class": self.school_class},
        }
        return {"voice": self.kind, **own.get(self.kind, {})}


def voices_of(person, hearing):
    """In the order in which they are offered; of those that some section asks."""
    asked = {voice for part in hearing.parts.all() for voice in part.voices}
    found, school = [], hearing.school
    home = guardians_at(school).filter(guardian=person.pk).values("guardian__household")
    if Voices.HOME in asked and (household := Household.objects.filter(pk__in=home).first()):
        found.append(Voice(Voices.HOME, person, household=household))
    if Voices.CLASS in asked:
        roles = contacts_at(school).filter(person=person.pk).select_related("school_class").order_by("school_class")
        found += [Voice(Voices.CLASS, person, school_class=role.school_class) for role in roles]
    if Voices.STAFF in asked and staff_at(school).filter(person=person.pk).exists():
        found.append(Voice(Voices.STAFF, person))
    if Voices.COUNCIL in asked and council_of(hearing).filter(pk=person.pk).exists():
        found.append(Voice(Voices.COUNCIL, person))
    return found


def council_of(hearing):
    """Those named who have a place at the school today."""
    return hearing.council.filter(pk__in=enrolled_at(hearing.school).values("pupil"))


def council_pupils(hearing, reader):
    """Whom the reader may name to the pupil council, each with the name of the class."""
    old_enough = years_before(hearing.school.today(), ATTENDS_FROM)
    pupils = Person.objects.active().filter(pk__in=enrolled_at(hearing.school).values("pupil"), born_on__lte=old_enough)
    place = enrolled_at(hearing.school).filter(pupil=OuterRef("pk")).order_by("pk")
    pupils = pupils.annotate(class_name=Subquery(place.values("school_class__name")[:1]))
    return pupils.unrestricted_for(reader).in_name_order()


def homes_in(school_class):
    """How many families a class contact could ask."""
    return GuardianRelation.objects.live().in_class(school_class).homes().distinct().count()
