"""The cases of a scheme: every second one is awarded, to a class of its own, paid and reported; the others wait."""

from datetime import timedelta

from django.utils import timezone

from grants.models import Decision, GrantApplication, GrantReport, GrantScheme, Payout
from grants.models.schemes import Condition
from portal.people.models import SchoolClass, the_portal

AMOUNT = 100_000


def cases(school, gatherings, applicant):
    now, scheme = timezone.now(), _scheme(school)
    sent = {
        "scheme": scheme, "school": school, "applicant": applicant, "purpose": "Vafler", "submitted_at": now,
        "amount_requested": AMOUNT, "terms": True, "relationship_to_decider": False,
    }  # fmt: skip
    given, waiting = gatherings[::2], gatherings[1::2]
    GrantApplication.objects.bulk_create(
        GrantApplication(gathering=one, school_class=one.school_class, status="submitted", **sent) for one in waiting
    )
    year = gatherings[0].school_class.year
    classes = SchoolClass.objects.bulk_create(
        SchoolClass(year=year, school=school, name=f"1-{number}", grades=[1]) for number in range(len(given))
    )
    _settle(
        GrantApplication.objects.bulk_create(
            GrantApplication(gathering=one, school_class=theirs, status="approved", decided_at=now, **sent)
            for one, theirs in zip(given, classes, strict=True)
        )
    )


def _scheme(school):
    today = school.today()
    return GrantScheme.objects.create(
        municipality=school.municipality, title="Samling", amount=AMOUNT, grades=[1],
        starts_on=today - timedelta(days=50), ends_on=today + timedelta(days=50), opens_on=today - timedelta(days=50),
        closes_on=today + timedelta(days=50), budget=AMOUNT * 1000, conditions=[Condition.values[0]],
        payees=["school"], appeal_body="Klagenemnda",
    )  # fmt: skip


def _settle(awarded):
    by, now = the_portal(), timezone.now()
    said = {"result": "approved", "amount": AMOUNT, "conditions": ["Alle"], "letter": {}, "decided_by": by}
    decisions = Decision.objects.bulk_create(Decision(application=one, decided_at=now, **said) for one in awarded)
    paid = {"amount": AMOUNT, "paid_on": now.date(), "paid_by": by}
    Payout.objects.bulk_create(Payout(application=one.application, decision=one, **paid) for one in decisions)
    told = {"held_on": now.date(), "involved": "Lek", "used_for": "Vafler", "spent": AMOUNT, "sent_by": by}
    came = dict.fromkeys(("families", "adults", "children", "siblings"), 9)
    GrantReport.objects.bulk_create(GrantReport(application=one, **told, **came) for one in awarded[::2])
