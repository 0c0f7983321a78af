"""Whom the organisers still have to reach: one list, by need, with what may help next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Subquery, When
from django.utils.translation import gettext_lazy as _

from networks.models import Contact, Gathering, Invitation, PrintedLetter, Rsvp
from networks.queries.board import Board, Row
from portal.people import protection
from portal.people.models import Household

Kind, Outcome = Contact.Kind, Contact.Outcome

# In the order of the list. Each home stands once, under the first that holds.
NEEDS = {
    "address": _("No working address"),
    "call": _("Please call, do not write"),
    "silent": _("Invited, no answer"),
    "talked": _("Talked to, no answer yet"),
    "maybe": _("Said maybe"),
    "absent": _("Did not come last time, and cannot this time"),
}
STEPS = {
    "office": _("The school office reaches them. Ask it to."),
    "letter": _("Print a letter, and send it home with the child."),
    "letter_anew": _("The gathering has changed since their letter. Print a new one."),
    "handed": _("They have a letter. Ask the child, or say a word at the school gate."),
    "sms": _("Send a text message from your own phone."),
    "call": _("Call them."),
    "bridge": _("Ask a family or an interpreter who speaks their language."),
    "along": _("Ask another family to take them along."),
    "lift": _("Find them a lift."),
    "help": _("Ask the contact teacher, who knows how the school can help."),
    "again": _("Ask once more, a few days before."),
    "next_time": _("Ask what would make it possible another time."),
}
TRIED = {Kind.SMS: "call", Kind.CALL: "bridge", Kind.MET: "bridge", Kind.BRIDGE: "along", Kind.ALONG: "call"}
SAID = {Outcome.NEEDS_LIFT: "lift", Outcome.NEEDS_HELP: "help", Outcome.THINKING: "again"}


@dataclass(frozen=True)
class ToReach:
    """One home, why it stands here, and what may help next. A letter to it `is_old` when the gathering has changed since
    it was printed."""

    row: Row
    need: str
    step: str
    printed_at: datetime | None
    is_old: bool

    @property
    def is_printed_here(self):
        return self.step in ("letter", "letter_anew")

    @property
    def step_in_words(self):
        if self.step == "call" and not self.row.phone:
            return _("Talk to them, or ask the school to call.")
        return STEPS[self.step]


@dataclass(frozen=True)
class ReachList:
    board: Board
    rows: list[ToReach]

    @property
    def groups(self):
        """[(need, its heading, homes)], only where somebody stands."""
        found = [(need, words, [one for one in self.rows if one.need == need]) for need, words in NEEDS.items()]
        return [group for group in found if group[2]]

    @property
    def letters_due(self):
        return sum(1 for one in self.rows if one.is_printed_here)

    def of_home(self, household_id):
        return next((one for one in self.rows if one.row.household_id == household_id), None)


def list_to_reach(board, reader, *, may_print):
    """Never the reader's own home. One query at any size, besides those of the board."""
    known = {home.pk: home for home in _known_of(board, reader)}
    rows = [_to_reach(row, known.get(row.household_id), board.gathering, may_print) for row in board.others]
    return ReachList(board, sorted((row for row in rows if row), key=_place))


def _to_reach(row, home, gathering, may_print):
    """None when there is nothing left to do."""
    need = _need(row, stayed_away=home is not None and home.stayed_away)
    if need is None:
        return None
    printed_at = home and home.printed_at
    is_old = bool(printed_at) and home.printed_as < gathering.sequence
    may_print = may_print and home is not None and not home.is_near and not row.family.protected
    return ToReach(row, need, _step(row, need, printed_at, is_old=is_old, may_print=may_print), printed_at, is_old)


def _known_of(board, reader):
    """The homes, with what is known of each: when its letter was printed, whether it is the other home of the reader's
    own child, whose letter the office prints, and whether it stayed away last time. It did when it was invited to the
    latest gathering of the class before this one and did not say that it was coming, nor waited for a place; nobody did
    when nobody came, or when it is forgotten who did."""
    gathering, own = board.gathering, {"household": OuterRef("pk")}
    letters = PrintedLetter.objects.filter(gathering=gathering, **own)
    before = Gathering.objects.that_took_place().filter(school_class=gathering.school_class_id)
    last = before.filter(starts_at__lt=gathering.starts_at).order_by("-starts_at", "-pk").values("pk")[:1]
    invited = Exists(Invitation.objects.filter(gathering=Subquery(last), **own))
    came = Rsvp.objects.filter(gathering=Subquery(last), answer=Rsvp.Answer.YES)
    wanted = Rsvp.objects.filter(gathering=Subquery(last), answer__in=[Rsvp.Answer.YES, Rsvp.Answer.WAITING])
    return Household.objects.filter(pk__in=[row.household_id for row in board.rows if row.household_id]).annotate(
        printed_at=Subquery(letters.values("printed_at")),
        printed_as=Subquery(letters.values("sequence")),
        is_near=Case(When(pk__in=protection.homes_near(reader), then=True), default=False),
        stayed_away=Case(When(invited & Exists(came) & ~Exists(wanted.filter(**own)), then=True), default=False),
    )


def _need(row, *, stayed_away):
    if row.rsvp:
        if row.rsvp.answer == Rsvp.Answer.MAYBE:
            return "maybe"
        return "absent" if row.rsvp.answer == Rsvp.Answer.NO and stayed_away else None
    if row.reach in ("none", "failed"):
        return "address"
    if row.wants_call:
        return "call"
    return "talked" if row.reach == "talked" else "silent"


def _step(row, need, printed_at, *, is_old, may_print):
    last = row.contacts[-1] if row.contacts else None
    if last and last.outcome in SAID:
        return SAID[last.outcome]
    if need == "address":
        if printed_at and not is_old:
            return "handed"
        if not may_print:
            return "office"
        return "letter_anew" if is_old else "letter"
    if need == "absent":
        return "next_time"
    if need == "maybe":
        return "lift" if row.rsvp.lift == Rsvp.Lift.NEED else "along"
    if last:
        return TRIED[last.kind]
    if row.family.protected:
        return "office"
    return "sms" if need == "silent" and row.phone else "call"


def _place(one):
    return list(NEEDS).index(one.need), one.row.need, one.row.name
