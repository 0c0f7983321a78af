"""The page that is handed over says what is open in the fund, the turns and the monthly letter, and names nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from networks import actions
from networks.handing import to_hand_over
from networks.models import Turn
from networks.rota.halves import half_today
from tests import make
from tests.networks.digests.conftest import held as held
from tests.networks.digests.conftest import month as month
from tests.networks.digests.conftest import prepared as prepared
from tests.networks.fund.conftest import begin, write
from tests.pages import address, as_, markup, text


def handed(town):
    return {one.key: one for one in to_hand_over(town.first, town.jurgita)}


def page(town, reader=None):
    return as_(reader or town.jurgita).get(address("networks", "hand_over", town.first.pk))


def test_where_nothing_is_open_each_part_says_so_and_leads_on(town):
    shown = page(town)

    assert all(one.open == [] for one in handed(town).values())
    for words in ("The class has no fund.", "No order is drawn yet.", "No letter waits."):
        assert words in text(shown)
    for name in ("fund_open", "rota_show", "digest_list"):
        assert address("networks", name, town.first.pk) in markup(shown)


def test_what_is_open_in_the_fund(town):
    fund = begin(town)
    assert "Nothing is open. It holds" in text(page(town))

    write(fund, town.amira)

    assert "1 row waits for the other keeper." in text(page(town))
    assert fund.get_absolute_url() in markup(page(town))
    other = {"one": town.ben, "other": town.jurgita, "elected_on": town.school.today()}
    actions.set_aside_fund_row(fund.rows.get(), by=town.amira)
    actions.hand_over_fund(fund, by=town.jurgita, **other)
    assert "somebody has to sign" in text(page(town))


def test_a_fund_without_a_keeper(town):
    fund = begin(town)
    fund.keepers.filter(person=town.amira).update(ended_at=fund.begun_at)

    assert "It lacks a keeper." in text(page(town))


def test_what_is_open_of_the_turns_says_how_many_and_never_whose(town):
    actions.draw_rota(town.first, by=town.jurgita)
    assert "Nobody is asked now." in text(page(town))
    turns = Turn.objects.of_class(town.first)

    for person in (town.amira, town.ben):
        turn = turns.get(household=person.household)
        Turn.objects.filter(pk=turn.pk).update(half=half_today(town.first))
        actions.ask_home(Turn.objects.get(pk=turn.pk), by=town.jurgita)
    actions.answer_turn(turns.get(household=town.ben.household), by=town.ben, is_accepted=True)

    said = text(page(town))
    assert "1 home is asked, and has not answered." in said
    assert "1 home has said yes to its turn." in said
    assert not {"Amira", "Warsame", "Ben", "Dahl"} & set(said.split("Whose turn it is")[1].split())


def test_a_letter_that_waits_is_named(town, prepared):
    digest = prepared()

    with translation.override("en"):
        assert f"It waits to be sent: {digest.named}" in text(page(town))

    actions.send_digest(digest, by=town.jurgita)
    assert "No letter waits." in text(page(town))


@pytest.mark.parametrize("who", ["amira", "carla"])
def test_nobody_else_reads_it(town, who):
    assert page(town, getattr(town, who)).status_code == 403


def test_as_many_queries_for_three_homes_as_for_thirty(town):
    begin(town)
    counts = []
    for homes in (3, 30):
        for number in range(homes):
            make.family(town.first, family_name=f"F{homes}x{number}", adult_name=f"A{homes}x{number}")
        actions.draw_rota(town.first, by=town.jurgita)
        with CaptureQueriesContext(connection) as asked:
            to_hand_over(town.first, town.jurgita)
        counts.append(len(asked))
    assert counts[0] == counts[1]
