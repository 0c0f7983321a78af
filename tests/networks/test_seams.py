"""Where one part of a gathering meets another: asked when it suits, full, printed, sent home on paper, led, driven to."""

import re
from datetime import date, datetime, timedelta
from functools import partial
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone, translation

from networks import actions
from networks.letters.queries import on_paper
from networks.models import (
    Activity,
    Birthday,
    BirthdayAnswer,
    ClassFund,
    Gathering,
    Helper,
    Lift,
    NotNow,
    Place,
    Poll,
    PollAnswer,
    PollTime,
    PrintedLetter,
    QuarterChild,
    Rsvp,
    Turn,
)
from networks.programme.icebreakers import icebreakers_for
from networks.programme.queries import waits_for_word
from networks.queries import board_of, list_to_reach, may_still_stop
from networks.rota.halves import half_around
from networks.rota.queries import turns_on_page
from networks.tasks import begin_turns
from portal.ledger.models import Event
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people.hats import hats_of
from portal.people.models import AddressProtection, Person, the_portal
from portal.speech import clock, day, when
from tests import make
from tests.ground import once
from tests.networks.birthdays.test_birthdays import invite
from tests.networks.test_actions import fields
from tests.networks.test_line import say, with_room_for
from tests.pages import address, as_, text, todos_of
from tests.threads import in_a_thread

page = partial(address, "networks")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def plain(words):
    return " ".join(words.split())


# A poll


def typed_poll(**changes):
    today = timezone.localdate()
    values = {"title": "Walk", "kind": "families", "place": "The lake", "family_cost": "0", "shown_to": "organisers"}
    for number, ahead in enumerate((20, 27), start=1):
        values |= {
            f"day_{number}": today + timedelta(days=ahead),
            f"from_{number}": "17:00",
            f"to_{number}": "19:00",
        }
    return values | {"closes_on": today + timedelta(days=7)} | changes


def test_what_is_polled_about_may_have_room_for_only_so_many(town):
    as_(town.jurgita).post(page("poll_draft", town.first.pk), typed_poll(capacity="2"))
    made = Gathering.objects.get()
    actions.check_inclusion(made, by=town.jurgita, fine=[])
    actions.send_poll(made, by=town.jurgita)
    actions.fix_time(made, by=town.jurgita, time=made.poll.times.first(), sure=True)

    say(made, town.jurgita)

    assert say(made, town.amira).answer == "wait"


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "1", "\x00", "🔥" * 3000])
@pytest.mark.parametrize("field", ["day_1", "closes_on"])
def test_a_day_that_cannot_be_is_said_in_words(town, field, typed):
    sent = typed_poll(**{field: typed, "from_1": "00:00"})
    answered = as_(town.jurgita).post(page("poll_draft", town.first.pk), sent)

    assert answered.status_code == 200
    assert not Gathering.objects.exists()


# Maybe, and then too late


def maybe(gathering, person, **more):
    say(gathering, person, "maybe")
    pupils = list(gathering.rsvps.get(household=person.household).pupils.all())
    actions.detail_answer(gathering, by=person, household=person.household, adults=1, pupils=pupils, **more)


def test_who_said_maybe_and_now_waits_keeps_nothing_that_others_count_on(town, full):
    item = actions.add_item(full, by=town.jurgita, kind="thing", title="Cups", wanted=1)
    maybe(full, town.amira)
    actions.take_place(full, by=town.amira, household=town.amira.household, item=item)

    assert say(full, town.amira).answer == "wait"

    assert not Place.objects.taken_in(full).exists()


def test_who_said_maybe_and_now_waits_drives_nobody(town, full, eva):
    maybe(full, town.amira, lift="offer", seats=4)
    maybe(full, eva, lift="need")
    actions.suggest_lift(full, by=town.jurgita, giver=town.amira.household, taker=eva.household)

    say(full, town.amira)

    assert not Lift.objects.standing().exists()
    assert full.rsvps.get(household=town.amira.household).given == 0


# Asked to lead, and then not coming


def lead(gathering, town, person):
    return actions.add_activity(gathering, by=town.jurgita, title="Quiz", minutes=20, led_by=person)


@pytest.mark.parametrize("said", ["no", "maybe"])
def test_who_does_not_come_after_all_is_no_longer_asked_to_lead(town, bonfire, said):
    say(bonfire, town.amira)
    lead(bonfire, town, town.amira)
    assert waits_for_word(town.amira, bonfire).exists()

    say(bonfire, town.amira, said)

    assert not waits_for_word(town.amira, bonfire).exists()
    assert not waits_for_word(town.amira).exists()


