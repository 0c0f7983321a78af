"""Uploading, showing, confirming, applying and undoing an import. An import never widens anybody's rights."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

from celery import current_app
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from redis.exceptions import RedisError

from portal.actions import action
from portal.ledger.record import record
from portal.people.accounts import end_sessions
from portal.people.models import Doubt, Municipality, Person, RosterChange, RosterImport, School
from portal.people.models.rosters import NotInThisState, NotUndoable, TooManyRemoved
from portal.people.rules import only_the_portal
from portal.rosters import rules
from portal.rosters.judging import owner_of_key, take_in, unite
from portal.rosters.keeping import keep, unpacked
from portal.rosters.loading import load
from portal.rosters.reading import LIMITS, read_apart
from portal.rosters.records import Roster, RosterError
from portal.rosters.saying import said
from portal.rosters.scope import narrow
from portal.rosters.undoing import undo

State = RosterImport.State
DEALT_WITH = NotInThisState(gettext_lazy("Somebody has already dealt with this import."))
SHOWN_PROBLEMS = 200
ONE_AT_A_TIME = 7_326_501  # the advisory lock that every import holds while it writes
SILENT = timedelta(seconds=LIMITS.seconds + 600)  # a worker that has had a file longer than this has died
TRIES = 3
KEPT = timedelta(days=30)  # a file that nobody has answered


@action(may=rules.can_upload_roster, records="people.roster_uploaded", refuses=(RosterError,))
def upload_roster(
    municipality: Municipality, *, by: Person, file_name: str, chunks, school: School | None = None
) -> RosterImport:
    """Take a file from the school's own system in, to find out what it would change. Nothing changes yet.
    The same file sent twice is read once. A file that is empty or too large is refused."""
    whose = {"municipality": municipality, "school": school, "uploaded_by": by}
    try:
        with transaction.atomic():
            entry = RosterImport.objects.create(file_name=file_name[:200], **whose)
            entry.digest = keep(entry, chunks)
            entry.save(update_fields=["digest"])
    except IntegrityError:  # the button was pressed twice
        return RosterImport.objects.get(digest=entry.digest, state=State.READ, **whose)
    transaction.on_commit(lambda: ring("read_uploaded_roster", entry), robust=True)
    record("people.roster_uploaded", entry, by=by)
    return entry


@action(
    may=only_the_portal,
    claims=lambda: RosterImport.objects.left(timezone.now() - SILENT),
    gone=DEALT_WITH,
    records="people.roster_taken_up",
)
def take_up_roster(entry: RosterImport, *, by: Person, state: str) -> None:
    """A worker takes the file in hand, to read or to write it. Refused while another has it, and when that is done."""
    if entry.state != state:
        raise NotInThisState(_("Somebody has already dealt with this import."))
    entry.taken_up_at, entry.tries = timezone.now(), entry.tries + 1
    entry.save(update_fields=["taken_up_at", "tries"])
    record("people.roster_taken_up", entry, by=by)


@action(may=only_the_portal, claims=RosterImport.objects.at_work, gone=DEALT_WITH, records="people.roster_given_up")
def give_up_roster(entry: RosterImport, *, by: Person) -> None:
    """Say that the file cannot be imported, after it has ended as many workers as it may. Nothing was changed. Refused
    when somebody has dealt with it."""
    _fail(entry, RosterError(_("We have tried three times, and could not. Nothing was changed. Upload it again.")))
    entry.save()
    record("people.roster_given_up", entry, by=by)


@action(may=only_the_portal, records="people.roster_read")
def show_roster(entry: RosterImport, *, by: Person) -> None:
    """Read an uploaded file and write down what it would change, or why it cannot be imported.
    An import that has been read already is left as it is."""
    roster = _read(entry, State.READ)
    if roster is None or not _claim(entry, State.READ):
        return
    try:
        outcome = rehearse(_good(roster), entry)
    except RosterError as wrong:
        _fail(entry, wrong)
    else:
        _tell(entry, roster, outcome)
        entry.state = State.SHOWN
        entry.difference = {"examples": outcome.examples, "brake": outcome.asks, "changes": outcome.changes}
    entry.save()
    record("people.roster_read", entry, by=by, state=entry.state)


@action(
    may=rules.can_manage_roster,
    claims=lambda: RosterImport.objects.filter(state=State.SHOWN),
    gone=DEALT_WITH,
    records="people.roster_confirmed",
    refuses=(NotInThisState, TooManyRemoved, RosterError),
)
def confirm_roster(entry: RosterImport, *, by: Person, removals_meant: bool = False) -> None:
    """Somebody has seen what would change and says yes. When too much of a school or class would go, or
    people are here under other keys, they must say so twice."""
    if entry.difference.get("brake") and not removals_meant:
        raise TooManyRemoved(asked(entry.difference["brake"]))
    entry.state, entry.confirmed_by, entry.removals_meant = State.RUNNING, by, removals_meant
    entry.taken_up_at, entry.tries = None, 0
    entry.save(update_fields=["state", "confirmed_by", "removals_meant", "taken_up_at", "tries"])
    transaction.on_commit(lambda: ring("write_confirmed_roster", entry), robust=True)
    record("people.roster_confirmed", entry, by=by)


@action(may=only_the_portal, records="people.roster_applied")
def write_roster(entry: RosterImport, *, by: Person) -> None:
    """Import a confirmed file. When it turns out that it cannot be, or would now remove more than was agreed to,
    nothing is changed and the import says why. An import that has been written already is left as it is."""
    roster = _read(entry, State.RUNNING)
    if roster is None or not _claim(entry, State.RUNNING):
        return
    try:
        with transaction.atomic():
            apply(_good(roster), entry, partial(report, entry))
    except TooManyRemoved as wrong:
        entry.state, entry.removals_meant = State.SHOWN, False
        entry.difference = {**entry.difference, "brake": wrong.asks}
        entry.errors = [{"file": "", "row": 0, "text": str(wrong)}]
    except RosterError as wrong:
        _fail(entry, wrong)
    entry.save()
    record("people.roster_applied", entry, by=by, state=entry.state)


@action(may=rules.can_upload_roster, records="people.roster_imported", refuses=(TooManyRemoved, RosterError))
def import_roster(
    municipality: Municipality | None,
    *,
    by: Person,
    roster: Roster,
    file_name: str,
    school: School | None = None,
    removals_meant: bool = False,
    progress=lambda share: None,
) -> RosterImport:
    """Read, compare and import in one go, as the command does. Refused when too much of a school or class would
    go, or people are here under other keys, and nobody has said that this is meant."""
    entry = RosterImport.objects.create(
        municipality=municipality,
        school=school,
        file_name=file_name[:200],
        uploaded_by=by,
        confirmed_by=by,
        state=State.RUNNING,
        removals_meant=removals_meant,
    )
    apply(roster, entry, progress)
    entry.save()
    record("people.roster_imported", entry, by=by)
    return entry


@action(
    may=rules.can_manage_roster,
    claims=lambda: RosterImport.objects.filter(state=State.APPLIED),
    gone=NotUndoable(gettext_lazy("This import has already been undone.")),
    locks=lambda entry: [_alone],
    records="people.roster_undone",
)
def undo_roster(entry: RosterImport, *, by: Person) -> dict:
    """Take the last import from a system back. What somebody has changed since stays; a person whom something
    refers to is deactivated and not deleted. An earlier import, or one taken back already, is refused."""
    _take_doubts_back(entry)
    later = RosterImport.objects.filter(source=entry.source, state=State.APPLIED, applied_at__gt=entry.applied_at)
    if later.exists():
        raise NotUndoable(_("Only the last import can be undone, and there is a later one."))
    entry.state, entry.undone_at = State.UNDONE, timezone.now()
    entry.save(update_fields=["state", "undone_at"])
    counts = undo(entry)
    RosterChange.objects.filter(roster=entry).delete()
    record("people.roster_undone", entry, by=by, **counts)
    return counts


def _take_doubts_back(entry):
    """A pair of two who were here before the import is still to be judged; what only this file said is not."""
    raised = Doubt.objects.open().filter(roster=entry)
    earlier = RosterImport.objects.filter(source=entry.source, state=State.APPLIED, applied_at__lt=entry.applied_at)
    if before := earlier.order_by("-applied_at").first():
        raised.filter(other__isnull=False, made_at__lte=before.applied_at).update(roster=before)
    raised.delete()


@action(
    may=rules.can_manage_roster,
    claims=lambda: RosterImport.objects.filter(state__in=[State.READ, State.SHOWN]),
    gone=DEALT_WITH,
    records="people.roster_discarded",
)
def discard_roster(entry: RosterImport, *, by: Person) -> None:
    """Throw an uploaded file away without importing it. Refused once it has been confirmed."""
    entry.state, entry.difference, entry.warnings = State.DISCARDED, {}, []
    entry.save(update_fields=["state", "difference", "warnings"])
    entry.pieces.all().delete()
    record("people.roster_discarded", entry, by=by)


@action(
    may=rules.can_judge_doubt,
    claims=Doubt.objects.open,
    locks=lambda doubt: [_alone, doubt.person, *([doubt.other] if doubt.other else [])],
    gone=NotInThisState(gettext_lazy("Somebody has already said this.")),
    records="people.doubt_judged",
    refuses=(NotInThisState,),
)
def judge_doubt(doubt: Doubt, *, by: Person, same: bool) -> None:
    """Say whether two records are one person. The same: the record keeps its person, with sign-in and restrictions, and
    has the new key too. Two persons: the row becomes a person of its own. Either way rights from the file are only
    proposed. Refused when somebody has judged it already, and when the key is that of somebody whom one may not judge."""
    answer = Doubt.Answer.SAME if same else Doubt.Answer.OTHER
    doubt.answer, doubt.answered_by, doubt.answered_at = answer, by, timezone.now()
    doubt.save(update_fields=["answer", "answered_by", "answered_at"])
    if doubt.other is None:
        owner = owner_of_key(doubt)
        if owner and not rules.can_take_key_of(by, owner):
            raise NotInThisState(
                _("The key is that of somebody who also belongs to another school. The municipality judges.")
            )
        take_in(doubt, same=same)
    elif same:
        unite(doubt.person, doubt.other, by=by)
    Doubt.objects.filter(pk=doubt.pk).update(row={})
    record("people.doubt_judged", doubt, by=by, same=same)


def apply(roster, entry, progress=lambda share: None):
    """Load the roster into the portal for good. Runs inside an action."""
    _alone()
    if entry.school:
        narrow(roster, entry.school)
    _describe(entry, roster)
    outcome = load(roster, entry, progress)
    refuse_unasked(outcome, entry)
    _tell(entry, roster, outcome)
    _sign_out(entry)
    entry.state, entry.applied_at, entry.difference = State.APPLIED, timezone.now(), {}
    entry.pieces.all().delete()
    return outcome


def _sign_out(entry):
    """Whoever held a role that the import has ended signs in anew."""
    ended = RosterChange.objects.filter(roster=entry, model="role", before__state="confirmed", after__state="ended")
    roles = [key for keys in ended.values_list("rows", flat=True) for key in keys]
    for person in Person.objects.filter(roles__in=roles).distinct():
        end_sessions(person)


def rehearse(roster, entry, progress=lambda share: None):
    """What loading would do: it is done, and rolled back."""
    if entry.school:
        narrow(roster, entry.school)
    _describe(entry, roster)
    municipality = entry.municipality
    _alone()
    with transaction.atomic():
        point = transaction.savepoint()
        outcome = load(roster, entry, progress)
        transaction.savepoint_rollback(point)
    entry.municipality = municipality
    return outcome


def dry_run(roster, *, by, municipality=None, school=None, progress=lambda share: None):
    """What importing would do, with nothing left behind, not even the import."""
    with transaction.atomic():
        entry = RosterImport.objects.create(municipality=municipality, school=school, file_name="-", uploaded_by=by)
        outcome = rehearse(roster, entry, progress)
        transaction.set_rollback(True)
    return outcome


def ring(task, entry):
    """Ring for a worker by the task's name; with the broker away, the sweep finds the import."""
    current_app.send_task(f"portal.rosters.tasks.{task}", [entry.pk])


