"""The same person under another key: everything that was said about them goes along, and doubtful pairs wait."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from portal.people import actions as people
from portal.people.models import (
    AddressProtection,
    Availability,
    CarePlace,
    Doubt,
    Enrolment,
    GuardianRelation,
    Person,
    PersonKey,
    Role,
    RosterChange,
    School,
    the_portal,
)
from portal.people.models.rosters import NotInThisState, TooManyRemoved
from portal.rosters import actions
from portal.rosters.reading import read_roster
from tests import make
from tests.portal.rosters.town import (
    ASK,
    DAL,
    ELI,
    FJELL,
    ROLF,
    SIV,
    called,
    confirm_all,
    family,
    said,
    sees,
    shut_out,
    town,
)


def test_a_pupil_under_a_new_key_stays_who_they_are_with_the_restriction(read):
    read(family())
    confirm_all()
    shut_out()
    ask = called("Ask Moe")

    _entry, warnings = read(family(ask="E77"))

    assert called("Ask Moe").pk == ask.pk
    assert called("Ask Moe").source_id == "E77"
    assert PersonKey.objects.get().source_id == "E1"
    assert GuardianRelation.objects.proposed().count() == 0
    assert sees("Moe", "Ask")
    assert not sees("Berg", "Ask")
    assert said(warnings, "1 blocked link kept", "Rolf Berg for Ask Moe")


def test_what_hangs_on_a_record_stays_when_its_key_changes(read):
    read(town(teachers=[("T1", "Tuva Lie", "tuva@example.org", "c31")], pupils=[(*ASK, "", "c31")]))
    confirm_all()
    tuva = called("Tuva Lie")

    entry, _warnings = read(town(teachers=[("T9", "Tuva Lie", "tuva@example.org", "c31")], pupils=[(*ASK, "", "c31")]))

    assert Role.objects.get(person=tuva).state == "confirmed"
    assert EmailAddress.objects.get(user=tuva).email == "tuva@example.org"
    assert entry.counts["done"]["persons"] == {"created": 0, "updated": 1, "unchanged": 1, "deactivated": 0}
    assert entry.counts["done"]["roles"]["deactivated"] == 0


@pytest.mark.parametrize(
    "after",
    [
        family(ask="E77", born=""),
        family(ask="E77", born="", school_class="c61", rolf="F22"),
        family(ask="E77", rolf="F22", name="Ask Berg"),
        family(ask="E77", rolf="F22", siv="F11", school_class="c61"),
        family(rolf="F22"),
        family(ask="E77", system="annet"),
        family(ask="E77", siv="G1", rolf="G2", system="annet"),
        family(ask="E77", siv="G1", rolf="G2", name="Ask Berg", system=""),
        family(ask="E77", rolf="F22", name="Kim Dahl"),
        town([("E77", "Kim Dahl", "", "F1,F2", "c31")], [SIV, ROLF]),
        town([("E77", "Ask Moe", "2017-05-01", "F1,F22", "c31")], [SIV, ("F22", "Rolf Hansen", "rolf@example.org")]),
        town([("E1", "Ask Moe", "2017-05-01", "F1,F22", "c31")], [SIV, ("F22", "Roar Dal", "", "+4790000001")]),
        town(
            [(*ASK, "F1,F22", "c31"), ("E5", "Ola Moe", "2020-01-01", "F22", "c31")],
            [SIV, ROLF, ("F22", "Rolf Berg", "")],
        ),
    ],
    ids=range(13),
)
def test_nobody_who_is_shut_out_is_let_in_or_proposed_without_a_word(after, read):
    read(town([(*ASK, "F1,F2", "c31")], [SIV, (*ROLF, "90 00 00 01")]))
    confirm_all()
    shut_out()

    _entry, warnings = read(after, removals_meant=True)

    for relation in GuardianRelation.objects.proposed().select_related("guardian", "pupil"):
        if relation.guardian.given_name != "Siv":
            assert said(warnings, relation.guardian.full_name, relation.pupil.full_name, "must not know")
    assert said(warnings, "blocked link") or said(warnings, "may be") or said(warnings, "must not know")
    confirm_all()
    for person in Person.objects.filter(email="rolf@example.org"):
        assert not GuardianRelation.objects.live().filter(guardian=person, pupil__given_name="Ask").exists()


def test_a_relation_that_was_turned_down_stays_so_under_a_new_key_and_is_named(read):
    read(family())
    people.end_relation(GuardianRelation.objects.get(guardian=called("Rolf Berg")), by=the_portal())

    _entry, warnings = read(family(rolf="F22"))

    assert GuardianRelation.objects.get(guardian=called("Rolf Berg")).state == "ended"
    assert called("Rolf Berg").source_id == "F22"
    assert said(warnings, "turned down", "Rolf Berg for Ask Moe")


def test_a_relation_ended_by_hand_that_no_file_brought_is_proposed_with_a_word(read):
    read(family())
    confirm_all()
    kari = make.person("Kari", "Dahl")
    people.end_relation(people.propose_relation(kari, by=the_portal(), pupil=called("Ask Moe")), by=the_portal())
    Person.objects.filter(pk=kari.pk).update(source="oneroster prov", source_id="F3")

    _entry, warnings = read(town([(*ASK, "F1,F2,F3", "c31")], [SIV, ROLF, ("F3", "Kari Dahl", "")]))

    assert said(warnings, "Kari Dahl is proposed again", "Ask Moe")


def test_keys_that_changed_places_between_two_children_change_places_back(read):
    two = [(*ASK, "F1,F2", "c31"), (*ELI, "F1", "c31")]
    read(town(two, [SIV, ROLF]))
    confirm_all()
    shut_out()
    ask, eli = called("Ask Moe"), called("Eli Moe")
    swapped = [("E2", *ASK[1:], "F1,F2", "c31"), ("E1", *ELI[1:], "F1", "c31")]

    entry, warnings = read(town(swapped, [SIV, ROLF]))

    assert (called("Ask Moe").pk, called("Ask Moe").source_id) == (ask.pk, "E2")
    assert (called("Eli Moe").pk, called("Eli Moe").source_id) == (eli.pk, "E1")
    assert not sees("Berg", "Ask")
    assert said(warnings, "1 blocked link kept")

    actions.undo_roster(entry, by=the_portal())

    assert (called("Ask Moe").pk, called("Ask Moe").source_id) == (ask.pk, "E1")
    assert called("Eli Moe").source_id == "E2"


def test_keys_of_guardians_that_changed_places_do_too(read):
    read(family())
    confirm_all()
    shut_out()
    rolf = called("Rolf Berg")

    read(family(siv="F2", rolf="F1"))

    assert (called("Rolf Berg").pk, called("Rolf Berg").source_id) == (rolf.pk, "F1")
    assert not sees("Berg", "Ask")
    assert sees("Moe", "Ask")


def test_a_key_that_now_names_somebody_else_is_held_and_nobody_loses_their_place(read):
    read(family())
    confirm_all()
    other = town([("E1", "Jon Dahl", "2018-02-02", "F1,F2", "c31")], [SIV, ROLF])

    _entry, warnings = read(other)

    doubt = Doubt.objects.get()
    assert (doubt.person, doubt.source_id, doubt.answer) == (called("Ask Moe"), "E1", "")
    assert sees("Moe", "Ask")
    assert called("Ask Moe").is_active
    assert not Person.objects.filter(given_name="Jon").exists()
    assert said(warnings, "Jon Dahl", "may be Ask Moe")

    actions.judge_doubt(doubt, by=the_portal(), same=False)

    assert called("Jon Dahl").source_id == "E1"
    assert called("Ask Moe").source_id == ""
    assert set(GuardianRelation.objects.filter(pupil=called("Jon Dahl")).values_list("state", flat=True)) == {
        "proposed"
    }
    read(other, removals_meant=True)
    assert not called("Ask Moe").is_active


def aside(read, **options):
    read(family(born=""))
    confirm_all()
    shut_out()
    files = family(ask="E77", born="", name="Kim Moe")
    return files, *read(files, **options)


def test_a_doubtful_pair_is_held_until_somebody_judges_and_the_second_run_changes_nothing(read):
    files, _entry, warnings = aside(read)
    ask = called("Ask Moe")

    assert said(warnings, "Kim Moe (E77)", "may be Ask Moe")
    assert not Person.objects.filter(given_name="Kim").exists()
    assert ask.is_active
    assert ask.enrolments.get().valid_to > timezone.localdate()
    assert sees("Moe", "Ask")

    again, _warnings = read(files)

    assert RosterChange.objects.filter(roster=again).count() == 0
    assert Doubt.objects.count() == 1


def test_judge_doubt_the_same_keeps_person_and_restriction(read):
    files, _entry, _warnings = aside(read)
    ask = called("Ask Moe")

    actions.judge_doubt(Doubt.objects.get(), by=the_portal(), same=True)
    entry, warnings = read(files)

    kim = called("Kim Moe")
    assert (kim.pk, kim.source_id) == (ask.pk, "E77")
    assert GuardianRelation.objects.proposed().count() == 0
    assert said(warnings, "1 blocked link kept")
    assert entry.counts["done"]["persons"]["created"] == 0
    assert Doubt.objects.open().count() == 0


def test_judge_doubt_two_persons_only_proposes_and_is_not_asked_again(read):
    files, _entry, _warnings = aside(read)

    actions.judge_doubt(Doubt.objects.get(), by=the_portal(), same=False)

    kim = called("Kim Moe")
    assert kim.enrolments.get().school_class.name == "3A"
    assert set(kim.guardian_relations.values_list("state", flat=True)) == {"proposed"}

    again, _warnings = read(files, removals_meant=True)

    assert Doubt.objects.open().count() == 0
    assert again.counts["done"]["persons"]["created"] == 0
    assert not Person.objects.get(given_name="Ask").is_active


def test_judge_doubt_refuses_a_second_time(read):
    aside(read)
    doubt = Doubt.objects.get()
    actions.judge_doubt(doubt, by=the_portal(), same=True)

    with pytest.raises(NotInThisState):
        actions.judge_doubt(doubt, by=the_portal(), same=False)


def test_judge_doubt_denies_a_parent_another_school_and_whoever_it_is_about(read):
    aside(read)
    doubt, school = Doubt.objects.get(), School.objects.get()
    siv = called("Siv Moe")
    make.role(siv, "office", school)

    assert actions.judge_doubt.may(make.holder("office", school), doubt)
    assert not actions.judge_doubt.may(make.holder("office", make.school("Dal skole")), doubt)
    assert not actions.judge_doubt.may(make.person(), doubt)
    assert not actions.judge_doubt.may(siv, doubt)


def test_a_row_that_waits_is_forgotten_when_the_import_is_undone(read):
    _files, entry, _warnings = aside(read)

    actions.undo_roster(entry, by=the_portal())

    assert Doubt.objects.count() == 0


def test_undo_roster_gives_the_old_key_back(read):
    read(family())
    entry, _warnings = read(family(ask="E77", rolf="F22", system="annet"), removals_meant=True)

    actions.undo_roster(entry, by=the_portal())

    assert (called("Ask Moe").source, called("Ask Moe").source_id) == ("oneroster prov", "E1")
    assert PersonKey.objects.count() == 0
    assert Enrolment.objects.get().source == "oneroster prov"
    assert set(GuardianRelation.objects.values_list("source", flat=True)) == {"oneroster prov"}


def test_a_whole_file_of_known_people_under_unknown_keys_stops_and_asks(read):
    files = [
        town(
            [(f"p{n}", f"Elev{n} Moe", "", f"g{n}", "c31") for n in range(12)],
            [(f"g{n}", f"Mor{n} Moe", f"m{n}@example.org") for n in range(12)],
            system=system,
        )
        for system in ("prov", "")
    ]
    read(files[0])
    confirm_all()

    with pytest.raises(TooManyRemoved, match="24 people in the file are here already, 24 of them under other keys"):
        read(files[1])

    assert Person.objects.exclude(source="").count() == 24

    entry, _warnings = read(files[1], removals_meant=True)

    assert Person.objects.exclude(source="").count() == 24
    assert set(Person.objects.exclude(source="").values_list("source", flat=True)) == {"oneroster"}
    assert GuardianRelation.objects.live().count() == 12
    assert entry.counts["done"]["classes"]["created"] == 0

    again, _warnings = read(files[1])

    assert RosterChange.objects.filter(roster=again).count() == 0


def test_two_children_of_one_name_in_one_file_are_two(read):
    read(town([(*ASK, "", "c31"), ("E2", "Ask Moe", "", "", "c61")]))

    assert Person.objects.filter(given_name="Ask").count() == 2
    assert Doubt.objects.count() == 0


def test_a_shared_mailbox_is_named_and_one_parent_under_two_keys_gets_both_children(read):
    files = town(
        [("p1", "Ida Dahl", "", "g1,g2", "c31"), ("p2", "Jon Dahl", "", "g3,g2", "c61")],
        [
            ("g1", "Kari Dahl", "Kari.Dahl@example.org"),
            ("g3", "Kari Dahl", "kari.dahl@example.org "),
            ("g2", "Ole Dahl", "kari.dahl@example.org"),
        ],
    )
    _entry, warnings = read(files)
    confirm_all()

    assert said(warnings, "Kari Dahl (g1)", "Ole Dahl (g2)", "Kari Dahl (g3)", "kari.dahl@example.org")
    doubt = Doubt.objects.get()

    actions.judge_doubt(doubt, by=the_portal(), same=True)

    signs_in = EmailAddress.objects.get(email="kari.dahl@example.org").user
    seen = GuardianRelation.objects.live().filter(guardian=signs_in).values_list("pupil__given_name", flat=True)
    assert sorted(seen) == ["Ida", "Jon"]
    again, _warnings = read(files)
    assert RosterChange.objects.filter(roster=again).count() == 0
    assert Person.objects.filter(given_name="Kari", is_active=True).count() == 1


def test_uniting_two_records_loses_no_restriction_and_no_protection(read):
    read(
        town(
            [("p1", "Ida Dahl", "", "g1", "c31"), ("p2", "Jon Dahl", "", "g3", "c61")],
            [("g1", "Kari Dahl", "kari@example.org"), ("g3", "Kari Dahl", "kari@example.org")],
        )
    )
    confirm_all()
    two = Person.objects.get(source_id="g3")
    make.restricted(two, called("Jon Dahl"))
    people.protect_address(two, by=the_portal(), grade="strict")

    actions.judge_doubt(Doubt.objects.get(), by=the_portal(), same=True)

    kari = Person.objects.get(given_name="Kari", is_active=True)
    seen = GuardianRelation.objects.live().filter(guardian=kari).values_list("pupil__given_name", flat=True)
    assert list(seen) == ["Ida"]
    assert AddressProtection.objects.get().person == kari


def test_staff_who_are_parents_get_their_relations_with_a_word(read):
    _entry, warnings = read(
        town([("p1", "Ida Dahl", "", "t1", "c31")], teachers=[("t1", "Kari Dahl", "kari@example.org", "c31")])
    )

    assert GuardianRelation.objects.get().guardian == called("Kari Dahl")
    assert said(warnings, "Kari Dahl", "works at the school")


def test_somebody_shut_out_who_comes_as_staff_is_pointed_out(read):
    read(family())
    confirm_all()
    shut_out()
    files = town([(*ASK, "F1,F2", "c31")], [SIV], teachers=[(*ROLF, "c31")])

    _entry, warnings = read(files)

    assert Role.objects.get(person=called("Rolf Berg")).state == "proposed"
    assert said(warnings, "Rolf Berg is proposed for a role", "must not know")


def test_a_protected_person_keeps_the_address_that_is_here(read):
    read(town([(*ASK, "F1", "c31")], [("F1", "Siv Moe", "")]))
    people.protect_address(called("Siv Moe"), by=the_portal(), grade="strict")

    _entry, warnings = read(town([(*ASK, "F1", "c31")], [("F1", "Siv Moe", "siv@example.org", "+4790000001")]))

    assert (called("Siv Moe").email, called("Siv Moe").phone) == ("", "")
    assert said(warnings, "Siv Moe were kept")
    assert not said(warnings, "protect")


def test_a_restriction_set_between_looking_and_importing_holds(read, folder):
    read(town([(*ASK, "F1", "c31")], [SIV]))
    roster = read_roster(folder(family(ask="E77")))
    actions.dry_run(roster, by=the_portal())
    rolf = make.person("Rolf", "Berg")
    Person.objects.filter(pk=rolf.pk).update(email="rolf@example.org")
    make.restricted(rolf, called("Ask Moe"))

    _entry, warnings = read(family(ask="E77"))

    assert not GuardianRelation.objects.filter(guardian__given_name="Rolf").exists()
    assert said(warnings, "Rolf Berg", "may be Rolf Berg")


def test_another_school_learns_nothing_of_a_pupil_here_and_takes_nobody_over(read, folder, load):
    two = [FJELL, DAL]
    read(town([(*ASK, "F1,F2", "c31")], [SIV, ROLF], schools=two))
    confirm_all()
    shut_out()
    ask, dal = called("Ask Moe"), School.objects.get(name="Dal skole")
    theirs = town([("K1", *ASK[1:], "K2", "c32")], [("K2", "Rolf Berg", "rolf@example.org")], schools=[DAL])
    roster = read_roster(folder(theirs))

    actions.import_roster(
        dal.municipality, by=the_portal(), roster=roster, file_name="x", school=dal, removals_meant=True
    )

    ask.refresh_from_db()
    assert ask.source_id == "E1"
    assert Doubt.objects.count() == 0
    print(
        roster.notes.warnings,
        list(GuardianRelation.objects.values()),
        list(Person.objects.values_list("given_name", "source_id", "email")),
    )
    assert not any("Fjell" in warning.text for warning in roster.notes.warnings)
    assert any("Rolf Berg" in warning.text and "must not know" in warning.text for warning in roster.notes.warnings)


def test_judge_doubt_the_same_takes_care_places_and_how_they_are_reached_along(db):
    lia = make.school()
    one, other, tom = make.person("Kari"), make.person("Kari"), make.holder("principal", lia, "Tom")
    CarePlace.objects.create(pupil=other, school=lia)
    for person, stand_in in ((other, one), (tom, other)):
        Availability.objects.create(person=person, ways=["email"], away_until=timezone.localdate(), stand_in=stand_in)

    actions.judge_doubt(make.doubt(lia, one, other), by=the_portal(), same=True)

    assert CarePlace.objects.get().pupil == one
    assert (one.availability.ways, one.availability.stand_in) == (["email"], None)
    assert Availability.objects.get(person=tom).stand_in == one


def test_what_the_record_that_stays_says_itself_counts(db):
    lia = make.school()
    one, other = make.person("Kari"), make.person("Kari")
    for person, ways in ((one, ["phone"]), (other, ["email"])):
        CarePlace.objects.create(pupil=person, school=lia)
        Availability.objects.create(person=person, ways=ways)

    actions.judge_doubt(make.doubt(lia, one, other), by=the_portal(), same=True)

    assert Availability.objects.get(person=one).ways == ["phone"]
    assert CarePlace.objects.filter(pupil=one).count() == 1
