"""Standing questions answer as the queryset does, each time anew."""

import inspect
import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models import Exists, OuterRef
from django.db.models.query import ModelIterable
from django.utils import timezone

from portal import standing as module
from portal.people.models import Enrolment, Household, Person, SchoolClass, keys_of
from portal.standing import asked_once, standing, standing_keys
from tests import make

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_queryset():
    own, other = make.person(), make.person()
    ask = standing(lambda person: Person.objects.filter(pk=person).values_list("pk", "given_name"))

    assert ask(own.pk) == [(own.pk, own.given_name)]
    assert ask(other.pk) == [(other.pk, other.given_name)]


def test_a_key_of_none_finds_nothing():
    make.person(household=None)
    ask = standing(lambda home: Person.objects.filter(household=home).values_list("pk"))

    assert ask(None) == []


def test_a_page_that_only_reads_asks_once_for_the_same_keys_and_the_next_page_asks_again(django_assert_num_queries):
    own, other = make.person(), make.person()
    ask = standing(lambda person: Person.objects.filter(pk=person).values_list("given_name"))
    ask(own.pk)

    with asked_once(), django_assert_num_queries(2):
        first = ask(own.pk)
        first.clear()
        assert ask(own.pk) == [(own.given_name,)]
        assert ask(other.pk) == [(other.given_name,)]
    Person.objects.filter(pk=own.pk).update(given_name="Another")
    with asked_once():
        assert ask(own.pk) == [("Another",)]
    Person.objects.filter(pk=own.pk).update(given_name="Third")
    assert ask(own.pk) == [("Third",)]


@pytest.mark.parametrize("key", [2**63, -(2**63) - 1, 10**40])
def test_a_key_larger_than_any_finds_nothing(key):
    ask = standing(lambda one: Person.objects.filter(pk=one))

    assert ask(key) == []


def test_a_model_gives_instances_with_what_is_selected_along_and_annotated(django_assert_num_queries):
    school_class = make.school_class(at=make.school("Lia skole"))
    make.pupil(in_class=school_class)
    placed = Enrolment.objects.filter(school_class=OuterRef("pk"))
    ask = standing(
        lambda one: SchoolClass.objects.filter(pk=one).select_related("school").annotate(has_pupils=Exists(placed))
    )

    with django_assert_num_queries(1):
        (found,) = ask(school_class.pk)
        assert (found, found.school.name, found.has_pupils) == (school_class, "Lia skole", True)
    Enrolment.objects.all().delete()
    assert ask(school_class.pk)[0].has_pupils is False


def test_rows_share_what_they_select_along():
    lia, other = make.school("Lia skole"), make.school("Solbakken skole")
    make.school_class("1A", at=lia), make.school_class("2A", at=lia), make.school_class("1B", at=other)
    ask = standing(lambda one: SchoolClass.objects.filter(pk__gt=one).select_related("school").order_by("name"))

    first, foreign, second = ask(0)

    assert (first.school, foreign.school, second.school) == (lia, other, lia)
    assert first.school is second.school
    assert ask(0)[0].school is not first.school


def test_instances_are_fresh_each_time():
    person = make.person()
    ask = standing(lambda one: Person.objects.filter(pk=one))
    (first,) = ask(person.pk)
    first.given_name = "changed here only"

    assert ask(person.pk)[0].given_name == person.given_name


def test_a_moment_is_given_at_each_question():
    person, now = make.person(), timezone.now()
    Person.objects.update(last_login=now)
    ask = standing(_seen_before, until=datetime)

    assert ask(person.pk, now + timedelta(hours=1)) == [(person.pk,)]
    assert ask(person.pk, now - timedelta(hours=1)) == []


def _seen_before(one, until):
    return Person.objects.filter(pk=one, last_login__lt=until).values_list("pk")


def test_a_text_is_given_at_each_question():
    nora, other = make.person(given_name="Nora"), make.person(given_name="Eli's")
    ask = standing(_named, name=str)

    assert ask("Nora") == [(nora.pk,)]
    assert ask("Eli's") == [(other.pk,)]
    assert ask("%s; --") == []


def _named(name):
    return Person.objects.filter(given_name=name, is_active=True).exclude(family_name="Nora").values_list("pk")


def test_a_moment_of_its_own_is_refused():
    ask = standing(lambda one: Person.objects.filter(pk=one, last_login__lt=timezone.now()))

    with pytest.raises(ValueError, match="all day"):
        ask(1)


@pytest.mark.parametrize(
    "build",
    [
        lambda one: Person.objects.filter(pk=one if one > 0 else 7),
        lambda one: Person.objects.filter(pk=one, is_active=one > 0),
        lambda one: Person.objects.filter(pk=one) if one > 0 else Person.objects.filter(pk=one, is_active=True),
        lambda one: Person.objects.filter(pk__in=[one, one + 1]),
    ],
)
def test_a_question_that_is_another_for_another_person_is_refused(build):
    with pytest.raises(ValueError, match="another person"):
        standing(build)(1)


def test_a_kind_is_that_of_a_parameter():
    with pytest.raises(ValueError, match="has no until"):
        standing(lambda one: Person.objects.filter(pk=one), until=datetime)


