"""Who is protected, and every place that prints a name of one family for another."""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
import time_machine
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook
from pypdf import PdfReader

from conferences import actions as talks
from conferences.after.wording import names_in
from conferences.exports import interpreters_xlsx
from conferences.queries.interpreters import interpreter_page
from grants import actions as grants
from grants.letters import decision_pdf
from networks import actions as gatherings
from networks import queries
from networks.notices.letters import ANSWER
from networks.queries import INVITED
from portal.messaging import composing
from portal.messaging.actions import open_calendar
from portal.messaging.kinds import KINDS
from portal.messaging.links import link_for
from portal.messaging.models import Notice, naming
from portal.people import actions, protection
from portal.people.models import Person, Role, the_portal
from portal.people.queries import families_of
from tests import make
from tests.conftest import Browser
from tests.grants.cast import applied, scheme
from tests.ground import once
from tests.pages import as_, text

pytestmark = pytest.mark.django_db

ADULT, CHILD = "Monamor", "Adalyn"
DAY = timedelta(days=1)


@once
def town():
    """Monamor and her partner live together; Adalyn is hers, and has another home. Cora is another family's."""
    school = make.school("Lia skole")
    in_class = make.school_class("3B", at=school)
    ada, mona = make.family(in_class, pupil_name=CHILD, adult_name=ADULT, family_name="Warsame")
    partner = make.person("Pil", household=mona.household)
    bo = make.guardian("Bo", of=ada)
    _cato, cora = make.family(in_class, pupil_name="Cato", adult_name="Cora", family_name="Lund")
    _dina, dan = make.family(in_class, pupil_name="Dina", adult_name="Dan", family_name="Moe")
    for contact in (mona, cora):
        make.role(contact, Role.Kind.CLASS_CONTACT, in_class)
    return SimpleNamespace(
        school=school, in_class=in_class, ada=ada, mona=mona, partner=partner, bo=bo, cora=cora, dan=dan
    )


def protect(person, **details):
    return actions.protect_address(person, by=the_portal(), grade="strict", **details)


@pytest.fixture(params=["mona", "partner", "ada", "bo"])
def marked(request, town):
    """Monamor herself, who lives with her, her child, and the child's other home."""
    protect(getattr(town, request.param))
    return request.param


def page(town, name, *args, by=None):
    return text(as_(by or town.cora).get(reverse(f"networks:{name}", args=args)))


def bonfire(town):
    return make.published(town.in_class, by=town.cora)


def signed_by_her(town):
    gathering = bonfire(town)
    make._set(town.cora.roles.get(), by=the_portal(), valid_to=town.school.today() - DAY)
    return gathering


def shown(town):
    return page(town, "gathering_show", signed_by_her(town).pk, by=town.dan)


def by_link(town):
    return text(Browser().get(link_for(town.dan, signed_by_her(town), purpose=ANSWER).url()))


def letter_to(person, gathering):
    with translation.override("en"):
        return KINDS[INVITED](SimpleNamespace(subject=gathering, recipient=person))


def mail(town):
    gathering = bonfire(town)
    letter = letter_to(town.dan, gathering)
    sent = composing.mail_of([letter], town.dan, key="1", school="", preferences_url="http://x/")
    return sent.message().as_string() + sent.body + sent.alternatives[0].content


def before_sending(town):
    return page(town, "gathering_send", make.gathering(town.in_class, by=town.cora).pk)


def answers(town):
    return page(town, "gathering_organise", bonfire(town).pk)


def to_reach(town):
    return page(town, "gathering_reach", bonfire(town).pk)


def on_behalf(town):
    gathering = bonfire(town)
    gatherings.answer_on_behalf(gathering, by=town.mona, household=town.dan.household, answer="yes")
    gatherings.answer(gathering, by=town.bo, household=town.bo.household, answer="no")
    return page(town, "gathering_organise", gathering.pk).partition("Dina")[2].partition("on behalf")[0]


def log_of_calls(town):
    gathering = bonfire(town)
    gatherings.log_contact(gathering, by=town.mona, household=town.dan.household, kind="call", outcome="none")
    return page(town, "home_reach", gathering.pk, town.dan.household_id)


def helpers(town):
    gathering = bonfire(town)
    gatherings.add_helper(gathering, by=town.cora, person_asked=town.mona)
    return page(town, "gathering_tasks", gathering.pk).partition("Who helps you")[2]


def _talk(town):
    teacher = make.holder(Role.Kind.CONTACT_TEACHER, town.in_class, "Anne", "Berg")
    talk = make.booked(make.conference(make.round(town.in_class), town.ada, teacher), by=town.mona)
    return talk, teacher


