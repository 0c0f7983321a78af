"""The school's tips for help at home, each with how and why, and those that a family is given."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from conferences import actions
from conferences.after.letters import summary_letter
from conferences.after.queries.tips import new_to, tips_of, tips_to_choose
from conferences.after.starting_tips import STARTING_TIPS
from conferences.models import ConferenceSummary, NotNow, NotShareable, Subject, Tip
from portal.ledger.models import Event
from portal.people.models import Role
from tests import make
from tests.conferences.after.test_summaries import held, shared, words, written
from tests.conferences.after.test_summary_pages import sign_in, typed
from tests.ground import once
from tests.pages import address, markup

page = partial(address, "conferences")

READ = {
    "title": "Read aloud",
    "how": "Ten minutes, four evenings a week.",
    "why": "Little and often helps.",
    "first_grade": 1,
    "last_grade": 4,
}


def sent(**details):
    return {**READ, "subject": "", **details}


@once
def norsk(school):
    return Subject.objects.create(school=school, name="Norsk", grades=[3])


@once
def tip(school, teacher):
    return actions.add_tip(school, by=teacher, **READ)


@pytest.fixture
def browser(client, teacher):
    sign_in(client, teacher)
    return client


# The school's list


def test_add_tip_records(school, teacher, norsk):
    tip = actions.add_tip(school, by=teacher, subject=norsk, **READ)
    assert (tip.subject, tip.written_by) == (norsk, teacher)
    assert Event.objects.filter(verb="conferences.tip_added", by=teacher.pk).exists()


@pytest.mark.parametrize("kind", [Role.Kind.PRINCIPAL, Role.Kind.OFFICE])
def test_the_leaders_and_the_office_keep_all_tips(school, tip, kind):
    leader = make.holder(kind, school)
    actions.change_tip(tip, by=leader, **{**READ, "title": "Read together"})
    actions.retire_tip(tip, by=leader)
    assert not Tip.objects.live().exists()


def test_a_teacher_keeps_the_own_tips_only(tip, teacher, school_class):
    other = make.holder(Role.Kind.SUBJECT_TEACHER, school_class)
    assert actions.add_tip.may(other, tip.school)
    with pytest.raises(PermissionDenied):
        actions.change_tip(tip, by=other, **READ)
    with pytest.raises(PermissionDenied):
        actions.retire_tip(tip, by=other)
    actions.change_tip(tip, by=teacher, **{**READ, "how": "Every evening."})
    tip.refresh_from_db()
    assert tip.how == "Every evening."


def test_add_tip_denies_families_the_board_and_other_schools(school, amina, school_class):
    elsewhere = make.school("Elsewhere")
    others = [
        amina,
        make.holder(Role.Kind.CLASS_CONTACT, school_class),
        make.holder(Role.Kind.BOARD_MEMBER, school),
        make.holder(Role.Kind.PRINCIPAL, elsewhere),
        make.holder(Role.Kind.CONTACT_TEACHER, make.school_class("1A", at=elsewhere)),
    ]
    for person in others:
        with pytest.raises(PermissionDenied):
            actions.add_tip(school, by=person, **READ)


def test_a_tip_is_about_a_subject_of_its_own_school(school, teacher, tip):
    foreign = Subject.objects.create(school=make.school("Elsewhere"), name="Norsk")
    for act, subject in ((actions.add_tip, school), (actions.change_tip, tip)):
        with pytest.raises(PermissionDenied):
            act(subject, by=teacher, subject=foreign, **{**READ, "title": "Other"})


def test_add_tip_refuses_a_second_with_the_title_until_the_first_is_retired(school, teacher, tip):
    with pytest.raises(NotNow, match="this title"):
        actions.add_tip(school, by=teacher, **READ)
    actions.retire_tip(tip, by=teacher)
    assert actions.add_tip(school, by=teacher, **READ).pk != tip.pk


def test_change_and_retire_refuse_what_is_off_the_list(tip, teacher):
    actions.retire_tip(tip, by=teacher)
    with pytest.raises(NotNow, match="meanwhile"):
        actions.change_tip(tip, by=teacher, **READ)
    with pytest.raises(NotNow, match="meanwhile"):
        actions.retire_tip(tip, by=teacher)


@pytest.mark.parametrize("missing", ["title", "how", "why"])
@pytest.mark.parametrize("left", ["", "  \n"])
def test_the_database_refuses_a_tip_without_how_or_why(school, teacher, missing, left):
    """C18: parents know why and how they can help: no tip is saved without both."""
    with pytest.raises(IntegrityError, match="tip_says_how_and_why"), transaction.atomic():
        actions.add_tip(school, by=teacher, **{**READ, missing: left})


@pytest.mark.parametrize(("first", "last"), [(0, 4), (5, 4), (1, 11)])
def test_the_database_refuses_grades_that_are_none(school, teacher, first, last):
    with pytest.raises(IntegrityError, match="tip_is_for_some_grade"), transaction.atomic():
        actions.add_tip(school, by=teacher, **{**READ, "first_grade": first, "last_grade": last})


def test_begin_tips_records_and_leaves_alone_what_is_there(school, principal, teacher, norsk):
    one = STARTING_TIPS[0]
    school.language_form = "en"  # as the texts are written here
    own = actions.add_tip(school, by=teacher, **{**READ, "title": str(one.title)})
    assert actions.begin_tips(school, by=principal) == len(STARTING_TIPS) - 1
    own.refresh_from_db()
    assert own.how == READ["how"]
    assert Tip.objects.filter(school=school, subject=norsk).count() == 1
    assert Event.objects.filter(verb="conferences.tips_begun").exists()


def test_begin_tips_does_not_bring_back_what_was_retired(school, principal):
    actions.begin_tips(school, by=principal)
    actions.retire_tip(Tip.objects.first(), by=principal)
    assert new_to(school) == []
    assert actions.begin_tips(school, by=principal) == 0


def test_begin_tips_denies_teachers_and_other_schools(school, teacher):
    for person in (teacher, make.holder(Role.Kind.PRINCIPAL, make.school("Elsewhere"))):
        with pytest.raises(PermissionDenied):
            actions.begin_tips(school, by=person)


def test_every_starting_tip_says_how_and_why(db):
    assert 8 <= len(STARTING_TIPS) <= 10
    for one in STARTING_TIPS:
        assert one.how.strip()
        assert one.why.strip()
        assert len(one.title) <= 80
        assert max(len(one.how), len(one.why)) <= 300


def test_the_list_is_narrowed_by_subject_and_grade(school, teacher, tip, norsk):
    maths = Subject.objects.create(school=school, name="Matematikk")
    about = actions.add_tip(
        school, by=teacher, subject=maths, title="Cook", how="Measure.", why="Real.", first_grade=3, last_grade=6
    )
    assert tips_of(school, teacher) == [about, tip]
    assert tips_of(school, teacher, subject=norsk) == [tip]
    assert tips_of(school, teacher, grade=6) == [about]
    assert tips_of(school, teacher, subject=maths, grade=3) == [about, tip]


# The pages of the list


def test_a_teacher_writes_changes_and_retires_a_tip(browser, school, norsk):
    listed = page("tip_list")
    assert "The list is empty" in markup(browser.get(listed))
    answer = browser.post(page("tip_add"), sent(subject=norsk.pk), follow=True)
    assert "Little and often helps." in markup(answer)
    assert "Norsk" in markup(answer)
    tip = Tip.objects.get()
    assert READ["how"] in markup(browser.get(page("tip_edit", tip.pk)))
    browser.post(page("tip_edit", tip.pk), sent(why="Every word counts."))
    tip.refresh_from_db()
    assert (tip.why, tip.subject) == ("Every word counts.", None)
    assert "off the list" in markup(browser.post(page("tip_retire", tip.pk), follow=True))
    assert browser.get(page("tip_edit", tip.pk)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"how": " "}, "Fill in: How to help"),
        ({"why": ""}, "Fill in: Why it helps"),
        ({"why": "x" * 401}, "Nothing is lost"),
        ({"first_grade": 5, "last_grade": 2}, "the same grade or a higher one"),
    ],
)
def test_what_is_missing_is_asked_about_and_all_is_kept(browser, wrong, said):
    answer = markup(browser.post(page("tip_add"), sent(**wrong)))
    assert said in answer
    assert "Read aloud" in answer
    assert not Tip.objects.exists()


def test_a_title_twice_is_told_in_words(browser, tip):
    assert "already has a tip" in markup(browser.post(page("tip_add"), sent()))


def test_the_principal_takes_over_the_starting_set_with_one_button(client, principal, school):
    sign_in(client, principal)
    assert "Take them over" in markup(client.get(page("tip_list")))
    answer = markup(client.post(page("tips_begin") + f"?school={school.pk}", follow=True))
    assert "10 tips are on the list" in answer
    assert "Take them over" not in answer


def test_a_teacher_is_not_asked_to_begin_and_changes_own_tips_only(browser, tip, principal, school):
    theirs = actions.add_tip(school, by=principal, **{**READ, "title": "Sleep"})
    listed = markup(browser.get(page("tip_list")))
    assert "Take them over" not in listed
    assert page("tip_edit", tip.pk) in listed
    assert page("tip_edit", theirs.pk) not in listed
    assert browser.get(page("tip_edit", theirs.pk)).status_code == 403


@pytest.mark.parametrize("limits", ["?subject=&grade=9", "?subject=x&grade=x", "?grade=99999999999", "?school=0"])
def test_limits_that_mean_nothing_limit_nothing(browser, tip, limits):
    answer = browser.get(page("tip_list") + limits)
    assert answer.status_code == 200
    assert ("Read aloud" in markup(answer)) is ("grade=9" not in limits or "999" in limits)


@pytest.mark.parametrize("number", [3, 30])
def test_the_list_takes_the_same_queries(browser, school, teacher, norsk, number, django_assert_num_queries):
    for place in range(number):
        actions.add_tip(school, by=teacher, subject=norsk, **{**READ, "title": f"Tip {place}"})
    browser.get(page("tip_list"))
    with django_assert_num_queries(8):
        browser.get(page("tip_list"))


# What a family is given


def test_a_tip_that_is_chosen_is_copied_into_the_draft(browser, conference, tip):
    held(conference)
    writing = page("summary_write", conference.pk)
    assert READ["why"] in markup(browser.get(writing))
    browser.post(writing, typed(tips=[tip.pk], home_support=""))
    assert ConferenceSummary.objects.get().tips == [tip.as_given()]
    assert f'value="{tip.pk}" checked' in markup(browser.get(writing))


def test_a_shared_tip_does_not_change_with_the_list(conference, teacher, tip):
    summary = shared(held(conference), teacher, tips=[tip], words=words(home_support=""))
    given = summary.tips
    actions.change_tip(tip, by=teacher, **{**READ, "title": "Other", "how": "Else.", "why": "Because."})
    actions.retire_tip(tip, by=teacher)
    summary.refresh_from_db()
    assert summary.tips == given == [{"tip": tip.pk, "title": "Read aloud", "how": READ["how"], "why": READ["why"]}]
    with pytest.raises(IntegrityError), transaction.atomic():
        ConferenceSummary.objects.filter(pk=summary.pk).update(tips=[])


def test_a_corrected_version_keeps_the_tip_as_the_family_has_it(conference, teacher, tip):
    summary = shared(held(conference), teacher, tips=[tip])
    actions.change_tip(tip, by=teacher, **{**READ, "how": "Else."})
    actions.retire_tip(tip, by=teacher)
    draft = actions.correct_summary(summary, by=teacher, because="The date")
    assert [one.how for one in tips_to_choose(conference, draft)] == [READ["how"]]
    again = written(conference, teacher, token=draft.token, tips=tips_to_choose(conference, draft))
    assert again.tips == summary.tips


def test_a_tip_is_a_word_on_how_to_help(conference, teacher, tip):
    draft = written(held(conference), teacher, words=words(home_support=""))
    with pytest.raises(NotShareable, match="help at home"):
        actions.share_summary(draft, by=teacher, token=draft.token)
    draft = written(conference, teacher, token=draft.token, tips=[tip], words=words(home_support=""))
    actions.share_summary(draft, by=teacher, token=draft.token)


def test_the_family_reads_the_tip_on_the_page_and_on_paper(client, conference, teacher, amina, tip):
    """C18: parents know why and how they can help: both stand where the family reads."""
    summary = shared(held(conference), teacher, tips=[tip], words=words(home_support=""))
    sign_in(client, amina)
    read = markup(client.get(page("summary_show", conference.pk)))
    assert all(READ[name] in read for name in ("title", "how", "why"))
    paper = summary_letter(summary, [])["parts"][-1]["items"]
    assert paper == ["Read aloud. Ten minutes, four evenings a week. Little and often helps."]


def test_four_tips_are_too_many(browser, school, teacher, conference):
    many = [actions.add_tip(school, by=teacher, **{**READ, "title": f"Tip {place}"}) for place in range(4)]
    answer = markup(browser.post(page("summary_write", conference.pk), typed(tips=[tip.pk for tip in many])))
    assert "Choose at most three tips" in answer
    assert "I like to build." in answer
    with pytest.raises(NotShareable, match="three tips"):
        written(conference, teacher, tips=many)
    draft = ConferenceSummary.objects.get()
    assert draft.tips == []
    written(conference, teacher, tips=many[:3], token=draft.token)
    with pytest.raises(IntegrityError, match="three_tips_at_most"), transaction.atomic():
        ConferenceSummary.objects.filter(pk=draft.pk).update(tips=[tip.as_given() for tip in many])


def test_a_tip_and_no_help_needed_cannot_both_be_said(browser, conference, tip):
    sent = typed(tips=[tip.pk], home_support="", no_home_support="on")
    assert "one of the two ticks" in markup(browser.post(page("summary_write", conference.pk), sent))


def test_a_tip_of_another_school_or_another_grade_cannot_be_chosen(browser, conference, teacher, tip):
    elsewhere = make.school("Elsewhere")
    foreign = actions.add_tip(elsewhere, by=make.holder(Role.Kind.PRINCIPAL, elsewhere), **READ)
    older = actions.add_tip(tip.school, by=teacher, **{**READ, "title": "Plan", "first_grade": 8, "last_grade": 10})
    for one in (foreign, older):
        token = getattr(ConferenceSummary.objects.first(), "token", "")
        answer = markup(browser.post(page("summary_write", conference.pk), typed(token=token, tips=[one.pk])))
        assert "taken off the list" in answer
        assert "I like to build." in answer
    with pytest.raises(PermissionDenied):
        written(conference, teacher, tips=[foreign])
    assert ConferenceSummary.objects.get().tips == []


def test_a_draft_that_moved_shows_the_tips_of_the_other(browser, conference, teacher, tip):
    written(held(conference), teacher, tips=[tip])
    answer = browser.post(page("summary_write", conference.pk), typed())
    assert answer.status_code == 409
    assert "Read aloud" in markup(answer).split("What Anne Bjørnstad has saved")[1].split("</dl>")[0]


def test_a_fault_takes_nothing_away_that_was_saved(browser, conference, school, teacher):
    writing = page("summary_write", conference.pk)
    tips = [actions.add_tip(school, by=teacher, **(READ | {"title": f"Tip {n}"})) for n in range(4)]
    browser.post(writing, typed(academic="Before", tips=[tips[0].pk]))
    token = ConferenceSummary.objects.get().token
    wrong = {"academic": "a" * 4001, "tips": [tip.pk for tip in tips], "social": "After"}
    html = browser.post(writing, typed(token=token, **wrong)).content.decode()
    assert "at most 4000 characters" in html
    draft = ConferenceSummary.objects.get()
    assert (draft.academic, draft.social) == ("Before", "After")
    assert [given["title"] for given in draft.tips] == ["Tip 0"]
