"""The pages of the monthly letter: made one's own, looked over, sent, read, taken back, and chosen away."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse
from django.utils import translation

from networks import actions
from networks.models import ClassDigest, DigestOver, NoDigest
from portal.messaging.links import link_for
from portal.people import actions as people
from portal.people.hats import hats_of
from portal.people.models import the_portal
from tests.pages import address, as_, text, todos_of


def page(name, row):
    return address("networks", f"digest_{name}", row.pk)


def todos(person):
    with translation.override("en"):
        return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]


def test_made_ones_own_looked_over_sent_and_read_on_the_page_of_the_class(town, prepared, held):
    digest, contact = prepared(), as_(town.jurgita)
    assert "Send the monthly letter of 1A" in todos(town.jurgita)
    assert "Sledging" in text(contact.get(page("send", digest)))

    looked_over = contact.post(page("edit", digest), {"opening": "A good month."}, follow=True)
    assert "A good month." in text(looked_over)
    contact.post(page("send", digest), {})

    family = as_(town.amira)
    assert digest.get_absolute_url() in family.get(reverse("people:class_show", args=[town.first.pk])).text
    read = text(family.get(page("show", digest)))
    assert "A good month." in read
    assert "Sledging" in read
    assert "Take it back" not in read
    assert digest.get_absolute_url() in family.get(page("list", town.first)).text


def test_a_word_is_asked_about_and_nothing_typed_is_lost(town, prepared, held):
    digest, contact = prepared(), as_(town.jurgita)

    asked = contact.post(page("edit", digest), {"opening": "At Tjernet.", "left_out": f"held:{held.pk}"})

    assert "No, “Tjernet” is no name here" in text(asked)
    assert "At Tjernet." in asked.text
    contact.post(page("edit", digest), {"opening": "At Tjernet.", "not_names": "Tjernet"})
    assert ClassDigest.objects.get().opening == "At Tjernet."


def test_the_teacher_is_asked_writes_and_is_not_asked_any_more(town, tom, prepared):
    digest, until = prepared(), town.school.today() + timedelta(days=2)
    assert as_(tom).get(page("paragraph", digest)).status_code == 404
    as_(town.jurgita).post(page("ask", digest), {"until": until.isoformat()})
    asked = "A few words for the monthly letter of 1A, if you like"
    assert asked in todos(tom)

    as_(tom).post(page("paragraph", digest), {"text": "We read a lot."})

    assert asked not in todos(tom)
    assert "We read a lot." in text(as_(town.jurgita).get(page("send", digest)))
    as_(town.jurgita).post(page("send", digest), {})
    assert "From the contact teacher" in text(as_(town.ben).get(page("show", digest)))


def test_the_teacher_is_not_asked_after_the_day(town, tom, prepared):
    digest = prepared()
    actions.ask_paragraph(digest, by=town.jurgita, until=town.school.today())
    ClassDigest.objects.update(teacher_until=town.school.today() - timedelta(days=1))

    assert not [title for title in todos(tom) if "monthly letter" in title]


def test_taken_back_it_is_not_found(town, sent):
    digest = sent()

    as_(town.jurgita).post(page("take_back", digest), {})

    assert as_(town.amira).get(page("show", digest)).status_code == 404
    assert "Only the class contact can read it now." in text(as_(town.jurgita).get(page("show", digest)))


def test_chosen_away_and_back_from_the_page_of_ones_choices(town):
    family, choose = as_(town.amira), reverse("networks:digest_choose")
    assert choose in family.get(reverse("messaging:preference_edit")).text

    family.post(choose, {"no": "1"})
    assert NoDigest.objects.get().person == town.amira
    family.post(choose, {"undo": "1"})

    assert not NoDigest.objects.exists()
    assert choose not in as_(town.principal).get(reverse("messaging:preference_edit")).text


def test_by_the_link_of_the_mail_it_is_undone_and_no_class_is_named(town):
    link = link_for(town.ben, town.first, purpose="networks.digests")
    client, path = Client(), urlsplit(link.url()).path
    client.cookies["django_language"] = "en"

    shown = client.post(path, {"no": "1"})
    assert "You get no more monthly letters" in text(shown)
    assert "1A" not in text(shown)
    client.post(path, {"undo": "1"})

    assert not NoDigest.objects.exists()


def test_a_protected_family_leaves_no_trace_in_it(town, prepared, held):
    actions.propose(town.first, by=town.amira, kind="topic", title="Pocket money", is_named=True)
    people.protect_address(town.nora, by=the_portal(), grade="strict", alias="Furu")
    digest = prepared()
    actions.send_digest(digest, by=town.jurgita)

    read = text(as_(town.jurgita).get(page("show", digest)))

    assert "Pocket money" in read
    assert not [name for name in ("Nora", "Amira", "Warsame", "Furu") if name in read]


def test_the_page_asks_as_much_of_the_database_for_one_line_as_for_ten(town, sent, django_assert_max_num_queries):
    for number in range(10):
        actions.propose(town.first, by=(town.amira, town.ben)[number % 2], kind="topic", title=f"Topic {number}x")
    digest, family = sent(), as_(town.amira)
    family.get(page("show", digest))

    with django_assert_max_num_queries(24):
        assert "Topic 9x" in text(family.get(page("show", digest)))


def test_what_is_typed_for_a_letter_that_is_sent_meanwhile_stays_on_the_page(town, tom, prepared):
    digest, until = prepared(), town.school.today() + timedelta(days=2)
    actions.ask_paragraph(digest, by=town.jurgita, until=until)
    actions.send_digest(digest, by=town.jurgita)

    asked = as_(town.jurgita).post(page("ask", digest), {"until": until.isoformat()})
    edited = as_(town.jurgita).post(page("edit", digest), {"opening": "A good month."})
    told = as_(tom).post(page("paragraph", digest), {"text": "We read a lot."})

    assert [one.status_code for one in (asked, edited, told)] == [200, 200, 200]
    assert "A good month." in edited.text
    assert "We read a lot." in told.text
    for one in (asked, edited, told):
        assert str(DigestOver.words) in text(one)
    assert ClassDigest.objects.get().opening == ""
    assert as_(tom).get(page("paragraph", digest)).status_code == 302
