"""The office's pages about rosters, and the worker behind them."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.ledger.models import Event
from portal.people.models import Person, RosterImport, RosterPiece, School, the_portal
from portal.people.models.rosters import NotInThisState, TooManyRemoved
from portal.rosters import actions, tasks
from portal.rosters.records import RosterError
from tests import make
from tests.ground import once
from tests.portal.rosters.conftest import FILES


@once
def lia(db):
    school = make.school("Lia skole")
    type(school).objects.filter(pk=school.pk).update(number="U90000001")
    school.refresh_from_db()
    return school


@pytest.fixture
def office(lia, client):
    person = make.holder("office", lia)
    client.force_login(person)
    return person


def upload(client, content, name="roster.zip"):
    return client.post(reverse("rosters:roster_upload"), {"file": SimpleUploadedFile(name, content), "place": place()})


def place():
    return f"school-{School.objects.get(number='U90000001').pk}"


@pytest.fixture
def uploaded(lia, office, zipped):
    return actions.upload_roster(lia.municipality, by=office, school=lia, file_name="roster.zip", chunks=[zipped()])


def zip_of(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def read(entry):
    tasks.read_uploaded_roster(entry.pk)
    entry.refresh_from_db()
    return entry


def test_an_office_uploads_looks_confirms_and_undoes(office, client, zipped):
    entry_page = upload(client, zipped())
    entry = RosterImport.objects.get()
    assert entry_page.url == reverse("rosters:roster_detail", args=[entry.pk])
    assert 'http-equiv="refresh"' in client.get(entry_page.url).content.decode()

    shown = client.get(reverse("rosters:roster_detail", args=[read(entry).pk])).content.decode()
    assert "Nora Vik" in shown
    assert "Amira Vik" in shown
    assert Person.objects.filter(given_name="Nora").count() == 0

    client.post(reverse("rosters:roster_confirm", args=[entry.pk]))
    tasks.write_confirmed_roster(entry.pk)
    entry.refresh_from_db()
    assert entry.state == "applied"
    assert Person.objects.filter(given_name="Nora").count() == 1
    assert RosterPiece.objects.count() == 0
    assert entry.difference == {}

    Person.objects.filter(pk=office.pk).update(language="en")
    undo = reverse("rosters:roster_undo", args=[entry.pk])
    done = client.get(entry_page.url).content.decode()
    assert f'href="{undo}"' in done
    assert f'action="{undo}"' not in done
    assert "What the import changed" in done
    asked = client.get(undo).content.decode()
    assert "Undo the import of roster.zip?" in asked
    entry.refresh_from_db()
    assert entry.state == "applied"

    client.post(undo)
    entry.refresh_from_db()
    assert entry.state == "undone"
    undone = client.get(entry_page.url).content.decode()
    assert "What changes" not in undone
    assert "Look at these" not in undone
    assert "What the import had changed before it was undone" in undone
    assert client.get(undo).url == entry_page.url
    assert Person.objects.filter(given_name="Nora").count() == 0


def test_the_page_that_waits_asks_for_itself_until_the_file_is_read(uploaded, client):
    page, asked = reverse("rosters:roster_detail", args=[uploaded.pk]), {"HX-Request": "true"}

    waits = client.get(page, headers=asked).content.decode()
    assert "hx-get" in waits
    assert "<html" not in waits

    read(uploaded)
    assert client.get(page, headers=asked)["HX-Refresh"] == "true"


def test_a_bad_file_is_shown_by_file_and_row(office, client, zipped, changed, folder):
    upload(client, zipped({**FILES, **changed("demographics.csv", ("2020-03-04", "1/05/2020"))}))
    entry = read(RosterImport.objects.get())

    page = client.get(reverse("rosters:roster_detail", args=[entry.pk])).content.decode()

    assert entry.state == "failed"
    assert "demographics.csv" in page
    assert "1/05/2020" in page
    assert RosterPiece.objects.count() == 0


def test_the_uploaded_file_lies_encrypted(uploaded, zipped):
    assert zipped()[:20] not in bytes(RosterPiece.objects.get().content)


def test_upload_roster_records(uploaded):
    assert Event.objects.filter(verb="people.roster_uploaded", subject_id=str(uploaded.pk)).count() == 1


def test_upload_roster_refuses_an_empty_file(lia, office):
    with pytest.raises(RosterError):
        actions.upload_roster(lia.municipality, by=office, school=lia, file_name="x.zip", chunks=[])


def test_upload_roster_denies_a_parent_and_another_school(lia, office):
    assert not actions.upload_roster.may(make.person(), lia.municipality, school=lia)
    assert not actions.upload_roster.may(office, lia.municipality, school=make.school("Bjerke skole"))
    assert not actions.upload_roster.may(office, lia.municipality)


def test_read_uploaded_roster_twice_changes_nothing_more(uploaded):
    first = read(uploaded).counts

    tasks.read_uploaded_roster(uploaded.pk)

    uploaded.refresh_from_db()
    assert uploaded.counts == first
    assert Event.objects.filter(verb="people.roster_read").count() == 1


def test_write_confirmed_roster_twice_changes_nothing_more(uploaded, office):
    actions.confirm_roster(read(uploaded), by=office)

    tasks.write_confirmed_roster(uploaded.pk)
    people = Person.objects.count()
    tasks.write_confirmed_roster(uploaded.pk)

    assert Person.objects.count() == people
    assert Event.objects.filter(verb="people.roster_applied").count() == 1


def test_sweep_rosters_twice_changes_nothing_more(uploaded):
    tasks.sweep_rosters()
    tasks.sweep_rosters()

    uploaded.refresh_from_db()
    assert uploaded.state == "read"


def test_confirm_roster_refuses_a_second_time(uploaded, office):
    actions.confirm_roster(read(uploaded), by=office)

    with pytest.raises(NotInThisState):
        actions.confirm_roster(uploaded, by=office)


def test_confirm_roster_refuses_many_removals_that_nobody_meant(uploaded, office):
    read(uploaded).difference["brake"] = {"persons": 40}
    uploaded.save(update_fields=["difference"])

    with pytest.raises(TooManyRemoved):
        actions.confirm_roster(uploaded, by=office)


def test_discard_roster_records(uploaded, office):
    actions.discard_roster(read(uploaded), by=office)

    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.difference) == ("discarded", {})
    assert RosterPiece.objects.count() == 0
    assert Event.objects.filter(verb="people.roster_discarded").count() == 1


def test_discard_roster_refuses_one_that_is_confirmed(uploaded, office):
    actions.confirm_roster(read(uploaded), by=office)

    with pytest.raises(NotInThisState):
        actions.discard_roster(uploaded, by=office)


def test_show_roster_denies_an_office(uploaded, office):
    assert not actions.show_roster.may(office, uploaded)
    assert not actions.write_roster.may(office, uploaded)


def test_an_office_of_another_school_finds_nothing(uploaded, client):
    other = make.holder("office", make.school("Bjerke skole"))
    client.force_login(other)

    assert client.get(reverse("rosters:roster_detail", args=[uploaded.pk])).status_code == 404
    assert client.post(reverse("rosters:roster_undo", args=[uploaded.pk])).status_code == 404


def test_a_parent_may_not_look(lia, client):
    client.force_login(make.person())

    assert client.get(reverse("rosters:roster_list")).status_code == 403


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_needs_the_same_queries_for_any_number(count, lia, office, client, django_assert_max_num_queries):
    RosterImport.objects.bulk_create(
        RosterImport(municipality=lia.municipality, school=lia, file_name=f"{n}.zip", uploaded_by=the_portal())
        for n in range(count)
    )

    with django_assert_max_num_queries(20):
        assert client.get(reverse("rosters:roster_list")).status_code == 200


def left(entry, tries):
    """As if a worker had died while reading it, on the first of `tries`."""
    RosterImport.objects.filter(pk=entry.pk).update(taken_up_at=timezone.now() - 2 * actions.SILENT, tries=tries)


def test_the_same_file_sent_twice_is_read_once(office, client, zipped):
    content = zipped()

    first, second = upload(client, content), upload(client, content)

    assert first.url == second.url
    assert RosterImport.objects.count() == 1


def test_a_file_that_was_read_can_be_sent_again(office, client, zipped):
    content = zipped()
    upload(client, content)
    read(RosterImport.objects.get())

    upload(client, content)

    assert RosterImport.objects.count() == 2


def test_take_up_roster_refuses_a_second_worker(uploaded):
    actions.take_up_roster(uploaded, by=the_portal(), state="read")

    with pytest.raises(NotInThisState):
        actions.take_up_roster(uploaded, by=the_portal(), state="read")


def test_a_file_whose_worker_died_is_read_by_the_next(uploaded):
    left(uploaded, tries=1)

    assert read(uploaded).state == "shown"


def test_a_file_that_ended_three_workers_is_given_up_in_words(uploaded):
    left(uploaded, tries=3)

    tasks.sweep_rosters()

    uploaded.refresh_from_db()
    assert uploaded.state == "failed"
    assert uploaded.errors[0]["text"]
    assert RosterPiece.objects.count() == 0
    assert Event.objects.filter(verb="people.roster_given_up").count() == 1


def test_a_file_that_ended_three_workers_while_it_was_written_changes_nothing(uploaded, office):
    actions.confirm_roster(read(uploaded), by=office)
    left(uploaded, tries=3)

    tasks.sweep_rosters()

    uploaded.refresh_from_db()
    assert uploaded.state == "failed"
    assert not Person.objects.filter(given_name="Nora").exists()


def test_a_file_that_nobody_answers_is_thrown_away_after_a_month(uploaded):
    read(uploaded)
    RosterImport.objects.update(uploaded_at=timezone.now() - actions.KEPT - timedelta(days=1))

    tasks.sweep_rosters()

    uploaded.refresh_from_db()
    assert uploaded.state == "discarded"
    assert RosterPiece.objects.count() == 0


def test_a_file_that_takes_too_much_is_refused_in_words(lia, office):
    """A zip file of 60 kB whose one table unpacks to a million columns."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in FILES.items():
            archive.writestr(name, f"{'a,' * 4_000_000}\n" if name == "users.csv" else text)
    entry = actions.upload_roster(
        lia.municipality, by=office, school=lia, file_name="roster.zip", chunks=[packed.getvalue()]
    )

    assert read(entry).state == "failed"
    assert entry.errors[0]["text"]