def test_who_waits_for_a_place_is_not_asked_to_lead(town, full):
    with_room_for(full, 4, town.jurgita)
    say(full, town.amira)
    lead(full, town, town.amira)
    say(full, town.amira, "no")
    with_room_for(full, 2, town.jurgita)

    assert say(full, town.amira).answer == "wait"

    assert not waits_for_word(town.amira, full).exists()


def test_an_organiser_who_has_not_said_whether_they_come_is_still_asked(town, bonfire, eva):
    actions.add_helper(bonfire, by=town.jurgita, person_asked=eva)
    lead(bonfire, town, eva)

    assert waits_for_word(eva, bonfire).exists()


# Paper


@once
def odd(town):
    return make.holder("office", town.school)


@once
def dark(town):
    _child, adult = make.family(town.first, pupil_name="Pernille", adult_name="Tor", family_name="Vik")
    Person.objects.filter(pk=adult.pk).update(email="", phone="")
    adult.refresh_from_db()
    return adult


def test_an_invitation_that_has_gone_home_on_paper_is_not_stopped(town, bonfire, dark):
    actions.print_letters(bonfire, by=town.jurgita)

    assert not may_still_stop(board_of(bonfire, town.jurgita))
    with pytest.raises(NotNow):
        actions.stop_invitation(bonfire, by=town.jurgita)


def test_the_office_reads_that_the_home_it_answers_for_waits(town, full, dark, odd):
    answered = as_(odd).post(page("office_answer", full.pk, dark.household_id), {"answer": "yes"}, follow=True)

    assert full.rsvps.get(household=dark.household).answer == "wait"
    assert "stands on the waiting list, as number 1" in text(answered)
    event = Event.objects.filter(verb="networks.gathering_answered").latest("pk")
    assert event.details["answer"] == "wait"


def test_a_home_that_no_message_reaches_hears_from_the_office_that_there_is_room(town, full, dark, odd):
    actions.answer_by_office(full, by=odd, household=dark.household, answer="yes")
    say(full, town.jurgita, "no")
    actions.offer_turns(full, by=the_portal())
    until = plain(when(full.rsvps.get(household=dark.household).turn_until, town.school))

    waits = [todo for hat in hats_of(odd) for todo in todos_of(hat)]
    assert "Tell 1 family that there is room for it" in [todo.title for todo in waits]
    assert f"A place is kept for them until {until}" in text(as_(odd).get(page("letter_list", full.pk)))

    actions.answer_by_office(full, by=odd, household=dark.household, answer="yes")
    assert full.rsvps.get(household=dark.household).answer == "yes"
    assert "Tell 1 family that there is room for it" not in [t.title for hat in hats_of(odd) for t in todos_of(hat)]


def test_a_home_that_a_message_reaches_is_not_the_offices_to_tell(town, full, odd):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    actions.offer_turns(full, by=the_portal())

    assert not [todo for hat in hats_of(odd) for todo in todos_of(hat) if "room for it" in todo.title]


# While there is no time


@pytest.mark.parametrize("name", ["programme_show", "bring_list", "bring_lock", "tag_sheet", "gathering_tasks"])
def test_no_page_of_a_gathering_says_a_time_while_it_is_asked_about(town, name):
    walk = make.poll(town.first, by=town.jurgita)
    for minutes in (20, 30):
        actions.add_activity(walk, by=town.jurgita, title=f"Quiz {minutes}", minutes=minutes)
    actions.add_item(walk, by=town.jurgita, kind="thing", title="Cups", wanted=1)
    shown = text(as_(town.jurgita).get(page(name, walk.pk)))

    for minutes in (0, 20):
        assert plain(clock(walk.starts_at + timedelta(minutes=minutes), town.school)) not in shown
    assert plain(day(walk.list_locks_on)) not in shown
    assert plain(day(walk.starts_at, town.school)) not in shown


def test_words_that_may_be_a_name_are_pointed_out_before_a_poll_is_sent(town):
    walk = make.poll(town.first, by=town.jurgita, sent=False, title="Walk with Nora")

    assert "Nora" in text(as_(town.jurgita).get(page("poll_organise", walk.pk))).replace("Walk with Nora", "")


# Protected since


def protect(person, since=None):
    AddressProtection.objects.create(person=person, grade="strict", valid_from=since or timezone.localdate())


