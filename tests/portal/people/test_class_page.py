"""The page of a class: who reads it, whom it names, and what each home has chosen."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.people import actions
from portal.people.models import Enrolment, Role, the_portal
from portal.speech import when
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text

PHONE = "+4741200401"


@once
def town(lia):
    """Nora with two homes, Omar's mother Karla who shares all, and the class contact Jurgita."""
    lia.here = make.school_class("3B", at=lia)
    lia.nora, lia.amira = make.family(lia.here, family_name="Vik")
    lia.zak = make.guardian("Zak", "Holm", of=lia.nora, phone="+4741200402")
    lia.omar, lia.karla = make.family(
        lia.here, pupil_name="Omar", adult_name="Karla", family_name="Jensen", phone=PHONE, email="karla@example.org"
    )
    lia.iver, lia.jurgita = make.family(lia.here, pupil_name="Iver", adult_name="Jurgita", family_name="Nordlie")
    make.role(lia.jurgita, Role.Kind.CLASS_CONTACT, lia.here)
    shares(lia.karla, "phone", "email")
    return lia


@once
def lia(db):
    return make.school("Lia skole")


def shares(person, *fields):
    actions.choose_directory(person, by=person, fields=list(fields))


def has_phone(person, number):
    type(person).objects.filter(pk=person.pk).update(phone=number)


def show(town, reader, name="class_show"):
    return as_(reader).get(address("people", name, town.here.pk))


def names(answer):
    return [one.name for one in answer.context["page"].families]


# What each shares


def test_who_shares_is_named_with_the_child_and_the_chosen_ways(town):
    shown = show(town, town.amira)

    assert "Omar Guardian: Karla Jensen" in text(shown)
    assert f'href="tel:{PHONE}"' in markup(shown)
    assert 'href="mailto:karla@example.org"' in markup(shown)
    assert "The class of Nora" in text(shown)


@pytest.mark.parametrize(
    ("fields", "seen"), [((), []), (("name",), ["Karla Jensen"]), (("phone",), ["Karla Jensen"])], ids=str
)
def test_nothing_is_shown_that_is_not_shared(town, fields, seen):
    shares(town.karla, *fields)

    shown = show(town, town.amira)

    assert names(shown) == seen
    assert ("tel:" + PHONE in markup(shown)) == ("phone" in fields)
    assert "karla@example.org" not in markup(shown)


def test_families_stand_by_the_first_names_of_the_children(town):
    for child in ("Åse", "Aksel", "Zara"):
        shares(make.family(town.here, pupil_name=child, adult_name=f"Mor til {child}", family_name="Aa")[1], "name")

    assert [one.children for one in show(town, town.amira).context["page"].families] == [
        ["Aksel"],
        ["Omar"],
        ["Zara"],
        ["Åse"],
    ]


def test_a_dead_address_is_not_offered(town):
    actions.mark_email_failed(town.karla, by=make.holder("office", town))

    assert "karla@example.org" not in markup(show(town, town.amira))


def test_each_adult_of_a_home_stands_with_their_own_children(town):
    partner = make.person("Pil", "Lund", household=town.karla.household)
    make.confirmed(partner, make.pupil("Siv", "Lund", in_class=town.here))
    shares(partner, "name")

    assert "Siv Guardian: Pil Lund" in text(show(town, town.amira))


def test_what_one_home_shares_its_other_home_does_not_read(town):
    shares(town.zak, "phone")

    assert "Zak Holm" in names(show(town, town.karla))
    assert "Zak" not in text(show(town, town.amira))
    assert names(show(town, town.zak)) == ["Karla Jensen"]


def test_the_reader_sees_what_they_share_themselves(town):
    assert show(town, town.amira).context["page"].own is None
    assert "The other families do not see your name" in text(show(town, town.amira))

    assert show(town, town.karla).context["page"].own.phone == PHONE


@pytest.mark.parametrize("role", [None, Role.Kind.CLASS_CONTACT, Role.Kind.CONTACT_TEACHER])
def test_nothing_tells_anybody_in_a_childs_other_home_that_somebody_is_protected(town, role):
    """Zak's partner is no guardian of Nora, and reads the same page before and after."""
    partner = make.guardian("Pil", of=make.pupil("Siv", in_class=town.here), household=town.zak.household)
    shares(town.amira, "name", "email")
    if role:
        make.role(town.amira, role, town.here)
    before = text(show(town, partner))

    protect(town.amira)

    assert text(show(town, partner)) == before
    assert "Amira" not in names(show(town, partner))


