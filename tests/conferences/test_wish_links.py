"""A letter that asks for something leads there without signing in, and what it opens shows nobody else's words."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.test import Client
from django.utils import timezone

from conferences import actions
from conferences.models import ConferenceRound, TimeWish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice, PersonalLink
from portal.messaging.tasks import remind
from portal.people.models import AddressProtection
from tests import make
from tests.conferences.test_notices import hear
from tests.ground import once
from tests.pages import as_, text


@once
def early(round):
    later = timezone.now() + timedelta(days=2)
    ConferenceRound.objects.filter(pk=round.pk).update(opens_at=later, wishes_by=later - timedelta(days=1))
    round.refresh_from_db()
    return round


@once
def link(conference, amina, yusuf, early):
    amina.language = "en"
    amina.save(update_fields=["language"])
    remind()
    return path_in("conferences.wishes_asked", amina)


def path_in(kind, person):
    notice = Notice.objects.filter(kind=kind, recipient=person).latest("pk")
    parts = urlsplit(KINDS[kind](notice).buttons[0].url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def a_time(browser, link):
    return browser.get(link).context["form"].fields["times"].choices[0][0]


def test_a_home_says_what_suits_it_without_signing_in(link, amina, early):
    browser = Client()
    assert "You answer for the family of Nora (3B)" in text(browser.get(link))

    answer = browser.post(link, {"times": [a_time(browser, link)], "note": "Nights"}, follow=True)

    wish = TimeWish.objects.get()
    assert (wish.household, wish.by, wish.note) == (amina.household, amina, "Nights")
    assert "Thank you." in text(answer)
    assert answer.redirect_chain == [(link.removesuffix("wishes/"), 302)]


def test_what_is_wrong_in_it_is_said_and_nothing_is_lost(link):
    answer = Client().post(link, {"times": ["never"], "note": "Nights"})

    assert answer.status_code == 200
    assert "Nights" in answer.content.decode()
    assert not TimeWish.objects.exists()


def test_a_word_to_the_school_is_shown_again_only_where_it_was_written_and_is_kept(link):
    here = Client()
    here.post(link, {"times": [], "note": "Nights"})
    assert "Nights" in here.get(link).content.decode()

    elsewhere = Client()
    assert "Nights" not in elsewhere.get(link).content.decode()
    elsewhere.post(link, {"times": [], "phone_or_video": "on", "note": ""})

    assert (TimeWish.objects.get().note, TimeWish.objects.get().phone_or_video) == ("Nights", True)
    assert "Nights" not in elsewhere.get(link).content.decode()


def test_somebody_of_another_home_who_is_signed_in_is_asked_first(link, yusuf):
    answer = as_(yusuf).post(link, {"times": [], "note": "Nights"})

    assert "You are signed in as" in text(answer)
    assert not TimeWish.objects.exists()
    as_(yusuf).post(link, {"times": [], "note": "Nights", "go_on": "1"})
    assert TimeWish.objects.get().household != yusuf.household


def test_a_protected_familys_link_names_nobody(link, nora):
    AddressProtection.objects.create(person=nora, grade="strict", valid_from=make.LONG_AGO)

    page = text(Client().get(link))

    assert "What suits you?" in page
    assert "Nora" not in page


def test_a_link_that_comes_too_late_leads_to_the_times(link, early):
    ConferenceRound.objects.filter(pk=early.pk).update(wishes_by=timezone.now() - timedelta(minutes=1))

    assert Client().get(link).url == link.removesuffix("wishes/")
    assert "too late" in text(Client().post(link, {"times": []}))


def test_the_page_of_the_times_leads_there_and_back_with_the_same_link(link):
    assert f'href="{link}"' in Client().get(link.removesuffix("wishes/")).content.decode()


def test_a_link_to_one_extra_talk_opens_no_wishes(conference, amina, teacher):
    extra = make.conference(None, conference.pupil, teacher, kind="extra")
    found = PersonalLink.objects.create(
        person=amina,
        household=amina.household,
        purpose="conferences.book",
        subject_type="conferences.Conference",
        subject_id=str(extra.pk),
        expires_at=timezone.now() + timedelta(days=1),
    )
    assert Client().get(urlsplit(found.url("conferences:wish_link")).path).status_code == 404


# The other letters that ask for a time


def test_a_time_given_up_is_chosen_anew_without_signing_in(conference, amina, yusuf, slot):
    actions.book(conference, by=amina, slot=slot)
    conference.refresh_from_db()
    actions.cancel_booking(conference, by=amina)
    hear("conferences.time_cancelled")

    assert Client().get(path_in("conferences.time_cancelled", yusuf)).status_code == 200


def test_times_kept_for_an_extra_talk_are_chosen_without_signing_in(conference, amina, teacher, round):
    extra = make.conference(None, conference.pupil, teacher, kind="extra")
    Notice.objects.create(
        kind="conferences.times_offered_privately",
        subject_type="conferences.Conference",
        subject_id=str(extra.pk),
        recipient=amina,
        category="invitations",
        not_before=timezone.now(),
    )

    assert Client().get(path_in("conferences.times_offered_privately", amina)).status_code == 200