def birthday_letters(birthday, *kinds):
    found = []
    for kind in kinds:
        notice = Notice(kind=f"networks.birthday_{kind}", recipient=Person.objects.get(given_name="Jurgita"))
        notice.subject = birthday
        letter = KINDS[notice.kind].write(notice)
        found.append(" ".join([*map(str, letter.lines), *(f"{name} {fact}" for name, fact in letter.facts)]))
    return found


def test_where_a_home_celebrates_is_read_by_nobody_when_it_is_protected_afterwards(town):
    birthday = invite(town, place="Skogveien 7", words="Ring the bell at 7B.")
    before = birthday_letters(birthday, "invited")[0] + text(as_(town.jurgita).get(birthday.get_absolute_url()))
    assert before.count("Skogveien 7") == before.count("7B") == 2

    protect(town.amira)

    said = birthday_letters(birthday, "invited", "reminder", "tomorrow")
    for words in (*said, text(as_(town.jurgita).get(birthday.get_absolute_url()))):
        assert not [secret for secret in ("Skogveien", "7B") if secret in words]
    own = text(as_(town.amira).get(birthday.get_absolute_url()))
    assert "Skogveien 7" in own
    assert "The place is no longer shown" in own


def test_a_protected_home_that_was_warned_says_where_it_celebrates(town):
    protect(town.amira, timezone.localdate() - timedelta(days=3))
    birthday = invite(town, place="The gym")

    assert "The gym" in birthday_letters(birthday, "invited")[0]
    assert "The gym" in text(as_(town.jurgita).get(birthday.get_absolute_url()))


def test_a_home_protected_while_it_waits_or_leads_or_is_printed_leaves_no_trace(town, full, eva, odd):
    with_room_for(full, 4, town.jurgita)
    say(full, town.amira)
    activity = lead(full, town, town.amira)
    actions.agree_to_lead(activity, by=town.amira)
    say(full, eva)
    turn_in_rota(town, town.amira)
    for person in (town.nora, town.amira):
        Person.objects.filter(pk=person.pk).update(family_name="Zorrow")

    protect(town.amira)

    for reader, names in {
        eva: [("gathering_show", full.pk)],
        town.jurgita: [
            ("gathering_show", full.pk),
            ("gathering_organise", full.pk),
            ("gathering_reach", full.pk),
            ("gathering_tasks", full.pk),
            ("programme_show", full.pk),
            ("activity_change", activity.pk),
            ("bring_list", full.pk),
            ("tag_sheet", full.pk),
            ("letter_list", full.pk),
            ("rota_show", town.first.pk),
            ("answers_csv", full.pk),
        ],
    }.items():
        for name, key in names:
            shown = as_(reader).get(page(name, key))
            assert shown.status_code == 200, name
            assert not {"Nora", "Amira", "Zorrow"} & set(re.findall(r"\w+", shown.content.decode())), name


def turn_in_rota(town, person):
    actions.draw_rota(town.first, by=town.jurgita)
    turn = Turn.objects.get(household=person.household)
    actions.ask_home(turn, by=town.jurgita)
    turn.refresh_from_db()
    actions.answer_turn(turn, by=person, is_accepted=True)


# Names, in what is written once the invitation is out


def test_a_name_in_the_programme_or_on_the_list_is_pointed_out(town, bonfire):
    contact = as_(town.jurgita)
    row = {"title": "Cakes from Nora", "minutes": "20", "leader": "", "led_by": ""}
    added = contact.post(page("programme_show", bonfire.pk), row, follow=True)
    activity = bonfire.activities.get()
    changed = contact.post(page("activity_change", activity.pk), row | {"title": "Cakes by Nora"}, follow=True)
    item = {"kind": "thing", "title": "Cups from Nora", "wanted": "1"}
    listed = contact.post(page("bring_list", bonfire.pk), item, follow=True)

    for answered in (added, changed, listed):
        assert "Is a child named? Look at these words, and write them another way: Nora" in text(answered)

    plain_words = contact.post(page("programme_show", bonfire.pk), row | {"title": "Cakes"}, follow=True)
    assert "Is a child named" not in text(plain_words)


# Turns


def accepted(town, person):
    turn_in_rota(town, person)
    return Turn.objects.get(household=person.household)


def test_while_the_time_is_asked_about_no_turn_begins(town):
    turn = accepted(town, town.amira)
    walk = make.poll(town.first, by=town.jurgita)
    Turn.objects.filter(pk=turn.pk).update(half=half_around(walk))

    begin_turns()
    assert not Helper.objects.exists()

    actions.fix_time(walk, by=town.jurgita, time=walk.poll.times.first(), sure=True)
    begin_turns()
    assert Helper.objects.get().person == town.amira


