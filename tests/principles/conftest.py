"""A school with a principal, a board and one principle in its first draft."""

from datetime import date

from principles import actions
from principles.descent.likeness import propose
from principles.outline import read_outline
from principles.writing import points_of, texts_of_outline
from tests import make
from tests.ground import once

TEXT = """Princip for skole-hjem-samtaler

Vi mødes forberedte.

Formål:

• Samtalen hjælper barnet videre.

Skolens ansvar:

• Skolen indkalder mindst en uge før.
• Læreren sender en plan.

Forældrenes ansvar:

• Mindst én forælder deltager.
"""


@once
def engen(db):
    return make.school("Skolen ved Engen", country="DK", language_form="da")


@once
def karen(engen):
    return make.holder("principal", engen, "Karen", language="da")


@once
def mette(engen):
    return make.holder("board_member", engen, "Mette")


@once
def olav(engen):
    return make.holder("office", engen, "Olav")


@once
def amira(engen):
    _child, guardian = make.family(make.school_class(at=engen))
    return guardian


@once
def draft(engen, karen):
    return actions.draft_principle(engen, by=karen, outline=read_outline(TEXT))


def publish(version, by, applies=date(2024, 5, 14), **said):
    decision = {"adopted_on": applies, "adopted_by": "Skolebestyrelsen", "effective_from": applies} | said
    actions.publish_version(version, by=by, **decision)
    version.refresh_from_db()
    return version


@once
def published(draft, karen):
    return publish(draft, karen)


def as_proposed(principle, by, outline):
    """The next version, by somebody who says yes to whatever is proposed of each point."""
    said = propose(points_of(principle.versions.first()), texts_of_outline(outline))
    return actions.draft_revision(principle, by=by, outline=outline, descents=[one.proposed for one in said])
