"""The gatherings that the people of the demo are in the middle of, and who has answered."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from networks import actions
from networks.actions.ties import TOLD
from networks.after.demo import look_back
from networks.agreements.demo import agree
from networks.birthdays.demo import celebrate
from networks.bring.demo import bring
from networks.bulletins.demo import tell
from networks.children.demo import ask
from networks.cohort.demo import begin
from networks.digests.demo import write_monthly
from networks.fund.demo import run_fund
from networks.letters.demo import call_off_by_mouth, write_home
from networks.lifts.demo import take_along
from networks.models import InclusionCheck
from networks.polls.demo import ask_when, cross_on_paper
from networks.programme.demo import fill_evening
from networks.queries import line_of, silent_homes
from networks.rota.demo import take_turns
from networks.topics.demo import propose
from networks.weekly.demo import write_lines
from portal.demo import furnishes
from portal.people.queries import families_of

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

EVENING = (
    *("eng-1A", "Forældreaften om skærmvaner", 34, SENT, "Klasselokalet", ""),
    "Vi taler sammen ved bordene i en time.",
)

CALLED_OFF = (
    *("sol-8B", "Isfiske på Tjernet", 12, SENT, "Ved Tjernet", "Varme klær"),
    "Vi borer hull og steker det vi får.",
)

# (class, title, days since it was, whether the homes have been heard, place, what to bring, description)
HELD = (
    (
        "sol-1A",
        "Natursti rundt Tjernet",
        18,
        True,
        "Ved Tjernet",
        "Kopp",
        "Vi går sammen og løser postene barna har laget.",
    ),
    ("sol-8A", "Tacokveld", 3, False, "Skolekjøkkenet", "Et godt humør", "Elevene styrer kjøkkenet."),
)

AREAS = "Sentrum", "Sletta"
TIED = ("sol-3B", "lia-8A")  # to what their school plans

NO = {
    "sol": "Vi er hos besteforeldrene den helga.",
    "lia": "Vi er hos besteforeldra den helga.",
    "eng": "Vi er hos bedsteforældrene den weekend.",
}
CHILDREN_INVOLVED = {
    "sol": "Barna har vært med på å velge.",
    "lia": "Barna har vore med på å velje.",
    "eng": "Børnene har været med til at vælge.",
}


@furnishes("networks", after=("schoolyear",))
def gather(town):
    gatherings = {key: plan(town, key, *rest) for key, *rest in GATHERINGS}
    for key in TIED:
        whole = town.schools[key[:3]].events.filter(whole_school=True).first()
        actions.tie_gathering(gatherings[key], by=town.contacts[key], school_event=whole)
    answer(town, gatherings)
    write_home(town, gatherings["sol-1A"], by=town.contacts["sol-1A"])
    write_home(town, gatherings["sol-8A"])
    fill(town, gatherings["eng-1A"], "eng-1A")
    mind(town, plan(town, *EVENING, kind="theme", kit="screens"))
    bring(town, gatherings["sol-1A"], "sol-1A")
    take_along(town, gatherings["sol-1A"], "sol-1A")
    fill_evening(town, gatherings["sol-1A"], "sol-1A")
    ask(town)
    propose(town)
    agree(town)
    remember(town)
    tell(town)
    begin(town)
    run_fund(town)
    celebrate(town)
    take_turns(town, "sol-1A")
    write_monthly(town)
    write_lines(town)
    walk, contact = ask_when(town), town.contacts["sol-3B"]
    cross_on_paper(walk, write_home(town, walk, by=contact, homes=2), by=contact)
    outing = plan(town, *CALLED_OFF)
    call_off_by_mouth(town, outing, by=town.contacts[CALLED_OFF[0]], because="Isen er ikke trygg ennå.")


def plan(town, key, title, days, state, place, bring, description, kind="families", kit=""):
    contact, school_class = town.contacts[key], town.classes[key]
    day = timezone.localdate() + timedelta(days=days)
    starts = timezone.make_aware(datetime.combine(day, time(16, 0)), school_class.school.zone)
    gathering = actions.draft_gathering(
        school_class,
        by=contact,
        title=title,
        kind=kind,
        kit=kit,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2, minutes=30),
        answer_by=starts - timedelta(days=6),
        place=place,
        bring=bring,
        description=description,
        children_involved="" if kind == "theme" else CHILDREN_INVOLVED[key[:3]],
    )
    if state == SENT:
        fine = [point for point in InclusionCheck.Point if point != InclusionCheck.Point.LANGUAGE]
        actions.check_inclusion(gathering, by=contact, fine=fine)
        actions.publish_gathering(gathering, by=contact)
        gathering.refresh_from_db()
    return gathering


def fill(town, gathering, key):
    """There is no room for more than come; three homes wait, and one that was coming cannot come after all."""
    gathering.refresh_from_db()
    line, contact = line_of(gathering), town.contacts[key]
    said = {name: getattr(gathering, name) for name in (*TOLD, "starts_at", "ends_at", "answer_by")}
    actions.change_gathering(gathering, by=contact, **said | {"capacity": line.coming_people})
    silent = [home.adults[0] for home in silent_homes(gathering).values()]
    for adult in [adult for adult in silent if adult not in town.newcomers][:3]:
        actions.answer(gathering, by=adult, household=adult.household, answer="yes")
    last = line.coming[-1]
    actions.answer(gathering, by=last.answered_by, household=last.household, answer="no")


def mind(town, evening):
    """Some come, and ask for somebody to mind their small children; one has muted it."""
    for number, family in enumerate(families_of(evening.school_class)):
        adult = family.adults[0] if family.adults else None
        if family.household_id and number % 4 == 0 and adult not in town.newcomers:
            home = {"by": adult, "household": adult.household}
            actions.answer(evening, **home, answer="yes")
            minded = {"minded": 2, "minded_ages": "2 og 6 år"} if number % 8 == 0 else {}
            actions.detail_answer(evening, **home, adults=2, pupils=[], **minded)
        elif family.household_id and number == 1:
            actions.mute(evening, by=adult)


def remember(town):
    for key, title, ago, closed, *rest in HELD:
        gathering = plan(town, key, title, 21, SENT, *rest)
        families = [one for one in families_of(town.classes[key]) if one.adults and one.household_id][:12]
        adults = [family.adults[0] for family in families]
        for adult in adults:
            actions.answer(gathering, by=adult, household=adult.household, answer="yes")
        look_back(town, key, gathering, adults, ago=ago, closed=closed)


def answer(town, gatherings):
    not_yet = {town.persons["sol-1A-01-1"], *town.newcomers}
    for key in ("sol-1A", "sol-8A", "lia-1A", "eng-1A"):
        for number, family in enumerate(families_of(town.classes[key])):
            adult = family.adults[0] if family.adults else None
            if family.household_id and number % 5 < 3 and adult not in not_yet:
                said = "no" if number % 7 == 3 else "maybe" if number % 7 == 5 else "yes"
                actions.answer(gatherings[key], by=adult, household=adult.household, answer=said)
                if said == "no":
                    no = {"by": adult, "household": adult.household}
                    actions.add_word(gatherings[key], **no, message=NO[key[:3]])
                if said == "yes" and number % 2:
                    actions.detail_answer(
                        gatherings[key],
                        by=adult,
                        household=adult.household,
                        adults=2,
                        pupils=family.pupils,
                        lift="offer" if number % 3 == 0 else "need" if number % 3 == 1 else "none",
                        seats=4,
                        area=AREAS[number % 2],
                    )
    first = gatherings["sol-1A"]
    silent = town.persons["sol-1A-03-0"]
    silent.refresh_from_db(fields=["household"])
    actions.log_contact(first, by=town.contacts["sol-1A"], household=silent.household, kind="call", outcome="none")