def test_a_turn_that_has_begun_does_not_begin_again(town, bonfire):
    turn = accepted(town, town.amira)
    actions.begin_turn(turn, by=the_portal(), gathering=bonfire)

    with pytest.raises(NotNow):
        actions.begin_turn(turn, by=the_portal(), gathering=make.gathering(town.first, by=town.jurgita))

    assert Helper.objects.count() == 1


def test_when_the_gathering_is_cancelled_the_turn_may_be_passed_or_moved(town, bonfire):
    turn = accepted(town, town.amira)
    actions.begin_turn(turn, by=the_portal(), gathering=bonfire)
    assert not turns_on_page(town.first, town.amira).may_pass
    actions.cancel_gathering(bonfire, by=town.jurgita, because="Rain")

    assert turns_on_page(town.first, town.amira).may_pass
    actions.move_turn(turn, by=town.jurgita, half=turn.half + 1)
    turn.refresh_from_db()
    actions.ask_home(turn, by=town.jurgita)
    turn.refresh_from_db()
    actions.answer_turn(turn, by=town.amira, is_accepted=False)

    assert Turn.objects.filter(household=town.amira.household, state="passed").exists()


# After


def test_who_waited_last_time_has_not_stayed_away(town, full):
    say(full, town.amira)
    begun = timezone.now() - timedelta(days=30)
    times = {"answer_by": begun - timedelta(days=2), "starts_at": begun, "ends_at": begun + timedelta(hours=2)}
    Gathering.objects.filter(pk=full.pk).update(**times)
    now = make.published(town.first, by=town.jurgita)
    for person in (town.amira, town.ben):
        say(now, person, "no")

    found = list_to_reach(board_of(now, town.jurgita), town.jurgita, may_print=True).rows

    assert {one.row.household_id for one in found if one.need == "absent"} == {town.ben.household_id}


def test_nobody_is_looked_for_to_lead_what_is_cancelled(town, bonfire):
    say(bonfire, town.amira)
    activity = lead(bonfire, town, town.amira)
    actions.give_activity_back(activity, by=town.amira)
    notice = Notice(kind="networks.activity_given_back", recipient=town.jurgita)
    notice.subject = Activity.objects.get()
    assert KINDS[notice.kind].wanted(notice)

    actions.cancel_gathering(bonfire, by=town.jurgita, because="Rain")

    notice.subject = Activity.objects.get()
    assert not KINDS[notice.kind].wanted(notice)


# Changed, for a home that no message reaches


def moved_on(gathering, by, hours=2, **changes):
    gathering.refresh_from_db()
    later = timedelta(hours=hours)
    times = {"starts_at": gathering.starts_at + later, "ends_at": gathering.ends_at + later}
    return actions.change_gathering(gathering, by=by, **fields(gathering, **times, **changes))


@pytest.mark.parametrize("has_letter", [False, True])
@pytest.mark.parametrize(("said", "is_told"), [("yes", True), ("maybe", True), ("no", False)])
def test_a_home_on_paper_that_comes_gets_a_letter_when_it_is_changed(town, noon, dark, odd, said, is_told, has_letter):
    walk = make.published(town.first, by=town.jurgita)
    if has_letter:
        actions.print_letters(walk, by=odd)
    noon.shift(timedelta(minutes=5))
    actions.answer_by_office(walk, by=odd, household=dark.household, answer=said)
    noon.shift(timedelta(minutes=5))
    with pytest.raises(actions.NothingToPrint):
        actions.print_letters(walk, by=odd)

    moved_on(walk, town.jurgita)
    noon.shift(timedelta(minutes=5))

    assert [one.unprinted for one in on_paper([town.school.pk])] == [int(is_told)]
    assert ("The gathering has changed since" in text(as_(odd).get(page("letter_list", walk.pk)))) is is_told
    if is_told:
        assert len(actions.print_letters(walk, by=odd)) == 1
        assert [one.unprinted for one in on_paper([town.school.pk])] == [0]
    noon.shift(timedelta(minutes=5))
    with pytest.raises(actions.NothingToPrint):
        actions.print_letters(walk, by=odd)


# What is typed