def on_the_door(town):
    talk, teacher = _talk(town)
    on = talk.booking.starts_at.astimezone(town.school.zone).date()
    return text(as_(teacher).get(reverse("conferences:day_door", args=[on]), {"names": "1"}))


def calendar(town):
    _booked, teacher = _talk(town)
    link = open_calendar(teacher, by=teacher)
    return Browser().get(link.url()).content.decode()


def warning(town):
    other = make.school_class("4A", at=town.school, grades=(4,))
    pupil = make.pupil("Ola", "Nord", in_class=other)
    teacher = make.holder(Role.Kind.CONTACT_TEACHER, other)
    return str(names_in(f"{CHILD} Warsame was there.", pupil=pupil, writer=teacher))


def admin(town):
    Person.objects.filter(pk=town.dan.pk).update(is_staff=True)
    client, found = as_(town.dan), ""
    for table in ("person", "role"):
        found += text(client.get(f"/admin/people/{table}/"))
    return found + text(client.get("/admin/people/person/", {"q": "Warsame"}))


def who_has_read(town):
    make.role(town.mona, Role.Kind.OFFICE, town.school)
    actions.open_person(town.dan, by=town.mona)
    return text(as_(town.dan).get(reverse("privacy_seen")))


def sheet_of_answers(town):
    answer = as_(town.cora).get(reverse("networks:answers_xlsx", args=[bonfire(town).pk]))
    return _cells(answer.content)


def _cells(content):
    return str([list(row) for row in load_workbook(BytesIO(content)).active.values])


def kept_notice_of_a_talk(town):
    """Of somebody who taught the child, and whose own child goes there."""
    talk = make.conference(make.round(town.in_class), town.ada, make.holder(Role.Kind.CONTACT_TEACHER, town.in_class))
    with translation.override("en"):
        letter = KINDS["conferences.teacher_told_of_time"](SimpleNamespace(subject=talk, recipient=town.dan))
    now, told = timezone.now(), {"kind": "conferences.teacher_told_of_time", "category": "news"}
    sent = {"title": letter.subject, "not_before": now, "told_at": now, "state": Notice.State.TOLD}
    Notice.objects.create(**naming(talk), **told, **sent, recipient=town.dan)
    return text(as_(town.dan).get(reverse("messaging:message_list")))


PLACES = {
    shown: [ADULT],
    by_link: [ADULT],
    mail: [ADULT],
    before_sending: [CHILD, "Warsame"],
    answers: [ADULT, CHILD, "Warsame"],
    to_reach: [ADULT, CHILD, "Warsame"],
    on_behalf: [ADULT],
    log_of_calls: [ADULT],
    helpers: [ADULT],
    on_the_door: [CHILD],
    calendar: [CHILD],
    warning: [CHILD],
    who_has_read: [ADULT],
    sheet_of_answers: [ADULT, CHILD, "Warsame"],
    kept_notice_of_a_talk: [CHILD],
    admin: [ADULT, CHILD],
}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_no_place_names_a_protected_family_to_another(town, marked, place):
    read = place(town)

    assert read
    assert [name for name in (ADULT, CHILD, "Warsame", "Pil ") if name in read] == []


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_without_the_rule_every_place_would_name_them(town, marked, place, monkeypatch):
    """So the test above does test: take the rule away, and the names are there."""
    monkeypatch.setattr(protection, "covered", lambda day=None: RawSQL("SELECT 0 WHERE false", ()))

    read = place(town)

    assert [name for name in PLACES[place] if name not in read] == []


# What leaves the portal names no family at all, so it needs no rule


def text_message(town):
    return composing.sms_of([letter_to(town.dan, bonfire(town))], is_protected=False)


def invitation_file(town):
    return letter_to(town.dan, bonfire(town)).calendar.to_ical().decode()


def agencys_list(town):
    teacher = make.holder(Role.Kind.CONTACT_TEACHER, town.in_class, "Anne", "Berg")
    round = make.round(town.in_class)
    first, _next = make.slot(round, teacher), make.slot(round, teacher, minute=25)
    make.booked(make.conference(round, town.ada, teacher), by=town.mona, at=first, language="so")
    page = interpreter_page(make.holder(Role.Kind.OFFICE, town.school))
    return _cells(interpreters_xlsx(page))


