"""A whole school's autumn, written as it is afterwards: talks, summaries, subjects. Nobody is notified."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.utils import timezone

from conferences.models import (
    AgreedAction,
    Booking,
    Conference,
    ConferenceSlot,
    ConferenceSummary,
    ExtraPrompt,
    Feedback,
    FocusPoint,
    LearningPlanRef,
    Participant,
    PlanOpening,
    Subject,
    SubjectInput,
    SummaryAnswer,
)
from portal.demo import school_days, weekday
from portal.people.models import Enrolment, GuardianRelation

FIRST_TALK, A_DAY, MINUTES, APART = time(13), 8, 20, 25
LEFT_OUT, UNWRITTEN = 17, 10  # of so many children one has had no talk, of so many talks one has no summary
TOLD_BY = {AgreedAction.Status.DONE: (0, 1, 2, 3), AgreedAction.Status.PARTLY: (4,), AgreedAction.Status.NOT_DONE: (5,)}
SENTENCES = {
    "nb": (
        "Jobber jevnt og spør når noe er uklart.",
        "Har kommet godt i gang. Neste steg er å vise hvordan.",
        "Viser glede, og hjelper andre.",
    ),
    "nn": (
        "Jobbar jamt og spør når noko er uklart.",
        "Har kome godt i gang. Neste steg er å vise korleis.",
        "Viser glede, og hjelper andre.",
    ),
    "da": (
        "Arbejder jævnt og spørger, når noget er uklart.",
        "Er kommet godt i gang. Næste skridt er at vise hvordan.",
        "Viser glæde og hjælper andre.",
    ),
}


def take_place(round, classes, said):
    round.classes.add(*classes)
    first, guardians = round.plans_on + timedelta(days=round.plan_days), _guardians(classes)
    talks, slots = [], []
    for place, (school_class, teacher, pupil, starts_at) in enumerate(_places(classes, first)):
        came = bool(guardians[pupil]) and place % LEFT_OUT != LEFT_OUT - 1
        slot = ConferenceSlot(
            round=round, teacher=teacher, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=MINUTES)
        )
        talks.append(
            Conference(
                round=round,
                pupil_id=pupil,
                teacher=teacher,
                school_class=school_class,
                state=Conference.State.HELD if came else Conference.State.CALLED,
                by_phone=came and place % 9 == 4,
                ended_at=slot.ends_at if came else None,
            )
        )
        slots.append(slot)
    Conference.objects.bulk_create(talks)
    ConferenceSlot.objects.bulk_create(slots)
    past = [(talk, slot, guardians[talk.pupil_id]) for talk, slot in zip(talks, slots, strict=True) if talk.ended_at]
    Booking.objects.bulk_create(
        Booking(
            conference=talk,
            slot=slot,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            booked_by=adults[0],
            booked_at=slot.starts_at - timedelta(days=15),
        )
        for talk, slot, adults in past
    )
    _come(past)
    _read(past)
    _write(past, said)
    _say(past)


def _places(classes, first):
    pupils = defaultdict(list)
    for place in Enrolment.objects.current().filter(school_class__in=classes).order_by("pupil__source_id"):
        pupils[place.school_class_id].append(place.pupil_id)
    days = school_days(first, 4)
    for school_class, teacher in classes.items():
        for place, pupil in enumerate(pupils[school_class.pk]):
            begins = datetime.combine(days[place // A_DAY], FIRST_TALK, tzinfo=school_class.school.zone)
            yield school_class, teacher, pupil, begins + timedelta(minutes=APART * (place % A_DAY))


def _guardians(classes):
    found = defaultdict(list)
    relations = GuardianRelation.objects.live().filter(pupil__enrolments__school_class__in=classes)
    for relation in relations.select_related("guardian").order_by("guardian__source_id"):
        found[relation.pupil_id].append(relation.guardian)
    return found


def _come(past):
    there = []
    for place, (talk, _slot, adults) in enumerate(past):
        people = [(Participant.Kind.PUPIL, talk.pupil_id, place % 15 != 14)]
        people += [(Participant.Kind.GUARDIAN, one.pk, not n or bool(place % 2)) for n, one in enumerate(adults)]
        there += [
            Participant(conference=talk, kind=kind, person_id=person, came=came, added_by=talk.teacher)
            for kind, person, came in people
        ]
    Participant.objects.bulk_create(there)


def _read(past):
    plans = LearningPlanRef.objects.bulk_create(
        LearningPlanRef(
            conference=talk,
            made_by=talk.teacher,
            sent_at=slot.starts_at - timedelta(days=3 if place % 12 == 3 else 9),
        )
        for place, (talk, slot, _adults) in enumerate(past)
    )
    PlanOpening.objects.bulk_create(
        PlanOpening(plan=plan, person=adults[0])
        for place, (plan, (_talk, _slot, adults)) in enumerate(zip(plans, past, strict=True))
        if place % 4
    )


def _write(past, said):
    words, academic, social, home, goal, agreed = said
    written = [one for place, one in enumerate(past) if place % UNWRITTEN != UNWRITTEN - 1]
    summaries = ConferenceSummary.objects.bulk_create(
        ConferenceSummary(
            conference=talk,
            version=1,
            child_words=words,
            academic=academic,
            social=social,
            home_support=home,
            written_by=talk.teacher,
        )
        for talk, _slot, _adults in written
    )
    FocusPoint.objects.bulk_create(
        FocusPoint(summary=summary, place=1, kind=FocusPoint.Kind.ACADEMIC, text=goal[0], seen_by=goal[1])
        for summary in summaries
    )
    AgreedAction.objects.bulk_create(
        row
        for place, (summary, (talk, slot, adults)) in enumerate(zip(summaries, written, strict=True))
        for row in _agreements(place, summary, talk, slot, adults, agreed)
    )
    shared = written[0][1].starts_at + timedelta(days=6)
    ConferenceSummary.objects.filter(pk__in=[summary.pk for summary in summaries]).update(shared_at=shared)
    SummaryAnswer.objects.bulk_create(
        SummaryAnswer(summary=summary, person=adult, agrees=True, at=shared + timedelta(days=1))
        for summary, (_talk, _slot, adults) in zip(summaries, written, strict=True)
        for adult in adults
    )


def _agreements(place, summary, talk, slot, adults, agreed):
    ended = weekday(timezone.localdate(slot.starts_at) + timedelta(days=35))
    told = next((status for status, places in TOLD_BY.items() if place % 7 in places), AgreedAction.Status.OPEN)
    at = slot.starts_at + timedelta(days=36) if told != AgreedAction.Status.OPEN else None
    names = {AgreedAction.Owner.HOME: adults[0].full_name, AgreedAction.Owner.SCHOOL: talk.teacher.full_name}
    for number, (what, owner) in enumerate(agreed, start=1):
        is_home = owner == AgreedAction.Owner.HOME
        yield AgreedAction(
            summary=summary,
            place=number,
            what=what,
            owner=owner,
            who=names[owner],
            due_on=ended if is_home else weekday(ended + timedelta(days=45)),
            status=told if is_home else AgreedAction.Status.OPEN,
            status_by=adults[0] if is_home and at else None,
            status_at=at if is_home else None,
        )


def _say(past):
    answers = []
    for place, (talk, _slot, adults) in enumerate(past):
        if place % 2 == 0:
            answers.append((talk, Feedback.Side.HOME, adults[0].household_id, 5 - place % 3 // 2, 5 - place % 8 // 3))
        if place % 3 == 0:
            answers.append((talk, Feedback.Side.SCHOOL, None, 5 - place % 2, 5 - place % 7 // 3))
    Feedback.objects.bulk_create(
        Feedback(conference=talk, side=side, household_id=home, heard=heard, useful=useful)
        for talk, side, home, heard, useful in answers
    )


def write_of_subjects(school, classes):
    subjects, sentences = list(Subject.objects.filter(school=school)), SENTENCES[school.language_form]
    places = Enrolment.objects.current().filter(school_class__in=classes).select_related("school_class__year")
    SubjectInput.objects.bulk_create(
        SubjectInput(
            year=place.school_class.year,
            pupil_id=place.pupil_id,
            subject=subject,
            text=sentences[(number + column) % len(sentences)],
            by=classes[place.school_class],
        )
        for number, place in enumerate(places.order_by("pupil__source_id"))
        for column, subject in enumerate(subjects)
        if set(subject.grades) & set(place.school_class.grades) and (number * 5 + column * 3) % 14
    )


def ask_each_month(school, classes):
    month, asked = school.today().replace(day=1), []
    for place, (school_class, teacher) in enumerate(classes.items()):
        one = (school_class.year.starts_on + timedelta(days=20)).replace(day=1)
        while one < month and place % 4 != 3:
            asked.append(ExtraPrompt(school_class=school_class, month=one, answered_by=teacher, children=place % 3))
            one = (one + timedelta(days=32)).replace(day=1)
    ExtraPrompt.objects.bulk_create(asked)
