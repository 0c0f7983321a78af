"""The guide to the right adult: whose it is, whom it names, what it leads to, and that nothing is kept."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.help import chapters_for
from portal.people import actions
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Enrolment, Role, School, the_portal
from portal.schoolyear.actions import set_promises
from principles.help import FINDING
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text

pytestmark = pytest.mark.django_db
today = timezone.localdate


@once
def lia(db):
    lia = make.school("Lia skole")
    School.objects.filter(pk=lia.pk).update(phone="+4761000000")
    lia.here = make.school_class("3B", at=lia)
    lia.nora, lia.amira = make.family(lia.here)
    lia.tom = make.holder("contact_teacher", lia.here, "Tom", "Ås", phone="+4741200401")
    lia.siri = make.holder("subject_teacher", lia.here, "Siri", "Dal", phone="+4741200402")
    lia.pia = make.holder("principal", lia, "Pia", "Hauge", phone="+4741200403")
    for staff in (lia.tom, lia.pia):
        actions.choose_ways(staff, by=staff, ways=["phone"])
    return lia


def guide(reader, child, page="guide_show"):
    return as_(reader).get(address("principles", page, child.key))


def management(reader, child):
    return guide(reader, child, "guide_management")


# Whose it is


def test_a_guardian_reads_the_childs_adults_with_a_number_to_tap(lia):
    shown = guide(lia.amira, lia.nora)

    assert "Tom Ås" in text(shown)
    assert 'href="tel:+4741200401"' in markup(shown)
    assert "Call rather than write" in text(shown)
    assert "Pia Hauge" not in text(shown)


def test_both_homes_read_the_same(lia):
    zak = make.guardian("Zak", "Holm", of=lia.nora)

    def said(reader):
        return (
            text(guide(reader, lia.nora))
            .partition("Whom can I talk to about")[2]
            .replace("Zak", "")
            .partition("112")[0]
        )

    assert said(zak) == said(lia.amira)


def test_who_is_kept_from_the_child_or_only_proposed_finds_nothing(lia):
    cato = make.guardian("Cato", of=lia.nora)
    make.restricted(cato, lia.nora)
    proposed = make.guardian("Petra", of=make.pupil("Per", in_class=lia.here))
    make.proposed(proposed, lia.nora)

    for reader in (cato, proposed, lia.tom, lia.pia, make.holder("board_member", lia)):
        assert guide(reader, lia.nora).status_code == 404
        assert management(reader, lia.nora).status_code == 404


def test_a_pupil_of_twelve_reads_it_in_words_of_its_own_and_a_younger_one_does_not(lia):
    for years, status in ((13, 200), (11, 404)):
        child = make.pupil("Iver", in_class=lia.here, born_on=today() - timedelta(days=years * 366))
        shown = guide(child, child)
        assert shown.status_code == status
        if status == 200:
            assert "your grown-ups at school" in text(shown)
            assert "Tom Ås" in text(shown)
            assert guide(child, lia.nora).status_code == 404


def test_a_grown_pupil_is_its_own(lia):
    grown = make.pupil("Sol", in_class=lia.here, born_on=today() - timedelta(days=366 * 19))
    mother = make.guardian("Mor", of=grown)

    assert guide(mother, grown).status_code == 404
    assert guide(grown, grown).status_code == 200


# Whom it names


def test_a_new_contact_teacher_stands_there_by_itself_and_who_left_does_not(lia):
    actions.end_role(lia.tom.roles.get(), by=make.holder("office", lia))
    make.holder("contact_teacher", lia.here, "Trude", "Lie")

    shown = text(guide(lia.amira, lia.nora))

    assert "Trude Lie" in shown
    assert "Tom Ås" not in shown


def test_without_a_contact_teacher_the_school_is_called(lia):
    actions.end_role(lia.tom.roles.get(), by=make.holder("office", lia))

    shown = guide(lia.amira, lia.nora)

    assert "Nobody is named here now. Call the school" in text(shown)
    assert 'href="tel:+4761000000"' in markup(shown)
    assert "Siri Dal" in text(shown)


def test_who_has_not_said_how_is_reached_through_the_school(lia):
    assert "Has not said how to be reached. Call the school:" in text(guide(lia.amira, lia.nora))


def test_the_adults_of_two_schools_stand_apart(lia):
    other = make.school("Sol skole")
    there = make.school_class("3A", at=other)
    Enrolment.objects.create(pupil=lia.nora, school_class=there, valid_from=today())
    make.holder("contact_teacher", there, "Unni", "Moe")
    make.holder("principal", other, "Rune", "Vold")

    first, _sep, second = text(guide(lia.amira, lia.nora)).partition("Sol skole, 3A")

    assert ("Tom Ås" in first, "Tom Ås" in second) == (True, False)
    assert ("Unni Moe" in first, "Unni Moe" in second) == (False, True)
    assert "Rune Vold" in text(management(lia.amira, lia.nora))


def test_a_guardian_with_children_at_two_schools_reads_of_each_its_own(lia):
    there = make.school_class("2A", at=make.school("Sol skole"))
    omar = make.pupil("Omar", in_class=there)
    make.confirmed(lia.amira, omar)
    make.holder("contact_teacher", there, "Unni", "Moe")

    assert "Unni Moe" in text(guide(lia.amira, omar))
    assert "Tom Ås" not in text(guide(lia.amira, omar))
    assert "Unni Moe" not in text(guide(lia.amira, lia.nora))


def test_a_child_without_a_place_today_has_a_page_all_the_same(lia):
    Enrolment.objects.filter(pupil=lia.nora).update(valid_to=today() - timedelta(days=1))

    for shown in (guide(lia.amira, lia.nora), management(lia.amira, lia.nora)):
        assert shown.status_code == 200
        assert "Tom Ås" not in text(shown)
    assert "No school has a place here today" in text(guide(lia.amira, lia.nora))


def test_after_school_staff_stand_there_where_the_child_goes_there_and_nowhere_else(lia):
    set_promises(lia, by=the_portal(), after_school_care=True)
    make.holder("after_school", lia, "Frida", "Fonn")
    assert "Frida Fonn" not in text(guide(lia.amira, lia.nora))

    actions.choose_care(lia.here, by=make.holder("office", lia), pupils=[lia.nora])
    assert "Frida Fonn After-school staff" in text(guide(lia.amira, lia.nora))

    set_promises(lia, by=the_portal(), after_school_care=False)
    assert "After-school" not in text(guide(lia.amira, lia.nora))


def test_an_adult_whom_other_families_must_not_read_of_is_as_if_there_were_none(lia):
    office = make.holder("office", lia)
    actions.protect_address(lia.tom, by=office, grade="strict")

    shown = guide(lia.amira, lia.nora)

    assert "Tom Ås" not in text(shown)
    assert "+4741200401" not in markup(shown)
    assert "Nobody is named here now" in text(shown)


def test_a_protected_teacher_who_is_the_childs_other_home_is_named_and_not_told_how_to_reach(lia):
    make.confirmed(lia.tom, lia.nora)
    actions.protect_address(lia.tom, by=make.holder("office", lia), grade="strict")

    shown = guide(lia.amira, lia.nora)

    assert "+4741200401" not in markup(shown)


def test_an_adult_who_would_tell_where_a_child_is_stands_nowhere(lia):
    elsewhere = make.pupil("Per", in_class=lia.here)
    make.confirmed(lia.tom, elsewhere)
    make.confirmed(lia.amira, elsewhere)
    make.restricted(lia.amira, elsewhere)

    assert "Tom Ås" not in text(guide(lia.amira, lia.nora))


def test_a_protected_stand_in_is_not_named(lia):
    actions.choose_ways(lia.siri, by=lia.siri, ways=["phone"])
    actions.say_away(lia.tom, by=lia.tom, away_until=today(), stand_in=lia.siri)
    assert "Siri Dal stands in." in text(guide(lia.amira, lia.nora))

    actions.protect_address(lia.siri, by=make.holder("office", lia), grade="strict")
    shown = guide(lia.amira, lia.nora)

    assert "Siri Dal" not in text(shown)
    assert "+4741200402" not in markup(shown)
    assert "Nobody is named to stand in. Call the school:" in text(shown)


# The management, and what is kept


def test_the_management_is_one_step_away_and_asks_nothing_first(lia):
    assert address("principles", "guide_management", lia.nora.key) in markup(guide(lia.amira, lia.nora))

    shown = management(lia.amira, lia.nora)

    assert 'href="tel:+4741200403"' in markup(shown)
    assert 'href="tel:+4761000000"' in markup(shown)
    assert "whether or not you have talked to somebody else" in text(shown)
    assert markup(shown).partition("<main")[2].count("<details") == 4


def test_what_the_board_can_do_leads_to_its_principles(lia):
    shown = management(lia.amira, lia.nora)

    assert "It cannot deal with a single child" in text(shown)
    assert address("principles", "principle_list", lia.number) in markup(shown)


def test_neither_page_has_a_field_or_writes_a_row(lia):
    def rows():
        kept = {model for model in apps.get_models() if model._meta.app_label != "sessions"}
        return {model._meta.label: model._base_manager.count() for model in kept if model._meta.managed}

    client = as_(lia.amira)
    client.get("/")
    before = rows()
    for page in ("guide_show", "guide_management"):
        shown = client.get(address("principles", page, lia.nora.key)).content.decode()
        main = shown[shown.index("<main") : shown.index("</main")]
        assert not [tag for tag in ("<input", "<textarea", "<select", "<form") if tag in main]
        assert client.post(address("principles", page, lia.nora.key)).status_code == 405

    assert rows() == before


@pytest.mark.parametrize("page", ["guide_show", "guide_management"])
def test_the_guide_asks_the_same_for_three_adults_and_for_thirty_and_at_most_twelve_times(lia, page):
    def asked():
        client = as_(lia.amira)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get(address("principles", page, lia.nora.key))
        return len(queries)

    few = asked()
    for number in range(20):
        staff = make.holder(Role.Kind.SUBJECT_TEACHER, lia.here, f"Teacher {number}", phone="+4741200409")
        actions.choose_ways(staff, by=staff, ways=["phone"])
        actions.say_away(staff, by=staff, away_until=today(), stand_in=lia.siri)

    assert asked() == few <= 12


@pytest.mark.parametrize("language", ["en", "nb", "nn", "da"])
def test_the_help_leads_over_the_link_that_the_first_page_has(language):
    with translation.override(language):
        label = translation.gettext("Whom can I talk to?")
        for hat in (PARENT, PUPIL):
            one, *_others = next(one.questions for one in chapters_for(hat) if one.name == FINDING.name)
            assert label in one.says[0]
