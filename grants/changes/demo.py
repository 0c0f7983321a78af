"""A case of each kind: refused, outside the scheme, asked about, passed on, withdrawn, given back."""

from datetime import timedelta

from grants import actions
from grants.changes.actions import lapse_award
from grants.models import GrantApplication, RuleReference
from networks.demo import DRAFT, plan

REFUSED = {
    "reasons": "Bare halve klassen er invitert til denne kvelden.",
    "considerations": "Støtten skal samle alle familiene. Dere kan søke igjen når hele klassen er med.",
}
OUTSIDE = {
    "reasons": "Kvelden er et møte for voksne om konfirmasjonen.",
    "considerations": "Ordningen er for samlinger der barna er med.",
}


def decide_others(town, answers, reasons):
    """`answers` are what a class writes in the form, `reasons` those to pick from. Nobody's support of the year is
    spent."""
    sol, lia = town.leader("sol"), town.leader("lia")
    for key, title, result, said in (
        ("sol-8A", "Filmkveld for noen", "rejected", REFUSED),
        ("sol-8B", "Møte om konfirmasjonen", "dismissed", OUTSIDE),
    ):
        fitting = reasons.filter(for_results__contains=[result])
        decide(_sent(town, answers["sol"], key, title), sol, fitting, result=result, **said)

    withdrawn = _sent(town, answers["sol"], "sol-8A", "Bowlingkveld")
    actions.withdraw_application(withdrawn, by=town.contacts["sol-8A"])

    given_back = _sent(town, answers["sol"], "sol-8B", "Tur i marka")
    actions.take_up_application(given_back, by=sol)
    actions.decide_application(given_back, by=sol, result="approved", amount=given_back.amount_requested)
    lapse_award(_anew(given_back), by=town.contacts["sol-8B"])

    asked = _sent(town, answers["lia"], "lia-1A", "Vårfest i hagen")
    actions.take_up_application(asked, by=lia)
    by = asked.school.today() + timedelta(days=7)
    actions.ask_for_information(asked, by=lia, question="Kvar er hagen, og kor mange er det plass til?", answer_by=by)

    passed_on = _sent(town, answers["lia"], "lia-1A", "Skidag på Lygna", relationship_to_decider=True)
    actions.stand_aside(passed_on, by=lia, note="Eg er i slekt med søkjaren.")


def _sent(town, answers, key, title, **others):
    gathering = plan(town, key, title, 45, DRAFT, "Skolen", "", "Hele klassen er med.")
    application = actions.draft_application(gathering, by=town.contacts[key], **{**answers, **others})
    actions.submit_application(application, by=town.contacts[key])
    return _anew(application)


def decide(application, leader, fitting, **said):
    """With the first rule, and the first of the reasons that fit."""
    actions.take_up_application(application, by=leader)
    school = application.school
    grounds = RuleReference.objects.on(school.today()).filter(
        municipality=school.municipality_id, country=school.country, use=RuleReference.Use.GROUND
    )
    picked = list(fitting[:1])
    rules = list(grounds.in_language(application.reply_language)[:1])
    actions.decide_application(_anew(application), by=leader, rules=rules, picked=picked, **said)


def _anew(application):
    return GrantApplication.objects.with_names().get(pk=application.pk)
