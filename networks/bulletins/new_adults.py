"""A contact teacher who has just taken over, of whom the class has not been told yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models import Bulletin
from portal.ledger.models import Event
from portal.people import protection
from portal.people.models import Role, SchoolClass
from portal.speech import day

NEW_FOR = timedelta(days=14)
GIVEN = ("people.role_given", "people.role_confirmed", "people.role_taken_up")


@dataclass(frozen=True)
class NewAdult:
    role: Role
    since: date

    def words(self):
        """What a notice may begin with. Somebody whose name others must not read is not named."""
        names = {"class": self.role.school_class.name, "day": day(self.since)}
        if protection.covered_among([self.role.person_id]):
            text = _("From %(day)s %(class)s has a new contact teacher.") % names
        else:
            names["name"] = self.role.person.full_name
            text = _("From %(day)s %(name)s is the contact teacher of %(class)s.") % names
        text += "\n\n" + _("Turn to the new contact teacher with what concerns your child.")
        title = _("A new contact teacher in %(class)s") % names
        return {"kind": Bulletin.Kind.NEW_ADULT, "title": title, "text": text}


def successors_in(school_class):
    """Contact teachers of a class that had another before."""
    kinds = [Role.Kind.CONTACT_TEACHER]
    before = Role.objects.filter(school_class=OuterRef("school_class"), kind__in=kinds, pk__lt=OuterRef("pk"))
    before = before.exclude(person=OuterRef("person")).exclude(confirmed_by=None)
    return Role.objects.live(kinds=kinds).filter(Exists(before), school_class=school_class)


def new_adult_in(school_class: SchoolClass) -> NewAdult | None:
    """By hand or from a file: whoever was last given the role, where another had it before. Three queries at most."""
    role = successors_in(school_class).select_related("person", "school_class").order_by("-pk").first()
    since = _given_on(role) if role else None
    if since is None or since < timezone.localdate() - NEW_FOR:
        return None
    told = Bulletin.objects.filter(school_class=school_class, kind=Bulletin.Kind.NEW_ADULT)
    told = told.exclude(state=Bulletin.State.TAKEN_BACK).filter(written_at__date__gte=since)
    return None if told.exists() else NewAdult(role, since)


def _given_on(role):
    """The day from which it has counted: the one that was written down, or the one on which it was confirmed."""
    own = Q(verb__in=GIVEN, subject_type=Role._meta.label, subject_id=str(role.pk))
    of_many = Q(verb="people.roles_confirmed", details__roles__contains=[role.pk])
    last = Event.objects.filter(own | of_many, at__gte=timezone.now() - NEW_FOR).order_by("-pk").first()
    return max([role.valid_from, *([timezone.localdate(last.at)] if last else [])])
