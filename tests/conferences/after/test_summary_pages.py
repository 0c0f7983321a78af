"""The pages of the summary, as each person meets them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.models import AgreedAction, ConferenceSummary, Feedback, SummaryAnswer
from portal.ledger.models import Event
from tests import make
from tests.conferences.after.test_summaries import agreed, goal, held, shared, words, written
from tests.ground import once

HOSTILE = '<script>alert("1")</script> {{ 7*7 }} \u202eevil 🔥'


def url(name, *args):
    return reverse(f"conferences:{name}", args=args)


def sign_in(client, person):
    person.language = "en"
    person.save()
    client.force_login(person)


def typed(conference=None, token="", **details):
    sent = {
        "token": token,
        "child_words": "I like to build.",
        "academic": "",
        "social": "",
        "personal": "",
        "home_support": "Read together.",
        "goals-TOTAL_FORMS": "3",
        "goals-INITIAL_FORMS": "0",
        "goals-0-text": "Read aloud",
        "goals-0-kind": "academic",
        "agreed-TOTAL_FORMS": "3",
        "agreed-INITIAL_FORMS": "0",
        "agreed-0-what": "Read ten minutes",
        "agreed-0-owner": "home",
        "agreed-0-who": "Amina and Nora",
        "agreed-0-how_often": "",
        "agreed-0-due_on": str(timezone.localdate() + timedelta(days=30)),
        "draft": "1",
    }
    return {**sent, **details}


@pytest.fixture
def browser(client, teacher):
    sign_in(client, teacher)
    return client


@once
def summary(conference, teacher):
    return shared(held(conference), teacher)


# Writing


def test_the_draft_is_saved_and_comes_back(browser, conference):
    page = url("summary_write", conference.pk)
    assert "child says" in browser.get(page).content.decode()
    assert browser.post(page, typed()).status_code == 302
    html = browser.get(page).content.decode()
    assert "Amina and Nora" in html
    assert html.index("I like to build.") < html.index("Read aloud") < html.index("Read ten minutes")
    assert not ConferenceSummary.objects.get().is_shared


def test_the_childs_words_come_first(browser, conference):
    html = browser.get(url("summary_write", conference.pk)).content.decode()
    places = [html.index(f'name="{name}"') for name in ("child_words", "academic", "social", "personal")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("field", "asked"),
    [("who", "Who does it? Write a name"), ("due_on", "Until when? Choose a date"), ("owner", "Choose who does it")],
)
def test_an_agreement_that_is_not_concrete_is_asked_about_and_all_is_kept(browser, conference, field, asked):
    """B6: agreements are concrete: who or when is asked for, and nothing that was written is lost."""
    answer = browser.post(url("summary_write", conference.pk), typed(academic="Long text", **{f"agreed-0-{field}": ""}))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert asked in html
    assert "Long text" in html
    assert "Read ten minutes" in html
    assert "Everything that you have written is still here" in html
    assert not AgreedAction.objects.exists()


def test_what_has_no_fault_is_saved_beside_what_has(browser, conference):
    page = url("summary_write", conference.pk)
    half = {"agreed-1-what": "Somebody calls", "goals-1-seen_by": "We see it", "look": "1"}
    html = browser.post(page, typed(academic="Long text", **half)).content.decode()
    assert "Saved, but for this" in html
    assert "Somebody calls" in html
    draft = ConferenceSummary.objects.get()
    assert draft.academic == "Long text"
    assert [row.what for row in draft.agreed_actions.all()] == ["Read ten minutes"]
    assert [row.text for row in draft.focus_points.all()] == ["Read aloud"]
    assert f'value="{draft.token}"' in html

    whole = {"agreed-1-owner": "school", "agreed-1-who": "Anne", "agreed-1-due_on": str(timezone.localdate())}
    assert (
        browser.post(
            page, typed(token=draft.token, academic="Long text", **half, **whole, **{"goals-1-text": "Add"})
        ).status_code
        == 302
    )
    assert AgreedAction.objects.count() == 2


def test_a_fault_and_a_colleague_who_was_faster_are_both_said(browser, conference):
    page = url("summary_write", conference.pk)
    browser.post(page, typed(academic="Theirs"))
    answer = browser.post(page, typed(academic="a" * 4001, social="Mine"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "at most 4000 characters" in html
    assert "Theirs" in html
    assert "Saved, but for this" not in html
    assert ConferenceSummary.objects.get().social == ""


def test_fifty_thousand_characters_are_refused_in_words_and_kept(browser, conference):
    text = "a" * 50_000
    html = browser.post(url("summary_write", conference.pk), typed(academic=text)).content.decode()
    assert "at most 4000 characters" in html
    assert "You have written 50000" in html
    assert text in html
    assert ConferenceSummary.objects.get().academic == ""


def test_the_browser_is_not_told_to_cut_a_text(browser, conference):
    assert "maxlength" not in browser.get(url("summary_write", conference.pk)).content.decode()


def test_a_page_that_is_stale_shows_both_texts_and_the_next_save_goes_through(browser, conference, teacher):
    page = url("summary_write", conference.pk)
    browser.post(page, typed())
    answer = browser.post(page, typed(academic="My own words", **{"goals-0-text": "Another goal"}))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "My own words" in html
    assert "Read aloud" in html
    assert "Nothing is lost" in html
    token = ConferenceSummary.objects.get().token
    assert token in html
    browser.post(page, typed(token=token, academic="My own words"))
    assert ConferenceSummary.objects.get().academic == "My own words"


def test_a_page_that_is_open_while_it_is_shared_keeps_what_was_typed(browser, conference, teacher):
    draft = written(held(conference), teacher)
    actions.share_summary(draft, by=teacher, token=draft.token)
    answer = browser.post(url("summary_write", conference.pk), typed(token=draft.token, academic="My own words"))
    assert answer.status_code == 409
    assert "My own words" in answer.content.decode()


@pytest.mark.parametrize("rows", ["900", ""])
def test_rows_that_the_page_does_not_have_are_refused_in_words(browser, conference, rows):
    answer = browser.post(url("summary_write", conference.pk), typed(**{"goals-TOTAL_FORMS": rows}))
    assert answer.status_code == 200
    assert "Not saved yet" in answer.content.decode()
    assert not ConferenceSummary.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"goals-0-kind": "forged"},
        {"agreed-0-owner": "forged"},
        {"agreed-0-due_on": "31.31.2026"},
        {"agreed-0-due_on": "2999-01-01"},
        {"child_words": "a\x00b"},
        {"no_home_support": "on"},
    ],
)
def test_a_broken_form_is_answered_in_words(browser, conference, broken):
    answer = browser.post(url("summary_write", conference.pk), typed(social="Kept", **broken))
    assert answer.status_code == 200
    assert "Saved, but for this" in answer.content.decode()
    draft = ConferenceSummary.objects.get()
    assert draft.social == "Kept"
    assert not draft.no_home_support
    written = [draft.child_words != "", draft.focus_points.exists(), draft.agreed_actions.exists()]
    assert written.count(False) == (0 if "no_home_support" in broken else 1)


def test_hostile_text_is_text(browser, conference, amina, client):
    hostile = dict.fromkeys(("child_words", "academic", "social", "personal", "home_support"), HOSTILE)
    hostile |= {f"agreed-0-{name}": HOSTILE for name in ("what", "who", "how_often")} | {"goals-0-text": HOSTILE}
    held(conference)
    browser.post(url("summary_write", conference.pk), typed(**hostile))
    draft = ConferenceSummary.objects.get()
    for page in ("summary_write", "summary_share"):
        assert "<script>alert" not in browser.get(url(page, conference.pk)).content.decode()
    browser.post(url("summary_share", conference.pk), {"token": draft.token})
    sign_in(client, amina)
    html = client.get(url("summary_show", conference.pk)).content.decode()
    assert "&lt;script&gt;" in html
    assert "<script>alert" not in html
    assert "{{ 7*7 }}" in html
    assert client.get(url("summary_file", draft.pk)).content.startswith(b"%PDF")


def test_a_warning_does_not_block(browser, conference, school_class):
    make.family(school_class, pupil_name="Iver", family_name="Nordlie")
    held(conference)
    browser.post(url("summary_write", conference.pk), typed(social="Iver Nordlie has ADHD"))
    for page in ("summary_write", "summary_share"):
        html = browser.get(url(page, conference.pk)).content.decode()
        assert "Iver Nordlie" in html
        assert "This may be about a diagnosis" in html
        assert "case files" in html
    draft = ConferenceSummary.objects.get()
    assert browser.post(url("summary_share", conference.pk), {"token": draft.token}).status_code == 302
    assert ConferenceSummary.objects.get().is_shared


def test_last_time_is_marked_on_top(browser, summary, school_class, nora, teacher):
    """B5: how it went with last time's goals is the first question."""
    spring = make.conference(make.round(school_class, title="Spring"), nora, teacher)
    page = url("summary_write", spring.pk)
    html = browser.get(page).content.decode()
    assert html.index("Begin with last time") < html.index('name="child_words"')
    row, promised = summary.focus_points.get(), summary.agreed_actions.get()
    marks = {f"goal_{row.pk}": "reached", f"note_{row.pk}": "Three friends", f"agreed_{promised.pk}": "partly"}
    assert browser.post(page, typed(**marks)).status_code == 302
    assert summary.focus_points.get().progress == "reached"
    assert summary.agreed_actions.get().status == "partly"
    assert "Three friends" in browser.get(page).content.decode()


