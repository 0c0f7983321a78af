"""The four kinds of gathering: what each means in the form, and what a theme evening is about, from the kit to the class."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from networks import actions, wall
from networks.actions.ties import TOLD
from networks.catalogue import catalogue
from networks.figures import children_involved
from networks.forms import GatheringForm
from networks.ideas import BY_KEY
from networks.kinds import MEANINGS
from networks.models import Gathering, Pulse, SharedNormAgreement
from networks.notices.letters import facts_of
from networks.polls.forms import PollForm
from networks.queries import again, answer_page, line_of
from networks.topics.kits import KITS
from portal.messaging.links import link_for
from tests import make
from tests.ground import once
from tests.networks.test_forms import typed
from tests.networks.test_pages import page
from tests.pages import address, as_, text

Kind = Gathering.Kind


@once
def theme(town):
    return make.published(town.first, by=town.jurgita, title="Around the tables", kind="theme", kit="screens")


def test_the_form_says_in_a_line_what_each_of_the_four_kinds_means(town):
    assert [kind for kind, _meaning in MEANINGS] == ["families", "theme", "adults", "children"] == Kind.values
    said = text(as_(town.jurgita).get(page("gathering_draft", town.first.pk)))
    for _kind, meaning in MEANINGS:
        assert str(meaning) in said


def test_a_kit_is_a_topic_of_a_gathering_and_no_other():
    assert [kit.key for kit in KITS] == Gathering.Kit.values
    assert "birthdays" in SharedNormAgreement.Topic.values
    assert "birthdays" not in Gathering.Kit.values


@pytest.mark.parametrize("of_form", [GatheringForm, PollForm])
def test_every_form_of_a_gathering_asks_for_the_topic_after_the_kind(town, of_form):
    assert list(of_form(school=town.school).fields)[:5] == ["idea", "title", "kind", "kit", "own_topic"]


@pytest.mark.parametrize("kind", Kind.values)
def test_only_a_theme_evening_keeps_a_topic(town, kind):
    form = GatheringForm(typed(town.school, kind=kind, own_topic="Sleep"), school=town.school)

    assert form.is_valid()
    assert form.cleaned_data["own_topic"] == ("Sleep" if kind == "theme" else "")


def test_a_topic_that_is_ready_and_one_of_ones_own_are_not_chosen_together(town):
    both = typed(town.school, kind="theme", kit="screens", own_topic="Sleep")
    shown = as_(town.jurgita).post(page("gathering_draft", town.first.pk), both)

    assert list(shown.context["form"].errors) == ["own_topic"]
    assert 'value="Sleep"' in shown.content.decode()
    assert not Gathering.objects.exists()
    assert list(GatheringForm(typed(town.school, kind="theme", kit="weather"), school=town.school).errors) == ["kit"]


def test_the_database_keeps_a_topic_to_theme_evenings_and_one_alone(town, theme, evening):
    for one, said in (
        (evening, {"kit": "screens"}),
        (evening, {"own_topic": "Sleep"}),
        (theme, {"own_topic": "Sleep"}),
    ):
        with pytest.raises(IntegrityError, match="theme_evening_has_one_topic"), transaction.atomic():
            Gathering.objects.filter(pk=one.pk).update(**said)


def test_a_theme_evening_is_an_evening_of_adults_wherever_it_is_asked(town, theme):
    assert Gathering.FOR_ADULTS == (Kind.THEME, Kind.ADULTS)
    assert Pulse.QUESTIONS.keys() == set(Kind)
    assert Pulse.QUESTIONS[Kind.THEME] == Pulse.QUESTIONS[Kind.ADULTS]

    amira = as_(town.amira)
    amira.post(f"/gatherings/{theme.pk}/", {"answer": "yes"})
    assert list(theme.rsvps.get().pupils.all()) == []
    assert answer_page(theme, town.amira).asks_minding
    asked = amira.get(f"/gatherings/{theme.pk}/").context["form"].fields
    assert {"minded", "minded_ages"} <= asked.keys()
    assert not {"pupils", "siblings"} & asked.keys()
    assert "Child-minding" in text(as_(town.jurgita).get(page("gathering_tasks", theme.pk)))


def test_whoever_makes_it_an_evening_of_adults_is_told_that_the_children_are_forgotten(town, bonfire):
    as_(town.amira).post(f"/gatherings/{bonfire.pk}/", {"answer": "yes"})
    bonfire.rsvps.update(siblings=1)
    as_(town.ben).post(f"/gatherings/{bonfire.pk}/", {"answer": "no"})
    said = {name: "" if value is None else str(value) for name, value in GatheringForm.values_of(bonfire).items()}
    contact = as_(town.jurgita)

    changed = text(contact.post(page("gathering_edit", bonfire.pk), {**said, "kind": "adults"}, follow=True))

    assert "1 family had said that children come along. That is forgotten now" in changed
    bonfire.refresh_from_db()
    said = {name: "" if value is None else str(value) for name, value in GatheringForm.values_of(bonfire).items()}
    again = contact.post(page("gathering_edit", bonfire.pk), {**said, "kind": "families"}, follow=True)
    assert "That is forgotten now" not in text(again)


def test_no_child_plans_a_theme_evening_in_the_figures(noon, town, theme):
    day = theme.starts_at.date()
    noon.move_to(theme.ends_at)

    assert children_involved(town.school, day, day).whole == 0
    Gathering.objects.filter(pk=theme.pk).update(kind="families", kit="")
    assert children_involved(town.school, day, day).whole == 1


def test_what_begins_with_a_kit_is_a_theme_evening_about_it_and_leads_the_organisers_to_the_kit(town):
    contact = as_(town.jurgita)
    at = page("theme_draft", town.first.pk, "chores")
    initial = contact.get(at).context["form"].initial
    assert (initial["kind"], initial["kit"]) == ("theme", "chores")
    typed_ = typed(town.school, **{name: initial[name] for name in ("kind", "kit", "title")})

    contact.post(at, typed_)

    made = Gathering.objects.get()
    assert (made.kind, made.kit, made.own_topic) == ("theme", "chores", "")
    kit = page("topic_show", town.first.pk, "chores")
    assert kit in contact.get(page("gathering_send", made.pk)).content.decode()
    actions.check_inclusion(made, by=town.jurgita, fine=[])
    actions.publish_gathering(made, by=town.jurgita)
    for name in ("gathering_organise", "gathering_tasks", "programme_show"):
        assert kit in contact.get(page(name, made.pk)).content.decode()


def test_what_a_family_proposed_in_its_own_words_is_the_topic_of_the_evening(town):
    wish = actions.propose(town.first, by=town.amira, kind="topic", title="Sleep", text="When do yours go to bed?")
    at = page("proposal_gather", wish.pk)
    initial = as_(town.jurgita).get(at).context["form"].initial

    assert (initial["kind"], initial["own_topic"]) == ("theme", "Sleep")
    as_(town.jurgita).post(at, typed(town.school, **{name: initial[name] for name in ("kind", "own_topic", "title")}))

    assert Gathering.objects.get().topic == "Sleep"


def test_families_read_what_the_evening_is_about_in_their_own_language(town, theme):
    in_own = {"nb": "Temakveld om «Tid med skjerm»", "en": "Theme evening about “Time with screens”"}
    for language, said in in_own.items():
        with translation.override(language):
            assert theme.kind_in_words == said
            assert theme.topic in dict(facts_of(theme, town.school)).values()
    kit = page("topic_show", town.first.pk, "screens")
    own = as_(town.amira).get(f"/gatherings/{theme.pk}/")
    assert in_own["en"] in text(own)
    assert kit in own.content.decode()
    assert in_own["en"] in text(as_(town.amira).get(f"/classes/{town.first.pk}/"))
    assert in_own["en"] in text(as_(town.jurgita).get(page("class_show", town.first.pk)))
    by_link = as_(town.principal).get(link_for(town.amira, theme, purpose="networks.answer").url())
    assert kit not in by_link.content.decode()
    assert kit not in as_(town.principal).get(f"/gatherings/{theme.pk}/").content.decode()


def test_without_a_topic_the_organisers_are_led_to_those_that_families_want(town):
    draft = make.gathering(town.first, by=town.jurgita, kind="theme")
    said = as_(town.jurgita).get(page("gathering_send", draft.pk))

    assert "Not decided yet" in text(said)
    assert page("topic_list", town.first.pk) in said.content.decode()
    assert page("gathering_tie", draft.pk) in said.content.decode()
    assert draft.kind_in_words == Kind.THEME.label


@pytest.mark.parametrize(
    ("kind", "is_asked"), [("families", True), ("theme", False), ("adults", False), ("children", True)]
)
def test_whether_the_children_had_a_say_is_asked_where_they_come(town, kind, is_asked):
    draft = make.gathering(town.first, by=town.jurgita, kind=kind)

    assert ("Have the children had a say?" in text(as_(town.jurgita).get(page("gathering_send", draft.pk)))) == is_asked


def test_a_topic_is_changed_and_told_like_other_words_and_goes_with_the_kind(town, theme):
    form = as_(town.jurgita).get(page("gathering_edit", theme.pk)).context["form"]
    assert form["kit"].value() == "screens"
    same = {name: getattr(theme, name) for name in TOLD if name not in ("kit", "own_topic", "kind")}
    same |= {name: getattr(theme, name) for name in ("starts_at", "ends_at", "answer_by")}

    told = actions.change_gathering(theme, by=town.jurgita, **same, kind="theme", kit="chores", own_topic="Sleep")
    assert (told, theme.kit, theme.own_topic) == ("told", "chores", "")
    actions.change_gathering(theme, by=town.jurgita, **same, kind="adults", kit="chores", own_topic="Sleep")
    assert (theme.kind, theme.kit, theme.own_topic) == ("adults", "", "")


@pytest.mark.parametrize(("kind", "people"), [("families", 4), ("theme", 2), ("adults", 2), ("children", 4)])
def test_what_becomes_an_evening_of_adults_counts_no_child_any_more(town, bonfire, kind, people):
    home = {"by": town.amira, "household": town.amira.household}
    actions.answer(bonfire, **home, answer="yes")
    actions.detail_answer(bonfire, **home, adults=2, pupils=[town.nora], siblings=1)
    same = {name: getattr(bonfire, name) for name in (*TOLD, "starts_at", "ends_at", "answer_by")}

    actions.change_gathering(bonfire, by=town.jurgita, **same | {"kind": kind})

    assert line_of(bonfire).coming_people == people


def test_a_name_in_the_topic_is_asked_about_before_the_invitation_is_sent(town):
    draft = make.gathering(town.first, by=town.jurgita, kind="theme", own_topic="How we speak of Nora")

    assert "Nora" in as_(town.jurgita).get(page("gathering_send", draft.pk)).context["page"].maybe_names


def test_planned_again_it_is_about_the_same(town, theme):
    like = again(theme, town.school)

    assert (like["kind"], like["kit"]) == ("theme", "screens")


def test_a_chip_of_the_catalogue_shows_theme_evenings_alone():
    assert BY_KEY["theme-evening"].audience == Kind.THEME
    shown = catalogue("NO", date(2026, 11, 10), {"audience": "theme"})

    assert [idea.key for idea in shown.ideas] == ["theme-evening"]
    assert [chip.count for chip in shown.chips if chip.is_chosen] == [1]


def test_the_wall_says_that_parents_come_and_what_about(town, theme):
    said = text(Client().get(address("networks", "gathering_wall", wall.token_of(theme))))

    assert "1A: Foresatte" in said
    assert "Temakveld om «Tid med skjerm»" in said
