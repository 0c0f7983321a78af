"""The first page of the demo offers people for whom something is going on; its mailbox reads what mail servers fold."""

from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest

from conferences.models import Booking
from portal import demo
from portal.home.demo.cast import cast, cast_by_role
from portal.home.demo.roster import made_up
from portal.home.mailbox import Mail
from portal.people.models import Role
from tests import make
from tests.ground import once
from tests.laws.code import ROOMS

TO = b"To: =?utf-8?b?SnVyZ2l0YSBQZQ==?=\r\n =?utf-8?b?dHJhdXNrYWl0xJc=?= <a@demo.example>\r\n\r\n"


@once
def school(db):
    return make.school()


def test_the_youngest_class_comes_first(school):
    oldest, youngest = (make.school_class(f"{grade}A", at=school, grades=(grade,)) for grade in (10, 1))
    for number, one in enumerate((oldest, youngest)):
        make.family(one, family_name=f"Lund{number}")
        make.holder(Role.Kind.CLASS_CONTACT, one, "Kim", f"Dahl{number}")
    contacts, guardians = (
        [part.person.family_name for part in group.parts]
        for group in cast_by_role()
        if group.kind in (Role.Kind.CLASS_CONTACT, "parent")
    )
    assert contacts == ["Dahl1", "Dahl0"]
    assert guardians == ["Lund1", "Lund0"]


def test_the_demo_says_which_language_a_guardian_reads_and_whose_child_has_two_homes(school):
    child, _mother = make.family(make.school_class(at=school))
    make.guardian("Ola", of=child, language="en")
    parents = next(group for group in cast_by_role() if group.kind == "parent")
    assert [part.scope.split(" · ")[1] for part in parents.parts] == ["Norsk bokmål", "Engelsk"]
    assert all(part.scope.count(" · ") == 2 for part in parents.parts)


def test_the_demo_offers_two_of_each_school_however_many_the_first_has(school):
    second = make.school("Engskolen")
    for number in range(8):
        make.holder(Role.Kind.CLASS_CONTACT, make.school_class(f"{number + 1}A", at=school), "Kim", f"Dahl{number}")
    last = make.holder(Role.Kind.CLASS_CONTACT, make.school_class(at=second), "Ida", "Skov")
    contacts = next(group for group in cast_by_role() if group.kind == Role.Kind.CLASS_CONTACT)
    assert contacts.parts[-1].person == last
    assert len(contacts.parts) == 7


def test_whoever_is_listed_with_a_role_is_not_listed_again_as_guardian(school):
    of_class = make.school_class(at=school)
    child, teacher = make.family(of_class)
    make.role(teacher, Role.Kind.CONTACT_TEACHER, of_class)
    other = make.guardian("Ola", of=child)
    parents = next(group for group in cast_by_role() if group.kind == "parent")
    assert [part.person for part in parents.parts] == [other]


def test_the_other_home_of_a_child_comes_first_where_one_home_has_a_role(school):
    of_class = make.school_class(at=school)
    for number in range(3):
        make.family(of_class, family_name=f"Lund{number}")
    child, contact = make.family(of_class, family_name="Vik")
    make.role(contact, Role.Kind.CLASS_CONTACT, of_class)
    other = make.guardian("Ola", of=child)
    parents = next(group for group in cast_by_role() if group.kind == "parent")
    assert parents.parts[0].person == other
    assert parents.parts[0].scope.count(" · ") == 2
    assert len(parents.parts) == 3


def test_the_demo_offers_a_family_that_came_in_the_middle_of_the_year(school):
    of_class = make.school_class("1A", at=school, grades=(1,))
    for number in range(4):
        make.family(of_class, family_name=f"Lund{number}")
    child, _new = make.family(of_class, family_name="Aas")
    child.enrolments.update(valid_from=of_class.year.starts_on + timedelta(days=1))
    parents = next(group for group in cast_by_role() if group.kind == "parent")
    assert [part.person.family_name for part in parents.parts] == ["Lund0", "Lund1", "Lund2", "Aas"]
    assert parents.parts[-1].scope.endswith(" · ny i klassen")


def test_in_the_town_one_family_of_each_school_came_nine_days_ago():
    roster = made_up(date(2026, 11, 30)).roster
    came = [(place.school_class, place.valid_from) for place in roster.places.values() if place.valid_from]
    assert came == [(key, date(2026, 11, 21)) for key in ("sol-1A", "lia-1A", "eng-1A")]


def test_the_demo_offers_one_pupil_of_thirteen_at_each_school(school):
    of_class, today = make.school_class("8A", at=school, grades=(8,)), school.today()
    make.pupil("Liten", in_class=of_class, born_on=today.replace(year=today.year - 8, day=1))
    teens = [make.pupil(name, in_class=of_class, born_on=date(today.year - 13, 1, 1)) for name in ("Ane", "Bo")]
    pupils = next(group for group in cast_by_role() if group.kind == "pupil")
    assert [part.person for part in pupils.parts] == teens[:1]
    assert set(teens) <= set(cast())


def test_the_teacher_who_has_talks_today_is_offered_however_many_come_before(school):
    classes = [make.school_class(f"{grade}A", at=school, grades=(grade,)) for grade in range(1, 9)]
    teachers = [make.holder(Role.Kind.CONTACT_TEACHER, one, "Tom", f"Berg{n}") for n, one in enumerate(classes)]
    child, mother = make.family(classes[-1])
    round = make.round(classes[-1])
    slot = make.slot(round, teachers[-1], days=0, hour=12)
    times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
    talk = make.conference(round, child, teachers[-1])
    Booking.objects.create(conference=talk, slot=slot, booked_by=mother, **times)

    offered = next(group for group in cast_by_role() if group.kind == Role.Kind.CONTACT_TEACHER)

    assert [part.person for part in offered.parts] == [*teachers[:6], teachers[-1]]


def test_each_room_furnishes_the_town_after_what_it_builds_upon():
    order = demo.in_order()

    assert sorted(order) == sorted([*ROOMS, "schoolyear", "supervision"])
    assert order.index("schoolyear") < order.index("networks") < order.index("grants")


def test_a_room_has_one_part_in_the_demo():
    with pytest.raises(ValueError, match="already"):
        demo.furnishes(demo.in_order()[0])(print)


def test_a_name_that_was_folded_in_two_is_read_as_one():
    mail = Mail(name="1", message=message_from_bytes(TO, policy=policy.default))
    assert mail.to == "Jurgita Petrauskaitė <a@demo.example>"
