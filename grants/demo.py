"""The scheme of the demo's municipality, and the applications that are on their way."""

from datetime import timedelta

from django.utils import timezone

from grants import actions
from grants.appeal.demo import appeal_refusal
from grants.attachments.actions import add_attachments
from grants.changes.demo import decide, decide_others
from grants.file_kinds import PDF
from grants.files import SoundFile
from grants.grounds.demo import add_reasons
from grants.money import actions as money
from grants.paper.actions import enter_paper
from grants.references import usual_references
from grants.reports import actions as reports
from grants.schemes.actions import share_out
from grants.schemes.queries import a_year_later
from networks.demo import SENT, plan
from networks.models import Gathering
from portal.demo import furnishes
from portal.people.models import Role, the_portal
from portal.text.typeset import pdf

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
IN_PART = {
    "reasons": "Leie av buss er ikke med i det som ordningen dekker.",
    "considerations": "Maten og aktivitetene får full støtte, slik at kvelden kan holdes som planlagt.",
}
APPLICATION = {
    "cost_per_family": 0,
    "amount_requested": 100_000,
    "payee_kind": "class_account",
    "account": "8601 11 17947",
    "account_holder": "Klassekassen",
    "relationship_to_decider": False,
    "terms": True,
}


def paper(title, *lines):
    """Such as a class might send along."""
    said = {"language": "nb", "title": title, "lines": lines, "questions": []}
    return SoundFile(f"{title}.pdf", PDF, pdf("grants/empty_form.typ", said, timezone.now()))


@furnishes("grants", after=("networks",))
def support(town):
    offer(town)
    reasons = add_reasons(town)
    apply(town, reasons)
    settle(town)
    answers = {key: {**APPLICATION, **words} for key, words in WORDS.items()}
    decide_others(town, answers, reasons)
    appeal_refusal(town, "sol-8A")
    hand_in(town)


def offer(town):
    portal, year = the_portal(), town.classes["sol-1A"].year
    actions.add_rules(town.municipality, by=portal, references=usual_references())
    scheme = actions.open_scheme(
        town.municipality,
        by=portal,
        title="Sosiale samlinger i skolen – søknad om støtte",
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        opens_on=year.starts_on,
        closes_on=year.ends_on,
        appeal_body="Granvik klagenemnd",
        budget=1_500_000,
        more_conditions="Dere rydder etter dere.",
        archive_class="223 Tilskudd til skoleklasser",
        kept_years=10,
    )
    shares = {town.schools[key]: 600_000 for key in ("sol", "lia")}
    share_out(scheme, by=town.officer, amounts=shares)
    following = a_year_later(scheme) | {"amount": 120_000}
    actions.open_scheme(town.municipality, by=town.officer, shares=shares, **following)


def apply(town, reasons):
    """One case waits, one is a draft, and one is given in part after a look at its programme."""
    drafted = {
        key: actions.draft_application(
            Gathering.objects.published().get(school_class=town.classes[key]),
            by=town.contacts[key],
            **APPLICATION,
            **WORDS[key[:3]],
        )
        for key in ("sol-1B", "sol-8A", "sol-8B", "lia-1A")
    }
    programme = paper(
        "Program", "Kl. 17 bål og lek. Kl. 18 mat. Kl. 19 hjem med buss.", "Mat 600 kroner, buss 400 kroner."
    )
    add_attachments(drafted["sol-1B"], by=town.contacts["sol-1B"], files=[programme])
    for key in ("sol-1B", "sol-8A", "lia-1A"):
        actions.submit_application(drafted[key], by=town.contacts[key])
    fitting = reasons.filter(for_results=["partly_approved"])
    decide(drafted["sol-1B"], town.leader("sol"), fitting, result="approved", amount=60_000, **IN_PART)


def settle(town):
    """A case from its application to its end: decided, paid, held, told of, and closed."""
    contact, leader = town.contacts["lia-8A"], town.leader("lia")
    money.set_paying_account(town.municipality, by=town.officer, account="8601 11 17947")
    gathering = plan(
        town, "lia-8A", "Bål i gapahuken", 21, SENT, "Gapahuken", "Kopp", "Vi går opp saman, og elevane står for bålet."
    )
    application = actions.draft_application(gathering, by=contact, **APPLICATION, **WORDS["lia"])
    actions.submit_application(application, by=contact)
    actions.take_up_application(application, by=leader)
    application.refresh_from_db()
    actions.decide_application(application, by=leader, result="approved", amount=100_000)
    application.refresh_from_db()
    money.mark_paid(application, by=town.officer, paid_on=application.school.today())
    back = timedelta(days=(gathering.ends_at - timezone.now()).days + 9)  # whole days: it begins when it began
    times = {name: getattr(gathering, name) - back for name in ("answer_by", "starts_at", "ends_at")}
    Gathering.objects.filter(pk=gathering.pk).update(**times)
    application.refresh_from_db()
    receipt = paper("Kvittering", "Liabygda Matsenter", "Pølser og brød 640, saft 160, ved 200. Sum 1000 kroner.")
    reports.add_receipts(application, by=contact, files=[receipt])
    reports.send_report(
        application,
        by=contact,
        held_on=times["starts_at"].astimezone(application.school.zone).date(),
        families=17,
        adults=24,
        children=19,
        siblings=6,
        involved="Elevane valde turen, og delte seg i lag som stod for bål, mat og leik.",
        used_for="Pølser, brød, saft og ved.",
        spent=100_000,
        learned="Få nokon til å gå først med lykt når det er mørkt.",
    )
    reports.close_case(application, by=leader)


def hand_in(town):
    """One class has written on paper, and the office has entered it."""
    school_class, contact = town.classes["sol-8B"], town.contacts["sol-8B"]
    school, gathering = (
        town.schools["sol"],
        plan(town, "sol-8B", "Brettspillkveld", 30, SENT, "Skolen", "", "Alle er med."),
    )
    office = Role.objects.live(kinds=[Role.Kind.OFFICE]).filter(school=school).select_related("person").first()
    enter_paper(
        school_class,
        by=office.person,
        applicant=contact,
        received_on=max(school_class.year.starts_on, school.today() - timedelta(days=3)),
        gathering=gathering,
        files=[paper("Søknad på papir", "Brettspillkveld", "Vi søker om 1000 kroner til mat.")],
        reply_language="nb",
        **APPLICATION,
        **WORDS["sol"],
    )
