"""The life of a version as one table of moves. What is not in the table does not happen: the actions ask here, and the
database holds those between stored stages itself (`principles_version_moves`)."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import Role, School

Kind = Role.Kind


class State(models.TextChoices):
    """What is stored. From publication on the dates say the rest (`Later`)."""

    IDEA = "idea", _("Idea")
    DRAFT = "draft", _("Draft")
    READING = "board_first_reading", _("Read by the board")
    HEARING = "hearing", _("In hearing")
    ADOPTION = "board_adoption", _("Before the decision")
    PUBLISHED = "published", _("Published")
    DECLINED = "not_adopted", _("Not adopted")


class Later(models.TextChoices):
    IN_FORCE = "in_force", _("In force")
    REVIEW_DUE = "due_for_review", _("Due for review")
    REVISED = "revised", _("Replaced by a newer version")
    REPEALED = "repealed", _("Repealed")


HEAD = (Kind.PRINCIPAL, Kind.DEPUTY)
WRITERS = (*HEAD, Kind.OFFICE, Kind.BOARD_MEMBER)


@dataclass(frozen=True)
class Profile:
    """What the country's law says of a school's principles: who decides the steps on the way, who makes the text public,
    and which kinds must be heard before they are decided."""

    decide: tuple
    adopt: tuple
    heard: tuple = ()


PROFILES = {
    School.Country.NORWAY: Profile(
        decide=(*HEAD, Kind.BOARD_MEMBER),
        adopt=(*HEAD, Kind.BOARD_MEMBER),
        heard=("school_rules",),  # a regulation: those it concerns are heard first
    ),
    School.Country.DENMARK: Profile(decide=(Kind.BOARD_MEMBER,), adopt=(*HEAD, Kind.BOARD_MEMBER)),
}

WRITE, DECIDE, ADOPT, DAY = "write", "decide", "adopt", "day"


@dataclass(frozen=True)
class Move:
    start: str
    end: str
    by: str
    action: str = ""  # none where a day comes


MOVES = (
    Move(State.IDEA, State.DRAFT, WRITE, "move_version"),
    Move(State.DRAFT, State.READING, WRITE, "move_version"),
    Move(State.DRAFT, State.PUBLISHED, ADOPT, "publish_version"),  # adopted before it was brought here
    Move(State.READING, State.DRAFT, WRITE, "move_version"),
    Move(State.READING, State.HEARING, DECIDE, "prepare_hearing"),
    Move(State.READING, State.ADOPTION, DECIDE, "move_version"),  # not where the profile wants it heard
    Move(State.HEARING, State.READING, DECIDE, "call_off_hearing"),  # before it opens
    Move(State.HEARING, State.ADOPTION, DECIDE, "close_hearing"),  # not while a theme has no reply
    Move(State.ADOPTION, State.READING, DECIDE, "move_version"),
    Move(State.ADOPTION, State.PUBLISHED, ADOPT, "publish_version"),
    Move(State.ADOPTION, State.DECLINED, DECIDE, "move_version"),  # the end of it; what people were heard on stays
    Move(State.PUBLISHED, Later.IN_FORCE, DAY),
    Move(Later.IN_FORCE, Later.REVIEW_DUE, DAY),
    Move(Later.REVIEW_DUE, Later.IN_FORCE, WRITE, "manage_principle"),
    Move(Later.IN_FORCE, Later.REVISED, ADOPT, "publish_version"),
    Move(Later.REVIEW_DUE, Later.REVISED, ADOPT, "publish_version"),
    Move(Later.IN_FORCE, Later.REPEALED, ADOPT, "repeal_principle"),
    Move(Later.REVIEW_DUE, Later.REPEALED, ADOPT, "repeal_principle"),
)
TABLE = {(move.start, move.end): move for move in MOVES}
ENDS = (State.PUBLISHED, State.DECLINED)
STORED = [pair for pair in TABLE if set(pair) <= set(State)]


class NotThatWay(Refusal):
    words = _("That step does not follow from where the text is now. Reload the page to see what has happened.")


class NotHeard(Refusal):
    words = _("These rules must be sent out for hearing before they are decided.")


class AdoptedLater(Refusal):
    words = _(
        "Only a text that was adopted before it was brought here goes straight from draft to public. "
        "Let the board read it first."
    )


class InHearing(Refusal):
    words = _("A hearing is under way, and nobody would be asked about a new section. Add it when the hearing is over.")


def kinds_for(move, school):
    """The roles of the school that may make this move. Where nobody sits on a board, the head takes the steps of the
    board's, so that no text is left where nobody can take it on."""
    profile = PROFILES[school.country]
    decide = profile.decide
    lacks_head = move.by == DECIDE and not set(HEAD) <= set(decide)
    if lacks_head and not Role.objects.live(kinds=[Kind.BOARD_MEMBER]).filter(school=school).exists():
        decide = (*HEAD, *decide)
    return {WRITE: WRITERS, DECIDE: decide, ADOPT: profile.adopt}.get(move.by, ())


def must_be_heard(version):
    """Whether this text is to be heard before it is decided: once is enough."""
    school = version.principle.school
    heard = school is not None and version.principle.binding_kind in PROFILES[school.country].heard
    return heard and not version.hearings.closed().exists()


def go(version, end, **said):
    """Make a stored move, within an action that has locked the version. Refused when the table has no such move, and when
    a text that must be heard would be decided without."""
    move = TABLE.get((version.state, end))
    if move is None or (version.state, end) not in STORED:
        raise NotThatWay
    if (version.state, end) == (State.READING, State.ADOPTION) and must_be_heard(version):
        raise NotHeard
    if (version.state, end) == (State.DRAFT, State.PUBLISHED) and said["adopted_on"] > version.begun_on:
        raise AdoptedLater
    type(version).objects.filter(pk=version.pk, state=version.state).update(state=end, **said)
    version.state = end


def ahead(version):
    """The stored moves from here that no other page makes."""
    return [move for move in MOVES if move.start == version.state and move.action == "move_version"]