# Class contacts and teachers


def test_a_class_contact_stands_with_the_ways_that_they_chose(town):
    has_phone(town.jurgita, "+4741200118")
    assert "Jurgita Nordlie Class contact" in text(show(town, town.amira))
    assert "tel:+4741200118" not in markup(show(town, town.amira))

    shares(town.jurgita, "phone")

    assert "tel:+4741200118" in markup(show(town, town.amira))


def test_a_class_without_a_contact_reads_as_one_whose_contact_is_protected(town):
    shares(town.jurgita, "phone", "email")
    protect(town.iver)
    protected = text(show(town, town.amira))

    actions.end_role(town.jurgita.roles.get(), by=the_portal())

    assert text(show(town, town.amira)) == protected
    assert "Ask the school office who it is, or how you elect one." in protected


@pytest.mark.parametrize("kind", ["contact_teacher", "subject_teacher", "principal"])
def test_teachers_and_leaders_read_the_page_but_not_what_families_share_with_each_other(town, kind):
    shares(town.jurgita, "email")
    scope = town if kind == "principal" else town.here

    shown = show(town, make.holder(kind, scope, given_name="Tom"))

    assert "Jurgita Nordlie" in text(shown)
    assert town.jurgita.email not in markup(shown)
    assert "Karla" not in text(shown)
    assert "Who is who" not in text(shown)


def test_the_contact_teacher_is_named(town):
    make.holder("contact_teacher", town.here, given_name="Anne", family_name="Kjær")

    assert "Anne Kjær Contact teacher" in text(show(town, town.amira))


# Who may not


def test_a_guardian_of_a_child_who_has_left_reads_nothing_and_is_not_read_of(town):
    Enrolment.objects.filter(pupil=town.omar).update(valid_to=timezone.localdate() - timedelta(days=1))

    assert show(town, town.karla).status_code == 404
    assert names(show(town, town.amira)) == []


def test_a_family_that_moves_to_another_class_is_read_of_there_and_here_no_more(town):
    there = make.school_class("3A", at=town)
    Enrolment.objects.filter(pupil=town.omar).update(school_class=there)
    _liv, ben = make.family(there, pupil_name="Liv", adult_name="Ben")

    assert names(show(town, town.amira)) == []
    town.here = there
    assert names(show(town, ben)) == ["Karla Jensen"]
    assert show(town, town.amira).status_code == 404


def test_a_proposed_guardian_reads_nothing_and_is_not_read_of(town):
    proposed = make.person("Pelle")
    make.proposed(proposed, town.omar)
    shares(proposed, "name")

    assert show(town, proposed).status_code == 404
    assert "Pelle" not in text(show(town, town.amira))


def test_a_restricted_guardian_reads_nothing_and_is_not_read_of(town):
    shares(town.zak, "phone")
    make.restricted(town.zak, town.nora)

    assert show(town, town.zak).status_code == 404
    assert names(show(town, town.karla)) == []


def test_who_is_restricted_from_one_child_and_has_another_in_the_class_reads_nothing_of_the_first(town):
    shares(town.amira, "phone")
    make.role(town.amira, Role.Kind.CLASS_CONTACT, town.here)
    make.restricted(town.zak, town.nora)
    make.confirmed(town.zak, make.pupil("Per", "Holm", in_class=town.here))

    shown = show(town, town.zak)

    assert names(shown) == ["Karla Jensen"]
    assert not {"Nora", "Amira", "Vik"} & set(text(shown).split())


def test_of_a_class_of_another_child_nothing_is_read(town):
    _liv, ben = make.family(make.school_class("3A", at=town), pupil_name="Liv", adult_name="Ben")

    assert show(town, ben).status_code == 404
    assert show(town, make.holder("office", town)).status_code == 404


# Protection


def protect(person):
    actions.protect_address(person, by=the_portal(), grade="strict", alias="Furu 7")


