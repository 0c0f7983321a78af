"""The point that says whom families turn to first: read where they look for an adult and where they write to one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.people.models import School
from principles import actions as principles
from principles.guide import actions
from principles.guide.models import FirstContact
from principles.models import Lineage
from principles.outline import read_outline
from tests import make
from tests.pages import address, as_, markup, text

pytestmark = pytest.mark.django_db
SAYS = "Foresatte tar kontakt med kontaktlæreren først."


def adopted(school, leader):
    outline = read_outline(f"Plan for samarbeid\n\nHjemmets ansvar:\n\n• {SAYS}\n• Hjemmet leser meldinger.\n")
    draft = principles.draft_principle(school, by=leader, outline=outline)
    day = timezone.localdate() - timedelta(days=9)
    principles.publish_version(draft, by=leader, adopted_on=day, adopted_by="Styret", effective_from=day)
    return draft.principle


@pytest.fixture
def lia():
    lia = make.school("Lia skole")
    School.objects.filter(pk=lia.pk).update(phone="+4761000000")
    lia.here = make.school_class("3B", at=lia)
    lia.nora, lia.amira = make.family(lia.here)
    lia.tom = make.holder("contact_teacher", lia.here, "Tom", "Ås")
    lia.pia = make.holder("principal", lia, "Pia", "Hauge")
    lia.principle = adopted(lia, lia.pia)
    lia.point = Lineage.objects.get(principle=lia.principle, number=1).pk
    return lia


def shown(lia, page):
    return as_(lia.amira).get(address("principles", page, lia.nora.key))


@pytest.mark.parametrize("page", ["guide_show", "inquiry_write"])
def test_a_chosen_point_stands_where_an_adult_is_looked_for_and_written_to(lia, page):
    assert SAYS not in text(shown(lia, page))

    as_(lia.pia).post(address("principles", "guide_first"), {"point": lia.point})

    assert SAYS in text(shown(lia, page))
    assert f'href="{lia.principle.get_absolute_url()}#clause-1"' in markup(shown(lia, page))


def test_the_point_leads_a_guardian_to_the_adults_and_a_visitor_nowhere(lia, client):
    actions.choose_first_contact(lia, by=lia.pia, point=lia.point)
    there = address("principles", "guide_show", lia.nora.key)

    assert there in markup(as_(lia.amira).get(lia.principle.get_absolute_url()))
    assert there not in markup(as_(lia.tom).get(lia.principle.get_absolute_url()))
    assert there not in markup(client.get(lia.principle.get_absolute_url()))


def test_a_repealed_principle_is_read_nowhere_and_no_point_may_be_chosen_again(lia):
    actions.choose_first_contact(lia, by=lia.pia, point=lia.point)
    principles.repeal_principle(lia.principle, by=lia.pia, last_day=timezone.localdate() - timedelta(days=1))
    assert SAYS not in text(shown(lia, "guide_show"))

    actions.choose_first_contact(lia, by=lia.pia, point=None)

    assert FirstContact.objects.get().point is None


def test_only_a_point_that_applies_at_the_school_is_chosen_and_by_its_office_alone(lia):
    other = make.school("Other")
    elsewhere = make.holder("principal", other, "Eva")
    foreign = Lineage.objects.get(principle=adopted(other, elsewhere), number=1).pk

    for person, point in [(lia.pia, foreign), (elsewhere, lia.point), (lia.tom, lia.point), (lia.amira, lia.point)]:
        with pytest.raises(PermissionDenied):
            actions.choose_first_contact(lia, by=person, point=point)
    answer = as_(lia.pia).post(address("principles", "guide_first"), {"point": foreign})

    assert answer.status_code == 200
    assert "Select a valid choice" in text(answer)
    assert not FirstContact.objects.exists()


def test_what_was_chosen_is_said_on_the_page_of_the_schools_settings(lia):
    actions.choose_first_contact(lia, by=lia.pia, point=lia.point)

    page = as_(lia.pia).get(address("schoolyear", "setting_show", lia.pk))

    assert "Whom families turn to first" in text(page)
    assert "Pia Hauge" in text(page)
