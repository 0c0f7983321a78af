"""Whatever of a conference two may have open at once: the second is told whose version it would replace, and may."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone, translation

from conferences import actions
from conferences.forms.rounds import SettingForm
from conferences.models import (
    ConferenceSetting,
    Participant,
    Preparation,
    PupilTalk,
    SubjectInput,
    TimeRequest,
    TimeWish,
)
from conferences.queries.settings import setting_of
from conferences.views.rounds import _settings
from portal.actions import refusals_as
from portal.people.models import AddressProtection
from portal.people.overtaken import Shown
from tests import make
from tests.conferences.after.test_summaries import held, shared
from tests.ground import once
from tests.pages import address, markup
from tests.threads import in_a_thread
from tests.windows import NOT_YET, second_is_told, typed, window

page = partial(address, "conferences")

pytestmark = pytest.mark.django_db


@once
def deputy(school):
    return make.holder("office", school, "Olav", "Kontor")


@once
def omar(nora, amina):
    return make.guardian("Omar", "Warsame", of=nora, household=amina.household)


def again(row):
    return type(row).objects.get(pk=row.pk)


# The school and its rounds


def test_how_the_school_holds_conferences(school, principal, deputy):
    told = second_is_told(
        page("setting_edit"),
        window(principal),
        window(deputy),
        {"minutes": "25"},
        {"notice_days": "10"},
        stored=lambda: ConferenceSetting.objects.values_list("minutes", "notice_days").get(),
    )
    assert "Gro Leder has saved something else meanwhile" in told
    assert "<dd>25</dd>" in told


def test_a_round(round, principal, deputy):
    told = second_is_told(
        page("round_edit", round.pk),
        window(principal),
        window(deputy),
        {"title": "Autumn talks"},
        {"title": "Talks of the autumn"},
        stored=lambda: again(round).title,
    )
    assert "<dd>Autumn talks</dd>" in told
    assert "Gro Leder" in told


def test_a_subject_and_a_tip(school, principal, deputy):
    subject = actions.add_subject(school, by=principal, name="Maths", grades=[3])
    words = {"title": "Read", "how": "Aloud", "why": "It helps", "first_grade": 1, "last_grade": 3}
    tip = actions.add_tip(school, by=principal, **words, subject=subject)
    told = second_is_told(
        page("subject_edit", subject.pk),
        window(principal),
        window(deputy),
        {"grades": ["3", "4"]},
        {"name": "Numbers"},
        stored=lambda: (again(subject).name, again(subject).grades),
    )
    assert "<dd>3, 4</dd>" in told
    told = second_is_told(
        page("tip_edit", tip.pk),
        window(principal),
        window(principal),
        {"subject": ""},
        {"how": "Together"},
        stored=lambda: (again(tip).how, again(tip).subject_id),
    )
    assert "<dd>Nothing</dd>" in told


# Those who hold the talk


def test_who_came(conference, teacher, amina, nora, slot):
    make.booked(conference, by=amina, at=slot)
    with time_machine.travel(conference.time.starts_at, tick=False):
        told = second_is_told(
            page("talk_attend", conference.pk),
            window(teacher),
            window(teacher),
            {"came": [amina.pk]},
            {"came": [amina.pk, nora.pk]},
            stored=lambda: Participant.objects.filter(came=True).count(),
        )
    assert "You have saved something else in another window" in told
    assert "<dd>Amina Warsame</dd>" in told


def test_nobody_came_does_not_replace_who_came_unseen(conference, teacher, amina, slot):
    make.booked(conference, by=amina, at=slot)
    path = page("talk_attend", conference.pk)
    with time_machine.travel(conference.time.starts_at, tick=False):
        client = window(teacher)
        seen = typed(client.get(path))["seen"]
        press = {"everyone": "on", "seen": seen}
        assert [client.post(path, press).status_code for _press in range(2)] == [302, 302]
        told = client.post(path, {"nobody": "on", "seen": seen})
        assert NOT_YET in markup(told)
        assert Participant.objects.filter(came=True).exists()
        assert '<input type="hidden" name="nobody" id="id_nobody">' in markup(told)  # not pressed by who saves the rest
        assert client.post(path, {"nobody": "on", "seen": typed(told)["seen"]}).status_code == 302
    assert not Participant.objects.filter(came=True).exists()


def test_whether_a_talk_is_needed(conference, teacher):
    second_is_told(
        page("talk_wanted", conference.pk),
        window(teacher),
        window(teacher),
        {"wanted_note": "Do come"},
        {"wanted_note": "You need not come"},
        stored=lambda: again(conference).wanted_note,
    )


def test_what_a_teacher_writes_of_a_class(conference, school, school_class, teacher, nora):
    subject = actions.add_subject(school, by=make.holder("principal", school, "Eva"), name="Maths", grades=[3])
    second_is_told(
        page("subject_write", school_class.pk, subject.pk),
        window(teacher),
        window(teacher),
        {f"pupil_{nora.pk}": "Counts well"},
        {f"pupil_{nora.pk}": "Counts"},
        stored=lambda: SubjectInput.objects.values_list("text", flat=True).first(),
    )


def test_the_talk_with_the_pupil(conference, teacher):
    second_is_told(
        page("pupil_talk", conference.pk),
        window(teacher),
        window(teacher),
        {"notes": "Likes to build"},
        {"notes": "Likes to draw"},
        stored=lambda: PupilTalk.objects.values_list("notes", flat=True).first(),
    )


# The home


def test_how_the_talk_is_held(conference, amina, omar, slot):
    make.booked(conference, by=amina, at=slot)
    told = second_is_told(
        page("conference_show", conference.pk),
        window(amina),
        window(omar),
        {"note": "By phone, please"},
        {"note": "At school, please"},
        stored=lambda: again(conference).time.note,
    )
    assert "Amina Warsame has saved something else meanwhile" in told


def test_what_one_did_not_change_replaces_nothing(conference, amina, omar, slot):
    make.booked(conference, by=amina, at=slot)
    path, one, other = page("conference_show", conference.pk), window(amina), window(omar)
    here, there = typed(one.get(path)), typed(other.get(path))
    one.post(path, {**here, "mode": "phone"})
    told = other.post(path, {**there, "mode": "phone", "note": "After work"})
    assert told.status_code == 302
    assert (again(conference).time.mode, again(conference).time.note) == ("phone", "After work")


def test_when_a_home_can_come(conference, amina, omar, yusuf):
    path = page("none_fit", conference.pk)
    told = second_is_told(
        path,
        window(amina),
        window(omar),
        {"text": "After five"},
        {"text": "Before eight"},
        stored=lambda: TimeRequest.objects.values_list("text", flat=True).first(),
    )
    assert "Amina Warsame" in told
    alone = window(yusuf)
    assert alone.post(path, {**typed(alone.get(path)), "text": "Any time"}).status_code == 302


def test_the_other_home_is_neither_named_nor_in_the_way(conference, amina, omar, yusuf):
    """What the two homes say lies beside each other; the newest event about the talk may be the other home's."""
    path, one, other, elsewhere = page("none_fit", conference.pk), window(amina), window(omar), window(yusuf)
    here, there, theirs = typed(one.get(path)), typed(other.get(path)), typed(elsewhere.get(path))
    one.post(path, {**here, "text": "After five"})
    assert elsewhere.post(path, {**theirs, "text": "In the morning"}).status_code == 302
    told = markup(other.post(path, {**there, "text": "Before eight"}))
    assert "Amina Warsame has saved" in told
    assert "Yusuf" not in told
    assert "In the morning" not in told