@pytest.mark.parametrize("who", ["omar", "karla"])
def test_a_protected_family_leaves_no_trace(town, who):
    shares(town.karla)
    before = without_marks(show(town, town.amira)), without_marks(show(town, town.jurgita, "class_list"))
    shares(town.karla, "name", "phone", "email")

    protect(getattr(town, who))

    assert (without_marks(show(town, town.amira)), without_marks(show(town, town.jurgita, "class_list"))) == before


def without_marks(answer):
    """The text, without the minute of a print."""
    return text(answer).replace(str(answer.context.get("printed_at")), "").split("Throw")[-1]


def test_a_protected_class_contact_is_not_named_nor_reached(town):
    has_phone(town.jurgita, "+4741200118")
    shares(town.jurgita, "phone")
    protect(town.iver)

    shown = show(town, town.amira)

    assert not {"Jurgita", "Nordlie"} & set(text(shown).split())
    assert "+4741200118" not in markup(shown)


def test_nothing_that_the_other_home_reads_changes_when_one_is_protected(town):
    make.role(town.amira, Role.Kind.CLASS_CONTACT, town.here)
    for person in (town.amira, town.zak):
        shares(person, "name", "phone", "email")
    before = without_marks(show(town, town.zak))
    assert "Amira" in before

    protect(town.amira)

    assert without_marks(show(town, town.zak)) == before
    assert "Amira" not in text(show(town, town.karla))


# Paper


def test_the_list_holds_what_the_page_shows_and_says_when_it_was_printed(town):
    shown = show(town, town.jurgita, "class_list")

    assert "Omar Guardian: Karla Jensen" in text(shown)
    with translation.override("en"):
        moment = " ".join(when(shown.context["printed_at"], town).split())
    assert f"As it was {moment}. Throw the sheet away" in text(shown)


def test_the_paper_of_a_class_contact_never_names_their_own_family(town):
    for person in (town.zak, town.amira, town.jurgita):
        shares(person, "phone")
    make.role(town.zak, Role.Kind.CLASS_CONTACT, town.here)
    make.role(town.amira, Role.Kind.CLASS_CONTACT, town.here)

    said = text(show(town, town.zak, "class_list"))

    assert "Jurgita Nordlie Class contact" in said
    assert "Amira" not in said
    assert said.count("Zak") <= 1, "only where the frame says who is signed in"


@pytest.mark.parametrize("who", ["amira", "karla"])
def test_only_class_contacts_print(town, who):
    assert show(town, getattr(town, who), "class_list").status_code == 403
    assert "List to print" not in text(show(town, getattr(town, who)))
    assert "List to print" in text(show(town, town.jurgita))


def test_a_class_contact_prints_no_other_class(town):
    other = make.school_class("3A", at=town)

    assert as_(town.jurgita).get(address("people", "class_list", other.pk)).status_code == 404


# The way there, and what it costs


def test_a_guardian_is_one_tap_away(town):
    there = f'href="{address("people", "class_show", town.here.pk)}"'

    for page in ("/", address("people", "child_list"), address("people", "directory")):
        assert there in markup(as_(town.amira).get(page)), page


def test_the_school_is_who_acts_when_a_child_is_not_safe(town):
    type(town).objects.filter(pk=town.pk).update(phone="61 00 00 00")

    shown = show(town, town.amira)

    assert "If a child is not safe" in text(shown)
    assert markup(shown).count('href="tel:61000000"') == 2
    assert "Call 112" in text(shown)


def test_many_homes_cost_no_more_queries_than_few(town):
    make.published(town.here, by=town.jurgita)
    few = queries(town)
    for number in range(12):
        _child, adult = make.family(town.here, pupil_name=f"Barn{number}", adult_name=f"Voksen{number}")
        shares(adult, "phone")
        make.published(town.here, by=town.jurgita, title=f"Kveld {number}")

    assert queries(town) == few <= 33


def queries(town):
    client = as_(town.amira)
    client.get(address("people", "class_show", town.here.pk))
    with CaptureQueriesContext(connection) as found:
        client.get(address("people", "class_show", town.here.pk))
    return len(found)


def test_the_form_says_who_sees_it_and_to_a_class_contact_what_it_is_for(town):
    form = address("people", "directory")

    assert "for as long as it is ticked here, in a new class too" in text(as_(town.amira).get(form))
    assert "whatever you tick" not in text(as_(town.amira).get(form))
    assert "whatever you tick" in text(as_(town.jurgita).get(form))