# Sharing


def test_the_preview_says_who_reads_it_and_sharing_is_an_act_of_its_own(browser, conference, teacher, amina, yusuf):
    held(conference)
    answer = browser.post(url("summary_write", conference.pk), typed(look="1"))
    assert answer.url == url("summary_share", conference.pk)
    html = browser.get(answer.url).content.decode()
    assert "Amina Warsame" in html
    assert "Yusuf Warsame" in html
    assert not ConferenceSummary.objects.get().is_shared
    browser.post(answer.url, {"token": ConferenceSummary.objects.get().token})
    assert ConferenceSummary.objects.get().is_shared


def test_the_preview_leaves_out_a_restricted_guardian(browser, conference, teacher, amina, yusuf, nora):
    make.restricted(yusuf, nora)
    written(held(conference), teacher)
    assert "Yusuf" not in browser.get(url("summary_share", conference.pk)).content.decode()


def test_sharing_without_how_to_help_at_home_is_refused_in_words(browser, conference, teacher):
    draft = written(held(conference), teacher, words=words(home_support=""))
    page = url("summary_share", conference.pk)
    answer = browser.post(page, {"token": draft.token}, follow=True)
    assert "Write how the family can help at home" in answer.content.decode()
    assert not ConferenceSummary.objects.get().is_shared