def report(entry, share):
    """How far a running import is, where its page can see it: outside of the transaction."""
    with suppress(RedisError):
        cache.set(f"roster-{entry.pk}", round(share * 100), 3600)


def _read(entry, state):
    """The roster, or why it is none; nothing when somebody has dealt with it. Reading takes minutes, so nothing is
    locked meanwhile: whoever throws the file away does not wait."""
    if RosterImport.objects.filter(pk=entry.pk, state=state).exists():
        try:
            with unpacked(entry) as path:
                return read_apart(path, entry.file_name)
        except RosterError as wrong:
            return wrong
    return None


def _good(roster):
    if isinstance(roster, RosterError):
        raise roster
    return roster


def _claim(entry, state):
    """Take the import in hand; a second worker waits here, and then finds that it is done."""
    found = RosterImport.objects.select_for_update(of=("self",)).filter(pk=entry.pk, state=state).first()
    if found:
        entry.refresh_from_db()
    return found is not None


def _alone():
    """One import at a time writes, and nothing of it is judged or undone meanwhile. Taken before any row is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _describe(entry, roster):
    entry.format, entry.source = roster.format, roster.source


def _tell(entry, roster, outcome):
    notes = roster.notes
    entry.counts = {"file": roster.counts(), "done": outcome.counts}
    entry.counts["warnings"] = notes.warning_count
    entry.warnings = [problem.as_json() for problem in notes.warnings[:SHOWN_PROBLEMS]]
    entry.errors = []


def _fail(entry, wrong):
    entry.state = State.FAILED
    entry.errors = [problem.as_json() for problem in wrong.problems[:SHOWN_PROBLEMS]]
    entry.difference, entry.counts = {}, {"errors": len(wrong.problems)}
    entry.pieces.all().delete()


def refuse_unasked(outcome, entry):
    """Whoever said yes on a page said it to what the page showed; more than that is asked about again."""
    agreed = entry.difference.get("brake", []) if entry.removals_meant else []
    missing = outcome.beyond(agreed) if agreed or not entry.removals_meant else []
    if missing:
        wrong = TooManyRemoved(asked(missing))
        wrong.asks = outcome.asks
        raise wrong


def asked(asks):
    """The question, with what it is about. What was shown by an earlier version is a table of shares."""
    lines = said(asks) if isinstance(asks, list) else []
    return " ".join([*lines, _("Is it the whole file, and is this what you want?")])
