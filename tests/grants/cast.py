"""Makers for this room: a scheme, a gathering, an application that is sent."""

from datetime import date, timedelta

from django.utils import timezone

from grants import actions
from grants.grounds import actions as grounds
from networks.models import Gathering
from portal.people.models import the_portal

FULL = {
    "purpose": "Vi møtes i akebakken med saft og boller.",
    "child_participation": "Barna stemte i klassens time.",
    "inclusion_measures": "Skolen låner ut akebrett.",
    "cost_per_family": 0,
    "amount_requested": 100_000,
    "payee_kind": "class_account",
    "account": "8601 11 17947",
    "account_holder": "Zofia Wiśniewska",
    "relationship_to_decider": False,
    "terms": True,
    "reply_language": "nb",
}
TYPED = {
    **FULL,
    "cost_per_family": "0",
    "amount_requested": "1000",
    "relationship_to_decider": "no",
    "terms": "on",
}
ABOUT_RULES = [
    {"use": "ground", "code": "scheme", "language": "nb", "label": "Retningslinjer for støtte til samlinger § 3"},
    {"use": "appeal", "code": "appeal", "language": "nb", "label": "forvaltningsloven § 28"},
    {"use": "appeal", "code": "appeal", "language": "nn", "label": "forvaltningslova § 28"},
    {"use": "access", "code": "access", "language": "nb", "label": "forvaltningsloven § 18"},
    {"use": "reasons", "code": "reasons", "language": "nb", "label": "forvaltningsloven § 24"},
]


def scheme(municipality, **terms):
    today = timezone.localdate()
    starts = date(today.year if today.month >= 8 else today.year - 1, 8, 1)
    rules = [{"country": "NO", "valid_from": date(2000, 1, 1), **rule} for rule in ABOUT_RULES]
    actions.add_rules(municipality, by=the_portal(), references=rules)
    usual = {
        "title": "Sosiale samlinger i skolen – søknad om støtte",
        "starts_on": starts,
        "ends_on": date(starts.year + 1, 7, 31),
        "opens_on": starts,
        "closes_on": date(starts.year + 1, 7, 31),
        "appeal_body": "Granvik klagenemnd",
    }
    return actions.open_scheme(municipality, by=the_portal(), **{**usual, **terms})


def planned_scheme(last, **terms):
    """The one for the next period, which opens in three days."""
    starts = last.ends_on + timedelta(days=1)
    usual = {
        "title": "Neste periode",
        "starts_on": starts,
        "ends_on": starts + timedelta(days=300),
        "opens_on": last.today() + timedelta(days=3),
        "closes_on": starts + timedelta(days=300),
        "appeal_body": "Granvik klagenemnd",
        "budget": 500_000,
    }
    return actions.open_scheme(last.municipality, by=the_portal(), **{**usual, **terms})


def reason(municipality, **said):
    usual = {
        "title": "Ikke hele klassen",
        "for_results": ["rejected", "partly_approved"],
        "text_nb": "Støtten er for samlinger der hele klassen er invitert.",
        "is_ready": True,
        "valid_from": timezone.localdate(),
    }
    return grounds.add_reason(municipality, by=the_portal(), **{**usual, **said})


def gathering(school_class, title="Vinterlek i akebakken", *, days=20, **details):
    starts_at = timezone.now() + timedelta(days=days)
    return Gathering.objects.create(
        school_class=school_class,
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        answer_by=starts_at - timedelta(days=3),
        place="Akebakken",
        made_by=the_portal(),
        **details,
    )


def applied(at, by, **answers):
    application = actions.draft_application(at, by=by, **{**FULL, **answers})
    actions.submit_application(application, by=by)
    return application