def test_sharing_what_was_changed_after_the_preview_is_refused(browser, conference, teacher):
    draft = written(held(conference), teacher)
    token = draft.token
    written(conference, teacher, token=token)
    answer = browser.post(url("summary_share", conference.pk), {"token": token}, follow=True)
    assert "changed after you looked" in answer.content.decode()


# Reading


def test_the_family_reads_it_and_that_is_written_down(client, summary, amina, conference):
    sign_in(client, amina)
    html = client.get(url("summary_show", conference.pk)).content.decode()
    for text in (
        "I like to build.",
        "Read a short text aloud",
        "Read together",
        "Let her choose the book.",
        "Is this right?",
    ):
        assert text in html
    assert Event.objects.filter(verb="conferences.summary_opened", by=amina.pk).count() == 1
    client.head(url("summary_show", conference.pk))
    assert Event.objects.filter(verb="conferences.summary_opened").count() == 1


def test_a_principal_reads_with_a_record_and_the_office_sees_no_words(client, summary, principal, school, conference):
    sign_in(client, principal)
    assert client.get(url("summary_show", conference.pk)).status_code == 200
    assert Event.objects.filter(verb="conferences.summary_opened", by=principal.pk).exists()
    sign_in(client, make.holder("office", school))
    assert client.get(url("summary_show", conference.pk)).status_code == 404
    assert client.get(url("summary_file", summary.pk)).status_code == 404


