"""When a child has left a class: the family hears what is called off; its teachers and the office hear what is free
again. Those who stay hear when, never who: the child's name is no longer theirs to read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conferences.calendar import calendar_of
from conferences.models import Conference, ExtraRequest, InterpreterRequest, Participant
from conferences.notices.moves import lost_time, talk_in_letter
from conferences.notices.people import page, school_of
from conferences.tasks import follow_rosters
from portal.ledger.models import Event
from portal.ledger.publish import subscribe
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.languages import language_name
from portal.people.models import AccessRestriction, Person, Role
from portal.people.rules import LEADERS, TEACHERS
from portal.speech import when

MOVES = ("people.roster_applied", "people.roster_imported", "people.roster_undone", "people.year_rolled_over")

for verb in MOVES:
    subscribe(verb, lambda _event: transaction.on_commit(follow_rosters.delay, robust=True))


def event_of(notice):
    return Event.objects.get(pk=notice.event_id)


# To the family


def homes(event):
    """One letter for each time that is lost; a single one when there was no time."""
    for conference in Conference.objects.filter(pk__in=_told(event.details)).select_related("pupil"):
        for person in conference.guardians_who_were():
            yield person, f"event {event.pk} talk {conference.pk}"


def _told(details):
    """Every talk that had a time; without any, the first that the family had been called to."""
    if details["times"]:
        return [int(key) for key in details["times"]]
    called = Conference.objects.told().filter(pk__in=details["conferences"]).exclude(wanted="offered")
    return called.order_by("pk").values_list("pk", flat=True)[:1]


@notice(
    "conferences.place_ended",
    on="conferences.place_ended",
    to=homes,
    category="invitations",
    duty=True,
    urgent=True,
    wanted=lambda notice: _is_off(talk_in_letter(notice)),
)
def place_ended(notice):
    """Where the talk had a time, the calendar entry is cancelled too."""
    conference = talk_in_letter(notice)
    lost, school = lost_time(notice, conference), school_of(conference)
    said = {"child": conference.pupil.given_name, "class": conference.school_class.name}
    return Letter(
        subject=_("Called off: conference about %(child)s") % said,
        lines=[_("%(child)s has left %(class)s, so the talk there is called off. You need to do nothing.") % said],
        facts=((_("Falls away"), when(lost.starts_at, school)),) if lost else (),
        buttons=(Button(_("See your talks"), page("conference_list")),),
        calendar=calendar_of(conference, booking=lost, cancelled=True) if lost else None,
        sender=school.name,
    )


def _is_off(conference):
    return conference.state == Conference.State.CANCELLED


def askers(event):
    for asked in ExtraRequest.objects.filter(pk__in=event.details["requests"]).select_related("pupil"):
        for person in asked.guardians_who_were():
            yield person, f"event {event.pk} request {asked.pk}"


def request_of(notice):
    key = notice.occasion.rpartition(" ")[2]
    return ExtraRequest.objects.select_related("pupil", "school_class__school").get(pk=key)


@notice(
    "conferences.request_ended",
    on="conferences.place_ended",
    to=askers,
    category="invitations",
    duty=True,
    wanted=lambda notice: request_of(notice).closed_at is not None,
)
def request_ended(notice):
    asked = request_of(notice)
    said = {"child": asked.pupil.given_name, "class": asked.school_class.name}
    return Letter(
        subject=_("Called off: the extra talk about %(child)s") % said,
        lines=[
            _("%(child)s has left %(class)s, so the talk that was asked for there does not take place.") % said,
            _("If you still want one, ask for it where %(child)s goes now.") % said,
        ],
        buttons=(Button(_("Extra conversations"), page("extra_list")),),
        sender=asked.school_class.school.name,
    )


# To those who stay


def teachers(event):
    """Those who were to hold a talk or come along, and the contact teachers of a class where one was asked for."""
    talks = Conference.objects.filter(pk__in=_told(event.details))
    along = Participant.objects.filter(conference__in=talks, kind=Participant.Kind.TEACHER)
    asked = ExtraRequest.objects.filter(pk__in=event.details["requests"]).values("school_class")
    contacts = Role.objects.live(kinds=[Role.Kind.CONTACT_TEACHER]).filter(school_class__in=asked)
    people = {*talks.values_list("teacher", flat=True), *along.values_list("person", flat=True)}
    return _at_work(people | set(contacts.values_list("person", flat=True)), event, *TEACHERS)


def _at_work(people, event, *kinds):
    """Those of them who still work there, except anyone who is restricted from the child."""
    live = Role.objects.live(kinds=kinds).filter(person__in=people)
    restricted = AccessRestriction.objects.filter(pupil=event.subject_id).values("guardian")
    return list(Person.objects.filter(pk__in=live.values("person")).exclude(pk__in=restricted))


@notice(
    "conferences.place_ended_teacher",
    on="conferences.place_ended",
    to=teachers,
    category="tasks",
    urgent=True,
    wanted=lambda notice: notice.recipient in teachers(event_of(notice)),
)
def place_ended_teacher(notice):
    """Only the reader's own times, and no name."""
    details = event_of(notice).details
    of_event = Conference.objects.filter(pk__in=details["conferences"]).select_related("school_class__school")
    talks = [talk for talk in of_event if _comes(notice.recipient, talk)]
    asked = ExtraRequest.objects.filter(pk__in=details["requests"]).select_related("school_class")
    classes = sorted({one.school_class.name for one in (*talks, *asked)})
    times = sorted((details["times"][str(talk.pk)][0], talk) for talk in talks if str(talk.pk) in details["times"])
    line = ngettext(
        "The talk that was to come is called off, and the family is told.",
        "The talks that were to come are called off, and the family is told.",
        len(talks) + len(asked),
    )
    return Letter(
        subject=_("A child has left %(classes)s: a talk is called off") % {"classes": ", ".join(classes)},
        lines=[line],
        facts=tuple(
            (_("Falls away"), when(datetime.fromisoformat(starts), talk.school_class.school)) for starts, talk in times
        ),
        buttons=(Button(_("Open your day"), page("teacher_day")),),
    )


