"""A family that has left the class reads nothing of its grant, and the school follows no name that has moved on."""

from datetime import timedelta

from django.utils import timezone

from grants.models import GrantApplication
from grants.queries.cases import applicant_name
from networks.models import Rsvp
from portal.people.models import Enrolment, GuardianRelation, Person


def leave(guardian):
    pupils = GuardianRelation.objects.filter(guardian=guardian).values("pupil")
    Enrolment.objects.filter(pupil__in=pupils).update(valid_to=timezone.localdate() - timedelta(days=1))


def test_a_family_that_left_the_class_does_not_read_its_grant(town, sent):
    GrantApplication.objects.filter(pk=sent.pk).update(status="dismissed", decided_at=timezone.now())
    assert GrantApplication.objects.visible_to(town.parent).exists()
    leave(town.parent)
    assert not GrantApplication.objects.visible_to(town.parent).exists()


def test_the_new_name_of_a_class_contact_who_left_is_not_shown_to_the_school(town, sent):
    assert applicant_name(sent) == "Zofia Wiśniewska"
    leave(town.zofia)
    Person.objects.filter(pk=town.zofia.pk).update(family_name="Nyheim")
    assert "Nyheim" not in applicant_name(GrantApplication.objects.get(pk=sent.pk))
    assert not GrantApplication.objects.visible_to(town.zofia).exists()


def test_a_family_that_left_the_class_does_not_read_its_own_old_answer(town):
    answer = {"answer": "yes", "answered_by": town.parent, "answered_at": timezone.now()}
    Rsvp.objects.create(gathering=town.gathering, household=town.parent.household, **answer)
    assert Rsvp.objects.visible_to(town.parent).exists()
    leave(town.parent)
    assert not Rsvp.objects.visible_to(town.parent).exists()
