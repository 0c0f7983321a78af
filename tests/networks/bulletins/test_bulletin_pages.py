"""The pages of a class's notices: written, shown as they will read, stopped, released, read and taken back."""

import pytest

from networks import actions
from networks.models import Bulletin, BulletinOver
from portal.people.models import Person
from tests import make
from tests.pages import address, as_, markup, text


def page(name, row):
    return address("networks", f"bulletin_{name}", row.pk)


def typed(**changed):
    words = {"kind": "practical", "title": "This week", "text": "Remember swimming things.", **changed}
    return {"noticed_on": "", "noticed_time": "", **words}


def test_written_looked_at_and_sent(town):
    contact = as_(town.jurgita)
    answer = contact.post(page("write", town.first), typed(), follow=True)
    assert "So it will read" in text(answer)
    assert "Remember swimming things." in text(answer)
    draft = Bulletin.objects.get()
    assert draft.is_draft

    contact.post(page("send", draft), {})

    read = text(as_(town.amira).get(page("show", draft)))
    assert "Remember swimming things." in read
    assert "You were informed" in read
    assert "From The class contact" in read


def test_a_name_is_said_and_nothing_can_be_pressed(town, write):
    draft = write(text="Today Nora fell.")

    shown = as_(town.jurgita).get(page("send", draft))

    assert "A child’s name stands in it: Nora." in text(shown)
    assert "Send it to the class" not in text(shown)
    as_(town.jurgita).post(page("send", draft), {"not_names": "Nora"})
    assert Bulletin.objects.get().is_draft


def test_a_word_is_asked_about_and_the_tick_says_no(town, write):
    make.family(town.first, pupil_name="Even")
    draft = write(text="We share it even then.")
    contact = as_(town.jurgita)
    assert "No, “even” is no name here" in text(contact.get(page("send", draft)))

    refused = contact.post(page("send", draft), {})
    assert "Some words may be a child’s name." in text(refused)
    contact.post(page("send", draft), {"not_names": "even"})

    assert Bulletin.objects.get(pk=draft.pk).is_sent


def test_what_happened_says_when_it_was_noticed_and_nothing_typed_is_lost(town):
    contact = as_(town.jurgita)

    refused = contact.post(page("write", town.first), typed(kind="happened", text="A long story of the yard"))
    assert "Say when it was noticed" in text(refused)
    assert "A long story of the yard" in text(refused)
    half = contact.post(page("write", town.first), typed(noticed_on="2026-11-02"))
    assert "Write both the day and the time." in text(half)
    assert not Bulletin.objects.exists()


def test_released_and_given_back_by_the_teacher(town, tom, write):
    contact, teacher = as_(town.jurgita), as_(tom)
    draft = write(kind="happened", text="A tree fell.")
    assert "Ask for release" in text(contact.get(page("send", draft)))
    assert "It waits for release" in text(contact.post(page("send", draft), {}, follow=True))
    assert "Release it, and send it to the class" in text(teacher.get(page("show", draft)))
    assert as_(town.amira).get(page("show", draft)).status_code == 404

    teacher.post(page("return", draft), {"returned_because": "Say that all are well."})
    assert "Say that all are well." in text(contact.get(page("edit", draft)))
    contact.post(page("send", draft), {})
    teacher.post(page("release", draft), {})

    read = text(as_(town.amira).get(page("show", draft)))
    assert "Noticed" in read
    assert "Say that all are well." not in read


def test_taken_back_it_is_404_and_on_no_page(town, sent):
    bulletin = sent(title="Swimming on Tuesday")
    reader, contact = as_(town.amira), as_(town.jurgita)
    for shown in (address("people", "class_show", town.first.pk), page("list", town.first)):
        assert "Swimming on Tuesday" in text(reader.get(shown))

    contact.post(page("take_back", bulletin), {})

    for shown in (address("people", "class_show", town.first.pk), page("list", town.first)):
        assert "Swimming on Tuesday" not in text(reader.get(shown))
    assert reader.get(page("show", bulletin)).status_code == 404
    assert "Only you can read it now." in text(contact.get(page("show", bulletin)))


def test_what_was_written_is_text_and_never_markup(town, sent):
    bulletin = sent(text="<script>alert(1)</script> and a\n\nsecond line")

    shown = markup(as_(town.amira).get(page("show", bulletin)))

    assert "<script>alert(1)" not in shown
    assert "<p>second line</p>" in shown


def test_as_many_queries_for_three_notices_as_for_thirty(town, sent, django_assert_max_num_queries):
    reader = as_(Person.objects.get(pk=town.amira.pk))
    for _number in range(3):
        sent()
    with django_assert_max_num_queries(30) as few:
        reader.get(page("list", town.first))
    for _number in range(16):
        sent()

    with django_assert_max_num_queries(len(few)):
        reader.get(page("list", town.first))


@pytest.mark.parametrize("name", ["write", "list"])
def test_the_pages_of_another_class_are_not_found(town, name):
    teacher = make.holder("contact_teacher", town.second)

    assert as_(teacher).get(page(name, town.first)).status_code == 404


def test_what_is_typed_for_a_notice_that_is_sent_meanwhile_stays_on_the_page(town, sent):
    bulletin = sent()
    typed = {"kind": "practical", "title": "This week", "text": "Bring boots.", "is_knowable": ""}

    late = as_(town.jurgita).post(address("networks", "bulletin_edit", bulletin.pk), typed)

    assert late.status_code == 200
    assert "Bring boots." in late.text
    assert str(BulletinOver.words) in text(late)
    pressed = as_(town.jurgita).post(address("networks", "bulletin_send", bulletin.pk), {})
    assert str(BulletinOver.words) in text(pressed)


def test_what_is_typed_for_a_notice_that_is_released_meanwhile_stays_on_the_page(town, tom, write):
    bulletin = write(is_knowable=True)
    actions.ask_release(bulletin, by=town.jurgita, not_names=[])
    actions.release_bulletin(bulletin, by=tom)

    late = as_(tom).post(
        address("networks", "bulletin_return", bulletin.pk), {"returned_because": "Say it more kindly."}
    )

    assert late.status_code == 200
    assert "Say it more kindly." in late.text
    assert str(BulletinOver.words) in text(late)
