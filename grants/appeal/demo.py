"""A class of the demo that got no support appeals, and the municipality sends the appeal on."""

from grants.appeal import actions
from grants.appeal.queries import prefilled
from grants.models import Decision
from portal.people.models import the_portal

CHANGE = "Vi vil ha de 1000 kronene som vi søkte om."
WHY = "Hele klassen ble invitert dagen etter at vi søkte."
STATEMENT = "Vi har sett på søknaden slik den var da den kom, og mener at vedtaket bør stå."


def appeal_refusal(town, key):
    refused = Decision.objects.filter(application__school_class=town.classes[key], result=Decision.Result.REJECTED)
    decision = refused.select_related("application__scheme", "application__school__municipality").first()
    actions.tell_decision(decision, by=the_portal(), told_on=decision.application.school.today())
    appeal = actions.send_appeal(decision, by=town.contacts[key], what=prefilled(decision), change=CHANGE, why=WHY)
    actions.forward_appeal(appeal, by=town.officer, statement=STATEMENT)
