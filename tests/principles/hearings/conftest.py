"""A hearing at a Danish school, open today: two homes, a teacher, a class contact and a pupil of 13."""

from datetime import date, timedelta
from types import SimpleNamespace

from django.utils import timezone

from principles.hearings import actions
from principles.hearings.asked import Voices
from principles.hearings.models import Hearing
from principles.hearings.voices import voices_of
from principles.life.actions import move_version
from principles.moves import State
from tests import make
from tests.ground import once
from tests.principles.conftest import amira, draft, engen, karen, mette, olav  # noqa: F401 they are fixtures here too

EVERYBODY = list(Voices.values)


def today():
    return timezone.localdate()


def prepare(version, by, *, opens=0, days=10, asked=EVERYBODY):
    if version.state == State.DRAFT:
        move_version(version, by=by, to=State.READING)
    first = today() + timedelta(days=opens)
    return actions.prepare_hearing(
        version,
        by=by,
        opens_on=first,
        closes_on=first + timedelta(days=days),
        reply_on=first + timedelta(days=days + 20),
        asked={section.pk: list(asked) for section in version.sections.all()},
        lead="Vi spørger alle.",
    )


def over(hearing):
    """Its last day was yesterday."""
    then = {"opens_on": today() - timedelta(days=11), "closes_on": today() - timedelta(days=1)}
    Hearing.objects.filter(pk=hearing.pk).update(**then)
    hearing.refresh_from_db()
    return hearing


def answer(hearing, person, number=2, verdict="fine", *, kind="home", **said):
    voice = next(one for one in voices_of(person, hearing) if one.kind == kind)
    if kind == "class":
        said.setdefault("families", 1)
    return actions.give_answer(hearing, by=person, voice=voice, number=number, verdict=verdict, **said)


@once
def hearing(draft, mette):  # noqa: F811
    return prepare(draft, mette)


@once
def people(engen):  # noqa: F811
    school_class = make.school_class("2A", at=engen)
    nora, ada = make.family(school_class, adult_name="Ada")
    bo = make.guardian("Bo", of=nora)
    _sam, siri = make.family(school_class, pupil_name="Sam", adult_name="Siri", family_name="Dal")
    return SimpleNamespace(
        school_class=school_class,
        ada=ada,
        bo=bo,
        siri=siri,
        tom=make.holder("contact_teacher", school_class, "Tom"),
        contact=make.holder("class_contact", school_class, "Kit"),
        pupil=make.pupil("Liv", in_class=school_class, born_on=date(today().year - 14, 1, 1)),
    )
