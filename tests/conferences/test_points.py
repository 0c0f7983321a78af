"""A round that carries out a point of a principle: families read it where they choose a time, and the principle leads there."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences import actions
from conferences.models import ConferenceRound
from portal.clauses import clause_of, done_of
from principles import actions as principles
from principles.models import Lineage
from principles.outline import read_outline
from tests import make
from tests.pages import address, as_, markup, text

pytestmark = pytest.mark.django_db
SAYS = "Skolen kaller inn minst to uker før."
TEXT = f"Prinsipp for samtaler\n\nSkolens ansvar:\n\n• {SAYS}\n• Læreren sender en plan.\n"


@pytest.fixture
def lia():
    lia = make.school("Lia skole")
    lia.here = make.school_class("3B", at=lia)
    lia.nora, lia.amira = make.family(lia.here)
    lia.tom = make.holder("contact_teacher", lia.here, "Tom")
    lia.pia = make.holder("principal", lia, "Pia")
    draft = principles.draft_principle(lia, by=lia.pia, outline=read_outline(TEXT))
    day = timezone.localdate()
    principles.publish_version(draft, by=lia.pia, adopted_on=day, adopted_by="Styret", effective_from=day)
    lia.principle = draft.principle
    lia.point = Lineage.objects.get(principle=draft.principle, number=1)
    lia.round = make.round(lia.here, title="Autumn", lineage=lia.point.pk)
    make.slot(lia.round, lia.tom, hour=10)
    make.conference(lia.round, lia.nora, lia.tom)
    return lia


def booking(lia):
    return as_(lia.amira).get(address("conferences", "family_book", lia.round.pk))


def reading(lia, person=None, client=None):
    return (as_(person) if person else client).get(lia.principle.get_absolute_url())


def test_it_stands_where_a_family_chooses_a_time_with_the_way_to_the_principle(lia):
    page = booking(lia)

    assert "This is what our principle says:" in text(page)
    assert SAYS in text(page)
    assert f'href="{lia.principle.get_absolute_url()}#clause-1"' in markup(page)


def test_a_point_of_a_principle_that_is_repealed_is_not_shown_any_more(lia):
    principles.repeal_principle(lia.principle, by=lia.pia, last_day=timezone.localdate())
    assert clause_of(lia.round).text == SAYS

    with time_machine.travel(timezone.localtime() + timedelta(days=2)):
        assert clause_of(lia.round) is None


def test_a_round_without_a_point_says_nothing_and_asks_nothing_more(lia):
    def count():
        browser, page = as_(lia.amira), address("conferences", "family_book", lia.round.pk)
        browser.get(page)
        with CaptureQueriesContext(connection) as asked:
            browser.get(page)
        return len(asked)

    tied = count()
    ConferenceRound.objects.filter(pk=lia.round.pk).update(lineage=None)

    assert "our principle says" not in text(booking(lia))
    assert count() == tied - 1


def test_whoever_leads_chooses_among_the_points_in_force_and_a_copy_keeps_it(lia):
    page = as_(lia.pia).get(address("conferences", "round_edit", lia.round.pk))
    assert f'<option value="{lia.point.pk}" selected>1. {SAYS}</option>' in markup(page)

    other = Lineage.objects.get(principle=lia.principle, number=2)
    form = page.context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    typed |= {"lineage": other.pk, "classes": [lia.here.pk]}
    as_(lia.pia).post(address("conferences", "round_edit", lia.round.pk), typed)
    lia.round.refresh_from_db()
    assert lia.round.lineage == other.pk
    assert actions.copy_round(lia.round, by=lia.pia).lineage == other.pk

    wrong = as_(lia.pia).post(address("conferences", "round_edit", lia.round.pk), typed | {"lineage": 999_999})
    assert wrong.status_code == 200
    lia.round.refresh_from_db()
    assert lia.round.lineage == other.pk


def test_the_point_leads_whoever_may_go_there_to_where_it_is_done(lia):
    own, staff = (address("conferences", name, lia.round.pk) for name in ("family_book", "round_show"))

    assert f'href="{own}">Autumn' in markup(reading(lia, lia.amira))
    assert "This is done here:" in text(reading(lia, lia.amira))
    for person in (lia.tom, lia.pia):
        assert f'href="{staff}">Autumn' in markup(reading(lia, person))
    _child, other = make.family(make.school_class("3C", at=lia), adult_name="Ben")
    cato = make.guardian("Cato", of=lia.nora)
    make.restricted(cato, lia.nora)
    for person in (other, cato, make.holder("board_member", lia, "Bo")):
        assert "This is done here:" not in text(reading(lia, person))


def test_a_visitor_reads_the_principle_without_it(lia, client):
    assert "This is done here:" not in text(reading(lia, client=client))
    assert done_of([lia.point.pk], AnonymousUser()) == {}


def test_what_is_over_or_a_draft_is_not_where_it_is_done(lia):
    ConferenceRound.objects.filter(pk=lia.round.pk).update(state="closed", ended_at=timezone.now())

    assert done_of([lia.point.pk], lia.amira) == {}
    assert done_of([lia.point.pk], lia.pia) == {}
