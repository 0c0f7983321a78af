"""Birthdays by the class's own rule: everyone is invited, nobody can be left out, and no home is told too often."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from networks import actions
from networks.birthdays import forms, notices
from networks.birthdays.queries import rule_of
from networks.models import Birthday, BirthdayAnswer, BirthdayMute, NotNow, QuarterChild
from networks.tasks import forget
from portal.messaging.kinds import KINDS
from portal.messaging.links import link_for
from portal.messaging.models import Notice, naming
from portal.people import actions as people
from portal.people.models import Enrolment, Person, SchoolClass
from tests import make
from tests.ground import once
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db
page = partial(address, "networks")


def invite(town, *, by=None, child=None, **changes):
    starts = timezone.now() + timedelta(days=12)
    typed = {
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "answer_by": starts - timedelta(days=5),
        "place": "The gym",
        "words": "We play.",
        "is_shared": False,
        "not_names": [],
    }
    return actions.invite_to_birthday(
        changes.pop("school_class", town.first), by=by or town.amira, child=child or town.nora, **typed | changes
    )


@once
def birthday(town):
    return invite(town)


def guests(birthday):
    return set(Person.objects.filter(pk__in=birthday.guests().values("guardian")))


def answer(birthday, person, said="yes"):
    return actions.answer_birthday(birthday, by=person, household=person.household, answer=said)


def typed(town, **changes):
    day = town.school.today() + timedelta(days=10)
    return {
        "child": town.nora.pk,
        "day": day.isoformat(),
        "begins": "17:00",
        "ends": "19:00",
        "answer_on": (day - timedelta(days=3)).isoformat(),
        "place": "The gym",
        "words": "We play.",
        **changes,
    }


def letter(kind, birthday, person):
    made = Notice(kind=f"networks.{kind}", recipient=person, not_before=timezone.now(), **naming(birthday))
    with translation.override("en"):
        written = KINDS[made.kind](made)
    return " ".join([written.subject, *written.lines, *(f"{one}: {other}" for one, other in written.facts)])


def wanted(kind, birthday, person):
    made = Notice(kind=f"networks.{kind}", recipient=person, not_before=timezone.now(), **naming(birthday))
    return KINDS[made.kind].wanted(made)


# --- everyone, and nobody but by the rule ---


def test_every_guardian_of_the_class_is_invited_in_both_homes_but_not_the_childs_own(town, birthday):
    _ida, eva = make.family(town.first, pupil_name="Ida", adult_name="Eva")
    second = make.guardian("Second", of=_ida)

    assert guests(birthday) == {town.jurgita, eva, second}
    assert town.ben not in guests(birthday)  # Nora's other home


def test_the_whole_grade_where_the_class_has_said_so_and_no_class_of_another_school_or_grade(town):
    make.family(make.school_class("2A", at=town.school, grades=[2]), adult_name="Older")
    make.family(make.school_class("1A", at=make.school("Elsewhere")), adult_name="Far")
    actions.set_birthday_rule(town.first, by=town.jurgita, circle="grade", ceiling=None)

    assert guests(invite(town)) == {town.jurgita, town.carla}


def test_there_is_no_field_to_choose_some_of_the_class(town):
    fields = set(forms.BirthdayForm.base_fields) - {"not_names"}  # words that are said to name nobody

    assert fields == {"child", "day", "begins", "ends", "answer_on", "place", "words", "is_shared"}
    assert not {"guests", "invited", "household", "circle"} & {field.name for field in Birthday._meta.many_to_many}
    assert not Birthday._meta.many_to_many


@pytest.mark.parametrize("name", ["guests", "households", "pupils", "invited", "exclude", "circle", "host", "ceiling"])
def test_a_forged_list_is_refused_and_nothing_is_sent(town, name):
    shown = as_(town.amira).post(page("birthday_invite", town.first.pk), typed(town) | {name: ["1", "2"]})

    assert "There is no list to choose from" in text(shown)
    assert not Birthday.objects.exists()


def test_sent_from_the_page_with_the_rule_as_it_is(town):
    actions.set_birthday_rule(town.first, by=town.jurgita, circle="class", ceiling=10_000)

    as_(town.amira).post(page("birthday_invite", town.first.pk), typed(town))

    birthday = Birthday.objects.get()
    assert (birthday.host, birthday.circle, birthday.ceiling) == (town.amira.household, "class", 10_000)
    assert "100 kroner at most" in text(as_(town.jurgita).get(birthday.get_absolute_url())).replace("\xa0", " ")


def test_one_for_a_child_in_a_school_year_and_another_when_it_is_called_off(town, birthday):
    with pytest.raises(actions.InvitedThisYear):
        invite(town)
    with pytest.raises(actions.InvitedThisYear):
        invite(town, by=town.ben)

    actions.call_off_birthday(birthday, by=town.amira)

    assert invite(town).called_off_at is None


@pytest.mark.parametrize(
    ("by", "child"), [("jurgita", "nora"), ("carla", "nora"), ("principal", "nora"), ("amira", "iver")]
)
def test_nobody_invites_for_a_child_that_is_not_theirs(town, by, child):
    with pytest.raises(PermissionDenied):
        invite(town, by=getattr(town, by), child=getattr(town, child))


def test_nor_to_a_class_that_the_child_is_not_in(town):
    with pytest.raises(PermissionDenied):
        invite(town, school_class=town.second)


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "2020-01-01"},
        {"day": "2099-01-01"},
        {"begins": "19:00", "ends": "17:00"},
        {"answer_on": "2099-01-01"},
        {"answer_on": "2020-01-01"},
        {"place": ""},
        {"words": "x" * 501},
        {"words": "Only Iver and Jurgita"},
        {"child": "0"},
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(town, wrong):
    said = typed(town) | wrong

    shown = as_(town.amira).post(page("birthday_invite", town.first.pk), said)

    assert shown.status_code == 200
    assert not Birthday.objects.exists()
    assert said["words"] in shown.content.decode()


def test_the_database_keeps_one_a_year_and_times_that_fit(town, birthday):
    twice = {
        field.attname: getattr(birthday, field.attname)
        for field in Birthday._meta.concrete_fields
        if field.name != "id"
    }
    for wrong in ({}, {"child": town.iver, "ends_at": birthday.starts_at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Birthday.objects.create(**{key: value for key, value in twice.items() if key[:5] not in wrong} | wrong)


# --- the rule ---


def test_only_the_class_contact_writes_the_rule_and_it_goes_along(town):
    for person in (town.amira, town.carla, town.principal):
        with pytest.raises(PermissionDenied):
            actions.set_birthday_rule(town.first, by=person, circle="grade", ceiling=0)
    actions.set_birthday_rule(town.first, by=town.jurgita, circle="grade", ceiling=0)
    later = make.year(town.school, starts=date(town.first.year.starts_on.year + 1, 8, 1))
    moved = SchoolClass.objects.create(year=later, school=town.school, name="2A", grades=[2], cohort=town.first.cohort)

    assert (rule_of(moved).circle, rule_of(moved).ceiling) == ("grade", 0)
    assert rule_of(town.second).circle == "class"


def test_the_rule_is_set_on_its_page(town):
    client = as_(town.jurgita)
    client.post(page("birthday_rule", town.first.pk), {"circle": "class", "ceiling": "0"})
    assert "There are no presents" in text(client.get(page("birthday_list", town.first.pk)))

    shown = client.post(page("birthday_rule", town.first.pk), {"circle": "girls", "ceiling": "9 999 999"})
    assert shown.status_code == 200
    assert rule_of(town.first).ceiling == 0


# --- answers ---


def test_a_home_answers_and_the_host_reads_who_comes_and_no_way_to_reach_them(town, birthday):
    Person.objects.filter(pk=town.jurgita.pk).update(phone="+4799887766")
    as_(town.jurgita).post(birthday.get_absolute_url(), {"answer": "yes"})

    shown = text(as_(town.amira).get(birthday.get_absolute_url()))

    assert "Homes that say yes: 1. No: 0. Not answered: 0." in shown
    assert "Iver" in shown
    for hidden in ("99887766", "Jurgita", "Nordlie", town.jurgita.email):
        assert hidden not in shown


def test_no_other_guest_reads_who_answers(town, birthday):
    _ida, eva = make.family(town.first, pupil_name="Ida", adult_name="Eva")
    answer(birthday, town.jurgita)

    assert "Iver" not in text(as_(eva).get(birthday.get_absolute_url()))


def test_a_protected_home_is_a_family_to_the_host(town, birthday):
    answer(birthday, town.jurgita)
    people.protect_address(town.iver, by=make.holder("office", town.school), grade="name")

    shown = text(as_(town.amira).get(birthday.get_absolute_url()))

    assert "A family" in shown
    assert "Iver" not in shown


def test_a_protected_child_invites_without_its_name(town, birthday):
    people.protect_address(town.nora, by=make.holder("office", town.school), grade="name")

    for where in (birthday.get_absolute_url(), page("birthday_list", town.first.pk)):
        shown = text(as_(town.jurgita).get(where))
        assert "A child in 1A" in shown
        assert "Nora" not in shown
    for kind in ("birthday_invited", "birthday_reminder", "birthday_tomorrow", "birthday_called_off"):
        assert "Nora" not in letter(kind, birthday, town.jurgita)
    assert "Nora" in text(as_(town.amira).get(birthday.get_absolute_url()))


def test_who_must_know_nothing_of_the_child_hears_and_reads_nothing(town):
    their = make.pupil("Their", in_class=town.first)
    zed = make.guardian("Zed", of=their)
    at_home = make.guardian("Partner", of=their, household=zed.household)
    make.restricted(zed, town.nora)
    birthday = invite(town)

    assert not {zed, at_home} & set(guests(birthday))
    assert as_(at_home).get(birthday.get_absolute_url()).status_code == 404
    assert as_(zed).get(birthday.get_absolute_url()).status_code == 404
    assert "Nora" not in text(as_(zed).get(page("birthday_list", town.first.pk)))


def test_the_childs_other_home_the_school_and_other_classes_read_nothing(town, birthday):
    assert as_(town.ben).get(birthday.get_absolute_url()).status_code == 404
    assert as_(town.carla).get(birthday.get_absolute_url()).status_code == 404
    teacher = make.holder("contact_teacher", town.first, "Tom")
    for person in (teacher, town.principal):
        assert as_(person).get(birthday.get_absolute_url()).status_code == 403
        assert "Birthdays" not in text(as_(person).get(address("people", "class_show", town.first.pk)))


@pytest.mark.parametrize("who", ["amira", "ben", "carla", "principal"])
def test_only_guests_answer_and_only_for_their_home(town, birthday, who):
    person = getattr(town, who)

    with pytest.raises(PermissionDenied):
        actions.answer_birthday(birthday, by=person, household=person.household or town.jurgita.household, answer="yes")
    with pytest.raises(PermissionDenied):
        actions.answer_birthday(birthday, by=town.jurgita, household=town.amira.household, answer="yes")


def test_who_has_left_the_class_is_a_guest_no_more(town, birthday):
    answer(birthday, town.jurgita)
    Enrolment.objects.filter(pupil=town.iver).update(valid_to=town.school.today() - timedelta(days=1))

    assert not guests(birthday)
    assert "Homes that say yes: 0." in text(as_(town.amira).get(birthday.get_absolute_url()))


def test_what_is_called_off_or_begun_takes_no_answer(town, birthday):
    with pytest.raises(PermissionDenied):
        actions.call_off_birthday(birthday, by=town.jurgita)
    actions.call_off_birthday(birthday, by=town.amira)

    with pytest.raises(NotNow):
        answer(birthday, town.jurgita)


# --- the link ---


def test_the_link_names_nobody_and_no_place_and_saves_only_after_one_more_press(town, birthday):
    url = link_for(town.jurgita, birthday, purpose=notices.PURPOSE).url()
    holder = Client()
    for shown in (holder.get(url), holder.get(f"{url}?answer=yes"), holder.post(url, {"answer": "yes"})):
        assert not any(word in text(shown) for word in ("Nora", "Iver", "Jurgita", "Amira", "The gym"))
    assert not BirthdayAnswer.objects.exists()

    holder.post(url, {"answer": "yes", "go_on": "1"})

    assert BirthdayAnswer.objects.get().household == town.jurgita.household
    holder.post(url, {"answer": "no"})
    assert BirthdayAnswer.objects.get().answer == "no"


def test_reading_saves_nothing_and_a_forged_link_is_none(town, birthday):
    url = link_for(town.jurgita, birthday, purpose=notices.PURPOSE).url()
    for method in (Client().get, Client().head):
        method(f"{url}?answer=yes")

    assert not BirthdayAnswer.objects.exists()
    assert Client().get(page("birthday_answer", "forged")).status_code == 404


def test_one_press_in_a_mail_ends_the_reminders(town, birthday):
    assert wanted("birthday_reminder", birthday, town.jurgita)

    Client().post(link_for(town.jurgita, birthday, purpose=notices.PURPOSE).url("networks:birthday_mute"))

    assert BirthdayMute.objects.get().person == town.jurgita
    assert not wanted("birthday_reminder", birthday, town.jurgita)


# --- what is told ---


def test_three_messages_at_most_and_that_it_is_called_off(town, birthday):
    ours = {name for name in KINDS if name.startswith("networks.birthday_")}
    assert ours == {f"networks.birthday_{name}" for name in ("invited", "reminder", "tomorrow", "called_off")}

    assert wanted("birthday_invited", birthday, town.jurgita)
    assert not wanted("birthday_tomorrow", birthday, town.jurgita)
    answer(birthday, town.jurgita)
    assert not wanted("birthday_reminder", birthday, town.jurgita)
    assert wanted("birthday_tomorrow", birthday, town.jurgita)
    answer(birthday, town.jurgita, "no")
    assert not wanted("birthday_tomorrow", birthday, town.jurgita)


def test_the_clock_reminds_the_silent_once_and_those_who_come_the_day_before(town, birthday):
    _ida, eva = make.family(town.first, pupil_name="Ida", adult_name="Eva")
    answer(birthday, eva)
    Birthday.objects.update(sent_at=timezone.now() - timedelta(days=9))

    due = {one.recipient for one in notices.birthdays_to_answer(birthday.answer_by - timedelta(hours=30))}
    assert due == {town.jurgita}
    assert not list(notices.birthdays_to_answer(birthday.answer_by - timedelta(days=3)))
    due = {one.recipient for one in notices.birthdays_tomorrow(birthday.starts_at - timedelta(hours=20))}
    assert due == {eva}


def test_the_letter_says_the_present_and_asks_for_an_answer_either_way(town):
    actions.set_birthday_rule(town.first, by=town.jurgita, circle="class", ceiling=5000)

    words = letter("birthday_invited", invite(town), town.jurgita).replace("\xa0", " ")

    for said in ("Birthday: Nora (1A)", "also when you cannot come", "At most 50 kroner", "Where: The gym"):
        assert said in words


# --- together ---


def born(child, month):
    Person.objects.filter(pk=child.pk).update(born_on=date(2020, month, 11))
    child.refresh_from_db()


def test_those_of_a_quarter_who_want_to_stand_together_by_first_name_and_no_date_is_shown(town):
    for child, month in ((town.nora, 2), (town.iver, 3)):
        born(child, month)
    as_(town.amira).post(page("quarter_join", town.first.pk), {"child": town.nora.pk})
    actions.join_quarter(town.first, by=town.jurgita, child=town.iver, joins=True)
    _ida, eva = make.family(town.first, pupil_name="Ida", adult_name="Eva")

    shown = text(as_(eva).get(page("birthday_list", town.first.pk)))
    assert "January to March Iver and Nora" in shown
    assert "2020" not in shown
    shared = text(as_(eva).get(invite(town, is_shared=True).get_absolute_url()))
    assert "Together with Iver" in shared

    people.protect_address(town.iver, by=make.holder("office", town.school), grade="name")
    assert "Iver" not in text(as_(eva).get(page("birthday_list", town.first.pk)))
    assert "Iver" not in text(as_(eva).get(Birthday.objects.get().get_absolute_url()))


def test_it_is_off_until_said_gone_at_once_and_ones_own_child_alone(town):
    born(town.nora, 5)
    client = as_(town.amira)
    assert "April to June" not in text(client.get(page("birthday_list", town.first.pk)))
    client.post(page("quarter_join", town.first.pk), {"child": town.nora.pk})
    assert "April to June" in text(client.get(page("birthday_list", town.first.pk)))

    client.post(page("quarter_join", town.first.pk), {"child": town.nora.pk, "back": "on"})
    client.post(page("quarter_join", town.first.pk), {"child": town.iver.pk})

    assert not QuarterChild.objects.exists()
    with pytest.raises(PermissionDenied):
        actions.join_quarter(town.first, by=town.amira, child=town.iver, joins=True)


def test_without_a_birth_date_it_is_said_in_words(town):
    shown = as_(town.amira).post(page("quarter_join", town.first.pk), {"child": town.nora.pk}, follow=True)

    assert "has no birth date" in text(shown)


def test_who_has_left_the_class_stands_in_no_quarter(town):
    born(town.iver, 2)
    actions.join_quarter(town.first, by=town.jurgita, child=town.iver, joins=True)
    Enrolment.objects.filter(pupil=town.iver).update(valid_to=town.school.today() - timedelta(days=1))

    assert "Iver" not in text(as_(town.amira).get(page("birthday_list", town.first.pk)))


# --- kept, and fast ---


def test_when_the_year_is_over_it_is_deleted_and_the_rule_is_kept(town, birthday):
    born(town.nora, 2)
    answer(birthday, town.jurgita)
    actions.join_quarter(town.first, by=town.amira, child=town.nora, joins=True)
    actions.set_birthday_rule(town.first, by=town.jurgita, circle="grade", ceiling=0)
    forget()
    assert Birthday.objects.exists()
    year = town.first.year
    type(year).objects.filter(pk=year.pk).update(
        starts_on=year.starts_on - timedelta(days=400), ends_on=town.school.today() - timedelta(days=1)
    )

    forget()

    assert not Birthday.objects.exists()
    assert not BirthdayAnswer.objects.exists()
    assert not QuarterChild.objects.exists()
    assert rule_of(town.first).circle == "grade"


@pytest.mark.parametrize("name", ["birthday_list", "birthday_show"])
def test_thirty_homes_are_as_many_queries_as_three(town, birthday, name):
    client, about = as_(town.amira), town.first.pk if name == "birthday_list" else birthday.pk

    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page(name, about)).status_code == 200
        return len(seen)

    answer(birthday, town.jurgita)
    asked()
    few = asked()
    for number in range(20):
        child, adult = make.family(town.first, pupil_name=f"More {number}")
        answer(birthday, adult)
        invite(town, by=adult, child=child)
    assert asked() == few <= 36
