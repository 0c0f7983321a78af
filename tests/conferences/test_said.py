"""What a home writes on the wish page reaches those whom the page names, and nobody else."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.models import ConferenceRound, Placement, Timetable, TimeWish
from conferences.queries.said import said_about
from portal.people.actions import end_relation
from portal.people.models import Role, the_portal
from tests import make
from tests.ground import once

NOTE = "Nattevakt hele uken"


@once
def office(school):
    return make.holder(Role.Kind.OFFICE, school, "Odd", "Kontor")


@once
def wish(round, conference, amina):
    return TimeWish.objects.create(round=round, household=amina.household, note=NOTE, phone_or_video=True, by=amina)


@once
def timetable(round, conference, principal):
    made = Timetable.objects.create(round=round, asked_by=principal, state="proposed", ended_at=timezone.now())
    Placement.objects.create(timetable=made, conference=conference)
    return made


def finding(conference, round):
    return [
        reverse("conferences:round_unbooked", args=[round.pk]),
        reverse("conferences:talk_show", args=[conference.pk]),
        reverse("conferences:book_behalf", args=[conference.pk]),
        reverse("conferences:times_offer", args=[conference.pk]),
    ]


def planning(timetable):
    return [
        timetable.get_absolute_url(),
        reverse("conferences:placement_move", args=[timetable.placements.get().pk]),
    ]


def body(client, path):
    answer = client.get(path, headers={"Accept-Language": "en"})
    return answer.status_code, answer.content.decode()


def test_leaders_and_office_read_it_wherever_they_find_a_time(
    client, conference, round, wish, timetable, slot, principal, office
):
    for person in (principal, office):
        client.force_login(person)
        for path in finding(conference, round) + planning(timetable):
            status, shown = body(client, path)
            assert status == 200, path
            assert NOTE in shown, path


def test_a_teacher_sees_phone_or_video_and_never_the_note(client, conference, round, wish, slot, teacher):
    wish.cannot_move = True
    wish.save()
    (home,) = said_about([conference], teacher)[conference.pk]
    assert (home.who, home.phone_or_video, home.cannot_move, home.note) == ("Amina", True, False, "")
    client.force_login(teacher)
    for path in finding(conference, round):
        status, shown = body(client, path)
        assert status == 200
        assert NOTE not in shown


def test_each_home_is_named_beside_its_own_words(conference, round, wish, amina, yusuf, principal):
    TimeWish.objects.create(round=round, household=yusuf.household, note="Helst tidlig", by=yusuf)
    said = {home.who: home.note for home in said_about([conference], principal)[conference.pk]}
    assert said == {"Amina": NOTE, "Yusuf": "Helst tidlig"}
    own = actions.ask_separate(conference, by=yusuf)
    assert [home.who for home in said_about([own], principal)[own.pk]] == ["Yusuf"]


def test_the_page_says_who_sees_it(client, conference, round, amina):
    later = timezone.now() + timedelta(days=2)
    ConferenceRound.objects.filter(pk=round.pk).update(opens_at=later, wishes_by=later - timedelta(days=1))
    amina.language = "en"
    amina.save()
    client.force_login(amina)
    _status, shown = body(client, reverse("conferences:wish_edit", args=[round.pk]))
    assert "Teachers see which times suit you and whether you can talk by phone or video, not what you write" in shown


def test_a_leader_who_is_the_other_home_reads_nothing(client, conference, round, wish, timetable, yusuf, school):
    make.role(yusuf, Role.Kind.PRINCIPAL, school)
    assert not TimeWish.objects.visible_to(yusuf).exists()
    assert said_about([conference], yusuf) == {}
    client.force_login(yusuf)
    for path in [reverse("conferences:round_unbooked", args=[round.pk]), timetable.get_absolute_url()]:
        assert NOTE not in body(client, path)[1]


def test_nor_through_a_half_sibling_whose_talk_the_leader_leads(conference, round, wish, amina, yusuf, teacher, school):
    half = make.pupil("Sara", "Warsame", in_class=conference.school_class)
    make.confirmed(amina, half)
    talk = make.conference(round, half, teacher)
    make.role(yusuf, Role.Kind.PRINCIPAL, school)
    assert said_about([talk], yusuf) == {}


def test_nor_a_leader_who_must_know_nothing_of_one_of_the_children(conference, round, wish, amina, teacher, principal):
    other = make.pupil("Sara", "Warsame", in_class=conference.school_class)
    make.confirmed(amina, other)
    talk = make.conference(round, other, teacher)
    make.restricted(principal, conference.pupil)
    assert said_about([conference, talk], principal) == {}
    assert not TimeWish.objects.visible_to(principal).exists()


def test_nor_anybody_once_the_guardian_is_no_longer_one(conference, wish, amina, principal):
    assert said_about([conference], principal)
    end_relation(amina.pupil_relations.get(), by=the_portal())
    assert said_about([conference], principal) == {}
