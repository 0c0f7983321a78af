"""The page of doubtful pairs: what tells two apart, for whom, and what is asked before two become one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.people.models import Doubt, Person, RosterImport, School, SignInMove, the_portal
from portal.people.models.rosters import NotInThisState
from portal.rosters import actions
from portal.rosters.doubting import masked
from portal.rosters.queries import report_of
from portal.rosters.saying import listed
from tests import make
from tests.ground import once
from tests.portal.rosters.town import town


@once
def lia(db):
    return make.school("Lia skole")


@pytest.fixture
def office(lia, client):
    person = make.holder("office", lia, language="en")
    client.force_login(person)
    return person


def two_of_one_name(lia, *, in_file=True):
    """Two guardians called Kari Lie, one of whom signs in."""
    school_class = make.school_class("1A", at=lia)
    _ask, one = make.family(
        school_class, pupil_name="Ask", adult_name="Kari", family_name="Lie", email="anna@example.no", phone="91234567"
    )
    eli, other = make.family(
        school_class, pupil_name="Eli", adult_name="Kari", family_name="Lie", email="berit@example.no", phone="98765432"
    )
    Person.objects.filter(pk=one.pk).update(born_on=date(1980, 5, 1))
    Person.objects.filter(pk=other.pk).update(born_on=date(1985, 6, 2))
    for person in (one, other):
        person.refresh_from_db()
    doubt = make.doubt(lia, one=one, other=other)
    if in_file:
        Doubt.objects.filter(pk=doubt.pk).update(source_id="F2")
    return one, other, eli, doubt


def listed_page(client):
    return client.get(reverse("rosters:doubt_list")).content.decode()


def test_each_of_two_is_told_apart_by_child_class_birth_and_masked_contact_and_links_to_the_person(lia, office, client):
    one, other, _eli, _doubt = two_of_one_name(lia)

    page = listed_page(client)

    for words in ("Ask Lie, 1A", "Eli Lie, 1A", "1980", "1985", "a…@example.no", "b…@example.no", "…567", "…432"):
        assert words in page
    for person in (one, other):
        assert f'href="{reverse("people:person_detail", args=[person.key])}"' in page
        assert person.email not in page
        assert person.phone not in page


def test_what_does_not_agree_is_said_beside_what_does(lia, office, client):
    two_of_one_name(lia)

    page = listed_page(client)

    agrees, against = page.split("What agrees")[1].split("What speaks against it")
    assert "the same name" in agrees
    assert "date of birth" not in agrees
    for words in ("different dates of birth", "different e-mails", "different phones", "different families"):
        assert words in against.split("School")[0]


def test_a_pair_of_one_file_is_not_called_here_already(lia, office, client):
    two_of_one_name(lia)

    page = listed_page(client)

    assert "Both stand in the file" in page
    assert "Here already" not in page


def test_a_pair_of_which_one_is_only_here_is_not_said_to_stand_in_the_file(lia, office, client):
    two_of_one_name(lia, in_file=False)

    assert "Both stand in the file" not in listed_page(client)


def test_two_rows_of_one_file_are_written_down_as_such(read, client):
    twice = [("E1", "Ask Moe", "2017-05-01", "F1", "c31"), ("E2", "Ask Moe", "2017-05-01", "F1", "c31")]
    read(town(twice, [("F1", "Siv Moe", "siv@example.org")]))
    client.force_login(make.holder("office", Doubt.objects.get().school, language="en"))

    assert "Both stand in the file" in listed_page(client)


def twins(pairs):
    """Pupils who stand in one file under two keys each."""
    rows = [(f"E{side}{n}", f"Ask Moe{n}", "2017-05-01", f"F{n}", "c31") for n in range(pairs) for side in "ab"]
    return town(rows, [(f"F{n}", f"Siv Moe{n}", f"siv{n}@example.org") for n in range(pairs)])


def test_an_import_needs_the_same_queries_for_any_number_of_pairs(read):
    needed = []
    for pairs in (2, 30):
        with CaptureQueriesContext(connection) as queries:
            read(twins(pairs))
        needed.append(len(queries))
        Doubt.objects.all().delete()

    assert needed[1] <= needed[0]


def test_a_pair_that_comes_again_stays_the_same_question(read):
    read(twins(1))
    first = Doubt.objects.get()
    read(twins(1))
    again = Doubt.objects.get()

    assert (again.pk, again.made_at, again.answer) == (first.pk, first.made_at, "")
    assert again.roster_id > first.roster_id


@pytest.mark.parametrize("same", [True, False])
def test_a_key_that_the_file_has_given_to_somebody_else_is_given_up(read, same):
    """Rolf had the key, who is in no file now; the row beside it looks like Siv, who is here under another."""
    both = [("F1", "Rolf Berg", "rolf@example.org"), ("F2", "Siv Moe", "siv@example.org")]
    again = town([("E1", "Ask Moe", "2017-05-01", "F1", "c31")], [("F1", "Siv Moe", "other@example.org")])
    read(town([("E1", "Ask Moe", "2017-05-01", "F1,F2", "c31")], both))
    read(again, removals_meant=True)
    rolf, siv = Person.objects.get(given_name="Rolf"), Person.objects.get(given_name="Siv")

    actions.judge_doubt(Doubt.objects.open().get(), by=the_portal(), same=same)

    rolf.refresh_from_db()
    owner = Person.objects.get(source_id="F1")
    assert rolf.source_id == ""
    assert (owner == siv) == same
    assert owner.given_name == "Siv"
    read(again, removals_meant=True)
    assert not Doubt.objects.open().exists()


def test_an_office_does_not_take_the_key_of_somebody_who_is_at_another_school_too(read):
    both = [("F1", "Rolf Berg", "rolf@example.org"), ("F2", "Siv Moe", "siv@example.org")]
    pupil = ("E1", "Ask Moe", "2017-05-01")
    read(town([(*pupil, "F1,F2", "c31")], both))
    rolf, dal = (
        Person.objects.get(given_name="Rolf"),
        make.school("Dal skole", within=School.objects.get().municipality),
    )
    make.confirmed(rolf, make.pupil("Eli", in_class=make.school_class(at=dal)))
    read(town([(*pupil, "F1", "c31")], [("F1", "Siv Moe", "other@example.org")]), removals_meant=True)
    doubt = Doubt.objects.open().get()

    with pytest.raises(NotInThisState, match="another school"):
        actions.judge_doubt(doubt, by=make.holder("office", doubt.school), same=False)

    rolf.refresh_from_db()
    assert rolf.source_id == "F1"
    assert Doubt.objects.open().exists()


def test_a_pair_that_is_judged_comes_again_and_is_judged_again(read):
    def children(key):
        return [("E1", "Ask Moe", "2017-05-01", key, "c31"), ("E2", "Eli Moe", "2019-09-09", key, "c31")]

    read(
        town([*children("F1")[:1], ("E2", "Eli Moe", "2019-09-09", "", "c31")], [("F1", "Siv Moe", "siv@example.org")])
    )
    read(town(children("F9"), [("F9", "Siv Moe", "other@example.org")]), removals_meant=True)
    actions.judge_doubt(Doubt.objects.open().get(), by=the_portal(), same=True)
    read(town(children("F9"), [("F9", "Kim Dahl", "kim@example.org")]), removals_meant=True)

    actions.judge_doubt(Doubt.objects.open().get(), by=the_portal(), same=False)

    kim = Person.objects.get(given_name="Kim")
    assert {relation.state for relation in kim.pupil_relations.all()} == {"proposed"}
    assert kim.pupil_relations.count() == 2


def one_phone():
    grown = [("F1", "Siv Moe", "siv@example.org", "90000001"), ("F2", "Siv Moe", "x@example.org", "90000001")]
    return [("E1", "Ask Moe", "2017-05-01", "F1", "c31"), ("E2", "Eli Moe", "2019-09-09", "F2", "c31")], grown


def test_two_who_were_told_apart_are_not_asked_about_in_another_order(read):
    pupils, grown = one_phone()
    read(town(pupils, grown))
    actions.judge_doubt(Doubt.objects.get(), by=the_portal(), same=False)

    read(town(pupils, grown[::-1]))

    assert not Doubt.objects.open().exists()


def test_an_undone_import_leaves_the_questions_of_the_one_before(read):
    first, _warnings = read(town(*one_phone()))
    second, _warnings = read(town(*one_phone()))

    actions.undo_roster(second, by=the_portal())

    assert Doubt.objects.open().get().roster == first


def test_a_reader_who_is_kept_from_a_child_reads_nothing_of_it_in_a_pair(lia, client):
    _one, other, eli, _doubt = two_of_one_name(lia)
    kept = make.holder("office", lia, given_name="Kept", language="en")
    make.confirmed(kept, eli)
    make.restricted(kept, eli)
    client.force_login(kept)

    page = listed_page(client)

    for words in ("Eli", "berit", "b…@", "…432", str(other.key)):
        assert words not in page


def test_somebody_of_the_municipality_reads_no_contact_or_child_of_whom_they_may_not_see(lia, client):
    one, other, _eli, _doubt = two_of_one_name(lia)
    client.force_login(make.holder("municipality_officer", lia.municipality, language="en"))

    page = listed_page(client)

    assert "Kari Lie" in page
    for words in ("Ask Lie", "Eli Lie", "a…@", "…567", str(one.key), str(other.key)):
        assert words not in page


def waiting_row(lia, person, **row):
    doubt = make.doubt(lia, one=person)
    told = {"given_name": "Kari", "family_name": "Lie", "email": "ny@example.no", "phone": "90000123", "born_on": None}
    told |= {"places": [], "roles": [], "relations": []} | row
    Doubt.objects.filter(pk=doubt.pk).update(other=None, source_id="F9", row=told)
    doubt.refresh_from_db()
    return doubt


def test_a_row_that_waits_names_its_children_and_masks_how_to_reach_the_family(lia, office, client):
    one, _other, eli, _doubt = two_of_one_name(lia)
    Person.objects.filter(pk=eli.pk).update(source="x", source_id="E2")
    Doubt.objects.all().delete()
    waiting_row(lia, one, relations=[{"side": "guardian", "other": "E2", "kind": "guardian"}])

    page = listed_page(client)

    for words in ("guardian of Eli Lie, 1A", "n…@example.no", "…123", "Here already", "different families"):
        assert words in page
    assert "ny@example.no" not in page


def test_a_row_about_a_child_that_the_reader_must_know_nothing_of_says_neither_child_nor_contact(lia, client):
    one, _other, eli, _doubt = two_of_one_name(lia)
    Person.objects.filter(pk=eli.pk).update(source="x", source_id="E2")
    kept = make.holder("office", lia, given_name="Kept", language="en")
    make.confirmed(kept, eli)
    make.restricted(kept, eli)
    Doubt.objects.all().delete()
    waiting_row(lia, one, relations=[{"side": "guardian", "other": "E2", "kind": "guardian"}])
    client.force_login(kept)

    page = listed_page(client)

    for words in ("Eli", "n…@", "…123"):
        assert words not in page


def test_a_yes_asks_first_says_what_follows_and_names_who_was_united(lia, office, client):
    one, other, _eli, doubt = two_of_one_name(lia)
    judge = reverse("rosters:doubt_judge", args=[doubt.pk])
    page = listed_page(client)
    assert f'href="{judge}"' in page
    assert 'value="same"' not in page

    asked = client.get(judge).content.decode()

    assert "Are Kari Lie and Kari Lie one person?" in asked
    for words in ("This record stays: Kari Lie (", "This record is closed", "It cannot be undone", "Eli Lie"):
        assert words in asked
    assert asked.index("a…@example.no") < asked.index("This record is closed") < asked.index("b…@example.no")
    doubt.refresh_from_db()
    assert doubt.answer == ""

    said = client.post(judge, {"answer": "same"}, follow=True).content.decode()

    assert "The two records of Kari Lie are one person now." in said
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.is_active, other.is_active) == (True, False)
    assert "Somebody has already said this." in client.get(judge, follow=True).content.decode()


def test_who_may_not_judge_is_not_asked(lia, office, client):
    doubt = make.doubt(lia, other=make.holder("principal", lia))

    assert client.get(reverse("rosters:doubt_judge", args=[doubt.pk])).status_code == 403


def test_a_row_that_waits_is_asked_about_and_named(lia, office, client):
    one = make.person("Kari", "Lie")
    judge = reverse("rosters:doubt_judge", args=[waiting_row(lia, one, given_name="Kari Anne").pk])

    assert "Kari Lie stays" in client.get(judge).content.decode()
    said = client.post(judge, {"answer": "same"}, follow=True).content.decode()

    assert "Kari Lie and Kari Anne Lie are one person now. Guardians and roles" in said


def test_a_no_names_who_stays_two(lia, office, client):
    doubt = make.doubt(lia, one=make.person("Kari", "Lie"), other=make.person("Kari", "Moe"))

    said = client.post(reverse("rosters:doubt_judge", args=[doubt.pk]), {"answer": "other"}, follow=True)

    assert "Kari Lie and Kari Moe stay two persons." in said.content.decode()


def test_contact_is_masked_so_that_nobody_can_write_or_call():
    assert masked("anna@example.no", "91234567") == ["a…@example.no", "…567"]
    assert masked("", "") == []


def test_what_is_cut_says_how_many_more(lia, office, client):
    entry = RosterImport.objects.create(
        municipality=lia.municipality,
        school=lia,
        file_name="big.zip",
        uploaded_by=the_portal(),
        state="shown",
        counts={"done": {"persons": {"created": 25, "updated": 0, "deactivated": 0, "unchanged": 0}}},
        difference={"changes": 25, "examples": {"persons": {"created": [f"Nora {n}" for n in range(20)]}}},
    )

    page = client.get(reverse("rosters:roster_detail", args=[entry.pk])).content.decode()

    assert "And 5 more." in page
    assert [more for *_shown, more in report_of(entry, office).examples] == [5]
    assert listed(f"P{n}" for n in range(22)).endswith("P19 and 2 more")
    assert listed(["A", "B"]) == "A, B"


def test_the_lines_of_a_pair_say_nothing_of_an_answer_that_is_asked_elsewhere(read):
    twice = [("E1", "Ask Moe", "2017-05-01", "F1", "c31"), ("E2", "Ask Moe", "2017-05-01", "F1", "c31")]
    _entry, warnings = read(town(twice, [("F1", "Siv Moe", "siv@example.org")]))

    assert any("two keys" in line for line in warnings)
    assert not any("omebody" in line for line in warnings)


def test_the_office_reads_whether_a_correction_waits_and_comes_back_to_its_page(lia, office, client):
    home, moves = reverse("people:office_home"), reverse("people:move_list")
    quiet = client.get(home).content.decode()
    assert "Corrected by another school" in quiet
    assert "Nothing waits" in quiet
    assert f'href="{home}"' in client.get(moves).content.decode()

    mover = make.family(make.school_class("1A", at=lia))[1]
    SignInMove.objects.create(
        person=mover, old="a@example.org", new="b@example.org", state="offices", asked_by=the_portal()
    )
    waits = client.get(home).content.decode()
    assert "1 address or phone waits for your answer" in waits
    assert "Nothing waits" not in waits


def test_whoever_has_no_office_page_comes_back_to_the_overview(lia, client):
    client.force_login(make.holder("municipality_officer", lia.municipality, language="en"))

    page = client.get(reverse("people:move_list")).content.decode()

    assert f'href="{reverse("people:office_home")}"' not in page
    assert f'href="{reverse("home")}"' in page
