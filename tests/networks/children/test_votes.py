"""The children of a class: whose idea it was and what they voted for is kept nowhere, and a code lets in only their class."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from networks import actions
from networks.children.forms import VoteCodeForm
from networks.children.queries import by_code, candidates, children_in_words, children_page, committee_of
from networks.models import ClassVote, Gathering, NotNow
from networks.tasks import forget
from portal.ledger.models import Event
from portal.people import actions as people
from portal.people.models import Role, the_portal
from tests import make
from tests.ground import once
from tests.networks.test_notices import letter
from tests.networks.test_pages import page
from tests.pages import as_, text

IDEAS = ["Skating", "A film night", "Pancakes"]
EVENING = {"kind": "families", "starts": "17:00", "ends": "19:00", "place": "The rink", "title": "Skating"}


@pytest.fixture(autouse=True)
def _english():
    cache.clear()
    with translation.override("en"):
        yield


@once
def tom(town):
    return make.holder(Role.Kind.CONTACT_TEACHER, town.first, "Tom")


@once
def box(town):
    return actions.ask_children(town.first, by=town.jurgita)


@once
def vote(box, town):
    actions.open_vote(box, by=town.jurgita, options=IDEAS)
    return box


def child():
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def more_children(town):
    """Five in the class, as many as must have voted before it is said what they chose."""
    for name in ("Ola", "Per", "Eva"):
        make.family(town.first, pupil_name=name, adult_name=f"{name}mor", family_name="Lund")


def let_in(vote, code=None):
    one = child()
    one.post(page("children_in"), {"code": code or vote.code or vote.ballots.first().code})
    return one


def cast(vote, number=0, code=None):
    slip = vote.ballots.first()
    actions.cast_vote(
        vote, by=the_portal(), idea=vote.options()[number], code=code or (slip.code if slip else "GONE22")
    )


def counts(vote):
    return [idea.votes for idea in vote.options()]


def test_from_an_idea_to_an_invitation_that_says_who_chose(town, box, tom):
    more_children(town)
    let_in(box).post(page("children_in"), {"text": "Skating"})
    as_(town.amira).post(page("children_show", town.first.pk), {"text": "Pancakes"})
    chosen = {"ideas": [idea.text for idea in box.ideas.all()], "own": "A film night", "children": 5}
    as_(tom).post(page("vote_open", box.pk), chosen)
    box.refresh_from_db()
    skating = box.options().get(text="Skating")

    one = let_in(box)
    assert "Your vote is counted" in text(one.post(page("children_in"), {"idea": skating.pk}, follow=True))
    for _other in range(4):
        actions.cast_vote(box, by=the_portal(), idea=skating, code=box.ballots.first().code)
    as_(tom).post(page("vote_close", box.pk))
    assert "1A has chosen: Skating" in text(as_(town.amira).get(f"/classes/{town.first.pk}/"))

    form = as_(town.jurgita).get(page("vote_gather", box.pk)).context["form"]
    said = form.initial["children_involved"]
    assert said == "Chosen by 1A: Skating. 5 children have voted."
    day = timezone.localdate() + timedelta(days=20)
    as_(town.jurgita).post(page("vote_gather", box.pk), {**EVENING, "day": day, "children_involved": said})
    gathering = Gathering.objects.get()
    actions.check_inclusion(gathering, by=town.jurgita, fine=[])
    actions.publish_gathering(gathering, by=town.jurgita)
    assert said in dict(letter("networks.gathering_invited", town.amira).facts).values()


def test_an_idea_and_a_vote_leave_no_event_and_no_name(town, box):
    before = Event.objects.count()
    actions.leave_idea(box, by=town.amira, text="Skating")
    opened = actions.open_vote(box, by=town.jurgita, options=IDEAS)
    cast(box)

    assert opened is None
    assert Event.objects.count() == before + 1
    assert {field.name for field in box.ideas.model._meta.fields} == {"id", "vote", "text", "is_option", "votes"}


def test_a_slip_votes_once_whatever_is_cleared_and_on_whichever_device(town, vote):
    code = vote.ballots.first().code
    for _device in range(3):
        one = let_in(vote, code)
        for _press in range(3):
            one.post(page("children_in"), {"idea": vote.options()[0].pk})
        one.cookies.clear()

    assert sum(counts(vote)) == 1
    with pytest.raises(NotNow, match="has voted already"):
        cast(vote, code=code)


def test_two_who_vote_with_the_same_slip_at_the_same_time_are_one(vote):
    code = vote.ballots.first().code
    first, second = let_in(vote, code), let_in(vote, code)
    first.post(page("children_in"), {"idea": vote.options()[0].pk})

    assert "code" in second.post(page("children_in"), {"idea": vote.options()[1].pk}).context["form"].fields
    assert counts(vote) == [1, 0, 0]


def test_a_device_is_handed_on_to_the_next_child(vote):
    one = let_in(vote)
    one.post(page("children_in"), {"idea": vote.options()[0].pk})
    one.post(page("children_in"), {"code": vote.ballots.first().code})
    one.post(page("children_in"), {"idea": vote.options()[1].pk})

    assert counts(vote) == [1, 1, 0]


def test_there_are_as_many_slips_as_children_who_are_here_and_no_more_votes(town, vote):
    assert vote.most == vote.ballots.count() == 2
    for number in range(2):
        cast(vote, number)
    with pytest.raises(NotNow):
        cast(vote)
    with pytest.raises(IntegrityError, match="no_more_votes_than_children"), transaction.atomic():
        ClassVote.objects.filter(pk=vote.pk).update(cast=3)
    assert "2 of 2 have voted" in text(as_(town.jurgita).get(page("children_show", town.first.pk)))


@pytest.mark.parametrize("children", [0, 3])
def test_slips_are_for_children_of_the_class(town, box, children):
    with pytest.raises(NotNow, match="There are 2 children"):
        actions.open_vote(box, by=town.jurgita, options=IDEAS, children=children)
    kept = as_(town.jurgita).post(page("vote_open", box.pk), {"own": "\n".join(IDEAS), "children": children})
    assert "A film night" in text(kept)

    as_(town.jurgita).post(page("vote_open", box.pk), {"own": "\n".join(IDEAS), "children": 1})
    assert box.ballots.count() == 1


def test_slips_name_nobody_and_only_those_who_lead_read_them(town, vote, tom):
    codes = [ballot.in_halves for ballot in vote.ballots.all()]
    for leads in (town.jurgita, tom):
        shown = text(as_(leads).get(page("ballot_list", vote.pk)))
        assert all(code in shown for code in codes)
        assert not any(name in shown for name in ("Nora", "Iver"))
    assert as_(town.amira).get(page("ballot_list", vote.pk)).status_code == 403
    assert {field.name for field in vote.ballots.model._meta.fields} == {"id", "vote", "code"}


def test_new_slips_are_for_those_who_have_not_voted_and_the_lost_ones_work_no_longer(town, vote):
    cast(vote)
    lost = vote.ballots.get().code

    actions.renew_code(vote, by=town.jurgita)

    assert by_code(lost) is None
    assert vote.ballots.count() == 1
    assert by_code(vote.ballots.get().code) == vote


def test_no_slip_or_class_gets_a_code_that_is_in_use(town, vote, monkeypatch):
    monkeypatch.setattr("networks.models.children.CODE_LETTERS", "ABCD")
    monkeypatch.setattr("networks.models.children.CODE_LENGTH", 1)
    other = ClassVote.objects.create(school_class=town.second, code="A")
    other.ballots.create(code="B")

    actions.renew_code(vote, by=town.jurgita)

    assert {ballot.code for ballot in vote.ballots.all()} == {"C", "D"}


def test_a_code_works_for_some_hours_and_only_until_it_is_closed(town, vote):
    code = vote.ballots.first().code
    assert by_code(f" {code[:3].lower()}-{code[3:].lower()} ") == vote
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        assert by_code(code) is None
        with pytest.raises(NotNow):
            cast(vote)

    actions.renew_code(vote, by=town.jurgita)
    assert by_code(code) is None
    code = vote.ballots.first().code
    actions.close_vote(vote, by=town.jurgita)
    assert by_code(code) is None
    assert by_code("") is None


def test_whoever_came_in_with_a_code_is_out_when_it_works_no_longer(town, vote):
    one = let_in(vote)
    assert "Vote!" in text(one.get(page("children_in")))

    actions.close_vote(vote, by=town.jurgita)
    assert "Your own code" in text(one.post(page("children_in"), {"idea": vote.options()[0].pk}))
    assert sum(counts(vote)) == 0


@pytest.mark.parametrize(("language", "said"), [("nb", "Koden din"), ("nn", "Koden din"), ("da", "Din kode")])
def test_a_child_is_asked_for_its_code_as_one_child(language, said):
    with translation.override(language):
        assert VoteCodeForm().fields["code"].label == said


def test_wrong_codes_are_rationed_and_a_class_behind_one_address_is_not(vote):
    for _child in range(30):
        assert let_in(vote).get(page("children_in")).context["vote"] == vote
    one = child()
    for _guess in range(60):
        assert "does not work" in text(one.post(page("children_in"), {"code": "WRONGX"}))
    assert "Too many wrong codes" in text(one.post(page("children_in"), {"code": vote.ballots.first().code}))


@pytest.mark.parametrize("options", [[], IDEAS[:2], [*IDEAS, "Four", "Five"]])
def test_children_vote_on_three_or_four(town, box, options):
    with pytest.raises(NotNow, match="three or four"):
        actions.open_vote(box, by=town.jurgita, options=options)


@pytest.mark.parametrize("who", ["amira", "carla", "principal"])
def test_only_teacher_and_contact_lead_it(town, box, who):
    person = getattr(town, who)
    for change in (
        lambda: actions.ask_children(town.first, by=person),
        lambda: actions.open_vote(box, by=person, options=IDEAS),
        lambda: actions.renew_code(box, by=person),
        lambda: actions.close_vote(box, by=person),
        lambda: actions.choose_committee(box, by=person, pupils=[]),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_families_read_neither_the_code_nor_the_ideas(town, box):
    actions.leave_idea(box, by=the_portal(), text="Skating")

    assert children_page(town.first, town.amira).ideas == []
    shown = text(as_(town.amira).get(page("children_show", town.first.pk)))
    assert box.code not in shown
    assert box.code in text(as_(town.jurgita).get(page("children_show", town.first.pk)))


def test_while_the_vote_is_open_nobody_sees_what_is_ahead(town, vote):
    cast(vote)

    shown = text(as_(town.jurgita).get(page("children_show", town.first.pk)))
    assert "1 of 2 have voted" in shown
    assert "1 vote " not in shown


def test_a_class_is_asked_once_at_a_time(town, box):
    with pytest.raises(actions.AskedAlready):
        actions.ask_children(town.first, by=town.jurgita)
    actions.close_vote(box, by=town.jurgita)
    actions.ask_children(town.first, by=town.jurgita)


def test_as_many_votes_for_two_choose_nothing(vote, town):
    cast(vote, 0)
    cast(vote, 1)
    actions.close_vote(vote, by=town.jurgita)

    assert children_page(town.first, town.amira).chosen is None
    assert children_in_words(vote) == "2 children have voted."


@pytest.mark.parametrize(("votes", "is_said"), [(4, False), (5, True)])
def test_with_fewer_than_five_votes_it_is_said_nowhere_what_they_chose(town, box, votes, is_said):
    more_children(town)
    actions.open_vote(box, by=town.jurgita, options=IDEAS, children=5)
    for _one in range(votes):
        cast(box)
    actions.close_vote(box, by=town.jurgita)
    box.refresh_from_db()

    for shown in (f"/classes/{town.first.pk}/", page("children_show", town.first.pk)):
        said = text(as_(town.amira).get(shown))
        assert ("1A has chosen:" in said or "5 votes" in said) == is_said
    form = as_(town.jurgita).get(page("vote_gather", box.pk)).context["form"]
    assert bool(form.initial["title"]) == is_said
    assert ("Chosen by 1A" in form.initial["children_involved"]) == is_said


def test_whoever_chooses_the_committee_tells_two_of_one_name_apart(town, box, tom):
    make.family(town.first, pupil_name="Nora", family_name="Aas")

    said = text(as_(tom).get(page("committee_choose", box.pk)))

    assert "Nora Aas" in said
    assert town.nora.full_name in said


def test_the_committee_never_has_a_protected_child(town, box, tom):
    actions.choose_committee(box, by=tom, pupils=[town.nora, town.iver])
    assert committee_of(box) == ["Iver", "Nora"]

    people.protect_address(town.nora, by=make.holder("office", town.school), grade="name")
    assert committee_of(box) == ["Iver"]
    assert list(candidates(town.first)) == [town.iver]
    with pytest.raises(NotNow):
        actions.choose_committee(box, by=tom, pupils=[town.nora])


def test_what_children_wrote_is_deleted_with_the_year(town, vote):
    with time_machine.travel(timezone.localtime() + timedelta(days=500)):
        forget()

    assert not ClassVote.objects.exists()


def test_what_is_typed_wrong_is_said_and_kept(town, box):
    shown = as_(town.jurgita).post(page("vote_open", box.pk), {"own": "One\nTwo"})

    assert "three or four" in text(shown)
    assert "One\nTwo" in shown.content.decode()


@pytest.mark.parametrize("many", [4, 5])
def test_what_fewer_than_five_have_voted_for_is_not_counted_out(town, vote, many):
    type(vote).objects.update(most=many)
    actions.renew_code(ClassVote.objects.get(), by=town.jurgita)
    for number in range(many):
        cast(ClassVote.objects.get(), 0 if number else 2)
    actions.close_vote(ClassVote.objects.get(), by=town.jurgita)

    shown = text(as_(town.amira).get(page("children_show", town.first.pk)))

    assert (f"{many - 1} votes" in shown) is (many == 5)
    assert ("1 vote" in shown) is (many == 5)
    assert "A film night" in shown


def test_whoever_chooses_among_the_ideas_cannot_tell_in_which_order_they_came(town, box):
    for said in ("Skating", "A film night", "Pancakes"):
        actions.leave_idea(box, by=the_portal(), text=said)

    form = as_(town.jurgita).get(page("vote_open", box.pk)).context["form"]

    assert [str(value) for value, _label in form.fields["ideas"].choices] == ["A film night", "Pancakes", "Skating"]


def test_whoever_must_know_nothing_of_a_child_does_not_read_it_in_the_committee(town, box, tom):
    actions.choose_committee(box, by=tom, pupils=[town.iver, town.nora])
    make.restricted(town.ben, town.iver)

    assert "Iver" not in text(as_(town.ben).get(page("children_show", town.first.pk)))
    assert "Iver" in text(as_(town.amira).get(page("children_show", town.first.pk)))
