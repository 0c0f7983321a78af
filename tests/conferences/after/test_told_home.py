"""What the teachers of the subjects write goes home with the summary, as it was when it was shared."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from conferences import actions
from conferences.after.letters import summary_letter
from conferences.after.queries.summaries import seen_as, told_home
from conferences.models import Conference, ConferenceSummary, DraftMoved, Subject, SubjectInput
from portal.people.models import Role
from tests import make
from tests.ground import once
from tests.pages import address, markup

OLD, NEW = "Leser lange bøker", "Leser korte dikt"


@pytest.fixture(autouse=True)
def _reads_english(client):
    client.cookies["django_language"] = "en"


@once
def per(school_class):
    return make.holder(Role.Kind.SUBJECT_TEACHER, school_class, "Per", "Regn")


@once
def norsk(school):
    return Subject.objects.create(school=school, name="Norsk", grades=[3])


@once
def held(conference):
    Conference.objects.filter(pk=conference.pk).update(state="held", ended_at=timezone.now())
    conference.refresh_from_db()
    return conference


def write(pupil, subject, text, *, by, school_class):
    actions.write_subject(school_class, by=by, subject=subject, texts=[(pupil, text)])


@once
def draft(held, teacher, per, norsk, nora, school_class):
    write(nora, norsk, OLD, by=per, school_class=school_class)
    return actions.write_summary(held, by=teacher, words={"home_support": "Les sammen"})


def share(draft, teacher):
    actions.share_summary(draft, by=teacher, token=seen_as(draft, told_home(draft.conference)))
    draft.refresh_from_db()
    return draft


def test_the_family_reads_each_subject_on_the_page_and_on_paper(client, draft, teacher, amina, yusuf):
    share(draft, teacher)
    for home in (amina, yusuf):
        client.force_login(home)
        shown = markup(client.get(address("conferences", "summary_show", draft.conference_id)))
        assert OLD in shown
        assert "Norsk" in shown
    parts = {part["heading"]: part["items"] for part in summary_letter(draft, draft.agreed_actions.all())["parts"]}
    assert parts["Subject by subject"] == [f"Norsk: {OLD}"]


def test_the_teacher_looks_at_it_before_sharing_and_shares_what_was_looked_at(
    client, draft, teacher, per, norsk, nora, school_class
):
    client.force_login(teacher)
    path = address("conferences", "summary_share", draft.conference_id)
    seen = client.get(path)
    assert OLD in markup(seen)
    token = seen.context["form"]["token"].value()
    write(nora, norsk, NEW, by=per, school_class=school_class)
    with pytest.raises(DraftMoved):
        actions.share_summary(draft, by=teacher, token=token)
    client.post(path, {"token": token})
    assert not ConferenceSummary.objects.shared().exists()
    client.post(path, {"token": client.get(path).context["form"]["token"].value()})
    assert ConferenceSummary.objects.shared().get().subjects[0]["text"] == NEW


def test_what_went_home_stays_as_it_was(client, draft, teacher, amina, per, norsk, nora, school_class):
    share(draft, teacher)
    write(nora, norsk, NEW, by=per, school_class=school_class)
    client.force_login(amina)
    assert OLD in markup(client.get(address("conferences", "summary_show", draft.conference_id)))
    with pytest.raises(IntegrityError), transaction.atomic():
        ConferenceSummary.objects.filter(pk=draft.pk).update(subjects=[])
    again = share(actions.correct_summary(draft, by=teacher, because="Norsk"), teacher)
    assert again.subjects[0]["text"] == NEW


def test_no_word_of_another_child_school_or_year_goes_along(draft, teacher, per, norsk, school_class):
    other = make.pupil("Ola", in_class=school_class)
    write(other, norsk, "Om Ola", by=per, school_class=school_class)
    elsewhere = Subject.objects.create(school=make.school("Haug skole", within=None), name="Musikk", grades=[3])
    SubjectInput.objects.create(
        year=school_class.year, pupil=draft.conference.pupil, subject=elsewhere, text="Fra Haug", by=per
    )
    assert [one["text"] for one in told_home(draft.conference)] == [OLD]


def test_an_extra_talk_takes_no_subjects_home(draft, teacher):
    assert told_home(Conference(pupil=draft.conference.pupil, school_class=draft.conference.school_class)) == []