def swap_of_talks(town):
    """The page where one asks for another's time, the question as they see it, and the messages of it."""
    teacher = make.holder(Role.Kind.CONTACT_TEACHER, town.in_class, "Anne", "Berg")
    round, dina = make.round(town.in_class), town.dan.pupil_relations.get().pupil
    times = [make.slot(round, teacher, hour=hour) for hour in (16, 18)]
    hers = make.booked(make.conference(round, town.ada, teacher), by=town.mona, at=times[0])
    his = make.booked(make.conference(round, dina, teacher), by=town.dan, at=times[1])
    read = text(as_(town.dan).get(reverse("conferences:swap_ask", args=[his.pk])))
    swap = talks.ask_swap(hers, by=town.mona, theirs=his.booking)
    told = SimpleNamespace(subject=hers, recipient=town.dan)
    with translation.override("en"):
        letters = [KINDS[f"conferences.{kind}"](told) for kind in ("swap_asked", "swap_declined")]
    both = [text(as_(one).get(reverse("conferences:swap_answer", args=[swap.key]))) for one in (town.dan, town.mona)]
    assert "ask to swap times" in read.casefold()
    assert all("Theirs:" in one for one in both)
    return read + both[0] + "".join(str(letter) for letter in letters)


def support_and_its_letter(town):
    scheme(town.school.municipality)
    application = applied(bonfire(town), town.mona)
    principal = make.holder(Role.Kind.PRINCIPAL, town.school, "Solveig", "Haugen")
    grants.take_up_application(application, by=principal)
    decision = grants.decide_application(application, by=principal, result="approved", amount=100_000)
    read = text(as_(town.cora).get(reverse("grants:application_show", args=[application.pk])))
    pdf = PdfReader(BytesIO(decision_pdf(decision)))
    return read + str(decision.letter) + "".join(page.extract_text() for page in pdf.pages)


@pytest.mark.parametrize(
    "paper",
    [text_message, invitation_file, agencys_list, swap_of_talks, support_and_its_letter],
    ids=lambda paper: paper.__name__,
)
def test_a_paper_for_others_names_no_family(town, paper):
    read = paper(town)

    assert len(read) > 20
    assert [name for name in (ADULT, CHILD, "Warsame", "Pil ") if name in read] == []


@pytest.mark.parametrize(("alias", "place"), [("Ask", 0), ("Furu", 1), ("Ås", 2)])
def test_the_alias_of_a_helper_stands_among_the_names(town, alias, place):
    protect(town.mona, alias=alias)
    gathering = bonfire(town)
    make._set(town.mona.roles.get(), by=the_portal(), valid_to=town.school.today() - DAY)
    eli = make.guardian("Eli", "Berg", of=make.pupil(in_class=town.in_class))
    zoe = make.guardian("Zoe", "Ødegård", of=make.pupil(in_class=town.in_class))
    for person in (zoe, town.mona, eli):
        gathering.helpers.create(person=person)

    shown = [name for _helper, name in queries.tasks_of(gathering, town.cora).helpers]

    assert shown.index(alias) == place
    assert len(shown) == 3


def test_who_is_covered_is_covered_for_the_sake_of_whoever_is_protected(town):
    protect(town.mona)
    near = (town.partner, town.ada, town.bo)

    assert [protection.reasons_for(person) for person in near] == [{town.mona.pk}] * 3
    assert [protection.reasons_for(person) for person in (town.mona, town.cora, town.dan)] == [set()] * 3


@pytest.mark.parametrize("marked", ["mona", "partner", "ada", "bo"])
def test_everybody_who_is_covered_has_a_reason(town, marked):
    person = getattr(town, marked)
    protect(person)

    covered = Person.objects.filter(pk__in=protection.covered()).exclude(pk=person.pk)

    assert covered
    assert all(protection.reasons_for(one) == {person.pk} for one in covered)


# Who is covered


def names(keys):
    return set(Person.objects.filter(pk__in=keys).values_list("given_name", flat=True))


def everybody():
    return Person.objects.values_list("pk", flat=True)


def test_the_circles_of_a_protected_person(town):
    protect(town.mona)

    assert names(protection.covered_among(everybody())) == {ADULT, "Pil", CHILD, "Bo"}
    assert names(protection.sheltered_among(everybody())) == {ADULT, "Pil"}


def test_a_brother_and_the_partners_child_belong_to_the_home_and_so_do_their_other_homes(town):
    other = make.school_class("5A", at=town.school, grades=(5,))
    make.confirmed(town.mona, make.pupil("Brother", in_class=other))
    finn = make.pupil("Finn", in_class=other)
    make.confirmed(town.partner, finn)
    make.person("Lodger", household=make.guardian("Finnsmother", of=finn).household)
    protect(town.mona)

    found = names(protection.covered_among(everybody()))

    assert found == {ADULT, "Pil", CHILD, "Bo", "Brother", "Finn", "Finnsmother", "Lodger"}


