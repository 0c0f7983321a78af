"""Wherever families, the class contact or children write for the class: no child's name, and what may be one is asked about."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from networks import actions
from networks.agreements.topics import TOPICS
from networks.forms import GatheringForm
from networks.models import ClassIdea, Proposal, SharedNormAgreement
from networks.names.naming import fold, look_for
from networks.names.openers import OPENERS
from networks.names.unexplained import unexplained
from portal.people import actions as people
from portal.people.models import the_portal
from portal.rosters.names import PEOPLES
from tests import make
from tests.ground import once
from tests.networks.conftest import town as _town
from tests.networks.names.texts import ADULTS, CLASS, GIVEN, WITHOUT
from tests.pages import address, as_, text

FEATURES = Path(__file__).parents[3] / "docs" / "features.md"
town = _town


def add(town):
    return address("networks", "proposal_add", town.first.pk)


def proposed(**words):
    return {"kind": "topic", "title": "Screens", "text": "", **words}


@once
def talking(town):
    """An agreement that is talked about, since the class is small."""
    return actions.start_agreement(
        town.first, by=town.jurgita, topic="screens", closes_at=make.timezone.now() + timedelta(days=9)
    )


def adopted(town, **words):
    today = town.school.today()
    said = {"text": "No phones.", "meeting": "The autumn meeting", "adopted_on": today}
    return {**said, "review_on": today + timedelta(days=300), **words}


def test_a_proposal_with_a_name_is_stopped_in_words_and_kept(town):
    refused = as_(town.amira).post(add(town), proposed(text="Like Iver does."))

    assert "A child’s name stands in it: Iver." in text(refused)
    assert "Like Iver does." in refused.text
    assert not Proposal.objects.exists()


def test_a_proposal_with_what_may_be_a_name_is_asked_about(town):
    family = as_(town.amira)
    asked = family.post(add(town), proposed(title="A trip to Tjernet"))
    assert "No, “Tjernet” is no name here" in text(asked)

    family.post(add(town), proposed(title="A trip to Tjernet", not_names="Tjernet"))

    assert Proposal.objects.get().title == "A trip to Tjernet"


def test_whoever_may_not_know_a_child_is_asked_the_same_and_learns_nothing(town):
    make.family(town.first, pupil_name="Skjult", adult_name="Ada", family_name="Hemmelig")
    protected = make.pupil("Vigdis", "Hemmelig", in_class=town.first)
    make.guardian("Adele", "Hemmelig", of=protected)
    people.protect_address(protected, by=the_portal(), grade="strict", alias="Furu")
    said = {
        name: text(as_(town.amira).post(add(town), proposed(text=f"We could ask {name} too."))).replace(name, "X")
        for name in ("Vigdis", "Wenche")
    }

    assert said["Vigdis"] == said["Wenche"]
    assert "A child’s name stands in it" not in said["Vigdis"]
    assert not Proposal.objects.exists()


def test_an_answer_to_a_proposal_names_nobody(town):
    proposal = actions.propose(town.first, by=town.amira, kind="topic", title="Screens")

    with pytest.raises(actions.NameInside):
        actions.answer_proposal(proposal, by=town.jurgita, state="taken", answer="Yes, with Nora.")
    with pytest.raises(actions.IsItAName):
        actions.answer_proposal(proposal, by=town.jurgita, state="taken", answer="Yes, at Tjernet.")
    actions.answer_proposal(proposal, by=town.jurgita, state="taken", answer="Yes, at Tjernet.", not_names=["Tjernet"])


def test_an_agreement_names_nobody(town, talking):
    with pytest.raises(actions.NameInside):
        actions.adopt_agreement(talking, by=town.jurgita, **adopted(town, text="Nora is home at eight."))
    page = address("networks", "agreement_adopt", talking.pk)

    asked = as_(town.jurgita).post(page, adopted(town, text="We use Kahootix less."))
    assert "No, “Kahootix” is no name here" in text(asked)
    as_(town.jurgita).post(page, adopted(town, text="We use Kahootix less.", not_names="Kahootix"))

    assert SharedNormAgreement.objects.get().is_adopted


@pytest.mark.parametrize("language", ["nb", "nn", "da", "en"])
def test_the_wordings_to_begin_from_are_not_asked_about(language):
    with translation.override(language):
        asked = {topic.key: unexplained(str(topic.text)) for topic in TOPICS.values()}

    assert {key: words for key, words in asked.items() if words} == {}


def test_an_idea_of_a_child_names_nobody_with_the_code_or_without(town):
    vote = actions.ask_children(town.first, by=town.jurgita)
    guest = Client()
    page = address("networks", "children_in")
    guest.post(page, {"code": vote.code})

    refused = guest.post(page, {"text": "Skøyter hos Nora"})
    assert "Nora" in text(refused)
    assert not ClassIdea.objects.exists()
    with pytest.raises(actions.NameInside):
        actions.leave_idea(vote, by=town.amira, text="Iver has a boat")
    guest.post(page, {"text": "Skøyter"})

    assert ClassIdea.objects.get().text == "Skøyter"


def test_what_the_children_vote_on_names_nobody(town):
    vote = actions.ask_children(town.first, by=town.jurgita)
    page = address("networks", "vote_open", vote.pk)

    asked = as_(town.jurgita).post(page, {"own": "Skating\nGames at Tjernet\nFilm", "children": 2})
    assert "No, “Tjernet” is no name here" in text(asked)
    refused = as_(town.jurgita).post(page, {"own": "Skating\nAt Nora's\nFilm", "children": 2})
    assert "A child’s name stands in it" in text(refused)
    as_(town.jurgita).post(page, {"own": "Skating\nGames at Tjernet\nFilm", "children": 2, "not_names": "Tjernet"})

    vote.refresh_from_db()
    assert vote.takes_votes


def test_an_invitation_asks_before_it_is_sent_and_stops_nothing(town, draft):
    organiser = as_(town.jurgita)
    assert "Is a child named?" not in text(organiser.get(address("networks", "gathering_send", draft.pk)))
    draft.description = "Nora brings the music."
    draft.save(update_fields=["description"])
    actions.check_inclusion(draft, by=town.jurgita, fine=[])

    assert "Is a child named?" in text(organiser.get(address("networks", "gathering_send", draft.pk)))
    actions.publish_gathering(draft, by=town.jurgita)


def test_whoever_changes_what_stands_is_asked_and_it_is_saved(town, bonfire):
    page = address("networks", "gathering_edit", bonfire.pk)
    values = GatheringForm.values_of(bonfire)
    said = {name: "" if value is None else str(value) for name, value in values.items()}

    shown = as_(town.jurgita).post(page, {**said, "bring": "What Nora likes"}, follow=True)

    assert "Is a child named? Look at these words" in text(shown)
    bonfire.refresh_from_db()
    assert bonfire.bring == "What Nora likes"


def test_in_a_text_that_nobody_releases_a_little_more_is_asked_in_vain():
    asked = [
        words for _language, words in WITHOUT if unexplained(words, ADULTS) or look_for(words, (), ADULTS).doubtful
    ]

    assert f"({len(asked)} of 50 in vain)" in FEATURES.read_text(encoding="utf-8"), asked


def test_no_given_name_is_a_word_with_which_a_sentence_begins():
    made_up = {name for _language, _weight, first, _last in PEOPLES for name in first.split()}
    of_tests = {part for given, _family in CLASS for part in given.split()}

    assert {fold(name) for name in (*GIVEN, *made_up, *of_tests)} & OPENERS == set()


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Ludvik falt i dag.", ["Ludvik"]),
        ("Godt nytt. Ludvik er tilbake.", ["Ludvik"]),
        ("Vi spør Holmen Ludvik", ["Holmen", "Ludvik"]),
        ("Ludvik skal på tur", ["Ludvik"]),
        ("Vi spør Said, Lova og Eid om det", ["Said", "Lova", "Eid"]),
        ("Said slo Lova i friminuttet. Malene så det.", ["Said", "Lova", "Malene"]),
        ("Vi spør Hopp og Sekken", ["Hopp", "Sekken"]),
        ("Hopp er gøy. Sekken er tung.", []),
        ("Vi feirer Diwali og lager noe i Excel", []),
        ("Det gjelder l0dvik", ["l0dvik"]),
        ("Det er L-u-d-v-i-k", ["L-u-d-v-i-k"]),
        ("Det gjelder لودفيك igjen", ["لودفيك"]),
        ("Det gjelder Людвик igjen", ["Людвик"]),
        ("Skolen har fri. Husk matpakke til 3B kl17, alle 3 + 4 + 5", []),
        ("Klassen skal på tur", []),
        ("Saft til alle\nPannekaketurnering", []),
        ("الرحلة يوم الخميس", []),
    ],
)
def test_what_nothing_explains_is_asked_about_whoever_is_in_the_class(words, asked):
    assert unexplained(words) == asked
