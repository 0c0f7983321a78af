"""The pages of a hearing: one tap, more words, what is refused with all that was typed, and many rows in few queries."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.ledger.tasks import sweep
from portal.messaging.models import Notice
from portal.people.models import Household
from principles import actions as texts
from principles.hearings import actions
from principles.hearings.models import Answer, Hearing, Theme
from principles.life.actions import move_version
from principles.models import Clause, Lineage
from principles.moves import State
from tests import make
from tests.principles.hearings.conftest import answer, over, prepare, today

MOST = 17  # queries of a page, where all four voices are asked
LONG = "Jeg synes, at det er for kort. " * 129


def url(name, *args, **query):
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"principles:{name}", args=args) + (f"?{asked}" if asked else "")


def enter(client, person):
    """In English."""
    type(person).objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)


def test_one_tap_is_saved(client, hearing, people):
    enter(client, people.ada)
    page = client.get(url("hearing_show", hearing.pk))
    assert "0 of 4 answered" in page.text

    told = client.post(url("hearing_answer", hearing.pk, 2), {"verdict": "fine", "as": "home"})

    assert told.url.endswith("#clause-2")
    assert Answer.objects.get().verdict == "fine"
    assert "1 of 4 answered" in client.get(url("hearing_show", hearing.pk)).text


def test_a_tap_for_a_change_leads_to_where_it_is_written_and_keeps_what_was(client, hearing, people):
    enter(client, people.ada)
    told = client.post(url("hearing_answer", hearing.pk, 2), {"verdict": "change"}, follow=True)
    assert "suggestion" in told.text

    client.post(url("hearing_answer", hearing.pk, 2), {"verdict": "change", "text": "For kort", "suggestion": ""})
    client.post(url("hearing_answer", hearing.pk, 2), {"verdict": "unsure"})
    assert (Answer.objects.get().text, Answer.objects.get().verdict) == ("For kort", "unsure")


def test_words_that_seem_to_name_somebody_are_asked_about_before_the_board_reads_them(client, hearing, people):
    enter(client, people.ada)
    at = url("hearing_answer", hearing.pk, 2)
    typed = {"verdict": "change", "text": "Som hos Nora Vik.", "suggestion": "Skolen skriver til Nora Vik."}

    asked = client.post(at, typed).text
    assert "These words are no names: Nora Vik" in asked
    assert "The board reads this." in asked
    assert "Som hos Nora Vik." in asked
    assert not Answer.objects.exists()

    client.post(at, {**typed, "nobody": "on"})
    assert Answer.objects.get().text == "Som hos Nora Vik."


def test_words_of_the_point_itself_are_not_asked_about_but_a_part_of_them_is(client, hearing, people):
    enter(client, people.ada)
    typed = {"verdict": "change", "text": "Hvem?", "suggestion": "Engen Skole spørger Nora Vik."}
    Clause.objects.filter(version=hearing.version, number=2).update(text="Engen Skole indkalder.")

    asked = client.post(url("hearing_answer", hearing.pk, 2), typed).text
    also = client.post(url("hearing_answer", hearing.pk, 2), typed | {"text": "Ring til Engen Skol."}).text

    assert "These words are no names: Nora Vik" in asked
    assert "These words are no names: Engen Skol and Nora Vik" in also


def test_a_class_contact_is_asked_how_many_first(client, hearing, people):
    enter(client, people.contact)
    address, voice = url("hearing_answer", hearing.pk, 2), f"class-{people.school_class.pk}"

    assert "you say how many families you asked" in client.get(url("hearing_show", hearing.pk, **{"as": voice})).text
    asked = client.post(address, {"verdict": "fine", "as": voice})
    assert "Nothing is saved yet. Say once how many families you asked" in asked.text
    assert "Error:" not in asked.text
    assert not Answer.objects.exists()
    assert asked.context["form"]["verdict"].value() == "fine"
    client.post(address, {"verdict": "fine", "as": voice, "families": 2, "text": ""})
    assert Answer.objects.get().families == 2
    assert 'name="families" value="2"' in client.get(url("hearing_show", hearing.pk, **{"as": voice})).text


def test_two_wordings_are_chosen_between(client, draft, mette, people):
    hearing = prepare(draft, mette, opens=1)
    enter(client, mette)
    client.post(url("alternative_write", hearing.pk, 2), {"text": "Skolen indkalder to uger før."})
    Hearing.objects.update(opens_on=today())

    enter(client, people.ada)
    assert "Wording B" in client.get(url("hearing_show", hearing.pk)).text
    client.post(url("hearing_answer", hearing.pk, 2), {"verdict": "B"})
    assert (Answer.objects.get().verdict, Answer.objects.get().choice) == ("fine", "B")


def test_a_hearing_closed_a_minute_ago_keeps_the_text_on_the_page(client, hearing, people):
    enter(client, people.ada)
    over(hearing)

    told = client.post(url("hearing_answer", hearing.pk, 2), {"verdict": "change", "text": LONG, "suggestion": "S"})

    assert "not open for answers now" in told.text
    assert LONG.strip() in told.text
    assert not Answer.objects.exists()


def test_a_point_struck_or_reworded_meanwhile_keeps_the_text_on_the_page(client, hearing, people, mette):
    clause = hearing.version.clauses.get(number=2)
    typed = {"verdict": "change", "text": "For kort", "suggestion": "", "words": clause.text, "as": "home"}
    texts.edit_clause(clause, by=mette, text="Skolen indkalder i god tid.", party="school", section=clause.section)
    enter(client, people.ada)

    told = client.post(url("hearing_answer", hearing.pk, 2), typed)
    assert "worded anew" in told.text
    assert "Skolen indkalder i god tid." in told.text
    assert "For kort" in told.text

    texts.remove_clause(clause, by=mette)
    told = client.post(url("hearing_answer", hearing.pk, 2), typed)
    assert "taken out of the text" in told.text
    assert "For kort" in told.text
    assert client.get(url("hearing_answer", hearing.pk, 2)).status_code == 404


def test_the_same_words_are_said_to_be_the_same(client, hearing, people):
    enter(client, people.ada)
    same = "Skolen indkalder mindst en uge før."
    told = client.post(url("hearing_answer", hearing.pk, 2), {"verdict": "change", "text": "x", "suggestion": same})

    assert "the same as the point" in told.text


def test_what_was_answered_is_shown_with_its_words_when_the_point_has_changed(client, hearing, people, mette):
    answer(hearing, people.ada)
    answer(hearing, people.ada, number=3, text="God idé")
    clause = hearing.version.clauses.get(number=2)
    texts.edit_clause(clause, by=mette, text="Skolen indkalder i god tid.", party="school", section=clause.section)
    texts.remove_clause(hearing.version.clauses.get(number=3), by=mette)
    enter(client, people.ada)

    page = client.get(url("hearing_show", hearing.pk)).text

    assert "<del>" in page
    assert "Taken out since you answered" in page
    assert "Læreren sender en plan." in page


def test_what_people_paste_is_text_and_never_html(client, hearing, people, mette):
    answer(hearing, people.ada, text="<script>alert(1)</script><b>x</b>", suggestion="<img src=x>")
    over(hearing)
    enter(client, mette)

    page = client.get(url("answer_list", hearing.pk)).text

    assert "<script>alert" not in page
    assert "<img src" not in page
    assert "&lt;b&gt;x" in page


def test_nobody_reads_an_answer_while_it_is_open(client, hearing, people, mette, karen):
    answer(hearing, people.ada, text="Mine egne ord")
    for person in (mette, karen):
        enter(client, person)
        for name in ("answer_list", "theme_add", "pack_pdf", "pack_xlsx"):
            assert client.get(url(name, hearing.pk)).status_code == 404
        page = client.get(url("hearing_arrange", hearing.pk)).text
        assert "Mine egne ord" not in page
        assert "fewer than five of 4" in page
    client.logout()
    assert client.get(url("hearing_result", hearing.pk)).status_code == 404


def test_one_home_never_sees_the_other(client, hearing, people):
    answer(hearing, people.ada, text="Mine egne ord")
    enter(client, people.bo)

    for address in (url("hearing_show", hearing.pk), url("hearing_answer", hearing.pk, 2)):
        page = client.get(address).text
        assert "Mine egne ord" not in page
        assert "Ada" not in page


def test_the_whole_way_by_the_pages(client, draft, mette, karen, people):
    enter(client, mette)
    key = draft.principle.place_key, draft.principle.slug
    client.post(url("version_move", *key, State.READING))
    assert url("hearing_prepare", *key) in client.get(draft.get_absolute_url()).text
    days = {"opens_on": today(), "closes_on": today() + timedelta(days=8), "reply_on": today() + timedelta(days=20)}
    assert "tick at least one" in client.post(url("hearing_prepare", *key), days).text
    first = draft.sections.first()
    told = client.post(url("hearing_prepare", *key), {**days, f"section_{first.pk}": ["home"]})
    hearing = Hearing.objects.get()
    assert told.url == url("hearing_arrange", hearing.pk)
    enter(client, karen)
    client.post(url("council_name", hearing.pk), {"pupils": [people.pupil.pk]})
    enter(client, mette)
    client.post(url("hearing_edit", hearing.pk), {**days, "reply_on": today() + timedelta(days=30), "lead": "Kort"})
    hearing.refresh_from_db()
    assert (hearing.lead, list(hearing.council.all())) == ("Kort", [people.pupil])

    answer(hearing, people.ada, number=1, text="For kort")
    over(hearing)
    assert "under no theme" in client.post(url("hearing_close", hearing.pk), follow=True).text
    client.post(url("theme_add", hearing.pk), {"title": "Frister"})
    theme = Theme.objects.get()
    assert "Tick at least one" in client.post(url("answer_list", hearing.pk), {"theme": theme.pk}).text
    client.post(url("answer_list", hearing.pk), {"theme": theme.pk, "answers": [Answer.objects.get().key]})
    asked = client.get(url("theme_reply", theme.pk)).text
    assert asked.count("(optional)") == 1  # the wording alone may be left out
    half = client.post(url("theme_reply", theme.pk), {"title": "Frister", "outcome": "taken", "reply": ""})
    assert "Say both" in half.text
    none = {"title": "Frister", "outcome": "not", "reply": "Derfor", "wording": "x"}
    assert "Only what was taken in" in client.post(url("theme_reply", theme.pk), none).text
    client.post(url("theme_reply", theme.pk), {"title": "Frister", "outcome": "taken", "reply": "Gjort", "wording": ""})
    assert client.post(url("theme_remove", theme.pk), follow=True).status_code == 200
    assert Theme.objects.exists()
    client.post(url("hearing_close", hearing.pk))

    client.logout()
    assert "Gjort" in client.get(url("hearing_result", hearing.pk)).text
    assert hearing.version.title in client.get(url("hearing_list", hearing.school.number)).text


@pytest.mark.parametrize(("opens", "said"), [(0, "It is open from today."), (3, "The board gets a link to look at it")])
def test_a_link_to_look_at_it_is_promised_only_before_it_opens(client, draft, mette, opens, said):
    move_version(draft, by=mette, to=State.READING)
    enter(client, mette)
    first = today() + timedelta(days=opens)
    days = {"opens_on": first, "closes_on": first + timedelta(days=8), "reply_on": first + timedelta(days=20)}

    asked = {f"section_{draft.sections.first().pk}": ["home"]}
    told = client.post(
        url("hearing_prepare", draft.principle.place_key, draft.principle.slug), {**days, **asked}, follow=True
    )

    assert said in told.text


def test_it_is_called_off_by_a_button(client, draft, mette):
    hearing = prepare(draft, mette, opens=2)
    enter(client, mette)
    assert "Preview" in client.get(url("hearing_show", hearing.pk)).text
    client.post(url("hearing_call_off", hearing.pk))

    draft.refresh_from_db()
    assert draft.state == State.READING


def test_words_that_seem_to_name_somebody_are_shown_once_more(client, hearing, people, mette):
    theme = actions.add_theme(over(hearing), by=mette, title="Frister")
    enter(client, mette)
    clause = hearing.version.clauses.get(number=2)
    texts.edit_clause(clause, by=mette, text="Her sender Ada Vik en plan.", party="school", section=clause.section)
    typed = {"title": "Frister", "outcome": "taken", "reply": "Gjort", "wording": "her sender Ada Vik en plan."}

    told = client.post(url("theme_reply", theme.pk), typed)
    assert "These words are no names: Ada Vik" in told.text
    assert Theme.objects.get().wording == ""
    assert "These words are no names" in client.post(url("theme_add", hearing.pk), {"title": "Om Ada Vik"}).text

    client.post(url("theme_reply", theme.pk), {**typed, "nobody": "on"})
    assert Theme.objects.get().wording == "her sender Ada Vik en plan."


def test_a_published_reply_is_corrected_and_nobody_is_written_to(client, hearing, people, mette, karen):
    answer(hearing, people.ada)
    theme = actions.add_theme(over(hearing), by=mette, title="Frister")
    actions.reply_to_theme(theme, by=mette, title="Frister", outcome="taken", reply="Som Ada Vik sagde")
    old = {"title": "Frister", "outcome": "not", "reply": "Skrevet før", "wording": ""}
    actions.close_hearing(hearing, by=mette)
    enter(client, mette)
    assert "Something has happened to this hearing" in client.post(url("theme_reply", theme.pk), old).text
    assert "Correct the reply" in client.get(url("theme_reply", theme.pk)).text
    before = Notice.objects.count()

    typed = {"title": "Frister", "reply": "Som en sagde", "wording": "", "corrects": "True"}
    client.post(url("theme_reply", theme.pk), typed)
    sweep()

    told = Notice.objects.filter(kind="principles.hearing_replied").values_list("occasion", flat=True)
    assert (Theme.objects.get().reply, Theme.objects.get().outcome) == ("Som en sagde", "taken")
    assert before == 0
    assert len(told) == 1


def test_two_editors_of_a_reply(client, hearing, people, mette, karen):
    theme = actions.add_theme(over(hearing), by=mette, title="Frister")
    enter(client, karen)
    seen = client.get(url("theme_reply", theme.pk)).context["form"]["seen"].value()
    actions.reply_to_theme(theme, by=mette, title="Frister", outcome="not", reply="Svar fra Mette")

    mine = {"title": "Frister", "outcome": "taken", "reply": "Svar fra Karen", "wording": "", "seen": seen}
    told = client.post(url("theme_reply", theme.pk), mine)

    assert "Svar fra Mette" in told.text
    assert "Svar fra Karen" in told.text
    assert Theme.objects.get().reply == "Svar fra Mette"


def test_a_tap_replaces_no_answer_that_the_home_has_given_meanwhile(client, hearing, people):
    enter(client, people.ada)
    shown = markup_of(client.get(url("hearing_show", hearing.pk)).text)
    kim = make.guardian("Kim", of=people.ada.pupil_relations.get().pupil, household=people.ada.household)
    answer(hearing, kim, verdict="change", text="Fra Kim")

    told = client.post(url("hearing_answer", hearing.pk, 2), {"verdict": "fine", "as": "home", "seen": shown})

    assert "Kim Vik has saved something else" in told.text
    assert "Fra Kim" in told.text
    assert Answer.objects.get().verdict == "change"


def markup_of(page):
    return re.search(r'name="seen" value="([^"]+)"', page.partition('id="clause-2"')[2])[1]


def test_no_two_answers_of_a_home_stand_in_the_order_in_which_they_came(client, hearing, people, mette):
    for home in (people.ada, people.bo, people.siri):
        for number in (2, 3):
            answer(hearing, home, number=number, verdict="change", text="Ord")
    over(hearing)
    enter(client, mette)

    page = client.get(url("answer_list", hearing.pk)).text

    keys = re.findall(r'name="answers" value="([^"]+)"', page)
    given = Answer.objects.order_by("pk")
    assert sorted(keys) == sorted(str(one.key) for one in given)
    assert keys[:3] == sorted(str(one.key) for one in given if one.lineage.number == 2)
    assert not any(f'value="{one.pk}"' in page for one in given)


def test_two_of_a_home_in_two_windows(client, hearing, people):
    enter(client, people.ada)
    seen = client.get(url("hearing_answer", hearing.pk, 2)).context["form"]["seen"].value()
    kim = make.guardian("Kim", of=people.ada.pupil_relations.get().pupil, household=people.ada.household)
    answer(hearing, kim, verdict="change", text="Fra Kim")

    mine = {"verdict": "unsure", "text": "Fra mig", "suggestion": "", "seen": seen}
    told = client.post(url("hearing_answer", hearing.pk, 2), mine)

    assert "Fra Kim" in told.text
    assert "Fra mig" in told.text
    assert Answer.objects.get().text == "Fra Kim"


@pytest.mark.parametrize("count", [3, 300])
def test_a_principle_of_many_points_asks_as_much(count, client, hearing, people, django_assert_max_num_queries):
    section = hearing.version.sections.first()
    Clause.objects.bulk_create(
        Clause(version=hearing.version, section=section, number=n, position=n, party="both", text=f"Punkt {n}.")
        for n in range(5, 5 + count)
    )
    enter(client, people.ada)
    with django_assert_max_num_queries(MOST):
        page = client.get(url("hearing_show", hearing.pk))
    assert f"of {count + 4} answered" in page.text
    assert page.text.count('class="sb-answers"') <= 20


@pytest.mark.parametrize("count", [3, 2000])
def test_two_thousand_long_answers_are_read_page_by_page(
    count, client, hearing, people, mette, django_assert_max_num_queries
):
    lineage = Lineage.objects.get(principle=hearing.version.principle, number=2)
    _many(hearing, lineage, count)
    over(hearing)
    enter(client, mette)

    with django_assert_max_num_queries(MOST):
        page = client.get(url("answer_list", hearing.pk, page=1))
    assert page.text.count("Put this one under a theme") == min(count, 20)
    with django_assert_max_num_queries(MOST):
        client.get(url("hearing_arrange", hearing.pk))


@pytest.mark.parametrize("count", [3, 300])
def test_a_home_reads_its_own_answers_to_many_points_page_by_page(
    count, client, hearing, people, django_assert_max_num_queries
):
    section, by = hearing.version.sections.first(), people.ada
    Clause.objects.bulk_create(
        Clause(version=hearing.version, section=section, number=n, position=n, party="both", text="Punkt.")
        for n in range(5, 5 + count)
    )
    said = {"words": "Punkt.", "stood": section.heading, "voice": "home", "household": by.household, "by": by}
    points = Lineage.objects.filter(principle=hearing.version.principle, number__gte=5)
    Answer.objects.bulk_create(
        Answer(hearing=hearing, lineage=point, verdict="change", text=f"Svar {point.number}!", **said)
        for point in points
    )
    over(hearing)
    hearing.answers.update(theme=Theme.objects.create(hearing=hearing, title="Tid", outcome="taken", reply="Ja."))
    Hearing.objects.filter(pk=hearing.pk).update(closed_at=timezone.now(), homes_asked=9, homes_answered=1)
    path = url("hearing_result", hearing.pk)

    enter(client, people.ada)
    with django_assert_max_num_queries(MOST):
        page = client.get(path)
    assert page.text.count("Svar ") == min(count, 20)
    assert "Svar 5!" in page.text
    last = client.get(path, {"page": 999})
    assert f"Svar {4 + count}!" in last.text
    client.logout()
    with django_assert_max_num_queries(MOST):
        anybody = client.get(path, {"page": 2})
    assert "Svar " not in anybody.text


def _many(hearing, lineage, count):
    """One of each of as many homes."""
    by = make.person("Per")
    homes = Household.objects.bulk_create(Household() for _n in range(count))
    Answer.objects.bulk_create(
        Answer(
            hearing=hearing,
            lineage=lineage,
            words="Skolen indkalder mindst en uge før.",
            stood="Skolens ansvar",
            voice="home",
            household=home,
            by=by,
            verdict="change",
            text=LONG,
        )
        for home in homes
    )
