"""A teacher on the day of the talks, the office, a guardian who asks: every page is whole on a phone and on a desk."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from conferences import actions
from conferences.models import ConferenceSlot, InterpreterRequest, Preparation, TimeRequest
from tests import make
from tests.journeys.conftest import enter, look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def afternoon():
    """It is 16:00 today and time goes on: late in the evening, the talks ahead would be tomorrow's."""
    with time_machine.travel(timezone.localtime().replace(hour=16, minute=0)):
        yield


@pytest.fixture
def day(afternoon):
    school = make.school("Bjørkåsen skole")
    third = make.school_class("3B", at=school, grades=(3,))
    teacher = make.holder("contact_teacher", third, "Anne", "Bjørnstad", language="en")
    round = make.round(third, title="Conferences in 3B, autumn 2026")
    room = school.rooms.create(name="Room 204")
    names = ["Iver Nordlie", "Linh Nguyen", "Nora Warsame", "Yousef Al-Khatib", "Dlovan Aziz"]
    talks = []
    for place, name in enumerate(names):
        given, family = name.split()
        child, adult = make.family(third, pupil_name=given, family_name=family, phone="+4741234567", language="en")
        starts_at = timezone.now() + timedelta(minutes=(25 if place < 2 else 35) * (place - 1) - 5)
        slot = ConferenceSlot.objects.create(
            round=round, teacher=teacher, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=20), room=room
        )
        call = make.conference(round, child, teacher)
        if place < 2:  # it has begun, so nobody books it now
            ConferenceSlot.objects.filter(pk=slot.pk).update(
                starts_at=starts_at + timedelta(days=1), ends_at=starts_at + timedelta(days=1, minutes=20)
            )
            slot.refresh_from_db()
        booked = make.booked(call, by=teacher, at=slot, note="How can we practise reading at home?")
        booked.booking.__class__.objects.filter(pk=booked.booking.pk).update(
            starts_at=starts_at, ends_at=starts_at + timedelta(minutes=20)
        )
        talks.append((booked, adult))
    InterpreterRequest.objects.create(conference=talks[1][0], language="vi", asked_by=talks[1][1], state="confirmed")
    InterpreterRequest.objects.create(conference=talks[2][0], language="so", asked_by=talks[2][1])
    InterpreterRequest.objects.create(conference=talks[3][0], language="so", asked_by=talks[3][1])
    for number, name in enumerate(["Ayaan Cabdullahi", "Sivert Lunde", "Gabrielė Petrauskas-Šimkūnaitė"]):
        given, family = name.split()
        child, adult = make.family(third, pupil_name=given, family_name=family, language="en")
        silent = make.conference(round, child, teacher)
        if number == 1:
            TimeRequest.objects.create(conference=silent, household=adult.household, text="After 18", by=adult)
    make.conference(round, make.pupil("Alone", "Berg", in_class=third), teacher)
    make.slot(round, teacher, days=3)
    make.slot(round, teacher, days=3, hour=17)
    return {"school": school, "class": third, "teacher": teacher, "round": round, "talks": talks, "silent": silent}


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_the_teachers_day_and_the_pages_around_it(visit, live_server, day, kind):
    page = visit(kind)
    enter(page, day["teacher"], live_server.url)
    (over, _adult), (now, adult), *_later = day["talks"]
    Preparation.objects.create(
        conference=now, part="guardian", household=adult.household, by=adult, ask="Maths", shared_at=timezone.now()
    )
    for path in (
        "/conferences/day/",
        f"/conferences/day/{timezone.localdate()}/door/?names=1",
        f"/conferences/{now.pk}/talk/",
        f"/conferences/{now.pk}/shared/",
        f"/conferences/{over.pk}/attend/",
        f"/conferences/{now.pk}/wanted/",
        f"/conferences/{day['silent'].pk}/book/",
        f"/conferences/{day['silent'].pk}/offer/",
        f"/conferences/rounds/{day['round'].pk}/unbooked/",
        f"/conferences/classes/{day['class'].pk}/prompt/",
    ):
        page.goto(path)
        look(page)

    page.goto("/conferences/day/")
    page.get_by_role("button", name="I am 10 minutes late").click()
    expect(page.get_by_role("status")).to_have_text("2 families are told now.")
    page.goto(f"/conferences/{over.pk}/attend/")
    page.get_by_role("button", name="Nobody came").click()
    look(page)
    page.get_by_role("button", name="Offer these times").click()
    look(page)
    over.refresh_from_db()
    assert over.private_slots.count() == 2


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_extra_talks_and_interpreters(visit, live_server, day, kind):
    talk, adult = day["talks"][2]
    page = visit(kind)
    enter(page, adult, live_server.url)
    page.goto(f"/conferences/extra/ask/{talk.pupil.key}/")
    look(page)
    page.check("[name=reason][value=wellbeing]", force=True)
    page.fill("[name=note]", "She does not want to go to school")
    page.click("main form .ds-button")
    look(page)

    wish = talk.pupil.extra_requests.get()
    enter(page, day["teacher"], live_server.url)
    for path in (
        "/conferences/extra/",
        f"/conferences/extra/{wish.pk}/schedule/",
        f"/conferences/extra/{wish.pk}/close/",
    ):
        page.goto(path)
        look(page)
    actions.answer_prompt(day["class"], by=day["teacher"], asks={})
    page.goto(f"/conferences/classes/{day['class'].pk}/prompt/")
    look(page)

    enter(page, make.holder("office", day["school"], "Odd", "Ek", language="en"), live_server.url)
    page.goto("/conferences/interpreters/")
    look(page)
    page.get_by_role("button", name="Ordered").first.click()
    look(page)
