"""What the next contact teacher of a class takes over: what was promised, what runs, who needs an interpreter, which talks
are due. Nothing of what a family or a teacher wrote before a talk, and no note of anybody's."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from conferences.models import AgreedAction, Conference, ConferenceRound, ConferenceSummary, TakenOver
from conferences.models.guardians import guardians_of_pupils
from conferences.queries.extra import pupils_for
from portal.people.languages import language_name
from portal.people.models import Person, Role, SchoolClass

NEW_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Speaking:
    child: Person
    languages: list[str]


@dataclass(frozen=True)
class TakingOver:
    """`role` is the reader's own, where they still have to say that they have looked through it."""

    school_class: SchoolClass
    promised: list[AgreedAction]
    running: list[AgreedAction]
    speaking: list[Speaking]
    due: list[Conference]
    role: Role | None

    @property
    def is_empty(self):
        return not (self.promised or self.running or self.speaking or self.due)


def taking_over(school_class, reader):
    """The children of the class today whom the reader may know of, whichever class of the school they were in when
    something was agreed: what another school had with them stays there. Five queries, however many children."""
    pupils = {pupil.pk: pupil for pupil in pupils_for(reader, school_class)}
    agreed = list(
        AgreedAction.objects.under_way()
        .filter(summary__conference__pupil__in=pupils)
        .filter(summary__conference__school_class__school=school_class.school_id)
        .select_related("summary__conference__pupil")
        .order_by("due_on", "pk")
    )
    return TakingOver(
        school_class=school_class,
        promised=[one for one in agreed if one.owner == AgreedAction.Owner.SCHOOL],
        running=[one for one in agreed if one.owner != AgreedAction.Owner.SCHOOL],
        speaking=_speaking(pupils),
        due=_due(pupils, school_class.school_id),
        role=roles_to_look_through(reader).filter(school_class=school_class).first(),
    )


def roles_to_look_through(person):
    return TakenOver.objects.roles_to_look_through(timezone.localdate() - NEW_FOR).filter(person=person.pk)


def _speaking(pupils):
    guardians = guardians_of_pupils(pupils)
    homes = {key: [one.household for one in guardians[key] if one.household] for key in pupils}
    spoken = {key: {one.interpreter_language for one in homes[key]} - {""} for key in pupils}
    return [
        Speaking(pupil, sorted(str(language_name(code)) for code in spoken[key]))
        for key, pupil in pupils.items()
        if spoken[key]
    ]


def _due(pupils, school):
    open_ones = Conference.objects.told().open().filter(pupil__in=pupils, school_class__school=school)
    summed_up = ConferenceSummary.objects.shared().values("conference")
    open_ones = open_ones.exclude(round__state=ConferenceRound.State.CLOSED).exclude(pk__in=summed_up)
    found = open_ones.select_related("pupil", "teacher", "booking", "round", "school_class__school")
    return list(found.order_by("booking__starts_at", "pupil__sort_name", "pk"))