def test_the_other_homes_other_family_is_nobodys_matter(town):
    half = make.pupil("Half", in_class=town.in_class)
    make.confirmed(town.bo, half)
    make.guardian("Halfsmother", of=half)
    protect(town.mona)

    assert not names(protection.covered_among(everybody())) & {"Half", "Halfsmother", "Cora", "Dan"}


def test_a_child_that_alone_is_protected_shelters_each_of_its_homes(town):
    protect(town.ada)

    assert names(protection.sheltered_among(everybody())) == {CHILD, ADULT, "Pil", "Bo"}


def test_a_child_at_a_protected_home_shelters_that_home_alone(town):
    protect(town.ada)
    protect(town.mona)

    assert names(protection.sheltered_among(everybody())) == {CHILD, ADULT, "Pil"}


def test_a_restricted_guardian_gets_no_hint(town):
    make.restricted(town.bo, town.ada)
    protect(town.mona)

    assert "Bo" not in names(protection.covered_among(everybody()))


def test_a_guardian_who_waits_to_be_confirmed_covers_the_child(town):
    lone = make.pupil("Lone", in_class=town.in_class)
    mother = make.person("Mother")
    make.proposed(mother, lone)
    protect(mother)

    assert names(protection.covered_among(everybody())) == {"Lone", "Mother"}
    assert [family.protected for family in families_of(town.in_class) if lone in family.pupils] == [True]


def test_who_lives_alone_without_a_home_covers_nobody_without_a_home(town):
    alone, other = make.person("Alone"), make.person("Other")
    protect(alone)

    assert names(protection.covered_among([alone.pk, other.pk])) == {"Alone"}


def test_a_protection_that_has_ended_or_not_begun_covers_nobody(town):
    today = town.school.today()
    town.mona.protections.create(grade="strict", valid_from=today - 9 * DAY, valid_to=today - DAY)
    town.dan.protections.create(grade="strict", valid_from=today + DAY)

    assert protection.covered_among(everybody()) == set()
    assert names(protection.covered_among(everybody(), today - DAY)) == {ADULT, "Pil", CHILD, "Bo"}


def test_the_other_home_goes_by_no_alias(town):
    protect(town.mona, alias="Furu")

    aliases = {family.household_id: family.alias for family in families_of(town.in_class) if family.protected}

    assert aliases == {town.mona.household_id: "Furu", town.bo.household_id: ""}


def test_who_is_protected_is_one_question_for_one_and_for_thirty(town, django_assert_num_queries):
    protect(town.mona)
    for number in range(30):
        make.family(town.in_class, pupil_name=f"Child {number}")
    keys = list(everybody())

    with django_assert_num_queries(1):
        protection.covered_among(keys)
    with django_assert_num_queries(3):
        protection.hidden_from(town.dan, keys)


# The other home notices nothing


def as_bo_reads(town):
    """All that the other home reads and is sent about a gathering that it organises, and of its own talk."""
    make.role(town.bo, Role.Kind.CLASS_CONTACT, town.in_class)
    gathering, draft = bonfire(town), make.gathering(town.in_class, by=town.bo, title="Draft")
    gatherings.log_contact(gathering, by=town.mona, household=town.dan.household, kind="call", outcome="none")
    gatherings.answer_on_behalf(gathering, by=town.mona, household=town.cora.household, answer="yes")
    gatherings.add_helper(gathering, by=town.cora, person_asked=town.mona)
    gatherings.add_helper(gathering, by=town.cora, person_asked=town.bo)
    talk, _teacher = _talk(town)

    def read():
        own = as_(town.bo)
        pages = [
            reverse("networks:gathering_show", args=[gathering.pk]),
            *(
                reverse(f"networks:{name}", args=[gathering.pk])
                for name in ("gathering_organise", "gathering_reach", "gathering_tasks")
            ),
            reverse("networks:home_reach", args=[gathering.pk, town.dan.household_id]),
            reverse("networks:gathering_send", args=[draft.pk]),
            reverse("conferences:conference_show", args=[talk.pk]),
            reverse("conferences:conference_list"),
            reverse("networks:gathering_list"),
            reverse("people:child_list"),
            reverse("people:directory"),
            reverse("people:class_show", args=[town.in_class.pk]),
            "/",
        ]
        letter, link = letter_to(town.bo, gathering), link_for(town.bo, gathering, purpose=ANSWER).url()
        calendars = [own.get(pages[0], {"calendar": 1}), own.get(reverse("messaging:calendar_show"))]
        quiet = protection.sheltered_among([town.bo.pk])
        return [
            *(text(own.get(path)) for path in pages),
            text(Browser().get(link)),
            letter.sender,
            letter.lines,
            [_without_stamp(answer) for answer in calendars],
            quiet,
        ]

    return read


