"""A principle that a board of the demo has just decided: parents and staff are told, the pupils are not yet, and one of two
things is done."""

from datetime import timedelta

from portal.people.models import Person, Role, the_portal
from principles.actions import draft_principle
from principles.adoption import actions
from principles.life.actions import move_version
from principles.models import PrincipleVersion
from principles.moves import State
from principles.outline import read_outline

TEXT = """Princip for lektier

Formål:

Lektier øver det, barnet kan, og tager ikke den tid, familien har brug for.

Skolens ansvar:

• Læreren giver lektier, som barnet kan lave alene.
• Skolen siger, hvor længe lektierne bør tage på hvert klassetrin.
• Skolen tilbyder lektiehjælp to gange om ugen.

Forældrenes ansvar:

• Forældre skriver til læreren, når lektierne tager for lang tid.
"""
DECISION = "Bestyrelsen vedtager princippet. Det gælder fra næste skoleår, og skolelederen fortæller om det inden jul."
PARENTS = "Bestyrelsen har vedtaget et princip for lektier.\nDer står, hvor længe de bør tage på hvert klassetrin."
STAFF = "Fra næste skoleår siger vi, hvor længe lektierne bør tage på hvert klassetrin. Teamene aftaler det i maj."


def decide(town):
    school = town.schools["eng"]
    head = town.leader("eng")
    board = Person.objects.filter(roles__kind=Role.Kind.BOARD_MEMBER, roles__school=school).order_by("pk").first()
    today = school.today()
    version = draft_principle(school, by=the_portal(), outline=read_outline(TEXT), owner_role="board_member")
    for stage in (State.READING, State.ADOPTION):
        move_version(version, by=board, to=stage)
    version = PrincipleVersion.objects.get(pk=version.pk)
    actions.adopt_version(
        version,
        by=board,
        meeting_on=today - timedelta(days=6),
        body="Skolebestyrelsen",
        item="5",
        decision=DECISION,
        present=9,
        effective_from=today,
        review_on=today + timedelta(days=2 * 365),
    )
    version.refresh_from_db()
    told = {one.audience: one for one in version.communications.all()}
    actions.tell_audience(told["parents"], by=head, text=PARENTS, sends=True)
    actions.tell_audience(told["staff"], by=head, text=STAFF, sends=False, how="Personalemøde")
    office = town.office("eng")
    what = (
        ("Lektiehjælpens tider står på hjemmesiden", office),
        ("Teamene aftaler tiderne for hvert klassetrin", head),
    )
    steps = [
        actions.add_step(version, by=head, what=said, owner=who, due_on=today + timedelta(days=30))
        for said, who in what
    ]
    actions.finish_step(steps[0], by=office, evidence="Står under Praktisk på skolens hjemmeside")
