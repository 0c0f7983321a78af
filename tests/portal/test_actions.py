import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.actions import Refusal, Unguarded, action, refusals_as
from portal.ledger.models import Event
from portal.ledger.record import Undeclared, record
from portal.people import actions
from portal.people.models import GuardianRelation, Household, Role, the_portal
from portal.people.models.relations import NotConfirmable
from tests import make

pytestmark = pytest.mark.django_db


def everyone(person, subject):
    """Everybody may, in these tests."""
    return True


@action(may=everyone, records="tests.home_called", refuses=(Refusal,))
def call_home(home, *, by, refuse=False):
    """Ask a home to be called."""
    home.prefers_call = True
    home.save(update_fields=["prefers_call"])
    record("tests.home_called", home, by=by)
    if refuse:
        raise Refusal("Not now.")


def test_action_needs_somebody_who_acts():
    with pytest.raises(TypeError):
        call_home(Household.objects.create(), by=None)


def test_action_denies_who_the_rule_denies():
    relation = make.proposed(make.person(), make.pupil(in_class=make.school_class(at=make.school())))

    with pytest.raises(PermissionDenied):
        actions.confirm_relation(relation, by=make.person())


def test_refusal_rolls_everything_back():
    home = Household.objects.create()

    with pytest.raises(Refusal):
        call_home(home, by=the_portal(), refuse=True)

    home.refresh_from_db()
    assert not home.prefers_call
    assert not Event.objects.filter(verb="tests.home_called").exists()


def test_refusal_is_a_line_above_the_form():
    form = forms.Form({})

    with refusals_as(form):
        call_home(Household.objects.create(), by=the_portal(), refuse=True)

    assert form.non_field_errors() == ["Not now."]


def test_record_refuses_a_verb_the_action_did_not_declare():
    with pytest.raises(Undeclared):
        record("tests.home_called", Household.objects.create(), by=the_portal())


@pytest.mark.parametrize("model", [GuardianRelation, Role])
def test_rights_are_written_by_actions_only(model):
    with pytest.raises(Unguarded):
        model.objects.all().update(state="confirmed")
    with pytest.raises(Unguarded):
        model.objects.all().delete()
    with pytest.raises(Unguarded):
        model.objects.bulk_create([model()])
    with pytest.raises(Unguarded), transaction.atomic():
        model().save()


def test_confirm_relation_records_once():
    child = make.pupil(in_class=make.school_class(at=make.school()))
    relation = make.proposed(make.person(), child)

    actions.confirm_relation(relation, by=the_portal())
    with pytest.raises(NotConfirmable):
        actions.confirm_relation(relation, by=the_portal())

    assert Event.objects.filter(verb="people.relation_confirmed").count() == 1
