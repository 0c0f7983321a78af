"""After-school staff: who makes somebody one, which children go there, and how little the role opens."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.people import actions
from portal.people.models import CarePlace, Enrolment, Role, the_portal
from portal.people.queries.adults import adults_around
from portal.people.queries.care import cared_for
from portal.people.tasks import forget_absences
from portal.schoolyear.actions import set_promises
from tests import make
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db
Kind = Role.Kind


@pytest.fixture
def lia():
    lia = make.school("Lia skole")
    lia.here = make.school_class("1A", at=lia)
    lia.nora, lia.amira = make.family(lia.here)
    lia.liv, lia.ben = make.family(lia.here, pupil_name="Liv", adult_name="Ben", family_name="Bø")
    lia.odd = make.holder("office", lia, "Odd")
    promise(lia, True)
    lia.frida = make.holder("after_school", lia, "Frida", "Fonn")
    return lia


def promise(lia, said):
    set_promises(lia, by=the_portal(), after_school_care=said)


def choose(lia, *pupils, by=None):
    actions.choose_care(lia.here, by=by or lia.odd, pupils=list(pupils))


def around(lia, child, reader):
    return [adult.name for one in adults_around(child, reader) for adult in one.around]


def seen_by(person):
    return [name for one in cared_for(person) for name, _classes in one.children]


# The role


def test_the_office_and_the_principal_give_the_role_and_nobody_else(lia):
    principal, deputy_elsewhere = make.holder("principal", lia), make.holder("office", make.school("Elsewhere"))
    somebody = make.holder("subject_teacher", lia.here, "Siri")

    for by in (deputy_elsewhere, make.holder("contact_teacher", lia.here), lia.amira, lia.frida):
        with pytest.raises(PermissionDenied):
            actions.appoint(somebody, by=by, kind=Kind.AFTER_SCHOOL, scope=lia)
    actions.appoint(somebody, by=lia.odd, kind=Kind.AFTER_SCHOOL, scope=lia)
    actions.end_role(somebody.roles.get(kind=Kind.AFTER_SCHOOL), by=principal)


def test_it_is_a_role_at_a_school_says_the_database(lia):
    with pytest.raises((IntegrityError, actions.HasRole)), transaction.atomic():
        make.role(lia.frida, Kind.AFTER_SCHOOL, lia.here)


def test_it_is_offered_only_where_the_school_has_after_school_care(lia):
    page = address("people", "role_give", lia.frida.key)

    assert "After-school staff, Lia skole" in text(as_(lia.odd).get(page))
    promise(lia, False)
    assert "After-school staff, Lia skole" not in text(as_(lia.odd).get(page))


# Which children


def test_the_office_says_class_by_class_which_children_go_there(lia):
    answer = as_(lia.odd).post(address("people", "care_choose", lia.here.pk), {"pupils": [lia.nora.pk]})

    assert answer.status_code == 302
    assert seen_by(lia.frida) == ["Nora Vik"]
    choose(lia, lia.liv)
    assert seen_by(lia.frida) == ["Liv Bø"]


def test_a_school_without_after_school_care_shows_nothing_of_it(lia):
    choose(lia, lia.nora)

    for said in (False, None):
        promise(lia, said)
        with pytest.raises(actions.NoCare):
            choose(lia, lia.nora)
        assert seen_by(lia.frida) == []
        assert around(lia, lia.nora, lia.amira) == []
        assert as_(lia.odd).get(address("people", "care_choose", lia.here.pk)).status_code == 404
        assert "1A" not in text(as_(lia.odd).get(address("people", "care_list")))


def test_their_guardians_find_the_staff_among_the_childs_adults_and_others_do_not(lia):
    choose(lia, lia.nora)

    assert around(lia, lia.nora, lia.amira) == ["Frida Fonn"]
    assert around(lia, lia.liv, lia.ben) == []


def test_a_child_that_has_left_the_school_counts_no_more_and_is_forgotten(lia):
    choose(lia, lia.nora)
    Enrolment.objects.filter(pupil=lia.nora).update(valid_to=timezone.localdate() - timezone.timedelta(days=1))

    assert seen_by(lia.frida) == []
    forget_absences()
    assert not CarePlace.objects.exists()


def test_a_child_of_another_class_is_not_chosen_here(lia):
    beside = make.pupil("Per", in_class=make.school_class("1B", at=lia))

    with pytest.raises(PermissionDenied):
        choose(lia, beside)

    assert not CarePlace.objects.exists()


def test_what_is_not_a_child_of_the_class_is_no_choice_of_the_page(lia):
    beside = make.pupil("Per", in_class=make.school_class("1B", at=lia))

    answer = as_(lia.odd).post(address("people", "care_choose", lia.here.pk), {"pupils": [lia.nora.pk, beside.pk]})

    assert answer.status_code == 200
    assert not CarePlace.objects.exists()


def test_who_is_kept_from_a_child_neither_sees_nor_changes_whether_it_goes_there(lia):
    choose(lia, lia.nora, lia.liv)
    make.role(lia.ben, "office", lia)
    make.restricted(lia.ben, lia.nora)
    make.role(lia.ben, Kind.AFTER_SCHOOL, lia)

    assert "Nora" not in text(as_(lia.ben).get(address("people", "care_choose", lia.here.pk)))
    choose(lia, by=lia.ben)

    assert seen_by(lia.frida) == ["Nora Vik"]
    assert seen_by(lia.ben) == []


def test_the_list_asks_the_same_for_one_child_and_for_many(lia):
    def asked():
        client = as_(lia.frida)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get(address("people", "care_children"))
        return len(queries)

    choose(lia, lia.nora)
    few = asked()
    choose(lia, *(make.pupil(f"Child {n}", in_class=lia.here) for n in range(20)))

    assert asked() == few <= 12


def test_two_windows_of_the_office_do_not_overwrite_each_other(lia):
    client, page = as_(lia.odd), address("people", "care_choose", lia.here.pk)
    seen = client.get(page).context["form"]["seen"].value()
    choose(lia, lia.liv)

    answer = client.post(page, {"pupils": [lia.nora.pk], "seen": seen})

    assert answer.status_code == 200
    assert seen_by(lia.frida) == ["Liv Bø"]