def test_class_contact_restricted_guardian_and_strangers_find_nothing(
    client, summary, school_class, nora, yusuf, conference, school
):
    make.restricted(yusuf, nora)
    agreement = summary.agreed_actions.get()
    for person in (
        yusuf,
        make.holder("class_contact", school_class),
        make.holder("board_member", school),
        make.family(school_class, pupil_name="Iver")[1],
    ):
        sign_in(client, person)
        for name in ("summary_show", "feedback_give"):
            assert client.get(url(name, conference.pk)).status_code == 404
        assert client.get(url("summary_answer", summary.pk)).status_code == 404
        assert client.post(url("agreement_status", agreement.pk), {"status": "kept"}).status_code == 404
        assert client.get(url("summary_write", conference.pk)).status_code == 403


@pytest.mark.parametrize(("years", "status"), [(11, 404), (12, 200)])
def test_a_pupil_reads_from_12(client, summary, nora, conference, years, status):
    nora.born_on = timezone.localdate() - timedelta(days=years * 365 + years // 4 + 2)
    nora.save()
    sign_in(client, nora)
    assert client.get(url("summary_show", conference.pk)).status_code == status


def test_a_draft_is_not_found_by_the_family_or_the_principal(client, conference, teacher, amina, principal):
    written(conference, teacher)
    for person in (amina, principal):
        sign_in(client, person)
        assert client.get(url("summary_show", conference.pk)).status_code == 404


def test_an_old_version_is_found_by_those_who_had_it(client, summary, conference, teacher, amina, yusuf):
    sign_in(client, amina)
    client.get(url("summary_show", conference.pk))
    draft = actions.correct_summary(summary, by=teacher, because="The date was wrong")
    actions.share_summary(draft, by=teacher, token=draft.token)
    html = client.get(url("summary_show", conference.pk)).content.decode()
    assert "The date was wrong" in html
    assert "A newer version" in client.get(url("summary_show", conference.pk) + "?version=1").content.decode()
    sign_in(client, yusuf)
    assert client.get(url("summary_show", conference.pk) + "?version=1").status_code == 404
    assert client.get(url("summary_file", summary.pk)).status_code == 404
    for forged in ("0", "x", "-1", "9" * 400):
        assert client.get(url("summary_show", conference.pk), {"version": forged}).status_code == 404


def test_one_tap_confirms_and_a_comment_is_answered(client, summary, amina, yusuf, teacher, conference):
    sign_in(client, amina)
    answer = client.post(url("summary_answer", summary.pk), {"agrees": "1"}, follow=True)
    assert "You have said that this is right" in answer.content.decode()
    assert "What is missing?" in client.post(url("summary_answer", summary.pk), {"comment": ""}).content.decode()
    client.post(url("summary_answer", summary.pk), {"comment": "It was Tuesday"})
    comment = SummaryAnswer.objects.get()
    sign_in(client, yusuf)
    assert "It was Tuesday" not in client.get(url("summary_show", conference.pk)).content.decode()
    sign_in(client, teacher)
    assert "It was Tuesday" in client.get(url("summary_show", conference.pk)).content.decode()
    client.post(url("summary_reply", comment.pk), {"reply": "You are right"})
    sign_in(client, amina)
    assert "You are right" in client.get(url("summary_show", conference.pk)).content.decode()


def test_how_it_went_is_one_tap(client, summary, amina, teacher, conference):
    agreement = summary.agreed_actions.get()
    sign_in(client, amina)
    assert "How did it go?" in client.get(url("summary_show", conference.pk)).content.decode()
    client.post(url("agreement_status", agreement.pk), {"status": "kept"})
    client.post(url("agreement_status", agreement.pk), {"status": "forged"})
    assert AgreedAction.objects.get().status == "kept"
    sign_in(client, teacher)
    assert "How did it go?" not in client.get(url("summary_show", conference.pk)).content.decode()
    assert client.post(url("agreement_status", agreement.pk), {"status": "open"}).status_code == 403


def test_two_questions_are_answered_once(client, conference, amina):
    page = url("feedback_give", conference.pk)
    sign_in(client, amina)
    assert "nothing to answer now" in client.get(page).content.decode()
    held(conference)
    assert "Choose an answer" in client.post(page, {"heard": "5"}).content.decode()
    assert client.post(page, {"heard": "5", "useful": "9"}).status_code == 200
    assert client.post(page, {"heard": "5", "useful": "4"}).status_code == 302
    assert "nothing to answer now" in client.post(page, {"heard": "1", "useful": "1"}).content.decode()
    assert Feedback.objects.get().heard == 5


def test_the_teacher_starts_a_correction_from_the_page(browser, summary, conference):
    empty = browser.post(url("summary_correct", summary.pk), {"because": ""})
    assert "What is corrected?" in empty.content.decode()
    assert ConferenceSummary.objects.count() == 1
    answer = browser.post(url("summary_correct", summary.pk), {"because": "The date"}, follow=True)
    assert "You are correcting" in answer.content.decode()
    again = browser.post(url("summary_correct", summary.pk), {"because": "The name"})
    assert "being written already" in again.content.decode()


# As many rows, as few queries


def rows(conference, teacher, number, school_class):
    many = [agreed(what=f"Thing {place}") for place in range(number)]
    summary = shared(held(conference), teacher, agreements=many, goals=[goal(f"{place}") for place in range(3)])
    for _ in range(number):
        extra = make.conference(make.round(school_class), conference.pupil, teacher)
        later = shared(held(extra), teacher)
        type(conference).objects.filter(pk=extra.pk).update(made_at=timezone.now() - timedelta(days=99))
        with_guardian = make.guardian(of=conference.pupil)
        actions.open_summary(later, by=with_guardian)
        actions.answer_summary(summary, by=with_guardian, comment="x")
        actions.open_summary(summary, by=with_guardian)
    return summary


@pytest.mark.parametrize("number", [1, 8])
@pytest.mark.parametrize(("who", "queries"), [("teacher", 11), ("amina", 12), ("principal", 12)])
def test_the_page_takes_the_same_few_queries(
    client, conference, teacher, amina, principal, school_class, number, who, queries, django_assert_num_queries
):
    """Twelve, and one for a leader's menu; two more begin and end the record of who has read it."""
    summary = rows(conference, teacher, number, school_class)
    for _ in range(number):
        summary = actions.correct_summary(summary, by=teacher, because="The date")
        actions.share_summary(summary, by=teacher, token=summary.token)
        summary.refresh_from_db()
    sign_in(client, {"teacher": teacher, "amina": amina, "principal": principal}[who])
    client.get(url("summary_show", conference.pk))
    with django_assert_num_queries(queries + 2):
        page = client.get(url("summary_show", conference.pk)).context["page"]
    assert len(page.versions) == (1 if who == "amina" else number + 1)
    assert len(page.agreements) == number


@pytest.mark.parametrize("number", [2, 8])
def test_the_draft_takes_the_same_queries(client, conference, teacher, school_class, number, django_assert_num_queries):
    written(held(conference), teacher, agreements=[agreed(what=f"Thing {place}") for place in range(number)])
    for place in range(number):
        make.pupil(f"Barn{place}", in_class=school_class)
    sign_in(client, teacher)
    client.get(url("summary_write", conference.pk))
    with django_assert_num_queries(13):
        client.get(url("summary_write", conference.pk))