def hostile_to(town, bonfire, odd):
    fund = actions.open_fund(
        town.first, by=town.jurgita, one=town.jurgita, other=town.amira, elected_on=timezone.localdate()
    )
    return {
        ("programme_show", bonfire.pk): (town.jurgita, {"title": "Quiz", "minutes": "20"}),
        ("bring_list", bonfire.pk): (town.jurgita, {"kind": "thing", "title": "Cups", "wanted": "1"}),
        ("bring_lock", bonfire.pk): (town.jurgita, {"given_back_until": "2"}),
        ("fund_row_write", fund.pk): (
            town.jurgita,
            {"kind": "bazaar", "amount": "100", "on": timezone.localdate(), "what": "waffles"},
        ),
        ("fund_hand_over", fund.pk): (
            town.jurgita,
            {"one": town.amira.pk, "other": town.ben.pk, "elected_on": timezone.localdate()},
        ),
        ("birthday_rule", town.first.pk): (town.jurgita, {"circle": "class", "ceiling": "100"}),
        ("birthday_invite", town.first.pk): (
            town.amira,
            {
                "child": town.nora.pk,
                "day": timezone.localdate() + timedelta(days=9),
                "begins": "15:00",
                "ends": "17:00",
                "answer_on": timezone.localdate() + timedelta(days=5),
                "place": "the gym",
            },
        ),
        ("poll_draft", town.first.pk): (town.jurgita, typed_poll()),
        ("faith_day_list",): (
            odd,
            {"day": timezone.localdate(), "name": "Id", "tradition": "Islam", "source": "A calendar"},
        ),
    }


@pytest.mark.parametrize(
    "typed", ["\x00", "🔥" * 3000, "1e9", "-1", "9999-12-31", "0001-01-01", str(10**30), "=1+1", ""]
)
def test_nothing_that_is_typed_into_any_field_breaks_a_page(town, bonfire, odd, typed):
    for (name, *keys), (person, values) in hostile_to(town, bonfire, odd).items():
        browser = as_(person)
        for field in values:
            answered = browser.post(page(name, *keys), values | {field: typed})
            assert answered.status_code in (200, 302), (name, field)


@pytest.mark.parametrize(("day_before", "begins", "ends"), [(date(2027, 3, 27), "02:50", "03:10")])
def test_a_birthday_on_the_night_when_the_clock_changes_is_refused_in_the_right_words(town, day_before, begins, ends):
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=ZoneInfo("Europe/Oslo")), tick=False):
        night = day_before + timedelta(days=1)
        values = {"child": town.nora.pk, "day": night, "begins": begins, "ends": ends, "answer_on": day_before}
        sent = as_(town.amira).post(page("birthday_invite", town.first.pk), values | {"place": "the gym"})

    assert "ends after it starts" in text(sent)
    assert not Birthday.objects.exists()


@pytest.mark.parametrize(("said", "is_said"), [("yes", True), ("", True), ("no", False)])
def test_whoever_cancels_reads_that_no_message_reaches_a_home(town, bonfire, dark, odd, said, is_said):
    if said:
        actions.answer_by_office(bonfire, by=odd, household=dark.household, answer=said)

    done = as_(town.jurgita).post(page("gathering_cancel", bonfire.pk), {"because": "Rain"}, follow=True)

    assert ("No message reaches 1 family" in text(done)) is is_said


def test_the_office_finds_where_a_home_is_to_be_told(town, full, dark, odd):
    actions.answer_by_office(full, by=odd, household=dark.household, answer="yes")
    say(full, town.jurgita, "no")
    actions.offer_turns(full, by=the_portal())

    assert "Tell 1 family that there is room for it" in text(as_(odd).get(page("letters_due")))


# Keys of others


