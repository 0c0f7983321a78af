"""What the people of the demo are in the middle of: gatherings, answers, applications, principles."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from grants import actions as grants
from grants.references import usual_references
from networks import actions as networks
from networks.models import InclusionCheck
from portal.people.models import the_portal
from portal.people.queries import families_of
from principles import actions as principles
from principles.outline import read_outline

HERE = Path(__file__).parent
SENT, DRAFT = "sent", "draft"

# (class, title, days from now, state, place, what to bring, description)
GATHERINGS = (
    (
        *("sol-1A", "Bålkveld ved Tjernet", 20, SENT),
        *("Gapahuken ved Tjernet, 10 minutter å gå fra skolen", "Kopp og sitteunderlag"),
        "Vi fyrer opp og griller pinnebrød. Barna viser hinkeløypa si. Hele familien er velkommen, også små søsken.",
    ),
    (
        *("sol-1B", "Grøtkveld før jul", 17, SENT, "Skolekjøkkenet", "En skje"),
        "Vi koker grøt og synger. Alle hjelper til.",
    ),
    (
        *("sol-3B", "Brettspillkveld", 25, DRAFT, "Biblioteket på skolen", "Et spill hvis dere har"),
        "Vi spiller i blandede lag.",
    ),
    (
        *("sol-8A", "Bli-kjent-kveld", 14, SENT, "Klasserommet til 8A", "Noe å dele"),
        "Vi sitter ved blandede bord.",
    ),
    (
        *("sol-8B", "Skøytedag", 40, SENT, "Isbanen", "Skøyter, eller lån av oss"),
        "BUA låner ut skøyter i alle størrelser.",
    ),
    (
        *("lia-1A", "Aketur", 28, SENT, "Akebakken bak skulen", "Akebrett, eller lån av oss"),
        "Vi tek med saft og bål.",
    ),
    (
        *("lia-8A", "Fellesmåltid", 33, SENT, "Grendehuset", "Ein rett å dele"),
        "Alle tek med noko frå sitt kjøkken.",
    ),
    (
        *("eng-1A", "Juleklip", 15, SENT, "Klasselokalet", "En saks"),
        "Vi klipper julepynt og drikker saft.",
    ),
)

CHILDREN_INVOLVED = {
    "sol": "Barna har vært med på å velge.",
    "lia": "Barna har vore med på å velje.",
    "eng": "Børnene har været med til at vælge.",
}

WORDS = {
    "sol": {
        "purpose": "Familiene gjør noe sammen og blir kjent på tvers, så barna får flere trygge voksne rundt seg.",
        "child_participation": "Barna stemte over tre forslag i klassens time, og lager plakaten.",
        "inclusion_measures": "Det er gratis. Vi kjører hverandre, og maten passer for alle.",
    },
    "lia": {
        "purpose": "Familiane gjer noko saman og blir kjende på tvers, så barna får fleire trygge vaksne rundt seg.",
        "child_participation": "Barna røysta over tre forslag i klassens time, og lagar plakaten.",
        "inclusion_measures": "Det er gratis. Vi køyrer kvarandre, og maten passar for alle.",
    },
}
APPLICATION = {
    "cost_per_family": 0,
    "amount_requested": 100_000,
    "payee_kind": "class_account",
    "account": "8601 11 17947",
    "relationship_to_decider": False,
    "terms": True,
}

# (file, school, kind, adopted on, adopted by, to be reviewed on)
PRINCIPLES = (
    ("plan_nb.txt", "sol", "cooperation_plan", date(2026, 5, 15), "Samarbeidsutvalget", date(2028, 5, 15)),
    ("plan_nn.txt", "lia", "cooperation_plan", date(2026, 6, 3), "Samarbeidsutvalet", date(2028, 6, 3)),
    ("princip_da.txt", "eng", "board_principle", date(2024, 8, 20), "Skolebestyrelsen", date(2026, 8, 20)),
)


def furnish(town):
    gatherings = {key: plan(town, key, *rest) for key, *rest in GATHERINGS}
    answer(town, gatherings)
    offer(town)
    apply(town, gatherings)
    adopt(town)


def plan(town, key, title, days, state, place, bring, description):
    """The class contact plans a gathering, checks that everyone can take part, and invites."""
    contact, school_class = town.contacts[key], town.classes[key]
    day = timezone.localdate() + timedelta(days=days)
    starts = timezone.make_aware(datetime.combine(day, time(16, 0)), school_class.school.zone)
    gathering = networks.draft_gathering(
        school_class,
        by=contact,
        title=title,
        kind="families",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2, minutes=30),
        answer_by=starts - timedelta(days=6),
        place=place,
        bring=bring,
        description=description,
        children_involved=CHILDREN_INVOLVED[key[:3]],
    )
    if state == SENT:
        fine = [point for point in InclusionCheck.Point if point != InclusionCheck.Point.LANGUAGE]
        networks.check_inclusion(gathering, by=contact, fine=fine)
        networks.publish_gathering(gathering, by=contact)
        gathering.refresh_from_db()
    return gathering


def answer(town, gatherings):
    """Some homes have answered, one was called, some are silent: so is the second home of a child with two."""
    second_home = town.persons["sol-1A-01-1"]
    for key in ("sol-1A", "sol-8A", "lia-1A", "eng-1A"):
        for number, family in enumerate(families_of(town.classes[key])):
            adult = family.adults[0] if family.adults else None
            if family.household_id and number % 5 < 3 and adult != second_home:
                said = "no" if number % 7 == 3 else "maybe" if number % 7 == 5 else "yes"
                networks.answer(gatherings[key], by=adult, household=adult.household, answer=said)
                if said == "yes" and number % 2:
                    networks.detail_answer(
                        gatherings[key],
                        by=adult,
                        household=adult.household,
                        adults=2,
                        pupils=family.pupils,
                        lift="offer" if number % 3 == 0 else "need" if number % 3 == 1 else "none",
                        seats=2,
                    )
    first = gatherings["sol-1A"]
    silent = town.persons["sol-1A-03-0"]
    silent.refresh_from_db(fields=["household"])
    networks.log_contact(first, by=town.contacts["sol-1A"], household=silent.household, kind="call", outcome="none")


def offer(town):
    """The municipality opens its scheme for the school year."""
    portal, year = the_portal(), town.classes["sol-1A"].year
    grants.add_rules(town.municipality, by=portal, references=usual_references())
    scheme = grants.open_scheme(
        town.municipality,
        by=portal,
        title="Sosiale samlinger i skolen – søknad om støtte",
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        opens_on=year.starts_on,
        closes_on=year.ends_on,
        appeal_body="Granvik klagenemnd",
    )
    for key in ("sol", "lia"):
        grants.set_budget(scheme, by=portal, school=town.schools[key], amount=600_000)


def apply(town, gatherings):
    """One application is a draft, two wait for the principal, one has been granted."""
    drafted = {
        key: grants.draft_application(gatherings[key], by=town.contacts[key], **APPLICATION, **WORDS[key[:3]])
        for key in ("sol-1B", "sol-8A", "sol-8B", "lia-1A")
    }
    for key in ("sol-1B", "sol-8A", "lia-1A"):
        grants.submit_application(drafted[key], by=town.contacts[key])
    principal = town.leader("sol")
    grants.take_up_application(drafted["sol-1B"], by=principal)
    drafted["sol-1B"].refresh_from_db()
    grants.decide_application(drafted["sol-1B"], by=principal, result="approved", amount=100_000)


def adopt(town):
    """Each school has its plan or principle; the Danish one is due for review."""
    portal = the_portal()
    for file, key, kind, adopted_on, adopted_by, review_on in PRINCIPLES:
        outline = read_outline((HERE / file).read_text(), file)
        draft = principles.bring_in(
            town.schools[key], by=portal, outline=outline, binding_kind=kind, review_on=review_on
        )
        principles.publish_version(
            draft,
            by=portal,
            adopted_on=adopted_on,
            adopted_by=adopted_by,
            effective_from=adopted_on,
            review_on=review_on,
        )
