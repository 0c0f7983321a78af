"""What an organiser is offered, and what is said, on the way from an idea to the invitation."""

from urllib.parse import unquote

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from networks import actions
from networks.bring.suggestions import OF_IDEAS
from networks.ideas import BY_KEY as IDEAS
from networks.models import Gathering, InclusionCheck, Item, NotNow
from networks.reasons import REASONS
from portal.ledger.models import Event
from portal.people.models import DirectoryChoice, Person
from tests.networks.test_pages import page, typed
from tests.pages import as_, markup, text

pytestmark = pytest.mark.django_db


def test_a_reason_is_put_into_the_invitation_by_a_press_and_says_so_once(town, draft):
    client, at = as_(town.jurgita), page("reason_add", draft.pk)
    for _press in range(2):
        shown = client.post(at, {"reason": "friendship"}, follow=True)

    draft.refresh_from_db()
    assert draft.description.count("so that children and adults find friends") == 1
    assert "so that children and adults find friends" in text(shown)
    assert [reason.key for reason in shown.context["reasons"]] == [
        reason.key for reason in REASONS if reason.key != "friendship"
    ]
    assert Event.objects.about(draft).filter(verb="networks.gathering_changed").count() == 1


def test_there_are_six_reasons_in_every_language():
    said = {}
    for language in Person.Language.values:
        with translation.override(language):
            said[language] = [str(reason.text) for reason in REASONS]

    assert {len(texts) for texts in said.values()} == {6}
    assert len({text for texts in said.values() for text in texts}) == 6 * len(said)


def test_what_was_written_before_stays_and_a_full_invitation_takes_no_more(town, draft):
    Gathering.objects.filter(pk=draft.pk).update(description="Bring a smile.")
    client, at = as_(town.jurgita), page("reason_add", draft.pk)
    client.post(at, {"reason": "no such reason"})
    client.post(at, {"reason": "belonging"})
    draft.refresh_from_db()
    assert draft.description.startswith("Bring a smile.\n\nWe meet")

    Gathering.objects.filter(pk=draft.pk).update(description="x" * 1990)
    assert "too long for more" in text(client.post(at, {"reason": "belonging"}, follow=True))
    draft.refresh_from_db()
    assert draft.description == "x" * 1990


def test_no_reason_is_added_once_it_is_sent_nor_by_others(town, bonfire, draft):
    with pytest.raises(NotNow):
        actions.add_reason(bonfire, by=town.jurgita, text="We meet.")
    with pytest.raises(PermissionDenied):
        actions.add_reason(draft, by=town.amira, text="We meet.")
    assert as_(town.amira).post(page("reason_add", draft.pk), {"reason": "rules"}).status_code == 403


def test_an_invitation_without_the_childrens_part_is_sent_after_a_friendly_word(town, draft):
    actions.check_inclusion(draft, by=town.jurgita, fine=[])
    client, at = as_(town.jurgita), page("gathering_send", draft.pk)
    assert "Have the children had a say?" in text(client.get(at))

    client.post(at, {"send": "1"})

    draft.refresh_from_db()
    assert draft.state == "published"


def test_what_the_children_did_stands_in_the_invitation_and_silences_the_word(town, draft):
    Gathering.objects.filter(pk=draft.pk).update(children_involved="1A voted for it.")

    assert "Have the children had a say?" not in text(as_(town.jurgita).get(page("gathering_send", draft.pk)))
    actions.check_inclusion(draft, by=town.jurgita, fine=[])
    actions.publish_gathering(draft, by=town.jurgita)
    assert "1A voted for it." in text(as_(town.amira).get(page("gathering_show", draft.pk)))


def test_a_sledding_day_asks_for_a_sledge_and_knows_that_not_all_have_one(town):
    form = as_(town.jurgita).get(page("gathering_draft", town.first.pk), {"idea": "sledding"}).context["form"]

    assert "sledge if you have one" in form["bring"].value()
    assert "we share" in form["description"].value()


def test_an_idea_says_what_else_it_wants_and_it_is_on_the_list_with_a_press(town, draft):
    Gathering.objects.filter(pk=draft.pk).update(idea="sledding")
    client, at = as_(town.jurgita), page("bring_list", draft.pk)
    assert [one.key for one in client.get(at).context["suggestions"]][:2] == ["sledge", "warm"]

    client.post(page("suggestion_take", draft.pk), {"suggestion": "sledge"})

    assert Item.objects.get().title == "A sledge that others may borrow"
    assert next(one.key for one in client.get(at).context["suggestions"]) == "warm"


def test_a_football_match_has_jobs_for_those_who_do_not_play(town, draft):
    Gathering.objects.filter(pk=draft.pk).update(idea="football")

    offered = as_(town.jurgita).get(page("bring_list", draft.pk)).context["suggestions"]

    assert [one.key for one in offered if one.kind == "job"][:3] == ["judge", "cheer", "water"]


def test_what_ideas_want_belongs_to_ideas_that_exist():
    assert OF_IDEAS.keys() <= IDEAS.keys()


def test_a_walk_with_a_packed_lunch_is_marked_as_free(town):
    shown = as_(town.jurgita).get(page("idea_list", town.first.pk), {"season": "winter"})

    card = markup(shown).split("idea=packed-lunch")[1].split("</li>")[0]
    assert IDEAS["packed-lunch"].cost == 0
    assert "Free" in card


@pytest.mark.parametrize(("price", "open_points"), [("0", set()), ("100", {"price"})])
def test_what_costs_something_leaves_open_whether_everybody_can_afford_it(town, price, open_points):
    client = as_(town.jurgita)
    at = client.post(page("gathering_draft", town.first.pk), typed(town.school, kind="adults", family_cost=price)).url

    ticked = set(client.get(at).context["form"]["fine"].value())

    assert {InclusionCheck.Point.PRICE} - ticked == open_points


def test_beside_the_price_it_says_whom_it_may_keep_away(town):
    assert "may keep a family away" in text(as_(town.jurgita).get(page("gathering_draft", town.first.pk)))


def test_an_answer_on_the_phone_is_marked_with_who_wrote_it_down(town, bonfire):
    actions.log_contact(bonfire, by=town.jurgita, household=town.amira.household, kind="call", outcome="coming")

    assert "by Jurgita on behalf of the family" in text(as_(town.jurgita).get(page("gathering_organise", bonfire.pk)))


def test_a_text_message_begins_in_the_organisers_own_phone_without_any_gateway(town, bonfire):
    Person.objects.filter(pk=town.amira.pk).update(phone="+4791000001")
    DirectoryChoice.objects.create(person=town.amira, field="phone")

    shown = markup(as_(town.jurgita).get(page("gathering_reach", bonfire.pk)))

    begun = unquote(shown.split('href="sms:+4791000001?body=')[1].split('"')[0])
    assert begun.startswith("Hi. Are you coming to Bonfire by the lake,")
    assert begun.endswith("Best wishes, Jurgita")