def test_a_key_of_elsewhere_opens_and_changes_nothing(town, bonfire, odd):
    school = make.school("Elsewhere")
    far = make.school_class("1X", at=school)
    child, adult = make.family(far, pupil_name="Kaja", adult_name="Else", family_name="Far")
    make.role(adult, "class_contact", far)
    theirs = make.published(far, by=adult)
    walk, other = make.poll(town.first, by=town.jurgita), make.poll(far, by=adult)
    activity = actions.add_activity(theirs, by=adult, title="Quiz", minutes=20, led_by=adult)
    item = actions.add_item(theirs, by=adult, kind="thing", title="Cups", wanted=1)
    actions.draw_rota(far, by=adult)
    turn = Turn.objects.get(household=adult.household)
    birthday = invite(SimpleNamespace(first=far, nora=child, amira=adult))
    own, before = town.jurgita, traces()

    for person, name, keys, sent in (
        (own, "poll_fix", [walk.pk], {"time": other.poll.times.first().pk, "sure": "on"}),
        (own, "poll_fix", [other.pk], {"time": other.poll.times.first().pk}),
        (town.amira, "poll_show", [walk.pk], {"time": other.poll.times.first().pk, "suits": "yes"}),
        (town.amira, "gathering_show", [bonfire.pk], {"take": item.pk}),
        (town.amira, "gathering_show", [bonfire.pk], {"lead": activity.pk}),
        (own, "activity_change", [activity.pk], {"title": "Mine", "minutes": "5"}),
        (own, "activity_move", [activity.pk], {"up": "1"}),
        (own, "activity_remove", [activity.pk], {}),
        (own, "item_remove", [item.pk], {}),
        (own, "programme_show", [bonfire.pk], {"title": "Quiz", "minutes": "5", "led_by": adult.pk}),
        (own, "turn_ask", [turn.pk], {}),
        (own, "turn_move", [turn.pk], {"half": turn.half + 1}),
        (own, "turn_answer", [turn.pk], {"said": "take"}),
        (own, "rota_draw", [far.pk], {}),
        (own, "birthday_show", [birthday.pk], {"answer": "yes"}),
        (own, "birthday_call_off", [birthday.pk], {}),
        (own, "birthday_rule", [far.pk], {"circle": "grade"}),
        (town.amira, "quarter_join", [town.first.pk], {"child": child.pk}),
        (town.amira, "quarter_join", [town.first.pk], {"child": town.iver.pk}),
        (odd, "letters_print", [theirs.pk], {}),
        (odd, "letter_print", [bonfire.pk, adult.household_id], {}),
        (odd, "office_answer", [bonfire.pk, adult.household_id], {"answer": "yes"}),
        (odd, "office_answer", [theirs.pk, adult.household_id], {"answer": "yes"}),
        (odd, "faith_day_remove", [school.pk, 1], {}),
        (own, "answers_csv", [theirs.pk], {}),
    ):
        answered = as_(person).post(page(name, *keys), sent)
        assert answered.status_code in (200, 302, 403, 404, 405), name
        assert traces() == before, name


def traces():
    """What of all this is stored, row by row."""
    kinds = (
        Rsvp,
        Place,
        Activity,
        Turn,
        PollAnswer,
        PollTime,
        BirthdayAnswer,
        ClassFund,
        Birthday,
        QuarterChild,
        PrintedLetter,
        Poll,
    )
    return [list(kind.objects.order_by("pk").values_list()) for kind in kinds]


# Pressed twice


def test_what_is_pressed_twice_stands_there_once(town, bonfire):
    contact = as_(town.jurgita)
    game = icebreakers_for(town.first.grades)[0]
    fund = actions.open_fund(
        town.first, by=town.jurgita, one=town.jurgita, other=town.amira, elected_on=timezone.localdate()
    )
    row = {"kind": "bazaar", "amount": "100", "on": timezone.localdate(), "what": "waffles"}
    for _press in range(2):
        contact.post(page("icebreaker_take", bonfire.pk), {"icebreaker": game.key})
        contact.post(page("fund_row_write", fund.pk), row)
    contact.post(page("fund_row_write", fund.pk), row | {"amount": "200"})

    assert bonfire.activities.count() == 1
    assert sorted(fund.rows.values_list("amount", flat=True)) == [10_000, 20_000]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_the_same_row_at_once_one_stands(town):
    fund = actions.open_fund(
        town.first, by=town.jurgita, one=town.jurgita, other=town.amira, elected_on=timezone.localdate()
    )
    row = {"kind": "bazaar", "amount": 100, "on": timezone.localdate(), "what": "waffles", "receipt": ""}
    told = []

    def write():
        actions.write_fund_row(ClassFund.objects.get(), by=town.jurgita, **row, not_names=[])

    with transaction.atomic():
        write()
        second = in_a_thread(told, write)
    second.join(10)

    assert told == ["yes"]
    assert fund.rows.count() == 1


def test_who_says_no_and_then_yes_before_the_letter_leaves_is_asked_to_lead(town, bonfire):
    say(bonfire, town.amira)
    lead(bonfire, town, town.amira)
    say(bonfire, town.amira, "no")
    remind()
    assert not Notice.objects.filter(kind="networks.activity_asked").exists()

    say(bonfire, town.amira)
    remind()

    assert Notice.objects.get(kind="networks.activity_asked").recipient == town.amira