def test_what_django_asks_of_a_queryset_is_there_to_be_asked():
    """When Django reads something new of it, every signed-in request would fail: this test fails first."""
    reads = inspect.getsource(ModelIterable)
    of_queryset, of_compiler = (set(re.findall(rf"\b{name}\.(\w+)", reads)) for name in ("queryset", "compiler"))

    assert of_queryset == {"db", "query", "model", "_known_related_objects"}
    assert of_compiler == {"execute_sql", "select", "klass_info", "annotation_col_map", "results_iter"}


def test_it_is_put_into_sql_again_when_the_day_turns(monkeypatch):
    built = []
    ask = standing(lambda one: built.append(timezone.localdate()) or Person.objects.filter(pk=one))
    ask(1), ask(2)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(module.timezone, "localdate", lambda: tomorrow)
    ask(3), ask(4)

    assert built == [tomorrow - timedelta(days=1)] * 2 + [tomorrow] * 2  # with two strangers each time


def test_behind_a_pooler_the_whole_question_is_sent(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    person = make.person()
    ask = standing(lambda one: Person.objects.filter(pk=one))

    assert ask(person.pk) == [person]


@pytest.mark.parametrize("pooled", [False, True])
@pytest.mark.parametrize("name", ["O'Neil", "100 % %s", "%(a)s $1 {}", 'back\\slash "quoted"', "Åse 🌉"])
def test_what_the_question_holds_itself_is_kept_to_the_letter(monkeypatch, name, pooled):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", pooled)
    person, _other = make.person(given_name=name), make.person(given_name="%")
    ask = standing(lambda one: Person.objects.filter(pk=one, given_name=name, given_name__contains=name[:4]))

    assert ask(person.pk) == [person]
    assert ask(person.pk + 1) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("query", [Person.objects.all(), Person.objects.values_list("pk")])
def test_a_connection_that_is_closed_or_broken_is_opened_again(query):
    person = make.person()
    ask = standing(lambda one: query.filter(pk=one))
    connection.close()

    assert len(ask(person.pk)) == 1
    connection.connection.close()  # behind Django's back
    connection.health_check_enabled, connection.health_check_done = True, False
    assert len(ask(person.pk)) == 1


# Parts of other questions


def test_keys_are_a_part_of_another_question(django_assert_num_queries):
    own, other = make.person(household=Household.objects.create()), make.person()
    at_home = standing_keys(lambda home: Person.objects.filter(household=home).values("pk"))

    with django_assert_num_queries(3):
        assert list(Person.objects.filter(pk__in=at_home(own.household_id))) == [own]
        assert other in Person.objects.exclude(pk__in=at_home(own.household_id))
        assert not Person.objects.filter(pk__in=at_home(None)).exists()


def test_keys_are_found_anew_in_each_question():
    person = make.person(given_name="Nora")
    namesakes = standing_keys(lambda one: Person.objects.filter(pk=one, given_name="Nora").values("pk"))
    assert Person.objects.filter(pk__in=namesakes(person.pk)).exists()

    Person.objects.filter(pk=person.pk).update(given_name="Another")

    assert not Person.objects.filter(pk__in=namesakes(person.pk)).exists()


def test_keys_are_those_of_the_day():
    place = Enrolment.objects.get(pupil=make.pupil(in_class=make.school_class(at=make.school("Lia skole"))))
    today = timezone.localdate()
    Enrolment.objects.update(valid_to=today)
    placed = standing_keys(lambda one: Enrolment.objects.current().filter(pupil=one).values("pk"))
    assert Enrolment.objects.filter(pk__in=placed(place.pupil_id)).exists()

    with time_machine.travel(timezone.localtime() + timedelta(days=1)):
        assert not Enrolment.objects.filter(pk__in=placed(place.pupil_id)).exists()


def test_keys_may_stand_in_other_keys():
    own = make.person(household=Household.objects.create())
    at_home = standing_keys(lambda home: Person.objects.filter(household=home).values("pk"))
    named = standing_keys(
        lambda home: Person.objects.filter(pk__in=at_home(home), given_name=own.given_name).values("pk")
    )

    assert list(Person.objects.filter(pk__in=named(own.household_id))) == [own]


@pytest.mark.parametrize(
    ("build", "why"),
    [
        (lambda one: Person.objects.filter(pk=one if one > 0 else 7).values("pk"), "another person"),
        (lambda one: Person.objects.filter(pk=one, last_login__lt=timezone.now()).values("pk"), "all day"),
        (lambda one: Person.objects.filter(pk=one, last_login__in=[timezone.now()]).values("pk"), "all day"),
        (lambda one: Person.objects.filter(pk__in=list(Person.objects.all())).values("pk"), "asks nothing"),
    ],
)
def test_keys_that_are_others_for_another_person_or_moment_are_refused(build, why):
    with pytest.raises(ValueError, match=why):
        standing_keys(build)(1)


def test_a_rule_that_asks_for_more_than_the_key_and_the_home_is_an_error():
    class Rows(Person.objects.all().__class__):
        @keys_of.once_a_day
        def namesakes_of(self, person):
            return self.filter(given_name=person.given_name)

    with pytest.raises(ValueError, match="asks nothing"):
        Rows(Person).namesakes_of(make.person())
