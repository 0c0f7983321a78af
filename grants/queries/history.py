"""What has happened in a case, read from the ledger: in words, newest last, to those who may see it."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.case_page import tells, told
from grants.models import GrantApplication
from portal.ledger.models import Event
from portal.people import protection
from portal.people.models import Person, Role

IN_OFFICE = (Role.Kind.PRINCIPAL, Role.Kind.DEPUTY, Role.Kind.OFFICE, Role.Kind.MUNICIPALITY_OFFICER)


@dataclass(frozen=True)
class Entry:
    at: datetime
    words: str
    who: str


@dataclass(frozen=True)
class Happened:
    """An event of the case, for the wing that words it."""

    event: Event
    application: GrantApplication

    @property
    def details(self):
        return self.event.details


FOR_ALL = {
    "grants.application_submitted": _("The class sent the application."),
    "grants.application_taken_up": _("The application was opened."),
    "grants.decision_made": _("The case was decided, and the letter was sent."),
    "grants.decision_corrected": _("The decision was corrected with a new version."),
    "grants.application_withdrawn": _("The class withdrew the application."),
}
FOR_THE_PARTIES = {
    "grants.application_drafted": _("The class began on the application."),
    "grants.application_changed": _("The class changed the application, before it was opened."),
    "grants.application_transferred": _("Somebody stood aside, and the case was passed on."),
    "grants.information_asked": _("The class was asked for more information."),
    "grants.information_given": _("The class gave more information."),
    "grants.journal_number_given": _("The case got its number in the archive."),
}


def _say(words, happened):
    return words


for whole, said in ((False, FOR_ALL), (True, FOR_THE_PARTIES)):
    for verb, words in said.items():
        tells(verb, whole=whole)(partial(_say, words))


def history_of(application: GrantApplication, is_whole: bool) -> list[Entry]:
    """One query for the core, and one for each kind of row that a wing keeps beside the case. The office is named; the
    class speaks as one."""
    may = {verb: one for verb, one in told().items() if is_whole or not one.whole}
    about = Q(subject_type=application._meta.label, subject_id=str(application.pk))
    for rows in {one.about for one in may.values() if one.about}:
        found = rows(application)
        keys = [str(key) for key in found.values_list("pk", flat=True)]
        about |= Q(subject_type=found.model._meta.label, subject_id__in=keys)
    events = list(Event.objects.filter(about, verb__in=list(may)).order_by("pk"))
    names = _names_of_the_office({event.by for event in events})
    return [
        Entry(event.at, str(may[event.verb].words(Happened(event, application))), names.get(event.by, ""))
        for event in events
    ]


def _names_of_the_office(keys):
    people = Person.objects.filter(pk__in=keys, roles__kind__in=IN_OFFICE).distinct()
    names = {person.pk: person.full_name for person in people}
    covered = protection.covered_among(list(names)) if names else ()
    return {key: name for key, name in names.items() if key not in covered}
