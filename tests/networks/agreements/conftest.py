"""A class of seven homes, its contact among them, and two ways in which a survey of theirs may go."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from networks import actions
from portal.people.models import Role
from tests import make
from tests.ground import once

SAYS = {0: [2], 1: [1], 2: [0], 3: [0]}  # to the four questions about screens


@once
def town(db):
    school = make.school("Lia skole")
    first, second = make.school_class("1A", at=school), make.school_class("1B", at=school)
    _iver, jurgita = make.family(first, pupil_name="Iver", adult_name="Jurgita", family_name="Nordlie")
    nora, amira = make.family(first, pupil_name="Nora", adult_name="Amira", family_name="Warsame")
    ben = make.guardian("Ben", "Dahl", of=nora)
    others = [make.family(first, pupil_name=f"Tuva {n}", adult_name=f"Adult {n}")[1] for n in range(4)]
    _liv, carla = make.family(second, pupil_name="Liv", adult_name="Carla", family_name="Moe")
    make.role(jurgita, Role.Kind.CLASS_CONTACT, first)
    return SimpleNamespace(
        school=school,
        first=first,
        second=second,
        nora=nora,
        jurgita=jurgita,
        amira=amira,
        ben=ben,
        carla=carla,
        homes=[jurgita, amira, ben, *others],
        teacher=make.holder(Role.Kind.CONTACT_TEACHER, first, "Tom"),
        principal=make.holder(Role.Kind.PRINCIPAL, school, "Solveig"),
    )


def ask(town, topic="screens", days=14, **details):
    closes_at = timezone.now() + timedelta(days=days)
    return actions.start_agreement(town.first, by=town.jurgita, topic=topic, closes_at=closes_at, **details)


@once
def asking(town):
    return ask(town)


def answer(agreement, *people, says=SAYS):
    for person in people:
        actions.answer_survey(agreement, by=person, answers=says)


def close(agreement, town):
    type(agreement.survey).objects.filter(pk=agreement.survey_id).update(closes_at=timezone.now())
    agreement.survey.refresh_from_db()
    actions.close_survey_of(agreement, by=town.jurgita)
    return agreement


def fields(town, **changes):
    today = town.school.today()
    return {
        "text": "We keep to one hour.",
        "meeting": "The autumn meeting",
        "adopted_on": today,
        "review_on": today + timedelta(days=300),
        **changes,
    }


def adopt(agreement, town, **changes):
    actions.adopt_agreement(agreement, by=town.jurgita, **fields(town, **changes))
    return agreement


@once
def closed(town, asking):
    answer(asking, *town.homes[:6])
    return close(asking, town)


@once
def adopted(town, closed):
    return adopt(closed, town)
