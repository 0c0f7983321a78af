"""Law: from the day on which a family is protected, no page, file or message of ours names it, or tells how to reach it,
to whoever may not know: whatever was booked, answered, written and sent before.

The town is that of the access matrix, so a page falls under this as soon as it has a row there. Who may know is said
here in few words, apart from the code: `secrets_from`.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import pytest
from django.db.models.expressions import RawSQL
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from networks import actions as gatherings
from networks.models import PollTime
from portal.messaging.kinds import KINDS
from portal.messaging.links import links_for
from portal.messaging.models import Channel, Delivery, Notice
from portal.messaging.sending import Batch, Meant
from portal.messaging.tasks import remind_of
from portal.people import actions, protection
from portal.people.models import Person, Role, the_portal
from tests import make
from tests.conftest import Browser
from tests.ground import once
from tests.laws import test_moved as moved
from tests.laws.verdict import allow_none

pytestmark = pytest.mark.walk
_no_log = moved._no_log  # a fixture

NAMES = {
    "child": ("Noralynn", "Vik-Berg"),
    "guardian": ("Amiralda", "Vik-Berg"),
    "partner": ("Pilgrima", "Vik-Berg"),
    "other home": ("Zakarias", "Holm-Ødegård"),
    "contact": ("Dinarra", "Kvalheim"),
    "contact's child": ("Ludviga", "Kvalheim"),
}
REACH = {
    "guardian": ("+4799887766", "hemmelig@hidden.example"),
    "partner": ("+4799887755", "skjult@hidden.example"),
    "other home": ("+4799887744", "borte@hidden.example"),
    "contact": ("+4799887733", "lukket@hidden.example"),
}
HOUSE = ("child", "guardian", "partner", "other home")
OFFICE = (Role.Kind.OFFICE, Role.Kind.PRINCIPAL, Role.Kind.DEPUTY)
RESTRICTS = ("people:restriction_list", "people:restriction_set")  # whoever keeps somebody from a child reads from whom
QUERIES = {
    "people:person_list": ("?q=oralyn", "?q=mirald", "?q=9988776", "?q=hidden.exa"),
    "conferences:round_times": ("?teacher=0",),
    "principles:principle_list": ("?q=miraldam",),
}


@dataclass
class Case:
    """Who becomes protected, in which town: nothing sent, everything sent, or protected before anything else was known."""

    marked: str
    town: str = "town"
    house: tuple = HOUSE
    sheltered: tuple = ("guardian", "partner")
    readers: tuple = ("another family", "class contact", "teacher along", "former teacher", "other home")

    def __str__(self):
        return f"{self.marked}, {self.town}"


CASES = [
    Case("guardian", "town_told", readers=()),
    Case("partner"),
    Case("child", "town_told", sheltered=("guardian", "partner", "other home")),
    Case("other home", sheltered=("other home",), readers=("another family", "class contact", "teacher along")),
    Case("guardian", "town_protected_early"),
    Case(
        "contact's child",
        "town_told",
        house=("contact", "contact's child"),
        sheltered=("contact",),
        readers=("guardian", "another family", "board member", "operator"),
    ),
]


def build(early=None):
    """The town, in which the family has done everything it can: booked, answered, shared, offered a lift, asked,
    written."""
    house = {}

    def begun(nora, amira):
        house.update({"child": nora, "guardian": amira})
        house["partner"] = make.person("Pil", household=amira.household)
        house["other home"] = make.guardian("Zak", of=nora)
        for who in HOUSE:
            call(house[who], who)
        if early:
            protect(house[early])

    town = moved.busy(begun)
    house["contact"] = town.people["class contact"]
    house["contact's child"] = Person.objects.get(guardian_relations__guardian=house["contact"])
    for who in ("contact", "contact's child"):
        call(house[who], who)
    town.house = house
    share_and_answer(town)
    town.readers = readers(town)
    return town


@once
def town(db):
    return build()


@once
def town_told(town):
    """In which everything that waited has been sent."""
    for notice, _said, line in list(waiting()):
        Delivery.objects.filter(notice=notice).update(state="sent", sent_at=timezone.now())
        Notice.objects.filter(pk=notice.pk).update(state="told", told_at=timezone.now(), **line)
    return town


@once
def town_protected_early(db):
    return build(early="guardian")


def call(person, who):
    given, family = NAMES[who]
    phone, email = REACH.get(who, ("", ""))
    Person.objects.filter(pk=person.pk).update(given_name=given, family_name=family, phone=phone, email=email)
    person.refresh_from_db()


def protect(person):
    actions.protect_address(person, by=the_portal(), grade="strict", alias="Furu 7")


def share_and_answer(town):
    adults = [town.house[who] for who in ("guardian", "other home", "contact")]
    gathering = town.gathering = moved_gathering(town)
    for person in adults:
        actions.choose_directory(person, by=person, fields=["phone", "email"])
        gatherings.answer(gathering, by=person, household=person.household, answer="yes")
    walk = PollTime.objects.filter(poll__gathering__school_class=town.here).select_related("poll__gathering").first()
    for person in adults:
        said = {"household": person.household, "time": walk, "suits": "yes"}
        gatherings.say_suits(walk.poll.gathering, by=person, **said)
    item = gatherings.add_item(gathering, by=town.house["contact"], kind="thing", title="Vaflar", wanted=3)
    for person in adults:
        gatherings.take_place(gathering, by=person, household=person.household, item=item)
    for person in adults[:2]:
        gatherings.add_helper(gathering, by=town.house["contact"], person_asked=person)


def moved_gathering(town):
    return make.published(town.here, by=town.house["contact"], title="Vaffeldag")


def readers(town):
    school = town.here.school
    sven = make.holder("subject_teacher", town.here, given_name="Sven")
    actions.end_role(sven.roles.get(), by=town.former["office"])
    _child, ola = Person.objects.get(given_name="Ola"), None
    operator = make.person("Operator")
    Person.objects.filter(pk=operator.pk).update(is_staff=True)
    return {
        "guardian": town.house["guardian"],
        "other home": town.house["other home"],
        "another family": town.former["another family"],
        "pupil of another family": _child or ola,
        "guardian elsewhere": town.people["guardian of another class"],
        "class contact": town.people["class contact"],
        "restricted guardian": town.people["restricted guardian"],
        "former guardian": town.former["former guardian"],
        "teacher along": town.helper,
        "former teacher": sven,
        "teacher elsewhere": make.holder("contact_teacher", school.classes.get(name="1B"), given_name="Trond"),
        "leader elsewhere": town.people["principal of another school"],
        "board member": town.people["board member"],
        "municipality": town.people["municipality"],
        "operator": operator,
        "nobody": None,
    }


def secrets_from(town, case, reader):
    """What this person must not read: the names of the household, and how to reach it."""
    names = {name for who in case.house for name in NAMES[who]}
    reach = reach_of(case)
    sheltered = {part for who in case.sheltered for part in REACH[who]}
    if reader is None:
        return names | reach
    own = {town.house[who].pk: who for who in case.house}
    if reader.pk in own:
        return set() if own[reader.pk] in case.sheltered else sheltered
    kinds = Role.objects.live().filter(person=reader)
    if kinds.filter(kind__in=OFFICE, school=town.here.school).exists():
        return set()
    if kinds.filter(kind=Role.Kind.CONTACT_TEACHER, school_class=town.here).exists():
        return set()
    if kinds.filter(kind=Role.Kind.SUBJECT_TEACHER, school_class=town.here).exists():
        return sheltered
    return names | reach


def reach_of(case):
    return {part for who in case.house for part in REACH.get(who, ())}


def told_in(text, secrets):
    """The secrets that a text contains; a number however it is written."""
    digits = re.sub(r"(?<=\d)(?:\s|&nbsp;|&#160;)+(?=\d)", "", text)
    found = {word for word in secrets if word in text}
    return sorted(found | {word for word in secrets if word.startswith("+47") and word[3:] in digits})


# Pages and files


def pages_of(town, reader):
    if reader is None:
        named = sorted(set(moved.url_names()) - {"healthz"})
        return [(name, reverse(name, args=town.args.get(name, []))) for name in named]
    found = moved.addresses(town, reader)
    found += [
        (name, reverse(name, args=town.args.get(name, [])) + one) for name, more in QUERIES.items() for one in more
    ]
    of_gathering = ("show", "calendar", "organise", "reach", "tasks", "send", "edit", "cancel")
    found += [
        (f"networks:gathering_{page}", reverse(f"networks:gathering_{page}", args=[town.gathering.pk]))
        for page in of_gathering
    ]
    if reader.is_staff:
        tables = ("person", "role", "schoolclass")
        found += [
            (f"admin:people_{table}_{page}", reverse(f"admin:people_{table}_{page}", args=[row.pk]))
            for person in town.house.values()
            for table, rows in zip(tables, ([person], person.roles.all(), []), strict=True)
            for row in rows
            for page in ("change", "history")
        ]
        found += [
            (f"admin:people_{table}_changelist", reverse(f"admin:people_{table}_changelist") + "?q=a")
            for table in tables
        ]
    return list(dict.fromkeys(found))


def read_by(town, case, who):
    reader = town.readers[who]
    if reader:
        reader.refresh_from_db()
    secrets, found = secrets_from(town, case, reader), []
    client = Browser() if reader else Client()
    if reader:
        client.force_login(reader)
    for name, address in pages_of(town, reader):
        text = moved.said_by(client.get(address))
        hidden = reach_of(case) if who == "municipality" and name in RESTRICTS else secrets
        found += [(who, name, word) for word in told_in(text, hidden)]
    return found


# Messages


def waiting():
    """Everything that waits to be sent and is still wanted, and what will be reminded of in three weeks: [(notice, what it
    says by every way, its line in the portal)]."""
    midnight = datetime.combine(timezone.localdate(), time(), tzinfo=timezone.get_current_timezone())
    for moment in [timedelta(days=day, hours=9) for day in range(21)] + [timedelta(days=1, hours=19)]:
        for kind in list(KINDS.values()):
            for find in kind.finds:
                remind_of(kind, find, midnight + moment)
    rows = list(Delivery.objects.queued().select_related("notice__recipient"))
    batch, meant = Batch(Channel.EMAIL, timezone.now()), Meant(rows)
    people = {row.notice.recipient_id: row.notice.recipient for row in rows}.values()
    batch.protected = protection.sheltered_among(person.pk for person in people)
    batch.preferences = links_for([(person, person) for person in people], purpose="messaging.preferences")
    for row in rows:
        if batch.is_wanted(row.notice, meant):
            said = []
            for batch.channel in Channel.values:
                [(_bundle, [line], message)] = batch.write([row])
                said += [*map(str, line.values()), in_words(message)]
            yield row.notice, "\n".join(said), line


def in_words(message):
    if message is None or isinstance(message, tuple):
        return message[0] if message else ""
    files = [str(part) for attachment in message.attachments for part in attachment]
    return "\n".join([message.subject, str(message.message()["To"]), message.body, message.alternatives[0][0], *files])


def written_to(town, case):
    """[(to whom, kind, what it tells)] of all that is sent from now on."""
    found = []
    for notice, said, _line in waiting():
        secrets = secrets_from(town, case, notice.recipient)
        found += [(str(notice.recipient), notice.kind, word) for word in told_in(said, secrets)]
    return found


# The law


def leaks(case, town):
    pages = [leak for who in case.readers or town.readers for leak in read_by(town, case, who)]
    return sorted(set(pages + written_to(town, case)))


def check(case, town):
    if case.town != "town_protected_early":
        protect(town.house[case.marked])
    allow_none(leaks(case, town), "{}, in {}, reads: {}")


@pytest.mark.filterwarnings("ignore:The default scheme will be changed")  # the admin's own, of an address of the web
@pytest.mark.usefixtures("_no_log")
@pytest.mark.parametrize("case", [case for case in CASES if case.town == "town_told"], ids=str)
def test_nobody_reads_of_a_family_since_it_is_protected_when_all_was_told(case, town_told):
    check(case, town_told)


@pytest.mark.usefixtures("_no_log")
@pytest.mark.parametrize("case", [case for case in CASES if case.town == "town"], ids=str)
def test_nobody_reads_of_a_family_since_it_is_protected(case, town):
    check(case, town)


@pytest.mark.usefixtures("_no_log")
def test_nobody_reads_of_a_family_that_was_protected_before_all_else(town_protected_early):
    [case] = [case for case in CASES if case.town == "town_protected_early"]
    check(case, town_protected_early)


@pytest.mark.usefixtures("_no_log")
def test_without_the_rule_the_law_finds_the_class_contact(monkeypatch, town):
    case = replace(CASES[-1], readers=("another family",))
    protect(town.house[case.marked])
    monkeypatch.setattr(protection, "_walked", lambda last, day: RawSQL("SELECT 0 WHERE false", ()))

    found = leaks(case, town)

    assert [page for who, page, _word in found if who == "another family" and page.startswith("networks:")]
    assert {REACH["contact"][0], NAMES["contact"][0]} <= {
        word for _who, page, word in found if page == "people:class_show"
    }
    assert [kind for _who, kind, _word in found if kind.startswith("networks.")]


@pytest.mark.usefixtures("_no_log")
def test_without_the_rule_the_law_finds_everybody_of_the_family_and_its_other_home(monkeypatch, town):
    case = replace(CASES[1], readers=("another family",))
    protect(town.house[case.marked])
    monkeypatch.setattr(protection, "_walked", lambda last, day: RawSQL("SELECT 0 WHERE false", ()))

    found = {word for _who, _page, word in leaks(case, town)}

    assert {NAMES[who][0] for who in ("child", "guardian", "other home")} <= found
    assert {REACH[who][0] for who in ("guardian", "other home")} <= found