def _comes(person, talk):
    along = talk.participants.filter(person=person, kind=Participant.Kind.TEACHER)
    return talk.teacher_id == person.pk or along.exists()


def office(event):
    """The office of the school; without one, its leaders."""
    ordered = InterpreterRequest.objects.filter(pk__in=event.details["interpreters"])
    schools = ordered.values("conference__school_class__school")
    roles = Role.objects.live().filter(school__in=schools)
    people = set(roles.filter(kind=Role.Kind.OFFICE).values_list("person", flat=True))
    leaders = set(roles.filter(kind__in=LEADERS).values_list("person", flat=True))
    return _at_work(people or leaders, event, Role.Kind.OFFICE, *LEADERS)


@notice(
    "conferences.interpreter_idle",
    on="conferences.place_ended",
    to=office,
    category="tasks",
    urgent=True,
    wanted=lambda notice: notice.recipient in office(event_of(notice)) and _still_ordered(notice).exists(),
)
def interpreter_idle(notice):
    details = event_of(notice).details
    ordered = _still_ordered(notice).select_related("conference__teacher", "conference__school_class__school")
    return Letter(
        subject=_("Call off an interpreter"),
        lines=[_("The talk is called off, since the child has left. Tell the agency that nobody is needed.")],
        facts=tuple(
            (
                str(language_name(one.language)),
                ", ".join(
                    [
                        when(
                            datetime.fromisoformat(details["interpreters"][str(one.pk)][0]),
                            one.conference.school_class.school,
                        ),
                        one.conference.teacher.full_name,
                    ]
                ),
            )
            for one in ordered
        ),
        buttons=(Button(_("Open the list of interpreters"), page("interpreter_list")),),
    )


def _still_ordered(notice):
    return InterpreterRequest.objects.not_settled().filter(pk__in=event_of(notice).details["interpreters"])