def _without_stamp(answer):
    return [line for line in answer.content.decode().splitlines() if "DTSTAMP" not in line and "csrf" not in line]


@pytest.mark.parametrize("who", ["mona", "partner"])
def test_nothing_that_the_other_home_reads_changes(town, who):
    with time_machine.travel(timezone.now(), tick=False):  # a page that names the minute is the same page
        read = as_bo_reads(town)
        before = read()

        protect(getattr(town, who), alias="Furu")

        assert read() == before


def test_the_other_home_reads_no_phone_of_the_protected_any_more(town):
    Person.objects.filter(pk=town.mona.pk).update(phone="+4791234567")
    for person in (town.mona, town.bo):
        actions.choose_directory(person, by=person, fields=["phone"])
    make.role(town.bo, Role.Kind.CLASS_CONTACT, town.in_class)
    protect(town.mona)

    shared = {one.household_id: one.shared for one in families_of(town.in_class, seen_by=town.bo)}

    assert shared[town.mona.household_id] == {town.mona.pk: set()}
    assert shared[town.bo.household_id] == {town.bo.pk: {"phone"}}


# How they sign, and how they are reached


def test_a_class_contact_who_is_covered_signs_as_the_class_contact(town, marked):
    gathering = signed_by_her(town)

    assert letter_to(town.dan, gathering).sender == "The class contact of 3B"
    assert "from the class contact" in page(town, "gathering_show", gathering.pk, by=town.dan)
    assert letter_to(town.mona, gathering).sender.startswith(ADULT)


def test_a_reply_to_an_invitation_goes_through_the_portal(town, marked):
    letter = letter_to(town.dan, bonfire(town))
    mail = composing.mail_of([letter], town.dan, key="1", school="", preferences_url="http://x/").message()
    entry = letter.calendar.walk("VEVENT")[0]

    assert mail["Reply-To"] is None
    assert "Skolebro" in mail["From"]
    assert str(entry["organizer"]).lower() == "mailto:no-reply@testserver"
    assert town.mona.email not in mail.as_string() + letter.calendar.to_ical().decode()


def test_a_text_message_from_a_protected_organisers_phone_bears_no_name(town):
    gathering = bonfire(town)
    assert queries.greeting(queries.board_of(gathering, town.mona), town.mona).endswith(ADULT)

    protect(town.partner)

    assert ADULT not in queries.greeting(queries.board_of(gathering, town.mona), town.mona)
    assert queries.greeting(queries.board_of(gathering, town.bo), town.bo).endswith("Bo")


@pytest.mark.parametrize("kind", [Role.Kind.CONTACT_TEACHER, Role.Kind.SUBJECT_TEACHER])
def test_the_address_of_a_protected_guardian_is_for_the_contact_teacher(town, kind):
    Person.objects.filter(pk=town.mona.pk).update(phone="+4791234567")
    protect(town.mona)
    client = as_(make.holder(kind, town.in_class))

    read = text(client.get(reverse("people:person_detail", args=[town.mona.key])))
    found = text(client.get(reverse("people:person_list"), {"q": town.mona.email}))

    is_contact = kind == Role.Kind.CONTACT_TEACHER
    assert (town.mona.email in read) == (ADULT in found) == is_contact
    assert ("Protected" in read) == is_contact
    assert ("912 34 567" in read) == is_contact
    assert ("Ask the office" in read) != is_contact


def test_who_teaches_a_subject_sees_no_difference_between_no_address_and_a_protected_one(town):
    Person.objects.filter(pk=town.cora.pk).update(email="")
    protect(town.mona)
    client = as_(make.holder(Role.Kind.SUBJECT_TEACHER, town.in_class))

    def read(person):
        shown = text(client.get(reverse("people:person_detail", args=[person.key])))
        return shown[shown.index("Contact") :].replace(person.full_name, "")

    assert read(town.mona) == read(town.cora)


def test_the_office_reads_and_finds_every_address(town):
    protect(town.mona)
    client = as_(make.holder(Role.Kind.OFFICE, town.school))

    assert town.mona.email in text(client.get(reverse("people:person_detail", args=[town.mona.key])))
    assert ADULT in text(client.get(reverse("people:person_list"), {"q": town.mona.email}))
