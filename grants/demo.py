"""The scheme of the demo's municipality, and the applications that are on their way."""

from grants import actions
from grants.references import usual_references
from networks.models import Gathering
from portal.demo import furnishes
from portal.people.models import the_portal

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


@furnishes("grants", after=("networks",))
def support(town):
    offer(town)
    apply(town)


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
        archive_class="223 Tilskudd til skoleklasser",
        kept_years=10,
    )
    for key in ("sol", "lia"):
        actions.set_budget(scheme, by=portal, school=town.schools[key], amount=600_000)


def apply(town):
    drafted = {
        key: actions.draft_application(
            Gathering.objects.published().get(school_class=town.classes[key]),
            by=town.contacts[key],
            **APPLICATION,
            **WORDS[key[:3]],
        )
        for key in ("sol-1B", "sol-8A", "sol-8B", "lia-1A")
    }
    for key in ("sol-1B", "sol-8A", "lia-1A"):
        actions.submit_application(drafted[key], by=town.contacts[key])
    principal = town.leader("sol")
    actions.take_up_application(drafted["sol-1B"], by=principal)
    drafted["sol-1B"].refresh_from_db()
    actions.decide_application(drafted["sol-1B"], by=principal, result="approved", amount=100_000)