def test_what_suits_a_home(conference, round, amina, omar):
    type(round).objects.update(
        wishes_by=timezone.now() + timedelta(days=1), opens_at=timezone.now() + timedelta(days=2)
    )
    told = second_is_told(
        page("wish_edit", round.pk),
        window(amina),
        window(omar),
        {"note": "I work nights"},
        {"note": "We work nights"},
        stored=lambda: TimeWish.objects.values_list("note", flat=True).first(),
    )
    assert "Amina Warsame" in told


def test_what_a_home_prepares_and_shares(conference, amina, omar):
    told = second_is_told(
        f"{page('prepare', conference.pk)}?step=2",
        window(amina),
        window(omar),
        {"proud": "She reads"},
        {"proud": "She sings"},
        stored=lambda: Preparation.objects.values_list("proud", flat=True).first(),
    )
    assert "<dd>She reads</dd>" in told
    actions.save_preparation(conference, by=amina, hard="Fractions")
    told = second_is_told(
        page("prepare_share", conference.pk),
        window(amina),
        window(omar),
        {"shares": ["proud"]},
        {"shares": ["hard"]},
        stored=lambda: Preparation.objects.get().shares,
    )
    assert "What are we proud of?</dd>" in told


def test_a_comment_on_a_summary(conference, teacher, amina):
    summary = shared(held(conference), teacher)
    second_is_told(
        page("summary_answer", summary.pk),
        window(amina),
        window(amina),
        {"comment": "Not quite"},
        {"comment": "Quite"},
        stored=lambda: summary.answers.values_list("comment", flat=True).first(),
    )


def test_a_protected_colleague_is_not_named(school, principal, deputy):
    AddressProtection.objects.create(person=principal, grade="strict", valid_from=timezone.localdate())
    path, one, other = page("setting_edit"), window(principal), window(deputy)
    here, there = typed(one.get(path)), typed(other.get(path))
    one.post(path, {**here, "minutes": "25"})
    told = markup(other.post(path, {**there, "minutes": "30"}))
    assert "Somebody else has saved something else meanwhile" in told
    assert "Leder" not in told


# Two at once


@pytest.mark.django_db(transaction=True)
def test_it_is_looked_at_under_the_lock(school, principal, deputy):
    """The second has been read and found right while the first is not done yet; it waits, and is told."""
    first, second, told = _setting_form(school, minutes=25), _setting_form(school, minutes=30), []

    def press():
        with translation.override("en"), refusals_as(second):
            actions.change_setting(school, by=deputy, **second.cleaned_data)

    with transaction.atomic():
        with refusals_as(first):
            actions.change_setting(school, by=principal, **first.cleaned_data)
        waiting = in_a_thread(told, press)
        waiting.join(1)
        assert waiting.is_alive()
    waiting.join(30)
    assert ConferenceSetting.objects.get().minutes == 25
    assert "Gro Leder has saved something else meanwhile" in second.errors["__all__"][0]
    assert [text for _label, text in second.theirs] == ["25"]
    press()
    assert ConferenceSetting.objects.get().minutes == 30


def _setting_form(school, **changes):
    """The form as sent from a page opened just now."""
    shown = Shown(school, _settings, about=setting_of)
    opened = SettingForm(label="Plan", shown=shown)
    values = {name: opened[name].value() for name in opened.fields if opened[name].value() is not False}
    form = SettingForm({**values, **changes}, label="Plan", shown=shown)
    assert form.is_valid()
    return form