@pytest.mark.parametrize("count", [3, 12])
def test_the_doubts_need_the_same_queries_for_any_number(count, lia, office, client, django_assert_max_num_queries):
    for _number in range(count):
        make.doubt(lia)

    with django_assert_max_num_queries(32):
        page = client.get(reverse("rosters:doubt_list")).content.decode()

    assert page.count('value="other"') == count


def test_an_office_judges_a_doubt_and_says_which(lia, office, client):
    doubt = make.doubt(lia)

    client.post(reverse("rosters:doubt_judge", args=[doubt.pk]))
    doubt.refresh_from_db()
    assert doubt.answer == ""

    client.post(reverse("rosters:doubt_judge", args=[doubt.pk]), {"answer": "other"})
    doubt.refresh_from_db()
    assert (doubt.answer, doubt.answered_by) == ("other", office)
    assert Event.objects.filter(verb="people.doubt_judged").count() == 1


def test_judge_doubt_denies_an_office_what_reaches_beyond_it(lia, office):
    principal, elsewhere = make.holder("principal", lia), make.school_class("1A", at=make.school("Bjerke skole"))
    _pupil, guardian = make.family(elsewhere)

    assert actions.judge_doubt.may(office, make.doubt(lia))
    assert not actions.judge_doubt.may(office, make.doubt(lia, other=principal))
    assert not actions.judge_doubt.may(office, make.doubt(lia, other=guardian))


def test_write_roster_asks_again_when_more_would_go_than_was_agreed_to(uploaded, office, lia):
    actions.confirm_roster(read(uploaded), by=office)
    tasks.write_confirmed_roster(uploaded.pk)
    without = {**FILES, "users.csv": "".join(FILES["users.csv"].splitlines(True)[:4])}
    entry = actions.upload_roster(
        lia.municipality, by=office, school=lia, file_name="less.zip", chunks=[zip_of(without)]
    )
    read(entry)
    RosterImport.objects.filter(pk=entry.pk).update(
        difference={**entry.difference, "brake": [{**ask, "gone": 1} for ask in entry.difference["brake"]]}
    )
    entry.refresh_from_db()
    actions.confirm_roster(entry, by=office, removals_meant=True)

    tasks.write_confirmed_roster(entry.pk)

    entry.refresh_from_db()
    assert (entry.state, entry.removals_meant) == ("shown", False)
    assert entry.difference["brake"][0]["gone"] > 1
    assert Person.objects.filter(given_name="Amira", is_active=True).exists()
