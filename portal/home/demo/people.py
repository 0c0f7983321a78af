"""The people of the demo move in: imported, confirmed by the office, appointed, protected."""

from collections import defaultdict
from datetime import time, timedelta

from django.utils import timezone

from portal.demo import Town
from portal.home.demo.roster import NEWCOMERS, SCHOOLS, SOURCE, made_up, newcomer_in
from portal.messaging.actions import choose_messages
from portal.messaging.models import Preference
from portal.people import actions
from portal.people.models import GuardianRelation, Municipality, Person, Role, School, SchoolClass, the_portal
from portal.rosters.actions import import_roster

LEFT_TO_CONFIRM = "sol-10B"  # one class is left for visitors to confirm as the office
SUBJECT_TEACHERS = {
    "sol": ("Trond", "Vik", ("8A", "1A")),
    "lia": ("Sigrid", "Moe", ("2A", "1A")),
    "eng": ("Kirsten", "Dahl", ("2A", "1A")),
}
MIDNIGHT = time(0)
SHARING = 3  # of four guardians, how many share something with the class


def settle():
    portal = the_portal()
    municipality = Municipality.objects.create(name="Granvik kommune", number="9901")
    for school in SCHOOLS:
        actions.open_school(
            municipality,
            by=portal,
            name=school.name,
            number=school.number,
            country=school.country,
            language_form=school.language_form,
            time_zone=school.zone,
            phone=school.phone,
            address=school.address,
            email=f"post@{school.key}.example",
        )
    world = made_up(timezone.localdate())
    counts = world.roster.counts()
    import_roster(municipality, by=portal, roster=world.roster, file_name="granvik.zip")
    speak(world)
    town = Town(
        municipality=municipality,
        schools={school.key: School.objects.get(number=school.number) for school in SCHOOLS},
        persons={person.source_id: person for person in Person.objects.filter(source=SOURCE)},
        classes={one.source_id.partition("@")[0]: one for one in SchoolClass.objects.select_related("school", "year")},
        officer=actions.welcome(
            municipality,
            by=portal,
            kind=Role.Kind.MUNICIPALITY_OFFICER,
            given_name="Maja",
            family_name="Berg",
            email="maja.berg@demo.example",
        ),
        pupils=counts["pupils"],
        guardians=counts["guardians"],
        newcomers=came_late(),
    )
    lead(town)
    confirm(town, world)
    elect(town)
    shield(town)
    return town


def came_late():
    of_newcomers = tuple(f"{newcomer_in(key)}-" for key in NEWCOMERS)
    return [person for person in Person.objects.filter(source=SOURCE) if person.source_id.startswith(of_newcomers)]


def speak(world):
    """Adults read what they chose, pupils what their school writes in."""
    for language in set(world.languages.values()):
        keys = [key for key, chosen in world.languages.items() if chosen == language]
        Person.objects.filter(source=SOURCE, source_id__in=keys).update(language=language)


def lead(town):
    portal = the_portal()
    for role in Role.objects.filter(kind__in=[Role.Kind.PRINCIPAL, Role.Kind.OFFICE]).select_related("school"):
        actions.confirm_role(role, by=portal)
    for key, school_class in town.classes.items():
        if key != LEFT_TO_CONFIRM:
            actions.confirm_roles(school_class, by=portal)
    for school in town.schools.values():
        actions.welcome(
            school,
            by=portal,
            kind=Role.Kind.DEPUTY,
            given_name="Ingvild" if school.country == "NO" else "Mette",
            family_name="Strand",
            email=f"deputy@{school.pk}.demo.example",
            valid_to=timezone.localdate() + timedelta(days=60),
        )
        for given, family in (("Henrik", "Lund"), ("Sanne", "Holm")):
            actions.welcome(
                school,
                by=portal,
                kind=Role.Kind.BOARD_MEMBER,
                given_name=given,
                family_name=family,
                email=f"{given.lower()}@{school.pk}.demo.example",
            )
    for key, (given, family, names) in SUBJECT_TEACHERS.items():
        first, *others = (town.classes[f"{key}-{name}"] for name in names)
        kind, email = Role.Kind.SUBJECT_TEACHER, f"{given.lower()}@{key}.demo.example"
        teacher = actions.welcome(first, by=portal, kind=kind, given_name=given, family_name=family, email=email)
        for one in others:
            actions.appoint(teacher, by=portal, kind=kind, scope=one, valid_to=None)


def confirm(town, world):
    """Guardians and households are confirmed before the demo begins, so that nobody gets a message about it."""
    homes = [[town.persons[key].pk for key in home] for home in world.homes]
    left = {f"{LEFT_TO_CONFIRM}-{place:02}" for place in range(6)}
    waiting = defaultdict(list)
    for pk, pupil in GuardianRelation.objects.proposed().values_list("pk", "pupil__source_id"):
        if pupil not in left:
            waiting[pupil.rpartition("-")[0]].append(pk)
    for key, relations in waiting.items():
        actions.confirm_relations(town.classes[key], by=the_portal(), relations=relations, homes=homes)


def elect(town):
    relations = (
        GuardianRelation.objects.live()
        .filter(pupil__source=SOURCE)
        .exclude(guardian__email="")
        .select_related("pupil")
        .order_by("pupil__source_id", "guardian__source_id")
    )
    order = {school.key: place for place, school in enumerate(SCHOOLS)}
    in_order = sorted(relations, key=lambda relation: order[relation.pupil.source_id[:3]])
    for number, relation in enumerate(in_order):
        key = relation.pupil.source_id.rpartition("-")[0]
        guardian = town.persons[relation.guardian.source_id]
        if key not in town.contacts:
            actions.appoint(
                guardian, by=the_portal(), kind=Role.Kind.CLASS_CONTACT, scope=town.classes[key], valid_to=None
            )
            town.contacts[key] = guardian
            actions.choose_directory(guardian, by=guardian, fields=["phone", "email"])
        elif key.endswith(("1A", "8A")) and number % 4 < SHARING and guardian not in town.newcomers:
            fields = (["phone"], ["phone", "email"], ["name"])[number % 3]
            actions.choose_directory(guardian, by=guardian, fields=fields)
        if key == "sol-1A":
            at_any_hour(guardian)


def at_any_hour(guardian):
    """The class that the demo is about has no quiet hours, so that its mail can be tried at night."""
    usual = Preference(person=guardian)
    ways = {name: getattr(usual, name) for name in ("invitations", "reminders", "news", "decisions", "tasks", "digest")}
    choose_messages(guardian, by=guardian, quiet_from=MIDNIGHT, quiet_until=MIDNIGHT, **ways)


def shield(town):
    office, leader = town.office("sol"), town.leader("sol")
    actions.protect_address(town.persons["sol-1A-07"], by=office, grade="strict", alias="Furu")
    restricted = GuardianRelation.objects.live().filter(pupil__source_id="sol-1A-12").first()
    if restricted:
        set_now = actions.set_restriction(
            restricted.pupil, by=office, guardian=restricted.guardian, reason="Vedtak fra retten, made up"
        )
        actions.confirm_restriction(set_now, by=leader)
    actions.mark_email_failed(town.persons["sol-1A-06-0"], by=office)
