"""Law: what the teacher and the pupil say alone, and what the pupil keeps, is on no page that a guardian can open."""

from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse

from conferences import actions, urls
from conferences.models import Subject
from tests import make
from tests.ground import once

NOTES, KEPT = "hemmelige notater", "hemmelig for alle"
OWN_WORDS = "jeg vil ha mer matte"
OTHERS = ["home", "people:profile", "people:directory", "people:child_list", "messaging:message_list"]


@once
def told(conference, nora, teacher, school, round, amina, yusuf, slot):
    """Everything that exists before a talk, with the plan, both homes' parts, the pupil's own, and the talk alone."""
    today = school.today()
    nora.born_on = today.replace(year=today.year - 13, day=1)
    nora.save()
    booked = make.booked(conference, by=amina, at=slot)
    actions.note_pupil_talk(
        booked, by=teacher, held_on=today - timedelta(days=1), wellbeing="hard", notes=NOTES, own_words=OWN_WORDS
    )
    actions.save_own_part(booked, by=nora, proud="stolt", kept=KEPT)
    actions.share_own_part(booked, by=nora, shares=["proud"], home_may_read=True)
    actions.add_plan(booked, by=teacher, url="https://example.org/plan")
    actions.send_plans(round, by=teacher)
    Subject.objects.create(school=school, name="Norsk", grades=[3])
    return booked


def addresses(conference, round, school_class, plan):
    found = [reverse(name) for name in OTHERS]
    for pattern in urls.urlpatterns:
        for keys in ([], [conference.pk], [round.pk], [school_class.pk], [plan.pk], [school_class.pk, 1]):
            try:
                found.append(reverse(f"conferences:{pattern.name}", args=keys))
            except NoReverseMatch:
                continue
    return dict.fromkeys(found)


@pytest.mark.parametrize("who", ["amina", "yusuf", "class contact", "office", "principal"])
def test_no_page_of_anybody_but_the_two_has_the_notes(
    client, told, round, school, school_class, amina, yusuf, principal, who
):
    """C14a: pupil talks: the notes, and what the child keeps, are on no page that a guardian can open."""
    people = {"amina": amina, "yusuf": yusuf, "principal": principal}
    makers = {"class contact": ("class_contact", school_class), "office": ("office", school)}
    person = people.get(who) or make.holder(*makers[who])
    client.force_login(person)
    opened = 0
    for address in addresses(told, round, school_class, told.plans.get()):
        answer = client.get(address, follow=True)
        opened += answer.status_code == 200
        shown = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for secret in (NOTES, KEPT, OWN_WORDS):
            assert secret.encode() not in shown, address
    assert opened > 5


def test_the_pupil_opens_only_the_own_pages(client, told, nora, round, school_class):
    client.force_login(nora)
    opened = {
        address
        for address in addresses(told, round, school_class, told.plans.get())
        if client.get(address).status_code == 200
    }
    own = ("conference_show", "prepare_pupil", "prepare_share")
    wanted = {reverse(f"conferences:{name}", args=[told.pk]) for name in own}
    assert wanted | {"/", reverse("conferences:conference_list")} <= opened
    for name in ("round_list", "subject_list", "room_list", "setting_edit"):
        assert reverse(f"conferences:{name}") not in opened
    for name in ("prepare", "pupil_talk", "talk_show", "plan_add", "none_fit"):
        assert reverse(f"conferences:{name}", args=[told.pk]) not in opened
    for name in ("plan_list", "family_book", "round_show"):
        assert reverse(f"conferences:{name}", args=[round.pk]) not in opened


def test_the_pupil_of_eleven_opens_nothing(client, told, nora, school):
    nora.born_on = school.today().replace(year=school.today().year - 11, day=1)
    nora.save()
    client.force_login(nora)
    for name in ("conference_show", "prepare_pupil", "prepare_share"):
        assert client.get(reverse(f"conferences:{name}", args=[told.pk])).status_code in (403, 404)
